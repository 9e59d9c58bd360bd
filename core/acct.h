/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * Accounts: what happened to every packet, by circuit, link or TUN device.
 *
 * An account is a row of counters. Each thread of the data plane has a table of its own with a row
 * for every account and writes only there; reading adds up the tables. Every packet that arrives
 * is charged to the account in pkt->acct and ends as delivered, punted or in exactly one discard
 * counter, so that on each account
 *
 *	rx_pdu = delivered + punted + the sum of the discards
 *
 * A PDU that could not be reassembled is received and discarded all the same. What a link cannot
 * send is tx:drop of the circuit it was to leave by, after it was delivered. Packets that the
 * control plane makes are charged to account 0. *
 * The table of discards below is the whole truth about why vcgw drops; a new reason is one line.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/ctr.h"
#include "core/limits.h"
#include "core/pkt.h"

/* What is not a discard: name, text. */
#define ACCT_COUNTERS(X)                                                                           \
	X(RX_PDU, "rx:pdu", "PDUs received")                                                       \
	X(RX_OCTETS, "rx:octets", "octets received, without the medium's framing")                 \
	X(DELIVERED, "rx:delivered", "PDUs whose payload went on to a TUN or another circuit")     \
	X(PUNTED, "rx:punted", "PDUs handed to the control plane")                                 \
	X(TX_PDU, "tx:pdu", "PDUs sent")                                                           \
	X(TX_OCTETS, "tx:octets", "octets sent, without the medium's framing")                     \
	X(RX_CELLS, "rx:cells", "cells received")                                                  \
	X(TX_CELLS, "tx:cells", "cells sent")                                                      \
	X(RX_FECN, "rx:fecn", "frames received with FECN set (Q.922 A.3.3.1)")                     \
	X(RX_BECN, "rx:becn", "frames received with BECN set (Q.922 A.3.3.2)")                     \
	X(RX_DE, "rx:de", "frames received with DE set (Q.922 A.3.3.3)")                           \
	X(RX_CLP, "rx:clp", "cells received with CLP set (I.361 2.2.5)")                           \
	X(CELL_HEC, "cell:hec", "cells discarded: header error control (I.432.1 4.3.2)")           \
	X(CELL_UNKNOWN_VC, "cell:unknown-vc", "cells discarded: no such VPI/VCI")                  \
	X(CELL_OAM, "cell:oam", "cells discarded: OAM or RM cell (PTI 4 to 7)")                    \
	X(CELL_AAL5, "cell:aal5", "cells discarded with a PDU that could not be reassembled")      \
	X(RX_UNIT, "rx:unit", "messages received from the driver")                                 \
	X(RX_UNIT_BAD, "rx:unit-bad", "messages from the driver that were malformed")              \
	X(RX_KEEPALIVE, "rx:keepalive", "NAT keepalives received (RFC 3948 2.3), no PDUs")         \
	X(IMPAIR_LOST, "impair:lost", "cells or frames lost on purpose")                           \
	X(IMPAIR_DAMAGED, "impair:damaged", "cells or frames damaged on purpose")                  \
	X(TX_DROP, "tx:drop", "PDUs not sent: transmit queue full or link down")

/* Discards: name, area, text. */
#define ACCT_DISCARDS(X)                                                                           \
	X(AAL5_CRC, "aal5", "CRC-32 mismatch (I.363.5 9.2.1.2.2)")                                 \
	X(AAL5_LENGTH, "aal5", "length does not fit the cells received")                           \
	X(AAL5_ABORT, "aal5", "length 0: forward abort")                                           \
	X(AAL5_TOO_LONG, "aal5", "SDU longer than the circuit's maximum, or never ending")         \
	X(AAL5_CPI, "aal5", "CPI is not zero")                                                     \
	X(AAL5_TIMEOUT, "aal5", "SDU not finished within the reassembly time")                     \
	X(LLC_MALFORMED, "llc", "shorter than its LLC/SNAP header, or not one")                    \
	X(LLC_UNKNOWN, "llc", "another protocol (RFC 3355 5: OUI 00-00-5E PID 0x0007 expected)")   \
	X(FR_FCS, "fr", "FCS mismatch (Q.922 2.7)")                                                \
	X(FR_ADDRESS, "fr", "address field malformed (Q.922 3.3)")                                 \
	X(FR_SHORT, "fr", "frame too short")                                                       \
	X(FR_TOO_LONG, "fr", "frame longer than the link's MTU")                                   \
	X(FR_UNKNOWN_DLCI, "fr", "no such DLCI")                                                   \
	X(FR_INACTIVE, "fr", "DLCI not active according to LMI")                                   \
	X(NLPID_MALFORMED, "fr", "shorter than its NLPID/SNAP header, or not one")                 \
	X(NLPID_UNKNOWN, "fr", "another protocol (RFC 3070 4: NLPID/SNAP of L2TP expected)")       \
	X(LMI_MALFORMED, "lmi", "malformed message (Q.933 Annex A)")                               \
	X(LMI_UNEXPECTED, "lmi", "message out of role or sequence (Q.933 Annex A)")                \
	X(IP_HEADER, "ip", "IPv4 header malformed (RFC 791 3.1)")                                  \
	X(IP_SHORT, "ip", "datagram too short for ESP or IKE (RFC 3948 2)")                        \
	X(IP_ICMP, "ip", "ICMP message: a far end cannot be reached (contents: its address)")      \
	X(SVC_SHORT, "demux", "shorter than any payload of the L2TP service")                      \
	X(SVC_UNKNOWN, "demux", "neither ESP of a known SA nor IKE nor permitted L2TP")            \
	X(SVC_CLEAR, "demux", "L2TP without protection on a protected circuit")                    \
	X(SVC_WRONG_CIRCUIT, "demux", "SPI belongs to another circuit")                            \
	X(UPLINK_SOURCE, "uplink", "ESP from another address than its SA's")                       \
	X(UPLINK_ENCAP, "uplink", "ESP in UDP on an SA without, or the other way round")           \
	X(UPLINK_NO_PEER, "uplink",                                                                \
	  "clear L2TP from an address that no peer without security has")                          \
	X(INNER_HEADER, "inner",                                                                   \
	  "tunnel mode: inner IP header malformed (RFC 791 3.1, RFC 8200 3)")                      \
	X(INNER_FRAGMENT, "inner", "tunnel mode: inner packet is a fragment (RFC 4301 7)")         \
	X(INNER_PROTOCOL, "inner", "tunnel mode: inner packet is not UDP")                         \
	X(INNER_ADDRESS, "inner", "tunnel mode: inner addresses are not those of the SA")          \
	X(UDP_MALFORMED, "udp", "inner UDP header malformed (RFC 768)")                            \
	X(UDP_PORTS, "udp", "inner UDP ports are not those of the SA (RFC 3193 4)")                \
	X(UDP_CHECKSUM, "udp", "inner UDP checksum mismatch (RFC 768)")                            \
	X(ESP_SHORT, "esp", "shorter than its suite demands")                                      \
	X(ESP_BLOCK, "esp", "ciphertext is not a multiple of the block size")                      \
	X(ESP_REPLAY, "esp", "sequence number seen before or left of the window (RFC 4303 3.4.3)") \
	X(ESP_AUTH, "esp", "integrity check failed (RFC 4303 3.4.4)")                              \
	X(ESP_PADDING, "esp", "padding malformed (RFC 4303 2.4)")                                  \
	X(ESP_NEXT_HEADER, "esp", "next header is not the one of the SA")                          \
	X(ESP_EXPIRED, "esp", "SA past its hard lifetime")                                         \
	X(ESP_DUMMY, "esp", "dummy packet, next header 59 (RFC 4303 2.6)")                         \
	X(ESP_ENGINE, "esp", "cryptographic library failed")                                       \
	X(L2TP_MALFORMED, "l2tp", "data header malformed (RFC 2661 3.1)")                          \
	X(L2TP_VERSION, "l2tp", "version is not 2")                                                \
	X(L2TP_UNKNOWN_SESSION, "l2tp", "no such tunnel or session")                               \
	X(L2TP_WRONG_PATH, "l2tp", "tunnel belongs to another path or SA (RFC 3193 3.3)")          \
	X(L2TP_SEQUENCE, "l2tp", "data sequence number late or repeated (RFC 2661 5.4)")           \
	X(PPP_MALFORMED, "ppp", "frame malformed")                                                 \
	X(PPP_NOT_OPEN, "ppp", "network protocol not opened")                                      \
	X(PPP_SOURCE, "ppp", "source address is not the session's")                                \
	X(PPP_TOO_LONG, "ppp", "longer than the peer's MRU")                                       \
	X(TUN_NO_SESSION, "tun", "no session has this destination")                                \
	X(TUN_NOT_IP, "tun", "neither IPv4 nor IPv6")                                              \
	X(TUN_WRITE, "tun", "the kernel did not take the packet")                                  \
	X(NO_SA, "path", "no SA to send through")                                                  \
	X(SEQ_EXHAUSTED, "path", "ESP sequence numbers used up (RFC 4303 3.3.3)")                  \
	X(NO_CIRCUIT, "path", "the circuit has gone or is down")                                   \
	X(NO_ROOM, "path", "no room for a header")                                                 \
	X(NO_BUFFER, "path", "no buffer to receive into")                                          \
	X(RING_FULL, "path", "the ring to another thread is full")                                 \
	X(PUNT_LIMIT, "path", "control plane asked too often")

enum acct_ctr {
#define X(name, ...) ACCT_##name,
	ACCT_COUNTERS(X)
#undef X
#define X(name, ...) DROP_##name,
		ACCT_DISCARDS(X)
#undef X
			ACCT_N,
	DROP_FIRST = DROP_AAL5_CRC,
};

struct acct_desc {
	const char *name; /*!< `area:short-name`, stable: part of the CTRL and stats interface */
	const char *text;
};

/*! Names and texts, indexed by enum acct_ctr. */
extern const struct acct_desc acct_desc[ACCT_N];

/*! Set up the tables. Once, before any thread. */
int acct_init(void);

/*! Take a table for the calling thread. \returns 0 or -ENOSPC (more threads than WORKERS_MAX + 1). */
int acct_thread_init(void);

/*! Give the calling thread's table back; what it counted stays counted. */
void acct_thread_exit(void);

/* Ids that rest before one of them is given out again, as long as others are left. */
#define ACCT_RESTING 1024u

/*! Take an account. Control thread. \returns its id, never 0, or 0 when all are taken. */
uint32_t acct_alloc(void);

/*! Give an account back. Control thread. */
void acct_free(uint32_t id);

/*! The sum over all threads since acct_alloc() or acct_clear(). Control thread. */
uint64_t acct_get(uint32_t id, enum acct_ctr c);

/*! Sum of all discards of an account. Control thread. */
uint64_t acct_discards(uint32_t id);

/*! Count from zero again (`clear counters`). Control thread. */
void acct_clear(uint32_t id);

typedef ctr_t acct_row_t[ACCT_N];

/*! The calling thread's table; set by acct_thread_init(). */
extern __thread acct_row_t *acct_self;

/*! Add to the calling thread's row of an account. Account 0 takes what belongs to nobody. */
static inline void acct_add(uint32_t id, enum acct_ctr c, uint64_t n)
{
	ctr_add(&acct_self[id][c], n);
}

/*! One discarded packet as the control thread gets to see it. */
struct drop_event {
	uint32_t acct;
	uint16_t reason; /*!< enum acct_ctr, a DROP_ one */
	uint16_t len;	 /*!< of the packet; head holds at most DROP_HEAD_MAX of it */
	uint8_t head[DROP_HEAD_MAX];
};

/*! Discard a packet: count it on its account, report it, send the buffer home. Any thread. */
void drop_pkt(struct pkt *p, enum acct_ctr reason);

/*! Count and report a discard that has no packet buffer (data may be NULL). */
void drop_report(uint32_t acct, enum acct_ctr reason, const void *data, size_t len);

/*! Fetch reports. Control thread only. \returns true and one event, or false. Reports are limited
 * to drop_set_rate() a second and thread; counters are not. */
bool drop_next(struct drop_event *ev);

/*! Reports a second and thread, 0 = none. Default 10. Any thread. */
void drop_set_rate(unsigned int per_second);
