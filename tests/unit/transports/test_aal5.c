/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "transports/atm/aal5.h"

#include "tests/unit/transports/rig.h"

enum { VPI = 1, VCI = 100, WIRE_CELLS = AAL5_CELLS_MAX + 4 };

static struct aal5_hdrs hdrs;
static struct aal5_rx rx;
static uint8_t wire[WIRE_CELLS * CELL_LEN];
static uint64_t fed, good_cells, good;
static int64_t now;

/* I.363.5 9.2.1.2.2 by the book: x^32 + x^26 + ... + 1, preset ones, complemented. */
static uint32_t crc_by_bits(const uint8_t *p, size_t len)
{
	uint32_t crc = 0xffffffff;

	for (size_t i = 0; i < len; i++) {
		crc ^= (uint32_t)p[i] << 24;
		for (int b = 0; b < 8; b++)
			crc = crc & 0x80000000 ? crc << 1 ^ 0x04c11db7 : crc << 1;
	}
	return ~crc;
}

static void begin(uint32_t max_sdu, uint32_t n_small, uint32_t n_large)
{
	rig_init(n_small, n_large);
	aal5_hdrs_init(&hdrs, VPI, VCI);
	aal5_rx_init(&rx, acct_alloc(), max_sdu);
	fed = good_cells = good = 0;
	now = 1;
}

/* Nothing is lost without being counted. */
static void check_conserved(void)
{
	CU_ASSERT_EQUAL(acct_get(rx.acct, ACCT_RX_CELLS),
			good_cells + acct_get(rx.acct, ACCT_CELL_AAL5));
	CU_ASSERT_EQUAL(acct_get(rx.acct, ACCT_RX_CELLS) + rx.cells, fed);
	CU_ASSERT_EQUAL(acct_get(rx.acct, ACCT_RX_PDU), good + acct_discards(rx.acct));
}

static void end(void)
{
	check_conserved();
	aal5_rx_reset(&rx);
	acct_free(rx.acct);
	rig_exit();
}

static uint32_t to_cells(const struct pkt *p, uint8_t uu)
{
	struct aal5_seg s;

	aal5_seg_begin(&s, &hdrs, p->data, p->len, uu);
	aal5_seg_cells(&s, wire, s.cells);
	CU_ASSERT_EQUAL_FATAL(s.next, s.cells);
	return s.cells;
}

static struct pkt *feed(const uint8_t *cell)
{
	struct cell_hdr h;
	struct pkt *p;

	CU_ASSERT_EQUAL_FATAL(cell_hdr_decode(&h, cell), 0);
	CU_ASSERT_FATAL(h.vpi == VPI && h.vci == VCI);
	fed++;
	p = aal5_rx_cell(&rx, cell + CELL_HDR_LEN, h.pti & CELL_PTI_LAST, now);
	if (p) {
		good++;
		good_cells += aal5_cells(p->len);
	}
	return p;
}

/* Cells of the wire except one. */
static struct pkt *feed_all(uint32_t n, uint32_t except)
{
	struct pkt *p = NULL;

	for (uint32_t i = 0; i < n; i++) {
		if (i == except)
			continue;
		CU_ASSERT_PTR_NULL_FATAL(p);
		p = feed(wire + i * CELL_LEN);
	}
	return p;
}

static void send_good(uint32_t len, uint32_t seed)
{
	struct pkt *in = rig_pkt(len, seed), *out;
	uint32_t n = to_cells(in, (uint8_t)seed);

	pkt_free(in);
	out = feed_all(n, UINT32_MAX);
	CU_ASSERT_PTR_NOT_NULL_FATAL(out);
	CU_ASSERT_FATAL(rig_pkt_is(out, len, seed));
	CU_ASSERT(out->uu == (uint8_t)seed && out->acct == rx.acct);
	CU_ASSERT_FATAL(pkt_tailroom(out) >= PKT_TAILROOM && pkt_headroom(out) == PKT_HEADROOM);
	pkt_free(out);
}

/* A CPCS-PDU by hand, of n cells, in wire; the CRC is right. */
static void craft(uint32_t n, uint8_t cpi, uint16_t length)
{
	static uint8_t pdu[WIRE_CELLS * CELL_PAYLOAD];
	uint32_t len = n * CELL_PAYLOAD, crc;

	memset(pdu, 0x5a, len);
	pdu[len - 8] = 0;
	pdu[len - 7] = cpi;
	pdu[len - 6] = (uint8_t)(length >> 8);
	pdu[len - 5] = (uint8_t)length;
	crc = crc_by_bits(pdu, len - 4);
	for (int i = 0; i < 4; i++)
		pdu[len - 4 + (uint32_t)i] = (uint8_t)(crc >> (24 - 8 * i));
	for (uint32_t i = 0; i < n; i++) {
		memcpy(wire + i * CELL_LEN, i + 1 == n ? hdrs.last : hdrs.more, CELL_HDR_LEN);
		memcpy(wire + i * CELL_LEN + CELL_HDR_LEN, pdu + i * CELL_PAYLOAD, CELL_PAYLOAD);
	}
}

static void forty_zero_octets_make_the_known_cell(void)
{
	/* Computed with three independent CRC implementations: 864d7f99. */
	static const uint8_t trailer[] = { 0, 0, 0, 40, 0x86, 0x4d, 0x7f, 0x99 };
	struct pkt *p;

	begin(SDU_MAX, 8, 2);
	CU_ASSERT_EQUAL(crc_by_bits((const uint8_t *)"123456789", 9), 0xfc891918);
	p = rig_pkt(40, 0);
	memset(p->data, 0, 40);
	CU_ASSERT_EQUAL(to_cells(p, 0), 1);
	CU_ASSERT_EQUAL(memcmp(wire, hdrs.last, 5), 0);
	CU_ASSERT_EQUAL(memcmp(wire + 5 + 40, trailer, 8), 0);
	pkt_free(p);
	end();
}

static void crc_agrees_with_the_bitwise_definition(void)
{
	static const uint32_t sizes[] = { 1, 39, 40, 41, 47, 48, 49, 88, 89, 1500, 9188, 65535 };

	begin(SDU_MAX, 8, 2);
	for (unsigned int i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		static uint8_t pdu[WIRE_CELLS * CELL_PAYLOAD];
		struct pkt *p = rig_pkt(sizes[i], i);
		uint32_t n = to_cells(p, 7), len = n * CELL_PAYLOAD, crc;

		for (uint32_t c = 0; c < n; c++)
			memcpy(pdu + c * CELL_PAYLOAD, wire + c * CELL_LEN + 5, CELL_PAYLOAD);
		crc = crc_by_bits(pdu, len - 4);
		CU_ASSERT_EQUAL(pdu[len - 4], crc >> 24);
		CU_ASSERT_EQUAL(pdu[len - 3], (uint8_t)(crc >> 16));
		CU_ASSERT_EQUAL(pdu[len - 2], (uint8_t)(crc >> 8));
		CU_ASSERT_EQUAL(pdu[len - 1], (uint8_t)crc);
		CU_ASSERT_EQUAL(pdu[len - 8], 7);
		pkt_free(p);
	}
	end();
}

static void every_size_comes_back_as_it_was(void)
{
	begin(SDU_MAX, 8, 4);
	for (uint32_t n = 1; n <= 300; n++)
		send_good(n, n);
	for (uint32_t n = 1700; n <= 2100; n++)
		send_good(n, n);
	for (uint32_t n = 2100; n < SDU_MAX; n += 331)
		send_good(n, n);
	for (uint32_t n = SDU_MAX - 100; n <= SDU_MAX; n += 3)
		send_good(n, n);
	send_good(SDU_MAX, 1);
	CU_ASSERT_EQUAL(acct_discards(rx.acct), 0);
	end();
}

static void cells_per_sdu_change_at_40_and_88(void)
{
	CU_ASSERT_EQUAL(aal5_cells(1), 1);
	CU_ASSERT_EQUAL(aal5_cells(40), 1);
	CU_ASSERT_EQUAL(aal5_cells(41), 2);
	CU_ASSERT_EQUAL(aal5_cells(88), 2);
	CU_ASSERT_EQUAL(aal5_cells(89), 3);
	CU_ASSERT_EQUAL(aal5_cells(SDU_MAX), AAL5_CELLS_MAX);
}

static void segmentation_can_pause_anywhere(void)
{
	static uint8_t parts[WIRE_CELLS * CELL_LEN];
	struct aal5_seg s;
	struct pkt *p;
	uint32_t n;

	begin(SDU_MAX, 8, 2);
	p = rig_pkt(777, 3);
	n = to_cells(p, 0);
	for (uint32_t step = 1; step <= n; step++) {
		uint8_t *to = parts;

		aal5_seg_begin(&s, &hdrs, p->data, p->len, 0);
		while (s.next < s.cells) {
			uint32_t k = s.cells - s.next < step ? s.cells - s.next : step;

			aal5_seg_cells(&s, to, k);
			to += k * CELL_LEN;
		}
		CU_ASSERT_EQUAL(memcmp(parts, wire, (size_t)n * CELL_LEN), 0);
	}
	pkt_free(p);
	end();
}

static void a_lost_cell_costs_its_sdu_and_no_later_one(void)
{
	begin(SDU_MAX, 8, 2);
	for (uint32_t lost = 0; lost < 10; lost++) {
		struct pkt *p = rig_pkt(500, lost);
		uint32_t n = to_cells(p, 0);

		CU_ASSERT_EQUAL(n, 11);
		pkt_free(p);
		CU_ASSERT_PTR_NULL(feed_all(n, lost));
		CU_ASSERT_EQUAL(acct_get(rx.acct, DROP_AAL5_CRC), lost + 1);
		send_good(200, lost);
	}
	CU_ASSERT_EQUAL(acct_get(rx.acct, ACCT_CELL_AAL5), 100);
	end();
}

static void a_lost_last_cell_merges_two_sdus_and_costs_both(void)
{
	struct pkt *p;
	uint32_t n;

	begin(SDU_MAX, 8, 2);
	p = rig_pkt(500, 1);
	n = to_cells(p, 0);
	CU_ASSERT_PTR_NULL(feed_all(n, n - 1));
	CU_ASSERT(aal5_rx_open(&rx));
	CU_ASSERT_PTR_NULL(feed_all(n, UINT32_MAX));
	CU_ASSERT_EQUAL(acct_get(rx.acct, DROP_AAL5_CRC), 1);
	CU_ASSERT_EQUAL(acct_get(rx.acct, ACCT_RX_PDU), 1);
	CU_ASSERT_EQUAL(acct_get(rx.acct, ACCT_CELL_AAL5), 21);
	pkt_free(p);
	send_good(500, 2);
	end();
}

static void every_inverted_bit_is_found(void)
{
	struct pkt *p;
	uint32_t n;

	begin(SDU_MAX, 8, 2);
	p = rig_pkt(60, 1);
	n = to_cells(p, 0);
	for (uint32_t bit = 0; bit < n * CELL_PAYLOAD * 8; bit++) {
		uint32_t octet = bit / 8;
		uint8_t *at = wire + octet / CELL_PAYLOAD * CELL_LEN + CELL_HDR_LEN +
			      octet % CELL_PAYLOAD;

		*at ^= (uint8_t)(1u << bit % 8);
		CU_ASSERT_PTR_NULL_FATAL(feed_all(n, UINT32_MAX));
		*at ^= (uint8_t)(1u << bit % 8);
	}
	CU_ASSERT_EQUAL(acct_get(rx.acct, DROP_AAL5_CRC), n * CELL_PAYLOAD * 8);
	pkt_free(p);
	send_good(60, 1);
	end();
}

static void bad_trailers_are_discarded_each_for_its_reason(void)
{
	struct pkt *p;

	begin(1000, 8, 2);
	craft(3, 1, 100);
	CU_ASSERT_PTR_NULL(feed_all(3, UINT32_MAX));
	CU_ASSERT_EQUAL(acct_get(rx.acct, DROP_AAL5_CPI), 1);
	craft(1, 0, 0);
	CU_ASSERT_PTR_NULL(feed_all(1, UINT32_MAX));
	CU_ASSERT_EQUAL(acct_get(rx.acct, DROP_AAL5_ABORT), 1);
	craft(3, 0, 88); /* padding of 48 */
	CU_ASSERT_PTR_NULL(feed_all(3, UINT32_MAX));
	craft(3, 0, 137); /* reaches into the trailer */
	CU_ASSERT_PTR_NULL(feed_all(3, UINT32_MAX));
	craft(3, 0, 65535);
	CU_ASSERT_PTR_NULL(feed_all(3, UINT32_MAX));
	CU_ASSERT_EQUAL(acct_get(rx.acct, DROP_AAL5_LENGTH), 3);
	craft(aal5_cells(1000), 0, 1000);
	p = feed_all(aal5_cells(1000), UINT32_MAX);
	CU_ASSERT_PTR_NOT_NULL(p);
	pkt_free(p);
	craft(aal5_cells(1000), 0, 1000);
	check_conserved();
	craft(aal5_cells(1001), 0, 1001); /* the same number of cells, one octet too long */
	CU_ASSERT_PTR_NULL(feed_all(aal5_cells(1001), UINT32_MAX));
	CU_ASSERT_EQUAL(acct_get(rx.acct, DROP_AAL5_TOO_LONG), 1);
	end();
}

static void a_never_ending_sdu_is_given_up_and_the_next_one_arrives(void)
{
	struct pkt *p;

	begin(9188, 8, 2);
	p = rig_pkt(9188, 1);
	to_cells(p, 0);
	pkt_free(p);
	for (int i = 0; i < 5000; i++)
		CU_ASSERT_PTR_NULL_FATAL(feed(wire));
	CU_ASSERT_EQUAL(acct_get(rx.acct, DROP_AAL5_TOO_LONG), 1);
	CU_ASSERT_EQUAL(acct_get(rx.acct, ACCT_CELL_AAL5), 5000);
	CU_ASSERT_EQUAL(pkt_pool_in_use(rig_pool), 0);
	CU_ASSERT_PTR_NULL(feed(wire + 191 * CELL_LEN)); /* a last cell */
	send_good(9188, 2);
	CU_ASSERT_EQUAL(acct_discards(rx.acct), 1);
	end();
}

static void without_buffers_sdus_are_discarded_and_reassembly_resumes(void)
{
	struct pkt *p, *hold[3];

	begin(SDU_MAX, 3, 1);
	p = rig_pkt(300, 1);
	to_cells(p, 0);
	pkt_free(p);
	for (int i = 0; i < 3; i++)
		hold[i] = pkt_alloc(rig_pool, 1);
	CU_ASSERT_PTR_NULL(feed_all(7, UINT32_MAX));
	CU_ASSERT_EQUAL(acct_get(rx.acct, DROP_NO_BUFFER), 1);
	CU_ASSERT_PTR_NULL(feed(wire));
	pkt_free(hold[0]); /* a buffer comes back in the midst of an SDU: not resumed there */
	for (int i = 1; i < 7; i++)
		CU_ASSERT_PTR_NULL(feed(wire + i * CELL_LEN));
	CU_ASSERT_EQUAL(acct_get(rx.acct, DROP_NO_BUFFER), 2);
	send_good(300, 5);
	/* The move to a large buffer fails. */
	p = pkt_alloc(rig_pool, SDU_MAX);
	for (int i = 0; i < 60; i++)
		CU_ASSERT_PTR_NULL(feed(wire)); /* `wire` holds 300 octets: its first cell */
	CU_ASSERT_EQUAL(acct_get(rx.acct, DROP_NO_BUFFER), 3);
	pkt_free(p);
	CU_ASSERT_PTR_NULL(feed(wire + 6 * CELL_LEN));
	send_good(5000, 6);
	pkt_free(hold[1]);
	pkt_free(hold[2]);
	end();
}

static void silence_of_two_seconds_ends_an_sdu(void)
{
	struct pkt *p;

	begin(SDU_MAX, 8, 2);
	p = rig_pkt(300, 1);
	to_cells(p, 0);
	pkt_free(p);
	for (int i = 0; i < 3; i++, now += AAL5_TIMEOUT_NS - 1) {
		CU_ASSERT_PTR_NULL(feed(wire + i * CELL_LEN));
		aal5_rx_expire(&rx, now + AAL5_TIMEOUT_NS - 1);
		CU_ASSERT(aal5_rx_open(&rx));
	}
	aal5_rx_expire(&rx, now + 1);
	CU_ASSERT(!aal5_rx_open(&rx));
	CU_ASSERT_EQUAL(acct_get(rx.acct, DROP_AAL5_TIMEOUT), 1);
	CU_ASSERT_EQUAL(acct_get(rx.acct, ACCT_CELL_AAL5), 3);
	send_good(300, 2);
	aal5_rx_expire(&rx, now + 10 * AAL5_TIMEOUT_NS);
	CU_ASSERT_EQUAL(acct_discards(rx.acct), 1);
	end();
}

static void random_losses_and_damage_conserve_everything(void)
{
	uint32_t x = 12345, delivered = 0;

	begin(9188, 8, 2);
	for (uint32_t k = 0; k < 3000; k++) {
		struct pkt *p = rig_pkt(1 + hash_u32(k) % 3000, k);
		uint32_t n = to_cells(p, 0);

		pkt_free(p);
		for (uint32_t i = 0; i < n; i++) {
			uint8_t *cell = wire + i * CELL_LEN;

			x = x * 1664525 + 1013904223;
			if (x >> 24 < 3)
				continue;
			if (x >> 24 < 6)
				cell[5 + (x >> 8) % 48] ^= (uint8_t)(1 + (x & 0x7f));
			p = feed(cell);
			/* A CRC-32 that fits by chance: one in four thousand million. */
			if (p)
				delivered++;
			pkt_free(p);
		}
		if (k % 100 == 0)
			check_conserved();
	}
	CU_ASSERT(delivered > 1000 && acct_discards(rx.acct) > 500);
	end();
}

static const struct unit_case cases[] = {
	{ "forty zero octets make the known cell", forty_zero_octets_make_the_known_cell },
	{ "the CRC agrees with the bitwise definition", crc_agrees_with_the_bitwise_definition },
	{ "every size comes back as it was", every_size_comes_back_as_it_was },
	{ "the number of cells changes after 40 and 88 octets", cells_per_sdu_change_at_40_and_88 },
	{ "segmentation can pause anywhere", segmentation_can_pause_anywhere },
	{ "a lost cell costs its SDU and no later one",
	  a_lost_cell_costs_its_sdu_and_no_later_one },
	{ "a lost last cell merges two SDUs and costs both",
	  a_lost_last_cell_merges_two_sdus_and_costs_both },
	{ "every inverted bit is found", every_inverted_bit_is_found },
	{ "bad trailers are discarded, each for its reason",
	  bad_trailers_are_discarded_each_for_its_reason },
	{ "a never-ending SDU is given up and the next one arrives",
	  a_never_ending_sdu_is_given_up_and_the_next_one_arrives },
	{ "without buffers SDUs are discarded and reassembly resumes",
	  without_buffers_sdus_are_discarded_and_reassembly_resumes },
	{ "silence of two seconds ends an SDU", silence_of_two_seconds_ends_an_sdu },
	{ "random losses and damage conserve everything",
	  random_losses_and_damage_conserve_everything },
};
UNIT_MAIN("transports/aal5", cases)
