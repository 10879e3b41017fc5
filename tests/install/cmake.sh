#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# find_package(purecc), in a tree that was moved, whose name has blanks: a program
# and a handler; libraries, C++ and assembly; what can't be instrumented is said.
set -eu
# shellcheck source=tests/install/install.inc
. "$(dirname "$0")/install.inc"
# shellcheck source=tests/install/consumers.inc
. "$root/tests/install/consumers.inc"
need make

moved_tree
project
works cmake -S project -B out -DCMAKE_PREFIX_PATH="$tree"
works cmake --build out
runs "$work/out"

# A static library brings the runtime to what is linked with it; static programs.
mkdir other
cat >other/CMakeLists.txt <<'END'
cmake_minimum_required(VERSION 3.18)
project(other LANGUAGES C CXX ASM)
find_package(purecc 0.1 REQUIRED)
add_library(sites STATIC site.c asm.S)
purecc_instrument(sites)
add_executable(program main.cc)
add_executable(static-program main.cc)
target_link_options(static-program PRIVATE -static)
foreach(program program static-program)
  target_include_directories(${program} PRIVATE
    $<TARGET_PROPERTY:purecc::purecc,INTERFACE_INCLUDE_DIRECTORIES>)
  target_link_libraries(${program} PRIVATE sites)
endforeach()
END
cat >other/site.c <<'END'
long
site (void)
{
  long result = 3001;

  asm volatile ("syscall" : "+a" (result) : : "rcx", "r11", "memory");
  return result;
}
END
assembly_site >other/asm.S
cat >other/main.cc <<'END'
#include <purecc.h>

extern "C" long site (void);
extern "C" long assembly (void);

static long
handler (long number, long, ...)
{
  return number - 3000;
}

int
main ()
{
  __pure_syscall = handler;
  long sum = site () + assembly ();
  __pure_syscall = nullptr;
  return sum == 3 ? 0 : 1;
}
END
works cmake -S other -B other-out -DCMAKE_PREFIX_PATH="$tree"
works cmake --build other-out
works other-out/program
works other-out/static-program

# Another version is refused, and a GCC that there is no plugin for.
sed -i 's/purecc 0.1/purecc 7.0/' other/CMakeLists.txt
! cmake -S other -B other-out -DCMAKE_PREFIX_PATH="$tree" >refused 2>&1 ||
	fail 'version 7.0 was found'
sed -i 's/purecc 7.0/purecc/' other/CMakeLists.txt
find "$tree" -name 'gcc-*' -type d -exec rm -r {} +
! cmake -S other -B other-out -DCMAKE_PREFIX_PATH="$tree" >refused 2>&1 ||
	fail 'there is no plugin'
tr -s ' \n' ' ' <refused | grep -q 'there is no plugin for it' || fail "$(cat refused)"
end
