/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * What ipsec wants of the path below it: a circuit, which has no IP, or a peer on the uplink.
 * The gateway implements it. Control thread only.
 */

#include <stddef.h>
#include <stdint.h>

struct ipsec_path;

struct ipsec_path_ops {
	/*! Send one ISAKMP message (from the initiator cookie on); the path adds the UDP header and
	 * what is below it. The octets are borrowed. \returns 0, -ENETDOWN while the path cannot
	 * carry, -EMSGSIZE, -ENOBUFS. */
	int (*send_ike)(struct ipsec_path *path, const uint8_t *msg, size_t len);
};

struct ipsec_path {
	const struct ipsec_path_ops *ops;
	const char *name; /*!< for logs: "atm0/0.100" */
	uint32_t id;	  /*!< the SAs of this path carry it; an SA is good only on its own path */
	uint32_t mtu;	  /*!< largest ESP packet or UDP datagram (with its 8-octet header) */
	void *priv;
};
