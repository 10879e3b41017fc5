/*
 * kit: prctl and arch_prctl.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <asm/prctl.h>
#include <linux/seccomp.h>
#include <string.h>
#include <sys/prctl.h>

#include "show.h"

/* The longest name of a thread, with its NUL. */
#define COMM_SIZE 16

/* Not in all kernels' headers. */
#define ARCH_GET_XCOMP_GUEST_PERM 0x1024
#define ARCH_REQ_XCOMP_GUEST_PERM 0x1025

KIT_FLAGS(cap);
KIT_FLAGS(pr_ambient);
KIT_FLAGS(pr_core);
KIT_FLAGS(pr_dispatch);
KIT_FLAGS(pr_fp);
KIT_FLAGS(pr_mce);
KIT_FLAGS(pr_mcepolicy);
KIT_FLAGS(pr_mm);
KIT_FLAGS(pr_pac);
KIT_FLAGS(pr_pacenabled);
KIT_FLAGS(pr_pidtype);
KIT_FLAGS(pr_secure);
KIT_FLAGS(pr_sme);
KIT_FLAGS(pr_spec);
KIT_FLAGS(pr_specget);
KIT_FLAGS(pr_specset);
KIT_FLAGS(pr_sve);
KIT_FLAGS(pr_tagged);
KIT_FLAGS(pr_tsc);
KIT_FLAGS(pr_unalign);
KIT_FLAGS(pr_vma);
KIT_FLAGS(prdump);
KIT_FLAGS(seccompmode);
KIT_FLAGS(xfeature);
KIT_FLAGS(xfeatures);

/* Any second argument. */
#define ANY (-1L)

/*
 * How an option's arguments are shown, a letter each, from the second on; what
 * has none isn't. In capitals: what is there after the call.
 *   x hexadecimal    u unsigned       d signed          i an int
 *   p an address     n a string       s, S a thread's name
 *   g, G a signal    I an int         A an address      C a cookie
 *   f flags of SET   o one of it      F, O the same, in an int: in memory
 *   1 one of it, in an int            2 flags of it, in an int
 *   e one of SECOND  h flags of that  b a BPF filter
 *   v SET and a vector's length       t tags            k a kind of process
 */
struct form {
	int option;
	long second_argument;
	const char *kinds;
	const struct kit_flags *set, *second;
};

static const struct form forms[] = {
	{ PR_GET_DUMPABLE, ANY, "", NULL, NULL },
	{ PR_GET_KEEPCAPS, ANY, "", NULL, NULL },
	{ PR_GET_SECCOMP, ANY, "", NULL, NULL },
	{ PR_GET_SECUREBITS, ANY, "", NULL, NULL },
	{ PR_GET_TIMERSLACK, ANY, "", NULL, NULL },
	{ PR_GET_TIMING, ANY, "", NULL, NULL },
	{ PR_GET_FP_MODE, ANY, "", NULL, NULL },
	{ PR_SVE_GET_VL, ANY, "", NULL, NULL },
	{ PR_SME_GET_VL, ANY, "", NULL, NULL },
	{ PR_TASK_PERF_EVENTS_DISABLE, ANY, "", NULL, NULL },
	{ PR_TASK_PERF_EVENTS_ENABLE, ANY, "", NULL, NULL },
	{ PR_SET_NAME, ANY, "s", NULL, NULL },
	{ PR_GET_NAME, ANY, "S", NULL, NULL },
	{ PR_SET_PDEATHSIG, ANY, "g", NULL, NULL },
	{ PR_GET_PDEATHSIG, ANY, "G", NULL, NULL },
	{ PR_GET_CHILD_SUBREAPER, ANY, "I", NULL, NULL },
	{ PR_GET_ENDIAN, ANY, "I", NULL, NULL },
	{ PR_GET_FPEMU, ANY, "I", NULL, NULL },
	{ PR_GET_FPEXC, ANY, "I", NULL, NULL },
	{ PR_GET_TID_ADDRESS, ANY, "A", NULL, NULL },
	{ PR_GET_TSC, ANY, "O", &kit_flags_pr_tsc, NULL },
	{ PR_GET_UNALIGN, ANY, "F", &kit_flags_pr_unalign, NULL },
	{ PR_CAPBSET_READ, ANY, "o", &kit_flags_cap, NULL },
	{ PR_CAPBSET_DROP, ANY, "o", &kit_flags_cap, NULL },
	{ PR_SET_DUMPABLE, ANY, "o", &kit_flags_prdump, NULL },
	{ PR_SET_CHILD_SUBREAPER, ANY, "u", NULL, NULL },
	{ PR_SET_ENDIAN, ANY, "u", NULL, NULL },
	{ PR_SET_FPEMU, ANY, "u", NULL, NULL },
	{ PR_SET_FPEXC, ANY, "u", NULL, NULL },
	{ PR_SET_KEEPCAPS, ANY, "u", NULL, NULL },
	{ PR_SET_TIMING, ANY, "u", NULL, NULL },
	{ PR_SET_TIMERSLACK, ANY, "d", NULL, NULL },
	{ PR_SET_SECUREBITS, ANY, "f", &kit_flags_pr_secure, NULL },
	{ PR_SET_TSC, ANY, "1", &kit_flags_pr_tsc, NULL },
	{ PR_SET_UNALIGN, ANY, "2", &kit_flags_pr_unalign, NULL },
	{ PR_SET_FP_MODE, ANY, "2", &kit_flags_pr_fp, NULL },
	{ PR_SET_MM, ANY, "1xxx", &kit_flags_pr_mm, NULL },
	{ PR_SET_SECCOMP, SECCOMP_MODE_STRICT, "o", &kit_flags_seccompmode,
	  NULL },
	{ PR_SET_SECCOMP, SECCOMP_MODE_FILTER, "ob", &kit_flags_seccompmode,
	  NULL },
	{ PR_SET_SECCOMP, ANY, "oxxx", &kit_flags_seccompmode, NULL },
	{ PR_SET_NO_NEW_PRIVS, ANY, "uxxx", NULL, NULL },
	{ PR_SET_THP_DISABLE, ANY, "uxxx", NULL, NULL },
	{ PR_SET_IO_FLUSHER, ANY, "uxxx", NULL, NULL },
	{ PR_SET_VMA, PR_SET_VMA_ANON_NAME, "opun", &kit_flags_pr_vma, NULL },
	{ PR_SET_VMA, ANY, "oxxx", &kit_flags_pr_vma, NULL },
	{ PR_MCE_KILL, PR_MCE_KILL_SET, "oexx", &kit_flags_pr_mce,
	  &kit_flags_pr_mcepolicy },
	{ PR_MCE_KILL, ANY, "oxxx", &kit_flags_pr_mce, NULL },
	{ PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, "oexx", &kit_flags_pr_ambient,
	  &kit_flags_cap },
	{ PR_CAP_AMBIENT, PR_CAP_AMBIENT_LOWER, "oexx", &kit_flags_pr_ambient,
	  &kit_flags_cap },
	{ PR_CAP_AMBIENT, PR_CAP_AMBIENT_IS_SET, "oexx", &kit_flags_pr_ambient,
	  &kit_flags_cap },
	{ PR_CAP_AMBIENT, ANY, "oxxx", &kit_flags_pr_ambient, NULL },
	{ PR_GET_SPECULATION_CTRL, ANY, "o", &kit_flags_pr_spec, NULL },
	{ PR_SET_SPECULATION_CTRL, PR_SPEC_STORE_BYPASS, "oe",
	  &kit_flags_pr_spec, &kit_flags_pr_specset },
	{ PR_SET_SPECULATION_CTRL, PR_SPEC_INDIRECT_BRANCH, "oe",
	  &kit_flags_pr_spec, &kit_flags_pr_specset },
	{ PR_SET_SPECULATION_CTRL, PR_SPEC_L1D_FLUSH, "oe", &kit_flags_pr_spec,
	  &kit_flags_pr_specset },
	{ PR_SET_SPECULATION_CTRL, ANY, "ox", &kit_flags_pr_spec, NULL },
	{ PR_PAC_RESET_KEYS, ANY, "fxxx", &kit_flags_pr_pac, NULL },
	{ PR_PAC_SET_ENABLED_KEYS, ANY, "fhxx", &kit_flags_pr_pacenabled,
	  &kit_flags_pr_pacenabled },
	{ PR_SET_SYSCALL_USER_DISPATCH, ANY, "oxxp", &kit_flags_pr_dispatch,
	  NULL },
	{ PR_SCHED_CORE, PR_SCHED_CORE_GET, "1ikC", &kit_flags_pr_core, NULL },
	{ PR_SCHED_CORE, ANY, "1ikp", &kit_flags_pr_core, NULL },
	{ PR_SVE_SET_VL, ANY, "v", &kit_flags_pr_sve, NULL },
	{ PR_SME_SET_VL, ANY, "v", &kit_flags_pr_sme, NULL },
	{ PR_SET_TAGGED_ADDR_CTRL, ANY, "txxx", NULL, NULL },
	{ PR_SET_PTRACER, ANY, "T", NULL, NULL },
};

static const struct form *form_of(const struct pure_show *show)
{
	static const struct form other = { 0, ANY, "xxxx", NULL, NULL };
	const int option = (int)show->arguments[0];
	const long second = option == PR_SCHED_CORE ? (int)show->arguments[1] :
						      show->arguments[1];
	size_t i;

	for (i = 0; i < sizeof(forms) / sizeof(*forms); i++)
		if (forms[i].option == option &&
		    (forms[i].second_argument == ANY ||
		     forms[i].second_argument == second))
			return &forms[i];
	return &other;
}

static bool comes_after(char kind)
{
	return strchr("SGIACFO", kind) && kind;
}

bool kit_prctl_asks(const struct pure_show *show, int i)
{
	const char *kinds = form_of(show)->kinds;

	return i > 0 && i <= (int)strlen(kinds) && comes_after(kinds[i - 1]);
}

/* An int, or an address, that the call has set. */
static void put_pointed(struct pure_show *show, unsigned long address,
			char kind, const struct kit_flags *set)
{
	const bool wide = kind == 'A' || kind == 'C';
	unsigned long value = 0;

	if (kit_failed(show)) {
		kit_put_address(show, address);
		return;
	}
	if (!kit_fetch(show, &value, address,
		       wide ? sizeof(value) : sizeof(int)))
		return;
	pure_put_char(show->text, '[');
	if (kind == 'G')
		kit_put_signal(show, (int)value);
	else if (kind == 'F')
		kit_put_flags(show, set, value);
	else if (kind == 'O')
		kit_put_one(show, set, value);
	else if (wide)
		kit_put_address(show, value);
	else
		pure_put_unsigned(show->text, (unsigned int)value);
	pure_put_char(show->text, ']');
}

static void put_asked_name(struct pure_show *show, unsigned long address)
{
	if (kit_failed(show))
		kit_put_address(show, address);
	else
		kit_put_path(show, address, COMM_SIZE - 1);
}

/* Flags are above the length of a vector. */
#define VECTOR_LENGTH 0xffffUL

static void put_vector(struct pure_show *show, const struct kit_flags *set,
		       unsigned long value)
{
	if (!(value & ~VECTOR_LENGTH)) {
		pure_put_hex(show->text, value);
	} else if (kit_begin_name(show, value)) {
		kit_put_names(show, set, value & ~VECTOR_LENGTH);
		pure_put_char(show->text, '|');
		pure_put_hex(show->text, value & VECTOR_LENGTH);
		kit_end_name(show);
	}
}

static void put_tags(struct pure_show *show, unsigned long value)
{
	const unsigned long known =
		PR_TAGGED_ADDR_ENABLE | PR_MTE_TCF_MASK | PR_MTE_TAG_MASK;
	const unsigned long tags = value & PR_MTE_TAG_MASK;

	if (!kit_begin_name(show, value))
		return;
	pure_put(show->text, value & PR_TAGGED_ADDR_ENABLE ?
				     "PR_TAGGED_ADDR_ENABLE|" :
				     "!PR_TAGGED_ADDR_ENABLE|");
	pure_put(show->text,
		 kit_flag_name(&kit_flags_pr_tagged, value & PR_MTE_TCF_MASK));
	if (tags) {
		pure_put_char(show->text, '|');
		pure_put_hex(show->text, tags >> PR_MTE_TAG_SHIFT);
		pure_put(show->text, "<<PR_MTE_TAG_SHIFT");
	}
	if (value & ~known) {
		pure_put_char(show->text, '|');
		pure_put_hex(show->text, value & ~known);
	}
	kit_end_name(show);
}

static void put_tracer(struct pure_show *show, int process)
{
	if (process != -1)
		pure_put_signed(show->text, process);
	else
		kit_put_named_int(show, process, "PR_SET_PTRACER_ANY");
}

static void put_numbers(struct pure_show *show, char kind, unsigned long value)
{
	switch (kind) {
	case 'x':
		pure_put_hex(show->text, value);
		break;
	case 'u':
		pure_put_unsigned(show->text, value);
		break;
	case 'd':
		pure_put_signed(show->text, (long)value);
		break;
	case 'i':
		pure_put_signed(show->text, (int)value);
		break;
	case 'p':
		kit_put_address(show, value);
		break;
	case 't':
		put_tags(show, value);
		break;
	case 'k':
		kit_put_verbose(show, &kit_flags_pr_pidtype,
				(unsigned int)value);
		break;
	case 'T':
		put_tracer(show, (int)value);
		break;
	case 'g':
		/* As strace has it. */
		if (value <= 128)
			kit_put_signal(show, (int)value);
		else
			pure_put_unsigned(show->text, value);
		break;
	}
}

static void put_named(struct pure_show *show, char kind, unsigned long value,
		      const struct form *form)
{
	switch (kind) {
	case 'f':
		kit_put_flags(show, form->set, value);
		break;
	case 'o':
		kit_put_one(show, form->set, value);
		break;
	case '1':
		kit_put_one(show, form->set, (unsigned int)value);
		break;
	case '2':
		kit_put_flags(show, form->set, (unsigned int)value);
		break;
	case 'e':
		kit_put_one(show, form->second, value);
		break;
	case 'h':
		kit_put_flags(show, form->second, value);
		break;
	case 'v':
		put_vector(show, form->set, value);
		break;
	case 's':
		kit_put_limited(show, value, COMM_SIZE - 1);
		break;
	case 'S':
		put_asked_name(show, value);
		break;
	case 'n':
		kit_put_string(show, value);
		break;
	case 'b':
		kit_put_filter(show, value, true);
		break;
	default:
		put_numbers(show, kind, value);
	}
}

void kit_show_prctl(struct pure_show *show, int i)
{
	const struct form *form = form_of(show);
	const unsigned long value = show->arguments[i];
	char kind;

	if (i > (int)strlen(form->kinds))
		return;
	kind = form->kinds[i - 1];
	if (comes_after(kind) && kind != 'S')
		put_pointed(show, value, kind, form->set);
	else
		put_named(show, kind, value, form);
}

/* "0xff (NAMES)", or without these if none is known. */
static void put_with_flags(struct pure_show *show, const struct kit_flags *set)
{
	const unsigned long value = (unsigned long)show->result;

	pure_put_hex(show->text, value);
	if (show->options->constants == 1 || !kit_knows_flags(set, value))
		return;
	pure_put(show->text, " (");
	kit_put_names(show, set, value);
	pure_put_char(show->text, ')');
}

/* The same of what an argument of these has, too: names, whatever -X says. */
static void put_with(struct pure_show *show, unsigned long value,
		     void (*put)(struct pure_show *, unsigned long))
{
	struct pure_show_options names = *show->options;
	struct pure_show inner = *show;

	pure_put_hex(show->text, value);
	if (names.constants == 1)
		return;
	names.constants = 0;
	inner.options = &names;
	pure_put(show->text, " (");
	put(&inner, value);
	pure_put_char(show->text, ')');
}

static void put_sve(struct pure_show *show, unsigned long value)
{
	put_vector(show, &kit_flags_pr_sve, value);
}

static void put_sme(struct pure_show *show, unsigned long value)
{
	put_vector(show, &kit_flags_pr_sme, value);
}

/* The length of a vector, with flags above it, if they are there. */
static void put_length(struct pure_show *show,
		       void (*put)(struct pure_show *, unsigned long))
{
	const unsigned long value = (unsigned long)show->result;

	if (value & ~VECTOR_LENGTH)
		put_with(show, value, put);
	else
		pure_put_hex(show->text, value);
}

static void put_with_name(struct pure_show *show, const struct kit_flags *set)
{
	const char *name = kit_flag_name(set, show->result);

	pure_put_signed(show->text, show->result);
	if (!name)
		return;
	pure_put(show->text, " (");
	pure_put(show->text, name);
	pure_put_char(show->text, ')');
}

static void put_arch_result(struct pure_show *show)
{
	switch ((int)show->arguments[0]) {
	case ARCH_REQ_XCOMP_PERM:
	case ARCH_REQ_XCOMP_GUEST_PERM:
		put_with_flags(show, &kit_flags_xfeatures);
		break;
	default:
		pure_put_signed(show->text, show->result);
	}
}

void kit_put_prctl_result(struct pure_show *show)
{
	if (show->number == SYS_arch_prctl) {
		put_arch_result(show);
		return;
	}
	switch ((int)show->arguments[0]) {
	case PR_GET_DUMPABLE:
		put_with_name(show, &kit_flags_prdump);
		break;
	case PR_MCE_KILL_GET:
		put_with_name(show, &kit_flags_pr_mcepolicy);
		break;
	case PR_GET_SECUREBITS:
		put_with_flags(show, &kit_flags_pr_secure);
		break;
	case PR_GET_FP_MODE:
		put_with_flags(show, &kit_flags_pr_fp);
		break;
	case PR_PAC_GET_ENABLED_KEYS:
		put_with_flags(show, &kit_flags_pr_pacenabled);
		break;
	case PR_GET_TAGGED_ADDR_CTRL:
		put_with(show, (unsigned long)show->result, put_tags);
		break;
	case PR_SVE_SET_VL:
	case PR_SVE_GET_VL:
		put_length(show, put_sve);
		break;
	case PR_SME_SET_VL:
	case PR_SME_GET_VL:
		put_length(show, put_sme);
		break;
	case PR_GET_SPECULATION_CTRL:
		if (kit_flag_name(&kit_flags_pr_spec, show->arguments[1]))
			put_with_flags(show, &kit_flags_pr_specget);
		else
			pure_put_signed(show->text, show->result);
		break;
	default:
		pure_put_signed(show->text, show->result);
	}
}

bool kit_arch_prctl_asks(const struct pure_show *show)
{
	switch ((int)show->arguments[0]) {
	case ARCH_GET_FS:
	case ARCH_GET_GS:
	case ARCH_GET_XCOMP_SUPP:
	case ARCH_GET_XCOMP_PERM:
	case ARCH_GET_XCOMP_GUEST_PERM:
		return true;
	}
	return false;
}

/* The number counts as well as the names, of which no header has any. */
static void put_features(struct pure_show *show, unsigned long value,
			 bool several)
{
	struct pure_show_options both = *show->options;
	struct pure_show inner = *show;

	if (!both.constants)
		both.constants = 2;
	inner.options = &both;
	if (several)
		kit_put_flags(&inner, &kit_flags_xfeatures, value);
	else
		kit_put_one(&inner, &kit_flags_xfeature, value);
}

static void put_asked_word(struct pure_show *show, unsigned long address)
{
	const int option = (int)show->arguments[0];
	unsigned long value;

	if (kit_failed(show)) {
		kit_put_address(show, address);
		return;
	}
	if (!kit_fetch(show, &value, address, sizeof(value)))
		return;
	pure_put_char(show->text, '[');
	if (option == ARCH_GET_FS || option == ARCH_GET_GS)
		kit_put_address(show, value);
	else
		put_features(show, value, true);
	pure_put_char(show->text, ']');
}

void kit_show_archprctl(struct pure_show *show, int i)
{
	const int option = (int)show->arguments[0];
	const unsigned long value = show->arguments[i];

	if (option == ARCH_GET_CPUID)
		return;
	if (kit_arch_prctl_asks(show))
		put_asked_word(show, value);
	else if (option == ARCH_REQ_XCOMP_PERM ||
		 option == ARCH_REQ_XCOMP_GUEST_PERM)
		put_features(show, value, false);
	else
		pure_put_hex(show->text, value);
}
