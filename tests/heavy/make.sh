#!/bin/sh
# make under a heavy handler: `make -j2' of a small project in C, its test, a change,
# an error.  PROJECT names the directory of another that has a configure script.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
. "$(dirname "$0")/heavy.inc"

need make gcc ar

# A library of 12 functions, and a program that adds them up.
small_project() {
	i=0
	while [ $i -lt 12 ]; do
		printf 'int f%d (void) { return %d; }\n' $i $i >f$i.c
		printf 'int f%d (void);\n' $i >>all.h
		printf ' + f%d ()' $i >>sum
		i=$((i + 1))
	done
	cat >main.c <<EOF
#include <stdio.h>
#include "all.h"
int main (void) { printf ("%d\n", 0 $(cat sum)); return 0; }
EOF
	cat >Makefile <<'EOF'
objects = $(patsubst %.c,%.o,$(sort $(wildcard f*.c)))
program: main.o library.a
	$(CC) -o $@ $^
library.a: $(objects)
	$(AR) crD $@ $^
%.o: %.c all.h
	$(CC) -c -O $< -o $@
check: program
	@./program
sub:
	@$(MAKE) --no-print-directory check
wrong:
	@echo before; exit 3
.PHONY: check sub wrong
EOF
}

scenario() {
	if [ -n "${PROJECT:-}" ]; then
		cp -a "$PROJECT" project
		cd project
		./configure -q >/dev/null 2>&1
		under make -s -j2 >/dev/null
		under make -s -j2 check 2>/dev/null | grep '^# '
		return
	fi
	small_project
	under make -j2 --output-sync | sort
	under make -j2 check
	echo 'int f3 (void) { return 100; }' >f3.c
	under make -j2 sub
	under make -q program && echo "is up to date"
	status=0
	under make -j2 wrong 2>&1 || status=$?
	echo "make: $status"
}

compare "$@"
