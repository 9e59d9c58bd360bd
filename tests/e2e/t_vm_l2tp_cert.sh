#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 240
# quick: no
#
# The IP uplink by certificates, straight and through a NAT, with what the world has at the other end
# (see vm_l2tp.sh). vcgw is the LNS of whoever has a certificate of its CA, and the LAC; RSA and ECDSA;
# a stranger's certificate is refused by either. The NAT is slid between two ends that keep their
# addresses (home answers ARP for both): two LACs behind it, the guest and another vcgw; then vcgw
# behind it as the LAC of the guest.
#
#	ns lns 192.0.2.1 ---.                              straight: the tap is in vcgw's namespace
#	ns lac 192.168.1.2 --+-- ns home, masquerade --- tap0 --- guest 192.0.2.2
. "$(dirname "$0")/lib.sh"
. "$RIG_TOP/tests/rig/vm.sh"
. "$RIG_HERE/vm_l2tp.sh"
vm_l2tp_needed
command -v nft >/dev/null || skip "no nft: install nftables"
$PYTHON -c 'import cryptography' 2>/dev/null || skip "no certificates: python3-cryptography is not installed"
rig_enter "$@"
VM_SECONDS=150
V[esp]=aes256gcm16-ecp256
V[auth]=cert
KINDS=(rsa ecdsa stranger)

# The stranger's names are right, and his CA is not ours.
certificates() {
	local kind
	for kind in "${KINDS[@]}"; do
		V[certs]=$kind
		vm_l2tp_certs "${kind/stranger/rsa}" lac2 || return 1
	done
	V[certs]=rsa
}

secrets() {
	(
		umask 077
		cat >"$RIG_DIR/secrets" <<-END
			tunnel up0/road   "${V[tunnel_secret]}"
			tunnel up0/guest  "${V[tunnel_secret]}"
			tunnel up0/far    "${V[tunnel_secret]}"
			user   ${V[user]} "${V[password]}"
		END
	)
}

# pkis NAME: what this end has of both kinds
pkis() {
	local kind
	for kind in rsa ecdsa; do
		cat <<-END
			pki $kind
			 ca-certificate $RIG_DIR/$kind/ca.pem
			 certificate $RIG_DIR/$kind/$1.pem private-key $RIG_DIR/$kind/$1.key
		END
	done
}

# uplink ADDRESS PEER REMOTE OUR-IDENTITY L2TP [LINE]
uplink() {
	pkis "$4"
	cat <<-END
		link up0 ip
		 address $1
		 peer $2
		  remote $3
		  authentication pki ${V[certs]}
		  identity local fqdn $4
		  l2tp $5
		  l2tp tunnel-authentication
	END
	lines '  ' "${6-}"
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
		uplink 192.0.2.1 road any lns1 "lns subscribers"
	} >"$RIG_DIR/lns.conf"
	vm_l2tp_net lns
	rig_start lns
}

# vcgw_lac ADDRESS PEER REMOTE OUR-IDENTITY [LINE]
vcgw_lac() {
	{
		rig_config_head lac
		cat <<-END
			client calls
			 tun vcgw-c
			 user ${V[user]}
		END
		uplink "$1" "$2" "$3" "$4" "client calls" "${5-}"
	} >"$RIG_DIR/lac.conf"
	rig_start lac
}

look() {
	vty "$1" show uplink
	vty "$1" show l2tp tunnel
	vty "$1" show discards
	tail -n 20 "$RIG_DIR/$1.log"
	return 1
}

# by KIND lns|lac: the guest has these now
by() {
	V[certs]=$1
	vm_l2tp_anew "$2"
}

guest_dials() {
	vm_l2tp_dial && vm_l2tp_up lac && vm_l2tp_ping lac 1300 3 || look lns
}

guest_hangs_up() {
	vm_l2tp_hangup && (($(vty lns show l2tp session | grep -c established) == ${1-0})) || look lns
}

# proven END HOW
proven() {
	vty "$1" show crypto ike sa | tee /dev/stderr | grep -q "by certificate ($2)"
}

# RIG_NOTE has Mbit/s: an emulated processor does ESP and TCP.
tcp_from_guest() {
	local srv out
	ip netns exec lns iperf3 -s -1 -p 5201 >/dev/null 2>&1 &
	srv=$!
	rig_listens lns 5201
	out=$(vm_l2tp_in lac "iperf3 -c 10.64.0.1 -p 5201 -n 2M -f m") || { echo "$out"; kill $srv; return 1; }
	wait $srv
	RIG_NOTE=$(sed -n 's/.* \([0-9.]* Mbits\/sec\) .*receiver.*/\1/p' <<<"$out")
	[[ -n $RIG_NOTE ]]
}

# counted END PATTERN: in what it shows of its circuits and of what it could give to none
counted() {
	{
		vty "$1" show circuit up0/road
		vty "$1" show circuit up0/guest
	} 2>/dev/null | tee /dev/stderr | grep -qE "$2"
}

# Neither by the peer's certificate nor without it.
stranger_refused() {
	by stranger lac || return 1
	vm_l2tp_in lac "swan --initiate --child l2tp --timeout 5" && return 1
	grep "certificate refused: wrong CA" "$RIG_DIR/lns.log" && counted lns 'certificate: wrong CA +[1-9]' || look lns
	! vty lns show uplink | grep 'road#.* up '
}

# It believes us, who prove themselves first, and so comes to prove itself.
lns_refused() {
	local i
	cp "$RIG_DIR/rsa/ca.pem" "$RIG_DIR/lns/x509ca/ours.pem"
	by stranger lns || return 1
	V[certs]=rsa
	vcgw_lac 192.0.2.1 guest 192.0.2.2 lac1 || return 1
	for ((i = 0; i < 100; i++)); do
		grep -q "certificate refused: wrong CA" "$RIG_DIR/lac.log" && break
		sleep 0.1
	done
	grep "certificate refused: wrong CA" "$RIG_DIR/lac.log" && counted lac 'certificate: wrong CA +[1-9]' &&
		[[ -z $(rig_addr lac vcgw-c) ]] || look lac
}

veth() { # NS1 DEV1 NS2 DEV2
	ip link add "$2" netns "$1" type veth peer name "$4" netns "$3" && ip -n "$1" link set "$2" up && ip -n "$3" link set "$4" up
}

# nat_between NS OUTSIDE: home, between vcgw in NS and the guest, hides who is not OUTSIDE (wire or tap0).
nat_between() {
	ip netns add home && ip -n home link set lo up && in_ns home sysctl -qw net.ipv4.ip_forward=1 &&
		ip -n "$1" link set tap0 netns home && veth "$1" wire home wire &&
		ip -n "$1" addr add 192.0.2.1/24 dev wire &&
		ip -n home addr add 192.0.2.253/32 dev tap0 && ip -n home addr add 192.0.2.254/32 dev wire &&
		ip -n home link set tap0 up &&
		ip -n home route add 192.0.2.2 dev tap0 && ip -n home route add 192.0.2.1 dev wire &&
		in_ns home sysctl -qw net.ipv4.conf.tap0.proxy_arp=1 net.ipv4.conf.wire.proxy_arp=1 &&
		in_ns home nft "add table ip nat; add chain ip nat post { type nat hook postrouting priority srcnat; }; \
			add rule ip nat post oifname $2 masquerade"
}

nat_removed() {
	ip netns del home
}

second_lac() {
	veth lac home home inner
	ip -n lac addr add 192.168.1.2/24 dev home
	ip -n home addr add 192.168.1.1/24 dev inner
	ip -n lac route add default via 192.168.1.1
	vcgw_lac 192.168.1.2 far 192.0.2.1 lac2
	vcgw_up 10.64.0.1
}

vcgw_up() {
	local i
	for ((i = 0; i < 100; i++)); do
		in_ns lac ping -q -n -c 1 -W 1 -I vcgw-c "$1" >/dev/null 2>&1 && return 0
		sleep 0.2
	done
	vm_l2tp_look
	look lac
}

# carries ADDRESS
carries() {
	in_ns lac ping -q -n -M "do" -c 5 -i 0.2 -W 2 -s 1300 -I vcgw-c "$1" | tee /dev/stderr | grep -q " 0% packet loss"
}

both_at_once() {
	local far
	carries 10.64.0.1 &
	far=$!
	vm_l2tp_ping lac 1300 5 && wait $far
}

two_behind_one() {
	(($(vty lns show uplink | tee /dev/stderr | grep -cE 'road#.* up .*192\.0\.2\.254:.*esp-udp +yes') == 2))
}

rekeyed() {
	local vc
	for vc in $(vty lns show uplink | grep -o 'up0/road#[0-9]*\|road#[0-9]*'); do
		rig_rekey lns "up0/${vc#up0/}" esp || return 1
	done
	sleep 1
	both_at_once
}

vcgw_dials() {
	by "$1" lns && vcgw_lac 192.0.2.1 guest 192.0.2.2 lac1 "identity remote fqdn lns1" && vcgw_up $VM_L2TP_LNS_ADDR
}

tcp_to_guest() {
	vm_l2tp_in lns "iperf3 -s -1 -D -p 5201 && sleep 1" &&
		in_ns lac timeout 60 iperf3 -c $VM_L2TP_LNS_ADDR -p 5201 --bind-dev vcgw-c -n 2M -f m >"$RIG_DIR/iperf" || {
		cat "$RIG_DIR/iperf"
		return 1
	}
	RIG_NOTE=$(sed -n 's/.* \([0-9.]* Mbits\/sec\) .*receiver.*/\1/p' "$RIG_DIR/iperf")
	[[ -n $RIG_NOTE ]]
}

vcgw_hangs_up() {
	rig_stop lac && vm_l2tp_down lns
}

vcgw_rekeys() {
	rig_rekey lac up0/guest "$1" && sleep 1 && carries $VM_L2TP_LNS_ADDR
}

shows() {
	vty "$1" show uplink | tee /dev/stderr | grep -qE "$2"
}

step "certificates are made" certificates || exit 1
secrets
step "vcgw starts as the LNS of whoever has a certificate" vcgw_lns || exit 1
step "the guest boots" vm_l2tp_lac || exit 1
step "RSA: it dials" guest_dials || exit 1
step "RSA: proven by it" proven lns rsa
step "RSA: the kernel's ESP carries it both ways" vm_l2tp_protected lac
step "RSA: TCP passes" tcp_from_guest
step "RSA: it hangs up" guest_hangs_up
step "a stranger's certificate is refused, with reason and counter" stranger_refused
step "ECDSA, by the running gateway: set" eval 'vty lns "configure terminal; link up0; peer road; authentication pki ecdsa" && by ecdsa lac'
step "a NAT comes between" nat_between lns wire || exit 1
step "ECDSA, NAT: it dials" guest_dials || exit 1
step "ECDSA, NAT: proven by it" proven lns ecdsa-256
step "NAT: another vcgw dials from behind it" second_lac
step "NAT: the LNS has two, behind one address" two_behind_one
step "NAT: packets of both pass at once" both_at_once
step "NAT: ... and after vcgw has rekeyed" rekeyed
step "NAT: the kernel's ESP carries it both ways" vm_l2tp_protected lac
step "NAT: TCP passes" tcp_from_guest
step "NAT: it hangs up, the other stays" guest_hangs_up 1
step "NAT: the other's packets pass" carries 10.64.0.1
step "the LACs' gateway ends without a fault" rig_stop lac
vm_stop guest
step "the LNS ends without a fault" rig_stop lns
nat_removed
V[certs]=rsa
vm_l2tp_net lac
step "the guest boots as the LNS" vm_l2tp_lns || exit 1
step "vcgw refuses a stranger's certificate, with reason and counter" lns_refused
step "vcgw ends" rig_stop lac
step "RSA: vcgw dials" vcgw_dials rsa || exit 1
step "RSA: proven by it" proven lac rsa
step "RSA: the kernel's ESP carries it both ways" vm_l2tp_protected lns
step "RSA: vcgw hangs up" vcgw_hangs_up
step "a NAT comes between" nat_between lac tap0 || exit 1
step "ECDSA, NAT: vcgw dials" vcgw_dials ecdsa || exit 1
step "ECDSA, NAT: proven by it" proven lac ecdsa-256
step "NAT: ESP is in UDP" shows lac 'guest .*192\.0\.2\.2:4500 +esp-udp +yes'
step "NAT: the kernel's ESP carries it both ways" vm_l2tp_protected lns
step "NAT: TCP passes" tcp_to_guest
step "NAT: vcgw rekeys phase 2" vcgw_rekeys esp
step "NAT: vcgw rekeys phase 1" vcgw_rekeys ike
step "NAT: vcgw hangs up" vcgw_hangs_up
vm_stop guest
rig_done
