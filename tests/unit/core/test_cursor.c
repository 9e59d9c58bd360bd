/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/cursor.h"
#include "tests/unit/unit.h"

static const uint8_t octets[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18 };

static void reads_are_big_endian_and_consume(void)
{
	struct rd r = rd_init(octets, sizeof(octets));

	CU_ASSERT_EQUAL(rd_u8(&r), 0x01);
	CU_ASSERT_EQUAL(rd_u16(&r), 0x0203);
	CU_ASSERT_EQUAL(rd_u24(&r), 0x040506);
	CU_ASSERT_EQUAL(rd_u32(&r), 0x0708090a);
	CU_ASSERT_EQUAL(rd_u64(&r), UINT64_C(0x0b0c0d0e0f101112));
	CU_ASSERT(rd_done(&r));
}

static void an_error_sticks_and_reads_zero(void)
{
	struct rd r = rd_init(octets, 3);

	CU_ASSERT_EQUAL(rd_u32(&r), 0);
	CU_ASSERT(r.err);
	CU_ASSERT_EQUAL(rd_u8(&r), 0); /* although three octets are there */
	CU_ASSERT_PTR_NULL(rd_bytes(&r, 0));
	CU_ASSERT_FALSE(rd_done(&r));
}

static void every_truncation_is_an_error(void)
{
	for (size_t len = 0; len < 8; len++) {
		struct rd r = rd_init(octets, len);

		rd_u64(&r);
		CU_ASSERT(r.err);
	}
}

static void a_failed_copy_leaves_zeros(void)
{
	uint8_t out[4] = { 9, 9, 9, 9 };
	struct rd r = rd_init(octets, 3);

	rd_copy(&r, out, 4);
	CU_ASSERT(r.err);
	CU_ASSERT_EQUAL(out[0] | out[1] | out[2] | out[3], 0);
}

static void a_sub_reader_cannot_leave_its_part(void)
{
	struct rd r = rd_init(octets, 6), sub = rd_sub(&r, 2);

	CU_ASSERT_EQUAL(rd_u16(&sub), 0x0102);
	CU_ASSERT(rd_done(&sub));
	CU_ASSERT_EQUAL(rd_u8(&sub), 0);
	CU_ASSERT(sub.err);
	CU_ASSERT_EQUAL(rd_u8(&r), 3);
	sub = rd_sub(&r, 4);
	CU_ASSERT(r.err);
	CU_ASSERT(sub.err);
}

static void lengths_near_the_top_do_not_wrap(void)
{
	struct rd r = rd_init(octets, 4);

	CU_ASSERT_PTR_NULL(rd_bytes(&r, SIZE_MAX));
	CU_ASSERT(r.err);
}

static void writes_stop_at_the_end(void)
{
	uint8_t buf[5];
	struct wr w = wr_init(buf, sizeof(buf));

	wr_u32(&w, 0x01020304);
	wr_u16(&w, 0x0506);
	CU_ASSERT(w.err);
	CU_ASSERT_EQUAL(w.len, 4);
	wr_u8(&w, 7); /* would fit, but the message is broken already */
	CU_ASSERT_EQUAL(w.len, 4);
	CU_ASSERT_EQUAL(memcmp(buf, octets, 4), 0);
}

static void a_patch_stays_inside_what_was_written(void)
{
	uint8_t buf[8];
	struct wr w = wr_init(buf, sizeof(buf));

	wr_zero(&w, 4);
	wr_patch_u16(&w, 2, 0xabcd);
	CU_ASSERT_FALSE(w.err);
	CU_ASSERT_EQUAL(buf[2], 0xab);
	wr_patch_u16(&w, 3, 1);
	CU_ASSERT(w.err);
}

static const struct unit_case cases[] = {
	{ "reads are big-endian and consume", reads_are_big_endian_and_consume },
	{ "an error sticks and reads zero", an_error_sticks_and_reads_zero },
	{ "every truncation is an error", every_truncation_is_an_error },
	{ "a failed copy leaves zeros", a_failed_copy_leaves_zeros },
	{ "a sub-reader cannot leave its part", a_sub_reader_cannot_leave_its_part },
	{ "lengths near the top do not wrap", lengths_near_the_top_do_not_wrap },
	{ "writes stop at the end", writes_stop_at_the_end },
	{ "a patch stays inside what was written", a_patch_stays_inside_what_was_written },
};

UNIT_MAIN("core/cursor", cases)
