/*
 * kit: BPF filters, those of seccomp and of sockets.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include <linux/filter.h>
#include <linux/seccomp.h>

#include "show.h"

KIT_FLAGS(bpf_alu);
KIT_FLAGS(bpf_class);
KIT_FLAGS(bpf_jump);
KIT_FLAGS(bpf_misc);
KIT_FLAGS(bpf_mode);
KIT_FLAGS(bpf_return);
KIT_FLAGS(bpf_size);
KIT_FLAGS(bpf_source);
KIT_FLAGS(seccompaction);
KIT_FLAGS(skf_ad);

static void put_part(struct pure_show *show, const struct kit_flags *set,
		     unsigned int value)
{
	pure_put_char(show->text, '|');
	kit_put_one(show, set, value);
}

/* Bits that mean nothing in an instruction of this class. */
static void put_rest(struct pure_show *show, unsigned int value)
{
	if (!value)
		return;
	pure_put_char(show->text, '|');
	pure_put_hex(show->text, value);
	if (show->options->constants != 1)
		pure_put(show->text, " /* BPF_??? */");
}

static void put_code(struct pure_show *show, unsigned int code)
{
	const unsigned int rest = code & ~BPF_CLASS(code);

	kit_put_one(show, &kit_flags_bpf_class, BPF_CLASS(code));
	switch (BPF_CLASS(code)) {
	case BPF_LD:
	case BPF_LDX:
		put_part(show, &kit_flags_bpf_size, BPF_SIZE(code));
		put_part(show, &kit_flags_bpf_mode, BPF_MODE(code));
		break;
	case BPF_ALU:
		put_part(show, &kit_flags_bpf_source, BPF_SRC(code));
		put_part(show, &kit_flags_bpf_alu, BPF_OP(code));
		break;
	case BPF_JMP:
		put_part(show, &kit_flags_bpf_source, BPF_SRC(code));
		put_part(show, &kit_flags_bpf_jump, BPF_OP(code));
		break;
	case BPF_RET:
		put_part(show, &kit_flags_bpf_return, BPF_RVAL(code));
		put_rest(show, rest & ~BPF_RVAL(code));
		break;
	case BPF_MISC:
		put_part(show, &kit_flags_bpf_misc, BPF_MISCOP(code));
		put_rest(show, rest & ~BPF_MISCOP(code));
		break;
	default:
		put_rest(show, rest);
	}
}

static void put_action(struct pure_show *show, unsigned int value)
{
	const unsigned int action = value & SECCOMP_RET_ACTION_FULL;

	kit_put_one(show, &kit_flags_seccompaction, action);
	if (value & ~action) {
		pure_put_char(show->text, '|');
		pure_put_hex(show->text, value & ~action);
	}
}

/* "SKF_AD_OFF+": VALUE counts from BASE. */
static void put_base(struct pure_show *show, const char *name, int base)
{
	if (kit_begin_name(show, (unsigned int)base)) {
		pure_put(show->text, name);
		kit_end_name(show);
	}
	pure_put_char(show->text, '+');
}

/* Offsets that aren't in the packet. Is VALUE one? */
static bool put_offset(struct pure_show *show, unsigned int value)
{
	if (value >= (unsigned int)SKF_AD_OFF) {
		put_base(show, "SKF_AD_OFF", SKF_AD_OFF);
		kit_put_one(show, &kit_flags_skf_ad,
			    value - (unsigned int)SKF_AD_OFF);
	} else if (value >= (unsigned int)SKF_NET_OFF) {
		put_base(show, "SKF_NET_OFF", SKF_NET_OFF);
		pure_put_unsigned(show->text,
				  value - (unsigned int)SKF_NET_OFF);
	} else if (value >= (unsigned int)SKF_LL_OFF) {
		put_base(show, "SKF_LL_OFF", SKF_LL_OFF);
		pure_put_unsigned(show->text, value - (unsigned int)SKF_LL_OFF);
	} else {
		return false;
	}
	return true;
}

static void put_statement(struct pure_show *show,
			  const struct sock_filter *filter, bool seccomp)
{
	const unsigned int code = filter->code;

	pure_put(show->text, "BPF_STMT(");
	put_code(show, code);
	pure_put(show->text, ", ");
	if (seccomp && BPF_CLASS(code) == BPF_RET)
		put_action(show, filter->k);
	else if (seccomp || BPF_CLASS(code) != BPF_LD ||
		 BPF_MODE(code) != BPF_ABS || !put_offset(show, filter->k))
		pure_put_hex(show->text, filter->k);
	pure_put_char(show->text, ')');
}

static void put_jump(struct pure_show *show, const struct sock_filter *filter)
{
	pure_put(show->text, "BPF_JUMP(");
	put_code(show, filter->code);
	pure_put(show->text, ", ");
	pure_put_hex(show->text, filter->k);
	pure_put(show->text, ", ");
	pure_put_hex(show->text, filter->jt);
	pure_put(show->text, ", ");
	pure_put_hex(show->text, filter->jf);
	pure_put_char(show->text, ')');
}

static void put_seccomp(struct pure_show *show, const void *element)
{
	const struct sock_filter *filter = element;

	if (filter->jt || filter->jf)
		put_jump(show, filter);
	else
		put_statement(show, filter, true);
}

static void put_socket(struct pure_show *show, const void *element)
{
	const struct sock_filter *filter = element;

	if (filter->jt || filter->jf)
		put_jump(show, filter);
	else
		put_statement(show, filter, false);
}

void kit_put_instructions(struct pure_show *show, unsigned long address,
			  unsigned int count, bool seccomp)
{
	if (show->whole)
		kit_put_array(show, address, count, sizeof(struct sock_filter),
			      seccomp ? put_seccomp : put_socket);
	else
		kit_put_address(show, address);
}

void kit_put_filter(struct pure_show *show, unsigned long address, bool seccomp)
{
	struct sock_fprog program;

	if (!kit_fetch(show, &program, address, sizeof(program)))
		return;
	pure_put_char(show->text, '{');
	kit_put_unsigned(show, "len", program.len);
	pure_put(show->text, ", filter=");
	kit_put_instructions(show, (unsigned long)program.filter, program.len,
			     seccomp);
	pure_put_char(show->text, '}');
}
