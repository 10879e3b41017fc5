#!/usr/bin/env bash
# build-glibc.sh: build a pure glibc, or a stock one to compare it with.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A pure glibc is glibc compiled with the purecc plugin and with overlay/ and
# ../runtime/glibc before its sysdeps directories. No file of glibc is edited. Both
# kinds are configured alike, for Debian's directories, and installed with DESTDIR,
# so that the system's locales, gconv modules and ld.so.cache serve them too.
#
# Steps: source, configure, build, install. In OUT.work stand
#   source/   glibc as unpacked; .build-glibc in it says from what
#   obj/      the objects; .inputs in it says from what they are made, .built
#             that they are whole. With other inputs all is made anew
#   log       all that the commands printed
#   sites.jsonl  the plugin's report
# and OUT/.build-glibc is a copy of obj/.inputs, so that a run with nothing to
# do sees it at once. What isn't whole has another name until it is.
#
# Exit status: 0 done, 1 the build failed, 2 misuse or could not start, 128
# and the signal's number when interrupted.

# Started as "sh build-glibc.sh": go on in bash.
[ -n "${BASH_VERSION:-}" ] || exec bash "$0" "$@"

set -eu
unset CDPATH
newline='
'
export LC_ALL=C

here=$(cd "$(dirname "$0")" && pwd -P)
checkout=$(dirname "$here")
program=build-glibc
# shellcheck source-path=SCRIPTDIR source=common.sh disable=SC1091
. "$here/common.sh"
# shellcheck source=../scripts/private-apt.sh disable=SC1091
. "$checkout/scripts/private-apt.sh"

usage() {
	cat <<END
usage: build-glibc.sh [OPTION...]
Build a pure glibc: every system call in it can be diverted.

  --source DIR|TARBALL  glibc's source; it isn't written to
                        (default: Debian's own, by apt, kept in OUT.work)
  --out DIR             where the installed tree goes
                        (default: build/pure-glibc, build/stock-glibc)
  --jobs N              commands at a time (default: one a processor)
  --stock               the same without plugin and overlay
  --cc GCC              the compiler (default: gcc)
  --plugin FILE         the plugin (default: build/purecc.so)
  --untested            go on with a glibc version that isn't among the tested
  --help                this text

glibc versions tested: $(versions_tested). Without --source it is the version
that this system has. Source, objects and log are in OUT.work; an interrupted
or repeated run goes on from there.
END
}

# ---- which version ----

# check_tested WHAT: WHAT is of glibc $version; go on with it?
check_tested() {
	! is_tested "$version" || return 0
	[ -n "$untested" ] ||
		die "$1 is glibc $version, not among those tested:" \
			"$(versions_tested); --untested goes on"
	say "$1 is glibc $version, not among those tested: $(versions_tested)"
}

# system_version: of the C library that this system's programs run on; nothing
# if there is none of glibc's.
system_version() {
	{
		getconf GNU_LIBC_VERSION || ldd --version
	} 2>/dev/null | awk '
		# "glibc 2.36", "ldd (Debian GLIBC 2.36-9+deb12u10) 2.36"
		NR == 1 && tolower($0) ~ /g(nu )?libc/ &&
			match($NF, /^[0-9]+[.][0-9]+([.][0-9]+)?/) {
			print substr($NF, 1, RLENGTH)
		}'
}

# ---- options ----

cc=gcc jobs='' mode=pure out='' plugin=$checkout/build/purecc.so source=''
untested=''

parse_options() {
	local name value
	while [ $# -gt 0 ]; do
		case $1 in
		--source | --out | --jobs | --cc | --plugin)
			[ $# -ge 2 ] || die "$1 needs a value; see --help"
			name=$1 value=$2
			shift
			;;
		--source=* | --out=* | --jobs=* | --cc=* | --plugin=*)
			name=${1%%=*} value=${1#*=}
			;;
		--stock | --untested) name=$1 value=yes ;;
		--help | -h)
			usage
			exit 0
			;;
		-*) die "unknown option $1; see --help" ;;
		*) die "unexpected argument '$1'; see --help" ;;
		esac
		[ -n "$value" ] || die "$name has an empty value; see --help"
		set_option "$name" "$value"
		shift
	done
}

set_option() {
	case $1 in
	--source) source=$2 ;;
	--out) out=$2 ;;
	--jobs) jobs=$2 ;;
	--cc) cc=$2 ;;
	--plugin) plugin=$2 ;;
	--stock) mode=stock ;;
	--untested) untested=$2 ;;
	esac
}

# finish_options: fill in defaults, make the paths absolute.
finish_options() {
	finish_jobs
	out=$(realpath -m -- "${out:-$checkout/build/$mode-glibc}")
	work=$out.work
	log=$work/log
	check_path "$out" "give another --out"
	if [ -n "$source" ]; then
		[ -e "$source" ] || die "--source $source: there is no such" \
			"file or directory; give glibc's source directory or tarball"
		source=$(realpath -s -- "$source")
		[ ! -d "$source" ] || check_path "$source" "move the directory"
	fi
	case $cc in
	*/*) cc=$(realpath -m -s -- "$cc") ;;
	esac
	check_path "$cc" "give another --cc"
	[ "$mode" = pure ] || return 0
	plugin=$(realpath -m -- "$plugin")
	check_path "$plugin" "give another --plugin"
	check_path "$checkout" "move the checkout"
}

# ---- what must be there before anything is built ----

check_architecture() {
	local machine
	machine=$(uname -m)
	[ "$machine" = x86_64 ] ||
		die "this machine is $machine; glibc can be built here for" \
			"x86_64, on x86_64, only"
}

check_tools() {
	case $cc in
	gcc | gcc-[0-9]*) need "$cc" "$cc" ;;
	*)
		command -v "$cc" >/dev/null ||
			die "--cc $cc: there is no such command; give a GCC"
		;;
	esac
	need as binutils
	need ld binutils
	need make make
	need bison bison
	need gawk gawk
	need python3 python3
	if [ -z "$source" ]; then
		need apt-get apt
		need dpkg-source dpkg-dev
	fi
	need tar tar
	need xz xz-utils
	need flock util-linux
	need setsid util-linux
	check_missing
}

check_compiler() {
	local macros
	macros=$("$cc" -dM -E -x c - </dev/null 2>/dev/null) || macros=''
	case $macros in
	*__clang__*)
		die "$cc is clang; glibc needs GCC: give --cc gcc" ;;
	*__ILP32__*) macros='' ;;
	esac
	case $macros in
	*__x86_64__*) ;;
	*)
		die "$cc doesn't compile C for x86_64 (it is" \
			"$("$cc" -dumpmachine 2>&1 | head -n 1))" \
			"give --cc with a GCC that does"
		;;
	esac
	if [ "$("$cc" -print-file-name=crt1.o)" = crt1.o ] ||
		! echo '#include <linux/limits.h>' |
		"$cc" -fsyntax-only -x c - 2>/dev/null; then
		die "$cc can't make a program: start files or kernel headers" \
			"are missing: apt-get install libc6-dev"
	fi
	cc_id="$(command -v "$cc") $("$cc" --version | head -n 1)"
}

check_plugin() {
	local complaint
	[ -f "$plugin" ] ||
		die "the plugin $plugin is missing; build it first:" \
			"cmake -S $checkout -B $checkout/build &&" \
			"cmake --build $checkout/build"
	# Its options go by its file's name.
	if ! complaint=$("$cc" "-fplugin=$plugin" \
		-fplugin-arg-purecc-report=/dev/null -fsyntax-only -x c - \
		</dev/null 2>&1); then
		die "$cc can't load the plugin $plugin; build it for this" \
			"very compiler, or give another --cc. It" \
			"says:$newline$complaint"
	fi
}

check_overlay() {
	local need
	for need in overlay/make-arguments ../runtime ../include ../abi; do
		[ -e "$here/$need" ] ||
			die "$(realpath -m "$here/$need") is missing: this" \
				"checkout isn't whole, a pure glibc needs it;" \
				"check it out again"
	done
	awk '
		/^[ \t]*(#|$)/ { next }
		!/^[A-Za-z_][A-Za-z0-9_.-]*=/ { bad = 1 }
		{ gsub(/@(OVERLAY|RUNTIME|SYSDIRS)@/, "") }
		/@[A-Z]+@/ { bad = 1 }
		bad { print FILENAME ":" FNR ": " $0; exit 1 }
	' "$here/overlay/make-arguments" >&2 ||
		die "the line above isn't NAME=VALUE with no other @WORD@s" \
			"than @OVERLAY@ @RUNTIME@ @SYSDIRS@; correct it"
}

# check_ours DIRECTORY: DIRECTORY will be replaced; it must be new, empty, or ours.
check_ours() {
	if [ -e "$1" ] && [ ! -e "$1/.build-glibc" ] &&
		[ -n "$(ls -A -- "$1" 2>&1)" ]; then
		die "$1 exists, and build-glibc.sh hasn't made it: it won't" \
			"overwrite it; remove it, or give another --out"
	fi
}

# take_work_directory: make the work directory, and keep other runs off it. The lock
# is inherited by the commands that are run, and so outlives a killed script as
# long as they write there.
take_work_directory() {
	local complaint parent
	check_ours "$out"
	check_ours "$work"
	parent=$(dirname "$out")
	if ! complaint=$(mkdir -p "$work" 2>&1 &&
		touch "$work/.build-glibc" 2>&1) || [ ! -w "$parent" ]; then
		die "can't write in $parent; give an --out in a directory that" \
			"you can write to. ${complaint:+It says: $complaint}"
	fi
	exec 9>"$work/lock"
	flock -n 9 ||
		die "another build-glibc.sh is at work on $out;" \
			"wait for it, or give another --out"
}

# check_room: is there room for what remains to be made?
check_room() {
	local room there
	room=$(df -Pk "$work" | awk 'NR == 2 { print int($4 / 1024) }')
	[ "$room" -lt "$need_room" ] || return 0
	# Only now: this looks at every file.
	there=$(du -smc "$work" "$out" 2>/dev/null | awk 'END { print $1 }')
	[ $((room + there)) -ge "$need_room" ] ||
		die "no room on the disk of $work:" \
			"$((need_room - there)) MiB needed, $room MiB free;" \
			"make room, or give an --out on another disk"
}

# ---- the source ----

# identify_source: set version, and source_id when it is known already: what
# Debian has to give shows only in the fetch.
identify_source() {
	source_id=''
	if [ -z "$source" ]; then
		version=$(system_version)
		[ -n "$version" ] ||
			die "this system's C library is no glibc, or there is" \
				"no getconf that says so: give glibc's source" \
				"with --source"
		check_tested "this system's C library"
		unpacked=$work/source
		source_id=$(source_fetched)
	elif [ -d "$source" ]; then
		identify_directory
		unpacked=$source
	else
		identify_tarball
		unpacked=$work/source
	fi
	need_room=$(estimates "$version" room)
}

# source_unpacked: the identity of what OUT.work/source has, if whole.
source_unpacked() {
	cat "$work/source/.build-glibc" 2>/dev/null || true
}

# source_fetched: the identity of Debian's source that was fetched: unpacked, or
# (when OUT.work has been removed) installed.
source_fetched() {
	{
		source_unpacked
		sed -n 's/^source //p' "$out/.build-glibc" 2>/dev/null || true
	} | grep -m 1 -F "debian glibc_$version-" || true
}

identify_directory() {
	version=$(version_in_header 2>/dev/null <"$source/version.h") ||
		version=''
	if [ -z "$version" ] || [ ! -f "$source/configure" ] ||
		[ ! -d "$source/sysdeps" ]; then
		die "--source $source: not a glibc source directory: version.h," \
			"configure or sysdeps/ is missing or not glibc's"
	fi
	[ -f "$source/manual/Makefile" ] ||
		die "--source $source: manual/Makefile is missing, which" \
			"glibc's makefiles read; Debian's tarball has none:" \
			"give the tarball itself, or the source that apt-get" \
			"source unpacks"
	check_tested "--source $source"
	# Names, sizes and times: the contents would take a second.
	source_id="directory $source $(cd "$source" &&
		find . -name .git -prune -o -type f -printf '%P %s %T@\n' |
		sort | sha256sum | cut -d ' ' -f 1)"
}

identify_tarball() {
	local sum
	[ -r "$source" ] || die "--source $source: can't read it; chmod it"
	sum=$(sum_of "$source")
	version=$(tarballs | awk -v sum="$sum" '$2 == sum { print $1 }')
	[ -n "$version" ] || identify_unknown_tarball "$sum"
	source_id="tarball $sum"
}

# tarballs: those that are known: VERSION SUM FILE.
tarballs() {
	local version
	for version in $(versions); do
		facts "$version" sha256 | sed "s/^/$version /"
	done
}

# identify_unknown_tarball SUM: one that isn't in the table says itself which
# version it is.
identify_unknown_tarball() {
	[ -n "$untested" ] ||
		die "--source $source: it is corrupt, or not among those" \
			"tested: $(versions_tested); --untested goes on. Its" \
			"SHA-256 is $1. Known are:$newline$(tarballs |
				sed 's/^[^ ]*/ /')"
	version=$(tar -x -O --force-local -f "$source" --wildcards \
		--no-wildcards-match-slash '*/version.h' 2>/dev/null |
		version_in_header)
	[ -n "$version" ] ||
		die "--source $source: it is corrupt, or no tarball of" \
			"glibc: there is no version.h of glibc's in it"
	say "--source $source is glibc $version; its SHA-256 isn't known: $1"
}

step_source() {
	local dsc new=$work/unpack/source
	if [ -d "$source" ] || {
		[ -n "$source_id" ] && [ "$source_id" = "$(source_unpacked)" ]
	}; then
		progress_skip source
		return 0
	fi
	progress_step source
	# In a directory of its own: dpkg-source has its temporary files next to it.
	rm -rf "$work/unpack" "$work/source"
	mkdir "$work/unpack"
	if [ -z "$source" ]; then
		fetch_debian
		dsc=$(echo "$work"/download/glibc_*.dsc)
		run unpack dpkg-source --no-copy -x "$dsc" "$new" ||
			source_failed
		source_id="debian $(basename "$dsc" .dsc) $(sum_of "$dsc")"
	else
		mkdir "$new"
		run unpack tar -x -C "$new" --strip-components=1 \
			--force-local -f "$source" || source_failed
		[ -f "$new/manual/Makefile" ] || stand_in_manual "$new/manual"
	fi
	echo "$source_id" >"$new/.build-glibc"
	mv "$new" "$work/source"
	rm -rf "$work/unpack"
}

# stand_in_manual DIRECTORY: Debian's tarball lacks the manual, but glibc's makefiles
# go there; its package has a patch for that.
stand_in_manual() {
	mkdir -p "$1"
	printf '%s\n' 'subdir := manual' 'include ../Makeconfig' \
		'include ../Rules' >"$1/Makefile"
}

# source_failed [HINT...]: die with the end of the log.
source_failed() {
	progress_clear
	tail -n 20 "$log" >&2
	die "can't get the source of glibc $version; the lines above are the" \
		"end of $log. ${*:+$* }Or give the source with --source."
}

# fetch_debian: Debian's source package to OUT.work/download, verified.
fetch_debian() {
	local new=$work/download.new apt=$work/apt packages
	! compgen -G "$work/download/glibc_$version-*.dsc" >/dev/null || return 0
	rm -rf "$apt" "$work/download"
	private_apt "$apt"
	# A source of the machine's that fails may be one that isn't needed.
	run 'package lists' apt-get -q -c "$apt/conf" update || true
	packages=$(apt-cache -c "$apt/conf" showsrc --only-source glibc \
		2>>"$log" | newest_first)
	[ -n "$packages" ] ||
		source_failed "No glibc $version-* can be had" \
			"from this machine's apt sources: another release of" \
			"Debian, or no network?"
	download_newest "$packages"
	(verify_download "$new") >>"$log" 2>&1 ||
		source_failed "What was downloaded isn't what Debian says."
	rm -rf "$apt"
	mv "$new" "$work/download"
}

# newest_first: those of the source package's versions in apt-cache's output that
# are of glibc $version.
newest_first() {
	local key version_found
	while read -r key version_found; do
		case $key$version_found in
		"Version:$version-"*) echo "$version_found" ;;
		esac
	done | sort -r -V -u
}

# download_newest PACKAGES: the first of them that is there, to
# OUT.work/download.new. A mirror may list a release whose files are gone.
download_newest() {
	local package new=$work/download.new
	for package in $1; do
		rm -rf "$new"
		mkdir "$new"
		if run "download $package" env -C "$new" apt-get -q \
			-c "$work/apt/conf" source --download-only \
			--only-source "glibc=$package"; then
			return 0
		fi
		this_run | grep -q ' 404 ' ||
			source_failed "Is there no network?"
		say "glibc $package is listed, but its files are gone (404)"
	done
	source_failed "The files of all that are listed are gone."
}

# verify_download DIRECTORY: apt has checked it; here the .dsc once more, and the
# tarball against our own table, which no mirror can change. Changes directory.
verify_download() {
	local orig=glibc_$version.orig.tar.xz
	cd "$1" || return 1
	awk '
		/^[^ ]/ { wanted = $1 == "Checksums-Sha256:" }
		/^ / && wanted { print $1 "  " $3 }
	' glibc_*.dsc | sha256sum -c - || return 1
	# Of an untested version nothing more is known.
	is_tested "$version" || return 0
	facts "$version" sha256 | awk -v name="$orig" '
		$2 == name { print $1 "  " $2 }' | sha256sum -c -
}

# ---- the build ----

configure_args=(
	--prefix=/usr --disable-crypt --enable-stackguard-randomization
	--enable-stack-protector=strong --enable-multi-arch
	--enable-kernel=3.2.0 --without-selinux --disable-werror
)
configparms='CFLAGS = -pipe -O2 -g
libdir = /usr/lib/x86_64-linux-gnu
slibdir = /lib/x86_64-linux-gnu
rtlddir = /lib64'

# inputs: all that the objects are made from, a line each.
inputs() {
	echo "mode $mode"
	echo "source $source_id"
	echo "directory $work"
	echo "compiler $cc_id"
	echo "flags ${configure_args[*]} ${configparms//$newline/ }"
	[ "$mode" != pure ] || pure_inputs
}

# made_from FILE: is FILE, a copy of inputs, what they are now?
made_from() {
	[ -f "$1" ] && [ "$wanted_inputs" = "$(cat "$1")" ]
}

# begin_objects: an objects directory that is made from these inputs, and from
# nothing else.
begin_objects() {
	local obj=$work/obj changed
	if [ -e "$obj/.unclean" ]; then
		say "$(cat "$obj/.unclean"); all is compiled again"
	elif made_from "$obj/.inputs" && [ -e "$obj/.configured" ]; then
		return 0
	elif [ -f "$obj/.inputs" ]; then
		changed=$(echo "$wanted_inputs" | diff - "$obj/.inputs" |
			sed -n 's/^[<>] \([a-z]*\) .*/\1/p' | sort -u | xargs)
		[ -z "$changed" ] ||
			say "changed: $changed; all is compiled again"
	fi
	# Renamed first: half removed, it would look like one to go on with.
	rm -rf "$obj.old"
	[ ! -e "$obj" ] || mv "$obj" "$obj.old"
	rm -rf "$obj.old" "$work/sites.jsonl"
	mkdir "$obj"
	echo "$wanted_inputs" >"$obj/.inputs"
}

step_configure() {
	local compiler=$cc cxx
	if [ -f "$work/obj/.configured" ]; then
		progress_skip configure
		return 0
	fi
	progress_step configure
	echo "$configparms" >"$work/obj/configparms"
	# The C++ compiler is for a few headers and tests; false: there is none.
	cxx=${cc%gcc*}g++${cc##*gcc}
	command -v "$cxx" >/dev/null || cxx=false
	if [ "$mode" = pure ]; then
		compiler="$cc -fplugin=$plugin"
		compiler+=" -fplugin-arg-purecc-report=$work/sites.jsonl"
	fi
	run "glibc $version" env -C "$work/obj" "${clean[@]}" MAKEINFO=: \
		AUTOCONF=false "$unpacked/configure" "${configure_args[@]}" \
		CC="$compiler" CXX="$cxx" || build_failed configure
	# configure's own test programs aren't glibc's sites.
	rm -f "$work/sites.jsonl"
	touch "$work/obj/.configured"
}

step_build() {
	local objects
	if [ -f "$work/obj/.built" ]; then
		progress_skip build
		return 0
	fi
	objects=$(find "$work/obj" -name '*.o' -o -name '*.o[sS]' | wc -l)
	progress_step build "$objects"
	echo 'the last run was killed' >"$work/obj/.unclean"
	run_make start || build_failed build
	wanted_inputs=$(inputs)
	if ! made_from "$work/obj/.inputs"; then
		echo 'some objects were made with another plugin or overlay' \
			>"$work/obj/.unclean"
		progress_clear
		echo 'build-glibc: the plugin or the overlay was changed' \
			'meanwhile; run it again' >&2
		exit 1
	fi
	rm "$work/obj/.unclean"
	touch "$work/obj/.built"
}

step_install() {
	local new=$work/install.new
	progress_step install
	rm -rf "$new" "$work/install.old"
	mkdir "$new"
	run_make 'to a new tree' install "DESTDIR=$new" ||
		build_failed install
	# A namespace of its own, as an isolated handler has one, looks for the
	# loader among the libraries, in all directories until there is one.
	ln -s ../../lib64/ld-linux-x86-64.so.2 \
		"$new/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2"
	check_tree "$new"
	install_licences "$new/usr/share/doc/glibc"
	cp "$work/obj/.inputs" "$new/.build-glibc"
	[ ! -e "$out" ] || mv "$out" "$work/install.old"
	mv "$new" "$out"
	rm -rf "$work/install.old"
}

# install_licences DIRECTORY: who passes the tree on passes them on with it.
install_licences() {
	local name
	mkdir -p "$1"
	for name in LICENSES COPYING COPYING.LIB; do
		[ ! -f "$unpacked/$name" ] || cp "$unpacked/$name" "$1"
	done
}

# check_tree TREE: do the loader and the library in it run, and say who they
# are? Before it takes the place of one that does.
check_tree() {
	local loader=$1/lib64/ld-linux-x86-64.so.2
	local libraries=$1/lib/x86_64-linux-gnu said
	said=$("${clean[@]}" "$loader" --version 2>&1) || said="it fails: $said"
	check_said "$loader" "$said"
	said=$("${clean[@]}" "$loader" --library-path "$libraries" \
		"$libraries/libc.so.6" 2>&1) || said="it fails: $said"
	check_said "$libraries/libc.so.6" "$said"
}

check_said() {
	case $2 in
	"it fails: "*) ;;
	*" version $version"[!0-9]*) return 0 ;;
	esac
	progress_clear
	printf 'build-glibc: %s was built, but %s\n' "$1" \
		"doesn't print version $version when run: $2" >&2
	exit 1
}

# ---- the end ----

# build_failed STEP: say which command failed, from make's own words.
build_failed() {
	local failed target command=''
	progress_clear
	rm -f "$work/obj/.unclean"
	failed=$(this_run | grep -m 1 -F '*** [' ||
		this_run | grep -m 1 -F '*** ' || true)
	# make: *** [FILE:LINE: TARGET] Error N
	target=$(echo "$failed" |
		sed -n 's/.*\*\*\* \[\(.*: \)\{0,1\}\(.*\)\] .*/\2/p')
	[ -z "$target" ] || command=$(this_run | command_for "$target")
	{
		echo "build-glibc: failed in $1."
		[ -z "$failed" ] || printf 'it says:\n%s\n' "$failed"
		[ -z "$command" ] || printf 'the command:\n%s\n' "$command"
		printf 'the last lines of %s:\n' "$log"
		this_run | tail -n 20
	} >&2
	exit 1
}

# command_for TARGET: of those in a log, the last whose output is TARGET, or else
# the last that names it (glibc's makefiles may write TARGETT, and rename it). A
# command may have several lines, each but the last with a backslash at its end.
command_for() {
	awk -v target="$1" '
		{ command = command $0 }
		/\\$/ { command = command "\n"; next }
		/^make/ { command = "" }
		index(command " ", "-o " target " ") { output = command }
		index(command, target) { named = command }
		{ command = "" }
		END { print output != "" ? output : named }
	'
}

# interrupted SIGNAL NUMBER: end what runs; what is done stays done.
interrupted() {
	local since=$(($(date +%s) - 3))
	trap '' INT TERM HUP PIPE
	progress_clear
	if run_stop && [ -e "$work/obj/.unclean" ]; then
		remove_unfinished "$since"
		rm -f "$work/obj/.unclean"
	fi
	say "interrupted by SIG$1; run it again to go on from here" >&2
	exit $((128 + $2))
}

finish() {
	local took
	progress_clear
	clock took "$SECONDS"
	say "$out: glibc $version, $mode, in $took"
	if [ -f "$work/sites.jsonl" ]; then
		say "$(wc -l <"$work/sites.jsonl") sites: $work/sites.jsonl"
	fi
}

check_everything() {
	check_architecture
	check_tools
	check_compiler
	if [ "$mode" = pure ]; then
		check_plugin
		check_overlay
	fi
	identify_source
	take_work_directory
}

# begin_log: a run that goes on from another appends to its log.
begin_log() {
	if [ -z "$source_id" ] || ! made_from "$work/obj/.inputs"; then
		: >"$log"
	fi
	say "glibc $version, $mode, to $out"
	say "log: $log"
}

main() {
	parse_options "$@"
	finish_options
	check_everything
	if [ -n "$source_id" ]; then
		wanted_inputs=$(inputs)
		if made_from "$out/.build-glibc"; then
			say "$out: up to date (glibc $version, $mode)"
			return 0
		fi
	fi
	check_room
	trap 'interrupted INT 2' INT
	trap 'interrupted TERM 15' TERM
	trap 'interrupted HUP 1' HUP
	trap 'interrupted PIPE 13' PIPE
	begin_log
	progress_plan < <(estimates "$version" step)
	step_source
	wanted_inputs=$(inputs)
	begin_objects
	step_configure
	read_make_arguments "$mode"
	step_build
	step_install
	finish
}

main "$@"
