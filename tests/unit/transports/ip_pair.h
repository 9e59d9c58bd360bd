/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* Two uplinks, a and b, over the real sockets of a namespace of the test's own. */

#include <poll.h>

#include <osmocom/core/application.h>

#include "tests/unit/transports/ip_rig.h"
#include "tests/unit/transports/rig.h"
#include "transports/transport.h"

enum { LO_MTU = 65536 };

struct end {
	struct link *link;
	struct circuit *circuit;
	int fd;
	bool up;
	struct endpoint mtu_far;
	uint32_t mtu;
};

static struct end a, b;

static inline void on_attach(struct link *l, int fd)
{
	((struct end *)l->owner)->fd = fd;
}

static inline void on_detach(struct link *l)
{
	((struct end *)l->owner)->fd = -1;
}

static inline void on_carrier(struct link *l, bool up)
{
	((struct end *)l->owner)->up = up;
}

static inline void on_circuit(struct circuit *c, bool active)
{
	(void)c;
	(void)active;
}

static inline void on_path_mtu(struct link *l, const struct endpoint *far, uint32_t mtu)
{
	struct end *e = l->owner;

	e->mtu_far = *far;
	e->mtu = mtu;
}

static const struct link_owner_ops ops = {
	.attach = on_attach,
	.detach = on_detach,
	.carrier = on_carrier,
	.circuit_state = on_circuit,
	.path_mtu = on_path_mtu,
};

static inline struct endpoint at(const char *text, uint16_t port)
{
	struct endpoint e;

	if (endpoint_parse(text, &e) < 0)
		abort();
	e.port = port;
	return e;
}

static inline int begin_end(struct end *e, const char *addr, bool l2tp)
{
	struct link_cfg cfg;

	*e = (struct end){ .fd = -1 };
	link_cfg_init(&cfg, MEDIUM_IP);
	cfg.local = at(addr, 0);
	cfg.clear_l2tp = l2tp;
	CU_ASSERT_EQUAL_FATAL(link_create(&e->link, addr, &cfg, &ops, e), 0);
	CU_ASSERT_EQUAL_FATAL(circuit_add(e->link, 7, ENCAP_IP, 0, e, &e->circuit), 0);
	return link_start(e->link);
}

static inline void begin(const char *addr_a, const char *addr_b)
{
	rig_init(128, 8);
	CU_ASSERT_EQUAL_FATAL(begin_end(&a, addr_a, true), 0);
	CU_ASSERT_EQUAL_FATAL(begin_end(&b, addr_b, true), 0);
	CU_ASSERT(a.up && b.up && a.circuit->active && b.circuit->active);
}

static inline void end(void)
{
	link_destroy(a.link);
	link_destroy(b.link);
	rcu_drain();
	rig_exit();
}

/* Send n packets of one service from e. */
static inline void send_to(struct end *e, enum ip_service service, const struct endpoint *far,
			   uint32_t len, unsigned int n)
{
	struct link_io io = { 0 };

	while (n) {
		struct pkt_batch out = { .n = 0 };

		for (; n && !pkt_batch_full(&out); n--) {
			struct pkt *p = rig_pkt(len, len);

			p->data[0] |= 1; /* no marker, no SPI of zero */
			p->service = (uint8_t)service;
			p->far = *far;
			p->obj = e->circuit;
			pkt_batch_add(&out, p);
		}
		link_tx(e->link, &out, &io);
		link_flush(e->link, &io);
		CU_ASSERT_FALSE(io.lost);
	}
}

/* Receive until n packets are there (or, with 0, nothing more is), or a while has passed;
 * management goes to the link. */
static inline void receive(struct end *e, struct pkt_batch *got, unsigned int n)
{
	struct pollfd pfd = { .fd = e->fd, .events = POLLIN };

	got->n = 0;
	while ((!n || got->n < n) && poll(&pfd, 1, n ? 500 : 0) > 0) {
		struct pkt_batch in = { .n = 0 };
		struct link_io io = { 0 };

		link_rx(e->link, &in, &io);
		for (unsigned int i = 0; i < in.n; i++) {
			struct pkt *p = in.pkt[i];

			CU_ASSERT(p->acct == e->link->id && p->circuit == 0 && !p->obj);
			if (p->control)
				link_mgmt_rx(e->link, p->data, p->len);
			if (p->control || pkt_batch_full(got))
				pkt_free(p);
			else
				pkt_batch_add(got, p);
		}
	}
}
