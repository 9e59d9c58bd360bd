#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Send SDUs of our own making to a gateway's ATM link: one_pdu.py SOCKET COUNT HEX"""
import os
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from loop import ATM, Loop, aal5_cells  # noqa: E402

path, count, sdu = sys.argv[1], int(sys.argv[2]), bytes.fromhex(sys.argv[3])
loop = Loop(path, ATM)
for _ in range(count):
    loop.send(aal5_cells(0, 100, sdu))
time.sleep(0.5)
