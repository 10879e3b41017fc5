#!/bin/sh
# What can't be followed runs as without pure-run, and is reported, once a program. What
# it executes is followed.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
# shellcheck source=common.inc
. "$(dirname "$0")/common.inc"

cat >environment.c <<'END'
#include <stdio.h>
#include <unistd.h>

int main(int argc, char **argv, char **envp)
{
	(void)argc;
	printf("%s %d", argv[0], geteuid() == getuid());
	for (; *envp; envp++)
		printf(" %s", *envp);
	putchar('\n');
	return 5;
}
END
"$CC" -O2 -static environment.c -o static
"$CC" -O2 environment.c -o dynamic
"$CC" -O2 environment.c -o other -Wl,--dynamic-linker="$work/ld-musl-x86_64.so.1"
ln -s /lib64/ld-linux-x86-64.so.2 ld-musl-x86_64.so.1
printf '#!%s/static\n' "$work" >script
chmod +x script

cat >launch.c <<'END'
#include <unistd.h>

int main(int argc, char **argv)
{
	(void)argc;
	execv(argv[1], argv + 1);
	return 9;
}
END
"$CC" -O2 -static launch.c -o launch
build child -ldl

# reported WAY TEXT PROGRAM: by a shell that is followed. It has two variables more, for
# what it executes.
reported() {
	way=$1 text=$2
	shift 2
	keep native env -i sh -c "$1; exit \$?"
	keep "$way" env -i sh -c "$1; exit \$?"
	sed -i 's| LD_AUDIT=[^ ]*/pure-start.so PURE_START=[^ ]*||' "$way.out"
	diff native.out "$way.out" || fail "$way: $*"
	[ "$(grep -c "isn't followed: .*$text" "$way.err")" = 1 ] || {
		fail "$way: $* isn't reported as: $text"
		cat "$way.err"
	}
}

for way in off pass pass-inside trace; do
	reported "$way" 'statically linked' ./static
	reported "$way" 'statically linked' ./script
	reported "$way" 'another interpreter' ./other
	rm -f said
	keep "$way" sh -c './launch ./launch ./child said; exit $?'
	grep -q 'exit status 7' "$way.out" || fail "$way: by a static program"
	! grep -q -e LD_AUDIT -e PURE_ "$way.out" ||
		fail "$way: variables after a static program"
	[ "$(cat said)" = "$([ "$way" = off ] && echo off || echo handled)" ] ||
		fail "$way: what a static program executes isn't followed"
	keep "$way" sh -c './dynamic; exit $?'
	[ ! -s "$way.err" ] || fail "$way: what is followed is reported"

	more=--quiet
	keep "$way" sh -c './static; exit $?'
	[ ! -s "$way.err" ] || fail "$way: --quiet"
	grep -q 'exit status 5' "$way.out" || fail "$way: --quiet: not run"

	more=--follow=only
	keep "$way" sh -c './dynamic; ./static; exit $?'
	grep -q 'exit status 126' "$way.out" || fail "$way: --follow=only"
	grep -q dynamic "$way.out" || fail "$way: --follow=only: not followed"
	! grep -q '^./static' "$way.out" || fail "$way: --follow=only: run"
	more=

	# Where standard error is something else, nothing is written to it.
	keep "$way" sh -c './static 2>file; exit $?'
	[ ! -s file ] || fail "$way: the report goes to another file"
done

# Where the files aren't there.
if [ "$(id -u)" = 0 ] && command -v chroot >/dev/null; then
	mkdir -p there/lib64 there/lib/x86_64-linux-gnu
	cp dynamic there/
	cp /lib64/ld-linux-x86-64.so.2 there/lib64/
	cp /lib/x86_64-linux-gnu/libc.so.6 there/lib/x86_64-linux-gnu/
	for way in off pass; do
		keep native env -i /usr/sbin/chroot there /dynamic
		keep "$way" env -i /usr/sbin/chroot there /dynamic
		diff native.out "$way.out" || fail "$way: chroot"
		grep -q "aren't there" "$way.err" || fail "$way: chroot: no report"
		! grep -q ld.so "$way.err" || fail "$way: chroot: ld.so complains"
	done
fi

# Set-user-ID: the bits have their effect.
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
	mkdir -p all/handlers
	cp "$PURECC_BUILD/pure-run" "$PURECC_BUILD/pure-start.so" all/
	cp "$PURECC_BUILD/handlers/pass.so" all/handlers/
	cp dynamic set-user-id && chmod u+s set-user-id
	for handler in '' '--handler pass'; do
		status=0
		# shellcheck disable=SC2086
		setpriv --reuid 65534 --regid 65534 --clear-groups all/pure-run \
			--glibc "$PURECC_GLIBC" $handler -- env -i sh -c './set-user-id; exit $?' \
			>out 2>err || status=$?
		[ "$status" != 2 ] || break # the pure glibc can't be reached
		grep -q '^./set-user-id 0' out || fail "set-user-ID has no effect"
		! grep -q -e LD_AUDIT -e PURE_ out || fail "set-user-ID: variables"
		grep -q "isn't followed: .*privileges" err || fail "set-user-ID: no report"

		# What execvp tries in a directory that is closed isn't executed.
		mkdir -p -m 700 closed
		cp dynamic closed/
		# shellcheck disable=SC2086
		setpriv --reuid 65534 --regid 65534 --clear-groups all/pure-run \
			--glibc "$PURECC_GLIBC" $handler -- env PATH="$work/closed:$work" \
			"$(command -v env)" dynamic >out 2>err || :
		grep -q '^dynamic ' out || fail "execvp: not executed"
		[ ! -s err ] || fail "execvp: reported: $(cat err)"
	done
fi
exit "$failed"
