/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * The data plane of L2TP and PPP (RFC 2661 3.1, 5.4; RFC 1661 2), over batches, in place.
 *
 * The control thread makes a session entry complete and publishes it; the entry's `hot` part and
 * its counters belong to the worker that owns the carrier's path, the rest is constant but for
 * what PPP opens later, which is stored with one atomic store each.
 */

#include <stdbool.h>
#include <stdint.h>

#include <netinet/in.h>

#include "core/ctr.h"
#include "core/pkt.h"
#include "core/rcu.h"
#include "l2tp/l2tp.h"

struct l2tp_data; /* table of sessions by local tunnel and session id */

/*! What PPP has opened; bits of l2tp_entry.open. */
enum ppp_open {
	PPP_OPEN_IP = 1 << 0,
	PPP_OPEN_IPV6 = 1 << 1,
};

/*! PPP's results for the data plane, complete before the bits of `open` are set. */
struct ppp_net {
	struct in_addr peer_ip; /*!< the only IPv4 source the session may use, with peer_ip_len */
	uint8_t peer_ip_len; /*!< prefix length: 32 at an LNS; 0 at a LAC: the far end is a router */
	uint8_t peer_ip6_id[8]; /*!< interface identifier behind fe80::/64 */
	bool any_ip6;		/*!< LAC: any source */
	uint16_t peer_mru;	/*!< largest PPP information field the peer takes */
};

struct l2tp_entry {
	struct rcu_ht_node node;
	struct rcu_retired retired;
	uint32_t key; /*!< local tunnel << 16 | local session */
	uint16_t peer_tunnel, peer_session;
	uint32_t carrier_id; /*!< the circuit (path) that data must come from and goes to */
	uint32_t tun_id;     /*!< where IP packets go: the room above's number */
	bool send_length;
	bool send_seq;	 /*!< relaxed atomic: at a LAC it follows the LNS (RFC 2661 5.4) */
	bool follow_seq; /*!< LAC that did not require sequencing: send_seq follows */
	uint16_t offset;
	struct ppp_net net; /*!< control thread */
	/*! What the checks of the data plane need of net, each field a relaxed atomic: PPP may
	 * negotiate anew while packets pass. */
	struct l2tp_check {
		uint64_t ip6_id;
		uint32_t ip, mask; /*!< IPv4 source & mask = ip, host order */
		uint16_t mru;
		bool any_ip6;
	} check;
	uint32_t open; /*!< enum ppp_open; release store, acquire load */
	void *owner;   /*!< the room above; control thread */

	_Alignas(64) struct {
		uint16_t ns; /*!< next to send */
		uint16_t nr; /*!< next expected */
		bool rx_started;
		uint16_t late_next; /*!< late packets that come in order: a sender that restarted */
		uint16_t late_run;
	} hot;
	ctr_t rx_packets, rx_octets, tx_packets, tx_octets;
	ctr_t rx_lost; /*!< gaps seen in sequence numbers */
	ctr_t rx_late;
};

struct l2tp_data *l2tp_data_new(void);
/*! All entries must be deleted. */
void l2tp_data_free(struct l2tp_data *d);

/*! Make an entry from what the control plane negotiated. Not published yet. */
struct l2tp_entry *l2tp_entry_new(const struct l2tp_session_info *info, uint32_t tun_id,
				  void *owner);
/*! Publish. \returns 0, or -EEXIST and the entry is the caller's to free(). */
int l2tp_data_add(struct l2tp_data *d, struct l2tp_entry *e);
/*! Unpublish and free after the grace period. */
void l2tp_data_del(struct l2tp_data *d, struct l2tp_entry *e);
/*! Send sequence numbers, or no longer (RFC 2661 5.4). Control thread. */
void l2tp_entry_sequence(struct l2tp_entry *e, bool seq);
/*! PPP opened or closed network protocols. Control thread. */
void l2tp_entry_open(struct l2tp_entry *e, const struct ppp_net *net, uint32_t open);

/*! Worker online, or control thread inside an update. */
struct l2tp_entry *l2tp_data_find(struct l2tp_data *d, uint32_t key);

/*! What became of the packets of a batch. */
struct l2tp_verdicts {
	struct pkt_batch deliver; /*!< IP packets for the TUN, obj = entry */
	struct pkt_batch punt;	  /*!< L2TP control messages, whole (session 0); PPP frames from the
				   *   protocol field on (session set): for the control thread */
};

/*! Take L2TP messages that came from carrier p->circuit. Data of a session that has opened the
 * protocol goes to deliver, from the IP header on, after the checks: version, header, session,
 * carrier (RFC 3193 3.3), sequence, PPP framing, source address. Control messages and other PPP
 * protocols go to punt. The rest is discarded and counted. Consumes the batch; v is set, not
 * added to. */
void l2tp_data_in(struct l2tp_data *d, struct pkt_batch *b, struct l2tp_verdicts *v);

/*! Encapsulate IP packets (obj = entry) in PPP (FF 03, protocol) and L2TP. The batch keeps, in
 * order, L2TP messages with circuit = carrier_id; too long and not open are discarded. */
void l2tp_data_out(struct pkt_batch *b);

/*! Encapsulate one PPP frame (from the protocol field on) of the control plane likewise.
 * \returns false (packet discarded) when there is no room. */
bool l2tp_data_out_ppp(struct l2tp_entry *e, struct pkt *p);

/*! Octets in front of an IP packet: FF 03, protocol, L2TP header of this session. */
uint32_t l2tp_data_overhead(bool length, bool seq, uint16_t offset);
