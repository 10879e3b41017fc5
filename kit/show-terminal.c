/*
 * kit: ioctl of terminals.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _DEFAULT_SOURCE
#include <asm/termbits.h> /* a C library may have other speeds */
#include <stddef.h>
#include <sys/ioctl.h>

#include "show.h"

KIT_FLAGS(tcbaud);
KIT_FLAGS(tccflag);
KIT_FLAGS(tciflag);
KIT_FLAGS(tclflag);
KIT_FLAGS(tcline);
KIT_FLAGS(tcoflag);
KIT_FLAGS(tcsize);
KIT_FLAGS(tctab);

/* How many control characters the kernel's structs have. */
#define KERNEL_NCCS 19
#define KERNEL_NCC 8

/* Its struct termios ends before the speeds. */
struct kernel_termios2 {
	unsigned int iflag, oflag, cflag, lflag;
	unsigned char line, cc[KERNEL_NCCS];
	unsigned int ispeed, ospeed;
};

struct kernel_termio {
	unsigned short iflag, oflag, cflag, lflag;
	unsigned char line, cc[KERNEL_NCC];
};

/* A field of the output flags that is a number: "NL0|". */
static void put_delay(struct pure_show *show, const char *name,
		      unsigned int value, unsigned int mask)
{
	if (kit_begin_name(show, value & mask)) {
		pure_put(show->text, name);
		pure_put_unsigned(show->text,
				  (value & mask) / (mask & -(int)mask));
		kit_end_name(show);
	}
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
	const unsigned int fields = CBAUD | CSIZE | CBAUD << IBSHIFT;

	kit_put_one(show, &kit_flags_tcbaud, flags & CBAUD);
	pure_put_char(show->text, '|');
	if (flags & CBAUD << IBSHIFT) {
		kit_put_one(show, &kit_flags_tcbaud, flags >> IBSHIFT & CBAUD);
		pure_put(show->text, "<<IBSHIFT|");
	}
	kit_put_one(show, &kit_flags_tcsize, flags & CSIZE);
	if (flags & ~fields) {
		pure_put_char(show->text, '|');
		kit_put_flags(show, &kit_flags_tccflag, flags & ~fields);
	}
}

/* COUNT control characters, of which NAMES are there. */
static void put_characters(struct pure_show *show, const unsigned char *cc,
			   const char *const *names, int count)
{
	int i;

	pure_put(show->text, ", c_cc=[");
	for (i = 0; i < count; i++) {
		pure_put(show->text, i ? ", [" : "[");
		if (names[i])
			pure_put(show->text, names[i]);
		else
			pure_put_unsigned(show->text, i);
		pure_put(show->text, "]=");
		pure_put_hex(show->text, cc[i]);
	}
	pure_put_char(show->text, ']');
}

/*
 * The four sets of flags; and, where a terminal is shown as a whole, its line:
 * then the rest is to follow.
 */
static bool put_flags(struct pure_show *show, unsigned int iflag,
		      unsigned int oflag, unsigned int cflag,
		      unsigned int lflag, unsigned char line)
{
	pure_put(show->text, "{c_iflag=");
	kit_put_flags(show, &kit_flags_tciflag, iflag);
	pure_put(show->text, ", c_oflag=");
	put_output_flags(show, oflag);
	pure_put(show->text, ", c_cflag=");
	put_control_flags(show, cflag);
	pure_put(show->text, ", c_lflag=");
	kit_put_flags(show, &kit_flags_tclflag, lflag);
	if (!show->whole) {
		pure_put(show->text, ", ...}");
		return false;
	}
	pure_put(show->text, ", c_line=");
	kit_put_one(show, &kit_flags_tcline, line);
	return true;
}

/* NEWER: with the speeds. */
static void put_terminal(struct pure_show *show, unsigned long address,
			 bool newer)
{
	static const char *const names[KERNEL_NCCS] = {
		"VINTR",    "VQUIT",	"VERASE",  "VKILL",  "VEOF",  "VTIME",
		"VMIN",	    "VSWTC",	"VSTART",  "VSTOP",  "VSUSP", "VEOL",
		"VREPRINT", "VDISCARD", "VWERASE", "VLNEXT", "VEOL2"
	};
	struct kernel_termios2 t;

	if (!kit_fetch(show, &t, address,
		       newer ? sizeof(t) :
			       offsetof(struct kernel_termios2, ispeed)))
		return;
	if (!put_flags(show, t.iflag, t.oflag, t.cflag, t.lflag, t.line))
		return;
	put_characters(show, t.cc, names, KERNEL_NCCS);
	if (newer) {
		kit_put_unsigned(show, "c_ispeed", t.ispeed);
		kit_put_unsigned(show, "c_ospeed", t.ospeed);
	}
	pure_put_char(show->text, '}');
}

static void put_old_terminal(struct pure_show *show, unsigned long address)
{
	static const char *const names[KERNEL_NCC] = { "VINTR",	 "VQUIT",
						       "VERASE", "VKILL",
						       "VEOF",	 "VTIME",
						       "VMIN",	 "VSWTC" };
	struct kernel_termio t;

	if (!kit_fetch(show, &t, address,
		       offsetof(struct kernel_termio, cc) + KERNEL_NCC))
		return;
	if (!put_flags(show, t.iflag, t.oflag, t.cflag, t.lflag, t.line))
		return;
	put_characters(show, t.cc, names, KERNEL_NCC);
	pure_put_char(show->text, '}');
}

bool kit_kind_termios(struct pure_show *show, const struct kit_field *field,
		      const struct kit_data *data)
{
	(void)field;
	put_terminal(show, data->address, false);
	return true;
}

bool kit_kind_newtermios(struct pure_show *show, const struct kit_field *field,
			 const struct kit_data *data)
{
	(void)field;
	put_terminal(show, data->address, true);
	return true;
}

bool kit_kind_termio(struct pure_show *show, const struct kit_field *field,
		     const struct kit_data *data)
{
	(void)field;
	put_old_terminal(show, data->address);
	return true;
}
