#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 120
#
# IKE as on the uplink with strongSwan's charon: L2TP between two addresses, without a NAT, and with
# UDP encapsulation forced by either end, which looks like one. A peer of ours without a gateway
# (ike_over_udp.c) begins or answers; charon's kernel is xfrm_noop.c, whose SAs must have our SPIs and
# keys.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/charon.sh"
charon_find
command -v cc >/dev/null || skip "no cc: install gcc"
make -s -C "$RIG_BUILD/tests/unit/ipsec" ike_over_udp >/dev/null 2>&1 || skip "ike_over_udp cannot be built in $RIG_BUILD"
rig_enter "$@"
charon_rig
SAS=$RIG_DIR/sas
OUT=$RIG_DIR/ours
C[id]=192.0.2.2 C[psk]=secret C[local_ts]='dynamic[udp/1701]' C[remote_ts]='dynamic[udp/1701]'

cc -shared -fPIC -o "$RIG_DIR/xfrm_noop.so" "$RIG_HERE/xfrm_noop.c" -ldl || exit 1
charon_starts LD_PRELOAD="$RIG_DIR/xfrm_noop.so" XFRM_NOOP_SAS="$SAS" >"$RIG_DIR/load.log" 2>&1 || {
	cat "$RIG_DIR/load.log"
	skip "charon does not run here (see above)"
}

look() {
	cat "$OUT"
	grep -v '\[NET\]' "$RIG_DIR/charon.log" | tail -n 25
	return 1
}

# Every SA of ours is one of charon's: SPI, and its key as the kernel would get it.
same_sas() {
	local n=0 word dir spi suite key
	while read -r word dir spi suite _ _ _ key; do
		[[ $word == ADD ]] || continue
		grep -q " $spi .* $key" "$SAS" || { echo "charon has no $dir $spi $suite"; return 1; }
		n=$((n + 1))
	done <"$OUT"
	RIG_NOTE="$n SAs"
	((n >= 2))
}

# ours WAY NAT OPTION...: run our peer; both phases must come up, by that way.
ours() {
	local way=$1 nat=$2
	shift 2
	rm -f "$SAS"
	charon_load >/dev/null
	in_ns shim "$RIG_BUILD/tests/unit/ipsec/ike_over_udp" -a 192.0.2.1 -r 192.0.2.2 -i lns1 \
		-e aes256gcm16 -g ecp256 -t 4 "$@" >"$OUT" 2>&1
	[[ $? == 3 ]] && grep -q "^WAY out $way" "$OUT" && grep -q "^NAT $nat" "$OUT" && same_sas || look
}

answers() {
	{ sleep 1; vici --initiate --child l2tp --timeout 5; } >/dev/null 2>&1 &
	ours "$@" -w
}

encap() {
	C[encap]=$1
	vici --terminate --ike circuit --force --timeout 1 >/dev/null 2>&1
	charon_load
}

step "plain ESP, begun by us" ours "esp 192.0.2.1-192.0.2.2 natted 0 inner ports 1701 1701" "here 0 there 0" -N auto
step "plain ESP, begun by charon" answers "esp 192.0.2.1-192.0.2.2 natted 0 inner ports 1701 1701" "here 0 there 0" -N auto
step "rekeyed by us" ours "esp" "here 0 there 0" -N auto -R 2
step "UDP encapsulation, forced by us" ours "udp 192.0.2.1:4500-192.0.2.2:4500" "here 0 there 0" -N force
step "charon forces encapsulation now" encap yes
step "UDP encapsulation, forced by charon, begun by us" ours "udp 192.0.2.1:4500-192.0.2.2:4500 natted 1" "here 0 there 1" -N auto
step "UDP encapsulation, forced by charon, begun by it" answers "udp 192.0.2.1:4500-192.0.2.2:4500 natted 1" "here 0 there 1" -N auto
step "rekeyed by us on port 4500" ours "udp 192.0.2.1:4500-192.0.2.2:4500" "here 0 there 1" -N auto -R 2
rig_done
