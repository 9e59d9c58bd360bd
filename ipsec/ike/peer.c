/* SPDX-License-Identifier: GPL-2.0-or-later */

/* Peers: configuration, what comes in, what keeps them going. */

#include <errno.h>

#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <talloc.h>

#include "ipsec/ike/ike_internal.h"

int64_t ike_now_ms(void)
{
	struct timespec ts = { 0 };

	osmo_clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

uint32_t ike_random(uint32_t below)
{
	uint32_t v;

	if (RAND_bytes((uint8_t *)&v, sizeof(v)) != 1)
		v = 0;
	return below ? v % below : 0;
}

void ike_timer_ms(struct osmo_timer_list *t, uint64_t ms)
{
	osmo_timer_schedule(t, (int)(ms / 1000), (int)(ms % 1000) * 1000);
}

bool ike_hint_ok(struct ike_peer *peer)
{
	int64_t now = ike_now_ms();

	if (now - peer->hints_ms >= 1000) {
		peer->hints_ms = now;
		peer->hints = 0;
	}
	return peer->hints < IKE_HINTS_PER_S && ++peer->hints;
}

void ike_peer_count(struct ike_peer *peer, enum ike_counter c)
{
	peer->ctr[c]++;
}

int ike_blob_set(void *ctx, struct ike_iov *out, const void *p, size_t len)
{
	talloc_free((void *)out->p);
	out->p = talloc_memdup(ctx, p, len);
	out->len = out->p ? len : 0;
	return out->p ? 0 : -ENOMEM;
}

void ike_blob_free(struct ike_iov *blob)
{
	talloc_free((void *)blob->p);
	*blob = (struct ike_iov){ NULL, 0 };
}

/* ---- what the loop does for us later ---- */

static void sweep(struct ike_peer *peer)
{
	struct ike_quick *q, *q2;
	struct ike_sa *sa, *sa2;

	llist_for_each_entry_safe (q, q2, &peer->quick_graves, entry) {
		llist_del(&q->entry);
		ike_quick_free(q);
	}
	llist_for_each_entry_safe (sa, sa2, &peer->graves, entry) {
		llist_del(&sa->entry);
		ike_sa_free(sa);
	}
}

/* One event a round, and nothing of the peer is touched after it: the receiver may free it. */
static void work_cb(void *data)
{
	struct ike_peer *peer = data;
	enum ike_peer_event ev;

	sweep(peer);
	if (!peer->n_events) {
		/* Told as it is, never queued: it may be spawned anew. */
		if (peer->spawned && llist_empty(&peer->sas) && llist_empty(&peer->children))
			peer->cb(peer->cb_priv, peer, IKE_PEER_EMPTY);
		return;
	}
	ev = peer->events[0];
	memmove(peer->events, peer->events + 1, --peer->n_events * sizeof(peer->events[0]));
	if (peer->n_events || peer->spawned)
		osmo_timer_schedule(&peer->work, 0, 0);
	peer->cb(peer->cb_priv, peer, ev);
}

void ike_peer_tell(struct ike_peer *peer, enum ike_peer_event ev)
{
	unsigned int n = peer->n_events;

	/* UP before DOWN that nobody heard of yet cancel each other. */
	if (ev == IKE_PEER_DOWN && n && peer->events[n - 1] == IKE_PEER_UP) {
		peer->n_events--;
		return;
	}
	if (n && peer->events[n - 1] == ev)
		return;
	if (n == IKE_EVENTS_MAX) {
		LOGPEER(peer, LOGL_ERROR, "too many events unheard\n");
		return;
	}
	peer->events[peer->n_events++] = ev;
	osmo_timer_schedule(&peer->work, 0, 0);
}

static void retry_cb(void *data)
{
	struct ike_peer *peer = data;
	struct ike_sa *sa = ike_sa_best(peer);
	const char *why;

	if (!peer->path_up || !ike_auth_ready(peer, &why) || ike_child_live(peer) ||
	    ike_quick_starting(peer))
		return;
	if (!sa) {
		if (peer->initiate && !ike_sa_starting(peer))
			ike_main_start(peer);
		return;
	}
	if (!peer->initiate && !sa->initiator)
		return;
	if (ike_quick_busy(sa))
		ike_peer_maintain(peer, IKE_RESPONDER_GRACE_MS); /* the peer is about to */
	else
		ike_quick_start(sa);
}

void ike_peer_maintain(struct ike_peer *peer, uint32_t delay_ms)
{
	struct timeval left;

	if (osmo_timer_pending(&peer->retry) &&
	    osmo_timer_remaining(&peer->retry, NULL, &left) == 0 &&
	    (uint64_t)left.tv_sec * 1000 + (uint64_t)left.tv_usec / 1000 <= delay_ms)
		return;
	ike_timer_ms(&peer->retry, delay_ms);
}

void ike_peer_backoff(struct ike_peer *peer)
{
	uint32_t ms = peer->backoff_ms;

	/* Three quarters to five quarters: both ends failed at the same moment. */
	ike_timer_ms(&peer->retry, ms * 3 / 4 + ike_random(ms / 2));
	peer->backoff_ms = ms * 2 > IKE_RETRY_MAX_MS ? IKE_RETRY_MAX_MS : ms * 2;
}

/* ---- life ---- */

/* What was learned stays as long as it is to be learned. */
static void take_next_header(struct ike_peer *peer, uint8_t next_header)
{
	if (peer->next_header == next_header && next_header == IKE_NEXT_HEADER_AUTO)
		return;
	peer->next_header = next_header;
	peer->next_try = next_header == IKE_NEXT_HEADER_AUTO ? IKE_NEXT_HEADER_L2TP : next_header;
	peer->next_known = IKE_NEXT_HEADER_AUTO;
}

static int take_cfg(struct ike_peer *peer, const struct ike_peer_cfg *cfg)
{
	const struct ike_profile *p = cfg->profile;

	if (!p || cfg->psk_len > IKE_PSK_MAX || p->n_p1 > IKE_PROPOSALS_MAX ||
	    p->n_esp > IKE_PROPOSALS_MAX || p->n_p1 == 0 || p->n_esp == 0 ||
	    (p->pfs_group && !ike_group_by_id(p->pfs_group)))
		return -EINVAL;
	peer->profile = *p;
	peer->local = cfg->local;
	peer->remote = cfg->remote;
	OPENSSL_cleanse(peer->psk, sizeof(peer->psk));
	peer->psk_len = cfg->psk ? cfg->psk_len : 0;
	if (peer->psk_len)
		memcpy(peer->psk, cfg->psk, peer->psk_len);
	ike_pki_ref(cfg->pki);
	ike_pki_unref(peer->pki);
	peer->pki = cfg->pki;
	take_next_header(peer, peer->path->ip ? IKE_PROTO_UDP : cfg->next_header);
	peer->initiate = cfg->initiate;
	peer->local_port = cfg->local_port;
	peer->peer_port = cfg->peer_port;
	peer->spawn = peer->path->ip ? cfg->spawn : NULL;
	return 0;
}

int ike_peer_new(struct ike_peer **out, struct ike *ike, const struct ike_peer_cfg *cfg,
		 struct ipsec_path *path, ike_peer_cb cb, void *cb_priv)
{
	struct ike_peer *peer = talloc_zero(ike, struct ike_peer);
	int rc;

	*out = NULL;
	if (!peer)
		return -ENOMEM;
	peer->ike = ike;
	peer->path = path;
	rc = take_cfg(peer, cfg);
	if (rc < 0) {
		talloc_free(peer);
		return rc;
	}
	peer->cb = cb;
	peer->cb_priv = cb_priv;
	peer->backoff_ms = IKE_RETRY_MIN_MS;
	INIT_LLIST_HEAD(&peer->sas);
	INIT_LLIST_HEAD(&peer->children);
	INIT_LLIST_HEAD(&peer->half_open);
	INIT_LLIST_HEAD(&peer->graves);
	INIT_LLIST_HEAD(&peer->quick_graves);
	osmo_timer_setup(&peer->work, work_cb, peer);
	osmo_timer_setup(&peer->retry, retry_cb, peer);
	osmo_timer_setup(&peer->dpd, ike_dpd_timer_cb, peer);
	osmo_timer_setup(&peer->half_open_timer, ike_half_open_timer_cb, peer);
	osmo_timer_setup(&peer->keepalive, ike_natt_keepalive_cb, peer);
	llist_add_tail(&peer->entry, &ike->peers);
	*out = peer;
	return 0;
}

void ike_peer_drop_all(struct ike_peer *peer, bool tell)
{
	struct ike_sa *sa, *next, *best = ike_sa_best(peer);
	struct ike_child *c;

	if (tell) {
		llist_for_each_entry (c, &peer->children, entry)
			if (best)
				ike_info_delete_esp(best, c->spi_in);
		llist_for_each_entry (sa, &peer->sas, entry)
			if (ike_sa_established(sa))
				ike_info_delete_sa(sa);
	}
	ike_half_open_drop_all(peer);
	/* With its quick modes go the children that are not complete. */
	llist_for_each_entry_safe (sa, next, &peer->sas, entry)
		ike_sa_kill(sa);
	/* None of them shall be called back into service when the one before it goes. */
	llist_for_each_entry (c, &peer->children, entry)
		c->complete = false;
	while (!llist_empty(&peer->children))
		ike_child_delete(llist_first_entry(&peer->children, struct ike_child, entry),
				 false);
	ike_dpd_stop(peer);
}

void ike_peer_free(struct ike_peer *peer)
{
	if (!peer)
		return;
	ike_peer_drop_all(peer, true);
	osmo_timer_del(&peer->work);
	osmo_timer_del(&peer->retry);
	osmo_timer_del(&peer->dpd);
	osmo_timer_del(&peer->keepalive);
	sweep(peer);
	llist_del(&peer->entry);
	ike_pki_unref(peer->pki);
	OPENSSL_cleanse(peer->psk, sizeof(peer->psk));
	talloc_free(peer);
}

int ike_peer_reconfigure(struct ike_peer *peer, const struct ike_peer_cfg *cfg)
{
	int rc = take_cfg(peer, cfg);

	if (rc == 0)
		ike_peer_maintain(peer, 0);
	return rc;
}

void ike_peer_path_state(struct ike_peer *peer, bool up)
{
	struct ike_sa *sa, *next;
	struct ike_child *c;

	if (peer->path_up == up)
		return;
	peer->path_up = up;
	llist_for_each_entry_safe (sa, next, &peer->sas, entry)
		ike_sa_freeze(sa, !up);
	if (!up) {
		ike_half_open_drop_all(peer);
		osmo_timer_del(&peer->retry);
		ike_dpd_stop(peer);
		return;
	}
	llist_for_each_entry (c, &peer->children, entry) {
		if (c->rekey_pending)
			ike_timer_ms(&c->rekey, 0);
		c->rekey_pending = false;
	}
	peer->backoff_ms = IKE_RETRY_MIN_MS;
	if (peer->up)
		ike_dpd_start(peer);
	ike_natt_keepalive_start(peer);
	ike_peer_maintain(peer, 0);
}

/* ---- what comes in ---- */

struct ike_peer *ike_find(struct ike *ike, const uint8_t cookies[16])
{
	struct ike_sa *sa = ike_sa_find(ike, cookies);
	struct ike_half_open *h = sa ? NULL : ike_half_open_find(ike, cookies);
	struct ike_peer *peer = sa ? sa->peer : h ? ike_half_open_peer(h) : NULL;

	return peer && peer->path->ip ? peer : NULL;
}

void *ike_peer_priv(const struct ike_peer *peer)
{
	return peer->cb_priv;
}

static void rx_known(struct ike_peer *peer, struct ike_sa *sa, struct ike_msg *m)
{
	bool encrypted = m->hdr.flags & IKE_FLAG_ENC;

	if (m->hdr.exchange == IKE_X_MAIN)
		ike_main_rx(sa, m);
	else if (m->hdr.exchange == IKE_X_INFO && !encrypted)
		ike_info_rx_clear(peer, sa, m);
	else if (m->hdr.exchange == IKE_X_INFO && sa->fi->state == MAIN_I_AUTH_SENT)
		ike_info_rx_early(sa, m);
	else if (!ike_sa_established(sa) || !encrypted)
		ike_peer_count(peer, IKE_CTR_RX_UNEXPECTED);
	else if (m->hdr.exchange == IKE_X_QUICK)
		ike_quick_rx(sa, m);
	else if (m->hdr.exchange == IKE_X_INFO)
		ike_info_rx(sa, m);
	else
		ike_peer_count(peer, IKE_CTR_RX_UNEXPECTED);
}

void ike_peer_rx(struct ike_peer *peer, const struct ipsec_at *at, const uint8_t *msg, size_t len)
{
	static const uint8_t none[IKE_COOKIE_LEN];
	struct ike_half_open *h;
	struct ike_sa *sa;
	struct ike_msg m;
	bool first;

	ike_peer_count(peer, IKE_CTR_RX);
	if (ike_msg_init(&m, msg, len) < 0) {
		ike_peer_count(peer, IKE_CTR_RX_MALFORMED);
		return;
	}
	if (at)
		m.at = *at;
	/* Those of another path are none: what comes in by this one is not for them. */
	sa = ike_sa_find(peer->ike, msg);
	if (sa && sa->peer != peer)
		sa = NULL;
	h = sa ? NULL : ike_half_open_find(peer->ike, msg);
	if (h && ike_half_open_peer(h) != peer)
		h = NULL;
	first = m.hdr.exchange == IKE_X_MAIN && memcmp(m.hdr.rcookie, none, sizeof(none)) == 0;
	if (sa && first)
		ike_peer_count(peer, IKE_CTR_RX_UNEXPECTED); /* our own message, reflected */
	else if (sa)
		rx_known(peer, sa, &m);
	else if (first)
		ike_half_open_rx_first(peer, &m);
	else if (h && m.hdr.exchange == IKE_X_MAIN)
		ike_half_open_rx(h, &m);
	else
		ike_peer_count(peer, IKE_CTR_RX_UNEXPECTED);
	ike_msg_close(&m);
}

void ike_peer_sa_event(struct ike_peer *peer, enum sa_dir dir, uint32_t spi, enum sa_event ev)
{
	struct ike_child *c = ike_child_by_spi(peer, dir, spi);

	if (!c)
		return;
	if (ev == SA_EV_SOFT) {
		ike_child_rekey_now(c);
		return;
	}
	LOGPEER(peer, LOGL_NOTICE, "ESP SAs 0x%08x/0x%08x reached their hard limit: deleted\n",
		c->spi_in, c->spi_out);
	ike_child_delete(c, true);
	ike_peer_maintain(peer, 0);
}

int ike_peer_rekey(struct ike_peer *peer, bool phase1)
{
	struct ike_child *c = ike_child_live(peer);
	struct ike_sa *sa = ike_sa_best(peer);

	if (!c || (phase1 && !sa))
		return -ENOENT;
	if (phase1)
		ike_sa_rekey_now(sa);
	ike_child_rekey_now(c);
	return 0;
}

void ike_peer_clear(struct ike_peer *peer, const char *why)
{
	LOGPEER(peer, LOGL_NOTICE, "all SAs cleared: %s\n", why);
	ike_peer_drop_all(peer, true);
	peer->acquainted = false;
	peer->backoff_ms = IKE_RETRY_MIN_MS;
	ike_peer_maintain(peer, 0);
}

uint64_t ike_peer_counter(const struct ike_peer *peer, enum ike_counter c)
{
	return peer->ctr[c];
}
