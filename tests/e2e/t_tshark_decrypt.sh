#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# build: keys
# timeout: 300
#
# tshark as the judge of our cryptography: with the keys that a test build writes out it opens every
# IKE message and every ESP packet, finds each ICV good, and L2TP, PPP and the pings inside. One suite
# of each kind that it knows; a MAC from AES it cannot check, only what is inside.
. "$(dirname "$0")/lib.sh"
rig_enter "$@"

export_up() {
	rm -rf "$RIG_DIR/keys" && mkdir -m 700 "$RIG_DIR/keys" || return 1
	rig_config
	rig_start lns VCGW_KEY_EXPORT="$RIG_DIR/keys" || return 1
	vty lns capture atm0 "$RIG_DIR/atm0.pcap" && vty lns capture fr0 "$RIG_DIR/fr0.pcap" || return 1
	rig_start lac && rig_wait_up 30
}

traffic() {
	rig_ping vcgw-atm 56 && rig_ping vcgw-fr 1000 && rig_rekey lac atm0/0.100 ike && sleep 1 &&
		rig_rekey lac atm0/0.100 esp && sleep 1 && rig_ping vcgw-atm 100 &&
		vty lns no capture atm0 && vty lns no capture fr0
}

# Rows are in one file for each of Wireshark's tables.
uats() {
	local table row
	for table in esp_sa ikev1_decryption_table; do
		[[ -s $RIG_DIR/keys/$table ]] || { echo "no $table in $(ls "$RIG_DIR/keys")" >&2; return 1; }
		while read -r row; do
			printf '%s\n%s\n' -o "uat:$table:$row"
		done <"$RIG_DIR/keys/$table"
	done
}

opened() {
	local file=$1 checked=$2 out=$RIG_DIR/opened args
	mapfile -t args < <(uats)
	((${#args[@]})) || return 1
	tshark -n -r "$file" -X lua_script:"$RIG_TOP/contrib/wireshark/vcgw.lua" \
		-o esp.enable_encryption_decode:TRUE -o esp.enable_authentication_check:TRUE "${args[@]}" \
		-T fields -E separator='|' -e frame.number -e frame.protocols -e vcgw.kind -e esp.icv_good \
		-e _ws.malformed -e isakmp.flag_e -e isakmp.typepayload -e frame.len >"$out" 2>"$out.err"
	awk -F'|' -v checked="$checked" '
	$5 != "" { print "malformed: " $0; bad++ }
	$3 == 1 { esp++; if (checked && $4 != "1" && $4 != "True") { print "ICV not good: " $0; bad++ }
		if ($2 !~ /:l2tp/) { print "no L2TP inside: " $0; bad++ }
		if ($2 ~ /icmp/) icmp++ }
	$3 == 2 { ike++; if ($6 ~ /1|True/) { enc++; if ($7 == "") { print "IKE not opened: " $0; bad++ } } }
	END {
		printf "%d ESP, %d with a ping inside, %d IKE, %d of them encrypted\n", esp, icmp, ike, enc
		exit bad || !esp || !icmp || !ike || !enc
	}' "$out" >"$out.verdict" || { head -n 10 "$out.verdict" "$out.err"; return 1; }
	RIG_NOTE=$(tail -n 1 "$out.verdict")
}

# judge SUITE CHECKED: whether tshark can check its ICV.
judge() {
	local link
	P[esp]=$1
	step "$1: both ends start, keys are written" export_up || return 1
	step "$1: traffic and rekeying" traffic || return 1
	for link in atm0 fr0; do
		step "$1: all of IKE and ESP on $link opens" opened "$RIG_DIR/$link.pcap" "$2"
	done
	rig_stop lac && rig_stop lns
}

for suite in ${SUITE:-aes256gcm16 aes128gcm8 aes256ctr-sha384 aes128-sha1 null-sha512}; do
	judge "$suite" 1 || rig_done
done
judge aes256-xcbc 0
rig_done
