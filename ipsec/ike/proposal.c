/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ipsec/ike/proposal.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

#include "ipsec/ike/cert.h"
#include "ipsec/ike/dh.h"
#include "ipsec/ike/payload.h"
#include "ipsec/ike/prf.h"

enum {
	P2_SECONDS_DEFAULT = 28800, /* RFC 2407 4.5 */
	SECONDS_MIN = 60,	    /* shorter lifetimes of a peer would have us rekey all day */
	ESP_SPI_LEN = 4,
	OCTETS_PER_KILOBYTE = 1024,
};

static struct ike_transform *offer_row(struct ike_offer *o, uint8_t proto, uint8_t id)
{
	struct ike_transform *t = &o->t[o->n++];

	*t = (struct ike_transform){ .prop = 1, .proto = proto, .num = (uint8_t)o->n, .id = id };
	return t;
}

static void p1_row(struct ike_transform *t, const struct ike_p1_suite *s, uint16_t method)
{
	ike_transform_set(t, IKE_ATTR_ENCRYPTION, s->cipher);
	if (s->key_bits)
		ike_transform_set(t, IKE_ATTR_KEY_BITS, s->key_bits);
	ike_transform_set(t, IKE_ATTR_HASH, s->hash);
	ike_transform_set(t, IKE_ATTR_AUTH, method);
	ike_transform_set(t, IKE_ATTR_GROUP, s->group);
}

static void p2_row(struct ike_transform *t, const struct esp_suite *s, uint16_t group,
		   uint32_t encap, bool esn)
{
	if (group)
		ike_transform_set(t, IKE_ATTR_GROUP, group);
	ike_transform_set(t, IKE_ATTR_ENCAPSULATION, encap);
	if (esn) /* without the attribute they are not used (RFC 4304 2) */
		ike_transform_set(t, IKE_ATTR_ESN, IKE_ESN_64_BITS);
	if (s->ike1_auth)
		ike_transform_set(t, IKE_ATTR_AUTH, s->ike1_auth);
	if (s->ike1_key_bits)
		ike_transform_set(t, IKE_ATTR_KEY_BITS, s->ike1_key_bits);
}

void ike_p1_offer(struct ike_offer *out, const struct ike_profile *p, const struct ike_methods *m)
{
	out->n = 0;
	for (unsigned int k = 0; k < m->n; k++) {
		for (unsigned int i = 0; i < p->n_p1; i++) {
			struct ike_transform *t =
				offer_row(out, IKE_PROTO_ISAKMP, IKE_TRANSFORM_KEY_IKE);

			p1_row(t, &p->p1[i], m->id[k]);
			ike_transform_set(t, IKE_ATTR_SECONDS, p->p1_lifetime);
		}
	}
}

uint32_t ike_p2_kilobytes(uint64_t octets)
{
	uint64_t kb = (octets + OCTETS_PER_KILOBYTE - 1) / OCTETS_PER_KILOBYTE;

	return kb > UINT32_MAX ? UINT32_MAX : (uint32_t)kb;
}

static void p2_offer_rows(struct ike_offer *out, const struct ike_profile *p, uint32_t encap,
			  const uint8_t spi[4], bool esn)
{
	uint32_t kb = ike_p2_kilobytes(p->p2_octets);

	for (unsigned int i = 0; i < p->n_esp; i++) {
		struct ike_transform *t = offer_row(out, IKE_PROTO_ESP, p->esp[i]->ike1_transform);

		t->spi = spi;
		t->spi_len = ESP_SPI_LEN;
		p2_row(t, p->esp[i], p->pfs_group, encap, esn);
		ike_transform_set(t, IKE_ATTR_SECONDS, p->p2_lifetime);
		if (kb)
			ike_transform_set(t, IKE_ATTR_KILOBYTES, kb);
	}
}

void ike_p2_offer(struct ike_offer *out, const struct ike_profile *p, uint32_t encap,
		  const uint8_t spi[4])
{
	out->n = 0;
	if (p->esn != IKE_ESN_ALLOW)
		p2_offer_rows(out, p, encap, spi, true);
	if (p->esn != IKE_ESN_REQUIRE)
		p2_offer_rows(out, p, encap, spi, false);
}

/* How far a transform agrees with what we would send: attributes in order, lifetimes aside.
 * \returns IKE_ATTR_N when all agree, else the first that does not. */
static unsigned int agree(const struct ike_transform *t, const struct ike_transform *ours)
{
	for (unsigned int a = 0; a < IKE_ATTR_SECONDS; a++) {
		if (ike_transform_has(t, a) != ike_transform_has(ours, a))
			return a;
		if (ike_transform_has(t, a) && t->v[a] != ours->v[a])
			return a;
	}
	return IKE_ATTR_N;
}

static uint32_t min_seconds(const struct ike_transform *t, uint32_t ours, uint32_t absent)
{
	uint32_t v = ike_transform_has(t, IKE_ATTR_SECONDS) ? t->v[IKE_ATTR_SECONDS] : absent;

	if (v < SECONDS_MIN)
		v = SECONDS_MIN;
	return v < ours ? v : ours;
}

static void nearer(unsigned int at, unsigned int *best, const char **differs)
{
	if (at < *best && *best != IKE_ATTR_N)
		return;
	*best = at;
	*differs = ike_attr_names[at];
}

/* A transform that cannot be ours whatever its values are. */
static const char *unusable(const struct ike_transform *t, uint8_t proto)
{
	if (t->proto != proto)
		return "protocol";
	if (t->bundled)
		return "bundle of protocols";
	if (t->foreign)
		return "unknown attribute";
	return NULL;
}

/* A transform of the peer's against all of ours. */
static bool p1_match(const struct ike_transform *t, const struct ike_profile *p,
		     const struct ike_methods *m, struct ike_p1_choice *choice, unsigned int *best,
		     const char **differs)
{
	for (unsigned int k = 0; k < m->n * p->n_p1; k++) {
		const struct ike_p1_suite *s = &p->p1[k % p->n_p1];
		struct ike_transform ours = { 0 };
		unsigned int at;

		p1_row(&ours, s, m->id[k / p->n_p1]);
		at = agree(t, &ours);
		if (at == IKE_ATTR_N) {
			*choice = (struct ike_p1_choice){
				.suite = *s,
				.method = m->id[k / p->n_p1],
				.seconds = min_seconds(t, p->p1_lifetime, p->p1_lifetime),
			};
			return true;
		}
		nearer(at, best, differs);
	}
	return false;
}

int ike_p1_choose(const struct ike_offer *offer, const struct ike_profile *p,
		  const struct ike_methods *m, struct ike_p1_choice *choice, const char **differs)
{
	unsigned int best = IKE_ATTR_N;

	*differs = "everything";
	for (unsigned int i = 0; i < offer->n; i++) {
		const struct ike_transform *t = &offer->t[i];
		const char *bad = unusable(t, IKE_PROTO_ISAKMP);

		if (!bad && t->id != IKE_TRANSFORM_KEY_IKE)
			bad = "transform";
		if (bad) {
			if (best == IKE_ATTR_N)
				*differs = bad;
			continue;
		}
		if (p1_match(t, p, m, choice, &best, differs))
			return (int)i;
	}
	return -ENOENT;
}

static void p2_take(struct ike_p2_choice *c, const struct ike_transform *t,
		    const struct esp_suite *s, const struct ike_profile *p)
{
	struct rd r = rd_init(t->spi, t->spi_len);

	c->suite = s;
	c->spi = rd_u32(&r);
	c->esn = ike_transform_has(t, IKE_ATTR_ESN);
	c->seconds = min_seconds(t, p->p2_lifetime, P2_SECONDS_DEFAULT);
	c->octets = p->p2_octets;
	ike_p2_shorten(c, c->seconds,
		       ike_transform_has(t, IKE_ATTR_KILOBYTES) ? t->v[IKE_ATTR_KILOBYTES] : 0);
	c->shorter = c->seconds < (ike_transform_has(t, IKE_ATTR_SECONDS) ? t->v[IKE_ATTR_SECONDS]
									  : P2_SECONDS_DEFAULT) ||
		     (c->octets && c->octets == p->p2_octets &&
		      (!ike_transform_has(t, IKE_ATTR_KILOBYTES) ||
		       t->v[IKE_ATTR_KILOBYTES] > ike_p2_kilobytes(c->octets)));
}

void ike_p2_shorten(struct ike_p2_choice *c, uint32_t seconds, uint32_t kilobytes)
{
	uint64_t octets = (uint64_t)kilobytes * OCTETS_PER_KILOBYTE;

	if (seconds && seconds < c->seconds)
		c->seconds = seconds < SECONDS_MIN ? SECONDS_MIN : seconds;
	if (octets && (!c->octets || octets < c->octets))
		c->octets = octets;
}

int ike_p2_choose(const struct ike_offer *offer, const struct ike_profile *p, uint32_t encap,
		  struct ike_p2_choice *choice, const char **differs)
{
	unsigned int best = IKE_ATTR_N;

	*differs = "everything";
	for (unsigned int i = 0; i < offer->n; i++) {
		const struct ike_transform *t = &offer->t[i];
		const char *bad = unusable(t, IKE_PROTO_ESP);

		if (!bad && t->spi_len != ESP_SPI_LEN)
			bad = "SPI size";
		for (unsigned int k = 0; !bad && k < p->n_esp; k++) {
			struct ike_transform ours = { 0 };
			unsigned int at;

			if (t->id != p->esp[k]->ike1_transform)
				continue;
			/* Either is fine with us unless we insist. */
			p2_row(&ours, p->esp[k], p->pfs_group, encap,
			       p->esn == IKE_ESN_REQUIRE || ike_transform_has(t, IKE_ATTR_ESN));
			at = agree(t, &ours);
			if (at == IKE_ATTR_N) {
				p2_take(choice, t, p->esp[k], p);
				return (int)i;
			}
			nearer(at, &best, differs);
		}
		if (best == IKE_ATTR_N)
			*differs = bad ? bad : "transform";
	}
	return -ENOENT;
}

/* ---- lists in words ---- */

static void put_text(char *buf, size_t size, size_t *at, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

static void put_text(char *buf, size_t size, size_t *at, const char *fmt, ...)
{
	va_list ap;
	int n;

	if (*at >= size)
		return;
	va_start(ap, fmt);
	n = vsnprintf(buf + *at, size - *at, fmt, ap);
	va_end(ap);
	if (n > 0)
		*at += (size_t)n;
}

static void put_method(char *buf, size_t size, size_t *at, uint32_t id)
{
	const struct ike_sig_method *m = ike_sig_method_by_id((uint16_t)id);

	if (m)
		put_text(buf, size, at, " %s", m->name);
	else if (id != IKE_AUTH_PSK)
		put_text(buf, size, at, " method %u", id);
}

const char *ike_p1_list(const struct ike_offer *offer, char *buf, size_t size)
{
	size_t at = 0;

	buf[0] = '\0';
	for (unsigned int i = 0; i < offer->n; i++) {
		const struct ike_transform *t = &offer->t[i];
		const struct ike_cipher *c = ike_cipher_by_id((uint16_t)t->v[IKE_ATTR_ENCRYPTION],
							      (uint16_t)t->v[IKE_ATTR_KEY_BITS]);
		const struct ike_hash *h = ike_hash_by_id((uint16_t)t->v[IKE_ATTR_HASH]);
		const struct ike_group *g = ike_group_by_id((uint16_t)t->v[IKE_ATTR_GROUP]);

		put_text(buf, size, &at, "%s", i ? ", " : "");
		if (c)
			put_text(buf, size, &at, "%s", c->name);
		else
			put_text(buf, size, &at, "cipher %u key %u", t->v[IKE_ATTR_ENCRYPTION],
				 t->v[IKE_ATTR_KEY_BITS]);
		if (h)
			put_text(buf, size, &at, "-%s", h->name);
		else
			put_text(buf, size, &at, "-hash %u", t->v[IKE_ATTR_HASH]);
		if (g)
			put_text(buf, size, &at, "-%s", g->name);
		else
			put_text(buf, size, &at, "-group %u", t->v[IKE_ATTR_GROUP]);
		put_method(buf, size, &at, t->v[IKE_ATTR_AUTH]);
	}
	return buf;
}

const char *ike_p2_list(const struct ike_offer *offer, char *buf, size_t size)
{
	size_t at = 0;

	buf[0] = '\0';
	for (unsigned int i = 0; i < offer->n; i++) {
		const struct ike_transform *t = &offer->t[i];
		const struct ike_group *g = ike_group_by_id((uint16_t)t->v[IKE_ATTR_GROUP]);
		const struct esp_suite *s;

		for (s = esp_suites; s->name; s++)
			if (s->ike1_transform == t->id && s->ike1_auth == t->v[IKE_ATTR_AUTH] &&
			    s->ike1_key_bits == t->v[IKE_ATTR_KEY_BITS])
				break;
		put_text(buf, size, &at, "%s", i ? ", " : "");
		if (t->proto == IKE_PROTO_ESP && s->name)
			put_text(buf, size, &at, "%s", s->name);
		else
			put_text(buf, size, &at, "protocol %u transform %u auth %u key %u",
				 t->proto, t->id, t->v[IKE_ATTR_AUTH], t->v[IKE_ATTR_KEY_BITS]);
		if (g)
			put_text(buf, size, &at, " pfs %s", g->name);
		else if (ike_transform_has(t, IKE_ATTR_GROUP))
			put_text(buf, size, &at, " pfs group %u", t->v[IKE_ATTR_GROUP]);
		if (t->v[IKE_ATTR_ENCAPSULATION] != IKE_ENCAP_TRANSPORT)
			put_text(buf, size, &at, " mode %u", t->v[IKE_ATTR_ENCAPSULATION]);
		if (ike_transform_has(t, IKE_ATTR_ESN))
			put_text(buf, size, &at, " esn");
	}
	return buf;
}
