#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The guard's statements, as the plugin's dump has them: the test clobbers memory
# where the site does, and only there. No pass of GCC is known that would move a
# store over the test if it didn't, so that nothing else shows it.
set -eu
# shellcheck source=lib/case.sh
. "$LIB/case.sh"

cat >statements.c <<'END'
long
clobbers (long n)
{
  long result;
  __asm__ volatile ("syscall" : "=a" (result) : "0" (n)
		    : "rcx", "r11", "memory");
  return result;
}

long
does_not (long n)
{
  long result;
  __asm__ volatile ("syscall" : "=a" (result) : "0" (n) : "rcx", "r11");
  return result;
}
END

# test_of FUNCTION: the guard's test in it.
test_of() {
	sed -n "/^;; Function $1 /,/^}/p" dump | grep ' __pure_syscall ' || {
		show dump
		fail "$1 has no test of the pointer"
	}
}

for level in -O0 -O2; do
	"$CC" $level -fplugin="$PLUGIN" -fdump-tree-all -dumpdir dumps- \
		-c statements.c -o statements.o
	cat dumps-*.purecc >dump
	rm -f dumps-*
	case $(test_of clobbers) in
	*'"memory"'*) ;;
	*) fail "$level: the test doesn't clobber memory, the site does" ;;
	esac
	case $(test_of does_not) in
	*'"memory"'*) fail "$level: the test clobbers memory, the site doesn't" ;;
	esac
done
