/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * Configuration of LNS groups and clients: where PPP sessions end or begin. See config.c.
 */

#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

#include "gateway/cfg.h"

void gw_lns_cfg_init(struct gw_lns_cfg *cfg)
{
	*cfg = (struct gw_lns_cfg){
		.auth = PPP_AUTH_CHAP_MD5,
		.mru = PPP_MRU_DEFAULT,
		.ipv6 = true,
		.echo_interval = 30,
		.echo_failures = 3,
	};
}

void gw_client_cfg_init(struct gw_client_cfg *cfg)
{
	*cfg = (struct gw_client_cfg){
		.allow_chap = true,
		.mru = PPP_MRU_DEFAULT,
		.ipv6 = true,
		.echo_interval = 30,
		.echo_failures = 3,
		.redial = 2,
	};
}

int gw_tun_name_check(const char *tun, const void *owner, struct gw_why *why)
{
	struct gw_lns *lns;
	struct gw_client *cl;
	size_t n = strlen(tun);

	/* What the kernel takes as the name of an interface (dev_valid_name()). */
	if (n == 0 || n > 15 || strcmp(tun, ".") == 0 || strcmp(tun, "..") == 0)
		return gw_fail(why, -EINVAL,
			       "tun '%.40s': an interface name has 1 to 15 characters", tun);
	for (size_t i = 0; i < n; i++)
		if (!isgraph((unsigned char)tun[i]) || strchr("/:%", tun[i]))
			return gw_fail(
				why, -EINVAL,
				"tun '%s': no blanks, '/', ':' and '%%' in an interface name", tun);
	llist_for_each_entry (lns, &gw->lnses, list)
		if (lns != owner && strcmp(lns->cfg.tun, tun) == 0)
			return gw_fail(why, -EEXIST, "tun %s: lns %s has it; give each its own",
				       tun, lns->name);
	llist_for_each_entry (cl, &gw->clients, list)
		if (cl != owner && strcmp(cl->cfg.tun, tun) == 0)
			return gw_fail(why, -EEXIST, "tun %s: client %s has it; give each its own",
				       tun, cl->name);
	return 0;
}

static int check_ppp(uint16_t mru, bool ipv6, uint16_t interval, uint8_t failures,
		     struct gw_why *why)
{
	int rc = gw_range_check(GW_R_MRU, mru, why);

	if (rc == 0 && ipv6 && mru < 1280)
		rc = gw_fail(why, -EINVAL,
			     "mru %u: IPv6 needs 1280 at least (RFC 8200 5); say 'no ipv6' first",
			     mru);
	if (rc == 0 && interval)
		rc = gw_range_check(GW_R_ECHO_INTERVAL, interval, why);
	if (rc == 0 && interval)
		rc = gw_range_check(GW_R_ECHO_FAILURES, failures, why);
	return rc;
}

/* ---- LNS groups ---- */

struct gw_lns *gw_lns_find(const char *name)
{
	struct gw_lns *lns;

	llist_for_each_entry (lns, &gw->lnses, list)
		if (strcmp(lns->name, name) == 0)
			return lns;
	return NULL;
}

static void lns_apply_cb(void *lns)
{
	gw_lns_apply(lns);
}

struct gw_lns *gw_lns_get(const char *name, struct gw_why *why)
{
	struct gw_lns *lns = gw_lns_find(name);

	if (lns || gw_name_check("lns", name, sizeof(lns->name), why) < 0)
		return lns;
	lns = talloc_zero(gw, struct gw_lns);
	if (!lns) {
		gw_fail(why, -ENOMEM, "lns %s: no memory", name);
		return NULL;
	}
	OSMO_STRLCPY_ARRAY(lns->name, name);
	gw_lns_cfg_init(&lns->cfg);
	osmo_timer_setup(&lns->apply, lns_apply_cb, lns);
	llist_add_tail(&lns->list, &gw->lnses);
	gw_apply_schedule(&lns->apply);
	return lns;
}

struct net {
	uint32_t first, last;
};

static struct net net_of(struct in_addr ip, uint8_t len)
{
	uint32_t mask = len ? UINT32_MAX << (32 - len) : 0;
	uint32_t a = ntohl(ip.s_addr) & mask;

	return (struct net){ a, a | ~mask };
}

static const char *ip_text(struct in_addr ip, char buf[INET_ADDRSTRLEN])
{
	return inet_ntop(AF_INET, &ip, buf, INET_ADDRSTRLEN);
}

static int check_local(const struct gw_lns *self, const struct gw_lns_cfg *cfg, struct gw_why *why)
{
	struct net n = net_of(cfg->local_ip, cfg->local_len);
	uint32_t ip = ntohl(cfg->local_ip.s_addr);
	char text[INET_ADDRSTRLEN];
	struct gw_lns *o;
	int rc = gw_range_check(GW_R_PREFIX_LEN, cfg->local_len, why);

	if (rc < 0)
		return rc;
	ip_text(cfg->local_ip, text);
	if (ip == n.first || ip == n.last)
		return gw_fail(why, -EINVAL,
			       "local-address %s/%u: that is the %s address of its network; give a "
			       "host's",
			       text, cfg->local_len, ip == n.first ? "network" : "broadcast");
	if (ip >> 24 == 0 || ip >> 24 == 127 || ip >> 28 >= 14)
		return gw_fail(why, -EINVAL,
			       "local-address %s/%u: not a unicast address that a host can have",
			       text, cfg->local_len);
	llist_for_each_entry (o, &gw->lnses, list) {
		struct net m = net_of(o->cfg.local_ip, o->cfg.local_len);

		if (o != self && o->cfg.local_len && n.first <= m.last && m.first <= n.last)
			return gw_fail(why, -EEXIST,
				       "local-address %s/%u: overlaps the network of lns %s", text,
				       cfg->local_len, o->name);
	}
	return 0;
}

static int check_pool(const struct gw_lns_cfg *cfg, struct gw_why *why)
{
	uint32_t first = ntohl(cfg->pool_first.s_addr), last = ntohl(cfg->pool_last.s_addr);
	uint32_t ip = ntohl(cfg->local_ip.s_addr);
	struct net n = net_of(cfg->local_ip, cfg->local_len);
	char a[INET_ADDRSTRLEN], b[INET_ADDRSTRLEN], l[INET_ADDRSTRLEN];

	ip_text(cfg->pool_first, a);
	ip_text(cfg->pool_last, b);
	ip_text(cfg->local_ip, l);
	if (cfg->local_len == 0)
		return gw_fail(why, -EINVAL,
			       "pool %s %s: set local-address first, the pool is part of "
			       "its network",
			       a, b);
	if (first > last)
		return gw_fail(why, -EINVAL,
			       "pool %s %s: the first address is greater than the last", a, b);
	if (first <= n.first || last >= n.last)
		return gw_fail(
			why, -EINVAL,
			"pool %s %s: not within the network of local-address %s/%u (without its "
			"first and last address)",
			a, b, l, cfg->local_len);
	if (ip >= first && ip <= last)
		return gw_fail(why, -EINVAL, "pool %s %s: contains local-address %s", a, b, l);
	/* One address is one bit of memory; more sessions than that cannot be. */
	if (last - first >= 65536)
		return gw_fail(why, -E2BIG, "pool %s %s: at most 65536 addresses", a, b);
	return 0;
}

int gw_lns_set(struct gw_lns *lns, const struct gw_lns_cfg *cfg, struct gw_why *why)
{
	int rc = check_ppp(cfg->mru, cfg->ipv6, cfg->echo_interval, cfg->echo_failures, why);

	if (rc == 0 && cfg->tun[0])
		rc = gw_tun_name_check(cfg->tun, lns, why);
	if (rc == 0 && cfg->local_len)
		rc = check_local(lns, cfg, why);
	if (rc == 0 && cfg->pool_first.s_addr)
		rc = check_pool(cfg, why);
	if (rc < 0)
		return rc;
	/* Applying hangs its sessions up: not for a line that says what is so already. */
	if (lns->tun && memcmp(&lns->cfg, cfg, sizeof(*cfg)) == 0)
		return 0;
	lns->cfg = *cfg;
	gw_apply_schedule(&lns->apply);
	return 0;
}

int gw_lns_del(const char *name, struct gw_why *why)
{
	struct gw_lns *lns = gw_lns_find(name);
	struct gw_link *l;
	struct gw_circuit *c;

	if (!lns)
		return gw_fail(why, -ENOENT, "there is no lns '%.40s'", name);
	gw_for_each_circuit(l, c) if (strcmp(c->cfg.lns, name) == 0) return gw_fail(
		why, -EBUSY,
		"lns %s is in use by circuit %s: 'no l2tp lns' there "
		"first",
		name, c->name);
	if (gw->started)
		gw_lns_stop(lns);
	osmo_timer_del(&lns->apply);
	llist_del(&lns->list);
	talloc_free(lns);
	return 0;
}

/* ---- clients ---- */

struct gw_client *gw_client_find(const char *name)
{
	struct gw_client *c;

	llist_for_each_entry (c, &gw->clients, list)
		if (strcmp(c->name, name) == 0)
			return c;
	return NULL;
}

static void client_apply_cb(void *client)
{
	gw_client_apply(client);
}

struct gw_client *gw_client_get(const char *name, struct gw_why *why)
{
	struct gw_client *c = gw_client_find(name);

	if (c || gw_name_check("client", name, sizeof(c->name), why) < 0)
		return c;
	c = talloc_zero(gw, struct gw_client);
	if (!c) {
		gw_fail(why, -ENOMEM, "client %s: no memory", name);
		return NULL;
	}
	OSMO_STRLCPY_ARRAY(c->name, name);
	gw_client_cfg_init(&c->cfg);
	osmo_timer_setup(&c->apply, client_apply_cb, c);
	llist_add_tail(&c->list, &gw->clients);
	gw_apply_schedule(&c->apply);
	return c;
}

static int check_user(const char *user, struct gw_why *why)
{
	for (const char *s = user; *s; s++)
		if (!isgraph((unsigned char)*s) || *s == '"' || *s == '#')
			return gw_fail(
				why, -EINVAL,
				"user '%.63s': visible ASCII characters without '\"' and '#', as "
				"in the secrets file",
				user);
	return 0;
}

int gw_client_set(struct gw_client *c, const struct gw_client_cfg *cfg, struct gw_why *why)
{
	int rc = check_ppp(cfg->mru, cfg->ipv6, cfg->echo_interval, cfg->echo_failures, why);

	if (rc == 0 && cfg->tun[0])
		rc = gw_tun_name_check(cfg->tun, c, why);
	if (rc == 0)
		rc = check_user(cfg->user, why);
	if (rc == 0)
		rc = gw_range_check(GW_R_REDIAL, cfg->redial, why);
	if (rc < 0)
		return rc;
	if (c->tun && memcmp(&c->cfg, cfg, sizeof(*cfg)) == 0)
		return 0;
	c->cfg = *cfg;
	gw_apply_schedule(&c->apply);
	return 0;
}

int gw_client_del(const char *name, struct gw_why *why)
{
	struct gw_client *cl = gw_client_find(name);
	struct gw_link *l;
	struct gw_circuit *c;

	if (!cl)
		return gw_fail(why, -ENOENT, "there is no client '%.40s'", name);
	gw_for_each_circuit(l, c) if (strcmp(c->cfg.client, name) == 0) return gw_fail(
		why, -EBUSY,
		"client %s is in use by circuit %s: 'no l2tp client' "
		"there first",
		name, c->name);
	if (gw->started)
		gw_client_stop(cl);
	osmo_timer_del(&cl->apply);
	llist_del(&cl->list);
	talloc_free(cl);
	return 0;
}
