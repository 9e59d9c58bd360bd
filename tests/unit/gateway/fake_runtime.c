/* SPDX-License-Identifier: GPL-2.0-or-later */

/* Stands in for the runtime half of gateway.h. See fake_runtime.h. */

#include "fake_runtime.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/talloc.h>

#include "gateway/cfg.h"
#include "gateway/runtime.h"
#include "gateway/secrets.h"
#include "gateway/tun.h"
#include "gateway/worker.h"

struct gateway *gw;
struct fake_counts fake;
int fake_reload_rc;

int gateway_init(void)
{
	struct gw_why why;

	gw = talloc_zero(NULL, struct gateway);
	INIT_LLIST_HEAD(&gw->profiles);
	INIT_LLIST_HEAD(&gw->pkis);
	INIT_LLIST_HEAD(&gw->lnses);
	INIT_LLIST_HEAD(&gw->clients);
	INIT_LLIST_HEAD(&gw->links);
	INIT_LLIST_HEAD(&gw->sessions);
	gw_cfg_init(&gw->cfg);
	return gw_profile_get("default", &why) ? 0 : -ENOMEM;
}

void gateway_exit(void)
{
	struct gw_why why;

	gw->started = false;
	while (!llist_empty(&gw->links))
		gw_link_del(llist_first_entry(&gw->links, struct gw_link, list)->name, &why);
	secrets_free(gw->secrets);
	talloc_free(gw);
	gw = NULL;
}

void fake_gateway_new(void)
{
	memset(&fake, 0, sizeof(fake));
	fake_reload_rc = 0;
	if (gateway_init() < 0)
		abort();
}

void fake_gateway_free(void)
{
	gateway_exit();
}

int gateway_reload_secrets(struct gw_why *why)
{
	fake.reload++;
	return fake_reload_rc < 0 ? gw_fail(why, fake_reload_rc, "cannot be read") : 0;
}

void gw_link_apply(struct gw_link *l)
{
	(void)l;
	fake.link_apply++;
}

void gw_circuit_apply(struct gw_circuit *c)
{
	(void)c;
	fake.circuit_apply++;
}

void gw_lns_apply(struct gw_lns *lns)
{
	(void)lns;
	fake.lns_apply++;
}

void gw_client_apply(struct gw_client *c)
{
	(void)c;
	fake.client_apply++;
}

void gw_link_stop(struct gw_link *l)
{
	(void)l;
	fake.link_stop++;
}

void gw_circuit_stop(struct gw_circuit *c)
{
	(void)c;
	fake.circuit_stop++;
}

void gw_lns_stop(struct gw_lns *lns)
{
	(void)lns;
	fake.lns_stop++;
}

void gw_client_stop(struct gw_client *c)
{
	(void)c;
	fake.client_stop++;
}

const char *gw_circuit_problem(const struct gw_circuit *c, char *buf, size_t size)
{
	(void)buf, (void)size;
	return c->problem;
}

const char *gw_circuit_state_name(const struct gw_circuit *c)
{
	return c->shutdown ? "shutdown" : "no carrier";
}

/* One SA database for all circuits: the last SA added in each direction. */
int gw_sadb_add(struct gw_circuit *c, const struct sa_params *params)
{
	(void)c;
	if (fake.sa_refuse)
		return -ENOMEM;
	fake.sa_adds++;
	fake.sa[params->dir] = *params;
	memcpy(fake.sa_key[params->dir], params->keymat, esp_suite_keymat_len(params->suite));
	return 0;
}

void gw_sadb_flush(struct gw_circuit *c)
{
	(void)c;
	fake.sa_flushes++;
	memset(fake.sa, 0, sizeof(fake.sa));
}

uint32_t gw_sadb_sending(const struct gw_circuit *c)
{
	(void)c;
	return fake.sa[SA_OUT].spi;
}

int gw_sa_counters(const struct gw_circuit *c, enum sa_dir dir, uint32_t spi,
		   struct gw_sa_show *out)
{
	(void)c;
	if (!spi || fake.sa[dir].spi != spi)
		return -ENOENT;
	*out = (struct gw_sa_show){ .suite = fake.sa[dir].suite, .packets = fake.sa_packets };
	return 0;
}

void gw_circuit_set_protected(struct gw_circuit *c, bool yes)
{
	c->protected_now = yes;
}

void gw_circuit_protection(const struct gw_circuit *c, struct l2tp_protection *out)
{
	(void)c;
	*out = (struct l2tp_protection){ .state = L2TP_NO_SA };
}

const char *gw_protection_text(const struct l2tp_protection *p, char *buf, size_t size)
{
	(void)p;
	(void)size;
	*buf = '\0';
	return buf;
}

void gw_circuit_mtu(const struct gw_circuit *c, struct gw_mtu_show *out)
{
	(void)c;
	memset(out, 0, sizeof(*out));
}

void gw_session_hangup(struct gw_session *s, const char *why)
{
	(void)s;
	(void)why;
}

void gw_circuit_clear(struct gw_circuit *c, const char *why)
{
	(void)c;
	(void)why;
}

unsigned int worker_index(const struct worker *w)
{
	(void)w;
	return 0;
}

unsigned int workers_count(void)
{
	return 1;
}

void worker_info(unsigned int i, struct worker_info *out)
{
	(void)i;
	memset(out, 0, sizeof(*out));
}

uint32_t worker_buffers_out(void)
{
	return 0;
}

uint32_t tun_id(const struct gw_tun *t)
{
	(void)t;
	return 0;
}

const char *tun_name(const struct gw_tun *t)
{
	(void)t;
	return "";
}
