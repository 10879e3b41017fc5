/*
 * kit: ioctl.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include <linux/fiemap.h>
#include <linux/fs.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <termios.h>

#include "show.h"

/* <asm/termbits.h> doesn't go with <termios.h>. */
#define KIT_TCGETS2 0x802c542a
#define KIT_TCSETS2 0x402c542b
#define KIT_TCSETSW2 0x402c542c
#define KIT_TCSETSF2 0x402c542d
#ifndef INOTIFY_IOC_SETNEXTWD
#define INOTIFY_IOC_SETNEXTWD _IOW('I', 0, int)
#endif

KIT_FLAGS(fiemap);
KIT_FLAGS(fiemapextent);
KIT_FLAGS(fsflags);
KIT_FLAGS(fsxflags);
KIT_FLAGS(ioctl);
KIT_FLAGS(modem);
KIT_FLAGS(queue);
KIT_FLAGS(tcflow);

static void put_unknown(struct pure_show *show, unsigned int command)
{
	static const char *const ways[] = { "_IOC_NONE", "_IOC_WRITE",
					    "_IOC_READ",
					    "_IOC_READ|_IOC_WRITE" };

	pure_put(show->text, "_IOC(");
	pure_put(show->text, ways[_IOC_DIR(command)]);
	pure_put(show->text, ", ");
	pure_put_hex(show->text, _IOC_TYPE(command));
	pure_put(show->text, ", ");
	pure_put_hex(show->text, _IOC_NR(command));
	pure_put(show->text, ", ");
	pure_put_hex(show->text, _IOC_SIZE(command));
	pure_put_char(show->text, ')');
}

void kit_show_ioctl(struct pure_show *show, int i)
{
	const unsigned int command = (unsigned int)show->arguments[i];
	const char * or = "";
	const struct kit_flag *flag;

	if (!kit_begin_name(show, command))
		return;

	/* Some numbers have several names: it is the file that decides. */
	for (flag = kit_flags_ioctl.list; flag->name; flag++)
		if (flag->value == command) {
			pure_put(show->text, or);
			pure_put(show->text, flag->name);
			or = " or ";
		}
	if (!* or)
		put_unknown(show, command);
	kit_end_name(show);
}

/*
 * What a command takes, by a letter, in capitals if the call sets it: w a
 * window's size, t terminal settings, r newer and o older ones, m a modem's
 * lines, i an int, l flags of a file, y more of them, z what to trim, E
 * extents, s a byte, q a queue, f what to do with the flow, n a number, -
 * nothing, a and x another, an address or a number.
 */
static char command_argument(unsigned int command)
{
	switch (command) {
	case TIOCGWINSZ:
		return 'W';
	case TIOCSWINSZ:
		return 'w';
	case TCGETS:
	case TIOCGLCKTRMIOS:
		return 'T';
	case TCSETS:
	case TCSETSW:
	case TCSETSF:
	case TIOCSLCKTRMIOS:
		return 't';
	case KIT_TCGETS2:
		return 'R';
	case KIT_TCSETS2:
	case KIT_TCSETSW2:
	case KIT_TCSETSF2:
		return 'r';
	case TCGETA:
		return 'O';
	case TCSETA:
	case TCSETAW:
	case TCSETAF:
		return 'o';
	case TIOCMGET:
		return 'M';
	case TIOCMBIS:
	case TIOCMBIC:
	case TIOCMSET:
		return 'm';
	case TIOCSTI:
		return 's';
	case FS_IOC_GETFLAGS:
	case FS_IOC32_GETFLAGS:
		return 'L';
	case FS_IOC_SETFLAGS:
	case FS_IOC32_SETFLAGS:
		return 'l';
	case FS_IOC_FSGETXATTR:
		return 'Y';
	case FS_IOC_FSSETXATTR:
		return 'y';
	case FITRIM:
		return 'z';
	case FS_IOC_FIEMAP:
		return 'E';
	case FIONREAD:
	case TIOCOUTQ:
	case TIOCGPGRP:
	case TIOCGSID:
	case TIOCGETD:
	case TIOCGPTN:
	case TIOCGPKT:
	case TIOCGPTLCK:
	case TIOCGEXCL:
	case TIOCGDEV:
	case TIOCGSOFTCAR:
		return 'I';
	case FIONBIO:
	case FIOASYNC:
	case TIOCSPGRP:
	case TIOCSETD:
	case TIOCPKT:
	case TIOCSPTLCK:
	case TIOCSSOFTCAR:
		return 'i';
	case TCFLSH:
		return 'q';
	case TCXONC:
		return 'f';
	case TCSBRK:
	case TCSBRKP:
	case TIOCSCTTY:
	case FICLONE:
	case INOTIFY_IOC_SETNEXTWD:
		return 'n';
	case FIOCLEX:
	case FIONCLEX:
	case TIOCNOTTY:
	case TIOCEXCL:
	case TIOCNXCL:
	case TIOCSBRK:
	case TIOCCBRK:
	case TIOCCONS:
	case TIOCVHANGUP:
	case TIOCSSERIAL:
	case FIFREEZE:
	case FITHAW:
		return '-';
	}
	return kit_flag_name(&kit_flags_ioctl, command) ? 'a' : 'x';
}

bool kit_ioctl_asks(const struct pure_show *show)
{
	const char kind = command_argument((unsigned int)show->arguments[1]);

	return kind >= 'A' && kind <= 'Z';
}

static void put_int(struct pure_show *show, unsigned long address)
{
	int value;

	if (!kit_fetch(show, &value, address, sizeof(value)))
		return;
	pure_put_char(show->text, '[');
	pure_put_signed(show->text, value);
	pure_put_char(show->text, ']');
}

/* The word at ADDRESS as flags of SET, in brackets. */
static void put_word(struct pure_show *show, unsigned long address,
		     const struct kit_flags *set)
{
	unsigned int flags;

	if (!kit_fetch(show, &flags, address, sizeof(flags)))
		return;
	pure_put_char(show->text, '[');
	kit_put_flags(show, set, flags);
	pure_put_char(show->text, ']');
}

static void put_range(struct pure_show *show, unsigned long address)
{
	struct fstrim_range range;

	if (!kit_fetch(show, &range, address, sizeof(range)))
		return;
	pure_put(show->text, "{start=");
	pure_put_hex(show->text, range.start);
	kit_put_unsigned(show, "len", range.len);
	kit_put_unsigned(show, "minlen", range.minlen);
	pure_put_char(show->text, '}');
}

static void put_attributes(struct pure_show *show, unsigned long address,
			   bool got)
{
	struct fsxattr a;

	if (!kit_fetch(show, &a, address, sizeof(a)))
		return;
	pure_put(show->text, "{fsx_xflags=");
	kit_put_flags(show, &kit_flags_fsxflags, a.fsx_xflags);
	kit_put_unsigned(show, "fsx_extsize", a.fsx_extsize);
	if (got)
		kit_put_unsigned(show, "fsx_nextents", a.fsx_nextents);
	kit_put_name(show, "fsx_projid");
	pure_put_hex(show->text, a.fsx_projid);
	kit_put_unsigned(show, "fsx_cowextsize", a.fsx_cowextsize);
	pure_put_char(show->text, '}');
}

static void put_extent(struct pure_show *show, const void *element)
{
	const struct fiemap_extent *extent = element;

	pure_put_char(show->text, '{');
	kit_put_unsigned(show, "fe_logical", extent->fe_logical);
	kit_put_unsigned(show, "fe_physical", extent->fe_physical);
	kit_put_unsigned(show, "fe_length", extent->fe_length);
	kit_put_name(show, "fe_flags");
	kit_put_flags(show, &kit_flags_fiemapextent, extent->fe_flags);
	pure_put_char(show->text, '}');
}

/* What was asked for, and what came. */
static void put_extents(struct pure_show *show, unsigned long address)
{
	struct fiemap map;

	if (!kit_fetch(show, &map, address, sizeof(map)))
		return;
	pure_put_char(show->text, '{');
	kit_put_unsigned(show, "fm_start", map.fm_start);
	kit_put_unsigned(show, "fm_length", map.fm_length);
	kit_put_name(show, "fm_flags");
	kit_put_flags(show, &kit_flags_fiemap, map.fm_flags);
	kit_put_unsigned(show, "fm_extent_count", map.fm_extent_count);
	pure_put_char(show->text, '}');
	if (!show->left || kit_failed(show))
		return;
	pure_put(show->text, " => {fm_flags=");
	kit_put_flags(show, &kit_flags_fiemap, map.fm_flags);
	kit_put_unsigned(show, "fm_mapped_extents", map.fm_mapped_extents);
	if (show->options->whole) {
		kit_put_name(show, "fm_extents");
		kit_put_array(show, address + sizeof(map),
			      map.fm_mapped_extents,
			      sizeof(struct fiemap_extent), put_extent);
	} else {
		pure_put(show->text, ", ...");
	}
	pure_put_char(show->text, '}');
}

/* Those of files. Is it one? */
static bool put_of_file(struct pure_show *show, char kind, unsigned long value)
{
	switch (kind) {
	case 'l':
	case 'L':
		put_word(show, value, &kit_flags_fsflags);
		break;
	case 'y':
	case 'Y':
		put_attributes(show, value, kind == 'Y');
		break;
	case 'z':
		put_range(show, value);
		break;
	case 'E':
		put_extents(show, value);
		break;
	default:
		return false;
	}
	return true;
}

void kit_show_ioctlarg(struct pure_show *show, int i)
{
	const unsigned long value = show->arguments[i];
	char kind = command_argument((unsigned int)show->arguments[i - 1]);

	/* What the call would have set isn't there. */
	if (kit_failed(show) && kind >= 'A' && kind <= 'Z' && kind != 'E')
		kind = 'a';
	if (kit_put_of_terminal(show, kind, value) ||
	    put_of_file(show, kind, value))
		return;
	switch (kind) {
	case 'm':
	case 'M':
		put_word(show, value, &kit_flags_modem);
		break;
	case 's':
		kit_put_memory(show, value, 1);
		break;
	case 'i':
	case 'I':
		put_int(show, value);
		break;
	case 'q':
		kit_put_one(show, &kit_flags_queue, value);
		break;
	case 'f':
		kit_put_one(show, &kit_flags_tcflow, value);
		break;
	case 'n':
		pure_put_signed(show->text, (int)value);
		break;
	case '-':
		break;
	case 'a':
		kit_put_address(show, value);
		break;
	default:
		pure_put_hex(show->text, value);
	}
}
