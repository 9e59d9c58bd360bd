/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * A bounded ring of pointers from exactly one producing thread to exactly one consuming thread,
 * without locks. What a pointer leads to is handed over with it (release and acquire on the index).
 */

#include <stdbool.h>
#include <stdint.h>

struct ring;

/*! \param[in] size slots, a power of two. \returns NULL without memory. Freed by ring_free(). */
struct ring *ring_new(uint32_t size);
void ring_free(struct ring *r);

/*! Producer. \returns how many of the n were taken, in order; the rest stays the caller's. */
uint32_t ring_push(struct ring *r, void *const *objs, uint32_t n);

/*! Producer. \returns how many a push would take now, at least. */
uint32_t ring_room(struct ring *r);

/*! Consumer. \returns how many were put into objs, at most n. */
uint32_t ring_pop(struct ring *r, void **objs, uint32_t n);

/*! Either end; a hint that may be stale by the time it is read. */
bool ring_empty(const struct ring *r);
