/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ipsec/suite.h"
#include "tests/unit/unit.h"

#define FOR_EACH_SUITE(s) for (const struct esp_suite *s = esp_suites; s->name; s++)

/* RFC 4303 2 spelt out: pad until the trailer ends on the block. */
static uint32_t brute_packet_len(const struct esp_suite *s, uint32_t len)
{
	uint32_t inner = len + 2;

	while (inner % s->block_len)
		inner++;
	return 8 + s->iv_len + inner + s->icv_len;
}

static void lengths_agree_with_counting_octet_by_octet(void)
{
	FOR_EACH_SUITE(s)
	{
		for (uint32_t len = 0; len <= 2000; len++) {
			uint32_t got = esp_suite_packet_len(s, len);

			CU_ASSERT_EQUAL(got, brute_packet_len(s, len));
			CU_ASSERT(got - len <= esp_suite_overhead_max(s));
		}
	}
}

static void worst_overhead_is_reached(void)
{
	FOR_EACH_SUITE(s)
	{
		uint32_t worst = 0;

		for (uint32_t len = 0; len < 64; len++)
			if (esp_suite_packet_len(s, len) - len > worst)
				worst = esp_suite_packet_len(s, len) - len;
		CU_ASSERT_EQUAL(worst, esp_suite_overhead_max(s));
	}
}

static void largest_payload_fits_and_one_more_does_not(void)
{
	FOR_EACH_SUITE(s)
	{
		for (uint32_t mtu = 0; mtu <= 2000; mtu++) {
			uint32_t len = esp_suite_payload_max(s, mtu);

			CU_ASSERT(brute_packet_len(s, len + 1) > mtu);
			if (len)
				CU_ASSERT(brute_packet_len(s, len) <= mtu);
		}
	}
}

/* An MRU of 1500 over Frame Relay: PPP address, control and protocol 4, L2TP data header 6 to 14,
 * RFC 3070 encapsulation 10; worked out by hand from RFC 4303 2. */
static void frame_relay_sdus_of_mru_1500(void)
{
	static const struct {
		const char *suite;
		uint32_t least, most;
	} rows[] = {
		{ "null-sha1", 1542, 1550 },	 { "aes128gcm16", 1554, 1562 },
		{ "aes256gcm16", 1554, 1562 },	 { "aes128-sha1", 1566, 1566 },
		{ "aes256-sha1", 1566, 1566 },	 { "aes128-sha256", 1570, 1570 },
		{ "aes256-sha256", 1570, 1570 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct esp_suite *s = esp_suite_by_name(rows[i].suite);

		CU_ASSERT_EQUAL(esp_suite_packet_len(s, 1500 + 4 + 6) + 10, rows[i].least);
		CU_ASSERT_EQUAL(esp_suite_packet_len(s, 1500 + 4 + 14) + 10, rows[i].most);
	}
}

/* LLC/SNAP 8, CPCS trailer 8, cells of 48 octets. */
static void an_mru_of_1500_costs_33_cells_in_every_encrypting_suite(void)
{
	FOR_EACH_SUITE(s)
	{
		/* An ICV of 24 octets or more takes a cell more at times. */
		if (s->cipher == ESP_CIPHER_NULL || s->icv_len > 16)
			continue;
		for (uint32_t l2tp = 6; l2tp <= 14; l2tp += 2) {
			uint32_t len = esp_suite_packet_len(s, 1500 + 4 + l2tp);

			CU_ASSERT_EQUAL((len + 8 + 47) / 48, 33);
			CU_ASSERT_EQUAL((8 + len + 8 + 47) / 48, 33);
		}
	}
}

static void suites_are_found_by_their_names_only(void)
{
	FOR_EACH_SUITE(s)
	CU_ASSERT_PTR_EQUAL(esp_suite_by_name(s->name), s);
	CU_ASSERT_PTR_NULL(esp_suite_by_name("aes256"));
	CU_ASSERT_PTR_NULL(esp_suite_by_name("aes256gcm16 "));
	CU_ASSERT_PTR_NULL(esp_suite_by_name(""));
}

/* RFC 2407 4.4.4 and 4.5, RFC 2404, RFC 3602 5.2, RFC 4106 8.3, RFC 4868, IANA isakmp-registry. */
static void rows_are_the_registered_numbers(void)
{
	static const struct {
		const char *name;
		unsigned int transform, auth, key_bits, keymat, iv, block, icv;
	} rows[] = {
		{ "aes256gcm16", 20, 0, 256, 36, 8, 4, 16 },
		{ "aes128gcm16", 20, 0, 128, 20, 8, 4, 16 },
		{ "aes256-sha256", 12, 5, 256, 64, 16, 16, 16 },
		{ "aes128-sha256", 12, 5, 128, 48, 16, 16, 16 },
		{ "aes256-sha1", 12, 2, 256, 52, 16, 16, 12 },
		{ "aes128-sha1", 12, 2, 128, 36, 16, 16, 12 },
		{ "null-sha256", 11, 5, 0, 32, 0, 4, 16 },
		{ "null-sha1", 11, 2, 0, 20, 0, 4, 12 },
		{ "aes256gcm12", 19, 0, 256, 36, 8, 4, 12 },
		{ "aes128gcm8", 18, 0, 128, 20, 8, 4, 8 },
		{ "aes256ccm16", 16, 0, 256, 35, 8, 4, 16 },
		{ "aes128ccm12", 15, 0, 128, 19, 8, 4, 12 },
		{ "aes128ccm8", 14, 0, 128, 19, 8, 4, 8 },
		{ "aes256gmac", 23, 0, 256, 36, 8, 4, 16 },
		{ "aes128gmac", 23, 0, 128, 20, 8, 4, 16 },
		{ "chacha20poly1305", 0, 0, 0, 36, 8, 4, 16 },
		{ "aes256-sha512", 12, 7, 256, 96, 16, 16, 32 },
		{ "aes256-sha384", 12, 6, 256, 80, 16, 16, 24 },
		{ "aes128-xcbc", 12, 9, 128, 32, 16, 16, 12 },
		{ "aes128-cmac", 12, 0, 128, 32, 16, 16, 12 },
		{ "aes128-md5", 12, 1, 128, 32, 16, 16, 12 },
		{ "aes256ctr-sha256", 13, 5, 256, 68, 8, 4, 16 },
		{ "aes128ctr-xcbc", 13, 9, 128, 36, 8, 4, 12 },
		{ "3des-sha1", 3, 2, 0, 44, 8, 8, 12 },
		{ "des-md5", 2, 1, 0, 24, 8, 8, 12 },
		{ "null-sha512", 11, 7, 0, 64, 0, 4, 32 },
		{ "null-md5", 11, 1, 0, 16, 0, 4, 12 },
	};

	for (size_t n = 0; n < sizeof(rows) / sizeof(rows[0]); n++) {
		const struct esp_suite *s = esp_suite_by_name(rows[n].name);

		CU_ASSERT_PTR_NOT_NULL_FATAL(s);
		CU_ASSERT_EQUAL(s->ike1_transform, rows[n].transform);
		CU_ASSERT_EQUAL(s->ike1_auth, rows[n].auth);
		CU_ASSERT_EQUAL(s->ike1_key_bits, rows[n].key_bits);
		CU_ASSERT_EQUAL(esp_suite_keymat_len(s), rows[n].keymat);
		CU_ASSERT_EQUAL(s->iv_len, rows[n].iv);
		CU_ASSERT_EQUAL(s->block_len, rows[n].block);
		CU_ASSERT_EQUAL(s->icv_len, rows[n].icv);
	}
}

/* What a transform payload says must tell one suite from all others. */
static void no_two_suites_look_alike(void)
{
	unsigned int n = 0;

	FOR_EACH_SUITE(s)
	{
		n++;
		for (const struct esp_suite *t = esp_suites; t < s; t++) {
			CU_ASSERT_NOT_EQUAL(strcmp(s->name, t->name), 0);
			CU_ASSERT_FALSE(esp_suite_ike1(s) && esp_suite_ike1(t) &&
					s->ike1_transform == t->ike1_transform &&
					s->ike1_auth == t->ike1_auth &&
					s->ike1_key_bits == t->ike1_key_bits);
			CU_ASSERT_FALSE(s->cipher == t->cipher && s->auth == t->auth &&
					s->key_len == t->key_len && s->icv_len == t->icv_len);
		}
	}
	CU_ASSERT_EQUAL(n, 15 + 7 * 7);
}

static void weak_suites_are_those_with_des_or_md5(void)
{
	FOR_EACH_SUITE(s)
	{
		CU_ASSERT_EQUAL(esp_suite_legacy(s),
				strstr(s->name, "des") || strstr(s->name, "md5"));
		CU_ASSERT_EQUAL(esp_suite_ike1(s),
				!strstr(s->name, "cmac") && !strstr(s->name, "chacha"));
	}
}

static void bits_are_those_of_the_key_that_encrypts(void)
{
	static const struct {
		const char *suite;
		unsigned int bits;
	} rows[] = {
		{ "aes256gcm16", 256 }, { "aes128-sha256", 128 }, { "aes128ctr-xcbc", 128 },
		{ "aes256ccm8", 256 },	{ "null-sha256", 0 },	  { "aes256gmac", 0 },
		{ "3des-sha1", 168 },	{ "des-md5", 56 },	  { "chacha20poly1305", 256 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		CU_ASSERT_EQUAL(esp_suite_cipher_bits(esp_suite_by_name(rows[i].suite)),
				rows[i].bits);
}

static const struct unit_case cases[] = {
	{ "lengths agree with counting octet by octet",
	  lengths_agree_with_counting_octet_by_octet },
	{ "the worst overhead is reached and not passed", worst_overhead_is_reached },
	{ "the largest payload fits and one octet more does not",
	  largest_payload_fits_and_one_more_does_not },
	{ "Frame Relay SDUs of an MRU of 1500", frame_relay_sdus_of_mru_1500 },
	{ "an MRU of 1500 costs 33 cells in every encrypting suite",
	  an_mru_of_1500_costs_33_cells_in_every_encrypting_suite },
	{ "suites are found by their names only", suites_are_found_by_their_names_only },
	{ "rows are the registered numbers", rows_are_the_registered_numbers },
	{ "no two suites look alike", no_two_suites_look_alike },
	{ "bits are those of the key that encrypts", bits_are_those_of_the_key_that_encrypts },
	{ "weak suites are those with DES or MD5", weak_suites_are_those_with_des_or_md5 },
};

UNIT_MAIN("ipsec/suite", cases)
