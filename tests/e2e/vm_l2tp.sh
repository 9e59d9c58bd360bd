# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The other end of L2TP/IPsec over IP (RFC 3193) in a VM: charon, the kernel's ESP in transport mode,
# xl2tpd on UDP port 1701, pppd. It is the LNS, which asks for CHAP, or the LAC, which dials. Read
# after lib.sh and rig/vm.sh.
#
#	ns gw                                          VM
#	  vcgwd, its uplink --- tap0 ----------------- eth0, the LNS or the LAC
#	         192.0.2.1                             192.0.2.2
#
#	vm_l2tp_needed                   before rig_enter: fetch what is missing, or skip
#	V[auth]=cert V[ike]=2 ...        parameters, see below
#	vm_l2tp_net NS                   the tap, in the namespace where vcgwd will run
#	vm_l2tp_lns, vm_l2tp_lac         boot the VM "guest" in this role; it is ready when they return
#	vm_l2tp_anew lns|lac             its charon reads what V says now
#	vm_l2tp_dial, vm_l2tp_hangup     the LAC calls, and hangs up until pppd is gone
#	vm_l2tp_up END [SECONDS]         until the end, lac or lns, has a PPP interface with an address
#	vm_l2tp_down END [SECONDS]       until it has none
#	vm_l2tp_ping END SIZE [COUNT]    from it to the far end's address, inside
#	vm_l2tp_protected END            pings grow the octets of its ESP SAs; nothing clear came or went
#	vm_l2tp_in END COMMAND...        a shell command in it
#
# $RIG_DIR/guest.log has what charon and xl2tpd say, $RIG_DIR/END-pppd.log what pppd does.
#
# UDP 1701 that is not in ESP is blocked in it both ways (XfrmInPolBlock, XfrmOutPolBlock in
# /proc/net/xfrm_stat): what works was protected. t_vm_l2tp_rig.sh joins both roles in one guest.
#
# Facts that cost time: hang up fully before the next dial, for cutting IPsec first leaves pppd and
# xl2tpd hanging; charon rekeys every second with `rekey_time = 0` and a `life_time`.

# What a test may set before the role is started.
declare -A V=(
	[ike]=1
	[auth]=psk
	[certs]=certs
	[proposals]=aes256-sha256-ecp256
	[esp]='aes256gcm16,aes256-sha256'
	[psk]='the key of the uplink'
	[lac_id]=lac1
	[lns_id]=lns1
	[lac_ts]='dynamic[udp/1701]'
	[lns_ts]='dynamic[udp/1701]'
	[encap]=no
	[mode]=transport
	[tunnel_secret]=tunnel-secret
	[ppp_auth]=chap
	[user]=alice
	[password]='alice and her secret'
	[mru]=1400
	[kernel]=yes
)
# The kernel's L2TP and PPP, PPP on a pseudo terminal for xl2tpd's own L2TP, and ESP for charon.
VM_L2TP_MODULES=(l2tp_ppp ppp_async esp4 xfrm_user authenc echainiv seqiv drbg gcm cbc ctr hmac
	sha256_generic aes_generic ghash-generic)
VM_L2TP_LNS_ADDR=10.66.0.1
VM_L2TP_VM=
# The namespace of an end inside the guest, where it has its own.
declare -A VM_L2TP_NETNS=()
CHARON=$(command -v charon || ls /usr/lib/ipsec/charon /usr/libexec/ipsec/charon 2>/dev/null | head -n 1)

vm_l2tp_needed() {
	[[ -n $CHARON ]] && command -v swanctl >/dev/null || skip "no strongSwan: charon and swanctl are not installed"
	command -v xl2tpd >/dev/null || skip "no xl2tpd: the package is not installed"
	[[ -x /usr/sbin/pppd ]] || skip "no pppd: the package ppp is not installed"
	vm_needed
}

vm_l2tp_net() {
	ip -n "$1" tuntap add tap0 mode tap || skip "no tap here"
	ip -n "$1" addr add 192.0.2.1/24 dev tap0
	ip -n "$1" link set tap0 up
	# shellcheck disable=SC2034 # for vm_start
	VM_NS=$1 VM_NET=tap0,192.0.2.2/24
}

# vm_l2tp_end NAME lns|lac LOCAL REMOTE: the configuration of one end, and $RIG_DIR/NAME/start.sh, which
# runs it in the foreground in the guest.
vm_l2tp_end() {
	local name=$1 role=$2 dir=$RIG_DIR/$1
	mkdir -p "$dir/x509" "$dir/x509ca" "$dir/private"
	vm_l2tp_charon "$name" "$role" "$3" "$4"
	vm_l2tp_xl2tpd "$role" "$3" "$4" "$dir"
	cat >"$dir/env.sh" <<-END
		export STRONGSWAN_CONF=$dir/strongswan.conf SWANCTL_DIR=$dir
		swan() { swanctl "\$@" --uri unix:///run/$name/vici; }
		call() { xl2tpd-control -c /run/$name/control "\$@"; }
	END
	# pppd reads its secrets from /etc/ppp only; its scripts there are the host's and not wanted. What a
	# test changes in $RIG_DIR/NAME/chap-secrets holds from the next call on.
	cat >"$dir/start.sh" <<-END
		. $dir/env.sh
		mkdir -p /run/$name /run/xl2tpd
		mount -t tmpfs -o mode=700 ppp /etc/ppp
		ln -s $dir/chap-secrets /etc/ppp/chap-secrets
		ln -s $dir/chap-secrets /etc/ppp/pap-secrets
		ip xfrm policy add src 0.0.0.0/0 dst 0.0.0.0/0 proto udp dport 1701 dir in priority 4000000 action block
		ip xfrm policy add src 0.0.0.0/0 dst 0.0.0.0/0 proto udp sport 1701 dir out priority 4000000 action block
		$CHARON &
		n=0
		until swan --load-all >/run/$name/loaded 2>&1; do
			n=\$((n + 1))
			[ \$n -lt 100 ] || { cat /run/$name/loaded; exit 1; }
			sleep 0.1
		done
		# Its place is fixed; another end in the same guest needs it.
		rm -f /run/charon.pid
		: >/run/$name/up
		exec xl2tpd -D -c $dir/xl2tpd.conf -s $dir/l2tp-secrets -p /run/$name/xl2tpd.pid -C /run/$name/control
	END
}

vm_l2tp_charon() {
	local name=$1 role=$2 dir=$RIG_DIR/$1 us them
	[[ $role == lns ]] && us=lns them=lac || us=lac them=lns
	cat >"$dir/strongswan.conf" <<-END
		charon {
			# What it needs and no more: bypass-lan would let everything by in the clear.
			load = random nonce aes sha1 sha2 hmac kdf gcm x509 constraints pem pkcs1 pkcs8 pubkey openssl kernel-netlink socket-default vici
			retransmit_base = 1
			retransmit_timeout = 1
			install_routes = no
			filelog {
				stderr {
					default = 1
					ike = 2
					ike_name = yes
					time_format = %T
				}
			}
			plugins {
				vici {
					socket = unix:///run/$name/vici
				}
			}
		}
	END
	cat >"$dir/swanctl.conf" <<-END
		connections {
			uplink {
				version = ${V[ike]}
				aggressive = no
				local_addrs = $3
				remote_addrs = $([[ $role == lns ]] && echo %any || echo "$4")
				proposals = ${V[proposals]}
				encap = ${V[encap]}
				local {
					auth = ${V[auth]/cert/pubkey}
					id = ${V[${us}_id]}
					$([[ ${V[auth]} == cert ]] && echo "certs = ${V[${us}_id]}.pem")
				}
				remote {
					auth = ${V[auth]/cert/pubkey}
					id = ${V[${them}_id]}
				}
				children {
					l2tp {
						mode = ${V[mode]}
						esp_proposals = ${V[esp]}
						local_ts = ${V[${us}_ts]}
						remote_ts = ${V[${them}_ts]}
					}
				}
			}
		}
	END
	if [[ ${V[auth]} == cert ]]; then
		cp "$RIG_DIR/${V[certs]}/ca.pem" "$dir/x509ca/"
		cp "$RIG_DIR/${V[certs]}/${V[${us}_id]}.pem" "$dir/x509/"
		cp "$RIG_DIR/${V[certs]}/${V[${us}_id]}.key" "$dir/private/"
	else
		printf 'secrets {\n\tike-uplink {\n\t\tsecret = "%s"\n\t}\n}\n' "${V[psk]}" >>"$dir/swanctl.conf"
	fi
}

vm_l2tp_xl2tpd() {
	local role=$1 local=$2 remote=$3 dir=$4 challenge=yes
	[[ -n ${V[tunnel_secret]} ]] || challenge=no
	echo "* * ${V[tunnel_secret]}" >"$dir/l2tp-secrets"
	vm_l2tp_secret "$dir" "${V[password]}"
	cat >"$dir/xl2tpd.conf" <<-END
		[global]
		listen-addr = $local
		auth file = $dir/l2tp-secrets
		access control = no
		force userspace = $([[ ${V[kernel]} == yes ]] && echo no || echo yes)
	END
	# IPv6 by link-local addresses only: no address to hand out.
	cat >"$dir/options" <<-END
		logfile $dir-pppd.log
		debug
		noccp
		nodefaultroute
		+ipv6
		mtu ${V[mru]}
		mru ${V[mru]}
		lcp-echo-interval 5
		lcp-echo-failure 3
	END
	if [[ $role == lns ]]; then
		cat >>"$dir/xl2tpd.conf" <<-END
			[lns default]
			ip range = ${VM_L2TP_LNS_ADDR%.*}.10-${VM_L2TP_LNS_ADDR%.*}.20
			local ip = $VM_L2TP_LNS_ADDR
			challenge = $challenge
			pppoptfile = $dir/options
		END
		printf 'auth\nname lns\nrequire-%s\n' "${V[ppp_auth]}" >>"$dir/options"
	else
		cat >>"$dir/xl2tpd.conf" <<-END
			[lac gateway]
			lns = $remote
			challenge = $challenge
			redial = no
			pppoptfile = $dir/options
		END
		printf 'noauth\nuser %s\nipcp-accept-local\nipcp-accept-remote\n' "${V[user]}" >>"$dir/options"
	fi
}

# vm_l2tp_secret DIR PASSWORD
vm_l2tp_secret() {
	(
		umask 077
		echo "${V[user]} * \"$2\" *" >"$1/chap-secrets"
	)
}

# vm_l2tp_certs rsa|ecdsa [NAME...]: for V[auth]=cert, of a new CA, for both ends and these names; vcgw's
# are in the same folder, $RIG_DIR/${V[certs]}.
vm_l2tp_certs() {
	mkdir -p "$RIG_DIR/${V[certs]}"
	$PYTHON "$RIG_TOP/tests/rig/certs" "$RIG_DIR/${V[certs]}" "$1" "${V[lac_id]}" "${V[lns_id]}" "${@:2}"
}

vm_l2tp_boot() {
	VM_L2TP_VM=guest
	vm_l2tp_end "$1" "$1" 192.0.2.2 192.0.2.1
	vm_start guest "$RIG_DIR/$1/start.sh" "${VM_L2TP_MODULES[@]}" && vm_l2tp_ready "$1"
}

# vm_l2tp_anew lns|lac: after a change of V
vm_l2tp_anew() {
	vm_l2tp_end "$1" "$1" 192.0.2.2 192.0.2.1
	vm_l2tp_in "$1" "swan --load-all --clear"
}

vm_l2tp_lns() {
	vm_l2tp_boot lns
}

vm_l2tp_lac() {
	vm_l2tp_boot lac
}

# vm_l2tp_in END COMMAND...: a shell command at an end; it has `swan` (swanctl) and `call` (xl2tpd-control).
vm_l2tp_in() {
	local end=$1 ns=${VM_L2TP_NETNS[$1]-}
	shift
	vm_do "$VM_L2TP_VM" "${ns:+ip netns exec $ns} sh -s <<'END_OF_COMMAND'
. $RIG_DIR/$end/env.sh
$*
END_OF_COMMAND"
}

vm_l2tp_look() {
	tail -n 40 "$RIG_DIR/$VM_L2TP_VM.log"
	tail -n 20 "$RIG_DIR"/*-pppd.log
}

# vm_l2tp_until SECONDS END COMMAND...
vm_l2tp_until() {
	local end=$(($(now_ms) + $1 * 1000))
	shift
	until vm_l2tp_in "$@"; do
		(($(now_ms) < end)) || { echo "not within the time: $*"; vm_l2tp_look; return 1; }
		sleep 0.3
	done
}

# vm_l2tp_ready END
vm_l2tp_ready() {
	vm_l2tp_until 40 "$1" "test -p /run/$1/control"
}

# vm_l2tp_begin: IPsec only.
vm_l2tp_begin() {
	vm_l2tp_in lac "swan --initiate --child l2tp --timeout 15" || { vm_l2tp_look; return 1; }
}

vm_l2tp_dial() {
	vm_l2tp_begin && vm_l2tp_in lac "call connect-lac gateway"
}

vm_l2tp_hangup() {
	vm_l2tp_in lac "call disconnect-lac gateway" && vm_l2tp_down lac && vm_l2tp_in lac "swan --terminate --ike uplink"
}

# vm_l2tp_down END [SECONDS]: until no PPP is left at it.
vm_l2tp_down() {
	vm_l2tp_until "${2:-15}" "$1" '! ip -o link | grep -q ": ppp"'
}

# vm_l2tp_up END [SECONDS]: until its PPP has an address; RIG_NOTE has both.
vm_l2tp_up() {
	vm_l2tp_until "${2:-15}" "$1" 'ip -4 -o addr | grep -q " ppp.* peer "' || return 1
	# shellcheck disable=SC2034 # step shows it
	RIG_NOTE=$(vm_l2tp_in "$1" ip -4 -o addr | sed -n 's/.* ppp.* inet \([0-9.]*\) peer \([0-9.]*\).*/\1 peer \2/p')
}

# vm_l2tp_ping END SIZE [COUNT]: the far end of its PPP, not to be fragmented, none lost.
vm_l2tp_ping() {
	vm_l2tp_in "$1" "ping -q -n -M do -c ${3:-5} -i 0.2 -W 2 -s $2 \$(ip -4 -o addr | sed -n 's/.* ppp.* peer \([0-9.]*\).*/\1/p')" |
		tee /dev/stderr | grep -q " 0% packet loss"
}

# Lines of "out|in SPI OCTETS" for an end's SAs, and "blocked PACKETS" for its policies.
vm_l2tp_octets() {
	local local_addr
	local_addr=$(sed -n 's/^listen-addr = //p' "$RIG_DIR/$1/xl2tpd.conf")
	vm_l2tp_in "$1" "ip -s xfrm state; cat /proc/net/xfrm_stat" | awk -v us="$local_addr" '
	/^src/ { way = $2 == us ? "out" : "in" }
	/proto esp/ { spi = $4 }
	/\(bytes\), [0-9]+\(packets\)/ { print way, spi, $1 + 0 }
	/^Xfrm(In|Out)PolBlock/ { blocked += $2 }
	END { print "blocked", blocked + 0 }'
}

vm_l2tp_blocked() {
	vm_l2tp_octets "$1" | sed -n 's/^blocked //p'
}

# vm_l2tp_protected END: pings grow the octets of its SAs (one that goes meanwhile counts for nothing),
# and nothing clear was about.
vm_l2tp_protected() {
	local before after grown=()
	before=$(vm_l2tp_octets "$1")
	vm_l2tp_ping "$1" 1000 5 || return 1
	after=$(vm_l2tp_octets "$1")
	printf 'before:\n%s\nafter:\n%s\n' "$before" "$after"
	read -r -a grown < <(awk '
		NR == FNR { had[$1 " " $2] = $3; if ($1 == "blocked") clear = $2; next }
		$1 == "blocked" { clear = $2 - clear; next }
		{ n[$1] += $3 - had[$1 " " $2] }
		END { print n["out"] + 0, n["in"] + 0, clear }' <(echo "$before") <(echo "$after"))
	# shellcheck disable=SC2034 # step shows it
	RIG_NOTE="${grown[0]} octets out, ${grown[1]} in"
	((grown[0] > 5000 && grown[1] > 5000 && grown[2] == 0))
}
