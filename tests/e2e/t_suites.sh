#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 300
#
# Every ESP suite, every ATM encapsulation, with and without PFS, either next header, PAP and CHAP:
# it comes up and carries small and full-sized packets.
. "$(dirname "$0")/lib.sh"
rig_enter "$@"

up_and_ping() {
	local tun
	rig_config
	rig_start lns && rig_start lac && rig_wait_up 30 || return 1
	for tun in "${RIG_TUNS[@]}"; do
		rig_ping "$tun" 56 2 && rig_ping_mtu "$tun" || return 1
	done
	vty lns show crypto ipsec sa | grep -qF "${P[esp]}" || { echo "not with ${P[esp]}"; return 1; }
	rig_conserved lns && rig_conserved lac && rig_stop lac && rig_stop lns
}

# with "key=value ...": one more combination; a failed one leaves nothing behind for the next.
with() {
	local kv end
	for kv in "$@"; do
		P[${kv%%=*}]=${kv#*=}
	done
	step "$*" up_and_ping
	for end in "${!RIG_PID[@]}"; do
		rig_kill "$end"
	done
}

# What profiles offer by themselves, and one of each further kind.
for suite in aes256gcm16 aes128gcm16 aes256-sha256 aes128-sha256 aes256-sha1 aes128-sha1 \
	null-sha256 aes256ctr-sha384 aes128ccm8 aes256gmac aes256-sha512 aes128-xcbc; do
	for encap in llc-snap null; do
		with esp="$suite" encap=$encap
	done
done
with esp=aes256gcm16 encap=llc-snap pfs=none ike=aes256-sha256-modp2048
with pfs=modp2048 ike=aes128-sha1-modp2048
with pfs=ecp256 ike=aes256-sha256-ecp256 next_header=0
with next_header=115 auth=pap
# Learned from the peer: by the one that begins, by the one that answers, by both.
with next_header=auto lac_next_header=0
with next_header=0 lac_next_header=auto
with next_header=auto lac_next_header=auto
rig_done
