#!/bin/sh
# What makes its calls itself, static programs and Go's, runs natively under each handler,
# as it does with the libraries that people preload today; and pure-run names it.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
# shellcheck source=common.inc disable=SC1091
. "$(dirname "$0")/common.inc"
cd "$work"
export LC_ALL=C

cat >program.c <<'END'
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

int
main (void)
{
  char text[100] = "";
  const time_t now = time (NULL);
  const int fd = open ("seen", O_RDONLY);

  printf ("%d %d %s", gmtime (&now)->tm_year + 1900, fsync (fd),
	  read (fd, text, sizeof text - 1) > 0 ? text : "nothing\n");
  return 0;
}
END
cat >program.go <<'END'
package main

import (
	"fmt"
	"os"
	"time"
)

func main() {
	file, _ := os.Open("seen")
	text, _ := os.ReadFile("seen")
	fmt.Print(time.Now().UTC().Year(), " ", file.Sync() != nil, " ", string(text))
}
END
echo really >seen
echo mapped >other
"${CC:-cc}" program.c -o dynamic
programs=
if "${CC:-cc}" -static program.c -o static 2>errors; then
	programs=static
fi
# Go's are static ones, or the C library's loader starts them.
if command -v go >found; then
	export GOCACHE="$work/cache" GOFLAGS=-mod=mod HOME="$work"
	go build -o go-static program.go && go build -ldflags=-linkmode=external \
		-o go-dynamic program.go && programs="$programs go-static go-dynamic"
fi
[ -n "$programs" ] || {
	echo "neither static programs nor Go's can be made"
	exit 77
}
echo "with: $programs"

# each HANDLER OPTION...: under it the programs do what they do natively, and are named.
each() {
	handler=$1
	shift
	for program in $programs; do
		outcome native "./$program"
		outcome child timeout 60 "$PURECC_BUILD/pure-run" --glibc "$PURECC_GLIBC" \
			--handler "$handler" "$@" -- sh -c "./$program"
		cmp -s native.out child.out || {
			fail "$handler: $program: another outcome"
			diff native.out child.out
		}
		case $program in
		*static)
			grep -q "^pure-run: ./$program isn't followed: it is statically linked" \
				child.err || fail "$handler: $program isn't named: $(cat child.err)"
			refused "$program can't be put on pure glibc: it is statically linked" \
				under "$handler" "$@" -- "./$program"
			;;
		*)
			outcome itself timeout 60 "$PURECC_BUILD/pure-run" \
				--glibc "$PURECC_GLIBC" --handler "$handler" "$@" -- \
				"./$program"
			cmp -s native.out itself.out || fail "$handler: $program, itself"
			grep -q "no calls that are made at raw sites, in $program " itself.err ||
				fail "$handler: $program isn't named: $(cat itself.err)"
			;;
		esac
	done
}

# handles TEXT HANDLER OPTION...: a dynamic one sees what the handler shows.
handles() {
	text=$1 handler=$2
	shift 2
	under "$handler" "$@" -- ./dynamic >printed 2>&1
	grep -q "$text" printed || fail "$handler: $(cat printed)"
}

next=$(date -u -d '+365 days' +%Y)
handles "^$next " time -O time=+1y
each time -O time=+1y
handles ' mapped$' redirect -O map=seen=other
each redirect -O map=seen=other
handles ' -1 really$' inject -O inject=fsync:error=EIO
each inject -O inject=fsync:error=EIO
each nosync
each pass
each count -O output=table
each trace -O output=lines

# Today's are no better there.
if command -v faketime >found; then
	for program in $programs; do
		outcome native "./$program"
		outcome faketime faketime -f +1y "./$program"
		same "faketime, $program" native faketime
	done
	faketime -f +1y ./dynamic >printed
	grep -q "^$next " printed || fail "faketime: $(cat printed)"
fi
exit "$failed"
