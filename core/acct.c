/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/acct.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>

#include "core/clock.h"

#define N_THREADS   (WORKERS_MAX + 1)
#define EVENT_SLOTS 256u

const struct acct_desc acct_desc[ACCT_N] = {
#define X(sym, str, descr) [ACCT_##sym] = { .name = str, .text = descr },
	ACCT_COUNTERS(X)
#undef X
#define X(sym, area, descr) [DROP_##sym] = { .name = area ":" #sym, .text = descr },
		ACCT_DISCARDS(X)
#undef X
};

/* Events go from one thread to the control thread through a ring of values. */
struct thread_slot {
	acct_row_t *rows;
	_Alignas(64) _Atomic uint32_t head;
	_Alignas(64) _Atomic uint32_t tail;
	struct drop_event event[EVENT_SLOTS];
	int64_t window_start;
	unsigned int in_window;
	bool taken;
};

static struct thread_slot slots[N_THREADS];
static acct_row_t *baseline; /* what acct_get() takes off: counted before acct_alloc() or clear */
/* Ids given back, the one that rests longest first; and the lowest that was never given out. */
static uint16_t resting[ACCTS_MAX];
static uint32_t rest_head, rest_tail;
static uint32_t fresh = 1;
static bool used[ACCTS_MAX];
static pthread_mutex_t slots_lock = PTHREAD_MUTEX_INITIALIZER;
static _Atomic unsigned int report_rate = 10;

__thread acct_row_t *acct_self;
static __thread struct thread_slot *slot_self;

/* Pages that no counter touches are never backed by memory. */
static acct_row_t *map_rows(void)
{
	void *p = mmap(NULL, sizeof(acct_row_t) * ACCTS_MAX, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	return p == MAP_FAILED ? NULL : p;
}

int acct_init(void)
{
	if (baseline)
		return 0;
	baseline = map_rows();
	if (!baseline)
		return -ENOMEM;
	return 0;
}

int acct_thread_init(void)
{
	int rc = -ENOSPC;

	pthread_mutex_lock(&slots_lock);
	for (int i = 0; i < N_THREADS; i++) {
		struct thread_slot *s = &slots[i];

		if (s->taken)
			continue;
		if (!s->rows)
			s->rows = map_rows();
		if (!s->rows) {
			rc = -ENOMEM;
			break;
		}
		s->taken = true;
		slot_self = s;
		acct_self = s->rows;
		rc = 0;
		break;
	}
	pthread_mutex_unlock(&slots_lock);
	return rc;
}

void acct_thread_exit(void)
{
	pthread_mutex_lock(&slots_lock);
	if (slot_self)
		slot_self->taken = false;
	slot_self = NULL;
	acct_self = NULL;
	pthread_mutex_unlock(&slots_lock);
}

static uint64_t raw_sum(uint32_t id, unsigned int c)
{
	uint64_t sum = 0;

	pthread_mutex_lock(&slots_lock);
	for (int i = 0; i < N_THREADS; i++)
		if (slots[i].rows)
			sum += ctr_get(&slots[i].rows[id][c]);
	pthread_mutex_unlock(&slots_lock);
	return sum;
}

/* An id rests before it is given out again: a packet that waits in a ring with the id of a circuit
 * that has gone must find nothing, least of all another circuit. But not longer: an id that was never
 * used costs memory in the tables of all threads. */
uint32_t acct_alloc(void)
{
	uint32_t id = 0;

	if (rest_tail - rest_head < ACCT_RESTING && fresh < ACCTS_MAX)
		id = fresh++;
	else if (rest_tail != rest_head)
		id = resting[rest_head++ % ACCTS_MAX];
	if (id) {
		used[id] = true;
		acct_clear(id);
	}
	return id;
}

void acct_free(uint32_t id)
{
	if (!id || id >= ACCTS_MAX || !used[id])
		return;
	used[id] = false;
	resting[rest_tail++ % ACCTS_MAX] = (uint16_t)id;
}

uint64_t acct_get(uint32_t id, enum acct_ctr c)
{
	return raw_sum(id, c) - ctr_get(&baseline[id][c]);
}

uint64_t acct_discards(uint32_t id)
{
	uint64_t sum = 0;

	for (unsigned int c = DROP_FIRST; c < ACCT_N; c++)
		sum += acct_get(id, c);
	return sum;
}

void acct_clear(uint32_t id)
{
	for (unsigned int c = 0; c < ACCT_N; c++)
		baseline[id][c].v = raw_sum(id, c);
}

void drop_set_rate(unsigned int per_second)
{
	atomic_store_explicit(&report_rate, per_second, memory_order_relaxed);
}

static bool within_rate(struct thread_slot *s)
{
	int64_t now = clock_ns();

	if (now - s->window_start >= NSEC_PER_SEC) {
		s->window_start = now;
		s->in_window = 0;
	}
	if (s->in_window >= atomic_load_explicit(&report_rate, memory_order_relaxed))
		return false;
	s->in_window++;
	return true;
}

void drop_report(uint32_t acct, enum acct_ctr reason, const void *data, size_t len)
{
	struct thread_slot *s = slot_self;
	uint32_t tail;
	struct drop_event *ev;

	acct_add(acct, reason, 1);
	if (!within_rate(s))
		return;
	tail = atomic_load_explicit(&s->tail, memory_order_relaxed);
	if (tail - atomic_load_explicit(&s->head, memory_order_acquire) == EVENT_SLOTS)
		return;
	ev = &s->event[tail % EVENT_SLOTS];
	ev->acct = acct;
	ev->reason = (uint16_t)reason;
	ev->len = (uint16_t)(len > UINT16_MAX ? UINT16_MAX : len);
	if (data && len)
		memcpy(ev->head, data, len < DROP_HEAD_MAX ? len : DROP_HEAD_MAX);
	else
		ev->len = 0;
	atomic_store_explicit(&s->tail, tail + 1, memory_order_release);
}

void drop_pkt(struct pkt *p, enum acct_ctr reason)
{
	drop_report(p->acct, reason, p->data, p->len);
	pkt_free(p);
}

bool drop_next(struct drop_event *ev)
{
	for (int i = 0; i < N_THREADS; i++) {
		struct thread_slot *s = &slots[i];
		uint32_t head = atomic_load_explicit(&s->head, memory_order_relaxed);

		if (head == atomic_load_explicit(&s->tail, memory_order_acquire))
			continue;
		*ev = s->event[head % EVENT_SLOTS];
		atomic_store_explicit(&s->head, head + 1, memory_order_release);
		return true;
	}
	return false;
}
