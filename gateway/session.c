/* SPDX-License-Identifier: GPL-2.0-or-later */

/* Sessions: an L2TP call, the PPP in it, its entry in the data plane and its routes from the TUN. */

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

#include "core/clock.h"
#include "core/log.h"
#include "gateway/forward.h"
#include "gateway/runtime.h"
#include "gateway/secrets.h"
#include "gateway/tun.h"
#include "gateway/worker.h"

static struct gw_session *session_new(struct gw_circuit *c)
{
	struct gw_session *s = talloc_zero(NULL, struct gw_session);

	if (!s)
		return NULL;
	s->circuit = c;
	s->since = clock_ns();
	llist_add_tail(&s->list, &gw->sessions);
	return s;
}

static struct gw_tun *session_tun(const struct gw_session *s)
{
	return s->lns ? s->lns->tun : s->client->tun;
}

/* ---- routes and addresses ---- */

static const uint8_t any_addr[16];

static void link_local(uint8_t out[16], const uint8_t id[8])
{
	memset(out, 0, 16);
	out[0] = 0xfe;
	out[1] = 0x80;
	memcpy(out + 8, id, 8);
}

static void remove_routes(struct gw_session *s, uint32_t open)
{
	struct gw_tun *t = session_tun(s);
	uint8_t ll[16];

	if (!t)
		return;
	link_local(ll, s->net.peer_ip6_id);
	if (open & PPP_OPEN_IP) {
		if (s->lns) {
			tun_route_del(t, AF_INET, &s->net.peer_ip, 32);
			if (s->host_mtu)
				tun_set_host_mtu(t, s->net.peer_ip, 0);
			s->host_mtu = false;
		} else
			tun_route_del(t, AF_INET, any_addr, 0);
	}
	if (open & PPP_OPEN_IPV6) {
		if (s->lns)
			tun_route_del(t, AF_INET6, ll, 128);
		else
			tun_route_del(t, AF_INET6, any_addr, 0);
	}
}

/* One device serves all callers of a group; what carries less than it has a route that says so. */
static void set_host_mtu(struct gw_session *s)
{
	struct gw_tun *t = session_tun(s);
	bool less = s->net.peer_mru < tun_mtu(t);
	int rc;

	if (!s->lns || !(s->open & PPP_OPEN_IP) || (!less && !s->host_mtu))
		return;
	rc = tun_set_host_mtu(t, s->net.peer_ip, less ? s->net.peer_mru : 0);
	s->host_mtu = less && rc == 0;
	if (rc < 0)
		LOGP(DGW, LOGL_ERROR, "%s: no route with MTU %u to the session: %s\n",
		     s->circuit->name, s->net.peer_mru, strerror(-rc));
}

static void add_routes(struct gw_session *s, uint32_t open)
{
	struct gw_tun *t = session_tun(s);
	uint32_t key = s->entry->key;
	uint8_t ll[16];
	int rc = 0;

	link_local(ll, s->net.peer_ip6_id);
	if (open & PPP_OPEN_IP)
		rc = s->lns ? tun_route_add(t, AF_INET, &s->net.peer_ip, 32, key)
			    : tun_route_add(t, AF_INET, any_addr, 0, key);
	if (rc == 0 && (open & PPP_OPEN_IPV6))
		rc = s->lns ? tun_route_add(t, AF_INET6, ll, 128, key)
			    : tun_route_add(t, AF_INET6, any_addr, 0, key);
	if (rc < 0)
		LOGP(DGW, LOGL_ERROR, "%s: no route from %s to the session: %s\n", s->circuit->name,
		     tun_name(t), strerror(-rc));
	set_host_mtu(s);
}

/* A client's device takes the addresses that PPP was given. */
static void set_client_addresses(struct gw_session *s, const struct ppp_info *info)
{
	struct gw_tun *t = s->client->tun;
	int rc = 0;

	if (info->ip_open)
		rc = tun_set_ip4(t, info->local_ip, 32, info->peer_ip);
	if (rc == 0 && info->ip6_open)
		rc = tun_set_ip6_id(t, info->local_ip6_id);
	if (rc == 0)
		rc = tun_set_mtu(t, s->net.peer_mru);
	if (rc < 0)
		LOGP(DGW, LOGL_ERROR, "client %s: cannot set the addresses of %s: %s\n",
		     s->client->name, tun_name(t), strerror(-rc));
}

/* The largest PPP information field that the carrier takes. */
static uint16_t carrier_limit(const struct gw_session *s, const struct l2tp_session_info *info)
{
	uint32_t overhead = l2tp_data_overhead(info->send_length, true, info->offset);
	uint32_t mtu = s->circuit->carrier.mtu;

	return mtu > overhead ? (uint16_t)OSMO_MIN(mtu - overhead, UINT16_MAX) : 0;
}

/* What LCP agreed on stays; what does not fit is not sent (RFC 3193 3.2). */
static void limit_mru(struct gw_session *s)
{
	struct l2tp_session_info info;

	l2tp_session_info(s->call, &info);
	s->net.peer_mru = OSMO_MIN(s->agreed_mru, carrier_limit(s, &info));
}

static void ppp_net_changed(void *priv, const struct ppp_net *net, uint32_t open)
{
	struct gw_session *s = priv;
	uint32_t was = s->open;
	struct ppp_info info;

	remove_routes(s, was);
	s->net = *net;
	s->agreed_mru = net->peer_mru;
	s->open = open;
	if (open)
		limit_mru(s);
	l2tp_entry_open(s->entry, &s->net, open);
	add_routes(s, open);
	ppp_info(s->ppp, &info);
	if (s->client && open)
		set_client_addresses(s, &info);
	if (!was && open) {
		char local[INET_ADDRSTRLEN], peer[INET_ADDRSTRLEN];

		inet_ntop(AF_INET, &info.local_ip, local, sizeof(local));
		inet_ntop(AF_INET, &info.peer_ip, peer, sizeof(peer));
		LOGP(DGW, LOGL_NOTICE, "%s: session %08x is up: %s, local %s, peer %s\n",
		     s->circuit->name, s->entry->key, tun_name(session_tun(s)), local, peer);
	}
}

static void session_free(struct gw_session *s)
{
	remove_routes(s, s->open);
	ppp_free(s->ppp);
	if (s->entry)
		l2tp_data_del(gw->data, s->entry);
	if (s->lns && s->lns->pool)
		gw_pool_release(s->lns->pool, s->pool_ip);
	llist_del(&s->list);
	talloc_free(s);
}

/* ---- what PPP asks ---- */

static void ppp_send(void *priv, const uint8_t *frame, size_t len)
{
	struct gw_session *s = priv;
	struct pkt *p = worker_ctl_pkt((uint32_t)len);

	if (!p)
		return; /* PPP sends it again */
	memcpy(pkt_put(p, (uint32_t)len), frame, len);
	p->session = s->entry->key;
	p->stage = FWD_PPP;
	p->control = true;
	worker_send(s->circuit->link->worker, &p, 1);
}

static int ppp_secret(void *priv, const char *user, uint8_t *buf, size_t size)
{
	const uint8_t *secret;
	int len = secrets_get(gw->secrets, SECRET_USER, user, &secret);

	(void)priv;
	if (len < 0 || (size_t)len > size)
		return -ENOENT;
	memcpy(buf, secret, (size_t)len);
	return len;
}

static int ppp_peer_address(void *priv, const char *user, struct in_addr want, struct in_addr *out)
{
	struct gw_session *s = priv;
	int rc;

	(void)user;
	if (s->pool_ip.s_addr) { /* it asks again in the same session */
		*out = s->pool_ip;
		return 0;
	}
	if (!s->lns || !s->lns->pool)
		return -EADDRNOTAVAIL;
	rc = gw_pool_take(s->lns->pool, want, &s->pool_ip);
	if (rc < 0)
		LOGP(DPPP, LOGL_ERROR, "lns %s: the pool is used up\n", s->lns->name);
	*out = s->pool_ip;
	return rc;
}

void gw_session_drop(struct gw_session *s, const char *why)
{
	/* RFC 2661 4.4.2: 3, "call disconnected for administrative reasons". */
	struct l2tp_result result = { .result = 3 };

	osmo_strlcpy(result.text, why, sizeof(result.text));
	if (s->call)
		l2tp_session_close(s->call, &result);
}

static void ppp_down(void *priv, const char *why)
{
	struct gw_session *s = priv;

	snprintf(s->circuit->last_failure, sizeof(s->circuit->last_failure), "PPP: %s", why);
	s->ppp_ended = true;
	gw_session_drop(s, why);
}

static const struct ppp_ops ppp_ops = {
	.send = ppp_send,
	.secret = ppp_secret,
	.peer_address = ppp_peer_address,
	.net = ppp_net_changed,
	.down = ppp_down,
};

static void cfg_for_lns(struct ppp_cfg *cfg, const struct gw_lns_cfg *lns, const struct gw_tun *t)
{
	cfg->mru = lns->mru;
	cfg->auth = lns->auth;
	cfg->local_ip = lns->local_ip;
	cfg->dns[0] = lns->dns[0];
	cfg->dns[1] = lns->dns[1];
	cfg->ipv6cp = lns->ipv6;
	memcpy(cfg->ip6_id, tun_ip6_id(t), sizeof(cfg->ip6_id));
	cfg->echo_interval = lns->echo_interval;
	cfg->echo_failures = lns->echo_failures;
}

static void cfg_for_client(struct ppp_cfg *cfg, const struct gw_client_cfg *client,
			   const struct gw_tun *t)
{
	int len;

	cfg->mru = client->mru;
	cfg->auth = PPP_AUTH_NONE;
	cfg->allow_pap = client->allow_pap;
	cfg->allow_chap = client->allow_chap;
	osmo_strlcpy(cfg->user, client->user, sizeof(cfg->user));
	len = secrets_get(gw->secrets, SECRET_USER, client->user, &cfg->secret);
	cfg->secret_len = len > 0 ? (size_t)len : 0;
	cfg->want_dns = client->want_dns;
	cfg->ipv6cp = client->ipv6;
	memcpy(cfg->ip6_id, tun_ip6_id(t), sizeof(cfg->ip6_id));
	cfg->echo_interval = client->echo_interval;
	cfg->echo_failures = client->echo_failures;
}

/* The circuit carries more or less. */
static void carry(struct gw_session *s)
{
	uint16_t was = s->net.peer_mru;

	limit_mru(s);
	if (s->net.peer_mru == was)
		return;
	l2tp_entry_open(s->entry, &s->net, s->open);
	if (s->client)
		tun_set_mtu(s->client->tun, s->net.peer_mru);
	set_host_mtu(s);
}

void gw_session_mtu(const struct gw_circuit *c)
{
	struct gw_session *s;

	llist_for_each_entry (s, &gw->sessions, list) {
		if (s->circuit == c && s->open)
			carry(s);
	}
}

static int start_ppp(struct gw_session *s, const struct l2tp_session_info *info)
{
	struct gw_tun *t = session_tun(s);
	struct ppp_cfg cfg;

	ppp_cfg_init(&cfg);
	cfg.name = s->circuit->name;
	osmo_strlcpy(cfg.local_name, gw->cfg.hostname, sizeof(cfg.local_name));
	cfg.mtu_limit = carrier_limit(s, info);
	cfg.ipcp = true;
	if (s->lns)
		cfg_for_lns(&cfg, &s->lns->cfg, t);
	else
		cfg_for_client(&cfg, &s->client->cfg, t);
	return ppp_new(&s->ppp, &cfg, &ppp_ops, s);
}

/* ---- what L2TP tells ---- */

static void tunnel_up(void *priv, struct l2tp_tunnel *t)
{
	(void)priv;
	(void)t;
}

static void tunnel_down(void *priv, struct l2tp_tunnel *t, const struct l2tp_result *why)
{
	struct gw_circuit *c = l2tp_peer_owner(l2tp_tunnel_peer(t));

	(void)priv;
	snprintf(c->last_failure, sizeof(c->last_failure), "tunnel: result %u error %u %s",
		 why->result, why->error, why->text);
	if (c->path.ip)
		gw_uplink_tunnel_down(c);
}

static void try_another(void *priv, struct l2tp_peer *peer, const char *where)
{
	struct gw_circuit *c = l2tp_peer_owner(peer);

	(void)priv;
	if (c->path.ip)
		gw_uplink_try_another(c, where);
}

/* Let the data plane know the call: from now on its frames come to us. */
static int publish(struct gw_session *s, struct l2tp_session *call)
{
	struct l2tp_session_info info;
	struct l2tp_entry *e;
	int rc;

	s->call = call;
	l2tp_session_info(call, &info);
	if (!session_tun(s))
		return -ENODEV;
	e = l2tp_entry_new(&info, tun_id(session_tun(s)), s);
	if (!e)
		return -ENOMEM;
	rc = l2tp_data_add(gw->data, e);
	if (rc < 0)
		free(e);
	else
		s->entry = e;
	return rc;
}

/* Incoming: before the ICRP, for the caller's first PPP frame may stand right behind its ICCN. */
static bool call_in(void *priv, struct l2tp_session *call)
{
	struct gw_circuit *c = l2tp_peer_owner(l2tp_tunnel_peer(l2tp_session_tunnel(call)));
	struct gw_lns *lns = gw_lns_find(c->running.lns);
	struct gw_session *s;
	int rc;

	(void)priv;
	if (!lns || !lns->tun || !lns->pool || gw->stopping)
		return false;
	s = session_new(c);
	if (!s)
		return false;
	s->lns = lns;
	rc = publish(s, call);
	if (rc == 0) {
		l2tp_session_set_owner(call, s);
		return true;
	}
	LOGP(DGW, LOGL_ERROR, "%s: session cannot be set up: %s\n", c->name, strerror(-rc));
	session_free(s);
	return false;
}

/* Outgoing: before the ICCN, for the LNS's first PPP frame may come back before we are done here. */
static bool call_answered(void *priv, struct l2tp_session *call)
{
	struct gw_session *s = l2tp_session_owner(call);
	int rc = publish(s, call);

	(void)priv;
	if (rc < 0)
		LOGP(DGW, LOGL_ERROR, "%s: session cannot be set up: %s\n", s->circuit->name,
		     strerror(-rc));
	return rc == 0;
}

static void session_up(void *priv, struct l2tp_session *call)
{
	struct gw_session *s = l2tp_session_owner(call);
	/* RFC 2661 4.4.2: 4, "call failed due to lack of appropriate facilities". */
	struct l2tp_result no_room = { .result = 4, .text = "no resources" };
	struct l2tp_session_info info;
	int rc;

	(void)priv;
	s->circuit->calls++;
	l2tp_session_info(call, &info);
	if (s->lns)
		l2tp_entry_sequence(s->entry, info.send_seq); /* the ICCN may have asked for it */
	rc = start_ppp(s, &info);
	if (rc < 0) {
		LOGP(DGW, LOGL_ERROR, "%s: session cannot be set up: %s\n", s->circuit->name,
		     strerror(-rc));
		l2tp_session_close(call, &no_room);
	}
}

static void session_down(void *priv, struct l2tp_session *call, const struct l2tp_result *why)
{
	struct gw_session *s = l2tp_session_owner(call);
	struct gw_circuit *c = s->circuit;

	(void)priv;
	LOGP(DGW, LOGL_NOTICE, "%s: session is down: result %u error %u %s\n", c->name, why->result,
	     why->error, why->text);
	if (c->client_session == s) {
		unsigned int ms = s->client->cfg.redial * 1000u;

		c->client_session = NULL;
		c->failed_calls++;
		if (!s->ppp_ended)
			snprintf(c->last_failure, sizeof(c->last_failure),
				 "call: result %u error %u %s", why->result, why->error, why->text);
		/* Jitter: clients that lost one LNS together do not come back together. */
		gw_circuit_redial(c, ms / 2 + (unsigned int)random() % (ms / 2 + 1));
	}
	session_free(s);
}

const struct l2tp_ops gw_l2tp_ops = {
	.tunnel_up = tunnel_up,
	.tunnel_down = tunnel_down,
	.call_in = call_in,
	.call_answered = call_answered,
	.session_up = session_up,
	.session_down = session_down,
	.try_another = try_another,
};

/* ---- what the circuit and the operator do ---- */

int gw_session_dial(struct gw_circuit *c)
{
	struct gw_client *client = gw_client_find(c->running.client);
	struct gw_session *s;
	int rc;

	if (!client || !client->tun)
		return -ENODEV;
	s = session_new(c);
	if (!s)
		return -ENOMEM;
	s->client = client;
	c->client_session = s;
	rc = l2tp_call(c->l2tp, s, &s->call);
	if (rc < 0) {
		snprintf(c->last_failure, sizeof(c->last_failure), "call: %s", strerror(-rc));
		c->client_session = NULL;
		session_free(s);
		gw_circuit_redial(c, client->cfg.redial * 1000u);
	}
	return rc;
}

void gw_session_hangup(struct gw_session *s, const char *why)
{
	if (s->ppp && s->open)
		ppp_close(s->ppp, why); /* Terminate-Request first; ppp_down() ends the call */
	else
		gw_session_drop(s, why);
}
