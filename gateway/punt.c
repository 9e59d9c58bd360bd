/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "gateway/punt.h"

#include "core/rcu.h"
#include "gateway/forward.h"
#include "gateway/runtime.h"

/* The owner of an entry is looked up, not carried: it may have gone while the frame waited. */
static void rx_ppp(const struct pkt *p)
{
	struct l2tp_entry *e;
	struct gw_session *s;

	rcu_update_begin();
	e = l2tp_data_find(gw->data, p->session);
	s = e ? e->owner : NULL;
	rcu_update_end();
	if (s && s->ppp)
		ppp_rx(s->ppp, p->data, p->len);
}

void punt_rx(struct pkt *p)
{
	struct gw_circuit *c = gw_circuit_by_id(p->circuit);
	struct gw_link *l;

	switch ((enum punt_reason)p->stage) {
	case PUNT_LINK_MGMT:
		l = gw_link_by_id(p->acct);
		if (l)
			link_mgmt_rx(l->l, p->data, p->len);
		break;
	case PUNT_LINK_LOST:
		l = gw_link_by_id(p->circuit);
		if (l && l->epoch == p->session)
			link_lost(l->l);
		break;
	case PUNT_TUN_LOST:
		gw_tun_lost(p->circuit);
		break;
	case PUNT_IKE:
		if (c && c->ike)
			ike_peer_rx(c->ike, NULL, p->data, p->len);
		break;
	case PUNT_UPLINK_IKE:
		l = gw_link_by_id(p->acct);
		if (l)
			gw_uplink_rx_ike(l, p);
		break;
	case PUNT_SA_MOVED:
		if (c && c->ike)
			gw_uplink_moved(c, p);
		break;
	case PUNT_L2TP:
		if (c && c->path.ip)
			gw_uplink_rx_l2tp(c, p);
		if (c && c->l2tp)
			l2tp_peer_rx(c->l2tp, p->data, p->len);
		break;
	case PUNT_PPP:
		rx_ppp(p);
		break;
	case PUNT_SA_EVENT:
		if (c && c->ike)
			ike_peer_sa_event(c->ike, (enum sa_dir)p->next_header, p->spi,
					  (enum sa_event)p->uu);
		break;
	case PUNT_REASONS:
		break;
	}
	pkt_free(p);
}
