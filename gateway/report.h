/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* What the gateway tells others by itself: statistics, the CTRL interface, lines about discards. */

#include "gateway/gateway.h"

/*! Once a second fold the accounts into groups of rate counters: `show stats`, statsd. */
void gw_stats_start(void);
void gw_stats_stop(void);

/*! Register the CTRL variables and, when configured, listen. \returns 0 or -errno (why is set). */
int gw_ctrl_start(struct gw_why *why);
void gw_ctrl_stop(void);

/*! Ten times a second log what drop_next() has. */
void gw_drop_log_start(void);
void gw_drop_log_stop(void);

/*! The circuit, link or TUN with this account, for people; "account N" when it has gone. */
const char *gw_acct_name(uint32_t id, char *buf, size_t size);
