#!/bin/sh
# MariaDB: its tables are made by a script, the server answers.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# shellcheck disable=SC2086 # commands are words
set -eu
# shellcheck source=trees.inc
. "$(dirname "$0")/trees.inc"

need mariadb-install-db mariadbd mariadb

scenario() {
	chown -R 65534 . 2>/dev/null || :
	$unprivileged mariadb-install-db --no-defaults --datadir="$PWD/data" \
		--auth-root-authentication-method=normal --skip-test-db >messages 2>&1
	$unprivileged mariadbd --no-defaults --datadir="$PWD/data" --socket="$PWD/socket" \
		--pid-file="$PWD/pid" --skip-networking >>messages 2>&1 &
	server=$!
	sql="mariadb --no-defaults --socket=$PWD/socket -u root -N"
	until_works $sql -e 'select 1'
	$sql -e 'create database d; create table d.t (n int primary key, s varchar(40)) engine=innodb;
		use d; insert into t select seq, md5(seq) from seq_1_to_1000; select sum(n), max(s) from d.t;
		select count(*) from d.t where s like "a%"; drop database d'
	stop TERM
}

compare
