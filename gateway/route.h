/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * Longest-prefix match from IP addresses to sessions: one hash table, one bit for each prefix
 * length in use, so that a look-up probes only lengths that exist (at an LNS: one).
 */

#include <stdint.h>

struct route_table;

struct route_table *route_table_new(void);
/*! With all routes; workers must not use it any more. */
void route_table_free(struct route_table *rt);

/*! Control thread. \param[in] family AF_INET or AF_INET6; addr 4 or 16 octets; len in bits.
 * \returns 0, -EEXIST, -EINVAL, -ENOMEM. */
int route_add(struct route_table *rt, int family, const void *addr, uint8_t len, uint32_t session);
/*! Control thread. \returns 0 or -ENOENT. */
int route_del(struct route_table *rt, int family, const void *addr, uint8_t len);
unsigned int route_count(const struct route_table *rt);

/*! Worker online. \returns the session of the longest prefix, or 0. */
uint32_t route_find(struct route_table *rt, int family, const uint8_t *addr);
