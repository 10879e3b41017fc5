/*
 * Text and JSON. Names in a file may be anything: what could do something to
 * a terminal, or is no UTF-8, is not passed on.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>

#include "report.h"

static const struct {
	const char *name;
	const char *text;
} kinds[KINDS] = {
	[KIND_RAW] = { "raw", "raw" },
	[KIND_GUARDED] = { "guarded", "guarded" },
	[KIND_THUNK] = { "thunk", "thunk" },
	[KIND_GATEWAY] = { "gateway", "gateway" },
	[KIND_NATIVE] = { "native", "native by design" },
};

/* The kinds in the order in which they are listed: raw is the last. */
#define NTH_KIND(i) (((i) + 1) % KINDS)

static const char *const instructions[] = { [SITE_SYSCALL] = "syscall",
					    [SITE_SYSENTER] = "sysenter",
					    [SITE_INT80] = "int $0x80" };

/* The length of the character at TEXT in UTF-8, or 0 if it is none. */
static size_t character(const char *text, bool *control)
{
	mbstate_t state = { 0 };
	wchar_t wide = 0;
	size_t length = mbrtowc(&wide, text, strlen(text), &state);

	*control = iswcntrl(wide);
	return length > MB_LEN_MAX ? 0 : length;
}

static void print_text(FILE *file, const char *text)
{
	size_t length;
	bool control;

	for (; *text; text += length) {
		length = character(text, &control);
		if (length && !control) {
			fwrite(text, 1, length, file);
			continue;
		}
		fprintf(file, "\\x%02x", (uint8_t)*text);
		length = 1;
	}
}

static void print_json_string(const char *text)
{
	size_t length;
	bool control;

	putchar('"');
	for (; *text; text += length ? length : 1) {
		length = character(text, &control);
		if (length == 0)
			fputs("\\ufffd", stdout);
		else if (length == 1 && control)
			printf("\\u%04x", (unsigned int)*text);
		else
			printf("%s%.*s", strchr("\"\\", *text) ? "\\" : "",
			       (int)length, text);
	}
	putchar('"');
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

/* Object files have no addresses yet. */
static void print_address(FILE *file, const struct image *image,
			  uint64_t address)
{
	const struct area *area = area_at(image, address);

	if (image_is_object(image) && area) {
		print_text(file, area->name);
		fputc('+', file);
		address -= area->start;
	}
	fprintf(file, "0x%" PRIx64, address);
}

const char *report_instruction(const struct site *site)
{
	return instructions[site->instruction];
}

void report_place(FILE *file, const struct image *image,
		  const struct site *site)
{
	struct function function;

	print_address(file, image, site->address);
	if (!symbols_where(image, site->address, &function))
		return;
	fputs(" <", file);
	if (function.name)
		print_text(file, function.name);
	else
		print_address(file, image, function.start);
	fprintf(file, "+0x%" PRIx64 ">", site->address - function.start);
}

static void print_site(const struct image *image, const struct site *site,
		       const struct verdict *verdict)
{
	print_name(stdout, image->file, image->member);
	fputs(": ", stdout);
	report_place(stdout, image, site);
	if (site->instruction != SITE_SYSCALL)
		printf(": %s", instructions[site->instruction]);
	printf(": %s%s%s\n", kinds[verdict->kind].text,
	       verdict->reason ? ": " : "",
	       verdict->reason ? verdict->reason : "");
}

static void print_site_json(const struct image *image, const struct site *site,
			    const struct verdict *verdict)
{
	const struct area *area = area_at(image, site->address);
	bool object = image_is_object(image);
	struct function function;

	fputs("{\"section\":", stdout);
	print_json_string(area->name);
	printf(",\"%s\":\"0x%" PRIx64 "\"", object ? "offset" : "address",
	       site->address - (object ? area->start : 0));
	if (symbols_where(image, site->address, &function)) {
		fputs(",\"function\":", stdout);
		if (function.name)
			print_json_string(function.name);
		else
			fputs("null", stdout);
		printf(",\"function_offset\":\"0x%" PRIx64 "\"",
		       site->address - function.start);
	}
	printf(",\"instruction\":\"%s\",\"kind\":\"%s\"",
	       instructions[site->instruction], kinds[verdict->kind].name);
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
	const struct code *code = &audit->code;
	const struct image *image = code->image;
	size_t i;

	print_file_json(image->file, image->member);
	printf(",\"sites\":%zu", counts->sites);
	for (i = 0; i < KINDS; i++)
		printf(",\"%s\":%zu", kinds[NTH_KIND(i)].name,
		       counts->kinds[NTH_KIND(i)]);
	printf(",\"records\":{\"used\":%zu,\"of_dropped_code\":%zu,"
	       "\"of_no_site\":%zu,\"damaged\":%zu}",
	       image->records.count, image->dead_records, audit->stale_records,
	       image->bad_records);
	printf(",\"lookalikes\":{\"in_instructions\":%zu,\"in_data\":%zu}",
	       code->lookalikes_code, code->lookalikes_data);
	printf(",\"unknown_bytes\":%zu", code->lost.count);
	if (audit->pointer.unnamed)
		printf(",\"unnamed_pointer\":\"0x%" PRIx64 "\"",
		       audit->pointer.unnamed);
	fputs(",\"list\":[", stdout);
	for (i = 0; i < counts->sites; i++) {
		if (i)
			putchar(',');
		print_site_json(image, &code->sites.items[i],
				&audit->verdicts[i]);
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
	const struct image *image = audit->code.image;
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
			print_site(image, &audit->code.sites.items[i],
				   &audit->verdicts[i]);
	if (audit->pointer.unnamed && counts.kinds[KIND_GUARDED]) {
		print_name(stdout, image->file, image->member);
		printf(": note: the pointer has no name here; all recorded "
		       "sites test 0x%" PRIx64 "\n",
		       audit->pointer.unnamed);
	}
}

void report_summary(const char *file, const struct counts *counts)
{
	const char *separator = ": ";
	size_t i, number;

	print_text(stdout, file);
	printf(": %zu site%s", counts->sites, counts->sites == 1 ? "" : "s");
	for (i = 0; i < KINDS; i++) {
		number = counts->kinds[NTH_KIND(i)];
		if (number == 0)
			continue;
		printf("%s%zu %s", separator, number, kinds[NTH_KIND(i)].text);
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
