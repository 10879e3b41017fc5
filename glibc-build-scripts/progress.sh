# shellcheck shell=bash
# progress.sh: run the long commands of build-glibc.sh, and show how far they
# are. Sourced by it, not run.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# progress_plan   names the steps, their shares of the time, their log lines
# progress_skip   a step that an earlier run has done
# progress_step   a step begins
# run             one command of the step: output to the log, progress drawn
# run_stop        ends the command that is running, all its processes too
#
# The percentage is made of what is in the log: the lines of a step that mean
# a piece of work done (for make, the commands that give an object) against the
# number that this glibc version is known to have. The time left is this run's
# own speed, carried on.

declare -A plan_seconds=() plan_lines=()
plan_total=0
plan_before=0 # seconds of the plan before the current step
step='' detail='' lines_seen=0
start_share=0 # of 10000: what this run found done
drawn=0       # length of the line on the terminal
next_line=0   # when the next line is due, without a terminal
job=''
run_began=0 # when the last command was started

# progress_plan: read "NAME SECONDS LINES", a step a line, from standard input.
progress_plan() {
	local name seconds lines
	while read -r name seconds lines; do
		plan_seconds[$name]=$seconds
		plan_lines[$name]=$lines
		plan_total=$((plan_total + seconds))
	done
}

# progress_skip STEP: STEP was done before this run.
progress_skip() {
	plan_before=$((plan_before + plan_seconds[$1]))
	start_share=$((plan_before * 10000 / plan_total))
}

# progress_step STEP [LINES]: STEP begins; LINES of it are done already.
progress_step() {
	if [ -n "$step" ]; then
		plan_before=$((plan_before + plan_seconds[$step]))
	fi
	step=$1
	lines_seen=${2:-0}
	next_line=0
	if [ "$lines_seen" -gt 0 ]; then
		progress_share
		start_share=$share
	fi
}

# What follows, as far as run needs it, has results in variables: a signal that comes
# in a command substitution is an error of bash 5.2's ("unexpected EOF").

# progress_share: set share to how much of the plan is done, in 1/10000.
share=0
progress_share() {
	local seen=$lines_seen lines=${plan_lines[$step]}
	[ "$seen" -le "$lines" ] || seen=$lines
	share=$(((plan_before * lines + plan_seconds[$step] * seen) * 10000 / \
		(plan_total * lines)))
	[ "$share" -le 9900 ] || share=9900
}

# clock VARIABLE SECONDS: set it to the time in words.
clock() {
	printf -v "$1" '%d:%02d' $(($2 / 60)) $(($2 % 60))
}

# progress_text: set text to what is done and to the time that is left, of which
# nothing is said before enough of this run is done to estimate it.
text=''
progress_text() {
	local now left='' done_now
	progress_share
	done_now=$((share - start_share))
	clock now "$SECONDS"
	if [ "$done_now" -ge 200 ] && [ "$SECONDS" -ge 5 ]; then
		clock left $((SECONDS * (10000 - share) / done_now))
		left=", about $left left"
	fi
	printf -v text '%3d%% %s%s  %s: %s' $((share / 100)) "$now" "$left" \
		"$step" "$detail"
}

# progress_draw: on a terminal one line that is drawn again and again; else a
# line when the detail has changed, at most one in 5 s, at least one in 30 s.
progress_draw() {
	if [ -t 1 ]; then
		progress_text
		text=${text:0:78}
		printf '\r%-*s' "$drawn" "$text"
		drawn=${#text}
	elif [ "$SECONDS" -ge "$next_line" ]; then
		progress_text
		echo "$text"
		next_line=$((SECONDS + 30))
	fi
}

# progress_clear: make room on the terminal for another message.
progress_clear() {
	if [ "$drawn" -gt 0 ]; then
		printf '\r%-*s\r' "$drawn" ''
		drawn=0
	fi
}

# progress_detail TEXT: what the step is at.
progress_detail() {
	[ "$1" != "$detail" ] || return 0
	detail=$1
	[ "$next_line" -le $((SECONDS + 5)) ] || next_line=$((SECONDS + 5))
}

# progress_line LINE: take account of one line of the log.
progress_line() {
	local object=' -o [^ ]+\.o[sS]?( |$)' directory
	case $1 in
	# make[1] is at glibc's top directory, those below it in its parts.
	make\[[2-9]\]": Entering directory '"*"'")
		directory=${1%\'}
		progress_detail "${directory##*/}"
		;;
	esac
	case $step:$1 in
	build:*' -o '*)
		# Only the object counts, not what it is linked into.
		[[ ! $1 =~ $object ]] || lines_seen=$((lines_seen + 1))
		;;
	build:*) ;;
	*) lines_seen=$((lines_seen + 1)) ;;
	esac
}

# progress_read: take account of all that is new in the log (descriptor 7).
# A line may be only half there: what there is of it waits in $half.
half=''
progress_read() {
	local line
	while IFS= read -r line <&7; do
		progress_line "$half$line"
		half=''
	done
	half=$half$line
}

# run DETAIL COMMAND...: run COMMAND with its output in the file that $log (the
# caller's) names; its exit status.
# It is in a session of its own, so that run_stop reaches whatever it started
# and Ctrl-C reaches it only through run_stop.
run() {
	local status=0 nap=0.1 log=${log:?}
	local began=$SECONDS
	# shellcheck disable=SC2034 # for remove_unfinished
	run_began=$EPOCHREALTIME
	progress_detail "$1"
	shift
	printf '\n== %s: %s ==\n' "$step" "$detail" >>"$log"
	exec 7<"$log"
	cat <&7 >/dev/null # what is in it already was another command's
	setsid "$@" </dev/null >>"$log" 2>&1 &
	job=$!
	while kill -0 "$job" 2>/dev/null; do
		progress_read
		progress_draw
		# Without the lock: the sleep may outlive an interrupted script.
		sleep "$nap" 9>&- &
		wait $! || true
		[ "$SECONDS" = "$began" ] || nap=0.5
	done
	wait "$job" || status=$?
	job=''
	progress_read
	exec 7<&-
	return "$status"
}

# run_stop: end the running command with everything it started. False when
# that took force, so that its files may be in any state.
run_stop() {
	local tries=0
	[ -n "$job" ] || return 0
	kill -TERM -- "-$job" 2>/dev/null || true
	while kill -0 -- "-$job" 2>/dev/null; do
		tries=$((tries + 1))
		if [ "$tries" -gt 100 ]; then
			kill -KILL -- "-$job" 2>/dev/null || true
			return 1
		fi
		sleep 0.1
	done
}
