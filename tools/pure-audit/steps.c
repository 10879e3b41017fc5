/*
 * What an instruction does to a guard, as far as it matters: where control
 * goes, which address is named, and from what a fact that holds after it comes.
 * What is not understood changes all that Zydis says it does.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <Zydis/Zydis.h>

#include "../common/common.h"
#include "code.h"

/* A larger operand in memory is a state, of a size that isn't fixed. */
#define MAX_OPERAND_BITS 512

#define NO_REGISTER UINT8_MAX

/*
 * Registers, a bit each: what a function may destroy (psABI, figure 3.4), that
 * is rax, rcx, rdx, rsi, rdi, r8 to r11; and what the kernel destroys (psABI,
 * A.2.1): rax, rcx, r11.
 */
#define CALL_KILLS 0x0fc7u
#define SYSCALL_KILLS 0x0803u

static ZydisDecoder decoder;

struct instruction_parts {
	ZydisDecodedInstruction info;
	ZydisDecodedOperand operands[ZYDIS_MAX_OPERAND_COUNT];
};

typedef ZydisDecodedOperand operand;

static const struct fact never = { .what = FACT_NEVER };

void steps_open(void)
{
	if (!ZYAN_SUCCESS(ZydisDecoderInit(&decoder, ZYDIS_MACHINE_MODE_LONG_64,
					   ZYDIS_STACK_WIDTH_64)))
		fail(EXIT_MISUSE, "Zydis can't disassemble x86-64");
}

/* The number of the register that REG is a part of, or NO_REGISTER. */
static unsigned int part_of(ZydisRegister reg)
{
	ZydisRegister whole = ZydisRegisterGetLargestEnclosing(
		ZYDIS_MACHINE_MODE_LONG_64, reg);

	return ZydisRegisterGetClass(whole) == ZYDIS_REGCLASS_GPR64 ?
		       (unsigned int)ZydisRegisterGetId(whole) :
		       NO_REGISTER;
}

/* The number of OP, a whole register, or NO_REGISTER. */
static unsigned int whole(const operand *op)
{
	return op->type == ZYDIS_OPERAND_TYPE_REGISTER && op->size == 64 ?
		       part_of(op->reg.value) :
		       NO_REGISTER;
}

static bool is_memory(const operand *op)
{
	return op->type == ZYDIS_OPERAND_TYPE_MEMORY &&
	       op->mem.segment != ZYDIS_REGISTER_FS &&
	       op->mem.segment != ZYDIS_REGISTER_GS;
}

/* The address of OP of STEP, in memory; false if registers make it. */
static bool fixed_address(const struct step *step, const operand *op,
			  uint64_t *result)
{
	if (!is_memory(op) || op->mem.index != ZYDIS_REGISTER_NONE ||
	    (op->mem.base != ZYDIS_REGISTER_RIP &&
	     op->mem.base != ZYDIS_REGISTER_NONE))
		return false;
	*result = op->mem.disp.value;
	if (op->mem.base == ZYDIS_REGISTER_RIP)
		*result += step->address + step->size;
	return true;
}

static bool is_number(const operand *op)
{
	return op->type == ZYDIS_OPERAND_TYPE_IMMEDIATE;
}

/* An address that is named without being jumped to, or a word there. */
static void read_name(const struct image *image,
		      const struct instruction_parts *insn, struct step *step)
{
	const operand *to = &insn->operands[0], *from = &insn->operands[1];

	step->op = OP_OTHER;
	if (insn->info.mnemonic == ZYDIS_MNEMONIC_CMP) {
		if (fixed_address(step, to, &step->target))
			step->op = OP_WORD;
	} else if (to->type != ZYDIS_OPERAND_TYPE_REGISTER || to->size < 32) {
		return;
	} else if (is_number(from) && to->size == 64) {
		step->op = OP_ADDRESS;
		step->target = from->imm.value.u;
	} else if (is_number(from)) {
		/* No address in a file that may be anywhere. */
		if (image->header.e_type == ET_DYN)
			return;
		step->op = OP_ADDRESS;
		step->target = (uint32_t)from->imm.value.u;
	} else if (whole(to) == NO_REGISTER) {
		return;
	} else if (fixed_address(step, from, &step->target)) {
		step->op = insn->info.mnemonic == ZYDIS_MNEMONIC_LEA ?
				   OP_ADDRESS :
				   OP_WORD;
	}
}

static void read_jump(const struct instruction_parts *insn, struct step *step)
{
	const operand *op = &insn->operands[0];

	step->op = OP_SWITCH;
	if (insn->info.meta.branch_type == ZYDIS_BRANCH_TYPE_FAR) {
		step->op = OP_END;
	} else if (is_number(op)) {
		step->op = OP_JUMP;
		step->target = op->imm.value.u + step->address + step->size;
	} else if (fixed_address(step, op, &step->target)) {
		step->op = OP_JUMP_WORD;
	}
}

static void read_call(const struct instruction_parts *insn, struct step *step)
{
	const operand *op = &insn->operands[0];

	step->op = OP_CALL;
	if (is_number(op) && op->imm.is_relative)
		step->target = op->imm.value.u + step->address + step->size;
	else if (fixed_address(step, op, &step->target))
		step->op = OP_CALL_WORD;
}

static void read_branch(const struct instruction_parts *insn, struct step *step)
{
	switch (insn->info.mnemonic) {
	case ZYDIS_MNEMONIC_JNZ:
		step->op = OP_BRANCH_NOT_EQUAL;
		break;
	case ZYDIS_MNEMONIC_JRCXZ:
		step->op = OP_BRANCH_RCX_ZERO;
		break;
	default:
		step->op = OP_BRANCH;
		break;
	}
	step->target =
		insn->operands[0].imm.value.u + step->address + step->size;
}

/* Instructions after which control goes on. */
static void read_other(const struct image *image,
		       const struct instruction_parts *insn, struct step *step)
{
	switch (insn->info.mnemonic) {
	case ZYDIS_MNEMONIC_MOV:
	case ZYDIS_MNEMONIC_LEA:
	case ZYDIS_MNEMONIC_CMP:
		read_name(image, insn, step);
		break;
	case ZYDIS_MNEMONIC_NOP:
	/* Assemblers put it after loads (-mlfence-after-load). */
	case ZYDIS_MNEMONIC_LFENCE:
		step->op = OP_NOP;
		break;
	case ZYDIS_MNEMONIC_UD2:
		step->op = OP_STOP;
		break;
	case ZYDIS_MNEMONIC_INT3:
		step->op = OP_TRAP;
		break;
	case ZYDIS_MNEMONIC_SYSCALL:
		step->op = OP_SITE;
		step->instruction = SITE_SYSCALL;
		break;
	case ZYDIS_MNEMONIC_SYSENTER:
		step->op = OP_SITE;
		step->instruction = SITE_SYSENTER;
		break;
	case ZYDIS_MNEMONIC_INT:
		step->op = OP_SITE;
		if (insn->operands[0].imm.value.u == 0x80)
			step->instruction = SITE_INT80;
		break;
	default:
		step->op = OP_OTHER;
		break;
	}
}

static bool decode(const struct image *image, uint64_t address,
		   struct instruction_parts *insn)
{
	size_t left;
	const uint8_t *bytes = image_bytes(image, address, &left);

	return bytes &&
	       ZYAN_SUCCESS(ZydisDecoderDecodeFull(
		       &decoder, bytes, left < MAX_LENGTH ? left : MAX_LENGTH,
		       &insn->info, insn->operands));
}

struct step steps_read(const struct image *image, uint64_t address)
{
	struct step step = { .address = address, .target = NO_STEP, .size = 1 };
	struct instruction_parts insn;

	if (!decode(image, address, &insn))
		return step;
	step.size = insn.info.length;
	switch (insn.info.meta.category) {
	case ZYDIS_CATEGORY_COND_BR:
		read_branch(&insn, &step);
		break;
	case ZYDIS_CATEGORY_UNCOND_BR:
		read_jump(&insn, &step);
		break;
	case ZYDIS_CATEGORY_CALL:
		read_call(&insn, &step);
		break;
	case ZYDIS_CATEGORY_RET:
	case ZYDIS_CATEGORY_SYSRET:
		step.op = OP_END;
		break;
	default:
		read_other(image, &insn, &step);
		break;
	}
	return step;
}

static bool is_call(const struct step *step)
{
	return step->op == OP_CALL || step->op == OP_CALL_WORD;
}

/* Does STEP change register NUMBER, or may it? A call leaves rsp as it was. */
static bool changes(const struct instruction_parts *insn,
		    const struct step *step, unsigned int number)
{
	const operand *op;
	unsigned int i;

	if (insn->info.mnemonic == ZYDIS_MNEMONIC_SYSCALL)
		return SYSCALL_KILLS & 1u << number;
	if (is_call(step) || step->op == OP_SITE)
		return CALL_KILLS & 1u << number;
	for (i = 0; i < insn->info.operand_count; i++) {
		op = &insn->operands[i];
		if (op->type == ZYDIS_OPERAND_TYPE_REGISTER &&
		    (op->actions & ZYDIS_OPERAND_ACTION_MASK_WRITE) &&
		    part_of(op->reg.value) == number)
			return true;
	}
	return false;
}

/* The pointer's address is in register NUMBER, if that is one. */
static struct fact in_register(unsigned int number)
{
	struct fact fact = { .what = FACT_ADDRESS, .reg = number };

	return number == NO_REGISTER ? never : fact;
}

/* What makes OP of STEP, in memory, the pointer. */
static struct fact is_pointer(const struct step *step, const operand *op)
{
	struct fact fact = { .what = FACT_POINTER };

	if (fixed_address(step, op, &fact.number))
		return fact;
	if (!is_memory(op) || op->mem.index != ZYDIS_REGISTER_NONE ||
	    op->mem.disp.value != 0)
		return never;
	return in_register(part_of(op->mem.base));
}

/* The flags after INSN are those of a test of the pointer. */
static struct fact before_test(const struct instruction_parts *insn,
			       const struct step *step)
{
	const operand *memory = &insn->operands[0];
	struct fact tested = { .what = FACT_TESTED };

	/* It changes no flag. */
	if (insn->info.mnemonic == ZYDIS_MNEMONIC_LEA)
		return tested;
	if (insn->info.mnemonic != ZYDIS_MNEMONIC_CMP || memory->size != 64 ||
	    !is_number(&insn->operands[1]) ||
	    insn->operands[1].imm.value.u != 0)
		return never;
	return is_pointer(step, memory);
}

/* Is OP a word at a fixed distance from rsp? */
static bool is_on_stack(const operand *op)
{
	return is_memory(op) && op->mem.index == ZYDIS_REGISTER_NONE &&
	       op->mem.base == ZYDIS_REGISTER_RSP;
}

/* The pointer's address is in register TO, which INSN changes. */
static struct fact before_address(const struct instruction_parts *insn,
				  const struct step *step, unsigned int to)
{
	const operand *from = &insn->operands[1];
	struct fact fact = { .number = step->target };

	if (step->op == OP_ADDRESS &&
	    part_of(insn->operands[0].reg.value) == to &&
	    (insn->info.mnemonic == ZYDIS_MNEMONIC_LEA || is_number(from))) {
		fact.what = FACT_POINTER;
		return fact;
	}
	if (insn->info.mnemonic != ZYDIS_MNEMONIC_MOV ||
	    whole(&insn->operands[0]) != to)
		return never;
	if (step->op == OP_WORD) {
		fact.what = FACT_SLOT;
		return fact;
	}
	if (is_on_stack(from))
		return (struct fact){ .what = FACT_WORD,
				      .number = from->mem.disp.value };
	return in_register(whole(from));
}

/* How far INSN moves rsp, if it is by a push or a pop; or 0. */
static int64_t moves_stack(const struct instruction_parts *insn)
{
	const operand *op = &insn->operands[0];
	int64_t size = insn->info.operand_width == 16 ? 2 : 8;

	if (insn->info.mnemonic == ZYDIS_MNEMONIC_PUSH)
		return -size;
	return insn->info.mnemonic == ZYDIS_MNEMONIC_POP &&
			       op->type == ZYDIS_OPERAND_TYPE_REGISTER &&
			       whole(op) != NUMBER_RSP ?
		       size :
		       0;
}

/* What INSN writes to OP may be a part of the word that FACT is about. */
static bool overwrites(const operand *op, const struct fact *fact)
{
	int64_t offset = fact->number;

	if (op->type != ZYDIS_OPERAND_TYPE_MEMORY ||
	    !(op->actions & ZYDIS_OPERAND_ACTION_MASK_WRITE) ||
	    op->mem.base != ZYDIS_REGISTER_RSP)
		return false;
	return op->mem.index != ZYDIS_REGISTER_NONE || op->size == 0 ||
	       op->size > MAX_OPERAND_BITS ||
	       (op->mem.disp.value < offset + 8 &&
		op->mem.disp.value + op->size / 8 > offset);
}

/* The pointer's address is in the word on the stack that FACT says. */
static struct fact before_word(const struct instruction_parts *insn,
			       const struct step *step, struct fact fact)
{
	const operand *to = &insn->operands[0], *from = &insn->operands[1];
	int64_t offset = fact.number, distance = moves_stack(insn);
	unsigned int i;

	/* What is below rsp is anybody's. */
	if (offset < (distance < 0 ? -distance : 0))
		return never;
	if (is_call(step))
		return fact;
	if (distance) {
		fact.number += distance;
		return fact;
	}
	if (insn->info.mnemonic == ZYDIS_MNEMONIC_MOV && is_on_stack(to) &&
	    to->mem.disp.value == offset && whole(from) != NO_REGISTER)
		return in_register(whole(from));
	for (i = 0; i < insn->info.operand_count; i++)
		if (overwrites(&insn->operands[i], &fact))
			return never;
	return changes(insn, step, NUMBER_RSP) ? never : fact;
}

struct fact steps_before(const struct image *image, const struct step *step,
			 struct fact fact)
{
	struct instruction_parts insn;

	if (step->op == OP_NOP)
		return fact;
	if (!decode(image, step->address, &insn))
		return never;
	switch (fact.what) {
	case FACT_TESTED:
		return before_test(&insn, step);
	case FACT_VALUE:
		if (!changes(&insn, step, NUMBER_RCX))
			return fact;
		if (insn.info.mnemonic != ZYDIS_MNEMONIC_MOV ||
		    whole(&insn.operands[0]) != NUMBER_RCX)
			return never;
		return is_pointer(step, &insn.operands[1]);
	case FACT_ADDRESS:
		if (!changes(&insn, step, fact.reg))
			return fact;
		return before_address(&insn, step, fact.reg);
	case FACT_WORD:
		return before_word(&insn, step, fact);
	default:
		return never;
	}
}

struct fact steps_unwound(struct fact fact)
{
	bool kept = fact.what == FACT_ADDRESS && !(CALL_KILLS & 1u << fact.reg);

	return kept ? fact : never;
}

bool steps_is_jump(const struct step *step)
{
	switch (step->op) {
	case OP_BRANCH_NOT_EQUAL:
	case OP_BRANCH_RCX_ZERO:
	case OP_BRANCH:
	case OP_JUMP:
		return step->target != NO_STEP;
	default:
		return false;
	}
}

uint64_t steps_find(const struct code *code, uint64_t address)
{
	const struct step *step = list_find(&code->steps, address);

	return step ? (uint64_t)(step - code->steps.items) : NO_STEP;
}

uint64_t steps_next(const struct code *code, uint64_t index)
{
	const struct step *step = &code->steps.items[index];
	uint64_t next = step->address + step->size;

	if (index + 1 < code->steps.count && step[1].address == next)
		return index + 1;
	return steps_find(code, next);
}
