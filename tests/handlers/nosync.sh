#!/bin/sh
# Under nosync programs come out as natively and under eatmydata, and nothing that
# waits for a disk reaches the kernel; what isn't right fails as natively.
#
# SPDX-License-Identifier: GPL-3.0-or-later

# shellcheck disable=SC2317 # in_directory calls them
set -eu
# shellcheck source=common.inc disable=SC1091
. "$(dirname "$0")/common.inc"
need strace eatmydata sqlite3 dpkg-deb dpkg
build nosync

command_under nosync
nosync=$work/under-nosync

# waits FILE: the lines of a trace that wait for a disk.
waits() {
	grep -E -e ' (fsync|fdatasync|sync|syncfs)\(' \
		-e 'MS_SYNC|SYNC_FILE_RANGE_W|RWF_D?SYNC|O_D?SYNC' "$1"
}

# in_directory NAME COMMAND...: in a new directory of that name.
in_directory() {
	rm -f "$work/calls"
	mkdir "$work/$1"
	cd "$work/$1"
	shift
	"$@"
	cd "$work"
}

in_directory plain outcome native "$work/nosync"
in_directory handled outcome handled "$nosync" "$work/nosync"
same 'every call' native handled

# followed COMMAND...: what it and all that it executes asks the kernel.
calls=fsync,fdatasync,sync,syncfs,msync,sync_file_range,open,openat,openat2,pwritev2
followed() {
	strace -f -q -A -o "$work/calls" -e "trace=$calls" -e signal=none "$@"
}

# There, msync with both flags and what openat2 refuses is passed on.
in_directory handled-calls followed "$nosync" "$work/nosync" >"$work/printed"
if waits "$work/calls" | grep -v -e ' msync(.*MS_SYNC|MS_ASYNC' \
	-e ' openat2(.* = -1 E'; then
	fail 'what waits reaches the kernel'
fi
in_directory plain-calls followed "$work/nosync" >"$work/printed"
[ "$(waits "$work/calls" | wc -l)" -gt 20 ] || fail 'natively nothing waits'

database() {
	"$@" sqlite3 data.db 'PRAGMA synchronous = EXTRA;
		CREATE TABLE t (a); INSERT INTO t VALUES (1), (2);
		UPDATE t SET a = a + 1; SELECT sum (a) FROM t;'
	"$@" python3 -c 'import os
f = open("file", "w"); f.write("x"); f.flush(); os.fsync(f.fileno()); os.sync()
print(os.stat("file").st_size)'
}

# A package, unpacked and installed into a root of its own.
mkdir -p "$work/package/DEBIAN" "$work/package/data"
echo text >"$work/package/data/file"
cat >"$work/package/DEBIAN/control" <<'END'
Package: sample
Version: 1
Architecture: all
Maintainer: nobody <nobody@example.org>
Description: sample
END
dpkg-deb --root-owner-group -b "$work/package" "$work/sample.deb" >"$work/printed"
package() {
	mkdir -p root/var/lib/dpkg/info root/var/lib/dpkg/updates
	touch root/var/lib/dpkg/status
	"$@" dpkg --root="$PWD/root" --force-not-root --log=/dev/null \
		-i "$work/sample.deb" >printed
	cat root/data/file
	"$@" dpkg --root="$PWD/root" -s sample
}

for scenario in database package; do
	in_directory $scenario-native outcome native $scenario env
	in_directory $scenario-eatmydata outcome eatmydata $scenario eatmydata
	in_directory $scenario-nosync outcome nosync $scenario "$nosync"
	same "$scenario, eatmydata" native eatmydata
	same "$scenario, nosync" native nosync

	in_directory $scenario-native-calls $scenario followed >"$work/printed"
	waits "$work/calls" >"$work/waits" || fail "$scenario: natively nothing waits"
	in_directory $scenario-nosync-calls $scenario followed "$nosync" >"$work/printed"
	! waits "$work/calls" || fail "$scenario: what waits reaches the kernel"
done
exit "$failed"
