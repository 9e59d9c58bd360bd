/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* The IPv6 Control Protocol (RFC 5072 3 and 4): interface identifiers. */

#include <stdbool.h>
#include <stdint.h>

#include "l2tp/ppp/negotiate.h"

struct ppp;

enum { IP6_ID_LEN = 8 };

struct ipv6cp {
	struct neg neg;
	struct ppp *ppp;
	bool ask_id;
	uint8_t id[IP6_ID_LEN];	       /* ours, never zero */
	uint8_t suggested[IP6_ID_LEN]; /* in our last Configure-Nak */
	bool reminded;		       /* the peer did not ask and was told once */
	uint8_t peer_id[IP6_ID_LEN];
};

int ipv6cp_init(struct ipv6cp *ip6, struct ppp *ppp);
void ipv6cp_exit(struct ipv6cp *ip6);
