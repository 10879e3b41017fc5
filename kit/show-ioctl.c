/*
 * kit: ioctl.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <termios.h>

#include "show.h"

KIT_FLAGS(ioctl);
KIT_FLAGS(queue);
KIT_FLAGS(tcbaud);
KIT_FLAGS(tccflag);
KIT_FLAGS(tcflow);
KIT_FLAGS(tciflag);
KIT_FLAGS(tclflag);
KIT_FLAGS(tcoflag);
KIT_FLAGS(tcsize);
KIT_FLAGS(tctab);

/* How many control characters the kernel's struct termios has. */
#define KERNEL_NCCS 19

struct kernel_termios {
	unsigned int iflag, oflag, cflag, lflag;
	unsigned char line, cc[KERNEL_NCCS];
};

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

	/* Some numbers have several names: it is the file that decides. */
	for (flag = kit_flags_ioctl.list; flag->name; flag++)
		if (flag->value == command) {
			pure_put(show->text, or);
			pure_put(show->text, flag->name);
			or = " or ";
		}
	if (!* or)
		put_unknown(show, command);
}

/*
 * What a command takes, by a letter: w a window's size, t terminal settings,
 * i an int that it reads, I that it sets, q a queue, f what to do with the
 * flow, n a number, - nothing, x another.
 */
static char command_argument(unsigned int command)
{
	switch (command) {
	case TIOCGWINSZ:
		return 'W';
	case TIOCSWINSZ:
		return 'w';
	case TCGETS:
		return 'T';
	case TCSETS:
	case TCSETSW:
	case TCSETSF:
		return 't';
	case FIONREAD:
	case TIOCOUTQ:
	case TIOCGPGRP:
	case TIOCGSID:
	case TIOCGETD:
	case TIOCGPTN:
	case TIOCGPKT:
	case TIOCGPTLCK:
	case TIOCGEXCL:
		return 'I';
	case FIONBIO:
	case FIOASYNC:
	case TIOCSPGRP:
	case TIOCSETD:
	case TIOCPKT:
	case TIOCSPTLCK:
		return 'i';
	case TCFLSH:
		return 'q';
	case TCXONC:
		return 'f';
	case TCSBRK:
	case TCSBRKP:
	case TIOCSCTTY:
	case FICLONE:
		return 'n';
	case FIOCLEX:
	case FIONCLEX:
	case TIOCNOTTY:
	case TIOCEXCL:
	case TIOCNXCL:
	case TIOCSBRK:
	case TIOCCBRK:
		return '-';
	}
	return kit_flag_name(&kit_flags_ioctl, command) ? 'a' : 'x';
}

bool kit_ioctl_asks(const struct pure_show *show)
{
	const char kind = command_argument((unsigned int)show->arguments[1]);

	return kind >= 'A' && kind <= 'Z';
}

static void put_window(struct pure_show *show, unsigned long address)
{
	struct winsize size;

	if (!kit_fetch(show, &size, address, sizeof(size)))
		return;
	pure_put_char(show->text, '{');
	kit_put_unsigned(show, "ws_row", size.ws_row);
	kit_put_unsigned(show, "ws_col", size.ws_col);
	kit_put_unsigned(show, "ws_xpixel", size.ws_xpixel);
	kit_put_unsigned(show, "ws_ypixel", size.ws_ypixel);
	pure_put_char(show->text, '}');
}

/* A field of the output flags that is a number: "NL0|". */
static void put_delay(struct pure_show *show, const char *name,
		      unsigned int value, unsigned int mask)
{
	pure_put(show->text, name);
	pure_put_unsigned(show->text, (value & mask) / (mask & -(int)mask));
	pure_put_char(show->text, '|');
}

static void put_output_flags(struct pure_show *show, unsigned int flags)
{
	const unsigned int delays =
		NLDLY | CRDLY | TABDLY | BSDLY | VTDLY | FFDLY;

	put_delay(show, "NL", flags, NLDLY);
	put_delay(show, "CR", flags, CRDLY);
	kit_put_one(show, &kit_flags_tctab, flags & TABDLY);
	pure_put_char(show->text, '|');
	put_delay(show, "BS", flags, BSDLY);
	put_delay(show, "VT", flags, VTDLY);
	put_delay(show, "FF", flags, FFDLY);
	if (flags & ~delays)
		kit_put_flags(show, &kit_flags_tcoflag, flags & ~delays);
	else
		show->text->end--;
}

static void put_control_flags(struct pure_show *show, unsigned int flags)
{
	const unsigned int fields = CBAUD | CSIZE;

	kit_put_one(show, &kit_flags_tcbaud, flags & CBAUD);
	pure_put_char(show->text, '|');
	kit_put_one(show, &kit_flags_tcsize, flags & CSIZE);
	if (flags & ~fields) {
		pure_put_char(show->text, '|');
		kit_put_flags(show, &kit_flags_tccflag, flags & ~fields);
	}
}

static void put_characters(struct pure_show *show,
			   const struct kernel_termios *t)
{
	static const char *const names[KERNEL_NCCS] = {
		"VINTR",    "VQUIT",	"VERASE",  "VKILL",  "VEOF",  "VTIME",
		"VMIN",	    "VSWTC",	"VSTART",  "VSTOP",  "VSUSP", "VEOL",
		"VREPRINT", "VDISCARD", "VWERASE", "VLNEXT", "VEOL2"
	};
	int i;

	pure_put(show->text, t->line ? ", c_line=" : ", c_line=N_TTY");
	if (t->line)
		pure_put_hex(show->text, t->line);
	pure_put(show->text, ", c_cc=[");
	for (i = 0; i < KERNEL_NCCS; i++) {
		pure_put(show->text, i ? ", [" : "[");
		if (names[i])
			pure_put(show->text, names[i]);
		else
			pure_put_unsigned(show->text, i);
		pure_put(show->text, "]=");
		pure_put_hex(show->text, t->cc[i]);
	}
	pure_put_char(show->text, ']');
}

static void put_terminal(struct pure_show *show, unsigned long address)
{
	struct kernel_termios t;

	if (!kit_fetch(show, &t, address, sizeof(t)))
		return;
	pure_put(show->text, "{c_iflag=");
	kit_put_flags(show, &kit_flags_tciflag, t.iflag);
	pure_put(show->text, ", c_oflag=");
	put_output_flags(show, t.oflag);
	pure_put(show->text, ", c_cflag=");
	put_control_flags(show, t.cflag);
	pure_put(show->text, ", c_lflag=");
	kit_put_flags(show, &kit_flags_tclflag, t.lflag);
	if (show->options->whole)
		put_characters(show, &t);
	pure_put(show->text, show->options->whole ? "}" : ", ...}");
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

void kit_show_ioctlarg(struct pure_show *show, int i)
{
	const unsigned long value = show->arguments[i];
	char kind = command_argument((unsigned int)show->arguments[i - 1]);

	/* What the call would have set isn't there. */
	if (kit_failed(show) && kind >= 'A' && kind <= 'Z')
		kind = 'a';
	switch (kind) {
	case 'w':
	case 'W':
		put_window(show, value);
		break;
	case 't':
	case 'T':
		put_terminal(show, value);
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
