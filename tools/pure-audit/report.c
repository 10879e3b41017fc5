/*
 * Text and JSON. Names in a file may be anything: what could do something to
 * a terminal, or is no UTF-8, is not passed on.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "report.h"

static const char *const kind_names[KINDS] = {
	[KIND_RAW] = "raw",	  [KIND_GUARDED] = "guarded",
	[KIND_THUNK] = "thunk",	  [KIND_GATEWAY] = "gateway",
	[KIND_NATIVE] = "native",
};

static const char *const kind_texts[KINDS] = {
	[KIND_RAW] = "raw",
	[KIND_GUARDED] = "guarded",
	[KIND_THUNK] = "thunk",
	[KIND_GATEWAY] = "gateway",
	[KIND_NATIVE] = "native by design",
};

/* In this order they are listed. */
static const enum kind kind_order[KINDS] = {
	KIND_GUARDED, KIND_THUNK, KIND_GATEWAY, KIND_NATIVE, KIND_RAW,
};

static const char *const instruction_names[] = {
	[SITE_SYSCALL] = "syscall",
	[SITE_SYSENTER] = "sysenter",
	[SITE_INT80] = "int $0x80",
};

/* The length of the UTF-8 sequence at TEXT, or 0 if it is none. */
static size_t sequence_length(const char *text)
{
	const unsigned char *p = (const unsigned char *)text;
	size_t length, i;

	if (*p < 0x80)
		return 1;
	if (*p >= 0xc2 && *p <= 0xdf)
		length = 2;
	else if (*p >= 0xe0 && *p <= 0xef)
		length = 3;
	else if (*p >= 0xf0 && *p <= 0xf4)
		length = 4;
	else
		return 0;
	for (i = 1; i < length; i++)
		if ((p[i] & 0xc0) != 0x80)
			return 0;
	/* Too long, a surrogate, beyond the last character. */
	if ((*p == 0xe0 && p[1] < 0xa0) || (*p == 0xed && p[1] > 0x9f) ||
	    (*p == 0xf0 && p[1] < 0x90) || (*p == 0xf4 && p[1] > 0x8f))
		return 0;
	return length;
}

static void print_json_string(const char *text)
{
	size_t length;

	putchar('"');
	for (; *text; text += length) {
		length = sequence_length(text);
		if (length == 0) {
			fputs("\\ufffd", stdout);
			length = 1;
		} else if (length > 1) {
			fwrite(text, 1, length, stdout);
		} else if (*text == '"' || *text == '\\') {
			printf("\\%c", *text);
		} else if (*text < ' ' || *text == '\x7f') {
			printf("\\u%04x", (unsigned int)*text);
		} else {
			putchar(*text);
		}
	}
	putchar('"');
}

static void print_text(FILE *file, const char *text)
{
	size_t length;

	for (; *text; text += length) {
		length = sequence_length(text);
		/* C1 control characters are two bytes in UTF-8. */
		if (length == 0 || (unsigned char)*text < ' ' ||
		    *text == '\x7f' ||
		    (*text == '\xc2' && (unsigned char)text[1] < 0xa0)) {
			fprintf(file, "\\x%02x", (unsigned char)*text);
			length = 1;
		} else {
			fwrite(text, 1, length, file);
		}
	}
}

static void print_name(FILE *file, const char *name, const char *member)
{
	print_text(file, name);
	if (member) {
		fputc('(', file);
		print_text(file, member);
		fputc(')', file);
	}
}

/* The function that SITE is in: its start, and its name if that is known. */
static bool find_function(const struct image *image, const struct site *site,
			  uint64_t *start, const char **name)
{
	const struct symbol *symbol = symbols_function(image, site->address);
	const struct frame *frame = frames_find(image, site->address);

	*name = symbol ? symbol->name : NULL;
	if (!symbol && !frame)
		return false;
	*start = symbol ? symbol->address : frame->start;
	return true;
}

/* Object files have no addresses yet. */
static void print_address(const struct image *image, uint64_t address)
{
	const struct area *area = area_at(image, address);

	if (image_is_object(image) && area) {
		print_text(stdout, area->name);
		printf("+0x%" PRIx64, address - area->start);
	} else {
		printf("0x%" PRIx64, address);
	}
}

static void print_site(const struct audit *audit, size_t number)
{
	const struct image *image = audit->code.image;
	const struct site *site = &audit->code.sites.items[number];
	const struct verdict *verdict = &audit->verdicts[number];
	const char *name;
	uint64_t start;

	print_name(stdout, image->file, image->member);
	fputs(": ", stdout);
	print_address(image, site->address);
	if (find_function(image, site, &start, &name)) {
		fputs(" <", stdout);
		if (name)
			print_text(stdout, name);
		else
			print_address(image, start);
		printf("+0x%" PRIx64 ">", site->address - start);
	}
	if (site->instruction != SITE_SYSCALL)
		printf(": %s", instruction_names[site->instruction]);
	printf(": %s", kind_texts[verdict->kind]);
	if (verdict->reason)
		printf(": %s", verdict->reason);
	putchar('\n');
}

static void print_site_json(const struct audit *audit, size_t number)
{
	const struct image *image = audit->code.image;
	const struct site *site = &audit->code.sites.items[number];
	const struct verdict *verdict = &audit->verdicts[number];
	const struct area *area = area_at(image, site->address);
	const char *name;
	uint64_t start;

	fputs("{\"section\":", stdout);
	print_json_string(area->name);
	if (image_is_object(image))
		printf(",\"offset\":\"0x%" PRIx64 "\"",
		       site->address - area->start);
	else
		printf(",\"address\":\"0x%" PRIx64 "\"", site->address);
	if (find_function(image, site, &start, &name)) {
		fputs(",\"function\":", stdout);
		if (name)
			print_json_string(name);
		else
			fputs("null", stdout);
		printf(",\"function_offset\":\"0x%" PRIx64 "\"",
		       site->address - start);
	}
	printf(",\"instruction\":\"%s\",\"kind\":\"%s\"",
	       instruction_names[site->instruction], kind_names[verdict->kind]);
	if (verdict->reason) {
		fputs(",\"reason\":", stdout);
		print_json_string(verdict->reason);
	}
	putchar('}');
}

static void print_file_json(const char *file, const char *member)
{
	fputs("{\"file\":", stdout);
	print_json_string(file);
	if (member) {
		fputs(",\"member\":", stdout);
		print_json_string(member);
	}
}

static void print_json(const struct audit *audit, const struct counts *counts)
{
	const struct image *image = audit->code.image;
	size_t i;

	print_file_json(image->file, image->member);
	printf(",\"sites\":%zu", counts->sites);
	for (i = 0; i < KINDS; i++)
		printf(",\"%s\":%zu", kind_names[kind_order[i]],
		       counts->kinds[kind_order[i]]);
	printf(",\"records\":{\"used\":%zu,\"of_dropped_code\":%zu,"
	       "\"of_no_site\":%zu,\"damaged\":%zu}",
	       image->records.count, image->dead_records, audit->stale_records,
	       image->bad_records);
	printf(",\"lookalikes\":{\"in_instructions\":%zu,\"in_data\":%zu}",
	       audit->code.lookalikes_code, audit->code.lookalikes_data);
	printf(",\"unknown_bytes\":%zu", audit->code.undecoded);
	if (audit->pointer.unnamed)
		printf(",\"unnamed_pointer\":\"0x%" PRIx64 "\"",
		       audit->pointer.unnamed);
	fputs(",\"list\":[", stdout);
	for (i = 0; i < counts->sites; i++) {
		if (i)
			putchar(',');
		print_site_json(audit, i);
	}
	fputs("]}\n", stdout);
}

static void count(const struct audit *audit, struct counts *counts)
{
	const struct code *code = &audit->code;
	size_t i;

	for (i = 0; i < code->sites.count; i++)
		counts->kinds[audit->verdicts[i].kind]++;
	counts->sites += code->sites.count;
	counts->records +=
		code->image->records.count + code->image->dead_records;
	counts->stale_records += audit->stale_records;
	counts->lookalikes += code->lookalikes_code + code->lookalikes_data;
}

void report_audit(const struct audit *audit, const struct options *options,
		  struct counts *total)
{
	struct counts counts = { 0 };
	size_t i;

	count(audit, &counts);
	count(audit, total);
	if (options->json) {
		print_json(audit, &counts);
		return;
	}
	for (i = 0; i < counts.sites; i++)
		if (options->list || audit->verdicts[i].kind == KIND_RAW)
			print_site(audit, i);
	if (audit->pointer.unnamed && counts.kinds[KIND_GUARDED]) {
		print_name(stdout, audit->code.image->file,
			   audit->code.image->member);
		printf(": note: the pointer has no name here; all recorded "
		       "sites test 0x%" PRIx64 "\n",
		       audit->pointer.unnamed);
	}
}

void report_summary(const char *file, const struct counts *counts)
{
	const char *separator = ": ";
	size_t i;

	print_text(stdout, file);
	printf(": %zu site%s", counts->sites, counts->sites == 1 ? "" : "s");
	for (i = 0; i < KINDS; i++) {
		if (counts->kinds[kind_order[i]] == 0)
			continue;
		printf("%s%zu %s", separator, counts->kinds[kind_order[i]],
		       kind_texts[kind_order[i]]);
		separator = ", ";
	}
	printf("; %zu look-alike%s\n", counts->lookalikes,
	       counts->lookalikes == 1 ? "" : "s");
	if (counts->stale_records) {
		print_text(stdout, file);
		printf(": note: %zu record%s where there is no site\n",
		       counts->stale_records,
		       counts->stale_records == 1 ? "" : "s");
	}
	if (counts->records == 0 && counts->kinds[KIND_RAW]) {
		print_text(stdout, file);
		puts(": note: nothing in it is recorded: it was not built "
		     "with purecc, or has lost its section purecc_sites "
		     "(strip --keep-section=purecc_sites keeps that)");
	}
}

void report_error(const char *file, const char *member, const char *what,
		  const struct options *options)
{
	if (options->json) {
		print_file_json(file, member);
		fputs(",\"error\":", stdout);
		print_json_string(what);
		fputs("}\n", stdout);
	}
	fflush(stdout);
	fputs("pure-audit: ", stderr);
	print_name(stderr, file, member);
	fputc(' ', stderr);
	print_text(stderr, what);
	fputc('\n', stderr);
}
