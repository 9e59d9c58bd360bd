/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * The data plane's graph: which stage follows which. The stages themselves belong to the rooms
 * below; this file alone knows all of them.
 *
 *	link -> demux -> ESP in -> L2TP in -> TUN
 *	TUN -> session look-up -> L2TP out -> ESP out -> link
 */

#include <stdbool.h>
#include <stdint.h>

#include "core/pkt.h"
#include "core/rcu.h"
#include "ipsec/sa.h"

struct worker;
struct link;
struct circuit;
struct gw_tun;

/*! What a packet becomes where it crosses into a worker (pkt->stage). */
enum fwd_stage {
	FWD_LINK_MGMT, /*!< a frame of link management for the link with account p->circuit */
	FWD_CIRCUIT,   /*!< a payload for circuit p->circuit as it is: IKE, or clear L2TP */
	FWD_ESP,       /*!< an L2TP message for circuit p->circuit, through its outbound SA */
	FWD_SESSION,   /*!< an IP packet for session p->session */
	FWD_PPP,       /*!< a PPP frame from the protocol field on, for session p->session */
};

/*! Why a packet comes to the control thread (pkt->stage). */
enum punt_reason {
	PUNT_LINK_MGMT,	 /*!< frame of the link with account p->acct */
	PUNT_LINK_LOST,	 /*!< no frame: link p->circuit (its account) lost its far end; p->session =
			 * epoch of worker_attach_link() */
	PUNT_TUN_LOST,	 /*!< no frame: the TUN with account p->circuit was deleted */
	PUNT_IKE,	 /*!< ISAKMP message from circuit p->circuit */
	PUNT_UPLINK_IKE, /*!< ISAKMP message from p->far by p->service, on link p->acct */
	PUNT_L2TP,	 /*!< L2TP control message from circuit p->circuit */
	PUNT_PPP,	 /*!< PPP frame of p->session */
	PUNT_SA_MOVED,	 /*!< no frame: authentic ESP of p->spi came from p->far */
	PUNT_SA_EVENT, /*!< no frame: p->uu = enum sa_event, p->next_header = enum sa_dir, p->spi */
	PUNT_REASONS,
};

/*! A circuit as the data plane sees it. Published by fwd_circuit_add(). */
struct fwd_circuit {
	struct rcu_retired retired;
	struct rcu_ht_node by_far; /*!< uplink peer without security */
	uint32_t id;
	struct circuit *c;
	struct link *link;
	unsigned int worker; /*!< that owns the link and all SAs of the circuit */
	bool security;
	struct sa *out; /*!< RCU: outbound SA in use, NULL = none */
	/* An uplink peer: L2TP's UDP ports; 0 on a circuit. The peer's may be learned: atomic. */
	uint16_t local_port, peer_port;
	struct endpoint far; /*!< an uplink peer without security: its address */
};

/*! Control thread. \returns 0 or -ENOMEM. */
int fwd_init(void);
void fwd_exit(void);

/*! Control thread: publish a circuit (of like: c, worker, security, ports, far), take it away (freed
 * after the grace period). */
struct fwd_circuit *fwd_circuit_add(const struct fwd_circuit *like);
void fwd_circuit_del(struct fwd_circuit *fc);

/*! Worker: what came from a link, from a TUN, from another thread. */
void fwd_from_link(struct worker *w, struct link *l, struct pkt_batch *b);
void fwd_from_tun(struct worker *w, struct gw_tun *t, struct pkt_batch *b);
void fwd_enter(struct worker *w, struct pkt_batch *b);

/*! ESP's news about an SA, on its worker (esp.h). */
void fwd_sa_event(void *worker, struct sa *sa, enum sa_event ev);
