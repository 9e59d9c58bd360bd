/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* The demultiplexing rule of a circuit's L2TP service (docs/mapping.md 4). */

#include <stdbool.h>
#include <stdint.h>

#include "core/acct.h"
#include "core/pkt.h"
#include "ipsec/sad.h"

enum {
	UDP_HDR_LEN = 8,
	IKE_UDP_PORT = 500,
};

enum demux {
	DEMUX_ESP,  /*!< p->obj = the inbound SA */
	DEMUX_IKE,  /*!< a UDP header and an ISAKMP message */
	DEMUX_L2TP, /*!< clear L2TP, permitted here */
	DEMUX_DROP, /*!< *reason says why */
};

/*! Decide what a payload is. Worker online. Nothing of the packet but obj changes. */
enum demux demux_circuit(struct sad *sad, bool security, struct pkt *p, enum acct_ctr *reason);

/*! Write the UDP header of an IKE message of len octets: ports 500, checksum zero because there is
 * no IP header for it to cover (draft-ietf-pppext-l2tp-security-05 2.3). */
void demux_udp_header(uint8_t hdr[UDP_HDR_LEN], uint16_t len);
