/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "gateway/forward_internal.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "core/acct.h"
#include "core/clock.h"
#include "core/cursor.h"
#include "gateway/demux.h"
#include "gateway/gateway.h"
#include "gateway/tun.h"
#include "gateway/worker.h"
#include "ipsec/esp.h"
#include "ipsec/sad.h"
#include "l2tp/data.h"
#include "transports/transport.h"

enum {
	/* What one circuit, or one link's management, may ask of the control thread: so many
	 * packets a second, after a burst. A thousand calls can come at once; a flood on one
	 * circuit leaves room in the ring for the others. */
	PUNT_RATE = 2048,
	PUNT_BURST = 1024,
};

/* By account id; entries are RCU pointers. */
static struct fwd_circuit **circuits;

/* By account id: when the next punt is due at PUNT_RATE. Its link's worker alone uses an entry. */
static int64_t punt_due[ACCTS_MAX];

int fwd_init(void)
{
	void *p;

	if (circuits)
		return 0;
	p = mmap(NULL, ACCTS_MAX * sizeof(*circuits), PROT_READ | PROT_WRITE,
		 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (p == MAP_FAILED)
		return -ENOMEM;
	circuits = p;
	return fwd_ip_init();
}

void fwd_exit(void)
{
	if (circuits)
		munmap(circuits, ACCTS_MAX * sizeof(*circuits));
	circuits = NULL;
	fwd_ip_exit();
}

struct fwd_circuit *fwd_circuit_add(const struct fwd_circuit *like)
{
	struct fwd_circuit *fc = calloc(1, sizeof(*fc));

	if (!fc)
		return NULL;
	fc->c = like->c;
	fc->id = fc->c->id;
	fc->link = fc->c->link;
	fc->worker = like->worker;
	fc->security = like->security;
	fc->local_port = like->local_port;
	fc->peer_port = like->peer_port;
	fc->far = like->far;
	rcu_publish(circuits[fc->id], fc);
	if (fc->local_port && !fc->security)
		fwd_ip_add(fc);
	return fc;
}

static void free_circuit(struct rcu_retired *r)
{
	free(caa_container_of(r, struct fwd_circuit, retired));
}

void fwd_circuit_del(struct fwd_circuit *fc)
{
	if (!fc)
		return;
	if (fc->local_port && !fc->security)
		fwd_ip_del(fc);
	rcu_publish(circuits[fc->id], (struct fwd_circuit *)NULL);
	rcu_retire(&fc->retired, free_circuit);
}

struct fwd_circuit *fwd_circuit_of(uint32_t id)
{
	return id < ACCTS_MAX ? rcu_deref(circuits[id]) : NULL;
}

static bool may_punt(uint32_t acct, int64_t now)
{
	const int64_t step = NSEC_PER_SEC / PUNT_RATE;
	int64_t earliest = now - PUNT_BURST * step;

	if (punt_due[acct] < earliest)
		punt_due[acct] = earliest;
	if (punt_due[acct] > now)
		return false;
	punt_due[acct] += step;
	return true;
}

void fwd_punt(struct worker *w, struct pkt_batch *b)
{
	int64_t now = b->n ? clock_ns() : 0;
	unsigned int n = 0;

	for (unsigned int i = 0; i < b->n; i++) {
		struct pkt *p = b->pkt[i];

		if (may_punt(p->acct, now))
			b->pkt[n++] = p;
		else
			drop_pkt(p, DROP_PUNT_LIMIT);
	}
	if (n)
		worker_punt(w, b->pkt, n);
}

/* ---- out ---- */

/* Payloads with obj = their struct circuit, all of links that w serves: to the links, in order. */
static void send_payloads(struct worker *w, struct pkt_batch *b)
{
	unsigned int i = 0;

	while (i < b->n) {
		struct link *l = ((struct circuit *)b->pkt[i]->obj)->link;
		struct pkt_batch run = { .n = 0 };

		for (; i < b->n && ((struct circuit *)b->pkt[i]->obj)->link == l; i++) {
			acct_add(b->pkt[i]->acct, ACCT_DELIVERED, 1);
			pkt_batch_add(&run, b->pkt[i]);
		}
		worker_link_tx(w, l, &run);
	}
}

/* L2TP messages for circuits of this worker: through their outbound SAs where they have security. */
static void protect_and_send(struct worker *w, struct pkt_batch *b)
{
	struct pkt_batch esp = { .n = 0 }, clear = { .n = 0 };

	for (unsigned int i = 0; i < b->n; i++) {
		struct pkt *p = b->pkt[i];
		struct fwd_circuit *fc = fwd_circuit_of(p->circuit);

		if (!fc || fc->worker != worker_index(w)) {
			drop_pkt(p, DROP_NO_CIRCUIT);
			continue;
		}
		p->obj2 = fc->c;
		if (fc->local_port && !fwd_ip_wrap(fc, p)) {
			drop_pkt(p,
				 fc->security && !rcu_deref(fc->out) ? DROP_NO_SA : DROP_NO_ROOM);
			continue;
		}
		if (!fc->security) {
			p->obj = fc->c;
			pkt_batch_add(&clear, p);
		} else {
			p->obj = rcu_deref(fc->out);
			if (p->obj)
				pkt_batch_add(&esp, p);
			else
				drop_pkt(p, DROP_NO_SA);
		}
	}
	send_payloads(w, &clear);
	if (!esp.n)
		return;
	esp_out(worker_esp(w), &esp);
	for (unsigned int i = 0; i < esp.n; i++) {
		fwd_ip_address(esp.pkt[i]);
		esp.pkt[i]->obj = esp.pkt[i]->obj2;
	}
	send_payloads(w, &esp);
}

/* IP packets with obj = their struct l2tp_entry, for circuits of this worker. */
static void encapsulate_and_send(struct worker *w, struct pkt_batch *b)
{
	l2tp_data_out(b);
	protect_and_send(w, b);
}

void fwd_from_tun(struct worker *w, struct gw_tun *t, struct pkt_batch *b)
{
	struct pkt_batch mine = { .n = 0 };
	struct pkt_batch other[WORKERS_MAX];
	unsigned int n = workers_count();

	for (unsigned int i = 0; i < n; i++)
		other[i].n = 0;
	for (unsigned int i = 0; i < b->n; i++) {
		struct pkt *p = b->pkt[i];
		unsigned int reason = DROP_TUN_NO_SESSION;
		struct l2tp_entry *e;
		struct fwd_circuit *fc;

		p->session = tun_lookup(t, p, &reason);
		e = p->session ? l2tp_data_find(gw->data, p->session) : NULL;
		if (!e) {
			drop_pkt(p, (enum acct_ctr)reason);
			continue;
		}
		fc = fwd_circuit_of(e->carrier_id);
		if (!fc) {
			drop_pkt(p, DROP_NO_CIRCUIT);
		} else if (fc->worker == worker_index(w)) {
			p->obj = e;
			pkt_batch_add(&mine, p);
		} else {
			p->stage = FWD_SESSION;
			pkt_batch_add(&other[fc->worker], p);
		}
	}
	encapsulate_and_send(w, &mine);
	for (unsigned int i = 0; i < n; i++)
		if (other[i].n)
			worker_pass(w, i, other[i].pkt, other[i].n);
}

/* ---- in ---- */

static void deliver(struct pkt_batch *b)
{
	for (unsigned int i = 0; i < b->n; i++) {
		struct pkt *p = b->pkt[i];
		const struct l2tp_entry *e = p->obj;
		struct gw_tun *t = tun_by_id(e->tun_id);

		if (t && tun_tx(t, p) == 0) {
			acct_add(p->acct, ACCT_DELIVERED, 1);
			pkt_free(p);
		} else {
			drop_pkt(p, DROP_TUN_WRITE);
		}
	}
}

void fwd_l2tp_in(struct worker *w, struct pkt_batch *b)
{
	struct l2tp_verdicts v = { .deliver.n = 0, .punt.n = 0 };

	if (!b->n)
		return;
	l2tp_data_in(gw->data, b, &v);
	deliver(&v.deliver);
	for (unsigned int i = 0; i < v.punt.n; i++)
		v.punt.pkt[i]->stage = v.punt.pkt[i]->session ? PUNT_PPP : PUNT_L2TP;
	fwd_punt(w, &v.punt);
}

void fwd_from_link(struct worker *w, struct link *l, struct pkt_batch *b)
{
	struct pkt_batch esp = { .n = 0 }, clear = { .n = 0 }, control = { .n = 0 };

	if (l->cfg.medium == MEDIUM_IP) {
		fwd_from_uplink(w, l, b);
		return;
	}
	for (unsigned int i = 0; i < b->n; i++) {
		struct pkt *p = b->pkt[i];
		struct fwd_circuit *fc = fwd_circuit_of(p->circuit);
		enum acct_ctr reason = DROP_NO_CIRCUIT;

		if (p->circuit == 0) {
			p->stage = PUNT_LINK_MGMT;
			pkt_batch_add(&control, p);
			continue;
		}
		switch (fc ? demux_circuit(gw->sad, fc->security, p, &reason) : DEMUX_DROP) {
		case DEMUX_ESP:
			pkt_batch_add(&esp, p);
			break;
		case DEMUX_IKE:
			pkt_pull(p, UDP_HDR_LEN);
			p->stage = PUNT_IKE;
			pkt_batch_add(&control, p);
			break;
		case DEMUX_L2TP:
			pkt_batch_add(&clear, p);
			break;
		case DEMUX_DROP:
			drop_pkt(p, reason);
			break;
		}
	}
	fwd_punt(w, &control);
	fwd_l2tp_in(w, &clear);
	if (esp.n) {
		esp_in(worker_esp(w), &esp);
		fwd_l2tp_in(w, &esp);
	}
}

/* ---- across ---- */

static void enter_session(struct worker *w, struct pkt *p)
{
	struct l2tp_entry *e = l2tp_data_find(gw->data, p->session);
	struct pkt_batch one = { .n = 1, .pkt = { p } };

	if (!e) {
		drop_pkt(p, DROP_L2TP_UNKNOWN_SESSION);
		return;
	}
	p->obj = e;
	if (p->stage == FWD_SESSION)
		encapsulate_and_send(w, &one);
	else if (l2tp_data_out_ppp(e, p))
		protect_and_send(w, &one);
}

/* A whole run of packets from a TUN of another worker keeps its batch. */
static unsigned int enter_sessions(struct worker *w, struct pkt_batch *b, unsigned int i)
{
	struct pkt_batch run = { .n = 0 };

	for (; i < b->n && b->pkt[i]->stage == FWD_SESSION; i++) {
		struct pkt *p = b->pkt[i];

		p->obj = l2tp_data_find(gw->data, p->session);
		if (p->obj)
			pkt_batch_add(&run, p);
		else
			drop_pkt(p, DROP_L2TP_UNKNOWN_SESSION);
	}
	encapsulate_and_send(w, &run);
	return i;
}

static void enter_one(struct worker *w, struct pkt *p)
{
	struct pkt_batch one = { .n = 1, .pkt = { p } };
	struct fwd_circuit *fc;

	switch ((enum fwd_stage)p->stage) {
	case FWD_PPP:
		enter_session(w, p);
		break;
	case FWD_ESP:
		protect_and_send(w, &one);
		break;
	case FWD_CIRCUIT:
		fc = fwd_circuit_of(p->circuit);
		if (fc && fc->worker == worker_index(w)) {
			p->obj = fc->c;
			send_payloads(w, &one);
		} else {
			drop_pkt(p, DROP_NO_CIRCUIT);
		}
		break;
	case FWD_LINK_MGMT:
		p->obj = NULL;
		worker_link_tx(w, worker_link(w, p->circuit), &one);
		break;
	case FWD_SESSION:
		break; /* enter_sessions() */
	}
}

void fwd_enter(struct worker *w, struct pkt_batch *b)
{
	unsigned int i = 0;

	while (i < b->n) {
		if (b->pkt[i]->stage == FWD_SESSION)
			i = enter_sessions(w, b, i);
		else
			enter_one(w, b->pkt[i++]);
	}
}

void fwd_sa_event(void *worker, struct sa *sa, enum sa_event ev)
{
	struct worker *w = worker;
	struct pkt *p = pkt_alloc(pkt_pool_self(), 0);

	if (!p) /* the control thread's timers watch the lifetime in seconds all the same */
		return;
	p->stage = PUNT_SA_EVENT;
	p->circuit = sa->path_id;
	p->spi = sa->spi;
	p->uu = (uint8_t)ev;
	p->next_header = (uint8_t)sa->dir;
	worker_tell(w, p);
}
