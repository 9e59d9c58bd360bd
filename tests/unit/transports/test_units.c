/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "transports/units.h"

#include "core/clock.h"
#include "tests/unit/transports/fake_wire.h"
#include "tests/unit/transports/rig.h"

enum { CELL = 53, PER_MSG = UNITS_MSG_MAX / CELL };

static struct fake_wire wire;
static struct link link_;
static struct units *u;
static struct link_io io;
static uint32_t vc_acct;	   /* of the PDUs' circuit */
static uint32_t next_in, next_out; /* numbers of the units given and taken */

static void begin(uint32_t unit_len)
{
	rig_init(1, 0);
	fake_init(&wire);
	memset(&link_, 0, sizeof(link_));
	memset(&io, 0, sizeof(io));
	link_.id = acct_alloc();
	vc_acct = acct_alloc();
	next_in = next_out = 0;
	u = units_new(&link_, &wire.wire, unit_len);
	CU_ASSERT_PTR_NOT_NULL_FATAL(u);
}

static void end(void)
{
	units_free(u);
	fake_exit(&wire);
	acct_free(vc_acct);
	acct_free(link_.id);
	rig_exit();
}

static void impair(const struct impair_cfg *cfg)
{
	CU_ASSERT_EQUAL_FATAL(units_set_impair(u, cfg), 0);
}

/* Send a PDU of n units, each with its number in front. */
static bool send_pdu(uint32_t n, uint32_t len, bool control)
{
	if (!units_admit(u, n, n * len, vc_acct, control))
		return false;
	while (n) {
		uint32_t got;
		uint8_t *p = units_room(u, len, n, &got);

		CU_ASSERT_FATAL(got >= 1 && got <= n);
		for (uint32_t i = 0; i < got; i++) {
			memset(p + i * len, 0, len);
			put_u32(p + i * len, next_in++);
		}
		units_put(u);
		n -= got;
	}
	return true;
}

/* Take what has arrived, from 0 on without a gap. \returns how many. */
static uint32_t take_cells(void)
{
	unsigned int budget = FAKE_MSGS;
	uint32_t n = 0;
	struct rd *r;

	while ((r = units_msg(u, &budget, &io))) {
		struct rd cell = rd_sub(r, CELL);

		CU_ASSERT_FATAL(!r->err);
		CU_ASSERT_EQUAL_FATAL(rd_u32(&cell), next_out);
		next_out++;
		n++;
	}
	return n;
}

static void units_gather_into_one_message(void)
{
	begin(CELL);
	for (int i = 0; i < 20; i++)
		CU_ASSERT(send_pdu(10, CELL, false));
	CU_ASSERT_EQUAL(wire.in, 0);
	units_flush(u, &io);
	CU_ASSERT_EQUAL(wire.in, 1);
	CU_ASSERT_EQUAL(wire.len[0], 200 * CELL);
	CU_ASSERT_EQUAL(take_cells(), 200);
	units_flush(u, &io);
	CU_ASSERT_EQUAL(wire.in, 0);
	CU_ASSERT(!io.want_write && !io.lost && !io.more);
	CU_ASSERT_EQUAL(acct_get(link_.id, ACCT_RX_UNIT), 1);
	end();
}

static void a_pdu_longer_than_a_message_continues_in_the_next(void)
{
	begin(CELL);
	for (int i = 0; i < 5; i++)
		CU_ASSERT(send_pdu(1366, CELL, false));
	units_flush(u, &io);
	CU_ASSERT_EQUAL(wire.in, (5 * 1366 + PER_MSG - 1) / PER_MSG);
	for (unsigned int i = 0; i + 1 < wire.in; i++)
		CU_ASSERT_EQUAL(wire.len[i], PER_MSG * CELL);
	CU_ASSERT_EQUAL(take_cells(), 5 * 1366);
	end();
}

static void a_full_wire_keeps_order_and_costs_nothing(void)
{
	begin(CELL);
	wire.accepts = 2;
	for (int i = 0; i < 100; i++) {
		CU_ASSERT(send_pdu(100, CELL, false));
		units_flush(u, &io);
		CU_ASSERT_EQUAL(io.want_write, i >= 2);
	}
	CU_ASSERT_EQUAL(take_cells(), 200);
	wire.accepts = 3; /* writable, for a moment */
	io.want_write = false;
	CU_ASSERT_EQUAL(units_poll(u, clock_ns(), &io), INT64_MAX);
	CU_ASSERT(io.want_write);
	wire.accepts = FAKE_MSGS;
	io.want_write = false;
	units_poll(u, clock_ns(), &io);
	CU_ASSERT(!io.want_write);
	CU_ASSERT_EQUAL(take_cells(), 9800);
	CU_ASSERT_EQUAL(acct_get(vc_acct, ACCT_TX_DROP), 0);
	end();
}

static void a_full_queue_refuses_user_data_before_control(void)
{
	uint32_t user = 0, control = 0;

	begin(CELL);
	wire.accepts = 0;
	while (send_pdu(100, CELL, false))
		user++;
	CU_ASSERT(user >= (UNITS_QUEUE_MSGS - UNITS_QUEUE_CONTROL - 2) * PER_MSG / 100);
	CU_ASSERT(user <= UNITS_QUEUE_MSGS * PER_MSG / 100);
	CU_ASSERT_EQUAL(acct_get(vc_acct, ACCT_TX_DROP), 1);
	while (send_pdu(100, CELL, true)) {
		control++;
		CU_ASSERT_FATAL(control < 100000);
	}
	CU_ASSERT(control >= (UNITS_QUEUE_CONTROL - 1) * PER_MSG / 100);
	CU_ASSERT_EQUAL(acct_get(vc_acct, ACCT_TX_DROP), 2);
	/* And what was admitted all arrives. */
	wire.accepts = FAKE_MSGS;
	units_poll(u, clock_ns(), &io);
	CU_ASSERT_EQUAL(take_cells(), (user + control) * 100);
	CU_ASSERT(send_pdu(100, CELL, false));
	end();
}

static void a_broken_wire_is_said_and_counted(void)
{
	begin(CELL);
	CU_ASSERT(send_pdu(3, CELL, false));
	wire.broken = true;
	units_flush(u, &io);
	CU_ASSERT(io.lost);
	CU_ASSERT(!send_pdu(3, CELL, true));
	CU_ASSERT_EQUAL(acct_get(vc_acct, ACCT_TX_DROP), 1);
	units_reset(u);
	CU_ASSERT_EQUAL(acct_get(link_.id, ACCT_TX_DROP), 3);
	wire.broken = false;
	memset(&io, 0, sizeof(io));
	next_in = 0;
	CU_ASSERT(send_pdu(3, CELL, false));
	units_flush(u, &io);
	CU_ASSERT(!io.lost);
	CU_ASSERT_EQUAL(take_cells(), 3);
	wire.broken = true;
	CU_ASSERT_EQUAL(take_cells(), 0);
	CU_ASSERT(io.lost);
	end();
}

static void frames_have_their_length_before_them(void)
{
	static const uint8_t two[] = { 0, 6, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 1 };
	unsigned int budget = 1;
	struct rd *r;

	begin(0);
	CU_ASSERT(send_pdu(1, 6, false));
	CU_ASSERT(send_pdu(1, 4, false));
	units_flush(u, &io);
	CU_ASSERT_EQUAL_FATAL(wire.in, 1);
	CU_ASSERT_EQUAL(wire.len[0], sizeof(two));
	CU_ASSERT_EQUAL(memcmp(wire.msg[0], two, sizeof(two)), 0);
	r = units_msg(u, &budget, &io);
	CU_ASSERT_PTR_NOT_NULL_FATAL(r);
	CU_ASSERT_EQUAL(rd_u16(r), 6);
	rd_bytes(r, 6);
	CU_ASSERT(units_pending(u));
	CU_ASSERT_PTR_EQUAL(units_msg(u, &budget, &io), r);
	rd_u16(r);
	rd_bytes(r, 4);
	CU_ASSERT(!units_pending(u));
	CU_ASSERT_PTR_NULL(units_msg(u, &budget, &io));
	CU_ASSERT(io.more); /* no budget to look for another */
	end();
}

static void many_frames_fill_messages_and_arrive(void)
{
	unsigned int budget = FAKE_MSGS;
	uint32_t n = 0;
	struct rd *r;

	begin(0);
	wire.accepts = 1;
	for (uint32_t i = 0; i < 400; i++)
		CU_ASSERT_FATAL(send_pdu(1, 4 + hash_u32(i) % (UNITS_FRAME_MAX - 4), false));
	units_flush(u, &io);
	wire.accepts = FAKE_MSGS;
	units_poll(u, clock_ns(), &io);
	while ((r = units_msg(u, &budget, &io))) {
		uint16_t len = rd_u16(r);
		struct rd f = rd_sub(r, len);

		CU_ASSERT_EQUAL_FATAL(len, 4 + hash_u32(n) % (UNITS_FRAME_MAX - 4));
		CU_ASSERT_EQUAL_FATAL(rd_u32(&f), n);
		n++;
	}
	CU_ASSERT_EQUAL(n, 400);
	end();
}

static void a_unit_cut_short_ends_its_message_only(void)
{
	static uint8_t msg[2 * CELL];
	unsigned int budget = 10;
	struct rd *r;

	begin(CELL);
	fake_send(&wire.wire, msg, CELL + 10);
	fake_send(&wire.wire, msg, CELL);
	r = units_msg(u, &budget, &io);
	CU_ASSERT_PTR_NOT_NULL(rd_bytes(r, CELL));
	r = units_msg(u, &budget, &io);
	CU_ASSERT_PTR_NULL(rd_bytes(r, CELL));
	units_bad(u);
	r = units_msg(u, &budget, &io);
	CU_ASSERT_PTR_NOT_NULL(rd_bytes(r, CELL));
	CU_ASSERT_PTR_NULL(units_msg(u, &budget, &io));
	CU_ASSERT_EQUAL(acct_get(link_.id, ACCT_RX_UNIT), 2);
	CU_ASSERT_EQUAL(acct_get(link_.id, ACCT_RX_UNIT_BAD), 1);
	end();
}

static void losses_are_counted_and_the_rest_arrives(void)
{
	const struct impair_cfg cfg = { .loss_ppm = 100000, .seed = 5 };
	unsigned int budget = FAKE_MSGS;
	uint32_t got = 0, last = 0;
	struct rd *r;

	begin(CELL);
	impair(&cfg);
	for (int i = 0; i < 100; i++)
		CU_ASSERT(send_pdu(200, CELL, false));
	units_flush(u, &io);
	while ((r = units_msg(u, &budget, &io))) {
		struct rd cell = rd_sub(r, CELL);
		uint32_t n = rd_u32(&cell);

		CU_ASSERT_FATAL(got == 0 || n > last);
		last = n;
		got++;
	}
	CU_ASSERT_EQUAL(got + acct_get(link_.id, ACCT_IMPAIR_LOST), 20000);
	CU_ASSERT(got > 17500 && got < 18500);
	end();
}

static void a_delayed_unit_arrives_not_before_its_time(void)
{
	const struct impair_cfg cfg = { .delay_us = 20000 }, none = { 0 };
	int64_t t0, t1, due;

	begin(CELL);
	impair(&cfg);
	t0 = clock_ns();
	CU_ASSERT(send_pdu(100, CELL, false));
	t1 = clock_ns();
	units_flush(u, &io);
	due = units_poll(u, t0 + 19 * NSEC_PER_MSEC, &io);
	CU_ASSERT(due >= t0 + 20 * NSEC_PER_MSEC && due <= t1 + 20 * NSEC_PER_MSEC);
	CU_ASSERT_EQUAL(take_cells(), 0);
	/* A line that becomes perfect does not overtake itself. */
	impair(&none);
	CU_ASSERT(send_pdu(10, CELL, false));
	units_flush(u, &io);
	CU_ASSERT_EQUAL(take_cells(), 0);
	CU_ASSERT_EQUAL(units_poll(u, t1 + 20 * NSEC_PER_MSEC, &io), INT64_MAX);
	CU_ASSERT_EQUAL(take_cells(), 110);
	CU_ASSERT(send_pdu(10, CELL, false));
	units_flush(u, &io);
	CU_ASSERT_EQUAL(take_cells(), 10);
	end();
}

static void a_slow_line_holds_half_a_second_and_no_more(void)
{
	/* 10000 cells a second. */
	const struct impair_cfg cfg = { .rate_bps = 10000 * CELL * 8 };
	uint32_t n = 0;
	int64_t t0, due;

	begin(CELL);
	impair(&cfg);
	t0 = clock_ns();
	while (send_pdu(10, CELL, false))
		CU_ASSERT_FATAL(++n < 2000);
	CU_ASSERT(n >= 500 && n < 700);
	CU_ASSERT(send_pdu(1, CELL, true)); /* signalling still may */
	CU_ASSERT_EQUAL(acct_get(vc_acct, ACCT_TX_DROP), 1);
	due = units_poll(u, t0 + 100 * NSEC_PER_MSEC, &io);
	CU_ASSERT(due > t0 + 100 * NSEC_PER_MSEC && due < t0 + NSEC_PER_SEC);
	CU_ASSERT(next_out == 0);
	take_cells();
	CU_ASSERT(next_out <= 1000);
	CU_ASSERT_EQUAL(units_poll(u, t0 + 60 * NSEC_PER_SEC, &io), INT64_MAX);
	take_cells();
	CU_ASSERT_EQUAL(next_out, n * 10 + 1);
	end();
}

static void a_long_line_is_bounded_and_wraps(void)
{
	const struct impair_cfg cfg = { .delay_us = 10000000 };
	uint32_t n = 0;

	begin(CELL);
	impair(&cfg);
	for (int round = 0; round < 3; round++) {
		n = 0;
		while (send_pdu(100, CELL, false))
			n++;
		CU_ASSERT(n >= (UNITS_LINE_MAX - UNITS_LINE_CONTROL) / 69 / 100 - 1);
		CU_ASSERT(n <= UNITS_LINE_MAX / 69 / 100);
		CU_ASSERT(send_pdu(100, CELL, true));
		units_poll(u, clock_ns() + 11 * NSEC_PER_SEC, &io);
		CU_ASSERT_EQUAL(take_cells(), (n + 1) * 100);
	}
	CU_ASSERT(send_pdu(7, CELL, false));
	units_reset(u);
	CU_ASSERT_EQUAL(acct_get(link_.id, ACCT_TX_DROP), 7);
	end();
}

static const struct unit_case cases[] = {
	{ "units gather into one message", units_gather_into_one_message },
	{ "a PDU longer than a message continues in the next",
	  a_pdu_longer_than_a_message_continues_in_the_next },
	{ "a full wire keeps order and loses nothing", a_full_wire_keeps_order_and_costs_nothing },
	{ "a full queue refuses user data before control",
	  a_full_queue_refuses_user_data_before_control },
	{ "a broken wire is said and counted", a_broken_wire_is_said_and_counted },
	{ "frames have their length before them", frames_have_their_length_before_them },
	{ "many frames fill messages and arrive", many_frames_fill_messages_and_arrive },
	{ "a unit cut short ends its message only", a_unit_cut_short_ends_its_message_only },
	{ "losses are counted and the rest arrives", losses_are_counted_and_the_rest_arrives },
	{ "a delayed unit arrives not before its time",
	  a_delayed_unit_arrives_not_before_its_time },
	{ "a slow line holds half a second and no more",
	  a_slow_line_holds_half_a_second_and_no_more },
	{ "a long line is bounded and wraps", a_long_line_is_bounded_and_wraps },
};
UNIT_MAIN("transports/units", cases)
