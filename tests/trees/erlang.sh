#!/bin/sh
# erl starts itself by a script; processes, ports, a distributed port mapper is left out.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
# shellcheck source=trees.inc
. "$(dirname "$0")/trees.inc"

need erl escript

scenario() {
	erl -noshell -eval 'io:format("~s~p~n", [os:cmd("echo in a shell"), lists:sum([X || X <- lists:seq(1, 1000)])]), halt(3).' || echo "status $?"
	cat >script <<'EOF'
#!/usr/bin/env escript
main(Arguments) ->
	Self = self(),
	[spawn(fun() -> Self ! N * N end) || N <- lists:seq(1, 100)],
	Sum = lists:sum([receive X -> X end || _ <- lists:seq(1, 100)]),
	io:format("~p ~p~n", [Arguments, Sum]).
EOF
	chmod +x script
	./script a b
}

compare
