/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 *	DOWN --carrier--> POLLING --valid exchange--> UP
 *	                                UP --N392 errors in N393 events--> AFFECTED
 *	                                AFFECTED --N392 valid exchanges running--> UP
 *	any --carrier lost--> DOWN
 *
 * An event of link integrity (Q.933 A.5.1) is one poll: for the user a valid STATUS before the
 * next poll, or none; for the network an enquiry, with the right sequence number or a wrong one, or
 * none within T392.
 */

#include "transports/fr/lmi.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <osmocom/core/fsm.h>
#include <osmocom/core/talloc.h>
#include <osmocom/core/timer.h>
#include <osmocom/core/utils.h>

#include "core/log.h"
#include "transports/fr/lmi_msg.h"

/* A full STATUS with every DLCI there is. */
#define FRAME_MAX (LMI_FULL_LEN + LMI_PVC_LEN * (Q922_DLCI_LAST - Q922_DLCI_FIRST + 1))

struct lmi {
	char name[32];
	struct lmi_cfg cfg;
	uint16_t mtu;
	const struct lmi_ops *ops;
	void *priv;
	struct osmo_fsm_inst *fi;
	struct osmo_timer_list timer; /* T391 of the user, T392 of the network */

	/* Link integrity verification (A.4.2). */
	uint8_t send_seq;
	uint8_t recv_seq;
	uint16_t window;    /* the last events, newest in bit 0, 1 = error */
	uint8_t good_run;   /* valid exchanges since the last error */
	bool waiting;	    /* user: a poll is not answered yet */
	bool want_full;	    /* user: the next poll, or the one under way, is for a full status */
	uint8_t full_polls; /* user: polls since the last for a full status */

	/* PVCs of the last full STATUS: the user's received one, the network's sent one. */
	struct dlci_set listed;
	struct dlci_set active; /* those with the A bit */
	struct dlci_set fresh;	/* New bit: user, in the last one; network, not acknowledged yet */
	struct dlci_set told;	/* active according to the last pvc_state() */
	uint8_t full_seq; /* network: send_seq of a full STATUS not acknowledged yet; 0 = none */

	struct lmi_info count; /* only its counters */
	time_t log_second;     /* of the last line about the peer's mistakes */
	unsigned int log_missed;
};

enum lmi_event {
	EV_CARRIER,
	EV_NO_CARRIER,
	EV_GOOD,
	EV_ERROR,
};

static const struct value_string event_names[] = {
	{ EV_CARRIER, "CARRIER" },
	{ EV_NO_CARRIER, "NO_CARRIER" },
	{ EV_GOOD, "GOOD" },
	{ EV_ERROR, "ERROR" },
	{ 0, NULL },
};

static const struct value_string state_names[] = {
	{ LMI_ST_DOWN, "down" },
	{ LMI_ST_POLLING, "polling" },
	{ LMI_ST_UP, "up" },
	{ LMI_ST_AFFECTED, "service affected" },
	{ 0, NULL },
};

const char *lmi_state_name(enum lmi_state st)
{
	return get_value_string(state_names, st);
}

#define lmi_chg(fi, st) osmo_fsm_inst_state_chg(fi, st, 0, 0)

/* A line about something the peer did wrong; at most one a second, so that it cannot flood. */
static __attribute__((format(printf, 2, 3))) void log_peer(struct lmi *lmi, const char *fmt, ...)
{
	struct timespec now;
	char text[160];
	va_list ap;

	osmo_clock_gettime(CLOCK_MONOTONIC, &now);
	if (now.tv_sec == lmi->log_second) {
		lmi->log_missed++;
		return;
	}
	lmi->log_second = now.tv_sec;
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (lmi->log_missed)
		LOGP(DFR, LOGL_NOTICE, "%s: LMI: %u lines about the peer left out\n", lmi->name,
		     lmi->log_missed);
	lmi->log_missed = 0;
	LOGP(DFR, LOGL_NOTICE, "%s: LMI: %s\n", lmi->name, text);
}

static uint8_t seq_next(uint8_t seq)
{
	return seq == 255 ? 1 : seq + 1; /* 0 means that nothing was received yet (A.4.2) */
}

/* ---- PVC states ---- */

/* Tell what changed. By number, never along a list, so that nothing can go away beneath it. */
static void pvcs_sync(struct lmi *lmi)
{
	bool up = lmi->fi->state == LMI_ST_UP;

	for (uint16_t dlci = Q922_DLCI_FIRST; dlci <= Q922_DLCI_LAST; dlci++) {
		bool active = up && dlci_set_has(&lmi->active, dlci);

		if (active == dlci_set_has(&lmi->told, dlci))
			continue;
		dlci_set_put(&lmi->told, dlci, active);
		lmi->ops->pvc_state(lmi->priv, dlci, active);
	}
}

static void pvc_down(struct lmi *lmi, uint16_t dlci)
{
	if (!dlci_set_has(&lmi->told, dlci))
		return;
	dlci_set_put(&lmi->told, dlci, false);
	lmi->ops->pvc_state(lmi->priv, dlci, false);
}

/* User: a full STATUS is the whole truth: what it does not list has gone (A.4.4). */
static void full_status_apply(struct lmi *lmi, const struct lmi_msg *m)
{
	struct dlci_set active;

	for (uint16_t dlci = Q922_DLCI_FIRST; dlci <= Q922_DLCI_LAST; dlci++) {
		/* New on a PVC that we know: it was deleted and added again between two reports, and
		 * is another one now. New once more is only our acknowledgement lost (A.4.3). */
		if (dlci_set_has(&m->new_bit, dlci) && dlci_set_has(&lmi->listed, dlci) &&
		    !dlci_set_has(&lmi->fresh, dlci))
			pvc_down(lmi, dlci);
	}
	active = dlci_set_and(&m->active_bit, &m->pvc);
	/* Some networks list a new PVC as inactive until it is acknowledged, and say that it became
	 * active only when asked: ask while the picture moves and something is inactive in it. */
	lmi->want_full =
		!dlci_set_equal(&active, &m->pvc) &&
		!(dlci_set_equal(&m->pvc, &lmi->listed) && dlci_set_equal(&active, &lmi->active) &&
		  dlci_set_equal(&m->new_bit, &lmi->fresh));
	lmi->listed = m->pvc;
	lmi->active = active;
	lmi->fresh = m->new_bit;
}

/* User: the same for the PVCs of an asynchronous status, others stay as they are (A.4.5). */
static void single_status_apply(struct lmi *lmi, const struct lmi_msg *m)
{
	struct dlci_set gone = dlci_set_and(&m->pvc, &m->delete_bit);
	struct dlci_set stays = dlci_set_minus(&m->pvc, &gone);
	struct dlci_set active = dlci_set_and(&stays, &m->active_bit);

	lmi->listed = dlci_set_or(&lmi->listed, &m->pvc);
	lmi->listed = dlci_set_minus(&lmi->listed, &gone);
	lmi->active = dlci_set_minus(&lmi->active, &m->pvc);
	lmi->active = dlci_set_or(&lmi->active, &active);
	pvcs_sync(lmi);
}

enum fr_pvc_status lmi_pvc_status(const struct lmi *lmi, uint16_t dlci)
{
	if (dlci_set_has(&lmi->told, dlci))
		return FR_PVC_ACTIVE;
	return dlci_set_has(&lmi->listed, dlci) ? FR_PVC_INACTIVE : FR_PVC_ABSENT;
}

/* ---- sending ---- */

static int msg_send(struct lmi *lmi, struct lmi_msg *m)
{
	uint8_t buf[FRAME_MAX];
	struct wr w = wr_init(buf, sizeof(buf));
	int rc;

	lmi->send_seq = seq_next(lmi->send_seq);
	m->send_seq = lmi->send_seq;
	m->recv_seq = lmi->recv_seq;
	lmi_msg_encode(&w, m);
	rc = lmi->ops->send(lmi->priv, w.buf, w.len);
	if (rc < 0)
		lmi->count.send_failures++;
	return rc;
}

static void poll_send(struct lmi *lmi)
{
	struct lmi_msg m = { .type = LMI_MSG_ENQUIRY };

	if (++lmi->full_polls >= lmi->cfg.n391)
		lmi->want_full = true;
	if (lmi->want_full) {
		lmi->full_polls = 0;
		lmi->count.full_enquiries_tx++;
	}
	m.report = lmi->want_full ? LMI_REPORT_FULL : LMI_REPORT_INTEGRITY;
	lmi->waiting = true;
	lmi->count.enquiries_tx++;
	osmo_timer_schedule(&lmi->timer, lmi->cfg.t391, 0);
	msg_send(lmi, &m);
}

/* Network: take the configured PVCs into what we report. \returns whether a report is due: the set
 * or its state changed, or the last report was not acknowledged yet. */
static bool configured_update(struct lmi *lmi)
{
	bool up = lmi->fi->state == LMI_ST_UP;
	struct dlci_set conf = { 0 }, none = { 0 }, added, removed;

	lmi->ops->configured(lmi->priv, &conf);
	added = dlci_set_minus(&conf, &lmi->listed);
	removed = dlci_set_minus(&lmi->listed, &conf);
	lmi->fresh = dlci_set_or(&lmi->fresh, &added);
	lmi->fresh = dlci_set_and(&lmi->fresh, &conf);
	return lmi->full_seq || dlci_set_count(&removed) || dlci_set_count(&lmi->fresh) ||
	       !dlci_set_equal(up ? &conf : &none, &lmi->active);
}

static void full_status_send(struct lmi *lmi)
{
	struct lmi_msg m = { .type = LMI_MSG_STATUS, .report = LMI_REPORT_FULL };
	unsigned int room = lmi_pvcs_max(lmi->mtu);
	struct dlci_set conf = { 0 };

	lmi->ops->configured(lmi->priv, &conf);
	for (uint16_t dlci = Q922_DLCI_FIRST; dlci <= Q922_DLCI_LAST && room; dlci++) {
		if (!dlci_set_has(&conf, dlci))
			continue;
		dlci_set_put(&m.pvc, dlci, true);
		room--;
	}
	m.new_bit = dlci_set_and(&lmi->fresh, &m.pvc);
	if (lmi->fi->state == LMI_ST_UP)
		m.active_bit = m.pvc;
	lmi->count.status_tx++;
	/* Sent or not: what gets lost is not acknowledged, and told again. */
	msg_send(lmi, &m);
	lmi->full_seq = lmi->send_seq;
	lmi->listed = m.pvc;
	lmi->active = m.active_bit;
	pvcs_sync(lmi);
}

/* ---- time ---- */

static void timer_cb(void *data)
{
	struct lmi *lmi = data;

	if (lmi->cfg.network) {
		lmi->count.timeouts++;
		osmo_timer_schedule(&lmi->timer, lmi->cfg.t392, 0);
		osmo_fsm_inst_dispatch(lmi->fi, EV_ERROR, NULL);
		return;
	}
	if (lmi->waiting) {
		lmi->count.timeouts++;
		osmo_fsm_inst_dispatch(lmi->fi, EV_ERROR, NULL);
	}
	poll_send(lmi);
}

/* ---- receiving ---- */

static int status_rx(struct lmi *lmi, const struct lmi_msg *m)
{
	lmi->count.status_rx++;
	if (m->report == LMI_REPORT_SINGLE) {
		lmi->count.async_rx++;
		if (lmi->fi->state != LMI_ST_UP) {
			lmi->count.unexpected++;
			log_peer(lmi, "asynchronous STATUS while the link is not up");
			return -EPROTO;
		}
		single_status_apply(lmi, m);
		return 0;
	}
	/* Ignored whole; the poll stays unanswered and becomes the error event if nothing better
	 * comes. So a late answer does not spoil the one to the newest poll. */
	if (!lmi->waiting || m->recv_seq != lmi->send_seq || m->send_seq == 0) {
		lmi->count.sequence_errors++;
		log_peer(lmi, "STATUS with sequence numbers %u and %u %s %u", m->send_seq,
			 m->recv_seq,
			 lmi->waiting ? "does not answer our" : "comes after the answer to our",
			 lmi->send_seq);
		return -EPROTO;
	}
	lmi->waiting = false;
	lmi->recv_seq = m->send_seq;
	if (m->report == LMI_REPORT_FULL)
		full_status_apply(lmi, m);
	else
		lmi->fresh = (struct dlci_set){ 0 }; /* nothing is new any longer */
	osmo_fsm_inst_dispatch(lmi->fi, EV_GOOD, NULL);
	pvcs_sync(lmi);
	return 0;
}

static int enquiry_rx(struct lmi *lmi, const struct lmi_msg *m)
{
	bool good = m->recv_seq == lmi->send_seq && m->send_seq != 0;

	lmi->count.enquiries_rx++;
	if (m->report == LMI_REPORT_FULL)
		lmi->count.full_enquiries_rx++;
	if (good && m->recv_seq == lmi->full_seq) {
		lmi->fresh = dlci_set_minus(&lmi->fresh, &lmi->listed);
		lmi->full_seq = 0;
	}
	if (!good) {
		lmi->count.sequence_errors++;
		log_peer(lmi, "STATUS ENQUIRY with receive sequence number %u, expected %u",
			 m->recv_seq, lmi->send_seq);
	}
	lmi->recv_seq = m->send_seq;
	osmo_timer_schedule(&lmi->timer, lmi->cfg.t392, 0);
	osmo_fsm_inst_dispatch(lmi->fi, good ? EV_GOOD : EV_ERROR, NULL);
	/* Answered even so: without an answer the two could never agree on numbers again. */
	if (configured_update(lmi) || m->report == LMI_REPORT_FULL) {
		full_status_send(lmi);
	} else {
		struct lmi_msg st = { .type = LMI_MSG_STATUS, .report = LMI_REPORT_INTEGRITY };

		lmi->count.status_tx++;
		msg_send(lmi, &st);
	}
	return good ? 0 : -EPROTO;
}

int lmi_rx(struct lmi *lmi, const uint8_t *frame, size_t len)
{
	struct lmi_msg m;
	const char *why;

	if (lmi_msg_decode(&m, &why, frame, len) < 0) {
		lmi->count.malformed++;
		log_peer(lmi, "malformed message: %s", why);
		return -EBADMSG;
	}
	if (lmi->fi->state != LMI_ST_DOWN) {
		if (m.type == LMI_MSG_STATUS && !lmi->cfg.network)
			return status_rx(lmi, &m);
		if (m.type == LMI_MSG_ENQUIRY && lmi->cfg.network)
			return enquiry_rx(lmi, &m);
		log_peer(
			lmi,
			"%s received by the %s side: are both ends %s side, or is the line looped?",
			m.type == LMI_MSG_STATUS ? "STATUS" : "STATUS ENQUIRY",
			lmi->cfg.network ? "network" : "user",
			lmi->cfg.network ? "network" : "user");
	}
	lmi->count.unexpected++;
	return -EPROTO;
}

/* ---- states ---- */

static unsigned int errors_in_window(const struct lmi *lmi)
{
	return (unsigned int)__builtin_popcount(lmi->window & ((1u << lmi->cfg.n393) - 1));
}

static void event_note(struct lmi *lmi, bool error)
{
	lmi->window = (uint16_t)(lmi->window << 1 | error);
	if (error)
		lmi->good_run = 0;
	else if (lmi->good_run < UINT8_MAX)
		lmi->good_run++;
}

static void st_down(struct osmo_fsm_inst *fi, uint32_t event, void *data)
{
	(void)data;
	switch (event) {
	case EV_CARRIER:
		lmi_chg(fi, LMI_ST_POLLING);
		break;
	default:
		OSMO_ASSERT(false);
	}
}

static void st_polling(struct osmo_fsm_inst *fi, uint32_t event, void *data)
{
	(void)data;
	switch (event) {
	case EV_GOOD:
		lmi_chg(fi, LMI_ST_UP);
		break;
	case EV_ERROR:
		break; /* nothing proved yet, nothing to lose */
	default:
		OSMO_ASSERT(false);
	}
}

static void st_up(struct osmo_fsm_inst *fi, uint32_t event, void *data)
{
	struct lmi *lmi = fi->priv;

	(void)data;
	event_note(lmi, event == EV_ERROR);
	if (errors_in_window(lmi) < lmi->cfg.n392)
		return;
	LOGP(DFR, LOGL_NOTICE, "%s: LMI: %u errors in the last %u events, service affected\n",
	     lmi->name, lmi->cfg.n392, lmi->cfg.n393);
	lmi_chg(fi, LMI_ST_AFFECTED);
}

static void st_affected(struct osmo_fsm_inst *fi, uint32_t event, void *data)
{
	struct lmi *lmi = fi->priv;

	(void)data;
	event_note(lmi, event == EV_ERROR);
	if (lmi->good_run >= lmi->cfg.n392)
		lmi_chg(fi, LMI_ST_UP);
}

static void st_down_onenter(struct osmo_fsm_inst *fi, uint32_t prev)
{
	struct lmi *lmi = fi->priv;
	static const struct dlci_set none;

	osmo_timer_del(&lmi->timer);
	lmi->count.times_down += prev == LMI_ST_UP;
	lmi->waiting = false;
	lmi->send_seq = 0;
	lmi->recv_seq = 0;
	lmi->full_seq = 0;
	lmi->listed = none;
	lmi->active = none;
	lmi->fresh = none;
	pvcs_sync(lmi);
}

static void st_polling_onenter(struct osmo_fsm_inst *fi, uint32_t prev)
{
	struct lmi *lmi = fi->priv;

	(void)prev;
	if (lmi->cfg.network) {
		osmo_timer_schedule(&lmi->timer, lmi->cfg.t392, 0);
		return;
	}
	lmi->want_full = true;
	poll_send(lmi);
}

static void st_up_onenter(struct osmo_fsm_inst *fi, uint32_t prev)
{
	struct lmi *lmi = fi->priv;

	(void)prev;
	LOGP(DFR, LOGL_NOTICE, "%s: LMI: up\n", lmi->name);
	lmi->count.times_up++;
	lmi->window = 0;
	if (!lmi->cfg.network)
		pvcs_sync(lmi);
}

static void st_affected_onenter(struct osmo_fsm_inst *fi, uint32_t prev)
{
	struct lmi *lmi = fi->priv;

	(void)prev;
	lmi->count.times_down++;
	lmi->good_run = 0;
	lmi->want_full = true; /* whatever was known may have changed meanwhile */
	pvcs_sync(lmi);
}

static void any_state(struct osmo_fsm_inst *fi, uint32_t event, void *data)
{
	(void)data;
	(void)event;
	lmi_chg(fi, LMI_ST_DOWN);
}

#define S(x) (1u << (x))

static const struct osmo_fsm_state states[] = {
	[LMI_ST_DOWN] = {
		.name = "DOWN",
		.in_event_mask = S(EV_CARRIER),
		.out_state_mask = S(LMI_ST_POLLING),
		.action = st_down,
		.onenter = st_down_onenter,
	},
	[LMI_ST_POLLING] = {
		.name = "POLLING",
		.in_event_mask = S(EV_GOOD) | S(EV_ERROR),
		.out_state_mask = S(LMI_ST_DOWN) | S(LMI_ST_UP),
		.action = st_polling,
		.onenter = st_polling_onenter,
	},
	[LMI_ST_UP] = {
		.name = "UP",
		.in_event_mask = S(EV_GOOD) | S(EV_ERROR),
		.out_state_mask = S(LMI_ST_DOWN) | S(LMI_ST_AFFECTED),
		.action = st_up,
		.onenter = st_up_onenter,
	},
	[LMI_ST_AFFECTED] = {
		.name = "AFFECTED",
		.in_event_mask = S(EV_GOOD) | S(EV_ERROR),
		.out_state_mask = S(LMI_ST_DOWN) | S(LMI_ST_UP),
		.action = st_affected,
		.onenter = st_affected_onenter,
	},
};

static struct osmo_fsm lmi_fsm = {
	.name = "LMI",
	.states = states,
	.num_states = ARRAY_SIZE(states),
	.allstate_event_mask = S(EV_NO_CARRIER),
	.allstate_action = any_state,
	.log_subsys = DFR,
	.event_names = event_names,
};

static __attribute__((constructor)) void lmi_fsm_register(void)
{
	OSMO_ASSERT(osmo_fsm_register(&lmi_fsm) == 0);
}

/* ---- the face ---- */

struct lmi *lmi_new(void *ctx, const char *name, const struct lmi_cfg *cfg, uint16_t mtu,
		    const struct lmi_ops *ops, void *priv)
{
	struct lmi *lmi = talloc_zero(ctx, struct lmi);

	if (!lmi)
		return NULL;
	osmo_strlcpy(lmi->name, name, sizeof(lmi->name));
	lmi->cfg = *cfg;
	lmi->mtu = mtu;
	lmi->ops = ops;
	lmi->priv = priv;
	osmo_timer_setup(&lmi->timer, timer_cb, lmi);
	/* No id: the name of a link may hold characters that an FSM's id may not. */
	lmi->fi = osmo_fsm_inst_alloc(&lmi_fsm, lmi, lmi, LOGL_DEBUG, NULL);
	if (!lmi->fi) {
		talloc_free(lmi);
		return NULL;
	}
	return lmi;
}

void lmi_free(struct lmi *lmi)
{
	if (!lmi)
		return;
	osmo_timer_del(&lmi->timer);
	osmo_fsm_inst_free(lmi->fi);
	talloc_free(lmi);
}

unsigned int lmi_pvcs_max(uint16_t mtu)
{
	return mtu < LMI_FULL_LEN ? 0 : (mtu - LMI_FULL_LEN) / LMI_PVC_LEN;
}

void lmi_carrier(struct lmi *lmi, bool up)
{
	if (up == (lmi->fi->state != LMI_ST_DOWN))
		return;
	osmo_fsm_inst_dispatch(lmi->fi, up ? EV_CARRIER : EV_NO_CARRIER, NULL);
}

void lmi_pvc_added(struct lmi *lmi, uint16_t dlci)
{
	if (!lmi->cfg.network)
		return;
	dlci_set_put(&lmi->listed, dlci, false);
	dlci_set_put(&lmi->active, dlci, false);
	dlci_set_put(&lmi->told, dlci, false);
}

void lmi_info(const struct lmi *lmi, struct lmi_info *out)
{
	*out = lmi->count;
	out->type = lmi->cfg.type;
	out->network = lmi->cfg.network;
	out->state = (enum lmi_state)lmi->fi->state;
	out->send_seq = lmi->send_seq;
	out->recv_seq = lmi->recv_seq;
	out->pvcs = (uint16_t)dlci_set_count(&lmi->listed);
}
