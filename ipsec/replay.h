/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * The anti-replay window (RFC 4303 3.4.3, as a ring of bits: RFC 6479). Two calls: replay_check()
 * before the integrity check changes nothing, replay_commit() after it tests again and marks, for
 * the same number may occur twice within one batch.
 */

#include <stdbool.h>
#include <stdint.h>

enum {
	REPLAY_WINDOW_MIN = 64,
	REPLAY_WINDOW_MAX = 4096,
	REPLAY_WINDOW_DEFAULT = 1024,
};

struct replay {
	uint64_t top;	   /*!< highest number accepted; 0 = none yet */
	uint32_t window;   /*!< usable size */
	uint32_t late_max; /*!< largest distance behind top that was still accepted */
	uint64_t *bits;	   /*!< REPLAY_WORDS(window) words, the owner's; see replay_init() */
};

/*! Words of bits that a window needs: one more than it has, RFC 6479 2. */
#define REPLAY_WORDS(window) ((window) / 64u + 1)

/*! \param[in] window 64..4096, a multiple of 64.
 * \param[in] bits REPLAY_WORDS(window) words, which stay the caller's. \returns 0 or -EINVAL. */
int replay_init(struct replay *r, uint32_t window, uint64_t *bits);

/*! Is this a size that replay_init() takes? */
bool replay_window_ok(uint32_t window);

/*! Extended sequence numbers: the whole number of a packet that carries the lower half, taken from
 * where the window is (RFC 4303 A2.1). \returns it, or 0, which is never accepted, for one that
 * would lie before the first or behind the last. */
uint64_t replay_infer(const struct replay *r, uint32_t low);

/*! \returns whether seq is new and not left of the window. Changes nothing. */
bool replay_check(const struct replay *r, uint64_t seq);

/*! Test again and mark seq as received. \returns false when it is a duplicate or too late. */
bool replay_commit(struct replay *r, uint64_t seq);
