#!/bin/sh
# chromium without a window makes a page and a picture, without its sandbox.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
# shellcheck source=trees.inc
. "$(dirname "$0")/trees.inc"

need chromium

scenario() {
	cat >page.html <<'EOF'
<!DOCTYPE html><title>page</title><p id=a>before</p>
<script>document.getElementById("a").textContent = "after " + 6 * 7;</script>
EOF
	chrome="chromium --headless --no-sandbox --disable-gpu --disable-dev-shm-usage \
		--no-first-run --user-data-dir=$PWD/profile --virtual-time-budget=2000"
	$chrome --dump-dom "file://$PWD/page.html" 2>messages
	$chrome --screenshot="$PWD/page.png" "file://$PWD/page.html" 2>>messages
	head -c 4 page.png | tail -c 3 && echo
}

compare
