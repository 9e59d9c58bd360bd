/* SPDX-License-Identifier: GPL-2.0-or-later */

/* Configuration of uplink peers: the part that circuits do not have. See config.c. */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

#include "gateway/cfg.h"

enum { BITS = 8 * sizeof(((struct endpoint *)0)->addr), V4_AT_BIT = 96 };

bool gw_circuit_is_template(const struct gw_circuit *c)
{
	return c->label[0] && !c->model && c->cfg.remote.len < BITS;
}

struct gw_circuit *gw_peer_find(struct gw_link *l, const char *label)
{
	struct gw_circuit *c;

	llist_for_each_entry (c, &l->circuits, list)
		if (!c->model && strcmp(c->label, label) == 0)
			return c;
	return NULL;
}

struct gw_circuit *gw_peer_get(struct gw_link *l, const char *label, struct gw_why *why)
{
	struct gw_circuit *c = gw_peer_find(l, label);

	if (c || gw_name_check("peer", label, sizeof(c->label), why) < 0)
		return c;
	c = gw_circuit_get(l, ++l->next_vc, why);
	if (!c)
		return NULL;
	OSMO_STRLCPY_ARRAY(c->label, label);
	snprintf(c->name, sizeof(c->name), "%s/%s", l->name, label);
	return c;
}

/* Bits behind the prefix must be 0: 192.0.2.1/24 is a slip. */
static bool tail_is_zero(const struct gw_remote *r)
{
	for (unsigned int bit = r->len; bit < BITS; bit++)
		if (r->addr.addr[bit / 8] & (0x80 >> bit % 8))
			return false;
	return true;
}

int gw_remote_parse(const char *text, struct gw_remote *out, struct gw_why *why)
{
	const char *slash = strchr(text, '/');
	struct gw_remote r = { .len = BITS, .set = true };
	char addr[ENDPOINT_TEXT_MAX];
	uint64_t len;

	if (strcmp(text, "any") == 0) {
		*out = (struct gw_remote){ .len = 0, .set = true };
		return 0;
	}
	snprintf(addr, sizeof(addr), "%.*s", slash ? (int)(slash - text) : (int)strlen(text), text);
	if (endpoint_parse(addr, &r.addr) < 0)
		return gw_fail(
			why, -EINVAL,
			"remote %.60s: give an address, a prefix or 'any', e.g. 192.0.2.1 or "
			"2001:db8::/32",
			text);
	if (slash) {
		unsigned int max = endpoint_is_v4(&r.addr) ? BITS - V4_AT_BIT : BITS;
		char *end;

		len = strtoul(slash + 1, &end, 10);
		if (end == slash + 1 || *end || len > max)
			return gw_fail(why, -EINVAL, "remote %.60s: the prefix length is 0 to %u",
				       text, max);
		r.len = (uint8_t)(BITS - max + len);
	}
	if (!tail_is_zero(&r))
		return gw_fail(
			why, -EINVAL,
			"remote %.60s: has bits behind the prefix; give the network's address",
			text);
	*out = r;
	return 0;
}

const char *gw_remote_text(const struct gw_remote *r, char *buf, size_t size)
{
	bool v4 = endpoint_is_v4(&r->addr) && r->len >= V4_AT_BIT;
	char addr[ENDPOINT_TEXT_MAX];

	endpoint_text(&r->addr, addr, sizeof(addr));
	if (r->len == 0)
		snprintf(buf, size, "any");
	else if (r->len == BITS)
		snprintf(buf, size, "%s", addr);
	else
		snprintf(buf, size, "%s/%u", addr, v4 ? r->len - V4_AT_BIT : r->len);
	return buf;
}

static int check_remote(const struct gw_circuit *c, const struct gw_circuit_cfg *cfg,
			struct gw_why *why)
{
	char text[ENDPOINT_TEXT_MAX];
	struct gw_circuit *other;
	bool host = cfg->remote.len == BITS;

	if (!cfg->remote.set)
		return 0;
	llist_for_each_entry (other, &c->link->circuits, list)
		if (other != c && !other->model && other->cfg.remote.set &&
		    other->cfg.remote.len == cfg->remote.len &&
		    endpoint_same_addr(&other->cfg.remote.addr, &cfg->remote.addr))
			return gw_fail(why, -EEXIST, "remote %s: peer %s has it already",
				       gw_remote_text(&cfg->remote, text, sizeof(text)),
				       other->name);
	if (cfg->client[0] && !host)
		return gw_fail(why, -EINVAL,
			       "remote %s: a client dials one address; give that, or 'no l2tp "
			       "client' first",
			       gw_remote_text(&cfg->remote, text, sizeof(text)));
	if (!cfg->security && !host)
		return gw_fail(why, -EINVAL,
			       "remote %s: without security only one address is served; give that, "
			       "or 'security ike PROFILE' first",
			       gw_remote_text(&cfg->remote, text, sizeof(text)));
	return 0;
}

int gw_peer_check(const struct gw_circuit *c, const struct gw_circuit_cfg *cfg, struct gw_why *why)
{
	if (c->link->cfg.medium != MEDIUM_IP) {
		if (cfg->remote.set || cfg->wildcard_reason[0] || cfg->dynamic_port ||
		    cfg->try_another[0])
			return gw_fail(
				why, -EINVAL,
				"a circuit has no IP: 'remote', 'wildcard-psk', 'l2tp "
				"source-port' and 'l2tp try-another' belong to the peers of an "
				"IP link");
		return 0;
	}
	if (cfg->encap != ENCAP_IP || cfg->max_sdu)
		return gw_fail(why, -EINVAL,
			       "encapsulation and max-sdu belong to circuits: a peer of an IP link "
			       "has IP beneath");
	if (cfg->manual)
		return gw_fail(
			why, -EINVAL,
			"security manual: is for circuits; a peer of an IP link has its keys "
			"from IKE: 'security ike PROFILE'");
	if (cfg->dynamic_port && !cfg->client[0])
		return gw_fail(
			why, -EINVAL,
			"l2tp source-port dynamic: is for who dials (RFC 2661 8.1); say 'l2tp "
			"client NAME' first");
	if (cfg->try_another[0] && !cfg->lns[0])
		return gw_fail(why, -EINVAL,
			       "l2tp try-another: is for who is called; say 'l2tp lns NAME' first");
	return check_remote(c, cfg, why);
}

void gw_peer_problem(const struct gw_circuit *c, char *buf, size_t size)
{
	if (!c->label[0])
		return;
	if (!c->cfg.remote.set)
		snprintf(buf, size, "no address; add 'remote ADDRESS'");
	else if (gw_circuit_is_template(c) && c->cfg.security && !c->cfg.pki[0] &&
		 !c->cfg.wildcard_reason[0])
		/* draft-ietf-pppext-l2tp-security-05 4 */
		snprintf(
			buf, size,
			"a pre-shared key needs a specific filter for each peer's address, for "
			"whoever knows a key that many have can pose as any of them, us included; to "
			"insist say 'wildcard-psk REASON'");
}
