/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ipsec/ike/prf.h"

#include <errno.h>

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>

const struct ike_hash ike_hashes[] = {
	{ .id = 2, .name = "sha1", .md = "SHA1", .len = 20 },
	{ .id = 4, .name = "sha256", .md = "SHA256", .len = 32 },
	{ .id = 5, .name = "sha384", .md = "SHA384", .len = 48 },
	{ .id = 6, .name = "sha512", .md = "SHA512", .len = 64 },
	{ .name = NULL },
};

const struct ike_hash *ike_hash_by_id(uint16_t id)
{
	for (const struct ike_hash *h = ike_hashes; h->name; h++)
		if (h->id == id)
			return h;
	return NULL;
}

int ike_prf(const struct ike_hash *h, const uint8_t *key, size_t key_len, const struct ike_iov *v,
	    size_t n, uint8_t *out)
{
	OSSL_PARAM params[] = {
		OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, (char *)h->md, 0),
		OSSL_PARAM_construct_end(),
	};
	EVP_MAC *mac = EVP_MAC_fetch(NULL, "HMAC", NULL);
	EVP_MAC_CTX *ctx = mac ? EVP_MAC_CTX_new(mac) : NULL;
	int rc = -EIO;
	size_t len;

	if (!ctx || EVP_MAC_init(ctx, key, key_len, params) != 1)
		goto out;
	for (size_t i = 0; i < n; i++)
		if (v[i].len && EVP_MAC_update(ctx, v[i].p, v[i].len) != 1)
			goto out;
	if (EVP_MAC_final(ctx, out, &len, h->len) != 1 || len != h->len)
		goto out;
	rc = 0;
out:
	EVP_MAC_CTX_free(ctx);
	EVP_MAC_free(mac);
	return rc;
}

static int hash_iov(const struct ike_hash *h, const struct ike_iov *v, size_t n, uint8_t *out)
{
	EVP_MD *md = EVP_MD_fetch(NULL, h->md, NULL);
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	int rc = -EIO;

	if (!md || !ctx || EVP_DigestInit_ex(ctx, md, NULL) != 1)
		goto out;
	for (size_t i = 0; i < n; i++)
		if (EVP_DigestUpdate(ctx, v[i].p, v[i].len) != 1)
			goto out;
	if (EVP_DigestFinal_ex(ctx, out, NULL) == 1)
		rc = 0;
out:
	EVP_MD_CTX_free(ctx);
	EVP_MD_free(md);
	return rc;
}

/* The cipher key: SKEYID_e cut, or, when that is too short, Ka = K1 | K2 | ... with
 * K1 = prf(SKEYID_e, 0), Kn = prf(SKEYID_e, Kn-1) (RFC 2409 App. B). */
static int expand_enc_key(struct ike_keys *k, const struct ike_hash *h)
{
	uint8_t block[IKE_HASH_MAX] = { 0 };
	size_t done = 0, in_len = 1;
	int rc = 0;

	if (h->len >= k->enc_len) {
		memcpy(k->enc, k->e, k->enc_len);
		return 0;
	}
	while (done < k->enc_len) {
		struct ike_iov in = { block, in_len };
		size_t n = k->enc_len - done < h->len ? k->enc_len - done : h->len;

		rc = ike_prf(h, k->e, h->len, &in, 1, block);
		if (rc < 0)
			break;
		memcpy(k->enc + done, block, n);
		done += n;
		in_len = h->len;
	}
	OPENSSL_cleanse(block, sizeof(block));
	return rc;
}

/* SKEYID = prf(pre-shared key, Ni_b | Nr_b), or for signatures prf(Ni_b | Nr_b, g^xy) (RFC 2409 5). */
static int make_skeyid(uint8_t *out, const struct ike_hash *h, const struct ike_key_input *in)
{
	struct ike_iov nonces[] = { in->ni, in->nr };
	uint8_t key[2 * IKE_NONCE_MAX];

	if (!in->signature)
		return ike_prf(h, in->psk, in->psk_len, nonces, 2, out);
	if (in->ni.len > IKE_NONCE_MAX || in->nr.len > IKE_NONCE_MAX)
		return -EIO;
	memcpy(key, in->ni.p, in->ni.len);
	memcpy(key + in->ni.len, in->nr.p, in->nr.len);
	return ike_prf(h, key, in->ni.len + in->nr.len, &in->secret, 1, out);
}

int ike_keys_derive(struct ike_keys *out, const struct ike_hash *h, const struct ike_key_input *in)
{
	static const uint8_t num[3] = { 0, 1, 2 };
	struct ike_iov kes[] = { in->ke_i, in->ke_r };
	/* SKEYID_x = prf(SKEYID, [SKEYID_x-1 |] g^xy | CKY-I | CKY-R | 0..2) */
	struct ike_iov v[] = { { NULL, 0 },
			       in->secret,
			       { in->icookie, IKE_COOKIE_LEN },
			       { in->rcookie, IKE_COOKIE_LEN },
			       { &num[0], 1 } };
	uint8_t *const keys[3] = { out->d, out->a, out->e };
	uint8_t digest[IKE_HASH_MAX];
	int rc;

	if (in->enc_len > IKE_KEY_MAX)
		return -EIO;
	out->enc_len = in->enc_len;
	out->skeyid_len = h->len;
	rc = make_skeyid(out->skeyid, h, in);
	for (int i = 0; rc == 0 && i < 3; i++) {
		v[4].p = &num[i];
		rc = ike_prf(h, out->skeyid, h->len, v, 5, keys[i]);
		v[0] = (struct ike_iov){ keys[i], h->len };
	}
	if (rc == 0)
		rc = expand_enc_key(out, h);
	if (rc == 0)
		rc = hash_iov(h, kes, 2, digest);
	if (rc == 0)
		memcpy(out->iv, digest, IKE_BLOCK);
	return rc;
}

int ike_phase2_iv(uint8_t iv[IKE_BLOCK], const struct ike_hash *h,
		  const uint8_t last_block[IKE_BLOCK], uint32_t msgid)
{
	uint8_t id[4], digest[IKE_HASH_MAX];
	struct ike_iov v[] = { { last_block, IKE_BLOCK }, { id, sizeof(id) } };
	int rc;

	put_u32(id, msgid);
	rc = hash_iov(h, v, 2, digest);
	if (rc == 0)
		memcpy(iv, digest, IKE_BLOCK);
	return rc;
}

int ike_auth_hash(uint8_t *out, const struct ike_hash *h, const struct ike_keys *keys,
		  const struct ike_key_input *in, bool initiator, struct ike_iov sai,
		  struct ike_iov id)
{
	struct ike_iov ci = { in->icookie, IKE_COOKIE_LEN }, cr = { in->rcookie, IKE_COOKIE_LEN };
	struct ike_iov v[] = {
		initiator ? in->ke_i : in->ke_r,
		initiator ? in->ke_r : in->ke_i,
		initiator ? ci : cr,
		initiator ? cr : ci,
		sai,
		id,
	};

	return ike_prf(h, keys->skeyid, keys->skeyid_len, v, 6, out);
}

int ike_phase2_hash(uint8_t *out, const struct ike_hash *h, const struct ike_keys *keys,
		    uint32_t msgid, struct ike_iov ni, struct ike_iov rest)
{
	uint8_t id[4];
	struct ike_iov v[] = { { id, sizeof(id) }, ni, rest };

	put_u32(id, msgid);
	return ike_prf(h, keys->a, h->len, v, 3, out);
}

int ike_phase2_hash3(uint8_t *out, const struct ike_hash *h, const struct ike_keys *keys,
		     uint32_t msgid, struct ike_iov ni, struct ike_iov nr)
{
	uint8_t zero_id[5] = { 0 };
	struct ike_iov v[] = { { zero_id, sizeof(zero_id) }, ni, nr };

	put_u32(zero_id + 1, msgid);
	return ike_prf(h, keys->a, h->len, v, 3, out);
}

int ike_keymat(uint8_t *out, size_t len, const struct ike_hash *h, const struct ike_keys *keys,
	       struct ike_iov secret, uint8_t proto, uint32_t spi, struct ike_iov ni,
	       struct ike_iov nr)
{
	uint8_t proto_spi[5], k[IKE_HASH_MAX];
	struct ike_iov v[] = { { k, 0 }, secret, { proto_spi, sizeof(proto_spi) }, ni, nr };
	size_t done = 0;
	int rc = 0;

	proto_spi[0] = proto;
	put_u32(proto_spi + 1, spi);
	while (done < len) {
		size_t n = len - done < h->len ? len - done : h->len;

		rc = ike_prf(h, keys->d, h->len, v, 5, k);
		if (rc < 0)
			break;
		memcpy(out + done, k, n);
		done += n;
		v[0].len = h->len;
	}
	OPENSSL_cleanse(k, sizeof(k));
	return rc;
}
