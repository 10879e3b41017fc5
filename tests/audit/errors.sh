#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What can't be audited is said, with the file's name and what is wrong with
# it, and the exit status is 2; a raw site makes it 1 all the same.
set -eu
. "$(dirname "$0")/cases.inc"

# status WANTED TEXT ARGUMENT...: the exit status, and what standard error has.
status() {
	wanted=$1 text=$2
	shift 2
	found=0
	"$audit" "$@" >out 2>err || found=$?
	[ "$found" = "$wanted" ] ||
		fail "exit status $found, not $wanted: $*" "$(cat err)"
	[ -z "$text" ] || grep -q -F -e "$text" err ||
		fail "no \`$text' is said for $*:" "$(cat err)"
}

# patch FILE OFFSET BYTES, these as printf knows them
patch() {
	printf "%b" "$3" | dd of="$1" bs=1 seek="$2" conv=notrunc 2>/dev/null
}

echo 'void clean(void) {}' >clean.c
echo 'void raw(void) { asm volatile("syscall"); }' >raw.c
"$CC" -c clean.c
"$CC" -c raw.c
"$CC" -shared -nostdlib clean.o -o clean.so

status 0 "" clean.o clean.so
status 1 "" clean.o raw.o
status 2 "missing can't be read: No such file" missing
status 2 "missing can't be read" clean.o missing
status 1 "missing can't be read" raw.o missing

echo text >text
: >empty
status 2 "text is neither an ELF file nor an archive" text
status 2 "empty is neither an ELF file nor an archive" empty
mkfifo fifo
status 2 "fifo is neither a regular file nor a directory" fifo
mkdir directory
status 2 "directory has no ELF file in it" directory
cp text directory
status 2 "directory has no ELF file in it" directory
cp clean.o directory
status 0 "" directory
if [ "$(id -u)" != 0 ]; then
	cp clean.o unreadable.o
	chmod 0 unreadable.o
	status 2 "unreadable.o can't be read: Permission denied" unreadable.o
fi

# Truncated anywhere: one message, no guess.
for file in clean.o clean.so; do
	size=$(wc -c <$file)
	at=4
	while [ $at -lt "$size" ]; do
		head -c $at $file >cut.elf
		status 2 "cut.elf is truncated" cut.elf
		at=$((at + 61))
	done
done

cp clean.o other.o
patch other.o 18 '\0267\0000'
status 2 "other.o is for AArch64, not for x86-64" other.o
patch other.o 18 '\0003\0000'
status 2 "other.o is for 32-bit x86, not for x86-64" other.o
patch other.o 18 '\0376\0377'
status 2 "other.o is for machine 65534, not for x86-64" other.o
cp clean.o x32.o
patch x32.o 4 '\0001'
status 2 "x32.o is for x32" x32.o
cp clean.o core.o
patch core.o 16 '\0004'
status 2 "core.o is not a program, library or object file but a core dump" \
	core.o

# An offset of the section headers that is not in the file.
cp clean.so far.so
patch far.so 40 '\0377\0377\0377\0377\0377\0377\0377\0177'
status 2 "far.so is truncated: its section headers are missing" far.so

cp clean.so none.so
patch none.so 40 '\0000\0000\0000\0000\0000\0000\0000\0000'
status 2 "none.so has no section headers" none.so

# The segment has other bytes than the section that says it is there.
cp clean.so moved.so
offset=$(readelf -lW clean.so | awk '$1 == "LOAD" && / E / { print NR; exit }')
[ -n "$offset" ] || fail "no executable segment in clean.so"
number=$(readelf -lW clean.so |
	awk '$1 == "LOAD" { n++ } $1 == "LOAD" && / E / { print n - 1; exit }')
# p_offset of that segment: after the ELF header, type and flags.
patch moved.so $((64 + number * 56 + 8)) '\0000\0000'
status 2 "moved.so is damaged: by its program headers section .text" moved.so

"$CC" -g -c clean.c -o debug.o
"$CC" -shared -nostdlib debug.o -o debug.so
objcopy --only-keep-debug debug.so only.debug
status 2 "only.debug has debugging information only" only.debug

if "$CC" -flto -fno-fat-lto-objects -c clean.c -o lto.o 2>/dev/null; then
	status 2 "lto.o has code for link-time optimization only" lto.o
fi

printf '\t.text\n\tret\n\t.section purecc_sites\n\t.quad 1\n' >half.s
"$CC" -c half.s
status 2 "half.o has a damaged section purecc_sites" half.o

ar rcT thin.a clean.o
status 2 "thin.a is a thin archive" thin.a
ar rc whole.a clean.o raw.o
size=$(wc -c <whole.a)
at=8
while [ $at -lt "$size" ]; do
	head -c $at whole.a >cut.a
	found=0
	"$audit" cut.a >out 2>err || found=$?
	# Whole members in front of the cut are audited.
	[ $found != 0 ] || cmp -s out - <<-'END' || fail "cut at $at: exit 0"
	cut.a: 0 sites; 0 look-alikes
	END
	[ $found -le 2 ] || fail "cut at $at: exit status $found"
	at=$((at + 97))
done

status 2 "no FILE given"
status 2 "unrecognized option" --nonsense clean.o
if [ -w /dev/full ]; then
	found=0
	"$audit" clean.o >/dev/full 2>err || found=$?
	[ $found = 2 ] || fail "exit status $found, and nothing was written"
fi

finish
