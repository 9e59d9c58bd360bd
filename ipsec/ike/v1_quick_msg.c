/* SPDX-License-Identifier: GPL-2.0-or-later */

/* The messages of Quick Mode (RFC 2409 5.5): building, and their hashes. */

#include <errno.h>

#include <openssl/crypto.h>
#include <talloc.h>

#include "ipsec/ike/ike_internal.h"

/* What follows the hash payload, without padding. */
static struct ike_iov rest_of(const struct ike_msg *m)
{
	const struct ike_payload *first = &m->pls.p[0];

	return (struct ike_iov){ first->raw + first->raw_len, m->pls.used - first->raw_len };
}

static int step_hash(uint8_t *out, const struct ike_sa *sa, uint32_t msgid, enum ike_step step,
		     struct ike_iov ni, struct ike_iov nr, struct ike_iov rest)
{
	static const struct ike_iov none;

	if (step == IKE_QM3)
		return ike_phase2_hash3(out, sa->hash, &sa->keys, msgid, ni, nr);
	return ike_phase2_hash(out, sa->hash, &sa->keys, msgid, step == IKE_QM2 ? ni : none, rest);
}

bool ike_quick_hash_ok(const struct ike_sa *sa, const struct ike_msg *m, enum ike_step step,
		       struct ike_iov ni, struct ike_iov nr)
{
	const struct ike_payload *hash = &m->pls.p[0];
	uint8_t want[IKE_HASH_MAX];

	if (step_hash(want, sa, m->hdr.msgid, step, ni, nr, rest_of(m)) < 0)
		return false;
	return hash->len == sa->hash->len && CRYPTO_memcmp(want, hash->body, hash->len) == 0;
}

static int put_offer(struct ike_build *b, const struct ike_quick *q)
{
	struct ike_offer *offer = talloc_zero(q, struct ike_offer);
	uint8_t spi[4];

	if (!offer)
		return -ENOMEM;
	put_u32(spi, q->spi_in);
	ike_p2_offer(offer, &q->peer->profile, ike_quick_encap(q), spi);
	ike_build_open(b, IKE_PL_SA);
	ike_offer_encode(&b->w, 2, offer);
	ike_build_close(b);
	talloc_free(offer);
	return 0;
}

/* RFC 2407 4.6.3.1: what the initiator offered was longer than we keep it. */
static void put_lifetime(struct ike_build *b, const struct ike_quick *q)
{
	uint8_t spi[4], life[32];
	struct wr w = wr_init(life, sizeof(life));
	struct ike_notify_body n = { .doi = IKE_DOI_IPSEC,
				     .proto = IKE_PROTO_ESP,
				     .spi_len = sizeof(spi),
				     .type = IKE_N_RESPONDER_LIFETIME,
				     .spi = spi,
				     .data = life };

	put_u32(spi, q->child ? q->child->spi_in : q->spi_in);
	ike_life_encode(&w, 2, q->choice.seconds, ike_p2_kilobytes(q->choice.octets));
	n.len = w.len;
	ike_build_open(b, IKE_PL_NOTIFY);
	ike_notify_encode(&b->w, &n);
	ike_build_close(b);
}

const char *ike_quick_take_sa(struct ike_quick *q, const struct ike_msg *m, uint16_t *notify)
{
	const struct ike_payload *pl = ike_payload_find(&m->pls, IKE_PL_SA, 0);
	const struct ike_payload *nonce = ike_payload_find(&m->pls, IKE_PL_NONCE, 0);
	const struct ike_payload *ke = ike_payload_find(&m->pls, IKE_PL_KE, 0);
	struct ike_offer *offer = talloc_zero(q, struct ike_offer);
	const char *differs, *why = NULL;
	uint8_t body[IKE_OUT_MAX];
	struct wr w = wr_init(body, sizeof(body));
	char a[IKE_LIST_MAX], b[IKE_LIST_MAX];
	int row;

	*notify = IKE_N_PAYLOAD_MALFORMED;
	if (!offer || ike_offer_decode(offer, 2, pl->body, pl->len) < 0)
		return "the proposals are malformed";
	if (nonce->len < IKE_NONCE_MIN || nonce->len > IKE_NONCE_MAX)
		return "the nonce has a wrong length";
	if (ike_blob_set(q, q->initiator ? &q->nr : &q->ni, nonce->body, nonce->len) < 0)
		return "out of memory";
	if (!ike_natt_oa_ok(q, m))
		return "its NAT-OA payloads are malformed";
	*notify = IKE_N_NO_PROPOSAL_CHOSEN;
	row = ike_p2_choose(offer, &q->peer->profile, ike_quick_encap(q), &q->choice, &differs);
	if (row >= 0 && q->initiator && offer->n != 1)
		why = "the peer answers with more than one transform";
	else if (row >= 0 && q->initiator && q->choice.esn && q->peer->profile.esn == IKE_ESN_ALLOW)
		why = "the peer answers with extended sequence numbers, which were not offered";
	else if (row >= 0 && q->choice.spi < 256)
		why = "the peer's SPI is a reserved one"; /* RFC 4303 2.1 */
	else if (row >= 0 && !ke != !q->peer->profile.pfs_group)
		why = "the key exchange payload does not match the group attribute";
	if (row < 0) {
		struct ike_offer *ours = talloc_zero(offer, struct ike_offer);
		static const uint8_t spi[4];

		ike_peer_count(q->peer, IKE_CTR_RX_NO_PROPOSAL);
		ike_p2_list(offer, a, sizeof(a));
		if (ours)
			ike_p2_offer(ours, &q->peer->profile, ike_quick_encap(q), spi);
		LOGPEER(q->peer, LOGL_NOTICE,
			"no phase-2 proposal in common, first difference: %s; the peer offers "
			"[%s], our profile has [%s]\n",
			differs, a, ours ? ike_p2_list(ours, b, sizeof(b)) : "");
		why = "no proposal in common";
	}
	if (!why && !q->initiator) {
		uint8_t spi[4];

		/* The transform as it came, with our SPI (RFC 2408 4.2). */
		put_u32(spi, q->spi_in);
		offer->t[0] = offer->t[row];
		offer->t[0].spi = spi;
		offer->n = 1;
		ike_offer_encode(&w, 2, offer);
		if (w.err || ike_blob_set(q, &q->answer, body, w.len) < 0)
			why = "the chosen transform is too long";
	}
	talloc_free(offer);
	return why;
}

void ike_quick_take_lifetime(struct ike_quick *q, const struct ike_msg *m)
{
	uint32_t seconds, kilobytes;
	struct ike_notify_body n;

	for (unsigned int i = 0; i < m->pls.n; i++)
		if (m->pls.p[i].type == IKE_PL_NOTIFY &&
		    ike_notify_decode(&n, m->pls.p[i].body, m->pls.p[i].len) == 0 &&
		    n.doi == IKE_DOI_IPSEC && n.proto == IKE_PROTO_ESP &&
		    n.type == IKE_N_RESPONDER_LIFETIME &&
		    ike_life_decode(2, n.data, n.len, &seconds, &kilobytes) == 0)
			ike_p2_shorten(&q->choice, seconds, kilobytes);
}

static int put_payloads(struct ike_build *b, const struct ike_quick *q)
{
	const struct ike_iov *nonce = q->initiator ? &q->ni : &q->nr;

	if (!q->initiator)
		ike_build_payload(b, IKE_PL_SA, q->answer.p, q->answer.len);
	else if (put_offer(b, q) < 0)
		return -ENOMEM;
	ike_build_payload(b, IKE_PL_NONCE, nonce->p, nonce->len);
	if (q->group)
		ike_build_payload(b, IKE_PL_KE, ike_dh_public(q->dh), q->group->pub_len);
	ike_quick_ids_put(b, q);
	ike_natt_put_oa(q, b);
	if (!q->initiator && q->choice.shorter)
		put_lifetime(b, q);
	return 0;
}

int ike_quick_build(struct ike_quick *q, enum ike_step step, uint8_t *buf, size_t size)
{
	const struct ike_sa *sa = q->sa;
	struct ike_hdr h = ike_sa_hdr(sa, IKE_X_QUICK, q->msgid);
	const uint8_t zero[IKE_HASH_MAX] = { 0 };
	struct ike_build b;
	size_t hash_at, rest_at;

	ike_build_begin(&b, buf, size, &h);
	ike_build_open(&b, IKE_PL_HASH);
	hash_at = b.w.len;
	wr_bytes(&b.w, zero, sa->hash->len);
	ike_build_close(&b);
	rest_at = b.w.len;
	if (step != IKE_QM3 && put_payloads(&b, q) < 0)
		return -ENOMEM;
	if (b.w.err)
		return -EMSGSIZE;
	if (step_hash(buf + hash_at, sa, q->msgid, step, q->ni, q->nr,
		      (struct ike_iov){ buf + rest_at, b.w.len - rest_at }) < 0)
		return -EIO;
	return ike_out_finish(q->peer, &b, step, &sa->keys, q->iv);
}
