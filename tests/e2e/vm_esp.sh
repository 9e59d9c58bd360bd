# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A circuit of vcgw whose far end is the ESP of a real kernel: an IKE daemon in a VM negotiates, the
# VM's kernel does ESP in transport mode, and above it a small LNS answers L2TP, straight in IP
# protocol 115. shim.py puts the IP header on that the circuit does not have. Read after lib.sh and
# rig/vm.sh.
#
#	vcgwd (LAC) === circuit === shim.py === tap === VM: IKE daemon, kernel ESP, l2tp_peer.py
#	                               192.0.2.1        192.0.2.2
#
# A test calls esp_net, writes $RIG_DIR/guest.sh, calls esp_guest and esp_lac.

# shellcheck disable=SC2034 # the test names the circuit
VC=atm0/0.100
ESP_MODULES=(esp4 xfrm_user authenc echainiv seqiv drbg gcm cbc ctr hmac sha256_generic aes_generic ghash-generic)

esp_net() {
	ip netns add shim
	ip -n shim tuntap add tap0 mode tap || skip "no tap here"
	ip -n shim addr add 192.0.2.1/24 dev tap0
	ip -n shim link set tap0 up
}

# The LNS above ESP, a line of the guest's script.
esp_lns() {
	echo "$PYTHON $RIG_HERE/l2tp_peer.py 192.0.2.1 'tunnel secret one' &"
}

esp_guest() {
	VM_NS=shim VM_NET=tap0,192.0.2.2/24 vm_start peer "$RIG_DIR/guest.sh" "${ESP_MODULES[@]}" "$@"
}

esp_lac() {
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

# esp_shim [passive]
esp_shim() {
	[[ -z ${RIG_PID[shim]-} ]] || rig_kill shim
	ip netns exec shim $PYTHON "$RIG_HERE/shim.py" "$RIG_DIR/atm0.sock" 192.0.2.1 192.0.2.2 esp "$@" \
		>>"$RIG_DIR/shim.log" 2>&1 &
	RIG_PID[shim]=$!
}

esp_up() {
	rig_wait_up 30 vcgw-atm || { tail -n 40 "$RIG_DIR/peer.log"; return 1; }
	vty lac show l2tp tunnel
	vty lac show crypto ipsec sa
}

esp_tunnel() {
	vty lac show l2tp tunnel | tee /dev/stderr | grep -q established
}

# Octets that the guest's kernel has en- and deciphered so far, by its present SAs: "OUT IN SAS".
esp_octets() {
	vm_do peer ip -s xfrm state | awk '
	/^src/ { out = $2 == "192.0.2.2"; n++ }
	/\(bytes\), [0-9]+\(packets\)/ { v = $1 + 0; if (out) o += v; else i += v }
	END { print o + 0, i + 0, n + 0 }'
}

# The kernel did it, by the algorithm agreed on: its counters grow with the pings.
esp_works() {
	local a b
	read -r -a a < <(esp_octets)
	rig_ping vcgw-atm 1000 5 || return 1
	read -r -a b < <(esp_octets)
	echo "octets out, in, SAs: ${a[*]} -> ${b[*]}"
	vm_do peer ip -s xfrm state
	vm_do peer cat /proc/net/xfrm_stat | grep -v '[[:space:]]0$'
	vm_do peer ip xfrm state | grep -qF "$1" || { echo "no SA with $1"; return 1; }
	RIG_NOTE="$((b[0] - a[0])) octets out, $((b[1] - a[1])) in"
	((b[0] - a[0] > 5000 && b[1] - a[1] > 5000))
}

# The inbound SPIs of the guest's kernel, with keys: a larval SA has none yet.
esp_spis() {
	vm_do peer ip xfrm state | awk '
	/^src/ { mine = $4 == "192.0.2.2" }
	/proto esp/ { spi = substr($4, 3) }
	mine && ($1 == "aead" || $1 == "enc") { print spi }' | sort
}

# esp_rekeyed COMMAND...: a new SA by the command while pings go, no more than ESP_MAY_LOSE of them
# lost, and afterwards vcgw sends in it. ESP_LOST is how many were.
ESP_MAY_LOSE=0
ESP_LOST=0
esp_rekeyed() {
	local old new pings
	old=$(esp_spis)
	ip netns exec lac ping -q -n -c 60 -i 0.05 -W 2 -s 500 -I vcgw-atm 10.64.0.1 >"$RIG_DIR/pings" 2>&1 &
	pings=$!
	sleep 0.3
	"$@" || { kill $pings; return 1; }
	wait $pings
	cat "$RIG_DIR/pings"
	new=$(comm -13 <(echo "$old") <(esp_spis))
	echo "SPIs before: $old; new: $new"
	[[ -n $new ]] || { tail -n 15 "$RIG_DIR/peer.log"; return 1; }
	ESP_LOST=$(awk '/packets transmitted/ { print $1 - $4 }' "$RIG_DIR/pings")
	# shellcheck disable=SC2034 # step shows it
	RIG_NOTE="$ESP_LOST of 60 pings lost"
	((ESP_LOST <= ESP_MAY_LOSE)) || return 1
	esp_carries "$new"
}

# esp_carries SPI: pings grow the inbound SA's counter in the kernel.
esp_carries() {
	local a b
	a=$(esp_octets_of "$1")
	rig_ping vcgw-atm 500 3 || return 1
	b=$(esp_octets_of "$1")
	echo "SPI $1: $a -> $b octets"
	((b - a >= 1500))
}

esp_octets_of() {
	vm_do peer ip -s xfrm state | awk -v want="spi 0x$1(" '
	/proto esp/ { mine = index($0, want) }
	mine && /\(bytes\), [0-9]+\(packets\)/ { print $1 + 0 }'
}

# What the shim held back from beginning anything may begin phase 2 now, and no phase 1 of its own.
esp_vcgw_rekeys() {
	kill -USR1 "${RIG_PID[shim]}"
	rig_rekey lac $VC esp
}

esp_conserved() {
	RIG_CIRCUITS=("$VC")
	rig_conserved lac
}
