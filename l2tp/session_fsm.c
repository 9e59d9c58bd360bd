/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * The states of an incoming call (RFC 2661 7.4), at the LAC and at the LNS.
 *
 *   LAC: IDLE --call--> WAIT_TUNNEL --tunnel open: ICRQ--> WAIT_REPLY --ICRP: ICCN--> ESTABLISHED
 *   LNS: IDLE --ICRQ: ICRP--> WAIT_CONNECT --ICCN--> ESTABLISHED
 *
 * Every state ends in IDLE: by CDN received, by the tunnel's end, or locally with a CDN sent; then
 * the session is buried. Outgoing calls (RFC 2661 7.5) are refused.
 */

#include <errno.h>

#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

#include "l2tp/l2tp_internal.h"

enum session_event {
	SES_EV_REQ_CALL,
	SES_EV_TUNNEL_OPEN,
	SES_EV_RX_ICRQ, /* data: struct l2tp_msg */
	SES_EV_RX_ICRP, /* data: struct l2tp_msg */
	SES_EV_RX_ICCN, /* data: struct l2tp_msg */
	SES_EV_END,	/* data: struct ending */
};

struct ending {
	const struct l2tp_result *why;
	bool send_cdn;
};

static struct osmo_fsm session_fsm;

enum l2tp_session_state l2tp_session_state(const struct l2tp_session *s)
{
	return s->fi->state;
}

static int set_state(struct l2tp_session *s, enum l2tp_session_state state)
{
	return osmo_fsm_inst_state_chg(s->fi, state, 0, 0);
}

static void event(struct l2tp_session *s, enum session_event ev, void *data)
{
	if (!s->gone)
		osmo_fsm_inst_dispatch(s->fi, ev, data);
}

/* ---- the sessions of a tunnel ---- */

static struct llist_head *bucket(struct l2tp_tunnel *t, uint16_t local_id)
{
	return &t->sessions[local_id % L2TP_SESSION_BUCKETS];
}

static struct l2tp_session *find_local(struct l2tp_tunnel *t, uint16_t id)
{
	struct l2tp_session *s;

	llist_for_each_entry (s, bucket(t, id), list)
		if (s->local_id == id)
			return s;
	return NULL;
}

static struct l2tp_session *find_peer(struct l2tp_tunnel *t, uint16_t id)
{
	struct l2tp_session *s;

	for (unsigned int i = 0; id && i < L2TP_SESSION_BUCKETS; i++)
		llist_for_each_entry (s, &t->sessions[i], list)
			if (s->peer_id == id)
				return s;
	return NULL;
}

/* Random, not 0, unique in the tunnel (RFC 2661 5.3). */
static uint16_t free_session_id(struct l2tp_tunnel *t)
{
	uint16_t id;

	if (l2tp_random(&id, sizeof(id)))
		return 0;
	for (unsigned int i = 0; i <= UINT16_MAX; i++, id++)
		if (id && !find_local(t, id))
			return id;
	return 0;
}

static void timer_expired(void *data)
{
	const struct l2tp_result why = { .result = CDN_TIMEOUT, .text = "no answer in time" };

	l2tp_session_end(data, &why, true);
}

static void arm(struct l2tp_session *s)
{
	enum l2tp_session_state st = l2tp_session_state(s);

	if (s->tunnel->peer->up && (st == SES_WAIT_REPLY || st == SES_WAIT_CONNECT))
		osmo_timer_schedule(&s->timer, L2TP_ANSWER_SECS, 0);
	else
		osmo_timer_del(&s->timer);
}

static struct l2tp_session *session_alloc(struct l2tp_tunnel *t, bool lns)
{
	uint16_t id = free_session_id(t);
	struct l2tp_session *s = id ? talloc_zero(t->peer->l2tp, struct l2tp_session) : NULL;

	if (!s)
		return NULL;
	s->fi = osmo_fsm_inst_alloc(&session_fsm, s, s, LOGL_DEBUG, NULL);
	if (!s->fi) {
		talloc_free(s);
		return NULL;
	}
	s->tunnel = t;
	s->local_id = id;
	s->lns = lns;
	osmo_timer_setup(&s->timer, timer_expired, s);
	llist_add_tail(&s->list, bucket(t, id));
	t->n_sessions++;
	return s;
}

static void session_destroy(struct l2tp_session *s)
{
	struct l2tp *l2tp = s->tunnel->peer->l2tp;

	s->gone = true;
	osmo_timer_del(&s->timer);
	s->tunnel->n_sessions--;
	llist_del(&s->list);
	llist_add_tail(&s->list, &l2tp->dead_sessions);
	l2tp_reap_soon(l2tp);
}

void l2tp_session_free_now(struct l2tp_session *s)
{
	llist_del(&s->list);
	osmo_fsm_inst_free(s->fi);
	talloc_free(s);
}

/* ---- ending ---- */

static void send_cdn(struct l2tp_tunnel *t, uint16_t peer_id, uint16_t local_id,
		     const struct l2tp_result *why)
{
	uint8_t result[4 + sizeof(why->text)];
	struct l2tp_msg m;

	l2tp_msg_init(&m, MSG_CDN);
	l2tp_msg_set(&m, AVP_RESULT_CODE, result, l2tp_result_write(result, sizeof(result), why));
	l2tp_msg_set_num(&m, AVP_SESSION_ID, local_id);
	l2tp_tunnel_send(t, peer_id, &m);
}

static void st_end(struct osmo_fsm_inst *fi, uint32_t ev, void *data)
{
	struct l2tp_session *s = fi->priv;
	const struct ending *e = data;
	struct l2tp *l2tp = s->tunnel->peer->l2tp;
	enum l2tp_session_state was = l2tp_session_state(s);

	(void)ev;
	LOGSES(s, LOGL_INFO, "ends in state %s: result %u error %u %s\n",
	       osmo_fsm_inst_state_name(fi), e->why->result, e->why->error, e->why->text);
	/* Before its ICRQ the peer knows nothing of the call. */
	if (e->send_cdn && was != SES_WAIT_TUNNEL && was != SES_IDLE)
		send_cdn(s->tunnel, s->peer_id, s->local_id, e->why);
	set_state(s, SES_IDLE);
	session_destroy(s);
	if (s->known)
		l2tp->ops->session_down(l2tp->priv, s, e->why);
}

void l2tp_session_end(struct l2tp_session *s, const struct l2tp_result *why, bool cdn)
{
	struct ending e = { .why = why, .send_cdn = cdn };

	event(s, SES_EV_END, &e);
}

static void end_with(struct l2tp_session *s, uint16_t result, uint16_t error, const char *text)
{
	struct l2tp_result why = { .result = result, .error = error };

	osmo_strlcpy(why.text, text, sizeof(why.text));
	l2tp_session_end(s, &why, true);
}

/* ---- LAC (RFC 2661 7.4.1) ---- */

static void send_icrq(struct l2tp_session *s)
{
	struct l2tp_msg m;

	set_state(s, SES_WAIT_REPLY);
	arm(s);
	l2tp_msg_init(&m, MSG_ICRQ);
	l2tp_msg_set_num(&m, AVP_SESSION_ID, s->local_id);
	l2tp_msg_set_num(&m, AVP_CALL_SERIAL, s->serial);
	/* Neither analog nor digital: the PPP end is in this box (RFC 2661 4.4.4). */
	l2tp_msg_set_num(&m, AVP_BEARER_TYPE, 0);
	if (l2tp_tunnel_send(s->tunnel, 0, &m))
		end_with(s, CDN_ERROR, ERR_RESOURCES, "ICRQ cannot be sent");
}

static void st_idle(struct osmo_fsm_inst *fi, uint32_t ev, void *data)
{
	struct l2tp_session *s = fi->priv;
	struct l2tp_msg m;

	(void)data;
	if (ev == SES_EV_REQ_CALL) {
		set_state(s, SES_WAIT_TUNNEL);
		return;
	}
	set_state(s, SES_WAIT_CONNECT);
	arm(s);
	l2tp_msg_init(&m, MSG_ICRP);
	l2tp_msg_set_num(&m, AVP_SESSION_ID, s->local_id);
	if (l2tp_tunnel_send(s->tunnel, s->peer_id, &m))
		end_with(s, CDN_ERROR, ERR_RESOURCES, "ICRP cannot be sent");
}

static void st_wait_tunnel(struct osmo_fsm_inst *fi, uint32_t ev, void *data)
{
	struct l2tp_session *s = fi->priv;

	(void)ev;
	(void)data;
	/* RFC 2661 4.4.3: only what the LNS's Framing Capabilities advertise may be asked for. */
	if (s->tunnel->peer_framing & L2TP_FRAMING)
		send_icrq(s);
	else
		end_with(s, CDN_NO_FACILITY, 0, "the peer offers no framing type");
}

static void session_established(struct l2tp_session *s)
{
	struct l2tp *l2tp = s->tunnel->peer->l2tp;

	set_state(s, SES_ESTABLISHED);
	osmo_timer_del(&s->timer);
	s->since = l2tp_now();
	LOGSES(s, LOGL_INFO, "established, call %u, %s\n", s->serial, s->lns ? "LNS" : "LAC");
	l2tp->ops->session_up(l2tp->priv, s);
}

static void st_wait_reply(struct osmo_fsm_inst *fi, uint32_t ev, void *data)
{
	struct l2tp_session *s = fi->priv;
	struct l2tp *l2tp = s->tunnel->peer->l2tp;
	struct l2tp_msg *in = data;
	bool sync = s->tunnel->peer_framing & L2TP_FRAMING_SYNC;
	struct l2tp_msg m;

	(void)ev;
	if (!in->avp[AVP_SESSION_ID].num) {
		end_with(s, CDN_ERROR, ERR_VALUE, "Assigned Session ID is 0");
		return;
	}
	s->peer_id = (uint16_t)in->avp[AVP_SESSION_ID].num;
	s->tx_bps = L2TP_TX_SPEED;
	s->sequencing = s->tunnel->peer->cfg.data_sequencing;
	if (!l2tp->ops->call_answered(l2tp->priv, s)) {
		end_with(s, CDN_NO_FACILITY_NOW, 0, "no resources");
		return;
	}
	l2tp_msg_init(&m, MSG_ICCN);
	l2tp_msg_set_num(&m, AVP_TX_SPEED, s->tx_bps);
	l2tp_msg_set_num(&m, AVP_FRAMING_TYPE, sync ? L2TP_FRAMING_SYNC : L2TP_FRAMING_ASYNC);
	if (s->sequencing)
		l2tp_msg_set(&m, AVP_SEQUENCING, NULL, 0);
	if (l2tp_tunnel_send(s->tunnel, s->peer_id, &m))
		end_with(s, CDN_ERROR, ERR_RESOURCES, "ICCN cannot be sent");
	else
		session_established(s);
}

int l2tp_session_call(struct l2tp_tunnel *t, void *owner, struct l2tp_session **out)
{
	struct l2tp_session *s = session_alloc(t, false);

	if (!s)
		return -ENOSPC;
	s->owner = owner;
	s->serial = t->peer->l2tp->next_serial++;
	*out = s;
	event(s, SES_EV_REQ_CALL, NULL);
	if (l2tp_tunnel_state(t) == TUN_ESTABLISHED)
		event(s, SES_EV_TUNNEL_OPEN, NULL);
	else if (l2tp_tunnel_state(t) == TUN_IDLE)
		l2tp_tunnel_event(t, TUN_EV_REQ_OPEN, NULL);
	if (s->gone)
		return -EIO;
	s->known = true;
	return 0;
}

/* ---- LNS (RFC 2661 7.4.2) ---- */

static void st_wait_connect(struct osmo_fsm_inst *fi, uint32_t ev, void *data)
{
	struct l2tp_session *s = fi->priv;
	struct l2tp_msg *m = data;

	(void)ev;
	if (m->avp[AVP_FRAMING_TYPE].num & ~(uint64_t)L2TP_FRAMING) {
		end_with(s, CDN_ERROR, ERR_VALUE, "Framing Type was not offered");
		return;
	}
	s->tx_bps = (uint32_t)m->avp[AVP_TX_SPEED].num;
	/* Required by the LAC, or wished by us, who control it (RFC 2661 5.4). The proxy LCP and
	 * authentication AVPs are passed over: LCP and authentication are run anew, as 4.4.5
	 * allows. */
	s->sequencing = l2tp_msg_has(m, AVP_SEQUENCING) || s->tunnel->peer->cfg.data_sequencing;
	session_established(s);
}

static void refuse_call(struct l2tp_tunnel *t, uint16_t peer_id, uint16_t result, uint16_t error,
			const char *text)
{
	struct l2tp_result why = { .result = result, .error = error };
	uint16_t id = free_session_id(t);

	osmo_strlcpy(why.text, text, sizeof(why.text));
	LOGTUN(t, LOGL_NOTICE, "call refused: %s\n", text);
	/* Assigned Session ID must be there and not 0, though the session never is. */
	if (id)
		send_cdn(t, peer_id, id, &why);
}

static void rx_icrq(struct l2tp_tunnel *t, uint16_t peer_id, struct l2tp_msg *m)
{
	struct l2tp *l2tp = t->peer->l2tp;
	struct l2tp_session *s;

	if (!t->peer->cfg.accept) {
		refuse_call(t, peer_id, CDN_ADMIN, 0, "calls are not accepted from this peer");
		return;
	}
	if (t->n_sessions >= t->peer->cfg.max_sessions) {
		refuse_call(t, peer_id, CDN_ERROR, ERR_RESOURCES, "too many sessions");
		return;
	}
	s = session_alloc(t, true);
	if (!s) {
		refuse_call(t, peer_id, CDN_ERROR, ERR_RESOURCES, "no session id or memory");
		return;
	}
	s->peer_id = peer_id;
	s->serial = (uint32_t)m->avp[AVP_CALL_SERIAL].num;
	s->known = l2tp->ops->call_in(l2tp->priv, s);
	if (s->known) {
		event(s, SES_EV_RX_ICRQ, m);
		return;
	}
	session_destroy(s);
	refuse_call(t, peer_id, CDN_NO_FACILITY_NOW, 0, "not accepted");
}

/* ICRQ or OCRQ: the peer proposes a session. */
static void rx_request(struct l2tp_tunnel *t, struct l2tp_msg *m, bool fault)
{
	uint16_t peer_id = (uint16_t)m->avp[AVP_SESSION_ID].num;

	/* Without an id, or with one that a session has, no answer can reach the right one. */
	if (!peer_id || find_peer(t, peer_id)) {
		t->malformed++;
		LOGTUN(t, LOGL_NOTICE, "%s with Assigned Session ID %u ignored\n",
		       l2tp_msg_rule(m->type)->name, peer_id);
		return;
	}
	if (fault)
		refuse_call(t, peer_id, m->fault.result, m->fault.error, m->fault.text);
	else if (m->type == MSG_OCRQ)
		refuse_call(t, peer_id, CDN_NO_FACILITY, 0, "outgoing calls are not offered");
	else
		rx_icrq(t, peer_id, m);
}

/* ---- messages ---- */

static void rx_cdn(struct l2tp_session *s, const struct l2tp_msg *m)
{
	struct l2tp_result why = { .result = CDN_CARRIER };

	if (l2tp_msg_has(m, AVP_RESULT_CODE))
		l2tp_result_read(&m->avp[AVP_RESULT_CODE], &why);
	l2tp_session_end(s, &why, false);
}

static bool legal(const struct l2tp_session *s, const struct l2tp_msg_rule *rule)
{
	return rule->session_states & ST(l2tp_session_state(s)) &&
	       (s->lns ? rule->from_lac : rule->from_lns);
}

void l2tp_session_rx(struct l2tp_tunnel *t, uint16_t session, struct l2tp_msg *m, bool fault)
{
	const struct l2tp_msg_rule *rule = l2tp_msg_rule(m->type);
	struct l2tp_session *s = NULL;
	char text[80];

	if (session)
		s = find_local(t, session);
	else if (m->type == MSG_CDN) /* RFC 2661 4.4.4: before our id is known to the peer */
		s = find_peer(t, (uint16_t)m->avp[AVP_SESSION_ID].num);
	else if (rule->session_states & ST(SES_IDLE)) {
		rx_request(t, m, fault);
		return;
	}
	if (!s) {
		/* One that has just ended here, and of which the peer hears soon. */
		LOGTUN(t, LOGL_INFO, "%s for unknown session %u ignored\n", rule->name, session);
		return;
	}
	if (m->type == MSG_CDN) {
		rx_cdn(s, m);
		return;
	}
	if (fault) {
		l2tp_session_end(s, &m->fault, true);
		return;
	}
	if (!legal(s, rule)) {
		t->malformed++;
		snprintf(text, sizeof(text), "%s in state %s", rule->name,
			 osmo_fsm_inst_state_name(s->fi));
		end_with(s, CDN_ERROR, ERR_VENDOR, text);
		return;
	}
	if (m->type == MSG_ICRP)
		event(s, SES_EV_RX_ICRP, m);
	else if (m->type == MSG_ICCN)
		event(s, SES_EV_RX_ICCN, m);
	/* WEN and SLI concern a line with errors and escapes, which we do not have. */
}

/* ---- the tunnel's events ---- */

#define for_each_session(t, i, s, n)                                                               \
	for (unsigned int i = 0; i < L2TP_SESSION_BUCKETS; i++)                                    \
		llist_for_each_entry_safe (s, n, &(t)->sessions[i], list)

/* Callbacks may end any session: start over after each one that was handled. */
static struct l2tp_session *first_in(struct l2tp_tunnel *t, uint8_t states)
{
	struct l2tp_session *s, *n;

	for_each_session(t, i, s, n) if (states & ST(l2tp_session_state(s))) return s;
	return NULL;
}

void l2tp_sessions_tunnel_open(struct l2tp_tunnel *t)
{
	struct l2tp_session *s;

	while (!t->gone && (s = first_in(t, ST(SES_WAIT_TUNNEL))))
		event(s, SES_EV_TUNNEL_OPEN, NULL);
}

void l2tp_sessions_tunnel_down(struct l2tp_tunnel *t, const struct l2tp_result *why)
{
	struct l2tp_result carrier = { .result = CDN_CARRIER };
	struct l2tp_session *s;

	/* Result codes of StopCCN are not those of CDN: the text tells. */
	snprintf(carrier.text, sizeof(carrier.text), "tunnel down: %.60s",
		 why->text[0] ? why->text : "closed");
	while ((s = first_in(t, UINT8_MAX)))
		l2tp_session_end(s, &carrier, false);
}

void l2tp_sessions_move(struct l2tp_tunnel *from, struct l2tp_tunnel *to)
{
	struct l2tp_session *s, *n;

	for_each_session(from, i, s, n)
	{
		llist_del(&s->list);
		llist_add_tail(&s->list, &to->sessions[i]);
		s->tunnel = to;
		from->n_sessions--;
		to->n_sessions++;
	}
}

void l2tp_sessions_suspend(struct l2tp_tunnel *t)
{
	struct l2tp_session *s, *n;

	for_each_session(t, i, s, n) osmo_timer_del(&s->timer);
}

void l2tp_sessions_resume(struct l2tp_tunnel *t)
{
	struct l2tp_session *s, *n;

	for_each_session(t, i, s, n) arm(s);
}

/* ---- the machine ---- */

#define EV(e) (1u << SES_EV_##e)

static const struct osmo_fsm_state session_states[SES_STATES] = {
	[SES_IDLE] = {
		.name = "idle",
		.in_event_mask = EV(REQ_CALL) | EV(RX_ICRQ),
		.out_state_mask = ST(SES_WAIT_TUNNEL) | ST(SES_WAIT_CONNECT) | ST(SES_IDLE),
		.action = st_idle,
	},
	[SES_WAIT_TUNNEL] = {
		.name = "wait-tunnel",
		.in_event_mask = EV(TUNNEL_OPEN),
		.out_state_mask = ST(SES_WAIT_REPLY) | ST(SES_IDLE),
		.action = st_wait_tunnel,
	},
	[SES_WAIT_REPLY] = {
		.name = "wait-reply",
		.in_event_mask = EV(RX_ICRP),
		.out_state_mask = ST(SES_ESTABLISHED) | ST(SES_IDLE),
		.action = st_wait_reply,
	},
	[SES_WAIT_CONNECT] = {
		.name = "wait-connect",
		.in_event_mask = EV(RX_ICCN),
		.out_state_mask = ST(SES_ESTABLISHED) | ST(SES_IDLE),
		.action = st_wait_connect,
	},
	[SES_ESTABLISHED] = {
		.name = "established",
		.out_state_mask = ST(SES_IDLE),
	},
};

static const struct value_string event_names[] = {
	{ SES_EV_REQ_CALL, "REQ_CALL" },
	{ SES_EV_TUNNEL_OPEN, "TUNNEL_OPEN" },
	{ SES_EV_RX_ICRQ, "RX_ICRQ" },
	{ SES_EV_RX_ICRP, "RX_ICRP" },
	{ SES_EV_RX_ICCN, "RX_ICCN" },
	{ SES_EV_END, "END" },
	{ 0, NULL },
};

static struct osmo_fsm session_fsm = {
	.name = "L2TP-Session",
	.states = session_states,
	.num_states = ARRAY_SIZE(session_states),
	.allstate_event_mask = EV(END),
	.allstate_action = st_end,
	.log_subsys = DL2TP,
	.event_names = event_names,
};

static __attribute__((constructor)) void session_fsm_init(void)
{
	OSMO_ASSERT(osmo_fsm_register(&session_fsm) == 0);
}
