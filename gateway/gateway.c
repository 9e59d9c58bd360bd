/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "gateway/gateway.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

#include "core/clock.h"
#include "core/log.h"
#include "gateway/demux.h"
#include "gateway/forward.h"
#include "gateway/pki.h"
#include "gateway/runtime.h"
#include "gateway/secrets.h"
#include "gateway/worker.h"

struct gateway *gw;

int gateway_init(void)
{
	struct gw_why why;

	gw = talloc_zero(NULL, struct gateway);
	if (!gw)
		return -ENOMEM;
	INIT_LLIST_HEAD(&gw->profiles);
	INIT_LLIST_HEAD(&gw->pkis);
	INIT_LLIST_HEAD(&gw->lnses);
	INIT_LLIST_HEAD(&gw->clients);
	INIT_LLIST_HEAD(&gw->links);
	INIT_LLIST_HEAD(&gw->sessions);
	if (gethostname(gw->cfg.hostname, sizeof(gw->cfg.hostname) - 1) < 0 || !gw->cfg.hostname[0])
		osmo_strlcpy(gw->cfg.hostname, "vcgw", sizeof(gw->cfg.hostname));
	osmo_strlcpy(gw->cfg.secrets_file, "/etc/vcgw/secrets", sizeof(gw->cfg.secrets_file));
	gw->cfg.crypto_threads = 1;
	gw->cfg.drop_log_rate = 10;
	return gw_profile_get("default", &why) ? 0 : -ENOMEM;
}

static unsigned int default_workers(void)
{
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);

	return cpus > 2 ? (unsigned int)OSMO_MIN(cpus - 1, WORKERS_MAX) : 1;
}

static void apply_all(void)
{
	struct gw_lns *lns;
	struct gw_client *client;
	struct gw_link *l;

	llist_for_each_entry (lns, &gw->lnses, list) {
		gw_lns_apply(lns);
	}
	llist_for_each_entry (client, &gw->clients, list) {
		gw_client_apply(client);
	}
	llist_for_each_entry (l, &gw->links, list) {
		gw_link_apply(l);
	}
}

int gateway_start(struct gw_why *why)
{
	unsigned int n = gw->cfg.workers ? gw->cfg.workers : default_workers();
	int rc;

	/* Without secrets the daemon still runs: clear circuits work, the others say what lacks. */
	rc = secrets_load(&gw->secrets, gw->cfg.secrets_file, why);
	if (rc < 0)
		LOGP(DGW, LOGL_ERROR, "%s\n", why->text);
	gw_pki_load_all();
	snprintf(why->text, sizeof(why->text), "not enough memory");
	gw->sad = sad_new();
	gw->data = l2tp_data_new();
	if (!gw->sad || !gw->data)
		return -ENOMEM;
	rc = sad_add_ike_port(gw->sad, IKE_UDP_PORT);
	if (rc == 0)
		rc = fwd_init();
	if (rc == 0)
		rc = l2tp_new(&gw->l2tp, &gw_l2tp_ops, NULL);
	if (rc == 0)
		rc = ike_new(&gw->ike, gw->cfg.crypto_threads, &gw_sadb_ops, NULL);
	if (rc == 0)
		rc = workers_start(n);
	if (rc < 0) {
		snprintf(why->text, sizeof(why->text), "cannot start: %s", strerror(-rc));
		return rc;
	}
	gw->started = true;
	gw->start_time = clock_ns();
	drop_set_rate(gw->cfg.drop_log_rate);
	LOGP(DGW, LOGL_NOTICE, "%u worker%s, %u crypto thread%s\n", n, n == 1 ? "" : "s",
	     gw->cfg.crypto_threads, gw->cfg.crypto_threads == 1 ? "" : "s");
	apply_all();
	return 0;
}

int gateway_reload_secrets(struct gw_why *why)
{
	struct gw_secrets *fresh;
	struct gw_link *l;
	struct gw_circuit *c;
	int rc = secrets_load(&fresh, gw->cfg.secrets_file, why);

	if (rc < 0)
		return rc;
	secrets_free(gw->secrets);
	gw->secrets = fresh;
	llist_for_each_entry (l, &gw->links, list) {
		llist_for_each_entry (c, &l->circuits, list) {
			gw_circuit_apply(c);
		}
	}
	return 0;
}

/* ---- the way out: PPP, then tunnels, each with a word to the peer; SAs in gateway_exit() ---- */

enum { STEP_MS = 20, PPP_MS = 500 };

static struct {
	struct osmo_timer_list timer;
	unsigned int left_ms, ppp_left_ms;
	bool tunnels_closed;
	void (*done)(void);
} way_out;

static void close_tunnel(void *priv, struct l2tp_tunnel *t, const struct l2tp_tunnel_info *info)
{
	/* RFC 2661 4.4.2: 6, the requester is being shut down. */
	struct l2tp_result result = { .result = 6, .text = "gateway is shutting down" };

	(void)priv;
	(void)info;
	l2tp_tunnel_close(t, &result);
}

static void way_out_step(void *data)
{
	(void)data;
	way_out.left_ms -= OSMO_MIN(way_out.left_ms, STEP_MS);
	way_out.ppp_left_ms -= OSMO_MIN(way_out.ppp_left_ms, STEP_MS);
	if (!way_out.tunnels_closed && (llist_empty(&gw->sessions) || !way_out.ppp_left_ms)) {
		l2tp_each_tunnel(gw->l2tp, close_tunnel, NULL);
		way_out.tunnels_closed = true;
	}
	if (!way_out.left_ms || (way_out.tunnels_closed && l2tp_closing(gw->l2tp) == 0))
		way_out.done();
	else
		osmo_timer_schedule(&way_out.timer, 0, STEP_MS * 1000);
}

void gateway_shutdown(unsigned int timeout_ms, void (*done)(void))
{
	struct gw_session *s, *next;

	if (gw->stopping)
		return;
	gw->stopping = true;
	if (!gw->started) {
		done();
		return;
	}
	way_out.left_ms = timeout_ms;
	way_out.ppp_left_ms = OSMO_MIN(PPP_MS, timeout_ms);
	way_out.done = done;
	llist_for_each_entry_safe (s, next, &gw->sessions, list) {
		gw_session_hangup(s, "gateway is shutting down");
	}
	osmo_timer_setup(&way_out.timer, way_out_step, NULL);
	osmo_timer_schedule(&way_out.timer, 0, STEP_MS * 1000);
}

void gateway_exit(void)
{
	struct gw_link *l;
	struct gw_lns *lns;
	struct gw_client *client;

	gw->stopping = true;
	osmo_timer_del(&way_out.timer);
	llist_for_each_entry (l, &gw->links, list) {
		gw_link_stop(l);
	}
	llist_for_each_entry (lns, &gw->lnses, list) {
		gw_lns_stop(lns);
	}
	llist_for_each_entry (client, &gw->clients, list) {
		gw_client_stop(client);
	}
	workers_stop();
	if (gw->ike)
		ike_free(gw->ike);
	if (gw->l2tp)
		l2tp_free(gw->l2tp);
	rcu_exit();
	workers_free();
	if (gw->data)
		l2tp_data_free(gw->data);
	if (gw->sad)
		sad_free(gw->sad);
	fwd_exit();
	secrets_free(gw->secrets);
	talloc_free(gw); /* with all that is configured */
	gw = NULL;
}
