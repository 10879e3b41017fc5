#!/bin/sh
# sqlite3 on the pure glibc: writes a database, in WAL mode too, and reads it.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
. "$(dirname "$0")/compare.inc"

need sqlite3

scenario() {
	run sqlite3 test.db <<'EOF'
create table t (id integer primary key, name text, value real);
begin;
with recursive n(i) as (select 1 union all select i + 1 from n where i < 5000)
insert into t select i, 'name ' || i, i * 1.5 from n;
commit;
create index by_name on t (name);
select count(*), sum(value) from t;
pragma journal_mode = wal;
update t set value = value + 1 where id % 10 = 0;
delete from t where id % 7 = 0;
select count(*), sum(value), max(name) from t;
pragma wal_checkpoint(full);
vacuum;
pragma integrity_check;
EOF
	run sqlite3 test.db 'select * from t order by id desc limit 3'
	run sqlite3 test.db '.dump' | md5sum
	run sqlite3 test.db 'select * from nothing' 2>&1 || echo "sqlite3 said $?"
}

compare_all
