#!/bin/sh
# gcc-tests.py finds what a plugin could do wrong: the compiler here is a script that
# does it in place of the plugin, to files in a directory that is named after it.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
here=$(cd "$(dirname "$0")" && pwd)
: "${PURECC_BUILD:=$here/../../build}"
: "${CC:=gcc}"
export CC
major=$("$CC" -dumpversion | cut -d . -f 1)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
TMPDIR=$work
export TMPDIR
failed=

cat >"$work/cc" <<'EOF'
#!/bin/sh
# without OPTION...: the real compiler, without the plugin.
without() {
	for option; do
		shift
		case $option in
		-fplugin*) ;;
		*) set -- "$@" "$option" ;;
		esac
	done
	"$CC" "$@"
}
case " $* " in
*-print-prog-name*) echo cc1plus ;;
*' -fplugin='*/messages*) "$CC" "$@" && echo 'a note' ;;
*' -fplugin='*/assembly* | *' -fplugin='*/object*) "$CC" "$@" -finstrument-functions ;;
*' -fplugin='*/status*) exit 1 ;;
*' -fplugin='*/ice*)
	echo 'x.c: internal compiler error: in x, at y.cc:1'
	exit 4
	;;
*' -fplugin='*/dead*' -c '*) "$CC" "$@" -O0 ;;
*' -fplugin='*/raw*) without "$@" ;;
*) "$CC" "$@" ;;
esac
EOF
chmod +x "$work/cc"

# judge WHAT STATUS WORDS...: of a file for which the compiler does WHAT; it ends
# with STATUS, and says each of WORDS.
judge() {
	what=$1
	wanted=$2
	shift 2
	status=0
	python3 "$here/gcc-tests.py" --cc "$work/cc" \
		--plugin "$PURECC_BUILD/gcc-$major/purecc.so" \
		--audit "$PURECC_BUILD/pure-audit" --tests "$work/tests" all \
		>"$work/said" 2>&1 || status=$?
	[ "$status" = "$wanted" ] || wrong "exit status $status, not $wanted"
	for words; do
		grep -qF -e "$words" "$work/said" || wrong "no \"$words\""
	done
}

wrong() {
	failed=yes
	echo "FAIL: $what: $1; it said:"
	sed 's/^/    /' "$work/said"
}

# fresh DIRECTORY [TEMPLATE]: one file, there.
fresh() {
	rm -rf "$work/tests"
	mkdir -p "$work/tests/$1"
	cat >"$work/tests/$1/x.c" <<END
/* { dg-options "-Wall -fdump-tree-optimized" } */
extern int named (void) asm ("other");
int
f (int a)
{
  asm volatile ("${2:-nop # %0}" : "+r" (a) : "i" (1) : "memory");
  return a + named ();
}
END
}

# The plugin can't know what these bytes are, and leaves them.
unknown='.byte 17 - %c1, 17 - %c1'

fresh fine
judge fine 0 '1 files (1 with asm), 3 comparisons, 0 left out, 0 with' \
	'4 mutants, 0 left out, 4 assembled; sites: 1 guarded, 3 by the thunk' \
	'0 faults'
fresh fine "$unknown"
judge fine 0 '3 comparisons, 0 left out, 3 with' '  fine/x.c: may have a site'
for fault in 'messages 3' 'assembly 3' 'exit status 7' \
	'internal compiler error 7' 'raw and not named 4'; do
	directory=${fault%% *}
	case $fault in
	exit*) directory=status ;;
	internal*) directory=ice ;;
	esac
	fresh "$directory"
	judge "$directory" 1 "$fault," "${fault##* } faults" \
		"--seed 1 --case $directory/x.c"
done

fresh object "$unknown"
judge object 1 'object 3,'

# A statement is kept that isn't without the plugin, and can't be assembled.
fresh dead
echo 'int f (void) { int a; asm ("no such" : "=r" (a)); return 0; }' \
	>"$work/tests/dead/x.c"
judge dead 0 '0 faults'
grep -q 'mutants, [12] left out, 2 assembled' "$work/said" || wrong 'none is left out'

# A mutant is the same each time, and alone.
fresh raw
judge raw 1
grep -q "^  sh .* --case raw/x.c:0:end$" "$work/said" || wrong "no such case"
status=0
python3 "$here/gcc-tests.py" --cc "$work/cc" \
	--plugin "$PURECC_BUILD/gcc-$major/purecc.so" \
	--audit "$PURECC_BUILD/pure-audit" --tests "$work/tests" \
	--work "$work/kept" --case raw/x.c:0:end >"$work/said" || status=$?
[ "$status" = 1 ] || wrong "the case alone: exit status $status"
grep -q '"nop # %0"  *"\\n\\tsyscall"' "$work/kept/mutant.c" ||
	wrong "the mutant isn't kept"

rm -rf "$work/tests"
mkdir "$work/tests"
judge nothing 2 '0 files'

[ -z "$failed" ]
