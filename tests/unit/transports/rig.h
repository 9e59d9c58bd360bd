/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* What the data-plane tests of the transports share: the thread's set-up and a conserving check. */

#include <poll.h>

#include "core/acct.h"
#include "core/log.h"
#include "core/pkt.h"
#include "core/rcu.h"
#include "tests/unit/unit.h"

static struct pkt_pool *rig_pool;

/*! Make the calling thread one of the data plane and the control thread as well. */
static inline void rig_init(uint32_t n_small, uint32_t n_large)
{
	if (!acct_self) {
		if (acct_init() || acct_thread_init() || rcu_init())
			abort();
		drop_set_rate(0);
	}
	rig_pool = pkt_pool_new(n_small, n_large);
	if (!rig_pool)
		abort();
	pkt_pool_bind(rig_pool);
}

/*! Everything must be home. */
static inline void rig_exit(void)
{
	CU_ASSERT_EQUAL(pkt_pool_in_use(rig_pool), 0);
	pkt_pool_free(rig_pool);
	rig_pool = NULL;
}

/*! A packet with n octets that depend on seed. */
static inline struct pkt *rig_pkt(uint32_t n, uint32_t seed)
{
	struct pkt *p = pkt_alloc(rig_pool, n);
	uint8_t *d = p ? pkt_put(p, n) : NULL;

	if (!d)
		abort();
	for (uint32_t i = 0; i < n; i++)
		d[i] = (uint8_t)hash_u32(seed + i);
	return p;
}

/*! Does it hold what rig_pkt(n, seed) wrote? */
static inline bool rig_pkt_is(const struct pkt *p, uint32_t n, uint32_t seed)
{
	if (p->len != n)
		return false;
	for (uint32_t i = 0; i < n; i++)
		if (p->data[i] != (uint8_t)hash_u32(seed + i))
			return false;
	return true;
}
