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
	/* A function starts here, or a part of one, or a section. */
	STEP_START = STEP_FIRST_OF_FLOW,
	/* It is a call that doesn't come back. */
	STEP_LAST = 4,
	/*
	 * Control may come here; else it is padding, or a loop that nothing
	 * known leads to.
	 */
	STEP_REACHED = 8,
};

/* What is known by its name, or where the file has none, by its address. */
struct known {
	const char *name;
	uint64_t unnamed;
};

/* A way from one step to another but to the next one, seen from one of them. */
struct way {
	uint64_t here;
	uint64_t there;
	/* It is an exception's. */
	bool unwinds;
};

LIST(ways, struct way);

struct flow {
	struct code *code;
	const struct known *pointer;
	/* By where they lead to, and by where they come from. */
	struct ways to;
	struct ways from;
	/* How much may still be asked; after that, the answer is no. */
	uint64_t work;
};

/* graph.c */
void graph_open(struct flow *flow, struct code *code,
		const struct known *pointer);
void graph_close(struct flow *flow);
/* Control can come from step FROM to ADDRESS, by an exception if UNWINDS. */
void graph_way(struct flow *flow, uint64_t from, uint64_t address,
	       bool unwinds);
/* Does STEP take an address that may be jumped to, or be a table's? */
bool graph_takes_address(const struct flow *flow, const struct step *step);
/* Is STEP what is between functions, if control doesn't come to it? */
bool graph_is_padding(const struct step *step);
/* Can control come from step INDEX to NEXT, which follows it? */
bool graph_goes_on(const struct code *code, uint64_t index, uint64_t next);
/* Is the step that a stub in the PLT consists of at ADDRESS? Where to? */
bool graph_stub(const struct code *code, uint64_t address, struct place *place);

/* switches.c */
/* Find the ways that jump tables lead. */
void switches_find(struct flow *flow);

/* returns.c */
/* Find the calls that don't come back. */
void returns_find(struct code *code);

/* flow.c */
/* Was the pointer tested, and NULL, on every path to the site at INDEX? */
bool flow_guards(struct flow *flow, uint64_t index);

#endif
