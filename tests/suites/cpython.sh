#!/bin/sh
# CPython's own tests have the same results on a pure glibc, under an isolated
# handler that passes everything through, as on the system's, test by test.
# What they start as sys.executable is there too.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: cpython.sh [all|TEST...]
#
# TEST is a module, test_os, a class of one, test_os.FileTests, or one test; all
# is the thirteen modules that are about system calls, and takes half an hour.
# PURECC_LOGS names a directory that the tests' output is kept in, PURECC_HANDLER
# another handler.

set -eu
. "$(dirname "$0")/../glibc/compare.inc"

need /usr/bin/python3
python=$(realpath /usr/bin/python3)
own=$(basename "$python")
"$python" -c 'import test.test_os' 2>/dev/null || {
	echo "Python's tests are not here: lib$own-testsuite"
	exit 77
}

case ${1:-} in
'')
	# What takes a minute.
	set -- test_os test_posix test_threading.ThreadTests test_mmap \
		test_time test_fcntl test_select test_signal.WakeupSignalTests \
		test_signal.ItimerTest test_signal.StressTest
	;;
all)
	set -- test_os test_posix test_subprocess test_threading test_signal \
		test_socket test_mmap test_time test_io test_fcntl test_select \
		test_asyncio test_multiprocessing_fork
	;;
esac

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
LC_ALL=C.UTF-8
TMPDIR=$work
export LC_ALL TMPDIR

# sys.executable is the name of a program that starts python on the pure glibc by its
# loader, whoever executes it, and with whatever environment.
libraries=lib/x86_64-linux-gnu
"${CC:-gcc}" -O2 -static -o "$work/$own" \
	-DLOADER="\"$PURECC_GLIBC/lib64/ld-linux-x86-64.so.2\"" \
	-DLIBRARIES="\"$PURECC_GLIBC/$libraries:$PURECC_GLIBC/usr/$libraries\"" \
	-DHANDLER="\"${PURECC_HANDLER:-$PURECC_BUILD/handlers/pass.so}\"" \
	-DPROGRAM="\"$python\"" "$root/tests/suites/cpython-start.c"

# Is a handler set in this process, in one that it starts, and in one of that?
cat >"$work/handled.py" <<'EOF'
import ctypes, subprocess, sys
try:
    print(bool(ctypes.c_void_p.in_dll(ctypes.CDLL(None), "pure_syscall")),
          flush=True)
except ValueError:
    print(None, flush=True)
if len(sys.argv) < 3:
    subprocess.run([sys.executable, "-I", *sys.argv, "again"], env={},
                   check=True)
EOF
handled() {
	"$1" "$work/handled.py" | xargs
}
if [ "$(handled "$python")" != 'None None None' ] ||
	[ "$(handled "$work/$own")" != 'True True True' ]; then
	echo "the two pythons are not on the C libraries that they should be on"
	exit 1
fi

"$python" "$root/tests/suites/cpython-compare.py" \
	--logs "${PURECC_LOGS:-$work/logs}" "$python" "$work/$own" "$@"
