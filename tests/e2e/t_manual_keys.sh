#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 200
#
# Manual keys: without IKE a circuit comes up with each kind of suite, survives a restart of either
# end, takes other keys at SIGHUP, and says what is wrong with keys that are missing or do not fit.
. "$(dirname "$0")/lib.sh"
rig_enter "$@"

# Octets of key that a suite takes.
declare -A KEY_LEN=([aes256-sha256]=64 [aes128-cmac]=32 [aes256-xcbc]=48 [null-sha512]=64 [chacha20poly1305]=36
	[3des-sha1]=44 [des-md5]=24)
SUITE=aes256-sha256

# keys: fresh ones for both directions of both circuits, as each end has them.
keys() {
	local vc up down end
	for end in lns lac; do
		(umask 077 && sed '/^psk/d' "$RIG_DIR/secrets" >"$RIG_DIR/secrets-$end")
	done
	for vc in "${RIG_CIRCUITS[@]}"; do
		up=0x$(openssl rand -hex "${KEY_LEN[$SUITE]}") down=0x$(openssl rand -hex "${KEY_LEN[$SUITE]}")
		printf 'esp-in %s %s\nesp-out %s %s\n' "$vc" "$up" "$vc" "$down" >>"$RIG_DIR/secrets-lns"
		printf 'esp-out %s %s\nesp-in %s %s\n' "$vc" "$up" "$vc" "$down" >>"$RIG_DIR/secrets-lac"
	done
}

# manual_config END IN OUT: the rig's configuration with manual keys; the Frame Relay circuit's SPIs
# are one higher.
manual_config() {
	awk -v suite="$SUITE" -v in_="$2" -v out="$3" -v file="$RIG_DIR/secrets-$1" -v count="$RIG_DIR/count-$1" '
	/^ dlci / { fr = 1 }
	/^ secrets-file / { print " secrets-file " file; next }
	/^ hostname / { print; print " legacy-algorithms a test of all suites"; print " manual-counter-file " count; next }
	/^  security / { printf "  security manual %s inbound 0x%s%d outbound 0x%s%d\n", suite, in_, fr, out, fr; next }
	/^  identity / { next }
	{ print }' "$RIG_DIR/$1.conf" >"$RIG_DIR/$1.new" && mv "$RIG_DIR/$1.new" "$RIG_DIR/$1.conf"
}

configure() {
	rig_config
	keys
	manual_config lns c0de100 c0de200 && manual_config lac c0de200 c0de100
}

carries() {
	local tun
	for tun in "${RIG_TUNS[@]}"; do
		rig_ping "$tun" 56 2 && rig_ping_mtu "$tun" || return 1
	done
}

up() {
	SUITE=$1
	configure && rig_start lns && rig_start lac && rig_wait_up 30 && carries || return 1
	vty lns show crypto ipsec sa | tee /dev/stderr | grep -qE "^atm0/0.100 +$SUITE +manual keys" || return 1
	vty lns show crypto ike sa | grep atm0 && { echo "IKE runs"; return 1; }
	vty lns show l2tp tunnel detail | tee /dev/stderr | grep -q "protection: $SUITE.*replay protection none; manual keys" &&
		rig_conserved lns && rig_conserved lac
}

down() {
	rig_stop lac && rig_stop lns
}

# The far end's numbers begin anew, which nobody may take for a replay.
restart_lac() {
	rig_stop lac && rig_start lac && rig_wait_up 20 && carries
}

# The first IV that the LNS sends on the ATM circuit, in decimal.
count() {
	cat "$RIG_DIR/count-$1"
}

counter_grows() {
	local a b
	a=$(count lac)
	restart_lac || return 1
	b=$(count lac)
	echo "$a -> $b"
	[[ $b > $a ]]
}

# A clock that was right once and is wrong now must not bring IVs back: the file says where to begin.
clock_behind() {
	local a b
	rig_stop lac || return 1
	a=09000000000000000000
	echo $a >"$RIG_DIR/count-lac"
	rig_start lac && rig_wait_up 20 && carries || return 1
	b=$(count lac)
	RIG_NOTE="$a -> $b"
	# Two circuits, each 2^32 numbers.
	[[ $b == 0$((9000000000000000000 + (2 << 32))) ]]
}

damaged_count() {
	rig_stop lac && echo nonsense >"$RIG_DIR/count-lac" && rig_start lac || return 1
	sleep 1
	vty lac show circuits
	vty lac show circuit atm0/0.100 | grep "problem: .*count-lac: is damaged" || return 1
	rm "$RIG_DIR/count-lac" && rig_stop lac && rig_start lac && rig_wait_up 20
}

hup() {
	kill -HUP "${RIG_PID[$1]}"
	sleep 0.3
	rig_alive "$1"
}

same_keys_stay() {
	rig_numbered vcgw-atm up 200 2 hup lns
}

new_keys() {
	keys
	hup lns || return 1
	in_ns lac ping -q -n -c 2 -i 0.2 -W 1 -I vcgw-atm 10.64.0.1 && { echo "one end has other keys, and still"; return 1; }
	hup lac && rig_wait_up 10 && carries && (($(rig_counter lns atm0/0.100 esp:ESP_AUTH) > 0))
}

check_says() {
	"$VCGWD" --check "$RIG_DIR/lns.conf" >"$RIG_DIR/check.out" 2>&1 && return 1
	cat "$RIG_DIR/check.out"
	grep -qF "circuit atm0/0.100: $1" "$RIG_DIR/check.out"
}

wrong_length() {
	sed -i 's/^\(esp-in atm0.*\)../\1/' "$RIG_DIR/secrets-lns"
	check_says "\`esp-in atm0/0.100\` has 63 octets; aes256-sha256 takes 64: 32 of the cipher, 0 of salt, 32 of the authenticator"
}

missing() {
	sed -i '/^esp-in atm0/d' "$RIG_DIR/secrets-lns"
	check_says "no \`esp-in atm0/0.100\` in the secrets file; aes256-sha256 takes 64 octets as 0xHEX"
}

not_in_the_log() {
	local key
	for key in $(awk '/^esp/ { print substr($3, 3, 32) }' "$RIG_DIR"/secrets-l*); do
		! grep -qi "$key" "$RIG_DIR"/*.log || return 1
	done
}

for suite in aes128-cmac aes256-xcbc null-sha512 3des-sha1 des-md5; do
	step "$suite" up $suite && step "both end" down
done
step "chacha20poly1305" up chacha20poly1305 || rig_done
step "the LAC starts anew, and counts on" counter_grows
step "a clock that is behind makes no IV come back" clock_behind
step "without its count it does not start, and says so" damaged_count
step "both end" down
step "aes256-sha256" up aes256-sha256 || rig_done
step "the LAC starts anew: nothing is taken for a replay" restart_lac
step "SIGHUP with the same keys loses no packet" same_keys_stay
step "SIGHUP with other keys: both ends must have them" new_keys
step "no key is in the log" not_in_the_log
step "a key of a wrong length is named with what it takes" wrong_length
step "so is one that is missing" missing
rig_done
