/* SPDX-License-Identifier: GPL-2.0-or-later */

/* The ways between threads (worker.h): rings of packets, calls into a worker, punts out of it. */

#include <errno.h>
#include <inttypes.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <osmocom/core/select.h>

#include "core/acct.h"
#include "core/log.h"
#include "gateway/punt.h"
#include "gateway/worker_internal.h"

enum {
	CTL_POOL_SMALL = 4096,
	CTL_POOL_LARGE = 16,
	PUNTS_PER_TURN = 256,
	/* Slots of a punt ring that peers cannot fill: news of links, TUNs and SAs is told once. */
	PUNT_RESERVE = 512,
};

static struct pkt_pool *ctl_pool;
static struct osmo_fd punt_ofd = { .fd = -1 };
static _Atomic int punt_pending;

/* The sender has pushed; whoever sets `sleeping` before that looks at its rings after it (both
 * sides do a read-modify-write of the same variable, so one of them sees the other). */
void crossing_wake(struct worker *w)
{
	if (atomic_exchange(&w->sleeping, 0))
		eventfd_write(w->kick_fd, 1);
}

bool crossing_run_calls(struct worker *w)
{
	void *c;
	bool any = false;

	while (ring_pop(w->calls, &c, 1)) {
		struct call *call = c;

		call->fn(w, call->arg);
		sem_post(&call->done);
		any = true;
	}
	return any;
}

void worker_pass(struct worker *from, unsigned int to, struct pkt *const *pkts, unsigned int n)
{
	uint32_t took = ring_push(workers[to]->in[from->index], (void *const *)pkts, n);

	if (took)
		crossing_wake(workers[to]);
	for (unsigned int i = took; i < n; i++)
		drop_pkt(pkts[i], DROP_RING_FULL);
}

static void wake_control(void)
{
	if (!atomic_exchange(&punt_pending, 1))
		eventfd_write(punt_ofd.fd, 1);
}

void worker_punt(struct worker *w, struct pkt *const *pkts, unsigned int n)
{
	uint32_t acct[BATCH_MAX];
	uint32_t room = ring_room(w->punt), took;

	for (unsigned int i = 0; i < n; i++)
		acct[i] = pkts[i]->acct; /* they are gone once pushed */
	room = room > PUNT_RESERVE ? room - PUNT_RESERVE : 0;
	took = ring_push(w->punt, (void *const *)pkts, n < room ? n : room);
	for (unsigned int i = 0; i < took; i++)
		acct_add(acct[i], ACCT_PUNTED, 1);
	if (took)
		wake_control();
	for (unsigned int i = took; i < n; i++)
		drop_pkt(pkts[i], DROP_PUNT_LIMIT);
}

bool worker_tell(struct worker *w, struct pkt *p)
{
	void *obj = p;

	if (!ring_push(w->punt, &obj, 1)) {
		pkt_free(p);
		return false;
	}
	wake_control();
	return true;
}

static int punt_readable(struct osmo_fd *ofd, unsigned int what)
{
	bool more = false;
	eventfd_t v;

	(void)what;
	eventfd_read(ofd->fd, &v);
	atomic_exchange(&punt_pending, 0);
	/* Each worker has its share, that a flood at one does not silence the others. */
	for (unsigned int i = 0; i < n_workers; i++) {
		unsigned int left = PUNTS_PER_TURN / n_workers;
		void *p;

		for (; left && ring_pop(workers[i]->punt, &p, 1); left--)
			punt_rx(p);
		more |= !left;
	}
	/* The rest waits for timers and the operator to have had their turn. */
	if (more)
		wake_control();
	return 0;
}

struct pkt *worker_ctl_pkt(uint32_t len)
{
	return pkt_alloc(ctl_pool, len);
}

unsigned int worker_send(struct worker *w, struct pkt *const *pkts, unsigned int n)
{
	uint32_t took = ring_push(w->in[WORKERS_MAX], (void *const *)pkts, n);

	if (took)
		crossing_wake(w);
	for (unsigned int i = took; i < n; i++)
		pkt_free(pkts[i]);
	return took;
}

void worker_call(struct worker *w, void (*fn)(struct worker *w, void *arg), void *arg)
{
	struct call call = { .fn = fn, .arg = arg };
	void *p = &call;

	sem_init(&call.done, 0, 0);
	if (ring_push(w->calls, &p, 1)) { /* always: this thread alone pushes, one at a time */
		crossing_wake(w);
		while (sem_wait(&call.done) < 0 && errno == EINTR)
			;
	}
	sem_destroy(&call.done);
}

static void count_out(struct worker *w, void *arg)
{
	*(uint32_t *)arg += pkt_pool_in_use(w->pool);
}

uint32_t worker_buffers_out(void)
{
	uint32_t n = pkt_pool_in_use(ctl_pool);

	for (unsigned int i = 0; i < n_workers; i++)
		worker_call(workers[i], count_out, &n);
	return n;
}

void crossing_pool_free(struct pkt_pool *pool, const char *whose)
{
	uint32_t n = pool ? pkt_pool_in_use(pool) : 0;

	if (n)
		LOGP(DGW, LOGL_ERROR, "%" PRIu32 " packet buffers of a %s thread were lost\n", n,
		     whose);
	pkt_pool_free(pool);
}

int crossing_start(void)
{
	int fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);

	if (fd < 0)
		return -errno;
	osmo_fd_setup(&punt_ofd, fd, OSMO_FD_READ, punt_readable, NULL, 0);
	if (osmo_fd_register(&punt_ofd) < 0) {
		close(fd);
		return -EIO;
	}
	ctl_pool = pkt_pool_new(CTL_POOL_SMALL, CTL_POOL_LARGE);
	if (!ctl_pool)
		return -ENOMEM;
	pkt_pool_bind(ctl_pool);
	return 0;
}

void crossing_stop(void)
{
	if (osmo_fd_is_registered(&punt_ofd)) {
		osmo_fd_unregister(&punt_ofd);
		close(punt_ofd.fd);
	}
	crossing_pool_free(ctl_pool, "control");
	ctl_pool = NULL;
}
