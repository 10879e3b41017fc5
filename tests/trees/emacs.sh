#!/bin/sh
# emacs without a window: a file, a child, itself as a child.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
# shellcheck source=trees.inc
. "$(dirname "$0")/trees.inc"

need emacs

scenario() {
	emacs -Q --batch --eval '(progn (princ (list invocation-name invocation-directory))
		(princ (shell-command-to-string "echo in"))
		(princ (call-process (expand-file-name invocation-name invocation-directory)
			nil nil nil "-Q" "--batch" "--eval" "(kill-emacs 5)"))
		(find-file "file") (insert "text\n") (save-buffer))' 2>&1
	cat file
}

compare
