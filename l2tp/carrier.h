/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * What l2tp wants of the thing that carries its messages: a protected circuit, or UDP 1701 on the
 * uplink. The gateway implements it. Control thread only.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct l2tp_carrier;

enum l2tp_protected {
	L2TP_UNPROTECTED, /*!< nothing protects, on purpose: all is carried in the clear */
	L2TP_NO_SA,	  /*!< has no SA now: nothing is carried until it has one */
	L2TP_PROTECTED,
};

/*! What protects a carrier: the properties of the SA that it sends through now, and the replay
 * protection of the one that it receives with. An LNS decides by them what it asks of PPP
 * (draft-ietf-pppext-l2tp-security-05 3.1). All zero but state unless L2TP_PROTECTED. */
struct l2tp_protection {
	enum l2tp_protected state;
	const char *suite;	/*!< its name, "aes256gcm16" */
	uint16_t cipher_bits;	/*!< of the cipher's key; 0 = no confidentiality */
	uint16_t icv_bits;	/*!< 0 = no integrity */
	uint32_t replay_window; /*!< packets; 0 = no replay protection */
	bool esn;		/*!< 64-bit sequence numbers */
	bool manual;		/*!< keys set by hand, else negotiated */
	const char *pfs;	/*!< group of phase 2's own key exchange; NULL = none */
	bool weak;		/*!< RFC 8221 advises against it */
};

struct l2tp_carrier_ops {
	/*! Send one L2TP control message, from the flags on. Borrowed.
	 * \returns 0, -ENETDOWN (not protected or down now: keep it, l2tp_peer_carrier_state()
	 * tells when to go on), -EMSGSIZE, -ENOBUFS. */
	int (*send)(struct l2tp_carrier *c, const uint8_t *msg, size_t len);
	/*! What protects it at this moment: the next SA may have another suite. */
	void (*protection)(struct l2tp_carrier *c, struct l2tp_protection *out);
};

struct l2tp_carrier {
	const struct l2tp_carrier_ops *ops;
	const char *name; /*!< for logs */
	uint32_t id;	  /*!< sessions carry it: data is good only from its own carrier */
	uint32_t mtu;	  /*!< largest L2TP message; set before the carrier comes up */
	void *priv;
};
