#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 90
#
# ike-scan, which knocks and never comes in: it gets the right answers, leaves no more than a bounded
# number of half-open negotiations behind, and disturbs neither the LAC on the other link nor, right
# after it, a charon on the same circuit.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/charon.sh"
command -v ike-scan >/dev/null || skip "ike-scan is not installed"
rig_enter "$@"
charon_rig
RIG_CIRCUITS=(fr0/100)
HALF_OPEN_MAX=4
OURS='(1=7,14=256,2=4,3=1,4=19)'
OTHER='(1=7,14=256,2=4,3=1,4=14)'
DPD=afcad71368a1f1c96b8696fc77570100
FRAGMENTATION=4048b7d56ebce88525e7de7f00d6c2d380000000

# The LAC has the Frame Relay link only: the ATM link's far end is ours.
start() {
	rig_config
	sed -i "s|$RIG_DIR/atm0.sock connect|$RIG_DIR/nobody.sock connect|" "$RIG_DIR/lac.conf"
	rig_start lns && rig_start lac && shim answers && rig_wait_up 20 vcgw-fr &&
		timeout 5 grep -q 'atm0/0.100: circuit active' <(tail -n +1 -f "$RIG_DIR/lns.log")
}

scan() {
	in_ns charon ike-scan --sport=500 --retry=1 --timeout=2000 --bandwidth=10M --multiline "$@" 192.0.2.1
}

# sees PATTERN OPTION...: what comes back has it
sees() {
	local want=$1 out
	shift
	out=$(scan "$@")
	echo "$out"
	grep -qE "$want" <<<"$out"
}

# The transform that was ours, alone, as it came, and two vendor IDs: DPD and fragmentation.
chosen() {
	local out
	out=$(scan "$@") || return 1
	echo "$out"
	grep -q 'Main Mode Handshake returned' <<<"$out" && grep -q '1 returned handshake; 0 returned notify' <<<"$out" &&
		[[ $(grep -c 'SA=' <<<"$out") == 1 && $(grep -c 'VID=' <<<"$out") == 2 ]] &&
		grep -q 'SA=(Enc=AES KeyLength=256 Hash=SHA2-256 Auth=PSK Group=19:ecp256)' <<<"$out" && grep -q "VID=$DPD" <<<"$out" && grep -q "VID=$FRAGMENTATION" <<<"$out"
}

# list N AT: N transforms, of which the one at AT is ours (0 = none)
list() {
	local i
	TRANS=()
	for ((i = 1; i <= $1; i++)); do
		((i == $2)) && TRANS+=("--trans=$OURS") || TRANS+=("--trans=$OTHER")
	done
}

chosen_of() {
	list "$1" "$2"
	chosen "${TRANS[@]}"
}

# Refusals, and log lines about them, are limited to a few in a second.
refused_of() {
	list "$1" "$2"
	sleep 1
	sees 'NO-PROPOSAL-CHOSEN' "${TRANS[@]}"
}

# What a scanner tries that looks for other ways in: signatures, XAUTH (which asks for group keys).
other_ways() {
	sleep 1
	sees 'NO-PROPOSAL-CHOSEN' --trans="${OURS/3=1/3=3}" --trans="${OURS/3=1/3=65001}"
}

counter() {
	vty lns show crypto ike sa detail | awk -v name="$1" '/^fr0/ { exit } index($0, "  " name " ") == 1 { v = $NF } END { print v + 0 }'
}

# silent COUNTER OPTION...: no answer, and counted
silent() {
	local what=$1 before
	before=$(counter "$1")
	shift
	sees '0 returned handshake; 0 returned notify' "$@" && (($(counter "$what") == before + 1))
}

# What its clock tells of us: one answer, and no repetition that would make it an amplifier.
backoff() {
	local out
	out=$(scan --showbackoff=3 --trans="$OURS")
	echo "$out"
	RIG_NOTE=$(sed -n 's/.*Implementation guess: /taken for: /p' <<<"$out")
	[[ $(grep -cE '^192\.0\.2\.1.[0-9]+.[0-9]+\.' <<<"$out") == 1 ]]
}

half_open() {
	vty lns show crypto ike sa | sed -n 's/.*half open: //p'
}

bounded() {
	local i n
	for ((i = 0; i < 10; i++)); do
		scan --trans="$OURS" >/dev/null
	done
	n=$(half_open)
	RIG_NOTE="$n half-open, $(counter "half-open evicted") evicted"
	((n > 0 && n <= HALF_OPEN_MAX && $(counter "half-open evicted") >= 6))
}

scans() {
	list 200 0
	local i
	for ((i = 0; i < 20; i++)); do
		scan --trans="$OURS"
		scan --timeout=100 "${TRANS[@]}"
	done >/dev/null
}

charon_comes() {
	charon_starts && vici --initiate --ike circuit --timeout 5 && vici --list-sas | grep ESTABLISHED
}

step "LNS with a LAC on Frame Relay, ike-scan on ATM" start || exit 1
step "its defaults (3DES, DES): no proposal chosen" sees 'NO-PROPOSAL-CHOSEN'
step "one transform, ours" chosen_of 1 1
step "one transform, not ours" refused_of 1 0
step "20 transforms, the last is ours" chosen_of 20 20
step "200 transforms, the last is ours" chosen_of 200 200
step "200 transforms, none is ours" refused_of 200 0
step "signatures and XAUTH: no proposal chosen" other_ways
step "vendor IDs change nothing" chosen --vendor=$DPD --vendor=00 --vendor=4a131c81070358455c5728f20e95452f --trans="$OURS"
step "aggressive mode is not answered" silent unexpected --aggressive --id=lac1 --dhgroup=14 --trans="$OTHER"
step "IKEv2 is not answered" silent malformed --ikev2
step "backoff: one answer, never repeated" backoff
step "many negotiations begun: few are kept" bounded
step "pings of the LAC meanwhile" rig_numbered vcgw-fr up 200 4 scans
step "LAC's circuit: nothing lost or disturbed" rig_conserved lns
if [[ -n $CHARON ]] && command -v swanctl >/dev/null; then
	step "charon on the same circuit gets in right after" charon_comes
fi
rig_done
