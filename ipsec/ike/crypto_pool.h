/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * Threads for public-key work, so that the control thread never waits for an exponentiation.
 * Jobs go in and come back as calls on the control thread. With 0 threads the control thread
 * computes by itself, when its timers run next.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <osmocom/core/linuxlist.h>

#include "ipsec/ike/dh.h"

struct ike_pool;
struct ike_job;

/*! Called on the control thread, once, unless the job was cancelled. The job is the pool's and
 * gone after the call; its dh may be taken (set it NULL). */
typedef void (*ike_job_cb)(struct ike_job *job, void *priv);

struct ike_job {
	struct llist_head entry;
	const struct ike_group *group;
	struct ike_dh *dh; /*!< in: own key, NULL = make one; out: the key */
	bool derive;
	uint8_t peer[IKE_DH_PUB_MAX];
	size_t peer_len;
	uint8_t secret[IKE_DH_SECRET_MAX]; /*!< out, group->secret_len octets; wiped by the pool */
	int rc;				   /*!< out: 0, -EBADMSG, -EIO (dh.h) */
	ike_job_cb done;		   /*!< control thread only; NULL = cancelled */
	void *priv;
};

int ike_pool_new(struct ike_pool **out, unsigned int threads);

/*! Waits for the jobs under way; callbacks that did not come yet never come. */
void ike_pool_free(struct ike_pool *pool);

/*! Make a key pair if dh is NULL, then the secret with `peer` if that is not NULL.
 * \param[in] dh taken over, on errors too.
 * \returns the job, for ike_job_cancel() only, or NULL (memory). */
struct ike_job *ike_pool_submit(struct ike_pool *pool, const struct ike_group *group,
				struct ike_dh *dh, const uint8_t *peer, size_t peer_len,
				ike_job_cb done, void *priv);

/*! The negotiation died: its callback will not be called. NULL is fine. */
void ike_job_cancel(struct ike_job *job);
