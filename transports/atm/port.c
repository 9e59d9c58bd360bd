/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "transports/atm/port.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/acct.h"
#include "core/clock.h"
#include "transports/atm/aal5.h"
#include "transports/atm/cell.h"
#include "transports/atm/llc.h"
#include "transports/capture.h"

enum { MAX_SDU_DEFAULT = 9188 }; /* RFC 3355 3.1: 9180, and LLC/SNAP */

/* How often unfinished SDUs are looked at, while there are any. */
#define SWEEP_NS (NSEC_PER_SEC / 2)

/* A circuit's part. */
struct atm_vc {
	struct aal5_hdrs hdrs;
	struct aal5_rx rx;
};

struct atm_port {
	struct units *units;
	bool open;     /* some circuit may have an unfinished SDU */
	int64_t sweep; /* when they are looked at next */
};

/* Cells come in runs. What the last header meant, valid for one call of atm_rx(). */
struct run {
	uint8_t hdr[CELL_HDR_LEN];
	struct circuit *circuit; /* NULL: no run */
	bool last;
	bool clp;
};

struct atm_port *atm_port_new(struct link *l, struct unit_wire *wire)
{
	struct atm_port *port = calloc(1, sizeof(*port));

	if (!port)
		return NULL;
	port->units = units_new(l, wire, CELL_LEN);
	if (!port->units || units_set_impair(port->units, &l->cfg.impair) < 0) {
		atm_port_free(port);
		return NULL;
	}
	return port;
}

void atm_port_free(struct atm_port *port)
{
	if (!port)
		return;
	units_free(port->units);
	free(port);
}

void atm_port_fresh(struct link *l)
{
	struct atm_port *port = l->port;
	struct circuit *c;

	units_reset(port->units);
	llist_for_each_entry (c, &l->circuits, list)
		aal5_rx_reset(&((struct atm_vc *)c->medium)->rx);
}

int atm_set_impair(struct link *l, const struct impair_cfg *cfg)
{
	struct atm_port *port = l->port;

	return units_set_impair(port->units, cfg);
}

/* ---- circuits ---- */

int atm_circuit_add(struct circuit *c, uint32_t max_sdu)
{
	uint32_t vpi = c->vc >> 16, vci = c->vc & 0xffff;
	uint32_t header = c->encap == ENCAP_LLC_SNAP ? LLC_SNAP_LEN : 0;
	struct atm_vc *vc;

	if (max_sdu == 0)
		max_sdu = MAX_SDU_DEFAULT;
	if (vpi > CELL_VPI_MAX || vci < CELL_VCI_USER_MIN || max_sdu > SDU_MAX || max_sdu <= header)
		return -EINVAL;
	vc = calloc(1, sizeof(*vc));
	if (!vc)
		return -ENOMEM;
	aal5_hdrs_init(&vc->hdrs, (uint8_t)vpi, (uint16_t)vci);
	aal5_rx_init(&vc->rx, c->id, max_sdu);
	c->medium = vc;
	c->mtu = max_sdu - header;
	return 0;
}

void atm_circuit_free(struct circuit *c)
{
	struct atm_vc *vc = c->medium;

	aal5_rx_reset(&vc->rx);
	free(vc);
}

bool atm_usable(const struct circuit *c)
{
	(void)c; /* PVCs without management: carrier is all they need */
	return true;
}

/* ---- the tap ---- */

/* DLT_SUNATM: flags (0x80 = sent, the low nibble tells the traffic), VPI, VCI, then the SDU. */
static void tap(struct link *l, const struct circuit *c, const struct pkt *p, bool sent)
{
	enum { FLAG_SENT = 0x80, TRAFFIC_UNKNOWN = 0, TRAFFIC_LLC = 2 };
	struct capture *cap = capture_of(l);
	uint8_t head[4];
	struct wr w = wr_init(head, sizeof(head));

	if (!cap)
		return;
	wr_u8(&w, (uint8_t)((sent ? FLAG_SENT : 0) |
			    (c->encap == ENCAP_LLC_SNAP ? TRAFFIC_LLC : TRAFFIC_UNKNOWN)));
	wr_u8(&w, (uint8_t)(c->vc >> 16));
	wr_u16(&w, (uint16_t)c->vc);
	capture_put(cap, head, sizeof(head), p->data, p->len);
}

/* ---- receive ---- */

/* A header other than the last one. \returns whether the cell is a circuit's; else it is counted.
 * *fill: it is nothing at all. */
static bool run_begin(struct link *l, struct run *run, const uint8_t *cell, bool *fill)
{
	struct rcu_ht_node *node;
	struct cell_hdr h;
	uint32_t vc;

	run->circuit = NULL;
	if (cell_hdr_decode(&h, cell) < 0) {
		acct_add(l->id, ACCT_CELL_HEC, 1);
		return false;
	}
	if (cell_is_fill(&h)) {
		*fill = true;
		return false;
	}
	if (h.pti >= CELL_PTI_OAM) {
		acct_add(l->id, ACCT_CELL_OAM, 1);
		return false;
	}
	vc = (uint32_t)h.vpi << 16 | h.vci;
	node = rcu_ht_find(l->by_vc, hash_u32(vc), &vc);
	if (!node) {
		acct_add(l->id, ACCT_CELL_UNKNOWN_VC, 1);
		return false;
	}
	memcpy(run->hdr, cell, CELL_HDR_LEN);
	run->circuit = caa_container_of(node, struct circuit, node);
	run->last = h.pti & CELL_PTI_LAST;
	run->clp = h.clp;
	return true;
}

/* An SDU is whole: hand up its payload. */
static void rx_sdu(struct link *l, struct circuit *c, struct pkt *p, struct pkt_batch *out)
{
	tap(l, c, p, false);
	if (c->encap == ENCAP_LLC_SNAP) {
		enum acct_ctr reason = llc_pull(p);

		if (reason) {
			drop_pkt(p, reason);
			return;
		}
	}
	p->circuit = c->id;
	p->obj = c;
	pkt_batch_add(out, p);
}

void atm_rx(struct link *l, struct pkt_batch *out, struct link_io *io)
{
	struct atm_port *port = l->port;
	struct run run = { .circuit = NULL };
	unsigned int budget = BATCH_MAX;
	int64_t now = clock_ns();
	uint64_t cells = 0;
	struct rd *r;

	while (!pkt_batch_full(out) && (r = units_msg(port->units, &budget, io))) {
		const uint8_t *cell = rd_bytes(r, CELL_LEN);
		bool fill = false;
		struct pkt *p;

		if (!cell) {
			units_bad(port->units);
			continue;
		}
		if ((!run.circuit || memcmp(cell, run.hdr, CELL_HDR_LEN) != 0) &&
		    !run_begin(l, &run, cell, &fill)) {
			cells += !fill;
			continue;
		}
		cells++;
		if (run.clp)
			acct_add(run.circuit->id, ACCT_RX_CLP, 1);
		p = aal5_rx_cell(&((struct atm_vc *)run.circuit->medium)->rx, cell + CELL_HDR_LEN,
				 run.last, now);
		if (p)
			rx_sdu(l, run.circuit, p, out);
	}
	if (units_pending(port->units))
		io->more = true;
	if (cells) {
		acct_add(l->id, ACCT_RX_CELLS, cells);
		port->open = true; /* perhaps: the sweep sees */
	}
}

/* ---- transmit ---- */

static void tx_one(struct link *l, struct pkt *p)
{
	struct atm_port *port = l->port;
	struct circuit *c = p->obj;
	struct atm_vc *vc = c->medium;
	struct aal5_seg seg;
	uint32_t n;

	if (p->len == 0 || (c->encap == ENCAP_LLC_SNAP && !llc_push(p))) {
		acct_add(c->id, ACCT_TX_DROP, 1);
		return;
	}
	n = aal5_cells(p->len);
	if (!units_admit(port->units, n, n * CELL_LEN, c->id, p->control))
		return;
	tap(l, c, p, true);
	/* UU is sent as 0: RFC 2684 4 gives it no meaning, and p->uu is of the medium that the
	 * packet came from. */
	aal5_seg_begin(&seg, &vc->hdrs, p->data, p->len, 0);
	while (seg.next < seg.cells) {
		uint32_t got;
		uint8_t *room = units_room(port->units, CELL_LEN, seg.cells - seg.next, &got);

		aal5_seg_cells(&seg, room, got);
		units_put(port->units);
	}
	acct_add(c->id, ACCT_TX_PDU, 1);
	acct_add(c->id, ACCT_TX_OCTETS, p->len);
	acct_add(c->id, ACCT_TX_CELLS, n);
	acct_add(l->id, ACCT_TX_CELLS, n);
}

void atm_tx(struct link *l, struct pkt_batch *b, struct link_io *io)
{
	(void)io; /* atm_flush() says */
	for (unsigned int i = 0; i < b->n; i++) {
		if (b->pkt[i]->obj)
			tx_one(l, b->pkt[i]);
		else /* ATM has no link management */
			acct_add(l->id, ACCT_TX_DROP, 1);
	}
	pkt_batch_free(b);
}

void atm_flush(struct link *l, struct link_io *io)
{
	struct atm_port *port = l->port;

	units_flush(port->units, io);
}

struct sweep {
	int64_t now;
	bool open;
};

static void sweep_circuit(struct rcu_ht_node *node, void *priv)
{
	struct atm_vc *vc = caa_container_of(node, struct circuit, node)->medium;
	struct sweep *s = priv;

	aal5_rx_expire(&vc->rx, s->now);
	s->open |= aal5_rx_open(&vc->rx);
}

int64_t atm_poll(struct link *l, int64_t now, struct link_io *io)
{
	struct atm_port *port = l->port;
	int64_t due = units_poll(port->units, now, io);

	if (!port->open)
		return due;
	if (now >= port->sweep) {
		struct sweep s = { .now = now };

		rcu_ht_each(l->by_vc, sweep_circuit, &s);
		port->open = s.open;
		port->sweep = now + SWEEP_NS;
	}
	return due < port->sweep ? due : port->sweep;
}
