/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* One PPP link: what its parts know of one another. */

#include <osmocom/core/fsm.h>
#include <osmocom/core/timer.h>

#include "l2tp/ppp/auth.h"
#include "l2tp/ppp/ipcp.h"
#include "l2tp/ppp/ipv6cp.h"
#include "l2tp/ppp/lcp.h"
#include "l2tp/ppp/negotiate.h"
#include "l2tp/ppp/ppp.h"

enum ppp_protocol { /* RFC 1661 2, 3; IANA "PPP DLL Protocol Numbers" */
		    PPP_PROTO_IP = 0x0021,
		    PPP_PROTO_IPV6 = 0x0057,
		    PPP_PROTO_IPCP = 0x8021,
		    PPP_PROTO_IPV6CP = 0x8057,
		    PPP_PROTO_LCP = 0xc021,
		    PPP_PROTO_PAP = 0xc023,
		    PPP_PROTO_CHAP = 0xc223,
};

struct ppp {
	struct ppp_cfg cfg; /* its name and secret are our own copies */
	struct neg_cfg neg_cfg;
	const struct ppp_ops *ops;
	void *priv;
	struct osmo_fsm_inst *fi;   /* the phase */
	struct osmo_timer_list end; /* calls down() */
	char why[128];		    /* the first reason to end */
	struct lcp lcp;
	struct auth auth;
	struct ipcp ipcp;
	struct ipv6cp ipv6cp;
	uint32_t open;	    /* enum ppp_open, as published */
	int64_t complained; /* clock_ns() of the last complaint */
	uint64_t protocol_rejects, malformed, discarded, rx, tx;
};

/*! Send a packet (from the code on) of a protocol. */
void ppp_send(struct ppp *ppp, uint16_t proto, const uint8_t *pkt, size_t len);

/*! A line about the peer's doings, at most one a second. */
void ppp_complain(struct ppp *ppp, const char *what);

/*! Random octets, fit for challenges. */
void ppp_random(void *buf, size_t len);

/* ---- what the layers report ---- */

void ppp_lcp_up(struct ppp *ppp);
void ppp_lcp_down(struct ppp *ppp);
void ppp_lcp_finished(struct ppp *ppp);
/*! The peer rejects a protocol. \returns the event that this is for LCP. */
enum neg_event ppp_protocol_rejected(struct ppp *ppp, uint16_t proto);
/*! Both sides are authenticated as far as demanded. */
void ppp_authenticated(struct ppp *ppp);
/*! A network protocol opened or closed. */
void ppp_net_changed(struct ppp *ppp);
/*! A network protocol has come to its end. */
void ppp_net_finished(struct ppp *ppp, const struct neg *n);
