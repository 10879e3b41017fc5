/*
 * Jumps through the GOT, and the stubs in the PLT that are such.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "steps.h"

/* Where INSN jumps to, by its operand or by a word in the GOT. */
bool stub_jump(const struct image *image, const cs_insn *insn,
	       struct place *place)
{
	const cs_x86_op *operand = &insn->detail->x86.operands[0];
	uint64_t slot;

	if (insn->id != X86_INS_JMP)
		return false;
	if (operand->type == X86_OP_IMM) {
		*place = (struct place){ operand->imm, NULL };
		return true;
	}
	return operand_address(insn, operand, &slot) &&
	       dynamic_slot(image, slot, place);
}

/* Is there a stub at ADDRESS? Where does it lead to? */
bool stub_place(const struct image *image, uint64_t address,
		struct place *place)
{
	const cs_insn *insn = code_at(image, address);

	if (insn && insn->id == X86_INS_ENDBR64)
		insn = code_at(image, address + insn->size);
	return insn && insn->detail->x86.operands[0].type == X86_OP_MEM &&
	       stub_jump(image, insn, place);
}
