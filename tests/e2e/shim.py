#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""shim.py SOCKET LOCAL REMOTE [answers]: join an ATM `loop` circuit (0.100, LLC/SNAP) to a peer on IP.

IKE datagrams from the circuit, which have a UDP header and no IP header, go out of LOCAL port 500
to REMOTE port 500, and come back the same way. So an IKE daemon that knows only IP can talk to a
gateway that has none. With "answers" the gateway's own proposals (no responder cookie yet) are
dropped, so that only what the peer begins can succeed; SIGUSR1 and SIGUSR2 turn this on and off
later. ESP is dropped and counted: the peers we test against have no ESP here.
"""
import select
import signal
import socket
import struct
import sys

from loop import ATM, LLC, Loop, aal5_cells

MAIN_MODE = 2  # exchange type, RFC 2408 3.1


def main():
    path, local, remote = sys.argv[1:4]
    answers_only = sys.argv[4:] == ["answers"]
    loop = Loop(path, ATM)
    ip = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    ip.bind((local, 500))
    esp = 0

    def answers(signum, _frame):
        nonlocal answers_only
        answers_only = signum == signal.SIGUSR1

    signal.signal(signal.SIGUSR1, answers)
    signal.signal(signal.SIGUSR2, answers)
    while True:
        ready, _, _ = select.select([loop.s, ip], [], [])
        if ip in ready:
            msg, frm = ip.recvfrom(65535)
            if frm == (remote, 500):
                dgram = struct.pack("!HHHH", 500, 500, 8 + len(msg), 0) + msg
                loop.send(aal5_cells(0, 100, LLC + dgram))
        if loop.s in ready:
            for vc, sdu in loop.pdus(1):
                body = sdu[len(LLC):]
                if vc != (0, 100) or not sdu.startswith(LLC):
                    print("unexpected PDU on", vc, sdu[:16].hex(), flush=True)
                elif body[:4] == b"\x01\xf4\x01\xf4" and struct.unpack_from("!H", body, 4)[0] == len(body):
                    if not (answers_only and body[16:24] == bytes(8) and body[26] == MAIN_MODE):
                        ip.sendto(body[8:], (remote, 500))
                else:
                    esp += 1
                    print("ESP", esp, flush=True)


if __name__ == "__main__":
    try:
        main()
    except (EOFError, KeyboardInterrupt) as e:
        sys.exit(str(e) or 0)
