/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * What the ways of the uplink carry, as ICMP said (RFC 1191, RFC 8201). Remembered by addresses and
 * not by circuits: a peer's next circuit begins with what was learned for its last one. Control
 * thread only.
 */

#include <stdint.h>

#include "core/endpoint.h"

enum {
	PATH_MTU_DEFAULT = 1500,
	PATH_MTU_AGE_S = 600, /* RFC 1191 6.3, RFC 8201 4: then more is tried again */
};

/*! Packets of mtu octets get from local to far, larger ones do not. More than is known already is no
 * news. now: clock_ns(). */
void path_mtu_learn(const struct endpoint *local, const struct endpoint *far, uint32_t mtu,
		    int64_t now);

/*! \returns the largest IP packet from local to far. *until is when that is forgotten, 0 = nothing is
 * known. */
uint32_t path_mtu_of(const struct endpoint *local, const struct endpoint *far, int64_t now,
		     int64_t *until);
