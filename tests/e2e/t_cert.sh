#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 150
#
# Certificates between two vcgwd: RSA on the ATM circuit, ECDSA on the Frame Relay one, each under an
# intermediate CA; what is wrong is refused and named by a counter; SIGHUP brings revocation.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/certs.sh"
command -v openssl >/dev/null || skip "no openssl(1) here"
rig_enter "$@"

certificates() {
	local end
	cert_ca root-rsa rsa && cert_ca middle-rsa rsa root-rsa || return 1
	cert_ca root-ec P-256 && cert_ca middle-ec P-384 root-ec || return 1
	cert_ca stranger P-256 || return 1
	for end in lns lac; do
		cert_leaf $end-rsa rsa middle-rsa "/C=NL/O=Example Telecom/CN=${end}1" "DNS:${end}1.example" || return 1
		cert_leaf $end-ec P-256 middle-ec "/C=NL/O=Example Telecom/CN=${end}1" "DNS:${end}1.example" || return 1
	done
	cert_leaf lac-expired P-256 middle-ec "/C=NL/O=Example Telecom/CN=lac1" DNS:lac1.example \
		-startdate 20200101000000Z -enddate 20210101000000Z || return 1
	cert_leaf lac-stranger P-256 stranger "/C=NL/O=Example Telecom/CN=lac1" DNS:lac1.example || return 1
	cert_leaf lac-other P-256 middle-ec "/C=NL/O=Example Telecom/CN=lac2" DNS:lac2.example || return 1
	cert_crl root-ec && cert_crl middle-ec
}

# config LAC-CERTIFICATE [NAME]: the configuration of the rig, with certificates in the place of keys.
config() {
	local end remote own local
	rig_config
	sed -i /^psk/d "$RIG_DIR/secrets"
	for end in lns lac; do
		[[ $end == lns ]] && remote=lac1 || remote=lns1
		[[ $end == lns ]] && own=lns-ec || own=$1
		[[ $end == lns ]] && local=lns1 || local=${2-lac1}
		{
			sed '/^link/,$d' "$RIG_DIR/$end.conf"
			cat <<-END
				pki rsa
				 ca-certificate $CERTS/root-rsa.pem
				 certificate $CERTS/$end-rsa.pem private-key $CERTS/$end-rsa.key
				pki ec
				 ca-certificate $CERTS/root-ec.pem crl require
				 crl $CERTS/root-ec.crl
				 crl $CERTS/middle-ec.crl
				 certificate $CERTS/$own.pem private-key $CERTS/$own.key
			END
			sed -n '/^link/,$p' "$RIG_DIR/$end.conf" |
				sed "/^ pvc/,/^link/s/  identity remote.*/  authentication pki rsa\\n  identity remote dn C=NL,O=Example Telecom,CN=$remote/
				     /^ dlci/,\$s/  identity remote.*/  authentication pki ec\\n  identity local fqdn $local.example\\n  identity remote fqdn $remote.example/"
		} >"$RIG_DIR/$end.new"
		mv "$RIG_DIR/$end.new" "$RIG_DIR/$end.conf"
	done
}

checked() {
	"$VCGWD" --check "$RIG_DIR/lns.conf" && "$VCGWD" --check "$RIG_DIR/lac.conf"
}

by_certificate() {
	local end
	for end in lns lac; do
		vty $end show crypto ike sa >"$RIG_DIR/sas"
		cat "$RIG_DIR/sas"
		grep -q 'CN=l[na][sc]1, by certificate (rsa)' "$RIG_DIR/sas" || return 1
		grep -q 'peer: l[na][sc]1.example, by certificate (ecdsa-256)' "$RIG_DIR/sas" || return 1
	done
}

shown() {
	local out
	out=$(vty lns show crypto pki)
	echo "$out"
	grep -q '^Pki ec: read 20' <<<"$out" && grep -q 'Circuit fr0/100' <<<"$out" &&
		grep -q 'CA C=NL,O=Example,CN=root-ec, revocation lists: require' <<<"$out" &&
		grep -q 'Our certificate C=NL,O=Example Telecom,CN=lns1, ecdsa-256, key of 256 bits, sent with 1 more' <<<"$out" &&
		grep -q 'Revocation list of C=NL,O=Example,CN=middle-ec' <<<"$out" &&
		! grep -qi 'private' <<<"$out"
}

# counted NAME: the LNS's counter on the Frame Relay circuit.
counted() {
	vty lns show circuit fr0/100 | sed -n "s/^ *$1  *\\([0-9]*\\)\$/\\1/p"
}

# SIGHUP to the LNS, until it has read its files again.
reload() {
	local i n
	n=$(grep -c 'pki ec: ' "$RIG_DIR/lns.log")
	kill -HUP "${RIG_PID[lns]}"
	for ((i = 0; i < 100; i++)); do
		(($(grep -c 'pki ec: ' "$RIG_DIR/lns.log") > n)) && return 0
		sleep 0.1
	done
	return 1
}

# The LAC revoked: what runs stays, and the next phase 1 is refused.
revoked() {
	local i
	cert_crl middle-ec lac-ec || return 1
	reload || return 1
	rig_ping vcgw-fr 56 2 || return 1
	rig_rekey lac fr0/100 ike
	for ((i = 0; i < 50; i++)); do
		[[ $(counted 'certificate: revoked') -ge 1 ]] && break
		sleep 0.1
	done
	[[ $(counted 'certificate: revoked') -ge 1 ]] || return 1
	grep -q "certificate refused: revoked.*their side" "$RIG_DIR/lns.log" || return 1
	rig_ping vcgw-fr 56 2
}

# A file that cannot be read leaves what is in use, and says so.
bad_reload() {
	mv "$CERTS/lns-ec.key" "$CERTS/away"
	reload || return 1
	grep -q "pki ec: $CERTS/lns-ec.key: No such file or directory; what was read before stays in use" "$RIG_DIR/lns.log" || return 1
	vty lns show crypto pki ec | grep "not read anew, the old is in use: $CERTS/lns-ec.key" || return 1
	mv "$CERTS/away" "$CERTS/lns-ec.key"
	rig_ping vcgw-fr 56 2
}

# refused LAC-CERTIFICATE COUNTER LOG [NAME]: started anew with it, the LAC does not come in by Frame Relay.
refused() {
	local i
	rig_stop lac && rig_stop lns || return 1
	config "$1" "${4-lac1}"
	rig_start lns && rig_start lac || return 1
	for ((i = 0; i < 250; i++)); do
		[[ $(counted "$2") -ge 1 ]] && break
		sleep 0.1
	done
	vty lns show circuit fr0/100
	tail -n 30 "$RIG_DIR/lns.log"
	[[ $(counted "$2") -ge 1 ]] && grep -q "$3" "$RIG_DIR/lns.log" && [[ -z $(rig_addr lac vcgw-fr) ]] &&
		rig_wait_up 20 vcgw-atm
}

# A good certificate says who its owner is, and does not make it somebody else: on another circuit it
# is refused under its own name and under the one that belongs there.
wrong_circuit() {
	refused lac-other 'wrong identity' 'fr0/100: the peer calls itself fqdn lac2.example, our configuration wants another' lac2
}

borrowed_name() {
	refused lac-other 'certificate: another identity' 'fr0/100: .*certificate refused: another identity' lac1
}

# says PATTERN: what --check has to say about bad.conf, which it does not pass.
says() {
	local out
	out=$("$VCGWD" --check "$RIG_DIR/bad.conf") && return 1
	grep "$1" <<<"$out"
}

bad_files() {
	cp "$RIG_DIR/lns.conf" "$RIG_DIR/bad.conf"
	chmod 640 "$CERTS/lns-rsa.key"
	says 'pki rsa: .*lns-rsa.key: mode 640 lets others in; .*chmod 600' || return 1
	chmod 600 "$CERTS/lns-rsa.key"
	sed -i 's/lns-ec.key/lac-ec.key/' "$RIG_DIR/bad.conf"
	says 'pki ec: .*lac-ec.key: is not the key of the first certificate' || return 1
	sed -i 's/lac-ec.key/lns-ec.key/; s/identity local fqdn.*/identity local fqdn somebody.example/' "$RIG_DIR/bad.conf"
	says 'circuit fr0/100: no certificate of pki ec proves our .identity local.' || return 1
	# And on a running gateway, at the line.
	vty lns "configure terminal; pki ec; certificate $CERTS/lns-rsa.pem private-key $CERTS/lns-ec.key" && return 1
	says_vty 'nothing.pem: No such file' "configure terminal; pki new; ca-certificate $CERTS/nothing.pem" || return 1
	vty lns show crypto pki ec | grep -q "Our certificate" && rig_ping vcgw-atm 56 2
}

says_vty() {
	local out
	out=$(vty lns "$2" 2>&1) && return 1
	grep "$1" <<<"$out"
}

step "CAs and certificates are made" certificates || exit 1
config lac-ec
step "--check finds nothing wrong" checked
step "LNS starts" rig_start lns || exit 1
step "LAC starts" rig_start lac || exit 1
step "both circuits come up" rig_wait_up 30 || exit 1
step "by RSA and by ECDSA" by_certificate
step "ping, ATM" rig_ping vcgw-atm 1400
step "ping, Frame Relay" rig_ping vcgw-fr 1400
step "show crypto pki" shown
step "what is wrong with files is said with the fix" bad_files
step "SIGHUP with a damaged set keeps the old one" bad_reload
step "SIGHUP with a revocation: what runs stays, nothing new" revoked
step "an expired certificate is refused" refused lac-expired 'certificate: out of date' 'certificate refused: expired'
step "a stranger's certificate is refused" refused lac-stranger 'certificate: wrong CA' 'certificate refused: wrong CA'
step "a good certificate on the wrong circuit is refused" wrong_circuit
step "a good certificate under another's name is refused" borrowed_name
rig_done
