#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# What a gateway was told in confidence it tells nobody: not by any command that shows something, not
# by CTRL, not in logs at the level debug, not at SIGUSR1, not when a secrets file has an error.
. "$(dirname "$0")/lib.sh"
rig_enter "$@"

# Words that stand nowhere else; of one the octets are given in hexadecimal.
PSK_HEX=$(printf 'Qpsk-of-the-dlci' | od -An -tx1 | tr -d ' \n')
SECRETS=(Qpsk-of-the-pvc Qpsk-of-the-dlci "$PSK_HEX" Qtunnel-one Qtunnel-two Qalice-word Qbob-word Qvty-word
	Qenable-word Qreloaded)
rig_config
cat >"$RIG_DIR/secrets" <<END
psk    atm0/0.100  "Qpsk-of-the-pvc"
psk    fr0/100     0x$PSK_HEX
tunnel atm0/0.100  "Qtunnel-one"
tunnel fr0/100     "Qtunnel-two"
user   alice       "Qalice-word"
user   bob         "Qbob-word"
END
sed -i -e 's/^ no login/ password Qvty-word\n login/' -e 's/^ logging color 0/&\n logging level set-all debug/' \
	"$RIG_DIR/lns.conf"
sed -i -e 's/^ logging color 0/&\n logging level set-all debug/' -e 's/chap/pap/' "$RIG_DIR/lac.conf"
sed -i -e 's/chap/pap/' "$RIG_DIR/lns.conf" # PAP says the word itself
export VCGW_VTY_PASSWORD=Qvty-word

# tells FILE: does it hold a secret, as text or as hexadecimal digits, with blanks or without?
tells() {
	$PYTHON - "$1" "${SECRETS[@]}" <<-'END'
		import re, sys
		raw = open(sys.argv[1], "rb").read()
		digits = re.sub(rb"[\s:]+|0x", b"", raw).lower()
		found = [s for s in sys.argv[2:] if s.encode() in raw or s.encode().hex().encode() in digits]
		print("tells:", found)
		sys.exit(0 if found else 1)
	END
}
silent() { # FILE...
	local f
	for f in "$@"; do
		tells "$f" && { grep -nE 'Q(psk|tunnel|alice|bob|vty|enable|reloaded)' "$f" | head -n 5; return 1; }
	done
	return 0
}
step "the search finds what it looks for" eval 'tells $RIG_DIR/secrets && ! tells $RIG_HERE/lib.sh' || exit 1
step "LNS starts" rig_start lns || exit 1
step "LAC starts" rig_start lac || exit 1
step "both circuits come up" rig_wait_up 30 || exit 1

all_commands() {
	local end cmd n=0
	for end in lns lac; do
		vty $end list >"$RIG_DIR/list.$end" || return 1
		# shellcheck disable=SC2046 # names
		$RIG_HERE/every_show.py atm0/0.100 atm0 $(vty $end show fsm all | sed -n "s/^FSM Name: '\\([^']*\\)'.*/\\1/p") \
			<"$RIG_DIR/list.$end" >"$RIG_DIR/cmds.$end"
		while read -r cmd; do
			echo "# $cmd"
			vty $end "$cmd" </dev/null 2>&1
			n=$((n + 1))
		done <"$RIG_DIR/cmds.$end" >"$RIG_DIR/said.$end"
	done
	RIG_NOTE="$n commands"
	# They did say something.
	[[ $n -gt 80 ]] && grep -q '^# show running-config' "$RIG_DIR/said.lns" &&
		grep -q 'atm0/0.100.*ESTABLISHED' "$RIG_DIR/said.lns" && grep -q ' secrets-file' "$RIG_DIR/said.lac" &&
		silent "$RIG_DIR/said.lns" "$RIG_DIR/said.lac"
}
all_variables() {
	local v
	for v in version circuits links sessions {circuit.{atm0:0.100,fr0:100},link.{atm0,fr0}}.{state,since,problem,sessions,counters,counter.rx:pdu,secret,psk,cfg} \
		mtu secrets secret password rate_ctr.abs.circuit.{0..9} fsm_inst fsm.all; do
		in_ns lns "$VCGW" ctrl get $v 2>&1
	done >"$RIG_DIR/said.ctrl"
	grep -q 'rx:pdu=' "$RIG_DIR/said.ctrl" && silent "$RIG_DIR/said.ctrl"
}
# Somebody else's session, in which secrets were typed, stays open.
another_session() {
	in_ns lns $PYTHON - >"$RIG_DIR/said.other" <<-'END' &
		import socket, time
		s = socket.create_connection(("127.0.0.1", 4290), 5)
		for line in ("Qvty-word", "enable", "configure terminal", "enable password Qenable-word",
		             "no enable password", "line vty", "password Qvty-word", "end", "show history"):
		    s.sendall(line.encode() + b"\n")
		    time.sleep(0.1)
		print(s.recv(100000).decode(errors="replace"), flush=True)
		time.sleep(100)
	END
	OTHER=$!
	sleep 1.5
	cat "$RIG_DIR/said.other"
	grep -q 'enable password Qenable-word' "$RIG_DIR/said.other" # its own history
}
reload() {
	sed -i 's/Qalice-word/Qreloaded/' "$RIG_DIR/secrets"
	kill -HUP "${RIG_PID[lns]}"
	sleep 0.5
	echo 'psk atm0/0.100 "Qpsk-of-the-pvc' >>"$RIG_DIR/secrets"
	echo 'Qpsk-of-the-pvc' >>"$RIG_DIR/secrets"
	kill -HUP "${RIG_PID[lns]}"
	sleep 0.5
	grep -q 'secrets not reloaded.*secrets:[0-9]' "$RIG_DIR/lns.log" || { tail -n 3 "$RIG_DIR/lns.log"; return 1; }
	"$VCGWD" --check "$RIG_DIR/lns.conf" >"$RIG_DIR/said.check" 2>&1 && return 1
	sed -i '$d' "$RIG_DIR/secrets"
	"$VCGWD" --check "$RIG_DIR/lns.conf" >>"$RIG_DIR/said.check" 2>&1
	grep -q 'secrets:[0-9]' "$RIG_DIR/said.check" && silent "$RIG_DIR/said.check"
}
logs() {
	kill -USR1 "${RIG_PID[lns]}" "${RIG_PID[lac]}"
	sleep 0.5
	grep -q 'talloc report' "$RIG_DIR/lns.log" && grep -q ' DEBUG ' "$RIG_DIR/lns.log" &&
		silent "$RIG_DIR/lns.log" "$RIG_DIR/lac.log"
}
process() {
	local end
	for end in lns lac; do
		grep -q '^Max core file size *0 *0' "/proc/${RIG_PID[$end]}/limits" || return 1
		tr '\0' '\n' <"/proc/${RIG_PID[$end]}/cmdline" >"$RIG_DIR/said.cmdline"
		silent "$RIG_DIR/said.cmdline" || return 1
		grep VmLck "/proc/${RIG_PID[$end]}/status"
		[[ $(sed -n 's/^VmLck:[^0-9]*\([0-9]*\).*/\1/p' "/proc/${RIG_PID[$end]}/status") -gt 0 ]] || return 1
	done
}
written() {
	vty lns write || return 1
	ls -l "$RIG_DIR/lns.conf"
	grep -q '^ password Qvty-word' "$RIG_DIR/lns.conf" && ! grep -q 'Q[^v]' "$RIG_DIR/lns.conf" || return 1
	vty lns "write file $RIG_DIR/new.conf" && [[ $(stat -c %a "$RIG_DIR/new.conf") == 640 ]]
}
# At the prompt for the password nothing but the right one is of use; three wrong ones end it.
at_the_door() {
	in_ns lns $PYTHON - >"$RIG_DIR/said.door" <<-'END'
		import socket, sys, time
		s = socket.create_connection(("127.0.0.1", 4290), 5)
		s.settimeout(3)
		got = b""
		try:
		    for line in (b"show running-config", b"enable", b"?", b"list"):
		        time.sleep(0.3)
		        s.sendall(line + b"\n")
		    while True:
		        more = s.recv(4000)
		        if not more:
		            got += b"<closed>"
		            break
		        got += more
		except ConnectionError:
		    got += b"<closed>"
		except socket.timeout:
		    pass
		sys.stdout.buffer.write(got)
	END
	cat -v "$RIG_DIR/said.door"
	grep -aq '<closed>' "$RIG_DIR/said.door" && ! grep -aqE 'hostname|gateway|show ' "$RIG_DIR/said.door"
}
step "in another session secrets are typed" another_session
step "no command that shows something shows a secret" all_commands
kill $OTHER
step "no variable of CTRL does" all_variables
step "the file of 'write' has the VTY's password only, for its owner and group" written
step "nothing is to be had without the VTY's password" at_the_door
step "errors of a secrets file name the line, not the value" reload
step "logs at the level debug and SIGUSR1 tell nothing" logs
step "no core dumps, locked memory, nothing in the command line" process
rig_done
