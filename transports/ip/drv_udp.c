/* SPDX-License-Identifier: GPL-2.0-or-later */

/* Driver `udp` of the uplink: the kernel's IP, by sockets bound to one address. The link has carrier
 * while the address is there; for one that is not, or has gone, it waits. */

#include <errno.h>
#include <stdlib.h>

#include <osmocom/core/timer.h>

#include "transports/drivers.h"
#include "transports/impair.h"
#include "transports/ip/port.h"
#include "transports/ip/sock.h"

enum {
	/* How soon it is seen that an address came or went. */
	WATCH_SEC = 1,
};

struct udp_io {
	struct osmo_timer_list watch;
	bool started;
};

static int open_now(struct link *l)
{
	int rc = ip_port_open(l->port);

	if (rc >= 0)
		link_carrier_up(l, rc);
	return rc;
}

static void close_now(struct link *l)
{
	link_carrier_down(l); /* the worker lets go of the sockets */
	ip_port_close(l->port);
}

static void watch(void *data)
{
	struct link *l = data;
	struct udp_io *io = l->io;

	if (l->carrier && !ip_addr_is_local(&l->cfg.local))
		close_now(l);
	else if (!l->carrier)
		open_now(l);
	osmo_timer_schedule(&io->watch, WATCH_SEC, 0);
}

/* An address may come later; what else is in the way is the caller's to tell and to try again. */
static int udp_start(struct link *l)
{
	struct udp_io *io = l->io;
	int rc;

	if (io->started)
		return 0;
	rc = open_now(l);
	if (rc < 0 && rc != -EADDRNOTAVAIL)
		return rc;
	io->started = true;
	osmo_timer_schedule(&io->watch, WATCH_SEC, 0);
	return 0;
}

static void udp_stop(struct link *l)
{
	struct udp_io *io = l->io;

	io->started = false;
	osmo_timer_del(&io->watch);
	close_now(l);
}

static void udp_lost(struct link *l)
{
	(void)l; /* sockets lose nobody: link_rx() never says so */
}

static int udp_set_impair(struct link *l, const struct impair_cfg *cfg)
{
	(void)l;
	return impair_none(cfg) ? 0 : -EOPNOTSUPP;
}

static bool udp_usable(const struct circuit *c)
{
	(void)c;
	return true;
}

static void udp_circuit_free(struct circuit *c)
{
	(void)c; /* a peer is nothing here: packets say where to */
}

static void udp_destroy(struct link *l)
{
	ip_port_free(l->port);
	free(l->io);
	l->port = NULL;
	l->io = NULL;
}

static int udp_create(struct link *l)
{
	struct udp_io *io = calloc(1, sizeof(*io));

	if (!io)
		return -ENOMEM;
	osmo_timer_setup(&io->watch, watch, l);
	l->io = io;
	l->port = ip_port_new(l);
	if (l->port)
		return 0;
	udp_destroy(l);
	return -ENOMEM;
}

const struct link_driver ip_drv_udp = {
	.name = "udp",
	.medium = MEDIUM_IP,
	.create = udp_create,
	.destroy = udp_destroy,
	.start = udp_start,
	.stop = udp_stop,
	.lost = udp_lost,
	.set_impair = udp_set_impair,
	.circuit_add = ip_circuit_add,
	.circuit_free = udp_circuit_free,
	.usable = udp_usable,
	.mgmt_rx = ip_mgmt_rx,
	.rx = ip_rx,
	.tx = ip_tx,
	.flush = ip_flush,
	.poll = ip_poll,
};
