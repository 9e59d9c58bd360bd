/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* What stands around a payload on the uplink: taken off, put in front, and shown to a capture. */

#include <stdbool.h>
#include <stdint.h>

#include "core/acct.h"
#include "core/endpoint.h"
#include "core/pkt.h"
#include "transports/transport.h"

enum {
	IP_PORT_IKE = 500,   /*!< RFC 2408 2.5.1 */
	IP_PORT_NATT = 4500, /*!< RFC 3948 2 */
	IP_PORT_L2TP = 1701, /*!< RFC 2661 8.1 */
	IP_PROTO_ESP = 50,
	NON_ESP_MARKER_LEN = 4, /*!< RFC 3948 2.2 */
	IP_HEADERS_MAX = 40 + 8 + NON_ESP_MARKER_LEN,
	IP_PATH_MTU_LEN = 16 + 4,
};

/*! The sockets of an uplink address. */
enum ip_sock_kind {
	IP_SOCK_IKE,
	IP_SOCK_NATT,
	IP_SOCK_ESP,
	IP_SOCK_L2TP,
	IP_SOCKS,
};

/*! The socket that a service goes by. \returns IP_SOCKS: no such service. */
enum ip_sock_kind ip_sock_of(uint8_t service);

/*! Find out what a datagram is, take off what is not payload and set p->service.
 * \param[in] ipv4 raw packets have their IP header in front: so IPv4 gives them, and IPv6 does not.
 * \returns 0, ACCT_RX_KEEPALIVE (RFC 3948 2.3: no payload at all) or why to discard it. */
enum acct_ctr ip_decode(struct pkt *p, enum ip_sock_kind kind, bool ipv4);

/*! The IP and, by its service, UDP header and marker that a payload has on the uplink.
 * \param[in] sent from local to far, else from far to local.
 * \returns octets written to out, which holds IP_HEADERS_MAX. */
uint32_t ip_headers(uint8_t *out, const struct endpoint *local, const struct endpoint *far,
		    uint8_t service, bool sent, const uint8_t *payload, uint32_t len);

/*! "The way to far carries mtu octets", from the worker to the control thread. */
void ip_path_mtu_encode(uint8_t out[IP_PATH_MTU_LEN], const struct endpoint *far, uint32_t mtu);

/*! \returns 0 or -EBADMSG. mtu is bounded below by what IP guarantees. */
int ip_path_mtu_decode(const uint8_t *p, size_t len, struct endpoint *far, uint32_t *mtu);
