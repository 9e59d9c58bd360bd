#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 300
# quick: no
# waits: yes
#
# The rig of vm_l2tp.sh itself, without vcgw: its LNS and its LAC in one guest, the LAC in a
# namespace of its own behind a veth. What fails here is no fault of vcgw's.
. "$(dirname "$0")/lib.sh"
. "$RIG_TOP/tests/rig/vm.sh"
. "$RIG_HERE/vm_l2tp.sh"
vm_l2tp_needed
rig_enter "$@"
VM_L2TP_NETNS[lac]=lac
VM_L2TP_VM=both
VM_SECONDS=120

both_boot() {
	[[ -z ${RIG_PID[both]-} ]] || vm_stop both
	vm_l2tp_end lns lns 192.0.2.1 192.0.2.2
	vm_l2tp_end lac lac 192.0.2.2 192.0.2.1
	cat >"$RIG_DIR/guest.sh" <<-END
		ip netns add lac
		ip link add v0 type veth peer name v1 netns lac
		ip addr add 192.0.2.1/24 dev v0
		ip link set v0 up
		ip -n lac addr add 192.0.2.2/24 dev v1
		ip -n lac link set v1 up
		ip -n lac link set lo up
		(
			until [ -e /run/lns/up ]; do sleep 0.1; done
			exec ip netns exec lac sh $RIG_DIR/lac/start.sh
		) &
		exec sh $RIG_DIR/lns/start.sh
	END
	vm_start both "$RIG_DIR/guest.sh" "${VM_L2TP_MODULES[@]}" veth && vm_l2tp_ready lns && vm_l2tp_ready lac
}

dials() {
	vm_l2tp_dial && vm_l2tp_up lac && vm_l2tp_up lns && vm_l2tp_ping lac 56 2
}

# ESP by itself, or in UDP on port 4500 as if there were a NAT.
esp_form() {
	vm_l2tp_protected lac || return 1
	if [[ ${V[encap]} == yes ]]; then
		vm_l2tp_in lac "ip xfrm state" | grep 'encap type espinudp sport 4500 dport 4500'
	else
		! vm_l2tp_in lac "ip xfrm state" | grep 'encap type'
	fi
}

# By the kernel's L2TP and PPP, or by xl2tpd's own on a pseudo terminal.
data_plane() {
	local tunnels
	tunnels=$(vm_l2tp_in lac "grep -c . /proc/net/pppol2tp")
	echo "lines in /proc/net/pppol2tp: $tunnels"
	vm_l2tp_in lac "ps ax" | grep '[p]ppd'
	if [[ ${V[kernel]} == yes ]]; then
		vm_l2tp_in lac "ps ax" | grep '[p]ppd.*pppol2tp'
	else
		! vm_l2tp_in lac "ps ax" | grep '[p]ppd.*pppol2tp'
	fi
}

# Link-local addresses, of IPV6CP's interface identifiers.
ipv6() {
	vm_l2tp_in lac "ping -6 -q -n -c 3 -i 0.2 -W 2 \$(ip -6 -o addr | sed -n 's/.*: \(ppp[0-9]*\) .* peer \([0-9a-f:]*\).*/\2%\1/p')" |
		tee /dev/stderr | grep -q ' 0% packet loss'
}

# until_blocked END: within 15 s, more than before
until_blocked() {
	local before i
	before=$(vm_l2tp_blocked "$1")
	for ((i = 0; i < 30; i++)); do
		(($(vm_l2tp_blocked "$1") > before)) && return 0
		sleep 0.5
	done
	echo "$1 blocks nothing more than $before packets"
	return 1
}

# Without IPsec nothing leaves the LAC; when it is let out, the LNS takes nothing.
clear_blocked() {
	vm_l2tp_in lac "call connect-lac gateway"
	until_blocked lac || return 1
	vm_l2tp_in lac "ip xfrm policy delete src 0.0.0.0/0 dst 0.0.0.0/0 proto udp sport 1701 dir out" || return 1
	vm_l2tp_in lac "call disconnect-lac gateway; call connect-lac gateway"
	until_blocked lns && ! vm_l2tp_in lac 'ip -o link | grep ": ppp"'
}

# combination IKE AUTH ENCAP PPP KERNEL
combination() {
	V[ike]=$1 V[auth]=${2%-*} V[encap]=$3 V[ppp_auth]=$4 V[kernel]=$5
	[[ $2 != cert-* ]] || vm_l2tp_certs "${2#*-}" || return 1
	step "IKEv$1, $2, encapsulation $3, $4, kernel $5: boots" both_boot || exit 1
	step "the LAC dials" dials || exit 1
	step "ESP carries it" esp_form
	step "L2TP data in the kernel: $5" data_plane
	step "IPv6" ipv6
	step "the LAC hangs up" vm_l2tp_hangup
	step "the LNS has hung up too" vm_l2tp_down lns
}

wrong_password() {
	vm_l2tp_secret "$RIG_DIR/lac" another
	vm_l2tp_dial && vm_l2tp_until 10 lac "grep -q 'CHAP authentication failed' $RIG_DIR/lac-pppd.log" &&
		vm_l2tp_down lac && ! vm_l2tp_up lns 1 && vm_l2tp_hangup
	local rc=$?
	vm_l2tp_secret "$RIG_DIR/lac" "${V[password]}"
	return $rc
}

combination 1 psk no chap yes
step "with a wrong password the LNS refuses it" wrong_password
step "with the right one it is let in again" dials
step "and hangs up" vm_l2tp_hangup
step "clear L2TP passes neither end" clear_blocked
combination 1 cert-rsa yes chap no
combination 2 cert-ecdsa no pap yes
vm_stop both
rig_done
