/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* The small face of Frame Relay: what `show frame-relay lmi` and `show frame-relay pvc` tell. */

#include <stdbool.h>
#include <stdint.h>

#include "transports/transport.h"

enum lmi_state {
	LMI_ST_DOWN,	 /*!< no carrier */
	LMI_ST_POLLING,	 /*!< carrier, but the other side has not answered or asked yet */
	LMI_ST_UP,	 /*!< link integrity verified */
	LMI_ST_AFFECTED, /*!< service-affecting condition: N392 errors in N393 events (Q.933 A.5) */
};

/*! What a DLCI is according to link management. */
enum fr_pvc_status {
	FR_PVC_ABSENT,	 /*!< the network does not list it, or has not been heard yet */
	FR_PVC_INACTIVE, /*!< listed, but A is 0 (no far end), or the link is service-affected */
	FR_PVC_ACTIVE,
};

/*! Link management of a link since link_create(). */
struct lmi_info {
	enum lmi_type type; /*!< LMI_NONE: nothing below has a meaning */
	bool network;
	enum lmi_state state;
	uint8_t send_seq; /*!< last sent, 0 = none */
	uint8_t recv_seq; /*!< last received, 0 = none */
	uint16_t pvcs;	  /*!< listed in the last full STATUS, received (user) or sent (network) */
	uint64_t enquiries_tx;
	uint64_t enquiries_rx;
	uint64_t full_enquiries_tx; /*!< of enquiries_tx */
	uint64_t full_enquiries_rx; /*!< of enquiries_rx */
	uint64_t status_tx;
	uint64_t status_rx; /*!< asynchronous ones too */
	uint64_t async_rx;  /*!< of status_rx */
	uint64_t timeouts;  /*!< user: no STATUS within T391; network: no enquiry within T392 */
	uint64_t sequence_errors;
	uint64_t malformed;
	uint64_t unexpected;	/*!< well-formed, but not for this role or state */
	uint64_t times_up;	/*!< how often the link came up */
	uint64_t times_down;	/*!< how often N392 or carrier took it down again */
	uint64_t send_failures; /*!< messages that could not be handed to the worker */
};

/*! \returns "down", "polling", "up" or "service affected". */
const char *lmi_state_name(enum lmi_state st);

/*! Link management of a Frame Relay link. Control thread. \returns 0, or -EINVAL: not FR. */
int fr_lmi_info(struct link *l, struct lmi_info *out);

/*! Why a circuit is active or is not. Control thread. The circuit is one of an FR link. */
enum fr_pvc_status fr_pvc_status(const struct circuit *c);
