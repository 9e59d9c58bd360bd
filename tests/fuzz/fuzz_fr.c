/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * What a Frame Relay link receives: the first octet says whether to mend each frame's FCS (odd), so
 * that the fuzzer gets behind it; the rest is a message of frames with their lengths.
 */

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/application.h>

#include "core/acct.h"
#include "core/log.h"
#include "core/rcu.h"
#include "transports/fr/q922.h"
#include "transports/loop_io.h"
#include "transports/transport.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct pkt_pool *pool;
static struct link *l;
static uint8_t msg[UNITS_MSG_MAX];
static uint32_t msg_len;

static int wire_recv(struct unit_wire *w, uint8_t *out, uint32_t size)
{
	uint32_t n = msg_len;

	(void)w;
	if (n == 0 || n > size)
		return -EAGAIN;
	memcpy(out, msg, n);
	msg_len = 0;
	return (int)n;
}

static void op_attach(struct link *link, int fd)
{
	(void)link;
	(void)fd;
}

static void op_detach(struct link *link)
{
	(void)link;
}

static void op_carrier(struct link *link, bool up)
{
	(void)link;
	(void)up;
}

static void op_state(struct circuit *c, bool active)
{
	if (c->active != active)
		abort();
}

static int op_mgmt(struct link *link, const uint8_t *frame, size_t len)
{
	(void)link;
	(void)frame;
	(void)len;
	return 0;
}

static void set_up(void)
{
	static const struct link_owner_ops ops = {
		.attach = op_attach,
		.detach = op_detach,
		.carrier = op_carrier,
		.circuit_state = op_state,
		.send_mgmt = op_mgmt,
	};
	struct link_cfg cfg;
	struct circuit *c;

	osmo_init_logging2(NULL, &vcgw_log_info);
	log_set_log_level(osmo_stderr_target, LOGL_FATAL);
	if (acct_init() || acct_thread_init() || rcu_init())
		abort();
	pool = pkt_pool_new(64, 0);
	pkt_pool_bind(pool);
	link_cfg_init(&cfg, MEDIUM_FR);
	strcpy(cfg.socket_path, "/nonexistent/never-opened");
	cfg.lmi.type = LMI_Q933A;
	if (!pool || link_create(&l, "fr0", &cfg, &ops, NULL) ||
	    circuit_add(l, 100, ENCAP_NLPID_SNAP, 0, NULL, &c))
		abort();
	loop_io_wire(l->io)->recv = wire_recv;
}

static void mend(void)
{
	for (uint32_t at = 0; at + 2 <= msg_len;) {
		uint32_t len = (uint32_t)msg[at] << 8 | msg[at + 1];

		at += 2;
		if (len < 2 || len > msg_len - at)
			return;
		q922_fcs_put(msg + at, len - 2);
		at += len;
	}
}

static void take(struct pkt_batch *b)
{
	for (unsigned int i = 0; i < b->n; i++) {
		struct pkt *p = b->pkt[i];

		if (p->control)
			link_mgmt_rx(l, p->data, p->len);
		else if (p->circuit != p->acct || p->len > ((struct circuit *)p->obj)->mtu)
			abort();
	}
	pkt_batch_free(b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct link_io io;
	struct pkt_batch b;

	if (!l)
		set_up();
	if (size < 2 || size - 1 > sizeof(msg))
		return 0;
	msg_len = (uint32_t)size - 1;
	memcpy(msg, data + 1, msg_len);
	if (data[0] & 1)
		mend();
	link_carrier_up(l, -1);
	do {
		b.n = 0;
		io = (struct link_io){ 0 };
		rcu_reader_online();
		link_rx(l, &b, &io);
		rcu_reader_offline();
		take(&b);
	} while (io.more);
	link_carrier_down(l);
	if (pkt_pool_in_use(pool))
		abort();
	return 0;
}
