# shellcheck shell=bash
# common.sh: what build-glibc.sh and check-glibc.sh share: messages, checks of
# what is given, and make in an objects folder. Sourced by them, not run; their
# name is in $program, this folder in $here, the one above it in $checkout.
#
# SPDX-License-Identifier: GPL-3.0-or-later

# shellcheck source-path=SCRIPTDIR source=progress.sh disable=SC1091
. "${here:?}/progress.sh"

say() {
	progress_clear
	printf '%s: %s\n' "${program:?}" "$1"
}

# die WORDS...: it could not start; WORDS say what is wrong, how to mend it.
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
			"is in it. To mend it, $2."
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
			"- to mend it: apt-get install$missing_packages"
}

sum_of() {
	sha256sum -- "$1" | cut -d ' ' -f 1
}

# sum_of_folder FOLDER: of all names and contents in it, but for what editors
# leave.
sum_of_folder() {
	(cd "$1" && find . -type f ! -name '.*' ! -name '*~' -print0 |
		sort -z | xargs -0 -r sha256sum --) | sha256sum |
		cut -d ' ' -f 1
}

# clean COMMAND...: COMMAND with nothing of the caller's environment that could
# change what is built (CFLAGS, LD_LIBRARY_PATH, MAKEFLAGS, CPATH, ...).
clean=(env -i "PATH=$PATH" "HOME=${HOME:-/}" "TMPDIR=${TMPDIR:-/tmp}" LC_ALL=C)

# read_make_arguments MODE: what make is given for the objects folder $work/obj,
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
		line=${line//@INCLUDE@/"$checkout/include"}
		line=${line//@PLUGIN@/"${plugin:?}"}
		make_arguments+=("${line//@SYSDIRS@/"$sysdirs"}")
	done <"$here/overlay/make-arguments"
}

# run_make DETAIL ARGUMENT...: make in the objects folder.
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
# ended by force: they are .PRECIOUS to glibc's makefiles, and stay.
remove_unfinished() {
	find "$work/obj" -newermt "@$1" \
		\( -name '*.o' -o -name '*.o[sS]' -o -name '*.a' \) -delete
}
