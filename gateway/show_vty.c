/* SPDX-License-Identifier: GPL-2.0-or-later */

/* show: links, circuits by medium, link management, workers, discards, captures. */

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <osmocom/core/utils.h>

#include "core/acct.h"
#include "core/clock.h"
#include "gateway/vty.h"
#include "gateway/worker.h"
#include "transports/fr/fr.h"

#define CIRCUIT_NAME_STR "Name of a circuit, e.g. atm0/0.100\n"
#define LINK_NAME_STR	 "Name of a link\n"

static const char *link_state(const struct gw_link *l)
{
	if (l->shutdown)
		return "shutdown";
	if (!l->l)
		return "down";
	return l->l->carrier ? "up" : "no carrier";
}

static unsigned int count_circuits(const struct gw_link *l)
{
	return llist_count(&l->circuits);
}

DEFUN(show_links, show_links_cmd, "show links", SHOW_STR "Links, one line each\n")
{
	struct gw_link *l;
	char age[24];

	vty_line(vty, "%-14s %-12s %-10s %-13s %8s %-7s %s", "Link", "Medium", "State", "Since",
		 "Circuits", "Worker", "Problem");
	llist_for_each_entry (l, &gw->links, list) {
		char worker[8] = "-";

		if (l->worker)
			snprintf(worker, sizeof(worker), "%u", worker_index(l->worker) % 1000);
		vty_line(vty, "%-14s %-12s %-10s %-13s %8u %-7s %s", l->name,
			 gw_medium_word(l->cfg.medium), link_state(l),
			 vty_since(l->since, age, sizeof(age)), count_circuits(l), worker,
			 l->problem);
	}
	return CMD_SUCCESS;
}

DEFUN(show_circuits, show_circuits_cmd, "show circuits", SHOW_STR "Circuits, one line each\n")
{
	struct gw_link *l;
	struct gw_circuit *c;
	char age[24], problem[GW_PROBLEM_MAX];

	vty_line(vty, "%-18s %-11s %-13s %s", "Circuit", "State", "Since", "Problem");
	gw_for_each_circuit(l, c)
		vty_line(vty, "%-18s %-11s %-13s %s", c->name, gw_circuit_state_name(c),
			 vty_since(c->since, age, sizeof(age)),
			 gw_circuit_problem(c, problem, sizeof(problem)));
	return CMD_SUCCESS;
}

/* ---- by medium ---- */

static const char *encap_name(enum encap e)
{
	return e == ENCAP_LLC_SNAP ? "llc-snap" : e == ENCAP_NULL ? "null" : "nlpid-snap";
}

static void pvc_head(struct vty *vty, const char *vc)
{
	vty_line(vty, "%-18s %-10s %-11s %-11s %5s %12s %14s %12s %14s %10s", "Circuit", vc,
		 "Encap", "State", "MTU", "Rx PDU", "Rx octets", "Tx PDU", "Tx octets", "Discards");
}

static void pvc_line(struct vty *vty, const struct gw_circuit *c)
{
	uint32_t id = c->c ? c->c->id : 0;
	char vc[24];

	if (c->link->cfg.medium == MEDIUM_ATM)
		snprintf(vc, sizeof(vc), "%u/%u", c->vc >> 16, c->vc & 0xffff);
	else
		snprintf(vc, sizeof(vc), "%u", c->vc);
	vty_line(vty,
		 "%-18s %-10s %-11s %-11s %5u %12" PRIu64 " %14" PRIu64 " %12" PRIu64 " %14" PRIu64
		 " %10" PRIu64,
		 c->name, vc, encap_name(c->cfg.encap), gw_circuit_state_name(c),
		 c->c ? c->c->mtu : 0, id ? acct_get(id, ACCT_RX_PDU) : 0,
		 id ? acct_get(id, ACCT_RX_OCTETS) : 0, id ? acct_get(id, ACCT_TX_PDU) : 0,
		 id ? acct_get(id, ACCT_TX_OCTETS) : 0, id ? acct_discards(id) : 0);
}

/* What the medium counts besides: cells, congestion bits. */
static void pvc_detail(struct vty *vty, const struct gw_circuit *c)
{
	for (unsigned int i = ACCT_RX_PDU; c->c && i < ACCT_N; i++) {
		uint64_t n = acct_get(c->c->id, (enum acct_ctr)i);

		if (n)
			vty_line(vty, "  %-24s %14" PRIu64 "  %s", acct_desc[i].name, n,
				 acct_desc[i].text);
	}
}

static int show_pvc(struct vty *vty, enum medium m, const char *name)
{
	struct gw_circuit *c = name ? vty_circuit(vty, name) : NULL;
	struct gw_link *l;

	if (name && !c)
		return CMD_WARNING;
	if (c && c->link->cfg.medium != m)
		return vty_refuse(vty, "circuit %s is not of this medium", name);
	pvc_head(vty, m == MEDIUM_ATM ? "VPI/VCI" : "DLCI");
	if (c) {
		pvc_line(vty, c);
		pvc_detail(vty, c);
		return CMD_SUCCESS;
	}
	gw_for_each_circuit(l, c) if (l->cfg.medium == m) pvc_line(vty, c);
	return CMD_SUCCESS;
}

#define ATM_STR "Asynchronous Transfer Mode\n"
#define FR_STR	"Frame Relay\n"
#define PVC_STR "Permanent virtual circuits\n"

DEFUN(show_atm_pvc, show_atm_pvc_cmd, "show atm pvc", SHOW_STR ATM_STR PVC_STR)
{
	return show_pvc(vty, MEDIUM_ATM, NULL);
}

DEFUN(show_atm_pvc1, show_atm_pvc1_cmd, "show atm pvc LINK/VC",
      SHOW_STR ATM_STR PVC_STR CIRCUIT_NAME_STR)
{
	return show_pvc(vty, MEDIUM_ATM, argv[0]);
}

DEFUN(show_fr_pvc, show_fr_pvc_cmd, "show frame-relay pvc", SHOW_STR FR_STR PVC_STR)
{
	return show_pvc(vty, MEDIUM_FR, NULL);
}

DEFUN(show_fr_pvc1, show_fr_pvc1_cmd, "show frame-relay pvc LINK/VC",
      SHOW_STR FR_STR PVC_STR "Name of a circuit, e.g. fr0/100\n")
{
	return show_pvc(vty, MEDIUM_FR, argv[0]);
}

/* ---- threads ---- */

DEFUN(show_workers, show_workers_cmd, "show workers", SHOW_STR "Data-plane threads\n")
{
	vty_line(vty, "%-7s %6s %6s %14s %14s %14s %10s %10s %10s", "Worker", "Links", "TUNs",
		 "Rounds", "Batches", "Packets", "Pkt/batch", "Sleeps", "Exhausted");
	for (unsigned int i = 0; i < workers_count(); i++) {
		struct worker_info w;
		uint64_t tenths;

		memset(&w, 0, sizeof(w));
		worker_info(i, &w);
		tenths = w.batches ? w.packets * 10 / w.batches : 0;
		vty_line(vty,
			 "%-7u %6u %6u %14" PRIu64 " %14" PRIu64 " %14" PRIu64 " %8" PRIu64
			 ".%" PRIu64 " %10" PRIu64 " %10" PRIu64,
			 i, w.links, w.tuns, w.rounds, w.batches, w.packets, tenths / 10,
			 tenths % 10, w.sleeps, w.pool_exhausted);
	}
	return CMD_SUCCESS;
}

/* ---- discards ---- */

static bool discards_of(struct vty *vty, const char *name, uint32_t id)
{
	bool any = false;

	for (unsigned int i = DROP_FIRST; i < ACCT_N; i++) {
		uint64_t n = acct_get(id, (enum acct_ctr)i);

		if (!n)
			continue;
		vty_line(vty, "%-18s %-24s %14" PRIu64 "  %s", name, acct_desc[i].name, n,
			 acct_desc[i].text);
		any = true;
	}
	return any;
}

static void discards_head(struct vty *vty)
{
	vty_line(vty, "%-18s %-24s %14s  %s", "Where", "Counter", "Packets", "Reason");
}

#define DISCARDS_STR "What was discarded, and why\n"

DEFUN(show_discards, show_discards_cmd, "show discards", SHOW_STR DISCARDS_STR)
{
	struct gw_link *l;
	struct gw_circuit *c;
	bool any;

	discards_head(vty);
	any = discards_of(vty, "(nobody's)", 0);
	llist_for_each_entry (l, &gw->links, list) {
		if (l->l)
			any |= discards_of(vty, l->name, l->l->id);
		llist_for_each_entry (c, &l->circuits, list)
			if (c->c)
				any |= discards_of(vty, c->name, c->c->id);
	}
	if (!any)
		vty_line(vty, "Nothing was discarded.");
	return CMD_SUCCESS;
}

DEFUN(show_discards1, show_discards1_cmd, "show discards LINK/VC",
      SHOW_STR DISCARDS_STR CIRCUIT_NAME_STR)
{
	struct gw_circuit *c = vty_circuit(vty, argv[0]);

	if (!c)
		return CMD_WARNING;
	discards_head(vty);
	if (!c->c || !discards_of(vty, c->name, c->c->id))
		vty_line(vty, "Nothing was discarded.");
	return CMD_SUCCESS;
}

/* ---- captures ---- */

DEFUN(show_captures, show_captures_cmd, "show captures", SHOW_STR "Running packet captures\n")
{
	struct gw_link *l;

	vty_line(vty, "%-14s %12s %12s  %s", "Link", "Written", "Missed", "File");
	llist_for_each_entry (l, &gw->links, list) {
		struct capture_info info;

		memset(&info, 0, sizeof(info));
		if (l->l)
			link_capture_info(l->l, &info);
		if (info.running)
			vty_line(vty, "%-14s %12" PRIu64 " %12" PRIu64 "  %s", l->name,
				 info.written, info.missed, info.path);
	}
	return CMD_SUCCESS;
}

void vty_show_init(void)
{
	install_element_ve(&show_links_cmd);
	install_element_ve(&show_circuits_cmd);
	install_element_ve(&show_atm_pvc_cmd);
	install_element_ve(&show_atm_pvc1_cmd);
	install_element_ve(&show_fr_pvc_cmd);
	install_element_ve(&show_fr_pvc1_cmd);
	install_element_ve(&show_workers_cmd);
	install_element_ve(&show_discards_cmd);
	install_element_ve(&show_discards1_cmd);
	install_element_ve(&show_captures_cmd);
	vty_show_circuit_init();
}
