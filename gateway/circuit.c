/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * A circuit put together: the VC, the path that IKE sees, the carrier that L2TP sees.
 *
 *	circuit active -> IKE -> path protected -> L2TP tunnel -> call -> PPP (session.c)
 *
 * and each layer's end is told to the one above it.
 */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/utils.h>

#include "core/clock.h"
#include "core/log.h"
#include "gateway/cfg.h"
#include "gateway/demux.h"
#include "gateway/forward.h"
#include "gateway/manual.h"
#include "gateway/pki.h"
#include "gateway/runtime.h"
#include "gateway/secrets.h"
#include "gateway/worker.h"

static struct gw_circuit *by_id[ACCTS_MAX];

const char *gw_circuit_secret_name(const struct gw_circuit *c)
{
	return c->model ? c->model->name : c->name;
}

struct gw_circuit *gw_circuit_by_id(uint32_t id)
{
	return id < ACCTS_MAX ? by_id[id] : NULL;
}

void gw_circuit_set_protected(struct gw_circuit *c, bool yes)
{
	if (c->protected_now == yes)
		return;
	c->protected_now = yes;
	c->since = clock_ns();
	l2tp_peer_carrier_state(c->l2tp, yes);
	if (yes)
		gw_circuit_redial(c, 0);
}

/* ---- what ipsec wants of a path ---- */

static int send_ike(struct ipsec_path *path, const struct ipsec_at *at, const uint8_t *msg,
		    size_t len)
{
	struct gw_circuit *c = path->priv;
	struct pkt *p;

	if (!c->c->active)
		return -ENETDOWN;
	if (path->ip)
		return gw_uplink_send_ike(c, at, msg, len);
	if (len + UDP_HDR_LEN > path->mtu)
		return -EMSGSIZE;
	p = worker_ctl_pkt((uint32_t)len + UDP_HDR_LEN);
	if (!p)
		return -ENOBUFS;
	demux_udp_header(pkt_put(p, UDP_HDR_LEN), (uint16_t)len);
	memcpy(pkt_put(p, (uint32_t)len), msg, len);
	p->circuit = c->c->id;
	p->stage = FWD_CIRCUIT;
	p->control = true;
	return worker_send(c->link->worker, &p, 1) ? 0 : -ENOBUFS;
}

static void send_keepalive(struct ipsec_path *path, const struct ipsec_at *at)
{
	struct gw_circuit *c = path->priv;

	if (c->c->active)
		gw_uplink_keepalive(c, at);
}

static const struct ipsec_path_ops path_ops = {
	.send_ike = send_ike,
	.send_keepalive = send_keepalive,
};

/* ---- what l2tp wants of a carrier ---- */

static int send_l2tp(struct l2tp_carrier *carrier, const uint8_t *msg, size_t len)
{
	struct gw_circuit *c = carrier->priv;
	struct pkt *p;

	if (!c->c->active || !c->protected_now)
		return -ENETDOWN;
	if (len > carrier->mtu)
		return -EMSGSIZE;
	p = worker_ctl_pkt((uint32_t)len);
	if (!p)
		return -ENOBUFS;
	memcpy(pkt_put(p, (uint32_t)len), msg, len);
	p->circuit = c->c->id;
	p->stage = FWD_ESP;
	p->control = true;
	return worker_send(c->link->worker, &p, 1) ? 0 : -ENOBUFS;
}

static void protection(struct l2tp_carrier *carrier, struct l2tp_protection *out)
{
	gw_circuit_protection(carrier->priv, out);
}

static const struct l2tp_carrier_ops carrier_ops = {
	.send = send_l2tp,
	.protection = protection,
};

static const struct esp_suite *suite_in_use(const struct gw_circuit *c)
{
	uint32_t spi = gw_sadb_sending(c);
	struct gw_sa_show sa;

	return spi && gw_sa_counters(c, SA_OUT, spi, &sa) == 0 ? sa.suite : NULL;
}

void gw_circuit_mtu_changed(struct gw_circuit *c)
{
	const struct esp_suite *suite = suite_in_use(c);

	if (c->path.ip) {
		gw_uplink_mtu(c);
		c->carrier.mtu = gw_uplink_l2tp_mtu(c, suite);
	} else {
		c->carrier.mtu = suite ? esp_suite_payload_max(suite, c->path.mtu) : c->path.mtu;
	}
	gw_session_mtu(c);
}

static void ike_event(void *priv, struct ike_peer *peer, enum ike_peer_event ev)
{
	struct gw_circuit *c = priv;

	(void)peer;
	switch (ev) {
	case IKE_PEER_UP:
		gw_circuit_set_protected(c, true);
		break;
	case IKE_PEER_DOWN:
		gw_circuit_set_protected(c, false);
		break;
	case IKE_PEER_INIT_CONTACT:
		LOGP(DGW, LOGL_NOTICE, "%s: the far end has started anew: its tunnels are gone\n",
		     c->name);
		l2tp_peer_reset(c->l2tp);
		gw_uplink_begun_anew(c);
		break;
	case IKE_PEER_EMPTY:
		if (c->model)
			gw_uplink_gone(c);
		break;
	}
}

/* ---- configuration to parameters ---- */

static void ike_cfg(const struct gw_circuit *c, struct ike_peer_cfg *out)
{
	const struct gw_profile *profile = gw_profile_find(c->cfg.profile);
	const struct gw_pki *pki = c->cfg.pki[0] ? gw_pki_find(c->cfg.pki) : NULL;
	int len;

	*out = (struct ike_peer_cfg){
		.profile = profile ? &profile->ike : NULL,
		.local = c->cfg.local_id,
		.remote = c->cfg.remote_id,
		.next_header = c->cfg.next_header,
		.pki = pki ? pki->loaded : NULL,
		.initiate = true,
	};
	if (c->path.ip) {
		gw_uplink_ike_cfg(c, out);
	} else if (!out->local.type && !pki) {
		out->local.type = IKE_ID_FQDN;
		out->local.len = (uint8_t)strlen(gw->cfg.hostname);
		memcpy(out->local.data, gw->cfg.hostname, out->local.len);
	}
	len = secrets_get(gw->secrets, SECRET_PSK, gw_circuit_secret_name(c), &out->psk);
	out->psk_len = len > 0 ? (size_t)len : 0;
}

static void l2tp_cfg(const struct gw_circuit *c, struct l2tp_peer_cfg *out)
{
	const struct gw_circuit_cfg *cfg = &c->cfg;
	int len;

	l2tp_peer_cfg_init(out);
	osmo_strlcpy(out->host_name, cfg->host_name[0] ? cfg->host_name : gw->cfg.hostname,
		     sizeof(out->host_name));
	osmo_strlcpy(out->peer_host_name, cfg->peer_host_name, sizeof(out->peer_host_name));
	out->accept = cfg->lns[0] != '\0';
	OSMO_STRLCPY_ARRAY(out->try_another, cfg->try_another);
	out->hide_avps = cfg->hide_avps;
	out->rx_window = cfg->rx_window;
	out->hello_interval = cfg->hello_interval;
	out->retries = cfg->retries;
	out->data_sequencing = cfg->data_sequencing;
	out->data_length = cfg->data_length;
	out->data_offset = cfg->data_offset;
	if (cfg->tunnel_auth) {
		len = secrets_get(gw->secrets, SECRET_TUNNEL, gw_circuit_secret_name(c),
				  &out->secret);
		out->secret_len = len > 0 ? (size_t)len : 0;
	}
}

/* What keeps a circuit from being started, for the operator. */
static bool has_problem(struct gw_circuit *c)
{
	bool ike = c->cfg.security && !c->cfg.manual;
	const char *name = gw_circuit_secret_name(c);
	const struct gw_pki *pki = c->cfg.pki[0] ? gw_pki_find(c->cfg.pki) : NULL;
	const char *lacks = pki ? gw_pki_problem(pki) : NULL;
	const uint8_t *secret, *keys[2];
	struct gw_why why;

	c->problem[0] = '\0';
	if (c->cfg.manual && gw_manual_keys(c, keys, &why) < 0)
		OSMO_STRLCPY_ARRAY(c->problem, why.text);
	else if (ike && !gw_profile_find(c->cfg.profile))
		snprintf(c->problem, sizeof(c->problem), "no ike profile %s", c->cfg.profile);
	else if (ike && lacks)
		snprintf(c->problem, sizeof(c->problem), "pki %s: %.200s", pki->name, lacks);
	else if (ike && !pki && secrets_get(gw->secrets, SECRET_PSK, name, &secret) <= 0)
		snprintf(c->problem, sizeof(c->problem), "no `psk %s` in the secrets file", name);
	else if (c->cfg.tunnel_auth && secrets_get(gw->secrets, SECRET_TUNNEL, name, &secret) <= 0)
		snprintf(c->problem, sizeof(c->problem), "no `tunnel %s` in the secrets file",
			 name);
	else
		gw_peer_problem(c, c->problem, sizeof(c->problem));
	if (c->problem[0])
		LOGP(DGW, LOGL_ERROR, "%s: %s: %s\n", c->name,
		     c->c ? "what runs stays, nothing new is negotiated" : "cannot be started",
		     c->problem);
	return c->problem[0];
}

/* ---- life ---- */

static void redial_due(void *data)
{
	struct gw_circuit *c = data;

	if (c->protected_now && c->cfg.client[0] && !c->client_session && !gw->stopping)
		gw_session_dial(c);
}

void gw_circuit_redial(struct gw_circuit *c, unsigned int ms)
{
	if (!c->l2tp || !c->cfg.client[0])
		return;
	osmo_timer_setup(&c->redial, redial_due, c);
	osmo_timer_schedule(&c->redial, ms / 1000, ms % 1000 * 1000);
}

static int start_manual(struct gw_circuit *c)
{
	struct gw_why why;
	int rc = gw_manual_start(c, &why);

	if (rc < 0)
		OSMO_STRLCPY_ARRAY(c->problem, why.text);
	return rc;
}

static int start_layers(struct gw_circuit *c)
{
	struct fwd_circuit like = { .c = c->c,
				    .worker = worker_index(c->link->worker),
				    .security = c->cfg.security };
	struct ike_peer_cfg icfg;
	struct l2tp_peer_cfg lcfg;
	int rc;

	c->path = (struct ipsec_path){
		.ops = &path_ops, .name = c->name, .id = c->c->id, .mtu = c->c->mtu, .priv = c
	};
	c->carrier = (struct l2tp_carrier){
		.ops = &carrier_ops, .name = c->name, .id = c->c->id, .mtu = c->c->mtu, .priv = c
	};
	if (c->label[0])
		gw_uplink_path(c, &like);
	c->fwd = fwd_circuit_add(&like);
	if (!c->fwd)
		return -ENOMEM;
	l2tp_cfg(c, &lcfg);
	rc = c->l2tp ? l2tp_peer_reconfigure(c->l2tp, &lcfg)
		     : l2tp_peer_new(&c->l2tp, gw->l2tp, &lcfg, &c->carrier, c);
	if (rc < 0 || !c->cfg.security)
		return rc;
	if (c->cfg.manual)
		return start_manual(c);
	ike_cfg(c, &icfg);
	return ike_peer_new(&c->ike, gw->ike, &icfg, &c->path, ike_event, c);
}

static void start(struct gw_circuit *c)
{
	struct gw_client *client = gw_client_find(c->cfg.client);
	int rc;

	if (has_problem(c)) {
		gw_circuit_stop(c);
		return;
	}
	rc = circuit_add(c->link->l, c->vc, c->cfg.encap, c->cfg.max_sdu, c, &c->c);
	if (rc == 0) {
		by_id[c->c->id] = c;
		OSMO_STRLCPY_ARRAY(c->c->name, c->name);
		INIT_LLIST_HEAD(&c->sas);
		c->running = c->cfg;
		if (client)
			client->circuit = c;
		rc = start_layers(c);
	}
	if (rc < 0) {
		if (!c->problem[0])
			snprintf(c->problem, sizeof(c->problem), "cannot be started: %s",
				 strerror(-rc));
		LOGP(DGW, LOGL_ERROR, "%s: %s\n", c->name, c->problem);
		gw_circuit_stop(c);
		return;
	}
	if (c->c->active)
		gw_circuit_state(c, true);
}

static void close_tunnel(void *priv, struct l2tp_tunnel *t, const struct l2tp_tunnel_info *info)
{
	/* RFC 2661 4.4.2: 1, "general request to clear control connection". */
	struct l2tp_result result = { .result = 1, .text = "configuration changed" };

	(void)info;
	if (l2tp_tunnel_peer(t) == priv)
		l2tp_tunnel_close(t, &result);
}

/* Stop all layers but L2TP, whose tunnels have been told. */
static void stop_below(struct gw_circuit *c)
{
	struct gw_client *client = gw_client_find(c->running.client);

	worker_flush(c->link->worker);
	osmo_timer_del(&c->redial);
	osmo_timer_del(&c->idle);
	osmo_timer_del(&c->mtu_age);
	if (c->running.security) {
		ike_peer_free(c->ike);
		gw_sadb_flush(c);
		worker_flush(c->link->worker);
	}
	c->ike = NULL;
	c->protected_now = false;
	if (client && client->circuit == c)
		client->circuit = NULL;
	gw_uplink_leave(c);
	by_id[c->c->id] = NULL;
	fwd_circuit_del(c->fwd);
	c->fwd = NULL;
	circuit_del(c->c);
	c->c = NULL;
	c->since = clock_ns();
}

void gw_circuit_stop(struct gw_circuit *c)
{
	gw_uplink_forget(c);
	/* Each layer says goodbye through the ones below it, which stay until that is sent. */
	if (c->l2tp)
		l2tp_peer_free(c->l2tp);
	c->l2tp = NULL;
	if (c->c)
		stop_below(c);
}

/* A circuit that will be started again keeps its L2TP peer: tunnels that end now linger, and answer
 * what the far end repeats when the circuit is there again (RFC 2661 5.7). */
static void stop_for_restart(struct gw_circuit *c)
{
	if (!c->c || !c->l2tp || gw_circuit_is_template(c)) {
		gw_circuit_stop(c);
		return;
	}
	l2tp_each_tunnel(gw->l2tp, close_tunnel, c->l2tp);
	stop_below(c);
	l2tp_peer_carrier_state(c->l2tp, false);
}

/* Secrets were read again: what runs stays where the manual keys are the same. */
static void renew_manual(struct gw_circuit *c)
{
	struct gw_why why;

	if (gw_manual_renew(c, &why) == 0) {
		gw_circuit_set_protected(c, c->c->active);
		return;
	}
	OSMO_STRLCPY_ARRAY(c->problem, why.text);
	LOGP(DGW, LOGL_ERROR, "%s: %s\n", c->name, c->problem);
	gw_circuit_set_protected(c, false);
}

/* Only what is negotiated anew next time has changed: profile or secrets. A pre-shared key that has
 * been taken away is taken from IKE too, which refuses without; L2TP would do without its secret. */
static void reconfigure(struct gw_circuit *c)
{
	bool complete = !has_problem(c);
	struct ike_peer_cfg icfg;
	struct l2tp_peer_cfg lcfg;

	if (c->ike) {
		ike_cfg(c, &icfg);
		ike_peer_reconfigure(c->ike, &icfg);
	}
	if (!complete)
		return;
	l2tp_cfg(c, &lcfg);
	l2tp_peer_reconfigure(c->l2tp, &lcfg);
	if (c->running.manual)
		renew_manual(c);
}

void gw_circuit_apply(struct gw_circuit *c)
{
	bool run = gw->started && !gw->stopping && !c->shutdown && c->link->l;

	if (c->c && run && !c->anew && memcmp(&c->running, &c->cfg, sizeof(c->cfg)) == 0) {
		reconfigure(c);
		return;
	}
	c->anew = false;
	if (run) {
		stop_for_restart(c);
		start(c);
	} else {
		gw_circuit_stop(c);
	}
}

void gw_circuit_state(struct gw_circuit *c, bool active)
{
	c->since = clock_ns();
	LOGP(DGW, LOGL_NOTICE, "%s: circuit %s\n", c->name, active ? "active" : "inactive");
	if (!c->l2tp)
		return;
	if (c->ike) {
		ike_peer_path_state(c->ike, active);
		/* SAs outlive an outage of the circuit; L2TP's timers wait. */
		l2tp_peer_carrier_state(c->l2tp, active && c->protected_now);
		if (active && c->protected_now)
			gw_circuit_redial(c, 0);
	} else {
		gw_circuit_set_protected(c, active && (!c->running.manual || gw_sadb_sending(c)));
	}
}

void gw_circuit_clear(struct gw_circuit *c, const char *why)
{
	if (c->l2tp)
		l2tp_peer_reset(c->l2tp);
	if (c->ike)
		ike_peer_clear(c->ike, why);
}

/* ---- for show ---- */

const char *gw_circuit_problem(const struct gw_circuit *c, char *buf, size_t size)
{
	if (c->problem[0] || !c->link->problem[0])
		return c->problem;
	snprintf(buf, size, "link %s: %s", c->link->name, c->link->problem);
	return buf;
}

const char *gw_circuit_state_name(const struct gw_circuit *c)
{
	struct gw_session *s;

	if (c->shutdown || c->link->shutdown)
		return "shutdown";
	if (!c->c)
		return "stopped";
	if (!c->link->l->carrier)
		return "no carrier";
	if (!c->c->active)
		return "inactive";
	if (!c->protected_now && c->running.manual)
		return "no sa";
	if (!c->protected_now)
		return "ike";
	llist_for_each_entry (s, &gw->sessions, list) {
		if (s->circuit == c && s->open)
			return "up";
	}
	return "protected";
}

void gw_circuit_mtu(const struct gw_circuit *c, struct gw_mtu_show *out)
{
	const struct esp_suite *suite = suite_in_use(c);

	*out = (struct gw_mtu_show){ 0 };
	if (!c->c)
		return;
	out->path_mtu = c->path.mtu;
	out->esp_overhead = suite ? esp_suite_overhead_max(suite) : 0;
	out->l2tp_mtu = c->carrier.mtu;
	out->l2tp_overhead =
		l2tp_data_overhead(c->cfg.data_length, c->cfg.data_sequencing, c->cfg.data_offset);
	if (out->l2tp_mtu > out->l2tp_overhead)
		out->ppp_mtu = out->l2tp_mtu - out->l2tp_overhead;
}
