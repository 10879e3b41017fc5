#!/bin/sh
# tmux: a server that starts itself, a shell in a terminal.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
# shellcheck source=trees.inc
. "$(dirname "$0")/trees.inc"

need tmux

scenario() {
	mux="tmux -f /dev/null -S $PWD/socket"
	$mux new-session -d -x 80 -y 24 "sh -c 'echo in tmux >out; tty >>out; ps -o comm= -p \$PPID >>out'; $mux wait-for -S end; sleep 100"
	$mux wait-for end
	sed 's/[0-9]*$//' out
	# The shell goes on to that now.
	until $mux list-windows -F '#{window_index} #{pane_current_command}' |
		grep sleep; do
		sleep 0.1
	done
	$mux kill-server
}

compare
