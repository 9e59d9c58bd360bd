#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Write esp_vectors.h: whole ESP packets of every suite, computed by Python's `hmac` and
`cryptography`, that is, by other code than the product's.

    make_esp_vectors.py > esp_vectors.h
"""
import hashlib
import hmac
import struct

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

# name, cipher, key, salt, auth key, IV, block, digest, ICV
SUITES = [
    ("aes256gcm16", "gcm", 32, 4, 0, 8, 4, None, 16),
    ("aes128gcm16", "gcm", 16, 4, 0, 8, 4, None, 16),
    ("aes256-sha256", "cbc", 32, 0, 32, 16, 16, hashlib.sha256, 16),
    ("aes128-sha256", "cbc", 16, 0, 32, 16, 16, hashlib.sha256, 16),
    ("aes256-sha1", "cbc", 32, 0, 20, 16, 16, hashlib.sha1, 12),
    ("aes128-sha1", "cbc", 16, 0, 20, 16, 16, hashlib.sha1, 12),
    ("null-sha256", "null", 0, 0, 32, 0, 4, hashlib.sha256, 16),
    ("null-sha1", "null", 0, 0, 20, 0, 4, hashlib.sha1, 12),
]
LENGTHS = [0, 1, 2, 13, 14, 15, 40, 78, 257]


def octets(label, n):
    """Reproducible noise."""
    return hashlib.shake_128(label.encode()).digest(n)


def esp(suite, keymat, spi, seq, iv, payload, next_header):
    _, cipher, key_len, salt_len, _, _, block, digest, icv_len = suite
    key, salt, auth = keymat[:key_len], keymat[key_len:][:salt_len], keymat[key_len + salt_len:]
    pad = -(len(payload) + 2) % block
    inner = payload + bytes(range(1, pad + 1)) + bytes([pad, next_header])
    header = struct.pack(">II", spi, seq)
    if cipher == "gcm":
        return header + iv + AESGCM(key).encrypt(salt + iv, inner, header)
    if cipher == "cbc":
        e = Cipher(algorithms.AES(key), modes.CBC(iv)).encryptor()
        inner = e.update(inner) + e.finalize()
    covered = header + iv + inner
    return covered + hmac.new(auth, covered, digest).digest()[:icv_len]


def c_string(data, indent):
    text = data.hex()
    rows = [text[i:i + 80] for i in range(0, len(text), 80)] or [""]
    return ("\n" + indent).join('"%s"' % r for r in rows)


def main():
    print("/* SPDX-License-Identifier: GPL-2.0-or-later */")
    print("#pragma once\n")
    print("/* Made by make_esp_vectors.py; do not edit. */\n")
    print("#include <stdint.h>\n")
    print("struct esp_vector {\n\tconst char *suite;\n\tconst char *keymat;\n\tuint32_t spi;")
    print("\tuint32_t seq;\n\tuint8_t next_header;\n\tconst char *iv;\n\tconst char *payload;")
    print("\tconst char *packet;\n};\n")
    print("/* clang-format off */")
    print("static const struct esp_vector esp_vectors[] = {")
    for suite in SUITES:
        name, _, key, salt, auth, iv_len = suite[:6]
        keymat = octets("key " + name, key + salt + auth)
        for n in LENGTHS:
            label = "%s %d" % (name, n)
            spi = 0x01000000 | int.from_bytes(octets("spi " + label, 3), "big")
            seq = 1 + int.from_bytes(octets("seq " + label, 2), "big")
            iv = octets("iv " + label, iv_len)
            payload = octets("payload " + label, n)
            next_header = 0 if n == 13 else 115
            packet = esp(suite, keymat, spi, seq, iv, payload, next_header)
            print('\t{ .suite = "%s", .spi = 0x%08x, .seq = %u, .next_header = %u,'
                  % (name, spi, seq, next_header))
            print("\t  .keymat = %s," % c_string(keymat, "\t\t"))
            print("\t  .iv = %s," % c_string(iv, "\t\t"))
            print("\t  .payload = %s," % c_string(payload, "\t\t"))
            print("\t  .packet = %s }," % c_string(packet, "\t\t"))
    print("};\n/* clang-format on */")


main()
