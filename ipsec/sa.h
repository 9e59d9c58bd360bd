/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * Security associations of ESP.
 *
 * The control thread makes an SA complete, publishes it (sad.h) and retires it through RCU. While
 * it is published its `hot` part belongs to the one worker that owns its path; everything else is
 * constant. Counters may be read by any thread.
 */

#include <stdbool.h>
#include <stdint.h>

#include "core/ctr.h"
#include "core/endpoint.h"
#include "core/rcu.h"
#include "ipsec/replay.h"
#include "ipsec/suite.h"

enum sa_dir {
	SA_IN,
	SA_OUT,
};

/*! 0 = no limit. Hard limits stop the SA, soft ones ask for a rekey (RFC 4301 4.4.2.1). Seconds
 * are the control plane's business (ike), octets and packets are counted here. Octets are those
 * that the cipher works on, padding and trailer included; never more than hard_octets of them. */
struct sa_limits {
	uint64_t soft_octets;
	uint64_t hard_octets;
	uint64_t soft_packets;
	uint64_t hard_packets;
};

/*! On a path with IP: the way of an SA's packets, and what they may carry. */
struct sa_ip {
	struct rcu_retired retired;
	struct endpoint local, remote; /*!< ports: 0 for protocol 50, else UDP's */
	bool udp_encap;		       /*!< RFC 3948 2.1 */
	/*! A NAT changed the addresses that the inner UDP checksum covers: it is not looked at
	 * (RFC 3948 3.1.2). */
	bool natted;
	/*! Tunnel mode: the payload is an IP packet between these addresses. */
	bool tunnel;
	struct endpoint inner_local, inner_remote;
	uint16_t local_port, peer_port; /*!< inner UDP (RFC 3193 4); 0 = any */
};

struct sa_params {
	enum sa_dir dir;
	uint32_t spi;
	uint32_t path_id;
	const struct esp_suite *suite;
	/*! esp_suite_keymat_len() octets, borrowed, copied. Where the IV counts (not CBC) never those of
	 * an earlier SA, unless iv_start is beyond all IVs of that (RFC 4106 2, RFC 3686 7). */
	const uint8_t *keymat;
	uint64_t iv_start;	/*!< outbound: where the IV counts, the first one is iv_start + 1 */
	uint32_t replay_window; /*!< inbound: 64..4096, multiple of 64; 0 = no replay protection */
	uint8_t next_header;	/*!< 115, or 0 as draft-ietf-pppext-l2tp-security-00 5.2.1 has it */
	bool esn;		/*!< extended sequence numbers: RFC 4303 2.2.1 */
	struct sa_limits limits;
	const struct sa_ip *ip; /*!< path with IP; copied. NULL on a circuit */
};

enum sa_event {
	SA_EV_SOFT, /*!< a soft limit was passed: once for each SA */
	SA_EV_HARD, /*!< a hard limit was reached, or sequence numbers ran out: once for each SA */
};

/*! What the owning worker writes. */
struct sa_hot {
	uint64_t seq;	     /*!< outbound: last number sent; starts at 0 so that the first is 1 */
	uint64_t iv_counter; /*!< outbound: IV of counter modes, never repeats (RFC 4106 3.1) */
	uint64_t octets;
	uint64_t packets;
	bool soft_told;
	bool dead;
	int64_t moved_told; /*!< inbound, behind a NAT: when to tell next that it came from elsewhere */
	struct replay replay; /*!< inbound */
	ctr_t ctr_packets;
	ctr_t ctr_octets;
	ctr_t ctr_replay;
	ctr_t ctr_auth;
};

struct sa {
	struct rcu_ht_node node; /*!< in the SAD, inbound */
	struct rcu_retired retired;
	enum sa_dir dir;
	uint32_t spi;
	uint32_t path_id;
	const struct esp_suite *suite;
	uint8_t next_header;
	bool esn;
	struct sa_limits limits;
	struct sa_ip *ip; /*!< RCU; NULL on a circuit */
	uint8_t salt[4];
	void *engine; /*!< key schedules, made by the engine */
	_Alignas(64) struct sa_hot hot;
	uint64_t replay_bits[]; /*!< inbound: as many as the window needs; part of hot */
};

/*! Make an SA with its key schedules. Control thread.
 * \returns 0, -EINVAL (parameters), -ENOMEM, -EIO (cryptographic library). */
int sa_new(struct sa **out, const struct sa_params *params);

/*! The far end of a NATted SA moved: packets go another way from now on (RFC 3947 5.2.1). ip is
 * copied. Control thread. \returns 0 or -ENOMEM. */
int sa_move(struct sa *sa, const struct sa_ip *ip);

/*! Wipe and free an SA that no worker can see: never published, or past its grace period. */
void sa_free(struct sa *sa);
