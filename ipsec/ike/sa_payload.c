/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ipsec/ike/sa_payload.h"

#include <errno.h>
#include <string.h>

#include "ipsec/ike/payload.h"

enum {
	SIT_IDENTITY_ONLY = 1,
	LIFE_SECONDS = 1,
	LIFE_KILOBYTES = 2,
	ATTR_TV = 0x8000,
	ATTR_INT_MAX = 8, /* octets of a long-form integer that we read */
	ATTRS_MAX = 32,	  /* of one transform */
};

const char *const ike_attr_names[IKE_ATTR_N] = {
	[IKE_ATTR_ENCRYPTION] = "encryption",
	[IKE_ATTR_HASH] = "hash",
	[IKE_ATTR_AUTH] = "authentication",
	[IKE_ATTR_GROUP] = "group",
	[IKE_ATTR_KEY_BITS] = "key length",
	[IKE_ATTR_ENCAPSULATION] = "encapsulation mode",
	[IKE_ATTR_ESN] = "extended sequence numbers",
	[IKE_ATTR_SECONDS] = "lifetime",
	[IKE_ATTR_KILOBYTES] = "lifetime in kilobytes",
};

/* Wire numbers by phase; 0 = the phase does not have it. In the order in which we send. */
static const struct {
	enum ike_attr attr;
	uint16_t type[3];
} rows[] = {
	{ IKE_ATTR_ENCRYPTION, { 0, 1, 0 } }, { IKE_ATTR_KEY_BITS, { 0, 14, 6 } },
	{ IKE_ATTR_HASH, { 0, 2, 0 } },	      { IKE_ATTR_AUTH, { 0, 3, 5 } },
	{ IKE_ATTR_GROUP, { 0, 4, 3 } },      { IKE_ATTR_ENCAPSULATION, { 0, 0, 4 } },
	{ IKE_ATTR_ESN, { 0, 0, 11 } }, /* RFC 4304 2 */
};
static const uint16_t life_type[3] = { 0, 11, 1 };
static const uint16_t life_duration[3] = { 0, 12, 2 };

static int attr_store(struct ike_transform *t, enum ike_attr a, uint64_t v)
{
	if (ike_transform_has(t, a))
		return -EBADMSG; /* said twice: which one would count? */
	ike_transform_set(t, a, v > UINT32_MAX ? UINT32_MAX : (uint32_t)v);
	return 0;
}

/* One attribute's number and value. A value too long for an integer is no integer: ok = false. */
static void attr_read(struct rd *r, uint16_t *type, uint64_t *v, bool *ok)
{
	uint16_t len;

	*type = rd_u16(r);
	*v = 0;
	*ok = true;
	if (*type & ATTR_TV) {
		*type &= (uint16_t)~ATTR_TV;
		*v = rd_u16(r);
		return;
	}
	len = rd_u16(r);
	if (len == 0 || len > ATTR_INT_MAX) {
		rd_bytes(r, len);
		*ok = false;
		return;
	}
	while (len--)
		*v = *v << 8 | rd_u8(r);
}

/* Life type and duration are pairs: the duration means the type before it (RFC 2407 4.5). */
static int attrs_decode(struct ike_transform *t, unsigned int phase, struct rd *r)
{
	uint64_t unit = 0;

	for (unsigned int n = 0; r->left && !r->err; n++) {
		uint16_t type;
		uint64_t v;
		bool ok;
		size_t i;

		if (n == ATTRS_MAX)
			return -EBADMSG;
		attr_read(r, &type, &v, &ok);
		if (r->err)
			return -EBADMSG;
		if (!ok) {
			t->foreign = true;
			continue;
		}
		if (type == life_type[phase]) {
			unit = v;
			if (v != LIFE_SECONDS && v != LIFE_KILOBYTES)
				t->foreign = true;
			continue;
		}
		if (type == life_duration[phase]) {
			enum ike_attr a =
				unit == LIFE_KILOBYTES ? IKE_ATTR_KILOBYTES : IKE_ATTR_SECONDS;

			if (unit == 0 || attr_store(t, a, v) < 0)
				return -EBADMSG;
			continue;
		}
		for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
			if (type && rows[i].type[phase] == type)
				break;
		if (i == sizeof(rows) / sizeof(rows[0]))
			t->foreign = true;
		else if (attr_store(t, rows[i].attr, v) < 0)
			return -EBADMSG;
	}
	return r->err ? -EBADMSG : 0;
}

/* The transforms of one proposal. `tmpl` has the proposal's fields. */
static int transforms_decode(struct ike_offer *out, unsigned int phase,
			     const struct ike_transform *tmpl, unsigned int count, struct rd *r)
{
	uint8_t next;

	for (unsigned int i = 0; i < count; i++) {
		struct ike_transform t = *tmpl;
		struct rd body;
		uint16_t len;

		t.raw = r->p;
		next = rd_u8(r);
		rd_u8(r);
		len = rd_u16(r);
		if (r->err || len < 8)
			return -EBADMSG;
		if (next != (i + 1 < count ? IKE_PL_TRANSFORM : IKE_PL_NONE))
			return -EBADMSG;
		t.raw_len = len;
		body = rd_sub(r, len - IKE_PL_HDR_LEN);
		t.num = rd_u8(&body);
		t.id = rd_u8(&body);
		rd_u16(&body);
		if (body.err || attrs_decode(&t, phase, &body) < 0)
			return -EBADMSG;
		if (out->n < IKE_TRANSFORMS_MAX)
			out->t[out->n++] = t;
	}
	return rd_done(r) ? 0 : -EBADMSG;
}

/* Proposals with the same number belong together: all of them, or none (RFC 2408 4.2). */
static void mark_bundles(struct ike_offer *o, unsigned int first, uint8_t prop)
{
	bool again = first > 0 && o->t[first - 1].prop == prop;

	if (!again)
		return;
	for (unsigned int i = 0; i < o->n; i++)
		if (o->t[i].prop == prop)
			o->t[i].bundled = true;
}

int ike_offer_decode(struct ike_offer *out, unsigned int phase, const uint8_t *body, size_t len)
{
	struct rd r = rd_init(body, len);
	uint32_t doi = rd_u32(&r), sit = rd_u32(&r);
	uint8_t next = IKE_PL_PROPOSAL;

	out->n = 0;
	if (r.err)
		return -EBADMSG;
	if (doi != IKE_DOI_IPSEC || sit != SIT_IDENTITY_ONLY)
		return -EPROTO;
	while (next == IKE_PL_PROPOSAL) {
		struct ike_transform tmpl = { 0 };
		unsigned int count, first = out->n;
		struct rd prop;
		uint16_t plen;

		next = rd_u8(&r);
		rd_u8(&r);
		plen = rd_u16(&r);
		if (r.err || plen < 8)
			return -EBADMSG;
		prop = rd_sub(&r, plen - IKE_PL_HDR_LEN);
		tmpl.prop = rd_u8(&prop);
		tmpl.proto = rd_u8(&prop);
		tmpl.spi_len = rd_u8(&prop);
		count = rd_u8(&prop);
		tmpl.spi = rd_bytes(&prop, tmpl.spi_len);
		if (prop.err || count == 0 ||
		    transforms_decode(out, phase, &tmpl, count, &prop) < 0)
			return -EBADMSG;
		mark_bundles(out, first, tmpl.prop);
	}
	return next == IKE_PL_NONE && rd_done(&r) ? 0 : -EBADMSG;
}

static void attr_write(struct wr *w, uint16_t type, uint32_t v)
{
	if (v <= UINT16_MAX) {
		wr_u16(w, ATTR_TV | type);
		wr_u16(w, (uint16_t)v);
		return;
	}
	wr_u16(w, type);
	wr_u16(w, 4);
	wr_u32(w, v);
}

static void life_write(struct wr *w, unsigned int phase, uint16_t unit, uint32_t v)
{
	attr_write(w, life_type[phase], unit);
	attr_write(w, life_duration[phase], v);
}

int ike_life_decode(unsigned int phase, const uint8_t *p, size_t len, uint32_t *seconds,
		    uint32_t *kilobytes)
{
	struct ike_transform t = { 0 };
	struct rd r = rd_init(p, len);
	int rc = attrs_decode(&t, phase, &r);

	*seconds = t.v[IKE_ATTR_SECONDS];
	*kilobytes = t.v[IKE_ATTR_KILOBYTES];
	return rc;
}

void ike_life_encode(struct wr *w, unsigned int phase, uint32_t seconds, uint32_t kilobytes)
{
	if (seconds)
		life_write(w, phase, LIFE_SECONDS, seconds);
	if (kilobytes)
		life_write(w, phase, LIFE_KILOBYTES, kilobytes);
}

static void transform_encode(struct wr *w, unsigned int phase, const struct ike_transform *t,
			     bool last)
{
	size_t at = w->len;

	wr_u8(w, last ? IKE_PL_NONE : IKE_PL_TRANSFORM);
	if (t->raw) {
		wr_bytes(w, t->raw + 1, t->raw_len - 1);
		return;
	}
	wr_u8(w, 0);
	wr_u16(w, 0);
	wr_u8(w, t->num);
	wr_u8(w, t->id);
	wr_u16(w, 0);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].type[phase] && ike_transform_has(t, rows[i].attr))
			attr_write(w, rows[i].type[phase], t->v[rows[i].attr]);
	if (ike_transform_has(t, IKE_ATTR_SECONDS))
		life_write(w, phase, LIFE_SECONDS, t->v[IKE_ATTR_SECONDS]);
	if (ike_transform_has(t, IKE_ATTR_KILOBYTES))
		life_write(w, phase, LIFE_KILOBYTES, t->v[IKE_ATTR_KILOBYTES]);
	wr_patch_u16(w, at + 2, (uint16_t)(w->len - at));
}

void ike_offer_encode(struct wr *w, unsigned int phase, const struct ike_offer *offer)
{
	unsigned int i = 0;

	wr_u32(w, IKE_DOI_IPSEC);
	wr_u32(w, SIT_IDENTITY_ONLY);
	while (i < offer->n) {
		const struct ike_transform *t = &offer->t[i];
		size_t at = w->len;
		unsigned int end = i;

		while (end < offer->n && offer->t[end].prop == t->prop &&
		       offer->t[end].proto == t->proto)
			end++;
		wr_u8(w, end < offer->n ? IKE_PL_PROPOSAL : IKE_PL_NONE);
		wr_u8(w, 0);
		wr_u16(w, 0);
		wr_u8(w, t->prop);
		wr_u8(w, t->proto);
		wr_u8(w, t->spi_len);
		wr_u8(w, (uint8_t)(end - i));
		wr_bytes(w, t->spi, t->spi_len);
		for (; i < end; i++)
			transform_encode(w, phase, &offer->t[i], i + 1 == end);
		wr_patch_u16(w, at + 2, (uint16_t)(w->len - at));
	}
}
