#!/bin/sh
# Random functions with system call sites do the same with the plugin as without
# it, and as they should by a model of their own: their results, what is in memory
# when they are through, and each call with its arguments, as the kernel sees it
# without a handler, and as a handler sees it, also one that destroys every register
# that it may.  And pure-audit finds no site in their objects that isn't recorded.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: functions.sh [--compilers "CC..."] [COUNT [SEED]]
#        functions.sh --case FILE
#
# COUNT functions in files of 40 each, from number SEED on, with each of the
# compilers ($CC if not given), whose plugins are in $PURECC_BUILD.
# One that fails is reduced and kept in $PURECC_BUILD/fuzz-failures; --case
# tries a file that was kept.
#
# Exits 77 if system calls can't be caught here.
# shellcheck disable=SC2086 # flags are lists of words

set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
fuzz=$root/tests/fuzz
: "${PURECC_BUILD:=$root/build}"
: "${CC:=gcc}"
compilers=$CC
case=
while [ $# -gt 1 ]; do
	case $1 in
	--compilers) compilers=$2 ;;
	--case) case=$2 ;;
	*) break ;;
	esac
	shift 2
done
count=${1:-500}
seed=${2:-1}
each=40
most_failures=10

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LC_ALL=C

# The sanitizers' own checks stop the program.
export ASAN_OPTIONS=detect_leaks=0 UBSAN_OPTIONS=halt_on_error=1
export TSAN_OPTIONS=halt_on_error=1

wrap=
for nr in 0 1 2 3 4 5 6; do
	wrap="$wrap -Wl,--wrap=__pure_guard$nr"
done
wrap="$wrap -Wl,--wrap=__pure_site"

# build_harness: for the compiler $cc: what all programs share, and the plugin
# and runtime that go with it.
build_harness() {
	# g++-11 belongs to gcc-11, g++ to gcc, and c++ to cc.
	case ${cc##*/} in
	*gcc*) cxx=$(echo "$cc" | sed 's/gcc\([^/]*\)$/g++\1/') ;;
	*) cxx=$(echo "$cc" | sed 's/cc\([^/]*\)$/c++\1/') ;;
	esac
	command -v "$cc" >/dev/null || {
		echo "$cc: no such compiler"
		exit 2
	}
	major=$("$cc" -dumpversion)
	plugin=$PURECC_BUILD/gcc-$major/purecc.so
	[ -e "$plugin" ] || {
		echo "$cc: no plugin for it in $PURECC_BUILD: no $plugin"
		exit 2
	}
	"$cc" -O1 -fexceptions -c "$fuzz/functions-main.c" -o "$work/main.o"
	"$cc" -O1 -fexceptions -DGUARDED -I"$root/include" \
		-c "$fuzz/functions-main.c" -o "$work/main-guarded.o"
	"$cc" -c "$fuzz/functions-guard.S" -o "$work/guard.o"
	"$cc" -DGUARDED -c "$fuzz/functions-guard.S" -o "$work/guard-guarded.o"
	"$cc" -c "$root/tests/plugin/lib/hooks.S" -o "$work/hooks.o"
	hard=
	! has_hard_registers || hard=--hard
	for flag in address undefined thread; do
		can_sanitize $flag || echo "$cc: nothing runs with -fsanitize=$flag"
	done
}

# has_hard_registers: does the compiler know hard register constraints?
has_hard_registers() {
	echo 'void f (long a) { asm ("" : : "{r10}" (a)); }' |
		"$cc" -x c -c - -o "$work/has.o" 2>/dev/null
}

# can_sanitize FLAG: do programs run here that are built with it?
can_sanitize() {
	rm -f "$work/can-$1"
	echo 'int main (void) { return 0; }' |
		"$cc" -fsanitize="$1" -x c - -o "$work/can" 2>/dev/null &&
		"$work/can" 2>/dev/null && : >"$work/can-$1"
}

# value KEY FILE: what the file says of itself.
value() {
	sed -n "s|^/\* $1: \(.*\)  \*/|\1|p" "$2"
}

# read_options FILE
read_options() {
	language=$(value language "$1")
	standard=$(value standard "$1")
	flags="-std=$standard $(value flags "$1")"
	instrument=$(value instrument "$1")
	link=$(value link "$1")
	keys=
	for key in $(value plugin "$1"); do
		keys="$keys -fplugin-arg-purecc-$key"
	done
	with=
	case $(value with "$1") in
	hooks) with=$work/hooks.o ;;
	flags)
		with=$instrument
		sanitizer=${instrument#-fsanitize=}
		if [ "$sanitizer" != "$instrument" ] &&
			[ ! -e "$work/can-$sanitizer" ]; then
			instrument=
			with=
		fi
		;;
	esac
	compiler=$cc
	[ "$language" = c ] || compiler=$cxx
}

# compile NAME FILE FLAG...: to the object NAME.o
compile() {
	name=$1
	source=$2
	shift 2
	"$compiler" -w -I"$fuzz" "$@" -x "$language" -c "$source" \
		-o "$work/$name.o" >"$work/$name.messages" 2>&1
}

# link NAME WITH...: NAME.o to a program
link() {
	name=$1
	shift
	"$compiler" -w "$work/$name.o" "$@" -o "$work/$name" \
		>"$work/$name.messages" 2>&1
}

# link_guarded: as the plugin's programs are; with LTO that compiles again.
link_guarded() {
	link guarded $flags $link $with "$work/main-guarded.o" \
		"$work/guard-guarded.o" $wrap "$PURECC_BUILD/libpurecc.a"
}

# run NAME MODE: the program; what it prints goes to NAME.MODE
run() {
	status=0
	timeout 60 "$work/$1" "$2" >"$work/$1.$2" 2>"$work/messages" ||
		status=$?
	if [ $status = 77 ]; then
		cat "$work/messages"
		exit 77
	elif [ $status != 0 ]; then
		echo "status $status" >>"$work/$1.$2"
		cat "$work/messages" >>"$work/$1.$2"
	fi
}

# failed WHAT FILE: say so; the file has the details.
failed() {
	said=$1
	details=$2
}

# try FILE: 0 if all programs made of it agree; 1 if the plugin's doesn't, 2 if
# it isn't the plugin that fails, 3 if it is GCC.
try() {
	read_options "$1"
	if ! compile model "$1" -std="$standard" -O0 -DMODEL ||
		! link model "$work/main.o" "$work/guard.o"; then
		failed "the model doesn't compile" model.messages
		return 2
	fi
	if ! compile plain "$1" $flags -DPLAIN ||
		! link plain $flags $link "$work/main.o" "$work/guard.o"; then
		failed "GCC itself doesn't compile it" plain.messages
		return 3
	fi
	compile guarded "$1" $flags $instrument -fplugin="$plugin" $keys \
		-fplugin-arg-purecc-verify || {
		cp "$work/guarded.messages" "$work/first.messages"
		compile guarded "$1" $flags $instrument || {
			failed "GCC itself doesn't compile it" guarded.messages
			return 3
		}
		failed "it doesn't compile with the plugin" first.messages
		return 1
	}
	"$PURECC_BUILD/pure-audit" --compiled "$1" "$work/guarded.o" \
		2>"$work/guarded.messages" || {
		failed "pure-audit finds a site that is not recorded" guarded.messages
		return 1
	}
	link_guarded || {
		cp "$work/guarded.messages" "$work/first.messages"
		compile guarded "$1" $flags $instrument
		link_guarded || {
			failed "GCC itself doesn't link it" guarded.messages
			return 3
		}
		failed "it doesn't link with the plugin" first.messages
		return 1
	}
	run model plain
	run plain plain
	compare plain plain || return 2
	run model native
	run model handler
	for mode in native handler destroy; do
		run guarded $mode
		compare guarded $mode || {
			! sanitizer_fails "$1" "guarded.$mode" || return 3
			return 1
		}
	done
}

# sanitizer_fails FILE OUTPUT: has a sanitizer ended the plugin's program, and
# does it end the one without the plugin as well?
sanitizer_fails() {
	[ "$(value with "$1")" = flags ] &&
		grep -q '^status ' "$work/$2" &&
		compile plain "$1" $flags $instrument -DPLAIN &&
		link plain $flags $link $with "$work/main.o" "$work/guard.o" ||
		return 1
	run plain plain
	grep -q '^status ' "$work/plain.plain" || return 1
	failed "GCC's sanitizer fails without the plugin too" plain.plain
}

# compare NAME MODE: is what the program printed what the model did?
compare() {
	expected=$2
	[ "$expected" != destroy ] || expected=handler
	diff "$work/model.$expected" "$work/$1.$2" >"$work/differences" &&
		return 0
	failed "$1, $2: not the same as the model (<)" differences
	return 1
}

generate() {
	/usr/bin/python3 -B "$fuzz/functions.py" $hard "$seed" "$size" "$@"
}

# fails ARGUMENTS...: does that part of the file fail in the same way?
fails() {
	generate "$@" >"$work/part.c"
	! try "$work/part.c" && [ "$said" = "$wanted" ]
}

# find_function: the number of the first function that fails alone.
find_function() {
	guess=
	[ "$details" != differences ] ||
		guess=$(sed -n '/^[<>] f/ { s/^[<>] f\([0-9]*\).*/\1/p; q; }' \
			"$work/differences")
	for index in $guess $(seq 0 $((size - 1))); do
		! fails --only "$index" || return 0
	done
	return 1
}

# reduce: leave out of the file what isn't needed to fail.
reduce() {
	wanted=$said
	find_function || {
		generate >"$work/part.c"
		return 0
	}
	drop=none
	for id in $(generate --only "$index" --list); do
		! fails --only "$index" --drop "$drop,$id" ||
			drop=$drop,$id
	done
	fails --only "$index" --drop "$drop" || generate >"$work/part.c"
}

# keep NAME: the file that failed, with how to try it again.
keep() {
	mkdir -p "$PURECC_BUILD/fuzz-failures"
	kept=$PURECC_BUILD/fuzz-failures/$1.c
	cp "$work/part.c" "$kept"
	echo "$said"
	head -n 20 "$work/$details" | sed 's/^/    | /'
	echo "again: CC=$cc PURECC_BUILD=$PURECC_BUILD $fuzz/functions.sh --case $kept"
}

fuzz() {
	done=0
	files=0
	failures=0
	gcc_fails=0
	while [ "$done" -lt "$count" ] && [ $failures -lt $most_failures ]; do
		size=$each
		[ $((count - done)) -ge $size ] || size=$((count - done))
		generate >"$work/file.c"
		status=0
		try "$work/file.c" || status=$?
		case $status in
		0) ;;
		3)
			gcc_fails=$((gcc_fails + 1))
			echo "seed $seed: $said:" \
				"$(grep -m 1 -i error "$work/$details")"
			;;
		*)
			failures=$((failures + 1))
			echo "seed $seed: $said"
			reduce
			keep "$cc-$seed"
			;;
		esac
		done=$((done + size))
		files=$((files + 1))
		seed=$((seed + 1))
		[ $((files % 100)) != 0 ] || echo "$cc: $done functions so far"
	done
	echo "$cc: $done functions in $files files, $failures failures;" \
		"$gcc_fails files that GCC itself fails on"
	[ $failures = 0 ] && [ $gcc_fails -lt $((files / 10 + 1)) ]
}

if [ -n "$case" ]; then
	cc=$CC
	build_harness
	try "$case" && exit 0
	echo "$said"
	cat "$work/$details"
	exit 1
fi

echo "seed $seed"
first=$seed
result=0
for cc in $compilers; do
	seed=$first
	build_harness
	fuzz || result=1
done
exit $result
