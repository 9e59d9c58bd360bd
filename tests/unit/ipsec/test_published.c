/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * Published values for the algorithms of ESP, each with its source; where they are ESP packets they go
 * through esp_in() and esp_out(). None are published for AES-CCM with the 11-octet nonce of RFC 4309,
 * for AES-256-GMAC or for HMACs and ciphers in one packet: those are computed (test_engine.c).
 */

#include <errno.h>

#include "core/cursor.h"
#include "tests/unit/ipsec/sa_fixture.h"

enum { PACKET_MAX = 1100 };

/* ---- authenticators: what they cover begins at hdr and ends where the ICV begins ----
 * The RFC prints 80 octets as the key of AUTH512-4 and calls them 64; the value is of the last 64. */

static const struct mac_case {
	const char *source, *suite, *key, *data, *icv;
} mac_cases[] = {
	{ "RFC 2202 2, case 1", "null-md5", "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "4869205468657265",
	  "9294727a3638bb1c13f48ef8" },
	{ "RFC 2202 2, case 3", "null-md5", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	  "dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"
	  "dddddddddddddddddddddddddddddddddddd",
	  "56be34521d144c88dbb8c733" },
	{ "RFC 2202 2, case 5", "null-md5", "0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c",
	  "546573742057697468205472756e636174696f6e", "56461ef2342edc00f9bab995" },
	{ "RFC 2202 3, case 1", "null-sha1", "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b",
	  "4869205468657265", "b617318655057264e28bc0b6" },
	{ "RFC 2202 3, case 3", "null-sha1", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	  "dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"
	  "dddddddddddddddddddddddddddddddddddd",
	  "125d7342b9ac11cd91a39af4" },
	{ "RFC 2202 3, case 5", "null-sha1", "0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c",
	  "546573742057697468205472756e636174696f6e", "4c1a03424b55e07fe7f27be1" },
	{ "RFC 4868 2.7.2, AUTH256-1", "null-sha256",
	  "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "4869205468657265",
	  "198a607eb44bfbc69903a0f1cf2bbdc5" },
	{ "RFC 4868 2.7.2, AUTH256-2", "null-sha256",
	  "4a6566654a6566654a6566654a6566654a6566654a6566654a6566654a656665",
	  "7768617420646f2079612077616e7420666f72206e6f7468696e673f",
	  "167f928588c5cc2eef8e3093caa0e87c" },
	{ "RFC 4868 2.7.2, AUTH256-3", "null-sha256",
	  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	  "dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"
	  "dddddddddddddddddddddddddddddddddddd",
	  "cdcb1220d1ecccea91e53aba3092f962" },
	{ "RFC 4868 2.7.2, AUTH256-4", "null-sha256",
	  "0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20",
	  "cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd"
	  "cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd",
	  "372efcf9b40b35c2115b1346903d2ef4" },
	{ "RFC 4868 2.7.2, AUTH384-1", "null-sha384",
	  "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"
	  "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b",
	  "4869205468657265", "b6a8d5636f5c6a7224f9977dcf7ee6c7fb6d0c48cbdee973" },
	{ "RFC 4868 2.7.2, AUTH384-2", "null-sha384",
	  "4a6566654a6566654a6566654a6566654a6566654a6566654a6566654a656665"
	  "4a6566654a6566654a6566654a656665",
	  "7768617420646f2079612077616e7420666f72206e6f7468696e673f",
	  "2c7353974f1842fd66d53c452ca42122b28c0b594cfb184d" },
	{ "RFC 4868 2.7.2, AUTH384-3", "null-sha384",
	  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	  "dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"
	  "dddddddddddddddddddddddddddddddddddd",
	  "809f439be00274321d4a538652164b53554a508184a0c316" },
	{ "RFC 4868 2.7.2, AUTH384-4", "null-sha384",
	  "0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20"
	  "0a0b0c0d0e0f10111213141516171819",
	  "cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd"
	  "cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd",
	  "5b540085c6e6358096532b2493609ed1cb298f774f87bb5c" },
	{ "RFC 4868 2.7.2, AUTH512-1", "null-sha512",
	  "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"
	  "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b",
	  "4869205468657265", "637edc6e01dce7e6742a99451aae82df23da3e92439e590e43e761b33e910fb8" },
	{ "RFC 4868 2.7.2, AUTH512-2", "null-sha512",
	  "4a6566654a6566654a6566654a6566654a6566654a6566654a6566654a656665"
	  "4a6566654a6566654a6566654a6566654a6566654a6566654a6566654a656665",
	  "7768617420646f2079612077616e7420666f72206e6f7468696e673f",
	  "cb370917ae8a7ce28cfd1d8f4705d6141c173b2a9362c15df235dfb251b15454" },
	{ "RFC 4868 2.7.2, AUTH512-3", "null-sha512",
	  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	  "dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"
	  "dddddddddddddddddddddddddddddddddddd",
	  "2ee7acd783624ca9398710f3ee05ae41b9f9b0510c87e49e586cc9bf961733d8" },
	{ "RFC 4868 2.7.2, AUTH512-4", "null-sha512",
	  "0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20"
	  "2122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f40",
	  "cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd"
	  "cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd",
	  "5e6688e5a3daec826ca32eaea224eff5e700628947470e13ad01302561bab108" },
	{ "RFC 3566 4.6, case 1", "null-xcbc", "000102030405060708090a0b0c0d0e0f", "",
	  "75f0251d528ac01c4573dfd5" },
	{ "RFC 3566 4.6, case 2", "null-xcbc", "000102030405060708090a0b0c0d0e0f", "000102",
	  "5b376580ae2f19afe7219cee" },
	{ "RFC 3566 4.6, case 3", "null-xcbc", "000102030405060708090a0b0c0d0e0f",
	  "000102030405060708090a0b0c0d0e0f", "d2a246fa349b68a79998a439" },
	{ "RFC 3566 4.6, case 4", "null-xcbc", "000102030405060708090a0b0c0d0e0f",
	  "000102030405060708090a0b0c0d0e0f10111213", "47f51b4564966215b8985c63" },
	{ "RFC 3566 4.6, case 5", "null-xcbc", "000102030405060708090a0b0c0d0e0f",
	  "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
	  "f54f0ec8d2b9f3d36807734b" },
	{ "RFC 3566 4.6, case 6", "null-xcbc", "000102030405060708090a0b0c0d0e0f",
	  "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
	  "2021",
	  "becbb3bccdb518a30677d548" },
	{ "RFC 4494 5, case 1 (RFC 4493 4)", "null-cmac", "2b7e151628aed2a6abf7158809cf4f3c", "",
	  "bb1d6929e95937287fa37d12" },
	{ "RFC 4494 5, case 2 (RFC 4493 4)", "null-cmac", "2b7e151628aed2a6abf7158809cf4f3c",
	  "6bc1bee22e409f96e93d7e117393172a", "070a16b46b4d4144f79bdd9d" },
	{ "RFC 4494 5, case 3 (RFC 4493 4)", "null-cmac", "2b7e151628aed2a6abf7158809cf4f3c",
	  "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
	  "30c81c46a35ce411",
	  "dfa66747de9ae63030ca3261" },
	{ "RFC 4494 5, case 4 (RFC 4493 4)", "null-cmac", "2b7e151628aed2a6abf7158809cf4f3c",
	  "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
	  "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710",
	  "51f0bebf7e3b9d92fc497417" },
};

static void mac_is(const struct mac_case *c, const uint8_t *data, size_t len)
{
	struct sa *sa = fx_sa_of_hex(SA_OUT, c->suite, c->key);
	uint8_t buf[PACKET_MAX], icv[32];
	struct esp_job j = { .sa = sa, .hdr = buf, .payload = buf, .icv = buf + len };

	memcpy(buf, data, len);
	CU_ASSERT_EQUAL(unit_hex(icv, sizeof(icv), c->icv), sa->suite->icv_len);
	/* Twice: the first packet must leave the key's state as it was. */
	for (int i = 0; i < 2; i++) {
		memset(j.icv, 0, sa->suite->icv_len);
		esp_engine->encrypt(&j, 1);
		CU_ASSERT_EQUAL(j.result, 0);
		CU_ASSERT_EQUAL(memcmp(j.icv, icv, sa->suite->icv_len), 0);
		if (memcmp(j.icv, icv, sa->suite->icv_len) != 0)
			printf("%s differs\n", c->source);
		esp_engine->decrypt(&j, 1);
		CU_ASSERT_EQUAL(j.result, 0);
	}
	j.icv[sa->suite->icv_len - 1] ^= 1;
	esp_engine->decrypt(&j, 1);
	CU_ASSERT_EQUAL(j.result, -EBADMSG);
	sa_free(sa);
}

static void authenticators(void)
{
	for (size_t i = 0; i < sizeof(mac_cases) / sizeof(mac_cases[0]); i++) {
		uint8_t data[PACKET_MAX];

		mac_is(&mac_cases[i], data, unit_hex(data, sizeof(data), mac_cases[i].data));
	}
}

static void xcbc_of_a_thousand_zeros(void)
{
	static const struct mac_case c = { "RFC 3566 4.6, case 7", "null-xcbc",
					   "000102030405060708090a0b0c0d0e0f", NULL,
					   "f0dafee895db30253761103b" };
	static const uint8_t zeros[1000];

	mac_is(&c, zeros, sizeof(zeros));
}

/* ---- ciphers: the authenticator beside them is ours ---- */

static const struct cipher_case {
	const char *source, *suite, *keymat, *iv, *plain, *cipher;
} cipher_cases[] = {
	{ "RFC 3686 6, vector 1", "aes128ctr-sha1", "ae6852f8121067cc4bf7a5765577f39e00000030",
	  "0000000000000000", "53696e676c6520626c6f636b206d7367",
	  "e4095d4fb7a7b3792d6175a3261311b8" },
	{ "RFC 3686 6, vector 2", "aes128ctr-sha1", "7e24067817fae0d743d6ce1f32539163006cb6db",
	  "c0543b59da48d90b", "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
	  "5104a106168a72d9790d41ee8edad388eb2e1efc46da57c8fce630df9141be28" },
	{ "RFC 3686 6, vector 3", "aes128ctr-sha1", "7691be035e5020a8ac6e618529f9a0dc00e0017b",
	  "27777f3f4a1786f0",
	  "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
	  "20212223",
	  "c1cf48a89f2ffdd9cf4652e9efdb72d74540a42bde6d7836d59a5ceaaef31053"
	  "25b2072f" },
	{ "RFC 3686 6, vector 7", "aes256ctr-sha1",
	  "776beff2851db06f4c8a0542c8696f6c6a81af1eec96b4d37fc1d689e6c1c104"
	  "00000060",
	  "db5672c97aa8f0b2", "53696e676c6520626c6f636b206d7367",
	  "145ad01dbf824ec7560863dc71e3e0c0" },
	{ "RFC 3686 6, vector 8", "aes256ctr-sha1",
	  "f6d66d6bd52d59bb0796365879eff886c66dd51a5b6a99744b50590c87a23884"
	  "00faac24",
	  "c1585ef15a43d875", "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
	  "f05e231b3894612c49ee000b804eb2a9b8306b508f839d6a5530831d9344af1c" },
	{ "RFC 3686 6, vector 9", "aes256ctr-sha1",
	  "ff7a617ce69148e4f1726e2f43581de2aa62d9f805532edff1eed687fb54153d"
	  "001cc5b7",
	  "51a51d70a1c11148",
	  "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
	  "20212223",
	  "eb6c52821d0bbbf7ce7594462aca4faab407df866569fd07f48cc0b583d6071f"
	  "1ec0e6b8" },
	{ "FIPS 81, Table C1 (CBC)", "des-sha1", "0123456789abcdef", "1234567890abcdef",
	  "4e6f77206973207468652074696d6520666f7220616c6c20",
	  "e5c7cdde872bf27c43e934008c389c0f683788499a7c05f6" },
	{ "SP 800-67 B.1, block 1 (ECB: CBC of one block with a zero IV)", "3des-sha1",
	  "0123456789abcdef23456789abcdef01456789abcdef0123", "0000000000000000",
	  "5468652071756663", "a826fd8ce53b855f" },
	{ "SP 800-67 B.1, block 2 (ECB: CBC of one block with a zero IV)", "3des-sha1",
	  "0123456789abcdef23456789abcdef01456789abcdef0123", "0000000000000000",
	  "6b2062726f776e20", "cce21c8112256fe6" },
	{ "SP 800-67 B.1, block 3 (ECB: CBC of one block with a zero IV)", "3des-sha1",
	  "0123456789abcdef23456789abcdef01456789abcdef0123", "0000000000000000",
	  "666f78206a756d70", "68d5c05dd9b6b900" },
	{ "RFC 2410 2.5, case 1", "null-sha1", "", "", "0123456789abcdef", "0123456789abcdef" },
	{ "RFC 2410 2.5, case 2", "null-sha1", "", "",
	  "4e6574776f726b2053656375726974792050656f706c65204861766520412053"
	  "7472616e67652053656e7365204f662048756d6f72",
	  "4e6574776f726b2053656375726974792050656f706c65204861766520412053"
	  "7472616e67652053656e7365204f662048756d6f72" },
};

static void ciphers(void)
{
	for (size_t i = 0; i < sizeof(cipher_cases) / sizeof(cipher_cases[0]); i++) {
		const struct cipher_case *c = &cipher_cases[i];
		struct sa *out = fx_sa_of_hex(SA_OUT, c->suite, c->keymat);
		struct sa *in = fx_sa_of_hex(SA_IN, c->suite, c->keymat);
		uint8_t buf[PACKET_MAX] = { 0 }, plain[PACKET_MAX], cipher[PACKET_MAX];
		size_t n = unit_hex(plain, sizeof(plain), c->plain);
		struct esp_job j = fx_job_over(
			out, buf, FX_ESP_HDR_LEN + out->suite->iv_len + n + out->suite->icv_len);

		CU_ASSERT_EQUAL(unit_hex(cipher, sizeof(cipher), c->cipher), n);
		unit_hex(j.iv, out->suite->iv_len, c->iv);
		memcpy(j.payload, plain, n);
		esp_engine->encrypt(&j, 1);
		CU_ASSERT_EQUAL(j.result, 0);
		CU_ASSERT_EQUAL(memcmp(j.payload, cipher, n), 0);
		if (memcmp(j.payload, cipher, n) != 0)
			printf("%s differs\n", c->source);
		j.sa = in;
		esp_engine->decrypt(&j, 1);
		CU_ASSERT_EQUAL(j.result, 0);
		CU_ASSERT_EQUAL(memcmp(j.payload, plain, n), 0);
		sa_free(in);
		sa_free(out);
	}
}

struct cbc_case {
	const char *key, *header, *iv, *plain, *cipher;
	uint8_t next_header;
};

/* RFC 3602 4: cases 1 to 4 are cipher text, 5 to 8 ESP packets (without ICV). */
static const struct cbc_case cbc_cases[] = {
	{ .key = "06a9214036b8a15b512e03d534120006",
	  .iv = "3dafba429d9eb430b422da802c9fac41",
	  .plain = "53696e676c6520626c6f636b206d7367",
	  .cipher = "e353779c1079aeb82708942dbe77181a" },
	{ .key = "c286696d887c9aa0611bbb3e2025a45a",
	  .iv = "562e17996d093d28ddb3ba695a2e6f58",
	  .plain = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
	  .cipher = "d296cd94c2cccf8a3a863028b5e1dc0a7586602d253cfff91b8266bea6d61ab1" },
	{ .key = "6c3ea0477630ce21a2ce334aa746c2cd",
	  .iv = "c782dc4c098c66cbd9cd27d825682c81",
	  .plain =
		  "5468697320697320612034382d62797465206d657373616765202865786163746c79203320414553"
		  "20626c6f636b7329",
	  .cipher = "d0a02b3836451753d493665d33f0e8862dea54cdb293abc7506939276772f8d5"
		    "021c19216bad525c8579695d83ba2684" },
	{ .key = "56e47a38c5598974bc46903dba290349",
	  .iv = "8ce82eefbea0da3c44699ed7db51b7d9",
	  .plain = "a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebf"
		   "c0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedf",
	  .cipher = "c30e32ffedc0774e6aff6af0869f71aa0f3af07a9a31a9c684db207eb0ef8e4e"
		    "35907aa632c3ffdf868bb7b29d3d46ad83ce9f9a102ee99d49a53e87f4c3da55" },
	{ .key = "90d382b410eeba7ad938c46cec1a82bf",
	  .header = "0000432100000001",
	  .iv = "e96e8c08ab465763fd098d45dd3ff893",
	  .plain = "08000ebda70a00008e9c083db95b070008090a0b0c0d0e0f1011121314151617"
		   "18191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f3031323334353637"
		   "0102030405060708090a0b0c0d0e0e01",
	  .cipher = "f663c25d325c18c6a9453e194e120849a4870b66cc6b9965330013b4898dc856"
		    "a4699e523a55db080b59ec3a8e4b7e52775b07d1db34ed9c538ab50c551b874a"
		    "a269add047ad2d5913ac19b7cfbad4a6",
	  .next_header = 1 },
	{ .key = "90d382b410eeba7ad938c46cec1a82bf",
	  .header = "0000432100000008",
	  .iv = "69d08df7d203329db093fc4924e5bd80",
	  .plain = "0800b5e8a80a0500a69c083d0b660e0077777777777777777777777701020201",
	  .cipher = "f51995881ec4e0c4488987ce742e8109689bb379d2d750c0d915dca346a89f75",
	  .next_header = 1 },
	{ .key = "0123456789abcdef0123456789abcdef",
	  .header = "0000876500000002",
	  .iv = "f4e765244f6407adf13dc1380f673f37",
	  .plain = "45000054090400004001f988c0a87b03c0a87bc808009f76a90a0100b49c083d"
		   "02a2040008090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20212223"
		   "2425262728292a2b2c2d2e2f30313233343536370102030405060708090a0a04",
	  .cipher = "773b5241a4c449225e4f3ce5ed611b0c237ca96cf74a93013c1b0ea1a0cf70f8"
		    "e4ecaec78ac53aad7a0f022b859243c647752e94a859352b8a4d4d2decd136e5"
		    "c177f132ad3fbfb2201ac9904c74ee0a109e0ca1e4dfe9d5a100b842f1c22f0d",
	  .next_header = 4 },
	{ .key = "0123456789abcdef0123456789abcdef",
	  .header = "0000876500000005",
	  .iv = "85d47224b5f3dd5d2101d4ea8dffab22",
	  .plain = "45000044090c00004001f990c0a87b03c0a87bc80800d63caa0a0200c69c083d"
		   "a3de0300ffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
		   "ffffffff0102030405060708090a0a04",
	  .cipher = "15b92683819596a8047232cc00f7048fe45318e11f8a0f62ede3c3fc61203bb5"
		    "0f980a08c9843fd3a1b06d5c07ff9639b7eb7dfb3512e5de435e7207ed971ef3"
		    "d2726d9b5ef6affc6d17a0decbb13892",
	  .next_header = 4 },
};

/* Through esp_in(), with the ICV that our engine made: the cases have none. */
static void cbc_packet_is_received(const struct cbc_case *c, const uint8_t *packet, uint32_t len)
{
	struct sa *sa = fx_sa_of_hex(SA_IN, "aes128-sha1", c->key);
	struct pkt_batch b = { 0 };
	uint8_t plain[PACKET_MAX];
	size_t n = unit_hex(plain, sizeof(plain), c->plain);
	struct fx fx;

	fx_init(&fx);
	sa->next_header = c->next_header;
	pkt_batch_add(&b, fx_pkt(&fx, sa, packet, len));
	esp_in(fx.esp, &b);
	CU_ASSERT_EQUAL_FATAL(b.n, 1);
	CU_ASSERT_EQUAL(b.pkt[0]->len, n - 2 - plain[n - 2]);
	CU_ASSERT_EQUAL(memcmp(b.pkt[0]->data, plain, b.pkt[0]->len), 0);
	pkt_batch_free(&b);
	fx_exit(&fx);
	sa_free(sa);
}

static void aes_cbc_of_rfc_3602(void)
{
	for (size_t i = 0; i < sizeof(cbc_cases) / sizeof(cbc_cases[0]); i++) {
		const struct cbc_case *c = &cbc_cases[i];
		struct sa *sa = fx_sa_of_hex(SA_OUT, "aes128-sha1", c->key);
		uint8_t buf[PACKET_MAX] = { 0 }, cipher[PACKET_MAX];
		size_t n = unit_hex(cipher, sizeof(cipher), c->cipher);
		size_t len = FX_ESP_HDR_LEN + 16 + n + sa->suite->icv_len;
		struct esp_job j = fx_job_over(sa, buf, len);

		if (c->header)
			unit_hex(buf, FX_ESP_HDR_LEN, c->header);
		unit_hex(j.iv, 16, c->iv);
		CU_ASSERT_EQUAL(unit_hex(j.payload, n, c->plain), n);
		esp_engine->encrypt(&j, 1);
		CU_ASSERT_EQUAL(j.result, 0);
		CU_ASSERT_EQUAL(memcmp(j.payload, cipher, n), 0);
		if (c->header)
			cbc_packet_is_received(c, buf, (uint32_t)len);
		sa_free(sa);
	}
}

/* ---- whole ESP packets of combined modes ---- */

static const struct packet_case {
	const char *source, *suite;
	uint64_t seq; /* the whole number */
	bool esn;
	uint8_t next_header;
	const char *keymat, *packet, *payload;
} packet_cases[] = {
	{ "draft-mcgrew-gcm-test-01 4, case 1", "aes128gcm16", 0x8765432100000000, true, 1,
	  "4c80cdefbb5d10da906ac73c3613a6342e443b68",
	  "00004321000000004956ed7e3b244cfefecf537e729d5b07dc30df528dd22b76"
	  "8d1b98736696a6fd348509fa13ceac34cfa2436f14a3f3cf65925bf1f4a13c5d"
	  "15b21e1884f5ff6247aeabb786b93bce61bc17d768fd9732459018148f6cbe72"
	  "2fd04796562dfdb4",
	  "45000048699a000080114db7c0a80102c0a801010a9bf15638d3010000010000"
	  "00000000045f736970045f756470037369700963796265726369747902646b00"
	  "00210001" },
	{ "draft-mcgrew-gcm-test-01 4, case 2", "aes128gcm16", 0x0000000a, false, 1,
	  "feffe9928665731c6d6a8f9467308308cafebabe",
	  "0000a5f80000000afacedbaddecaf888deb22cd9b07c72c16e3a65beeb8df304"
	  "a5a5897d33ae530f1ba76d5d114d2a5c3de81827c10e9a4f51330d0eec416642"
	  "cfbb85a5b47e48a4ec3b9ba95d918bd183b70d3aa8bc6ee4c309e9d85a41ad4a",
	  "4500003e698f000080114dccc0a80102c0a801010a980035002a2343b2d00100"
	  "0001000000000000037369700963796265726369747902646b0000010001" },
	{ "draft-mcgrew-gcm-test-01 4, case 3", "aes256gcm16", 0x00000002, false, 1,
	  "abbccddef00112233445566778899aababbccddef00112233445566778899aab"
	  "11223344",
	  "4a2cbfe3000000020102030405060708ff425c9b724599df7a3bcd510194e00d"
	  "6a78107f1b0b1cbf06efae9d65a5d763748a637985771d347f0545659f14e99d"
	  "ef842d8eb335f4eecfdbf831824b4c4915956c96",
	  "4500003069a6400080062690c0a801029389155e0a9e008b2dc57ee000000000"
	  "7002400020bf0000020405b401010402" },
	{ "draft-mcgrew-gcm-test-01 4, case 4", "aes128gcm16", 0x00000001, false, 1,
	  "0000000000000000000000000000000000000000",
	  "000000000000000100000000000000004688daf2f973a392732909c331d56d60"
	  "f694abaa414b5e7ff5fdcdfff5e9a284456476492719ffb64de7d9dca1e1d894"
	  "bc3bd57873ed4d181d19d4d5c8c18af3f821d496eeb096e98ad2b69e4799c71d",
	  "4500003c99c500008001cb7a40679318010101010800075c0200440061626364"
	  "65666768696a6b6c6d6e6f7071727374757677616263646566676869" },
	{ "draft-mcgrew-gcm-test-01 4, case 5", "aes128gcm16", 0x1010101010101010, true, 1,
	  "3de09874b388e6491988d0c3607eae1f57690e43",
	  "42f67e3f101010104e280000a2fca1a3fba2caa4853cf9f0f22cb10d86dd83b0"
	  "fec75691cf1a04b00d1138ec9c35791765acbd8701ad79845bf9fe3fba487bc9"
	  "1755e6662b4c8d0d1f5e22739530320ae0d731cc978ecafaeae88f00e80d6e48",
	  "4500003c99c300008001cb7c40679318010101010800085c0200430061626364"
	  "65666768696a6b6c6d6e6f7071727374757677616263646566676869" },
	{ "draft-mcgrew-gcm-test-01 4, case 6", "aes128gcm16", 0x1010101010101010, true, 1,
	  "3de09874b388e6491988d0c3607eae1f57690e43",
	  "42f67e3f101010104e280000a2fca1a3fba2ca845e5df9f0f22c3e6e86dd831e"
	  "1fc65792cd1af9130e1379ed369f071f35e034be95f112e4e7d05d35",
	  "4500001c42a200008001441f406793b6e00000020a00f5ff" },
	{ "draft-mcgrew-gcm-test-01 4, case 8", "aes128gcm16", 0x0000000000000001, true, 1,
	  "abbccddef00112233445566778899aabdecaf888",
	  "0000010000000001cafedebaceface7418a6fd42f72cbf4ab2a2ea901f73d814"
	  "e3e7f243d95412e1c349c1d2fbec168f9190feebaf2cb01984e65863965d7472"
	  "b79da345e0e780191f0d2f0e0f496c226f2127b27db35724e7845d68651f57e6"
	  "5f354f75ff17015769623436",
	  "4500004933ba00007f119106c3fb1d10c2b1d326c02831ce0035dd7b800302d5"
	  "00004e20001e8c18d75b81dc91baa0476b91b924b280389d92c963bac046ec95"
	  "9b6266c04722b14923" },
	{ "draft-mcgrew-gcm-test-01 4, case 9", "aes256gcm16", 0x156f3126dd0db99b, true, 1,
	  "abbccddef00112233445566778899aababbccddef00112233445566778899aab"
	  "73616c74",
	  "17405e67dd0db99b616e640169766563f2d69ecdbd5a0d5b8d5ef38bad4da58d"
	  "1f278fde98ef67549d524a3018d9a57ff4d3a31ce673119e451626c2415771e3"
	  "b7eebca614c89b35",
	  "45080028732c00004006e9f90a0106120a01038f06b88023dd6bafbecb712602"
	  "50101f646d54" },
	{ "draft-mcgrew-gcm-test-01 4, case 10", "aes128gcm16", 0x1010101010101010, true, 1,
	  "3de09874b388e6491988d0c3607eae1f57690e43",
	  "42f67e3f101010104e280000a2fca1a3fba2cad12fc1f9f00d3cebf305410db8"
	  "3d7784b607323d220f24b0a97d54182800cadb0f68d99ef0e0c0c89ae9bea888"
	  "4e52d65bc1afd0740f742444747b5b39ab533163aad4550ee5160975cdb608c5"
	  "769189609763b8e18caa81e2",
	  "45000049333e00007f119182c3fb1d10c2b1d326c02831ce0035cb458003025b"
	  "000001e0001e8c18d65759d52284a0352c71475c8880391c764d6e5ee0496b32"
	  "5ae270c03899493915" },
	{ "draft-mcgrew-gcm-test-01 4, case 11", "aes256gcm16", 0x156f3126dd0db99b, true, 1,
	  "abbccddef00112233445566778899aababbccddef00112233445566778899aab"
	  "73616c74",
	  "17405e67dd0db99b616e640169766563d4b7ed86a1777f2ea13d6973d324c69e"
	  "7b43f826fb56831226508bebd2dceb18d0a6df10e5487df074113e14c641024e"
	  "3e6773d91a62ee429b043a10e3efe6b012a49363412364f8c0cac587f249e56b"
	  "11e24f30e44ccc76",
	  "636973636f0172756c657301746865016e6574776501646566696e6501746865"
	  "746563686e6f6c6f67696573017468617477696c6c01646566696e65746f6d6f"
	  "72726f77" },
	{ "draft-mcgrew-gcm-test-01 4, case 12", "aes128gcm16", 0xffffffff, false, 1,
	  "7d773d00c144c525ac619d18c84a3f47d9664267",
	  "335467aeffffffff43457e9182443bc6437f866bcb3f699fe9b0822bac961c45"
	  "04bef270",
	  "" },
	{ "draft-mcgrew-gcm-test-01 4, case 13", "aes128gcm16", 0x0000000000000001, true, 1,
	  "abbccddef00112233445566778899aabdecaf888",
	  "0000010000000001cafedebaceface7429c9fc69a197d038ccdd14e2ddfcaa05"
	  "43332164412503524303ed3c6c5f283843af8c3e",
	  "746f016265016f72016e6f7401746f016265" },
	{ "draft-mcgrew-gcm-test-01 4, case 14", "aes256gcm16", 0xffffffffffffffff, true, 1,
	  "6c6567616c697a656d6172696a75616e61616e64646f69746265666f72656961"
	  "7475726e",
	  "796b6963ffffffff333021696765746df97ab2aa356d8edce17644ac8c78e25d"
	  "d24dedbb29ebf1b64a274b39b49c3a864cd3d78ca4ae68a32b42458fb57dbe82"
	  "1dcc63b9d0937ba2945f669368661a329fb4c053",
	  "45000030da3a00008001df3bc0a80005c0a800010800c6cd0200070061626364"
	  "65666768696a6b6c6d6e6f7071727374" },
	{ "draft-mcgrew-gcm-test-01 5 (AES-GMAC)", "aes128gmac", 0x00000007, false, 1,
	  "4c80cdefbb5d10da906ac73c3613a63422433c64",
	  "0000432100000007000000000000000045000030da3a00008001df3bc0a80005"
	  "c0a800010800c6cd020007006162636465666768696a6b6c6d6e6f7071727374"
	  "01020201f2a9a836e155106aa8dcd618e4099aaa",
	  "45000030da3a00008001df3bc0a80005c0a800010800c6cd0200070061626364"
	  "65666768696a6b6c6d6e6f7071727374" },
	{ "RFC 7634 A", "chacha20poly1305", 0x00000005, false, 4,
	  "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f"
	  "a0a1a2a3",
	  "0102030400000005101112131415161724039428b97f417e3c13753a4f05087b"
	  "67c352e6a7fab1b982d466ef407ae5c614ee8099d52844eb61aa95dfab4c02f7"
	  "2aa71e7c4c4f64c9befe2facc638e8f3cbec163fac469b502773f6fb94e664da"
	  "9165b82829f641e076aaa8266b7fb0f7b11b369907e1ad43",
	  "45000054a6f200004001e778c6336405c000020508005b7a3a080000553bec10"
	  "0007362708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20212223"
	  "2425262728292a2b2c2d2e2f3031323334353637" },
};

static struct sa *packet_sa(const struct packet_case *c, enum sa_dir dir, struct rd *r)
{
	struct sa *sa = fx_sa_of_hex(dir, c->suite, c->keymat);

	/* One of them has SPI 0, which sa_new() refuses. */
	sa->spi = rd_u32(r);
	CU_ASSERT_EQUAL(rd_u32(r), (uint32_t)c->seq);
	sa->next_header = c->next_header;
	sa->esn = c->esn;
	return sa;
}

static void packet_in(struct fx *fx, const struct packet_case *c, const uint8_t *packet,
		      uint32_t len)
{
	struct rd r = rd_init(packet, len);
	struct sa *sa = packet_sa(c, SA_IN, &r);
	struct pkt_batch b = { 0 };
	uint8_t payload[PACKET_MAX];
	size_t n = unit_hex(payload, sizeof(payload), c->payload);

	sa->hot.replay.top = c->seq - 1;
	pkt_batch_add(&b, fx_pkt(fx, sa, packet, len));
	esp_in(fx->esp, &b);
	CU_ASSERT_EQUAL(b.n, 1);
	if (b.n == 1) {
		CU_ASSERT_EQUAL(b.pkt[0]->len, n);
		CU_ASSERT_EQUAL(memcmp(b.pkt[0]->data, payload, n), 0);
	} else {
		printf("%s is not received\n", c->source);
	}
	pkt_batch_free(&b);
	sa_free(sa);
}

/* SPI, sequence number, IV and ICV: octet for octet. */
static void packet_out(struct fx *fx, const struct packet_case *c, const uint8_t *packet,
		       uint32_t len)
{
	struct rd r = rd_init(packet, len);
	struct sa *sa = packet_sa(c, SA_OUT, &r);
	struct pkt_batch b = { 0 };
	uint8_t payload[PACKET_MAX];
	size_t n = unit_hex(payload, sizeof(payload), c->payload);

	sa->hot.seq = c->seq - 1;
	sa->hot.iv_counter = rd_u64(&r) - 1;
	pkt_batch_add(&b, fx_pkt(fx, sa, payload, (uint32_t)n));
	esp_out(fx->esp, &b);
	CU_ASSERT_EQUAL(b.n, 1);
	if (b.n == 1) {
		CU_ASSERT_EQUAL(b.pkt[0]->len, len);
		CU_ASSERT_EQUAL(memcmp(b.pkt[0]->data, packet, len), 0);
	} else {
		printf("%s is not sent\n", c->source);
	}
	pkt_batch_free(&b);
	sa_free(sa);
}

static void packets_of_combined_modes(void)
{
	struct fx fx;

	fx_init(&fx);
	for (size_t i = 0; i < sizeof(packet_cases) / sizeof(packet_cases[0]); i++) {
		uint8_t packet[PACKET_MAX];
		uint32_t len = (uint32_t)unit_hex(packet, sizeof(packet), packet_cases[i].packet);

		packet_in(&fx, &packet_cases[i], packet, len);
		packet_out(&fx, &packet_cases[i], packet, len);
	}
	fx_exit(&fx);
}

static const struct unit_case cases[] = {
	{ "authenticators: RFC 2202, RFC 4868 2.7.2, RFC 3566 4.6, RFC 4494 5", authenticators },
	{ "AES-XCBC of a thousand zeros: RFC 3566 4.6", xcbc_of_a_thousand_zeros },
	{ "ciphers: RFC 3686 6, FIPS 81, SP 800-67 B.1, RFC 2410 2.5", ciphers },
	{ "AES-CBC and its ESP packets: RFC 3602 4", aes_cbc_of_rfc_3602 },
	{ "ESP packets: draft-mcgrew-gcm-test-01, RFC 7634 A", packets_of_combined_modes },
};

UNIT_MAIN("ipsec/published", cases)
