#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# An independent judge: every control message that the unit test of tunnels sends goes through
# Wireshark's dissector (as UDP 1701), which must find nothing malformed and know every message.
#
#	l2tp_tshark.sh BUILD-DIRECTORY
set -eu

for tool in tshark text2pcap; do
	command -v $tool >/dev/null || { echo "SKIP: no $tool"; exit 77; }
done
build=${1:-.}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

for prog in test_tunnel test_police; do
	L2TP_DUMP=$dir/dump "$build/tests/unit/l2tp/$prog" >"$dir/log" || { cat "$dir/log"; exit 1; }
done
text2pcap -q -u 1701,1701 "$dir/dump" "$dir/pcap" >/dev/null 2>&1
tshark -r "$dir/pcap" -V >"$dir/text" 2>/dev/null

sent=$(grep -c '^000000' "$dir/dump")
seen=$(grep -c '^Layer 2 Tunneling Protocol' "$dir/text" || true)
grep -o 'Message Type: .*' "$dir/text" | sort | uniq -c
echo "sent $sent, dissected $seen"
if [ "$sent" -eq 0 ] || [ "$sent" -ne "$seen" ]; then
	echo "FAIL: not all were dissected"
	exit 1
fi
if grep -i -E 'malformed|Expert Info \((Error|Warning)' "$dir/text"; then
	echo "FAIL"
	exit 1
fi
echo PASS
