/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * RFC 1661 4: the table of 4.1 is the program, osmo_fsm runs it. The masks of the osmo_fsm states
 * are computed from the table, so there is one truth.
 */

#include "l2tp/ppp/negotiate.h"

#include <errno.h>
#include <string.h>

#include <osmocom/core/utils.h>

#include "core/log.h"

enum action { /* RFC 1661 4.4 */
	      TLU = 1 << 0,
	      TLD = 1 << 1,
	      TLS = 1 << 2, /* the lower layer needs no starting here: no callback */
	      TLF = 1 << 3,
	      IRC = 1 << 4,
	      ZRC = 1 << 5,
	      SCR = 1 << 6,
	      SCA = 1 << 7,
	      SCN = 1 << 8,
	      STR = 1 << 9,
	      STA = 1 << 10,
	      SCJ = 1 << 11,
	      SER = 1 << 12,
};

enum { ILLEGAL = 0xff };

struct cell {
	uint16_t actions;
	uint8_t next;
};

/* clang-format off */
#define ILL  { 0, ILLEGAL }
#define GO(next)   { 0, next }
#define DO(act, next) { act, next }
/* RFC 1661 4.1, read as there: events down, states 0-9 across. */
static const struct cell table[NEG_EVENTS][NEG_STATES] = {
	[NEG_EV_UP] = {
		GO(2), DO(IRC | SCR, 6), ILL, ILL, ILL, ILL,
		ILL, ILL, ILL, ILL },
	[NEG_EV_DOWN] = {
		ILL, ILL, GO(0), DO(TLS, 1), GO(0), GO(1),
		GO(1), GO(1), GO(1), DO(TLD, 1) },
	[NEG_EV_OPEN] = {
		DO(TLS, 1), GO(1), DO(IRC | SCR, 6), GO(3), GO(5), GO(5),
		GO(6), GO(7), GO(8), GO(9) },
	[NEG_EV_CLOSE] = {
		GO(0), DO(TLF, 0), GO(2), GO(2), GO(4), GO(4),
		DO(IRC | STR, 4), DO(IRC | STR, 4), DO(IRC | STR, 4), DO(TLD | IRC | STR, 4) },
	[NEG_EV_TO_PLUS] = {
		ILL, ILL, ILL, ILL, DO(STR, 4), DO(STR, 5),
		DO(SCR, 6), DO(SCR, 6), DO(SCR, 8), ILL },
	[NEG_EV_TO_MINUS] = {
		ILL, ILL, ILL, ILL, DO(TLF, 2), DO(TLF, 3),
		DO(TLF, 3), DO(TLF, 3), DO(TLF, 3), ILL },
	[NEG_EV_RCR_GOOD] = {
		ILL, ILL, DO(STA, 2), DO(IRC | SCR | SCA, 8), GO(4), GO(5),
		DO(SCA, 8), DO(SCA | TLU, 9), DO(SCA, 8), DO(TLD | SCR | SCA, 8) },
	[NEG_EV_RCR_BAD] = {
		ILL, ILL, DO(STA, 2), DO(IRC | SCR | SCN, 6), GO(4), GO(5),
		DO(SCN, 6), DO(SCN, 7), DO(SCN, 6), DO(TLD | SCR | SCN, 6) },
	[NEG_EV_RCA] = {
		ILL, ILL, DO(STA, 2), DO(STA, 3), GO(4), GO(5),
		DO(IRC, 7), DO(SCR, 6), DO(IRC | TLU, 9), DO(TLD | SCR, 6) },
	[NEG_EV_RCN] = {
		ILL, ILL, DO(STA, 2), DO(STA, 3), GO(4), GO(5),
		DO(IRC | SCR, 6), DO(SCR, 6), DO(IRC | SCR, 8), DO(TLD | SCR, 6) },
	[NEG_EV_RTR] = {
		ILL, ILL, DO(STA, 2), DO(STA, 3), DO(STA, 4), DO(STA, 5),
		DO(STA, 6), DO(STA, 6), DO(STA, 6), DO(TLD | ZRC | STA, 5) },
	[NEG_EV_RTA] = {
		ILL, ILL, GO(2), GO(3), DO(TLF, 2), DO(TLF, 3),
		GO(6), GO(6), GO(8), DO(TLD | SCR, 6) },
	[NEG_EV_RUC] = {
		ILL, ILL, DO(SCJ, 2), DO(SCJ, 3), DO(SCJ, 4), DO(SCJ, 5),
		DO(SCJ, 6), DO(SCJ, 7), DO(SCJ, 8), DO(SCJ, 9) },
	[NEG_EV_RXJ_GOOD] = {
		ILL, ILL, GO(2), GO(3), GO(4), GO(5),
		GO(6), GO(6), GO(8), GO(9) },
	[NEG_EV_RXJ_BAD] = {
		ILL, ILL, DO(TLF, 2), DO(TLF, 3), DO(TLF, 2), DO(TLF, 3),
		DO(TLF, 3), DO(TLF, 3), DO(TLF, 3), DO(TLD | IRC | STR, 5) },
	[NEG_EV_RXR] = {
		ILL, ILL, GO(2), GO(3), GO(4), GO(5),
		GO(6), GO(7), GO(8), DO(SER, 9) },
};
/* clang-format on */

static const struct value_string event_names[] = {
	{ NEG_EV_UP, "Up" },
	{ NEG_EV_DOWN, "Down" },
	{ NEG_EV_OPEN, "Open" },
	{ NEG_EV_CLOSE, "Close" },
	{ NEG_EV_TO_PLUS, "TO+" },
	{ NEG_EV_TO_MINUS, "TO-" },
	{ NEG_EV_RCR_GOOD, "RCR+" },
	{ NEG_EV_RCR_BAD, "RCR-" },
	{ NEG_EV_RCA, "RCA" },
	{ NEG_EV_RCN, "RCN" },
	{ NEG_EV_RTR, "RTR" },
	{ NEG_EV_RTA, "RTA" },
	{ NEG_EV_RUC, "RUC" },
	{ NEG_EV_RXJ_GOOD, "RXJ+" },
	{ NEG_EV_RXJ_BAD, "RXJ-" },
	{ NEG_EV_RXR, "RXR" },
	{ 0, NULL },
};

static const char *const state_names[NEG_STATES] = {
	[NEG_ST_INITIAL] = "Initial",	[NEG_ST_STARTING] = "Starting",
	[NEG_ST_CLOSED] = "Closed",	[NEG_ST_STOPPED] = "Stopped",
	[NEG_ST_CLOSING] = "Closing",	[NEG_ST_STOPPING] = "Stopping",
	[NEG_ST_REQ_SENT] = "Req-Sent", [NEG_ST_ACK_RCVD] = "Ack-Rcvd",
	[NEG_ST_ACK_SENT] = "Ack-Sent", [NEG_ST_OPENED] = "Opened",
};

/* 4.1: the Restart timer runs in the states that have TO events. */
static bool timer_runs(uint32_t state)
{
	return table[NEG_EV_TO_PLUS][state].next != ILLEGAL;
}

static bool negotiating(uint32_t state)
{
	return state >= NEG_ST_REQ_SENT && state <= NEG_ST_ACK_SENT;
}

void neg_send(struct neg *n, uint8_t code, uint8_t id, const void *data, size_t len)
{
	uint8_t buf[NEG_PKT_MAX];
	struct wr w = wr_init(buf, sizeof(buf));
	size_t room = OSMO_MIN(n->mtu, sizeof(buf)) - NEG_HEADER;

	len = OSMO_MIN(len, room);
	wr_u8(&w, code);
	wr_u8(&w, id);
	wr_u16(&w, (uint16_t)(NEG_HEADER + len));
	wr_bytes(&w, data, len);
	n->ops->send(n, buf, w.len);
}

static void start_timer(struct neg *n)
{
	osmo_timer_schedule(&n->restart, n->cfg.restart, 0);
}

/* The identifier changes with the options and with every answered request; a retransmission keeps
 * it, so that a late answer still counts (5.1). */
static void send_configure_request(struct neg *n, bool retransmit)
{
	struct wr w = wr_init(n->req, sizeof(n->req));

	if (!retransmit || n->answered)
		n->req_id = ++n->id;
	n->answered = false;
	neg_options_ask(n, &w);
	OSMO_ASSERT(!w.err);
	n->req_len = w.len;
	if (n->count)
		n->count--;
	start_timer(n);
	neg_send(n, NEG_CONF_REQ, n->req_id, n->req, n->req_len);
}

static void send_answers(struct neg *n, uint16_t actions, const struct neg_pkt *pkt)
{
	if (actions & (SCA | SCN)) {
		if (pkt->reply_code == NEG_CONF_NAK)
			n->naks_tx++;
		else if (pkt->reply_code == NEG_CONF_ACK)
			n->naks_tx = 0;
		neg_send(n, pkt->reply_code, pkt->id, pkt->reply, pkt->reply_len);
	}
	if (actions & STR) {
		if (n->count)
			n->count--;
		start_timer(n);
		neg_send(n, NEG_TERM_REQ, ++n->id, n->why, n->why ? strlen(n->why) : 0);
	}
	if (actions & STA)
		neg_send(n, NEG_TERM_ACK, pkt->id, NULL, 0);
	if (actions & SCJ)
		neg_send(n, NEG_CODE_REJ, ++n->id, pkt->raw, pkt->raw_len);
	if (actions & SER)
		n->ops->ser(n, pkt);
}

/* The state changes first and the calls that may come back here, tlu and tlf, are last: "multiple
 * actions may be implemented in any convenient order" (4.1). */
static void do_cell(struct osmo_fsm_inst *fi, uint32_t event, void *data)
{
	struct neg *n = fi->priv;
	const struct cell *c = &table[event][fi->state];
	uint32_t old = fi->state;

	if (c->next != old)
		osmo_fsm_inst_state_chg(fi, c->next, 0, 0);
	if (!timer_runs(c->next))
		osmo_timer_del(&n->restart);
	if (c->actions & TLD)
		n->ops->tld(n);
	if (c->actions & IRC)
		n->count = c->actions & STR ? n->cfg.max_terminate : n->cfg.max_configure;
	if (c->actions & ZRC) {
		n->count = 0;
		start_timer(n);
	}
	if (c->actions & SCR) {
		if (!negotiating(old)) {
			n->naks_tx = n->naks_rx = 0;
			n->why = NULL;
			n->ops->begin(n);
		}
		send_configure_request(n, event == NEG_EV_TO_PLUS);
	}
	send_answers(n, c->actions, data);
	if (c->actions & TLU)
		n->ops->tlu(n);
	if (c->actions & TLF)
		n->ops->tlf(n);
}

static struct osmo_fsm_state fsm_states[NEG_STATES];

static struct osmo_fsm fsm = {
	.name = "PPP_NEG",
	.states = fsm_states,
	.num_states = NEG_STATES,
	.log_subsys = DPPP,
	.event_names = event_names,
};

static __attribute__((constructor)) void fsm_setup(void)
{
	for (unsigned int s = 0; s < NEG_STATES; s++) {
		fsm_states[s].name = state_names[s];
		fsm_states[s].action = do_cell;
		for (unsigned int e = 0; e < NEG_EVENTS; e++) {
			if (table[e][s].next == ILLEGAL)
				continue;
			fsm_states[s].in_event_mask |= 1u << e;
			fsm_states[s].out_state_mask |= 1u << table[e][s].next;
		}
	}
	OSMO_ASSERT(osmo_fsm_register(&fsm) == 0);
}

static void dispatch(struct neg *n, enum neg_event ev, struct neg_pkt *pkt)
{
	osmo_fsm_inst_dispatch(n->fi, ev, pkt);
}

void neg_event(struct neg *n, enum neg_event ev)
{
	struct neg_pkt none = { 0 };

	dispatch(n, ev, &none);
}

static void restart_expired(void *data)
{
	struct neg *n = data;

	if (n->count) {
		neg_event(n, NEG_EV_TO_PLUS);
		return;
	}
	if (negotiating(n->fi->state))
		n->why = "no answer to Configure-Request";
	neg_event(n, NEG_EV_TO_MINUS);
}

int neg_init(struct neg *n, void *ctx, const char *id, const struct neg_ops *ops,
	     const struct neg_cfg *cfg, void *priv)
{
	*n = (struct neg){ .ops = ops, .cfg = *cfg, .priv = priv, .mtu = NEG_PKT_MAX };
	osmo_timer_setup(&n->restart, restart_expired, n);
	n->fi = osmo_fsm_inst_alloc(&fsm, ctx, n, LOGL_DEBUG, NULL);
	if (!n->fi)
		return -ENOMEM;
	osmo_fsm_inst_update_id_f_sanitize(n->fi, '-', "%s-%s", id, ops->name);
	return 0;
}

void neg_exit(struct neg *n)
{
	if (!n->fi)
		return;
	osmo_timer_del(&n->restart);
	osmo_fsm_inst_free(n->fi);
	n->fi = NULL;
}

void neg_fail(struct neg *n, const char *why)
{
	if (!n->fail)
		n->fail = why;
}

/* Either what the options' rows said or the event; \returns 0. */
static int conclude(struct neg *n, enum neg_event ev, struct neg_pkt *pkt)
{
	if (n->fail) {
		n->why = n->fail;
		n->fail = NULL;
		LOGPFSML(n->fi, LOGL_NOTICE, "%s\n", n->why);
		ev = NEG_EV_CLOSE;
	}
	dispatch(n, ev, pkt);
	return 0;
}

static int rx_request(struct neg *n, struct neg_pkt *pkt)
{
	uint32_t state = n->fi->state;
	uint8_t buf[NEG_PKT_MAX];
	struct wr reply = wr_init(buf, sizeof(buf) - NEG_HEADER);
	int rc;

	/* The answer does not depend on the options: judge none, change nothing. */
	if (state == NEG_ST_CLOSED || state == NEG_ST_CLOSING || state == NEG_ST_STOPPING) {
		dispatch(n, NEG_EV_RCR_GOOD, pkt);
		return 0;
	}
	rc = neg_options_judge(n, pkt->data, pkt->len, &reply);
	if (rc < 0) {
		n->fail = NULL;
		return rc;
	}
	pkt->reply_code = (uint8_t)rc;
	pkt->reply = buf;
	pkt->reply_len = reply.len;
	return conclude(n, rc == NEG_CONF_ACK ? NEG_EV_RCR_GOOD : NEG_EV_RCR_BAD, pkt);
}

/* 5.2-5.4: "out of sequence or otherwise invalid" answers are silently discarded; so is a second
 * answer to one request. */
static int rx_answer(struct neg *n, struct neg_pkt *pkt)
{
	uint32_t state = n->fi->state;

	if (state == NEG_ST_CLOSED || state == NEG_ST_STOPPED) {
		dispatch(n, NEG_EV_RCA, pkt); /* sta, whatever it answers */
		return 0;
	}
	if (state == NEG_ST_CLOSING || state == NEG_ST_STOPPING)
		return 0;
	if (n->answered || pkt->id != n->req_id)
		return -EPROTO;
	if (pkt->code == NEG_CONF_ACK) {
		if (pkt->len != n->req_len || memcmp(pkt->data, n->req, n->req_len) != 0)
			return -EBADMSG;
		n->answered = true;
		return conclude(n, NEG_EV_RCA, pkt);
	}
	if (neg_options_refused(n, pkt->code, pkt->data, pkt->len) < 0) {
		n->fail = NULL;
		return -EBADMSG;
	}
	n->answered = true;
	/* 4.5: loops are ours to stop. Ours are few options: each is refused a few times at most. */
	if (++n->naks_rx > 2u * n->cfg.max_failure)
		neg_fail(n, "negotiation does not converge");
	return conclude(n, NEG_EV_RCN, pkt);
}

static int rx_code_reject(struct neg *n, struct neg_pkt *pkt)
{
	uint8_t code;

	if (pkt->len < NEG_HEADER)
		return -EBADMSG;
	code = pkt->data[0];
	if (code >= NEG_CONF_REQ && code <= NEG_CODE_REJ) {
		n->why = "peer rejects the protocol's basic codes";
		dispatch(n, NEG_EV_RXJ_BAD, pkt);
		return 0;
	}
	if (n->ops->code_rejected)
		n->ops->code_rejected(n, code);
	dispatch(n, NEG_EV_RXJ_GOOD, pkt);
	return 0;
}

static int rx_other(struct neg *n, struct neg_pkt *pkt)
{
	int ev = n->ops->code ? n->ops->code(n, pkt) : NEG_UNKNOWN;

	if (ev < NEG_UNKNOWN)
		return ev;
	if (ev == NEG_UNKNOWN)
		ev = NEG_EV_RUC;
	dispatch(n, ev, pkt);
	return 0;
}

static int rx(struct neg *n, struct neg_pkt *pkt)
{
	switch (pkt->code) {
	case NEG_CONF_REQ:
		return rx_request(n, pkt);
	case NEG_CONF_ACK:
	case NEG_CONF_NAK:
	case NEG_CONF_REJ:
		return rx_answer(n, pkt);
	case NEG_TERM_REQ:
		if (neg_opened(n)) {
			n->why = "terminated by the peer";
			LOGPFSML(n->fi, LOGL_NOTICE, "peer terminates: %s\n",
				 osmo_quote_str((const char *)pkt->data,
						(int)OSMO_MIN(pkt->len, 80u)));
		}
		dispatch(n, NEG_EV_RTR, pkt);
		return 0;
	case NEG_TERM_ACK:
		dispatch(n, NEG_EV_RTA, pkt);
		return 0;
	case NEG_CODE_REJ:
		return rx_code_reject(n, pkt);
	default:
		return rx_other(n, pkt);
	}
}

int neg_rx(struct neg *n, const uint8_t *buf, size_t len)
{
	struct rd r = rd_init(buf, len);
	struct neg_pkt pkt = { .raw = buf };
	int rc = -EBADMSG;

	pkt.code = rd_u8(&r);
	pkt.id = rd_u8(&r);
	pkt.raw_len = rd_u16(&r);
	/* Octets beyond Length are padding (5); packets above the MRU cannot be meant for us. */
	if (r.err || pkt.raw_len < NEG_HEADER || pkt.raw_len > len || pkt.raw_len > NEG_PKT_MAX)
		goto out;
	pkt.len = pkt.raw_len - NEG_HEADER;
	pkt.data = rd_bytes(&r, pkt.len);
	rc = -EPROTO;
	/* No lower layer: whatever this is, it is not for now. */
	if (n->fi->state == NEG_ST_INITIAL || n->fi->state == NEG_ST_STARTING)
		goto out;
	rc = rx(n, &pkt);
out:
	if (rc < 0) {
		n->discarded++;
		LOGPFSML(n->fi, LOGL_INFO, "code %u id %u discarded: %s\n", pkt.code, pkt.id,
			 rc == -EPROTO ? "out of sequence" : "malformed");
	}
	return rc;
}
