/* SPDX-License-Identifier: GPL-2.0-or-later */

/* New Group Mode, as a peer would speak it: there is none that we know, so its messages are made here,
 * from RFC 2409 5.6 and App. A. */

#include <openssl/bn.h>
#include <talloc.h>

#include "ipsec/ike/ike_internal.h"
#include "tests/unit/ipsec/ike_pair.h"
#include "tests/unit/unit.h"

enum { BASIC = 0x8000, PRIVATE = 0x8001, PRIME_MAX = 512 };

/* Too large for a stack. */
static struct pair pair;
static struct ike_offer scratch;

/* What end 1 answered last. */
static struct {
	uint8_t buf[4096];
	size_t len;
	unsigned int n;
} last;

static enum pair_fate keep_answer(struct pair *p, int from, unsigned int serial, const uint8_t *msg,
				  size_t len, void *priv)
{
	(void)p, (void)serial, (void)priv;
	if (from == 1) {
		memcpy(last.buf, msg, len);
		last.len = len;
		last.n++;
	}
	return PAIR_PASS;
}

static uint64_t ctr(enum ike_counter c)
{
	return ike_peer_counter(pair.end[1].peer, c);
}

static struct ike_sa *sa_of(int end)
{
	return llist_first_entry(&pair.end[end].peer->sas, struct ike_sa, entry);
}

static void begin(void)
{
	pair_init(&pair);
	for (int i = 0; i < 2; i++)
		pair.end[i].profile.pfs_group = 14;
	pair_start(&pair);
	pair_up(&pair);
	CU_ASSERT(pair_run_up(&pair, 1000));
	pair.filter = keep_answer;
	memset(&last, 0, sizeof(last));
}

static void end(void)
{
	pair_free(&pair);
}

/* ---- the initiator ---- */

struct group {
	uint16_t number, type;
	const uint8_t *prime;
	size_t prime_len;
	uint16_t generator;
	uint16_t extra; /* one more attribute of this number, basic */
};

static const uint8_t *prime_of(BIGNUM *(*get)(BIGNUM *), size_t len)
{
	static uint8_t out[PRIME_MAX];
	BIGNUM *p = get(NULL);

	CU_ASSERT_EQUAL(BN_bn2binpad(p, out, (int)len), (int)len);
	BN_free(p);
	return out;
}

static void basic(struct wr *w, uint16_t type, uint16_t v)
{
	if (!type || !v)
		return;
	wr_u16(w, BASIC | type);
	wr_u16(w, v);
}

static void transform(struct wr *w, const struct group *g, uint8_t num, bool more)
{
	size_t at = w->len;

	wr_u8(w, more ? IKE_PL_TRANSFORM : 0);
	wr_zero(w, 3);
	wr_u8(w, num);
	wr_u8(w, IKE_TRANSFORM_KEY_IKE);
	wr_u16(w, 0);
	basic(w, 4, g->number);
	basic(w, 5, g->type);
	if (g->prime) {
		wr_u16(w, 6);
		wr_u16(w, (uint16_t)g->prime_len);
		wr_bytes(w, g->prime, g->prime_len);
	}
	basic(w, 7, g->generator);
	basic(w, g->extra, 1);
	wr_patch_u16(w, at + 2, (uint16_t)(w->len - at));
}

static void offer(struct wr *w, const struct group *g, unsigned int n)
{
	size_t at;

	wr_u32(w, IKE_DOI_IPSEC);
	wr_u32(w, 1);
	at = w->len;
	wr_zero(w, 4);
	wr_u8(w, 1);
	wr_u8(w, IKE_PROTO_ISAKMP);
	wr_u8(w, 0);
	wr_u8(w, (uint8_t)n);
	for (unsigned int i = 0; i < n; i++)
		transform(w, &g[i], (uint8_t)(i + 1), i + 1 < n);
	wr_patch_u16(w, at + 2, (uint16_t)(w->len - at));
}

/* IV of the answer: what message 1 left. */
static uint8_t next_iv[IKE_BLOCK];

/* Message 1 with these groups to end 1. spoil: a hash that is wrong. */
static void ask(uint32_t msgid, const struct group *g, unsigned int n, bool spoil)
{
	struct ike_sa *sa = sa_of(0);
	struct ike_hdr h = ike_sa_hdr(sa, IKE_X_NEW_GROUP, msgid);
	static const struct ike_iov none;
	const uint8_t zero[IKE_HASH_MAX] = { 0 };
	static uint8_t buf[8192];
	struct ike_build b;
	struct ike_iov rest;
	size_t at;
	int len;

	ike_build_begin(&b, buf, sizeof(buf), &h);
	ike_build_payload(&b, IKE_PL_HASH, zero, sa->hash->len);
	at = b.w.len;
	ike_build_open(&b, IKE_PL_SA);
	offer(&b.w, g, n);
	ike_build_close(&b);
	rest = (struct ike_iov){ buf + at, b.w.len - at };
	CU_ASSERT_EQUAL(ike_phase2_hash(buf + 32, sa->hash, &sa->keys, msgid, none, rest), 0);
	buf[32] ^= spoil;
	CU_ASSERT_EQUAL(ike_phase2_iv(next_iv, sa->hash, sa->keys.cipher, sa->iv, msgid), 0);
	len = ike_build_end(&b);
	len = ike_msg_seal(buf, (size_t)len, sizeof(buf), &sa->keys, next_iv);
	CU_ASSERT(len > 0);
	last.len = 0;
	ike_peer_rx(pair.end[1].peer, NULL, buf, (size_t)len);
}

/* The answer is message 2 and has transform num of n, as it was asked. */
static bool accepted(uint32_t msgid, const struct group *g, uint8_t num)
{
	struct ike_sa *sa = sa_of(0);
	static const struct ike_iov none;
	static uint8_t want[4096];
	struct wr w = wr_init(want, sizeof(want));
	const struct ike_payload *pl;
	struct ike_msg m = { .wire = NULL };
	bool ok;

	transform(&w, g, num, false);
	ok = last.len && ike_msg_init(&m, last.buf, last.len) == 0 && m.hdr.msgid == msgid &&
	     ike_msg_open(&m, &ike_rules[IKE_NG2], &sa->keys, next_iv) == 0 &&
	     ike_quick_hash_ok(sa, &m, IKE_NG2, none, none);
	if (ok) {
		pl = ike_payload_find(&m.pls, IKE_PL_SA, 0);
		ok = ike_offer_decode(&scratch, 1, pl->body, pl->len) == 0 && scratch.n == 1 &&
		     scratch.t[0].raw_len == w.len && memcmp(scratch.t[0].raw, want, w.len) == 0;
	}
	ike_msg_close(&m);
	return ok;
}

/* The answer is a protected notification of that type. */
static bool refused(uint16_t type)
{
	struct ike_sa *sa = sa_of(0);
	struct ike_notify_body n = { 0 };
	const struct ike_payload *pl;
	uint8_t iv[IKE_BLOCK];
	struct ike_msg m = { .wire = NULL };
	bool ok;

	ok = last.len && ike_msg_init(&m, last.buf, last.len) == 0 &&
	     ike_phase2_iv(iv, sa->hash, sa->keys.cipher, sa->iv, m.hdr.msgid) == 0 &&
	     ike_msg_open(&m, &ike_rules[IKE_INFO], &sa->keys, iv) == 0;
	if (ok) {
		pl = ike_payload_find(&m.pls, IKE_PL_NOTIFY, 0);
		ok = pl && ike_notify_decode(&n, pl->body, pl->len) == 0 && n.type == type;
	}
	ike_msg_close(&m);
	return ok;
}

/* ---- tests ---- */

static struct group modp2048(uint16_t number)
{
	return (struct group){ .number = number,
			       .type = 1,
			       .prime = prime_of(BN_get_rfc3526_prime_2048, 256),
			       .prime_len = 256,
			       .generator = 2 };
}

static void a_group_of_ours_gets_a_private_number(void)
{
	struct group g = modp2048(PRIVATE);

	begin();
	ask(77, &g, 1, false);
	CU_ASSERT(accepted(77, &g, 1));
	/* So in quick modes of this SA, and nowhere else. */
	scratch.n = 2;
	scratch.t[0] = scratch.t[1] = (struct ike_transform){ 0 };
	ike_transform_set(&scratch.t[0], IKE_ATTR_GROUP, PRIVATE);
	ike_transform_set(&scratch.t[1], IKE_ATTR_GROUP, PRIVATE + 1);
	ike_newgroup_translate(sa_of(1), &scratch);
	CU_ASSERT_EQUAL(scratch.t[0].v[IKE_ATTR_GROUP], 14);
	CU_ASSERT_EQUAL(scratch.t[1].v[IKE_ATTR_GROUP], PRIVATE + 1);
	ike_transform_set(&scratch.t[0], IKE_ATTR_GROUP, PRIVATE);
	ike_newgroup_translate(sa_of(0), &scratch);
	CU_ASSERT_EQUAL(scratch.t[0].v[IKE_ATTR_GROUP], PRIVATE);
	CU_ASSERT(pair_flows(&pair));
	end();
}

static void a_group_is_known_by_its_number_too(void)
{
	struct group g = { .number = 14 };

	begin();
	ask(5, &g, 1, false);
	CU_ASSERT(accepted(5, &g, 1));
	g.number = 19; /* of phase 1 */
	ask(6, &g, 1, false);
	CU_ASSERT(accepted(6, &g, 1));
	CU_ASSERT_EQUAL(sa_of(1)->n_private_groups, 0);
	end();
}

static void the_first_acceptable_of_several_is_chosen(void)
{
	struct group g[3] = { modp2048(PRIVATE), modp2048(PRIVATE), modp2048(PRIVATE) };

	begin();
	g[0].generator = 3;
	ask(5, g, 3, false);
	CU_ASSERT(accepted(5, &g[1], 2));
	end();
}

static void strange_groups_are_refused(void)
{
	static uint8_t strange[PRIME_MAX];
	struct group bad[] = {
		modp2048(PRIVATE), modp2048(PRIVATE), modp2048(PRIVATE),     modp2048(PRIVATE),
		modp2048(PRIVATE), modp2048(PRIVATE), modp2048(0),	     modp2048(14),
		{ .number = 15 },  { .number = 2 },   { .number = PRIVATE },
	};
	size_t n = sizeof(bad) / sizeof(bad[0]);

	memcpy(strange, bad[0].prime, 256);
	strange[200] ^= 2;
	bad[0].prime = strange;
	bad[1].generator = 5;
	bad[2].prime_len = 255;
	bad[3].type = 2;
	bad[4].extra = 8; /* generator two */
	bad[5].extra = 1; /* an encryption algorithm */
	bad[7].generator = 5;
	for (size_t i = 0; i < n; i++) {
		begin();
		ask(5, &bad[i], 1, false);
		CU_ASSERT(refused(IKE_N_ATTRIBUTES_NOT_SUPPORTED));
		CU_ASSERT_EQUAL(ctr(IKE_CTR_RX_NO_PROPOSAL), 1);
		CU_ASSERT_EQUAL(sa_of(1)->n_private_groups, 0);
		CU_ASSERT(pair_flows(&pair));
		end();
	}
}

/* We have it, and the profile does not: the operator's choice counts here too. */
static void a_group_outside_the_profile_is_refused(void)
{
	struct group g = { .number = PRIVATE,
			   .type = 1,
			   .prime = prime_of(BN_get_rfc3526_prime_3072, 384),
			   .prime_len = 384,
			   .generator = 2 };

	begin();
	ask(5, &g, 1, false);
	CU_ASSERT(refused(IKE_N_ATTRIBUTES_NOT_SUPPORTED));
	end();
}

static void leading_zeros_of_a_prime_do_not_matter(void)
{
	static uint8_t padded[260];
	struct group g = modp2048(PRIVATE);

	begin();
	memcpy(padded + 4, g.prime, 256);
	g.prime = padded;
	g.prime_len = sizeof(padded);
	ask(5, &g, 1, false);
	CU_ASSERT(accepted(5, &g, 1));
	end();
}

static void a_repeated_request_has_the_same_answer(void)
{
	struct group g = modp2048(PRIVATE);
	static uint8_t first[4096];
	size_t len;

	begin();
	ask(5, &g, 1, false);
	len = last.len;
	memcpy(first, last.buf, len);
	ask(5, &g, 1, false);
	CU_ASSERT_EQUAL(last.len, len);
	CU_ASSERT_EQUAL(memcmp(last.buf, first, len), 0);
	CU_ASSERT_EQUAL(ctr(IKE_CTR_RX_DUPLICATE), 1);
	CU_ASSERT_EQUAL(sa_of(1)->n_private_groups, 1);
	end();
}

static void private_groups_are_bounded(void)
{
	begin();
	for (uint16_t i = 0; i < IKE_PRIVATE_GROUPS; i++) {
		struct group g = modp2048((uint16_t)(PRIVATE + i));

		ask(5u + i, &g, 1, false);
		CU_ASSERT(accepted(5u + i, &g, 1));
	}
	for (uint16_t i = 0; i < 2; i++) {
		struct group g = modp2048((uint16_t)(PRIVATE + IKE_PRIVATE_GROUPS + i));

		ask(50u + i, &g, 1, false);
		CU_ASSERT(refused(IKE_N_ATTRIBUTES_NOT_SUPPORTED));
	}
	CU_ASSERT_EQUAL(sa_of(1)->n_private_groups, IKE_PRIVATE_GROUPS);
	end();
}

static void what_is_not_authentic_changes_nothing(void)
{
	struct group g = modp2048(PRIVATE);

	begin();
	ask(5, &g, 1, true);
	ask(0, &g, 1, false);
	CU_ASSERT_EQUAL(last.len, 0);
	CU_ASSERT_EQUAL(ctr(IKE_CTR_RX_AUTH_FAIL), 2);
	CU_ASSERT_EQUAL(sa_of(1)->n_private_groups, 0);
	end();
}

static const struct unit_case cases[] = {
#define CASE(fn)                                                                                   \
	{                                                                                          \
#fn, fn                                                                            \
	}
	CASE(a_group_of_ours_gets_a_private_number),
	CASE(a_group_is_known_by_its_number_too),
	CASE(the_first_acceptable_of_several_is_chosen),
	CASE(strange_groups_are_refused),
	CASE(a_group_outside_the_profile_is_refused),
	CASE(leading_zeros_of_a_prime_do_not_matter),
	CASE(a_repeated_request_has_the_same_answer),
	CASE(private_groups_are_bounded),
	CASE(what_is_not_authentic_changes_nothing),
};

int main(void)
{
	return unit_main("ike_newgroup", cases, sizeof(cases) / sizeof(cases[0]));
}
