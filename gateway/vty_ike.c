/* SPDX-License-Identifier: GPL-2.0-or-later */

/* The node `ike profile NAME`: how IKE and ESP are negotiated. */

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "core/log.h"
#include "gateway/vty.h"

static struct cmd_node profile_node = { .node = PROFILE_NODE,
					.prompt = "%s(config-ike-profile)# ",
					.vtysh = 1 };

#define IKE_STR	    "Internet Key Exchange\n"
#define PROFILE_STR "What circuits negotiate with: proposals, lifetimes, timers\n"

DEFUN(cfg_profile, cfg_profile_cmd, "ike profile NAME",
      IKE_STR PROFILE_STR "Name; 'default' is there always\n")
{
	struct gw_why why;
	struct gw_profile *p = gw_profile_get(argv[0], &why);

	if (!p)
		return vty_done(vty, -EINVAL, &why);
	vty->node = PROFILE_NODE;
	vty->index = p;
	return CMD_SUCCESS;
}

DEFUN(cfg_no_profile, cfg_no_profile_cmd, "no ike profile NAME",
      NO_STR IKE_STR PROFILE_STR "Name\n")
{
	struct gw_why why;

	return vty_done(vty, gw_profile_del(argv[0], &why), &why);
}

static int set(struct vty *vty, const struct ike_profile *ike)
{
	struct gw_why why;

	return vty_done(vty, gw_profile_set(vty->index, ike, &why), &why);
}

/* The same, and whether the list is the operator's own from now on. */
static int set_listed(struct vty *vty, const struct ike_profile *ike, bool *own, bool is_own)
{
	int rc = set(vty, ike);

	if (rc == CMD_SUCCESS)
		*own = is_own;
	return rc;
}

static struct ike_profile copy(struct vty *vty)
{
	return ((struct gw_profile *)vty->index)->ike;
}

/* ---- proposals ----
 *
 * A new profile offers the defaults. The first `proposal` line replaces them; from then on each line
 * adds one. So a file lists what it wants, and nothing that it did not list is offered. */

#define GROUPS                                                                                     \
	"modp2048, modp3072, modp4096, ecp256, ecp384, ecp521, curve25519 (no number in IKEv1)"
#define WEAK_GROUPS  "modp768, modp1024, modp1536"

#define PROPOSAL_STR "Phase-1 proposal; each line adds one, the first is preferred\n"

DEFUN(p_proposal, p_proposal_cmd, "proposal SUITE",
      PROPOSAL_STR
      "CIPHER-HASH-GROUP, e.g. aes256-sha256-ecp256. Ciphers aes128, aes192, aes256; hashes sha1, "
      "sha256, sha384, sha512; groups " GROUPS "; legacy: des, 3des, md5, " WEAK_GROUPS "\n")
{
	struct gw_profile *p = vty->index;
	struct ike_profile ike = copy(vty);
	struct ike_p1_suite suite;

	memset(&suite, 0, sizeof(suite));
	if (ike_p1_suite_parse(argv[0], &suite) < 0)
		return vty_refuse(vty,
				  "proposal %.60s: give CIPHER-HASH-GROUP, e.g. "
				  "aes256-sha256-ecp256; vcgw.conf(5) lists all",
				  argv[0]);
	if (!p->own_p1)
		ike.n_p1 = 0;
	if (ike.n_p1 == IKE_PROPOSALS_MAX)
		return vty_refuse(
			vty,
			"proposal %.60s: a profile has %d at most; 'no proposal' takes one "
			"away",
			argv[0], IKE_PROPOSALS_MAX);
	ike.p1[ike.n_p1++] = suite;
	return set_listed(vty, &ike, &p->own_p1, true);
}

DEFUN(p_no_proposal, p_no_proposal_cmd, "no proposal SUITE",
      NO_STR PROPOSAL_STR "CIPHER-HASH-GROUP\n")
{
	struct gw_profile *p = vty->index;
	struct ike_profile ike = copy(vty);
	struct ike_p1_suite suite;
	unsigned int i = 0;

	memset(&suite, 0, sizeof(suite));
	if (ike_p1_suite_parse(argv[0], &suite) < 0)
		i = ike.n_p1;
	while (i < ike.n_p1 && memcmp(&ike.p1[i], &suite, sizeof(suite)) != 0)
		i++;
	if (i == ike.n_p1)
		return vty_refuse(vty, "proposal %.60s: this profile does not have it", argv[0]);
	if (ike.n_p1 == 1)
		return vty_refuse(vty,
				  "proposal %.60s: is the last one; add another before, or 'no "
				  "proposal' for the defaults",
				  argv[0]);
	ike.n_p1--;
	memmove(&ike.p1[i], &ike.p1[i + 1], (ike.n_p1 - i) * sizeof(ike.p1[0]));
	return set_listed(vty, &ike, &p->own_p1, true);
}

DEFUN(p_no_proposals, p_no_proposals_cmd, "no proposal", NO_STR PROPOSAL_STR)
{
	struct gw_profile *p = vty->index;
	struct ike_profile ike = copy(vty), def;

	ike_profile_init(&def);
	memcpy(ike.p1, def.p1, sizeof(ike.p1));
	ike.n_p1 = def.n_p1;
	return set_listed(vty, &ike, &p->own_p1, false);
}

#define ESP_STR "ESP suite of phase 2; each line adds one, the first is preferred\n"

DEFUN(p_esp, p_esp_cmd, "esp SUITE", ESP_STR "Suite, e.g. aes256gcm16 or aes256-sha256\n")
{
	struct gw_profile *p = vty->index;
	struct ike_profile ike = copy(vty);
	const struct esp_suite *s = esp_suite_by_name(argv[0]);

	if (!s)
		return vty_refuse(vty,
				  "esp %.40s: there is no such suite; take e.g. aes256gcm16 or "
				  "aes256-sha256, vcgw.conf(5) lists all",
				  argv[0]);
	if (!p->own_esp)
		ike.n_esp = 0;
	if (ike.n_esp == IKE_PROPOSALS_MAX)
		return vty_refuse(vty, "esp %s: a profile has %d at most; 'no esp' takes one away",
				  argv[0], IKE_PROPOSALS_MAX);
	ike.esp[ike.n_esp++] = s;
	return set_listed(vty, &ike, &p->own_esp, true);
}

DEFUN(p_no_esp, p_no_esp_cmd, "no esp SUITE", NO_STR ESP_STR "Suite\n")
{
	struct gw_profile *p = vty->index;
	struct ike_profile ike = copy(vty);
	const struct esp_suite *s = esp_suite_by_name(argv[0]);
	unsigned int i = s ? 0 : ike.n_esp;

	while (i < ike.n_esp && ike.esp[i] != s)
		i++;
	if (i == ike.n_esp)
		return vty_refuse(vty, "esp %.40s: this profile does not have it", argv[0]);
	if (ike.n_esp == 1)
		return vty_refuse(
			vty,
			"esp %s: is the last one; add another before, or 'no esp' for the "
			"defaults",
			argv[0]);
	ike.n_esp--;
	memmove(&ike.esp[i], &ike.esp[i + 1], (ike.n_esp - i) * sizeof(ike.esp[0]));
	return set_listed(vty, &ike, &p->own_esp, true);
}

DEFUN(p_no_esps, p_no_esps_cmd, "no esp", NO_STR ESP_STR)
{
	struct gw_profile *p = vty->index;
	struct ike_profile ike = copy(vty), def;

	ike_profile_init(&def);
	memcpy(ike.esp, def.esp, sizeof(ike.esp));
	ike.n_esp = def.n_esp;
	return set_listed(vty, &ike, &p->own_esp, false);
}

#define PFS_STR "Perfect forward secrecy: a key exchange of its own for each phase 2\n"

DEFUN(p_pfs, p_pfs_cmd, "pfs GROUP", PFS_STR GROUPS ", or none; legacy: " WEAK_GROUPS "\n")
{
	struct ike_profile ike = copy(vty);
	int group = strcmp(argv[0], "none") == 0 ? 0 : ike_group_by_name(argv[0]);

	if (group < 0)
		return vty_refuse(vty, "pfs %.40s: take " GROUPS " or none", argv[0]);
	ike.pfs_group = (uint16_t)group;
	return set(vty, &ike);
}

DEFUN(p_no_pfs, p_no_pfs_cmd, "no pfs", NO_STR PFS_STR)
{
	struct ike_profile ike = copy(vty);

	ike.pfs_group = 0;
	return set(vty, &ike);
}

/* ---- lifetimes ---- */

#define LIFETIME_STR  "How long an SA may live; renewed a little before\n"
#define L_IKE_STR     "IKE SA (phase 1)\n"
#define L_ESP_STR     "ESP SAs (phase 2)\n"
#define L_OCTETS_STR  "ESP SAs: octets protected\n"
#define L_PACKETS_STR "ESP SAs: packets protected; a local limit\n"

static int lifetime(struct vty *vty, const char *which, const char *value)
{
	struct ike_profile ike = copy(vty), def;
	enum gw_range_id id = GW_R_LIFETIME_PACKETS;
	struct gw_why why;
	uint64_t n = 0;

	ike_profile_init(&def);
	if (strcmp(which, "ike") == 0)
		id = GW_R_LIFETIME_IKE;
	else if (strcmp(which, "esp") == 0)
		id = GW_R_LIFETIME_ESP;
	else if (strcmp(which, "esp-octets") == 0)
		id = GW_R_LIFETIME_OCTETS;
	if (value && gw_range_parse(id, value, &n, &why) < 0)
		return vty_done(vty, -ERANGE, &why);
	switch (id) {
	case GW_R_LIFETIME_IKE:
		ike.p1_lifetime = value ? (uint32_t)n : def.p1_lifetime;
		break;
	case GW_R_LIFETIME_ESP:
		ike.p2_lifetime = value ? (uint32_t)n : def.p2_lifetime;
		break;
	case GW_R_LIFETIME_OCTETS:
		ike.p2_octets = n;
		break;
	default:
		ike.p2_packets = n;
	}
	return set(vty, &ike);
}

DEFUN(p_lifetime, p_lifetime_cmd, "lifetime (ike|esp|esp-octets|esp-packets) N",
      LIFETIME_STR L_IKE_STR L_ESP_STR L_OCTETS_STR L_PACKETS_STR
      "Seconds, 60 to 604800; octets; packets\n")
{
	return lifetime(vty, argv[0], argv[1]);
}

DEFUN(p_no_lifetime, p_no_lifetime_cmd, "no lifetime (ike|esp|esp-octets|esp-packets)",
      NO_STR LIFETIME_STR L_IKE_STR L_ESP_STR L_OCTETS_STR L_PACKETS_STR)
{
	return lifetime(vty, argv[0], NULL);
}

/* ---- replay ---- */

#define REPLAY_STR "Anti-replay window of inbound SAs (RFC 4303 3.4.3)\n"

DEFUN(p_replay, p_replay_cmd, "replay-window N",
      REPLAY_STR "Packets, 64 to 4096, a multiple of 64\n")
{
	struct ike_profile ike = copy(vty);
	struct gw_why why;
	uint64_t n;

	if (gw_range_parse(GW_R_REPLAY_WINDOW, argv[0], &n, &why) < 0)
		return vty_done(vty, -ERANGE, &why);
	ike.replay_window = (uint32_t)n;
	return set(vty, &ike);
}

DEFUN(p_no_replay, p_no_replay_cmd, "no replay-window", NO_STR REPLAY_STR)
{
	struct ike_profile ike = copy(vty), def;

	ike_profile_init(&def);
	ike.replay_window = def.replay_window;
	return set(vty, &ike);
}

/* ---- words: how it is to be, the default first ---- */

static int word_of(const char *const *words, const char *word)
{
	int i = 0;

	while (words[i] && strcmp(words[i], word) != 0)
		i++;
	return words[i] ? i : 0;
}

#define ESN_STR "Extended sequence numbers of ESP (RFC 4304)\n"

static const char *const esn_words[] = {
	[IKE_ESN_ALLOW] = "allow", [IKE_ESN_PREFER] = "prefer", [IKE_ESN_REQUIRE] = "require", NULL
};

DEFUN(p_esn, p_esn_cmd, "esn (allow|prefer|require)",
      ESN_STR "Where the peer offers them; the default\n"
	      "Offered first, and the same without\n"
	      "No SA without\n")
{
	struct ike_profile ike = copy(vty);

	ike.esn = (enum ike_esn)word_of(esn_words, argv[0]);
	return set(vty, &ike);
}

DEFUN(p_no_esn, p_no_esn_cmd, "no esn", NO_STR ESN_STR)
{
	struct ike_profile ike = copy(vty);

	ike.esn = IKE_ESN_ALLOW;
	return set(vty, &ike);
}

/* ---- dead peers, retransmission ---- */

#define DPD_STR "Dead peer detection (RFC 3706)\n"

DEFUN(p_dpd, p_dpd_cmd, "dpd interval SECONDS retries N",
      DPD_STR "Silence before the peer is asked\nSeconds, 1 to 3600\n"
	      "Unanswered questions until it is dead\n1 to 20\n")
{
	struct ike_profile ike = copy(vty);
	struct gw_why why;
	uint64_t interval, retries;

	if (gw_range_parse(GW_R_DPD_INTERVAL, argv[0], &interval, &why) < 0 ||
	    gw_range_parse(GW_R_DPD_RETRIES, argv[1], &retries, &why) < 0)
		return vty_done(vty, -ERANGE, &why);
	ike.dpd_interval = (uint16_t)interval;
	ike.dpd_retries = (uint16_t)retries;
	return set(vty, &ike);
}

DEFUN(p_no_dpd, p_no_dpd_cmd, "no dpd", NO_STR DPD_STR)
{
	struct ike_profile ike = copy(vty);

	ike.dpd_interval = 0;
	return set(vty, &ike);
}

#define RETRANSMIT_STR "Retransmission of IKE messages\n"

DEFUN(p_retransmit, p_retransmit_cmd, "retransmit MS tries N",
      RETRANSMIT_STR "Milliseconds before the first, 100 to 60000; doubles each time\n"
		     "How often\n1 to 20\n")
{
	struct ike_profile ike = copy(vty);
	struct gw_why why;
	uint64_t ms, tries;

	if (gw_range_parse(GW_R_RETRANSMIT_MS, argv[0], &ms, &why) < 0 ||
	    gw_range_parse(GW_R_RETRANSMIT_TRIES, argv[1], &tries, &why) < 0)
		return vty_done(vty, -ERANGE, &why);
	ike.retransmit_ms = (uint16_t)ms;
	ike.retransmit_tries = (uint8_t)tries;
	return set(vty, &ike);
}

DEFUN(p_no_retransmit, p_no_retransmit_cmd, "no retransmit", NO_STR RETRANSMIT_STR)
{
	struct ike_profile ike = copy(vty), def;

	ike_profile_init(&def);
	ike.retransmit_ms = def.retransmit_ms;
	ike.retransmit_tries = def.retransmit_tries;
	return set(vty, &ike);
}

/* ---- NATs ---- */

#define NATT_STR "NAT traversal of peers on the uplink (RFC 3947); circuits have no addresses\n"

static const char *const natt_words[] = {
	[IKE_NATT_AUTO] = "auto", [IKE_NATT_FORCE] = "force", [IKE_NATT_OFF] = "off"
};

DEFUN(p_natt, p_natt_cmd, "nat-t (auto|force|off)",
      NATT_STR "ESP in UDP where a NAT is on the way\n"
	       "ESP in UDP always: for firewalls that do not know protocol 50\nNever\n")
{
	struct ike_profile ike = copy(vty);

	for (unsigned int i = 0; i < ARRAY_SIZE(natt_words); i++)
		if (strcmp(argv[0], natt_words[i]) == 0)
			ike.natt = (enum ike_natt)i;
	return set(vty, &ike);
}

DEFUN(p_no_natt, p_no_natt_cmd, "no nat-t", NO_STR NATT_STR)
{
	struct ike_profile ike = copy(vty);

	ike.natt = IKE_NATT_AUTO;
	return set(vty, &ike);
}

#define KEEPALIVE_STR "Keep the mapping of a NAT in front of us alive (RFC 3948 4)\n"

DEFUN(p_keepalive, p_keepalive_cmd, "nat-keepalive SECONDS",
      KEEPALIVE_STR "Longest silence, 1 to 3600; 0 = off\n")
{
	struct ike_profile ike = copy(vty);
	struct gw_why why;
	uint64_t n;

	if (gw_range_parse(GW_R_NAT_KEEPALIVE, argv[0], &n, &why) < 0)
		return vty_done(vty, -ERANGE, &why);
	ike.nat_keepalive = (uint16_t)n;
	return set(vty, &ike);
}

DEFUN(p_no_keepalive, p_no_keepalive_cmd, "no nat-keepalive", NO_STR KEEPALIVE_STR)
{
	struct ike_profile ike = copy(vty), def;

	ike_profile_init(&def);
	ike.nat_keepalive = def.nat_keepalive;
	return set(vty, &ike);
}

/* ---- Aggressive Mode ---- */

#define AGGRESSIVE_STR                                                                             \
	"Aggressive Mode (RFC 2409 5): identities in the clear, pre-shared keys open to "          \
	"dictionaries\n"

static const char *const aggressive_words[] = { [IKE_AGGRESSIVE_OFF] = "off",
						[IKE_AGGRESSIVE_ACCEPT] = "accept",
						[IKE_AGGRESSIVE_INITIATE] = "initiate" };

DEFUN(p_aggressive, p_aggressive_cmd, "aggressive-mode (off|accept|initiate)",
      AGGRESSIVE_STR
      "Not answered\nAnswered where a peer begins so\nBegun so always, and answered\n")
{
	const struct gw_profile *p = vty->index;
	struct ike_profile ike = copy(vty);
	int rc;

	for (unsigned int i = 0; i < ARRAY_SIZE(aggressive_words); i++)
		if (strcmp(argv[0], aggressive_words[i]) == 0)
			ike.aggressive = (enum ike_aggressive)i;
	rc = set(vty, &ike);
	if (rc == CMD_SUCCESS && ike.aggressive)
		LOGP(DGW, LOGL_NOTICE,
		     "ike profile %s: aggressive-mode %s is weak: identities go in the clear, who "
		     "asks gets a hash to try pre-shared keys on, and a forged first message costs "
		     "an exponentiation\n",
		     p->name, argv[0]);
	return rc;
}

DEFUN(p_no_aggressive, p_no_aggressive_cmd, "no aggressive-mode", NO_STR AGGRESSIVE_STR)
{
	struct ike_profile ike = copy(vty);

	ike.aggressive = IKE_AGGRESSIVE_OFF;
	return set(vty, &ike);
}

/* ---- writing ---- */

static void write_proposals(struct vty *vty, const struct gw_profile *p)
{
	char name[64];

	for (unsigned int i = 0; p->own_p1 && i < p->ike.n_p1; i++)
		vty_line(vty, " proposal %s", ike_p1_suite_name(&p->ike.p1[i], name, sizeof(name)));
	for (unsigned int i = 0; p->own_esp && i < p->ike.n_esp; i++)
		vty_line(vty, " esp %s", p->ike.esp[i]->name);
}

static void write_profile(struct vty *vty, const struct gw_profile *p)
{
	const struct ike_profile *ike = &p->ike;
	struct ike_profile def;

	ike_profile_init(&def);
	vty_line(vty, "ike profile %s", p->name);
	write_proposals(vty, p);
	if (ike->pfs_group != def.pfs_group)
		vty_line(vty, " pfs %s", ike->pfs_group ? ike_group_name(ike->pfs_group) : "none");
	if (ike->p1_lifetime != def.p1_lifetime)
		vty_line(vty, " lifetime ike %u", ike->p1_lifetime);
	if (ike->p2_lifetime != def.p2_lifetime)
		vty_line(vty, " lifetime esp %u", ike->p2_lifetime);
	if (ike->p2_octets)
		vty_line(vty, " lifetime esp-octets %" PRIu64, ike->p2_octets);
	if (ike->p2_packets)
		vty_line(vty, " lifetime esp-packets %" PRIu64, ike->p2_packets);
	if (ike->replay_window != def.replay_window)
		vty_line(vty, " replay-window %u", ike->replay_window);
	if (ike->esn != def.esn)
		vty_line(vty, " esn %s", esn_words[ike->esn]);
	if (!ike->dpd_interval && def.dpd_interval)
		vty_line(vty, " no dpd");
	else if (ike->dpd_interval != def.dpd_interval || ike->dpd_retries != def.dpd_retries)
		vty_line(vty, " dpd interval %u retries %u", ike->dpd_interval, ike->dpd_retries);
	if (ike->retransmit_ms != def.retransmit_ms ||
	    ike->retransmit_tries != def.retransmit_tries)
		vty_line(vty, " retransmit %u tries %u", ike->retransmit_ms, ike->retransmit_tries);
	if (ike->natt != def.natt)
		vty_line(vty, " nat-t %s", natt_words[ike->natt]);
	if (ike->nat_keepalive != def.nat_keepalive)
		vty_line(vty, " nat-keepalive %u", ike->nat_keepalive);
	if (ike->aggressive != def.aggressive)
		vty_line(vty, " aggressive-mode %s", aggressive_words[ike->aggressive]);
}

static int write_profiles(struct vty *vty)
{
	struct gw_profile *p;
	bool first = true;

	llist_for_each_entry (p, &gw->profiles, list) {
		if (!first)
			vty_line(vty, "!");
		first = false;
		write_profile(vty, p);
	}
	return !first;
}

void vty_ike_init(void)
{
	install_node(&profile_node, write_profiles);
	install_element(CONFIG_NODE, &cfg_profile_cmd);
	install_element(CONFIG_NODE, &cfg_no_profile_cmd);
	install_element(PROFILE_NODE, &p_proposal_cmd);
	install_element(PROFILE_NODE, &p_no_proposal_cmd);
	install_element(PROFILE_NODE, &p_no_proposals_cmd);
	install_element(PROFILE_NODE, &p_esp_cmd);
	install_element(PROFILE_NODE, &p_no_esp_cmd);
	install_element(PROFILE_NODE, &p_no_esps_cmd);
	install_element(PROFILE_NODE, &p_pfs_cmd);
	install_element(PROFILE_NODE, &p_no_pfs_cmd);
	install_element(PROFILE_NODE, &p_lifetime_cmd);
	install_element(PROFILE_NODE, &p_no_lifetime_cmd);
	install_element(PROFILE_NODE, &p_replay_cmd);
	install_element(PROFILE_NODE, &p_no_replay_cmd);
	install_element(PROFILE_NODE, &p_esn_cmd);
	install_element(PROFILE_NODE, &p_no_esn_cmd);
	install_element(PROFILE_NODE, &p_dpd_cmd);
	install_element(PROFILE_NODE, &p_no_dpd_cmd);
	install_element(PROFILE_NODE, &p_retransmit_cmd);
	install_element(PROFILE_NODE, &p_no_retransmit_cmd);
	install_element(PROFILE_NODE, &p_natt_cmd);
	install_element(PROFILE_NODE, &p_no_natt_cmd);
	install_element(PROFILE_NODE, &p_aggressive_cmd);
	install_element(PROFILE_NODE, &p_no_aggressive_cmd);
	install_element(PROFILE_NODE, &p_keepalive_cmd);
	install_element(PROFILE_NODE, &p_no_keepalive_cmd);
}
