/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * What l2tp wants of the thing that carries its messages: a protected circuit, or UDP 1701 on the
 * uplink. The gateway implements it. Control thread only.
 */

#include <stddef.h>
#include <stdint.h>

struct l2tp_carrier;

struct l2tp_carrier_ops {
	/*! Send one L2TP control message, from the flags on. Borrowed.
	 * \returns 0, -ENETDOWN (not protected or down now: keep it, l2tp_peer_carrier_state()
	 * tells when to go on), -EMSGSIZE, -ENOBUFS. */
	int (*send)(struct l2tp_carrier *c, const uint8_t *msg, size_t len);
};

struct l2tp_carrier {
	const struct l2tp_carrier_ops *ops;
	const char *name; /*!< for logs */
	uint32_t id;	  /*!< sessions carry it: data is good only from its own carrier */
	uint32_t mtu;	  /*!< largest L2TP message; set before the carrier comes up */
	void *priv;
};
