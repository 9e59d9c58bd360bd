#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The IP uplink (RFC 3193): IKE on UDP 500, ESP around UDP 1701, L2TP and PPP in it; over IPv4 and
# IPv6; through NATs, two clients with one inner address behind one outer one; nothing readable on the
# wire; clear L2TP only where both ends say so.
#
#	ns lac   192.168.1.2 -- home NAT a --.
#	                                      +-- carrier's NAT -- 10.9.0.1  ns lns
#	ns lac2  192.168.1.2 -- home NAT b --'
. "$(dirname "$0")/lib.sh"
command -v nft >/dev/null || skip "no nft: install nftables"
rig_enter "$@"
RIG_PORT[lac2]=4294

veth() { # NS1 DEV1 ADDR1 NS2 DEV2 ADDR2
	ip link add "$2" netns "$1" type veth peer name "$5" netns "$4" || die "cannot make a veth pair"
	ip -n "$1" addr add "$3" dev "$2" && ip -n "$1" link set "$2" up
	ip -n "$4" addr add "$6" dev "$5" && ip -n "$4" link set "$5" up
}

nat() { # NS OUTER-DEVICE
	in_ns "$1" sysctl -qw net.ipv4.ip_forward=1
	in_ns "$1" nft -f - <<-END
		table ip nat {
			chain post {
				type nat hook postrouting priority srcnat;
				oifname "$2" masquerade random
			}
		}
	END
}

network() {
	local ns
	for ns in lac2 home-a home-b carrier; do
		ip netns add $ns && ip -n $ns link set lo up
	done
	# Straight: lac and lns on one wire, IPv4 and IPv6.
	veth lac wire 10.8.0.2/24 lns wire 10.8.0.1/24
	ip -n lac addr add 2001:db8::2/64 dev wire nodad
	ip -n lns addr add 2001:db8::1/64 dev wire nodad
	ip -n lns addr add 10.8.0.9/24 dev wire
	# Behind two NATs.
	veth lac home 192.168.1.2/24 home-a inner 192.168.1.1/24
	veth lac2 home 192.168.1.2/24 home-b inner 192.168.1.1/24
	veth home-a outer 172.16.1.2/24 carrier from-a 172.16.1.1/24
	veth home-b outer 172.16.2.2/24 carrier from-b 172.16.2.1/24
	veth carrier outer 10.9.0.2/24 lns far 10.9.0.1/24
	ip -n lac route add 10.9.0.0/24 via 192.168.1.1
	ip -n lac2 route add 10.9.0.0/24 via 192.168.1.1
	ip -n home-a route add default via 172.16.1.1
	ip -n home-b route add default via 172.16.2.1
	nat home-a outer
	nat home-b outer
	nat carrier outer
}

# uplink_lac END LOCAL REMOTE [LINE]: one peer to dial. Its secrets go by the name up0/lns1.
uplink_lac() {
	cat <<-END
		client c
		 tun vcgw-c
		 user alice
		link up0 ip
		 address $2
	END
	[[ ${4-} != "security none" ]] || echo " clear-l2tp"
	cat <<-END
		 peer lns1
		  remote $3
		  ${4-security ike default}
		  l2tp client c
	END
	lines '  ' "${P[lac_peer_extra]-}"
}

config() {
	(
		umask 077
		cat >"$RIG_DIR/secrets" <<-END
			psk  up0/lns1 "the key of the uplink"
			psk  up4/road "the key of the uplink"
			psk  up9/road "the key of the uplink"
			psk  up6/road "the key of the uplink"
			psk  far/road "the key of the uplink"
			user alice    "alice and her secret"
		END
	)
	{
		rig_config_head lns
		cat <<-END
			lns subscribers
			 tun vcgw-lns
			 local-address 10.64.0.1/24
			 pool 10.64.0.10 10.64.0.250
			 authentication chap
			link up4 ip
			 address 10.8.0.1
			 clear-l2tp
			 peer road
			  remote 10.8.0.0/24
			  wildcard-psk a rig has nothing to lose
			  security ike default
			  l2tp lns subscribers
			link up9 ip
			 address 10.8.0.9
			 peer road
			  remote 10.8.0.0/24
			  wildcard-psk a rig has nothing to lose
			  security ike default
			  l2tp lns subscribers
			link up6 ip
			 address 2001:db8::1
			 peer road
			  remote any
			  wildcard-psk a rig has nothing to lose
			  security ike default
			  l2tp lns subscribers
			link far ip
			 address 10.9.0.1
			 peer road
			  remote any
			  wildcard-psk a rig has nothing to lose
			  security ike default
			  l2tp lns subscribers
		END
	} >"$RIG_DIR/lns.conf"
}

# lac END LOCAL REMOTE [LINE]: a configuration for it, and start
lac() {
	{
		rig_config_head "$1"
		uplink_lac "$@"
	} >"$RIG_DIR/$1.conf"
	: >"$RIG_DIR/$1.log"
	rig_start "$1"
}

# up END: until its session carries packets
up() {
	local i
	for ((i = 0; i < 100; i++)); do
		[[ -n $(rig_addr "$1" vcgw-c) ]] && in_ns "$1" ping -q -n -c 1 -W 1 10.64.0.1 >/dev/null 2>&1 && return 0
		sleep 0.1
	done
	vty "$1" show uplink
	vty lns show uplink
	vty lns show discards
	vty "$1" show discards
	tail -n 8 "$RIG_DIR/$1.log" "$RIG_DIR/lns.log"
	return 1
}

carries() { # END
	in_ns "$1" ping -q -n -c 3 -i 0.2 -W 2 -s 1200 -p "$RIG_PATTERN" 10.64.0.1 | tee /dev/stderr | grep -q " 0% packet loss"
}

# shows END REGEX: of `show uplink`
shows() {
	vty "$1" show uplink | tee /dev/stderr | grep -qE "$2"
}

# wire start DEVICE NEIGHBOUR|stop: what the LNS's side of the wire carries
wire() {
	if [[ $1 == start ]]; then
		rm -f "$RIG_DIR/wire.pcap"
		ip netns exec lns tshark -q -i "$2" -w "$RIG_DIR/wire.pcap" -F pcap >"$RIG_DIR/tshark.log" 2>&1 &
		WIRE=$!
		# It says that it captures a moment before it does.
		until [[ $(stat -c %s "$RIG_DIR/wire.pcap" 2>/dev/null || echo 0) -gt 24 ]]; do
			in_ns lns ping -q -c 1 -W 0.2 "$3" >/dev/null 2>&1
		done
	else
		sleep 1
		kill -INT $WIRE
		wait $WIRE
	fi
	return 0
}

# only FILTER...: every packet of the capture is one of these, of each there is some, none is readable
only() {
	local f n all="$1"
	for f in "${@:2}"; do all+=" or $f"; done
	n=$(tshark -r "$RIG_DIR/wire.pcap" -Y "not ($all or arp or icmp or icmpv6 or igmp)" 2>/dev/null | tee /dev/stderr | wc -l)
	((n == 0)) || { echo "$n packets are something else"; return 1; }
	for f; do
		n=$(tshark -r "$RIG_DIR/wire.pcap" -Y "$f" 2>/dev/null | wc -l)
		((n > 0)) || { echo "none is $f"; return 1; }
	done
	! grep -qa "$RIG_CLEAR" "$RIG_DIR/wire.pcap" || { echo "clear text on the wire"; return 1; }
}

far_ports() {
	vty lns show uplink | grep -o '^far/road#.*10\.9\.0\.2:[0-9]*' | sed 's/ .*:/ /' | sort
}

# carrier_keeps FIRST STREAM: the seconds that its NAT keeps what nothing uses.
carrier_keeps() {
	in_ns carrier sysctl -qw net.netfilter.nf_conntrack_udp_timeout="$1" net.netfilter.nf_conntrack_udp_timeout_stream="$2"
}

ping_both() {
	in_ns lac ping -q -n -c 1 -W 1 10.64.0.1
	in_ns lac2 ping -q -n -c 1 -W 1 10.64.0.1
}

# A mapping that nothing used for a second is gone; the next packet gets another port. The time holds
# from a mapping's next packet on, and an echo of PPP at the wrong moment keeps it: so more than once.
nat_forgets() {
	local before after i
	before=$(far_ports)
	echo "before: $before"
	for ((i = 0; i < 5; i++)); do
		carrier_keeps 1 1
		ping_both
		sleep 3
		carrier_keeps 30 120
		# The answer to the first packet goes where the mapping was.
		ping_both
		carries lac && carries lac2 || return 1
		after=$(far_ports)
		echo "after: $after"
		[[ -z $after || -n $(comm -12 <(echo "$before") <(echo "$after")) ]] || return 0
	done
	return 1
}

# lns_rekeys LINK: both phases of all peers there
lns_rekeys() {
	local c n=0
	for c in $(vty lns show uplink | grep -o "^$1/road#[0-9]*"); do
		rig_rekey lns "$c" ike || return 1
		n=$((n + 1))
	done
	((n > 0))
}

network
config
step "LNS starts" rig_start lns || exit 1

wire start wire 10.8.0.2
step "IPv4: LAC starts" lac lac 10.8.0.2 10.8.0.1
step "IPv4: IKE, L2TP and PPP come up" up lac || rig_done
step "IPv4: packets pass" carries lac
step "IPv4: ESP is protocol 50, no NAT" shows lac 'lns1 .*10\.8\.0\.1 +esp +no'
step "IPv4: the circuit was made of the template" shows lns 'road#[0-9]+ +up .*10\.8\.0\.2 '
step "IPv4: rekeyed, nothing lost" rig_numbered vcgw-c up 500 3 rig_rekey lac up0/lns1 ike
step "IPv4: rekeyed by the LNS, nothing lost" rig_numbered vcgw-c up 500 3 lns_rekeys up4
step "IPv4: it is the same circuit after that" eval '(($(vty lns show uplink | grep -c "road#") == 1))'
# The IKE SA that the peer was made with has gone by then; its tunnel has not.
step "IPv4: phase 2 by the new IKE SA, nothing lost" eval 'sleep 5 && rig_numbered vcgw-c up 500 3 rig_rekey lac up0/lns1 esp'
wire stop
step "IPv4: IKE on 500 and ESP, nothing else" only "udp.port == 500" "esp"
step "IPv4: LAC ends" rig_stop lac

step "dynamic source port: LAC starts" eval 'P[lac_peer_extra]="l2tp source-port dynamic"; lac lac 10.8.0.2 10.8.0.1'
step "dynamic source port: comes up" up lac
step "dynamic source port: packets pass" carries lac
step "dynamic source port: is one of the dynamic ports" shows lac '(49|5[0-9]|6[0-5])[0-9]{3}/1701'
step "dynamic source port: LAC ends" rig_stop lac
P[lac_peer_extra]=

wire start wire 10.8.0.2
step "IPv6: LAC starts" lac lac 2001:db8::2 2001:db8::1
step "IPv6: IKE, L2TP and PPP come up" up lac
step "IPv6: packets pass" carries lac
wire stop
step "IPv6: IKE on 500 and ESP, nothing else" only "udp.port == 500" "esp"
step "IPv6: LAC ends" rig_stop lac

wire start far 10.9.0.2
step "NAT: two LACs with one address start" eval 'lac lac 192.168.1.2 10.9.0.1 && lac lac2 192.168.1.2 10.9.0.1'
step "NAT: the first comes up" up lac
step "NAT: the second comes up" up lac2
step "NAT: packets of the first pass" carries lac
step "NAT: packets of the second pass" carries lac2
step "NAT: both renew their keys, nothing is lost" eval 'rig_rekey lac2 up0/lns1 ike && rig_numbered vcgw-c up 200 3 rig_rekey lac up0/lns1 ike && carries lac2'
step "NAT: the LNS renews the keys of both, nothing is lost" rig_numbered vcgw-c up 200 4 lns_rekeys far
step "NAT: the second's packets pass" carries lac2
step "NAT: ESP is in UDP" shows lac 'lns1 .*10\.9\.0\.1:4500 +esp-udp +yes'
step "NAT: the LNS has two, behind one address" eval '(($(vty lns show uplink | grep -c "road#.* up .*10\.9\.0\.2:.*esp-udp") == 2))'
wire stop
step "NAT: IKE and ESP in UDP, nothing else" only "udp.port == 500" "udp.port == 4500"
step "NAT: it forgets, and maps to other ports: the LNS follows" nat_forgets
step "NAT: both LACs end" eval 'rig_stop lac && rig_stop lac2'

# The address of the LAC itself, which only it can have said.
step "identity: the LNS wants another address" eval 'vty lns "configure terminal; link far; peer road; identity remote address 192.168.1.3" && sleep 1 && lac lac 192.168.1.2 10.9.0.1 && sleep 3 && [[ -z $(rig_addr lac vcgw-c) ]]'
step "... and says which it heard" grep -q "calls itself address 192.168.1.2" "$RIG_DIR/lns.log"
step "LAC ends" rig_stop lac
step "identity: the LNS wants the LAC's inner address" eval 'vty lns "configure terminal; link far; peer road; identity remote address 192.168.1.2" && sleep 1 && lac lac 192.168.1.2 10.9.0.1 && up lac'
step "LAC ends" rig_stop lac
# aggressive END COUNT: IKE SAs that came up so
aggressive() {
	(($(vty "$1" show crypto ike sa | tee /dev/stderr | grep -c 'aggressive mode: identities were in the clear') == $2))
}
P[lac_profile_extra]="aggressive-mode initiate"
step "aggressive mode: two LACs behind NATs start" eval 'lac lac 192.168.1.2 10.9.0.1 && lac lac2 192.168.1.2 10.9.0.1'
step "aggressive mode: off, nobody comes in" eval 'sleep 2 && ! vty lns show uplink | grep "road#"'
step "aggressive mode: accepted, the first comes up" eval 'vty lns "configure terminal; ike profile default; aggressive-mode accept" && up lac'
step "aggressive mode: the second comes up" up lac2
step "aggressive mode: packets of both pass" eval 'carries lac && carries lac2'
step "aggressive mode: it was that, at both ends" eval 'aggressive lac 1 && aggressive lac2 1 && aggressive lns 2'
step "aggressive mode: both LACs end, it is off again" eval 'rig_stop lac && rig_stop lac2 && vty lns "configure terminal; ike profile default; no aggressive-mode"'
P[lac_profile_extra]=

step "another address: the LNS sends callers there" eval 'vty lns "configure terminal; link up4; peer road; l2tp try-another 10.8.0.9" && lac lac 10.8.0.2 10.8.0.1'
step "another address: the LAC comes up there" up lac
step "another address: packets pass" carries lac
step "another address: it is the other one" shows lac 'lns1 .*10\.8\.0\.9 +esp +no'
step "another address: LAC ends" eval 'rig_stop lac && vty lns "configure terminal; link up4; peer road; no l2tp try-another"'
step "no protection is left where no tunnel is" eval 'for i in $(seq 150); do vty lns show uplink | grep -q "road#" || break; sleep 0.1; done; ! vty lns show uplink | grep "road#"'

step "no clear L2TP for who is not configured so" eval 'lac lac 10.8.0.2 10.8.0.1 "security none" && sleep 2 && [[ -z $(rig_addr lac vcgw-c) ]]'
step "... it is counted" eval 'vty lns show discards | grep -q "up4 .*uplink:UPLINK_NO_PEER\|up4 .*no-peer"'
step "LAC ends" rig_stop lac
step "clear L2TP where both ends say so" eval 'vty lns "configure terminal; link up4; peer clear; remote 10.8.0.2; security none; l2tp lns subscribers" && lac lac 10.8.0.2 10.8.0.1 "security none" && up lac && carries lac'
step "LAC ends by SIGTERM without a fault" rig_stop lac
step "IKE from where a peer without security is is the template's" eval 'lac lac 10.8.0.2 10.8.0.1 && up lac'
step "LAC ends" rig_stop lac
step "LNS ends by SIGTERM without a fault" rig_stop lns
rig_done
