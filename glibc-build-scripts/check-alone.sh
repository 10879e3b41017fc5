#!/usr/bin/env bash
# check-alone.sh: run a command that has from its caller no descriptors but 0,
# 1 and 2, and no ignored signals: tests of glibc look at both. This shell
# keeps the descriptors, and with them the locks, until the command has ended.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: check-alone.sh COMMAND...; its exit status

(
	for descriptor in /proc/self/fd/*; do
		descriptor=${descriptor##*/}
		[ "$descriptor" -le 2 ] || eval "exec $descriptor>&-"
	done
	exec env --default-signal "$@"
)
exit $?
