/*
 * An object that the compiler has just made: which of its raw sites nobody has
 * spoken of?
 *
 * The plugin says in the object which asm statements are in which function
 * (abi/record.h). Where one of a function's statements stays native there has
 * been a warning, or somebody has asked for it. A raw site in any other
 * function is one that the plugin, or the prelude, has not seen.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <abi/text.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../common/common.h"
#include "report.h"

#define SECTION_NAME PURE_TEXT(PURE_ASM_SECTION)

struct statement {
	bool native;
	/* Empty outside of any function. */
	const char *function;
	/* FILE:LINE, or empty. */
	const char *where;
};

LIST(statements, struct statement);

/* The string at *AT, which ends before END, or NULL. Steps over it. */
static const char *take_string(const char **at, const char *end)
{
	const char *string = *at;
	const char *nul = memchr(string, '\0', end - string);

	if (nul)
		*at = nul + 1;
	return nul ? string : NULL;
}

static void read_section(const char *at, size_t size,
			 struct statements *statements)
{
	const char *end = at + size, *kind, *function, *where;

	while (at < end) {
		kind = take_string(&at, end);
		function = kind ? take_string(&at, end) : NULL;
		where = function ? take_string(&at, end) : NULL;
		if (!where)
			return;
		list_push(
			statements,
			(struct statement){ strcmp(kind, PURE_ASM_NATIVE) == 0,
					    function, where });
	}
}

static void read_statements(const struct image *image,
			    struct statements *statements)
{
	const struct section *section = image->sections.items;
	const struct section *end = section + image->sections.count;

	for (; section < end; section++)
		if (strcmp(section->name, SECTION_NAME) == 0 &&
		    section->header.sh_type != SHT_NOBITS)
			read_section((const char *)image->bytes +
					     section->header.sh_offset,
				     section->header.sh_size, statements);
}

/* Is STATEMENT in FUNCTION of IMAGE, or in the part of it that is elsewhere? */
static bool is_in(const struct image *image, const struct statement *statement,
		  const struct function *function)
{
	char *cold = text("%s.cold", statement->function);
	bool result =
		symbols_named(image, function->start, statement->function) ||
		symbols_named(image, function->start, cold);

	free(cold);
	return result;
}

/* Has somebody spoken of SITE? Sets *FIRST to a statement that it may be of. */
static bool is_known(const struct image *image, const struct site *site,
		     const struct statements *statements,
		     const struct statement **first)
{
	const struct statement *statement = statements->items;
	const struct statement *end = statement + statements->count;
	struct function function;
	bool named = symbols_where(image, site->address, &function);

	for (*first = NULL; statement < end; statement++) {
		if (*statement->function &&
		    !(named && is_in(image, statement, &function)))
			continue;
		if (statement->native)
			return true;
		if (!*first && *statement->where)
			*first = statement;
	}
	return false;
}

/*
 * Say of SITE that it is raw. One that is recorded has been seen, and may well
 * be guarded in a way that can't be followed: that is a warning. Returns
 * whether it is an error.
 */
static bool say(const struct image *image, const struct site *site,
		const struct verdict *verdict, const char *where)
{
	bool recorded = list_find(&image->records, site->address);

	fprintf(stderr, "%s: %s: purecc: `%s' at ", where,
		recorded ? "warning" : "error", report_instruction(site));
	report_place(stderr, image, site);
	if (recorded)
		fprintf(stderr, " is not proved to be guarded: %s\n",
			verdict->reason);
	else
		fputs(" reaches the kernel unseen, and no warning has said so; "
		      "`purecc --no-verify' lets it pass\n",
		      stderr);
	return !recorded;
}

size_t compiled_report(const struct audit *audit, const char *source)
{
	const struct image *image = audit->code.image;
	struct statements statements = { NULL, 0 };
	const struct statement *first;
	const struct site *site;
	size_t errors = 0, i;

	read_statements(image, &statements);
	for (i = 0; i < audit->code.sites.count; i++) {
		site = &audit->code.sites.items[i];
		if (audit->verdicts[i].kind == KIND_RAW &&
		    !is_known(image, site, &statements, &first))
			errors += say(image, site, &audit->verdicts[i],
				      first ? first->where : source);
	}
	free(statements.items);
	return errors;
}
