#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The tarball that cpack makes works where it is unpacked: in a home whose name has
# a blank in it, by one without rights, started by links in ~/bin, and moved again.
set -eu
# shellcheck source=tests/install/install.inc
. "$(dirname "$0")/install.inc"
need cpack

works cpack --config "$build/CPackConfig.cmake" -B "$work/package"
[ "$failed" = 0 ] || exit 1
set -- "$work"/package/purecc-*[!g].tar.gz
if [ $# != 1 ] || [ ! -e "$1" ]; then
	fail "not one tarball: $*"
	exit 1
fi
name=$(basename "$1" .tar.gz)
! tar -tzf "$1" | grep -q '/debug/' || fail 'debug files in the tarball'
tar -tzf "$1" | grep -v "^$name/" >outside || :
[ ! -s outside ] || fail "not all is in $name: $(cat outside)"

as_user mkdir 'a home' 'a home/bin'
as_user tar -xzf "$1" -C 'a home'
user="$work/user/a home"
cat >user/own.c <<'END'
#include <errno.h>
#include <purecc.h>
#include <sys/syscall.h>

static long
no_unlink (long number, long nr, long a1, long a2, long a3, long a4, long a5,
	   long a6)
{
  if (number == SYS_unlink || number == SYS_unlinkat)
    return -EPERM;
  return pure_pass (number, nr, a1, a2, a3, a4, a5, a6);
}

PURE_HANDLER ((pure_handler_t) no_unlink);
END
cat >user/site.c <<'END'
int
main (void)
{
  long result = 39;

  asm volatile ("syscall" : "+a" (result) : : "rcx", "r11", "memory");
  return result > 0 ? 0 : 1;
}
END

# uses TREE: by links in ~/bin.
uses() {
	for program in purecc pure-run pure-audit pure-trace; do
		as_user ln -sf "$1/bin/$program" "$user/bin"
	done
	works as_user "$user/bin/purecc" "$cc" -O2 site.c -o site
	works as_user "$user/bin/pure-audit" site
	works as_user "$cc" -shared -fPIC -I"$1/include" own.c -o own.so
	$has_glibc || return 0
	works as_user "$user/bin/pure-run" --handler pass ./site
	works as_user "$user/bin/pure-run" --handler trace -o calls sh -c 'ls /'
	grep -q execve user/calls || fail 'there is no execve in the trace'
	works as_user "$user/bin/pure-trace" -o lines -e trace=execve ls /
	grep -q '^execve("/.*/ls", \["ls", "/"\]' user/lines || fail "$(cat user/lines)"
	for handler in $("$user/bin/pure-run" --list | sed 's/ .*//'); do
		case $handler in
		inject) option=inject=close:delay_exit=1 ;;
		redirect) option=map=/nowhere=/etc ;;
		*) option='' ;;
		esac
		prints hello as_user "$user/bin/pure-run" --handler "$handler" \
			${option:+-O "$option"} -- echo hello
	done
	! as_user "$user/bin/pure-run" --handler ./own.so -- rm calls 2>message ||
		fail 'the handler of its own has no effect'
	grep -q 'not permitted' message || fail "rm says: $(cat message)"
}

# debug: what debuggers read, unpacked beside the tree, is there for each library of the
# pure glibc, and gdb finds it.
debug() {
	as_user tar -xzf "$work/package/$name-debug.tar.gz" -C 'a home'
	directory=$user/$name-debug/lib/debug
	[ -d "$directory" ] || directory=$user/$name/lib/debug
	libraries=$(dirname "$(find "$user/$name" -name libc.so.6)")
	for library in "$libraries"/*.so* "$libraries"/../../lib64/ld-linux*; do
		id=$(readelf -n "$library" | sed -n 's/.*Build ID: //p')
		[ -s "$directory/.build-id/$(echo "$id" | sed 's,^..,&/,').debug" ] ||
			fail "$library has no debug file"
	done
	command -v gdb >/dev/null || return 0
	gdb -nx -batch -iex "set debug-file-directory $directory" \
		-ex 'info line puts' "$libraries/libc.so.6" >gdb.log 2>&1 || :
	grep -q 'of "ioputs\.c"' gdb.log || fail "gdb: $(cat gdb.log)"
}

uses "$user/$name"
! $has_glibc || debug
as_user mkdir 'a home/another place'
as_user mv "$user/$name" "$user/another place/pure"
uses "$user/another place/pure"
end
