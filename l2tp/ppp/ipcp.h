/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * The Internet Protocol Control Protocol (RFC 1332), with name servers (RFC 1877).
 *
 * With an address of our own (cfg.local_ip) we are the network's side: the peer gets an address
 * from the pool and no other. Without one we ask, and the peer may be whom it likes.
 */

#include <stdbool.h>
#include <stdint.h>

#include <netinet/in.h>

#include "l2tp/ppp/negotiate.h"

struct ppp;

struct ipcp {
	struct neg neg;
	struct ppp *ppp;
	/* what we ask */
	bool ask_ip, ask_dns[2];
	struct in_addr local;
	struct in_addr dns[2]; /* learned */
	/* the peer's */
	struct in_addr peer;
	bool assigned; /* from the pool, once for the link's life */
	struct in_addr pool;
};

int ipcp_init(struct ipcp *ipcp, struct ppp *ppp);
void ipcp_exit(struct ipcp *ipcp);
