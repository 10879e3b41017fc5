/* A system call stub, as C.

   SPDX-License-Identifier: LGPL-2.1-or-later

   make-syscalls.sh generates a rule for each stub, which pipes a few lines
   into the compiler: what the stub is (SYSCALL_NAME, SYSCALL_NARGS,
   SYSCALL_SYMBOL, SYSCALL_NOERRNO, SYSCALL_ERRVAL), this file by name, and the
   symbol's aliases.  In glibc that makes assembly; here, where the compiler
   takes it for C, a function whose statement the plugin guards.

   The function is private to the file and gets its link name by an asm label,
   so that it can't clash with the prototype of the real one, whatever that
   is.  Its arguments and its result are whole registers, as in the assembly.  */

#include <errno.h>
#include <sysdep.h>

#define PURE_STRING(x) PURE_STRING_1 (x)
#define PURE_STRING_1(x) #x

#define PURE_PARAMETERS_0 void
#define PURE_PARAMETERS_1 long int a1
#define PURE_PARAMETERS_2 PURE_PARAMETERS_1, long int a2
#define PURE_PARAMETERS_3 PURE_PARAMETERS_2, long int a3
#define PURE_PARAMETERS_4 PURE_PARAMETERS_3, long int a4
#define PURE_PARAMETERS_5 PURE_PARAMETERS_4, long int a5
#define PURE_PARAMETERS_6 PURE_PARAMETERS_5, long int a6

#define PURE_CALL_0(name) INTERNAL_SYSCALL (name, 0)
#define PURE_CALL_1(name) INTERNAL_SYSCALL (name, 1, a1)
#define PURE_CALL_2(name) INTERNAL_SYSCALL (name, 2, a1, a2)
#define PURE_CALL_3(name) INTERNAL_SYSCALL (name, 3, a1, a2, a3)
#define PURE_CALL_4(name) INTERNAL_SYSCALL (name, 4, a1, a2, a3, a4)
#define PURE_CALL_5(name) INTERNAL_SYSCALL (name, 5, a1, a2, a3, a4, a5)
#define PURE_CALL_6(name) INTERNAL_SYSCALL (name, 6, a1, a2, a3, a4, a5, a6)

#define PURE_PASTE(a, b) PURE_PASTE_1 (a, b)
#define PURE_PASTE_1(a, b) a##b

extern long int pure_stub_name (PURE_PASTE (PURE_PARAMETERS_, SYSCALL_NARGS))
  __asm__ (PURE_STRING (SYSCALL_SYMBOL));

long int
pure_stub_name (PURE_PASTE (PURE_PARAMETERS_, SYSCALL_NARGS))
{
  long int result = PURE_PASTE (PURE_CALL_, SYSCALL_NARGS) (SYSCALL_NAME);
#if SYSCALL_NOERRNO
  return result;
#elif SYSCALL_ERRVAL
  return -result;
#else
  if (__glibc_unlikely (INTERNAL_SYSCALL_ERROR_P (result)))
    return INLINE_SYSCALL_ERROR_RETURN_VALUE (INTERNAL_SYSCALL_ERRNO (result));
  return result;
#endif
}

/* The aliases, in terms of link names only.  */

#undef weak_alias
#define weak_alias(original, alias)					\
  __asm__ (".weak " PURE_STRING (alias) "\n\t"				\
	   ".set " PURE_STRING (alias) ", " PURE_STRING (original));
#undef strong_alias
#define strong_alias(original, alias)					\
  __asm__ (".globl " PURE_STRING (alias) "\n\t"				\
	   ".set " PURE_STRING (alias) ", " PURE_STRING (original));

#undef _set_symbol_version
#define _set_symbol_version(real, version)				\
  __asm__ (".symver " PURE_STRING (real) "," version);

#undef hidden_def
#undef hidden_weak
#ifdef SHARED
# define hidden_def(name) hidden_def_1 (name)
# define hidden_def_1(name) strong_alias (name, __GI_##name)
#else
# define hidden_def(name)
#endif
#define hidden_weak(name) hidden_def (name)

hidden_def (SYSCALL_SYMBOL)
