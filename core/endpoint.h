/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* An IP address with a port: where something is on the uplink. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum {
	/* "[2001:db8:...]:65535" */
	ENDPOINT_TEXT_MAX = 56,
};

/*! All octets zero = none: what is not on the uplink has no address. */
struct endpoint {
	uint8_t addr[16]; /*!< IPv6, or IPv4 as ::ffff:a.b.c.d (RFC 4291 2.5.5.2) */
	uint16_t port;	  /*!< 0 = none (protocol 50), or any */
};

/*! Parse an address ("192.0.2.1", "2001:db8::1"); the port is 0. \returns 0 or -EINVAL. */
int endpoint_parse(const char *text, struct endpoint *out);

/*! Format into buf, with the port unless it is 0; \returns buf. */
const char *endpoint_text(const struct endpoint *e, char *buf, size_t size);

/*! IPv4, mapped. */
bool endpoint_is_v4(const struct endpoint *e);

/*! The address of 4 or 16 octets in network order; the port is 0. \returns 0 or -EINVAL. */
int endpoint_from_octets(const uint8_t *octets, size_t len, struct endpoint *out);

/*! As packets have it: 4 octets or 16. */
const uint8_t *endpoint_octets(const struct endpoint *e, size_t *len);

static inline bool endpoint_same_addr(const struct endpoint *a, const struct endpoint *b)
{
	return memcmp(a->addr, b->addr, sizeof(a->addr)) == 0;
}

static inline bool endpoint_same(const struct endpoint *a, const struct endpoint *b)
{
	return a->port == b->port && endpoint_same_addr(a, b);
}
