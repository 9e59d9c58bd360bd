/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * Where on the uplink peers are that we know. A first message of IKE from there is a known peer's, which
 * begins anew; and from an address where one has authenticated the data plane lets IKE through although
 * strangers flood it.
 */

#include <stdbool.h>
#include <stdint.h>

#include <osmocom/core/linuxlist.h>

#include "core/endpoint.h"

struct gw_circuit;
struct gw_link;
struct link;
struct known_addr;

/*! A circuit's entry. All zero: is nowhere. */
struct known {
	struct llist_head entry;
	struct gw_circuit *c;
	struct endpoint far;
	struct known_addr *addr;
};

int known_init(void);
void known_exit(void);

/*! Control thread: c is at far (with its port), and nowhere that k said before. trusted: it has
 * authenticated there, or an operator said so. Without memory its IKE has no privilege. */
void known_set(struct known *k, struct gw_circuit *c, const struct endpoint *far, bool trusted);
void known_clear(struct known *k);

/*! Control thread: the circuit of this link that is at far, or NULL. */
struct gw_circuit *known_find(const struct gw_link *l, const struct endpoint *far);

/*! Worker: may an IKE message from far, where a peer has authenticated, pass? *known: is there one? */
bool known_may_ask(const struct link *l, const struct endpoint *far, int64_t now, bool *known);

/*! Mixes the address, not the port. */
uint32_t known_hash(const struct endpoint *e);
/*! Take one of rate a second, after a burst; *next is when one is due. */
bool known_due(int64_t *next, int64_t now, int64_t rate, int64_t burst);
