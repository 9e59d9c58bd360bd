# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# CAs, certificates and revocation lists for tests, made by openssl(1), to be sourced after lib.sh
# and used after rig_enter. Everything is in $RIG_DIR/certs: NAME.pem, NAME.key, CA.crl.

# A key: rsa, or a curve as openssl calls it.
cert_key() {
	local name=$1 kind=$2
	if [[ $kind == rsa ]]; then
		(umask 077 && openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out "$CERTS/$name.key") 2>/dev/null ||
			(umask 077 && openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out "$CERTS/$name.key" 2>/dev/null)
	else
		(umask 077 && openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:"$kind" -out "$CERTS/$name.key")
	fi
}

# cert_ca NAME KIND [ISSUER]
cert_ca() {
	local name=$1 kind=$2 issuer=${3-}
	CERTS=$RIG_DIR/certs
	mkdir -p "$CERTS/$name.d"
	: >"$CERTS/$name.d/index.txt"
	cat >"$CERTS/$name.cnf" <<-END
		[ca]
		default_ca = this
		[this]
		dir = $CERTS
		database = $CERTS/$name.d/index.txt
		new_certs_dir = $CERTS/$name.d
		certificate = $CERTS/$name.pem
		private_key = $CERTS/$name.key
		rand_serial = yes
		default_md = sha256
		default_days = 30
		default_crl_days = 30
		policy = any
		unique_subject = no
		[any]
		countryName = optional
		organizationName = optional
		commonName = supplied
		[v3_ca]
		basicConstraints = critical,CA:TRUE
		keyUsage = critical,keyCertSign,cRLSign
		subjectKeyIdentifier = hash
	END
	cert_key "$name" "$kind" || return 1
	openssl req -new -key "$CERTS/$name.key" -subj "/C=NL/O=Example/CN=$name" -out "$CERTS/$name.csr" || return 1
	openssl ca -batch -notext -config "$CERTS/${issuer:-$name}.cnf" -extfile "$CERTS/$name.cnf" -extensions v3_ca \
		${issuer:+-in "$CERTS/$name.csr"} ${issuer:+-out "$CERTS/$name.pem"} \
		$([[ $issuer ]] || echo -selfsign -keyfile "$CERTS/$name.key" -in "$CERTS/$name.csr" -out "$CERTS/$name.pem") \
		2>>"$CERTS/log" || { cat "$CERTS/log"; return 1; }
}

# cert_leaf NAME KIND ISSUER SUBJECT SAN [OPTIONS OF openssl ca...]; its file has the issuer behind it.
cert_leaf() {
	local name=$1 kind=$2 issuer=$3 subject=$4 san=$5
	shift 5
	cert_key "$name" "$kind" || return 1
	openssl req -new -key "$CERTS/$name.key" -subj "$subject" -out "$CERTS/$name.csr" || return 1
	printf '[leaf]\nsubjectAltName = %s\nkeyUsage = digitalSignature\n' "$san" >"$CERTS/$name.ext"
	openssl ca -batch -notext -config "$CERTS/$issuer.cnf" -extfile "$CERTS/$name.ext" -extensions leaf "$@" \
		-in "$CERTS/$name.csr" -out "$CERTS/$name.only" 2>>"$CERTS/log" || { cat "$CERTS/log"; return 1; }
	cat "$CERTS/$name.only" "$CERTS/$issuer.pem" >"$CERTS/$name.pem"
}

# cert_crl CA [REVOKED...]
cert_crl() {
	local ca=$1 name
	shift
	for name in "$@"; do
		openssl ca -config "$CERTS/$ca.cnf" -revoke "$CERTS/$name.only" 2>>"$CERTS/log" || return 1
	done
	openssl ca -config "$CERTS/$ca.cnf" -gencrl -out "$CERTS/$ca.crl" 2>>"$CERTS/log"
}
