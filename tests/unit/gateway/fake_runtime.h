/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* A gateway whose configuration is real and whose runtime only counts: what was applied, stopped. */

#include "ipsec/sa.h"

struct fake_counts {
	unsigned int link_apply, circuit_apply, lns_apply, client_apply;
	unsigned int link_stop, circuit_stop, lns_stop, client_stop;
	unsigned int reload;
	unsigned int sa_adds, sa_flushes;
	struct sa_params sa[2]; /* by direction: as added last, but for the key */
	uint8_t sa_key[2][128];
	uint64_t sa_packets; /* that the outbound one has sent */
	bool sa_refuse;
};
extern struct fake_counts fake;
extern int fake_reload_rc;

/* An empty configuration with the profile "default". */
void fake_gateway_new(void);
void fake_gateway_free(void);
