/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/pkt.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "core/ctr.h"

enum { CLASS_SMALL, CLASS_LARGE, N_CLASSES };
enum { RECLAIM_EVERY = 64 };

struct pkt_class {
	struct pkt *free;    /* owner only */
	struct pkt *headers; /* all of the class */
	uint8_t *mem;
	size_t mem_len;
	uint32_t total;
	uint32_t out; /* taken by the owner and not yet seen home again */
};

struct pkt_pool {
	struct pkt_class class[N_CLASSES];
	ctr_t exhausted;
	uint32_t taken; /* owner only: when to look for those that came back */
	/* Packets freed by other threads: they push one, the owner takes all. One compare-and-swap
	 * a packet, and no ABA because nobody pops a single one. */
	_Alignas(64) _Atomic(struct pkt *) returned;
};

static __thread struct pkt_pool *self;

static const uint32_t class_size[N_CLASSES] = {
	[CLASS_SMALL] = 2048,
	[CLASS_LARGE] = (PKT_HEADROOM + SDU_MAX + PKT_TAILROOM + 63) & ~63u,
};

static int class_init(struct pkt_class *c, struct pkt_pool *pool, uint32_t size, uint32_t n)
{
	if (n == 0)
		return 0;
	c->mem_len = (size_t)n * size;
	c->mem = mmap(NULL, c->mem_len, PROT_READ | PROT_WRITE,
		      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (c->mem == MAP_FAILED) {
		c->mem = NULL;
		return -1;
	}
	c->headers = calloc(n, sizeof(*c->headers));
	if (!c->headers)
		return -1;
	for (uint32_t i = n; i-- > 0;) {
		struct pkt *p = &c->headers[i];

		p->home = pool;
		p->buf = c->mem + (size_t)i * size;
		p->size = size;
		p->next = c->free;
		c->free = p;
	}
	c->total = n;
	return 0;
}

struct pkt_pool *pkt_pool_new(uint32_t n_small, uint32_t n_large)
{
	struct pkt_pool *pool = aligned_alloc(64, (sizeof(*pool) + 63) & ~(size_t)63);

	if (!pool)
		return NULL;
	memset(pool, 0, sizeof(*pool));
	atomic_init(&pool->returned, NULL);
	if (class_init(&pool->class[CLASS_SMALL], pool, class_size[CLASS_SMALL], n_small) ||
	    class_init(&pool->class[CLASS_LARGE], pool, class_size[CLASS_LARGE], n_large)) {
		pkt_pool_free(pool);
		return NULL;
	}
	return pool;
}

void pkt_pool_free(struct pkt_pool *pool)
{
	if (!pool)
		return;
	if (self == pool)
		self = NULL;
	for (int i = 0; i < N_CLASSES; i++) {
		if (pool->class[i].mem)
			munmap(pool->class[i].mem, pool->class[i].mem_len);
		free(pool->class[i].headers);
	}
	free(pool);
}

void pkt_pool_bind(struct pkt_pool *pool)
{
	self = pool;
}

struct pkt_pool *pkt_pool_self(void)
{
	return self;
}

static struct pkt_class *class_of(struct pkt_pool *pool, const struct pkt *p)
{
	return &pool->class[p->size == class_size[CLASS_SMALL] ? CLASS_SMALL : CLASS_LARGE];
}

static void take_home(struct pkt_pool *pool, struct pkt *p)
{
	struct pkt_class *c = class_of(pool, p);

	p->next = c->free;
	c->free = p;
	c->out--;
}

static void reclaim(struct pkt_pool *pool)
{
	struct pkt *p = atomic_exchange_explicit(&pool->returned, NULL, memory_order_acquire);

	while (p) {
		struct pkt *next = p->next;

		take_home(pool, p);
		p = next;
	}
}

uint32_t pkt_pool_in_use(struct pkt_pool *pool)
{
	reclaim(pool);
	return pool->class[CLASS_SMALL].out + pool->class[CLASS_LARGE].out;
}

uint64_t pkt_pool_exhausted(const struct pkt_pool *pool)
{
	return ctr_get(&pool->exhausted);
}

struct pkt *pkt_alloc(struct pkt_pool *pool, uint32_t len)
{
	struct pkt_class *c = &pool->class[len <= PKT_SMALL_LEN ? CLASS_SMALL : CLASS_LARGE];
	struct pkt *p;

	/* Now and then, not only at the end: those that came back are warm, and what a pool has
	 * touched stays about as large as what is under way, not as large as the pool. */
	if (!c->free || ++pool->taken % RECLAIM_EVERY == 0)
		reclaim(pool);
	p = c->free;
	if (!p || len > p->size - PKT_HEADROOM - PKT_TAILROOM) {
		ctr_add(&pool->exhausted, 1);
		return NULL;
	}
	c->free = p->next;
	c->out++;
	p->next = NULL;
	p->data = p->buf + PKT_HEADROOM;
	p->len = 0;
	p->acct = 0;
	p->circuit = 0;
	p->spi = 0;
	p->session = 0;
	p->stage = 0;
	p->next_header = 0;
	p->uu = 0;
	p->control = false;
	p->service = 0;
	p->far = (struct endpoint){ .port = 0 };
	p->obj = NULL;
	p->obj2 = NULL;
	return p;
}

void pkt_free(struct pkt *p)
{
	struct pkt_pool *pool;

	if (!p)
		return;
	pool = p->home;
	if (pool == self) {
		take_home(pool, p);
		return;
	}
	p->next = atomic_load_explicit(&pool->returned, memory_order_relaxed);
	while (!atomic_compare_exchange_weak_explicit(&pool->returned, &p->next, p,
						      memory_order_release, memory_order_relaxed))
		;
}

void pkt_batch_free(struct pkt_batch *b)
{
	for (unsigned int i = 0; i < b->n; i++)
		pkt_free(b->pkt[i]);
	b->n = 0;
}
