/*
 * The pointer of a file in which it has no name: one that was stripped, and
 * has a pointer of its own. It is what the first recorded site seems to test,
 * and good for something only if all recorded sites test the same.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "steps.h"

/* How far before a site its test, and what that needs, may be. */
#define MAX_STEPS 64

/* Is OPERAND of INSN the pointer itself, for a site with a record of KIND? */
static const cs_x86_op *tested_operand(const cs_insn *insn, uint32_t kind)
{
	const cs_x86_op *operands = insn->detail->x86.operands;

	if (kind == RECORD_GUARDED)
		return operand_is_compare(insn) ? &operands[0] : NULL;
	if (insn->id != X86_INS_MOV || operands[0].type != X86_OP_REG ||
	    operands[0].reg != X86_REG_RCX || operands[1].type != X86_OP_MEM)
		return NULL;
	return &operands[1];
}

/* What INSN puts into register NUMBER, if that is an address, or 0. */
static uint64_t loaded_address(const struct image *image, const cs_insn *insn,
			       unsigned int number)
{
	const cs_x86_op *operands = insn->detail->x86.operands;
	struct place place;
	uint64_t address;

	if (insn->detail->x86.op_count != 2 || operands[0].type != X86_OP_REG ||
	    operand_register(operands[0].reg) != number)
		return 0;
	if (insn->id == X86_INS_MOV && operands[1].type == X86_OP_IMM)
		return operands[1].imm;
	if (!operand_address(insn, &operands[1], &address))
		return 0;
	if (insn->id == X86_INS_LEA)
		return address;
	if (insn->id != X86_INS_MOV || !dynamic_slot(image, address, &place))
		return 0;
	return place.name ? 0 : place.address;
}

/* What the site that RECORD is about seems to test. */
static uint64_t tested_address(const struct image *image,
			       const struct record *record)
{
	uint64_t index = steps_find(image, record->address), address;
	unsigned int number = NO_REGISTER, i;
	const cs_x86_op *operand;
	const cs_insn *insn;

	for (i = 0; i < MAX_STEPS && index-- > 0; i++) {
		insn = code_at(image, image->steps.items[index].address);
		if (!insn)
			return 0;
		if (number != NO_REGISTER) {
			address = loaded_address(image, insn, number);
			if (address)
				return address;
			continue;
		}
		operand = tested_operand(insn, record->kind);
		if (!operand)
			continue;
		if (operand_address(insn, operand, &address))
			return address;
		number = operand_register(operand->mem.base);
	}
	return 0;
}

/* Is there nothing at ADDRESS that has a name, nor code? */
static bool may_be_pointer(const struct image *image, uint64_t address)
{
	const struct area *area = image_area(image, address);

	return address && !symbols_at(image, address) &&
	       !(area && area->executable);
}

/*
 * If the pointer has no name, or the thunk, since the file was stripped, guess
 * its address.
 */
void guess_pointer(struct image *image)
{
	bool pointer = !symbols_have(image, image->pointer);
	bool thunk = !symbols_have(image, THUNK_NAME);
	const struct record *record;
	uint64_t address;
	size_t i;

	for (i = 0; !image->has_symtab && i < image->records.count; i++) {
		record = &image->records.items[i];
		if (record->kind != RECORD_GUARDED &&
		    record->kind != RECORD_THUNK)
			continue;
		address = tested_address(image, record);
		if (pointer && !image->unnamed_pointer &&
		    may_be_pointer(image, address))
			image->unnamed_pointer = address;
		address = sequence_thunk(image, record->address);
		if (thunk && !image->unnamed_thunk &&
		    record->kind == RECORD_THUNK && !symbols_at(image, address))
			image->unnamed_thunk = address;
	}
}
