# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# strongSwan's charon as the far end of the LNS's circuit atm0/0.100, to be sourced after lib.sh:
#
#	ns lns                ns shim                      ns charon
#	  vcgwd --- atm0 ----- shim.py --- 192.0.2.1 ------- 192.0.2.2 --- charon
#
# charon knows only IP: shim.py carries IKE between the circuit and its UDP port 500. A test sets
# parameters in C, then: charon_find, rig_enter, charon_rig, charon_conf, charon_starts.

CHARON=$(command -v charon || ls /usr/lib/ipsec/charon /usr/libexec/ipsec/charon 2>/dev/null | head -n 1)
SHIM=
CHARON_PID=
declare -A C=(
	[ike]=aes256-sha256-ecp256
	[esp]=aes256gcm16-ecp256
	[id]=lac1
	[psk]='the key of the asynchronous circuit'
	[local_ts]='dynamic[115]'
	[remote_ts]='dynamic[115]'
	[dpd]=''
	[auth]=psk
	[cert]=''
	[remote_id]=lns1
	[encap]=no
)

charon_find() {
	[[ -n $CHARON ]] && command -v swanctl >/dev/null || skip "no strongSwan: charon and swanctl are not installed"
}

# Two namespaces, and charon's own configuration.
charon_rig() {
	ip netns add shim
	ip netns add charon
	ip -n shim link add v0 type veth peer name v1 netns charon || skip "no veth here"
	ip -n shim addr add 192.0.2.1/24 dev v0
	ip -n shim link set v0 up
	ip -n charon addr add 192.0.2.2/24 dev v1
	ip -n charon link set v1 up
	ip -n charon link set lo up
	cat >"$RIG_DIR/strongswan.conf" <<-END
		charon {
			piddir = /run
			load_modular = no
			retransmit_base = 1
			retransmit_timeout = 1
			install_routes = no
			filelog {
				stderr {
					default = 1
					ike = 2
				}
			}
			plugins {
				vici {
					socket = unix:///run/charon.vici
				}
			}
		}
	END
	export STRONGSWAN_CONF=$RIG_DIR/strongswan.conf
	# In a PID namespace these die with us; without one they must be told.
	trap 'rc=$?; kill -KILL $CHARON_PID $SHIM 2>/dev/null; (exit $rc); rig_cleanup' EXIT
}

# Write the connection from C.
charon_conf() {
	cat >"$RIG_DIR/swanctl.conf" <<-END
		connections {
			circuit {
				version = 1
				aggressive = no
				local_addrs = %any
				remote_addrs = 192.0.2.1
				proposals = ${C[ike]}
				encap = ${C[encap]}
				${C[dpd]:+dpd_delay = ${C[dpd]}}
				local {
					auth = ${C[auth]}
					id = "${C[id]}"
					${C[cert]:+certs = ${C[cert]}}
				}
				remote {
					auth = ${C[auth]}
					id = "${C[remote_id]}"
				}
				children {
					l2tp {
						mode = transport
						esp_proposals = ${C[esp]}
						local_ts = ${C[local_ts]}
						remote_ts = ${C[remote_ts]}
					}
				}
			}
		}
		secrets {
			ike-circuit {
				secret = "${C[psk]}"
			}
		}
	END
}

vici() {
	in_ns charon swanctl "$@" --uri unix:///run/charon.vici
}

charon_load() {
	charon_conf && vici --load-all --clear --file "$RIG_DIR/swanctl.conf"
}

# charon_starts [environment as VAR=value ...]
charon_starts() {
	ip netns exec charon env "$@" "$CHARON" >>"$RIG_DIR/charon.log" 2>&1 &
	CHARON_PID=$!
	disown
	local i
	for ((i = 0; i < 100; i++)); do
		vici --stats >/dev/null 2>&1 && charon_load && return 0
		kill -0 $CHARON_PID || { cat "$RIG_DIR/charon.log"; return 1; }
		sleep 0.1
	done
	return 1
}

shim() {
	ip netns exec shim $PYTHON "$RIG_HERE/shim.py" "$RIG_DIR/atm0.sock" 192.0.2.1 192.0.2.2 "$@" \
		>>"$RIG_DIR/shim.log" 2>&1 &
	SHIM=$!
	disown
	local i
	for ((i = 0; i < 100; i++)); do
		[[ -n $(in_ns shim ss -Hlun "sport = :500") ]] && return 0
		kill -0 $SHIM || return 1
		sleep 0.05
	done
	return 1
}
