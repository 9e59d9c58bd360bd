/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "transports/atm/cell.h"

#include "tests/unit/unit.h"

/* I.432.1 4.3.2.2 by the book, bit by bit. */
static uint8_t hec_by_bits(const uint8_t *h)
{
	uint8_t crc = 0;

	for (int i = 0; i < 32; i++) {
		int in = h[i / 8] >> (7 - i % 8) & 1, out = crc >> 7;

		crc = (uint8_t)(crc << 1);
		if (in ^ out)
			crc ^= 0x07;
	}
	return crc ^ 0x55;
}

static void hec_of_the_idle_cell_is_52(void)
{
	const uint8_t idle[4] = { 0, 0, 0, 1 };

	CU_ASSERT_EQUAL(cell_hec(idle), 0x52); /* I.432.1 Table 4 */
}

static void hec_agrees_with_the_bitwise_definition(void)
{
	uint32_t x = 1;

	for (int i = 0; i < 20000; i++) {
		uint8_t h[4];

		x = x * 1664525 + 1013904223;
		h[0] = (uint8_t)(x >> 24);
		h[1] = (uint8_t)(x >> 16);
		h[2] = (uint8_t)(x >> 8);
		h[3] = (uint8_t)x;
		CU_ASSERT_EQUAL_FATAL(cell_hec(h), hec_by_bits(h));
	}
}

static void fields_stand_where_i361_puts_them(void)
{
	const struct cell_hdr in = {
		.gfc = 0xa, .vpi = 0x5c, .vci = 0x1234, .pti = 5, .clp = true
	};
	uint8_t hdr[CELL_HDR_LEN];

	cell_hdr_encode(hdr, &in);
	CU_ASSERT_EQUAL(hdr[0], 0xa5);
	CU_ASSERT_EQUAL(hdr[1], 0xc1);
	CU_ASSERT_EQUAL(hdr[2], 0x23);
	CU_ASSERT_EQUAL(hdr[3], 0x4b);
	CU_ASSERT_EQUAL(hdr[4], hec_by_bits(hdr));
}

static void what_is_encoded_decodes_to_the_same(void)
{
	static const uint16_t vcis[] = { 0, 1, 31, 32, 100, 0xff, 0x100, 0x7fff, 0xffff };

	for (unsigned int v = 0; v < sizeof(vcis) / sizeof(vcis[0]); v++)
		for (unsigned int i = 0; i < 256 * 16; i++) {
			struct cell_hdr in = { .gfc = (uint8_t)(i >> 4 & 15),
					       .vpi = (uint8_t)(i >> 4),
					       .vci = vcis[v],
					       .pti = i & 7,
					       .clp = i & 8 };
			struct cell_hdr out;
			uint8_t hdr[CELL_HDR_LEN];

			cell_hdr_encode(hdr, &in);
			CU_ASSERT_EQUAL_FATAL(cell_hdr_decode(&out, hdr), 0);
			CU_ASSERT_FATAL(out.gfc == in.gfc && out.vpi == in.vpi &&
					out.vci == in.vci && out.pti == in.pti &&
					out.clp == in.clp);
		}
}

static void one_and_two_inverted_bits_are_detected(void)
{
	const struct cell_hdr in = { .vpi = 3, .vci = 777, .pti = 1 };
	struct cell_hdr out;
	uint8_t hdr[CELL_HDR_LEN];

	cell_hdr_encode(hdr, &in);
	for (int i = 0; i < 40; i++)
		for (int j = i; j < 40; j++) {
			uint8_t bad[CELL_HDR_LEN];

			memcpy(bad, hdr, sizeof(bad));
			bad[i / 8] ^= (uint8_t)(1u << i % 8);
			if (j != i)
				bad[j / 8] ^= (uint8_t)(1u << j % 8);
			CU_ASSERT_FATAL(cell_hdr_decode(&out, bad) < 0);
		}
}

static void vpi_0_vci_0_is_fill_and_nothing_else(void)
{
	struct cell_hdr h = { .clp = true };

	CU_ASSERT(cell_is_fill(&h)); /* idle */
	h.clp = false;
	h.pti = 7;
	CU_ASSERT(cell_is_fill(&h)); /* unassigned */
	h.vci = 5;
	CU_ASSERT(!cell_is_fill(&h));
	h.vci = 0;
	h.vpi = 1;
	CU_ASSERT(!cell_is_fill(&h));
}

static const struct unit_case cases[] = {
	{ "the HEC of the idle cell is 52", hec_of_the_idle_cell_is_52 },
	{ "the HEC agrees with the bitwise definition", hec_agrees_with_the_bitwise_definition },
	{ "fields stand where I.361 puts them", fields_stand_where_i361_puts_them },
	{ "what is encoded decodes to the same", what_is_encoded_decodes_to_the_same },
	{ "one and two inverted bits are detected", one_and_two_inverted_bits_are_detected },
	{ "VPI 0 VCI 0 is fill and nothing else", vpi_0_vci_0_is_fill_and_nothing_else },
};
UNIT_MAIN("transports/cell", cases)
