#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# stage: soak
# timeout: 600
#
# A long life in short: set-ups from nothing (IKE phase 1 and 2, L2TP tunnel and session, PPP) and
# tear-downs, 2,160 with the daemons as they are, then 280 on fewer circuits with both under valgrind. They are ended in
# turn by each end: SAs cleared, sessions hung up, links shut down, SIGTERM, SIGKILL. What has been torn
# down leaves nothing behind: memory, descriptors, threads, state machines, packet buffers.
. "$(dirname "$0")/lib.sh"
command -v valgrind >/dev/null || skip "no valgrind"
rig_enter "$@"

PVCS=38
DLCIS=2
N=$((PVCS + DLCIS))
P[profile_extra]="dpd interval 2 retries 3"

# Many circuits on one link: each round sets all of them up and tears them down.
soak_config() {
	rig_config
	local i
	: >"$RIG_DIR/secrets"
	for ((i = 0; i < N; i++)); do
		soak_circuit $i
		printf 'psk %s "key of circuit %d"\ntunnel %s "tunnel secret %d"\n' "$VC" $i "$VC" $i
	done >>"$RIG_DIR/secrets"
	echo 'user alice "alice and her secret"' >>"$RIG_DIR/secrets"
	{
		rig_config_head lns
		cat <<-END
			lns subscribers
			 tun vcgw-lns
			 local-address 10.64.0.1/24
			 pool 10.64.0.10 10.64.0.$((9 + N))
			 authentication chap
		END
		soak_links lac1 listen network lns
	} >"$RIG_DIR/lns.conf"
	{
		rig_config_head lac
		for ((i = 0; i < N; i++)); do
			printf 'client c%d\n tun vcgw-c%d\n user alice\n redial 1\n' $i $i
		done
		soak_links lns1 connect user client
	} >"$RIG_DIR/lac.conf"
}

# The i-th circuit: its name in VC.
soak_circuit() {
	if (($1 < PVCS)); then
		VC=atm0/0.$((100 + $1))
	else
		VC=fr0/$((100 + $1 - PVCS))
	fi
}

soak_links() {
	local remote=$1 how=$2 role=$3 what=$4 i
	printf 'link atm0 atm\n driver loop socket %s/atm0.sock %s\n' "$RIG_DIR" "$how"
	for ((i = 0; i < N; i++)); do
		if ((i == PVCS)); then
			printf 'link fr0 frame-relay\n driver loop socket %s/fr0.sock %s\n lmi q933a %s\n' \
				"$RIG_DIR" "$how" "$role"
			[[ $role == network ]] || echo " lmi t391 5"
		fi
		soak_circuit $i
		if ((i < PVCS)); then echo " pvc ${VC#*/}"; else echo " dlci ${VC#*/}"; fi
		rig_config_circuit "$remote" "$([[ $what == lns ]] && echo "lns subscribers" || echo "client c$i")"
	done
}

up_count() {
	vty "$1" show circuits | awk '$2 == "up" { n++ } END { print n + 0 }'
}

# Set-ups that were completed, as the LNS's log tells.
setups() {
	grep -c ' is up: ' "$RIG_DIR/lns.log"
}

# all_up BEFORE SECONDS: until every circuit was set up anew since BEFORE set-ups, at both ends.
all_up() {
	local limit t0 a b
	t0=$(now_ms)
	limit=$(($2 * 1000))
	while :; do
		if (($(setups) >= $1 + N)); then
			a=$(up_count lac) b=$(up_count lns)
			((a == N && b == N)) && return 0
		fi
		if (($(now_ms) - t0 > limit)); then
			echo "after $2 s: $(($(setups) - $1)) of $N set up; up: LAC ${a-?}, LNS ${b-?}"
			vty lac show circuits | grep -v ' up '
			vty lns show circuits | grep -v ' up '
			tail -n 20 "$RIG_DIR/lac.log" "$RIG_DIR/lns.log"
			return 1
		fi
		sleep 0.1
	done
}

# every END COMMAND [ARGUMENT]: the command for each circuit
every() {
	local i text=
	for ((i = 0; i < N; i++)); do
		soak_circuit $i
		text+="$2 $VC ${3-}; "
	done
	vty "$1" "${text%; }" >/dev/null
}

bounce() {
	local link
	for link in atm0 fr0; do
		vty "$1" "configure terminal; link $link; shutdown" && sleep 0.2 &&
			vty "$1" "configure terminal; link $link; no shutdown" || return 1
	done
}

restart() {
	if [[ $2 == KILL ]]; then
		rig_kill "$1"
	else
		rig_stop "$1" 20 || return 1
	fi
	rig_start "$1"
}

# round SECONDS COMMAND...: tear everything down in that way, and see it all up again.
round() {
	local limit=$1 before t0
	shift
	before=$(setups)
	t0=$(now_ms)
	"$@" && all_up "$before" "$limit" && echo "$* $(($(now_ms) - t0)) ms" >>"$RIG_DIR/rounds.log"
}

FULL=0 # complete set-ups

# full SECONDS COMMAND...: a round in which IKE begins anew as well
full() {
	round "$@" && FULL=$((FULL + N))
}

# rounds SETUPS SECONDS: all ways in turn, until so many set-ups are complete. Where sessions alone were
# hung up does not count. Links go down over keys that were renewed just before. A multiple of 6 * N ends
# with what clears all SAs, so that those of before are gone.
rounds() {
	local i=0
	FULL=0
	while ((FULL < $1)); do
		case $((i++ % 8)) in
		0) every lac rekey ike && sleep 0.5 && full "$2" bounce lac ;;
		1) every lns rekey esp && sleep 0.5 && full "$2" bounce lns ;;
		2) round "$2" every lac "clear l2tp session" ;;
		3) round "$2" every lns "clear l2tp session" ;;
		4 | 6) full "$2" every lac "clear crypto sa" ;;
		5 | 7) full "$2" every lns "clear crypto sa" ;;
		esac || return 1
	done
	RIG_NOTE="$FULL set-ups"
}

# What a daemon holds: octets allocated (show memory), resident KiB, descriptors, threads, state machines.
usage() {
	local pid=${RIG_PID[$1]}
	vty "$1" show memory | awk '$1 == "allocated" { printf "%d ", $2 } $1 == "resident" { printf "%d ", $2 / 1024 }'
	awk '$1 == "Threads:" { printf "%d ", $2 }' "/proc/$pid/status"
	# In a user namespace they are another's, for the daemon cannot be dumped: then 0, always.
	printf '%d ' "$(find "/proc/$pid/fd" -mindepth 1 2>/dev/null | wc -l)"
	vty "$1" show fsm-instances all | grep -c 'State:'
}

# settled END: what it holds once there is one of each: two ends that negotiate at the same moment have
# SAs twice, until the overlap ends (30 s and some). A circuit that is up has 8 state machines, and one
# (LMI) is the link's.
settled() {
	local i now
	for ((i = 0; i < 90; i++)); do
		now=$(usage "$1")
		((${now##* } == 8 * N + 1)) && break
		sleep 0.5
	done
	echo "$now"
}

# still END SETUPS: after so many set-ups it holds no more than before them. What is allocated may grow
# by LEAK octets in a set-up, which is less than any object of ours. Resident memory tells besides what
# the allocator holds back and which accounts were ever used, and has a wide limit.
LEAK=64
still() {
	local before now each
	read -ra before <<<"${HELD[$1]}"
	read -ra now <<<"$(settled "$1")"
	each=$(((now[0] - before[0]) / $2))
	RIG_NOTE="${before[0]} -> ${now[0]} octets ($each a set-up), ${before[1]} -> ${now[1]} KiB resident, ${before[2]} -> ${now[2]} threads, ${before[3]} -> ${now[3]} fds, ${before[4]} -> ${now[4]} fsm"
	echo "$RIG_NOTE"
	((each < LEAK && now[1] < before[1] + 3072 && now[2] <= before[2] && now[3] <= before[3] && now[4] <= before[4]))
}

one_tunnel_each() {
	local end n
	for end in lac lns; do
		n=$(vty $end show l2tp tunnel | grep -c established)
		((n == N)) || { echo "$end: $n tunnels on $N circuits"; return 1; }
	done
}

nothing_lost() {
	! grep -hE 'packet buffers .* lost|ERROR SUMMARY: [^0]|(definitely|indirectly) lost: [^0]' \
		"$RIG_DIR/lns.log" "$RIG_DIR/lac.log"
}

# life NAME SETUPS SECONDS: from start to end; a round takes at most SECONDS.
declare -A HELD
life() {
	local name=$1 setups=$2 limit=$3 end
	: >"$RIG_DIR/lns.log"
	: >"$RIG_DIR/lac.log"
	step "$name: LNS starts" rig_start lns || return
	step "$name: LAC starts, $N circuits come up" round "$limit" rig_start lac || return
	for end in lac lns; do
		step "$name: $end killed, started again" round "$limit" restart $end KILL || return
		step "$name: $end terminated, started again" round "$limit" restart $end TERM || return
	done
	step "$name: once in each way" rounds $((6 * N)) "$limit" || return
	if [[ $name == plain ]]; then
		for end in lns lac; do
			HELD[$end]=$(settled $end)
		done
	fi
	step "$name: over and over" rounds "$setups" "$limit" || return
	step "$name: one tunnel for each circuit" one_tunnel_each
	# Valgrind holds memory back on its own account.
	if [[ $name == plain ]]; then
		for end in lns lac; do
			step "$name: the $end holds no more than before" still $end "$FULL"
		done
	fi
	step "$name: LNS ends by SIGTERM without a fault" rig_stop lns 30
	step "$name: LAC ends by SIGTERM without a fault" rig_stop lac 30
	step "$name: nothing lost, no error" nothing_lost
}

soak_config
life plain 2160 30
[[ $RIG_FAILED -eq 0 ]] || rig_done
# Valgrind runs a daemon on one processor, twenty times as slow; one lost octet is enough for it.
PVCS=14
N=$((PVCS + DLCIS))
soak_config
VCGW_WRAP="valgrind --leak-check=full --show-leak-kinds=definite,indirect \
	--errors-for-leak-kinds=definite,indirect --error-exitcode=9 \
	--suppressions=$RIG_HERE/valgrind.supp"
life valgrind 192 60
rig_done
