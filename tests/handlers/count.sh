#!/bin/sh
# What count counts is what strace -c does, over all processes of a run; the table comes
# from the last that ends, and while it runs if it is to.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
# shellcheck source=common.inc disable=SC1091
. "$(dirname "$0")/common.inc"
need strace /usr/bin/python3
build count
cd "$work"

# rows FILE CALL...: calls and errors of these, one a line.
rows() {
	file=$1
	shift
	for call; do
		awk -v call="$call" '$NF == call {
			print call, $4, NF == 6 ? $5 : 0 }' "$file"
	done
}

# as_strace CALLS COMMAND...: of CALLS it counts the same.
as_strace() {
	calls=$1
	shift
	strace -f -c -o strace.table "$@" >strace.out 2>&1
	rm -rf directory
	under count -o count.table -- "$@" >count.out 2>&1
	# shellcheck disable=SC2086
	rows strace.table $calls >strace.rows
	# shellcheck disable=SC2086
	rows count.table $calls >count.rows
	cmp -s strace.rows count.rows || {
		fail "counted otherwise: $*"
		diff strace.rows count.rows || :
	}
	[ -s count.rows ] || fail "nothing is counted: $*"
}
as_strace 'getppid chdir umask wait4 clone' "$work/count"
grep -qx 'getppid 7000 0' count.rows || fail "getppid: $(cat count.rows)"
grep -qx 'chdir 1400 700' count.rows || fail "chdir: $(cat count.rows)"
# shellcheck disable=SC2016 # it is for that shell
as_strace 'write getdents64 mkdir unlinkat symlink renameat2 rmdir wait4 pipe2 dup2' \
	sh -c 'mkdir directory; touch directory/1 directory/2
		ls directory; cat directory/1 | wc -c; mkdir new; ln -s a new/b; rm -r new
		rmdir nothing; mv directory/1 directory/3; for i in 1 2 3; do echo $i; done'
as_strace 'write lseek unlink rename' /usr/bin/python3 -S -c 'import os
for i in range(100): os.write(1, b"x")
open("f", "w").write("y"); os.rename("f", "g"); os.unlink("g")'

# What ends in a namespace of its own, or another root, isn't the last that ends.
if unshare --pid --fork --mount-proc true 2>/dev/null; then
	as_strace 'mkdir rmdir' sh -c 'unshare --pid --fork --mount-proc sh -c "mkdir new; rmdir new; true"; mkdir new
		rmdir new'
	as_strace 'mkdir chroot' sh -c 'rm -rf directory; /usr/bin/python3 -S -c "import os
os.mkdir(\"directory\"); os.chroot(\"directory\")"; mkdir directory/new'
fi

# As strace writes it, but for the last column's width, which is another in newer ones.
sed -n '1,2s/ -*$//p' strace.table >strace.head
sed -n '1,2s/ -*$//p' count.table >count.head
diff strace.head count.head || fail 'another heading'
tail -n 1 count.table | grep -qE '^100\.00 +[0-9.]+ +[0-9]+ +[0-9]+ +[0-9]+ total$' ||
	fail "the total: $(tail -n 1 count.table)"

# On standard error, where the program ends; by file, by descriptor, as JSON.
under count -- "$work/count" 2>printed
grep -q ' 7000           getppid$' printed || fail 'standard error'
echo text >file
under count -o printed -O by=file -- sh -c 'wc -c <file; cat ./file file' >"$work/out"
[ "$(awk -v file="$work/file" '$NF == file { print $4 }' printed)" -ge 5 ] || {
	fail 'by file'
	cat printed
}
under count -o printed -O by=fd -- sh -c 'exec 7<file; cat <&7' >"$work/out"
awk '$NF == 7' printed | grep -q . || fail 'by descriptor'
under count -o printed -O json -O times -O sort=name -- "$work/count"
/usr/bin/python3 -c 'import json
[table] = [json.loads(line) for line in open("printed")]
rows = {row["name"]: row for row in table["rows"]}
assert rows["getppid"]["calls"] == 7000 and rows["chdir"]["errors"] == 700, rows
assert list(rows) == sorted(rows), rows
for row in rows.values():
    assert row["p50"] <= row["p99"] <= row["max"] <= row["nanoseconds"], row' ||
	fail 'JSON'
under count -o printed -O by=file -O json -- cat '/nonexistent/"\é' 2>errors || :
/usr/bin/python3 -c 'import json; json.load(open("printed"))' || fail 'JSON of odd names'
for sort in calls errors max time name; do
	under count -o printed -O times -O sort=$sort -- "$work/count"
	case $sort in
	calls) awk '{ print $4 }' printed ;;
	errors) awk 'NF == 9 { print $5 } NF == 8 { print 0 }' printed ;;
	max) awk '{ print $(NF - 1) }' printed ;;
	time) awk '{ print $2 }' printed ;;
	name) awk '{ print $NF }' printed ;;
	esac | sed '1,2d' | head -n -2 >column
	if [ "$sort" = name ]; then
		LC_ALL=C sort -c column || fail "sort=$sort"
	else
		sort -c -rn column || fail "sort=$sort"
	fi
done

# The last that ends writes it, whoever was killed.
under count -o printed -- sh -c 'sh -c "kill -9 \$\$" || :
	(until [ -e go ]; do sleep 0.01; done; mkdir last; : >done) & :' 2>errors
[ ! -s printed ] || fail 'the table is there before the end'
touch go
tries=0
until grep -q ' total$' printed || [ $((tries += 1)) -gt 3000 ]; do sleep 0.01; done
grep -q ' mkdir$' printed || fail 'what the last process does is not counted'
[ "$(grep -c ' total$' printed)" -eq 1 ] || fail 'more than one table'

# A process that sandboxes itself ends as natively, and its table is there before.
outcome native "$work/count" sandbox
outcome counted under count -o printed -- "$work/count" sandbox
same 'a sandbox' native counted
grep -q ' 1           chdir$' printed || fail 'a sandbox: no table'

# A table each so often.
# shellcheck disable=SC2016 # it is for that shell
under count -o live -O interval=1ms -- sh -c 'until [ "$(grep -c " total$" live)" -ge 2 ]; do
	sleep 0.01; done'
[ "$(grep -c ' total$' live)" -ge 3 ] || fail 'interval'

start=$(date +%s%N)
under count -o printed -O start="$start" -- "$work/count"
for directory in /dev/shm /tmp; do
	[ ! -e "$directory/purecc-count-$start" ] || fail "$directory: something is left"
done
refused "option by: \`callers' is none of them" under count -O by=callers -- true
exit "$failed"
