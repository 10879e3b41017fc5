#!/bin/sh
# apt-get with a source of its own: update, download, by its methods' programs.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
# shellcheck source=trees.inc
. "$(dirname "$0")/trees.inc"

need apt-get dpkg-scanpackages dpkg-deb

scenario() {
	export SOURCE_DATE_EPOCH=1700000000
	mkdir -p p/DEBIAN repository state/lists/partial cache/archives/partial
	printf 'Package: small\nVersion: 1\nArchitecture: all\nMaintainer: a <a@b>\nDescription: small\n' >p/DEBIAN/control
	dpkg-deb --root-owner-group -b p repository/small_1_all.deb
	(cd repository && dpkg-scanpackages -m . >Packages && gzip -k Packages) 2>&1
	echo "deb [trusted=yes] file:$PWD/repository ./" >sources
	cat >conf <<EOF
Dir::State "$PWD/state";
Dir::Cache "$PWD/cache";
Dir::State::status "$PWD/status";
Dir::Etc::sourcelist "$PWD/sources";
Dir::Etc::sourceparts "-";
APT::Sandbox::User "root";
EOF
	touch status
	apt-get -q -c conf update | sed 's/ [0-9.]* k\?B in .*//; s/ \[[0-9]* B\]//'
	apt-get -q -c conf download small
	dpkg-deb -I small_1_all.deb | sed 's/ [0-9]* bytes.*//'
}

compare
