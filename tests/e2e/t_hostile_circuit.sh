#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# build: asan
# timeout: 300
#
# A peer that throws 10 MB of noise, lies and mutated copies of our own messages at each circuit: the
# gateway lives, accounts for everything, does not grow, and then serves an honest peer.
. "$(dirname "$0")/lib.sh"
rig_enter "$@"
rig_config
step "LNS starts" rig_start lns || exit 1

rss() {
	sed -n 's/^VmRSS:[^0-9]*\([0-9]*\).*/\1/p' "/proc/${RIG_PID[lns]}/status"
}

attack() {
	$PYTHON "$RIG_HERE/hostile.py" "$RIG_DIR/$1.sock" "$2" 10000000 "$3" && rig_alive lns &&
		vty lns show circuits
}

step "warm up" eval 'attack atm0 atm 1 && attack fr0 fr 1'
before=$(rss)
step "10 MB at the ATM circuit" attack atm0 atm 2
step "10 MB at the Frame Relay circuit" attack fr0 fr 3
after=$(rss)
# Quarantined memory of AddressSanitizer is not the daemon's growth.
bounded() {
	echo "before $before KiB, after $after KiB"
	RIG_NOTE="$((after - before)) KiB more"
	[[ -n $before && $after -lt $((before + 300 * 1024)) ]]
}
step "memory is bounded" bounded
step "every PDU is accounted for" rig_conserved lns
saw() {
	vty lns show discards atm0/0.100
	vty lns show discards fr0/100
	[[ $(rig_counter lns atm0/0.100 rx:pdu) -gt 1000 && $(rig_counter lns fr0/100 rx:pdu) -gt 1000 ]]
}
step "the noise did arrive" saw
step "LAC starts" rig_start lac
step "an honest peer is served" rig_wait_up 40
rig_done
