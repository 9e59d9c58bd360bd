/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * Hashes and ciphers of phase 1 as rows (RFC 2409 App. A), and the keys of IKEv1: HMAC as prf, SKEYID
 * and what grows from it (RFC 2409 5, 5.5, App. B). Everything here is a pure function; all that
 * return int return 0 or -EIO (cryptographic library).
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <openssl/evp.h>

#include "ipsec/ike/payload.h"

enum {
	IKE_HASH_MAX = 64, /* SHA2-512 */
	IKE_KEY_MAX = 32,  /* AES-256 */
	IKE_BLOCK = 16,	   /* AES; the largest */
};

/*! A hash that phase 1 can negotiate (RFC 2409 App. A, RFC 4868 via IANA). */
struct ike_hash {
	uint16_t id;
	const char *name; /*!< as configured */
	const char *md;	  /*!< as libcrypto calls it */
	size_t len;
	bool weak; /*!< used only where the operator allowed legacy algorithms */
};

enum { IKE_HASH_SHA2_256 = 4 };

/*! All hashes; the end has name NULL. */
extern const struct ike_hash ike_hashes[];
const struct ike_hash *ike_hash_by_id(uint16_t id);

/*! A cipher that phase 1 can negotiate (RFC 2409 App. A, RFC 3602 5.1), in CBC mode. */
struct ike_cipher {
	uint16_t id;
	uint16_t key_bits; /*!< the Key Length attribute; 0 = not to be sent: there is but one */
	const char *name;  /*!< as configured */
	const char *evp;   /*!< as libcrypto calls it */
	size_t key_len;
	size_t block;
	bool weak;
};

/*! All ciphers; the end has name NULL. */
extern const struct ike_cipher ike_ciphers[];
const struct ike_cipher *ike_cipher_by_id(uint16_t id, uint16_t key_bits);

/*! What libcrypto does for a row: looked up once, since that costs more than short messages do. */
const EVP_MD *ike_hash_md(const struct ike_hash *h);
const EVP_CIPHER *ike_cipher_evp(const struct ike_cipher *c);

/*! A piece of what is hashed. */
struct ike_iov {
	const void *p;
	size_t len;
};

/*! The hash of v[0] | v[1] | ..., h->len octets. */
int ike_hash_iov(const struct ike_hash *h, const struct ike_iov *v, size_t n, uint8_t *out);

/*! prf(key, v[0] | v[1] | ...), h->len octets. */
int ike_prf(const struct ike_hash *h, const uint8_t *key, size_t key_len, const struct ike_iov *v,
	    size_t n, uint8_t *out);

/*! Keys of one IKE SA. Wiped by its owner. */
struct ike_keys {
	uint8_t skeyid[IKE_HASH_MAX];
	size_t skeyid_len;
	uint8_t d[IKE_HASH_MAX];
	uint8_t a[IKE_HASH_MAX];
	uint8_t e[IKE_HASH_MAX];
	const struct ike_cipher *cipher;
	uint8_t enc[IKE_KEY_MAX]; /*!< cipher->key_len octets */
	uint8_t iv[IKE_BLOCK];	  /*!< of the first encrypted message */
};

/*! What SKEYID and its children are made of. Nonces and KEs are payload bodies. */
struct ike_key_input {
	bool signature; /*!< authenticated by signatures: SKEYID grows from the nonces, no psk */
	const uint8_t *psk;
	size_t psk_len;
	struct ike_iov ni, nr;
	struct ike_iov ke_i, ke_r;
	struct ike_iov secret; /*!< g^xy */
	const uint8_t *icookie, *rcookie;
	const struct ike_cipher *cipher;
};

int ike_keys_derive(struct ike_keys *out, const struct ike_hash *h, const struct ike_key_input *in);

/*! IV of an exchange under an IKE SA: hash(last block of phase 1 | message ID), cut. */
int ike_phase2_iv(uint8_t iv[IKE_BLOCK], const struct ike_hash *h, const struct ike_cipher *c,
		  const uint8_t last_block[IKE_BLOCK], uint32_t msgid);

/*! HASH_I (initiator true) or HASH_R; sai and id are payload bodies (RFC 2409 5). The hash is the one
 * negotiated, or what a method of signatures brings along (RFC 2409 5.1). */
int ike_auth_hash(uint8_t *out, const struct ike_hash *h, const struct ike_keys *keys,
		  const struct ike_key_input *in, bool initiator, struct ike_iov sai,
		  struct ike_iov id);

/*! HASH(1), HASH(2) with ni set, and the Informational's: prf(SKEYID_a, M-ID | [Ni_b |] rest). */
int ike_phase2_hash(uint8_t *out, const struct ike_hash *h, const struct ike_keys *keys,
		    uint32_t msgid, struct ike_iov ni, struct ike_iov rest);

/*! HASH(3): prf(SKEYID_a, 0 | M-ID | Ni_b | Nr_b). */
int ike_phase2_hash3(uint8_t *out, const struct ike_hash *h, const struct ike_keys *keys,
		     uint32_t msgid, struct ike_iov ni, struct ike_iov nr);

/*! KEYMAT of one SA, len octets: secret is empty without PFS. */
int ike_keymat(uint8_t *out, size_t len, const struct ike_hash *h, const struct ike_keys *keys,
	       struct ike_iov secret, uint8_t proto, uint32_t spi, struct ike_iov ni,
	       struct ike_iov nr);
