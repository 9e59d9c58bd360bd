/* SPDX-License-Identifier: GPL-2.0-or-later */

/* The nodes `pvc VPI.VCI` and `dlci N` of a link: a circuit and everything above it. */

#include <errno.h>
#include <string.h>

#include <osmocom/core/utils.h>

#include "gateway/vty.h"

static struct cmd_node circuit_node = { .node = CIRCUIT_NODE,
					.prompt = "%s(config-circuit)# ",
					.vtysh = 1 };

#define PVC_STR	 "ATM: a permanent virtual circuit\n"
#define DLCI_STR "Frame Relay: a permanent virtual circuit\n"

static int parse_vc(struct vty *vty, enum medium medium, const char *text, uint32_t *vc)
{
	struct gw_link *l = vty->index;
	struct gw_why why;

	if (l->cfg.medium != medium)
		return vty_refuse(vty, "%s",
				  medium == MEDIUM_ATM
					  ? "pvc: belongs to ATM; a Frame Relay link has 'dlci N'"
					  : "dlci: belongs to Frame Relay; an ATM link has 'pvc "
					    "VPI.VCI'");
	return vty_done(vty, gw_vc_parse(medium, text, vc, &why), &why);
}

static int enter(struct vty *vty, enum medium medium, const char *text)
{
	struct gw_circuit *c;
	struct gw_why why;
	uint32_t vc;
	int rc = parse_vc(vty, medium, text, &vc);

	if (rc != CMD_SUCCESS)
		return rc;
	c = gw_circuit_get(vty->index, vc, &why);
	if (!c)
		return vty_done(vty, -ENOMEM, &why);
	vty->node = CIRCUIT_NODE;
	vty->index = c;
	return CMD_SUCCESS;
}

static int leave(struct vty *vty, enum medium medium, const char *text)
{
	struct gw_circuit *c;
	struct gw_why why;
	uint32_t vc;
	int rc = parse_vc(vty, medium, text, &vc);

	if (rc != CMD_SUCCESS)
		return rc;
	c = gw_circuit_find(vty->index, vc);
	if (!c)
		return vty_refuse(vty, "there is no circuit %s on this link", text);
	return vty_done(vty, gw_circuit_del(c, &why), &why);
}

DEFUN(l_pvc, l_pvc_cmd, "pvc VPI.VCI", PVC_STR "VPI 0 to 255, VCI 32 to 65535, e.g. 0.100\n")
{
	return enter(vty, MEDIUM_ATM, argv[0]);
}

DEFUN(l_no_pvc, l_no_pvc_cmd, "no pvc VPI.VCI", NO_STR PVC_STR "VPI and VCI\n")
{
	return leave(vty, MEDIUM_ATM, argv[0]);
}

DEFUN(l_dlci, l_dlci_cmd, "dlci N", DLCI_STR "DLCI, 16 to 991\n")
{
	return enter(vty, MEDIUM_FR, argv[0]);
}

DEFUN(l_no_dlci, l_no_dlci_cmd, "no dlci N", NO_STR DLCI_STR "DLCI\n")
{
	return leave(vty, MEDIUM_FR, argv[0]);
}

static int set(struct vty *vty, const struct gw_circuit_cfg *cfg)
{
	struct gw_why why;

	return vty_done(vty, gw_circuit_set(vty->index, cfg, &why), &why);
}

static struct gw_circuit_cfg copy(struct vty *vty)
{
	return ((struct gw_circuit *)vty->index)->cfg;
}

static struct gw_circuit_cfg defaults(struct vty *vty)
{
	struct gw_circuit *c = vty->index;
	struct gw_circuit_cfg def;

	gw_circuit_cfg_init(&def, c->link->cfg.medium);
	return def;
}

/* ---- encapsulation ---- */

#define ENCAP_STR "How packets sit on the circuit\n"

static const char *const encap_words[] = {
	[ENCAP_LLC_SNAP] = "llc-snap",
	[ENCAP_NULL] = "null",
	[ENCAP_NLPID_SNAP] = "nlpid-snap",
};

DEFUN(c_encap, c_encap_cmd, "encapsulation (llc-snap|null|nlpid-snap)",
      ENCAP_STR "ATM: LLC and SNAP header (RFC 3355 5)\n"
		"ATM: nothing, the circuit carries L2TP only (RFC 3355 4)\n"
		"Frame Relay: NLPID and SNAP header (RFC 3070 4)\n")
{
	struct gw_circuit_cfg cfg = copy(vty);

	for (unsigned int i = 0; i < ARRAY_SIZE(encap_words); i++)
		if (strcmp(argv[0], encap_words[i]) == 0)
			cfg.encap = (enum encap)i;
	return set(vty, &cfg);
}

DEFUN(c_no_encap, c_no_encap_cmd, "no encapsulation", NO_STR ENCAP_STR)
{
	struct gw_circuit_cfg cfg = copy(vty);

	cfg.encap = defaults(vty).encap;
	return set(vty, &cfg);
}

#define SDU_STR "ATM: largest AAL5 SDU, with its LLC/SNAP header\n"

DEFUN(c_sdu, c_sdu_cmd, "max-sdu OCTETS", SDU_STR "64 to 65535, default 9188\n")
{
	struct gw_circuit_cfg cfg = copy(vty);
	struct gw_why why;
	uint64_t n;

	if (gw_range_parse(GW_R_MAX_SDU, argv[0], &n, &why) < 0)
		return vty_done(vty, -ERANGE, &why);
	cfg.max_sdu = (uint32_t)n;
	return set(vty, &cfg);
}

DEFUN(c_no_sdu, c_no_sdu_cmd, "no max-sdu", NO_STR SDU_STR)
{
	struct gw_circuit_cfg cfg = copy(vty);

	cfg.max_sdu = 0;
	return set(vty, &cfg);
}

/* ---- security ---- */

#define SECURITY_STR "Protection of everything on the circuit\n"

static void no_manual(struct gw_circuit_cfg *cfg)
{
	cfg->manual = NULL;
	cfg->spi_in = cfg->spi_out = 0;
}

DEFUN(c_security, c_security_cmd, "security ike PROFILE",
      SECURITY_STR "ESP with keys from IKE\nName of an 'ike profile'\n")
{
	struct gw_circuit_cfg cfg = copy(vty);
	struct gw_why why;

	if (vty_word(cfg.profile, sizeof(cfg.profile), "security ike", argv[0], &why) < 0)
		return vty_done(vty, -EINVAL, &why);
	cfg.security = true;
	no_manual(&cfg);
	return set(vty, &cfg);
}

DEFUN(c_security_none, c_security_none_cmd, "security none",
      SECURITY_STR "None: L2TP in clear, whoever is on the line reads and changes it\n")
{
	struct gw_circuit_cfg cfg = copy(vty), def = defaults(vty);

	cfg.security = false;
	no_manual(&cfg);
	OSMO_STRLCPY_ARRAY(cfg.profile, def.profile);
	return set(vty, &cfg);
}

DEFUN(c_no_security, c_no_security_cmd, "no security",
      NO_STR "Back to the default 'security ike default'; for clear L2TP say 'security none'\n")
{
	struct gw_circuit_cfg cfg = copy(vty), def = defaults(vty);

	cfg.security = def.security;
	no_manual(&cfg);
	OSMO_STRLCPY_ARRAY(cfg.profile, def.profile);
	return set(vty, &cfg);
}

#define NEXT_STR "Next header in ESP\n"

DEFUN(c_next, c_next_cmd, "next-header (115|0|auto)",
      NEXT_STR "L2TP (draft-ietf-pppext-l2tp-security-05)\n"
	       "As draft -00 of it had, for such a peer\n"
	       "As the peer has it: either is taken; we ask for 115 first\n")
{
	struct gw_circuit_cfg cfg = copy(vty);

	cfg.next_header = argv[0][0] == '0'   ? 0
			  : argv[0][0] == 'a' ? IKE_NEXT_HEADER_AUTO
					      : IKE_NEXT_HEADER_L2TP;
	return set(vty, &cfg);
}

DEFUN(c_no_next, c_no_next_cmd, "no next-header", NO_STR NEXT_STR)
{
	struct gw_circuit_cfg cfg = copy(vty);

	cfg.next_header = IKE_NEXT_HEADER_L2TP;
	return set(vty, &cfg);
}

/* ---- l2tp ---- */

#define L2TP_STR "L2TP on the circuit (RFC 2661)\n"

/* The words of a circuit: a reference or a name. */
enum text_field {
	T_LNS,
	T_CLIENT,
	T_HOST,
	T_PEER_HOST,
};

static int text_set(struct vty *vty, enum text_field f, const char *word)
{
	struct gw_circuit_cfg cfg = copy(vty);
	static const char *const what[] = { "l2tp lns", "l2tp client", "l2tp host-name",
					    "l2tp peer-host-name" };
	char *const out[] = { cfg.lns, cfg.client, cfg.host_name, cfg.peer_host_name };
	const size_t size[] = { sizeof(cfg.lns), sizeof(cfg.client), sizeof(cfg.host_name),
				sizeof(cfg.peer_host_name) };
	struct gw_why why;

	if (vty_word(out[f], size[f], what[f], word, &why) < 0)
		return vty_done(vty, -EINVAL, &why);
	return set(vty, &cfg);
}

#define L_LNS_STR    "Accept calls into an LNS group\n"
#define L_CLIENT_STR "Dial for a client\n"
#define L_HOST_STR   "Host name we give; default: the gateway's\n"
#define L_PEER_STR   "Host name the peer must give; default: any\n"

DEFUN(c_lns, c_lns_cmd, "l2tp lns NAME", L2TP_STR L_LNS_STR "Name of an 'lns'\n")
{
	return text_set(vty, T_LNS, argv[0]);
}

DEFUN(c_no_lns, c_no_lns_cmd, "no l2tp lns", NO_STR L2TP_STR L_LNS_STR)
{
	return text_set(vty, T_LNS, "");
}

DEFUN(c_client, c_client_cmd, "l2tp client NAME", L2TP_STR L_CLIENT_STR "Name of a 'client'\n")
{
	return text_set(vty, T_CLIENT, argv[0]);
}

DEFUN(c_no_client, c_no_client_cmd, "no l2tp client", NO_STR L2TP_STR L_CLIENT_STR)
{
	return text_set(vty, T_CLIENT, "");
}

DEFUN(c_host, c_host_cmd, "l2tp host-name NAME", L2TP_STR L_HOST_STR "Name\n")
{
	return text_set(vty, T_HOST, argv[0]);
}

DEFUN(c_no_host, c_no_host_cmd, "no l2tp host-name", NO_STR L2TP_STR L_HOST_STR)
{
	return text_set(vty, T_HOST, "");
}

DEFUN(c_peer_host, c_peer_host_cmd, "l2tp peer-host-name NAME", L2TP_STR L_PEER_STR "Name\n")
{
	return text_set(vty, T_PEER_HOST, argv[0]);
}

DEFUN(c_no_peer_host, c_no_peer_host_cmd, "no l2tp peer-host-name", NO_STR L2TP_STR L_PEER_STR)
{
	return text_set(vty, T_PEER_HOST, "");
}

#define FLAGS "(tunnel-authentication|hide-avps|data-sequencing|data-length)"
#define FLAGS_STR                                                                                  \
	"Authenticate tunnels with the secret 'tunnel LINK/VC' (RFC 2661 5.1.1)\n"                 \
	"Hide what may be hidden in control messages (RFC 2661 4.3)\n"                             \
	"Ask for sequence numbers on data messages (RFC 2661 5.4)\n"                               \
	"Send the Length field in data messages\n"

static int flag_set(struct vty *vty, const char *word, bool on)
{
	struct gw_circuit_cfg cfg = copy(vty);

	if (strcmp(word, "tunnel-authentication") == 0)
		cfg.tunnel_auth = on;
	else if (strcmp(word, "hide-avps") == 0)
		cfg.hide_avps = on;
	else if (strcmp(word, "data-sequencing") == 0)
		cfg.data_sequencing = on;
	else
		cfg.data_length = on;
	return set(vty, &cfg);
}

DEFUN(c_flag, c_flag_cmd, "l2tp " FLAGS, L2TP_STR FLAGS_STR)
{
	return flag_set(vty, argv[0], true);
}

DEFUN(c_no_flag, c_no_flag_cmd, "no l2tp " FLAGS, NO_STR L2TP_STR FLAGS_STR)
{
	return flag_set(vty, argv[0], false);
}

#define NUMBERS "(hello|window|retries|data-offset)"
#define NUMBERS_STR                                                                                \
	"Seconds of silence before a Hello, 0 to 3600, 0 = none, default 60\n"                     \
	"Receive window, 1 to 64 messages, default 16\n"                                           \
	"Retransmissions before the tunnel is down, 1 to 20, default 5\n"                          \
	"Send an offset of N octets in data messages, 0 to 64, 0 = no Offset field\n"

static int number_set(struct vty *vty, const char *word, const char *text)
{
	struct gw_circuit_cfg cfg = copy(vty), def = defaults(vty);
	struct gw_why why;
	int rc = 0;
	uint64_t n;

	if (strcmp(word, "hello") == 0) {
		n = def.hello_interval;
		rc = text ? gw_range_parse(GW_R_HELLO, text, &n, &why) : 0;
		cfg.hello_interval = (uint16_t)n;
	} else if (strcmp(word, "window") == 0) {
		n = def.rx_window;
		rc = text ? gw_range_parse(GW_R_WINDOW, text, &n, &why) : 0;
		cfg.rx_window = (uint16_t)n;
	} else if (strcmp(word, "retries") == 0) {
		n = def.retries;
		rc = text ? gw_range_parse(GW_R_RETRIES, text, &n, &why) : 0;
		cfg.retries = (uint8_t)n;
	} else {
		n = 0;
		rc = text ? gw_range_parse(GW_R_DATA_OFFSET, text, &n, &why) : 0;
		cfg.data_offset = (uint16_t)n;
	}
	return rc < 0 ? vty_done(vty, rc, &why) : set(vty, &cfg);
}

DEFUN(c_number, c_number_cmd, "l2tp " NUMBERS " N", L2TP_STR NUMBERS_STR "Number\n")
{
	return number_set(vty, argv[0], argv[1]);
}

DEFUN(c_no_number, c_no_number_cmd, "no l2tp " NUMBERS, NO_STR L2TP_STR NUMBERS_STR)
{
	return number_set(vty, argv[0], NULL);
}

#define SHUTDOWN_STR "Take the circuit out of service\n"

DEFUN(c_shutdown, c_shutdown_cmd, "shutdown", SHUTDOWN_STR)
{
	struct gw_why why;

	return vty_done(vty, gw_circuit_shutdown(vty->index, true, &why), &why);
}

DEFUN(c_no_shutdown, c_no_shutdown_cmd, "no shutdown", NO_STR SHUTDOWN_STR)
{
	struct gw_why why;

	return vty_done(vty, gw_circuit_shutdown(vty->index, false, &why), &why);
}

/* ---- writing ---- */

static void write_security(struct vty *vty, const struct gw_circuit_cfg *cfg)
{
	/* Always written: what protects a circuit is never left to a default's memory. */
	if (cfg->manual)
		vty_write_manual(vty, cfg);
	else if (cfg->security)
		vty_line(vty, "  security ike %s", cfg->profile);
	else
		vty_line(vty, "  security none");
	vty_write_auth(vty, cfg);
	if (cfg->next_header == IKE_NEXT_HEADER_AUTO)
		vty_line(vty, "  next-header auto");
	else if (cfg->next_header != IKE_NEXT_HEADER_L2TP)
		vty_line(vty, "  next-header %u", cfg->next_header);
}

static void write_l2tp(struct vty *vty, const struct gw_circuit_cfg *cfg,
		       const struct gw_circuit_cfg *def)
{
	if (cfg->lns[0])
		vty_line(vty, "  l2tp lns %s", cfg->lns);
	if (cfg->client[0])
		vty_line(vty, "  l2tp client %s", cfg->client);
	if (cfg->host_name[0])
		vty_line(vty, "  l2tp host-name %s", cfg->host_name);
	if (cfg->peer_host_name[0])
		vty_line(vty, "  l2tp peer-host-name %s", cfg->peer_host_name);
	if (cfg->tunnel_auth)
		vty_line(vty, "  l2tp tunnel-authentication");
	if (cfg->hide_avps)
		vty_line(vty, "  l2tp hide-avps");
	if (cfg->try_another[0])
		vty_line(vty, "  l2tp try-another %s", cfg->try_another);
	if (cfg->dynamic_port)
		vty_line(vty, "  l2tp source-port dynamic");
	if (cfg->hello_interval != def->hello_interval)
		vty_line(vty, "  l2tp hello %u", cfg->hello_interval);
	if (cfg->rx_window != def->rx_window)
		vty_line(vty, "  l2tp window %u", cfg->rx_window);
	if (cfg->retries != def->retries)
		vty_line(vty, "  l2tp retries %u", cfg->retries);
	if (cfg->data_sequencing)
		vty_line(vty, "  l2tp data-sequencing");
	if (cfg->data_length)
		vty_line(vty, "  l2tp data-length");
	if (cfg->data_offset)
		vty_line(vty, "  l2tp data-offset %u", cfg->data_offset);
}

void vty_write_circuits(struct vty *vty, struct gw_link *l)
{
	struct gw_circuit_cfg def;
	struct gw_circuit *c;

	gw_circuit_cfg_init(&def, l->cfg.medium);
	llist_for_each_entry (c, &l->circuits, list) {
		if (c->model)
			continue;
		if (l->cfg.medium == MEDIUM_IP)
			vty_line(vty, " peer %s", c->label);
		else if (l->cfg.medium == MEDIUM_ATM)
			vty_line(vty, " pvc %u.%u", c->vc >> 16, c->vc & 0xffff);
		else
			vty_line(vty, " dlci %u", c->vc);
		if (c->cfg.encap != def.encap)
			vty_line(vty, "  encapsulation %s", encap_words[c->cfg.encap]);
		if (c->cfg.max_sdu)
			vty_line(vty, "  max-sdu %u", c->cfg.max_sdu);
		vty_write_peer(vty, &c->cfg);
		write_security(vty, &c->cfg);
		write_l2tp(vty, &c->cfg, &def);
		if (c->shutdown)
			vty_line(vty, "  shutdown");
	}
}

static void init_l2tp(void)
{
	install_element(CIRCUIT_NODE, &c_lns_cmd);
	install_element(CIRCUIT_NODE, &c_no_lns_cmd);
	install_element(CIRCUIT_NODE, &c_client_cmd);
	install_element(CIRCUIT_NODE, &c_no_client_cmd);
	install_element(CIRCUIT_NODE, &c_host_cmd);
	install_element(CIRCUIT_NODE, &c_no_host_cmd);
	install_element(CIRCUIT_NODE, &c_peer_host_cmd);
	install_element(CIRCUIT_NODE, &c_no_peer_host_cmd);
	install_element(CIRCUIT_NODE, &c_flag_cmd);
	install_element(CIRCUIT_NODE, &c_no_flag_cmd);
	install_element(CIRCUIT_NODE, &c_number_cmd);
	install_element(CIRCUIT_NODE, &c_no_number_cmd);
}

void vty_circuit_init(void)
{
	install_node(&circuit_node, NULL);
	install_element(LINK_NODE, &l_pvc_cmd);
	install_element(LINK_NODE, &l_no_pvc_cmd);
	install_element(LINK_NODE, &l_dlci_cmd);
	install_element(LINK_NODE, &l_no_dlci_cmd);
	install_element(CIRCUIT_NODE, &c_encap_cmd);
	install_element(CIRCUIT_NODE, &c_no_encap_cmd);
	install_element(CIRCUIT_NODE, &c_sdu_cmd);
	install_element(CIRCUIT_NODE, &c_no_sdu_cmd);
	install_element(CIRCUIT_NODE, &c_security_cmd);
	install_element(CIRCUIT_NODE, &c_security_none_cmd);
	install_element(CIRCUIT_NODE, &c_no_security_cmd);
	install_element(CIRCUIT_NODE, &c_next_cmd);
	install_element(CIRCUIT_NODE, &c_no_next_cmd);
	install_element(CIRCUIT_NODE, &c_shutdown_cmd);
	install_element(CIRCUIT_NODE, &c_no_shutdown_cmd);
	init_l2tp();
}
