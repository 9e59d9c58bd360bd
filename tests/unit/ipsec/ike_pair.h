/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * Two peers joined in memory, with fake time: what one sends waits in a queue and reaches the other
 * after a delay, unless a test drops, doubles, changes or holds it back. The SA databases are mocks
 * that remember everything.
 *
 * With IP between them (pair_ip()) an end may stand behind a NAT, which rewrites addresses, knows
 * mappings and forgets them; and there can be a third end, which talks to end 1 as end 0 does. End 1
 * may then spawn peers.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ipsec/ike/ike.h"

enum {
	PAIR_MSGS_MAX = 2048,
	PAIR_SAS_MAX = 256,
	PAIR_KEYMAT_MAX = 128,
	PAIR_EVENTS_MAX = 256,
	PAIR_ENDS = 3,
	PAIR_SPAWNED_MAX = 128,
};

struct pair_sa {
	bool used;
	enum sa_dir dir;
	uint32_t spi;
	const struct esp_suite *suite;
	uint8_t keymat[PAIR_KEYMAT_MAX];
	uint8_t next_header;
	bool esn;
	struct sa_limits limits;
	bool ip_set;
	struct sa_ip ip;
	uint32_t path_id;
	uint64_t packets;
	unsigned int order; /*!< of installation */
};

struct pair;

/*! In front of an end: what it sends comes from outer, its ports shifted. Only what is for a mapping
 * gets in. */
struct pair_nat {
	bool on;
	struct endpoint outer;
	uint16_t shift;
};

struct pair_spawned {
	struct ike_peer *peer;
	struct ipsec_path path;
};

struct pair_end {
	struct pair *pair;
	int index;
	struct ike *ike;
	struct ike_peer *peer;
	struct ike_profile profile;
	struct ike_peer_cfg cfg;
	struct ipsec_path path;
	struct pair_sa sas[PAIR_SAS_MAX];
	uint32_t reserved[PAIR_SAS_MAX];
	unsigned int n_reserved;
	unsigned int order;
	bool refuse_add;
	enum ike_peer_event events[PAIR_EVENTS_MAX];
	unsigned int n_events;
	unsigned int sent; /*!< messages so far */
	unsigned int keepalives;
	unsigned int moves;
	struct pair_nat nat;
	struct pair_spawned spawned[PAIR_SPAWNED_MAX];
	struct ike_peer_cfg spawn_cfg;
	unsigned int n_spawned; /*!< ever */
	bool refuse_spawn;
};

struct pair_msg {
	bool used;
	int to;
	int64_t at_ms;
	struct ipsec_at at;  /*!< as its receiver sees it */
	unsigned int serial; /*!< of its sender, from 0 */
	size_t len;
	uint8_t *data;
};

/*! What happens to a message: pass, drop, or anything done by itself. */
enum pair_fate { PAIR_PASS, PAIR_DROP };
typedef enum pair_fate (*pair_filter)(struct pair *p, int from, unsigned int serial,
				      const uint8_t *msg, size_t len, void *priv);

struct pair {
	struct pair_end end[PAIR_ENDS];
	bool ip;
	struct pair_msg queue[PAIR_MSGS_MAX];
	int high; /*!< of the queue so far used */
	int64_t now_ms;
	uint32_t delay_ms;
	uint32_t last_spi; /*!< reserved by either */
	pair_filter filter;
	void *filter_priv;
	const struct ipsec_at *filter_at; /*!< of the message that the filter has, as it was sent */
};

/*! Two ends with default profiles (short lists, one suite each), end 0 initiates. */
void pair_init(struct pair *p);
/*! Give the ends addresses: 0 is 10.0.0.2, 1 is 192.0.2.1, 2 is 10.0.0.2 as well, so it needs a NAT
 * of its own or the same with another shift. */
void pair_ip(struct pair *p);
/*! End 1 becomes a peer that spawns others with the same configuration. */
void pair_spawning(struct pair *p);
/*! Does a client (end 0 or 2) have a pair of SAs with end 1 that fits? */
bool pair_client_flows(struct pair *p, int client);
unsigned int pair_spawned_now(const struct pair_end *e);
/*! (Re)make the peers from their cfg; path down. */
void pair_start(struct pair *p);
void pair_end_start(struct pair_end *e);
/*! Kill -9: nothing is sent, its SAs are gone. */
void pair_end_kill(struct pair_end *e);
void pair_free(struct pair *p);
/*! Both paths up. */
void pair_up(struct pair *p);
void pair_put(struct pair *p, int to, const uint8_t *msg, size_t len, uint32_t delay_ms);
/*! With IP: to an end that sees it come this way. */
void pair_put_at(struct pair *p, int to, const struct ipsec_at *at, const uint8_t *msg, size_t len,
		 uint32_t delay_ms);
/*! Where a message goes, by addresses and NATs, and how its receiver sees its way. \returns the end,
 * or -1: lost. */
int pair_way(const struct pair_end *e, const struct ipsec_at *at, struct ipsec_at *seen);
/*! Let time go by, with everything that happens in it. */
void pair_run(struct pair *p, int64_t ms);
/*! Run until both ends are protected by matching SAs, at most ms. \returns whether. */
bool pair_run_up(struct pair *p, int64_t ms);

/*! The outbound SA in use: the last installed one. */
struct pair_sa *pair_out(struct pair_end *e);
unsigned int pair_count(const struct pair_end *e, enum sa_dir dir);
struct pair_sa *pair_find(struct pair_end *e, enum sa_dir dir, uint32_t spi);
/*! Does what this end sends now arrive: same SPI, suite and keys at the other? Counts a packet. */
bool pair_send_esp(struct pair *p, int from);
bool pair_flows(struct pair *p);
unsigned int pair_established(const struct pair_end *e);
unsigned int pair_events(const struct pair_end *e, enum ike_peer_event ev);
