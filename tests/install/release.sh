#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# scripts/release.sh makes the same bytes in two directories, at two times, with
# another umask and time zone; what it makes can be configured; and it refuses what is
# no release.
set -eu
# shellcheck source=tests/install/install.inc
. "$(dirname "$0")/install.inc"
need git xz

# The files that are here, committed or not, as a commit of their own.
if git -C "$root" rev-parse -q --verify HEAD >/dev/null; then
	git -C "$root" ls-files -z --cached --others --exclude-standard
else
	(cd "$root" && find . -type f ! -path './build*' -print0)
fi >files
mkdir one
tar -C "$root" -c --null --ignore-failed-read -T files 2>tar.err | tar -x -C one
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
# commit: all that is in one.
commit() {
	git -C one add -A
	git -C one -c user.name=x -c user.email=x@example.org commit -q \
		--allow-empty -m x
}
git init -q one
commit
git clone -q one two
find two -path two/.git -prune -o -type f -exec touch -d 2001-01-01 {} +

# release DIRECTORY OUT ARGUMENT...
release() {
	directory=$1 out=$2
	shift 2
	mkdir -p "$out"
	"$directory/scripts/release.sh" "$@" "$out"
}

# refused STATUS TEXT: release.sh of one says so.
refused() {
	status=0
	release one refused >refused.log 2>&1 || status=$?
	[ "$status" = "$1" ] || fail "exit status $status instead of $1"
	grep -qF -e "$2" refused.log || fail "no \`$2': $(cat refused.log)"
	[ -z "$(ls refused)" ] || fail "$2: it has made $(ls refused)"
}

works release one first --snapshot
# Another second, for what has the time of day in it.
sleep 1
(
	umask 077
	TZ=Asia/Tokyo XZ_DEFAULTS=-T2 works release two 'second one' --snapshot
	exit "$failed"
) || failed=1
[ "$failed" = 0 ] || exit 1
works cmp first/*.tar.xz 'second one'/*.tar.xz
works cmp first/*.sha256 'second one'/*.sha256
works env -C first sha256sum -c --quiet "$(basename first/*.sha256)"

# It is whole.
tar -xJf first/*.tar.xz
source=$(basename first/*.tar.xz .tar.xz)
[ ! -e "$source/.git" ] || fail '.git is in the tarball'
works diff -r --exclude=.git one "$source"
works cmake -S "$source" -B out -DCMAKE_C_COMPILER="$cc" -DBUILD_TESTING=OFF

# What is no release.
version=$(cached CMAKE_PROJECT_VERSION)
sed -i '0,/^## .*/s//## Unreleased/' one/CHANGELOG.md
commit
refused 1 "CHANGELOG.md begins with \`Unreleased'"
sed -i "0,/^## .*/s//## $version/" one/CHANGELOG.md
refused 1 "changes that aren't committed"
commit
works release one third
[ -s "third/purecc-$version.tar.xz" ] || fail "there is no purecc-$version.tar.xz"
sed -i 's/^\(project(purecc VERSION\) [0-9.]*/\1 99.0.0/' one/CMakeLists.txt
commit
refused 1 "CMakeLists.txt is version 99.0.0, include/purecc.h $version"
rm -rf one/.git
refused 2 'is no git checkout'
exit "$failed"
