#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Hidden AVPs (RFC 2661 4.3) and tunnel authentication (5.1.1), computed independently of vcgw.

    ./make_l2tp_vectors.py > l2tp_vectors.h
"""
from hashlib import md5


def hide(avp_type, secret, vector, value, pad):
    sub = len(value).to_bytes(2, "big") + value + bytes(range(0xA0, 0xA0 + pad))
    key = md5(avp_type.to_bytes(2, "big") + secret + vector).digest()
    out = b""
    for i in range(0, len(sub), 16):
        block = bytes(a ^ b for a, b in zip(sub[i:i + 16], key))
        out += block
        key = md5(secret + block).digest()
    return out


HIDDEN = [
    # type, secret, random vector, value, padding
    (9, b"secret", bytes(range(16)), b"\x12\x34", 0),
    (9, b"secret", bytes(range(16)), b"\x12\x34", 12),
    (33, b"a longer shared secret, with blanks", bytes(range(32)), b"password", 6),
    (33, b"s", b"\xff", b"exactly14chars", 0),
    (33, b"s", b"\xff", b"exactly14chars", 1),
    (21, b"hunter2", b"vector", bytes(i & 255 for i in range(300)), 2),
    (8, b"hunter2", b"", b"", 0),
    (8, b"hunter2", b"x" * 40, b"", 30),
]
RESPONSES = [
    (2, b"secret", b"\x01"),
    (3, b"secret", bytes(range(16))),
    (2, b"a longer shared secret, with blanks", b"C" * 100),
]


def c(b):
    return '"' + "".join("\\x%02x" % x for x in b) + '", %d' % len(b)


print("/* SPDX-License-Identifier: GPL-2.0-or-later */")
print("/* Made by make_l2tp_vectors.py; do not edit. */")
print("#pragma once\n")
print("#include <stddef.h>\n#include <stdint.h>\n")
print("static const struct hidden_vector {\n\tuint16_t type;\n\tconst char *secret;\n"
      "\tsize_t secret_len;\n\tconst char *vector;\n\tsize_t vector_len;\n\tconst char *value;\n"
      "\tsize_t value_len;\n\tconst char *hidden;\n\tsize_t hidden_len;\n} hidden_vectors[] = {")
for t, s, v, val, pad in HIDDEN:
    print("\t{ %d, %s, %s, %s, %s }," % (t, c(s), c(v), c(val), c(hide(t, s, v, val, pad))))
print("};\n")
print("static const struct response_vector {\n\tuint16_t type;\n\tconst char *secret;\n"
      "\tsize_t secret_len;\n\tconst char *challenge;\n\tsize_t challenge_len;\n"
      "\tconst char *response;\n\tsize_t response_len;\n} response_vectors[] = {")
for t, s, ch in RESPONSES:
    r = md5(bytes([t]) + s + ch).digest()
    print("\t{ %d, %s, %s, %s }," % (t, c(s), c(ch), c(r)))
print("};")
