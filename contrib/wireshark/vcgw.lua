-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- vcgw: L2TP and IPsec straight over ATM AAL5 and Frame Relay, for Wireshark and tshark.
--
-- Wireshark knows ATM and Frame Relay down to the SNAP header with OUI 00-00-5E and PID 0x0007, the
-- L2TP service of RFC 3355 and RFC 3070, and stops there. This carries on, by the rule of
-- docs/mapping.md section 4:
--
--     UDP header with both ports 500 and a fitting length  ->  IKE
--     version nibble 2 in the second octet                 ->  L2TP in the clear
--     anything else                                        ->  ESP
--
-- Use:  tshark -X lua_script:vcgw.lua -r FILE        (Wireshark: put it into the plugins folder)
--
-- There are no IP addresses on a circuit, but Wireshark finds ESP keys by address: write "*" for
-- both addresses into its table of ESP SAs. This script sets 192.0.2.1 and 192.0.2.2.
--
-- Circuits with null encapsulation have nothing that names their protocol. Every ATM circuit whose
-- SDUs do not begin with an LLC header is taken for one, unless the preference says otherwise.

local vcgw = Proto("vcgw", "L2TP service on a virtual circuit")
local kinds = { [1] = "ESP", [2] = "IKE", [3] = "L2TP in the clear" }

local f_kind = ProtoField.uint8("vcgw.kind", "Payload", base.DEC, kinds)
local f_encap = ProtoField.string("vcgw.encap", "Encapsulation")
local f_sport = ProtoField.uint16("vcgw.udp.srcport", "UDP source port")
local f_dport = ProtoField.uint16("vcgw.udp.dstport", "UDP destination port")
local f_len = ProtoField.uint16("vcgw.udp.length", "UDP length")
local f_sum = ProtoField.uint16("vcgw.udp.checksum", "UDP checksum", base.HEX)
vcgw.fields = { f_kind, f_encap, f_sport, f_dport, f_len, f_sum }

local e_clear = ProtoExpert.new("vcgw.clear", "L2TP without protection",
	expert.group.SECURITY, expert.severity.WARN)
local e_sum = ProtoExpert.new("vcgw.udp.checksum_not_zero", "UDP checksum is not zero",
	expert.group.PROTOCOL, expert.severity.WARN)
vcgw.experts = { e_clear, e_sum }

vcgw.prefs.null = Pref.bool("Null encapsulation on ATM", true,
	"Take ATM circuits without an LLC header for the L2TP service")
vcgw.prefs.ike_port = Pref.uint("IKE port", 500, "UDP port of IKE on circuits")

local data, isakmp, esp = Dissector.get("data"), Dissector.get("isakmp"), Dissector.get("esp")
-- What UDP port 1701 carries: L2TPv2. Behind IP protocol 115 Wireshark expects L2TPv3.
local l2tp = DissectorTable.get("udp.port"):get_dissector(1701)

local function is_udp(tvb)
	if tvb:len() < 8 + 28 then
		return false -- no room for an ISAKMP header (RFC 2408 3.1)
	end
	local port = vcgw.prefs.ike_port
	return tvb(0, 2):uint() == port and tvb(2, 2):uint() == port and tvb(4, 2):uint() == tvb:reported_len()
end

local function set_addresses(pinfo, from_initiator)
	local one, other = Address.ip("192.0.2.1"), Address.ip("192.0.2.2")
	local src = from_initiator and one or other
	local dst = from_initiator and other or one
	pinfo.net_src, pinfo.net_dst = src, dst
	pinfo.src, pinfo.dst = src, dst
end

-- Wireshark opens IKEv1 only when it can tell both public values apart by their sender. Nothing in a
-- frame names its sender, so: no responder cookie yet means the initiator; an SA payload with one
-- the responder; of the two key exchanges the first is the initiator's.
local first_ke = {}
local function from_initiator(msg)
	local cookie, next_payload = msg(0, 8):bytes():tohex(), msg(16, 1):uint()
	if msg(8, 8):bytes():tohex() == "0000000000000000" then
		return true
	elseif next_payload == 1 then
		return false
	elseif next_payload == 4 then
		local text = msg:bytes():tohex()
		first_ke[cookie] = first_ke[cookie] or text
		return first_ke[cookie] == text
	end
	return true
end
function vcgw.init()
	first_ke = {}
end

local function service(tvb, pinfo, tree, encap)
	local t = tree:add(vcgw, tvb(), "L2TP service on a virtual circuit")

	pinfo.cols.protocol = "VCGW"
	t:add(f_encap, encap):set_generated()
	if tvb:len() < 8 then
		data:call(tvb, pinfo, tree)
		return tvb:len()
	end
	if is_udp(tvb) then
		t:add(f_kind, 2):set_generated()
		t:add(f_sport, tvb(0, 2))
		t:add(f_dport, tvb(2, 2))
		t:add(f_len, tvb(4, 2))
		local sum = t:add(f_sum, tvb(6, 2))
		if tvb(6, 2):uint() ~= 0 then
			sum:add_proto_expert_info(e_sum)
		end
		t:set_len(8)
		local msg = tvb(8):tvb()
		set_addresses(pinfo, from_initiator(msg))
		isakmp:call(msg, pinfo, tree)
	elseif tvb(1, 1):bitfield(4, 4) == 2 then
		t:add(f_kind, 3):set_generated():add_proto_expert_info(e_clear)
		t:set_len(0)
		l2tp:call(tvb, pinfo, tree)
	else
		t:add(f_kind, 1):set_generated()
		t:set_len(0)
		set_addresses(pinfo, true)
		esp:call(tvb, pinfo, tree)
	end
	return tvb:len()
end

-- Below a SNAP header with IANA's OUI, on both media.
local snap = Proto("vcgw_snap", "L2TP service behind SNAP 00-00-5E 0x0007")
function snap.dissector(tvb, pinfo, tree)
	return service(tvb, pinfo, tree, "SNAP 00-00-5E 0x0007")
end
DissectorTable.get("llc.iana_pid"):add(0x0007, snap)

-- Null encapsulation: traffic type 0, "unknown", of the ATM pseudo-header.
local null = Proto("vcgw_null", "L2TP service directly on AAL5")
function null.dissector(tvb, pinfo, tree)
	if not vcgw.prefs.null then
		return 0
	end
	return service(tvb, pinfo, tree, "null")
end
DissectorTable.get("atm.aal5.type"):add(0, null)

-- ESP's payload behind next header 115, or 0 on circuits that follow draft -00: L2TPv2, not the
-- L2TPv3 that RFC 3931 gave the number to.
local inner = Proto("vcgw_inner", "L2TP protected by ESP")
function inner.dissector(tvb, pinfo, tree)
	return l2tp:call(tvb, pinfo, tree)
end
DissectorTable.get("ip.proto"):set(115, inner)
