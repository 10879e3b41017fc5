#!/bin/sh
# Redis under a heavy handler: the server, with threads, snapshots by fork and a log of
# changes, and its benchmark.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
. "$(dirname "$0")/heavy.inc"

need redis-server redis-benchmark redis-cli

cli() {
	redis-cli -s "$PWD/socket" "$@"
}

# serve THREADS: start it; with more than one they never sleep while there is work.
serve() {
	start redis-server --port 0 --unixsocket "$PWD/socket" --dir "$PWD" \
		--appendonly yes --appendfsync everysec --save '5 100' \
		--io-threads "$1" --enable-debug-command yes --logfile "$PWD/log"
	until_works cli ping
}

# saved WORD: wait until the process that saves has ended.
saved() {
	while cli info persistence | grep -q "^$1:1"; do
		sleep 0.1
	done
}

scenario() {
	serve 1
	under redis-benchmark -s "$PWD/socket" -n 20000 -c 20 --csv \
		-t set,get,incr,lpush,rpush,lpop,sadd,hset,spop,zadd,lrange_100,mset |
		cut -d, -f1
	under redis-benchmark -s "$PWD/socket" -n 20000 -c 20 --threads 2 -P 8 --csv \
		-t set,get | cut -d, -f1
	saved rdb_bgsave_in_progress
	cli bgsave >/dev/null
	saved rdb_bgsave_in_progress
	cli bgrewriteaof >/dev/null
	saved aof_rewrite_in_progress
	cli info persistence | tr -d '\r' | grep -E '^(rdb_last_bgsave|aof_last).*status'
	cli dbsize
	digest=$(cli debug digest)
	stop
	serve 2
	[ "$(cli debug digest)" = "$digest" ] && echo "the data is as it was"
	under redis-benchmark -s "$PWD/socket" -n 1000 -c 5 --csv -t set,get |
		cut -d, -f1
	cli eval 'local s = 0 for i = 1, 100000 do s = s + i end return s' 0
	stop INT
}

compare "$@"
