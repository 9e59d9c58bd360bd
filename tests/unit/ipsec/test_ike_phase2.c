/* SPDX-License-Identifier: GPL-2.0-or-later */

/* What phase 2 agrees on beside suite and keys: extended sequence numbers (RFC 4304), the responder's
 * lifetimes (RFC 2407 4.6.3.1); and what it bears with: the commit bit (RFC 2408 3.1). */

#include <string.h>

#include "ipsec/ike/ike_internal.h"
#include "tests/unit/ipsec/ike_pair.h"
#include "tests/unit/unit.h"

static struct pair pair;

static bool negotiate(void)
{
	pair_start(&pair);
	pair_up(&pair);
	return pair_run_up(&pair, 1000);
}

static void end(void)
{
	pair_free(&pair);
}

/* Both ends' SAs have them, or none. */
static bool all_esn(bool esn)
{
	unsigned int n = 0;

	for (int i = 0; i < 2; i++)
		for (int k = 0; k < PAIR_SAS_MAX; k++)
			if (pair.end[i].sas[k].used) {
				if (pair.end[i].sas[k].esn != esn)
					return false;
				n++;
			}
	return n == 4;
}

static void esn_by(enum ike_esn initiator, enum ike_esn responder, bool up, bool esn)
{
	pair_init(&pair);
	pair.end[0].profile.esn = initiator;
	pair.end[1].profile.esn = responder;
	CU_ASSERT_EQUAL(negotiate(), up);
	if (up) {
		CU_ASSERT_TRUE(all_esn(esn));
		CU_ASSERT_EQUAL(pair_out(&pair.end[0])->limits.hard_packets,
				esn ? UINT64_MAX : UINT32_MAX);
	}
	end();
}

static void esn_is_negotiated(void)
{
	esn_by(IKE_ESN_ALLOW, IKE_ESN_ALLOW, true, false);
	esn_by(IKE_ESN_ALLOW, IKE_ESN_PREFER, true, false); /* the initiator does not offer */
	esn_by(IKE_ESN_ALLOW, IKE_ESN_REQUIRE, false, false);
	esn_by(IKE_ESN_PREFER, IKE_ESN_ALLOW, true, true);
	esn_by(IKE_ESN_PREFER, IKE_ESN_PREFER, true, true);
	esn_by(IKE_ESN_PREFER, IKE_ESN_REQUIRE, true, true);
	esn_by(IKE_ESN_REQUIRE, IKE_ESN_ALLOW, true, true);
	esn_by(IKE_ESN_REQUIRE, IKE_ESN_REQUIRE, true, true);
}

static const struct ike_transform *offered(struct ike_offer *o, enum ike_esn esn, unsigned int i)
{
	static const uint8_t spi[4] = { 1, 2, 3, 4 };
	struct ike_profile p;
	uint8_t body[4096];
	struct wr w = wr_init(body, sizeof(body));

	ike_profile_init(&p);
	p.esn = esn;
	ike_p2_offer(o, &p, IKE_ENCAP_TRANSPORT, spi);
	ike_offer_encode(&w, 2, o);
	CU_ASSERT_FALSE(w.err);
	CU_ASSERT_EQUAL(ike_offer_decode(o, 2, body, w.len), 0);
	CU_ASSERT_FATAL(i < o->n);
	return &o->t[i];
}

static void the_attribute_is_number_11_with_value_1(void)
{
	static struct ike_offer o;
	static const uint8_t wire[] = { 0x80, 11, 0, 1 };
	const struct ike_transform *t = offered(&o, IKE_ESN_PREFER, 0);
	bool found = false;

	for (size_t i = 8; i + sizeof(wire) <= t->raw_len; i += 4)
		found |= memcmp(t->raw + i, wire, sizeof(wire)) == 0;
	CU_ASSERT_TRUE(found);
	/* Preferred first, then all the same without. */
	CU_ASSERT_TRUE(ike_transform_has(&o.t[o.n / 2 - 1], IKE_ATTR_ESN));
	CU_ASSERT_FALSE(ike_transform_has(&o.t[o.n / 2], IKE_ATTR_ESN));
	CU_ASSERT_EQUAL(o.t[o.n / 2].id, o.t[0].id);
	CU_ASSERT_FALSE(ike_transform_has(offered(&o, IKE_ESN_ALLOW, 0), IKE_ATTR_ESN));
}

static void another_value_of_it_is_refused(void)
{
	static struct ike_offer o;
	struct ike_p2_choice c;
	struct ike_profile p;
	const char *differs = NULL;

	ike_profile_init(&p);
	ike_p2_offer(&o, &p, IKE_ENCAP_TRANSPORT, (const uint8_t *)"abcd");
	o.n = 1;
	ike_transform_set(&o.t[0], IKE_ATTR_ESN, 2);
	CU_ASSERT(ike_p2_choose(&o, &p, IKE_ENCAP_TRANSPORT, &c, &differs) < 0);
	CU_ASSERT_STRING_EQUAL(differs, "extended sequence numbers");
}

static uint32_t lifetime(int i)
{
	struct ike_child_info c = { 0 };

	ike_peer_children(pair.end[i].peer, &c, 1);
	return c.lifetime;
}

static void the_responders_shorter_lifetimes_are_told(void)
{
	pair_init(&pair);
	pair.end[0].profile.p2_lifetime = 3600;
	pair.end[1].profile.p2_lifetime = 600;
	pair.end[1].profile.p2_octets = 1024 * 1024;
	CU_ASSERT_TRUE(negotiate());
	CU_ASSERT_EQUAL(lifetime(1), 600);
	CU_ASSERT_EQUAL(lifetime(0), 600);
	CU_ASSERT_EQUAL(pair_out(&pair.end[0])->limits.hard_octets, 1024 * 1024);
	end();
}

static void longer_ones_count_for_nothing(void)
{
	pair_init(&pair);
	pair.end[0].profile.p2_lifetime = 600;
	pair.end[1].profile.p2_lifetime = 3600;
	CU_ASSERT_TRUE(negotiate());
	CU_ASSERT_EQUAL(lifetime(1), 600);
	CU_ASSERT_EQUAL(lifetime(0), 600);
	end();
}

static void lifetimes_alone_are_read_as_written(void)
{
	uint8_t buf[64];
	struct wr w = wr_init(buf, sizeof(buf));
	uint32_t seconds, kilobytes;

	ike_life_encode(&w, 2, 86400, 70000);
	CU_ASSERT_EQUAL(ike_life_decode(2, buf, w.len, &seconds, &kilobytes), 0);
	CU_ASSERT_EQUAL(seconds, 86400);
	CU_ASSERT_EQUAL(kilobytes, 70000);
	for (size_t n = 1; n < w.len; n++) /* whole pairs, or nothing */
		if (ike_life_decode(2, buf, n, &seconds, &kilobytes) == 0)
			CU_ASSERT(n == 4 || n == 12 || n == 16);
	CU_ASSERT_EQUAL(ike_life_decode(2, buf, 0, &seconds, &kilobytes), 0);
	CU_ASSERT_EQUAL(seconds | kilobytes, 0);
}

/* Sets the commit bit in what the responder sends; the bit is outside of what is encrypted. */
static enum pair_fate commit(struct pair *p, int from, unsigned int serial, const uint8_t *msg,
			     size_t len, void *priv)
{
	uint8_t copy[4096];

	(void)serial;
	(void)priv;
	if (from != 1 || len > sizeof(copy))
		return PAIR_PASS;
	memcpy(copy, msg, len);
	copy[19] |= IKE_FLAG_COMMIT;
	pair_put(p, 0, copy, len, p->delay_ms);
	return PAIR_DROP;
}

static void the_commit_bit_is_borne_with(void)
{
	pair_init(&pair);
	pair.filter = commit;
	CU_ASSERT_TRUE(negotiate());
	pair_run(&pair, 1000);
	CU_ASSERT_TRUE(pair_flows(&pair));
	CU_ASSERT_EQUAL(ike_peer_counter(pair.end[0].peer, IKE_CTR_P2_FAIL), 0);
	end();
}

static const struct unit_case cases[] = {
	{ "ESN is negotiated", esn_is_negotiated },
	{ "the attribute is number 11 with value 1", the_attribute_is_number_11_with_value_1 },
	{ "another value of it is refused", another_value_of_it_is_refused },
	{ "the responder's shorter lifetimes are told", the_responders_shorter_lifetimes_are_told },
	{ "longer ones count for nothing", longer_ones_count_for_nothing },
	{ "lifetimes alone are read as written", lifetimes_alone_are_read_as_written },
	{ "the commit bit is borne with", the_commit_bit_is_borne_with },
};

UNIT_MAIN("ipsec/ike_phase2", cases)
