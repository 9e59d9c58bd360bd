/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * Quick Mode (RFC 2409 5.5).
 *
 *   initiator                                               responder
 *   I_KEYGEN (PFS: crypto thread)
 *   I_SENT       --- 1*: HASH(1), SA, Ni [, KE], IDci, IDcr --->
 *                                                           R_DH (PFS: crypto thread)
 *                                                           [inbound SA installed]
 *                <-- 2*: HASH(2), SA, Nr [, KE], IDci, IDcr --- R_SENT
 *   I_DERIVE (PFS: crypto thread)
 *   [inbound, then outbound SA installed]
 *   DONE         --- 3*: HASH(3) --->                       DONE
 *                                                           [outbound SA installed]
 * DONE lingers to answer duplicates: message 3 has no answer that would tell that it arrived.
 */

#include <errno.h>

#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <talloc.h>

#include "ipsec/ike/ike_internal.h"

enum quick_event {
	EV_RX, /* struct ike_msg */
	EV_DH, /* struct ike_job */
};

static const struct value_string event_names[] = {
	{ EV_RX, "RX" },
	{ EV_DH, "DH" },
	{ 0, NULL },
};

#define S(x) (1u << (x))

static void quick_chg(struct ike_quick *q, enum ike_quick_state state)
{
	osmo_fsm_inst_state_chg(q->fi, state, 0, 0);
}

void ike_quick_kill(struct ike_quick *q)
{
	const struct ike *ike = q->peer->ike;

	ike_exchange_stop(&q->x);
	osmo_timer_del(&q->linger);
	ike_job_cancel(q->job);
	q->job = NULL;
	if (q->child)
		ike_child_delete(q->child, false);
	if (q->spi_in)
		ike->sadb->spi_release(ike->sadb_priv, q->spi_in);
	q->spi_in = 0;
	llist_del(&q->entry);
	llist_add_tail(&q->entry, &q->peer->quick_graves);
	osmo_timer_schedule(&q->peer->work, 0, 0);
}

void ike_quick_free(struct ike_quick *q)
{
	osmo_fsm_inst_free(q->fi);
	ike_dh_free(q->dh);
	talloc_free(q);
}

void ike_quick_fail(struct ike_quick *q, const char *why)
{
	struct ike_peer *peer = q->peer;
	bool initiator = q->initiator;

	ike_peer_count(peer, IKE_CTR_P2_FAIL);
	LOGPEER(peer, LOGL_NOTICE, "phase 2 failed (%s, %s): %s\n",
		initiator ? "initiator" : "responder", osmo_fsm_inst_state_name(q->fi), why);
	if (initiator && q->fi->state == QUICK_I_SENT)
		ike_child_refused(peer);
	/* The far end may have installed its side, and even send through it. */
	if (!initiator && q->child)
		ike_info_delete_esp(q->sa, q->child->spi_in);
	else if (initiator && q->x.rx_seen)
		ike_info_delete_esp(q->sa, q->child ? q->child->spi_in : q->spi_in);
	ike_quick_kill(q);
	if (initiator || peer->initiate)
		ike_peer_backoff(peer);
}

static void gave_up_cb(struct ike_exchange *x)
{
	struct ike_quick *q = (struct ike_quick *)((char *)x - offsetof(struct ike_quick, x));

	ike_quick_fail(q, q->initiator ? "the peer does not answer message 1"
				       : "the peer does not send message 3");
}

static void linger_cb(void *data)
{
	struct ike_quick *q = data;

	/* What held so long is no flapping: failures are counted anew. */
	if (ike_child_live(q->peer))
		q->peer->backoff_ms = IKE_RETRY_MIN_MS;
	ike_quick_kill(q);
}

static struct ike_quick *quick_new(struct ike_sa *sa, bool initiator, uint32_t msgid)
{
	struct ike_quick *q = talloc_zero(sa->peer, struct ike_quick);
	uint8_t fresh[IKE_NONCE_OURS];

	if (!q)
		return NULL;
	q->sa = sa;
	q->peer = sa->peer;
	q->initiator = initiator;
	q->msgid = msgid;
	q->next_header = sa->peer->next_try;
	q->fi = osmo_fsm_inst_alloc(&ike_quick_fsm, q, q, LOGL_DEBUG, NULL);
	if (!q->fi || ike_phase2_iv(q->iv, sa->hash, sa->keys.cipher, sa->iv, msgid) < 0 ||
	    RAND_bytes(fresh, sizeof(fresh)) != 1 ||
	    ike_blob_set(q, initiator ? &q->ni : &q->nr, fresh, sizeof(fresh)) < 0) {
		if (q->fi)
			osmo_fsm_inst_free(q->fi);
		talloc_free(q);
		return NULL;
	}
	ike_exchange_init(&q->x, q->peer, &sa->at, gave_up_cb);
	osmo_timer_setup(&q->linger, linger_cb, q);
	q->start_seq = ++q->peer->seq;
	llist_add_tail(&q->entry, &sa->quicks);
	return q;
}

bool ike_quick_busy(const struct ike_sa *sa)
{
	struct ike_quick *q;

	llist_for_each_entry (q, &sa->quicks, entry)
		if (q->fi->state != QUICK_DONE)
			return true;
	return false;
}

bool ike_quick_starting(const struct ike_peer *peer)
{
	struct ike_sa *sa;
	struct ike_quick *q;

	llist_for_each_entry (sa, &peer->sas, entry)
		llist_for_each_entry (q, &sa->quicks, entry)
			if (q->initiator && q->fi->state != QUICK_DONE)
				return true;
	return false;
}

static void dh_done(struct ike_job *job, void *priv)
{
	struct ike_quick *q = priv;

	q->job = NULL;
	osmo_fsm_inst_dispatch(q->fi, EV_DH, job);
}

static int start_dh(struct ike_quick *q, const struct ike_payload *ke)
{
	struct ike_dh *dh = q->dh;

	q->dh = NULL;
	q->job = ike_pool_submit(q->peer->ike->pool, q->group, dh, ke ? ke->body : NULL,
				 ke ? ke->len : 0, dh_done, q);
	return q->job ? 0 : -ENOMEM;
}

static bool job_failed(struct ike_quick *q, const struct ike_job *job)
{
	if (job->rc == 0)
		return false;
	if (job->rc == -EBADMSG)
		ike_peer_count(q->peer, IKE_CTR_RX_MALFORMED);
	ike_quick_fail(q, job->rc == -EBADMSG ? "the peer's public value is invalid"
					      : "Diffie-Hellman failed here");
	return true;
}

static int send_step(struct ike_quick *q, enum ike_step step, bool expect)
{
	uint8_t buf[IKE_OUT_MAX];
	int len = ike_quick_build(q, step, buf, sizeof(buf));

	if (len >= 0)
		ike_exchange_send(&q->x, buf, (size_t)len, expect);
	return len;
}

static void send_first(struct ike_quick *q)
{
	quick_chg(q, QUICK_I_SENT);
	q->start_seq = ++q->peer->seq;
	if (send_step(q, IKE_QM1, true) < 0)
		ike_quick_fail(q, "cannot make message 1");
}

int ike_quick_start(struct ike_sa *sa)
{
	struct ike_peer *peer = sa->peer;
	struct ike_quick *q = quick_new(sa, true, ike_sa_new_msgid(sa));

	if (!q)
		return -ENOMEM;
	if (ike_quick_ids_init(q) < 0) {
		ike_quick_fail(q, "out of memory");
		return -ENOMEM;
	}
	q->spi_in = peer->ike->sadb->spi_reserve(peer->ike->sadb_priv);
	if (!q->spi_in) {
		ike_quick_fail(q, "no SPI to be had");
		return -ENOSPC;
	}
	q->group = peer->profile.pfs_group ? ike_group_by_id(peer->profile.pfs_group) : NULL;
	if (!q->group) {
		send_first(q);
		return 0;
	}
	quick_chg(q, QUICK_I_KEYGEN);
	if (start_dh(q, NULL) < 0)
		ike_quick_fail(q, "out of memory");
	return 0;
}

static void on_keygen(struct osmo_fsm_inst *fi, uint32_t event, void *data)
{
	struct ike_quick *q = fi->priv;
	struct ike_job *job = data;

	(void)event;
	if (job_failed(q, job))
		return;
	q->dh = job->dh;
	job->dh = NULL;
	send_first(q);
}

static void done(struct ike_quick *q)
{
	struct ike_peer *peer = q->peer;

	quick_chg(q, QUICK_DONE);
	q->child->quick = NULL;
	q->child = NULL;
	/* What it said last answers duplicates; what that was made of is not needed any more. */
	ike_blob_free(&q->ni);
	ike_blob_free(&q->nr);
	ike_blob_free(&q->answer);
	ike_blob_free(&q->ids[0]);
	ike_blob_free(&q->ids[1]);
	osmo_timer_schedule(&q->linger, IKE_LINGER_S, 0);
	ike_dpd_alive(peer);
}

/* Install at the initiator: both directions at once, then message 3 lets the responder send. */
static void initiator_finish(struct ike_quick *q, struct ike_iov secret)
{
	q->child = ike_child_new(q, secret);
	if (!q->child || ike_child_up(q->child) < 0) {
		ike_quick_fail(q, "the SAs cannot be installed");
		return;
	}
	if (send_step(q, IKE_QM3, false) < 0) {
		ike_quick_fail(q, "cannot make message 3");
		return;
	}
	done(q);
}

static void responder_finish(struct ike_quick *q, struct ike_iov secret)
{
	q->child = ike_child_new(q, secret);
	if (!q->child) {
		ike_quick_fail(q, "the inbound SA cannot be installed");
		return;
	}
	quick_chg(q, QUICK_R_SENT);
	q->child->settled_seq = ++q->peer->seq;
	if (send_step(q, IKE_QM2, true) < 0)
		ike_quick_fail(q, "cannot make message 2");
}

static void on_dh(struct osmo_fsm_inst *fi, uint32_t event, void *data)
{
	struct ike_quick *q = fi->priv;
	struct ike_job *job = data;
	struct ike_iov secret = { job->secret, q->group->secret_len };

	(void)event;
	if (job_failed(q, job))
		return;
	ike_dh_free(q->dh);
	q->dh = job->dh;
	job->dh = NULL;
	if (q->initiator)
		initiator_finish(q, secret);
	else
		responder_finish(q, secret);
	/* Message 1 or 2 is made, the key pair has done its work. */
	ike_dh_free(q->dh);
	q->dh = NULL;
}

static void refuse(struct ike_quick *q, uint16_t notify, const char *why)
{
	ike_info_notify(q->sa, notify, IKE_PROTO_ESP, q->choice.spi);
	ike_quick_fail(q, why);
}

static void on_qm2(struct osmo_fsm_inst *fi, uint32_t event, void *data)
{
	struct ike_quick *q = fi->priv;
	struct ike_msg *m = data;
	const struct ike_payload *ke = ike_payload_find(&m->pls, IKE_PL_KE, 0);
	const char *why;
	uint16_t notify;

	(void)event;
	memcpy(q->iv, m->next_iv, IKE_BLOCK);
	ike_exchange_accept(&q->x, m);
	q->settled_seq = ++q->peer->seq;
	why = ike_quick_take_sa(q, m, &notify);
	if (!why && !ike_quick_ids_ok(q, m)) {
		ike_peer_count(q->peer, IKE_CTR_RX_ID_MISMATCH);
		notify = IKE_N_INVALID_ID_INFORMATION;
		why = "the peer changed the phase-2 identities";
	}
	if (why) {
		refuse(q, notify, why);
		return;
	}
	ike_quick_take_lifetime(q, m);
	if (!q->group) {
		initiator_finish(q, (struct ike_iov){ NULL, 0 });
		return;
	}
	quick_chg(q, QUICK_I_DERIVE);
	if (start_dh(q, ke) < 0)
		ike_quick_fail(q, "out of memory");
}

static void on_qm3(struct osmo_fsm_inst *fi, uint32_t event, void *data)
{
	struct ike_quick *q = fi->priv;

	(void)event;
	ike_exchange_accept(&q->x, data);
	if (!q->child || ike_child_up(q->child) < 0) {
		ike_quick_fail(q, "the outbound SA cannot be installed");
		return;
	}
	done(q);
}

static void respond(struct ike_sa *sa, struct ike_msg *m)
{
	struct ike_peer *peer = sa->peer;
	const struct ike_payload *ke = ike_payload_find(&m->pls, IKE_PL_KE, 0);
	struct ike_quick *q = quick_new(sa, false, m->hdr.msgid);
	const char *why;
	uint16_t notify;

	if (!q)
		return;
	memcpy(q->iv, m->next_iv, IKE_BLOCK);
	ike_exchange_accept(&q->x, m);
	q->spi_in = peer->ike->sadb->spi_reserve(peer->ike->sadb_priv);
	if (!q->spi_in) {
		ike_quick_fail(q, "no SPI to be had");
		return;
	}
	why = ike_quick_take_sa(q, m, &notify);
	if (!why && !ike_quick_ids_ok(q, m)) {
		ike_peer_count(peer, IKE_CTR_RX_ID_MISMATCH);
		notify = IKE_N_INVALID_ID_INFORMATION;
		why = "the peer wants other traffic (phase-2 identities) than we carry";
	}
	if (why) {
		refuse(q, notify, why);
		return;
	}
	if (!ke) {
		responder_finish(q, (struct ike_iov){ NULL, 0 });
		return;
	}
	q->group = ike_group_by_id(peer->profile.pfs_group);
	quick_chg(q, QUICK_R_DH);
	if (start_dh(q, ke) < 0)
		ike_quick_fail(q, "out of memory");
}

static unsigned int busy_quicks(const struct ike_sa *sa)
{
	struct ike_quick *q;
	unsigned int n = 0;

	llist_for_each_entry (q, &sa->quicks, entry)
		n += q->fi->state != QUICK_DONE;
	return n;
}

/* Children that are there or on their way, whatever IKE SA makes them: a peer that begins one after
 * the other would have us keep each until its overlap is over. */
static unsigned int children_of(const struct ike_peer *peer)
{
	const struct ike_sa *sa;
	const struct ike_quick *q;
	unsigned int n = ike_peer_children(peer, NULL, 0);

	llist_for_each_entry (sa, &peer->sas, entry)
		llist_for_each_entry (q, &sa->quicks, entry)
			n += q->fi->state != QUICK_DONE && !q->child;
	return n;
}

static bool too_many(const struct ike_sa *sa)
{
	if (busy_quicks(sa) < IKE_QUICKS_MAX && children_of(sa->peer) < IKE_CHILDREN_MAX)
		return false;
	if (ike_hint_ok(sa->peer))
		LOGPEER(sa->peer, LOGL_NOTICE, "phase 2 refused: too many ESP SAs\n");
	return true;
}

/* Those that only linger give way, the oldest first: their message IDs are remembered all the same. */
static void bound_lingering(const struct ike_sa *sa)
{
	struct ike_quick *q, *oldest = NULL;
	unsigned int n = 0;

	llist_for_each_entry (q, &sa->quicks, entry) {
		if (q->fi->state != QUICK_DONE)
			continue;
		n++;
		if (!oldest)
			oldest = q;
	}
	if (n > IKE_LINGERING_MAX)
		ike_quick_kill(oldest);
}

static void rx_first(struct ike_sa *sa, struct ike_msg *m)
{
	static const struct ike_iov none;
	uint8_t iv[IKE_BLOCK];

	if (ike_phase2_iv(iv, sa->hash, sa->keys.cipher, sa->iv, m->hdr.msgid) < 0)
		return;
	if (ike_msg_open(m, &ike_rules[IKE_QM1], &sa->keys, iv) < 0 ||
	    !ike_quick_hash_ok(sa, m, IKE_QM1, none, none)) {
		ike_peer_count(sa->peer, IKE_CTR_RX_AUTH_FAIL);
		return;
	}
	if (too_many(sa) || ike_sa_msgid_used(sa, m->hdr.msgid)) {
		ike_peer_count(sa->peer, IKE_CTR_RX_UNEXPECTED);
		return;
	}
	ike_natt_heard(sa, m);
	bound_lingering(sa);
	ike_dpd_alive(sa->peer);
	respond(sa, m);
}

static struct ike_quick *find(const struct ike_sa *sa, uint32_t msgid)
{
	struct ike_quick *q;

	llist_for_each_entry (q, &sa->quicks, entry)
		if (q->msgid == msgid)
			return q;
	return NULL;
}

void ike_quick_rx(struct ike_sa *sa, struct ike_msg *m)
{
	struct ike_quick *q = find(sa, m->hdr.msgid);
	enum ike_step step;

	if (!m->hdr.msgid) {
		ike_peer_count(sa->peer, IKE_CTR_RX_UNEXPECTED);
		return;
	}
	if (!q) {
		rx_first(sa, m);
		return;
	}
	if (ike_exchange_duplicate(&q->x, m))
		return;
	if (q->fi->state != QUICK_I_SENT && q->fi->state != QUICK_R_SENT) {
		ike_peer_count(sa->peer, IKE_CTR_RX_UNEXPECTED);
		return;
	}
	step = q->fi->state == QUICK_I_SENT ? IKE_QM2 : IKE_QM3;
	if (ike_msg_open(m, &ike_rules[step], &sa->keys, q->iv) < 0 ||
	    !ike_quick_hash_ok(sa, m, step, q->ni, q->nr)) {
		ike_peer_count(sa->peer, IKE_CTR_RX_AUTH_FAIL);
		return;
	}
	ike_natt_heard(sa, m);
	ike_dpd_alive(sa->peer);
	osmo_fsm_inst_dispatch(q->fi, EV_RX, m);
}

static const struct osmo_fsm_state states[] = {
	[QUICK_IDLE] = { .name = "IDLE",
			 .out_state_mask = S(QUICK_I_KEYGEN) | S(QUICK_I_SENT) | S(QUICK_R_DH) |
					   S(QUICK_R_SENT) },
	[QUICK_I_KEYGEN] = { .name = "I_KEYGEN",
			     .in_event_mask = S(EV_DH),
			     .out_state_mask = S(QUICK_I_SENT),
			     .action = on_keygen },
	[QUICK_I_SENT] = { .name = "I_SENT",
			   .in_event_mask = S(EV_RX),
			   .out_state_mask = S(QUICK_I_DERIVE) | S(QUICK_DONE),
			   .action = on_qm2 },
	[QUICK_I_DERIVE] = { .name = "I_DERIVE",
			     .in_event_mask = S(EV_DH),
			     .out_state_mask = S(QUICK_DONE),
			     .action = on_dh },
	[QUICK_R_DH] = { .name = "R_DH",
			 .in_event_mask = S(EV_DH),
			 .out_state_mask = S(QUICK_R_SENT),
			 .action = on_dh },
	[QUICK_R_SENT] = { .name = "R_SENT",
			   .in_event_mask = S(EV_RX),
			   .out_state_mask = S(QUICK_DONE),
			   .action = on_qm3 },
	[QUICK_DONE] = { .name = "DONE" },
};

struct osmo_fsm ike_quick_fsm = {
	.name = "IKE_QUICK",
	.states = states,
	.num_states = sizeof(states) / sizeof(states[0]),
	.log_subsys = DIKE,
	.event_names = event_names,
};

static __attribute__((constructor)) void register_fsm(void)
{
	osmo_fsm_register(&ike_quick_fsm);
}
