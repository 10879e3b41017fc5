#!/bin/sh
# A handler that can't be loaded ends pure-run: the program isn't run without it.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu

# shellcheck source=common.inc
. "$(dirname "$0")/common.inc"

"$CC" -shared -fPIC -o "$work/auditor.so" -x c - <<'END'
unsigned int la_version (unsigned int version) { return version; }
END

# refused WHAT SOURCE FLAG...: a handler of that source, and where the program has an
# auditor of its own, which is loaded.
refused() {
	what=$1
	printf '#include <purecc.h>\n%s\n' "$2" >"$work/handler.c"
	shift 2
	"$CC" -O2 -shared -fPIC -I"$root/include" "$work/handler.c" \
		-o "$work/handler.so" "$@"
	for auditor in '' "$work/auditor.so"; do
		status=0
		# shellcheck disable=SC2034 # for run
		front="env LD_AUDIT=$auditor"
		run "$work/handler.so" echo it runs >"$work/out" 2>&1 || status=$?
		if [ "$status" -eq 0 ] || grep 'it runs' "$work/out"; then
			echo "$what: the program is run"
			exit 1
		fi
		grep -q 'the program isn.t run' "$work/out" || {
			echo "$what: that isn't what is said:"
			cat "$work/out"
			exit 1
		}
	done
	front=
}

minimal='static long handler (long number, long nr, ...) { return number + nr; }
PURE_HANDLER (handler);'
"$CC" -shared -o "$work/libgone.so" -x c - </dev/null
refused 'a symbol that nothing defines' \
	"extern int nowhere; int *needs_it = &nowhere; $minimal"
refused 'a library that is gone' "$minimal" -Wl,--no-as-needed -L"$work" -lgone
refused 'more thread-local data than there is room for' \
	"__thread char much[64 << 20] __attribute__ ((tls_model (\"initial-exec\")));
	char *data (void) { return much; } $minimal"

# Nothing of that is left in a program that is run.
printf '#include <purecc.h>\nPURE_HANDLER ((pure_handler_t) (void (*) (void)) pure_pass);' \
	>"$work/handler.c"
build_handler "$work/handler.c"
run "$work/handler.so" env >"$work/out"
! grep '^PURE_' "$work/out"
