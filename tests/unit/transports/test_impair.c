/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "transports/impair.h"

#include "core/clock.h"
#include "tests/unit/unit.h"

enum { UNIT_LEN = 53, RUNS = 200000 };

static enum impair_fate one(struct impair *im, uint8_t *unit)
{
	memset(unit, 0, UNIT_LEN);
	return impair_unit(im, unit, UNIT_LEN);
}

static void the_same_seed_gives_the_same_losses(void)
{
	struct impair_cfg cfg = { .loss_ppm = 50000, .bit_error_ppm = 50000, .seed = 42 };
	struct impair *a = impair_new(&cfg), *b = impair_new(&cfg), *c;
	unsigned int differs = 0;

	cfg.seed = 43;
	c = impair_new(&cfg);
	for (int i = 0; i < RUNS; i++) {
		uint8_t x[UNIT_LEN], y[UNIT_LEN], z[UNIT_LEN];
		enum impair_fate fa = one(a, x), fb = one(b, y), fc = one(c, z);

		CU_ASSERT_FATAL(fa == fb && memcmp(x, y, sizeof(x)) == 0);
		differs += fa != fc;
	}
	CU_ASSERT(differs > RUNS / 20);
	impair_free(a);
	impair_free(b);
	impair_free(c);
}

/* Which units seed 1 loses is part of what a test rig writes down: it must never change. Computed
 * with SplitMix64 in Python: s += 0x9e3779b97f4a7c15 per draw, lost if (z >> 32) * 10^6 >> 32 is
 * below 100000. */
static void the_losses_of_a_seed_are_for_ever(void)
{
	static const unsigned int lost[] = { 20, 21, 25, 28, 55, 61, 66, 67, 92, 95 };
	const struct impair_cfg cfg = { .loss_ppm = 100000, .seed = 1 };
	struct impair *im = impair_new(&cfg);
	unsigned int n = 0;
	uint8_t unit[UNIT_LEN];

	for (unsigned int i = 0; n < sizeof(lost) / sizeof(lost[0]); i++)
		if (one(im, unit) == IMPAIR_LOSE)
			CU_ASSERT_EQUAL_FATAL(lost[n++], i);
	impair_free(im);
}

static void rates_of_loss_and_damage_are_those_asked_for(void)
{
	const struct impair_cfg cfg = { .loss_ppm = 100000, .bit_error_ppm = 200000, .seed = 7 };
	struct impair *im = impair_new(&cfg);
	unsigned int n[3] = { 0 };
	uint8_t unit[UNIT_LEN];

	for (int i = 0; i < RUNS; i++)
		n[one(im, unit)]++;
	CU_ASSERT(n[IMPAIR_LOSE] > RUNS / 10 * 95 / 100 && n[IMPAIR_LOSE] < RUNS / 10 * 105 / 100);
	/* Of those not lost: 18 %. */
	CU_ASSERT(n[IMPAIR_DAMAGE] > RUNS * 0.18 * 0.95 && n[IMPAIR_DAMAGE] < RUNS * 0.18 * 1.05);
	impair_free(im);
}

static void damage_inverts_one_bit_anywhere(void)
{
	const struct impair_cfg cfg = { .bit_error_ppm = 1000000, .seed = 3 };
	struct impair *im = impair_new(&cfg);
	unsigned int hits[UNIT_LEN * 8] = { 0 };
	uint8_t unit[UNIT_LEN];

	for (int i = 0; i < RUNS; i++) {
		unsigned int bits = 0;

		CU_ASSERT_EQUAL_FATAL(one(im, unit), IMPAIR_DAMAGE);
		for (unsigned int b = 0; b < UNIT_LEN * 8; b++)
			if (unit[b / 8] >> b % 8 & 1) {
				hits[b]++;
				bits++;
			}
		CU_ASSERT_EQUAL_FATAL(bits, 1);
	}
	for (unsigned int b = 0; b < UNIT_LEN * 8; b++)
		CU_ASSERT(hits[b] > 300);
	impair_free(im);
}

static void everything_lost_and_nothing_lost(void)
{
	struct impair_cfg cfg = { .loss_ppm = 1000000 };
	struct impair *im = impair_new(&cfg);
	uint8_t unit[UNIT_LEN];

	for (int i = 0; i < 1000; i++)
		CU_ASSERT_EQUAL(one(im, unit), IMPAIR_LOSE);
	impair_free(im);
	cfg.loss_ppm = 0;
	CU_ASSERT(impair_none(&cfg));
	im = impair_new(&cfg);
	for (int i = 0; i < 1000; i++)
		CU_ASSERT_EQUAL(one(im, unit), IMPAIR_PASS);
	CU_ASSERT(!impair_timed(im));
	impair_free(im);
}

static void rate_and_delay_say_when(void)
{
	/* 424 bits at 424 kbit/s: a cell each millisecond, and 5 ms more to get there. */
	const struct impair_cfg cfg = { .rate_bps = 424000, .delay_us = 5000 };
	struct impair *im = impair_new(&cfg);
	const int64_t t = 1000 * NSEC_PER_SEC;

	CU_ASSERT(impair_timed(im));
	CU_ASSERT_EQUAL(impair_due(im, 53, t), t + 6 * NSEC_PER_MSEC);
	CU_ASSERT_EQUAL(impair_due(im, 53, t), t + 7 * NSEC_PER_MSEC);
	CU_ASSERT_EQUAL(impair_backlog(im, t), 2 * NSEC_PER_MSEC);
	CU_ASSERT_EQUAL(impair_backlog(im, t + NSEC_PER_SEC), 0);
	/* Time that passed unused is not saved up. */
	CU_ASSERT_EQUAL(impair_due(im, 53, t + NSEC_PER_SEC), t + NSEC_PER_SEC + 6 * NSEC_PER_MSEC);
	impair_free(im);
}

static void impossible_values_are_refused_with_a_reason(void)
{
	struct impair_cfg cfg = { .loss_ppm = 1000001 };

	CU_ASSERT_PTR_NOT_NULL(impair_check(&cfg));
	cfg = (struct impair_cfg){ .bit_error_ppm = 1000001 };
	CU_ASSERT_PTR_NOT_NULL(impair_check(&cfg));
	cfg = (struct impair_cfg){ .delay_us = 10000001 };
	CU_ASSERT_PTR_NOT_NULL(impair_check(&cfg));
	cfg = (struct impair_cfg){ .rate_bps = 1 };
	CU_ASSERT_PTR_NOT_NULL(impair_check(&cfg));
	cfg = (struct impair_cfg){ .loss_ppm = 1000000, .delay_us = 10000000, .rate_bps = 300 };
	CU_ASSERT_PTR_NULL(impair_check(&cfg));
}

static const struct unit_case cases[] = {
	{ "the same seed gives the same losses", the_same_seed_gives_the_same_losses },
	{ "the losses of a seed are for ever", the_losses_of_a_seed_are_for_ever },
	{ "rates of loss and damage are those asked for",
	  rates_of_loss_and_damage_are_those_asked_for },
	{ "damage inverts one bit anywhere", damage_inverts_one_bit_anywhere },
	{ "everything lost and nothing lost", everything_lost_and_nothing_lost },
	{ "rate and delay say when", rate_and_delay_say_when },
	{ "impossible values are refused with a reason",
	  impossible_values_are_refused_with_a_reason },
};
UNIT_MAIN("transports/impair", cases)
