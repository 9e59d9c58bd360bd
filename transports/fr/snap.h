/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * How a payload of the L2TP service sits in a Frame Relay frame, behind the address (RFC 3070 4):
 *
 *	03 control UI | 00 pad | 80 NLPID SNAP | 00-00-5E OUI of IANA | 0007 PID of L2TP
 *
 * Data plane: pushes and pulls in place.
 */

#include "core/acct.h"
#include "core/pkt.h"

/*! Octets of that header. */
#define FR_SNAP_LEN 8u

/*! Take the header off a packet that begins with the control field.
 * \returns 0, or why the packet is to be dropped (nothing changed): DROP_NLPID_MALFORMED,
 * DROP_NLPID_UNKNOWN. */
enum acct_ctr fr_snap_pull(struct pkt *p);

/*! Put the header on. \returns 0, or -ENOSPC when there is no headroom (nothing changed). */
int fr_snap_push(struct pkt *p);
