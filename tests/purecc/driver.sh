#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Each part of a command's job gets what it needs, and nothing else: the
# compiler the plugin, the assembler the prelude if the source is assembly, the
# linker the runtime; and what is assembled is judged.
#
# A case is a line: GCC's arguments, and what they come to. The words are cpp
# (a preprocessor), cc (a compiler), as and ld; `+' says that it gets its part.
# The plugin is loaded by a preprocessor too, where it does nothing.  `unjudged'
# is said of an object that isn't.
set -eu
# shellcheck source=tests/purecc/lib
. "$(dirname "$0")/lib"

for name in a.c b.c c.i d.cc e.ii; do
	echo 'int x;' >"$name"
done
for name in s.s t.S u.sx; do
	echo '	nop' >"$name"
done
cp a.c c-source.txt
cp s.s s-source.txt
cp a.c c.h
: >o.o
echo '-c a.c s.s' >response
echo '@response -O2' >nested
mkdir 'a directory'
cp s.s 'a directory/s s.s'

# Of each command that `gcc -### ARGUMENTS' shows, the word.
words() {
	"$purecc" "$cc" -### "$@" 2>&1 </dev/null | awk '
	/^ / && $1 ~ /\/cc1(plus)?$/ {
		part = /"?-fplugin=[^ ]*gcc-[0-9]+\/purecc.so/ ? "+" : "-"
		if (/ -E /)
			printf part == "+" ? "cpp " : "cpp- "
		else
			printf part == "+" ? "cc+ " : "cc "
	}
	/^ / && $1 ~ /(^|[\/-])as$/ {
		printf "%s%s", unjudged, /\/pure-syscall.s/ ? "as+ " : "as "
		unjudged = "unjudged "
	}
	/^ / && $1 ~ /\/pure-audit"?$/ { unjudged = "" }
	/^ / && $1 ~ /\/collect2$/ {
		sub(/.* -o /, " ")
		printf / -lpurecc / ? "ld+ " : "ld "
	}
	/: error: / { printf "error " }
	END { printf "%s", unjudged }'
}

while IFS='|' read -r arguments expected; do
	eval "set -- $arguments"
	got=$(words "$@")
	if [ "${got% }" != "${expected# }" ]; then
		fail "$arguments: \`$got' instead of \`$expected'"
		"$purecc" "$cc" -### "$@" 2>&1 </dev/null || :
	fi
done <<'END'
-c a.c                             | cc+ as
-c a.c -o x.o                      | cc+ as
-O2 -c a.c b.c                     | cc+ as cc+ as
-S a.c                             | cc+
-E a.c                             | cpp
-M a.c                             | cpp
-MM a.c                            | cpp
-MD -MF x.d -MT t -MQ q -c a.c     | cc+ as
-MMD -c t.S                        | cpp as+
-fsyntax-only a.c                  | cc+
-c c.i                             | cc+ as
-c d.cc                            | cc+ as
-c e.ii                            | cc+ as
c.h                                | cc+
-x c++ -c a.c                      | cc+ as
-x c -c -                          | cc+ as
-x c -c - -pipe                    | cc+ as
-pipe -c a.c                       | cc+ as
-save-temps -c a.c                 | cpp cc+ as
-c s.s                             | as+
-c t.S                             | cpp as+
-c u.sx                            | cpp as+
-E t.S                             | cpp
-S t.S                             | cpp
-M t.S                             | cpp
-pipe -c t.S                       | cpp as+
-pipe -c s.s                       | as+
-save-temps -c t.S                 | cpp as+
-g -c t.S                          | cpp as+
-x assembler -c -                  | as+
-x assembler -c s-source.txt       | as+
-x assembler-with-cpp -c -         | cpp as+
-x assembler-with-cpp -c s.s       | cpp as+
-x assembler -c s-source.txt -x none a.c  | as+ cc+ as
-x c -c c-source.txt -x assembler s-source.txt  | cc+ as as+
-c a.c t.S                         | cc+ as cpp as+
-c s.s a.c t.S b.c                 | as+ cc+ as cpp as+ cc+ as
-pipe -c a.c t.S b.c               | cc+ as cpp as+ cc+ as
-c "a directory/s s.s"                | as+
@response                          | cc+ as as+
@nested                            | cc+ as as+
-o x a.c                           | cc+ as ld+
-o x a.c s.s t.S                   | cc+ as as+ cpp as+ ld+
-o x o.o                           | ld+
o.o -lm                            | ld+
-I s.s -D t.S -U u -include c.h -isystem s.s -L s.s -c a.c  | cc+ as
-Xlinker s.s -Xassembler -W -Xpreprocessor -P -u s.s -z now -e s.s o.o  | ld+
-T s.s -l s.s -B s.s --param l1-cache-size=32 -aux-info x -c a.c  | cc+ as
-Wa,-W -Wl,-z,now -Wp,-P -o x a.c s.s  | cc+ as as+ ld+
-shared -fPIC -o x.so a.c          | cc+ as ld+
-shared -o x.so o.o                | ld+
-static o.o                        | ld+
-static-pie o.o                    | ld+
-no-pie o.o                        | ld+
-r -o x.o o.o                      | ld
-r -nostdlib -o x.o o.o            | ld
-r -o x.o a.c t.S                  | cc+ as cpp as+ ld
-nostdlib o.o                      | ld+
-nodefaultlibs o.o                 | ld+
-nolibc o.o                        | ld+
-nostartfiles o.o                  | ld+
-nostdlib -shared o.o              | ld+
-nostdlib -c a.c -o x.o            | cc+ as
-nostdlib -E a.c                   | cpp
-flto -c a.c                       | cc+ as
-flto -o x a.c t.S                 | cc+ as cpp as+ ld+
-flto o.o                          | ld+
-m32 -c t.S                        | cpp as unjudged
-mx32 -c s.s                       | as unjudged
-m32 o.o                           | ld
-m32 -nostdlib o.o                 | ld
-fplugin-arg-purecc-mode=call -E a.c  | cpp
-fplugin-arg-purecc-mode=call -c t.S  | cpp as+
END
exit "$failed"
