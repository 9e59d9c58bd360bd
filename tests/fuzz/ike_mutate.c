/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/fuzz/ike_mutate.h"

enum {
	BODY_MAX = 2048,
	CHAIN_MAX = IKE_PAYLOADS_MAX + 2,
	SA_FIXED = 8, /* DOI and situation */
	PROPOSAL_FIXED = 8,
	TRANSFORM_FIXED = 8,
};

static struct {
	unsigned int n;
	struct payload {
		uint8_t type;
		uint8_t lie;
		size_t len;
		uint8_t body[BODY_MAX];
	} p[CHAIN_MAX];
} chain;

static bool chain_read(const struct ike_hdr *h, const uint8_t *msg, size_t len)
{
	struct ike_payloads pls;

	chain.n = 0;
	if (ike_payloads_decode(&pls, h->next, msg + IKE_HDR_LEN, len - IKE_HDR_LEN, true) < 0)
		return false;
	for (unsigned int i = 0; i < pls.n; i++) {
		struct payload *p = &chain.p[chain.n];

		if (pls.p[i].len > BODY_MAX)
			return false;
		p->type = pls.p[i].type;
		p->lie = 0;
		p->len = pls.p[i].len;
		memcpy(p->body, pls.p[i].body, p->len);
		chain.n++;
	}
	return chain.n > 0;
}

/* \returns the length, or 0 when there is no room. */
static size_t chain_write(const struct ike_hdr *h, uint8_t *msg, size_t size)
{
	struct ike_hdr empty = *h;
	struct ike_build b;

	empty.next = IKE_PL_NONE;
	ike_build_begin(&b, msg, size, &empty);
	for (unsigned int i = 0; i < chain.n; i++) {
		const struct payload *p = &chain.p[i];

		ike_build_open(&b, p->type);
		wr_bytes(&b.w, p->body, p->len);
		ike_build_close(&b);
		if (p->lie)
			wr_patch_u16(&b.w, b.pl_at + 2,
				     (uint16_t)(p->len + IKE_PL_HDR_LEN + p->lie));
	}
	return ike_build_end(&b) < 0 ? 0 : b.w.len;
}

static void insert_before(unsigned int at, const struct payload *p)
{
	struct payload copy = *p;

	if (chain.n == CHAIN_MAX)
		return;
	memmove(&chain.p[at + 1], &chain.p[at], (chain.n - at) * sizeof(copy));
	chain.p[at] = copy;
	chain.n++;
}

/* ---- attributes ---- */

struct attr_place {
	size_t proposal, transform, at, len;
};

static size_t u16_at(const uint8_t *p)
{
	return (size_t)p[0] << 8 | p[1];
}

static void add_len(uint8_t *p, int delta)
{
	size_t v = u16_at(p) + (size_t)delta;

	p[0] = (uint8_t)(v >> 8);
	p[1] = (uint8_t)v;
}

/* The nth attribute of an SA body, counted through all transforms, round and round. */
static bool attr_find(const struct payload *sa, unsigned int nth, struct attr_place *out)
{
	unsigned int count = 0;

	for (size_t prop = SA_FIXED; prop + PROPOSAL_FIXED <= sa->len;) {
		size_t plen = u16_at(sa->body + prop + 2), end = prop + plen;
		size_t t = prop + PROPOSAL_FIXED + sa->body[prop + 6];

		if (plen < PROPOSAL_FIXED || end > sa->len)
			break;
		while (t + TRANSFORM_FIXED <= end) {
			size_t tend = t + u16_at(sa->body + t + 2);
			size_t a = t + TRANSFORM_FIXED;

			if (tend < a || tend > end)
				break;
			while (a + 4 <= tend) {
				size_t alen = sa->body[a] & 0x80 ? 4 : 4 + u16_at(sa->body + a + 2);

				if (a + alen > tend)
					break;
				*out = (struct attr_place){ prop, t, a, alen };
				if (count++ == nth)
					return true;
				a += alen;
			}
			t = tend;
		}
		prop = end;
	}
	return count > 0 && attr_find(sa, nth % count, out);
}

static void attr_change(const struct ike_mutation *m)
{
	struct payload *sa = NULL;
	struct attr_place a;
	size_t behind;

	for (unsigned int i = 0; i < chain.n && !sa; i++)
		if (chain.p[i].type == IKE_PL_SA)
			sa = &chain.p[i];
	if (!sa || !attr_find(sa, m->at, &a))
		return;
	behind = sa->len - a.at - a.len;
	if (m->kind == MUTATE_ATTR_SET) {
		sa->body[a.at + m->which % 4] = m->value;
	} else if (m->kind == MUTATE_ATTR_REMOVE) {
		memmove(sa->body + a.at, sa->body + a.at + a.len, behind);
		add_len(sa->body + a.proposal + 2, -(int)a.len);
		add_len(sa->body + a.transform + 2, -(int)a.len);
		sa->len -= a.len;
	} else if (sa->len + a.len <= BODY_MAX) {
		memmove(sa->body + a.at + a.len, sa->body + a.at, behind + a.len);
		add_len(sa->body + a.proposal + 2, (int)a.len);
		add_len(sa->body + a.transform + 2, (int)a.len);
		sa->len += a.len;
	}
}

/* ---- payloads ---- */

static void payload_change(unsigned int i, const struct ike_mutation *m)
{
	struct payload *p = &chain.p[i], other;

	switch (m->kind) {
	case MUTATE_REMOVE:
		chain.n--;
		memmove(p, p + 1, (chain.n - i) * sizeof(*p));
		break;
	case MUTATE_REPEAT:
		for (unsigned int k = 0; k <= m->value % 4u; k++)
			insert_before(i, p);
		break;
	case MUTATE_SWAP:
		other = *p;
		*p = chain.p[m->at % chain.n];
		chain.p[m->at % chain.n] = other;
		break;
	case MUTATE_RETYPE:
		p->type = m->value;
		break;
	case MUTATE_CUT:
		p->len = m->value < p->len ? m->value : p->len;
		break;
	case MUTATE_GROW:
		if (p->len + m->value <= BODY_MAX) {
			memset(p->body + p->len, m->at, m->value);
			p->len += m->value;
		}
		break;
	case MUTATE_SET:
		if (p->len)
			p->body[m->at % p->len] = m->value;
		break;
	case MUTATE_FLIP:
		if (p->len)
			p->body[m->at % p->len] ^= m->value;
		break;
	case MUTATE_INSERT:
		memset(&other, 0, sizeof(other));
		other.type = m->value;
		other.len = m->at;
		insert_before(i, &other);
		break;
	default:
		p->lie = m->value;
	}
}

size_t ike_mutate(uint8_t *msg, size_t len, size_t size, const struct ike_mutation *m)
{
	struct ike_hdr h;
	static uint8_t out[IKE_OUT_MAX];
	size_t n;

	if (ike_hdr_decode(&h, msg, len) < 0 || !chain_read(&h, msg, len))
		return len;
	if (m->kind >= MUTATE_ATTR_SET)
		attr_change(m);
	else
		payload_change(m->which % chain.n, m);
	n = chain_write(&h, out, size < sizeof(out) ? size : sizeof(out));
	if (n == 0)
		return len;
	memcpy(msg, out, n);
	return n;
}

static bool decode(struct ike_payloads *pls, const uint8_t *msg, size_t len)
{
	struct ike_hdr h;

	return ike_hdr_decode(&h, msg, len) == 0 &&
	       ike_payloads_decode(pls, h.next, msg + IKE_HDR_LEN, len - IKE_HDR_LEN, true) == 0;
}

bool ike_same_payloads(const uint8_t *a, size_t a_len, const uint8_t *b, size_t b_len, uint8_t type)
{
	struct ike_payloads x, y;

	if (!decode(&x, a, a_len) || !decode(&y, b, b_len))
		return false;
	for (unsigned int i = 0;; i++) {
		const struct ike_payload *p = ike_payload_find(&x, type, i);
		const struct ike_payload *q = ike_payload_find(&y, type, i);

		if (!p || !q)
			return p == q;
		if (p->len != q->len || memcmp(p->body, q->body, p->len) != 0)
			return false;
	}
}

/* ---- hashes ---- */

static int auth_hash(const struct ike_sa *sa, const struct ike_payloads *pls, uint8_t *out)
{
	const struct ike_payload *id = ike_payload_find(pls, IKE_PL_ID, 0);
	struct ike_key_input in = { .ke_i = sa->ke_i,
				    .ke_r = sa->ke_r,
				    .ni = sa->ni,
				    .nr = sa->nr,
				    .icookie = sa->icookie,
				    .rcookie = sa->rcookie };

	if (!id)
		return -1;
	return ike_auth_hash(out, sa->hash, &sa->keys, &in, sa->initiator, sa->sai,
			     (struct ike_iov){ id->body, id->len });
}

static const struct ike_quick *quick_of(const struct ike_sa *sa, uint32_t msgid)
{
	const struct ike_quick *q;

	llist_for_each_entry (q, &sa->quicks, entry)
		if (q->msgid == msgid)
			return q;
	return NULL;
}

static int phase2_hash(const struct ike_sa *sa, const struct ike_hdr *h, struct ike_iov rest,
		       uint8_t *out)
{
	const struct ike_quick *q = h->exchange == IKE_X_QUICK ? quick_of(sa, h->msgid) : NULL;
	struct ike_iov ni = { NULL, 0 };

	if (q && q->initiator && q->x.rx_seen)
		return ike_phase2_hash3(out, sa->hash, &sa->keys, h->msgid, q->ni, q->nr);
	if (q && !q->initiator)
		ni = q->ni;
	return ike_phase2_hash(out, sa->hash, &sa->keys, h->msgid, ni, rest);
}

void ike_rehash(const struct ike_sa *sa, uint8_t *msg, size_t len)
{
	const struct ike_payload *hash;
	struct ike_payloads pls;
	uint8_t out[IKE_HASH_MAX];
	struct ike_iov rest;
	struct ike_hdr h;
	int rc;

	if (ike_hdr_decode(&h, msg, len) < 0 || !decode(&pls, msg, len))
		return;
	hash = ike_payload_find(&pls, IKE_PL_HASH, 0);
	if (!hash || hash->len != sa->hash->len)
		return;
	if (h.exchange == IKE_X_MAIN) {
		rc = auth_hash(sa, &pls, out);
	} else {
		rest.p = pls.p[0].raw + pls.p[0].raw_len;
		rest.len = pls.used - pls.p[0].raw_len;
		rc = phase2_hash(sa, &h, rest, out);
	}
	if (rc == 0)
		memcpy(msg + (hash->body - msg), out, hash->len);
}
