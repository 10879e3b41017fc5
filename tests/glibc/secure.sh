#!/bin/sh
# LD_AUDIT and LD_PRELOAD don't put a handler into a set-user-ID program of
# another user, and pure-run, which can't put it on the pure glibc, says so.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
. "$(dirname "$0")/compare.inc"
need setpriv
[ "$(id -u)" -eq 0 ] || {
	echo "only root can make a program that runs as root"
	exit 77
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cat >"$work/prog.c" <<'EOF'
#include <dlfcn.h>
#include <stdio.h>
#include <sys/auxv.h>
int main (void)
{
  void **pointer = dlsym (RTLD_DEFAULT, "pure_syscall");
  printf ("secure %lu handler %d\n", getauxval (AT_SECURE),
	  pointer && *pointer);
  return 0;
}
EOF
"${CC:-cc}" "$work/prog.c" -o "$work/prog" \
	-Wl,--dynamic-linker="$PURECC_GLIBC/lib64/ld-linux-x86-64.so.2"
cp "$PURECC_BUILD/handlers/pass.so" "$work/pass.so"

# as_nobody VARIABLE: run the program with the handler in VARIABLE.
as_nobody() {
	setpriv --reuid 65534 --regid 65534 --clear-groups env "$1=$work/pass.so" \
		LD_LIBRARY_PATH="$PURECC_GLIBC/lib/x86_64-linux-gnu" "$work/prog" 2>&1
}

said=$(as_nobody LD_AUDIT) || {
	echo "the pure glibc can't be reached as another user"
	exit 77
}
[ "$said" = "secure 0 handler 1" ] || {
	echo "without privileges: $said"
	exit 1
}
chmod u+s "$work/prog"
for variable in LD_AUDIT LD_PRELOAD; do
	said=$(as_nobody "$variable")
	case $said in
	*"secure 0"*)
		echo "set-user-ID has no effect in $work"
		exit 77
		;;
	*"secure 1 handler 0"*) ;;
	*)
		echo "$variable: $said"
		exit 1
		;;
	esac
done

status=0
said=$(setpriv --reuid 65534 --regid 65534 --clear-groups "$pure_run" \
	--glibc "$PURECC_GLIBC" -- "$work/prog" 2>&1) || status=$?
case $status$said in
2*"$work/prog"*privileges*) ;;
*)
	echo "pure-run said: $said"
	exit 1
	;;
esac
