/* SPDX-License-Identifier: GPL-2.0-or-later */

/* Log lines about discarded packets. The data plane only leaves reports; here they become text. */

#include <stdio.h>

#include <osmocom/core/timer.h>
#include <osmocom/core/utils.h>

#include "core/acct.h"
#include "core/log.h"
#include "gateway/report.h"
#include "gateway/tun.h"

enum {
	POLL_US = 100000,
	/* More than the threads may report in a poll at the default rate: the loop must end. */
	LINES_MAX = 200,
};

static struct osmo_timer_list poll_timer;

const char *gw_acct_name(uint32_t id, char *buf, size_t size)
{
	struct gw_link *l;
	struct gw_circuit *c;
	struct gw_lns *lns;
	struct gw_client *cl;

	llist_for_each_entry (l, &gw->links, list) {
		if (l->l && l->l->id == id)
			return l->name;
		llist_for_each_entry (c, &l->circuits, list)
			if (c->c && c->c->id == id)
				return c->name;
	}
	llist_for_each_entry (lns, &gw->lnses, list)
		if (lns->tun && tun_id(lns->tun) == id)
			return tun_name(lns->tun);
	llist_for_each_entry (cl, &gw->clients, list)
		if (cl->tun && tun_id(cl->tun) == id)
			return tun_name(cl->tun);
	snprintf(buf, size, "account %u", id);
	return buf;
}

static void log_drop(const struct drop_event *ev)
{
	const struct acct_desc *d = &acct_desc[ev->reason];
	size_t head = ev->len < sizeof(ev->head) ? ev->len : sizeof(ev->head);
	char name[32];

	if (gw->cfg.drop_log_contents && head)
		LOGP(DDROP, LOGL_NOTICE, "%s: %s: %s; %u octets: %s\n",
		     gw_acct_name(ev->acct, name, sizeof(name)), d->name, d->text, ev->len,
		     osmo_hexdump(ev->head, (int)head));
	else
		LOGP(DDROP, LOGL_NOTICE, "%s: %s: %s; %u octets\n",
		     gw_acct_name(ev->acct, name, sizeof(name)), d->name, d->text, ev->len);
}

static void poll_cb(void *data)
{
	struct drop_event ev;

	(void)data;
	for (unsigned int i = 0; i < LINES_MAX && drop_next(&ev); i++)
		log_drop(&ev);
	osmo_timer_schedule(&poll_timer, 0, POLL_US);
}

void gw_drop_log_start(void)
{
	drop_set_rate(gw->cfg.drop_log_rate);
	osmo_timer_setup(&poll_timer, poll_cb, NULL);
	osmo_timer_schedule(&poll_timer, 0, POLL_US);
}

void gw_drop_log_stop(void)
{
	osmo_timer_del(&poll_timer);
}
