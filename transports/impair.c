/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "transports/impair.h"

#include <stdlib.h>

#include "core/clock.h"

enum {
	PPM = 1000000,
	DELAY_MAX_US = 10 * 1000000,
};

struct impair {
	struct impair_cfg cfg;
	struct rcu_retired retired;
	/* The worker's from here. */
	uint64_t state;
	int64_t line_free; /* when the last unit has left a line with a rate */
};

bool impair_none(const struct impair_cfg *cfg)
{
	return cfg->loss_ppm == 0 && cfg->bit_error_ppm == 0 && cfg->delay_us == 0 &&
	       cfg->rate_bps == 0;
}

const char *impair_check(const struct impair_cfg *cfg)
{
	if (cfg->loss_ppm > PPM)
		return "a loss of more than 1000000 ppm is more than everything";
	if (cfg->bit_error_ppm > PPM)
		return "bit errors in more than 1000000 ppm of units are more than all";
	if (cfg->delay_us > DELAY_MAX_US)
		return "a delay of more than 10 seconds is not a line: use 10000000 us at most";
	if (cfg->rate_bps && cfg->rate_bps < 300)
		return "a rate below 300 bit/s is not a line: use 300 or more, or 0 for no limit";
	return NULL;
}

struct impair *impair_new(const struct impair_cfg *cfg)
{
	struct impair *im = calloc(1, sizeof(*im));

	if (!im)
		return NULL;
	im->cfg = *cfg;
	im->state = cfg->seed;
	return im;
}

void impair_free(struct impair *im)
{
	free(im);
}

static void retired_free(struct rcu_retired *r)
{
	impair_free(caa_container_of(r, struct impair, retired));
}

void impair_retire(struct impair *im)
{
	if (im)
		rcu_retire(&im->retired, retired_free);
}

/* SplitMix64 (Steele, Lea, Flood 2014): any seed is a good one, 0 too. */
static uint64_t next_random(struct impair *im)
{
	uint64_t z = im->state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

/* Uniform below n: the upper half of a 32 x 32 bit product, whose bias is below n / 2^32. */
static uint32_t random_below(struct impair *im, uint32_t n)
{
	return (uint32_t)((next_random(im) >> 32) * n >> 32);
}

enum impair_fate impair_unit(struct impair *im, uint8_t *unit, uint32_t len)
{
	if (im->cfg.loss_ppm && random_below(im, PPM) < im->cfg.loss_ppm)
		return IMPAIR_LOSE;
	if (im->cfg.bit_error_ppm && random_below(im, PPM) < im->cfg.bit_error_ppm && len) {
		uint32_t bit = random_below(im, len * 8);

		unit[bit / 8] ^= (uint8_t)(1u << (bit % 8));
		return IMPAIR_DAMAGE;
	}
	return IMPAIR_PASS;
}

bool impair_timed(const struct impair *im)
{
	return im->cfg.delay_us || im->cfg.rate_bps;
}

int64_t impair_due(struct impair *im, uint32_t len, int64_t now)
{
	int64_t sent = now;

	if (im->cfg.rate_bps) {
		uint64_t ns = (uint64_t)len * 8 * (uint64_t)NSEC_PER_SEC / im->cfg.rate_bps;

		if (sent < im->line_free)
			sent = im->line_free;
		sent += (int64_t)ns;
		im->line_free = sent;
	}
	return sent + (int64_t)im->cfg.delay_us * 1000;
}

int64_t impair_backlog(const struct impair *im, int64_t now)
{
	return im->line_free > now ? im->line_free - now : 0;
}
