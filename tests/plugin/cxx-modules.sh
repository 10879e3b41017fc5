#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A C++ module's functions have their sites guarded, in the module's own object
# and where they are inlined from its interface.
set -eu
# shellcheck source=lib/case.sh
. "$LIB/case.sh"

cat >module.cc <<'END'
export module calls;

export inline long
inlined (long n)
{
  asm volatile ("syscall" : "+a" (n) : : "rcx", "r11", "memory");
  return n;
}

export template <class T> T
instantiated (T n)
{
  asm volatile ("nop; syscall" : "+a" (n) : : "rcx", "r11", "memory");
  return n;
}

export long
called (long n)
{
  asm volatile ("syscall" : "+a" (n) : : "rcx", "r11", "memory");
  return n;
}
END
cat >importer.cc <<'END'
import calls;

long
importer (long n)
{
  return inlined (n) + instantiated (n) + called (n);
}
END
# records: how many there are, of 16 bytes each, in all sections that have some.
records() {
	count=0
	for size in $(objdump -h module.o importer.o |
		awk '$2 == "purecc_sites" { print $3 }'); do
		count=$((count + 0x$size / 16))
	done
	echo $count
}

for level in -O0 -O2; do
	for unit in module importer; do
		"$CXX" -std=c++20 -fmodules-ts $level -fplugin="$PLUGIN" \
			-c $unit.cc -o $unit.o 2>messages || {
			show messages
			fail "$level: $unit.cc does not compile"
		}
		[ ! -s messages ] || {
			show messages
			fail "$level: $unit.cc: messages"
		}
	done
	sites=$(objdump -d module.o importer.o | grep -c '	syscall')
	[ "$sites" -ge 3 ] || fail "$level: $sites sites"
	[ "$sites" = "$(records)" ] ||
		fail "$level: $sites sites, and $(records) records"
done
