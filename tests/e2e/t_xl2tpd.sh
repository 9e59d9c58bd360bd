#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 90
#
# The control plane of L2TP with xl2tpd over a Frame Relay circuit: vcgw calls it, and is called by
# it several times at once, with tunnel authentication; either end hangs up. vcgw hides its AVPs;
# xl2tpd can read that, but its own "hidden bit" sends a Random Vector and hides nothing (Debian's
# is built without TEST_HIDDEN). A script stands in for pppd, which may not run here: no PPP answers.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/peer.sh"
command -v xl2tpd >/dev/null || skip "no xl2tpd: the package is not installed"
command -v tshark >/dev/null || skip "no tshark"
rig_enter "$@"
peer_net peer
CIRCUIT=fr0/100
RIG_CIRCUITS=("$CIRCUIT")
PIPE=$RIG_DIR/l2tp-control

xl2tpd_config() {
	local lac
	# /run is a file system of the rig's own.
	mkdir -p /run/xl2tpd
	cat >"$RIG_DIR/pppd" <<-'END'
		#!/bin/sh
		exec cat >/dev/null
	END
	chmod 755 "$RIG_DIR/pppd"
	mount --bind "$RIG_DIR/pppd" /usr/sbin/pppd || skip "no /usr/sbin/pppd to put a stand-in on"
	: >"$RIG_DIR/options"
	echo '* * tunnel-secret' >"$RIG_DIR/l2tp-secrets"
	cat >"$RIG_DIR/xl2tpd.conf" <<-END
		[global]
		listen-addr = 192.0.2.2
		auth file = $RIG_DIR/l2tp-secrets
		debug avp = yes
		debug state = yes
		debug tunnel = yes
		[lns default]
		ip range = 10.65.0.10-10.65.0.20
		local ip = 10.65.0.1
		challenge = yes
		hidden bit = yes
		pppoptfile = $RIG_DIR/options
	END
	# A tunnel for each call: xl2tpd 1.3.18 dies of a second one that it places in the same.
	for lac in one two three four five six; do
		cat <<-END
			[lac $lac]
			lns = 192.0.2.1
			challenge = $([[ $lac == five ]] && echo no || echo yes)
			hidden bit = yes
			redial = no
			pppoptfile = $RIG_DIR/options
		END
	done >>"$RIG_DIR/xl2tpd.conf"
}

xl2tpd_starts() {
	ip netns exec peer xl2tpd -D -c "$RIG_DIR/xl2tpd.conf" -s "$RIG_DIR/l2tp-secrets" \
		-p "$RIG_DIR/xl2tpd.pid" -C "$PIPE" >>"$RIG_DIR/xl2tpd.log" 2>&1 &
	PEER_AUX[xl2tpd]=$!
	disown
	peer_until 5 test -p "$PIPE"
}

xl2tpd_do() {
	in_ns peer xl2tpd-control -c "$PIPE" "$@"
}

vcgw_config() {
	(
		umask 077
		cat >"$RIG_DIR/secrets" <<-END
			tunnel $CIRCUIT  "tunnel-secret"
			user   alice     "alice and her secret"
		END
	)
	{
		rig_config_head lac | sed '/^ike profile/,$d'
		cat <<-END
			client calls
			 tun vcgw-fr
			 user alice
		END
		circuit lac "client calls"
		echo "  l2tp hide-avps"
	} >"$RIG_DIR/lac.conf"
	{
		rig_config_head lns | sed '/^ike profile/,$d'
		cat <<-END
			lns subscribers
			 tun vcgw-lns
			 local-address 10.64.0.1/24
			 pool 10.64.0.10 10.64.0.250
		END
		# xl2tpd 1.3.18 has no secret yet when it reads an SCCRP (decrypt_avp() uses that of a
		# challenge it has answered): as LNS we hide nothing from it.
		circuit lns "lns subscribers"
	} >"$RIG_DIR/lns.conf"
}
circuit() {
	cat <<-END
		link fr0 frame-relay
		 driver loop socket $RIG_DIR/$1.sock listen
		 dlci 100
		  security none
		  l2tp $2
		  l2tp tunnel-authentication
		  l2tp hello 2
	END
}

# sessions END COUNT: so many calls are established in vcgw.
sessions() {
	vty "$1" show l2tp session | tee /dev/stderr |
		awk -v want="$2" '/established/ { n++ } END { exit n + 0 != want }'
}

# An AVP that is hidden was seen in a message of this type from this address.
hidden() {
	peer_seen "ip.src == $1 && l2tp.avp.message_type == $2 && l2tp.avp.hidden == 1"
}
hung_up() {
	peer_seen "ip.src == $1 && l2tp.avp.message_type == $2 && l2tp.result_code == $3"
}

# again COMMAND...: the command ends the call of vcgw, and vcgw makes another one.
call_ids() {
	vty lac show l2tp session | awk -v c=$CIRCUIT '$1 == c && /established/ { print $2, $3 }'
}
another_call() {
	call_ids
	[[ -n $(call_ids) && $(call_ids) != "$1" ]]
}
again() {
	local before
	before=$(call_ids)
	[[ -n $before ]] && "$@" && peer_until 10 another_call "$before"
}

# The stand-ins for pppd are children of xl2tpd; the first or all: kill_pppd [all]
kill_pppd() {
	local pids
	mapfile -t pids < <(pgrep -P "${PEER_AUX[xl2tpd]}" | sort -n)
	((${#pids[@]})) || return 1
	[[ ${1-} == all ]] || pids=("${pids[0]}")
	kill "${pids[@]}"
}

hello() {
	peer_until 8 peer_seen "l2tp.avp.message_type == 6 && ip.src == 192.0.2.1" && sleep 0.5 &&
		vty "$1" show l2tp tunnel detail | tee /dev/stderr | grep -q "retransmitted 0 "
}

calls() {
	local lac
	for lac in "$@"; do
		xl2tpd_do connect-lac "$lac" || return 1
	done
}

# Who is answered first sees that the secret is another: vcgw when xl2tpd asks nothing, else xl2tpd.
wrong_secret() {
	sed -i 's/tunnel-secret/another/' "$RIG_DIR/l2tp-secrets" && calls "$1" &&
		peer_until 5 hung_up "$2" 4 "$3" && sessions lns 1
}

xl2tpd_ends_tunnel() {
	xl2tpd_do disconnect-lac four && peer_until 5 hung_up 192.0.2.2 4 1 && peer_until 5 sessions lns 0
}

turn_over() {
	rig_stop lac && hung_up 192.0.2.1 4 6 && rig_start lns || return 1
	kill $PEER_SHIM 2>/dev/null
	peer_shim "$RIG_DIR/lns.sock" fr
	peer_until 5 eval "vty lns show circuit $CIRCUIT | grep -q protected"
}

xl2tpd_config
vcgw_config
step "xl2tpd starts" xl2tpd_starts || exit 1
step "LAC starts" rig_start lac || exit 1
peer_shim "$RIG_DIR/lac.sock" fr
step "LAC: tunnel and call" peer_until 10 sessions lac 1
step "LAC: both authenticate" peer_seen "l2tp.avp.chap_challenge_response || l2tp.avp.hidden == 1" 2
step "LAC: our AVPs hidden: ICRQ, ICCN" eval "hidden 192.0.2.1 10 && hidden 192.0.2.1 12"
step "LAC: Hello" hello lac
step "LAC: vcgw hangs up, and calls again" again vty lac clear l2tp session $CIRCUIT
step "LAC: CDN, administrative reasons" hung_up 192.0.2.1 14 3
step "LAC: xl2tpd hangs up, vcgw calls again" again kill_pppd
step "LAC: CDN of xl2tpd" peer_seen "ip.src == 192.0.2.2 && l2tp.avp.message_type == 14"
step "vcgw leaves: StopCCN; now it is the LNS" turn_over || rig_done
step "LNS: xl2tpd calls three times" eval "calls one two three && peer_until 10 sessions lns 3"
step "LNS: Hello" hello lns
step "LNS: xl2tpd hangs up one" eval "kill_pppd && peer_until 5 sessions lns 2"
step "LNS: vcgw hangs up the others" eval "vty lns clear l2tp session $CIRCUIT && peer_until 5 sessions lns 0"
step "LNS: xl2tpd calls once more" eval "calls four && peer_until 10 sessions lns 1"
step "LNS: vcgw refuses a wrong secret: StopCCN, not authorized" wrong_secret five 192.0.2.1 4
step "LNS: xl2tpd refuses a wrong secret" wrong_secret six 192.0.2.2 2
step "LNS: xl2tpd ends the tunnel: StopCCN" xl2tpd_ends_tunnel
step "vcgw accounts for every packet" rig_conserved lns
step "tshark: L2TP and PPP, nothing malformed" peer_judge
rig_done
