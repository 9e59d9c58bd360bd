/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * The wire of the `loop` drivers of all media: an AF_UNIX SOCK_SEQPACKET connection between two
 * gateways, or two links of one. One end listens, the other connects and tries again every 200 ms
 * for ever. Each end first says what it is (medium and version); then the link has carrier.
 */

#include "transports/transport.h"
#include "transports/units.h"

struct loop_io;

/*! Make l's wire. It does nothing before loop_io_start().
 * \param[in] fresh called in the control thread, link detached, each time before carrier comes.
 * \returns NULL without memory. */
struct loop_io *loop_io_new(struct link *l, void (*fresh)(struct link *l));

/*! The wire for units_new(). */
struct unit_wire *loop_io_wire(struct loop_io *io);

/*! Listen or begin to connect. \returns 0 or -errno: the socket cannot be made. */
int loop_io_start(struct loop_io *io);

/*! Carrier down, sockets closed; the listener removes its socket. May be started again. */
void loop_io_stop(struct loop_io *io);

/*! The worker found the far end gone: carrier down and begin again. */
void loop_io_lost(struct loop_io *io);

void loop_io_free(struct loop_io *io);
