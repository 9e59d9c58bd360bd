/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <stdint.h>

#include "tests/unit/unit.h"
#include "transports/fr/q922.h"

/* The definition, one bit at a time: what the tables must agree with. */
static uint16_t fcs_bitwise(const uint8_t *p, size_t len)
{
	uint16_t fcs = 0xffff;

	for (size_t i = 0; i < len; i++) {
		fcs ^= p[i];
		for (int bit = 0; bit < 8; bit++)
			fcs = (uint16_t)(fcs & 1 ? fcs >> 1 ^ 0x8408 : fcs >> 1);
	}
	return fcs;
}

/* The check value of CRC-16/X-25, the name that catalogues give this FCS. */
static void fcs_of_123456789_is_906e(void)
{
	uint8_t frame[11] = "123456789";

	CU_ASSERT_EQUAL((uint16_t)~q922_fcs_residue(frame, 9), 0x906e);
	q922_fcs_put(frame, 9);
	CU_ASSERT_EQUAL(frame[9], 0x6e);
	CU_ASSERT_EQUAL(frame[10], 0x90);
	CU_ASSERT_EQUAL(q922_fcs_residue(frame, 11), Q922_FCS_GOOD);
}

/* RFC 1662 C.3: a frame with its FCS leaves the same residue whatever it holds. */
static void fcs_leaves_f0b8_at_every_length(void)
{
	uint8_t frame[260] = { 0 };

	for (size_t n = 0; n <= 258; n++) {
		for (size_t i = 0; i < n; i++)
			frame[i] = (uint8_t)(i * 37 + n);
		CU_ASSERT_EQUAL(q922_fcs_residue(frame, n), fcs_bitwise(frame, n));
		q922_fcs_put(frame, n);
		CU_ASSERT_EQUAL(q922_fcs_residue(frame, n + 2), Q922_FCS_GOOD);
	}
}

static void fcs_sees_every_single_bit(void)
{
	uint8_t frame[64];

	memset(frame, 0x5a, sizeof(frame));
	q922_fcs_put(frame, sizeof(frame) - 2);
	for (size_t bit = 0; bit < sizeof(frame) * 8; bit++) {
		frame[bit / 8] ^= (uint8_t)(1u << bit % 8);
		CU_ASSERT_NOT_EQUAL(q922_fcs_residue(frame, sizeof(frame)), Q922_FCS_GOOD);
		frame[bit / 8] ^= (uint8_t)(1u << bit % 8);
	}
}

/* Q.922 3.3 by hand: 100 is 000110 0100 in binary; 000110 0 0, 0100 0 0 0 1. */
static void dlci_100_is_18_41(void)
{
	static const uint8_t octets[] = { 0x18, 0x41 };
	struct rd r = rd_init(octets, sizeof(octets));
	struct q922_addr a;
	uint8_t buf[2];
	struct wr w = wr_init(buf, sizeof(buf));

	CU_ASSERT_EQUAL(q922_addr_decode(&a, &r), 0);
	CU_ASSERT_EQUAL(a.dlci, 100);
	CU_ASSERT(!a.cr && !a.fecn && !a.becn && !a.de);
	q922_addr_encode(&w, &a);
	CU_ASSERT_EQUAL(memcmp(buf, octets, 2), 0);
}

static void every_address_survives_decode_and_encode(void)
{
	unsigned int good = 0;

	for (unsigned int v = 0; v < 0x10000; v++) {
		uint8_t in[2] = { (uint8_t)(v >> 8), (uint8_t)v }, out[2];
		struct rd r = rd_init(in, 2);
		struct wr w = wr_init(out, 2);
		struct q922_addr a;
		bool two_octets = !(in[0] & 1) && (in[1] & 1);

		if (q922_addr_decode(&a, &r) < 0) {
			CU_ASSERT(!two_octets);
			CU_ASSERT_EQUAL(a.dlci, 0);
			continue;
		}
		good++;
		CU_ASSERT(two_octets);
		CU_ASSERT_EQUAL(a.dlci, (in[0] >> 2) * 16 + (in[1] >> 4));
		q922_addr_encode(&w, &a);
		CU_ASSERT_EQUAL(memcmp(in, out, 2), 0);
	}
	CU_ASSERT_EQUAL(good, 1u << 14);
}

static void congestion_bits_are_accepted(void)
{
	static const uint8_t octets[] = { 0x1a, 0x4f }; /* C/R, FECN, BECN, DE */
	struct rd r = rd_init(octets, sizeof(octets));
	struct q922_addr a;

	CU_ASSERT_EQUAL(q922_addr_decode(&a, &r), 0);
	CU_ASSERT_EQUAL(a.dlci, 100);
	CU_ASSERT(a.cr && a.fecn && a.becn && a.de);
}

static void addresses_of_1_3_and_4_octets_are_refused(void)
{
	static const uint8_t octets[][4] = {
		{ 0x19, 0x41, 0x03, 0x00 }, /* EA in the first octet */
		{ 0x18, 0x40, 0x01, 0x03 }, /* 3 octets */
		{ 0x18, 0x40, 0x00, 0x01 }, /* 4 octets */
	};
	struct q922_addr a;

	for (size_t i = 0; i < 3; i++) {
		struct rd r = rd_init(octets[i], 4);

		CU_ASSERT_EQUAL(q922_addr_decode(&a, &r), -EBADMSG);
	}
}

static void truncated_address_is_refused(void)
{
	static const uint8_t octet[] = { 0x18 };
	struct q922_addr a;

	for (size_t n = 0; n < 2; n++) {
		struct rd r = rd_init(octet, n);

		CU_ASSERT_EQUAL(q922_addr_decode(&a, &r), -EBADMSG);
	}
}

static void users_have_dlci_16_to_991(void)
{
	CU_ASSERT(!q922_dlci_is_user(0));
	CU_ASSERT(!q922_dlci_is_user(15));
	CU_ASSERT(q922_dlci_is_user(16));
	CU_ASSERT(q922_dlci_is_user(991));
	CU_ASSERT(!q922_dlci_is_user(992));
	CU_ASSERT(!q922_dlci_is_user(1008));
	CU_ASSERT(!q922_dlci_is_user(1023));
	CU_ASSERT(!q922_dlci_is_user(16 + 1024));
}

static const struct unit_case cases[] = {
	{ "fcs_of_123456789_is_906e", fcs_of_123456789_is_906e },
	{ "fcs_leaves_f0b8_at_every_length", fcs_leaves_f0b8_at_every_length },
	{ "fcs_sees_every_single_bit", fcs_sees_every_single_bit },
	{ "dlci_100_is_18_41", dlci_100_is_18_41 },
	{ "every_address_survives_decode_and_encode", every_address_survives_decode_and_encode },
	{ "congestion_bits_are_accepted", congestion_bits_are_accepted },
	{ "addresses_of_1_3_and_4_octets_are_refused", addresses_of_1_3_and_4_octets_are_refused },
	{ "truncated_address_is_refused", truncated_address_is_refused },
	{ "users_have_dlci_16_to_991", users_have_dlci_16_to_991 },
};
UNIT_MAIN("transports/q922", cases)
