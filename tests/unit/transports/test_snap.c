/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <stdint.h>

#include "tests/unit/unit.h"
#include "transports/fr/snap.h"

/* RFC 3070 4. */
static const uint8_t header[] = { 0x03, 0x00, 0x80, 0x00, 0x00, 0x5e, 0x00, 0x07 };

static struct pkt_pool *pool;

static struct pkt *pkt_of(const uint8_t *p, size_t len)
{
	struct pkt *k = pkt_alloc(pool, (uint32_t)len);

	if (len)
		memcpy(pkt_put(k, (uint32_t)len), p, len);
	return k;
}

static void push_writes_what_rfc_3070_draws(void)
{
	struct pkt *p = pkt_of((const uint8_t *)"payload", 7);

	CU_ASSERT_EQUAL(fr_snap_push(p), 0);
	CU_ASSERT_EQUAL(p->len, 15);
	CU_ASSERT_EQUAL(memcmp(p->data, header, 8), 0);
	CU_ASSERT_EQUAL(memcmp(p->data + 8, "payload", 7), 0);
	CU_ASSERT_EQUAL(fr_snap_pull(p), 0);
	CU_ASSERT_EQUAL(p->len, 7);
	CU_ASSERT_EQUAL(memcmp(p->data, "payload", 7), 0);
	pkt_free(p);
}

static void push_without_headroom_changes_nothing(void)
{
	struct pkt *p = pkt_of((const uint8_t *)"x", 1);

	pkt_push(p, PKT_HEADROOM - FR_SNAP_LEN + 1);
	CU_ASSERT_EQUAL(fr_snap_push(p), -ENOSPC);
	CU_ASSERT_EQUAL(p->len, 1 + PKT_HEADROOM - FR_SNAP_LEN + 1);
	pkt_free(p);
}

static void truncated_header_is_malformed_at_every_length(void)
{
	for (size_t n = 0; n < sizeof(header); n++) {
		struct pkt *p = pkt_of(header, n);

		CU_ASSERT_EQUAL(fr_snap_pull(p), DROP_NLPID_MALFORMED);
		CU_ASSERT_EQUAL(p->len, n);
		pkt_free(p);
	}
}

static void empty_payload_passes(void)
{
	struct pkt *p = pkt_of(header, sizeof(header));

	CU_ASSERT_EQUAL(fr_snap_pull(p), 0);
	CU_ASSERT_EQUAL(p->len, 0);
	pkt_free(p);
}

/* Every octet of the header counts; a wrong control field is no protocol at all. */
static void any_other_octet_is_another_protocol(void)
{
	for (size_t at = 0; at < sizeof(header); at++)
		for (unsigned int v = 0; v < 256; v++) {
			uint8_t h[sizeof(header) + 1] = { 0 };
			struct pkt *p;

			memcpy(h, header, sizeof(header));
			if (h[at] == v)
				continue;
			h[at] = (uint8_t)v;
			p = pkt_of(h, sizeof(h));
			CU_ASSERT_EQUAL(fr_snap_pull(p),
					at ? DROP_NLPID_UNKNOWN : DROP_NLPID_MALFORMED);
			CU_ASSERT_EQUAL(p->len, sizeof(h));
			pkt_free(p);
		}
}

/* RFC 2427 4.1: an IPv4 packet that shares the circuit. */
static void ip_on_the_same_circuit_is_unknown(void)
{
	static const uint8_t ip[] = { 0x03, 0xcc, 0x45, 0x00 };
	struct pkt *p = pkt_of(ip, sizeof(ip));

	CU_ASSERT_EQUAL(fr_snap_pull(p), DROP_NLPID_UNKNOWN);
	pkt_free(p);
}

static const struct unit_case cases[] = {
	{ "push_writes_what_rfc_3070_draws", push_writes_what_rfc_3070_draws },
	{ "push_without_headroom_changes_nothing", push_without_headroom_changes_nothing },
	{ "truncated_header_is_malformed_at_every_length",
	  truncated_header_is_malformed_at_every_length },
	{ "empty_payload_passes", empty_payload_passes },
	{ "any_other_octet_is_another_protocol", any_other_octet_is_another_protocol },
	{ "ip_on_the_same_circuit_is_unknown", ip_on_the_same_circuit_is_unknown },
};

int main(void)
{
	int rc;

	acct_init();
	acct_thread_init();
	pool = pkt_pool_new(16, 0);
	pkt_pool_bind(pool);
	rc = unit_main("transports/snap", cases, sizeof(cases) / sizeof(cases[0]));
	if (pkt_pool_in_use(pool))
		rc = 1;
	pkt_pool_free(pool);
	return rc;
}
