#!/bin/sh
# bash under a heavy handler: pipes, jobs, traps, coprocesses, here documents, many
# subshells.  BASH_TREE names the directory of bash's source, configured, whose tests
# are then run too.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
[ -z "${BASH_TREE:-}" ] || limit=600
. "$(dirname "$0")/heavy.inc"

need bash

scenario() {
	cat >script <<'EOF'
trap 'echo exit trap $?' EXIT
trap 'echo got USR1' USR1
trap 'children=$((children + 1))' CHLD
set -o pipefail
sum=0
for ((i = 0; i < 300; i++)); do
	(exit $((i % 7))) || sum=$((sum + $?))
	x=$(echo $i | (read -r y; echo $((y * y))))
	sum=$((sum + x))
done
echo "sum $sum"
for i in {1..40}; do
	(for j in {1..50}; do read -r line; echo "$i $line"; done <<< "$(seq 50)") &
done | sort -n | md5sum
wait
for i in {1..100}; do kill -USR1 $$; done
coproc cat
for i in {1..50}; do echo "line $i" >&"${COPROC[1]}"; read -r x <&"${COPROC[0]}"; done
echo "$x"
pid=$COPROC_PID
exec {COPROC[1]}>&-
wait "$pid"; echo "coprocess $?"
declare -A seen
while IFS=: read -r name _; do seen[$name]=1; done < /etc/passwd
echo "${#seen[@]}"
mapfile -t lines < <(seq 1000)
echo "${#lines[@]} ${lines[999]}"
read -r -t 0.1 x < <(sleep 1); echo "timed out: $(($? > 128))"
f() { local n=$1; if ((n)); then f $((n - 1)); else echo deep; fi; }
f 500
sleep 0.1 & wait -n; echo "waited $?"
(ulimit -c 0; kill -SEGV $BASHPID); echo "signal $?"
cat <<HERE | tr a-z A-Z
here document $((6 * 7)) $(printf '%s' {a..z})
HERE
[ "${children:-0}" -gt 300 ] && echo "children were noticed"
exit 5
EOF
	status=0
	under bash script >output 2>&1 || status=$?
	sed 's/line \([0-9]*\): *[0-9]*/line \1:/' output
	echo "bash: $status"
	[ -z "${BASH_TREE:-}" ] || own_tests
}

# shell: a bash of this round's, by name.
make_shell() {
	words='exec'
	[ "$way" = native ] || words="exec $PURECC_BUILD/pure-run --quiet \
		--glibc $PURECC_GLIBC --handler $HEAVY_HANDLER --"
	printf '#!/bin/sh\n%s /bin/bash "$@"\n' "$words" >"$1"
	chmod +x "$1"
}

# Each of its tests, with what it prints; process IDs and times are left out.
own_tests() {
	mkdir build
	for program in recho zecho printenv xcase; do
		gcc -w -DHAVE_CONFIG_H -I"$BASH_TREE" -I"$BASH_TREE/include" \
			"$BASH_TREE/support/$program.c" -o build/$program
	done
	make_shell "$PWD/build/shell"
	export BUILD_DIR="$PWD/build" THIS_SH="$PWD/build/shell" \
		BASH_TSTOUT="$PWD/test.out" TMPDIR="$PWD"
	PATH=$PWD/build:$PATH
	cp -r "$BASH_TREE/tests" tests
	cd tests
	for test in run-*; do
		case $test in run-all | run-minimal | *.orig | *~) continue ;; esac
		echo "== $test"
		timeout 60 sh "$test" 2>&1 | sed "s|$(dirname "$PWD")|HERE|g; s/[0-9]\{4,\}/N/g"
	done
}

compare "$@"
