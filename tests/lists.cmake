# Each test is named in a list: one that is missing there would never be run, and
# nobody would see it.
#
# SPDX-License-Identifier: GPL-3.0-or-later

# purecc_check_list(DIRECTORY EXTENSIONS NAME...): the files in DIRECTORY that
# have one of EXTENSIONS are those named.
function(purecc_check_list directory extensions)
  set(files)
  foreach(extension ${extensions})
    # No dependency: a new file is seen when CMake is run, and .ci/lint runs it.
    file(GLOB found RELATIVE "${CMAKE_CURRENT_SOURCE_DIR}/${directory}"
      "${CMAKE_CURRENT_SOURCE_DIR}/${directory}/*.${extension}")
    list(APPEND files ${found})
  endforeach()
  if(files)
    list(REMOVE_ITEM files ${ARGN})
  endif()
  if(files)
    list(SORT files)
    list(JOIN files " " files)
    message(FATAL_ERROR
      "${CMAKE_CURRENT_LIST_FILE} doesn't list these tests: ${files}")
  endif()
endfunction()
