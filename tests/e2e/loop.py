# SPDX-License-Identifier: GPL-2.0-or-later
"""The far end of a `loop` link in Python, written from the standards and not from our code: cells
with HEC (I.432.1), AAL5 (I.363.5), LLC/SNAP (RFC 2684), frames with FCS (Q.922), NLPID/SNAP."""
import socket
import struct
import time
import zlib

ATM, FR = 0, 1
SNAP = bytes.fromhex("00005e0007")
LLC = bytes.fromhex("aaaa03") + SNAP
NLPID = bytes.fromhex("030080") + SNAP

_REV = bytes(int("{:08b}".format(i)[::-1], 2) for i in range(256))


def crc32_aal5(data):
    """CRC-32 most significant bit first, as AAL5 has it, from zlib's, which is least first."""
    c = zlib.crc32(data.translate(_REV))
    return int("{:032b}".format(c)[::-1], 2)


def _hec_table():
    table = []
    for i in range(256):
        c = i
        for _ in range(8):
            c = (c << 1 ^ 0x07) & 0xFF if c & 0x80 else c << 1
        table.append(c)
    return table


_HEC = _hec_table()


def hec(head):
    c = 0
    for b in head:
        c = _HEC[c ^ b]
    return c ^ 0x55


def cell(vpi, vci, payload, last=False, pti=None, clp=0):
    pt = (1 if last else 0) if pti is None else pti
    head = struct.pack("!I", vpi << 20 | vci << 4 | pt << 1 | clp)
    return head + bytes([hec(head)]) + payload


def aal5_cells(vpi, vci, sdu, uu=0):
    pad = -(len(sdu) + 8) % 48
    pdu = sdu + bytes(pad) + struct.pack("!BBH", uu, 0, len(sdu))
    pdu += struct.pack("!I", crc32_aal5(pdu))
    n = len(pdu) // 48
    return b"".join(cell(vpi, vci, pdu[i * 48:i * 48 + 48], i == n - 1) for i in range(n))


def fcs16(data):
    c = 0xFFFF
    for b in data:
        c ^= b
        for _ in range(8):
            c = c >> 1 ^ 0x8408 if c & 1 else c >> 1
    return struct.pack("<H", c ^ 0xFFFF)


def frame(body):
    """A frame with its FCS as the loop carries it: length first."""
    body += fcs16(body)
    return struct.pack("!H", len(body)) + body


def fr_address(dlci):
    return bytes([(dlci >> 4) << 2, (dlci & 15) << 4 | 1])


class Loop:
    """One connection. On ATM it reassembles; pdus() gives (circuit, SDU or frame without FCS)."""

    def __init__(self, path, medium, seconds=10):
        self.medium = medium
        self.partial = {}
        self.s = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.s.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
        end = time.monotonic() + seconds
        while True:
            try:
                self.s.connect(path)
                break
            except OSError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.1)
        self.s.send(b"vcgw" + bytes([1, medium, 0, 0]))
        self.s.settimeout(5)
        if self.s.recv(64)[:4] != b"vcgw":
            raise OSError("no loop link at the other end")

    def send(self, message):
        self.s.settimeout(5)
        self.s.send(message)

    def pdus(self, seconds):
        """What arrives within one message or the time."""
        self.s.settimeout(seconds)
        try:
            m = self.s.recv(1 << 17)
        except (socket.timeout, BlockingIOError):
            return []
        if not m:
            raise EOFError("the gateway closed the link")
        return list(self._cells(m) if self.medium == ATM else self._frames(m))

    def _cells(self, m):
        for i in range(0, len(m) - 52, 53):
            head, = struct.unpack_from("!I", m, i)
            vc = head >> 20 & 0xFF, head >> 4 & 0xFFFF
            buf = self.partial.pop(vc, b"") + m[i + 5:i + 53]
            if head & 2:
                length, = struct.unpack_from("!H", buf, len(buf) - 6)
                if crc32_aal5(buf[:-4]) == struct.unpack_from("!I", buf, len(buf) - 4)[0]:
                    yield vc, buf[:length]
            else:
                self.partial[vc] = buf

    @staticmethod
    def _frames(m):
        i = 0
        while i + 2 <= len(m):
            n, = struct.unpack_from("!H", m, i)
            f = m[i + 2:i + 2 + n]
            i += 2 + n
            if len(f) > 4 and fcs16(f[:-2]) == f[-2:]:
                yield (f[0] >> 2) << 4 | f[1] >> 4, f[:-2]
