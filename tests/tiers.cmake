# What a test costs, in labels: `ctest -L quick' or `-L heavy'.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Quick are those that tests/run.sh runs without --all, in some minutes.

# Glibc's own tests, programs that are made at random, other projects and their
# test suites, the benchmarks, real programs that run for a while, and what has been
# tested with CMake's own GCC once more with another.
set(heavy
  "^(fuzz|projects|suites|bench|heavy|trees|[a-z]+-gcc-[0-9]+)/|^glibc/check-(off|pass)$")

# purecc_labels(RESULT NAME): the test's directory, and heavy or quick.
function(purecc_labels result name)
  get_filename_component(directory "${name}" DIRECTORY)
  set(tier quick)
  if(name MATCHES "${heavy}")
    set(tier heavy)
  endif()
  set(${result} ${directory} ${tier} PARENT_SCOPE)
endfunction()
