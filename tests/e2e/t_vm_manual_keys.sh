#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 150
# quick: no
# waits: yes
#
# Manual keys with the Linux kernel: `ip xfrm state` in a VM has the same keys, and the kernel's ESP
# carries L2TP and PPP both ways, with suites that IKEv1 cannot negotiate too. No IKE runs anywhere.
#
#	vcgwd (LAC) === circuit === shim.py === tap === VM: kernel ESP, l2tp_peer.py
. "$(dirname "$0")/lib.sh"
. "$RIG_TOP/tests/rig/vm.sh"
vm_needed
rig_enter "$@"

MODULES=(esp4 xfrm_user authenc echainiv seqiv drbg crypto_null cbc ctr hmac sha256_generic sha512_generic
	aes_generic cmac xcbc chacha20poly1305 chacha_generic poly1305_generic)
RIG_CIRCUITS=(atm0/0.100)
VCGW_SPI=0xc0de0100 # what vcgw receives with
PEER_SPI=0xc8020200 # the kernel's choice: the rule of a circuit does not bind it

ip netns add shim
ip -n shim tuntap add tap0 mode tap || skip "no tap here"
ip -n shim addr add 192.0.2.1/24 dev tap0
ip -n shim link set tap0 up

cat >"$RIG_DIR/guest.sh" <<-END
	exec $PYTHON $RIG_HERE/l2tp_peer.py 192.0.2.1 "tunnel secret one"
END

write_lac() {
	{
		rig_config_head lac
		cat <<-END
			client over-atm
			 tun vcgw-atm
			 user alice
			link atm0 atm
			 driver loop socket $RIG_DIR/atm0.sock listen
			 pvc 0.100
			  security manual $SUITE inbound $VCGW_SPI outbound $PEER_SPI
			  l2tp client over-atm
			  l2tp tunnel-authentication
		END
	} >"$RIG_DIR/lac.conf"
	sed -i "s!^gateway!&\n manual-counter-file $RIG_DIR/count!" "$RIG_DIR/lac.conf"
}

# algorithms KEY: the suite and its key, in the words of ip-xfrm(8).
algorithms() {
	case $SUITE in
	aes256-sha256) echo "enc cbc(aes) 0x${1:0:64} auth-trunc hmac(sha256) 0x${1:64} 128" ;;
	aes128-cmac) echo "enc cbc(aes) 0x${1:0:32} auth-trunc cmac(aes) 0x${1:32} 96" ;;
	aes256-xcbc) echo "enc cbc(aes) 0x${1:0:64} auth-trunc xcbc(aes) 0x${1:64} 96" ;;
	null-sha512) echo "enc ecb(cipher_null) \"\" auth-trunc hmac(sha512) 0x$1 256" ;;
	chacha20poly1305) echo "aead rfc7539esp(chacha20,poly1305) 0x$1 128" ;;
	esac
}

# keys OCTETS: fresh ones at both ends.
keys() {
	local in out
	in=$(openssl rand -hex "$1") out=$(openssl rand -hex "$1")
	rig_secrets
	printf 'esp-in atm0/0.100 0x%s\nesp-out atm0/0.100 0x%s\n' "$in" "$out" >>"$RIG_DIR/secrets"
	cat >"$RIG_DIR/xfrm" <<-END
		xfrm state flush
		xfrm policy flush
		xfrm state add src 192.0.2.1 dst 192.0.2.2 proto esp spi $PEER_SPI reqid 1 mode transport $(algorithms "$out")
		xfrm state add src 192.0.2.2 dst 192.0.2.1 proto esp spi $VCGW_SPI reqid 1 mode transport $(algorithms "$in")
		xfrm policy add src 192.0.2.2 dst 192.0.2.1 proto 115 dir out tmpl proto esp reqid 1 mode transport
		xfrm policy add src 192.0.2.1 dst 192.0.2.2 proto 115 dir in tmpl proto esp reqid 1 mode transport
	END
	vm_do peer "ip -batch $RIG_DIR/xfrm"
}

start() {
	rig_start lac || return 1
	ip netns exec shim $PYTHON "$RIG_HERE/shim.py" "$RIG_DIR/atm0.sock" 192.0.2.1 192.0.2.2 esp >>"$RIG_DIR/shim.log" 2>&1 &
	RIG_PID[shim]=$!
	rig_wait_up 20 vcgw-atm || { tail -n 20 "$RIG_DIR/peer.log"; vm_do peer ip -s xfrm state; return 1; }
}

stop() {
	[[ -z ${RIG_PID[lac]-} ]] || rig_stop lac || return 1
	[[ -z ${RIG_PID[shim]-} ]] || rig_kill shim
}

# Octets that the guest's kernel has en- and deciphered: "OUT IN".
kernel_octets() {
	vm_do peer ip -s xfrm state | awk '
	/^src/ { out = $2 == "192.0.2.2" }
	/\(bytes\), [0-9]+\(packets\)/ { v = $1 + 0; if (out) o += v; else i += v }
	END { print o + 0, i + 0 }'
}

kernel_esp() {
	local a b
	read -r -a a < <(kernel_octets)
	rig_ping vcgw-atm 1000 5 && rig_ping_mtu vcgw-atm || return 1
	read -r -a b < <(kernel_octets)
	vm_do peer ip -s xfrm state
	vm_do peer cat /proc/net/xfrm_stat | grep -v '[[:space:]]0$'
	RIG_NOTE="kernel: $((b[0] - a[0])) octets out, $((b[1] - a[1])) in"
	((b[0] - a[0] > 5000 && b[1] - a[1] > 5000)) && rig_conserved lac
}

with() {
	SUITE=$1
	stop && write_lac && keys "$2" && start && kernel_esp
}

# With the same keys: sequence numbers begin anew, IVs do not.
restarted() {
	stop && start && kernel_esp
}

VM_NS=shim VM_NET=tap0,192.0.2.2/24 VM_SECONDS=140
step "VM boots" vm_start peer "$RIG_DIR/guest.sh" "${MODULES[@]}" || exit 1
for row in aes256-sha256:64 aes128-cmac:32 aes256-xcbc:48 null-sha512:64 chacha20poly1305:36; do
	step "${row%:*}: the kernel has the same keys" with "${row%:*}" "${row#*:}"
done
step "chacha20poly1305: vcgw starts anew, with the same keys" restarted
vm_stop peer
unset 'RIG_PID[shim]'
rig_done
