/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * The PVC status procedures of Q.933 Annex A, user and network side. A pure core: frames in,
 * frames and states out through callbacks; osmo_timer for time. Control thread only.
 *
 *	user                                                  network
 *	 |  STATUS ENQUIRY  full, send 1, recv 0                 |  carrier, then every T391;
 *	 |------------------------------------------------------>|  full every N391
 *	 |  STATUS  full, send 1, recv 1, PVC 100 New Active     |
 *	 |<------------------------------------------------------|  PVC 100 active at both ends
 *	 |  STATUS ENQUIRY  integrity, send 2, recv 1            |
 *	 |------------------------------------------------------>|  New of 100 is acknowledged
 *	 |  STATUS  integrity, send 2, recv 2                    |
 *	 |<------------------------------------------------------|
 *
 * Ours, where Annex A leaves it open:
 * - the user asks for a full status as soon as there is carrier, and the first valid exchange
 *   brings the link up; only after a service-affecting condition N392 of them are needed;
 * - a full status is asked for again with the next poll when it was not answered, or when it
 *   lists an inactive PVC and differs from the one before;
 * - the network answers any enquiry with a full status while it has something new to tell (A.4.1);
 * - a PVC is active at the network side from the moment it was reported active.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "transports/fr/dlci_set.h"
#include "transports/fr/fr.h"
#include "transports/transport.h"

struct lmi;

/*! What the core wants of its link. A callback may call lmi_pvc_status() and lmi_info(), nothing
 * else of this file. */
struct lmi_ops {
	/*! Send a frame (address field to before the FCS); borrowed. \returns 0 or -errno. */
	int (*send)(void *priv, const uint8_t *frame, size_t len);
	/*! A DLCI became active or stopped being so, configured at this end or not. */
	void (*pvc_state)(void *priv, uint16_t dlci, bool active);
	/*! Network side: which PVCs are configured now? `out` comes empty. */
	void (*configured)(void *priv, struct dlci_set *out);
};

/*! Make a core without carrier.
 * \param[in] ctx talloc parent. \param[in] name of the link, copied.
 * \param[in] mtu longest frame, address field to before the FCS: bounds a full STATUS.
 * \param[in] ops borrowed. \returns NULL without memory. */
struct lmi *lmi_new(void *ctx, const char *name, const struct lmi_cfg *cfg, uint16_t mtu,
		    const struct lmi_ops *ops, void *priv);

/*! Free without a callback. NULL is allowed. */
void lmi_free(struct lmi *lmi);

/*! How many PVCs a full STATUS of at most mtu octets can tell. */
unsigned int lmi_pvcs_max(uint16_t mtu);

/*! Carrier came or went. Going makes all PVCs inactive and forgets what was learnt. */
void lmi_carrier(struct lmi *lmi, bool up);

/*! A frame on DLCI 0 (address field to before the FCS).
 * \returns 0; -EBADMSG malformed; -EPROTO wrong role, state or sequence number: ignored. The core
 * has counted and logged it. */
int lmi_rx(struct lmi *lmi, const uint8_t *frame, size_t len);

/*! Network side: a PVC was configured, perhaps anew between two reports: tell it as new. */
void lmi_pvc_added(struct lmi *lmi, uint16_t dlci);

/*! What a DLCI is now. */
enum fr_pvc_status lmi_pvc_status(const struct lmi *lmi, uint16_t dlci);

void lmi_info(const struct lmi *lmi, struct lmi_info *out);
