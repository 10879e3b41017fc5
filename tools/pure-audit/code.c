/*
 * Capstone: one instruction.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <capstone/capstone.h>

#include "audit.h"

/* One without and one with the operands told: the first is faster. */
static csh plain, detailed;
static cs_insn *plain_insn, *detailed_insn;

void code_open(void)
{
	if (cs_open(CS_ARCH_X86, CS_MODE_64, &plain) != CS_ERR_OK ||
	    cs_open(CS_ARCH_X86, CS_MODE_64, &detailed) != CS_ERR_OK ||
	    cs_option(detailed, CS_OPT_DETAIL, CS_OPT_ON) != CS_ERR_OK)
		fail("Capstone can't disassemble x86-64: "
		     "it is built without, or out of memory");
	plain_insn = cs_malloc(plain);
	detailed_insn = cs_malloc(detailed);
	if (!plain_insn || !detailed_insn)
		fail("out of memory");
}

/*
 * The instruction at BYTES, SIZE of which are there, or NULL if Capstone
 * doesn't know it. It is good until the next call.
 */
const cs_insn *code_decode(const uint8_t *bytes, size_t size, uint64_t address,
			   bool detail)
{
	cs_insn *insn = detail ? detailed_insn : plain_insn;

	if (!cs_disasm_iter(detail ? detailed : plain, &bytes, &size, &address,
			    insn))
		return NULL;
	return insn;
}

const cs_insn *code_at(const struct image *image, uint64_t address)
{
	size_t left;
	const uint8_t *bytes = image_bytes(image, address, &left);

	return bytes ? code_decode(bytes, left, address, true) : NULL;
}

/*
 * Put the registers that INSN, told in detail, changes by what Capstone knows
 * into REGISTERS, by Capstone's numbers; return how many there are.
 */
unsigned int code_written(const cs_insn *insn, uint16_t *registers)
{
	cs_regs read;
	uint8_t count_read = 0, count = 0;

	if (cs_regs_access(detailed, insn, read, &count_read, registers,
			   &count) != CS_ERR_OK)
		return 0;
	return count;
}
