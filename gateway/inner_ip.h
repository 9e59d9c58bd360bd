/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* The inner IP header of an SA in tunnel mode (RFC 4301 5.1.2, RFC 3193 2.1). Any thread. */

#include <stdbool.h>
#include <stdint.h>

#include "core/pkt.h"
#include "ipsec/sa.h"

/*! Octets of the header that inner_ip_push() makes. */
uint32_t inner_ip_len(const struct sa_ip *ip);

/*! Push the header before a UDP datagram: between the addresses that phase 2 named, DF set.
 * \returns false when there is no room. */
bool inner_ip_push(struct pkt *p, const struct sa_ip *ip);

/*! Check and take off the header of what came through the SA of ip: UDP in one piece between the
 * addresses that phase 2 named, or nothing. \returns 0, or the reason to discard it. */
unsigned int inner_ip_pull(struct pkt *p, const struct sa_ip *ip);
