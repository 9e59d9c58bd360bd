/* SPDX-License-Identifier: GPL-2.0-or-later */

/* Driver `loop` of ATM: cells through a UNIX socket to another gateway, or to oneself. */

#include <errno.h>

#include "transports/atm/port.h"
#include "transports/drivers.h"
#include "transports/loop_io.h"

static void loop_destroy(struct link *l)
{
	loop_io_free(l->io);
	atm_port_free(l->port);
	l->io = NULL;
	l->port = NULL;
}

static int loop_create(struct link *l)
{
	l->io = loop_io_new(l, atm_port_fresh);
	if (l->io)
		l->port = atm_port_new(l, loop_io_wire(l->io));
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

const struct link_driver atm_drv_loop = {
	.name = "loop",
	.medium = MEDIUM_ATM,
	.create = loop_create,
	.destroy = loop_destroy,
	.start = loop_start,
	.stop = loop_stop,
	.lost = loop_lost,
	.set_impair = atm_set_impair,
	.circuit_add = atm_circuit_add,
	.circuit_free = atm_circuit_free,
	.usable = atm_usable,
	.rx = atm_rx,
	.tx = atm_tx,
	.flush = atm_flush,
	.poll = atm_poll,
};
