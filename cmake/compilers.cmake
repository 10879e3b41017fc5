# The GCCs that plugins are built for, each major version once: the one that
# CMake is given, and those of PURECC_COMPILERS.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Sets PURECC_GCCS to their major versions, CMake's own first, and for each N of
# them PURECC_GCC_N to the compiler and PURECC_GCC_N_HEADERS to the directory of
# its headers for plugins.

set(PURECC_COMPILERS "" CACHE STRING
  "The GCCs to build plugins for besides CMAKE_C_COMPILER, as in \"gcc-12;gcc-13\"; empty: each gcc-N that is here with its headers")

# Those that the plugin is known to compile for.
set(known_gccs 11 12 13 14 15 16)

# purecc_ask(RESULT COMPILER OPTION): sets RESULT to the answer, or to nothing.
function(purecc_ask result compiler option)
  execute_process(COMMAND "${compiler}" "${option}"
    OUTPUT_VARIABLE answer OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  set(${result} "${answer}" PARENT_SCOPE)
endfunction()

# purecc_require_headers(COMPILER MAJOR HEADERS)
function(purecc_require_headers compiler major headers)
  if(NOT EXISTS "${headers}/gcc-plugin.h")
    message(FATAL_ERROR
      "The plugin headers of ${compiler} (GCC ${major}) are missing: "
      "${headers}/gcc-plugin.h.  Install them: "
      "apt-get install gcc-${major}-plugin-dev")
  endif()
endfunction()

# purecc_add_gcc(COMPILER MAJOR): one more, unless it is there already.
function(purecc_add_gcc compiler major)
  purecc_ask(headers "${compiler}" -print-file-name=plugin)
  string(APPEND headers "/include")
  purecc_require_headers("${compiler}" ${major} "${headers}")
  if(NOT major IN_LIST PURECC_GCCS)
    set(PURECC_GCCS ${PURECC_GCCS} ${major} PARENT_SCOPE)
    set(PURECC_GCC_${major} "${compiler}" PARENT_SCOPE)
    set(PURECC_GCC_${major}_HEADERS "${headers}" PARENT_SCOPE)
  elseif(NOT headers STREQUAL PURECC_GCC_${major}_HEADERS)
    message(FATAL_ERROR
      "${compiler} and ${PURECC_GCC_${major}} are both GCC ${major}, and a build "
      "has one plugin for each major version.  Leave one of them out of "
      "-DPURECC_COMPILERS, or give it as -DCMAKE_C_COMPILER to another build.")
  endif()
endfunction()

# purecc_find_gcc(RESULT NAME): sets RESULT to the path of that program.
function(purecc_find_gcc result name)
  unset(PURECC_FOUND CACHE)
  find_program(PURECC_FOUND "${name}")
  set(${result} "${PURECC_FOUND}" PARENT_SCOPE)
  unset(PURECC_FOUND CACHE)
endfunction()

string(REGEX MATCH "^[0-9]+" PURECC_GCC_MAJOR "${CMAKE_C_COMPILER_VERSION}")
set(PURECC_GCCS)
purecc_add_gcc("${CMAKE_C_COMPILER}" ${PURECC_GCC_MAJOR})

foreach(name ${PURECC_COMPILERS})
  purecc_find_gcc(compiler "${name}")
  if(NOT compiler)
    message(FATAL_ERROR
      "-DPURECC_COMPILERS names ${name}, and there is no such program.  If it "
      "is one of Debian's: apt-get install ${name} ${name}-plugin-dev")
  endif()
  purecc_ask(specs "${compiler}" -dumpspecs)
  if(NOT specs MATCHES "\n\\*version:\n([0-9]+)")
    message(FATAL_ERROR
      "-DPURECC_COMPILERS names ${name}, which is not GCC: it has no -dumpspecs.")
  endif()
  purecc_add_gcc("${compiler}" ${CMAKE_MATCH_1})
endforeach()

if(NOT PURECC_COMPILERS)
  foreach(major ${known_gccs})
    purecc_find_gcc(compiler "gcc-${major}")
    if(compiler)
      purecc_ask(headers "${compiler}" -print-file-name=plugin)
      if(EXISTS "${headers}/include/gcc-plugin.h" AND
         NOT major EQUAL PURECC_GCC_MAJOR)
        purecc_add_gcc("${compiler}" ${major})
      endif()
    endif()
  endforeach()
endif()

list(JOIN PURECC_GCCS ", " list)
message(STATUS "Plugins for GCC: ${list}")
