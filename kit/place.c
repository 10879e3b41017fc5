/*
 * kit: what is known of an address in a program: its function and lines, and
 * how to come from a function's frame to that of its caller.
 *
 * It is found out once, and kept for as long as the same files are mapped.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <dwarf.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "stack-x86_64.h"
#include "stack.h"

/* The most functions that are inlined at an address. */
#define MOST_LINES 32

/* A hash table, at most half of which is used. */
static struct place **places;
static size_t place_size, place_count;

static bool with_lines;

/* The file of this handler's. */
static const char *own_file;

/* A copy of TEXT that stays, the same for the same text. */
static const char *keep(const char *text)
{
	static void *texts;
	char **found = tfind(text, &texts, (comparison_fn_t)strcmp), *copy;

	if (found)
		return *found;
	copy = strdup(text);
	if (copy && !tsearch(copy, &texts, (comparison_fn_t)strcmp)) {
		free(copy);
		return NULL;
	}
	return copy;
}

static const char *keep_some(const char *text)
{
	return text ? keep(text) : NULL;
}

/* NAME of a symbol table, without its version. */
static const char *keep_symbol(const char *name)
{
	const char *kept = NULL;
	char *plain;

	if (!name || !strchr(name, '@'))
		return keep_some(name);
	plain = strndup(name, strcspn(name, "@"));
	if (plain)
		kept = keep(plain);
	free(plain);
	return kept;
}

/* FUNCTION as its language has it. */
static const char *keep_name(const char *function)
{
	char *name = function ? modules_demangle(function) : NULL;
	const char *kept = name ? keep(name) : NULL;

	free(name);
	return kept ? kept : function;
}

/* Where an inlined function is called. */
static void find_call(Dwarf_Die *unit, Dwarf_Die *die, const char **file,
		      int *line)
{
	Dwarf_Attribute attribute;
	Dwarf_Files *files;
	Dwarf_Word value;

	*file = NULL;
	*line = 0;
	if (libdw.dwarf_formudata(
		    libdw.dwarf_attr(die, DW_AT_call_line, &attribute),
		    &value) == 0)
		*line = (int)value;
	if (libdw.dwarf_getsrcfiles(unit, &files, NULL) == 0 &&
	    libdw.dwarf_formudata(
		    libdw.dwarf_attr(die, DW_AT_call_file, &attribute),
		    &value) == 0)
		*file = libdw.dwarf_filesrc(files, value, NULL, NULL);
}

/* The function that has ADDRESS, after those that are inlined there: to LINES.
 * FILE and LINE are the address's. */
static unsigned int find_functions(struct pure_line *lines, Dwfl_Module *module,
				   unsigned long address, const char *file,
				   int line)
{
	Dwarf_Die *scopes = NULL, *all = NULL, *unit, innermost;
	unsigned int count = 0;
	Dwarf_Addr bias;
	int size = 0, i;

	unit = libdw.dwfl_module_addrdie(module, address, &bias);
	if (unit && libdw.dwarf_getscopes(unit, address - bias, &scopes) > 0) {
		innermost = scopes[0];
		size = libdw.dwarf_getscopes_die(&innermost, &all);
	}
	for (i = 0; i < size && count < MOST_LINES; i++) {
		const int tag = libdw.dwarf_tag(&all[i]);

		if (tag != DW_TAG_inlined_subroutine &&
		    tag != DW_TAG_subprogram)
			continue;
		lines[count++] = (struct pure_line){
			keep_some(libdw.dwarf_diename(&all[i])),
			keep_some(file), line
		};
		if (tag == DW_TAG_subprogram)
			break;
		find_call(unit, &all[i], &file, &line);
	}
	free(scopes);
	free(all);
	return count;
}

static void set_lines(struct pure_frame *frame, Dwfl_Module *module,
		      unsigned long address)
{
	struct pure_line lines[MOST_LINES];
	Dwfl_Line *found = libdw.dwfl_module_getsrc(module, address);
	struct pure_line *copy;
	const char *file = NULL;
	unsigned int count;
	int line = 0;

	if (found)
		file = libdw.dwfl_lineinfo(found, NULL, &line, NULL, NULL,
					   NULL);
	count = find_functions(lines, module, address, file, line);
	if (count == frame->line_count &&
	    (!count ||
	     memcmp(lines, frame->lines, count * sizeof(*lines)) == 0))
		return;
	copy = malloc(count * sizeof(*lines));
	if (!copy)
		return;
	memcpy(copy, lines, count * sizeof(*lines));
	frame->lines = copy;
	frame->line_count = count;
}

/* Is NAME a function of the runtime's by which a site comes to the handler? */
static bool is_entry(const char *name)
{
	return name && (strncmp(name, "__pure_site", 11) == 0 ||
			strncmp(name, "__pure_thunk", 12) == 0 ||
			strncmp(name, "__pure_guard", 12) == 0 ||
			strncmp(name, "__pure_dispatch", 15) == 0);
}

/* Is register NUMBER of FRAME's caller at a distance from its CFA? Returns
 * false if it is elsewhere; *SAME: it is what it was, *NONE: there is none. */
static bool find_saved(Dwarf_Frame *frame, int number, long *distance,
		       bool *same, bool *none)
{
	Dwarf_Op room[3], *ops;
	size_t count;

	if (libdw.dwarf_frame_register(frame, number, room, &ops, &count) != 0)
		return false;
	*same = !count && !ops;
	*none = !count && ops;
	*distance = count > 1 ? (long)ops[1].number : 0;
	return !count || (ops[0].atom == DW_OP_call_frame_cfa &&
			  (count == 1 ||
			   (count == 2 && ops[1].atom == DW_OP_plus_uconst)));
}

static bool find_cfa(Dwarf_Frame *frame, struct stack_rule *rule)
{
	Dwarf_Op *ops;
	size_t count;

	if (libdw.dwarf_frame_cfa(frame, &ops, &count) != 0 || count != 1 ||
	    ops->atom != DW_OP_bregx ||
	    (ops->number != STACK_SP && ops->number != STACK_BP))
		return false;
	rule->by_frame_pointer = ops->number == STACK_BP;
	rule->cfa = (long)ops->number2;
	return true;
}

static void set_rule(struct stack_rule *rule, Dwfl_Module *module,
		     unsigned long address)
{
	Dwarf_Frame *frame = NULL;
	bool same, none;
	Dwarf_CFI *cfi;
	Dwarf_Addr bias;

	rule->kind = RULE_LIBDW;
	cfi = libdw.dwfl_module_eh_cfi(module, &bias);
	if (!cfi || libdw.dwarf_cfi_addrframe(cfi, address - bias, &frame) != 0)
		return;
	if (libdw.dwarf_frame_info(frame, NULL, NULL, &rule->interrupts) ==
		    STACK_PC &&
	    find_saved(frame, STACK_PC, &rule->pc, &same, &none) && !same) {
		if (none)
			rule->kind = RULE_END;
		else if (find_cfa(frame, rule) &&
			 find_saved(frame, STACK_BP, &rule->frame_pointer,
				    &rule->keeps_frame_pointer, &none) &&
			 !none)
			rule->kind = RULE_SIMPLE;
	}
	free(frame);
}

/* Find out about PLACE, which is after a call unless it is INTERRUPTED. */
static void look_up(struct place *place, Dwfl *modules, bool interrupted)
{
	const unsigned long address = place->address - !interrupted;
	struct pure_frame *frame = &place->frame;
	Dwfl_Module *module = libdw.dwfl_addrmodule(modules, address);
	Dwarf_Addr start;
	GElf_Off offset;
	GElf_Sym symbol;
	const char *name;

	place->entry = place->own = false;
	place->rule.kind = RULE_LIBDW;
	frame->address = place->address;
	frame->file = frame->function = frame->name = NULL;
	if (!module)
		return;
	name = libdw.dwfl_module_info(module, NULL, &start, NULL, NULL, NULL,
				      NULL, NULL);
	frame->file = keep_some(name);
	frame->file_offset = place->address - start;
	name = libdw.dwfl_module_addrinfo(module, address, &offset, &symbol,
					  NULL, NULL, NULL);
	frame->function = keep_symbol(name);
	frame->name = keep_name(frame->function);
	frame->offset = offset + !interrupted;
	set_rule(&place->rule, module, address);
	place->entry = is_entry(name);
	place->own =
		own_file && frame->file && strcmp(frame->file, own_file) == 0;
	if (with_lines && !place->entry)
		set_lines(frame, module, address);
}

static struct place **slot_of(unsigned long address)
{
	size_t i = address * 0x9e3779b97f4a7c15 % place_size;

	while (places[i] && places[i]->address != address)
		i = (i + 1) % place_size;
	return &places[i];
}

static bool grow(void)
{
	struct place **old = places, **more;
	const size_t old_size = place_size;
	size_t i;

	if (place_count < place_size / 2)
		return true;
	more = calloc(place_size ? 2 * place_size : 1024, sizeof(*more));
	if (!more)
		return false;
	places = more;
	place_size = place_size ? 2 * place_size : 1024;
	for (i = 0; i < old_size; i++)
		if (old[i])
			*slot_of(old[i]->address) = old[i];
	free(old);
	return true;
}

const struct place *place_of(Dwfl *modules, unsigned int generation,
			     unsigned long address, bool interrupted)
{
	struct place **slot;

	if (!grow())
		return NULL;
	slot = slot_of(address);
	if (!*slot) {
		*slot = calloc(1, sizeof(**slot));
		if (!*slot)
			return NULL;
		(*slot)->address = address;
		place_count++;
	}
	if ((*slot)->generation != generation) {
		look_up(*slot, modules, interrupted);
		(*slot)->generation = generation;
	}
	return *slot;
}

void places_start(bool lines)
{
	Dl_info self;

	with_lines = lines;
	/* As /proc has it. */
	if (dladdr(&own_file, &self))
		own_file = realpath(self.dli_fname, NULL);
}
