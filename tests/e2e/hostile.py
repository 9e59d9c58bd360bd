#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""hostile.py SOCKET atm|fr OCTETS SEED: a peer that sends noise, and what the gateway itself sent,
mutated, until OCTETS are out. Ends with 0 when the gateway took all of it."""
import os
import random
import struct
import sys

from loop import ATM, FR, LLC, NLPID, Loop, aal5_cells, cell, fr_address, frame

LMI = bytes.fromhex("0001030800755101005302010a")


def mutate(rnd, data):
    b = bytearray(data)
    for _ in range(rnd.randint(1, 4)):
        if not b:
            break
        what, at = rnd.randrange(4), rnd.randrange(len(b))
        if what == 0:
            b[at] ^= 1 << rnd.randrange(8)
        elif what == 1:
            b[at] = rnd.choice((0, 1, 0x7F, 0x80, 0xFF))
        elif what == 2:
            del b[at:at + rnd.randint(1, 16)]
        else:
            b[at:at] = b[at:at + rnd.randint(1, 16)]
    return bytes(b)


def service(rnd, learnt):
    """A payload of the L2TP service: hardly ever a good one."""
    what = rnd.randrange(6)
    if what == 0:
        return rnd.randbytes(rnd.randrange(0, 200))
    if what == 1:  # ESP of an SA that is not there
        return rnd.randbytes(8 + 16 * rnd.randrange(0, 60))
    if what == 2:  # a UDP header that lies
        return struct.pack("!HHHH", 500, 500, rnd.randrange(65536), 0) + rnd.randbytes(rnd.randrange(100))
    if what == 3:  # ISAKMP of our own making
        n = rnd.randrange(28, 400)
        msg = rnd.randbytes(8) + bytes(8) + bytes([rnd.randrange(14), 0x10, rnd.choice((2, 4, 5, 32)),
                                                   rnd.randrange(2)]) + bytes(4)
        msg += struct.pack("!I", n) + rnd.randbytes(n - 28)
        return struct.pack("!HHHH", 500, 500, 8 + n, 0) + msg
    if what == 4 or not learnt:  # L2TP in the clear
        return struct.pack("!HHHHHH", 0xC802, 12, rnd.randrange(3), rnd.randrange(3), 0, 0) + rnd.randbytes(rnd.randrange(60))
    return mutate(rnd, rnd.choice(learnt))


def atm_message(rnd, learnt):
    what = rnd.randrange(5)
    if what == 0:
        return rnd.randbytes(rnd.randrange(1, 60000))
    if what == 1:  # good cells, no PDU
        return b"".join(cell(0, rnd.choice((100, 100, 100, 101, 0)), rnd.randbytes(48),
                             pti=rnd.randrange(8), clp=rnd.randrange(2)) for _ in range(rnd.randrange(1, 400)))
    pdus = b"".join(aal5_cells(0, 100, rnd.choice((LLC, LLC, LLC, b"", rnd.randbytes(8))) + service(rnd, learnt))
                    for _ in range(rnd.randrange(1, 20)))
    return mutate(rnd, pdus) if what == 2 else pdus


def fr_message(rnd, learnt):
    what = rnd.randrange(5)
    if what == 0:
        return rnd.randbytes(rnd.randrange(1, 60000))
    if what == 1:
        return b"".join(frame(mutate(rnd, LMI)) for _ in range(rnd.randrange(1, 20)))
    frames = b"".join(frame(fr_address(rnd.choice((100, 100, 100, 0, 101, 1023)))
                            + rnd.choice((NLPID, NLPID, b"", b"\x03\xcc")) + service(rnd, learnt))
                      for _ in range(rnd.randrange(1, 20)))
    return mutate(rnd, frames) if what == 2 else frames


def main():
    path, medium, total, seed = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    rnd = random.Random(seed)
    atm = medium == "atm"
    loop = Loop(path, ATM if atm else FR)
    skip = len(LLC) if atm else 2 + len(NLPID)
    learnt, sent = [], 0
    if not atm:  # make the circuit active first: the user's enquiries
        loop.send(frame(bytes.fromhex("00010308007551010053020100")))
    while sent < total:
        for _, pdu in loop.pdus(0.001):
            if len(learnt) < 200:
                learnt.append(pdu[skip:])
        m = (atm_message if atm else fr_message)(rnd, learnt)[:65000]
        if m:
            loop.send(m)
            sent += len(m)
    print("sent %d octets, learnt %d messages" % (sent, len(learnt)))


if __name__ == "__main__":
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    main()
