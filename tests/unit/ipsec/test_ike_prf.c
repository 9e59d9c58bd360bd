/* SPDX-License-Identifier: GPL-2.0-or-later */

/* HMAC against published values; what RFC 2409 grows from it, for which there are none, against
 * tests/vectors/make_ike_vectors.py, which has the same inputs. */

#include <errno.h>

#include <openssl/hmac.h>

#include "ipsec/ike/prf.h"
#include "tests/unit/unit.h"
#include "tests/vectors/ike_vectors.h"

enum {
	N = sizeof(ike_key_vectors) / sizeof(ike_key_vectors[0]),
	N_SIGNATURE = sizeof(ike_signature_vectors) / sizeof(ike_signature_vectors[0]),
	PRF_KEY_MAX = 131,
};

static uint8_t ni[32], nr[16], ke_i[256], ke_r[256], gxy[256], pfs[32];
static const uint8_t ci[8] = { 1, 2, 3, 4, 5, 6, 7, 8 };
static const uint8_t cr[8] = { 0xa1, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7, 0xa8 };
static const struct ike_iov sai = { "the body of the SA payload", 26 };
static const struct ike_iov id = { "\x02\x00\x00\x00"
				   "alice.example",
				   17 };
static const struct ike_iov rest = { "what follows the hash payload", 29 };
static const struct ike_iov none;
static const uint32_t msgid = 0xdeadbeef, spi = 0x12345678;

/* Of each length the first: DES, AES. Keys of 24 octets are AES-192's and triple DES's alike. */
static const struct ike_cipher *cipher_of(size_t enc_len)
{
	return enc_len == 8 ? ike_cipher_by_id(1, 0) : ike_cipher_by_id(7, (uint16_t)(8 * enc_len));
}

static struct ike_key_input input(size_t enc_len)
{
	for (unsigned int i = 0; i < 256; i++) {
		if (i < 32)
			ni[i] = (uint8_t)(0x10 + i);
		if (i < 16)
			nr[i] = (uint8_t)(0x80 + i);
		if (i < 32)
			pfs[i] = (uint8_t)(17 * i + 9);
		ke_i[i] = (uint8_t)(7 * i + 1);
		ke_r[i] = (uint8_t)(11 * i + 5);
		gxy[i] = (uint8_t)(13 * i + 3);
	}
	return (struct ike_key_input){ .psk = (const uint8_t *)"a pre-shared key",
				       .psk_len = 16,
				       .ni = { ni, sizeof(ni) },
				       .nr = { nr, sizeof(nr) },
				       .ke_i = { ke_i, sizeof(ke_i) },
				       .ke_r = { ke_r, sizeof(ke_r) },
				       .secret = { gxy, sizeof(gxy) },
				       .icookie = ci,
				       .rcookie = cr,
				       .cipher = cipher_of(enc_len) };
}

static void is(const uint8_t *got, const char *want)
{
	uint8_t w[512];
	size_t n = unit_hex(w, sizeof(w), want);

	CU_ASSERT_EQUAL(memcmp(got, w, n), 0);
}

/* HMAC as published: a key is an octet so many times, or these. */
static const struct {
	const char *source;
	uint16_t hash;
	uint8_t key_octet;
	size_t key_len;
	const char *key, *data;
	uint8_t data_octet;
	const char *out;
} prf_cases[] = {
	{ "RFC 2202 3, case 1", 2, 0x0b, 20, NULL, "Hi There", 0,
	  "b617318655057264e28bc0b6fb378c8ef146be00" },
	{ "RFC 2202 3, case 2", 2, 0, 4, "Jefe", "what do ya want for nothing?", 0,
	  "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79" },
	{ "RFC 2202 3, case 3", 2, 0xaa, 20, NULL, NULL, 0xdd,
	  "125d7342b9ac11cd91a39af48aa17b4f63f175d3" },
	{ "RFC 2202 3, case 4", 2, 0, 25,
	  "\1\2\3\4\5\6\7\10\11\12\13\14\15\16\17\20\21\22\23\24\25\26\27\30\31", NULL, 0xcd,
	  "4c9007f4026250c6bc8414f9bf50c86c2d7235da" },
	{ "RFC 2202 3, case 5", 2, 0x0c, 20, NULL, "Test With Truncation", 0,
	  "4c1a03424b55e07fe7f27be1d58bb9324a9a5a04" },
	{ "RFC 2202 3, case 6", 2, 0xaa, 80, NULL,
	  "Test Using Larger Than Block-Size Key - Hash Key First", 0,
	  "aa4ae5e15272d00e95705637ce8a3b55ed402112" },
	{ "RFC 2202 3, case 7", 2, 0xaa, 80, NULL,
	  "Test Using Larger Than Block-Size Key and Larger Than One Block-Size Data", 0,
	  "e8e99d0f45237d786d6bbaa7965c7808bbff1a91" },
	{ "RFC 4868 2.7.1, PRF-1", 4, 0x0b, 20, NULL, "Hi There", 0,
	  "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7" },
	{ "RFC 4868 2.7.1, PRF-2", 4, 0, 4, "Jefe", "what do ya want for nothing?", 0,
	  "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843" },
	{ "RFC 4868 2.7.1, PRF-3", 4, 0xaa, 20, NULL, NULL, 0xdd,
	  "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe" },
	{ "RFC 4868 2.7.1, PRF-4", 4, 0, 25,
	  "\1\2\3\4\5\6\7\10\11\12\13\14\15\16\17\20\21\22\23\24\25\26\27\30\31", NULL, 0xcd,
	  "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b" },
	{ "RFC 4868 2.7.1, PRF-5", 4, 0xaa, 131, NULL,
	  "Test Using Larger Than Block-Size Key - Hash Key First", 0,
	  "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54" },
	{ "RFC 4868 2.7.1, PRF-6", 4, 0xaa, 131, NULL,
	  "This is a test using a larger than block-size key and a larger than block-size data. The key needs to be hashed before being used by the HMAC algorithm.",
	  0, "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2" },
	{ "RFC 4868 2.7.1, PRF-1", 5, 0x0b, 20, NULL, "Hi There", 0,
	  "afd03944d84895626b0825f4ab46907f15f9dadbe4101ec682aa034c7cebc59c"
	  "faea9ea9076ede7f4af152e8b2fa9cb6" },
	{ "RFC 4868 2.7.1, PRF-2", 5, 0, 4, "Jefe", "what do ya want for nothing?", 0,
	  "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e"
	  "8e2240ca5e69e2c78b3239ecfab21649" },
	{ "RFC 4868 2.7.1, PRF-3", 5, 0xaa, 20, NULL, NULL, 0xdd,
	  "88062608d3e6ad8a0aa2ace014c8a86f0aa635d947ac9febe83ef4e55966144b"
	  "2a5ab39dc13814b94e3ab6e101a34f27" },
	{ "RFC 4868 2.7.1, PRF-4", 5, 0, 25,
	  "\1\2\3\4\5\6\7\10\11\12\13\14\15\16\17\20\21\22\23\24\25\26\27\30\31", NULL, 0xcd,
	  "3e8a69b7783c25851933ab6290af6ca77a9981480850009cc5577c6e1f573b4e"
	  "6801dd23c4a7d679ccf8a386c674cffb" },
	{ "RFC 4868 2.7.1, PRF-5", 5, 0xaa, 131, NULL,
	  "Test Using Larger Than Block-Size Key - Hash Key First", 0,
	  "4ece084485813e9088d2c63a041bc5b44f9ef1012a2b588f3cd11f05033ac4c6"
	  "0c2ef6ab4030fe8296248df163f44952" },
	{ "RFC 4868 2.7.1, PRF-6", 5, 0xaa, 131, NULL,
	  "This is a test using a larger than block-size key and a larger than block-size data. The key needs to be hashed before being used by the HMAC algorithm.",
	  0,
	  "6617178e941f020d351e2f254e8fd32c602420feb0b8fb9adccebb82461e99c5"
	  "a678cc31e799176d3860e6110c46523e" },
};

static void the_prf_is_hmac_as_published(void)
{
	for (size_t i = 0; i < sizeof(prf_cases) / sizeof(prf_cases[0]); i++) {
		uint8_t key[PRF_KEY_MAX], data[50], out[IKE_HASH_MAX];
		const struct ike_hash *h = ike_hash_by_id(prf_cases[i].hash);
		const char *text = prf_cases[i].data;
		struct ike_iov v[3];
		size_t len = text ? strlen(text) : sizeof(data);

		memset(key, prf_cases[i].key_octet, sizeof(key));
		if (prf_cases[i].key)
			memcpy(key, prf_cases[i].key, prf_cases[i].key_len);
		memset(data, prf_cases[i].data_octet, sizeof(data));
		/* In three pieces, as messages are hashed. */
		v[0] = (struct ike_iov){ text ? text : (const char *)data, 3 };
		v[1] = (struct ike_iov){ NULL, 0 };
		v[2] = (struct ike_iov){ (const char *)v[0].p + 3, len - 3 };
		CU_ASSERT_EQUAL(ike_prf(h, key, prf_cases[i].key_len, v, 3, out), 0);
		is(out, prf_cases[i].out);
	}
}

static void skeyids_cipher_key_and_iv(void)
{
	for (int i = 0; i < N; i++) {
		struct ike_key_input in = input(ike_key_vectors[i].enc_len);
		const struct ike_hash *h = ike_hash_by_id((uint16_t)ike_key_vectors[i].hash);
		struct ike_keys k;
		uint8_t iv[IKE_BLOCK];

		CU_ASSERT_EQUAL(ike_keys_derive(&k, h, &in), 0);
		is(k.skeyid, ike_key_vectors[i].skeyid);
		is(k.d, ike_key_vectors[i].d);
		is(k.a, ike_key_vectors[i].a);
		is(k.e, ike_key_vectors[i].e);
		/* With SHA-1 and AES-256 the key is longer than the hash: Ka of App. B. */
		CU_ASSERT_EQUAL(k.cipher->key_len, ike_key_vectors[i].enc_len);
		is(k.enc, ike_key_vectors[i].enc);
		is(k.iv, ike_key_vectors[i].iv);
		CU_ASSERT_EQUAL(ike_phase2_iv(iv, h, k.cipher, k.iv, msgid), 0);
		is(iv, ike_key_vectors[i].phase2_iv);
	}
}

static void skeyid_of_signatures_grows_from_the_nonces(void)
{
	for (int i = 0; i < N_SIGNATURE; i++) {
		const struct ike_hash *h = ike_hash_by_id((uint16_t)ike_signature_vectors[i].hash);
		struct ike_key_input in = input(ike_signature_vectors[i].enc_len);
		uint8_t out[IKE_HASH_MAX];
		struct ike_keys k, again;

		in.signature = true;
		CU_ASSERT_EQUAL(ike_keys_derive(&k, h, &in), 0);
		is(k.skeyid, ike_signature_vectors[i].skeyid);
		is(k.d, ike_signature_vectors[i].d);
		is(k.a, ike_signature_vectors[i].a);
		is(k.e, ike_signature_vectors[i].e);
		is(k.enc, ike_signature_vectors[i].enc);
		CU_ASSERT_EQUAL(ike_auth_hash(out, h, &k, &in, true, sai, id), 0);
		is(out, ike_signature_vectors[i].hash_i);
		CU_ASSERT_EQUAL(ike_auth_hash(out, h, &k, &in, false, sai, id), 0);
		is(out, ike_signature_vectors[i].hash_r);
		/* No shared key is in it. */
		in.psk_len = 0;
		CU_ASSERT_EQUAL(ike_keys_derive(&again, h, &in), 0);
		CU_ASSERT_EQUAL(memcmp(k.enc, again.enc, k.cipher->key_len), 0);
		in.ni.len = IKE_NONCE_MAX + 1;
		CU_ASSERT_EQUAL(ike_keys_derive(&k, h, &in), -EIO);
	}
}

static void hashes_of_both_phases(void)
{
	for (int i = 0; i < N; i++) {
		struct ike_key_input in = input(ike_key_vectors[i].enc_len);
		const struct ike_hash *h = ike_hash_by_id((uint16_t)ike_key_vectors[i].hash);
		struct ike_keys k;
		uint8_t out[IKE_HASH_MAX];

		CU_ASSERT_EQUAL(ike_keys_derive(&k, h, &in), 0);
		CU_ASSERT_EQUAL(ike_auth_hash(out, h, &k, &in, true, sai, id), 0);
		is(out, ike_key_vectors[i].hash_i);
		CU_ASSERT_EQUAL(ike_auth_hash(out, h, &k, &in, false, sai, id), 0);
		is(out, ike_key_vectors[i].hash_r);
		CU_ASSERT_EQUAL(ike_phase2_hash(out, h, &k, msgid, none, rest), 0);
		is(out, ike_key_vectors[i].hash1);
		CU_ASSERT_EQUAL(ike_phase2_hash(out, h, &k, msgid, in.ni, rest), 0);
		is(out, ike_key_vectors[i].hash2);
		CU_ASSERT_EQUAL(ike_phase2_hash3(out, h, &k, msgid, in.ni, in.nr), 0);
		is(out, ike_key_vectors[i].hash3);
	}
}

static void keymat_of_any_length_with_and_without_pfs(void)
{
	for (int i = 0; i < N; i++) {
		struct ike_key_input in = input(ike_key_vectors[i].enc_len);
		const struct ike_hash *h = ike_hash_by_id((uint16_t)ike_key_vectors[i].hash);
		struct ike_iov secret = { pfs, sizeof(pfs) };
		uint8_t want[100], out[101];
		struct ike_keys k;

		CU_ASSERT_EQUAL(ike_keys_derive(&k, h, &in), 0);
		unit_hex(want, sizeof(want), ike_key_vectors[i].keymat);
		for (size_t len = 0; len <= 100; len++) {
			out[len] = 0x5a;
			CU_ASSERT_EQUAL(ike_keymat(out, len, h, &k, none, 3, spi, in.ni, in.nr), 0);
			CU_ASSERT_EQUAL(memcmp(out, want, len), 0);
			CU_ASSERT_EQUAL(out[len], 0x5a);
		}
		CU_ASSERT_EQUAL(ike_keymat(out, 64, h, &k, secret, 3, spi, in.ni, in.nr), 0);
		is(out, ike_key_vectors[i].keymat_pfs);
	}
}

/* RFC 2202 2 and 3, RFC 4231 4.7: case 6 of each. */
static void prf_with_a_key_longer_than_a_block(void)
{
	static const struct {
		uint16_t hash;
		size_t key_len;
		const char *mac;
	} rows[] = {
		{ 1, 80, "6b1ab7fe4bd7bf8f0b62e6ce61b9d0cd" },
		{ 2, 80, "aa4ae5e15272d00e95705637ce8a3b55ed402112" },
		{ 4, 131, "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54" },
		{ 5, 131,
		  "4ece084485813e9088d2c63a041bc5b44f9ef1012a2b588f3cd11f05033ac4c6"
		  "0c2ef6ab4030fe8296248df163f44952" },
		{ 6, 131,
		  "80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f352"
		  "6b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598" },
	};
	static const struct ike_iov data = {
		"Test Using Larger Than Block-Size Key - Hash Key First", 54
	};
	uint8_t key[131], out[IKE_HASH_MAX];

	memset(key, 0xaa, sizeof(key));
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		CU_ASSERT_EQUAL(
			ike_prf(ike_hash_by_id(rows[i].hash), key, rows[i].key_len, &data, 1, out),
			0);
		is(out, rows[i].mac);
	}
}

/* Each length around the hashes' blocks, in pieces of each length, against libcrypto's HMAC. */
static void prf_is_hmac_with_keys_of_any_length(void)
{
	uint8_t key[300], data[40], out[IKE_HASH_MAX], want[IKE_HASH_MAX];

	for (size_t i = 0; i < sizeof(key); i++)
		key[i] = (uint8_t)(5 * i + 3);
	memcpy(data, key + 100, sizeof(data));
	for (const struct ike_hash *h = ike_hashes; h->name; h++)
		for (size_t len = 0; len <= sizeof(key); len++) {
			size_t cut = len % sizeof(data);
			struct ike_iov v[] = { { data, cut },
					       { NULL, 0 },
					       { data + cut, sizeof(data) - cut } };
			unsigned int n;

			CU_ASSERT_PTR_NOT_NULL(HMAC(EVP_get_digestbyname(h->md), key, (int)len,
						    data, sizeof(data), want, &n));
			CU_ASSERT_EQUAL(ike_prf(h, key, len, v, 3, out), 0);
			CU_ASSERT_EQUAL(n, h->len);
			CU_ASSERT_EQUAL(memcmp(out, want, n), 0);
		}
}

static void unknown_hashes_are_not_found(void)
{
	CU_ASSERT(ike_hash_by_id(1)->weak);    /* MD5 */
	CU_ASSERT_PTR_NULL(ike_hash_by_id(3)); /* TIGER */
	CU_ASSERT_PTR_NULL(ike_cipher_by_id(7, 0));
	CU_ASSERT_PTR_NULL(ike_cipher_by_id(5, 192));
	CU_ASSERT_PTR_NULL(ike_cipher_by_id(2, 0)); /* IDEA */
	CU_ASSERT_PTR_NULL(ike_hash_by_id(0));
}

static const struct unit_case cases[] = {
	{ "the prf is HMAC as published: RFC 2202 3, RFC 4868 2.7.1",
	  the_prf_is_hmac_as_published },
	{ "SKEYIDs, cipher key (expanded where short) and IVs", skeyids_cipher_key_and_iv },
	{ "SKEYID of signatures grows from the nonces",
	  skeyid_of_signatures_grows_from_the_nonces },
	{ "HASH_I, HASH_R, HASH(1) to HASH(3)", hashes_of_both_phases },
	{ "KEYMAT of any length, with and without PFS", keymat_of_any_length_with_and_without_pfs },
	{ "prf with a key longer than a block", prf_with_a_key_longer_than_a_block },
	{ "prf is HMAC with keys of any length", prf_is_hmac_with_keys_of_any_length },
	{ "unknown hashes are not found", unknown_hashes_are_not_found },
};

UNIT_MAIN("ipsec/ike_prf", cases)
