#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 120
# quick: no
#
# ESP with the Linux kernel. In a VM strongSwan negotiates (Main Mode, Quick Mode) and the kernel
# itself does ESP in transport mode; above it a small LNS answers L2TP, straight in IP protocol 115.
# shim.py puts the IP header on that the circuit does not have. Either end begins once and rekeys,
# under traffic, without loss. charon offers only hosts in transport mode (child "l2tp"); what vcgw
# offers, 0.0.0.0/0, it takes and returns where a child says so ("any", which must come first).
#
#	vcgwd (LAC) === circuit === shim.py === tap === VM: charon, kernel ESP, l2tp_peer.py
. "$(dirname "$0")/lib.sh"
. "$RIG_TOP/tests/rig/vm.sh"
CHARON=$(command -v charon || ls /usr/lib/ipsec/charon /usr/libexec/ipsec/charon 2>/dev/null | head -n 1)
[[ -n $CHARON ]] && command -v swanctl >/dev/null || skip "no strongSwan: charon and swanctl are not installed"
vm_needed
rig_enter "$@"

VC=atm0/0.100
MODULES=(esp4 xfrm_user authenc echainiv seqiv drbg gcm cbc ctr hmac sha256_generic aes_generic ghash-generic)

ip netns add shim
ip -n shim tuntap add tap0 mode tap || skip "no tap here"
ip -n shim addr add 192.0.2.1/24 dev tap0
ip -n shim link set tap0 up

write_charon() {
	cat >"$RIG_DIR/strongswan.conf" <<-END
		charon {
			piddir = /run
			# What it needs and no more: bypass-lan would let everything by in the clear.
			load = random nonce aes sha1 sha2 hmac kdf gcm openssl kernel-netlink socket-default vici
			retransmit_base = 1
			retransmit_timeout = 1
			install_routes = no
			filelog {
				stderr {
					default = 1
					ike = 2
					time_format = %T
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
					id = lns1
				}
				remote {
					auth = psk
					id = lac1
				}
				children {
					any {
						mode = transport
						esp_proposals = aes256gcm16-ecp256,aes256-sha256-ecp256
						local_ts = 0.0.0.0/0[115]
						remote_ts = 0.0.0.0/0[115]
					}
					l2tp {
						mode = transport
						esp_proposals = aes256gcm16-ecp256,aes256-sha256-ecp256
						local_ts = dynamic[115]
						remote_ts = dynamic[115]
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
	cat >"$RIG_DIR/guest.sh" <<-END
		export STRONGSWAN_CONF=$RIG_DIR/strongswan.conf
		$PYTHON $RIG_HERE/l2tp_peer.py 192.0.2.1 "tunnel secret one" &
		exec $CHARON
	END
}

swan() {
	vm_do peer "STRONGSWAN_CONF=$RIG_DIR/strongswan.conf swanctl $* --uri unix:///run/charon.vici"
}

charon_loads() {
	local i
	for ((i = 0; i < 50; i++)); do
		swan --load-all --file "$RIG_DIR/swanctl.conf" && return 0
		sleep 0.2
	done
	cat "$RIG_DIR/peer.log"
	return 1
}

write_lac() {
	rig_secrets
	{
		rig_config_head lac
		cat <<-END
			client over-atm
			 tun vcgw-atm
			 user alice
			link atm0 atm
			 driver loop socket $RIG_DIR/atm0.sock listen
			 pvc 0.100
			  encapsulation llc-snap
		END
		rig_config_circuit lns1 "client over-atm"
	} >"$RIG_DIR/lac.conf"
}

# shim_starts [passive]
shim_starts() {
	[[ -z ${RIG_PID[shim]-} ]] || rig_kill shim
	ip netns exec shim $PYTHON "$RIG_HERE/shim.py" "$RIG_DIR/atm0.sock" 192.0.2.1 192.0.2.2 esp "$@" \
		>>"$RIG_DIR/shim.log" 2>&1 &
	RIG_PID[shim]=$!
}

up() {
	rig_wait_up 30 vcgw-atm || { tail -n 40 "$RIG_DIR/peer.log"; return 1; }
	vty lac show l2tp tunnel
	vty lac show crypto ipsec sa
}

charon_begins() {
	shim_starts passive
	swan --initiate --child l2tp --timeout 10 || { tail -n 40 "$RIG_DIR/peer.log" "$RIG_DIR/lac.log"; return 1; }
	up
}

vcgw_begins() {
	shim_starts
	up
}

tunnel_up() {
	vty lac show l2tp tunnel | tee /dev/stderr | grep -q established
}

rig_again() {
	rig_stop lac
	rig_kill shim
	swan --terminate --ike circuit --force --timeout 2
	write_lac
	rig_start lac
}

# Octets that the guest's kernel has en- and deciphered so far, by its present SAs: "OUT IN SAS".
kernel_octets() {
	vm_do peer ip -s xfrm state | awk '
	/^src/ { out = $2 == "192.0.2.2"; n++ }
	/\(bytes\), [0-9]+\(packets\)/ { v = $1 + 0; if (out) o += v; else i += v }
	END { print o + 0, i + 0, n + 0 }'
}

# The kernel did it, by the algorithm agreed on: its counters grow with the pings.
kernel_esp() {
	local a b
	read -r -a a < <(kernel_octets)
	rig_ping vcgw-atm 1000 5 || return 1
	read -r -a b < <(kernel_octets)
	echo "octets out, in, SAs: ${a[*]} -> ${b[*]}"
	vm_do peer ip -s xfrm state
	vm_do peer cat /proc/net/xfrm_stat | grep -v '[[:space:]]0$'
	vm_do peer ip xfrm state | grep -qF "$1" || { echo "no SA with $1"; return 1; }
	RIG_NOTE="$((b[0] - a[0])) octets out, $((b[1] - a[1])) in"
	((b[0] - a[0] > 5000 && b[1] - a[1] > 5000))
}

# The inbound SPIs of charon's children that are complete. (A larval SA of the kernel is none yet.)
spis() {
	swan --list-sas --raw | grep -o 'state=INSTALLED [^{}]*spi-in=[0-9a-f]*' | sed 's/.*spi-in=//' | sort
}

# rekeyed COMMAND...: a new SA by the command while pings go, none of them lost, and afterwards
# vcgw sends in it.
rekeyed() {
	local old new pings
	old=$(spis)
	ip netns exec lac ping -q -n -c 60 -i 0.05 -W 2 -s 500 -I vcgw-atm 10.64.0.1 >"$RIG_DIR/pings" 2>&1 &
	pings=$!
	sleep 0.3
	"$@" || { kill $pings; return 1; }
	wait $pings
	cat "$RIG_DIR/pings"
	new=$(comm -13 <(echo "$old") <(spis))
	echo "SPIs before: $old; new: $new"
	[[ -n $new ]] || { tail -n 15 "$RIG_DIR/peer.log"; return 1; }
	RIG_NOTE=$(sed -n 's/^\([0-9]*\) packets transmitted, \([0-9]*\) received.*/\2 of \1 pings/p' "$RIG_DIR/pings")
	grep -q ' 0% packet loss' "$RIG_DIR/pings" || return 1
	carries "$new"
}

# carries SPI: pings grow the new inbound SA's counter in the kernel.
carries() {
	local a b
	a=$(octets_of "$1")
	rig_ping vcgw-atm 500 3 || return 1
	b=$(octets_of "$1")
	echo "SPI $1: $a -> $b octets"
	((b - a >= 1500))
}

octets_of() {
	vm_do peer ip -s xfrm state | awk -v want="spi 0x$1(" '
	/proto esp/ { mine = index($0, want) }
	mine && /\(bytes\), [0-9]+\(packets\)/ { print $1 + 0 }'
}

vcgw_rekeys() {
	kill -USR2 "${RIG_PID[shim]}"
	rig_rekey lac $VC esp
}

# charon_rekeys CHILD
charon_rekeys() {
	swan --rekey --child "$1"
}


write_charon
write_lac
VM_NS=shim VM_NET=tap0,192.0.2.2/24 VM_SECONDS=110
step "VM boots" vm_start peer "$RIG_DIR/guest.sh" "${MODULES[@]}" || exit 1
step "charon is ready in it" charon_loads || exit 1
step "vcgw starts" rig_start lac || exit 1
step "charon begins, AES-GCM: L2TP and PPP come up" charon_begins || exit 1
step "the L2TP tunnel is established" tunnel_up
step "the kernel's ESP carries it both ways" kernel_esp 'rfc4106(gcm(aes))'
step "charon rekeys, under traffic" rekeyed charon_rekeys l2tp
step "vcgw rekeys what charon began, under traffic" rekeyed vcgw_rekeys
P[esp]=aes256-sha256
step "vcgw starts anew, with AES-CBC and HMAC-SHA2-256" rig_again || exit 1
step "vcgw begins: L2TP and PPP come up" vcgw_begins || exit 1
step "the L2TP tunnel is established" tunnel_up
step "the kernel's ESP carries it both ways" kernel_esp 'hmac(sha256)'
step "vcgw rekeys, under traffic" rekeyed rig_rekey lac $VC esp
step "charon rekeys, under traffic" rekeyed charon_rekeys any
rig_conserved_lac() {
	RIG_CIRCUITS=($VC)
	rig_conserved lac
}
step "every PDU is accounted for" rig_conserved_lac
vm_stop peer
unset 'RIG_PID[shim]'
rig_done
