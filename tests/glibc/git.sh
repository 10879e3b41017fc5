#!/bin/sh
# git on the pure glibc: init, commit, log, branch, merge, gc, clone.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
. "$(dirname "$0")/compare.inc"

need git

scenario() {
	export HOME="$PWD" GIT_CONFIG_NOSYSTEM=1
	export GIT_AUTHOR_DATE='2020-01-01T00:00:00Z' GIT_COMMITTER_DATE='2020-01-01T00:00:00Z'
	run git config --global user.name tester
	run git config --global user.email tester@example.org
	run git config --global init.defaultBranch main
	run git init -q repo
	cd repo
	for i in 1 2 3 4 5; do
		seq "$i" 200 >"file$i"
		run git add .
		run git commit -q -m "commit $i"
	done
	run git checkout -q -b side HEAD~2
	echo side >side
	run git add side && run git commit -q -m side
	run git checkout -q main
	run git merge -q -m merge side
	run git log --oneline --graph --stat
	run git gc -q
	run git fsck --strict
	run git status --short
	run git grep -c 199
	cd ..
	run git clone -q repo copy
	run git -C copy log -1 --format=%H
	run git -C copy rev-parse nothing 2>/dev/null || echo "rev-parse $?"
}

compare_all
