#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# demo.sh [--loss] [--keep DIR]: what `./quickstart demo` runs once it has built vcgw. Two gateways
# in two namespaces, joined by one ATM and one Frame Relay circuit and nothing else; the traffic of
# two PPP sessions crosses them inside L2TP inside ESP, and tshark is asked what it could see.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

LOSS=0
args=("$@")
while [[ $# -gt 0 ]]; do
	case $1 in
	--loss) LOSS=1 ;;
	--keep)
		[[ $# -ge 2 ]] || { echo "--keep needs a directory" >&2; exit 2; }
		mkdir -p "$2" && RIG_KEEP=$(cd "$2" && pwd) || exit 2
		shift
		;;
	*)
		echo "usage: demo.sh [--loss] [--keep DIR]" >&2
		exit 2
		;;
	esac
	shift
done
export VCGW_RIG_LOGS=${VCGW_RIG_LOGS-}
rig_enter "${args[@]}"

verdict() {
	local rc=$?
	if ((rc == 0)); then
		echo "${C_OK}demo: PASS${C_OFF}"
	else
		echo "${C_BAD}demo: FAIL${C_OFF}"
	fi
	(exit $rc) # rig_cleanup looks at it
	rig_cleanup
}
trap verdict EXIT

show() {
	local end
	echo
	for end in lns lac; do
		echo "--- $end# $*"
		vty "$end" show "$@"
	done
}

capture() {
	vty lns capture atm0 "$RIG_DIR/atm0.pcap" snaplen 192 &&
		vty lns capture fr0 "$RIG_DIR/fr0.pcap" snaplen 192
}

capture_end() {
	vty lns no capture atm0 && vty lns no capture fr0 && ls -l "$RIG_DIR"/*.pcap
}

judge() {
	local out
	out=$("$RIG_HERE/check_pcap.sh" "$@" --clear "$RIG_CLEAR" 2>&1) || { echo "$out"; return 1; }
	RIG_NOTE=$(tail -n 1 <<<"$out")
}

# Both phases, at one end or the other, while traffic flows.
rekey_both() {
	rig_rekey "$1" "$2" esp && sleep 0.3 && rig_rekey "$1" "$2" ike && sleep 0.3 && rig_rekey "$1" "$2" esp
}

# Four streams at once, up and down on both circuits, while each circuit is rekeyed at either end.
lossless() {
	local pids=() i=0 failed=0 tun dir
	for tun in "${RIG_TUNS[@]}"; do
		for dir in up down; do
			(RIG_NOTE='' && rig_numbered "$tun" $dir 1000 4 >"$RIG_DIR/lossless-$tun-$dir" 2>&1) &
			pids+=($!)
		done
	done
	sleep 1
	rekey_both lns atm0/0.100 && rekey_both lac fr0/100 || failed=1
	for ((i = 0; i < ${#pids[@]}; i++)); do
		wait "${pids[i]}" || failed=1
	done
	tail -n 2 "$RIG_DIR"/lossless-*
	((failed)) || RIG_NOTE="16000 packets"
	return $failed
}

if ((LOSS)); then
	SIZE=10M
	P[atm_extra]="impair loss 1000"
	P[fr_extra]="impair loss 30000"
	echo "demo: 0.1 % of the cells and 3 % of the frames are lost, each way"
else
	SIZE=100M
	echo "demo: two gateways, one ATM circuit and one Frame Relay circuit between them"
fi

rig_config
step "LNS starts" rig_start lns || exit 1
step "captures run on both links before the peer is there" capture || exit 1
step "LAC starts" rig_start lac || exit 1
step "IKE, L2TP and PPP come up on both circuits" rig_wait_up 30 || exit 1

for i in 0 1; do
	tun=${RIG_TUNS[i]} vc=${RIG_CIRCUITS[i]}
	if ! ((LOSS)); then
		step "$vc: ping, 56 octets" rig_ping "$tun" 56
		step "$vc: ping, 1400 octets, DF" rig_ping "$tun" 1372
		step "$vc: ping as long as the MTU, DF" rig_ping_mtu "$tun"
		step "$vc: IPv6 ping, link-local" rig_ping6 "$tun"
	fi
	step "$vc: TCP $SIZE up, rekeyed on the way" rig_iperf "$tun" $SIZE up rekey_both lac "$vc"
	step "$vc: TCP $SIZE down, rekeyed on the way" rig_iperf "$tun" $SIZE down rekey_both lns "$vc"
done
((LOSS)) || step "no packet lost or doubled while all SAs are replaced" lossless

show circuits
show crypto ike sa
show crypto ipsec sa
show l2tp tunnel
show sessions
show atm pvc
show frame-relay lmi
echo

step "captures end" capture_end
step "atm0: tshark finds ESP and IKE behind LLC/SNAP, no more" judge "$RIG_DIR/atm0.pcap" atm
step "fr0: tshark finds ESP, IKE and LMI, no more" judge "$RIG_DIR/fr0.pcap" fr
step "LNS accounts for every packet" rig_conserved lns
step "LAC accounts for every packet" rig_conserved lac
step "LAC stops: exit status 0" rig_stop lac
step "LNS stops: exit status 0" rig_stop lns
if [[ -n ${RIG_KEEP-} ]]; then
	echo "captures, logs and configurations: $RIG_KEEP"
	echo "  look:  tshark -X lua_script:$RIG_TOP/contrib/wireshark/vcgw.lua -r $RIG_KEEP/atm0.pcap"
else
	echo "captures are gone with the demo: --keep DIR leaves them in DIR"
fi
rig_done
