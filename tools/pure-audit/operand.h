/*
 * Registers, and operands in memory.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef PURE_AUDIT_OPERAND_H
#define PURE_AUDIT_OPERAND_H

#include <capstone/capstone.h>

#include "audit.h"

/* Sets of registers: a bit each, by their number in instructions. */
#define RAX (1u << 0)
#define RCX (1u << 1)
#define RDX (1u << 2)
#define RBX (1u << 3)
#define RSP (1u << 4)
#define RBP (1u << 5)
#define RSI (1u << 6)
#define RDI (1u << 7)
#define R8_TO_R11 (0xfu << 8)

/* What a function may destroy (psABI, figure 3.4). */
#define CALL_KILLS (RAX | RCX | RDX | RSI | RDI | R8_TO_R11)
/* What the kernel destroys (psABI, A.2.1). */
#define SYSCALL_KILLS (RAX | RCX | 1u << 11)

#define NUMBER_RSP 4
#define NUMBER_RBP 5
/* The number of what is none of the sixteen. */
#define NO_REGISTER 16

/* The number of REG, a 64-bit register, or NO_REGISTER. */
unsigned int operand_register(unsigned int reg);
/* The same for a 32-bit one too, writing to which clears the rest. */
unsigned int operand_wide_register(unsigned int reg);
/* The registers that INSN may change. */
uint16_t operand_kills(const cs_insn *insn);
/* How many operands of INSN, from the first on, may be written. */
unsigned int operand_written(const cs_insn *insn);
/* A segment register that makes no difference to the address. */
bool operand_is_flat(unsigned int segment);
/* The address of OPERAND of INSN, in memory; false if registers make it. */
bool operand_address(const cs_insn *insn, const cs_x86_op *operand,
		     uint64_t *address);
/* Is OPERAND what a register points to? */
bool operand_is_at_register(const cs_x86_op *operand);
/* Is OPERAND at a fixed distance from rsp or rbp? */
bool operand_is_on_stack(const cs_x86_op *operand);
/* Is INSN a comparison of 64 bits in memory with 0? */
bool operand_is_compare(const cs_insn *insn);

#endif
