# Installing the pure glibc, when the rest is installed: its libraries without what
# debuggers read, that by build ID, and its static libraries.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Included by cmake_install.cmake, with PURECC_GLIBC, PURECC_GLIBC_STAGE, how names
# of directories to work in begin, PURECC_GLIBC_STRIP, PURECC_GLIBC_OBJCOPY, PURECC_GLIBC_READELF and
# PURECC_GLIBC_STRIPPED set.

set(glibc_libraries lib/x86_64-linux-gnu)
set(glibc_loader lib64/ld-linux-x86-64.so.2)
set(glibc_static usr/lib/x86_64-linux-gnu)

# purecc_run(COMMAND...): it works, or there is no installation.
function(purecc_run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE status ERROR_VARIABLE said)
  if(NOT status EQUAL 0)
    list(JOIN ARGN " " command)
    message(FATAL_ERROR "${command} failed (${status}): ${said}")
  endif()
endfunction()

# purecc_place(RESULT DIRECTORY): where DIRECTORY is, which may be below the prefix.
function(purecc_place result directory)
  get_filename_component(place "${directory}" ABSOLUTE
    BASE_DIR "${CMAKE_INSTALL_PREFIX}/")
  set(${result} "${place}" PARENT_SCOPE)
endfunction()

# purecc_glibc_there(RESULT): is there a pure glibc?
function(purecc_glibc_there result)
  set(${result} TRUE PARENT_SCOPE)
  if(NOT EXISTS "${PURECC_GLIBC}/${glibc_libraries}/libc.so.6")
    set(${result} FALSE PARENT_SCOPE)
    message(WARNING
      "there is no pure glibc in ${PURECC_GLIBC}: pure-run is installed without "
      "one. Build it, by glibc-build-scripts/build-glibc.sh, and install again; "
      "or name another one's directory by cmake -DPURECC_GLIBC=DIR")
  endif()
endfunction()

# purecc_glibc_files(RESULT): its loader and libraries, no links.
function(purecc_glibc_files result)
  file(GLOB files "${PURECC_GLIBC}/${glibc_libraries}/*.so*"
    "${PURECC_GLIBC}/${glibc_loader}")
  foreach(file ${files})
    if(IS_SYMLINK "${file}")
      list(REMOVE_ITEM files "${file}")
    endif()
  endforeach()
  set(${result} ${files} PARENT_SCOPE)
endfunction()

# purecc_glibc_begin(RESULT PART): an empty directory for PART, which no other
# installation uses at the same time; to be removed.
function(purecc_glibc_begin result part)
  string(RANDOM LENGTH 12 random)
  set(stage "${PURECC_GLIBC_STAGE}-${part}-${random}")
  file(MAKE_DIRECTORY "${stage}")
  set(${result} "${stage}" PARENT_SCOPE)
endfunction()

# purecc_glibc_strip(FILE): what debuggers read is left out. The symbols of libc and
# ld.so stay: debuggers of threads, and valgrind, go by them.
function(purecc_glibc_strip file)
  set(option --strip-debug)
  if(file MATCHES "\\.so(\\.[0-9]+)*$" AND NOT file MATCHES "/(libc|ld-[^/]*)\\.so")
    set(option --strip-unneeded)
  endif()
  if(PURECC_GLIBC_STRIPPED)
    purecc_run("${PURECC_GLIBC_STRIP}" ${option} "${file}")
  endif()
endfunction()

# purecc_glibc_install_libraries(DIRECTORY)
function(purecc_glibc_install_libraries directory)
  purecc_glibc_there(there)
  if(NOT there)
    return()
  endif()
  purecc_glibc_begin(stage libraries)
  file(COPY "${PURECC_GLIBC}/${glibc_loader}" DESTINATION "${stage}/lib64")
  file(COPY "${PURECC_GLIBC}/${glibc_libraries}" DESTINATION "${stage}/lib")
  purecc_glibc_files(files)
  foreach(file ${files})
    file(RELATIVE_PATH name "${PURECC_GLIBC}" "${file}")
    purecc_glibc_strip("${stage}/${name}")
  endforeach()
  purecc_place(place "${directory}")
  file(INSTALL "${stage}/lib" "${stage}/lib64" DESTINATION "${place}"
    USE_SOURCE_PERMISSIONS)
  file(REMOVE_RECURSE "${stage}")
endfunction()

# purecc_glibc_install_static(DIRECTORY): what static programs are linked with. The
# linker's scripts among them name files by their place in the system.
function(purecc_glibc_install_static directory)
  file(GLOB files "${PURECC_GLIBC}/${glibc_static}/*.a"
    "${PURECC_GLIBC}/${glibc_static}/*crt*.o")
  if(NOT files)
    return()
  endif()
  purecc_glibc_begin(stage static)
  file(COPY ${files} DESTINATION "${stage}")
  foreach(file ${files})
    get_filename_component(name "${file}" NAME)
    file(STRINGS "${file}" head LIMIT_INPUT 80 LIMIT_COUNT 1)
    if(head MATCHES "GNU ld script")
      file(READ "${file}" script)
      string(REPLACE "/usr/lib/x86_64-linux-gnu/" "" script "${script}")
      file(WRITE "${stage}/${name}" "${script}")
    else()
      purecc_glibc_strip("${stage}/${name}")
    endif()
  endforeach()
  purecc_place(place "${directory}")
  file(INSTALL "${stage}/" DESTINATION "${place}/${glibc_static}"
    USE_SOURCE_PERMISSIONS)
  file(REMOVE_RECURSE "${stage}")
endfunction()

# purecc_glibc_install_debug(DIRECTORY): DIRECTORY/.build-id/XX/YYYY.debug.
function(purecc_glibc_install_debug directory)
  purecc_glibc_files(files)
  if(NOT files)
    return()
  endif()
  purecc_glibc_begin(stage debug)
  foreach(file ${files})
    execute_process(COMMAND "${PURECC_GLIBC_READELF}" -n "${file}"
      OUTPUT_VARIABLE notes ERROR_QUIET)
    if(NOT notes MATCHES "Build ID: ([0-9a-f][0-9a-f])([0-9a-f]+)")
      message(FATAL_ERROR "${file} has no build ID: build the pure glibc by a GCC "
        "that gives one, by its linker's --build-id")
    endif()
    set(name ".build-id/${CMAKE_MATCH_1}/${CMAKE_MATCH_2}.debug")
    file(MAKE_DIRECTORY "${stage}/.build-id/${CMAKE_MATCH_1}")
    purecc_run("${PURECC_GLIBC_OBJCOPY}" --only-keep-debug "${file}"
      "${stage}/${name}")
  endforeach()
  purecc_place(place "${directory}")
  file(INSTALL "${stage}/.build-id" DESTINATION "${place}")
  file(REMOVE_RECURSE "${stage}")
endfunction()

# purecc_glibc_install_licences(DIRECTORY): and where its source is from.
function(purecc_glibc_install_licences directory)
  file(GLOB licences "${PURECC_GLIBC}/usr/share/doc/glibc/*")
  if(NOT EXISTS "${PURECC_GLIBC}/.build-glibc")
    return()
  endif()
  purecc_glibc_begin(stage licences)
  file(STRINGS "${PURECC_GLIBC}/.build-glibc" source REGEX "^source ")
  list(JOIN source "\n" source)
  file(WRITE "${stage}/SOURCE" "The pure glibc is made, by purecc's \
glibc-build-scripts/build-glibc.sh and without a change to a file of it, of\n"
    "${source}\nIts licences are those of glibc.\n")
  purecc_place(place "${directory}")
  file(INSTALL ${licences} "${stage}/SOURCE" DESTINATION "${place}")
  file(REMOVE_RECURSE "${stage}")
endfunction()
