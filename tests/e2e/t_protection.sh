#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# What protects a tunnel is shown as it is: bits, replay window, PFS; after a rekey to another suite
# the new ones; and of a tunnel in the clear, that nothing does.
. "$(dirname "$0")/lib.sh"
rig_enter "$@"
RIG_CIRCUITS=(atm0/0.100)

# says END TEXT: of the ATM circuit's tunnel in detail, and by CTRL
says() {
	local i
	for ((i = 0; i < 20; i++)); do
		vty "$1" show l2tp tunnel detail | grep -A1 '^atm0/0.100 .*established' | grep -qF "  protection: $2" &&
			in_ns "$1" "$VCGW" -s "127.0.0.1:$((${RIG_PORT[$1]} + 1))" ctrl get circuit.atm0:0.100.protection |
			grep -qxF "$2" && return 0
		sleep 0.2
	done
	vty "$1" show l2tp tunnel detail
	vty "$1" show crypto ipsec sa
	return 1
}

both_say() {
	says lns "$1" && says lac "$1"
}

# other_suite SUITE PFS: both ends now have this one only, and one renews the SA.
other_suite() {
	local end
	for end in lns lac; do
		vty "$end" "configure terminal; ike profile default; esp $1; no esp ${P[esp]}; pfs $2; end" || return 1
	done
	P[esp]=$1
	sleep 0.5
	rig_rekey lac atm0/0.100 esp
}

listed() {
	vty lns show l2tp tunnel | grep -E '^atm0/0.100 .*established.* '"$1"'$' &&
		vty lns show l2tp session | grep -E '^atm0/0.100 .*established.* '"$1"'$'
}

in_the_clear() {
	P[security]=none
	rig_stop lac && rig_stop lns && rig_config && rig_start lns && rig_start lac && rig_wait_up 30
}

rig_up
step "an authenticated cipher" both_say "aes256gcm16: confidentiality 256 bit, integrity 128 bit, replay protection window 1024; negotiated, pfs ecp256"
step "it is in the lists of tunnels and sessions" listed aes256gcm16
step "another suite is negotiated" other_suite aes128-sha256 none
step "it is the one shown" both_say "aes128-sha256: confidentiality 128 bit, integrity 128 bit, replay protection window 1024; negotiated, pfs none"
step "one that encrypts nothing is negotiated" other_suite null-sha1 none
step "no confidentiality is shown" both_say "null-sha1: confidentiality none, integrity 96 bit, replay protection window 1024; negotiated, pfs none"
step "both start again, in the clear" in_the_clear || rig_done
step "nothing protects, it says" both_say "NONE: in the clear"
step "so do the lists" listed NONE
rig_done
