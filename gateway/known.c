/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "gateway/known.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/rcu.h"
#include "gateway/gateway.h"

enum {
	BUCKETS = 1024,
	/* A known address may ask for so much a second, after a burst: many peers may share it. */
	RATE = 512,
	BURST = 512,
};

/* For the data plane: an address with a peer that has authenticated. */
struct known_addr {
	struct rcu_ht_node node;
	struct rcu_retired retired;
	uint32_t link;
	struct endpoint addr;
	unsigned int refs; /* control thread */
	int64_t due;	   /* the link's worker */
};

struct key {
	uint32_t link;
	const struct endpoint *addr;
};

static struct llist_head by_far[BUCKETS];
static struct rcu_ht *addrs;

uint32_t known_hash(const struct endpoint *e)
{
	uint32_t h = 0, word;

	for (unsigned int i = 0; i < sizeof(e->addr); i += sizeof(word)) {
		memcpy(&word, e->addr + i, sizeof(word));
		h = hash_u32(h ^ word);
	}
	return h;
}

bool known_due(int64_t *next, int64_t now, int64_t rate, int64_t burst)
{
	int64_t step = NSEC_PER_SEC / rate;

	if (*next < now - burst * step)
		*next = now - burst * step;
	if (*next > now)
		return false;
	*next += step;
	return true;
}

static bool addr_match(const struct rcu_ht_node *node, const void *key)
{
	const struct known_addr *a = caa_container_of(node, struct known_addr, node);
	const struct key *k = key;

	return a->link == k->link && endpoint_same_addr(&a->addr, k->addr);
}

int known_init(void)
{
	for (unsigned int i = 0; i < BUCKETS; i++)
		INIT_LLIST_HEAD(&by_far[i]);
	addrs = rcu_ht_new(BUCKETS, addr_match);
	return addrs ? 0 : -ENOMEM;
}

void known_exit(void)
{
	rcu_ht_free(addrs);
	addrs = NULL;
}

static struct known_addr *addr_find(uint32_t link, const struct endpoint *addr)
{
	struct key key = { .link = link, .addr = addr };
	struct rcu_ht_node *node = rcu_ht_find(addrs, known_hash(addr), &key);

	return node ? caa_container_of(node, struct known_addr, node) : NULL;
}

static struct known_addr *addr_get(uint32_t link, const struct endpoint *addr)
{
	struct key key = { .link = link, .addr = addr };
	struct known_addr *a;

	rcu_update_begin();
	a = addr_find(link, addr);
	if (!a) {
		a = calloc(1, sizeof(*a));
		if (a) {
			a->link = link;
			a->addr = *addr;
			rcu_ht_add(addrs, known_hash(addr), &key, &a->node);
		}
	}
	rcu_update_end();
	if (a)
		a->refs++;
	return a;
}

static void addr_retired(struct rcu_retired *r)
{
	free(caa_container_of(r, struct known_addr, retired));
}

static void addr_put(struct known_addr *a)
{
	if (!a || --a->refs)
		return;
	rcu_update_begin();
	rcu_ht_del(addrs, &a->node);
	rcu_update_end();
	rcu_retire(&a->retired, addr_retired);
}

void known_clear(struct known *k)
{
	if (!k->c)
		return;
	llist_del(&k->entry);
	addr_put(k->addr);
	memset(k, 0, sizeof(*k));
}

void known_set(struct known *k, struct gw_circuit *c, const struct endpoint *far, bool trusted)
{
	if (k->c && endpoint_same(&k->far, far) && trusted == !!k->addr)
		return;
	known_clear(k);
	k->c = c;
	k->far = *far;
	llist_add(&k->entry, &by_far[known_hash(far) % BUCKETS]);
	if (trusted)
		k->addr = addr_get(c->link->l->id, far);
}

struct gw_circuit *known_find(const struct gw_link *l, const struct endpoint *far)
{
	struct known *k;

	llist_for_each_entry (k, &by_far[known_hash(far) % BUCKETS], entry)
		if (k->c->link == l && endpoint_same(&k->far, far))
			return k->c;
	return NULL;
}

bool known_may_ask(const struct link *l, const struct endpoint *far, int64_t now, bool *known)
{
	struct known_addr *a = addr_find(l->id, far);

	*known = a;
	return a && known_due(&a->due, now, RATE, BURST);
}
