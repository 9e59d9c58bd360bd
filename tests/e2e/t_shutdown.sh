#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# SIGTERM: the peer hears of it (StopCCN, Delete), sessions go at once, exit status 0 within 5 seconds.
. "$(dirname "$0")/lib.sh"
rig_enter "$@"
rig_up

peer_knows() {
	local end=$1 i
	# The peer's SAs and sessions are gone long before DPD or Hello would find out.
	for ((i = 0; i < 30; i++)); do
		if ! vty "$end" show l2tp tunnel | grep -qi established &&
			! vty "$end" show crypto ipsec sa | grep -qE '0x[0-9a-f]{8}'; then
			return 0
		fi
		sleep 0.1
	done
	vty "$end" show l2tp tunnel
	vty "$end" show crypto ipsec sa
	return 1
}

step "LAC: exit status 0 within 5 s of SIGTERM" rig_stop lac 5
step "the LNS was told" peer_knows lns
step "LAC starts again and both circuits come up" eval 'rig_start lac && rig_wait_up 20'
step "LNS: exit status 0 within 5 s of SIGTERM" rig_stop lns 5
step "the LAC was told" peer_knows lac
step "no socket is left behind" eval '[[ ! -e $RIG_DIR/atm0.sock && ! -e $RIG_DIR/fr0.sock ]]'
step "LNS starts again and both circuits come up" eval 'rig_start lns && rig_wait_up 20'
rig_done
