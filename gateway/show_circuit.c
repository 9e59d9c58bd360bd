/* SPDX-License-Identifier: GPL-2.0-or-later */

/* show circuit LINK/VC: everything about one circuit on one page, with the arithmetic of its MTU. */

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/acct.h"
#include "gateway/vty.h"

/* "115", or what of `auto` is known. */
static const char *next_header_text(const struct gw_circuit *c, char *buf, size_t size)
{
	struct ike_child_info kids[16];
	unsigned int n = c->ike ? ike_peer_children(c->ike, kids, 16) : 0;

	if (c->cfg.next_header != IKE_NEXT_HEADER_AUTO) {
		snprintf(buf, size, "%u", c->cfg.next_header);
		return buf;
	}
	for (unsigned int i = 0; i < n && i < 16; i++) {
		if (!kids[i].sending)
			continue;
		snprintf(buf, size, "auto, %u as the peer has it", kids[i].next_header);
		return buf;
	}
	return "auto, not known yet";
}

static void head(struct vty *vty, const struct gw_circuit *c)
{
	char age[24], local[VTY_ID_MAX], remote[VTY_ID_MAX], next[40], buf[GW_PROBLEM_MAX];
	const char *problem;

	vty_line(vty, "Circuit %s: %s for %s", c->name, gw_circuit_state_name(c),
		 vty_since(c->since, age, sizeof(age)));
	problem = gw_circuit_problem(c, buf, sizeof(buf));
	if (*problem)
		vty_line(vty, "  problem: %s", problem);
	if (c->last_failure[0])
		vty_line(vty, "  last failure: %s", c->last_failure);
	vty_line(vty, "  calls %" PRIu64 ", failed %" PRIu64, c->calls, c->failed_calls);
	if (!c->cfg.security)
		vty_line(vty, "  security: none, L2TP in clear");
	else if (c->cfg.manual)
		vty_line(vty,
			 "  security: manual keys, %s, SPI in 0x%08x, out 0x%08x; next header %u",
			 c->cfg.manual->name, c->cfg.spi_in, c->cfg.spi_out, c->cfg.next_header);
	else
		vty_line(
			vty,
			"  security: ike profile %s; we are %s, the peer is %s; next header %s",
			c->cfg.profile,
			vty_id_text(&c->cfg.local_id,
				    c->cfg.pki[0] ? "our certificate's subject" : "fqdn (hostname)",
				    local),
			vty_id_text(&c->cfg.remote_id, "any", remote),
			next_header_text(c, next, sizeof(next)));
	if (c->cfg.security && c->cfg.pki[0])
		vty_line(vty, "  authentication: certificates, pki %s", c->cfg.pki);
	if (c->cfg.lns[0])
		vty_line(vty, "  accepts calls for lns %s", c->cfg.lns);
	if (c->cfg.client[0])
		vty_line(vty, "  dials for client %s", c->cfg.client);
}

/* What ESP runs with. */
static const char *suite_name(const struct gw_circuit *c)
{
	struct l2tp_protection p;

	gw_circuit_protection(c, &p);
	return p.state == L2TP_PROTECTED ? p.suite : "not negotiated yet";
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
