/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "transports/transport.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/utils.h>

#include "core/acct.h"
#include "core/log.h"
#include "transports/drivers.h"
#include "transports/impair.h"
#include "transports/units.h"

/* Buckets of a link's VC table: 1 KiB of pointers, and short chains with thousands of circuits. */
enum { VC_BUCKETS = 128 };

const struct link_driver *const link_drivers[] = {
	&atm_drv_loop,
	&fr_drv_loop,
	&ip_drv_udp,
	NULL,
};

/* Circuits that were deleted need their link until their grace period is over. */
struct link_owned {
	struct link link;
	struct rcu_retired retired;
	unsigned int circuits; /* that exist, deleted ones too */
	bool gone;
};

static struct link_owned *owned(struct link *l)
{
	return container_of(l, struct link_owned, link);
}

/* ---- configuration ---- */

void link_cfg_init(struct link_cfg *cfg, enum medium medium)
{
	*cfg = (struct link_cfg){
		.medium = medium,
		.mtu = medium == MEDIUM_FR ? 1600 : 0,
		/* Q.933 Tables A.1 and A.2. */
		.lmi = { .type = LMI_NONE,
			 .n391 = 6,
			 .n392 = 3,
			 .n393 = 4,
			 .t391 = 10,
			 .t392 = 15 },
	};
	osmo_strlcpy(cfg->driver, medium == MEDIUM_IP ? "udp" : "loop", sizeof(cfg->driver));
}

static const struct link_driver *find_driver(const struct link_cfg *cfg)
{
	for (const struct link_driver *const *d = link_drivers; *d; d++)
		if ((*d)->medium == cfg->medium && strcmp((*d)->name, cfg->driver) == 0)
			return *d;
	return NULL;
}

static const char *check_lmi(const struct lmi_cfg *lmi)
{
	if (lmi->type == LMI_NONE)
		return NULL;
	if (lmi->type != LMI_Q933A)
		return "no such LMI: use q933a or none";
	if (lmi->n391 < 1)
		return "n391 must be 1 to 255";
	if (lmi->n392 < 1 || lmi->n392 > 10)
		return "n392 must be 1 to 10";
	if (lmi->n393 < 1 || lmi->n393 > 10)
		return "n393 must be 1 to 10";
	if (lmi->n392 > lmi->n393)
		return "n392 must not exceed n393: so many errors could never be counted";
	if (lmi->t391 < 1 || lmi->t391 > 30)
		return "t391 must be 1 to 30 seconds";
	if (lmi->t392 < 1 || lmi->t392 > 30)
		return "t392 must be 1 to 30 seconds";
	return NULL;
}

bool link_cfg_complete(const struct link_cfg *cfg)
{
	static const struct endpoint none;

	if (cfg->medium == MEDIUM_IP)
		return !endpoint_same_addr(&cfg->local, &none);
	return cfg->socket_path[0];
}

static const char *check_ip(const struct link_cfg *cfg)
{
	static const uint8_t broadcast[4] = { 255, 255, 255, 255 };
	const uint8_t *a = cfg->local.addr;

	if (!link_cfg_complete(cfg))
		return "an IP link needs the address of this end";
	if (cfg->local.port != 0)
		return "the address of an IP link has no port: 500 and 4500 are the standards'";
	if (endpoint_is_v4(&cfg->local)) {
		a += 12;
		if (a[0] == 0 || a[0] >> 4 == 14 || memcmp(a, broadcast, sizeof(broadcast)) == 0)
			return "not the address of one host: an IP link needs a unicast address";
	} else {
		if (a[0] == 0xff)
			return "not the address of one host: an IP link needs a unicast address";
		if (a[0] == 0xfe && a[1] >> 6 == 2)
			return "a link-local address is no uplink: use a global or unique local one";
	}
	if (!impair_none(&cfg->impair))
		return "an IP link cannot be impaired here: use tc-netem(8) on its interface";
	return NULL;
}

const char *link_cfg_check(const struct link_cfg *cfg)
{
	static char text[160];
	const char *wrong;

	if (cfg->medium != MEDIUM_ATM && cfg->medium != MEDIUM_FR && cfg->medium != MEDIUM_IP)
		return "no such medium";
	if (!find_driver(cfg)) {
		snprintf(text, sizeof(text), "no driver '%.15s' for this medium: use '%s'",
			 cfg->driver, cfg->medium == MEDIUM_IP ? "udp" : "loop");
		return text;
	}
	if (cfg->medium == MEDIUM_IP)
		return check_ip(cfg);
	if (cfg->socket_path[0] == '\0')
		return "the loop driver needs the path of a socket";
	if (strnlen(cfg->socket_path, sizeof(cfg->socket_path)) == sizeof(cfg->socket_path))
		return "the path of the socket is too long: 107 octets at most";
	if (cfg->medium == MEDIUM_FR) {
		/* Q.922 5.9.3: N203 is 262 by default; FRF.1 asks for 1600. */
		if (cfg->mtu < 262 || cfg->mtu > UNITS_FRAME_MAX) {
			snprintf(text, sizeof(text), "mtu must be 262 to %u octets",
				 UNITS_FRAME_MAX);
			return text;
		}
		wrong = check_lmi(&cfg->lmi);
		if (wrong)
			return wrong;
	}
	return impair_check(&cfg->impair);
}

/* ---- links ---- */

static bool vc_match(const struct rcu_ht_node *node, const void *key)
{
	return caa_container_of(node, struct circuit, node)->vc == *(const uint32_t *)key;
}

/* The last of link_destroy() and the circuits' grace periods. */
static void link_put(struct link_owned *o)
{
	if (!o->gone || o->circuits)
		return;
	o->link.drv->destroy(&o->link);
	rcu_ht_free(o->link.by_vc);
	acct_free(o->link.id);
	free(o);
}

int link_create(struct link **out, const char *name, const struct link_cfg *cfg,
		const struct link_owner_ops *ops, void *owner)
{
	struct link_owned *o;
	struct link *l;
	int rc = -ENOMEM;

	if (link_cfg_check(cfg))
		return -EINVAL;
	o = calloc(1, sizeof(*o));
	if (!o)
		return -ENOMEM;
	l = &o->link;
	osmo_strlcpy(l->name, name, sizeof(l->name));
	l->cfg = *cfg;
	l->drv = find_driver(cfg);
	l->ops = ops;
	l->owner = owner;
	INIT_LLIST_HEAD(&l->list);
	INIT_LLIST_HEAD(&l->circuits);
	l->id = acct_alloc();
	if (!l->id) {
		rc = -ENOSPC;
		goto err;
	}
	l->by_vc = rcu_ht_new(VC_BUCKETS, vc_match);
	if (!l->by_vc)
		goto err;
	rc = l->drv->create(l);
	if (rc < 0)
		goto err;
	*out = l;
	return 0;
err:
	rcu_ht_free(l->by_vc);
	acct_free(l->id);
	free(o);
	return rc;
}

int link_start(struct link *l)
{
	return l->drv->start(l);
}

void link_stop(struct link *l)
{
	l->drv->stop(l);
}

void link_lost(struct link *l)
{
	l->drv->lost(l);
}

static void link_retired(struct rcu_retired *r)
{
	struct link_owned *o = caa_container_of(r, struct link_owned, retired);

	o->gone = true;
	link_put(o);
}

void link_destroy(struct link *l)
{
	struct circuit *c, *next;

	if (!l)
		return;
	link_stop(l);
	link_capture_stop(l);
	llist_for_each_entry_safe (c, next, &l->circuits, list)
		circuit_del(c);
	rcu_retire(&owned(l)->retired, link_retired);
}

int link_set_impair(struct link *l, const struct impair_cfg *cfg)
{
	int rc;

	if (impair_check(cfg))
		return -EINVAL;
	rc = l->drv->set_impair(l, cfg);
	if (rc == 0)
		l->cfg.impair = *cfg;
	return rc;
}

void link_carrier_up(struct link *l, int fd)
{
	struct circuit *c;

	if (l->carrier)
		return;
	LOGP(DLINK, LOGL_NOTICE, "%s: carrier up\n", l->name);
	l->carrier = true;
	l->ops->attach(l, fd);
	l->ops->carrier(l, true);
	llist_for_each_entry (c, &l->circuits, list)
		circuit_set_active(c, l->drv->usable(c));
	if (l->drv->carrier)
		l->drv->carrier(l, true);
}

void link_carrier_down(struct link *l)
{
	struct circuit *c;

	if (!l->carrier)
		return;
	LOGP(DLINK, LOGL_NOTICE, "%s: carrier down\n", l->name);
	l->ops->detach(l);
	l->carrier = false;
	if (l->drv->carrier)
		l->drv->carrier(l, false);
	l->ops->carrier(l, false);
	llist_for_each_entry (c, &l->circuits, list)
		circuit_set_active(c, false);
}

void link_mgmt_rx(struct link *l, const uint8_t *frame, size_t len)
{
	if (l->drv->mgmt_rx)
		l->drv->mgmt_rx(l, frame, len);
}

/* ---- circuits ---- */

static void circuit_free(struct circuit *c)
{
	struct link_owned *o = owned(c->link);

	c->link->drv->circuit_free(c);
	acct_free(c->id);
	free(c);
	o->circuits--;
	link_put(o);
}

static void circuit_retired(struct rcu_retired *r)
{
	circuit_free(caa_container_of(r, struct circuit, retired));
}

static bool encap_fits(enum medium medium, enum encap encap)
{
	switch (medium) {
	case MEDIUM_ATM:
		return encap == ENCAP_LLC_SNAP || encap == ENCAP_NULL;
	case MEDIUM_FR:
		return encap == ENCAP_NLPID_SNAP;
	case MEDIUM_IP:
		return encap == ENCAP_IP;
	}
	return false;
}

static void circuit_name(struct circuit *c)
{
	if (c->link->cfg.medium == MEDIUM_ATM)
		snprintf(c->name, sizeof(c->name), "%s/%u.%u", c->link->name, c->vc >> 16,
			 c->vc & 0xffff);
	else
		snprintf(c->name, sizeof(c->name), "%s/%u", c->link->name, c->vc);
}

int circuit_add(struct link *l, uint32_t vc, enum encap encap, uint32_t max_sdu, void *owner,
		struct circuit **out)
{
	struct circuit *c;
	int rc;

	if (!encap_fits(l->cfg.medium, encap))
		return -EINVAL;
	if (circuit_by_vc(l, vc))
		return -EEXIST;
	c = calloc(1, sizeof(*c));
	if (!c)
		return -ENOMEM;
	c->link = l;
	c->vc = vc;
	c->encap = encap;
	c->owner = owner;
	circuit_name(c);
	c->id = acct_alloc();
	rc = c->id ? l->drv->circuit_add(c, max_sdu) : -ENOSPC;
	if (rc < 0) {
		acct_free(c->id);
		free(c);
		return rc;
	}
	owned(l)->circuits++;
	llist_add_tail(&c->list, &l->circuits);
	rcu_update_begin();
	rcu_ht_add(l->by_vc, hash_u32(vc), &c->vc, &c->node);
	rcu_update_end();
	*out = c;
	if (l->carrier)
		circuit_set_active(c, l->drv->usable(c));
	return 0;
}

void circuit_del(struct circuit *c)
{
	circuit_set_active(c, false);
	llist_del(&c->list);
	rcu_update_begin();
	rcu_ht_del(c->link->by_vc, &c->node);
	rcu_update_end();
	rcu_retire(&c->retired, circuit_retired);
}

struct circuit *circuit_by_vc(struct link *l, uint32_t vc)
{
	struct rcu_ht_node *node;

	rcu_update_begin();
	node = rcu_ht_find(l->by_vc, hash_u32(vc), &vc);
	rcu_update_end();
	return node ? caa_container_of(node, struct circuit, node) : NULL;
}

void circuit_set_active(struct circuit *c, bool active)
{
	if (c->active == active)
		return;
	LOGP(DLINK, LOGL_INFO, "%s: %s\n", c->name, active ? "active" : "inactive");
	c->active = active;
	__atomic_store_n(&c->tx_ok, active, __ATOMIC_RELAXED);
	c->link->ops->circuit_state(c, active);
}

/* ---- the owning worker's part ---- */

void link_rx(struct link *l, struct pkt_batch *out, struct link_io *io)
{
	l->drv->rx(l, out, io);
}

void link_tx(struct link *l, struct pkt_batch *b, struct link_io *io)
{
	unsigned int n = 0;

	for (unsigned int i = 0; i < b->n; i++) {
		struct pkt *p = b->pkt[i];
		const struct circuit *c = p->obj;

		if (c && (!__atomic_load_n(&c->tx_ok, __ATOMIC_RELAXED) || p->len > c->mtu)) {
			acct_add(c->id, ACCT_TX_DROP, 1);
			pkt_free(p);
			continue;
		}
		b->pkt[n++] = p;
	}
	b->n = n;
	if (n)
		l->drv->tx(l, b, io);
}

void link_flush(struct link *l, struct link_io *io)
{
	l->drv->flush(l, io);
}

int64_t link_poll(struct link *l, int64_t now, struct link_io *io)
{
	return l->drv->poll(l, now, io);
}
