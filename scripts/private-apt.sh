# Debian's source packages, without a change to the machine's apt.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
#
# Sourced by build-glibc.sh and by the tests that build other projects.

# private_apt DIRECTORY: lay out DIRECTORY for apt: the machine's sources as sources
# of source packages, lists and caches of its own, and none of the machine's
# hooks, so that nothing outside DIRECTORY changes.  For apt-get -c DIRECTORY/conf.
private_apt() (
	mkdir -p "$1/lists/partial" "$1/cache/archives/partial" "$1/parts"
	list='' parts=''
	eval "$(apt-config shell list Dir::Etc::SourceList/f \
		parts Dir::Etc::SourceParts/d)"
	cat -- "$list" "$parts"/*.list 2>/dev/null |
		sed -nE 's/^[ \t]*deb(-src)?([ \t])/deb-src\2/p' |
		sort -u >"$1/list" || true
	# awk 1: each file's last line ends, its last stanza too.
	for list in "$parts"/*.sources; do
		[ ! -r "$list" ] || awk '1; END { print "" }' "$list"
	done | sed -E 's/^Types:.*/Types: deb-src/I' >"$1/parts/all.sources"
	cat >"$1/conf" <<-END
		#clear APT::Update::Pre-Invoke;
		#clear APT::Update::Post-Invoke;
		#clear APT::Update::Post-Invoke-Success;
		Dir::Etc::SourceList "$1/list";
		Dir::Etc::SourceParts "$1/parts";
		Dir::State::Lists "$1/lists";
		Dir::Cache "$1/cache";
		Acquire::Languages "none";
	END
)
