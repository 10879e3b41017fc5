# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
#
# Run CASE, a C or C++ source; see run-case.
# shellcheck disable=SC2086 # flags are lists of words
set -eu
set -f

# shellcheck source=case.sh
. "$LIB/case.sh"

# Directives, as lines "key<TAB>value".
directives=$WORK/directives
awk '/^[ \t]*(\/\*|\/\/) [a-z-]+: / {
	sub(/^[ \t]*(\/\*|\/\/) /, "")
	sub(/[ \t]*\*\/[ \t]*$/, "")
	at = index($0, ": ")
	print substr($0, 1, at - 1) "\t" substr($0, at + 2)
}' "$CASE" >"$directives"

unknown=$(cut -f 1 "$directives" | grep -v -x -e action -e flags -e compile-flags -e variants \
	-e plugin -e needs -e with -e link -e expect-report -e expect-sites \
	-e expect-warning -e expect-error -e expect-note -e expect-asm \
	-e reject-asm -e skip-if-says) || :
[ -z "$unknown" ] || fail "$CASE: no such directive: $unknown"

# values KEY: its values, a line each.
values() {
	awk -F '\t' -v key="$1" '$1 == key { print $2 }' "$directives"
}

# choices KEY DEFAULT: the values of KEY, split at each bar.
choices() {
	given=$(values "$1" | awk '{
		n = split($0, part, / \| /)
		for (i = 1; i <= n; i++)
			print part[i]
	}')
	printf '%s\n' "${given:-$2}"
}

case_name=$(basename "$CASE")
action=$(values action)
action=${action:-run}
flags=$(values flags)
compile_flags=$(values compile-flags)
link=$(values link)
compiler=$(compiler_for "$CASE")
values expect-report >expected-report

# compile_plain FLAG...: CASE, as the variant says, without the plugin.
compile_plain() {
	"$compiler" -Wall -Wextra $flags $compile_flags $variant -I "$LIB" \
		-I "$INCLUDE" "$@" "$CASE" 2>messages
}

# compile FLAG...: the same with it.
compile() {
	for key in $keys; do
		set -- "$@" "-fplugin-arg-purecc-$key"
	done
	compile_plain -fplugin="$PLUGIN" "$@"
}

# check_messages: are the compiler's messages those that are expected?
check_messages() {
	grep -E '(warning|error|sorry): |note: purecc|internal compiler' \
		messages >said || :
	{
		values expect-warning
		values expect-error
		values expect-note
	} >expected-messages
	sed -n 's/.*"residual": "\([^"]*\)".*/\1/p' expected-report |
		cat expected-messages - >allowed-messages
	if [ -s allowed-messages ]; then
		grep -v -F -f allowed-messages said >unexpected || :
	else
		cp said unexpected
	fi
	[ ! -s unexpected ] || {
		show unexpected
		fail "$trying: messages that are not expected"
	}
	while IFS= read -r text; do
		grep -q -F -e "$text" said || {
			show messages
			fail "$trying: expected a message with \"$text\""
		}
	done <expected-messages
}

check_report() {
	expect_report report expected-report
	number=$(values expect-sites)
	[ -z "$number" ] || [ "$(wc -l <report)" -eq "$number" ] || {
		show report
		fail "$trying: expected $number sites in the report"
	}
}

check_asm() {
	grep -q -e '^expect-asm' -e '^reject-asm' "$directives" || return 0
	compile -S -o case.s || fail "$trying: it does not compile to assembly"
	values expect-asm | while IFS= read -r regex; do
		grep -q -E -e "$regex" case.s ||
			fail "$trying: the output has no line like: $regex"
	done
	values reject-asm | while IFS= read -r regex; do
		! grep -E -e "$regex" case.s ||
			fail "$trying: the output has a line like: $regex"
	done
}

# compare_debug: is the code the same with debug information and without it, and
# do GCC's verifiers complain of nothing?
compare_debug() {
	variant=-O2
	trying="$case_name with $flags $compile_flags -fcompare-debug, $keys"
	compile -w -fcompare-debug -fchecking=2 -c -o case.o || {
		cp messages with-plugin
		# Some versions fail without the plugin too.
		compile_plain -w -fcompare-debug -c -o case.o || return 0
		show with-plugin
		fail "$trying: the code is not the same, or not right"
	}
}

link_and_run() {
	rm -f program
	"$compiler" $flags $variant case.o $others libtesting.a $link \
		-o program >messages 2>&1 || {
		show messages
		fail "$trying: it does not link"
	}
	status=0
	timeout 60 ./program >output 2>&1 || status=$?
	skipping=$(values skip-if-says)
	if [ -n "$skipping" ] && grep -q -F -e "$skipping" output; then
		skip "$skipping"
	fi
	[ "$status" != 77 ] || skip "$(cat output)"
	[ "$status" = 0 ] || {
		show output
		fail "$trying: the program's exit status is $status"
	}
}

run_variant() {
	trying="$case_name with $flags $compile_flags $variant, $keys"
	rm -f report case.o
	status=0
	compile -fchecking -c -o case.o \
		"-fplugin-arg-purecc-report=$WORK/report" || status=$?
	check_messages
	if grep -q '^expect-error' "$directives"; then
		[ "$status" != 0 ] || fail "$trying: it should not compile"
		return 0
	fi
	[ "$status" = 0 ] || {
		show messages
		fail "$trying: it does not compile"
	}
	check_report
	check_asm
	[ "$action" != run ] || link_and_run
}

only=
[ "$action" = run ] || only=-c
needs=$(values needs)
[ -z "$needs" ] || compiler_has "$CASE" $only $needs ||
	skip "nothing can be built with $needs"

others=
if [ "$action" = run ]; then
	build_runtime
	for file in $(values with); do
		object=with-$(basename "$file").o
		"$CC" -O1 -g -fPIC -I "$LIB" -I "$INCLUDE" \
			-c "$(dirname "$CASE")/$file" -o "$object"
		others="$others $object"
	done
fi

# With the last one guards are calls that GCC sees.
choices variants "$(printf '%s\n' -O0 -O2 \
	'-O2 -fexceptions -fno-asynchronous-unwind-tables')" >all-variants
choices plugin "$(printf '%s\n' mode=inline mode=call)" >all-keys
tried=0
while IFS= read -r variant; do
	case $variant in
	\?*)
		variant=${variant#?}
		compiler_has "$CASE" $only $flags $variant || continue
		;;
	esac
	while IFS= read -r keys; do
		[ "$keys" != none ] || keys=
		run_variant
		tried=$((tried + 1))
	done <all-keys
done <all-variants
[ $tried -gt 0 ] || skip "the compiler knows none of the variants"
grep -q '^expect-error' "$directives" || compare_debug
