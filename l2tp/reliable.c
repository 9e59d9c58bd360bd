/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "l2tp/reliable.h"

#include <errno.h>
#include <string.h>

#include <osmocom/core/linuxlist.h>
#include <osmocom/core/talloc.h>
#include <osmocom/core/timer.h>
#include <osmocom/core/utils.h>

struct message {
	struct llist_head list;
	uint16_t tag;
	size_t len;
	uint8_t body[];
};

/*
 * Sender: the queue holds messages una, una + 1, ...; those before nxt are under way, those before
 * max have been under way at least once. A timeout takes nxt back to una (everything is sent again
 * as the window opens), max stays: an acknowledgement of what was sent before is still good.
 */
struct reliable {
	struct reliable_cfg cfg;
	const struct reliable_ops *ops;
	void *priv;

	struct llist_head queue;
	struct message *next_tx; /* the message with number nxt, NULL = none */
	unsigned int queued;
	uint16_t una, nxt, max;
	uint16_t cwnd, ssthresh, peer_window;
	uint16_t acks; /* in congestion avoidance: towards the next increase */
	unsigned int tries;
	struct osmo_timer_list rto;

	uint16_t nr;				    /* next expected */
	struct message *early[RELIABLE_WINDOW_MAX]; /* by sequence number modulo size */
	unsigned int unacked; /* delivered and not acknowledged by anything sent */
	struct osmo_timer_list ack;

	bool frozen;
	bool stopped;
	bool touched;
	struct reliable_stats st;
};

static void pump(struct reliable *r);

static unsigned int rto_ms(const struct reliable_cfg *cfg, unsigned int tries)
{
	unsigned int cap = cfg->rto_cap * 1000u;
	unsigned int ms = RELIABLE_RTO_MS;

	while (tries-- && ms < cap)
		ms *= 2;
	return ms < cap ? ms : cap;
}

unsigned int reliable_cycle_ms(const struct reliable_cfg *cfg)
{
	unsigned int ms = 0;

	for (unsigned int i = 0; i <= cfg->retries; i++)
		ms += rto_ms(cfg, i);
	return ms;
}

static void arm(struct osmo_timer_list *t, unsigned int ms)
{
	osmo_timer_schedule(t, (int)(ms / 1000), (int)(ms % 1000) * 1000);
}

static void freeze(struct reliable *r)
{
	r->frozen = true;
	osmo_timer_del(&r->rto);
	osmo_timer_del(&r->ack);
}

/* Every transmission carries Nr and is an acknowledgement. */
static bool transmit(struct reliable *r, uint16_t tag, uint16_t ns, const uint8_t *body, size_t len)
{
	int rc;

	rc = r->ops->send(r->priv, tag, ns, r->nr, body, len);
	if (rc == -ENETDOWN) {
		freeze(r);
		return false;
	}
	/* Anything else is a loss like one under way: the timer repairs it. */
	if (rc < 0) {
		r->st.tx_failed++;
		return true;
	}
	r->touched = true;
	r->unacked = 0;
	osmo_timer_del(&r->ack);
	return true;
}

static void send_zlb(struct reliable *r)
{
	if (r->frozen || r->stopped)
		return;
	/* Ns is the next one to be used and is not used up (RFC 2661 5.8). */
	if (transmit(r, 0, r->max, NULL, 0))
		r->st.zlb_tx++;
}

static void ack_expired(void *data)
{
	send_zlb(data);
}

static void rto_expired(void *data)
{
	struct reliable *r = data;

	if (r->tries >= r->cfg.retries) {
		reliable_stop(r);
		r->ops->dead(r->priv);
		return;
	}
	r->tries++;
	/* RFC 2661 Appendix A */
	r->ssthresh = OSMO_MAX(r->cwnd / 2, 1);
	r->cwnd = 1;
	r->acks = 0;
	r->nxt = r->una;
	r->next_tx = llist_first_entry_or_null(&r->queue, struct message, list);
	pump(r);
}

static uint16_t window(const struct reliable *r)
{
	return OSMO_MIN(r->cwnd, r->peer_window);
}

static void send_next(struct reliable *r)
{
	struct message *m = r->next_tx;
	bool again = r->nxt != r->max;

	if (!transmit(r, m->tag, r->nxt, m->body, m->len))
		return;
	if (again)
		r->st.retransmits++;
	else
		r->max++;
	r->st.tx++;
	r->nxt++;
	r->next_tx =
		m->list.next == &r->queue ? NULL : llist_entry(m->list.next, struct message, list);
	if (!osmo_timer_pending(&r->rto))
		arm(&r->rto, rto_ms(&r->cfg, r->tries));
}

/* Send what the window lets through. */
static void pump(struct reliable *r)
{
	while (!r->frozen && !r->stopped && r->next_tx && (uint16_t)(r->nxt - r->una) < window(r))
		send_next(r);
}

int reliable_new(struct reliable **out, void *ctx, const struct reliable_cfg *cfg,
		 const struct reliable_ops *ops, void *priv)
{
	struct reliable *r;

	if (cfg->rx_window < 1 || cfg->rx_window > RELIABLE_WINDOW_MAX || !cfg->rto_cap)
		return -EINVAL;
	r = talloc_zero(ctx, struct reliable);
	if (!r)
		return -ENOMEM;
	r->cfg = *cfg;
	r->ops = ops;
	r->priv = priv;
	INIT_LLIST_HEAD(&r->queue);
	r->cwnd = 1;
	r->peer_window = 4; /* "must assume a Window Size of 4", RFC 2661 4.4.3 */
	r->ssthresh = r->peer_window;
	osmo_timer_setup(&r->rto, rto_expired, r);
	osmo_timer_setup(&r->ack, ack_expired, r);
	*out = r;
	return 0;
}

void reliable_free(struct reliable *r)
{
	if (!r)
		return;
	reliable_stop(r);
	talloc_free(r);
}

void reliable_stop(struct reliable *r)
{
	r->stopped = true;
	osmo_timer_del(&r->rto);
	osmo_timer_del(&r->ack);
}

static struct message *message_new(struct reliable *r, uint16_t tag, const uint8_t *body,
				   size_t len)
{
	struct message *m = talloc_size(r, sizeof(*m) + len);

	if (!m)
		return NULL;
	m->tag = tag;
	m->len = len;
	memcpy(m->body, body, len);
	return m;
}

int reliable_send(struct reliable *r, uint16_t tag, const uint8_t *body, size_t len)
{
	struct message *m;

	if (r->queued >= RELIABLE_QUEUE_MAX)
		return -ENOSPC;
	m = message_new(r, tag, body, len);
	if (!m)
		return -ENOMEM;
	llist_add_tail(&m->list, &r->queue);
	r->queued++;
	if (!r->next_tx)
		r->next_tx = m;
	pump(r);
	return 0;
}

void reliable_flush(struct reliable *r)
{
	while (!r->frozen && !r->stopped && r->next_tx &&
	       (uint16_t)(r->nxt - r->una) < r->peer_window)
		send_next(r);
}

/* RFC 2661 Appendix A: one step an acknowledgement, however much it acknowledges. */
static void open_window(struct reliable *r)
{
	if (r->cwnd < r->ssthresh) {
		r->cwnd++;
	} else if (++r->acks >= r->cwnd) {
		r->acks = 0;
		r->cwnd++;
	}
	r->cwnd = OSMO_MIN(r->cwnd, r->peer_window);
}

static void forget_first(struct reliable *r)
{
	struct message *m = llist_first_entry(&r->queue, struct message, list);

	if (r->next_tx == m)
		r->next_tx = m->list.next == &r->queue
				     ? NULL
				     : llist_entry(m->list.next, struct message, list);
	llist_del(&m->list);
	talloc_free(m);
	r->queued--;
}

/* \returns whether everything is acknowledged now and was not before. */
static bool take_ack(struct reliable *r, uint16_t nr)
{
	if (!seq16_lt(r->una, nr))
		return false;
	while (r->una != nr) {
		forget_first(r);
		if (r->nxt == r->una)
			r->nxt++;
		r->una++;
	}
	r->tries = 0;
	open_window(r);
	osmo_timer_del(&r->rto);
	if (r->nxt != r->una && !r->frozen)
		arm(&r->rto, rto_ms(&r->cfg, 0));
	return r->queued == 0;
}

static void deliver(struct reliable *r, uint16_t tag, const uint8_t *body, size_t len)
{
	r->nr++;
	r->unacked++;
	r->st.rx++;
	r->ops->deliver(r->priv, tag, body, len);
}

/* Ahead of its turn: kept if it is inside the window that we granted. */
static void keep_early(struct reliable *r, uint16_t tag, uint16_t ns, const uint8_t *body,
		       size_t len)
{
	struct message **slot = &r->early[ns % RELIABLE_WINDOW_MAX];

	if ((uint16_t)(ns - r->nr) >= r->cfg.rx_window) {
		r->st.beyond_window++;
		return;
	}
	if (*slot) {
		r->st.duplicates++;
		return;
	}
	r->st.out_of_order++;
	*slot = message_new(r, tag, body, len);
}

static void take_message(struct reliable *r, uint16_t tag, uint16_t ns, const uint8_t *body,
			 size_t len)
{
	struct message **slot;

	if (ns != r->nr) {
		if (seq16_lt(r->nr, ns)) {
			keep_early(r, tag, ns, body, len);
			return;
		}
		/* Our acknowledgement was lost: repeat it at once. */
		r->st.duplicates++;
		send_zlb(r);
		return;
	}
	deliver(r, tag, body, len);
	slot = &r->early[r->nr % RELIABLE_WINDOW_MAX];
	while (*slot && !r->stopped) {
		struct message *m = *slot;

		*slot = NULL;
		deliver(r, m->tag, m->body, m->len);
		talloc_free(m);
		slot = &r->early[r->nr % RELIABLE_WINDOW_MAX];
	}
}

/* The peer must not wait for long: two unacknowledged messages are acknowledged at once. */
static void schedule_ack(struct reliable *r)
{
	if (!r->unacked || r->frozen || r->stopped)
		return;
	if (r->unacked > 1)
		send_zlb(r);
	else if (!osmo_timer_pending(&r->ack))
		arm(&r->ack, RELIABLE_ACK_MS);
}

int reliable_rx(struct reliable *r, uint16_t tag, uint16_t ns, uint16_t nr, const uint8_t *body,
		size_t len)
{
	bool drained;

	if (r->stopped)
		return 0;
	if (seq16_lt(r->max, nr)) {
		r->st.bad_nr++;
		return -EBADMSG;
	}
	r->touched = true;
	drained = take_ack(r, nr);
	if (len)
		take_message(r, tag, ns, body, len);
	else
		r->st.zlb_rx++; /* never acknowledged: that would not end */
	pump(r);
	schedule_ack(r);
	if (drained && !r->stopped && !r->queued)
		r->ops->drained(r->priv);
	return 0;
}

void reliable_set_peer_window(struct reliable *r, uint16_t peer_window)
{
	/* "SSTHRESH is initialized to the advertised window", unless a loss has set it already. */
	bool initial = r->ssthresh == r->peer_window;

	r->peer_window = OSMO_MAX(peer_window, 1);
	/* Half the sequence space is all that tells old from new. */
	r->peer_window = OSMO_MIN(r->peer_window, 0x7fff);
	if (initial || r->ssthresh > r->peer_window)
		r->ssthresh = r->peer_window;
	r->cwnd = OSMO_MIN(r->cwnd, r->peer_window);
	pump(r);
}

void reliable_drop_unsent(struct reliable *r)
{
	while (r->queued > (uint16_t)(r->max - r->una)) {
		struct message *m = llist_last_entry(&r->queue, struct message, list);

		if (r->next_tx == m)
			r->next_tx = NULL;
		llist_del(&m->list);
		talloc_free(m);
		r->queued--;
	}
}

void reliable_drop_all(struct reliable *r)
{
	while (r->queued)
		forget_first(r);
	r->una = r->max;
	r->nxt = r->max;
	osmo_timer_del(&r->rto);
}

void reliable_suspend(struct reliable *r)
{
	if (!r->stopped)
		freeze(r);
}

void reliable_resume(struct reliable *r)
{
	if (!r->frozen || r->stopped)
		return;
	r->frozen = false;
	r->tries = 0;
	r->cwnd = 1;
	r->acks = 0;
	if (r->queued) {
		r->nxt = r->una;
		r->next_tx = llist_first_entry(&r->queue, struct message, list);
	}
	pump(r);
	schedule_ack(r);
}

bool reliable_untouched(const struct reliable *r)
{
	return !r->touched;
}

void reliable_stats(const struct reliable *r, struct reliable_stats *out)
{
	*out = r->st;
	out->ns = r->max;
	out->nr = r->nr;
	out->cwnd = r->cwnd;
	out->ssthresh = r->ssthresh;
	out->peer_window = r->peer_window;
	out->queued = r->queued;
}
