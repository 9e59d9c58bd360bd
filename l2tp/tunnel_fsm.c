/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * The states of a control connection (RFC 2661 7.2).
 *
 *            REQ_OPEN: SCCRQ                 RX_SCCRQ: SCCRP
 *   WAIT_REPLY <------------------- IDLE -------------------> WAIT_CONN
 *       |                             | not acceptable            |
 *       | RX_SCCRP: SCCCN             | or tie lost               | RX_SCCCN
 *       +--------------> ESTABLISHED <|---------------------------+
 *                             |       |
 *        REQ_CLOSE: StopCCN   v       v    RX_STOPCCN
 *                          CLOSING -------------------------> LINGER ---> freed
 *                                   DRAINED, RX_STOPCCN              TIMEOUT
 *
 * LINGER answers retransmissions for a full retransmission cycle (RFC 2661 5.7, 5.8). LOST (the
 * peer is silent, has restarted, or has won a tie) frees at once from every state.
 */

#include <ctype.h>
#include <string.h>

#include <openssl/crypto.h>
#include <osmocom/core/utils.h>

#include "l2tp/l2tp_internal.h"

static struct osmo_fsm tunnel_fsm;

static int set_state(struct l2tp_tunnel *t, enum l2tp_tunnel_state state)
{
	return osmo_fsm_inst_state_chg(t->fi, state, 0, 0);
}

/* ---- ending ---- */

/* Sessions and the room above hear of the end once. */
static void tell_down(struct l2tp_tunnel *t, const struct l2tp_result *why)
{
	struct l2tp *l2tp = t->peer->l2tp;

	l2tp_sessions_tunnel_down(t, why);
	if (!t->was_up)
		return;
	t->was_up = false;
	LOGP(DL2TP, LOGL_NOTICE, "%s: tunnel %u/%u down: result %u error %u %s\n",
	     t->peer->carrier->name, t->local_id, t->peer_id, why->result, why->error, why->text);
	l2tp->ops->tunnel_down(l2tp->priv, t, why);
}

static void send_stopccn(struct l2tp_tunnel *t, const struct l2tp_result *why)
{
	uint8_t result[4 + sizeof(why->text)];
	struct l2tp_msg m;

	l2tp_msg_init(&m, MSG_STOPCCN);
	l2tp_msg_set_num(&m, AVP_TUNNEL_ID, t->local_id);
	l2tp_msg_set(&m, AVP_RESULT_CODE, result, l2tp_result_write(result, sizeof(result), why));
	reliable_drop_unsent(t->reliable);
	l2tp_tunnel_send(t, 0, &m);
}

static void linger(struct l2tp_tunnel *t)
{
	reliable_drop_all(t->reliable);
	set_state(t, TUN_LINGER);
	l2tp_tunnel_timer(t, (reliable_cycle_ms(&t->rcfg) + 999) / 1000);
}

static void close_tunnel(struct l2tp_tunnel *t, const struct l2tp_result *why)
{
	if (reliable_untouched(t->reliable)) {
		/* The peer has never heard of it. */
		tell_down(t, why);
		l2tp_tunnel_destroy(t);
		return;
	}
	l2tp_tunnel_timer(t, 0);
	osmo_timer_del(&t->hello);
	set_state(t, TUN_CLOSING);
	send_stopccn(t, why);
	tell_down(t, why);
}

static void refuse(struct l2tp_tunnel *t, uint16_t result, uint16_t error, const char *text)
{
	struct l2tp_result why = { .result = result, .error = error };

	osmo_strlcpy(why.text, text, sizeof(why.text));
	LOGTUN(t, LOGL_NOTICE, "%s\n", text);
	close_tunnel(t, &why);
}

static void lost(struct l2tp_tunnel *t, const struct l2tp_result *why)
{
	reliable_stop(t->reliable);
	LOGTUN(t, LOGL_NOTICE, "%s\n", why->text);
	set_state(t, TUN_LINGER);
	tell_down(t, why);
	l2tp_tunnel_destroy(t);
}

static void rx_stopccn(struct l2tp_tunnel *t, const struct l2tp_msg *m)
{
	struct l2tp_result why = { .result = STOP_CLEAR };

	if (l2tp_msg_has(m, AVP_RESULT_CODE))
		l2tp_result_read(&m->avp[AVP_RESULT_CODE], &why);
	osmo_timer_del(&t->hello);
	/* Only in answer to our SCCRQ (RFC 3193 4.2.3). */
	if (why.result == STOP_ERROR && why.error == ERR_TRY_ANOTHER && t->originated &&
	    l2tp_tunnel_state(t) == TUN_WAIT_REPLY && t->peer->l2tp->ops->try_another)
		t->peer->l2tp->ops->try_another(t->peer->l2tp->priv, t->peer, why.text);
	linger(t);
	tell_down(t, &why);
}

/* ---- authentication (RFC 2661 5.1.1) ---- */

static int add_challenge(struct l2tp_tunnel *t, struct l2tp_msg *m)
{
	int rc;

	if (!t->peer->cfg.secret)
		return 0;
	rc = l2tp_random(t->challenge, sizeof(t->challenge));
	if (rc)
		return rc;
	t->challenged = true;
	l2tp_msg_set(m, AVP_CHALLENGE, t->challenge, sizeof(t->challenge));
	return 0;
}

/* A challenge of ours that comes back is somebody who wants us to answer it for him. */
static bool is_our_challenge(const struct l2tp_peer *peer, const struct l2tp_value *v)
{
	const struct l2tp_tunnel *t;

	llist_for_each_entry (t, &peer->tunnels, list)
		if (t->challenged && v->len == sizeof(t->challenge) &&
		    memcmp(v->p, t->challenge, v->len) == 0)
			return true;
	return false;
}

/* \returns NULL, or why the peer's challenge can't be answered. response is filled in. */
static const char *answer_challenge(struct l2tp_tunnel *t, const struct l2tp_msg *in,
				    struct l2tp_msg *out, uint8_t response[L2TP_RESPONSE_LEN])
{
	const struct l2tp_peer_cfg *cfg = &t->peer->cfg;
	const struct l2tp_value *v = &in->avp[AVP_CHALLENGE];

	if (!l2tp_msg_has(in, AVP_CHALLENGE))
		return NULL;
	if (!cfg->secret)
		return "the peer demands authentication and no secret is configured";
	if (is_our_challenge(t->peer, v))
		return "the peer's challenge is our own";
	if (l2tp_auth_response(out->type, cfg->secret, cfg->secret_len, v->p, v->len, response))
		return "cryptographic library failed";
	l2tp_msg_set(out, AVP_RESPONSE, response, L2TP_RESPONSE_LEN);
	return NULL;
}

static const char *check_response(struct l2tp_tunnel *t, const struct l2tp_msg *m)
{
	const struct l2tp_peer_cfg *cfg = &t->peer->cfg;
	uint8_t expected[L2TP_RESPONSE_LEN];
	const char *err = NULL;

	if (!t->challenged)
		return NULL;
	if (!l2tp_msg_has(m, AVP_RESPONSE))
		return "the peer does not authenticate itself";
	if (!cfg->secret || l2tp_auth_response(m->type, cfg->secret, cfg->secret_len, t->challenge,
					       sizeof(t->challenge), expected))
		err = "cryptographic library failed";
	else if (CRYPTO_memcmp(expected, m->avp[AVP_RESPONSE].p, sizeof(expected)) != 0)
		err = "the peer's secret is another";
	OPENSSL_cleanse(expected, sizeof(expected));
	t->challenged = false;
	return err;
}

/* ---- opening ---- */

/* What SCCRQ and SCCRP have in common. */
static int start_message(struct l2tp_tunnel *t, struct l2tp_msg *m, enum l2tp_msg_type type)
{
	const char *host = t->peer->cfg.host_name;

	l2tp_msg_init(m, type);
	l2tp_msg_set_num(m, AVP_PROTOCOL_VERSION, L2TP_PROTOCOL);
	l2tp_msg_set_num(m, AVP_FRAMING_CAPS, L2TP_FRAMING);
	/* No Bearer Capabilities: we place no outgoing calls (RFC 2661 4.4.3). */
	l2tp_msg_set_num(m, AVP_FIRMWARE, L2TP_FIRMWARE);
	l2tp_msg_set(m, AVP_HOST_NAME, host, strlen(host));
	l2tp_msg_set(m, AVP_VENDOR_NAME, L2TP_VENDOR, strlen(L2TP_VENDOR));
	l2tp_msg_set_num(m, AVP_TUNNEL_ID, t->local_id);
	l2tp_msg_set_num(m, AVP_RX_WINDOW, t->rcfg.rx_window);
	return add_challenge(t, m);
}

static bool host_matches(const struct l2tp_peer_cfg *cfg, const struct l2tp_value *v)
{
	size_t len = strlen(cfg->peer_host_name);

	if (!len)
		return true;
	if (len != v->len)
		return false;
	for (size_t i = 0; i < len; i++)
		if (tolower((unsigned char)cfg->peer_host_name[i]) != tolower(v->p[i]))
			return false;
	return true;
}

/* Check and keep what SCCRQ and SCCRP say. \returns whether the tunnel may go on. */
static bool take_start_message(struct l2tp_tunnel *t, const struct l2tp_msg *m)
{
	const struct l2tp_value *v = m->avp;

	l2tp_text(t->peer_host, sizeof(t->peer_host), v[AVP_HOST_NAME].p, v[AVP_HOST_NAME].len);
	if (l2tp_msg_has(m, AVP_VENDOR_NAME))
		l2tp_text(t->peer_vendor, sizeof(t->peer_vendor), v[AVP_VENDOR_NAME].p,
			  v[AVP_VENDOR_NAME].len);
	t->peer_framing = (uint32_t)v[AVP_FRAMING_CAPS].num;
	/* The version's first octet; revisions are compatible. */
	if (v[AVP_PROTOCOL_VERSION].num >> 8 != L2TP_PROTOCOL >> 8) {
		refuse(t, STOP_VERSION, L2TP_PROTOCOL, "protocol version not supported");
		return false;
	}
	if (!v[AVP_TUNNEL_ID].num) {
		refuse(t, STOP_ERROR, ERR_VALUE, "Assigned Tunnel ID is 0");
		return false;
	}
	if (l2tp_msg_has(m, AVP_RX_WINDOW) && !v[AVP_RX_WINDOW].num) {
		refuse(t, STOP_ERROR, ERR_VALUE, "Receive Window Size is 0");
		return false;
	}
	if (!host_matches(&t->peer->cfg, &v[AVP_HOST_NAME])) {
		refuse(t, STOP_UNAUTHORIZED, 0, "host name is not the one expected");
		return false;
	}
	reliable_set_peer_window(t->reliable, l2tp_msg_has(m, AVP_RX_WINDOW)
						      ? (uint16_t)v[AVP_RX_WINDOW].num
						      : L2TP_WINDOW_DEFAULT);
	return true;
}

static void established(struct l2tp_tunnel *t)
{
	struct l2tp *l2tp = t->peer->l2tp;

	OPENSSL_cleanse(t->challenge, sizeof(t->challenge));
	l2tp_tunnel_timer(t, 0);
	set_state(t, TUN_ESTABLISHED);
	t->since = l2tp_now();
	t->was_up = true;
	LOGP(DL2TP, LOGL_NOTICE, "%s: tunnel %u/%u to %s up\n", t->peer->carrier->name, t->local_id,
	     t->peer_id, t->peer_host);
	l2tp->ops->tunnel_up(l2tp->priv, t);
	if (l2tp_tunnel_state(t) == TUN_ESTABLISHED)
		l2tp_sessions_tunnel_open(t);
}

static void open_tunnel(struct l2tp_tunnel *t)
{
	struct l2tp_msg m;

	set_state(t, TUN_WAIT_REPLY);
	l2tp_tunnel_timer(t, L2TP_ANSWER_SECS);
	if (l2tp_random(t->tie_breaker, sizeof(t->tie_breaker)) ||
	    start_message(t, &m, MSG_SCCRQ)) {
		refuse(t, STOP_ERROR, ERR_RESOURCES, "no random numbers");
		return;
	}
	l2tp_msg_set_num(&m, AVP_TIE_BREAKER, rd_u64(&(struct rd){ t->tie_breaker, 8, false }));
	if (l2tp_tunnel_send(t, 0, &m))
		refuse(t, STOP_ERROR, ERR_RESOURCES, "SCCRQ cannot be sent");
}

/*
 * Two SCCRQs have crossed (RFC 2661 4.4.3, Tie Breaker): the lower value wins, a value wins over
 * none, equal ones both lose. The loser's tunnel goes silently.
 * \returns whether the peer's tunnel t goes on.
 */
static bool break_tie(struct l2tp_tunnel *t, const struct l2tp_msg *m)
{
	struct l2tp_result why = { .result = STOP_EXISTS, .text = "tie lost" };
	struct l2tp_tunnel *ours, *next;
	uint8_t theirs[8];
	int cmp;

	put_u64(theirs, m->avp[AVP_TIE_BREAKER].num);
	llist_for_each_entry_safe (ours, next, &t->peer->tunnels, list) {
		/* One that waits for the carrier has not been sent: there is no tie. */
		if (!ours->originated || l2tp_tunnel_state(ours) != TUN_WAIT_REPLY ||
		    reliable_untouched(ours->reliable))
			continue;
		cmp = l2tp_msg_has(m, AVP_TIE_BREAKER)
			      ? memcmp(ours->tie_breaker, theirs, sizeof(theirs))
			      : -1;
		if (cmp > 0)
			l2tp_sessions_move(ours, t);
		if (cmp >= 0)
			l2tp_tunnel_event(ours, TUN_EV_LOST, &why);
		if (cmp <= 0)
			return false;
	}
	return true;
}

static void rx_sccrq(struct l2tp_tunnel *t, const struct l2tp_msg *m)
{
	uint8_t response[L2TP_RESPONSE_LEN];
	struct l2tp_result why = { .result = STOP_EXISTS, .text = "tie won" };
	struct l2tp_msg out;
	const char *err;

	if (!t->peer->cfg.accept) {
		refuse(t, STOP_UNAUTHORIZED, 0, "tunnels are not accepted from this peer");
		return;
	}
	if (!take_start_message(t, m))
		return;
	if (!break_tie(t, m)) {
		lost(t, &why);
		return;
	}
	if (t->peer->cfg.try_another[0]) {
		refuse(t, STOP_ERROR, ERR_TRY_ANOTHER, t->peer->cfg.try_another);
		return;
	}
	/* Before our own challenge is made, or it would be compared with itself. */
	l2tp_msg_init(&out, MSG_SCCRP);
	err = answer_challenge(t, m, &out, response);
	if (err) {
		refuse(t, STOP_UNAUTHORIZED, 0, err);
		return;
	}
	if (start_message(t, &out, MSG_SCCRP)) {
		refuse(t, STOP_ERROR, ERR_RESOURCES, "no random numbers");
		return;
	}
	if (l2tp_msg_has(m, AVP_CHALLENGE))
		l2tp_msg_set(&out, AVP_RESPONSE, response, sizeof(response));
	set_state(t, TUN_WAIT_CONN);
	l2tp_tunnel_timer(t, L2TP_ANSWER_SECS);
	if (l2tp_tunnel_send(t, 0, &out))
		refuse(t, STOP_ERROR, ERR_RESOURCES, "SCCRP cannot be sent");
}

static void rx_sccrp(struct l2tp_tunnel *t, const struct l2tp_msg *m)
{
	uint8_t response[L2TP_RESPONSE_LEN];
	struct l2tp_msg out;
	const char *err;

	if (!take_start_message(t, m))
		return;
	l2tp_msg_init(&out, MSG_SCCCN);
	err = answer_challenge(t, m, &out, response);
	if (!err)
		err = check_response(t, m);
	if (err) {
		refuse(t, STOP_UNAUTHORIZED, 0, err);
		return;
	}
	if (l2tp_tunnel_send(t, 0, &out))
		refuse(t, STOP_ERROR, ERR_RESOURCES, "SCCCN cannot be sent");
	else
		established(t);
}

static void rx_scccn(struct l2tp_tunnel *t, const struct l2tp_msg *m)
{
	const char *err = check_response(t, m);

	if (err)
		refuse(t, STOP_UNAUTHORIZED, 0, err);
	else
		established(t);
}

/* ---- the machine ---- */

static void st_idle(struct osmo_fsm_inst *fi, uint32_t event, void *data)
{
	struct l2tp_tunnel *t = fi->priv;

	if (event == TUN_EV_REQ_OPEN)
		open_tunnel(t);
	else
		rx_sccrq(t, data);
}

static void st_wait_reply(struct osmo_fsm_inst *fi, uint32_t event, void *data)
{
	(void)event;
	rx_sccrp(fi->priv, data);
}

static void st_wait_conn(struct osmo_fsm_inst *fi, uint32_t event, void *data)
{
	(void)event;
	rx_scccn(fi->priv, data);
}

static void st_closing(struct osmo_fsm_inst *fi, uint32_t event, void *data)
{
	(void)event;
	(void)data;
	/* The StopCCN is acknowledged; what the peer sent at the same time may come again. */
	linger(fi->priv);
}

static void st_any(struct osmo_fsm_inst *fi, uint32_t event, void *data)
{
	struct l2tp_tunnel *t = fi->priv;
	enum l2tp_tunnel_state state = l2tp_tunnel_state(t);

	switch (event) {
	case TUN_EV_LOST:
		lost(t, data);
		break;
	case TUN_EV_RX_STOPCCN:
		if (state != TUN_LINGER)
			rx_stopccn(t, data);
		break;
	case TUN_EV_REQ_CLOSE:
		if (state != TUN_CLOSING && state != TUN_LINGER)
			close_tunnel(t, data);
		break;
	default: /* TUN_EV_TIMEOUT */
		if (state == TUN_LINGER)
			l2tp_tunnel_destroy(t);
		else
			refuse(t, STOP_ERROR, ERR_VENDOR, "no answer in time");
	}
}

#define EV(e) (1u << TUN_EV_##e)

static const struct osmo_fsm_state tunnel_states[TUN_STATES] = {
	[TUN_IDLE] = {
		.name = "idle",
		.in_event_mask = EV(REQ_OPEN) | EV(RX_SCCRQ),
		.out_state_mask = ST(TUN_WAIT_REPLY) | ST(TUN_WAIT_CONN) | ST(TUN_CLOSING) |
				  ST(TUN_LINGER),
		.action = st_idle,
	},
	[TUN_WAIT_REPLY] = {
		.name = "wait-ctl-reply",
		.in_event_mask = EV(RX_SCCRP),
		.out_state_mask = ST(TUN_ESTABLISHED) | ST(TUN_CLOSING) | ST(TUN_LINGER),
		.action = st_wait_reply,
	},
	[TUN_WAIT_CONN] = {
		.name = "wait-ctl-conn",
		.in_event_mask = EV(RX_SCCCN),
		.out_state_mask = ST(TUN_ESTABLISHED) | ST(TUN_CLOSING) | ST(TUN_LINGER),
		.action = st_wait_conn,
	},
	[TUN_ESTABLISHED] = {
		.name = "established",
		.out_state_mask = ST(TUN_CLOSING) | ST(TUN_LINGER),
	},
	[TUN_CLOSING] = {
		.name = "closing",
		.in_event_mask = EV(DRAINED),
		.out_state_mask = ST(TUN_LINGER),
		.action = st_closing,
	},
	[TUN_LINGER] = {
		.name = "linger",
		.out_state_mask = ST(TUN_LINGER),
	},
};

static const struct value_string event_names[] = {
	{ TUN_EV_REQ_OPEN, "REQ_OPEN" },
	{ TUN_EV_RX_SCCRQ, "RX_SCCRQ" },
	{ TUN_EV_RX_SCCRP, "RX_SCCRP" },
	{ TUN_EV_RX_SCCCN, "RX_SCCCN" },
	{ TUN_EV_RX_STOPCCN, "RX_STOPCCN" },
	{ TUN_EV_REQ_CLOSE, "REQ_CLOSE" },
	{ TUN_EV_LOST, "LOST" },
	{ TUN_EV_DRAINED, "DRAINED" },
	{ TUN_EV_TIMEOUT, "TIMEOUT" },
	{ 0, NULL },
};

static struct osmo_fsm tunnel_fsm = {
	.name = "L2TP-Tunnel",
	.states = tunnel_states,
	.num_states = ARRAY_SIZE(tunnel_states),
	.allstate_event_mask = EV(LOST) | EV(RX_STOPCCN) | EV(REQ_CLOSE) | EV(TIMEOUT),
	.allstate_action = st_any,
	.log_subsys = DL2TP,
	.event_names = event_names,
};

static __attribute__((constructor)) void tunnel_fsm_init(void)
{
	OSMO_ASSERT(osmo_fsm_register(&tunnel_fsm) == 0);
}

struct osmo_fsm_inst *l2tp_tunnel_fsm_new(struct l2tp_tunnel *t)
{
	return osmo_fsm_inst_alloc(&tunnel_fsm, t, t, LOGL_DEBUG, NULL);
}

void l2tp_tunnel_event(struct l2tp_tunnel *t, enum l2tp_tunnel_event ev, void *data)
{
	if (!t->gone)
		osmo_fsm_inst_dispatch(t->fi, ev, data);
}
