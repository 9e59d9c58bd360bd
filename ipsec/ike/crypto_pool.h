/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * Threads for public-key work, so that the control thread never waits for an exponentiation.
 * Jobs go in and come back as calls on the control thread. With 0 threads the control thread
 * computes by itself, when its timers run next.
 *
 * Threads that have nothing to do make key pairs in advance, IKE_STOCK_MAX of each group that a key
 * pair was asked for since the start. A job that needs one takes it from there and is done in half
 * the time, or less. Each is used once; those left are wiped with the pool. Before each a thread
 * looks for jobs: none waits for more than the pairs that are being made just then.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <osmocom/core/linuxlist.h>

#include "ipsec/ike/cert.h"
#include "ipsec/ike/dh.h"

struct ike_pool;
struct ike_job;

enum { IKE_STOCK_MAX = 16 };

/*! Called on the control thread, once, unless the job was cancelled. The job is the pool's and
 * gone after the call; of a key exchange its dh may be taken (set it NULL). */
typedef void (*ike_job_cb)(struct ike_job *job, void *priv);

enum ike_job_kind {
	IKE_JOB_DH,
	IKE_JOB_SIGN,
	IKE_JOB_VERIFY,
};

struct ike_job {
	struct llist_head entry;
	enum ike_job_kind kind;
	/* key exchange */
	const struct ike_group *group;
	struct ike_dh *dh; /*!< in: own key, NULL = make one; out: the key */
	bool derive;
	uint8_t peer[IKE_DH_PUB_MAX];
	size_t peer_len;
	uint8_t secret[IKE_DH_SECRET_MAX]; /*!< out, group->secret_len octets; wiped by the pool */
	/* signature */
	struct ike_pki *pki; /*!< a reference of the job's own */
	unsigned int own;
	uint8_t hash[IKE_HASH_MAX];
	size_t hash_len;
	uint8_t sig[IKE_SIG_MAX]; /*!< out, sig_len octets */
	size_t sig_len;
	struct ike_proof proof; /*!< points into `copied` */
	uint8_t *copied;
	enum ike_cert_verdict verdict; /*!< out, with words in why */
	char why[IKE_CERT_WHY_MAX];

	int rc;		 /*!< out: 0, -EBADMSG, -EIO (dh.h, ike_pki_sign()) */
	ike_job_cb done; /*!< control thread only; NULL = cancelled */
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

/*! Sign with one of our certificates' keys. Everything is copied, the pki referenced.
 * \returns the job, for ike_job_cancel() only, or NULL (memory, a hash too long). */
struct ike_job *ike_pool_submit_sign(struct ike_pool *pool, struct ike_pki *pki, unsigned int own,
				     const uint8_t *hash, size_t hash_len, ike_job_cb done,
				     void *priv);

/*! Verify what a peer sent. As above. */
struct ike_job *ike_pool_submit_verify(struct ike_pool *pool, struct ike_pki *pki,
				       const struct ike_proof *proof, ike_job_cb done, void *priv);

/*! What `show` says of the pool. */
struct ike_pool_info {
	unsigned int threads;
	unsigned int waiting;	   /*!< jobs that no thread took yet */
	unsigned int waiting_most; /*!< ever */
	unsigned int working;	   /*!< jobs that threads are at */
	uint64_t done;		   /*!< jobs */
	struct ike_stock_info {
		unsigned int ready; /*!< key pairs that wait for use */
		uint64_t taken;	    /*!< used, made in advance */
		uint64_t missed;    /*!< used, made when they were needed */
	} stock[IKE_GROUPS];	    /*!< as ike_groups */
};
void ike_pool_info(struct ike_pool *pool, struct ike_pool_info *out);

/*! The negotiation died: its callback will not be called. NULL is fine. */
void ike_job_cancel(struct ike_job *job);
