#!/bin/sh
# gcc on the pure glibc compiles a program, and that runs there as well.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
. "$(dirname "$0")/compare.inc"

need gcc

scenario() {
	cat >prog.c <<'EOF'
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
static int compare (const void *a, const void *b) { return *(int *) a - *(int *) b; }
int main (void)
{
  int v[1000];
  srand (42);
  for (int i = 0; i < 1000; i++) v[i] = i * 7919 % 1000;
  qsort (v, 1000, sizeof *v, compare);
  char *s = strdup ("sorted");
  printf ("%s %d %d %.6f\n", s, v[0], v[999], sqrt (2) * cos (1));
  free (s);
  return 11;
}
EOF
	run gcc -O2 -Wall prog.c -o prog -lm
	run ./prog || echo "prog said $?"
	run gcc -O2 -S prog.c -o - | grep -v '^	.ident' | md5sum
	echo 'int broken (' >broken.c
	run gcc -c broken.c 2>&1 || echo "gcc said $?"
	run make -s -f /dev/null 2>&1 || echo "make said $?"
}

compare_all
