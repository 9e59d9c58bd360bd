/* SPDX-License-Identifier: GPL-2.0-or-later */

/* A control connection: its identity, its way to the peer and back, and the dispatch of messages
 * by the rules of message.c. What a message means is in tunnel_fsm.c and session_fsm.c. */

#include <errno.h>
#include <string.h>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

#include "l2tp/l2tp_internal.h"

enum l2tp_tunnel_state l2tp_tunnel_state(const struct l2tp_tunnel *t)
{
	return t->fi->state;
}

static int tunnel_transmit(void *priv, uint16_t session, uint16_t ns, uint16_t nr,
			   const uint8_t *body, size_t len)
{
	struct l2tp_tunnel *t = priv;
	struct l2tp_carrier *c = t->peer->carrier;
	const struct l2tp_ctl_hdr h = {
		.tunnel = t->peer_id, .session = session, .ns = ns, .nr = nr
	};
	uint8_t buf[L2TP_MSG_MAX];
	struct wr w = wr_init(buf, sizeof(buf));

	if (!t->peer->up)
		return -ENETDOWN;
	l2tp_ctl_hdr_write(&w, &h, len);
	wr_bytes(&w, body, len);
	return w.err ? -EMSGSIZE : c->ops->send(c, buf, w.len);
}

/* A state that must not know the message: the peer's idea of the connection is not ours. */
static void out_of_sequence(struct l2tp_tunnel *t, const struct l2tp_msg_rule *rule)
{
	struct l2tp_result why = { .result = STOP_FSM };

	t->malformed++;
	snprintf(why.text, sizeof(why.text), "%s in state %s", rule->name,
		 osmo_fsm_inst_state_name(t->fi));
	LOGTUN(t, LOGL_NOTICE, "%s\n", why.text);
	l2tp_tunnel_event(t, TUN_EV_REQ_CLOSE, &why);
}

static void rx_tunnel_message(struct l2tp_tunnel *t, struct l2tp_msg *m)
{
	switch (m->type) {
	case MSG_SCCRQ:
		l2tp_tunnel_event(t, TUN_EV_RX_SCCRQ, m);
		break;
	case MSG_SCCRP:
		l2tp_tunnel_event(t, TUN_EV_RX_SCCRP, m);
		break;
	case MSG_SCCCN:
		l2tp_tunnel_event(t, TUN_EV_RX_SCCCN, m);
		break;
	case MSG_STOPCCN:
		l2tp_tunnel_event(t, TUN_EV_RX_STOPCCN, m);
		break;
	default: /* HELLO: the acknowledgement is all it wants (RFC 2661 6.5) */
		break;
	}
}

static void learn_peer_id(struct l2tp_tunnel *t, const struct l2tp_msg *m)
{
	if (!t->peer_id && (m->type == MSG_SCCRQ || m->type == MSG_SCCRP) &&
	    l2tp_msg_has(m, AVP_TUNNEL_ID))
		t->peer_id = (uint16_t)m->avp[AVP_TUNNEL_ID].num;
}

static void rx_message(struct l2tp_tunnel *t, uint16_t session, struct l2tp_msg *m, int rc)
{
	const struct l2tp_msg_rule *rule = l2tp_msg_rule(m->type);
	enum l2tp_tunnel_state state = l2tp_tunnel_state(t);

	/* Even one that is refused or too late says where to send the StopCCN. */
	learn_peer_id(t, m);
	if (state == TUN_LINGER)
		return;
	if (rc) {
		t->malformed++;
		LOGTUN(t, LOGL_NOTICE, "%s: %s\n", rule ? rule->name : "message", m->fault.text);
	}
	/* A StopCCN ends the tunnel however badly it is written. */
	if (rc && m->type != MSG_STOPCCN && !(rule && rule->session)) {
		l2tp_tunnel_event(t, TUN_EV_REQ_CLOSE, &m->fault);
		return;
	}
	if (!(rule->tunnel_states & ST(state))) {
		if (state != TUN_CLOSING)
			out_of_sequence(t, rule);
		return;
	}
	if (rule->session)
		l2tp_session_rx(t, session, m, rc != 0);
	else
		rx_tunnel_message(t, m);
}

static void hello_schedule(struct l2tp_tunnel *t)
{
	unsigned int secs = t->peer->cfg.hello_interval;

	if (secs && t->peer->up && l2tp_tunnel_state(t) == TUN_ESTABLISHED)
		osmo_timer_schedule(&t->hello, (int)secs, 0);
	else
		osmo_timer_del(&t->hello);
}

/* No control message came for so long. Data does not count, though RFC 2661 5.5 would have it: it
 * does not show that the peer's control plane lives, and when to ask is ours to choose (6.5). That
 * it is not acknowledged will end the tunnel (5.5). */
static void hello_expired(void *data)
{
	struct l2tp_tunnel *t = data;
	struct reliable_stats st;
	struct l2tp_msg m;

	reliable_stats(t->reliable, &st);
	/* A message that is under way asks the same question. */
	if (!st.queued) {
		l2tp_msg_init(&m, MSG_HELLO);
		l2tp_tunnel_send(t, 0, &m);
	}
	hello_schedule(t);
}

static void tunnel_deliver(void *priv, uint16_t session, const uint8_t *body, size_t len)
{
	struct l2tp_tunnel *t = priv;
	struct l2tp_peer *peer = t->peer;
	struct l2tp_msg *m;
	int rc;

	if (t->gone)
		return;
	m = talloc(t, struct l2tp_msg);
	if (!m)
		return;
	rc = l2tp_msg_read(rd_init(body, len), m, peer->cfg.secret, peer->cfg.secret_len);
	if (rc == -ENOMSG) {
		t->malformed++;
		LOGTUN(t, LOGL_INFO, "message of unknown type %u ignored\n", m->type);
	} else {
		rx_message(t, session, m, rc);
	}
	l2tp_msg_wipe(m);
	talloc_free(m);
}

static void tunnel_drained(void *priv)
{
	struct l2tp_tunnel *t = priv;

	if (!t->gone && l2tp_tunnel_state(t) == TUN_CLOSING)
		l2tp_tunnel_event(t, TUN_EV_DRAINED, NULL);
}

static void tunnel_dead(void *priv)
{
	struct l2tp_tunnel *t = priv;
	struct l2tp_result why = { .result = STOP_CLEAR, .text = "the peer does not answer" };

	l2tp_tunnel_event(t, TUN_EV_LOST, &why);
}

static const struct reliable_ops tunnel_reliable_ops = {
	.send = tunnel_transmit,
	.deliver = tunnel_deliver,
	.drained = tunnel_drained,
	.dead = tunnel_dead,
};

static void timer_expired(void *data)
{
	l2tp_tunnel_event(data, TUN_EV_TIMEOUT, NULL);
}

void l2tp_tunnel_timer(struct l2tp_tunnel *t, unsigned int secs)
{
	t->timer_secs = secs;
	if (secs && t->peer->up)
		osmo_timer_schedule(&t->timer, (int)secs, 0);
	else
		osmo_timer_del(&t->timer);
}

void l2tp_tunnel_suspend(struct l2tp_tunnel *t)
{
	reliable_suspend(t->reliable);
	osmo_timer_del(&t->hello);
	osmo_timer_del(&t->timer);
	l2tp_sessions_suspend(t);
}

void l2tp_tunnel_resume(struct l2tp_tunnel *t)
{
	l2tp_tunnel_timer(t, t->timer_secs);
	l2tp_sessions_resume(t);
	hello_schedule(t);
	reliable_resume(t->reliable);
}

/* Chosen at random, so that a restarted daemon does not answer to what was meant for its
 * predecessor; not 0 (RFC 2661 5.3); unique in the daemon (l2tp/data.h). */
static uint16_t free_tunnel_id(const struct l2tp *l2tp)
{
	uint16_t id;

	if (l2tp_random(&id, sizeof(id)))
		return 0;
	for (unsigned int i = 0; i < L2TP_TUNNEL_IDS; i++, id++)
		if (id && !l2tp->tunnel[id])
			return id;
	return 0;
}

struct l2tp_tunnel *l2tp_tunnel_alloc(struct l2tp_peer *peer, bool originated)
{
	struct l2tp *l2tp = peer->l2tp;
	struct l2tp_tunnel *t;
	uint16_t id;

	if (peer->n_tunnels >= L2TP_TUNNELS_PER_PEER)
		return NULL;
	id = free_tunnel_id(l2tp);
	t = id ? talloc_zero(l2tp, struct l2tp_tunnel) : NULL;
	if (!t)
		return NULL;
	t->peer = peer;
	t->local_id = id;
	t->originated = originated;
	t->rcfg = (struct reliable_cfg){ .rx_window = peer->cfg.rx_window,
					 .retries = peer->cfg.retries,
					 .rto_cap = peer->cfg.rto_cap };
	for (unsigned int i = 0; i < L2TP_SESSION_BUCKETS; i++)
		INIT_LLIST_HEAD(&t->sessions[i]);
	osmo_timer_setup(&t->timer, timer_expired, t);
	osmo_timer_setup(&t->hello, hello_expired, t);
	if (reliable_new(&t->reliable, t, &t->rcfg, &tunnel_reliable_ops, t))
		goto err;
	t->fi = l2tp_tunnel_fsm_new(t);
	if (!t->fi)
		goto err;
	if (!peer->up)
		reliable_suspend(t->reliable);
	l2tp->tunnel[id] = t;
	llist_add_tail(&t->list, &peer->tunnels);
	peer->n_tunnels++;
	return t;
err:
	talloc_free(t);
	return NULL;
}

void l2tp_tunnel_destroy(struct l2tp_tunnel *t)
{
	struct l2tp *l2tp = t->peer->l2tp;

	if (t->gone)
		return;
	t->gone = true;
	reliable_stop(t->reliable);
	osmo_timer_del(&t->timer);
	osmo_timer_del(&t->hello);
	l2tp->tunnel[t->local_id] = NULL;
	t->peer->n_tunnels--;
	llist_del(&t->list);
	llist_add_tail(&t->list, &l2tp->dead_tunnels);
	l2tp_reap_soon(l2tp);
}

void l2tp_tunnel_free_now(struct l2tp_tunnel *t)
{
	llist_del(&t->list);
	osmo_fsm_inst_free(t->fi);
	reliable_free(t->reliable);
	OPENSSL_cleanse(t->challenge, sizeof(t->challenge));
	talloc_free(t);
}

int l2tp_tunnel_send(struct l2tp_tunnel *t, uint16_t session, const struct l2tp_msg *m)
{
	const struct l2tp_peer_cfg *cfg = &t->peer->cfg;
	uint8_t buf[L2TP_MSG_MAX - L2TP_CTL_HDR_LEN];
	size_t mtu = OSMO_MIN(t->peer->carrier->mtu, L2TP_MSG_MAX);
	struct wr w = wr_init(buf, mtu > L2TP_CTL_HDR_LEN ? mtu - L2TP_CTL_HDR_LEN : 0);
	/* A peer may learn from the Host Name of an SCCRQ whose secret this is: nothing in it can be
	 * hidden before that. */
	bool hide = cfg->hide_avps && m->type != MSG_SCCRQ;
	int rc = l2tp_msg_write(&w, m, hide ? cfg->secret : NULL, cfg->secret_len);

	if (!rc)
		rc = reliable_send(t->reliable, session, buf, w.len);
	if (rc)
		LOGTUN(t, LOGL_ERROR, "cannot send %s: %s\n", l2tp_msg_rule(m->type)->name,
		       strerror(-rc));
	return rc;
}

void l2tp_tunnel_rx(struct l2tp_tunnel *t, const struct l2tp_ctl_hdr *h, struct rd body)
{
	if (reliable_rx(t->reliable, h->session, h->ns, h->nr, body.p, body.left)) {
		t->malformed++;
		LOGTUN(t, LOGL_NOTICE, "Nr %u acknowledges what was not sent\n", h->nr);
		return;
	}
	if (!t->gone)
		hello_schedule(t);
}

static int digest(struct rd body, uint8_t out[32])
{
	return EVP_Digest(body.p, body.left, out, NULL, EVP_sha256(), NULL) == 1 ? 0 : -EIO;
}

static struct l2tp_tunnel *find_by_peer_id(struct l2tp_peer *peer, uint16_t peer_id,
					   bool originated)
{
	struct l2tp_tunnel *t;

	llist_for_each_entry (t, &peer->tunnels, list)
		if (t->peer_id == peer_id && t->originated == originated)
			return t;
	return NULL;
}

/* A retransmitted SCCRQ belongs to the tunnel that its first copy made. A different one with the
 * same id, or one for a tunnel that is over, comes from a peer that begins anew: what it forgot is
 * over. */
static struct l2tp_tunnel *tunnel_of_sccrq(struct l2tp_peer *peer, uint16_t peer_id, struct rd body)
{
	struct l2tp_tunnel *t = find_by_peer_id(peer, peer_id, false);
	struct l2tp_result why = { .result = STOP_CLEAR, .text = "the peer begins anew" };
	uint8_t d[32];

	if (digest(body, d))
		return NULL;
	if (t &&
	    (l2tp_tunnel_state(t) == TUN_LINGER || memcmp(d, t->sccrq_digest, sizeof(d)) != 0)) {
		LOGTUN(t, LOGL_NOTICE, "%s\n", why.text);
		l2tp_tunnel_event(t, TUN_EV_LOST, &why);
		t = NULL;
	}
	if (t)
		return t;
	t = l2tp_tunnel_alloc(peer, false);
	if (t)
		memcpy(t->sccrq_digest, d, sizeof(d));
	return t;
}

/* \returns the tunnel that a message with tunnel id 0 belongs to, or NULL. */
static struct l2tp_tunnel *tunnel_of_zero(struct l2tp_peer *peer, const struct l2tp_ctl_hdr *h,
					  const struct l2tp_msg *m, struct rd body)
{
	uint16_t peer_id = (uint16_t)m->avp[AVP_TUNNEL_ID].num;
	struct l2tp_tunnel *t;

	if (!l2tp_msg_has(m, AVP_TUNNEL_ID) || !peer_id)
		return NULL;
	if (m->type == MSG_SCCRQ && h->ns == 0 && h->nr == 0)
		return tunnel_of_sccrq(peer, peer_id, body);
	/* RFC 2661 4.4.3: a StopCCN can come before our id is known to the peer. */
	if (m->type == MSG_STOPCCN) {
		t = find_by_peer_id(peer, peer_id, false);
		return t ? t : find_by_peer_id(peer, peer_id, true);
	}
	return NULL;
}

void l2tp_tunnel_rx_zero(struct l2tp_peer *peer, const struct l2tp_ctl_hdr *h, struct rd body)
{
	struct l2tp_tunnel *t = NULL;
	struct l2tp_msg *m = talloc(peer, struct l2tp_msg);

	if (!m)
		return;
	/* Its faults are for the tunnel to judge, which decodes it again. */
	if (body.left) {
		l2tp_msg_read(body, m, peer->cfg.secret, peer->cfg.secret_len);
		t = tunnel_of_zero(peer, h, m, body);
		l2tp_msg_wipe(m);
	}
	talloc_free(m);
	if (t) {
		l2tp_tunnel_rx(t, h, body);
		return;
	}
	peer->discarded++;
	LOGPEER(peer, LOGL_NOTICE, "message for tunnel 0 discarded\n");
}
