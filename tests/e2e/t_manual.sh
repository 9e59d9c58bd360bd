#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Every command that the VTY knows is in the manual: those of the configuration in vcgw.conf(5), in the
# subsection of their node, the others in vcgw(1).
. "$(dirname "$0")/lib.sh"
rig_enter "$@"
rig_config
step "LNS starts" rig_start lns || exit 1

# node SUBSECTION COMMANDS: the commands lead there.
node() {
	vty lns "configure terminal; $2; list" >"$RIG_DIR/list" || return 1
	RIG_NOTE=$($PYTHON "$RIG_TOP/tests/docs.py" --commands "$1" <"$RIG_DIR/list") || { echo "$RIG_NOTE"; return 1; }
}
shell() {
	vty lns list >"$RIG_DIR/list" || return 1
	RIG_NOTE=$($PYTHON "$RIG_TOP/tests/docs.py" --commands vcgw <"$RIG_DIR/list") || { echo "$RIG_NOTE"; return 1; }
}
top() { # without what opens a node of its own
	vty lns "configure terminal; list" | grep -vE '^  (no )?(line|gateway|ike|pki|lns|client|link|log|stats|stats-tcp|password)( |$)' >"$RIG_DIR/list"
	RIG_NOTE=$($PYTHON "$RIG_TOP/tests/docs.py" --commands Top <"$RIG_DIR/list") || { echo "$RIG_NOTE"; return 1; }
}
blind() { # a check that finds nothing missing checks nothing
	echo '  unheard-of N' | $PYTHON "$RIG_TOP/tests/docs.py" --commands gateway && return 1
	echo '  workers unheard-of N' | $PYTHON "$RIG_TOP/tests/docs.py" --commands gateway && return 1
	echo '  show unheard-of' | $PYTHON "$RIG_TOP/tests/docs.py" --commands vcgw && return 1
	return 0
}
step "what is not in the manual is found" blind
step "vcgw.conf(5): top" top
step "vcgw.conf(5): line vty" node "line vty" "line vty"
step "vcgw.conf(5): gateway" node gateway gateway
step "vcgw.conf(5): ike profile" node "ike profile" "ike profile x"
step "vcgw.conf(5): pki" node pki "pki x"
step "vcgw.conf(5): lns" node lns "lns x"
step "vcgw.conf(5): client" node client "client x"
step "vcgw.conf(5): link" node link "link x atm"
step "vcgw.conf(5): pvc" node "pvc, dlci and peer" "link x atm; pvc 0.100"
step "vcgw.conf(5): peer" node "pvc, dlci and peer" "link y ip; peer one"
step "vcgw.conf(5): link, an uplink" node link "link y ip"
step "vcgw.conf(5): log" node log "log stderr"
step "vcgw.conf(5): stats reporter" node stats "stats reporter statsd x"
step "vcgw(1)" shell
rig_done
