#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Floods on the uplink, from addresses that are nobody's: first messages of IKE, messages of negotiations
# that never were, ESP with unknown SPIs. A session that is there loses nothing and renews its keys,
# another one comes up meanwhile, memory and log stay bounded, and every packet is accounted for.
. "$(dirname "$0")/lib.sh"
rig_enter "$@"
RIG_PORT[lac2]=4294
P[workers]=1

network() {
	ip netns add lac2 && ip netns add net
	local ns n=0
	for ns in lac lac2 lns; do
		n=$((n + 1))
		ip link add wire netns $ns type veth peer name to-$ns netns net || die "cannot make a veth pair"
		ip -n $ns link set lo up
		ip -n $ns addr add 10.8.$n.1/24 dev wire
		ip -n $ns link set wire up
		ip -n net addr add 10.8.$n.254/24 dev to-$ns
		ip -n net link set to-$ns up
		ip -n $ns route add default via 10.8.$n.254
	done
	in_ns net sysctl -qw net.ipv4.ip_forward=1
	# Answers to nobody end here.
	ip -n net route add blackhole 198.18.0.0/15
}

lac() {
	{
		rig_config_head "$1"
		cat <<-END
			client c
			 tun vcgw-c
			 user alice
			link up0 ip
			 address $2
			 peer lns1
			  remote 10.8.3.1
			  security ike default
			  l2tp client c
		END
	} >"$RIG_DIR/$1.conf"
	rig_start "$1"
}

up() {
	local i
	for ((i = 0; i < 300; i++)); do
		[[ -n $(rig_addr "$1" vcgw-c) ]] && in_ns "$1" ping -q -n -c 1 -W 1 10.64.0.1 >/dev/null 2>&1 && return 0
		sleep 0.1
	done
	vty "$1" show uplink
	tail -n 8 "$RIG_DIR/$1.log" "$RIG_DIR/lns.log"
	return 1
}

# flooded KIND COMMAND...: the command in the middle of it
flooded() {
	local kind=$1 pid rc
	shift
	ip netns exec net $PYTHON "$RIG_HERE/uplink_flood.py" "$kind" 10.8.3.1 8 >"$RIG_DIR/flood-$kind" 2>&1 &
	pid=$!
	sleep 1
	"$@"
	rc=$?
	wait $pid || rc=1
	RIG_NOTE="$(cat "$RIG_DIR/flood-$kind")${RIG_NOTE:+, $RIG_NOTE}"
	return $rc
}

beside() {
	rig_numbered vcgw-c up 200 4 rig_rekey lac up0/lns1 ike
}

comes_up() {
	local t0
	t0=$(now_ms)
	lac lac2 10.8.2.1 && up lac2 || return 1
	RIG_NOTE="up after $(($(now_ms) - t0)) ms"
	rig_stop lac2
}

held() { # octets of the control plane
	vty lns show memory | awk '/malloc/ { for (i = 1; i <= NF; i++) if ($i ~ /^[0-9]+$/) { print $i; exit } }'
}

bounded() {
	local now n
	n=$(vty lns show crypto ike sa | awk '/half open:/ { n += $NF } END { print n + 0 }')
	now=$(held)
	RIG_NOTE="$n half open, $((now - HELD)) octets more"
	((n <= 1024 && now - HELD < 2 << 20))
}

few_lines() {
	RIG_NOTE="$(wc -l <"$RIG_DIR/lns.log") lines"
	(($(wc -l <"$RIG_DIR/lns.log") < 1500))
}

network
(
	umask 077
	cat >"$RIG_DIR/secrets" <<-END
		psk  up0/lns1 "the key of the uplink"
		psk  up0/road "the key of the uplink"
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
		link up0 ip
		 address 10.8.3.1
		 peer road
		  remote any
		  wildcard-psk a rig has nothing to lose
		  security ike default
		  l2tp lns subscribers
	END
} >"$RIG_DIR/lns.conf"
step "LNS starts" rig_start lns || exit 1
step "LAC starts" lac lac 10.8.1.1 || exit 1
step "its session comes up" up lac || exit 1
HELD=$(held)
for kind in first third esp; do
	step "$kind: the session loses nothing, and renews its keys" flooded $kind beside
	step "$kind: another one comes up meanwhile" flooded $kind comes_up
	step "$kind: memory is bounded" bounded
done
discarded() { # COUNTER: at least so many
	vty lns show discards | awk -v c="$1" '$0 ~ c { for (i = 1; i <= NF; i++) if ($i ~ /^[0-9]+$/) n += $i } END { print n + 0; exit n < 1000 }'
}
step "the floods came: IKE was held back" discarded path:PUNT_LIMIT
step "the floods came: unknown SPIs were discarded" discarded demux:SVC_UNKNOWN
step "the log stays short" few_lines
step "LAC ends" rig_stop lac
step "LNS ends by SIGTERM without a fault" rig_stop lns
rig_done
