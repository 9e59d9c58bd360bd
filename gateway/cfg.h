/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * What the files of the configuration share: the ranges of numbers, the defaults, explanations.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gateway/gateway.h"

/*! Fill why and \returns rc. */
int gw_fail(struct gw_why *why, int rc, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* Every number an operator can set: name, what it is called in explanations, unit, least, greatest.
 * Reasons for the bounds stand in config_range.c. */
enum gw_range_id {
	GW_R_WORKERS,
	GW_R_CRYPTO_THREADS,
	GW_R_DROP_LOG_RATE,
	GW_R_PORT,
	GW_R_LIFETIME_IKE,
	GW_R_LIFETIME_ESP,
	GW_R_LIFETIME_OCTETS,
	GW_R_LIFETIME_PACKETS,
	GW_R_REPLAY_WINDOW,
	GW_R_DPD_INTERVAL,
	GW_R_DPD_RETRIES,
	GW_R_RETRANSMIT_MS,
	GW_R_RETRANSMIT_TRIES,
	GW_R_NAT_KEEPALIVE,
	GW_R_PREFIX_LEN,
	GW_R_MRU,
	GW_R_ECHO_INTERVAL,
	GW_R_ECHO_FAILURES,
	GW_R_REDIAL,
	GW_R_FR_MTU,
	GW_R_N391,
	GW_R_N392,
	GW_R_N393,
	GW_R_T391,
	GW_R_T392,
	GW_R_PPM,
	GW_R_DELAY_US,
	GW_R_RATE_BPS,
	GW_R_SEED,
	GW_R_VPI,
	GW_R_VCI,
	GW_R_DLCI,
	GW_R_MAX_SDU,
	GW_R_HELLO,
	GW_R_WINDOW,
	GW_R_RETRIES,
	GW_R_DATA_OFFSET,
	GW_R_SNAPLEN,
	GW_RANGES,
};

/*! \returns 0, or -ERANGE with the range in why. */
int gw_range_check(enum gw_range_id id, uint64_t v, struct gw_why *why);
/*! Parse a decimal number and check it. *out is unchanged on error. */
int gw_range_parse(enum gw_range_id id, const char *text, uint64_t *out, struct gw_why *why);

/*! Names of objects: letters, digits, `-`, `_`, `.`; begins with a letter or digit.
 * \returns 0 or -EINVAL. what = "link". */
int gw_name_check(const char *what, const char *name, size_t size, struct gw_why *why);

/* Defaults: what new objects have and the written configuration leaves out. */
void gw_cfg_init(struct gw_cfg *cfg);
void gw_lns_cfg_init(struct gw_lns_cfg *cfg);
void gw_client_cfg_init(struct gw_client_cfg *cfg);
void gw_circuit_cfg_init(struct gw_circuit_cfg *cfg, enum medium medium);

/*! Where the CTRL interface listens: read when the daemon starts. Port 0 = nowhere. */
int gw_set_ctrl(const char *address, uint16_t port, struct gw_why *why);
/*! Allow weak ESP suites (esp_suite_legacy()) for a reason of the operator's, in one line of
 * printable text; NULL = allow them no more. \returns 0, -EINVAL, -EBUSY while a profile has one. */
int gw_set_legacy(const char *reason, struct gw_why *why);
int gw_set_drop_log(unsigned int rate, bool contents, struct gw_why *why);

/*! The part of a circuit's configuration that only uplink peers have (config_uplink.c). */
int gw_peer_check(const struct gw_circuit *c, const struct gw_circuit_cfg *cfg, struct gw_why *why);
/*! Why an uplink peer cannot be started; buf stays as it is when it can, or is none. */
void gw_peer_problem(const struct gw_circuit *c, char *buf, size_t size);

/*! Walk all circuits of all links. */
#define gw_for_each_circuit(l, c)                                                                  \
	llist_for_each_entry (l, &gw->links, list)                                                 \
		llist_for_each_entry (c, &(l)->circuits, list)

/*! "atm", "frame-relay", "ip". */
const char *gw_medium_word(enum medium m);

/*! Is an interface name free for owner (an LNS or a client)? \returns 0 or -errno. */
int gw_tun_name_check(const char *tun, const void *owner, struct gw_why *why);

/*! An object changed: have its apply timer fire shortly, if the gateway runs. */
void gw_apply_schedule(struct osmo_timer_list *t);
/*! Circuits of a changed profile, LNS or client; NULL = all of them. */
void gw_apply_circuits(bool (*uses)(const struct gw_circuit *c, const void *what),
		       const void *what);

/*! Look for what is configured but cannot work: unfinished objects, missing secrets (when secrets
 * are loaded). say() gets one line each. \returns their number. */
unsigned int gw_check(void (*say)(void *priv, const char *line), void *priv);
