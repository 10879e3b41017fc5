#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The guard's statements, as the plugin's dump has them. Where the guard is in the
# site's own statement, that clobbers memory, since a handler may write anywhere.
# Where it stands in front, the test clobbers memory where the site does, and only
# there. No pass of GCC is known that would move a store over the test if it
# didn't, so that nothing else shows it.
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

# statement FUNCTION PATTERN: the statement in it whose operands match.
statement() {
	sed -n "/^;; Function $1 /,/^}/p" dump | grep "$2" || {
		show dump
		fail "$1 has no test of the pointer"
	}
}

# dump FLAG...
dump() {
	"$CC" "$@" -fplugin="$PLUGIN" -fdump-tree-all -dumpdir dumps- \
		-c statements.c -o statements.o
	cat dumps-*.purecc >dump
	rm -f dumps-*
}

for level in -O0 -O2; do
	dump $level
	for name in clobbers does_not; do
		case $(statement $name '" : "=a" result : ') in
		*'"memory"'*) ;;
		*) fail "$level: the statement in $name doesn't clobber memory" ;;
		esac
	done

	dump $level -fexceptions -fno-asynchronous-unwind-tables
	case $(statement clobbers ' __pure_syscall ') in
	*'"memory"'*) ;;
	*) fail "$level: the test doesn't clobber memory, the site does" ;;
	esac
	case $(statement does_not ' __pure_syscall ') in
	*'"memory"'*) fail "$level: the test clobbers memory, the site doesn't" ;;
	esac
done
