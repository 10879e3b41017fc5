#!/bin/sh
# git under a heavy handler: many commits, branches, merges, gc, clone, bisect.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
. "$(dirname "$0")/heavy.inc"

need git

scenario() {
	export HOME="$PWD" GIT_CONFIG_NOSYSTEM=1
	export GIT_AUTHOR_DATE='2020-01-01T00:00:00Z' GIT_COMMITTER_DATE='2020-01-01T00:00:00Z'
	git config --global user.name tester
	git config --global user.email tester@example.org
	git config --global init.defaultBranch main
	git config --global gc.auto 0
	git config --global index.threads 4
	git config --global pack.threads 4
	git config --global core.preloadIndex true
	under git init -q repo
	cd repo
	i=0
	while [ $i -lt 40 ]; do
		i=$((i + 1))
		seq $i $((i * 100)) >"file$i"
		under git add .
		under git commit -q -m "commit $i"
	done
	mkdir many
	i=0
	while [ $i -lt 1200 ]; do
		i=$((i + 1))
		echo $i >many/$i
	done
	under git add many
	under git commit -q -m many
	under git status --short
	under git checkout -q -b side HEAD~5
	echo side >side
	under git add side
	under git commit -q -m side
	under git checkout -q main
	under git merge -q -m merge side
	under git rebase -q HEAD~3
	under git log --stat --graph | md5sum
	under git repack -q -a -d -f
	under git gc -q --aggressive
	under git fsck --strict
	under git grep -c 199
	under git blame file7 | md5sum
	cd ..
	under git clone -q --no-local repo copy
	under git -C copy log -1 --format=%H
	under git -C copy pack-objects --all --stdout </dev/null | wc -c
	under git -C copy rev-parse nothing 2>/dev/null || echo "rev-parse $?"
}

compare "$@"
