# What has to be there.  Each thing that is missing is named with the package
# that has it.
#
# SPDX-License-Identifier: GPL-3.0-or-later

if(NOT CMAKE_C_COMPILER_ID STREQUAL "GNU")
  message(FATAL_ERROR
    "${CMAKE_C_COMPILER} is not GCC but ${CMAKE_C_COMPILER_ID}, and purecc is a "
    "GCC plugin.  Give a GCC: cmake -S . -B build -DCMAKE_C_COMPILER=gcc")
endif()
if(NOT CMAKE_SYSTEM_PROCESSOR STREQUAL "x86_64")
  message(FATAL_ERROR
    "purecc is for x86_64 so far, and this is ${CMAKE_SYSTEM_PROCESSOR}.")
endif()

# purecc_require(RESULT HEADER LIBRARY PACKAGE): sets RESULT to the library.
function(purecc_require result header library package)
  find_path(${result}_INCLUDE ${header})
  find_library(${result} ${library})
  if(NOT ${result}_INCLUDE OR NOT ${result})
    message(FATAL_ERROR
      "<${header}> or lib${library} is missing.  Install it: "
      "apt-get install ${package}")
  endif()
  mark_as_advanced(${result}_INCLUDE ${result})
endfunction()

purecc_require(PURECC_SECCOMP seccomp.h seccomp libseccomp-dev)
purecc_require(PURECC_ELF gelf.h elf libelf-dev)
purecc_require(PURECC_DW elfutils/libdwfl.h dw libdw-dev)
purecc_require(PURECC_ZYDIS Zydis/Zydis.h Zydis libzydis-dev)
