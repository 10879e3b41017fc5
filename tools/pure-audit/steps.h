/*
 * An instruction, as far as guards are concerned.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef PURE_AUDIT_STEPS_H
#define PURE_AUDIT_STEPS_H

#include "operand.h"

enum op {
	/* Does nothing but what its KILLS say. */
	OP_OTHER,
	/* Does nothing at all, not even to the flags. */
	OP_NOP,
	/* Is a breakpoint, or padding that nobody comes to. */
	OP_TRAP,
	/* Puts TARGET, an address, into a register, or a word from there. */
	OP_ADDRESS,
	/* Puts the pointer's address into register TO. */
	OP_POINTER,
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
	/* cmpq $0 with the pointer; with what register FROM points to. */
	OP_TEST,
	OP_TEST_AT,
	/* Puts the pointer's value into rcx; or what FROM points to. */
	OP_LOAD,
	OP_LOAD_AT,
	/* Goes to TARGET if the test, or what else it was, was not equal. */
	OP_BRANCH_NOT_EQUAL,
	/* Goes to TARGET if that was equal. */
	OP_BRANCH_EQUAL,
	/* Goes to TARGET if rcx is 0. */
	OP_BRANCH_RCX_ZERO,
	/* Goes to TARGET or on. */
	OP_BRANCH,
	OP_JUMP,
	/*
	 * Goes where a table says, perhaps the one at TARGET. Later TARGET
	 * is where in the image's SWITCHES it is told.
	 */
	OP_SWITCH,
	OP_CALL,
	/* Returns, or goes to another function; ends all, by __builtin_trap. */
	OP_END,
	OP_STOP,
	OP_SITE,
};

/* Bits of a step's FLAGS. */
enum {
	/* A jump leads here. */
	STEP_TARGET = 1,
	/* It can be come to from anywhere: nothing is known. */
	STEP_ENTRY = 2,
	/* Control comes here otherwise than from the step before. */
	STEP_LEADER = 4,
	/* A function starts here, or a part of one, or a section. */
	STEP_START = 16,
	/* It is a call that doesn't come back. */
	STEP_LAST = 32,
	/* What return.c found out of the function that starts here. */
	STEP_LOOKED_AT = 64,
	STEP_CLOSED = 128,
	/* What flow.c found out: it is behind a test. */
	STEP_GUARDED = 8,
};

#define STORE_SOMEWHERE UINT8_MAX

/* stub.c */
bool stub_jump(const struct image *image, const cs_insn *insn,
	       struct place *place);
bool stub_place(const struct image *image, uint64_t address,
		struct place *place);

#endif
