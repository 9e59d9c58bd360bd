/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * Two ATM links joined by their socket, served by a worker thread of its own, while the control
 * thread changes all that may be changed on running links. Built with --enable-tsan this shows
 * what the threads share.
 */

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

#include <osmocom/core/application.h>
#include <osmocom/core/select.h>

#include "core/clock.h"
#include "tests/unit/transports/rig.h"
#include "transports/transport.h"

enum { VC = 100, ROUNDS = 200, CHANGES = 400 };

struct end {
	struct link *link;
	struct circuit *circuit;
	bool attached; /* under lock */
	_Atomic bool lost;
	_Atomic bool up;
};

static struct end ends[2];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* attach and detach against a round */
static _Atomic bool stop;
static _Atomic uint64_t received;
static char dir[] = "/tmp/vcgw-test-XXXXXX";

static void set_attached(struct link *l, bool attached)
{
	struct end *e = l->owner;

	pthread_mutex_lock(&lock);
	e->attached = attached;
	e->lost = false;
	pthread_mutex_unlock(&lock);
}

static void on_attach(struct link *l, int fd)
{
	(void)fd;
	set_attached(l, true);
}

static void on_detach(struct link *l)
{
	set_attached(l, false);
}

static void on_carrier(struct link *l, bool up)
{
	((struct end *)l->owner)->up = up;
}

static void on_circuit(struct circuit *c, bool active)
{
	(void)c;
	(void)active;
}

static const struct link_owner_ops ops = {
	.attach = on_attach,
	.detach = on_detach,
	.carrier = on_carrier,
	.circuit_state = on_circuit,
};

/* ---- the worker ---- */

/* Send one to the circuit VC as the worker finds it, then take what there is. */
static void serve(struct end *e, uint32_t n)
{
	struct pkt_batch batch = { .n = 0 };
	struct link_io io = { 0 };
	uint32_t vc = VC + n % 2;
	struct rcu_ht_node *node = rcu_ht_find(e->link->by_vc, hash_u32(vc), &vc);

	if (node) {
		struct pkt *p = rig_pkt(1 + hash_u32(n) % 3000, n);

		p->obj = caa_container_of(node, struct circuit, node);
		pkt_batch_add(&batch, p);
		link_tx(e->link, &batch, &io);
	}
	link_flush(e->link, &io);
	do {
		io.more = false;
		link_rx(e->link, &batch, &io);
		received += batch.n;
		for (unsigned int i = 0; i < batch.n; i++)
			acct_add(batch.pkt[i]->acct, ACCT_DELIVERED, 1);
		pkt_batch_free(&batch);
	} while (io.more);
	link_poll(e->link, clock_ns(), &io);
	if (io.lost)
		e->lost = true;
}

static void *worker(void *arg)
{
	acct_thread_init();
	pkt_pool_bind(arg);
	rcu_reader_register();
	for (uint32_t n = 0; !stop; n++) {
		for (int i = 0; i < 2; i++) {
			pthread_mutex_lock(&lock);
			if (ends[i].attached && !ends[i].lost)
				serve(&ends[i], n);
			pthread_mutex_unlock(&lock);
		}
		rcu_quiescent();
		usleep(20); /* the control thread wants the lock, too */
	}
	rcu_reader_unregister();
	acct_thread_exit();
	return NULL;
}

/* ---- the control thread ---- */

static void control_round(void)
{
	osmo_select_main(1);
	rcu_reap();
	for (int i = 0; i < 2; i++)
		if (ends[i].lost)
			link_lost(ends[i].link);
	usleep(50);
}

/* What is changed on links that are down shows nothing. */
static void until_both_are_up(void)
{
	int64_t end = clock_ns() + INT64_C(5000000000);

	while (!(ends[0].up && ends[1].up) && clock_ns() < end)
		control_round();
}

static void make(struct end *e, bool listens)
{
	struct link_cfg cfg;

	link_cfg_init(&cfg, MEDIUM_ATM);
	snprintf(cfg.socket_path, sizeof(cfg.socket_path), "%s/atm", dir);
	cfg.listen = listens;
	CU_ASSERT_EQUAL_FATAL(link_create(&e->link, listens ? "a" : "b", &cfg, &ops, e), 0);
	CU_ASSERT_EQUAL_FATAL(circuit_add(e->link, VC, ENCAP_LLC_SNAP, 0, e, &e->circuit), 0);
	CU_ASSERT_EQUAL_FATAL(link_start(e->link), 0);
}

static void change(int n, struct circuit **extra, const char *pcap)
{
	const struct impair_cfg bad = { .loss_ppm = 1000, .bit_error_ppm = 1000, .seed = 1 },
				slow = { .delay_us = 100, .rate_bps = 100000000 }, none = { 0 };
	struct end *e = &ends[n / 8 % 2];

	switch (n % 8) {
	case 0:
		if (!*extra)
			circuit_add(e->link, VC + 1, ENCAP_NULL, 0, e, extra);
		break;
	case 1:
		link_set_impair(e->link, &bad);
		break;
	case 2:
		link_capture_start(e->link, pcap, 100);
		break;
	case 3:
		link_set_impair(e->link, &slow);
		break;
	case 4:
		link_capture_stop(e->link);
		break;
	case 5:
		if (*extra)
			circuit_del(*extra);
		*extra = NULL;
		break;
	case 6:
		link_set_impair(e->link, &none);
		break;
	default:
		if (n % 48 == 7) { /* the listener: its peer finds it again after its 200 ms */
			link_stop(ends[0].link);
			link_start(ends[0].link);
			until_both_are_up();
		}
	}
}

static void running_links_can_be_changed(void)
{
	struct circuit *extra = NULL;
	struct pkt_pool *pool;
	char pcap[sizeof(dir) + 8];
	pthread_t thread;

	osmo_init_logging2(NULL, &vcgw_log_info);
	log_set_all_filter(osmo_stderr_target, 0);
	rig_init(1, 0);
	pool = pkt_pool_new(256, 64);
	pkt_pool_bind(NULL);
	CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(dir));
	snprintf(pcap, sizeof(pcap), "%s/pcap", dir);
	make(&ends[0], true);
	make(&ends[1], false);
	{
		struct pkt_pool *mine = rig_pool;

		rig_pool = pool; /* what the worker's rig_pkt() takes from */
		pthread_create(&thread, NULL, worker, pool);
		until_both_are_up();
		for (int n = 0; n < CHANGES; n++) {
			change(n, &extra, pcap);
			for (int i = 0; i < ROUNDS / 20; i++)
				control_round();
		}
		stop = true;
		pthread_join(thread, NULL);
		rig_pool = mine;
	}
	CU_ASSERT(received > 100);
	for (int i = 0; i < 2; i++) {
		uint32_t id = ends[i].circuit->id;

		CU_ASSERT_EQUAL(acct_get(id, ACCT_RX_PDU),
				acct_get(id, ACCT_DELIVERED) + acct_discards(id));
		link_destroy(ends[i].link);
	}
	rcu_drain();
	unlink(pcap);
	CU_ASSERT_EQUAL(rmdir(dir), 0);
	pkt_pool_bind(pool);
	CU_ASSERT_EQUAL(pkt_pool_in_use(pool), 0);
	pkt_pool_free(pool);
	pkt_pool_bind(rig_pool);
	rig_exit();
}

static const struct unit_case cases[] = {
	{ "running links can be changed", running_links_can_be_changed },
};
UNIT_MAIN("transports/loop_threads", cases)
