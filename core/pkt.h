/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * Packet buffers of the data plane.
 *
 * A packet is one contiguous run of octets in a buffer with room before and behind it, so that
 * every encapsulation is a push and every decapsulation a pull. Buffers come from the pool of the
 * thread that receives and go home to it from wherever they are freed. Nothing here allocates
 * memory after pkt_pool_new().
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/endpoint.h"
#include "core/limits.h"

/* Room kept before a received packet. The deepest stack pushed in front of an IP packet is
 * PPP 4 + L2TP 14 + ESP 8 + IV 16 + NLPID/SNAP 10 = 52 octets. */
#define PKT_HEADROOM 128u
/* Room kept behind: ESP padding (at most 15 + 2 with our suites) and an ICV of at most 32. */
#define PKT_TAILROOM 64u
/* Octets of payload that the small class holds. */
#define PKT_SMALL_LEN (2048u - PKT_HEADROOM - PKT_TAILROOM)

struct pkt_pool;

/*! What a packet is asked to become when it crosses from one thread to another; the meaning
 * belongs to gateway/forward.h. */
typedef uint8_t pkt_stage_t;

struct pkt {
	struct pkt *next; /*!< free list or return stack; the holder's otherwise */
	struct pkt_pool *home;
	uint8_t *buf;
	uint8_t *data;
	uint32_t len;
	uint32_t size; /*!< of the whole buffer */

	/* What stages tell each other. Ids, never pointers: an object can go while a packet waits
	 * in a ring, and then its id finds nothing. */
	uint32_t acct;	  /*!< account charged for this packet: its arrival circuit, or TUN */
	uint32_t circuit; /*!< circuit it came from or goes to (its account's id) */
	uint32_t spi;	  /*!< SA that protected it on arrival; 0 = none */
	uint32_t session; /*!< L2TP: local tunnel id << 16 | local session id */
	pkt_stage_t stage;
	uint8_t next_header; /*!< ESP next header, in and out */
	uint8_t uu;	     /*!< AAL5 CPCS-UU or Q.922 congestion bits, as the medium has it */
	bool control;	     /*!< signalling: never dropped in favour of user data */
	uint8_t service;     /*!< on an IP link: enum ip_service (transports/transport.h) */
	struct endpoint far; /*!< on an IP link: where it came from, or is to go */

	/* Valid only between two stages of one worker's run over a batch. */
	void *obj;
	void *obj2;
};

/*! A burst of packets, in order. */
struct pkt_batch {
	unsigned int n;
	struct pkt *pkt[BATCH_MAX];
};

static inline bool pkt_batch_full(const struct pkt_batch *b)
{
	return b->n == BATCH_MAX;
}

/*! Append; the caller has seen that there is room. */
static inline void pkt_batch_add(struct pkt_batch *b, struct pkt *p)
{
	b->pkt[b->n++] = p;
}

/*! Make a pool: n_small buffers of the 2 KiB class, n_large that hold SDU_MAX.
 * \returns NULL without memory. The calling thread need not be the owner; see pkt_pool_bind(). */
struct pkt_pool *pkt_pool_new(uint32_t n_small, uint32_t n_large);

/*! Free a pool. Every packet must be home. */
void pkt_pool_free(struct pkt_pool *pool);

/*! Make the calling thread the pool's owner: the only one that may pkt_alloc() from it. */
void pkt_pool_bind(struct pkt_pool *pool);

/*! The pool that the calling thread owns, or NULL. */
struct pkt_pool *pkt_pool_self(void);

/*! Packets that are out of the pool now. Exact only while no other thread frees. */
uint32_t pkt_pool_in_use(struct pkt_pool *pool);

/*! How often pkt_alloc() found nothing. Any thread. */
uint64_t pkt_pool_exhausted(const struct pkt_pool *pool);

/*! Take an empty packet (len 0, PKT_HEADROOM before data) that can hold len octets and tailroom.
 * Metadata is zero. Owner's thread only. \returns NULL when the class is exhausted. */
struct pkt *pkt_alloc(struct pkt_pool *pool, uint32_t len);

/*! Send a packet home. Any thread. NULL is allowed. */
void pkt_free(struct pkt *p);

/*! Free all packets of a batch and empty it. */
void pkt_batch_free(struct pkt_batch *b);

static inline uint32_t pkt_headroom(const struct pkt *p)
{
	return (uint32_t)(p->data - p->buf);
}

static inline uint32_t pkt_tailroom(const struct pkt *p)
{
	return p->size - pkt_headroom(p) - p->len;
}

/*! Grow at the front. \returns the new start, or NULL when there is no room (nothing changed). */
static inline uint8_t *pkt_push(struct pkt *p, uint32_t n)
{
	if (n > pkt_headroom(p))
		return NULL;
	p->data -= n;
	p->len += n;
	return p->data;
}

/*! Shrink at the front. \returns the octets taken off, or NULL when there are fewer. */
static inline uint8_t *pkt_pull(struct pkt *p, uint32_t n)
{
	uint8_t *old = p->data;

	if (n > p->len)
		return NULL;
	p->data += n;
	p->len -= n;
	return old;
}

/*! Grow at the end. \returns the start of the new octets, or NULL when there is no room. */
static inline uint8_t *pkt_put(struct pkt *p, uint32_t n)
{
	uint8_t *end = p->data + p->len;

	if (n > pkt_tailroom(p))
		return NULL;
	p->len += n;
	return end;
}

/*! Shrink at the end to len octets. \returns false when it is shorter than that already. */
static inline bool pkt_trim(struct pkt *p, uint32_t len)
{
	if (len > p->len)
		return false;
	p->len = len;
	return true;
}
