/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "transports/atm/llc.h"

#include "tests/unit/transports/rig.h"

/* RFC 3355 5: LLC AA-AA-03, OUI 00-00-5E, PID 00-07. */
static const uint8_t header[] = { 0xaa, 0xaa, 0x03, 0x00, 0x00, 0x5e, 0x00, 0x07 };

static void the_header_is_that_of_rfc_3355(void)
{
	struct pkt *p;

	rig_init(4, 0);
	p = rig_pkt(10, 1);
	CU_ASSERT_FATAL(llc_push(p));
	CU_ASSERT_EQUAL(p->len, 18);
	CU_ASSERT_EQUAL(memcmp(p->data, header, sizeof(header)), 0);
	CU_ASSERT_EQUAL(llc_pull(p), 0);
	CU_ASSERT(rig_pkt_is(p, 10, 1));
	pkt_free(p);
	rig_exit();
}

static void no_headroom_is_refused_and_changes_nothing(void)
{
	struct pkt *p;

	rig_init(4, 0);
	p = rig_pkt(10, 1);
	pkt_push(p, pkt_headroom(p) - 7);
	CU_ASSERT(!llc_push(p));
	CU_ASSERT_EQUAL(pkt_headroom(p), 7);
	pkt_free(p);
	rig_exit();
}

static void shorter_than_the_header_is_malformed(void)
{
	rig_init(4, 0);
	for (uint32_t n = 0; n < sizeof(header); n++) {
		struct pkt *p = rig_pkt(n, 0);

		if (n)
			memcpy(p->data, header, n);
		CU_ASSERT_EQUAL(llc_pull(p), DROP_LLC_MALFORMED);
		CU_ASSERT_EQUAL(p->len, n);
		pkt_free(p);
	}
	rig_exit();
}

static void every_other_octet_is_refused_for_its_reason(void)
{
	rig_init(4, 0);
	for (uint32_t at = 0; at < sizeof(header); at++)
		for (unsigned int x = 1; x < 256; x++) {
			struct pkt *p = rig_pkt(sizeof(header), 0);

			memcpy(p->data, header, sizeof(header));
			p->data[at] ^= (uint8_t)x;
			CU_ASSERT_EQUAL_FATAL(llc_pull(p),
					      at < 3 ? DROP_LLC_MALFORMED : DROP_LLC_UNKNOWN);
			pkt_free(p);
		}
	rig_exit();
}

static void the_header_alone_is_an_empty_payload(void)
{
	struct pkt *p;

	rig_init(4, 0);
	p = rig_pkt(sizeof(header), 0);
	memcpy(p->data, header, sizeof(header));
	CU_ASSERT_EQUAL(llc_pull(p), 0);
	CU_ASSERT_EQUAL(p->len, 0);
	pkt_free(p);
	rig_exit();
}

static const struct unit_case cases[] = {
	{ "the header is that of RFC 3355", the_header_is_that_of_rfc_3355 },
	{ "no headroom is refused and changes nothing",
	  no_headroom_is_refused_and_changes_nothing },
	{ "shorter than the header is malformed", shorter_than_the_header_is_malformed },
	{ "every other octet is refused for its reason",
	  every_other_octet_is_refused_for_its_reason },
	{ "the header alone is an empty payload", the_header_alone_is_an_empty_payload },
};
UNIT_MAIN("transports/llc", cases)
