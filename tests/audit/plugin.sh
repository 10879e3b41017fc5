#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What the plugin makes passes, by whatever options it is compiled and linked:
# the object file, the program, and the program stripped. And without the
# plugin it doesn't.
set -eu
. "$(dirname "$0")/cases.inc"

plugin=$PURECC_BUILD/purecc.so
library=$PURECC_BUILD/libpurecc.a
if ! [ -f "$plugin" ] || ! [ -f "$library" ]; then
	skip "no plugin or no library"
fi

cat >program.c <<'END'
static inline long call3(long number, long a, long b, long c)
{
	long result;

	asm volatile("syscall"
		     : "=a"(result)
		     : "0"(number), "D"(a), "S"(b), "d"(c)
		     : "rcx", "r11", "memory");
	return result;
}

static inline long call6(long number, long a, long b, long c, long d, long e,
			 long f)
{
	register long r10 asm("r10") = d;
	register long r8 asm("r8") = e;
	register long r9 asm("r9") = f;
	long result;

	asm volatile("syscall"
		     : "=a"(result)
		     : "0"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8),
		       "r"(r9)
		     : "rcx", "r11", "memory");
	return result;
}

/* Loops, in which the pointer's address is kept in a register. */
void write_all(const char *text, unsigned long size)
{
	while (size) {
		long done = call3(1, 1, (long)text, size);

		if (done < 0)
			break;
		text += done;
		size -= done;
	}
}

long walk(long *numbers, int count)
{
	long sum = 0;

	for (int i = 0; i < count; i++) {
		sum += call3(numbers[i], i, 0, 0);
		if (numbers[i] == 7)
			sum += call6(numbers[i], 1, 2, 3, 4, 5, 6);
		if (numbers[i] > 9)
			__builtin_trap();
	}
	return sum;
}

/* A jump table. */
long choose(int which, long a, long b)
{
	switch (which) {
	case 0:
		return call3(0, a, b, 1);
	case 1:
		return call3(1, a, b, 2);
	case 2:
		return call3(3, a, 0, 0);
	case 3:
		return call6(9, a, b, 3, 4, 5, 6);
	case 4:
		write_all("x", 1);
		return call6(10, a, b, 3, 4, 5, 6);
	case 5:
		return b;
	case 6:
		for (long i = 0; i < a; i++)
			call6(100 + i, a, b, 3, 4, 5, i);
		return 3;
	default:
		return -1;
	}
}

/* The thunk's. */
long residual(long number)
{
	long result;

	asm volatile("nop; syscall; nop"
		     : "=a"(result)
		     : "0"(number)
		     : "rcx", "r11", "memory");
	return result;
}

int main(int argc, char **argv)
{
	write_all("hello\n", 6);
	return choose(argc, argc, argc) + walk((long *)argv, argc) +
	       residual(39);
}
END

# own FILE: the sites of the program's own: what else is linked in a static one
# is the system's C library, which nobody has guarded.
own() {
	"$audit" --list "$1" | grep ': raw: recorded\|: raw: the pointer' || :
}

# build FLAGS [KIND]: most of the sites are of that kind.
build() {
	flags=$1
	kind=${2-guarded}
	# shellcheck disable=SC2086 # several flags
	"$CC" "-fplugin=$plugin" $flags program.c "$library" -o program \
		2>errors || { echo "not built with $flags"; return; }
	strip --keep-section=purecc_sites program -o stripped
	for file in program stripped; do
		found=$(own $file)
		[ -z "$found" ] || fail "$flags:" "$found"
		"$audit" $file >out || :
		grep -q " $kind" out || fail "$flags: $(cat out)"
	done
	case $flags in
	*-static* | *-flto*) return ;;
	esac
	"$audit" program stripped >out || fail "$flags:" "$(cat out)"
	# shellcheck disable=SC2086
	"$CC" "-fplugin=$plugin" $flags -c program.c -o program.o 2>errors
	"$audit" program.o >out || fail "$flags -c:" "$(cat out)"
}

build "-O0 -fPIE -pie"
build "-Og -fPIE -pie -ffunction-sections -Wl,--gc-sections"
build "-O2 -fPIE -pie"
build "-O2 -fno-pie -no-pie"
build "-O2 -fno-pie -no-pie -masm=intel"
build "-O2 -fno-pie -no-pie -mcmodel=large" "13 thunk"
build "-O2 -fPIE -pie -mcmodel=large" "13 thunk"
build "-O3 -fPIC -pie"
build "-O2 -fPIC -pie -fno-plt -Wl,-z,now"
build "-O2 -fPIC -pie -fcf-protection -Wa,-mbranches-within-32B-boundaries"
build "-O2 -fPIC -pie -fno-omit-frame-pointer -fno-asynchronous-unwind-tables"
build "-O2 -fPIC -pie -mindirect-branch=thunk"
build "-O2 -fPIC -shared"
build "-O2 -fPIE -pie -fsanitize=address,undefined"
build "-O2 -fPIE -pie -fsanitize=thread"
build "-O2 -fPIE -pie -pg"
build "-Os -static"
build "-O2 -fPIC -static"
build "-O2 -fPIE -static-pie"
build "-O1 -flto -static"

"$CC" -O2 -c program.c -o program.o
"$audit" program.o >out && fail "without the plugin: exit status 0"

finish
