/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <pthread.h>
#include <stdint.h>

#include "core/ring.h"
#include "tests/unit/unit.h"

static void size_must_be_a_power_of_two(void)
{
	CU_ASSERT_PTR_NULL(ring_new(0));
	CU_ASSERT_PTR_NULL(ring_new(3));
}

static void full_ring_takes_what_fits(void)
{
	struct ring *r = ring_new(4);
	void *in[6], *out[6];

	for (uintptr_t i = 0; i < 6; i++)
		in[i] = (void *)(i + 1);
	CU_ASSERT_EQUAL(ring_push(r, in, 3), 3);
	CU_ASSERT_EQUAL(ring_push(r, in + 3, 3), 1);
	CU_ASSERT_EQUAL(ring_push(r, in, 1), 0);
	CU_ASSERT_EQUAL(ring_pop(r, out, 6), 4);
	for (int i = 0; i < 4; i++)
		CU_ASSERT_PTR_EQUAL(out[i], in[i]);
	CU_ASSERT_EQUAL(ring_pop(r, out, 1), 0);
	CU_ASSERT(ring_empty(r));
	ring_free(r);
}

enum { TRANSFER = 200000 };

static void *producer(void *arg)
{
	for (uintptr_t next = 1; next <= TRANSFER;) {
		void *v = (void *)next;

		next += ring_push(arg, &v, 1);
	}
	return NULL;
}

static void two_threads_keep_order_and_lose_nothing(void)
{
	struct ring *r = ring_new(64);
	uintptr_t expect = 1;
	pthread_t t;

	pthread_create(&t, NULL, producer, r);
	while (expect <= TRANSFER) {
		void *out[16];
		uint32_t n = ring_pop(r, out, 16);

		for (uint32_t i = 0; i < n; i++) {
			if ((uintptr_t)out[i] != expect)
				CU_FAIL_FATAL("out of order");
			expect++;
		}
	}
	pthread_join(t, NULL);
	CU_ASSERT(ring_empty(r));
	ring_free(r);
}

static const struct unit_case cases[] = {
	{ "size must be a power of two", size_must_be_a_power_of_two },
	{ "a full ring takes what fits", full_ring_takes_what_fits },
	{ "two threads keep order and lose nothing", two_threads_keep_order_and_lose_nothing },
};

UNIT_MAIN("core/ring", cases)
