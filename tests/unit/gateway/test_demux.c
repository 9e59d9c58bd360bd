/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/acct.h"
#include "core/cursor.h"
#include "core/rcu.h"
#include "gateway/demux.h"
#include "ipsec/sa.h"
#include "ipsec/sad.h"
#include "tests/unit/unit.h"

enum { CIRCUIT = 5, OTHER_CIRCUIT = 6, ISAKMP_LEN = 60 };

static struct sad *sad;
static struct pkt_pool *pool;

static struct pkt *packet(const uint8_t *data, uint32_t len)
{
	struct pkt *p = pkt_alloc(pool, len);

	memcpy(pkt_put(p, len), data, len);
	p->circuit = CIRCUIT;
	return p;
}

static enum demux demux(const uint8_t *data, uint32_t len, bool security, enum acct_ctr *reason)
{
	struct pkt *p = packet(data, len);
	enum demux d;

	rcu_update_begin();
	d = demux_circuit(sad, security, p, reason);
	rcu_update_end();
	pkt_free(p);
	return d;
}

/* A whole IKE datagram with some cookies. */
static void ike_datagram(uint8_t out[UDP_HDR_LEN + ISAKMP_LEN])
{
	memset(out, 0, UDP_HDR_LEN + ISAKMP_LEN);
	demux_udp_header(out, ISAKMP_LEN);
	memset(out + UDP_HDR_LEN, 0xc0, 8);
	out[UDP_HDR_LEN + 17] = 0x10;
	put_u32(out + UDP_HDR_LEN + 24, ISAKMP_LEN);
}

static void ike_is_told_by_ports_lengths_and_version(void)
{
	uint8_t d[UDP_HDR_LEN + ISAKMP_LEN];
	enum acct_ctr why;

	ike_datagram(d);
	CU_ASSERT_EQUAL(demux(d, sizeof(d), true, &why), DEMUX_IKE);
	CU_ASSERT_EQUAL(d[6] | d[7], 0); /* checksum zero at the source, S25 */
	for (size_t len = 0; len < sizeof(d); len++) {
		CU_ASSERT_EQUAL(demux(d, (uint32_t)len, true, &why), DEMUX_DROP);
	}
	for (int i = 0; i < 6; i++) { /* ports and length */
		d[i] ^= 1;
		CU_ASSERT_EQUAL(demux(d, sizeof(d), true, &why), DEMUX_DROP);
		d[i] ^= 1;
	}
	d[UDP_HDR_LEN + 17] = 0x30;
	CU_ASSERT_EQUAL(demux(d, sizeof(d), true, &why), DEMUX_DROP);
	d[UDP_HDR_LEN + 17] = 0x20;
	CU_ASSERT_EQUAL(demux(d, sizeof(d), true, &why), DEMUX_IKE);
	d[UDP_HDR_LEN + 27]--;
	CU_ASSERT_EQUAL(demux(d, sizeof(d), true, &why), DEMUX_DROP);
}

static void any_udp_checksum_is_accepted(void)
{
	uint8_t d[UDP_HDR_LEN + ISAKMP_LEN];
	enum acct_ctr why;

	ike_datagram(d);
	for (unsigned int sum = 0; sum <= UINT16_MAX; sum += 257) {
		put_u16(d + 6, (uint16_t)sum);
		CU_ASSERT_EQUAL(demux(d, sizeof(d), true, &why), DEMUX_IKE);
	}
}

static void clear_l2tp_needs_a_circuit_without_security(void)
{
	uint8_t ctrl[12] = { 0xc8, 0x02, 0, 12 }, data[12] = { 0x00, 0x02, 0, 1 };
	enum acct_ctr why = ACCT_N;

	CU_ASSERT_EQUAL(demux(ctrl, sizeof(ctrl), false, &why), DEMUX_L2TP);
	CU_ASSERT_EQUAL(demux(data, sizeof(data), false, &why), DEMUX_L2TP);
	CU_ASSERT_EQUAL(demux(ctrl, sizeof(ctrl), true, &why), DEMUX_DROP);
	CU_ASSERT_EQUAL(why, DROP_SVC_CLEAR);
}

static struct sa *add_sa(uint32_t spi, uint32_t circuit)
{
	static const uint8_t keymat[64];
	struct sa_params params = { .dir = SA_IN,
				    .spi = spi,
				    .path_id = circuit,
				    .suite = esp_suite_by_name("null-sha256"),
				    .keymat = keymat,
				    .replay_window = 64,
				    .next_header = 115 };
	struct sa *sa;

	CU_ASSERT_EQUAL_FATAL(sa_new(&sa, &params), 0);
	CU_ASSERT_EQUAL_FATAL(sad_add(sad, sa), 0);
	return sa;
}

static void an_spi_is_good_only_on_its_own_circuit(void)
{
	uint32_t spi = sad_spi_reserve(sad), far = sad_spi_reserve(sad);
	struct sa *sa = add_sa(spi, CIRCUIT), *other = add_sa(far, OTHER_CIRCUIT);
	uint8_t d[40] = { 0 };
	enum acct_ctr why = ACCT_N;
	struct pkt *p;

	put_u32(d, spi);
	p = packet(d, sizeof(d));
	rcu_update_begin();
	CU_ASSERT_EQUAL(demux_circuit(sad, true, p, &why), DEMUX_ESP);
	rcu_update_end();
	CU_ASSERT_PTR_EQUAL(p->obj, sa);
	pkt_free(p);
	put_u32(d, far);
	CU_ASSERT_EQUAL(demux(d, sizeof(d), true, &why), DEMUX_DROP);
	CU_ASSERT_EQUAL(why, DROP_SVC_WRONG_CIRCUIT);
	sad_del(sad, sa);
	sad_del(sad, other);
}

/* What no SA of ours can ever begin with: the rule makes the three kinds disjoint. */
static void no_allocated_spi_reads_as_ike_or_l2tp(void)
{
	for (unsigned int upper = 0; upper <= UINT16_MAX; upper++) {
		uint32_t spi = (uint32_t)upper << 16 | 0x1234;
		bool l2tp = (upper & 0xf) == 2, ike = upper == IKE_UDP_PORT;

		if (sad_spi_usable(sad, spi) && (l2tp || ike))
			CU_FAIL("ambiguous SPI is usable");
		if (!sad_spi_usable(sad, spi) && !l2tp && !ike && upper)
			CU_FAIL("unambiguous SPI is refused");
	}
	for (int i = 0; i < 10000; i++) {
		uint32_t spi = sad_spi_reserve(sad);

		CU_ASSERT_FATAL(spi > 255);
		if (spi >> 16 == IKE_UDP_PORT || ((spi >> 16) & 0xf) == 2)
			CU_FAIL("ambiguous SPI was given");
		sad_spi_release(sad, spi);
	}
}

static const struct unit_case cases[] = {
	{ "IKE is told by ports, lengths and version", ike_is_told_by_ports_lengths_and_version },
	{ "any UDP checksum is accepted", any_udp_checksum_is_accepted },
	{ "clear L2TP needs a circuit without security",
	  clear_l2tp_needs_a_circuit_without_security },
	{ "an SPI is good only on its own circuit", an_spi_is_good_only_on_its_own_circuit },
	{ "no allocated SPI reads as IKE or L2TP", no_allocated_spi_reads_as_ike_or_l2tp },
};

int main(void)
{
	int rc;

	if (acct_init() || acct_thread_init() || rcu_init())
		return 2;
	pool = pkt_pool_new(16, 0);
	pkt_pool_bind(pool);
	sad = sad_new();
	sad_add_ike_port(sad, IKE_UDP_PORT);
	rc = unit_main("gateway/demux", cases, sizeof(cases) / sizeof(cases[0]));
	rcu_exit();
	sad_free(sad);
	pkt_pool_free(pool);
	return rc;
}
