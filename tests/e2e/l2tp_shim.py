#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""l2tp_shim.py SOCKET atm|fr LOCAL REMOTE PCAP: join a clear `loop` circuit to an L2TP peer on IP.

Circuit 0.100 (LLC/SNAP) or DLCI 100 (NLPID/SNAP) carries L2TP with nothing between (RFC 3355, RFC
3070); the peer knows L2TP only on UDP port 1701 (RFC 2661 8.1). What comes from the circuit goes out
of LOCAL to REMOTE and back, octet for octet. All of it is written to PCAP as IPv4 and UDP, so that
tshark can read it. Anything on the circuit that is not the L2TP service is an error.
"""
import select
import socket
import struct
import sys
import time

from loop import ATM, FR, LLC, NLPID, Loop, aal5_cells, fr_address, frame

PORT = 1701


class Pcap:
    """A capture with link type LINKTYPE_RAW (101)."""

    def __init__(self, path):
        self.f = open(path, "ab", buffering=0)
        if self.f.tell() == 0:
            self.f.write(struct.pack("=IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 101))

    def write(self, src, dst, msg):
        udp = struct.pack("!HHHH", PORT, PORT, 8 + len(msg), 0)
        ip = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 28 + len(msg), 0, 0, 64, socket.IPPROTO_UDP, 0,
                         socket.inet_aton(src), socket.inet_aton(dst))
        now = time.time()
        n = len(ip) + len(udp) + len(msg)
        self.f.write(struct.pack("=IIII", int(now), int(now % 1 * 1e6), n, n) + ip + udp + msg)


def main():
    path, medium, local, remote, capture = sys.argv[1:6]
    medium = {"atm": ATM, "fr": FR}[medium]
    encap = LLC if medium == ATM else NLPID
    udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    udp.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
    udp.bind((local, PORT))
    pcap = Pcap(capture)
    loop = Loop(path, medium)
    while True:
        ready, _, _ = select.select([loop.s, udp], [], [])
        if udp in ready:
            try:
                msg, frm = udp.recvfrom(65535)
            except ConnectionError:
                continue  # an ICMP message: the peer is gone
            if frm == (remote, PORT):
                pcap.write(remote, local, msg)
                if medium == ATM:
                    loop.send(aal5_cells(0, 100, encap + msg))
                else:
                    loop.send(frame(fr_address(100) + encap + msg))
        if loop.s in ready:
            for vc, sdu in loop.pdus(1):
                if medium == FR:
                    sdu = sdu[2:]
                if vc not in ((0, 100), 100) or not sdu.startswith(encap):
                    sys.exit("unexpected PDU on %s: %s" % (vc, sdu[:16].hex()))
                msg = sdu[len(encap):]
                pcap.write(local, remote, msg)
                try:
                    udp.sendto(msg, (remote, PORT))
                except ConnectionError:
                    pass


if __name__ == "__main__":
    try:
        main()
    except (EOFError, KeyboardInterrupt) as e:
        sys.exit(str(e) or 0)
