#!/bin/sh
# firefox without a window takes a picture.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
# shellcheck source=trees.inc
. "$(dirname "$0")/trees.inc"

need firefox-esr

scenario() {
	cat >page.html <<'EOF'
<!DOCTYPE html><title>page</title><p id=a>before</p>
<script>document.getElementById("a").textContent = "after " + 6 * 7;</script>
EOF
	export MOZ_HEADLESS=1
	mkdir profile
	firefox-esr --headless --no-remote --profile "$PWD/profile" --screenshot \
		"$PWD/page.png" "file://$PWD/page.html" >messages 2>&1
	head -c 4 page.png | tail -c 3 && echo
}

compare
