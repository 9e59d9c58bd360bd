/* SPDX-License-Identifier: GPL-2.0-or-later */

/* The IP uplink: what a `link NAME ip` has, its nodes `peer NAME`, and what they show. A peer is a
 * circuit with IP beneath: the rest of its commands are in vty_circuit.c. */

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

#include "gateway/forward.h"
#include "gateway/vty.h"

/* ---- the link ---- */

static int only_ip(struct vty *vty, const char *what)
{
	return vty_refuse(vty, "%s: belongs to IP links ('link NAME ip'), this one is %s", what,
			  gw_medium_name(((struct gw_link *)vty->index)->cfg.medium));
}

static int set_link(struct vty *vty, const struct link_cfg *cfg)
{
	struct gw_why why;

	return vty_done(vty, gw_link_set(vty->index, cfg, &why), &why);
}

#define ADDRESS_STR "IP: this end's address; several addresses are several links\n"

DEFUN(l_address, l_address_cmd, "address ADDRESS", ADDRESS_STR "IPv4 or IPv6, one of this host\n")
{
	struct link_cfg cfg = ((struct gw_link *)vty->index)->cfg;

	if (cfg.medium != MEDIUM_IP)
		return only_ip(vty, "address");
	if (endpoint_parse(argv[0], &cfg.local) < 0)
		return vty_refuse(vty,
				  "address %.60s: give an IPv4 or IPv6 address, e.g. 192.0.2.1",
				  argv[0]);
	return set_link(vty, &cfg);
}

DEFUN(l_no_address, l_no_address_cmd, "no address", NO_STR ADDRESS_STR)
{
	struct link_cfg cfg = ((struct gw_link *)vty->index)->cfg;

	cfg.local = (struct endpoint){ .port = 0 };
	return set_link(vty, &cfg);
}

#define CLEAR_L2TP_STR "IP: serve UDP 1701 in the clear, for peers with 'security none'\n"

static int clear_l2tp_set(struct vty *vty, bool on)
{
	struct link_cfg cfg = ((struct gw_link *)vty->index)->cfg;

	if (cfg.medium != MEDIUM_IP)
		return only_ip(vty, "clear-l2tp");
	cfg.clear_l2tp = on;
	return set_link(vty, &cfg);
}

DEFUN(l_clear_l2tp, l_clear_l2tp_cmd, "clear-l2tp", CLEAR_L2TP_STR)
{
	return clear_l2tp_set(vty, true);
}

DEFUN(l_no_clear_l2tp, l_no_clear_l2tp_cmd, "no clear-l2tp", NO_STR CLEAR_L2TP_STR)
{
	return clear_l2tp_set(vty, false);
}

void vty_write_uplink(struct vty *vty, const struct link_cfg *cfg)
{
	char text[ENDPOINT_TEXT_MAX];

	if (cfg->medium != MEDIUM_IP)
		return;
	if (link_cfg_complete(cfg))
		vty_line(vty, " address %s", endpoint_text(&cfg->local, text, sizeof(text)));
	if (cfg->clear_l2tp)
		vty_line(vty, " clear-l2tp");
}

/* ---- its peers ---- */

#define PEER_STR "IP: who speaks L2TP/IPsec with us (RFC 3193)\n"

DEFUN(l_peer, l_peer_cmd, "peer NAME", PEER_STR "Name, for us\n")
{
	struct gw_link *l = vty->index;
	struct gw_circuit *c;
	struct gw_why why;

	if (l->cfg.medium != MEDIUM_IP)
		return only_ip(vty, "peer");
	c = gw_peer_get(l, argv[0], &why);
	if (!c)
		return vty_done(vty, -EINVAL, &why);
	vty->node = CIRCUIT_NODE;
	vty->index = c;
	return CMD_SUCCESS;
}

DEFUN(l_no_peer, l_no_peer_cmd, "no peer NAME", NO_STR PEER_STR "Name\n")
{
	struct gw_circuit *c = gw_peer_find(vty->index, argv[0]);
	struct gw_why why;

	if (!c)
		return vty_refuse(vty, "there is no peer %.40s on this link", argv[0]);
	return vty_done(vty, gw_circuit_del(c, &why), &why);
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

#define REMOTE_STR "IP: where the peer is\n"

DEFUN(c_remote, c_remote_cmd, "remote (ADDRESS|any)",
      REMOTE_STR "Its address, or a prefix where many may come from: 192.0.2.1, 2001:db8::/32\n"
		 "Anywhere\n")
{
	struct gw_circuit_cfg cfg = copy(vty);
	struct gw_why why;

	if (gw_remote_parse(argv[0], &cfg.remote, &why) < 0)
		return vty_done(vty, -EINVAL, &why);
	return set(vty, &cfg);
}

DEFUN(c_no_remote, c_no_remote_cmd, "no remote", NO_STR REMOTE_STR)
{
	struct gw_circuit_cfg cfg = copy(vty);

	cfg.remote = (struct gw_remote){ .set = false };
	return set(vty, &cfg);
}

#define WILDCARD_STR "IP: let all peers of a prefix have one pre-shared key\n"

DEFUN(c_wildcard, c_wildcard_cmd, "wildcard-psk .REASON",
      WILDCARD_STR "Why that has to be; each of them can then pose as the others and as us\n")
{
	char *reason = argv_concat(argv, argc, 0);
	struct gw_circuit_cfg cfg = copy(vty);
	int rc;

	memset(cfg.wildcard_reason, 0, sizeof(cfg.wildcard_reason));
	if (!reason || !reason[0] || strlen(reason) >= sizeof(cfg.wildcard_reason)) {
		rc = vty_refuse(vty, "wildcard-psk: give a reason of 1 to %zu octets",
				sizeof(cfg.wildcard_reason) - 1);
	} else {
		OSMO_STRLCPY_ARRAY(cfg.wildcard_reason, reason);
		rc = set(vty, &cfg);
	}
	talloc_free(reason);
	return rc;
}

DEFUN(c_no_wildcard, c_no_wildcard_cmd, "no wildcard-psk", NO_STR WILDCARD_STR)
{
	struct gw_circuit_cfg cfg = copy(vty);

	memset(cfg.wildcard_reason, 0, sizeof(cfg.wildcard_reason));
	return set(vty, &cfg);
}

#define L2TP_STR "L2TP on the circuit (RFC 2661)\n"
#define PORT_STR "IP: UDP port that we dial from\n"

DEFUN(c_port, c_port_cmd, "l2tp source-port (1701|dynamic)",
      L2TP_STR PORT_STR "L2TP's own, the default\nOne of the dynamic ports (RFC 2661 8.1)\n")
{
	struct gw_circuit_cfg cfg = copy(vty);

	cfg.dynamic_port = argv[0][0] == 'd';
	return set(vty, &cfg);
}

DEFUN(c_no_port, c_no_port_cmd, "no l2tp source-port", NO_STR L2TP_STR PORT_STR)
{
	struct gw_circuit_cfg cfg = copy(vty);

	cfg.dynamic_port = false;
	return set(vty, &cfg);
}

#define TRY_STR "IP: send who calls to another address (RFC 3193 4.2.3)\n"

DEFUN(c_try, c_try_cmd, "l2tp try-another ADDRESS", L2TP_STR TRY_STR "That of another gateway\n")
{
	struct gw_circuit_cfg cfg = copy(vty);
	struct endpoint e;
	struct gw_why why;

	if (endpoint_parse(argv[0], &e) < 0)
		return vty_refuse(vty, "l2tp try-another %.60s: give an IPv4 or IPv6 address",
				  argv[0]);
	if (vty_word(cfg.try_another, sizeof(cfg.try_another), "l2tp try-another", argv[0], &why) <
	    0)
		return vty_done(vty, -EINVAL, &why);
	return set(vty, &cfg);
}

DEFUN(c_no_try, c_no_try_cmd, "no l2tp try-another", NO_STR L2TP_STR TRY_STR)
{
	struct gw_circuit_cfg cfg = copy(vty);

	memset(cfg.try_another, 0, sizeof(cfg.try_another));
	return set(vty, &cfg);
}

void vty_write_peer(struct vty *vty, const struct gw_circuit_cfg *cfg)
{
	char text[ENDPOINT_TEXT_MAX];

	if (cfg->remote.set)
		vty_line(vty, "  remote %s", gw_remote_text(&cfg->remote, text, sizeof(text)));
	if (cfg->wildcard_reason[0])
		vty_line(vty, "  wildcard-psk %s", cfg->wildcard_reason);
}

/* ---- show ---- */

static void show_peer(struct vty *vty, const struct gw_circuit *c)
{
	const struct sa *sa = c->fwd ? c->fwd->out : NULL;
	const struct sa_ip *ip = sa ? sa->ip : NULL;
	char remote[ENDPOINT_TEXT_MAX], inner[16] = "-";

	if (ip)
		endpoint_text(&ip->remote, remote, sizeof(remote));
	else
		gw_remote_text(&c->cfg.remote, remote, sizeof(remote));
	if (c->fwd)
		snprintf(inner, sizeof(inner), "%u/%u", c->fwd->local_port, c->fwd->peer_port);
	vty_line(vty, "%-22s %-11s %-26s %-8s %-4s %5u %s", c->name, gw_circuit_state_name(c),
		 remote,
		 !c->cfg.security ? "clear"
		 : !ip		  ? "-"
		 : ip->tunnel	  ? (ip->udp_encap ? "tun-udp" : "tunnel")
		 : ip->udp_encap  ? "esp-udp"
				  : "esp",
		 ip ? vty_yes(ip->natted) : "-", c->ip_mtu, inner);
}

DEFUN(show_uplink, show_uplink_cmd, "show uplink",
      SHOW_STR "IP links and their peers: where they are, how ESP gets there\n")
{
	struct gw_link *l;
	struct gw_circuit *c;
	char text[ENDPOINT_TEXT_MAX];

	llist_for_each_entry (l, &gw->links, list) {
		if (l->cfg.medium != MEDIUM_IP)
			continue;
		vty_line(vty, "Link %s: %s, IKE from nobody's address: %" PRIu64, l->name,
			 link_cfg_complete(&l->cfg)
				 ? endpoint_text(&l->cfg.local, text, sizeof(text))
				 : "no address",
			 l->ike_no_peer);
		vty_line(vty, "%-22s %-11s %-26s %-8s %-4s %5s %s", "Peer", "State", "Remote",
			 "Carries", "NAT", "MTU", "L2TP ports");
		llist_for_each_entry (c, &l->circuits, list)
			show_peer(vty, c);
	}
	return CMD_SUCCESS;
}

void vty_uplink_init(void)
{
	install_element(LINK_NODE, &l_address_cmd);
	install_element(LINK_NODE, &l_no_address_cmd);
	install_element(LINK_NODE, &l_clear_l2tp_cmd);
	install_element(LINK_NODE, &l_no_clear_l2tp_cmd);
	install_element(LINK_NODE, &l_peer_cmd);
	install_element(LINK_NODE, &l_no_peer_cmd);
	install_element(CIRCUIT_NODE, &c_remote_cmd);
	install_element(CIRCUIT_NODE, &c_no_remote_cmd);
	install_element(CIRCUIT_NODE, &c_wildcard_cmd);
	install_element(CIRCUIT_NODE, &c_no_wildcard_cmd);
	install_element(CIRCUIT_NODE, &c_port_cmd);
	install_element(CIRCUIT_NODE, &c_no_port_cmd);
	install_element(CIRCUIT_NODE, &c_try_cmd);
	install_element(CIRCUIT_NODE, &c_no_try_cmd);
	install_element_ve(&show_uplink_cmd);
}
