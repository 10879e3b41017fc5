#!/bin/sh
# The first handler in README.md compiles as it stands there, and the commands
# after it print what README says.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
# shellcheck source=page.inc disable=SC1091
. "$(dirname "$0")/page.inc"
need cc

take "$root/README.md" '## A first handler'
has no-unlink.c
# The last command, rm, fails as it should.
prints 1
[ -e kept ]
