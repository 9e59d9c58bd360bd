#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 90
#
# Main Mode with strongSwan. charon knows only IP and has no ESP here: shim.py carries IKE between
# the circuit and a namespace of charon's own; phase 1 must be established at both ends, proposed by
# either. Phase 2 ends where charon asks the kernel for ESP.
. "$(dirname "$0")/lib.sh"
CHARON=$(command -v charon || ls /usr/lib/ipsec/charon /usr/libexec/ipsec/charon 2>/dev/null | head -n 1)
[[ -n $CHARON ]] && command -v swanctl >/dev/null || skip "no strongSwan: charon and swanctl are not installed"
rig_enter "$@"

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
cat >"$RIG_DIR/swanctl.conf" <<-END
	connections {
		circuit {
			version = 1
			aggressive = no
			local_addrs = %any
			remote_addrs = 192.0.2.1
			proposals = aes256-sha256-ecp256
			encap = no
			local {
				auth = psk
				id = lac1
			}
			remote {
				auth = psk
				id = lns1
			}
			children {
				l2tp {
					mode = transport
					esp_proposals = aes256gcm16-ecp256
					local_ts = 192.0.2.2/32[115]
					remote_ts = 192.0.2.1/32[115]
				}
			}
		}
	}
	secrets {
		ike-circuit {
			secret = "the key of the asynchronous circuit"
		}
	}
END
export STRONGSWAN_CONF=$RIG_DIR/strongswan.conf
vici() {
	in_ns charon swanctl "$@" --uri unix:///run/charon.vici
}
charon_starts() {
	ip netns exec charon "$CHARON" >"$RIG_DIR/charon.log" 2>&1 &
	RIG_AUX=$!
	disown
	local i
	for ((i = 0; i < 50; i++)); do
		vici --stats >/dev/null 2>&1 && vici --load-all --file "$RIG_DIR/swanctl.conf" && return 0
		kill -0 $RIG_AUX || { cat "$RIG_DIR/charon.log"; return 1; }
		sleep 0.1
	done
	return 1
}
charon_starts >"$RIG_DIR/load.log" 2>&1 || {
	cat "$RIG_DIR/load.log"
	tail -n 3 "$RIG_DIR/charon.log"
	skip "charon does not run here (see above)"
}
# In a PID namespace these die with us; without one they must be told.
trap 'rc=$?; kill -KILL $RIG_AUX $SHIM 2>/dev/null; (exit $rc); rig_cleanup' EXIT
SHIM=

established() {
	local i
	for ((i = 0; i < 100; i++)); do
		if vici --list-sas | grep -q ESTABLISHED && vty lns show crypto ike sa | grep -q ESTABLISHED; then
			vici --list-sas
			vty lns show crypto ike sa
			return 0
		fi
		sleep 0.2
	done
	vici --list-sas
	vty lns show crypto ike sa
	tail -n 20 "$RIG_DIR/charon.log" "$RIG_DIR/lns.log"
	return 1
}
shim() {
	ip netns exec shim $PYTHON "$RIG_HERE/shim.py" "$RIG_DIR/atm0.sock" 192.0.2.1 192.0.2.2 "$@" \
		>"$RIG_DIR/shim.log" 2>&1 &
	SHIM=$!
	disown
}
# vcgw starts IKE by itself when its circuit comes up: now the shim lets only charon begin.
initiate() {
	kill $SHIM
	vici --terminate --ike circuit --force --timeout 2
	rig_stop lns && rig_start lns || return 1
	shim answers
	vici --initiate --ike circuit --timeout 10
	established
}

rig_config
step "LNS starts" rig_start lns || exit 1
shim
step "Main Mode, proposed by vcgw, accepted by charon" established
step "Main Mode, proposed by charon, accepted by vcgw" initiate
rig_done
