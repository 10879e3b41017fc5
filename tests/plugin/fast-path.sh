#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# While the pointer is NULL a guarded wrapper executes three instructions more
# than a plain one, the address to come back to, the test and the jump, and one
# more where the pointer's address has to be loaded first (-fPIC, not hidden); where
# the guard is in front of the statement, and not in it, two. It takes no jump,
# pushes and pops nothing, and moves the stack pointer nowhere that the plain one
# doesn't. Wrappers of every number of arguments, as musl's and as glibc's macros
# make them. A site that goes by the thunk takes no jump, either.
set -eu
# shellcheck source=lib/case.sh
. "$LIB/case.sh"

cat >wrappers.c <<'EOF'
#define CLOBBERS "rcx", "r11", "memory"
#define REG(name, value) register long name __asm__ (#name) = value
#define WRAPPER(name, parameters, variables, ...)                             \
  long name parameters                                                        \
  {                                                                           \
    long result;                                                              \
    variables                                                                 \
    __asm__ volatile (TEMPLATE : "=a" (result) : __VA_ARGS__ : CLOBBERS);     \
    return result;                                                            \
  }
typedef long l;
#ifndef TEMPLATE
# define TEMPLATE "syscall"
#endif
WRAPPER (letters0, (l n), , "a" (n))
WRAPPER (letters1, (l n, l a), , "a" (n), "D" (a))
WRAPPER (letters2, (l n, l a, l b), , "a" (n), "D" (a), "S" (b))
WRAPPER (letters3, (l n, l a, l b, l c), , "a" (n), "D" (a), "S" (b), "d" (c))
WRAPPER (letters4, (l n, l a, l b, l c, l d), REG (r10, d);, "a" (n), "D" (a),
	 "S" (b), "d" (c), "r" (r10))
WRAPPER (letters5, (l n, l a, l b, l c, l d, l e), REG (r10, d); REG (r8, e);,
	 "a" (n), "D" (a), "S" (b), "d" (c), "r" (r10), "r" (r8))
WRAPPER (letters6, (l n, l a, l b, l c, l d, l e, l f),
	 REG (r10, d); REG (r8, e); REG (r9, f);,
	 "a" (n), "D" (a), "S" (b), "d" (c), "r" (r10), "r" (r8), "r" (r9))
WRAPPER (variables0, (void), , "0" (39L))
WRAPPER (variables1, (l a), REG (rdi, a);, "0" (3L), "r" (rdi))
WRAPPER (variables2, (l a, l b), REG (rsi, b); REG (rdi, a);, "0" (4L),
	 "r" (rdi), "r" (rsi))
WRAPPER (variables3, (l a, l b, l c), REG (rdx, c); REG (rsi, b);
	 REG (rdi, a);, "0" (1L), "r" (rdi), "r" (rsi), "r" (rdx))
WRAPPER (variables4, (l a, l b, l c, l d), REG (r10, d); REG (rdx, c);
	 REG (rsi, b); REG (rdi, a);, "0" (17L), "r" (rdi), "r" (rsi),
	 "r" (rdx), "r" (r10))
WRAPPER (variables5, (l a, l b, l c, l d, l e), REG (r8, e); REG (r10, d);
	 REG (rdx, c); REG (rsi, b); REG (rdi, a);, "0" (9L), "r" (rdi),
	 "r" (rsi), "r" (rdx), "r" (r10), "r" (r8))
WRAPPER (variables6, (l a, l b, l c, l d, l e, l f), REG (r9, f);
	 REG (r8, e); REG (r10, d); REG (rdx, c); REG (rsi, b); REG (rdi, a);,
	 "0" (9L), "r" (rdi), "r" (rsi), "r" (rdx), "r" (r10), "r" (r8),
	 "r" (r9))
EOF

# hot OBJECT: for each wrapper "name instructions stack-instructions
# other-jumps", without the part that is put aside as cold, the stubs, and the
# padding after it. The jump that isn't taken is a jne, and goes elsewhere.
hot() {
	objdump -dr --no-show-raw-insn "$1" | awk '
		/^[0-9a-f]+ <.*>:$/ { name = $2; gsub(/[<>:]/, "", name) }
		name ~ /cold|__pure_stub/ { next }
		/R_X86_64_.*(__pure_stub|text\.unlikely|\.cold)/ { jumps[name]-- }
		/^ +[0-9a-f]+:\t/ && !/\tnop|nopw|xchg +%ax,%ax/ {
			count[name]++
			if (/\t(push|pop|leave|enter)/ || /,%rsp$/)
				stack[name]++
			if ($2 == "jne")
				jumps[name]++
			else if (/\t(j|call|loop)/)
				jumps[name] += 2
		}
		END {
			for (n in count)
				print n, count[n], stack[n] + 0, jumps[n] + 0
		}' | sort
}

# try MOST FLAG...: at most MOST instructions more.
try() {
	most=$1
	shift
	"$CC" -O2 "$@" -c wrappers.c -o plain.o
	# shellcheck disable=SC2086 # nothing, or one flag
	"$CC" -O2 "$@" -fplugin="$PLUGIN" $keys -c wrappers.c -o guarded.o
	hot plain.o >plain
	hot guarded.o >guarded
	[ "$(wc -l <plain)" -eq 14 ] || fail "$*: not all wrappers are there"
	join plain guarded | awk -v most="$most" '
		$5 > $2 + most { print $1 ": " $5 " instructions, and " $2 " in a plain build" }
		$6 > $3 { print $1 ": " $6 " of them for the stack, and " $3 " in a plain build" }
		$7 != 0 { print $1 ": it has a jump that is taken" }' \
		>longer
	[ ! -s longer ] || {
		show longer
		fail "$* $keys: the fast path is too long"
	}
}

keys=
try 3 -fPIE
try 3 -fno-pie
try 3 -fPIE -fcf-protection=none -fomit-frame-pointer
try 4 -fPIC
try 2 -fPIE -fexceptions -fno-asynchronous-unwind-tables
try 4 -fPIE '-DTEMPLATE="nop; syscall"'
try 4 -fPIC '-DTEMPLATE="syscall; test %%rax, %%rax"'
keys=-fplugin-arg-purecc-visibility=hidden
try 3 -fPIC
