/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <stdint.h>

#include "tests/unit/unit.h"
#include "transports/fr/lmi_msg.h"

/* What a Linux kernel (6.1, `lmi ccitt`) sends and accepts. */
#define KERNEL_ENQUIRY_FULL	"00 01 03 08 00 75 51 01 00 53 02 01 00"
#define KERNEL_STATUS_100	"00 01 03 08 00 7d 51 01 00 53 02 01 01 57 03 06 a0 82"
#define KERNEL_STATUS_100_NEW	"00 01 03 08 00 7d 51 01 00 53 02 01 01 57 03 06 a0 88"
#define KERNEL_STATUS_100_BLOCK "00 01 03 08 00 7d 51 01 00 53 02 01 01 57 03 06 a0 80"
/* The same kernel with `lmi ansi`: T1.617 Annex D. */
#define KERNEL_ANSI_ENQUIRY_FULL "00 01 03 08 00 75 95 01 01 00 03 02 01 00"

static int decode(struct lmi_msg *m, const char *hex)
{
	uint8_t buf[6000];
	const char *why;

	return lmi_msg_decode(m, &why, buf, unit_hex(buf, sizeof(buf), hex));
}

static void encodes_to(const struct lmi_msg *m, const char *hex)
{
	uint8_t buf[200], want[200];
	struct wr w = wr_init(buf, sizeof(buf));
	size_t n = unit_hex(want, sizeof(want), hex);

	lmi_msg_encode(&w, m);
	CU_ASSERT(!w.err);
	CU_ASSERT_EQUAL_FATAL(w.len, n);
	CU_ASSERT_EQUAL(memcmp(buf, want, n), 0);
}

static void kernel_enquiry(void)
{
	struct lmi_msg m;

	CU_ASSERT_EQUAL(decode(&m, KERNEL_ENQUIRY_FULL), 0);
	CU_ASSERT_EQUAL(m.type, LMI_MSG_ENQUIRY);
	CU_ASSERT_EQUAL(m.report, LMI_REPORT_FULL);
	CU_ASSERT_EQUAL(m.send_seq, 1);
	CU_ASSERT_EQUAL(m.recv_seq, 0);
	encodes_to(&m, KERNEL_ENQUIRY_FULL);
}

static void kernel_status(void)
{
	static const struct {
		const char *hex;
		bool new_bit, active_bit;
	} rows[] = {
		{ KERNEL_STATUS_100, false, true },
		{ KERNEL_STATUS_100_NEW, true, false },
		{ KERNEL_STATUS_100_BLOCK, false, false },
	};
	struct lmi_msg m;

	for (size_t i = 0; i < 3; i++) {
		CU_ASSERT_EQUAL(decode(&m, rows[i].hex), 0);
		CU_ASSERT_EQUAL(m.type, LMI_MSG_STATUS);
		CU_ASSERT_EQUAL(m.recv_seq, 1);
		CU_ASSERT_EQUAL(dlci_set_count(&m.pvc), 1);
		CU_ASSERT(dlci_set_has(&m.pvc, 100));
		CU_ASSERT_EQUAL(dlci_set_has(&m.new_bit, 100), rows[i].new_bit);
		CU_ASSERT_EQUAL(dlci_set_has(&m.active_bit, 100), rows[i].active_bit);
		CU_ASSERT(!dlci_set_has(&m.delete_bit, 100));
		encodes_to(&m, rows[i].hex);
	}
}

static void ansi_is_refused_by_name(void)
{
	uint8_t buf[64];
	struct lmi_msg m;
	const char *why;
	size_t n = unit_hex(buf, sizeof(buf), KERNEL_ANSI_ENQUIRY_FULL);

	CU_ASSERT_EQUAL(lmi_msg_decode(&m, &why, buf, n), -EBADMSG);
	CU_ASSERT_PTR_NOT_NULL(strstr(why, "Annex D"));
}

static void every_dlci_survives_encode_and_decode(void)
{
	struct lmi_msg m = { .type = LMI_MSG_STATUS, .send_seq = 255, .recv_seq = 254 }, back;
	uint8_t buf[LMI_FULL_LEN + LMI_PVC_LEN * 976];
	struct wr w = wr_init(buf, sizeof(buf));
	const char *why;

	for (uint16_t d = Q922_DLCI_FIRST; d <= Q922_DLCI_LAST; d++) {
		dlci_set_put(&m.pvc, d, true);
		dlci_set_put(&m.new_bit, d, d & 1);
		dlci_set_put(&m.active_bit, d, d & 2);
		dlci_set_put(&m.delete_bit, d, d & 4);
	}
	lmi_msg_encode(&w, &m);
	CU_ASSERT(!w.err);
	CU_ASSERT_EQUAL(w.len, sizeof(buf));
	CU_ASSERT_EQUAL(lmi_msg_decode(&back, &why, buf, w.len), 0);
	CU_ASSERT_EQUAL(memcmp(&m, &back, sizeof(m)), 0);
}

/* Cut between two PVC status elements a full status is a valid, shorter one; nowhere else. */
static void truncated_at_every_length(void)
{
	uint8_t buf[64];
	size_t n = unit_hex(buf, sizeof(buf), KERNEL_STATUS_100 "57 03 06 a8 82");
	struct lmi_msg m;
	const char *why;

	for (size_t len = 0; len < n; len++) {
		bool whole = len == LMI_FULL_LEN || len == LMI_FULL_LEN + LMI_PVC_LEN;
		uint8_t *exact = malloc(len ? len : 1);

		memcpy(exact, buf, len);
		CU_ASSERT_EQUAL(lmi_msg_decode(&m, &why, exact, len), whole ? 0 : -EBADMSG);
		CU_ASSERT_EQUAL(!why, whole);
		free(exact);
	}
}

static void malformed_messages_are_refused(void)
{
	static const char *const rows[] = {
		"18 41 03 08 00 75 51 01 00 53 02 01 00", /* DLCI 100 */
		"00 00 03 08 00 75 51 01 00 53 02 01 00", /* address of more octets */
		"00 01 13 08 00 75 51 01 00 53 02 01 00", /* UI with P = 1 */
		"00 01 03 09 00 75 51 01 00 53 02 01 00", /* consortium's discriminator */
		"00 01 03 08 01 75 51 01 00 53 02 01 00", /* call reference */
		"00 01 03 08 00 05 51 01 00 53 02 01 00", /* SETUP */
		"00 01 03 08 00 75",
		"00 01 03 08 00 75 53 02 01 00",		      /* no report type */
		"00 01 03 08 00 75 51 01 00",			      /* no link integrity */
		"00 01 03 08 00 75 51 01 01",			      /* no link integrity */
		"00 01 03 08 00 75 51 01 03 53 02 01 00",	      /* report type 3 */
		"00 01 03 08 00 75 51 02 00 00 53 02 01 00",	      /* report type too long */
		"00 01 03 08 00 75 51 00 53 02 01 00",		      /* and too short */
		"00 01 03 08 00 75 51 01 00 53 01 01",		      /* link integrity too short */
		"00 01 03 08 00 75 51 01 00 53 03 01 00 00",	      /* and too long */
		"00 01 03 08 00 75 51 01 02 57 03 06 a0 82",	      /* enquiry, single PVC */
		"00 01 03 08 00 7d 51 01 02",			      /* single without PVC */
		"00 01 03 08 00 7d 51 01 00 53 02 01 01 57 02 06 a0", /* PVC too short */
		"00 01 03 08 00 7d 51 01 00 53 02 01 01 57 04 06 20 80 82", /* 3 octets DLCI */
		"00 01 03 08 00 7d 51 01 00 53 02 01 01 57 03 86 a0 82",    /* ext bits */
		"00 01 03 08 00 7d 51 01 00 53 02 01 01 57 03 06 20 82",
		"00 01 03 08 00 7d 51 01 00 53 02 01 01 57 03 06 a0 02",
		"00 01 03 08 00 7d 51 01 00 53 02 01 01 57 03 00 80 82", /* DLCI 0 */
		"00 01 03 08 00 7d 51 01 00 53 02 01 01 57 03 3f f8 82", /* DLCI 1023 */
		"00 01 03 08 00 7d 51 01 00 53 02 01 01 57",
		"00 01 03 08 00 7d 51 01 00 53 02 01 01 22 ff 00", /* reaches past the end */
	};
	struct lmi_msg m;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		CU_ASSERT_EQUAL(decode(&m, rows[i]), -EBADMSG);
}

static void unknown_elements_are_skipped(void)
{
	struct lmi_msg m;

	CU_ASSERT_EQUAL(decode(&m, "00 01 03 08 00 7d 01 02 ff ff a1 51 01 00 7e 00 53 02 07 09"
				   "57 03 06 a0 82 90"),
			0);
	CU_ASSERT_EQUAL(m.send_seq, 7);
	CU_ASSERT_EQUAL(m.recv_seq, 9);
	CU_ASSERT(dlci_set_has(&m.active_bit, 100));
}

static void of_repeated_elements_first_or_last_counts(void)
{
	struct lmi_msg m;

	CU_ASSERT_EQUAL(decode(&m, "00 01 03 08 00 7d 51 01 00 51 01 01 53 02 01 02 53 02 03 04"
				   "57 03 06 a0 82 57 03 06 a0 80"),
			0);
	CU_ASSERT_EQUAL(m.report, LMI_REPORT_FULL);
	CU_ASSERT_EQUAL(m.send_seq, 1);
	CU_ASSERT_EQUAL(m.recv_seq, 2);
	CU_ASSERT(dlci_set_has(&m.pvc, 100));
	CU_ASSERT(!dlci_set_has(&m.active_bit, 100));
}

static void asynchronous_status_needs_no_link_integrity(void)
{
	struct lmi_msg m;

	CU_ASSERT_EQUAL(decode(&m, "00 01 03 08 00 7d 51 01 02 57 03 06 a0 84"), 0);
	CU_ASSERT_EQUAL(m.report, LMI_REPORT_SINGLE);
	CU_ASSERT(dlci_set_has(&m.delete_bit, 100));
	encodes_to(&m, "00 01 03 08 00 7d 51 01 02 57 03 06 a0 84");
}

static const struct unit_case cases[] = {
	{ "kernel_enquiry", kernel_enquiry },
	{ "kernel_status", kernel_status },
	{ "ansi_is_refused_by_name", ansi_is_refused_by_name },
	{ "every_dlci_survives_encode_and_decode", every_dlci_survives_encode_and_decode },
	{ "truncated_at_every_length", truncated_at_every_length },
	{ "malformed_messages_are_refused", malformed_messages_are_refused },
	{ "unknown_elements_are_skipped", unknown_elements_are_skipped },
	{ "of_repeated_elements_first_or_last_counts", of_repeated_elements_first_or_last_counts },
	{ "asynchronous_status_needs_no_link_integrity",
	  asynchronous_status_needs_no_link_integrity },
};
UNIT_MAIN("transports/lmi_msg", cases)
