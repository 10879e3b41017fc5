#!/bin/sh
# Nothing escapes: real programs on the pure glibc under an isolated handler
# that passes everything through, watched from outside.  Each call that the
# kernel sees must come from the gateway; what check-trace.py lets pass besides
# stands there.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
. "$(dirname "$0")/../glibc/compare.inc"
need strace python3
strace -o /dev/null true 2>/dev/null || {
	echo "strace can't be used here"
	exit 77
}

work=$(mktemp -d)
servers=
cleanup() {
	for pid in $servers; do kill "$pid" 2>/dev/null || true; done
	rm -rf "$work"
}
trap cleanup EXIT
cd "$work"
failed=
watched=0

# judge NAME: look at NAME.trace.
judge() {
	if ! /usr/bin/python3 "$root/tests/coverage/check-trace.py" \
		--libc "$PURECC_GLIBC/lib/x86_64-linux-gnu/libc.so.6" \
		--loader "$PURECC_GLIBC/lib64/ld-linux-x86-64.so.2" \
		--starter "$PURECC_BUILD/pure-start.so" "$1.trace" >"$1.verdict"; then
		failed=yes
	fi
	watched=$((watched + 1))
	printf '%-12s %s\n' "$1" "$(tail -n 1 "$1.verdict")"
	grep '^escaped' "$1.verdict" | sort | uniq -c | head -n 20 || true
}

# watch NAME PROGRAM ARGS...: run it, and judge it.
watch() {
	name=$1
	shift
	command -v "$1" >/dev/null || {
		printf '%-12s %s\n' "$name" "not installed"
		return 0
	}
	strace -f -i -y -o "$name.trace" "$pure_run" --glibc "$PURECC_GLIBC" \
		--handler "$PURECC_BUILD/handlers/pass.so" -- "$@" >"$name.out" 2>&1 </dev/null || {
		printf '%-12s exit status %s\n' "$name" $?
		tail -n 5 "$name.out"
		failed=yes
	}
	judge "$name"
}

# serve NAME PROGRAM ARGS...: start a server, to be judged when it has ended.
serve() {
	name=$1
	shift
	timeout 60 strace -f -i -y -o "$name.trace" "$pure_run" --glibc "$PURECC_GLIBC" \
		--handler "$PURECC_BUILD/handlers/pass.so" -- "$@" >"$name.out" 2>&1 </dev/null &
	server=$!
	servers="$servers $server"
}

# wait_for COMMAND...: until it succeeds.
wait_for() {
	for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
		"$@" >/dev/null 2>&1 && return 0
		sleep 0.5
	done
	echo "this never worked: $*"
	failed=yes
}

cat >script.bash <<'E2'
for i in 1 2 3; do (echo "subshell $i"); done | sort -r | while read -r x; do echo "$x"; done
trap 'echo trapped' USR1; kill -USR1 $$; sleep 0.1 & wait
E2
cat >script.py <<'E2'
import os, socket, subprocess, threading, time
threads = [threading.Thread(target=time.sleep, args=(0.01,)) for _ in range(20)]
for t in threads: t.start()
for t in threads: t.join()
print(subprocess.run(["echo", "child"], capture_output=True).stdout)
a, b = socket.socketpair(); a.send(b"x"); b.recv(1)
if os.fork() == 0: os._exit(0)
os.wait()
print(time.time(), time.clock_gettime(0))
E2
cat >prog.c <<'E2'
#include <stdio.h>
int main (void) { puts ("compiled"); return 0; }
E2
mkdir repo && seq 1000 >repo/file
seq 20000 | sed 's/$/ words on a line/' >words

watch bash bash script.bash
watch python3 /usr/bin/python3 script.py
# shellcheck disable=SC2016
watch perl perl -e 'print `echo backtick`; if (!fork) { exit 0 } wait; sleep 0; select undef, undef, undef, 0.01'
watch git-init git init -q repo
watch git-add git -C repo add file
watch git-commit git -C repo -c user.name=t -c user.email=t@t commit -q -m first
watch git-gc git -C repo gc -q
watch sqlite3 sqlite3 test.db 'create table t(a); insert into t values(1); select count(*) from t'
watch tar tar -czf etc.tar.gz -C /usr/include .
watch gcc gcc -O2 prog.c -o prog
watch prog ./prog
watch ls ls -laR /etc
watch cp cp -a repo copy
watch sort sort --parallel=4 -S 1M words
watch find find /usr/include -name 's*.h' -newermt 1990-01-01
watch sed sed -n 's/a/b/p' words
watch awk awk '{ n += NF } END { print n }' words
watch date date
watch xz xz -T2 -k -c words
watch env env

if command -v redis-server >/dev/null && command -v redis-benchmark >/dev/null; then
	serve redis redis-server --port 16379 --save '' --appendonly no --dir "$work"
	wait_for redis-cli -p 16379 ping
	redis-benchmark -q -p 16379 -n 2000 -c 10 -t set,get,lpush >bench.out 2>&1 || failed=yes
	redis-cli -p 16379 bgsave >/dev/null
	redis-cli -p 16379 shutdown nosave >/dev/null 2>&1 || true
	wait "$server" || true
	judge redis
fi

if command -v nginx >/dev/null && command -v curl >/dev/null; then
	mkdir -p html logs && seq 100 >html/index.html
	cat >nginx.conf <<E2
worker_processes 2;
pid $work/nginx.pid;
error_log $work/logs/error.log;
user root;
events { worker_connections 64; }
http {
	access_log off;
	client_body_temp_path $work/logs; proxy_temp_path $work/logs;
	fastcgi_temp_path $work/logs; uwsgi_temp_path $work/logs; scgi_temp_path $work/logs;
	server { listen 127.0.0.1:18080; root $work/html; }
}
E2
	chmod 755 "$work"
	serve nginx nginx -c "$work/nginx.conf" -g 'daemon off;'
	wait_for curl -sf http://127.0.0.1:18080/
	for _ in 1 2 3 4 5; do
		curl -sf http://127.0.0.1:18080/ | cmp -s - html/index.html || failed=yes
	done
	kill -QUIT "$(cat nginx.pid)"
	wait "$server" || true
	judge nginx
fi

[ "$watched" -ge 15 ] || {
	echo "only $watched programs could be watched"
	exit 1
}
[ -z "$failed" ]
