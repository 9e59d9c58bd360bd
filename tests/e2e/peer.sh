# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A foreign L2TP daemon in the place of one vcgwd. Read after lib.sh.
#
#	ns lac or lns         ns shim                     the other one
#	  vcgwd --- loop ----- l2tp_shim.py --- veth ------ the daemon, on UDP 1701
#	                       192.0.2.1                    192.0.2.2
#
# The circuit is clear (`security none`): the daemons meant here have no ESP, and tshark is to see
# everything.

PEER_SHIM=
declare -A PEER_AUX=()

# peer_net NS: the namespace of the foreign daemon gets its network.
peer_net() {
	ip netns add shim
	ip netns add "$1" 2>/dev/null
	ip -n shim link add v0 type veth peer name v1 netns "$1" || skip "no veth here"
	ip -n shim addr add 192.0.2.1/24 dev v0
	ip -n shim link set v0 up
	ip -n "$1" addr add 192.0.2.2/24 dev v1
	ip -n "$1" link set v1 up
	# In a PID namespace these die with us; without one they must be told.
	trap 'rc=$?; kill -KILL $PEER_SHIM "${PEER_AUX[@]}" 2>/dev/null; (exit $rc); rig_cleanup' EXIT
}

# peer_shim SOCKET atm|fr
peer_shim() {
	ip netns exec shim $PYTHON "$RIG_HERE/l2tp_shim.py" "$1" "$2" 192.0.2.1 192.0.2.2 \
		"$RIG_DIR/peer.pcap" >>"$RIG_DIR/shim.log" 2>&1 &
	PEER_SHIM=$!
	disown
}

# peer_until SECONDS COMMAND...: until the command succeeds; its last output when it never does.
peer_until() {
	local t0 limit=$(($1 * 1000))
	shift
	t0=$(now_ms)
	until "$@" >"$RIG_DIR/until.log" 2>&1; do
		if (($(now_ms) - t0 > limit)); then
			echo "not within $((limit / 1000)) s: $*"
			cat "$RIG_DIR/until.log"
			return 1
		fi
		sleep 0.1
	done
}

# peer_seen FILTER [COUNT]: so many packets, or more, of the capture pass a display filter of tshark.
peer_seen() {
	local n
	n=$(tshark -n -r "$RIG_DIR/peer.pcap" -Y "$1" 2>/dev/null | wc -l)
	echo "$n packets: $1"
	((n >= ${2:-1}))
}

# peer_judge: tshark dissects all that passed, as L2TP and PPP, and finds nothing malformed.
peer_judge() {
	# Not TCP: what its payload resembles is guessed, and no business of ours.
	tshark -n -r "$RIG_DIR/peer.pcap" --disable-protocol tcp -T fields -E separator='|' -e frame.number -e frame.protocols \
		-e _ws.malformed -e _ws.expert.severity -e _ws.expert.message >"$RIG_DIR/judge" 2>"$RIG_DIR/judge.err"
	awk -F'|' '
	$2 !~ /:udp:l2tp/ { print "no L2TP: " $0; bad++ }
	# Severity: error, or a message that is malformed (epan/proto.h).
	$3 != "" || $4 ~ /8388608/ { print "malformed: " $0; bad++ }
	$2 ~ /:ppp/ { ppp++ }
	END {
		printf "%d packets, %d with PPP, %d faults\n", NR, ppp, bad
		exit bad || !NR
	}' "$RIG_DIR/judge" >"$RIG_DIR/judge.verdict" || {
		head -n 10 "$RIG_DIR/judge.verdict" "$RIG_DIR/judge.err"
		return 1
	}
	RIG_NOTE=$(tail -n 1 "$RIG_DIR/judge.verdict")
}
