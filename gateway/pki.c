/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "gateway/pki.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

#include "core/log.h"
#include "gateway/cfg.h"

struct gw_pki *gw_pki_find(const char *name)
{
	struct gw_pki *p;

	llist_for_each_entry (p, &gw->pkis, list)
		if (strcmp(p->name, name) == 0)
			return p;
	return NULL;
}

static int let_go(struct gw_pki *p)
{
	ike_pki_unref(p->loaded);
	return 0;
}

struct gw_pki *gw_pki_get(const char *name, struct gw_why *why)
{
	struct gw_pki *p = gw_pki_find(name);

	if (p || gw_name_check("pki", name, sizeof(p->name), why) < 0)
		return p;
	p = talloc_zero(gw, struct gw_pki);
	if (!p) {
		gw_fail(why, -ENOMEM, "pki %s: no memory", name);
		return NULL;
	}
	OSMO_STRLCPY_ARRAY(p->name, name);
	talloc_set_destructor(p, let_go);
	llist_add_tail(&p->list, &gw->pkis);
	return p;
}

bool gw_pki_used(const struct gw_circuit *c, const void *pki)
{
	return c->cfg.security && strcmp(c->cfg.pki, ((const struct gw_pki *)pki)->name) == 0;
}

int gw_pki_del(const char *name, struct gw_why *why)
{
	struct gw_pki *p = gw_pki_find(name);
	struct gw_link *l;
	struct gw_circuit *c;

	if (!p)
		return gw_fail(why, -ENOENT, "there is no pki '%.40s'", name);
	gw_for_each_circuit(l, c) if (strcmp(c->cfg.pki, name) == 0) return gw_fail(
		why, -EBUSY,
		"pki %s is in use by circuit %s: give that another 'authentication' first", name,
		c->name);
	llist_del(&p->list);
	talloc_free(p);
	return 0;
}

/* ---- reading ---- */

static const char *or_none(const char *path)
{
	return path[0] ? path : NULL;
}

static int read_files(const struct gw_pki_cfg *cfg, struct ike_pki **out, struct gw_why *why)
{
	struct ike_pki_cfg in = {
		.n_ca_files = cfg->n_ca,
		.ca_directory = or_none(cfg->ca_directory),
		.ca_crl = cfg->ca_directory_crl,
		.n_crl_files = cfg->n_crl,
		.crl_directory = or_none(cfg->crl_directory),
		.n_own = cfg->n_own,
	};

	for (unsigned int i = 0; i < cfg->n_ca; i++) {
		in.ca_file[i].path = cfg->ca[i].path;
		in.ca_file[i].crl = cfg->ca[i].crl;
	}
	for (unsigned int i = 0; i < cfg->n_crl; i++)
		in.crl_file[i] = cfg->crl[i];
	for (unsigned int i = 0; i < cfg->n_own; i++) {
		in.own[i].certificate = cfg->own[i].certificate;
		in.own[i].key = cfg->own[i].key;
	}
	return ike_pki_load(out, &in, why->text, sizeof(why->text));
}

static void take(struct gw_pki *p, struct ike_pki *fresh)
{
	ike_pki_unref(p->loaded);
	p->loaded = fresh;
	p->loaded_at = time(NULL);
	p->why[0] = '\0';
	gw_apply_circuits(gw_pki_used, p);
}

int gw_pki_load(struct gw_pki *p, struct gw_why *why)
{
	struct ike_pki *fresh;
	int rc = read_files(&p->cfg, &fresh, why);

	if (rc == 0)
		take(p, fresh);
	else
		OSMO_STRLCPY_ARRAY(p->why, why->text);
	return rc;
}

unsigned int gw_pki_load_all(void)
{
	unsigned int failed = 0;
	struct gw_why why;
	struct gw_pki *p;

	llist_for_each_entry (p, &gw->pkis, list) {
		if (gw_pki_load(p, &why) == 0) {
			LOGP(DGW, LOGL_NOTICE,
			     "pki %s: %u CAs and %u certificates of our own read\n", p->name,
			     ike_pki_cas(p->loaded), ike_pki_owns(p->loaded));
			continue;
		}
		failed++;
		LOGP(DGW, LOGL_ERROR, "pki %s: %s%s\n", p->name, why.text,
		     p->loaded ? "; what was read before stays in use" : "");
	}
	return failed;
}

const char *gw_pki_problem(const struct gw_pki *p)
{
	if (!p->loaded)
		return p->why[0] ? p->why : "its files were not read";
	if (ike_pki_cas(p->loaded) == 0)
		return "no CA: nobody's certificate could be verified; add 'ca-certificate FILE'";
	if (ike_pki_owns(p->loaded) == 0)
		return "no certificate of our own; add 'certificate FILE private-key FILE'";
	return NULL;
}

bool gw_pki_proves(const struct gw_pki *p, const struct ike_id *id)
{
	unsigned int n = p->loaded ? ike_pki_owns(p->loaded) : 0;

	for (unsigned int i = 0; i < n; i++)
		if (ike_pki_own_proves(p->loaded, i, id->type,
				       (struct ike_iov){ id->data, id->len }))
			return true;
	return false;
}

/* ---- changing ---- */

static int check_path(const char *what, const char *path, struct gw_why *why)
{
	if (path[0] == '\0' || path[0] == '/')
		return 0;
	return gw_fail(why, -EINVAL, "%s %.120s: give the whole path, from / on", what, path);
}

static int check_paths(const struct gw_pki_cfg *cfg, struct gw_why *why)
{
	int rc = check_path("ca-directory", cfg->ca_directory, why);

	if (rc == 0)
		rc = check_path("crl-directory", cfg->crl_directory, why);
	for (unsigned int i = 0; rc == 0 && i < cfg->n_ca; i++)
		rc = check_path("ca-certificate", cfg->ca[i].path, why);
	for (unsigned int i = 0; rc == 0 && i < cfg->n_crl; i++)
		rc = check_path("crl", cfg->crl[i], why);
	for (unsigned int i = 0; rc == 0 && i < cfg->n_own; i++) {
		rc = check_path("certificate", cfg->own[i].certificate, why);
		if (rc == 0)
			rc = check_path("private-key", cfg->own[i].key, why);
	}
	return rc;
}

int gw_pki_set(struct gw_pki *p, const struct gw_pki_cfg *cfg, struct gw_why *why)
{
	struct ike_pki *fresh = NULL;
	int rc = check_paths(cfg, why);

	if (rc == 0 && gw->started && !gw->checking)
		rc = read_files(cfg, &fresh, why);
	if (rc < 0)
		return rc;
	p->cfg = *cfg;
	if (fresh)
		take(p, fresh);
	return 0;
}
