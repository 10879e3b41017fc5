#!/bin/sh
# dpkg-buildpackage: perl, make, a compiler, fakeroot.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# shellcheck disable=SC2016 # what is quoted is for make and dpkg
set -eu
# shellcheck source=trees.inc
. "$(dirname "$0")/trees.inc"

need dpkg-buildpackage fakeroot dh cc

scenario() {
	mkdir -p small-1/debian/source
	cd small-1
	printf '#include <stdio.h>\nint main(void) { puts("small"); return 0; }\n' >small.c
	printf 'all: small\ninstall:\n\tinstall -D small $(DESTDIR)/usr/bin/small\nclean:\n\trm -f small\n' >Makefile
	printf 'small (1) unstable; urgency=low\n\n  * One.\n\n -- a <a@b.c>  Thu, 01 Jan 2026 00:00:00 +0000\n' >debian/changelog
	printf 'Source: small\nMaintainer: a <a@b.c>\nBuild-Depends: debhelper-compat (= 13)\nRules-Requires-Root: binary-targets\n\nPackage: small\nArchitecture: any\nDepends: ${shlibs:Depends}, ${misc:Depends}\nDescription: small\n small\n' >debian/control
	printf '#!/usr/bin/make -f\n%%:\n\tdh $@\n' >debian/rules
	printf '3.0 (native)\n' >debian/source/format
	chmod +x debian/rules
	chmod -R a+rwX ..
	$unprivileged dpkg-buildpackage -us -uc -rfakeroot 2>&1 | sort
	cd ..
	dpkg-deb -c small_1_*.deb
	sha256sum ./*.deb
}

compare
