/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * What a responder keeps between messages 1 and 3 of Main Mode.
 *
 * Anybody can send a first message, with any source address. It costs a small record, and message 2,
 * which is built anew for a duplicate rather than kept. Message 3 does not repeat the proposals, so
 * no record at all would not do; but who sends it has got message 2, and only then there is an
 * exponentiation, an IKE SA and, where peers are not known beforehand, a peer.
 *
 * Records are bounded by peer, and under a peer that stands for many by source address as well. The
 * oldest gives way. What got further is never touched by what did not.
 */

#include <errno.h>
#include <stdlib.h>

#include <openssl/rand.h>
#include <talloc.h>

#include "ipsec/ike/ike_internal.h"

enum {
	LIFE_MS = 20000, /* message 3, which its sender repeats after 1, 3, 7 and 15 s */
	RECORD_MAX = 512,
	SA_MAX = 16384,	 /* a longer list of proposals than anybody has */
	LONG_SHARE = 16, /* of the records so many may be longer, one at least */
};

struct ike_half_open {
	struct llist_head entry; /* of the peer, the oldest first */
	struct llist_head by_cookie;
	struct llist_head by_addr;
	struct ike_peer *peer;
	struct ipsec_at at;
	uint8_t icookie[IKE_COOKIE_LEN], rcookie[IKE_COOKIE_LEN];
	int64_t born_ms, sent_ms;
	uint32_t start_seq;
	struct ike_p1_choice choice;
	uint16_t row; /* the chosen transform */
	uint16_t sai_len;
	bool peer_dpd, peer_frag, natt;
	struct ike_reassembly *reassembly;
	uint8_t sai[];
};

enum { SA_SHORT_MAX = RECORD_MAX - sizeof(struct ike_half_open) };
_Static_assert(sizeof(struct ike_half_open) <= RECORD_MAX - 256, "no room for usual proposals");

static bool is_long(const struct ike_half_open *h)
{
	return h->sai_len > SA_SHORT_MAX;
}

static unsigned int limit(const struct ike_peer *peer)
{
	return peer->spawn ? IKE_HALF_OPEN_SPAWNING : IKE_HALF_OPEN_PER_PEER;
}

/* ---- the tables ---- */

int ike_half_open_init(struct ike *ike)
{
	for (int i = 0; i < IKE_HALF_OPEN_BUCKETS; i++) {
		INIT_LLIST_HEAD(&ike->half_by_cookie[i]);
		INIT_LLIST_HEAD(&ike->half_by_addr[i]);
	}
	INIT_LLIST_HEAD(&ike->unproven);
	INIT_LLIST_HEAD(&ike->unproven_aggr);
	return RAND_bytes((uint8_t *)ike->half_seed, sizeof(ike->half_seed)) == 1 ? 0 : -EIO;
}

static struct llist_head *cookie_bucket(const struct ike *ike, const uint8_t *rcookie)
{
	unsigned int i = (unsigned int)rcookie[6] << 8 | rcookie[7];

	return (struct llist_head *)&ike->half_by_cookie[i % IKE_HALF_OPEN_BUCKETS];
}

/* Whom an address stands for: an IPv4 address, or an IPv6 network of 64 bits, for who has one
 * address of that has all. */
static size_t subject_len(const struct endpoint *e)
{
	return endpoint_is_v4(e) ? sizeof(e->addr) : sizeof(e->addr) / 2;
}

static bool same_subject(const struct endpoint *a, const struct endpoint *b)
{
	size_t len = subject_len(a);

	return len == subject_len(b) && memcmp(a->addr, b->addr, len) == 0;
}

static uint64_t mix(uint64_t v, const uint64_t seed[2])
{
	v += seed[0];
	v ^= v >> 32;
	v *= seed[1] | 1;
	return v ^ v >> 32;
}

/* Mixed with random numbers: nobody outside can fill one bucket on purpose. */
static struct llist_head *addr_bucket(const struct ike *ike, const struct endpoint *e)
{
	uint64_t v[2] = { 0, 0 };

	memcpy(v, e->addr, subject_len(e));
	v[0] = mix(mix(v[0], ike->half_seed) ^ v[1], ike->half_seed + 2);
	return (struct llist_head *)&ike->half_by_addr[v[0] % IKE_HALF_OPEN_BUCKETS];
}

struct ike_half_open *ike_half_open_find(const struct ike *ike,
					 const uint8_t cookies[2 * IKE_COOKIE_LEN])
{
	const uint8_t *rcookie = cookies + IKE_COOKIE_LEN;
	struct llist_head *bucket = cookie_bucket(ike, rcookie);
	struct ike_half_open *h;

	llist_for_each_entry (h, bucket, by_cookie)
		if (memcmp(h->rcookie, rcookie, IKE_COOKIE_LEN) == 0 &&
		    memcmp(h->icookie, cookies, IKE_COOKIE_LEN) == 0)
			return h;
	return NULL;
}

struct ike_peer *ike_half_open_peer(const struct ike_half_open *h)
{
	return h->peer;
}

static void drop(struct ike_half_open *h)
{
	ike_reassembly_drop(&h->reassembly);
	llist_del(&h->entry);
	llist_del(&h->by_cookie);
	llist_del(&h->by_addr);
	h->peer->n_half_open--;
	h->peer->n_half_open_long -= is_long(h);
	free(h);
}

void ike_half_open_drop_all(struct ike_peer *peer)
{
	while (!llist_empty(&peer->half_open))
		drop(llist_first_entry(&peer->half_open, struct ike_half_open, entry));
	osmo_timer_del(&peer->half_open_timer);
}

unsigned int ike_peer_half_open(const struct ike_peer *peer)
{
	return peer->n_half_open;
}

/* All live equally long: one timer, for the oldest. */
void ike_half_open_timer_cb(void *data)
{
	struct ike_peer *peer = data;
	int64_t now = ike_now_ms();

	while (!llist_empty(&peer->half_open)) {
		struct ike_half_open *h =
			llist_first_entry(&peer->half_open, struct ike_half_open, entry);

		if (now - h->born_ms < LIFE_MS) {
			ike_timer_ms(&peer->half_open_timer,
				     (uint64_t)(LIFE_MS - (now - h->born_ms)));
			return;
		}
		drop(h);
	}
}

/* ---- room ---- */

static void evict(struct ike_half_open *h, const char *why)
{
	struct ike_peer *peer = h->peer;

	drop(h);
	ike_peer_count(peer, IKE_CTR_HALF_OPEN_LIMIT);
	if (ike_hint_ok(peer))
		LOGPEER(peer, LOGL_NOTICE, "%s: the oldest gives way\n", why);
}

/* The oldest record of the same source, if there are too many. Buckets have the newest first. */
static struct ike_half_open *too_many_of(const struct ike_peer *peer, const struct endpoint *from)
{
	struct llist_head *bucket = addr_bucket(peer->ike, from);
	struct ike_half_open *h, *oldest = NULL;
	unsigned int n = 0;

	llist_for_each_entry (h, bucket, by_addr)
		if (h->peer == peer && same_subject(&h->at.remote, from)) {
			oldest = h;
			n++;
		}
	return n >= IKE_HALF_OPEN_PER_ADDR ? oldest : NULL;
}

static struct ike_half_open *oldest_long(const struct ike_peer *peer)
{
	struct ike_half_open *h;

	llist_for_each_entry (h, &peer->half_open, entry)
		if (is_long(h))
			return h;
	return NULL;
}

/* \returns whether there is room for a record, made if need be. */
static bool make_room(struct ike_peer *peer, const struct endpoint *from, size_t sai_len)
{
	bool is_full = peer->n_half_open >= limit(peer);
	struct ike_half_open *same = peer->spawn ? too_many_of(peer, from) : NULL;

	if (sai_len > SA_MAX || (sai_len > SA_SHORT_MAX && is_full)) {
		ike_peer_count(peer, IKE_CTR_HALF_OPEN_REFUSED);
		if (ike_hint_ok(peer))
			LOGPEER(peer, LOGL_NOTICE,
				"phase 1 refused: %zu octets of proposals while %u negotiations "
				"are open\n",
				sai_len, peer->n_half_open);
		return false;
	}
	if (same)
		evict(same, "too many phase-1 negotiations open from one address");
	else if (is_full)
		evict(llist_first_entry(&peer->half_open, struct ike_half_open, entry),
		      "too many phase-1 negotiations open");
	if (sai_len > SA_SHORT_MAX && peer->n_half_open_long >= 1 + (limit(peer) - 1) / LONG_SHARE)
		evict(oldest_long(peer), "too many phase-1 negotiations with long proposals open");
	return true;
}

/* ---- messages 1 and 2 ---- */

static void answer(struct ike_half_open *h, struct ike_offer *offer)
{
	struct ike_hdr hdr = { .version = IKE_VERSION_1, .exchange = IKE_X_MAIN };
	uint8_t buf[IKE_OUT_MAX];
	struct ike_build b;
	int len;

	memcpy(hdr.icookie, h->icookie, IKE_COOKIE_LEN);
	memcpy(hdr.rcookie, h->rcookie, IKE_COOKIE_LEN);
	offer->t[0] = offer->t[h->row];
	offer->n = 1;
	ike_build_begin(&b, buf, sizeof(buf), &hdr);
	ike_build_open(&b, IKE_PL_SA);
	ike_offer_encode(&b.w, 1, offer);
	ike_build_close(&b);
	ike_p1_put_vids(h->peer, &b);
	len = ike_out_finish(h->peer, &b, IKE_MM2, NULL, NULL);
	if (len < 0)
		return;
	h->sent_ms = ike_now_ms();
	len = ike_out_once(h->peer, &h->at, h->peer_frag, buf, (size_t)len);
	if (len < 0)
		ike_peer_failed(h->peer, 1, ike_out_why(len, "cannot send message 2"));
}

/* As exchange.c: a peer that repeats itself waits in between, a path that doubles does not. */
static void answer_again(struct ike_half_open *h, struct ike_offer *scratch)
{
	ike_peer_count(h->peer, IKE_CTR_RX_DUPLICATE);
	if (ike_now_ms() - h->sent_ms < h->peer->profile.retransmit_ms / 4 ||
	    ike_offer_decode(scratch, 1, h->sai, h->sai_len) < 0)
		return;
	ike_peer_count(h->peer, IKE_CTR_RETRANSMIT);
	answer(h, scratch);
}

/* A first message of which there is a record. */
static struct ike_half_open *begun_by(const struct ike_peer *peer, const struct ike_msg *m,
				      const struct ike_payload *sai)
{
	struct llist_head *bucket = addr_bucket(peer->ike, &m->at.remote);
	struct ike_half_open *h;

	llist_for_each_entry (h, bucket, by_addr)
		if (h->peer == peer && memcmp(h->icookie, m->hdr.icookie, IKE_COOKIE_LEN) == 0 &&
		    endpoint_same(&h->at.remote, &m->at.remote) && h->sai_len == sai->len &&
		    memcmp(h->sai, sai->body, sai->len) == 0)
			return h;
	return NULL;
}

/* A late copy of the message that began an IKE SA. */
static bool is_past(const struct ike_peer *peer, const struct ike_msg *m)
{
	struct ike_sa *sa;

	llist_for_each_entry (sa, &peer->sas, entry)
		if (!sa->initiator && memcmp(sa->icookie, m->hdr.icookie, IKE_COOKIE_LEN) == 0)
			return true;
	return false;
}

static struct ike_half_open *record(struct ike_peer *peer, const struct ike_msg *m,
				    const struct ike_payload *sai)
{
	struct ike_half_open *h;

	if (!make_room(peer, &m->at.remote, sai->len))
		return NULL;
	h = calloc(1, sizeof(*h) + sai->len);
	if (!h)
		return NULL;
	if (RAND_bytes(h->rcookie, sizeof(h->rcookie)) != 1) {
		free(h);
		return NULL;
	}
	h->rcookie[0] |= 0x80; /* zero means "none yet" */
	h->peer = peer;
	h->at = m->at;
	memcpy(h->icookie, m->hdr.icookie, IKE_COOKIE_LEN);
	h->born_ms = ike_now_ms();
	h->start_seq = ++peer->seq;
	h->sai_len = (uint16_t)sai->len;
	memcpy(h->sai, sai->body, sai->len);
	h->peer_dpd = ike_p1_dpd_vid_in(m);
	h->peer_frag = ike_frag_vid_in(m);
	h->natt = ike_natt_vid_in(peer, m);
	llist_add_tail(&h->entry, &peer->half_open);
	llist_add(&h->by_cookie, cookie_bucket(peer->ike, h->rcookie));
	llist_add(&h->by_addr, addr_bucket(peer->ike, &h->at.remote));
	if (peer->n_half_open++ == 0)
		ike_timer_ms(&peer->half_open_timer, LIFE_MS);
	peer->n_half_open_long += is_long(h);
	ike_peer_count(peer, IKE_CTR_HALF_OPEN);
	return h;
}

static void take_first(struct ike_peer *peer, const struct ike_msg *m, struct ike_offer *offer)
{
	const struct ike_payload *sai = ike_payload_find(&m->pls, IKE_PL_SA, 0);
	struct ike_half_open *h = begun_by(peer, m, sai);
	struct ike_p1_choice choice;
	struct ike_methods methods;
	const char *differs;
	int row;

	if (h) {
		answer_again(h, offer);
		return;
	}
	if (ike_offer_decode(offer, 1, sai->body, sai->len) < 0) {
		ike_peer_count(peer, IKE_CTR_RX_MALFORMED);
		ike_info_notify_clear(peer, m, IKE_N_PAYLOAD_MALFORMED);
		return;
	}
	ike_auth_methods(peer->pki, &methods);
	row = ike_p1_choose(offer, &peer->profile, &methods, &choice, &differs);
	if (row < 0) {
		ike_peer_count(peer, IKE_CTR_RX_NO_PROPOSAL);
		ike_p1_log_no_proposal(peer, &methods, offer, differs);
		ike_info_notify_clear(peer, m, IKE_N_NO_PROPOSAL_CHOSEN);
		return;
	}
	h = record(peer, m, sai);
	if (!h)
		return;
	h->choice = choice;
	h->row = (uint16_t)row;
	answer(h, offer);
}

void ike_half_open_rx_first(struct ike_peer *peer, struct ike_msg *m)
{
	static const uint8_t none[IKE_COOKIE_LEN];
	struct ike_offer *offer;
	int rc = ike_msg_open(m, &ike_rules[IKE_MM1], NULL, NULL);

	if (rc < 0 || memcmp(m->hdr.icookie, none, sizeof(none)) == 0 || m->hdr.msgid) {
		ike_peer_count(peer, rc == -EPROTO ? IKE_CTR_RX_UNEXPECTED : IKE_CTR_RX_MALFORMED);
		return;
	}
	if (is_past(peer, m)) {
		ike_peer_count(peer, IKE_CTR_RX_DUPLICATE);
		return;
	}
	if (!ike_p1_may_answer(peer))
		return;
	offer = talloc(peer, struct ike_offer);
	if (!offer)
		return;
	take_first(peer, m, offer);
	talloc_free(offer);
}

/* ---- message 3 ---- */

/* Who got as far as message 3 has a true address; but not yet a key. Of those under spawned peers
 * there are bounds as well, by address and in all. */
void ike_half_open_room_unproven(struct llist_head *list, unsigned int max,
				 const struct endpoint *from)
{
	struct ike_sa *sa, *oldest = NULL, *same = NULL;
	unsigned int n = 0, n_same = 0;

	llist_for_each_entry (sa, list, unproven) { /* the oldest first */
		if (!oldest)
			oldest = sa;
		n++;
		if (!same_subject(&sa->at.remote, from))
			continue;
		if (!same)
			same = sa;
		n_same++;
	}
	if (n_same >= IKE_HALF_OPEN_PER_ADDR)
		oldest = same;
	else if (n < max)
		return;
	ike_peer_count(oldest->peer, IKE_CTR_HALF_OPEN_LIMIT);
	ike_sa_kill(oldest);
}

struct ike_peer *ike_half_open_spawn(struct ike_peer *model, const struct ipsec_at *at,
				     bool aggressive)
{
	struct ike_peer *peer = model->spawn(model->cb_priv, at);

	if (!peer) {
		ike_peer_count(model, IKE_CTR_HALF_OPEN_REFUSED);
		return NULL;
	}
	if (peer->spawned) { /* it was there: its own bounds count */
		if (!ike_p1_may_answer(peer))
			return NULL;
		ike_sa_make_room(peer, aggressive);
	}
	peer->spawned = true;
	return peer;
}

static struct ike_peer *peer_for(struct ike_half_open *h, const struct ipsec_at *at)
{
	struct ike *ike = h->peer->ike;

	if (!h->peer->spawn) {
		ike_sa_make_room(h->peer, false);
		return h->peer;
	}
	ike_half_open_room_unproven(&ike->unproven, IKE_UNPROVEN_MAX, &at->remote);
	return ike_half_open_spawn(h->peer, at, false);
}

static struct ike_sa *become_sa(struct ike_half_open *h, struct ike_peer *peer,
				const struct ipsec_at *at)
{
	struct ike_sa *sa = ike_sa_new(peer, at, h->rcookie, false);

	if (!sa)
		return NULL;
	memcpy(sa->icookie, h->icookie, IKE_COOKIE_LEN);
	if (peer == h->peer)
		sa->start_seq = h->start_seq; /* message 1 began it */
	ike_p1_take_choice(sa, &h->choice);
	sa->peer_dpd = h->peer_dpd;
	sa->peer_frag = h->peer_frag;
	sa->natt = h->natt;
	if (!sa->method != !sa->pki) {
		ike_p1_fail(sa, "the way to authenticate was changed");
		return NULL;
	}
	if (ike_blob_set(sa, &sa->sai, h->sai, h->sai_len) < 0) {
		ike_p1_fail(sa, "out of memory");
		return NULL;
	}
	if (peer->spawned)
		llist_add_tail(&sa->unproven, &peer->ike->unproven);
	return sa;
}

static bool plausible(const struct ike_half_open *h, const struct ike_msg *m)
{
	const struct ike_payload *ke = ike_payload_find(&m->pls, IKE_PL_KE, 0);

	return !m->hdr.msgid && ke->len == ike_group_by_id(h->choice.suite.group)->pub_len;
}

void ike_half_open_rx(struct ike_half_open *h, struct ike_msg *m)
{
	struct ike_peer *peer = h->peer;
	struct ike_sa *sa;
	int rc = ike_msg_open(m, &ike_rules[IKE_MM3], NULL, NULL);

	if (rc < 0 || !plausible(h, m)) {
		ike_peer_count(peer, rc == -EPROTO ? IKE_CTR_RX_UNEXPECTED : IKE_CTR_RX_MALFORMED);
		return;
	}
	peer = peer_for(h, &m->at);
	sa = peer ? become_sa(h, peer, &m->at) : NULL;
	drop(h);
	if (sa)
		ike_main_rx(sa, m);
}

/* Who sends these knows our cookie, so the address is true: the bounds of records bound pieces too. */
uint8_t *ike_half_open_rx_fragment(struct ike_half_open *h, struct ike_msg *m, size_t *len)
{
	return ike_frag_rx(&h->reassembly, h->peer, m, IKE_HALF_OPEN_MSG_MAX, len);
}
