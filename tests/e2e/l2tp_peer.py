#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""l2tp_peer.py REMOTE SECRET: the far end of one L2TP tunnel, an LNS in Python, written from
RFC 2661 and RFC 1661 and not from our code. L2TP lies straight in IP, protocol 115: that an IPsec
below protects it is the kernel's affair, not ours.

It answers one tunnel and one call, both ends prove the tunnel secret, PPP without authentication
gives 10.64.0.10 to the client, and 10.64.0.1 answers pings. Prints what it reaches: `tunnel up`,
`call up`, `ip up`.
"""
import hashlib
import os
import select
import socket
import struct
import sys
import time

SCCRQ, SCCRP, SCCCN, STOPCCN, HELLO, ICRQ, ICRP, ICCN, CDN = 1, 2, 3, 4, 6, 10, 11, 12, 14
MSG_TYPE, VERSION, FRAMING, HOST_NAME, TUNNEL, WINDOW, CHALLENGE, RESPONSE, SESSION = 0, 2, 3, 7, 9, 10, 11, 13, 14
LCP, IPCP, IP = 0xC021, 0x8021, 0x0021
CONF_REQ, CONF_ACK, CONF_NAK, TERM_REQ, TERM_ACK, PROTO_REJ, ECHO_REQ, ECHO_REP = 1, 2, 3, 5, 6, 8, 9, 10
OUR_TUNNEL, OUR_SESSION = 0x4321, 0x8765
SERVER, CLIENT = socket.inet_aton("10.64.0.1"), socket.inet_aton("10.64.0.10")


def avp(kind, value):
    return struct.pack("!HHH", 0x8000 | 6 + len(value), 0, kind) + value


def avps(data):
    found = {}
    while len(data) >= 6:
        flags, vendor, kind = struct.unpack_from("!HHH", data)
        length = flags & 0x3FF
        if length < 6 or length > len(data):
            raise ValueError("AVP of %d octets" % length)
        if vendor == 0:
            found[kind] = data[6:length]
        data = data[length:]
    return found


def csum(data):
    data += bytes(len(data) % 2)
    total = sum(struct.unpack("!%dH" % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return total ^ 0xFFFF


class Peer:
    def __init__(self, remote, secret):
        self.remote, self.secret = remote, secret.encode()
        self.s = socket.socket(socket.AF_INET, socket.SOCK_RAW, 115)
        self.reset()

    def reset(self):
        self.tunnel = self.session = 0
        self.ns = self.nr = 0
        self.unacked = []
        self.resend_at = None
        self.challenge = os.urandom(16)

    def say(self, text):
        print("%.2f %s" % (time.monotonic(), text), flush=True)

    def send(self, packet):
        self.s.sendto(packet, (self.remote, 0))

    # ---- control messages (RFC 2661 5.8) ----

    def header(self, length, session, ns):
        return struct.pack("!HHHHHH", 0xC802, 12 + length, self.tunnel, session, ns & 0xFFFF, self.nr & 0xFFFF)

    def ack(self):
        self.send(self.header(0, 0, self.ns))

    def request(self, kind, body=b"", session=0):
        body = avp(MSG_TYPE, struct.pack("!H", kind)) + body
        self.unacked.append((self.ns, session, body))
        self.send(self.header(len(body), session, self.ns) + body)
        self.ns += 1
        self.resend_at = time.monotonic() + 1

    def resend(self):
        for ns, session, body in self.unacked:
            self.send(self.header(len(body), session, ns) + body)
        self.resend_at = time.monotonic() + 1 if self.unacked else None

    def control(self, packet):
        _, length, tunnel, _, ns, nr = struct.unpack_from("!HHHHHH", packet)
        found = avps(packet[12:length])
        kind = struct.unpack("!H", found[MSG_TYPE])[0] if MSG_TYPE in found else None
        if kind == SCCRQ and tunnel == 0 and ns == 0 and found[TUNNEL] != struct.pack("!H", self.tunnel):
            self.reset()  # the client begins anew
        self.unacked = [u for u in self.unacked if (u[0] - nr) & 0xFFFF < 0x8000]
        if kind is None:
            return
        if ns != self.nr & 0xFFFF:
            self.ack()
            return
        self.nr += 1
        self.message(kind, found)

    def proof(self, kind, challenge):
        return hashlib.md5(bytes([kind]) + self.secret + challenge).digest()  # 5.1.1

    def message(self, kind, found):
        if kind == SCCRQ:
            self.tunnel = struct.unpack("!H", found[TUNNEL])[0]
            self.request(SCCRP, avp(VERSION, b"\1\0") + avp(FRAMING, struct.pack("!I", 3)) + avp(HOST_NAME, b"lns1") +
                         avp(TUNNEL, struct.pack("!H", OUR_TUNNEL)) + avp(WINDOW, struct.pack("!H", 8)) +
                         avp(CHALLENGE, self.challenge) + avp(RESPONSE, self.proof(SCCRP, found[CHALLENGE])))
        elif kind == SCCCN:
            self.ack()
            good = found.get(RESPONSE) == self.proof(SCCCN, self.challenge)
            self.say("tunnel up" if good else "wrong challenge response")
        elif kind == ICRQ:
            self.session = struct.unpack("!H", found[SESSION])[0]
            self.request(ICRP, avp(SESSION, struct.pack("!H", OUR_SESSION)), self.session)
        elif kind == ICCN:
            self.ack()
            self.say("call up")
            self.ppp(LCP, CONF_REQ, 1, b"")
        else:
            self.ack()
            if kind in (STOPCCN, CDN):
                self.say("tunnel down" if kind == STOPCCN else "call down")

    # ---- data messages: PPP ----

    def frame(self, proto, data):
        self.send(struct.pack("!HHHBBH", 0x0002, self.tunnel, self.session, 0xFF, 0x03, proto) + data)

    def ppp(self, proto, code, ident, data):
        self.frame(proto, struct.pack("!BBH", code, ident, 4 + len(data)) + data)

    def data(self, packet):
        flags = struct.unpack_from("!H", packet)[0]
        at = 2 + (2 if flags & 0x4000 else 0) + 4 + (4 if flags & 0x0800 else 0)
        frame = packet[at:]
        if frame[:2] == b"\xff\x03":
            frame = frame[2:]
        proto = struct.unpack_from("!H", frame)[0]
        if frame[0] & 1:
            proto, frame = frame[0], b"\0" + frame
        body = frame[2:]
        if proto == IP:
            self.ip(body)
            return
        code, ident, length = struct.unpack_from("!BBH", body)
        options = body[4:length]
        if proto not in (LCP, IPCP):
            self.ppp(LCP, PROTO_REJ, ident, struct.pack("!H", proto) + body[:length])
        elif code == CONF_REQ and proto == IPCP:
            self.ipcp_request(ident, options)
        elif code == CONF_REQ:
            self.ppp(LCP, CONF_ACK, ident, options)
        elif code == CONF_ACK and proto == LCP:
            self.ppp(IPCP, CONF_REQ, 1, b"\x03\x06" + SERVER)
        elif code == TERM_REQ:
            self.ppp(proto, TERM_ACK, ident, b"")
        elif code == ECHO_REQ and proto == LCP:
            self.ppp(LCP, ECHO_REP, ident, bytes(4) + options[4:])

    def ipcp_request(self, ident, options):
        wanted, rejected, at = None, b"", 0
        while at + 2 <= len(options) and options[at + 1] >= 2:
            option = options[at:at + options[at + 1]]
            at += len(option)
            if option[0] == 3:
                wanted = option[2:]
            else:
                rejected += option
        if rejected:
            self.ppp(IPCP, 4, ident, rejected)
        elif wanted != CLIENT:
            self.ppp(IPCP, CONF_NAK, ident, b"\x03\x06" + CLIENT)
        else:
            self.ppp(IPCP, CONF_ACK, ident, options)
            self.say("ip up")

    def ip(self, packet):
        head = (packet[0] & 15) * 4
        if packet[9] != 1 or packet[16:20] != SERVER or packet[head] != 8:
            return
        icmp = b"\0\0\0\0" + packet[head + 4:]
        icmp = icmp[:2] + struct.pack("!H", csum(icmp)) + icmp[4:]
        self.frame(IP, packet[:12] + packet[16:20] + packet[12:16] + packet[20:head] + icmp)

    def run(self):
        self.say("listening")
        while True:
            wait = None if self.resend_at is None else max(0, self.resend_at - time.monotonic())
            if not select.select([self.s], [], [], wait)[0]:
                self.resend()
                continue
            packet, frm = self.s.recvfrom(65535)
            packet = packet[(packet[0] & 15) * 4:]
            if frm[0] != self.remote or len(packet) < 8 or packet[1] & 15 != 2:
                continue
            try:
                (self.control if packet[0] & 0x80 else self.data)(packet)
            except (ValueError, KeyError, struct.error) as e:
                self.say("unreadable: %r %s" % (e, packet[:64].hex()))


if __name__ == "__main__":
    Peer(sys.argv[1], sys.argv[2]).run()
