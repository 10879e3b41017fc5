#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A template is read as the assembler reads it. Each line below is a template,
# as it stands in C between quotes, after what it is:
#
#   guarded     one plain instruction
#   none        no instruction of ours, whatever the text says
#   other words of the reason for which it is a residual site
#
# Two of them with a slash between: with -masm=att and with -masm=intel. How
# many times the assembler makes 0f 05 of each template says if this table is
# right. A residual site goes by the thunk, unless no macro can take its place.
# What may be one counts as one.
#
# A comment is a space for an assembler from 2.44 on; for earlier ones it is
# nothing, or the end of a line that it goes over. What the table in the middle holds is assembled by one kind
# only; the other must refuse it, and the plugin reads it the same with both.
set -eu
# shellcheck source=lib/case.sh
. "$LIB/case.sh"

cat >table <<'TABLE'
guarded	syscall
guarded	  \t syscall \t
guarded	syscall\n
guarded	syscall\n\t
guarded	\n\n\tsyscall\n\n
guarded	;syscall;
guarded	;;\n;syscall
guarded	SYSCALL
guarded	SysCall
guarded	\fsyscall
guarded	syscall # the kernel
guarded	syscall#the kernel
guarded	# a comment\n\tsyscall
guarded	# a comment; syscall\n\tsyscall
guarded	# syscall\n# syscall\nsyscall
guarded	syscall /* syscall */
guarded	/* syscall */ syscall
guarded	/* syscall\n syscall */ syscall
guarded	/**/syscall/**/
guarded	/*\n*/syscall
label	1: / syscall\nsyscall
guarded	/* # */ syscall
guarded	# /* \nsyscall # */
guarded	/ a comment\nsyscall
guarded	/ syscall\nsyscall
guarded	# %% %= %0 %[r]\n\tsyscall
guarded	/* %% */ syscall
guarded	# %{ and %| and %} and | are printed\n\tsyscall
label	1:syscall
label	1: syscall
label	1: 2: syscall
label	1:\n\tsyscall
guarded	.Lsite%=: syscall
guarded	.Lsyscall%=: syscall
guarded	a_label%=:b_label%=: syscall
guarded	_$.x%=: syscall
guarded	{syscall|syscall}
guarded	{syscall|SYSCALL}
guarded	sys{call|call}
guarded	{|}syscall
guarded	syscall{|}
guarded	syscall {# att|# intel}
guarded/none	{syscall|}
none/guarded	{|syscall}
guarded/instructions	{syscall|syscall; nop}
none/guarded	{nop|syscall}
none/guarded	{# |}syscall
label/none	{1:|1: #} syscall
guarded/none	{syscall|# %{ syscall %} }
none	
none	\n
none	;
none	nop
none	# syscall
none	nop # syscall
none	nop#; syscall
none	/* syscall */
none	/* \n syscall \n */
none	nop /* ; syscall */
none	nop; / syscall
none	1: / syscall
none	syscall%=/* x */: nop
none	/ syscall
none	\n/ syscall
none	1:
none	syscall%=: nop
none	syscall: nop
none	SYSCALL:
none	syscall%=_ = 5
none	.set syscall%=, 5
none	.globl syscall
none	.ascii \"syscall\"
none	.ascii \"; syscall\"
none	.ascii \"# syscall\"
none	.ascii \"\\\"; syscall; \\\"\"
none	.string \"a\" ; nop # syscall
none	.byte 's', 'y', 's'
none	.byte 's ; nop # ' syscall
none	.section .text.syscall, \"ax\"; nop; .text
none	call syscall
none	{call syscall|call syscall}
none	jmp syscall
none	call my_syscall
none	call syscall_x
none	{movq $syscall, %%rcx|mov rcx, OFFSET FLAT:syscall}
none	{leaq|lea} {syscall(%%rip), %%rcx|rcx, syscall[rip]}
none	_syscall%=: nop
none	syscall_%=: nop
none	syscall.x%=: nop
none	.Lsyscall%=: nop
none	sysenter
none	{int $0x80|int 0x80}
instructions	syscall; nop
instructions	syscall\n\tnop
instructions	nop; syscall
instructions	nop\n\tsyscall
instructions	nop # a comment\n\tsyscall
instructions	nop /* a comment */ ; syscall
instructions	{movl %%eax, %%ecx|mov ecx, eax}\n\tsyscall
instructions	{movl %k0, %%ecx|mov ecx, %k0}\n\tsyscall
instructions	{movl %k[r], %%ecx|mov ecx, %k[r]}\n\tsyscall
instructions	call syscall; syscall
instructions	{movl $'#', %%ecx|mov ecx, '#'}; syscall
instructions	{movl $'\"', %%ecx|mov ecx, '\"'}; syscall # \"
instructions	1: syscall; jmp 2f; 2:
instructions	syscall; syscall%=: nop
more than one	syscall; syscall
more than one	syscall\n\tsyscall\n\tsyscall
more than one	1: syscall; 2: SYSCALL
directives	.p2align 4; syscall
directives	.cfi_remember_state; syscall; .cfi_restore_state
directives	.ascii \"syscall\"; syscall
directives	.ascii \"\\\"\"; syscall
directives	.ascii \"\\\\\"; syscall
directives	.byte '\"'; syscall # \"
directives	.byte '\"; syscall # \"
directives	.byte '\\''; syscall
directives	.byte ''; syscall
directives	.byte ''', '''; syscall
directives	.set x%=, 5; syscall
directives	x%= = 5; syscall
directives	.globl syscall; syscall
directives	syscall; .pushsection .text.x, \"\"; .quad 1; .popsection
directives	.rept 2; syscall; .endr
directives	1: syscall; .pushsection .discard.x, \"\"; .quad 1b; .popsection
label	x: syscall
label	.Lx: syscall
label	.Ly: .Lsite%=: syscall
directives	.byte 0x0f, 0x0b; syscall
instructions	.byte 'e' + 1 - 1; nop; syscall
instructions	.macro one%=; syscall; .endm; one%=; .purgem one%=
comes from	.irp x, sys\n\\x\\()call\n.endr
not known	.altmacro; .macro m%= x; x; .endm; m%= syscall; .purgem m%=; .noaltmacro
none	.byte 0x0f, 0x01, 0x05; nop
none	.byte 0xc6, 0xf8, %c[i]
none	.p2align 4,,15
none	.p2align 4, 0x90
none	.pushsection .rodata; .byte 0x0f, 0x05; .popsection
none	.pushsection .note.x, \"\", \"note\"; .short 0x050f, %c[i]; .ascii \"\\x0f\"; .popsection
none	.pushsection .x, \"a\"; .long 1f - 1f; .popsection; 1: nop
none	.macro m%= x; .pushsection .rodata; .ascii \"\\x\"; .popsection; .endm; m%= 5; .purgem m%=
none	.data; .byte 15, 5; .previous; nop
prefix	data16 syscall
prefix	word syscall
prefix	adword syscall
prefix	hnt syscall
prefix	fs; syscall
prefix	rep; syscall
prefix	fs\n\n\tsyscall
prefix	fs; 1: syscall
prefix	fs; .p2align 2; syscall
prefix	nop; addr32; syscall
prefix	.byte 0x64; syscall
prefix	.macro p%=; fs; .endm; p%=; syscall; .purgem p%=
bytes	.byte 0x0f, 0x05
bytes	.byte 0x0f; .byte 0x05
bytes	.byte 15, 5
bytes	.byte 1 + 14, 5
bytes	.short 0x050f
bytes	.long 0x050f0000
bytes	.quad 0x050f
bytes	.octa 0x050f
bytes	.ascii \"\\017\\005\"
bytes	.ascii \"\\x0f\" \"\\x5\"
bytes	.ascii \"\", <15>, <5>
bytes	.rept 2; .byte 5, 15; .endr
bytes	.irp x, 5; .byte 15, \\x; .endr
bytes	.fill 1, 2, 0x050f
bytes	.pushsection .text; .byte 15, 5; .popsection
bytes	.section .text; .byte 15, 5
bytes	.data; .text; .byte 15, 5
not known	syscall.s
not known	syscall.d32
prefix	addr32 syscall
prefix	cs syscall
prefix	rex.w syscall
prefix	rex64 syscall
TABLE

# What the assembler takes a comment for comes first.
cat >comments <<'TABLE'
nothing	guarded	sys/**/call
nothing	guarded	sys/**/call # the kernel
nothing	guarded	s/**/y/* a */s/**/call
nothing	guarded	a/**/b%=: syscall
nothing	label	a/**/b: syscall
nothing	none	sys/**/call%=: nop
nothing	none	{call sys/**/call|call sys/**/call}
nothing	instructions	no/**/p; syscall
nothing	instructions	nop; sys/**/call
nothing	instructions	{movl %%eax, %%ecx|mov ecx, eax} /* \n */ syscall
nothing	directives	x%= = 5 /* \n */ syscall
nothing	more than one	syscall; sys/**/call
nothing	prefix	fs sys/**/call
nothing	prefix	f/**/s; syscall
nothing	bytes	.byte 1/**/5, 5
nothing	bytes	.short 0x05/**/0f
nothing	comes from	.irp x, sys/**/call\n\\x\n.endr
nothing	not known	.macro m%= x; \\x; .endm; m%= sys/**/call; .purgem m%=
space	prefix	data16/**/syscall
space	prefix	fs/**/syscall
space	prefix	fs/* a */syscall
space	prefix	nop; fs/**/syscall
space	prefix	rex.w/**/syscall
space	prefix	data16/**/fs/**/syscall
space	bytes	.byte/**/0x0f, 5
space	bytes	.byte /* \n */ 0x0f, 5
space	bytes	.byte 1 /* \n */ + 14, 5
space	bytes	.ascii /* \n */ \"\\017\\005\"
space	none	call/**/syscall
space	none	jmp/**/syscall
space	instructions	{movl/**/%%eax, %%ecx|mov/**/ecx, eax}; syscall
TABLE

# assembles TEXT
assembles() {
	printf '%s\n' "$1" | "$CC" -c -x assembler - -o assembles.o 2>/dev/null
}

if assembles 'sys/**/call'; then
	comment=nothing
	! assembles 'data16/**/syscall' || fail "a comment is nothing and a space"
else
	comment=space
	assembles 'data16/**/syscall' || fail "a comment is no space, nor nothing"
fi
echo "a comment is $comment"
awk -F '\t' -v OFS='\t' -v is="$comment" '$1 == is { print $2, $3 }' \
	comments >>table
awk -F '\t' -v OFS='\t' -v is="$comment" '$1 != is { print $2, $3 }' \
	comments >other-table

# write_templates TABLE: one function a line.
write_templates() {
	awk -F '\t' '{
		printf "long t%d (long n)\n{\n  long r;\n" \
		    "  __asm__ volatile (\"%s\" : [r] \"=a\" (r) : \"0\" (n), [i] \"i\" (1)" \
		    " : \"rcx\", \"r11\", \"memory\");\n  return r;\n}\n", NR, $2
	}' "$1"
}
write_templates table >templates.c
write_templates other-table >other.c

# read_templates DIALECT FILE FLAG...: what the plugin says of the templates in
# FILE.
read_templates() {
	dialect=$1 file=$2
	shift 2
	rm -f report
	"$CC" -O1 "-masm=$dialect" -fplugin="$PLUGIN" \
		-fplugin-arg-purecc-report=report "$@" "$file" 2>messages || {
		show messages
		fail "$dialect: the templates do not compile"
	}
	expect_report report /dev/null
	sed -E 's/.*"function": "t([0-9]+)".*"kind": "([a-z]+)"(, "residual": "(.*)")?}/\1\t\2 \4/' \
		report >reported
}

# compare COLUMN TABLE ASSEMBLED: is what the plugin says, in the file
# `reported', what the table does, and what the assembler makes, unless
# ASSEMBLED is /dev/null?
compare() {
	awk -F '\t' -v column="$1" -v table="$2" -v assembled="$3" '
		BEGIN { stays["prefix"] = stays["bytes"] = stays["not known"] = 1 }
		FILENAME == "reported" {
			came[$1] = $2
			next
		}
		FILENAME != table { sites[$1] = $2; next }
		{
			n = split($1, dialects, "/")
			wanted = dialects[n == 1 ? 1 : column]
			is = FNR in came ? came[FNR] : "none"
			if (wanted == "none")
				right = is == "none"
			else if (wanted == "guarded")
				right = is == "guarded "
			else
				right = index(is, wanted) && \
				    index(is, wanted in stays ? "native " : "thunk ") == 1
			if (!right) {
				print "expected " wanted ", and it is " is ": " $2
				bad = 1
			}
			if (assembled == "/dev/null")
				next
			if ((sites[FNR] > 0) != (wanted != "none") ||
			    (wanted == "guarded" && sites[FNR] != 1)) {
				print "the assembler makes " sites[FNR] + 0 \
				    " instructions of this " wanted ": " $2
				bad = 1
			}
		}
		END { exit bad }' reported "$3" "$2" >differences || {
		show differences
		fail "$dialect: templates are read otherwise than the assembler does"
	}
}

# try DIALECT COLUMN
try() {
	read_templates "$1" templates.c -c -o guarded.o
	"$CC" -O1 "-masm=$1" -c templates.c -o plain.o

	# What came, by the bytes of the plain object.
	objdump -d plain.o | awk '
		/^[0-9a-f]+ <t[0-9]+>:$/ { gsub(/.*<t|>:/, ""); at = $0 }
		/^ +[0-9a-f]+:\t/ { split($0, part, "\t"); bytes[at] = bytes[at] part[2] " " }
		END { for (at in bytes) print at "\t" gsub(/0f +05/, "", bytes[at]) }' \
		>assembled
	# Each instruction has a record, but those that stay native.
	records=$(objdump -r -j purecc_sites guarded.o | grep -c R_X86_64_64)
	instructions=$(awk -F '\t' '
		FILENAME == "reported" { native[$1] = $2 ~ /^native/; next }
		!native[$1] { sum += $2 }
		END { print sum }' reported assembled)
	[ "$records" = "$instructions" ] ||
		fail "$1: there are $instructions instructions, and $records records"

	compare "$2" table assembled

	# What this assembler refuses, each of it.
	while IFS= read -r row; do
		printf '%s\n' "$row" >row
		write_templates row >row.c
		! "$CC" -O1 "-masm=$1" -c row.c -o row.o 2>/dev/null ||
			fail "$1: a comment is $comment, and this assembles: $row"
	done <other-table
	read_templates "$1" other.c -S -o other.s
	compare "$2" other-table /dev/null
}

try att 1
try intel 2
