#!/bin/sh
# Set everything up: install the packages that are missing, build plugin,
# runtime and tools, and build the pure glibc.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: prepare.sh [PACKAGE...]
#
# The packages named are installed besides those that the build needs; @second-gcc,
# @python-tests and @gcc-tests stand for what the release of Debian has.  What is
# there already is kept, so that a second run does next to nothing.  Exit status: 0
# all is there, 1 a build failed, 2 it can't be done here.

set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
build=$root/build
# shellcheck source=packages.sh disable=SC1091
. "$root/scripts/packages.sh"

say() {
	printf '== %s\n' "$*"
}

fail() {
	printf 'purecc: %s\n' "$*" >&2
	exit 2
}

# as_root COMMAND...: run it as root, by sudo if need be.
as_root() {
	if [ "$(id -u)" -eq 0 ]; then
		"$@"
	elif command -v sudo >/dev/null; then
		sudo "$@"
	else
		fail "packages have to be installed ($*): run this as root, or install sudo"
	fi
}

# missing PACKAGE...: those of them that aren't installed.
missing() {
	for package; do
		status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) ||
			status=
		[ "$status" = installed ] || printf '%s ' "$package"
	done
}

updated=
# update: apt's lists, once.
update() {
	[ -z "$updated" ] || return 0
	as_root apt-get update -qq || fail "apt-get update failed"
	updated=yes
}

# install PACKAGE...: install those that are missing.
install() {
	wanted=$(missing "$@")
	[ -n "$wanted" ] || return 0
	say "installing: $wanted"
	update
	# The names are words of a list.
	# shellcheck disable=SC2086
	as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
		--no-install-recommends -o Dpkg::Use-Pty=0 $wanted >"$log" 2>&1 || {
		tail -n 20 "$log" >&2
		fail "apt-get could not install: $wanted"
	}
}

# quietly WHAT COMMAND...: run it, show its output only if it fails.
quietly() {
	what=$1
	shift
	"$@" >"$log" 2>&1 || {
		tail -n 40 "$log" >&2
		printf 'purecc: %s failed: %s\n' "$what" "$*" >&2
		exit 1
	}
}

[ "$(uname -m)" = x86_64 ] ||
	fail "purecc is for x86_64 so far, and this is $(uname -m)"

mkdir -p "$build"
log=$build/prepare.log

if command -v apt-get >/dev/null; then
	# shellcheck disable=SC2086
	install $build_packages $glibc_packages
	# Whose names go by what has been installed, and by apt's lists.
	case " $* " in
	*" @second-gcc "*) [ -n "$(second_gcc)" ] || update ;;
	esac
	case " $* " in
	*" @gcc-tests "*) [ -n "$(package_size "$(gcc_tests_name)")" ] || update ;;
	esac
	# shellcheck disable=SC2046
	install "$(plugin_package)" $(named_packages "$@")
else
	say "no apt-get here: the packages have to be there already"
fi

say "building plugin, runtime and tools in build/"
quietly "configuring" cmake -S "$root" -B "$build"
quietly "the build" cmake --build "$build" --parallel "$(nproc)"

exec "$root/glibc-build-scripts/build-glibc.sh"
