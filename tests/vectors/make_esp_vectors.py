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
from cryptography.hazmat.primitives.ciphers.aead import AESCCM, AESGCM, ChaCha20Poly1305
from cryptography.hazmat.primitives.cmac import CMAC


def xcbc(key, data):
    """RFC 3566 4, from single blocks of AES."""
    def aes(k, block):
        return Cipher(algorithms.AES(k), modes.ECB()).encryptor().update(block)

    def add(x, y):
        return bytes(p ^ q for p, q in zip(x, y))

    k1, k2, k3 = (aes(key, bytes([i] * 16)) for i in (1, 2, 3))
    blocks = [data[i:i + 16] for i in range(0, len(data), 16)] or [b""]
    e = bytes(16)
    for m in blocks[:-1]:
        e = aes(k1, add(e, m))
    m = blocks[-1]
    last = add(m, k2) if len(m) == 16 else add((m + b"\x80").ljust(16, b"\0"), k3)
    return aes(k1, add(e, last))


def cmac(key, data):
    c = CMAC(algorithms.AES(key))
    c.update(data)
    return c.finalize()


def hmac_of(digest):
    return lambda key, data: hmac.new(key, data, digest).digest()


# name: key, salt, IV, block, ICV of combined modes
CIPHERS = {
    "aes256gcm16": ("gcm", 32, 4, 8, 4, 16), "aes128gcm16": ("gcm", 16, 4, 8, 4, 16),
    "aes256gcm12": ("gcm", 32, 4, 8, 4, 12), "aes128gcm12": ("gcm", 16, 4, 8, 4, 12),
    "aes256gcm8": ("gcm", 32, 4, 8, 4, 8), "aes128gcm8": ("gcm", 16, 4, 8, 4, 8),
    "aes256ccm16": ("ccm", 32, 3, 8, 4, 16), "aes128ccm16": ("ccm", 16, 3, 8, 4, 16),
    "aes256ccm12": ("ccm", 32, 3, 8, 4, 12), "aes128ccm12": ("ccm", 16, 3, 8, 4, 12),
    "aes256ccm8": ("ccm", 32, 3, 8, 4, 8), "aes128ccm8": ("ccm", 16, 3, 8, 4, 8),
    "aes256gmac": ("gmac", 32, 4, 8, 4, 16), "aes128gmac": ("gmac", 16, 4, 8, 4, 16),
    "chacha20poly1305": ("chacha", 32, 4, 8, 4, 16),
    "aes256": ("cbc", 32, 0, 16, 16, 0), "aes128": ("cbc", 16, 0, 16, 16, 0),
    "aes256ctr": ("ctr", 32, 4, 8, 4, 0), "aes128ctr": ("ctr", 16, 4, 8, 4, 0),
    "3des": ("3des", 24, 0, 8, 8, 0), "des": ("des", 8, 0, 8, 8, 0),
    "null": ("null", 0, 0, 0, 4, 0),
}
# name: key, ICV, function
AUTHS = {
    "sha256": (32, 16, hmac_of(hashlib.sha256)), "sha1": (20, 12, hmac_of(hashlib.sha1)),
    "sha512": (64, 32, hmac_of(hashlib.sha512)), "sha384": (48, 24, hmac_of(hashlib.sha384)),
    "xcbc": (16, 12, xcbc), "cmac": (16, 12, cmac), "md5": (16, 12, hmac_of(hashlib.md5)),
}
LENGTHS = [0, 1, 2, 13, 14, 15, 40, 78, 257]
LENGTHS_OF_OTHERS = [0, 13, 78]
THOROUGH = ("aes256gcm16", "aes128gcm16", "aes256-sha256", "aes128-sha256", "aes256-sha1",
            "aes128-sha1", "null-sha256", "null-sha1")


def suites():
    names = [c for c in CIPHERS if CIPHERS[c][5]]
    names += [c + "-" + a for c in CIPHERS if not CIPHERS[c][5] for a in AUTHS]
    return list(THOROUGH) + [n for n in names if n not in THOROUGH]


def octets(label, n):
    """Reproducible noise."""
    return hashlib.shake_128(label.encode()).digest(n)


def crypt(algorithm, mode, data):
    e = Cipher(algorithm, mode).encryptor()
    return e.update(data) + e.finalize()


def esp(cipher, auth, keymat, spi, seq, iv, payload, next_header, esn):
    """seq is the whole number; with esn its upper half goes into the ICV only."""
    mode, key_len, salt_len, _, block, icv_len = cipher
    key, salt, auth_key = keymat[:key_len], keymat[key_len:][:salt_len], keymat[key_len + salt_len:]
    pad = -(len(payload) + 2) % block
    inner = payload + bytes(range(1, pad + 1)) + bytes([pad, next_header])
    header = struct.pack(">II", spi, seq & 0xffffffff)
    high = struct.pack(">I", seq >> 32) if esn else b""
    aad = struct.pack(">I", spi) + high + struct.pack(">I", seq & 0xffffffff)
    nonce = salt + iv
    if mode == "gcm":  # a shorter ICV is the beginning of the whole one
        sealed = AESGCM(key).encrypt(nonce, inner, aad)
        return header + iv + sealed[:len(inner) + icv_len]
    if mode == "gmac":
        return header + iv + inner + AESGCM(key).encrypt(nonce, b"", aad + iv + inner)
    if mode == "ccm":
        return header + iv + AESCCM(key, icv_len).encrypt(nonce, inner, aad)
    if mode == "chacha":
        return header + iv + ChaCha20Poly1305(key).encrypt(nonce, inner, aad)
    if mode == "cbc":
        inner = crypt(algorithms.AES(key), modes.CBC(iv), inner)
    if mode == "ctr":
        inner = crypt(algorithms.AES(key), modes.CTR(nonce + bytes([0, 0, 0, 1])), inner)
    if mode == "3des":
        inner = crypt(algorithms.TripleDES(key), modes.CBC(iv), inner)
    if mode == "des":  # triple DES with one key thrice
        inner = crypt(algorithms.TripleDES(key * 3), modes.CBC(iv), inner)
    covered = header + iv + inner
    return covered + auth[2](auth_key, covered + high)[:auth[1]]


def c_string(data, indent):
    text = data.hex()
    rows = [text[i:i + 80] for i in range(0, len(text), 80)] or [""]
    return ("\n" + indent).join('"%s"' % r for r in rows)


def check():
    """The tools above against published values: what they compute for ESP is not published."""
    key, header = bytes(range(0xc0, 0xd0)), bytes(range(8))
    for icv_len, nonce, n, sealed in (  # RFC 3610 8, packet vectors 1, 2 and 7
            (8, "00000003020100a0a1a2a3a4a5", 31,
             "588c979a61c663d2f066d0c2c0f989806d5f6b61dac38417e8d12cfdf926e0"),
            (8, "00000004030201a0a1a2a3a4a5", 32,
             "72c91a36e135f8cf291ca894085c87e3cc15c439c9e43a3ba091d56e10400916"),
            (10, "00000009080706a0a1a2a3a4a5", 31,
             "0135d1b2c95f41d5d1d4fec185d166b8094e999dfed96c048c56602c97acbb7490")):
        got = AESCCM(key, icv_len).encrypt(bytes.fromhex(nonce), bytes(range(8, n)), header)
        assert got.hex() == sealed, "RFC 3610"
    # RFC 3566 4.6, cases 1, 4 and 5
    for n, mac in ((0, "75f0251d528ac01c4573dfd584d79f29"), (20, "47f51b4564966215b8985c63055ed308"),
                   (32, "f54f0ec8d2b9f3d36807734bd5283fd4")):
        assert xcbc(bytes(range(16)), bytes(range(n))).hex() == mac, "RFC 3566"


def main():
    check()
    print("/* SPDX-License-Identifier: GPL-2.0-or-later */")
    print("#pragma once\n")
    print("/* Made by make_esp_vectors.py; do not edit. */\n")
    print("#include <stdbool.h>\n#include <stdint.h>\n")
    print("struct esp_vector {\n\tconst char *suite;\n\tconst char *keymat;\n\tuint32_t spi;")
    print("\tbool esn;\n\tuint64_t seq; /* the whole number */\n\tuint8_t next_header;")
    print("\tconst char *iv;\n\tconst char *payload;\n\tconst char *packet;\n};\n")
    print("/* clang-format off */")
    print("static const struct esp_vector esp_vectors[] = {")
    for name in suites():
        cipher_name, _, auth_name = name.partition("-")
        cipher, auth = CIPHERS[cipher_name], AUTHS.get(auth_name, (0, 0, None))
        keymat = octets("key " + name, cipher[1] + cipher[2] + auth[0])
        lengths = LENGTHS if name in THOROUGH else LENGTHS_OF_OTHERS
        for n, esn in [(n, False) for n in lengths] + [(n, True) for n in (13, 40)]:
            label = "%s %d%s" % (name, n, " esn" if esn else "")
            spi = 0x01000000 | int.from_bytes(octets("spi " + label, 3), "big")
            seq = 1 + int.from_bytes(octets("seq " + label, 2), "big")
            if esn:
                seq += int.from_bytes(octets("high " + label, 4), "big") << 32
            iv = octets("iv " + label, cipher[3])
            payload = octets("payload " + label, n)
            next_header = 0 if n == 13 else 115
            packet = esp(cipher, auth, keymat, spi, seq, iv, payload, next_header, esn)
            print('\t{ .suite = "%s", .spi = 0x%08x, .esn = %s, .seq = %uu, .next_header = %u,'
                  % (name, spi, "true" if esn else "false", seq, next_header))
            print("\t  .keymat = %s," % c_string(keymat, "\t\t"))
            print("\t  .iv = %s," % c_string(iv, "\t\t"))
            print("\t  .payload = %s," % c_string(payload, "\t\t"))
            print("\t  .packet = %s }," % c_string(packet, "\t\t"))
    print("};\n/* clang-format on */")


main()
