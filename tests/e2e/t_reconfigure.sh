#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# build: asan
# timeout: 240
#
# Changing one circuit never disturbs another, and a line that cannot be applied changes nothing:
# numbered packets cross one circuit, none may be lost, while everything around it is reconfigured at
# random at both ends (storm.py). Then all is as it was: configuration, sessions, descriptors.
. "$(dirname "$0")/lib.sh"
rig_enter "$@"
P[workers]=2
rig_up

declare -A CONFIG FDS
SEED=${VCGW_SEED:-$RANDOM}

fds() {
	find "/proc/${RIG_PID[$1]}/fd" -mindepth 1 -lname '*' ! -lname 'socket:*' | wc -l
}
for end in lns lac; do
	CONFIG[$end]=$(vty $end show running-config)
	FDS[$end]=$(fds $end)
done

same_config() {
	local end
	for end in lns lac; do
		diff <(echo "${CONFIG[$end]}") <(vty $end show running-config) || return 1
	done
}

# Lines that must be refused, each behind the lines that lead to its node.
REFUSED=(
	"link atm0; pvc 0.5"
	"link atm0; dlci 100"
	"link atm0; mtu 3"
	"link atm0; impair loss 2000000"
	"link atm0; driver loop socket relative listen"
	"link atm0; pvc 0.100; max-sdu 0"
	"link atm0; pvc 0.100; encapsulation nlpid-snap"
	"link atm0; pvc 0.100; l2tp hello 99999"
	"link atm0; pvc 0.100; l2tp lns nobody"
	"link atm0; pvc 0.100; l2tp client nobody"
	"link atm0; pvc 0.100; security ike nothing"
	"link fr0; dlci 5"
	"link fr0; lmi n392 11"
	"link fr0; mtu 100"
	"ike profile default; lifetime esp 5"
	"ike profile default; esp rot13"
	"ike profile default; replay-window 65"
	"gateway; workers 9"
	"gateway; crypto-threads 9"
	"gateway; secrets-file /nonexistent"
	"no ike profile default"
	"no link atm9"
	"link atm0 frame-relay"
)
refuse_all() {
	local line
	for line in "${REFUSED[@]}"; do
		if vty lns "configure terminal; $line"; then
			echo "was taken: $line"
			return 1
		fi
	done
	same_config
}
groups_in_use() {
	! vty lns "configure terminal; no lns subscribers" && ! vty lac "configure terminal; no client over-atm" &&
		same_config
}
step "refused lines change nothing, and lose nothing on ATM" rig_numbered vcgw-atm up 200 4 refuse_all
step "nor do they on Frame Relay" rig_numbered vcgw-fr down 200 4 refuse_all
step "what is in use cannot be taken away" groups_in_use

# Lines that say what is so already change nothing either. (At the prompt a node is left by `exit`.)
repeat_all() {
	local end lines
	for end in lns lac; do
		lines=$(awk '
		/^gateway|^lns|^client|^link/ { on = 1 }
		/^!/ { while (depth-- > 0) print "exit"; depth = on = 0 }
		on {
			match($0, /^ */)
			for (; depth > RLENGTH; depth--) print "exit"
			depth = RLENGTH
			print
		}' <<<"${CONFIG[$end]}" | paste -sd';')
		vty $end "configure terminal;$lines" || { echo "$lines"; return 1; }
	done
	same_config
}
step "the whole configuration once more disturbs nobody" rig_numbered vcgw-atm up 200 3 repeat_all
no_session_lost() {
	! grep -q "session is down" "$RIG_DIR/lns.log"
}
step "not a session was hung up so far" no_session_lost

storm() {
	local end=$1 pid=$2
	shift 2
	in_ns "$end" $PYTHON "$RIG_HERE/storm.py" "${RIG_PORT[$end]}" 8 $((SEED + pid)) "$RIG_DIR" "$@"
}
# storm_around WILD...: at both ends at once; the groups of subscribers are shared, so not these.
storm_around() {
	local client=$1 other rc=0
	shift
	storm lac 1 "client:$client" "$@" &
	other=$!
	storm lns 2 "$@" || rc=1
	wait $other || rc=1
	return $rc
}
echo "      seed $SEED"
step "a storm around Frame Relay, towards the LNS" rig_numbered vcgw-fr up 200 9 \
	storm_around over-atm atm:atm0 vc:atm0/0.100 profile:default
step "a storm around ATM, towards the LAC" rig_numbered vcgw-atm down 200 9 \
	storm_around over-fr fr:fr0 vc:fr0/100 profile:default

step "everything is up again" rig_wait_up 40
step "the configuration is what it was" same_config
no_leak() {
	local end i
	for end in lns lac; do
		for ((i = 0; i < 20; i++)); do
			(($(fds $end) == FDS[$end])) && continue 2
			sleep 0.1
		done
		ls -l "/proc/${RIG_PID[$end]}/fd"
		return 1
	done
}
step "no descriptor is left over" no_leak
step "every PDU is accounted for" eval 'rig_conserved lns && rig_conserved lac'
step "LAC stops" rig_stop lac 10
step "LNS stops" rig_stop lns 10
rig_done
