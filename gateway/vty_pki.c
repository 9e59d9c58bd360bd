/* SPDX-License-Identifier: GPL-2.0-or-later */

/* The node `pki NAME`, and `show crypto pki`. */

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <osmocom/core/utils.h>

#include "gateway/pki.h"
#include "gateway/vty.h"

static struct cmd_node pki_node = { .node = PKI_NODE, .prompt = "%s(config-pki)# ", .vtysh = 1 };

#define PKI_STR "Certificates: whom circuits trust and who they are\n"

DEFUN(cfg_pki, cfg_pki_cmd, "pki NAME", PKI_STR "Name\n")
{
	struct gw_why why;
	struct gw_pki *p = gw_pki_get(argv[0], &why);

	if (!p)
		return vty_done(vty, -EINVAL, &why);
	vty->node = PKI_NODE;
	vty->index = p;
	return CMD_SUCCESS;
}

DEFUN(cfg_no_pki, cfg_no_pki_cmd, "no pki NAME", NO_STR PKI_STR "Name\n")
{
	struct gw_why why;

	return vty_done(vty, gw_pki_del(argv[0], &why), &why);
}

static int set(struct vty *vty, const struct gw_pki_cfg *cfg)
{
	struct gw_why why;

	return vty_done(vty, gw_pki_set(vty->index, cfg, &why), &why);
}

static struct gw_pki_cfg copy(struct vty *vty)
{
	return ((struct gw_pki *)vty->index)->cfg;
}

/* ---- whom we trust ---- */

static const char *const modes[] = {
	[IKE_CRL_IF_PRESENT] = "if-present",
	[IKE_CRL_REQUIRE] = "require",
	[IKE_CRL_OFF] = "off",
};

static enum ike_crl_mode mode_of(const char *word)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(modes); i++)
		if (strcmp(modes[i], word) == 0)
			return (enum ike_crl_mode)i;
	return IKE_CRL_IF_PRESENT;
}

#define CA_STR	 "CAs that we trust, and ask peers for\n"
#define FILE_STR "File in PEM form, whole path\n"
#define DIR_STR	 "Directory, whole path\n"
#define MODE_STR                                                                                   \
	"Revocation lists of these CAs\nRefuse who is under one without a current list\n"          \
	"Look at a list where there is one (default)\nDo not look at lists\n"
#define MODES "crl (require|if-present|off)"

static int ca_set(struct vty *vty, const char *path, enum ike_crl_mode mode)
{
	struct gw_pki_cfg cfg = copy(vty);
	struct gw_why why;
	unsigned int i = 0;

	while (i < cfg.n_ca && strcmp(cfg.ca[i].path, path) != 0)
		i++;
	if (i == IKE_PKI_FILES_MAX)
		return vty_refuse(vty,
				  "ca-certificate %.60s: %d files at most; put several CAs into "
				  "one, or use 'ca-directory'",
				  path, IKE_PKI_FILES_MAX);
	if (i == cfg.n_ca)
		cfg.n_ca++;
	cfg.ca[i].crl = mode;
	if (vty_word(cfg.ca[i].path, GW_PATH_MAX, "ca-certificate", path, &why) < 0)
		return vty_done(vty, -EINVAL, &why);
	return set(vty, &cfg);
}

DEFUN(p_ca, p_ca_cmd, "ca-certificate FILE", CA_STR FILE_STR)
{
	return ca_set(vty, argv[0], IKE_CRL_IF_PRESENT);
}

DEFUN(p_ca_mode, p_ca_mode_cmd, "ca-certificate FILE " MODES, CA_STR FILE_STR MODE_STR)
{
	return ca_set(vty, argv[0], mode_of(argv[1]));
}

DEFUN(p_no_ca, p_no_ca_cmd, "no ca-certificate FILE", NO_STR CA_STR FILE_STR)
{
	struct gw_pki_cfg cfg = copy(vty);

	for (unsigned int i = 0; i < cfg.n_ca; i++)
		if (strcmp(cfg.ca[i].path, argv[0]) == 0) {
			cfg.n_ca--;
			memmove(&cfg.ca[i], &cfg.ca[i + 1], (cfg.n_ca - i) * sizeof(cfg.ca[0]));
			return set(vty, &cfg);
		}
	return vty_refuse(vty, "ca-certificate %.120s: this pki does not have it", argv[0]);
}

#define CA_DIR_STR "The files *.pem, *.crt and *.cer of a directory, as with ca-certificate\n"

static int ca_directory_set(struct vty *vty, const char *path, enum ike_crl_mode mode)
{
	struct gw_pki_cfg cfg = copy(vty);
	struct gw_why why;

	cfg.ca_directory_crl = mode;
	if (vty_word(cfg.ca_directory, GW_PATH_MAX, "ca-directory", path, &why) < 0)
		return vty_done(vty, -EINVAL, &why);
	return set(vty, &cfg);
}

DEFUN(p_ca_dir, p_ca_dir_cmd, "ca-directory DIRECTORY", CA_DIR_STR DIR_STR)
{
	return ca_directory_set(vty, argv[0], IKE_CRL_IF_PRESENT);
}

DEFUN(p_ca_dir_mode, p_ca_dir_mode_cmd, "ca-directory DIRECTORY " MODES,
      CA_DIR_STR DIR_STR MODE_STR)
{
	return ca_directory_set(vty, argv[0], mode_of(argv[1]));
}

DEFUN(p_no_ca_dir, p_no_ca_dir_cmd, "no ca-directory", NO_STR CA_DIR_STR)
{
	return ca_directory_set(vty, "", IKE_CRL_IF_PRESENT);
}

/* ---- revocation lists ---- */

#define CRL_STR	    "Revocation lists\n"
#define CRL_DIR_STR "The files *.pem and *.crl of a directory, as with crl\n"

DEFUN(p_crl, p_crl_cmd, "crl FILE", CRL_STR FILE_STR)
{
	struct gw_pki_cfg cfg = copy(vty);
	struct gw_why why;

	for (unsigned int i = 0; i < cfg.n_crl; i++)
		if (strcmp(cfg.crl[i], argv[0]) == 0)
			return CMD_SUCCESS;
	if (cfg.n_crl == IKE_PKI_FILES_MAX)
		return vty_refuse(vty,
				  "crl %.60s: %d files at most; put several lists into one, or use "
				  "'crl-directory'",
				  argv[0], IKE_PKI_FILES_MAX);
	if (vty_word(cfg.crl[cfg.n_crl++], GW_PATH_MAX, "crl", argv[0], &why) < 0)
		return vty_done(vty, -EINVAL, &why);
	return set(vty, &cfg);
}

DEFUN(p_no_crl, p_no_crl_cmd, "no crl FILE", NO_STR CRL_STR FILE_STR)
{
	struct gw_pki_cfg cfg = copy(vty);

	for (unsigned int i = 0; i < cfg.n_crl; i++)
		if (strcmp(cfg.crl[i], argv[0]) == 0) {
			cfg.n_crl--;
			memmove(cfg.crl[i], cfg.crl[i + 1], (cfg.n_crl - i) * GW_PATH_MAX);
			return set(vty, &cfg);
		}
	return vty_refuse(vty, "crl %.120s: this pki does not have it", argv[0]);
}

static int crl_directory_set(struct vty *vty, const char *path)
{
	struct gw_pki_cfg cfg = copy(vty);
	struct gw_why why;

	if (vty_word(cfg.crl_directory, GW_PATH_MAX, "crl-directory", path, &why) < 0)
		return vty_done(vty, -EINVAL, &why);
	return set(vty, &cfg);
}

DEFUN(p_crl_dir, p_crl_dir_cmd, "crl-directory DIRECTORY", CRL_DIR_STR DIR_STR)
{
	return crl_directory_set(vty, argv[0]);
}

DEFUN(p_no_crl_dir, p_no_crl_dir_cmd, "no crl-directory", NO_STR CRL_DIR_STR)
{
	return crl_directory_set(vty, "");
}

/* ---- who we are ---- */

#define OWN_STR "A certificate of our own, in its file followed by those of the CAs between\n"
#define KEY_STR "Its private key\nFile in PEM form, not encrypted, for its owner's eyes only\n"

DEFUN(p_own, p_own_cmd, "certificate FILE private-key FILE", OWN_STR FILE_STR KEY_STR)
{
	struct gw_pki_cfg cfg = copy(vty);
	struct gw_why why;
	unsigned int i = 0;

	while (i < cfg.n_own && strcmp(cfg.own[i].certificate, argv[0]) != 0)
		i++;
	if (i == IKE_PKI_OWN_MAX)
		return vty_refuse(vty, "certificate %.60s: a pki has %d at most", argv[0],
				  IKE_PKI_OWN_MAX);
	if (i == cfg.n_own)
		cfg.n_own++;
	if (vty_word(cfg.own[i].certificate, GW_PATH_MAX, "certificate", argv[0], &why) < 0 ||
	    vty_word(cfg.own[i].key, GW_PATH_MAX, "private-key", argv[1], &why) < 0)
		return vty_done(vty, -EINVAL, &why);
	return set(vty, &cfg);
}

DEFUN(p_no_own, p_no_own_cmd, "no certificate FILE", NO_STR OWN_STR FILE_STR)
{
	struct gw_pki_cfg cfg = copy(vty);

	for (unsigned int i = 0; i < cfg.n_own; i++)
		if (strcmp(cfg.own[i].certificate, argv[0]) == 0) {
			cfg.n_own--;
			memmove(&cfg.own[i], &cfg.own[i + 1], (cfg.n_own - i) * sizeof(cfg.own[0]));
			return set(vty, &cfg);
		}
	return vty_refuse(vty, "certificate %.120s: this pki does not have it", argv[0]);
}

/* ---- writing ---- */

static void write_ca(struct vty *vty, const char *what, const char *path, enum ike_crl_mode mode)
{
	if (mode == IKE_CRL_IF_PRESENT)
		vty_line(vty, " %s %s", what, path);
	else
		vty_line(vty, " %s %s crl %s", what, path, modes[mode]);
}

static void write_pki(struct vty *vty, const struct gw_pki *p)
{
	const struct gw_pki_cfg *cfg = &p->cfg;

	vty_line(vty, "pki %s", p->name);
	for (unsigned int i = 0; i < cfg->n_ca; i++)
		write_ca(vty, "ca-certificate", cfg->ca[i].path, cfg->ca[i].crl);
	if (cfg->ca_directory[0])
		write_ca(vty, "ca-directory", cfg->ca_directory, cfg->ca_directory_crl);
	for (unsigned int i = 0; i < cfg->n_crl; i++)
		vty_line(vty, " crl %s", cfg->crl[i]);
	if (cfg->crl_directory[0])
		vty_line(vty, " crl-directory %s", cfg->crl_directory);
	for (unsigned int i = 0; i < cfg->n_own; i++)
		vty_line(vty, " certificate %s private-key %s", cfg->own[i].certificate,
			 cfg->own[i].key);
}

static int write_pkis(struct vty *vty)
{
	struct gw_pki *p;
	bool first = true;

	llist_for_each_entry (p, &gw->pkis, list) {
		if (!first)
			vty_line(vty, "!");
		first = false;
		write_pki(vty, p);
	}
	return !first;
}

/* ---- show ---- */

enum { DATE_MAX = 32 };

static const char *date(time_t t, char buf[DATE_MAX])
{
	struct tm tm;

	if (!t || !gmtime_r(&t, &tm) || !strftime(buf, DATE_MAX, "%Y-%m-%d %H:%M:%S UTC", &tm))
		snprintf(buf, DATE_MAX, "-");
	return buf;
}

static void show_item(void *priv, const struct ike_pki_item *i)
{
	const char *late = i->to && i->to < time(NULL) ? "  OUT OF DATE" : "";
	char from[DATE_MAX], to[DATE_MAX];
	struct vty *vty = priv;

	date(i->from, from);
	date(i->to, to);
	if (i->kind == IKE_PKI_CRL) {
		vty_line(vty, "  Revocation list of %s", i->issuer);
		vty_line(vty, "    made %s, next %s, revoked %u%s", from, to, i->count, late);
		return;
	}
	if (i->kind == IKE_PKI_CA)
		vty_line(vty, "  CA %s, revocation lists: %s", i->subject, modes[i->crl]);
	else
		vty_line(vty, "  Our certificate %s, %s, key of %u bits, sent with %u more",
			 i->subject, i->method->name, i->key_bits, i->count - 1);
	vty_line(vty, "    issuer %s, serial %s", i->issuer, i->serial);
	vty_line(vty, "    valid from %s to %s%s", from, to, late);
}

static void show_pki(struct vty *vty, const struct gw_pki *p)
{
	const char *problem = gw_pki_problem(p);
	char at[DATE_MAX];
	struct gw_circuit *c;
	struct gw_link *l;

	vty_line(vty, "Pki %s: read %s", p->name, date(p->loaded_at, at));
	if (problem)
		vty_line(vty, "  problem: %s", problem);
	else if (p->why[0])
		vty_line(vty, "  not read anew, the old is in use: %s", p->why);
	gw_for_each_circuit(l, c) if (gw_pki_used(c, p)) vty_line(vty, "  Circuit %s", c->name);
	if (p->loaded)
		ike_pki_each(p->loaded, show_item, vty);
}

#define CRYPTO_STR   "Protection: IKE and ESP\n"
#define SHOW_PKI_STR "Certificates, their CAs and revocation lists, with their dates; never keys\n"

DEFUN(show_pkis, show_pkis_cmd, "show crypto pki", SHOW_STR CRYPTO_STR SHOW_PKI_STR)
{
	struct gw_pki *p;

	llist_for_each_entry (p, &gw->pkis, list)
		show_pki(vty, p);
	return CMD_SUCCESS;
}

DEFUN(show_pki1, show_pki1_cmd, "show crypto pki NAME",
      SHOW_STR CRYPTO_STR SHOW_PKI_STR "Name of a pki\n")
{
	struct gw_pki *p = gw_pki_find(argv[0]);

	if (!p)
		return vty_refuse(vty, "there is no pki '%.40s': 'show crypto pki' lists them",
				  argv[0]);
	show_pki(vty, p);
	return CMD_SUCCESS;
}

void vty_pki_init(void)
{
	install_node(&pki_node, write_pkis);
	install_element(CONFIG_NODE, &cfg_pki_cmd);
	install_element(CONFIG_NODE, &cfg_no_pki_cmd);
	install_element(PKI_NODE, &p_ca_cmd);
	install_element(PKI_NODE, &p_ca_mode_cmd);
	install_element(PKI_NODE, &p_no_ca_cmd);
	install_element(PKI_NODE, &p_ca_dir_cmd);
	install_element(PKI_NODE, &p_ca_dir_mode_cmd);
	install_element(PKI_NODE, &p_no_ca_dir_cmd);
	install_element(PKI_NODE, &p_crl_cmd);
	install_element(PKI_NODE, &p_no_crl_cmd);
	install_element(PKI_NODE, &p_crl_dir_cmd);
	install_element(PKI_NODE, &p_no_crl_dir_cmd);
	install_element(PKI_NODE, &p_own_cmd);
	install_element(PKI_NODE, &p_no_own_cmd);
	install_element_ve(&show_pkis_cmd);
	install_element_ve(&show_pki1_cmd);
}
