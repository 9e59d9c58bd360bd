#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# check_pcap.sh FILE atm|fr [--clear TEXT]...
#
# An independent look at a capture of a link, with tshark: every PDU is the L2TP service of RFC 3355
# or RFC 3070 (or link management on DLCI 0) and holds ESP, or IKE behind a UDP header 500/500 with
# checksum zero; there is no IP header and no L2TP in the clear, and none of the TEXTs can be seen
# anywhere in the file. Prints what there is; exits 1 when there is anything else.
#
# check_pcap.sh --self-test       proves on hand-made captures that it can pass and fail
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
lua=$here/../../contrib/wireshark/vcgw.lua

self_test() {
	local dir name want got failed=0
	dir=$(mktemp -d)
	# shellcheck disable=SC2064 # the directory of now
	trap "rm -rf '$dir'" EXIT
	/usr/bin/python3 "$here/make_pcap.py" "$dir"
	for f in "$dir"/*.pcap; do
		name=$(basename "$f" .pcap)
		want=${name%%-*} got=good
		"$0" "$f" "$([[ $name == *-fr* ]] && echo fr || echo atm)" \
			--clear vcgw-plaintext-pattern >"$dir/log" 2>&1 || got=bad
		if [[ $got != "$want" ]]; then
			echo "FAIL $name: judged $got"
			sed 's/^/    /' "$dir/log"
			failed=1
		else
			echo "ok   $name: $(tail -n 1 "$dir/log")"
		fi
	done
	# The same packets, opened with their key: the Lua script leads tshark to what is inside.
	tshark -r "$dir/good-atm.pcap" -X lua_script:"$lua" -o esp.enable_encryption_decode:TRUE \
		-o esp.enable_authentication_check:TRUE -o "uat:esp_sa:$(cat "$dir/esp_sa")" \
		-T fields -e frame.protocols -e esp.icv_good >"$dir/opened" 2>/dev/null
	if [[ $(grep -c 'esp:vcgw_inner:l2tp.*1$' "$dir/opened") == 8 ]]; then
		echo "ok   tshark opens ESP and finds L2TP in it"
	else
		echo "FAIL tshark does not open ESP or finds no L2TP in it"
		failed=1
	fi
	exit $failed
}

[[ ${1-} == --self-test ]] && self_test
if [[ $# -lt 2 || ($2 != atm && $2 != fr) ]]; then
	sed -n '4,12s/^# \{0,1\}//p' "$0" >&2
	exit 2
fi
file=$1 medium=$2
shift 2
[[ -s $file ]] || { echo "$file: no such capture, or empty" >&2; exit 1; }

# awk reads one line a PDU; what is wrong with it goes to the list of faults.
tshark -n -r "$file" -X lua_script:"$lua" -T fields -E separator='|' \
	-e frame.number -e frame.protocols -e llc.oui -e llc.pid -e vcgw.kind -e vcgw.encap \
	-e vcgw.udp.checksum -e fr.dlci -e frame.len -e frame.cap_len -e _ws.malformed \
	-e esp.spi -e esp.sequence 2>/dev/null |
	awk -F'|' -v medium="$medium" '
	function fault(text) {
		if (++faults <= 5)
			printf "  PDU %s: %s (%s)\n", $1, text, $2
	}
	{ n++ }
	medium == "fr" && $8 == "0" {
		if ($2 !~ /:q933/) fault("DLCI 0 without Q.933"); else lmi++
		next
	}
	$5 == "" { fault("not the L2TP service"); next }
	$6 ~ /^SNAP/ && medium == "atm" && $2 !~ /atm:llc/ { fault("no LLC/SNAP"); next }
	$6 == "null" && medium == "fr" { fault("no NLPID/SNAP"); next }
	$5 == 3 { fault("L2TP in the clear"); next }
	$2 ~ /:ip:/ || $2 ~ /:ip$/ || $2 ~ /:ipv6/ { fault("an IP header"); next }
	$5 == 2 && $7 !~ /^0x0+$/ { fault("UDP checksum " $7 " is not zero"); next }
	$5 == 2 && $9 == $10 && $11 != "" { fault("malformed ISAKMP"); next }
	$5 == 2 { ike++; next }
	# What is no IKE is read as ESP, whatever it is: so the SPI must obey the rule of our mapping,
	# and each SPI begins at a low sequence number, because the capture was there first.
	$5 == 1 && ($12 ~ /^0x01f4/ || $12 ~ /^0x000000/ || $12 ~ /^0x...2/) { fault("SPI " $12); next }
	$5 == 1 && !($12 in seen) {
		seen[$12] = 1
		if ($13 + 0 > 1000) { fault("SPI " $12 " begins at " $13 ": no ESP"); next }
	}
	$5 == 1 { esp++; next }
	{ fault("unknown payload") }
	END {
		if (!n) { print "  no PDU"; faults++ }
		if (n && !esp) { print "  no ESP at all"; faults++ }
		printf "%d PDUs: %d ESP, %d IKE, %d LMI, %d faults\n", n, esp, ike, lmi, faults
		exit faults != 0
	}' || exit 1

while [[ $# -ge 2 && $1 == --clear ]]; do
	if LC_ALL=C grep -qaF -- "$2" "$file"; then
		echo "  \"$2\" can be read in $file"
		exit 1
	fi
	shift 2
done
