/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * Configuration of circuits, and the look over everything that `vcgwd --check` and the start take.
 * See config.c.
 */

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

#include "core/clock.h"
#include "gateway/manual.h"
#include "gateway/pki.h"
#include "gateway/secrets.h"

void gw_circuit_cfg_init(struct gw_circuit_cfg *cfg, enum medium medium)
{
	struct l2tp_peer_cfg l2tp;

	l2tp_peer_cfg_init(&l2tp);
	*cfg = (struct gw_circuit_cfg){
		.encap = medium == MEDIUM_ATM  ? ENCAP_LLC_SNAP
			 : medium == MEDIUM_FR ? ENCAP_NLPID_SNAP
					       : ENCAP_IP,
		/* What nobody configured is protected. */
		.security = true,
		.profile = "default",
		.next_header = IKE_NEXT_HEADER_L2TP,
		.hello_interval = l2tp.hello_interval,
		.rx_window = l2tp.rx_window,
		.retries = l2tp.retries,
	};
}

int gw_vc_parse(enum medium medium, const char *text, uint32_t *vc, struct gw_why *why)
{
	const char *dot = strchr(text, '.');
	char vpi_text[16];
	uint64_t vpi, id;

	if (medium == MEDIUM_FR) {
		if (gw_range_parse(GW_R_DLCI, text, &id, why) < 0)
			return -EINVAL;
		*vc = (uint32_t)id;
		return 0;
	}
	if (!dot || (size_t)(dot - text) >= sizeof(vpi_text))
		return gw_fail(why, -EINVAL, "pvc '%.20s': give VPI.VCI, e.g. 0.100", text);
	snprintf(vpi_text, sizeof(vpi_text), "%.*s", (int)(dot - text), text);
	if (gw_range_parse(GW_R_VPI, vpi_text, &vpi, why) < 0 ||
	    gw_range_parse(GW_R_VCI, dot + 1, &id, why) < 0)
		return -EINVAL;
	*vc = (uint32_t)(vpi << 16 | id);
	return 0;
}

struct gw_circuit *gw_circuit_find(struct gw_link *l, uint32_t vc)
{
	struct gw_circuit *c;

	llist_for_each_entry (c, &l->circuits, list)
		if (c->vc == vc)
			return c;
	return NULL;
}

struct gw_circuit *gw_circuit_by_name(const char *name)
{
	struct gw_link *l;
	struct gw_circuit *c;

	gw_for_each_circuit(l, c) if (strcmp(c->name, name) == 0) return c;
	return NULL;
}

static void circuit_apply_cb(void *circuit)
{
	gw_circuit_apply(circuit);
}

struct gw_circuit *gw_circuit_get(struct gw_link *l, uint32_t vc, struct gw_why *why)
{
	struct gw_circuit *c = gw_circuit_find(l, vc);

	if (c)
		return c;
	c = talloc_zero(gw, struct gw_circuit);
	if (!c) {
		gw_fail(why, -ENOMEM, "link %s: no memory for a circuit", l->name);
		return NULL;
	}
	c->link = l;
	c->vc = vc;
	if (l->cfg.medium == MEDIUM_ATM)
		snprintf(c->name, sizeof(c->name), "%s/%u.%u", l->name, vc >> 16, vc & 0xffff);
	else /* a peer gets its own */
		snprintf(c->name, sizeof(c->name), "%s/%u", l->name, vc);
	gw_circuit_cfg_init(&c->cfg, l->cfg.medium);
	c->since = clock_ns();
	osmo_timer_setup(&c->apply, circuit_apply_cb, c);
	llist_add_tail(&c->list, &l->circuits);
	gw_apply_schedule(&c->apply);
	return c;
}

/* ---- checks ---- */

static int check_medium(const struct gw_circuit *c, const struct gw_circuit_cfg *cfg,
			struct gw_why *why)
{
	bool atm = c->link->cfg.medium == MEDIUM_ATM;
	int rc = gw_peer_check(c, cfg, why);

	if (rc < 0 || c->link->cfg.medium == MEDIUM_IP)
		return rc;
	if (atm == (cfg->encap == ENCAP_NLPID_SNAP))
		return gw_fail(why, -EINVAL, "encapsulation: %s",
			       atm ? "on ATM give llc-snap or null"
				   : "on Frame Relay there is only nlpid-snap");
	if (cfg->max_sdu == 0)
		return 0;
	if (!atm)
		return gw_fail(why, -EINVAL,
			       "max-sdu is AAL5's: on Frame Relay the link's mtu bounds the frame");
	return gw_range_check(GW_R_MAX_SDU, cfg->max_sdu, why);
}

static int check_security(const struct gw_circuit *c, const struct gw_circuit_cfg *cfg,
			  struct gw_why *why)
{
	if (!cfg->security)
		return 0;
	if (!cfg->manual && !gw_profile_find(cfg->profile))
		return gw_fail(
			why, -ENOENT,
			"security ike %s: there is no such profile; define 'ike profile %s' before",
			cfg->profile, cfg->profile);
	if (cfg->pki[0] && !gw_pki_find(cfg->pki))
		return gw_fail(
			why, -ENOENT,
			"authentication pki %s: there is no such pki; define 'pki %s' before",
			cfg->pki, cfg->pki);
	if (cfg->next_header != IKE_NEXT_HEADER_L2TP && cfg->next_header != 0 &&
	    cfg->next_header != IKE_NEXT_HEADER_AUTO)
		return gw_fail(why, -EINVAL,
			       "next-header %u: give 115 (L2TP), 0 for a peer of draft -00, or "
			       "auto",
			       cfg->next_header);
	return cfg->manual ? gw_manual_check(c, cfg, why) : 0;
}

static int check_users(const struct gw_circuit *self, const struct gw_circuit_cfg *cfg,
		       struct gw_why *why)
{
	struct gw_link *l;
	struct gw_circuit *c;

	if (cfg->lns[0] && !gw_lns_find(cfg->lns))
		return gw_fail(why, -ENOENT,
			       "l2tp lns %s: there is no such lns; define 'lns %s' before",
			       cfg->lns, cfg->lns);
	if (!cfg->client[0])
		return 0;
	if (!gw_client_find(cfg->client))
		return gw_fail(why, -ENOENT,
			       "l2tp client %s: there is no such client; define 'client %s' before",
			       cfg->client, cfg->client);
	gw_for_each_circuit(l, c) if (
		c != self &&
		strcmp(c->cfg.client, cfg->client) ==
			0) return gw_fail(why, -EBUSY,
					  "l2tp client %s: circuit %s dials for it already; a client has one "
					  "circuit",
					  cfg->client, c->name);
	return 0;
}

static int check_l2tp(const struct gw_circuit_cfg *cfg, struct gw_why *why)
{
	int rc = 0;

	if (cfg->hide_avps && !cfg->tunnel_auth)
		return gw_fail(
			why, -EINVAL,
			"l2tp hide-avps: needs the tunnel secret; say 'l2tp tunnel-authentication' "
			"first (RFC 2661 4.3)");
	if (cfg->host_name[0])
		rc = gw_name_check("l2tp host-name", cfg->host_name, sizeof(cfg->host_name), why);
	if (rc == 0 && cfg->peer_host_name[0])
		rc = gw_name_check("l2tp peer-host-name", cfg->peer_host_name,
				   sizeof(cfg->peer_host_name), why);
	if (rc == 0)
		rc = gw_range_check(GW_R_HELLO, cfg->hello_interval, why);
	if (rc == 0)
		rc = gw_range_check(GW_R_WINDOW, cfg->rx_window, why);
	if (rc == 0)
		rc = gw_range_check(GW_R_RETRIES, cfg->retries, why);
	if (rc == 0)
		rc = gw_range_check(GW_R_DATA_OFFSET, cfg->data_offset, why);
	return rc;
}

int gw_circuit_set(struct gw_circuit *c, const struct gw_circuit_cfg *cfg, struct gw_why *why)
{
	struct gw_client *cl;
	int rc = check_medium(c, cfg, why);

	if (rc == 0)
		rc = check_security(c, cfg, why);
	if (rc == 0)
		rc = check_users(c, cfg, why);
	if (rc == 0)
		rc = check_l2tp(cfg, why);
	if (rc < 0)
		return rc;
	if (strcmp(c->cfg.client, cfg->client) != 0) {
		cl = gw_client_find(c->cfg.client);
		if (cl)
			cl->circuit = NULL;
		cl = gw_client_find(cfg->client);
		if (cl)
			cl->circuit = c;
	}
	c->cfg = *cfg;
	gw_apply_schedule(&c->apply);
	return 0;
}

int gw_circuit_shutdown(struct gw_circuit *c, bool shutdown, struct gw_why *why)
{
	(void)why;
	if (c->shutdown == shutdown)
		return 0;
	c->shutdown = shutdown;
	gw_apply_schedule(&c->apply);
	return 0;
}

int gw_circuit_del(struct gw_circuit *c, struct gw_why *why)
{
	struct gw_client *cl = gw_client_find(c->cfg.client);

	(void)why;
	if (gw->started)
		gw_circuit_stop(c);
	if (cl)
		cl->circuit = NULL;
	osmo_timer_del(&c->apply);
	llist_del(&c->list);
	talloc_free(c);
	return 0;
}

/* ---- the whole ---- */

struct report {
	void (*say)(void *priv, const char *line);
	void *priv;
	unsigned int n;
};

static void say(struct report *r, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

static void say(struct report *r, const char *fmt, ...)
{
	char line[GW_WHY_MAX + 64];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	r->say(r->priv, line);
	r->n++;
}

static bool has_secret(enum secret_kind kind, const char *name)
{
	const uint8_t *borrowed;

	return secrets_get(gw->secrets, kind, name, &borrowed) > 0;
}

/* Worth knowing, but it works. */
static void note(struct report *r, const struct gw_circuit *c, const char *text)
{
	say(r, "note: circuit %s: %s", c->name, text);
	r->n--;
}

static void check_pki_circuit(struct report *r, const struct gw_circuit *c)
{
	const struct gw_pki *p = gw_pki_find(c->cfg.pki);

	if (!c->cfg.remote_id.type)
		note(r, c,
		     "whoever has a certificate of its pki's CAs is let in; 'identity remote' binds "
		     "the circuit to one");
	if (p && p->loaded && c->cfg.local_id.type && !gw_pki_proves(p, &c->cfg.local_id))
		say(r,
		    "circuit %s: no certificate of pki %s proves our 'identity local': peers would "
		    "refuse us; take the line away, or get a certificate with that name",
		    c->name, p->name);
}

static void check_circuit(struct report *r, const struct gw_circuit *c)
{
	const struct gw_circuit_cfg *cfg = &c->cfg;
	const uint8_t *keys[2];
	char problem[GW_WHY_MAX] = "";
	struct gw_why why;

	if (c->shutdown || c->link->shutdown || c->model)
		return;
	gw_peer_problem(c, problem, sizeof(problem));
	if (problem[0])
		say(r, "peer %s: %s", c->name, problem);
	if (!cfg->lns[0] && !cfg->client[0])
		say(r, "circuit %s: carries nothing; add 'l2tp lns NAME' or 'l2tp client NAME'",
		    c->name);
	if (cfg->security && cfg->pki[0])
		check_pki_circuit(r, c);
	if (!gw->secrets)
		return;
	if (cfg->manual && gw_manual_keys(c, keys, &why) < 0)
		say(r, "circuit %s: %s", c->name, why.text);
	if (cfg->security && !cfg->manual && !cfg->pki[0] && !has_secret(SECRET_PSK, c->name))
		say(r, "circuit %s: no pre-shared key; add a line 'psk %s \"...\"' to %s", c->name,
		    c->name, gw->cfg.secrets_file);
	if (cfg->tunnel_auth && !has_secret(SECRET_TUNNEL, c->name))
		say(r, "circuit %s: no tunnel secret; add a line 'tunnel %s \"...\"' to %s",
		    c->name, c->name, gw->cfg.secrets_file);
}

static void late(void *priv, const struct ike_pki_item *item)
{
	struct report *r = priv;

	if (item->kind == IKE_PKI_OWN && item->to < time(NULL))
		say(r, "our certificate %s is out of date: peers will refuse it; renew it",
		    item->subject);
}

static void check_pki(struct report *r, struct gw_pki *p)
{
	struct gw_why why;
	const char *problem;

	if (gw->checking)
		gw_pki_load(p, &why);
	problem = gw_pki_problem(p);
	/* Reading said so itself, when the daemon starts. */
	if (problem && (gw->checking || p->loaded))
		say(r, "pki %s: %s", p->name, problem);
	if (p->loaded)
		ike_pki_each(p->loaded, late, r);
}

static void check_lns(struct report *r, const struct gw_lns *lns)
{
	if (!lns->cfg.tun[0])
		say(r, "lns %s: no interface; add 'tun NAME'", lns->name);
	if (!lns->cfg.local_len)
		say(r, "lns %s: no address; add 'local-address A.B.C.D/LEN'", lns->name);
	if (!lns->cfg.pool_first.s_addr)
		say(r, "lns %s: no addresses for callers; add 'pool FIRST LAST'", lns->name);
}

static void check_client(struct report *r, const struct gw_client *cl)
{
	if (!cl->cfg.tun[0])
		say(r, "client %s: no interface; add 'tun NAME'", cl->name);
	if (!cl->circuit)
		say(r, "client %s: no circuit dials for it; add 'l2tp client %s' to one", cl->name,
		    cl->name);
	if (gw->secrets && cl->cfg.user[0] && !has_secret(SECRET_USER, cl->cfg.user))
		say(r, "client %s: no secret for its user; add a line 'user %s \"...\"' to %s",
		    cl->name, cl->cfg.user, gw->cfg.secrets_file);
}

unsigned int gw_check(void (*say_fn)(void *priv, const char *line), void *priv)
{
	struct report r = { say_fn, priv, 0 };
	struct gw_pki *p;
	struct gw_lns *lns;
	struct gw_client *cl;
	struct gw_link *l;
	struct gw_circuit *c;

	llist_for_each_entry (p, &gw->pkis, list)
		check_pki(&r, p);
	llist_for_each_entry (lns, &gw->lnses, list)
		check_lns(&r, lns);
	llist_for_each_entry (cl, &gw->clients, list)
		check_client(&r, cl);
	llist_for_each_entry (l, &gw->links, list) {
		if (!l->shutdown && !link_cfg_complete(&l->cfg))
			say(&r,
			    l->cfg.medium == MEDIUM_IP
				    ? "link %s: no address of ours; add 'address ADDRESS'"
				    : "link %s: no driver; add 'driver loop socket PATH "
				      "(listen|connect)'",
			    l->name);
		llist_for_each_entry (c, &l->circuits, list)
			check_circuit(&r, c);
	}
	return r.n;
}
