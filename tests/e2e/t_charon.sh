#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 90
#
# Main Mode with strongSwan. charon knows only IP and has no ESP here: shim.py carries IKE between
# the circuit and a namespace of charon's own; phase 1 must be established at both ends, proposed by
# either. Phase 2 ends where charon asks the kernel for ESP; t_charon_full.sh goes on from there.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/charon.sh"
charon_find
rig_enter "$@"
charon_rig
charon_starts >"$RIG_DIR/load.log" 2>&1 || {
	cat "$RIG_DIR/load.log"
	tail -n 3 "$RIG_DIR/charon.log"
	skip "charon does not run here (see above)"
}

established() {
	local i
	for ((i = 0; i < 100; i++)); do
		if vici --list-sas | grep -q ESTABLISHED && vty lns show crypto ike sa | grep -q ESTABLISHED; then
			vici --list-sas
			vty lns show crypto ike sa
			return 0
		fi
		sleep 0.2
	done
	vici --list-sas
	vty lns show crypto ike sa
	tail -n 20 "$RIG_DIR/charon.log" "$RIG_DIR/lns.log"
	return 1
}
# vcgw starts IKE by itself when its circuit comes up: now the shim lets only charon begin.
initiate() {
	kill $SHIM
	vici --terminate --ike circuit --force --timeout 2
	rig_stop lns && rig_start lns || return 1
	shim answers
	vici --initiate --ike circuit --timeout 10
	established
}

rig_config
step "LNS starts" rig_start lns || exit 1
shim
step "Main Mode, proposed by vcgw, accepted by charon" established
step "Main Mode, proposed by charon, accepted by vcgw" initiate
rig_done
