/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * AAL type 5: the common part convergence sublayer and segmentation and reassembly (I.363.5 9, 10),
 * message mode. A CPCS-PDU is the SDU, 0 to 47 octets of padding and a trailer of UU, CPI, length
 * and CRC-32; it fills cells exactly, and the last one says so in its payload type.
 *
 * All of it is the data plane of the link's owning worker.
 */

#include <stdbool.h>
#include <stdint.h>

#include "core/clock.h"
#include "core/limits.h"
#include "core/pkt.h"
#include "transports/atm/cell.h"

enum {
	AAL5_TRAILER = 8,
	/* The longest SDU's cells: 1366. */
	AAL5_CELLS_MAX = (SDU_MAX + AAL5_TRAILER + CELL_PAYLOAD - 1) / CELL_PAYLOAD,
};

/* Silence after which an unfinished SDU is given up. From its last cell, not its first: the longest
 * SDU takes longer than that on a slow line, and a flood that never ends is bounded by max_sdu. */
#define AAL5_TIMEOUT_NS (2 * NSEC_PER_SEC)

/*! Cells of an SDU. */
static inline uint32_t aal5_cells(uint32_t sdu_len)
{
	return (sdu_len + AAL5_TRAILER + CELL_PAYLOAD - 1) / CELL_PAYLOAD;
}

/* ---- segmentation ---- */

/*! Headers of a circuit's cells, made once. */
struct aal5_hdrs {
	uint8_t more[CELL_HDR_LEN];
	uint8_t last[CELL_HDR_LEN];
};

void aal5_hdrs_init(struct aal5_hdrs *h, uint8_t vpi, uint16_t vci);

/*! An SDU on its way into cells. */
struct aal5_seg {
	const struct aal5_hdrs *hdrs;
	const uint8_t *sdu;
	uint32_t whole;			/* cells that the SDU fills alone */
	uint32_t cells;			/* all of the PDU */
	uint32_t next;			/* of them, the next to write */
	uint8_t tail[2 * CELL_PAYLOAD]; /* the rest of the SDU, padding and trailer */
};

/*! Begin. The SDU (1 to SDU_MAX octets) is borrowed until the last cell. CPI is 0. */
void aal5_seg_begin(struct aal5_seg *s, const struct aal5_hdrs *hdrs, const uint8_t *sdu,
		    uint32_t len, uint8_t uu);

/*! Write the next n cells, one behind another; never more than are left. */
void aal5_seg_cells(struct aal5_seg *s, uint8_t *out, uint32_t n);

/* ---- reassembly ---- */

/*
 * The reassembly of one circuit. It counts on the circuit's account: RX_PDU, RX_CELLS and, of SDUs
 * that are whole, RX_OCTETS. Cells are counted when their PDU ends, well or badly, so that always
 *
 *	RX_CELLS = cells of the SDUs handed up + CELL_AAL5
 *	RX_PDU = SDUs handed up + DROP_AAL5_... + DROP_NO_BUFFER
 *
 * and `cells` more wait for the end of theirs.
 */
struct aal5_rx {
	struct pkt *pkt;
	uint32_t acct;
	uint32_t max_sdu;
	uint32_t limit;	   /* octets of the PDU that pkt may take before someone must think */
	uint32_t cells;	   /* of the PDU being reassembled */
	bool skipping;	   /* the PDU is lost and counted; wait for its last cell */
	int64_t last_cell; /* when: clock_ns() */
};

/*! \param[in] max_sdu 1 to SDU_MAX. */
void aal5_rx_init(struct aal5_rx *a, uint32_t acct, uint32_t max_sdu);

/*! Take the payload of a cell. \param[in] last the cell is the last of its PDU.
 * \returns an SDU (the caller's; acct and uu set), or NULL: not finished, or discarded. */
struct pkt *aal5_rx_cell(struct aal5_rx *a, const uint8_t payload[CELL_PAYLOAD], bool last,
			 int64_t now);

/*! Is an SDU unfinished? */
static inline bool aal5_rx_open(const struct aal5_rx *a)
{
	return a->cells || a->skipping;
}

/*! Give up an unfinished SDU that has been silent for AAL5_TIMEOUT_NS. */
void aal5_rx_expire(struct aal5_rx *a, int64_t now);

/*! Give up an unfinished SDU now: its line or its circuit is gone. */
void aal5_rx_reset(struct aal5_rx *a);
