/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * Uplink peers in the control thread: circuits with IP beneath (circuit.c does all the rest).
 *
 * Who an IKE message is from is told by its cookies, for a NAT changes addresses and several peers
 * may share one. Where nobody knows the cookies, the configured peer whose prefix fits the address
 * best gets it. If that is a template, IKE asks for a circuit of its own (spawn) as soon as the far
 * end has shown that it receives what we send to its address.
 */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

#include "core/clock.h"
#include "core/log.h"
#include "gateway/cfg.h"
#include "gateway/demux.h"
#include "gateway/inner_ip.h"
#include "gateway/path_mtu.h"
#include "gateway/runtime.h"
#include "gateway/udp.h"
#include "gateway/worker.h"

enum {
	NATT_UDP_PORT = 4500,
	IPV4_HDR_LEN = 20,
	IPV6_HDR_LEN = 40,
	/* RFC 6335 6: the dynamic ports. */
	PORT_DYNAMIC_FIRST = 49152,
	PORT_DYNAMIC_N = 65536 - PORT_DYNAMIC_FIRST,
	COOKIES_LEN = 16,
	SPAWNED_MAX = 8192, /* of one template: half of all accounts */
	TRIES_ELSEWHERE_MAX = 4,
	ELSEWHERE_S = 60, /* until we have got a session there */
	IDLE_S = 10,
};

/* ---- what a circuit has not ---- */

static uint32_t ip_header(const struct gw_circuit *c)
{
	return endpoint_is_v4(&c->link->cfg.local) ? IPV4_HDR_LEN : IPV6_HDR_LEN;
}

static uint16_t l2tp_port(const struct gw_circuit *c)
{
	if (!c->cfg.dynamic_port)
		return L2TP_UDP_PORT;
	return (uint16_t)(PORT_DYNAMIC_FIRST + random() % PORT_DYNAMIC_N);
}

void gw_uplink_path(struct gw_circuit *c, struct fwd_circuit *like)
{
	c->path.ip = true;
	c->path.at.local = c->link->cfg.local;
	c->path.at.local.port = IKE_UDP_PORT;
	if (c->model) {
		c->path.at = c->came_at;
	} else if (!gw_circuit_is_template(c)) {
		c->path.at.remote = c->elsewhere.port ? c->elsewhere : c->cfg.remote.addr;
		c->path.at.remote.port = IKE_UDP_PORT;
		known_set(&c->begun, c, &c->path.at.remote, true);
	}
	gw_circuit_mtu_changed(c);
	like->local_port = l2tp_port(c);
	like->peer_port = L2TP_UDP_PORT;
	like->far = c->cfg.remote.addr;
}

uint32_t gw_uplink_l2tp_mtu(struct gw_circuit *c, const struct esp_suite *suite)
{
	const struct sa *sa = c->fwd ? c->fwd->out : NULL;
	uint32_t mtu = c->path.mtu, inner = UDP_HDR_LEN;

	if (sa && sa->ip && sa->ip->tunnel)
		inner += inner_ip_len(sa->ip);
	if (sa && sa->ip && sa->ip->udp_encap)
		mtu -= UDP_HDR_LEN;
	if (suite)
		mtu = esp_suite_payload_max(suite, mtu);
	return mtu > inner ? mtu - inner : 0;
}

int gw_uplink_send_ike(struct gw_circuit *c, const struct ipsec_at *at, const uint8_t *msg,
		       size_t len)
{
	struct pkt *p;

	if (at->remote.port == 0)
		return -ENETDOWN; /* a template: nobody is there */
	p = worker_ctl_pkt((uint32_t)len);
	if (!p)
		return -ENOBUFS;
	memcpy(pkt_put(p, (uint32_t)len), msg, len);
	p->circuit = c->c->id;
	p->stage = FWD_CIRCUIT;
	p->control = true;
	p->service = at->local.port == NATT_UDP_PORT ? IP_IKE_NATT : IP_IKE;
	p->far = at->remote;
	return worker_send(c->link->worker, &p, 1) ? 0 : -ENOBUFS;
}

void gw_uplink_keepalive(struct gw_circuit *c, const struct ipsec_at *at)
{
	struct pkt *p = worker_ctl_pkt(1);

	if (!p)
		return;
	*pkt_put(p, 1) = 0xff; /* RFC 3948 2.3 */
	p->circuit = c->c->id;
	p->stage = FWD_CIRCUIT;
	p->control = true;
	p->service = IP_ESP_UDP;
	p->far = at->remote;
	worker_send(c->link->worker, &p, 1);
}

/* ---- who it is ---- */

static bool covers(const struct gw_remote *r, const struct endpoint *e)
{
	unsigned int octets = r->len / 8, bits = r->len % 8;

	if (!r->set || memcmp(r->addr.addr, e->addr, octets) != 0)
		return false;
	return !bits || ((r->addr.addr[octets] ^ e->addr[octets]) & (0xff00 >> bits)) == 0;
}

/* The most specific of the configured peers (draft-ietf-pppext-l2tp-security-05 4). */
static struct gw_circuit *match(const struct gw_link *l, const struct endpoint *from)
{
	struct gw_circuit *c, *best = NULL;

	llist_for_each_entry (c, &l->circuits, list) {
		if (c->model || !c->ike || !covers(&c->cfg.remote, from))
			continue;
		if (!best || c->cfg.remote.len > best->cfg.remote.len)
			best = c;
	}
	return best;
}

void gw_uplink_rx_ike(struct gw_link *l, const struct pkt *p)
{
	struct ipsec_at at = { .local = l->cfg.local, .remote = p->far };
	struct ike_peer *peer = p->len >= COOKIES_LEN ? ike_find(gw->ike, p->data) : NULL;
	struct gw_circuit *c = peer ? ike_peer_priv(peer) : NULL;

	at.local.port = p->service == IP_IKE_NATT ? NATT_UDP_PORT : IKE_UDP_PORT;
	if (!c || c->link != l)
		c = known_find(l, &p->far);
	if (!c || !c->ike) /* one without security, perhaps */
		c = match(l, &p->far);
	if (c)
		ike_peer_rx(c->ike, &at, p->data, p->len);
	else
		l->ike_no_peer++;
}

void gw_uplink_rx_l2tp(struct gw_circuit *c, const struct pkt *p)
{
	/* Its port is one that was negotiated (udp_pull()); the answer goes there (RFC 2661 8.1). */
	__atomic_store_n(&c->fwd->peer_port, p->far.port, __ATOMIC_RELAXED);
}

void gw_uplink_moved(struct gw_circuit *c, const struct pkt *p)
{
	struct ipsec_at at = { .local = c->link->cfg.local, .remote = p->far };

	at.local.port = NATT_UDP_PORT;
	ike_peer_esp_moved(c->ike, p->spi, &at);
}

/* ---- what its path carries ---- */

/* Where our packets go: behind a NAT that changes. */
static const struct endpoint *far_end(const struct gw_circuit *c)
{
	const struct sa *sa = c->fwd ? c->fwd->out : NULL;

	return sa && sa->ip ? &sa->ip->remote : &c->path.at.remote;
}

static void forgotten(void *data)
{
	gw_circuit_mtu_changed(data);
}

void gw_uplink_mtu(struct gw_circuit *c)
{
	char text[ENDPOINT_TEXT_MAX];
	int64_t now = clock_ns(), until;
	uint32_t mtu = path_mtu_of(&c->link->cfg.local, far_end(c), now, &until);

	osmo_timer_del(&c->mtu_age);
	if (until) {
		osmo_timer_setup(&c->mtu_age, forgotten, c);
		osmo_timer_schedule(&c->mtu_age, (int)((until - now) / NSEC_PER_SEC) + 1, 0);
	}
	if (mtu != (c->ip_mtu ? c->ip_mtu : PATH_MTU_DEFAULT))
		LOGP(DGW, LOGL_NOTICE, "%s: path MTU to %s is %u, was %u\n", c->name,
		     endpoint_text(far_end(c), text, sizeof(text)), mtu,
		     c->ip_mtu ? c->ip_mtu : PATH_MTU_DEFAULT);
	c->ip_mtu = mtu;
	c->path.mtu = mtu - ip_header(c);
}

void gw_uplink_path_mtu(struct gw_link *l, const struct endpoint *far, uint32_t mtu)
{
	struct gw_circuit *c;

	llist_for_each_entry (c, &l->circuits, list) {
		/* Of those that we send to only: what is forged for others is not kept. */
		if (!c->c || !endpoint_same_addr(far_end(c), far))
			continue;
		path_mtu_learn(&l->cfg.local, far, mtu, clock_ns());
		gw_circuit_mtu_changed(c);
	}
}

/* ---- what L2TP says ---- */

/* Of another family we have no address here, and what is no unicast is nobody's. */
static bool may_be_tried(const struct gw_circuit *c, const struct endpoint *e)
{
	const uint8_t *a = e->addr + (endpoint_is_v4(e) ? 12 : 0);

	if (endpoint_is_v4(e) != endpoint_is_v4(&c->link->cfg.local))
		return false;
	if (endpoint_is_v4(e))
		return a[0] != 0 && a[0] != 127 && a[0] < 224;
	return a[0] != 0 && a[0] != 0xff;
}

static void later(struct gw_circuit *c, void (*cb)(void *data), int s)
{
	osmo_timer_setup(&c->idle, cb, c);
	osmo_timer_schedule(&c->idle, s, 0);
}

static void back(void *data);

/* Begin anew towards an address: with keys of its own, for nothing of the old ones is good there
 * (RFC 3193 4.2.3). */
static void begin_anew(void *data)
{
	struct gw_circuit *c = data;

	c->anew = true;
	gw_circuit_apply(c);
	if (c->elsewhere.port)
		later(c, back, ELSEWHERE_S);
}

static void back(void *data)
{
	struct gw_circuit *c = data;

	if (c->client_session && c->client_session->open) {
		c->tries_elsewhere = 0;
		return;
	}
	LOGP(DGW, LOGL_NOTICE, "%s: no session there: back to the configured address\n", c->name);
	c->elsewhere.port = 0;
	begin_anew(c);
}

void gw_uplink_try_another(struct gw_circuit *c, const char *where)
{
	struct endpoint e;

	if (!c->cfg.client[0] || c->tries_elsewhere >= TRIES_ELSEWHERE_MAX)
		return;
	if (endpoint_parse(where, &e) < 0 || !may_be_tried(c, &e)) {
		LOGP(DGW, LOGL_NOTICE, "%s: the peer wants to be tried at no address of use\n",
		     c->name);
		return;
	}
	LOGP(DGW, LOGL_NOTICE, "%s: the peer wants to be tried at %s\n", c->name, where);
	e.port = IKE_UDP_PORT;
	c->elsewhere = e;
	c->tries_elsewhere++;
	later(c, begin_anew, 0);
}

struct tunnel_count {
	const struct gw_circuit *c;
	unsigned int n;
};

static void count_tunnel(void *priv, struct l2tp_tunnel *t, const struct l2tp_tunnel_info *info)
{
	struct tunnel_count *count = priv;

	count->n += l2tp_tunnel_peer(t) == count->c->l2tp && strcmp(info->state, "linger") != 0;
}

/* SAs that exist for a tunnel go with it (RFC 3193 3.1), when its last words have been said. */
static void no_tunnel_left(void *data)
{
	struct gw_circuit *c = data;
	struct tunnel_count count = { .c = c };

	l2tp_each_tunnel(gw->l2tp, count_tunnel, &count);
	if (count.n == 0)
		ike_peer_clear(c->ike, "its tunnel is down");
}

void gw_uplink_tunnel_down(struct gw_circuit *c)
{
	if (c->ike && !c->cfg.client[0])
		later(c, no_tunnel_left, IDLE_S);
}

/* What waits for its tunnel's last words would take the new SAs with it, before their own tunnel. */
void gw_uplink_begun_anew(struct gw_circuit *c)
{
	if (osmo_timer_pending(&c->idle))
		gw_uplink_tunnel_down(c);
}

/* ---- templates ---- */

static unsigned int spawned(const struct gw_circuit *model)
{
	struct gw_circuit *c;
	unsigned int n = 0;

	llist_for_each_entry (c, &model->link->circuits, list)
		n += c->model == model;
	return n;
}

static struct ike_peer *spawn(void *cb_priv, const struct ipsec_at *at)
{
	struct gw_circuit *model = cb_priv, *c = known_find(model->link, &at->remote);
	char text[ENDPOINT_TEXT_MAX];
	struct gw_why why;

	if (c && c->model == model)
		return c->ike;
	if (gw->stopping || spawned(model) >= SPAWNED_MAX)
		return NULL;
	c = gw_circuit_get(model->link, ++model->link->next_vc, &why);
	if (!c)
		return NULL;
	osmo_timer_del(&c->apply);
	c->model = model;
	c->cfg = model->cfg;
	c->cfg.remote = (struct gw_remote){ .addr = at->remote,
					    .len = 8 * sizeof(at->remote.addr),
					    .set = true };
	c->cfg.remote.addr.port = 0;
	c->came_at = *at;
	OSMO_STRLCPY_ARRAY(c->label, model->label);
	snprintf(c->name, sizeof(c->name), "%.64s#%u", model->name, c->vc);
	gw_circuit_apply(c);
	if (!c->ike) {
		gw_circuit_del(c, &why);
		return NULL;
	}
	known_set(&c->begun, c, &at->remote, false);
	LOGP(DGW, LOGL_INFO, "%s: made for %s\n", c->name,
	     endpoint_text(&at->remote, text, sizeof(text)));
	return c->ike;
}

void gw_uplink_ike_cfg(const struct gw_circuit *c, struct ike_peer_cfg *cfg)
{
	bool lac = c->cfg.client[0];

	cfg->next_header = IPPROTO_UDP;
	cfg->local_port = c->fwd->local_port;
	/* Draft -05 4.1: the LNS takes any source port, its own is 1701. */
	cfg->peer_port = lac ? L2TP_UDP_PORT : 0;
	cfg->initiate = lac;
	cfg->spawn = gw_circuit_is_template(c) ? spawn : NULL;
}

void gw_uplink_is_at(struct gw_circuit *c, const struct sa_ip *ip)
{
	struct endpoint far = ip->remote;

	if (!ip->udp_encap)
		far.port = c->path.at.remote.port;
	known_set(&c->now, c, &far, true);
}

void gw_uplink_leave(struct gw_circuit *c)
{
	known_clear(&c->begun);
	known_clear(&c->now);
}

void gw_uplink_gone(struct gw_circuit *c)
{
	struct gw_why why;

	LOGP(DGW, LOGL_INFO, "%s: has gone\n", c->name);
	gw_circuit_del(c, &why);
}

void gw_uplink_forget(struct gw_circuit *model)
{
	struct gw_circuit *c, *next;
	struct gw_why why;

	if (!gw_circuit_is_template(model))
		return;
	llist_for_each_entry_safe (c, next, &model->link->circuits, list) {
		if (c->model == model)
			gw_circuit_del(c, &why);
	}
}
