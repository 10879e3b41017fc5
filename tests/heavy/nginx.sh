#!/bin/sh
# nginx under a heavy handler, with two worker processes and a pool of threads: many
# requests, new configuration and a new log file while it runs.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
. "$(dirname "$0")/heavy.inc"

PATH=$PATH:/usr/sbin:/sbin
need nginx wrk curl

# page PATH: it, from the server.
page() {
	curl -sf --max-time 20 "http://127.0.0.1:$port/$1"
}

configure() {
	mkdir files
	seq 100000 >files/large
	echo "a page" >files/small
	cat >configuration <<EOF
daemon off;
pid $PWD/pid;
error_log $PWD/errors;
worker_processes 2;
events { worker_connections 256; }
http {
	access_log $PWD/accesses;
	client_body_temp_path $PWD/body;
	proxy_temp_path $PWD/proxy;
	fastcgi_temp_path $PWD/fastcgi;
	uwsgi_temp_path $PWD/uwsgi;
	scgi_temp_path $PWD/scgi;
	sendfile on;
	$threads
	server {
		listen 127.0.0.1:$port;
		root $PWD/files;
		location /again/ { proxy_pass http://127.0.0.1:$port/; }
	}
}
EOF
}

# load PATH [WRONG]: many requests; and those lines of wrk's that match WRONG.
load() {
	under wrk -t 2 -c 16 -d 2s "http://127.0.0.1:$port/$1" >wrk.out
	grep -E "${2:-Non-2xx|Socket errors}" wrk.out || echo "no errors: $1"
	grep -qE '^ +[1-9][0-9]* requests' wrk.out && echo "some requests"
}

scenario() {
	port=$(free_port)
	threads='aio threads;'
	nginx -V 2>&1 | grep -q -e --with-threads || threads=
	configure
	start nginx -e "$PWD/errors" -c "$PWD/configuration"
	until_works page small
	load small
	load large
	load again/small
	under curl -sf "http://127.0.0.1:$port/large" | md5sum
	under curl -s -o missing -w '%{http_code}\n' "http://127.0.0.1:$port/missing"
	echo "another page" >files/small
	kill -HUP "$server"
	mv accesses accesses.old
	kill -USR1 "$server"
	until_works test -e accesses
	# The old processes close connections as they end.
	load small Non-2xx
	page again/small
	stop QUIT
	grep -E 'alert|exited on signal' errors || echo "no process has crashed"
}

compare "$@"
