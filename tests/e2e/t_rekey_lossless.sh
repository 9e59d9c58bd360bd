#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 300
# alone: yes
#
# Rekeying loses nothing: numbered packets at half the rate that the line was measured at, each way
# on both circuits, while both phases are replaced: by command at either end, by octets, by packets
# and by time.
. "$(dirname "$0")/lib.sh"
rig_enter "$@"

# ESP SAs of a circuit that an end has had since it started, from IKE's own counter.
children() {
	vty "$1" show crypto ipsec sa | grep -oiE '0x[0-9a-f]{8}' | sort -u
}

by_command() {
	local i
	for i in 1 2 3; do
		rig_rekey lns "$1" esp && sleep 0.3 && rig_rekey lac "$1" esp && sleep 0.3 &&
			rig_rekey lns "$1" ike && sleep 0.3 && rig_rekey lac "$1" ike && sleep 0.3 || return 1
	done
}

# What the SAs are afterwards must not be what they were: something was rekeyed at all.
changed() {
	local before after
	before=$(children lns)
	"$@" || return 1
	sleep 1
	after=$(children lns)
	[[ -n $before && -n $after && $before != "$after" ]] || { echo "the SAs are the same: $before"; return 1; }
}

# Packets a second of 200 octets that the line carries without loss, halved.
measure() {
	local rate
	for rate in 40000 20000 10000 5000 2000; do
		if rig_numbered "$1" up $rate 1; then
			RATE=$((rate / 2))
			RIG_NOTE="$RATE a second from here on"
			return 0
		fi
	done
	return 1
}

# both_ways TUN SECONDS [COMMAND...]
both_ways() {
	local tun=$1 secs=$2 pid rc=0 note
	shift 2
	(rig_numbered "$tun" down $((RATE / 2)) "$secs" >"$RIG_DIR/down" 2>&1) &
	pid=$!
	rig_numbered "$tun" up $((RATE / 2)) "$secs" "$@" || rc=1
	note=$RIG_NOTE
	wait $pid || rc=1
	cat "$RIG_DIR/down"
	RIG_NOTE=$note
	return $rc
}

# again KEY VALUE: restart both ends with a parameter changed.
again() {
	rig_stop lac && rig_stop lns || return 1
	P[$1]=$2
	rig_config
	rig_start lns && rig_start lac && rig_wait_up 30
}

rig_up
step "the line's rate" measure vcgw-atm || rig_done
for i in 0 1; do
	step "${RIG_CIRCUITS[i]}: by command, phases 1 and 2, at either end" \
		changed both_ways "${RIG_TUNS[i]}" 6 by_command "${RIG_CIRCUITS[i]}"
done
# Two seconds of traffic: what is left after the soft limit, 200 ms and more, is for the rekeying.
step "restart with lifetime esp-packets $RATE" again profile_extra "lifetime esp-packets $RATE"
for tun in "${RIG_TUNS[@]}"; do
	step "$tun: by packets" changed both_ways "$tun" 5
done
step "restart with lifetime esp-octets $((RATE * 256))" again profile_extra "lifetime esp-octets $((RATE * 256))"
for tun in "${RIG_TUNS[@]}"; do
	step "$tun: by octets" changed both_ways "$tun" 5
done
P[life_ike]=60
step "restart with lifetimes of 60 seconds" again life_esp 60
P[profile_extra]=''
RATE=500
step "both phases by time" changed both_ways vcgw-fr 65
for end in lns lac; do
	step "$end accounts for every packet" rig_conserved $end
done
rig_done
