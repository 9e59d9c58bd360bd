/* SPDX-License-Identifier: GPL-2.0-or-later */

/* Aggressive Mode with pre-shared keys: what it negotiates, what it costs, and that nobody gets it who
 * was not told to. Certificates are in test_ike_auth.c. */

#include <stdlib.h>
#include <string.h>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "tests/unit/ipsec/ike_pair.h"
#include "tests/unit/unit.h"

enum { SA = 1, KE = 4, ID = 5, HASH = 8, NONCE = 10, NAT_D = 20, AGGRESSIVE = 4 };

static struct pair pair;

static void begin(void)
{
	pair_init(&pair);
	pair.end[0].profile.aggressive = IKE_AGGRESSIVE_INITIATE;
	pair.end[1].profile.aggressive = IKE_AGGRESSIVE_ACCEPT;
}

static bool up(void)
{
	pair_start(&pair);
	pair_up(&pair);
	return pair_run_up(&pair, 3000);
}

static uint64_t ctr(int end, enum ike_counter c)
{
	return ike_peer_counter(pair.end[end].peer, c);
}

static unsigned int sas(int end)
{
	return ike_peer_sas(pair.end[end].peer, NULL, 0);
}

static bool all_aggressive(int end)
{
	struct ike_sa_info info[8];
	unsigned int n = ike_peer_sas(pair.end[end].peer, info, 8);

	for (unsigned int i = 0; i < n; i++)
		if (!info[i].aggressive)
			return false;
	return n > 0;
}

/* ---- the wire ---- */

static struct {
	uint8_t data[4096];
	size_t len;
} wire[2][8]; /* by end and serial */
static int drop_from = -1;
static unsigned int drop_nth, drop_count;

static enum pair_fate record(struct pair *p, int from, unsigned int serial, const uint8_t *msg,
			     size_t len, void *priv)
{
	(void)p, (void)priv;
	if (from < 2 && serial < 8 && len <= sizeof(wire[0][0].data)) {
		memcpy(wire[from][serial].data, msg, len);
		wire[from][serial].len = len;
	}
	if (from != drop_from || serial < drop_nth || serial >= drop_nth + drop_count)
		return PAIR_PASS;
	return PAIR_DROP;
}

static void on_the_wire(int from, unsigned int nth, unsigned int count)
{
	memset(wire, 0, sizeof(wire));
	drop_from = from;
	drop_nth = nth;
	drop_count = count;
	pair.filter = record;
}

/* The body of the nth payload of a type in a message in clear, read here once more. */
static const uint8_t *body(int from, unsigned int serial, uint8_t type, size_t *len)
{
	const uint8_t *msg = wire[from][serial].data;
	uint8_t t = msg[16];
	size_t at = 28;

	*len = 0;
	while (t && at + 4 <= wire[from][serial].len) {
		size_t plen = (size_t)(msg[at + 2] << 8 | msg[at + 3]);

		if (t == type) {
			*len = plen - 4;
			return msg + at + 4;
		}
		t = msg[at];
		at += plen;
	}
	return msg;
}

static size_t put(uint8_t *out, size_t at, int from, uint8_t type)
{
	size_t len;
	const uint8_t *p = body(from, 0, type, &len);

	memcpy(out + at, p, len);
	return at + len;
}

/* RFC 2409 5 and 5.4 by hand: prf(prf(psk, Ni | Nr), g^xa | g^xb | CKY-a | CKY-b | SAi | IDa). */
static void hash_of(int who, uint8_t out[32])
{
	static const char psk[] = "a shared secret";
	uint8_t in[4096], skeyid[32];
	const uint8_t *cookies = wire[1][0].data;
	size_t len = put(in, put(in, 0, 0, NONCE), 1, NONCE);

	HMAC(EVP_sha256(), psk, sizeof(psk) - 1, in, len, skeyid, NULL);
	len = put(in, put(in, 0, who, KE), !who, KE);
	memcpy(in + len, cookies + (who ? 8 : 0), 8);
	memcpy(in + len + 8, cookies + (who ? 0 : 8), 8);
	len = put(in, put(in, len + 16, 0, SA), who, ID);
	HMAC(EVP_sha256(), skeyid, 32, in, len, out, NULL);
}

static void three_messages_and_a_phase_2(void)
{
	begin();
	on_the_wire(-1, 0, 0);
	CU_ASSERT_TRUE(up());
	pair_run(&pair, 100);
	/* 1, 2, 3, INITIAL-CONTACT of the responder, quick mode */
	CU_ASSERT_EQUAL(pair.end[0].sent, 4);
	CU_ASSERT_EQUAL(pair.end[1].sent, 3);
	CU_ASSERT_EQUAL(wire[0][0].data[18], AGGRESSIVE);
	CU_ASSERT_EQUAL(wire[0][0].data[19], 0);
	CU_ASSERT_EQUAL(wire[1][0].data[19], 0);
	CU_ASSERT_EQUAL(wire[0][1].data[18], AGGRESSIVE);
	CU_ASSERT_EQUAL(wire[0][1].data[19], 1); /* encrypted */
	/* No amplifier: longer by no more than the hash. */
	CU_ASSERT(wire[1][0].len <= wire[0][0].len + 36);
	for (int i = 0; i < 2; i++) {
		CU_ASSERT_EQUAL(pair_established(&pair.end[i]), 1);
		CU_ASSERT_TRUE(all_aggressive(i));
		CU_ASSERT_EQUAL(ctr(i, IKE_CTR_RETRANSMIT), 0);
		CU_ASSERT_EQUAL(pair_events(&pair.end[i], IKE_PEER_INIT_CONTACT), 1);
	}
	pair_free(&pair);
}

static void hashes_are_those_of_the_rfc(void)
{
	uint8_t want[32], msg[28 + 4 + 32] = { 0 };
	size_t len;

	begin();
	on_the_wire(0, 1, 100); /* nothing of the initiator's after message 1 */
	pair_start(&pair);
	pair_up(&pair);
	pair_run(&pair, 100);
	hash_of(1, want);
	CU_ASSERT_EQUAL(memcmp(body(1, 0, HASH, &len), want, 32), 0);
	CU_ASSERT_EQUAL(len, 32);
	/* Message 3 made here, in clear, which a peer may do. */
	memcpy(msg, wire[1][0].data, 28);
	msg[16] = HASH;
	memset(msg + 24, 0, 4);
	msg[27] = sizeof(msg);
	msg[31] = 36;
	hash_of(0, msg + 32);
	msg[40] ^= 1;
	ike_peer_rx(pair.end[1].peer, NULL, msg, sizeof(msg));
	CU_ASSERT_EQUAL(pair_established(&pair.end[1]), 0);
	CU_ASSERT_EQUAL(ctr(1, IKE_CTR_RX_AUTH_FAIL), 1);
	msg[40] ^= 1;
	ike_peer_rx(pair.end[1].peer, NULL, msg, sizeof(msg));
	CU_ASSERT_EQUAL(pair_established(&pair.end[1]), 1);
	pair_free(&pair);
}

static void off_by_default_and_not_answered(void)
{
	struct ike_profile fresh;

	ike_profile_init(&fresh);
	CU_ASSERT_EQUAL(fresh.aggressive, IKE_AGGRESSIVE_OFF);
	begin();
	pair.end[1].profile.aggressive = IKE_AGGRESSIVE_OFF;
	pair.end[1].cfg.initiate = false;
	CU_ASSERT_FALSE(up());
	CU_ASSERT_EQUAL(pair.end[1].sent, 0);
	CU_ASSERT_EQUAL(sas(1), 0);
	CU_ASSERT(ctr(1, IKE_CTR_RX_UNEXPECTED) > 0);
	pair_free(&pair);
}

static void accept_begins_by_main_mode(void)
{
	begin();
	pair.end[0].profile.aggressive = IKE_AGGRESSIVE_ACCEPT;
	CU_ASSERT_TRUE(up());
	CU_ASSERT_FALSE(all_aggressive(0));
	CU_ASSERT_FALSE(all_aggressive(1));
	pair_free(&pair);
}

/* ---- a bad line ---- */

static void any_message_may_be_lost(void)
{
	for (int from = 0; from < 2; from++)
		for (unsigned int nth = 0; nth < 3; nth++) {
			begin();
			on_the_wire(from, nth, 1);
			pair_start(&pair);
			pair_up(&pair);
			CU_ASSERT_TRUE(pair_run_up(&pair, 5000));
			CU_ASSERT_TRUE(all_aggressive(0));
			pair_free(&pair);
		}
}

static enum pair_fate thrice(struct pair *p, int from, unsigned int serial, const uint8_t *msg,
			     size_t len, void *priv)
{
	(void)serial, (void)priv;
	for (uint32_t i = 0; i < 3; i++)
		pair_put(p, !from, msg, len, 5 + 400 * i);
	return PAIR_DROP;
}

static void copies_change_nothing(void)
{
	begin();
	pair.filter = thrice;
	CU_ASSERT_TRUE(up());
	pair_run(&pair, 3000);
	for (int i = 0; i < 2; i++) {
		CU_ASSERT_EQUAL(sas(i), 1);
		CU_ASSERT_EQUAL(pair_established(&pair.end[i]), 1);
		CU_ASSERT(ctr(i, IKE_CTR_RX_DUPLICATE) >= 2);
	}
	CU_ASSERT_EQUAL(ctr(1, IKE_CTR_HALF_OPEN), 1);
	pair_free(&pair);
}

/* A third of the messages, at any place, is changed on the way before the true one comes. */
static enum pair_fate forged_first(struct pair *p, int from, unsigned int serial,
				   const uint8_t *msg, size_t len, void *priv)
{
	size_t *at = priv;
	uint8_t copy[4096];

	if (serial > 1 || len > sizeof(copy))
		return PAIR_PASS;
	memcpy(copy, msg, len);
	copy[*at % len] ^= 0x10;
	pair_put(p, !from, copy, len, 1);
	pair_put(p, !from, msg, len, 50);
	return PAIR_DROP;
}

static void a_forged_message_ends_nothing(void)
{
	for (size_t at = 16; at < 400; at += 7) {
		begin();
		pair.filter = forged_first;
		pair.filter_priv = &at;
		pair_start(&pair);
		pair_up(&pair);
		if (!pair_run_up(&pair, 8000))
			CU_FAIL("a changed octet keeps the true message out");
		pair_free(&pair);
	}
}

/* ---- who is refused ---- */

static void another_key_never_comes_up_and_is_forgotten(void)
{
	begin();
	pair.end[0].cfg.psk = (const uint8_t *)"another secret!";
	CU_ASSERT_FALSE(up());
	CU_ASSERT(ctr(0, IKE_CTR_RX_AUTH_FAIL) > 0); /* by the answer already */
	CU_ASSERT_EQUAL(pair_established(&pair.end[0]), 0);
	CU_ASSERT_EQUAL(pair_established(&pair.end[1]), 0);
	CU_ASSERT_EQUAL(sas(1), 1);
	ike_peer_path_state(pair.end[0].peer, false);
	pair_run(&pair, 21000);
	CU_ASSERT_EQUAL(sas(1), 0);
	pair_free(&pair);
}

static void another_identity_is_refused_by_either(void)
{
	begin();
	pair.end[0].cfg.local.data[0] ^= 1;
	CU_ASSERT_FALSE(up());
	CU_ASSERT(ctr(1, IKE_CTR_RX_ID_MISMATCH) > 0);
	CU_ASSERT_EQUAL(ctr(1, IKE_CTR_HALF_OPEN), 0); /* it cost nothing */
	pair_free(&pair);
	begin();
	pair.end[1].cfg.local.data[0] ^= 1;
	CU_ASSERT_FALSE(up());
	CU_ASSERT(ctr(0, IKE_CTR_RX_ID_MISMATCH) > 0);
	CU_ASSERT(ctr(0, IKE_CTR_P1_FAIL) > 0);
	pair_free(&pair);
}

static void one_group_is_offered(void)
{
	begin();
	for (int i = 0; i < 2; i++) {
		struct ike_profile *p = &pair.end[i].profile;

		ike_p1_suite_parse(i ? "aes128-sha1-modp2048" : "aes256-sha256-ecp256", &p->p1[0]);
		ike_p1_suite_parse("aes128-sha1-modp2048", &p->p1[1]);
		ike_p1_suite_parse("aes128-sha1-ecp256", &p->p1[2]);
		p->n_p1 = 3;
	}
	on_the_wire(-1, 0, 0);
	CU_ASSERT_TRUE(up());
	CU_ASSERT_EQUAL(ctr(1, IKE_CTR_RX_NO_PROPOSAL), 0);
	{
		struct ike_sa_info info;
		char name[64];
		size_t len;

		ike_peer_sas(pair.end[1].peer, &info, 1);
		CU_ASSERT_STRING_EQUAL(ike_p1_suite_name(&info.suite, name, sizeof(name)),
				       "aes128-sha1-ecp256");
		/* Two transforms. */
		CU_ASSERT_EQUAL(body(0, 0, SA, &len)[8 + 7], 2);
	}
	pair_free(&pair);
}

static void no_proposal_in_common(void)
{
	begin();
	ike_p1_suite_parse("aes256-sha256-modp2048", &pair.end[1].profile.p1[0]);
	CU_ASSERT_FALSE(up());
	CU_ASSERT(ctr(1, IKE_CTR_RX_NO_PROPOSAL) > 0);
	CU_ASSERT_EQUAL(sas(1), 0);
	pair_free(&pair);
}

/* ---- life ---- */

static void rekeying_keeps_the_mode(void)
{
	for (int who = 0; who < 2; who++) {
		begin();
		CU_ASSERT_TRUE(up());
		CU_ASSERT_EQUAL(ike_peer_rekey(pair.end[who].peer, true), 0);
		pair_run(&pair, 1000);
		CU_ASSERT_EQUAL(ctr(who, IKE_CTR_REKEY_P1), 1);
		CU_ASSERT_TRUE(all_aggressive(0));
		CU_ASSERT_TRUE(all_aggressive(1));
		CU_ASSERT_TRUE(pair_flows(&pair));
		pair_run(&pair, 60000);
		CU_ASSERT_EQUAL(pair_established(&pair.end[0]), 1);
		CU_ASSERT_EQUAL(pair_established(&pair.end[1]), 1);
		pair_free(&pair);
	}
}

static void both_may_begin_at_once(void)
{
	begin();
	pair.end[1].profile.aggressive = IKE_AGGRESSIVE_INITIATE;
	pair.end[1].cfg.initiate = true;
	CU_ASSERT_TRUE(up());
	pair_run(&pair, 60000);
	CU_ASSERT_TRUE(pair_flows(&pair));
	CU_ASSERT_EQUAL(pair_established(&pair.end[0]), 1);
	CU_ASSERT_EQUAL(pair_established(&pair.end[1]), 1);
	pair_free(&pair);
}

/* The responder never sees message 3, nor phase 2 until it has forgotten all. */
static void an_sa_that_the_responder_does_not_have_is_given_up(void)
{
	begin();
	on_the_wire(0, 1, 9);
	pair_start(&pair);
	pair_up(&pair);
	pair_run(&pair, 1000);
	CU_ASSERT_EQUAL(pair_established(&pair.end[0]), 1);
	CU_ASSERT_EQUAL(pair_established(&pair.end[1]), 0);
	CU_ASSERT_TRUE(pair_run_up(&pair, 150000));
	CU_ASSERT_EQUAL(pair_established(&pair.end[0]), 1);
	pair_free(&pair);
}

/* ---- addresses ---- */

static void nat(int client, uint16_t shift)
{
	struct pair_nat *n = &pair.end[client].nat;

	n->on = true;
	n->shift = shift;
	endpoint_parse("203.0.113.9", &n->outer);
}

static void without_a_nat_plain_esp(void)
{
	begin();
	pair_ip(&pair);
	CU_ASSERT_TRUE(up());
	CU_ASSERT_FALSE(pair_out(&pair.end[0])->ip.udp_encap);
	CU_ASSERT_TRUE(all_aggressive(1));
	pair_free(&pair);
}

static void a_nat_is_found_and_message_3_floats(void)
{
	struct ike_sa_info info;

	for (int force = 0; force < 3; force++) {
		begin();
		pair_ip(&pair);
		if (force)
			pair.end[force - 1].profile.natt = IKE_NATT_FORCE;
		else
			nat(0, 10000);
		CU_ASSERT_TRUE(up());
		for (int i = 0; i < 2; i++) {
			CU_ASSERT_TRUE(pair_out(&pair.end[i])->ip.udp_encap);
			CU_ASSERT_EQUAL(ike_peer_sas(pair.end[i].peer, &info, 1), 1);
			CU_ASSERT_EQUAL(info.at.local.port, 4500);
			if (!force) {
				CU_ASSERT_EQUAL(info.nat_here, i == 0);
				CU_ASSERT_EQUAL(info.nat_there, i == 1);
			}
		}
		CU_ASSERT_EQUAL(info.at.remote.port, force ? 4500 : 14500);
		CU_ASSERT_EQUAL(ike_peer_rekey(pair.end[0].peer, true), 0);
		pair_run(&pair, 1000);
		CU_ASSERT_TRUE(pair_flows(&pair));
		CU_ASSERT_TRUE(all_aggressive(1));
		pair_free(&pair);
	}
}

static void natt_off_sends_none_of_it(void)
{
	size_t len;

	begin();
	pair_ip(&pair);
	pair.end[0].profile.natt = IKE_NATT_OFF;
	on_the_wire(-1, 0, 0);
	CU_ASSERT_TRUE(up());
	body(1, 0, NAT_D, &len);
	CU_ASSERT_EQUAL(len, 0);
	pair_free(&pair);
}

static void peers_are_spawned(void)
{
	begin();
	pair_ip(&pair);
	pair_spawning(&pair);
	pair.end[2].profile.aggressive = IKE_AGGRESSIVE_INITIATE;
	nat(0, 10000);
	nat(2, 30000);
	for (int i = 0; i < PAIR_ENDS; i++) {
		pair_end_start(&pair.end[i]);
		ike_peer_path_state(pair.end[i].peer, true);
	}
	pair_run(&pair, 2000);
	CU_ASSERT_TRUE(pair_client_flows(&pair, 0));
	CU_ASSERT_TRUE(pair_client_flows(&pair, 2));
	CU_ASSERT_EQUAL(pair_spawned_now(&pair.end[1]), 2);
	CU_ASSERT_EQUAL(ike_peer_rekey(pair.end[0].peer, true), 0);
	pair_run(&pair, 40000);
	CU_ASSERT_TRUE(pair_client_flows(&pair, 0));
	CU_ASSERT_EQUAL(pair_spawned_now(&pair.end[1]), 2);
	pair_free(&pair);
}

/* ---- floods ---- */

/* Message 1 of end 0 in the record, and end 1 alone. */
static void begin_alone(bool ip, bool spawning)
{
	begin();
	if (ip)
		pair_ip(&pair);
	if (spawning)
		pair_spawning(&pair);
	on_the_wire(0, 0, 1);
	pair_start(&pair);
	ike_peer_path_state(pair.end[1].peer, true);
	ike_peer_path_state(pair.end[0].peer, true);
	pair_run(&pair, 10);
	pair_end_kill(&pair.end[0]);
}

/* Once more, from some address, with a cookie of its own. */
static void first_from(uint32_t address, uint32_t n)
{
	struct ipsec_at at = { .local = pair.end[1].path.at.local };
	uint8_t *msg = wire[0][0].data;

	endpoint_from_octets((uint8_t[]){ (uint8_t)(address >> 24), (uint8_t)(address >> 16),
					  (uint8_t)(address >> 8), (uint8_t)address },
			     4, &at.remote);
	at.remote.port = 500;
	memcpy(msg + 4, &n, sizeof(n));
	ike_peer_rx(pair.end[1].peer, pair.ip ? &at : NULL, msg, wire[0][0].len);
}

static void a_flood_gets_few_answers(void)
{
	begin_alone(false, false);
	for (uint32_t s = 0; s < 10; s++) {
		for (uint32_t n = 0; n < 100; n++)
			first_from(0, 100 * s + n);
		pair_run(&pair, 1000);
		CU_ASSERT(pair.end[1].sent <= IKE_AGGR_PER_S * (s + 1));
		CU_ASSERT(sas(1) <= IKE_HALF_OPEN_PER_PEER);
	}
	CU_ASSERT_EQUAL(ctr(1, IKE_CTR_HALF_OPEN), 10 * IKE_AGGR_PER_S);
	CU_ASSERT_EQUAL(ctr(1, IKE_CTR_HALF_OPEN_REFUSED), 1000 - 10 * IKE_AGGR_PER_S);
	CU_ASSERT_EQUAL(ctr(1, IKE_CTR_RETRANSMIT), 0); /* nothing is said twice unasked */
	pair_run(&pair, 21000);
	CU_ASSERT_EQUAL(sas(1), 0);
	pair_free(&pair);
}

static void a_flood_of_forged_addresses_makes_few_peers(void)
{
	begin_alone(true, true);
	for (uint32_t s = 0; s < 12; s++) {
		for (uint32_t n = 0; n < 100; n++)
			first_from(0x0a010000 + 100 * s + n, 100 * s + n);
		pair_run(&pair, 1000);
		CU_ASSERT(pair.end[1].n_spawned <= IKE_AGGR_PER_S_SPAWNING * (s + 1));
		CU_ASSERT(pair_spawned_now(&pair.end[1]) <= IKE_AGGR_UNPROVEN_MAX);
	}
	CU_ASSERT(ctr(1, IKE_CTR_HALF_OPEN_REFUSED) > 0);
	pair_run(&pair, 21000);
	CU_ASSERT_EQUAL(pair_spawned_now(&pair.end[1]), 0);
	pair_free(&pair);
}

static void a_flood_does_not_disturb_main_mode(void)
{
	begin_alone(true, true);
	pair.end[2].profile.aggressive = IKE_AGGRESSIVE_OFF;
	nat(2, 30000);
	drop_from = 2; /* its message 5, for a while */
	drop_nth = 2;
	drop_count = 2;
	pair_end_start(&pair.end[2]);
	ike_peer_path_state(pair.end[2].peer, true);
	for (uint32_t n = 0; n < 3000; n++) {
		first_from(0x0a020000 + n, n);
		if (n % 100 == 0)
			pair_run(&pair, 150);
	}
	pair_run(&pair, 3000);
	CU_ASSERT_TRUE(pair_client_flows(&pair, 2));
	CU_ASSERT_EQUAL(ctr(2, IKE_CTR_P1_FAIL), 0);
	pair_free(&pair);
}

static const struct unit_case cases[] = {
	{ "three messages, then phase 2", three_messages_and_a_phase_2 },
	{ "HASH_I and HASH_R by hand, message 3 in clear", hashes_are_those_of_the_rfc },
	{ "off by default, and not answered", off_by_default_and_not_answered },
	{ "accept begins by Main Mode", accept_begins_by_main_mode },
	{ "any message may be lost", any_message_may_be_lost },
	{ "copies change nothing", copies_change_nothing },
	{ "a forged message ends nothing", a_forged_message_ends_nothing },
	{ "another key never comes up, and is forgotten",
	  another_key_never_comes_up_and_is_forgotten },
	{ "another identity is refused by either", another_identity_is_refused_by_either },
	{ "one group is offered", one_group_is_offered },
	{ "no proposal in common", no_proposal_in_common },
	{ "rekeying keeps the mode", rekeying_keeps_the_mode },
	{ "both may begin at once", both_may_begin_at_once },
	{ "an SA that the responder does not have is given up",
	  an_sa_that_the_responder_does_not_have_is_given_up },
	{ "without a NAT plain ESP", without_a_nat_plain_esp },
	{ "a NAT is found, message 3 floats", a_nat_is_found_and_message_3_floats },
	{ "nat-t off sends none of it", natt_off_sends_none_of_it },
	{ "peers are spawned", peers_are_spawned },
	{ "a flood gets few answers", a_flood_gets_few_answers },
	{ "a flood of forged addresses makes few peers",
	  a_flood_of_forged_addresses_makes_few_peers },
	{ "a flood does not disturb Main Mode", a_flood_does_not_disturb_main_mode },
};

UNIT_MAIN("ipsec/ike aggressive mode", cases)
