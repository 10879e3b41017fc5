/*
 * The third layer: how control comes to each site, and what is known then.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef PURE_AUDIT_FLOW_H
#define PURE_AUDIT_FLOW_H

#include "code.h"

/* Bits of a step's FLAGS, beside STEP_ENTRY. */
enum {
	/* A jump leads here. */
	STEP_TARGET = STEP_FIRST_OF_FLOW,
	/* Control comes here otherwise than from the step before. */
	STEP_LEADER = 4,
	/* A function starts here, or a part of one, or a section. */
	STEP_START = 8,
	/* It is a call that doesn't come back. */
	STEP_LAST = 16,
	/* It names the pointer: its address, or in OP_WORD and OP_TEST it. */
	STEP_POINTER = 32,
	/* In OP_WORD: the word there is the pointer's address. */
	STEP_POINTER_SLOT = 64,
	/* No system call was made since the pointer was found to be NULL. */
	STEP_GUARDED = 128,
};

/* What sites test: a name, or where the file has none, an address. */
struct pointer {
	const char *name;
	uint64_t unnamed;
};

struct flow {
	struct code *code;
	/* For each step, the one that exceptions lead to, or NO_LANDING. */
	uint32_t *landings;
	/*
	 * The steps that jump tables lead to: how many, and then those. The
	 * TARGET of an OP_SWITCH is where in it that is.
	 */
	struct addresses switches;
};

#define NO_LANDING UINT32_MAX

/* graph.c */
void graph_open(struct flow *flow, struct code *code);
void graph_close(struct flow *flow);
/* Does control never come from STEP to the next one? */
bool graph_ends(const struct step *step);
/* Is the step that a stub in the PLT consists of at ADDRESS? Where to? */
bool graph_stub(const struct code *code, uint64_t address, struct place *place);

/* switches.c */
void switches_find(struct flow *flow);

/* returns.c */
/* Find the calls that don't come back. */
void returns_find(struct code *code);

/* flow.c */
/* Which steps name POINTER? */
void flow_name(struct flow *flow, const struct pointer *pointer);
/* Which sites are guarded by what has been named? */
void flow_run(struct flow *flow);

#endif
