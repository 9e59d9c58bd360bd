/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * A message from the other end of an ATM link: cells, VCs, AAL5, encapsulation. The first octet of
 * the input: bit 0 has every HEC made right, so that what is behind it is reached. Nothing may be
 * lost without being counted.
 */

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/acct.h"
#include "core/pkt.h"
#include "transports/atm/cell.h"
#include "transports/atm/port.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint8_t msg[UNITS_MSG_MAX];
static uint32_t msg_len; /* 0: nothing there */
static struct link *l;
static struct circuit *vc[2];

static int wire_send(struct unit_wire *w, const uint8_t *m, uint32_t len)
{
	(void)w;
	(void)m;
	(void)len;
	return 0;
}

static int wire_recv(struct unit_wire *w, uint8_t *m, uint32_t size)
{
	uint32_t len = msg_len;

	(void)w;
	if (len == 0 || len > size)
		return -EAGAIN;
	memcpy(m, msg, len);
	msg_len = 0;
	return (int)len;
}

static void circuit_state(struct circuit *c, bool active)
{
	(void)c;
	(void)active;
}

/* A link as the driver makes it, but on a wire of ours. */
static void init(void)
{
	static struct unit_wire wire = { .send = wire_send, .recv = wire_recv };
	static const struct link_owner_ops ops = { .circuit_state = circuit_state };
	struct link_cfg cfg;

	link_cfg_init(&cfg, MEDIUM_ATM);
	strcpy(cfg.socket_path, "/nonexistent");
	if (acct_init() || acct_thread_init() || rcu_init())
		abort();
	drop_set_rate(0);
	pkt_pool_bind(pkt_pool_new(64, 64));
	if (link_create(&l, "atm0", &cfg, &ops, NULL) ||
	    circuit_add(l, 100, ENCAP_LLC_SNAP, 0, NULL, &vc[0]) ||
	    circuit_add(l, 101, ENCAP_NULL, 100, NULL, &vc[1]))
		abort();
	atm_port_free(l->port);
	l->port = atm_port_new(l, &wire);
	if (!l->port)
		abort();
}

static void check(uint32_t id, uint64_t delivered)
{
	if (acct_get(id, ACCT_RX_PDU) != delivered + acct_discards(id))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static uint64_t delivered[2];
	struct pkt_batch batch = { .n = 0 };
	struct link_io io;

	if (!l)
		init();
	if (size < 2 || size - 1 > sizeof(msg))
		return 0;
	msg_len = (uint32_t)size - 1;
	memcpy(msg, data + 1, msg_len);
	if (data[0] & 1)
		for (uint32_t i = 0; i + CELL_LEN <= msg_len; i += CELL_LEN)
			msg[i + 4] = cell_hec(msg + i);
	rcu_update_begin();
	do {
		io = (struct link_io){ .more = false };
		link_rx(l, &batch, &io);
		for (unsigned int i = 0; i < batch.n; i++)
			delivered[batch.pkt[i]->circuit == vc[1]->id]++;
		pkt_batch_free(&batch);
	} while (io.more);
	rcu_update_end();
	atm_port_fresh(l); /* each input stands alone */
	if (pkt_pool_in_use(pkt_pool_self()) != 0)
		abort();
	check(vc[0]->id, delivered[0]);
	check(vc[1]->id, delivered[1]);
	if (acct_get(l->id, ACCT_RX_CELLS) !=
	    acct_get(l->id, ACCT_CELL_HEC) + acct_get(l->id, ACCT_CELL_OAM) +
		    acct_get(l->id, ACCT_CELL_UNKNOWN_VC) + acct_get(vc[0]->id, ACCT_RX_CELLS) +
		    acct_get(vc[1]->id, ACCT_RX_CELLS))
		abort();
	return 0;
}
