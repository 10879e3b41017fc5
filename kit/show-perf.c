/*
 * kit: perf_event_open. Which values there are is in perf.table.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include <linux/hw_breakpoint.h>
#include <linux/perf_event.h>
#include <stddef.h>
#include <string.h>

#include "show.h"

KIT_FLAGS(clock);

#include "perf.inc"

/* What is known of the struct; what of it comes before "...". */
#define KNOWN_SIZE 128
#define SHORT_SIZE offsetof(struct perf_event_attr, wakeup_events)

/* The bits of a word, from the first on; precise_ip has two. */
#define PRECISE_BIT 15
static const char *const bits[] = {
	"disabled",
	"inherit",
	"pinned",
	"exclusive",
	"exclude_user",
	"exclude_kernel",
	"exclude_hv",
	"exclude_idle",
	"mmap",
	"comm",
	"freq",
	"inherit_stat",
	"enable_on_exec",
	"task",
	"watermark",
	"precise_ip",
	NULL,
	"mmap_data",
	"sample_id_all",
	"exclude_host",
	"exclude_guest",
	"exclude_callchain_kernel",
	"exclude_callchain_user",
	"mmap2",
	"comm_exec",
	"use_clockid",
	"context_switch",
	"write_backward",
	"namespaces",
	"ksymbol",
	"bpf_event",
	"aux_output",
	"cgroup",
	"text_poke",
	"build_id",
	"inherit_thread",
	"remove_on_exec",
	"sigtrap",
};
#define BITS (sizeof(bits) / sizeof(*bits))

static void put_hex(struct pure_show *show, const char *name,
		    unsigned long value)
{
	kit_put_name(show, name);
	pure_put_hex(show->text, value);
}

/* What is said whatever -X says. */
static void put_note(struct pure_show *show, const char *note)
{
	pure_put(show->text, " /* ");
	pure_put(show->text, note);
	pure_put(show->text, " */");
}

static void put_shifted(struct pure_show *show, unsigned long value,
			unsigned int shift)
{
	if (!(value >> shift))
		return;
	pure_put_hex(show->text, value >> shift);
	pure_put(show->text, "<<");
	pure_put_unsigned(show->text, shift);
	pure_put_char(show->text, '|');
}

/* A cache, what is done with it, and how that ends: a byte each. */
static void put_cache(struct pure_show *show, unsigned long config)
{
	put_shifted(show, config, config >> 24 & 0xff ? 24 : 32);
	kit_put_one(show, &kit_flags_perfcacheresult, config >> 16 & 0xff);
	pure_put(show->text, "<<16|");
	kit_put_one(show, &kit_flags_perfcacheop, config >> 8 & 0xff);
	pure_put(show->text, "<<8|");
	kit_put_one(show, &kit_flags_perfcache, config & 0xff);
}

static void put_config(struct pure_show *show, unsigned int type,
		       unsigned long config)
{
	kit_put_name(show, "config");
	switch (type) {
	case PERF_TYPE_HARDWARE:
		put_shifted(show, config, 32);
		kit_put_one(show, &kit_flags_perfhardware,
			    (unsigned int)config);
		break;
	case PERF_TYPE_SOFTWARE:
		kit_put_one(show, &kit_flags_perfsoftware, config);
		break;
	case PERF_TYPE_TRACEPOINT:
		pure_put_unsigned(show->text, config);
		break;
	case PERF_TYPE_HW_CACHE:
		put_cache(show, config);
		break;
	default:
		pure_put_hex(show->text, config);
	}
}

static void put_precise(struct pure_show *show, unsigned int precise)
{
	static const char *const meaning[] = {
		"arbitrary skid",
		"constant skid",
		"requested to have 0 skid",
		"must have 0 skid",
	};

	kit_put_unsigned(show, "precise_ip", precise);
	put_note(show, meaning[precise]);
}

/* Those that are set; all, if all is to be shown. */
static void put_bits(struct pure_show *show, unsigned long word)
{
	unsigned int i;

	for (i = 0; i < BITS; i++) {
		if (i == PRECISE_BIT)
			put_precise(show, word >> i & 3);
		else if (bits[i] && (show->whole || word >> i & 1))
			kit_put_unsigned(show, bits[i], word >> i & 1);
	}
	if (word >> BITS) {
		put_hex(show, "__reserved_1", word >> BITS);
		put_note(show, "Bits 63..38");
	}
}

static void put_point(struct pure_show *show, unsigned int type)
{
	kit_put_name(show, "bp_type");
	if (kit_flag_name(&kit_flags_perfpoint, type) ||
	    type > HW_BREAKPOINT_INVALID) {
		kit_put_one(show, &kit_flags_perfpoint, type);
		return;
	}
	pure_put_hex(show->text, type);
	kit_put_comment(show, "HW_BREAKPOINT_INVALID");
}

/* Bytes that should be 0, if they aren't. */
static void put_gap(struct pure_show *show, const char *which,
		    unsigned int value)
{
	if (!value)
		return;
	pure_put(show->text, " /* ");
	pure_put(show->text, which);
	pure_put(show->text, ": ");
	pure_put_hex(show->text, value);
	pure_put(show->text, " */");
}

/*
 * What a version of the struct has added, which ends at END. Returns false if
 * the struct, of SIZE bytes, ends there.
 */
static bool put_added(struct pure_show *show, const struct perf_event_attr *a,
		      unsigned int size, unsigned int end)
{
	const bool point = a->type == PERF_TYPE_BREAKPOINT;
	const unsigned char *bytes = (const unsigned char *)a;

	switch (end) {
	case 64:
		kit_put_unsigned(show,
				 a->watermark ? "wakeup_watermark" :
						"wakeup_events",
				 a->wakeup_events);
		if (point)
			put_point(show, a->bp_type);
		put_hex(show, point ? "bp_addr" : "config1", a->config1);
		break;
	case 72:
		if (point)
			kit_put_unsigned(show, "bp_len", a->bp_len);
		else
			put_hex(show, "config2", a->config2);
		break;
	case 80:
		if (!(a->sample_type & PERF_SAMPLE_BRANCH_STACK))
			break;
		kit_put_name(show, "branch_sample_type");
		kit_put_flags(show, &kit_flags_perfbranch,
			      a->branch_sample_type);
		break;
	case 88:
		put_hex(show, "sample_regs_user", a->sample_regs_user);
		break;
	case 92:
		if (a->sample_type & PERF_SAMPLE_STACK_USER)
			put_hex(show, "sample_stack_user",
				a->sample_stack_user);
		break;
	case 96:
		if (!a->use_clockid)
			break;
		kit_put_name(show, "clockid");
		kit_put_one(show, &kit_flags_clock, (unsigned int)a->clockid);
		break;
	case 104:
		put_hex(show, "sample_regs_intr", a->sample_regs_intr);
		break;
	case 108:
		kit_put_unsigned(show, "aux_watermark", a->aux_watermark);
		break;
	case 110:
		kit_put_unsigned(show, "sample_max_stack", a->sample_max_stack);
		break;
	case 112:
		put_gap(show, "bytes 110..111", kit_number(bytes + 110, 2));
		break;
	case 116:
		kit_put_unsigned(show, "aux_sample_size",
				 kit_number(bytes + 112, 4));
		break;
	case 120:
		put_gap(show, "bytes 116..119", kit_number(bytes + 116, 4));
		break;
	case KNOWN_SIZE:
		put_hex(show, "sig_data", kit_number(bytes + 120, 8));
		break;
	}
	return size > end;
}

static void put_start(struct pure_show *show, const struct perf_event_attr *a,
		      unsigned int size)
{
	unsigned long word;

	memcpy(&word, &a->read_format + 1, sizeof(word));
	pure_put(show->text, "{type=");
	kit_put_one(show, &kit_flags_perftype, a->type);
	kit_put_name(show, "size");
	if (size != a->size) {
		kit_put_one(show, &kit_flags_perfsize, size);
		pure_put(show->text, " => ");
	}
	kit_put_one(show, &kit_flags_perfsize, a->size);
	put_config(show, a->type, a->config);
	kit_put_unsigned(show, a->freq ? "sample_freq" : "sample_period",
			 a->sample_period);
	kit_put_name(show, "sample_type");
	kit_put_flags(show, &kit_flags_perfsample, a->sample_type);
	kit_put_name(show, "read_format");
	kit_put_flags(show, &kit_flags_perfread, a->read_format);
	put_bits(show, word);
}

/* SIZE is what the struct has said that its own is, before the call. */
static void put_attributes(struct pure_show *show, unsigned long address,
			   unsigned int size)
{
	static const unsigned char ends[] = { 64,  72,	80,	   88,	92,
					      96,  104, 108,	   110, 112,
					      116, 120, KNOWN_SIZE };
	union {
		struct perf_event_attr attributes;
		unsigned char bytes[KNOWN_SIZE + sizeof(long)];
	} all = { .bytes = { 0 } };
	const unsigned int real = size ? size : PERF_ATTR_SIZE_VER0;
	unsigned int wanted = real < KNOWN_SIZE ? real : KNOWN_SIZE, i;

	if (!show->whole)
		wanted = SHORT_SIZE;
	if (real < PERF_ATTR_SIZE_VER0) {
		kit_put_address(show, address);
		return;
	}
	if (!kit_fetch(show, all.bytes, address, wanted))
		return;
	put_start(show, &all.attributes, size);
	for (i = 0; show->whole && i < sizeof(ends); i++)
		if (!put_added(show, &all.attributes, real, ends[i]))
			break;
	pure_put(show->text,
		 !show->whole || i == sizeof(ends) ? ", ...}" : "}");
}

void kit_keep_perf(struct pure_show *show)
{
	unsigned int size = 0;

	pure_read(&size,
		  show->arguments[0] + offsetof(struct perf_event_attr, size),
		  sizeof(size));
	show->kept[0] = size;
}

void kit_show_inout_perfattr(struct pure_show *show, int i)
{
	put_attributes(show, show->arguments[i], (unsigned int)show->kept[0]);
}

bool kit_kind_perfattr(struct pure_show *show, const struct kit_field *field,
		       const struct kit_data *data)
{
	struct {
		unsigned int type, size;
	} start;

	(void)field;
	if (kit_fetch(show, &start, data->address, sizeof(start)))
		put_attributes(show, data->address, start.size);
	return true;
}

static void put_program(struct pure_show *show, const void *element)
{
	pure_put_unsigned(show->text, *(const unsigned int *)element);
}

/* Which BPF programs an event has. */
bool kit_kind_perfprograms(struct pure_show *show,
			   const struct kit_field *field,
			   const struct kit_data *data)
{
	struct perf_event_query_bpf query;
	unsigned int count;

	(void)field;
	if (!kit_fetch(show, &query, data->address, sizeof(query.ids_len)))
		return true;
	pure_put_char(show->text, '{');
	kit_put_unsigned(show, "ids_len", query.ids_len);
	if (data->failed ||
	    pure_read(&query, data->address, sizeof(query)) != sizeof(query)) {
		pure_put(show->text, ", ...}");
		return true;
	}
	count = query.prog_cnt < query.ids_len ? query.prog_cnt : query.ids_len;
	kit_put_unsigned(show, "prog_cnt", query.prog_cnt);
	kit_put_name(show, "ids");
	kit_put_array(show, data->address + sizeof(query), count, sizeof(int),
		      put_program);
	pure_put_char(show->text, '}');
	return true;
}
