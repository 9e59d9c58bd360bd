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
#include <stdlib.h>
#include <string.h>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/sha.h>

enum {
	HMAC_BLOCK_LEN = 64, /* of SHA-1 and SHA-256 */
	HMAC_MAX_LEN = SHA256_DIGEST_LENGTH,
	ESP_HDR_LEN = 8,    /* the AAD without extended sequence numbers: RFC 4106 5 */
	GCM_NONCE_LEN = 12, /* salt, IV: RFC 4106 4 */
	GCM_SALT_LEN = 4,
	GCM_ICV_LEN = 16,
};

union digest {
	SHA_CTX sha1;
	SHA256_CTX sha256;
};

struct ossl_sa {
	EVP_CIPHER_CTX *cipher; /* NULL for ESP_CIPHER_NULL */
	union digest inner;
	union digest outer;
	union digest work; /* here and not on the stack, which nobody wipes */
};

struct hmac {
	void (*begin)(union digest *d, const uint8_t *block);
	void (*compute)(struct ossl_sa *o, const uint8_t *data, size_t len, uint8_t *mac);
};

static void sha1_begin(union digest *d, const uint8_t *block)
{
	SHA1_Init(&d->sha1);
	SHA1_Update(&d->sha1, block, HMAC_BLOCK_LEN);
}

static void sha1_compute(struct ossl_sa *o, const uint8_t *data, size_t len, uint8_t *mac)
{
	SHA_CTX *w = &o->work.sha1;

	*w = o->inner.sha1;
	SHA1_Update(w, data, len);
	SHA1_Final(mac, w);
	*w = o->outer.sha1;
	SHA1_Update(w, mac, SHA_DIGEST_LENGTH);
	SHA1_Final(mac, w);
}

static void sha256_begin(union digest *d, const uint8_t *block)
{
	SHA256_Init(&d->sha256);
	SHA256_Update(&d->sha256, block, HMAC_BLOCK_LEN);
}

static void sha256_compute(struct ossl_sa *o, const uint8_t *data, size_t len, uint8_t *mac)
{
	SHA256_CTX *w = &o->work.sha256;

	*w = o->inner.sha256;
	SHA256_Update(w, data, len);
	SHA256_Final(mac, w);
	*w = o->outer.sha256;
	SHA256_Update(w, mac, SHA256_DIGEST_LENGTH);
	SHA256_Final(mac, w);
}

static const struct hmac hmacs[] = {
	[ESP_AUTH_HMAC_SHA1_96] = { sha1_begin, sha1_compute },
	[ESP_AUTH_HMAC_SHA2_256_128] = { sha256_begin, sha256_compute },
};

/* Keys of our suites are never longer than the block (RFC 2104 2). */
static void hmac_set_key(struct ossl_sa *o, const struct hmac *h, const uint8_t *key, size_t len)
{
	uint8_t block[HMAC_BLOCK_LEN] = { 0 };

	memcpy(block, key, len);
	for (int i = 0; i < HMAC_BLOCK_LEN; i++)
		block[i] ^= 0x36;
	h->begin(&o->inner, block);
	for (int i = 0; i < HMAC_BLOCK_LEN; i++)
		block[i] ^= 0x36 ^ 0x5c;
	h->begin(&o->outer, block);
	OPENSSL_cleanse(block, sizeof(block));
}

static const EVP_CIPHER *evp_cipher(const struct esp_suite *s)
{
	if (s->cipher == ESP_CIPHER_AES_GCM)
		return s->key_len == 32 ? EVP_aes_256_gcm() : EVP_aes_128_gcm();
	return s->key_len == 32 ? EVP_aes_256_cbc() : EVP_aes_128_cbc();
}

static int cipher_set_key(struct ossl_sa *o, const struct sa *sa, const uint8_t *key)
{
	int enc = sa->dir == SA_OUT;

	o->cipher = EVP_CIPHER_CTX_new();
	if (!o->cipher)
		return -ENOMEM;
	if (EVP_CipherInit_ex(o->cipher, evp_cipher(sa->suite), NULL, key, NULL, enc) != 1)
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
	OPENSSL_cleanse(o, sizeof(*o));
	free(o);
	sa->engine = NULL;
}

static int ossl_sa_init(struct sa *sa, const uint8_t *keymat)
{
	const struct esp_suite *s = sa->suite;
	struct ossl_sa *o = calloc(1, sizeof(*o));
	int rc;

	if (!o)
		return -ENOMEM;
	sa->engine = o;
	if (s->cipher != ESP_CIPHER_NULL) {
		rc = cipher_set_key(o, sa, keymat);
		if (rc < 0) {
			ossl_sa_exit(sa);
			return rc;
		}
	}
	if (s->auth != ESP_AUTH_NONE)
		hmac_set_key(o, &hmacs[s->auth], keymat + s->key_len + s->salt_len,
			     s->auth_key_len);
	return 0;
}

static void gcm_nonce(uint8_t nonce[GCM_NONCE_LEN], const struct esp_job *j)
{
	memcpy(nonce, j->sa->salt, GCM_SALT_LEN);
	memcpy(nonce + GCM_SALT_LEN, j->iv, GCM_NONCE_LEN - GCM_SALT_LEN);
}

static int gcm_encrypt(const struct esp_job *j)
{
	EVP_CIPHER_CTX *c = ((struct ossl_sa *)j->sa->engine)->cipher;
	uint8_t nonce[GCM_NONCE_LEN];
	int n;

	gcm_nonce(nonce, j);
	if (EVP_EncryptInit_ex(c, NULL, NULL, NULL, nonce) != 1 ||
	    EVP_EncryptUpdate(c, NULL, &n, j->hdr, ESP_HDR_LEN) != 1 ||
	    EVP_EncryptUpdate(c, j->payload, &n, j->payload, (int)j->len) != 1 ||
	    EVP_EncryptFinal_ex(c, j->payload + j->len, &n) != 1 ||
	    EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_AEAD_GET_TAG, GCM_ICV_LEN, j->icv) != 1)
		return -EIO;
	return 0;
}

static int gcm_decrypt(const struct esp_job *j)
{
	EVP_CIPHER_CTX *c = ((struct ossl_sa *)j->sa->engine)->cipher;
	uint8_t nonce[GCM_NONCE_LEN];
	int n;

	gcm_nonce(nonce, j);
	if (EVP_DecryptInit_ex(c, NULL, NULL, NULL, nonce) != 1 ||
	    EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_AEAD_SET_TAG, GCM_ICV_LEN, j->icv) != 1 ||
	    EVP_DecryptUpdate(c, NULL, &n, j->hdr, ESP_HDR_LEN) != 1 ||
	    EVP_DecryptUpdate(c, j->payload, &n, j->payload, (int)j->len) != 1)
		return -EIO;
	/* Compares the tag in constant time. */
	return EVP_DecryptFinal_ex(c, j->payload + j->len, &n) == 1 ? 0 : -EBADMSG;
}

/* The direction was chosen with the key. */
static int cbc_crypt(const struct esp_job *j)
{
	EVP_CIPHER_CTX *c = ((struct ossl_sa *)j->sa->engine)->cipher;
	int n;

	if (EVP_CipherInit_ex(c, NULL, NULL, NULL, j->iv, -1) != 1 ||
	    EVP_CipherUpdate(c, j->payload, &n, j->payload, (int)j->len) != 1 || n != (int)j->len)
		return -EIO;
	return 0;
}

/* Over SPI, sequence number, IV and ciphertext, which lie behind one another (RFC 4303 2.8). */
static void hmac_make(const struct esp_job *j, uint8_t mac[HMAC_MAX_LEN])
{
	hmacs[j->sa->suite->auth].compute(j->sa->engine, j->hdr, (size_t)(j->icv - j->hdr), mac);
}

static int encrypt_one(const struct esp_job *j)
{
	const struct esp_suite *s = j->sa->suite;
	uint8_t mac[HMAC_MAX_LEN];
	int rc;

	if (s->cipher == ESP_CIPHER_AES_GCM)
		return gcm_encrypt(j);
	rc = s->cipher == ESP_CIPHER_AES_CBC ? cbc_crypt(j) : 0;
	if (rc < 0)
		return rc;
	hmac_make(j, mac);
	memcpy(j->icv, mac, s->icv_len);
	return 0;
}

static int decrypt_one(const struct esp_job *j)
{
	const struct esp_suite *s = j->sa->suite;
	uint8_t mac[HMAC_MAX_LEN];

	if (s->cipher == ESP_CIPHER_AES_GCM)
		return gcm_decrypt(j);
	/* Nothing is decrypted that is not authentic (RFC 4303 3.4.4.1). */
	hmac_make(j, mac);
	if (CRYPTO_memcmp(mac, j->icv, s->icv_len) != 0)
		return -EBADMSG;
	return s->cipher == ESP_CIPHER_AES_CBC ? cbc_crypt(j) : 0;
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
