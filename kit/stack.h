/*
 * kit: stacks.
 *
 * stack.c    the program's stack
 * place.c    what is known of an address
 * modules.c  the files that are mapped, and libdw, which reads them
 * caller.c   the callers that an option names
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#ifndef STACK_H
#define STACK_H 1

#include <elfutils/libdwfl.h>

#include "kit.h"

#pragma GCC visibility push(hidden)

/* libdw's functions: it is loaded when a stack is asked for, not with each
 * handler that might. */
#define LIBDW_FUNCTIONS(do)                                                                                                                                                                                                                                                                                                                                                                                                                               \
	do                                                                                                                                                                                                                                                                                                                                                                                                                                                \
	(dwarf_attr) do(dwarf_cfi_addrframe) do(dwarf_diename) do(dwarf_filesrc) do(dwarf_formudata) do(dwarf_frame_cfa) do(dwarf_frame_info) do(dwarf_frame_register) do(dwarf_getscopes) do(dwarf_getscopes_die) do(dwarf_getsrcfiles) do(dwarf_tag) do(dwfl_addrmodule) do(dwfl_attach_state) do(dwfl_begin) do(dwfl_frame_pc) do(dwfl_getthread_frames) do(dwfl_lineinfo) do(dwfl_module_addrdie) do(dwfl_module_addrinfo) do(dwfl_module_eh_cfi) do( \
		dwfl_module_getsrc) do(dwfl_module_info) do(dwfl_report_begin) do(dwfl_report_end) do(dwfl_report_module) do(dwfl_standard_find_debuginfo) do(dwfl_thread_state_registers) do(elf_memory) do(elf_version)

#define LIBDW_POINTER(name) __typeof__(name) *name;

/* They are called with the lock of stack.c: libdw has none. */
struct libdw {
	LIBDW_FUNCTIONS(LIBDW_POINTER)
};
extern struct libdw libdw;

/* How the frame of the next function is found, where that is simple: its
 * canonical frame address is so much above the stack pointer, or the frame
 * pointer, and the rest is so far from there. */
struct stack_rule {
	enum { RULE_LIBDW, RULE_SIMPLE, RULE_END } kind;
	bool by_frame_pointer, keeps_frame_pointer;
	/* The other function goes on at any instruction of its own. */
	bool interrupts;
	long cfa, pc, frame_pointer;
};

/* What is known of an address. */
struct place {
	unsigned long address;
	unsigned int generation;
	/* The runtime's entry; code of this handler. */
	bool entry, own;
	struct stack_rule rule;
	struct pure_frame frame;
};

/* What is known of ADDRESS, in MODULES of GENERATION; INTERRUPTED: it isn't
 * after a call. NULL: there is no memory. */
const struct place *place_of(Dwfl *modules, unsigned int generation,
			     unsigned long address, bool interrupted);

/* For INIT. */
void places_start(bool lines);

/* For INIT: returns NULL, or why there is none. */
const char *modules_start(void);

/* NAME of a symbol table as C++ has it, to be freed; NULL if it is none of
 * C++'s, or libstdc++ isn't there. */
char *modules_demangle(const char *name);

/* The files that are mapped now, or NULL. */
Dwfl *modules_find(void);

/* Call NUMBER has mapped code, or taken away what is known. */
bool modules_change(long number, const long *arguments, long result);

#pragma GCC visibility pop

#endif
