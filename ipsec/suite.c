/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ipsec/suite.h"

#include <stddef.h>
#include <string.h>

enum {
	ESP_HDR_LEN = 8,     /* SPI, sequence number: RFC 4303 2.1, 2.2 */
	ESP_TRAILER_LEN = 2, /* pad length, next header: RFC 4303 2.5, 2.6 */
	MD5_KEY_LEN = 16,    /* RFC 2403 3 */
	SHA1_KEY_LEN = 20,   /* RFC 2404 3 */
	SHA256_KEY_LEN = 32, /* RFC 4868 2.1.1, likewise the two below */
	SHA384_KEY_LEN = 48,
	SHA512_KEY_LEN = 64,
	AES_MAC_KEY_LEN = 16, /* RFC 3566 4, RFC 4494 3 */
	ICV_96_LEN = 12,      /* RFC 2403 2, RFC 2404 2, RFC 3566 4, RFC 4494 2 */
	SHA256_ICV_LEN = 16,  /* RFC 4868 2.3, likewise the two below */
	SHA384_ICV_LEN = 24,
	SHA512_ICV_LEN = 32,
	SALT_LEN = 4,	    /* RFC 4106 4, RFC 4543 3.2, RFC 7634 2; nonce of RFC 3686 4 */
	CCM_SALT_LEN = 3,   /* RFC 4309 4 */
	COUNTER_IV_LEN = 8, /* RFC 3686 3.1, RFC 4106 3.1, RFC 4309 3.1, RFC 4543 3.1, RFC 7634 2 */
	AES_BLOCK_LEN = 16, /* RFC 3602 2.4; the IV has this length too, 3 */
	DES_BLOCK_LEN = 8,  /* RFC 2405 3, RFC 2451 2.3; the IV likewise */
	ALIGN_LEN = 4,	    /* RFC 4303 2.4 */
	CHACHA_KEY_LEN = 32,
	DES_KEY_LEN = 8,
	DES3_KEY_LEN = 24,
	POLY1305_ICV_LEN = 16, /* RFC 7634 2 */
	GMAC_ICV_LEN = 16,     /* RFC 4543 3.4 */
};

/* IPSEC ESP Transform Identifiers (RFC 2407 4.4.4, RFC 3602 5.2, RFC 3686 8.2, RFC 4106 8.3, RFC
 * 4309 7.2, RFC 4543 9) and Authentication Algorithm attribute values (RFC 2407 4.5, RFC 3566 5, RFC
 * 4868), all as IANA lists them in "isakmp-registry". That registry has none for ChaCha20-Poly1305
 * and none for AES-CMAC; it is closed (RFC 9395). */
enum {
	IKE1_ESP_DES = 2,
	IKE1_ESP_3DES = 3,
	IKE1_ESP_NULL = 11,
	IKE1_ESP_AES_CBC = 12,
	IKE1_ESP_AES_CTR = 13,
	IKE1_ESP_AES_CCM_8 = 14,
	IKE1_ESP_AES_CCM_12 = 15,
	IKE1_ESP_AES_CCM_16 = 16,
	IKE1_ESP_AES_GCM_8 = 18,
	IKE1_ESP_AES_GCM_12 = 19,
	IKE1_ESP_AES_GCM_16 = 20,
	IKE1_ESP_NULL_AUTH_AES_GMAC = 23,
	IKE1_HMAC_MD5 = 1,
	IKE1_HMAC_SHA1 = 2,
	IKE1_HMAC_SHA2_256 = 5,
	IKE1_HMAC_SHA2_384 = 6,
	IKE1_HMAC_SHA2_512 = 7,
	IKE1_AES_XCBC_MAC = 9,
};

/* Combined mode. */
#define GCM(bits, icv)                                                                             \
	.cipher = ESP_CIPHER_AES_GCM, .key_len = (bits) / 8, .salt_len = SALT_LEN,                 \
	.iv_len = COUNTER_IV_LEN, .block_len = ALIGN_LEN, .icv_len = (icv),                        \
	.ike1_transform = IKE1_ESP_AES_GCM_##icv, .ike1_key_bits = (bits)
#define CCM(bits, icv)                                                                             \
	.cipher = ESP_CIPHER_AES_CCM, .key_len = (bits) / 8, .salt_len = CCM_SALT_LEN,             \
	.iv_len = COUNTER_IV_LEN, .block_len = ALIGN_LEN, .icv_len = (icv),                        \
	.ike1_transform = IKE1_ESP_AES_CCM_##icv, .ike1_key_bits = (bits)
#define GMAC(bits)                                                                                 \
	.cipher = ESP_CIPHER_AES_GMAC, .key_len = (bits) / 8, .salt_len = SALT_LEN,                \
	.iv_len = COUNTER_IV_LEN, .block_len = ALIGN_LEN, .icv_len = GMAC_ICV_LEN,                 \
	.ike1_transform = IKE1_ESP_NULL_AUTH_AES_GMAC, .ike1_key_bits = (bits)
#define CHACHA20                                                                                   \
	.cipher = ESP_CIPHER_CHACHA20_POLY1305, .key_len = CHACHA_KEY_LEN, .salt_len = SALT_LEN,   \
	.iv_len = COUNTER_IV_LEN, .block_len = ALIGN_LEN, .icv_len = POLY1305_ICV_LEN

/* Ciphers that want an authenticator beside them. */
#define CBC(bits)                                                                                  \
	.cipher = ESP_CIPHER_AES_CBC, .key_len = (bits) / 8, .iv_len = AES_BLOCK_LEN,              \
	.block_len = AES_BLOCK_LEN, .ike1_transform = IKE1_ESP_AES_CBC, .ike1_key_bits = (bits)
#define CTR(bits)                                                                                  \
	.cipher = ESP_CIPHER_AES_CTR, .key_len = (bits) / 8, .salt_len = SALT_LEN,                 \
	.iv_len = COUNTER_IV_LEN, .block_len = ALIGN_LEN, .ike1_transform = IKE1_ESP_AES_CTR,      \
	.ike1_key_bits = (bits)
#define TRIPLE_DES                                                                                 \
	.cipher = ESP_CIPHER_3DES_CBC, .key_len = DES3_KEY_LEN, .iv_len = DES_BLOCK_LEN,           \
	.block_len = DES_BLOCK_LEN, .ike1_transform = IKE1_ESP_3DES, .weak_cipher = true
#define DES                                                                                        \
	.cipher = ESP_CIPHER_DES_CBC, .key_len = DES_KEY_LEN, .iv_len = DES_BLOCK_LEN,             \
	.block_len = DES_BLOCK_LEN, .ike1_transform = IKE1_ESP_DES, .weak_cipher = true
#define PLAIN .cipher = ESP_CIPHER_NULL, .block_len = ALIGN_LEN, .ike1_transform = IKE1_ESP_NULL

/* Authenticators. */
#define AUTH(kind, key, icv, ike1)                                                                 \
	.auth = ESP_AUTH_##kind, .auth_key_len = (key), .icv_len = (icv), .ike1_auth = (ike1)
#define SHA512 AUTH(HMAC_SHA2_512_256, SHA512_KEY_LEN, SHA512_ICV_LEN, IKE1_HMAC_SHA2_512)
#define SHA384 AUTH(HMAC_SHA2_384_192, SHA384_KEY_LEN, SHA384_ICV_LEN, IKE1_HMAC_SHA2_384)
#define SHA256 AUTH(HMAC_SHA2_256_128, SHA256_KEY_LEN, SHA256_ICV_LEN, IKE1_HMAC_SHA2_256)
#define SHA1   AUTH(HMAC_SHA1_96, SHA1_KEY_LEN, ICV_96_LEN, IKE1_HMAC_SHA1)
#define XCBC   AUTH(AES_XCBC_96, AES_MAC_KEY_LEN, ICV_96_LEN, IKE1_AES_XCBC_MAC)
#define CMAC   AUTH(AES_CMAC_96, AES_MAC_KEY_LEN, ICV_96_LEN, 0)
#define MD5    AUTH(HMAC_MD5_96, MD5_KEY_LEN, ICV_96_LEN, IKE1_HMAC_MD5), .weak_auth = true

/* A cipher with each authenticator: its usual two, and the rest. */
/* clang-format off */
#define WITH_USUAL(n, ...)                                                                         \
	{ .name = n "-sha256", __VA_ARGS__, SHA256 }, { .name = n "-sha1", __VA_ARGS__, SHA1 }
#define WITH_OTHERS(n, ...)                                                                        \
	{ .name = n "-sha512", __VA_ARGS__, SHA512 }, { .name = n "-sha384", __VA_ARGS__, SHA384 },          \
	{ .name = n "-xcbc", __VA_ARGS__, XCBC }, { .name = n "-cmac", __VA_ARGS__, CMAC },                  \
	{ .name = n "-md5", __VA_ARGS__, MD5 }
#define WITH_EACH(n, ...) WITH_USUAL(n, __VA_ARGS__), WITH_OTHERS(n, __VA_ARGS__)

const struct esp_suite esp_suites[] = {
	{ .name = "aes256gcm16", GCM(256, 16) },
	{ .name = "aes128gcm16", GCM(128, 16) },
	{ .name = "aes256-sha256", CBC(256), SHA256 },
	{ .name = "aes128-sha256", CBC(128), SHA256 },
	{ .name = "aes256-sha1", CBC(256), SHA1 },
	{ .name = "aes128-sha1", CBC(128), SHA1 },
	WITH_USUAL("null", PLAIN),
	{ .name = "aes256gcm12", GCM(256, 12) },
	{ .name = "aes128gcm12", GCM(128, 12) },
	{ .name = "aes256gcm8", GCM(256, 8) },
	{ .name = "aes128gcm8", GCM(128, 8) },
	{ .name = "aes256ccm16", CCM(256, 16) },
	{ .name = "aes128ccm16", CCM(128, 16) },
	{ .name = "aes256ccm12", CCM(256, 12) },
	{ .name = "aes128ccm12", CCM(128, 12) },
	{ .name = "aes256ccm8", CCM(256, 8) },
	{ .name = "aes128ccm8", CCM(128, 8) },
	{ .name = "aes256gmac", GMAC(256) },
	{ .name = "aes128gmac", GMAC(128) },
	{ .name = "chacha20poly1305", CHACHA20 },
	WITH_OTHERS("aes256", CBC(256)),
	WITH_OTHERS("aes128", CBC(128)),
	WITH_EACH("aes256ctr", CTR(256)),
	WITH_EACH("aes128ctr", CTR(128)),
	WITH_EACH("3des", TRIPLE_DES),
	WITH_EACH("des", DES),
	WITH_OTHERS("null", PLAIN),
	{ .name = NULL },
};
/* clang-format on */

const struct esp_suite *esp_suite_by_name(const char *name)
{
	for (const struct esp_suite *s = esp_suites; s->name; s++)
		if (strcmp(s->name, name) == 0)
			return s;
	return NULL;
}

unsigned int esp_suite_cipher_bits(const struct esp_suite *s)
{
	switch (s->cipher) {
	case ESP_CIPHER_NULL:
	case ESP_CIPHER_AES_GMAC: /* its key makes the ICV only: RFC 4543 3 */
		return 0;
	case ESP_CIPHER_DES_CBC:
	case ESP_CIPHER_3DES_CBC:
		return s->key_len * 7u; /* the eighth bit of each octet is parity */
	case ESP_CIPHER_AES_CBC:
	case ESP_CIPHER_AES_GCM:
	case ESP_CIPHER_AES_CTR:
	case ESP_CIPHER_AES_CCM:
	case ESP_CIPHER_CHACHA20_POLY1305:
		break;
	}
	return s->key_len * 8u;
}

/* What is around the payload whatever its length. */
static uint32_t fixed_len(const struct esp_suite *s)
{
	return ESP_HDR_LEN + s->iv_len + s->icv_len;
}

uint32_t esp_suite_overhead_max(const struct esp_suite *s)
{
	return fixed_len(s) + ESP_TRAILER_LEN + s->block_len - 1;
}

uint32_t esp_suite_packet_len(const struct esp_suite *s, uint32_t len)
{
	uint32_t blocks = (len + ESP_TRAILER_LEN + s->block_len - 1) / s->block_len;

	return fixed_len(s) + blocks * s->block_len;
}

uint32_t esp_suite_payload_max(const struct esp_suite *s, uint32_t mtu)
{
	uint32_t room;

	if (mtu < fixed_len(s) + s->block_len)
		return 0;
	room = mtu - fixed_len(s);
	return room - room % s->block_len - ESP_TRAILER_LEN;
}
