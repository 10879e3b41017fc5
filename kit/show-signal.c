/*
 * kit: signals.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <linux/audit.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>

#include "show.h"

/* The C library's headers may not have it yet. */
#ifndef TRAP_PERF
#define TRAP_PERF 6
#endif

KIT_FLAGS(sigaction);
KIT_FLAGS(sigev);
KIT_FLAGS(stack);
KIT_FLAGS(si_code);
KIT_FLAGS(si_bus);
KIT_FLAGS(si_chld);
KIT_FLAGS(si_fpe);
KIT_FLAGS(si_ill);
KIT_FLAGS(si_poll);
KIT_FLAGS(si_segv);
KIT_FLAGS(si_trap);
KIT_FLAGS(si_sys);
KIT_FLAGS(si_perf);
KIT_FLAGS(auditarch);
KIT_FLAGS(perftype);

/* The kernel's. */
struct action {
	unsigned long handler, flags, restorer, mask;
};

/* Sets of more are shown by those that aren't in them. */
#define MANY_SIGNALS 42

void pure_put_signal(struct pure_text *text, int number)
{
	const char *name = pure_signal_name(number);

	if (name)
		pure_put(text, name);
	else
		pure_put_signed(text, number);
}

void kit_put_signal(struct pure_show *show, int number)
{
	const char *name = pure_signal_name(number);

	if (name)
		kit_put_named_int(show, number, name);
	else
		pure_put_signed(show->text, number);
}

void kit_show_sig(struct pure_show *show, int i)
{
	kit_put_signal(show, (int)show->arguments[i]);
}

/* Without "SIG". */
static void put_members(struct pure_show *show, unsigned long set)
{
	const char *blank = "";
	int i;

	pure_put_char(show->text, '[');
	for (i = 1; i <= PURE_SIGNALS; i++)
		if (set >> (i - 1) & 1) {
			pure_put(show->text, blank);
			pure_put(show->text, pure_signal_name(i) + 3);
			blank = " ";
		}
	pure_put_char(show->text, ']');
}

void kit_put_sigset(struct pure_show *show, const unsigned long *set)
{
	const bool many = __builtin_popcountl(*set) >= MANY_SIGNALS;

	if (many)
		pure_put_char(show->text, '~');
	put_members(show, many ? ~*set : *set);
}

void kit_put_sigset_at(struct pure_show *show, unsigned long address, int i)
{
	unsigned long set = 0, size = kit_size(show, i);
	/* Only here may it be shorter. */
	const bool shorter = show->number == SYS_rt_sigpending &&
			     (size == 1 || size == 2 || size == 4);

	if (size != sizeof(set) && !shorter)
		kit_put_address(show, address);
	else if (kit_fetch(show, &set, address, size))
		kit_put_sigset(show, &set);
}

/* Of pselect6: the set's address and its size. */
void kit_put_sigsetarg_at(struct pure_show *show, unsigned long address, int i)
{
	unsigned long pair[2], set = 0;

	(void)i;
	if (!kit_fetch(show, pair, address, sizeof(pair)))
		return;
	pure_put(show->text, "{sigmask=");
	if (pair[1] > sizeof(set))
		kit_put_address(show, pair[0]);
	else if (kit_fetch(show, &set, pair[0], pair[1]))
		kit_put_sigset(show, &set);
	kit_put_unsigned(show, "sigsetsize", pair[1]);
	pure_put_char(show->text, '}');
}

static void put_handler(struct pure_show *show, unsigned long handler)
{
	if (handler == (unsigned long)SIG_DFL)
		pure_put(show->text, "SIG_DFL");
	else if (handler == (unsigned long)SIG_IGN)
		pure_put(show->text, "SIG_IGN");
	else if (handler == (unsigned long)SIG_ERR)
		pure_put(show->text, "SIG_ERR");
	else
		pure_put_hex(show->text, handler);
}

void kit_put_sigaction_at(struct pure_show *show, unsigned long address, int i)
{
	const unsigned long restorer = 0x04000000;
	struct action action;

	(void)i;
	if (!kit_fetch(show, &action, address, sizeof(action)))
		return;
	pure_put(show->text, "{sa_handler=");
	put_handler(show, action.handler);
	pure_put(show->text, ", sa_mask=");
	kit_put_sigset(show, &action.mask);
	pure_put(show->text, ", sa_flags=");
	kit_put_flags(show, &kit_flags_sigaction, (unsigned int)action.flags);
	if (action.flags & restorer) {
		pure_put(show->text, ", sa_restorer=");
		kit_put_address(show, action.restorer);
	}
	pure_put_char(show->text, '}');
}

void kit_put_stack_at(struct pure_show *show, unsigned long address, int i)
{
	stack_t stack;

	(void)i;
	if (!kit_fetch(show, &stack, address, sizeof(stack)))
		return;
	pure_put(show->text, "{ss_sp=");
	kit_put_address(show, (unsigned long)stack.ss_sp);
	pure_put(show->text, ", ss_flags=");
	kit_put_flags(show, &kit_flags_stack, (unsigned int)stack.ss_flags);
	kit_put_unsigned(show, "ss_size", stack.ss_size);
	pure_put_char(show->text, '}');
}

static const struct kit_flags *codes(int number)
{
	switch (number) {
	case SIGBUS:
		return &kit_flags_si_bus;
	case SIGCHLD:
		return &kit_flags_si_chld;
	case SIGFPE:
		return &kit_flags_si_fpe;
	case SIGILL:
		return &kit_flags_si_ill;
	case SIGIO:
		return &kit_flags_si_poll;
	case SIGSEGV:
		return &kit_flags_si_segv;
	case SIGSYS:
		return &kit_flags_si_sys;
	case SIGTRAP:
		return &kit_flags_si_trap;
	}
	return &kit_flags_si_code;
}

static void put_code(struct pure_show *show, const siginfo_t *info)
{
	const unsigned long code = (unsigned long)(long)info->si_code;
	const char *name = kit_flag_name(&kit_flags_si_code, code);

	if (!name)
		name = kit_flag_name(codes(info->si_signo), code);
	if (!name) {
		pure_put_hex(show->text, (unsigned int)info->si_code);
	} else if (kit_begin_name(show, (unsigned int)info->si_code)) {
		pure_put(show->text, name);
		kit_end_name(show);
	}
}

static void put_sender(struct pure_show *show, const siginfo_t *info)
{
	kit_put_signed(show, "si_pid", info->si_pid);
	kit_put_name(show, "si_uid");
	kit_put_id(show, info->si_uid);
}

static void put_signal_value(struct pure_show *show, const siginfo_t *info)
{
	kit_put_signed(show, "si_int", info->si_int);
	kit_put_name(show, "si_ptr");
	kit_put_address(show, (unsigned long)info->si_ptr);
}

static void put_child(struct pure_show *show, const siginfo_t *info)
{
	put_sender(show, info);
	kit_put_name(show, "si_status");
	if (info->si_code == CLD_EXITED)
		pure_put_signed(show->text, info->si_status);
	else
		kit_put_signal(show, info->si_status);
	kit_put_ticks(show, "si_utime", info->si_utime);
	kit_put_ticks(show, "si_stime", info->si_stime);
}

/* What the kernel says of a TRAP_PERF, which glibc has no names for. */
struct perf_fault {
	unsigned long data;
	unsigned int type, flags;
};

/* Of a fault that SIGSEGV, SIGBUS or SIGTRAP is for, what there is besides. */
static void put_fault(struct pure_show *show, const siginfo_t *info)
{
	const int number = info->si_signo, code = info->si_code;
	struct perf_fault perf;

	kit_put_name(show, "si_addr");
	kit_put_address(show, (unsigned long)info->si_addr);
	if (number == SIGSEGV && code == SEGV_BNDERR) {
		kit_put_name(show, "si_lower");
		kit_put_address(show, (unsigned long)info->si_lower);
		kit_put_name(show, "si_upper");
		kit_put_address(show, (unsigned long)info->si_upper);
	} else if (number == SIGSEGV && code == SEGV_PKUERR) {
		kit_put_unsigned(show, "si_pkey", info->si_pkey);
	} else if (number == SIGBUS &&
		   (code == BUS_MCEERR_AR || code == BUS_MCEERR_AO)) {
		kit_put_name(show, "si_addr_lsb");
		pure_put_hex(show->text, (unsigned short)info->si_addr_lsb);
	} else if (number == SIGTRAP && code == TRAP_PERF) {
		memcpy(&perf, &info->si_lower, sizeof(perf));
		kit_put_name(show, "si_perf_data");
		pure_put_hex(show->text, perf.data);
		kit_put_name(show, "si_perf_type");
		kit_put_one(show, &kit_flags_perftype, perf.type);
		kit_put_name(show, "si_perf_flags");
		kit_put_flags(show, &kit_flags_si_perf, perf.flags);
	}
}

/* A call that was trapped. */
static void put_trapped(struct pure_show *show, const siginfo_t *info)
{
	kit_put_name(show, "si_call_addr");
	kit_put_address(show, (unsigned long)info->si_call_addr);
	kit_put_name(show, "si_syscall");
	if (info->si_arch == AUDIT_ARCH_X86_64)
		kit_put_call_name(show, info->si_syscall);
	else
		pure_put_unsigned(show->text, (unsigned int)info->si_syscall);
	kit_put_name(show, "si_arch");
	kit_put_one(show, &kit_flags_auditarch, info->si_arch);
}

static void put_ready(struct pure_show *show, const siginfo_t *info)
{
	kit_put_signed(show, "si_band", info->si_band);
	kit_put_name(show, "si_fd");
	kit_put_fd(show, info->si_fd);
}

/* Of one that a process has sent, or that was asked for. */
static void put_sent(struct pure_show *show, const siginfo_t *info)
{
	switch (info->si_code) {
	case SI_USER:
	case SI_TKILL:
		put_sender(show, info);
		return;
	case SI_TIMER:
		kit_put_name(show, "si_timerid");
		pure_put_hex(show->text, (unsigned int)info->si_timerid);
		kit_put_signed(show, "si_overrun", info->si_overrun);
		put_signal_value(show, info);
		return;
	case SI_SIGIO:
		put_ready(show, info);
		return;
	}
	put_sender(show, info);
	if (info->si_ptr)
		put_signal_value(show, info);
}

/* Of one of the kernel's. */
static void put_raised(struct pure_show *show, const siginfo_t *info)
{
	switch (info->si_signo) {
	case SIGCHLD:
		put_child(show, info);
		return;
	case SIGSEGV:
	case SIGBUS:
	case SIGILL:
	case SIGFPE:
	case SIGTRAP:
		put_fault(show, info);
		return;
	case SIGIO:
		if (info->si_code <= POLL_HUP)
			put_ready(show, info);
		return;
	case SIGSYS:
		put_trapped(show, info);
		return;
	}
	if (info->si_pid || info->si_uid)
		put_sender(show, info);
	if (info->si_ptr)
		put_signal_value(show, info);
}

static void put_siginfo(struct pure_show *show, const siginfo_t *info)
{
	if (!info->si_signo) {
		pure_put(show->text, "{}");
		return;
	}
	pure_put(show->text, "{si_signo=");
	kit_put_signal(show, info->si_signo);
	pure_put(show->text, ", si_code=");
	put_code(show, info);
	if (info->si_errno) {
		kit_put_name(show, "si_errno");
		kit_put_error(show, info->si_errno);
	}
	if (info->si_code <= 0)
		put_sent(show, info);
	else
		put_raised(show, info);
	pure_put_char(show->text, '}');
}

void kit_put_siginfo_at(struct pure_show *show, unsigned long address, int i)
{
	siginfo_t info;

	(void)i;
	if (kit_fetch(show, &info, address, sizeof(info)))
		put_siginfo(show, &info);
}

void pure_show_siginfo(struct pure_text *text,
		       const struct pure_show_options *options,
		       unsigned long address)
{
	struct pure_show show = { .text = text,
				  .options = options,
				  .number = -1 };

	kit_put_siginfo_at(&show, address, 0);
}

void kit_put_sigevent_at(struct pure_show *show, unsigned long address, int i)
{
	/* There is no more of it. */
	const size_t size =
		offsetof(struct sigevent, _sigev_un) + 2 * sizeof(long);
	struct sigevent event;

	(void)i;
	if (!kit_fetch(show, &event, address, size))
		return;
	pure_put_char(show->text, '{');
	if (event.sigev_value.sival_ptr) {
		pure_put(show->text, "sigev_value={sival_int=");
		pure_put_signed(show->text, event.sigev_value.sival_int);
		kit_put_name(show, "sival_ptr");
		pure_put_hex(show->text,
			     (unsigned long)event.sigev_value.sival_ptr);
		pure_put_char(show->text, '}');
	}
	kit_put_name(show, "sigev_signo");
	if (event.sigev_notify == SIGEV_SIGNAL ||
	    event.sigev_notify == SIGEV_THREAD ||
	    event.sigev_notify == SIGEV_THREAD_ID)
		kit_put_signal(show, event.sigev_signo);
	else
		pure_put_unsigned(show->text, (unsigned int)event.sigev_signo);
	kit_put_name(show, "sigev_notify");
	kit_put_one(show, &kit_flags_sigev, (unsigned int)event.sigev_notify);
	if (event.sigev_notify == SIGEV_THREAD_ID)
		kit_put_signed(show, "sigev_notify_thread_id",
			       event._sigev_un._tid);
	if (event.sigev_notify == SIGEV_THREAD) {
		kit_put_name(show, "sigev_notify_function");
		kit_put_address(show,
				(unsigned long)event.sigev_notify_function);
		kit_put_name(show, "sigev_notify_attributes");
		kit_put_address(show,
				(unsigned long)event.sigev_notify_attributes);
	}
	pure_put_char(show->text, '}');
}
