/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * The face of PPP: one struct ppp is one PPP link over one session. Control thread only.
 * Frames here begin with the protocol field (RFC 1661 2), without FF 03.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <netinet/in.h>

#include "l2tp/data.h"

struct ppp;

enum ppp_limits {
	PPP_NAME_MAX = 64,
	PPP_SECRET_MAX = 128,
	PPP_MRU_DEFAULT = 1500,
};

enum ppp_auth {
	PPP_AUTH_NONE,
	PPP_AUTH_PAP,	   /* RFC 1334 */
	PPP_AUTH_CHAP_MD5, /* RFC 1994 */
};

struct ppp_cfg {
	const char *name;	    /*!< for logs */
	uint16_t mru;		    /*!< configured, default 1500 */
	uint16_t mtu_limit;	    /*!< path MTU less all overhead: what fits under us */
	enum ppp_auth auth;	    /*!< what we demand of the peer */
	bool allow_pap, allow_chap; /*!< what we are ready to do when the peer demands it */
	char user[PPP_NAME_MAX];    /*!< our name towards a peer that authenticates us */
	const uint8_t *secret;	    /*!< and secret; copied, wiped */
	size_t secret_len;
	char local_name[PPP_NAME_MAX]; /*!< our name in CHAP challenges */
	bool ipcp, ipv6cp;
	struct in_addr local_ip; /*!< 0 = ask the peer for one */
	bool want_dns;		 /*!< ask for DNS servers (RFC 1877) */
	struct in_addr dns[2];	 /*!< hand out */
	uint8_t ip6_id[8];	 /*!< our interface identifier; 0 = choose at random */
	uint16_t echo_interval;	 /*!< seconds, 0 = none */
	uint8_t echo_failures;	 /*!< unanswered ones until the link is dead */
	uint16_t restart;	 /*!< Restart timer, seconds, default 3 (RFC 1661 4.6) */
	uint8_t max_configure;	 /*!< default 10 */
	uint8_t max_terminate;	 /*!< default 2 */
	uint8_t max_failure;	 /*!< default 5 */
};

/*! The defaults: MRU 1500, no authentication, IPv4 and IPv6, echo every 30 s, 4 failures. */
void ppp_cfg_init(struct ppp_cfg *cfg);

enum ppp_phase { /* RFC 1661 3.2 */
		 PPP_PHASE_DEAD,
		 PPP_PHASE_ESTABLISH,
		 PPP_PHASE_AUTHENTICATE,
		 PPP_PHASE_NETWORK,
		 PPP_PHASE_TERMINATE,
};

/*! Facts for show and for the room above. */
struct ppp_info {
	enum ppp_phase phase;
	const char *phase_name;
	uint16_t local_mru, peer_mru;
	char peer_name[PPP_NAME_MAX]; /*!< authenticated; empty = not */
	enum ppp_auth auth_peer, auth_us;
	bool ip_open, ip6_open;
	struct in_addr local_ip, peer_ip, dns[2];
	uint8_t local_ip6_id[8], peer_ip6_id[8];
	uint32_t magic, peer_magic;
	uint64_t echo_tx, echo_rx, protocol_rejects, malformed, rx, tx;
	uint64_t discarded; /*!< well formed, but not for now: wrong phase, out of sequence */
};

/*! What PPP calls. No callback but down() may call ppp_free(), and none may call ppp_rx() or
 * ppp_close(): PPP is in the middle of something. ppp_info() is always allowed. */
struct ppp_ops {
	/*! Send a frame from the protocol field on. Borrowed. */
	void (*send)(void *priv, const uint8_t *frame, size_t len);
	/*! The secret of a peer that authenticates itself to us. \returns its length or -ENOENT.
	 * The caller wipes buf. */
	int (*secret)(void *priv, const char *user, uint8_t *buf, size_t size);
	/*! Authenticated (or no authentication demanded): an address for the peer from the pool.
	 * want = what the peer asks for, or 0. \returns 0 or -EADDRNOTAVAIL. */
	int (*peer_address)(void *priv, const char *user, struct in_addr want, struct in_addr *out);
	/*! Network protocols opened or closed: publish to the data plane. open = enum ppp_open. */
	void (*net)(void *priv, const struct ppp_net *net, uint32_t open);
	/*! The link is dead; why is for people. Called once, from a timer, never from within a
	 * function of this header. ppp_free() it, now (from within this call) or later. */
	void (*down)(void *priv, const char *why);
};

/*! Start LCP at once: send() is called before this returns, with *out already set.
 * \param[in] cfg copied, secret included; \param[in] ops borrowed for the link's life.
 * \returns 0, -EINVAL (no network protocol, MRU or mtu_limit below 128, secret too long),
 * -ENOMEM. */
int ppp_new(struct ppp **out, const struct ppp_cfg *cfg, const struct ppp_ops *ops, void *priv);

/*! Free without a word, and without down(). NULL is fine. */
void ppp_free(struct ppp *ppp);

/*! One frame from the protocol field on (the field uncompressed). Borrowed. */
void ppp_rx(struct ppp *ppp, const uint8_t *frame, size_t len);

/*! Terminate cleanly: Terminate-Request, then down(). Again or after the end: no effect. */
void ppp_close(struct ppp *ppp, const char *why);

void ppp_info(const struct ppp *ppp, struct ppp_info *out);
