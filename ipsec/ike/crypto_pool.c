/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ipsec/ike/crypto_pool.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <openssl/crypto.h>
#include <osmocom/core/select.h>
#include <osmocom/core/timer.h>

enum { POOL_THREADS_MAX = 16 };

struct stock {
	struct ike_dh *key[IKE_STOCK_MAX];
	unsigned int n, making;
	bool wanted;
	uint64_t taken, missed;
};

struct ike_pool {
	pthread_mutex_t lock; /* all that follows but the threads, ofd and run */
	pthread_cond_t wake;
	struct llist_head todo;
	struct llist_head done;
	struct stock stock[IKE_GROUPS]; /* as ike_groups */
	unsigned int waiting, waiting_most, working;
	uint64_t n_done;
	bool stop;
	unsigned int n_threads;
	pthread_t threads[POOL_THREADS_MAX];
	struct osmo_fd ofd;
	struct osmo_timer_list run; /* without threads */
};

static void compute_dh(struct ike_job *job)
{
	job->rc = 0;
	if (!job->dh)
		job->rc = ike_dh_generate(&job->dh, job->group);
	if (job->rc == 0 && job->derive)
		job->rc = ike_dh_derive(job->dh, job->peer, job->peer_len, job->secret);
}

static void compute_sign(struct ike_job *job)
{
	int len = ike_pki_sign(job->pki, job->own, job->hash, job->hash_len, job->sig);

	job->rc = len < 0 ? len : 0;
	job->sig_len = len < 0 ? 0 : (size_t)len;
}

static void compute_verify(struct ike_job *job)
{
	job->verdict = ike_pki_verify(job->pki, &job->proof, job->why);
}

static void (*const compute[])(struct ike_job *job) = {
	[IKE_JOB_DH] = compute_dh,
	[IKE_JOB_SIGN] = compute_sign,
	[IKE_JOB_VERIFY] = compute_verify,
};

static void job_free(struct ike_job *job)
{
	ike_dh_free(job->dh);
	ike_pki_unref(job->pki);
	free(job->copied);
	OPENSSL_cleanse(job, sizeof(*job));
	free(job);
}

static void job_finish(struct ike_job *job)
{
	if (job->done)
		job->done(job, job->priv);
	job_free(job);
}

/* ---- with the lock ---- */

/* The oldest job, with a key pair from the stock if it needs one. */
static struct ike_job *next_job(struct ike_pool *pool)
{
	struct ike_job *job = llist_first_entry(&pool->todo, struct ike_job, entry);
	struct stock *s;

	llist_del(&job->entry);
	pool->waiting--;
	if (job->kind != IKE_JOB_DH || job->dh)
		return job;
	s = &pool->stock[job->group - ike_groups];
	s->wanted = true;
	if (s->n) {
		job->dh = s->key[--s->n];
		s->taken++;
	} else {
		s->missed++;
	}
	return job;
}

/* The stock that has least of what it should have. */
static struct stock *lowest_stock(struct ike_pool *pool)
{
	struct stock *low = NULL;

	for (unsigned int i = 0; i < IKE_GROUPS; i++) {
		struct stock *s = &pool->stock[i];

		if (s->wanted && s->n + s->making < IKE_STOCK_MAX &&
		    (!low || s->n + s->making < low->n + low->making))
			low = s;
	}
	return low;
}

static void refill(struct ike_pool *pool, struct stock *s)
{
	struct ike_dh *dh;
	int rc;

	s->making++;
	pthread_mutex_unlock(&pool->lock);
	rc = ike_dh_generate(&dh, &ike_groups[s - pool->stock]);
	pthread_mutex_lock(&pool->lock);
	s->making--;
	if (rc == 0)
		s->key[s->n++] = dh;
	else
		s->wanted = false; /* until the next job; that tells why */
}

static void do_job(struct ike_pool *pool)
{
	struct ike_job *job = next_job(pool);
	const uint64_t one = 1;

	pool->working++;
	pthread_mutex_unlock(&pool->lock);
	compute[job->kind](job);
	pthread_mutex_lock(&pool->lock);
	pool->working--;
	pool->n_done++;
	llist_add_tail(&job->entry, &pool->done);
	/* Full only after 2^64 - 2 unread events. */
	if (write(pool->ofd.fd, &one, sizeof(one)) < 0)
		return;
}

static void *worker(void *arg)
{
	struct ike_pool *pool = arg;

	pthread_mutex_lock(&pool->lock);
	while (!pool->stop) {
		struct stock *low;

		if (!llist_empty(&pool->todo))
			do_job(pool);
		else if ((low = lowest_stock(pool)))
			refill(pool, low);
		else
			pthread_cond_wait(&pool->wake, &pool->lock);
	}
	pthread_mutex_unlock(&pool->lock);
	OPENSSL_thread_stop();
	return NULL;
}

/* ---- without ---- */

static struct ike_job *take(struct ike_pool *pool, struct llist_head *list)
{
	struct ike_job *job = NULL;

	pthread_mutex_lock(&pool->lock);
	if (!llist_empty(list)) {
		job = llist_first_entry(list, struct ike_job, entry);
		llist_del(&job->entry);
	}
	pthread_mutex_unlock(&pool->lock);
	return job;
}

static int done_cb(struct osmo_fd *ofd, unsigned int what)
{
	struct ike_pool *pool = ofd->data;
	struct ike_job *job;
	uint64_t n;

	(void)what;
	if (read(ofd->fd, &n, sizeof(n)) < 0 && errno != EAGAIN)
		return -errno;
	while ((job = take(pool, &pool->done)))
		job_finish(job);
	return 0;
}

static void run_cb(void *data)
{
	struct ike_pool *pool = data;
	struct ike_job *job;

	while (!llist_empty(&pool->todo)) {
		pthread_mutex_lock(&pool->lock);
		job = next_job(pool);
		pool->n_done++;
		pthread_mutex_unlock(&pool->lock);
		if (job->done)
			compute[job->kind](job);
		job_finish(job);
	}
}

static int start_threads(struct ike_pool *pool, unsigned int threads)
{
	sigset_t all, old;
	int rc = 0;

	/* Signals are the control thread's. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &old);
	while (rc == 0 && pool->n_threads < threads) {
		rc = pthread_create(&pool->threads[pool->n_threads], NULL, worker, pool);
		if (rc == 0)
			pool->n_threads++;
	}
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	return -rc;
}

int ike_pool_new(struct ike_pool **out, unsigned int threads)
{
	struct ike_pool *pool;
	int fd, rc;

	*out = NULL;
	if (threads > POOL_THREADS_MAX)
		return -EINVAL;
	pool = calloc(1, sizeof(*pool));
	if (!pool)
		return -ENOMEM;
	INIT_LLIST_HEAD(&pool->todo);
	INIT_LLIST_HEAD(&pool->done);
	pthread_mutex_init(&pool->lock, NULL);
	pthread_cond_init(&pool->wake, NULL);
	osmo_timer_setup(&pool->run, run_cb, pool);
	fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	osmo_fd_setup(&pool->ofd, fd, OSMO_FD_READ, done_cb, pool, 0);
	rc = fd < 0 ? -errno : osmo_fd_register(&pool->ofd);
	if (rc == 0)
		rc = start_threads(pool, threads);
	if (rc < 0) {
		ike_pool_free(pool);
		return rc;
	}
	*out = pool;
	return 0;
}

void ike_pool_free(struct ike_pool *pool)
{
	struct ike_job *job;

	if (!pool)
		return;
	pthread_mutex_lock(&pool->lock);
	pool->stop = true;
	pthread_cond_broadcast(&pool->wake);
	pthread_mutex_unlock(&pool->lock);
	for (unsigned int i = 0; i < pool->n_threads; i++)
		pthread_join(pool->threads[i], NULL);
	osmo_timer_del(&pool->run);
	if (pool->ofd.fd >= 0) {
		osmo_fd_unregister(&pool->ofd);
		close(pool->ofd.fd);
	}
	while ((job = take(pool, &pool->todo)) || (job = take(pool, &pool->done)))
		job_free(job);
	for (unsigned int i = 0; i < IKE_GROUPS; i++)
		while (pool->stock[i].n)
			ike_dh_free(pool->stock[i].key[--pool->stock[i].n]);
	pthread_cond_destroy(&pool->wake);
	pthread_mutex_destroy(&pool->lock);
	free(pool);
}

static struct ike_job *submit(struct ike_pool *pool, struct ike_job *job)
{
	pthread_mutex_lock(&pool->lock);
	llist_add_tail(&job->entry, &pool->todo);
	if (++pool->waiting > pool->waiting_most)
		pool->waiting_most = pool->waiting;
	pthread_cond_signal(&pool->wake);
	pthread_mutex_unlock(&pool->lock);
	if (pool->n_threads == 0)
		osmo_timer_schedule(&pool->run, 0, 0);
	return job;
}

struct ike_job *ike_pool_submit(struct ike_pool *pool, const struct ike_group *group,
				struct ike_dh *dh, const uint8_t *peer, size_t peer_len,
				ike_job_cb done, void *priv)
{
	struct ike_job *job = calloc(1, sizeof(*job));

	if (!job || peer_len > sizeof(job->peer)) {
		free(job);
		ike_dh_free(dh);
		return NULL;
	}
	*job = (struct ike_job){ .group = group, .dh = dh, .done = done, .priv = priv };
	if (peer) {
		job->derive = true;
		job->peer_len = peer_len;
		memcpy(job->peer, peer, peer_len);
	}
	return submit(pool, job);
}

struct ike_job *ike_pool_submit_sign(struct ike_pool *pool, struct ike_pki *pki, unsigned int own,
				     const uint8_t *hash, size_t hash_len, ike_job_cb done,
				     void *priv)
{
	struct ike_job *job = hash_len <= IKE_HASH_MAX ? calloc(1, sizeof(*job)) : NULL;

	if (!job)
		return NULL;
	*job = (struct ike_job){ .kind = IKE_JOB_SIGN,
				 .pki = ike_pki_ref(pki),
				 .own = own,
				 .hash_len = hash_len,
				 .done = done,
				 .priv = priv };
	memcpy(job->hash, hash, hash_len);
	return submit(pool, job);
}

static struct ike_iov put(uint8_t **at, const void *p, size_t len)
{
	struct ike_iov v = { *at, len };

	if (len)
		memcpy(*at, p, len);
	*at += len;
	return v;
}

/* The list of certificates first, for its alignment, then all octets. */
static int copy_proof(struct ike_job *job, const struct ike_proof *p)
{
	size_t list = p->n_certs * sizeof(struct ike_iov);
	size_t len = list + p->hash_len + p->sig.len + p->id.len;
	struct ike_iov *certs;
	uint8_t *at;

	for (unsigned int i = 0; i < p->n_certs; i++)
		len += p->certs[i].len;
	certs = malloc(len ? len : 1);
	if (!certs)
		return -ENOMEM;
	job->copied = (uint8_t *)certs;
	at = job->copied + list;
	job->proof = *p;
	job->proof.hash = put(&at, p->hash, p->hash_len).p;
	job->proof.sig = put(&at, p->sig.p, p->sig.len);
	job->proof.id = put(&at, p->id.p, p->id.len);
	for (unsigned int i = 0; i < p->n_certs; i++)
		certs[i] = put(&at, p->certs[i].p, p->certs[i].len);
	job->proof.certs = certs;
	return 0;
}

struct ike_job *ike_pool_submit_verify(struct ike_pool *pool, struct ike_pki *pki,
				       const struct ike_proof *proof, ike_job_cb done, void *priv)
{
	struct ike_job *job = calloc(1, sizeof(*job));

	if (!job || copy_proof(job, proof) < 0) {
		free(job);
		return NULL;
	}
	job->kind = IKE_JOB_VERIFY;
	job->pki = ike_pki_ref(pki);
	job->verdict = IKE_CERT_UNFIT; /* until it was looked at */
	job->done = done;
	job->priv = priv;
	return submit(pool, job);
}

void ike_pool_info(struct ike_pool *pool, struct ike_pool_info *out)
{
	pthread_mutex_lock(&pool->lock);
	*out = (struct ike_pool_info){ .threads = pool->n_threads,
				       .waiting = pool->waiting,
				       .waiting_most = pool->waiting_most,
				       .working = pool->working,
				       .done = pool->n_done };
	for (unsigned int i = 0; i < IKE_GROUPS; i++) {
		const struct stock *s = &pool->stock[i];

		out->stock[i] = (struct ike_stock_info){ s->n, s->taken, s->missed };
	}
	pthread_mutex_unlock(&pool->lock);
}

void ike_job_cancel(struct ike_job *job)
{
	if (job)
		job->done = NULL;
}
