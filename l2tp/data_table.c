/* SPDX-License-Identifier: GPL-2.0-or-later */

/* Session entries and their table: the control thread's side of the data plane. */

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/cursor.h"
#include "l2tp/data.h"

enum { TABLE_BUCKETS = 16384 };

struct l2tp_data {
	struct rcu_ht *ht;
};

static bool match(const struct rcu_ht_node *node, const void *key)
{
	return caa_container_of(node, struct l2tp_entry, node)->key == *(const uint32_t *)key;
}

struct l2tp_data *l2tp_data_new(void)
{
	struct l2tp_data *d = malloc(sizeof(*d));

	if (!d)
		return NULL;
	d->ht = rcu_ht_new(TABLE_BUCKETS, match);
	if (!d->ht) {
		free(d);
		return NULL;
	}
	return d;
}

void l2tp_data_free(struct l2tp_data *d)
{
	if (!d)
		return;
	rcu_ht_free(d->ht);
	free(d);
}

struct l2tp_entry *l2tp_entry_new(const struct l2tp_session_info *info, uint32_t tun_id,
				  void *owner)
{
	size_t size = (sizeof(struct l2tp_entry) + 63) & ~(size_t)63;
	struct l2tp_entry *e = aligned_alloc(64, size);

	if (!e)
		return NULL;
	memset(e, 0, size);
	e->key = (uint32_t)info->local_tunnel << 16 | info->local_session;
	e->peer_tunnel = info->peer_tunnel;
	e->peer_session = info->peer_session;
	e->carrier_id = info->carrier_id;
	e->tun_id = tun_id;
	e->send_length = info->send_length;
	e->send_seq = info->send_seq;
	e->follow_seq = !info->lns && !info->send_seq;
	e->offset = info->offset;
	e->owner = owner;
	return e;
}

int l2tp_data_add(struct l2tp_data *d, struct l2tp_entry *e)
{
	bool added;

	rcu_update_begin();
	added = rcu_ht_add(d->ht, hash_u32(e->key), &e->key, &e->node);
	rcu_update_end();
	return added ? 0 : -EEXIST;
}

static void entry_free(struct rcu_retired *r)
{
	free(caa_container_of(r, struct l2tp_entry, retired));
}

void l2tp_data_del(struct l2tp_data *d, struct l2tp_entry *e)
{
	rcu_update_begin();
	rcu_ht_del(d->ht, &e->node);
	rcu_update_end();
	rcu_retire(&e->retired, entry_free);
}

struct l2tp_entry *l2tp_data_find(struct l2tp_data *d, uint32_t key)
{
	struct rcu_ht_node *node = rcu_ht_find(d->ht, hash_u32(key), &key);

	return node ? caa_container_of(node, struct l2tp_entry, node) : NULL;
}

void l2tp_entry_sequence(struct l2tp_entry *e, bool seq)
{
	__atomic_store_n(&e->send_seq, seq, __ATOMIC_RELAXED);
}

void l2tp_entry_open(struct l2tp_entry *e, const struct ppp_net *net, uint32_t open)
{
	uint32_t mask = net->peer_ip_len ? UINT32_MAX << (32 - net->peer_ip_len) : 0;
	struct rd id = rd_init(net->peer_ip6_id, sizeof(net->peer_ip6_id));

	/* What closes, closes before its facts change. */
	__atomic_store_n(&e->open, __atomic_load_n(&e->open, __ATOMIC_RELAXED) & open,
			 __ATOMIC_RELEASE);
	e->net = *net;
	__atomic_store_n(&e->check.mask, mask, __ATOMIC_RELAXED);
	__atomic_store_n(&e->check.ip, ntohl(net->peer_ip.s_addr) & mask, __ATOMIC_RELAXED);
	__atomic_store_n(&e->check.ip6_id, rd_u64(&id), __ATOMIC_RELAXED);
	__atomic_store_n(&e->check.mru, net->peer_mru, __ATOMIC_RELAXED);
	__atomic_store_n(&e->check.any_ip6, net->any_ip6, __ATOMIC_RELAXED);
	__atomic_store_n(&e->open, open, __ATOMIC_RELEASE);
}
