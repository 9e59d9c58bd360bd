#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What a handshake (Main Mode, and the Quick Mode without PFS that follows it) costs a responder, whole
# daemon (octets in, octets out, log, everything): vcgwd, and strongSwan's charon as the distribution
# ships it, with the same initiator, a vcgwd that renews phase 1 again and again over a veth. Processor
# time by the scheduler's clock, of all threads. charon's kernel is e2e/xfrm_noop.c. It takes
# six minutes, most of them pauses. Exit status 77: something is missing here.
. "$(dirname "$0")/../e2e/lib.sh"
. "$RIG_HERE/charon.sh"
. "$RIG_HERE/certs.sh"
charon_find
command -v cc >/dev/null || skip "no cc: install gcc"
command -v openssl >/dev/null || skip "no openssl(1) here"
rig_enter "$@"
charon_rig
sed -i 's/default = 1/default = 0/; s/ike = 2/ike = 0/' "$RIG_DIR/strongswan.conf"
ip -n shim link set lo up
RIG_PORT[shim]=4294 RIG_PORT[charon]=4296
# vcgwd lets a peer have 16 SAs, and what was replaced lives some seconds on.
BURSTS=4
BURST=12
PAUSE=8
P[pfs]=none C[esp]=aes256gcm16
C[id]=lns1.example C[remote_id]=lac1.example C[psk]='the key of the uplink'
C[local_ts]='dynamic[udp/1701]' C[remote_ts]='dynamic[udp/1701]'
cc -shared -fPIC -o "$RIG_DIR/xfrm_noop.so" "$RIG_HERE/xfrm_noop.c" -ldl || exit 1

# head END NAME AUTH: what both vcgwd have in common
head_of() {
	rig_config_head "$1"
	[[ $3 == psk ]] || cat <<-END
		pki bench
		 ca-certificate $CERTS/root.pem
		 certificate $CERTS/$2.only private-key $CERTS/$2.key
	END
}

# peer_of ADDRESS NAME REMOTE THEIR-NAME AUTH L2TP
peer_of() {
	cat <<-END
		link up0 ip
		 address $1
		 peer far
		  remote $3
		  identity local fqdn $2.example
		  identity remote fqdn $4.example
		  l2tp $6
	END
	[[ $5 == psk ]] || echo "  authentication pki bench"
}

# configure AUTH SUITE
configure() {
	P[ike]=$2
	(
		umask 077
		printf 'psk up0/far "%s"\nuser alice "alice and her secret"\n' "${C[psk]}" >"$RIG_DIR/secrets"
	)
	{
		head_of shim lac1 "$1"
		printf 'client c\n tun vcgw-c\n user alice\n'
		peer_of 192.0.2.1 lac1 192.0.2.2 lns1 "$1" "client c"
	} >"$RIG_DIR/shim.conf"
	{
		head_of charon lns1 "$1"
		printf 'lns s\n tun vcgw-s\n local-address 10.64.0.1/24\n pool 10.64.0.10 10.64.0.250\n'
		peer_of 192.0.2.2 lns1 192.0.2.1 lac1 "$1" "lns s"
	} >"$RIG_DIR/charon.conf"
	rm -rf "$RIG_DIR"/{x509,x509ca,private}
	mkdir -p "$RIG_DIR"/{x509,x509ca,private}
	C[ike]=$2 C[auth]=psk C[cert]=''
	[[ $1 != psk ]] || return 0
	cp "$CERTS/lns1.only" "$RIG_DIR/x509/lns1.pem"
	cp "$CERTS/lns1.key" "$RIG_DIR/private/"
	cp "$CERTS/root.pem" "$RIG_DIR/x509ca/"
	C[auth]=pubkey C[cert]=lns1.pem
}

# Nanoseconds of all threads of a process.
cpu_ns() {
	cat /proc/"$1"/task/*/schedstat | awk '{ n += $1 } END { print n }'
}

established() {
	grep -c 'IKE SA established, initiator' "$RIG_DIR/shim.log"
}

# until_established N
until_established() {
	local end=$(($(now_ms) + 30000))
	while (($(now_ms) < end)); do
		(($(established) >= $1)) && return 0
		sleep 0.01
	done
	tail -n 5 "$RIG_DIR/shim.log"
	return 1
}

# cost PID: leaves microseconds a handshake in US; what it does in the pauses does not count.
cost() {
	local i k n t sum=0
	: >"$RIG_DIR/shim.log"
	rig_start shim && until_established 1 || return 1
	for ((k = 0; k < BURSTS; k++)); do
		sleep $PAUSE
		n=$(established)
		t=$(cpu_ns "$1")
		for ((i = 1; i <= BURST; i++)); do
			rig_rekey shim up0/far ike >/dev/null && until_established $((n + i)) || return 1
		done
		sum=$((sum + $(cpu_ns "$1") - t))
	done
	US=$((sum / BURSTS / BURST / 1000))
	rig_stop shim
}

of_vcgw() {
	rig_start charon && cost "${RIG_PID[charon]}" && rig_stop charon
}

of_charon() {
	charon_starts LD_PRELOAD="$RIG_DIR/xfrm_noop.so" >"$RIG_DIR/load.log" 2>&1 || { cat "$RIG_DIR/load.log"; return 1; }
	cost $CHARON_PID || return 1
	kill -TERM $CHARON_PID
	while kill -0 $CHARON_PID 2>/dev/null; do sleep 0.1; done
}

# row AUTH GROUP
row() {
	local ours theirs
	configure "$1" "aes256-sha256-$2"
	of_vcgw || exit 1
	ours=$US
	of_charon || exit 1
	theirs=$US
	awk -v a="$1" -v g="$2" -v o="$ours" -v t="$theirs" \
		'BEGIN { printf "%-8s %-10s %9.0f %8d %9.0f %8d %6.1f\n", a, g, 1e6 / o, o, 1e6 / t, t, t / o }'
}

printf 'IKEv1 handshakes, responder, whole daemon, one core\n                        vcgwd             strongSwan\n'
printf 'auth     group              /s       us        /s       us  ratio\n'
row psk modp2048
row psk ecp256
for kind in rsa P-256; do
	rm -rf "$RIG_DIR/certs"
	cert_ca root $kind && cert_leaf lac1 $kind root /CN=lac1 DNS:lac1.example &&
		cert_leaf lns1 $kind root /CN=lns1 DNS:lns1.example || exit 1
	[[ $kind == rsa ]] && row rsa2048 modp2048
	row "$([[ $kind == rsa ]] && echo rsa2048 || echo ecdsa256)" ecp256
done
rig_done
