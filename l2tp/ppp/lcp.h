/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* The Link Control Protocol (RFC 1661 5 and 6; RFC 1570 2): options, echo, Protocol-Reject. */

#include <stdbool.h>
#include <stdint.h>

#include <osmocom/core/timer.h>

#include "l2tp/ppp/negotiate.h"
#include "l2tp/ppp/ppp.h"

enum lcp_limits {
	LCP_MRU_MIN = 128, /* the smallest we take or ask */
};

struct lcp {
	struct neg neg;
	struct ppp *ppp;
	/* what we ask */
	bool ask_mru, ask_magic;
	uint16_t mru;
	uint32_t magic;
	enum ppp_auth ask_auth;
	unsigned int auth_naks;
	/* what the peer asked in its last Configure-Request */
	uint16_t peer_mru;
	uint32_t peer_magic;
	enum ppp_auth peer_auth;
	/* loop-back (6.4) */
	uint32_t naked_magic; /* suggested in our last Configure-Nak */
	unsigned int loops;   /* in a row */
	/* keep-alive */
	struct osmo_timer_list echo;
	uint8_t echo_id;
	unsigned int echo_pending;
	bool echo_refused, reject_refused; /* codes that the peer rejected */
	uint64_t echo_tx, echo_rx;
};

/*! \returns 0 or -ENOMEM. */
int lcp_init(struct lcp *lcp, struct ppp *ppp);
void lcp_exit(struct lcp *lcp);

/*! Opened: begin the keep-alive. */
void lcp_echo_start(struct lcp *lcp);
void lcp_echo_stop(struct lcp *lcp);

/*! Largest information field that we may send: min(peer's MRU, mtu_limit). */
uint16_t lcp_tx_limit(const struct lcp *lcp);

/*! Send a Protocol-Reject of a frame from the protocol field on. \returns false if the peer will
 * not have them. */
bool lcp_protocol_reject(struct lcp *lcp, const uint8_t *frame, size_t len);
