#!/bin/sh
# Handlers with options that make no sense, closed descriptors, full disks and slow pipes:
# an error that names the option, or the program runs as natively; a line that isn't
# written is counted.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
# shellcheck source=common.inc disable=SC1091
. "$(dirname "$0")/common.inc"
cd "$work"

handlers='count inject nosync pass redirect time trace'
for handler in $handlers; do
	[ -e "$PURECC_BUILD/handlers/$handler.so" ] || fail "there is no handler $handler"
done
[ "$(find "$PURECC_BUILD/handlers" -name '*.so' | wc -l)" = "$(echo "$handlers" | wc -w)" ] ||
	fail 'a handler is not tested here'

# nonsense HANDLER OPTION VALUE...: each is refused, by that option's name.
nonsense() {
	handler=$1 option=$2
	shift 2
	for value; do
		outcome refused under "$handler" -O "$option=$value" -- echo ran
		[ "$(cat refused.out)" = 'exit status 2' ] ||
			fail "$handler: $option=$value: not refused"
		grep -q "handler $handler: option $option: \`" refused.err ||
			fail "$handler: $option=$value: $(cat refused.err)"
	done
}
nonsense count by x '' CALL
nonsense count sort x ''
nonsense count interval x -1s 1 99999999999999999999s ''
nonsense count json x 2
nonsense count times x
nonsense count start x -1
nonsense count output ''
nonsense inject inject '' : write write: write:error write:error= write:error=ENONE \
	write:error=0 write:error=4096 write:error=1:retval=2 write:retval=x \
	write:retval=-1 write:signal=99 write:signal=SIGNONE write:syscall=write \
	write:delay_enter=x write:delay_exit=-1 write:delay_exit=99999999999999s \
	write:poke_enter=41 write:poke_enter=@arg7=41 write:poke_exit=@arg1=4 \
	write:error=1:when=0 write:error=1:when=2..1 write:error=1:when=x \
	write:error=1:when=99999 write:error=1:path= write:error=1:fd=x \
	write:error=1:arg0=1 write:error=1:arg1=x write:error=1:probability=2 \
	write:error=1:probability=nan write:short=-1 write:error=1:caller= \
	write:error=1:caller=:1 write:error=1:thread=2 write:log=x write:nosuch=1 nosuch:error=1 \
	'/[:error=1' %nosuch:error=1
nonsense inject start x -1
nonsense inject output ''
nonsense inject seed x '' 99999999999999999999
nonsense redirect map '' a =b a= "$work/none/file=$work"
nonsense time time '' x + @ +1q 9999-99-99 '+0 x' '+0 x-1' '@99999999999999999999' \
	'+0 i' '+99999999999999999999y'
nonsense time step x -1s 1
nonsense time files x
nonsense time state ''
nonsense trace calls '' nosuch %nosuch '/['
nonsense trace signals x SIGNONE
nonsense trace status x
nonsense trace fds x -1
nonsense trace raw x
nonsense trace verbose x
nonsense trace abbrev x
nonsense trace strings x -1 99999999999
nonsense trace column x -1 99999999999
nonsense trace separate relative
for option in hex constants descriptors times who counts; do
	nonsense trace $option nosuch ''
done
for option in relative durations numbers exits stacks; do
	nonsense trace $option nosuch
done

# Files that can't be written are named.
for handler in count trace; do
	refused "$work: Is a directory" under $handler -O "output=$work" -- echo ran
	refused "$work/none/file: No such" under $handler -O "output=$work/none/file" -- true
done
refused "$work/none/file: No such" under time -O "state=$work/none/file" -- true

# An option for each that needs one.
some_option() {
	case $1 in
	inject) echo '-O inject=getppid:error=1' ;;
	redirect) echo '-O map=/nonexistent=/a' ;;
	*) echo "${2-}" ;;
	esac
}

# run_closed: its status is what it is natively, with each standard descriptor closed.
cat >closed <<'END'
for closed in '' '0<&-' '1>&-' '2>&-' '0<&- 1>&- 2>&-'; do
	eval "ls -d / $closed" >/dev/null 2>&1
	echo "$closed $?"
	eval "exec 7>file; echo text $closed" >&7
	echo "$closed $?"
done >statuses
END
for closed in '' '0<&-' '1>&-' '2>&-' '0<&- 1>&- 2>&-'; do
	eval "sh closed $closed" 2>native.err && native=0 || native=$?
	mv statuses statuses.native
	for handler in $handlers; do
		option=$(some_option "$handler" "-O output=$work/lines")
		case $handler in nosync | pass | time) option= ;; esac
		# shellcheck disable=SC2086 # they are words
		eval "under $handler $option -- sh closed $closed" 2>under.err &&
			status=0 || status=$?
		[ $status = "$native" ] || fail "$handler with $closed: exit status $status"
		cmp -s statuses statuses.native || {
			fail "$handler with $closed: another outcome"
			diff statuses statuses.native || :
		}
		[ ! -e file ] || rm file
	done
done

# A full disk costs lines, not the program, and each is counted: coreutils close standard
# error before that is known.
for program in "echo text" "sh -c 'exec 2>&-; echo text'"; do
	eval "under trace -o lines -- $program" >native 2>&1
	eval "under trace -o /dev/full -- $program" >out 2>err
	grep -qx text out || fail "trace: a full disk: $program: $(cat out)"
	lost=$(sed -n 's/^trace: \([0-9]*\) lines lost: No space left on device$/\1/p' err)
	[ "${lost:-0}" -ge 10 ] || fail "trace: $program: ${lost:-none} lost"
	eval "under count -o /dev/full -- $program" >out 2>err
	grep -qx text out || fail "count: a full disk: $program"
	grep -qx 'count: 1 line lost: No space left on device' err ||
		fail "count: $program: a table is lost, and nothing says so"
done

# 100,000 lines and more to a pipe whose reader is slow: all arrive; to one whose reader
# ends, all that don't are counted.
cat >many.c <<'END'
#include <unistd.h>
int
main (void)
{
  for (int i = 0; i < 100000; i++)
    getppid ();
  return 7;
}
END
"${CC:-cc}" -O2 many.c -o many
mkfifo pipe
# slow: it is slow at first, then reads all.
slow() {
	sleep 1
	dd bs=100 count=200 2>/dev/null
	sleep 1
	cat
}
slow <pipe >lines &
reader=$!
status=0
under trace -o pipe -- ./many || status=$?
wait $reader
[ $status = 7 ] || fail "a slow pipe: exit status $status"
[ "$(grep -c ' getppid() *= [0-9]*$' lines)" -eq 100000 ] ||
	fail "a slow pipe: $(grep -c getppid lines) lines"
all=$(wc -l <lines)
head -n 1000 <pipe >lines &
reader=$!
status=0
under trace -o pipe -- ./many 2>err || status=$?
wait $reader
[ $status = 7 ] || fail "a pipe whose reader ends: exit status $status"
lost=$(sed -n 's/^trace: \([0-9]*\) lines lost: Broken pipe$/\1/p' err)
# What was in the pipe when it was closed was written.
if [ "${lost:-0}" -lt 90000 ] || [ "$lost" -gt $((all - 1000)) ]; then
	fail "a pipe whose reader ends: ${lost:-none} of $all lines lost"
fi
exit "$failed"
