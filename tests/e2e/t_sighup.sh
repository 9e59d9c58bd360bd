#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# SIGHUP reads the secrets file again: what runs stays, new negotiations use the new secrets, a bad
# file changes nothing.
. "$(dirname "$0")/lib.sh"
rig_enter "$@"
rig_up

hup() {
	kill -HUP "${RIG_PID[$1]}"
	sleep 0.5
	rig_alive "$1"
}
session_stays() {
	rig_numbered vcgw-atm up 200 2 hup lns
}
new_key() {
	sed -i 's/the key of the asynchronous circuit/another key for the same circuit/' "$RIG_DIR/secrets"
	hup lns && hup lac && rig_rekey lac atm0/0.100 ike && sleep 1 && rig_ping vcgw-atm 56 2 &&
		vty lac clear crypto sa atm0/0.100 && sleep 1 && rig_wait_up 20 vcgw-atm
}
bad_file() {
	cp -p "$RIG_DIR/secrets" "$RIG_DIR/secrets.good"
	echo 'psk "and nothing else' >>"$RIG_DIR/secrets"
	hup lns || return 1
	grep -q "$RIG_DIR/secrets:7" "$RIG_DIR/lns.log" || { tail -n 5 "$RIG_DIR/lns.log"; return 1; }
	vty lac clear crypto sa atm0/0.100 && sleep 1 && rig_wait_up 20 vcgw-atm || return 1
	cp -p "$RIG_DIR/secrets.good" "$RIG_DIR/secrets"
}
key_gone() {
	local i
	cp -p "$RIG_DIR/secrets" "$RIG_DIR/secrets.good"
	sed -i '/^psk *atm0/d' "$RIG_DIR/secrets"
	hup lns && rig_ping vcgw-atm 56 2 || return 1
	vty lac clear crypto sa atm0/0.100
	for i in 1 2 3 4 5 6; do
		sleep 0.5
		in_ns lac ping -q -c 1 -W 1 -I vcgw-atm 10.64.0.1 && { echo "negotiated without a key"; return 1; }
	done
	cp -p "$RIG_DIR/secrets.good" "$RIG_DIR/secrets"
	hup lns && rig_wait_up 30 vcgw-atm
}
step "SIGHUP loses no packet" session_stays
step "a new pre-shared key is used" new_key
step "a bad file is named with its line, and the old secrets stay" bad_file
step "a key taken away: what runs stays, nothing new is negotiated" key_gone
rig_done
