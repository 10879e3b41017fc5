#!/bin/sh
# A program forks while another of its threads makes the first call of malloc in an
# isolated handler's C library: the child's threads can call it, too.
#
# That first call makes one of getrandom, which the next handler lets wait.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu

# shellcheck source=common.inc
. "$(dirname "$0")/common.inc"

# handler NAME NUMBER STATEMENT: with what it does before call NUMBER.
handler() {
	cat >"$work/$1.c" <<-END
		#include <purecc.h>
		#include <stdlib.h>
		#include <sys/syscall.h>
		#include <time.h>

		static long
		handler (long number, long nr, long a1, long a2, long a3, long a4, long a5, long a6)
		{
		  if (number == $2)
		    {
		      $3
		    }
		  return pure_pass (number, nr, a1, a2, a3, a4, a5, a6);
		}

		PURE_HANDLER ((pure_handler_t) (void (*) (void)) handler);
	END
	build_handler "$work/$1.c" "$1"
}
handler first SYS_getppid '*(volatile char *) malloc (1000) = 1;'
handler next SYS_getrandom 'nanosleep (&(struct timespec){ 1, 0 }, NULL);'

cat >"$work/program.c" <<'END'
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

static void *
work (void *arg)
{
  getppid ();
  return arg;
}

static int
work_in_thread (pthread_t *thread)
{
  return pthread_create (thread, NULL, work, NULL);
}

int
main (void)
{
  pthread_t thread;
  int status = 1;
  pid_t child;

  if (work_in_thread (&thread) != 0)
    return 1;
  usleep (300000);
  child = fork ();
  if (child == 0)
    _exit (work_in_thread (&thread) != 0 || pthread_join (thread, NULL) != 0);
  if (child < 0 || waitpid (child, &status, 0) != child)
    return 1;
  pthread_join (thread, NULL);
  return status;
}
END
"$CC" -O2 -pthread -o "$work/program" "$work/program.c"
run "$work/first.so --handler $work/next.so" "$work/program" || {
	echo "exit status $?"
	exit 1
}
