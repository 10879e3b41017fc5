/*
 * kit: sets of flags, which make-flags.sh makes of flags.table.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <asm/prctl.h>
#include <asm/termbits.h>
#include <dirent.h>
#include <fcntl.h>
#include <linux/aio_abi.h>
#include <linux/btrfs.h>
#include <linux/capability.h>
#include <linux/close_range.h>
#include <linux/fanotify.h>
#include <linux/filter.h>
#include <linux/fs.h>
#include <linux/fiemap.h>
#include <linux/futex.h>
#include <linux/icmp.h>
#include <linux/if_packet.h>
#include <linux/io_uring.h>
#include <linux/ioprio.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/kcmp.h>
#include <linux/kexec.h>
#include <linux/keyctl.h>
#include <linux/landlock.h>
#include <linux/magic.h>
#include <linux/membarrier.h>
#include <linux/mempolicy.h>
#include <linux/mount.h>
#include <linux/module.h>
#include <linux/netlink.h>
#include <linux/openat2.h>
#include <linux/perf_event.h>
#include <linux/random.h>
#include <linux/reboot.h>
#include <linux/rseq.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <linux/securebits.h>
#include <linux/sockios.h>
#include <linux/soundcard.h>
#include <linux/tty.h>
#include <linux/userfaultfd.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/personality.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/swap.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <sys/timex.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <time.h>
#include <unistd.h>

#include "show.h"

/* Names that the C library has other values for, or none. */
#define KIT_O_LARGEFILE 0100000
#define KIT___O_SYNC 04000000
#define KIT___O_TMPFILE 020000000
#define KIT_PKEY_DISABLE_EXECUTE 4
#define KIT_IOCB_CMD_PREADX 4

/* Who may do what with a key. */
#define KEY_PERMISSIONS(who, shift)           \
	KEY_##who##_VIEW = 0x01 << (shift),   \
	KEY_##who##_READ = 0x02 << (shift),   \
	KEY_##who##_WRITE = 0x04 << (shift),  \
	KEY_##who##_SEARCH = 0x08 << (shift), \
	KEY_##who##_LINK = 0x10 << (shift),   \
	KEY_##who##_SETATTR = 0x20 << (shift)
enum {
	KEY_PERMISSIONS(POS, 24),
	KEY_PERMISSIONS(USR, 16),
	KEY_PERMISSIONS(GRP, 8),
	KEY_PERMISSIONS(OTH, 0)
};

#define KIT_MS_SUBMOUNT (1 << 26)
#define KIT_MS_NOREMOTELOCK (1 << 27)
#define KIT_MS_NOSEC (1 << 28)
#define KIT_MS_BORN (1 << 29)
#define KIT_ST_VALID 0x20
#define KIT_MODULE_INIT_COMPRESSED_FILE 4
#define KIT_SUID_DUMP_DISABLE 0
#define KIT_SUID_DUMP_USER 1
#define KIT_SUID_DUMP_ROOT 2
#define KIT_ARCH_GET_XCOMP_GUEST_PERM 0x1024
#define KIT_ARCH_REQ_XCOMP_GUEST_PERM 0x1025
#define KIT_FAN_DIR_MODIFY 0x00080000
#define KIT_PR_MTE_TCF_MASK PR_MTE_TCF_MASK
#define KIT_BOTHER 0010000
#define KIT_TCGETS2 0x802c542a
#define KIT_TCSETS2 0x402c542b
#define KIT_TCSETSW2 0x402c542c
#define KIT_TCSETSF2 0x402c542d
#define KIT_INOTIFY_IOC_SETNEXTWD _IOW('I', 0, int)
#define KIT_TIOCM_OUT1 0x2000
#define KIT_TIOCM_OUT2 0x4000
#define KIT_TIOCM_LOOP 0x8000
#define KIT_ICMP_FILTER ICMP_FILTER
#define KIT_SCM_SECURITY 3
#define KIT_SWAP_FLAG_DISCARD_ONCE 0x20000
#define KIT_SWAP_FLAG_DISCARD_PAGES 0x40000
/* The kernel's log, of which no header has the numbers. */
#define KIT_SYSLOG_ACTION_CLOSE 0
#define KIT_SYSLOG_ACTION_OPEN 1
#define KIT_SYSLOG_ACTION_READ 2
#define KIT_SYSLOG_ACTION_READ_ALL 3
#define KIT_SYSLOG_ACTION_READ_CLEAR 4
#define KIT_SYSLOG_ACTION_CLEAR 5
#define KIT_SYSLOG_ACTION_CONSOLE_OFF 6
#define KIT_SYSLOG_ACTION_CONSOLE_ON 7
#define KIT_SYSLOG_ACTION_CONSOLE_LEVEL 8
#define KIT_SYSLOG_ACTION_SIZE_UNREAD 9
#define KIT_SYSLOG_ACTION_SIZE_BUFFER 10
#define KIT_LOGLEVEL_EMERG 0
#define KIT_LOGLEVEL_ALERT 1
#define KIT_LOGLEVEL_CRIT 2
#define KIT_LOGLEVEL_ERR 3
#define KIT_LOGLEVEL_WARNING 4
#define KIT_LOGLEVEL_NOTICE 5
#define KIT_LOGLEVEL_INFO 6
#define KIT_LOGLEVEL_DEBUG 7
#define KIT_PIDTYPE_PID 0
#define KIT_PIDTYPE_TGID 1
#define KIT_PIDTYPE_PGID 2
#define KIT_PIDTYPE_SID 3
/* What XSAVE saves. */
#define KIT_XFEATURE_FP 0
#define KIT_XFEATURE_SSE 1
#define KIT_XFEATURE_YMM 2
#define KIT_XFEATURE_BNDREGS 3
#define KIT_XFEATURE_BNDCSR 4
#define KIT_XFEATURE_OPMASK 5
#define KIT_XFEATURE_ZMM_Hi256 6
#define KIT_XFEATURE_Hi16_ZMM 7
#define KIT_XFEATURE_PT_UNIMPLEMENTED_SO_FAR 8
#define KIT_XFEATURE_PKRU 9
#define KIT_XFEATURE_PASID 10
#define KIT_XFEATURE_LBR 15
#define KIT_XFEATURE_XTILE_CFG 17
#define KIT_XFEATURE_XTILE_DATA 18
#define KIT_XFEATURE_MASK_FP 0x1
#define KIT_XFEATURE_MASK_SSE 0x2
#define KIT_XFEATURE_MASK_FPSSE 0x3
#define KIT_XFEATURE_MASK_YMM 0x4
#define KIT_XFEATURE_MASK_BNDREGS 0x8
#define KIT_XFEATURE_MASK_BNDCSR 0x10
#define KIT_XFEATURE_MASK_OPMASK 0x20
#define KIT_XFEATURE_MASK_ZMM_Hi256 0x40
#define KIT_XFEATURE_MASK_Hi16_ZMM 0x80
#define KIT_XFEATURE_MASK_AVX512 0xe0
#define KIT_XFEATURE_MASK_PT 0x100
#define KIT_XFEATURE_MASK_PKRU 0x200
#define KIT_XFEATURE_MASK_PASID 0x400
#define KIT_XFEATURE_MASK_LBR 0x8000
#define KIT_XFEATURE_MASK_XTILE_CFG 0x20000
#define KIT_XFEATURE_MASK_XTILE_DATA 0x40000
#define KIT_XFEATURE_MASK_XTILE 0x60000
/* Of umount2, in a header that doesn't go with <linux/mount.h>. */
#define KIT_MNT_FORCE 1
#define KIT_MNT_DETACH 2
#define KIT_MNT_EXPIRE 4
#define KIT_UMOUNT_NOFOLLOW 8
#ifndef SA_RESTORER
#define SA_RESTORER 0x04000000
#endif
#ifndef SS_AUTODISARM
#define SS_AUTODISARM (1U << 31)
#endif
#ifndef PIDFD_NONBLOCK
#define PIDFD_NONBLOCK O_NONBLOCK
#endif
#ifndef FASYNC
#define FASYNC O_ASYNC
#endif
#undef O_RSYNC

#pragma GCC diagnostic ignored "-Wmissing-field-initializers"
#include "flags.inc"

const char *kit_flag_name(const struct kit_flags *set, unsigned long value)
{
	const struct kit_flag *flag;

	for (flag = set->list; flag->name; flag++)
		if (flag->value == value)
			return flag->name;
	return NULL;
}

enum { BY_NAME, BY_VALUE, BY_BOTH };

bool kit_begin_name(struct pure_show *show, unsigned long value)
{
	if (show->options->constants == BY_NAME)
		return true;
	pure_put_hex(show->text, value);
	if (show->options->constants == BY_VALUE)
		return false;
	pure_put(show->text, " /* ");
	return true;
}

void kit_end_name(struct pure_show *show)
{
	if (show->options->constants == BY_BOTH)
		pure_put(show->text, " */");
}

bool kit_begin_bytes(struct pure_show *show, const void *bytes, size_t size)
{
	const unsigned char *byte = bytes;
	size_t i;

	if (show->options->constants == BY_NAME)
		return true;
	pure_put_char(show->text, '"');
	for (i = 0; i < size; i++) {
		pure_put(show->text, "\\x");
		pure_put_digits(show->text, byte[i], 16, 2);
	}
	pure_put_char(show->text, '"');
	if (show->options->constants == BY_VALUE)
		return false;
	pure_put(show->text, " /* ");
	return true;
}

void kit_put_comment(struct pure_show *show, const char *other)
{
	if (show->options->constants == BY_VALUE || !*other)
		return;
	pure_put(show->text, " /* ");
	pure_put(show->text, other);
	pure_put(show->text, " */");
}

/* A value, or the rest of one, that has no name. */
static void put_other(struct pure_show *show, const struct kit_flags *set,
		      unsigned long value)
{
	pure_put_hex(show->text, value);
	kit_put_comment(show, set->other);
}

void kit_put_one(struct pure_show *show, const struct kit_flags *set,
		 unsigned long value)
{
	const char *name = kit_flag_name(set, value);

	if (!name) {
		put_other(show, set, value);
	} else if (kit_begin_name(show, value)) {
		pure_put(show->text, name);
		kit_end_name(show);
	}
}

bool kit_knows_flags(const struct kit_flags *set, unsigned long value)
{
	const struct kit_flag *flag;

	if (!value)
		return kit_flag_name(set, 0) != NULL;
	for (flag = set->list; flag->name; flag++)
		if (flag->value && (value & flag->value) == flag->value)
			return true;
	return false;
}

void kit_put_names(struct pure_show *show, const struct kit_flags *set,
		   unsigned long value)
{
	const char *bar = "";
	const struct kit_flag *flag;

	if (!value)
		pure_put(show->text, kit_flag_name(set, 0));
	for (flag = set->list; flag->name; flag++)
		if (flag->value && (value & flag->value) == flag->value) {
			pure_put(show->text, bar);
			pure_put(show->text, flag->name);
			value &= ~flag->value;
			bar = "|";
		}
	if (value) {
		pure_put(show->text, bar);
		pure_put_hex(show->text, value);
	}
}

void kit_put_flags(struct pure_show *show, const struct kit_flags *set,
		   unsigned long value)
{
	if (!kit_knows_flags(set, value)) {
		if (value)
			put_other(show, set, value);
		else
			pure_put_char(show->text, '0');
	} else if (kit_begin_name(show, value)) {
		kit_put_names(show, set, value);
		kit_end_name(show);
	}
}

void kit_put_named_int(struct pure_show *show, int value, const char *name)
{
	if (show->options->constants != BY_NAME)
		pure_put_signed(show->text, value);
	if (show->options->constants == BY_VALUE)
		return;
	if (show->options->constants == BY_BOTH)
		pure_put(show->text, " /* ");
	pure_put(show->text, name);
	kit_end_name(show);
}

void kit_put_both(struct pure_show *show, const struct kit_flags *set,
		  int value)
{
	const char *name = kit_flag_name(set, (unsigned long)(long)value);

	pure_put_signed(show->text, value);
	pure_put(show->text, " /* ");
	pure_put(show->text, name ? name : set->other);
	pure_put(show->text, " */");
}

void kit_put_verbose(struct pure_show *show, const struct kit_flags *set,
		     unsigned long value)
{
	const char *name = kit_flag_name(set, value);

	pure_put_hex(show->text, value);
	kit_put_comment(show, name ? name : set->other);
}

void kit_put_one_unsigned(struct pure_show *show, const struct kit_flags *set,
			  unsigned int value)
{
	const char *name = kit_flag_name(set, value);

	if (name) {
		kit_put_named_int(show, (int)value, name);
	} else {
		pure_put_unsigned(show->text, value);
		kit_put_comment(show, set->other);
	}
}

void kit_put_one_signed(struct pure_show *show, const struct kit_flags *set,
			int value)
{
	const char *name = kit_flag_name(set, (unsigned long)(long)value);

	if (name) {
		kit_put_named_int(show, value, name);
	} else {
		pure_put_signed(show->text, value);
		kit_put_comment(show, set->other);
	}
}
