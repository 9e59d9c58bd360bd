/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* The UDP header between ESP and L2TP on the uplink (RFC 3193 3; RFC 768). Any thread. */

#include <stdbool.h>
#include <stdint.h>

#include "core/pkt.h"
#include "ipsec/sa.h"

enum {
	L2TP_UDP_PORT = 1701, /* RFC 2661 8.1 */
};

/*! Push the header. Over IPv4 without a checksum: ESP protects more than it would, and a NAT on the
 * way could only break it (RFC 3948 3.1.2). IPv6 demands one (RFC 8200 8.1).
 * \returns false when there is no room. */
bool udp_push(struct pkt *p, const struct sa_ip *ip, uint16_t sport, uint16_t dport);

/*! Check and take off the header of what came through the SA of ip; our_port is where L2TP listens.
 * far.port of the packet becomes the source port. \returns 0, or the reason to discard it. */
unsigned int udp_pull(struct pkt *p, const struct sa_ip *ip, uint16_t our_port);
