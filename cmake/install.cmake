# What is installed besides what the directories say themselves: the pure glibc,
# completions, pages, licences; and the tarballs that cpack makes of all.
#
# SPDX-License-Identifier: GPL-3.0-or-later

# ---- the pure glibc ----

option(PURECC_STRIP_GLIBC
  "Install the pure glibc without what debuggers read" ON)

# purecc_install_glibc(COMPONENT ARGUMENT... CALL): install by glibc.cmake.
function(purecc_install_glibc component call)
  install(CODE "
    set(PURECC_GLIBC \"${PURECC_GLIBC}\")
    set(PURECC_GLIBC_STAGE \"${CMAKE_BINARY_DIR}/install-glibc\")
    set(PURECC_GLIBC_STRIP \"${CMAKE_STRIP}\")
    set(PURECC_GLIBC_OBJCOPY \"${CMAKE_OBJCOPY}\")
    set(PURECC_GLIBC_READELF \"${CMAKE_READELF}\")
    set(PURECC_GLIBC_STRIPPED ${PURECC_STRIP_GLIBC})
    include(\"${PROJECT_SOURCE_DIR}/cmake/glibc.cmake\")
    ${call}" COMPONENT ${component} ${ARGN})
endfunction()

set(doc "${CMAKE_INSTALL_DOCDIR}")
purecc_install_glibc(glibc
  "purecc_glibc_install_libraries(\"${PURECC_LIBDIR}/pure-glibc\")
    purecc_glibc_install_licences(\"${doc}/pure-glibc\")")
purecc_install_glibc(glibc-development
  "purecc_glibc_install_static(\"${PURECC_LIBDIR}/pure-glibc\")")
# Only where it is asked for: it is ten times as large as all else.
purecc_install_glibc(debug
  "purecc_glibc_install_debug(\"lib/debug\")" EXCLUDE_FROM_ALL)

# ---- for the builds of others ----

include(CMakePackageConfigHelpers)
get_target_property(PURECC_SOVERSION purecc_shared SOVERSION)
set(packages "${CMAKE_CURRENT_BINARY_DIR}/packages")
configure_package_config_file(cmake/purecc-config.cmake.in
  "${packages}/purecc-config.cmake"
  INSTALL_DESTINATION "${CMAKE_INSTALL_LIBDIR}/cmake/purecc"
  PATH_VARS CMAKE_INSTALL_BINDIR CMAKE_INSTALL_LIBDIR CMAKE_INSTALL_INCLUDEDIR)
write_basic_package_version_file("${packages}/purecc-config-version.cmake"
  COMPATIBILITY SameMinorVersion)
install(FILES "${packages}/purecc-config.cmake"
  "${packages}/purecc-config-version.cmake" COMPONENT development
  DESTINATION "${CMAKE_INSTALL_LIBDIR}/cmake/purecc")

file(RELATIVE_PATH PURECC_PREFIX_FROM_PC
  "${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig" "${CMAKE_INSTALL_PREFIX}")
string(REGEX REPLACE "/$" "" PURECC_PREFIX_FROM_PC "${PURECC_PREFIX_FROM_PC}")
set(PURECC_HANDLER_LIBS)
if(TARGET purehandler)
  set(PURECC_HANDLER_LIBS " -L\"\${libdir}\" -lpurehandler")
endif()
foreach(name purecc purecc-handler)
  configure_file(cmake/${name}.pc.in "${packages}/${name}.pc" @ONLY)
  install(FILES "${packages}/${name}.pc" COMPONENT development
    DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
endforeach()

# The same for a build that isn't installed: find_package and pkg-config are given the
# build directory. pkg-config prefers what is called uninstalled.
function(purecc_packages_of_build)
  file(RELATIVE_PATH include "${CMAKE_BINARY_DIR}" "${PROJECT_SOURCE_DIR}/include")
  set(PURECC_PREFIX_FROM_PC .)
  set(PURECC_LIBDIR .)
  set(CMAKE_INSTALL_BINDIR .)
  set(CMAKE_INSTALL_LIBDIR .)
  set(CMAKE_INSTALL_INCLUDEDIR "${include}")
  foreach(name purecc purecc-handler)
    configure_file(cmake/${name}.pc.in "${CMAKE_BINARY_DIR}/${name}-uninstalled.pc" @ONLY)
  endforeach()
  configure_package_config_file(cmake/purecc-config.cmake.in
    "${CMAKE_BINARY_DIR}/purecc-config.cmake"
    INSTALL_DESTINATION . INSTALL_PREFIX "${CMAKE_BINARY_DIR}"
    PATH_VARS CMAKE_INSTALL_BINDIR CMAKE_INSTALL_LIBDIR CMAKE_INSTALL_INCLUDEDIR)
  file(COPY "${packages}/purecc-config-version.cmake"
    DESTINATION "${CMAKE_BINARY_DIR}")
endfunction()
purecc_packages_of_build()

# ---- completions ----

foreach(program purecc pure-run pure-audit pure-root pure-trace pure-sweep)
  install(FILES completion/purecc.bash COMPONENT run RENAME ${program}
    DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions")
  install(FILES completion/purecc.fish COMPONENT run RENAME ${program}.fish
    DESTINATION "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d")
endforeach()
install(FILES completion/purecc.zsh COMPONENT run RENAME _purecc
  DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/site-functions")

# ---- pages ----

install(FILES README.md ARCHITECTURE.md CHANGELOG.md CONTRIBUTING.md SECURITY.md
  LICENSE COMPONENT documentation DESTINATION "${doc}")
install(DIRECTORY docs examples LICENSES COMPONENT documentation
  DESTINATION "${doc}" REGEX "/examples/CMakeLists\\.txt$" EXCLUDE)

# ---- cpack ----

set(CPACK_GENERATOR TGZ)
set(CPACK_PACKAGE_VENDOR "The purecc authors")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY
  "Lets a program trace, change, refuse or answer its own system calls")
set(CPACK_PACKAGE_VERSION "${PROJECT_VERSION}")
set(name "purecc-${PROJECT_VERSION}-${CMAKE_SYSTEM_PROCESSOR}")
set(CPACK_PACKAGE_FILE_NAME "${name}")
set(CPACK_STRIP_FILES ON)
# Two tarballs: all, and what debuggers read.
set(CPACK_ARCHIVE_COMPONENT_INSTALL ON)
set(CPACK_COMPONENT_INCLUDE_TOPLEVEL_DIRECTORY ON)
set(CPACK_COMPONENTS_GROUPING ONE_PER_GROUP)
set(CPACK_COMPONENTS_ALL runtime development compiler run glibc glibc-development
  documentation debug)
set(CPACK_ARCHIVE_ALL_FILE_NAME "${name}")
set(CPACK_ARCHIVE_DEBUGGING_FILE_NAME "${name}-debug")
include(CPack)
foreach(component ${CPACK_COMPONENTS_ALL})
  set(group all)
  if(component STREQUAL debug)
    set(group debugging)
  endif()
  cpack_add_component(${component} GROUP ${group})
endforeach()
cpack_add_component_group(all)
cpack_add_component_group(debugging)
