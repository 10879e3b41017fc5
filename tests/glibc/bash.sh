#!/bin/sh
# bash on the pure glibc: a script with pipes, subshells, traps and jobs.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
. "$(dirname "$0")/compare.inc"

need bash

scenario() {
	cat >script <<'EOF'
trap 'echo exit trap $?' EXIT
trap 'echo got USR1' USR1
set -o pipefail
echo one two three | tr ' ' '\n' | sort -r | while read -r w; do echo "<$w>"; done
(cd / && pwd; exit 3) || echo "subshell $?"
x=$(printf '%s' a b c | wc -c); echo "x=$x"
kill -USR1 $$
sleep 0.1 & wait $!; echo "waited $?"
for i in 1 2 3; do (sleep 0.0$i; exit $i) & done
for i in 1 2 3; do wait -n; done; echo "jobs done"
false | true || echo "pipefail"
cat <<HERE | md5sum
here document $((6 * 7))
HERE
diff <(echo a) <(echo b)
echo "diff $?"
(ulimit -c 0; kill -TERM $BASHPID) 2>/dev/null; echo "signal $?"
exec 3>file; echo to-three >&3; exec 3>&-; cat file
exit 5
EOF
	run bash script || echo "bash said $?"
}

compare_all
