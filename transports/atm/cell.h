/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* The ATM cell at the UNI (I.361 2.2) and its header error control (I.432.1 4.3.2). */

#include <stdbool.h>
#include <stdint.h>

enum {
	CELL_LEN = 53,
	CELL_HDR_LEN = 5,
	CELL_PAYLOAD = 48,
	CELL_VPI_MAX = 255,
	CELL_VCI_MAX = 65535,
	CELL_VCI_USER_MIN = 32, /*!< those below are reserved (I.361 2.2.3, ATM Forum UNI 3.1) */
};

/* Payload type (I.361 2.2.4). */
enum {
	CELL_PTI_LAST = 1, /*!< user data: ATM-user-to-ATM-user indication, AAL5's end of SDU */
	CELL_PTI_OAM = 4,  /*!< and above: not user data */
};

struct cell_hdr {
	uint8_t gfc;
	uint8_t vpi;
	uint16_t vci;
	uint8_t pti;
	bool clp;
};

/*! The HEC of the four octets before it. */
uint8_t cell_hec(const uint8_t hdr[4]);

/*! Decode a header. \returns 0, or -EBADMSG when the HEC does not fit: nothing of it is right. */
int cell_hdr_decode(struct cell_hdr *h, const uint8_t hdr[CELL_HDR_LEN]);

/*! Encode a header, HEC included. */
void cell_hdr_encode(uint8_t hdr[CELL_HDR_LEN], const struct cell_hdr *h);

/*! Is it fill that the physical layer puts between cells (I.361 Table 2: idle and unassigned
 * cells and others of the physical layer, all VPI 0, VCI 0)? */
static inline bool cell_is_fill(const struct cell_hdr *h)
{
	return h->vpi == 0 && h->vci == 0;
}
