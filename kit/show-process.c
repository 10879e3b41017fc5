/*
 * kit: processes, threads, limits and scheduling.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/capability.h>
#include <linux/futex.h>
#include <linux/reboot.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "show.h"

KIT_FLAGS(caphigh);
KIT_FLAGS(caplow);
KIT_FLAGS(capversion);
KIT_FLAGS(clone);
KIT_FLAGS(futex);
KIT_FLAGS(futex2);
KIT_FLAGS(futexcmp);
KIT_FLAGS(futexwake);
KIT_FLAGS(keyspec);
KIT_FLAGS(loglevel);
KIT_FLAGS(ptrace);
KIT_FLAGS(sched);
KIT_FLAGS(schedflags);
KIT_FLAGS(seccompaction);
KIT_FLAGS(seccompflags);
KIT_FLAGS(syslog);

static void put_status(struct pure_show *show, int status)
{
	struct pure_text *text = show->text;

	if (WIFSTOPPED(status)) {
		pure_put(text, "{WIFSTOPPED(s) && WSTOPSIG(s) == ");
		kit_put_signal(show, WSTOPSIG(status));
	} else if (WIFSIGNALED(status)) {
		pure_put(text, "{WIFSIGNALED(s) && WTERMSIG(s) == ");
		kit_put_signal(show, WTERMSIG(status));
		if (WCOREDUMP(status))
			pure_put(text, " && WCOREDUMP(s)");
	} else if (WIFEXITED(status)) {
		pure_put(text, "{WIFEXITED(s) && WEXITSTATUS(s) == ");
		pure_put_signed(text, WEXITSTATUS(status));
	} else if (WIFCONTINUED(status)) {
		pure_put(text, "{WIFCONTINUED(s)");
	} else {
		pure_put_hex(text, (unsigned int)status);
		return;
	}
	pure_put_char(text, '}');
}

/* Without a child there is none. */
void kit_put_wstatus_at(struct pure_show *show, unsigned long address, int i)
{
	int status;

	(void)i;
	if (show->result == 0) {
		kit_put_address(show, address);
		return;
	}
	if (!kit_fetch(show, &status, address, sizeof(status)))
		return;
	pure_put_char(show->text, '[');
	put_status(show, status);
	pure_put_char(show->text, ']');
}

static void put_usage(struct pure_show *show, const char *name, long value)
{
	kit_put_name(show, name);
	pure_put_unsigned(show->text, value);
}

static void put_usages(struct pure_show *show, const struct rusage *usage)
{
	put_usage(show, "ru_maxrss", usage->ru_maxrss);
	put_usage(show, "ru_ixrss", usage->ru_ixrss);
	put_usage(show, "ru_idrss", usage->ru_idrss);
	put_usage(show, "ru_isrss", usage->ru_isrss);
	put_usage(show, "ru_minflt", usage->ru_minflt);
	put_usage(show, "ru_majflt", usage->ru_majflt);
	put_usage(show, "ru_nswap", usage->ru_nswap);
	put_usage(show, "ru_inblock", usage->ru_inblock);
	put_usage(show, "ru_oublock", usage->ru_oublock);
	put_usage(show, "ru_msgsnd", usage->ru_msgsnd);
	put_usage(show, "ru_msgrcv", usage->ru_msgrcv);
	put_usage(show, "ru_nsignals", usage->ru_nsignals);
	put_usage(show, "ru_nvcsw", usage->ru_nvcsw);
	put_usage(show, "ru_nivcsw", usage->ru_nivcsw);
}

void kit_put_rusage_at(struct pure_show *show, unsigned long address, int i)
{
	struct rusage usage;

	(void)i;
	if (show->number == SYS_wait4 && show->result == 0) {
		kit_put_address(show, address);
		return;
	}
	if (!kit_fetch(show, &usage, address, sizeof(usage)))
		return;
	pure_put(show->text, "{ru_utime=");
	kit_put_seconds(show, usage.ru_utime.tv_sec, usage.ru_utime.tv_usec,
			"tv_usec");
	kit_put_name(show, "ru_stime");
	kit_put_seconds(show, usage.ru_stime.tv_sec, usage.ru_stime.tv_usec,
			"tv_usec");
	if (show->whole)
		put_usages(show, &usage);
	else
		pure_put(show->text, ", ...");
	pure_put_char(show->text, '}');
}

static void put_limit(struct pure_show *show, unsigned long limit)
{
	const bool plain =
		limit != RLIM64_INFINITY && (limit <= 1024 || limit % 1024);

	if (plain || show->options->constants)
		pure_put_unsigned(show->text, limit);
	if (plain || show->options->constants == 1)
		return;
	pure_put(show->text, show->options->constants ? " /* " : "");
	if (limit == RLIM64_INFINITY) {
		pure_put(show->text, "RLIM64_INFINITY");
	} else {
		pure_put_unsigned(show->text, limit / 1024);
		pure_put(show->text, "*1024");
	}
	kit_end_name(show);
}

void kit_put_rlimit_at(struct pure_show *show, unsigned long address, int i)
{
	struct rlimit limit;

	(void)i;
	if (!kit_fetch(show, &limit, address, sizeof(limit)))
		return;
	pure_put(show->text, "{rlim_cur=");
	put_limit(show, limit.rlim_cur);
	pure_put(show->text, ", rlim_max=");
	put_limit(show, limit.rlim_max);
	pure_put_char(show->text, '}');
}

static void put_clone_flags(struct pure_show *show, unsigned int flags)
{
	const unsigned int signal = flags & CSIGNAL;

	if (flags & ~CSIGNAL)
		kit_put_flags(show, &kit_flags_clone, flags & ~CSIGNAL);
	if (signal) {
		pure_put(show->text, flags & ~CSIGNAL ? "|" : "");
		kit_put_signal(show, (int)signal);
	}
	if (!flags)
		pure_put_char(show->text, '0');
}

/* An int: a thread's number, a priority, or a PIDFD. */
static void put_made(struct pure_show *show, unsigned long address, bool pidfd)
{
	int number;

	if (!kit_fetch(show, &number, address, sizeof(number)))
		return;
	pure_put_char(show->text, '[');
	if (pidfd)
		kit_put_fd(show, number);
	else
		pure_put_signed(show->text, number);
	pure_put_char(show->text, ']');
}

/* Flags, stack, parent's and child's number, TLS: by name, if they are used. */
void kit_show_clone(struct pure_show *show, int i)
{
	const unsigned long flags = show->arguments[0];
	const unsigned long settid = CLONE_PARENT_SETTID | CLONE_PIDFD;

	if (i == 0) {
		pure_put(show->text, "child_stack=");
		kit_put_address(show, show->arguments[1]);
		pure_put(show->text, ", flags=");
		put_clone_flags(show, (unsigned int)flags);
	} else if (i == 2 && (flags & settid)) {
		pure_put(show->text, "parent_tid=");
		if (show->left && !kit_failed(show))
			put_made(show, show->arguments[2], flags & CLONE_PIDFD);
		else
			kit_put_address(show, show->arguments[2]);
	} else if (i == 3 && (flags & CLONE_SETTLS)) {
		pure_put(show->text, "tls=");
		pure_put_hex(show->text, show->arguments[4]);
	} else if (i == 4 &&
		   (flags & (CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID))) {
		pure_put(show->text, "child_tidptr=");
		kit_put_address(show, show->arguments[3]);
	}
}

static void put_if(struct pure_show *show, bool wanted, const char *name,
		   unsigned long address)
{
	if (!wanted)
		return;
	kit_put_name(show, name);
	kit_put_address(show, address);
}

/* What the kernel has set of CLONE, after the call. */
static void put_clone3_result(struct pure_show *show,
			      const struct clone_args *clone)
{
	const bool pidfd = clone->flags & CLONE_PIDFD;
	const bool parent = clone->flags & CLONE_PARENT_SETTID;

	if (kit_failed(show) || (!pidfd && !parent))
		return;
	pure_put(show->text, " => {");
	if (parent) {
		kit_put_name(show, "parent_tid");
		put_made(show, clone->parent_tid, false);
	}
	if (pidfd) {
		kit_put_name(show, "pidfd");
		put_made(show, clone->pidfd, true);
	}
	pure_put_char(show->text, '}');
}

static void put_number(struct pure_show *show, const void *element)
{
	pure_put_signed(show->text, *(const int *)element);
}

/* The numbers that the child is to have, and its control group. */
static void put_clone3_more(struct pure_show *show,
			    const struct clone_args *clone)
{
	const unsigned long most = 32;

	if (clone->set_tid || clone->set_tid_size) {
		kit_put_name(show, "set_tid");
		if (clone->set_tid_size && clone->set_tid_size <= most)
			kit_put_array(show, clone->set_tid, clone->set_tid_size,
				      sizeof(int), put_number);
		else
			kit_put_address(show, clone->set_tid);
		kit_put_unsigned(show, "set_tid_size", clone->set_tid_size);
	}
	if (clone->cgroup || clone->flags & CLONE_INTO_CGROUP)
		kit_put_unsigned(show, "cgroup", clone->cgroup);
}

void kit_show_inout_clone3(struct pure_show *show, int i)
{
	struct clone_args clone = { 0 };
	unsigned long size = show->arguments[1];
	unsigned long flags;

	if (size < CLONE_ARGS_SIZE_VER0) {
		kit_put_address(show, show->arguments[i]);
		return;
	}
	if (size > sizeof(clone))
		size = sizeof(clone);
	if (!kit_fetch(show, &clone, show->arguments[i], size))
		return;
	flags = clone.flags;
	pure_put(show->text, "{flags=");
	kit_put_flags(show, &kit_flags_clone, flags);
	put_if(show, flags & CLONE_PIDFD, "pidfd", clone.pidfd);
	put_if(show, flags & (CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID),
	       "child_tid", clone.child_tid);
	put_if(show, flags & CLONE_PARENT_SETTID, "parent_tid",
	       clone.parent_tid);
	kit_put_name(show, "exit_signal");
	if (clone.exit_signal < 0x7fffffff)
		kit_put_signal(show, (int)clone.exit_signal);
	else
		pure_put_unsigned(show->text, clone.exit_signal);
	kit_put_name(show, "stack");
	kit_put_address(show, clone.stack);
	kit_put_name(show, "stack_size");
	pure_put_hex(show->text, clone.stack_size);
	if (flags & CLONE_SETTLS) {
		kit_put_name(show, "tls");
		pure_put_hex(show->text, clone.tls);
	}
	put_clone3_more(show, &clone);
	kit_put_tail(show, show->arguments[i], size, show->arguments[1]);
	pure_put_char(show->text, '}');
	if (show->left)
		put_clone3_result(show, &clone);
}

static void put_waiter(struct pure_show *show, const void *element)
{
	const struct futex_waitv *waiter = element;

	pure_put(show->text, "{val=");
	pure_put_hex(show->text, waiter->val);
	kit_put_name(show, "uaddr");
	kit_put_address(show, waiter->uaddr);
	kit_put_name(show, "flags");
	kit_put_flags(show, &kit_flags_futex2, waiter->flags);
	if (waiter->__reserved) {
		kit_put_name(show, "__reserved");
		pure_put_hex(show->text, waiter->__reserved);
	}
	pure_put_char(show->text, '}');
}

void kit_put_futexes_at(struct pure_show *show, unsigned long address, int i)
{
	const unsigned long count = kit_size(show, i);

	/* The kernel looks at no more. */
	kit_put_first(show, address,
		      count < FUTEX_WAITV_MAX ? count : FUTEX_WAITV_MAX, count,
		      sizeof(struct futex_waitv), put_waiter);
}

void kit_show_futexop(struct pure_show *show, int i)
{
	const unsigned int op = (unsigned int)show->arguments[i];
	const unsigned int known =
		op & ~(FUTEX_PRIVATE_FLAG | FUTEX_CLOCK_REALTIME);
	const bool waits = known == FUTEX_WAIT || known == FUTEX_WAIT_BITSET ||
			   known == FUTEX_WAIT_REQUEUE_PI;
	const char *name = kit_flag_name(&kit_flags_futex, known);

	if (!name || ((op & FUTEX_CLOCK_REALTIME) && !waits)) {
		kit_put_one(show, &kit_flags_futex, op);
	} else if (kit_begin_name(show, op)) {
		pure_put(show->text, name);
		if (op & FUTEX_PRIVATE_FLAG)
			pure_put(show->text, known == FUTEX_FD ?
						     "|FUTEX_PRIVATE_FLAG" :
						     "_PRIVATE");
		if (op & FUTEX_CLOCK_REALTIME)
			pure_put(show->text, "|FUTEX_CLOCK_REALTIME");
		kit_end_name(show);
	}
}

/* VALUE, by its name if it has one, and SHIFT, "<<28". */
static void put_shifted(struct pure_show *show, const struct kit_flags *set,
			unsigned int value, const char *shift)
{
	const bool known = kit_flag_name(set, value) != NULL;

	if (known)
		kit_put_one(show, set, value);
	else
		pure_put_hex(show->text, value);
	pure_put(show->text, shift);
	if (!known)
		kit_put_comment(show, set->other);
	pure_put_char(show->text, '|');
}

static void put_wake_operation(struct pure_show *show, unsigned int value)
{
	const unsigned int operation = value >> 28;

	if (operation & FUTEX_OP_OPARG_SHIFT) {
		if (kit_begin_name(show, FUTEX_OP_OPARG_SHIFT)) {
			pure_put(show->text, "FUTEX_OP_OPARG_SHIFT");
			kit_end_name(show);
		}
		pure_put(show->text, "<<28|");
	}
	put_shifted(show, &kit_flags_futexwake,
		    operation & ~FUTEX_OP_OPARG_SHIFT, "<<28");
	pure_put_hex(show->text, value >> 12 & 0xfff);
	pure_put(show->text, "<<12|");
	put_shifted(show, &kit_flags_futexcmp, value >> 24 & 0xf, "<<24");
	pure_put_hex(show->text, value & 0xfff);
}

/*
 * Which of the arguments from the third on an operation has, each by a letter:
 * v a value, t a timeout, n a number, a an address, m a mask, w what to do, x
 * one of an operation that isn't known.
 */
static const char *futex_arguments(unsigned int op)
{
	switch (op & ~(FUTEX_PRIVATE_FLAG | FUTEX_CLOCK_REALTIME)) {
	case FUTEX_WAIT:
		return "vt--";
	case FUTEX_WAKE:
	case FUTEX_FD:
		return "v---";
	case FUTEX_REQUEUE:
		return "vna-";
	case FUTEX_CMP_REQUEUE:
	case FUTEX_CMP_REQUEUE_PI:
		return "vnav";
	case FUTEX_WAKE_OP:
		return "vnaw";
	case FUTEX_LOCK_PI:
	case FUTEX_LOCK_PI2:
		return "-t--";
	case FUTEX_UNLOCK_PI:
	case FUTEX_TRYLOCK_PI:
		return "----";
	case FUTEX_WAIT_BITSET:
		return "vt-m";
	case FUTEX_WAKE_BITSET:
		return "v--m";
	case FUTEX_WAIT_REQUEUE_PI:
		return "vta-";
	}
	return "vaax";
}

void kit_show_futex(struct pure_show *show, int i)
{
	const unsigned long value = show->arguments[i];
	const unsigned int number = (unsigned int)value;

	switch (futex_arguments((unsigned int)show->arguments[1])[i - 2]) {
	case 'v':
	case 'n':
		pure_put_unsigned(show->text, number);
		break;
	case 't':
		kit_show_inout_timespec(show, i);
		break;
	case 'a':
		kit_put_address(show, value);
		break;
	case 'm':
		if (number == FUTEX_BITSET_MATCH_ANY)
			pure_put(show->text, "FUTEX_BITSET_MATCH_ANY");
		else
			pure_put_hex(show->text, number);
		break;
	case 'w':
		put_wake_operation(show, number);
		break;
	case 'x':
		pure_put_hex(show->text, number);
		break;
	}
}

void kit_show_seccompflags(struct pure_show *show, int i)
{
	const unsigned int flags = (unsigned int)show->arguments[i];

	if ((unsigned int)show->arguments[0] == SECCOMP_SET_MODE_FILTER)
		kit_put_flags(show, &kit_flags_seccompflags, flags);
	else
		pure_put_hex(show->text, flags);
}

bool kit_seccomp_asks(const struct pure_show *show)
{
	return (unsigned int)show->arguments[0] == SECCOMP_GET_NOTIF_SIZES;
}

static void put_action(struct pure_show *show, unsigned long address)
{
	unsigned int action;

	if (!kit_fetch(show, &action, address, sizeof(action)))
		return;
	pure_put_char(show->text, '[');
	kit_put_one(show, &kit_flags_seccompaction, action);
	pure_put_char(show->text, ']');
}

static void put_sizes(struct pure_show *show, unsigned long address)
{
	struct seccomp_notif_sizes sizes;

	if (kit_failed(show)) {
		kit_put_address(show, address);
		return;
	}
	if (!kit_fetch(show, &sizes, address, sizeof(sizes)))
		return;
	pure_put_char(show->text, '{');
	kit_put_unsigned(show, "seccomp_notif", sizes.seccomp_notif);
	kit_put_unsigned(show, "seccomp_notif_resp", sizes.seccomp_notif_resp);
	kit_put_unsigned(show, "seccomp_data", sizes.seccomp_data);
	pure_put_char(show->text, '}');
}

void kit_show_seccomp(struct pure_show *show, int i)
{
	const unsigned long address = show->arguments[i];

	switch ((unsigned int)show->arguments[0]) {
	case SECCOMP_SET_MODE_FILTER:
		kit_put_filter(show, address, true);
		break;
	case SECCOMP_GET_ACTION_AVAIL:
		put_action(show, address);
		break;
	case SECCOMP_GET_NOTIF_SIZES:
		put_sizes(show, address);
		break;
	default:
		kit_put_address(show, address);
	}
}

void kit_show_ptrace(struct pure_show *show, int i)
{
	kit_put_one(show, &kit_flags_ptrace, show->arguments[i]);
}

/* "[0 1]". */
void kit_put_cpuset(struct pure_show *show, unsigned long address,
		    unsigned long size)
{
	unsigned char set[128];
	const char *blank = "";
	unsigned long k;

	if (size > sizeof(set))
		size = sizeof(set);
	if (!kit_fetch(show, set, address, size))
		return;
	pure_put_char(show->text, '[');
	for (k = 0; k < size * 8; k++)
		if (set[k / 8] >> k % 8 & 1) {
			pure_put(show->text, blank);
			pure_put_unsigned(show->text, k);
			blank = " ";
		}
	pure_put_char(show->text, ']');
}

void kit_put_cpuset_at(struct pure_show *show, unsigned long address, int i)
{
	const bool set =
		show->left && show->call->arguments[i].kind == PURE_KIND_OUT;

	kit_put_cpuset(show, address,
		       set ? (unsigned long)show->result : kit_size(show, i));
}

void kit_put_schedparam_at(struct pure_show *show, unsigned long address, int i)
{
	(void)i;
	put_made(show, address, false);
}

/* As much of struct sched_attr as two versions of the kernel have. */
#define SCHED_ATTR_FIRST 48
#define SCHED_ATTR_SECOND 56

struct sched_attributes {
	unsigned int size, policy;
	unsigned long flags;
	int nice;
	unsigned int priority;
	unsigned long runtime, deadline, period;
	unsigned int least, most;
};

/* SIZE of it is there; SET: what it says is to be kept isn't used. */
static void put_attributes(struct pure_show *show,
			   const struct sched_attributes *a, unsigned int size,
			   bool set)
{
	const unsigned long keep =
		SCHED_FLAG_KEEP_POLICY | SCHED_FLAG_KEEP_PARAMS;

	if (size < SCHED_ATTR_FIRST)
		return;
	if (!set || (int)a->policy < 0 || !(a->flags & keep)) {
		kit_put_name(show, "sched_policy");
		kit_put_one(show, &kit_flags_sched, a->policy);
	}
	kit_put_name(show, "sched_flags");
	kit_put_flags(show, &kit_flags_schedflags, a->flags);
	if (!set || !(a->flags & SCHED_FLAG_KEEP_PARAMS)) {
		kit_put_signed(show, "sched_nice", a->nice);
		kit_put_unsigned(show, "sched_priority", a->priority);
		kit_put_unsigned(show, "sched_runtime", a->runtime);
		kit_put_unsigned(show, "sched_deadline", a->deadline);
		kit_put_unsigned(show, "sched_period", a->period);
	}
	if (size < SCHED_ATTR_SECOND)
		return;
	kit_put_unsigned(show, "sched_util_min", a->least);
	kit_put_unsigned(show, "sched_util_max", a->most);
}

static void put_attribute_struct(struct pure_show *show,
				 const struct sched_attributes *a,
				 unsigned int size, bool set)
{
	const unsigned int known = size < sizeof(*a) ? size : sizeof(*a);

	pure_put_char(show->text, '{');
	kit_put_unsigned(show, "size", a->size);
	put_attributes(show, a, known, set);
	pure_put(show->text, size > known ? ", ...}" : "}");
}

/* The size is an argument, and then what the kernel has filled in. */
void kit_put_schedattr_at(struct pure_show *show, unsigned long address, int i)
{
	const unsigned int size = (unsigned int)show->arguments[2];
	struct sched_attributes a = { 0 };

	(void)i;
	if (!size)
		kit_put_address(show, address);
	else if (kit_fetch(show, &a, address,
			   size < sizeof(a) ? size : sizeof(a)))
		put_attribute_struct(show, &a, a.size, false);
}

/* The size is the first member; the call may say which one it should be. */
void kit_show_inout_schedattr(struct pure_show *show, int i)
{
	const unsigned long address = show->arguments[i];
	struct sched_attributes a = { 0 };
	unsigned int size = (unsigned int)show->kept[0], now;

	if (!address || pure_read(&now, address, sizeof(now)) != sizeof(now) ||
	    pure_set_has(&show->options->plain, show->number)) {
		kit_put_address(show, address);
		return;
	}
	if (!show->left)
		size = now;
	a.size = size;
	if (!size)
		size = SCHED_ATTR_FIRST;
	now = size < sizeof(a) ? size : sizeof(a);
	if (size >= SCHED_ATTR_FIRST) {
		if (!kit_fetch(show, &a, address, now))
			return;
		a.size = (unsigned int)show->kept[0];
	}
	put_attribute_struct(show, &a, size, true);
	if (show->left && show->result == -E2BIG &&
	    pure_read(&now, address, sizeof(now)) == sizeof(now)) {
		pure_put(show->text, " => {");
		kit_put_unsigned(show, "size", now);
		pure_put_char(show->text, '}');
	}
}

void kit_put_caphdr_at(struct pure_show *show, unsigned long address, int i)
{
	struct __user_cap_header_struct header;

	(void)i;
	if (!kit_fetch(show, &header, address, sizeof(header)))
		return;
	pure_put(show->text, "{version=");
	kit_put_one(show, &kit_flags_capversion, header.version);
	kit_put_signed(show, "pid", header.pid);
	pure_put_char(show->text, '}');
}

static void put_capabilities(struct pure_show *show, const char *name,
			     unsigned int low, unsigned int high)
{
	kit_put_name(show, name);
	if (low || !high)
		kit_put_flags(show, &kit_flags_caplow, low);
	if (low && high)
		pure_put_char(show->text, '|');
	if (high)
		kit_put_flags(show, &kit_flags_caphigh, high);
}

/* The header says how many words it has. */
void kit_put_capdata_at(struct pure_show *show, unsigned long address, int i)
{
	struct __user_cap_data_struct data[2] = { { 0, 0, 0 } };
	struct __user_cap_header_struct header;
	size_t size = sizeof(data);

	if (!address ||
	    pure_read(&header, (unsigned long)show->arguments[i - 1],
		      sizeof(header)) != sizeof(header)) {
		kit_put_address(show, address);
		return;
	}
	if (header.version != _LINUX_CAPABILITY_VERSION_2 &&
	    header.version != _LINUX_CAPABILITY_VERSION_3)
		size = sizeof(*data);
	if (!kit_fetch(show, data, address, size))
		return;
	pure_put_char(show->text, '{');
	put_capabilities(show, "effective", data[0].effective,
			 data[1].effective);
	put_capabilities(show, "permitted", data[0].permitted,
			 data[1].permitted);
	put_capabilities(show, "inheritable", data[0].inheritable,
			 data[1].inheritable);
	pure_put_char(show->text, '}');
}

void kit_show_syslogaction(struct pure_show *show, int i)
{
	kit_put_both(show, &kit_flags_syslog, (int)show->arguments[i]);
}

/* What of the log is read by the call. */
bool kit_syslog_asks(const struct pure_show *show)
{
	const int action = (int)show->arguments[0];

	return action >= 2 && action <= 4;
}

/* Where to, and how much: some actions have no use for them. */
void kit_show_syslog(struct pure_show *show, int i)
{
	const char *name = kit_flag_name(
		&kit_flags_syslog, (unsigned long)(int)show->arguments[0]);
	const bool level = (int)show->arguments[0] == 8;

	if (name && !kit_syslog_asks(show) && !level)
		return;
	if (i == 2 && level)
		kit_put_both(show, &kit_flags_loglevel,
			     (int)show->arguments[i]);
	else if (i == 2)
		pure_put_signed(show->text, (int)show->arguments[i]);
	else if (kit_syslog_asks(show) && !kit_failed(show))
		kit_put_memory(show, show->arguments[i], show->result);
	else
		kit_put_address(show, show->arguments[i]);
}

void kit_show_rebootarg(struct pure_show *show, int i)
{
	if ((unsigned int)show->arguments[2] == LINUX_REBOOT_CMD_RESTART2)
		kit_put_limited(show, show->arguments[i], 255);
}

void kit_show_keyserial(struct pure_show *show, int i)
{
	kit_put_one_signed(show, &kit_flags_keyspec, (int)show->arguments[i]);
}
