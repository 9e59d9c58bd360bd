/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * What protects a circuit, for L2TP and the operator. Nothing is kept here: each question is
 * answered from the SA that the data plane sends through, so no rekey can make an answer old.
 */

#include <stdio.h>

#include "gateway/runtime.h"

/* The children of one peer that are looked at: a few while they are renewed. */
enum { CHILDREN_MAX = 16 };

static bool find_child(const struct gw_circuit *c, uint32_t spi_out, struct ike_child_info *out)
{
	struct ike_child_info kids[CHILDREN_MAX];
	unsigned int n = c->ike ? ike_peer_children(c->ike, kids, CHILDREN_MAX) : 0;

	for (unsigned int i = 0; i < n && i < CHILDREN_MAX; i++) {
		if (kids[i].spi_out == spi_out) {
			*out = kids[i];
			return true;
		}
	}
	return false;
}

void gw_circuit_protection(const struct gw_circuit *c, struct l2tp_protection *out)
{
	bool security = c->c ? c->running.security : c->cfg.security;
	uint32_t spi = gw_sadb_sending(c);
	struct ike_child_info child;
	struct gw_sa_show sa, in;

	*out = (struct l2tp_protection){
		.state = security ? L2TP_NO_SA : L2TP_UNPROTECTED,
	};
	if (c->running.manual)
		child = (struct ike_child_info){ .spi_in = c->running.spi_in };
	else if (!find_child(c, spi, &child))
		return;
	if (!security || !spi || gw_sa_counters(c, SA_OUT, spi, &sa) < 0)
		return;
	*out = (struct l2tp_protection){
		.state = L2TP_PROTECTED,
		.suite = sa.suite->name,
		.cipher_bits = (uint16_t)esp_suite_cipher_bits(sa.suite),
		.icv_bits = (uint16_t)(sa.suite->icv_len * 8),
		.esn = sa.esn,
		.manual = c->running.manual != NULL,
		.pfs = child.pfs_group ? ike_group_name(child.pfs_group) : NULL,
		.weak = esp_suite_legacy(sa.suite),
	};
	if (gw_sa_counters(c, SA_IN, child.spi_in, &in) == 0)
		out->replay_window = in.replay_window;
}

/* "256 bit", or "none". */
static const char *bits(unsigned int n, char buf[16])
{
	if (n == 0)
		return "none";
	snprintf(buf, 16, "%u bit", n);
	return buf;
}

const char *gw_protection_text(const struct l2tp_protection *p, char *buf, size_t size)
{
	char cipher[16], icv[16], window[32] = "none";

	if (p->state == L2TP_UNPROTECTED) {
		snprintf(buf, size, "NONE: in the clear");
		return buf;
	}
	if (p->state == L2TP_NO_SA) {
		snprintf(buf, size, "no SA now: nothing is carried");
		return buf;
	}
	if (p->replay_window)
		snprintf(window, sizeof(window), "window %u", p->replay_window);
	snprintf(buf, size,
		 "%s%s: confidentiality %s, integrity %s, replay protection %s%s; %s, pfs %s",
		 p->suite, p->weak ? " (weak)" : "", bits(p->cipher_bits, cipher),
		 bits(p->icv_bits, icv), window, p->esn ? ", extended sequence numbers" : "",
		 p->manual ? "manual keys" : "negotiated", p->pfs ? p->pfs : "none");
	return buf;
}
