/* SPDX-License-Identifier: GPL-2.0-or-later */

/* The node `link NAME (atm|frame-relay|ip)`: a port and what it is made of. */

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "gateway/vty.h"

static struct cmd_node link_node = { .node = LINK_NODE, .prompt = "%s(config-link)# ", .vtysh = 1 };

#define LINK_STR "A port that circuits come in on\n"

static int link_enter(struct vty *vty, const char *name, enum medium medium)
{
	struct gw_why why;
	struct gw_link *l = gw_link_get(name, medium, &why);

	if (!l)
		return vty_done(vty, -EINVAL, &why);
	vty->node = LINK_NODE;
	vty->index = l;
	return CMD_SUCCESS;
}

DEFUN(cfg_link, cfg_link_cmd, "link NAME (atm|frame-relay|ip)",
      LINK_STR "Name\nATM with AAL5\nFrame Relay\nUplink: L2TP/IPsec over an IP network\n")
{
	return link_enter(vty, argv[0],
			  argv[1][0] == 'a'   ? MEDIUM_ATM
			  : argv[1][0] == 'f' ? MEDIUM_FR
					      : MEDIUM_IP);
}

DEFUN(cfg_link_again, cfg_link_again_cmd, "link NAME", LINK_STR "Name of a link that is there\n")
{
	struct gw_link *l = gw_link_find(argv[0]);

	if (!l)
		return vty_refuse(vty,
				  "link %.40s: is not there yet; say 'link %.40s atm', 'link %.40s "
				  "frame-relay' or 'link %.40s ip' to make it",
				  argv[0], argv[0], argv[0], argv[0]);
	return link_enter(vty, argv[0], l->cfg.medium);
}

DEFUN(cfg_no_link, cfg_no_link_cmd, "no link NAME",
      NO_STR LINK_STR "Name; its circuits go with it\n")
{
	struct gw_why why;

	return vty_done(vty, gw_link_del(argv[0], &why), &why);
}

static int set(struct vty *vty, const struct link_cfg *cfg)
{
	struct gw_why why;

	return vty_done(vty, gw_link_set(vty->index, cfg, &why), &why);
}

static struct link_cfg copy(struct vty *vty)
{
	return ((struct gw_link *)vty->index)->cfg;
}

static int only_fr(struct vty *vty, const char *what)
{
	return vty_refuse(vty, "%s: belongs to Frame Relay, this link is %s", what,
			  gw_medium_word(((struct gw_link *)vty->index)->cfg.medium));
}

/* ---- driver ---- */

#define DRIVER_STR "What moves the link's cells or frames\n"
#define LOOP_STR   "Emulated line: a UNIX socket between two gateways\n"

DEFUN(l_driver, l_driver_cmd, "driver loop socket PATH (listen|connect)",
      DRIVER_STR LOOP_STR "The socket\nWhole path\nMake the socket and wait\nConnect to it\n")
{
	struct link_cfg cfg = copy(vty);
	struct gw_why why;

	snprintf(cfg.driver, sizeof(cfg.driver), "loop");
	if (vty_word(cfg.socket_path, sizeof(cfg.socket_path), "driver loop socket", argv[0],
		     &why) < 0)
		return vty_done(vty, -EINVAL, &why);
	cfg.listen = argv[1][0] == 'l';
	return set(vty, &cfg);
}

DEFUN(l_no_driver, l_no_driver_cmd, "no driver", NO_STR DRIVER_STR)
{
	struct link_cfg cfg = copy(vty);

	cfg.socket_path[0] = '\0';
	cfg.listen = false;
	return set(vty, &cfg);
}

#define MTU_STR "Frame Relay: longest frame with its address, without FCS\n"

static int mtu_set(struct vty *vty, const char *text)
{
	struct link_cfg cfg = copy(vty), def;
	struct gw_why why;
	uint64_t n;

	if (cfg.medium != MEDIUM_FR)
		return only_fr(vty, "mtu");
	link_cfg_init(&def, cfg.medium);
	n = def.mtu;
	if (text && gw_range_parse(GW_R_FR_MTU, text, &n, &why) < 0)
		return vty_done(vty, -ERANGE, &why);
	cfg.mtu = (uint16_t)n;
	return set(vty, &cfg);
}

DEFUN(l_mtu, l_mtu_cmd, "mtu OCTETS", MTU_STR "262 to 8192, default 1600\n")
{
	return mtu_set(vty, argv[0]);
}

DEFUN(l_no_mtu, l_no_mtu_cmd, "no mtu", NO_STR MTU_STR)
{
	return mtu_set(vty, NULL);
}

/* ---- LMI ---- */

#define LMI_STR	 "Link management of Frame Relay\n"
#define Q933_STR "Q.933 Annex A\n"

static int lmi_set(struct vty *vty, enum lmi_type type, bool network)
{
	struct link_cfg cfg = copy(vty);

	if (cfg.medium != MEDIUM_FR)
		return only_fr(vty, "lmi");
	cfg.lmi.type = type;
	cfg.lmi.network = network;
	return set(vty, &cfg);
}

DEFUN(l_lmi, l_lmi_cmd, "lmi q933a (user|network)",
      LMI_STR Q933_STR "This end asks for the status of the circuits\nThis end tells it\n")
{
	return lmi_set(vty, LMI_Q933A, argv[0][0] == 'n');
}

DEFUN(l_lmi_user, l_lmi_user_cmd, "lmi q933a", LMI_STR Q933_STR)
{
	return lmi_set(vty, LMI_Q933A, false);
}

DEFUN(l_lmi_none, l_lmi_none_cmd, "lmi none",
      LMI_STR "None: circuits are active while the link has carrier\n")
{
	return lmi_set(vty, LMI_NONE, false);
}

DEFUN(l_no_lmi, l_no_lmi_cmd, "no lmi", NO_STR LMI_STR)
{
	return lmi_set(vty, LMI_NONE, false);
}

#define LMI_PARAM "(n391|n392|n393|t391|t392)"
#define LMI_PARAM_STR                                                                              \
	"Full status every N polls, 1 to 255, default 6\n"                                         \
	"Errors until the link is down, 1 to 10, default 3\n"                                      \
	"Events watched for errors, 1 to 10, default 4\n"                                          \
	"User: seconds between polls, 1 to 30, default 10\n"                                       \
	"Network: seconds to wait for a poll, 1 to 30, default 15\n"

static const struct {
	const char *name;
	enum gw_range_id range;
	size_t offset;
} lmi_params[] = {
	{ "n391", GW_R_N391, offsetof(struct lmi_cfg, n391) },
	{ "n392", GW_R_N392, offsetof(struct lmi_cfg, n392) },
	{ "n393", GW_R_N393, offsetof(struct lmi_cfg, n393) },
	{ "t391", GW_R_T391, offsetof(struct lmi_cfg, t391) },
	{ "t392", GW_R_T392, offsetof(struct lmi_cfg, t392) },
};

static uint8_t *lmi_field(struct lmi_cfg *lmi, unsigned int i)
{
	return (uint8_t *)lmi + lmi_params[i].offset;
}

static int lmi_param(struct vty *vty, const char *name, const char *text)
{
	struct link_cfg cfg = copy(vty), def;
	unsigned int i = 0;
	struct gw_why why;
	uint64_t n;

	if (cfg.medium != MEDIUM_FR)
		return only_fr(vty, "lmi");
	while (strcmp(lmi_params[i].name, name) != 0)
		i++;
	link_cfg_init(&def, cfg.medium);
	n = *lmi_field(&def.lmi, i);
	if (text && gw_range_parse(lmi_params[i].range, text, &n, &why) < 0)
		return vty_done(vty, -ERANGE, &why);
	*lmi_field(&cfg.lmi, i) = (uint8_t)n;
	return set(vty, &cfg);
}

DEFUN(l_lmi_param, l_lmi_param_cmd, "lmi " LMI_PARAM " N", LMI_STR LMI_PARAM_STR "Number\n")
{
	return lmi_param(vty, argv[0], argv[1]);
}

DEFUN(l_no_lmi_param, l_no_lmi_param_cmd, "no lmi " LMI_PARAM, NO_STR LMI_STR LMI_PARAM_STR)
{
	return lmi_param(vty, argv[0], NULL);
}

/* ---- impairment ---- */

#define IMPAIR_STR  "Make this link's transmit side worse than it is, for tests\n"
#define IMPAIR_WHAT "(loss|bit-errors|delay|rate|seed)"
#define IMPAIR_WHAT_STR                                                                            \
	"Lose cells or frames, parts per million\n"                                                \
	"Damage one bit of cells or frames, parts per million\n"                                   \
	"Delay everything, microseconds\n"                                                         \
	"Line rate with framing, bits a second; 0 = unlimited\n"                                   \
	"Start of the random numbers: the same seed gives the same losses\n"

static int impair_set(struct vty *vty, const char *what, const char *text)
{
	struct link_cfg cfg = copy(vty);
	enum gw_range_id id = GW_R_PPM;
	struct gw_why why;
	uint64_t n = 0;

	if (what[0] == 'd')
		id = GW_R_DELAY_US;
	else if (what[0] == 'r')
		id = GW_R_RATE_BPS;
	else if (what[0] == 's')
		id = GW_R_SEED;
	if (text && gw_range_parse(id, text, &n, &why) < 0)
		return vty_done(vty, -ERANGE, &why);
	switch (what[0]) {
	case 'l':
		cfg.impair.loss_ppm = (uint32_t)n;
		break;
	case 'b':
		cfg.impair.bit_error_ppm = (uint32_t)n;
		break;
	case 'd':
		cfg.impair.delay_us = (uint32_t)n;
		break;
	case 'r':
		cfg.impair.rate_bps = n;
		break;
	default:
		cfg.impair.seed = (uint32_t)n;
	}
	return set(vty, &cfg);
}

DEFUN(l_impair, l_impair_cmd, "impair " IMPAIR_WHAT " N", IMPAIR_STR IMPAIR_WHAT_STR "Number\n")
{
	return impair_set(vty, argv[0], argv[1]);
}

DEFUN(l_no_impair_one, l_no_impair_one_cmd, "no impair " IMPAIR_WHAT,
      NO_STR IMPAIR_STR IMPAIR_WHAT_STR)
{
	return impair_set(vty, argv[0], NULL);
}

DEFUN(l_no_impair, l_no_impair_cmd, "no impair", NO_STR IMPAIR_STR)
{
	struct link_cfg cfg = copy(vty);

	memset(&cfg.impair, 0, sizeof(cfg.impair));
	return set(vty, &cfg);
}

#define SHUTDOWN_STR "Take the link, and all circuits on it, out of service\n"

DEFUN(l_shutdown, l_shutdown_cmd, "shutdown", SHUTDOWN_STR)
{
	struct gw_why why;

	return vty_done(vty, gw_link_shutdown(vty->index, true, &why), &why);
}

DEFUN(l_no_shutdown, l_no_shutdown_cmd, "no shutdown", NO_STR SHUTDOWN_STR)
{
	struct gw_why why;

	return vty_done(vty, gw_link_shutdown(vty->index, false, &why), &why);
}

/* ---- writing ---- */

static void write_lmi(struct vty *vty, const struct lmi_cfg *lmi, const struct lmi_cfg *def)
{
	/* n392 must not exceed n393 at any line of the file: whichever grows comes first. */
	static const uint8_t down[] = { 0, 1, 2, 3, 4 }, up[] = { 0, 2, 1, 3, 4 };
	const uint8_t *order = lmi->n393 > def->n393 ? up : down;
	struct lmi_cfg now = *lmi, was = *def;

	if (lmi->type == LMI_Q933A)
		vty_line(vty, " lmi q933a %s", lmi->network ? "network" : "user");
	for (unsigned int i = 0; i < ARRAY_SIZE(lmi_params); i++) {
		uint8_t n = *lmi_field(&now, order[i]);

		if (n != *lmi_field(&was, order[i]))
			vty_line(vty, " lmi %s %u", lmi_params[order[i]].name, n);
	}
}

static void write_impair(struct vty *vty, const struct impair_cfg *i)
{
	if (i->loss_ppm)
		vty_line(vty, " impair loss %u", i->loss_ppm);
	if (i->bit_error_ppm)
		vty_line(vty, " impair bit-errors %u", i->bit_error_ppm);
	if (i->delay_us)
		vty_line(vty, " impair delay %u", i->delay_us);
	if (i->rate_bps)
		vty_line(vty, " impair rate %" PRIu64, i->rate_bps);
	if (i->seed)
		vty_line(vty, " impair seed %u", i->seed);
}

static void write_link(struct vty *vty, struct gw_link *l)
{
	const struct link_cfg *cfg = &l->cfg;
	struct link_cfg def;

	link_cfg_init(&def, cfg->medium);
	vty_line(vty, "link %s %s", l->name, gw_medium_word(cfg->medium));
	vty_write_uplink(vty, cfg);
	if (cfg->socket_path[0])
		vty_line(vty, " driver %s socket %s %s", cfg->driver, cfg->socket_path,
			 cfg->listen ? "listen" : "connect");
	if (cfg->medium == MEDIUM_FR) {
		if (cfg->mtu != def.mtu)
			vty_line(vty, " mtu %u", cfg->mtu);
		write_lmi(vty, &cfg->lmi, &def.lmi);
	}
	write_impair(vty, &cfg->impair);
	if (l->shutdown)
		vty_line(vty, " shutdown");
	vty_write_circuits(vty, l);
}

static int write_links(struct vty *vty)
{
	struct gw_link *l;
	bool first = true;

	llist_for_each_entry (l, &gw->links, list) {
		if (!first)
			vty_line(vty, "!");
		first = false;
		write_link(vty, l);
	}
	return !first;
}

void vty_link_init(void)
{
	install_node(&link_node, write_links);
	install_element(CONFIG_NODE, &cfg_link_cmd);
	install_element(CONFIG_NODE, &cfg_link_again_cmd);
	install_element(CONFIG_NODE, &cfg_no_link_cmd);
	install_element(LINK_NODE, &l_driver_cmd);
	install_element(LINK_NODE, &l_no_driver_cmd);
	install_element(LINK_NODE, &l_mtu_cmd);
	install_element(LINK_NODE, &l_no_mtu_cmd);
	install_element(LINK_NODE, &l_lmi_cmd);
	install_element(LINK_NODE, &l_lmi_user_cmd);
	install_element(LINK_NODE, &l_lmi_none_cmd);
	install_element(LINK_NODE, &l_no_lmi_cmd);
	install_element(LINK_NODE, &l_lmi_param_cmd);
	install_element(LINK_NODE, &l_no_lmi_param_cmd);
	install_element(LINK_NODE, &l_impair_cmd);
	install_element(LINK_NODE, &l_no_impair_one_cmd);
	install_element(LINK_NODE, &l_no_impair_cmd);
	install_element(LINK_NODE, &l_shutdown_cmd);
	install_element(LINK_NODE, &l_no_shutdown_cmd);
}
