# The version that programs see at compile time is the project's.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set(header "${PROJECT_SOURCE_DIR}/include/purecc.h")
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${header}")
set(said)
foreach(part MAJOR MINOR PATCH)
  file(STRINGS "${header}" line REGEX "^#define PURECC_VERSION_${part} [0-9]+$")
  string(REGEX REPLACE ".* " "" number "${line}")
  list(APPEND said "${number}")
endforeach()
list(JOIN said "." said)
if(NOT said STREQUAL PROJECT_VERSION)
  message(FATAL_ERROR
    "include/purecc.h says that it is version ${said}; this is "
    "${PROJECT_VERSION}")
endif()
