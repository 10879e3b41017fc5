#!/bin/bash
# The Debian packages, on bare systems of each suite: built of a release tarball with
# nothing but what Build-Depends says; judged by lintian; installed in another system,
# where README's commands for users are run by one without rights; removed, so that not
# a file is left; and tested there by autopkgtest. Prints a table in Markdown, a suite a
# line.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: tests/packages.sh [--suites LIST] [--out DIR] [--mirror URL] [--packages DIR]
#                          [--glibc DIR] [--keep]
#
#   --suites LIST    of Debian's, separated by commas (bookworm,trixie)
#   --out DIR        where systems, packages, logs and the table go (build/debian)
#   --mirror URL     of Debian's archive (by default that of this machine)
#   --packages DIR   check those in DIR, of one suite, and build none
#   --glibc DIR      package the pure glibc in DIR, of one suite, and build none
#   --keep           the systems stay, to be looked at
#
# What is built is the last commit. It has to be root, for debootstrap and chroot, and
# takes about 20 minutes a suite on 2 processors. Exit status: 0 each step of each suite
# is right, 1 one is not, 2 misuse, or it can't run here.
# shellcheck disable=SC2016 # what a system's shell gets is for itself to expand

set -eu
export LC_ALL=C

program=packages
# shellcheck source=tests/bare.inc
. "$(dirname "$0")/bare.inc"
suites=bookworm,trixie
out=$root/build/debian
packages='' glibc=''

begin "suites out mirror packages glibc" "$@"

# step NAME COMMANDS: in the system; its log, and one more cell of the line.
step() {
	local name=$1 began=$SECONDS status=0
	log=$out/$suite-$name.log
	echo "== $suite: $name" >&2
	inside "$system" "$2" >"$log" 2>&1 || status=$?
	if [ "$status" = 0 ]; then
		cells+=("$(clock $((SECONDS - began)))")
	else
		cells+=("failed: $status")
		echo "$program: $suite: $name failed: $log" >&2
	fi
}

# What the steps begin with. as_user COMMAND...: as one without rights, in its home.
# install_quietly PACKAGE...: and nothing that they only recommend.
common='
as_user() {
	env -C /home/user HOME=/home/user setpriv --reuid=user --regid=user \
		--clear-groups "$@"
}
install_quietly() {
	apt-get install -y -qq --no-install-recommends -o Dpkg::Use-Pty=0 "$@"
}
[ -d /home/user ] || {
	apt-get update -qq
	useradd -m user
}
'

# The source package is made of the tarball as of any upstream one. What Build-Depends
# takes for granted is build-essential.
build='
install_quietly build-essential
version=$(sed -n "1s/.*(\(.*\)-[^-]*).*/\1/p" debian/changelog)
cp ../purecc.tar.xz /home/user/purecc_$version.orig.tar.xz
chown -R user: . /home/user
gcc=$(gcc -dumpversion | cut -d . -f 1)
as_user "$PWD/debian/make-control" $gcc $((gcc - 1))
apt-get build-dep -y -qq --no-install-recommends -o Dpkg::Use-Pty=0 ./
cp -a . "/home/user/purecc-$version"
[ ! -d /glibc ] || export PURE_GLIBC=/glibc
as_user env -C "/home/user/purecc-$version" \
	DEB_BUILD_OPTIONS="parallel=$(nproc)" dpkg-buildpackage -us -uc
mkdir /packages
cp /home/user/purecc_* /home/user/*.deb /packages
'

lintian='
install_quietly lintian
as_user lintian --fail-on error,warning --no-tag-display-limit /packages/*.changes
'

# names: of the packages. files: what there is in the system, but for what isn't theirs.
installed='
names() {
	basename -a /packages/*.deb | sed "s/_.*//"
}
files() {
	find / -xdev \( -path /packages -o -path /project -o -path /home/user \
		-o -path /tmp -o -path /root -o -path /var/cache/man \) -prune -o \
		-print | LC_ALL=C sort
}
'

# What they depend on is there before, and what README takes for granted.
install='
install_quietly gcc libc6-dev make curl
install_quietly $(apt-get install -s --no-install-recommends /packages/*.deb |
	sed -n "s/^Inst \([^ ]*\).*/\1/p" | grep -vxF "$(names)")
files >/root/before
install_quietly /packages/*.deb
dpkg --audit
cp -R . /home/user/readme
chown -R user: /home/user/readme
as_user env -C readme sh -eu commands
'

remove='
apt-get remove -y -qq -o Dpkg::Use-Pty=0 $(names)
files | diff /root/before -
dpkg --purge $(names)
files | diff /root/before -
'

# They have the tests of the source package.
autopkgtest='
install_quietly autopkgtest dpkg-dev
status=0
autopkgtest --user=user --timeout-factor=5 --no-built-binaries /packages/*.dsc /packages/*.deb \
	-- null || status=$?
[ $status = 0 ]
'

# readme DIRECTORY: what README has for users, in files of DIRECTORY: its first handler,
# and commands, of which all but the handler's end well. pure-run --check says by 1
# that a handler doesn't see all. Words in capitals stand for others.
readme() {
	awk '$0 == "```c" { inside = 1; next } $0 == "```" { inside = 0 } inside' \
		"$root/README.md" >"$1/no-unlink.c"
	{
		echo 'set -x; echo b >b; echo "true: ; :" >Makefile'
		sed -nE '/^## Running a program/,/^## Instrumenting/ {
			s/.*\| `(.*)` \|$/    \1/
			/^    build\/.*[A-Z]{4}/d
			s/ +#.*//
			s/^    build\/(.*--check.*)/\1 || [ $? = 1 ]/p
			s/^    build\///p
		}' "$root/README.md"
		awk '$0 == "```sh" { inside = 1; next }
			$0 == "```" { inside = 0 } inside' "$root/README.md"
		echo '[ -e kept ]'
	} | sed 's,build/,,g; s/^pure-run .*-- rm kept/! &/; s/-Iinclude//' >"$1/commands"
}

# check: of the packages in $found, in two systems.
check() {
	for step in install autopkgtest; do
		system=$out/$suite-$step
		lay_out "$suite" "$system" "$log"
		cp -R "$found" "$system/packages"
		readme "$system/project"
		case $step in
		install)
			step install "$common$installed$install"
			step remove "$common$installed$remove"
			;;
		*) step autopkgtest "$common$autopkgtest" ;;
		esac
		take_away "$system"
	done
}

# make: the packages, which come to $found.
make_packages() {
	system=$out/$suite-build
	lay_out "$suite" "$system" "$log"
	tar -xJf "$out"/purecc-*.tar.xz --strip-components=1 -C "$system/project"
	cp "$out"/purecc-*.tar.xz "$system/purecc.tar.xz"
	[ -z "$glibc" ] || cp -a "$glibc" "$system/glibc"
	step build "$common$build"
	step lintian "$common$lintian"
	rm -rf "$found"
	mkdir "$found"
	cp -R "$system/packages/." "$found"
	take_away "$system"
}

rm -f "$out"/purecc-*.tar.xz*
[ -n "$packages" ] || "$root/scripts/release.sh" --snapshot "$out" >&2
{
	echo "| suite | build | lintian | install, README | remove, purge | autopkgtest |"
	echo "|---|---|---|---|---|---|"
	for suite in ${suites//,/ }; do
		log=$out/$suite-debootstrap.log cells=()
		found=$out/$suite-packages
		if [ -n "$packages" ]; then
			found=$packages cells=(- -)
		else
			make_packages
		fi
		check
		print_row
	done
} | tee "$out/table.md"
! grep -q 'failed:' "$out/table.md"
