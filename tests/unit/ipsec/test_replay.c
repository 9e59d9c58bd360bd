/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <stdint.h>

#include "ipsec/replay.h"
#include "tests/unit/unit.h"

static uint64_t bits[REPLAY_WORDS(REPLAY_WINDOW_MAX)];

static const uint32_t windows[] = { 64, 128, 1024, 4096 };

#define FOR_EACH_WINDOW(w)                                                                         \
	for (const uint32_t *w = windows; w < windows + sizeof(windows) / sizeof(windows[0]); w++)

#define SEQ_LAST 0xffffffffull

static void only_whole_words_within_the_bounds_are_windows(void)
{
	struct replay r;

	CU_ASSERT_EQUAL(replay_init(&r, 0, bits), -EINVAL);
	CU_ASSERT_EQUAL(replay_init(&r, 32, bits), -EINVAL);
	CU_ASSERT_EQUAL(replay_init(&r, 65, bits), -EINVAL);
	CU_ASSERT_EQUAL(replay_init(&r, 4096 + 64, bits), -EINVAL);
	FOR_EACH_WINDOW(w)
	CU_ASSERT_EQUAL(replay_init(&r, *w, bits), 0);
}

struct step {
	uint64_t seq;
	bool accepted;
};

static void walk(uint32_t window, const struct step *steps, size_t n)
{
	struct replay r;

	replay_init(&r, window, bits);
	for (size_t i = 0; i < n; i++) {
		CU_ASSERT_EQUAL(replay_check(&r, steps[i].seq), steps[i].accepted);
		CU_ASSERT_EQUAL(replay_commit(&r, steps[i].seq), steps[i].accepted);
	}
}

/* Edges of the window, forwards and backwards: W is its size. */
static void edges_are_exact(void)
{
	FOR_EACH_WINDOW(w)
	{
		const uint64_t W = *w;
		const struct step steps[] = {
			{ 0, false },
			{ 1, true },
			{ 1, false },
			{ 9, true },
			{ 8, true },
			{ 7, true },
			{ 7, false },
			{ W, true },
			{ W - 1, true },
			{ W - 1, false },
			{ W - 2, true },
			{ 2, true },
			{ 2, false },
			{ W + 16, true },
			{ 3, false },
			{ 16, false },
			{ 17, true },
			{ 17, false },
			{ W * 4, true },
			{ W * 4 - (W - 1), true },
			{ W * 4 - W, false },
			{ W * 4 - (W - 1), false },
			{ W * 4 - (W - 2), true },
			{ W * 4 + 1, true },
			{ W * 4 - (W - 1), false },
			{ W * 4 - (W - 2), false },
			{ W * 4 - (W - 3), true },
			{ 0, false },
			{ SEQ_LAST - 1, true },
			{ SEQ_LAST, true },
			{ SEQ_LAST, false },
			{ SEQ_LAST - 1, false },
			{ SEQ_LAST - 2, true },
			{ SEQ_LAST - W, false },
			{ SEQ_LAST - W + 1, true },
			{ 1, false },
		};

		walk(*w, steps, sizeof(steps) / sizeof(steps[0]));
	}
}

static void a_sweep_upwards_takes_each_number_once(void)
{
	FOR_EACH_WINDOW(w)
	{
		struct replay r;

		replay_init(&r, *w, bits);
		for (uint64_t i = 1; i <= 3 * *w; i++) {
			CU_ASSERT(replay_commit(&r, i));
			CU_ASSERT_FALSE(replay_commit(&r, i));
		}
		CU_ASSERT_EQUAL(r.late_max, 0);
	}
}

static void a_sweep_downwards_takes_exactly_the_window(void)
{
	FOR_EACH_WINDOW(w)
	{
		/* Wherever top stands within its word. */
		for (uint64_t top = *w; top < (uint64_t)*w + 130; top++) {
			struct replay r;
			uint64_t taken = 0;

			replay_init(&r, *w, bits);
			for (uint64_t i = top; i > 0; i--)
				taken += replay_commit(&r, i);
			CU_ASSERT_EQUAL(taken, *w);
			CU_ASSERT_EQUAL(r.late_max, *w - 1);
			for (uint64_t i = 1; i <= top; i++)
				CU_ASSERT_FALSE(replay_check(&r, i));
		}
	}
}

static void jumps_leave_no_stale_bits(void)
{
	FOR_EACH_WINDOW(w)
	{
		for (uint64_t jump = 1; jump <= 3 * (uint64_t)*w + 64; jump += 13) {
			struct replay r;
			uint64_t top;

			replay_init(&r, *w, bits);
			for (uint64_t i = 1; i <= 2 * (uint64_t)*w; i++)
				replay_commit(&r, i);
			top = 2 * (uint64_t)*w + jump;
			CU_ASSERT(replay_commit(&r, top));
			/* Between the old top and the new one all is new, all else was seen. */
			for (uint64_t i = 1; i < top; i++) {
				bool fresh = i > 2 * (uint64_t)*w && top - i < *w;

				CU_ASSERT_EQUAL(replay_check(&r, i), fresh);
			}
		}
	}
}

/* One who holds the key must not be able to make us clear words for years. */
static void the_farthest_jump_clears_the_window_once(void)
{
	struct replay r;

	replay_init(&r, 4096, bits);
	CU_ASSERT(replay_commit(&r, 1));
	CU_ASSERT(replay_commit(&r, UINT64_MAX));
	CU_ASSERT_FALSE(replay_commit(&r, UINT64_MAX));
	CU_ASSERT(replay_commit(&r, UINT64_MAX - 4095));
	CU_ASSERT_FALSE(replay_commit(&r, 1));
}

static void check_changes_nothing(void)
{
	struct replay r, before;
	uint64_t bits_before[REPLAY_WORDS(REPLAY_WINDOW_MAX)];

	replay_init(&r, 1024, bits);
	for (uint64_t i = 1; i < 5000; i += 3)
		replay_commit(&r, i);
	before = r;
	memcpy(bits_before, bits, sizeof(bits));
	for (uint64_t i = 0; i < 10000; i++)
		replay_check(&r, i);
	replay_check(&r, SEQ_LAST);
	replay_check(&r, UINT64_MAX);
	CU_ASSERT_EQUAL(memcmp(&r, &before, sizeof(r)), 0);
	CU_ASSERT_EQUAL(memcmp(bits, bits_before, sizeof(bits)), 0);
}

static void a_refused_number_changes_nothing(void)
{
	struct replay r, before;
	uint64_t bits_before[REPLAY_WORDS(REPLAY_WINDOW_MAX)];

	replay_init(&r, 64, bits);
	replay_commit(&r, 200);
	before = r;
	memcpy(bits_before, bits, sizeof(bits));
	CU_ASSERT_FALSE(replay_commit(&r, 200));
	CU_ASSERT_FALSE(replay_commit(&r, 136));
	CU_ASSERT_FALSE(replay_commit(&r, 0));
	CU_ASSERT_EQUAL(memcmp(&r, &before, sizeof(r)), 0);
	CU_ASSERT_EQUAL(memcmp(bits, bits_before, sizeof(bits)), 0);
}

static void a_duplicate_within_a_batch_passes_check_but_not_commit(void)
{
	struct replay r;

	replay_init(&r, 64, bits);
	CU_ASSERT(replay_check(&r, 5));
	CU_ASSERT(replay_check(&r, 5));
	CU_ASSERT(replay_commit(&r, 5));
	CU_ASSERT_FALSE(replay_commit(&r, 5));
}

static void lateness_is_recorded_at_its_largest(void)
{
	struct replay r;

	replay_init(&r, 64, bits);
	replay_commit(&r, 100);
	CU_ASSERT_EQUAL(r.late_max, 0);
	replay_commit(&r, 60);
	CU_ASSERT_EQUAL(r.late_max, 40);
	replay_commit(&r, 90);
	replay_commit(&r, 20);
	CU_ASSERT_EQUAL(r.late_max, 40);
}

/* Against a plain list of everything accepted, with numbers that hover around a moving top. */
static void agrees_with_a_plain_list(void)
{
	enum { NUMBERS = 60000 };
	static uint8_t seen[NUMBERS];
	uint32_t x = 2463534242u;

	FOR_EACH_WINDOW(w)
	{
		struct replay r;
		uint64_t top = 0;

		replay_init(&r, *w, bits);
		memset(seen, 0, sizeof(seen));
		for (int i = 0; i < 40000; i++) {
			uint64_t seq;
			bool fresh;

			x ^= x << 13;
			x ^= x >> 17;
			x ^= x << 5;
			seq = top + 4 + x % 5;
			seq -= x % 16 == 0 ? 0 : (x >> 8) % (*w + 80);
			if (seq >= NUMBERS || seq > top + 8)
				continue;
			fresh = seq && !seen[seq] && (seq > top || top - seq < *w);
			CU_ASSERT_EQUAL(replay_commit(&r, seq), fresh);
			seen[seq] |= fresh;
			if (fresh && seq > top)
				top = seq;
		}
		CU_ASSERT_EQUAL(r.top, top);
	}
}

/* Whatever lies within the window, or less than 2^32 - W ahead, is taken for what it is. */
static void the_upper_half_is_inferred_around_every_wrap(void)
{
	static const uint64_t highs[] = { 0, 1, 2, 0xfffffffeull, 0xffffffffull };
	struct replay r;

	FOR_EACH_WINDOW(w)
	for (int h = 0; h < 5; h++)
		for (int64_t off = -5000; off < 5000; off += 7) {
			uint64_t top = (highs[h] << 32) + (uint64_t)off;

			if ((highs[h] == 0 && off < 0) || (highs[h] == 0xffffffffull && off < 0))
				continue;
			replay_init(&r, *w, bits);
			r.top = top;
			for (int64_t d = -(int64_t)*w + 1; d < 6000; d += 61) {
				uint64_t seq = top + (uint64_t)d;

				if (d < 0 && top < (uint64_t)-d)
					continue;
				CU_ASSERT_EQUAL(replay_infer(&r, (uint32_t)seq), seq);
			}
		}
	/* Before the first and behind the last there is nothing. */
	replay_init(&r, 64, bits);
	CU_ASSERT_EQUAL(replay_infer(&r, UINT32_MAX), 0);
	r.top = UINT64_MAX;
	CU_ASSERT_EQUAL(replay_infer(&r, 5), 0);
}

/* ---- against an oracle that remembers every number and knows no window of bits ---- */

enum { ORACLE_SLOTS = 1 << 14 };

struct oracle {
	uint64_t top, window;
	uint64_t seen[ORACLE_SLOTS]; /* open addressing; 0 = free */
};

static uint64_t *oracle_slot(struct oracle *o, uint64_t seq)
{
	size_t i = (size_t)(seq * 0x9e3779b97f4a7c15ull >> 50);

	while (o->seen[i] && o->seen[i] != seq)
		i = (i + 1) % ORACLE_SLOTS;
	return &o->seen[i];
}

/* RFC 4303 A2.1 in words: the one number with this lower half within the 2^32 that begin with the
 * window. Before the first and behind the last there is none. */
static uint64_t oracle_infer(const struct oracle *o, uint32_t low)
{
	__int128 bottom = (__int128)o->top - (__int128)o->window + 1;
	__int128 seq = bottom + (uint32_t)(low - (uint32_t)(uint64_t)bottom);

	return seq < 0 || seq > UINT64_MAX ? 0 : (uint64_t)seq;
}

static bool oracle_take(struct oracle *o, uint64_t seq)
{
	uint64_t *slot = oracle_slot(o, seq);

	if (seq == 0 || *slot == seq || (seq < o->top && o->top - seq >= o->window))
		return false;
	*slot = seq;
	if (seq > o->top)
		o->top = seq;
	return true;
}

static uint32_t torture_state = 2463534242u;

static uint32_t rnd(uint32_t below)
{
	torture_state ^= torture_state << 13;
	torture_state ^= torture_state >> 17;
	torture_state ^= torture_state << 5;
	return torture_state % below;
}

/* What a line with disorder, an attacker with old packets, and one who holds the key would send. */
static uint64_t next_number(uint64_t top, uint32_t window)
{
	switch (rnd(16)) {
	case 0:
		return top - window + rnd(3); /* both sides of the left edge */
	case 1:
		return top + rnd(2);
	case 2:
		return top - rnd(window);
	case 3:
		return top + rnd(3 * window);
	case 4:
		return top + window / 64 * 64 - rnd(130); /* words that come round again */
	case 5:
		return rnd(64) == 0 ? top + 0xffffffffull - window - rnd(3) : top - 1;
	case 6:
		return rnd(2 * window);
	default:
		return top + 6 - rnd(16);
	}
}

static void torture(uint32_t window, uint64_t start)
{
	static struct oracle o;
	struct replay r;

	memset(&o, 0, sizeof(o));
	replay_init(&r, window, bits);
	o.window = window;
	o.top = r.top = start;
	for (int i = 0; i < 3000; i++) {
		uint32_t low = (uint32_t)next_number(o.top, window);
		uint64_t seq = oracle_infer(&o, low);
		bool fresh;

		CU_ASSERT_EQUAL(replay_infer(&r, low), seq);
		fresh = oracle_take(&o, seq);
		CU_ASSERT_EQUAL(replay_check(&r, seq), fresh);
		CU_ASSERT_EQUAL(replay_commit(&r, seq), fresh);
		CU_ASSERT_EQUAL(r.top, o.top);
	}
}

/* Every window there is, at the beginning, around the first, a later and the last wrap. */
static void extended_numbers_agree_with_an_oracle(void)
{
	static const uint64_t starts[] = { 0, (1ull << 32) - 200, (7ull << 32) - 3000,
					   UINT64_MAX - (1ull << 32) - 500, UINT64_MAX - 2000 };

	for (uint32_t w = REPLAY_WINDOW_MIN; w <= REPLAY_WINDOW_MAX; w += 64)
		for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
			torture(w, starts[i]);
}

/* A2.1: 2^32 - W ahead is the farthest that can be told from what is behind. */
static void the_farthest_number_ahead_is_the_one_before_the_window(void)
{
	FOR_EACH_WINDOW(w)
	{
		const uint64_t top = (5ull << 32) + 12345, far = top + (1ull << 32) - *w;
		struct replay r;

		replay_init(&r, *w, bits);
		r.top = top;
		CU_ASSERT_EQUAL(replay_infer(&r, (uint32_t)far), far);
		CU_ASSERT_EQUAL(replay_infer(&r, (uint32_t)(far + 1)), top - *w + 1);
		CU_ASSERT(replay_commit(&r, far));
		CU_ASSERT_FALSE(replay_check(&r, top));
		CU_ASSERT(replay_check(&r, far - *w + 1));
		CU_ASSERT_FALSE(replay_check(&r, far - *w));
	}
}

/* RFC 6479 2: the word that top enters is cleared although part of it belongs to no window yet, and
 * the oldest word is kept although part of it has left the window. */
static void words_come_and_go_as_rfc_6479_has_it(void)
{
	FOR_EACH_WINDOW(w)
	for (uint64_t phase = 0; phase < 64; phase++) {
		const uint64_t base = 64 * 1000 + phase;
		struct replay r;

		replay_init(&r, *w, bits);
		for (uint64_t i = base - *w; i <= base; i++)
			replay_commit(&r, i);
		/* One on: the one number that falls out is refused as late, not taken as new. */
		CU_ASSERT(replay_commit(&r, base + 1));
		CU_ASSERT_FALSE(replay_check(&r, base + 1 - *w));
		/* Into the next word: nothing of the ring's former round is left in it. */
		CU_ASSERT(replay_commit(&r, base + 65));
		for (uint64_t i = base + 2; i < base + 65; i++)
			CU_ASSERT(replay_check(&r, i));
		/* Once round, less one word and exactly: all between is new. */
		for (uint64_t jump = *w - 64; jump <= *w + 64; jump += 64) {
			const uint64_t top = r.top;

			if (jump == 0)
				continue;
			CU_ASSERT(replay_commit(&r, top + jump));
			for (uint64_t i = top + 1; i < top + jump; i++)
				CU_ASSERT_EQUAL(replay_check(&r, i), top + jump - i < *w);
		}
	}
}

static const struct unit_case cases[] = {
	{ "only whole words within the bounds are windows",
	  only_whole_words_within_the_bounds_are_windows },
	{ "the edges of the window are exact", edges_are_exact },
	{ "a sweep upwards takes each number once", a_sweep_upwards_takes_each_number_once },
	{ "a sweep downwards takes exactly the window",
	  a_sweep_downwards_takes_exactly_the_window },
	{ "jumps leave no stale bits", jumps_leave_no_stale_bits },
	{ "the farthest jump clears the window once", the_farthest_jump_clears_the_window_once },
	{ "the upper half is inferred around every wrap",
	  the_upper_half_is_inferred_around_every_wrap },
	{ "extended numbers agree with an oracle at every wrap, for every window",
	  extended_numbers_agree_with_an_oracle },
	{ "the farthest number ahead is the one before the window: RFC 4303 A2.1",
	  the_farthest_number_ahead_is_the_one_before_the_window },
	{ "words come and go as RFC 6479 2 has it", words_come_and_go_as_rfc_6479_has_it },
	{ "check changes nothing", check_changes_nothing },
	{ "a refused number changes nothing", a_refused_number_changes_nothing },
	{ "a duplicate within a batch passes check but not commit",
	  a_duplicate_within_a_batch_passes_check_but_not_commit },
	{ "lateness is recorded at its largest", lateness_is_recorded_at_its_largest },
	{ "agrees with a plain list of what was accepted", agrees_with_a_plain_list },
};

UNIT_MAIN("ipsec/replay", cases)
