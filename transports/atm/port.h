/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * An ATM link put together: cells, VCs, AAL5 and encapsulation over units of any driver. The
 * functions are what struct link_driver asks of a medium; l->port is struct atm_port.
 *
 * On the link's account RX_CELLS counts cells that are not fill (idle and unassigned cells). Each
 * of them is one of CELL_HEC, CELL_OAM (PTI 4 to 7, looked at before the VC), CELL_UNKNOWN_VC, or a
 * circuit's, so that on a link
 *
 *	RX_CELLS = CELL_HEC + CELL_OAM + CELL_UNKNOWN_VC
 *		   + the circuits' RX_CELLS + the cells of their unfinished SDUs
 */

#include "transports/transport.h"
#include "transports/units.h"

struct atm_port;

/*! \returns NULL without memory. */
struct atm_port *atm_port_new(struct link *l, struct unit_wire *wire);
void atm_port_free(struct atm_port *port);

/*! The wire is a new one. Control thread, link detached. */
void atm_port_fresh(struct link *l);

/*! vc = VPI << 16 | VCI with VPI 0 to 255 and VCI 32 to 65535. \returns 0, -EINVAL, -ENOMEM. */
int atm_circuit_add(struct circuit *c, uint32_t max_sdu);
void atm_circuit_free(struct circuit *c);
bool atm_usable(const struct circuit *c);

int atm_set_impair(struct link *l, const struct impair_cfg *cfg);

void atm_rx(struct link *l, struct pkt_batch *out, struct link_io *io);
void atm_tx(struct link *l, struct pkt_batch *b, struct link_io *io);
void atm_flush(struct link *l, struct link_io *io);
int64_t atm_poll(struct link *l, int64_t now, struct link_io *io);
