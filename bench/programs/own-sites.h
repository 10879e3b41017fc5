/* micro's calls as statements of the program's own.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef OWN_SITES_H
#define OWN_SITES_H 1

/* With another instruction in the template a statement can't be modelled.  */
#ifdef THUNKED
# define TEMPLATE "nop; syscall"
#else
# define TEMPLATE "syscall"
#endif

static inline __attribute__ ((always_inline)) long
site0 (long number)
{
  long result;
  __asm__ volatile (TEMPLATE
		    : "=a" (result)
		    : "0" (number)
		    : "rcx", "r11", "memory");
  return result;
}

static inline __attribute__ ((always_inline)) long
site3 (long number, long a1, long a2, long a3)
{
  long result;
  __asm__ volatile (TEMPLATE
		    : "=a" (result)
		    : "0" (number), "D" (a1), "S" (a2), "d" (a3)
		    : "rcx", "r11", "memory");
  return result;
}

static inline __attribute__ ((always_inline)) long
site6 (long number, long a1, long a2, long a3, long a4, long a5, long a6)
{
  register long r10 __asm__ ("r10") = a4;
  register long r8 __asm__ ("r8") = a5;
  register long r9 __asm__ ("r9") = a6;
  long result;
  __asm__ volatile (TEMPLATE
		    : "=a" (result)
		    : "0" (number), "D" (a1), "S" (a2), "d" (a3), "r" (r10),
		      "r" (r8), "r" (r9)
		    : "rcx", "r11", "memory");
  return result;
}

static inline long
result_or_error (long result)
{
  return result < 0 && result > -4096 ? -1 : result;
}

/* As the functions of these names, as far as micro uses them.  */
#define getppid() site0 (SYS_getppid)
#define read(fd, buffer, size) site3 (SYS_read, fd, (long) (buffer), size)
#define pread(fd, buffer, size, offset)					\
  site6 (SYS_pread64, fd, (long) (buffer), size, offset, 0, 0)
#define openat(fd, name, flags) site3 (SYS_openat, fd, (long) (name), flags)
#define close(fd) site3 (SYS_close, fd, 0, 0)
#define mmap(address, size, protection, flags, fd, offset)		\
  site6 (SYS_mmap, (long) (address), size, protection, flags, fd, offset)
#define munmap(address, size) site3 (SYS_munmap, (long) (address), size, 0)
#define clock_gettime(clock, time)					\
  site3 (SYS_clock_gettime, clock, (long) (time), 0)
#define syscall(...) syscall_ (__VA_ARGS__, 0, 0, 0)
#define syscall_(number, a1, a2, a3, ...)				\
  result_or_error (site3 (number, (long) (a1), (long) (a2), (long) (a3)))

#endif /* own-sites.h */
