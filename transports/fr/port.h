/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * A Frame Relay link put together: Q.922, NLPID/SNAP and link management over units of any driver.
 * A unit is a frame from its address field to its FCS. The functions are what struct link_driver
 * asks of a medium; l->port is struct fr_port.
 *
 * Every frame that arrives is charged to one account. To its circuit's, once its FCS and address
 * are good and the circuit exists. To the link's: a frame on DLCI 0, and whatever is discarded
 * before. So with RX_PDU of each, on a link
 *
 *	frames received = the link's RX_PDU + the circuits' RX_PDU
 *	the link's RX_PDU = LMI frames given up (PUNTED, counted there) + its discards
 *
 * The control thread's verdict on an LMI frame (LMI_MALFORMED, LMI_UNEXPECTED) comes after that, and
 * goes to account 0: the frame was punted and must not be counted twice.
 */

#include "transports/transport.h"
#include "transports/units.h"

struct fr_port;

/*! \returns NULL without memory. */
struct fr_port *fr_port_new(struct link *l, struct unit_wire *wire);
void fr_port_free(struct fr_port *port);

/*! The wire is a new one. Control thread, link detached. */
void fr_port_fresh(struct link *l);

/*! vc = DLCI, 16 to 991; max_sdu must be 0. \returns 0; -EINVAL; -ENOSPC: network side, and a
 * full STATUS that lists one more PVC is longer than the MTU (Q.933 A.3.3). */
int fr_circuit_add(struct circuit *c, uint32_t max_sdu);
void fr_circuit_free(struct circuit *c);
bool fr_usable(const struct circuit *c);

void fr_carrier(struct link *l, bool up);
void fr_mgmt_rx(struct link *l, const uint8_t *frame, size_t len);
int fr_set_impair(struct link *l, const struct impair_cfg *cfg);

void fr_rx(struct link *l, struct pkt_batch *out, struct link_io *io);
void fr_tx(struct link *l, struct pkt_batch *b, struct link_io *io);
void fr_flush(struct link *l, struct link_io *io);
int64_t fr_poll(struct link *l, int64_t now, struct link_io *io);
