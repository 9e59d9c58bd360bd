/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* The bounds that more than one room counts on. A room's own bounds stand in the room. */

enum vcgw_limits {
	/* Packets a stage handles at once; enforced by pkt_batch_add(). */
	BATCH_MAX = 32,
	/* Data-plane threads; enforced by the configuration. */
	WORKERS_MAX = 16,
	/* Links, circuits and TUN devices together; enforced by acct_alloc(). */
	ACCTS_MAX = 16384,
	/* Octets kept of a discarded packet; enforced by drop_report(). */
	DROP_HEAD_MAX = 64,
	/* Largest SDU of AAL5 (I.363.5 9.2.1.2). */
	SDU_MAX = 65535,
};
