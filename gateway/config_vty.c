/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * The frame of the VTY: nodes and the way back between them, the commands of `gateway` and of the
 * VTY's password. The other nodes are in vty_*.c.
 *
 * What libosmovty 1.7 leaves to us: leaving a nested node does not restore vty->index (go_parent());
 * a number out of range would be "Unknown command", so numbers are taken as words and checked here.
 */

#include <errno.h>
#include <stdarg.h>
#include <string.h>

#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

#include "core/clock.h"
#include "gateway/vty.h"

/* libosmovty's own record of the VTY's passwords; command.h has the type only. */
extern struct host host;

int vty_done(struct vty *vty, int rc, const struct gw_why *why)
{
	if (rc >= 0)
		return CMD_SUCCESS;
	return vty_refuse(vty, "%s", why->text);
}

int vty_refuse(struct vty *vty, const char *fmt, ...)
{
	va_list ap;

	vty_out(vty, "%% ");
	va_start(ap, fmt);
	vty_out_va(vty, fmt, ap);
	va_end(ap);
	vty_out(vty, "%s", VTY_NEWLINE);
	return CMD_WARNING;
}

void vty_line(struct vty *vty, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vty_out_va(vty, fmt, ap);
	va_end(ap);
	vty_out(vty, "%s", VTY_NEWLINE);
}

int vty_word(char *out, size_t size, const char *what, const char *word, struct gw_why *why)
{
	if (strlen(word) >= size)
		return gw_fail(why, -ENAMETOOLONG, "%s %.60s..: at most %zu characters", what, word,
			       size - 1);
	memset(out, 0, size);
	osmo_strlcpy(out, word, size);
	return 0;
}

const char *vty_age(uint64_t s, char *buf, size_t size)
{
	unsigned int days = (unsigned int)(s / 86400), rest = (unsigned int)(s % 86400);

	if (days)
		snprintf(buf, size, "%ud %02u:%02u:%02u", days, rest / 3600, rest / 60 % 60,
			 rest % 60);
	else
		snprintf(buf, size, "%02u:%02u:%02u", rest / 3600, rest / 60 % 60, rest % 60);
	return buf;
}

const char *vty_since(int64_t ns, char *buf, size_t size)
{
	int64_t age = ns ? clock_ns() - ns : 0;

	return vty_age(age > 0 ? (uint64_t)(age / NSEC_PER_SEC) : 0, buf, size);
}

const char *vty_yes(bool yes)
{
	return yes ? "yes" : "no";
}

struct gw_circuit *vty_circuit(struct vty *vty, const char *name)
{
	struct gw_circuit *c = gw_circuit_by_name(name);

	if (!c)
		vty_refuse(
			vty,
			"there is no circuit '%.60s': 'show circuits' lists them, e.g. atm0/0.100",
			name);
	return c;
}

struct gw_link *vty_link(struct vty *vty, const char *name)
{
	struct gw_link *l = gw_link_find(name);

	if (!l)
		vty_refuse(vty, "there is no link '%.60s': 'show links' lists them", name);
	return l;
}

/* ---- gateway ---- */

static struct cmd_node gateway_node = { .node = GATEWAY_NODE,
					.prompt = "%s(config-gateway)# ",
					.vtysh = 1 };

DEFUN(cfg_gateway, cfg_gateway_cmd, "gateway", "Name, secrets, threads, CTRL of this gateway\n")
{
	vty->node = GATEWAY_NODE;
	vty->index = NULL;
	return CMD_SUCCESS;
}

DEFUN(gw_hostname, gw_hostname_cmd, "hostname NAME",
      "Name of this gateway: L2TP host name and IKE identity unless a circuit has its own\n"
      "Host name\n")
{
	struct gw_why why;

	return vty_done(vty, gw_set_hostname(argv[0], &why), &why);
}

DEFUN(gw_secrets_file, gw_secrets_file_cmd, "secrets-file PATH",
      "File of pre-shared keys, tunnel secrets and passwords (vcgw-secrets(5))\n"
      "Whole path; the file must be readable by its owner only\n")
{
	struct gw_why why;

	return vty_done(vty, gw_set_secrets_file(argv[0], &why), &why);
}

#define WORKERS_STR "Data-plane threads\n"

DEFUN(gw_workers, gw_workers_cmd, "workers N",
      WORKERS_STR "0 to 16; 0 = one less than processors, at least 1\n")
{
	struct gw_why why;
	uint64_t n;

	if (gw_range_parse(GW_R_WORKERS, argv[0], &n, &why) < 0)
		return vty_done(vty, -ERANGE, &why);
	return vty_done(vty, gw_set_workers((unsigned int)n, &why), &why);
}

DEFUN(gw_no_workers, gw_no_workers_cmd, "no workers", NO_STR WORKERS_STR)
{
	struct gw_why why;

	return vty_done(vty, gw_set_workers(0, &why), &why);
}

#define CRYPTO_STR "Threads for IKE's public-key operations\n"

DEFUN(gw_crypto, gw_crypto_cmd, "crypto-threads N", CRYPTO_STR "1 to 16, default 1\n")
{
	struct gw_why why;
	uint64_t n;

	if (gw_range_parse(GW_R_CRYPTO_THREADS, argv[0], &n, &why) < 0)
		return vty_done(vty, -ERANGE, &why);
	return vty_done(vty, gw_set_crypto_threads((unsigned int)n, &why), &why);
}

DEFUN(gw_no_crypto, gw_no_crypto_cmd, "no crypto-threads", NO_STR CRYPTO_STR)
{
	struct gw_why why;

	return vty_done(vty, gw_set_crypto_threads(1, &why), &why);
}

#define CTRL_STR "CTRL interface of Osmocom: counters and states for machines\n"

DEFUN(gw_ctrl, gw_ctrl_cmd, "ctrl ADDRESS PORT",
      CTRL_STR "IP address to listen on, e.g. 127.0.0.1\nTCP port, 1 to 65535\n")
{
	struct gw_why why;
	uint64_t port;

	if (gw_range_parse(GW_R_PORT, argv[1], &port, &why) < 0)
		return vty_done(vty, -ERANGE, &why);
	return vty_done(vty, gw_set_ctrl(argv[0], (uint16_t)port, &why), &why);
}

DEFUN(gw_no_ctrl, gw_no_ctrl_cmd, "no ctrl", NO_STR CTRL_STR)
{
	struct gw_cfg def;
	struct gw_why why;

	gw_cfg_init(&def);
	return vty_done(vty, gw_set_ctrl(def.ctrl_address, 0, &why), &why);
}

#define DISCARD_STR	     "Log lines about discarded packets (area DDROP)\n"
#define DISCARD_RATE_STR     "Most lines a second from each thread; all discards are counted\n"
#define DISCARD_CONTENTS_STR "Show the first 64 octets of each packet, which may be user data\n"

DEFUN(gw_discard_rate, gw_discard_rate_cmd, "discard-log rate N",
      DISCARD_STR DISCARD_RATE_STR "0 to 1000, default 10; 0 = no lines\n")
{
	struct gw_why why;
	uint64_t n;

	if (gw_range_parse(GW_R_DROP_LOG_RATE, argv[0], &n, &why) < 0)
		return vty_done(vty, -ERANGE, &why);
	return vty_done(vty, gw_set_drop_log((unsigned int)n, gw->cfg.drop_log_contents, &why),
			&why);
}

DEFUN(gw_no_discard_rate, gw_no_discard_rate_cmd, "no discard-log rate",
      NO_STR DISCARD_STR DISCARD_RATE_STR)
{
	struct gw_cfg def;
	struct gw_why why;

	gw_cfg_init(&def);
	return vty_done(vty, gw_set_drop_log(def.drop_log_rate, gw->cfg.drop_log_contents, &why),
			&why);
}

DEFUN(gw_discard_contents, gw_discard_contents_cmd, "discard-log contents",
      DISCARD_STR DISCARD_CONTENTS_STR)
{
	struct gw_why why;

	return vty_done(vty, gw_set_drop_log(gw->cfg.drop_log_rate, true, &why), &why);
}

DEFUN(gw_no_discard_contents, gw_no_discard_contents_cmd, "no discard-log contents",
      NO_STR DISCARD_STR DISCARD_CONTENTS_STR)
{
	struct gw_why why;

	return vty_done(vty, gw_set_drop_log(gw->cfg.drop_log_rate, false, &why), &why);
}

#define LEGACY_STR "Allow DES, 3DES, MD5 and groups below modp2048, which are weak\n"

DEFUN(gw_legacy, gw_legacy_cmd, "legacy-algorithms .REASON",
      LEGACY_STR "Why they are needed; the log repeats it\n")
{
	char *reason = argv_concat(argv, argc, 0);
	struct gw_why why;
	int rc = vty_done(vty, gw_set_legacy(reason ? reason : "", &why), &why);

	talloc_free(reason);
	return rc;
}

DEFUN(gw_no_legacy, gw_no_legacy_cmd, "no legacy-algorithms", NO_STR LEGACY_STR)
{
	struct gw_why why;

	return vty_done(vty, gw_set_legacy(NULL, &why), &why);
}

static int write_gateway(struct vty *vty)
{
	struct gw_cfg def;

	gw_cfg_init(&def);
	vty_line(vty, "gateway");
	/* The default is the machine's name; the peer knows this gateway by what stands here. */
	vty_line(vty, " hostname %s", gw->cfg.hostname);
	if (strcmp(gw->cfg.secrets_file, def.secrets_file) != 0)
		vty_line(vty, " secrets-file %s", gw->cfg.secrets_file);
	if (gw->cfg.workers != def.workers)
		vty_line(vty, " workers %u", gw->cfg.workers);
	if (gw->cfg.crypto_threads != def.crypto_threads)
		vty_line(vty, " crypto-threads %u", gw->cfg.crypto_threads);
	if (gw->cfg.ctrl_port)
		vty_line(vty, " ctrl %s %u", gw->cfg.ctrl_address, gw->cfg.ctrl_port);
	if (gw->cfg.drop_log_rate != def.drop_log_rate)
		vty_line(vty, " discard-log rate %u", gw->cfg.drop_log_rate);
	if (gw->cfg.drop_log_contents)
		vty_line(vty, " discard-log contents");
	if (gw->cfg.legacy_reason[0])
		vty_line(vty, " legacy-algorithms %s", gw->cfg.legacy_reason);
	if (gw->cfg.manual_counter[0])
		vty_line(vty, " manual-counter-file %s", gw->cfg.manual_counter);
	return 1;
}

/* ---- the VTY's password ---- */

/* libosmovty has `password` at the top level only; it stands with `login` here, where it belongs. */
DEFUN(line_password, line_password_cmd, "password TEXT",
      "Password of this terminal; asked for after 'login'\n"
      "The password, without blanks. It is never shown again\n")
{
	if (host.password)
		talloc_free(host.password);
	host.password = talloc_strdup(tall_vty_cmd_ctx, argv[0]);
	return CMD_SUCCESS;
}

DEFUN(line_no_password, line_no_password_cmd, "no password",
      NO_STR "Password of this terminal; 'login' then lets nobody in\n")
{
	talloc_free(host.password);
	host.password = NULL;
	return CMD_SUCCESS;
}

void vty_gateway_init(void)
{
	install_node(&gateway_node, write_gateway);
	install_element(CONFIG_NODE, &cfg_gateway_cmd);
	install_element(GATEWAY_NODE, &gw_hostname_cmd);
	install_element(GATEWAY_NODE, &gw_secrets_file_cmd);
	install_element(GATEWAY_NODE, &gw_workers_cmd);
	install_element(GATEWAY_NODE, &gw_no_workers_cmd);
	install_element(GATEWAY_NODE, &gw_crypto_cmd);
	install_element(GATEWAY_NODE, &gw_no_crypto_cmd);
	install_element(GATEWAY_NODE, &gw_ctrl_cmd);
	install_element(GATEWAY_NODE, &gw_no_ctrl_cmd);
	install_element(GATEWAY_NODE, &gw_discard_rate_cmd);
	install_element(GATEWAY_NODE, &gw_no_discard_rate_cmd);
	install_element(GATEWAY_NODE, &gw_discard_contents_cmd);
	install_element(GATEWAY_NODE, &gw_no_discard_contents_cmd);
	install_element(GATEWAY_NODE, &gw_legacy_cmd);
	install_element(GATEWAY_NODE, &gw_no_legacy_cmd);
	install_element(VTY_NODE, &line_password_cmd);
	install_element(VTY_NODE, &line_no_password_cmd);
}

/* ---- the frame ---- */

/* libosmovty restores the node but not what the node is about. */
static int go_parent(struct vty *vty)
{
	struct gw_circuit *c;

	switch ((int)vty->node) {
	case CIRCUIT_NODE:
		c = vty->index;
		vty->node = LINK_NODE;
		vty->index = c ? c->link : NULL;
		break;
	case GATEWAY_NODE:
	case PROFILE_NODE:
	case PKI_NODE:
	case LNS_NODE:
	case CLIENT_NODE:
	case LINK_NODE:
		vty->node = CONFIG_NODE;
		vty->index = NULL;
		break;
	}
	return vty->node;
}

static struct vty_app_info app_info = {
	.name = "vcgwd",
	.version = PACKAGE_VERSION,
	.copyright = "License GPLv2+: GNU GPL version 2 or later "
		     "<https://gnu.org/licenses/gpl.html>\r\n"
		     "This is free software: you may change and redistribute it.\r\n"
		     "There is no warranty, to the extent permitted by law.\r\n",
	.go_parent_cb = go_parent,
};

void gw_vty_init(void)
{
	vty_init(&app_info);
	vty_gateway_init();
	vty_ike_init();
	vty_pki_init();
	vty_ppp_init();
	vty_link_init();
	vty_circuit_init();
	vty_auth_init();
	vty_uplink_init();
	vty_security_init();
	vty_show_init();
	vty_show_ipsec_init();
	vty_show_l2tp_init();
	vty_exec_init();
	vty_write_init();
}
