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

struct ike_pool {
	pthread_mutex_t lock; /* todo, done, stop */
	pthread_cond_t wake;
	struct llist_head todo;
	struct llist_head done;
	bool stop;
	unsigned int n_threads;
	pthread_t threads[POOL_THREADS_MAX];
	struct osmo_fd ofd;
	struct osmo_timer_list run; /* without threads */
};

static void job_compute(struct ike_job *job)
{
	job->rc = 0;
	if (!job->dh)
		job->rc = ike_dh_generate(&job->dh, job->group);
	if (job->rc == 0 && job->derive)
		job->rc = ike_dh_derive(job->dh, job->peer, job->peer_len, job->secret);
}

static void job_free(struct ike_job *job)
{
	ike_dh_free(job->dh);
	OPENSSL_cleanse(job, sizeof(*job));
	free(job);
}

static void job_finish(struct ike_job *job)
{
	if (job->done)
		job->done(job, job->priv);
	job_free(job);
}

static void *worker(void *arg)
{
	struct ike_pool *pool = arg;
	const uint64_t one = 1;

	pthread_mutex_lock(&pool->lock);
	while (!pool->stop) {
		struct ike_job *job;

		if (llist_empty(&pool->todo)) {
			pthread_cond_wait(&pool->wake, &pool->lock);
			continue;
		}
		job = llist_first_entry(&pool->todo, struct ike_job, entry);
		llist_del(&job->entry);
		pthread_mutex_unlock(&pool->lock);
		job_compute(job);
		pthread_mutex_lock(&pool->lock);
		llist_add_tail(&job->entry, &pool->done);
		/* Full only after 2^64 - 2 unread events. */
		if (write(pool->ofd.fd, &one, sizeof(one)) < 0)
			continue;
	}
	pthread_mutex_unlock(&pool->lock);
	OPENSSL_thread_stop();
	return NULL;
}

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

	while ((job = take(pool, &pool->todo))) {
		if (job->done)
			job_compute(job);
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
	pthread_cond_destroy(&pool->wake);
	pthread_mutex_destroy(&pool->lock);
	free(pool);
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
	pthread_mutex_lock(&pool->lock);
	llist_add_tail(&job->entry, &pool->todo);
	pthread_cond_signal(&pool->wake);
	pthread_mutex_unlock(&pool->lock);
	if (pool->n_threads == 0)
		osmo_timer_schedule(&pool->run, 0, 0);
	return job;
}

void ike_job_cancel(struct ike_job *job)
{
	if (job)
		job->done = NULL;
}
