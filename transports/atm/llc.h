/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * LLC/SNAP encapsulation of the L2TP service on AAL5 (RFC 3355 5, RFC 2684 5.1): LLC AA-AA-03, then
 * OUI 00-00-5E (IANA) and PID 0x0007 (L2TP). Under null encapsulation there is nothing to do.
 */

#include <stdbool.h>

#include "core/acct.h"
#include "core/pkt.h"

enum { LLC_SNAP_LEN = 8 };

/*! Put the header before a payload. \returns false when there is no headroom. */
bool llc_push(struct pkt *p);

/*! Take the header off an SDU. \returns 0, or the reason to discard it (nothing changed then). */
enum acct_ctr llc_pull(struct pkt *p);
