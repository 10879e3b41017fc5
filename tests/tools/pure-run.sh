#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# pure-run starts a program as execvp(3) would, or says why it can't.
#
# "same" compares with env(1), which calls execvp and has the same exit codes:
# output and exit status have to be equal. Most of it needs no pure glibc: the
# system's serves, by links that make it look like a directory of build-glibc.sh.
#
# PURE_RUN names another pure-run than that in the build directory. Exits with 77
# if the part with handlers could not be run, pure glibc not being there.
# shellcheck disable=SC2016 # what sh -c gets is not for this shell to expand
set -eu

here=$(cd "$(dirname "$0")" && pwd)
run=${PURE_RUN:-${PURECC_BUILD:-$here/../../build}/pure-run}
case $run in /*) ;; *) run=$PWD/$run ;; esac
build=$(cd "$(dirname "$run")" && pwd)
env=$(command -v env)
loader=/lib64/ld-linux-x86-64.so.2
libc=/lib/x86_64-linux-gnu/libc.so.6

skip() {
	echo "skipped: $*"
	exit 77
}

[ -x "$run" ] || skip "$run is not built"
command -v cc >/dev/null || skip "no C compiler"
"$loader" --help 2>/dev/null | grep -q -e --argv0 ||
	skip "the system's $loader knows no --argv0"

# shellcheck source=common.inc
. "$(dirname "$0")/common.inc"
cd "$work"
mkdir -p fake/lib64 fake/lib/x86_64-linux-gnu bin libs
ln -s "$loader" fake/lib64/
ln -s "$libc" fake/lib/x86_64-linux-gnu/

# shellcheck disable=SC2317 # called by says
pure() {
	"$run" --glibc fake "$@"
}

# same COMMAND...: as started by env, with $path as PATH if that is set.
same() {
	direct=0 under=0
	PATH=${path-$PATH} "$env" -- "$@" >direct.out 2>direct.err || direct=$?
	PATH=${path-$PATH} "$run" --glibc fake -- "$@" >under.out \
		2>under.err || under=$?
	if [ "$direct" != "$under" ] || ! cmp -s direct.out under.out; then
		fail "exit status $under, directly $direct: $*"
		diff direct.out under.out || :
		cat under.err
	fi
}

# script NAME TEXT: an executable file; TEXT is for printf.
script() {
	# shellcheck disable=SC2059
	printf "$2" >"$1"
	chmod +x "$1"
}

cat >arguments.c <<'END'
#include <stdio.h>

int main(int argc, char **argv)
{
	for (int i = 0; i < argc; i++)
		printf("%d [%s]\n", i, argv[i]);
	return argc;
}
END
cc -o arguments arguments.c
here_arguments=$work/arguments
cp arguments bin/in-path
cp arguments ./-dash

# Arguments, argv[0], exit status.
same ./arguments
same ./arguments '' 'a b' -- --argv0 x
same "$here_arguments" --help
same sh -c 'exit 3'
same sh -c 'kill -TERM $$'
same sh -c 'kill -KILL $$'
same sh -c 'cat; echo "$0"' name

# The search in PATH.
path=$work/bin:$PATH
same in-path a
same no-such-program
: >bin/not-executable
same not-executable
path=/nonexistent:$work/arguments::$PATH
same arguments a
same in-path a
same -dash a
path=
same arguments
same in-path
unset path

# A variable is the program's: it isn't looked for with it.
[ "$(pure -E PATH=/nowhere -E NEW=value -E HOME --env EMPTY= -- env |
	grep -E '^(PATH|NEW|HOME|EMPTY)=' | sort)" = 'EMPTY=
NEW=value
PATH=/nowhere' ] || fail "-E: another environment"
says 2 'E : Invalid argument' pure -E '' env

# pure-run itself.
same "$run" --glibc fake ./arguments a

# What can't be executed.
same ./nothing
same ./arguments.c
same ./bin
same ''
same ./arguments/x

# Scripts.
for line in \
	"#!$here_arguments" "#! $here_arguments" "#!\t$here_arguments  \t" \
	"#!$here_arguments one" "#!$here_arguments one two " \
	"#!$here_arguments \t one\ttwo\t" "#!$here_arguments\r" \
	"#!arguments x" "#!./arguments x" "#!/nonexistent/interpreter" \
	"#!$work/bin" "#!$work/arguments.c" \
	'#!' '#! \t' '#' 'echo "$0" "$@"; exit 4' ''; do
	script ./script "$line"
	same ./script a 'b c'
	script ./script "$line\nexit 5\n"
	same ./script a 'b c'
	cp script bin/in-path-too
	path=$work/bin:$PATH
	same in-path-too a 'b c'
	unset path
done

# Lines around the 256 bytes that the kernel reads.
long=$(printf '%0300d' 0 | tr 0 x)
for size in 253 254 255 256 257 270; do
	line="#!$here_arguments $long"
	script ./script "$(printf '%s' "$line" | cut -c "1-$size")\nexit 5\n"
	same ./script a
	# The same with the end of the interpreter's name there.
	pad=$(printf '%0300d' 0 | tr 0 /)
	pad=$(printf '%s' "$pad" | cut -c "1-$((size - 2 - ${#here_arguments}))")
	script ./script "#!$pad$here_arguments\nexit 5\n"
	same ./script a
	script ./script "#!$pad$here_arguments x y\nexit 5\n"
	same ./script a
done

# A script may be another's interpreter, a few times.
script ./script0 "#!$here_arguments end"
for depth in 1 2 3 4 5 6; do
	script "./script$depth" "#!$work/script$((depth - 1)) $depth\n"
	same "./script$depth" a
done

# Programs that can't be put on pure glibc.
cc -static -o static arguments.c && says 2 'statically linked' pure ./static
cc -c arguments.c && chmod +x arguments.o
says 126 'neither an ELF program' pure ./arguments.o
for size in 10 40 100; do
	head -c "$size" arguments >first-bytes
	chmod +x first-bytes
	says 126 first-bytes pure ./first-bytes
done
cp arguments other
printf '\267' | dd of=other bs=1 seek=18 conv=notrunc 2>dd.err # EM_AARCH64
says 126 'another machine' pure ./other
cp arguments other
printf '\001' | dd of=other bs=1 seek=4 conv=notrunc 2>dd.err # ELFCLASS32
says 126 '32-bit' pure ./other
cc -Wl,--dynamic-linker=/lib/ld-musl-x86_64.so.1 -o musl arguments.c
says 2 'another interpreter' pure ./musl
script ./binary 'a\000b\n'
says 126 'neither an ELF program nor a script' pure ./binary

# Privileges that the kernel gives: only of those who haven't them.
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
	# The build directory may be nobody's to read.
	chmod 755 .
	cp "$run" own-run
	cp "$build/pure-start.so" .
	cp arguments set-user-id && chmod u+s set-user-id
	cp arguments set-group-id && chmod g+s set-group-id
	for bit in set-user-id set-group-id; do
		same "./$bit"
		says 2 privileges setpriv --reuid 65534 --regid 65534 \
			--clear-groups ./own-run --glibc fake "./$bit"
	done
fi

# Misuse.
says 2 'no PROGRAM' "$run"
says 2 'no PROGRAM' pure --
says 2 '--nothing' pure --nothing
says 2 '--handler' pure --output x ./arguments
says 2 '--same-namespace' pure --same-namespace ./arguments
says 2 'build-glibc.sh' "$run" --glibc /nonexistent ./arguments
says 2 "\`nothing'" pure --handler nothing ./arguments
says 2 './nothing.so' pure --handler ./nothing.so ./arguments
echo 'unsigned int la_version(unsigned int v) { return v; }' >auditor.c
echo 'int nothing;' >plain.c
mkdir 'a b:c'
cc -shared -fPIC -o auditor.so auditor.c
cc -shared -fPIC -o plain.so plain.c
cp auditor.so 'a b:c'
says 2 'not pure' pure --handler ./auditor.so ./arguments
says 2 'not pure' pure --same-namespace --handler ./plain.so ./arguments
says 2 'la_version' pure --handler ./plain.so ./arguments
says 2 'shared object' pure --handler ./arguments ./arguments
says 2 'ELF' pure --handler ./plain.c ./arguments
says 2 "\`:'" pure --handler './a b:c/auditor.so' ./arguments
says 2 "\` '" pure --same-namespace --handler './a b:c/auditor.so' ./arguments

# The program's own libraries, and what it hands down.
echo 'int number(void) { return 42; }' >number.c
echo 'int number(void); int main(void) { return number(); }' >main.c
cc -shared -fPIC -o libs/libnumber.so number.c
cc -o main main.c -Llibs -lnumber
(
	export LD_LIBRARY_PATH="/nonexistent:$work/libs"
	same ./main
	same sh -c 'env | grep -v ^_='
	exit "$failed"
) || failed=1
same sh -c 'env | grep -v ^_='
PURE_HANDLER_OPTIONS=output=x "$run" --glibc fake env | grep PURE_HANDLER &&
	fail 'an inherited PURE_HANDLER_OPTIONS is handed down'

# A program that finds its libraries by $ORIGIN, reached by links: to the file, to
# its directory, and as the interpreter of a script.
mkdir -p far/links
cc -o bin/origin main.c -Llibs -lnumber '-Wl,-rpath,$ORIGIN/../libs'
ln -s "$work/bin/origin" far/links/origin
ln -s ../../bin far/links/directory
script ./origin-script "#!$work/far/links/origin\n"
same far/links/origin
same far/links/directory/origin
same "$work/far/links/directory/origin"
same ./origin-script
path=$work/far/links:$PATH
same origin
unset path
# argv[0] stays what was given.
ln -s "$here_arguments" far/links/other-name
same far/links/other-name a

"$run" --help | grep -q -e --same-namespace || fail '--help'
"$run" --version | grep -q '^pure-run ' || fail '--version'
says 2 'No space' sh -c '"$1" --help >/dev/full' sh "$run"

# Handlers, which need a pure glibc.
if [ ! -e "$build/pure-glibc$libc" ] || [ ! -e "$build/handlers/trace.so" ]; then
	[ "$failed" = 0 ] || exit 1
	skip "no pure glibc in $build: nothing was run with a handler"
fi
for how in '' --same-namespace; do
	for handler in pass trace "$build/handlers/pass.so"; do
		# shellcheck disable=SC2086
		"$run" $how --handler "$handler" -- ./arguments a 2>says.err \
			>under.out && fail "$how $handler: exit status 0"
		./arguments a >direct.out || :
		cmp -s direct.out under.out ||
			fail "$how --handler $handler changes the output"
	done
	# shellcheck disable=SC2086
	"$run" $how --handler trace -o libs/lines env >under.out 2>says.err ||
		fail "$how --output: exit status $?"
	grep -q -e ' exit_group(0)  *= ?$' libs/lines ||
		fail "$how --output: the lines are not in the file"
	[ ! -s says.err ] || fail "$how --output: something is on stderr"
	grep -v ^_= under.out >under.env
	env | grep -v ^_= >direct.env
	diff direct.env under.env || fail "$how: another environment"
done
says 2 '/nonexistent/lines' \
	"$run" --handler trace -o /nonexistent/lines ./arguments
for how in '' --same-namespace; do
	# shellcheck disable=SC2086
	says 2 "handler pass has no option \`output'" \
		"$run" $how --handler pass -o libs/nothing ./arguments
done
[ ! -e libs/nothing ] || fail '--output makes a file that nobody writes to'
exit "$failed"
