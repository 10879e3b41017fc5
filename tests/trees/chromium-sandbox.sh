#!/bin/sh
# chromium without a window, in its sandbox.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
# shellcheck source=trees.inc
. "$(dirname "$0")/trees.inc"

need chromium setpriv

scenario() {
	cat >page.html <<'EOF'
<!DOCTYPE html><title>page</title><p id=a>before</p>
<script>document.getElementById("a").textContent = "after " + 6 * 7;</script>
EOF
	chrome="$unprivileged chromium --headless --disable-gpu --disable-dev-shm-usage \
		--no-first-run --user-data-dir=$PWD/profile --virtual-time-budget=2000"
	$chrome --dump-dom "file://$PWD/page.html" 2>messages
}

compare
