/*
 * kit: the table of calls, which make-calls.sh makes of calls.table.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include <string.h>

#include "kit.h"

/* The kinds of the table's words; those of one call only are "other". */
#define KIT_KIND_fd PURE_KIND_FD
#define KIT_KIND_dirfd PURE_KIND_DIRFD
#define KIT_KIND_path PURE_KIND_PATH
#define KIT_KIND_mountsource PURE_KIND_STRING
#define KIT_KIND_mounttype PURE_KIND_STRING
#define KIT_KIND_memfdname PURE_KIND_STRING
#define KIT_KIND_mqname PURE_KIND_STRING
#define KIT_KIND_string PURE_KIND_STRING
#define KIT_KIND_int PURE_KIND_INT
#define KIT_KIND_ms PURE_KIND_INT
#define KIT_KIND_long PURE_KIND_LONG
#define KIT_KIND_uint PURE_KIND_UINT
#define KIT_KIND_ulong PURE_KIND_ULONG
#define KIT_KIND_hex PURE_KIND_HEX
#define KIT_KIND_hex32 PURE_KIND_HEX
#define KIT_KIND_addr PURE_KIND_ADDRESS
#define KIT_KIND_offset PURE_KIND_OFFSET
#define KIT_KIND_hexoffset PURE_KIND_OFFSET
#define KIT_KIND_mode PURE_KIND_MODE
#define KIT_KIND_filemode PURE_KIND_MODE
#define KIT_KIND_sig PURE_KIND_SIGNAL
#define KIT_KIND_uid PURE_KIND_ID
#define KIT_KIND_flags PURE_KIND_FLAGS
#define KIT_KIND_flags64 PURE_KIND_FLAGS
#define KIT_KIND_faninit PURE_KIND_FLAGS
#define KIT_KIND_kexecflags PURE_KIND_FLAGS
#define KIT_KIND_memfd PURE_KIND_FLAGS
#define KIT_KIND_mountflags PURE_KIND_FLAGS
#define KIT_KIND_mpol PURE_KIND_FLAGS
#define KIT_KIND_mpol32 PURE_KIND_FLAGS
#define KIT_KIND_msgflg PURE_KIND_FLAGS
#define KIT_KIND_persona PURE_KIND_FLAGS
#define KIT_KIND_open PURE_KIND_FLAGS
#define KIT_KIND_mmapflags PURE_KIND_FLAGS
#define KIT_KIND_one PURE_KIND_ONE
#define KIT_KIND_in PURE_KIND_IN
#define KIT_KIND_out PURE_KIND_OUT
#define KIT_KIND_both PURE_KIND_INOUT
#define KIT_KIND_skip PURE_KIND_SKIP
#define KIT_KIND_archprctl PURE_KIND_OTHER
#define KIT_KIND_clone PURE_KIND_OTHER
#define KIT_KIND_dev PURE_KIND_OTHER
#define KIT_KIND_fcntlarg PURE_KIND_OTHER
#define KIT_KIND_fsconfig PURE_KIND_OTHER
#define KIT_KIND_futex PURE_KIND_OTHER
#define KIT_KIND_futexop PURE_KIND_OTHER
#define KIT_KIND_ioctl PURE_KIND_OTHER
#define KIT_KIND_ioctlarg PURE_KIND_OTHER
#define KIT_KIND_ioprio PURE_KIND_OTHER
#define KIT_KIND_ipcarg PURE_KIND_OTHER
#define KIT_KIND_kcmparg PURE_KIND_OTHER
#define KIT_KIND_keyctl PURE_KIND_OTHER
#define KIT_KIND_key PURE_KIND_OTHER
#define KIT_KIND_keyserial PURE_KIND_OTHER
#define KIT_KIND_landlockrule PURE_KIND_OTHER
#define KIT_KIND_mountdata PURE_KIND_OTHER
#define KIT_KIND_mqattr PURE_KIND_OTHER
#define KIT_KIND_prctl PURE_KIND_OTHER
#define KIT_KIND_protocol PURE_KIND_OTHER
#define KIT_KIND_ptrace PURE_KIND_OTHER
#define KIT_KIND_seccomp PURE_KIND_OTHER
#define KIT_KIND_seccompflags PURE_KIND_OTHER
#define KIT_KIND_quota PURE_KIND_OTHER
#define KIT_KIND_quotaid PURE_KIND_ID
#define KIT_KIND_quotaarg PURE_KIND_OTHER
#define KIT_KIND_rebootarg PURE_KIND_OTHER
#define KIT_KIND_shmflg PURE_KIND_OTHER
#define KIT_KIND_sockoptname PURE_KIND_OTHER
#define KIT_KIND_socktype PURE_KIND_OTHER
#define KIT_KIND_statxflags PURE_KIND_OTHER
#define KIT_KIND_swapflags PURE_KIND_FLAGS
#define KIT_KIND_syslog PURE_KIND_OTHER
#define KIT_KIND_syslogaction PURE_KIND_ONE
#define KIT_KIND_uringarg PURE_KIND_OTHER

static const struct pure_call calls[PURE_CALLS] = {
#define KIT_ROW(number, name, classes, result, waits, count, ...) \
	[number] = { name, classes, result, waits, count, { __VA_ARGS__ } },
#include "calls.inc"
#undef KIT_ROW
};

static const char *const types[] = {
#define KIT_TYPE(number, name) [number] = name,
#include "calls.inc"
#undef KIT_TYPE
};

/* What the numbers are that have no call. */
static const struct pure_call unknown = {
	NULL,
	0,
	PURE_RESULT_number,
	false,
	PURE_ARGUMENTS,
	{ { PURE_KIND_HEX, 0, 0 },
	  { PURE_KIND_HEX, 0, 0 },
	  { PURE_KIND_HEX, 0, 0 },
	  { PURE_KIND_HEX, 0, 0 },
	  { PURE_KIND_HEX, 0, 0 },
	  { PURE_KIND_HEX, 0, 0 } },
};

static const struct {
	const char *name;
	unsigned int classes;
} classes[] = {
	{ "clock", PURE_CLASS_clock },	   { "creds", PURE_CLASS_creds },
	{ "desc", PURE_CLASS_desc },	   { "file", PURE_CLASS_file },
	{ "fstat", PURE_CLASS_fstat },	   { "fstatfs", PURE_CLASS_fstatfs },
	{ "ipc", PURE_CLASS_ipc },	   { "lstat", PURE_CLASS_lstat },
	{ "memory", PURE_CLASS_memory },   { "net", PURE_CLASS_network },
	{ "network", PURE_CLASS_network }, { "process", PURE_CLASS_process },
	{ "pure", PURE_CLASS_pure },	   { "signal", PURE_CLASS_signal },
	{ "stat", PURE_CLASS_stat },	   { "%stat", PURE_CLASS_all_stat },
	{ "statfs", PURE_CLASS_statfs },   { "%statfs", PURE_CLASS_all_statfs },
};

const struct pure_call *pure_call(long number)
{
	if (number < 0 || number >= PURE_CALLS || !calls[number].name)
		return &unknown;
	return &calls[number];
}

const char *kit_call_elsewhere(size_t i)
{
	static const char *const others[] = {
#define KIT_OTHER(name) name,
#include "calls.inc"
#undef KIT_OTHER
		NULL
	};

	return others[i];
}

long pure_call_number(const char *name)
{
	long i;

	for (i = 0; i < PURE_CALLS; i++)
		if (calls[i].name && strcmp(calls[i].name, name) == 0)
			return i;
	return -1;
}

unsigned int pure_call_class(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(classes) / sizeof(*classes); i++)
		if (strcmp(classes[i].name, name) == 0)
			return classes[i].classes;
	return 0;
}

const char *pure_argument_type(const struct pure_argument *argument)
{
	const char *word = types[argument->type], *colon;

	if (!word)
		return "";
	colon = strchr(word, ':');
	return colon ? colon + 1 : word;
}
