# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A guest for an end-to-end test: a machine with a kernel of its own. Read after e2e/lib.sh.
#
#	vm_needed                                  before rig_enter: fetch what is missing, or skip
#	vm_package NAME                            the same for a program: $VM_PACKAGE is its root
#	VM_NET=tap0,192.0.2.2/24 VM_NS=shim        its network: a tap that is there, in this namespace
#	vm_start NAME SCRIPT MODULE...             boot in the background, wait until SCRIPT begins
#	vm_do NAME COMMAND...                      a shell command in it, its output and its status
#	vm_wait NAME [SECONDS]                     until it ends; SCRIPT's status
#	vm_stop NAME                               switch it off
#
# $RIG_DIR is the same folder in the guest, and writable. $RIG_DIR/NAME.log has what SCRIPT said,
# $RIG_DIR/vm-NAME/console.log what the kernel said.

VM=$RIG_TOP/tests/rig/vm
VM_NS=''
VM_NET=''
VM_SECONDS=120

vm_needed() {
	local said
	said=$($PYTHON "$VM" prepare) && return 0
	skip "no VM: $(tail -n 1 <<<"$said")"
}

vm_package() {
	VM_PACKAGE=$($PYTHON "$VM" package "$1") && return 0
	skip "no $1: $(tail -n 1 <<<"$VM_PACKAGE")"
}

# vm_start NAME SCRIPT MODULE...
vm_start() {
	local name=$1 script=$2 ns=() modules
	shift 2
	modules=$(IFS=, && echo "$*")
	[[ -z $VM_NS ]] || ns=(ip netns exec "$VM_NS")
	# What a guest of this name left is not this one's.
	rm -rf "$RIG_DIR/vm-$name"
	"${ns[@]}" "$PYTHON" "$VM" run --share "$RIG_DIR" --name "$name" --timeout "$VM_SECONDS" \
		${VM_NET:+--net "$VM_NET"} --modules "$modules" "$script" >"$RIG_DIR/$name.log" 2>&1 &
	RIG_PID[$name]=$!
	until [[ -e $RIG_DIR/vm-$name/ready ]]; do
		rig_alive "$name" || { cat "$RIG_DIR/$name.log"; return 1; }
		sleep 0.1
	done
	# shellcheck disable=SC2034 # step shows it
	RIG_NOTE=$(vm_do "$name" cat /proc/uptime | sed 's/ .*//')" s by its own clock"
}

vm_do() {
	local name=$1
	shift
	$PYTHON "$VM" do "$RIG_DIR/vm-$name" "$*"
}

vm_wait() {
	local pid=${RIG_PID[$1]} limit=$((${2:-$VM_SECONDS} * 10)) i
	for ((i = 0; i < limit; i++)); do
		kill -0 "$pid" 2>/dev/null || break
		sleep 0.1
	done
	kill -0 "$pid" 2>/dev/null && return 124
	unset "RIG_PID[$1]"
	wait "$pid"
}

vm_stop() {
	kill -TERM "${RIG_PID[$1]}"
	wait "${RIG_PID[$1]}" 2>/dev/null
	unset "RIG_PID[$1]"
	return 0
}
