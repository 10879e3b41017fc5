#!/bin/sh
# pure-run --check lists the raw sites of a program and of the libraries that come
# with it; a run with a handler says that there are some in one line. Whatever is
# wrong with pure-audit, the cache or the process, the run is the same.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
# shellcheck source=common.inc
. "$(dirname "$0")/common.inc"
need_glibc
build=$(cd "$PURECC_BUILD" && pwd)
glibc=$(cd "$PURECC_GLIBC" && pwd)
cc=${CC:-gcc}
cd "$work"
unset LD_LIBRARY_PATH LD_PRELOAD
export XDG_CACHE_HOME="$work/cache"

# A pure-run with a pure-audit that writes down what it is asked.
mkdir tools tools/handlers libs "with space"
cp "$build/pure-run" "$build/pure-start.so" tools
cp "$build/handlers/pass.so" tools/handlers
recording="#!/bin/sh
echo \"\$*\" >>'$work/asked'
exec '$build/pure-audit' \"\$@\""

# audit TEXT: it is this script.
audit() {
	printf '%s\n' "$1" >tools/pure-audit
	chmod +x tools/pure-audit
}
audit "$recording"

run() {
	tools/pure-run --glibc "$glibc" "$@"
}

cat >raw.c <<'END'
long
raw_site (void)
{
  long result;
  __asm__ volatile ("syscall" : "=a" (result) : "0" (39L) : "rcx", "r11", "memory");
  return result;
}
END
echo 'long raw_site (void) { return 1; }' >clean.c
cat >main.c <<'END'
#include <stdio.h>
#include <sys/wait.h>
long raw_site (void);
int
main (void)
{
  puts (wait (NULL) == -1 ? "no child" : "a child");
  return raw_site () > 0 ? 5 : 6;
}
END
raw_library() {
	"$cc" -shared -fPIC "$1.c" -o libs/new.so
	mv libs/new.so libs/libraw.so
}
raw_library raw
cp libs/libraw.so "with space"
"$cc" main.c raw.c -o own
"$cc" main.c clean.c -o clean
# shellcheck disable=SC2016
"$cc" main.c -Llibs -lraw '-Wl,-rpath,$ORIGIN/libs' -o linked
"$cc" main.c -Llibs -lraw -o searched
"$cc" -static main.c clean.c -o static 2>/dev/null || :

# reports STATUS TEXT ARGUMENT...: pure-run does.
reports() {
	want=$1 part=$2 got=0
	shift 2
	run "$@" >says 2>&1 || got=$?
	if [ "$want" != "$got" ] || ! grep -q -F -e "$part" says; then
		fail "exit status $got instead of $want, or no \`$part': $*"
		cat says
	fi
}

# --check.
reports 1 "$work/own: 1 raw site" --check "$work/own"
grep -q '^  0x[0-9a-f]* <raw_site+0x[0-9a-f]*>: raw: ' says ||
	fail 'the site is not listed'
grep -q 'this 1 raw site in 1 of 1 file ' says || fail 'no sum'
! grep -q libc.so says || fail "the pure glibc's own files are listed"
reports 0 './clean: nothing raw' --check ./clean
reports 0 './clean: nothing raw' --check --handler pass -- ./clean
reports 1 "libs/libraw.so: 1 raw site" --check ./linked
grep -q '^./linked: nothing raw' says || fail 'linked: the program is raw'
reports 2 'libraw.so: cannot open' --check ./searched
grep -q "pure-run: ./searched: its libraries can't be listed" says || fail searched
LD_LIBRARY_PATH=/nonexistent:$work/libs
export LD_LIBRARY_PATH
reports 1 "$work/libs/libraw.so: 1 raw site" --check ./searched
LD_LIBRARY_PATH="$work/with space"
reports 1 "$work/with space/libraw.so: 1 raw site" --check ./searched
unset LD_LIBRARY_PATH
# The C library is the pure one, wherever another is.
mkdir system
ln -s /lib/x86_64-linux-gnu/libc.so.6 system
"$cc" main.c clean.c -Wl,--disable-new-dtags "-Wl,-rpath,$work/system" -o with-rpath
reports 0 './with-rpath: nothing raw' --check ./with-rpath
LD_PRELOAD=$work/libs/libraw.so
export LD_PRELOAD
reports 1 "$work/libs/libraw.so: 1 raw site" --check ./clean
unset LD_PRELOAD
printf '#!%s/own x\n' "$work" >script
printf 'exit 3\n' >text
chmod +x script text
reports 1 "./script is a script for $work/own" --check ./script
reports 0 '/bin/sh: nothing raw' --check ./text
reports 0 'nothing raw' --check sh
reports 2 './nothing: No such file' --check ./nothing
reports 2 'nothing-of-this-name' --check nothing-of-this-name
reports 2 'Permission denied' --check ./main.c
reports 2 'no PROGRAM' --check
[ ! -e static ] || reports 2 'statically linked' --check ./static
head -c 100 own >part
chmod +x part
reports 2 '' --check ./part
audit '#!/bin/sh'
reports 2 'own: can'\''t be audited' --check ./own
rm tools/pure-audit
reports 2 'pure-audit is missing' --check ./own
audit "$recording"

# same WHAT LINES FILE PROGRAM: a run comes out as it should, with so many lines that
# name FILE, and no others.
same() {
	got=0
	run --handler pass -- "$4" >out 2>err || got=$?
	[ "$got $(cat out)" = '5 no child' ] ||
		fail "$1: exit status $got, output: $(cat out)"
	if [ "$(grep -c -F -e " $3 (1)" err)" != "$2" ] ||
		[ "$(wc -l <err)" -ne "$2" ]; then
		fail "$1: not $2 lines about $3, but:"
		cat err
	fi
}

# The line; what was asked before is known.
rm -rf cache
: >asked
same 'own' 1 own ./own
same 'linked' 1 libraw.so ./linked
same 'clean' 0 none ./clean
[ "$(wc -l <asked)" -eq 3 ] || fail 'not each program was audited'
same 'own, again' 1 own ./own
same 'linked, again' 1 libraw.so ./linked
same 'clean, again' 0 none ./clean
[ "$(wc -l <asked)" -eq 3 ] || fail 'what is known is asked again'
cp linked linked-too
same 'a copy' 1 libraw.so ./linked-too
[ "$(wc -l <asked)" -eq 3 ] || fail 'a copy, with its build ID, is asked again'
# shellcheck disable=SC2016
"$cc" -DOTHER -g main.c -Llibs -lraw '-Wl,-rpath,$ORIGIN/libs' -o other
same 'another' 1 libraw.so ./other
[ "$(tail -n 1 asked)" = '--json -- ./other' ] ||
	fail 'a library that is known is asked again, with another program'
raw_library clean
same 'another library' 0 none ./linked
raw_library raw
same 'the first library' 1 libraw.so ./linked
for name in cache/purecc/*; do
	case ${name##*/} in
	[01][0-9a-f][0-9a-f]) ;;
	*) fail "a file too many in the cache: $name" ;;
	esac
done

# None without a handler, or with --quiet.
for how in '' '--quiet --handler pass'; do
	got=0
	# shellcheck disable=SC2086
	run $how ./own >out 2>err || got=$?
	[ "$got:$(cat err)" = 5: ] || fail "$how: exit status $got: $(cat err)"
done

# Caches that are none.
each_cache() {
	same "$1" 1 own ./own
	same "$1, again" 1 own ./own
}
# damage COMMAND...: with the name of each file that there was.
damage() {
	rm -rf cache
	same "before $*" 1 own ./own
	for name in cache/purecc/*; do
		rm "$name"
		"$@" "$name"
	done
}
# shellcheck disable=SC2317
garbage() {
	echo 'purecc 1 what is this' >"$1"
}
rm -rf cache && : >cache
each_cache 'the cache is a file'
rm -rf cache && ln -s /proc/self/fd cache
each_cache 'nothing can be made there'
damage mkdir
each_cache 'directories'
damage mkfifo
each_cache 'pipes'
damage garbage
each_cache 'garbage'
damage ln -s /dev/full
each_cache 'links'
rm -rf cache
same 'whole' 1 own ./own
for name in cache/purecc/*; do
	sed 's/ 1 0 / 3 0 /' "$name" >changed
	cat changed >"$name"
done
each_cache 'changed by hand'
for name in cache/purecc/*; do
	head -c 50 "$name" >changed
	cat changed >"$name"
done
each_cache 'cut off'
rm -rf cache
(
	unset HOME XDG_CACHE_HOME
	each_cache 'no directory'
	XDG_CACHE_HOME=relative HOME=$work/home
	export XDG_CACHE_HOME HOME
	mkdir home
	same 'a relative directory' 1 own ./own
	[ ! -e relative ] && [ -d home/.cache/purecc ] ||
		fail 'a relative XDG_CACHE_HOME is used'
	exit "$failed"
) || failed=1

# Audits that go wrong.
for script in 'exit 3' 'echo garbage' 'kill -9 $$' \
	"echo '{\"file\":\"./own\",\"error\":\"x\"}'; exit 2" "printf '{\"raw\":1'" \
	'cat' 'exec <&- >&-; exit 0' 'head -c 100000 /dev/zero'; do
	rm -rf cache
	audit "#!/bin/sh
$script"
	same "audit: $script" 0 none ./own
done
printf 'no program' >tools/pure-audit
same 'an audit that is no program' 0 none ./own
rm tools/pure-audit
same 'no audit' 0 none ./own
audit "$recording"

# Processes in which something is missing. What the program opens first must not
# become standard error.
for cache in empty full; do
	[ "$cache" = full ] || rm -rf cache
	(trap '' CHLD && same "$cache: SIGCHLD is ignored" 1 own ./own &&
		exit "$failed") || failed=1
	got=0
	# shellcheck disable=SC3045 # dash has it
	(exec >out 2>err 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&- && ulimit -n 4 && run --handler pass ./own) || got=$?
	[ "$got" = 5 ] || fail "$cache: few descriptors: $got $(cat err)"
	(ulimit -f 0 && run --handler pass ./own 2>&1 | grep -q 'no child' ||
		fail "$cache: no file may be written"
		exit "$failed") || failed=1
	got=0
	run --handler pass ./own >out 2>&- || got=$?
	[ "$got $(cat out)" = '5 no child' ] ||
		fail "$cache: standard error is closed: exit status $got"
	got=0
	run --handler pass ./own <&- >&- 2>err || got=$?
	[ "$got" = 5 ] || fail "$cache: two are closed: exit status $got"
done
exit "$failed"
