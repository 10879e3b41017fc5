/*
 * What each instruction does to a guard, as far as it matters: it tests the
 * pointer; it jumps; it puts the pointer's address into a register; it
 * changes registers. What is not understood changes all that it names.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "steps.h"

bool steps_is_pointer(const struct image *image, uint64_t address)
{
	if (address == 0)
		return false;
	if (image->unnamed_pointer)
		return image->unnamed_pointer == address;
	return symbols_named(image, address, image->pointer);
}

/* Is what the word at ADDRESS holds the address of the pointer? */
static bool is_pointer_slot(const struct image *image, uint64_t address)
{
	struct place place;

	if (!dynamic_slot(image, address, &place))
		return false;
	if (place.name)
		return place_is_named(image, &place, image->pointer);
	return steps_is_pointer(image, place.address);
}

/* INSN puts ADDRESS into register NUMBER. */
static void set_address(const struct image *image, struct step *step,
			unsigned int number, uint64_t address)
{
	if (number == NO_REGISTER)
		return;
	step->op = steps_is_pointer(image, address) ? OP_POINTER : OP_ADDRESS;
	step->to = number;
	step->target = address;
}

/* The table of a load such as mov table(,%rax,8), %rax. */
static bool table_address(const cs_x86_op *operand, uint64_t *address)
{
	const x86_op_mem *mem = &operand->mem;

	*address = mem->disp;
	return operand->type == X86_OP_MEM && operand_is_flat(mem->segment) &&
	       mem->base == X86_REG_INVALID && mem->index != X86_REG_INVALID &&
	       mem->scale == 8;
}

/* A move between a register and the stack. */
static bool read_spill(const cs_x86_op *to, const cs_x86_op *from,
		       struct step *step)
{
	if (operand_is_on_stack(to) && from->type == X86_OP_REG &&
	    operand_register(from->reg) != NO_REGISTER) {
		step->op = OP_SPILL;
		step->to = operand_register(to->mem.base);
		step->from = operand_register(from->reg);
		step->target = to->mem.disp;
		return true;
	}
	if (operand_is_on_stack(from) && to->type == X86_OP_REG &&
	    operand_register(to->reg) != NO_REGISTER) {
		step->op = OP_RELOAD;
		step->to = operand_register(to->reg);
		step->from = operand_register(from->mem.base);
		step->target = from->mem.disp;
		return true;
	}
	return false;
}

static void read_move(const struct image *image, const cs_insn *insn,
		      struct step *step)
{
	const cs_x86_op *to = &insn->detail->x86.operands[0];
	const cs_x86_op *from = &insn->detail->x86.operands[1];
	uint64_t address;

	if (insn->detail->x86.op_count != 2 || read_spill(to, from, step) ||
	    to->type != X86_OP_REG)
		return;
	if (from->type == X86_OP_IMM) {
		/* Where the file may be anywhere, half a register holds no
		 * address. */
		if (image->header.e_type != ET_DYN || to->size == 8)
			set_address(image, step, operand_wide_register(to->reg),
				    from->imm);
	} else if (operand_register(to->reg) == NO_REGISTER) {
		return;
	} else if (from->type == X86_OP_REG) {
		step->to = operand_register(to->reg);
		step->from = operand_register(from->reg);
		if (step->from != NO_REGISTER)
			step->op = OP_COPY;
	} else if (operand_address(insn, from, &address)) {
		step->to = operand_register(to->reg);
		if (is_pointer_slot(image, address))
			step->op = OP_POINTER;
		else if (to->reg == X86_REG_RCX &&
			 steps_is_pointer(image, address))
			step->op = OP_LOAD;
	} else if (to->reg == X86_REG_RCX && operand_is_at_register(from)) {
		step->op = OP_LOAD_AT;
		step->from = operand_register(from->mem.base);
	} else if (table_address(from, &address)) {
		step->to = operand_register(to->reg);
		step->op = OP_ADDRESS;
		step->target = address;
	}
}

static void move_stack(struct step *step, int64_t distance)
{
	step->op = OP_STACK;
	step->target = distance;
}

/* What a push or pop moves rsp by. */
static int64_t word_size(const cs_insn *insn)
{
	return insn->detail->x86.prefix[2] == X86_PREFIX_OPSIZE ? 2 : 8;
}

/* What adds to rsp, or subtracts from it. */
static void read_add(const struct image *image, const cs_insn *insn,
		     struct step *step)
{
	const cs_x86_op *to = &insn->detail->x86.operands[0];
	const cs_x86_op *from = &insn->detail->x86.operands[1];

	(void)image;
	if (insn->detail->x86.op_count == 2 && to->type == X86_OP_REG &&
	    to->reg == X86_REG_RSP && from->type == X86_OP_IMM)
		move_stack(step,
			   insn->id == X86_INS_ADD ? from->imm : -from->imm);
}

static void read_lea(const struct image *image, const cs_insn *insn,
		     struct step *step)
{
	const cs_x86_op *to = &insn->detail->x86.operands[0];
	const cs_x86_op *from = &insn->detail->x86.operands[1];
	uint64_t address;

	if (insn->detail->x86.op_count == 2 && to->type == X86_OP_REG &&
	    operand_address(insn, from, &address))
		set_address(image, step, operand_register(to->reg), address);
	else if (to->reg == X86_REG_RSP && operand_is_on_stack(from) &&
		 from->mem.base == X86_REG_RSP)
		move_stack(step, from->mem.disp);
}

static void read_compare(const struct image *image, const cs_insn *insn,
			 struct step *step)
{
	const cs_x86_op *memory = &insn->detail->x86.operands[0];
	uint64_t address;

	if (!operand_is_compare(insn))
		return;
	if (operand_address(insn, memory, &address)) {
		if (steps_is_pointer(image, address))
			step->op = OP_TEST;
	} else if (operand_is_at_register(memory)) {
		step->op = OP_TEST_AT;
		step->from = operand_register(memory->mem.base);
	}
}

static void read_jump(const struct image *image, const cs_insn *insn,
		      struct step *step)
{
	const cs_x86_op *operand = &insn->detail->x86.operands[0];
	uint64_t address;

	(void)image;
	if (operand->type == X86_OP_IMM) {
		step->op = OP_JUMP;
		step->target = operand->imm;
	} else if (operand_address(insn, operand, &address)) {
		/* Through the GOT, to another function. */
		step->op = OP_END;
	} else if (table_address(operand, &address)) {
		step->target = address;
	}
}

static void read_call(const struct image *image, const cs_insn *insn,
		      struct step *step)
{
	const cs_x86_op *operand = &insn->detail->x86.operands[0];
	struct place place;
	uint64_t slot;

	if (operand->type == X86_OP_IMM)
		step->target = operand->imm;
	else if (operand_address(insn, operand, &slot) &&
		 dynamic_slot(image, slot, &place) &&
		 return_is_never(image, &place))
		step->flags |= STEP_LAST;
}

/* Jumps but `jmp' all have the group, XBEGIN and loops have not. */
static bool is_branch(const cs_insn *insn)
{
	size_t i;

	if (insn->id == X86_INS_XBEGIN || insn->id == X86_INS_LOOP ||
	    insn->id == X86_INS_LOOPE || insn->id == X86_INS_LOOPNE)
		return true;
	for (i = 0; i < insn->detail->groups_count; i++)
		if (insn->detail->groups[i] == X86_GRP_JUMP)
			return true;
	return false;
}

static void read_branch(const cs_insn *insn, struct step *step)
{
	const cs_x86_op *operand = &insn->detail->x86.operands[0];

	if (!is_branch(insn))
		return;
	if (insn->id == X86_INS_JNE)
		step->op = OP_BRANCH_NOT_EQUAL;
	else if (insn->id == X86_INS_JE)
		step->op = OP_BRANCH_EQUAL;
	else if (insn->id == X86_INS_JRCXZ)
		step->op = OP_BRANCH_RCX_ZERO;
	else
		step->op = OP_BRANCH;
	if (insn->detail->x86.op_count == 1 && operand->type == X86_OP_IMM)
		step->target = operand->imm;
}

/* Does INSN write more than the size of its operand says? */
static bool saves_state(const cs_insn *insn)
{
	switch (insn->id) {
	case X86_INS_FXSAVE:
	case X86_INS_FXSAVE64:
	case X86_INS_XSAVE:
	case X86_INS_XSAVE64:
	case X86_INS_XSAVEC:
	case X86_INS_XSAVEC64:
	case X86_INS_XSAVEOPT:
	case X86_INS_XSAVEOPT64:
	case X86_INS_FNSAVE:
	case X86_INS_FNSTENV:
		return true;
	default:
		return false;
	}
}

/* What may write to the stack: it's about the address only. */
static void read_store(const cs_insn *insn, struct step *step)
{
	const cs_x86 *x86 = &insn->detail->x86;
	unsigned int written = operand_written(insn), i;
	const x86_op_mem *mem;

	for (i = 0; i < x86->op_count && i < written; i++) {
		mem = &x86->operands[i].mem;
		if (x86->operands[i].type != X86_OP_MEM ||
		    (mem->base != X86_REG_RSP && mem->base != X86_REG_RBP))
			continue;
		step->op = OP_STORE;
		step->to = operand_register(mem->base);
		step->target = mem->disp;
		step->from = mem->index == X86_REG_INVALID &&
					     x86->operands[i].size > 0 &&
					     !saves_state(insn) ?
				     x86->operands[i].size :
				     STORE_SOMEWHERE;
	}
}

static void read_push(const struct image *image, const cs_insn *insn,
		      struct step *step)
{
	(void)image;
	move_stack(step, -word_size(insn));
}

static void read_pop(const struct image *image, const cs_insn *insn,
		     struct step *step)
{
	const cs_x86_op *to = &insn->detail->x86.operands[0];

	(void)image;
	if (to->type == X86_OP_REG && to->reg != X86_REG_RSP)
		move_stack(step, word_size(insn));
}

/*
 * Instructions that more is to be said of than what Capstone knows that they
 * change; KILLS replaces that. (A call leaves rsp as it was.)
 */
static const struct {
	unsigned int id;
	enum op op;
	uint16_t kills;
	void (*read)(const struct image *image, const cs_insn *insn,
		     struct step *step);
} readers[] = {
	{ X86_INS_MOV, OP_OTHER, 0, read_move },
	{ X86_INS_LEA, OP_OTHER, 0, read_lea },
	{ X86_INS_CMP, OP_OTHER, 0, read_compare },
	{ X86_INS_CALL, OP_CALL, CALL_KILLS, read_call },
	{ X86_INS_LCALL, OP_CALL, CALL_KILLS, NULL },
	{ X86_INS_NOP, OP_NOP, 0, NULL },
	{ X86_INS_JMP, OP_SWITCH, 0, read_jump },
	{ X86_INS_PUSH, OP_OTHER, 0, read_push },
	{ X86_INS_POP, OP_OTHER, 0, read_pop },
	{ X86_INS_ADD, OP_OTHER, 0, read_add },
	{ X86_INS_SUB, OP_OTHER, 0, read_add },
	{ X86_INS_MOVABS, OP_OTHER, 0, read_move },
	{ X86_INS_RET, OP_END, 0, NULL },
	{ X86_INS_RETF, OP_END, 0, NULL },
	{ X86_INS_RETFQ, OP_END, 0, NULL },
	{ X86_INS_LJMP, OP_END, 0, NULL },
	{ X86_INS_IRETQ, OP_END, 0, NULL },
	{ X86_INS_UD2, OP_STOP, 0, NULL },
	{ X86_INS_INT3, OP_TRAP, 0, NULL },
	{ X86_INS_SYSCALL, OP_SITE, SYSCALL_KILLS, NULL },
	{ X86_INS_SYSENTER, OP_SITE, CALL_KILLS, NULL },
	{ X86_INS_INT, OP_SITE, CALL_KILLS, NULL },
};

/* What INSN, told in detail, does. */
struct step steps_read(const struct image *image, const cs_insn *insn)
{
	struct step step = { .address = insn->address,
			     .target = NO_STEP,
			     .size = insn->size,
			     .kills = operand_kills(insn) };
	size_t i;

	for (i = 0; i < sizeof(readers) / sizeof(*readers); i++) {
		if (readers[i].id != insn->id)
			continue;
		step.op = readers[i].op;
		if (readers[i].kills)
			step.kills = readers[i].kills;
		if (readers[i].read)
			readers[i].read(image, insn, &step);
	}
	if (step.op == OP_OTHER)
		read_branch(insn, &step);
	if (step.op == OP_OTHER)
		read_store(insn, &step);
	return step;
}

/* Has STEP a target that control may go to, and come from without a call? */
bool steps_is_jump(const struct step *step)
{
	return step->target != NO_STEP &&
	       (step->op == OP_BRANCH_NOT_EQUAL ||
		step->op == OP_BRANCH_EQUAL || step->op == OP_BRANCH_RCX_ZERO ||
		step->op == OP_BRANCH || step->op == OP_JUMP);
}

/* The number of the step at ADDRESS, or NO_STEP. */
uint64_t steps_find(const struct image *image, uint64_t address)
{
	const struct step *step = list_find(&image->steps, address);

	return step ? (uint64_t)(step - image->steps.items) : NO_STEP;
}

/* The number of the step that follows number INDEX, or NO_STEP. */
uint64_t steps_next(const struct image *image, uint64_t index)
{
	const struct step *step = &image->steps.items[index];
	uint64_t next = step->address + step->size;

	if (index + 1 < image->steps.count && step[1].address == next)
		return index + 1;
	return steps_find(image, next);
}

uint64_t steps_from(const struct image *image, uint64_t address)
{
	size_t low = 0, high = image->steps.count, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (image->steps.items[middle].address < address)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}
