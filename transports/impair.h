/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * An imperfect line, for test rigs: loses and damages units and says when each may leave. The same
 * seed and the same units give the same losses, whatever the machine and the time.
 */

#include <stdbool.h>
#include <stdint.h>

#include "core/rcu.h"
#include "transports/transport.h"

struct impair;

enum impair_fate {
	IMPAIR_PASS,
	IMPAIR_LOSE,
	IMPAIR_DAMAGE, /*!< one bit of the unit was inverted */
};

/*! \returns whether cfg describes a perfect line. */
bool impair_none(const struct impair_cfg *cfg);

/*! \returns NULL when cfg cannot work because of its own values, else what is wrong. */
const char *impair_check(const struct impair_cfg *cfg);

/*! \returns NULL without memory. Freed by impair_free(), or by impair_retire() once published. */
struct impair *impair_new(const struct impair_cfg *cfg);
void impair_free(struct impair *im);
void impair_retire(struct impair *im);

/*! Decide one unit's fate, and damage it if that is what it is: any bit of it, as on the wire.
 * Worker. */
enum impair_fate impair_unit(struct impair *im, uint8_t *unit, uint32_t len);

/*! Does anything wait on this line? */
bool impair_timed(const struct impair *im);

/*! When a unit of len octets (framing included) that is ready now has left the line and arrived.
 * Advances the line's clock. Worker. */
int64_t impair_due(struct impair *im, uint32_t len, int64_t now);

/*! How long a unit would now wait before its first bit leaves, in ns. Worker. */
int64_t impair_backlog(const struct impair *im, int64_t now);
