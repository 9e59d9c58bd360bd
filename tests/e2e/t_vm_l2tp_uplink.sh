#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 300
# quick: no
# waits: yes
#
# The IP uplink with what the world has at the other end (see vm_l2tp.sh): strongSwan, the Linux
# kernel's ESP, xl2tpd and pppd. vcgw is the LNS of a LAC that dials, hangs up, dials again and is
# refused with a wrong password, by ESP as it is and in UDP as behind a NAT, in transport and in tunnel
# mode; and the LAC of an LNS that asks for CHAP. Both ends prove the tunnel's secret, and what is not
# in ESP the guest blocks.
. "$(dirname "$0")/lib.sh"
. "$RIG_TOP/tests/rig/vm.sh"
. "$RIG_HERE/vm_l2tp.sh"
vm_l2tp_needed
rig_enter "$@"
VM_SECONDS=90
V[esp]=aes256gcm16-ecp256

secrets() {
	(
		umask 077
		cat >"$RIG_DIR/secrets" <<-END
			psk    up0/guest  "${V[psk]}"
			tunnel up0/guest  "${V[tunnel_secret]}"
			user   ${V[user]} "${V[password]}"
		END
	)
}

# uplink OUR-IDENTITY THEIRS L2TP
uplink() {
	cat <<-END
		link up0 ip
		 address 192.0.2.1
		 peer guest
		  remote 192.0.2.2
		  security ike default
		  identity local fqdn $1
		  identity remote fqdn $2
		  l2tp $3
		  l2tp tunnel-authentication
	END
}

vcgw_lns() {
	{
		rig_config_head lns
		cat <<-END
			lns subscribers
			 tun vcgw-lns
			 local-address 10.64.0.1/24
			 pool 10.64.0.10 10.64.0.250
			 authentication chap
		END
		uplink "${V[lns_id]}" "${V[lac_id]}" "lns subscribers"
	} >"$RIG_DIR/lns.conf"
	vm_l2tp_net lns
	rig_start lns
}

vcgw_lac() {
	{
		rig_config_head lac
		cat <<-END
			client calls
			 tun vcgw-c
			 user ${V[user]}
		END
		uplink "${V[lac_id]}" "${V[lns_id]}" "client calls"
	} >"$RIG_DIR/lac.conf"
	vm_l2tp_net lac
}

look() {
	vty "$1" show uplink
	vty "$1" show l2tp tunnel
	vty "$1" show discards
	tail -n 20 "$RIG_DIR/$1.log"
	return 1
}

guest_dials() {
	vm_l2tp_dial && vm_l2tp_up lac && vm_l2tp_ping lac 56 2 || look lns
}

sessions() {
	[[ $(vty lns show l2tp session | grep -c established) == "$1" ]]
}

guest_hangs_up() {
	vm_l2tp_hangup && sessions 0 || look lns
}

wrong_password() {
	vm_l2tp_secret "$RIG_DIR/lac" another
	vm_l2tp_dial && vm_l2tp_until 10 lac "grep -q 'CHAP authentication failed' $RIG_DIR/lac-pppd.log" && vm_l2tp_hangup
	local rc=$?
	vm_l2tp_secret "$RIG_DIR/lac" "${V[password]}"
	return $rc
}

# charon says that there is a NAT.
guest_encapsulates() {
	V[encap]=yes
	vm_l2tp_end lac lac 192.0.2.2 192.0.2.1
	V[encap]=no
	vm_l2tp_in lac "swan --load-all" && guest_dials && vty lns show uplink | tee /dev/stderr | grep -q 'esp-udp'
}

# It offers tunnel mode and nothing else, as it is and in UDP.
guest_tunnels() { # ENCAP WHAT-WE-SHOW
	V[mode]=tunnel V[encap]=$1
	vm_l2tp_end lac lac 192.0.2.2 192.0.2.1
	V[mode]=transport V[encap]=no
	vm_l2tp_in lac "swan --load-all" && guest_dials && vty lns show uplink | tee /dev/stderr | grep -q "$2"
}

vcgw_dials() {
	local i
	rig_start lac || return 1
	for ((i = 0; i < 100; i++)); do
		in_ns lac ping -q -n -c 1 -W 1 -I vcgw-c $VM_L2TP_LNS_ADDR >/dev/null 2>&1 && return 0
		sleep 0.2
	done
	vm_l2tp_look
	look lac
}

carries() {
	in_ns lac ping -q -n -M "do" -c 5 -i 0.2 -W 2 -s 1300 -I vcgw-c $VM_L2TP_LNS_ADDR | tee /dev/stderr | grep -q " 0% packet loss"
}

vcgw_rekeys() {
	rig_rekey lac up0/guest "$1" && sleep 1 && carries && vm_l2tp_protected lns
}

secrets
step "vcgw starts as the LNS" vcgw_lns || exit 1
step "the LAC boots" vm_l2tp_lac || exit 1
step "the LAC dials, and is let in by CHAP" guest_dials || exit 1
step "the kernel's ESP carries it both ways" vm_l2tp_protected lac
step "the LAC hangs up" guest_hangs_up
step "with a wrong password it is refused" wrong_password
step "with the right one it is let in again" guest_dials
step "and hangs up" guest_hangs_up
step "it dials by ESP in UDP" guest_encapsulates
step "the kernel's ESP carries it both ways" vm_l2tp_protected lac
step "and hangs up" guest_hangs_up
step "it dials in tunnel mode" guest_tunnels no ' tunnel '
step "the kernel's ESP carries it both ways" vm_l2tp_protected lac
step "and hangs up" guest_hangs_up
step "it dials in tunnel mode, in UDP" guest_tunnels yes ' tun-udp '
step "the kernel's ESP carries it both ways" vm_l2tp_protected lac
step "and hangs up" guest_hangs_up
vm_stop guest
step "vcgw ends without a fault" rig_stop lns
ip -n lns link del tap0
vcgw_lac
step "the LNS boots" vm_l2tp_lns || exit 1
step "vcgw dials, and proves itself by CHAP" vcgw_dials || exit 1
step "large packets pass" carries
step "the kernel's ESP carries it both ways" vm_l2tp_protected lns
step "vcgw rekeys phase 2" vcgw_rekeys esp
step "vcgw rekeys phase 1" vcgw_rekeys ike
step "vcgw ends without a fault" rig_stop lac
step "the LNS has hung up too" vm_l2tp_down lns
vm_stop guest
rig_done
