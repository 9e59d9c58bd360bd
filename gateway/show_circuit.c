/* SPDX-License-Identifier: GPL-2.0-or-later */

/* show circuit LINK/VC: everything about one circuit on one page, with the arithmetic of its MTU. */

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/acct.h"
#include "gateway/vty.h"

static const char *ike_id_text(const struct ike_id *id, const char *none, char *buf, size_t size)
{
	const char *type = id->type == IKE_ID_FQDN	  ? "fqdn"
			   : id->type == IKE_ID_USER_FQDN ? "user-fqdn"
			   : id->type == IKE_ID_KEY_ID	  ? "key-id"
							  : NULL;

	if (!type)
		return none;
	snprintf(buf, size, "%s %.*s", type, id->len, (const char *)id->data);
	return buf;
}

static void head(struct vty *vty, const struct gw_circuit *c)
{
	char age[24], local[160], remote[160], buf[GW_PROBLEM_MAX];
	const char *problem;

	vty_line(vty, "Circuit %s: %s for %s", c->name, gw_circuit_state_name(c),
		 vty_since(c->since, age, sizeof(age)));
	problem = gw_circuit_problem(c, buf, sizeof(buf));
	if (*problem)
		vty_line(vty, "  problem: %s", problem);
	if (c->last_failure[0])
		vty_line(vty, "  last failure: %s", c->last_failure);
	if (c->ike && *ike_peer_failure(c->ike))
		vty_line(vty, "  last failure of IKE: %s", ike_peer_failure(c->ike));
	vty_line(vty, "  calls %" PRIu64 ", failed %" PRIu64, c->calls, c->failed_calls);
	if (!c->cfg.security)
		vty_line(vty, "  security: none, L2TP in clear");
	else
		vty_line(vty,
			 "  security: ike profile %s; we are %s, the peer is %s; next header %u",
			 c->cfg.profile,
			 ike_id_text(&c->cfg.local_id, "fqdn (hostname)", local, sizeof(local)),
			 ike_id_text(&c->cfg.remote_id, "any", remote, sizeof(remote)),
			 c->cfg.next_header);
	if (c->cfg.lns[0])
		vty_line(vty, "  accepts calls for lns %s", c->cfg.lns);
	if (c->cfg.client[0])
		vty_line(vty, "  dials for client %s", c->cfg.client);
}

/* What ESP runs with, or would be offered first. */
static const char *suite_name(const struct gw_circuit *c)
{
	struct ike_child_info kids[16];
	unsigned int n = c->ike ? ike_peer_children(c->ike, kids, 16) : 0;

	for (unsigned int i = 0; i < n && i < 16; i++)
		if (kids[i].sending && kids[i].suite)
			return kids[i].suite->name;
	return "not negotiated yet";
}

/*
 *	what the circuit carries - ESP - L2TP and PPP = the largest IP packet
 */
static void mtu(struct vty *vty, const struct gw_circuit *c)
{
	const struct gw_lns *lns = gw_lns_find(c->cfg.lns);
	const struct gw_client *cl = gw_client_find(c->cfg.client);
	unsigned int mru = lns ? lns->cfg.mru : cl ? cl->cfg.mru : PPP_MRU_DEFAULT;
	struct gw_mtu_show m;

	gw_circuit_mtu(c, &m);
	if (!m.path_mtu)
		return;
	vty_line(vty, "MTU");
	vty_line(vty, "  %6u  payload of the circuit", m.path_mtu);
	if (c->cfg.security && m.l2tp_mtu)
		vty_line(vty, "- %6u  ESP, %s: header, IV, padding, trailer, ICV",
			 m.path_mtu - m.l2tp_mtu, suite_name(c));
	vty_line(vty, "- %6u  L2TP%s%s%s and PPP headers", m.l2tp_overhead,
		 c->cfg.data_length ? ", Length" : "", c->cfg.data_sequencing ? ", Ns and Nr" : "",
		 c->cfg.data_offset ? ", Offset" : "");
	if (!m.ppp_mtu)
		return;
	vty_line(vty, "= %6u  largest IP packet that fits", m.ppp_mtu);
	vty_line(vty, "  %6u  configured mru; offered: %u", mru, m.ppp_mtu < mru ? m.ppp_mtu : mru);
}

static void counters(struct vty *vty, const struct gw_circuit *c)
{
	if (!c->c)
		return;
	vty_line(vty, "Counters");
	for (unsigned int i = 0; i < ACCT_N; i++) {
		uint64_t n = acct_get(c->c->id, (enum acct_ctr)i);

		if (n)
			vty_line(vty, "  %-24s %14" PRIu64 "  %s", acct_desc[i].name, n,
				 acct_desc[i].text);
	}
}

DEFUN(show_circuit, show_circuit_cmd, "show circuit LINK/VC",
      SHOW_STR "Everything about one circuit\nName of a circuit, e.g. atm0/0.100\n")
{
	struct gw_circuit *c = vty_circuit(vty, argv[0]);

	if (!c)
		return CMD_WARNING;
	head(vty, c);
	mtu(vty, c);
	vty_show_ike_circuit(vty, c);
	vty_show_ipsec_circuit(vty, c);
	vty_show_tunnels_circuit(vty, c);
	vty_show_ppp_circuit(vty, c);
	counters(vty, c);
	return CMD_SUCCESS;
}

void vty_show_circuit_init(void)
{
	install_element_ve(&show_circuit_cmd);
}
