/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "gateway/route.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "core/rcu.h"

enum { BUCKETS = 4096, LEN_MAX = 128, WORDS = LEN_MAX / 64 + 1 };

struct route_key {
	uint8_t v6;
	uint8_t len;
	uint8_t addr[16];
};

struct route {
	struct rcu_ht_node node;
	struct rcu_retired retired;
	struct route_key key;
	uint32_t session;
};

struct route_table {
	struct rcu_ht *ht;
	unsigned int count;
	unsigned int by_len[2][LEN_MAX + 1];
	uint64_t lens[2][WORDS]; /* relaxed atomics: bit set = some route has this length */
};

static bool match_route(const struct rcu_ht_node *node, const void *key)
{
	const struct route *r = caa_container_of(node, struct route, node);

	return memcmp(&r->key, key, sizeof(r->key)) == 0;
}

/* Prefixes of one length differ only in their leading bits: mix all of them. */
static uint32_t hash_key(const struct route_key *k)
{
	uint32_t h = (uint32_t)k->v6 << 8 | k->len;

	for (unsigned int i = 0; i < sizeof(k->addr); i += 4) {
		uint32_t word;

		memcpy(&word, k->addr + i, sizeof(word));
		h = hash_u32(h ^ word);
	}
	return h;
}

static void make_key(struct route_key *k, int family, const uint8_t *addr, uint8_t len)
{
	unsigned int octets = len / 8, bits = len % 8;

	memset(k, 0, sizeof(*k));
	k->v6 = family == AF_INET6;
	k->len = len;
	memcpy(k->addr, addr, octets);
	if (bits)
		k->addr[octets] = addr[octets] & (uint8_t)(0xff << (8 - bits));
}

struct route_table *route_table_new(void)
{
	struct route_table *rt = calloc(1, sizeof(*rt));

	if (!rt)
		return NULL;
	rt->ht = rcu_ht_new(BUCKETS, match_route);
	if (!rt->ht) {
		free(rt);
		return NULL;
	}
	return rt;
}

static void free_route(struct rcu_retired *r)
{
	free(caa_container_of(r, struct route, retired));
}

static void drop_route(struct rcu_ht_node *node, void *priv)
{
	struct route_table *rt = priv;
	struct route *r = caa_container_of(node, struct route, node);

	rcu_ht_del(rt->ht, node);
	rcu_retire(&r->retired, free_route);
}

void route_table_free(struct route_table *rt)
{
	if (!rt)
		return;
	rcu_update_begin();
	rcu_ht_each(rt->ht, drop_route, rt);
	rcu_update_end();
	rcu_ht_free(rt->ht);
	free(rt);
}

static void count_len(struct route_table *rt, const struct route_key *k, int by)
{
	uint64_t *word = &rt->lens[k->v6][k->len / 64];
	uint64_t bit = UINT64_C(1) << k->len % 64;
	uint64_t now = __atomic_load_n(word, __ATOMIC_RELAXED);

	rt->count += (unsigned int)by;
	rt->by_len[k->v6][k->len] += (unsigned int)by;
	now = rt->by_len[k->v6][k->len] ? now | bit : now & ~bit;
	__atomic_store_n(word, now, __ATOMIC_RELAXED);
}

int route_add(struct route_table *rt, int family, const void *addr, uint8_t len, uint32_t session)
{
	struct route *r;
	bool added;

	if (len > (family == AF_INET6 ? 128 : 32))
		return -EINVAL;
	r = calloc(1, sizeof(*r));
	if (!r)
		return -ENOMEM;
	make_key(&r->key, family, addr, len);
	r->session = session;
	rcu_update_begin();
	added = rcu_ht_add(rt->ht, hash_key(&r->key), &r->key, &r->node);
	rcu_update_end();
	if (!added) {
		free(r);
		return -EEXIST;
	}
	count_len(rt, &r->key, 1);
	return 0;
}

int route_del(struct route_table *rt, int family, const void *addr, uint8_t len)
{
	struct route_key key;
	struct rcu_ht_node *node;
	struct route *r;

	make_key(&key, family, addr, len);
	rcu_update_begin();
	node = rcu_ht_find(rt->ht, hash_key(&key), &key);
	if (node)
		rcu_ht_del(rt->ht, node);
	rcu_update_end();
	if (!node)
		return -ENOENT;
	r = caa_container_of(node, struct route, node);
	count_len(rt, &r->key, -1);
	rcu_retire(&r->retired, free_route);
	return 0;
}

unsigned int route_count(const struct route_table *rt)
{
	return rt->count;
}

uint32_t route_find(struct route_table *rt, int family, const uint8_t *addr)
{
	unsigned int v6 = family == AF_INET6;

	for (int w = WORDS - 1; w >= 0; w--) {
		uint64_t lens = __atomic_load_n(&rt->lens[v6][w], __ATOMIC_RELAXED);

		while (lens) {
			int bit = 63 - __builtin_clzll(lens);
			struct route_key key;
			struct rcu_ht_node *node;

			make_key(&key, family, addr, (uint8_t)(w * 64 + bit));
			node = rcu_ht_find(rt->ht, hash_key(&key), &key);
			if (node)
				return caa_container_of(node, struct route, node)->session;
			lens &= ~(UINT64_C(1) << bit);
		}
	}
	return 0;
}
