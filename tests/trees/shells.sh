#!/bin/sh
# Scripts for bash, zsh, dash and by env -S.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# shellcheck disable=SC2016 # what is quoted is for other shells
set -eu
# shellcheck source=trees.inc
. "$(dirname "$0")/trees.inc"

need bash dash zsh

scenario() {
	cat >one <<'EOF'
#!/usr/bin/env -S bash -e
echo "$0" "$BASH" "$@"
for i in 1 2 3; do (echo "subshell $i"); done | sort -r | while read -r x; do echo "$x"; done
trap 'echo trapped' USR1; kill -USR1 $$
cat <(echo substituted); coproc cat; echo co >&"${COPROC[1]}"; read -r x <&"${COPROC[0]}"; echo "$x"
(exec -a other sh -c 'echo $0'); (sh -c 'kill -9 $$'; exit $?) 2>/dev/null || echo "status $?"
exec ./two "$@"
EOF
	cat >two <<'EOF'
#!/usr/bin/zsh -f
echo $0 $ZSH_NAME $@; x=(*(.)); echo $x; print -l =sh; sh -c 'echo in zsh'; { sleep 0 } & wait; exec ./three $@
EOF
	cat >three <<'EOF'
#!/bin/dash
echo "$0" "$@"; set -- $(echo a b); echo "$2" | cat; . ./four; command -v sh
EOF
	printf 'echo "$0 four"\n' >four
	printf 'echo "$0" without a line "$@"\n' >five
	chmod +x one two three five
	./one a b
	./five c
	bash -c './five d'
	env -i PATH="$PATH" ./one e
}

compare
