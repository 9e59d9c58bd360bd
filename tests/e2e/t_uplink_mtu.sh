#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Path MTU on the IP uplink (RFC 3193 3.2): a line on the way carries less than both ends' devices, and
# less again while a session is up. ICMP tells them; nothing is lost in a black hole, and who sends
# too much into the session is told what fits. Over IPv4 and IPv6.
#
#	ns lac 10.8.1.2 -- west -- MTU 1400 -- east -- 10.8.2.1 ns lns 10.20.0.1 -- 10.20.0.2 ns corp
. "$(dirname "$0")/lib.sh"
command -v iperf3 >/dev/null || skip "no iperf3: install iperf3"
rig_enter "$@"

veth() { # NS1 DEV1 ADDR1 NS2 DEV2 ADDR2
	ip link add "$2" netns "$1" type veth peer name "$5" netns "$4" || die "cannot make a veth pair"
	ip -n "$1" addr add "$3" dev "$2" && ip -n "$1" link set "$2" up
	ip -n "$4" addr add "$6" dev "$5" && ip -n "$4" link set "$5" up
}

network() {
	local ns
	for ns in west east corp; do
		ip netns add $ns && ip -n $ns link set lo up
	done
	for ns in west east lns; do
		in_ns $ns sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
	done
	veth lac wan 10.8.1.2/24 west lac 10.8.1.1/24
	veth west line 10.8.3.1/24 east line 10.8.3.2/24
	veth east lns 10.8.2.2/24 lns wan 10.8.2.1/24
	veth lns corp 10.20.0.1/24 corp lns 10.20.0.2/24
	ip -n lac addr add 2001:db8:1::2/64 dev wan nodad
	ip -n west addr add 2001:db8:1::1/64 dev lac nodad
	ip -n west addr add 2001:db8:3::1/64 dev line nodad
	ip -n east addr add 2001:db8:3::2/64 dev line nodad
	ip -n east addr add 2001:db8:2::2/64 dev lns nodad
	ip -n lns addr add 2001:db8:2::1/64 dev wan nodad
	ip -n lac route add 10.8.0.0/16 via 10.8.1.1
	ip -n west route add 10.8.2.0/24 via 10.8.3.2
	ip -n east route add 10.8.1.0/24 via 10.8.3.1
	ip -n lns route add 10.8.0.0/16 via 10.8.2.2
	ip -n lac -6 route add 2001:db8::/32 via 2001:db8:1::1
	ip -n west -6 route add 2001:db8:2::/64 via 2001:db8:3::2
	ip -n east -6 route add 2001:db8:1::/64 via 2001:db8:3::1
	ip -n lns -6 route add 2001:db8::/32 via 2001:db8:2::2
	ip -n corp route add default via 10.20.0.1
}

# Of the line in the middle; LAC's and LNS's devices, 1500, know nothing of it.
narrow() {
	ip -n west link set line mtu "$1" && ip -n east link set line mtu "$1"
}

config() {
	(
		umask 077
		cat >"$RIG_DIR/secrets" <<-END
			psk  up0/lns1 "the key of the uplink"
			psk  up4/road "the key of the uplink"
			psk  up6/road "the key of the uplink"
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
			 address 10.8.2.1
			 peer road
			  remote 10.8.1.0/24
			  wildcard-psk a rig has nothing to lose
			  security ike default
			  l2tp lns subscribers
			link up6 ip
			 address 2001:db8:2::1
			 peer road
			  remote any
			  wildcard-psk a rig has nothing to lose
			  security ike default
			  l2tp lns subscribers
		END
	} >"$RIG_DIR/lns.conf"
}

lac() { # LOCAL REMOTE
	{
		rig_config_head lac
		cat <<-END
			client c
			 tun vcgw-c
			 user alice
			link up0 ip
			 address $1
			 peer lns1
			  remote $2
			  security ike default
			  l2tp client c
		END
	} >"$RIG_DIR/lac.conf"
	rig_start lac
}

up() {
	local i
	for ((i = 0; i < 100; i++)); do
		[[ -n $(rig_addr lac vcgw-c) ]] && in_ns lac ping -q -n -c 1 -W 1 10.64.0.1 >/dev/null 2>&1 && return 0
		sleep 0.1
	done
	vty lac show uplink
	vty lns show uplink
	tail -n 8 "$RIG_DIR/lac.log" "$RIG_DIR/lns.log"
	return 1
}

# knows END MTU: `show uplink` has it, soon
knows() {
	local i
	for ((i = 0; i < 30; i++)); do
		vty "$1" show uplink | grep -E "^(lns1|up0/lns1|.*#[0-9]+) .* up .* $2 " && return 0
		vty "$1" show uplink | grep -qE " up .* $2 [0-9]+/[0-9]+" && return 0
		sleep 0.1
	done
	vty "$1" show uplink
	return 1
}

# The largest IP packet of the session over a path of MTU octets: aes256gcm16 has SPI, sequence number
# and IV (16), a trailer to four octets (2) and the ICV (16); then UDP 8, L2TP 10 (with Ns and Nr,
# which the peer may ask for at any time), PPP 4.
fits() { # MTU IP-HEADER
	echo $((($1 - $2 - 32) / 4 * 4 - 2 - 8 - 14))
}

# tcp up|down: no black hole
tcp() {
	rig_iperf vcgw-c 8M "$1"
}

# df NS TO SIZE: pings of so many octets of IP, not to be fragmented
df() {
	in_ns "$1" ping -n -M "do" -c 3 -i 0.2 -W 2 -s $(($3 - 28)) "$2"
}

passes() { # NS TO SIZE
	df "$@" | tee /dev/stderr | grep -q " 0% packet loss"
}

# told NS TO SIZE MTU: too much, and somebody says what fits
told() {
	df "$1" "$2" "$3" >"$RIG_DIR/told" 2>&1
	cat "$RIG_DIR/told"
	grep -qE "mtu ?= ?$4" "$RIG_DIR/told"
}

# both MTU IP-HEADER: what both ends do about it
both() {
	local fit addr
	fit=$(fits "$1" "$2")
	ip -n lac route replace 10.20.0.0/24 dev vcgw-c
	addr=$(rig_addr lac vcgw-c)
	step "MTU $1: the client's TUN has $fit" eval "(($(rig_mtu lac vcgw-c) == fit))"
	step "MTU $1: the LNS's route to the client has $fit" eval "ip -n lns route get $addr | tee /dev/stderr | grep -q 'mtu $fit'"
	step "MTU $1: $fit octets pass from the client" passes lac 10.20.0.2 "$fit"
	step "MTU $1: $fit octets pass from beyond the LNS" passes corp "$addr" "$fit"
	step "MTU $1: the client is told that no more fits" told lac 10.20.0.2 $((fit + 1)) "$fit"
	step "MTU $1: the host beyond the LNS is told, too" told corp "$addr" $((fit + 1)) "$fit"
	step "MTU $1: TCP passes up" tcp up
	step "MTU $1: TCP passes down" tcp down
}

network
config
step "LNS starts" rig_start lns || exit 1
for way in "10.8.1.2 10.8.2.1 20 IPv4" "2001:db8:1::2 2001:db8:2::1 40 IPv6"; do
	read -r local remote header name <<<"$way"
	echo "$name"
	narrow 1400
	step "LAC starts" lac "$local" "$remote"
	step "session comes up" up || rig_done
	step "TCP passes up, while the path's MTU is found" tcp up || rig_done
	step "TCP passes down, while the path's MTU is found" tcp down
	step "the LAC knows 1400" knows lac 1400
	# It has nothing large to send: the client, who knew first, says so in its MSS.
	step "a large ping from beyond the LNS is lost, and ICMP tells" eval 'df corp "$(rig_addr lac vcgw-c)" 1400; knows lns 1400'
	both 1400 "$header"
	# Each direction learns for itself what its own packets meet.
	step "MTU 1340 in the middle of TCP down" rig_iperf vcgw-c 64M down narrow 1340
	step "the LNS knows 1340" knows lns 1340
	step "MTU 1300 in the middle of TCP up" rig_iperf vcgw-c 64M up narrow 1300
	step "the LAC knows 1300" knows lac 1300
	step "a large ping from beyond the LNS tells it, too" eval 'df corp "$(rig_addr lac vcgw-c)" "$(fits 1340 "$header")"; knows lns 1300'
	both 1300 "$header"
	step "a call after that begins with 1300" eval 'vty lac "clear l2tp session up0/lns1" && sleep 1 && up && knows lac 1300 && knows lns 1300'
	step "... and offers no more in LCP" eval "vty lns show ppp | tee /dev/stderr | grep -q $(fits 1300 "$header")"
	step "... the discards are none" eval '! vty lns show discards | grep ppp:PPP_TOO_LONG'
	step "LAC ends" rig_stop lac
done
step "LNS ends by SIGTERM without a fault" rig_stop lns
rig_done
