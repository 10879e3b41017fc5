/*
 * What an instruction does to a guard, as far as it matters: it tests a word
 * in memory; it jumps; it puts an address into a register; it changes
 * registers. What is not understood changes all that Zydis says it does.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <Zydis/Zydis.h>

#include "../common/common.h"
#include "code.h"

/* A larger operand in memory is a state, of a size that isn't fixed. */
#define MAX_OPERAND_BITS 512

static ZydisDecoder decoder;

struct instruction_parts {
	ZydisDecodedInstruction info;
	ZydisDecodedOperand operands[ZYDIS_MAX_OPERAND_COUNT];
};

typedef ZydisDecodedOperand operand;

void steps_open(void)
{
	if (!ZYAN_SUCCESS(ZydisDecoderInit(&decoder, ZYDIS_MACHINE_MODE_LONG_64,
					   ZYDIS_STACK_WIDTH_64)))
		fail(EXIT_MISUSE, "Zydis can't disassemble x86-64");
}

static enum instruction site_of(const ZydisDecodedInstruction *info,
				const uint8_t *bytes)
{
	switch (info->mnemonic) {
	case ZYDIS_MNEMONIC_SYSCALL:
		return SITE_SYSCALL;
	case ZYDIS_MNEMONIC_SYSENTER:
		return SITE_SYSENTER;
	case ZYDIS_MNEMONIC_INT:
		return bytes[info->length - 1] == 0x80 ? SITE_INT80 : NO_SITE;
	default:
		return NO_SITE;
	}
}

unsigned int steps_length(const uint8_t *bytes, size_t size,
			  enum instruction *site)
{
	ZydisDecodedInstruction info;

	*site = NO_SITE;
	if (!ZYAN_SUCCESS(ZydisDecoderDecodeInstruction(&decoder, NULL, bytes,
							size, &info)))
		return 0;
	*site = site_of(&info, bytes);
	return info.length;
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

/* The address of OP of INSN, in memory; false if registers make it. */
static bool fixed_address(const struct instruction_parts *insn,
			  const operand *op, uint64_t address, uint64_t *result)
{
	if (!is_memory(op) || op->mem.index != ZYDIS_REGISTER_NONE)
		return false;
	*result = op->mem.disp.value;
	if (op->mem.base == ZYDIS_REGISTER_RIP)
		*result += address + insn->info.length;
	return op->mem.base == ZYDIS_REGISTER_RIP ||
	       op->mem.base == ZYDIS_REGISTER_NONE;
}

/* The table of a load such as mov table(,%rax,8), %rax. */
static bool table_address(const operand *op, uint64_t *result)
{
	if (!is_memory(op) || op->mem.base != ZYDIS_REGISTER_NONE ||
	    op->mem.index == ZYDIS_REGISTER_NONE || op->mem.scale != 8)
		return false;
	*result = op->mem.disp.value;
	return true;
}

/* The number of the register that points to OP, or NO_REGISTER. */
static unsigned int pointing(const operand *op)
{
	return is_memory(op) && op->mem.index == ZYDIS_REGISTER_NONE &&
			       op->mem.disp.value == 0 ?
		       part_of(op->mem.base) :
		       NO_REGISTER;
}

static bool is_frame_register(ZydisRegister reg)
{
	return reg == ZYDIS_REGISTER_RSP || reg == ZYDIS_REGISTER_RBP;
}

/* Is OP at a fixed distance from rsp or rbp? */
static bool is_on_stack(const operand *op)
{
	return is_memory(op) && op->mem.index == ZYDIS_REGISTER_NONE &&
	       is_frame_register(op->mem.base);
}

/* A number that is put into TO: an address, perhaps. */
static void read_number(const struct instruction_parts *insn, struct step *step)
{
	const operand *to = &insn->operands[0];

	if (to->type != ZYDIS_OPERAND_TYPE_REGISTER || to->size < 32)
		return;
	step->op = OP_ADDRESS;
	step->to = part_of(to->reg.value);
	step->target = insn->operands[1].imm.value.u;
	/* The rest of the register is cleared. */
	if (to->size == 32) {
		step->target = (uint32_t)step->target;
		step->from = HALF_REGISTER;
	}
}

static void read_move(const struct instruction_parts *insn, struct step *step)
{
	const operand *to = &insn->operands[0], *from = &insn->operands[1];

	step->to = whole(to);
	step->from = whole(from);
	if (from->type == ZYDIS_OPERAND_TYPE_IMMEDIATE) {
		read_number(insn, step);
	} else if (is_on_stack(to) && step->from != NO_REGISTER) {
		step->op = OP_SPILL;
		step->to = part_of(to->mem.base);
		step->target = to->mem.disp.value;
	} else if (step->to == NO_REGISTER) {
		return;
	} else if (step->from != NO_REGISTER) {
		step->op = OP_COPY;
	} else if (fixed_address(insn, from, step->address, &step->target)) {
		step->op = OP_WORD;
	} else if (table_address(from, &step->target)) {
		step->op = OP_ADDRESS;
	} else if (is_on_stack(from)) {
		step->op = OP_RELOAD;
		step->from = part_of(from->mem.base);
		step->target = from->mem.disp.value;
	} else if (pointing(from) != NO_REGISTER) {
		step->op = OP_FETCH;
		step->from = pointing(from);
	}
}

static void move_stack(struct step *step, int64_t distance)
{
	step->op = OP_STACK;
	step->target = distance;
}

/* What adds to rsp, or subtracts from it. */
static void read_add(const struct instruction_parts *insn, struct step *step)
{
	int64_t distance = insn->operands[1].imm.value.s;

	if (whole(&insn->operands[0]) == NUMBER_RSP &&
	    insn->operands[1].type == ZYDIS_OPERAND_TYPE_IMMEDIATE)
		move_stack(step, insn->info.mnemonic == ZYDIS_MNEMONIC_ADD ?
					 distance :
					 -distance);
}

static void read_lea(const struct instruction_parts *insn, struct step *step)
{
	const operand *from = &insn->operands[1];

	step->to = whole(&insn->operands[0]);
	if (step->to == NO_REGISTER)
		return;
	if (fixed_address(insn, from, step->address, &step->target))
		step->op = OP_ADDRESS;
	else if (step->to == NUMBER_RSP && is_on_stack(from) &&
		 from->mem.base == ZYDIS_REGISTER_RSP)
		move_stack(step, from->mem.disp.value);
}

static void read_compare(const struct instruction_parts *insn,
			 struct step *step)
{
	const operand *memory = &insn->operands[0];

	if (memory->type != ZYDIS_OPERAND_TYPE_MEMORY || memory->size != 64 ||
	    insn->operands[1].type != ZYDIS_OPERAND_TYPE_IMMEDIATE ||
	    insn->operands[1].imm.value.u != 0)
		return;
	step->from = pointing(memory);
	if (fixed_address(insn, memory, step->address, &step->target))
		step->op = OP_TEST;
	else if (step->from != NO_REGISTER)
		step->op = OP_TEST_AT;
}

static void read_jump(const struct instruction_parts *insn, struct step *step)
{
	const operand *op = &insn->operands[0];

	step->op = OP_SWITCH;
	if (insn->info.meta.branch_type == ZYDIS_BRANCH_TYPE_FAR) {
		step->op = OP_END;
	} else if (op->type == ZYDIS_OPERAND_TYPE_IMMEDIATE) {
		step->op = OP_JUMP;
		step->target = op->imm.value.u + step->address + step->size;
	} else if (fixed_address(insn, op, step->address, &step->target)) {
		step->op = OP_JUMP_WORD;
	} else {
		table_address(op, &step->target);
	}
}

/* A call leaves rsp as it was. */
static void read_call(const struct instruction_parts *insn, struct step *step)
{
	const operand *op = &insn->operands[0];

	step->op = OP_CALL;
	step->kills = CALL_KILLS;
	if (op->type == ZYDIS_OPERAND_TYPE_IMMEDIATE && op->imm.is_relative)
		step->target = op->imm.value.u + step->address + step->size;
	else if (fixed_address(insn, op, step->address, &step->target))
		step->op = OP_CALL_WORD;
}

static void read_branch(const struct instruction_parts *insn, struct step *step)
{
	switch (insn->info.mnemonic) {
	case ZYDIS_MNEMONIC_JZ:
		step->op = OP_BRANCH_EQUAL;
		break;
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

/* What may write to the stack: it's about the address only. */
static void read_store(const struct instruction_parts *insn, struct step *step)
{
	const operand *op;
	unsigned int i;

	for (i = 0; i < insn->info.operand_count; i++) {
		op = &insn->operands[i];
		if (op->type != ZYDIS_OPERAND_TYPE_MEMORY ||
		    !(op->actions & ZYDIS_OPERAND_ACTION_MASK_WRITE) ||
		    !is_frame_register(op->mem.base))
			continue;
		step->op = OP_STORE;
		step->to = part_of(op->mem.base);
		step->target = op->mem.disp.value;
		step->from = STORE_SOMEWHERE;
		if (op->mem.index == ZYDIS_REGISTER_NONE && op->size > 0 &&
		    op->size <= MAX_OPERAND_BITS)
			step->from = op->size / 8;
	}
}

static void read_push(const struct instruction_parts *insn, struct step *step)
{
	int64_t size = insn->info.operand_width == 16 ? 2 : 8;

	if (insn->info.meta.category == ZYDIS_CATEGORY_PUSH)
		move_stack(step, -size);
	else if (whole(&insn->operands[0]) != NUMBER_RSP &&
		 insn->operands[0].type == ZYDIS_OPERAND_TYPE_REGISTER)
		move_stack(step, size);
}

static void enter_kernel(struct step *step, uint16_t kills)
{
	step->op = OP_SITE;
	step->kills = kills;
	step->from = 0;
}

/* Instructions that more is to be said of than which registers they change. */
static void read_special(const struct instruction_parts *insn,
			 struct step *step)
{
	switch (insn->info.mnemonic) {
	case ZYDIS_MNEMONIC_MOV:
		read_move(insn, step);
		break;
	case ZYDIS_MNEMONIC_LEA:
		read_lea(insn, step);
		break;
	case ZYDIS_MNEMONIC_CMP:
		read_compare(insn, step);
		break;
	case ZYDIS_MNEMONIC_ADD:
	case ZYDIS_MNEMONIC_SUB:
		read_add(insn, step);
		break;
	case ZYDIS_MNEMONIC_PUSH:
	case ZYDIS_MNEMONIC_POP:
		read_push(insn, step);
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
		enter_kernel(step, SYSCALL_KILLS);
		break;
	case ZYDIS_MNEMONIC_SYSENTER:
	case ZYDIS_MNEMONIC_INT:
		enter_kernel(step, CALL_KILLS);
		break;
	default:
		break;
	}
}

/* The registers that INSN changes, or may change. */
static uint16_t killed(const struct instruction_parts *insn)
{
	const operand *op;
	uint16_t kills = 0;
	unsigned int i, number;

	for (i = 0; i < insn->info.operand_count; i++) {
		op = &insn->operands[i];
		if (op->type != ZYDIS_OPERAND_TYPE_REGISTER ||
		    !(op->actions & ZYDIS_OPERAND_ACTION_MASK_WRITE))
			continue;
		number = part_of(op->reg.value);
		if (number != NO_REGISTER)
			kills |= 1u << number;
	}
	return kills;
}

struct step steps_read(const uint8_t *bytes, size_t size, uint64_t address)
{
	struct step step = { .address = address,
			     .target = NO_STEP,
			     .to = NO_REGISTER,
			     .from = NO_REGISTER,
			     .kills = UINT16_MAX };
	struct instruction_parts insn;

	if (!ZYAN_SUCCESS(ZydisDecoderDecodeFull(&decoder, bytes, size,
						 &insn.info, insn.operands)))
		return step;
	step.size = insn.info.length;
	step.kills = killed(&insn);
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
		read_special(&insn, &step);
		if (step.op == OP_OTHER)
			read_store(&insn, &step);
		break;
	}
	return step;
}

bool steps_is_jump(const struct step *step)
{
	switch (step->op) {
	case OP_BRANCH_NOT_EQUAL:
	case OP_BRANCH_EQUAL:
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

uint64_t steps_from(const struct code *code, uint64_t address)
{
	return address ? list_not_above(&code->steps, address - 1) : 0;
}
