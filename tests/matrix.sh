#!/bin/bash
# Everything, on a bare Debian of each suite: a minimal system is laid out and in it, as
# a stranger would, the quickstart, the tests, the audit of all of the pure glibc,
# glibc's own core tests and two figures of the benchmarks are run. Prints a table in
# Markdown, a suite a line.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: tests/matrix.sh [--suites LIST] [--out DIR] [--mirror URL] [--keep]
#
#   --suites LIST   of Debian's, separated by commas (bookworm,trixie,sid)
#   --out DIR       where the systems, logs and the table go (build/matrix)
#   --mirror URL    of Debian's archive (by default that of this machine)
#   --keep          the systems stay, to be looked at
#
# It has to be root, for debootstrap and chroot, and takes about half an hour a suite
# on 2 processors and 8 GB. Exit status: 0 each step of each suite is right, 1 one is
# not, 2 misuse, or it can't run here.

set -eu
export LC_ALL=C

root=$(cd "$(dirname "$0")/.." && pwd)
suites=bookworm,trixie,sid
out=$root/build/matrix
mirror='' keep=''

fail() {
	echo "matrix: $*" >&2
	exit 2
}

while [ $# -gt 0 ]; do
	case $1 in
	--suites | --out | --mirror)
		[ -n "${2:-}" ] || fail "$1 needs a value; the head of $0 says which"
		case $1 in
		--suites) suites=$2 ;;
		--out) out=$2 ;;
		--mirror) mirror=$2 ;;
		esac
		shift
		;;
	--keep) keep=yes ;;
	*) fail "unknown argument $1; the head of $0 has all of them" ;;
	esac
	shift
done

# In a mount namespace of its own, so that no mount is left.
if [ -z "${MATRIX_INSIDE:-}" ]; then
	[ "$(id -u)" = 0 ] || fail "run this as root: it needs debootstrap and chroot"
	for tool in debootstrap unshare git; do
		command -v "$tool" >/dev/null || fail "no $tool here; install it"
	done
	exec env MATRIX_INSIDE=yes unshare --mount --propagation slave \
		bash "$0" --suites "$suites" --out "$out" \
		${mirror:+--mirror "$mirror"} ${keep:+--keep}
fi

# system_mirror: the archive that this machine's packages come from.
system_mirror() {
	cat /etc/apt/sources.list.d/*.sources /etc/apt/sources.list 2>/dev/null |
		sed -n 's/^URIs: *\([^ ]*\).*/\1/p
			s|^deb .*\(https\{0,1\}://[^ ]*\).*|\1|p' | head -n 1
}

mirror=${mirror:-$(system_mirror)}
[ -n "$mirror" ] || fail "no Debian mirror in this machine's apt sources; give --mirror"
mkdir -p "$out"
out=$(realpath "$out")

# lay_out SUITE: a bare system in DIR, with the committed tree in /project.
lay_out() {
	rm -rf --one-file-system "$system"
	debootstrap --variant=minbase --include=ca-certificates "$1" "$system" \
		"$mirror" >"$log" 2>&1 || return 1
	cp -L /etc/resolv.conf /etc/hosts "$system/etc/" 2>/dev/null || true
	cp -a /etc/apt/apt.conf.d/. "$system/etc/apt/apt.conf.d/"
	mount -t proc proc "$system/proc"
	mount --rbind /sys "$system/sys"
	mount --rbind /dev "$system/dev"
	mkdir "$system/project"
	git -C "$root" archive HEAD | tar -x -C "$system/project"
}

# inside COMMAND...: in the system, in the project's directory.
inside() {
	env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
		HOME=/root LANG=C.UTF-8 ${http_proxy:+http_proxy="$http_proxy"} \
		${https_proxy:+https_proxy="$https_proxy"} \
		chroot "$system" /bin/sh -c "cd /project && $*" </dev/null
}

# step NAME COMMAND...: its log, and one more cell of the line: what its function of
# that name finds in the log, or that it failed.
step() {
	local name=$1 began=$SECONDS status=0
	shift
	log=$out/$suite-$name.log
	echo "== $suite: $name" >&2
	inside "$@" >"$log" 2>&1 || status=$?
	if [ "$status" = 0 ]; then
		cells+=("$("found_$name" "$log" $((SECONDS - began)))")
	else
		cells+=("failed: $status")
	fi
}

clock() {
	printf '%d:%02d' $(($1 / 60)) $(($1 % 60))
}

found_versions() {
	paste -s -d ' ' "$1"
}

found_quickstart() {
	clock "$2"
}

found_tests() {
	sed -n 's/.*tests passed, \(.*\) tests failed out of \(.*\)/\1 of \2 failed/p' "$1" |
		tail -n 1
}

found_audit() {
	sed -n 's/.*libc\.so\.6: \([0-9]* sites\).*/\1/p' "$1" | tail -n 1
}

found_off() {
	awk '$1 == "all" { print $2 - $5 " of " $2 }' "$1"
}

found_pass() {
	found_off "$1"
}

# Of the table in Markdown: the columns off and pass of the two rows.
found_bench() {
	awk -F ' *[|] *' '
		NR == FNR && /^[|] *[^-|]/ && !columns {
			for (i = 1; i <= NF; i++) column[$i] = i
			columns = 1
		}
		/in libc.so: getppid/ || /two threads: read/ {
			printf "%s%s, %s", between, $column["off"], $column["pass"]
			between = "; "
		}' "$1"
}

check='glibc-build-scripts/check-glibc.sh --subdirs core --stock failed --mode'
bench='sh bench/run.sh --rows libc,threaded --columns stock,again,off,pass --out /bench'

{
	echo "| suite | compiler and glibc | quickstart | tests | audit |" \
		"core off | core pass | getppid; threaded read (off, pass) |"
	echo "|---|---|---|---|---|---|---|---|"
	for suite in ${suites//,/ }; do
		system=$out/$suite log=$out/$suite-debootstrap.log cells=()
		if lay_out "$suite"; then
			step quickstart 'sh examples/quickstart.sh'
			step versions 'gcc -dumpfullversion && ldd --version |
				sed -n "1s/.* //p"'
			step tests 'sh tests/run.sh'
			step audit 'ctest --test-dir build -R ^audit/glibc &&
				build/pure-audit \
				build/pure-glibc/lib/x86_64-linux-gnu/libc.so.6'
			step off "$check off"
			step pass "$check pass"
			step bench "$bench >&2 && cat /bench/table.md"
			cells=("${cells[1]}" "${cells[0]}" "${cells[@]:2}")
			umount -l "$system/dev" "$system/sys" "$system/proc"
		else
			echo "matrix: debootstrap $suite failed; see $log" >&2
			cells=("failed: debootstrap")
		fi
		[ -n "$keep" ] || rm -rf --one-file-system "$system"
		printf '| %s |' "$suite"
		printf ' %s |' "${cells[@]}"
		echo
	done
} | tee "$out/table.md"
! grep -q 'failed:' "$out/table.md"
