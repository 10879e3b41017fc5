#!/bin/sh
# A program sees nothing of how it was started: not in /proc, in its environment, in
# its auxiliary vector, its descriptors, its memory.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
# shellcheck source=common.inc
. "$(dirname "$0")/common.inc"

build identity
ln -s identity other-name
printf '#!%s/other-name an argument\n' "$work" >script
chmod +x script
mkdir bin && cp identity bin/in-path

for command in ./identity ./other-name "$work/identity" ./script; do
	same "$command" a 'b c' ''
	same env -i "$command"
	same env -i A=1 LD_LIBRARY_PATH=/nonexistent "$command"
	same env LD_AUDIT= B=2 "$command"
	same env A=1 GLIBC_TUNABLES=glibc.malloc.check=0 B=2 "$command"
done
same env PATH="$work/bin:$PATH" in-path
same sh -c 'exec -a another-name ./identity' || :
same nohup ./identity
same ./identity 3<identity 9<identity

# As linked in other ways.
for flag in -no-pie -static-pie -Wl,-z,norelro -Wl,-z,noseparate-code; do
	case $flag in
	-static*) continue ;;
	esac
	build identity "$flag"
	same ./identity
done
exit "$failed"
