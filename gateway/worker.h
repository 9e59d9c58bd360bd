/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * Data-plane threads and the ways between them and the control thread.
 *
 *	control -> worker   worker_call(): run a function there, wait; for set-up and take-down
 *	                    worker_send(): packets, each with the stage it is to enter
 *	worker -> worker    worker_pass(): likewise
 *	worker -> control   worker_punt(): packets with a reason (forward.h), read by punt_rx()
 */

#include <stdbool.h>
#include <stdint.h>

#include "core/pkt.h"

struct worker;
struct link;
struct gw_tun;
struct esp;

/*! Start n workers. Control thread. \returns 0 or -errno. */
int workers_start(unsigned int n);
/*! Stop them; nothing may be attached any more. Their buffers stay. */
void workers_stop(void);
/*! Free them with all packet buffers. After workers_stop() and rcu_exit(): retired objects (a
 * circuit's unfinished SDU) send their buffers home before. */
void workers_free(void);
unsigned int workers_count(void);

/*! The worker that is to own the next link or TUN: round robin. */
struct worker *worker_pick(void);
unsigned int worker_index(const struct worker *w);

/*! Control thread: run fn(w, arg) in the worker between two rounds and wait for it. */
void worker_call(struct worker *w, void (*fn)(struct worker *w, void *arg), void *arg);

/*! Control thread: have the worker serve a link whose carrier is up, or no longer. epoch comes back
 * with the news that the link was lost (forward.h, PUNT_LINK_LOST). */
void worker_attach_link(struct worker *w, struct link *l, int fd, uint32_t epoch);
void worker_detach_link(struct worker *w, struct link *l);
void worker_attach_tun(struct worker *w, struct gw_tun *t);
void worker_detach_tun(struct worker *w, struct gw_tun *t);

/*! Control thread: wait until the worker has sent everything that worker_send() gave it. */
void worker_flush(struct worker *w);

/*! A packet of the control thread's own, or NULL. */
struct pkt *worker_ctl_pkt(uint32_t len);

/*! Control thread: hand packets over; what does not fit is freed. \returns how many went. */
unsigned int worker_send(struct worker *w, struct pkt *const *pkts, unsigned int n);

/* ---- in a worker ---- */

struct esp *worker_esp(struct worker *w);

/*! Hand packets to another worker; what does not fit its ring is discarded and counted. */
void worker_pass(struct worker *from, unsigned int to, struct pkt *const *pkts, unsigned int n);

/*! Hand packets to the control thread; what does not fit is discarded and counted. Counts
 * ACCT_PUNTED on the account of each. */
void worker_punt(struct worker *w, struct pkt *const *pkts, unsigned int n);

/*! Tell the control thread what happened, not what came: in room that worker_punt() leaves free.
 * Consumes p. \returns false when there is no room all the same. */
bool worker_tell(struct worker *w, struct pkt *p);

/*! The link with this account, or NULL when this worker does not serve it (now). */
struct link *worker_link(struct worker *w, uint32_t id);

/*! Send payloads of circuits on one link that this worker serves (link_tx()); they leave at the
 * end of the round. Consumes the batch, also when l is NULL or not served. */
void worker_link_tx(struct worker *w, struct link *l, struct pkt_batch *b);

/*! For show. */
struct worker_info {
	uint64_t rounds, batches, packets, sleeps;
	uint64_t pool_exhausted;
	unsigned int links, tuns;
};
void worker_info(unsigned int i, struct worker_info *out);

/*! Control thread: packet buffers that are now out of the pools, of all workers and its own. Those
 * of a packet under way count, so it is zero only when all is quiet. */
uint32_t worker_buffers_out(void);
