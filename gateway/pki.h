/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * `pki NAME`: whom circuits trust and who they are, by certificates in files. What is configured are
 * paths; what is in use was read from them at one moment: at the start, by SIGHUP, or when a line
 * changed. Files that cannot be read leave what was read before in use. Control thread only.
 */

#include <time.h>

#include "gateway/gateway.h"
#include "ipsec/ike/cert.h"

enum { GW_PATH_MAX = 256 };

struct gw_pki_cfg {
	struct {
		char path[GW_PATH_MAX];
		enum ike_crl_mode crl;
	} ca[IKE_PKI_FILES_MAX];
	unsigned int n_ca;
	char ca_directory[GW_PATH_MAX]; /*!< empty = none */
	enum ike_crl_mode ca_directory_crl;
	char crl[IKE_PKI_FILES_MAX][GW_PATH_MAX];
	unsigned int n_crl;
	char crl_directory[GW_PATH_MAX];
	struct {
		char certificate[GW_PATH_MAX];
		char key[GW_PATH_MAX];
	} own[IKE_PKI_OWN_MAX];
	unsigned int n_own;
};

struct gw_pki {
	struct llist_head list;
	char name[GW_NAME_MAX];
	struct gw_pki_cfg cfg;
	struct ike_pki *loaded; /*!< in use; NULL = never read */
	time_t loaded_at;
	char why[GW_WHY_MAX]; /*!< why the last reading failed; empty = it did not */
};

struct gw_pki *gw_pki_find(const char *name);
struct gw_pki *gw_pki_get(const char *name, struct gw_why *why); /*!< find or make */
/*! While the gateway runs the files are read at once, and what cannot be used is refused. */
int gw_pki_set(struct gw_pki *p, const struct gw_pki_cfg *cfg, struct gw_why *why);
int gw_pki_del(const char *name, struct gw_why *why);

/*! Read the files. \returns 0, or -errno with the file and the fix in why; the old ones stay. */
int gw_pki_load(struct gw_pki *p, struct gw_why *why);
/*! All of them, with a word in the log for each; circuits take what is new. \returns how many failed. */
unsigned int gw_pki_load_all(void);
/*! What keeps circuits from using it, with the fix; NULL = nothing. */
const char *gw_pki_problem(const struct gw_pki *p);
/*! Has a certificate of our own in it this identity? */
bool gw_pki_proves(const struct gw_pki *p, const struct ike_id *id);
bool gw_pki_used(const struct gw_circuit *c, const void *pki);
