#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Programs and libraries that are made in one way or another by putting purecc
# in front of the compiler: a handler sees their calls.
set -eu
# shellcheck source=tests/purecc/lib
. "$(dirname "$0")/lib"
sources

c() {
	works "$purecc" "$cc" -I "$include" "$@"
}

cxx() {
	works "$purecc" "$cxx" -I "$include" "$@"
}

needs_runtime() {
	readelf -d "$1" | grep -q 'NEEDED.*libpurecc'
}

# In one step, in two, and from several sources.
for flags in '' -O2 '-O2 -no-pie -fno-pie' -static '-O2 -static-pie -fPIE' \
	'-O2 -flto' '-O2 -flto -static' '-pipe -g' -save-temps -Os; do
	# shellcheck disable=SC2086
	set -- $flags
	c "$@" -DC -o program main.c c.c
	works ./program
	c "$@" -DC -c main.c c.c
	c "$@" -o program main.o c.o
	works ./program
	cxx "$@" -DC -o program main.cc cxx.cc
	works ./program
done
c -DC -o program -x c - c.c <main.c
works ./program
echo "-I $include -DC main.c -o program c.c" >response
works "$purecc" "$cc" @response
works ./program

# What has no site doesn't need the runtime, wherever it comes from.
echo 'int main(void) { return 0; }' >none.c
for flags in '' -flto -no-pie; do
	# shellcheck disable=SC2086
	c $flags -o none none.c
	works ./none
	! needs_runtime none || fail "$flags: a program without a site needs it"
done
c -static-pie -fPIE -o none none.c
works ./none
works "$purecc" --no-runtime "$cc" -o none none.c
says 1 undefined "$purecc" --no-runtime "$cc" -I "$include" -DC main.c c.c

# A library with a site, in a program with one and in one without; the pointer
# is one for both.
for flags in '' -O2 -flto -nostdlib -nodefaultlibs; do
	# shellcheck disable=SC2086
	c -fPIC -shared $flags -o libsite.so lib.c
	needs_runtime libsite.so || fail "$flags: the library has no runtime"
	c -DC -DLIB -o program main.c c.c -L. -lsite -Wl,-rpath,.
	works ./program
	c -DLIB -o program main.c -L. -lsite -Wl,-rpath,.
	works ./program
done
cat >load.c <<-'END'
	#include <dlfcn.h>

	long site_lib(void)
	{
		void *library = dlopen("./libsite.so", RTLD_NOW);

		return ((long (*)(void))dlsym(library, "site_lib"))();
	}
END
c -DC -DLIB -o program main.c load.c c.c -ldl
works ./program

# Objects that are linked in steps.
c -DC -c main.c c.c
c -r -o both.o main.o c.o
c -o program both.o
works ./program
ar rc libc-site.a c.o
c -DC -o program main.c -L. -lc-site
works ./program

# The plugin's arguments.
works "$purecc" --plugin-arg mode=call --plugin-arg report=sites \
	"$cc" -O2 -c c.c
grep -q '"mode": *"call"' sites || fail '--plugin-arg'
says 1 nonsense "$purecc" --plugin-arg nonsense "$cc" -c c.c
exit "$failed"
