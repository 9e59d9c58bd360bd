/* SPDX-License-Identifier: GPL-2.0-or-later */

/* The messages of Quick Mode (RFC 2409 5.5): building, their hashes, their identities. */

#include <errno.h>

#include <openssl/crypto.h>
#include <talloc.h>

#include "ipsec/ike/ike_internal.h"

enum { ID_IPV4_ADDR = 1, ID_ADDR_LEN = 4, ID_SUBNET_LEN = 8 };

/* "Anything, this protocol": on a circuit there are no addresses to tell apart. */
static void put_id(struct ike_build *b, uint8_t proto)
{
	static const uint8_t any[ID_SUBNET_LEN];
	struct ike_id_body id = {
		.type = IKE_ID_IPV4_ADDR_SUBNET, .proto = proto, .data = any, .len = sizeof(any)
	};

	ike_build_open(b, IKE_PL_ID);
	ike_id_encode(&b->w, &id);
	ike_build_close(b);
}

/* Whether an identity names our protocol. Its addresses mean nothing on a path without IP, but an
 * implementation that knows only IP cannot but name some (strongSwan narrows 0.0.0.0/0 to hosts in
 * transport mode): as the initiator it may. */
static bool id_ok(const struct ike_quick *q, const struct ike_payload *pl, bool any_address)
{
	static const uint8_t any[ID_SUBNET_LEN];
	struct ike_id_body id;

	if (ike_id_decode(&id, pl->body, pl->len) < 0 || id.port != 0 || id.proto != q->next_header)
		return false;
	if (any_address && id.type == ID_IPV4_ADDR && id.len == ID_ADDR_LEN)
		return true;
	return id.type == IKE_ID_IPV4_ADDR_SUBNET && id.len == sizeof(any) &&
	       (any_address || memcmp(id.data, any, sizeof(any)) == 0);
}

/* A responder that is to learn the next header takes the one of the peer's first identity, if it is
 * one of the two there are; the second must agree with it. Without identities it is the peers' whole
 * traffic (RFC 2409 5.5): all protocols, 0. */
static void learn_next_header(struct ike_quick *q, const struct ike_msg *m)
{
	const struct ike_payload *pl = ike_payload_find(&m->pls, IKE_PL_ID, 0);
	struct ike_id_body id;

	if (q->initiator || q->peer->next_header != IKE_NEXT_HEADER_AUTO)
		return;
	if (!pl)
		q->next_header = 0;
	else if (ike_id_decode(&id, pl->body, pl->len) == 0)
		q->next_header = id.proto == 0 ? 0 : IKE_NEXT_HEADER_L2TP;
}

bool ike_quick_ids_ok(struct ike_quick *q, const struct ike_msg *m)
{
	unsigned int n = ike_payload_count(&m->pls, IKE_PL_ID);

	learn_next_header(q, m);
	if (n == 0)
		return q->next_header == 0;
	if (n != 2)
		return false;
	for (unsigned int i = 0; i < n; i++) {
		const struct ike_payload *pl = ike_payload_find(&m->pls, IKE_PL_ID, i);

		if (!id_ok(q, pl, !q->initiator || q->ids[i].len))
			return false;
		if (q->initiator && q->ids[i].len &&
		    (pl->len != q->ids[i].len || memcmp(pl->body, q->ids[i].p, pl->len) != 0))
			return false;
		if (!q->initiator && ike_blob_set(q, &q->ids[i], pl->body, pl->len) < 0)
			return false;
	}
	return true;
}

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
	ike_p2_offer(offer, &q->peer->profile, spi);
	ike_build_open(b, IKE_PL_SA);
	ike_offer_encode(&b->w, 2, offer);
	ike_build_close(b);
	talloc_free(offer);
	return 0;
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
	for (int i = 0; i < 2; i++) {
		if (q->ids[i].len) /* as they came (RFC 2409 5.5) */
			ike_build_payload(b, IKE_PL_ID, q->ids[i].p, q->ids[i].len);
		else if (q->initiator)
			put_id(b, q->next_header);
	}
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
