/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * Children: ESP pairs that phase 2 made. One is in use; others are on their way in or out.
 * While two overlap both inbound SAs are there, so that nothing is lost.
 */

#include <errno.h>

#include <netinet/in.h>
#include <openssl/crypto.h>
#include <talloc.h>

#include "ipsec/ike/ike_internal.h"

enum { KEYMAT_MAX = 128 };

/* In tunnel mode the payload is an IP packet. */
static uint8_t next_header(const struct ike_child *c)
{
	if (!c->ip.tunnel)
		return c->next_header;
	return endpoint_is_v4(&c->ip.inner_local) ? IPPROTO_IPIP : IPPROTO_IPV6;
}

static int sadb_add(struct ike_child *c, enum sa_dir dir, const uint8_t *keymat)
{
	struct ike_peer *peer = c->peer;
	struct sa_params params = {
		.dir = dir,
		.spi = dir == SA_IN ? c->spi_in : c->spi_out,
		.path_id = peer->path->id,
		.suite = c->suite,
		.keymat = keymat,
		.replay_window = peer->profile.replay_window,
		.next_header = next_header(c),
		.esn = c->esn,
		.limits = c->limits,
		.ip = peer->path->ip ? &c->ip : NULL,
	};

	return peer->ike->sadb->add(peer->ike->sadb_priv, peer->path, &params);
}

static void sadb_del(struct ike_child *c, enum sa_dir dir)
{
	struct ike *ike = c->peer->ike;

	ike->sadb->del(ike->sadb_priv, c->peer->path, dir, dir == SA_IN ? c->spi_in : c->spi_out);
}

static void keymat_free(struct ike_child *c)
{
	if (c->keymat_out)
		OPENSSL_cleanse(c->keymat_out, esp_suite_keymat_len(c->suite));
	TALLOC_FREE(c->keymat_out);
}

static void peer_up(struct ike_peer *peer)
{
	if (peer->up)
		return;
	peer->up = true;
	peer->acquainted = true;
	ike_peer_tell(peer, IKE_PEER_UP);
	ike_dpd_start(peer);
}

static int install_out(struct ike_child *c)
{
	int rc;

	if (c->out_installed)
		return 0;
	rc = sadb_add(c, SA_OUT, c->keymat_out);
	if (rc < 0)
		return rc;
	keymat_free(c);
	c->out_installed = true;
	peer_up(c->peer);
	return 0;
}

struct ike_child *ike_child_live(const struct ike_peer *peer)
{
	struct ike_child *c, *found = NULL;

	llist_for_each_entry (c, &peer->children, entry)
		if (c->complete && c->out_installed && !c->replaced)
			found = c;
	return found;
}

struct ike_child *ike_child_by_spi(const struct ike_peer *peer, enum sa_dir dir, uint32_t spi)
{
	struct ike_child *c;

	llist_for_each_entry (c, &peer->children, entry)
		if ((dir == SA_IN ? c->spi_in : c->spi_out) == spi)
			return c;
	return NULL;
}

static void rekey_cb(void *data)
{
	ike_child_rekey_now(data);
}

static void expire_cb(void *data)
{
	struct ike_child *c = data;

	LOGPEER(c->peer, LOGL_NOTICE, "ESP SAs 0x%08x/0x%08x reached their lifetime: deleted\n",
		c->spi_in, c->spi_out);
	ike_child_delete(c, true);
}

/* The last one standing serves again. \returns whether it can; if not, it is tried again later. */
static bool reinstate(struct ike_child *c)
{
	if (install_out(c) < 0) {
		LOGPEER(c->peer, LOGL_ERROR, "outbound SA 0x%08x cannot be installed\n",
			c->spi_out);
		ike_timer_ms(&c->retire, IKE_OVERLAP_MS);
		return false;
	}
	c->replaced = false;
	osmo_timer_del(&c->retire);
	/* Its time to be renewed had come; what renewed it is gone. */
	ike_timer_ms(&c->rekey, IKE_RETRY_MAX_MS);
	peer_up(c->peer);
	return true;
}

static void retire_cb(void *data)
{
	struct ike_child *c = data;

	if (ike_child_live(c->peer))
		ike_child_delete(c, true);
	else
		reinstate(c);
}

static void take_lower_nonce(struct ike_child *c, const struct ike_quick *q)
{
	size_t n = q->ni.len < q->nr.len ? q->ni.len : q->nr.len;
	int d = memcmp(q->ni.p, q->nr.p, n);
	const struct ike_iov *low = d < 0 || (d == 0 && q->ni.len < q->nr.len) ? &q->ni : &q->nr;

	memcpy(c->nonce, low->p, low->len);
	c->nonce_len = low->len;
}

static bool lower_nonce(const struct ike_child *a, const struct ike_child *b)
{
	size_t n = a->nonce_len < b->nonce_len ? a->nonce_len : b->nonce_len;
	int d = memcmp(a->nonce, b->nonce, n);

	return d < 0 || (d == 0 && a->nonce_len < b->nonce_len);
}

/* Soft limits as for seconds: 84-90 % of the hard ones, the initiator first. */
static void set_limits(struct ike_child *c, const struct ike_quick *q)
{
	uint64_t percent = (c->initiator ? 84u : 88u) + ike_random(3);
	/* Sequence numbers end in any case (RFC 4303 3.3.3); extended ones, for us, never. */
	uint64_t last = c->esn ? UINT64_MAX : UINT32_MAX;
	uint64_t packets = c->peer->profile.p2_packets ? c->peer->profile.p2_packets : last;

	c->limits.hard_octets = q->choice.octets;
	c->limits.soft_octets = q->choice.octets / 100 * percent;
	c->limits.hard_packets = packets;
	c->limits.soft_packets = packets / 100 * percent + packets % 100 * percent / 100;
}

struct ike_child *ike_child_new(struct ike_quick *q, struct ike_iov secret)
{
	struct ike_child *c = talloc_zero(q->peer, struct ike_child);
	const struct esp_suite *suite = q->choice.suite;
	size_t len = esp_suite_keymat_len(suite);
	uint8_t keymat[KEYMAT_MAX];
	int rc = -ENOMEM;

	if (!c || len > sizeof(keymat))
		goto out;
	c->peer = q->peer;
	c->initiator = q->initiator;
	for (int i = 0; i < 2; i++) {
		const struct ike_iov *id = &q->ids[q->initiator ? i : 1 - i];

		if (id->len && ike_blob_set(c, &c->ids[i], id->p, id->len) < 0)
			goto out;
	}
	if (q->peer->path->ip)
		c->ip = ike_quick_ip(q);
	c->nat_there = q->sa->nat_there;
	c->suite = suite;
	c->pfs_group = q->group ? q->group->id : 0;
	c->next_header = q->next_header;
	c->esn = q->choice.esn;
	c->spi_in = q->spi_in;
	c->spi_out = q->choice.spi;
	c->lifetime = q->choice.seconds;
	c->start_seq = q->start_seq;
	c->settled_seq = q->settled_seq;
	set_limits(c, q);
	take_lower_nonce(c, q);
	osmo_timer_setup(&c->rekey, rekey_cb, c);
	osmo_timer_setup(&c->expire, expire_cb, c);
	osmo_timer_setup(&c->retire, retire_cb, c);
	c->keymat_out = talloc_size(c, len ? len : 1);
	if (!c->keymat_out)
		goto out;
	rc = ike_keymat(c->keymat_out, len, q->sa->hash, &q->sa->keys, secret, IKE_PROTO_ESP,
			c->spi_out, q->ni, q->nr);
	if (rc == 0)
		rc = ike_keymat(keymat, len, q->sa->hash, &q->sa->keys, secret, IKE_PROTO_ESP,
				c->spi_in, q->ni, q->nr);
	if (rc == 0)
		rc = sadb_add(c, SA_IN, keymat);
out:
	OPENSSL_cleanse(keymat, sizeof(keymat));
	if (rc < 0) {
		if (c)
			keymat_free(c);
		talloc_free(c);
		return NULL;
	}
	q->spi_in = 0; /* the SA database's from here on */
	c->quick = q;
	llist_add_tail(&c->entry, &q->peer->children);
	return c;
}

static void retire(struct ike_child *c, bool ours)
{
	c->replaced = true;
	osmo_timer_del(&c->rekey);
	ike_timer_ms(&c->retire, (ours ? IKE_OVERLAP_MS : IKE_OVERLAP_RESPONDER_MS) +
					 ike_random(IKE_OVERLAP_MS / 3));
}

/* Both ends sent message 1 before they sent or saw message 2 of the other's: then both know it of
 * both, since a path keeps order. */
static bool rivals(const struct ike_child *a, const struct ike_child *b)
{
	return a->initiator != b->initiator && a->settled_seq > b->start_seq &&
	       b->settled_seq > a->start_seq;
}

/* As for IKE SAs (ike_sa.c): of two that both ends made at once the one with the lowest nonce goes
 * (the rule of RFC 7296 2.8.1, which needs no agreement with the far end), deleted by who made it;
 * else the later begun replaces the other. \returns true when c itself is the one to go. */
static bool settle(struct ike_child *c)
{
	struct ike_child *s;
	bool lost = false;

	llist_for_each_entry (s, &c->peer->children, entry) {
		bool both = rivals(c, s), c_goes;

		if (s == c || !s->complete)
			continue;
		if (s->replaced) {
			/* By the far end's; but ours came after it as well. */
			if (c->initiator && !both && s->start_seq < c->start_seq)
				retire(s, true);
			continue;
		}
		if (both)
			ike_peer_count(c->peer, IKE_CTR_P2_REDUNDANT);
		c_goes = both ? lower_nonce(c, s) : c->start_seq < s->start_seq;
		if (c_goes)
			retire(c, both ? c->initiator : s->initiator);
		else
			retire(s, both ? s->initiator : c->initiator);
		lost = lost || c_goes;
	}
	return lost;
}

/* Begun by us when there was one already: not so when both ends begin at once. */
static bool is_rekey(const struct ike_child *c)
{
	const struct ike_child *s;

	llist_for_each_entry (s, &c->peer->children, entry)
		if (s != c && s->complete && s->up_seq < c->start_seq)
			return c->initiator;
	return false;
}

void ike_child_refused(struct ike_peer *peer)
{
	if (peer->next_header != IKE_NEXT_HEADER_AUTO || ike_child_live(peer))
		return;
	peer->next_try = peer->next_try ? 0 : IKE_NEXT_HEADER_L2TP;
	LOGPEER(peer, LOGL_INFO, "next header auto: next time we ask for %u\n", peer->next_try);
}

/* What the peer agreed to is what we ask for from now on. */
static void learn_next_header(const struct ike_child *c)
{
	struct ike_peer *peer = c->peer;

	if (peer->next_header != IKE_NEXT_HEADER_AUTO)
		return;
	if (peer->next_known != c->next_header)
		LOGPEER(peer, LOGL_NOTICE, "next header auto: the peer has %u\n", c->next_header);
	peer->next_known = peer->next_try = c->next_header;
}

int ike_child_up(struct ike_child *c)
{
	struct ike_peer *peer = c->peer;
	bool rekey = is_rekey(c);
	uint64_t percent = (uint64_t)c->lifetime * 10; /* ms */
	const char *pfs = ike_group_name(c->pfs_group);
	int rc;

	c->up_seq = ++peer->seq;
	/* The loser's outbound SA is never used: what comes last would be the one in use. */
	if (!settle(c)) {
		rc = install_out(c);
		if (rc < 0)
			return rc;
		ike_timer_ms(&c->rekey,
			     percent * (c->initiator ? 84 : 88) +
				     percent * ike_random(1000) / 1000 * (c->initiator ? 3 : 2));
	}
	c->complete = true;
	c->up_ms = ike_now_ms();
	osmo_timer_schedule(&c->expire, c->lifetime, 0);
	ike_peer_count(peer, IKE_CTR_P2_UP);
	learn_next_header(c);
	if (rekey)
		ike_peer_count(peer, IKE_CTR_REKEY_P2);
	LOGPEER(peer, LOGL_NOTICE,
		"ESP SAs established, %s, in 0x%08x out 0x%08x, %s, pfs %s%s, %u s%s\n",
		c->initiator ? "initiator" : "responder", c->spi_in, c->spi_out, c->suite->name,
		pfs ? pfs : "none", ike_group_legacy(c->pfs_group) ? ", which is weak" : "",
		c->lifetime, c->replaced ? ", redundant" : "");
	return 0;
}

/* Nothing sends any more: is there a child that waits behind? */
static void find_heir(struct ike_peer *peer)
{
	struct ike_child *c;

	if (ike_child_live(peer))
		return;
	llist_for_each_entry_reverse(c, &peer->children,
				     entry) if (c->complete && reinstate(c)) break;
	if (peer->up && !ike_child_live(peer)) {
		peer->up = false;
		ike_peer_tell(peer, IKE_PEER_DOWN);
		ike_peer_backoff(peer);
	}
}

void ike_child_delete(struct ike_child *c, bool tell)
{
	struct ike_peer *peer = c->peer;
	struct ike_sa *sa = ike_sa_best(peer);

	if (tell && sa)
		ike_info_delete_esp(sa, c->spi_in);
	if (c->quick)
		c->quick->child = NULL;
	llist_del(&c->entry);
	osmo_timer_del(&c->rekey);
	osmo_timer_del(&c->expire);
	osmo_timer_del(&c->retire);
	if (c->out_installed)
		sadb_del(c, SA_OUT);
	sadb_del(c, SA_IN);
	keymat_free(c);
	talloc_free(c);
	find_heir(peer);
	if (peer->spawned) /* is it empty now? */
		osmo_timer_schedule(&peer->work, 0, 0);
}

void ike_child_rekey_now(struct ike_child *c)
{
	struct ike_peer *peer = c->peer;
	struct ike_sa *sa = ike_sa_best(peer);

	/* Tunnel mode is not ours to offer: the peer, who wanted it, renews it. */
	if (c->replaced || !c->complete || c->ip.tunnel)
		return;
	if (!peer->path_up) {
		c->rekey_pending = true;
		return;
	}
	if (sa && !ike_quick_starting(peer)) {
		ike_quick_start(sa);
	} else if (!sa && !ike_sa_starting(peer)) {
		ike_p1_start(peer);
	}
	/* Should this attempt fail, or only phase 1 have been started. */
	ike_timer_ms(&c->rekey, sa ? IKE_RETRY_MAX_MS : IKE_RETRY_MIN_MS);
}
