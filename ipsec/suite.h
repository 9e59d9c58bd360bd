/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * ESP suites: every number that ESP, IKE and the operator need about an algorithm, as one row.
 * A new suite is a new row (and an engine that can compute it).
 */

#include <stdbool.h>
#include <stdint.h>

enum esp_cipher {
	ESP_CIPHER_NULL,	      /* RFC 2410 */
	ESP_CIPHER_AES_CBC,	      /* RFC 3602 */
	ESP_CIPHER_AES_GCM,	      /* RFC 4106 */
	ESP_CIPHER_AES_CTR,	      /* RFC 3686 */
	ESP_CIPHER_AES_CCM,	      /* RFC 4309 */
	ESP_CIPHER_AES_GMAC,	      /* RFC 4543: nothing is encrypted */
	ESP_CIPHER_3DES_CBC,	      /* RFC 2451 */
	ESP_CIPHER_DES_CBC,	      /* RFC 2405 */
	ESP_CIPHER_CHACHA20_POLY1305, /* RFC 7634 */
};

enum esp_auth {
	ESP_AUTH_NONE,		    /* combined mode */
	ESP_AUTH_HMAC_SHA1_96,	    /* RFC 2404 */
	ESP_AUTH_HMAC_SHA2_256_128, /* RFC 4868 */
	ESP_AUTH_HMAC_SHA2_384_192, /* RFC 4868 */
	ESP_AUTH_HMAC_SHA2_512_256, /* RFC 4868 */
	ESP_AUTH_HMAC_MD5_96,	    /* RFC 2403 */
	ESP_AUTH_AES_XCBC_96,	    /* RFC 3566 */
	ESP_AUTH_AES_CMAC_96,	    /* RFC 4494 */
};

struct esp_suite {
	const char *name; /*!< as configured and shown: "aes256gcm16" */
	enum esp_cipher cipher;
	enum esp_auth auth;
	uint8_t key_len;  /*!< cipher key without salt, octets */
	uint8_t salt_len; /*!< RFC 4106 4, RFC 4309 4; the nonce of RFC 3686 4 */
	uint8_t auth_key_len;
	uint8_t iv_len;	   /*!< on the wire */
	uint8_t block_len; /*!< padding: payload + 2 is a multiple of this, at least 4 */
	uint8_t icv_len;
	/* IKEv1, phase 2 (RFC 2407 4.4.4, 4.5; IANA): */
	uint8_t ike1_transform; /*!< ESP transform identifier, 0 = IKEv1 has none */
	uint8_t ike1_auth;	/*!< Authentication Algorithm attribute, 0 = absent */
	uint16_t ike1_key_bits; /*!< Key Length attribute, 0 = absent */
	/* RFC 8221 5 and 6 advise against it: */
	bool weak_cipher;
	bool weak_auth;
};

/*! All suites; the end has name NULL. Those that profiles offer by themselves come first. */
extern const struct esp_suite esp_suites[];

/*! \returns the suite or NULL. */
const struct esp_suite *esp_suite_by_name(const char *name);

/*! \returns whether the operator must have allowed legacy algorithms before this may be used. */
static inline bool esp_suite_legacy(const struct esp_suite *s)
{
	return s->weak_cipher || s->weak_auth;
}

/*! \returns whether IKEv1 has numbers for it; the others wait for another key exchange. */
static inline bool esp_suite_ike1(const struct esp_suite *s)
{
	return s->ike1_transform && (s->auth == ESP_AUTH_NONE || s->ike1_auth);
}

/*! Bits of the cipher's key, without the salt and the parity of DES; 0 = nothing is encrypted. */
unsigned int esp_suite_cipher_bits(const struct esp_suite *s);

/*! Octets that ESP adds at most to a payload: header, IV, worst padding, trailer, ICV. */
uint32_t esp_suite_overhead_max(const struct esp_suite *s);

/*! Octets of the ESP packet around a payload of len (RFC 4303 2): header, IV, payload, padding to
 * the block, trailer, ICV. */
uint32_t esp_suite_packet_len(const struct esp_suite *s, uint32_t len);

/*! The largest payload whose ESP packet is not longer than mtu; 0 when none fits. */
uint32_t esp_suite_payload_max(const struct esp_suite *s, uint32_t mtu);

/*! Octets of keying material that one SA takes from IKE: cipher key, salt, auth key, in this order
 * (RFC 2409 5.5, RFC 4106 8.1). */
static inline uint32_t esp_suite_keymat_len(const struct esp_suite *s)
{
	return s->key_len + s->salt_len + s->auth_key_len;
}
