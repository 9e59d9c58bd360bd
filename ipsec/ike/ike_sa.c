/* SPDX-License-Identifier: GPL-2.0-or-later */

/* IKE SAs: birth, choice between them, rekeying, end. */

#include <stdio.h>

#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <talloc.h>

#include "ipsec/ike/ike_internal.h"

#ifdef VCGW_KEY_EXPORT
#include <osmocom/core/utils.h>

void (*ike_key_export)(const char *kind, const char *row);

static void export_key(const struct ike_sa *sa)
{
	char row[2 * IKE_COOKIE_LEN + 2 * IKE_KEY_MAX + 2];
	size_t at;

	if (!ike_key_export)
		return;
	osmo_hexdump_buf(row, sizeof(row), sa->icookie, IKE_COOKIE_LEN, "", true);
	at = strlen(row);
	row[at++] = ',';
	osmo_hexdump_buf(row + at, sizeof(row) - at, sa->keys.enc, (int)sa->keys.cipher->key_len,
			 "", true);
	ike_key_export("ikev1", row);
	OPENSSL_cleanse(row, sizeof(row));
}
#endif

static void no_message_6(struct ike_sa *sa)
{
	char why[160];

	if (sa->refused)
		snprintf(why, sizeof(why), "what the peer answered to message 5 is refused: %s",
			 sa->refused);
	else
		snprintf(why, sizeof(why),
			 "the peer does not answer message 5: most likely %s, or the peer refuses "
			 "our identity; its log knows",
			 sa->method ? "it refuses our certificate" : "the pre-shared keys differ");
	ike_main_fail(sa, why);
}

static void gave_up_cb(struct ike_exchange *x)
{
	struct ike_sa *sa = (struct ike_sa *)((char *)x - offsetof(struct ike_sa, x));

	switch (sa->fi->state) {
	case MAIN_I_SA_SENT:
		ike_main_fail(sa, "the peer does not answer message 1");
		break;
	case MAIN_I_KE_SENT:
		ike_main_fail(sa, "the peer does not answer message 3");
		break;
	default:
		no_message_6(sa);
	}
}

static void rekey_cb(void *data)
{
	ike_sa_rekey_now(data);
}

static void expire_cb(void *data)
{
	struct ike_sa *sa = data;

	if (!ike_sa_established(sa)) {
		ike_main_fail(sa, "the peer did not finish in time");
		return;
	}
	LOGPEER(sa->peer, LOGL_NOTICE, "IKE SA reached its lifetime of %u s: deleted\n",
		sa->lifetime);
	ike_sa_delete(sa);
}

/* At 90 % of the lifetime at the latest; the initiator well before the responder, so that both
 * seldom start at once. */
static uint64_t rekey_ms(uint32_t lifetime, bool initiator)
{
	uint64_t percent_of = (uint64_t)lifetime * 10; /* ms in one per cent */

	return percent_of * (initiator ? 84 : 88) +
	       percent_of * ike_random(1000) / 1000 * (initiator ? 3 : 2);
}

/* What replaced it is gone: it serves again, and is to be renewed when it would have been. */
static void reinstate(struct ike_sa *sa)
{
	uint64_t due = rekey_ms(sa->lifetime, sa->initiator);
	uint64_t age = (uint64_t)(ike_now_ms() - sa->up_ms);

	sa->replaced = false;
	osmo_timer_del(&sa->retire);
	ike_timer_ms(&sa->rekey, due > age ? due - age : 0);
}

static struct ike_sa *better_than(const struct ike_sa *sa)
{
	struct ike_sa *s;

	llist_for_each_entry (s, &sa->peer->sas, entry)
		if (s != sa && ike_sa_established(s) && !s->replaced)
			return s;
	return NULL;
}

static void retire_cb(void *data)
{
	struct ike_sa *sa = data;

	if (!better_than(sa)) {
		reinstate(sa);
		return;
	}
	if (ike_quick_busy(sa)) {
		ike_timer_ms(&sa->retire, IKE_OVERLAP_MS);
		return;
	}
	ike_sa_delete(sa);
}

static struct llist_head *bucket(const struct ike *ike, const uint8_t cookie[IKE_COOKIE_LEN])
{
	unsigned int i = (unsigned int)cookie[6] << 8 | cookie[7];

	return (struct llist_head *)&ike->by_cookie[i % IKE_COOKIE_BUCKETS];
}

struct ike_sa *ike_sa_find(const struct ike *ike, const uint8_t cookies[2 * IKE_COOKIE_LEN])
{
	for (int ours = 0; ours < 2; ours++) {
		struct llist_head *head = bucket(ike, cookies + ours * IKE_COOKIE_LEN);
		struct ike_sa *sa;

		llist_for_each_entry (sa, head, by_cookie) {
			if (memcmp(sa->icookie, cookies, IKE_COOKIE_LEN) != 0)
				continue;
			if (memcmp(sa->rcookie, cookies + IKE_COOKIE_LEN, IKE_COOKIE_LEN) == 0 ||
			    (sa->initiator && sa->fi->state == MAIN_I_SA_SENT))
				return sa;
		}
	}
	return NULL;
}

struct ike_sa *ike_sa_new(struct ike_peer *peer, const struct ipsec_at *at, const uint8_t *rcookie)
{
	bool initiator = !rcookie;
	struct ike_sa *sa = talloc_zero(peer, struct ike_sa);

	if (!sa)
		return NULL;
	sa->peer = peer;
	sa->initiator = initiator;
	sa->pki = ike_pki_ref(peer->pki);
	sa->at = *at;
	sa->fi = osmo_fsm_inst_alloc(&ike_main_fsm, sa, sa, LOGL_DEBUG, NULL);
	if (!sa->fi || (initiator && RAND_bytes(sa->icookie, IKE_COOKIE_LEN) != 1)) {
		ike_sa_free(sa);
		return NULL;
	}
	if (initiator)
		sa->icookie[0] |= 0x80; /* zero means "none yet" */
	else
		memcpy(sa->rcookie, rcookie, IKE_COOKIE_LEN);
	INIT_LLIST_HEAD(&sa->unproven);
	llist_add(&sa->by_cookie, bucket(peer->ike, initiator ? sa->icookie : sa->rcookie));
	INIT_LLIST_HEAD(&sa->quicks);
	ike_exchange_init(&sa->x, peer, &sa->at, gave_up_cb);
	osmo_timer_setup(&sa->rekey, rekey_cb, sa);
	osmo_timer_setup(&sa->expire, expire_cb, sa);
	osmo_timer_setup(&sa->retire, retire_cb, sa);
	sa->start_seq = ++peer->seq;
	if (!initiator)
		osmo_timer_schedule(&sa->expire, IKE_NEGOTIATION_S, 0);
	llist_add_tail(&sa->entry, &peer->sas);
	return sa;
}

void ike_sa_kill(struct ike_sa *sa)
{
	struct ike_quick *q, *next;
	struct ike_sa *heir;

	if (sa->dead)
		return;
	sa->dead = true;
	llist_for_each_entry_safe (q, next, &sa->quicks, entry)
		ike_quick_kill(q);
	osmo_timer_del(&sa->rekey);
	osmo_timer_del(&sa->expire);
	osmo_timer_del(&sa->retire);
	ike_exchange_stop(&sa->x);
	ike_job_cancel(sa->job);
	sa->job = NULL;
	llist_del(&sa->by_cookie);
	llist_del(&sa->unproven);
	llist_del(&sa->entry);
	llist_add_tail(&sa->entry, &sa->peer->graves);
	osmo_timer_schedule(&sa->peer->work, 0, 0);
	heir = ike_sa_best(sa->peer);
	if (heir && heir->replaced)
		reinstate(heir);
}

void ike_sa_free(struct ike_sa *sa)
{
	if (sa->fi)
		osmo_fsm_inst_free(sa->fi);
	ike_dh_free(sa->dh);
	ike_msg_drop(sa->kept);
	ike_pki_unref(sa->pki);
	OPENSSL_cleanse(&sa->keys, sizeof(sa->keys));
	talloc_free(sa);
}

bool ike_sa_established(const struct ike_sa *sa)
{
	return !sa->dead && sa->fi->state == MAIN_ESTABLISHED;
}

struct ike_sa *ike_sa_best(const struct ike_peer *peer)
{
	struct ike_sa *sa, *best = NULL;

	llist_for_each_entry (sa, &peer->sas, entry) {
		if (!ike_sa_established(sa))
			continue;
		if (!best || best->replaced || !sa->replaced)
			best = sa;
	}
	return best;
}

bool ike_sa_starting(const struct ike_peer *peer)
{
	struct ike_sa *sa;

	llist_for_each_entry (sa, &peer->sas, entry)
		if (sa->initiator && !ike_sa_established(sa))
			return true;
	return false;
}

void ike_sa_make_room(struct ike_peer *peer)
{
	struct ike_sa *sa, *oldest = NULL;
	unsigned int n = 0;

	llist_for_each_entry (sa, &peer->sas, entry) {
		if (sa->initiator || ike_sa_established(sa))
			continue;
		if (!oldest)
			oldest = sa;
		n++;
	}
	if (n < IKE_HALF_OPEN_PER_PEER)
		return;
	ike_peer_count(peer, IKE_CTR_HALF_OPEN_LIMIT);
	if (ike_hint_ok(peer))
		LOGPEER(peer, LOGL_NOTICE,
			"more than %d phase-1 negotiations open: the oldest gives way\n",
			IKE_HALF_OPEN_PER_PEER);
	ike_sa_kill(oldest);
}

static void retire(struct ike_sa *sa, bool ours)
{
	sa->replaced = true;
	osmo_timer_del(&sa->rekey);
	ike_timer_ms(&sa->retire, (ours ? IKE_OVERLAP_MS : IKE_OVERLAP_RESPONDER_MS) +
					  ike_random(IKE_OVERLAP_MS / 3));
}

/* Both ends sent message 1 before they sent or saw message 6 of the other's: then both know it of
 * both, since a path keeps order. The lower initiator cookie loses, at both. Otherwise the later
 * begun replaces the other. Who made the winner (or, among rivals, the loser) deletes; the other end
 * only if that never happens. */
static void settle(struct ike_sa *sa)
{
	struct ike_sa *s;

	llist_for_each_entry (s, &sa->peer->sas, entry) {
		bool rivals = s->initiator != sa->initiator && s->up_seq > sa->start_seq &&
			      sa->up_seq > s->start_seq;
		struct ike_sa *loser, *winner;
		bool sa_goes;

		if (s == sa || !ike_sa_established(s))
			continue;
		if (s->replaced) {
			/* By the far end's; but ours came after it as well. */
			if (sa->initiator && !rivals && s->start_seq < sa->start_seq)
				retire(s, true);
			continue;
		}
		sa_goes = rivals ? memcmp(sa->icookie, s->icookie, IKE_COOKIE_LEN) < 0
				 : sa->start_seq < s->start_seq;
		loser = sa_goes ? sa : s;
		winner = sa_goes ? s : sa;
		if (rivals)
			ike_peer_count(sa->peer, IKE_CTR_P1_REDUNDANT);
		retire(loser, rivals ? loser->initiator : winner->initiator);
	}
}

/* Begun by us when there was one already: not so when both ends begin at once. */
static bool is_rekey(const struct ike_sa *sa)
{
	const struct ike_sa *s;

	llist_for_each_entry (s, &sa->peer->sas, entry)
		if (s != sa && ike_sa_established(s) && s->up_seq < sa->start_seq)
			return sa->initiator;
	return false;
}

/* Both ends have proved themselves over the bodies of phase 1: nothing asks for them again. */
static void forget_bodies(struct ike_sa *sa)
{
	struct ike_iov *bodies[] = { &sa->sai, &sa->ke_i, &sa->ke_r, &sa->ni, &sa->nr };

	for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++)
		ike_blob_free(bodies[i]);
}

void ike_sa_up(struct ike_sa *sa)
{
	struct ike_peer *peer = sa->peer;
	const char *weak = ike_p1_suite_legacy(&sa->suite);
	char suite[64];

	llist_del_init(&sa->unproven);
	sa->up_seq = ++peer->seq;
	sa->up_ms = ike_now_ms();
	ike_peer_count(peer, IKE_CTR_P1_UP);
	if (is_rekey(sa))
		ike_peer_count(peer, IKE_CTR_REKEY_P1);
	LOGPEER(peer, LOGL_NOTICE, "IKE SA established, %s, %s, %u s%s%s\n",
		sa->initiator ? "initiator" : "responder",
		ike_p1_suite_name(&sa->suite, suite, sizeof(suite)), sa->lifetime,
		weak ? ", which is weak: " : "", weak ? weak : "");
#ifdef VCGW_KEY_EXPORT
	export_key(sa);
#endif
	forget_bodies(sa);
	settle(sa);
	ike_natt_keepalive_start(peer);
	osmo_timer_schedule(&sa->expire, sa->lifetime, 0);
	if (!sa->replaced)
		ike_timer_ms(&sa->rekey, rekey_ms(sa->lifetime, sa->initiator));
	ike_dpd_alive(peer);
	ike_peer_maintain(peer, sa->initiator ? 0 : IKE_RESPONDER_GRACE_MS);
}

void ike_sa_rekey_now(struct ike_sa *sa)
{
	struct ike_peer *peer = sa->peer;

	if (sa->replaced || !ike_sa_established(sa))
		return;
	if (!peer->path_up) {
		sa->rekey_pending = true;
		return;
	}
	if (!ike_sa_starting(peer))
		ike_main_start(peer);
	ike_timer_ms(&sa->rekey, IKE_RETRY_MAX_MS); /* should this attempt fail */
}

void ike_sa_delete(struct ike_sa *sa)
{
	struct ike_peer *peer = sa->peer;

	if (ike_sa_established(sa))
		ike_info_delete_sa(sa);
	ike_sa_kill(sa);
	ike_peer_maintain(peer, 0);
}

bool ike_sa_msgid_used(struct ike_sa *sa, uint32_t msgid)
{
	unsigned int kept = sa->n_msgids < IKE_MSGIDS_KEPT ? sa->n_msgids : IKE_MSGIDS_KEPT;

	for (unsigned int i = 0; i < kept; i++)
		if (sa->msgids[i] == msgid)
			return true;
	sa->msgids[sa->n_msgids++ % IKE_MSGIDS_KEPT] = msgid;
	return false;
}

uint32_t ike_sa_new_msgid(struct ike_sa *sa)
{
	uint32_t id = 0;

	while (id == 0 || ike_sa_msgid_used(sa, id))
		if (RAND_bytes((uint8_t *)&id, sizeof(id)) != 1)
			return 0;
	return id;
}

void ike_sa_freeze(struct ike_sa *sa, bool frozen)
{
	struct ike_quick *q;

	ike_exchange_freeze(&sa->x, frozen);
	llist_for_each_entry (q, &sa->quicks, entry)
		ike_exchange_freeze(&q->x, frozen);
	if (!frozen && sa->rekey_pending) {
		sa->rekey_pending = false;
		ike_timer_ms(&sa->rekey, 0);
	}
}

struct ike_hdr ike_sa_hdr(const struct ike_sa *sa, uint8_t exchange, uint32_t msgid)
{
	struct ike_hdr h = { .version = IKE_VERSION_1, .exchange = exchange, .msgid = msgid };

	memcpy(h.icookie, sa->icookie, IKE_COOKIE_LEN);
	memcpy(h.rcookie, sa->rcookie, IKE_COOKIE_LEN);
	return h;
}
