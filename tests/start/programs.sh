#!/bin/sh
# Real programs that execute others, or look for themselves: output and exit status are
# as natively.  Those that aren't installed are left out.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# shellcheck disable=SC2016 # what is quoted is for others to expand
set -eu
# shellcheck source=common.inc
. "$(dirname "$0")/common.inc"

cat >hello.c <<'END'
#include <stdio.h>
int main(int argc, char **argv)
{
	printf("hello %s %d\n", argv[0], argc);
	return 3;
}
END
# shellcheck disable=SC2016 # for make
printf 'all: hello\n\t./hello || echo $$?\nhello: hello.c\n\t$(CC) -o $@ $<\n' >Makefile
cat >script.py <<'END'
#!/usr/bin/env python3
import subprocess, sys
print(sys.executable, subprocess.run(["sh", "-c", "echo sub"], capture_output=True).stdout)
print(subprocess.run([sys.executable, "-c", "import sys; print(sys.executable)"],
                     capture_output=True, close_fds=True).stdout)
END
cat >script.sh <<'END'
#!/usr/bin/env -S bash -e
echo "$0" "$BASH"
exec perl -e 'print "$^X\n"; system($^X, "-e", q(print "in $^X\n"))'
END
# shellcheck disable=SC2016 # for the shell that runs it
printf 'main() { echo "$0" "$#"; }\nmain "$@"\n' >no-line
chmod +x script.py script.sh no-line
# shellcheck disable=SC2016 # for perl
mkdir t && printf 'print "1..1\\nok 1 - $^X\\n";\n' >t/one.t
more=--quiet
count=0

# Each line is a command; sh runs it.
cat >commands <<'END'
cc hello.c -o hello && ./hello
make -s -B CC=cc
./script.py
./script.sh
./no-line a b
perl -e 'print "$^X\n"; print `$^X -e "print 42"`'
prove -Q t/one.t | sed 's/Files.*//'
python3 -c 'import multiprocessing, sys; print(sys.executable, sys.argv)'
bash -c 'echo $BASH $0; cat <(echo x); (exec -a other sh -c "echo \$0")'
dash -c 'echo $0; kill -9 $$'
zsh -c 'echo $0; sh -c "echo in"'
git --exec-path
rm -rf r; git init -q r && cd r && echo x >f && git add f && git -c user.name=a -c user.email=b@c commit -q -m m && git log --format=%s && git gc -q
node -e 'const c = require("child_process"); console.log(process.execPath, c.execFileSync(process.execPath, ["-p", "1+1"]).toString())'
java -version
javac -version
clang --version
clang hello.c -o hello && ./hello
rustc --version --verbose
gdb -q -batch -ex 'info line main' ./hello
tar -cf - hello.c | tar -tvf - --to-command=cat
find . -maxdepth 1 -name 'h*.c' -exec cat {} +
printf 'a b c' | xargs -n1 echo
env -i A=1 /usr/bin/env
nohup echo nohup
timeout 5 sh -c 'echo t; exit 4'
nice -n 1 sh -c 'nice'
setsid -w echo s
script -qec 'echo in-script' /dev/null
sed -n '1e echo e' hello.c
gawk 'BEGIN { "echo x" | getline y; print y; system("exit 3") }'
sqlite3 :memory: '.shell echo in'
ssh -V
apt-get --version
dpkg --print-architecture
dpkg-architecture -qDEB_HOST_ARCH
vim --version
emacs --batch --eval '(princ invocation-directory)'
tmux -V
ruby -e 'puts RbConfig.ruby; puts `echo x`'
php -r 'echo PHP_BINARY, shell_exec("echo x");'
tclsh </dev/null
cmake -E echo x
cmake -E env A=1 sh -c 'echo $A'
man --version
strace -V
m4 -Dx=y /dev/null
awk 'BEGIN { system("echo $0") }'
su -s /bin/sh -c 'echo su $0'
unshare -r sh -c 'id -u'
chroot / /bin/sh -c 'echo in'
cpp -P hello.c
ld --version
gcc -print-search-dirs
g++ -x c++ -E hello.c
python3 -m timeit -n 1 -r 1 -q pass >/dev/null && echo done
END

while IFS= read -r line; do
	command -v "${line%% *}" >/dev/null || continue
	same sh -c "$line"
	count=$((count + 1))
	# That of trace-inside is the last: each child has its lines in it.
	processes=$(sed 's/[ :].*//' calls | sort -u | wc -l)
	children=$(grep -c -E ' (v?fork\(\)|clone\(.*SIGCHLD.*\)) *= [1-9]' calls || :)
	[ "$processes" -gt "$children" ] ||
		fail "$children children, $processes processes in the trace: $line"
done <commands
echo "$count commands"
[ "$count" -ge 25 ] || fail 'too few programs are installed'
exit "$failed"
