/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * The SA database: inbound SAs by SPI, unique in the daemon, and the rule about which SPIs may be
 * chosen (docs/mapping.md 4). Outbound SAs hang on their paths; the room above publishes those.
 */

#include <stdbool.h>
#include <stdint.h>

#include "ipsec/sa.h"

/* SPIs that may be reserved at once; enforced by sad_spi_reserve(). */
enum { SAD_RESERVED_MAX = 32768 };

struct sad;

struct sad *sad_new(void);
/*! All SAs must be deleted. */
void sad_free(struct sad *sad);

/*! Add a UDP port that IKE uses on circuits (500): SPIs whose upper 16 bits equal it are never
 * chosen. Before the first SPI is reserved. \returns 0 or -ENOSPC. */
int sad_add_ike_port(struct sad *sad, uint16_t port);

/*! Not 0..255, which are reserved (RFC 4303 2.1). */
bool sad_spi_valid(uint32_t spi);

/*! The part of the rule that needs no IKE port. */
bool sad_spi_rule(uint32_t spi);

/*! The rule: not 0..255 (RFC 4303 2.1), upper 16 bits not an IKE port, upper 16 bits not ending in
 * the nibble 2 (the version of an L2TPv2 header, RFC 2661 3.1). */
bool sad_spi_usable(const struct sad *sad, uint32_t spi);

/*! Reserve a random usable SPI for an inbound SA to come. \returns it, or 0 (no entropy, no
 * memory, or SAD_RESERVED_MAX reserved already). Control thread. */
uint32_t sad_spi_reserve(struct sad *sad);

/*! Give a reserved SPI back that no SA was made for. */
void sad_spi_release(struct sad *sad, uint32_t spi);

/*! Publish an inbound SA under its reserved (or, for manual keys, usable and free) SPI. The SAD
 * owns it unless this fails. Control thread, outside rcu_update_begin().
 * \returns 0, -EINVAL (SPI not usable, or not an inbound SA), -EEXIST, -ENOMEM. */
int sad_add(struct sad *sad, struct sa *sa);

/*! Unpublish and retire an inbound SA: it is wiped and freed after the grace period.
 * Control thread, outside rcu_update_begin(). */
void sad_del(struct sad *sad, struct sa *sa);

/*! Look up an inbound SA: worker online, or control thread inside an update. */
struct sa *sad_find(struct sad *sad, uint32_t spi);

/*! Unpublished SA (outbound ones): wipe and free after the grace period. */
void sa_retire(struct sa *sa);
