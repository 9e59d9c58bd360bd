/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/rcu.h"

#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

char rcu_grace_sync;

/* Retired objects whose grace period is over, pushed by liburcu's helper thread. */
static _Atomic(struct rcu_retired *) reapable;
static unsigned long retired;		/* ever; control thread */
static unsigned long outstanding;	/* and not reaped; control thread */
static _Atomic unsigned long announced; /* whose grace period is over; helper thread */
static int reap_fd = -1;

void rcu_reader_register(void)
{
	urcu_qsbr_register_thread();
}

void rcu_reader_unregister(void)
{
	RCU_RELEASE(&rcu_grace_sync);
	urcu_qsbr_unregister_thread();
}

int rcu_init(void)
{
	if (reap_fd >= 0)
		return 0;
	reap_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	if (reap_fd < 0)
		return -errno;
	/* Registered, but offline except inside an update: the control thread sleeps in select. */
	urcu_qsbr_register_thread();
	urcu_qsbr_thread_offline();
	return 0;
}

void rcu_drain(void)
{
	while (outstanding) {
		struct pollfd p = { .fd = reap_fd, .events = POLLIN };

		poll(&p, 1, -1);
		rcu_reap();
	}
	/* The helper thread wrote to reap_fd after it pushed the last one: until it has, the
	 * descriptor is its, too. */
	while (atomic_load(&announced) != retired)
		sched_yield();
}

void rcu_exit(void)
{
	if (reap_fd < 0)
		return;
	rcu_drain();
	urcu_qsbr_unregister_thread();
	close(reap_fd);
	reap_fd = -1;
}

void rcu_update_begin(void)
{
	urcu_qsbr_thread_online();
}

void rcu_update_end(void)
{
	RCU_RELEASE(&rcu_grace_sync);
	urcu_qsbr_thread_offline();
}

static void grace_over(struct rcu_head *head)
{
	struct rcu_retired *r = caa_container_of(head, struct rcu_retired, head);

	RCU_ACQUIRE(head); /* what rcu_retire() released */
	RCU_ACQUIRE(&rcu_grace_sync);
	r->next = atomic_load_explicit(&reapable, memory_order_relaxed);
	while (!atomic_compare_exchange_weak_explicit(&reapable, &r->next, r, memory_order_release,
						      memory_order_relaxed))
		;
	eventfd_write(reap_fd, 1);
	atomic_fetch_add(&announced, 1);
}

void rcu_retire(struct rcu_retired *r, void (*free_fn)(struct rcu_retired *))
{
	r->free_fn = free_fn;
	outstanding++;
	retired++;
	RCU_RELEASE(&r->head);
	urcu_qsbr_call_rcu(&r->head, grace_over);
}

int rcu_reap_fd(void)
{
	return reap_fd;
}

void rcu_reap(void)
{
	eventfd_t n;
	struct rcu_retired *r;

	eventfd_read(reap_fd, &n);
	r = atomic_exchange_explicit(&reapable, NULL, memory_order_acquire);
	while (r) {
		struct rcu_retired *next = r->next;

		outstanding--;
		r->free_fn(r);
		r = next;
	}
}

struct rcu_ht {
	struct cds_lfht *ht;
	rcu_ht_match match;
};

struct lookup {
	rcu_ht_match match;
	const void *key;
};

static int match_node(struct cds_lfht_node *node, const void *arg)
{
	const struct lookup *l = arg;
	const struct rcu_ht_node *n = caa_container_of(node, struct rcu_ht_node, node);

	RCU_ACQUIRE(n);
	return l->match(n, l->key);
}

struct rcu_ht *rcu_ht_new(unsigned long buckets, rcu_ht_match match)
{
	struct rcu_ht *ht = malloc(sizeof(*ht));

	if (!ht)
		return NULL;
	ht->match = match;
	ht->ht = cds_lfht_new_flavor(buckets, buckets, buckets, 0, &urcu_qsbr_flavor, NULL);
	if (!ht->ht) {
		free(ht);
		return NULL;
	}
	return ht;
}

void rcu_ht_free(struct rcu_ht *ht)
{
	if (!ht)
		return;
	cds_lfht_destroy(ht->ht, NULL);
	free(ht);
}

bool rcu_ht_add(struct rcu_ht *ht, uint32_t hash, const void *key, struct rcu_ht_node *node)
{
	struct lookup l = { .match = ht->match, .key = key };

	cds_lfht_node_init(&node->node);
	RCU_RELEASE(node);
	return cds_lfht_add_unique(ht->ht, hash, match_node, &l, &node->node) == &node->node;
}

void rcu_ht_del(struct rcu_ht *ht, struct rcu_ht_node *node)
{
	cds_lfht_del(ht->ht, &node->node);
}

struct rcu_ht_node *rcu_ht_find(struct rcu_ht *ht, uint32_t hash, const void *key)
{
	struct lookup l = { .match = ht->match, .key = key };
	struct cds_lfht_iter iter;
	struct cds_lfht_node *node;

	cds_lfht_lookup(ht->ht, hash, match_node, &l, &iter);
	node = cds_lfht_iter_get_node(&iter);
	if (!node)
		return NULL;
	RCU_ACQUIRE(caa_container_of(node, struct rcu_ht_node, node));
	return caa_container_of(node, struct rcu_ht_node, node);
}

void rcu_ht_each(struct rcu_ht *ht, void (*fn)(struct rcu_ht_node *node, void *priv), void *priv)
{
	struct cds_lfht_iter iter;
	struct cds_lfht_node *node;

	cds_lfht_for_each(ht->ht, &iter, node)
	{
		struct rcu_ht_node *n = caa_container_of(node, struct rcu_ht_node, node);

		RCU_ACQUIRE(n);
		fn(n, priv);
	}
}
