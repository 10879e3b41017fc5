#!/bin/sh
# What docs/debugging.md has of tools other than gdb's own start: attaching, core files,
# strace, perf, valgrind.  Those that aren't here, or may not be used, are left out.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
# shellcheck source=common.inc
. "$(dirname "$0")/common.inc"

cat >program.c <<'END'
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int volatile go;

int twice(int x) { return 2 * x; }

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";

	if (!strcmp(what, "wait"))
		for (puts("ready"), fflush(stdout); !go;)
			usleep(1000);
	if (!strcmp(what, "abort"))
		abort();
	if (!strcmp(what, "leak"))
		twice(malloc(1234) != NULL);
	for (int i = 0; !strcmp(what, "work") && i < 300000000; i++)
		go += twice(i);
	printf("%d\n", twice(21));
	return 0;
}
END
"$CC" -g -O0 program.c -o program
more=--quiet

# says FILE TEXT...
says() {
	file=$1
	shift
	for text; do
		grep -q -e "$text" "$file" || {
			fail "$way: $file: no $text"
			cat "$file"
		}
	done
}

# can COMMAND...: may it be used here?
can() {
	! "$@" >/dev/null 2>&1 </dev/null || return 0
	echo "left out: $*"
	return 1
}

attach() {
	: >out
	# shellcheck disable=SC2046 # options are words
	"$PURECC_BUILD/pure-run" --glibc "$PURECC_GLIBC" $(options "$way") --quiet -- \
		./program wait >out &
	pid=$!
	until grep -q ready out; do kill -0 "$pid"; done
	gdb -q -batch -p "$pid" -ex bt -ex 'break twice' -ex 'set var *(int *) &go = 1' \
		-ex continue -ex delete -ex continue >gdb.out 2>&1 </dev/null || :
	kill "$pid" 2>/dev/null || :
	wait "$pid" || :
	says gdb.out 'in main ' 'Breakpoint 1, twice (x=21)' 'exited normally'
}

core() {
	rm -f core*
	(
		# shellcheck disable=SC3045 # dash and bash have it
		ulimit -c unlimited
		run "$way" ./program abort || :
	) 2>/dev/null
	[ -e core ] || {
		echo "no core files here"
		return 0
	}
	gdb -q -batch -ex bt ./program core >gdb.out 2>&1 </dev/null || :
	says gdb.out 'raise' 'abort ()' 'in main '
}

by_strace() {
	status=0
	# shellcheck disable=SC2046 # options are words
	strace -f -o strace.out "$PURECC_BUILD/pure-run" --glibc "$PURECC_GLIBC" \
		$(options "$way") --quiet -- sh -c './program; exit 3' >out || status=$?
	[ "$status" = 3 ] || fail "$way: strace: status $status"
	says out '^42'
	says strace.out 'execve("./program"' 'write(1, "42'
}

by_perf() {
	# shellcheck disable=SC2046 # options are words
	perf record -q -o perf.data "$PURECC_BUILD/pure-run" --glibc "$PURECC_GLIBC" \
		$(options "$way") --quiet -- ./program work >out 2>&1 </dev/null
	perf report -i perf.data --stdio >perf.out 2>/dev/null </dev/null
	says perf.out ' program .* main'
}

by_valgrind() {
	run "$way" valgrind -q --trace-children=yes --leak-check=full \
		--log-file=valgrind.out ./program leak >out
	says out '^42'
	says valgrind.out '1,234 bytes' 'by .*: main (program.c:'
}

for way in $ways; do
	! can gdb -q -batch -ex run ./program || attach
	! can gdb -q -batch ./program || core
	! can strace -f -o /dev/null true || by_strace
	! can perf record -q -o perf.try true || by_perf
	case $way in
	pass | trace) ;; # isolated
	*) ! can valgrind -q /bin/true || by_valgrind ;;
	esac
done
exit "$failed"
