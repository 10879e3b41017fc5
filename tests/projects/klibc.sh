#!/bin/sh
# A pure klibc: a C library all of whose system calls are in assembly, built
# unmodified with CC="purecc gcc", and its shell, utilities and tests with it.
# They do as they do without purecc, with a handler and without; a program on it
# has its calls seen, and can have them refused.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
. "$(dirname "$0")/fetch.inc"
fetch klibc
tests=$root/tests/projects

# build DIRECTORY COMPILER OBJECT...: as debian/rules does, but only what is
# static; the objects are linked into each program.
build() (
	cd "$1"
	mkdir -p linux/include
	ln -s /usr/include/linux /usr/include/asm-generic \
		/usr/include/x86_64-linux-gnu/asm linux/include
	compiler=$2
	shift 2
	quietly make -j "$(nproc)" -f "$directory/source/Makefile" \
		KBUILD_SRC="$directory/source" ARCH=x86_64 \
		CC="$compiler" KLIBCSHAREDFLAGS= prefix="$PWD/installed" \
		KLIBCLIBGCC="$* $("${CC:-gcc}" -print-libgcc-file-name)" \
		EXTRA_KLIBCLDFLAGS="${1:+-e pure_start}" all test install
)

up_to_date plain || {
	build plain "${CC:-gcc}"
	built plain
}
up_to_date pure "$PURECC_BUILD/purecc.so" "$PURECC_BUILD/pure-syscall.s" \
	"$PURECC_BUILD/purecc" "$PURECC_BUILD/libpurecc.a" \
	"$tests/klibc-start.c" || {
	"$PURECC_BUILD/purecc" "${CC:-gcc}" -O2 -fno-stack-protector \
		-fcf-protection=none -fno-pie -I"$root/include" \
		-c "$tests/klibc-start.c" -o pure/start.o
	build pure "$PURECC_BUILD/purecc ${CC:-gcc}" \
		"$directory/pure/start.o" "$PURECC_BUILD/libpurecc.a"
	built pure
}

# klibc's own tests, each with the arguments that it needs.
own_tests() {
	while read -r name arguments; do
		# The arguments are words of a list.
		# shellcheck disable=SC2086
		note "$1" "$name" env -i "build/usr/klibc/tests/$name" $arguments
	done <<-'END'
		environ
		fcntl
		fnmatch a*c abc 0
		getoptlong --set-foo -a --third=3 -z rest
		getopttest -a -b 3 rest
		getpagesize
		hello
		lseek
		malloctest
		malloctest2
		malloctest3
		memstrtest
		microhello
		minihello
		mmaptest mmaptest.tmp
		opentest
		pipetest
		rtsig
		select
		setenvtest
		setjmptest
		sigint
		sig-nodefer
		socket
		sscanf
		stat /etc/passwd /dev/null
		statfs /proc
		stdio
		strlcpycat
		strsearch
		strtoimax 0x7fffffff -12 077 9z
		strtotime 1.5 3
		sysconf
		testrand48 1 2 3
		testvsnp
		vfork
	END
}

# Its shell, and its other programs by it.
shell_test() {
	bin=$PWD/build/installed/lib/klibc/bin
	seq 1000 >lines
	gzip -k lines
	# The script is for that shell.
	# shellcheck disable=SC2016
	note "$1" shell env -i PATH="$bin" "$bin/sh" -c '
		gunzip -c <lines.gz | cat lines -
		dd if=lines of=copy bs=16 2>/dev/null; cat copy
		ln -s lines link; readlink link; mv copy moved
		mkfifo fifo; cat fifo & echo "by a fifo" >fifo; wait
		echo lines moved | { read -r a b; echo "$b, $a"; }
		trap "echo a signal" USR1; kill -USR1 $$; sleep 0
		(exit 7); echo "status $?"; false || true && uname -s
		sleep 5 & kill $!; wait $!; echo "killed $?"
		mkdir d; echo >d/f; nuke d; ls d'
}

# run_tests ROUND BUILD: make the tests, in a directory of the round's own.
run_tests() (
	cd "$1"
	ln -s "../../$2" build
	own_tests "$results/$1"
	shell_test "$results/$1"
)

# Some sleep for seconds: the rounds are made together.
rm -rf work results
mkdir -p work/plain work/off work/handled results/plain results/off \
	results/handled
results=$directory/results
cd work
run_tests plain plain 9>&- &
run_tests off pure 9>&- &
run_tests handled pure 9>calls
wait
cd "$results"
same_results plain off handled

# What debian/rules expects of them.
while read -r name text; do
	grep -q -F -e "$text" "plain/$name" || {
		cat "plain/$name"
		echo "$name should say: $text"
		exit 1
	}
done <<-END
	environ Verifying envp == environ... ok
	opentest Line 1 = $(head -n 1 /etc/passwd)
	setjmptest calling longjmp with 256... setjmp returned 256
	sigint Signal received OK
	stdio Hello, World!
	stdio Hello again - and some more - and some more
END
cd ..

# Each process says at its end how many calls it made; those that are killed
# don't, but there are others that have children.
awk -v tests="$(find results/plain -type f | wc -l)" '
	{ calls += $1 }
	END {
		print NR " processes were seen to end, " calls " calls to be made"
		exit NR < tests || calls <= NR
	}' work/calls

cat >program.c <<'END'
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* <purecc.h> is for C libraries with the usual errno.  */
extern long (*__pure_syscall) (long number, long nr, ...);
extern long pure_native_syscall (long number, long a1, long a2, long a3,
				 long a4, long a5, long a6);

static int of[512], refused = -1;

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
  if (number == refused)
    return -EPERM;
  return pure_native_syscall (number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

static volatile int signals;

static void
on_signal (int number)
{
  signals += number == SIGUSR1;
}

int
main (void)
{
  int status;

  __pure_syscall = count;
  signal (SIGUSR1, on_signal);
  kill (getpid (), SIGUSR1);
  if (fork () == 0)
    _exit (3);
  wait (&status);
  int forked = status;
  if (vfork () == 0)
    _exit (4);
  wait (&status);
  int vforked = status;
  refused = __NR_mkdirat;
  int made = mkdirat (AT_FDCWD, "no-such-directory", 0777), error = errno;
  refused = __NR_vfork;
  int children = vfork ();
  __pure_syscall = NULL;
  printf ("signals %d, children %d %d %d, mkdir %d %s: kill %d return %d "
	  "fork %d vfork %d mkdir %d\n", signals, WEXITSTATUS (forked),
	  WEXITSTATUS (vforked), children, made, strerror (error),
	  of[__NR_kill], of[__NR_rt_sigreturn],
	  of[__NR_fork] + of[__NR_clone], of[__NR_vfork], of[__NR_mkdirat]);
  return 0;
}
END
quietly pure/klcc/klcc -static -O2 program.c pure/start.o \
	"$PURECC_BUILD/libpurecc.a" -Wl,-e,pure_start -o program
./program 9>&- | tee seen
grep -q '^signals 1, children 3 4 -1, mkdir -1 Operation not permitted: ' seen
grep -q ' kill 1 return 1 fork 1 vfork 2 mkdir 1$' seen

if [ -x "$PURECC_BUILD/pure-audit" ]; then
	"$PURECC_BUILD/pure-audit" program pure/usr/klibc/libc.a \
		pure/installed/lib/klibc/bin/sh pure/usr/klibc/tests/vfork
fi
