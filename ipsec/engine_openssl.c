/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * The portable engine: libcrypto.
 *
 * A key is set up once for each SA; a packet costs an IV and the work itself. No call made here for
 * a packet allocates memory. That is why HMAC stands on the digests' own contexts: they are plain
 * structures, so that the states behind the inner and the outer key block (RFC 2104 4) are copied
 * by assignment. Copying an EVP_MD_CTX, which EVP_MAC does underneath, allocates and frees twice a
 * packet in OpenSSL 3.0 and costs 70 to 200 ns more. OpenSSL calls these functions deprecated
 * because they go round its providers; they are documented and stay for as long as 3.x does.
 */

#define OPENSSL_SUPPRESS_DEPRECATED

#include "ipsec/engine.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/md5.h>
#include <openssl/sha.h>

#include "core/cursor.h"

enum {
	MAC_BLOCK_MAX = 128, /* of SHA-384 and SHA-512 */
	MAC_MAX_LEN = SHA512_DIGEST_LENGTH,
	ESP_HDR_LEN = 8, /* SPI, sequence number */
	ESN_LEN = 4,	 /* its upper half, which is not on the wire: RFC 4303 2.2.1 */
	NONCE_MAX_LEN = 12,
	IV_LEN = 8, /* of the counter modes */
	AES_BLOCK_LEN = 16,
	DES_KEY_LEN = 8,
	CHUNK_LEN = 256, /* what CBC-MAC takes at once */
};

/* CBC-MAC, as AES-XCBC-MAC and AES-CMAC make it good for every length. */
struct cbc_mac {
	EVP_CIPHER_CTX *aes;
	uint8_t last_whole[AES_BLOCK_LEN];  /* added to the last block when it is full */
	uint8_t last_padded[AES_BLOCK_LEN]; /* and when it was padded */
	uint8_t work[CHUNK_LEN];
};

struct ossl_sa {
	EVP_CIPHER_CTX *cipher; /* NULL for ESP_CIPHER_NULL */
	size_t mac_len;
	_Alignas(16) uint8_t mac[]; /* what the suite's authenticator keeps: struct mac */
};

/* What an ICV covers: octets of the packet and behind them the upper half of an extended sequence
 * number (RFC 4303 2.8). */
struct covered {
	const uint8_t *data;
	size_t len;
	uint8_t esn[ESN_LEN];
	size_t esn_len;
};

struct mac {
	size_t state_len;
	int (*set_key)(void *state, const uint8_t *key, size_t len);
	int (*compute)(void *state, const struct covered *c, uint8_t *mac);
	void (*exit)(void *state); /* NULL: nothing to free */
};

/* ---- HMAC ---- */

/* Keys of our suites are never longer than the block (RFC 2104 2). */
static void hmac_pad(uint8_t *block, size_t block_len, const uint8_t *key, size_t len, uint8_t with)
{
	memset(block, 0, block_len);
	memcpy(block, key, len);
	for (size_t i = 0; i < block_len; i++)
		block[i] ^= with;
}

/* One hash function's state, set_key and compute. The work is done in the state and not on the stack,
 * which nobody wipes. */
#define HMAC_OF(name, ctx, fn, block_len, digest_len)                                              \
	struct name##_state {                                                                      \
		ctx inner, outer, work;                                                            \
	};                                                                                         \
                                                                                                   \
	static int name##_set_key(void *state, const uint8_t *key, size_t len)                     \
	{                                                                                          \
		struct name##_state *s = state;                                                    \
		uint8_t block[MAC_BLOCK_MAX];                                                      \
                                                                                                   \
		hmac_pad(block, block_len, key, len, 0x36);                                        \
		fn##_Init(&s->inner);                                                              \
		fn##_Update(&s->inner, block, block_len);                                          \
		hmac_pad(block, block_len, key, len, 0x5c);                                        \
		fn##_Init(&s->outer);                                                              \
		fn##_Update(&s->outer, block, block_len);                                          \
		OPENSSL_cleanse(block, sizeof(block));                                             \
		return 0;                                                                          \
	}                                                                                          \
                                                                                                   \
	static int name##_compute(void *state, const struct covered *c, uint8_t *mac)              \
	{                                                                                          \
		struct name##_state *s = state;                                                    \
                                                                                                   \
		s->work = s->inner;                                                                \
		fn##_Update(&s->work, c->data, c->len);                                            \
		fn##_Update(&s->work, c->esn, c->esn_len);                                         \
		fn##_Final(mac, &s->work);                                                         \
		s->work = s->outer;                                                                \
		fn##_Update(&s->work, mac, digest_len);                                            \
		fn##_Final(mac, &s->work);                                                         \
		return 0;                                                                          \
	}

HMAC_OF(md5, MD5_CTX, MD5, 64, MD5_DIGEST_LENGTH)
HMAC_OF(sha1, SHA_CTX, SHA1, 64, SHA_DIGEST_LENGTH)
HMAC_OF(sha256, SHA256_CTX, SHA256, 64, SHA256_DIGEST_LENGTH)
HMAC_OF(sha384, SHA512_CTX, SHA384, 128, SHA384_DIGEST_LENGTH)
HMAC_OF(sha512, SHA512_CTX, SHA512, 128, SHA512_DIGEST_LENGTH)

/* ---- AES-XCBC-MAC and AES-CMAC ---- */

static int aes_block(const uint8_t *key, const uint8_t *in, uint8_t *out)
{
	EVP_CIPHER_CTX *c = EVP_CIPHER_CTX_new();
	int n, rc = -EIO;

	if (!c)
		return -ENOMEM;
	if (EVP_EncryptInit_ex(c, EVP_aes_128_ecb(), NULL, key, NULL) == 1 &&
	    EVP_EncryptUpdate(c, out, &n, in, AES_BLOCK_LEN) == 1)
		rc = 0;
	EVP_CIPHER_CTX_free(c);
	return rc;
}

static int cbc_mac_init(struct cbc_mac *m, const uint8_t *key)
{
	m->aes = EVP_CIPHER_CTX_new();
	if (!m->aes)
		return -ENOMEM;
	return EVP_EncryptInit_ex(m->aes, EVP_aes_128_cbc(), NULL, key, NULL) == 1 ? 0 : -EIO;
}

/* K1, K2 and K3 are the encryptions of 01.., 02.. and 03..: RFC 3566 4. */
static int xcbc_set_key(void *state, const uint8_t *key, size_t len)
{
	struct cbc_mac *m = state;
	uint8_t in[AES_BLOCK_LEN], k1[AES_BLOCK_LEN];
	int rc;

	(void)len;
	memset(in, 1, sizeof(in));
	rc = aes_block(key, in, k1);
	memset(in, 2, sizeof(in));
	if (rc == 0)
		rc = aes_block(key, in, m->last_whole);
	memset(in, 3, sizeof(in));
	if (rc == 0)
		rc = aes_block(key, in, m->last_padded);
	if (rc == 0)
		rc = cbc_mac_init(m, k1);
	OPENSSL_cleanse(k1, sizeof(k1));
	return rc;
}

/* Times x in GF(2^128): RFC 4493 2.3. */
static void double_block(uint8_t *out, const uint8_t *in)
{
	uint8_t carry = in[0] >> 7;

	for (int i = 0; i < AES_BLOCK_LEN - 1; i++)
		out[i] = (uint8_t)(in[i] << 1 | in[i + 1] >> 7);
	out[AES_BLOCK_LEN - 1] = (uint8_t)(in[AES_BLOCK_LEN - 1] << 1 ^ (0x87 & -carry));
}

static int cmac_set_key(void *state, const uint8_t *key, size_t len)
{
	struct cbc_mac *m = state;
	uint8_t zero[AES_BLOCK_LEN] = { 0 }, l[AES_BLOCK_LEN];
	int rc;

	(void)len;
	rc = aes_block(key, zero, l);
	double_block(m->last_whole, l);
	double_block(m->last_padded, m->last_whole);
	if (rc == 0)
		rc = cbc_mac_init(m, key);
	OPENSSL_cleanse(l, sizeof(l));
	return rc;
}

/* Whole blocks, none of them the last. */
static bool cbc_mac_feed(struct cbc_mac *m, const uint8_t *data, size_t len)
{
	int n;

	for (size_t at = 0; at < len; at += CHUNK_LEN) {
		size_t part = len - at < CHUNK_LEN ? len - at : CHUNK_LEN;

		if (EVP_EncryptUpdate(m->aes, m->work, &n, data + at, (int)part) != 1)
			return false;
	}
	return true;
}

static int cbc_mac_compute(void *state, const struct covered *c, uint8_t *mac)
{
	static const uint8_t zero[AES_BLOCK_LEN];
	struct cbc_mac *m = state;
	size_t whole = c->len ? (c->len - 1) / AES_BLOCK_LEN * AES_BLOCK_LEN : 0;
	size_t left = c->len - whole, last;
	uint8_t tail[2 * AES_BLOCK_LEN] = { 0 };
	const uint8_t *add = m->last_whole;
	int n;

	/* At most a block of the packet and the sequence number's half are left for the tail. */
	if (left)
		memcpy(tail, c->data + whole, left);
	memcpy(tail + left, c->esn, c->esn_len);
	left += c->esn_len;
	last = left > AES_BLOCK_LEN ? AES_BLOCK_LEN : 0;
	if (left - last < AES_BLOCK_LEN) {
		tail[left] = 0x80;
		add = m->last_padded;
	}
	for (int i = 0; i < AES_BLOCK_LEN; i++)
		tail[last + (size_t)i] ^= add[i];
	if (EVP_EncryptInit_ex(m->aes, NULL, NULL, NULL, zero) != 1 ||
	    !cbc_mac_feed(m, c->data, whole) || !cbc_mac_feed(m, tail, last) ||
	    EVP_EncryptUpdate(m->aes, mac, &n, tail + last, AES_BLOCK_LEN) != 1)
		return -EIO;
	return 0;
}

static void cbc_mac_exit(void *state)
{
	EVP_CIPHER_CTX_free(((struct cbc_mac *)state)->aes);
}

#define HMAC(name)                                                                                 \
	{                                                                                          \
		sizeof(struct name##_state), name##_set_key, name##_compute, NULL                  \
	}
#define CBC_MAC(name)                                                                              \
	{                                                                                          \
		sizeof(struct cbc_mac), name##_set_key, cbc_mac_compute, cbc_mac_exit              \
	}

static const struct mac macs[] = {
	[ESP_AUTH_HMAC_MD5_96] = HMAC(md5),	     [ESP_AUTH_HMAC_SHA1_96] = HMAC(sha1),
	[ESP_AUTH_HMAC_SHA2_256_128] = HMAC(sha256), [ESP_AUTH_HMAC_SHA2_384_192] = HMAC(sha384),
	[ESP_AUTH_HMAC_SHA2_512_256] = HMAC(sha512), [ESP_AUTH_AES_XCBC_96] = CBC_MAC(xcbc),
	[ESP_AUTH_AES_CMAC_96] = CBC_MAC(cmac),
};

/* ---- ciphers ---- */

/* By cipher: for keys of 128 bits, or of the only length there is, and for 256 bits. DES is triple
 * DES with one key thrice (RFC 2451 2.3): so no provider has to be loaded for it. */
static const struct {
	const EVP_CIPHER *(*small)(void);
	const EVP_CIPHER *(*large)(void);
} ciphers[] = {
	[ESP_CIPHER_AES_CBC] = { EVP_aes_128_cbc, EVP_aes_256_cbc },
	[ESP_CIPHER_AES_CTR] = { EVP_aes_128_ctr, EVP_aes_256_ctr },
	[ESP_CIPHER_AES_GCM] = { EVP_aes_128_gcm, EVP_aes_256_gcm },
	[ESP_CIPHER_AES_GMAC] = { EVP_aes_128_gcm, EVP_aes_256_gcm },
	[ESP_CIPHER_AES_CCM] = { EVP_aes_128_ccm, EVP_aes_256_ccm },
	[ESP_CIPHER_3DES_CBC] = { EVP_des_ede3_cbc, NULL },
	[ESP_CIPHER_DES_CBC] = { EVP_des_ede3_cbc, NULL },
	[ESP_CIPHER_CHACHA20_POLY1305] = { NULL, EVP_chacha20_poly1305 },
};

static int cipher_set_key(struct ossl_sa *o, const struct sa *sa, const uint8_t *key)
{
	const struct esp_suite *s = sa->suite;
	uint8_t thrice[3 * DES_KEY_LEN];
	int enc = sa->dir == SA_OUT, ok;

	o->cipher = EVP_CIPHER_CTX_new();
	if (!o->cipher)
		return -ENOMEM;
	if (s->cipher == ESP_CIPHER_DES_CBC) {
		for (int i = 0; i < 3; i++)
			memcpy(thrice + i * DES_KEY_LEN, key, DES_KEY_LEN);
		key = thrice;
	}
	ok = EVP_CipherInit_ex(o->cipher,
			       s->key_len == 32 ? ciphers[s->cipher].large()
						: ciphers[s->cipher].small(),
			       NULL, NULL, NULL, enc) == 1;
	/* CCM wants to know the lengths of nonce and ICV before the key. */
	if (ok && s->cipher == ESP_CIPHER_AES_CCM)
		ok = EVP_CIPHER_CTX_ctrl(o->cipher, EVP_CTRL_AEAD_SET_IVLEN,
					 s->salt_len + s->iv_len, NULL) == 1 &&
		     EVP_CIPHER_CTX_ctrl(o->cipher, EVP_CTRL_AEAD_SET_TAG, s->icv_len, NULL) == 1;
	ok = ok && EVP_CipherInit_ex(o->cipher, NULL, NULL, key, NULL, enc) == 1;
	OPENSSL_cleanse(thrice, sizeof(thrice));
	if (!ok)
		return -EIO;
	/* ESP pads by itself. */
	EVP_CIPHER_CTX_set_padding(o->cipher, 0);
	return 0;
}

static void ossl_sa_exit(struct sa *sa)
{
	struct ossl_sa *o = sa->engine;

	if (!o)
		return;
	EVP_CIPHER_CTX_free(o->cipher);
	if (sa->suite->auth != ESP_AUTH_NONE && macs[sa->suite->auth].exit)
		macs[sa->suite->auth].exit(o->mac);
	OPENSSL_cleanse(o, sizeof(*o) + o->mac_len);
	free(o);
	sa->engine = NULL;
}

static int ossl_sa_init(struct sa *sa, const uint8_t *keymat)
{
	const struct esp_suite *s = sa->suite;
	size_t mac_len = s->auth != ESP_AUTH_NONE ? macs[s->auth].state_len : 0;
	struct ossl_sa *o = calloc(1, sizeof(*o) + mac_len);
	int rc = 0;

	if (!o)
		return -ENOMEM;
	o->mac_len = mac_len;
	sa->engine = o;
	if (s->cipher != ESP_CIPHER_NULL)
		rc = cipher_set_key(o, sa, keymat);
	if (rc == 0 && s->auth != ESP_AUTH_NONE)
		rc = macs[s->auth].set_key(o->mac, keymat + s->key_len + s->salt_len,
					   s->auth_key_len);
	if (rc < 0)
		ossl_sa_exit(sa);
	return rc;
}

/* ---- packets ---- */

/* SPI and sequence number, the whole one if it is extended: RFC 4106 5, RFC 4309 5, RFC 4543 3.3,
 * RFC 7634 2.1. \returns the length. */
static int aad_make(const struct esp_job *j, uint8_t aad[ESP_HDR_LEN + ESN_LEN])
{
	if (!j->sa->esn) {
		memcpy(aad, j->hdr, ESP_HDR_LEN);
		return ESP_HDR_LEN;
	}
	memcpy(aad, j->hdr, 4);
	put_u32(aad + 4, (uint32_t)(j->seq >> 32));
	memcpy(aad + 8, j->hdr + 4, 4);
	return ESP_HDR_LEN + ESN_LEN;
}

static bool aead_begin(const struct esp_job *j, EVP_CIPHER_CTX *c)
{
	const struct esp_suite *s = j->sa->suite;
	uint8_t nonce[NONCE_MAX_LEN], aad[ESP_HDR_LEN + ESN_LEN];
	int n, aad_len = aad_make(j, aad), out = j->sa->dir == SA_OUT;

	memcpy(nonce, j->sa->salt, s->salt_len);
	memcpy(nonce + s->salt_len, j->iv, IV_LEN);
	if (EVP_CipherInit_ex(c, NULL, NULL, NULL, nonce, -1) != 1)
		return false;
	if (!out && EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_AEAD_SET_TAG, s->icv_len, j->icv) != 1)
		return false;
	if (s->cipher == ESP_CIPHER_AES_CCM &&
	    EVP_CipherUpdate(c, NULL, &n, NULL, (int)j->len) != 1)
		return false;
	if (EVP_CipherUpdate(c, NULL, &n, aad, aad_len) != 1)
		return false;
	/* GMAC: IV and payload are covered, and nothing is encrypted (RFC 4543 3.5, Figure 4). */
	return s->cipher != ESP_CIPHER_AES_GMAC ||
	       EVP_CipherUpdate(c, NULL, &n, j->iv, (int)(j->icv - j->iv)) == 1;
}

static int aead_crypt(const struct esp_job *j)
{
	EVP_CIPHER_CTX *c = ((struct ossl_sa *)j->sa->engine)->cipher;
	const struct esp_suite *s = j->sa->suite;
	bool out = j->sa->dir == SA_OUT;
	int n;

	if (!aead_begin(j, c))
		return -EIO;
	if (s->cipher == ESP_CIPHER_AES_CCM) {
		/* Compares the ICV at once; EVP_CipherUpdate() would do the same, but queue an
		 * error for each forgery, and allocate for that. */
		if (EVP_Cipher(c, j->payload, j->payload, j->len) < 0)
			return out ? -EIO : -EBADMSG;
	} else {
		if (s->cipher != ESP_CIPHER_AES_GMAC &&
		    EVP_CipherUpdate(c, j->payload, &n, j->payload, (int)j->len) != 1)
			return -EIO;
		/* Compares the ICV in constant time. */
		if (EVP_CipherFinal_ex(c, j->icv, &n) != 1)
			return out ? -EIO : -EBADMSG;
	}
	if (out && EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_AEAD_GET_TAG, s->icv_len, j->icv) != 1)
		return -EIO;
	return 0;
}

/* CBC and CTR. The direction was chosen with the key. */
static int plain_crypt(const struct esp_job *j)
{
	EVP_CIPHER_CTX *c = ((struct ossl_sa *)j->sa->engine)->cipher;
	uint8_t block[AES_BLOCK_LEN];
	const uint8_t *iv = j->iv;
	int n;

	if (j->sa->suite->cipher == ESP_CIPHER_NULL)
		return 0;
	if (j->sa->suite->cipher == ESP_CIPHER_AES_CTR) {
		/* Nonce, IV, and a counter that begins with 1: RFC 3686 4. */
		memcpy(block, j->sa->salt, sizeof(j->sa->salt));
		memcpy(block + sizeof(j->sa->salt), j->iv, IV_LEN);
		put_u32(block + sizeof(j->sa->salt) + IV_LEN, 1);
		iv = block;
	}
	if (EVP_CipherInit_ex(c, NULL, NULL, NULL, iv, -1) != 1 ||
	    EVP_CipherUpdate(c, j->payload, &n, j->payload, (int)j->len) != 1 || n != (int)j->len)
		return -EIO;
	return 0;
}

/* Over SPI, sequence number, IV and ciphertext, which lie behind one another, and the rest of an
 * extended sequence number (RFC 4303 2.8). */
static int mac_make(const struct esp_job *j, uint8_t mac[MAC_MAX_LEN])
{
	struct covered c = { .data = j->hdr, .len = (size_t)(j->icv - j->hdr) };

	if (j->sa->esn) {
		put_u32(c.esn, (uint32_t)(j->seq >> 32));
		c.esn_len = ESN_LEN;
	}
	return macs[j->sa->suite->auth].compute(((struct ossl_sa *)j->sa->engine)->mac, &c, mac);
}

static int encrypt_one(const struct esp_job *j)
{
	const struct esp_suite *s = j->sa->suite;
	uint8_t mac[MAC_MAX_LEN];
	int rc;

	if (s->auth == ESP_AUTH_NONE)
		return aead_crypt(j);
	rc = plain_crypt(j);
	if (rc == 0)
		rc = mac_make(j, mac);
	if (rc == 0)
		memcpy(j->icv, mac, s->icv_len);
	return rc;
}

static int decrypt_one(const struct esp_job *j)
{
	const struct esp_suite *s = j->sa->suite;
	uint8_t mac[MAC_MAX_LEN];
	int rc;

	if (s->auth == ESP_AUTH_NONE)
		return aead_crypt(j);
	/* Nothing is decrypted that is not authentic (RFC 4303 3.4.4.1). */
	rc = mac_make(j, mac);
	if (rc < 0)
		return rc;
	if (CRYPTO_memcmp(mac, j->icv, s->icv_len) != 0)
		return -EBADMSG;
	return plain_crypt(j);
}

static void ossl_encrypt(struct esp_job *jobs, unsigned int n)
{
	for (unsigned int i = 0; i < n; i++)
		jobs[i].result = encrypt_one(&jobs[i]);
}

static void ossl_decrypt(struct esp_job *jobs, unsigned int n)
{
	for (unsigned int i = 0; i < n; i++)
		jobs[i].result = decrypt_one(&jobs[i]);
}

const struct esp_engine esp_engine_openssl = {
	.name = "openssl",
	.sa_init = ossl_sa_init,
	.sa_exit = ossl_sa_exit,
	.encrypt = ossl_encrypt,
	.decrypt = ossl_decrypt,
};

const struct esp_engine *esp_engine = &esp_engine_openssl;
