#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 240
# quick: no
# waits: yes
#
# libreswan, with the ESP of the Linux kernel (see vm_esp.sh): Main Mode with a pre-shared key and
# Quick Mode, begun by either; ESP both ways; rekeyed by either under traffic without loss; DPD asked
# by either, and what a dead peer leads to; deleted by either; a wrong key refused by both, which say
# so.
#
# pluto as initiator names hosts (conn "hosts"). As responder it knows what vcgw offers, 0.0.0.0/0,
# only where leftsubnet and rightsubnet say so (conn "any"), which it takes in transport mode too. For
# IKEv1 it has no ECP group in phase 2, and rekeys by its timers only. As responder it installs its
# outbound SA before it sends message 2 of Quick Mode, and its kernel sends in it at once: what comes
# so early is of no SA that vcgw can know, and lost.
#
# Debian's libreswan and strongSwan cannot both be installed: it lies in the rig's cache, unpacked.
. "$(dirname "$0")/lib.sh"
. "$RIG_TOP/tests/rig/vm.sh"
. "$RIG_HERE/vm_esp.sh"
vm_needed
vm_package libreswan
rig_enter "$@"

P[pfs]=modp2048 P[profile_extra]='no dpd'
declare -A L=([esp]=aes_gcm256 [extra]='' [psk]='the key of the asynchronous circuit')

pluto_config() {
	cat >"$RIG_DIR/ipsec.conf" <<-END
		config setup
		 protostack=xfrm
		 ikev1-policy=accept
		 dumpdir=/run
		conn hosts
		 keyexchange=ike
		 ikev2=no
		 authby=secret
		 type=transport
		 left=192.0.2.2
		 leftid=@lns1
		 leftprotoport=115/0
		 right=192.0.2.1
		 rightid=@lac1
		 rightprotoport=115/0
		 ike=aes256-sha2_256;dh19
		 phase2alg=${L[esp]};modp2048
		 leftupdown=/bin/true
		 encapsulation=no
		 retransmit-timeout=5s
	END
	lines ' ' "${L[extra]}" >>"$RIG_DIR/ipsec.conf"
	cat >>"$RIG_DIR/ipsec.conf" <<-END
		conn any
		 also=hosts
		 leftsubnet=0.0.0.0/0
		 rightsubnet=0.0.0.0/0
	END
	(
		umask 077
		echo "@lns1 @lac1 : PSK \"${L[psk]}\"" >"$RIG_DIR/ipsec.secrets"
	)
}

# pluto runs addconn by the path it was built with, to read its configuration.
pluto_guest() {
	cat >"$RIG_DIR/env.sh" <<-END
		export LD_LIBRARY_PATH=$VM_PACKAGE/usr/lib/x86_64-linux-gnu
		export PATH=$VM_PACKAGE/usr/libexec/ipsec:$VM_PACKAGE/usr/bin:\$PATH
	END
	cat >"$RIG_DIR/guest.sh" <<-END
		$(esp_lns)
		. $RIG_DIR/env.sh
		mount --bind $VM_PACKAGE/usr/libexec /usr/libexec
		mkdir -p /run/pluto /run/nss
		certutil -N -d sql:/run/nss --empty-password
		exec pluto --nofork --stderrlog --config $RIG_DIR/ipsec.conf --secretsfile $RIG_DIR/ipsec.secrets \
			--nssdir /run/nss --rundir /run/pluto
	END
}

whack() {
	vm_do peer ". $RIG_DIR/env.sh; timeout 15 whack --rundir /run/pluto $*"
}

# wait_for SECONDS COMMAND...
wait_for() {
	local end=$(($(now_ms) + $1 * 1000))
	shift
	until "$@"; do
		(($(now_ms) < end)) || { echo "not within the time: $*"; look; return 1; }
		sleep 0.2
	done
}

look() {
	vty lac show crypto ike sa detail
	vty lac show crypto ipsec sa
	tail -n 12 "$RIG_DIR/lac.log"
	tail -n 25 "$RIG_DIR/peer.log"
}

pluto_ready() {
	wait_for 20 grep -q 'loading secrets from' "$RIG_DIR/peer.log"
}

# Both anew; pluto has one conn, as P and L say: afresh CONN [passive], who begins is the shim's affair.
afresh() {
	local conn=$1
	shift
	[[ -z ${RIG_PID[lac]-} ]] || rig_stop lac || return 1
	whack --delete --name hosts
	whack --delete --name any
	pluto_config
	esp_lac
	whack --rereadsecrets
	vm_do peer ". $RIG_DIR/env.sh; ip xfrm state flush; addconn --ctlsocket /run/pluto/pluto.ctl --config $RIG_DIR/ipsec.conf $conn" || return 1
	said_from_now
	rig_start lac || return 1
	esp_shim "$@"
	sleep 0.3
}

vcgw_begins() {
	afresh any && esp_up && esp_tunnel && grep -q '"any" .* responding to Main Mode' "$RIG_DIR/peer.log"
}

# pluto_begins CONN
pluto_begins() {
	afresh "$1" passive && whack --initiate --name "$1" && esp_up && esp_tunnel
}

# What pluto has said since the last said_from_now: said COUNT PATTERN
said_from_now() {
	SAID=$(wc -l <"$RIG_DIR/peer.log")
}

said() {
	(($(tail -n +$((SAID + 1)) "$RIG_DIR/peer.log" | grep -c -- "$2") >= $1))
}

counter() {
	vty lac show crypto ike sa detail | awk -v name="$1" 'index($0, "  " name " ") == 1 { v = $NF } END { print v + 0 }'
}

counted() {
	(($(counter "$1") >= $2))
}

cookies() {
	vty lac show crypto ike sa | awk '$3 == "ESTABLISHED" { print $2 }' | sort
}

spis() {
	vty lac show crypto ipsec sa | awk '/^atm0/ { on = / sending$/ } on && $1 == "in" { i = $2 } on && $1 == "out" { print i, $2; exit }'
}

# The pair that vcgw sends through is in the guest's kernel.
in_step() {
	local in out
	read -r in out <<<"$(spis)"
	[[ -n $out ]] && esp_spis | grep -q "${out#0x}" && vm_do peer ip xfrm state | grep -q "spi $in "
}

renewed() {
	[[ -n $($1) && $($1) != "$2" ]]
}

# What is lost is what pluto's kernel sent too early (see above), and counted.
vcgw_rekeys() {
	local before early
	before=$(rig_counter lac $VC demux:SVC_UNKNOWN)
	ESP_MAY_LOSE=2 esp_rekeyed "$@" || return 1
	early=$(($(rig_counter lac $VC demux:SVC_UNKNOWN) - before))
	echo "$early packets in an SA not yet known"
	((ESP_LOST <= early))
}

# Its IPsec SAs live 32 s and are rekeyed 26 s before.
pluto_rekeys() {
	said_from_now
	wait_for 14 said 1 'initiating Quick Mode .*to replace'
}

# The same for its IKE SAs.
pluto_rekeys_ike() {
	local before
	before=$(cookies)
	said_from_now
	wait_for 20 said 1 'initiating .*Main Mode.* to replace' && wait_for 5 renewed cookies "$before" && wait_for 5 said 1 'IKE SA established'
}

vcgw_rekeys_ike() {
	local before
	before=$(cookies)
	rig_rekey lac $VC ike && wait_for 5 renewed cookies "$before" && wait_for 10 in_step && rig_ping vcgw-atm 500 3
}

# pluto begins, and has its questions answered. It tells of them only when it debugs.
pluto_asks() {
	pluto_begins any || return 1
	whack --debug base
	wait_for 12 said 2 'DPD: R_U_THERE_ACK, seqno received: \([0-9]*\) expected: \1 '
	local rc=$?
	whack --debug none
	((rc == 0)) && in_step
}

vcgw_asks() {
	vcgw_begins && wait_for 12 counted "R-U-THERE sent" 3 && (($(counter "peer found dead") == 0)) && in_step
}

# A line that is there and carries nothing.
line_mute() {
	kill -STOP "${RIG_PID[shim]}"
}

pluto_gone() {
	[[ -z $(esp_spis) ]]
}

pluto_finds_out() {
	line_mute
	wait_for 12 said 1 'DPD action - clearing' && wait_for 5 pluto_gone
}

vcgw_finds_out() {
	line_mute
	wait_for 12 counted "peer found dead" 1 && [[ -z $(spis) ]]
}

line_is_back() {
	kill -CONT "${RIG_PID[shim]}"
	wait_for 20 in_step && esp_up
}

pluto_deletes() {
	local before
	before=$(spis)
	whack --terminate --name any
	wait_for 15 renewed spis "$before" && esp_up && wait_for 10 in_step
}

vcgw_deletes() {
	local before
	before=$(spis)
	said_from_now
	vty lac clear crypto sa $VC && wait_for 5 said 1 'received Delete SA' && wait_for 15 renewed spis "$before" && esp_up
}

# No SA came about at either end.
nothing() {
	[[ -z $(spis)$(cookies)$(esp_spis) ]] || { look; return 1; }
}

wrong_key_pluto() {
	afresh any passive && whack --initiate --name any
	wait_for 10 counted "not authentic" 1 && nothing &&
		grep 'main mode message 5 is not authentic .*pre-shared key' "$RIG_DIR/lac.log"
}

wrong_key_vcgw() {
	afresh any
	wait_for 10 said 1 'mismatch of preshared secrets' && wait_for 30 counted "phase 1 failed" 1 && nothing &&
		grep 'the peer does not answer message 5: most likely the pre-shared key' "$RIG_DIR/lac.log"
}

esp_net
pluto_config
pluto_guest
VM_SECONDS=230
step "VM boots" esp_guest || exit 1
step "pluto is ready in it" pluto_ready || exit 1
step "pluto begins and names hosts, AES-GCM: L2TP and PPP come up" pluto_begins hosts || exit 1
step "the kernel's ESP carries it both ways" esp_works 'rfc4106(gcm(aes))'
step "vcgw rekeys what pluto began, under traffic" vcgw_rekeys esp_vcgw_rekeys
step "vcgw begins: L2TP and PPP come up" vcgw_begins || exit 1
step "the kernel's ESP carries it both ways" esp_works 'rfc4106(gcm(aes))'
step "vcgw rekeys, under traffic" vcgw_rekeys rig_rekey lac $VC esp
step "vcgw rekeys phase 1 and 2" vcgw_rekeys_ike
step "vcgw deletes all: there is all anew" vcgw_deletes
step "pluto deletes all: vcgw makes all anew" pluto_deletes
P[esp]=aes256-sha256 L[esp]=aes256-sha2_256 L[extra]=$'salifetime=32s\nikelifetime=40s\nrekeymargin=26s\nrekeyfuzz=0%'
step "pluto begins, AES-CBC and HMAC-SHA2-256, short lifetimes" pluto_begins any
step "the kernel's ESP carries it both ways" esp_works 'hmac(sha256)'
step "pluto rekeys phase 2, under traffic" esp_rekeyed pluto_rekeys
step "pluto rekeys phase 1" pluto_rekeys_ike
step "the kernel's ESP carries it both ways" esp_works 'hmac(sha256)'
L[extra]=$'dpddelay=1s\ndpdtimeout=4s\ndpdaction=clear'
step "pluto's R-U-THERE is answered" pluto_asks
step "the line goes mute: pluto finds vcgw dead" pluto_finds_out
L[extra]='' P[profile_extra]='dpd interval 1 retries 2'
step "vcgw's R-U-THERE is answered" vcgw_asks
step "the line goes mute: vcgw finds pluto dead" vcgw_finds_out
step "the line is back: so is everything" line_is_back
L[psk]='another key' P[profile_extra]='no dpd'
step "wrong key, pluto begins: refused, vcgw says why" wrong_key_pluto
P[profile_extra]=$'no dpd\nretransmit 200 tries 3'
step "wrong key, vcgw begins: refused, both say why" wrong_key_vcgw
step "every PDU is accounted for" esp_conserved
vm_stop peer
unset 'RIG_PID[shim]'
rig_done
