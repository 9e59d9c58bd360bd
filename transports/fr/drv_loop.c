/* SPDX-License-Identifier: GPL-2.0-or-later */

/* Driver `loop` of Frame Relay: frames through a UNIX socket to another gateway, or to oneself. */

#include <errno.h>

#include "transports/drivers.h"
#include "transports/fr/port.h"
#include "transports/loop_io.h"

static void loop_destroy(struct link *l)
{
	loop_io_free(l->io);
	fr_port_free(l->port);
	l->io = NULL;
	l->port = NULL;
}

static int loop_create(struct link *l)
{
	l->io = loop_io_new(l, fr_port_fresh);
	if (l->io)
		l->port = fr_port_new(l, loop_io_wire(l->io));
	if (l->port)
		return 0;
	loop_destroy(l);
	return -ENOMEM;
}

static int loop_start(struct link *l)
{
	return loop_io_start(l->io);
}

static void loop_stop(struct link *l)
{
	loop_io_stop(l->io);
}

static void loop_lost(struct link *l)
{
	loop_io_lost(l->io);
}

const struct link_driver fr_drv_loop = {
	.name = "loop",
	.medium = MEDIUM_FR,
	.create = loop_create,
	.destroy = loop_destroy,
	.start = loop_start,
	.stop = loop_stop,
	.lost = loop_lost,
	.set_impair = fr_set_impair,
	.circuit_add = fr_circuit_add,
	.circuit_free = fr_circuit_free,
	.usable = fr_usable,
	.carrier = fr_carrier,
	.mgmt_rx = fr_mgmt_rx,
	.rx = fr_rx,
	.tx = fr_tx,
	.flush = fr_flush,
	.poll = fr_poll,
};
