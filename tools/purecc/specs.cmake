# The specs files by which GCC's driver knows the prelude and the runtime.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Included when the build is configured, and again when it is installed.

# purecc_specs(DIR BIN DATA RUNTIME RPATH SHA256): make them in DIR, for
# pure-audit in BIN, the prelude in DATA, which has the checksum SHA256, and the
# runtime in RUNTIME; RPATH says whether programs are given RUNTIME as their
# RUNPATH.
function(purecc_specs dir bin data runtime rpath PURECC_PRELUDE_SHA256)
  set(PURECC_SPECS_AUDIT "${bin}/pure-audit")
  set(PURECC_SPECS_PRELUDE "${data}/pure-syscall.s")
  set(PURECC_SPECS_RUNTIME_DIR "${runtime}")
  foreach(path PURECC_SPECS_AUDIT PURECC_SPECS_PRELUDE PURECC_SPECS_RUNTIME_DIR)
    string(REPLACE "%" "%%" ${path} "${${path}}")
    string(REPLACE " " "\\ " ${path} "${${path}}")
  endforeach()
  set(PURECC_SPECS_RPATH "")
  if(rpath)
    set(PURECC_SPECS_RPATH "-rpath ${PURECC_SPECS_RUNTIME_DIR}")
  endif()
  foreach(specs purecc-as purecc-verify purecc-ld)
    configure_file("${CMAKE_CURRENT_FUNCTION_LIST_DIR}/${specs}.specs.in"
      "${dir}/${specs}.specs" @ONLY)
  endforeach()
endfunction()

# purecc_installed_specs(DIR BINDIR LIBDIR SHA256): make those for an installation
# in CMAKE_INSTALL_PREFIX, with its programs in BINDIR and its libraries in LIBDIR.
function(purecc_installed_specs dir bindir libdir sha256)
  get_filename_component(prefix "${CMAKE_INSTALL_PREFIX}" ABSOLUTE)
  get_filename_component(bindir "${bindir}" ABSOLUTE BASE_DIR "${prefix}")
  get_filename_component(libdir "${libdir}" ABSOLUTE BASE_DIR "${prefix}")
  # There the loader looks anyway.
  set(rpath ON)
  if(prefix MATCHES "^/usr(/local)?$")
    set(rpath OFF)
  endif()
  purecc_specs("${dir}" "${bindir}" "${libdir}/purecc" "${libdir}" ${rpath}
    "${sha256}")
endfunction()
