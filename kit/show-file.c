/*
 * kit: files, file systems and the system.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysinfo.h>
#include <sys/sysmacros.h>
#include <sys/utsname.h>
#include <sys/vfs.h>

#include "show.h"

KIT_FLAGS(entry);
KIT_FLAGS(fdflags);
KIT_FLAGS(lock);
KIT_FLAGS(notify);
KIT_FLAGS(owner);
KIT_FLAGS(resolve);
KIT_FLAGS(statfs);
KIT_FLAGS(statfstype);
KIT_FLAGS(statxattr);
KIT_FLAGS(statxmask);
KIT_FLAGS(whence);

static void put_number(struct pure_show *show, const char *name, long value)
{
	kit_put_name(show, name);
	pure_put_signed(show->text, value);
}

static void put_count(struct pure_show *show, const char *name,
		      unsigned long value)
{
	kit_put_name(show, name);
	pure_put_unsigned(show->text, value);
}

static void put_device(struct pure_show *show, const char *name,
		       unsigned long value)
{
	kit_put_name(show, name);
	kit_put_dev(show, value);
}

static void put_time(struct pure_show *show, const char *name,
		     const char *part_name, const struct timespec *time)
{
	put_number(show, name, time->tv_sec);
	kit_put_date_comment(show, time->tv_sec, time->tv_nsec);
	put_number(show, part_name, time->tv_nsec);
}

static bool is_device(unsigned int mode)
{
	return S_ISCHR(mode) || S_ISBLK(mode);
}

void kit_put_stat_at(struct pure_show *show, unsigned long address, int i)
{
	const bool whole = show->whole;
	struct stat s;

	(void)i;
	if (!kit_fetch(show, &s, address, sizeof(s)))
		return;
	pure_put_char(show->text, '{');
	if (whole) {
		put_device(show, "st_dev", s.st_dev);
		put_count(show, "st_ino", s.st_ino);
	}
	kit_put_name(show, "st_mode");
	kit_put_file_mode(show, s.st_mode);
	if (whole) {
		put_count(show, "st_nlink", s.st_nlink);
		put_count(show, "st_uid", s.st_uid);
		put_count(show, "st_gid", s.st_gid);
		put_count(show, "st_blksize", s.st_blksize);
		put_count(show, "st_blocks", s.st_blocks);
	}
	if (is_device(s.st_mode))
		put_device(show, "st_rdev", s.st_rdev);
	else
		put_number(show, "st_size", s.st_size);
	if (whole) {
		put_time(show, "st_atime", "st_atime_nsec", &s.st_atim);
		put_time(show, "st_mtime", "st_mtime_nsec", &s.st_mtim);
		put_time(show, "st_ctime", "st_ctime_nsec", &s.st_ctim);
	}
	pure_put(show->text, whole ? "}" : ", ...}");
}

/* If it is there: S says so by MASK. */
static void put_statx_time(struct pure_show *show, const struct statx *s,
			   unsigned int mask, const char *name,
			   const struct statx_timestamp *time)
{
	if (!(s->stx_mask & mask))
		return;
	kit_put_name(show, name);
	pure_put_char(show->text, '{');
	kit_put_signed(show, "tv_sec", time->tv_sec);
	kit_put_unsigned(show, "tv_nsec", time->tv_nsec);
	pure_put_char(show->text, '}');
	kit_put_date_comment(show, time->tv_sec, time->tv_nsec);
}

/* Only with -v. */
static void put_statx_ids(struct pure_show *show, const struct statx *s)
{
	put_count(show, "stx_blksize", s->stx_blksize);
	kit_put_name(show, "stx_attributes");
	kit_put_flags(show, &kit_flags_statxattr, s->stx_attributes);
	put_count(show, "stx_nlink", s->stx_nlink);
	put_count(show, "stx_uid", s->stx_uid);
	put_count(show, "stx_gid", s->stx_gid);
}

static void put_statx_rest(struct pure_show *show, const struct statx *s)
{
	put_count(show, "stx_blocks", s->stx_blocks);
	kit_put_name(show, "stx_attributes_mask");
	kit_put_flags(show, &kit_flags_statxattr, s->stx_attributes_mask);
	put_statx_time(show, s, STATX_ATIME, "stx_atime", &s->stx_atime);
	put_statx_time(show, s, STATX_BTIME, "stx_btime", &s->stx_btime);
	put_statx_time(show, s, STATX_CTIME, "stx_ctime", &s->stx_ctime);
	put_statx_time(show, s, STATX_MTIME, "stx_mtime", &s->stx_mtime);
	put_count(show, "stx_rdev_major", s->stx_rdev_major);
	put_count(show, "stx_rdev_minor", s->stx_rdev_minor);
	put_count(show, "stx_dev_major", s->stx_dev_major);
	put_count(show, "stx_dev_minor", s->stx_dev_minor);
	kit_put_name(show, "stx_mnt_id");
	pure_put_hex(show->text, s->stx_mnt_id);
}

void kit_put_statx_at(struct pure_show *show, unsigned long address, int i)
{
	const bool whole = show->whole;
	struct statx s;

	(void)i;
	if (!kit_fetch(show, &s, address, sizeof(s)))
		return;
	pure_put(show->text, "{stx_mask=");
	kit_put_flags(show, &kit_flags_statxmask, s.stx_mask);
	if (whole) {
		put_statx_ids(show, &s);
	} else {
		kit_put_name(show, "stx_attributes");
		kit_put_flags(show, &kit_flags_statxattr, s.stx_attributes);
	}
	kit_put_name(show, "stx_mode");
	kit_put_file_mode(show, s.stx_mode);
	if (whole)
		put_count(show, "stx_ino", s.stx_ino);
	put_count(show, "stx_size", s.stx_size);
	if (whole)
		put_statx_rest(show, &s);
	pure_put(show->text, whole ? "}" : ", ...}");
}

void kit_put_statfs_at(struct pure_show *show, unsigned long address, int i)
{
	struct statfs s;

	(void)i;
	if (!kit_fetch(show, &s, address, sizeof(s)))
		return;
	pure_put(show->text, "{f_type=");
	kit_put_one(show, &kit_flags_statfstype, (unsigned int)s.f_type);
	put_count(show, "f_bsize", s.f_bsize);
	put_count(show, "f_blocks", s.f_blocks);
	put_count(show, "f_bfree", s.f_bfree);
	put_count(show, "f_bavail", s.f_bavail);
	put_count(show, "f_files", s.f_files);
	put_count(show, "f_ffree", s.f_ffree);
	pure_put(show->text, ", f_fsid={val=[");
	pure_put_hex(show->text, (unsigned int)s.f_fsid.__val[0]);
	pure_put(show->text, ", ");
	pure_put_hex(show->text, (unsigned int)s.f_fsid.__val[1]);
	pure_put(show->text, "]}");
	put_count(show, "f_namelen", s.f_namelen);
	put_count(show, "f_frsize", s.f_frsize);
	kit_put_name(show, "f_flags");
	kit_put_flags(show, &kit_flags_statfs, s.f_flags);
	pure_put_char(show->text, '}');
}

/* An entry of a directory at ADDRESS; returns its size, 0 if it can't be. */
static unsigned int put_entry(struct pure_show *show, unsigned long address,
			      bool wide, bool shown)
{
	struct dirent64 entry;
	const size_t fixed = offsetof(struct dirent64, d_type);
	const unsigned long name = address + fixed + (wide ? 1 : 0);
	unsigned char type;

	if (pure_read(&entry, address, fixed + 1) != fixed + 1 ||
	    !entry.d_reclen)
		return 0;
	type = entry.d_type;
	if (!wide)
		pure_read(&type, address + entry.d_reclen - 1, 1);
	if (!shown)
		return entry.d_reclen;
	pure_put_char(show->text, '{');
	kit_put_unsigned(show, "d_ino", entry.d_ino);
	put_count(show, "d_off", entry.d_off);
	put_count(show, "d_reclen", entry.d_reclen);
	if (wide) {
		kit_put_name(show, "d_type");
		kit_put_one(show, &kit_flags_entry, type);
	}
	kit_put_name(show, "d_name");
	kit_put_path(show, name, NAME_MAX);
	if (!wide) {
		kit_put_name(show, "d_type");
		kit_put_one(show, &kit_flags_entry, type);
	}
	pure_put_char(show->text, '}');
	return entry.d_reclen;
}

/* How many there are, or all of them. */
static void put_entries(struct pure_show *show, unsigned long address,
			bool wide)
{
	const bool whole = show->whole;
	const unsigned long size = show->left ? show->result : 0;
	unsigned long done, now, count = 0;

	if (whole)
		pure_put_char(show->text, '[');
	else
		kit_put_address(show, address);
	for (done = 0; done < size; done += now) {
		if (whole && count)
			pure_put(show->text, ", ");
		now = put_entry(show, address + done, wide, whole);
		if (!now)
			break;
		count++;
	}
	if (whole) {
		pure_put_char(show->text, ']');
		return;
	}
	pure_put(show->text, " /* ");
	pure_put_unsigned(show->text, count);
	pure_put(show->text, count == 1 ? " entry */" : " entries */");
}

void kit_put_dirents64_at(struct pure_show *show, unsigned long address, int i)
{
	(void)i;
	put_entries(show, address, true);
}

void kit_put_dirents_at(struct pure_show *show, unsigned long address, int i)
{
	(void)i;
	put_entries(show, address, false);
}

void kit_put_mincore_at(struct pure_show *show, unsigned long address, int i)
{
	const unsigned long pages = (show->arguments[1] + 4095) / 4096;
	unsigned long k;
	unsigned char one;

	(void)i;
	pure_put_char(show->text, '[');
	for (k = 0; k < pages; k++) {
		pure_put(show->text, k ? ", " : "");
		if (k >= show->options->string_size && !show->whole) {
			pure_put(show->text, "...");
			break;
		}
		if (pure_read(&one, address + k, 1) != 1)
			break;
		pure_put_unsigned(show->text, one & 1);
	}
	pure_put_char(show->text, ']');
}

void kit_put_openhow_at(struct pure_show *show, unsigned long address, int i)
{
	struct open_how how;

	/* One of another size can't be told. */
	if ((unsigned long)show->arguments[i + 1] < sizeof(how)) {
		kit_put_address(show, address);
		return;
	}
	if (!kit_fetch(show, &how, address, sizeof(how)))
		return;
	pure_put(show->text, "{flags=");
	kit_put_open_flags(show, how.flags);
	if (how.flags & (O_CREAT | (O_TMPFILE & ~O_DIRECTORY)) || how.mode) {
		kit_put_name(show, "mode");
		kit_put_mode(show, how.mode);
	}
	kit_put_name(show, "resolve");
	kit_put_flags(show, &kit_flags_resolve, how.resolve);
	kit_put_tail(show, address, sizeof(how), show->arguments[i + 1]);
	pure_put_char(show->text, '}');
}

static bool asks_for_lock(int command)
{
	return command == F_GETLK || command == F_OFD_GETLK;
}

bool kit_fcntl_asks(const struct pure_show *show)
{
	return asks_for_lock((int)show->arguments[1]) ||
	       (int)show->arguments[1] == F_GETOWN_EX;
}

static void put_lock(struct pure_show *show, unsigned long address)
{
	struct flock lock;

	if (!kit_fetch(show, &lock, address, sizeof(lock)))
		return;
	pure_put(show->text, "{l_type=");
	kit_put_one(show, &kit_flags_lock, (unsigned short)lock.l_type);
	kit_put_name(show, "l_whence");
	kit_put_one(show, &kit_flags_whence, (unsigned short)lock.l_whence);
	put_number(show, "l_start", lock.l_start);
	put_number(show, "l_len", lock.l_len);
	if (asks_for_lock((int)show->arguments[1]))
		put_number(show, "l_pid", lock.l_pid);
	pure_put_char(show->text, '}');
}

static void put_owner(struct pure_show *show, unsigned long address)
{
	struct f_owner_ex owner;

	if (!kit_fetch(show, &owner, address, sizeof(owner)))
		return;
	pure_put(show->text, "{type=");
	kit_put_one(show, &kit_flags_owner, (unsigned int)owner.type);
	put_number(show, "pid", owner.pid);
	pure_put_char(show->text, '}');
}

void kit_show_fcntlarg(struct pure_show *show, int i)
{
	const unsigned long value = show->arguments[i];

	switch ((int)show->arguments[i - 1]) {
	case F_GETFD:
	case F_GETFL:
	case F_GETOWN:
	case F_GETSIG:
	case F_GETLEASE:
	case F_GETPIPE_SZ:
	case F_GET_SEALS:
		break;
	case F_SETFD:
		kit_put_flags(show, &kit_flags_fdflags, (unsigned int)value);
		break;
	case F_SETFL:
		kit_put_open_flags(show, (unsigned int)value);
		break;
	case F_SETLK:
	case F_SETLKW:
	case F_GETLK:
	case F_OFD_SETLK:
	case F_OFD_SETLKW:
	case F_OFD_GETLK:
		put_lock(show, value);
		break;
	case F_SETOWN_EX:
		put_owner(show, value);
		break;
	case F_GETOWN_EX:
		if (kit_failed(show))
			kit_put_address(show, value);
		else
			put_owner(show, value);
		break;
	case F_SETSIG:
		kit_put_signal(show, (int)value);
		break;
	case F_NOTIFY:
		kit_put_flags(show, &kit_flags_notify, value);
		break;
	case F_SETLEASE:
		kit_put_one(show, &kit_flags_lock, (unsigned int)value);
		break;
	case F_DUPFD:
	case F_DUPFD_CLOEXEC:
	case F_SETOWN:
	case F_SETPIPE_SZ:
		pure_put_signed(show->text, (int)value);
		break;
	default:
		pure_put_hex(show->text, value);
	}
}

static void put_string(struct pure_show *show, const char *name,
		       const char *string, size_t size)
{
	kit_put_name(show, name);
	kit_put_bytes(show, string, strnlen(string, size), false);
}

void kit_put_utsname_at(struct pure_show *show, unsigned long address, int i)
{
	struct utsname u;

	(void)i;
	if (!kit_fetch(show, &u, address, sizeof(u)))
		return;
	pure_put_char(show->text, '{');
	put_string(show, "sysname", u.sysname, sizeof(u.sysname));
	put_string(show, "nodename", u.nodename, sizeof(u.nodename));
	if (show->whole) {
		put_string(show, "release", u.release, sizeof(u.release));
		put_string(show, "version", u.version, sizeof(u.version));
		put_string(show, "machine", u.machine, sizeof(u.machine));
		put_string(show, "domainname", u.domainname,
			   sizeof(u.domainname));
	}
	pure_put(show->text, show->whole ? "}" : ", ...}");
}

void kit_put_sysinfo_at(struct pure_show *show, unsigned long address, int i)
{
	struct sysinfo s;

	(void)i;
	if (!kit_fetch(show, &s, address, sizeof(s)))
		return;
	pure_put_char(show->text, '{');
	put_number(show, "uptime", s.uptime);
	pure_put(show->text, ", loads=[");
	pure_put_unsigned(show->text, s.loads[0]);
	pure_put(show->text, ", ");
	pure_put_unsigned(show->text, s.loads[1]);
	pure_put(show->text, ", ");
	pure_put_unsigned(show->text, s.loads[2]);
	pure_put_char(show->text, ']');
	put_count(show, "totalram", s.totalram);
	put_count(show, "freeram", s.freeram);
	put_count(show, "sharedram", s.sharedram);
	put_count(show, "bufferram", s.bufferram);
	put_count(show, "totalswap", s.totalswap);
	put_count(show, "freeswap", s.freeswap);
	put_count(show, "procs", s.procs);
	put_count(show, "totalhigh", s.totalhigh);
	put_count(show, "freehigh", s.freehigh);
	put_count(show, "mem_unit", s.mem_unit);
	pure_put_char(show->text, '}');
}

/* As strace has it: sendfile's has no sign. */
static void put_offset(struct pure_show *show, const char *before, long offset)
{
	pure_put(show->text, before);
	if (show->number == SYS_sendfile)
		pure_put_unsigned(show->text, offset);
	else
		pure_put_signed(show->text, offset);
	pure_put_char(show->text, ']');
}

/* [5], or after the call what it has become: [5] => [7]. */
void kit_show_inout_offset(struct pure_show *show, int i)
{
	const unsigned long address = show->arguments[i];
	const long before = (long)show->kept[i > 1];
	long now;

	if (!kit_fetch(show, &now, address, sizeof(now)))
		return;
	put_offset(show, "[", show->left ? before : now);
	if (show->left && !kit_failed(show) && before != now)
		put_offset(show, " => [", now);
}
