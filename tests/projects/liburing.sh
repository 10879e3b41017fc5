#!/bin/sh
# A pure liburing: its unmodified source built with CC="purecc gcc" and
# CXX="purecc g++"; a program that uses it has its io_uring calls seen, and can
# have them refused.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
. "$(dirname "$0")/fetch.inc"
fetch liburing

stamp=$(cat "$PURECC_BUILD/purecc.so" "$PURECC_BUILD/purecc" | cksum)
if [ "$(cat stamp 2>/dev/null || true)" != "$stamp" ]; then
	# It builds where its source is.
	rm -rf copy
	cp -a source copy
	(
		cd copy
		quietly ./configure --prefix="$folder/installed" \
			--cc="$PURECC_BUILD/purecc ${CC:-gcc}" \
			--cxx="$PURECC_BUILD/purecc g++"
		quietly make -C src -j "$(nproc)"
	)
	echo "$stamp" >stamp
fi

cat >program.c <<'EOF'
#include <errno.h>
#include <liburing.h>
#include <purecc.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>

static int of[512], refuse;

static long
count (long number, long nr, ...)
{
  long a[6] = { 0 };
  va_list list;
  va_start (list, nr);
  for (int i = 0; i < nr; i++)
    a[i] = va_arg (list, long);
  va_end (list);
  of[number & 511]++;
  if (refuse)
    return -EPERM;
  return pure_native_syscall (number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

int
main (void)
{
  struct io_uring ring;

  pure_set_handler (count);
  refuse = 1;
  int refused = io_uring_queue_init (8, &ring, 0);
  refuse = 0;
  int set_up = io_uring_queue_init (8, &ring, 0);
  int done = 0;
  if (set_up == 0)
    {
      struct io_uring_cqe *cqe;
      for (int i = 0; i < 10; i++)
	{
	  io_uring_prep_nop (io_uring_get_sqe (&ring));
	  io_uring_submit_and_wait (&ring, 1);
	  done += io_uring_wait_cqe (&ring, &cqe) == 0;
	  io_uring_cqe_seen (&ring, cqe);
	}
      io_uring_queue_exit (&ring);
    }
  pure_set_handler (NULL);
  printf ("refused %s, set up %s, done %d: setup %d enter %d mmap %d\n",
	  strerror (-refused), strerror (-set_up), done,
	  of[SYS_io_uring_setup], of[SYS_io_uring_enter], of[SYS_mmap]);
  return refused != -EPERM || of[SYS_io_uring_setup] != 2
	 || (set_up == 0
	     && (done != 10 || of[SYS_io_uring_enter] != 10
		 || of[SYS_mmap] == 0));
}
EOF
quietly "$PURECC_BUILD/purecc" "${CC:-gcc}" -O2 -I"$root/include" \
	-Icopy/src/include program.c -o program copy/src/liburing.a
./program

if [ -x "$PURECC_BUILD/pure-audit" ]; then
	"$PURECC_BUILD/pure-audit" copy/src/liburing.so.2.* copy/src/liburing.a
fi
