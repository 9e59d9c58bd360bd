/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <osmocom/core/utils.h>

#include "core/clock.h"
#include "core/log.h"
#include "gateway/forward.h"
#include "gateway/runtime.h"
#include "gateway/worker.h"

static void link_attach(struct link *l, int fd)
{
	struct gw_link *gl = l->owner;

	worker_attach_link(gl->worker, l, fd, ++gl->epoch);
}

static void link_detach(struct link *l)
{
	struct gw_link *gl = l->owner;

	worker_detach_link(gl->worker, l);
}

static void link_carrier(struct link *l, bool up)
{
	struct gw_link *gl = l->owner;

	(void)up;
	gl->since = clock_ns();
}

static void link_circuit_state(struct circuit *c, bool active)
{
	gw_circuit_state(c->owner, active);
}

static int link_send_mgmt(struct link *l, const uint8_t *frame, size_t len)
{
	struct gw_link *gl = l->owner;
	struct pkt *p = worker_ctl_pkt((uint32_t)len);

	if (!p)
		return -ENOBUFS;
	memcpy(pkt_put(p, (uint32_t)len), frame, len);
	p->stage = FWD_LINK_MGMT;
	p->circuit = l->id;
	p->control = true;
	return worker_send(gl->worker, &p, 1) ? 0 : -ENOBUFS;
}

static void link_path_mtu(struct link *l, const struct endpoint *far, uint32_t mtu)
{
	gw_uplink_path_mtu(l->owner, far, mtu);
}

static const struct link_owner_ops owner_ops = {
	.attach = link_attach,
	.detach = link_detach,
	.carrier = link_carrier,
	.circuit_state = link_circuit_state,
	.send_mgmt = link_send_mgmt,
	.path_mtu = link_path_mtu,
};

struct gw_link *gw_link_by_id(uint32_t id)
{
	struct gw_link *gl;

	llist_for_each_entry (gl, &gw->links, list) {
		if (gl->l && gl->l->id == id)
			return gl;
	}
	return NULL;
}

void gw_link_stop(struct gw_link *gl)
{
	struct gw_circuit *c;

	if (!gl->l)
		return;
	llist_for_each_entry (c, &gl->circuits, list) {
		gw_circuit_stop(c);
	}
	link_destroy(gl->l);
	gl->l = NULL;
	gl->since = clock_ns();
}

static bool only_impairment_differs(const struct link_cfg *a, const struct link_cfg *b)
{
	struct link_cfg copy = *a;

	copy.impair = b->impair;
	return memcmp(&copy, b, sizeof(copy)) == 0;
}

/* What is in the way, a socket in use for one, may go away: try again. */
static void start_failed(struct gw_link *gl, const char *what, const char *why)
{
	char problem[sizeof(gl->problem)];

	snprintf(problem, sizeof(problem), "%s: %s", what, why);
	if (strcmp(problem, gl->problem) != 0)
		LOGP(DLINK, LOGL_ERROR, "%s: %s; trying again every %d s\n", gl->name, problem,
		     GW_RETRY_SEC);
	osmo_strlcpy(gl->problem, problem, sizeof(gl->problem));
	osmo_timer_schedule(&gl->apply, GW_RETRY_SEC, 0);
}

static void start(struct gw_link *gl)
{
	struct gw_circuit *c;
	int rc;

	gl->worker = worker_pick();
	rc = link_create(&gl->l, gl->name, &gl->cfg, &owner_ops, gl);
	if (rc < 0) {
		const char *why = link_cfg_check(&gl->cfg);

		gl->l = NULL;
		start_failed(gl, "cannot be set up", why ? why : strerror(-rc));
		return;
	}
	gl->since = clock_ns();
	llist_for_each_entry (c, &gl->circuits, list) {
		gw_circuit_apply(c);
	}
	rc = link_start(gl->l);
	if (rc < 0) {
		gw_link_stop(gl);
		start_failed(gl, "cannot be started", strerror(-rc));
	} else {
		gl->problem[0] = '\0';
	}
}

void gw_link_apply(struct gw_link *gl)
{
	if (gl->l && !gl->shutdown && only_impairment_differs(&gl->l->cfg, &gl->cfg)) {
		link_set_impair(gl->l, &gl->cfg.impair);
		return;
	}
	gw_link_stop(gl);
	if (gl->shutdown)
		gl->problem[0] = '\0';
	else if (gw->started && !gw->stopping)
		start(gl);
}
