/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * The accounts as Osmocom rate counters, so that `show stats`, `show rate-counters` and the statsd
 * reporter know them: one group for each circuit and link that runs. The accounts stay the truth;
 * once a second the groups follow them.
 */

#include <stdbool.h>
#include <stdint.h>

#include <osmocom/core/rate_ctr.h>
#include <osmocom/core/stats.h>
#include <osmocom/core/talloc.h>
#include <osmocom/core/timer.h>
#include <osmocom/core/utils.h>

#include "core/acct.h"
#include "gateway/report.h"

/*! Belongs to the circuit or link that it tells of, and goes with it. */
struct gw_stats {
	uint32_t id;
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

static struct osmo_timer_list fold_timer;

static int stats_destroy(struct gw_stats *s)
{
	if (s->g)
		rate_ctr_group_free(s->g);
	return 0;
}

static struct gw_stats *stats_new(void *owner, uint32_t id, const char *name,
				  const struct rate_ctr_group_desc *d)
{
	struct gw_stats *s = talloc_zero(owner, struct gw_stats);

	if (!s)
		return NULL;
	s->id = id;
	s->g = rate_ctr_group_alloc(s, d, id);
	if (!s->g) {
		talloc_free(s);
		return NULL;
	}
	talloc_set_destructor(s, stats_destroy);
	rate_ctr_group_set_name(s->g, name);
	return s;
}

static void fold(struct gw_stats *s)
{
	for (unsigned int i = 0; i < ACCT_N; i++) {
		uint64_t now = acct_get(s->id, (enum acct_ctr)i);
		/* `clear counters` begins anew; rate counters only ever grow. */
		uint64_t more = now >= s->last[i] ? now - s->last[i] : now;

		s->last[i] = now;
		for (; more > INT32_MAX; more -= INT32_MAX)
			rate_ctr_add(rate_ctr_group_get_ctr(s->g, i), INT32_MAX);
		if (more)
			rate_ctr_add(rate_ctr_group_get_ctr(s->g, i), (int)more);
	}
}

/* What does not run has no group; what was begun anew has another account. */
static void drop_old(struct gw_stats **s, bool runs, uint32_t id)
{
	if (*s && (!runs || (*s)->id != id))
		TALLOC_FREE(*s);
}

static void follow(void *owner, struct gw_stats **s, uint32_t id, const char *name,
		   const struct rate_ctr_group_desc *d)
{
	if (!*s)
		*s = stats_new(owner, id, name, d);
	if (*s)
		fold(*s);
}

static void fold_cb(void *data)
{
	struct gw_link *l;
	struct gw_circuit *c;

	(void)data;
	/* First of all: an account may have become another one's, and two groups of one number are an
	 * error to libosmocore. */
	llist_for_each_entry (l, &gw->links, list) {
		drop_old(&l->stats, l->l, l->l ? l->l->id : 0);
		llist_for_each_entry (c, &l->circuits, list)
			drop_old(&c->stats, c->c, c->c ? c->c->id : 0);
	}
	llist_for_each_entry (l, &gw->links, list) {
		if (l->l)
			follow(l, &l->stats, l->l->id, l->name, &link_desc);
		llist_for_each_entry (c, &l->circuits, list)
			if (c->c)
				follow(c, &c->stats, c->c->id, c->name, &circuit_desc);
	}
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
	osmo_timer_del(&fold_timer);
}
