/*
 * Registers, and operands in memory.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "operand.h"

/* The parts that a register's number is good for, the whole one first. */
static const uint16_t register_parts[16][5] = {
	{ X86_REG_RAX, X86_REG_EAX, X86_REG_AX, X86_REG_AL, X86_REG_AH },
	{ X86_REG_RCX, X86_REG_ECX, X86_REG_CX, X86_REG_CL, X86_REG_CH },
	{ X86_REG_RDX, X86_REG_EDX, X86_REG_DX, X86_REG_DL, X86_REG_DH },
	{ X86_REG_RBX, X86_REG_EBX, X86_REG_BX, X86_REG_BL, X86_REG_BH },
	{ X86_REG_RSP, X86_REG_ESP, X86_REG_SP, X86_REG_SPL, 0 },
	{ X86_REG_RBP, X86_REG_EBP, X86_REG_BP, X86_REG_BPL, 0 },
	{ X86_REG_RSI, X86_REG_ESI, X86_REG_SI, X86_REG_SIL, 0 },
	{ X86_REG_RDI, X86_REG_EDI, X86_REG_DI, X86_REG_DIL, 0 },
	{ X86_REG_R8, X86_REG_R8D, X86_REG_R8W, X86_REG_R8B, 0 },
	{ X86_REG_R9, X86_REG_R9D, X86_REG_R9W, X86_REG_R9B, 0 },
	{ X86_REG_R10, X86_REG_R10D, X86_REG_R10W, X86_REG_R10B, 0 },
	{ X86_REG_R11, X86_REG_R11D, X86_REG_R11W, X86_REG_R11B, 0 },
	{ X86_REG_R12, X86_REG_R12D, X86_REG_R12W, X86_REG_R12B, 0 },
	{ X86_REG_R13, X86_REG_R13D, X86_REG_R13W, X86_REG_R13B, 0 },
	{ X86_REG_R14, X86_REG_R14D, X86_REG_R14W, X86_REG_R14B, 0 },
	{ X86_REG_R15, X86_REG_R15D, X86_REG_R15W, X86_REG_R15B, 0 },
};

/* The number of the register that REG is a part of, or NO_REGISTER. */
static unsigned int part_of(unsigned int reg)
{
	static uint8_t numbers[X86_REG_ENDING];
	static bool known;
	unsigned int i, k;

	if (!known) {
		for (i = 0; i < X86_REG_ENDING; i++)
			numbers[i] = NO_REGISTER;
		for (i = 0; i < 16; i++)
			for (k = 0; k < 5 && register_parts[i][k]; k++)
				numbers[register_parts[i][k]] = i;
		known = true;
	}
	return reg < X86_REG_ENDING ? numbers[reg] : NO_REGISTER;
}

unsigned int operand_register(unsigned int reg)
{
	unsigned int number = part_of(reg);

	return number < 16 && register_parts[number][0] == reg ? number :
								 NO_REGISTER;
}

unsigned int operand_wide_register(unsigned int reg)
{
	unsigned int number = part_of(reg);

	return number < 16 && register_parts[number][1] == reg ?
		       number :
		       operand_register(reg);
}

static uint16_t bit(unsigned int reg)
{
	unsigned int number = part_of(reg);

	return number < 16 ? 1u << number : 0;
}

unsigned int operand_written(const cs_insn *insn)
{
	switch (insn->id) {
	case X86_INS_CMP:
	case X86_INS_TEST:
	case X86_INS_PUSH:
	case X86_INS_BT:
		return 0;
	case X86_INS_MOV:
	case X86_INS_MOVABS:
	case X86_INS_MOVZX:
	case X86_INS_MOVSX:
	case X86_INS_MOVSXD:
	case X86_INS_LEA:
	case X86_INS_ADD:
	case X86_INS_SUB:
	case X86_INS_AND:
	case X86_INS_OR:
	case X86_INS_XOR:
	case X86_INS_SHL:
	case X86_INS_SHR:
	case X86_INS_SAR:
	case X86_INS_IMUL:
		return 1;
	default:
		return UINT8_MAX;
	}
}

/* What instructions change without naming it. Capstone doesn't know all. */
static uint16_t find_implicit(const cs_insn *insn)
{
	switch (insn->id) {
	case X86_INS_CMPXCHG:
	case X86_INS_XLATB:
	case X86_INS_IN:
	case X86_INS_LAHF:
	case X86_INS_CBW:
	case X86_INS_CWDE:
	case X86_INS_CDQE:
	case X86_INS_XBEGIN:
		return RAX;
	case X86_INS_CMPXCHG8B:
	case X86_INS_CMPXCHG16B:
	case X86_INS_MUL:
	case X86_INS_DIV:
	case X86_INS_IDIV:
	case X86_INS_CWD:
	case X86_INS_CDQ:
	case X86_INS_CQO:
	case X86_INS_RDTSC:
	case X86_INS_XGETBV:
	case X86_INS_RDPMC:
	case X86_INS_RDMSR:
		return RAX | RDX;
	case X86_INS_IMUL:
		return insn->detail->x86.op_count == 1 ? RAX | RDX : 0;
	case X86_INS_RDTSCP:
		return RAX | RCX | RDX;
	case X86_INS_ENTER:
	case X86_INS_LEAVE:
		return RSP | RBP;
	case X86_INS_CPUID:
		return RAX | RBX | RCX | RDX;
	default:
		return 0;
	}
}

uint16_t operand_kills(const cs_insn *insn)
{
	const cs_x86 *x86 = &insn->detail->x86;
	unsigned int written = operand_written(insn), count, i;
	cs_regs registers = { 0 };
	uint16_t kills = find_implicit(insn);

	count = code_written(insn, registers);
	for (i = 0; i < count; i++)
		kills |= bit(registers[i]);
	for (i = 0; i < x86->op_count && i < written; i++)
		if (x86->operands[i].type == X86_OP_REG)
			kills |= bit(x86->operands[i].reg);
	return kills;
}

bool operand_is_flat(unsigned int segment)
{
	return segment != X86_REG_FS && segment != X86_REG_GS;
}

bool operand_address(const cs_insn *insn, const cs_x86_op *operand,
		     uint64_t *address)
{
	const x86_op_mem *mem = &operand->mem;

	if (operand->type != X86_OP_MEM || !operand_is_flat(mem->segment) ||
	    mem->index != X86_REG_INVALID)
		return false;
	*address = mem->disp;
	if (mem->base == X86_REG_RIP)
		*address += insn->address + insn->size;
	return mem->base == X86_REG_RIP || mem->base == X86_REG_INVALID;
}

bool operand_is_at_register(const cs_x86_op *operand)
{
	const x86_op_mem *mem = &operand->mem;

	return operand->type == X86_OP_MEM && operand_is_flat(mem->segment) &&
	       mem->index == X86_REG_INVALID && mem->disp == 0 &&
	       operand_register(mem->base) != NO_REGISTER;
}

bool operand_is_on_stack(const cs_x86_op *operand)
{
	const x86_op_mem *mem = &operand->mem;

	return operand->type == X86_OP_MEM && operand_is_flat(mem->segment) &&
	       mem->index == X86_REG_INVALID &&
	       (mem->base == X86_REG_RSP || mem->base == X86_REG_RBP);
}

bool operand_is_compare(const cs_insn *insn)
{
	const cs_x86_op *operands = insn->detail->x86.operands;

	return insn->id == X86_INS_CMP && insn->detail->x86.op_count == 2 &&
	       operands[0].type == X86_OP_MEM && operands[0].size == 8 &&
	       operands[1].type == X86_OP_IMM && operands[1].imm == 0;
}
