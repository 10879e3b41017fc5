#!/bin/sh
# haproxy's master executes itself anew, and its workers answer.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# shellcheck disable=SC2086 # commands are words
set -eu
# shellcheck source=trees.inc
. "$(dirname "$0")/trees.inc"

need haproxy curl

scenario() {
	cat >config <<EOF
global
	stats socket $PWD/stats level admin
defaults
	mode http
	timeout client 5s
	timeout server 5s
	timeout connect 5s
frontend in
	bind unix@$PWD/in
	http-request return status 200 content-type text/plain string "served\\n"
EOF
	haproxy -W -f config -p pid 2>messages &
	server=$!
	get="curl -s --max-time 5 --unix-socket $PWD/in http://local/"
	until_works $get
	$get
	before=$(pgrep -P "$server")
	kill -USR2 "$server"
	until after=$(pgrep -P "$server") && [ "$after" != "$before" ] && [ "$(echo "$after" | wc -l)" = 1 ]; do
		sleep 0.1
	done
	until_works $get
	$get
	ps -o args= -p "$server" | sed "s/[0-9]*$/PID/"
	stop USR1
}

compare
