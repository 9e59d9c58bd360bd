/* SPDX-License-Identifier: GPL-2.0-or-later */

/* Log lines about discarded packets. The data plane only leaves reports; here they become text. */

#include <stdio.h>

#include <unistd.h>

#include <osmocom/core/select.h>
#include <osmocom/core/utils.h>

#include "core/acct.h"
#include "core/log.h"
#include "gateway/report.h"
#include "gateway/tun.h"

enum {
	POLL_NS = 100000000,
	/* More than the threads may report in a poll at the default rate: the loop must end. */
	LINES_MAX = 200,
};

/* A timerfd: an osmo_timer makes osmo_select_main() spin for the last millisecond before it is due,
 * which ten times a second is more than all else that an idle gateway does. */
static struct osmo_fd poll_ofd = { .fd = -1 };

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

static int poll_cb(struct osmo_fd *ofd, unsigned int what)
{
	struct drop_event ev;
	uint64_t expirations;

	(void)what;
	if (read(ofd->fd, &expirations, sizeof(expirations)) < 0)
		return 0;
	for (unsigned int i = 0; i < LINES_MAX && drop_next(&ev); i++)
		log_drop(&ev);
	return 0;
}

void gw_drop_log_start(void)
{
	static const struct timespec period = { .tv_nsec = POLL_NS };

	drop_set_rate(gw->cfg.drop_log_rate);
	if (osmo_timerfd_setup(&poll_ofd, poll_cb, NULL) < 0 ||
	    osmo_timerfd_schedule(&poll_ofd, NULL, &period) < 0)
		LOGP(DGW, LOGL_ERROR, "discarded packets cannot be logged: no timer\n");
}

void gw_drop_log_stop(void)
{
	if (poll_ofd.fd < 0)
		return;
	osmo_fd_unregister(&poll_ofd);
	close(poll_ofd.fd);
	poll_ofd.fd = -1;
}
