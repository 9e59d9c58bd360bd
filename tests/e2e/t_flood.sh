#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A flood of IKE on one circuit leaves the others their data, and their way to the control plane: new
# keys, LMI and a whole bring-up beside it, with all links on one worker.
. "$(dirname "$0")/lib.sh"
rig_enter "$@"
P[workers]=1
rig_config
echo 'psk atm9/0.100 "the key of the flooded circuit"' >>"$RIG_DIR/secrets"
cat >>"$RIG_DIR/lns.conf" <<-END
	link atm9 atm
	 driver loop socket $RIG_DIR/atm9.sock listen
	 pvc 0.100
	  security ike default
	  l2tp lns subscribers
END
RIG_CIRCUITS+=(atm9/0.100)
step "LNS starts" rig_start lns || exit 1
step "LAC starts" rig_start lac || exit 1
step "both circuits come up" rig_wait_up 30 || exit 1
$PYTHON "$RIG_HERE/flood.py" "$RIG_DIR/atm9.sock" 8 >"$RIG_DIR/flood.log" 2>&1 &
flood=$!
beside() {
	rig_rekey lac fr0/100 ike && sleep 1 && vty lac clear crypto sa atm0/0.100 && rig_wait_up 8 vcgw-atm
}
step "no packet of another circuit is lost; keys and sessions are made" rig_numbered vcgw-fr up 200 5 beside
limited() {
	RIG_NOTE="$(rig_counter lns atm9/0.100 path:PUNT_LIMIT) refused"
	[[ $(rig_counter lns atm9/0.100 path:PUNT_LIMIT) -gt 10000 && $(rig_counter lns atm9/0.100 rx:punted) -gt 1000 ]]
}
step "the flood came, and was held back" limited
wait $flood
step "every PDU is accounted for" rig_conserved lns
few_lines() {
	(($(wc -l <"$RIG_DIR/lns.log") < 1000))
}
step "the log stays short" few_lines
rig_done
