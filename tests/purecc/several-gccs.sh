#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Each GCC that a build has a plugin for gets its own, by whatever name it is
# called, and what the build can't have is said when it is configured.
set -eu
# shellcheck source=tests/purecc/lib
. "$(dirname "$0")/lib"
root=$(cd "$tests/../.." && pwd)
sources

count=0
for plugin in "$build"/gcc-*/purecc.so; do
	major=${plugin%/purecc.so}
	major=${major##*gcc-}
	for compiler in "$cc" "gcc-$major"; do
		[ "$(gcc_major "$compiler")" = "$major" ] || continue
		ln -sf "$(command -v "$compiler")" some-cc
		"$purecc" --print ./some-cc -c c.c |
			grep -q -F -e "-fplugin=$plugin" ||
			fail "$compiler doesn't get $plugin"
		works "$purecc" ./some-cc -I "$include" -DC main.c c.c -o program
		works ./program
		count=$((count + 1))
	done
done
[ $count -gt 0 ] || fail "there is no plugin in $build"
[ "$(realpath "$build/purecc.so")" = \
	"$(realpath "$build/gcc-$(gcc_major "$cc")/purecc.so")" ] ||
	fail "purecc.so isn't the plugin for $cc"

# refuses TEXT COMPILERS: cmake's message has TEXT in it, without line breaks.
refuses() {
	! cmake -S "$root" -B configured -DCMAKE_C_COMPILER="$cc" \
		-DCMAKE_CXX_COMPILER="$cxx" -DPURECC_COMPILERS="$2" \
		>configured.log 2>&1 || fail "cmake takes PURECC_COMPILERS=$2"
	tr -s '\n ' ' ' <configured.log | grep -q -F -e "$1" || {
		fail "no \`$1' for PURECC_COMPILERS=$2"
		cat configured.log
	}
}

need cmake
printf '#!/bin/sh\n' >no-gcc
cat >bare-gcc <<'END'
#!/bin/sh
case $1 in
-dumpspecs) printf '*asm:\n\n*version:\n99.1.0\n' ;;
-print-file-name=plugin) echo plugin ;;
esac
END
cat >second-gcc <<END
#!/bin/sh
case \$1 in
-print-file-name=plugin) echo '$work/second' ;;
*) exec $cc "\$@" ;;
esac
END
chmod +x no-gcc bare-gcc second-gcc
mkdir -p second/include
: >second/include/gcc-plugin.h
refuses 'apt-get install gcc-98 gcc-98-plugin-dev' gcc-98
refuses 'which is not GCC' "$work/no-gcc"
refuses 'apt-get install gcc-99-plugin-dev' "$work/bare-gcc"
refuses "are both GCC $(gcc_major "$cc")" "$work/second-gcc"
exit "$failed"
