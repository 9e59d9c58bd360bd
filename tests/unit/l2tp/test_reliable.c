/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <time.h>

#include <osmocom/core/timer.h>

#include "l2tp/reliable.h"
#include "tests/unit/unit.h"

/* ---- faked time ---- */

static void time_start(void)
{
	osmo_gettimeofday_override = true;
	osmo_gettimeofday_override_time = (struct timeval){ 1000, 0 };
	osmo_clock_override_enable(CLOCK_MONOTONIC, true);
	osmo_clock_override_gettimespec(CLOCK_MONOTONIC)->tv_sec = 1000;
	osmo_clock_override_gettimespec(CLOCK_MONOTONIC)->tv_nsec = 0;
	osmo_timers_prepare();
	osmo_timers_update();
}

static void time_pass(unsigned int ms)
{
	for (unsigned int i = 0; i < ms; i += 10) {
		osmo_clock_override_add(CLOCK_MONOTONIC, 0, 10000000);
		osmo_gettimeofday_override_add(0, 10000);
		osmo_timers_prepare();
		osmo_timers_update();
	}
}

/* ---- two ends and a wire that can do anything ---- */

enum { WIRE_MAX = 512 };

struct wire_msg {
	uint16_t tag, ns, nr;
	size_t len;
	uint8_t body[8];
};

struct end {
	struct reliable *r;
	struct end *other;
	struct wire_msg wire[WIRE_MAX]; /* under way to the other end */
	unsigned int n;
	uint32_t next_rx; /* number in the body that must come next */
	unsigned int drained, dead, wrong;
	int send_rc;
	bool zlb_to_zlb;
	bool rx_was_zlb;
	unsigned int sent;
};

static int end_send(void *priv, uint16_t tag, uint16_t ns, uint16_t nr, const uint8_t *body,
		    size_t len)
{
	struct end *e = priv;
	struct wire_msg *m = &e->wire[e->n];

	if (e->send_rc)
		return e->send_rc;
	if (!len && e->rx_was_zlb)
		e->zlb_to_zlb = true;
	e->sent++;
	if (e->n == WIRE_MAX)
		return 0;
	*m = (struct wire_msg){ .tag = tag, .ns = ns, .nr = nr, .len = len };
	if (len)
		memcpy(m->body, body, len);
	e->n++;
	return 0;
}

static void end_deliver(void *priv, uint16_t tag, const uint8_t *body, size_t len)
{
	struct end *e = priv;
	uint32_t v;

	memcpy(&v, body, 4);
	if (len != 4 || v != e->next_rx || tag != (uint16_t)v)
		e->wrong++;
	e->next_rx++;
}

static void end_drained(void *priv)
{
	((struct end *)priv)->drained++;
}

static void end_dead(void *priv)
{
	((struct end *)priv)->dead++;
}

static const struct reliable_ops ops = { end_send, end_deliver, end_drained, end_dead };
static struct end a, b;

static void ends_new(uint16_t window, uint8_t retries)
{
	const struct reliable_cfg cfg = { .rx_window = window, .retries = retries, .rto_cap = 8 };

	time_start();
	memset(&a, 0, sizeof(a));
	memset(&b, 0, sizeof(b));
	a.other = &b;
	b.other = &a;
	CU_ASSERT_EQUAL_FATAL(reliable_new(&a.r, NULL, &cfg, &ops, &a), 0);
	CU_ASSERT_EQUAL_FATAL(reliable_new(&b.r, NULL, &cfg, &ops, &b), 0);
	reliable_set_peer_window(a.r, window);
	reliable_set_peer_window(b.r, window);
}

static void ends_free(void)
{
	CU_ASSERT_FALSE(a.zlb_to_zlb);
	CU_ASSERT_FALSE(b.zlb_to_zlb);
	CU_ASSERT_EQUAL(a.wrong + b.wrong, 0);
	reliable_free(a.r);
	reliable_free(b.r);
}

static void put_number(struct end *e, uint32_t v)
{
	uint8_t body[4];

	memcpy(body, &v, 4);
	CU_ASSERT_EQUAL(reliable_send(e->r, (uint16_t)v, body, 4), 0);
}

static void hand_over(struct end *from, unsigned int i)
{
	struct wire_msg m = from->wire[i];
	struct end *to = from->other;

	memmove(&from->wire[i], &from->wire[i + 1], (--from->n - i) * sizeof(m));
	to->rx_was_zlb = !m.len;
	reliable_rx(to->r, m.tag, m.ns, m.nr, m.body, m.len);
	to->rx_was_zlb = false;
}

static void exchange(void)
{
	while (a.n || b.n) {
		if (a.n)
			hand_over(&a, 0);
		if (b.n)
			hand_over(&b, 0);
	}
}

/* ---- cases ---- */

static void serial_numbers_compare_as_the_rfc_says(void)
{
	/* "if the last received sequence number was 15, then ... 0 through 15, as well as 32784
	 * through 65535, would be considered less than or equal" */
	for (unsigned int v = 0; v < 65536; v++)
		CU_ASSERT_EQUAL(seq16_le((uint16_t)v, 15), v <= 15 || v >= 32784);
	CU_ASSERT_FALSE(seq16_lt(7, 7));
	CU_ASSERT(seq16_lt(65535, 0));
}

/* One message over, and its acknowledgement back. \returns the sender's window then. */
static uint16_t one_round(void)
{
	struct reliable_stats st;

	hand_over(&a, 0);
	time_pass(60);
	CU_ASSERT_EQUAL_FATAL(b.n, 1);
	hand_over(&b, 0);
	reliable_stats(a.r, &st);
	return st.cwnd;
}

static void slow_start_then_congestion_avoidance(void)
{
	struct reliable_stats st;

	ends_new(8, 5);
	for (uint32_t v = 0; v < 60; v++)
		put_number(&a, v);
	CU_ASSERT_EQUAL(a.n, 1);
	for (uint16_t cwnd = 2; cwnd <= 8; cwnd++) {
		CU_ASSERT_EQUAL(one_round(), cwnd);
		CU_ASSERT_EQUAL(a.n, cwnd);
	}
	CU_ASSERT_EQUAL(one_round(), 8); /* never more than the window granted */
	a.n = 0;			 /* all eight are lost */
	time_pass(1000);
	reliable_stats(a.r, &st);
	CU_ASSERT_EQUAL(st.ssthresh, 4);
	CU_ASSERT_EQUAL(st.cwnd, 1);
	CU_ASSERT_EQUAL(a.n, 1);
	CU_ASSERT_EQUAL(one_round(), 2);
	CU_ASSERT_EQUAL(one_round(), 3);
	CU_ASSERT_EQUAL(one_round(), 4);
	for (int i = 0; i < 3; i++)
		CU_ASSERT_EQUAL(one_round(), 4);
	CU_ASSERT_EQUAL(one_round(), 5); /* one more after CWND acknowledgements */
	exchange();
	time_pass(100);
	exchange();
	CU_ASSERT_EQUAL(b.next_rx, 60);
	ends_free();
}

static void backoff_doubles_up_to_the_cap_then_gives_up(void)
{
	static const unsigned int gaps[] = { 1000, 2000, 4000, 8000, 8000 };
	const struct reliable_cfg cfg = { .rx_window = 4, .retries = 5, .rto_cap = 8 };

	CU_ASSERT_EQUAL(reliable_cycle_ms(&cfg), 31000); /* RFC 2661 5.7 */
	ends_new(4, 5);
	put_number(&a, 0);
	for (int i = 0; i < 5; i++) {
		CU_ASSERT_EQUAL(a.sent, i + 1u);
		time_pass(gaps[i] - 10);
		CU_ASSERT_EQUAL(a.sent, i + 1u);
		time_pass(10);
	}
	CU_ASSERT_EQUAL(a.sent, 6);
	time_pass(7990);
	CU_ASSERT_EQUAL(a.dead, 0);
	time_pass(10);
	CU_ASSERT_EQUAL(a.dead, 1);
	time_pass(60000);
	CU_ASSERT_EQUAL(a.sent, 6);
	CU_ASSERT_EQUAL(a.dead, 1);
	ends_free();
}

static void acknowledgement_rides_or_comes_alone(void)
{
	ends_new(4, 5);
	put_number(&a, 0);
	hand_over(&a, 0);
	CU_ASSERT_EQUAL(b.n, 0); /* waits for a message to ride on */
	put_number(&b, 0);
	CU_ASSERT_EQUAL(b.n, 1);
	CU_ASSERT_EQUAL(b.wire[0].nr, 1);
	time_pass(200);
	CU_ASSERT_EQUAL(b.n, 1); /* and nothing follows */
	hand_over(&b, 0);
	CU_ASSERT_EQUAL(a.drained, 1);
	time_pass(40);
	CU_ASSERT_EQUAL(a.n, 0);
	time_pass(20);
	CU_ASSERT_EQUAL_FATAL(a.n, 1);
	CU_ASSERT_EQUAL(a.wire[0].len, 0);
	CU_ASSERT_EQUAL(a.wire[0].ns, 1); /* not used up */
	exchange();
	time_pass(5000);
	CU_ASSERT_EQUAL(a.n + b.n, 0);
	ends_free();
}

static void duplicate_is_acknowledged_again_and_dropped(void)
{
	struct wire_msg copy;

	ends_new(4, 5);
	put_number(&a, 0);
	copy = a.wire[0];
	exchange();
	time_pass(60);
	CU_ASSERT_EQUAL(b.n, 1);
	b.n = 0; /* the acknowledgement is lost */
	a.wire[a.n++] = copy;
	hand_over(&a, 0);
	CU_ASSERT_EQUAL_FATAL(b.n, 1); /* at once */
	CU_ASSERT_EQUAL(b.wire[0].nr, 1);
	CU_ASSERT_EQUAL(b.next_rx, 1);
	exchange();
	CU_ASSERT_EQUAL(a.drained, 1);
	ends_free();
}

static void early_messages_wait_inside_the_window(void)
{
	struct reliable_stats st;
	uint8_t body[4];

	ends_new(4, 5);
	for (uint32_t v = 6; v > 0; v--) { /* numbers 6..1, then 0; the window is 0..3 */
		memcpy(body, &v, 4);
		CU_ASSERT_EQUAL(reliable_rx(b.r, (uint16_t)v, (uint16_t)v, 0, body, 4), 0);
	}
	reliable_stats(b.r, &st);
	CU_ASSERT_EQUAL(st.out_of_order, 3);
	CU_ASSERT_EQUAL(st.beyond_window, 3);
	CU_ASSERT_EQUAL(b.next_rx, 0);
	memset(body, 0, 4);
	reliable_rx(b.r, 0, 0, 0, body, 4);
	CU_ASSERT_EQUAL(b.next_rx, 4);
	ends_free();
}

static void acknowledgement_of_the_unsent_is_refused(void)
{
	ends_new(4, 5);
	put_number(&a, 0);
	CU_ASSERT_EQUAL(reliable_rx(a.r, 0, 0, 2, NULL, 0), -EBADMSG);
	CU_ASSERT_EQUAL(reliable_rx(a.r, 0, 0, 32767, NULL, 0), -EBADMSG);
	CU_ASSERT_EQUAL(reliable_rx(a.r, 0, 0, 65535, NULL, 0), 0); /* old */
	CU_ASSERT_EQUAL(a.drained, 0);
	CU_ASSERT_EQUAL(reliable_rx(a.r, 0, 0, 1, NULL, 0), 0);
	CU_ASSERT_EQUAL(a.drained, 1);
	ends_free();
}

static void numbers_wrap_with_a_window_of_one(void)
{
	struct reliable_stats st;

	ends_new(1, 5);
	/* Ping-pong: every message acknowledges the one before it. */
	for (uint32_t v = 0; v < 70000; v++) {
		put_number(&a, v);
		CU_ASSERT_EQUAL_FATAL(a.n, 1);
		hand_over(&a, 0);
		put_number(&b, v);
		CU_ASSERT_EQUAL_FATAL(b.n, 1);
		hand_over(&b, 0);
	}
	CU_ASSERT_EQUAL(b.next_rx, 70000);
	CU_ASSERT_EQUAL(a.next_rx, 70000);
	put_number(&a, 70000);
	put_number(&a, 70001);
	CU_ASSERT_EQUAL(a.n, 1); /* the second waits */
	hand_over(&a, 0);
	time_pass(60);
	exchange();
	CU_ASSERT_EQUAL(b.next_rx, 70002);
	reliable_stats(a.r, &st);
	CU_ASSERT_EQUAL(st.cwnd, 1);
	CU_ASSERT_EQUAL(st.ns, 70002 - 65536);
	CU_ASSERT_EQUAL(st.retransmits, 0);
	ends_free();
}

static void suspended_end_is_silent_and_resumes_at_once(void)
{
	ends_new(4, 5);
	put_number(&a, 0);
	time_pass(1000);
	CU_ASSERT_EQUAL(a.sent, 2);
	reliable_suspend(a.r);
	put_number(&a, 1);
	time_pass(120000);
	CU_ASSERT_EQUAL(a.sent, 2);
	CU_ASSERT_EQUAL(a.dead, 0);
	a.n = 0;
	reliable_resume(a.r);
	CU_ASSERT_EQUAL(a.n, 1);
	exchange();
	time_pass(100);
	exchange();
	time_pass(100);
	exchange();
	CU_ASSERT_EQUAL(b.next_rx, 2);
	/* -ENETDOWN from below is the same */
	a.send_rc = -ENETDOWN;
	put_number(&a, 2);
	time_pass(120000);
	CU_ASSERT_EQUAL(a.dead, 0);
	a.send_rc = 0;
	reliable_resume(a.r);
	exchange();
	CU_ASSERT_EQUAL(b.next_rx, 3);
	/* and -ENOBUFS is a loss */
	a.send_rc = -ENOBUFS;
	put_number(&a, 3);
	a.send_rc = 0;
	time_pass(1000);
	exchange();
	CU_ASSERT_EQUAL(b.next_rx, 4);
	ends_free();
}

static void unsent_messages_can_be_taken_back(void)
{
	struct reliable_stats st;

	ends_new(4, 5);
	for (uint32_t v = 0; v < 10; v++)
		put_number(&a, v);
	reliable_drop_unsent(a.r);
	reliable_stats(a.r, &st);
	CU_ASSERT_EQUAL(st.queued, 1);
	put_number(&a, 1); /* takes the number of the first that was taken back */
	reliable_flush(a.r);
	CU_ASSERT_EQUAL(a.n, 2);
	exchange();
	time_pass(60);
	exchange();
	CU_ASSERT_EQUAL(b.next_rx, 2);
	put_number(&a, 2);
	reliable_drop_all(a.r);
	exchange();
	time_pass(60);
	exchange();
	time_pass(60000);
	CU_ASSERT_EQUAL(a.dead, 0);
	ends_free();
}

static uint32_t seed;

static uint32_t rnd(uint32_t below)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % below;
}

/* Loss, duplication and reordering of a third of everything. */
static void hostile_step(struct end *e)
{
	unsigned int i;

	if (!e->n)
		return;
	i = rnd(6) ? 0 : rnd(e->n);
	switch (rnd(6)) {
	case 0:
		memmove(&e->wire[i], &e->wire[i + 1], (--e->n - i) * sizeof(e->wire[0]));
		break;
	case 1:
		if (e->n < WIRE_MAX)
			e->wire[e->n++] = e->wire[i];
		break;
	default:
		hand_over(e, i);
	}
}

static void everything_arrives_once_and_in_order_whatever_the_wire_does(void)
{
	static const uint16_t windows[] = { 1, 2, 4, 16, 64 };
	enum { EACH = 60 };

	for (seed = 1; seed < 500; seed++) {
		uint32_t sa = 0, sb = 0, keep = seed;

		ends_new(windows[seed % 5], 255);
		for (int step = 0; step < 60000; step++) {
			if (sa < EACH && !rnd(4))
				put_number(&a, sa++);
			if (sb < EACH && !rnd(4))
				put_number(&b, sb++);
			hostile_step(&a);
			hostile_step(&b);
			if (!rnd(3))
				time_pass(10);
			if (a.n + b.n == 0)
				time_pass(rnd(3) ? 50 : 1000);
			if (a.next_rx == EACH && b.next_rx == EACH && a.drained && b.drained)
				break;
		}
		CU_ASSERT_EQUAL(a.next_rx, EACH);
		CU_ASSERT_EQUAL(b.next_rx, EACH);
		CU_ASSERT_EQUAL(a.dead + b.dead, 0);
		ends_free();
		seed = keep;
	}
}

static const struct unit_case cases[] = {
	{ "serial numbers compare as RFC 2661 5.8 says", serial_numbers_compare_as_the_rfc_says },
	{ "slow start, then congestion avoidance", slow_start_then_congestion_avoidance },
	{ "backoff doubles up to the cap, then gives up",
	  backoff_doubles_up_to_the_cap_then_gives_up },
	{ "an acknowledgement rides or comes alone", acknowledgement_rides_or_comes_alone },
	{ "a duplicate is acknowledged again and dropped",
	  duplicate_is_acknowledged_again_and_dropped },
	{ "early messages wait inside the window", early_messages_wait_inside_the_window },
	{ "an acknowledgement of the unsent is refused", acknowledgement_of_the_unsent_is_refused },
	{ "numbers wrap, with a window of one", numbers_wrap_with_a_window_of_one },
	{ "a suspended end is silent and resumes at once",
	  suspended_end_is_silent_and_resumes_at_once },
	{ "unsent messages can be taken back", unsent_messages_can_be_taken_back },
	{ "everything arrives once and in order whatever the wire does",
	  everything_arrives_once_and_in_order_whatever_the_wire_does },
};

UNIT_MAIN("l2tp/reliable", cases)
