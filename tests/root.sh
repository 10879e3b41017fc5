#!/bin/bash
# A purified Debian, whole: a bare system that pure-root has made pure does what another
# one does that it hasn't, with no pure-run anywhere.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: tests/root.sh [--suite NAME] [--out DIR] [--mirror URL] [--commands N] [--seed N]
#                      [--keep]
#
#   --suite NAME   of Debian's, with the pure glibc's version (bookworm)
#   --out DIR      where systems and logs go (build/root)
#   --mirror URL   of Debian's archive (by default that of this machine)
#   --commands N   so many commands at random (1000)
#   --seed N       which ones (1)
#   --keep         the systems stay, to be looked at
#
# Each step is the same commands in both systems, and what they write to `result' is the
# same. Prints a table in Markdown. It takes about 10 minutes on 2 processors. Exit
# status: 0 each step is right, 1 one is not, 2 misuse, or it can't run here.
# shellcheck disable=SC2016 # what a system's shell gets is for itself to expand

set -eu
export LC_ALL=C

program=root
# shellcheck source=tests/bare.inc
. "$(dirname "$0")/bare.inc"
suite=bookworm commands=1000 seed=1
out=$root/build/root
build=${PURECC_BUILD:-$root/build}
glibc=${PURECC_GLIBC:-$build/pure-glibc}

begin "suite out mirror commands seed" "$@"
failed=0

# ---- the steps ----

# Of all of them.
install='
printf "#!/bin/sh\nexit 101\n" >/usr/sbin/policy-rc.d
chmod +x /usr/sbin/policy-rc.d
apt-get update -qq
install_quietly() {
	apt-get install -y -qq --no-install-recommends -o Dpkg::Use-Pty=0 "$@"
}
install_quietly build-essential cron curl debhelper debsums iproute2 login man-db nginx-light \
	postgresql procps
useradd -m user
dpkg-query -W | grep -v ^pure-root >result
'

# A compiler, a package, a service, a cron job, logins.
daily='
cat >hello.c <<"EOF"
#include <stdio.h>
int main(void) { puts("hello"); return 0; }
EOF
gcc -O2 hello.c -o hello
g++ -x c++ -O2 hello.c -o hello2
{ ./hello && ./hello2; } >result
mkdir -p small/DEBIAN small/usr/bin
cp hello small/usr/bin/small-hello
printf "%s\n" "Package: small" "Version: 1" "Architecture: amd64" \
	"Maintainer: root <root@localhost>" "Description: small" >small/DEBIAN/control
dpkg-deb --root-owner-group -b small
apt-get install -y -qq -o Dpkg::Use-Pty=0 ./small.deb
small-hello >>result
apt-get remove -y -qq -o Dpkg::Use-Pty=0 small
rm -f /project/by-cron
echo "* * * * * user id -un >/tmp/by-cron" >/etc/cron.d/test
service cron start
su - user -c "id -un; echo \$HOME" >>result
{ echo "id -un >/tmp/by-login; exit 3"; sleep 3; } |
	script -q -e -c "login -f user" /dev/null || echo $? >>result
cat /tmp/by-login >>result
for second in $(seq 70); do
	[ -e /tmp/by-cron ] || sleep 1
done
service cron stop
cat /tmp/by-cron >>result
rm /tmp/by-* /etc/cron.d/test
! command -v pure-run
'

# Each command by itself, in a directory of its own.
run_commands='
rm -rf results
mkdir results
chown user: results
cat >run <<"EOF"
n=0
while IFS= read -r line; do
	n=$((n + 1))
	rm -rf /tmp/scratch
	mkdir /tmp/scratch
	cd /tmp/scratch
	cp /usr/share/common-licenses/GPL-2 text
	cp /bin/true elf
	seq 20 >numbers
	{
		timeout 10 sh -c "$line" </dev/null 2>/tmp/scratch.err | head -c 100000
		head -c 100000 /tmp/scratch.err
		find . -type f | sort | xargs -r -d "\n" sha256sum
	} >/project/results/$n
done </project/commands
EOF
setpriv --reuid=user --regid=user --clear-groups env HOME=/tmp sh run
ls results | wc -l >result
'

build_package='
sed -i "s/^deb \(.*\)/&\ndeb-src \1/" /etc/apt/sources.list
apt-get update -qq
apt-get build-dep -y -qq -o Dpkg::Use-Pty=0 hello
mkdir build
chown user: build
cd build
setpriv --reuid=user --regid=user --clear-groups sh -euc "
	export HOME=/tmp
	apt-get source -qq hello
	cd hello-*
	dpkg-buildpackage -us -uc -b"
cd ..
# The places of copies of a library'\''s variables depend on the library.
{
	dpkg-deb -c build/hello_*.deb
	dpkg-deb -x build/hello_*.deb new
	find new -type f ! -name hello | sort | xargs sha256sum
	new/usr/bin/hello
} >result
'

serve='
ip link set lo up
service postgresql start
as_postgres() {
	su postgres -c "$1"
}
as_postgres "createdb test && pgbench -q -i -s 2 test && pgbench -n -c 4 -j 2 -t 100 test" |
	grep "transactions actually" >result
as_postgres "psql -At test" >>result <<"EOF"
SELECT count(*), sum(aid) FROM pgbench_accounts;
SELECT count(*) FROM pgbench_history;
SELECT sum(abalance) = (SELECT sum(delta) FROM pgbench_history) FROM pgbench_accounts;
CREATE TABLE text AS SELECT n, md5(n::text) AS t FROM generate_series(1, 10000) n;
CREATE INDEX ON text (t);
SELECT md5(string_agg(t, $$,$$ ORDER BY t)) FROM text;
\! id -un
EOF
service nginx start
seq 100000 >/var/www/html/numbers
for time in 1 2 3 4 5; do
	curl -sf http://localhost/numbers | sha256sum
done >>result
seq 200 | sed "s,.*,url = http://localhost/numbers?&," >urls
curl -sf --parallel --config urls | wc -c >>result
curl -s -o /dev/null -w "%{http_code}\n" http://localhost/none >>result
service nginx stop
service postgresql stop
pgrep -l "postgres|nginx" >>result || :
'

# libc6 has a newer version in an archive of our own.
upgrade='
for name in security updates; do
	case $name in
	security) echo "deb ${mirror%/*}/debian-security $suite-security main" ;;
	updates) echo "deb $mirror $suite-updates main" ;;
	esac
done >/etc/apt/sources.list.d/more.list
apt-get update -qq
apt-get upgrade -y -qq -o Dpkg::Use-Pty=0
dpkg-query -W | grep -v ^pure-root >result
dpkg --audit
'

# ---- what they are run in ----

# handlers LINE: of the pure system.
handlers() {
	mkdir -p "$out/pure/etc/purecc"
	echo "$1" >"$out/pure/etc/purecc/handlers"
	: >"$out/pure/var/log/calls"
	chmod 666 "$out/pure/var/log/calls"
}

# run SYSTEM NAME COMMANDS: in the system, with processes of its own, and for what needs no
# archive a network of its own.
run() {
	local network=''
	case $2 in commands | serve) network=--net ;; esac
	system=$out/$1
	export -f inside
	unshare $network --pid --fork --kill-child --mount bash -euc 'mount -t proc proc "$1/proc"; inside "$1" "$2"' \
		run "$system" "mirror=$mirror suite=$suite; $3" >"$out/$1-$2.log" 2>&1
}

# row NAME TEXT
row() {
	echo "| $1 | $2 |"
	case $2 in failed*) failed=1 ;; esac
}

# step NAME COMMANDS [HANDLER]: in both; the results are the same.
step() {
	local began=$SECONDS
	handlers "* ${3:-pass}"
	for name in stock pure; do
		rm -f "$out/$name/project/result"
		if ! run $name "$1" "$2"; then
			row "$1" "failed in $name: $out/$name-$1.log"
			return 0
		fi
	done
	if diff "$out/stock/project/result" "$out/pure/project/result" >"$out/$1.diff"; then
		row "$1" "the same, $((SECONDS - began)) s"
	else
		row "$1" "failed: $out/$1.diff"
	fi
}

# ---- the commands ----

# one_of WORD...
one_of() {
	shift $((RANDOM % $#))
	one=$1
}

# make_commands: programs that the systems have, each with what it may take; two runs
# of many don't print the same, which isn't known before.
make_commands() {
	local programs n command arguments
	mapfile -t programs < <(cd "$out/stock/usr/bin" && find . -type f -perm /111 |
		sed 's,^\./,,' | grep -vE '^(p?kill.*|skill|killall.*|script.*|watch|sleep)$' |
		sort)
	RANDOM=$seed
	for ((n = 0; n < commands; n++)); do
		one_of "${programs[@]}"
		command=$one arguments=''
		for _ in 1 2 3; do
			one_of text numbers elf -a -n -r -v -l 3 1,3p /usr/share/common-licenses /etc/passwd . \
				--help --version '' '' ''
			arguments+=" $one"
		done
		one_of '' '' '<text' '<numbers' '<elf'
		arguments+=" $one"
		one_of '' '' '| sort' '| wc' '| tail -n 5' '| sha256sum' '; echo $?' '>out' \
			'| sed s/e/E/' '| tr a-z A-Z' '| gzip | gunzip' '& wait $!; echo $?'
		echo "$command$arguments $one"
	done
}

# same NUMBER [FILTER]: a command in both, filtered, in one of two runs in the pure one:
# where several processes write, it may be different by chance.
same() {
	local time
	for time in 1 2; do
		cmp -s <("${2:-cat}" "$out/stock-1/$1") <("${2:-cat}" "$out/pure-$time/$1") &&
			return 0
	done
	return 1
}

# compare_commands: what differs from run to run in the stock one says nothing. Processes
# that run at the same time may write their lines in another order in the pure one: these
# commands are counted apart, and are in the differences, too.
compare_commands() {
	local n same=0 order=0 other=0 wrong=0 text
	: >"$out/commands.diff"
	for ((n = 1; n <= commands; n++)); do
		if ! cmp -s "$out/stock-1/$n" "$out/stock-2/$n"; then
			other=$((other + 1))
		elif same "$n"; then
			same=$((same + 1))
		else
			if same "$n" sort; then
				order=$((order + 1))
			else
				wrong=$((wrong + 1))
			fi
			{
				echo "== $n: $(sed -n "${n}p" "$out/commands")"
				diff -a "$out/stock-1/$n" "$out/pure-1/$n"
			} >>"$out/commands.diff" || :
		fi
	done
	text="$same the same, $order with lines in another order, $wrong not,"
	text="$text $other differ from run to run"
	[ $wrong = 0 ] || text="failed: $text: $out/commands.diff"
	row "$commands commands" "$text"
}

commands_step() {
	handlers '* pass'
	make_commands >"$out/commands"
	for time in 1 2; do
		for name in stock pure; do
			cp "$out/commands" "$out/$name/project/commands"
			run $name commands "$run_commands" || {
				row commands "failed in $name: $out/$name-commands.log"
				return 0
			}
			rm -rf "$out/$name-$time"
			mv "$out/$name/project/results" "$out/$name-$time"
		done
	done
	compare_commands
}

# ---- the table ----

# purify: and prove it.
purify() {
	"$build/pure-root" --glibc "$glibc" "$out/pure" >"$out/purify.log" 2>&1 || {
		cat "$out/purify.log" >&2
		fail "pure-root failed"
	}
	local files
	mapfile -t files < <(sed "s,^,$out/pure," "$out/pure/usr/lib/pure-root/files")
	if "$build/pure-audit" "${files[@]}" >"$out/audit" 2>&1; then
		row "pure-audit of libc6's files" "$(sed 's/.*: \([0-9]*\) sites.*/\1/' "$out/audit" |
			paste -sd+ | bc) sites, none raw"
	else
		row "pure-audit of libc6's files" "failed: $out/audit"
	fi
}

# traced: what the daily programs have in the trace.
traced() {
	local calls=$out/pure/var/log/calls program
	for program in cc1 as dpkg apt-get cron login su sh; do
		grep -aq "execve(\"[^\"]*/$program\"" "$calls" || {
			row 'the trace' "failed: no $program in it: $calls"
			return 0
		}
	done
	row 'the trace' "$(wc -l <"$calls") lines, $(grep -ac ' execve(' "$calls") programs"
}

# held: an upgrade of libc6 is held back, and said.
held() {
	handlers '* pass'
	if run pure held '
		mkdir -p archive
		cd archive
		apt-get download -qq libc6
		dpkg-deb -R libc6_*.deb new
		rm libc6_*.deb
		sed -i "s/^Version: .*/&+later/" new/DEBIAN/control
		dpkg-deb -b new libc6.deb
		dpkg-scanpackages . >Packages
		echo "deb [trusted=yes] file:/project/archive ./" \
			>/etc/apt/sources.list.d/later.list
		apt-get update -qq -o Dir::Etc::sourcelist=sources.list.d/later.list \
			-o Dir::Etc::sourceparts=- -o APT::Get::List-Cleanup=0
		for how in upgrade dist-upgrade; do
			apt-get -s $how >said
			grep -A 1 "kept back" said | grep -w libc6
			! grep -E "^(Inst|Remv) (libc6|pure-root-libc6) " said
		done
		rm -r /etc/apt/sources.list.d/later.list'; then
		row 'a newer libc6' 'kept back, and said'
	else
		row 'a newer libc6' "failed: $out/pure-held.log"
	fi
}

undo() {
	local before=$SECONDS
	if "$build/pure-root" --undo "$out/pure" >"$out/undo.log" 2>&1 &&
		run pure undo 'debsums -s 2>&1; dpkg --audit; dpkg --verify; ! ls /usr/lib/pure-root; \
			! dpkg-divert --list | grep pure-root'; then
		row 'undone; debsums' "clean, $((SECONDS - before)) s"
	else
		row 'undone; debsums' "failed: $out/undo.log $out/pure-undo.log"
	fi
}

for name in stock pure; do
	lay_out "$suite" "$out/$name" "$out/debootstrap.log" ||
		fail "debootstrap failed: $out/debootstrap.log"
done
{
	echo "| $suite | a purified system and one that isn't |"
	echo "|---|---|"
	purify
	step install "$install"
	step daily "$daily"
	step traced "$daily" 'trace output=/var/log/calls'
	traced
	commands_step
	step package "$build_package"
	step serve "$serve"
	step upgrade "$upgrade"
	held
	undo
	echo "$failed" >"$out/failed"
} | tee "$out/table.md"
for name in stock pure; do
	take_away "$out/$name"
done
exit "$(cat "$out/failed")"
