#!/bin/sh
# With libpurecc on another C library: an exception out of a handler, and a
# siglongjmp out of a signal handler that interrupted a native call of it, leave
# the next calls diverted. A limit: that library's longjmp knows nothing of
# handlers, so after one out of the handler itself the thread's calls are native,
# and other threads' are not.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu

directory=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$directory/../.." && pwd)
: "${PURECC_BUILD:=$root/build}"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/jump.cc" <<'EOF'
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <purecc.h>
#include "../runtime/check.h"

enum { ASK = 1000, THROW, JUMP, SIGNAL, DIVERTED = 4711 };

static sigjmp_buf out;

static long
handler (long number, long, ...)
{
  switch (number)
    {
    case ASK:
      return DIVERTED;
    case THROW:
      throw number;
    case JUMP:
      siglongjmp (out, 1);
    case SIGNAL:
      pure_native_syscall (SYS_tgkill, getpid (),
			   pure_native_syscall (SYS_gettid, 0, 0, 0, 0, 0, 0),
			   SIGUSR1, 0, 0, 0);
    }
  return 0;
}

static void
on_signal (int)
{
  siglongjmp (out, 1);
}

static void *
ask (void *arg)
{
  *(long *) arg = site0 (ASK);
  return arg;
}

int
main ()
{
  pthread_t thread;
  long answer = 0;
  struct sigaction action;

  memset (&action, 0, sizeof action);
  action.sa_handler = on_signal;
  CHECK (sigaction (SIGUSR1, &action, nullptr) == 0);
  __pure_syscall = handler;
  try
    {
      site0 (THROW);
      CHECK (!"it came back");
    }
  catch (long)
    {
    }
  CHECK (site0 (ASK) == DIVERTED);
  if (sigsetjmp (out, 1) == 0)
    site0 (SIGNAL);
  CHECK (site0 (ASK) == DIVERTED);
  if (sigsetjmp (out, 1) == 0)
    site0 (JUMP);
  CHECK (site0 (ASK) == -ENOSYS);
  CHECK (pthread_create (&thread, nullptr, ask, &answer) == 0);
  CHECK (pthread_join (thread, nullptr) == 0 && answer == DIVERTED);
  return 0;
}
EOF
"${CXX:-c++}" -O2 -Wall -Wextra -pthread -fplugin="$PURECC_BUILD/purecc.so" \
	-I"$root/include" -I"$directory" "$work/jump.cc" -o "$work/jump" \
	-L"$PURECC_BUILD" -lpurecc -Wl,-rpath,"$PURECC_BUILD"
"$work/jump"
