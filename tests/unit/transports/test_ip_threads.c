/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * Two uplinks that send to each other, served by a worker thread of its own, while the control
 * thread stops and starts them, adds and deletes peers and captures. Built with --enable-tsan this
 * shows what the threads share.
 */

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

#include <osmocom/core/application.h>
#include <osmocom/core/select.h>

#include "core/clock.h"
#include "tests/unit/transports/ip_rig.h"
#include "tests/unit/transports/rig.h"
#include "transports/transport.h"

enum { PEERS = 2, CHANGES = 400 };

struct end {
	struct link *link;
	struct circuit *circuit;
	struct endpoint far;
	bool attached; /* under lock */
	_Atomic bool up;
};

static struct end ends[2];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* attach and detach against a round */
static _Atomic bool stop;
static _Atomic uint64_t received;

static void set_attached(struct link *l, bool attached)
{
	struct end *e = l->owner;

	pthread_mutex_lock(&lock);
	e->attached = attached;
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

static void send_some(struct end *e, uint32_t n)
{
	static const uint8_t services[] = { IP_IKE, IP_IKE_NATT, IP_ESP, IP_ESP_UDP };
	static const uint16_t ports[] = { 500, 4500, 0, 4500 };
	uint32_t vc = n % PEERS;
	struct rcu_ht_node *node = rcu_ht_find(e->link->by_vc, hash_u32(vc), &vc);
	struct pkt_batch batch = { .n = 0 };
	struct link_io io = { 0 };
	struct pkt *p;

	if (!node)
		return;
	p = rig_pkt(8 + hash_u32(n) % 3000, n);
	p->data[0] |= 1;
	p->service = services[n % 4];
	p->far = e->far;
	p->far.port = ports[n % 4];
	p->obj = caa_container_of(node, struct circuit, node);
	pkt_batch_add(&batch, p);
	link_tx(e->link, &batch, &io);
}

static void serve(struct end *e, uint32_t n)
{
	struct pkt_batch batch = { .n = 0 };
	struct link_io io = { 0 };

	send_some(e, n);
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
		abort();
}

static void *worker(void *arg)
{
	acct_thread_init();
	pkt_pool_bind(arg);
	rcu_reader_register();
	for (uint32_t n = 0; !stop; n++) {
		for (int i = 0; i < 2; i++) {
			pthread_mutex_lock(&lock);
			if (ends[i].attached)
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

static void make(struct end *e, const char *local, const char *far)
{
	struct link_cfg cfg;

	link_cfg_init(&cfg, MEDIUM_IP);
	CU_ASSERT_EQUAL(endpoint_parse(local, &cfg.local), 0);
	CU_ASSERT_EQUAL(endpoint_parse(far, &e->far), 0);
	CU_ASSERT_EQUAL_FATAL(link_create(&e->link, local, &cfg, &ops, e), 0);
	CU_ASSERT_EQUAL_FATAL(circuit_add(e->link, 0, ENCAP_IP, 0, e, &e->circuit), 0);
	CU_ASSERT_EQUAL_FATAL(link_start(e->link), 0);
}

static void change(unsigned int n, struct circuit **extra, const char *pcap)
{
	struct end *e = &ends[n / 6 % 2];

	switch (n % 6) {
	case 0:
		if (!*extra)
			circuit_add(e->link, 1, ENCAP_IP, 0, e, extra);
		break;
	case 1:
		link_capture_start(e->link, pcap, 100);
		break;
	case 2:
		link_stop(e->link);
		break;
	case 3:
		CU_ASSERT_EQUAL(link_start(e->link), 0);
		break;
	case 4:
		link_capture_stop(e->link);
		break;
	default:
		if (*extra)
			circuit_del(*extra);
		*extra = NULL;
	}
}

static void running_links_can_be_changed(void)
{
	struct circuit *extra = NULL;
	struct pkt_pool *pool, *mine;
	char pcap[] = "/tmp/vcgw-test-XXXXXX";
	pthread_t thread;

	close(mkstemp(pcap));
	rig_init(1, 0);
	pool = pkt_pool_new(2048, 64);
	pkt_pool_bind(NULL);
	make(&ends[0], "127.0.0.1", "127.0.0.2");
	make(&ends[1], "127.0.0.2", "127.0.0.1");
	mine = rig_pool;
	rig_pool = pool; /* what the worker's rig_pkt() takes from */
	pthread_create(&thread, NULL, worker, pool);
	for (unsigned int n = 0; n < CHANGES; n++) {
		change(n, &extra, pcap);
		for (int i = 0; i < 5; i++) {
			osmo_select_main(1);
			rcu_reap();
			usleep(100);
		}
	}
	stop = true;
	pthread_join(thread, NULL);
	rig_pool = mine;
	CU_ASSERT(received > 100);
	for (int i = 0; i < 2; i++) {
		uint32_t id = ends[i].link->id;

		CU_ASSERT(ends[i].up);
		CU_ASSERT_EQUAL(acct_get(id, ACCT_RX_PDU),
				acct_get(id, ACCT_DELIVERED) + acct_discards(id));
		link_destroy(ends[i].link);
	}
	rcu_drain();
	unlink(pcap);
	pkt_pool_bind(pool);
	CU_ASSERT_EQUAL(pkt_pool_in_use(pool), 0);
	pkt_pool_free(pool);
	pkt_pool_bind(rig_pool);
	rig_exit();
}

static const struct unit_case cases[] = {
	{ "running links can be changed", running_links_can_be_changed },
};

int main(void)
{
	ip_rig_enter();
	osmo_init_logging2(NULL, &vcgw_log_info);
	log_set_all_filter(osmo_stderr_target, 0);
	return unit_main("transports/ip_threads", cases, sizeof(cases) / sizeof(cases[0]));
}
