#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Each site that is guarded or goes by the thunk has a record in the section
# purecc_sites: its address, and its kind. In a program that was linked from
# several units with the same inline functions, and whose unused sections were
# dropped, each record's address is that of an instruction, and none is twice.
set -eu
# shellcheck source=lib/case.sh
. "$LIB/case.sh"

cat >header.h <<'EOF'
#include "sites.h"
#define SITE(template, n)                                                     \
  __asm__ volatile (template : "=a" (n) : "0" (n) : CLOBBERS)
template <typename T> T guarded (T n) { SITE ("syscall", n); return n; }
template <typename T> T thunked (T n) { SITE ("nop; syscall", n); return n; }
struct S { long n; S (long a) : n (a) { SITE ("syscall", n); } };
inline long unused_inline (long n) { SITE ("syscall", n); return n; }
EOF
cat >one.cc <<'EOF'
#include "header.h"
extern long two (long);
long unused_function (long n) { SITE ("syscall", n); return n; }
void
test ()
{
  check_sites ();
  answer = FIRST_CALL;
  check_equal (guarded (thunked (two (FIRST_CALL))), FIRST_CALL);
  for (int i = 0; i < 5; i++)
    if (i & 1)
      check_thunked_call (FIRST_CALL, 0);
    else
      check_call (FIRST_CALL, 0);
}
EOF
cat >two.cc <<'EOF'
#include "header.h"
long two (long n) { return guarded (thunked (S (n).n)); }
long unused_function_two (long n) { return unused_inline (n) + thunked (n); }
EOF

# kind NAME: the number of it.
kind() {
	echo "$1" | "$CC" -E -P -include "$LIB/../../../abi/record.h" \
		-D__ASSEMBLER__ -
}
guarded=$(kind PURE_KIND_GUARDED)
thunk=$(kind PURE_KIND_THUNK)

build_runtime
for flags in -O0 '-O2 -ffunction-sections' '-O0 -ffunction-sections' \
	'-O2 -ffunction-sections -flto' '-O2 -fno-pie -no-pie'; do
	# shellcheck disable=SC2086 # flags are a list of words
	"$CXX" -w $flags -I "$LIB" -fplugin="$PLUGIN" -c one.cc two.cc
	# shellcheck disable=SC2086
	"$CXX" -w $flags -Wl,--gc-sections one.o two.o libtesting.a -o program
	./program || fail "$flags: the program fails"

	# The records, as "address kind" in lower case without leading zeros.
	objcopy -O binary --only-section=purecc_sites \
		--set-section-flags purecc_sites=alloc program records
	od -A n -v -t x8 -w16 records |
		sed 's/ 0*\([0-9a-f]*\) 0*\([0-9a-f]*\)/\1 \2/' | sort >recorded
	objdump -d program | sed -n 's/^ *\([0-9a-f]*\):.*\tsyscall *$/\1/p' |
		sort >instructions
	cut -d ' ' -f 1 recorded >addresses
	[ -s recorded ] || fail "$flags: no records"
	[ -z "$(uniq -d addresses)" ] || {
		show recorded
		fail "$flags: an address is recorded twice"
	}
	comm -23 addresses instructions >stray
	[ ! -s stray ] || {
		show stray
		fail "$flags: records of addresses that are no instruction's"
	}
	# Those without a record are the runtime's own.
	others=$(comm -13 addresses instructions | wc -l)
	own=$(objdump -d libtesting.a | grep -c '	syscall *$')
	[ "$others" -eq "$own" ] ||
		fail "$flags: $others instructions have no record, and not $own"
	! grep -v -e " $guarded$" -e " $thunk$" recorded || fail "$flags: a record of no known kind"
	grep -q " $guarded$" recorded || fail "$flags: no guarded site is recorded"
	grep -q " $thunk$" recorded || fail "$flags: no thunked site is recorded"
	# It is not loaded.
	! readelf -SW program | grep ' purecc_sites ' | grep -q ' A' ||
		fail "$flags: the section is loaded"
done
