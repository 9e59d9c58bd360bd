/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * The accounts as Osmocom rate counters, so that `show stats`, `show rate-counters` and the statsd
 * reporter know them: one group for each circuit and link that runs. The accounts stay the truth;
 * once a second the groups follow them.
 */

#include <stdint.h>
#include <string.h>

#include <osmocom/core/rate_ctr.h>
#include <osmocom/core/stats.h>
#include <osmocom/core/talloc.h>
#include <osmocom/core/timer.h>
#include <osmocom/core/utils.h>

#include "core/acct.h"
#include "gateway/report.h"

struct group {
	struct llist_head list;
	uint32_t id;
	bool seen;
	struct rate_ctr_group *g;
	uint64_t last[ACCT_N]; /*!< what the group has been told */
};

static struct rate_ctr_desc ctr_desc[ACCT_N];
static struct rate_ctr_group_desc circuit_desc = {
	.group_name_prefix = "circuit",
	.group_description = "Circuit",
	.class_id = OSMO_STATS_CLASS_PEER,
	.num_ctr = ACCT_N,
	.ctr_desc = ctr_desc,
};
static struct rate_ctr_group_desc link_desc = {
	.group_name_prefix = "link",
	.group_description = "Link",
	.class_id = OSMO_STATS_CLASS_GLOBAL,
	.num_ctr = ACCT_N,
	.ctr_desc = ctr_desc,
};

static LLIST_HEAD(groups);
static struct osmo_timer_list fold_timer;

static struct group *group_get(uint32_t id, const char *name, const struct rate_ctr_group_desc *d)
{
	struct group *g;

	llist_for_each_entry (g, &groups, list)
		if (g->id == id && g->g->desc == d && strcmp(g->g->name, name) == 0)
			return g;
	g = talloc_zero(gw, struct group);
	if (!g)
		return NULL;
	g->g = rate_ctr_group_alloc(g, d, id);
	if (!g->g) {
		talloc_free(g);
		return NULL;
	}
	rate_ctr_group_set_name(g->g, name);
	g->id = id;
	llist_add_tail(&g->list, &groups);
	return g;
}

static void group_free(struct group *g)
{
	llist_del(&g->list);
	rate_ctr_group_free(g->g);
	talloc_free(g);
}

static void fold(uint32_t id, const char *name, const struct rate_ctr_group_desc *d)
{
	struct group *g = group_get(id, name, d);

	if (!g)
		return;
	g->seen = true;
	for (unsigned int i = 0; i < ACCT_N; i++) {
		uint64_t now = acct_get(id, (enum acct_ctr)i);
		/* `clear counters` begins anew; rate counters only ever grow. */
		uint64_t more = now >= g->last[i] ? now - g->last[i] : now;

		g->last[i] = now;
		for (; more > INT32_MAX; more -= INT32_MAX)
			rate_ctr_add(rate_ctr_group_get_ctr(g->g, i), INT32_MAX);
		if (more)
			rate_ctr_add(rate_ctr_group_get_ctr(g->g, i), (int)more);
	}
}

static void fold_cb(void *data)
{
	struct group *g, *next;
	struct gw_link *l;
	struct gw_circuit *c;

	(void)data;
	llist_for_each_entry (g, &groups, list)
		g->seen = false;
	llist_for_each_entry (l, &gw->links, list) {
		if (l->l)
			fold(l->l->id, l->name, &link_desc);
		llist_for_each_entry (c, &l->circuits, list)
			if (c->c)
				fold(c->c->id, c->name, &circuit_desc);
	}
	llist_for_each_entry_safe (g, next, &groups, list)
		if (!g->seen)
			group_free(g);
	osmo_timer_schedule(&fold_timer, 1, 0);
}

void gw_stats_start(void)
{
	for (unsigned int i = 0; i < ACCT_N; i++)
		ctr_desc[i] = (struct rate_ctr_desc){ acct_desc[i].name, acct_desc[i].text };
	osmo_timer_setup(&fold_timer, fold_cb, NULL);
	osmo_timer_schedule(&fold_timer, 1, 0);
}

void gw_stats_stop(void)
{
	struct group *g, *next;

	osmo_timer_del(&fold_timer);
	llist_for_each_entry_safe (g, next, &groups, list)
		group_free(g);
}
