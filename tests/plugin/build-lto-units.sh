#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A program of several units, which share inline functions with sites and were
# compiled with the plugin, without it and in other modes: with -flto they are
# linked without the plugin, and with it. Nothing is reported then that was
# reported when they were compiled.
set -eu
# shellcheck source=lib/case.sh
. "$LIB/case.sh"

cat >one.c <<'EOF'
#include "sites.h"
extern void two (void);
extern long plain (long);
__asm__ (".globl toplevel_call\n"
	 "toplevel_call: movl %edi, %eax; syscall; ret");
extern long toplevel_call (long);
void
test (void)
{
  check_sites ();
  two ();
  answer = 4;
  check_equal (plain (3), 4);
  check_native_call (FIRST_CALL, 1, 3L);
  check_equal (toplevel_call (FIRST_CALL), 4);
  check_thunked_call (FIRST_CALL, 0);
}
EOF
cat >two.c <<'EOF'
#include "sites.h"
extern void two (void);
void two (void) { check_sites (); }
EOF
cat >plain.c <<'EOF'
#include "testing.h"
long
plain (long a)
{
  long result;
  __asm__ volatile ("syscall" : "=a" (result) : "0" (FIRST_CALL), "D" (a)
		    : CLOBBERS);
  return result;
}
EOF

# guarded FLAG...: compile or link with the plugin.
guarded() {
	"$CC" -O2 -flto -I "$LIB" -fplugin="$PLUGIN" \
		-fplugin-arg-purecc-report=report "$@"
}

# linked COMMAND...: link the objects with it, and run the program.
linked() {
	"$@" one.o two.o plain.o libtesting.a -o program 2>messages || {
		show messages
		fail "it does not link: $*"
	}
	[ ! -s messages ] || {
		show messages
		fail "messages when linking: $*"
	}
	./program || fail "the program fails: $*"
	cmp report report-compiled || fail "linking has changed the report: $*"
}

build_runtime
rm -f report
guarded -c one.c
guarded -O3 -fplugin-arg-purecc-mode=call -c two.c
"$CC" -O2 -flto -I "$LIB" -c plain.c
cp report report-compiled
linked "$CC" -O2 -flto
linked "$CC" -O2 -flto=2
linked "$CC" -O2 -flto -fno-pie -no-pie
linked guarded
linked guarded -fplugin-arg-purecc-mode=call

# In one step.
rm -f report
guarded one.c two.c libtesting.a -x none plain.o -o program
./program
cut -d, -f2- report | sort >once
sed 's/"mode": "call"/"mode": "inline"/' report-compiled | cut -d, -f2- |
	sort >expected
cmp once expected || fail "the report of one step is another"
