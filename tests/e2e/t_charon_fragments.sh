#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 120
#
# IKE fragments with strongSwan, over a circuit of short SDUs: both phases with key exchanges of 3072
# bits, begun by either. charon cuts its own to what the circuit carries (fragment_size). When it may
# not fragment, our failure says so. charon's kernel is xfrm_noop.c.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/charon.sh"
charon_find
command -v cc >/dev/null || skip "no cc: install gcc"
rig_enter "$@"
# 8 octets of LLC/SNAP and 8 of UDP leave 284 of the circuit; 28 are charon's IPv4 and UDP headers.
P[encap]=$'llc-snap\n  max-sdu 300'
C[fragment_size]=312
C[local_ts]='0.0.0.0/0[115]' C[remote_ts]='0.0.0.0/0[115]'
charon_rig
P[ike]=aes256-sha256-modp3072 C[ike]=aes256-sha256-modp3072
P[esp]=aes256-sha256 P[pfs]=modp3072 C[esp]=aes256-sha256-modp3072
step "charon's kernel is built" cc -Wall -Wextra -O1 -shared -fPIC -o "$RIG_DIR/xfrm_noop.so" "$RIG_HERE/xfrm_noop.c" -ldl || exit 1
charon_starts LD_PRELOAD="$RIG_DIR/xfrm_noop.so" XFRM_NOOP_SAS="$RIG_DIR/sas" >"$RIG_DIR/load.log" 2>&1 || {
	cat "$RIG_DIR/load.log"
	tail -n 3 "$RIG_DIR/charon.log"
	skip "charon does not run here (see above)"
}

counter() {
	vty lns show crypto ike sa detail | awk -v name="$1" 'index($0, "  " name " ") == 1 { v = $NF } END { print v + 0 }'
}

look() {
	vici --list-sas
	vty lns show crypto ike sa detail
	vty lns show circuit atm0/0.100
	tail -n 20 "$RIG_DIR/charon.log" "$RIG_DIR/lns.log"
}

established() {
	local i
	for ((i = 0; i < 100; i++)); do
		if vici --list-sas | grep -q INSTALLED && vty lns show crypto ike sa | grep -q " ESTABLISHED *$1" &&
			vty lns show crypto ipsec sa | grep -q ' sending$'; then
			return 0
		fi
		sleep 0.2
	done
	look
	return 1
}

# afresh MODE SHIM-MODE...: both begin anew, with fragmentation = MODE at charon.
afresh() {
	C[fragmentation]=$1
	shift
	[[ -z $SHIM ]] || kill $SHIM
	vici --terminate --ike circuit --force --timeout 2
	charon_load || return 1
	[[ -z ${RIG_PID[lns]-} ]] || rig_stop lns || return 1
	rig_start lns && shim "$@"
}

# Messages 3 and 4 of Main Mode, 1 and 2 of Quick Mode are in fragments: two each way.
in_fragments() {
	local sent received
	sent=$(counter "fragments sent") received=$(counter "fragments received")
	RIG_NOTE="$sent sent, $received received"
	((sent >= 4 && received >= 4 && $(counter "messages reassembled") >= 2 && $(counter "too long for the path") == 0)) || { look; return 1; }
}

we_begin() {
	afresh "$1" && established init
}
charon_begins() {
	afresh "$1" answers && vici --initiate --child l2tp --timeout 10 && established resp
}
named() {
	local i
	afresh no || return 1
	for ((i = 0; i < 50; i++)); do
		vty lns show circuit atm0/0.100 | grep -q 'last failure of IKE: phase 1: our next message does not fit' &&
			(($(counter "too long for the path") >= 1)) && return 0
		sleep 0.2
	done
	look
	return 1
}

rig_config
step "both phases, begun by vcgw, fragmentation = yes" we_begin yes
step "in fragments both ways" in_fragments
step "both phases, begun by charon, fragmentation = yes" charon_begins yes
step "in fragments both ways" in_fragments
step "both phases, begun by vcgw, fragmentation = force" we_begin force
step "in fragments both ways" in_fragments
step "both phases, begun by charon, fragmentation = force" charon_begins force
step "in fragments both ways" in_fragments
step "fragmentation = no at charon: a failure that has its name" named
rig_done
