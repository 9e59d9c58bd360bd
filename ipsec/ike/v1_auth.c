/* SPDX-License-Identifier: GPL-2.0-or-later */

/* Main Mode, messages 5 and 6 (RFC 2409 5.1, 5.4). What they prove, and how, is in auth.c. */

#include <errno.h>

#include "ipsec/ike/ike_internal.h"

/* Nothing stands or stood between us and this peer: it may forget what it had, for it is from before
 * a restart of ours (RFC 2407 4.6.3.3). When only the SAs ended, by a silence on the way, tunnels and
 * sessions above them have not, and the peer must keep its end of them. */
static bool first_contact(const struct ike_sa *sa)
{
	return !sa->peer->acquainted && !ike_sa_best(sa->peer) && llist_empty(&sa->peer->children);
}

static void put_initial_contact(struct ike_build *b, const struct ike_sa *sa)
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

static enum ike_step step_of(const struct ike_sa *sa, bool five)
{
	if (sa->method)
		return five ? IKE_MM5_SIG : IKE_MM6_SIG;
	return five ? IKE_MM5 : IKE_MM6;
}

int ike_main_send_auth(struct ike_sa *sa)
{
	uint8_t buf[IKE_OUT_MAX];
	struct ike_hdr h = ike_sa_hdr(sa, IKE_X_MAIN, 0);
	struct ike_build b;
	int len;

	ike_build_begin(&b, buf, sizeof(buf), &h);
	ike_build_payload(&b, IKE_PL_ID, sa->id_me.p, sa->id_me.len);
	ike_auth_put_proof(sa, &b);
	/* A responder asked in message 4. Here, unlike in message 3, nobody reads whom we trust. */
	if (sa->initiator)
		ike_auth_put_requests(sa, &b);
	if (first_contact(sa))
		put_initial_contact(&b, sa);
	len = ike_out_finish(sa->peer, &b, step_of(sa, sa->initiator), &sa->keys, sa->iv);
	if (len >= 0)
		ike_exchange_send(&sa->x, buf, (size_t)len, sa->initiator);
	return len;
}

int ike_main_check_auth(struct ike_sa *sa, struct ike_msg *m)
{
	const struct ike_payload *id;

	if (!(m->hdr.flags & IKE_FLAG_ENC)) {
		ike_peer_count(sa->peer, IKE_CTR_RX_UNEXPECTED);
		return -EPROTO;
	}
	if (ike_msg_open(m, &ike_rules[step_of(sa, !sa->initiator)], &sa->keys, sa->iv) < 0)
		return ike_auth_not_authentic(sa, m, m->why);
	id = ike_payload_find(&m->pls, IKE_PL_ID, 0);
	return ike_auth_check(sa, m, (struct ike_iov){ id->body, id->len });
}
