#!/bin/sh
# pure-trace writes the lines of what it traces, into a file, and none is lost: however
# fast they are made, while it is stopped, if it is killed, or can't write.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
# shellcheck source=common.inc disable=SC1091
. "$(dirname "$0")/common.inc"
cd "$work"

cat >many.c <<'END'
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* As many calls in each of two processes, and one that waits. */
int
main (int argc, char **argv)
{
  const int calls = argc > 1 ? atoi (argv[1]) : 0;
  const pid_t child = fork ();

  for (int i = 0; i < calls; i++)
    getppid ();
  if (child)
    waitpid (child, NULL, 0);
  return 0;
}
END
"${CC:-cc}" -O2 -o many many.c
CALLS=200000 FEW=20000

pure_trace() {
	timeout 120 "$PURECC_BUILD/pure-trace" --glibc "$PURECC_GLIBC" -f -o lines "$@"
}

# all WHEN [CALLS]: the lines of both processes, each of which is whole.
all() {
	of=$((2 * ${2:-CALLS}))
	[ "$(grep -c -x -E '[0-9]+ +getppid\(\) += [0-9]+' lines)" = $of ] ||
		fail "$1: $(grep -c getppid lines) lines of $of"
	[ "$(grep -c -E 'exited with 0' lines)" = 2 ] || fail "$1: two have ended"
}

pure_trace ./many $CALLS
all 'nothing special'

# A write serves many lines, and isn't the program's.
if command -v strace >/dev/null && strace -o calls true 2>/dev/null; then
	strace -f -qq -e trace=write -e signal=none -o calls \
		"$PURECC_BUILD/pure-trace" --glibc "$PURECC_GLIBC" -f -o lines ./many $FEW
	writes=$(wc -l <calls)
	all 'under strace' $FEW
	[ "$writes" -lt $((FEW / 10)) ] || fail "$writes writes"
fi

# seen REGEX: some line is, soon.
seen() {
	for _ in $(seq 300); do
		! grep -q -E -e "$1" lines 2>/dev/null || return 0
		sleep 0.1
	done
	fail "no line is $1"
}

# started ARGS...: in the background; $tracer is pure-trace itself.
started() {
	rm -f lines
	"$PURECC_BUILD/pure-trace" --glibc "$PURECC_GLIBC" -f -o lines "$@" &
	tracer=$!
}

# A call that waits is seen while it does, and what it was, after it was killed.
started sh -c 'sleep 1000; true'
seen '^[0-9]+ +(clock_)?nanosleep\(.*, ( <unfinished \.\.\.>)?$'
kill -KILL "$(sed -n '/nanosleep(/s/ .*//p' lines)" || :
wait $tracer || :
seen ' \+\+\+ killed by SIGKILL \+\+\+$'

# It is stopped: the programs wait, once there is no more room for their lines.
started ./many $CALLS
kill -STOP $tracer
sleep 1
kill -CONT $tracer
wait $tracer || fail 'stopped: another status'
all stopped

# It is killed: they write themselves what it hasn't written, and what follows.
for pause in 0 0.02 0.05; do
	started ./many $CALLS
	seen getppid
	sleep $pause
	kill -KILL $tracer
	wait $tracer 2>/dev/null || :
	for _ in $(seq 600); do
		[ "$(grep -c 'exited with 0' lines)" -lt 2 ] || break
		sleep 0.1
	done
	all "killed after $pause s"
done

# What it can't write it counts.
timeout 60 "$PURECC_BUILD/pure-trace" --glibc "$PURECC_GLIBC" -o /dev/full ./many 2>errors
grep -q -x 'pure-trace: [0-9][0-9]* lines lost: No space left on device' errors ||
	fail "a full device: $(cat errors)"
lines=$((2 * CALLS + $(pure_trace ./many && wc -l <lines)))
(
	ulimit -f 1024
	pure_trace ./many $CALLS
) 2>errors || fail 'a limit: another status'
lost=$(sed -n 's/^pure-trace: \([0-9]*\) lines lost: File too large$/\1/p' errors)
sum=$((${lost:-0} + $(wc -l <lines)))
# The one call that waits may have two lines.
if [ $sum -lt $((lines - 1)) ] || [ $sum -gt $((lines + 1)) ]; then
	fail "a limit: ${lost:-none} lost, $(wc -l <lines) written, of $lines"
fi

# Where the program writes into the same file, what it writes is where it was.
: >lines
pure_trace sh -c 'echo one; echo two; :' >>lines
[ "$(grep -c -E 'write\(1, "(one|two)\\n", 4(one|two)$' lines)" = 2 ] ||
	fail "the output of both: $(grep -E 'one|two' lines)"
exit "$failed"
