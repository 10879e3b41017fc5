#!/bin/sh
# A pure musl: its unmodified source, C and assembly, built with
# CC="purecc gcc"; a static program on it has all of its calls seen, threads'
# and children's too.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
. "$(dirname "$0")/fetch.inc"
fetch musl

# Built anew when plugin, prelude or front have changed.
stamp=$(cat "$PURECC_BUILD/purecc.so" "$PURECC_BUILD/pure-syscall.s" \
	"$PURECC_BUILD/purecc" | cksum)
if [ "$(cat stamp 2>/dev/null || true)" != "$stamp" ]; then
	rm -rf objects installed
	mkdir objects
	(
		cd objects
		quietly ../source/configure --prefix="$folder/installed" \
			--disable-shared CC="$PURECC_BUILD/purecc ${CC:-gcc}"
		quietly make -j "$(nproc)"
		quietly make install
	)
	echo "$stamp" >stamp
fi

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
quietly env REALGCC="${CC:-gcc}" installed/bin/musl-gcc -static -O2 \
	-I"$root/include" program.c -o program "$PURECC_BUILD/libpurecc.a"
./program >seen
cat seen
grep -q '^end 0 ' seen
grep -Eq 'fork 1 vfork 1 clone [5-9][0-9] openat 1$' seen


if [ -x "$PURECC_BUILD/pure-audit" ]; then
	"$PURECC_BUILD/pure-audit" program installed/lib/libc.a
fi
