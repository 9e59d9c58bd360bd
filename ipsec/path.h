/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * What ipsec wants of the path below it: a circuit, which has no IP, or a peer on the uplink.
 * The gateway implements it. Control thread only.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/endpoint.h"

struct ipsec_path;

/*! Both ends of a message's way. On a circuit all zero. On a path with IP the local port is 500 or
 * 4500; from and to the latter messages travel behind the non-ESP marker (RFC 3948 2.2). */
struct ipsec_at {
	struct endpoint local, remote;
};

struct ipsec_path_ops {
	/*! Send one ISAKMP message (from the initiator cookie on); the path adds the UDP header and
	 * what is below it. The octets are borrowed. \returns 0, -ENETDOWN while the path cannot
	 * carry, -EMSGSIZE, -ENOBUFS. */
	int (*send_ike)(struct ipsec_path *path, const struct ipsec_at *at, const uint8_t *msg,
			size_t len);
	/*! One octet 0xFF from and to UDP 4500: a NAT keeps its mapping (RFC 3948 2.3). NULL on a
	 * circuit. */
	void (*send_keepalive)(struct ipsec_path *path, const struct ipsec_at *at);
};

struct ipsec_path {
	const struct ipsec_path_ops *ops;
	const char *name; /*!< for logs: "atm0/0.100" */
	uint32_t id;	  /*!< the SAs of this path carry it; an SA is good only on its own path */
	uint32_t mtu;	  /*!< largest ESP packet or UDP datagram (with its 8-octet header) */
	bool ip;	  /*!< has IP beneath: an uplink peer */
	struct ipsec_at at; /*!< with IP: where we begin: ports 500; remote none = only answer */
	void *priv;
};
