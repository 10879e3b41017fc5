#!/bin/sh
# Under redirect, all that is about files comes out in a tree that is elsewhere as in one
# that is there, and as under proot and fakechroot.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
# shellcheck source=common.inc disable=SC1091
. "$(dirname "$0")/common.inc"
build redirect
cd "$work"

redirect() {
	under redirect "$@"
}

# What is seen there must have a directory that is there.
place=$work/place
mkdir "$place"

# Every call, in a directory that is there and in one that isn't.
mkdir native mapped
outcome native "$work/redirect" "$work/native"
outcome mapped redirect -O "map=$place/tree=mapped" -- "$work/redirect" "$place/tree"
same 'every call' native mapped
(cd native && find . -printf '%p %y %l %n\n' | sort) | sed "s,$work/native,@," >native.found
(cd mapped && find . -printf '%p %y %l %n\n' | sort) | sed "s,$place/tree,@," >mapped.found
diff native.found mapped.found || fail 'the trees differ'

# Nothing is redirected that isn't to be, and in it nothing is changed.
mkdir other
outcome other redirect -O "map=$place/tree=mapped" -- "$work/redirect" "$work/other"
same 'every call, elsewhere' native other

# One file, by each of its names.
echo '127.0.0.9 mine.example' >hosts
ln -s /etc/hosts link
scenario='cat /etc/hosts link /etc/../etc/./hosts; getent hosts mine.example
	cd /etc && cat hosts; grep -c mine hosts; cat /proc/self/cwd/hosts
	python3 -c "print(open(\"/etc/hosts\").read())
import socket; print(socket.gethostbyname(\"mine.example\"))"
	cat </etc/hosts; tail -n 1 /etc/hosts | cat
	perl -pe "" /etc/hosts; [ -r hosts ] && wc -l hosts'
outcome redirect redirect -O map=/etc/hosts=./hosts -- sh -c "$scenario"
[ "$(grep -c '^127.0.0.9 mine.example$' redirect.out)" -ge 9 ] || {
	fail 'a file'
	cat redirect.out redirect.err
}

# A tree, in which links lead out of it and back, and a program of its own.
mkdir -p tree/sub
echo inside >tree/sub/file
ln -s "$place/tree/sub/file" tree/absolute
ln -s ../tree/sub/file tree/relative
cp /bin/echo tree/sub/program
printf '#! %s/tree/sub/program \t one  argument \n' "$place" >tree/script
# shellcheck disable=SC2016 # it is for that shell
printf '#!/bin/sh\necho "$0: $*"\n' >tree/shell-script
chmod +x tree/script tree/shell-script
printf '#!/bin/sh\n' >tree/not-executable
# shellcheck disable=SC2016 # it is for that shell
commands='cd "$PLACE/tree/sub" && /bin/pwd && cat file ../absolute ../relative
	cat "$PLACE/tree/absolute" "$PLACE/tree/sub/../relative"; readlink /proc/self/cwd
	../script a b; "$PLACE/tree/script"; ../shell-script c; "$PLACE/tree/shell-script" d
	perl -e "exec {q(../script)} qw(name x y)"; ../not-executable
	perl -e "exec {q(../shell-script)} q(name), (1) x 5000" | wc -c
	ls "$PLACE/tree"; ./program run; "$PLACE/tree/sub/program" run
	echo more >>file; mv file moved; cat moved; mkdir -p new/newer; rm -r new
	python3 -c "import os; print(os.getcwd(), os.path.realpath(\"../absolute\"))"
	perl -MCwd -e "print Cwd::getcwd, Cwd::abs_path(q(..)), qq(\n)"
	git init -q; git status -s
	tar -cf - -C "$PLACE/tree" sub/moved | tar -tf -; find "$PLACE/tree" -name moved'
export PLACE="$place"
cp -a tree tree-proot
outcome redirect redirect -O "map=$place/tree=tree" -O map=/etc/hosts=hosts -- \
	sh -c "$commands"
grep -q '^exit status 0$' redirect.out || {
	fail 'a tree'
	cat redirect.out redirect.err
}
# A ptrace of proot's own may not be had everywhere, and it may not know newer calls.
proot="proot -b $work/tree-proot:$place/tree -b $work/hosts:/etc/hosts"
if $proot cat /etc/hosts 2>proot.err | cmp - hosts 2>>proot.err; then
	# shellcheck disable=SC2086
	outcome proot $proot sh -c "$commands"
	same 'proot, a tree' proot redirect
	outcome redirect redirect -O map=/etc/hosts=hosts -- sh -c "$scenario"
	# shellcheck disable=SC2086
	outcome proot $proot sh -c "$scenario"
	same 'proot, a file' proot redirect
else
	echo 'proot cannot be compared with:'
	cat proot.err
fi

# fakechroot replaces paths in the C library's functions: a tree under / is there as
# one that is mapped. An absolute link in it isn't followed into it by fakechroot.
mkdir -p base/data/sub base/etc
echo inside >base/data/file
ln -s ../data/file base/data/relative
cp /bin/echo base/data/sub/program
# shellcheck disable=SC2016 # it is for that shell
printf '#!/bin/sh\necho "$0: $*"\n' >base/data/script
chmod +x base/data/script
echo '127.0.0.9 mine.example' >base/etc/hosts
cp -a base base-mapped
# shellcheck disable=SC2016 # it is for that shell
commands='cat /data/file /data/relative /data/sub/../file /etc/hosts
	ls /data; cd /data/sub && cat ../file; pwd; [ -e ../relative ] && echo there
	stat -c "%s %F %n" /data/file /data/relative; readlink /data/relative
	find /data | sort; /data/script a b; ./program run
	echo more >>/data/file; mv /data/file /data/moved; cat /data/moved
	mkdir -p new/newer; rmdir new/newer new; cat /data/file; echo $?
	python3 -c "import os; print(open(\"/data/moved\").read(), os.listdir(\"/data/sub\"))
print(os.path.exists(\"/data/nothing\"), os.getcwd())"
	perl -e "print -s q(/data/moved), qq(\n); opendir D, q(/data); print sort readdir D"
	tar -cf - -C /data moved | tar -tf -'
outcome redirect redirect -O map=/data=base-mapped/data \
	-O map=/etc/hosts=base-mapped/etc/hosts -- sh -c "$commands"
grep -q '^exit status 0$' redirect.out || {
	fail 'a tree under /'
	cat redirect.out redirect.err
}
if command -v fakechroot >found; then
	outcome fakechroot env \
		FAKECHROOT_EXCLUDE_PATH=/bin:/dev:/lib:/lib64:/proc:/root:/sys:/usr \
		fakechroot chroot "$work/base" sh -c "$commands"
	same 'fakechroot, a tree under /' fakechroot redirect
else
	echo 'there is no fakechroot to be compared with'
fi

# The longest name counts, and a file may be itself.
mkdir a
echo a >a/file
echo b >b
redirect -O "map=$place=a" -O "map=$place/file=b" -- cat "$place/file" >printed
grep -q '^b$' printed || fail "the longest: $(cat printed)"
redirect -O "map=$place/file=b" -O "map=$place=a" -- cat "$place/file" >printed
grep -q '^b$' printed || fail "the longest, second: $(cat printed)"

# A map is relative to where pure-run is, whatever the program does.
mkdir away
# shellcheck disable=SC2016 # it is for that shell
redirect -O "map=$place/file=b" -- sh -c 'cd away && exec env cat "$1"' sh "$place/file" >printed
grep -q '^b$' printed || fail "from elsewhere: $(cat printed)"

refused 'none is given' redirect -- true
refused "the directory of \`/nowhere/tree/file' isn't there" \
	redirect -O map=/nowhere/tree/file=b -- true
refused 'names no two files' redirect -O map=/a -- true
exit "$failed"
