/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ipsec/suite.h"

#include <stddef.h>
#include <string.h>

enum {
	ESP_HDR_LEN = 8,     /* SPI, sequence number: RFC 4303 2.1, 2.2 */
	ESP_TRAILER_LEN = 2, /* pad length, next header: RFC 4303 2.5, 2.6 */
	SHA1_KEY_LEN = 20,   /* RFC 2404 3 */
	SHA1_ICV_LEN = 12,   /* RFC 2404 2 */
	SHA256_KEY_LEN = 32, /* RFC 4868 2.1.1 */
	SHA256_ICV_LEN = 16, /* RFC 4868 2.3 */
	GCM_SALT_LEN = 4,    /* RFC 4106 4 */
	GCM_IV_LEN = 8,	     /* RFC 4106 3.1 */
	GCM_ICV_LEN = 16,    /* RFC 4106 6 */
	AES_BLOCK_LEN = 16,  /* RFC 3602 2.4; the IV has this length too, 3 */
	ALIGN_LEN = 4,	     /* RFC 4303 2.4 */
};

/* IPSEC ESP Transform Identifiers (RFC 2407 4.4.4, RFC 3602 5.2, RFC 4106 8.3) and Authentication
 * Algorithm attribute values (RFC 2407 4.5, RFC 4868 and IANA "isakmp-registry"). */
enum {
	IKE1_ESP_NULL = 11,
	IKE1_ESP_AES_CBC = 12,
	IKE1_ESP_AES_GCM_16 = 20,
	IKE1_HMAC_SHA1 = 2,
	IKE1_HMAC_SHA2_256 = 5,
};

#define ROW_GCM(bits)                                                                              \
	.cipher = ESP_CIPHER_AES_GCM, .auth = ESP_AUTH_NONE, .key_len = (bits) / 8,                \
	.salt_len = GCM_SALT_LEN, .iv_len = GCM_IV_LEN, .block_len = ALIGN_LEN,                    \
	.icv_len = GCM_ICV_LEN, .ike1_transform = IKE1_ESP_AES_GCM_16, .ike1_key_bits = (bits)
#define ROW_CBC(bits)                                                                              \
	.cipher = ESP_CIPHER_AES_CBC, .key_len = (bits) / 8, .iv_len = AES_BLOCK_LEN,              \
	.block_len = AES_BLOCK_LEN, .ike1_transform = IKE1_ESP_AES_CBC, .ike1_key_bits = (bits)
#define ROW_NULL .cipher = ESP_CIPHER_NULL, .block_len = ALIGN_LEN, .ike1_transform = IKE1_ESP_NULL
#define ROW_SHA1                                                                                   \
	.auth = ESP_AUTH_HMAC_SHA1_96, .auth_key_len = SHA1_KEY_LEN, .icv_len = SHA1_ICV_LEN,      \
	.ike1_auth = IKE1_HMAC_SHA1
#define ROW_SHA256                                                                                 \
	.auth = ESP_AUTH_HMAC_SHA2_256_128, .auth_key_len = SHA256_KEY_LEN,                        \
	.icv_len = SHA256_ICV_LEN, .ike1_auth = IKE1_HMAC_SHA2_256

const struct esp_suite esp_suites[] = {
	{ .name = "aes256gcm16", ROW_GCM(256) },
	{ .name = "aes128gcm16", ROW_GCM(128) },
	{ .name = "aes256-sha256", ROW_CBC(256), ROW_SHA256 },
	{ .name = "aes128-sha256", ROW_CBC(128), ROW_SHA256 },
	{ .name = "aes256-sha1", ROW_CBC(256), ROW_SHA1 },
	{ .name = "aes128-sha1", ROW_CBC(128), ROW_SHA1 },
	{ .name = "null-sha256", ROW_NULL, ROW_SHA256 },
	{ .name = "null-sha1", ROW_NULL, ROW_SHA1 },
	{ .name = NULL },
};

const struct esp_suite *esp_suite_by_name(const char *name)
{
	for (const struct esp_suite *s = esp_suites; s->name; s++)
		if (strcmp(s->name, name) == 0)
			return s;
	return NULL;
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
