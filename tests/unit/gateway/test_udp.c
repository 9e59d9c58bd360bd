/* SPDX-License-Identifier: GPL-2.0-or-later */

/* The UDP header inside ESP on the uplink: what goes in comes out, and nothing else does. */

#include "core/acct.h"
#include "gateway/udp.h"
#include "tests/unit/unit.h"

static struct pkt_pool *pool;

static struct sa_ip way(const char *local, const char *remote)
{
	struct sa_ip ip = { .udp_encap = false };

	if (endpoint_parse(local, &ip.local) < 0 || endpoint_parse(remote, &ip.remote) < 0)
		abort();
	return ip;
}

static struct pkt *packet(const void *octets, uint32_t len)
{
	struct pkt *p = pkt_alloc(pool, len);

	memcpy(pkt_put(p, len), octets, len);
	return p;
}

static void begin(void)
{
	pool = pkt_pool_new(8, 2);
	pkt_pool_bind(pool);
}

static void end(void)
{
	CU_ASSERT_EQUAL(pkt_pool_in_use(pool), 0);
	pkt_pool_bind(NULL);
	pkt_pool_free(pool);
}

/* One end pushes, the other pulls. */
static void through(const char *a, const char *b, uint32_t len)
{
	struct sa_ip there = way(a, b), here = way(b, a);
	uint8_t data[64] = { 0xc8, 0x02 };
	struct pkt *p;

	begin();
	for (uint32_t i = 2; i < sizeof(data); i++)
		data[i] = (uint8_t)(i * 37);
	p = packet(data, len);
	CU_ASSERT_TRUE(udp_push(p, &there, 40000, 1701));
	CU_ASSERT_EQUAL(p->len, len + 8);
	CU_ASSERT_EQUAL(udp_pull(p, &here, 1701), 0);
	CU_ASSERT_EQUAL(p->len, len);
	CU_ASSERT_EQUAL(memcmp(p->data, data, len), 0);
	CU_ASSERT_EQUAL(p->far.port, 40000);
	pkt_free(p);
	end();
}

static void what_goes_in_comes_out(void)
{
	through("192.0.2.1", "198.51.100.2", 20);
	through("192.0.2.1", "198.51.100.2", 0);
	through("2001:db8::1", "2001:db8:1::2", 20);
	through("2001:db8::1", "2001:db8:1::2", 21); /* an odd octet at the end */
}

/* Computed by hand: pseudo-header 2001:db8::1, 2001:db8::2, length 12, next header 17. */
static void the_checksum_over_ipv6_is_rfc_8200s(void)
{
	struct sa_ip ip = way("2001:db8::1", "2001:db8::2");
	struct pkt *p;
	uint32_t sum = 0;

	begin();
	p = packet("\x01\x02\x03\x04", 4);
	CU_ASSERT_TRUE(udp_push(p, &ip, 1701, 1701));
	sum = 2 * (0x2001 + 0x0db8) + 1 + 2 + 12 + 17; /* pseudo-header */
	sum += 1701 + 1701 + 12 + 0x0102 + 0x0304;
	sum = (sum & 0xffff) + (sum >> 16);
	CU_ASSERT_EQUAL(p->data[6] << 8 | p->data[7], (~sum) & 0xffff);
	pkt_free(p);
	end();
}

static void over_ipv4_there_is_none(void)
{
	struct sa_ip ip = way("192.0.2.1", "192.0.2.2");
	struct pkt *p;

	begin();
	p = packet("abcd", 4);
	CU_ASSERT_TRUE(udp_push(p, &ip, 1701, 1701));
	CU_ASSERT_EQUAL(memcmp(p->data, "\x06\xa5\x06\xa5\x00\x0c\x00\x00", 8), 0);
	pkt_free(p);
	end();
}

static unsigned int pull(const void *octets, uint32_t len, const struct sa_ip *ip)
{
	struct pkt *p = packet(octets, len);
	unsigned int reason = udp_pull(p, ip, 1701);

	pkt_free(p);
	return reason;
}

static void a_wrong_checksum_is_refused_unless_a_nat_is_between(void)
{
	struct sa_ip ip = way("192.0.2.1", "192.0.2.2");
	static const uint8_t datagram[] = "\x06\xa5\x06\xa5\x00\x0a\x12\x34\xc8\x02";

	begin();
	CU_ASSERT_EQUAL(pull(datagram, 10, &ip), DROP_UDP_CHECKSUM);
	ip.natted = true;
	CU_ASSERT_EQUAL(pull(datagram, 10, &ip), 0);
	end();
}

static void ports_are_those_of_the_sa(void)
{
	struct sa_ip ip = way("192.0.2.1", "192.0.2.2");

	begin();
	CU_ASSERT_EQUAL(pull("\x9c\x40\x06\xa6\x00\x08\x00\x00", 8, &ip), DROP_UDP_PORTS);
	CU_ASSERT_EQUAL(pull("\x00\x00\x06\xa5\x00\x08\x00\x00", 8, &ip), DROP_UDP_PORTS);
	CU_ASSERT_EQUAL(pull("\x9c\x40\x06\xa5\x00\x08\x00\x00", 8, &ip), 0);
	ip.peer_port = 1701;
	CU_ASSERT_EQUAL(pull("\x9c\x40\x06\xa5\x00\x08\x00\x00", 8, &ip), DROP_UDP_PORTS);
	CU_ASSERT_EQUAL(pull("\x06\xa5\x06\xa5\x00\x08\x00\x00", 8, &ip), 0);
	end();
}

static void lengths_are_checked(void)
{
	struct sa_ip ip = way("192.0.2.1", "192.0.2.2");
	static const uint8_t padded[] = "\x06\xa5\x06\xa5\x00\x0a\x00\x00\xc8\x02\x00\x00\x00";
	struct pkt *p;

	begin();
	for (uint32_t n = 0; n < 8; n++)
		CU_ASSERT_EQUAL(pull(padded, n, &ip), DROP_UDP_MALFORMED);
	CU_ASSERT_EQUAL(pull("\x06\xa5\x06\xa5\x00\x07\x00\x00", 8, &ip), DROP_UDP_MALFORMED);
	CU_ASSERT_EQUAL(pull("\x06\xa5\x06\xa5\x00\x09\x00\x00", 8, &ip), DROP_UDP_MALFORMED);
	CU_ASSERT_EQUAL(pull("\x06\xa5\x06\xa5\xff\xff\x00\x00", 8, &ip), DROP_UDP_MALFORMED);
	/* Traffic flow confidentiality padding goes (RFC 4303 2.7). */
	p = packet(padded, 13);
	CU_ASSERT_EQUAL(udp_pull(p, &ip, 1701), 0);
	CU_ASSERT_EQUAL(p->len, 2);
	pkt_free(p);
	end();
}

static const struct unit_case cases[] = {
	{ "what goes in comes out", what_goes_in_comes_out },
	{ "the checksum over IPv6 is RFC 8200's", the_checksum_over_ipv6_is_rfc_8200s },
	{ "over IPv4 there is none", over_ipv4_there_is_none },
	{ "a wrong checksum is refused unless a NAT is between",
	  a_wrong_checksum_is_refused_unless_a_nat_is_between },
	{ "ports are those of the SA", ports_are_those_of_the_sa },
	{ "lengths are checked", lengths_are_checked },
};

UNIT_MAIN("gateway/udp", cases)
