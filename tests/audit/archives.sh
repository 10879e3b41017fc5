#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# All ELF files in directories and archives are audited, and nothing else.
set -eu
. "$(dirname "$0")/cases.inc"

# says ARGUMENT... : compares the output with standard input.
says() {
	"$audit" "$@" >out 2>&1 || :
	diff -u - out || fail "$*"
}

printf '\t.globl f\n\t.type f, @function\nf:\tsyscall\n\tret\n' >raw.s
"$CC" -c raw.s -o raw.o
cp raw.o a-member-with-a-long-name.o
echo text >text
ar rc lib.a raw.o a-member-with-a-long-name.o text

note="nothing in it is recorded: it was not built with purecc, or has lost \
its section purecc_sites (strip --keep-section=purecc_sites keeps that)"

says lib.a <<END
lib.a(raw.o): .text+0x0 <f+0x0>: raw: no record of it: made without the plugin, or left native
lib.a(a-member-with-a-long-name.o): .text+0x0 <f+0x0>: raw: no record of it: made without the plugin, or left native
lib.a: 2 sites: 2 raw; 0 look-alikes
lib.a: note: $note
END

ar rc text.a text
ar rc empty.a
says text.a empty.a <<'END'
text.a: 0 sites; 0 look-alikes
empty.a: 0 sites; 0 look-alikes
END

mkdir -p tree/b tree/a
cp raw.o tree/b
cp text tree/a
cp empty.a tree/a
# Links are not followed: what they name is in the tree, or isn't asked for.
ln -s ../../raw.o tree/a/link.o
ln -s . tree/a/loop
mkfifo tree/fifo
says tree <<END
tree/a/empty.a: 0 sites; 0 look-alikes
tree/b/raw.o: .text+0x0 <f+0x0>: raw: no record of it: made without the plugin, or left native
tree/b/raw.o: 1 site: 1 raw; 0 look-alikes
tree/b/raw.o: note: $note
END
ln -s tree link
says link/a link/b/raw.o <<END
link/a/empty.a: 0 sites; 0 look-alikes
link/b/raw.o: .text+0x0 <f+0x0>: raw: no record of it: made without the plugin, or left native
link/b/raw.o: 1 site: 1 raw; 0 look-alikes
link/b/raw.o: note: $note
END

finish
