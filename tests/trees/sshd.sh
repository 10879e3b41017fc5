#!/bin/sh
# sshd executes itself for each connection, and starts a shell.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# shellcheck disable=SC2016,SC2086 # commands are words, what is quoted is for another shell
set -eu
# shellcheck source=trees.inc
. "$(dirname "$0")/trees.inc"

need ssh ssh-keygen python3
need_file /usr/sbin/sshd

scenario() {
	mkdir -p .ssh /run/sshd
	ssh-keygen -q -t ed25519 -N '' -f host
	ssh-keygen -q -t ed25519 -N '' -f user
	cp user.pub authorized
	cat >config <<EOF
ListenAddress 127.0.0.1
HostKey $PWD/host
AuthorizedKeysFile $PWD/authorized
StrictModes no
UsePAM no
PidFile none
EOF
	port=$(python3 -c 'import socket
s = socket.socket()
s.bind(("127.0.0.1", 0))
print(s.getsockname()[1])')
	/usr/sbin/sshd -D -e -f config -p "$port" 2>messages &
	server=$!
	log_in="ssh -F none -p $port -i user -o BatchMode=yes -o UserKnownHostsFile=$PWD/known
		-o StrictHostKeyChecking=accept-new 127.0.0.1"
	until_works $log_in true
	# shellcheck disable=SC2016 # for the other shell
	$log_in 'echo "$0"; exit 7' || echo "status $?"
	for i in 1 2 3; do echo "line $i" | $log_in 'cat; ps -o args= -p $PPID | sed "s/[0-9]*$//"'; done
	stop TERM
}

compare
