#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 120
#
# vcgw as L2TP client of l2tpns, an LNS with a PPP of its own, which takes its users from FreeRADIUS:
# tunnel authentication, call, LCP, CHAP and PAP, IPCP, traffic, Hello, and hanging up by either end.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/peer.sh"
for prog in l2tpns freeradius; do
	command -v $prog >/dev/null || skip "no $prog: the package is not installed"
done
command -v tshark >/dev/null || skip "no tshark"
[[ -d /etc/l2tpns ]] || skip "no /etc/l2tpns to put a configuration on"
rig_enter "$@"
peer_net lns
CIRCUIT=atm0/0.100
RIG_CIRCUITS=("$CIRCUIT")

radius_config() {
	mkdir -p "$RIG_DIR/radius"
	cat >"$RIG_DIR/radius/radiusd.conf" <<-END
		logdir = $RIG_DIR/radius
		run_dir = $RIG_DIR/radius
		libdir = /usr/lib/freeradius
		pidfile = $RIG_DIR/radius/pid
		max_requests = 1024
		log {
			destination = stdout
			auth = yes
		}
		security {
			status_server = no
		}
		client l2tpns {
			ipaddr = 127.0.0.1
			secret = radius-secret
			require_message_authenticator = no
		}
		thread pool {
		}
		modules {
			pap {
			}
			chap {
			}
			files {
				usersfile = $RIG_DIR/radius/users
			}
		}
		server default {
			listen {
				type = auth
				ipaddr = 127.0.0.1
				port = 1812
			}
			authorize {
				chap
				files
				pap
			}
			authenticate {
				Auth-Type PAP {
					pap
				}
				Auth-Type CHAP {
					chap
				}
			}
		}
	END
	cat >"$RIG_DIR/radius/users" <<-END
		alice Cleartext-Password := "alice and her secret"
		 Service-Type = Framed-User, Framed-Protocol = PPP
	END
	echo '$INCLUDE /usr/share/freeradius/dictionary' >"$RIG_DIR/radius/dictionary"
	chmod -R go+rX "$RIG_DIR/radius"
}

radius_starts() {
	radius_config
	ip netns exec lns freeradius -f -l stdout -d "$RIG_DIR/radius" >"$RIG_DIR/radius.log" 2>&1 &
	PEER_AUX[radius]=$!
	disown
	peer_until 10 grep -q "Ready to process" "$RIG_DIR/radius.log"
}

l2tpns_config() {
	mount -t tmpfs -o mode=755 l2tpns /etc/l2tpns || skip "cannot cover /etc/l2tpns"
	echo 10.64.0.16/28 >/etc/l2tpns/ip_pool
	: >/etc/l2tpns/users
	cat >/etc/l2tpns/startup-config <<-END
		set debug 3
		set log_file "$RIG_DIR/l2tpns.log"
		set pid_file "$RIG_DIR/l2tpns.pid"
		set hostname "foreign-lns"
		set l2tp_secret "tunnel-secret"
		set primary_dns 10.64.0.53
		set primary_radius 127.0.0.1
		set radius_secret "radius-secret"
		set radius_authtypes "chap, pap"
		set bind_address 192.0.2.2
		set iftun_address 10.64.0.1
		set peer_address 10.64.0.1
		set cli_bind_address 127.0.0.1
		set cluster_interface "v1"
		load plugin "sessionctl"
		set cluster_hb_timeout 20
	END
}

# It signals its whole process group when it ends: it gets one of its own.
l2tpns_starts() {
	: >"$RIG_DIR/l2tpns.log"
	setsid ip netns exec lns l2tpns >"$RIG_DIR/l2tpns.out" 2>&1 &
	PEER_AUX[l2tpns]=$!
	disown
	peer_until 10 grep -q "I am declaring myself the master" "$RIG_DIR/l2tpns.log"
}

lac_config() {
	(
		umask 077
		cat >"$RIG_DIR/secrets" <<-END
			tunnel $CIRCUIT  "tunnel-secret"
			user   alice     "alice and her secret"
			user   mallory   "nobody knows him"
		END
	)
	{
		rig_config_head lac | sed '/^ike profile/,$d'
		cat <<-END
			client calls
			 tun vcgw-atm
			 user alice
			 authentication-accept chap
			 dns
			link atm0 atm
			 driver loop socket $RIG_DIR/atm0.sock listen
			 pvc 0.100
			  security none
			  l2tp client calls
			  l2tp tunnel-authentication
			  l2tp hello 2
		END
	} >"$RIG_DIR/lac.conf"
}

# The tunnel or the session is another one than before: its line in `show l2tp tunnel` or `session`.
l2tp_ids() {
	vty lac show l2tp "$1" | awk -v c=$CIRCUIT '$1 == c { print $2, $3 }' | tr / ' '
}
replaced() {
	local now
	now=$(l2tp_ids "$1")
	echo "$1 was $2, is ${now:-none}"
	[[ -n $now && $now != "$2" ]]
}

# again tunnel|session COMMAND...: the command ends it and vcgw dials again.
again() {
	local what=$1 before
	before=$(l2tp_ids "$what")
	shift
	"$@" && peer_until 10 replaced "$what" "$before" && rig_wait_up 10 vcgw-atm
}

# configure LINE...: change the running configuration at the VTY.
configure() {
	local text
	printf -v text '%s; ' "$@"
	vty lac "configure terminal; ${text%; }"
}

shown() {
	vty lac show "${@:2}" | tee /dev/stderr | grep -qE "$1"
}

first_frames() {
	[[ $(rig_counter lac $CIRCUIT l2tp:L2TP_UNKNOWN_SESSION) == 0 ]]
}

authenticated() {
	shown "MRU ours 1500, peer's 1462" ppp && shown "peer authenticated with none; we with $1" ppp &&
		shown "IPv4 open: ours 10\.64\.0\.(1[6-9]|2[0-9]|3[01]), peer's 10\.64\.0\.1" ppp &&
		shown "DNS 10\.64\.0\.53" ppp && peer_seen "$1.code" 2
}

with_pap() {
	configure "client calls" "authentication-accept pap" &&
		peer_until 10 peer_seen "pap.code == 2" && rig_wait_up 10 vcgw-atm && authenticated pap
}

hello() {
	peer_until 8 peer_seen "l2tp.avp.message_type == 6 && ip.src == 192.0.2.1" && sleep 1 &&
		shown "retransmitted 0 " l2tp tunnel detail && l2tp_ids tunnel
}

# What a peer said when it hung up: hung_up ADDRESS MESSAGE RESULT
hung_up() {
	peer_seen "ip.src == $1 && l2tp.avp.message_type == $2 && l2tp.result_code == $3"
}

sequenced() {
	again tunnel configure "link atm0" "pvc 0.100" "l2tp data-sequencing" "l2tp data-length" && rig_ping vcgw-atm 56 &&
		peer_seen "l2tp.type == 0 && l2tp.seq_bit == 1 && l2tp.length_bit == 1 && icmp" 5
}

# The session's ids, behind one another: ours of tunnel and session, the peer's of tunnel and session.
drop() {
	local ids
	read -r -a ids <<<"$(l2tp_ids session)"
	again session in_ns lns nsctl -h 127.0.0.1 drop "${ids[3]}" &&
		hung_up 192.0.2.2 14 3 && shown "last failure: call: result 3 error 0" circuit $CIRCUIT
}

# l2tpns answers with the secret that it has. vcgw must see that it is not the one it wants.
another_secret() {
	sed -i "s|^tunnel .*|tunnel $CIRCUIT \"$1\"|" "$RIG_DIR/secrets" && kill -HUP "${RIG_PID[lac]}"
}
wrong_tunnel_secret() {
	another_secret not-the-one && sleep 0.3 && configure "link atm0" "pvc 0.100" "no l2tp data-sequencing" &&
		peer_until 10 hung_up 192.0.2.1 4 4 && shown "the peer's secret is another" circuit $CIRCUIT &&
		another_secret tunnel-secret && rig_wait_up 20 vcgw-atm
}

wrong_password() {
	configure "client calls" "user mallory" && peer_until 10 grep -q "Login incorrect.*mallory" "$RIG_DIR/radius.log" &&
		peer_until 5 shown "last failure: call: result 3 error 0 *$" circuit $CIRCUIT &&
		configure "client calls" "user alice" && rig_wait_up 20 vcgw-atm
}

# SIGQUIT: it tells everybody, but may stay as long as tunnels that are gone owe it an answer. A new
# one is found again by redialling.
l2tpns_leaves() {
	kill -QUIT "${PEER_AUX[l2tpns]}" && peer_until 5 hung_up 192.0.2.2 4 6
}
l2tpns_is_back() {
	kill -KILL "${PEER_AUX[l2tpns]}"
	l2tpns_starts && rig_wait_up 20 vcgw-atm
}

lac_leaves() {
	rig_stop lac && hung_up 192.0.2.1 4 6
}

lac_config
step "freeradius starts" radius_starts || exit 1
l2tpns_config
step "l2tpns starts" l2tpns_starts || exit 1
step "LAC starts" rig_start lac || exit 1
peer_shim "$RIG_DIR/atm0.sock" atm
step "tunnel, call and PPP come up" rig_wait_up 10 vcgw-atm || rig_done
step "the LNS speaks first, nothing is dropped" first_frames
step "tunnel authentication" peer_seen "l2tp.avp.message_type == 2 && l2tp.avp.chap_challenge_response"
step "CHAP, IPCP, address from its pool" authenticated chap
step "ping" rig_ping vcgw-atm 56
step "ping as long as the MTU" rig_ping_mtu vcgw-atm
step "TCP up" rig_iperf vcgw-atm 5M up
step "TCP down" rig_iperf vcgw-atm 5M down
step "Hello" hello
step "PAP" with_pap
step "ping" rig_ping vcgw-atm 1000
step "vcgw hangs up, and dials again" again session vty lac clear l2tp session $CIRCUIT
step "CDN: administrative reasons" hung_up 192.0.2.1 14 3
step "l2tpns hangs up, vcgw dials again" drop
step "sequence numbers and Length" sequenced
step "a wrong tunnel secret is refused: StopCCN, not authorized" wrong_tunnel_secret
step "a wrong user is refused" wrong_password
step "l2tpns leaves: StopCCN" l2tpns_leaves
step "l2tpns is back, vcgw dials again" l2tpns_is_back
step "vcgw accounts for every packet" rig_conserved lac
step "vcgw leaves: StopCCN, being shut down" lac_leaves
step "tshark: L2TP and PPP, nothing malformed" peer_judge
rig_done
