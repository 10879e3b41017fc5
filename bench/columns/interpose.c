/* Functions of the C library interposed by a preloaded object, each of which
   calls the real one: those that the benchmarks make most of their calls by.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/types.h>

#include "probe.h"

/* Declared here and by no header: their prototypes there differ in what is the
   same to the ABI (restrict, attributes, the types of pointers).  */
#define INTERPOSE(type, name, parameters, ...)				\
  type name parameters;							\
  type									\
  name parameters							\
  {									\
    static type (*real) parameters;					\
    if (__builtin_expect (!real, 0))					\
      real = (type (*) parameters) dlsym (RTLD_NEXT, #name);		\
    return real (__VA_ARGS__);						\
  }

INTERPOSE (pid_t, getpid, (void), )
INTERPOSE (pid_t, getppid, (void), )
INTERPOSE (ssize_t, read, (int a, void *b, size_t c), a, b, c)
INTERPOSE (ssize_t, write, (int a, const void *b, size_t c), a, b, c)
INTERPOSE (ssize_t, pread, (int a, void *b, size_t c, off_t d), a, b, c, d)
INTERPOSE (ssize_t, pread64, (int a, void *b, size_t c, off_t d), a, b, c, d)
INTERPOSE (ssize_t, pwrite, (int a, const void *b, size_t c, off_t d), a, b, c,
	   d)
INTERPOSE (ssize_t, pwrite64, (int a, const void *b, size_t c, off_t d), a, b,
	   c, d)
INTERPOSE (ssize_t, writev, (int a, const void *b, int c), a, b, c)
INTERPOSE (int, open, (const char *a, int b, int c), a, b, c)
INTERPOSE (int, open64, (const char *a, int b, int c), a, b, c)
INTERPOSE (int, openat, (int a, const char *b, int c, int d), a, b, c, d)
INTERPOSE (int, openat64, (int a, const char *b, int c, int d), a, b, c, d)
INTERPOSE (int, close, (int a), a)
INTERPOSE (off_t, lseek, (int a, off_t b, int c), a, b, c)
INTERPOSE (off_t, lseek64, (int a, off_t b, int c), a, b, c)
INTERPOSE (int, stat, (const char *a, void *b), a, b)
INTERPOSE (int, stat64, (const char *a, void *b), a, b)
INTERPOSE (int, lstat, (const char *a, void *b), a, b)
INTERPOSE (int, lstat64, (const char *a, void *b), a, b)
INTERPOSE (int, fstat, (int a, void *b), a, b)
INTERPOSE (int, fstat64, (int a, void *b), a, b)
INTERPOSE (int, fstatat, (int a, const char *b, void *c, int d), a, b, c, d)
INTERPOSE (int, fstatat64, (int a, const char *b, void *c, int d), a, b, c, d)
INTERPOSE (int, access, (const char *a, int b), a, b)
INTERPOSE (ssize_t, readlink, (const char *a, char *b, size_t c), a, b, c)
INTERPOSE (int, unlink, (const char *a), a)
INTERPOSE (int, fcntl, (int a, int b, void *c), a, b, c)
INTERPOSE (int, fcntl64, (int a, int b, void *c), a, b, c)
INTERPOSE (int, ioctl, (int a, unsigned long b, void *c), a, b, c)
INTERPOSE (int, fsync, (int a), a)
INTERPOSE (int, ftruncate, (int a, off_t b), a, b)
INTERPOSE (int, ftruncate64, (int a, off_t b), a, b)
INTERPOSE (void *, mmap, (void *a, size_t b, int c, int d, int e, off_t f), a,
	   b, c, d, e, f)
INTERPOSE (void *, mmap64, (void *a, size_t b, int c, int d, int e, off_t f),
	   a, b, c, d, e, f)
INTERPOSE (int, munmap, (void *a, size_t b), a, b)
INTERPOSE (int, clock_gettime, (int a, void *b), a, b)
INTERPOSE (int, epoll_wait, (int a, void *b, int c, int d), a, b, c, d)
INTERPOSE (int, epoll_ctl, (int a, int b, int c, void *d), a, b, c, d)
INTERPOSE (int, accept, (int a, void *b, void *c), a, b, c)
INTERPOSE (int, accept4, (int a, void *b, void *c, int d), a, b, c, d)
INTERPOSE (ssize_t, recv, (int a, void *b, size_t c, int d), a, b, c, d)
INTERPOSE (ssize_t, send, (int a, const void *b, size_t c, int d), a, b, c, d)
INTERPOSE (ssize_t, sendfile, (int a, int b, void *c, size_t d), a, b, c, d)
INTERPOSE (ssize_t, sendfile64, (int a, int b, void *c, size_t d), a, b, c, d)

/* The C library has a function for most calls; this is for the others.  */

long syscall (long number, long a1, long a2, long a3, long a4, long a5,
	      long a6);

long
syscall (long number, long a1, long a2, long a3, long a4, long a5, long a6)
{
  static long (*real) (long, ...);

  PROBE_ANSWER (number);
  if (__builtin_expect (!real, 0))
    real = (long (*) (long, ...)) dlsym (RTLD_NEXT, "syscall");
  return real (number, a1, a2, a3, a4, a5, a6);
}
