/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * The data plane of an uplink address: datagrams between its sockets and packets. The functions
 * are what struct link_driver asks of a medium; l->port is struct ip_port.
 *
 * All that is received is charged to the link, for only the room above can tell whose it is:
 *
 *	the link's RX_PDU = what is given up + its discards
 *
 * ICMP messages count as received: given up as path MTU, or the discard IP_ICMP. NAT keepalives
 * are no PDUs. What is sent is charged to the circuit.
 */

#include "transports/transport.h"

struct ip_port;

/*! \returns NULL without memory. */
struct ip_port *ip_port_new(struct link *l);
void ip_port_free(struct ip_port *port);

/*! Open and bind the sockets. Control thread, link detached.
 * \returns an fd that is readable when any of them is (or has an error), or -errno. */
int ip_port_open(struct ip_port *port);

/*! Close them; what waits in them or for them is lost, and counted. The same. */
void ip_port_close(struct ip_port *port);

/*! max_sdu must be 0. vc is any number. */
int ip_circuit_add(struct circuit *c, uint32_t max_sdu);

void ip_mgmt_rx(struct link *l, const uint8_t *frame, size_t len);
void ip_rx(struct link *l, struct pkt_batch *out, struct link_io *io);
void ip_tx(struct link *l, struct pkt_batch *b, struct link_io *io);
void ip_flush(struct link *l, struct link_io *io);
int64_t ip_poll(struct link *l, int64_t now, struct link_io *io);
