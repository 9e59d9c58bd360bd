#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 240
#
# Main Mode with strongSwan by certificates, RSA and ECDSA, under an intermediate CA: proposed by
# either; wrong CA, wrong certificate, revoked, refused by either and named at our end. As t_charon.sh.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/charon.sh"
. "$(dirname "$0")/certs.sh"
charon_find
command -v openssl >/dev/null || skip "no openssl(1) here"
rig_enter "$@"
charon_rig

DN='C=NL, O=Example Telecom, CN='
declare -A NAME=([rsa]=rsa [P-256]=ecdsa-256 [P-384]=ecdsa-384 [P-521]=ecdsa-521)

# Our certificates and charon's, of one kind of key.
certificates() {
	local kind=$1
	rm -rf "$RIG_DIR/certs"
	cert_ca root "$kind" && cert_ca middle "$kind" root && cert_ca stranger "$kind" || return 1
	cert_leaf lns "$kind" middle "/C=NL/O=Example Telecom/CN=lns1" DNS:lns1.example || return 1
	cert_leaf lac "$kind" middle "/C=NL/O=Example Telecom/CN=lac1" DNS:lac1.example || return 1
	cert_leaf lac-strange "$kind" stranger "/C=NL/O=Example Telecom/CN=lac1" DNS:lac1.example || return 1
	cert_leaf lac-other "$kind" middle "/C=NL/O=Example Telecom/CN=lac2" DNS:lac2.example || return 1
	cert_crl root && cert_crl middle
}

# What charon has: charon_has CERTIFICATE CA... swanctl looks for them beside its configuration.
charon_has() {
	local name=$1 ca
	rm -rf "$RIG_DIR"/{x509,x509ca,private}
	mkdir -p "$RIG_DIR"/{x509,x509ca,private}
	cp "$CERTS/$name.only" "$RIG_DIR/x509/$name.pem"
	cp "$CERTS/$name.key" "$RIG_DIR/private/"
	shift
	for ca in "$@"; do
		cp "$CERTS/$ca.pem" "$RIG_DIR/x509ca/"
	done
	C[cert]=$name.pem
	charon_load
}

# lns_config IDENTITY-LINES [CRL-LINES]
lns_config() {
	rig_config
	{
		sed '/^link/,$d' "$RIG_DIR/lns.conf"
		cat <<-END
			pki field
			 ca-certificate $CERTS/root.pem
			 certificate $CERTS/lns.pem private-key $CERTS/lns.key
		END
		lines ' ' "${2-}"
		sed -n '/^link/,$p' "$RIG_DIR/lns.conf" |
			sed "/^ pvc/,/^link/s/  identity remote.*/  authentication pki field\\n${1//\//\\/}/"
	} >"$RIG_DIR/lns.new"
	mv "$RIG_DIR/lns.new" "$RIG_DIR/lns.conf"
}

look() {
	vici --list-sas
	vty lns show circuit atm0/0.100
	tail -n 25 "$RIG_DIR/charon.log"
	grep DIKE "$RIG_DIR/lns.log" | tail -n 12
}

# established METHOD: at both ends.
established() {
	local i
	for ((i = 0; i < 100; i++)); do
		if vici --list-sas | grep -q ESTABLISHED && vty lns show crypto ike sa | grep -q ESTABLISHED; then
			vty lns show crypto ike sa
			vty lns show crypto ike sa | grep -q "by certificate ($1)"
			return
		fi
		sleep 0.2
	done
	look
	return 1
}

# anew answers|begins: everything from the start; who begins phase 1.
anew() {
	[[ -z $SHIM ]] || kill $SHIM
	vici --terminate --ike circuit --force --timeout 2
	[[ -z ${RIG_PID[lns]-} ]] || rig_stop lns || return 1
	: >"$RIG_DIR/lns.log"
	rig_start lns || return 1
	if [[ $1 == answers ]]; then
		shim answers
		vici --initiate --ike circuit --timeout 3
	else
		shim
	fi
	return 0
}

# ours METHOD, theirs METHOD: who begins.
ours() {
	anew begins && established "$1"
}

theirs() {
	anew answers
	established "$1"
}

# refused BEGINS COUNTER LOG
refused() {
	local i n
	anew "$1"
	for ((i = 0; i < 80; i++)); do
		n=$(vty lns show circuit atm0/0.100 | sed -n "s/^ *$2  *\\([0-9]*\\)\$/\\1/p")
		[[ ${n:-0} -ge 1 ]] && grep -q "$3" "$RIG_DIR/lns.log" && return 0
		sleep 0.1
	done
	look
	return 1
}

whole() {
	local kind=$1
	lns_config "  identity remote dn C=NL,O=Example Telecom,CN=lac1"
	C[id]="${DN}lac1"
	C[remote_id]="${DN}lns1"
	charon_has lac root middle >"$RIG_DIR/load.log" 2>&1 || { cat "$RIG_DIR/load.log"; return 1; }
	step "$kind, proposed by vcgw" ours "${NAME[$kind]}"
	step "$kind, proposed by charon" theirs "${NAME[$kind]}"
}

names() {
	lns_config "  identity local fqdn lns1.example\\n  identity remote fqdn lac1.example"
	C[id]=lac1.example
	C[remote_id]=lns1.example
	charon_has lac root middle >/dev/null 2>&1
	step "$1, names of subjectAltName, proposed by vcgw" ours "${NAME[$1]}"
	step "$1, names of subjectAltName, proposed by charon" theirs "${NAME[$1]}"
}

# What must not be: with charon beginning, and ourselves.
refusals() {
	lns_config "  identity remote dn C=NL,O=Example Telecom,CN=lac1"
	C[id]="${DN}lac1"
	C[remote_id]="${DN}lns1"
	charon_has lac-strange root middle stranger >/dev/null 2>&1
	step "$1, charon has a certificate of another CA" refused answers 'certificate: wrong CA' 'refused: wrong CA'
	step "$1, the same, and vcgw begins" refused begins 'certificate: wrong CA' 'refused: wrong CA'
	C[id]="${DN}lac2"
	charon_has lac-other root middle >/dev/null 2>&1
	step "$1, charon has a certificate of another circuit" refused answers 'wrong identity' 'calls itself C=NL,O=Example Telecom,CN=lac2'
	C[id]="${DN}lac1"
	charon_has lac stranger >/dev/null 2>&1
	step "$1, charon does not trust our CA" refused begins 'messages received' 'the peer refuses phase 1: AUTHENTICATION-FAILED'
	charon_has lac root middle >/dev/null 2>&1
	cert_crl middle lac
	lns_config "  identity remote dn C=NL,O=Example Telecom,CN=lac1" "crl $CERTS/middle.crl"
	step "$1, charon's certificate is revoked" refused answers 'certificate: revoked' 'refused: revoked'
	step "$1, the same, and vcgw begins" refused begins 'certificate: revoked' 'refused: revoked'
}

certificates rsa || exit 1
charon_starts >"$RIG_DIR/load.log" 2>&1 || {
	cat "$RIG_DIR/load.log"
	tail -n 3 "$RIG_DIR/charon.log"
	skip "charon does not run here (see above)"
}
C[auth]=pubkey
whole rsa
names rsa
refusals rsa
for kind in P-256 P-384 P-521; do
	step "CAs and certificates, $kind" certificates $kind || exit 1
	whole $kind
done
certificates P-256
names P-256
refusals P-256
rig_done
