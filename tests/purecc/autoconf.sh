#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A project of autoconf, automake and libtool with CC="purecc gcc": configure
# finds out of the compiler what it finds without purecc, and what is built,
# shared and static, in C, C++ and assembly, has its calls seen.
set -eu
# shellcheck source=tests/purecc/lib
. "$(dirname "$0")/lib"
need autoreconf automake libtoolize make
sources

mv lib.c lib-c.c
sed 's/site_lib/site_cxx_lib/' lib-c.c >lib-cxx.cc
asm_sources=asm.S asm_flags=-DASM
[ -e "$build/pure-syscall.s" ] || asm_sources='' asm_flags=''
cat >configure.ac <<'END'
AC_INIT([sites], [1])
AM_INIT_AUTOMAKE([foreign subdir-objects])
AM_PROG_AR
LT_INIT
AC_PROG_CC
AC_PROG_CXX
AM_PROG_AS
AC_PROG_CPP
AM_PROG_CC_C_O
AC_USE_SYSTEM_EXTENSIONS
AC_SYS_LARGEFILE
AC_C_BIGENDIAN
AC_C_INLINE
AC_CHECK_SIZEOF([long])
AC_CHECK_HEADERS([unistd.h no-such-header.h])
AC_CHECK_FUNCS([openat no_such_function])
AC_SEARCH_LIBS([dlopen], [dl])
AC_CHECK_LIB([m], [cos])
AC_CONFIG_HEADERS([config.h])
AC_CONFIG_FILES([Makefile])
AC_OUTPUT
END
cat >Makefile.am <<END
AM_CPPFLAGS = -I $include
bin_PROGRAMS = program program-cxx
lib_LTLIBRARIES = libsite.la libsite-cxx.la
libsite_la_SOURCES = lib-c.c
libsite_cxx_la_SOURCES = lib-cxx.cc
program_SOURCES = main.c c.c $asm_sources
program_CFLAGS = -DC -DLIB $asm_flags
program_LDADD = libsite.la
program_cxx_SOURCES = main.cc cxx.cc
program_cxx_CXXFLAGS = -DC -Dsite_lib=site_cxx_lib -DLIB
program_cxx_LDADD = libsite-cxx.la
END
works autoreconf -i
[ "$failed" = 0 ] || exit 1

# shellcheck disable=SC2317 # it is called, by works
# configure_in DIRECTORY CC CXX ARGUMENT...
configure_in() (
	mkdir "$1"
	cd "$1"
	CC=$2 CXX=$3
	shift 3
	../configure --disable-dependency-tracking CC="$CC" CXX="$CXX" "$@"
)

# What was found, with the compiler's name the same.
found() {
	sed -n "s|$purecc ||g; /^configure:.*result:/p; /^#define/p" \
		"$1/config.log" | sed 's/^[^ ]* //'
}

works configure_in plain "$cc -m64" "$cxx"
works configure_in pure "$purecc $cc -m64" "$purecc $cxx"
found plain >plain.found
found pure >pure.found
diff plain.found pure.found || fail 'configure finds something else'

works make -C pure
for program in program program-cxx; do
	works "pure/$program"
done
for library in pure/.libs/libsite.so pure/.libs/libsite-cxx.so; do
	readelf -d "$library" | grep -q 'NEEDED.*libpurecc' ||
		fail "$library has no runtime"
done

works make -C pure clean
works make -C pure LDFLAGS=-all-static
for program in program program-cxx; do
	works "pure/$program"
	! readelf -d "pure/$program" | grep -q NEEDED || fail "$program is not static"
done
exit "$failed"
