/* SPDX-License-Identifier: GPL-2.0-or-later */

/* What an operator does to what runs: clear, rekey, capture. Nothing here is configuration. */

#include <errno.h>
#include <string.h>

#include "core/acct.h"
#include "gateway/vty.h"

#define CLEAR_STR_  "Reset or take down\n"
#define CIRCUIT_STR "Name of a circuit, e.g. atm0/0.100\n"

DEFUN(clear_counters, clear_counters_cmd, "clear counters",
      CLEAR_STR_ "Count from zero again, on all circuits and links\n")
{
	struct gw_link *l;
	struct gw_circuit *c;

	acct_clear(0);
	llist_for_each_entry (l, &gw->links, list) {
		if (l->l)
			acct_clear(l->l->id);
		llist_for_each_entry (c, &l->circuits, list)
			if (c->c)
				acct_clear(c->c->id);
	}
	return CMD_SUCCESS;
}

DEFUN(clear_sa, clear_sa_cmd, "clear crypto sa LINK/VC",
      CLEAR_STR_
      "Protection: IKE and ESP\n"
      "Delete all SAs of a circuit, telling the peer; they are negotiated anew\n" CIRCUIT_STR)
{
	struct gw_circuit *c = vty_circuit(vty, argv[0]);

	if (!c)
		return CMD_WARNING;
	if (!c->ike)
		return vty_refuse(vty, "circuit %s: no IKE runs there: %s", c->name,
				  c->cfg.security ? gw_circuit_state_name(c) : "security none");
	gw_circuit_clear(c, "cleared by the operator");
	return CMD_SUCCESS;
}

DEFUN(clear_session, clear_session_cmd, "clear l2tp session LINK/VC",
      CLEAR_STR_ "L2TP\nHang up the sessions of a circuit; a client dials again\n" CIRCUIT_STR)
{
	struct gw_circuit *c = vty_circuit(vty, argv[0]);
	struct gw_session *s, *next;
	unsigned int n = 0;

	if (!c)
		return CMD_WARNING;
	llist_for_each_entry_safe (s, next, &gw->sessions, list) {
		if (s->circuit != c)
			continue;
		gw_session_hangup(s, "cleared by the operator");
		n++;
	}
	if (!n)
		return vty_refuse(vty, "circuit %s: no session is there", c->name);
	vty_line(vty, "%u session%s hung up", n, n == 1 ? "" : "s");
	return CMD_SUCCESS;
}

DEFUN(rekey, rekey_cmd, "rekey LINK/VC (ike|esp)",
      "Negotiate new keys now\n" CIRCUIT_STR "Both phases\nESP only\n")
{
	struct gw_circuit *c = vty_circuit(vty, argv[0]);

	if (!c)
		return CMD_WARNING;
	if (!c->ike)
		return vty_refuse(vty, "circuit %s: no IKE runs there: %s", c->name,
				  c->cfg.security ? gw_circuit_state_name(c) : "security none");
	if (ike_peer_rekey(c->ike, argv[1][0] == 'i') < 0)
		return vty_refuse(vty, "circuit %s: there is no SA to renew yet", c->name);
	return CMD_SUCCESS;
}

/* ---- capture ---- */

static int capture(struct vty *vty, const char *name, const char *path, const char *snaplen)
{
	struct gw_link *l = vty_link(vty, name);
	struct gw_why why;
	uint64_t n = 65535;
	int rc;

	if (!l)
		return CMD_WARNING;
	if (snaplen && gw_range_parse(GW_R_SNAPLEN, snaplen, &n, &why) < 0)
		return vty_done(vty, -ERANGE, &why);
	if (!l->l)
		return vty_refuse(vty, "link %s does not run: %s", l->name,
				  l->shutdown ? "shutdown" : l->problem);
	rc = link_capture_start(l->l, path, (uint32_t)n);
	if (rc == -EBUSY)
		return vty_refuse(vty, "link %s: a capture runs already; 'no capture %s' ends it",
				  l->name, l->name);
	if (rc < 0)
		return vty_refuse(vty, "capture: %s: %s", path, strerror(-rc));
	return CMD_SUCCESS;
}

#define CAPTURE_STR "Write the payloads of a link to a pcap file\n"
#define LINK_STR    "Name of a link\n"
#define PATH_STR    "File, made anew\n"

DEFUN(capture_on, capture_on_cmd, "capture LINK FILE", CAPTURE_STR LINK_STR PATH_STR)
{
	return capture(vty, argv[0], argv[1], NULL);
}

DEFUN(capture_snap, capture_snap_cmd, "capture LINK FILE snaplen N",
      CAPTURE_STR LINK_STR PATH_STR "Keep so many octets of each\n16 to 65535, default all\n")
{
	return capture(vty, argv[0], argv[1], argv[2]);
}

DEFUN(capture_off, capture_off_cmd, "no capture LINK", NO_STR CAPTURE_STR LINK_STR)
{
	struct gw_link *l = vty_link(vty, argv[0]);

	if (!l)
		return CMD_WARNING;
	if (!l->l || link_capture_stop(l->l) < 0)
		return vty_refuse(vty, "link %s: no capture runs", l->name);
	return CMD_SUCCESS;
}

void vty_exec_init(void)
{
	install_element(ENABLE_NODE, &clear_counters_cmd);
	install_element(ENABLE_NODE, &clear_sa_cmd);
	install_element(ENABLE_NODE, &clear_session_cmd);
	install_element(ENABLE_NODE, &rekey_cmd);
	install_element(ENABLE_NODE, &capture_on_cmd);
	install_element(ENABLE_NODE, &capture_snap_cmd);
	install_element(ENABLE_NODE, &capture_off_cmd);
}
