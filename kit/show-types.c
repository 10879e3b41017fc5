/*
 * kit: which function shows a type.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include <fcntl.h>

#include "show.h"

/* Declare them all, then list them. */
#define KIT_SHOW(number, name) kit_shower kit_show_##name;
#define KIT_SHOW_in(number, type) kit_putter kit_put_##type##_at;
#define KIT_SHOW_out KIT_SHOW_in
#define KIT_SHOW_both(number, type) kit_shower kit_show_inout_##type;
#define KIT_SHOW_flags(number, set) KIT_FLAGS(set);
#define KIT_SHOW_one KIT_SHOW_flags
#define KIT_SHOW_flags64 KIT_SHOW_flags
#define KIT_SHOW_dirfd(number, type) kit_shower kit_show_dirfd_##type;
#define KIT_SHOW_mode(number, type) kit_shower kit_show_mode_##type;
#define KIT_SHOW_fd(number, type) kit_shower kit_show_fd_##type;
#define KIT_SHOW_dev(number, type) kit_shower kit_show_dev_##type;
#define KIT_SHOW_addr(number, type) kit_shower kit_show_addr_##type;
#pragma GCC visibility push(hidden)
#include "calls.inc"
#pragma GCC visibility pop
#undef KIT_SHOW
#undef KIT_SHOW_in
#undef KIT_SHOW_out
#undef KIT_SHOW_both
#undef KIT_SHOW_flags
#undef KIT_SHOW_one
#undef KIT_SHOW_flags64
#undef KIT_SHOW_dirfd
#undef KIT_SHOW_mode
#undef KIT_SHOW_fd
#undef KIT_SHOW_dev
#undef KIT_SHOW_addr

#define SHOWER(number, name) [number] = { 0, name, NULL, NULL, false },
#define KIT_SHOW(number, name) SHOWER(number, kit_show_##name)
#define KIT_SHOW_in(number, type) \
	[number] = { PURE_KIND_IN, NULL, kit_put_##type##_at, NULL, false },
#define KIT_SHOW_out(number, type) \
	[number] = { PURE_KIND_OUT, NULL, kit_put_##type##_at, NULL, false },
#define KIT_SHOW_both(number, type) SHOWER(number, kit_show_inout_##type)
#define KIT_SHOW_flags(number, set) \
	[number] = { PURE_KIND_FLAGS, NULL, NULL, &kit_flags_##set, false },
#define KIT_SHOW_one(number, set) \
	[number] = { PURE_KIND_ONE, NULL, NULL, &kit_flags_##set, false },
#define KIT_SHOW_flags64(number, set) \
	[number] = { PURE_KIND_FLAGS, NULL, NULL, &kit_flags_##set, true },
#define KIT_SHOW_mode(number, type) SHOWER(number, kit_show_mode_##type)
#define KIT_SHOW_fd(number, type) SHOWER(number, kit_show_fd_##type)
#define KIT_SHOW_dev(number, type) SHOWER(number, kit_show_dev_##type)
#define KIT_SHOW_addr(number, type) SHOWER(number, kit_show_addr_##type)
#define KIT_SHOW_dirfd(number, type) SHOWER(number, kit_show_dirfd_##type)

/* The first is that of calls that aren't in the table. */
const struct kit_type kit_types[] = { SHOWER(0, kit_show_hex)
#include "calls.inc"
};

/* What is there, too, if the call has failed. */
static bool shown_anyway(const struct pure_show *show)
{
	return show->number == SYS_nanosleep ||
	       show->number == SYS_clock_nanosleep ||
	       show->number == SYS_recvmsg || show->number == SYS_sendmmsg ||
	       show->number == SYS_readv || show->number == SYS_preadv ||
	       show->number == SYS_preadv2 ||
	       show->number == SYS_io_uring_setup ||
	       show->number == SYS_process_vm_readv;
}

static kit_shower *shower(const struct pure_show *show, int i)
{
	return kit_types[show->call->arguments[i].type].shower;
}

bool kit_comes_later(const struct pure_show *show, int i)
{
	kit_shower *function = shower(show, i);

	if (function == kit_show_fcntlarg)
		return kit_fcntl_asks(show);
	if (function == kit_show_ioctlarg)
		return kit_ioctl_asks(show);
	if (function == kit_show_prctl)
		return kit_prctl_asks(show, i);
	if (function == kit_show_archprctl)
		return kit_arch_prctl_asks(show);
	if (function == kit_show_ipcarg)
		return kit_ipc_asks(show);
	if (function == kit_show_quotaarg)
		return kit_quota_asks(show);
	if (function == kit_show_uringarg)
		return kit_uring_asks(show);
	if (function == kit_show_seccomp)
		return kit_seccomp_asks(show);
	if (function == kit_show_syslog)
		return kit_syslog_asks(show);
	if (function == kit_show_keyctl)
		return kit_keyctl_asks(show, i);
	if (function == kit_show_clone)
		return i > 1;
	return function == kit_show_inout_offset ||
	       function == kit_show_inout_timex ||
	       function == kit_show_inout_schedattr ||
	       function == kit_show_inout_perfattr ||
	       show->call->arguments[i].kind == PURE_KIND_OUT;
}

/* What clone shows late may be nothing at all: its comma is late too. */
bool kit_comma_comes_first(const struct pure_show *show, int i)
{
	return shower(show, i) != kit_show_clone;
}

void kit_keep(struct pure_show *show)
{
	unsigned int length = 0;
	int i;

	for (i = show->next; i < show->call->count; i++) {
		kit_shower *function = shower(show, i);

		if (function == kit_show_inout_offset) {
			pure_read(&show->kept[i > 1], show->arguments[i],
				  sizeof(long));
		} else if (function == kit_show_inout_socklen ||
			   function == kit_show_inout_schedattr) {
			pure_read(&length, show->arguments[i], sizeof(length));
			show->kept[0] = length;
		}
	}
	if (show->number == SYS_recvmsg)
		kit_keep_message(show);
	if (show->number == SYS_recvmmsg)
		kit_keep_messages(show);
	if (show->number == SYS_ioctl)
		kit_keep_ioctl(show);
	if (show->number == SYS_perf_event_open)
		kit_keep_perf(show);
	if (show->number == SYS_io_uring_register)
		kit_keep_uring(show);
}

void kit_show_argument(struct pure_show *show, int i)
{
	const struct kit_type *type = &kit_types[show->call->arguments[i].type];
	const unsigned long value = show->arguments[i];

	if (type->shower)
		type->shower(show, i);
	else if (type->kind == PURE_KIND_FLAGS)
		kit_put_flags(show, type->flags,
			      type->wide ? value : (unsigned int)value);
	else if (type->kind == PURE_KIND_ONE)
		kit_put_one(show, type->flags, (unsigned int)value);
	else if (!value || (type->kind == PURE_KIND_OUT && kit_failed(show) &&
			    !shown_anyway(show)))
		kit_put_address(show, value);
	else
		type->putter(show, value, i);
}
