#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# timeout: 150
#
# An end that dies without a word and starts again carries traffic within 10 seconds.
. "$(dirname "$0")/lib.sh"
rig_enter "$@"
P[profile_extra]="dpd interval 1 retries 3"
rig_up
for end in lns lac; do
	rig_kill $end
	sleep 1
	step "$end starts again after SIGKILL" rig_start $end || rig_done
	step "traffic flows again on both circuits" rig_wait_up 10
done
rig_done
