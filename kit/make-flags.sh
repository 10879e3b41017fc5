#!/bin/sh
# Make C of the tables of flags, and of structs, attributes and commands: for each set
# kit_flags_SET, for each of the others kit_fields_NAME.
#
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# usage: make-flags.sh TABLE >flags.inc
#
# NAME@VALUE is a name that no header has, and "~" a blank in one. A field is NAME=KIND, NAME=KIND:WITH, with bits after the kind for a number of so many,
# or a name alone. After the name of a struct, "short" says that it ends with the last
# of its members that are listed; after that of attributes, a set may have their names.
# There may be structs that end before a member with "?"; one with "+", and all after
# "...", are shown only if all is to be shown; after "=>" is what the call sets, in
# braces of its own. ioctl.table says what commands have.
set -eu

awk '
function finish() {
	if (form == "set") {
		print "\t{ 0, NULL }\n};"
		printf "const struct kit_flags kit_flags_%s = { \"%s\", list_%s };\n\n",
			set, other, set
	} else if (form != "") {
		print "\t{ NULL, NULL, NULL, 0, 0, 0, 0 }\n};"
		printf "const struct kit_fields kit_fields_%s = {\n", set
		printf "\tfields_%s, %s, \"%s\", %s\n};\n\n", set, names, other, size
	}
}

# Declare NAME, of TYPE, once.
function declare(type, name) {
	if (!(name in declared))
		print "extern " type " " name ";"
	declared[name] = 1
}

# What is the field, with its declarations, which come before its list.
function field(text,    parts, kind, bits, mark, with, name, type) {
	if (text == "..." || text == "=>")
		return "\t{ \"" text "\", NULL, NULL, 0, 0, 0, 0 },\n"
	split(text, parts, /[=:]/)
	kind = parts[2]
	mark = "0"
	if (form == "struct" && parts[1] ~ /[?+]$/) {
		mark = "\047" substr(parts[1], length(parts[1])) "\047"
		sub(/.$/, "", parts[1])
	} else if (form == "commands" && kind ~ /^[-<>*]/) {
		mark = "\047" substr(kind, 1, 1) "\047"
		kind = substr(kind, 2)
	}
	bits = 0
	if (match(kind, /[0-9]+$/)) {
		bits = substr(kind, RSTART)
		kind = substr(kind, 1, RSTART - 1)
	}
	with = "NULL"
	if (parts[3] != "") {
		type = "kit_flags"
		if (kind ~ /^(struct|tail|array|attrs|effect|linkxstats)$/)
			type = "kit_fields"
		with = type "_" parts[3]
		declare("const struct " type, with)
		with = "&" with
	}
	if (kind != "")
		declare("kit_kind", "kit_kind_" kind)
	kind = kind == "" ? "NULL" : "kit_kind_" kind
	if (form == "commands" || form == "attrs") {
		name = form == "commands" && parts[1] !~ /\(/ ? parts[1] : ""
		return (name ? "#ifdef " name "\n" : "") \
			sprintf("\t{ \"%s\", %s, %s, %s, 0, %d, %s },\n", parts[1],
				kind, with, parts[1], bits / 8, mark) \
			(name ? "#endif\n" : "")
	}
	member = "((struct " set " *)0)->" parts[1]
	if (size ~ /^short/)
		size = "short offsetof(struct " set ", " parts[1] ") + sizeof(" member ")"
	return sprintf("\t{ \"%s\", %s, %s, offsetof(struct %s, %s), sizeof(%s), %d, %s },\n",
		parts[1], kind, with, set, parts[1], member, bits / 8, mark)
}

function flush_fields() {
	if (form == "struct")
		printf "_Static_assert(sizeof(struct %s) <= KIT_STRUCT_SIZE, \"%s\");\n",
			set, set
	if (form != "" && form != "set")
		printf "static const struct kit_field fields_%s[] = {\n%s", set, lines
	sub(/^short /, "", size)
	lines = ""
}

function start(line, f) {
	flush_fields()
	finish()
	form = f
	names = "NULL"
	size = 0
	other = ""
}

/^#/ || !NF { next }
/^struct / {
	start()
	form = "struct"
	set = $2
	size = $3 == "short:" ? "short" : "sizeof(struct " substr($2, 1, length($2) - 1) ")"
	sub(/:$/, "", set)
	next
}
/^attrs / {
	start()
	form = "attrs"
	set = $2
	if (!sub(/:$/, "", set)) {
		names = "kit_flags_" substr($3, 1, length($3) - 1)
		declare("const struct kit_flags", names)
		names = "&" names
	}
	other = $NF
	gsub(/\?/, "\\?", other)
	next
}
/^commands / {
	start()
	form = "commands"
	set = $2
	sub(/:$/, "", set)
	next
}
/^[a-z]/ {
	start()
	form = "set"
	set = substr($1, 1, length($1) - 1)
	other = $2
	gsub(/\?/, "\\?", other)
	printf "static const struct kit_flag list_%s[] = {\n", set
	next
}
form != "set" {
	for (i = 1; i <= NF; i++)
		lines = lines field($i)
	next
}
{
	for (i = 1; i <= NF; i++) {
		name = $i
		gsub(/~/, " ", name)
		macro = sub(/^=/, "", name) == 0
		text = name
		sub(/^KIT_/, "", text)
		if (split(name, value, "@") > 1) {
			printf "\t{ %s, \"%s\" },\n", value[2], value[1]
			continue
		}
		if (macro)
			print "#ifdef " name
		printf "\t{ (unsigned long)%s, \"%s\" },\n", name, text
		if (macro)
			print "#endif"
	}
}
END {
	flush_fields()
	finish()
}' "$1"
