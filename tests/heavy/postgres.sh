#!/bin/sh
# PostgreSQL under a heavy handler: initdb, the server with its processes, psql and
# pgbench.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
. "$(dirname "$0")/heavy.inc"

programs=$(find /usr/lib/postgresql/*/bin -name initdb 2>/dev/null | sort -V | tail -n 1)
programs=$(dirname "$programs")
need "$programs/initdb" "$programs/postgres" "$programs/psql" \
	"$programs/pgbench" setpriv

# It refuses to run as root.
if [ "$(id -u)" = 0 ]; then
	front='setpriv --reuid=65534 --regid=65534 --clear-groups'
	# shellcheck disable=SC2086
	$front test -x "$PURECC_BUILD/pure-run" || {
		echo "nobody can't read $PURECC_BUILD"
		exit 77
	}
fi

sql() {
	under "$programs/psql" -X -q -A -t -h "$PWD" -U owner -d postgres "$@"
}

scenario() {
	export HOME="$PWD"
	under "$programs/initdb" -D "$PWD/data" -U owner -A trust --no-sync \
		--no-locale -E UTF8 | grep -c ok
	start "$programs/postgres" -D "$PWD/data" -k "$PWD" \
		-c listen_addresses= -c fsync=off -c log_min_messages=error \
		-c min_parallel_table_scan_size=0 -c parallel_setup_cost=0 \
		-c parallel_tuple_cost=0 2>messages
	# shellcheck disable=SC2086
	until_works $front "$programs/pg_isready" -h "$PWD" -U owner -d postgres
	sql <<'EOF'
create table numbers as select n, md5(n::text) as m from generate_series(1, 20000) n;
create index on numbers (m);
analyze numbers;
select count(*), min(m), max(m) from numbers;
begin; delete from numbers where n % 2 = 0; rollback;
update numbers set m = reverse(m) where n < 100;
select count(*) from numbers where m like 'a%';
vacuum numbers;
copy (select * from numbers order by n limit 3) to stdout;
select pg_sleep(0.1) is null;
select 1 / 0;
EOF
	under "$programs/pgbench" -h "$PWD" -U owner -i -q -s 1 postgres 2>&1 |
		sed 's/ in [0-9].*//; s/[0-9.]* s//g' | sort -u
	under "$programs/pgbench" -h "$PWD" -U owner -n -c 4 -j 2 -t 100 postgres |
		grep -E 'processed|failed'
	sql -c 'select sum(abalance) = sum(delta) from pgbench_accounts, (select sum(delta) as delta from pgbench_history) h group by delta' |
		wc -l
	sql -c 'select count(*) from pgbench_history'
	stop INT
	grep -E 'PANIC|terminated by signal' messages || echo "no process has crashed"
}

compare "$@"
