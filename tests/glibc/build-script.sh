#!/bin/sh
# build-glibc.sh says what is wrong and how to fix it before it builds, and
# can be interrupted and repeated. Quick: the glibc here is a makefile with two
# objects, and what a test needs to be missing or broken stands in a PATH of
# its own. Exit status: 0 pass, 1 fail, 77 skip.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu

here=$(cd "$(dirname "$0")" && pwd -P)
root=$(dirname "$(dirname "$here")")
scripts=$root/glibc-build-scripts
for tool in bash gcc make ld; do
	command -v "$tool" >/dev/null || {
		echo "skip: $tool is missing"
		exit 77
	}
done
gcc=$(command -v gcc)
case $(uname -m) in
x86_64) ;;
*)
	echo "skip: not x86_64"
	exit 77
	;;
esac

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
failures=0

# ---- a checkout, a PATH and a glibc to try it on ----

checkout=$tmp/checkout
out=$tmp/out
bin=$tmp/bin
glibc=$tmp/glibc

mkdir "$bin"
ln -s /usr/bin/* "$bin"
ln -sf "$(command -v ld)" "$(command -v make)" "$(command -v as)" "$bin"

# stub NAME: a program in PATH, from standard input.
stub() {
	rm -f "$bin/$1"
	{
		echo '#!/bin/sh'
		cat
	} >"$bin/$1"
	chmod +x "$bin/$1"
}

# fresh: everything as it should be.
fresh() {
	rm -rf "$checkout" "$glibc" "$out" "$out.work"
	mkdir -p "$checkout/build" "$checkout/runtime" "$checkout/include" \
		"$checkout/abi"
	cp -R "$scripts" "$checkout/glibc-build-scripts"
	cp -R "$root/scripts" "$checkout/scripts"
	mkdir -p "$checkout/glibc-build-scripts/overlay"
	cat >"$checkout/glibc-build-scripts/overlay/make-arguments" <<-'END'
		# a comment

		config-sysdirs=@OVERLAY@ @SYSDIRS@
		other=@RUNTIME@
	END
	touch "$checkout/include/purecc.h" "$checkout/build/purecc.so"
	ln -sf /usr/bin/uname /usr/bin/df "$bin"
	for tool in bison gawk python3 apt-get dpkg-source xz; do
		echo 'exit 0' | stub "$tool"
	done
	# GCC, but any plugin will do.
	stub gcc <<-END
		for a; do
			case \$a in -fplugin*) ;; *) set -- "\$@" "\$a" ;; esac
			shift
		done
		exec "$gcc" "\$@"
	END
	echo 'echo glibc 2.36' | stub getconf
	fresh_glibc 2.36
}

# fresh_glibc VERSION: a source directory that says it is of VERSION.
fresh_glibc() {
	rm -rf "$glibc"
	mkdir -p "$glibc/sysdeps" "$glibc/manual"
	: >"$glibc/manual/Makefile"
	echo "#define VERSION \"$1\"" >"$glibc/version.h"
	cat >"$glibc/configure" <<-'END'
		#!/bin/sh
		printf '%s\n' "$@" "CFLAGS=${CFLAGS-}" "make=${MAKEFLAGS-}" \
			"path=${LD_LIBRARY_PATH-}" >arguments
		echo 'config-sysdirs = sysdeps/a sysdeps/b' >config.make
		cp "$(dirname "$0")/Makefile.in" Makefile
	END
	chmod +x "$glibc/configure"
	cat >"$glibc/Makefile.in" <<-'END'
		.RECIPEPREFIX = :
		loader = $(DESTDIR)/lib64/ld-linux-x86-64.so.2
		all: one.o two.o
		one.o:
		:	echo 'int one;' | gcc -c -o one.o -x c -
		two.o: one.o
		:	echo 'int two;' | gcc -c -o two.o -x c -
		install: all
		:	mkdir -p $(DESTDIR)/lib64 $(DESTDIR)/lib/x86_64-linux-gnu
		:	echo '#!/bin/sh' >$(loader)
		:	echo 'echo release version @VERSION@.' >>$(loader)
		:	chmod +x $(loader)
		:	echo '$(config-sysdirs)' '$(other)' >$(DESTDIR)/given
	END
	sed -i "s/@VERSION@/$1/" "$glibc/Makefile.in"
}

# ---- how a run is judged ----

# build ARGUMENT...: run it; output in $tmp/said, exit status in $status.
# Only what hangs takes 600 seconds, on a busy machine too.
build() {
	status=0
	PATH=$bin timeout 600 \
		"$checkout/glibc-build-scripts/build-glibc.sh" "$@" \
		</dev/null >"$tmp/said" 2>&1 || status=$?
}

# judge WHAT STATUS WORDS...: the last run ended with STATUS, and said each of
# WORDS.
judge() {
	what=$1
	wanted=$2
	shift 2
	for words; do
		grep -q -F -e "$words" "$tmp/said" ||
			fail "$what" "it doesn't say \"$words\""
	done
	if [ "$status" = "$wanted" ]; then
		echo "tried: $what"
	else
		fail "$what" "exit status $status, not $wanted"
	fi
}

fail() {
	failures=$((failures + 1))
	echo "FAIL: $1: $2; it said:"
	sed 's/^/    /' "$tmp/said"
}

# refused WHAT WORDS... -- ARGUMENT...: it doesn't start, and says WORDS.
refused() {
	what=$1
	shift
	said=''
	while [ "$1" != -- ]; do
		said="$said|$1"
		shift
	done
	shift
	build "$@"
	old_ifs=$IFS
	IFS='|'
	# shellcheck disable=SC2086 # the words, split at the bars
	set -- ${said#|}
	IFS=$old_ifs
	judge "$what" 2 "$@"
	[ ! -e "$out.work/obj" ] || fail "$what" "it began to build"
}

# ---- misuse ----

try_options() {
	fresh
	refused 'unknown option' --frobnicate --help -- --frobnicate
	refused 'stray argument' "'stray'" -- stray
	refused 'option without value' '--out needs a value' -- --out
	refused 'empty value' '--out has an empty value' -- --out ''
	for jobs in 0 -3 four 99999 1.5; do
		refused "--jobs $jobs" "--jobs $jobs" 'give 1 or more' -- \
			--jobs "$jobs"
	done
	build --help
	judge --help 0 --source --stock --plugin 2.36
}

try_machine() {
	fresh
	rm "$bin/bison" "$bin/xz"
	refused 'missing tools' 'bison (package bison)' \
		'xz (package xz-utils)' 'apt-get install bison xz-utils' -- \
		--stock --out "$out" --source "$glibc"
	fresh
	rm "$bin/dpkg-source"
	refused 'missing dpkg-source' 'apt-get install dpkg-dev' -- \
		--stock --out "$out"
	fresh
	echo 'echo aarch64' | stub uname
	refused 'another architecture' aarch64 x86_64 -- \
		--stock --out "$out" --source "$glibc"
	fresh
	echo 'echo Filesystem; echo none 9 9 102400 9% /' | stub df
	refused 'no room' 'no room on the disk' '100 MiB free' --out -- \
		--stock --out "$out" --source "$glibc"
}

try_compiler() {
	fresh
	refused 'no such compiler' gcc-99 'apt-get install gcc-99' -- \
		--cc gcc-99 --stock --out "$out" --source "$glibc"
	refused 'compiler path' /nowhere/cc -- \
		--cc /nowhere/cc --stock --out "$out" --source "$glibc"
	echo 'echo "#define __clang__ 1"; echo "#define __x86_64__ 1"' |
		stub other-cc
	refused clang 'other-cc is clang' --cc -- \
		--cc other-cc --stock --out "$out" --source "$glibc"
	echo 'echo arm-linux-gnueabi' | stub other-cc
	refused 'cross compiler' arm-linux-gnueabi --cc -- \
		--cc other-cc --stock --out "$out" --source "$glibc"
	stub gcc <<-END
		case "\$*" in *-print-file-name=*) echo crt1.o; exit ;; esac
		exec "$gcc" "\$@"
	END
	refused 'no start files' 'apt-get install libc6-dev' -- \
		--stock --out "$out" --source "$glibc"
}

try_source() {
	fresh
	refused 'no such source' "$tmp/none" -- \
		--stock --out "$out" --source "$tmp/none"
	refused 'not a glibc' "$checkout" version.h -- \
		--stock --out "$out" --source "$checkout"
	echo '#define VERSION "no number"' >"$glibc/version.h"
	refused 'a version.h of another' "$glibc" version.h -- \
		--stock --untested --out "$out" --source "$glibc"
	fresh_glibc 2.36
	rm -r "$glibc/manual"
	refused 'no manual' "$glibc" manual/Makefile tarball -- \
		--stock --out "$out" --source "$glibc"
	echo nonsense >"$tmp/glibc-2.36.tar.xz"
	refused 'corrupt tarball' corrupt "$tmp/glibc-2.36.tar.xz" \
		"$(sha256sum "$tmp/glibc-2.36.tar.xz" | cut -d ' ' -f 1)" \
		glibc_2.36.orig.tar.xz --untested -- \
		--stock --out "$out" --source "$tmp/glibc-2.36.tar.xz"
	refused 'corrupt tarball, untested' corrupt "$tmp/glibc-2.36.tar.xz" -- \
		--stock --untested --out "$out" \
		--source "$tmp/glibc-2.36.tar.xz"
}

# The message that an untested version gets.
not_tested='not among those tested: 2.36, 2.41, 2.43'

try_untested() {
	for version in 2.17 2.42.9000; do
		fresh
		fresh_glibc "$version"
		refused "a directory of glibc $version" "$glibc is glibc" \
			"glibc $version, $not_tested; --untested goes on" -- \
			--stock --out "$out" --source "$glibc"
		build --stock --untested --out "$out" --source "$glibc"
		judge "it goes on with $version" 0 "$not_tested" \
			"$out: glibc $version, stock"
	done
	# As Debian's, it has no manual.
	rm -r "$glibc/manual"
	tar -c -J -C "$tmp" -f "$tmp/other.tar.xz" glibc
	fresh
	refused 'an unknown tarball' "$not_tested; --untested goes on" -- \
		--stock --out "$out" --source "$tmp/other.tar.xz"
	rm "$bin/xz"
	ln -s /usr/bin/xz "$bin"
	build --stock --untested --out "$out" --source "$tmp/other.tar.xz"
	judge 'it goes on with the tarball' 0 'is glibc 2.42.9000' \
		"$(sha256sum "$tmp/other.tar.xz" | cut -d ' ' -f 1)" \
		"$out: glibc 2.42.9000, stock"
	[ -f "$out.work/source/manual/Makefile" ] ||
		fail 'a tarball without manual' 'there is no stand-in for it'
}

# ---- Debian's source ----

# debian VERSION...: what apt lists; a fetch gets the fake glibc, with a tarball
# whose checksum is in the table.
debian() {
	for listed; do
		echo "echo Version: $listed"
	done | stub apt-cache
	stub apt-get <<-'END'
		case "$*" in *--only-source\ glibc=*) ;; *) exit 0 ;; esac
		package=${*##*glibc=}
		orig=glibc_${package%%-*}.orig.tar.xz
		echo the tarball >"$orig"
		printf 'Checksums-Sha256:\n %s 1 %s\n' \
			"$(sha256sum <"$orig" | cut -c 1-64)" "$orig" \
			>"glibc_$package.dsc"
	END
	echo "cp -R '$glibc' \"\$4\"" | stub dpkg-source
	sed -i "s/sha256 [0-9a-f]* glibc_/sha256 $(echo the tarball |
		sha256sum | cut -c 1-64) glibc_/" \
		"$checkout"/glibc-build-scripts/versions/*/facts
}

# fetched WHAT PACKAGE: the tree is made from Debian's PACKAGE.
fetched() {
	grep -q -F "source debian glibc_$2 " "$out/.build-glibc" ||
		fail "$1" "it isn't made from $2"
}

# The one that this system's own programs run on.
try_default() {
	fresh
	debian 2.36-9 2.41-12 2.41-12+deb13u1
	build --stock --out "$out"
	judge "the system's version" 0 "$out: glibc 2.36, stock"
	fetched "the system's version" 2.36-9
	echo 'echo glibc 2.41' | stub getconf
	fresh_glibc 2.41
	build --stock --out "$out"
	judge "the system's new version" 0 'changed: source' \
		"$out: glibc 2.41, stock"
	fetched "the system's new version" 2.41-12+deb13u1
	echo 'exit 2' | stub getconf
	echo 'echo "ldd (Debian GLIBC 2.36-9+deb12u10) 2.36"' | stub ldd
	fresh_glibc 2.36
	build --stock --out "$out"
	judge "the system's version by ldd" 0 "$out: glibc 2.36, stock"
	fresh
	echo 'exit 2' | stub getconf
	echo 'echo "musl libc (x86_64)"; echo Version 1.2.5; exit 1' | stub ldd
	refused 'another C library' 'no glibc' --source -- \
		--stock --out "$out"
	fresh
	debian 2.39-1 2.41-12
	fresh_glibc 2.39
	echo 'echo glibc 2.39' | stub getconf
	refused "the system's is untested" "system's C library is glibc" \
		"glibc 2.39, $not_tested; --untested goes on" -- \
		--stock --out "$out"
	build --stock --untested --out "$out"
	judge "it goes on with the system's" 0 "$not_tested" \
		"$out: glibc 2.39, stock"
	fetched "it goes on with the system's" 2.39-1
}

# gone PACKAGE...: the mirror lists them, and has their tarball only.
gone() {
	{
		# shellcheck disable=SC2016
		echo 'package=${*##*glibc=}'
		echo "case ' $* ' in *\" \$package \"*)"
		cat <<-'END'
			echo nonsense >"glibc_$package.dsc"
			echo nonsense >"glibc_${package%%-*}.orig.tar.xz"
			echo "Err:1 https://mirror glibc $package (dsc)"
			echo '  404  Not Found [IP: ::1 80]'
			exit 100
			;;
			esac
		END
		tail -n +2 "$bin/apt-get"
	} >"$tmp/gone"
	stub apt-get <"$tmp/gone"
}

try_gone() {
	fresh
	debian 2.36-9 2.36-9+deb12u10 2.36-9+deb12u9
	gone 2.36-9+deb12u10
	build --stock --out "$out"
	judge 'files that are gone' 0 \
		'glibc 2.36-9+deb12u10 is listed, but its files are gone' \
		"$out: glibc 2.36, stock"
	fetched 'files that are gone' 2.36-9+deb12u9
	fresh
	debian 2.36-9 2.36-9+deb12u9
	gone 2.36-9 2.36-9+deb12u9
	refused 'all files are gone' '2.36-9 is listed' \
		'2.36-9+deb12u9 is listed' 'all that are listed' --source -- \
		--stock --out "$out"
	# What isn't a 404 is no reason to take an older release.
	echo 'case "$*" in *deb12u9) echo timeout; exit 100 ;; esac' \
		>"$tmp/timeout"
	fresh
	debian 2.36-9 2.36-9+deb12u9
	tail -n +2 "$bin/apt-get" >>"$tmp/timeout"
	stub apt-get <"$tmp/timeout"
	refused 'a timeout' timeout 'no network' --source -- \
		--stock --out "$out"
}

try_fetch() {
	fresh
	echo 'echo no network; exit 100' | stub apt-get
	echo 'exit 0' | stub apt-cache
	refused 'nothing to fetch' 'no network' '2.36-*' --source -- \
		--stock --out "$out"
	echo 'echo Version: 2.36-9; echo Version: 2.41-1' | stub apt-cache
	refused 'failed fetch' 'no network' --source -- --stock --out "$out"
	stub apt-get <<-'END'
		case "$*" in *glibc=2.36-9) ;; *) exit 0 ;; esac
		printf 'Checksums-Sha256:\n %064d 1 glibc_2.36.orig.tar.xz\n' \
			7 >glibc_2.36-9.dsc
		echo corrupt >glibc_2.36.orig.tar.xz
	END
	refused 'corrupt fetch' 'glibc_2.36.orig.tar.xz: FAILED' --source -- \
		--stock --out "$out"
	[ ! -e "$out.work/download" ] || fail 'corrupt fetch' 'it is kept'
	# Right by the .dsc, but not what our own table says.
	stub apt-get <<-'END'
		case "$*" in *glibc=2.36-9) ;; *) exit 0 ;; esac
		echo corrupt >glibc_2.36.orig.tar.xz
		printf 'Checksums-Sha256:\n %s 1 glibc_2.36.orig.tar.xz\n' \
			"$(sha256sum <glibc_2.36.orig.tar.xz | cut -c 1-64)" \
			>glibc_2.36-9.dsc
	END
	refused 'forged fetch' 'glibc_2.36.orig.tar.xz: FAILED' --source -- \
		--stock --out "$out"
}

try_out() {
	fresh
	mkdir "$out"
	touch "$out/precious"
	refused 'directory of another' "$out exists" --out -- \
		--stock --out "$out" --source "$glibc"
	[ -e "$out/precious" ] || fail 'directory of another' 'it is gone'
	refused 'unwritable' "can't write in $glibc/version.h" --out -- \
		--stock --out "$glibc/version.h/out" --source "$glibc"
	refused 'blank in the path' "$tmp/a b" --out -- \
		--stock --out "$tmp/a b" --source "$glibc"
	mkdir "$tmp/c:d"
	refused 'colon in the source' "$tmp/c:d" move -- \
		--stock --out "$out" --source "$tmp/c:d"
	rm -rf "$out"
	mkdir "$out.work"
	touch "$out.work/.build-glibc"
	(
		exec 9>"$out.work/lock"
		flock 9
		exec sleep 60
	) &
	sleeper=$!
	sleep 0.5
	refused 'two at a time' "another build-glibc.sh" "$out" -- \
		--stock --out "$out" --source "$glibc"
	kill "$sleeper"
}

try_plugin() {
	fresh
	rm "$checkout/build/purecc.so"
	refused 'missing plugin' "$checkout/build/purecc.so" 'cmake --build' \
		-- --out "$out" --source "$glibc"
	touch "$checkout/build/purecc.so"
	ln -sf "$gcc" "$bin/gcc"
	refused 'plugin that is none' "can't load the plugin" \
		"$checkout/build/purecc.so" --cc -- \
		--out "$out" --source "$glibc"
	fresh
	rm -r "$checkout/runtime"
	refused 'half a checkout' "$checkout/runtime" 'check it out' -- \
		--out "$out" --source "$glibc"
	fresh
	arguments=$checkout/glibc-build-scripts/overlay/make-arguments
	echo 'x=@NOTHING@' >>"$arguments"
	refused 'unknown word' "$arguments:5: x=@NOTHING@" -- \
		--out "$out" --source "$glibc"
	rm "$arguments"
	refused 'no make arguments' "$arguments is missing" -- \
		--out "$out" --source "$glibc"
}

# ---- runs ----

# compiled FILE: how often one.o was compiled, by the log.
compiled() {
	grep -c -e '-o one.o' "$out.work/log"
}

try_build() {
	fresh
	export CFLAGS=-O0 MAKEFLAGS=-k LD_LIBRARY_PATH=.
	build --out "$out" --source "$glibc" --jobs 2
	unset CFLAGS MAKEFLAGS LD_LIBRARY_PATH
	judge 'a build' 0 "$out.work/log" 'configure: glibc 2.36' install
	overlay=$checkout/glibc-build-scripts/overlay
	given="$overlay sysdeps/a sysdeps/b $checkout/runtime"
	grep -q -x -F -e "$given" "$out/given" ||
		fail 'the make arguments' "$(cat "$out/given")"
	for line in CFLAGS= make= path= --prefix=/usr \
		"CC=gcc -fplugin=$checkout/build/purecc.so"; do
		grep -q -e "^$line" "$out.work/obj/arguments" ||
			fail "configure's arguments" "no $line"
	done
	grep -q '^CFLAGS=.' "$out.work/obj/arguments" &&
		fail 'the environment' 'CFLAGS leaked in'
	build --out "$out" --source "$glibc"
	judge 'a repeated build' 0 'up to date'
	echo new >"$overlay/added.c"
	build --out "$out" --source "$glibc"
	judge 'a changed overlay' 0 'changed: overlay'
	build --out "$out" --source "$glibc" --stock
	judge 'another mode' 0 'changed:' 'mode'
	grep -q fplugin "$out.work/obj/arguments" &&
		fail 'a stock build' 'it has the plugin'
	rm -rf "$out"
	build --out "$out" --source "$glibc" --stock
	judge 'a removed tree' 0 "$out"
	[ "$(compiled)" = 1 ] || fail 'a removed tree' 'compiled again'
}

try_failure() {
	fresh
	sed -i 's/int two;/int two two;/' "$glibc/Makefile.in"
	build --out "$out" --source "$glibc" --stock
	judge 'a failing command' 1 'failed in build' "$out.work/log" \
		"echo 'int two two;' | gcc -c -o two.o" 'expected' \
		'two.o] Error 1'
	sed -i 's/two two/two/' "$out.work/obj/Makefile"
	build --out "$out" --stock --source "$glibc"
	judge 'a build after a failure' 0 "$out"
	[ "$(compiled)" = 1 ] || fail 'after a failure' 'compiled again'
	sed -i 's/two two/two/; s/version 2.36/version 2.35/' \
		"$glibc/Makefile.in"
	build --out "$out" --stock --source "$glibc"
	judge 'a libc that is another' 1 ld-linux-x86-64.so.2 2.35
	grep -q 2.36 "$out/lib64/ld-linux-x86-64.so.2" ||
		fail 'a libc that is another' 'it took the place of the good'
}

# interrupt SIGNAL SECONDS: send it while two.o is made, which takes SECONDS.
interrupt() {
	fresh
	sed -i "s/echo 'int two/touch began; sleep $2; &/" "$glibc/Makefile.in"
	# What a shell starts in the background ignores SIGINT.
	PATH=$bin env --default-signal=INT \
		"$checkout/glibc-build-scripts/build-glibc.sh" \
		--out "$out" --stock --source "$glibc" >"$tmp/said" 2>&1 &
	script=$!
	waited=0
	until [ -e "$out.work/obj/began" ] || [ "$waited" -gt 3000 ]; do
		sleep 0.1
		waited=$((waited + 1))
	done
	kill -"$1" "$script"
	status=0
	wait "$script" 2>/dev/null || status=$?
}

try_interrupt() {
	interrupt "$1" 20
	judge "interrupted by $1" "$2" 'run it again'
	sed -i 's/sleep 20/true/' "$out.work/obj/Makefile"
	build --out "$out" --stock --source "$glibc"
	judge "a build after $1" 0 "$out"
}

# Killed outright it can't stop make, nor see what state make leaves.
try_kill() {
	interrupt KILL 3
	build --out "$out" --stock --source "$glibc"
	judge 'make left alone' 2 'another build-glibc.sh'
	flock -w 20 "$out.work/lock" true
	build --out "$out" --stock --source "$glibc"
	judge 'a build after KILL' 0 'the last run was killed'
}

try_options
try_machine
try_compiler
try_source
try_untested
try_default
try_gone
try_fetch
try_out
try_plugin
try_build
try_failure
try_interrupt INT 130
try_interrupt TERM 143
try_interrupt HUP 129
try_kill
[ "$failures" = 0 ]
