/* SPDX-License-Identifier: GPL-2.0-or-later */

/* Negotiations between two peers: what is agreed, and that loss, doubling and order do not matter.
 * What happens later in their lives is in test_ike_life.c. */

#include <errno.h>
#include <stdio.h>

#include "ipsec/ike/dh.h"
#include "ipsec/ike/prf.h"
#include "tests/unit/ipsec/ike_pair.h"
#include "tests/unit/unit.h"

/* Too large for a stack. */
static struct pair pair;

static uint64_t ctr(int i, enum ike_counter c)
{
	return ike_peer_counter(pair.end[i].peer, c);
}

static void begin(void)
{
	pair_init(&pair);
}

static void end(void)
{
	pair_free(&pair);
}

static void go(void)
{
	pair_start(&pair);
	pair_up(&pair);
}

static void one_of_everything(void)
{
	for (int i = 0; i < 2; i++) {
		CU_ASSERT_EQUAL(pair_established(&pair.end[i]), 1);
		CU_ASSERT_EQUAL(pair_count(&pair.end[i], SA_IN), 1);
		CU_ASSERT_EQUAL(pair_count(&pair.end[i], SA_OUT), 1);
	}
	CU_ASSERT(pair_flows(&pair));
}

static void main_and_quick_mode_protect_the_path(void)
{
	begin();
	go();
	/* 1-6: main mode; 7-9: quick mode. Nine messages, 5 ms each. */
	CU_ASSERT(pair_run_up(&pair, 1000));
	pair_run(&pair, 100);
	CU_ASSERT_EQUAL(pair.end[0].sent + pair.end[1].sent, 9);
	one_of_everything();
	for (int i = 0; i < 2; i++) {
		struct ike_child_info c[2];
		struct ike_sa_info s[2];

		CU_ASSERT_EQUAL(pair_events(&pair.end[i], IKE_PEER_UP), 1);
		CU_ASSERT_EQUAL(ike_peer_children(pair.end[i].peer, c, 2), 1);
		CU_ASSERT(c[0].sending);
		CU_ASSERT_EQUAL(c[0].next_header, 115);
		CU_ASSERT_EQUAL(ike_peer_sas(pair.end[i].peer, s, 2), 1);
		CU_ASSERT_STRING_EQUAL(s[0].remote_id, i ? "alice.example" : "bob.example");
		CU_ASSERT_EQUAL(s[0].initiator, i == 0);
		CU_ASSERT_EQUAL(ctr(i, IKE_CTR_P1_UP), 1);
		CU_ASSERT_EQUAL(ctr(i, IKE_CTR_P2_UP), 1);
		CU_ASSERT_EQUAL(ctr(i, IKE_CTR_RETRANSMIT), 0);
	}
	end();
}

static void every_phase_1_suite_works(void)
{
	static const uint16_t bits[] = { 128, 256 };

	for (const struct ike_hash *h = ike_hashes; h->name; h++)
		for (const struct ike_group *g = ike_groups; g->name; g++)
			for (int k = 0; k < 2; k++) {
				struct ike_p1_suite s = { bits[k], h->id, g->id };
				struct ike_sa_info info;

				begin();
				pair.end[0].profile.p1[0] = pair.end[1].profile.p1[0] = s;
				go();
				CU_ASSERT(pair_run_up(&pair, 1000));
				CU_ASSERT_EQUAL(ike_peer_sas(pair.end[1].peer, &info, 1), 1);
				CU_ASSERT_EQUAL(memcmp(&info.suite, &s, sizeof(s)), 0);
				end();
			}
}

static void every_esp_suite_works_with_and_without_pfs(void)
{
	static const uint16_t pfs[] = { 0, 14, 19 };

	for (const struct esp_suite *s = esp_suites; s->name; s++)
		for (int k = 0; k < 3 && esp_suite_ike1(s); k++) {
			struct ike_child_info c;

			begin();
			for (int i = 0; i < 2; i++) {
				pair.end[i].profile.esp[0] = s;
				pair.end[i].profile.pfs_group = pfs[k];
			}
			go();
			CU_ASSERT(pair_run_up(&pair, 1000));
			CU_ASSERT_EQUAL(ike_peer_children(pair.end[0].peer, &c, 1), 1);
			CU_ASSERT_PTR_EQUAL(c.suite, s);
			CU_ASSERT_EQUAL(c.pfs_group, pfs[k]);
			end();
		}
}

static void the_initiators_order_of_proposals_counts(void)
{
	struct ike_sa_info info;

	begin();
	for (int i = 0; i < 2; i++) {
		pair.end[i].profile.n_p1 = 2;
		ike_p1_suite_parse(i ? "aes128-sha1-modp2048" : "aes256-sha384-ecp256",
				   &pair.end[i].profile.p1[0]);
		ike_p1_suite_parse(i ? "aes256-sha384-ecp256" : "aes128-sha1-modp2048",
				   &pair.end[i].profile.p1[1]);
	}
	go();
	CU_ASSERT(pair_run_up(&pair, 1000));
	CU_ASSERT_EQUAL(ike_peer_sas(pair.end[1].peer, &info, 1), 1);
	CU_ASSERT_EQUAL(info.suite.hash, 5);
	end();
}

static void next_header_0_is_negotiated_when_both_want_it(void)
{
	begin();
	pair.end[0].cfg.next_header = pair.end[1].cfg.next_header = 0;
	go();
	CU_ASSERT(pair_run_up(&pair, 1000));
	CU_ASSERT_EQUAL(pair_out(&pair.end[0])->next_header, 0);
	end();
}

static void different_next_headers_are_refused(void)
{
	begin();
	pair.end[0].cfg.next_header = 0;
	go();
	CU_ASSERT_FALSE(pair_run_up(&pair, 20000));
	CU_ASSERT(ctr(1, IKE_CTR_RX_ID_MISMATCH) > 1); /* tried again */
	CU_ASSERT(ctr(0, IKE_CTR_P2_FAIL) > 1);
	CU_ASSERT_EQUAL(pair_established(&pair.end[0]), 1);
	CU_ASSERT_EQUAL(pair_count(&pair.end[1], SA_IN), 0);
	end();
}

static void a_wrong_psk_never_comes_up(void)
{
	begin();
	pair.end[1].cfg.psk = (const uint8_t *)"another secret!";
	go();
	CU_ASSERT_FALSE(pair_run_up(&pair, 200000));
	CU_ASSERT(ctr(1, IKE_CTR_RX_AUTH_FAIL) > 1);
	CU_ASSERT(ctr(0, IKE_CTR_P1_FAIL) > 1);
	CU_ASSERT_EQUAL(pair_established(&pair.end[0]), 0);
	CU_ASSERT_EQUAL(pair_established(&pair.end[1]), 0);
	end();
}

static void a_wrong_identity_is_refused_by_either_side(void)
{
	for (int i = 0; i < 2; i++) {
		begin();
		pair.end[i].cfg.remote.data[0] ^= 1;
		go();
		CU_ASSERT_FALSE(pair_run_up(&pair, 20000));
		CU_ASSERT(ctr(i, IKE_CTR_RX_ID_MISMATCH) >= 1);
		CU_ASSERT(ctr(i, IKE_CTR_P1_FAIL) >= 1);
		CU_ASSERT_EQUAL(pair_established(&pair.end[i]), 0);
		end();
	}
}

static void any_identity_is_taken_when_none_is_configured(void)
{
	begin();
	pair.end[0].cfg.remote.type = pair.end[1].cfg.remote.type = 0;
	pair.end[0].cfg.local.type = IKE_ID_KEY_ID;
	go();
	CU_ASSERT(pair_run_up(&pair, 1000));
	end();
}

static void no_common_phase_1_proposal_is_counted_and_retried(void)
{
	begin();
	ike_p1_suite_parse("aes128-sha1-modp3072", &pair.end[1].profile.p1[0]);
	go();
	CU_ASSERT_FALSE(pair_run_up(&pair, 100000));
	CU_ASSERT(ctr(1, IKE_CTR_RX_NO_PROPOSAL) > 1);
	CU_ASSERT(ctr(0, IKE_CTR_P1_FAIL) >= 1);
	end();
}

static void no_common_phase_2_proposal_is_counted_and_retried(void)
{
	for (int pfs = 0; pfs < 2; pfs++) {
		begin();
		if (pfs)
			pair.end[1].profile.pfs_group = 19;
		else
			pair.end[1].profile.esp[0] = esp_suite_by_name("aes128-sha1");
		go();
		CU_ASSERT_FALSE(pair_run_up(&pair, 60000));
		CU_ASSERT(ctr(1, IKE_CTR_RX_NO_PROPOSAL) > 1);
		CU_ASSERT(ctr(0, IKE_CTR_P2_FAIL) > 1);
		CU_ASSERT_EQUAL(pair.end[0].n_reserved, 0);
		CU_ASSERT_EQUAL(pair.end[1].n_reserved, 0);
		end();
	}
}

static void without_psk_nothing_is_negotiated(void)
{
	for (int i = 0; i < 2; i++) {
		begin();
		pair.end[i].cfg.psk_len = 0;
		go();
		CU_ASSERT_FALSE(pair_run_up(&pair, 5000));
		CU_ASSERT_EQUAL(pair.end[i].sent, 0);
		end();
	}
}

static void an_sa_that_cannot_be_installed_leaves_nothing(void)
{
	for (int i = 0; i < 2; i++) {
		begin();
		pair.end[i].refuse_add = true;
		go();
		CU_ASSERT_FALSE(pair_run_up(&pair, 60000));
		CU_ASSERT(ctr(i, IKE_CTR_P2_FAIL) >= 1);
		pair.end[i].refuse_add = false;
		CU_ASSERT(pair_run_up(&pair, 60000));
		pair_run(&pair, 100);
		one_of_everything();
		end();
	}
}

/* ---- a network that misbehaves ---- */

struct fault {
	int from;
	unsigned int serial;
	unsigned int octet;
	uint8_t mask;
	uint32_t delay_ms;
	unsigned int hits;
};

static enum pair_fate drop_one(struct pair *p, int from, unsigned int serial, const uint8_t *msg,
			       size_t len, void *priv)
{
	struct fault *f = priv;

	(void)p, (void)msg, (void)len;
	if (from != f->from || serial != f->serial)
		return PAIR_PASS;
	f->hits++;
	return PAIR_DROP;
}

/* Nine messages: end 0 sends 1, 3, 5, 7, 9 (serial 0-4), end 1 sends 2, 4, 6, 8 (serial 0-3). */
static const struct fault each_message[] = {
	{ .from = 0, .serial = 0 }, { .from = 1, .serial = 0 }, { .from = 0, .serial = 1 },
	{ .from = 1, .serial = 1 }, { .from = 0, .serial = 2 }, { .from = 1, .serial = 2 },
	{ .from = 0, .serial = 3 }, { .from = 1, .serial = 3 }, { .from = 0, .serial = 4 },
};
#define N_MESSAGES (sizeof(each_message) / sizeof(each_message[0]))

static void each_message_may_be_lost_once(void)
{
	for (int pfs = 0; pfs < 2; pfs++)
		for (size_t k = 0; k < N_MESSAGES; k++) {
			struct fault f = each_message[k];

			begin();
			pair.filter = drop_one;
			pair.filter_priv = &f;
			pair.end[0].profile.pfs_group = pair.end[1].profile.pfs_group =
				pfs ? 19 : 0;
			go();
			CU_ASSERT(pair_run_up(&pair, 4000));
			CU_ASSERT_EQUAL(f.hits, 1);
			pair_run(&pair, 5000);
			one_of_everything();
			CU_ASSERT_EQUAL(ctr(0, IKE_CTR_P1_FAIL) + ctr(1, IKE_CTR_P1_FAIL), 0);
			CU_ASSERT_EQUAL(ctr(0, IKE_CTR_P2_FAIL) + ctr(1, IKE_CTR_P2_FAIL), 0);
			end();
		}
}

static enum pair_fate every_message_thrice(struct pair *p, int from, unsigned int serial,
					   const uint8_t *msg, size_t len, void *priv)
{
	(void)serial, (void)priv;
	pair_put(p, !from, msg, len, 5);
	pair_put(p, !from, msg, len, 5);
	pair_put(p, !from, msg, len, 5000); /* long after all is over */
	return PAIR_DROP;
}

static void duplicates_do_no_harm(void)
{
	begin();
	pair.filter = every_message_thrice;
	go();
	CU_ASSERT(pair_run_up(&pair, 1000));
	/* Nor do they breed. */
	CU_ASSERT_EQUAL(pair.end[0].sent + pair.end[1].sent, 9);
	pair.filter = NULL;
	pair_run(&pair, 10000);
	one_of_everything();
	CU_ASSERT(ctr(0, IKE_CTR_RX_DUPLICATE) > 0);
	CU_ASSERT(ctr(1, IKE_CTR_RX_DUPLICATE) > 0);
	CU_ASSERT_EQUAL(ctr(0, IKE_CTR_P1_UP), 1);
	CU_ASSERT_EQUAL(ctr(0, IKE_CTR_P2_UP), 1);
	end();
}

static enum pair_fate delay_by_serial(struct pair *p, int from, unsigned int serial,
				      const uint8_t *msg, size_t len, void *priv)
{
	static const uint32_t delays[] = { 1500, 3, 700, 2200, 10, 4000, 1 };
	unsigned int *seed = priv;

	pair_put(p, !from, msg, len, delays[(serial * 3 + (unsigned int)from + *seed) % 7]);
	return PAIR_DROP;
}

static void reordered_messages_come_to_the_same_end(void)
{
	for (unsigned int seed = 0; seed < 7; seed++) {
		begin();
		pair.filter = delay_by_serial;
		pair.filter_priv = &seed;
		go();
		CU_ASSERT(pair_run_up(&pair, 120000));
		pair.filter = NULL;
		pair_run(&pair, 60000);
		one_of_everything();
		end();
	}
}

static enum pair_fate drop_all(struct pair *p, int from, unsigned int serial, const uint8_t *msg,
			       size_t len, void *priv)
{
	(void)p, (void)from, (void)serial, (void)msg, (void)len, (void)priv;
	return PAIR_DROP;
}

static void an_unanswered_peer_is_asked_less_and_less_often(void)
{
	begin();
	pair.filter = drop_all;
	go();
	/* 1 + 2 + 4 + 8 + 16 + 30 s of one attempt, then a pause. */
	pair_run(&pair, 60000);
	CU_ASSERT_EQUAL(pair.end[0].sent, 6);
	CU_ASSERT_EQUAL(ctr(0, IKE_CTR_RETRANSMIT), 5);
	pair_run(&pair, 2500);
	CU_ASSERT_EQUAL(ctr(0, IKE_CTR_P1_FAIL), 1);
	CU_ASSERT(pair.end[0].sent >= 7 && pair.end[0].sent <= 8);
	pair.filter = NULL;
	CU_ASSERT(pair_run_up(&pair, 70000));
	end();
}

static void a_path_that_is_down_freezes_retransmission(void)
{
	begin();
	pair.filter = drop_all;
	go();
	pair_run(&pair, 500);
	ike_peer_path_state(pair.end[0].peer, false);
	pair_run(&pair, 1000000);
	CU_ASSERT_EQUAL(pair.end[0].sent, 1);
	CU_ASSERT_EQUAL(ctr(0, IKE_CTR_P1_FAIL), 0);
	pair.filter = NULL;
	/* With the carrier it goes on at once. */
	ike_peer_path_state(pair.end[0].peer, true);
	CU_ASSERT(pair_run_up(&pair, 200));
	end();
}

/* ---- hostile ---- */

/* A changed copy just before each message: what is encrypted must not be disturbed at all, what is
 * not may cost an attempt. */
static enum pair_fate mutated_copy_first(struct pair *p, int from, unsigned int serial,
					 const uint8_t *msg, size_t len, void *priv)
{
	struct fault *f = priv;
	uint8_t copy[2048];

	if (from == f->from && serial == f->serial && len > f->octet && len <= sizeof(copy)) {
		memcpy(copy, msg, len);
		copy[f->octet] ^= f->mask;
		pair_put(p, !from, copy, len, 4);
		f->hits++;
	}
	return PAIR_PASS;
}

static enum pair_fate mutated_copy_after(struct pair *p, int from, unsigned int serial,
					 const uint8_t *msg, size_t len, void *priv)
{
	struct fault *f = priv;
	uint8_t copy[2048];

	if (from == f->from && serial == f->serial && len > f->octet && len <= sizeof(copy)) {
		pair_put(p, !from, msg, len, 4);
		memcpy(copy, msg, len);
		copy[f->octet] ^= f->mask;
		pair_put(p, !from, copy, len, 4);
		f->hits++;
		return PAIR_DROP;
	}
	return PAIR_PASS;
}

static void mutate_all(pair_filter filter, size_t first, int64_t patience_ms)
{
	static const uint8_t masks[] = { 0x01, 0xff };
	bool more = true;

	for (size_t k = first; k < N_MESSAGES; k++)
		for (int j = 0; j < 2; j++) {
			more = true;
			for (unsigned int octet = 0; more; octet++) {
				struct fault f = each_message[k];

				f.octet = octet;
				f.mask = masks[j];
				begin();
				pair.filter = filter;
				pair.filter_priv = &f;
				go();
				if (!pair_run_up(&pair, patience_ms)) {
					printf("message %zu octet %u mask %02x\n", k + 1, octet,
					       f.mask);
					CU_FAIL("the honest exchange was disturbed");
				}
				more = f.hits > 0;
				end();
			}
		}
}

static void changed_copies_behind_each_message_disturb_nothing(void)
{
	mutate_all(mutated_copy_after, 0, 900);
}

static void changed_copies_before_encrypted_messages_disturb_nothing(void)
{
	mutate_all(mutated_copy_first, 4, 900);
}

static void changed_copies_before_clear_messages_cost_an_attempt_at_most(void)
{
	for (size_t k = 0; k < 4; k++)
		for (unsigned int octet = 0; octet < 200; octet++) {
			struct fault f = each_message[k];

			f.octet = octet;
			f.mask = 0xff;
			begin();
			pair.filter = mutated_copy_first;
			pair.filter_priv = &f;
			go();
			CU_ASSERT(pair_run_up(&pair, 100000));
			end();
		}
}

static void truncated_and_alien_messages_are_counted_only(void)
{
	uint8_t junk[512];
	uint64_t before;

	begin();
	go();
	CU_ASSERT(pair_run_up(&pair, 1000));
	before = ctr(1, IKE_CTR_RX);
	for (size_t len = 0; len < sizeof(junk); len++) {
		memset(junk, (int)len, sizeof(junk));
		ike_peer_rx(pair.end[1].peer, NULL, junk, len);
	}
	CU_ASSERT_EQUAL(ctr(1, IKE_CTR_RX) - before, sizeof(junk));
	CU_ASSERT(ctr(1, IKE_CTR_RX_MALFORMED) > 500);
	one_of_everything();
	end();
}

static enum pair_fate catch_first(struct pair *p, int from, unsigned int serial, const uint8_t *msg,
				  size_t len, void *priv)
{
	(void)p;
	if (from == 0 && serial == 0) {
		memcpy(priv, msg, len);
		((uint8_t *)priv)[1000] = (uint8_t)(len >> 8);
		((uint8_t *)priv)[1001] = (uint8_t)len;
	}
	return PAIR_PASS;
}

static void a_flood_of_first_messages_is_bounded_and_evicts_nothing_authenticated(void)
{
	uint8_t first[1002];
	struct ike_sa_info info[64];
	size_t len;

	begin();
	pair.filter = catch_first;
	pair.filter_priv = first;
	go();
	CU_ASSERT(pair_run_up(&pair, 1000));
	pair.filter = NULL;
	len = (size_t)(first[1000] << 8 | first[1001]);
	for (int i = 0; i < 1000; i++) {
		first[6] = (uint8_t)(i >> 8);
		first[7] = (uint8_t)i;
		ike_peer_rx(pair.end[1].peer, NULL, first, len);
	}
	/* One established, the bounded rest half open. */
	CU_ASSERT_EQUAL(ike_peer_sas(pair.end[1].peer, info, 64), 1);
	CU_ASSERT_EQUAL(ike_peer_half_open(pair.end[1].peer), IKE_HALF_OPEN_PER_PEER);
	CU_ASSERT(ctr(1, IKE_CTR_HALF_OPEN_LIMIT) >= 990);
	pair_run(&pair, 100000);
	one_of_everything();
	CU_ASSERT_EQUAL(ike_peer_sas(pair.end[1].peer, info, 64), 1);
	CU_ASSERT_EQUAL(ike_peer_half_open(pair.end[1].peer), 0);
	end();
}

static void a_flood_does_not_push_out_a_negotiation_that_got_further(void)
{
	uint8_t first[1002];
	size_t len;

	begin();
	pair.filter = catch_first;
	pair.filter_priv = first;
	pair.delay_ms = 50;
	go();
	pair_run(&pair, 180); /* message 4 is on its way */
	len = (size_t)(first[1000] << 8 | first[1001]);
	for (int i = 0; i < 100; i++) {
		first[7] ^= (uint8_t)(i + 1);
		ike_peer_rx(pair.end[1].peer, NULL, first, len);
	}
	CU_ASSERT(pair_run_up(&pair, 1000));
	CU_ASSERT_EQUAL(ctr(0, IKE_CTR_RETRANSMIT), 0);
	end();
}

static void suites_are_parsed_and_named(void)
{
	static const char *const bad[] = { "",
					   "aes256",
					   "aes256-sha256",
					   "aes192-sha256-ecp256",
					   "aes256-md5-ecp256",
					   "aes256-sha256-modp1024",
					   "aes256-sha256-ecp256-",
					   "aes256-sha256-ecp256-x",
					   "aes2567890123456789-sha1-ecp256" };
	struct ike_p1_suite s;
	char buf[64];

	CU_ASSERT_EQUAL(ike_p1_suite_parse("aes128-sha384-modp3072", &s), 0);
	CU_ASSERT_EQUAL(s.key_bits, 128);
	CU_ASSERT_EQUAL(s.hash, 5);
	CU_ASSERT_EQUAL(s.group, 15);
	CU_ASSERT_STRING_EQUAL(ike_p1_suite_name(&s, buf, sizeof(buf)), "aes128-sha384-modp3072");
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		CU_ASSERT_EQUAL(ike_p1_suite_parse(bad[i], &s), -EINVAL);
	for (int i = 0; i < IKE_CTR_N; i++)
		CU_ASSERT_PTR_NOT_NULL(ike_counter_names[i]);
}

static const struct unit_case cases[] = {
#define CASE(fn)                                                                                   \
	{                                                                                          \
#fn, fn                                                                            \
	}
	CASE(main_and_quick_mode_protect_the_path),
	CASE(every_phase_1_suite_works),
	CASE(every_esp_suite_works_with_and_without_pfs),
	CASE(the_initiators_order_of_proposals_counts),
	CASE(next_header_0_is_negotiated_when_both_want_it),
	CASE(different_next_headers_are_refused),
	CASE(a_wrong_psk_never_comes_up),
	CASE(a_wrong_identity_is_refused_by_either_side),
	CASE(any_identity_is_taken_when_none_is_configured),
	CASE(no_common_phase_1_proposal_is_counted_and_retried),
	CASE(no_common_phase_2_proposal_is_counted_and_retried),
	CASE(without_psk_nothing_is_negotiated),
	CASE(an_sa_that_cannot_be_installed_leaves_nothing),
	CASE(each_message_may_be_lost_once),
	CASE(duplicates_do_no_harm),
	CASE(reordered_messages_come_to_the_same_end),
	CASE(an_unanswered_peer_is_asked_less_and_less_often),
	CASE(a_path_that_is_down_freezes_retransmission),
	CASE(changed_copies_behind_each_message_disturb_nothing),
	CASE(changed_copies_before_encrypted_messages_disturb_nothing),
	CASE(changed_copies_before_clear_messages_cost_an_attempt_at_most),
	CASE(truncated_and_alien_messages_are_counted_only),
	CASE(a_flood_of_first_messages_is_bounded_and_evicts_nothing_authenticated),
	CASE(a_flood_does_not_push_out_a_negotiation_that_got_further),
	CASE(suites_are_parsed_and_named),
};

UNIT_MAIN("ipsec/ike_exchange", cases)
