/* What klibc's programs are linked with to have their calls seen, and what
   libpurecc needs of a C library that klibc doesn't have.

   SPDX-License-Identifier: GPL-3.0-or-later

   Each program starts here, before klibc does.  If file descriptor 9 is open,
   the program's calls go to a handler that passes them on, and at its end
   writes there how many there were.  */

#include <asm/prctl.h>
#include <fcntl.h>
#include <purecc.h>
#include <stdarg.h>
#include <sys/syscall.h>

extern int klibc_errno __asm__ ("errno");

int *
__errno_location (void)
{
  return &klibc_errno;
}

/* What libpurecc asks for is the vDSO, which klibc takes no notice of.  */
unsigned long
getauxval (unsigned long type)
{
  (void) type;
  return 0;
}

/* The thread's static TLS block, below the thread control block, whose first
   word is its own address.  libpurecc's variables start as zero.  */
static struct
{
  char block[1024];
  void *self;
} tls __attribute__ ((__aligned__ (64)));

static unsigned long calls;

static void
write_calls (void)
{
  char text[24], *p = text + sizeof text;

  *--p = '\n';
  for (unsigned long n = calls; n; n /= 10)
    *--p = '0' + n % 10;
  pure_native_syscall (SYS_write, 9, (long) p, text + sizeof text - p, 0, 0,
		       0);
}

static long
pass (long number, long nr, ...)
{
  long a[6] = { 0 };
  va_list list;
  va_start (list, nr);
  for (int i = 0; i < nr; i++)
    a[i] = va_arg (list, long);
  va_end (list);
  calls++;
  if (number == SYS_exit_group || number == SYS_exit)
    write_calls ();
  return pure_native_syscall (number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

void
start_pure (void)
{
  long result;

  tls.self = &tls.self;
  __asm__ volatile ("syscall"
		    : "=a" (result)
		    : "0" (SYS_arch_prctl), "D" (ARCH_SET_FS), "S" (tls.self)
		    : "rcx", "r11", "memory");
  if (pure_native_syscall (SYS_fcntl, 9, F_GETFD, 0, 0, 0, 0) >= 0)
    pure_set_handler (pass);
}

__asm__ (".globl pure_start\n"
	 "pure_start:\n"
	 "	movq	%rsp, %rbx\n"
	 "	call	start_pure\n"
	 "	movq	%rbx, %rsp\n"
	 "	xorl	%edx, %edx\n"
	 "	jmp	_start\n");
