/* SPDX-License-Identifier: GPL-2.0-or-later */

/* What first messages cost, and peers that are not known before message 3. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tests/unit/ipsec/ike_pair.h"
#include "tests/unit/unit.h"

static struct pair pair;

static void begin(void)
{
	pair_init(&pair);
	pair_ip(&pair);
	pair_spawning(&pair);
	for (int i = 0; i < PAIR_ENDS; i += 2) {
		pair.end[i].nat.on = true;
		pair.end[i].nat.shift = (uint16_t)(10000 * (i + 1));
		endpoint_parse("203.0.113.9", &pair.end[i].nat.outer);
	}
}

static void start_all(void)
{
	for (int i = 0; i < PAIR_ENDS; i++) {
		pair_end_start(&pair.end[i]);
		ike_peer_path_state(pair.end[i].peer, true);
	}
}

static uint64_t ctr(int end, enum ike_counter c)
{
	return ike_peer_counter(pair.end[end].peer, c);
}

static unsigned int half_open(void)
{
	return ike_peer_half_open(pair.end[1].peer);
}

/* ---- catching messages ---- */

static struct {
	int from;
	unsigned int nth;
	uint8_t data[4096];
	size_t len;
	bool drop;
} caught;

static enum pair_fate catch_one(struct pair *p, int from, unsigned int serial, const uint8_t *msg,
				size_t len, void *priv)
{
	(void)p, (void)priv;
	if (from != caught.from || serial != caught.nth)
		return PAIR_PASS;
	memcpy(caught.data, msg, len);
	caught.len = len;
	return caught.drop ? PAIR_DROP : PAIR_PASS;
}

static void catch_nth(int from, unsigned int nth, bool drop)
{
	caught.from = from;
	caught.nth = nth;
	caught.len = 0;
	caught.drop = drop;
	pair.filter = catch_one;
}

/* The server alone, and a first message of end 0 in caught. */
static void begin_alone(void)
{
	begin();
	catch_nth(0, 0, true);
	pair_start(&pair);
	ike_peer_path_state(pair.end[1].peer, true);
	ike_peer_path_state(pair.end[0].peer, true);
	pair_run(&pair, 10);
	pair_end_kill(&pair.end[0]);
}

/* The first message once more, with other cookies, from some address. */
static void first_from(uint32_t address, uint32_t n)
{
	struct ipsec_at at = { .local = pair.end[1].path.at.local };

	endpoint_from_octets((uint8_t[]){ (uint8_t)(address >> 24), (uint8_t)(address >> 16),
					  (uint8_t)(address >> 8), (uint8_t)address },
			     4, &at.remote);
	at.remote.port = (uint16_t)(1024 + n);
	memcpy(caught.data + 4, &n, sizeof(n));
	ike_peer_rx(pair.end[1].peer, &at, caught.data, caught.len);
}

/* ---- peers that are not known ---- */

static void two_clients_behind_one_nat_with_the_same_inner_address(void)
{
	begin();
	start_all();
	pair_run(&pair, 2000);
	CU_ASSERT_TRUE(pair_client_flows(&pair, 0));
	CU_ASSERT_TRUE(pair_client_flows(&pair, 2));
	CU_ASSERT_EQUAL(pair_spawned_now(&pair.end[1]), 2);
	CU_ASSERT_EQUAL(half_open(), 0);
	CU_ASSERT_EQUAL(ike_peer_sas(pair.end[1].peer, NULL, 0), 0);
	/* Each rekeys, and moves, by itself. */
	CU_ASSERT_EQUAL(ike_peer_rekey(pair.end[0].peer, false), 0);
	pair.end[2].nat.shift = 7;
	CU_ASSERT_EQUAL(ike_peer_rekey(pair.end[2].peer, false), 0);
	pair_run(&pair, 40000);
	CU_ASSERT_TRUE(pair_client_flows(&pair, 0));
	CU_ASSERT_TRUE(pair_client_flows(&pair, 2));
	CU_ASSERT_EQUAL(pair_spawned_now(&pair.end[1]), 2);
	/* One goes: the other stays. */
	ike_peer_free(pair.end[0].peer);
	pair.end[0].peer = NULL;
	pair_run(&pair, 1000);
	CU_ASSERT_EQUAL(pair_spawned_now(&pair.end[1]), 1);
	CU_ASSERT_TRUE(pair_client_flows(&pair, 2));
	pair_free(&pair);
}

/* Tunnels live with the peer that was made first: all SAs stay there, through a NAT or not. */
static void a_renewed_phase_1_stays_with_its_peer(void)
{
	for (int natted = 0; natted < 2; natted++) {
		uint32_t path;

		begin();
		pair.end[0].nat.on = natted;
		pair_start(&pair);
		pair_up(&pair);
		pair_run(&pair, 2000);
		CU_ASSERT_TRUE(pair_client_flows(&pair, 0));
		path = pair.end[1].spawned[0].path.id;
		CU_ASSERT_EQUAL(ike_peer_rekey(pair.end[0].peer, true), 0);
		pair_run(&pair, 10000); /* the old one has gone */
		CU_ASSERT_EQUAL(ike_peer_rekey(pair.end[0].peer, false), 0);
		pair_run(&pair, 40000);
		CU_ASSERT_TRUE(pair_client_flows(&pair, 0));
		CU_ASSERT_EQUAL(pair_spawned_now(&pair.end[1]), 1);
		for (int i = 0; i < PAIR_SAS_MAX; i++)
			CU_ASSERT(!pair.end[1].sas[i].used || pair.end[1].sas[i].path_id == path);
		pair_free(&pair);
	}
}

static void ike_find_knows_cookies_not_addresses(void)
{
	static const uint8_t none[16];

	begin();
	catch_nth(0, 2, false); /* message 5 */
	start_all();
	pair_run(&pair, 2000);
	CU_ASSERT_PTR_NOT_NULL(ike_find(pair.end[1].ike, caught.data));
	CU_ASSERT_PTR_EQUAL(ike_peer_priv(ike_find(pair.end[1].ike, caught.data)), &pair.end[1]);
	CU_ASSERT_PTR_NOT_EQUAL(ike_find(pair.end[1].ike, caught.data), pair.end[1].peer);
	caught.data[15] ^= 1;
	CU_ASSERT_PTR_NULL(ike_find(pair.end[1].ike, caught.data));
	CU_ASSERT_PTR_NULL(ike_find(pair.end[1].ike, none));
	pair_free(&pair);
}

static void a_wrong_key_leaves_nothing_behind(void)
{
	begin();
	pair.end[0].cfg.psk = (const uint8_t *)"another secret!";
	start_all();
	pair_run(&pair, 5000);
	CU_ASSERT(pair.end[1].n_spawned >= 1);
	CU_ASSERT_TRUE(pair_client_flows(&pair, 2));
	ike_peer_path_state(pair.end[0].peer, false);
	pair_run(&pair, 70000); /* a responder's patience */
	CU_ASSERT_EQUAL(pair_spawned_now(&pair.end[1]), 1);
	pair_free(&pair);
}

static void none_is_spawned_where_there_is_no_room(void)
{
	begin();
	pair.end[1].refuse_spawn = true;
	start_all();
	pair_run(&pair, 1000);
	CU_ASSERT_EQUAL(pair.end[1].n_spawned, 0);
	CU_ASSERT(ctr(1, IKE_CTR_HALF_OPEN_REFUSED) >= 2);
	pair.end[1].refuse_spawn = false;
	pair_run(&pair, 120000);
	CU_ASSERT_TRUE(pair_client_flows(&pair, 0));
	pair_free(&pair);
}

static void message_3_needs_the_cookies_that_we_gave_out(void)
{
	struct ipsec_at at;

	begin();
	catch_nth(0, 1, true);
	pair_start(&pair);
	pair_up(&pair);
	pair_run(&pair, 500);
	CU_ASSERT(caught.len > 0);
	CU_ASSERT_EQUAL(half_open(), 1);
	at = (struct ipsec_at){ .local = pair.end[1].path.at.local };
	at.remote = pair.end[0].nat.outer;
	at.remote.port = 10500;
	for (int i = 0; i < 16; i++) {
		caught.data[i] ^= 0x10;
		ike_peer_rx(pair.end[1].peer, &at, caught.data, caught.len);
		caught.data[i] ^= 0x10;
	}
	CU_ASSERT_EQUAL(pair.end[1].n_spawned, 0);
	/* The right ones, but no message 3. */
	ike_peer_rx(pair.end[1].peer, &at, caught.data, caught.len - 1);
	caught.data[16] = 13; /* its key exchange called a vendor ID */
	ike_peer_rx(pair.end[1].peer, &at, caught.data, caught.len);
	CU_ASSERT_EQUAL(pair.end[1].n_spawned, 0);
	CU_ASSERT_EQUAL(half_open(), 1);
	caught.data[16] = 4;
	ike_peer_rx(pair.end[1].peer, &at, caught.data, caught.len);
	CU_ASSERT_EQUAL(pair.end[1].n_spawned, 1);
	CU_ASSERT_EQUAL(half_open(), 0);
	pair_free(&pair);
}

static uint8_t second[2][2048];
static size_t second_len[2];
static unsigned int seconds;

static enum pair_fate catch_second(struct pair *p, int from, unsigned int serial,
				   const uint8_t *msg, size_t len, void *priv)
{
	(void)p, (void)serial, (void)priv;
	if (from == 1 && msg[18] == 2 && seconds < 2) {
		memcpy(second[seconds], msg, len);
		second_len[seconds++] = len;
		return PAIR_DROP;
	}
	return PAIR_PASS;
}

static void message_2_is_built_again_the_same(void)
{
	begin();
	seconds = 0;
	pair.filter = catch_second;
	pair_start(&pair);
	pair_up(&pair);
	CU_ASSERT_FALSE(pair_client_flows(&pair, 0));
	pair_run(&pair, 4000);
	CU_ASSERT_EQUAL(seconds, 2);
	CU_ASSERT_EQUAL(second_len[0], second_len[1]);
	CU_ASSERT_EQUAL(memcmp(second[0], second[1], second_len[0]), 0);
	CU_ASSERT_EQUAL(ctr(1, IKE_CTR_HALF_OPEN), 1);
	CU_ASSERT_EQUAL(ctr(1, IKE_CTR_RX_DUPLICATE), 2);
	CU_ASSERT_TRUE(pair_client_flows(&pair, 0));
	pair_free(&pair);
}

/* ---- floods ---- */

static void one_address_cannot_use_the_budget_of_others(void)
{
	begin_alone();
	first_from(0x0a000001, 0);
	for (uint32_t i = 1; i < 5000; i++)
		first_from(0xc6336407, i);
	CU_ASSERT_EQUAL(half_open(), IKE_HALF_OPEN_PER_ADDR + 1);
	CU_ASSERT_EQUAL(ctr(1, IKE_CTR_HALF_OPEN_LIMIT), 4999 - IKE_HALF_OPEN_PER_ADDR);
	CU_ASSERT_EQUAL(pair.end[1].n_spawned, 0);
	pair_run(&pair, 21000);
	CU_ASSERT_EQUAL(half_open(), 0);
	pair_free(&pair);
}

static void many_addresses_are_bounded_in_all(void)
{
	begin_alone();
	for (uint32_t i = 0; i < 20000; i++)
		first_from(0x01000000 + i * 7919, i);
	CU_ASSERT_EQUAL(half_open(), IKE_HALF_OPEN_SPAWNING);
	pair_free(&pair);
}

static void an_ipv6_network_counts_as_one_address(void)
{
	struct ipsec_at at;

	begin_alone();
	at = (struct ipsec_at){ .local = pair.end[1].path.at.local };
	endpoint_parse("2001:db8:1:2::1", &at.remote);
	for (uint32_t i = 0; i < 500; i++) {
		memcpy(at.remote.addr + 8, &i, sizeof(i));
		memcpy(caught.data, &i, sizeof(i));
		ike_peer_rx(pair.end[1].peer, &at, caught.data, caught.len);
	}
	CU_ASSERT_EQUAL(half_open(), IKE_HALF_OPEN_PER_ADDR);
	pair_free(&pair);
}

static void a_flood_touches_nothing_that_got_further(void)
{
	begin();
	catch_nth(0, 0, false);
	pair.delay_ms = 50;
	pair_start(&pair);
	pair_up(&pair);
	pair_run(&pair, 180); /* message 4 is on its way */
	for (uint32_t i = 0; i < 5000; i++)
		first_from(i & 1 ? 0xcb007109 : 0x01000000 + i, i);
	pair_run(&pair, 2000);
	CU_ASSERT_TRUE(pair_client_flows(&pair, 0));
	CU_ASSERT_EQUAL(ctr(0, IKE_CTR_RETRANSMIT), 0);
	for (uint32_t i = 0; i < 5000; i++)
		first_from(0x02000000 + i, i);
	CU_ASSERT_TRUE(pair_client_flows(&pair, 0));
	CU_ASSERT_EQUAL(pair_spawned_now(&pair.end[1]), 1);
	pair_free(&pair);
}

static uint8_t third[2048], rcookie[8];
static size_t third_len;

static enum pair_fate catch_third(struct pair *p, int from, unsigned int serial, const uint8_t *msg,
				  size_t len, void *priv)
{
	(void)p, (void)priv;
	if (from == 1) {
		memcpy(rcookie, msg + 8, sizeof(rcookie));
		return PAIR_PASS;
	}
	if (serial == 0) {
		memcpy(caught.data, msg, len);
		caught.len = len;
		return PAIR_PASS;
	}
	memcpy(third, msg, len);
	third_len = len;
	return PAIR_DROP;
}

/* Message 1 and, with the cookie of its answer, message 3: all that needs no key. */
static void first_and_third_from(uint32_t address, uint32_t n)
{
	struct ipsec_at at = { .local = pair.end[1].path.at.local };

	first_from(address, n);
	memcpy(third, caught.data, 8);
	memcpy(third + 8, rcookie, 8);
	endpoint_from_octets((uint8_t[]){ (uint8_t)(address >> 24), (uint8_t)(address >> 16),
					  (uint8_t)(address >> 8), (uint8_t)address },
			     4, &at.remote);
	at.remote.port = (uint16_t)(1024 + n);
	ike_peer_rx(pair.end[1].peer, &at, third, third_len);
}

static void third_messages_of_one_address_are_bounded_as_well(void)
{
	begin();
	pair.filter = catch_third;
	pair_start(&pair);
	pair_up(&pair);
	pair_run(&pair, 500);
	pair_end_kill(&pair.end[0]);
	CU_ASSERT(third_len > 0);
	first_and_third_from(0x0a000001, 1);
	for (uint32_t i = 2; i < 100; i++) {
		first_and_third_from(0xc6336407, i);
		pair_run(&pair, 1); /* who was evicted is freed */
	}
	CU_ASSERT_EQUAL(pair.end[1].n_spawned, 99);
	CU_ASSERT_EQUAL(pair_spawned_now(&pair.end[1]), IKE_HALF_OPEN_PER_ADDR + 1);
	CU_ASSERT_PTR_NOT_NULL(pair.end[1].spawned[0].peer); /* not of that address */
	pair_run(&pair, 70000);
	CU_ASSERT_EQUAL(pair_spawned_now(&pair.end[1]), 0);
	pair_free(&pair);
}

/* caught becomes a first message with its one transform n times. */
static void lengthen(unsigned int n)
{
	static uint8_t one[256];
	uint8_t *sa = caught.data + 28, *prop = sa + 12, *tf = prop + 8;
	size_t sa_len = (size_t)(sa[2] << 8 | sa[3]), tf_len = (size_t)(tf[2] << 8 | tf[3]);
	size_t rest = caught.len - 28 - sa_len, len = 12 + 8 + n * tf_len;
	static uint8_t tail[1024];

	memcpy(tail, sa + sa_len, rest);
	memcpy(one, tf, tf_len);
	for (unsigned int i = 0; i < n; i++) {
		memcpy(tf + i * tf_len, one, tf_len);
		tf[i * tf_len] = i + 1 < n ? 3 : 0;
		tf[i * tf_len + 4] = (uint8_t)(i + 1);
	}
	sa[2] = (uint8_t)(len >> 8), sa[3] = (uint8_t)len;
	prop[2] = (uint8_t)((len - 12) >> 8), prop[3] = (uint8_t)(len - 12);
	prop[7] = (uint8_t)n;
	memcpy(sa + len, tail, rest);
	caught.len = 28 + len + rest;
	caught.data[26] = (uint8_t)(caught.len >> 8), caught.data[27] = (uint8_t)caught.len;
}

static void long_proposals_have_less_room_and_none_under_pressure(void)
{
	begin_alone();
	lengthen(60); /* beyond what a record holds */
	for (uint32_t i = 0; i < 200; i++)
		first_from(0x01000000 + i, i);
	CU_ASSERT_EQUAL(half_open(), IKE_HALF_OPEN_SPAWNING / 16);
	CU_ASSERT_EQUAL(ctr(1, IKE_CTR_HALF_OPEN_REFUSED), 0);
	pair_free(&pair);
	begin_alone();
	for (uint32_t i = 0; i < IKE_HALF_OPEN_SPAWNING; i++)
		first_from(0x01000000 + i, i);
	lengthen(60);
	first_from(0x02000000, 1);
	CU_ASSERT_EQUAL(ctr(1, IKE_CTR_HALF_OPEN_REFUSED), 1);
	CU_ASSERT_EQUAL(half_open(), IKE_HALF_OPEN_SPAWNING);
	pair_free(&pair);
}

/* Under 10 us each is what is asked for; sanitizers and a busy machine need more. */
static void a_first_message_is_cheap(void)
{
	enum { N = 20000 };
	struct timespec a, b;
	double us;

	begin_alone();
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &a);
	for (uint32_t i = 0; i < N; i++)
		first_from(0x01000000 + i * 7919, i);
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &b);
	us = ((double)(b.tv_sec - a.tv_sec) * 1e9 + (double)(b.tv_nsec - a.tv_nsec)) / 1e3 / N;
	printf("%.2f us each ", us);
	CU_ASSERT(us < 1000);
	pair_free(&pair);
}

static const struct unit_case cases[] = {
	{ "two clients behind one NAT with the same inner address",
	  two_clients_behind_one_nat_with_the_same_inner_address },
	{ "a renewed phase 1 stays with its peer", a_renewed_phase_1_stays_with_its_peer },
	{ "ike_find knows cookies, not addresses", ike_find_knows_cookies_not_addresses },
	{ "a wrong key leaves nothing behind", a_wrong_key_leaves_nothing_behind },
	{ "none is spawned where there is no room", none_is_spawned_where_there_is_no_room },
	{ "message 3 needs the cookies that we gave out",
	  message_3_needs_the_cookies_that_we_gave_out },
	{ "message 2 is built again the same", message_2_is_built_again_the_same },
	{ "one address cannot use the budget of others",
	  one_address_cannot_use_the_budget_of_others },
	{ "many addresses are bounded in all", many_addresses_are_bounded_in_all },
	{ "an IPv6 network counts as one address", an_ipv6_network_counts_as_one_address },
	{ "third messages of one address are bounded as well",
	  third_messages_of_one_address_are_bounded_as_well },
	{ "a flood touches nothing that got further", a_flood_touches_nothing_that_got_further },
	{ "long proposals have less room, and none under pressure",
	  long_proposals_have_less_room_and_none_under_pressure },
	{ "a first message is cheap", a_first_message_is_cheap },
};

UNIT_MAIN("ipsec/ike half open", cases)
