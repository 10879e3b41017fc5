/* Calls with paths and structs at the end of memory, and where there is none, by one
   thread and by one of two: memory.sh compares what is shown of them with strace's lines.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <pthread.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { PAGE = 4096 };

/* A page at the end of memory.  */
static char *
last_page (int access, int file)
{
  char *pages = mmap (NULL, 2 * PAGE, access,
                      file < 0 ? MAP_PRIVATE | MAP_ANONYMOUS : MAP_SHARED, file, 0);

  mprotect (pages + PAGE, PAGE, PROT_NONE);
  return pages;
}

static void
show (void)
{
  const int fd = memfd_create ("gone", MFD_CLOEXEC);
  char *page = last_page (PROT_READ | PROT_WRITE, -1);
  char *none = last_page (PROT_NONE, -1);
  char *gone;

  memset (page, 'a', PAGE);
  syscall (SYS_chdir, page + PAGE - 5);
  syscall (SYS_chdir, page);
  memset (page + 100, 'b', 400);
  page[PAGE - 1] = '\0';
  syscall (SYS_chdir, page + PAGE - 5);
  syscall (SYS_chdir, page + 99);
  syscall (SYS_chdir, page + PAGE);
  syscall (SYS_chdir, none);
  syscall (SYS_chdir, 1L);
  syscall (SYS_chdir, -1L);
  syscall (SYS_chdir, -4096L);
  syscall (SYS_chdir, 0xdeadbeef00000000);
  syscall (SYS_nanosleep, page + PAGE - 8, NULL);
  memset (page + PAGE - 16, 0, 16);
  syscall (SYS_nanosleep, page + PAGE - 16, NULL);
  syscall (SYS_utimensat, -1, page + PAGE - 2, page + PAGE - 31, 0);
  syscall (SYS_writev, -1, page + PAGE - (long) sizeof (struct iovec), 2);

  /* Of a file that has become shorter.  */
  ftruncate (fd, PAGE);
  gone = last_page (PROT_READ | PROT_WRITE, fd);
  memset (gone, 'c', PAGE);
  ftruncate (fd, 0);
  syscall (SYS_chdir, gone);
}

static void *
wait_for (void *lock)
{
  pthread_mutex_lock (lock);
  return lock;
}

int
main (void)
{
  pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
  pthread_t other;

  show ();
  pthread_mutex_lock (&lock);
  pthread_create (&other, NULL, wait_for, &lock);
  show ();
  pthread_mutex_unlock (&lock);
  pthread_join (other, NULL);
  return 0;
}
