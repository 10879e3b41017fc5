#!/bin/sh
# Real programs' lines are strace's: of those of twenty programs, 97 in 100 are equal.
# strace.py says what is compared.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
# shellcheck source=common.inc disable=SC1091
. "$(dirname "$0")/common.inc"
strace -f -o /dev/null true 2>/dev/null || {
	echo "strace can't be used here"
	exit 77
}
export LC_ALL=C TZ=UTC HOME="$work"
PATH=/usr/bin:/bin
# fresh: the files are as they were, for the next to begin with.
fresh() {
	rm -rf "$work/files"
	mkdir -p "$work/files/tree"
	cd "$work/files"
	seq 1000 >numbers
	cp numbers copy
	touch tree/a tree/b file
}

cat >"$work/commands" <<'END'
ls -l /etc
cat /etc/passwd
sort -r numbers
grep -c 9 numbers
sed -n 5p numbers
awk {n+=$1}END{print(n)} numbers
find tree -name a
tar cf archive numbers tree
gzip -k -f numbers
date
wc numbers
head -c 100 numbers
md5sum numbers
stat numbers
cp numbers new
mv copy moved
id
df .
tail -n 3 numbers
diff numbers copy
dash -c ls|wc;true
bash -c for i in 1 2; do cat numbers >/dev/null; done
perl -e print(6*7)
python3 -c print(6*7)
xz -k -f numbers
touch file
rm -f file
du tree
env true
uname -a
END

all=0 same=0 count=0
while IFS=' ' read -r program arguments; do
	command -v "$program" >/dev/null || continue
	case $program in
	dash | bash | perl | python3 | awk)
		set -- "${arguments%% *}" "${arguments#* }"
		[ "$program" != awk ] || set -- "${arguments%% *}" numbers
		;;
	*)
		# shellcheck disable=SC2086 # they are words
		set -- $arguments
		;;
	esac
	fresh
	timeout 60 strace -f -o "$work/theirs" "$PURECC_BUILD/pure-run" --glibc "$PURECC_GLIBC" \
		-- "$program" "$@" >/dev/null 2>&1 </dev/null || :
	fresh
	timeout 60 "$PURECC_BUILD/pure-trace" --glibc "$PURECC_GLIBC" -f -o "$work/ours" \
		"$program" "$@" >/dev/null 2>&1 </dev/null || :
	/usr/bin/python3 "$root/tests/trace/strace.py" "$work/theirs" "$work/ours" \
		>"$work/result"
	read -r equal total <"$work/result"
	echo "$program $arguments: $equal of $total"
	[ "$equal" -eq "$total" ] || sed -n '2,12s/^/    /p' "$work/result"
	all=$((all + total)) same=$((same + equal)) count=$((count + 1))
done <"$work/commands"
echo "$count programs: $same of $all lines are equal"
[ "$count" -ge 20 ] || fail "too few programs are installed"
[ "$((same * 100))" -ge "$((all * 97))" ] || fail "fewer than 97 in 100"
exit "$failed"
