#!/bin/sh
# pure-root makes this system pure, in a mount namespace of its own, and undoes it.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
# shellcheck source=../overlay.inc
. "$(dirname "$0")/../overlay.inc"
own_mounts
# shellcheck source=common.inc
. "$(dirname "$0")/common.inc"
need_glibc
need_same_version
dpkg-query -W libc6:amd64 >/dev/null 2>&1 || {
	echo "this is no Debian"
	exit 77
}
overlay /usr /etc /var
cd "$work"
pure_root=$PURECC_BUILD/pure-root
set -- --glibc "$PURECC_GLIBC"

# state: of libc6, and of what dpkg knows.
state() {
	dpkg -L libc6:amd64 | grep '/lib[^/]*\.so' | xargs sha256sum
	dpkg-divert --list | sort
	dpkg-query -W
	ls -a /usr/lib /usr/lib/x86_64-linux-gnu
}

# pure WHERE: libc6's files are those of the pure glibc.
pure() {
	for file in "$PURECC_GLIBC"/lib/x86_64-linux-gnu/*.so* "$PURECC_GLIBC/$loader"; do
		[ -L "$file" ] || cmp "$file" "/lib/x86_64-linux-gnu/${file##*/}" ||
			fail "$1: ${file##*/}"
	done
	dpkg --verify libc6 pure-root-libc6 >verify || :
	[ ! -s verify ] || fail "$1: $(cat verify)"
}

says 2 'which root directory' "$pure_root"
says 2 'unknown option --wrong' "$pure_root" --wrong /
says 2 '--glibc needs a directory' "$pure_root" / --glibc
says 2 'not / and /tmp' "$pure_root" / /tmp
says 2 '/nonexistent is no directory' "$pure_root" /nonexistent
says 2 "$work has no dpkg" "$pure_root" .
says 2 'there is no pure glibc in /nonexistent' "$pure_root" --glibc /nonexistent /
says 2 'there are no handlers in /nonexistent' \
	"$pure_root" "$@" --handlers /nonexistent /
says 2 "/ isn't pure" "$pure_root" --undo /
mkdir -p other/lib64
printf '#!/bin/sh\necho "ld.so (GNU libc) stable release version 2.1."\n' \
	>other/$loader
chmod +x other/$loader
says 2 'and the pure glibc in other of 2.1:' "$pure_root" --glibc other /
[ "$failed" = 0 ]
state >before

# Programs that start meanwhile do start, native or pure.
: >running
while [ -e running ]; do
	/bin/true && /usr/bin/perl -e 1 || echo "$?" >>stopped
done &
for _ in 1 2 3; do
	"$pure_root" "$@" / >out
	grep -q '^/: libc6 .* is pure, [0-9]* files of it' out || fail "$(cat out)"
	pure 'made pure'
	"$pure_root" "$@" / >out
	pure 'made pure again'
	"$pure_root" --undo / >out
	state >after
	diff before after || fail "undone"
done
rm running
wait
[ ! -e stopped ] || fail "$(wc -l <stopped) programs didn't start"

# Killed when ld.so is pure, and nothing else: it is undone, or done again.
for again in no yes; do
	setsid "$pure_root" "$@" / >out 2>&1 &
	until cmp -s "$PURECC_GLIBC/$loader" "/lib/x86_64-linux-gnu/${loader##*/}"; do
		sleep 0.01
	done
	kill -KILL -$!
	! wait $! || fail "it isn't killed: $(cat out)"
	if [ $again = yes ]; then
		"$pure_root" "$@" / >out
		pure 'after a kill'
	fi
	"$pure_root" --undo / >out
	state >after
	diff before after || fail "undone after a kill"
done

# Handlers.
"$pure_root" "$@" / >out
mkdir /etc/purecc
cp /bin/echo .
echo "$work/* trace output=$work/calls" >/etc/purecc/handlers
./echo here >out
grep -q 'write(1, "here' calls || fail "$(cat calls)"
if [ -x "$PURECC_BUILD/pure-audit" ]; then
	sed 's,^,/,' /usr/lib/pure-root/files | xargs "$PURECC_BUILD/pure-audit" >audit ||
		fail "$(cat audit)"
fi

# libc6 stays at its version; what is installed again doesn't come to its place.
dpkg --remove pure-root-libc6 2>err && fail "it isn't protected"
dpkg --status pure-root-libc6 | grep -q "^Depends: libc6 (= $(
	dpkg-query -W -f '${Version}' libc6:amd64))\$" || fail "it doesn't hold libc6"
"$pure_root" --undo / >out
state >after
diff before after || fail "undone at last"
[ -e /etc/purecc/handlers ] || fail "the file of handlers is gone"

[ "$failed" = 0 ]
