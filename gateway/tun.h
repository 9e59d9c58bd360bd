/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * TUN devices: one for each LNS group and each client. The kernel's side of the gateway.
 */

#include <stdbool.h>
#include <stdint.h>

#include <netinet/in.h>

#include "core/pkt.h"

struct gw_tun;
struct l2tp_entry;

/*! Create the device, up, with an MTU. Control thread. \returns 0 or -errno (why is set). */
struct gw_why;
int tun_create(struct gw_tun **out, const char *name, uint16_t mtu, struct gw_why *why);
void tun_destroy(struct gw_tun *t);

/*! IPv4 address: with a prefix length (peer 0) or point to point. 0 addresses remove it. */
int tun_set_ip4(struct gw_tun *t, struct in_addr local, uint8_t len, struct in_addr peer);
/*! Link-local IPv6 address fe80::id/64; replaces the one before. */
int tun_set_ip6_id(struct gw_tun *t, const uint8_t id[8]);
int tun_set_mtu(struct gw_tun *t, uint16_t mtu);
/*! Have the kernel's route to one IPv4 host behind the device carry less than the device would: then
 * the kernel fragments, or says so to the sender (RFC 1191 4). 0 = as the device again. */
int tun_set_host_mtu(struct gw_tun *t, struct in_addr host, uint16_t mtu);
uint16_t tun_mtu(const struct gw_tun *t);

/*! The identifier that tun_create() chose at random for this device. */
const uint8_t *tun_ip6_id(const struct gw_tun *t);
uint32_t tun_id(const struct gw_tun *t); /*!< its account */
const char *tun_name(const struct gw_tun *t);
int tun_fd(const struct gw_tun *t);

/*! Routes from the device to sessions, longest prefix first. Control thread.
 * \param[in] addr 4 or 16 octets. \returns 0, -EEXIST, -ENOMEM. */
int tun_route_add(struct gw_tun *t, int family, const void *addr, uint8_t len, uint32_t session);
void tun_route_del(struct gw_tun *t, int family, const void *addr, uint8_t len);

/* ---- in a worker ---- */

/*! By account, or NULL. Worker online. */
struct gw_tun *tun_by_id(uint32_t id);

/*! Read up to a batch of IP packets; acct is set. \returns false when the device was deleted. */
bool tun_rx(struct gw_tun *t, struct pkt_batch *out);

/*! Write one IP packet. Any worker. \returns 0 or -errno. */
int tun_tx(struct gw_tun *t, const struct pkt *p);

/*! Longest-prefix look-up of an IP packet's destination. \returns the session, or 0; *reason is
 * the discard then. Worker online. */
uint32_t tun_lookup(struct gw_tun *t, const struct pkt *p, unsigned int *reason);
