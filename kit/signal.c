/*
 * kit: the signals' names.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "kit.h"

#define TEN(a) "SIGRT_" #a
static const char *const names[PURE_SIGNALS + 1] = {
	"0",	   "SIGHUP",  "SIGINT",	   "SIGQUIT", "SIGILL",	   "SIGTRAP",
	"SIGABRT", "SIGBUS",  "SIGFPE",	   "SIGKILL", "SIGUSR1",   "SIGSEGV",
	"SIGUSR2", "SIGPIPE", "SIGALRM",   "SIGTERM", "SIGSTKFLT", "SIGCHLD",
	"SIGCONT", "SIGSTOP", "SIGTSTP",   "SIGTTIN", "SIGTTOU",   "SIGURG",
	"SIGXCPU", "SIGXFSZ", "SIGVTALRM", "SIGPROF", "SIGWINCH",  "SIGIO",
	"SIGPWR",  "SIGSYS",  "SIGRTMIN",  TEN(1),    TEN(2),	   TEN(3),
	TEN(4),	   TEN(5),    TEN(6),	   TEN(7),    TEN(8),	   TEN(9),
	TEN(10),   TEN(11),   TEN(12),	   TEN(13),   TEN(14),	   TEN(15),
	TEN(16),   TEN(17),   TEN(18),	   TEN(19),   TEN(20),	   TEN(21),
	TEN(22),   TEN(23),   TEN(24),	   TEN(25),   TEN(26),	   TEN(27),
	TEN(28),   TEN(29),   TEN(30),	   TEN(31),   TEN(32),
};

const char *pure_signal_name(int number)
{
	return number > 0 && number <= PURE_SIGNALS ? names[number] : NULL;
}
