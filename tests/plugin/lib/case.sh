# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
#
# For the scripts among the cases, and run-source.sh. run-case sets CC, CXX,
# PLUGIN, INCLUDE, WORK, CASE and LIB, and the current directory is WORK.
set -eu

fail() {
	echo "FAILED: $*" >&2
	exit 1
}

skip() {
	echo "skipped: $*"
	exit 77
}

# show FILE: its text, set off from the rest.
show() {
	sed 's/^/    | /' "$1" >&2
}

# compiler_for FILE
compiler_for() {
	case $1 in
	*.cc) echo "$CXX" ;;
	*) echo "$CC" ;;
	esac
}

# compiler_has FILE FLAG...: does the compiler for files like this know these
# flags? With -c among them nothing is linked.
compiler_has() {
	case $1 in
	*.cc) language=c++ ;;
	*) language=c ;;
	esac
	shift
	echo 'int main (void) { return 0; }' |
		"$CC" "$@" -x $language - -o has 2>has.messages &&
		! grep -q warning has.messages
}

# build_runtime: make libtesting.a of lib/.
build_runtime() {
	for source in runtime.c main.c guard.S; do
		"$CC" -O1 -g -fPIC -fexceptions -I "$LIB/../../.." \
			-c "$LIB/$source" -o "${source%.*}.o"
	done
	rm -f libtesting.a
	ar rc libtesting.a runtime.o main.o guard.o
}

# refused TEXT COMMAND...: the command, a compilation, must fail with an error
# that has TEXT in it, and leave no file.
refused() {
	text=$1
	shift
	rm -f refused.o
	status=0
	"$@" -o refused.o 2>messages || status=$?
	[ "$status" != 0 ] || {
		show messages
		fail "this should be an error: $*"
	}
	[ ! -e refused.o ] || fail "an error, but output: $*"
	! grep -q 'internal compiler error\|Segmentation\|core dumped' messages || {
		show messages
		fail "the compiler crashed: $*"
	}
	grep -q -F -e "$text" messages || {
		show messages
		fail "expected an error with \"$text\": $*"
	}
}

# expect_report REPORT EXPECTED: each line of the one has the members that a
# line of the other has, and is well formed.
expect_report() {
	[ -e "$1" ] || : >"$1"
	awk -f "$LIB/report.awk" "$2" "$1" >&2 || {
		echo "the report is:" >&2
		show "$1"
		fail "the report is not as expected"
	}
}
