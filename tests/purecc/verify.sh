#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A system call that reaches the kernel unseen, and of which no warning was given,
# is an error of the command that made it, which names function and line, and
# leaves no object; whatever the command is.
set -eu
# shellcheck source=tests/purecc/lib
. "$(dirname "$0")/lib"

# The plugin doesn't know this instruction.
cat >unseen.c <<'END'
static int
call (int a)
{
  asm volatile ("nop");
  return a;
}

int
unseen (int a)
{
  int result;
  asm volatile ("int $0x80" : "=a" (result) : "0" (a));
  return result;
}

int
main (int argc, char **argv)
{
  (void) argv;
  return call (unseen (argc + 10000)) == 0;
}
END
cat >unseen.s <<'END'
	.globl	unseen
	.type	unseen, @function
unseen:
	.byte	0x0f, 0x05
	ret
	.size	unseen, . - unseen
	.section .note.GNU-stack, "", @progbits
END
cp unseen.s unseen-2.S
cp unseen.c unseen-cxx.cc
cp unseen.s 'a source.txt'
# Of these the plugin warns, or it was asked to leave them.
cat >named.c <<'END'
asm (".text\n"
     "at_toplevel:\n\t.byte 0x0f, 0x05\n\tret");
static inline long
bytes (long n)
{
  asm volatile (".byte 0x0f, 0x05" : "+a" (n) : : "rcx", "r11", "memory");
  return n;
}

__attribute__ ((purecc_native)) static inline long
asked (long n)
{
  asm volatile ("syscall" : "+a" (n) : : "rcx", "r11", "memory");
  return n;
}

int
main (int argc, char **argv)
{
  (void) argv;
  if (__builtin_expect (argc > 1, 0))
    return bytes (argc);
  return asked (argc + 10000) == 0;
}
END
sources
cp c.c good.c

# files: the objects and programs that are here.
files() {
	find . -name '*.o' -o -name program | sort
}

# refused WHERE COMMAND...: fails with an error at WHERE, and leaves no file.
refused() {
	where=$1
	shift
	says 1 "$where: error: purecc: " "$@"
	# What isn't named has no name of its own in the message.
	grep -q '<\(unseen\|_Z6unseeni\|main\)+0x' says.err ||
		fail "no function is named: $*"
	[ -z "$(files)" ] || fail "$(files) was left by: $*"
	rm -f -- ./*.o
}

for options in -O0 '-O2 -pipe' '-O2 -g -fPIC' '-Os -ffunction-sections'; do
	# shellcheck disable=SC2086 # they are words of a list
	set -- "$purecc" "$cc" $options
	refused unseen.c:12 "$@" -c unseen.c
	refused unseen.c:12 "$@" -c unseen.c -o other.o
	refused unseen.c:12 "$@" -c unseen.c -o'other object.o'
	refused unseen.c:12 "$@" -gsplit-dwarf -c unseen.c --output=other.o
	refused unseen.c:12 "$@" -o program unseen.c
	refused unseen.c:12 "$@" -flto -o program unseen.c
	refused unseen.c:12 "$@" -r -o program unseen.c
	refused unseen-cxx.cc:12 "$@" -c unseen-cxx.cc
	refused unseen.s "$@" -c unseen.s
	refused unseen-2.S "$@" -c unseen-2.S
	refused 'a source.txt' "$@" -x assembler -c 'a source.txt' -o x.o
	echo '-c unseen.c -o other.o' >response
	refused unseen.c:12 "$@" @response
done
refused unseen.c:12 "$purecc" "$cc" -x c -c - -o x.o <<END
# 1 "unseen.c"
$(cat unseen.c)
END

# One of several: the others are made.
says 1 unseen.c:12: "$purecc" "$cc" -c good.c unseen.c
[ "$(files)" = ./good.o ] || fail "not just good.o: $(files)"
rm -f good.o

# What is no object, is not asked for, or is all right.
works "$purecc" "$cc" -S unseen.c -o unseen-3.s
works "$purecc" "$cc" -E unseen.c -o unseen.i
works "$purecc" "$cc" -fsyntax-only unseen.c
works "$purecc" "$cc" -flto -c unseen.c
works "$purecc" --no-verify "$cc" -c unseen.c
works "$purecc" "$cc" -o program unseen.o
works "$purecc" "$cc" -c good.c -o /dev/null
works "$purecc" "$cc" -Wa,--version -c good.c
for options in -O0 -O2 '-O2 -flto' '-O2 -freorder-blocks-and-partition'; do
	# shellcheck disable=SC2086
	works "$purecc" "$cc" $options named.c -o program
	# shellcheck disable=SC2086
	works "$purecc" "$cc" $options -DC -I"$include" main.c good.c -o program
done
# In the large code model addresses take other instructions.
for options in '' '-fno-pie -no-pie' -static '-O2 -fexceptions'; do
	# shellcheck disable=SC2086
	works "$purecc" "$cc" -mcmodel=large $options -DC -I"$include" main.c \
		good.c -o program
	works ./program
done
works "$purecc" --plugin-arg mode=off "$cc" -c good.c
works "$purecc" --plugin-arg residual=warn "$cc" -c named.c
works "$purecc" --plugin-arg pointer=other "$cc" -c good.c
# A guard of another pointer proves nothing.
says 0 'good.c: warning: purecc: ' \
	"$build/pure-audit" --compiled good.c --pointer third good.o
exit "$failed"
