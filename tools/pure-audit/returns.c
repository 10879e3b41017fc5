/*
 * Calls that don't come back: what follows them is come to from elsewhere, or
 * not at all. Without that, abort() in one place would make nothing known in
 * another.
 *
 * A function doesn't come back if there is no way out of all of its code: no
 * return, no jump to elsewhere. Of one in another file, the name is known.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "flow.h"

/* How many steps may be looked at, for each of those that there are. */
#define WORK_PER_STEP 16

static const char names[] =
	" abort exit _exit _Exit quick_exit pthread_exit longjmp _longjmp "
	"siglongjmp __longjmp_chk err errx verr verrx __assert __assert_fail "
	"__assert_perror_fail __chk_fail __fortify_fail __libc_fatal "
	"__stack_chk_fail __stack_chk_fail_local __cxa_bad_cast "
	"__cxa_bad_typeid __cxa_rethrow __cxa_throw "
	"__cxa_throw_bad_array_new_length _Unwind_Resume ";

static bool starts_with(const char *name, const char *start)
{
	return strncmp(name, start, strlen(start)) == 0;
}

/* What sanitizers call to report, unless they were to go on after it. */
static bool is_sanitizer(const char *name)
{
	if (starts_with(name, "__asan_report_"))
		return strstr(name, "_noabort") == NULL;
	return starts_with(name, "__ubsan_handle_") &&
	       strstr(name, "_abort") != NULL;
}

static bool is_name(const char *name)
{
	const char *found = names;
	size_t length = strlen(name);

	while (length && (found = strstr(found + 1, name)) != NULL)
		if (found[-1] == ' ' && found[length] == ' ')
			return true;
	return is_sanitizer(name);
}

/* Has PLACE, perhaps of another file, the name of one that doesn't return? */
static bool is_never(const struct image *image, const struct place *place)
{
	const struct symbol *symbol;

	if (place->name)
		return is_name(place->name);
	for (symbol = symbols_at(image, place->address); symbol;
	     symbol = symbols_next(image, symbol))
		if (is_name(symbol->name))
			return true;
	return false;
}

/* Does STEP lead out of what is between START and END? */
static bool leads_out(const struct step *step, uint64_t start, uint64_t end)
{
	if (steps_is_jump(step))
		return step->target < start || step->target >= end;
	return step->op == OP_END || step->op == OP_SWITCH ||
	       step->op == OP_JUMP_WORD;
}

/* Is there no way out of the function that starts at START? */
static bool is_closed(const struct code *code, uint64_t start, uint64_t *work)
{
	const struct area *area = area_of_code(code->image, start);
	struct step step = { .op = OP_OTHER };
	struct function function;
	uint64_t at;

	if (!symbols_where(code->image, start, &function) ||
	    function.end > area->start + area->size)
		return false;
	for (at = start; at < function.end; at += step.size) {
		step = steps_read(code->image, at);
		if (*work == 0 || leads_out(&step, start, function.end))
			return false;
		--*work;
	}
	/* A call that ends a function doesn't come back. */
	return step.op == OP_CALL || step.op == OP_CALL_WORD ||
	       step.op == OP_JUMP || step.op == OP_STOP;
}

/* Does what is called at ADDRESS come back? */
static bool comes_back(const struct code *code, uint64_t address,
		       uint64_t *work)
{
	struct place place = { address, NULL };

	if (graph_stub(code, address, &place) ||
	    !area_of_code(code->image, address))
		return !is_never(code->image, &place);
	return !is_closed(code, address, work);
}

void returns_find(struct code *code)
{
	uint64_t work = code->steps.count * WORK_PER_STEP;
	struct place place;
	struct step *step;
	size_t i;

	for (i = 0; i < code->steps.count; i++) {
		step = &code->steps.items[i];
		if (step->target == NO_STEP)
			continue;
		if ((step->op == OP_CALL &&
		     !comes_back(code, step->target, &work)) ||
		    (step->op == OP_CALL_WORD &&
		     slots_find(code->image, step->target, &place) &&
		     is_never(code->image, &place)))
			step->flags |= STEP_LAST;
	}
}
