# Debian's packages by what they are for, and those whose names differ from one
# release to the next.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
#
# Sourced by prepare.sh, .ci/lint and the tests; apt's lists have to be there for
# what isn't installed.

# What plugin, runtime and tools need, with plugin_package.
# shellcheck disable=SC2034 # for those that source this
build_packages='gcc g++ make cmake libseccomp-dev libelf-dev libdw-dev libzydis-dev
	binutils'

# What the pure glibc needs besides.
# shellcheck disable=SC2034
glibc_packages='bison gawk python3 gettext xz-utils bzip2 dpkg-dev
	ca-certificates'

# What .ci/lint needs besides.
# shellcheck disable=SC2034
lint_packages='shellcheck cppcheck codespell mandoc reuse'

# gcc_major COMPILER: its major version.
gcc_major() {
	"$1" -dumpversion | cut -d . -f 1
}

# plugin_package: the headers of the default GCC for plugins.
plugin_package() {
	echo "gcc-$(gcc_major gcc)-plugin-dev"
}

# offered_gccs: the major versions of GCC that apt offers whole, the oldest
# first: for C, for C++, and with the headers that plugins need.
offered_gccs() {
	apt-cache search --names-only \
		'^(gcc-[0-9]+|g[+][+]-[0-9]+|gcc-[0-9]+-plugin-dev)$' |
		sed -n 's/^[^0-9]*\([0-9]*\).* - .*/\1/p' |
		sort -n | uniq -c | awk '$1 == 3 { print $2 }'
}

# has_gcc MAJOR: is that GCC installed, as whole as that?
has_gcc() {
	command -v "gcc-$1" >/dev/null && command -v "g++-$1" >/dev/null &&
		[ -d "$("gcc-$1" -print-file-name=plugin)/include" ]
}

# second_gcc: the major version of a GCC besides the default one, for which the
# plugin can be built too: the oldest one that is installed, or else that apt
# offers. Nothing if there is none from 11 on.
second_gcc() {
	default=$(gcc_major gcc)
	for major in 11 12 13 14 15 16 17 18 19; do
		if [ "$major" != "$default" ] && has_gcc "$major"; then
			echo "$major"
			return 0
		fi
	done
	command -v apt-cache >/dev/null || return 0
	offered_gccs | awk -v skip="$default" '
		$1 >= 11 && $1 != skip { print; exit }'
}

# second_gcc_packages: what brings it.
second_gcc_packages() {
	major=$(second_gcc)
	[ -z "$major" ] || echo "gcc-$major g++-$major gcc-$major-plugin-dev"
}

# python_tests_package: what has the tests of this system's Python.
python_tests_package() {
	/usr/bin/python3 -c 'import sys
print("libpython%d.%d-testsuite" % sys.version_info[:2])'
}

# package_size PACKAGE: how many bytes of PACKAGE apt would download, installed or
# not. Nothing if it doesn't offer it.
package_size() {
	apt-cache show "$1" 2>/dev/null | sed -n 's/^Size: //p' | head -n 1
}

# gcc_tests_name: what Debian calls the package with the default GCC's source.
gcc_tests_name() {
	echo "gcc-$(gcc_major gcc)-source"
}

# gcc_tests_package: that package, in which GCC's tests are, if apt offers it, and
# it isn't too large to be installed unasked.
gcc_tests_package() {
	size=$(package_size "$(gcc_tests_name)")
	if [ "${size:-0}" -gt 100000000 ]; then
		echo "not installed, for its $((size / 1000000)) MB:" \
			"$(gcc_tests_name), with GCC's own tests" >&2
	elif [ -n "$size" ]; then
		gcc_tests_name
	fi
}

# named_packages NAME...: the packages that they stand for: @second-gcc,
# @python-tests, @gcc-tests, and any other for itself.
named_packages() {
	for name; do
		case $name in
		@second-gcc) second_gcc_packages ;;
		@python-tests) python_tests_package ;;
		@gcc-tests) gcc_tests_package ;;
		*) echo "$name" ;;
		esac
	done
}
