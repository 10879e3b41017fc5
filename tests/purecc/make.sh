#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# make with its own rules and CC="purecc gcc": what is built has its calls seen,
# and the dependencies that GCC writes are those that it writes without purecc.
set -eu
# shellcheck source=tests/purecc/lib
. "$(dirname "$0")/lib"
need make
sources

echo '#define NUMBER 3002' >number.h
sed -i '1s/.*/#include "number.h"/' asm.S
cat >Makefile <<'END'
CFLAGS = -O2 -m64 -DC -DASM -DLIB -MD -MP
CXXFLAGS = $(CFLAGS)
ASFLAGS = -MD -MP
objects = main.o cxx.o asm.o

program: $(objects) libsite.so
	$(CC) $(LDFLAGS) -o $@ $(objects) -L. -lsite -Wl,-rpath,. $(LDLIBS)

libsite.so: lib.c
	$(CC) $(CPPFLAGS) $(CFLAGS) -fPIC -shared -MF lib.d -o $@ $<

-include *.d
END
if [ ! -e "$build/pure-syscall.s" ]; then
	sed -i 's/ -DASM//; s/ asm\.o//' Makefile
fi
rm main.cc asm.s

# make in directory $1, with $2 in front of the compilers, and libraries $3.
run() {
	make -C "$1" CPPFLAGS="-I $include" CC="$2$cc" CXX="$2$cxx" LDLIBS="$3"
}

mkdir pure plain
cp ./*.[cS] ./*.cc ./*.h Makefile pure
cp ./*.[cS] ./*.cc ./*.h Makefile plain
works run pure "$purecc " ''
works sh -c 'cd pure && ./program'
# Without purecc the runtime, for main(), has to be named.
works run plain '' "$build/libpurecc.so -Wl,-rpath,$build"
for file in plain/*.d; do
	cmp "$file" "pure/${file#*/}" || fail "the dependencies are others"
done

# Nothing is to be done, until a header is changed.
run pure "$purecc " '' >again.log
! grep -q -e ' -c ' again.log || fail "all is made again"
if [ -e pure/asm.o ]; then
	sleep 1
	touch pure/number.h
	run pure "$purecc " '' >again.log
	grep -q -e ' -c .*asm\.S' again.log || fail 'asm.S is not made again'
	! grep -q -e ' -c .*main\.c' again.log || fail 'main.c is made again'
	works sh -c 'cd pure && ./program'
fi
exit "$failed"
