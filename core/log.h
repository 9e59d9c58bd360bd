/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * Log areas. Control thread only: the data plane has counters and drop_report() instead.
 * A line names its object first: LOGP(DIKE, LOGL_NOTICE, "%s: ...", peer->name).
 */

#include <osmocom/core/logging.h>

enum log_area {
	DGW,	/* gateway: configuration, life and death */
	DLINK,	/* links, drivers, carrier */
	DATM,	/* AAL5, OAM */
	DFR,	/* Q.922, LMI */
	DIPSEC, /* SAs and policy */
	DIKE,	/* IKE */
	DL2TP,	/* L2TP control connections, tunnels, sessions */
	DPPP,	/* PPP */
	DDROP,	/* discarded packets, rate-limited */
	LOG_AREAS,
};

extern const struct log_info vcgw_log_info;
