#!/bin/sh
# ocaml: the top level, byte code, native code.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
# shellcheck source=trees.inc
. "$(dirname "$0")/trees.inc"

need ocaml ocamlc ocamlopt

scenario() {
	cat >hello.ml <<'EOF'
let () =
  Printf.printf "%s %s %d\n%!" Sys.argv.(0) Sys.executable_name (Sys.command "echo in; exit 4")
EOF
	ocaml hello.ml
	ocamlc -o byte hello.ml && ./byte
	ocamlopt -o native hello.ml && ./native
}

compare
