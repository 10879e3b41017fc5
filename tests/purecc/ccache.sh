#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# With ccache after purecc or before it: what is taken from the cache is what
# was compiled, pure and not pure are never mixed up, and after purecc ccache
# sees that the plugin or the prelude is another one.
set -eu
# shellcheck source=tests/purecc/lib
. "$(dirname "$0")/lib"
need ccache
sources

export CCACHE_DIR="$work/cache" CCACHE_CONFIGPATH="$work/ccache.conf"
export CCACHE_SLOPPINESS=include_file_ctime,include_file_mtime
: >ccache.conf

# hits N: so many results came from the cache since the last time.
hits() {
	got=$(ccache --print-stats |
		awk '/^(direct|preprocessed)_cache_hit/ { n += $2 } END { print n }')
	[ "$got" = "$1" ] || fail "$got hits, not $1: $what"
	ccache --zero-stats >stats.log
}

sources='main.c c.c'
count=2
if [ -e "$build/pure-syscall.s" ]; then
	sources="$sources asm.S"
	count=3
fi

# compile COMMAND...: each source by COMMAND, to objects.
compile() {
	for source in $sources; do
		works "$@" -I "$include" -DC -c "$source"
	done
}

# ccache takes purecc for the compiler, and a path after it for a source.
PATH=$(dirname "$(command -v "$cc")"):$PATH
name=${cc##*/}
for what in "ccache $cc" "$purecc ccache $cc" "ccache $purecc $name"; do
	# shellcheck disable=SC2086
	set -- $what
	compile "$@"
	hits 0
	mkdir -p kept
	mv ./*.o kept
	compile "$@"
	hits "$count"
	for object in *.o; do
		cmp "$object" "kept/$object" || fail "$object: $what"
	done
	case $what in
	*purecc*)
		# shellcheck disable=SC2086
		works "$@" -o program ./*.o
		works ./program
		;;
	esac
	rm -r ./*.o kept
	ccache --zero-stats >stats.log
done

# Another plugin, another prelude.
copy=$work/copy
mkdir "$copy"
cp -R "$build"/gcc-* "$build"/purecc* "$build"/libpurecc* "$build/pure-audit" \
	"$copy"
if [ -e "$build/pure-syscall.s" ]; then
	cp "$build/pure-syscall.s" "$copy"
fi
what='a copy'
compile "$copy/purecc" ccache "$cc"
hits 0
compile "$copy/purecc" ccache "$cc"
hits "$count"
what='another plugin'
touch -d 2001-01-01 "$copy"/gcc-*/purecc.so
compile "$copy/purecc" ccache "$cc"
hits 0
what='another prelude'
sed -i 's/^# [0-9a-f]\{64\}.*/# changed/' "$copy/purecc-as.specs"
compile "$copy/purecc" ccache "$cc"
hits 0
exit "$failed"
