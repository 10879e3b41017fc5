/* Can a program be taken over when it is executed?  pure-run and the gateway look at
   its file for that before.

   SPDX-License-Identifier: LGPL-2.1-or-later

   Who includes this has defined PURE_FOLLOW_CALL (number, a1, a2, a3, a4), a system
   call whose result is the kernel's own, and the header with PURE_MACHINE and
   PURE_LOADER_NAME.  Scripts are read as in Linux's fs/binfmt_script.c,
     #! INTERPRETER [ARGUMENT]
   in the first 256 bytes, where INTERPRETER may be a script again, five times; and who
   is privileged is known as from its security/commoncap.c.  */

#ifndef PURE_ABI_FOLLOW_H
#define PURE_ABI_FOLLOW_H 1

#include <asm/unistd.h>
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/prctl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statfs.h>

enum pure_obstacle
{
  PURE_NO_OBSTACLE,
  /* The kernel won't execute it, or by means of its own (binfmt_misc).  */
  PURE_EXEC_FAILS,
  PURE_UNREADABLE,
  PURE_STATIC,
  PURE_OTHER_MACHINE,
  PURE_OTHER_INTERPRETER,
  PURE_PRIVILEGED,
  /* Of the pure glibc's.  */
  PURE_NO_FILES
};

enum
{
  PURE_HEAD_SIZE = 256,
  PURE_MAX_SCRIPTS = 5,
  /* statfs(2): ST_NOSUID.  */
  PURE_NO_SUID = 2
};

/* The file that is looked at.  */
struct pure_file
{
  long fd;
  struct stat status;
  long size;
  char head[PURE_HEAD_SIZE + 1];
};

/* "/proc/self/fd/FD", for a descriptor that may be one that can't be read (O_PATH).  */
static inline void
pure_descriptor_name (int fd, char name[32])
{
  char digits[12], *p = digits + sizeof digits;
  unsigned int rest = fd;

  *--p = '\0';
  do
    *--p = (char) ('0' + rest % 10);
  while (rest /= 10);
  memcpy (name, "/proc/self/fd/", 14);
  memcpy (name + 14, p, digits + sizeof digits - p);
}

/* Open the file that execveat takes for DIRECTORY, FILE and FLAGS.  Returns -errno.  */
static inline long
pure_open_program (long directory, const char *file, long flags)
{
  const long how = O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK;
  long fd = PURE_FOLLOW_CALL (__NR_openat, directory, (long) file,
			      how | (flags & AT_SYMLINK_NOFOLLOW ? O_NOFOLLOW : 0), 0);
  char name[32];

  if (fd != -ENOENT || !(flags & AT_EMPTY_PATH) || *file)
    return fd;
  pure_descriptor_name ((int) directory, name);
  fd = PURE_FOLLOW_CALL (__NR_openat, AT_FDCWD, (long) name, how, 0);
  if (fd == -ENOENT)
    fd = PURE_FOLLOW_CALL (__NR_fcntl, directory, F_DUPFD_CLOEXEC, 0, 0);
  return fd;
}

static inline long
pure_read_at (const struct pure_file *file, void *to, unsigned long size,
	      unsigned long offset)
{
  if (offset + size <= (unsigned long) file->size && offset + size >= size)
    {
      memcpy (to, file->head + offset, size);
      return (long) size;
    }
  return PURE_FOLLOW_CALL (__NR_pread64, file->fd, (long) to, (long) size,
			   (long) offset);
}

/* The name of the interpreter in the `#!' line of HEAD, ended by a NUL; NULL: there is
   none.  */
static inline char *
pure_script_interpreter (char *head)
{
  char *name = head + 2 + strspn (head + 2, " \t"), *end = strchr (head, '\n');

  if (!end && strcspn (name, " \t") == strlen (name)
      && strlen (head) == PURE_HEAD_SIZE)
    return NULL;
  if (end)
    *end = '\0';
  name[strcspn (name, " \t")] = '\0';
  return *name ? name : NULL;
}

/* Does the kernel give, or has it given, privileges for which ld.so would take no
   LD_AUDIT?  */
static inline int
pure_privileged_p (const struct pure_file *file)
{
  long user = PURE_FOLLOW_CALL (__NR_geteuid, 0, 0, 0, 0);
  long group = PURE_FOLLOW_CALL (__NR_getegid, 0, 0, 0, 0);
  const long real_user = PURE_FOLLOW_CALL (__NR_getuid, 0, 0, 0, 0);
  const long real_group = PURE_FOLLOW_CALL (__NR_getgid, 0, 0, 0, 0);
  const int set_user = (file->status.st_mode & S_ISUID) != 0;
  const int set_group
    = (file->status.st_mode & (S_ISGID | S_IXGRP)) == (S_ISGID | S_IXGRP);
  const int capabilities
    = user != 0
      && PURE_FOLLOW_CALL (__NR_fgetxattr, file->fd, (long) "security.capability", 0,
			   0) > 0;
  struct statfs system;

  if ((set_user || set_group || capabilities)
      && PURE_FOLLOW_CALL (__NR_prctl, PR_GET_NO_NEW_PRIVS, 0, 0, 0) != 1
      && (PURE_FOLLOW_CALL (__NR_fstatfs, file->fd, (long) &system, 0, 0) != 0
	  || !(system.f_flags & PURE_NO_SUID)))
    {
      if (capabilities)
	return 1;
      user = set_user ? (long) file->status.st_uid : user;
      group = set_group ? (long) file->status.st_gid : group;
    }
  return user != real_user || group != real_group;
}

/* Is FILE, an ELF program, one of ours?  */
static inline enum pure_obstacle
pure_elf_obstacle (const struct pure_file *file)
{
  char name[64];
  Elf64_Ehdr header;
  Elf64_Phdr segment;
  long size, length = sizeof PURE_LOADER_NAME;

  if (pure_read_at (file, &header, sizeof header, 0) != sizeof header)
    return PURE_EXEC_FAILS;
  if (header.e_ident[EI_CLASS] != ELFCLASS64 || header.e_machine != PURE_MACHINE)
    return PURE_OTHER_MACHINE;
  if (header.e_type != ET_EXEC && header.e_type != ET_DYN)
    return PURE_EXEC_FAILS;
  for (int i = 0; i < header.e_phnum; i++)
    {
      if (pure_read_at (file, &segment, sizeof segment,
			header.e_phoff + i * sizeof segment) != sizeof segment)
	return PURE_EXEC_FAILS;
      if (segment.p_type != PT_INTERP)
	continue;
      /* The end of the name.  */
      size = segment.p_filesz < sizeof name ? (long) segment.p_filesz
					    : (long) sizeof name;
      if (size < length + 1
	  || pure_read_at (file, name, size,
			   segment.p_offset + segment.p_filesz - size) != size
	  || name[size - length - 1] != '/'
	  || memcmp (name + size - length, PURE_LOADER_NAME, length) != 0)
	return PURE_OTHER_INTERPRETER;
      return pure_privileged_p (file) ? PURE_PRIVILEGED : PURE_NO_OBSTACLE;
    }
  return PURE_STATIC;
}

/* Read the start of the file.  */
static inline enum pure_obstacle
pure_read_head (struct pure_file *file)
{
  if (PURE_FOLLOW_CALL (__NR_fstat, file->fd, (long) &file->status, 0, 0) != 0
      || !S_ISREG (file->status.st_mode) || !(file->status.st_mode & 0111))
    return PURE_EXEC_FAILS;
  file->size = PURE_FOLLOW_CALL (__NR_pread64, file->fd, (long) file->head,
				 PURE_HEAD_SIZE, 0);
  if (file->size < 0)
    return PURE_UNREADABLE;
  file->head[file->size] = '\0';
  return PURE_NO_OBSTACLE;
}

/* The file couldn't be opened, with RESULT.  May it be executed all the same?  */
static inline enum pure_obstacle
pure_unopened_obstacle (long result, long directory, const char *name)
{
  enum { EXECUTE = 1 /* X_OK */ };

  if (result != -EACCES
      || (*name
	  && PURE_FOLLOW_CALL (__NR_faccessat, directory, (long) name, EXECUTE, 0)
	       != 0))
    return PURE_EXEC_FAILS;
  return PURE_UNREADABLE;
}

/* What keeps the program that execveat (DIRECTORY, NAME, ..., FLAGS) executes from being
   taken over.  FILE is what was looked at last, closed.  */
static inline enum pure_obstacle
pure_obstacle (struct pure_file *file, long directory, const char *name, long flags)
{
  for (int scripts = 0; scripts <= PURE_MAX_SCRIPTS; scripts++)
    {
      enum pure_obstacle obstacle;
      file->fd = pure_open_program (directory, name, flags);
      /* Without a descriptor it can't be known: most can be.  */
      if (file->fd == -EMFILE || file->fd == -ENFILE)
	return PURE_NO_OBSTACLE;
      if (file->fd < 0)
	return pure_unopened_obstacle (file->fd, directory, name);
      obstacle = pure_read_head (file);
      const int script = obstacle == PURE_NO_OBSTACLE
			 && memcmp (file->head, "#!", 2) == 0;
      if (obstacle == PURE_NO_OBSTACLE && !script)
	obstacle = memcmp (file->head, ELFMAG, SELFMAG) == 0
		     ? pure_elf_obstacle (file) : PURE_EXEC_FAILS;
      PURE_FOLLOW_CALL (__NR_close, file->fd, 0, 0, 0);
      if (!script)
	return obstacle;
      name = pure_script_interpreter (file->head);
      if (!name)
	return PURE_EXEC_FAILS;
      directory = AT_FDCWD;
      flags = 0;
    }
  return PURE_EXEC_FAILS;
}

/* The same in words, for "FILE isn't followed: "; NULL: it needs none.  */
static inline const char *
pure_obstacle_text (enum pure_obstacle obstacle)
{
  switch (obstacle)
    {
    case PURE_UNREADABLE:
      return "it can't be read";
    case PURE_STATIC:
      return "it is statically linked";
    case PURE_OTHER_MACHINE:
      return "it is for another machine than pure glibc, or 32-bit";
    case PURE_OTHER_INTERPRETER:
      return "it isn't made for glibc, it names another interpreter";
    case PURE_PRIVILEGED:
      return "it has privileges of its own";
    case PURE_NO_FILES:
      return "the pure glibc's files aren't there (another root directory?)";
    default:
      return NULL;
    }
}

#endif /* follow.h */
