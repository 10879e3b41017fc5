#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A CMake project with C, C++ and assembly, a library and a program: by
# CC="purecc gcc", and with purecc as compiler launcher and linker launcher.
set -eu
# shellcheck source=tests/purecc/lib
. "$(dirname "$0")/lib"
need cmake make
sources

asm=ASM
[ -e "$build/pure-syscall.s" ] || asm=
mkdir source
cp ./*.[cS] ./*.cc source
cat >source/CMakeLists.txt <<END
cmake_minimum_required(VERSION 3.18)
project(sites LANGUAGES C CXX $asm)
include_directories("$include")
find_package(Threads REQUIRED)
include(CheckFunctionExists)
check_function_exists(openat has_openat)
check_function_exists(no_such_function has_no_such_function)
if(NOT has_openat OR has_no_such_function)
  message(FATAL_ERROR "a check went wrong")
endif()
add_library(site SHARED lib.c)
set(sites c.c)
if(NOT "$asm" STREQUAL "")
  list(APPEND sites asm.S)
endif()
foreach(language c cc)
  add_executable(program-\${language} main.\${language} \${sites})
  target_compile_definitions(program-\${language} PRIVATE C $asm LIB)
  target_link_libraries(program-\${language} PRIVATE site Threads::Threads)
endforeach()
END

# build NAME ARGUMENT...: configure with ARGUMENTs, build, run.
build() {
	name=$1
	shift
	works cmake -S source -B "$name" "$@"
	works cmake --build "$name"
	for program in program-c program-cc; do
		works "./$name/$program"
	done
	grep -q 'CMAKE_C_COMPILER_ID "GNU"' "$name"/CMakeFiles/*/CMakeCCompiler.cmake ||
		fail "$name: CMake does not see a GCC"
}

# CMake takes the rest of CC for its own: the path of purecc has no blanks.
export CC="$purecc $cc" CXX="$purecc $cxx" ASM="$purecc $cc"
build command
unset CC CXX ASM

case $(cmake --version | sed -n 's/^cmake version //p') in
3.1[0-9].* | 3.20.*)
	echo "CMake before 3.21 has no linker launcher"
	exit "$failed"
	;;
esac
set -- -D CMAKE_C_COMPILER="$cc" -D CMAKE_CXX_COMPILER="$cxx"
for language in C CXX; do
	set -- "$@" -D CMAKE_${language}_COMPILER_LAUNCHER="$purecc" \
		-D CMAKE_${language}_LINKER_LAUNCHER="$purecc"
done
# For assembly CMake has no launcher.
build launcher "$@" -D CMAKE_ASM_COMPILER="$purecc;$cc"

# Both at once.
export CC="$purecc $cc" CXX="$purecc $cxx" ASM="$purecc $cc"
build both -D CMAKE_C_COMPILER_LAUNCHER="$purecc" \
	-D CMAKE_CXX_COMPILER_LAUNCHER="$purecc" \
	-D CMAKE_C_LINKER_LAUNCHER="$purecc"
exit "$failed"
