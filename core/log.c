/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/log.h"

#include <osmocom/core/utils.h>

static const struct log_info_cat categories[LOG_AREAS] = {
#define AREA(id, what)                                                                             \
	[id] = { .name = #id, .description = what, .enabled = 1, .loglevel = LOGL_NOTICE }
	AREA(DGW, "Gateway: configuration, life and death"),
	AREA(DLINK, "Links, drivers, carrier"),
	AREA(DATM, "ATM: AAL5 and OAM"),
	AREA(DFR, "Frame Relay: Q.922 and LMI"),
	AREA(DIPSEC, "IPsec: SAs and policy"),
	AREA(DIKE, "IKE"),
	AREA(DL2TP, "L2TP control connections, tunnels and sessions"),
	AREA(DPPP, "PPP"),
	AREA(DDROP, "Discarded packets (rate-limited)"),
#undef AREA
};

const struct log_info vcgw_log_info = {
	.cat = categories,
	.num_cat = ARRAY_SIZE(categories),
};
