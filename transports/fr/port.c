/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "transports/fr/port.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/acct.h"
#include "core/log.h"
#include "transports/capture.h"
#include "transports/fr/fr.h"
#include "transports/fr/lmi.h"
#include "transports/fr/q922.h"
#include "transports/fr/snap.h"

struct fr_port {
	struct units *units;
	struct lmi *lmi; /* control thread; NULL: LMI_NONE */
};

/* ---- link management, control thread ---- */

static int lmi_send(void *priv, const uint8_t *frame, size_t len)
{
	struct link *l = priv;

	return l->ops->send_mgmt(l, frame, len);
}

static void lmi_pvc_state(void *priv, uint16_t dlci, bool active)
{
	struct circuit *c = circuit_by_vc(priv, dlci);

	if (c)
		circuit_set_active(c, active);
}

static void lmi_configured(void *priv, struct dlci_set *out)
{
	struct link *l = priv;
	struct circuit *c;

	llist_for_each_entry (c, &l->circuits, list)
		dlci_set_put(out, (uint16_t)c->vc, true);
}

static const struct lmi_ops lmi_ops = {
	.send = lmi_send,
	.pvc_state = lmi_pvc_state,
	.configured = lmi_configured,
};

void fr_carrier(struct link *l, bool up)
{
	struct fr_port *port = l->port;

	if (port->lmi)
		lmi_carrier(port->lmi, up);
}

void fr_mgmt_rx(struct link *l, const uint8_t *frame, size_t len)
{
	struct fr_port *port = l->port;
	int rc = port->lmi ? lmi_rx(port->lmi, frame, len) : -EPROTO;

	if (rc < 0)
		drop_report(0, rc == -EBADMSG ? DROP_LMI_MALFORMED : DROP_LMI_UNEXPECTED, frame,
			    len);
}

int fr_lmi_info(struct link *l, struct lmi_info *out)
{
	struct fr_port *port = l->port;

	*out = (struct lmi_info){ .type = LMI_NONE };
	if (l->cfg.medium != MEDIUM_FR)
		return -EINVAL;
	if (port->lmi)
		lmi_info(port->lmi, out);
	return 0;
}

enum fr_pvc_status fr_pvc_status(const struct circuit *c)
{
	const struct fr_port *port = c->link->port;

	if (!port->lmi)
		return c->link->carrier ? FR_PVC_ACTIVE : FR_PVC_ABSENT;
	return lmi_pvc_status(port->lmi, (uint16_t)c->vc);
}

/* ---- life ---- */

struct fr_port *fr_port_new(struct link *l, struct unit_wire *wire)
{
	struct fr_port *port = calloc(1, sizeof(*port));

	if (!port)
		return NULL;
	port->units = units_new(l, wire, 0);
	if (!port->units || units_set_impair(port->units, &l->cfg.impair) < 0)
		goto err;
	if (l->cfg.lmi.type == LMI_Q933A) {
		port->lmi = lmi_new(NULL, l->name, &l->cfg.lmi, l->cfg.mtu, &lmi_ops, l);
		if (!port->lmi)
			goto err;
	}
	return port;
err:
	fr_port_free(port);
	return NULL;
}

void fr_port_free(struct fr_port *port)
{
	if (!port)
		return;
	lmi_free(port->lmi);
	units_free(port->units);
	free(port);
}

void fr_port_fresh(struct link *l)
{
	struct fr_port *port = l->port;

	units_reset(port->units);
}

int fr_set_impair(struct link *l, const struct impair_cfg *cfg)
{
	struct fr_port *port = l->port;

	return units_set_impair(port->units, cfg);
}

/* ---- circuits ---- */

int fr_circuit_add(struct circuit *c, uint32_t max_sdu)
{
	struct link *l = c->link;
	struct fr_port *port = l->port;

	if (!q922_dlci_is_user(c->vc) || max_sdu != 0)
		return -EINVAL;
	if (port->lmi && l->cfg.lmi.network &&
	    llist_count(&l->circuits) >= lmi_pvcs_max(l->cfg.mtu)) {
		LOGP(DFR, LOGL_ERROR,
		     "%s: a full STATUS of mtu %u octets can list %u PVCs and no more: raise mtu\n",
		     l->name, l->cfg.mtu, lmi_pvcs_max(l->cfg.mtu));
		return -ENOSPC;
	}
	c->mtu = l->cfg.mtu - Q922_ADDR_LEN - FR_SNAP_LEN;
	if (port->lmi)
		lmi_pvc_added(port->lmi, (uint16_t)c->vc);
	return 0;
}

void fr_circuit_free(struct circuit *c)
{
	(void)c; /* a DLCI has no state of its own: LMI keeps it by number */
}

bool fr_usable(const struct circuit *c)
{
	return fr_pvc_status(c) == FR_PVC_ACTIVE;
}

/* ---- receive ---- */

/* A frame that ends here and is the link's. */
static void link_discard(struct link *l, enum acct_ctr reason, const uint8_t *frame, size_t len)
{
	acct_add(l->id, ACCT_RX_PDU, 1);
	drop_report(l->id, reason, frame, len);
}

/* Copy octets into a packet charged to acct. \returns NULL when there is no buffer: counted. */
static struct pkt *rx_pkt(uint32_t acct, const uint8_t *p, uint32_t len)
{
	struct pkt *k = pkt_alloc(pkt_pool_self(), len);

	if (!k) {
		drop_report(acct, DROP_NO_BUFFER, p, len);
		return NULL;
	}
	memcpy(pkt_put(k, len), p, len);
	k->acct = acct;
	return k;
}

/* DLCI 0: the whole frame goes to the control thread. */
static void rx_mgmt(struct link *l, const uint8_t *frame, uint32_t len, struct pkt_batch *out)
{
	struct pkt *p;

	/* The other end expects link management that is not configured here. */
	if (l->cfg.lmi.type == LMI_NONE) {
		link_discard(l, DROP_LMI_UNEXPECTED, frame, len);
		return;
	}
	acct_add(l->id, ACCT_RX_PDU, 1);
	acct_add(l->id, ACCT_RX_OCTETS, len - Q922_ADDR_LEN);
	p = rx_pkt(l->id, frame, len);
	if (!p)
		return;
	p->control = true;
	pkt_batch_add(out, p);
}

static void count_congestion(uint32_t acct, const struct q922_addr *a)
{
	if (a->fecn)
		acct_add(acct, ACCT_RX_FECN, 1);
	if (a->becn)
		acct_add(acct, ACCT_RX_BECN, 1);
	if (a->de)
		acct_add(acct, ACCT_RX_DE, 1);
}

/* A frame of a circuit, from behind its address on. */
static void rx_circuit(struct circuit *c, const struct q922_addr *a, const struct rd *r,
		       struct pkt_batch *out)
{
	enum acct_ctr reason;
	struct pkt *p;

	acct_add(c->id, ACCT_RX_PDU, 1);
	acct_add(c->id, ACCT_RX_OCTETS, r->left);
	count_congestion(c->id, a);
	if (!__atomic_load_n(&c->tx_ok, __ATOMIC_RELAXED)) {
		drop_report(c->id, DROP_FR_INACTIVE, r->p, r->left);
		return;
	}
	p = rx_pkt(c->id, r->p, (uint32_t)r->left);
	if (!p)
		return;
	reason = fr_snap_pull(p);
	if (reason) {
		drop_pkt(p, reason);
		return;
	}
	p->circuit = c->id;
	p->obj = c;
	pkt_batch_add(out, p);
}

/* A frame, FCS included. */
static void rx_frame(struct link *l, struct capture *cap, const uint8_t *frame, uint32_t len,
		     struct pkt_batch *out)
{
	struct rcu_ht_node *node;
	struct q922_addr addr;
	struct rd r;
	uint32_t vc;

	if (len < Q922_FRAME_MIN) {
		link_discard(l, DROP_FR_SHORT, frame, len);
		return;
	}
	if (len > (uint32_t)l->cfg.mtu + Q922_FCS_LEN) {
		link_discard(l, DROP_FR_TOO_LONG, frame, len);
		return;
	}
	if (q922_fcs_residue(frame, len) != Q922_FCS_GOOD) {
		link_discard(l, DROP_FR_FCS, frame, len);
		return;
	}
	len -= Q922_FCS_LEN;
	if (cap)
		capture_put(cap, NULL, 0, frame, len);
	r = rd_init(frame, len);
	if (q922_addr_decode(&addr, &r) < 0) {
		link_discard(l, DROP_FR_ADDRESS, frame, len);
		return;
	}
	if (addr.dlci == Q922_DLCI_LMI) {
		rx_mgmt(l, frame, len, out);
		return;
	}
	vc = addr.dlci;
	node = rcu_ht_find(l->by_vc, hash_u32(vc), &vc);
	if (node)
		rx_circuit(caa_container_of(node, struct circuit, node), &addr, &r, out);
	else
		link_discard(l, DROP_FR_UNKNOWN_DLCI, frame, len);
}

void fr_rx(struct link *l, struct pkt_batch *out, struct link_io *io)
{
	struct fr_port *port = l->port;
	struct capture *cap = capture_of(l);
	unsigned int budget = BATCH_MAX;
	struct rd *r;

	while (!pkt_batch_full(out) && (r = units_msg(port->units, &budget, io))) {
		uint16_t len = rd_u16(r);
		const uint8_t *frame = rd_bytes(r, len);

		if (frame)
			rx_frame(l, cap, frame, len, out);
		else
			units_bad(port->units);
	}
	if (units_pending(port->units))
		io->more = true;
}

/* ---- transmit ---- */

/* Make the frame from its address field on; management comes with one. \returns false: no room. */
static bool tx_encapsulate(struct pkt *p, const struct circuit *c)
{
	uint8_t *head;
	struct wr w;

	if (!c)
		return true;
	if (fr_snap_push(p) < 0)
		return false;
	head = pkt_push(p, Q922_ADDR_LEN);
	if (!head)
		return false;
	w = wr_init(head, Q922_ADDR_LEN);
	q922_addr_encode(&w, &(struct q922_addr){ .dlci = (uint16_t)c->vc });
	return true;
}

static void tx_one(struct link *l, struct capture *cap, struct pkt *p)
{
	struct fr_port *port = l->port;
	struct circuit *c = p->obj;
	uint32_t acct = c ? c->id : l->id, len, got;
	uint8_t *room;

	if (!tx_encapsulate(p, c) || p->len <= Q922_ADDR_LEN || p->len > l->cfg.mtu) {
		acct_add(acct, ACCT_TX_DROP, 1);
		return;
	}
	len = p->len + Q922_FCS_LEN;
	if (!units_admit(port->units, 1, len, acct, p->control))
		return;
	if (cap)
		capture_put(cap, NULL, 0, p->data, p->len);
	room = units_room(port->units, len, 1, &got);
	memcpy(room, p->data, p->len);
	q922_fcs_put(room, p->len);
	units_put(port->units);
	acct_add(acct, ACCT_TX_PDU, 1);
	acct_add(acct, ACCT_TX_OCTETS, p->len - Q922_ADDR_LEN);
}

void fr_tx(struct link *l, struct pkt_batch *b, struct link_io *io)
{
	struct capture *cap = capture_of(l);

	(void)io; /* fr_flush() says */
	for (unsigned int i = 0; i < b->n; i++)
		tx_one(l, cap, b->pkt[i]);
	pkt_batch_free(b);
}

void fr_flush(struct link *l, struct link_io *io)
{
	struct fr_port *port = l->port;

	units_flush(port->units, io);
}

int64_t fr_poll(struct link *l, int64_t now, struct link_io *io)
{
	struct fr_port *port = l->port;

	return units_poll(port->units, now, io);
}
