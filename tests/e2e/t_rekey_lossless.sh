#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 240
# alone: yes
#
# Rekeying loses nothing: numbered packets at half the rate that the line was measured at, each way
# on both circuits, while both phases are replaced: by command at either end, by packets and by octets.
# By time meanwhile, on a circuit of its own, for no lifetime is shorter than a minute.
. "$(dirname "$0")/lib.sh"
rig_enter "$@"
TIMED=fr0/101
TIMED_TUN=vcgw-timed
TIMED_RATE=500
TIMED_S=65

# The configuration that the circuit of its own needs: timed_groups END, timed_circuit END.
timed_groups() {
	cat <<-END
		ike profile timed
		 proposal ${P[ike]}
		 esp ${P[esp]}
		 pfs ${P[pfs]}
		 lifetime ike 60
		 lifetime esp 60
	END
	[[ $1 == lns ]] || cat <<-END
		client timed
		 tun $TIMED_TUN
		 user carol
		 authentication-accept ${P[auth]}
	END
}

timed_circuit() {
	echo " dlci ${TIMED#*/}"
	if [[ $1 == lns ]]; then
		rig_config_circuit lac1 "lns subscribers"
	else
		rig_config_circuit lns1 "client timed"
	fi | sed 's/security ike default/security ike timed/'
}

# The rig's configuration, whose last link is fr0, with that circuit.
configure() {
	local end
	rig_config
	cat >>"$RIG_DIR/secrets" <<-END
		psk    $TIMED  "the key of the timed circuit"
		tunnel $TIMED  "tunnel secret three"
		user   carol   "carol and her secret"
	END
	for end in lns lac; do
		timed_groups $end >"$RIG_DIR/timed"
		sed -i "/^link atm0/e cat $RIG_DIR/timed" "$RIG_DIR/$end.conf"
		timed_circuit $end >>"$RIG_DIR/$end.conf"
	done
}

# Of a circuit, what it has now: spis LINK/VC, cookies LINK/VC
spis() {
	vty lns show crypto ipsec sa "$1" | grep -oiE '0x[0-9a-f]{8}' | sort -u
}

cookies() {
	vty lns show crypto ike sa | grep -F "$1 " | grep -oiE '[0-9a-f]{16}' | sort -u
}

by_command() {
	local i
	for i in 1 2 3; do
		rig_rekey lns "$1" esp && sleep 0.3 && rig_rekey lac "$1" esp && sleep 0.3 &&
			rig_rekey lns "$1" ike && sleep 0.3 && rig_rekey lac "$1" ike && sleep 0.3 || return 1
	done
}

# changed spis|cookies LINK/VC COMMAND...: afterwards it has some that it had not: something was rekeyed
# at all. That old ones go tells nothing.
changed() {
	local what=$1 vc=$2 before after
	shift 2
	before=$($what "$vc")
	"$@" || return 1
	after=$($what "$vc")
	[[ -n $before && -n $(comm -13 <(echo "$before") <(echo "$after")) ]] ||
		{ echo "no new $what: $after, before: $before"; return 1; }
}

# Packets a second of 200 octets that the line carries without loss, halved.
measure() {
	local rate
	for rate in 40000 20000 10000 5000 2000; do
		if rig_numbered "$1" up $rate 1; then
			RATE=$((rate / 2))
			RIG_NOTE="$RATE a second from here on"
			return 0
		fi
	done
	return 1
}

# both_ways TUN RATE SECONDS [COMMAND...]: so many a second in all, half of them each way.
both_ways() {
	local tun=$1 rate=$(($2 / 2)) secs=$3 pid rc=0 note
	shift 3
	(rig_numbered "$tun" down $rate "$secs" >"$RIG_DIR/down-$tun" 2>&1) &
	pid=$!
	rig_numbered "$tun" up $rate "$secs" "$@" || rc=1
	note=$RIG_NOTE
	wait $pid || rc=1
	cat "$RIG_DIR/down-$tun"
	RIG_NOTE=$note
	return $rc
}

by_time() {
	changed cookies $TIMED changed spis $TIMED both_ways $TIMED_TUN $TIMED_RATE $TIMED_S
	local rc=$?
	echo "$RIG_NOTE" >"$RIG_DIR/by-time.note"
	return $rc
}

by_time_is_over() {
	wait $BY_TIME
	local rc=$?
	cat "$RIG_DIR/by-time"
	RIG_NOTE=$(cat "$RIG_DIR/by-time.note")
	return $rc
}

rekeyed() {
	rig_rekey lns "$1" esp && sleep 0.5
}

# limit LINE: for the SAs to come, and at once there are such. A changed configuration is in force
# some milliseconds later, when there is nothing more of it to read.
limit() {
	local end vc
	for end in lns lac; do
		vty $end "configure terminal; ike profile default; $1" || return 1
	done
	sleep 0.5
	for vc in atm0/0.100 fr0/100; do
		changed spis $vc rekeyed $vc || return 1
	done
}

configure
RIG_TUNS+=("$TIMED_TUN")
step "LNS starts" rig_start lns || exit 1
step "LAC starts" rig_start lac || exit 1
step "IKE, L2TP and PPP come up on three circuits" rig_wait_up 30 || exit 1
step "the line's rate" measure vcgw-atm || rig_done
by_time >"$RIG_DIR/by-time" 2>&1 &
BY_TIME=$!
for i in 0 1; do
	vc=${RIG_CIRCUITS[i]} tun=${RIG_TUNS[i]}
	step "$vc: by command, phases 1 and 2, at either end" \
		changed cookies "$vc" changed spis "$vc" both_ways "$tun" $RATE 6 by_command "$vc"
done
# Two seconds of traffic: what is left after the soft limit, 200 ms and more, is for the rekeying.
for how in "packets $RATE" "octets $((RATE * 256))"; do
	step "lifetime esp-$how" limit "no lifetime esp-packets; lifetime esp-$how"
	for i in 0 1; do
		step "${RIG_CIRCUITS[i]}: by ${how% *}" \
			changed spis "${RIG_CIRCUITS[i]}" both_ways "${RIG_TUNS[i]}" $RATE 5
	done
done
step "$TIMED: both phases by time" by_time_is_over
RIG_CIRCUITS+=("$TIMED")
for end in lns lac; do
	step "$end accounts for every packet" rig_conserved $end
done
rig_done
