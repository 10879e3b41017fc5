/*
 * The second layer: the instructions of an image, as far as they matter, and
 * the sites among them.
 *
 * Only those functions are disassembled in which there are the bytes of a
 * site. In a file with records, those as well that jump into them, so that
 * all the ways to a site are there.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef PURE_AUDIT_CODE_H
#define PURE_AUDIT_CODE_H

#include "image.h"

#define MAX_LENGTH 15

/* Sets of registers: a bit each, by their number in instructions. */
#define RAX (1u << 0)
#define RCX (1u << 1)
#define RDX (1u << 2)
#define RSP (1u << 4)
#define RBP (1u << 5)
#define RSI (1u << 6)
#define RDI (1u << 7)
#define R11 (1u << 11)
#define R8_TO_R11 (0xfu << 8)

/* What a function may destroy (psABI, figure 3.4). */
#define CALL_KILLS (RAX | RCX | RDX | RSI | RDI | R8_TO_R11)
/* What the kernel destroys (psABI, A.2.1). */
#define SYSCALL_KILLS (RAX | RCX | R11)

#define NUMBER_RCX 1
#define NUMBER_RSP 4
#define NUMBER_RBP 5

enum op {
	/* Does nothing but what its KILLS say. */
	OP_OTHER,
	/* Does nothing at all, not even to the flags. */
	OP_NOP,
	/* Is a breakpoint, or padding that nobody comes to. */
	OP_TRAP,
	/*
	 * Puts TARGET, an address, into register TO; or the word that is there.
	 * From HALF_REGISTER it is no address in a file that may be anywhere.
	 */
	OP_ADDRESS,
	OP_WORD,
	/* Puts what register FROM points to into register TO. */
	OP_FETCH,
	/* Copies register FROM to TO. */
	OP_COPY,
	/*
	 * Stores register FROM at TARGET from register TO, rsp or rbp; loads
	 * TO from TARGET from FROM; stores FROM bytes at TARGET from TO, or
	 * STORE_SOMEWHERE.
	 */
	OP_SPILL,
	OP_RELOAD,
	OP_STORE,
	/* Adds TARGET to rsp. */
	OP_STACK,
	/* cmpq $0 with the word at TARGET; with what register FROM points to.
	 */
	OP_TEST,
	OP_TEST_AT,
	/* Goes to TARGET or on: by the flags, by rcx, by something else. */
	OP_BRANCH_NOT_EQUAL,
	OP_BRANCH_EQUAL,
	OP_BRANCH_RCX_ZERO,
	OP_BRANCH,
	/* Goes to TARGET; where the word at TARGET says. */
	OP_JUMP,
	OP_JUMP_WORD,
	/* Goes where a table says, perhaps the one at TARGET. */
	OP_SWITCH,
	/* Calls TARGET; what the word at TARGET says. */
	OP_CALL,
	OP_CALL_WORD,
	/* Returns, or leaves otherwise; ends all, by __builtin_trap. */
	OP_END,
	OP_STOP,
	/* Enters the kernel. FROM counts the jumps to it, see flow.h. */
	OP_SITE,
};

#define STORE_SOMEWHERE UINT8_MAX
#define NO_REGISTER UINT8_MAX
#define HALF_REGISTER 32
#define NO_STEP UINT64_MAX

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
	/* The registers that are something else after it. */
	uint16_t kills;
	uint16_t flags;
	/* 0: nobody knows what it is. */
	uint8_t size;
	uint8_t op;
	uint8_t to;
	uint8_t from;
};

LIST(steps, struct step);

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
	/* In a file with records, what was found there. */
	bool has_steps;
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
/* The instruction at BYTES, of which SIZE are there. */
struct step steps_read(const uint8_t *bytes, size_t size, uint64_t address);
/* Only its length, or 0, and which site it is, if one. */
unsigned int steps_length(const uint8_t *bytes, size_t size,
			  enum instruction *site);
/* Has STEP a target that control may go to, and come from without a call? */
bool steps_is_jump(const struct step *step);
/* The number of the step at ADDRESS, or NO_STEP. */
uint64_t steps_find(const struct code *code, uint64_t address);
/* The number of the step that follows number INDEX, or NO_STEP. */
uint64_t steps_next(const struct code *code, uint64_t index);
/* The number of the first step that is not before ADDRESS. */
uint64_t steps_from(const struct code *code, uint64_t address);

/* ranges.c */
void ranges_bound(struct code *code);
/* Does the sequence of a site that is recorded start at ADDRESS? */
bool ranges_starts_sequence(const struct image *image, uint64_t address);
/* The range that ADDRESS is in, which is in an area of code. */
struct range ranges_at(const struct code *code, uint64_t address);
/* The function, all of its ranges, as well as it is known. */
struct range ranges_function(const struct code *code, uint64_t address);
/* The instruction at ADDRESS in AREA. */
struct step ranges_read(const struct code *code, const struct area *area,
			uint64_t address);
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
 * Mark the steps that code which was not disassembled refers to. What jumps
 * to one is added to RANGES, and where a jump leads into a step to BOUNDS; if
 * they are NULL, such steps are marked as well.
 */
void references_find(struct code *code, struct ranges *ranges,
		     struct addresses *bounds);

#endif
