#!/bin/sh
# cpython-compare.py tells same, unstable and different apart, and goes on
# after a test that kills or blocks its process.  The pythons here are scripts
# that print what they are given.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
TMPDIR=$work
export TMPDIR
failed=

# For each test there is a file of results in the directory system or pure, a
# line a run, of which the last stays.
cat >"$work/python" <<'EOF'
#!/bin/sh
side=$(dirname "$0")
results=$2
wanted=$3
shift 3
for file in "$side"/*.test; do
	name=$(basename "$file" .test)
	case $wanted in module | "$name") ;; *) continue ;; esac
	case " $* " in *" $name "*) continue ;; esac
	result=$(head -n 1 "$file")
	[ "$(wc -l <"$file")" = 1 ] || sed -i 1d "$file"
	[ "$result" != absent ] || continue
	printf '{"begin": "%s"}\n' "$name" >>"$results"
	case $result in
	killed) kill -9 $$ ;;
	timeout) exec sleep 100 ;;
	exited) exit 3 ;;
	esac
	printf '{"test": "%s", "result": "%s", "text": "why: %s"}\n' \
		"$name" "$result" "$name" >>"$results"
done
printf '{"end": true}\n' >>"$results"
EOF
chmod +x "$work/python"

fresh() {
	rm -rf "$work/system" "$work/pure"
	for side in system pure; do
		mkdir "$work/$side"
		ln -s ../python "$work/$side/python"
	done
	results first ok ok
}

# results TEST SYSTEM PURE: words, one for each run.
results() {
	# shellcheck disable=SC2086
	printf '%s\n' $2 >"$work/system/$1.test"
	# shellcheck disable=SC2086
	printf '%s\n' $3 >"$work/pure/$1.test"
}

# compare WHAT STATUS WORDS...: it ends with STATUS, and says each of WORDS.
compare() {
	what=$1
	wanted=$2
	shift 2
	status=0
	/usr/bin/python3 "$here/cpython-compare.py" --timeout 5 \
		--logs "$work/logs" "$work/system/python" "$work/pure/python" \
		module >"$work/said" 2>&1 || status=$?
	[ "$status" = "$wanted" ] || wrong "exit status $status, not $wanted"
	# Columns are padded: all blanks are as one.
	tr -s ' ' <"$work/said" >"$work/words"
	for words; do
		grep -qF -e "$words" "$work/words" || wrong "no \"$words\""
	done
}

wrong() {
	failed=yes
	echo "FAIL: $what: $1; it said:"
	sed 's/^/    /' "$work/said"
}

fresh
results second skip skip
results third xfail xfail
results fourth fail fail
compare 'the same' 0 'module 4 4 2 1 1 0 0 0' \
	'fourth: system fail, pure fail'

fresh
results second ok fail
results third ok 'fail ok'
results fourth 'error ok' ok
results fifth skip ok
results sixth ok skip
results seventh ok absent
compare 'only on one side' 1 'module 7 1 1 0 0 3 1 2' \
	'second: system ok ok ok ok, pure fail fail fail fail' 'why: second' \
	'third: system ok ok, pure fail ok' \
	'fourth: system error ok, pure ok ok' \
	'fifth: system skip skip skip skip, pure ok ok ok ok' \
	'sixth: system ok ok ok ok, pure skip skip skip skip' \
	'seventh: system ok ok ok ok, pure none none none none'

fresh
results second ok killed
results third 'timeout ok' ok
results fourth exited exited
results ninth fail fail
compare 'processes that end' 1 'module 5 3 1 0 2 1 0 1' \
	'second: system ok ok ok ok, pure killed killed killed killed' \
	'third: system timeout ok, pure ok ok' \
	'fourth: system exited, pure exited'

fresh
results first skip skip
compare 'nothing passes' 2 'no test passes'

[ -z "$failed" ]
