#!/bin/sh
# trace writes the calls that strace -f sees natively: the same in each process, by name
# and number, from when the program has started; compare-calls.py.  Ten trees of
# processes, or as many as are installed.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# shellcheck disable=SC2016 # what is quoted is for others to expand
set -eu
# shellcheck source=../start/common.inc
. "$(dirname "$0")/../start/common.inc"

for tool in 'strace -o /dev/null true' 'python3 -V'; do
	$tool >/dev/null 2>&1 || {
		echo "this can't be used here: $tool"
		exit 77
	}
done
python=$(python3 -c 'import sys; print(sys.executable)')
PATH=$(dirname "$(realpath "$python")"):$PATH
printf 'int main(void) { return 0; }\n' >one.c
printf 'all: one two\none: one.c\n\t$(CC) -o $@ $<\ntwo: one\n\tcp one two\n' >Makefile
printf '#!/usr/bin/env -S sh -e\necho "$0"; ./no-line; nonexistent || exec perl -e "exit 3"\n' >script
printf 'echo in | cat\n' >no-line
chmod +x script no-line
cat >script.py <<'EOF'
import subprocess, sys
for fds in True, False:
    subprocess.run(["sh", "-c", "echo in | cat; exit 3"], close_fds=fds)
subprocess.run([sys.executable, "-S", "-c", "print(1)"])
EOF
export LC_ALL=C

# Each line is a command, of which sh does no more than to execute it.
cat >commands <<'EOF'
sh -c 'echo one | tr o 0; for i in 1 2; do (echo "$i"; /bin/true) >>out; done; sort out'
dash -c './script; exit $?'
bash -c 'echo $(echo in) | cat; (exec -a other sh -c "echo \$0"); cat <(echo x) | cat; exit 4'
perl -e 'print `$^X -e "print 42"`; system("echo in; exit 3"); exec "true"'
python3 -S script.py
make -B CC=cc
find . -maxdepth 1 -name '*.c' -exec cat {} ;
xargs -n1 echo
tar -czf one.tar.gz one.c
git -c user.name=a -c user.email=b@c commit -q --allow-empty -m message
env -i sh -c 'ls / >out; sort out | head -n 3'
clang one.c -o one
EOF

# prepare: what a command finds.
prepare() {
	rm -rf one two out one.tar.gz .git
	! command -v git >/dev/null || git init -q .
	echo a b c >input
}

# judge COMMAND: once, if that is enough: a signal may come earlier, or later.
judge() {
	rm -f strace.* trace.*
	for run in 1 2 3 4 5 6 7 8 9; do
		prepare
		sh -c "exec strace -f -o strace.$run $1" <input >/dev/null 2>&1 || :
		prepare
		sh -c "exec \"$PURECC_BUILD/pure-run\" --quiet --glibc \"$PURECC_GLIBC\" \
			--handler trace -o trace.$run -- $1" <input >/dev/null 2>&1 || :
		"$python" "$directory/compare-calls.py" strace.* -- trace.* >verdict &&
			return 0
	done
	return 1
}

count=0
while IFS= read -r line; do
	command -v "${line%% *}" >/dev/null || continue
	judge "$line" <&- || fail "$line"
	count=$((count + 1))
	echo "$run runs: $line"
	cat verdict
done <commands
[ "$count" -ge 10 ] || fail "only $count trees of processes"
exit "$failed"
