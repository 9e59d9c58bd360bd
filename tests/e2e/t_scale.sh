#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 240
# alone: yes
#
# Thirteen hundred circuits between two gateways on one machine: 1,000 VCs on one ATM link and 300 DLCIs
# on one Frame Relay link, which one full status of LMI reports, each with IKE and ESP SAs of its own.
# They come up at once; a few carry sessions, and all keys are renewed at the same moment, twice, under
# traffic of which not one packet is lost. What a circuit's SAs take in memory has a bound, and the
# operator's commands stay quick.
. "$(dirname "$0")/lib.sh"
rig_enter "$@"

PVCS=1000
DLCIS=300
N=$((PVCS + DLCIS))
SESSIONS=8              # of these circuits, half of them on each link
BAR_MS=10000            # the goal for 1,300 circuits; a loaded machine may take
LIMIT_MS=30000          # three times as long
SA_OCTETS=8192          # an IKE SA and an ESP pair, with their state in the data plane

scale_config() {
	local i
	rig_config
	{
		for ((i = 0; i < PVCS; i++)); do
			printf 'psk atm0/0.%d "key of pvc %d"\n' $((100 + i)) $i
		done
		for ((i = 0; i < DLCIS; i++)); do
			printf 'psk fr0/%d "key of dlci %d"\n' $((100 + i)) $i
		done
		echo 'user alice "alice and her secret"'
	} >"$RIG_DIR/secrets"
	{
		rig_config_head lns
		cat <<-END
			lns subscribers
			 tun vcgw-lns
			 local-address 10.64.0.1/24
			 pool 10.64.0.10 10.64.0.250
		END
		scale_links lac1 listen network
	} >"$RIG_DIR/lns.conf"
	{
		rig_config_head lac
		for ((i = 0; i < SESSIONS; i++)); do
			printf 'client c%d\n tun vcgw-c%d\n user alice\n' $i $i
		done
		scale_links lns1 connect user
	} >"$RIG_DIR/lac.conf"
}

# scale_circuit REMOTE CLIENT: below a pvc or dlci line. Circuits without a client have IKE and ESP only.
scale_circuit() {
	printf '  security ike default\n  identity remote fqdn %s\n' "$1"
	if [[ $1 == lac1 ]]; then
		echo "  l2tp lns subscribers"
	elif (($2 < SESSIONS)); then
		echo "  l2tp client c$2"
	fi
}

scale_links() {
	local remote=$1 how=$2 role=$3 i
	printf 'link atm0 atm\n driver loop socket %s/atm0.sock %s\n' "$RIG_DIR" "$how"
	for ((i = 0; i < PVCS; i++)); do
		echo " pvc 0.$((100 + i))"
		scale_circuit "$remote" $((i < SESSIONS / 2 ? i : N))
	done
	printf 'link fr0 frame-relay\n driver loop socket %s/fr0.sock %s\n lmi q933a %s\n' "$RIG_DIR" "$how" "$role"
	[[ $role == network ]] || echo " lmi t391 5"
	for ((i = 0; i < DLCIS; i++)); do
		echo " dlci $((100 + i))"
		scale_circuit "$remote" $((i < SESSIONS / 2 ? SESSIONS / 2 + i : N))
	done
}

# Circuits of an end whose SAs are there.
protected() {
	vty "$1" show circuits | awk '$2 == "protected" || $2 == "up" { n++ } END { print n + 0 }'
}

# all_protected SINCE: until all are, at both ends; how long since is in RIG_NOTE.
all_protected() {
	local ms lac lns
	while :; do
		lac=$(protected lac) lns=$(protected lns)
		ms=$(($(now_ms) - $1))
		((lac == N && lns == N)) && break
		if ((ms > LIMIT_MS)); then
			echo "after $ms ms: $lac protected at the LAC, $lns at the LNS, of $N"
			vty lac show circuits | awk '$2 != "protected" && $2 != "up"' | head -n 5
			tail -n 5 "$RIG_DIR/lac.log" "$RIG_DIR/lns.log"
			return 1
		fi
		sleep 0.2
	done
	RIG_NOTE="$ms ms (bar $BAR_MS ms)"
}

# in_use END: octets allocated
in_use() {
	vty "$1" show memory | awk '$1 == "allocated" { print $2 }'
}

bring_up() {
	local t0
	t0=$(now_ms)
	rig_start lac && all_protected "$t0"
}

# What the LNS holds more than before there was a far end: an IKE SA, an ESP pair and what the data plane
# has for them, on each circuit; and the few sessions.
memory() {
	local each
	each=$((($(in_use lns) - BEFORE) / N))
	RIG_NOTE="$each octets each (at most $SA_OCTETS)"
	((each <= SA_OCTETS)) || { echo "$each octets for each circuit"; return 1; }
}

sessions() {
	local i
	for ((i = 0; i < SESSIONS; i++)); do
		rig_wait_up 30 vcgw-c$i || return 1
	done
}

# Commands that go over all circuits: how many lines at least, and none of them slow.
shows() {
	local what n t0 ms most=0 slow=
	for what in "show circuits" "show atm pvc" "show crypto ike sa" "show crypto ike sa detail" \
		"show crypto ipsec sa" "show discards" "show running-config" "show stats" "show circuit fr0/399"; do
		t0=$(now_ms)
		n=$(vty lns "$what" | wc -l)
		ms=$(($(now_ms) - t0))
		echo "$what: $n lines, $ms ms"
		case $what in
		*discards | *399) ;;
		*) ((n >= PVCS)) || return 1 ;;
		esac
		((ms <= most)) || { most=$ms slow=$what; }
	done
	RIG_NOTE="slowest: $slow, $most ms"
	((most < 3000))
}

# SAs that an end has had, by its log: "IKE 1300 ESP 1300"
negotiated() {
	awk '/ IKE SA established/ { p1++ } / ESP SAs established/ { p2++ } END { print p1 + 0, p2 + 0 }' "$RIG_DIR/$1.log"
}

# rekey_all END: both phases of every circuit, asked for at once, until all are new at both ends.
rekey_all() {
	local end i text= t0 was now done
	declare -A was
	for end in lac lns; do
		was[$end]=$(negotiated $end)
	done
	for ((i = 0; i < PVCS; i++)); do text+="rekey atm0/0.$((100 + i)) ike; "; done
	for ((i = 0; i < DLCIS; i++)); do text+="rekey fr0/$((100 + i)) ike; "; done
	t0=$(now_ms)
	vty "$1" "${text%; }" >/dev/null || return 1
	while :; do
		done=0
		for end in lac lns; do
			now=$(negotiated $end)
			((${now% *} >= ${was[$end]% *} + N && ${now#* } >= ${was[$end]#* } + N)) && done=$((done + 1))
		done
		((done == 2)) && break
		if (($(now_ms) - t0 > LIMIT_MS)); then
			echo "$1: not all renewed: ${was[lac]} and ${was[lns]} to $(negotiated lac) and $(negotiated lns)"
			return 1
		fi
		sleep 0.2
	done
	echo "$(($(now_ms) - t0)) ms for all" >>"$RIG_DIR/rekeys"
	sleep 5 # until the old ones have gone, too
}

rekey_twice() {
	rekey_all lac && rekey_all lns
}

# Numbered packets through all sessions for the whole time: not one is lost.
traffic() {
	local i pids=() rc=0 pid dir
	for ((i = 1; i < SESSIONS; i++)); do
		dir=up
		((i % 2)) || dir=down
		(rig_numbered vcgw-c$i $dir 100 25 >"$RIG_DIR/traffic-$i" 2>&1) &
		pids+=($!)
	done
	rig_numbered vcgw-c0 up 100 25 "$@" || rc=1
	for ((i = 1; i < SESSIONS; i++)); do
		wait "${pids[i - 1]}" || { rc=1; tail -n 3 "$RIG_DIR/traffic-$i"; }
	done
	RIG_NOTE=$(paste -sd ' ' "$RIG_DIR/rekeys")
	return $rc
}

stayed_up() {
	local end n
	for end in lac lns; do
		n=$(protected $end)
		((n == N)) || { echo "$end: $n of $N"; return 1; }
		grep -E 'phase [12] failed|the peer is dead' "$RIG_DIR/$end.log" && return 1
	done
	! vty lns show discards | grep -vE 'FR_INACTIVE|Counter|Nothing'
}

scale_config
step "LNS starts with $N circuits" rig_start lns || rig_done
sleep 1.5 # statistics have their groups of counters after a second
BEFORE=$(in_use lns)
step "$PVCS PVCs and $DLCIS DLCIs come up at once" bring_up || rig_done
step "$SESSIONS of them carry sessions" sessions || rig_done
step "show is quick" shows
step "all keys renewed, twice, under traffic: not one packet lost" traffic rekey_twice
step "an IKE SA and an ESP pair take little memory" memory
step "all stayed up" stayed_up
step "LAC ends by SIGTERM" rig_stop lac 20
step "LNS ends by SIGTERM" rig_stop lns 20
rig_done
