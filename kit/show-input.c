/*
 * kit: what the commands of input devices take, beyond ioctl.table.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include <linux/input.h>
#include <stddef.h>
#include <sys/ioctl.h>

#include "show.h"

KIT_FIELDS(ff_constant_effect);
KIT_FIELDS(ff_periodic_effect);
KIT_FIELDS(ff_ramp_effect);
KIT_FIELDS(ff_rumble_effect);
KIT_FIELDS(input_absinfo);
KIT_FLAGS(evabs);
KIT_FLAGS(evff);
KIT_FLAGS(evffstatus);
KIT_FLAGS(evkey);
KIT_FLAGS(evled);
KIT_FLAGS(evmisc);
KIT_FLAGS(evmt);
KIT_FLAGS(evprop);
KIT_FLAGS(evrel);
KIT_FLAGS(evrep);
KIT_FLAGS(evsnd);
KIT_FLAGS(evsw);
KIT_FLAGS(evtype);

/* The size of a command's memory is a part of its number, and so is which axis
   or type of event it is about. */
#define SIZE_MASK ((unsigned int)_IOC_SIZEMASK << _IOC_SIZESHIFT)
#define TYPES 0x1f
#define AXES 0x3f

unsigned int kit_input_command(unsigned int command)
{
	const unsigned int plain = command & ~SIZE_MASK;

	if ((plain & ~(unsigned int)TYPES) == EVIOCGBIT(0, 0))
		return EVIOCGBIT(0, 0);
	if ((plain & ~(unsigned int)AXES) == (EVIOCGABS(0) & ~SIZE_MASK))
		return EVIOCGABS(0);
	if ((plain & ~(unsigned int)AXES) == (EVIOCSABS(0) & ~SIZE_MASK))
		return EVIOCSABS(0);
	return command;
}

static unsigned int command_of(const struct pure_show *show)
{
	return (unsigned int)show->arguments[1];
}

/* An axis; its resolution came later, and more may follow. */
bool kit_kind_absinfo(struct pure_show *show, const struct kit_field *field,
		      const struct kit_data *data)
{
	const unsigned int old = offsetof(struct input_absinfo, resolution);
	const unsigned int size = _IOC_SIZE(command_of(show));
	struct input_absinfo info;
	struct kit_data all = { .bytes = (void *)&info, .size = sizeof(info) };

	(void)field;
	if (size < sizeof(info))
		all.size = old;
	if (size < old) {
		kit_put_address(show, data->address);
		return true;
	}
	if (!kit_fetch(show, &info, data->address, all.size))
		return true;
	pure_put_char(show->text, '{');
	kit_put_fields(show, kit_fields_input_absinfo.list, all.size, &all);
	if (size > all.size && show->whole)
		pure_put(show->text, ", ...");
	pure_put_char(show->text, '}');
	return true;
}

/* "[3, KEY_2]". */
bool kit_kind_keycode(struct pure_show *show, const struct kit_field *field,
		      const struct kit_data *data)
{
	unsigned int codes[2];

	(void)field;
	if (!kit_fetch(show, codes, data->address, sizeof(codes)))
		return true;
	pure_put_char(show->text, '[');
	pure_put_unsigned(show->text, codes[0]);
	pure_put(show->text, ", ");
	kit_put_one(show, &kit_flags_evkey, codes[1]);
	pure_put_char(show->text, ']');
	return true;
}

/* An effect is of the kind that its type says, which it begins with. */
bool kit_kind_effect(struct pure_show *show, const struct kit_field *field,
		     const struct kit_data *data)
{
	static const struct {
		const struct kit_fields *fields;
		unsigned int type;
	} kinds[] = {
		{ &kit_fields_ff_constant_effect, FF_CONSTANT },
		{ &kit_fields_ff_periodic_effect, FF_PERIODIC },
		{ &kit_fields_ff_ramp_effect, FF_RAMP },
		{ &kit_fields_ff_rumble_effect, FF_RUMBLE },
	};
	const unsigned int type = kit_number(kit_start_of(field, data), 2);
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (kinds[i].fields == field->with && kinds[i].type == type)
			return kit_kind_struct(show, field, data);
	return false;
}

/* The names of a command's bits, and how many there are. */
struct bits {
	const struct kit_flags *names;
	unsigned int count;
};

static struct bits event_bits(unsigned int type)
{
	switch (type) {
	case EV_SYN:
		return (struct bits){ &kit_flags_evtype, EV_MAX + 1 };
	case EV_KEY:
		return (struct bits){ &kit_flags_evkey, KEY_MAX + 1 };
	case EV_REL:
		return (struct bits){ &kit_flags_evrel, REL_MAX + 1 };
	case EV_ABS:
		return (struct bits){ &kit_flags_evabs, ABS_MAX + 1 };
	case EV_MSC:
		return (struct bits){ &kit_flags_evmisc, MSC_MAX + 1 };
	case EV_SW:
		return (struct bits){ &kit_flags_evsw, SW_MAX + 1 };
	case EV_LED:
		return (struct bits){ &kit_flags_evled, LED_MAX + 1 };
	case EV_SND:
		return (struct bits){ &kit_flags_evsnd, SND_MAX + 1 };
	case EV_REP:
		return (struct bits){ &kit_flags_evrep, REP_MAX + 1 };
	case EV_FF:
		return (struct bits){ &kit_flags_evff, FF_MAX + 1 };
	case EV_FF_STATUS:
		return (struct bits){ &kit_flags_evffstatus,
				      FF_STATUS_MAX + 1 };
	}
	return (struct bits){ NULL, 0 };
}

static struct bits bits_of(unsigned int command)
{
	switch (command & ~SIZE_MASK) {
	case EVIOCGPROP(0):
		return (struct bits){ &kit_flags_evprop, INPUT_PROP_MAX + 1 };
	case EVIOCGKEY(0):
		return event_bits(EV_KEY);
	case EVIOCGLED(0):
		return event_bits(EV_LED);
	case EVIOCGSND(0):
		return event_bits(EV_SND);
	case EVIOCGSW(0):
		return event_bits(EV_SW);
	}
	return event_bits(_IOC_NR(command) & TYPES);
}

/* As many are shown if not all are. */
#define SHORT_BITS 4

static void put_bits(struct pure_show *show, const struct kit_flags *names,
		     const unsigned long *words, unsigned int count)
{
	const unsigned int width = 8 * sizeof(*words);
	unsigned int shown = 0, i;

	pure_put_char(show->text, '[');
	for (i = 0; i < count; i++) {
		if (!(words[i / width] >> (i % width) & 1))
			continue;
		pure_put(show->text, shown ? " " : "");
		if (shown == SHORT_BITS && !show->whole) {
			pure_put(show->text, "...");
			break;
		}
		kit_put_one(show, names, i);
		shown++;
	}
	pure_put_char(show->text, ']');
}

static void put_words(struct pure_show *show, const unsigned long *words,
		      unsigned int count)
{
	unsigned int i;

	for (i = 0; i < count; i++) {
		pure_put(show->text, i ? ", " : "[");
		pure_put_hex(show->text, words[i]);
	}
	pure_put_char(show->text, ']');
}

/* As many bytes of bits as the call has set, by their names. */
bool kit_kind_evbits(struct pure_show *show, const struct kit_field *field,
		     const struct kit_data *data)
{
	const struct bits bits = bits_of(command_of(show));
	unsigned long words[(KEY_MAX + 1) / (8 * sizeof(long))];
	unsigned int bytes = (bits.count + 7) / 8, count;

	(void)field;
	if (show->result < (long)bytes)
		bytes = (unsigned int)show->result;
	count = (bytes + sizeof(long) - 1) / sizeof(long);
	if (show->result <= 0 || !bits.names) {
		kit_put_address(show, data->address);
		return true;
	}
	if (!kit_fetch(show, words, data->address, count * sizeof(long)))
		return true;
	if (show->options->constants != 1)
		put_bits(show, bits.names, words, 8 * bytes);
	pure_put(show->text, show->options->constants == 2 ? " /* " : "");
	if (show->options->constants)
		put_words(show, words, count);
	kit_end_name(show);
	return true;
}

/* A code of multi-touch, and its value of each slot. */
bool kit_kind_evslots(struct pure_show *show, const struct kit_field *field,
		      const struct kit_data *data)
{
	static const struct kit_field values = { .width = sizeof(int) };
	const unsigned int size = _IOC_SIZE(command_of(show));
	struct kit_data rest = { .address = data->address + sizeof(int),
				 .size = size - sizeof(int) };
	unsigned int code;

	(void)field;
	if (size < sizeof(code)) {
		kit_put_address(show, data->address);
		return true;
	}
	if (!kit_fetch(show, &code, data->address, sizeof(code)))
		return true;
	pure_put(show->text, "{code=");
	kit_put_one(show, &kit_flags_evmt, code);
	kit_put_name(show, "values");
	if (rest.size < sizeof(int))
		pure_put(show->text, "[]");
	else
		kit_kind_ds(show, &values, &rest);
	pure_put_char(show->text, '}');
	return true;
}
