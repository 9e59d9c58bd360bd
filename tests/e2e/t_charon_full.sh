#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# build: keys
# timeout: 150
#
# All of IKEv1 with strongSwan: both phases begun by either, rekeyed by either, deleted by either,
# DPD, a restart, and what must be refused. charon's kernel is xfrm_noop.c, which writes down the SAs
# that it would have installed: SPIs and keys must be ours, in both directions.
#
# charon as responder in transport mode narrows `dynamic` to its addresses; only with the traffic
# selectors 0.0.0.0/0[115] on both sides does it answer with the identities that it was sent.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/charon.sh"
charon_find
command -v cc >/dev/null || skip "no cc: install gcc"
rig_enter "$@"
charon_rig
VC=atm0/0.100
SAS=$RIG_DIR/sas
KEYS=$RIG_DIR/keys
mkdir -m 700 "$KEYS"
C[local_ts]='0.0.0.0/0[115]' C[remote_ts]='0.0.0.0/0[115]'

charon_up() {
	charon_starts LD_PRELOAD="$RIG_DIR/xfrm_noop.so" XFRM_NOOP_SAS="$SAS"
}

# wait_for SECONDS COMMAND...
wait_for() {
	local end=$(($(now_ms) + $1 * 1000))
	shift
	until "$@"; do
		(($(now_ms) < end)) || { echo "not within the time: $*"; look; return 1; }
		sleep 0.1
	done
}

look() {
	vici --list-sas
	vty lns show crypto ike sa detail
	vty lns show crypto ipsec sa
	tail -n 12 "$RIG_DIR/lns.log"
	grep -v '\[NET\]\|\[ENC\]' "$RIG_DIR/charon.log" | tail -n 12
}

# A counter of IKE by its name in the show command.
counter() {
	vty lns show crypto ike sa detail | awk -v name="$1" 'index($0, "  " name " ") == 1 { v = $NF } END { print v + 0 }'
}

counted() {
	(($(counter "$1") >= $2))
}

# The cookies of our IKE SAs, and the SPIs (in, out) of the pair that sends.
cookies() {
	vty lns show crypto ike sa | awk '$3 == "ESTABLISHED" { print $2 }'
}

spis() {
	vty lns show crypto ipsec sa | awk '/^atm0/ { on = / sending$/ } on && $1 == "in" { i = $2 } on && $1 == "out" { print i, $2; exit }'
}

# Does charon hold the pair that we send through, and the IKE SA (init or resp: our part in it)?
in_step() {
	local in out list
	list=$(vici --list-sas)
	read -r in out <<<"$(spis)"
	[[ -n $out ]] && grep -q "in  ${out#0x}," <<<"$list" && grep -q "out ${in#0x}," <<<"$list" &&
		vty lns show crypto ike sa | grep -q " ESTABLISHED *${1-}" && grep -q " ESTABLISHED," <<<"$list"
}

# Wireshark's rows and charon's lines in one form: SPI cipher key authentication key, with the names
# of the kernel's algorithms (aes is CBC, sha1 is HMAC cut to 96 bits).
ours() {
	awk -F'","' '{
		gsub(/"$/, "")
		enc = $5 ~ /CBC/ ? "aes" : "rfc4106(gcm(aes))/128"
		auth = $7 ~ /SHA-256/ ? "hmac(sha256)/128" : $7 ~ /SHA-1/ ? "sha1" : "-"
		sub(/^0x/, "", $6); sub(/^0x/, "", $8)
		print $4, enc, $6, auth, $8 == "" ? "-" : $8
	}' "$KEYS/esp_sa" | sort -u
}

theirs() {
	cut -d ' ' -f 2- "$SAS" | sort -u
}

same_sas() {
	[[ -s $SAS && -s $KEYS/esp_sa && $(ours) == "$(theirs)" ]]
}

# Every SA that either end ever installed in this run, and each way the right one.
keys_equal() {
	local in out
	wait_for 2 same_sas || { diff <(ours | cut -c 1-60) <(theirs | cut -c 1-60); return 1; }
	read -r in out <<<"$(spis)"
	grep -q "^192.0.2.1 $in " "$SAS" && grep -q "^192.0.2.2 $out " "$SAS" || { echo "directions: in $in out $out"; look; return 1; }
	RIG_NOTE="$(theirs | wc -l) SAs"
}

# Both anew, with what P and C say.
afresh() {
	[[ -z ${RIG_PID[lns]-} ]] || rig_stop lns || return 1
	[[ -z $SHIM ]] || kill -KILL $SHIM
	vici --terminate --ike circuit --force --timeout 1
	rm -f "$SAS" "$KEYS/esp_sa"
	rig_config
	charon_load && rig_start lns VCGW_KEY_EXPORT="$KEYS" && shim "$@"
}

# charon deletes all it has; then it is the one to begin.
charon_begins() {
	kill -USR1 $SHIM
	vici --terminate --ike circuit --timeout 2
	wait_for 2 out_of_step || return 1
	vici --initiate --child l2tp --timeout 5 && wait_for 5 in_step resp && keys_equal
}

out_of_step() {
	! in_step
}

# suite PHASE1 ESP PFS: begun by either
suite() {
	P[ike]=$1 P[esp]=$2 P[pfs]=$3 C[ike]=$1 C[esp]=$2
	# charon has the group behind the suite.
	[[ $3 == none ]] || C[esp]+=-$3
	suite_runs
}

suite_runs() {
	afresh && wait_for 10 in_step init && keys_equal && charon_begins
}

# renewed WHAT BEFORE: the cookies or SPIs are others now, and both ends have them
renewed() {
	[[ -n $($1) && $($1) != "$2" ]] && in_step
}

# rekeys cookies|spis COMMAND...
rekeys() {
	local what=$1 before
	before=$($1)
	shift
	"$@" && wait_for 5 renewed "$what" "$before" && keys_equal
}

# charon's log has it N times at least
charon_said() {
	(($(grep -c "$1" "$RIG_DIR/charon.log") >= $2))
}

charon_asks() {
	local n
	n=$(grep -c 'generating INFORMATIONAL_V1 .* N(DPD) ' "$RIG_DIR/charon.log")
	wait_for 6 charon_said 'generating INFORMATIONAL_V1 .* N(DPD) ' $((n + 2)) &&
		wait_for 2 charon_said 'parsed INFORMATIONAL_V1 .* N(DPD_ACK) ' $((n + 1)) && in_step
}

we_ask() {
	local n
	n=$(grep -c 'N(DPD_ACK) ' "$RIG_DIR/charon.log")
	wait_for 6 counted "R-U-THERE sent" 2 && wait_for 2 charon_said 'generating INFORMATIONAL_V1 .* N(DPD_ACK) ' 2 &&
		(($(counter "peer found dead") == 0)) && in_step
}

gone_at_charon() {
	[[ $(vici --list-sas) != *"$1"* ]]
}

we_delete() {
	local in out
	read -r in out <<<"$(spis)"
	vty lns clear crypto sa $VC && wait_for 2 gone_at_charon "${in#0x}" && wait_for 5 in_step init && keys_equal
}

charon_deletes_child() {
	local before
	before=$(spis)
	vici --terminate --child l2tp --timeout 2 && wait_for 5 renewed spis "$before" && keys_equal
}

# What is there from before goes when charon, which forgot it all, comes back.
charon_restarts() {
	local before
	before=$(spis)
	kill -USR1 $SHIM
	kill -KILL $CHARON_PID
	while kill -0 $CHARON_PID 2>/dev/null; do sleep 0.05; done # its sockets are free now
	charon_up && vici --initiate --child l2tp --timeout 5 && wait_for 5 renewed spis "$before" || return 1
	[[ $(vty lns show crypto ipsec sa | grep -c ^atm0) == 1 && $(cookies | wc -l) == 1 ]] || { look; return 1; }
	grep -q 'INITIAL-CONTACT: [1-9][0-9]* older SAs deleted' "$RIG_DIR/lns.log" && keys_equal
}

# refused COUNTER begun-by: no SA comes about, and the counter says why.
refused() {
	if [[ $2 == charon ]]; then
		afresh answers || return 1
		! vici --initiate --child l2tp --timeout 2 || return 1
	else
		afresh || return 1
	fi
	wait_for 5 counted "$1" 1 || return 1
	# The initiator of phase 1 may think it is done, until it is told.
	wait_for 3 gone_at_charon ESTABLISHED && [[ -z $(spis)$(cookies) && ! -s $KEYS/esp_sa ]] || { look; return 1; }
	RIG_NOTE="$1: $(counter "$1")"
}

# charon as the initiator of phase 2 may name its addresses; as responder it must not change ours.
addresses_named() {
	afresh answers && vici --initiate --child l2tp --timeout 5 && wait_for 5 in_step resp && keys_equal
}

addresses_changed() {
	afresh && wait_for 5 counted "wrong identity" 1 && [[ -z $(spis) ]] && grep -q 'the peer changed the phase-2 identities' "$RIG_DIR/lns.log"
}

step "charon's kernel is built" cc -Wall -Wextra -O1 -shared -fPIC -o "$RIG_DIR/xfrm_noop.so" "$RIG_HERE/xfrm_noop.c" -ldl || exit 1
charon_up >"$RIG_DIR/load.log" 2>&1 || {
	cat "$RIG_DIR/load.log"
	tail -n 3 "$RIG_DIR/charon.log"
	skip "charon does not run here (see above)"
}

# Every group, hash, suite and PFS of each, not every combination.
while read -r ike esp pfs; do
	step "$ike, $esp, pfs $pfs: we begin, charon begins" suite "$ike" "$esp" "$pfs"
done <<-END
	aes256-sha256-ecp256 aes256gcm16 none
	aes256-sha1-modp2048 aes256gcm16 modp2048
	aes256-sha384-modp3072 aes256gcm16 ecp256
	aes128-sha384-ecp256 aes128-sha256 none
	aes256-sha256-modp2048 aes128-sha256 modp2048
	aes256-sha1-modp3072 aes128-sha256 ecp256
	aes256-sha1-ecp256 aes256-sha1 none
	aes256-sha384-modp2048 aes256-sha1 modp2048
	aes128-sha256-modp3072 aes256-sha1 ecp256
	aes192-sha512-modp4096 aes256gcm16 ecp384
	aes256-sha512-ecp384 aes256gcm16 ecp521
	aes256-sha256-ecp521 aes256gcm16 modp4096
	aes256-sha256-curve25519 aes256gcm16 curve25519
END
P[gateway_extra]='legacy-algorithms peers of another century'
while read -r ike esp pfs; do
	step "legacy $ike, $esp, pfs $pfs: we begin, charon begins" suite "$ike" "$esp" "$pfs"
done <<-END
	3des-sha1-modp1024 aes256-sha1 modp1536
	3des-md5-modp1536 aes256-sha1 modp768
	des-sha1-modp768 aes256-sha1 modp1024
END
P[gateway_extra]=''

P[ike]=aes256-sha256-ecp256 P[esp]=aes256gcm16 P[pfs]=ecp256
C[ike]='aes128-sha1-modp2048, aes256-sha384-modp3072, aes256-sha256-ecp256'
C[esp]='aes128-sha1-ecp256, aes256-sha256-ecp256, aes256gcm16-ecp256'
step "charon has three proposals for each phase" suite_runs

C[ike]=${P[ike]} C[esp]=${P[esp]}-ecp256 P[profile_extra]='no dpd'
step "we begin, once more" afresh
step "both are in step" wait_for 10 in_step init
step "we rekey phase 2" rekeys spis rig_rekey lns $VC esp
step "charon rekeys phase 2" rekeys spis vici --rekey --child l2tp
step "we rekey phase 1 and 2" rekeys cookies rig_rekey lns $VC ike
step "charon reauthenticates" rekeys cookies vici --rekey --ike circuit
step "charon deletes the ESP SAs: there are new ones" charon_deletes_child
step "we delete all: there is all anew" we_delete
step "charon restarts: INITIAL-CONTACT clears what was" charon_restarts

C[dpd]=1s
step "DPD of charon's is answered" eval 'afresh && wait_for 10 in_step && charon_asks'
C[dpd]='' P[profile_extra]='dpd interval 1 retries 3'
step "DPD of ours is answered" eval 'afresh && wait_for 10 in_step && we_ask'

P[profile_extra]=''
C[local_ts]='dynamic[115]' C[remote_ts]='dynamic[115]'
step "charon begins and names its addresses: accepted" addresses_named
step "we begin, charon narrows to its addresses: refused" addresses_changed
C[local_ts]='0.0.0.0/0[115]' C[remote_ts]='0.0.0.0/0[115]'

C[psk]='another key'
step "wrong key, charon begins" refused "not authentic" charon
# charon says so under keys that we do not have: only its silence tells.
P[profile_extra]='retransmit 200 tries 3'
step "wrong key, we begin" refused "phase 1 failed" us
P[profile_extra]=''
C[psk]='the key of the asynchronous circuit' C[id]=stranger
step "wrong identity, charon begins" refused "wrong identity" charon
step "wrong identity, we begin" refused "wrong identity" us
C[id]=lac1 C[ike]=aes256-sha512-modp4096
step "nothing in common, charon begins" refused "no proposal in common" charon
rig_done
