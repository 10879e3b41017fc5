/*
 * kit: another path for a call.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/fanotify.h>
#include <linux/mount.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/mount.h>
#include <sys/syscall.h>

#include "kit.h"

/* Debian 12's headers don't have it. */
#ifndef SYS_fchmodat2
#define SYS_fchmodat2 452
#endif

/* No call has more. */
#define MOST_PATHS 2

/* Which calls don't follow a link at the end of a path: all others do. */
static const struct rule {
	short number;
	/* Which argument has FLAG; -1: never. */
	signed char argument;
	/* It is followed if FLAG is there. */
	bool if_there;
	unsigned int flag;
} rules[] = {
	{ SYS_lstat, -1, false, 0 },
	{ SYS_lchown, -1, false, 0 },
	{ SYS_readlink, -1, false, 0 },
	{ SYS_readlinkat, -1, false, 0 },
	{ SYS_unlink, -1, false, 0 },
	{ SYS_unlinkat, -1, false, 0 },
	{ SYS_rename, -1, false, 0 },
	{ SYS_renameat, -1, false, 0 },
	{ SYS_renameat2, -1, false, 0 },
	{ SYS_link, -1, false, 0 },
	{ SYS_linkat, 4, true, AT_SYMLINK_FOLLOW },
	{ SYS_symlink, -1, false, 0 },
	{ SYS_symlinkat, -1, false, 0 },
	{ SYS_mkdir, -1, false, 0 },
	{ SYS_mkdirat, -1, false, 0 },
	{ SYS_rmdir, -1, false, 0 },
	{ SYS_mknod, -1, false, 0 },
	{ SYS_mknodat, -1, false, 0 },
	{ SYS_lsetxattr, -1, false, 0 },
	{ SYS_lgetxattr, -1, false, 0 },
	{ SYS_llistxattr, -1, false, 0 },
	{ SYS_lremovexattr, -1, false, 0 },
	{ SYS_open, 1, false, O_NOFOLLOW },
	{ SYS_openat, 2, false, O_NOFOLLOW },
	{ SYS_newfstatat, 3, false, AT_SYMLINK_NOFOLLOW },
	{ SYS_statx, 2, false, AT_SYMLINK_NOFOLLOW },
	{ SYS_fchownat, 4, false, AT_SYMLINK_NOFOLLOW },
	{ SYS_faccessat2, 3, false, AT_SYMLINK_NOFOLLOW },
	{ SYS_utimensat, 3, false, AT_SYMLINK_NOFOLLOW },
	{ SYS_execveat, 4, false, AT_SYMLINK_NOFOLLOW },
	{ SYS_fchmodat2, 3, false, AT_SYMLINK_NOFOLLOW },
	{ SYS_mount_setattr, 2, false, AT_SYMLINK_NOFOLLOW },
	{ SYS_open_tree, 2, false, AT_SYMLINK_NOFOLLOW },
	{ SYS_name_to_handle_at, 4, true, AT_SYMLINK_FOLLOW },
	{ SYS_umount2, 1, false, UMOUNT_NOFOLLOW },
	{ SYS_inotify_add_watch, 2, false, IN_DONT_FOLLOW },
	{ SYS_fanotify_mark, 1, false, FAN_MARK_DONT_FOLLOW },
	{ SYS_fspick, 2, false, FSPICK_SYMLINK_NOFOLLOW },
};

/* Of a call that opens or makes a file. */
static bool makes_new(unsigned long flags)
{
	return (flags & (O_CREAT | O_EXCL)) == (O_CREAT | O_EXCL);
}

static bool opening_follows(const long *a)
{
	struct open_how how;

	return pure_read(&how, a[2], sizeof(how)) != sizeof(how) ||
	       (!(how.flags & O_NOFOLLOW) && !makes_new(how.flags));
}

bool pure_call_follows(long number, const long *a, int i)
{
	const struct rule *rule = rules,
			  *end = rules + sizeof(rules) / sizeof(*rules);

	if (number == SYS_openat2)
		return opening_follows(a);
	if (number == SYS_move_mount)
		return a[4] &
		       (i == 1 ? MOVE_MOUNT_F_SYMLINKS : MOVE_MOUNT_T_SYMLINKS);
	if ((number == SYS_open && makes_new(a[1])) ||
	    (number == SYS_openat && makes_new(a[2])))
		return false;
	while (rule < end && rule->number != number)
		rule++;
	if (rule == end)
		return true;
	return rule->argument >= 0 &&
	       rule->if_there == ((a[rule->argument] & rule->flag) != 0);
}

/* Does openat2 say that it is not to leave its directory? */
static bool confined(long number, const long *a)
{
	struct open_how how;

	return number == SYS_openat2 &&
	       pure_read(&how, a[2], sizeof(how)) == sizeof(how) &&
	       (how.resolve & (RESOLVE_BENEATH | RESOLVE_IN_ROOT));
}

/* Is argument I of call NUMBER one that is walked? */
static bool is_walked(long number, const long *a, int i)
{
	if (pure_call(number)->arguments[i].kind != PURE_KIND_PATH)
		return false;
	/* The text of a link is none. */
	if (i == 0 && (number == SYS_symlink || number == SYS_symlinkat))
		return false;
	return !confined(number, a);
}

bool pure_walk_argument(struct pure_path *to, const struct pure_view *view,
			long number, const long *a, int i)
{
	const struct pure_call *call = pure_call(number);
	char path[PURE_PATH_SIZE];
	int fd = AT_FDCWD;
	long length;

	if (!a[i] || !is_walked(number, a, i))
		return false;
	length = pure_read_string(path, sizeof(path), a[i]);
	/* Nothing is the descriptor itself, or an error. */
	if (length <= 0 || length == sizeof(path))
		return false;
	if (i > 0 && call->arguments[i - 1].kind == PURE_KIND_DIRFD)
		fd = (int)a[i - 1];
	return pure_walk(to, view, fd, path, pure_call_follows(number, a, i)) ==
	       0;
}

long pure_view_pass(const struct pure_view *view, long number, const long *a)
{
	const struct pure_call *call = pure_call(number);
	struct pure_path paths[MOST_PATHS];
	long b[PURE_ARGUMENTS];
	int i, used = 0;

	memcpy(b, a, sizeof(b));
	for (i = 0; i < call->count && used < MOST_PATHS; i++)
		if (pure_walk_argument(&paths[used], view, number, a, i) &&
		    paths[used].other)
			b[i] = (long)paths[used++].real;
	return pure_native_syscall(number, b[0], b[1], b[2], b[3], b[4], b[5]);
}
