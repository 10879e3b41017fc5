#!/bin/sh
# A handler gets the options that -O gives it, in the form that purecc.h says; what
# isn't right is an error of pure-run's that names handler and option, before the
# program starts. --list and -O help say what there is.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
# shellcheck source=common.inc
. "$(dirname "$0")/common.inc"
need_glibc
run=$PURECC_BUILD/pure-run
cc=${CC:-gcc}
cd "$work"

# compile NAME [FLAG...]: handler NAME.so of NAME.c.
compile() {
	name=$1
	shift
	"$cc" -Wall -Wextra -Werror -O2 -shared -fPIC -I"$root/include" "$@" \
		"$name.c" -o "$name.so"
}

# It prints what it gets, and all that it could.
cat >shows.c <<'END'
#include <purecc.h>
#include <stdio.h>

PURE_DESCRIPTION ("shows its options");
PURE_OPTION (text, "string", "nothing", "any text");
PURE_OPTION (log, "file", "", "a file that it writes");
PURE_OPTION (data, "path", "", "a file that it reads");
PURE_OPTION (count, "number", "-7", "a number");
PURE_OPTION (room, "size", "65536", "a size");
PURE_OPTION (pause_, "time", "1500000000", "a time");
PURE_OPTION (loud, "flag", "0", "a flag");
PURE_OPTION (way, "choice(in|out|both)", "in", "a choice");

static int
start (int argc, char **argv, char **envp)
{
  (void) argc, (void) argv;
  /* In another order than the table's, and twice.  */
  for (int i = 0; i < 2; i++)
    dprintf (3, "way=%s text=%s log=%s data=%s count=%ld room=%ld pause=%ld loud=%ld\n",
	     PURE_OPTION_TEXT (way, envp), PURE_OPTION_TEXT (text, envp),
	     PURE_OPTION_TEXT (log, envp), PURE_OPTION_TEXT (data, envp),
	     PURE_OPTION_NUMBER (count, envp), PURE_OPTION_NUMBER (room, envp),
	     PURE_OPTION_NUMBER (pause_, envp), PURE_OPTION_NUMBER (loud, envp));
  return 0;
}

PURE_HANDLER_INIT ((pure_handler_t) (void (*) (void)) pure_pass, start);
END
compile shows

# gets EXPECTED OPTION...: the handler, in both ways, of each of three programs.
gets() {
	expected=$1
	shift
	for how in '' --same-namespace; do
		# shellcheck disable=SC2086
		"$run" --glibc "$PURECC_GLIBC" $how --handler ./shows.so "$@" -- \
			sh -c 'env; exec env' 3>got >environment ||
			fail "exit status $?, $how: $*"
		i=0
		: >expected
		while [ $((i += 1)) -le 6 ]; do
			printf '%s\n' "$expected" >>expected
		done
		diff expected got || fail "$how: $*"
		! grep -q -e PURE_ -e LD_AUDIT environment ||
			fail "$how: the program sees the options: $*"
	done
}

defaults='text=nothing log= data= count=-7 room=65536 pause=1500000000 loud=0'
gets "way=in $defaults"
gets "way=both $defaults" -O way=both
touch data
gets "way=out text=a=b log=$work/log data=$work/data count=12 room=3145728 pause=20000000 loud=1" \
	-O text=a=b -O log=log -O data=./data -O count=+12 -O room=3M \
	-O pause_=20ms -O loud -O way=out
gets "way=in text= log= data= count=0 room=0 pause=0 loud=0" \
	-O text= -O count=0 -O room=0 -O pause_=0s -O loud=no
# shellcheck disable=SC2016 # nothing is to be expanded
for text in 'a,b;c\d:e' '7:way=out,' 'a
b' '"$HOME"' ',' ' '; do
	gets "way=both text=$text log= data= count=-7 room=65536 pause=1500000000 loud=1" \
		-O way=both -O text="$text" -O loud=yes
done
gets 'way=in text=nothing log= data= count=-9223372036854775808 room=65536 pause=7200000000000 loud=0' \
	-O count=-9223372036854775808 -O pause_=2h

# A file is made, or emptied, once, and only if all else is right.
echo old >log
gets "way=in text=nothing log=$work/log data= count=-7 room=65536 pause=1500000000 loud=0" \
	-O log=log
[ ! -s log ] || fail 'a file is not emptied'
echo old >log

# Lists, pairs of paths, and the time of the start, which is there without being given.
cat >lists.c <<'END'
#include <purecc.h>
#include <stdio.h>

PURE_OPTION (words, "string...", "", "words");
PURE_OPTION (maps, "map...", "", "pairs");
PURE_OPTION (start, "now", "", "the start");

static int
start (int argc, char **argv, char **envp)
{
  (void) argc, (void) argv;
  dprintf (3, "%s|%s|", PURE_OPTION_TEXT (words, envp), PURE_OPTION_TEXT (maps, envp));
  dprintf (4, "%ld\n", PURE_OPTION_NUMBER (start, envp));
  return 0;
}

PURE_HANDLER_INIT ((pure_handler_t) (void (*) (void)) pure_pass, start);
END
compile lists
before=$(date +%s%N)
"$run" --glibc "$PURECC_GLIBC" --handler ./lists.so -O words=a -O maps=/a=b -O words= \
	-O words=c,d -O maps=x/y=/z=w -- true 3>got 4>start || fail "lists: exit status $?"
printf 'a\n\nc,d|/a=%s/b\n%s/x/y=/z=w|' "$work" "$work" >expected
diff expected got || fail lists
if [ "$(cat start)" -lt "$before" ] || [ "$(cat start)" -gt "$(date +%s%N)" ]; then
	fail "the start: $(cat start)"
fi
"$run" --glibc "$PURECC_GLIBC" --handler ./lists.so -- sh -c 'sleep 0.1; env true' \
	3>got 4>start || fail "the start: exit status $?"
if [ "$(sort -u start | wc -l)" -ne 1 ] || [ "$(wc -l <start)" -ne 4 ]; then
	fail "not one start in all that is executed: $(cat start)"
fi
"$run" --glibc "$PURECC_GLIBC" --handler ./lists.so -O start=5 -- true 3>got 4>start
[ "$(cat start)" -eq 5 ] || fail "a start that is given: $(cat start)"

# refused TEXT OPTION...: before the program starts.
refused() {
	part=$1
	shift
	says 2 "$part" "$run" --glibc "$PURECC_GLIBC" "$@" -- touch started
	[ ! -e started ] || fail "the program has started: $*"
	rm -f started
}
shows="--handler ./shows.so"
# shellcheck disable=SC2086
{
	refused "handler ./shows.so has no option \`coutn'; did you mean \`count'?" \
		$shows -O coutn=1 -O log=log
	refused "has no option \`nothing like it'; -O help" $shows -O 'nothing like it'
	refused "handler pass has no option \`output', nor any other" \
		--handler pass -o log
	refused "handler ./shows.so: option count: \`x' is no number" \
		$shows -O log=log -O count=x
	for number in '' + - 1x ' 1' 0x10 1.5 9223372036854775808; do
		refused "option count: \`$number' is no number" \
			$shows -O "count=$number"
	done
	for size in '' -1 1k 1KB M 8388608T; do
		refused "option room: \`$size' is no size" $shows -O "room=$size"
	done
	for time in '' 5 -1s 1m 3000000h; do
		refused "option pause_: \`$time' is no time" $shows -O "pause_=$time"
	done
	for word in '' maybe in\|out ')' choice; do
		refused "option way: \`$word' is none of them: in|out|both" \
			$shows -O "way=$word"
	done
	refused "option loud: \`maybe' is neither" $shows -O loud=maybe
	refused "option maps: \`/a' names no two files" --handler ./lists.so -O maps=/a
	refused "option maps: \`=/a' names no two" --handler ./lists.so -O maps==/a
	refused "option start: \`-1' is no number" --handler ./lists.so -O start=-1
	refused 'option words: there is a line break' --handler ./lists.so -O 'words=a
b'
	refused 'option log: ' $shows -O log=
	refused '/nonexistent/log: No such file' $shows -O log=/nonexistent/log
	refused "option data: \`nothing' can't be found" $shows -O data=nothing
	refused 'option text needs a value: text=TEXT' $shows -O text
	refused 'option count is given twice' $shows -O count=1 -O count=2
	refused 'by --handler' -O count=1 $shows
	refused 'by --handler' -o log
	refused 'handler pass has no option' --handler pass -O count=1 $shows
	refused "option count: \`x' is no number" $shows -O log=log \
		--handler ./shows.so -O count=x
	refused "no handler \`trase'" $shows -O log=log --handler trase
	refused "no handler \`trase'" --handler trase
	refused "did you mean \`trace'?" --handler trase
}
[ "$(cat log)" = old ] || fail 'a file is emptied, though an option is wrong'

# The help, without a program and without a pure glibc.
"$run" --handler ./shows.so -O help >printed || fail "-O help: exit status $?"
cat >expected <<'END'
./shows.so: shows its options
Options, given as -O KEY=VALUE:
  count=NUMBER
      a number (default: -7)
  data=PATH
      a file that it reads
  log=FILE
      a file that it writes
  loud[=yes|no]
      a flag (default: no)
  pause_=TIME
      a time (default: 1500ms)
  room=SIZE
      a size (default: 64K)
  text=TEXT
      any text (default: nothing)
  way=in|out|both
      a choice (default: in)
END
diff expected printed || fail '-O help'
"$run" --handler pass -O help >printed || fail "pass, -O help: exit status $?"
grep -q 'no options' printed || fail 'pass: -O help'
# shellcheck disable=SC2016 # it is for that shell
says 2 'No space' sh -c '"$1" --handler pass -O help >/dev/full' sh "$run"
"$run" --list >printed || fail "--list: exit status $?"
grep -q '^pass  *passes every' printed || fail '--list: pass'
grep -q '^trace  *writes a line' printed || fail '--list: trace'

# A name with the suffix is the same.
"$run" --glibc "$PURECC_GLIBC" --handler trace.so -O output=lines true ||
	fail "trace.so: exit status $?"
grep -q exit_group lines || fail 'trace.so'

# Handlers of an older purecc.h, and such as aren't right.
cat >old.c <<'END'
#include <purecc.h>
static const char option[] __attribute__ ((__section__ ("pure_options"), __used__))
  = "output\0file\0nowhere\0not written";
PURE_HANDLER ((pure_handler_t) (void (*) (void)) pure_pass);
END
compile old
"$run" --glibc "$PURECC_GLIBC" --handler ./old.so true ||
	fail 'an older handler does not run'
refused 'handler ./old.so: it was compiled with an older purecc.h' \
	--handler ./old.so -o log
refused 'older purecc.h' --handler ./old.so -O help
cat >wrong.c <<'END'
#include <purecc.h>
PURE_OPTION (thing, KIND, DEFAULT, "is wrong");
PURE_HANDLER ((pure_handler_t) (void (*) (void)) pure_pass);
END
compile wrong '-DKIND="shape"' '-DDEFAULT=""'
refused "option thing is of kind \`shape'" --handler ./wrong.so -O thing=x
compile wrong '-DKIND="choice"' '-DDEFAULT=""'
refused "option thing is of kind \`choice'" --handler ./wrong.so -O thing=x
for default in 4K 0x10 +1; do
	compile wrong '-DKIND="size"' "-DDEFAULT=\"$default\""
	refused "option thing: the default \`$default'" --handler ./wrong.so -O help
done
compile wrong '-DKIND="flag"' '-DDEFAULT="no"'
refused "the default \`no'" --handler ./wrong.so -O help
cat >damaged.c <<'END'
#include <purecc.h>
static const char option[] __attribute__ ((__section__ (PURE_OPTIONS_SECTION), __used__))
  = "output\0file\0";
PURE_HANDLER ((pure_handler_t) (void (*) (void)) pure_pass);
END
compile damaged
refused 'is damaged' --handler ./damaged.so -o log

# A variable that pure-run hasn't made does no harm.
cat >reads.c <<'END'
#include <purecc.h>
#include <string.h>
PURE_OPTION (a, "string", "none", "a text");
int
main (void)
{
  static const char *const texts[]
    = { "", "x", "3:", "3", "3:a=", ":a=b", "99:a=b,", "3:a=b", "-3:a=b,", "3:b=a,4:a=b" };
  for (unsigned int i = 0; i < sizeof texts / sizeof *texts; i++)
    {
      char variable[64] = PURE_OPTIONS_VARIABLE "=";
      char *environment[] = { variable, 0 };
      strcat (variable, texts[i]);
      if (strcmp (PURE_OPTION_TEXT (a, environment), i == 7 ? "b" : "none") != 0)
	return (int) i + 1;
    }
  return 0;
}
END
"$cc" -Wall -Wextra -Werror -I"$root/include" reads.c -o reads
./reads || fail "a variable that is made by hand: exit status $?"
exit "$failed"
