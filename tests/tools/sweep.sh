#!/bin/sh
# pure-sweep: that it finds what there is to be found in a program with mistakes, and
# nothing in one without; that what it prints repeats it; that it can be resumed.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck disable=SC2016 # what a shell gets is for itself to expand

set -eu
# shellcheck source=common.inc disable=SC1091
. "$(dirname "$0")/common.inc"
need_glibc
/usr/bin/python3 -c 'import concurrent.futures, html.parser, json' 2>/dev/null || {
	echo 'there is no /usr/bin/python3 with all of its library: install python3'
	exit 77
}
cd "$work"
export LC_ALL=C TMPDIR="$work/tmp"
mkdir tmp tree tree/empty
echo content >tree/file
chmod 600 tree/file
cc=${CC:-cc}
"$cc" -g "$root/tests/tools/sweep.c" -o sweep

# is_left FILE: is it nobody's? Another run's, of another test, may start or end.
is_left() {
	for _ in 1 2 3 4 5; do
		[ -e "$1" ] || return 1
		! grep -qsF "$1" /proc/[0-9]*/maps || return 1
		sleep 0.2
	done
}

# sweep STATUS ARGS...: it ends with STATUS; what it prints is in out and err.
sweep() {
	expected=$1
	shift
	status=0
	timeout 300 "$PURECC_BUILD/pure-sweep" --glibc "$PURECC_GLIBC" "$@" \
		>out 2>err </dev/null || status=$?
	[ "$status" = "$expected" ] || {
		fail "$*: exit status $status"
		head -n 20 out err
	}
	[ -z "$(ls tmp)" ] || fail "$*: it leaves files: $(ls tmp)"
	find /dev/shm -maxdepth 1 -name 'purecc-inject-*' -newer sweep >memory
	while read -r file; do
		! is_left "$file" || fail "$*: it leaves memory: $file"
	done <memory
}

# query FILE EXPRESSION: what Python makes of report R, a line each.
query() {
	/usr/bin/python3 -c 'import json, sys
R = json.load(open(sys.argv[1]))
F = [dict(f, group=g) for g in R["groups"] for f in g["findings"]]
print(*eval(sys.argv[2]), sep="\n")' "$1" "$2"
}

calls=chdir,rmdir,access,faccessat2,unlink,symlink,link,mkdir
all() {
	sweep 1 --dir tree --timeout 2 --errors EIO,EACCES,ENOENT --calls "$calls" "$@" \
		-- "$work/sweep"
}

all --json report.json --html report.html --out whole
query report.json '(f["kind"] + " " + f["call"] + " " + f["error"] for f in F)' |
	sort >found
cat >wanted <<'END'
crash chdir EACCES
crash chdir EIO
crash chdir ENOENT
crash symlink EACCES
crash symlink EIO
crash symlink ENOENT
hang rmdir EACCES
hang rmdir ENOENT
output link EACCES
output link EIO
output link ENOENT
output unlink EACCES
output unlink EIO
output unlink ENOENT
END
diff wanted found || fail 'it finds other things'
query report.json '(str(R["counts"][k]) for k in ("runs", "failed", "missed"))' |
	tr '\n' ' ' >counts
[ "$(cat counts)" = '24 2 0 ' ] || fail "counts: $(cat counts)"
find tree | sort | tr '\n' ' ' | grep -qx 'tree tree/empty tree/file ' ||
	fail 'a run has worked in the directory itself'
query report.json '(g["what"] for g in R["groups"] if g["kind"] == "output")' |
	sort >found
cat >wanted <<'END'
its files are others, and it says nothing
its output is another and its files are others, and it says so
END
diff wanted found || fail 'what is different'
grep -q '^1\. it crashes: SIGSEGV (' out || fail "table: $(cat out)"
if command -v gdb >none; then
	# Both calls lead to one function by two ways.
	query report.json '(" ".join(f.split()[0] for f in g["stack"])
		for g in R["groups"] if g["kind"] in ("crash", "hang"))' >found
	printf '%s\n' 'crash main' 'crash in_child main' 'hang main' | sort >wanted
	sed 's/^.*pause //' found | sort | diff wanted - || fail 'stacks'
fi

# What is printed repeats it: in a copy, as the command line is.
query report.json '(f["command"] for f in F if f["call"] == "chdir")' | head -n 1 >repeat
query report.json '(f["command"] for f in F if f["call"] == "unlink")' | head -n 1 >>repeat
sed -i 's/--handler inject/& -O start=1/' repeat
while read -r command; do
	rm -rf copy
	cp -a tree copy
	status=0
	# It may be killed, and leaves its memory then.
	(cd copy && sh -c "exec $command") >repeated 2>&1 || status=$?
	rm -f /dev/shm/purecc-inject-1
	echo "$status $(cd copy && echo ./*)"
done <repeat >found 2>none
cat >wanted <<'END'
139 ./empty ./file
0 ./file ./link ./new ./other
END
diff wanted found || fail 'the commands repeat something else'

# It is a page, with all that was found.
/usr/bin/python3 -c 'import html.parser, sys
class Parser(html.parser.HTMLParser):
    found = 0
    def handle_starttag(self, tag, attributes):
        self.found += tag == "tr"
parser = Parser()
parser.feed(open("report.html").read())
sys.exit(parser.found != 14)' || fail 'HTML'

# Resumed after some runs, and after a line that isn't whole, it finds the same.
all --out begun --limit 7
[ "$(wc -l <begun/runs.jsonl)" = 7 ] || fail 'limit: other runs'
printf '{"number": 8, "ke' >>begun/runs.jsonl
status=0
timeout 300 "$PURECC_BUILD/pure-sweep" --resume begun --json - >resumed.json </dev/null ||
	status=$?
[ "$status" = 1 ] || fail "resume: exit status $status"
for report in report.json resumed.json begun/report.json whole/report.json; do
	query "$report" '(f["kind"] + " " + f["command"] + f["what"] for f in F)' >"$report.found"
	diff report.json.found "$report.found" || fail "$report: something else"
done
[ "$(wc -l <begun/runs.jsonl)" = 24 ] || fail 'resume: other runs'
diff -r whole/findings begun/findings || fail 'resume: other findings'
[ -s begun/report.html ] || fail 'resume: no page'

# Interrupted, it says how it goes on, and does.
"$PURECC_BUILD/pure-sweep" --glibc "$PURECC_GLIBC" --out stopped --calls openat -- \
	sh -c 'sleep 0.3; exec cat sweep' >out 2>err </dev/null &
until [ -s stopped/runs.jsonl ] || ! kill -0 $!; do
	sleep 0.1
done
kill $!
status=0
wait $! || status=$?
[ "$status" = 130 ] || fail "interrupted: exit status $status"
grep -qx 'pure-sweep: interrupted after [0-9]* of [0-9]* runs; pure-sweep --resume stopped goes on' err ||
	fail "interrupted: $(cat err)"
grep -q '[0-9]* runs: ' out || fail 'interrupted: no table'
[ -s stopped/report.html ] || fail 'interrupted: no page'

# A sanitizer's report.
if "$cc" -g -fsanitize=address "$root/tests/tools/sweep.c" -o sanitized 2>none; then
	sweep 1 --dir tree --errors EIO --calls access,faccessat2 --json report.json \
		-- "$work/sanitized"
	query report.json '(g["kind"] + ": " + g["what"] + ": " + g["stack"][0].split()[0]
		for g in R["groups"])' >found
	echo 'sanitizer: ERROR: AddressSanitizer: heap-use-after-free: use_after_free' |
		diff - found || fail 'sanitizer'
fi

# Nothing is wrong: as a handler of one's own would see it, each fault was there.
sweep 0 --errors EIO,ENOSPC --calls write --stdin tree/file -- \
	sh -c 'tr a a >file && cmp "$0" file' "$work/tree/file"
grep -q ' 0 never came to it$' out || fail "not injected: $(cat out)"
sweep 0 --calls uname,sysinfo,getppid -- sh -c 'echo $PPID >file; exit 7'
grep -q '^0 runs:' out || fail "getppid has errors: $(cat out)"

# Of the calls from one place, the first, or so many as are asked for; where it isn't
# known, all.
loop='for i in 1 2 3 4 5; do cd /; done; cd /tmp'
for each in '--each 1' '--each 2' '--each 0' ''; do
	# shellcheck disable=SC2086 # they are words
	sweep 0 --calls chdir --errors EACCES $each -- sh -c "$loop; exit 0"
	sed 's/ .*//' out
done | tr '\n' ' ' >found
[ "$(cat found)" = '2 3 6 2 ' ] || [ "$(cat found)" = '6 6 6 6 ' ] ||
	fail "places: $(cat found)"

# A child by its name; a program that writes without end; one whose output is another
# each time.
sweep 1 --calls chdir --errors EACCES --json report.json -- \
	sh -c 'cd /; (sh -c "cd /usr || kill -SEGV \$\$"; :); cd /; exit 0'
query report.json '(f["kind"] + " " + w for f in F
	for w in f["command"].split() if w.startswith("inject="))' >found
echo 'crash inject=chdir:error=EACCES:when=1:thread=1.1.1' | diff - found ||
	fail 'a child'
sweep 1 --calls chdir --errors EACCES -- sh -c 'cd / || cat /dev/zero; echo end'
grep -q 'it hangs: it writes without end' out || fail "endless: $(cat out)"
sweep 0 --calls write --errors EIO,EINTR -- sh -c 'echo $$; cd /; :'
grep -q "the output isn't the same each time" err || fail 'unstable'

# On a terminal it says how far it is.
/usr/bin/python3 -c 'import os, pty, sys
status = pty.spawn(sys.argv[1:], lambda fd: os.read(fd, 1024))
sys.exit(os.waitstatus_to_exitcode(status))' "$PURECC_BUILD/pure-sweep" \
	--glibc "$PURECC_GLIBC" --calls openat --errors EIO,EINTR -- true >terminal </dev/null || :
grep -q '\[#*-*\] [0-9]*/[0-9]*  found: 0  left: 0:' terminal ||
	fail "no progress: $(cat terminal)"

# What is wrong is said.
says 2 'no command' "$PURECC_BUILD/pure-sweep"
says 2 'unrecognized arguments: --what' "$PURECC_BUILD/pure-sweep" --what
for wrong in '-j 0' '--timeout soon' '--timeout 0' '--errors ENOTHING' '--dir nowhere' \
	'--stdin nowhere' '--out tree' '--resume nowhere' '--each x'; do
	# shellcheck disable=SC2086 # they are words
	says 2 "${wrong%% *}" "$PURECC_BUILD/pure-sweep" --glibc "$PURECC_GLIBC" $wrong -- true
done
says 2 'invalid system call' "$PURECC_BUILD/pure-sweep" --glibc "$PURECC_GLIBC" \
	--calls nothing -- true
says 2 "can't be run" "$PURECC_BUILD/pure-sweep" --glibc "$PURECC_GLIBC" -- nowhere
says 2 'ends by signal 11' "$PURECC_BUILD/pure-sweep" --glibc "$PURECC_GLIBC" -- \
	sh -c 'kill -SEGV $$'
says 2 'leave COMMAND out' "$PURECC_BUILD/pure-sweep" --resume whole -- true
says 2 'no sweep that can be resumed' "$PURECC_BUILD/pure-sweep" --resume tree
says 2 "isn't empty; --resume" "$PURECC_BUILD/pure-sweep" --out whole -- true
exit "$failed"
