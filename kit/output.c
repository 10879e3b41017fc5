/*
 * kit: the output's file descriptor.
 *
 * It is one of the program's process, so it has a number that the program can't
 * have, above its limit, and to the program's calls it isn't open: programs
 * close what they don't know (daemons, shells, Python's subprocess) and would
 * end the trace, and the next file they open would get the number, and the
 * lines. Nor is it in what /proc lists, or has a name there.
 *
 * It is kept over exec: what is executed writes by it, whatever it could open.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/magic.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

#include "kit.h"

/*
 * Not higher than this: the kernel's table of descriptors reaches to the
 * highest, and each fork copies it.
 */
#define HIGHEST_OUTPUT 1023UL

/* The line that says how many were lost. */
#define LOST_ROOM 160

/* Of a path that leads to /proc: longer ones are others. */
#define PATH_ROOM 256

/* Of an int, and a NUL. */
#define DIGITS 12

/* The kernel's sigset_t, one bit a signal. */
typedef unsigned long kernel_sigset;
#define SIGNAL_BIT(signal) (1UL << ((signal)-1))

/* The descriptors: for the lines, for a report if stderr is closed, the
 * handler's own. */
enum { LINES, REPORT, HANDLER, DESCRIPTORS };
static int descriptors[DESCRIPTORS] = { -1, -1, -1 };

/* The handler's, for the report. */
static const char *handler_name = "";

/* What stderr was at first. */
static struct stat first_stderr;

/* How many lines were lost, and why the last. */
static unsigned int lost;
static int lost_error;

/* The thread's last one is to be ended, and is counted. */
static __thread bool half_lost;

/* The last line ends in its middle. */
static bool torn;

/*
 * A line may send a signal: the output is neither a regular file without a
 * limit nor a device. Or signals may enter us, not being isolated.
 */
static bool sends_signals = true;
static bool regular;

/* Lines are written at the end. */
static bool at_end;

/* Each thread has a file of its own: this, a point and its number. */
static const char *separate;

/* Copy FD to the highest free number from HIGH on down. Returns -errno. */
static int copy_below(int fd, long high)
{
	long copy;

	do
		copy = PURE_OWN_CALL(SYS_fcntl, fd, F_DUPFD_CLOEXEC, high);
	while ((copy == -EMFILE || copy == -EINVAL) && --high > 2);
	return (int)copy;
}

static int set_limit(const struct rlimit *limit)
{
	return (int)PURE_OWN_CALL(SYS_prlimit64, 0, RLIMIT_NOFILE, limit, NULL);
}

/*
 * Copy FD to a number that the program's limit keeps the program from, if the
 * limit can be raised for a moment. Returns -errno.
 */
static int copy_high(int fd)
{
	struct rlimit limit, raised;
	long copy, lowest;

	if (PURE_OWN_CALL(SYS_prlimit64, 0, RLIMIT_NOFILE, NULL, &limit) != 0 ||
	    limit.rlim_cur > HIGHEST_OUTPUT + 1)
		return copy_below(fd, HIGHEST_OUTPUT);
	raised.rlim_cur = raised.rlim_max = HIGHEST_OUTPUT + 1 + DESCRIPTORS;
	if (raised.rlim_max < limit.rlim_max)
		raised.rlim_max = limit.rlim_max;
	if (set_limit(&raised) != 0) {
		raised.rlim_cur = raised.rlim_max = limit.rlim_max;
		set_limit(&raised);
	}
	lowest = (long)raised.rlim_cur - 1 - DESCRIPTORS;
	if (lowest < (long)limit.rlim_cur)
		lowest = (long)limit.rlim_cur;
	copy = PURE_OWN_CALL(SYS_fcntl, fd, F_DUPFD_CLOEXEC, lowest);
	set_limit(&limit);
	return copy < 0 ? copy_below(fd, (long)limit.rlim_cur - 1) : (int)copy;
}

/* Another process may set a limit too, but then it means to. */
static void look_for_signals(void)
{
	struct rlimit limit;

	sends_signals = !regular || !pure_isolated() ||
			PURE_OWN_CALL(SYS_prlimit64, 0, RLIMIT_FSIZE, NULL,
				      &limit) != 0 ||
			limit.rlim_cur != RLIM_INFINITY;
}

/* By which a handler knows what it keeps: FNV-1a of USE, its end, and FILE. */
static unsigned long key_of(const char *use, const char *file)
{
	const char *const texts[] = { use, file };
	unsigned long key = 0xcbf29ce484222325;
	int i;

	for (i = 0; i < 2; i++) {
		const char *at = texts[i];

		do
			key = (key ^ (unsigned char)*at) * 0x100000001b3;
		while (*at++);
	}
	return key;
}

/* Have descriptor FD, which is closed, as descriptors[WHICH]; or -errno. */
static int keep(int which, unsigned long key, int fd)
{
	const int copy = copy_high(fd);

	close(fd);
	if (copy < 0)
		return copy;
	descriptors[which] = copy;
	/* If it can't be kept, what is executed opens the file again. */
	pure_keep_descriptor(key, copy);
	return 0;
}

static int open_lines(const char *name, const char *file)
{
	const unsigned long key = key_of(name, file);
	/* What the program that executed this one had. */
	int fd = pure_kept_descriptor(key);

	if (fd >= 0) {
		descriptors[LINES] = fd;
		return 0;
	}
	/* Processes and threads append: no line covers another. */
	fd = open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY,
		  0666);
	return fd < 0 ? -errno : keep(LINES, key, fd);
}

int pure_output_open(const char *name, const char *file)
{
	struct stat status;
	int error = 0;

	handler_name = name;
	/* Nothing has this number. */
	if (fstat(STDERR_FILENO, &first_stderr) != 0)
		first_stderr.st_ino = 0;
	if (file)
		error = open_lines(name, file);
	else
		descriptors[LINES] = copy_high(STDERR_FILENO);
	if (!error && descriptors[LINES] < 0)
		error = descriptors[LINES];
	if (error)
		return error;
	regular = fstat(descriptors[LINES], &status) == 0 &&
		  (S_ISREG(status.st_mode) ||
		   (S_ISCHR(status.st_mode) && !isatty(descriptors[LINES])));
	look_for_signals();
	return 0;
}

int kit_kept_descriptor(const char *use)
{
	const int fd = pure_kept_descriptor(key_of("", use));

	if (fd >= 0)
		descriptors[HANDLER] = fd;
	return fd;
}

int kit_keep_descriptor(const char *use, int fd)
{
	return keep(HANDLER, key_of("", use), fd);
}

void pure_output_at_end(void)
{
	at_end = true;
}

void pure_output_separately(const char *file)
{
	separate = file;
}

/* Returns 0 or -errno. The program may have made a pipe non-blocking. */
static int write_all(int fd, const char *text, size_t size)
{
	struct pollfd room = { .fd = fd, .events = POLLOUT };

	while (size) {
		long done = PURE_OWN_CALL(SYS_write, fd, text, size);
		if (done == -EAGAIN) {
			PURE_OWN_CALL(SYS_poll, &room, 1, -1);
		} else if (done > 0) {
			text += done;
			size -= done;
			torn = true;
		} else if (done != -EINTR) {
			return done ? (int)done : -EIO;
		}
	}
	torn = false;
	return 0;
}

/*
 * A pipe without a reader and a file at its limit send signals that would be
 * the program's end: they are blocked meanwhile, and taken away. One that the
 * program itself has blocked and pending stays. All others are blocked too: one
 * that came now would have the runtime note, and put back, a mask of ours.
 */
static int write_blocked(int fd, const struct pure_text *line)
{
	const kernel_sigset ours = SIGNAL_BIT(SIGPIPE) | SIGNAL_BIT(SIGXFSZ);
	const kernel_sigset all = -1UL;
	kernel_sigset blocked = 0, pending = 0, unwanted;
	const struct timespec no_time = { 0 };
	int error = 0;

	PURE_OWN_CALL(SYS_rt_sigprocmask, SIG_SETMASK, &all, &blocked,
		      sizeof(all));
	if (blocked & ours)
		PURE_OWN_CALL(SYS_rt_sigpending, &pending, sizeof(pending));
	if (torn)
		error = write_all(fd, "\n", 1);
	if (!error)
		error = write_all(fd, line->data, line->end);
	unwanted = ours & ~pending;
	if (error == -EPIPE || error == -EFBIG)
		PURE_OWN_CALL(SYS_rt_sigtimedwait, &unwanted, NULL, &no_time,
			      sizeof(unwanted));
	PURE_OWN_CALL(SYS_rt_sigprocmask, SIG_SETMASK, &blocked, NULL,
		      sizeof(blocked));
	return error;
}

static int write_line(int fd, const struct pure_text *line)
{
	if (sends_signals || torn)
		return write_blocked(fd, line);
	return write_all(fd, line->data, line->end);
}

/* Opened for this line only: no descriptor more for each thread. */
static int write_separately(const struct pure_text *line)
{
	char room[PATH_MAX];
	struct pure_text name = PURE_TEXT(room);
	long fd;
	int error;

	pure_put(&name, separate);
	pure_put_char(&name, '.');
	pure_put_signed(&name, pure_thread_id());
	pure_put_char(&name, '\0');
	fd = PURE_OWN_CALL(SYS_open, room,
			   O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY,
			   0666);
	if (fd < 0)
		return (int)fd;
	error = write_blocked((int)fd, line);
	PURE_OWN_CALL(SYS_close, fd, 0);
	return error;
}

void pure_output_write(const struct pure_text *line)
{
	int error = separate ? write_separately(line) :
			       write_line(descriptors[LINES], line);

	if (error) {
		__atomic_store_n(&lost_error, -error, __ATOMIC_RELAXED);
		if (!half_lost)
			__atomic_add_fetch(&lost, 1, __ATOMIC_RELAXED);
	}
	half_lost = error && line->end && line->data[line->end - 1] != '\n';
}

long pure_output_size(void)
{
	struct stat status;
	const long error =
		PURE_OWN_CALL(SYS_fstat, descriptors[LINES], &status);

	return error ? error : status.st_size;
}

static bool stderr_is_first(void)
{
	struct stat now;

	return first_stderr.st_ino &&
	       PURE_OWN_CALL(SYS_fstat, STDERR_FILENO, &now) == 0 &&
	       now.st_ino == first_stderr.st_ino &&
	       now.st_dev == first_stderr.st_dev;
}

static void put_lost(struct pure_text *text, unsigned int count, int error)
{
	const char *why = strerrordesc_np(error);

	pure_put(text, handler_name);
	pure_put(text, ": ");
	pure_put_unsigned(text, count);
	pure_put(text, count == 1 ? " line lost: " : " lines lost: ");
	pure_put(text, why ? why : "unknown error");
	pure_put_char(text, '\n');
}

void pure_output_report(void)
{
	unsigned int count = __atomic_exchange_n(&lost, 0, __ATOMIC_RELAXED);
	const bool line_torn = torn;
	int fd = descriptors[REPORT];
	char room[LOST_ROOM];
	struct pure_text text = PURE_TEXT(room);

	if (fd < 0 && stderr_is_first())
		fd = STDERR_FILENO;
	if (!count || fd < 0)
		return;
	put_lost(&text, count, lost_error);
	torn = false;
	write_line(fd, &text);
	torn = line_torn;
}

void pure_output_after_fork(void)
{
	lost = 0;
}

/* Does it close stderr, or put another file in its place? */
static bool closes_stderr(long number, const long *a)
{
	switch (number) {
	case SYS_close:
		return (int)a[0] == STDERR_FILENO;
	case SYS_dup2:
	case SYS_dup3:
		return (int)a[1] == STDERR_FILENO;
	case SYS_close_range:
		return (unsigned int)a[0] <= STDERR_FILENO &&
		       (unsigned int)a[1] >= STDERR_FILENO;
	}
	return false;
}

void pure_output_before(long number, const long *a)
{
	/* Without a need it isn't kept open: others may wait for its end. */
	if ((lost || at_end) && descriptors[REPORT] < 0 &&
	    closes_stderr(number, a) && stderr_is_first())
		descriptors[REPORT] = copy_below(STDERR_FILENO, HIGHEST_OUTPUT);
}

static bool own(int fd)
{
	return fd >= 0 &&
	       (fd == descriptors[LINES] || fd == descriptors[REPORT] ||
		fd == descriptors[HANDLER]);
}

/* close_range(FIRST, LAST, FLAGS), and leave out what is the handler's. */
static long close_around(unsigned int first, unsigned int last, long flags)
{
	long result = 0;
	int i;

	for (i = 0; i < DESCRIPTORS; i++) {
		const unsigned int fd = descriptors[i];
		if (descriptors[i] < 0 || first > fd || last < fd)
			continue;
		/*
		 * If nothing else is meant, close what can't be: FLAGS are
		 * checked.
		 */
		if (first == fd && last == fd)
			break;
		if (first < fd)
			result = close_around(first, fd - 1, flags);
		if (result == 0 && last > fd)
			result = close_around(fd + 1, last, flags);
		return result;
	}
	if (i < DESCRIPTORS)
		first = last = ~0U;
	return pure_native_syscall(SYS_close_range, first, last, flags, 0, 0,
				   0);
}

long pure_output_pass(long number, const long *a)
{
	const struct pure_call *call = pure_call(number);
	long result;
	int i;

	for (i = 0; i < call->count; i++)
		if ((call->arguments[i].kind == PURE_KIND_FD ||
		     call->arguments[i].kind == PURE_KIND_DIRFD) &&
		    own((int)a[i]))
			return -EBADF;
	if (number == SYS_close_range &&
	    (unsigned int)a[0] <= (unsigned int)a[1])
		return close_around(a[0], a[1], a[2]);
	result =
		pure_native_syscall(number, a[0], a[1], a[2], a[3], a[4], a[5]);
	if (number == SYS_prlimit64 || number == SYS_setrlimit)
		look_for_signals();
	return result;
}

/* The digits of FD, which is one of ours, in TEXT. */
static void name_of(int fd, char text[DIGITS])
{
	int count = 1, rest;

	for (rest = fd; rest > 9; rest /= 10)
		count++;
	text[count] = '\0';
	for (; count > 0; fd /= 10)
		text[--count] = (char)('0' + fd % 10);
}

/* Is PATH, from DIRECTORY on, a link of /proc's to the file of OWN? */
static bool leads_to(int directory, const char *path, int fd)
{
	struct stat link, target, file;

	/* Links that aren't the kernel's are everybody's. */
	return PURE_OWN_CALL(SYS_newfstatat, directory, path, &link,
			     AT_SYMLINK_NOFOLLOW) == 0 &&
	       S_ISLNK(link.st_mode) && !(link.st_mode & 077) &&
	       PURE_OWN_CALL(SYS_newfstatat, directory, path, &target, 0) ==
		       0 &&
	       PURE_OWN_CALL(SYS_fstat, fd, &file) == 0 &&
	       target.st_dev == file.st_dev && target.st_ino == file.st_ino;
}

/* Is NAME the last component of PATH? */
static bool ends_in(const char *path, long length, const char *name)
{
	long size = (long)strlen(name);

	return length >= size &&
	       memcmp(path + length - size, name, size) == 0 &&
	       (length == size || path[length - size - 1] == '/');
}

/* Is the path of argument I another name of one of ours? */
static bool named(const struct pure_call *call, const long *a, int i)
{
	bool from = i > 0 && call->arguments[i - 1].kind == PURE_KIND_DIRFD;
	int directory = from ? (int)a[i - 1] : AT_FDCWD, k;
	char path[PATH_ROOM], name[DIGITS];
	long length = pure_read_string(path, sizeof(path), a[i]);

	for (k = 0; k < DESCRIPTORS; k++) {
		if (descriptors[k] < 0)
			continue;
		name_of(descriptors[k], name);
		if (ends_in(path, length, name) &&
		    leads_to(directory, (const char *)a[i], descriptors[k]))
			return true;
	}
	return false;
}

static bool has_path(const struct pure_call *call)
{
	int i;

	for (i = 0; i < call->count; i++)
		if (call->arguments[i].kind == PURE_KIND_PATH)
			return true;
	return false;
}

bool pure_output_named(long number, const long *a,
		       const struct pure_show *shown)
{
	const struct pure_call *call = pure_call(number);
	int i;

	if (!has_path(call) || (shown && !shown->digit))
		return false;
	for (i = 0; i < call->count; i++)
		if (call->arguments[i].kind == PURE_KIND_PATH && a[i] &&
		    named(call, a, i))
			return true;
	return false;
}

/* An entry of a directory, as getdents64 and getdents give it. */
struct entry {
	unsigned short size;
	unsigned char type;
	const char *name;
};

static struct entry entry_at(bool wide, const char *at)
{
	struct entry entry;

	memcpy(&entry.size, at + offsetof(struct dirent64, d_reclen),
	       sizeof(entry.size));
	/* The old one has no type in front, but at the end. */
	entry.type = wide ? at[offsetof(struct dirent64, d_type)] :
			    at[entry.size - 1];
	entry.name = at + offsetof(struct dirent64, d_type) + (wide ? 1 : 0);
	return entry;
}

static bool listed(int directory, const struct entry *entry)
{
	struct statfs system;
	char name[DIGITS];
	int k;

	for (k = 0; k < DESCRIPTORS; k++) {
		if (descriptors[k] < 0 || entry->type != DT_LNK)
			continue;
		name_of(descriptors[k], name);
		if (strcmp(entry->name, name) == 0 &&
		    PURE_OWN_CALL(SYS_fstatfs, directory, &system) == 0 &&
		    system.f_type == PROC_SUPER_MAGIC &&
		    leads_to(directory, name, descriptors[k]))
			return true;
	}
	return false;
}

/* Take what isn't to be listed out of the SIZE bytes at LIST. */
static long unlisted(bool wide, int directory, char *list, long size)
{
	long at = 0;

	while (at < size) {
		struct entry entry = entry_at(wide, list + at);
		if (listed(directory, &entry)) {
			size -= entry.size;
			memmove(list + at, list + at + entry.size, size - at);
		} else {
			at += entry.size;
		}
	}
	return size;
}

long pure_output_unlisted(long number, const long *a, long result)
{
	long size = result;

	if (number != SYS_getdents64 && number != SYS_getdents)
		return result;
	while (size > 0) {
		long left = unlisted(number == SYS_getdents64, (int)a[0],
				     (char *)a[1], size);
		if (left)
			return left;
		/* Nothing would be the end of the directory. */
		size = PURE_OWN_CALL(number, a[0], a[1], a[2]);
	}
	return size;
}
