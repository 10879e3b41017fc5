#!/bin/sh
# time shows programs what faketime shows them, in its words; waits take as long by
# each clock as they are to; with steps nothing depends on how long things take.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
# shellcheck source=common.inc disable=SC1091
. "$(dirname "$0")/common.inc"
need faketime python3 perl
build time
cd "$work"

# shown TIME COMMAND...
shown() {
	time=$1
	shift
	under time -O "time=$time" -- "$@"
}

# faked TIME COMMAND...: the same by libfaketime.
faked() {
	FAKETIME_DONT_RESET=1 faketime -f "$@"
}

# A clock that stands is always the same.
while IFS='|' read -r time TZ; do
	export TZ
	outcome faked faked "$time" date +'%F %T.%N %s'
	outcome shown shown "$time" date +'%F %T.%N %s'
	same "date: $time $TZ" faked shown
	# shellcheck disable=SC2016 # it is perl's
	outcome faked faked "$time" perl -e 'print scalar localtime, " ", time'
	# shellcheck disable=SC2016
	outcome shown shown "$time" perl -e 'print scalar localtime, " ", time'
	same "perl: $time $TZ" faked shown
	python='import time, datetime
print(time.time(), datetime.datetime.now(), time.time_ns())'
	outcome faked faked "$time" python3 -c "$python"
	outcome shown shown "$time" python3 -c "$python"
	same "python: $time $TZ" faked shown
	outcome faked faked "$time" sh -c 'date; date +%s'
	outcome shown shown "$time" sh -c 'date; date +%s'
	same "sh: $time $TZ" faked shown
done <<'END'
2020-12-24 20:30:00|UTC
1999-12-31 23:59:59|America/New_York
2037-07-01 00:00:00|Asia/Kolkata
END
unset TZ

# between WHAT LOW NUMBER HIGH
between() {
	if [ "$3" -lt "$2" ] || [ "$3" -gt "$4" ]; then
		fail "$1: $3 isn't from $2 to $4"
	fi
}

# A difference, of two clocks that run.
difference() {
	before=$(date +%s)
	ours=$(shown "$1" date +%s)
	theirs=$(faked "$1" date +%s)
	after=$(date +%s)
	between "$1" $((before + $2)) "$ours" $((after + $2))
	between "faketime $1" $((before + $2)) "$theirs" $((after + $2))
}
difference +2d 172800
difference -10m -600
difference +90 90
difference -1y -31536000
difference +1.5h 5400
difference '+1.5h x1' 5400

# A start is that of all that is executed, and time goes on from it.
shown '@2000-01-01 00:00:00 x1000' sh -c 'date +%s; sleep 1000; date +%s; sleep 1000
	env date +%s' >printed
start=$(TZ='' date -d '2000-01-01 00:00:00' +%s)
[ -n "${TZ-}" ] || start=$(date -d '2000-01-01 00:00:00' +%s)
for at in 0 1000 2000; do
	read -r second
	between "after $at s" $((start + at)) "$second" $((start + 100000000))
done <printed

# Times of files: what is older stays so, and what is set is what is seen.
touch -d '2020-05-05 05:05:05' old
touch new
for time in +2d -1y '@2000-01-01 00:00:00' '@2000-01-01 00:00:00 x3'; do
	outcome native sh -c 'find . -newer old -name "[no]*"; find . -newer new -name "old"'
	outcome shown shown "$time" sh -c 'find . -newer old -name "[no]*"
		find . -newer new -name "old"'
	cmp -s native.out shown.out || fail "find: $time"
done
[ "$(shown +1d stat -c %Y old)" -eq $(($(stat -c %Y old) + 86400)) ] ||
	fail 'stat: not shown by the clock'
[ "$(shown +1d python3 -c 'import os; print(int(os.stat("old").st_mtime))')" -eq \
	$(($(stat -c %Y old) + 86400)) ] || fail 'python: stat'
[ "$(under time -O time=+1d -O files=no -- stat -c %Y old)" -eq "$(stat -c %Y old)" ] ||
	fail 'files=no'
for time in +2d -1y '@2000-01-01 00:00:00' '@2000-01-01 00:00:00 x7'; do
	# Of seconds: what is shown of a nanosecond at x7 is 7 of them.
	shown "$time" sh -c 'touch -d "2010-10-10 10:10:10" set
		stat -c %Y set; stat -c %X set
		perl -e "utime 1, 1234567890, q(set)"; stat -c %Y set' >printed
	second=$(date -d '2010-10-10 10:10:10' +%s)
	printf '%s\n%s\n1234567890\n' "$second" "$second" >expected
	diff expected printed || fail "touch: $time"
done
shown +2d sh -c 'touch -d "2010-10-10 10:10:10" set; stat -c %y set' >printed
grep -q '^2010-10-10 10:10:10\.000000000 ' printed || fail "touch: $(cat printed)"

# All that waits.
outcome shown shown '+0 x10000000' "$work/time"
grep -q '^exit status 0$' shown.out || {
	fail 'waits'
	cat shown.out
}

# Steps: the same each time, and no sleep takes any.
steps='import time
print(time.time(), time.time())
before = time.monotonic()
time.sleep(1000000)
print(round(time.monotonic() - before, 3))'
for round in 1 2; do
	under time -O 'time=@1000000000' -O step=1ms -- python3 -S -c "$steps" >steps.$round
done
cmp steps.1 steps.2 || fail 'steps: not the same'
sed -n 2p steps.1 | grep -q '^1000000\.00[1-9]$' || fail "steps: $(cat steps.1)"
sed -n 1p steps.1 | grep -q '^1000000000\.[0-9]* 1000000000\.[0-9]*$' ||
	fail "steps: $(cat steps.1)"
under time -O 'time=@1000000000 i100' -- date +%s >printed
[ "$(cat printed)" -ge 1000000100 ] || fail "i100: $(cat printed)"
for round in 1 2; do
	under time -O 'time=@1000000000' -O step=1s -O state=shared -- \
		sh -c 'for i in 1 2 3 4; do date +%s; sleep 100; done' >steps.$round
done
cmp steps.1 steps.2 || fail 'shared steps: not the same'
sort -nu steps.1 | cmp - steps.1 || fail "shared steps: $(cat steps.1)"
[ "$(tail -n 1 steps.1)" -ge 1000000300 ] || fail "shared steps: $(cat steps.1)"

# What isn't right.
for time in '' x + +2q '@' '2000-13-01 00:00:00' '2000-01-01 00:00:00 x2' '+1 x' '+1 x0' \
	'+1 i-1' '+1 x2 3' '+99999999999999999999' '@9999-01-01 00:00:00'; do
	refused "handler time: option time: \`$time': " shown "$time" echo started
done
refused 'handler time: option state' under time -O step=1s -O state=/dev/null -- true
refused 'is no time' under time -O step=fast -- true
exit "$failed"
