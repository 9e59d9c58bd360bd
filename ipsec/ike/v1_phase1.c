/* SPDX-License-Identifier: GPL-2.0-or-later */

/* What the exchanges of phase 1, Main Mode and Aggressive Mode, have in common. */

#include <errno.h>

#include <talloc.h>

#include "ipsec/ike/ike_internal.h"

/* RFC 3706 5.1, version 1.0. */
static const uint8_t vid_dpd[16] = { 0xaf, 0xca, 0xd7, 0x13, 0x68, 0xa1, 0xf1, 0xc9,
				     0x6b, 0x86, 0x96, 0xfc, 0x77, 0x57, 0x01, 0x00 };

const struct value_string ike_p1_event_names[] = {
	{ IKE_EV_RX, "RX" },
	{ IKE_EV_DH, "DH" },
	{ IKE_EV_AUTH, "AUTH" },
	{ IKE_EV_SIGNED, "SIGNED" },
	{ IKE_EV_VERIFIED, "VERIFIED" },
	{ 0, NULL },
};

/* In the mode of what is to be replaced: a peer that came by Aggressive Mode may not be able to do the
 * other, for want of an address that its key is known by. */
void ike_p1_start(struct ike_peer *peer)
{
	const struct ike_sa *old = ike_sa_best(peer);
	enum ike_aggressive mode = peer->profile.aggressive;

	if (mode == IKE_AGGRESSIVE_INITIATE ||
	    (mode == IKE_AGGRESSIVE_ACCEPT && old && old->aggressive))
		ike_aggr_start(peer);
	else
		ike_main_start(peer);
}

/* A first message of Aggressive Mode makes an SA whoever sent it. */
static bool by_anybody(const struct ike_sa *sa)
{
	return sa->aggressive && !sa->initiator;
}

void ike_p1_fail(struct ike_sa *sa, const char *why)
{
	struct ike_peer *peer = sa->peer;
	bool silent = sa->initiator && ike_sa_unanswered(sa) && !sa->refused;

	ike_peer_count(peer, IKE_CTR_P1_FAIL);
	ike_peer_failed(peer, 1, why);
	if (!by_anybody(sa) || ike_hint_ok(peer))
		LOGPEER(peer, LOGL_NOTICE, "phase 1 failed (%s, %s): %s\n",
			sa->initiator ? "initiator" : "responder", osmo_fsm_inst_state_name(sa->fi),
			why);
	ike_sa_kill(sa);
	if (silent && !ike_sa_best(peer) && ike_child_live(peer) && !peer->alive)
		ike_dpd_dead(peer);
	if (sa->initiator)
		ike_peer_backoff(peer);
}

void ike_p1_unusable(struct ike_sa *sa, enum ike_counter c, const char *what)
{
	ike_peer_count(sa->peer, c);
	if (ike_hint_ok(sa->peer))
		LOGPEER(sa->peer, LOGL_NOTICE, "%s ignored\n", what);
}

void ike_p1_put_vids(const struct ike_peer *peer, struct ike_build *b)
{
	ike_build_payload(b, IKE_PL_VID, vid_dpd, sizeof(vid_dpd));
	ike_natt_put_vid(peer, b);
	ike_frag_put_vid(b);
}

bool ike_p1_dpd_vid_in(const struct ike_msg *m)
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

void ike_p1_take_choice(struct ike_sa *sa, const struct ike_p1_choice *choice)
{
	sa->suite = choice->suite;
	sa->lifetime = choice->seconds;
	sa->method = ike_sig_method_by_id(choice->method);
	sa->hash = ike_hash_by_id(sa->suite.hash);
	sa->group = ike_group_by_id(sa->suite.group);
}

void ike_p1_log_no_proposal(struct ike_peer *peer, const struct ike_methods *methods,
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

/* ---- threads ---- */

static void dh_done(struct ike_job *job, void *priv)
{
	struct ike_sa *sa = priv;

	sa->job = NULL;
	osmo_fsm_inst_dispatch(sa->fi, IKE_EV_DH, job);
}

int ike_p1_start_dh(struct ike_sa *sa, const struct ike_iov *peer_ke)
{
	struct ike_dh *dh = sa->dh;

	sa->dh = NULL;
	sa->job = ike_pool_submit(sa->peer->ike->pool, sa->group, dh, peer_ke ? peer_ke->p : NULL,
				  peer_ke ? peer_ke->len : 0, dh_done, sa);
	return sa->job ? 0 : -ENOMEM;
}

bool ike_p1_job_failed(struct ike_sa *sa, const struct ike_job *job)
{
	if (job->rc == 0)
		return false;
	if (job->rc == -EBADMSG)
		ike_peer_count(sa->peer, IKE_CTR_RX_MALFORMED);
	ike_p1_fail(sa, job->rc == -EBADMSG ? "the peer's public value is invalid"
					    : "Diffie-Hellman failed here");
	return true;
}

/* ---- notifications ---- */

void ike_p1_take_notifies(struct ike_sa *sa, const struct ike_msg *m)
{
	struct ike_notify_body n;

	for (unsigned int i = 0; i < m->pls.n; i++)
		if (m->pls.p[i].type == IKE_PL_NOTIFY &&
		    ike_notify_decode(&n, m->pls.p[i].body, m->pls.p[i].len) == 0 &&
		    n.type == IKE_N_INITIAL_CONTACT)
			ike_info_initial_contact(sa, &n);
}

/* Nothing stands or stood between us and this peer: it may forget what it had, for it is from before
 * a restart of ours (RFC 2407 4.6.3.3). When only the SAs ended, by a silence on the way, tunnels and
 * sessions above them have not, and the peer must keep its end of them. */
bool ike_p1_first_contact(const struct ike_sa *sa)
{
	return !sa->peer->acquainted && !ike_sa_best(sa->peer) && llist_empty(&sa->peer->children);
}

void ike_p1_put_initial_contact(struct ike_build *b, const struct ike_sa *sa)
{
	uint8_t spi[2 * IKE_COOKIE_LEN];
	struct ike_notify_body n = { .doi = IKE_DOI_IPSEC,
				     .proto = IKE_PROTO_ISAKMP,
				     .spi_len = sizeof(spi),
				     .type = IKE_N_INITIAL_CONTACT,
				     .spi = spi };

	memcpy(spi, sa->icookie, IKE_COOKIE_LEN);
	memcpy(spi + IKE_COOKIE_LEN, sa->rcookie, IKE_COOKIE_LEN);
	ike_build_open(b, IKE_PL_NOTIFY);
	ike_notify_encode(&b->w, &n);
	ike_build_close(b);
}

/* The peer repeats what a thread is looking at. */
bool ike_p1_is_kept(const struct ike_sa *sa, const struct ike_msg *m)
{
	return sa->kept && m->wire_len == sa->kept->wire_len &&
	       memcmp(m->wire, sa->kept->wire, m->wire_len) == 0;
}

static unsigned int sas_of(const struct ike_peer *peer)
{
	struct ike_sa *sa;
	unsigned int n = 0;

	llist_for_each_entry (sa, &peer->sas, entry)
		n += ike_sa_established(sa);
	return n;
}

bool ike_p1_may_answer(struct ike_peer *peer)
{
	const char *why = NULL;

	if (peer->spawn || ike_auth_ready(peer, &why))
		why = NULL;
	if (!why && sas_of(peer) >= IKE_SAS_MAX)
		why = "too many IKE SAs";
	if (!why)
		return true;
	ike_peer_count(peer, IKE_CTR_RX_UNEXPECTED);
	if (ike_hint_ok(peer))
		LOGPEER(peer, LOGL_NOTICE, "phase 1 refused: %s\n", why);
	return false;
}
