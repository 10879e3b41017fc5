/*
 * kit: the program's stack.
 *
 * The handler's own leads to it: each function's frame and each site's is
 * described by call frame information, which libdw reads. What is the
 * program's begins above the runtime's entry, which the site has jumped to.
 *
 * Frames are walked here where that is simple, by what place.c keeps, and else
 * all of them by libdw: in functions for signals, say.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include "stack-x86_64.h"
#include "stack.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static Dwfl *modules;

/* What is mapped now; and what MODULES knows. */
static unsigned int generation = 1, known_generation;

static void take(void)
{
	pthread_mutex_lock(&lock);
}

static void leave(void)
{
	pthread_mutex_unlock(&lock);
}

const char *pure_stack_start(bool lines)
{
	if (!pure_isolated())
		return "stacks take a namespace of the handler's own";
	places_start(lines);
	if (pthread_atfork(take, leave, leave) != 0)
		return strerror(ENOMEM);
	return modules_start();
}

/* A part of the memory that a stack is in, from such an address on. */
#define ALIGNMENT 1024
static struct {
	unsigned long at;
	size_t size;
	char bytes[4096];
} window;

static bool read_word(Dwfl *dwfl, Dwarf_Addr address, Dwarf_Word *word,
		      void *unused)
{
	(void)dwfl, (void)unused;
	if (address < window.at ||
	    address - window.at + sizeof(*word) > window.size) {
		/* What is read next may be a little below. */
		window.at = address & -(unsigned long)ALIGNMENT;
		window.size = pure_read(window.bytes, window.at,
					sizeof(window.bytes));
		if (address - window.at + sizeof(*word) > window.size)
			return false;
	}
	memcpy(word, window.bytes + (address - window.at), sizeof(*word));
	return true;
}

static Dwarf_Word registers[STACK_REGISTERS];

static bool set_registers(Dwfl_Thread *thread, void *unused)
{
	(void)unused;
	return libdw.dwfl_thread_state_registers(thread, 0, STACK_REGISTERS,
						 registers);
}

/* There is one thread: whoever asks. */
static bool get_thread(Dwfl *dwfl, pid_t number, void *unused, void **data)
{
	(void)dwfl, (void)number, (void)unused;
	*data = NULL;
	return true;
}

static pid_t next_thread(Dwfl *dwfl, void *unused, void **data)
{
	(void)dwfl, (void)unused, (void)data;
	return 0;
}

static const Dwfl_Thread_Callbacks thread_callbacks = {
	.next_thread = next_thread,
	.get_thread = get_thread,
	.memory_read = read_word,
	.set_initial_registers = set_registers,
};

/* The most frames that are looked at, the handler's among them. */
#define MOST_WALKED 1024

/* The frames that are found. */
#define NONE (~0U)
struct found {
	struct pure_frame *frames;
	unsigned int count, most;
	/* The handler's, below the runtime's entry. */
	bool below;
	/* The frame before is the entry. */
	bool entered;
	/* It was interrupted. */
	bool interrupted;
	/* How many there are above what a signal has interrupted, the last one,
	 * after the entry; or NONE. */
	unsigned int signal;
};

/* Returns whether there is to be another. */
static bool add_place(struct found *found, const struct place *place,
		      bool interrupted)
{
	if (interrupted && !found->interrupted && !found->entered)
		found->signal = found->count + 1;
	found->interrupted = interrupted;
	if (place->entry) {
		found->below = false;
		found->signal = NONE;
	} else if (place->own && !found->below) {
		/* A signal came in a call that was passed on: it was the
		 * gateway's. */
		if (found->signal != NONE)
			found->count = found->signal;
		found->below = true;
	} else if (!found->below) {
		found->frames[found->count++] = place->frame;
	}
	found->entered = place->entry;
	return found->count < found->most;
}

static int add_frame(Dwfl_Frame *state, void *data)
{
	const struct place *place = NULL;
	Dwarf_Addr address;
	bool interrupted;

	if (libdw.dwfl_frame_pc(state, &address, &interrupted))
		place = place_of(modules, generation, address, interrupted);
	return place && add_place(data, place, interrupted) ? DWARF_CB_OK :
							      DWARF_CB_ABORT;
}

/*
 * Returns false at a frame that is described by expressions, which aren't
 * evaluated here.
 */
static bool walk(struct found *found)
{
	Dwarf_Word pc = registers[STACK_PC], sp = registers[STACK_SP],
		   bp = registers[STACK_BP];
	bool interrupted = found->interrupted;
	unsigned int frames;

	for (frames = 0; frames < MOST_WALKED; frames++) {
		const struct place *place =
			place_of(modules, generation, pc, interrupted);
		const struct stack_rule *rule;

		if (!place)
			return true;
		rule = &place->rule;
		if (rule->kind == RULE_LIBDW)
			return false;
		if (!add_place(found, place, interrupted) ||
		    rule->kind == RULE_END)
			return true;
		interrupted = rule->interrupts;
		sp = (rule->by_frame_pointer ? bp : sp) +
		     (unsigned long)rule->cfa;
		if (!read_word(NULL, sp + (unsigned long)rule->pc, &pc, NULL) ||
		    (!rule->keeps_frame_pointer &&
		     !read_word(NULL, sp + (unsigned long)rule->frame_pointer,
				&bp, NULL)))
			return true;
	}
	return true;
}

/* Let libdw know what is mapped. */
static bool know_modules(void)
{
	static bool attached;

	if (known_generation != generation) {
		modules = modules_find();
		known_generation = generation;
	}
	if (modules && !attached)
		attached = libdw.dwfl_attach_state(modules, NULL, getpid(),
						   &thread_callbacks, NULL);
	return modules && attached;
}

/* From REGISTERS on: they are the handler's, if BELOW, or what a signal has
 * interrupted. */
static unsigned int find(struct pure_frame *frames, unsigned int most,
			 bool below)
{
	const struct found none = { .frames = frames,
				    .most = most,
				    .below = below,
				    .interrupted = !below,
				    .signal = below ? NONE : 0 };
	struct found found = none;

	window.size = 0;
	if (most && know_modules() && !walk(&found)) {
		found = none;
		libdw.dwfl_getthread_frames(modules, 1, add_frame, &found);
	}
	return found.count;
}

unsigned int pure_stack(struct pure_frame *frames, unsigned int most)
{
	const int error = errno;
	unsigned int count;

	take();
	STACK_TAKE_REGISTERS(registers);
	count = find(frames, most, true);
	leave();
	errno = error;
	return count;
}

/*
 * A function for a signal runs on the program's stack, which need not have room
 * for libdw: this has.
 */
static char room[128 * 1024] __attribute__((aligned(16)));
static struct {
	struct pure_frame *frames;
	unsigned int most, count;
} interrupted;

static void find_interrupted(void)
{
	interrupted.count = find(interrupted.frames, interrupted.most, false);
}

unsigned int pure_stack_interrupted(struct pure_frame *frames,
				    unsigned int most, const void *context)
{
	const int error = errno;
	unsigned int count;

	take();
	stack_interrupted(registers, context);
	interrupted.frames = frames;
	interrupted.most = most;
	stack_call(find_interrupted, room + sizeof(room));
	count = interrupted.count;
	leave();
	errno = error;
	return count;
}

void pure_stack_after(long number, const long *arguments, long result)
{
	switch (number) {
	case SYS_mmap:
	case SYS_mprotect:
	case SYS_pkey_mprotect:
	case SYS_munmap:
	case SYS_mremap:
		take();
		if (modules_change(number, arguments, result))
			generation++;
		leave();
	}
}
