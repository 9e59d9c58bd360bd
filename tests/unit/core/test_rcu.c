/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>

#include "core/rcu.h"
#include "tests/unit/unit.h"

struct item {
	struct rcu_ht_node node;
	struct rcu_retired retired;
	uint32_t key;
	uint32_t twice; /* always 2 * key while anybody may look */
};

static _Atomic unsigned int freed;

static bool match_item(const struct rcu_ht_node *node, const void *key)
{
	return caa_container_of(node, struct item, node)->key == *(const uint32_t *)key;
}

static struct item *item_new(uint32_t key)
{
	struct item *it = calloc(1, sizeof(*it));

	it->key = key;
	it->twice = 2 * key;
	return it;
}

static void free_item(struct rcu_retired *r)
{
	struct item *it = caa_container_of(r, struct item, retired);

	it->twice = 0;
	free(it);
	atomic_fetch_add(&freed, 1);
}

static void reap_until(unsigned int n)
{
	struct pollfd p = { .fd = rcu_reap_fd(), .events = POLLIN };

	for (int i = 0; atomic_load(&freed) < n && i < 100000; i++) {
		poll(&p, 1, 100);
		rcu_reap();
	}
}

static void a_key_is_unique_and_found_until_deleted(void)
{
	struct rcu_ht *ht = rcu_ht_new(64, match_item);
	struct item *a = item_new(7), *b = item_new(7);
	uint32_t key = 7, other = 8;

	rcu_update_begin();
	CU_ASSERT(rcu_ht_add(ht, hash_u32(7), &key, &a->node));
	CU_ASSERT_FALSE(rcu_ht_add(ht, hash_u32(7), &key, &b->node));
	CU_ASSERT_PTR_EQUAL(rcu_ht_find(ht, hash_u32(7), &key), &a->node);
	CU_ASSERT_PTR_NULL(rcu_ht_find(ht, hash_u32(8), &other));
	rcu_ht_del(ht, &a->node);
	CU_ASSERT_PTR_NULL(rcu_ht_find(ht, hash_u32(7), &key));
	rcu_update_end();
	atomic_store(&freed, 0);
	rcu_retire(&a->retired, free_item);
	rcu_retire(&b->retired, free_item);
	reap_until(2);
	CU_ASSERT_EQUAL(atomic_load(&freed), 2);
	rcu_ht_free(ht);
}

static struct rcu_ht *shared;
static _Atomic bool stop;

static void *reader(void *arg)
{
	unsigned int *torn = arg;

	rcu_reader_register();
	while (!atomic_load_explicit(&stop, memory_order_relaxed)) {
		for (uint32_t key = 0; key < 16; key++) {
			struct rcu_ht_node *n = rcu_ht_find(shared, hash_u32(key), &key);

			if (n && caa_container_of(n, struct item, node)->twice != 2 * key)
				(*torn)++;
		}
		rcu_quiescent();
	}
	rcu_reader_unregister();
	return NULL;
}

static void readers_never_see_half_an_object_or_a_freed_one(void)
{
	enum { CHANGES = 3000 };
	struct item *now[16] = { NULL };
	unsigned int torn[2] = { 0, 0 };
	pthread_t t[2];

	shared = rcu_ht_new(64, match_item);
	atomic_store(&freed, 0);
	for (int i = 0; i < 2; i++)
		pthread_create(&t[i], NULL, reader, &torn[i]);
	for (uint32_t i = 0; i < CHANGES; i++) {
		uint32_t key = i % 16;
		struct item *old = now[key], *fresh = item_new(key);

		rcu_update_begin();
		if (old)
			rcu_ht_del(shared, &old->node);
		rcu_ht_add(shared, hash_u32(key), &key, &fresh->node);
		rcu_update_end();
		now[key] = fresh;
		if (old)
			rcu_retire(&old->retired, free_item);
		rcu_reap();
	}
	atomic_store(&stop, true);
	for (int i = 0; i < 2; i++)
		pthread_join(t[i], NULL);
	rcu_update_begin();
	for (int i = 0; i < 16; i++)
		rcu_ht_del(shared, &now[i]->node);
	rcu_update_end();
	for (int i = 0; i < 16; i++)
		rcu_retire(&now[i]->retired, free_item);
	reap_until(CHANGES);
	CU_ASSERT_EQUAL(torn[0] + torn[1], 0);
	CU_ASSERT_EQUAL(atomic_load(&freed), CHANGES);
	rcu_ht_free(shared);
}

static const struct unit_case cases[] = {
	{ "a key is unique, and found until deleted", a_key_is_unique_and_found_until_deleted },
	{ "readers never see half an object or a freed one",
	  readers_never_see_half_an_object_or_a_freed_one },
};

int main(void)
{
	int rc;

	if (rcu_init())
		return 2;
	rc = unit_main("core/rcu", cases, sizeof(cases) / sizeof(cases[0]));
	rcu_exit();
	return rc;
}
