#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A wrong argument is an error that names the key, and the value where there is
# one, and says how to fix it; nothing is compiled. Each line below is an
# argument, and words of the error. All wrong ones are reported at once.
set -eu
# shellcheck source=lib/case.sh
. "$LIB/case.sh"

echo 'int i;' >source.c
rm -f report

while IFS='	' read -r argument text; do
	refused "$text" "$CC" -fplugin="$PLUGIN" \
		"-fplugin-arg-purecc-$argument" -c source.c
done <<'EOF'
colour	unknown key 'colour'
colour=red	unknown key 'colour'
colour	the keys are: mode, pointer, visibility, residual, report, verbose
Mode=call	unknown key 'Mode'
mode	key 'mode' needs a value
mode	-fplugin-arg-purecc-mode=...
mode=	bad value '' for key 'mode'
mode=fast	bad value 'fast' for key 'mode'
mode=fast	it takes one of: inline, call, off
mode=CALL	bad value 'CALL' for key 'mode'
pointer	key 'pointer' needs a value
pointer=	bad value '' for key 'pointer'
pointer=two words	bad value 'two words' for key 'pointer'
pointer=a-b	bad value 'a-b' for key 'pointer': it is not the name of a symbol
pointer=1st	bad value '1st' for key 'pointer'
visibility	key 'visibility' needs a value
visibility=protected	bad value 'protected' for key 'visibility'
visibility=protected	it takes one of: default, hidden
residual	key 'residual' needs a value
residual=ignore	bad value 'ignore' for key 'residual'
residual=ignore	it takes one of: thunk, warn, error
report	key 'report' needs a value
report=	bad value '' for key 'report'
verbose=yes	key 'verbose' takes no value, and has 'yes'
EOF

refused "unknown key 'colour'" "$CC" -fplugin="$PLUGIN" -c source.c \
	-fplugin-arg-purecc-mode=fast -fplugin-arg-purecc-colour
grep -q "bad value 'fast'" messages || fail "only one of two errors is reported"

# The last of several values counts.
"$CC" -fplugin="$PLUGIN" -fplugin-arg-purecc-mode=call \
	-fplugin-arg-purecc-mode=inline -fplugin-arg-purecc-report=report \
	-x c -c - -o source.o <<'EOF'
long f (long n) { __asm__ volatile ("syscall" : "+a" (n)); return n; }
EOF
echo '{"mode": "inline", "function": "f"}' >expected
expect_report report expected
