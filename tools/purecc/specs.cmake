# The specs files by which GCC's driver knows the prelude and the runtime.
#
# SPDX-License-Identifier: GPL-3.0-or-later

# purecc_specs(DIR FILES PROGRAMS SHA256): make them in DIR.  The prelude, which has
# the checksum SHA256, is in FILES of the runtime's directory, the programs are in
# PROGRAMS from there; both begin with a slash or are empty.
function(purecc_specs dir PURECC_FILES_IN_LIBDIR PURECC_PROGRAMS_FROM_LIBDIR
    PURECC_PRELUDE_SHA256)
  foreach(specs purecc-as purecc-verify purecc-ld purecc-rpath)
    configure_file("${CMAKE_CURRENT_FUNCTION_LIST_DIR}/${specs}.specs.in"
      "${dir}/${specs}.specs" @ONLY)
  endforeach()
endfunction()
