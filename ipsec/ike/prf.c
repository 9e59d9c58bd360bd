/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ipsec/ike/prf.h"

#include <errno.h>
#include <pthread.h>

#include <openssl/crypto.h>

enum {
	ROWS_MAX = 8,
	HASH_BLOCK_MAX = 128, /* SHA2-384, SHA2-512 */
};

const struct ike_hash ike_hashes[] = {
	{ .id = 1, .name = "md5", .md = "MD5", .len = 16, .weak = true },
	{ .id = 2, .name = "sha1", .md = "SHA1", .len = 20 },
	{ .id = 4, .name = "sha256", .md = "SHA256", .len = 32 },
	{ .id = 5, .name = "sha384", .md = "SHA384", .len = 48 },
	{ .id = 6, .name = "sha512", .md = "SHA512", .len = 64 },
	{ .name = NULL },
};

/* DES is triple DES with one key thrice (RFC 2451 2.3): so no provider has to be loaded for it. */
const struct ike_cipher ike_ciphers[] = {
	{ 1, 0, "des", "DES-EDE3-CBC", .key_len = 8, .block = 8, .weak = true },
	{ 5, 0, "3des", "DES-EDE3-CBC", .key_len = 24, .block = 8, .weak = true },
	{ 7, 128, "aes128", "AES-128-CBC", .key_len = 16, .block = 16 },
	{ 7, 192, "aes192", "AES-192-CBC", .key_len = 24, .block = 16 },
	{ 7, 256, "aes256", "AES-256-CBC", .key_len = 32, .block = 16 },
	{ .name = NULL },
};

static struct {
	EVP_MD *md[ROWS_MAX];
	EVP_CIPHER *cipher[ROWS_MAX];
} fetched;

_Static_assert(sizeof(ike_hashes) / sizeof(ike_hashes[0]) <= ROWS_MAX, "hashes");
_Static_assert(sizeof(ike_ciphers) / sizeof(ike_ciphers[0]) <= ROWS_MAX, "ciphers");

static void fetch_all(void)
{
	for (size_t i = 0; ike_hashes[i].name; i++)
		fetched.md[i] = EVP_MD_fetch(NULL, ike_hashes[i].md, NULL);
	for (size_t i = 0; ike_ciphers[i].name; i++)
		fetched.cipher[i] = EVP_CIPHER_fetch(NULL, ike_ciphers[i].evp, NULL);
}

static void fetch_once(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, fetch_all);
}

const EVP_MD *ike_hash_md(const struct ike_hash *h)
{
	fetch_once();
	return fetched.md[h - ike_hashes];
}

const EVP_CIPHER *ike_cipher_evp(const struct ike_cipher *c)
{
	fetch_once();
	return fetched.cipher[c - ike_ciphers];
}

const struct ike_hash *ike_hash_by_id(uint16_t id)
{
	for (const struct ike_hash *h = ike_hashes; h->name; h++)
		if (h->id == id)
			return h;
	return NULL;
}

const struct ike_cipher *ike_cipher_by_id(uint16_t id, uint16_t key_bits)
{
	for (const struct ike_cipher *c = ike_ciphers; c->name; c++)
		if (c->id == id && c->key_bits == key_bits)
			return c;
	return NULL;
}

/* head | v[0] | v[1] | ..., where head may be empty. */
static int digest(EVP_MD_CTX *ctx, const EVP_MD *md, struct ike_iov head, const struct ike_iov *v,
		  size_t n, uint8_t *out)
{
	if (EVP_DigestInit_ex2(ctx, md, NULL) != 1 || EVP_DigestUpdate(ctx, head.p, head.len) != 1)
		return -EIO;
	for (size_t i = 0; i < n; i++)
		if (v[i].len && EVP_DigestUpdate(ctx, v[i].p, v[i].len) != 1)
			return -EIO;
	return EVP_DigestFinal_ex(ctx, out, NULL) == 1 ? 0 : -EIO;
}

int ike_hash_iov(const struct ike_hash *h, const struct ike_iov *v, size_t n, uint8_t *out)
{
	static const struct ike_iov nothing = { "", 0 };
	const EVP_MD *md = ike_hash_md(h);
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	int rc = md && ctx ? digest(ctx, md, nothing, v, n, out) : -EIO;

	EVP_MD_CTX_free(ctx);
	return rc;
}

/* HMAC (RFC 2104 2) on the hash itself: EVP_MAC takes three times as long to set up as it takes to
 * compute, and a handshake has some two dozen of them with as many keys. */
int ike_prf(const struct ike_hash *h, const uint8_t *key, size_t key_len, const struct ike_iov *v,
	    size_t n, uint8_t *out)
{
	const EVP_MD *md = ike_hash_md(h);
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	uint8_t pad[HASH_BLOCK_MAX] = { 0 }, inner[IKE_HASH_MAX];
	struct ike_iov k = { key, key_len }, in = { inner, h->len };
	size_t block = md ? (size_t)EVP_MD_get_block_size(md) : 0;
	int rc = -EIO;

	if (!md || !ctx)
		goto out;
	if (key_len > block && digest(ctx, md, k, NULL, 0, pad) < 0)
		goto out;
	if (key_len <= block && key_len)
		memcpy(pad, key, key_len);
	for (size_t i = 0; i < block; i++)
		pad[i] ^= 0x36;
	k = (struct ike_iov){ pad, block };
	if (digest(ctx, md, k, v, n, inner) < 0)
		goto out;
	for (size_t i = 0; i < block; i++)
		pad[i] ^= 0x36 ^ 0x5c;
	rc = digest(ctx, md, k, &in, 1, out);
out:
	OPENSSL_cleanse(pad, sizeof(pad));
	OPENSSL_cleanse(inner, sizeof(inner));
	EVP_MD_CTX_free(ctx);
	return rc;
}

/* The cipher key: SKEYID_e cut, or, when that is too short, Ka = K1 | K2 | ... with
 * K1 = prf(SKEYID_e, 0), Kn = prf(SKEYID_e, Kn-1) (RFC 2409 App. B). */
static int expand_enc_key(struct ike_keys *k, const struct ike_hash *h)
{
	uint8_t block[IKE_HASH_MAX] = { 0 };
	size_t enc_len = k->cipher->key_len, done = 0, in_len = 1;
	int rc = 0;

	if (h->len >= enc_len) {
		memcpy(k->enc, k->e, enc_len);
		return 0;
	}
	while (done < enc_len) {
		struct ike_iov in = { block, in_len };
		size_t n = enc_len - done < h->len ? enc_len - done : h->len;

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
	uint8_t iv[IKE_HASH_MAX];
	int rc;

	out->cipher = in->cipher;
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
		rc = ike_hash_iov(h, kes, 2, iv);
	if (rc == 0)
		memcpy(out->iv, iv, IKE_BLOCK);
	return rc;
}

int ike_phase2_iv(uint8_t iv[IKE_BLOCK], const struct ike_hash *h, const struct ike_cipher *c,
		  const uint8_t last_block[IKE_BLOCK], uint32_t msgid)
{
	uint8_t id[4], hash[IKE_HASH_MAX];
	struct ike_iov v[] = { { last_block, c->block }, { id, sizeof(id) } };
	int rc;

	put_u32(id, msgid);
	rc = ike_hash_iov(h, v, 2, hash);
	if (rc == 0)
		memcpy(iv, hash, IKE_BLOCK);
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
