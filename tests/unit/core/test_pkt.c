/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <pthread.h>

#include "core/pkt.h"
#include "core/ring.h"
#include "tests/unit/unit.h"

static void a_packet_starts_empty_with_its_headroom(void)
{
	struct pkt_pool *pool = pkt_pool_new(4, 2);
	struct pkt *p;

	pkt_pool_bind(pool);
	p = pkt_alloc(pool, 1500);
	CU_ASSERT_PTR_NOT_NULL_FATAL(p);
	CU_ASSERT_EQUAL(p->len, 0);
	CU_ASSERT_EQUAL(pkt_headroom(p), PKT_HEADROOM);
	CU_ASSERT(pkt_tailroom(p) >= 1500 + PKT_TAILROOM);
	pkt_free(p);
	CU_ASSERT_EQUAL(pkt_pool_in_use(pool), 0);
	pkt_pool_free(pool);
}

static void push_pull_put_trim_stay_inside_the_buffer(void)
{
	struct pkt_pool *pool = pkt_pool_new(1, 0);
	struct pkt *p;

	pkt_pool_bind(pool);
	p = pkt_alloc(pool, 10);
	CU_ASSERT_PTR_NOT_NULL(pkt_put(p, 10));
	CU_ASSERT_PTR_NULL(pkt_pull(p, 11));
	CU_ASSERT_PTR_NOT_NULL(pkt_push(p, PKT_HEADROOM));
	CU_ASSERT_PTR_NULL(pkt_push(p, 1));
	CU_ASSERT_PTR_NULL(pkt_put(p, 2048));
	CU_ASSERT_FALSE(pkt_trim(p, p->len + 1));
	CU_ASSERT(pkt_trim(p, 0));
	pkt_free(p);
	pkt_pool_free(pool);
}

static void classes_are_bounded_and_counted(void)
{
	struct pkt_pool *pool = pkt_pool_new(2, 1);
	struct pkt *a, *b, *large;

	pkt_pool_bind(pool);
	a = pkt_alloc(pool, 1);
	b = pkt_alloc(pool, PKT_SMALL_LEN);
	large = pkt_alloc(pool, PKT_SMALL_LEN + 1);
	CU_ASSERT(a && b && large);
	CU_ASSERT(pkt_tailroom(large) >= SDU_MAX + PKT_TAILROOM);
	CU_ASSERT_PTR_NULL(pkt_alloc(pool, 1));
	CU_ASSERT_PTR_NULL(pkt_alloc(pool, SDU_MAX));
	CU_ASSERT_PTR_NULL(pkt_alloc(pool, SDU_MAX + 100));
	CU_ASSERT_EQUAL(pkt_pool_exhausted(pool), 3);
	pkt_free(a);
	pkt_free(b);
	pkt_free(large);
	CU_ASSERT_EQUAL(pkt_pool_in_use(pool), 0);
	pkt_pool_free(pool);
}

static void metadata_of_a_reused_buffer_is_clean(void)
{
	struct pkt_pool *pool = pkt_pool_new(1, 0);
	struct pkt *p;

	pkt_pool_bind(pool);
	p = pkt_alloc(pool, 1);
	p->spi = p->session = p->circuit = p->acct = 7;
	p->control = true;
	p->obj = p->obj2 = p;
	pkt_free(p);
	p = pkt_alloc(pool, 1);
	CU_ASSERT(!p->spi && !p->session && !p->circuit && !p->acct && !p->control);
	CU_ASSERT(!p->obj && !p->obj2);
	pkt_free(p);
	pkt_pool_free(pool);
}

enum { ROUNDS = 50000 };

static void *far_thread(void *arg)
{
	for (int n = 0; n < ROUNDS;) {
		void *p[8];
		uint32_t got = ring_pop(arg, p, 8);

		for (uint32_t i = 0; i < got; i++)
			pkt_free(p[i]);
		n += (int)got;
	}
	return NULL;
}

static void packets_freed_elsewhere_come_home(void)
{
	struct pkt_pool *pool = pkt_pool_new(32, 0);
	struct ring *r = ring_new(16);
	pthread_t t;

	pkt_pool_bind(pool);
	pthread_create(&t, NULL, far_thread, r);
	for (int n = 0; n < ROUNDS;) {
		void *p = pkt_alloc(pool, 100);

		if (!p)
			continue;
		if (ring_push(r, &p, 1))
			n++;
		else
			pkt_free(p);
	}
	pthread_join(t, NULL);
	CU_ASSERT_EQUAL(pkt_pool_in_use(pool), 0);
	ring_free(r);
	pkt_pool_free(pool);
}

/* Resident memory is that of the packets under way, not that of the pool. */
static void packets_freed_elsewhere_are_used_again_before_fresh_ones(void)
{
	struct pkt_pool *pool = pkt_pool_new(4096, 0);
	const struct pkt *first = NULL, *last = NULL;

	pkt_pool_bind(NULL); /* whoever frees is not the owner */
	for (int n = 0; n < 10000; n++) {
		struct pkt *p = pkt_alloc(pool, 100);

		CU_ASSERT_PTR_NOT_NULL_FATAL(p);
		if (!first || p < first)
			first = p;
		if (!last || p > last)
			last = p;
		pkt_free(p);
	}
	CU_ASSERT(last - first < 128);
	CU_ASSERT_EQUAL(pkt_pool_in_use(pool), 0);
	pkt_pool_free(pool);
}

static const struct unit_case cases[] = {
	{ "a packet starts empty with its headroom", a_packet_starts_empty_with_its_headroom },
	{ "push, pull, put, trim stay inside the buffer",
	  push_pull_put_trim_stay_inside_the_buffer },
	{ "classes are bounded and counted", classes_are_bounded_and_counted },
	{ "metadata of a reused buffer is clean", metadata_of_a_reused_buffer_is_clean },
	{ "packets freed elsewhere come home", packets_freed_elsewhere_come_home },
	{ "packets freed elsewhere are used again before fresh ones",
	  packets_freed_elsewhere_are_used_again_before_fresh_ones },
};

UNIT_MAIN("core/pkt", cases)
