/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/ring.h"

#include <stdatomic.h>
#include <stdlib.h>

/* Each index has a cache line of its own, beside the owner's last view of the other one, so that
 * the ends share a line only when one of them runs out of what it knew. */
struct ring {
	uint32_t mask;
	_Alignas(64) _Atomic uint32_t head; /* next to pop */
	uint32_t tail_seen;
	_Alignas(64) _Atomic uint32_t tail; /* next to push */
	uint32_t head_seen;
	_Alignas(64) void *slot[];
};

struct ring *ring_new(uint32_t size)
{
	size_t bytes;
	struct ring *r;

	if (size == 0 || (size & (size - 1)))
		return NULL;
	bytes = sizeof(*r) + size * sizeof(r->slot[0]);
	r = aligned_alloc(64, (bytes + 63) & ~(size_t)63);
	if (!r)
		return NULL;
	r->mask = size - 1;
	r->tail_seen = 0;
	r->head_seen = 0;
	atomic_init(&r->head, 0);
	atomic_init(&r->tail, 0);
	return r;
}

void ring_free(struct ring *r)
{
	free(r);
}

uint32_t ring_push(struct ring *r, void *const *objs, uint32_t n)
{
	uint32_t tail = atomic_load_explicit(&r->tail, memory_order_relaxed);
	uint32_t room = r->mask + 1 - (tail - r->head_seen);

	if (room < n) {
		r->head_seen = atomic_load_explicit(&r->head, memory_order_acquire);
		room = r->mask + 1 - (tail - r->head_seen);
		if (n > room)
			n = room;
	}
	for (uint32_t i = 0; i < n; i++)
		r->slot[(tail + i) & r->mask] = objs[i];
	atomic_store_explicit(&r->tail, tail + n, memory_order_release);
	return n;
}

uint32_t ring_room(struct ring *r)
{
	uint32_t tail = atomic_load_explicit(&r->tail, memory_order_relaxed);

	r->head_seen = atomic_load_explicit(&r->head, memory_order_acquire);
	return r->mask + 1 - (tail - r->head_seen);
}

uint32_t ring_pop(struct ring *r, void **objs, uint32_t n)
{
	uint32_t head = atomic_load_explicit(&r->head, memory_order_relaxed);
	uint32_t avail = r->tail_seen - head;

	if (avail < n) {
		r->tail_seen = atomic_load_explicit(&r->tail, memory_order_acquire);
		avail = r->tail_seen - head;
		if (n > avail)
			n = avail;
	}
	for (uint32_t i = 0; i < n; i++)
		objs[i] = r->slot[(head + i) & r->mask];
	atomic_store_explicit(&r->head, head + n, memory_order_release);
	return n;
}

bool ring_empty(const struct ring *r)
{
	return atomic_load_explicit(&r->head, memory_order_acquire) ==
	       atomic_load_explicit(&r->tail, memory_order_acquire);
}
