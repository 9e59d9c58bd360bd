#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""A meter of loss: numbered UDP packets at a steady rate.

    udp_numbered.py rx PORT SECONDS            count until SECONDS after the last packet
    udp_numbered.py tx ADDR PORT RATE SECONDS [SIZE [DEVICE]]

RATE is in packets a second. The receiver prints one line,

    received N lost N duplicate N late N

before it one with the numbers that were lost, if any, and exits 0 when nothing was lost or duplicated. The sender's last packets (a number of 2^32-1 and the
count) tell how many there were, so a loss at the end is seen too.
"""
import socket
import struct
import sys
import time

END = 0xFFFFFFFF
HEAD = struct.Struct("!II")


def runs(numbers, most=20):
    """As "3-7 12": where it was lost tells much about why."""
    out = []
    for n in numbers:
        if out and out[-1][1] == n - 1:
            out[-1][1] = n
        else:
            out.append([n, n])
    text = ["%d-%d" % (a, b) if a != b else str(a) for a, b in out[:most]]
    return " ".join(text + ["..."] * (len(out) > most))


def rx(port, idle):
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
    s.bind(("", port))
    s.settimeout(60)
    seen, dup, late, highest, total = set(), 0, 0, -1, None
    print("listening", flush=True)
    try:
        while True:
            n, arg = HEAD.unpack_from(s.recv(65535))
            if n == END:
                total = arg
                s.settimeout(1)
                continue
            s.settimeout(idle if total is None else 1)
            if n in seen:
                dup += 1
                continue
            seen.add(n)
            if n < highest:
                late += 1
            highest = max(highest, n)
    except socket.timeout:
        pass
    if total is None:
        print("received %d, and the sender's end never came" % len(seen))
        return 1
    lost = total - len(seen)
    if lost:
        print("lost: " + runs(n for n in range(total) if n not in seen))
    print("received %d lost %d duplicate %d late %d" % (len(seen), lost, dup, late))
    return 1 if lost or dup or not seen else 0


def tx(addr, port, rate, seconds, size, device):
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    if device:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, device.encode())
    s.connect((addr, port))
    pad = bytes(max(0, size - HEAD.size))
    start, n, missed = time.monotonic(), 0, 0
    total, burst = int(rate * seconds), max(1, rate // 250)
    while n < total:
        # Who was kept waiting by the host makes up for it slowly: a burst at once fills queues in front
        # of what is measured.
        due = min(total, int((time.monotonic() - start) * rate) + 1, n + burst)
        while n < due:
            try:
                s.send(HEAD.pack(n, 0) + pad)
            except OSError:  # ENOBUFS or no route: what was not sent counts as lost
                missed += 1
            n += 1
        time.sleep(0.001)
    for _ in range(3):
        time.sleep(0.2)
        s.send(HEAD.pack(END, total))
    print("sent %d, refused by this host %d" % (total - missed, missed))
    return 0


def main():
    a = sys.argv[1:]
    if len(a) == 3 and a[0] == "rx":
        return rx(int(a[1]), float(a[2]))
    if 5 <= len(a) <= 7 and a[0] == "tx":
        return tx(a[1], int(a[2]), float(a[3]), float(a[4]), int(a[5]) if len(a) > 5 else 100,
                  a[6] if len(a) > 6 else None)
    sys.exit(__doc__)


if __name__ == "__main__":
    sys.exit(main())
