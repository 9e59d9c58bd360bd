#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Hand-made captures for the self-tests of check_pcap.sh and of contrib/wireshark/vcgw.lua.

    make_pcap.py DIR

writes into DIR good and bad captures (good-*.pcap, bad-*.pcap) and esp_sa, the Wireshark table row
that opens the ESP packets of good-cbc.pcap. Nothing here shares code with vcgw: that is the point.
"""
import hashlib
import hmac
import os
import struct
import sys

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

SUNATM, FRELAY = 123, 107
SNAP = bytes.fromhex("00005e0007")
LLC = bytes.fromhex("aaaa03") + SNAP
NLPID = bytes.fromhex("030080") + SNAP
SPI = 0xC0FFEE01
ENC_KEY = bytes(range(32))
AUTH_KEY = bytes(range(32, 64))


def pcap(path, linktype, packets):
    with open(path, "wb") as f:
        f.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, linktype))
        for i, p in enumerate(packets):
            f.write(struct.pack("<IIII", 1000000000 + i, 0, len(p), len(p)) + p)


def atm(payload, llc=True, out=False, vpi=0, vci=100):
    """DLT_SUNATM: flags (direction, traffic type), VPI, VCI, then the AAL5 SDU."""
    flags = (0x80 if out else 0) | (2 if llc else 0)
    return struct.pack("!BBH", flags, vpi, vci) + (LLC if llc else b"") + payload


def fr(payload, dlci=100, header=NLPID):
    return bytes([(dlci >> 4) << 2, (dlci & 15) << 4 | 1]) + header + payload


def lmi():
    """STATUS ENQUIRY of Q.933 Annex A on DLCI 0."""
    return bytes.fromhex("0001 03 08 00 75 5101 00 5302 0100".replace(" ", ""))


def udp(payload, sport=500, dport=500, length=None, checksum=0):
    return struct.pack("!HHHH", sport, dport, length or 8 + len(payload), checksum) + payload


def isakmp():
    """First message of main mode: header and an SA payload with one proposal, one transform."""
    attrs = bytes.fromhex("80010007 800e0100 80020004 80040013 80030001 800b0001 800c7080")
    transform = struct.pack("!BBHBBH", 0, 0, 8 + len(attrs), 1, 1, 0) + attrs
    proposal = struct.pack("!BBHBBBB", 0, 0, 8 + len(transform), 1, 1, 0, 1) + transform
    sa = struct.pack("!BBHII", 0, 0, 12 + len(proposal), 1, 1) + proposal
    head = bytes.fromhex("0123456789abcdef") + bytes(8)
    return head + struct.pack("!BBBBII", 1, 0x10, 2, 0, 0, 28 + len(sa)) + sa


def l2tp_zlb():
    """A zero-length body acknowledgement, RFC 2661 5.8: T, L, S set, version 2."""
    return struct.pack("!HHHHHH", 0xC802, 12, 1, 0, 1, 1)


def trailer(payload, block, next_header):
    pad = -(len(payload) + 2) % block
    return payload + bytes(range(1, pad + 1)) + bytes([pad, next_header])


def esp_cbc(seq, payload, next_header=115):
    iv = hashlib.sha256(struct.pack("!I", seq)).digest()[:16]
    enc = Cipher(algorithms.AES(ENC_KEY), modes.CBC(iv)).encryptor()
    body = struct.pack("!II", SPI, seq) + iv + enc.update(trailer(payload, 16, next_header))
    return body + hmac.new(AUTH_KEY, body, hashlib.sha256).digest()[:16]


def ip_ping(pattern=b"vcgw-plaintext-pattern"):
    icmp = bytes.fromhex("0800 0000 0001 0001".replace(" ", "")) + pattern * 2
    return struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(icmp), 1, 0, 64, 1, 0,
                       bytes([10, 64, 0, 1]), bytes([10, 64, 0, 10])) + icmp


def l2tp_data(ip):
    return struct.pack("!HHH", 0x0002, 1, 1) + bytes.fromhex("ff030021") + ip


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    out = sys.argv[1]
    os.makedirs(out, exist_ok=True)
    esp = [esp_cbc(i, l2tp_zlb() if i & 1 else l2tp_data(ip_ping())) for i in range(1, 9)]
    good = [udp(isakmp())] + esp
    w = lambda name, lt, packets: pcap(os.path.join(out, name + ".pcap"), lt, packets)

    w("good-atm", SUNATM, [atm(p, out=bool(i & 1)) for i, p in enumerate(good)])
    w("good-null", SUNATM, [atm(p, llc=False) for p in good])
    w("good-fr", FRELAY, [lmi()] + [fr(p) for p in good])
    w("bad-atm-clear-l2tp", SUNATM, [atm(p) for p in good + [l2tp_zlb()]])
    w("bad-atm-ip", SUNATM, [atm(p) for p in good] +
      [struct.pack("!BBH", 2, 0, 100) + bytes.fromhex("aaaa030000000800") + ip_ping(b"x" * 32)])
    w("bad-atm-port", SUNATM, [atm(p) for p in good + [udp(isakmp(), 1701, 1701)]])
    w("bad-atm-checksum", SUNATM, [atm(p) for p in good + [udp(isakmp(), checksum=0x1234)]])
    w("bad-atm-length", SUNATM, [atm(p) for p in good + [udp(isakmp(), length=20)]])
    w("bad-atm-ike-only", SUNATM, [atm(good[0])])
    w("bad-null-clear-l2tp", SUNATM, [atm(p, llc=False) for p in good + [l2tp_data(ip_ping())]])
    w("bad-fr-clear-l2tp", FRELAY, [fr(p) for p in good + [l2tp_data(ip_ping())]])
    w("bad-fr-ip", FRELAY, [fr(p) for p in good] + [fr(ip_ping(b"x" * 32), header=b"\x03\xcc")])
    w("bad-fr-plaintext", FRELAY, [fr(p) for p in good + [good[1] + ip_ping()]])
    with open(os.path.join(out, "esp_sa"), "w") as f:
        f.write('"IPv4","*","*","0x%08x","AES-CBC [RFC3602]","0x%s","HMAC-SHA-256-128 [RFC4868]","0x%s"\n'
                % (SPI, ENC_KEY.hex(), AUTH_KEY.hex()))


if __name__ == "__main__":
    main()
