/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "l2tp/secret.h"

#include <errno.h>
#include <string.h>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include "core/cursor.h"

enum { MD5_LEN = 16 };

struct part {
	const void *p;
	size_t len;
};

static int md5_parts(const struct part *part, unsigned int n, uint8_t out[MD5_LEN])
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	int rc = -EIO;

	if (!ctx || EVP_DigestInit_ex(ctx, EVP_md5(), NULL) != 1)
		goto out;
	for (unsigned int i = 0; i < n; i++)
		if (part[i].len && EVP_DigestUpdate(ctx, part[i].p, part[i].len) != 1)
			goto out;
	if (EVP_DigestFinal_ex(ctx, out, NULL) == 1)
		rc = 0;
out:
	EVP_MD_CTX_free(ctx);
	return rc;
}

/* b(1) = MD5(AV + S + RV), b(i) = MD5(S + c(i-1)) (RFC 2661 4.3). prev is c(i-1) or NULL. */
static int key_block(const struct l2tp_hiding *h, uint16_t type, const uint8_t *prev,
		     uint8_t out[MD5_LEN])
{
	uint8_t av[2];
	const struct part first[] = {
		{ av, sizeof(av) },
		{ h->secret, h->secret_len },
		{ h->vector, h->vector_len },
	};
	const struct part next[] = {
		{ h->secret, h->secret_len },
		{ prev, MD5_LEN },
	};

	put_u16(av, type);
	return prev ? md5_parts(next, 2, out) : md5_parts(first, 3, out);
}

static void xor_into(uint8_t *out, const uint8_t *in, const uint8_t *key, size_t len)
{
	for (size_t i = 0; i < len; i++)
		out[i] = in[i] ^ key[i];
}

int l2tp_hide(const struct l2tp_hiding *h, uint16_t type, uint8_t *sub, size_t len)
{
	uint8_t key[MD5_LEN];
	int rc = 0;

	for (size_t off = 0; off < len && !rc; off += MD5_LEN) {
		size_t n = len - off < MD5_LEN ? len - off : MD5_LEN;

		rc = key_block(h, type, off ? sub + off - MD5_LEN : NULL, key);
		if (!rc)
			xor_into(sub + off, sub + off, key, n);
	}
	OPENSSL_cleanse(key, sizeof(key));
	return rc;
}

int l2tp_unhide(const struct l2tp_hiding *h, uint16_t type, const uint8_t *in, size_t len,
		uint8_t *out, size_t *value_len)
{
	struct rd r = rd_init(out, len);
	uint8_t key[MD5_LEN];
	int rc = 0;

	*value_len = 0;
	if (len < 2)
		return -EBADMSG;
	for (size_t off = 0; off < len && !rc; off += MD5_LEN) {
		size_t n = len - off < MD5_LEN ? len - off : MD5_LEN;

		rc = key_block(h, type, off ? in + off - MD5_LEN : NULL, key);
		if (!rc)
			xor_into(out + off, in + off, key, n);
	}
	OPENSSL_cleanse(key, sizeof(key));
	if (rc)
		return rc;
	*value_len = rd_u16(&r);
	if (*value_len > r.left) {
		*value_len = 0;
		return -EBADMSG;
	}
	return 0;
}

int l2tp_auth_response(uint16_t msg_type, const uint8_t *secret, size_t secret_len,
		       const uint8_t *challenge, size_t challenge_len,
		       uint8_t out[L2TP_RESPONSE_LEN])
{
	const uint8_t id = (uint8_t)msg_type;
	const struct part parts[] = {
		{ &id, 1 },
		{ secret, secret_len },
		{ challenge, challenge_len },
	};

	return md5_parts(parts, 3, out);
}

int l2tp_random(void *out, size_t len)
{
	return RAND_bytes(out, (int)len) == 1 ? 0 : -EIO;
}
