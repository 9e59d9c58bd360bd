#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# `vcgwd --check` passes what is good; of what is not it names file, line, value and the way out.
. "$(dirname "$0")/lib.sh"
. "$RIG_HERE/certs.sh"
command -v openssl >/dev/null || skip "no openssl(1) here"
rig_enter "$@"
rig_config

check() {
	"$VCGWD" --check "$1"
}

# refused NAME SED-SCRIPT WORD...: the LNS's configuration, spoilt, is refused, the line is named and
# so is each WORD.
refused() {
	local bad=$RIG_DIR/bad.conf out line word
	sed "$1" "$RIG_DIR/lns.conf" >"$bad"
	shift
	line=$(diff "$RIG_DIR/lns.conf" "$bad" | sed -n '1s/^[0-9,]*[acd]\([0-9]*\).*/\1/p')
	out=$(check "$bad" 2>&1) && { echo "passed"; return 1; }
	echo "$out"
	[[ $out == *"bad.conf:$line"* ]] || { echo "line $line is not named"; return 1; }
	for word in "$@"; do
		[[ $out == *"$word"* ]] || { echo "no word of '$word'"; return 1; }
	done
}

# An example is right as it is, but for where its files are.
example() {
	sed "s,/etc/vcgw/pki,$RIG_DIR/certs,g; s,/etc/vcgw/secrets,$RIG_DIR/secrets," "$RIG_TOP/examples/$1" >"$RIG_DIR/$1"
	check "$RIG_DIR/$1"
}

example_files() {
	cert_ca root P-256 && cert_leaf lns1 P-256 root /CN=lns1 DNS:lns1.example && mkdir -p "$RIG_DIR/certs/crl"
}

step "the LNS's configuration passes" check "$RIG_DIR/lns.conf"
step "the LAC's configuration passes" check "$RIG_DIR/lac.conf"
step "the files that an example names are made" example_files
for name in lns lac uplink-lns; do
	step "the example $name.conf passes" example $name.conf
done
step "an unknown command" refused 's/^ pfs .*/ perfect-secrecy on/' perfect-secrecy
step "a lifetime out of range" refused 's/lifetime esp .*/lifetime esp 5/' 5 60 604800
step "an unknown suite" refused 's/^ esp .*/ esp rot13/' rot13 aes256gcm16
step "an unknown group" refused 's/^ pfs .*/ pfs modp6144/' modp6144 modp2048
step "a weak group without the operator's reason" refused 's/^ pfs .*/ pfs modp768/' modp768 legacy-algorithms
step "a VCI that is reserved" refused 's/pvc 0.100/pvc 0.5/' 5 32
step "a DLCI that is reserved" refused 's/dlci 100/dlci 1007/' 1007 991
step "an encapsulation of the other medium" refused 's/encapsulation .*/encapsulation nlpid-snap/' nlpid llc-snap
step "a group that is not there" refused '0,/l2tp lns subscribers/s//l2tp lns nobody/' nobody

secrets_open() {
	local out
	chmod 644 "$RIG_DIR/secrets"
	out=$(check "$RIG_DIR/lns.conf" 2>&1) && { echo "passed"; return 1; }
	echo "$out"
	chmod 600 "$RIG_DIR/secrets"
	[[ $out == *"$RIG_DIR/secrets"* && $out == *"chmod 600"* ]]
}
step "secrets that others can read" secrets_open

psk_missing() {
	local out
	sed -i '/psk *atm0/d' "$RIG_DIR/secrets"
	out=$(check "$RIG_DIR/lns.conf" 2>&1)
	echo "$out"
	[[ $out == *"atm0/0.100"* && $out == *psk* ]]
}
step "a circuit without its key" psk_missing
rig_done
