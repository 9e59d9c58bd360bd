#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Known answers for IKEv1 keys, from RFC 2409 with nothing but hashlib and hmac, and for its MODP
groups, whose primes are computed from the formula of their RFCs.

Run:  python3 make_ike_vectors.py > ike_vectors.h
"""
import hashlib
import hmac



def arctan_inverse(x, one):
    """arctan(1/x), fixed point."""
    total = term = one // x
    n, sign = 3, -1
    while term:
        term //= x * x
        total += sign * (term // n)
        sign, n = -sign, n + 2
    return total


GUARD = 64
ONE = 1 << (4096 + GUARD)
PI = 4 * (4 * arctan_inverse(5, ONE) - arctan_inverse(239, ONE))  # Machin


def prime(n, k):
    """2^n - 2^(n-64) - 1 + 2^64 * ([2^(n-130) pi] + k): RFC 2409 6.1, 6.2, RFC 3526 2-5."""
    floor = PI >> (4096 + GUARD - (n - 130))
    return 2**n - 2 ** (n - 64) - 1 + 2**64 * (floor + k)


# Group, bits, k of the formula, octets of private keys.
MODP = (
    (1, 768, 149686, 32),
    (2, 1024, 129093, 32),
    (5, 1536, 741804, 32),
    (14, 2048, 124476, 32),
    (15, 3072, 1690314, 36),
    (16, 4096, 240904, 44),
)

PSK = b"a pre-shared key"
NI = bytes(range(0x10, 0x30))
NR = bytes(range(0x80, 0x90))
KE_I = bytes((7 * i + 1) & 255 for i in range(256))
KE_R = bytes((11 * i + 5) & 255 for i in range(256))
GXY = bytes((13 * i + 3) & 255 for i in range(256))
CI = bytes.fromhex("0102030405060708")
CR = bytes.fromhex("a1a2a3a4a5a6a7a8")
SAI = b"the body of the SA payload"
ID = b"\x02\x00\x00\x00alice.example"
REST = b"what follows the hash payload"
MSGID = 0xDEADBEEF
SPI = 0x12345678
PFS = bytes((17 * i + 9) & 255 for i in range(32))


def emit(name, data):
    print(f'\t\t.{name} = "{data.hex()}",')


def vectors(hash_name, hash_id, enc_len):
    def h(d):
        return hashlib.new(hash_name, d).digest()

    def prf(k, d):
        return hmac.new(k, d, hash_name).digest()

    skeyid = prf(PSK, NI + NR)
    d = prf(skeyid, GXY + CI + CR + b"\0")
    a = prf(skeyid, d + GXY + CI + CR + b"\1")
    e = prf(skeyid, a + GXY + CI + CR + b"\2")
    key = e
    if len(e) < enc_len:
        k = prf(e, b"\0")
        key = k
        while len(key) < enc_len:
            k = prf(e, k)
            key += k
    iv = h(KE_I + KE_R)[:16]
    mid = MSGID.to_bytes(4, "big")

    def keymat(secret, n):
        seed = secret + b"\3" + SPI.to_bytes(4, "big") + NI + NR
        k = prf(d, seed)
        out = k
        while len(out) < n:
            k = prf(d, k + seed)
            out += k
        return out[:n]

    print("\t{")
    print(f"\t\t.hash = {hash_id}, .enc_len = {enc_len},")
    emit("skeyid", skeyid)
    emit("d", d)
    emit("a", a)
    emit("e", e)
    emit("enc", key[:enc_len])
    emit("iv", iv)
    emit("phase2_iv", h(iv[: 8 if enc_len == 8 else 16] + mid)[:16])
    emit("hash_i", prf(skeyid, KE_I + KE_R + CI + CR + SAI + ID))
    emit("hash_r", prf(skeyid, KE_R + KE_I + CR + CI + SAI + ID))
    emit("hash1", prf(a, mid + REST))
    emit("hash2", prf(a, mid + NI + REST))
    emit("hash3", prf(a, b"\0" + mid + NI + NR))
    emit("keymat", keymat(b"", 100))
    emit("keymat_pfs", keymat(PFS, 64))
    print("\t},")


def signature_vectors(hash_name, hash_id, enc_len):
    """RFC 2409 5: with signatures SKEYID = prf(Ni_b | Nr_b, g^xy); what grows from it is the same."""
    def prf(k, d):
        return hmac.new(k, d, hash_name).digest()

    skeyid = prf(NI + NR, GXY)
    d = prf(skeyid, GXY + CI + CR + b"\0")
    a = prf(skeyid, d + GXY + CI + CR + b"\1")
    e = prf(skeyid, a + GXY + CI + CR + b"\2")
    key = e
    if len(e) < enc_len:
        blocks = [prf(e, b"\0")]
        while len(b"".join(blocks)) < enc_len:
            blocks.append(prf(e, blocks[-1]))
        key = b"".join(blocks)
    print("\t{")
    print(f"\t\t.hash = {hash_id}, .enc_len = {enc_len},")
    emit("skeyid", skeyid)
    emit("d", d)
    emit("a", a)
    emit("e", e)
    emit("enc", key[:enc_len])
    emit("hash_i", prf(skeyid, KE_I + KE_R + CI + CR + SAI + ID))
    emit("hash_r", prf(skeyid, KE_R + KE_I + CR + CI + SAI + ID))
    print("\t},")


def dh(group, bits, k, private_len):
    p, size = prime(bits, k), bits // 8
    xa = int.from_bytes(hashlib.sha512(b"a%d" % group).digest()[:private_len], "big")
    xb = int.from_bytes(hashlib.sha512(b"b%d" % group).digest()[:private_len], "big")
    pa, pb = pow(2, xa, p), pow(2, xb, p)
    print("\t{")
    print(f"\t\t.group = {group},")
    emit("priv", xa.to_bytes(private_len, "big"))
    emit("pub", pa.to_bytes(size, "big"))
    emit("peer", pb.to_bytes(size, "big"))
    emit("secret", pow(pb, xa, p).to_bytes(size, "big"))
    emit("prime", p.to_bytes(size, "big"))
    print("\t},")


print("/* SPDX-License-Identifier: GPL-2.0-or-later */")
print("/* Made by make_ike_vectors.py, which computes RFC 2409 without our code. */")
print("#pragma once\n")
print("/* clang-format off */")
print("static const struct {")
print("\tunsigned int hash, enc_len;")
print("\tconst char *skeyid, *d, *a, *e, *enc, *iv, *phase2_iv, *hash_i, *hash_r;")
print("\tconst char *hash1, *hash2, *hash3, *keymat, *keymat_pfs;")
print("} ike_key_vectors[] = {")
for name, number in (("md5", 1), ("sha1", 2), ("sha256", 4), ("sha384", 5), ("sha512", 6)):
    for length in (8, 16, 24, 32):  # DES; AES-128; AES-192 and triple DES; AES-256
        vectors(name, number, length)
print("};\n")
print("static const struct {")
print("\tunsigned int group;")
print("\tconst char *priv, *pub, *peer, *secret, *prime;")
print("} ike_dh_vectors[] = {")
for row in MODP:
    dh(*row)
print("};")
print()
print("static const struct {")
print("\tunsigned int hash, enc_len;")
print("\tconst char *skeyid, *d, *a, *e, *enc, *hash_i, *hash_r;")
print("} ike_signature_vectors[] = {")
for name, number in (("sha1", 2), ("sha256", 4), ("sha384", 5)):
    for length in (16, 32):
        signature_vectors(name, number, length)
print("};")
