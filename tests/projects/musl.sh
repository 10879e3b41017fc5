#!/bin/sh
# A pure musl: its unmodified source, C and assembly, built with
# CC="purecc gcc"; a static program on it has all of its calls seen, threads'
# and children's too.  What Debian tests of it, and programs that do what
# programs do with a C library, do as they do without purecc, with a handler and
# without.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
. "$(dirname "$0")/fetch.inc"
fetch musl

# build DIRECTORY COMPILER: with fts, as debian/rules has it; that is what its
# test uses.
build() (
	cd "$1"
	cp -a ../source source
	mkdir source/src/fts
	cp source/debian/musl-fts/fts.c source/debian/musl-fts/config.h \
		source/src/fts/
	cp source/debian/musl-fts/fts.h source/include/
	mkdir objects
	cd objects
	quietly ../source/configure --prefix="$directory/$1/installed" \
		--disable-shared CC="$2"
	quietly make -j "$(nproc)"
	quietly make install
)

up_to_date plain || {
	build plain "${CC:-gcc}"
	built plain
}
# Built anew when plugin, prelude or front have changed.
up_to_date pure "$PURECC_BUILD/purecc.so" "$PURECC_BUILD/pure-syscall.s" \
	"$PURECC_BUILD/purecc" || {
	build pure "$PURECC_BUILD/purecc ${CC:-gcc}"
	built pure
}

# The compilers on them: all is static, and links the runtime if it is needed.
# musl-gcc takes a compiler of one word.
mkdir -p plain/bin pure/bin
cat >plain/bin/musl-gcc <<END
#!/bin/sh
REALGCC='${CC:-gcc}' exec '$directory/plain/installed/bin/musl-gcc' -static "\$@"
END
cat >pure/bin/musl-gcc <<END
#!/bin/sh
REALGCC='${CC:-gcc}' exec '$PURECC_BUILD/purecc' \
	'$directory/pure/installed/bin/musl-gcc' -static "\$@"
END
chmod +x plain/bin/musl-gcc pure/bin/musl-gcc

for way in plain pure; do
	$way/bin/musl-gcc -O2 "$root"/tests/projects/musl-checks/*.c \
		-o $way/checks
done

# one_round ROUND BUILD [handled]: make the tests, in a directory of the round's
# own.
one_round() (
	results=$directory/results/$1
	mkdir -p "$results" "work/$1"
	cd "work/$1"
	ln -s "../../$2" build
	shift 2
	note "$results" debian-tests-build env PATH="$PWD/build/bin:$PATH" \
		sh "$directory/source/debian/tests/build"
	for check in $(build/checks); do
		note "$results" "$check" build/checks "$check" "$@"
	done
)

rm -rf results work
one_round plain plain
one_round off pure
one_round handled pure handled
(
	cd results
	same_results plain off handled
	failed=$(grep -L '^status 0$' plain/*) || true
	[ -z "$failed" ] || {
		echo "these fail without purecc: $failed"
		exit 1
	}
)

cat >program.c <<'EOF'
#include <pthread.h>
#include <purecc.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int calls, of[512];
extern char **environ;

static long
count (long number, long nr, ...)
{
  long a[6] = { 0 };
  va_list list;
  va_start (list, nr);
  for (int i = 0; i < nr; i++)
    a[i] = va_arg (list, long);
  va_end (list);
  __atomic_add_fetch (&calls, 1, __ATOMIC_RELAXED);
  if (number >= 0 && number < 512)
    __atomic_add_fetch (&of[number], 1, __ATOMIC_RELAXED);
  return pure_native_syscall (number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

static void *
thread (void *arg)
{
  free (malloc (100000));
  usleep (10);
  return arg;
}

int
main (void)
{
  int status, statuses = 0;
  char *args[] = { "true", NULL };
  pthread_t t;
  pid_t pid;
  void *result;

  setvbuf (stdout, NULL, _IONBF, 0);
  puts ("begin");
  pure_set_handler (count);
  for (int i = 0; i < 50; i++)
    {
      pthread_create (&t, NULL, thread, &t);
      pthread_join (t, &result);
      statuses += result != &t;
    }
  if ((pid = fork ()) == 0)
    _exit (getpid () == 0);
  waitpid (pid, &status, 0);
  statuses += status;
  posix_spawn (&pid, "/bin/true", NULL, NULL, args, environ);
  waitpid (pid, &status, 0);
  statuses += status;
  if (vfork () == 0)
    _exit (0);
  wait (&status);
  statuses += status;
  FILE *f = fopen ("/etc/passwd", "r");
  char line[1000];
  statuses += !f || !fgets (line, sizeof line, f);
  fclose (f);
  pure_set_handler (NULL);
  printf ("end %d %d: fork %d vfork %d clone %d openat %d\n", statuses, calls,
	  of[SYS_fork], of[SYS_vfork], of[SYS_clone],
	  of[SYS_open] + of[SYS_openat]);
  return statuses;
}
EOF
quietly pure/bin/musl-gcc -O2 -I"$root/include" program.c -o program
./program >seen
cat seen
grep -q '^end 0 ' seen
grep -Eq 'fork 1 vfork 1 clone [5-9][0-9] openat 1$' seen

if [ -x "$PURECC_BUILD/pure-audit" ]; then
	"$PURECC_BUILD/pure-audit" program pure/checks \
		pure/installed/lib/libc.a
fi
