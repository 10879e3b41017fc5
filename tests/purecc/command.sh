#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# purecc is not noticed where it stands: arguments, standard streams, exit
# status, signals and process are the compiler's; and it says so where it can't
# be of use.
#
# The compiler is a script here: one that answers -dumpspecs as GCC does and
# otherwise does what is asked of it.
# shellcheck disable=SC2016 # what a fake compiler gets is for itself to expand
set -eu
# shellcheck source=tests/purecc/lib
. "$(dirname "$0")/lib"

major=$("$cc" -dumpversion)
major=${major%%.*}

# fake NAME VERSION TARGET: with `-do COMMAND' as its last arguments it runs
# COMMAND; else it prints those that are not purecc's, each in brackets.
fake() {
	cat >"$1" <<-END
		#!/bin/sh
		if [ "\$*" = -dumpspecs ]; then
			printf '*asm:\n\n*version:\n$2\n\n*link:\n-m $3\n\n'
			exit
		fi
		while [ \$# -gt 0 ]; do
			case \$1 in
			-fplugin=$build/gcc-$major/purecc.so) ;;
			-fplugin-arg-purecc-libdir=$build) ;;
			-fplugin-arg-purecc-verify) ;;
			-specs=$build/purecc-as.specs) ;;
			-specs=$build/purecc-verify.specs) ;;
			-specs=$build/purecc-ld.specs) ;;
			-specs=$build/purecc-rpath.specs) ;;
			-do) eval "\$2"; exit ;;
			*) printf '[%s]\n' "\$1" ;;
			esac
			shift
		done
	END
	chmod +x "$1"
}

mkdir bin
PATH=$work/bin:$PATH
fake bin/fake-gcc "$major.9.9" elf_x86_64
fake bin/gcc-99 99.1.0 elf_x86_64
fake bin/arm-gcc "$major" armelf_linux
for launcher in ccache distcc; do
	printf '#!/bin/sh\necho %s\nexec "$@"\n' $launcher >bin/$launcher
	chmod +x bin/$launcher
done

# prints TEXT COMMAND...: exits with 0, and prints just this.
prints() {
	want=$1
	shift
	works "$@"
	printf '%s\n' "$want" | cmp -s - works.log || {
		fail "$*"
		printf '%s\n' "$want" | diff - works.log || :
	}
}

# exits STATUS COMMAND...
exits() {
	want=$1 got=0
	shift
	"$@" || got=$?
	[ "$want" = "$got" ] ||
		fail "exit status $got instead of $want: $*"
}

# Arguments, the compiler's name, the process.
prints '[-c]
[]
[a b]
['"'"'"$x\]
[two
lines]
[--version]
[--no-runtime]' "$purecc" fake-gcc -c '' 'a b' "'\"\$x\\" 'two
lines' --version --no-runtime
prints '[x.c]' "$purecc" "$work/bin/fake-gcc" x.c
prints '[x.c]' "$purecc" -- bin/fake-gcc x.c
prints "$work/bin/fake-gcc" "$purecc" fake-gcc -do 'echo "$0"'
prints "$(env | grep -v ^_=)" "$purecc" fake-gcc -do 'env | grep -v ^_='
prints source "$purecc" fake-gcc -do cat <<'END'
source
END
: >no-program
"$purecc" fake-gcc -do 'echo $$' >got &
wait $!
[ "$(cat got)" = $! ] || fail 'the compiler is not the process'
"$purecc" fake-gcc -do 'echo out; echo err >&2' >got 2>got.err
[ "$(cat got got.err)" = "out
err" ] || fail 'standard streams'

# Exit statuses and signals.
for status in 0 1 4 127; do
	exits $status "$purecc" fake-gcc -do "exit $status"
done
# 128 and the signal's number is the shell's way to say that it was one.
exits 143 "$purecc" fake-gcc -do 'kill -TERM $$' 2>exits.err


# Started with less than usual.
exits 3 "$purecc" fake-gcc -do 'exit 3' <&- >&- 2>&-
(
	trap '' CHLD
	exits 3 "$purecc" fake-gcc -do 'exit 3'
	exit "$failed"
) || failed=1

# Launchers, and purecc more than once.
prints 'ccache
[-c]' "$purecc" ccache fake-gcc -c
prints 'ccache
distcc
[-c]' "$purecc" "$work/bin/ccache" distcc fake-gcc -c
prints 'ccache
[-c]' ccache "$purecc" fake-gcc -c
prints '[-c]' "$purecc" "$purecc" fake-gcc -c
prints '[-fplugin-arg-purecc-mode=call]
[-c]' "$purecc" "$purecc" --plugin-arg mode=call fake-gcc -c

# Options.
plugin="-fplugin=$build/gcc-$major/purecc.so"
plugin="$plugin -fplugin-arg-purecc-libdir=$build"
assembler="-specs=$build/purecc-as.specs"
verified="-fplugin-arg-purecc-verify $assembler -specs=$build/purecc-verify.specs"
all="$verified -specs=$build/purecc-ld.specs -specs=$build/purecc-rpath.specs"
case $build in
*[!A-Za-z0-9/._-]*) ;; # It is quoted.
*)
	prints "fake-gcc $plugin $all -c x.c" \
		"$purecc" --print fake-gcc -c x.c
	prints "fake-gcc $plugin $all 'a b' '' 'it'\\''s' '\$x'" \
		"$purecc" --print fake-gcc 'a b' '' "it's" '$x'
	prints "fake-gcc $plugin $verified -c x.c" \
		"$purecc" --print --no-runtime fake-gcc -c x.c
	prints "fake-gcc $plugin $assembler -c x.c" \
		"$purecc" --print --no-runtime --no-verify fake-gcc -c x.c
	mode='-fplugin-arg-purecc-mode=call -fplugin-arg-purecc-verbose'
	prints "fake-gcc $plugin $mode $all" \
		"$purecc" --plugin-arg=mode=call --plugin-arg verbose --print \
		fake-gcc
	;;
esac
for question in --version -dumpmachine -print-file-name=libc.so --help; do
	"$cc" $question >asked
	"$purecc" "$cc" $question | cmp - asked || fail "$question"
done
"$purecc" --help | grep -q -e --plugin-arg || fail '--help'
"$purecc" --version | grep -q '^purecc [0-9]' || fail '--version'
says 2 'No space' sh -c '"$1" --help >/dev/full' sh "$purecc"

# Misuse, and compilers that there is nothing for.
says 2 'no COMPILER' "$purecc"
says 2 'no COMPILER' "$purecc" --no-runtime
says 2 'no COMPILER' "$purecc" ccache
says 2 '--nothing' "$purecc" --nothing fake-gcc
says 2 '--plugin-arg' "$purecc" --plugin-arg
says 2 '--plugin-arg' "$purecc" --plugin-arg '' fake-gcc
says 2 '--plugin-arg' "$purecc" --plugin-arg =x fake-gcc
says 127 'no-such-gcc' "$purecc" no-such-gcc -c x.c
says 126 './no-program' "$purecc" ./no-program -c x.c
says 127 'no-such-gcc' "$purecc" ccache no-such-gcc
for part in 'gcc-99 is GCC 99' "GCC $major" \
	gcc-99-plugin-dev 'cmake -S . -B build -DPURECC_COMPILERS=gcc-99'; do
	says 2 "$part" "$purecc" gcc-99 -c x.c
done
says 2 'no code for x86-64' "$purecc" arm-gcc -c x.c
says 2 "GCC $major" "$purecc" cat x.c
says 2 'cat is not GCC' "$purecc" cat x.c
says 2 'true is not GCC' "$purecc" true x.c
if command -v clang >/dev/null; then
	says 2 'clang is not GCC' "$purecc" clang -c x.c
	says 2 'clang is not GCC' "$purecc" clang --version
fi
exit "$failed"
