/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <unistd.h>

#include <openssl/core_names.h>
#include <openssl/dh.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <osmocom/core/select.h>

#include "ipsec/ike/crypto_pool.h"
#include "ipsec/ike/dh.h"
#include "tests/unit/unit.h"
#include "tests/vectors/ike_vectors.h"

/* ---- known answers ---- */

static const struct {
	uint16_t group;
	const char *priv, *pub, *peer, *secret;
} curve_vectors[] = {
	/* RFC 5903 8.1: i, g^i, g^r, girx */
	{ 19, "C88F01F510D9AC3F70A292DAA2316DE544E9AAB8AFE84049C62A9C57862D1433",
	  "DAD0B65394221CF9B051E1FECA5787D098DFE637FC90B9EF945D0C3772581180"
	  "5271A0461CDB8252D61F1C456FA3E59AB1F45B33ACCF5F58389E0577B8990BB3",
	  "D12DFB5289C8D4F81208B70270398C342296970A0BCCB74C736FC7554494BF63"
	  "56FBF3CA366CC23E8157854C13C58D6AAC23F046ADA30F8353E74F33039872AB",
	  "D6840F6B42F6EDAFD13116E0E12565202FEF8E9ECE7DCE03812464D04B9442DE" },
	/* 8.2: r, g^r, g^i, girx */
	{ 20,
	  "41CB0779B4BDB85D47846725FBEC3C9430FAB46CC8DC5060855CC9BDA0AA2942"
	  "E0308312916B8ED2960E4BD55A7448FC",
	  "E558DBEF53EECDE3D3FCCFC1AEA08A89A987475D12FD950D83CFA41732BC509D"
	  "0D1AC43A0336DEF96FDA41D0774A3571"
	  "DCFBEC7AACF3196472169E838430367F66EEBE3C6E70C416DD5F0C68759DD1FF"
	  "F83FA40142209DFF5EAAD96DB9E6386C",
	  "667842D7D180AC2CDE6F74F37551F55755C7645C20EF73E31634FE72B4C55EE6"
	  "DE3AC808ACB4BDB4C88732AEE95F41AA"
	  "9482ED1FC0EEB9CAFC4984625CCFC23F65032149E0E144ADA024181535A0F38E"
	  "EB9FCFF3C2C947DAE69B4C634573A81C",
	  "11187331C279962D93D604243FD592CB9D0A926F422E47187521287E7156C5C4"
	  "D603135569B9E9D09CF5D4A270F59746" },
	/* 8.3: i, g^i, g^r, girx */
	{ 21,
	  "0037ADE9319A89F4DABDB3EF411AACCCA5123C61ACAB57B5393DCE47608172A0"
	  "95AA85A30FE1C2952C6771D937BA9777F5957B2639BAB072462F68C27A57382D4A52",
	  "0015417E84DBF28C0AD3C278713349DC7DF153C897A1891BD98BAB4357C9ECBE"
	  "E1E3BF42E00B8E380AEAE57C2D107564941885942AF5A7F4601723C4195D176CED3E"
	  "017CAE20B6641D2EEB695786D8C946146239D099E18E1D5A514C739D7CB4A10A"
	  "D8A788015AC405D7799DC75E7B7D5B6CF2261A6A7F1507438BF01BEB6CA3926F9582",
	  "00D0B3975AC4B799F5BEA16D5E13E9AF971D5E9B984C9F39728B5E5739735A21"
	  "9B97C356436ADC6E95BB0352F6BE64A6C2912D4EF2D0433CED2B6171640012D9460F"
	  "015C68226383956E3BD066E797B623C27CE0EAC2F551A10C2C724D9852077B87"
	  "220B6536C5C408A1D2AEBB8E86D678AE49CB57091F4732296579AB44FCD17F0FC56A",
	  "01144C7D79AE6956BC8EDB8E7C787C4521CB086FA64407F97894E5E6B2D79B04"
	  "D1427E73CA4BAA240A34786859810C06B3C715A3A8CC3151F2BEE417996D19F3DDEA" },
	/* RFC 7748 6.1 */
	{ 31, "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a",
	  "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a",
	  "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f",
	  "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742" },
};

static void answer(uint16_t group, const char *priv, const char *pub, const char *peer,
		   const char *secret)
{
	const struct ike_group *g = ike_group_by_id(group);
	uint8_t x[512], want_pub[512], theirs[512], want[512], got[IKE_DH_SECRET_MAX];
	size_t x_len = unit_hex(x, sizeof(x), priv);
	struct ike_dh *dh;

	CU_ASSERT_EQUAL(unit_hex(want_pub, sizeof(want_pub), pub), g->pub_len);
	CU_ASSERT_EQUAL(unit_hex(theirs, sizeof(theirs), peer), g->pub_len);
	CU_ASSERT_EQUAL(unit_hex(want, sizeof(want), secret), g->secret_len);
	CU_ASSERT_EQUAL_FATAL(ike_dh_import(&dh, g, x, x_len), 0);
	CU_ASSERT_PTR_EQUAL(ike_dh_group(dh), g);
	CU_ASSERT_EQUAL(memcmp(ike_dh_public(dh), want_pub, g->pub_len), 0);
	CU_ASSERT_EQUAL(ike_dh_derive(dh, theirs, g->pub_len, got), 0);
	CU_ASSERT_EQUAL(memcmp(got, want, g->secret_len), 0);
	for (size_t len = 0; len < g->pub_len; len++)
		CU_ASSERT_EQUAL(ike_dh_derive(dh, theirs, len, got), -EBADMSG);
	ike_dh_free(dh);
}

static void known_answers_of_curves(void)
{
	for (size_t i = 0; i < sizeof(curve_vectors) / sizeof(curve_vectors[0]); i++)
		answer(curve_vectors[i].group, curve_vectors[i].priv, curve_vectors[i].pub,
		       curve_vectors[i].peer, curve_vectors[i].secret);
}

static void known_answers_of_modp(void)
{
	for (size_t i = 0; i < sizeof(ike_dh_vectors) / sizeof(ike_dh_vectors[0]); i++)
		answer((uint16_t)ike_dh_vectors[i].group, ike_dh_vectors[i].priv,
		       ike_dh_vectors[i].pub, ike_dh_vectors[i].peer, ike_dh_vectors[i].secret);
}

/* EVP goes another way: through libcrypto's key objects, with its own checks. */
static void secrets_are_those_of_evp(void)
{
	static const struct {
		uint16_t group;
		const char *type, *name;
	} rows[] = {
		{ 5, "DH", "modp_1536" },  { 14, "DH", "modp_2048" }, { 15, "DH", "modp_3072" },
		{ 16, "DH", "modp_4096" }, { 19, "EC", "P-256" },     { 20, "EC", "P-384" },
		{ 21, "EC", "P-521" },	   { 31, "X25519", NULL },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct ike_group *g = ike_group_by_id(rows[i].group);
		OSSL_PARAM params[] = { OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME,
									 (char *)rows[i].name, 0),
					OSSL_PARAM_construct_end() };
		EVP_PKEY_CTX *make = EVP_PKEY_CTX_new_from_name(NULL, rows[i].type, NULL), *use;
		EVP_PKEY *theirs = NULL, *ours = EVP_PKEY_new();
		uint8_t pub[1 + IKE_DH_PUB_MAX] = { 4 }, s1[IKE_DH_SECRET_MAX],
				s2[IKE_DH_SECRET_MAX];
		size_t point = rows[i].group >= 19 && rows[i].group <= 21, len;
		struct ike_dh *dh;

		CU_ASSERT_EQUAL_FATAL(EVP_PKEY_keygen_init(make), 1);
		if (rows[i].name)
			CU_ASSERT_EQUAL(EVP_PKEY_CTX_set_params(make, params), 1);
		CU_ASSERT_EQUAL_FATAL(EVP_PKEY_generate(make, &theirs), 1);
		CU_ASSERT_EQUAL_FATAL(ike_dh_generate(&dh, g), 0);
		memcpy(pub + point, ike_dh_public(dh), g->pub_len);
		CU_ASSERT_EQUAL_FATAL(EVP_PKEY_copy_parameters(ours, theirs), 1);
		CU_ASSERT_EQUAL_FATAL(
			EVP_PKEY_set1_encoded_public_key(ours, pub, point + g->pub_len), 1);
		use = EVP_PKEY_CTX_new(theirs, NULL);
		CU_ASSERT_EQUAL_FATAL(EVP_PKEY_derive_init(use), 1);
		if (!strcmp(rows[i].type, "DH"))
			EVP_PKEY_CTX_set_dh_pad(use, 1);
		CU_ASSERT_EQUAL(EVP_PKEY_derive_set_peer(use, ours), 1);
		len = sizeof(s1);
		CU_ASSERT_EQUAL(EVP_PKEY_derive(use, s1, &len), 1);
		CU_ASSERT_EQUAL(len, g->secret_len);
		CU_ASSERT_EQUAL(EVP_PKEY_get_octet_string_param(theirs,
								OSSL_PKEY_PARAM_ENCODED_PUBLIC_KEY,
								pub, sizeof(pub), &len),
				1);
		CU_ASSERT_EQUAL(len, point + g->pub_len);
		CU_ASSERT_EQUAL(ike_dh_derive(dh, pub + point, g->pub_len, s2), 0);
		CU_ASSERT_EQUAL(memcmp(s1, s2, g->secret_len), 0);
		ike_dh_free(dh);
		EVP_PKEY_CTX_free(use);
		EVP_PKEY_CTX_free(make);
		EVP_PKEY_free(ours);
		EVP_PKEY_free(theirs);
	}
}

/* ---- hostile values ---- */

/* 0, 1, p-1, p, p+1 and all ones are refused, 2 and p-2 are not. */
static void modp_values_out_of_range_are_refused(void)
{
	for (size_t i = 0; i < sizeof(ike_dh_vectors) / sizeof(ike_dh_vectors[0]); i++) {
		const struct ike_group *g = ike_group_by_id((uint16_t)ike_dh_vectors[i].group);
		uint8_t peer[512] = { 0 }, secret[IKE_DH_SECRET_MAX];
		size_t last = g->pub_len - 1;
		struct ike_dh *dh;

		CU_ASSERT_EQUAL_FATAL(ike_dh_generate(&dh, g), 0);
		CU_ASSERT_EQUAL(ike_dh_derive(dh, peer, g->pub_len, secret), -EBADMSG);
		peer[last] = 1;
		CU_ASSERT_EQUAL(ike_dh_derive(dh, peer, g->pub_len, secret), -EBADMSG);
		peer[last] = 2;
		CU_ASSERT_EQUAL(ike_dh_derive(dh, peer, g->pub_len, secret), 0);
		unit_hex(peer, sizeof(peer), ike_dh_vectors[i].prime);
		CU_ASSERT_EQUAL(ike_dh_derive(dh, peer, g->pub_len, secret), -EBADMSG);
		peer[last] -= 1;
		CU_ASSERT_EQUAL(ike_dh_derive(dh, peer, g->pub_len, secret), -EBADMSG);
		peer[last] -= 1;
		CU_ASSERT_EQUAL(ike_dh_derive(dh, peer, g->pub_len, secret), 0);
		memset(peer, 0xff, sizeof(peer));
		CU_ASSERT_EQUAL(ike_dh_derive(dh, peer, g->pub_len, secret), -EBADMSG);
		ike_dh_free(dh);
	}
}

static void what_is_no_point_of_the_curve_is_refused(void)
{
	for (size_t i = 0; curve_vectors[i].group != 31; i++) {
		const struct ike_group *g = ike_group_by_id(curve_vectors[i].group);
		uint8_t peer[512] = { 0 }, secret[IKE_DH_SECRET_MAX];
		struct ike_dh *dh;

		CU_ASSERT_EQUAL_FATAL(ike_dh_generate(&dh, g), 0);
		/* What some write for infinity. */
		CU_ASSERT_EQUAL(ike_dh_derive(dh, peer, g->pub_len, secret), -EBADMSG);
		memset(peer, 0xff, sizeof(peer));
		CU_ASSERT_EQUAL(ike_dh_derive(dh, peer, g->pub_len, secret), -EBADMSG);
		unit_hex(peer, sizeof(peer), curve_vectors[i].peer);
		for (size_t k = 0; k < g->pub_len; k++) {
			peer[k] ^= 1;
			CU_ASSERT_EQUAL(ike_dh_derive(dh, peer, g->pub_len, secret), -EBADMSG);
			peer[k] ^= 1;
		}
		CU_ASSERT_EQUAL(ike_dh_derive(dh, peer, g->pub_len, secret), 0);
		ike_dh_free(dh);
	}
}

/* x + p is the same element of the field, but not its encoding (RFC 6989 2.3). */
static void a_coordinate_not_below_the_prime_is_refused(void)
{
	const struct ike_group *g = ike_group_by_id(19);
	EC_GROUP *ec = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1);
	EC_POINT *point = EC_POINT_new(ec);
	BIGNUM *x = BN_new(), *y = BN_new();
	uint8_t peer[64], secret[IKE_DH_SECRET_MAX];
	struct ike_dh *dh;

	BN_zero(x);
	while (EC_POINT_set_compressed_coordinates(ec, point, x, 0, NULL) != 1)
		BN_add_word(x, 1);
	EC_POINT_get_affine_coordinates(ec, point, x, y, NULL);
	CU_ASSERT_EQUAL_FATAL(ike_dh_generate(&dh, g), 0);
	BN_bn2binpad(x, peer, 32);
	BN_bn2binpad(y, peer + 32, 32);
	CU_ASSERT_EQUAL(ike_dh_derive(dh, peer, 64, secret), 0);
	BN_add(x, x, EC_GROUP_get0_field(ec));
	CU_ASSERT_EQUAL_FATAL(BN_bn2binpad(x, peer, 32), 32);
	CU_ASSERT_EQUAL(ike_dh_derive(dh, peer, 64, secret), -EBADMSG);
	ike_dh_free(dh);
	BN_free(x);
	BN_free(y);
	EC_POINT_free(point);
	EC_GROUP_free(ec);
}

/* Points of order 1, 2, 4 and 8, and what is congruent to them (RFC 7748 6.1). */
static void x25519_points_of_small_order_are_refused(void)
{
	static const char *const low[] = {
		"0000000000000000000000000000000000000000000000000000000000000000",
		"0100000000000000000000000000000000000000000000000000000000000000",
		"e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
		"5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
		"ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
		"edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
		"eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	};
	struct ike_dh *dh;

	CU_ASSERT_EQUAL_FATAL(ike_dh_generate(&dh, ike_group_by_id(31)), 0);
	for (size_t i = 0; i < sizeof(low) / sizeof(low[0]); i++) {
		uint8_t peer[32], secret[IKE_DH_SECRET_MAX];

		unit_hex(peer, sizeof(peer), low[i]);
		CU_ASSERT_EQUAL(ike_dh_derive(dh, peer, 32, secret), -EBADMSG);
		peer[31] |= 0x80; /* is not looked at */
		CU_ASSERT_EQUAL(ike_dh_derive(dh, peer, 32, secret), -EBADMSG);
	}
	ike_dh_free(dh);
}

static void the_table_of_groups(void)
{
	unsigned int n = 0;

	for (const struct ike_group *g = ike_groups; g->name; g++, n++) {
		CU_ASSERT_PTR_EQUAL(ike_group_by_id(g->id), g);
		CU_ASSERT(g->pub_len <= IKE_DH_PUB_MAX && g->secret_len <= IKE_DH_SECRET_MAX);
		CU_ASSERT_EQUAL(g->weak, g->id <= 5);
		CU_ASSERT_EQUAL(g->unassigned, g->id == 31);
	}
	CU_ASSERT_EQUAL(n, IKE_GROUPS);
	CU_ASSERT_PTR_NULL(ike_group_by_id(0));
	CU_ASSERT_PTR_NULL(ike_group_by_id(3));
}

static void two_fresh_keys_agree_and_differ(void)
{
	for (const struct ike_group *g = ike_groups; g->name; g++) {
		uint8_t s1[IKE_DH_SECRET_MAX], s2[IKE_DH_SECRET_MAX];
		struct ike_dh *a, *b;

		CU_ASSERT_EQUAL_FATAL(ike_dh_generate(&a, g), 0);
		CU_ASSERT_EQUAL_FATAL(ike_dh_generate(&b, g), 0);
		CU_ASSERT_NOT_EQUAL(memcmp(ike_dh_public(a), ike_dh_public(b), g->pub_len), 0);
		CU_ASSERT_EQUAL(ike_dh_derive(a, ike_dh_public(b), g->pub_len, s1), 0);
		CU_ASSERT_EQUAL(ike_dh_derive(b, ike_dh_public(a), g->pub_len, s2), 0);
		CU_ASSERT_EQUAL(memcmp(s1, s2, g->secret_len), 0);
		ike_dh_free(a);
		ike_dh_free(b);
	}
}

/* ---- the pool ---- */

struct result {
	unsigned int done;
	int rc;
	struct ike_dh *dh;
	uint8_t secret[IKE_DH_SECRET_MAX];
};

static void done_cb(struct ike_job *job, void *priv)
{
	struct result *r = priv;

	r->done++;
	r->rc = job->rc;
	r->dh = job->dh;
	job->dh = NULL;
	if (job->derive)
		memcpy(r->secret, job->secret, sizeof(r->secret));
}

static void wait_for(const struct result *r, unsigned int n)
{
	for (int i = 0; i < 10000 && r->done < n; i++)
		osmo_select_main(0);
	CU_ASSERT_EQUAL(r->done, n);
}

static void jobs_come_back_to_the_control_thread(void)
{
	static const unsigned int threads[] = { 0, 1, 3 };
	const struct ike_group *g = ike_group_by_id(14);

	for (int i = 0; i < 3; i++) {
		struct result a = { 0 }, b = { 0 };
		struct ike_pool *pool;

		CU_ASSERT_EQUAL_FATAL(ike_pool_new(&pool, threads[i]), 0);
		ike_pool_submit(pool, g, NULL, NULL, 0, done_cb, &a);
		CU_ASSERT_EQUAL(a.done, 0); /* never at once */
		wait_for(&a, 1);
		CU_ASSERT_EQUAL(a.rc, 0);
		/* The responder makes its key and the secret in one. */
		ike_pool_submit(pool, g, NULL, ike_dh_public(a.dh), g->pub_len, done_cb, &b);
		wait_for(&b, 1);
		ike_pool_submit(pool, g, a.dh, ike_dh_public(b.dh), g->pub_len, done_cb, &a);
		wait_for(&a, 2);
		CU_ASSERT_EQUAL(memcmp(a.secret, b.secret, g->secret_len), 0);
		ike_dh_free(a.dh);
		ike_dh_free(b.dh);
		ike_pool_free(pool);
	}
}

static void cancelled_jobs_never_come_back(void)
{
	static const unsigned int threads[] = { 0, 2 };
	const struct ike_group *g = ike_group_by_id(19);

	for (int i = 0; i < 2; i++) {
		struct result gone = { 0 }, last = { 0 };
		struct ike_pool *pool;

		CU_ASSERT_EQUAL_FATAL(ike_pool_new(&pool, threads[i]), 0);
		for (int k = 0; k < 20; k++)
			ike_job_cancel(ike_pool_submit(pool, g, NULL, NULL, 0, done_cb, &gone));
		ike_pool_submit(pool, g, NULL, NULL, 0, done_cb, &last);
		wait_for(&last, 1);
		CU_ASSERT_EQUAL(gone.done, 0);
		ike_dh_free(last.dh);
		/* Freed with work in it. */
		for (int k = 0; k < 20; k++)
			ike_pool_submit(pool, g, NULL, NULL, 0, done_cb, &gone);
		ike_pool_free(pool);
		CU_ASSERT_EQUAL(gone.done, 0);
	}
	ike_job_cancel(NULL);
}

static struct ike_pool_info info_of(struct ike_pool *pool)
{
	struct ike_pool_info i;

	ike_pool_info(pool, &i);
	return i;
}

static void wait_for_stock(struct ike_pool *pool, size_t row)
{
	for (int i = 0; i < 10000 && info_of(pool).stock[row].ready < IKE_STOCK_MAX; i++)
		usleep(1000);
	CU_ASSERT_EQUAL(info_of(pool).stock[row].ready, IKE_STOCK_MAX);
}

static void idle_threads_stock_key_pairs_of_groups_in_use(void)
{
	const struct ike_group *g = ike_group_by_id(19);
	size_t row = (size_t)(g - ike_groups);
	uint8_t seen[2 * IKE_STOCK_MAX][64];
	unsigned int n = 2 * IKE_STOCK_MAX;
	struct ike_pool *pool;

	CU_ASSERT_EQUAL_FATAL(ike_pool_new(&pool, 2), 0);
	for (unsigned int i = 0; i < n; i++) {
		struct result r = { 0 };

		ike_pool_submit(pool, g, NULL, NULL, 0, done_cb, &r);
		wait_for(&r, 1);
		memcpy(seen[i], ike_dh_public(r.dh), 64);
		ike_dh_free(r.dh);
		for (unsigned int k = 0; k < i; k++) /* each is used once */
			CU_ASSERT_NOT_EQUAL(memcmp(seen[k], seen[i], 64), 0);
		if (i == 0)
			wait_for_stock(pool, row);
	}
	wait_for_stock(pool, row);
	CU_ASSERT_EQUAL(info_of(pool).stock[row].taken + info_of(pool).stock[row].missed, n);
	CU_ASSERT(info_of(pool).stock[row].taken >= IKE_STOCK_MAX);
	CU_ASSERT(info_of(pool).stock[row].missed >= 1);
	for (size_t i = 0; i < IKE_GROUPS; i++)
		CU_ASSERT_EQUAL(info_of(pool).stock[i].ready, i == row ? IKE_STOCK_MAX : 0);
	CU_ASSERT_EQUAL(info_of(pool).done, n);
	CU_ASSERT_EQUAL(info_of(pool).threads, 2);
	/* Ready pairs are wiped and freed with it: the sanitizer sees. */
	ike_pool_free(pool);
}

/* One thread, many jobs at once: none of them is kept waiting by a stock that runs low. */
static void jobs_come_before_the_stock(void)
{
	const struct ike_group *g = ike_group_by_id(14);
	size_t row = (size_t)(g - ike_groups);
	struct result r[40] = { 0 };
	struct ike_pool_info info;
	struct ike_pool *pool;

	CU_ASSERT_EQUAL_FATAL(ike_pool_new(&pool, 1), 0);
	for (int i = 0; i < 40; i++)
		ike_pool_submit(pool, g, NULL, NULL, 0, done_cb, &r[i]);
	info = info_of(pool);
	CU_ASSERT(info.waiting + info.working + info.done == 40);
	CU_ASSERT(info.waiting_most > 0);
	for (int i = 0; i < 40; i++)
		wait_for(&r[i], 1);
	info = info_of(pool);
	CU_ASSERT_EQUAL(info.waiting + info.working, 0);
	/* Nothing was stocked while they waited; before the last came there may have been time. */
	CU_ASSERT(info.stock[row].missed >= 40 - IKE_STOCK_MAX);
	for (int i = 0; i < 40; i++)
		ike_dh_free(r[i].dh);
	ike_pool_free(pool);
}

static const struct unit_case cases[] = {
	{ "the table of groups", the_table_of_groups },
	{ "known answers of RFC 5903 8 and RFC 7748 6.1", known_answers_of_curves },
	{ "known answers of MODP groups with primes from their formula", known_answers_of_modp },
	{ "secrets are those of EVP", secrets_are_those_of_evp },
	{ "MODP values out of range are refused", modp_values_out_of_range_are_refused },
	{ "what is no point of the curve is refused", what_is_no_point_of_the_curve_is_refused },
	{ "a coordinate not below the prime is refused",
	  a_coordinate_not_below_the_prime_is_refused },
	{ "X25519 points of small order are refused", x25519_points_of_small_order_are_refused },
	{ "two fresh keys agree and differ", two_fresh_keys_agree_and_differ },
	{ "jobs come back to the control thread", jobs_come_back_to_the_control_thread },
	{ "cancelled jobs never come back", cancelled_jobs_never_come_back },
	{ "idle threads stock key pairs of groups in use",
	  idle_threads_stock_key_pairs_of_groups_in_use },
	{ "jobs come before the stock", jobs_come_before_the_stock },
};

UNIT_MAIN("ipsec/ike_dh", cases)
