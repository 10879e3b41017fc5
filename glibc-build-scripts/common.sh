# shellcheck shell=bash
# common.sh: what build-glibc.sh and check-glibc.sh share: messages, checks of
# what is given, and make in an objects directory. Sourced by them, not run; their
# name is in $program, this directory in $here, the one above it in $checkout.
#
# SPDX-License-Identifier: GPL-3.0-or-later

# shellcheck source-path=SCRIPTDIR source=progress.sh disable=SC1091
. "${here:?}/progress.sh"

say() {
	progress_clear
	printf '%s: %s\n' "${program:?}" "$1"
}

# die WORDS...: it could not start; WORDS say what is wrong, and how to
# fix it.
die() {
	progress_clear
	printf '%s: %s\n' "$program" "$*" >&2
	exit 2
}

# finish_jobs: as many commands at a time as there are processors, or as given.
finish_jobs() {
	case $jobs in
	'') jobs=$(nproc) ;;
	0* | *[!0-9]* | ?????*)
		die "--jobs $jobs: not a number of commands; give 1 or more"
		;;
	esac
}

# check_path PATH REMEDY: glibc's makefiles pass paths on unquoted.
check_path() {
	case $1 in
	*[[:space:]]* | *[\"\'\\\`:\;,#%\$\&\|\<\>\(\)\[\]{}*?=]*)
		die "$1: make can't handle this path: a blank, or one of" \
			"\" ' \\ \` : ; , # % \$ & | < > ( ) [ ] { } * ? =" \
			"is in it; $2."
		;;
	esac
}

# need TOOL PACKAGE: remember TOOL when it is missing, and what brings it.
missing_tools='' missing_packages=''
need() {
	! command -v "$1" >/dev/null || return 0
	missing_tools="$missing_tools$1 (package $2), "
	case " $missing_packages " in
	*" $2 "*) ;;
	*) missing_packages="$missing_packages $2" ;;
	esac
}

check_missing() {
	[ -z "$missing_tools" ] ||
		die "missing: ${missing_tools%, }" \
			"- to fix it: apt-get install$missing_packages"
}

# ---- versions/VERSION/: its README says what is there ----

# versions: those that have a directory, the oldest first.
versions() {
	find "$here/versions" -mindepth 1 -maxdepth 1 -type d -printf '%f\n' |
		sort -V
}

is_tested() {
	[ -d "$here/versions/$1" ]
}

# versions_tested: the same in words.
versions_tested() {
	versions | sed ':all; N; $!ball; s/\n/, /g'
}

# versions_near VERSION: itself and those before it, the latest first, then those
# after it.
versions_near() {
	versions | awk -v version="$1" '
		# 2.9 is before 2.36: parts count, not digits.
		function number(text,   part) {
			split(text, part, ".")
			return part[1] * 10000 + part[2]
		}
		number($1) <= number(version) {
			before = $1 "\n" before
			next
		}
		{ after = after $1 "\n" }
		END { printf "%s%s", before, after }'
}

# facts VERSION KEY: the rest of each line with KEY.
facts() {
	awk -v key="$2" '
		$1 == key {
			sub(/^[^ ]+ +/, "")
			print
		}' "$here/versions/$1/facts"
}

# estimates VERSION KEY: the same, of the first of those near it that has KEY.
estimates() {
	local near found
	for near in $(versions_near "$1"); do
		found=$(facts "$near" "$2")
		if [ -n "$found" ]; then
			echo "$found"
			return 0
		fi
	done
}

# file_near VERSION NAME: the file of that name of the first of those near it that
# has one.
file_near() {
	local near
	for near in $(versions_near "$1"); do
		if [ -e "$here/versions/$near/$2" ]; then
			echo "$here/versions/$near/$2"
			return 0
		fi
	done
}

# version_in_header: the version that a version.h of glibc's says.
version_in_header() {
	sed -n 's/^#define VERSION "\([0-9][0-9.]*\).*"/\1/p'
}

sum_of() {
	sha256sum -- "$1" | cut -d ' ' -f 1
}

# sum_of_directory DIRECTORY: of all names and contents in it, but for what editors
# leave.
sum_of_directory() {
	(cd "$1" && find . -type f ! -name '.*' ! -name '*~' -print0 |
		sort -z | xargs -0 -r sha256sum --) | sha256sum |
		cut -d ' ' -f 1
}

# pure_inputs: what a pure glibc is made from besides its own source, with $plugin, a line
# each. What handlers are written with isn't glibc's.
# shellcheck disable=SC2154 # set by those that source this
pure_inputs() {
	echo "plugin $plugin $(sum_of "$plugin")"
	echo "overlay $here/overlay $(sum_of_directory "$here/overlay")"
	echo "runtime $(sum_of_directory "$checkout/runtime")"
	echo "include $(sum_of "$checkout/include/purecc.h")"
	echo "abi $(sum_of_directory "$checkout/abi")"
}

# clean COMMAND...: COMMAND with nothing of the caller's environment that could
# change what is built (CFLAGS, LD_LIBRARY_PATH, MAKEFLAGS, CPATH, ...).
clean=(env -i "PATH=$PATH" "HOME=${HOME:-/}" "TMPDIR=${TMPDIR:-/tmp}" LC_ALL=C)

# read_make_arguments MODE: what make is given for the objects directory $work/obj,
# in the array make_arguments.
read_make_arguments() {
	local line sysdirs
	make_arguments=(MAKEINFO=:)
	[ "$1" = pure ] || return 0
	sysdirs=$(sed -n 's/^config-sysdirs = *//p' "${work:?}/obj/config.make")
	while IFS= read -r line || [ -n "$line" ]; do
		case ${line#"${line%%[![:space:]]*}"} in
		'' | \#*) continue ;;
		esac
		line=${line//@OVERLAY@/"$here/overlay"}
		line=${line//@RUNTIME@/"${checkout:?}/runtime"}
		make_arguments+=("${line//@SYSDIRS@/"$sysdirs"}")
	done <"$here/overlay/make-arguments"
}

# run_make DETAIL ARGUMENT...: make in the objects directory.
run_make() {
	local detail=$1
	shift
	run "$detail" "${clean[@]}" make -C "$work/obj" -j "$jobs" \
		"${make_arguments[@]}" "$@"
}

# this_run: the log of the current step's last command.
this_run() {
	tac "${log:?}" | awk '/^== .* ==$/ { exit } 1' | tac
}

# remove_unfinished TIME: the objects and archives that a make was at which was
# ended by force: they are .PRECIOUS to glibc's makefiles, and stay. Those of the
# makes before it are whole.
remove_unfinished() {
	local since=$1
	[ "${run_began%.*}" -lt "$since" ] || since=$run_began
	find "$work/obj" -newermt "@$since" \
		\( -name '*.o' -o -name '*.o[sS]' -o -name '*.a' \) -delete
}
