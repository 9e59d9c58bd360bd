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
prog=${1:-.}/tests/unit/l2tp/test_tunnel
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

L2TP_DUMP=$dir/dump "$prog" >"$dir/log" || { cat "$dir/log"; exit 1; }
text2pcap -q -u 1701,1701 "$dir/dump" "$dir/pcap" >/dev/null 2>&1
tshark -r "$dir/pcap" -V >"$dir/text" 2>/dev/null

sent=$(grep -c '^000000' "$dir/dump")
seen=$(grep -c '^Layer 2 Tunneling Protocol' "$dir/text" || true)
echo "sent $sent, dissected $seen:"
grep -h 'Control Message' "$dir/text" | grep -o '([0-9]*)$' | sort | uniq -c | sort -rn | head -20 || true
[ "$sent" -gt 0 ] && [ "$sent" -eq "$seen" ] || { echo "FAIL: not all were dissected"; exit 1; }
if grep -i -E 'malformed|Expert Info \((Error|Warning)' "$dir/text" | sort | uniq -c | head; then
	grep -q -i malformed "$dir/text" && { echo "FAIL: malformed"; exit 1; }
fi
echo PASS
