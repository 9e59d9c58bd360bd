/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ipsec/replay.h"

#include <errno.h>
#include <string.h>

/*
 * The bits are a ring of 64-bit words; number s has bit s % 64 of word s / 64 modulo their count.
 * The window slides by whole words, which are cleared as they are entered, so one word more than
 * the window is needed: the newest is partly ahead of top, the oldest partly left of the window
 * (RFC 6479 2).
 */
enum { WORD_BITS = 64 };

static uint32_t n_words(const struct replay *r)
{
	return REPLAY_WORDS(r->window);
}

static uint32_t word_of(const struct replay *r, uint64_t seq)
{
	return (uint32_t)(seq / WORD_BITS % n_words(r));
}

static uint64_t bit_of(uint64_t seq)
{
	return (uint64_t)1 << (seq % WORD_BITS);
}

bool replay_window_ok(uint32_t window)
{
	return window >= REPLAY_WINDOW_MIN && window <= REPLAY_WINDOW_MAX &&
	       window % WORD_BITS == 0;
}

int replay_init(struct replay *r, uint32_t window, uint64_t *bits)
{
	if (!replay_window_ok(window))
		return -EINVAL;
	memset(bits, 0, REPLAY_WORDS(window) * sizeof(*bits));
	*r = (struct replay){ .window = window, .bits = bits };
	return 0;
}

uint64_t replay_infer(const struct replay *r, uint32_t low)
{
	uint64_t high = r->top >> 32;
	uint32_t top_low = (uint32_t)r->top;
	uint32_t bottom = top_low - (r->window - 1); /* modulo 2^32, as A2.1 has it */

	if (top_low >= r->window - 1) {
		/* Case A: the window lies within one subspace. */
		if (low < bottom && ++high > UINT32_MAX)
			return 0;
	} else if (low >= bottom) {
		/* Case B: the window reaches back into the subspace before. */
		if (high-- == 0)
			return 0;
	}
	return high << 32 | low;
}

bool replay_check(const struct replay *r, uint64_t seq)
{
	/* The first packet has number 1 (RFC 4303 2.2), and none follows the last. */
	if (seq == 0)
		return false;
	if (seq > r->top)
		return true;
	if (r->top - seq >= r->window)
		return false;
	return !(r->bits[word_of(r, seq)] & bit_of(seq));
}

/* Clear the words between the one of top and the one of seq, which is right of top. */
static void slide(struct replay *r, uint64_t seq)
{
	uint64_t from = r->top / WORD_BITS;
	uint64_t steps = seq / WORD_BITS - from;

	if (steps > n_words(r))
		steps = n_words(r);
	for (uint64_t i = 1; i <= steps; i++)
		r->bits[(from + i) % n_words(r)] = 0;
	r->top = seq;
}

bool replay_commit(struct replay *r, uint64_t seq)
{
	if (!replay_check(r, seq))
		return false;
	if (seq > r->top)
		slide(r, seq);
	else if (r->top - seq > r->late_max)
		r->late_max = (uint32_t)(r->top - seq);
	r->bits[word_of(r, seq)] |= bit_of(seq);
	return true;
}
