/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * Main Mode (RFC 2409 5.4), messages 1 to 4; 5 and 6 are in v1_auth.c. A responder has no IKE SA
 * before message 3 comes (half_open.c).
 *
 *   initiator                                responder
 *   I_SA_SENT    --- 1: SA, VID --->
 *                <-- 2: SA, VID ---          [record]
 *   I_KEYGEN  (crypto thread)
 *   I_KE_SENT    --- 3: KE, Ni [, NAT-D] --->
 *                                            R_DH  (crypto thread)
 *                <-- 4: KE, Nr [, NAT-D] --- R_KE_SENT
 *   I_DERIVE  (crypto thread)
 *   I_AUTH_SENT  --- 5*: IDii, HASH_I --->
 *   ESTABLISHED  <-- 6*: IDir, HASH_R ---    ESTABLISHED
 *
 * With signatures (RFC 2409 5.1) message 4 asks for certificates too, and the end is:
 *
 *   I_DERIVE, I_SIGN  (crypto thread)
 *   I_AUTH_SENT  --- 5*: IDii, CERT, SIG_I, CERTREQ --->
 *                                            R_VERIFY, R_SIGN  (crypto thread)
 *   I_VERIFY     <-- 6*: IDir, CERT, SIG_R   ESTABLISHED
 *   ESTABLISHED
 *
 * A message whose proof does not verify leads back to where it was waited for.
 *
 * What is not authentic never ends a negotiation: it is counted, and the right message may still
 * come. Only time does, or a message that authenticates and is not acceptable.
 */

#include <errno.h>

#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <talloc.h>

#include "ipsec/ike/ike_internal.h"

/* RFC 3706 5.1, version 1.0. */
static const uint8_t vid_dpd[16] = { 0xaf, 0xca, 0xd7, 0x13, 0x68, 0xa1, 0xf1, 0xc9,
				     0x6b, 0x86, 0x96, 0xfc, 0x77, 0x57, 0x01, 0x00 };

static const struct value_string event_names[] = {
	{ IKE_EV_RX, "RX" },
	{ IKE_EV_DH, "DH" },
	{ IKE_EV_AUTH, "AUTH" },
	{ IKE_EV_SIGNED, "SIGNED" },
	{ IKE_EV_VERIFIED, "VERIFIED" },
	{ 0, NULL },
};

#define S(x) (1u << (x))

static void main_chg(struct ike_sa *sa, enum ike_main_state state)
{
	osmo_fsm_inst_state_chg(sa->fi, state, 0, 0);
}

void ike_main_fail(struct ike_sa *sa, const char *why)
{
	struct ike_peer *peer = sa->peer;
	bool silent = sa->initiator && sa->fi->state == MAIN_I_SA_SENT;

	ike_peer_count(peer, IKE_CTR_P1_FAIL);
	LOGPEER(peer, LOGL_NOTICE, "phase 1 failed (%s, %s): %s\n",
		sa->initiator ? "initiator" : "responder", osmo_fsm_inst_state_name(sa->fi), why);
	ike_sa_kill(sa);
	if (silent && !ike_sa_best(peer) && ike_child_live(peer) && !peer->alive)
		ike_dpd_dead(peer);
	if (sa->initiator)
		ike_peer_backoff(peer);
}

static void unusable(struct ike_sa *sa, enum ike_counter c, const char *what)
{
	ike_peer_count(sa->peer, c);
	if (ike_hint_ok(sa->peer))
		LOGPEER(sa->peer, LOGL_NOTICE, "%s ignored\n", what);
}

void ike_main_put_vids(const struct ike_peer *peer, struct ike_build *b)
{
	ike_build_payload(b, IKE_PL_VID, vid_dpd, sizeof(vid_dpd));
	ike_natt_put_vid(peer, b);
}

bool ike_main_dpd_vid_in(const struct ike_msg *m)
{
	for (unsigned int i = 0; i < m->pls.n; i++) {
		const struct ike_payload *p = &m->pls.p[i];

		/* The last octets are the version (RFC 3706 5.1). */
		if (p->type == IKE_PL_VID && p->len == sizeof(vid_dpd) &&
		    memcmp(p->body, vid_dpd, sizeof(vid_dpd) - 1) == 0)
			return true;
	}
	return false;
}

/* ---- messages 1 and 2 ---- */

static void take_choice(struct ike_sa *sa, const struct ike_p1_choice *choice)
{
	sa->suite = choice->suite;
	sa->lifetime = choice->seconds;
	sa->method = ike_sig_method_by_id(choice->method);
	sa->hash = ike_hash_by_id(sa->suite.hash);
	sa->group = ike_group_by_id(sa->suite.group);
}

void ike_main_log_no_proposal(struct ike_peer *peer, const struct ike_methods *methods,
			      const struct ike_offer *theirs, const char *differs)
{
	char a[IKE_LIST_MAX], b[IKE_LIST_MAX];
	struct ike_offer *ours;

	if (!ike_hint_ok(peer))
		return;
	ours = talloc_zero(peer, struct ike_offer);
	if (!ours)
		return;
	ike_p1_offer(ours, &peer->profile, methods);
	LOGPEER(peer, LOGL_NOTICE,
		"no phase-1 proposal in common, first difference: %s; the peer offers [%s], our "
		"profile has [%s]\n",
		differs, ike_p1_list(theirs, a, sizeof(a)), ike_p1_list(ours, b, sizeof(b)));
	talloc_free(ours);
}

void ike_main_start(struct ike_peer *peer)
{
	const struct ike_sa *old = ike_sa_best(peer);
	/* Once through a NAT, always by port 4500 (RFC 3947 4). */
	const struct ipsec_at *from = old && old->encap ? &old->at : &peer->path->at;
	struct ike_methods methods;
	struct ike_offer *offer;
	struct ike_sa *sa;
	uint8_t buf[IKE_OUT_MAX];
	struct ike_build b;
	struct ike_hdr h;
	const char *why;
	size_t at;
	int len = -ENOMEM;

	sa = ike_auth_ready(peer, &why) ? ike_sa_new(peer, from, NULL) : NULL;
	if (!sa)
		return;
	ike_auth_methods(sa->pki, &methods);
	offer = talloc_zero(sa, struct ike_offer);
	if (!offer)
		goto out;
	ike_p1_offer(offer, &peer->profile, &methods);
	h = ike_sa_hdr(sa, IKE_X_MAIN, 0);
	ike_build_begin(&b, buf, sizeof(buf), &h);
	ike_build_open(&b, IKE_PL_SA);
	ike_offer_encode(&b.w, 1, offer);
	at = ike_build_close(&b) + IKE_PL_HDR_LEN;
	if (!b.w.err && ike_blob_set(sa, &sa->sai, buf + at, b.w.len - at) < 0)
		goto out;
	ike_main_put_vids(peer, &b);
	len = ike_out_finish(peer, &b, IKE_MM1, NULL, NULL);
	if (len < 0)
		goto out;
	main_chg(sa, MAIN_I_SA_SENT);
	ike_exchange_send(&sa->x, buf, (size_t)len, true);
out:
	talloc_free(offer);
	if (len < 0)
		ike_main_fail(sa, "cannot make message 1");
}

/* ---- messages 3 and 4 ---- */

static void dh_done(struct ike_job *job, void *priv);

static int start_dh(struct ike_sa *sa, const struct ike_iov *peer_ke)
{
	struct ike_dh *dh = sa->dh;

	sa->dh = NULL;
	sa->job = ike_pool_submit(sa->peer->ike->pool, sa->group, dh, peer_ke ? peer_ke->p : NULL,
				  peer_ke ? peer_ke->len : 0, dh_done, sa);
	return sa->job ? 0 : -ENOMEM;
}

static int send_ke(struct ike_sa *sa)
{
	struct ike_iov *nonce = sa->initiator ? &sa->ni : &sa->nr;
	struct ike_iov *ke = sa->initiator ? &sa->ke_i : &sa->ke_r;
	uint8_t buf[IKE_OUT_MAX], fresh[IKE_NONCE_OURS];
	struct ike_hdr h = ike_sa_hdr(sa, IKE_X_MAIN, 0);
	struct ike_build b;
	int len;

	if (RAND_bytes(fresh, sizeof(fresh)) != 1 ||
	    ike_blob_set(sa, nonce, fresh, sizeof(fresh)) < 0 ||
	    ike_blob_set(sa, ke, ike_dh_public(sa->dh), sa->group->pub_len) < 0)
		return -EIO;
	ike_build_begin(&b, buf, sizeof(buf), &h);
	ike_build_payload(&b, IKE_PL_KE, ke->p, ke->len);
	ike_build_payload(&b, IKE_PL_NONCE, nonce->p, nonce->len);
	if (!sa->initiator) /* who asks in message 5, where it is not for all to read */
		ike_auth_put_requests(sa, &b);
	if (ike_natt_put_natd(sa, &b) < 0)
		return -EIO;
	len = ike_out_finish(sa->peer, &b, sa->initiator ? IKE_MM3 : IKE_MM4, NULL, NULL);
	if (len >= 0)
		ike_exchange_send(&sa->x, buf, (size_t)len, sa->initiator);
	return len;
}

static void on_mm2(struct osmo_fsm_inst *fi, uint32_t event, void *data)
{
	struct ike_sa *sa = fi->priv;
	struct ike_msg *m = data;
	const struct ike_payload *pl = ike_payload_find(&m->pls, IKE_PL_SA, 0);
	struct ike_offer *offer = talloc_zero(sa, struct ike_offer);
	const char *differs = "more than one transform";
	struct ike_p1_choice choice;
	struct ike_methods methods;

	(void)event;
	if (!offer)
		return;
	if (ike_offer_decode(offer, 1, pl->body, pl->len) < 0) {
		unusable(sa, IKE_CTR_RX_MALFORMED, "malformed answer to our proposals");
		goto out;
	}
	ike_auth_methods(sa->pki, &methods);
	if (offer->n != 1 ||
	    ike_p1_choose(offer, &sa->peer->profile, &methods, &choice, &differs) < 0) {
		ike_peer_count(sa->peer, IKE_CTR_RX_NO_PROPOSAL);
		ike_main_log_no_proposal(sa->peer, &methods, offer, differs);
		goto out;
	}
	memcpy(sa->rcookie, m->hdr.rcookie, IKE_COOKIE_LEN);
	take_choice(sa, &choice);
	sa->peer_dpd = sa->peer_dpd || ike_main_dpd_vid_in(m);
	sa->natt = ike_natt_vid_in(sa->peer, m);
	ike_auth_take_requests(sa, m);
	ike_exchange_accept(&sa->x, m);
	main_chg(sa, MAIN_I_KEYGEN);
	if (start_dh(sa, NULL) < 0)
		ike_main_fail(sa, "out of memory");
out:
	talloc_free(offer);
}

static int take_ke(struct ike_sa *sa, const struct ike_msg *m)
{
	const struct ike_payload *ke = ike_payload_find(&m->pls, IKE_PL_KE, 0);
	const struct ike_payload *nonce = ike_payload_find(&m->pls, IKE_PL_NONCE, 0);

	if (ke->len != sa->group->pub_len || nonce->len < IKE_NONCE_MIN ||
	    nonce->len > IKE_NONCE_MAX) {
		unusable(sa, IKE_CTR_RX_MALFORMED, "key exchange or nonce of a wrong length");
		return -EBADMSG;
	}
	if (ike_natt_take_natd(sa, m) < 0) {
		unusable(sa, IKE_CTR_RX_MALFORMED, "message with unfit NAT-D payloads");
		return -EBADMSG;
	}
	if (ike_blob_set(sa, sa->initiator ? &sa->ke_r : &sa->ke_i, ke->body, ke->len) < 0 ||
	    ike_blob_set(sa, sa->initiator ? &sa->nr : &sa->ni, nonce->body, nonce->len) < 0)
		return -ENOMEM;
	sa->peer_dpd = sa->peer_dpd || ike_main_dpd_vid_in(m);
	ike_auth_take_requests(sa, m);
	return 0;
}

static void on_ke(struct osmo_fsm_inst *fi, uint32_t event, void *data)
{
	struct ike_sa *sa = fi->priv;

	(void)event;
	if (take_ke(sa, data) < 0)
		return;
	ike_exchange_accept(&sa->x, data);
	main_chg(sa, sa->initiator ? MAIN_I_DERIVE : MAIN_R_DH);
	if (start_dh(sa, sa->initiator ? &sa->ke_r : &sa->ke_i) < 0)
		ike_main_fail(sa, "out of memory");
}

static void dh_done(struct ike_job *job, void *priv)
{
	struct ike_sa *sa = priv;

	sa->job = NULL;
	osmo_fsm_inst_dispatch(sa->fi, IKE_EV_DH, job);
}

static bool job_failed(struct ike_sa *sa, const struct ike_job *job)
{
	if (job->rc == 0)
		return false;
	if (job->rc == -EBADMSG)
		ike_peer_count(sa->peer, IKE_CTR_RX_MALFORMED);
	ike_main_fail(sa, job->rc == -EBADMSG ? "the peer's public value is invalid"
					      : "Diffie-Hellman failed here");
	return true;
}

/* Our proof, message 5 or 6, comes next: at once, or when it is signed. */
static void prove(struct ike_sa *sa);

static void on_keygen(struct osmo_fsm_inst *fi, uint32_t event, void *data)
{
	struct ike_sa *sa = fi->priv;
	struct ike_job *job = data;

	(void)event;
	if (job_failed(sa, job))
		return;
	sa->dh = job->dh;
	job->dh = NULL;
	main_chg(sa, MAIN_I_KE_SENT);
	if (send_ke(sa) < 0)
		ike_main_fail(sa, "cannot make message 3");
}

static void on_dh(struct osmo_fsm_inst *fi, uint32_t event, void *data)
{
	struct ike_sa *sa = fi->priv;
	struct ike_job *job = data;
	struct ike_iov secret = { job->secret, sa->group->secret_len };
	int rc = 0;

	(void)event;
	if (job_failed(sa, job))
		return;
	if (!sa->initiator) {
		sa->dh = job->dh;
		job->dh = NULL;
		rc = send_ke(sa);
	}
	if (rc >= 0)
		rc = ike_auth_keys(sa, secret);
	/* Each negotiation has its own key: nothing of it is kept. */
	ike_dh_free(sa->dh);
	sa->dh = NULL;
	if (rc < 0) {
		ike_main_fail(sa, "cannot make keys or the next message");
	} else if (!sa->initiator) {
		main_chg(sa, MAIN_R_KE_SENT);
	} else {
		ike_natt_float(sa);
		prove(sa);
	}
}

/* ---- messages 5 and 6 ---- */

static void take_notifies(struct ike_sa *sa, const struct ike_msg *m)
{
	struct ike_notify_body n;

	for (unsigned int i = 0; i < m->pls.n; i++)
		if (m->pls.p[i].type == IKE_PL_NOTIFY &&
		    ike_notify_decode(&n, m->pls.p[i].body, m->pls.p[i].len) == 0 &&
		    n.type == IKE_N_INITIAL_CONTACT)
			ike_info_initial_contact(sa, &n);
}

/* The peer has proven itself, and our proof is there: send it, if we have not yet. */
static void send_proof(struct ike_sa *sa)
{
	if (ike_main_send_auth(sa) < 0)
		ike_main_fail(sa,
			      sa->initiator ? "cannot make message 5" : "cannot make message 6");
	else if (sa->initiator)
		main_chg(sa, MAIN_I_AUTH_SENT);
	else
		main_chg(sa, MAIN_ESTABLISHED);
}

static void prove(struct ike_sa *sa)
{
	int rc = ike_auth_identify(sa);

	if (rc == 0)
		rc = ike_auth_prove(sa);
	if (rc == 0)
		send_proof(sa);
	else if (rc == -EINPROGRESS)
		main_chg(sa, sa->initiator ? MAIN_I_SIGN : MAIN_R_SIGN);
	else
		ike_main_fail(sa, "we cannot prove who we are: identity or certificate lacks");
}

/* m is the message in which the peer proved itself. */
static void established(struct ike_sa *sa, const struct ike_msg *m)
{
	take_notifies(sa, m);
	ike_sa_up(sa);
}

static void on_signed(struct osmo_fsm_inst *fi, uint32_t event, void *data)
{
	struct ike_sa *sa = fi->priv;
	const struct ike_job *job = data;

	(void)event;
	if (job->rc < 0) {
		ike_main_fail(sa, "our key does not sign");
		return;
	}
	send_proof(sa);
	if (ike_sa_established(sa))
		established(sa, sa->kept);
}

/* The peer's message 5 or 6, with what its proof was found to be. */
static void authenticated(struct ike_sa *sa, const struct ike_msg *m, int rc)
{
	if (rc == -EACCES)
		ike_main_fail(sa, "the peer's identity is not the configured one");
	if (rc < 0)
		return;
	ike_exchange_accept(&sa->x, m);
	ike_natt_heard(sa, m);
	memcpy(sa->iv, m->next_iv, IKE_BLOCK);
	ike_auth_take_requests(sa, m);
	if (sa->initiator)
		main_chg(sa, MAIN_ESTABLISHED);
	else
		prove(sa);
	if (ike_sa_established(sa))
		established(sa, m);
}

static void on_auth(struct osmo_fsm_inst *fi, uint32_t event, void *data)
{
	struct ike_sa *sa = fi->priv;
	int rc = ike_main_check_auth(sa, data);

	(void)event;
	if (rc == -EINPROGRESS)
		main_chg(sa, sa->initiator ? MAIN_I_VERIFY : MAIN_R_VERIFY);
	else
		authenticated(sa, data, rc);
}

static void on_verified(struct osmo_fsm_inst *fi, uint32_t event, void *data)
{
	struct ike_sa *sa = fi->priv;
	const struct ike_payload *id = ike_payload_find(&sa->kept->pls, IKE_PL_ID, 0);
	int rc = ike_auth_verified(sa, data, (struct ike_iov){ id->body, id->len });

	(void)event;
	if (rc == -EBADMSG)
		main_chg(sa, sa->initiator ? MAIN_I_AUTH_SENT : MAIN_R_KE_SENT);
	else
		authenticated(sa, sa->kept, rc);
}

static const struct osmo_fsm_state states[] = {
	[MAIN_IDLE] = { .name = "IDLE",
			.in_event_mask = S(IKE_EV_RX),
			.out_state_mask = S(MAIN_I_SA_SENT) | S(MAIN_R_DH),
			.action = on_ke },
	[MAIN_I_SA_SENT] = { .name = "I_SA_SENT",
			     .in_event_mask = S(IKE_EV_RX),
			     .out_state_mask = S(MAIN_I_KEYGEN),
			     .action = on_mm2 },
	[MAIN_I_KEYGEN] = { .name = "I_KEYGEN",
			    .in_event_mask = S(IKE_EV_DH),
			    .out_state_mask = S(MAIN_I_KE_SENT),
			    .action = on_keygen },
	[MAIN_I_KE_SENT] = { .name = "I_KE_SENT",
			     .in_event_mask = S(IKE_EV_RX),
			     .out_state_mask = S(MAIN_I_DERIVE),
			     .action = on_ke },
	[MAIN_I_DERIVE] = { .name = "I_DERIVE",
			    .in_event_mask = S(IKE_EV_DH),
			    .out_state_mask = S(MAIN_I_SIGN) | S(MAIN_I_AUTH_SENT),
			    .action = on_dh },
	[MAIN_I_SIGN] = { .name = "I_SIGN",
			  .in_event_mask = S(IKE_EV_SIGNED),
			  .out_state_mask = S(MAIN_I_AUTH_SENT),
			  .action = on_signed },
	[MAIN_I_AUTH_SENT] = { .name = "I_AUTH_SENT",
			       .in_event_mask = S(IKE_EV_AUTH),
			       .out_state_mask = S(MAIN_I_VERIFY) | S(MAIN_ESTABLISHED),
			       .action = on_auth },
	[MAIN_I_VERIFY] = { .name = "I_VERIFY",
			    .in_event_mask = S(IKE_EV_VERIFIED),
			    .out_state_mask = S(MAIN_I_AUTH_SENT) | S(MAIN_ESTABLISHED),
			    .action = on_verified },
	[MAIN_R_DH] = { .name = "R_DH",
			.in_event_mask = S(IKE_EV_DH),
			.out_state_mask = S(MAIN_R_KE_SENT),
			.action = on_dh },
	[MAIN_R_KE_SENT] = { .name = "R_KE_SENT",
			     .in_event_mask = S(IKE_EV_AUTH),
			     .out_state_mask = S(MAIN_R_VERIFY) | S(MAIN_ESTABLISHED),
			     .action = on_auth },
	[MAIN_R_VERIFY] = { .name = "R_VERIFY",
			    .in_event_mask = S(IKE_EV_VERIFIED),
			    .out_state_mask = S(MAIN_R_KE_SENT) | S(MAIN_R_SIGN),
			    .action = on_verified },
	[MAIN_R_SIGN] = { .name = "R_SIGN",
			  .in_event_mask = S(IKE_EV_SIGNED),
			  .out_state_mask = S(MAIN_ESTABLISHED),
			  .action = on_signed },
	[MAIN_ESTABLISHED] = { .name = "ESTABLISHED" },
};

struct osmo_fsm ike_main_fsm = {
	.name = "IKE_MAIN",
	.states = states,
	.num_states = sizeof(states) / sizeof(states[0]),
	.log_subsys = DIKE,
	.event_names = event_names,
};

static const struct {
	bool expects;
	enum ike_step step;
	enum ike_sa_event event;
} expected[] = {
	[MAIN_IDLE] = { true, IKE_MM3, IKE_EV_RX },
	[MAIN_I_SA_SENT] = { true, IKE_MM2, IKE_EV_RX },
	[MAIN_I_KE_SENT] = { true, IKE_MM4, IKE_EV_RX },
	[MAIN_I_AUTH_SENT] = { true, IKE_MM6, IKE_EV_AUTH },
	[MAIN_R_KE_SENT] = { true, IKE_MM5, IKE_EV_AUTH },
	[MAIN_ESTABLISHED] = { false, 0, 0 },
};

/* The peer repeats what a thread is looking at. */
static bool under_verification(const struct ike_sa *sa, const struct ike_msg *m)
{
	uint32_t state = sa->fi->state;

	return (state == MAIN_I_VERIFY || state == MAIN_R_VERIFY) &&
	       m->wire_len == sa->kept->wire_len &&
	       memcmp(m->wire, sa->kept->wire, m->wire_len) == 0;
}

void ike_main_rx(struct ike_sa *sa, struct ike_msg *m)
{
	uint32_t state = sa->fi->state;
	int rc;

	if (ike_exchange_duplicate(&sa->x, m))
		return;
	if (!expected[state].expects || m->hdr.msgid) {
		ike_peer_count(sa->peer, under_verification(sa, m) ? IKE_CTR_RX_DUPLICATE
								   : IKE_CTR_RX_UNEXPECTED);
		return;
	}
	if (expected[state].event == IKE_EV_RX) {
		rc = ike_msg_open(m, &ike_rules[expected[state].step], NULL, NULL);
		if (rc < 0) {
			ike_peer_count(sa->peer, rc == -EPROTO ? IKE_CTR_RX_UNEXPECTED
							       : IKE_CTR_RX_MALFORMED);
			return;
		}
	}
	osmo_fsm_inst_dispatch(sa->fi, expected[state].event, m);
}

static __attribute__((constructor)) void register_fsm(void)
{
	osmo_fsm_register(&ike_main_fsm);
}
