/*
 * kit: sets of calls, signals, descriptors and results, in strace's words.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>
#include <regex.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kit.h"

/* The longest name of one. */
#define NAME_SIZE 256

#define WORDS (sizeof(((struct pure_set *)0)->words) / sizeof(unsigned long))

/* Add what NAME says, one of WORDS if there are some, to SET. Returns false if
 * it is none. */
typedef bool adder(struct pure_set *set, const char *name,
		   const char *const *words);

bool pure_set_add(struct pure_set *set, unsigned long member)
{
	if (pure_set_has(set, member))
		return true;
	if (member < PURE_SET_SIZE) {
		set->words[member / 64] |= 1UL << member % 64;
		return true;
	}
	if (set->all_large || set->large_count == PURE_SET_LARGE ||
	    member > INT_MAX)
		return false;
	set->large[set->large_count++] = (unsigned int)member;
	return true;
}

static bool whole_number(const char *text, unsigned long *number)
{
	char *end;

	if (*text < '0' || *text > '9')
		return false;
	*number = strtoul(text, &end, 10);
	return !*end;
}

/* Add the calls for which HAS says so of NAME; there has to be one. */
static bool add_calls(struct pure_set *set, const void *wanted,
		      bool (*has)(const struct pure_call *, const void *))
{
	bool some = false;
	long i;

	for (i = 0; i < PURE_CALLS; i++) {
		const struct pure_call *call = pure_call(i);
		if (call->name && has(call, wanted)) {
			pure_set_add(set, i);
			some = true;
		}
	}
	return some;
}

static bool has_name(const struct pure_call *call, const void *name)
{
	return strcmp(call->name, name) == 0;
}

static bool in_class(const struct pure_call *call, const void *class)
{
	return call->classes & *(const unsigned int *)class;
}

static bool matches(const struct pure_call *call, const void *expression)
{
	return regexec(expression, call->name, 0, NULL, 0) == 0;
}

static bool add_expression(struct pure_set *set, const char *text)
{
	regex_t expression;
	struct pure_call other = { .name = NULL };
	bool some;
	size_t i;

	if (regcomp(&expression, text, REG_EXTENDED | REG_NOSUB) != 0)
		return false;
	some = add_calls(set, &expression, matches);
	for (i = 0; !some && (other.name = kit_call_elsewhere(i)); i++)
		some = matches(&other, &expression);
	regfree(&expression);
	return some;
}

/* Has another ABI a call of that name? */
static bool is_elsewhere(const char *name)
{
	const char *other;
	size_t i;

	for (i = 0; (other = kit_call_elsewhere(i)); i++)
		if (strcmp(other, name) == 0)
			return true;
	return false;
}

/* NAME@ABI without its ABI, which may be one that no program here has: OURS. */
static bool without_abi(const char *name, char plain[NAME_SIZE], bool *ours)
{
	const char *at = strchr(name, '@');
	size_t size = at ? (size_t)(at - name) : strlen(name);

	if (size >= NAME_SIZE)
		return false;
	memcpy(plain, name, size);
	plain[size] = '\0';
	*ours = !at || strcmp(at, "@64") == 0;
	return *ours || strcmp(at, "@32") == 0 || strcmp(at, "@x32") == 0;
}

static bool add_call(struct pure_set *set, const char *name,
		     const char *const *words)
{
	char plain[NAME_SIZE];
	struct pure_set nothing = { .words = { 0 } };
	unsigned long number;
	unsigned int class;
	bool ours;

	if (*name == '?') {
		add_call(set, name + 1, words);
		return true;
	}
	if (!without_abi(name, plain, &ours))
		return false;
	if (!ours)
		set = &nothing;
	if (*plain == '/')
		return add_expression(set, plain + 1);
	class = pure_call_class(*plain == '%' ? plain + 1 : plain);
	if (class && *plain == '%')
		return add_calls(set, &class, in_class);
	if (whole_number(plain, &number) && pure_call((long)number)->name) {
		pure_set_add(set, number);
		return true;
	}
	return add_calls(set, plain, has_name) ||
	       (class && add_calls(set, &class, in_class)) ||
	       is_elsewhere(plain);
}

static bool add_signal(struct pure_set *set, const char *name,
		       const char *const *words)
{
	unsigned long number;
	int i;

	(void)words;
	if (whole_number(name, &number))
		return number <= PURE_SIGNALS && pure_set_add(set, number);
	if (strncasecmp(name, "SIG", 3) == 0)
		name += 3;
	for (i = 1; i <= PURE_SIGNALS; i++)
		if (strcasecmp(pure_signal_name(i) + 3, name) == 0) {
			pure_set_add(set, i);
			return true;
		}
	return false;
}

static bool add_fd(struct pure_set *set, const char *name,
		   const char *const *words)
{
	unsigned long number;

	(void)words;
	return whole_number(name, &number) && pure_set_add(set, number);
}

static bool add_word(struct pure_set *set, const char *name,
		     const char *const *words)
{
	size_t i;

	for (i = 0; words[i]; i++)
		if (strcmp(words[i], name) == 0) {
			pure_set_add(set, i);
			return true;
		}
	return false;
}

static int bad_name(struct pure_fault *fault, const char *what,
		    const char *name)
{
	snprintf(fault->text, sizeof(fault->text), "invalid %s '%s'", what,
		 name);
	return -EINVAL;
}

static void complement(struct pure_set *set)
{
	size_t i;

	for (i = 0; i < WORDS; i++)
		set->words[i] = ~set->words[i];
	set->all_large = !set->all_large;
}

/* Make SET of TEXT, whose names are of WHAT, for people, and known to ADD,
 * which gets WORDS. */
static int parse(struct pure_set *set, const char *text, const char *what,
		 adder *add, const char *const *words, struct pure_fault *fault)
{
	const char *const given = text;
	char *copy, *rest, *name;
	bool inverted = false, some = false;
	int error = 0;

	memset(set, 0, sizeof(*set));
	for (; *text == '!'; text++)
		inverted = !inverted;
	if (strcmp(text, "all") == 0 || strcmp(text, "none") == 0) {
		if ((*text == 'a') != inverted)
			complement(set);
		return 0;
	}
	rest = copy = strdup(text);
	if (!copy)
		return -ENOMEM;
	while (!error && (name = strsep(&rest, ","))) {
		if (!*name)
			continue;
		some = true;
		if (!add(set, name, words))
			error = bad_name(fault, what, name);
	}
	if (!error && !some)
		error = bad_name(fault, what, given);
	free(copy);
	if (inverted)
		complement(set);
	return error;
}

int pure_set_calls(struct pure_set *set, const char *text,
		   struct pure_fault *fault)
{
	return parse(set, text, "system call", add_call, NULL, fault);
}

int pure_set_signals(struct pure_set *set, const char *text,
		     struct pure_fault *fault)
{
	return parse(set, text, "signal", add_signal, NULL, fault);
}

int pure_set_fds(struct pure_set *set, const char *text,
		 struct pure_fault *fault)
{
	return parse(set, text, "descriptor", add_fd, NULL, fault);
}

int pure_set_words(struct pure_set *set, const char *text, const char *what,
		   const char *const *words, struct pure_fault *fault)
{
	return parse(set, text, what, add_word, words, fault);
}

int pure_set_status(struct pure_set *set, const char *text,
		    struct pure_fault *fault)
{
	static const char *const words[] = {
		[PURE_SUCCESSFUL] = "successful",
		[PURE_FAILED] = "failed",
		[PURE_UNFINISHED] = "unfinished",
		[PURE_UNAVAILABLE] = "unavailable",
		[PURE_DETACHED] = "detached",
		NULL,
	};

	return pure_set_words(set, text, "system call status", words, fault);
}

int pure_set_show_fds(struct pure_set *set, const char *text,
		      struct pure_fault *fault)
{
	/* In the order of the enumeration's bits. */
	static const char *const words[] = { "path", "dev", "socket", "pidfd",
					     NULL };

	return pure_set_words(set, text, "decode-fds", words, fault);
}

enum pure_status pure_status(long result)
{
	/* The kernel's own: the call is interrupted, and will be made again. */
	const long restart = -512, last_restart = -516;

	if (result <= restart && result >= last_restart)
		return PURE_UNAVAILABLE;
	return result < 0 && result >= -4095 ? PURE_FAILED : PURE_SUCCESSFUL;
}
