#!/bin/sh
# A pure liburing: its unmodified source built with CC="purecc gcc" and
# CXX="purecc g++"; a program that uses it has its io_uring calls seen, and can
# have them refused.  Its own tests end as they do without purecc, with a
# handler and without.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: liburing.sh [all]
#
# all: every test that it has, which takes ten minutes, and not only those that
# are quick and the same on every kernel.

set -eu
. "$(dirname "$0")/fetch.inc"
fetch liburing

# build DIRECTORY CC CXX: it builds where its source is.
build() (
	cp -a source/. "$1"
	cd "$1"
	quietly ./configure --prefix="$PWD/installed" --cc="$2" --cxx="$3"
	quietly make -C src -j "$(nproc)"
)

up_to_date plain || {
	build plain "${CC:-gcc}" g++
	built plain
}
up_to_date pure "$PURECC_BUILD/purecc.so" "$PURECC_BUILD/purecc" || {
	build pure "$PURECC_BUILD/purecc ${CC:-gcc}" "$PURECC_BUILD/purecc g++"
	built pure
}

tests='a0908ae19763 accept-test b5837bd5311d close-opath connect cq-full cq-ready
	cq-size drop-submit eeed8b54e0df empty-eownerdead eventfd eventfd-reg
	exec-target exit-no-cleanup fallocate fd-pass file-update fixed-link
	fixed-reuse fsync io_uring_enter io_uring_setup iopoll lfs-openat link
	mkdir msg-ring nolibc open-close openat2 pipe-eof poll poll-cancel-all
	poll-ring probe recv-multishot rename ring-leak rw_merge_test self
	send_recvmsg shutdown sigfd-deadlock single-issuer skip-cqe socket
	socket-rw splice sq-full sq-full-cpp statx submit-link-fail sync-cancel
	thread-exit tty-write-dpoll unlink'
if [ "${1-}" = all ]; then
	tests=$(find source/test -name '*.c' -o -name '*.cc' |
		sed -E 's,.*/(.*)[.].*,\1,' | grep -v -x helpers | sort)
fi
for build in plain pure; do
	# The targets are words of a list.
	# shellcheck disable=SC2046,SC2086
	quietly make -C $build/test -j "$(nproc)" $(printf '%s.t ' $tests)
done

# one_test ROUND TEST: only its exit status counts.
one_test() (
	round=$1
	test=$2
	build=pure
	[ "$round" != plain ] || build=plain
	set -- "./$test.t"
	[ "$round" != handled ] ||
		set -- env LD_PRELOAD="$PURECC_BUILD/handlers/pass.so" "$@"
	cd "$build/test"
	# shellcheck disable=SC2016 # for that shell
	note "$results/$round" "$test" \
		sh -c 'exec "$@" >/dev/null 2>&1' - "$@"
)

# differs TEST: has it not the same result in all rounds?
differs() {
	! cmp -s "$results/plain/$1" "$results/off/$1" ||
		! cmp -s "$results/plain/$1" "$results/handled/$1"
}

rm -rf results
mkdir -p results/plain results/off results/handled
results=$directory/results
limit=15
for round in plain off handled; do
	for test in $tests; do
		one_test $round "$test"
	done
done

# Many depend on how long something takes: a few are made again, with more time, up
# to three times.
differing() {
	for test in $tests; do
		! differs "$test" || printf '%s ' "$test"
	done
}
limit=60
for again in 1 2 3; do
	for test in $(differing | cut -d ' ' -f 1-6); do
		for round in plain off handled; do
			echo "$test was $(cat "results/$round/$test"), $round; again ($again)"
			sleep 1
			one_test $round "$test"
		done
	done
done
(
	cd results
	same_results plain off handled
	# What a test ends with where it can't be made is 77.
	cat plain/* | sort | uniq -c
)

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
	-Ipure/src/include program.c -o program pure/src/liburing.a
./program

if [ -x "$PURECC_BUILD/pure-audit" ]; then
	"$PURECC_BUILD/pure-audit" pure/src/liburing.so.2.* pure/src/liburing.a
fi
