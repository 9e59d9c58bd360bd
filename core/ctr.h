/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * A counter with one writing thread and any number of readers. The relaxed load and store cost
 * what plain ones do (no lock prefix) and are defined behaviour when another thread reads.
 */

#include <stdint.h>

typedef struct ctr {
	uint64_t v;
} ctr_t;

static inline uint64_t ctr_get(const ctr_t *c)
{
	return __atomic_load_n(&c->v, __ATOMIC_RELAXED);
}

/*! Writing thread only. */
static inline void ctr_add(ctr_t *c, uint64_t n)
{
	__atomic_store_n(&c->v, __atomic_load_n(&c->v, __ATOMIC_RELAXED) + n, __ATOMIC_RELAXED);
}
