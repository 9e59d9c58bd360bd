#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The shell tool: what it prints, where, and its exit status, at the VTY and at CTRL.
. "$(dirname "$0")/lib.sh"
rig_enter "$@"
rig_up

OUT=$RIG_DIR/out ERR=$RIG_DIR/err
# expect STATUS ARGUMENT...: vcgw in the LNS's namespace; output in $OUT and $ERR.
expect() {
	local want=$1 rc
	shift
	in_ns lns "$VCGW" "$@" >"$OUT" 2>"$ERR"
	rc=$?
	((rc == want)) && return 0
	echo "vcgw $*: exit status $rc, expected $want"
	cat "$OUT" "$ERR"
	return 1
}
quiet_on() { # a file that must be empty
	[[ ! -s $1 ]] || { echo "not empty: $1"; cat "$1"; return 1; }
}
has() { # FILE EXTENDED-REGULAR-EXPRESSION
	grep -qE -- "$2" "$1" || { echo "no '$2' in:"; cat "$1"; return 1; }
}
lines_are() {
	[[ $(wc -l <"$OUT") -eq $1 ]] || { echo "$(wc -l <"$OUT") lines, expected $1:"; cat "$OUT"; return 1; }
}

plain_output() {
	expect 0 show circuits && quiet_on "$ERR" && lines_are 3 && has "$OUT" '^atm0/0\.100 .* up' || return 1
	# Neither prompts, nor the echo of the command, nor telnet.
	! grep -nE '^[[:alnum:]_.-]*(\([a-z-]+\))?[>#]|show circuits|Password' "$OUT" &&
		! LC_ALL=C grep -nP '[\x00-\x08\x0b-\x1f\x7f-\xff]' "$OUT"
}
options() {
	expect 0 -V && has "$OUT" '^vcgw [0-9.]+$' && expect 0 --help && has "$OUT" '^Usage:' && quiet_on "$ERR"
}
usage() {
	local args
	for args in "" "frob" "show" "exec" "exec a b" "ctrl" "ctrl get" "ctrl set a b" "--frob" "-s"; do
		# shellcheck disable=SC2086 # words
		expect 2 $args && quiet_on "$OUT" && has "$ERR" 'Usage:' || return 1
	done
	expect 2 show "$(printf 'x%.0s' {1..600})" && has "$ERR" 'too long'
}
unknown() {
	expect 1 show nonsense && quiet_on "$OUT" && has "$ERR" '^% ' && expect 1 show circuit nobody &&
		quiet_on "$OUT" && has "$ERR" "^% .*'nobody'"
}
several() {
	expect 0 exec 'show version; show links;' && has "$OUT" '^vcgwd ' && has "$OUT" '^fr0 ' || return 1
	# The first error ends it.
	expect 1 exec 'show version; show nonsense; show links' && has "$OUT" '^vcgwd ' &&
		! grep -q '^fr0 ' "$OUT"
}
long_output() {
	sleep 1.2 # the first fold of the counters
	expect 0 show rate-counters && has "$OUT" 'control plane asked too often' &&
		[[ $(wc -c <"$OUT") -gt 10000 ]] && ! grep -q -- '--More--' "$OUT"
}
no_connection() {
	expect 3 -s 127.0.0.1:1 show version && has "$ERR" '127\.0\.0\.1 port 1: ' && quiet_on "$OUT" &&
		expect 3 -s 127.0.0.1:1 ctrl get version && expect 3 -s '[::1]:1' show version &&
		has "$ERR" '^vcgw: ::1 port 1: ' && expect 3 -s 'no such host:1' show version && has "$ERR" 'no such host'
}
servers() {
	local s
	for s in 127.0.0.1:4290 :4290 127.0.0.1 localhost:4290; do
		expect 0 -s "$s" show version || return 1
	done
}
closed() { # by the other end, before a prompt and amid a CTRL answer
	local port=4777 srv
	in_ns lns $PYTHON - $port <<-'END' &
		import socket, sys
		s = socket.socket()
		s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
		s.bind(("127.0.0.1", int(sys.argv[1])))
		s.listen(2)
		for text in (b"hello", b"\x00\x20\xee\x00GET_"):
		    c, _ = s.accept()
		    c.sendall(text)
		    c.shutdown(socket.SHUT_WR)
		    c.recv(100)
		    c.close()
	END
	srv=$!
	rig_listens lns $port && expect 3 -s :$port show version && has "$ERR" 'closed' &&
		expect 3 -s :$port ctrl get version && has "$ERR" 'closed'
	local rc=$?
	kill $srv 2>/dev/null
	wait $srv
	return $rc
}

ctrl_get() {
	expect 0 ctrl get "$1" && quiet_on "$ERR" && lines_are 1 && has "$OUT" "^($2)\$"
}
ctrl_values() {
	ctrl_get version '[0-9.]+' && ctrl_get circuits 'atm0/0\.100 fr0/100' && ctrl_get links 'atm0 fr0' &&
		ctrl_get sessions 2 && ctrl_get circuit.atm0:0.100.state up && ctrl_get circuit.fr0:100.state up &&
		ctrl_get circuit.fr0:100.problem - && ctrl_get circuit.fr0:100.since '[0-9]+' &&
		ctrl_get circuit.fr0:100.sessions 1 && ctrl_get link.atm0.state up &&
		ctrl_get circuit.atm0:0.100.counters 'rx:pdu=[0-9]+ rx:octets=[0-9]+ .*' &&
		ctrl_get link.fr0.counters 'rx:.*' && ctrl_get link.atm0.counter.rx:unit '[0-9]+' &&
		ctrl_get circuit.fr0:100.counter.esp:ESP_AUTH 0
}
ctrl_is_vty() { # the same number by both, unless it just moved
	local a b
	for _ in 1 2 3 4 5; do
		a=$(rig_counter lns atm0/0.100 rx:pdu)
		b=$(in_ns lns "$VCGW" ctrl get circuit.atm0:0.100.counter.rx:pdu)
		[[ $a -gt 0 && $a -eq $b ]] && return 0
	done
	echo "VTY says $a, CTRL $b"
	return 1
}
ctrl_unknown() {
	local v
	for v in nothing circuit.nobody.state circuit.atm0:0.100.nothing circuit.atm0:0.100.counter.nothing \
		circuit link.atm9.state 'a b' '*'; do
		expect 1 ctrl get "$v" && quiet_on "$OUT" && has "$ERR" '^vcgw: .' || return 1
	done
}
ctrl_read_only() {
	in_ns lns $PYTHON - <<-'END'
		import socket, struct, sys
		def ask(octets):
		    s = socket.create_connection(("127.0.0.1", 4291), 5)
		    s.settimeout(2)
		    try:
		        s.sendall(octets)
		        return s.recv(4000)
		    except (socket.timeout, ConnectionError):
		        return b""
		def ipa(text):
		    return struct.pack("!HBB", len(text) + 1, 0xee, 0) + text
		for what in (b"version", b"circuit.atm0:0.100.state", b"circuit.atm0:0.100.counters"):
		    got = ask(ipa(b"SET 7 " + what + b" 1"))
		    print(what, got)
		    assert got[4:].startswith(b"ERROR 7"), got
		# Nonsense of all kinds costs nobody but who sends it.
		for octets in (b"\xff" * 64, ipa(b""), ipa(b"GET"), ipa(b"GET 1"), ipa(b"GET 1 " + b"a" * 3000),
		               ipa(b"GET 1 circuit." + b"." * 200), ipa(b"GET 1 link.atm0"), b"\x00\x00\xee\x00"):
		    print(octets[:20], ask(octets)[:60])
	END
	local rc=$?
	rig_alive lns && ((rc == 0)) && ctrl_get version '[0-9.]+'
}

step "output is the answer and nothing else" plain_output
step "options" options
step "wrong usage: status 2" usage
step "an error of the gateway: status 1, on standard error" unknown
step "several commands, up to the first error" several
step "long output comes whole and unpaged" long_output
step "no connection: status 3, saying where" no_connection
step "ways to write the server" servers
step "a connection that is closed: status 3" closed
step "CTRL: state and counters" ctrl_values
step "CTRL and VTY tell the same" ctrl_is_vty
step "CTRL: unknown variables: status 1" ctrl_unknown
step "CTRL: nothing can be set, nonsense is survived" ctrl_read_only

# The password of the VTY, set while it runs; the session that sets it stays.
PW='open sesame'
PW=${PW// /-}
unset VCGW_VTY_PASSWORD
needs_password() {
	expect 0 exec "configure terminal; line vty; password $PW; login" || return 1
	expect 2 show version && quiet_on "$OUT" && has "$ERR" '-p FILE or VCGW_VTY_PASSWORD' || return 1
	VCGW_VTY_PASSWORD=wrong expect 1 show version && quiet_on "$OUT" && has "$ERR" 'wrong password' || return 1
	VCGW_VTY_PASSWORD='' expect 1 show version && quiet_on "$OUT" || return 1
	VCGW_VTY_PASSWORD=$PW expect 0 show version && has "$OUT" '^vcgwd ' && ! grep -qi password "$OUT"
}
password_file() {
	printf '%s\nsecond line\n' "$PW" >"$RIG_DIR/pw"
	: >"$RIG_DIR/empty"
	expect 0 -p "$RIG_DIR/pw" show version && expect 2 -p "$RIG_DIR/none" show version &&
		has "$ERR" "$RIG_DIR/none" && expect 2 -p "$RIG_DIR/empty" show version
}
enable_password() {
	export VCGW_VTY_PASSWORD=$PW
	expect 0 exec 'configure terminal; enable password higher' && expect 1 show version &&
		quiet_on "$OUT" && has "$ERR" 'enable password'
}
step "a VTY with a password lets nobody in without it" needs_password
step "the password from a file" password_file
step "an enable password is said to be out of reach" enable_password
rig_done
