#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# What `write` prints, a restart reads: the same configuration again.
. "$(dirname "$0")/lib.sh"
rig_enter "$@"
P[profile_extra]=$'lifetime esp-octets 1000000000\nreplay-window 1024\ndpd interval 7 retries 4\nnat-t force\nnat-keepalive 0\naggressive-mode accept'
P[atm_extra]="impair delay 100"
rig_up

roundtrip() {
	local end=$1
	vty "$end" show running-config >"$RIG_DIR/$end.before" || return 1
	vty "$end" write || return 1
	rig_stop "$end" && rig_start "$end" || return 1
	vty "$end" show running-config >"$RIG_DIR/$end.after" || return 1
	# libosmovty says when it was written.
	diff -u <(grep -v '^!.*\(at\|20[0-9][0-9]\)' "$RIG_DIR/$end.before") \
		<(grep -v '^!.*\(at\|20[0-9][0-9]\)' "$RIG_DIR/$end.after") &&
		[[ $(wc -l <"$RIG_DIR/$end.after") -gt 20 ]]
}

for end in lns lac; do
	step "$end: written, restarted, the same" roundtrip $end
done
step "no secret is in what was written" eval '! grep -qE "key of the|tunnel secret|and (her|his) secret" "$RIG_DIR"/*.conf "$RIG_DIR"/*.after'
step "and it works" rig_wait_up 30
rig_done
