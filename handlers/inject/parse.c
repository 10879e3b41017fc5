/*
 * inject: what is to be injected, made of text.
 *
 *   SET:error=NAME:when=2+:path=/etc/hosts
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "injection.h"

/* An errno value is less. */
#define ERRNO_END 4096

/* What when= takes, as in strace. */
#define MOST_TIMES 65535

struct rule *rules;
unsigned int rule_count;

static int wrong(struct pure_fault *fault, const char *what, const char *value)
{
	snprintf(fault->text, sizeof(fault->text), "%s `%s'", what, value);
	return -EINVAL;
}

/* A decimal, octal or hexadecimal number from LOW to HIGH that ends TEXT. */
static bool number(const char *text, long low, long high, long *value)
{
	char *end;

	errno = 0;
	*value = strtol(text, &end, 0);
	return !errno && end != text && !*end && *value >= low &&
	       *value <= high;
}

static int read_error(struct rule *rule, const char *text,
		      struct pure_fault *fault)
{
	long value, i;

	if (!number(text, 1, ERRNO_END - 1, &value)) {
		value = 0;
		for (i = 1; i < ERRNO_END && !value; i++) {
			const char *name = strerrorname_np((int)i);
			if (name && strcasecmp(name, text) == 0)
				value = i;
		}
		if (!value)
			return wrong(fault, "there is no error", text);
	}
	rule->has_result = true;
	rule->result = -value;
	return 0;
}

static int read_retval(struct rule *rule, const char *text,
		       struct pure_fault *fault)
{
	char *end;

	errno = 0;
	rule->result = (long)strtoul(text, &end, 0);
	rule->has_result = true;
	if (errno || end == text || *end || *text == '-')
		return wrong(fault, "retval is no number", text);
	return rule->result < 0 && rule->result > -ERRNO_END ?
		       wrong(fault, "retval is an error", text) :
		       0;
}

static int read_signal(struct rule *rule, const char *text,
		       struct pure_fault *fault)
{
	long value;

	if (rule->signal)
		return wrong(fault, "a second signal:", text);
	if (number(text, 1, PURE_SIGNALS, &value)) {
		rule->signal = (int)value;
		return 0;
	}
	for (value = 1; value <= PURE_SIGNALS; value++) {
		const char *name = pure_signal_name((int)value);
		if (name && (strcasecmp(name, text) == 0 ||
			     strcasecmp(name + strlen("SIG"), text) == 0)) {
			rule->signal = (int)value;
			return 0;
		}
	}
	return wrong(fault, "there is no signal", text);
}

static int read_instead(struct rule *rule, const char *text,
			struct pure_fault *fault)
{
	if (rule->instead >= 0)
		return wrong(fault, "a second call:", text);
	rule->instead = pure_call_number(text);
	if (rule->instead < 0)
		return wrong(fault, "there is no call", text);
	return pure_call(rule->instead)->classes & PURE_CLASS_pure ?
		       0 :
		       wrong(fault, "not one of %pure is", text);
}

/* A decimal number of microseconds, or of a unit that follows. */
static int read_delay(struct rule *rule, int place, const char *text,
		      struct pure_fault *fault)
{
	static const struct {
		const char *name;
		double factor;
	} units[] = {
		{ "", 1e3 },   { "us", 1e3 }, { "ns", 1 },
		{ "ms", 1e6 }, { "s", 1e9 },
	};
	const size_t digits = strspn(text, "+-.eE0123456789");
	char *end;
	const double value = strtod(text, &end);
	size_t i;

	if (rule->delay[place] != NO_DELAY)
		return wrong(fault, "a second delay:", text);
	for (i = 0; i < sizeof(units) / sizeof(*units); i++)
		if (strcmp(end, units[i].name) == 0 && end == text + digits &&
		    digits && value >= 0 &&
		    value * units[i].factor < (double)LONG_MAX) {
			rule->delay[place] = (long)(value * units[i].factor);
			return 0;
		}
	return wrong(fault, "it is no delay", text);
}

/* A number of calls at *TEXT, which it goes past; 0: there is none. */
static unsigned int read_times(const char **text)
{
	char *end;
	const unsigned long value = strtoul(*text, &end, 10);

	/* Neither a sign nor a space. */
	if (**text < '0' || **text > '9' || value > MOST_TIMES)
		return 0;
	*text = end;
	return (unsigned int)value;
}

/* FIRST[..LAST][+[STEP]] */
static int read_when(struct rule *rule, const char *text,
		     struct pure_fault *fault)
{
	const char *rest = text;

	rule->step = 1;
	rule->first = rule->last = read_times(&rest);
	if (strncmp(rest, "..", 2) == 0) {
		rest += 2;
		rule->last = read_times(&rest);
		if (rule->last == MOST_TIMES)
			rule->last = 0;
	} else if (*rest == '+') {
		rule->last = ~0U;
	}
	if (*rest == '+' && *++rest)
		rule->step = read_times(&rest);
	if (*rest || !rule->first || !rule->step || rule->last < rule->first)
		return wrong(fault, "it isn't FIRST[..LAST][+[STEP]]", text);
	return 0;
}

static int hex_digit(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *found = c ? strchr(digits, c | 0x20) : NULL;

	return found ? (int)(found - digits) : -1;
}

/* The most bytes of one, as in strace. */
#define MOST_POKED 1024

/* @argN=HEX */
static int read_poke(struct poke *poke, const char *text)
{
	size_t i;

	if (strncmp(text, "@arg", 4) != 0 || text[4] < '1' || text[4] > '6' ||
	    text[5] != '=')
		return -EINVAL;
	poke->argument = text[4] - '1';
	text += 6;
	poke->size = strlen(text) / 2;
	poke->bytes = malloc(poke->size + 1);
	if (!poke->bytes)
		return -ENOMEM;
	for (i = 0; i < poke->size; i++) {
		int high = hex_digit(text[2 * i]),
		    low = hex_digit(text[2 * i + 1]);
		if (high < 0 || low < 0)
			return -EINVAL;
		poke->bytes[i] = (unsigned char)(high << 4 | low);
	}
	return !poke->size || poke->size > MOST_POKED || text[2 * i] ? -EINVAL :
								       0;
}

/* Is the last poke there one more for the same argument? */
static bool pokes_again(const struct rule *rule, int place)
{
	const unsigned int last = rule->poke_count[place] - 1;
	unsigned int i;

	for (i = 0; i < last; i++)
		if (rule->pokes[place][i].argument ==
		    rule->pokes[place][last].argument)
			return true;
	return false;
}

static int read_pokes(struct rule *rule, int place, char *text,
		      struct pure_fault *fault)
{
	struct poke *pokes;
	char *part;

	while ((part = strsep(&text, ","))) {
		pokes = realloc(rule->pokes[place],
				(rule->poke_count[place] + 1) * sizeof(*pokes));
		if (!pokes)
			return -ENOMEM;
		rule->pokes[place] = pokes;
		if (read_poke(&pokes[rule->poke_count[place]++], part))
			return wrong(fault, "it isn't @argN=HEX", part);
		if (pokes_again(rule, place))
			return wrong(fault, "a second poke there:", part);
	}
	return 0;
}

static int read_probability(struct rule *rule, const char *text,
			    struct pure_fault *fault)
{
	char *end;
	double value = strtod(text, &end);

	if (end == text || *end || !(value >= 0 && value <= 1))
		return wrong(fault, "the probability isn't from 0 to 1", text);
	rule->probability = (unsigned long)(value * (double)(1UL << 32));
	return 0;
}

static int read_value(struct rule *rule, char digit, const char *text,
		      struct pure_fault *fault)
{
	const int i = digit - '1';

	if (i < 0 || i >= PURE_ARGUMENTS)
		return wrong(fault, "an argument is one of arg1 to arg6, not",
			     text);
	rule->checked |= 1U << i;
	return number(text, LONG_MIN, LONG_MAX, &rule->values[i]) ?
		       0 :
		       wrong(fault, "an argument's value is no number", text);
}

static int read_most(struct rule *rule, const char *text,
		     struct pure_fault *fault)
{
	long value;

	if (!number(text, 0, LONG_MAX, &value))
		return wrong(fault, "short is no number", text);
	rule->most = (unsigned long)value;
	return 0;
}

/* 1.2.1, as thread.c makes them. */
static int read_thread(struct rule *rule, const char *text,
		       struct pure_fault *fault)
{
	if (*text != '1' || strspn(text, "0123456789.") != strlen(text) ||
	    strstr(text, "..") || text[strlen(text) - 1] == '.' ||
	    strlen(text) >= THREAD_NAME)
		return wrong(fault, "a thread is 1, 1.2, 1.2.1 ..., not", text);
	rule->thread = strdup(text);
	return rule->thread ? 0 : -ENOMEM;
}

static int read_log(struct rule *rule, const char *text,
		    struct pure_fault *fault)
{
	rule->log = true;
	rule->stack = strcmp(text, "stack") == 0;
	return rule->stack || strcmp(text, "line") == 0 ?
		       0 :
		       wrong(fault, "log is line or stack, not", text);
}

static int read_caller(struct rule *rule, const char *text,
		       struct pure_fault *fault)
{
	struct pure_caller *more = realloc(
		rule->callers, (rule->caller_count + 1) * sizeof(*more));
	int error;

	if (!more)
		return -ENOMEM;
	rule->callers = more;
	error = pure_caller_read(&more[rule->caller_count++], text);
	return error == -EINVAL ?
		       wrong(fault, "it isn't FUNCTION or FILE:LINE", text) :
		       error;
}

/* KEY=VALUE: what is injected. */
static int read_action(struct rule *rule, const char *key, char *value,
		       struct pure_fault *fault)
{
	if (strcmp(key, "error") == 0 || strcmp(key, "retval") == 0) {
		if (rule->has_result)
			return wrong(fault, "a second result:", value);
		return (*key == 'e' ? read_error : read_retval)(rule, value,
								fault);
	}
	if (strcmp(key, "signal") == 0)
		return read_signal(rule, value, fault);
	if (strcmp(key, "syscall") == 0)
		return read_instead(rule, value, fault);
	if (strcmp(key, "delay_enter") == 0)
		return read_delay(rule, ENTER, value, fault);
	if (strcmp(key, "delay_exit") == 0)
		return read_delay(rule, EXIT, value, fault);
	if (strcmp(key, "poke_enter") == 0)
		return read_pokes(rule, ENTER, value, fault);
	if (strcmp(key, "poke_exit") == 0)
		return read_pokes(rule, EXIT, value, fault);
	if (strcmp(key, "short") == 0)
		return read_most(rule, value, fault);
	return wrong(fault, "there is no", key);
}

/* KEY=VALUE: when it is, or what is injected. */
static int read_word(struct rule *rule, const char *key, char *value,
		     struct pure_fault *fault)
{
	if (!value || !*value)
		return wrong(fault, "there is no value for", key);
	if (strcmp(key, "when") == 0)
		return read_when(rule, value, fault);
	if (strcmp(key, "log") == 0)
		return read_log(rule, value, fault);
	if (strcmp(key, "thread") == 0)
		return read_thread(rule, value, fault);
	if (strcmp(key, "path") == 0)
		return pure_paths_add(&rule->paths, value);
	if (strcmp(key, "fd") == 0) {
		rule->some_fds = true;
		return pure_set_fds(&rule->fds, value, fault);
	}
	if (strcmp(key, "caller") == 0)
		return read_caller(rule, value, fault);
	if (strcmp(key, "probability") == 0)
		return read_probability(rule, value, fault);
	if (strncmp(key, "arg", 3) == 0 && key[3] && !key[4])
		return read_value(rule, key[3], value, fault);
	return read_action(rule, key, value, fault);
}

static bool does_something(const struct rule *rule)
{
	return rule->has_result || rule->signal ||
	       rule->delay[ENTER] != NO_DELAY ||
	       rule->delay[EXIT] != NO_DELAY || rule->poke_count[ENTER] ||
	       rule->poke_count[EXIT] || rule->most != NO_LIMIT || rule->log;
}

static bool returns(const struct rule *rule, long number)
{
	return !rule->has_result || !never_returns(number);
}

static bool has_arguments(const struct rule *rule, long number)
{
	const int count = pure_call(number)->count;
	unsigned int i, place;

	for (place = ENTER; place <= EXIT; place++)
		for (i = 0; i < rule->poke_count[place]; i++)
			if (rule->pokes[place][i].argument >= count)
				return false;
	return true;
}

/* Of RULE's calls, is there one that IS so, or none at all? */
static bool has_call(const struct rule *rule,
		     bool (*is)(const struct rule *rule, long number))
{
	bool some = false;
	long i;

	for (i = 0; i < PURE_CALLS; i++)
		if (pure_call(i)->name && pure_set_has(&rule->calls, i)) {
			some = true;
			if (is(rule, i))
				return true;
		}
	return !some;
}

/* A caller has colons, FILE:LINE: what has no = is still its name. */
static void join_caller(char **text)
{
	while (*text && (*text)[strcspn(*text, ":=")] != '=') {
		(*text)[-1] = ':';
		strsep(text, ":");
	}
}

static int read_rule(struct rule *rule, char *text, struct pure_fault *fault)
{
	const char *const calls = text;
	char *word = strsep(&text, ":"), *value;
	int error = pure_set_calls(&rule->calls, word, fault);

	while (!error && (word = strsep(&text, ":"))) {
		if (strncmp(word, "caller=", 7) == 0)
			join_caller(&text);
		value = strchr(word, '=');
		if (value)
			*value++ = '\0';
		error = read_word(rule, word, value, fault);
	}
	if (!error && !does_something(rule))
		return wrong(fault, "nothing is injected:",
			     "error, retval, signal, delay_enter, delay_exit, "
			     "poke_enter, poke_exit, short, log");
	if (!error && !has_call(rule, returns))
		return wrong(
			fault,
			"there is no result, for it doesn't return:", calls);
	if (!error && !has_call(rule, has_arguments))
		return wrong(fault, "there aren't as many arguments:", calls);
	return error;
}

int rule_add(const char *text, struct pure_fault *fault)
{
	struct rule *more = realloc(rules, (rule_count + 1) * sizeof(*rules));
	char *copy = strdup(text);
	int error = -ENOMEM;

	if (more && copy && rule_count < MOST_RULES) {
		rules = more;
		memset(&rules[rule_count], 0, sizeof(*rules));
		rules[rule_count].first = rules[rule_count].step = 1;
		rules[rule_count].last = ~0U;
		rules[rule_count].probability = 1UL << 32;
		rules[rule_count].instead = -1;
		rules[rule_count].most = NO_LIMIT;
		rules[rule_count].delay[ENTER] = NO_DELAY;
		rules[rule_count].delay[EXIT] = NO_DELAY;
		error = read_rule(&rules[rule_count++], copy, fault);
	} else if (rule_count == MOST_RULES) {
		error = wrong(fault, "there are more than 64:", text);
	}
	free(copy);
	return error;
}
