/* SPDX-License-Identifier: GPL-2.0-or-later */

/* The face of L2TP's control plane: the daemon's L2TP, its peers, and what the room above asks. */

#include <errno.h>
#include <string.h>
#include <time.h>

#include <openssl/crypto.h>
#include <osmocom/core/talloc.h>
#include <osmocom/core/timer.h>
#include <osmocom/core/utils.h>

#include "l2tp/l2tp_internal.h"

int64_t l2tp_now(void)
{
	struct timespec ts = { 0 };

	osmo_clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec;
}

bool l2tp_may_log(struct l2tp_peer *peer)
{
	int64_t now = l2tp_now();

	if (now != peer->log_second) {
		peer->log_second = now;
		peer->logged = 0;
	}
	return peer->logged++ < L2TP_LOG_RATE;
}

/* ---- life and death ---- */

static void reap(void *data)
{
	struct l2tp *l2tp = data;
	struct l2tp_session *s, *s2;
	struct l2tp_tunnel *t, *t2;
	struct l2tp_peer *p, *p2;

	llist_for_each_entry_safe (s, s2, &l2tp->dead_sessions, list)
		l2tp_session_free_now(s);
	llist_for_each_entry_safe (t, t2, &l2tp->dead_tunnels, list)
		l2tp_tunnel_free_now(t);
	llist_for_each_entry_safe (p, p2, &l2tp->dead_peers, list) {
		llist_del(&p->list);
		talloc_free(p);
	}
}

void l2tp_reap_soon(struct l2tp *l2tp)
{
	if (!osmo_timer_pending(&l2tp->reaper))
		osmo_timer_schedule(&l2tp->reaper, 0, 0);
}

int l2tp_new(struct l2tp **out, const struct l2tp_ops *ops, void *priv)
{
	struct l2tp *l2tp = talloc_zero(NULL, struct l2tp);

	if (!l2tp)
		return -ENOMEM;
	talloc_set_name_const(l2tp, "l2tp");
	l2tp->ops = ops;
	l2tp->priv = priv;
	INIT_LLIST_HEAD(&l2tp->peers);
	INIT_LLIST_HEAD(&l2tp->dead_sessions);
	INIT_LLIST_HEAD(&l2tp->dead_tunnels);
	INIT_LLIST_HEAD(&l2tp->dead_peers);
	osmo_timer_setup(&l2tp->reaper, reap, l2tp);
	/* Call Serial Numbers shall not repeat for long, across restarts too (RFC 2661 4.4.4). */
	if (l2tp_random(&l2tp->next_serial, sizeof(l2tp->next_serial))) {
		talloc_free(l2tp);
		return -EIO;
	}
	*out = l2tp;
	return 0;
}

void l2tp_free(struct l2tp *l2tp)
{
	if (!l2tp)
		return;
	while (!llist_empty(&l2tp->peers))
		l2tp_peer_free(llist_first_entry(&l2tp->peers, struct l2tp_peer, list));
	osmo_timer_del(&l2tp->reaper);
	reap(l2tp);
	talloc_free(l2tp);
}

void l2tp_peer_cfg_init(struct l2tp_peer_cfg *cfg)
{
	*cfg = (struct l2tp_peer_cfg){
		.rx_window = 16,
		.hello_interval = 60,
		.retries = 5,
		.rto_cap = 8,
		.max_sessions = 1024,
	};
}

static bool cfg_ok(const struct l2tp_peer_cfg *cfg)
{
	return cfg->host_name[0] && strnlen(cfg->host_name, L2TP_NAME_MAX) < L2TP_NAME_MAX &&
	       strnlen(cfg->peer_host_name, L2TP_NAME_MAX) < L2TP_NAME_MAX &&
	       (!cfg->secret || (cfg->secret_len && cfg->secret_len <= L2TP_SECRET_MAX)) &&
	       (!cfg->hide_avps || cfg->secret) && cfg->rx_window >= 1 &&
	       cfg->rx_window <= RELIABLE_WINDOW_MAX && cfg->retries >= 1 && cfg->rto_cap >= 8 &&
	       cfg->data_offset <= L2TP_OFFSET_MAX && cfg->max_sessions >= 1;
}

int l2tp_peer_reconfigure(struct l2tp_peer *peer, const struct l2tp_peer_cfg *cfg)
{
	if (!cfg_ok(cfg))
		return -EINVAL;
	/* cfg may be a changed copy of ours: its secret is then our own buffer. */
	if (cfg->secret != peer->secret) {
		OPENSSL_cleanse(peer->secret, sizeof(peer->secret));
		if (cfg->secret)
			memcpy(peer->secret, cfg->secret, cfg->secret_len);
	}
	peer->cfg = *cfg;
	peer->cfg.secret = cfg->secret ? peer->secret : NULL;
	return 0;
}

int l2tp_peer_new(struct l2tp_peer **out, struct l2tp *l2tp, const struct l2tp_peer_cfg *cfg,
		  struct l2tp_carrier *carrier, void *owner)
{
	struct l2tp_peer *peer = talloc_zero(l2tp, struct l2tp_peer);
	int rc;

	if (!peer)
		return -ENOMEM;
	rc = l2tp_peer_reconfigure(peer, cfg);
	if (rc) {
		talloc_free(peer);
		return rc;
	}
	peer->l2tp = l2tp;
	peer->carrier = carrier;
	peer->owner = owner;
	INIT_LLIST_HEAD(&peer->tunnels);
	llist_add_tail(&peer->list, &l2tp->peers);
	*out = peer;
	return 0;
}

void *l2tp_peer_owner(const struct l2tp_peer *peer)
{
	return peer->owner;
}

void l2tp_peer_reset(struct l2tp_peer *peer)
{
	struct l2tp_result why = { .result = STOP_CLEAR, .text = "the peer lost its state" };

	/* The room above may answer the end of one tunnel with anything: take the first, always. A
	 * call that it makes meanwhile opens a new tunnel at the end, which is to live. */
	for (unsigned int n = peer->n_tunnels; n > 0 && !llist_empty(&peer->tunnels); n--)
		l2tp_tunnel_event(llist_first_entry(&peer->tunnels, struct l2tp_tunnel, list),
				  TUN_EV_LOST, &why);
}

void l2tp_peer_free(struct l2tp_peer *peer)
{
	struct l2tp_result why = { .result = STOP_SHUTDOWN, .text = "peer removed" };

	if (!peer)
		return;
	peer->closing = true;
	while (!llist_empty(&peer->tunnels)) {
		struct l2tp_tunnel *t = llist_first_entry(&peer->tunnels, struct l2tp_tunnel, list);

		l2tp_tunnel_event(t, TUN_EV_REQ_CLOSE, &why);
		/* Nobody will be here to retransmit: out with it now. */
		reliable_flush(t->reliable);
		l2tp_tunnel_destroy(t);
	}
	OPENSSL_cleanse(peer->secret, sizeof(peer->secret));
	llist_del(&peer->list);
	llist_add_tail(&peer->list, &peer->l2tp->dead_peers);
	l2tp_reap_soon(peer->l2tp);
}

void l2tp_peer_carrier_state(struct l2tp_peer *peer, bool up)
{
	struct l2tp_tunnel *t, *next;

	peer->up = up;
	llist_for_each_entry_safe (t, next, &peer->tunnels, list) {
		if (up)
			l2tp_tunnel_resume(t);
		else
			l2tp_tunnel_suspend(t);
	}
}

/* ---- messages ---- */

static void discard(struct l2tp_peer *peer, const char *why)
{
	peer->discarded++;
	LOGPEER(peer, LOGL_NOTICE, "control message discarded: %s\n", why);
}

void l2tp_peer_rx(struct l2tp_peer *peer, const uint8_t *msg, size_t len)
{
	struct rd r = rd_init(msg, len), body;
	struct l2tp_tunnel *t;
	struct l2tp_ctl_hdr h;
	int rc = l2tp_ctl_hdr_read(&r, &h, &body);

	if (rc) {
		/* RFC 2661 7.1: "a control message with a malformed header should be discarded" */
		discard(peer, rc == -EPROTONOSUPPORT ? "version is not 2" : "header malformed");
		return;
	}
	if (!h.tunnel) {
		l2tp_tunnel_rx_zero(peer, &h, body);
		return;
	}
	t = peer->l2tp->tunnel[h.tunnel];
	/* RFC 3193 3.3: a tunnel is reached through its own carrier only. */
	if (!t || t->peer != peer)
		discard(peer, t ? "the tunnel is another peer's" : "no such tunnel");
	else
		l2tp_tunnel_rx(t, &h, body);
}

/* ---- what the room above asks ---- */

static struct l2tp_tunnel *tunnel_for_call(struct l2tp_peer *peer)
{
	struct l2tp_tunnel *t;

	llist_for_each_entry (t, &peer->tunnels, list) {
		enum l2tp_tunnel_state st = l2tp_tunnel_state(t);

		if ((st == TUN_WAIT_REPLY || st == TUN_WAIT_CONN || st == TUN_ESTABLISHED) &&
		    t->n_sessions < peer->cfg.max_sessions)
			return t;
	}
	return l2tp_tunnel_alloc(peer, true);
}

int l2tp_call(struct l2tp_peer *peer, void *owner, struct l2tp_session **out)
{
	struct l2tp_tunnel *t = peer->closing ? NULL : tunnel_for_call(peer);
	int rc;

	if (!t)
		return -ENOSPC;
	rc = l2tp_session_call(t, owner, out);
	if (rc && !t->gone && l2tp_tunnel_state(t) == TUN_IDLE)
		l2tp_tunnel_destroy(t);
	return rc;
}

void l2tp_session_close(struct l2tp_session *s, const struct l2tp_result *why)
{
	l2tp_session_end(s, why, true);
}

void l2tp_tunnel_close(struct l2tp_tunnel *t, const struct l2tp_result *why)
{
	l2tp_tunnel_event(t, TUN_EV_REQ_CLOSE, (void *)why);
}

unsigned int l2tp_closing(const struct l2tp *l2tp)
{
	const struct l2tp_peer *p;
	const struct l2tp_tunnel *t;
	unsigned int n = 0;

	/* With the carrier down no acknowledgement can come. */
	llist_for_each_entry (p, &l2tp->peers, list)
		if (p->up)
			llist_for_each_entry (t, &p->tunnels, list)
				n += l2tp_tunnel_state(t) == TUN_CLOSING;
	return n;
}

void l2tp_session_info(const struct l2tp_session *s, struct l2tp_session_info *out)
{
	const struct l2tp_tunnel *t = s->tunnel;
	const struct l2tp_peer_cfg *cfg = &t->peer->cfg;

	*out = (struct l2tp_session_info){
		.local_tunnel = t->local_id,
		.peer_tunnel = t->peer_id,
		.local_session = s->local_id,
		.peer_session = s->peer_id,
		.carrier_id = t->peer->carrier->id,
		.lns = s->lns,
		.send_seq = s->sequencing,
		.send_length = cfg->data_length,
		.offset = cfg->data_offset,
		.call_serial = s->serial,
		.tx_connect_bps = s->tx_bps,
	};
}

void l2tp_session_set_owner(struct l2tp_session *s, void *owner)
{
	s->owner = owner;
}

void *l2tp_session_owner(const struct l2tp_session *s)
{
	return s->owner;
}

struct l2tp_tunnel *l2tp_session_tunnel(const struct l2tp_session *s)
{
	return s->tunnel;
}

struct l2tp_peer *l2tp_tunnel_peer(const struct l2tp_tunnel *t)
{
	return t->peer;
}

void l2tp_tunnel_protection(const struct l2tp_tunnel *t, struct l2tp_protection *out)
{
	struct l2tp_carrier *carrier = t->peer->carrier;

	carrier->ops->protection(carrier, out);
}

/* ---- for show ---- */

static uint32_t age(int64_t since)
{
	return since ? (uint32_t)(l2tp_now() - since) : 0;
}

static void tunnel_info(const struct l2tp_tunnel *t, struct l2tp_tunnel_info *out)
{
	struct reliable_stats st;

	reliable_stats(t->reliable, &st);
	*out = (struct l2tp_tunnel_info){
		.local_id = t->local_id,
		.peer_id = t->peer_id,
		.state = osmo_fsm_inst_state_name(t->fi),
		.lns = !t->originated,
		.carrier = t->peer->carrier->name,
		.sessions = t->n_sessions,
		.ns = st.ns,
		.nr = st.nr,
		.cwnd = st.cwnd,
		.ssthresh = st.ssthresh,
		.peer_window = st.peer_window,
		.queued = st.queued,
		.retransmits = st.retransmits,
		.duplicates = st.duplicates,
		.out_of_order = st.out_of_order,
		.zlb_tx = st.zlb_tx,
		.zlb_rx = st.zlb_rx,
		.rx = st.rx,
		.tx = st.tx,
		.malformed = t->malformed + st.beyond_window,
		.age = age(t->since),
	};
	osmo_strlcpy(out->peer_host, t->peer_host, sizeof(out->peer_host));
	osmo_strlcpy(out->peer_vendor, t->peer_vendor, sizeof(out->peer_vendor));
}

void l2tp_each_tunnel(const struct l2tp *l2tp,
		      void (*fn)(void *priv, struct l2tp_tunnel *t,
				 const struct l2tp_tunnel_info *info),
		      void *priv)
{
	struct l2tp_peer *p;
	struct l2tp_tunnel *t, *next;
	struct l2tp_tunnel_info info;

	llist_for_each_entry (p, &l2tp->peers, list)
		llist_for_each_entry_safe (t, next, &p->tunnels, list) {
			tunnel_info(t, &info);
			fn(priv, t, &info);
		}
}

void l2tp_each_session(const struct l2tp_tunnel *t,
		       void (*fn)(void *priv, struct l2tp_session *s,
				  const struct l2tp_session_show *show),
		       void *priv)
{
	struct l2tp_session *s, *next;

	for (unsigned int i = 0; i < L2TP_SESSION_BUCKETS; i++)
		llist_for_each_entry_safe (s, next, &t->sessions[i], list) {
			struct l2tp_session_show show = {
				.state = osmo_fsm_inst_state_name(s->fi),
				.age = age(s->since),
			};

			l2tp_session_info(s, &show.info);
			fn(priv, s, &show);
		}
}
