# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The end-to-end rig: two vcgwd in two network namespaces with no veth or other network between
# them; an ATM and a Frame Relay `loop` link are all that joins them.
#
#	ns lns                                  ns lac
#	  vcgwd ------- atm0, 0.100 ------------- vcgwd
#	    |  '------- fr0, DLCI 100 -----------'  |   |
#	  vcgw-lns 10.64.0.1                  vcgw-atm vcgw-fr
#
# Everything lives in mount, network and (where permitted) PID namespaces of the script's own: what
# it starts dies with it, whatever ends it, and nothing of the host's network is touched. Needs root
# or user namespaces.
#
# A test reads:
#
#	. "$(dirname "$0")/lib.sh"
#	rig_enter "$@"            once more from the top, inside the namespaces
#	P[esp]=aes256-sha256      parameters, see below
#	rig_up                    configure, start both, wait until both sessions carry packets
#	step "small ping" rig_ping vcgw-atm 56
#	rig_done                  verdict by exit status

set -uo pipefail

RIG_HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
RIG_TOP=$(cd "$RIG_HERE/../.." && pwd)
RIG_BUILD=${VCGW_BUILD:-$RIG_TOP/build/release}
VCGWD=$RIG_BUILD/gateway/vcgwd
VCGW=$RIG_BUILD/gateway/vcgw
PYTHON=/usr/bin/python3
[[ -x $PYTHON ]] || PYTHON=python3

# What a test may set before rig_up. *_extra are lines of configuration as they are.
declare -A P=(
	[ike]=aes256-sha256-ecp256
	[esp]=aes256gcm16
	[pfs]=ecp256
	[life_ike]=28800
	[life_esp]=3600
	[profile_extra]=''
	[encap]=llc-snap
	[next_header]=115
	[lac_next_header]=''
	[auth]=chap
	[workers]=''
	[security]=ike
	[atm_extra]=''
	[fr_extra]=''
	[circuit_extra]=''
	[gateway_extra]=''
	[lac_profile_extra]=''
)
RIG_CIRCUITS=(atm0/0.100 fr0/100)
RIG_TUNS=(vcgw-atm vcgw-fr)
declare -A RIG_PORT=([lns]=4290 [lac]=4292) RIG_PID=()
RIG_FAILED=0
RIG_FAULTS='Sanitizer|runtime error:|Assert failed|packet buffers .* lost'
# What pings carry, so that a capture can be searched for it: in hexadecimal and to the eye.
RIG_CLEAR=vcgw-plaintext
RIG_PATTERN=$(printf '%s!!' $RIG_CLEAR | od -An -tx1 | tr -d ' \n')

if [[ -t 1 ]]; then
	C_OK=$'\e[32m' C_BAD=$'\e[31m' C_OFF=$'\e[0m'
else
	C_OK='' C_BAD='' C_OFF=''
fi

# The reason must be the last line of a test that skips itself.
skip() {
	echo "$*"
	exit 77
}

die() {
	echo "FAIL $*" >&2
	exit 1
}

now_ms() {
	local t=${EPOCHREALTIME/[.,]/}
	echo $((t / 1000))
}

# step NAME COMMAND...: one line with the verdict and the time; the command's output only when it
# fails. A command may leave a short result in $RIG_NOTE.
step() {
	local name=$1 t0 t ok=1
	shift
	RIG_NOTE=''
	t0=$(now_ms)
	"$@" >"$RIG_DIR/step.log" 2>&1 || ok=0
	t=$(($(now_ms) - t0))
	if ((ok)); then
		printf '%sok%s    %-58s %4d.%d s%s\n' "$C_OK" "$C_OFF" "$name" $((t / 1000)) \
			$((t % 1000 / 100)) "${RIG_NOTE:+  $RIG_NOTE}"
		return 0
	fi
	printf '%sFAIL%s  %-58s %4d.%d s\n' "$C_BAD" "$C_OFF" "$name" $((t / 1000)) $((t % 1000 / 100))
	tail -n 30 "$RIG_DIR/step.log" | sed 's/^/      /'
	RIG_FAILED=1
	return 1
}

# How to come by namespaces here, as a list of unshare's options in RIG_UNSHARE; or nothing.
rig_find_unshare() {
	local opts user=()
	for user in "" "-Ur"; do
		for opts in "-mnpf --kill-child --mount-proc" "-mnpf --kill-child" "-mn"; do
			# shellcheck disable=SC2086 # options
			if unshare $user $opts true 2>/dev/null; then
				RIG_UNSHARE="$user $opts"
				return 0
			fi
		done
	done
	return 1
}

# Start this script again inside namespaces, or go on if that is where we are.
rig_enter() {
	if [[ -z ${VCGW_RIG_INSIDE-} ]]; then
		[[ -x $VCGWD ]] || skip "no $VCGWD: build first, or set VCGW_BUILD"
		[[ -c /dev/net/tun ]] || skip "no /dev/net/tun here: load the module tun, or pass the device in"
		rig_find_unshare || skip "no namespaces: neither root's nor a user's (unshare -Urnm) are permitted here (see kernel.unprivileged_userns_clone, user.max_user_namespaces)"
		# shellcheck disable=SC2086 # options
		VCGW_RIG_INSIDE=1 exec unshare $RIG_UNSHARE "$BASH" "$0" "$@"
	fi
	unset VCGW_RIG_INSIDE
	mount --make-rprivate / 2>/dev/null
	mount -t tmpfs -o mode=755 rig /run || die "cannot mount a /run of our own"
	RIG_DIR=$(mktemp -d "${TMPDIR:-/tmp}/vcgw.XXXXXX") || die "no temporary directory"
	chmod 711 "$RIG_DIR"
	trap rig_cleanup EXIT
	trap 'exit 130' INT
	trap 'exit 143' TERM HUP
	local ns
	for ns in lns lac; do
		ip netns add $ns || die "cannot make a network namespace"
		ip -n $ns link set lo up
		# Two TUNs of the LAC lead to one address: judge no packet by the way back.
		# shellcheck disable=SC2016 # for the inner shell
		in_ns $ns sh -c 'for f in /proc/sys/net/ipv4/conf/*/rp_filter; do echo 0 >$f; done' 2>/dev/null
	done
}

rig_cleanup() {
	local rc=$? pid
	trap - EXIT
	for pid in "${RIG_PID[@]}"; do
		kill -KILL "$pid" 2>/dev/null
	done
	if [[ -n ${RIG_KEEP-} ]]; then
		mkdir -p "$RIG_KEEP" && cp -a "$RIG_DIR/." "$RIG_KEEP/" && rm -f "$RIG_KEEP"/*.sock
		chmod -R u+rwX "$RIG_KEEP"
	elif ((rc != 0 && rc != 77)) && [[ -n ${VCGW_RIG_LOGS-} ]]; then
		# The test command's log directory: what helps to see why.
		mkdir -p "$VCGW_RIG_LOGS" && cp "$RIG_DIR"/*.log "$RIG_DIR"/*.conf "$VCGW_RIG_LOGS/" 2>/dev/null
	fi
	rm -rf "$RIG_DIR"
	exit "$rc"
}

rig_done() {
	local end
	for end in "${!RIG_PID[@]}"; do
		rig_alive "$end" || { echo "FAIL $end is not alive at the end"; RIG_FAILED=1; }
	done
	for end in lns lac; do
		[[ -e $RIG_DIR/$end.log ]] || continue
		# What a sanitizer, an assertion or the daemon's own stocktaking had to say fails the test, whatever else passed.
		if grep -qE "$RIG_FAULTS" "$RIG_DIR/$end.log"; then
			grep -E -A12 "$RIG_FAULTS" "$RIG_DIR/$end.log" | head -n 30
			RIG_FAILED=1
		fi
	done
	exit $RIG_FAILED
}

in_ns() {
	local ns=$1
	shift
	ip netns exec "$ns" "$@"
}

# Lines of configuration, indented by $1; empty text gives no line.
lines() {
	[[ -z $2 ]] || sed "s/^/$1/" <<<"$2"
}

rig_secrets() {
	(
		umask 077
		cat >"$RIG_DIR/secrets" <<-END
			psk    atm0/0.100  "the key of the asynchronous circuit"
			psk    fr0/100     "the key of the frame relay circuit"
			tunnel atm0/0.100  "tunnel secret one"
			tunnel fr0/100     "tunnel secret two"
			user   alice       "alice and her secret"
			user   bob         "bob and his secret"
		END
	)
}

# rig_config_head END: the part that both ends have in common.
rig_config_head() {
	local end=$1 port=${RIG_PORT[$1]}
	cat <<-END
		log stderr
		 logging timestamp 1
		 logging color 0
		line vty
		 bind 127.0.0.1 $port
		 no login
		gateway
		 hostname ${end}1
		 secrets-file $RIG_DIR/secrets
		 ctrl 127.0.0.1 $((port + 1))
	END
	lines ' ' "${P[workers]:+workers ${P[workers]}}"
	lines ' ' "${P[gateway_extra]}"
	cat <<-END
		ike profile default
		 proposal ${P[ike]}
		 esp ${P[esp]}
		 pfs ${P[pfs]}
		 lifetime ike ${P[life_ike]}
		 lifetime esp ${P[life_esp]}
	END
	lines ' ' "${P[profile_extra]}"
	[[ $end == lns ]] || lines ' ' "${P[lac_profile_extra]}"
}

# rig_config_circuit REMOTE L2TP-LINE
rig_config_circuit() {
	if [[ ${P[security]} == ike ]]; then
		echo "  security ike default"
		echo "  identity remote fqdn $1"
		# The LAC's circuits are those to an LNS.
		local next=${P[next_header]}
		[[ $1 != lns* || -z ${P[lac_next_header]} ]] || next=${P[lac_next_header]}
		[[ $next == 115 ]] || echo "  next-header $next"
	else
		echo "  security none"
	fi
	echo "  l2tp $2"
	echo "  l2tp tunnel-authentication"
	lines '  ' "${P[circuit_extra]}"
}

rig_config_links() {
	local end=$1 remote=$2 how=$3 role=$4 atm=$5 fr=$6
	cat <<-END
		link atm0 atm
		 driver loop socket $RIG_DIR/atm0.sock $how
	END
	lines ' ' "${P[atm_extra]}"
	echo " pvc 0.100"
	echo "  encapsulation ${P[encap]}"
	rig_config_circuit "$remote" "$atm"
	cat <<-END
		link fr0 frame-relay
		 driver loop socket $RIG_DIR/fr0.sock $how
		 lmi q933a $role
	END
	# The user polls as often as the standard lets it: the circuit is there in seconds.
	[[ $role == network ]] || echo " lmi t391 5"
	lines ' ' "${P[fr_extra]}"
	echo " dlci 100"
	rig_config_circuit "$remote" "$fr"
}

# Write both configurations and the secrets from P.
rig_config() {
	rig_secrets
	{
		rig_config_head lns
		cat <<-END
			lns subscribers
			 tun vcgw-lns
			 local-address 10.64.0.1/24
			 pool 10.64.0.10 10.64.0.250
			 dns 10.64.0.1
			 authentication ${P[auth]}
		END
		rig_config_links lns lac1 listen network "lns subscribers" "lns subscribers"
	} >"$RIG_DIR/lns.conf"
	{
		rig_config_head lac
		cat <<-END
			client over-atm
			 tun vcgw-atm
			 user alice
			 authentication-accept ${P[auth]}
			client over-fr
			 tun vcgw-fr
			 user bob
			 authentication-accept ${P[auth]}
		END
		rig_config_links lac lns1 connect user "client over-atm" "client over-fr"
	} >"$RIG_DIR/lac.conf"
}

# rig_start END [environment as VAR=value ...]
rig_start() {
	local end=$1
	shift
	# Not by in_ns: $! must be the daemon, which a function in the background is not.
	# shellcheck disable=SC2086 # VCGW_WRAP is a command with options, for example valgrind
	ip netns exec "$end" env "$@" ${VCGW_WRAP-} "$VCGWD" -c "$RIG_DIR/$end.conf" >>"$RIG_DIR/$end.log" 2>&1 &
	RIG_PID[$end]=$!
	local i
	for ((i = 0; i < 100; i++)); do
		rig_alive "$end" || { echo "$end does not start:"; tail -n 20 "$RIG_DIR/$end.log"; return 1; }
		vty "$end" show version >/dev/null 2>&1 && return 0
		sleep 0.1
	done
	echo "$end: no VTY after 10 s"
	return 1
}

rig_alive() {
	[[ -n ${RIG_PID[$1]-} ]] && kill -0 "${RIG_PID[$1]}" 2>/dev/null
}

rig_kill() {
	kill -KILL "${RIG_PID[$1]}"
	wait "${RIG_PID[$1]}" 2>/dev/null
	unset "RIG_PID[$1]"
	return 0
}

# rig_stop END [SECONDS]: SIGTERM; fails unless it exits with 0 within the time.
rig_stop() {
	local pid=${RIG_PID[$1]} limit=$((${2:-10} * 10)) i
	kill -TERM "$pid"
	for ((i = 0; i < limit; i++)); do
		kill -0 "$pid" 2>/dev/null || break
		sleep 0.1
	done
	if kill -0 "$pid" 2>/dev/null; then
		echo "$1 still runs ${2:-10} s after SIGTERM"
		return 1
	fi
	unset "RIG_PID[$1]"
	wait "$pid"
	local rc=$?
	((rc == 0)) || echo "$1 exited with $rc"
	return $rc
}

# vty END COMMAND...: one command at an end's VTY, its answer on standard output.
vty() {
	local end=$1
	shift
	in_ns "$end" "$VCGW" -s "127.0.0.1:${RIG_PORT[$end]}" exec "$*"
}

# The address of a TUN: rig_addr NS DEVICE
rig_addr() {
	ip -n "$1" -4 -o addr show dev "$2" 2>/dev/null | sed -n 's/.* inet \([0-9.]*\).*/\1/p' | head -n 1
}

rig_mtu() {
	ip -n "$1" -o link show dev "$2" | sed -n 's/.* mtu \([0-9]*\).*/\1/p'
}

# rig_wait_up SECONDS [TUN...]: until every TUN has an address and the LNS answers through it.
rig_wait_up() {
	local limit t0 tun
	limit=$(($1 * 1000))
	t0=$(now_ms)
	shift
	[[ $# -gt 0 ]] || set -- "${RIG_TUNS[@]}"
	for tun in "$@"; do
		until [[ -n $(rig_addr lac "$tun") ]] && in_ns lac ping -q -n -c 1 -W 1 -I "$tun" 10.64.0.1 >/dev/null 2>&1; do
			if (($(now_ms) - t0 > limit)); then
				echo "$tun is not up:"
				vty lac show circuits
				vty lns show circuits
				tail -n 10 "$RIG_DIR/lns.log" "$RIG_DIR/lac.log"
				return 1
			fi
			sleep 0.2
		done
	done
}

rig_up() {
	rig_config
	step "LNS starts" rig_start lns || exit 1
	step "LAC starts" rig_start lac || exit 1
	step "IKE, L2TP and PPP come up on both circuits" rig_wait_up 30 || exit 1
}

# rig_ping TUN SIZE [COUNT]: IPv4 from the LAC, not to be fragmented, none lost.
rig_ping() {
	local count=${3:-5}
	in_ns lac ping -q -n -M "do" -c "$count" -i 0.2 -W 2 -s "$2" -p "$RIG_PATTERN" -I "$1" 10.64.0.1 |
		tee /dev/stderr | grep -q " 0% packet loss"
}

# rig_ping_mtu TUN: the largest IP packet that the interface takes.
rig_ping_mtu() {
	local mtu
	mtu=$(rig_mtu lac "$1")
	RIG_NOTE="MTU $mtu"
	rig_ping "$1" $((mtu - 28)) 3
}

# rig_ping6 TUN [SIZE]: from link-local to link-local; each session has its own on the LNS's TUN.
rig_ping6() {
	local peer
	for peer in $(ip -n lns -6 -o addr show dev vcgw-lns scope link | sed -n 's/.* inet6 \([0-9a-f:]*\).*/\1/p'); do
		in_ns lac ping -6 -q -n -c 3 -i 0.2 -W 2 -s "${2:-56}" -p "$RIG_PATTERN" "$peer%$1" |
			tee /dev/stderr | grep -q " 0% packet loss" && return 0
	done
	return 1
}

# rig_iperf TUN BYTES up|down [COMMAND...]: TCP (cubic) through one session; the command runs in the
# middle of it. Leaves Mbit/s in RIG_NOTE.
rig_iperf() {
	local tun=$1 bytes=$2 dir=$3 addr srv rc reverse=()
	shift 3
	[[ $dir == up ]] || reverse=(-R)
	addr=$(rig_addr lac "$tun")
	ip netns exec lns iperf3 -s -1 -p 5201 >"$RIG_DIR/iperf-server.log" 2>&1 &
	srv=$!
	rig_listens lns 5201
	ip netns exec lac timeout 60 iperf3 -c 10.64.0.1 -p 5201 -B "$addr" --bind-dev "$tun" -C cubic \
		-n "$bytes" "${reverse[@]}" -J >"$RIG_DIR/iperf.json" 2>"$RIG_DIR/iperf.err" &
	local cli=$!
	if [[ $# -gt 0 ]]; then
		sleep 0.3
		"$@" || { kill $cli $srv 2>/dev/null; wait $cli $srv; return 1; }
	fi
	wait $cli
	rc=$?
	kill $srv 2>/dev/null
	wait $srv 2>/dev/null
	if ((rc != 0)); then
		cat "$RIG_DIR/iperf.err"
		grep '"error"' "$RIG_DIR/iperf.json"
		return 1
	fi
	RIG_NOTE=$($PYTHON -c '
import json, sys
end = json.load(open(sys.argv[1]))["end"]
got, want = end["sum_received"], int(sys.argv[2])
# iperf3 ends when the sender has sent: what its socket and the queues still hold is not counted.
if end["sum_sent"]["bytes"] < want or got["bytes"] < max(want / 2, want - (8 << 20)):
    sys.exit("sent %d, arrived %d octets of %d" % (end["sum_sent"]["bytes"], got["bytes"], want))
print("%.0f Mbit/s, cubic" % (got["bits_per_second"] / 1e6))
' "$RIG_DIR/iperf.json" "$(numfmt --from=iec "$bytes")") || return 1
}

# Wait until something listens on a TCP port: rig_listens NS PORT
rig_listens() {
	local i
	for ((i = 0; i < 50; i++)); do
		[[ -n $(in_ns "$1" ss -Hltn "sport = :$2" 2>/dev/null) ]] && return 0
		sleep 0.05
	done
	return 1
}

# rig_numbered TUN up|down RATE SECONDS [COMMAND...]: numbered packets, the command meanwhile; fails
# on a single one lost or twice. RIG_NOTE says what came.
rig_numbered() {
	local tun=$1 dir=$2 rate=$3 secs=$4 rx tx cmd=0 rc port=$((20000 + RANDOM % 10000))
	local from=lac to=lns addr=10.64.0.1 dev=("$tun") log
	shift 4
	if [[ $dir == down ]]; then
		from=lns to=lac dev=() addr=$(rig_addr lac "$tun")
	fi
	log=$RIG_DIR/numbered-$tun-$dir
	rm -f "$log" # an earlier one says "listening" too
	ip netns exec $to $PYTHON "$RIG_HERE/udp_numbered.py" rx $port 10 >"$log" 2>&1 &
	rx=$!
	until grep -qs listening "$log"; do
		kill -0 $rx 2>/dev/null || { cat "$log"; return 1; }
		sleep 0.05
	done
	ip netns exec $from $PYTHON "$RIG_HERE/udp_numbered.py" tx "$addr" $port "$rate" "$secs" 200 "${dev[@]}" >"$log.tx" 2>&1 &
	tx=$!
	if [[ $# -gt 0 ]]; then
		sleep 0.5
		"$@" || cmd=1
	fi
	wait $tx
	wait $rx
	rc=$?
	cat "$log" "$log.tx"
	RIG_NOTE=$(tail -n 1 "$log")
	((rc == 0)) || rig_losses "$tun"
	((rc == 0 && cmd == 0))
}

# Where packets went that did not arrive: rig_losses TUN
rig_losses() {
	local end
	for end in lns lac; do
		echo "$end discarded:"
		vty $end show discards
	done
	ip -n lns -s link show vcgw-lns
	ip -n lac -s link show "$1"
}

# The account of a circuit, as lines of "name value": rig_account END LINK/VC
rig_account() {
	vty "$1" show circuit "$2" | awk '{
		name = ""
		for (i = 1; i <= NF; i++) {
			if (name == "" && $i ~ /^[a-z0-9]+:[A-Za-z0-9_-]+$/) name = $i
			else if (name != "" && $i ~ /^[0-9]+$/) { value[name] = $i; name = "" }
		}
	}
	END { for (name in value) print name, value[name] }'
}

# One counter of a circuit: rig_counter END LINK/VC NAME (0 when it is not shown)
rig_counter() {
	rig_account "$1" "$2" | awk -v want="$3" '$1 == want { v = $2 } END { print v + 0 }'
}

# rig_conserved END: on each circuit, rx:pdu = rx:delivered + rx:punted + the discards. Counters of
# several threads are not read at one instant, so a moving one gets more tries.
rig_conserved() {
	local vc ok
	for vc in "${RIG_CIRCUITS[@]}"; do
		for _ in 1 2 3 4; do
			rig_account "$1" "$vc" | rig_sum "$1 $vc"
			ok=$?
			((ok == 0)) && break
			sleep 0.5
		done
		((ok == 0)) || return 1
	done
}

rig_sum() {
	awk -v what="$1" '
	$1 == "rx:pdu" { pdu = $2 }
	$1 == "rx:delivered" || $1 == "rx:punted" { sum += $2 }
	$1 ~ /^(aal5|llc|fr|lmi|demux|esp|l2tp|ppp|tun|path):/ { sum += $2; drop += $2 }
	END {
		if (pdu == "") { print what ": no rx:pdu shown"; exit 1 }
		printf "%s: rx:pdu %d, accounted for %d, of these discarded %d\n", what, pdu, sum, drop
		exit pdu != sum
	}'
}

# rig_rekey END LINK/VC ike|esp
rig_rekey() {
	vty "$1" rekey "$2" "$3"
}
