#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# alone: yes
# timeout: 180
#
# A gateway with nothing to do does nothing, whatever state its links are in. What one costs is a few
# tenths of a percent of a processor; a loop that turns round shows as 100. The bound is between.
. "$(dirname "$0")/lib.sh"
rig_enter "$@"
rig_up
BOUND=2 # percent

# Nanoseconds that all threads of an end have run.
ran() {
	cat /proc/"${RIG_PID[$1]}"/task/*/schedstat | awk '{ ns += $1 } END { print ns }'
}
# idle SECONDS END...
idle() {
	local secs=$1 end ns rc=0
	local -A before
	shift
	for end in "$@"; do before[$end]=$(ran "$end"); done
	sleep "$secs"
	for end in "$@"; do
		ns=$(($(ran "$end") - before[$end]))
		RIG_NOTE+=$(printf '%s %d.%02d %%  ' "$end" $((ns / secs / 10000000)) $((ns / secs / 100000 % 100)))
		((ns < BOUND * secs * 10000000)) || rc=1
	done
	echo "$RIG_NOTE"
	return $rc
}

sleep 1
step "two circuits up" idle 6 lns lac
for end in lns lac; do
	vty $end "configure terminal; link atm0; impair delay 20000; impair rate 2000000; impair loss 1000" >/dev/null
done
step "an impaired line" idle 4 lns lac
for end in lns lac; do
	vty $end "configure terminal; link atm0; no impair" >/dev/null
done
step "a device set down" eval 'ip -n lns link set vcgw-lns down; idle 3 lns; ip -n lns link set vcgw-lns up'
deleted() {
	ip -n lac link del vcgw-atm && idle 3 lac && grep "vcgw-atm was deleted" "$RIG_DIR/lac.log" &&
		rig_wait_up 20 vcgw-atm
}
step "a device that was deleted is made anew" deleted
full() {
	local i
	kill -STOP "${RIG_PID[lns]}"
	for i in 1 2 3 4; do
		in_ns lac timeout 3 ping -q -f -l 1000 -c 4000 -s 1300 -W 1 -I vcgw-fr 10.64.0.1
	done
	rig_counter lac fr0/100 tx:drop
	idle 3 lac
	i=$?
	kill -CONT "${RIG_PID[lns]}"
	return $i
}
step "a far end that does not take what is sent" full
step "both are up again" rig_wait_up 40
gone() {
	rig_kill lns && sleep 1 && idle 5 lac
}
step "no carrier" gone
step "LAC stops" rig_stop lac 5
rig_done
