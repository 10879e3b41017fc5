#!/bin/sh
# Make the source tarball of a release: the files of the last commit, and the same
# bytes wherever and whenever that is done.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: release.sh [--snapshot] [DIRECTORY]
#
# Writes DIRECTORY/purecc-VERSION.tar.xz, and beside it its checksum.  The default is
# the current directory.  With --snapshot the version has the commit's date and name
# in it, and CHANGELOG.md may have changes that are in no release yet.
#
# Times in the tarball are the commit's, owners root, permissions git's; xz is run with
# one thread, since with more the output depends on their number.
#
# Exit status: 0 done, 1 this commit is no release, 2 misuse or could not be done.
set -eu
export LC_ALL=C TZ=UTC
umask 022

root=$(cd "$(dirname "$0")/.." && pwd)

fail() {
	status=$1
	shift
	printf 'release: %s\n' "$*" >&2
	exit "$status"
}

usage() {
	sed -n '/^# usage/,/^set/{/^set/d; s/^# \{0,1\}//; p}' "$0"
}

# version_in FILE SCRIPT: what sed's SCRIPT makes of the commit's FILE.
version_in() {
	git -C "$root" show "HEAD:$1" | sed -nE "$2"
}

# check_version: its three places say the same.
check_version() {
	header=$(version_in include/purecc.h \
		's/^#define PURECC_VERSION_(MAJOR|MINOR|PATCH) ([0-9]+)$/\2/p' |
		paste -s -d . -)
	[ "$version" = "$header" ] ||
		fail 1 "CMakeLists.txt is version $version, include/purecc.h" \
			"$header; make them the same"
	[ -z "$snapshot" ] || return 0
	newest=$(version_in CHANGELOG.md 's/^## //p' | head -n 1)
	[ "$version" = "$newest" ] ||
		fail 1 "CHANGELOG.md begins with \`$newest', and this is $version;" \
			"give what is unreleased a version, in all three places," \
			"or make a --snapshot"
}

snapshot='' directory=.
for argument; do
	case $argument in
	--snapshot) snapshot=yes ;;
	--help)
		usage
		exit
		;;
	-*)
		usage >&2
		fail 2 "unknown option $argument"
		;;
	*) directory=$argument ;;
	esac
done

for program in git xz sha256sum; do
	command -v "$program" >/dev/null ||
		fail 2 "there is no $program; install it"
done
[ -d "$directory" ] || fail 2 "$directory: there is no such directory; make it"
git -C "$root" rev-parse -q --verify HEAD >/dev/null ||
	fail 2 "$root is no git checkout: a release is made of a commit"
[ "$(git -C "$root" rev-parse --show-toplevel)" = "$(cd "$root" && pwd -P)" ] ||
	fail 2 "$root is in another project's git checkout"
[ -z "$(git -C "$root" status --porcelain)" ] ||
	fail 1 "there are changes that aren't committed; commit or remove them:" \
		"$(git -C "$root" status --short | head -n 5)"

version=$(version_in CMakeLists.txt 's/^project\(purecc VERSION ([0-9.]+).*/\1/p')
[ -n "$version" ] || fail 1 "CMakeLists.txt has no project(purecc VERSION ...)"
check_version
if [ -n "$snapshot" ]; then
	version=$version+$(git -C "$root" show -s --format=%cd \
		--date=format-local:%Y%m%d).$(git -C "$root" rev-parse --short=12 HEAD)
fi

name=purecc-$version
git -C "$root" -c tar.umask=0022 -c core.autocrlf=false archive --format=tar \
	--prefix="$name/" HEAD >"$directory/$name.tar.new"
xz -9 --threads=1 --stdout "$directory/$name.tar.new" >"$directory/$name.tar.xz.new"
rm "$directory/$name.tar.new"
mv "$directory/$name.tar.xz.new" "$directory/$name.tar.xz"
(cd "$directory" && sha256sum "$name.tar.xz" >"$name.tar.xz.sha256")
cat "$directory/$name.tar.xz.sha256"
