#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 240
#
# Aggressive Mode with strongSwan, proposed by either: on a circuit by pre-shared key and by
# certificate (as t_charon.sh), then between addresses with both phases and NAT traversal (as
# t_charon_natt.sh). Without `aggressive-mode` neither charon nor ike-scan gets an answer.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/charon.sh"
. "$(dirname "$0")/certs.sh"
charon_find
command -v cc >/dev/null || skip "no cc: install gcc"
command -v openssl >/dev/null || skip "no openssl(1) here"
make -s -C "$RIG_BUILD/tests/unit/ipsec" ike_over_udp >/dev/null 2>&1 || skip "ike_over_udp cannot be built in $RIG_BUILD"
rig_enter "$@"
charon_rig
SAS=$RIG_DIR/sas
OUT=$RIG_DIR/ours
C[aggressive]=yes

cc -shared -fPIC -o "$RIG_DIR/xfrm_noop.so" "$RIG_HERE/xfrm_noop.c" -ldl || exit 1
charon_starts LD_PRELOAD="$RIG_DIR/xfrm_noop.so" XFRM_NOOP_SAS="$SAS" >"$RIG_DIR/load.log" 2>&1 || {
	cat "$RIG_DIR/load.log"
	skip "charon does not run here (see above)"
}

# ---- on a circuit ----

# lns_config MODE [certificates]
lns_config() {
	rig_config
	sed -i "/^ike profile/a\\ aggressive-mode $1" "$RIG_DIR/lns.conf"
	[[ ${2-} ]] || return 0
	{
		sed '/^link/,$d' "$RIG_DIR/lns.conf"
		cat <<-END
			pki field
			 ca-certificate $CERTS/root.pem
			 certificate $CERTS/lns.pem private-key $CERTS/lns.key
		END
		sed -n '/^link/,$p' "$RIG_DIR/lns.conf" |
			sed "/^ pvc/,/^link/s/  identity remote.*/  authentication pki field\\n  identity remote dn C=NL,O=Example Telecom,CN=lac1/"
	} >"$RIG_DIR/lns.new"
	mv "$RIG_DIR/lns.new" "$RIG_DIR/lns.conf"
}

certificates() {
	cert_ca root rsa && cert_leaf lns rsa root "/C=NL/O=Example Telecom/CN=lns1" DNS:lns1.example &&
		cert_leaf lac rsa root "/C=NL/O=Example Telecom/CN=lac1" DNS:lac1.example || return 1
	mkdir -p "$RIG_DIR"/{x509,x509ca,private}
	cp "$CERTS/lac.only" "$RIG_DIR/x509/lac.pem"
	cp "$CERTS/lac.key" "$RIG_DIR/private/"
	cp "$CERTS/root.pem" "$RIG_DIR/x509ca/"
	C[auth]=pubkey C[cert]=lac.pem C[id]='C=NL, O=Example Telecom, CN=lac1' C[remote_id]='C=NL, O=Example Telecom, CN=lns1'
	charon_load
}

look() {
	vici --list-sas
	vty lns show crypto ike sa detail
	grep -v '\[NET\]' "$RIG_DIR/charon.log" | tail -n 25
	grep DIKE "$RIG_DIR/lns.log" | tail -n 12
	return 1
}

established() {
	local i
	for ((i = 0; i < 50; i++)); do
		if vici --list-sas | grep -q ESTABLISHED && vty lns show crypto ike sa | grep -q ESTABLISHED; then
			vty lns show crypto ike sa
			vty lns show crypto ike sa | grep -q 'aggressive mode: identities were in the clear' || look
			return
		fi
		sleep 0.2
	done
	look
}

# anew MODE [certificates]: everything from the start.
anew() {
	[[ -z $SHIM ]] || kill $SHIM
	vici --terminate --ike circuit --force --timeout 2 >/dev/null 2>&1
	[[ -z ${RIG_PID[lns]-} ]] || rig_stop lns || return 1
	: >"$RIG_DIR/lns.log"
	lns_config "$@" && rig_start lns
}

ours() {
	anew initiate "$@" && shim && established
}

theirs() {
	anew accept "$@" && shim answers || return 1
	vici --initiate --ike circuit --timeout 3
	established
}

counter() {
	vty lns show crypto ike sa detail | awk -v name="$1" '/^fr0/ { exit } index($0, "  " name " ") == 1 { v = $NF } END { print v + 0 }'
}

answers_heard() {
	grep -c 'parsed AGGRESSIVE response' "$RIG_DIR/charon.log"
}

off() {
	local before
	anew off && shim answers || return 1
	before=$(answers_heard)
	vici --initiate --ike circuit --timeout 3 && look && return 1
	(($(counter unexpected) >= 1 && $(answers_heard) == before)) &&
		grep -q 'wants aggressive mode, which is off here' "$RIG_DIR/lns.log" || look
}

scan() {
	in_ns charon ike-scan --sport=500 --retry=1 --timeout=2000 --aggressive --id="$1" --idtype=2 --dhgroup=14 \
		--trans='(1=7,14=256,2=4,3=1,4=14)' 192.0.2.1 2>&1 | tee -a "$RIG_DIR/scan.log"
}

# Who knows an identity gets an answer, to try keys on; who does not gets none.
scanned() {
	# ike-scan has groups of numbers only.
	P[ike]=aes256-sha256-modp2048
	anew accept && shim answers || return 1
	kill $CHARON_PID && sleep 1
	scan nobody | grep -q '0 returned handshake; 0 returned notify' &&
		scan lac1 | grep -q 'Aggressive Mode Handshake returned' && return
	cat "$RIG_DIR/scan.log"
	look
}

warned() {
	grep -q 'aggressive-mode initiate is weak' "$RIG_DIR/lns.log"
}

# ---- between addresses ----

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

# udp WAY NAT OPTION...
udp() {
	local way=$1 nat=$2
	shift 2
	rm -f "$SAS"
	charon_load >/dev/null
	in_ns shim "$RIG_BUILD/tests/unit/ipsec/ike_over_udp" -a 192.0.2.1 -r 192.0.2.2 -i lns1 \
		-e aes256gcm16 -g ecp256 -t 4 "$@" >"$OUT" 2>&1
	[[ $? == 3 ]] && grep -q "^WAY out $way" "$OUT" && grep -q "^NAT $nat" "$OUT" && same_sas && return
	cat "$OUT"
	grep -v '\[NET\]' "$RIG_DIR/charon.log" | tail -n 25
	return 1
}

udp_answers() {
	{ sleep 1; vici --initiate --child l2tp --timeout 5; } >/dev/null 2>&1 &
	udp "$@" -A accept -w
}

encap() {
	C[encap]=$1
	vici --terminate --ike circuit --force --timeout 1 >/dev/null 2>&1
	charon_load
}

addresses() {
	[[ -z $SHIM ]] || kill $SHIM
	SHIM=
	rig_stop lns
	C[auth]=psk C[cert]='' C[remote_id]=lns1 C[id]=192.0.2.2 C[psk]=secret C[local_ts]='dynamic[udp/1701]' C[remote_ts]='dynamic[udp/1701]'
	encap no
}

step "pre-shared key, proposed by vcgw" ours
step "the log warns" warned
step "pre-shared key, proposed by charon" theirs
step "off: charon gets no answer" off
step "certificates" certificates || exit 1
step "certificates, proposed by vcgw" ours certificates
step "certificates, proposed by charon" theirs certificates
step "between addresses" addresses
step "plain ESP, begun by us" udp "esp 192.0.2.1-192.0.2.2 natted 0" "here 0 there 0" -N auto -A initiate
step "plain ESP, begun by charon" udp_answers "esp 192.0.2.1-192.0.2.2 natted 0" "here 0 there 0" -N auto
step "rekeyed by us" udp "esp" "here 0 there 0" -N auto -A initiate -R 2
step "UDP encapsulation, forced by us" udp "udp 192.0.2.1:4500-192.0.2.2:4500" "here 0 there 0" -N force -A initiate
step "charon forces encapsulation now" encap yes
step "UDP encapsulation, forced by charon, begun by us" udp "udp 192.0.2.1:4500-192.0.2.2:4500 natted 1" "here 0 there 1" -N auto -A initiate
step "UDP encapsulation, forced by charon, begun by it" udp_answers "udp 192.0.2.1:4500-192.0.2.2:4500 natted 1" "here 0 there 1" -N auto
if command -v ike-scan >/dev/null; then
	step "ike-scan: an answer for an identity that is known only" scanned
fi
rig_done
