/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <unistd.h>

#include <osmocom/core/select.h>

#include "ipsec/ike/crypto_pool.h"
#include "ipsec/ike/dh.h"
#include "tests/unit/unit.h"
#include "tests/vectors/ike_vectors.h"

/* RFC 5903 8.1 */
static const char ecp_i[] = "C88F01F510D9AC3F70A292DAA2316DE544E9AAB8AFE84049C62A9C57862D1433";
static const char ecp_gi[] = "DAD0B65394221CF9B051E1FECA5787D098DFE637FC90B9EF945D0C3772581180"
			     "5271A0461CDB8252D61F1C456FA3E59AB1F45B33ACCF5F58389E0577B8990BB3";
static const char ecp_gr[] = "D12DFB5289C8D4F81208B70270398C342296970A0BCCB74C736FC7554494BF63"
			     "56FBF3CA366CC23E8157854C13C58D6AAC23F046ADA30F8353E74F33039872AB";
static const char ecp_gir[] = "D6840F6B42F6EDAFD13116E0E12565202FEF8E9ECE7DCE03812464D04B9442DE";

static void ecp256_known_answer(void)
{
	uint8_t priv[32], pub[64], peer[64], want[32], secret[IKE_DH_SECRET_MAX];
	struct ike_dh *dh;

	unit_hex(priv, sizeof(priv), ecp_i);
	unit_hex(pub, sizeof(pub), ecp_gi);
	unit_hex(peer, sizeof(peer), ecp_gr);
	unit_hex(want, sizeof(want), ecp_gir);
	CU_ASSERT_EQUAL_FATAL(ike_dh_import(&dh, ike_group_by_id(19), priv, 32, pub, 64), 0);
	CU_ASSERT_EQUAL(memcmp(ike_dh_public(dh), pub, 64), 0);
	CU_ASSERT_EQUAL(ike_dh_derive(dh, peer, 64, secret), 0);
	CU_ASSERT_EQUAL(memcmp(secret, want, 32), 0);
	ike_dh_free(dh);
}

static void ecp256_refuses_what_is_no_point(void)
{
	uint8_t peer[64] = { 0 }, secret[IKE_DH_SECRET_MAX];
	struct ike_dh *dh;

	CU_ASSERT_EQUAL_FATAL(ike_dh_generate(&dh, ike_group_by_id(19)), 0);
	CU_ASSERT_EQUAL(ike_dh_derive(dh, peer, 64, secret), -EBADMSG);
	memset(peer, 0xff, sizeof(peer));
	CU_ASSERT_EQUAL(ike_dh_derive(dh, peer, 64, secret), -EBADMSG);
	unit_hex(peer, sizeof(peer), ecp_gr);
	for (int i = 0; i < 64; i++) {
		peer[i] ^= 1;
		CU_ASSERT_EQUAL(ike_dh_derive(dh, peer, 64, secret), -EBADMSG);
		peer[i] ^= 1;
	}
	for (size_t len = 0; len < 64; len++)
		CU_ASSERT_EQUAL(ike_dh_derive(dh, peer, len, secret), -EBADMSG);
	ike_dh_free(dh);
}

static void modp_known_answers(void)
{
	for (size_t i = 0; i < sizeof(ike_dh_vectors) / sizeof(ike_dh_vectors[0]); i++) {
		const struct ike_group *g = ike_group_by_id((uint16_t)ike_dh_vectors[i].group);
		uint8_t priv[32], pub[384], peer[384], want[384], secret[IKE_DH_SECRET_MAX];
		struct ike_dh *dh;

		unit_hex(priv, sizeof(priv), ike_dh_vectors[i].priv);
		CU_ASSERT_EQUAL(unit_hex(pub, sizeof(pub), ike_dh_vectors[i].pub), g->pub_len);
		unit_hex(peer, sizeof(peer), ike_dh_vectors[i].peer);
		unit_hex(want, sizeof(want), ike_dh_vectors[i].secret);
		CU_ASSERT_EQUAL_FATAL(ike_dh_import(&dh, g, priv, 32, NULL, 0), 0);
		CU_ASSERT_EQUAL(memcmp(ike_dh_public(dh), pub, g->pub_len), 0);
		CU_ASSERT_EQUAL(ike_dh_derive(dh, peer, g->pub_len, secret), 0);
		CU_ASSERT_EQUAL(memcmp(secret, want, g->secret_len), 0);
		ike_dh_free(dh);
	}
}

/* 0, 1, p-1, p, p+1 and all ones are refused, 2 and p-2 are not. */
static void modp_values_out_of_range_are_refused(void)
{
	for (size_t i = 0; i < sizeof(ike_dh_vectors) / sizeof(ike_dh_vectors[0]); i++) {
		const struct ike_group *g = ike_group_by_id((uint16_t)ike_dh_vectors[i].group);
		uint8_t peer[384] = { 0 }, secret[IKE_DH_SECRET_MAX];
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
		CU_ASSERT_EQUAL(ike_dh_derive(dh, peer, g->pub_len - 1, secret), -EBADMSG);
		ike_dh_free(dh);
	}
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

static const struct unit_case cases[] = {
	{ "ECP-256 known answer of RFC 5903 8.1", ecp256_known_answer },
	{ "ECP-256 refuses what is no point of the curve", ecp256_refuses_what_is_no_point },
	{ "MODP known answers", modp_known_answers },
	{ "MODP values out of range are refused", modp_values_out_of_range_are_refused },
	{ "two fresh keys agree and differ", two_fresh_keys_agree_and_differ },
	{ "jobs come back to the control thread", jobs_come_back_to_the_control_thread },
	{ "cancelled jobs never come back", cancelled_jobs_never_come_back },
};

UNIT_MAIN("ipsec/ike_dh", cases)
