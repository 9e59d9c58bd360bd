#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 180
# quick: no
# waits: yes
#
# ESP with the Linux kernel (see vm_esp.sh). strongSwan negotiates: Main Mode, Quick Mode. Either end
# begins once and rekeys, under traffic, without loss. charon offers only hosts in transport mode
# (child "l2tp"); what vcgw offers, 0.0.0.0/0, it takes and returns where a child says so ("any",
# which must come first). Then the same with extended sequence numbers, where either asks for them.
. "$(dirname "$0")/lib.sh"
. "$RIG_TOP/tests/rig/vm.sh"
. "$RIG_HERE/vm_esp.sh"
CHARON=$(command -v charon || ls /usr/lib/ipsec/charon /usr/libexec/ipsec/charon 2>/dev/null | head -n 1)
[[ -n $CHARON ]] && command -v swanctl >/dev/null || skip "no strongSwan: charon and swanctl are not installed"
vm_needed
rig_enter "$@"
CHARON_ESP=aes256gcm16-ecp256,aes256-sha256-ecp256

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
						esp_proposals = $CHARON_ESP
						local_ts = 0.0.0.0/0[115]
						remote_ts = 0.0.0.0/0[115]
					}
					l2tp {
						mode = transport
						esp_proposals = $CHARON_ESP
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
		$(esp_lns)
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

charon_begins() {
	esp_shim passive
	swan --initiate --child l2tp --timeout 10 || { tail -n 40 "$RIG_DIR/peer.log" "$RIG_DIR/lac.log"; return 1; }
	esp_up
}

vcgw_begins() {
	esp_shim
	esp_up
}

rig_again() {
	rig_stop lac
	rig_kill shim
	swan --terminate --ike circuit --force --timeout 2
	esp_lac
	rig_start lac
}

# charon_rekeys CHILD
charon_rekeys() {
	swan --rekey --child "$1"
}

# charon accepts and offers nothing else from now on.
charon_wants_esn() {
	CHARON_ESP=aes256gcm16-ecp256-esn
	write_charon
	rig_again && charon_loads
}

# Every SA of the kernel's that has keys, and those of ours.
with_esn() {
	local sas
	vm_do peer ip xfrm state >"$RIG_DIR/states"
	cat "$RIG_DIR/states"
	sas=$(grep -c '^	\(aead\|enc\) ' "$RIG_DIR/states")
	((sas >= 2 && $(grep -c 'flag .*esn' "$RIG_DIR/states") == sas)) || return 1
	vty lac show crypto ipsec sa | tee /dev/stderr | grep -q ' esn'
}

# esn_rekeyed COMMAND...
esn_rekeyed() {
	esp_rekeyed "$@" && with_esn
}

esp_net
write_charon
esp_lac
VM_SECONDS=170
step "VM boots" esp_guest || exit 1
step "charon is ready in it" charon_loads || exit 1
step "vcgw starts" rig_start lac || exit 1
step "charon begins, AES-GCM: L2TP and PPP come up" charon_begins || exit 1
step "the L2TP tunnel is established" esp_tunnel
step "the kernel's ESP carries it both ways" esp_works 'rfc4106(gcm(aes))'
step "charon rekeys, under traffic" esp_rekeyed charon_rekeys l2tp
step "vcgw rekeys what charon began, under traffic" esp_rekeyed esp_vcgw_rekeys
P[esp]=aes256-sha256
step "vcgw starts anew, with AES-CBC and HMAC-SHA2-256" rig_again || exit 1
step "vcgw begins: L2TP and PPP come up" vcgw_begins || exit 1
step "the L2TP tunnel is established" esp_tunnel
step "the kernel's ESP carries it both ways" esp_works 'hmac(sha256)'
step "vcgw rekeys, under traffic" esp_rekeyed rig_rekey lac $VC esp
step "charon rekeys, under traffic" esp_rekeyed charon_rekeys any
step "every PDU is accounted for" esp_conserved
P[esp]=aes256gcm16
step "charon wants extended sequence numbers" charon_wants_esn || exit 1
step "charon begins, vcgw allows them: L2TP and PPP come up" charon_begins || exit 1
step "the kernel's ESP carries it both ways" esp_works 'rfc4106(gcm(aes))'
step "with extended sequence numbers" with_esn
P[profile_extra]='esn require'
step "vcgw starts anew, and requires them" rig_again || exit 1
step "vcgw begins: L2TP and PPP come up" vcgw_begins || exit 1
step "with extended sequence numbers" with_esn
step "vcgw rekeys, under traffic" esn_rekeyed rig_rekey lac $VC esp
step "charon rekeys, under traffic" esn_rekeyed charon_rekeys any
step "the kernel's ESP carries it both ways" esp_works 'rfc4106(gcm(aes))'
step "every PDU is accounted for" esp_conserved
vm_stop peer
unset 'RIG_PID[shim]'
rig_done
