#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""shim.py SOCKET LOCAL REMOTE [answers|passive] [esp]: join an ATM `loop` circuit (0.100, LLC/SNAP) to a peer on IP.

A circuit carries IKE and ESP without an IP header; neither covers one. So what comes from the
circuit goes to REMOTE in an IP packet, and what REMOTE sends comes back without it: a peer that
knows only IP can talk to a gateway that has none.

answers   the gateway begins no phase 1: its first messages of Main Mode are dropped
passive   nor a phase 2: its first messages of Quick Mode are dropped as well
esp       ESP passes; without it ESP is dropped and counted, for peers that have none

SIGUSR1 has it begin no phase 1 from then on, as `answers`; SIGUSR2 lets it begin everything.
"""
import select
import signal
import socket
import struct
import sys

from loop import ATM, LLC, Loop, aal5_cells

IKE_PORTS = b"\x01\xf4\x01\xf4"
MAIN_MODE, QUICK = 2, 32  # exchange types, RFC 2408 3.1


def is_ike(body):
    return body[:4] == IKE_PORTS and len(body) >= 36 and struct.unpack_from("!H", body, 4)[0] == len(body)


class Shim:
    def __init__(self, path, local, remote, options):
        self.local, self.remote = local, remote
        self.answers_only = "answers" in options or "passive" in options
        self.passive = "passive" in options
        self.begun_by_peer = set()  # message IDs of phase 2
        self.count = 0
        self.loop = Loop(path, ATM)
        self.ike = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.ike.bind((local, 500))
        self.esp = None
        if "esp" in options:
            # That this socket is there keeps the kernel from answering "protocol unreachable".
            self.esp = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ESP)
            self.esp.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
            self.esp.bind((local, 0))

    def answers(self, signum, _frame):
        self.answers_only = signum == signal.SIGUSR1
        self.passive = False

    def begins(self, ike):
        """Whether a message of the gateway begins what it must not."""
        if ike[18] == MAIN_MODE:
            return ike[8:16] == bytes(8)
        return self.passive and ike[18] == QUICK and ike[20:24] not in self.begun_by_peer

    def to_circuit(self, body):
        self.loop.send(aal5_cells(0, 100, LLC + body))

    def from_circuit(self):
        for vc, sdu in self.loop.pdus(1):
            body = sdu[len(LLC):]
            if vc != (0, 100) or not sdu.startswith(LLC):
                print("unexpected PDU on", vc, sdu[:16].hex(), flush=True)
            elif is_ike(body):
                if not (self.answers_only and self.begins(body[8:])):
                    self.ike.sendto(body[8:], (self.remote, 500))
            elif self.esp:
                self.esp.sendto(body, (self.remote, 0))
            else:
                self.count += 1
                print("ESP", self.count, flush=True)

    def from_ike(self):
        msg, frm = self.ike.recvfrom(65535)
        if frm != (self.remote, 500):
            return
        if len(msg) >= 28 and msg[18] == QUICK:
            self.begun_by_peer.add(msg[20:24])
        self.to_circuit(IKE_PORTS + struct.pack("!HH", 8 + len(msg), 0) + msg)

    def from_esp(self):
        packet, frm = self.esp.recvfrom(65535)
        if frm[0] == self.remote:
            self.to_circuit(packet[(packet[0] & 15) * 4:])

    def run(self):
        signal.signal(signal.SIGUSR1, self.answers)
        signal.signal(signal.SIGUSR2, self.answers)
        serve = {self.loop.s: self.from_circuit, self.ike: self.from_ike}
        if self.esp:
            serve[self.esp] = self.from_esp
        while True:
            for s in select.select(list(serve), [], [])[0]:
                serve[s]()


if __name__ == "__main__":
    try:
        Shim(*sys.argv[1:4], sys.argv[4:]).run()
    except (EOFError, KeyboardInterrupt) as e:
        sys.exit(str(e) or 0)
