#!/bin/sh
# PostgreSQL: initdb, the server with its processes and their titles, psql.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# shellcheck disable=SC2009,SC2086 # commands are words, and titles of processes are the test
set -eu
# shellcheck source=trees.inc
. "$(dirname "$0")/trees.inc"

programs=$(find /usr/lib/postgresql/*/bin -name initdb 2>/dev/null | sort -V | tail -n 1)
programs=$(dirname "$programs")
need "$programs/initdb" setpriv

scenario() {
	$unprivileged "$programs/initdb" -D "$PWD/data" -U owner -A trust --no-sync --no-locale \
		-E UTF8 | grep -c ok
	$unprivileged "$programs/postgres" -D "$PWD/data" -k "$PWD" -c listen_addresses= \
		-c fsync=off -c log_min_messages=error 2>messages &
	server=$!
	sql="$unprivileged $programs/psql -X -q -A -t -h $PWD -U owner -d postgres"
	until_works $sql -c 'select 1'
	$sql -c 'create table t as select generate_series(1, 1000) n' -c 'select sum(n) from t'
	$sql -c 'select pg_sleep(30)' >/dev/null 2>&1 &
	sleeper=$!
	until ps -o args= --ppid "$server" | grep -q '[S]ELECT'; do sleep 0.1; done
	ps -o args= --ppid "$server" | grep -v autovacuum | sort
	ps -o comm= --ppid "$server" | sort -u
	$sql -c "select pg_terminate_backend(pid) from pg_stat_activity where query like '%sleep(30)%' and pid <> pg_backend_pid()"
	wait "$sleeper" || echo "status $?"
	$sql -c "copy t to program 'wc -l > $PWD/count'" && cat count
	stop INT
}

compare
