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

#include "steps.h"

/* How many steps may be looked at, for each of those that there are. */
#define WORK_PER_STEP 16

static const char *const names[] = {
	"abort",
	"exit",
	"_exit",
	"_Exit",
	"quick_exit",
	"pthread_exit",
	"longjmp",
	"_longjmp",
	"siglongjmp",
	"__longjmp_chk",
	"err",
	"errx",
	"verr",
	"verrx",
	"__assert",
	"__assert_fail",
	"__assert_perror_fail",
	"__chk_fail",
	"__fortify_fail",
	"__libc_fatal",
	"__stack_chk_fail",
	"__stack_chk_fail_local",
	"__cxa_bad_cast",
	"__cxa_bad_typeid",
	"__cxa_rethrow",
	"__cxa_throw",
	"__cxa_throw_bad_array_new_length",
	"_Unwind_Resume",
};

/* What glibc puts before the names that it uses itself. */
#define INTERNAL "__GI_"

static bool starts_with(const char *name, const char *start)
{
	return strncmp(name, start, strlen(start)) == 0;
}

/* What sanitizers call to report, unless they were told to go on. */
static bool is_sanitizer(const char *name)
{
	if (starts_with(name, "__asan_report_"))
		return strstr(name, "_noabort") == NULL;
	return starts_with(name, "__ubsan_handle_") &&
	       strstr(name, "_abort") != NULL;
}

static bool is_name(const char *name)
{
	size_t i;

	if (starts_with(name, INTERNAL))
		name += strlen(INTERNAL);
	for (i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return is_sanitizer(name);
}

/* Is PLACE a function, perhaps of another file, that never comes back? */
bool return_is_never(const struct image *image, const struct place *place)
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

/* The end of the function that starts at ADDRESS, or 0. */
static uint64_t end_of(const struct image *image, uint64_t address)
{
	const struct symbol *symbol = symbols_function(image, address);
	const struct frame *frame;

	if (symbol && symbol_is_code(symbol) && symbol->size)
		return symbol->address + symbol->size;
	frame = unwind_frame(image, address);
	return frame ? frame->end : 0;
}

/* Does STEP lead out of what is between START and END? */
static bool leads_out(const struct step *step, uint64_t start, uint64_t end)
{
	if (steps_is_jump(step))
		return step->target < start || step->target >= end;
	return step->op == OP_END || step->op == OP_SWITCH;
}

/* Is there no way out of the function that starts with step INDEX? */
static bool is_closed(const struct image *image, uint64_t index, uint64_t *work)
{
	const struct step *items = image->steps.items;
	uint64_t start = items[index].address;
	uint64_t end = end_of(image, start);
	uint8_t last = OP_OTHER;

	for (; index < image->steps.count && items[index].address < end;
	     index++) {
		if (*work == 0 || leads_out(&items[index], start, end))
			return false;
		last = items[index].op;
		--*work;
	}
	/* A call that ends a function doesn't come back. */
	return last == OP_CALL || last == OP_JUMP || last == OP_STOP;
}

/* Does what is called at TARGET come back? */
static bool comes_back(struct image *image, uint64_t target, uint64_t *work)
{
	uint64_t index = steps_find(image, target);
	struct place place = { target, NULL };
	struct step *step;

	if (target == NO_STEP)
		return true;
	if (index == NO_STEP)
		return !return_is_never(image, &place);
	step = &image->steps.items[index];
	if (!(step->flags & STEP_LOOKED_AT)) {
		step->flags |= STEP_LOOKED_AT;
		if (stub_place(image, target, &place) ?
			    return_is_never(image, &place) :
			    is_closed(image, index, work))
			step->flags |= STEP_CLOSED;
	}
	return !(step->flags & STEP_CLOSED);
}

/* Find the calls that don't come back. */
void return_check(struct image *image)
{
	uint64_t work = image->steps.count * WORK_PER_STEP;
	struct step *step;
	size_t i;

	for (i = 0; i < image->steps.count; i++) {
		step = &image->steps.items[i];
		if (step->op == OP_CALL &&
		    !comes_back(image, step->target, &work))
			step->flags |= STEP_LAST;
	}
}
