/* SPDX-License-Identifier: GPL-2.0-or-later */

/* show: Frame Relay link management, IKE SAs, ESP SAs. */

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "gateway/vty.h"
#include "transports/fr/fr.h"

enum {
	SAS_MAX = 16, /* of one peer, at most shown */
	GROUPS_MAX = 32,
};

/* ---- Frame Relay: LMI ---- */

static void lmi_one(struct vty *vty, const struct gw_link *l)
{
	const struct lmi_cfg *cfg = &l->cfg.lmi;
	struct lmi_info i;

	if (!l->l || fr_lmi_info(l->l, &i) < 0) {
		vty_line(vty, "Link %s: not running", l->name);
		return;
	}
	if (i.type == LMI_NONE) {
		vty_line(vty, "Link %s: no LMI; circuits follow the carrier", l->name);
		return;
	}
	vty_line(vty, "Link %s: Q.933 Annex A, %s side, %s", l->name,
		 i.network ? "network" : "user", lmi_state_name(i.state));
	vty_line(vty, "  N391 %u  N392 %u  N393 %u  T391 %u s  T392 %u s", cfg->n391, cfg->n392,
		 cfg->n393, cfg->t391, cfg->t392);
	vty_line(vty,
		 "  Sequence numbers: sent %u, received %u; circuits in the last full status: %u",
		 i.send_seq, i.recv_seq, i.pvcs);
	vty_line(vty, "  %-28s %12s %12s", "", "Sent", "Received");
	vty_line(vty, "  %-28s %12" PRIu64 " %12" PRIu64, "STATUS ENQUIRY", i.enquiries_tx,
		 i.enquiries_rx);
	vty_line(vty, "  %-28s %12" PRIu64 " %12" PRIu64, "  of them full", i.full_enquiries_tx,
		 i.full_enquiries_rx);
	vty_line(vty, "  %-28s %12" PRIu64 " %12" PRIu64, "STATUS", i.status_tx, i.status_rx);
	vty_line(vty, "  %-28s %12s %12" PRIu64, "  of them asynchronous", "-", i.async_rx);
	vty_line(vty,
		 "  Timeouts %" PRIu64 ", sequence errors %" PRIu64 ", malformed %" PRIu64
		 ", unexpected %" PRIu64 ", not sent %" PRIu64,
		 i.timeouts, i.sequence_errors, i.malformed, i.unexpected, i.send_failures);
	vty_line(vty, "  Came up %" PRIu64 " times, went down %" PRIu64 " times", i.times_up,
		 i.times_down);
}

#define FR_STR	"Frame Relay\n"
#define LMI_STR "Link management\n"

DEFUN(show_lmi, show_lmi_cmd, "show frame-relay lmi", SHOW_STR FR_STR LMI_STR)
{
	struct gw_link *l;

	llist_for_each_entry (l, &gw->links, list)
		if (l->cfg.medium == MEDIUM_FR)
			lmi_one(vty, l);
	return CMD_SUCCESS;
}

DEFUN(show_lmi1, show_lmi1_cmd, "show frame-relay lmi LINK",
      SHOW_STR FR_STR LMI_STR "Name of a link\n")
{
	struct gw_link *l = vty_link(vty, argv[0]);

	if (!l)
		return CMD_WARNING;
	if (l->cfg.medium != MEDIUM_FR)
		return vty_refuse(vty, "link %s is %s: it has no LMI", l->name,
				  gw_medium_name(l->cfg.medium));
	lmi_one(vty, l);
	return CMD_SUCCESS;
}

/* ---- IKE ---- */

static void cookie(const uint8_t c[8], char out[17])
{
	for (unsigned int i = 0; i < 8; i++)
		snprintf(out + 2 * i, 3, "%02x", c[i]);
}

static void ike_sa_line(struct vty *vty, const struct gw_circuit *c, const struct ike_sa_info *i)
{
	const char *weak = ike_p1_suite_legacy(&i->suite);
	char ic[17], rc[17], suite[64], age[24], left[24];

	cookie(i->icookie, ic);
	cookie(i->rcookie, rc);
	vty_line(vty, "%-18s %s:%s %-11s %-5s %-24s %-13s %s", c->name, ic, rc, i->state,
		 i->initiator ? "init" : "resp", ike_p1_suite_name(&i->suite, suite, sizeof(suite)),
		 vty_age(i->age, age, sizeof(age)),
		 i->lifetime ? vty_age(i->lifetime > i->age ? i->lifetime - i->age : 0, left,
				       sizeof(left))
			     : "-");
	if (i->remote_id[0] && strcmp(i->method, "psk") != 0)
		vty_line(vty, "  peer: %s, by certificate (%s)", i->remote_id, i->method);
	else if (i->remote_id[0])
		vty_line(vty, "  peer: %s", i->remote_id);
	if (weak)
		vty_line(vty, "  weak: %s", weak);
	if (ike_group_unassigned(i->suite.group))
		vty_line(vty, "  group %s: IKEv1 has no number for it, both ends must be set to it",
			 ike_group_name(i->suite.group));
}

static void ike_counters(struct vty *vty, const struct gw_circuit *c)
{
	for (unsigned int k = 0; k < IKE_CTR_N; k++) {
		uint64_t n = ike_peer_counter(c->ike, (enum ike_counter)k);

		if (n)
			vty_line(vty, "  %-32s %12" PRIu64, ike_counter_names[k], n);
	}
}

static void ike_circuit(struct vty *vty, const struct gw_circuit *c, bool detail)
{
	struct ike_sa_info sas[SAS_MAX];
	unsigned int n = ike_peer_sas(c->ike, sas, SAS_MAX);

	for (unsigned int i = 0; i < n && i < SAS_MAX; i++)
		ike_sa_line(vty, c, &sas[i]);
	if (ike_peer_half_open(c->ike))
		vty_line(vty, "%-18s half open: %u", c->name, ike_peer_half_open(c->ike));
	if (detail)
		ike_counters(vty, c);
}

static void ike_head(struct vty *vty)
{
	vty_line(vty, "%-18s %-33s %-11s %-5s %-24s %-13s %s", "Circuit", "Cookies", "State",
		 "Role", "Suite", "Age", "Expires in");
}

static int show_ike(struct vty *vty, bool detail)
{
	struct gw_link *l;
	struct gw_circuit *c;

	ike_head(vty);
	gw_for_each_circuit(l, c) if (c->ike) ike_circuit(vty, c, detail);
	return CMD_SUCCESS;
}

#define CRYPTO_STR "Protection: IKE and ESP\n"
#define IKE_STR	   "Internet Key Exchange\n"
#define IKE_SA_STR "Security associations of IKE\n"
#define DETAIL_STR "With counters\n"

DEFUN(show_ike_sa, show_ike_sa_cmd, "show crypto ike sa", SHOW_STR CRYPTO_STR IKE_STR IKE_SA_STR)
{
	return show_ike(vty, false);
}

ALIAS(show_ike_sa, show_isakmp_sa_cmd, "show crypto isakmp sa",
      SHOW_STR CRYPTO_STR "The same as ike\n" IKE_SA_STR)
ALIAS(show_ike_sa, show_isakmp_cmd, "show isakmp sa",
      SHOW_STR "The same as crypto ike\n" IKE_SA_STR)

DEFUN(show_ike_sa_detail, show_ike_sa_detail_cmd, "show crypto ike sa detail",
      SHOW_STR CRYPTO_STR IKE_STR IKE_SA_STR DETAIL_STR)
{
	return show_ike(vty, true);
}

ALIAS(show_ike_sa_detail, show_isakmp_sa_detail_cmd, "show crypto isakmp sa detail",
      SHOW_STR CRYPTO_STR "The same as ike\n" IKE_SA_STR DETAIL_STR)

/* ---- crypto threads ---- */

DEFUN(show_crypto_threads, show_crypto_threads_cmd, "show crypto threads",
      SHOW_STR CRYPTO_STR "Threads for public-key operations, and key pairs made in advance\n")
{
	struct ike_crypto_group g[GROUPS_MAX];
	struct ike_crypto_info i;
	unsigned int n;

	if (!gw->ike)
		return vty_refuse(vty, "crypto threads: the gateway does not run");
	ike_crypto_info(gw->ike, &i);
	vty_line(vty, "Threads %u, jobs waiting %u (most ever %u), at work %u, done %" PRIu64,
		 i.threads, i.waiting, i.waiting_most, i.working, i.done);
	n = ike_crypto_groups(gw->ike, g, GROUPS_MAX);
	vty_line(vty, "%-12s %-9s %15s %15s", "Group", "Key pairs", "used from stock",
		 "made when asked");
	for (unsigned int k = 0; k < n && k < GROUPS_MAX; k++)
		vty_line(vty, "%-12s %2u of %-3u %15" PRIu64 " %15" PRIu64, g[k].name, g[k].ready,
			 g[k].ready_max, g[k].taken, g[k].missed);
	return CMD_SUCCESS;
}

/* ---- ESP ---- */

static void esp_dir(struct vty *vty, struct gw_circuit *c, enum sa_dir dir, uint32_t spi)
{
	struct gw_sa_show s;

	if (gw_sa_counters(c, dir, spi, &s) < 0) {
		vty_line(vty, "  %-3s 0x%08x  (not installed)", dir == SA_IN ? "in" : "out", spi);
		return;
	}
	if (dir == SA_IN && !s.replay_window)
		vty_line(vty,
			 "  in  0x%08x  packets %" PRIu64 "  octets %" PRIu64
			 "  no replay protection  not authentic %" PRIu64,
			 spi, s.packets, s.octets, s.auth);
	else if (dir == SA_IN)
		vty_line(vty,
			 "  in  0x%08x  packets %" PRIu64 "  octets %" PRIu64
			 "  window %u  replayed %" PRIu64 "  not authentic %" PRIu64,
			 spi, s.packets, s.octets, s.replay_window, s.replay, s.auth);
	else
		vty_line(vty, "  out 0x%08x  packets %" PRIu64 "  octets %" PRIu64, spi, s.packets,
			 s.octets);
	if (s.limits.hard_octets)
		vty_line(vty, "      renewed at %" PRIu64 " octets, ends at %" PRIu64,
			 s.limits.soft_octets, s.limits.hard_octets);
	/* The sequence numbers are a limit of every SA and no news. */
	if (s.limits.hard_packets && s.limits.hard_packets < UINT32_MAX)
		vty_line(vty, "      renewed at %" PRIu64 " packets, ends at %" PRIu64,
			 s.limits.soft_packets, s.limits.hard_packets);
}

static void esp_child(struct vty *vty, struct gw_circuit *c, const struct ike_child_info *i)
{
	char age[24], left[24];

	vty_line(vty, "%-18s %-16s pfs %-10s next-header %-4u age %-13s expires in %-13s%s%s",
		 c->name, i->suite ? i->suite->name : "?",
		 i->pfs_group ? ike_group_name(i->pfs_group) : "none", i->next_header,
		 vty_age(i->age, age, sizeof(age)),
		 i->lifetime ? vty_age(i->lifetime > i->age ? i->lifetime - i->age : 0, left,
				       sizeof(left))
			     : "-",
		 i->esn ? " esn" : "", i->sending ? " sending" : "");
	esp_dir(vty, c, SA_IN, i->spi_in);
	esp_dir(vty, c, SA_OUT, i->spi_out);
}

static void esp_manual(struct vty *vty, struct gw_circuit *c)
{
	const struct gw_circuit_cfg *cfg = &c->running;
	char age[24];

	vty_line(vty, "%-18s %-16s manual keys   next-header %-4u age %-13s never renewed%s",
		 c->name, cfg->manual->name, cfg->next_header,
		 vty_since(c->manual_since, age, sizeof(age)), c->protected_now ? " sending" : "");
	esp_dir(vty, c, SA_IN, cfg->spi_in);
	esp_dir(vty, c, SA_OUT, cfg->spi_out);
}

void vty_show_ipsec_circuit(struct vty *vty, struct gw_circuit *c)
{
	struct ike_child_info kids[SAS_MAX];
	unsigned int n;

	if (c->c && c->running.manual)
		esp_manual(vty, c);
	if (!c->ike)
		return;
	n = ike_peer_children(c->ike, kids, SAS_MAX);
	for (unsigned int i = 0; i < n && i < SAS_MAX; i++)
		esp_child(vty, c, &kids[i]);
}

void vty_show_ike_circuit(struct vty *vty, struct gw_circuit *c)
{
	if (!c->ike)
		return;
	ike_head(vty);
	ike_circuit(vty, c, true);
}

#define IPSEC_STR "ESP\n"

DEFUN(show_ipsec_sa, show_ipsec_sa_cmd, "show crypto ipsec sa",
      SHOW_STR CRYPTO_STR IPSEC_STR "Security associations of ESP, in pairs, with their counters\n")
{
	struct gw_link *l;
	struct gw_circuit *c;

	gw_for_each_circuit(l, c) vty_show_ipsec_circuit(vty, c);
	return CMD_SUCCESS;
}

DEFUN(show_ipsec_sa1, show_ipsec_sa1_cmd, "show crypto ipsec sa LINK/VC",
      SHOW_STR CRYPTO_STR IPSEC_STR
      "Security associations of ESP, in pairs, with their counters\nName of a circuit\n")
{
	struct gw_circuit *c = vty_circuit(vty, argv[0]);

	if (!c)
		return CMD_WARNING;
	vty_show_ipsec_circuit(vty, c);
	return CMD_SUCCESS;
}

void vty_show_ipsec_init(void)
{
	install_element_ve(&show_lmi_cmd);
	install_element_ve(&show_lmi1_cmd);
	install_element_ve(&show_ike_sa_cmd);
	install_element_ve(&show_isakmp_sa_cmd);
	install_element_ve(&show_isakmp_cmd);
	install_element_ve(&show_ike_sa_detail_cmd);
	install_element_ve(&show_isakmp_sa_detail_cmd);
	install_element_ve(&show_crypto_threads_cmd);
	install_element_ve(&show_ipsec_sa_cmd);
	install_element_ve(&show_ipsec_sa1_cmd);
}
