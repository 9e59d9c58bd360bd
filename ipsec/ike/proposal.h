/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* What we offer, what we accept, and in words why not. */

#include <stddef.h>
#include <stdint.h>

#include "ipsec/ike/ike.h"
#include "ipsec/ike/sa_payload.h"

enum { IKE_LIST_MAX = 512, IKE_METHODS_MAX = 8 };

/*! Authentication methods (RFC 2409 App. A), most wanted first. */
struct ike_methods {
	unsigned int n;
	uint16_t id[IKE_METHODS_MAX];
};

/*! What phase 1 agreed on. */
struct ike_p1_choice {
	struct ike_p1_suite suite;
	uint16_t method;
	uint32_t seconds;
};

/*! What phase 2 agreed on. */
struct ike_p2_choice {
	const struct esp_suite *suite;
	uint32_t seconds;
	uint64_t octets; /*!< 0 = none */
	uint32_t spi;	 /*!< the peer's */
	bool shorter;	 /*!< than the initiator offered: it is told (RFC 2407 4.5.4) */
	bool esn;	 /*!< extended sequence numbers (RFC 4304) */
};

/*! Fill an offer: phase 1, or phase 2 with our inbound SPI (4 octets, borrowed). encap: which of
 * IKE_ENCAP_* the path calls for, no other will do. */
void ike_p1_offer(struct ike_offer *out, const struct ike_profile *p, const struct ike_methods *m);
void ike_p2_offer(struct ike_offer *out, const struct ike_profile *p, uint32_t encap,
		  const uint8_t spi[4]);

/*! Choose the first transform of the initiator that we have too (RFC 2408 4.2: in its order of
 * preference), or check a responder's answer, which must be one transform of what we offered.
 * \returns its index, or -ENOENT with *differs the first attribute that differed from the row that
 * came nearest. */
int ike_p1_choose(const struct ike_offer *offer, const struct ike_profile *p,
		  const struct ike_methods *m, struct ike_p1_choice *choice, const char **differs);
int ike_p2_choose(const struct ike_offer *offer, const struct ike_profile *p, uint32_t encap,
		  struct ike_p2_choice *choice, const char **differs);

/*! The responder's lifetimes, where they are shorter still (RFC 2407 4.6.3.1); 0 = none. */
void ike_p2_shorten(struct ike_p2_choice *choice, uint32_t seconds, uint32_t kilobytes);
/*! The choice's volume in kilobytes, as it is told; 0 = none. */
uint32_t ike_p2_kilobytes(uint64_t octets);

/*! Lists for the log: "aes256-sha256-ecp256, ..." */
const char *ike_p1_list(const struct ike_offer *offer, char *buf, size_t size);
const char *ike_p2_list(const struct ike_offer *offer, char *buf, size_t size);
