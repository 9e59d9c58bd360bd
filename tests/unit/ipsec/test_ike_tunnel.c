/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * Phase 2 in tunnel mode (RFC 3193 2.1): a responder takes it of who offers nothing else. We never
 * offer it, so the initiator here is one of ours whose offer the linker has changed.
 */

#include <string.h>

#include "ipsec/ike/proposal.h"
#include "tests/unit/ipsec/ike_pair.h"
#include "tests/unit/unit.h"

static struct pair pair;
static uint32_t offered; /* what stands for transport at the initiator; 0 = transport */
static unsigned int choices;

void __real_ike_p2_offer(struct ike_offer *out, const struct ike_profile *p, uint32_t encap,
			 const uint8_t spi[4]);
void __wrap_ike_p2_offer(struct ike_offer *out, const struct ike_profile *p, uint32_t encap,
			 const uint8_t spi[4]);
int __real_ike_p2_choose(const struct ike_offer *offer, const struct ike_profile *p, uint32_t encap,
			 struct ike_p2_choice *choice, const char **differs);
int __wrap_ike_p2_choose(const struct ike_offer *offer, const struct ike_profile *p, uint32_t encap,
			 struct ike_p2_choice *choice, const char **differs);

void __wrap_ike_p2_offer(struct ike_offer *out, const struct ike_profile *p, uint32_t encap,
			 const uint8_t spi[4])
{
	__real_ike_p2_offer(out, p, offered ? offered : encap, spi);
}

/* The responder tries transport, then tunnel; the third is the initiator's, of the answer. */
int __wrap_ike_p2_choose(const struct ike_offer *offer, const struct ike_profile *p, uint32_t encap,
			 struct ike_p2_choice *choice, const char **differs)
{
	return __real_ike_p2_choose(offer, p, ++choices == 3 ? offered : encap, choice, differs);
}

static void begin(uint32_t mode)
{
	pair_init(&pair);
	pair_ip(&pair);
	offered = mode;
	choices = 0;
}

static bool up(void)
{
	pair_start(&pair);
	pair_up(&pair);
	return pair_run_up(&pair, 3000);
}

static bool is_at(const struct endpoint *e, const char *text)
{
	char buf[ENDPOINT_TEXT_MAX];

	return strcmp(endpoint_text(e, buf, sizeof(buf)), text) == 0;
}

static void tunnel(const char *inner_remote, const char *remote)
{
	unsigned int n = 0;

	up(); /* nothing flows: the initiator's SAs are for transport mode */
	for (int i = 0; i < PAIR_SAS_MAX; i++) {
		const struct pair_sa *sa = &pair.end[1].sas[i];

		if (!sa->used)
			continue;
		n++;
		CU_ASSERT_TRUE(sa->ip.tunnel);
		CU_ASSERT_EQUAL(sa->next_header, 4);
		CU_ASSERT_TRUE(is_at(&sa->ip.inner_local, "192.0.2.1"));
		CU_ASSERT_TRUE(is_at(&sa->ip.inner_remote, inner_remote));
		CU_ASSERT_TRUE(is_at(&sa->ip.remote, remote));
		CU_ASSERT_EQUAL(sa->ip.local_port, 1701);
	}
	CU_ASSERT_EQUAL(n, 2);
	pair_free(&pair);
}

static void a_responder_takes_it(void)
{
	begin(IKE_ENCAP_TUNNEL);
	tunnel("10.0.0.2", "10.0.0.2");
}

static void behind_a_nat_it_is_mode_3(void)
{
	begin(IKE_ENCAP_UDP_TUNNEL);
	pair.end[0].nat.on = true;
	pair.end[0].nat.shift = 1000;
	endpoint_parse("203.0.113.9", &pair.end[0].nat.outer);
	tunnel("10.0.0.2", "203.0.113.9:5500");
}

static void a_mode_for_nats_is_none_without(void)
{
	begin(IKE_ENCAP_UDP_TUNNEL);
	CU_ASSERT_FALSE(up());
	CU_ASSERT_EQUAL(pair_count(&pair.end[1], SA_IN), 0);
	pair_free(&pair);
}

static void transport_is_preferred(void)
{
	begin(0);
	CU_ASSERT_TRUE(up());
	CU_ASSERT_FALSE(pair_out(&pair.end[1])->ip.tunnel);
	CU_ASSERT_EQUAL(pair_out(&pair.end[1])->next_header, 17);
	pair_free(&pair);
}

static void on_a_circuit_there_is_none(void)
{
	begin(IKE_ENCAP_TUNNEL);
	pair_free(&pair);
	pair_init(&pair);
	CU_ASSERT_FALSE(up());
	CU_ASSERT_EQUAL(pair_count(&pair.end[1], SA_IN), 0);
	pair_free(&pair);
}

static const struct unit_case cases[] = {
	{ "a responder takes it", a_responder_takes_it },
	{ "behind a NAT it is mode 3", behind_a_nat_it_is_mode_3 },
	{ "a mode for NATs is none without", a_mode_for_nats_is_none_without },
	{ "transport is preferred", transport_is_preferred },
	{ "on a circuit there is none", on_a_circuit_there_is_none },
};

UNIT_MAIN("ipsec/ike_tunnel", cases)
