/* SPDX-License-Identifier: GPL-2.0-or-later */

/* Peers over time: simultaneous starts, rekeying, deletion, death. */

#include <string.h>

#include "ipsec/ike/ike_internal.h"
#include "tests/unit/ipsec/ike_pair.h"
#include "tests/unit/unit.h"

static struct pair pair;

static uint64_t ctr(int i, enum ike_counter c)
{
	return ike_peer_counter(pair.end[i].peer, c);
}

static void go(void)
{
	pair_start(&pair);
	pair_up(&pair);
}

static void begin_up(void)
{
	pair_init(&pair);
	go();
	CU_ASSERT(pair_run_up(&pair, 1000));
	pair_run(&pair, 100);
}

static void end(void)
{
	pair_free(&pair);
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

/* A packet each way every millisecond: not one may meet an SA that is not there. */
static unsigned int run_with_traffic(int64_t ms)
{
	unsigned int lost = 0;

	for (int64_t t = 0; t < ms; t++) {
		pair_run(&pair, 1);
		lost += !pair_send_esp(&pair, 0);
		lost += !pair_send_esp(&pair, 1);
	}
	return lost;
}

/* What both began at once is redundant, not renewed. */
static void nothing_counts_as_a_rekey(void)
{
	for (int i = 0; i < 2; i++) {
		CU_ASSERT_EQUAL(ctr(i, IKE_CTR_REKEY_P1) + ctr(i, IKE_CTR_REKEY_P2), 0);
		CU_ASSERT_EQUAL(ctr(i, IKE_CTR_P1_UP), 1 + ctr(i, IKE_CTR_P1_REDUNDANT));
		CU_ASSERT_EQUAL(ctr(i, IKE_CTR_P2_UP), 1 + ctr(i, IKE_CTR_P2_REDUNDANT));
	}
}

static void both_starting_at_once_converge(void)
{
	/* Apart by less, by exactly, and by more than the delay of the path. */
	static const int64_t apart[] = { 0,  1,	 4,  5,	 6,  9,	 10, 11, 14, 15,
					 19, 20, 24, 25, 29, 30, 35, 40, 45, 50 };

	for (size_t k = 0; k < sizeof(apart) / sizeof(apart[0]); k++)
		for (int first = 0; first < 2; first++) {
			pair_init(&pair);
			pair.end[1].cfg.initiate = true;
			pair_start(&pair);
			ike_peer_path_state(pair.end[!first].peer, true);
			ike_peer_path_state(pair.end[first].peer, true);
			ike_peer_path_state(pair.end[!first].peer, false);
			pair_run(&pair, apart[k]);
			ike_peer_path_state(pair.end[!first].peer, true);
			CU_ASSERT(pair_run_up(&pair, 3000));
			CU_ASSERT_EQUAL(run_with_traffic(8000), 0);
			one_of_everything();
			nothing_counts_as_a_rekey();
			CU_ASSERT_EQUAL(pair_events(&pair.end[0], IKE_PEER_DOWN), 0);
			CU_ASSERT_EQUAL(pair_events(&pair.end[1], IKE_PEER_DOWN), 0);
			end();
		}
}

static void phase_2_rekeyed_by_either_end_loses_nothing(void)
{
	for (int i = 0; i < 2; i++) {
		uint32_t old;

		begin_up();
		old = pair_out(&pair.end[0])->spi;
		CU_ASSERT_EQUAL(ike_peer_rekey(pair.end[i].peer, false), 0);
		CU_ASSERT_EQUAL(run_with_traffic(1000), 0);
		CU_ASSERT_NOT_EQUAL(pair_out(&pair.end[0])->spi, old);
		/* Both inbound SAs live on for a while. */
		CU_ASSERT_EQUAL(pair_count(&pair.end[0], SA_IN), 2);
		CU_ASSERT_EQUAL(pair_count(&pair.end[1], SA_IN), 2);
		CU_ASSERT_EQUAL(run_with_traffic(5000), 0);
		one_of_everything();
		CU_ASSERT_EQUAL(ctr(i, IKE_CTR_REKEY_P2), 1);
		CU_ASSERT_EQUAL(ctr(!i, IKE_CTR_REKEY_P2), 0);
		CU_ASSERT_EQUAL(ctr(i, IKE_CTR_P2_UP), 2);
		CU_ASSERT_EQUAL(pair_events(&pair.end[0], IKE_PEER_DOWN), 0);
		end();
	}
}

/* Ours and the peer's identity of an end's live SA are these. */
static bool ids_are(int i, const uint8_t *own, const uint8_t *other, size_t len)
{
	const struct ike_child *c = ike_child_live(pair.end[i].peer);

	return c && c->ids[0].len == len && c->ids[1].len == len &&
	       memcmp(c->ids[0].p, own, len) == 0 && memcmp(c->ids[1].p, other, len) == 0;
}

/* ID_IPV4_ADDR, protocol 115, port 0: what strongSwan offers in transport mode. */
static void a_rekey_by_either_end_keeps_the_identities(void)
{
	static const uint8_t a[] = { 1, 115, 0, 0, 192, 0, 2, 1 };
	static const uint8_t b[] = { 1, 115, 0, 0, 192, 0, 2, 2 };

	for (int i = 0; i < 2; i++) {
		uint32_t old;

		begin_up();
		for (int e = 0; e < 2; e++) {
			struct ike_child *c = ike_child_live(pair.end[e].peer);

			CU_ASSERT_EQUAL(ike_blob_set(c, &c->ids[0], e ? b : a, sizeof(a)), 0);
			CU_ASSERT_EQUAL(ike_blob_set(c, &c->ids[1], e ? a : b, sizeof(a)), 0);
		}
		/* Once by one end, then by the other: what the first made is what the second renews. */
		for (int k = 0; k < 2; k++) {
			old = pair_out(&pair.end[0])->spi;
			CU_ASSERT_EQUAL(ike_peer_rekey(pair.end[i ^ k].peer, false), 0);
			CU_ASSERT_EQUAL(run_with_traffic(8000), 0);
			CU_ASSERT_NOT_EQUAL(pair_out(&pair.end[0])->spi, old);
			CU_ASSERT(ids_are(0, a, b, sizeof(a)));
			CU_ASSERT(ids_are(1, b, a, sizeof(a)));
		}
		one_of_everything();
		end();
	}
}

static void phase_2_rekeyed_by_both_ends_at_once_loses_nothing(void)
{
	static const int64_t apart[] = { 0, 3, 5, 7, 10, 12, 15 };

	for (size_t k = 0; k < sizeof(apart) / sizeof(apart[0]); k++) {
		begin_up();
		ike_peer_rekey(pair.end[0].peer, false);
		pair_run(&pair, apart[k]);
		ike_peer_rekey(pair.end[1].peer, false);
		CU_ASSERT_EQUAL(run_with_traffic(9000), 0);
		one_of_everything();
		CU_ASSERT_EQUAL(pair_events(&pair.end[0], IKE_PEER_DOWN), 0);
		CU_ASSERT_EQUAL(pair_events(&pair.end[1], IKE_PEER_DOWN), 0);
		end();
	}
}

static void phase_1_rekeyed_by_either_end_or_both_keeps_the_children(void)
{
	for (int who = 0; who < 3; who++) {
		struct ike_sa_info before, after;

		begin_up();
		ike_peer_sas(pair.end[0].peer, &before, 1);
		if (who != 1)
			ike_peer_rekey(pair.end[0].peer, true);
		if (who != 0)
			ike_peer_rekey(pair.end[1].peer, true);
		CU_ASSERT_EQUAL(run_with_traffic(10000), 0);
		one_of_everything();
		ike_peer_sas(pair.end[0].peer, &after, 1);
		CU_ASSERT_NOT_EQUAL(memcmp(before.icookie, after.icookie, 8), 0);
		CU_ASSERT_EQUAL(pair_events(&pair.end[0], IKE_PEER_DOWN), 0);
		end();
	}
}

static enum pair_fate lose_first_of_bob(struct pair *p, int from, unsigned int serial,
					const uint8_t *msg, size_t len, void *priv)
{
	(void)p;
	(void)msg;
	(void)len;
	(void)priv;
	return from == 1 && serial == 0 ? PAIR_DROP : PAIR_PASS;
}

/* Both begin, and one's message 1 comes only when it is repeated, as on a circuit that becomes active
 * at one end first: then the ends differ about which replaced which. What is left in the end is in
 * service at both, and is renewed when it is asked for. */
static void what_is_left_of_two_phase_1_is_renewed(void)
{
	for (int round = 0; round < 16; round++) { /* random cookies decide */
		struct ike_sa_info before, after;
		int who = round % 2;

		pair_init(&pair);
		pair.end[1].cfg.initiate = true;
		pair.filter = lose_first_of_bob;
		pair_start(&pair);
		pair_up(&pair);
		CU_ASSERT(pair_run_up(&pair, 3000));
		CU_ASSERT_EQUAL(run_with_traffic(8000), 0);
		if (pair_established(&pair.end[who]) == 1) {
			ike_peer_sas(pair.end[who].peer, &before, 1);
			CU_ASSERT_EQUAL(ike_peer_rekey(pair.end[who].peer, true), 0);
			CU_ASSERT_EQUAL(run_with_traffic(8000), 0);
			CU_ASSERT_EQUAL(pair_established(&pair.end[who]), 1);
			ike_peer_sas(pair.end[who].peer, &after, 1);
			CU_ASSERT_NOT_EQUAL(memcmp(before.icookie, after.icookie, 8), 0);
		}
		CU_ASSERT_EQUAL(pair_events(&pair.end[0], IKE_PEER_DOWN), 0);
		end();
	}
}

static void a_soft_limit_rekeys_and_a_hard_one_deletes(void)
{
	begin_up();
	ike_peer_sa_event(pair.end[1].peer, SA_IN, pair_out(&pair.end[0])->spi, SA_EV_SOFT);
	CU_ASSERT_EQUAL(run_with_traffic(6000), 0);
	CU_ASSERT_EQUAL(ctr(1, IKE_CTR_REKEY_P2), 1);
	one_of_everything();
	ike_peer_sa_event(pair.end[0].peer, SA_OUT, pair_out(&pair.end[0])->spi, SA_EV_HARD);
	pair_run(&pair, 0);
	CU_ASSERT_EQUAL(pair_events(&pair.end[0], IKE_PEER_DOWN), 1);
	CU_ASSERT(pair_run_up(&pair, 200));
	pair_run(&pair, 1000);
	one_of_everything();
	CU_ASSERT_EQUAL(pair_events(&pair.end[0], IKE_PEER_UP), 2);
	/* An SA that nobody knows (any more). */
	ike_peer_sa_event(pair.end[0].peer, SA_OUT, 1, SA_EV_HARD);
	one_of_everything();
	end();
}

static void lifetimes_rekey_in_time_for_days(void)
{
	pair_init(&pair);
	for (int i = 0; i < 2; i++) {
		pair.end[i].profile.p1_lifetime = 3600;
		pair.end[i].profile.p2_lifetime = 600;
		pair.end[i].profile.dpd_interval = 10;
	}
	go();
	CU_ASSERT(pair_run_up(&pair, 1000));
	for (int minute = 0; minute < 24 * 60; minute++) {
		pair_run(&pair, 60000);
		CU_ASSERT(pair_flows(&pair));
	}
	pair_run(&pair, 8000);
	CU_ASSERT_EQUAL(pair_events(&pair.end[0], IKE_PEER_DOWN), 0);
	CU_ASSERT_EQUAL(pair_events(&pair.end[1], IKE_PEER_DOWN), 0);
	CU_ASSERT(ctr(0, IKE_CTR_REKEY_P1) + ctr(1, IKE_CTR_REKEY_P1) >= 24);
	CU_ASSERT(ctr(0, IKE_CTR_REKEY_P2) + ctr(1, IKE_CTR_REKEY_P2) >= 150);
	CU_ASSERT_EQUAL(ctr(0, IKE_CTR_P2_FAIL) + ctr(1, IKE_CTR_P2_FAIL), 0);
	end();
}

static void the_shorter_lifetime_and_volume_count(void)
{
	struct ike_child_info c;

	pair_init(&pair);
	pair.end[0].profile.p2_lifetime = 3600;
	pair.end[1].profile.p2_lifetime = 600;
	pair.end[0].profile.p2_octets = 10 * 1024 * 1024;
	pair.end[1].profile.p2_octets = 0;
	pair.end[1].profile.p2_packets = 1000;
	go();
	CU_ASSERT(pair_run_up(&pair, 1000));
	ike_peer_children(pair.end[1].peer, &c, 1);
	CU_ASSERT_EQUAL(c.lifetime, 600);
	CU_ASSERT_EQUAL(pair_out(&pair.end[1])->limits.hard_octets, 10 * 1024 * 1024);
	CU_ASSERT(pair_out(&pair.end[1])->limits.soft_octets < 10 * 1024 * 1024 / 10 * 9 + 1);
	CU_ASSERT_EQUAL(pair_out(&pair.end[1])->limits.hard_packets, 1000);
	CU_ASSERT(pair_out(&pair.end[1])->limits.soft_packets >= 800);
	/* Without a limit of the profile, the sequence numbers are one (RFC 4303 3.3.3). */
	CU_ASSERT_EQUAL(pair_out(&pair.end[0])->limits.hard_packets, UINT32_MAX);
	end();
}

static void clear_tells_the_peer_and_starts_anew(void)
{
	for (int i = 0; i < 2; i++) {
		begin_up();
		ike_peer_clear(pair.end[i].peer, "test");
		CU_ASSERT_EQUAL(pair_count(&pair.end[i], SA_IN), 0);
		pair_run(&pair, 6);
		CU_ASSERT_EQUAL(pair_events(&pair.end[!i], IKE_PEER_DOWN), 1);
		CU_ASSERT_EQUAL(pair_events(&pair.end[i], IKE_PEER_DOWN), 1);
		CU_ASSERT(pair_run_up(&pair, 3000));
		pair_run(&pair, 9000);
		one_of_everything();
		end();
	}
}

static void free_tells_the_peer(void)
{
	begin_up();
	ike_peer_free(pair.end[0].peer);
	pair.end[0].peer = NULL;
	pair_run(&pair, 100);
	CU_ASSERT_EQUAL(pair_count(&pair.end[1], SA_IN), 0);
	CU_ASSERT_EQUAL(pair_established(&pair.end[1]), 0);
	CU_ASSERT_EQUAL(pair_events(&pair.end[1], IKE_PEER_DOWN), 1);
	end();
}

static void a_killed_peer_comes_back_with_initial_contact(void)
{
	for (int i = 0; i < 2; i++) {
		struct pair_end *killed, *other;

		pair_init(&pair);
		pair.end[1].cfg.initiate = true;
		go();
		CU_ASSERT(pair_run_up(&pair, 3000));
		pair_run(&pair, 9000);
		one_of_everything();
		killed = &pair.end[i];
		other = &pair.end[!i];
		other->n_events = 0;
		pair_end_kill(killed);
		pair_end_start(killed);
		ike_peer_path_state(killed->peer, true);
		CU_ASSERT(pair_run_up(&pair, 1000));
		pair_run(&pair, 100);
		CU_ASSERT_EQUAL(other->n_events, 3);
		CU_ASSERT_EQUAL(other->events[0], IKE_PEER_DOWN);
		CU_ASSERT_EQUAL(other->events[1], IKE_PEER_INIT_CONTACT);
		CU_ASSERT_EQUAL(other->events[2], IKE_PEER_UP);
		one_of_everything();
		end();
	}
}

static void dpd_finds_a_dead_peer_and_starts_anew(void)
{
	pair_init(&pair);
	pair.end[0].profile.dpd_interval = pair.end[1].profile.dpd_interval = 10;
	go();
	CU_ASSERT(pair_run_up(&pair, 1000));
	pair_end_kill(&pair.end[1]);
	/* Idle for 10 to 20 s, then 5 questions in 10 s. */
	pair_run(&pair, 35000);
	CU_ASSERT_EQUAL(ctr(0, IKE_CTR_DPD_SENT), 5);
	CU_ASSERT_EQUAL(ctr(0, IKE_CTR_DPD_DEAD), 1);
	CU_ASSERT_EQUAL(pair_events(&pair.end[0], IKE_PEER_DOWN), 1);
	CU_ASSERT_EQUAL(pair_count(&pair.end[0], SA_OUT), 0);
	pair_end_start(&pair.end[1]);
	ike_peer_path_state(pair.end[1].peer, true);
	CU_ASSERT(pair_run_up(&pair, 40000));
	end();
}

static enum pair_fate drop_all(struct pair *p, int from, unsigned int serial, const uint8_t *msg,
			       size_t len, void *priv)
{
	(void)p;
	(void)from;
	(void)serial;
	(void)msg;
	(void)len;
	(void)priv;
	return PAIR_DROP;
}

static void a_silence_on_the_way_is_no_initial_contact(void)
{
	pair_init(&pair);
	pair.end[0].profile.dpd_interval = 10;
	go();
	CU_ASSERT(pair_run_up(&pair, 1000));
	pair.end[1].n_events = 0;
	pair.filter = drop_all;
	pair_run(&pair, 35000);
	CU_ASSERT_EQUAL(ctr(0, IKE_CTR_DPD_DEAD), 1);
	pair.filter = NULL;
	CU_ASSERT(pair_run_up(&pair, 60000));
	CU_ASSERT_EQUAL(pair_events(&pair.end[1], IKE_PEER_INIT_CONTACT), 0);
	CU_ASSERT_EQUAL(pair_events(&pair.end[1], IKE_PEER_DOWN), 0);
	/* What the operator clears is forgotten above IKE too. */
	ike_peer_clear(pair.end[0].peer, "test");
	CU_ASSERT(pair_run_up(&pair, 10000));
	CU_ASSERT_EQUAL(pair_events(&pair.end[1], IKE_PEER_INIT_CONTACT), 1);
	end();
}

static void dpd_asks_idle_peers_only(void)
{
	pair_init(&pair);
	pair.end[0].profile.dpd_interval = 10;
	go();
	CU_ASSERT(pair_run_up(&pair, 1000));
	for (int i = 0; i < 60; i++) {
		pair_run(&pair, 1000);
		pair_flows(&pair);
	}
	CU_ASSERT_EQUAL(ctr(0, IKE_CTR_DPD_SENT), 0);
	pair_run(&pair, 600000);
	CU_ASSERT(ctr(0, IKE_CTR_DPD_SENT) >= 20);
	CU_ASSERT_EQUAL(ctr(0, IKE_CTR_DPD_DEAD), 0);
	one_of_everything();
	end();
}

static void a_path_down_for_an_hour_keeps_its_sas(void)
{
	pair_init(&pair);
	for (int i = 0; i < 2; i++)
		pair.end[i].profile.dpd_interval = 10;
	pair.end[0].profile.p2_lifetime = pair.end[1].profile.p2_lifetime = 4000;
	go();
	CU_ASSERT(pair_run_up(&pair, 1000));
	for (int i = 0; i < 2; i++)
		ike_peer_path_state(pair.end[i].peer, false);
	pair_run(&pair, 3650000); /* past the time to rekey */
	CU_ASSERT(pair_flows(&pair));
	pair_up(&pair);
	CU_ASSERT_EQUAL(run_with_traffic(9000), 0);
	one_of_everything();
	CU_ASSERT(ctr(0, IKE_CTR_REKEY_P2) + ctr(1, IKE_CTR_REKEY_P2) >= 1);
	end();
}

static enum pair_fate drop_half(struct pair *p, int from, unsigned int serial, const uint8_t *msg,
				size_t len, void *priv)
{
	uint32_t *state = priv;

	(void)p, (void)from, (void)serial, (void)msg, (void)len;
	*state = *state * 1664525u + 1013904223u;
	return *state >> 31 ? PAIR_DROP : PAIR_PASS;
}

static void half_of_all_messages_lost_for_a_day_and_it_still_works(void)
{
	uint32_t state = 1;
	unsigned int up = 0;

	pair_init(&pair);
	pair.filter = drop_half;
	pair.filter_priv = &state;
	for (int i = 0; i < 2; i++) {
		pair.end[i].cfg.initiate = true;
		pair.end[i].profile.p1_lifetime = 3600;
		pair.end[i].profile.p2_lifetime = 900;
	}
	go();
	for (int minute = 0; minute < 24 * 60; minute++) {
		pair_run(&pair, 60000);
		up += pair_flows(&pair);
	}
	CU_ASSERT(up > 24 * 60 * 90 / 100);
	pair.filter = NULL;
	pair_run(&pair, 1200000);
	CU_ASSERT(pair_flows(&pair));
	end();
}

/* Both ends rekey at once: there are the old SAs, the new ones, and redundant ones that were never
 * installed for sending. When the new ones go and the redundant cannot be installed, the old serve. */
static bool has_uninstalled(const struct ike_peer *peer)
{
	const struct ike_child *c;

	llist_for_each_entry (c, &peer->children, entry)
		if (c->complete && !c->out_installed)
			return true;
	return false;
}

static void an_heir_that_cannot_be_installed_is_passed_over(void)
{
	struct pair_end *e;

	begin_up();
	ike_peer_rekey(pair.end[0].peer, false);
	ike_peer_rekey(pair.end[1].peer, false);
	pair_run(&pair, 100);
	CU_ASSERT_EQUAL(ctr(0, IKE_CTR_P2_REDUNDANT), 1);
	/* Which end it is depends on the nonces. */
	e = &pair.end[has_uninstalled(pair.end[1].peer)];
	CU_ASSERT(has_uninstalled(e->peer));
	CU_ASSERT_EQUAL(ike_peer_children(e->peer, NULL, 0), 3);
	e->refuse_add = true;
	ike_peer_sa_event(e->peer, SA_OUT, pair_out(e)->spi, SA_EV_HARD);
	CU_ASSERT_PTR_NOT_NULL(ike_child_live(e->peer));
	pair_run(&pair, 1);
	CU_ASSERT(e->peer->up);
	CU_ASSERT_EQUAL(pair_events(e, IKE_PEER_DOWN), 0);
	e->refuse_add = false;
	pair_run(&pair, 60000);
	CU_ASSERT(pair_flows(&pair));
	end();
}

/* The peer deletes the new SAs at once: the old ones must not end at their lifetime without others. */
static void sas_that_serve_again_are_rekeyed_again(void)
{
	uint32_t old;

	begin_up();
	old = pair_out(&pair.end[0])->spi;
	ike_peer_rekey(pair.end[0].peer, false);
	pair_run(&pair, 100);
	CU_ASSERT_NOT_EQUAL(pair_out(&pair.end[0])->spi, old);
	ike_peer_sa_event(pair.end[1].peer, SA_OUT, pair_out(&pair.end[1])->spi, SA_EV_HARD);
	pair_run(&pair, 100);
	CU_ASSERT_EQUAL(pair_out(&pair.end[0])->spi, old);
	CU_ASSERT_EQUAL(run_with_traffic(60000), 0);
	CU_ASSERT_NOT_EQUAL(pair_out(&pair.end[0])->spi, old);
	one_of_everything();
	CU_ASSERT_EQUAL(pair_events(&pair.end[0], IKE_PEER_DOWN), 0);
	CU_ASSERT_EQUAL(pair_events(&pair.end[1], IKE_PEER_DOWN), 0);
	end();
}

static unsigned int quicks_of(const struct ike_peer *peer)
{
	const struct ike_sa *sa;
	const struct ike_quick *q;
	unsigned int n = 0;

	llist_for_each_entry (sa, &peer->sas, entry)
		llist_for_each_entry (q, &sa->quicks, entry)
			n++;
	return n;
}

/* An authentic peer that begins one phase 2 after the other, deleting some. */
static void a_flood_of_quick_modes_is_bounded(void)
{
	begin_up();
	for (int round = 0; round < 60; round++) {
		struct ike_peer *flood = pair.end[0].peer;

		for (int i = 0; i < 7; i++)
			ike_quick_start(ike_sa_best(flood));
		pair_run(&pair, 200);
		for (int i = 0; i < 7 && round % 2; i++)
			ike_child_delete(
				llist_first_entry(&flood->children, struct ike_child, entry), true);
		CU_ASSERT(ike_peer_children(pair.end[1].peer, NULL, 0) <= IKE_CHILDREN_MAX);
		CU_ASSERT(quicks_of(pair.end[1].peer) <= IKE_LINGERING_MAX + IKE_QUICKS_MAX + 1);
	}
	CU_ASSERT(ctr(1, IKE_CTR_RX_UNEXPECTED) > 0);
	/* And none of it is for ever. */
	pair_run(&pair, 240000);
	one_of_everything();
	end();
}

static void reconfigured_profiles_serve_the_next_negotiation(void)
{
	struct ike_child_info c;

	begin_up();
	for (int i = 0; i < 2; i++) {
		pair.end[i].profile.esp[0] = esp_suite_by_name("aes128-sha256");
		CU_ASSERT_EQUAL(ike_peer_reconfigure(pair.end[i].peer, &pair.end[i].cfg), 0);
	}
	pair_run(&pair, 100);
	ike_peer_children(pair.end[0].peer, &c, 1);
	CU_ASSERT_STRING_EQUAL(c.suite->name, "aes256gcm16");
	ike_peer_rekey(pair.end[0].peer, false);
	CU_ASSERT_EQUAL(run_with_traffic(6000), 0);
	ike_peer_children(pair.end[0].peer, &c, 1);
	CU_ASSERT_STRING_EQUAL(c.suite->name, "aes128-sha256");
	pair.end[0].profile.n_p1 = 0;
	CU_ASSERT(ike_peer_reconfigure(pair.end[0].peer, &pair.end[0].cfg) < 0);
	one_of_everything();
	end();
}

static const struct unit_case cases[] = {
#define CASE(fn)                                                                                   \
	{                                                                                          \
#fn, fn                                                                            \
	}
	CASE(both_starting_at_once_converge),
	CASE(phase_2_rekeyed_by_either_end_loses_nothing),
	CASE(a_rekey_by_either_end_keeps_the_identities),
	CASE(phase_2_rekeyed_by_both_ends_at_once_loses_nothing),
	CASE(phase_1_rekeyed_by_either_end_or_both_keeps_the_children),
	CASE(what_is_left_of_two_phase_1_is_renewed),
	CASE(a_soft_limit_rekeys_and_a_hard_one_deletes),
	CASE(lifetimes_rekey_in_time_for_days),
	CASE(the_shorter_lifetime_and_volume_count),
	CASE(clear_tells_the_peer_and_starts_anew),
	CASE(free_tells_the_peer),
	CASE(a_killed_peer_comes_back_with_initial_contact),
	CASE(dpd_finds_a_dead_peer_and_starts_anew),
	CASE(a_silence_on_the_way_is_no_initial_contact),
	CASE(dpd_asks_idle_peers_only),
	CASE(a_path_down_for_an_hour_keeps_its_sas),
	CASE(half_of_all_messages_lost_for_a_day_and_it_still_works),
	CASE(an_heir_that_cannot_be_installed_is_passed_over),
	CASE(sas_that_serve_again_are_rekeyed_again),
	CASE(a_flood_of_quick_modes_is_bounded),
	CASE(reconfigured_profiles_serve_the_next_negotiation),
};

UNIT_MAIN("ipsec/ike_life", cases)
