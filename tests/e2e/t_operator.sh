#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# What an operator has beside the circuits' states: statistics, the log of discards, help and errors of
# the VTY word by word, the start in the background, signals.
#
#	UPDATE=1 tests/e2e/t_operator.sh	writes operator.out anew: read the difference
. "$(dirname "$0")/lib.sh"
rig_enter "$@"
rig_up

# ---- statistics ----

# The counters of circuit $1 in `show rate-counters`, as lines of "name value".
rates() {
	vty lns show rate-counters | awk -v want="($1):" '
		/^[A-Z]/ { on = $1 == "Circuit" && $NF == want; next }
		on { sub(/:$/, "", $1); print $1, $2 }'
}
stats_follow() {
	local vc=$1 a b
	rig_ping vcgw-atm 100 3 || return 1
	for _ in 1 2 3 4 5 6; do
		a=$(rig_account lns "$vc" | sort)
		sleep 1.3
		b=$(rates "$vc" | awk '$2 > 0' | sort)
		[[ -n $a && $a == "$b" ]] && return 0
	done
	diff <(echo "$a") <(echo "$b")
	return 1
}
stats_level() {
	vty lns show stats level peer | grep -c '^Circuit (' | grep -x 2 &&
		vty lns show stats level global | grep "^Link ([0-9]*)('atm0')"
}
ctrl_rates() { # Osmocom's own variables lead to the same group
	local id
	id=$(vty lns show rate-counters | sed -n 's/^Circuit \([0-9]*\) (atm0\/0\.100):/\1/p')
	in_ns lns "$VCGW" ctrl get "rate_ctr.abs.circuit.$id" | tee /dev/stderr | grep 'rx:pdu'
}
step "rate counters are the account of the ATM circuit" stats_follow atm0/0.100
step "rate counters are the account of the Frame Relay circuit" stats_follow fr0/100
step "statistics have levels: circuits are peers, links global" stats_level
step "CTRL has the rate counters too" ctrl_rates

# With nothing to do the crypto threads make key pairs of the group in use, and a renewal takes one.
key_pairs() {
	local before after
	key_pairs_ready && before=$(key_pairs_ready) && vty lns rekey atm0/0.100 ike && sleep 1 || return 1
	after=$(key_pairs_ready) && ((after > before)) && vty lns show crypto threads | grep '^Threads 1, jobs waiting 0 '
}
key_pairs_ready() { # how many were used from the stock
	vty lns show crypto threads | awk '$1 == "ecp256" && $2 == 16 && $4 == 16 { print $5; ok = 1 } END { exit !ok }'
}
step "key pairs are made in advance" key_pairs

# ---- help and errors ----

golden() {
	in_ns lns $PYTHON "$RIG_HERE/transcript.py" 4290 <"$RIG_HERE/operator.in" >"$RIG_DIR/operator.out" || return 1
	if [[ -n ${UPDATE-} ]]; then
		cp "$RIG_DIR/operator.out" "$RIG_HERE/operator.out"
	fi
	diff -u "$RIG_HERE/operator.out" "$RIG_DIR/operator.out"
}
step "help and errors read as they should" golden
step "none of these errors changed anything" rig_ping vcgw-atm 56 2

memory() {
	local room
	kill -USR1 "${RIG_PID[lns]}"
	sleep 0.5
	for room in vcgwd 'struct gateway' 'struct ike' l2tp 'struct sad'; do
		grep -q "^ *$room  *contains" "$RIG_DIR/lns.log" || { echo "no $room"; return 1; }
	done
}
# A link that cannot be made is the problem of its circuits, and a way back leads back.
link_problem() {
	local rc
	vty lns 'configure terminal; link atm0 atm; driver loop socket /nowhere/at/all listen' || return 1
	sleep 0.5
	vty lns show circuits | tee /dev/stderr | grep '^atm0/0.100  *stopped .* link atm0: cannot be started: No such file' &&
		vty lns show circuit atm0/0.100 | grep 'problem: link atm0: cannot' &&
		in_ns lns "$VCGW" ctrl get circuit.atm0:0.100.problem | grep '^link atm0: cannot'
	rc=$?
	vty lns "configure terminal; link atm0 atm; driver loop socket $RIG_DIR/atm0.sock listen" &&
		rig_wait_up 20 vcgw-atm && ((rc == 0))
}
step "a link's problem is shown at its circuits" link_problem
step "SIGUSR1 reports the memory of every room" memory
step "LAC ends" rig_stop lac

# ---- the log of discards ----

# A SNAP header of IPv4 and 20 octets: another protocol on the circuit.
IPV4=aaaa03000000080045000014deadbeef00000000c0000201c0000202
logged() { grep -c 'DDROP.*atm0/0.100: llc:LLC_UNKNOWN' "$RIG_DIR/lns.log"; }
send() { $PYTHON "$RIG_HERE/one_pdu.py" "$RIG_DIR/atm0.sock" "$1" $IPV4; }
set_log() { vty lns "configure terminal; gateway; $1"; }

one_line() {
	send 1 || return 1
	grep 'DDROP.*atm0/0.100' "$RIG_DIR/lns.log"
	[[ $(logged) -eq 1 && $(rig_counter lns atm0/0.100 llc:LLC_UNKNOWN) -eq 1 ]] &&
		grep -q 'llc:LLC_UNKNOWN: another protocol .*; 28 octets$' "$RIG_DIR/lns.log" &&
		! grep -q 'de ad be ef' "$RIG_DIR/lns.log"
}
contents() {
	set_log 'discard-log contents' && send 1 && set_log 'no discard-log contents' || return 1
	grep 'de ad be ef' "$RIG_DIR/lns.log" && [[ $(grep -c 'de ad be ef' "$RIG_DIR/lns.log") -eq 1 ]] || return 1
	send 1 && [[ $(grep -c 'de ad be ef' "$RIG_DIR/lns.log") -eq 1 ]]
}
limited() {
	local before more t0
	set_log 'discard-log rate 5' && sleep 1.1 || return 1
	before=$(logged)
	t0=$(now_ms)
	send 2000 || return 1
	sleep 0.3
	more=$(($(logged) - before))
	t0=$((($(now_ms) - t0) / 1000 + 2)) # seconds begun
	RIG_NOTE="$more lines for 2000 discards"
	[[ $more -ge 5 && $more -le $((5 * t0)) && $(rig_counter lns atm0/0.100 llc:LLC_UNKNOWN) -eq 2003 ]]
}
none() {
	local before
	set_log 'discard-log rate 0' && sleep 1.1 || return 1
	before=$(logged)
	send 100 || return 1
	[[ $(logged) -eq $before && $(rig_counter lns atm0/0.100 llc:LLC_UNKNOWN) -eq 2103 ]]
}
step "a discard is a line with circuit, reason and length, no contents" one_line
step "contents only when asked for" contents
step "the log is limited, the counter is not" limited
step "rate 0: no lines" none
step "LNS ends" rig_stop lns

# ---- in the background ----

background() {
	local pid i
	sed "s,^log stderr,log file $RIG_DIR/bg.log," "$RIG_DIR/lns.conf" >"$RIG_DIR/bg.conf"
	(cd "$RIG_DIR" && in_ns lns "$VCGWD" -D -c bg.conf) || { echo "status $?"; return 1; }
	# It returned because it runs: there is no waiting.
	in_ns lns "$VCGW" show version && grep -q 'running as lns1' "$RIG_DIR/bg.log" || return 1
	pid=$(in_ns lns ss -Hltnp 'sport = :4290' | sed 's/.*pid=\([0-9]*\).*/\1/')
	[[ $(readlink "/proc/$pid/fd/0") == /dev/null && $(readlink "/proc/$pid/fd/2") == /dev/null ]] || return 1
	[[ $(ps -o tty= -p "$pid") == '?' && $(ps -o sid= -p "$pid") -eq $pid ]] || return 1
	in_ns lns "$VCGW" exec write || return 1 # to a path that was relative
	kill "$pid"
	for ((i = 0; i < 50; i++)); do
		kill -0 "$pid" 2>/dev/null || return 0
		sleep 0.1
	done
	echo "does not end"
	kill -9 "$pid"
	return 1
}
background_bad() {
	sed 's/ workers.*//; s/^ hostname .*/ hostname a b c/' "$RIG_DIR/lns.conf" >"$RIG_DIR/bad.conf"
	in_ns lns "$VCGWD" -D -c "$RIG_DIR/bad.conf" >"$RIG_DIR/bad.out" 2>&1
	local rc=$?
	cat "$RIG_DIR/bad.out"
	[[ $rc -eq 1 ]] && grep -q 'bad.conf:[0-9]' "$RIG_DIR/bad.out"
}
taken() { # the VTY's port belongs to another daemon
	rig_start lns || return 1
	in_ns lns "$VCGWD" -D -c "$RIG_DIR/lns.conf" >"$RIG_DIR/taken.out" 2>&1
	local rc=$?
	cat "$RIG_DIR/taken.out"
	[[ $rc -eq 1 ]] && grep -q 'cannot listen on 127.0.0.1 port 4290' "$RIG_DIR/taken.out"
}
step "-D returns when the gateway runs" background
step "-D with a bad configuration says so and fails" background_bad
step "-D beside another daemon says so and fails" taken
rig_done
