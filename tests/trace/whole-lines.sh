#!/bin/sh
# Threads and processes that write into one file leave its lines whole, and none out; and
# no one waits for who was killed while it wrote.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
# shellcheck source=common.inc disable=SC1091
. "$(dirname "$0")/common.inc"
cd "$work"

# look WHAT: begin and end of each line are as they should be.
look() {
	grep -v -E '^[0-9]+ +([a-z0-9_]+\(|<\.\.\. [a-z0-9_]+ resumed>|---|\+\+\+)' lines &&
		fail "$1: lines that begin otherwise"
	grep -v -E '(= (-?[0-9]+|\?|0x[0-9a-f]+)( .*)?|---|\+\+\+|<unfinished \.\.\.>)$' \
		lines && fail "$1: lines that end otherwise"
	# A signal may come in a call, and the end of the process.
	awk '/ resumed>/ { if (!($1 in open)) bad = 1; delete open[$1]; next }
	     !/ (\+\+\+|---) / && $1 in open { bad = 1 }
	     / <unfinished \.\.\.>$/ { open[$1] }
	     END { exit bad }' lines ||
		fail "$1: what is unfinished isn't resumed before another call"
}

timeout 300 "$PURECC_BUILD/pure-trace" --glibc "$PURECC_GLIBC" -f -o lines \
	sh -c 'seq 40 | xargs -P 6 -n 1 wc -c /dev/null' >/dev/null 2>&1 || :
look processes
[ "$(grep -c '+++ exited with 1 +++$' lines)" -ge 40 ] || fail "processes: an end is missing"

if /usr/bin/python3 -c '' 2>/dev/null; then
	cat >threads.py <<'END'
import os
import threading


def work():
    for _ in range(300):
        ends = os.pipe()
        os.write(ends[1], b"x")
        os.read(ends[0], 1)
        os.close(ends[0])
        os.close(ends[1])


threads = [threading.Thread(target=work) for _ in range(6)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
END
	timeout 300 "$PURECC_BUILD/pure-trace" --glibc "$PURECC_GLIBC" -f -o lines \
		/usr/bin/python3 threads.py
	look threads
	[ "$(grep -c ' pipe2(' lines)" -eq 1800 ] || fail "threads: lines are missing"
fi

cat >killed.c <<'END'
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
	for (int i = 0; i < 100; i++) {
		const pid_t child = fork();

		while (child == 0)
			getppid();
		usleep(1000);
		kill(child, SIGKILL);
		usleep(0);
		waitpid(child, NULL, 0);
	}
	return 0;
}
END
"${CC:-cc}" -O1 killed.c -o killed
timeout 100 "$PURECC_BUILD/pure-trace" --glibc "$PURECC_GLIBC" -f -o lines ./killed ||
	fail "who writes is killed: exit status $?"
timeout 100 "$PURECC_BUILD/pure-run" --glibc "$PURECC_GLIBC" --handler trace \
	-o lines -- ./killed || fail "who writes is killed, trace alone: exit status $?"
exit "$failed"
