#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""flood.py SOCKET SECONDS: first messages of IKE on ATM circuit 0.100, as fast as they are taken."""
import struct
import sys
import time

from loop import ATM, LLC, Loop, aal5_cells

LEN = 100
message = bytes(range(1, 9)) + bytes(8) + bytes([1, 0x10, 2, 0]) + bytes(4) + struct.pack("!I", LEN) + bytes(LEN - 28)
burst = aal5_cells(0, 100, LLC + struct.pack("!HHHH", 500, 500, 8 + LEN, 0) + message) * 200
loop = Loop(sys.argv[1], ATM)
end = time.monotonic() + float(sys.argv[2])
n = 0
while time.monotonic() < end:
    loop.send(burst)
    n += 200
print("%d messages" % n)
