/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * Configuration of the gateway, of IKE profiles and of links. LNS groups and clients are in
 * config_ppp.c, circuits in config_circuit.c. Every function checks first and changes afterwards,
 * so that an error leaves everything as it was.
 */

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

#include "core/acct.h"
#include "core/clock.h"
#include "gateway/cfg.h"

/* ---- the gateway ---- */

void gw_cfg_init(struct gw_cfg *cfg)
{
	*cfg = (struct gw_cfg){
		.crypto_threads = 1,
		.drop_log_rate = 10,
		.ctrl_address = "127.0.0.1",
		.secrets_file = "/etc/vcgw/secrets",
	};
	if (gethostname(cfg->hostname, sizeof(cfg->hostname) - 1) < 0 || !cfg->hostname[0])
		OSMO_STRLCPY_ARRAY(cfg->hostname, "vcgw");
}

void gw_apply_schedule(struct osmo_timer_list *t)
{
	if (gw->started && !gw->checking)
		osmo_timer_schedule(t, 0, 20000);
}

void gw_apply_circuits(bool (*uses)(const struct gw_circuit *c, const void *what), const void *what)
{
	struct gw_link *l;
	struct gw_circuit *c;

	gw_for_each_circuit(l, c) if (!uses || uses(c, what)) gw_apply_schedule(&c->apply);
}

int gw_set_hostname(const char *name, struct gw_why *why)
{
	int rc = gw_name_check("hostname", name, sizeof(gw->cfg.hostname), why);

	if (rc < 0)
		return rc;
	if (strcmp(gw->cfg.hostname, name) == 0)
		return 0;
	OSMO_STRLCPY_ARRAY(gw->cfg.hostname, name);
	gw_apply_circuits(NULL, NULL);
	return 0;
}

static int at_start_only(const char *what, unsigned int now, unsigned int wanted,
			 struct gw_why *why)
{
	if (!gw->started || now == wanted)
		return 0;
	return gw_fail(
		why, -EBUSY,
		"%s %u: the threads run already; put the line into the configuration file and "
		"restart vcgwd",
		what, wanted);
}

int gw_set_workers(unsigned int n, struct gw_why *why)
{
	int rc = gw_range_check(GW_R_WORKERS, n, why);

	if (rc == 0)
		rc = at_start_only("workers", gw->cfg.workers, n, why);
	if (rc == 0)
		gw->cfg.workers = n;
	return rc;
}

int gw_set_crypto_threads(unsigned int n, struct gw_why *why)
{
	int rc = gw_range_check(GW_R_CRYPTO_THREADS, n, why);

	if (rc == 0)
		rc = at_start_only("crypto-threads", gw->cfg.crypto_threads, n, why);
	if (rc == 0)
		gw->cfg.crypto_threads = n;
	return rc;
}

int gw_set_secrets_file(const char *path, struct gw_why *why)
{
	char old[sizeof(gw->cfg.secrets_file)];
	int rc;

	if (path[0] != '/')
		return gw_fail(why, -EINVAL, "secrets-file %.120s: give the whole path, from / on",
			       path);
	if (strlen(path) >= sizeof(gw->cfg.secrets_file))
		return gw_fail(why, -ENAMETOOLONG, "secrets-file: a path has at most %zu octets",
			       sizeof(gw->cfg.secrets_file) - 1);
	OSMO_STRLCPY_ARRAY(old, gw->cfg.secrets_file);
	OSMO_STRLCPY_ARRAY(gw->cfg.secrets_file, path);
	if (!gw->started || gw->checking)
		return 0;
	rc = gateway_reload_secrets(why);
	if (rc < 0)
		OSMO_STRLCPY_ARRAY(gw->cfg.secrets_file, old);
	return rc;
}

int gw_set_ctrl(const char *address, uint16_t port, struct gw_why *why)
{
	struct in_addr a4;
	struct in6_addr a6;

	if (inet_pton(AF_INET, address, &a4) != 1 && inet_pton(AF_INET6, address, &a6) != 1)
		return gw_fail(why, -EINVAL,
			       "ctrl %.60s: give an IP address of this host, e.g. 127.0.0.1",
			       address);
	if (gw->started && (strcmp(gw->cfg.ctrl_address, address) || gw->cfg.ctrl_port != port))
		return gw_fail(
			why, -EBUSY,
			"ctrl: the interface is bound when vcgwd starts; put the line into the "
			"configuration file and restart vcgwd");
	OSMO_STRLCPY_ARRAY(gw->cfg.ctrl_address, address);
	gw->cfg.ctrl_port = port;
	return 0;
}

int gw_set_legacy(const char *reason, struct gw_why *why)
{
	struct gw_profile *p;

	if (reason) {
		if (!reason[0] || strlen(reason) >= sizeof(gw->cfg.legacy_reason))
			return gw_fail(why, -EINVAL,
				       "legacy-algorithms: give a reason of 1 to %zu octets",
				       sizeof(gw->cfg.legacy_reason) - 1);
		for (const char *c = reason; *c; c++)
			if ((unsigned char)*c < ' ' || *c == 0x7f)
				return gw_fail(why, -EINVAL,
					       "legacy-algorithms: the reason is plain text");
		OSMO_STRLCPY_ARRAY(gw->cfg.legacy_reason, reason);
		return 0;
	}
	llist_for_each_entry (p, &gw->profiles, list)
		for (unsigned int i = 0; i < p->ike.n_esp; i++)
			if (esp_suite_legacy(p->ike.esp[i]))
				return gw_fail(why, -EBUSY,
					       "no legacy-algorithms: ike profile %s has 'esp %s'; "
					       "'no esp %s' there first",
					       p->name, p->ike.esp[i]->name, p->ike.esp[i]->name);
	gw->cfg.legacy_reason[0] = '\0';
	return 0;
}

int gw_set_drop_log(unsigned int rate, bool contents, struct gw_why *why)
{
	int rc = gw_range_check(GW_R_DROP_LOG_RATE, rate, why);

	if (rc < 0)
		return rc;
	gw->cfg.drop_log_rate = rate;
	gw->cfg.drop_log_contents = contents;
	if (!gw->checking)
		drop_set_rate(rate);
	return 0;
}

/* ---- IKE profiles ---- */

struct gw_profile *gw_profile_find(const char *name)
{
	struct gw_profile *p;

	llist_for_each_entry (p, &gw->profiles, list)
		if (strcmp(p->name, name) == 0)
			return p;
	return NULL;
}

struct gw_profile *gw_profile_get(const char *name, struct gw_why *why)
{
	struct gw_profile *p = gw_profile_find(name);

	if (p || gw_name_check("ike profile", name, sizeof(p->name), why) < 0)
		return p;
	p = talloc_zero(gw, struct gw_profile);
	if (!p) {
		gw_fail(why, -ENOMEM, "ike profile %s: no memory", name);
		return NULL;
	}
	OSMO_STRLCPY_ARRAY(p->name, name);
	ike_profile_init(&p->ike);
	llist_add_tail(&p->list, &gw->profiles);
	return p;
}

static bool uses_profile(const struct gw_circuit *c, const void *profile)
{
	return c->cfg.security &&
	       strcmp(c->cfg.profile, ((const struct gw_profile *)profile)->name) == 0;
}

/* Is there a number for it, and is it allowed? */
static int check_suite(const struct esp_suite *s, struct gw_why *why)
{
	if (!esp_suite_ike1(s))
		return gw_fail(why, -EOPNOTSUPP, "esp %s: IKEv1 has no number for it", s->name);
	if (esp_suite_legacy(s) && !gw->cfg.legacy_reason[0])
		return gw_fail(why, -EPERM,
			       "esp %s: is weak and protects little; to use it nevertheless, write "
			       "'legacy-algorithms REASON' under 'gateway' first",
			       s->name);
	return 0;
}

static int check_proposals(const struct ike_profile *ike, struct gw_why *why)
{
	char name[64];

	if (ike->n_p1 == 0 || ike->n_p1 > IKE_PROPOSALS_MAX)
		return gw_fail(why, -EINVAL, "proposal: a profile has 1 to %d of them",
			       IKE_PROPOSALS_MAX);
	if (ike->n_esp == 0 || ike->n_esp > IKE_PROPOSALS_MAX)
		return gw_fail(why, -EINVAL, "esp: a profile has 1 to %d of them",
			       IKE_PROPOSALS_MAX);
	for (unsigned int i = 0; i < ike->n_p1; i++)
		for (unsigned int k = 0; k < i; k++)
			if (memcmp(&ike->p1[i], &ike->p1[k], sizeof(ike->p1[i])) == 0)
				return gw_fail(why, -EEXIST, "proposal %s: is there already",
					       ike_p1_suite_name(&ike->p1[i], name, sizeof(name)));
	for (unsigned int i = 0; i < ike->n_esp; i++) {
		int rc = check_suite(ike->esp[i], why);

		if (rc < 0)
			return rc;
		for (unsigned int k = 0; k < i; k++)
			if (ike->esp[i] == ike->esp[k])
				return gw_fail(why, -EEXIST, "esp %s: is there already",
					       ike->esp[i]->name);
	}
	return 0;
}

static int check_profile(const struct ike_profile *ike, struct gw_why *why)
{
	int rc = check_proposals(ike, why);

	if (rc == 0)
		rc = gw_range_check(GW_R_LIFETIME_IKE, ike->p1_lifetime, why);
	if (rc == 0)
		rc = gw_range_check(GW_R_LIFETIME_ESP, ike->p2_lifetime, why);
	if (rc == 0 && ike->p2_octets)
		rc = gw_range_check(GW_R_LIFETIME_OCTETS, ike->p2_octets, why);
	if (rc == 0 && ike->p2_packets)
		rc = gw_range_check(GW_R_LIFETIME_PACKETS, ike->p2_packets, why);
	if (rc == 0)
		rc = gw_range_check(GW_R_REPLAY_WINDOW, ike->replay_window, why);
	if (rc == 0 && ike->replay_window % 64)
		rc = gw_fail(why, -EINVAL, "replay-window %u: give a multiple of 64, e.g. %u",
			     ike->replay_window, ike->replay_window / 64 * 64);
	if (rc == 0 && ike->dpd_interval)
		rc = gw_range_check(GW_R_DPD_INTERVAL, ike->dpd_interval, why);
	if (rc == 0 && ike->dpd_interval)
		rc = gw_range_check(GW_R_DPD_RETRIES, ike->dpd_retries, why);
	if (rc == 0)
		rc = gw_range_check(GW_R_RETRANSMIT_MS, ike->retransmit_ms, why);
	if (rc == 0)
		rc = gw_range_check(GW_R_RETRANSMIT_TRIES, ike->retransmit_tries, why);
	if (rc == 0)
		rc = gw_range_check(GW_R_NAT_KEEPALIVE, ike->nat_keepalive, why);
	if (rc == 0 && ike->pfs_group && !ike_group_name(ike->pfs_group))
		rc = gw_fail(why, -EINVAL, "pfs: there is no group %u", ike->pfs_group);
	return rc;
}

int gw_profile_set(struct gw_profile *p, const struct ike_profile *ike, struct gw_why *why)
{
	int rc = check_profile(ike, why);

	if (rc < 0)
		return rc;
	p->ike = *ike;
	gw_apply_circuits(uses_profile, p);
	return 0;
}

int gw_profile_del(const char *name, struct gw_why *why)
{
	struct gw_profile *p = gw_profile_find(name);
	struct gw_link *l;
	struct gw_circuit *c;

	if (!p)
		return gw_fail(why, -ENOENT, "there is no ike profile '%.40s'", name);
	if (strcmp(name, "default") == 0)
		return gw_fail(why, -EINVAL,
			       "ike profile default cannot be deleted: new circuits use it");
	gw_for_each_circuit(l, c) if (uses_profile(c, p)) return gw_fail(
		why, -EBUSY,
		"ike profile %s is in use by circuit %s: give that another "
		"'security' first",
		name, c->name);
	llist_del(&p->list);
	talloc_free(p);
	return 0;
}

/* ---- links ---- */

struct gw_link *gw_link_find(const char *name)
{
	struct gw_link *l;

	llist_for_each_entry (l, &gw->links, list)
		if (strcmp(l->name, name) == 0)
			return l;
	return NULL;
}

static void link_apply_cb(void *link)
{
	gw_link_apply(link);
}

const char *gw_medium_word(enum medium m)
{
	static const char *const words[] = {
		[MEDIUM_ATM] = "atm", [MEDIUM_FR] = "frame-relay", [MEDIUM_IP] = "ip"
	};

	return words[m];
}

struct gw_link *gw_link_get(const char *name, enum medium medium, struct gw_why *why)
{
	struct gw_link *l = gw_link_find(name);

	if (l && l->cfg.medium != medium) {
		gw_fail(why, -EEXIST,
			"link %s is %s already: 'no link %s' first, or take another name", name,
			gw_medium_word(l->cfg.medium), name);
		return NULL;
	}
	if (l || gw_name_check("link", name, sizeof(l->name), why) < 0)
		return l;
	l = talloc_zero(gw, struct gw_link);
	if (!l) {
		gw_fail(why, -ENOMEM, "link %s: no memory", name);
		return NULL;
	}
	OSMO_STRLCPY_ARRAY(l->name, name);
	link_cfg_init(&l->cfg, medium);
	INIT_LLIST_HEAD(&l->circuits);
	l->since = clock_ns();
	osmo_timer_setup(&l->apply, link_apply_cb, l);
	llist_add_tail(&l->list, &gw->links);
	gw_apply_schedule(&l->apply);
	return l;
}

static int check_lmi(const struct lmi_cfg *lmi, struct gw_why *why)
{
	int rc = gw_range_check(GW_R_N391, lmi->n391, why);

	if (rc == 0)
		rc = gw_range_check(GW_R_N392, lmi->n392, why);
	if (rc == 0)
		rc = gw_range_check(GW_R_N393, lmi->n393, why);
	if (rc == 0)
		rc = gw_range_check(GW_R_T391, lmi->t391, why);
	if (rc == 0)
		rc = gw_range_check(GW_R_T392, lmi->t392, why);
	if (rc == 0 && lmi->n392 > lmi->n393)
		rc = gw_fail(
			why, -EINVAL,
			"lmi n392 %u with n393 %u: the error threshold cannot be greater than the "
			"number of monitored events (Q.933 Table A.1)",
			lmi->n392, lmi->n393);
	return rc;
}

static int check_impair(const struct impair_cfg *i, struct gw_why *why)
{
	int rc = gw_range_check(GW_R_PPM, i->loss_ppm, why);

	if (rc == 0)
		rc = gw_range_check(GW_R_PPM, i->bit_error_ppm, why);
	if (rc == 0)
		rc = gw_range_check(GW_R_DELAY_US, i->delay_us, why);
	if (rc == 0)
		rc = gw_range_check(GW_R_RATE_BPS, i->rate_bps, why);
	return rc;
}

static int check_local(const struct gw_link *self, const struct endpoint *local, struct gw_why *why)
{
	char text[ENDPOINT_TEXT_MAX];
	struct gw_link *l;

	llist_for_each_entry (l, &gw->links, list)
		if (l != self && l->cfg.medium == MEDIUM_IP &&
		    endpoint_same_addr(&l->cfg.local, local))
			return gw_fail(why, -EEXIST,
				       "address %s: link %s has it; give each link its own",
				       endpoint_text(local, text, sizeof(text)), l->name);
	return 0;
}

static int check_socket(const struct gw_link *self, const char *path, struct gw_why *why)
{
	struct gw_link *l;

	if (path[0] != '/')
		return gw_fail(why, -EINVAL,
			       "driver loop socket %.107s: give the whole path, from / on", path);
	llist_for_each_entry (l, &gw->links, list)
		if (l != self && strcmp(l->cfg.socket_path, path) == 0)
			return gw_fail(
				why, -EEXIST,
				"driver loop socket %.107s: link %s has this socket; give each "
				"link its own",
				path, l->name);
	return 0;
}

int gw_link_set(struct gw_link *l, const struct link_cfg *cfg, struct gw_why *why)
{
	const char *wrong;
	int rc = 0;

	if (cfg->medium != l->cfg.medium)
		return gw_fail(why, -EINVAL, "link %s: the medium cannot change", l->name);
	if (cfg->medium == MEDIUM_FR) {
		rc = gw_range_check(GW_R_FR_MTU, cfg->mtu, why);
		if (rc == 0)
			rc = check_lmi(&cfg->lmi, why);
	}
	if (rc == 0)
		rc = check_impair(&cfg->impair, why);
	if (rc == 0 && cfg->socket_path[0])
		rc = check_socket(l, cfg->socket_path, why);
	if (rc == 0 && cfg->medium == MEDIUM_IP && link_cfg_complete(cfg))
		rc = check_local(l, &cfg->local, why);
	if (rc < 0)
		return rc;
	/* Before it has a driver a link may be incomplete; after that transports has a say. */
	wrong = link_cfg_complete(cfg) ? link_cfg_check(cfg) : NULL;
	if (wrong)
		return gw_fail(why, -EINVAL, "link %s: %s", l->name, wrong);
	l->cfg = *cfg;
	gw_apply_schedule(&l->apply);
	return 0;
}

int gw_link_shutdown(struct gw_link *l, bool shutdown, struct gw_why *why)
{
	(void)why;
	if (l->shutdown == shutdown)
		return 0;
	l->shutdown = shutdown;
	gw_apply_schedule(&l->apply);
	return 0;
}

int gw_link_del(const char *name, struct gw_why *why)
{
	struct gw_link *l = gw_link_find(name);
	int rc;

	if (!l)
		return gw_fail(why, -ENOENT, "there is no link '%.40s'", name);
	/* With a template go the circuits that were made of it. */
	while (!llist_empty(&l->circuits)) {
		rc = gw_circuit_del(llist_first_entry(&l->circuits, struct gw_circuit, list), why);
		if (rc < 0)
			return rc;
	}
	if (gw->started)
		gw_link_stop(l);
	osmo_timer_del(&l->apply);
	llist_del(&l->list);
	talloc_free(l);
	return 0;
}
