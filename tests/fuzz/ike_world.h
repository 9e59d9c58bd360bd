/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * What must be so at any time among peers that a fuzzer plays with, whatever it does to them: on a
 * circuit two, with IP two, or two clients (ends 0 and 2) and a server that knows neither beforehand.
 */

#include <stdio.h>
#include <stdlib.h>

#include "ipsec/ike/ike_internal.h"
#include "tests/unit/ipsec/ike_pair.h"

enum {
	SERVER = 1,
	NEIGHBOUR = 2, /* the second client */
};

/* What an end said of a phase 2 that it does not hold itself. HASH(3) proves nonces, but neither the
 * key exchange nor the proposal of message 2 (RFC 2409 5.5): who lies about those is believed, and the
 * ends differ until the SAs are renewed. */
enum lie {
	LIED = 1,
	LIED_UNPROVEN = 2,
};

struct ike_world {
	struct pair pair;
	int n_ends;
	uint64_t seen[PAIR_ENDS][IKE_CTR_N];
	unsigned int lied;	  /* enum lie */
	bool flooding[PAIR_ENDS]; /* this end began more than it may */
	bool other_key;
	bool in_peace; /* the second client: nothing was done to it since it was up */
};

#define REQUIRE(cond)                                                                              \
	do {                                                                                       \
		if (!(cond)) {                                                                     \
			fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #cond);         \
			abort();                                                                   \
		}                                                                                  \
	} while (0)

/*! The nth of an end's peers: its own, then those it has made. \returns NULL after the last. */
struct ike_peer *ike_world_peer(const struct pair_end *e, unsigned int n);
/*! The peer whose SA this is. */
struct ike_peer *ike_world_owner(const struct pair_end *e, const struct pair_sa *sa);
/*! Who is meant where an end has several. */
struct ike_peer *ike_world_choose(const struct pair_end *e, unsigned int which);

/*! A packet in this SA: does it arrive, by address and key? Its receiver follows whose NAT has another
 * mapping now. \returns the SA that it arrives in, or NULL. */
struct pair_sa *ike_world_arrives(struct pair_end *e, struct pair_sa *out);
/*! A packet from a client and one back on the server's path that it came by. */
bool ike_world_flows(struct ike_world *w, int client);

/*! Abort unless all is as it must be. */
void ike_world_check(struct ike_world *w);
/*! ... and where an end lied, all: of any SA both ends have the same. */
void ike_world_sas_are_the_same(const struct ike_world *w, bool all);
