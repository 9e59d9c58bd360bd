#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Known answers for IKEv1 keys, from RFC 2409 with nothing but hashlib and hmac.

Run:  python3 make_ike_vectors.py > ike_vectors.h
"""
import hashlib
import hmac

P2048 = int(
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A0879"
    "8E3404DDEF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B"
    "0BFF5CB6F406B7EDEE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA4836"
    "1C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804"
    "F1746C08CA18217C32905E462E36CE3BE39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6"
    "955817183995497CEA956AE515D2261898FA051015728E5A8AACAA68FFFFFFFFFFFFFFFF", 16)
P3072 = int(
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A0879"
    "8E3404DDEF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B"
    "0BFF5CB6F406B7EDEE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA4836"
    "1C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804"
    "F1746C08CA18217C32905E462E36CE3BE39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6"
    "955817183995497CEA956AE515D2261898FA051015728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64"
    "ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7ABF5AE8CDB0933D71E8C94E04A25619DCEE3D226"
    "1AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200CBBE117577A615D6C770988C0BAD946E2"
    "08E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF", 16)

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
    emit("phase2_iv", h(iv + mid)[:16])
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


def dh(group, p, size):
    xa = int.from_bytes(hashlib.sha256(b"a%d" % group).digest(), "big")
    xb = int.from_bytes(hashlib.sha256(b"b%d" % group).digest(), "big")
    pa, pb = pow(2, xa, p), pow(2, xb, p)
    print("\t{")
    print(f"\t\t.group = {group},")
    emit("priv", xa.to_bytes(32, "big"))
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
for name, number in (("sha1", 2), ("sha256", 4), ("sha384", 5)):
    for length in (16, 32):
        vectors(name, number, length)
print("};\n")
print("static const struct {")
print("\tunsigned int group;")
print("\tconst char *priv, *pub, *peer, *secret, *prime;")
print("} ike_dh_vectors[] = {")
dh(14, P2048, 256)
dh(15, P3072, 384)
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
