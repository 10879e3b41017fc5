#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The guard stands in the site's own statement where nothing else in the file can
# be come to from a call there; else it is a call that GCC sees. Where the
# function that the statement ends up in has to keep what a call destroys, and in the
# large code model, it goes by the thunk.
set -eu
# shellcheck source=lib/case.sh
. "$LIB/case.sh"

cat >site.h <<'EOF'
#define CALL(n)                                                               \
  ({                                                                          \
    long result_;                                                             \
    __asm__ volatile ("syscall" : "=a" (result_) : "0" ((long) (n))           \
		      : "rcx", "r11", "memory");                              \
    result_;                                                                  \
  })
static inline __attribute__ ((__always_inline__)) long
inlined (void)
{
  return CALL (39);
}
EOF

# expect SYMBOL LANGUAGE FLAG...: the source on standard input refers to SYMBOL
# only, of those that sites go to.
expect() {
	wanted=$1
	language=$2
	shift 2
	{
		echo '#include "site.h"'
		cat
	} >source.c
	compiler=$CC
	[ "$language" = c ] || compiler=$CXX
	"$compiler" -x "$language" -O2 -fchecking -fplugin="$PLUGIN" "$@" \
		-c source.c -o source.o 2>messages || {
		show messages
		fail "$language $*: it does not compile"
	}
	found=$(nm source.o | sed -n 's/.* U \(__pure_[gt].*\|__pure_site\)$/\1/p' |
		tr '\n' ' ')
	[ "$found" = "$wanted " ] || {
		show source.c
		fail "$language $*: the site goes to $found, and not to $wanted"
	}
}

plain='long f (void) { return CALL (39); }'
echo "$plain" | expect __pure_site c
echo "$plain" | expect __pure_site c -O0
echo "$plain" | expect __pure_site c -fexceptions
echo "$plain" | expect __pure_guard0 c -fexceptions -fno-asynchronous-unwind-tables
echo "$plain" | expect __pure_thunk c -mcmodel=large
echo "$plain" | expect __pure_guard0 c -fopenmp
echo "$plain" | expect __pure_guard0 c -flto -ffat-lto-objects
echo "$plain" | expect __pure_guard0 c -fplugin-arg-purecc-mode=call
echo "$plain" | expect __pure_guard0 c++
echo "$plain" | expect __pure_site c++ -fno-exceptions

# A function that comes later counts too, and so does one that isn't used.
cleanup='void clean (int *);
	extern void g (void);
	long f (void) { return CALL (39); }
	void h (void) { int x __attribute__ ((__cleanup__ (clean))) = 0; g (); }'
echo "$cleanup" | expect __pure_site c
echo "$cleanup" | expect __pure_guard0 c -fexceptions
echo "long f (void) { return CALL (39); }
	static __attribute__ ((__unused__)) int g (void **b)
	{ return __builtin_setjmp (b); }
	int h (void **b) { return __builtin_setjmp (b); }" | expect __pure_guard0 c
echo 'extern int setjmp (long [25]);
	int f (long *b) { return setjmp (b); }
	long g (void) { return CALL (39); }' | expect __pure_guard0 c
echo 'void f (void (*) (void));
	long g (void)
	{
	  __label__ out;
	  void jump (void) { goto out; }
	  f (jump);
	  return 1;
	out:
	  return 2;
	}
	long h (void) { return CALL (39); }' | expect __pure_guard0 c
echo 'void clean (int *);
	extern void g (void);
	long f (void) { return CALL (39); }
	__attribute__ ((__optimize__ ("exceptions"))) void
	h (void) { int x __attribute__ ((__cleanup__ (clean))) = 0; g (); }' |
	expect __pure_guard0 c

# Arguments that __pure_site doesn't know.
echo 'long f (short a)
	{
	  long r;
	  __asm__ volatile ("syscall" : "=a" (r) : "0" (3L), "D" (a)
			    : "rcx", "r11", "memory");
	  return r;
	}' | expect __pure_guard1 c
echo 'long f (unsigned a, int b)
	{
	  long r;
	  __asm__ volatile ("syscall" : "=a" (r) : "0" (3), "D" (a), "S" (b)
			    : "rcx", "r11", "memory");
	  return r;
	}' | expect __pure_site c

# What the function that it is inlined to must keep.
echo '__attribute__ ((__no_caller_saved_registers__,
			__target__ ("general-regs-only"))) long
	f (void) { return inlined (); }' >keeps
! "$CC" -include site.h -x c -c keeps -o keeps.o 2>/dev/null ||
	expect __pure_thunk c <keeps
echo 'register double kept __asm__ ("xmm15");
	long f (void) { return CALL (39); }' | expect __pure_thunk c -ffixed-xmm15
