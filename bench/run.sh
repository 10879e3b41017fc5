#!/bin/sh
# What purecc costs, and what there is instead: set up all that is needed, run
# the benchmarks, write tables and plots.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: bench/run.sh [--quick] [--out DIR] [--zpoline FILE]
#                     [--syscall-intercept FILE] [--lazypoline FILE] [...]
#
# bench/run.sh --help names all options; bench/README.md says what is compared
# and how.  Exit status: 0 done, 1 it can't be measured, 2 misuse, or something
# that is needed can't be had.

set -eu

bench=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$bench")
scripts=$root/glibc-build-scripts
pure=$root/build/pure-glibc

# What is missing of these leaves a hole in the tables, and no more.
optional='bash findutils git gnuplot-nox hyperfine libpurelibc-dev nginx-light proot
	redis-server redis-tools sqlite3 strace tar valgrind wrk'

# A wrong option is to be said before all the building.
! command -v python3 >/dev/null || python3 -B "$bench/measure" --check "$@"
case " $* " in
*' --help '* | *' -h '*) exit 0 ;;
esac

# prepare PACKAGE...: the packages, the plugin and the pure glibc.
prepare() {
	"$root/scripts/prepare.sh" python3 make git util-linux "$@"
}

# All at once; if that can't be, those that can be had.
# shellcheck disable=SC2086 # the words of a list
prepare $optional || {
	prepare
	for package in $optional; do
		prepare "$package" >/dev/null ||
			echo "== going on without $package"
	done
}

# The same source, where the pure one has its own.
if [ -d "$pure.work/source" ]; then
	"$scripts/build-glibc.sh" --stock --source "$pure.work/source"
else
	"$scripts/build-glibc.sh" --stock
fi

exec python3 -B "$bench/measure" "$@"
