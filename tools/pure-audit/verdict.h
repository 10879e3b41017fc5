/*
 * The fourth layer: the kind of each site.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef PURE_AUDIT_VERDICT_H
#define PURE_AUDIT_VERDICT_H

#include <abi/entry.h>
#include <abi/text.h>

#include "flow.h"

#define POINTER_NAME PURE_TEXT(PURE_POINTER_SYMBOL)
#define THUNK_NAME PURE_TEXT(PURE_THUNK_SYMBOL)
#define ENTRY_NAME PURE_TEXT(PURE_SITE_SYMBOL)

/* What becomes of the call that a site makes. */
enum kind {
	KIND_RAW,
	KIND_GUARDED,
	KIND_THUNK,
	KIND_GATEWAY,
	KIND_NATIVE,
	KINDS,
};

struct verdict {
	enum kind kind;
	/* Why it is of this kind, or NULL if there is nothing to say. */
	const char *reason;
};

struct audit {
	struct code code;
	struct flow flow;
	/* What sites test, and where they go: to the thunk, and others. */
	struct known pointer;
	struct known thunk;
	struct known entry;
	/* Where the functions start that the gateway jumps to. */
	struct addresses gateways;
	/* Of the code's sites, one each. */
	struct verdict *verdicts;
	/* Records where there is no site. */
	size_t stale_records;
};

/* verdict.c */
/* Find IMAGE's sites, whose pointer is named POINTER, and say what they are. */
void verdict_find(struct audit *audit, const struct image *image,
		  const char *pointer);
void verdict_free(struct audit *audit);

/* guess.c */
void guess_names(struct audit *audit);

/* sequence.c */
/* Is the code before SITE what goes to the thunk? */
bool sequence_check(const struct audit *audit, const struct site *site);
/* Does the code before SITE say to a stub where to go on? And is it a stub? */
bool sequence_is_spliced(const struct audit *audit, const struct site *site);
bool sequence_check_stub(const struct audit *audit, const struct site *site);
/* Where SITE goes, by the THUNK's sequence or another: an address, or 0. */
uint64_t sequence_goes_to(const struct audit *audit, const struct site *site,
			  bool thunk);

/* gateway.c */
void gateway_find(struct audit *audit);
/* Is the code at ADDRESS the gateway's? */
bool gateway_is_at(const struct audit *audit, uint64_t address);

#endif
