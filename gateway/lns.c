/* SPDX-License-Identifier: GPL-2.0-or-later */

/* The devices behind LNS groups and clients. */

#include <string.h>

#include "core/log.h"
#include "gateway/runtime.h"
#include "gateway/tun.h"

static void hang_up(const struct gw_lns *lns, const struct gw_client *client)
{
	struct gw_session *s, *next;

	llist_for_each_entry_safe (s, next, &gw->sessions, list) {
		if ((lns && s->lns == lns) || (client && s->client == client))
			gw_session_drop(s, "configuration changed");
	}
}

static bool open_tun(struct gw_tun **tun, const char *what, const char *name, const char *dev,
		     uint16_t mtu, struct osmo_timer_list *retry)
{
	struct gw_why why;

	if (tun_create(tun, dev, mtu, &why) == 0)
		return true;
	*tun = NULL;
	LOGP(DGW, LOGL_ERROR, "%s %s: %s; trying again in %d s\n", what, name, why.text,
	     GW_RETRY_SEC);
	osmo_timer_schedule(retry, GW_RETRY_SEC, 0);
	return false;
}

static void close_tun(struct gw_tun **tun)
{
	tun_destroy(*tun);
	*tun = NULL;
}

void gw_lns_stop(struct gw_lns *lns)
{
	hang_up(lns, NULL);
	gw_pool_free(lns->pool);
	lns->pool = NULL;
	close_tun(&lns->tun);
}

void gw_client_stop(struct gw_client *c)
{
	hang_up(NULL, c);
	close_tun(&c->tun);
}

void gw_lns_apply(struct gw_lns *lns)
{
	static const struct in_addr none;
	int rc;

	hang_up(lns, NULL);
	gw_pool_free(lns->pool);
	lns->pool = NULL;
	if (lns->tun && strcmp(tun_name(lns->tun), lns->cfg.tun) != 0)
		close_tun(&lns->tun);
	if (!gw->started || gw->stopping || !lns->cfg.tun[0] || !lns->cfg.pool_first.s_addr)
		return;
	if (!lns->tun &&
	    !open_tun(&lns->tun, "lns", lns->name, lns->cfg.tun, lns->cfg.mru, &lns->apply))
		return;
	lns->pool = gw_pool_new(lns->cfg.pool_first, lns->cfg.pool_last);
	tun_set_mtu(lns->tun, lns->cfg.mru);
	rc = tun_set_ip4(lns->tun, lns->cfg.local_ip, lns->cfg.local_len, none);
	if (rc == 0 && lns->cfg.ipv6)
		rc = tun_set_ip6_id(lns->tun, tun_ip6_id(lns->tun));
	if (rc < 0)
		LOGP(DGW, LOGL_ERROR, "lns %s: cannot set the addresses of %s: %s\n", lns->name,
		     lns->cfg.tun, strerror(-rc));
}

void gw_client_apply(struct gw_client *c)
{
	hang_up(NULL, c);
	if (c->tun && strcmp(tun_name(c->tun), c->cfg.tun) != 0)
		close_tun(&c->tun);
	if (!gw->started || gw->stopping || !c->cfg.tun[0])
		return;
	if (!c->tun)
		open_tun(&c->tun, "client", c->name, c->cfg.tun, c->cfg.mru, &c->apply);
	if (c->circuit)
		gw_circuit_redial(c->circuit, 0);
}

void gw_tun_lost(uint32_t id)
{
	struct gw_lns *lns;
	struct gw_client *c;

	llist_for_each_entry (lns, &gw->lnses, list) {
		if (!lns->tun || tun_id(lns->tun) != id)
			continue;
		LOGP(DGW, LOGL_ERROR, "lns %s: %s was deleted by another program: made anew\n",
		     lns->name, tun_name(lns->tun));
		gw_lns_stop(lns);
		gw_lns_apply(lns);
	}
	llist_for_each_entry (c, &gw->clients, list) {
		if (!c->tun || tun_id(c->tun) != id)
			continue;
		LOGP(DGW, LOGL_ERROR, "client %s: %s was deleted by another program: made anew\n",
		     c->name, tun_name(c->tun));
		gw_client_stop(c);
		gw_client_apply(c);
	}
}
