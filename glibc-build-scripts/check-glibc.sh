#!/usr/bin/env bash
# check-glibc.sh: run glibc's own tests on a stock and on a pure glibc, and
# compare.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A test is asked for its result word only (PASS, FAIL, UNSUPPORTED, ...): what
# counts is that it is the same on both. Those that differ are run again, alone,
# up to three times on each side.
#
# The tests run in the objects directories of build-glibc.sh, build/stock-glibc.work
# and build/pure-glibc.work, by glibc's own makefiles ("make check", a
# subdirectory at a time), and in these modes of the pure one:
#   off       no handler
#   pass      libc.so and libc.a start each program, static ones too, with a
#             handler that passes everything through
#   isolated  ld.so starts each dynamic program with handlers/pass.so, or HANDLER,
#             as it does in a purified root
# Modes pass and isolated are another libc: obj/.unclean says so, as long as the
# directory has it.
#
# In OUT stand
#   MODE.txt, MODE.json  the report
#   MODE.log             all that the commands printed
#   MODE/                the pure results, a file a subdirectory, SUBDIR% for
#                        those of its tests that were given by name; output/
#                        has what the tests printed whose results differ
#   stock/               the stock results: kept, they don't depend on the mode
# With --stock failed the stock side runs those tests only that did not pass on
# the pure one: what fails on stock only isn't found then.
# Where MODE/.unfinished is there, the next run goes on from there.
#
# Exit status: 0 no test fails on the pure glibc only, 1 some do, 2 misuse or
# could not run, 128 and the signal's number when interrupted.

# Started as "sh check-glibc.sh": go on in bash.
[ -n "${BASH_VERSION:-}" ] || exec bash "$0" "$@"

set -eu
unset CDPATH
export LC_ALL=C

here=$(cd "$(dirname "$0")" && pwd -P)
checkout=$(dirname "$here")
program=check-glibc
# shellcheck source-path=SCRIPTDIR source=common.sh disable=SC1091
. "$here/common.sh"

usage() {
	cat <<END
usage: check-glibc.sh [OPTION...]
Run glibc's own tests on a stock and on a pure glibc, and compare.

  --mode MODE       off: the pure glibc without a handler (default)
                    pass: each program starts with a handler
                    isolated: each dynamic program has one in a namespace of its own
  --subdirs LIST    subdirectories of glibc and single tests, for instance
                    nptl,posix,elf/tst-audit1; "." is the top, all is all,
                    core the tests that versions/VERSION/check-core names
                    (default: all)
  --stock WHICH     all: run them all on the stock glibc, too (default)
                    failed: only those that do not pass on the pure one, which
                    takes about half the time
  --handler FILE    the handler of mode isolated (default: handlers/pass.so in
                    build); it may need no libraries but the C library's
  --jobs N          commands at a time (default: one a processor)
  --out DIR         where results and reports go (default: build/check-glibc)
  --fresh           use no results of earlier runs, the stock ones neither
  --keep            use the pure ones too, of a run in which no test failed, if
                    what they depend on is unchanged
  --help            this text

An interrupted run, repeated, goes on from there. All tests take about half an
hour for each side on two processors, core a few minutes.
END
}

# ---- options ----

mode=off subdirs=all stock=all handler='' jobs='' out='' fresh='' keep=''

parse_options() {
	local name value
	while [ $# -gt 0 ]; do
		case $1 in
		--mode | --subdirs | --stock | --handler | --jobs | --out)
			[ $# -ge 2 ] || die "$1 needs a value; see --help"
			name=$1 value=$2
			shift
			;;
		--mode=* | --subdirs=* | --stock=* | --handler=* | --jobs=* | \
			--out=*)
			name=${1%%=*} value=${1#*=}
			;;
		--fresh | --keep) name=$1 value=yes ;;
		--help | -h)
			usage
			exit 0
			;;
		-*) die "unknown option $1; see --help" ;;
		*) die "unexpected argument '$1'; see --help" ;;
		esac
		[ -n "$value" ] || die "$name has an empty value; see --help"
		set_option "$name" "$value"
		shift
	done
}

set_option() {
	case $1 in
	--mode) mode=$2 ;;
	--subdirs) subdirs=$2 ;;
	--stock) stock=$2 ;;
	--handler) handler=$2 ;;
	--jobs) jobs=$2 ;;
	--out) out=$2 ;;
	--fresh) fresh=yes ;;
	--keep) keep=yes ;;
	esac
}

finish_options() {
	case $mode in
	off | pass | isolated) ;;
	*) die "--mode $mode: no such mode; give off, pass or isolated" ;;
	esac
	case $stock in
	all | failed) ;;
	*) die "--stock $stock: no such choice; give all or failed" ;;
	esac
	[ -z "$handler" ] || [ "$mode" = isolated ] ||
		die "--handler is for --mode isolated; this is mode $mode"
	handler=$(realpath -m -- "${handler:-$checkout/build/handlers/pass.so}")
	finish_jobs
	out=$(realpath -m -- "${out:-$checkout/build/check-glibc}")
	log=$out/$mode.log
	check_path "$checkout" "move the checkout"
}

check_tools() {
	need make make
	need python3 python3
	need flock util-linux
	need setsid util-linux
	check_missing
	[ "$mode" != isolated ] || [ -e "$handler" ] ||
		die "the handler $handler is missing; build it first (those of" \
			"the checkout by: cmake -S $checkout -B $checkout/build" \
			"&& cmake --build $checkout/build)"
}

# ---- the two objects directories ----

# What obj/.unclean says of a directory that this script has changed.
with_handler='its C library starts programs with a handler, for check-glibc.sh'
with_isolated='its ld.so starts programs with a handler, for check-glibc.sh'
half_switched='check-glibc.sh was interrupted while it changed the mode'
switching='check-glibc.sh was killed while it changed the mode'

# use SIDE: stock or pure: what follows is about that one.
use() {
	side=$1
	work=$(realpath -m -- "$checkout/build/$side-glibc.work")
	obj=$work/obj
	results=$out/stock
	[ "$side" = stock ] || results=$out/$mode
}

source_of() {
	sed -n 's/^srcdir = //p' "$obj/Makefile"
}

objects_are_whole() {
	[ -e "$obj/.built" ] && [ -e "$obj/.inputs" ] || return 1
	[ -e "$obj/.unclean" ] || return 0
	case $(cat "$obj/.unclean") in
	"$with_handler" | "$with_isolated" | "$half_switched") ;;
	*) return 1 ;;
	esac
}

# changed: what the pure objects were made from that isn't what it was: they
# depend on it, and make would mix old ones with new.
changed() {
	local line
	pure_inputs | while read -r line; do
		grep -q -x -F -e "$line" "$obj/.inputs" || echo "${line%% *}"
	done
}

# build SIDE OPTION...: have its objects made, if they aren't there.
build() {
	use "$1"
	shift
	if objects_are_whole; then
		return 0
	fi
	say "the $side glibc's objects aren't there, or aren't whole"
	# It builds what isn't installed.
	[ ! -e "${work%.work}/.build-glibc" ] ||
		echo 'the objects are to be made again' \
			>>"${work%.work}/.build-glibc"
	build_now "$@"
}

build_now() {
	"$here/build-glibc.sh" --jobs "$jobs" "$@" ||
		die "there is no $side glibc to check; the lines above say why"
	objects_are_whole ||
		die "$obj isn't whole; remove $work, and run this again"
}

build_both() {
	local compiler differs
	build pure
	read_plugin
	differs=$(changed | xargs)
	if [ -n "$differs" ]; then
		say "changed since the pure glibc was built: $differs"
		compiler=$(sed -n 's/^CC = \([^ ]*\).*/\1/p' "$obj/config.make")
		build_now --cc "$compiler" --plugin "$plugin"
	fi
	source=$(source_of)
	build stock --stock --source "$source"
	diff -rq -x .build-glibc -x __pycache__ "$source" "$(source_of)" >&2 ||
		die "the stock and the pure glibc have different sources; to" \
			"fix it: remove $work, and run this again"
}

# read_plugin: the one that the pure objects were made with.
read_plugin() {
	plugin=$(sed -n 's/^plugin \(.*\) [0-9a-f]*$/\1/p' "$obj/.inputs")
	[ -f "$plugin" ] ||
		die "the plugin $plugin that the pure glibc was made with is" \
			"missing; build it first: cmake --build $checkout/build"
}

# lock_both: build-glibc.sh, and a second run of this, are to keep off them.
lock_both() {
	exec 8>"$checkout/build/stock-glibc.work/lock" \
		9>"$checkout/build/pure-glibc.work/lock"
	{ flock -w 2 8 && flock -w 2 9; } ||
		die "another check-glibc.sh, or build-glibc.sh, is at work in" \
			"$checkout/build; wait for it"
}

# ---- what is checked ----

# identify_version: set version, to that of the source of these objects, and
# expected, to the file of what may fail, empty if this version has none.
expected=''
identify_version() {
	version=$(version_in_header <"$(source_of)/version.h")
	[ -n "$version" ] || die "$(source_of)/version.h says no version"
	[ -e "$here/versions/$version/check-expected" ] || return 0
	expected=$here/versions/$version/check-expected
	"$here/check-compare.py" --mode "$mode" --expected "$expected" \
		--undecided /dev/null <(echo PASS: a/b) >/dev/null ||
		die "correct $expected"
}

# read_core: the tests of check-core.
read_core() {
	core=$here/versions/$version/check-core
	[ -e "$core" ] ||
		die "--subdirs core: glibc $version has no list of these tests," \
			"$core; write one, or give --subdirs all"
	mapfile -t units < <(sed '/^#/d; /^$/d' "$core")
}

# read_units: the elements of LIST: subdirectories, tests, and the top; those of
# them that aren't tests; and the subdirectories that the tests are in.
all_units=() units=() whole_subdirs=() by_name=()
read_units() {
	local known unit
	known=$(known_subdirs)
	case $subdirs in
	all) read -r -a units <<<"$known ." ;;
	core) read_core ;;
	*) IFS=, read -r -a units <<<"$subdirs" ;;
	esac
	for unit in "${units[@]}"; do
		case $unit in
		.) continue ;;
		*/) unit=/$unit ;;
		esac
		case " $known " in
		*" ${unit%%/*} "*) ;;
		*)
			die "--subdirs $subdirs: '$unit' is no subdirectory" \
				"of glibc with tests, nor a test in one;" \
				"give some of: all core . $known"
			;;
		esac
	done
	all_units=("${units[@]}")
	set_units "${units[@]}"
}

# known_subdirs: those of this glibc that have tests.
known_subdirs() {
	sed -n 's/^sorted-subdirs := //p' "$obj/sysd-sorted"
}

# set_units UNIT...: what is checked.
set_units() {
	units=("$@")
	mapfile -t whole_subdirs < <(printf '%s\n' "$@" | grep '^[^/][^/]*$')
	mapfile -t by_name < <(printf '%s\n' "$@" |
		sed -n 's|/.*||p' | sort -u)
}

# begin_side SIDE: what follows is about that one, and what is to run there.
begin_side() {
	use pure
	set_units "${all_units[@]}"
	if [ "$1:$stock" = stock:failed ]; then
		mapfile -t units < <(all_results | not_passed)
		set_units "${units[@]}"
	fi
	use "$1"
}

# not_passed: of the lines of results, what has to run on the stock side. What
# make could not build may be a part of a test, which only the whole subdirectory
# has.
not_passed() {
	sed -n '/^PASS: /!s/: / /p' | awk '
		{ place = $2; if (!sub("/.*", "", place)) place = "." }
		place == "." || $1 == "UNRESOLVED" { whole[place] }
		{ tests[$2] = place }
		END {
			for (place in whole) print place
			for (test in tests)
				if (!(tests[test] in whole)) print test
		}' | sort
}

# tests_of SUBDIR: those of its tests that LIST names.
tests_of() {
	printf '%s\n' "${units[@]}" | grep "^$1/"
}

# names_of SUBDIR: all tests that it has, by glibc's makefiles.
names_of() {
	# shellcheck disable=SC2016 # they are make's
	local names='$(tests-expected) $(tests-special-notdir:.out=)'
	"${clean[@]}" make -r -s -C "$(source_of)/$1" "subdir=$1" ..=../ \
		"objdir=$obj" "${make_arguments[@]}" \
		--eval="names: ; @printf '$1/%s\n' $names" names
}

# check_names: has this glibc each test that LIST names?
check_names() {
	local subdir unknown remedy="take it out"
	[ "$subdirs" != core ] || remedy="correct $core"
	for subdir in "${by_name[@]}"; do
		unknown=$(tests_of "$subdir" |
			grep -v -x -F -f <(names_of "$subdir") |
			while read -r name; do
				[ -e "$obj/$name.test-result" ] || echo "$name"
			done | xargs)
		[ -z "$unknown" ] ||
			die "--subdirs $subdirs: this glibc has no such test:" \
				"$unknown; $remedy"
	done
}

# results_of UNIT: the file for its results.
results_of() {
	case $1 in
	.) echo "$results/top" ;;
	*) echo "$results/$1" ;;
	esac
}

# known SUBDIR: the results that there are of its tests that LIST names.
known() {
	{
		tests_of "$1"
		cat "$results/$1" "$results/$1%" 2>/dev/null
	} | awk 'NF == 1 { wanted[$1]; next } $2 in wanted && !seen[$2]++'
}

# unknown SUBDIR: those of its tests that LIST names without a result.
unknown() {
	tests_of "$1" | grep -v -x -F -f <(known "$1" | sed 's/.*: //') || true
}

# complete SIDE: is there a result of all of LIST?
complete() {
	local unit
	begin_side "$1"
	for unit in "${whole_subdirs[@]}"; do
		[ -e "$(results_of "$unit")" ] || return 1
	done
	for unit in "${by_name[@]}"; do
		[ -z "$(unknown "$unit")" ] || return 1
	done
}

# inputs: what the results depend on.
inputs() {
	cat "$obj/.inputs"
	[ "$side" = pure ] || return 0
	echo "check mode $mode"
	[ "$mode" != isolated ] || echo "handler $(sum_of "$handler")"
}

# begin_results: keep those that are good for this run, and no others.
begin_results() {
	if [ -z "$fresh" ] && [ -e "$results/.inputs" ] &&
		[ "$(inputs)" = "$(cat "$results/.inputs")" ] &&
		{ [ "$side" = stock ] || [ -n "$keep" ] ||
			[ -e "$results/.unfinished" ]; }; then
		return 0
	fi
	rm -rf "$results"
	[ -z "$fresh" ] || rm -f "$obj"/*/.checking
	mkdir -p "$results" 2>/dev/null ||
		die "can't write in $out; give an --out in a directory that you" \
			"can write to"
	inputs >"$results/.inputs"
	[ "$side" = stock ] || touch "$results/.unfinished"
}

# ---- running them ----

# Not the caller's environment, and time enough on a machine that is loaded.
clean=("$here/check-alone.sh" "${clean[@]}" TIMEOUTFACTOR=4
	PYTHONDONTWRITEBYTECODE=1)

# read_arguments: what make is given on this side. The compiler is that of the
# objects, but their report of sites isn't appended to.
read_arguments() {
	local compiler
	read_make_arguments "$side"
	[ "$side" = pure ] || return 0
	compiler=$(sed -n 's/^CC = //p' "$obj/config.make" |
		sed 's/ -fplugin-arg-purecc-report=[^ ]*//')
	make_arguments+=("CC=$compiler")
	case $mode in
	pass) make_arguments+=(pure-initial-handler=pass) ;;
	isolated) make_arguments+=("pure-root-file=$obj/handlers") ;;
	esac
}

# make_files DETAIL SUBDIR FILE...: these files of the objects directory, by the
# makefile of SUBDIR.
make_files() {
	local detail=$1 place
	case $2 in
	.) place=(-C "$(source_of)") ;;
	*) place=(-C "$(source_of)/$2" "subdir=$2" ..=../) ;;
	esac
	shift 2
	run "$detail" "${clean[@]}" make -r -k "${place[@]}" "objdir=$obj" \
		-j "$jobs" "${make_arguments[@]}" "${@/#/"$obj/"}"
}

# failed WHAT: die with the end of the log.
failed() {
	progress_clear
	tail -n 20 "$log" >&2
	die "$1 failed; the lines above are the end of $log"
}

# switch: make the C library of the mode, if the directory has another.
switch() {
	local now=plain wanted=plain
	[ ! -e "$obj/.unclean" ] || now=$(cat "$obj/.unclean")
	case $mode in
	pass) wanted=$with_handler ;;
	isolated) wanted=$with_isolated ;;
	esac
	if [ "$now" = "$wanted" ]; then
		progress_skip pure/switch
		return 0
	fi
	progress_step pure/switch
	echo "$switching" >"$obj/.unclean"
	find "$obj/misc" "$obj/elf" '(' -name 'pure-handler.*' -o \
		-name 'pure-root.*' ')' -delete
	rm -rf "$obj/testroot.pristine" "$obj/testroot.root"
	run_make 'the C library' || failed 'changing the mode'
	if [ "$wanted" = plain ]; then
		rm "$obj/.unclean"
	else
		echo "$wanted" >"$obj/.unclean"
	fi
}

# prepare: what the tests need besides the objects.
prepare() {
	progress_step "$side/prepare"
	# What tests in containers are chrooted to.
	make_files 'the test root' . testroot.pristine/install.stamp ||
		failed 'installing to the test root'
	[ "$side" = pure ] || return 0
	# In the objects directory: containers have that, and not build/.
	if [ "$mode" = isolated ]; then
		cp "$handler" "$obj/pure-handler.so"
		echo "* $obj/pure-handler.so" >"$obj/handlers"
	fi
	link_probe >>"$log" 2>&1 || failed "linking $here/check-probe.c"
	probe
}

# link_probe: by hand, to the libraries in the objects directory.
link_probe() {
	local cc first=("$obj/csu/crt1.o" "$obj/csu/crti.o" "$obj/probe.o")
	cc=$(sed -n 's/^CC = \([^ ]*\).*/\1/p' "$obj/config.make")
	"$cc" -c -fno-pie -o "$obj/probe.o" "$here/check-probe.c" &&
		"$cc" -no-pie -nostdlib -o "$obj/probe" "${first[@]}" \
			"$obj/libc.so" "$obj/elf/ld.so" "$obj/csu/crtn.o" &&
		"$cc" -static -nostdlib -o "$obj/probe-static" "${first[@]}" \
			-Wl,--start-group "$obj/libc.a" -lgcc -lgcc_eh \
			-Wl,--end-group "$obj/csu/crtn.o"
}

# probe: do programs have a handler where the mode says so, and only there?
probe() {
	local dynamic=0 static=0
	"$obj/elf/ld-linux-x86-64.so.2" --library-path "$obj" "$obj/probe" ||
		dynamic=$?
	"$obj/probe-static" || static=$?
	case $mode:$dynamic:$static in
	off:1:1 | pass:0:0 | isolated:0:1) ;;
	*)
		die "mode $mode isn't what programs in $obj are in: with 0" \
			"for a handler and 1 for none, a dynamic one has" \
			"$dynamic, a static one $static; remove $work, and" \
			"run this again"
		;;
	esac
}

# special_at_top: the tests of glibc's top directory.
special_at_top() {
	# shellcheck disable=SC2016 # it is make's
	sed -n 's/^tests-special += \$(objpfx)\(.*\)\.out$/\1/p' \
		"$(source_of)/Makefile"
}

# clear_results DIRECTORY: have its tests run. What an interrupted run of the same
# kind has done in there may stay.
clear_results() {
	local file
	if [ "$(inputs)" != "$(cat "$1/.checking" 2>/dev/null)" ]; then
		find "$1" -type f -name '*.test-result' | while read -r file; do
			rm -f "$(made_by "${file%.test-result}")" "$file"
		done
	fi
	inputs >"$1/.checking"
	find "$1" -type f -name '*.out' | while read -r file; do
		[ -e "${file%.out}.test-result" ] || rm "$file"
	done
}

# made_by TEST: the file that make makes by running it: its output, but where
# the making of a file, such as a locale or a link to one, is the test.
made_by() {
	if [ ! -e "$1.out" ] && { [ -f "$1" ] || [ -L "$1" ]; } &&
		[ ! -x "$1" ] && [ -e "$1.test-result" ]; then
		echo "$1"
	else
		echo "$1.out"
	fi
}

# make_tests DETAIL SUBDIR TEST...: run them, whether they have run or not.
make_tests() {
	local detail=$1 subdir=$2 name files=()
	shift 2
	for name; do
		files+=("$(cd "$obj" && made_by "$name")")
	done
	(cd "$obj" && rm -f "${files[@]}" "${@/%/.test-result}")
	make_files "$detail" "$subdir" "${files[@]}"
}

# result_of TEST: its line.
result_of() {
	head -n 1 "$obj/$1.test-result" 2>/dev/null || echo "UNRESOLVED: $1"
}

# unmade: the tests, and parts of tests, that make could not build.
unmade() {
	local file
	this_run | sed -n "s|.*\*\*\* \[\(.*: \)\{0,1\}$obj/\(.*\)\] .*|\2|p" |
		sed 's/\.out$//; s/\.o[sS]\{0,1\}$//' | sort -u |
		while read -r file; do
			[ -e "$obj/$file.test-result" ] ||
				echo "UNRESOLVED: $file"
		done
}

# check_unit UNIT: run the tests of a subdirectory, or of the top, and keep the
# results.
check_unit() {
	local names status=0
	if [ -e "$(results_of "$1")" ]; then
		progress_skip "$side/$1"
		return 0
	fi
	progress_step "$side/$1"
	case $1 in
	.)
		mapfile -t names < <(special_at_top)
		make_tests "$1" . "${names[@]}" || status=$?
		;;
	*)
		clear_results "$obj/$1"
		run_make "$1" -k "$1/tests" || status=$?
		mapfile -t names < <(cd "$obj" &&
			find "$1" -name '*.test-result' | sed 's/\.[^.]*$//')
		;;
	esac
	keep_results "$1" "$status" "$(results_of "$1")" "${names[@]}"
}

# check_tests SUBDIR: the same for those of its tests that LIST names.
check_tests() {
	local name names files=() status=0
	mapfile -t names < <(unknown "$1")
	if [ "${#names[@]}" = 0 ]; then
		progress_skip "$side/$1/..."
		return 0
	fi
	for name in "${names[@]}"; do
		files+=("$(cd "$obj" && made_by "$name")")
	done
	progress_step "$side/$1/..."
	clear_results "$obj/$1"
	make_files "$1" "$1" "${files[@]}" || status=$?
	keep_results "$1" "$status" "$results/$1%" "${names[@]}"
}

# keep_results SUBDIR STATUS FILE TEST...: add those of the tests to FILE, after
# make ended with STATUS.
keep_results() {
	local subdir=$1 status=$2 file=$3 name
	shift 3
	for name; do
		result_of "$name"
	done >"$file.new"
	if [ "$status" != 0 ]; then
		unmade >>"$file.new"
		check_made "$subdir" "$file.new"
	fi
	check_unchanged
	[ ! -e "$file" ] || cat "$file" >>"$file.new"
	mv "$file.new" "$file"
	rm -f "$obj/$subdir/.checking"
}

# check_unchanged: were these results those of the glibc that was built?
check_unchanged() {
	local differs
	[ "$side" = pure ] || return 0
	differs=$(changed | xargs)
	[ -n "$differs" ] || return 0
	echo 'some objects were made with another plugin or overlay' \
		>"$obj/.unclean"
	die "changed while the tests ran: $differs; leave it alone, and run" \
		"this again"
}

# check_made UNIT FILE: make failed. That is the result of a test or two, unless
# it is all there is.
check_made() {
	[ "$side" = pure ] && [ -s "$2" ] ||
		grep -q -v '^UNRESOLVED: ' "$2" ||
		failed "make for $1 on the $side glibc"
}

# check_side SIDE: all of LIST that there are no results for.
check_side() {
	local unit
	begin_side "$1"
	read_arguments
	[ "$1" = stock ] || switch
	prepare
	for unit in "${whole_subdirs[@]}"; do
		check_unit "$unit"
	done
	for unit in "${by_name[@]}"; do
		check_tests "$unit"
	done
}

# ---- comparing ----

# all_results: of all that runs on this side.
all_results() {
	local unit
	for unit in "${whole_subdirs[@]}"; do
		cat "$(results_of "$unit")"
	done
	for unit in "${by_name[@]}"; do
		known "$unit"
	done
}

# collect SIDE: its results, to one file.
collect() {
	begin_side "$1"
	all_results >"$out/$mode/.$1"
}

# compare OPTION...: check-compare.py on what there is.
compare() {
	"$here/check-compare.py" --mode "$mode" --again "$out/$mode/.again" \
		--expected "$expected" --stock "$stock" "$@" \
		"$out/$mode/.stock" "$out/$mode/.pure"
}

# More of a subdirectory aren't run again: something is wrong at large.
most_again=50

# run_again: those that differ, until they don't, up to three times.
run_again() {
	local names round
	progress_step again
	: >"$out/$mode/.again"
	for round in 1 2 3; do
		mapfile -t names < <(compare --undecided)
		[ "${#names[@]}" -gt 0 ] || return 0
		for side in stock pure; do
			use "$side"
			read_arguments
			run_alone "$round" "${names[@]}"
		done
	done
	keep_output
}

# run_alone ROUND TEST...: one at a time.
run_alone() {
	local jobs=1 round=$1 name subdir tests
	local -A by_subdir=()
	shift
	for name; do
		subdir=${name%%/*}
		[ "$subdir" != "$name" ] || subdir=.
		by_subdir[$subdir]="${by_subdir[$subdir]:-} $name"
	done
	for subdir in "${!by_subdir[@]}"; do
		read -r -a tests <<<"${by_subdir[$subdir]}"
		if [ "${#tests[@]}" -gt "$most_again" ]; then
			say "$subdir: ${#tests[@]} tests differ or fail: not \
run again"
			continue
		fi
		make_tests "$subdir, alone, $round" "$subdir" "${tests[@]}" ||
			true
		for name in "${tests[@]}"; do
			echo "$side $(result_of "$name")"
		done >>"$out/$mode/.again"
	done
}

# keep_output: what tests printed whose results differ.
keep_output() {
	local name
	for side in stock pure; do
		use "$side"
		mkdir -p "$out/$mode/output/$side"
		compare --undecided | while read -r name; do
			[ ! -e "$obj/$name.out" ] || (cd "$obj" &&
				cp --parents "$name.out" \
					"$out/$mode/output/$side")
		done
	done
}

# ---- the end ----

# interrupted SIGNAL NUMBER: end what runs; what is done stays done.
interrupted() {
	local since=$(($(date +%s) - 3))
	trap '' INT TERM HUP PIPE
	progress_clear
	if run_stop; then
		remove_unfinished "$since"
		[ "$(cat "$obj/.unclean" 2>/dev/null)" != "$switching" ] ||
			echo "$half_switched" >"$obj/.unclean"
	fi
	say "interrupted by SIG$1; run it again to go on from here" >&2
	exit $((128 + $2))
}

# plan_of SIDE: its steps for progress_plan.
plan_of() {
	local unit count seconds
	seconds=$(file_near "$version" check-plan)
	echo "$1/prepare 30 1000"
	[ "$1" = stock ] || printf '%s\n' 'pure/switch 60 4000' 'again 30 1000'
	for unit in "${whole_subdirs[@]}"; do
		echo "$1/$unit"
	done | awk '
		FILENAME != "-" { plan[$1] = $2 " " $3; next }
		{ unit = $1; sub("^[a-z]*/", "", unit) }
		{ print $1, unit in plan ? plan[unit] : "5 100" }
	' "$seconds" -
	for unit in "${by_name[@]}"; do
		count=$(tests_of "$unit" | wc -l)
		echo "$1/$unit/... $count $((count * 6))"
	done
}

# begin: the results that there are, and the log.
begin() {
	use stock
	begin_results
	use pure
	begin_results
	[ -e "$results/.began" ] || : >"$log"
	touch "$results/.began"
	say "mode $mode, ${#units[@]} subdirectories or tests, to $out"
	say "log: $log"
}

report() {
	local status=0 took
	progress_clear
	compare --json "$out/$mode.json" >"$out/$mode.txt" || status=$?
	cat "$out/$mode.txt"
	clock took "$SECONDS"
	say "in $took; the report: $out/$mode.txt, $mode.json"
	[ "$status" = 0 ] || say "what they printed: $out/$mode/output"
	# Results that --keep may use.
	[ "$status" = 0 ] || rm "$results/.inputs"
	rm -f "$results/.unfinished"
	return "$status"
}

# check_all: run what there is no result of.
check_all() {
	use pure
	touch "$results/.unfinished"
	trap 'interrupted INT 2' INT
	trap 'interrupted TERM 15' TERM
	trap 'interrupted HUP 1' HUP
	trap 'interrupted PIPE 13' PIPE
	begin_side pure
	progress_plan < <(plan_of pure)
	[ "$stock" = failed ] || progress_plan < <(plan_of stock)
	check_side pure
	begin_side stock
	[ "$stock" = all ] || progress_plan < <(plan_of stock)
	check_side stock
	collect stock
	collect pure
	run_again
}

main() {
	parse_options "$@"
	finish_options
	check_tools
	build_both
	use pure
	identify_version
	read_units
	lock_both
	use stock
	read_arguments
	check_names
	begin
	if [ ! -e "$results/.unfinished" ] && complete pure && complete stock
	then
		say "nothing has changed since an earlier run: its results"
		collect stock
		collect pure
	else
		check_all
	fi
	report
}

main "$@"
