/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "transports/atm/aal5.h"

#include <string.h>

#include <isa-l/crc.h>

#include "core/acct.h"
#include "core/cursor.h"

/* The CRC-32 of I.363.5 9.2.1.2.2 is the one of ISO 8802-3 with the octets' first bit first, which
 * ISA-L calls crc32_ieee; zlib's and crc32_gzip_refl are its mirror image. Over a PDU with its
 * CRC the result is this. */
#define CRC_RESIDUE 0x38fb2284u

void aal5_hdrs_init(struct aal5_hdrs *h, uint8_t vpi, uint16_t vci)
{
	struct cell_hdr c = { .vpi = vpi, .vci = vci };

	cell_hdr_encode(h->more, &c);
	c.pti = CELL_PTI_LAST;
	cell_hdr_encode(h->last, &c);
}

static uint32_t crc32_of(uint32_t crc, const uint8_t *p, uint32_t len)
{
	/* ISA-L does not say const and does not write. */
	return crc32_ieee(crc, (unsigned char *)(uintptr_t)p, len);
}

void aal5_seg_begin(struct aal5_seg *s, const struct aal5_hdrs *hdrs, const uint8_t *sdu,
		    uint32_t len, uint8_t uu)
{
	uint32_t done, tail_len, rest, crc;
	struct wr w;

	s->hdrs = hdrs;
	s->sdu = sdu;
	s->whole = len / CELL_PAYLOAD;
	s->cells = aal5_cells(len);
	s->next = 0;
	done = s->whole * CELL_PAYLOAD;
	rest = len - done;
	tail_len = s->cells * CELL_PAYLOAD - done;
	w = wr_init(s->tail, tail_len);
	wr_bytes(&w, sdu + done, rest);
	wr_zero(&w, tail_len - rest - AAL5_TRAILER);
	wr_u8(&w, uu);
	wr_u8(&w, 0); /* CPI: aligns the trailer, no other use (I.363.5 9.2.1.2) */
	wr_u16(&w, (uint16_t)len);
	crc = crc32_of(crc32_of(0, sdu, done), s->tail, (uint32_t)w.len);
	wr_u32(&w, crc);
}

void aal5_seg_cells(struct aal5_seg *s, uint8_t *out, uint32_t n)
{
	for (; n > 0 && s->next < s->cells; n--, s->next++, out += CELL_LEN) {
		const uint8_t *from = s->next < s->whole
					      ? s->sdu + s->next * CELL_PAYLOAD
					      : s->tail + (s->next - s->whole) * CELL_PAYLOAD;
		const uint8_t *hdr = s->next + 1 == s->cells ? s->hdrs->last : s->hdrs->more;

		memcpy(out, hdr, CELL_HDR_LEN);
		memcpy(out + CELL_HDR_LEN, from, CELL_PAYLOAD);
	}
}

void aal5_rx_init(struct aal5_rx *a, uint32_t acct, uint32_t max_sdu)
{
	*a = (struct aal5_rx){ .acct = acct, .max_sdu = max_sdu };
}

/* The PDU being reassembled is lost. */
static void discard(struct aal5_rx *a, enum acct_ctr reason)
{
	acct_add(a->acct, ACCT_RX_PDU, 1);
	acct_add(a->acct, ACCT_RX_CELLS, a->cells);
	acct_add(a->acct, ACCT_CELL_AAL5, a->cells);
	drop_report(a->acct, reason, a->pkt ? a->pkt->data : NULL, a->pkt ? a->pkt->len : 0);
	pkt_free(a->pkt);
	a->pkt = NULL;
	a->cells = 0;
}

static uint32_t least(uint32_t x, uint32_t y)
{
	return x < y ? x : y;
}

/* The cell at hand is past the limit: begin a PDU, move it to a larger buffer, or find out why it
 * cannot go on. A PDU begins in a small buffer and moves once. The small class is used only as far
 * as it holds a whole SDU with the room behind that a packet must have; the large one holds the
 * largest PDU and leaves that room behind its SDU. \returns 0 or the reason to discard the PDU. */
static enum acct_ctr make_room(struct aal5_rx *a)
{
	const uint32_t max_pdu = aal5_cells(a->max_sdu) * CELL_PAYLOAD;
	struct pkt_pool *pool = pkt_pool_self();
	struct pkt *p;

	if (!a->pkt) {
		a->limit = least(PKT_SMALL_LEN, max_pdu);
		a->pkt = pkt_alloc(pool, CELL_PAYLOAD);
		return a->pkt ? 0 : DROP_NO_BUFFER;
	}
	if (a->pkt->len == max_pdu)
		return DROP_AAL5_TOO_LONG;
	p = pkt_alloc(pool, SDU_MAX);
	if (!p)
		return DROP_NO_BUFFER;
	memcpy(pkt_put(p, a->pkt->len), a->pkt->data, a->pkt->len);
	pkt_free(a->pkt);
	a->pkt = p;
	a->limit = max_pdu;
	return 0;
}

/* The last cell is in: check what I.363.5 9.2.1.2.2 has a receiver check.
 * \returns 0 and the SDU's length and UU, or why the PDU is none. */
static enum acct_ctr check_pdu(const struct aal5_rx *a, uint32_t *sdu_len, uint8_t *uu)
{
	const struct pkt *p = a->pkt;
	struct rd r = rd_init(p->data, p->len);
	uint8_t cpi;

	if (crc32_of(0, p->data, p->len) != CRC_RESIDUE)
		return DROP_AAL5_CRC;
	rd_bytes(&r, p->len - AAL5_TRAILER);
	*uu = rd_u8(&r);
	cpi = rd_u8(&r);
	*sdu_len = rd_u16(&r);
	if (cpi != 0)
		return DROP_AAL5_CPI;
	if (*sdu_len == 0)
		return DROP_AAL5_ABORT;
	/* With a padding of 0 to 47 octets. */
	if (aal5_cells(*sdu_len) != a->cells)
		return DROP_AAL5_LENGTH;
	if (*sdu_len > a->max_sdu)
		return DROP_AAL5_TOO_LONG;
	return 0;
}

static struct pkt *finish(struct aal5_rx *a)
{
	uint32_t sdu_len = 0;
	uint8_t uu = 0;
	enum acct_ctr reason = check_pdu(a, &sdu_len, &uu);
	struct pkt *p = a->pkt;

	if (reason) {
		discard(a, reason);
		return NULL;
	}
	acct_add(a->acct, ACCT_RX_PDU, 1);
	acct_add(a->acct, ACCT_RX_CELLS, a->cells);
	acct_add(a->acct, ACCT_RX_OCTETS, sdu_len);
	pkt_trim(p, sdu_len);
	p->acct = a->acct;
	p->uu = uu;
	a->pkt = NULL;
	a->cells = 0;
	return p;
}

/* The PDU is lost already. */
static struct pkt *skip(struct aal5_rx *a, bool last)
{
	acct_add(a->acct, ACCT_RX_CELLS, 1);
	acct_add(a->acct, ACCT_CELL_AAL5, 1);
	a->skipping = !last;
	return NULL;
}

struct pkt *aal5_rx_cell(struct aal5_rx *a, const uint8_t payload[CELL_PAYLOAD], bool last,
			 int64_t now)
{
	struct pkt *p = a->pkt;

	a->last_cell = now;
	if (!p || p->len + CELL_PAYLOAD > a->limit) {
		enum acct_ctr why;

		if (a->skipping)
			return skip(a, last);
		why = make_room(a);
		if (why) {
			a->cells++; /* this one is lost with the others */
			discard(a, why);
			a->skipping = !last;
			return NULL;
		}
		p = a->pkt;
	}
	memcpy(p->data + p->len, payload, CELL_PAYLOAD);
	p->len += CELL_PAYLOAD;
	a->cells++;
	return last ? finish(a) : NULL;
}

void aal5_rx_reset(struct aal5_rx *a)
{
	if (a->cells)
		discard(a, DROP_AAL5_TIMEOUT);
	a->skipping = false;
}

void aal5_rx_expire(struct aal5_rx *a, int64_t now)
{
	if (aal5_rx_open(a) && now - a->last_cell >= AAL5_TIMEOUT_NS)
		aal5_rx_reset(a);
}
