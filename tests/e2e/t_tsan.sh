#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# build: tsan
# timeout: 240
#
# Bring-up, traffic both ways, rekeying, a change of configuration and the end, with three workers
# and ThreadSanitizer looking on.
. "$(dirname "$0")/lib.sh"
rig_enter "$@"
P[workers]=3
# TSan of gcc 12 knows no address space with more than 28 bits of randomness.
VCGW_WRAP="setarch -R"
export TSAN_OPTIONS="halt_on_error=0 second_deadlock_stack=1"
rig_config
step "LNS starts" rig_start lns || exit 1
step "LAC starts" rig_start lac || exit 1
step "both circuits come up" rig_wait_up 90 || exit 1
for i in 0 1; do
	step "${RIG_TUNS[i]}: TCP 4M up" rig_iperf "${RIG_TUNS[i]}" 4M up rig_rekey lns "${RIG_CIRCUITS[i]}" esp
	step "${RIG_TUNS[i]}: TCP 4M down" rig_iperf "${RIG_TUNS[i]}" 4M down rig_rekey lac "${RIG_CIRCUITS[i]}" ike
done
step "capture starts and ends in traffic" rig_iperf vcgw-atm 1M up \
	vty lns "capture atm0 $RIG_DIR/atm0.pcap; no capture atm0; clear counters"
step "LAC stops" rig_stop lac 20
step "LNS stops" rig_stop lns 20
for end in lns lac; do
	if grep -q "WARNING: ThreadSanitizer" "$RIG_DIR/$end.log"; then
		echo "FAIL  $end: $(grep -c "WARNING: ThreadSanitizer" "$RIG_DIR/$end.log") reports; the first:"
		grep -A40 -m1 "WARNING: ThreadSanitizer" "$RIG_DIR/$end.log"
		RIG_FAILED=1
	fi
done
rig_done
