/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * The one door to liburcu (QSBR flavour).
 *
 * Workers read what the control thread publishes. A worker is between rcu_reader_online() and
 * rcu_reader_offline() while it handles a batch and passes rcu_quiescent() between batches; it may
 * keep a pointer from rcu_deref() or rcu_ht_find() only that long. The control thread changes
 * things between rcu_update_begin() and rcu_update_end() and never waits: rcu_retire() calls a
 * function back in the control thread once no worker can hold the object any more.
 *
 * ThreadSanitizer does not see liburcu's barriers (its atomics are inline assembly). The wrappers
 * tell it what they order: publication to look-up, and the end of every read side to retirement.
 */

#include <stdbool.h>
#include <stdint.h>

#ifdef __SANITIZE_THREAD__
#define VCGW_TSAN 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define VCGW_TSAN 1
#endif
#endif

/* Read-side functions inline; but not under ThreadSanitizer, which would look into them and take
 * liburcu's own words (the futex of a grace period, for one) for races. */
#if !defined(VCGW_TSAN) && !defined(_LGPL_SOURCE)
#define _LGPL_SOURCE
#endif
#include <urcu/urcu-qsbr.h>
#include <urcu/rculfhash.h>

#ifdef VCGW_TSAN
void __tsan_acquire(void *addr);
void __tsan_release(void *addr);
#define RCU_ACQUIRE(addr) __tsan_acquire((void *)(addr))
#define RCU_RELEASE(addr) __tsan_release((void *)(addr))
#else
#define RCU_ACQUIRE(addr) ((void)(addr))
#define RCU_RELEASE(addr) ((void)(addr))
#endif

/* What the end of a read side releases and the end of a grace period acquires. */
extern char rcu_grace_sync;

/*! Worker: register the calling thread; it is online afterwards. */
void rcu_reader_register(void);
void rcu_reader_unregister(void);

static inline void rcu_quiescent(void)
{
	RCU_RELEASE(&rcu_grace_sync);
	urcu_qsbr_quiescent_state();
}

/*! Before a worker sleeps: a sleeping online worker would stall every grace period. */
static inline void rcu_reader_offline(void)
{
	RCU_RELEASE(&rcu_grace_sync);
	urcu_qsbr_thread_offline();
}

static inline void rcu_reader_online(void)
{
	urcu_qsbr_thread_online();
}

/*! Publish a pointer. The object must be complete before. */
#define rcu_publish(p, v)                                                                          \
	do {                                                                                       \
		__typeof__(v) rcu_v_ = (v);                                                        \
		RCU_RELEASE(rcu_v_);                                                               \
		__atomic_store_n(&(p), rcu_v_, __ATOMIC_RELEASE);                                  \
	} while (0)

/*! Read a published pointer; valid until the next rcu_quiescent(). */
#define rcu_deref(p) __atomic_load_n(&(p), __ATOMIC_ACQUIRE)

/*! Control thread: the module. rcu_init() starts liburcu's helper thread; \returns 0 or -errno. */
int rcu_init(void);

/*! Control thread: wait until everything retired is freed. No worker may be online for long. */
void rcu_drain(void);

/*! Control thread: rcu_drain(), then stop. Workers must be gone. */
void rcu_exit(void);

/*! Control thread: around changes to, and look-ups in, hash tables. They do not nest. */
void rcu_update_begin(void);
void rcu_update_end(void);

struct rcu_retired {
	struct rcu_head head;
	struct rcu_retired *next;
	void (*free_fn)(struct rcu_retired *);
};

/*! Control thread: have free_fn(r) called in the control thread after a grace period. The object
 * that holds r must be unpublished already. Outside rcu_update_begin() or inside: both work. */
void rcu_retire(struct rcu_retired *r, void (*free_fn)(struct rcu_retired *));

/*! An eventfd that is readable when retired objects wait for rcu_reap(). */
int rcu_reap_fd(void);

/*! Control thread: free what has passed its grace period. */
void rcu_reap(void);

/* Hash tables: fixed number of buckets, one writer (the control thread), any number of readers. */
struct rcu_ht;
struct rcu_ht_node {
	struct cds_lfht_node node;
};

/*! \returns whether the object of node has this key. */
typedef bool (*rcu_ht_match)(const struct rcu_ht_node *node, const void *key);

/*! \param[in] buckets a power of two. \returns NULL without memory. */
struct rcu_ht *rcu_ht_new(unsigned long buckets, rcu_ht_match match);

/*! The table must be empty. Control thread, outside rcu_update_begin(). */
void rcu_ht_free(struct rcu_ht *ht);

/*! \returns false when an object with that key is there already (nothing changed). */
bool rcu_ht_add(struct rcu_ht *ht, uint32_t hash, const void *key, struct rcu_ht_node *node);
void rcu_ht_del(struct rcu_ht *ht, struct rcu_ht_node *node);

/*! \returns the node or NULL. Worker online, or control thread between begin and end. */
struct rcu_ht_node *rcu_ht_find(struct rcu_ht *ht, uint32_t hash, const void *key);

/*! Control thread: call fn for every node; fn may delete that node. */
void rcu_ht_each(struct rcu_ht *ht, void (*fn)(struct rcu_ht_node *node, void *priv), void *priv);

/*! A 32-bit mix for keys that are numbers (the finaliser of MurmurHash3). */
static inline uint32_t hash_u32(uint32_t x)
{
	x ^= x >> 16;
	x *= 0x85ebca6bu;
	x ^= x >> 13;
	x *= 0xc2b2ae35u;
	x ^= x >> 16;
	return x;
}
