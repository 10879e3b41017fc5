/*
 * What the tools share: exit codes, messages, and strings that are made.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef PURECC_TOOLS_COMMON_H
#define PURECC_TOOLS_COMMON_H 1

/* Exit codes: those of env(1) and nice(1) but for the first. */
enum {
	/* Wrong use of the program, or trouble of its own. */
	EXIT_MISUSE = 2,
	EXIT_NOT_EXECUTABLE = 126,
	EXIT_NOT_FOUND = 127,
};

/* The program's name, in its messages: each program defines it. */
extern const char tool_name[];

/* Print "NAME: MESSAGE" to stderr; fail() exits with STATUS then. */
void warn(const char *format, ...) __attribute__((format(printf, 1, 2)));
void fail(int status, const char *format, ...)
	__attribute__((noreturn, format(printf, 2, 3)));

/* As asprintf(3), and never NULL. */
char *text(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
