/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "gateway/worker_internal.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <osmocom/core/utils.h>

#include "core/acct.h"
#include "core/clock.h"
#include "core/log.h"
#include "core/rcu.h"
#include "gateway/forward.h"
#include "gateway/tun.h"
#include "ipsec/esp.h"
#include "transports/transport.h"

enum {
	POOL_SMALL = 16384,
	POOL_LARGE = 256,
	CALL_SLOTS = 16,
	BURSTS = 4, /* batches taken from one source before the next gets its turn */
	EVENTS = 64,
	RETELL_NS = 10 * 1000 * 1000,
};

/* Something with a file descriptor that a worker serves. */
struct source {
	struct source *next;
	struct link *link; /* or */
	struct gw_tun *tun;
	int fd;
	bool ready;
	bool dirty;    /* link: flush before sleeping */
	bool writable; /* link: the fd can take more */
	bool want_write;
	bool lost;	/* the far end, or the device, has gone: not polled any more */
	bool told;	/* the control thread knows of that */
	uint32_t epoch; /* link: told with it, that a new connection is not taken for the old */
	int64_t due;	/* link: when link_poll() wants to be called */
};

struct worker *workers[WORKERS_MAX];
unsigned int n_workers;
static unsigned int n_made; /* of them; the first n_workers run */
static unsigned int next_pick;

struct esp *worker_esp(struct worker *w)
{
	return w->esp;
}

unsigned int worker_index(const struct worker *w)
{
	return w->index;
}

unsigned int workers_count(void)
{
	return n_workers;
}

struct worker *worker_pick(void)
{
	return n_workers ? workers[next_pick++ % n_workers] : NULL;
}

/* ---- a worker's round ---- */

static bool drain_rings(struct worker *w)
{
	bool any = false;

	for (unsigned int i = 0; i <= WORKERS_MAX; i++) {
		struct pkt_batch b;

		if (!w->in[i])
			continue;
		b.n = ring_pop(w->in[i], (void **)b.pkt, BATCH_MAX);
		if (b.n == 0)
			continue;
		any = true;
		fwd_enter(w, &b);
	}
	return any;
}

static void set_events(struct worker *w, struct source *s)
{
	struct epoll_event ev = { .events = EPOLLIN | (s->want_write ? (uint32_t)EPOLLOUT : 0u),
				  .data.ptr = s };

	epoll_ctl(w->epoll_fd, EPOLL_CTL_MOD, s->fd, &ev);
}

static void tell_lost(struct worker *w, struct source *s)
{
	struct pkt *p = pkt_alloc(w->pool, 0);

	if (!p)
		return; /* flush_links() tries again */
	p->circuit = s->link ? s->link->id : tun_id(s->tun);
	p->session = s->epoch;
	p->stage = s->link ? PUNT_LINK_LOST : PUNT_TUN_LOST;
	s->told = worker_tell(w, p);
}

static void lose(struct worker *w, struct source *s)
{
	s->lost = true;
	s->ready = false;
	epoll_ctl(w->epoll_fd, EPOLL_CTL_DEL, s->fd, NULL);
	tell_lost(w, s);
}

static void note_io(struct worker *w, struct source *s, const struct link_io *io)
{
	if (io->lost && !s->lost)
		lose(w, s);
	if (io->want_write && !s->want_write && !s->lost) {
		s->want_write = true;
		set_events(w, s);
	}
}

struct link *worker_link(struct worker *w, uint32_t id)
{
	for (struct source *s = w->sources; s; s = s->next)
		if (s->link && s->link->id == id)
			return s->link;
	return NULL;
}

void worker_link_tx(struct worker *w, struct link *l, struct pkt_batch *b)
{
	struct source *s = l ? l->worker_priv : NULL;
	struct link_io io = { 0 };

	if (!s || s->lost) {
		for (unsigned int i = 0; i < b->n; i++) {
			const struct circuit *c = b->pkt[i]->obj;

			acct_add(c ? c->id : b->pkt[i]->circuit, ACCT_TX_DROP, 1);
		}
		pkt_batch_free(b);
		return;
	}
	link_tx(l, b, &io);
	s->dirty = true;
	note_io(w, s, &io);
}

static void count_batch(struct worker *w, const struct pkt_batch *b)
{
	ctr_add(&w->batches, 1);
	ctr_add(&w->packets, b->n);
}

static void serve_link(struct worker *w, struct source *s)
{
	for (int i = 0; i < BURSTS && !s->lost; i++) {
		struct link_io io = { 0 };
		struct pkt_batch b = { .n = 0 };

		link_rx(s->link, &b, &io);
		s->due = 0; /* an SDU that has begun has a time to end by: ask */
		if (b.n) {
			count_batch(w, &b);
			fwd_from_link(w, s->link, &b);
		}
		note_io(w, s, &io);
		s->ready = io.more;
		if (!io.more)
			break;
	}
}

static void serve_tun(struct worker *w, struct source *s)
{
	for (int i = 0; i < BURSTS && !s->lost; i++) {
		struct pkt_batch b = { .n = 0 };
		bool full;

		if (!tun_rx(s->tun, &b))
			lose(w, s);
		full = pkt_batch_full(&b);
		if (b.n) {
			count_batch(w, &b);
			fwd_from_tun(w, s->tun, &b);
		}
		if (!full) {
			s->ready = false;
			break;
		}
	}
}

static bool serve_sources(struct worker *w)
{
	bool more = false;

	for (struct source *s = w->sources; s; s = s->next) {
		if (!s->ready)
			continue;
		if (s->link)
			serve_link(w, s);
		else
			serve_tun(w, s);
		more |= s->ready;
	}
	return more;
}

/* \returns when the earliest link wants to be polled. */
static int64_t flush_links(struct worker *w)
{
	int64_t due = INT64_MAX, now = 0;

	for (struct source *s = w->sources; s; s = s->next) {
		struct link_io io = { 0 };

		if (s->lost && !s->told) {
			tell_lost(w, s);
			if (!s->told)
				due = OSMO_MIN(due, clock_ns() + RETELL_NS);
		}
		if (!s->link || s->lost)
			continue;
		if (s->dirty) {
			s->dirty = false;
			link_flush(s->link, &io);
			s->due = 0; /* what it keeps back has a time of its own: ask */
		}
		if (s->writable || s->due != INT64_MAX) {
			if (!now)
				now = clock_ns();
			if (s->writable || s->due <= now)
				s->due = link_poll(s->link, now, &io);
			s->writable = false;
		}
		note_io(w, s, &io);
		if (s->due < due)
			due = s->due;
	}
	return due;
}

static bool anything_waiting(const struct worker *w)
{
	if (!ring_empty(w->calls))
		return true;
	for (unsigned int i = 0; i <= WORKERS_MAX; i++)
		if (w->in[i] && !ring_empty(w->in[i]))
			return true;
	return atomic_load(&w->stop);
}

static int wait_until(int epoll_fd, struct epoll_event *ev, int64_t ns)
{
	struct timespec ts = { .tv_sec = ns / NSEC_PER_SEC, .tv_nsec = ns % NSEC_PER_SEC };
	int n = epoll_pwait2(epoll_fd, ev, EVENTS, ns < 0 ? NULL : &ts, NULL);

	if (n < 0 && errno == ENOSYS) /* before Linux 5.11, and under valgrind */
		n = epoll_wait(epoll_fd, ev, EVENTS,
			       ns < 0 ? -1 : (int)((ns + NSEC_PER_MSEC - 1) / NSEC_PER_MSEC));
	return n;
}

static void take_events(struct worker *w, const struct epoll_event *ev, int n)
{
	for (int i = 0; i < n; i++) {
		struct source *s = ev[i].data.ptr;
		eventfd_t v;

		if (!s) {
			eventfd_read(w->kick_fd, &v);
			continue;
		}
		if (ev[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR))
			s->ready = true;
		if ((ev[i].events & EPOLLOUT) && s->want_write) {
			s->want_write = false;
			s->writable = true;
			set_events(w, s);
		}
	}
}

static void wait_events(struct worker *w, bool busy, int64_t due)
{
	struct epoll_event ev[EVENTS];
	int64_t ns = -1;
	int n;

	if (!busy) {
		atomic_exchange(&w->sleeping, 1);
		busy = anything_waiting(w);
	}
	if (due != INT64_MAX) {
		ns = due - clock_ns();
		if (ns < 0)
			ns = 0;
	}
	if (busy)
		ns = 0;
	if (ns != 0) {
		ctr_add(&w->sleeps, 1);
		rcu_reader_offline();
	}
	n = wait_until(w->epoll_fd, ev, ns);
	if (ns != 0)
		rcu_reader_online();
	atomic_exchange(&w->sleeping, 0);
	take_events(w, ev, n);
}

static void *worker_main(void *arg)
{
	struct worker *w = arg;
	sigset_t all;

	sigfillset(&all);
	pthread_sigmask(SIG_BLOCK, &all, NULL);
	acct_thread_init();
	pkt_pool_bind(w->pool);
	rcu_reader_register();
	while (!atomic_load(&w->stop)) {
		bool busy = crossing_run_calls(w);
		int64_t due;

		busy |= drain_rings(w);
		busy |= serve_sources(w);
		due = flush_links(w);
		ctr_add(&w->rounds, 1);
		rcu_quiescent();
		wait_events(w, busy, due);
	}
	rcu_reader_unregister();
	acct_thread_exit();
	return NULL;
}

static void flush_control(struct worker *w, void *arg)
{
	struct ring *in = w->in[WORKERS_MAX];
	struct pkt_batch b;

	(void)arg;
	while ((b.n = ring_pop(in, (void **)b.pkt, BATCH_MAX)) > 0)
		fwd_enter(w, &b);
	flush_links(w);
}

void worker_flush(struct worker *w)
{
	worker_call(w, flush_control, NULL);
}

/* ---- sources ---- */

struct source_arg {
	struct source *s; /* to add, or found and taken out */
	struct link *link;
	struct gw_tun *tun;
	int rc;
};

static void add_source(struct worker *w, void *arg)
{
	struct source_arg *a = arg;
	struct source *s = a->s;
	struct epoll_event ev = { .events = EPOLLIN, .data.ptr = s };

	s->next = w->sources;
	w->sources = s;
	if (s->link)
		s->link->worker_priv = s;
	a->rc = epoll_ctl(w->epoll_fd, EPOLL_CTL_ADD, s->fd, &ev) < 0 ? -errno : 0;
	ctr_add(s->link ? &w->n_links : &w->n_tuns, 1);
}

static void del_source(struct worker *w, void *arg)
{
	struct source_arg *a = arg;

	for (struct source **pp = &w->sources; *pp; pp = &(*pp)->next) {
		struct source *s = *pp;

		if (s->link != a->link || s->tun != a->tun)
			continue;
		*pp = s->next;
		if (s->link)
			s->link->worker_priv = NULL;
		if (!s->lost)
			epoll_ctl(w->epoll_fd, EPOLL_CTL_DEL, s->fd, NULL);
		ctr_add(s->link ? &w->n_links : &w->n_tuns, (uint64_t)-1);
		a->s = s;
		return;
	}
}

static void attach(struct worker *w, struct link *l, struct gw_tun *t, int fd, uint32_t epoch)
{
	struct source *s = calloc(1, sizeof(*s));
	struct source_arg a = { .s = s, .rc = -ENOMEM };

	if (s) {
		s->link = l;
		s->tun = t;
		s->fd = fd;
		s->epoch = epoch;
		s->due = INT64_MAX;
		worker_call(w, add_source, &a);
	}
	if (a.rc < 0)
		LOGP(DGW, LOGL_ERROR, "%s: worker %u cannot serve it: %s\n",
		     l ? l->name : tun_name(t), w->index, strerror(-a.rc));
}

static void detach(struct worker *w, struct link *l, struct gw_tun *t)
{
	struct source_arg a = { .link = l, .tun = t };

	worker_call(w, del_source, &a);
	free(a.s);
}

void worker_attach_link(struct worker *w, struct link *l, int fd, uint32_t epoch)
{
	attach(w, l, NULL, fd, epoch);
}

void worker_detach_link(struct worker *w, struct link *l)
{
	detach(w, l, NULL);
}

void worker_attach_tun(struct worker *w, struct gw_tun *t)
{
	attach(w, NULL, t, tun_fd(t), 0);
}

void worker_detach_tun(struct worker *w, struct gw_tun *t)
{
	detach(w, NULL, t);
}

/* ---- life ---- */

static void worker_destroy(struct worker *w)
{
	void *p;

	if (!w)
		return;
	if (w->epoll_fd >= 0)
		close(w->epoll_fd);
	if (w->kick_fd >= 0)
		close(w->kick_fd);
	while (w->punt && ring_pop(w->punt, &p, 1))
		pkt_free(p);
	for (unsigned int i = 0; i <= WORKERS_MAX; i++) {
		while (w->in[i] && ring_pop(w->in[i], &p, 1))
			pkt_free(p);
		ring_free(w->in[i]);
	}
	ring_free(w->calls);
	ring_free(w->punt);
	esp_free(w->esp);
	free(w);
}

static struct worker *worker_new(unsigned int index, unsigned int n)
{
	struct worker *w = calloc(1, sizeof(*w));
	struct epoll_event ev = { .events = EPOLLIN, .data.ptr = NULL };
	bool rings = true;

	if (!w)
		return NULL;
	w->index = index;
	w->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	w->kick_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	w->calls = ring_new(CALL_SLOTS);
	w->punt = ring_new(RING_SLOTS);
	for (unsigned int i = 0; i < n; i++)
		if (i != index)
			rings &= (w->in[i] = ring_new(RING_SLOTS)) != NULL;
	w->in[WORKERS_MAX] = ring_new(RING_SLOTS);
	w->pool = pkt_pool_new(POOL_SMALL, POOL_LARGE);
	w->esp = esp_new(fwd_sa_event, w);
	if (w->epoll_fd < 0 || w->kick_fd < 0 || !rings || !w->calls || !w->punt ||
	    !w->in[WORKERS_MAX] || !w->pool || !w->esp ||
	    epoll_ctl(w->epoll_fd, EPOLL_CTL_ADD, w->kick_fd, &ev) < 0) {
		pkt_pool_free(w->pool);
		worker_destroy(w);
		return NULL;
	}
	return w;
}

int workers_start(unsigned int n)
{
	int rc = crossing_start();

	if (rc < 0)
		return rc;
	for (unsigned int i = 0; i < n; i++) {
		workers[i] = worker_new(i, n);
		if (!workers[i])
			return -ENOMEM;
		n_made = i + 1;
	}
	for (unsigned int i = 0; i < n; i++) {
		rc = pthread_create(&workers[i]->thread, NULL, worker_main, workers[i]);
		if (rc)
			return -rc;
		n_workers = i + 1;
	}
	return 0;
}

void workers_stop(void)
{
	for (unsigned int i = 0; i < n_workers; i++) {
		atomic_store(&workers[i]->stop, true);
		crossing_wake(workers[i]);
		pthread_join(workers[i]->thread, NULL);
	}
}

void workers_free(void)
{
	struct pkt_pool *pools[WORKERS_MAX];

	/* A packet may be home in one pool and wait in another worker's ring: rings first. */
	for (unsigned int i = 0; i < n_made; i++) {
		pools[i] = workers[i]->pool;
		worker_destroy(workers[i]);
		workers[i] = NULL;
	}
	for (unsigned int i = 0; i < n_made; i++)
		crossing_pool_free(pools[i], "worker");
	n_workers = 0;
	n_made = 0;
	crossing_stop();
}

void worker_info(unsigned int i, struct worker_info *out)
{
	const struct worker *w = workers[i];

	*out = (struct worker_info){
		.rounds = ctr_get(&w->rounds),
		.batches = ctr_get(&w->batches),
		.packets = ctr_get(&w->packets),
		.sleeps = ctr_get(&w->sleeps),
		.pool_exhausted = pkt_pool_exhausted(w->pool),
		.links = (unsigned int)ctr_get(&w->n_links),
		.tuns = (unsigned int)ctr_get(&w->n_tuns),
	};
}
