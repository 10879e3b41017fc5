#!/bin/sh
# Calls of all kinds are shown as strace shows them, in each of the formats.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
# shellcheck source=common.inc disable=SC1091
. "$(dirname "$0")/common.inc"
strace -f -o /dev/null true 2>/dev/null || {
	echo "strace can't be used here"
	exit 77
}
build calls -Wno-unused-result -Wno-nonnull
build settings -Wno-unused-result -Wno-nonnull
build netlink -Wno-unused-result
build devices -Wno-unused-result
export TZ=UTC
mkdir "$work/files"
cd "$work/files"

# What a handler doesn't see: a signal without a function; that a process ends in its
# own call. The kernel's names and times aren't the same twice.
cat >"$work/known" <<'END'
[-+]--- SIG
[-+]kill(N, SIGKILL
[-+]syscall_0x3e7(
[-+]ioctl(.*, TIOCGPTN
[-+]ioctl([0-9]*, ADDRESS, \[[0-9]*\]) = 0$
[-+]getsockname(.*sun_path=@
END

# compare PROGRAM FORMAT: with a number that no other test at work has, for what there is
# once in the system.
compare() {
	# shellcheck disable=SC2086 # they are words
	timeout 60 strace -f $2 -o "$work/theirs" "$PURECC_BUILD/pure-run" \
		--glibc "$PURECC_GLIBC" -- "$work/$1" $$ >/dev/null </dev/null || :
	rm -rf "$work/files/"*
	# shellcheck disable=SC2086
	timeout 60 "$PURECC_BUILD/pure-trace" --glibc "$PURECC_GLIBC" -f $2 \
		-o "$work/ours" "$work/$1" $$ >/dev/null </dev/null || :
	rm -rf "$work/files/"*
	/usr/bin/python3 "$root/tests/trace/strace.py" "$work/theirs" "$work/ours" \
		>"$work/result"
	read -r equal total <"$work/result"
	sed 1d "$work/result" | grep -v -f "$work/known" >"$work/other" && {
		fail "$1, ${2:-no option}: $equal of $total lines are equal"
		head -n 40 "$work/other"
	}
	[ "$equal" -ge 10 ] || fail "$1, ${2:-no option}: $equal of $total"
}

for format in '' -v '-s 5' -x '-e verbose=none' '-a 60' '-e raw=poll,openat,fstat' \
	'-e trace=%file,poll' \
	'-e abbrev=!fstat,uname' '-e abbrev=%file' \
	'-y -e poll,ppoll,select,pselect6,writev,readv,dup,dup2,dup3'; do
	compare calls "$format"
done
# What starts a program isn't told apart without the names.
some='-e trace=!rt_sigprocmask,arch_prctl'
for format in '' -v "-X raw $some" "-X verbose $some"; do
	compare settings "$format"
	compare netlink "$format"
	# Of devices, others know more or less.
	case $(strace -V) in
	*'version 6.1'[!0-9]*) compare devices "$format" ;;
	esac
done
# Attributes and messages may be in one another without an end.
timeout 60 "$PURECC_BUILD/pure-trace" --glibc "$PURECC_GLIBC" -o "$work/ours" \
	"$work/netlink" deep </dev/null || fail "nested messages: exit status $?"
for line in 'IFLA_PROP_LIST.* = 64032$' 'NLMSG_ERROR.* = 79996$'; do
	grep -q "$line" "$work/ours" || fail "nested messages: no $line"
done
# What has no name is shown whatever is asked for, and nothing else is.
timeout 60 "$PURECC_BUILD/pure-trace" --glibc "$PURECC_GLIBC" -e trace=none \
	-e signal=none -o "$work/ours" "$work/calls" $$ >/dev/null </dev/null || :
shown=$(sed -n 's/^\([0-9]* *\)\?\([a-z][a-z0-9_]*\)(.*/\2/p' "$work/ours" | sort -u)
[ "$shown" = syscall_0x3e7 ] || fail "-e trace=none shows ${shown:-nothing}"
exit "$failed"
