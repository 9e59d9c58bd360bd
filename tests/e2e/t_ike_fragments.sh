#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 120
#
# IKE on a Frame Relay circuit whose frames are as short as Q.922 lets them be: key exchanges of 3072
# bits travel in fragments there, and whole on the ATM circuit beside it.
. "$(dirname "$0")/lib.sh"
rig_enter "$@"
P[ike]=aes256-sha256-modp3072 P[pfs]=modp3072
P[fr_extra]='mtu 262'

# counter END CIRCUIT NAME
counter() {
	vty "$1" show crypto ike sa detail | awk -v vc="$2" -v name="$3" '
		/^[^ ]/ { on = $1 == vc }
		on && index($0, "  " name " ") == 1 { v = $NF }
		END { print v + 0 }'
}

# Messages 3 and 4 of Main Mode, 1 and 2 of Quick Mode: two to each end.
in_fragments() {
	local end n
	for end in lns lac; do
		n=$(counter $end fr0/100 "messages reassembled")
		((n >= $1)) || { echo "$end reassembled $n, not $1"; vty $end show crypto ike sa detail; return 1; }
		RIG_NOTE+="$end: $(counter $end fr0/100 "fragments received") fragments, $n messages  "
	done
}
whole_on_atm() {
	local end
	for end in lns lac; do
		(($(counter $end atm0/0.100 "fragments sent") == 0)) || return 1
	done
}
rekeyed() {
	(($(counter lac fr0/100 "phase 1 established") >= $1))
}
rekey() {
	local i n
	n=$(counter lac fr0/100 "phase 1 established")
	vty lac rekey fr0/100 ike || return 1
	for ((i = 0; i < 100; i++)); do
		rekeyed $((n + 1)) && return 0
		sleep 0.1
	done
	vty lac show crypto ike sa detail
	return 1
}
no_failures() {
	local end
	for end in lns lac; do
		(($(counter $end fr0/100 "phase 1 failed") == 0 && $(counter $end fr0/100 "too long for the path") == 0)) || return 1
	done
}

rig_up
step "both phases in fragments on Frame Relay" in_fragments 2
step "whole on ATM" whole_on_atm
step "small ping over Frame Relay" rig_ping vcgw-fr 56
step "IKE rekeyed, in fragments" rekey
step "four more messages reassembled" in_fragments 4
step "no negotiation failed" no_failures
rig_done
