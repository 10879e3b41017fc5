#!/bin/sh
# coreutils, findutils and tar on the pure glibc.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
. "$(dirname "$0")/compare.inc"

need ls cp sort find tar xargs

scenario() {
	mkdir -p tree/a/b tree/c
	for i in 1 2 3 4 5 6 7 8 9; do echo "line $i" >"tree/a/b/file$i"; done
	ln -s a/b/file1 tree/link
	touch -d '2020-01-02 03:04:05 UTC' tree/c/old
	run ls -lAR --time-style=+%Y tree | grep -v ^total
	run cp -a tree copy
	run find copy -type f -newermt 2020-01-01 ! -newermt 2021-01-01
	run find copy -name 'file*' -print0 | run sort -z | run xargs -0 cat
	run tar -cf tree.tar --sort=name tree
	run tar -tf tree.tar
	mkdir out && run tar -C out -xf tree.tar && run diff -r tree out/tree
	run seq 20000 | run sort -R --random-source=tree.tar | run sort -n | md5sum
	run seq 100000 >numbers
	run sort --parallel=4 -S 1M numbers | md5sum
	run stat -c '%n %s %a %F' tree/link tree/a
	run du -a --apparent-size tree/a/b | run sort -k2 | cut -f2
	run dd if=/dev/zero bs=4096 count=100 status=none | run wc -c
	run timeout 0.1 sleep 5 || echo "timeout $?"
	run cat does-not-exist || echo "cat $?"
	run date -d @86400 -u
	run id -u
	run sha256sum tree/a/b/file1
	run mkfifo pipe && { echo through >pipe & run cat pipe; wait; }
	run rm -r tree copy && ls
}

compare_all
