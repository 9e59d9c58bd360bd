/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * Messages of the PVC status procedures, Q.933 Annex A, on DLCI 0:
 *
 *	address | 03 UI | 08 protocol discriminator | 00 dummy call reference | message type | IEs
 *
 * An information element is identifier, length, contents; one with bit 8 set is a single octet.
 * Policy: unknown elements are skipped. Report type and link integrity verification must have
 * exactly the length that Annex A gives them; of repeated ones the first counts. PVC status must
 * name a 2-octet DLCI of the users' range; of repeated ones for one DLCI the last counts. Anything
 * else, or an element that reaches past the end, makes the whole message malformed, because half
 * a full status would take down the PVCs of the other half.
 */

#include <stddef.h>
#include <stdint.h>

#include "core/cursor.h"
#include "transports/fr/dlci_set.h"

enum lmi_msg_type {
	LMI_MSG_ENQUIRY = 0x75, /*!< STATUS ENQUIRY, user to network (A.1.2) */
	LMI_MSG_STATUS = 0x7d,	/*!< STATUS, network to user (A.1.1) */
};

enum lmi_report {
	LMI_REPORT_FULL = 0x00,
	LMI_REPORT_INTEGRITY = 0x01,
	LMI_REPORT_SINGLE = 0x02, /*!< single PVC asynchronous status; STATUS only */
};

/*! A message. */
struct lmi_msg {
	uint8_t type;	/*!< enum lmi_msg_type */
	uint8_t report; /*!< enum lmi_report */
	/*! Link integrity verification; zero in a single PVC asynchronous status. */
	uint8_t send_seq;
	uint8_t recv_seq;
	/*! PVC status elements: the DLCIs there, and those of them with the bit. */
	struct dlci_set pvc;
	struct dlci_set new_bit;
	struct dlci_set active_bit;
	struct dlci_set delete_bit;
};

/*! Octets of a full STATUS without PVCs, from the address field on, and of each PVC. */
enum {
	LMI_FULL_LEN = 13,
	LMI_PVC_LEN = 5,
};

/*! Decode a frame, from its address field to before the FCS.
 * \param[out] why what is wrong with a malformed one; static. \returns 0 or -EBADMSG. */
int lmi_msg_decode(struct lmi_msg *out, const char **why, const uint8_t *frame, size_t len);

/*! Encode a frame, from its address field to before the FCS; PVCs in ascending order (A.3.3). */
void lmi_msg_encode(struct wr *w, const struct lmi_msg *m);
