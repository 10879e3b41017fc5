/*
 * kit: prints libseccomp's numbers of calls as a header would have them, when
 * the kit is built: it may know some that the headers don't. Then the names of
 * those that 32-bit programs have, a line each: "other NAME".
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include <seccomp.h>
#include <stdio.h>
#include <stdlib.h>

/* Above all numbers that there are. */
#define NUMBERS 640

int main(void)
{
	char *name;
	int i;

	for (i = 0; i < NUMBERS; i++) {
		name = seccomp_syscall_resolve_num_arch(SCMP_ARCH_NATIVE, i);
		if (name)
			printf("#define __NR_%s %d\n", name, i);
		free(name);
	}
	for (i = 0; i < NUMBERS; i++) {
		name = seccomp_syscall_resolve_num_arch(SCMP_ARCH_X86, i);
		if (name)
			printf("other %s\n", name);
		free(name);
	}
	return 0;
}
