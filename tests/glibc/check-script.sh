#!/bin/sh
# check-glibc.sh says what is wrong and how to fix it, runs the tests of both
# builds as the mode asks for, and tells same, unstable and different apart.
# Quick: the glibc here is a makefile whose tests print what a file of theirs
# says. Exit status: 0 pass, 1 fail, 77 skip.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu

here=$(cd "$(dirname "$0")" && pwd -P)
scripts=$(dirname "$(dirname "$here")")/glibc-build-scripts
for tool in bash make python3 flock; do
	command -v "$tool" >/dev/null || {
		echo "skip: $tool is missing"
		exit 77
	}
done

tmp=$(realpath "$(mktemp -d)")
trap 'rm -rf "$tmp"' EXIT
failures=0

# ---- a checkout with two builds, and a PATH to try it on ----

checkout=$tmp/checkout
build=$checkout/build
versions=$checkout/glibc-build-scripts/versions
core=$versions/2.36/check-core
out=$tmp/out
bin=$tmp/bin
glibc=$tmp/glibc

mkdir "$bin"
ln -s /usr/bin/* "$bin"

# stub FILE: a program, from standard input.
stub() {
	rm -f "$1"
	{
		echo '#!/bin/sh'
		cat
	} >"$1"
	chmod +x "$1"
}

# fresh: everything as it should be, and each test a PASS.
fresh() {
	rm -rf "$checkout" "$glibc" "$out"
	mkdir -p "$build/handlers" "$checkout/runtime" "$checkout/include" \
		"$checkout/abi"
	cp -R "$scripts" "$checkout/glibc-build-scripts"
	touch "$checkout/include/purecc.h" "$build/purecc.so" "$build/handlers/pass.so"
	cat >"$checkout/glibc-build-scripts/overlay/make-arguments" <<-'END'
		config-sysdirs=@OVERLAY@ @SYSDIRS@
	END
	# A build that is asked for is refused, in words to be seen.
	echo 'echo "asked to build: $*"; exit 2' |
		stub "$checkout/glibc-build-scripts/build-glibc.sh"
	# The probe: has it a handler?
	stub "$bin/gcc" <<-'END'
		while [ "$1" != -o ]; do shift; done
		obj=$(dirname "$2")
		cat >"$2" <<END2
		#!/bin/sh
		! grep -q pass "$obj/misc/pure-handler.o" || exit 0
		case \$0 in *static) exit 1 ;; esac
		grep -q "$obj/handlers" "$obj/elf/pure-root.o"
		END2
		chmod +x "$2"
	END
	fresh_glibc
	fresh_objects stock
	fresh_objects pure
}

# The directories signal (tests a, b and deep/c) and nptl (test d, and the file
# data, whose making is a test), and the top.
fresh_glibc() {
	mkdir -p "$glibc/signal" "$glibc/nptl"
	echo '#define VERSION "2.36"' >"$glibc/version.h"
	cat >"$glibc/Makefile" <<-'END'
		.RECIPEPREFIX = :
		objpfx = $(objdir)/
		include Rules
		tests-special += $(objpfx)check-top.out
		all: $(objdir)/misc/pure-handler.o $(objdir)/elf/pure-root.o
		$(objdir)/misc/pure-handler.o:
		:	echo 'handler: $(pure-initial-handler)' >$@
		$(objdir)/elf/pure-root.o:
		:	echo 'root: $(pure-root-file)' >$@
		$(objpfx)testroot.pristine/install.stamp:
		:	mkdir -p $(@D)
		:	touch $@
		%/tests:
		:	$(MAKE) subdir=$(@D) -C $(@D) ..=../ tests
	END
	cat >"$glibc/signal/Makefile" <<-'END'
		tests-expected = a b deep/c
		tests: $(addprefix $(objdir)/signal/,a.out b.out deep/c.out)
		include ../Rules
	END
	cat >"$glibc/nptl/Makefile" <<-'END'
		.RECIPEPREFIX = :
		tests-expected = d
		tests: $(objdir)/nptl/d.out $(objdir)/nptl/data
		$(objdir)/nptl/data:
		:	@echo 'run: nptl/data '
		:	echo PASS: nptl/data >$@.test-result
		:	cp $@.test-result $@
		include ../Rules
	END
	# A test is a file of results, a line a run, of which the last stays.
	cat >"$glibc/Rules" <<-'END'
		.RECIPEPREFIX = :
		test-wrapper-env = env
		$(objdir)/%.out: $(objdir)/%
		:	@echo 'run: $* $(CC) $(config-sysdirs)'
		:	$(test-wrapper-env) sh -c 'env; ls /proc/self/fd' >$@
		:	echo "$$(head -n 1 $<): $*" >$(@:.out=.test-result)
		:	[ $$(wc -l <$<) = 1 ] || sed -i 1d $<
		$(objdir)/%:
		:	false
	END
}

# fresh_objects SIDE
fresh_objects() {
	obj=$build/$1-glibc.work/obj
	mkdir -p "$obj/signal/deep" "$obj/nptl" "$obj/elf" "$obj/misc"
	touch "$obj/.built"
	echo 'sorted-subdirs := nptl signal' >"$obj/sysd-sorted"
	{
		echo "config-sysdirs = sysdeps/a"
		printf 'CC = gcc'
		[ "$1" = stock ] || printf ' -fplugin=p -fplugin-arg-%s=%s\n' \
			purecc-report "$tmp/report"
	} >"$obj/config.make"
	cat >"$obj/Makefile" <<-END
		srcdir = $glibc
		.RECIPEPREFIX = :
		all .DEFAULT:
		:	\$(MAKE) -r -C \$(srcdir) objdir=\`pwd\` \$@
	END
	inputs "$1" >"$obj/.inputs"
	# Run by its file, and what it is to find of its own.
	echo 'shift 2; exec "$@"' | stub "$obj/elf/ld-linux-x86-64.so.2"
	echo 'handler: ' >"$obj/misc/pure-handler.o"
	echo 'root: ' >"$obj/elf/pure-root.o"
	for test in signal/a signal/b signal/deep/c nptl/d check-top; do
		results "$1" "$test" PASS
	done
}

# inputs SIDE: as build-glibc.sh would note them.
inputs() {
	echo "mode $1"
	# shellcheck disable=SC2016
	bash -c 'here=$1/glibc-build-scripts checkout=$1 program=none
		. "$here/common.sh"
		plugin=$1/build/purecc.so pure_inputs' bash "$checkout"
}

# results SIDE TEST RESULT...: what it comes to, in one run after the other.
results() {
	file=$build/$1-glibc.work/obj/$2
	shift 2
	printf '%s\n' "$@" >"$file"
}

# ---- how a run is judged ----

# check ARGUMENT...: run it; output in $tmp/said, exit status in $status.
# Only what hangs takes 600 seconds, on a busy machine too.
check() {
	status=0
	PATH=$bin timeout 600 "$checkout/glibc-build-scripts/check-glibc.sh" \
		"$@" </dev/null >"$tmp/said" 2>&1 || status=$?
}

# judge WHAT STATUS WORDS...: the last run ended with STATUS, and said each of
# WORDS.
judge() {
	what=$1
	wanted=$2
	shift 2
	for words; do
		grep -q -F -e "$words" "$tmp/said" ||
			fail "$what" "it doesn't say \"$words\""
	done
	if [ "$status" = "$wanted" ]; then
		echo "tried: $what"
	else
		fail "$what" "exit status $status, not $wanted"
	fi
}

fail() {
	failures=$((failures + 1))
	echo "FAIL: $1: $2; it said:"
	sed 's/^/    /' "$tmp/said"
}

# refused WHAT WORDS... -- ARGUMENT...: it doesn't start, and says WORDS.
refused() {
	what=$1
	shift
	said=''
	while [ "$1" != -- ]; do
		said="$said|$1"
		shift
	done
	shift
	check "$@"
	old_ifs=$IFS
	IFS='|'
	# shellcheck disable=SC2086 # the words, split at the bars
	set -- ${said#|}
	IFS=$old_ifs
	judge "$what" 2 "$@"
	! grep -q '^run: ' "$out"/*.log 2>/dev/null ||
		fail "$what" "it began to test"
}

# runs TEST: how often it ran, by the log.
runs() {
	grep -c "^run: $1 " "$out/$mode.log"
}

# ---- misuse ----

try_options() {
	fresh
	refused 'unknown option' --frobnicate --help -- --frobnicate
	refused 'stray argument' "'stray'" -- stray
	refused 'option without value' '--mode needs a value' -- --mode
	refused 'empty value' '--out has an empty value' -- --out ''
	refused 'unknown choice' '--stock none' 'all or failed' -- --stock none
	refused '--handler in mode off' '--mode isolated' -- --handler x
	refused 'unknown mode' '--mode on' 'off, pass or isolated' -- --mode on
	for jobs in 0 four; do
		refused "--jobs $jobs" "--jobs $jobs" 'give 1 or more' -- \
			--jobs "$jobs"
	done
	for list in signals nptl,,signal /a nptl/ ./a; do
		refused "--subdirs $list" "--subdirs $list" \
			'all core . nptl signal' -- --out "$out" \
			--subdirs "$list"
	done
	refused 'no such test' 'no such test: nptl/none nptl/e; take' -- \
		--out "$out" --subdirs nptl/none,nptl/d,signal,nptl/e
	printf '%s\n' '# nptl/none' '' nptl/d signal/e >"$core"
	refused 'no such core test' 'no such test: signal/e; ' "$core" -- \
		--out "$out" --subdirs core
	rm "$core"
	refused 'no core list' 'glibc 2.36 has no list' "$core" -- \
		--out "$out" --subdirs core
	refused 'unwritable' "can't write in $glibc/Makefile" --out -- \
		--out "$glibc/Makefile/out"
	check --help
	judge --help 0 --mode --subdirs --fresh isolated
}

try_trees() {
	fresh
	rm "$build/stock-glibc.work/obj/.built"
	refused 'no stock objects' "asked to build: --jobs" \
		"--stock --source $glibc" 'no stock glibc' -- --out "$out"
	fresh
	echo 'the last run was killed' >"$build/pure-glibc.work/obj/.unclean"
	mkdir "$build/pure-glibc"
	touch "$build/pure-glibc/.build-glibc"
	refused 'unclean objects' 'asked to build' 'no pure glibc' -- \
		--out "$out"
	grep -q again "$build/pure-glibc/.build-glibc" ||
		fail 'unclean objects' 'what is installed counts as theirs'
	fresh
	echo new >"$checkout/glibc-build-scripts/overlay/new.c"
	refused 'a changed overlay' 'changed since the pure glibc' overlay \
		"asked to build: --jobs" "--cc gcc --plugin $build" -- \
		--out "$out"
	fresh
	cp -R "$glibc" "$tmp/other"
	echo >>"$tmp/other/Rules"
	sed -i "s|^srcdir = .*|srcdir = $tmp/other|" \
		"$build/stock-glibc.work/obj/Makefile"
	refused 'two sources' "$tmp/other/Rules" 'different sources' -- \
		--out "$out"
	fresh
	rm "$build/purecc.so"
	refused 'no plugin' "$build/purecc.so" 'cmake --build' -- --out "$out"
	fresh
	rm "$build/handlers/pass.so"
	refused 'no handler' "$build/handlers/pass.so" 'cmake' -- \
		--mode isolated --out "$out"
	fresh
	flock "$build/pure-glibc.work/lock" sleep 60 &
	sleeper=$!
	sleep 0.5
	refused 'two at a time' 'wait for it' -- --out "$out"
	kill "$sleeper"
}

try_expected() {
	fresh
	expected=$versions/2.36/check-expected
	lines=$(wc -l <"$expected")
	echo 'pass nptl/d' >>"$expected"
	refused 'no reason' "$expected:$((lines + 1))" "correct $expected" -- \
		--out "$out"
	sed -i '$s/.*/off nptl\/d it fails/' "$expected"
	refused 'expected in mode off' 'without a handler' -- --out "$out"
	sed -i '$d' "$expected"
	for i in 1 2 3 4 5 6 7 8 9 10 11; do
		echo "pass nptl/d$i reason" >>"$expected"
	done
	refused 'too many expected' \
		"$(grep -c '^[^#]' "$expected") tests, and 10 is the most" -- \
		--out "$out"
}

# ---- runs ----

# both TEST STOCK PURE: its results, words, on each side.
both() {
	# shellcheck disable=SC2086
	results stock "$1" $2
	# shellcheck disable=SC2086
	results pure "$1" $3
}

# is KEY VALUE: what the report in JSON has at KEY, in Python's words.
is() {
	said=$(python3 -c 'import json, sys
print(eval("report" + sys.argv[2], {"report": json.load(open(sys.argv[1]))}))
' "$out/$mode.json" "$1" 2>&1) || true
	[ "$said" = "$2" ] || fail "$1" "it is $said, not $2"
}

try_same() {
	fresh
	mode=off
	check --out "$out" --jobs 2
	judge 'all the same' 0 "$out/off.log" 'all                 6      6' \
		'signal              3      3'
	[ "$(runs signal/deep/c) $(runs check-top)" = '2 2' ] ||
		fail 'all the same' 'not each has run once on each side'
	check --out "$out"
	judge 'stock results kept' 0 'all                 6      6'
	[ "$(runs nptl/d) $(runs nptl/data) $(runs check-top)" = '1 1 1' ] ||
		fail 'stock results kept' 'not only the pure side ran'
	check --out "$out" --keep
	judge --keep 0 'nothing has changed' 'all                 6      6'
	[ "$(runs nptl/d)" = 1 ] || fail --keep 'a test ran'
	rm "$out/off/signal"
	check --out "$out" --keep
	judge '--keep, and a result missing' 0 'all                 6      6'
	[ "$(runs nptl/d) $(runs signal/a)" = '1 2' ] ||
		fail '--keep, and a result missing' 'not what was missing ran'
	check --out "$out" --fresh --subdirs nptl/d,signal/deep/c
	judge --fresh 0 'all                 2      2'
	[ "$(runs nptl/d)" = 2 ] || fail --fresh 'not both sides ran'
	printf '%s\n' signal/b '# signal/c' '' nptl/d signal/a >"$core"
	check --out "$out" --subdirs core
	judge 'by name' 0 'all                 3      3'
	[ "$(runs nptl/d) $(runs signal/b) $(runs signal/a)" = '1 2 2' ] ||
		fail 'by name' 'not what there was no result of'
	[ "$(grep -c '^== .*/signal/' "$out/off.log")" = 2 ] ||
		fail 'by name' 'more than one make for signal on each side'
	echo 'source other' >>"$build/stock-glibc.work/obj/.inputs"
	check --out "$out" --subdirs nptl
	judge 'another stock build' 0
	[ "$(runs nptl/d)" = 2 ] || fail 'another stock build' 'results kept'
	sed -i "s|env; ls|touch $checkout/runtime/new.c; &|" "$glibc/Rules"
	check --out "$out" --subdirs nptl/d
	judge 'a changed runtime' 2 'changed while the tests ran: runtime'
	grep -q another "$build/pure-glibc.work/obj/.unclean" ||
		fail 'a changed runtime' 'the objects may be installed'
	[ ! -e "$tmp/report" ] || fail 'the report of sites' 'it was written'
	grep -q "gcc -fplugin=p $checkout/glibc-build-scripts/overlay sys" \
		"$out/off.log" || fail 'the arguments of make' 'others'
	# ls's own comes last.
	[ "$(tail -n 4 "$build/pure-glibc.work/obj/nptl/d.out" | xargs)" = \
		'0 1 2 3' ] || fail 'descriptors' 'not those three'
}

try_different() {
	fresh
	mode=off
	both signal/a PASS FAIL
	both signal/b PASS 'FAIL FAIL PASS'
	both signal/deep/c FAIL PASS
	both nptl/d UNSUPPORTED UNSUPPORTED
	rm "$build/pure-glibc.work/obj/check-top"
	check --out "$out"
	judge 'differences' 1 \
		'signal/a: stock PASS PASS PASS PASS, pure FAIL FAIL' \
		'signal/b: stock PASS PASS PASS, pure FAIL FAIL PASS' \
		'check-top: stock PASS PASS PASS PASS, pure UNRESOLVED' \
		"$out/off/output"
	is '["all"]["same"]' 2
	is '["all"]["tests"]' 6
	is '["subdirs"]["signal"]["only_pure"][0]["test"]' signal/a
	is '["subdirs"]["signal"]["only_stock"][0]["test"]' signal/deep/c
	is '["subdirs"]["signal"]["unstable"][0]["test"]' signal/b
	is '["subdirs"]["."]["only_pure"][0]["pure"][0]' UNRESOLVED
	is '["subdirs"]["nptl"]["same"]' 2
	for side in stock pure; do
		[ -s "$out/off/output/$side/signal/a.out" ] ||
			fail 'the output' "signal/a of $side isn't there"
	done
	check --out "$out" --keep
	judge '--keep after a failure' 1 'signal/a: stock PASS'
	[ "$(runs nptl/d)" = 1 ] ||
		fail '--keep after a failure' 'the pure results were kept'
	both nptl/d FAIL FAIL
	check --out "$out" --fresh --subdirs nptl
	judge 'fails on both' 0 'nptl/d: stock FAIL FAIL FAIL FAIL, pure FAIL'
	is '["all"]["both"][0]["test"]' nptl/d
	both nptl/d 'FAIL PASS' FAIL
	check --out "$out" --fresh --subdirs nptl
	judge 'fails on both at first' 1 'nptl/d: stock FAIL PASS'
	both nptl/d PASS PASS
	check --out "$out" --fresh --subdirs nptl
	judge 'without the different' 0 'all                 2      2'
	rm "$build/stock-glibc.work/obj/nptl/d"
	check --out "$out" --fresh --subdirs nptl/d
	judge 'a test that cannot be made' 2 'make for nptl on the stock'
	both nptl/d PASS PASS
	# Better or worse, by the word.
	both signal/a XFAIL UNSUPPORTED
	both signal/b XFAIL XPASS
	both signal/deep/c UNSUPPORTED FAIL
	check --out "$out" --fresh --subdirs signal
	judge 'other words' 1
	is '["all"]["only_pure"][0]["test"]' signal/a
	is '["all"]["only_pure"][1]["test"]' signal/deep/c
	is '["all"]["only_stock"][0]["test"]' signal/b
}

# The stock side runs what did not pass on the pure one.
try_failed() {
	fresh
	mode=off
	check --out "$out" --stock failed
	judge 'all pass' 0 'all                 6      0      6'
	[ "$(runs nptl/d) $(runs check-top)" = '1 1' ] ||
		fail 'all pass' 'the stock side ran some'
	both signal/a PASS FAIL
	both nptl/d UNSUPPORTED UNSUPPORTED
	rm "$build/pure-glibc.work/obj/signal/b"
	check --out "$out" --fresh --stock failed
	judge 'stock runs what failed' 1 'signal/a: stock PASS PASS' \
		'signal/b: stock PASS PASS'
	is '["all"]["same"]' 2
	is '["all"]["passed"]' 2
	is '["subdirs"]["signal"]["same"]' 1
	[ "$(runs nptl/data) $(runs signal/deep/c)" = '1 2' ] ||
		fail 'stock runs what failed' 'it ran others'
	results pure signal/a PASS
	results pure signal/b PASS
	check --out "$out" --keep --stock failed
	judge 'nothing failed' 0
	check --out "$out" --keep --stock failed
	judge 'kept' 0 'nothing has changed' 'all                 6'
}

# A part of a test is no test where it could be made.
try_part() {
	echo 'PASS: a/test' >"$tmp/stock"
	printf '%s\n' 'UNRESOLVED: a/part' 'PASS: a/test' >"$tmp/pure"
	status=0
	"$scripts/check-compare.py" --mode off "$tmp/stock" "$tmp/pure" \
		>"$tmp/said" 2>&1 || status=$?
	judge 'a part that fails' 1 'a/part: stock MADE, pure UNRESOLVED'
	echo 'BROKEN: a/test' >"$tmp/pure"
	status=0
	"$scripts/check-compare.py" --mode off "$tmp/stock" "$tmp/pure" \
		>"$tmp/said" 2>&1 || status=$?
	judge 'no line of results' 2 "$tmp/pure:1"
}

try_modes() {
	fresh
	mode=isolated
	both signal/a PASS FAIL
	printf 'isolated signal/%s\n' 'a a reason of mine' 'b it passes' \
		>>"$versions/2.36/check-expected"
	check --mode isolated --out "$out"
	judge 'mode isolated' 0 'signal/a: stock PASS' 'a reason of mine' \
		"and it doesn't: signal/b"
	is '["all"]["expected"][0]["reason"]' 'a reason of mine'
	pure=$build/pure-glibc.work/obj
	grep -q -x "\* $pure/pure-handler.so" "$pure/handlers" ||
		fail 'mode isolated' 'ld.so finds no handler'
	[ -s "$pure/.unclean" ] || fail 'mode isolated' 'it may be installed'
	[ ! -e "$build/stock-glibc.work/obj/handlers" ] ||
		fail 'mode isolated' 'a handler on the stock side'
	cp "$build/handlers/pass.so" "$tmp/other.so"
	echo other >>"$tmp/other.so"
	check --mode isolated --out "$out" --keep --handler "$tmp/other.so" \
		--subdirs signal/b
	judge 'another handler' 0 'all                 1      1'
	cmp "$tmp/other.so" "$pure/pure-handler.so" ||
		fail 'another handler' 'the tests have not had it'
	mode=pass
	check --mode pass --out "$out"
	judge 'expected in another mode' 1 'signal/a: stock PASS'
	grep -q 'handler: pass' "$pure/misc/pure-handler.o" ||
		fail 'mode pass' 'the pointer was not compiled again'
	[ -s "$pure/.unclean" ] || fail 'mode pass' 'it may be installed'
	mode=off
	results pure signal/a PASS
	echo 'off without a reason' >"$tmp/said"
	check --out "$out"
	judge 'mode off after pass' 0
	grep -q -x 'handler: ' "$pure/misc/pure-handler.o" ||
		fail 'mode off after pass' 'the handler is still there'
	[ ! -e "$pure/.unclean" ] || fail 'mode off after pass' 'unclean'
	sed -i 's/pure-initial-handler/nothing/' "$glibc/Makefile"
	check --mode pass --out "$out"
	judge 'a handler that is not there' 2 'mode pass isn'
}

# interrupt SIGNAL: send it while signal/b runs.
interrupt() {
	fresh
	mode=off
	sed -i "s|env; ls|[ \$* != signal/b ] \|\| [ -e $tmp/quick ] \|\| {\
		touch $tmp/began; sleep 20; }; &|" "$glibc/Rules"
	# What a shell starts in the background ignores SIGINT.
	PATH=$bin env --default-signal=INT \
		"$checkout/glibc-build-scripts/check-glibc.sh" --out "$out" \
		--jobs 1 >"$tmp/said" 2>&1 &
	script=$!
	waited=0
	until [ -e "$tmp/began" ] || [ "$waited" -gt 3000 ]; do
		sleep 0.1
		waited=$((waited + 1))
	done
	kill -"$1" "$script"
	status=0
	wait "$script" 2>/dev/null || status=$?
}

try_interrupt() {
	interrupt "$1"
	judge "interrupted by $1" "$2" 'run it again'
	touch "$tmp/quick"
	check --out "$out"
	judge "a run after $1" 0 'all                 6      6'
	[ "$(runs nptl/d) $(runs signal/a)" = '2 2' ] ||
		fail "a run after $1" "what had run ran again"
	rm "$tmp/quick" "$tmp/began"
}

try_options
try_trees
try_expected
try_same
try_different
try_failed
try_part
try_modes
try_interrupt INT 130
try_interrupt TERM 143
[ "$failures" = 0 ]
