/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * New Group Mode (RFC 2409 5.6), as responder: under an IKE SA the peer says what group a number means.
 *
 *   initiator                                responder
 *                --- 1*: HASH(1), SA --->
 *                <-- 2*: HASH(2), SA ---
 *
 * Accepted are groups that our profile has, by their number or by exactly their prime and generator; a
 * private number then stands for them in quick modes of this IKE SA. No other prime is, and none is
 * tested: that it is a prime, even a safe one, does not say that its maker has no way in, the checks of
 * RFC 6989 2.2 rest on an order of the subgroup that the same stranger states, and a test of 8192 bits
 * takes us seconds and the peer one message.
 *
 * We know no peer that speaks this: there are only the unit tests.
 */

#include <errno.h>

#include <talloc.h>

#include "ipsec/ike/ike_internal.h"

/* RFC 2409 App. A. */
enum {
	ATTR_DESCRIPTION = 4,
	ATTR_TYPE = 5,
	ATTR_PRIME = 6,
	ATTR_GENERATOR = 7,
	ATTR_GENERATOR_2 = 8, /* from here on, what curves have */
	ATTR_LIFE_TYPE = 11,  /* both decoded before; we keep a group as long as its IKE SA */
	ATTR_LIFE_DURATION = 12,
	ATTR_PRF = 13,
	ATTR_KEY_LENGTH = 14,
	ATTRS = 17, /* field size and order were the last */
	ATTR_BASIC = 0x8000,
	TRANSFORM_HDR_LEN = 8,
	TYPE_MODP = 1,
	PRIVATE_MIN = 0x8000,
};

/* Values by number; p NULL: not there. */
struct attrs {
	struct ike_iov v[ATTRS];
};

static int attrs_decode(struct attrs *out, const struct ike_transform *t)
{
	struct rd r = rd_init(t->raw, t->raw_len);

	*out = (struct attrs){ 0 };
	rd_bytes(&r, TRANSFORM_HDR_LEN);
	while (r.left && !r.err) {
		uint16_t type = rd_u16(&r);
		size_t len = type & ATTR_BASIC ? 2 : rd_u16(&r);
		const uint8_t *p = rd_bytes(&r, len);

		type &= (uint16_t)~ATTR_BASIC;
		if (type == ATTR_LIFE_TYPE || type == ATTR_LIFE_DURATION)
			continue;
		/* Said twice: which one would count? */
		if (r.err || type < ATTR_DESCRIPTION || type == ATTR_PRF ||
		    type == ATTR_KEY_LENGTH || type >= ATTRS || out->v[type].p)
			return -EBADMSG;
		out->v[type] = (struct ike_iov){ p, len };
	}
	return r.err ? -EBADMSG : 0;
}

/* \returns UINT32_MAX for what is longer. */
static uint32_t uint_of(struct ike_iov v)
{
	const uint8_t *p = v.p;
	uint32_t n = 0;

	for (; v.len; v.len--, p++) {
		if (n >> 16)
			return UINT32_MAX;
		n = n << 8 | *p;
	}
	return n;
}

static bool in_profile(const struct ike_profile *p, uint16_t id)
{
	for (unsigned int i = 0; i < p->n_p1; i++)
		if (p->p1[i].group == id)
			return true;
	return p->pfs_group == id;
}

static bool values_are(const struct attrs *a, const struct ike_group *g)
{
	return uint_of(a->v[ATTR_TYPE]) == TYPE_MODP &&
	       ike_group_is_modp(g, a->v[ATTR_PRIME].p, a->v[ATTR_PRIME].len,
				 uint_of(a->v[ATTR_GENERATOR]));
}

/* \returns the group that is meant, or NULL and why. */
static const struct ike_group *group_of(const struct ike_profile *profile, const struct attrs *a,
					const char **why)
{
	uint32_t number = uint_of(a->v[ATTR_DESCRIPTION]);
	bool values = a->v[ATTR_TYPE].p || a->v[ATTR_PRIME].p || a->v[ATTR_GENERATOR].p;

	*why = "it has no number";
	if (!number || number > UINT16_MAX)
		return NULL;
	*why = "only a MODP group can be given by its values";
	for (int i = ATTR_GENERATOR_2; i < ATTRS; i++)
		if (a->v[i].p)
			return NULL;
	*why = "our profile has no such group";
	for (const struct ike_group *g = ike_groups; g->name; g++) {
		if (!in_profile(profile, g->id) || (number < PRIVATE_MIN && g->id != number))
			continue;
		if ((number < PRIVATE_MIN && !values) || values_are(a, g))
			return g;
	}
	return NULL;
}

/* Numbers never change their meaning, so a request that comes again has the same answer. */
static bool note(struct ike_sa *sa, uint16_t number, const struct ike_group *g, const char **why)
{
	unsigned int i = 0;

	if (number < PRIVATE_MIN)
		return true;
	while (i < sa->n_private_groups && sa->private_groups[i].number != number)
		i++;
	*why = "that number has another meaning already";
	if (i < sa->n_private_groups)
		return sa->private_groups[i].group == g->id;
	*why = "too many private groups";
	if (i == IKE_PRIVATE_GROUPS)
		return false;
	sa->private_groups[i].number = number;
	sa->private_groups[i].group = g->id;
	sa->n_private_groups++;
	LOGPEER(sa->peer, LOGL_INFO, "the peer calls %s its private group %u\n", g->name, number);
	return true;
}

void ike_newgroup_translate(const struct ike_sa *sa, struct ike_offer *offer)
{
	for (unsigned int i = 0; i < offer->n; i++)
		for (unsigned int k = 0; k < sa->n_private_groups; k++)
			if (offer->t[i].v[IKE_ATTR_GROUP] == sa->private_groups[k].number)
				offer->t[i].v[IKE_ATTR_GROUP] = sa->private_groups[k].group;
}

/* \returns which transform is accepted, or -ENOENT: none, *why says why the last was not. */
static int choose(struct ike_sa *sa, const struct ike_offer *offer, const char **why)
{
	for (unsigned int i = 0; i < offer->n; i++) {
		const struct ike_transform *t = &offer->t[i];
		const struct ike_group *g;
		struct attrs a;

		*why = "not KEY_IKE of ISAKMP alone, or malformed";
		if (t->proto != IKE_PROTO_ISAKMP || t->id != IKE_TRANSFORM_KEY_IKE || t->bundled ||
		    attrs_decode(&a, t) < 0)
			continue;
		g = group_of(&sa->peer->profile, &a, why);
		if (g && note(sa, (uint16_t)uint_of(a.v[ATTR_DESCRIPTION]), g, why))
			return (int)i;
	}
	return -ENOENT;
}

/* HASH(2) = prf(SKEYID_a, M-ID | SA), with the IV where message 1 left it. */
static void answer(struct ike_sa *sa, struct ike_msg *m, struct ike_offer *offer, int row)
{
	static const struct ike_iov none;
	struct ike_hdr h = ike_sa_hdr(sa, IKE_X_NEW_GROUP, m->hdr.msgid);
	const uint8_t zero[IKE_HASH_MAX] = { 0 };
	uint8_t buf[IKE_OUT_MAX];
	struct ike_iov rest;
	struct ike_build b;
	size_t at;
	int len;

	offer->t[0] = offer->t[row];
	offer->n = 1;
	ike_build_begin(&b, buf, sizeof(buf), &h);
	ike_build_payload(&b, IKE_PL_HASH, zero, sa->hash->len);
	at = b.w.len;
	ike_build_open(&b, IKE_PL_SA);
	ike_offer_encode(&b.w, 1, offer);
	ike_build_close(&b);
	if (b.w.err)
		return;
	rest = (struct ike_iov){ buf + at, b.w.len - at };
	if (ike_phase2_hash(buf + IKE_HDR_LEN + IKE_PL_HDR_LEN, sa->hash, &sa->keys, m->hdr.msgid,
			    none, rest) < 0)
		return;
	len = ike_out_finish(sa->peer, &b, IKE_NG2, &sa->keys, m->next_iv);
	if (len >= 0)
		ike_out_once(sa->peer, &sa->at, sa->peer_frag, buf, (size_t)len);
}

static void take_offer(struct ike_sa *sa, struct ike_msg *m, struct ike_offer *offer)
{
	const struct ike_payload *pl = ike_payload_find(&m->pls, IKE_PL_SA, 0);
	const char *why;
	int row;

	if (ike_offer_decode(offer, 1, pl->body, pl->len) < 0) {
		ike_peer_count(sa->peer, IKE_CTR_RX_MALFORMED);
		ike_info_notify(sa, IKE_N_PAYLOAD_MALFORMED, IKE_PROTO_ISAKMP, 0);
		return;
	}
	row = choose(sa, offer, &why);
	if (row >= 0) {
		answer(sa, m, offer, row);
		return;
	}
	ike_peer_count(sa->peer, IKE_CTR_RX_NO_PROPOSAL);
	if (ike_hint_ok(sa->peer))
		LOGPEER(sa->peer, LOGL_NOTICE, "new group refused: %s\n", why);
	ike_info_notify(sa, IKE_N_ATTRIBUTES_NOT_SUPPORTED, IKE_PROTO_ISAKMP, 0);
}

void ike_newgroup_rx(struct ike_sa *sa, struct ike_msg *m)
{
	static const struct ike_iov none;
	struct ike_offer *offer;
	uint8_t iv[IKE_BLOCK];

	if (!m->hdr.msgid ||
	    ike_phase2_iv(iv, sa->hash, sa->keys.cipher, sa->iv, m->hdr.msgid) < 0 ||
	    ike_msg_open(m, &ike_rules[IKE_NG1], &sa->keys, iv) < 0 ||
	    !ike_quick_hash_ok(sa, m, IKE_NG1, none, none)) {
		ike_peer_count(sa->peer, IKE_CTR_RX_AUTH_FAIL);
		return;
	}
	if (ike_sa_msgid_used(sa, m->hdr.msgid)) {
		ike_peer_count(sa->peer, IKE_CTR_RX_DUPLICATE);
	} else {
		ike_natt_heard(sa, m);
		ike_dpd_alive(sa->peer);
	}
	offer = talloc(sa, struct ike_offer);
	if (!offer)
		return;
	take_offer(sa, m, offer);
	talloc_free(offer);
}
