/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * Q.922 core: the 2-octet address field (3.3) and the frame check sequence (2.7).
 *
 *	octet 1  DLCI, upper 6 bits          C/R  EA=0
 *	octet 2  DLCI, lower 4 bits  FECN BECN DE EA=1
 *
 * A frame here is what stands between two flags, after zero-bit deletion: address, control,
 * information, FCS. Nothing allocates; any thread.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/cursor.h"

enum {
	Q922_ADDR_LEN = 2,
	Q922_FCS_LEN = 2,
	/* Address, one octet of anything, FCS (Q.922 2.9 c: fewer than three octets between the
	 * address field and the closing flag make an invalid frame). */
	Q922_FRAME_MIN = Q922_ADDR_LEN + 1 + Q922_FCS_LEN,

	/* Q.922 Table 1, 10-bit DLCIs: 0 in-channel signalling, 1 to 15 reserved, 16 to 991 for
	 * users, 992 to 1007 layer 2 management, 1008 to 1022 reserved, 1023 in-channel layer
	 * management. */
	Q922_DLCI_LMI = 0,
	Q922_DLCI_FIRST = 16,
	Q922_DLCI_LAST = 991,
	Q922_N_DLCI = 1024,

	Q922_UI = 0x03, /*!< control field of an unnumbered information frame, P/F = 0 */
};

/*! The residue that a frame with a good FCS leaves (RFC 1662 C.3). */
#define Q922_FCS_GOOD 0xf0b8

/*! An address field. */
struct q922_addr {
	uint16_t dlci;
	bool cr;   /*!< command/response: carried for the user, no meaning to us */
	bool fecn; /*!< congestion in the direction of this frame (A.3.3.1) */
	bool becn; /*!< congestion in the opposite direction (A.3.3.2) */
	bool de;   /*!< discard eligibility (A.3.3.3) */
};

/*! \returns whether a DLCI may carry a user's circuit. */
static inline bool q922_dlci_is_user(uint32_t dlci)
{
	return dlci >= Q922_DLCI_FIRST && dlci <= Q922_DLCI_LAST;
}

/*! Take an address field from the front of a frame.
 * \returns 0; -EBADMSG when it is cut short or not of two octets (EA bits, Q.922 3.3.2); then the
 * reader has moved all the same and `out` is zero. */
int q922_addr_decode(struct q922_addr *out, struct rd *r);

/*! Append an address field. Bits of the DLCI beyond 10 are a bug of the caller and cut off. */
void q922_addr_encode(struct wr *w, const struct q922_addr *a);

/*! The FCS register after these octets, from the initial value, not complemented. Over a whole
 * frame including its FCS it is Q922_FCS_GOOD unless the frame was damaged. */
uint16_t q922_fcs_residue(const uint8_t *p, size_t len);

/*! Write the FCS of frame[0..len) behind it, low octet first: two octets must be there. */
void q922_fcs_put(uint8_t *frame, size_t len);
