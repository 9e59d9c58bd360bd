/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * The SA payload (RFC 2408 3.4-3.6) and the attributes of its transforms (RFC 2409 App. A,
 * RFC 2407 4.5), both phases. An offer is a flat list of transforms, each with its proposal's
 * number, protocol and SPI.
 */

#include <stdbool.h>
#include <stdint.h>

#include "core/cursor.h"

/*! Attributes that we know, independent of their number in a phase. */
enum ike_attr {
	IKE_ATTR_ENCRYPTION, /* phase 1 */
	IKE_ATTR_HASH,	     /* phase 1 */
	IKE_ATTR_AUTH,	     /* phase 1: method; phase 2: algorithm */
	IKE_ATTR_GROUP,
	IKE_ATTR_KEY_BITS,
	IKE_ATTR_ENCAPSULATION, /* phase 2 */
	IKE_ATTR_ESN,		/* phase 2 */
	IKE_ATTR_SECONDS,
	IKE_ATTR_KILOBYTES,
	IKE_ATTR_N,
};
extern const char *const ike_attr_names[IKE_ATTR_N];

enum ike_attr_values {
	IKE_ENC_AES_CBC = 7,
	IKE_AUTH_PSK = 1,
	IKE_ENCAP_TUNNEL = 1,
	IKE_ENCAP_TRANSPORT = 2,
	IKE_ENCAP_UDP_TUNNEL = 3,    /* RFC 3947 5.1 */
	IKE_ESN_64_BITS = 1,	     /* RFC 4304 2 */
	IKE_ENCAP_UDP_TRANSPORT = 4, /* RFC 3947 5.1 */
	IKE_TRANSFORM_KEY_IKE = 1,
	/* Of one offer: as many as one proposal can have (RFC 2408 3.5), and phase 1 has only one
	 * (RFC 2409 5). What comes behind is not looked at. */
	IKE_TRANSFORMS_MAX = 255,
};

struct ike_transform {
	uint8_t prop; /*!< proposal number */
	uint8_t proto;
	uint8_t spi_len;
	const uint8_t *spi;
	uint8_t num;
	uint8_t id;
	bool bundled; /*!< its proposal demands another protocol as well (RFC 2408 4.2) */
	bool foreign; /*!< it has an attribute that we do not know */
	uint32_t has; /*!< 1 << enum ike_attr */
	uint32_t v[IKE_ATTR_N];
	const uint8_t *raw; /*!< the payload from its generic header on: answers repeat it */
	size_t raw_len;
};

struct ike_offer {
	unsigned int n;
	struct ike_transform t[IKE_TRANSFORMS_MAX];
};

static inline void ike_transform_set(struct ike_transform *t, enum ike_attr a, uint32_t v)
{
	t->has |= UINT32_C(1) << a;
	t->v[a] = v;
}

static inline bool ike_transform_has(const struct ike_transform *t, enum ike_attr a)
{
	return t->has & UINT32_C(1) << a;
}

/*! Decode the body of an SA payload. \returns 0, -EBADMSG, or -EPROTO (another DOI or situation
 * than IPsec, identity only). */
int ike_offer_decode(struct ike_offer *out, unsigned int phase, const uint8_t *body, size_t len);

/*! Lifetimes alone, as RESPONDER-LIFETIME has them (RFC 2407 4.6.3.1); 0 = none.
 * \returns 0 or -EBADMSG. */
int ike_life_decode(unsigned int phase, const uint8_t *p, size_t len, uint32_t *seconds,
		    uint32_t *kilobytes);
void ike_life_encode(struct wr *w, unsigned int phase, uint32_t seconds, uint32_t kilobytes);

/*! Encode the body of an SA payload. Transforms of one proposal stand together. A transform with
 * raw set is repeated as it came. */
void ike_offer_encode(struct wr *w, unsigned int phase, const struct ike_offer *offer);
