/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * Authentication of the link, both ways at once if need be: PAP (RFC 1334 2), CHAP with MD5
 * (RFC 1994). auth.c holds the two sides' fate and their timers, auth_pap.c and auth_chap.c the
 * packets.
 *
 *   Idle --start--> Waiting --right--> Done
 *                      \----wrong, or no answer in time--> Failed
 *
 * The fate of a side is not a machine with events of its own: it is written once, then only read.
 */

#include <stdbool.h>
#include <stdint.h>

#include <osmocom/core/timer.h>

#include "l2tp/ppp/ppp.h"

enum auth_limits {
	AUTH_DIGEST = 16,    /* MD5 */
	AUTH_CHALLENGE = 16, /* octets of ours: as many as the digest (RFC 1994 2.3) */
	AUTH_NAME_MAX = 255, /* on the wire */
	AUTH_TRIES = 10,     /* requests or challenges sent before we give up */
};

enum auth_fate {
	AUTH_IDLE,
	AUTH_WAITING,
	AUTH_DONE,
	AUTH_FAILED,
};

struct auth_side {
	enum ppp_auth method;
	enum auth_fate fate;
	struct osmo_timer_list timer;
	unsigned int tries;
	uint8_t id; /* of the last request or challenge that we sent, or challenge answered */
	bool answered[256]; /* CHAP, we: the challenges with these identifiers */
};

struct auth {
	struct ppp *ppp;
	struct auth_side peer;		   /* the peer proves itself to us */
	struct auth_side us;		   /* we prove ourselves to the peer */
	uint8_t challenge[AUTH_CHALLENGE]; /* our last */
	bool judged;			   /* it was answered; the same verdict for repetitions */
	uint8_t response[AUTH_DIGEST];	   /* our last, to us.id */
	char peer_name[PPP_NAME_MAX];	   /* once authenticated */
};

void auth_init(struct auth *a, struct ppp *ppp);
void auth_exit(struct auth *a);

/*! Begin: \param[in] peer what the peer must do; \param[in] us what we must do.
 * ppp_authenticated() or ppp_close() follows, at once when there is nothing to do. */
void auth_start(struct auth *a, enum ppp_auth peer, enum ppp_auth us);
/*! LCP went down: forget. */
void auth_stop(struct auth *a);

/*! A packet from the code on, in the phases Authenticate and Network.
 * \returns 0, -EBADMSG or -EPROTO. */
int auth_pap_rx(struct auth *a, const uint8_t *buf, size_t len);
int auth_chap_rx(struct auth *a, const uint8_t *buf, size_t len);

/* ---- among the files of authentication ---- */

/*! A side's verdict is known. */
void auth_settle(struct auth *a, struct auth_side *side, bool ok);

/*! Ask the room above for the secret of a name off the wire. Unknown and impossible names get a
 * random secret, so that they cost the same.
 * \param[out] secret PPP_SECRET_MAX octets, wiped by the caller; \\param[out] user the name as a
 * string, PPP_NAME_MAX octets.
 * \returns true when the name is known. */
bool auth_secret(struct auth *a, const uint8_t *name, size_t len, char *user, uint8_t *secret,
		 size_t *secret_len);

void auth_pap_request(struct auth *a);
void auth_chap_challenge(struct auth *a);
/*! The response to the last challenge, again. */
void auth_chap_respond(struct auth *a);

/*! Send a packet with a text (Ack, Nak, Success, Failure). PAP prefixes its length. */
void auth_send(struct auth *a, uint16_t proto, uint8_t code, uint8_t id, const void *data,
	       size_t len);

/*! What is behind the header. \returns 0 or -EBADMSG. */
struct auth_pkt {
	uint8_t code, id;
	const uint8_t *data;
	size_t len;
};
int auth_decode(struct auth_pkt *pkt, const uint8_t *buf, size_t len);
