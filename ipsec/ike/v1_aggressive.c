/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * Aggressive Mode (RFC 2409 5.1, 5.4), which is off unless a profile says otherwise.
 *
 *   initiator                                          responder
 *   I_KEYGEN  (crypto thread)
 *   I_SENT       --- 1: SA, KE, Ni, IDii --->
 *                                                      R_DH  (crypto thread)
 *                <-- 2: SA, KE, Nr, IDir, HASH_R ---   R_SENT
 *   I_DERIVE  (crypto thread)
 *   ESTABLISHED  --- 3*: HASH_I --->                   ESTABLISHED
 *
 * With signatures (RFC 2409 5.1) SIG_R and SIG_I stand for the hashes, with certificates, messages 1
 * and 2 ask for those, and threads verify and sign: R_SIGN, I_VERIFY, I_SIGN, R_VERIFY. NAT-D payloads
 * are in messages 2 and 3, and 3 is the first on port 4500 (RFC 3947 4).
 *
 * Group, identity and with that the certificate go out with the offer: all transforms have the group
 * and the method of the first. Message 3 is encrypted when we send it, and taken either way.
 *
 * A first message from anywhere costs an exponentiation, and one that is signed a signature: how many
 * in a second is bounded, and how many wait. Message 2 goes out in answer to message 1 and its copies
 * only, so a forged address gets no more than one for each.
 *
 * Nothing answers message 3. Who waits for it and hears of phase 2 instead sends message 2 once more.
 */

#include <errno.h>

#include <openssl/rand.h>
#include <talloc.h>

#include "ipsec/ike/ike_internal.h"

enum { ANSWER_MAX = 512 };

#define S(x) (1u << (x))

static void aggr_chg(struct ike_sa *sa, enum ike_aggr_state state)
{
	osmo_fsm_inst_state_chg(sa->fi, state, 0, 0);
}

static int fresh_nonce(struct ike_sa *sa, struct ike_iov *out)
{
	uint8_t fresh[IKE_NONCE_OURS];

	if (RAND_bytes(fresh, sizeof(fresh)) != 1)
		return -EIO;
	return ike_blob_set(sa, out, fresh, sizeof(fresh));
}

static const char *lengths_unfit(const struct ike_sa *sa, const struct ike_msg *m)
{
	const struct ike_payload *ke = ike_payload_find(&m->pls, IKE_PL_KE, 0);
	const struct ike_payload *nonce = ike_payload_find(&m->pls, IKE_PL_NONCE, 0);

	if (ke->len != sa->group->pub_len)
		return "key exchange of another group than that agreed on";
	if (nonce->len < IKE_NONCE_MIN || nonce->len > IKE_NONCE_MAX)
		return "nonce of a wrong length";
	return NULL;
}

/* Key exchange, nonce and identity of message 1 or 2. */
static int take_bodies(struct ike_sa *sa, const struct ike_msg *m)
{
	const struct ike_payload *ke = ike_payload_find(&m->pls, IKE_PL_KE, 0);
	const struct ike_payload *nonce = ike_payload_find(&m->pls, IKE_PL_NONCE, 0);
	const struct ike_payload *id = ike_payload_find(&m->pls, IKE_PL_ID, 0);

	if (ike_blob_set(sa, sa->initiator ? &sa->ke_r : &sa->ke_i, ke->body, ke->len) < 0 ||
	    ike_blob_set(sa, sa->initiator ? &sa->nr : &sa->ni, nonce->body, nonce->len) < 0 ||
	    ike_blob_set(sa, &sa->id_peer, id->body, id->len) < 0)
		return -ENOMEM;
	sa->peer_dpd = ike_p1_dpd_vid_in(m);
	sa->peer_frag = ike_frag_vid_in(m);
	sa->natt = ike_natt_vid_in(sa->peer, m);
	return 0;
}

static void established(struct ike_sa *sa)
{
	aggr_chg(sa, AGGR_ESTABLISHED);
	ike_dh_free(sa->dh);
	sa->dh = NULL;
	ike_sa_up(sa);
	ike_msg_drop(sa->kept);
	sa->kept = NULL;
}

/* ---- initiator ---- */

static struct ike_profile of_one_group(const struct ike_profile *all)
{
	struct ike_profile p = *all;

	p.n_p1 = 0;
	for (unsigned int i = 0; i < all->n_p1; i++)
		if (all->p1[i].group == all->p1[0].group)
			p.p1[p.n_p1++] = all->p1[i];
	return p;
}

static struct ike_methods of_one_method(const struct ike_sa *sa)
{
	return (struct ike_methods){ .n = 1, .id = { sa->method ? sa->method->id : IKE_AUTH_PSK } };
}

static int begin(struct ike_sa *sa)
{
	struct ike_methods methods;
	int rc;

	ike_auth_methods(sa->pki, &methods);
	sa->method = ike_sig_method_by_id(methods.id[0]);
	sa->group = ike_group_by_id(sa->peer->profile.p1[0].group);
	rc = ike_auth_identify(sa);
	if (rc == 0)
		rc = fresh_nonce(sa, &sa->ni);
	if (rc == 0)
		rc = ike_p1_start_dh(sa, NULL);
	return rc;
}

void ike_aggr_start(struct ike_peer *peer)
{
	const struct ike_sa *old = ike_sa_best(peer);
	/* Once through a NAT, always by port 4500 (RFC 3947 4). */
	const struct ipsec_at *from = old && old->encap ? &old->at : &peer->path->at;
	struct ike_sa *sa;
	const char *why;

	sa = ike_auth_ready(peer, &why) ? ike_sa_new(peer, from, NULL, true) : NULL;
	if (!sa)
		return;
	aggr_chg(sa, AGGR_I_KEYGEN);
	if (begin(sa) < 0)
		ike_p1_fail(sa, "cannot begin: identity or certificate lacks");
}

static int send_1(struct ike_sa *sa)
{
	struct ike_profile profile = of_one_group(&sa->peer->profile);
	struct ike_methods methods = of_one_method(sa);
	struct ike_hdr h = ike_sa_hdr(sa, IKE_X_AGGRESSIVE, 0);
	struct ike_offer *offer = talloc_zero(sa, struct ike_offer);
	uint8_t buf[IKE_OUT_MAX];
	struct ike_build b;
	size_t at;
	int len;

	if (!offer)
		return -ENOMEM;
	ike_p1_offer(offer, &profile, &methods);
	ike_build_begin(&b, buf, sizeof(buf), &h);
	ike_build_open(&b, IKE_PL_SA);
	ike_offer_encode(&b.w, 1, offer);
	talloc_free(offer);
	at = ike_build_close(&b) + IKE_PL_HDR_LEN;
	if (b.w.err || ike_blob_set(sa, &sa->sai, buf + at, b.w.len - at) < 0)
		return -ENOMEM;
	ike_build_payload(&b, IKE_PL_KE, sa->ke_i.p, sa->ke_i.len);
	ike_build_payload(&b, IKE_PL_NONCE, sa->ni.p, sa->ni.len);
	ike_build_payload(&b, IKE_PL_ID, sa->id_me.p, sa->id_me.len);
	ike_auth_put_requests(sa, &b);
	ike_p1_put_vids(sa->peer, &b);
	len = ike_out_finish(sa->peer, &b, IKE_AM1, NULL, NULL);
	if (len >= 0)
		len = ike_exchange_send(&sa->x, buf, (size_t)len, true);
	return len;
}

static void on_keygen(struct osmo_fsm_inst *fi, uint32_t event, void *data)
{
	struct ike_sa *sa = fi->priv;
	struct ike_job *job = data;

	(void)event;
	if (ike_p1_job_failed(sa, job))
		return;
	sa->dh = job->dh;
	job->dh = NULL;
	aggr_chg(sa, AGGR_I_SENT);
	if (ike_blob_set(sa, &sa->ke_i, ike_dh_public(sa->dh), sa->group->pub_len) < 0 ||
	    send_1(sa) < 0)
		ike_p1_fail(sa, "cannot make message 1");
}

/* The answer was not to be believed or not of use: another may come. Our key pair is as it was. */
static void wait_again(struct ike_sa *sa)
{
	memset(sa->rcookie, 0, sizeof(sa->rcookie));
	ike_msg_drop(sa->kept);
	sa->kept = NULL;
	aggr_chg(sa, AGGR_I_SENT);
}

/* Our profile may have another group since message 1. */
static bool choice_ok(struct ike_sa *sa, const struct ike_msg *m)
{
	const struct ike_payload *pl = ike_payload_find(&m->pls, IKE_PL_SA, 0);
	struct ike_profile profile = of_one_group(&sa->peer->profile);
	struct ike_methods methods = of_one_method(sa);
	struct ike_offer *offer = talloc_zero(sa, struct ike_offer);
	const char *differs = "more than one transform";
	struct ike_p1_choice choice;
	bool ok = false;

	if (!offer)
		return false;
	if (ike_offer_decode(offer, 1, pl->body, pl->len) < 0) {
		ike_p1_unusable(sa, IKE_CTR_RX_MALFORMED, "malformed answer to our proposals");
	} else if (offer->n != 1 ||
		   ike_p1_choose(offer, &profile, &methods, &choice, &differs) < 0 ||
		   choice.suite.group != sa->group->id) {
		ike_peer_count(sa->peer, IKE_CTR_RX_NO_PROPOSAL);
		ike_p1_log_no_proposal(sa->peer, &methods, offer, differs);
	} else {
		ok = true;
		ike_p1_take_choice(sa, &choice);
	}
	talloc_free(offer);
	return ok;
}

static void on_am2(struct osmo_fsm_inst *fi, uint32_t event, void *data)
{
	struct ike_sa *sa = fi->priv;
	struct ike_msg *m = data;
	const char *unfit;

	(void)event;
	if (!choice_ok(sa, m))
		return;
	unfit = lengths_unfit(sa, m);
	if (unfit) {
		ike_p1_unusable(sa, IKE_CTR_RX_MALFORMED, unfit);
		return;
	}
	memcpy(sa->rcookie, m->hdr.rcookie, IKE_COOKIE_LEN);
	if (take_bodies(sa, m) < 0)
		return;
	sa->kept = ike_msg_keep(m);
	aggr_chg(sa, AGGR_I_DERIVE);
	if (!sa->kept || ike_p1_start_dh(sa, &sa->ke_r) < 0)
		ike_p1_fail(sa, "out of memory");
}

static int send_3(struct ike_sa *sa)
{
	struct ike_hdr h = ike_sa_hdr(sa, IKE_X_AGGRESSIVE, 0);
	uint8_t buf[IKE_OUT_MAX];
	struct ike_build b;
	int len;

	ike_build_begin(&b, buf, sizeof(buf), &h);
	ike_auth_put_proof(sa, &b);
	if (ike_natt_put_natd(sa, &b) < 0)
		return -EIO;
	if (ike_p1_first_contact(sa))
		ike_p1_put_initial_contact(&b, sa);
	len = ike_out_finish(sa->peer, &b, sa->method ? IKE_AM3_SIG : IKE_AM3, &sa->keys, sa->iv);
	if (len >= 0)
		len = ike_exchange_send(&sa->x, buf, (size_t)len, false);
	return len;
}

static void finish(struct ike_sa *sa)
{
	int rc = send_3(sa);

	if (rc < 0)
		ike_p1_fail(sa, ike_out_why(rc, "cannot make message 3"));
	else
		established(sa);
}

/* Message 2 is authentic, and the peer is whom we want. */
static void answered(struct ike_sa *sa)
{
	int rc;

	if (ike_natt_take_natd(sa, sa->kept) < 0) {
		ike_p1_unusable(sa, IKE_CTR_RX_MALFORMED, "message with unfit NAT-D payloads");
		wait_again(sa);
		return;
	}
	ike_exchange_accept(&sa->x, sa->kept);
	ike_natt_float(sa);
	rc = ike_auth_prove(sa);
	if (rc == 0)
		finish(sa);
	else if (rc == -EINPROGRESS)
		aggr_chg(sa, AGGR_I_SIGN);
	else
		ike_p1_fail(sa, "we cannot prove who we are");
}

static void judge_2(struct ike_sa *sa, int rc)
{
	if (rc == 0)
		answered(sa);
	else if (rc == -EINPROGRESS)
		aggr_chg(sa, AGGR_I_VERIFY);
	else if (rc == -EACCES)
		ike_p1_fail(sa, "the peer's identity is not the configured one");
	else
		wait_again(sa);
}

static void on_derived(struct osmo_fsm_inst *fi, uint32_t event, void *data)
{
	struct ike_sa *sa = fi->priv;
	struct ike_job *job = data;

	(void)event;
	sa->dh = job->dh;
	job->dh = NULL;
	if (job->rc < 0) {
		sa->refused = "its public value is invalid";
		ike_p1_unusable(sa, IKE_CTR_RX_MALFORMED, "message 2 with an invalid public value");
		wait_again(sa);
	} else if (ike_auth_keys(sa, (struct ike_iov){ job->secret, sa->group->secret_len }) < 0) {
		ike_p1_fail(sa, "cannot make keys");
	} else {
		judge_2(sa, ike_auth_check(sa, sa->kept, sa->id_peer));
	}
}

/* ---- responder ---- */

/* \returns why a first message is not worth an exponentiation now, or NULL. */
static const char *too_dear(struct ike_peer *peer)
{
	unsigned int max = peer->spawn ? IKE_AGGR_PER_S_SPAWNING : IKE_AGGR_PER_S;
	int64_t now = ike_now_ms();
	struct ike_pool_info info;

	if (now - peer->aggr_ms >= 1000) {
		peer->aggr_ms = now;
		peer->n_aggr = 0;
	}
	if (peer->n_aggr >= max)
		return "too many in this second";
	ike_pool_info(peer->ike->pool, &info);
	if (info.waiting >= IKE_AGGR_QUEUE_MAX)
		return "the crypto threads are busy";
	peer->n_aggr++;
	return NULL;
}

/* A copy of the message that began the SA, or a late one: then it was dealt with. A message that was
 * changed on its way and came first keeps the true one, with the same cookie, not out. */
static bool is_copy(struct ike_sa *sa, const struct ike_msg *m)
{
	if (sa->initiator || memcmp(sa->icookie, m->hdr.icookie, IKE_COOKIE_LEN) != 0)
		return false;
	if (ike_exchange_duplicate(&sa->x, m))
		return true;
	if (!ike_sa_established(sa))
		return false;
	ike_peer_count(sa->peer, IKE_CTR_RX_DUPLICATE);
	return true;
}

static bool is_past(const struct ike_peer *peer, const struct ike_msg *m)
{
	struct ike_sa *sa;

	llist_for_each_entry (sa, &peer->sas, entry)
		if (is_copy(sa, m))
			return true;
	if (!peer->spawn)
		return false;
	llist_for_each_entry (sa, &peer->ike->unproven_aggr, unproven)
		if (endpoint_same(&sa->at.remote, &m->at.remote) && is_copy(sa, m))
			return true;
	return false;
}

/* HASH_R takes the key, which those have that are spawned: so the peer is made now, and goes when
 * nothing comes of it. Bounds apart from those of Main Mode, where addresses are true: what may be
 * forged evicts nothing that is not. */
static struct ike_peer *peer_for(struct ike_peer *peer, const struct ike_msg *m)
{
	if (!peer->spawn) {
		ike_sa_make_room(peer, true);
		return peer;
	}
	ike_half_open_room_unproven(&peer->ike->unproven_aggr, IKE_AGGR_UNPROVEN_MAX,
				    &m->at.remote);
	peer = ike_half_open_spawn(peer, &m->at, true);
	return peer && is_past(peer, m) ? NULL : peer;
}

/* Keep of message 1 what is needed for message 2. The chosen transform goes back as it came. */
static int take_1(struct ike_sa *sa, const struct ike_msg *m, struct ike_offer *offer, int row)
{
	const struct ike_payload *sai = ike_payload_find(&m->pls, IKE_PL_SA, 0);
	uint8_t answer[ANSWER_MAX];
	struct wr w = wr_init(answer, sizeof(answer));

	offer->t[0] = offer->t[row];
	offer->n = 1;
	ike_offer_encode(&w, 1, offer);
	if (w.err)
		return -EMSGSIZE;
	if (ike_blob_set(sa, &sa->sai, sai->body, sai->len) < 0 ||
	    ike_blob_set(sa, &sa->answer, answer, w.len) < 0)
		return -ENOMEM;
	ike_auth_take_requests(sa, m);
	ike_exchange_accept(&sa->x, m);
	return take_bodies(sa, m);
}

static void answer_first(struct ike_peer *model, const struct ike_msg *m,
			 const struct ike_p1_choice *choice, struct ike_offer *offer, int row)
{
	struct ike_peer *peer = peer_for(model, m);
	uint8_t rcookie[IKE_COOKIE_LEN];
	struct ike_sa *sa;

	if (!peer)
		return;
	if (peer->spawned) /* should it come to nothing */
		osmo_timer_schedule(&peer->work, 0, 0);
	if (RAND_bytes(rcookie, sizeof(rcookie)) != 1)
		return;
	rcookie[0] |= 0x80; /* zero means "none yet" */
	sa = ike_sa_new(peer, &m->at, rcookie, true);
	if (!sa)
		return;
	ike_peer_count(model, IKE_CTR_HALF_OPEN);
	memcpy(sa->icookie, m->hdr.icookie, IKE_COOKIE_LEN);
	if (peer->spawned)
		llist_add_tail(&sa->unproven, &peer->ike->unproven_aggr);
	ike_p1_take_choice(sa, choice);
	aggr_chg(sa, AGGR_R_DH);
	if (take_1(sa, m, offer, row) < 0 || ike_p1_start_dh(sa, &sa->ke_i) < 0)
		ike_p1_fail(sa, "out of memory");
}

static void refuse_1(struct ike_peer *peer, const struct ike_msg *m, enum ike_counter c,
		     const char *why, uint16_t notify)
{
	ike_peer_count(peer, c);
	if (ike_hint_ok(peer))
		LOGPEER(peer, LOGL_NOTICE, "%s refused: %s\n", m->rule->name, why);
	if (notify)
		ike_info_notify_clear(peer, m, notify);
}

static void consider_first(struct ike_peer *peer, const struct ike_msg *m, struct ike_offer *offer)
{
	const struct ike_payload *sai = ike_payload_find(&m->pls, IKE_PL_SA, 0);
	const struct ike_payload *id = ike_payload_find(&m->pls, IKE_PL_ID, 0);
	struct ike_sa would_be = { .initiator = false };
	const char *differs, *why;
	struct ike_p1_choice choice;
	struct ike_methods methods;
	int row;

	if (ike_offer_decode(offer, 1, sai->body, sai->len) < 0) {
		refuse_1(peer, m, IKE_CTR_RX_MALFORMED, "malformed proposals",
			 IKE_N_PAYLOAD_MALFORMED);
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
	ike_p1_take_choice(&would_be, &choice);
	why = lengths_unfit(&would_be, m);
	if (why) {
		refuse_1(peer, m, IKE_CTR_RX_MALFORMED, why, IKE_N_PAYLOAD_MALFORMED);
	} else if (!ike_auth_id_wanted(peer, (struct ike_iov){ id->body, id->len })) {
		refuse_1(peer, m, IKE_CTR_RX_ID_MISMATCH,
			 "the peer's identity is not the configured one", 0);
	} else {
		why = too_dear(peer);
		if (why)
			refuse_1(peer, m, IKE_CTR_HALF_OPEN_REFUSED, why, 0);
		else
			answer_first(peer, m, &choice, offer, row);
	}
}

static bool is_first(struct ike_peer *peer, struct ike_msg *m)
{
	static const uint8_t none[IKE_COOKIE_LEN];
	int rc = ike_msg_open(m, &ike_rules[IKE_AM1], NULL, NULL);

	if (rc == 0 && memcmp(m->hdr.icookie, none, sizeof(none)) != 0 && !m->hdr.msgid)
		return true;
	ike_peer_count(peer, rc == -EPROTO ? IKE_CTR_RX_UNEXPECTED : IKE_CTR_RX_MALFORMED);
	return false;
}

void ike_aggr_rx_first(struct ike_peer *peer, struct ike_msg *m)
{
	struct ike_offer *offer;

	if (peer->profile.aggressive == IKE_AGGRESSIVE_OFF) {
		ike_peer_count(peer, IKE_CTR_RX_UNEXPECTED);
		if (ike_hint_ok(peer))
			LOGPEER(peer, LOGL_NOTICE,
				"the peer wants aggressive mode, which is off here: no answer\n");
		return;
	}
	if (!is_first(peer, m))
		return;
	if (is_past(peer, m) || !ike_p1_may_answer(peer))
		return;
	offer = talloc(peer, struct ike_offer);
	if (!offer)
		return;
	consider_first(peer, m, offer);
	talloc_free(offer);
}

static int send_2(struct ike_sa *sa)
{
	struct ike_hdr h = ike_sa_hdr(sa, IKE_X_AGGRESSIVE, 0);
	uint8_t buf[IKE_OUT_MAX];
	struct ike_build b;
	int len;

	ike_build_begin(&b, buf, sizeof(buf), &h);
	ike_build_payload(&b, IKE_PL_SA, sa->answer.p, sa->answer.len);
	ike_build_payload(&b, IKE_PL_KE, sa->ke_r.p, sa->ke_r.len);
	ike_build_payload(&b, IKE_PL_NONCE, sa->nr.p, sa->nr.len);
	ike_build_payload(&b, IKE_PL_ID, sa->id_me.p, sa->id_me.len);
	ike_auth_put_proof(sa, &b);
	ike_auth_put_requests(sa, &b);
	if (ike_natt_put_natd(sa, &b) < 0)
		return -EIO;
	ike_p1_put_vids(sa->peer, &b);
	len = ike_out_finish(sa->peer, &b, sa->method ? IKE_AM2_SIG : IKE_AM2, NULL, NULL);
	if (len >= 0)
		len = ike_exchange_send(&sa->x, buf, (size_t)len, false);
	return len;
}

static void answer_1(struct ike_sa *sa)
{
	int rc = send_2(sa);

	if (rc < 0)
		ike_p1_fail(sa, ike_out_why(rc, "cannot make message 2"));
	else
		aggr_chg(sa, AGGR_R_SENT);
}

static void on_dh(struct osmo_fsm_inst *fi, uint32_t event, void *data)
{
	struct ike_sa *sa = fi->priv;
	struct ike_job *job = data;
	struct ike_iov secret = { job->secret, sa->group->secret_len };
	int rc;

	(void)event;
	if (ike_p1_job_failed(sa, job))
		return;
	rc = ike_blob_set(sa, &sa->ke_r, ike_dh_public(job->dh), sa->group->pub_len);
	if (rc == 0)
		rc = fresh_nonce(sa, &sa->nr);
	if (rc == 0)
		rc = ike_auth_keys(sa, secret);
	if (rc == 0)
		rc = ike_auth_identify(sa);
	if (rc == 0)
		rc = ike_auth_prove(sa);
	if (rc == 0)
		answer_1(sa);
	else if (rc == -EINPROGRESS)
		aggr_chg(sa, AGGR_R_SIGN);
	else
		ike_p1_fail(sa, "we cannot prove who we are: key, identity or certificate lacks");
}

static enum ike_step step_3(const struct ike_sa *sa, bool encrypted)
{
	if (encrypted)
		return sa->method ? IKE_AM3_SIG : IKE_AM3;
	return sa->method ? IKE_AM3_CLEAR_SIG : IKE_AM3_CLEAR;
}

/* The right one may still come. */
static void wait_for_3(struct ike_sa *sa)
{
	if (sa->fi->state == AGGR_R_VERIFY)
		aggr_chg(sa, AGGR_R_SENT);
}

static void confirmed(struct ike_sa *sa, const struct ike_msg *m)
{
	bool encrypted = m->hdr.flags & IKE_FLAG_ENC, contact;

	if (ike_natt_take_natd(sa, m) < 0) {
		ike_p1_unusable(sa, IKE_CTR_RX_MALFORMED, "message with unfit NAT-D payloads");
		wait_for_3(sa);
		return;
	}
	ike_exchange_accept(&sa->x, m);
	ike_natt_heard(sa, m);
	if (encrypted)
		memcpy(sa->iv, m->next_iv, IKE_BLOCK);
	contact = ike_p1_first_contact(sa);
	if (encrypted) /* nothing else speaks for them */
		ike_p1_take_notifies(sa, m);
	established(sa);
	/* Message 2, where it could have been, is in the clear. */
	if (contact)
		ike_info_contact(sa);
}

static void judge_3(struct ike_sa *sa, const struct ike_msg *m, int rc)
{
	if (rc == 0)
		confirmed(sa, m);
	else if (rc == -EINPROGRESS)
		aggr_chg(sa, AGGR_R_VERIFY);
	else if (rc == -EACCES)
		ike_p1_fail(sa, "the peer's identity is not the configured one");
	else
		wait_for_3(sa);
}

static void on_am3(struct osmo_fsm_inst *fi, uint32_t event, void *data)
{
	struct ike_sa *sa = fi->priv;
	struct ike_msg *m = data;
	bool encrypted = m->hdr.flags & IKE_FLAG_ENC;
	int rc = ike_msg_open(m, &ike_rules[step_3(sa, encrypted)], &sa->keys, sa->iv);

	(void)event;
	if (rc < 0 && encrypted)
		ike_auth_not_authentic(sa, m, m->why);
	else if (rc < 0)
		ike_peer_count(sa->peer,
			       rc == -EPROTO ? IKE_CTR_RX_UNEXPECTED : IKE_CTR_RX_MALFORMED);
	else
		judge_3(sa, m, ike_auth_check(sa, m, sa->id_peer));
}

void ike_aggr_rx_early(struct ike_sa *sa)
{
	ike_peer_count(sa->peer, IKE_CTR_RX_UNEXPECTED);
	if (sa->fi->state == AGGR_R_SENT)
		ike_exchange_repeat(&sa->x);
}

/* ---- what threads did ---- */

static void on_signed(struct osmo_fsm_inst *fi, uint32_t event, void *data)
{
	struct ike_sa *sa = fi->priv;
	const struct ike_job *job = data;

	(void)event;
	if (job->rc < 0)
		ike_p1_fail(sa, "our key does not sign");
	else if (sa->initiator)
		finish(sa);
	else
		answer_1(sa);
}

static void on_verified(struct osmo_fsm_inst *fi, uint32_t event, void *data)
{
	struct ike_sa *sa = fi->priv;
	int rc = ike_auth_verified(sa, data, sa->id_peer);

	(void)event;
	if (sa->initiator)
		judge_2(sa, rc);
	else
		judge_3(sa, sa->kept, rc);
}

static const struct osmo_fsm_state states[] = {
	[AGGR_IDLE] = { .name = "IDLE", .out_state_mask = S(AGGR_I_KEYGEN) | S(AGGR_R_DH) },
	[AGGR_I_KEYGEN] = { .name = "I_KEYGEN",
			    .in_event_mask = S(IKE_EV_DH),
			    .out_state_mask = S(AGGR_I_SENT),
			    .action = on_keygen },
	[AGGR_I_SENT] = { .name = "I_SENT",
			  .in_event_mask = S(IKE_EV_RX),
			  .out_state_mask = S(AGGR_I_DERIVE),
			  .action = on_am2 },
	[AGGR_I_DERIVE] = { .name = "I_DERIVE",
			    .in_event_mask = S(IKE_EV_DH),
			    .out_state_mask = S(AGGR_I_SENT) | S(AGGR_I_VERIFY) | S(AGGR_I_SIGN) |
					      S(AGGR_ESTABLISHED),
			    .action = on_derived },
	[AGGR_I_VERIFY] = { .name = "I_VERIFY",
			    .in_event_mask = S(IKE_EV_VERIFIED),
			    .out_state_mask = S(AGGR_I_SENT) | S(AGGR_I_SIGN),
			    .action = on_verified },
	[AGGR_I_SIGN] = { .name = "I_SIGN",
			  .in_event_mask = S(IKE_EV_SIGNED),
			  .out_state_mask = S(AGGR_ESTABLISHED),
			  .action = on_signed },
	[AGGR_R_DH] = { .name = "R_DH",
			.in_event_mask = S(IKE_EV_DH),
			.out_state_mask = S(AGGR_R_SIGN) | S(AGGR_R_SENT),
			.action = on_dh },
	[AGGR_R_SIGN] = { .name = "R_SIGN",
			  .in_event_mask = S(IKE_EV_SIGNED),
			  .out_state_mask = S(AGGR_R_SENT),
			  .action = on_signed },
	[AGGR_R_SENT] = { .name = "R_SENT",
			  .in_event_mask = S(IKE_EV_AUTH),
			  .out_state_mask = S(AGGR_R_VERIFY) | S(AGGR_ESTABLISHED),
			  .action = on_am3 },
	[AGGR_R_VERIFY] = { .name = "R_VERIFY",
			    .in_event_mask = S(IKE_EV_VERIFIED),
			    .out_state_mask = S(AGGR_R_SENT) | S(AGGR_ESTABLISHED),
			    .action = on_verified },
	[AGGR_ESTABLISHED] = { .name = "ESTABLISHED" },
};

struct osmo_fsm ike_aggr_fsm = {
	.name = "IKE_AGGR",
	.states = states,
	.num_states = sizeof(states) / sizeof(states[0]),
	.log_subsys = DIKE,
	.event_names = ike_p1_event_names,
};

void ike_aggr_rx(struct ike_sa *sa, struct ike_msg *m)
{
	uint32_t state = sa->fi->state;
	int rc;

	if (ike_exchange_duplicate(&sa->x, m))
		return;
	if ((state != AGGR_I_SENT && state != AGGR_R_SENT) || m->hdr.msgid) {
		ike_peer_count(sa->peer, ike_p1_is_kept(sa, m) ? IKE_CTR_RX_DUPLICATE
							       : IKE_CTR_RX_UNEXPECTED);
		return;
	}
	if (state == AGGR_R_SENT) {
		osmo_fsm_inst_dispatch(sa->fi, IKE_EV_AUTH, m);
		return;
	}
	rc = ike_msg_open(m, &ike_rules[sa->method ? IKE_AM2_SIG : IKE_AM2], NULL, NULL);
	if (rc == 0)
		osmo_fsm_inst_dispatch(sa->fi, IKE_EV_RX, m);
	else
		ike_peer_count(sa->peer,
			       rc == -EPROTO ? IKE_CTR_RX_UNEXPECTED : IKE_CTR_RX_MALFORMED);
}

static __attribute__((constructor)) void register_fsm(void)
{
	osmo_fsm_register(&ike_aggr_fsm);
}
