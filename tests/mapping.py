#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Computes every number and every octet of docs/mapping.md anew and compares.

    tests/mapping.py            compare; exit 1 when something differs
    tests/mapping.py --print    print what the document should say
"""
import hashlib
import hmac
import os
import re
import struct
import sys

DOC = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "docs", "mapping.md")

#          IV, block, ICV
SUITES = {
    "aes256gcm16": (8, 4, 16), "aes128gcm16": (8, 4, 16),
    "aes256-sha256": (16, 16, 16), "aes128-sha256": (16, 16, 16),
    "aes256-sha1": (16, 16, 12), "aes128-sha1": (16, 16, 12),
    "null-sha256": (0, 4, 16), "null-sha1": (0, 4, 12),
}
for mode in "gcm", "ccm":
    for icv in 16, 12, 8:
        SUITES.update({"aes256%s%d" % (mode, icv): (8, 4, icv), "aes128%s%d" % (mode, icv): (8, 4, icv)})
for name in "aes256gmac", "aes128gmac", "chacha20poly1305":
    SUITES[name] = (8, 4, 16)
CIPHERS = {"aes256": (16, 16), "aes128": (16, 16), "aes256ctr": (8, 4), "aes128ctr": (8, 4),
           "3des": (8, 8), "des": (8, 8), "null": (0, 4)}
AUTHS = {"sha512": 32, "sha384": 24, "sha256": 16, "sha1": 12, "xcbc": 12, "cmac": 12, "md5": 12}
SUITES.update({c + "-" + a: CIPHERS[c] + (AUTHS[a],) for c in CIPHERS for a in AUTHS})
LLC = bytes.fromhex("aaaa0300005e0007")
NLPID = bytes.fromhex("03008000005e0007")
Q922 = bytes([(100 >> 4) << 2, (100 & 15) << 4 | 1])
L2TP_PPP = 6 + 4  # data header without options, FF 03 and the protocol field


def packet_len(suite, payload):
    iv, block, icv = SUITES[suite]
    return 8 + iv + -(-(payload + 2) // block) * block + icv


def payload_max(suite, mtu):
    """By trying, not by the formula that the code uses."""
    return max(n for n in range(mtu) if packet_len(suite, n) <= mtu)


def circuit_mtus():
    return {"llc-snap": 9188 - len(LLC), "null": 9188, "nlpid-snap": 1600 - len(Q922) - len(NLPID)}


def mtu_rows():
    rows = []
    for suite in SUITES:
        cells = []
        for mtu in circuit_mtus().values():
            l2tp = payload_max(suite, mtu)
            cells += [str(l2tp), str(l2tp - L2TP_PPP)]
        full = packet_len(suite, 1500 + L2TP_PPP)
        cells.append(str(full - 1500))
        cells.append(str(-(-(full + len(LLC) + 8) // 48)))
        rows.append("| " + " | ".join(["`%s`" % suite] + cells) + " |")
    return rows


def spi_forbidden():
    """How many SPIs the rule of section 4.2 takes away, by counting the upper halves."""
    upper = [u for u in range(65536) if u == 500 or u & 15 == 2]
    reserved = 256  # upper half 0, which is in neither
    return len(upper) * 65536 + reserved


def udp(payload):
    return struct.pack("!HHHH", 500, 500, 8 + len(payload), 0) + payload


def isakmp_header():
    """An Informational of IKEv1 with a flag, cookies and length: header only, as an example."""
    return bytes.fromhex("0123456789abcdeffedcba9876543210") + bytes([8, 0x10, 5, 1]) + struct.pack("!II", 0x11223344, 28)


def l2tp_zlb():
    return struct.pack("!HHHHHH", 0xC802, 12, 0x1234, 0, 1, 2)


def esp_null(next_header):
    """RFC 4303 with RFC 2410 and RFC 4868: SPI, sequence number, payload, padding 1 2 .., ICV."""
    key = bytes(range(32))
    payload = l2tp_zlb()
    pad = -(len(payload) + 2) % 4
    body = struct.pack("!II", 0xC0FFEE01, 1) + payload + bytes(range(1, pad + 1)) + bytes([pad, next_header])
    return body + hmac.new(key, body, hashlib.sha256).digest()[:16]


def crc32_aal5(data):
    """I.363.5 9.2.1.2.2 f: generator 0x04C11DB7, most significant bit first, ones before, complemented."""
    crc = 0xFFFFFFFF
    for octet in data:
        crc ^= octet << 24
        for _ in range(8):
            crc = (crc << 1 ^ (0x04C11DB7 if crc & 0x80000000 else 0)) & 0xFFFFFFFF
    return crc ^ 0xFFFFFFFF


def hec(octets):
    """I.432.1 4.3.2: x^8 + x^2 + x + 1, and 01010101 added."""
    crc = 0
    for octet in octets:
        crc ^= octet
        for _ in range(8):
            crc = (crc << 1 ^ (0x07 if crc & 0x80 else 0)) & 0xFF
    return crc ^ 0x55


def fcs(data):
    """Q.922 2.7: least significant bit first, ones before, complemented; low octet first on the line."""
    crc = 0xFFFF
    for octet in data:
        crc ^= octet
        for _ in range(8):
            crc = crc >> 1 ^ (0x8408 if crc & 1 else 0)
    return struct.pack("<H", crc ^ 0xFFFF)


def cells(vpi, vci, sdu):
    """AAL5 (I.363.5 9.2.1): padding, UU 0, CPI 0, length, CRC-32; cells, the last with PTI 1."""
    pdu = sdu + bytes(-(len(sdu) + 8) % 48) + struct.pack("!BBH", 0, 0, len(sdu))
    pdu += struct.pack("!I", crc32_aal5(pdu))
    out = b""
    for i in range(0, len(pdu), 48):
        header = struct.pack("!I", vpi << 20 | vci << 4 | (2 if i + 48 == len(pdu) else 0))
        out += header + bytes([hec(header)]) + pdu[i:i + 48]
    return out


def examples():
    ike = udp(isakmp_header())
    return {
        "udp-ike": ike,
        "llc-snap-ike": LLC + ike,
        "null-ike": ike,
        "nlpid-snap-ike": Q922 + NLPID + ike,
        "esp-null-sha256-key": bytes(range(32)),
        "l2tp-zlb": l2tp_zlb(),
        "esp-null-sha256": esp_null(115),
        "esp-null-sha256-nh0": esp_null(0),
        "llc-snap-esp": LLC + esp_null(115),
        "nlpid-snap-esp": Q922 + NLPID + esp_null(115),
        "cells-llc-snap-esp": cells(0, 100, LLC + esp_null(115)),
        "cells-null-ike": cells(0, 100, ike),
        "fcs-nlpid-snap-esp": Q922 + NLPID + esp_null(115) + fcs(Q922 + NLPID + esp_null(115)),
    }


def hex_lines(data):
    return "\n".join(" ".join("%02x" % b for b in data[i:i + 16]) for i in range(0, len(data), 16))


def main():
    if sys.argv[1:] == ["--print"]:
        print("\n".join(mtu_rows()))
        print("circuit MTUs", circuit_mtus(), "forbidden SPIs", spi_forbidden(),
              "left %.2f %%" % (100 - 100 * spi_forbidden() / 2 ** 32))
        for name, data in examples().items():
            print("```hex %s\n%s\n```\n" % (name, hex_lines(data)))
        return 0
    with open(DOC) as f:
        text = f.read()
    wrong = ["table row missing or different: " + r for r in mtu_rows() if r not in text]
    shown = dict(re.findall(r"^```hex (\S+)\n(.*?)^```$", text, re.M | re.S))
    for name, data in examples().items():
        if name not in shown:
            wrong.append("example missing: " + name)
        elif bytes.fromhex("".join(shown[name].split())) != data:
            wrong.append("example %s: should be\n%s" % (name, hex_lines(data)))
    wrong += ["example that nobody checks: " + n for n in shown if n not in examples()]
    for number in (str(spi_forbidden()), "%.2f %%" % (100 - 100 * spi_forbidden() / 2 ** 32)):
        if number not in text:
            wrong.append("number missing: " + number)
    for name, mtu in circuit_mtus().items():
        if not re.search(r"`%s`[^\n]*\b%d\b" % (name, mtu), text):
            wrong.append("circuit MTU missing: %s %d" % (name, mtu))
    print("\n".join(wrong) or "docs/mapping.md: %d examples and %d rows are right" % (len(shown), len(SUITES)))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
