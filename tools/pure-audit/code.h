/*
 * The second layer: the instructions of an image, as far as they matter, and
 * the sites among them.
 *
 * Only those functions are disassembled in which there are the bytes of a
 * site. Where a site is recorded, those as well that jump there, so that all
 * the ways to it are known.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef PURE_AUDIT_CODE_H
#define PURE_AUDIT_CODE_H

#include "image.h"

#define MAX_LENGTH 15

#define NUMBER_RCX 1
#define NUMBER_RSP 4
#define NO_STEP UINT64_MAX

/* What control does after an instruction. */
enum op {
	/* Nobody knows what it is; it goes on, as if it were one byte. */
	OP_UNKNOWN,
	/* Goes on. */
	OP_OTHER,
	/* Goes on, and nothing else, not even the flags, is changed. */
	OP_NOP,
	/* Is a breakpoint, or padding that nobody comes to. */
	OP_TRAP,
	/* Goes on; TARGET, an address, is named; or a word that is there. */
	OP_ADDRESS,
	OP_WORD,
	/* Goes to TARGET or on: by the flags, by rcx, by something else. */
	OP_BRANCH_NOT_EQUAL,
	OP_BRANCH_RCX_ZERO,
	OP_BRANCH,
	/* Goes to TARGET; where the word at TARGET says. */
	OP_JUMP,
	OP_JUMP_WORD,
	/* Goes where a table says, or nobody. */
	OP_SWITCH,
	/* Calls TARGET; what the word at TARGET says. */
	OP_CALL,
	OP_CALL_WORD,
	/* Returns, or leaves otherwise; ends all, by __builtin_trap. */
	OP_END,
	OP_STOP,
	/* Enters the kernel. */
	OP_SITE,
};

/* Bits of a step's FLAGS. */
enum {
	/* It can be come to from anywhere: nothing is known. */
	STEP_ENTRY = 1,
	/* All else is flow.h's. */
	STEP_FIRST_OF_FLOW = 2,
};

/* An instruction, as far as guards are concerned. */
struct step {
	uint64_t address;
	uint64_t target;
	uint8_t size;
	uint8_t op;
	uint8_t flags;
	/* Which site it is, if one. */
	uint8_t instruction;
};

LIST(steps, struct step);

/* What may be so before or after a step. */
struct fact {
	enum {
		FACT_NEVER,
		/* The pointer was NULL, and no system call was made since. */
		FACT_GUARDED,
		/* The flags are those of a comparison of the pointer with 0. */
		FACT_TESTED,
		/* rcx has the pointer's value. */
		FACT_VALUE,
		/* Register REG has the pointer's address. */
		FACT_ADDRESS,
		/* So has the word on the stack at NUMBER from rsp. */
		FACT_WORD,
		/* The pointer is at address NUMBER; its address is there. */
		FACT_POINTER,
		FACT_SLOT,
	} what;
	uint32_t reg;
	uint64_t number;
};

enum instruction { NO_SITE, SITE_SYSCALL, SITE_SYSENTER, SITE_INT80 };

struct site {
	uint64_t address;
	uint8_t size;
	enum instruction instruction;
	/*
	 * It may be no instruction at all: what is before it, in the function
	 * or not far in what nothing names, is not known.
	 */
	bool doubtful;
};

/* What is between two addresses where something starts or ends. */
struct range {
	uint64_t start;
	uint64_t end;
	enum content content;
	/* All of it is of interest, not only what is near a site. */
	bool whole;
	/* The first place that could not be disassembled, or 0. */
	uint64_t lost;
};

LIST(ranges, struct range);

struct code {
	const struct image *image;
	/* Where something starts or ends. */
	struct addresses bounds;
	/* Where the bytes of a site are. */
	struct addresses candidates;
	/* What is disassembled. */
	struct ranges ranges;
	/* What was found in functions with records, and what jumps there. */
	struct steps steps;
	LIST(, struct site) sites;
	/* Where something could not be disassembled. */
	struct addresses lost;
	/* Bytes 0f 05 that are no instruction of their own. */
	size_t lookalikes_code;
	size_t lookalikes_data;
};

/* code.c */
/* Set CODE to IMAGE's. */
void code_read(struct code *code, const struct image *image);
void code_free(struct code *code);

/* steps.c */
void steps_open(void);
/* The instruction at ADDRESS, where something is. */
struct step steps_read(const struct image *image, uint64_t address);
/*
 * What has to be so before STEP for FACT, which may be all but FACT_GUARDED, to
 * be so after it.
 */
struct fact steps_before(const struct image *image, const struct step *step,
			 struct fact fact);
/* The same where an exception leads from a step, of what is so before it. */
struct fact steps_unwound(struct fact fact);
/* Has STEP a target that control may go to, and come from without a call? */
bool steps_is_jump(const struct step *step);
/* The number of the step at ADDRESS, or NO_STEP. */
uint64_t steps_find(const struct code *code, uint64_t address);
/* The number of the step that follows number INDEX, or NO_STEP. */
uint64_t steps_next(const struct code *code, uint64_t index);

/* ranges.c */
void ranges_bound(struct code *code);
/* Does the sequence of a site that is recorded start at ADDRESS? */
bool ranges_starts_sequence(const struct image *image, uint64_t address);
/* The range that ADDRESS is in, which is in an area of code. */
struct range ranges_at(const struct code *code, uint64_t address);
/* The function, all of its ranges, as well as it is known. */
struct range ranges_function(const struct code *code, uint64_t address);
/* The instruction that ADDRESS is in, by the range that it is in. */
struct step ranges_step(const struct code *code, uint64_t address);
/*
 * Where disassembly from START on comes by that is at least DISTANCE bytes
 * before ADDRESS, or START.
 */
uint64_t ranges_approach(const struct code *code, uint64_t start,
			 uint64_t address, uint64_t distance);

/* references.c */
/*
 * Mark the steps of FUNCTIONS that code which was not disassembled refers to.
 * What jumps to one is added to FUNCTIONS; if this is the LAST time, such steps
 * are marked as well. Where a jump leads into a step is added to STARTS.
 */
void references_find(struct code *code, struct ranges *functions, bool last,
		     struct addresses *starts);

#endif
