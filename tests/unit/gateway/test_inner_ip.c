/* SPDX-License-Identifier: GPL-2.0-or-later */

/* The inner IP header of tunnel mode: what goes in comes out, and nothing else does. */

#include "core/acct.h"
#include "gateway/inner_ip.h"
#include "gateway/udp.h"
#include "tests/unit/unit.h"

static struct pkt_pool *pool;

/* The example of RFC 1071's arithmetic as it is on many a page: its header checksum is b861. */
static const uint8_t v4[] = {
	0x45, 0x00, 0x00, 0x73, 0x00, 0x00, 0x40, 0x00, 0x40, 0x11,
	0xb8, 0x61, 0xc0, 0xa8, 0x00, 0x01, 0xc0, 0xa8, 0x00, 0xc7,
};

static struct sa_ip way(const char *local, const char *remote)
{
	struct sa_ip ip = { .tunnel = true, .natted = true };

	if (endpoint_parse(local, &ip.inner_local) < 0 ||
	    endpoint_parse(remote, &ip.inner_remote) < 0 ||
	    endpoint_parse("2001:db8::1", &ip.local) < 0 ||
	    endpoint_parse("2001:db8::2", &ip.remote) < 0)
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

static void the_ipv4_header_is_rfc_791s(void)
{
	struct sa_ip ip = way("192.168.0.1", "192.168.0.199");
	uint8_t datagram[0x73 - 20] = { 0 };
	struct pkt *p;

	begin();
	p = packet(datagram, sizeof(datagram));
	CU_ASSERT_TRUE(inner_ip_push(p, &ip));
	CU_ASSERT_EQUAL(p->len, 0x73);
	CU_ASSERT_EQUAL(memcmp(p->data, v4, sizeof(v4)), 0);
	CU_ASSERT_EQUAL(inner_ip_len(&ip), 20);
	pkt_free(p);
	end();
}

static void the_ipv6_header_is_rfc_8200s(void)
{
	struct sa_ip ip = way("fd00::1", "fd00::2");
	static const uint8_t want[40] = {
		0x60, 0, 0, 0, 0, 4, 17, 64, 0xfd, [23] = 1, [24] = 0xfd, [39] = 2,
	};
	struct pkt *p;

	begin();
	p = packet("abcd", 4);
	CU_ASSERT_TRUE(inner_ip_push(p, &ip));
	CU_ASSERT_EQUAL(p->len, 44);
	CU_ASSERT_EQUAL(memcmp(p->data, want, sizeof(want)), 0);
	CU_ASSERT_EQUAL(inner_ip_len(&ip), 40);
	pkt_free(p);
	end();
}

/* With the UDP header: its checksum is over the inner addresses, and a NAT spoils none. */
static void through(const char *a, const char *b)
{
	struct sa_ip there = way(a, b), here = way(b, a);
	struct pkt *p;

	begin();
	p = packet("\xc8\x02message", 9);
	CU_ASSERT_TRUE(udp_push(p, &there, 40000, 1701) && inner_ip_push(p, &there));
	/* Padding of traffic flow confidentiality behind it goes (RFC 4303 2.7). */
	memset(pkt_put(p, 7), 0xaa, 7);
	CU_ASSERT_EQUAL(inner_ip_pull(p, &here), 0);
	CU_ASSERT_EQUAL(udp_pull(p, &here, 1701), 0);
	CU_ASSERT_EQUAL(p->len, 9);
	CU_ASSERT_EQUAL(memcmp(p->data, "\xc8\x02message", 9), 0);
	pkt_free(p);
	p = packet("\xc8\x02message", 9);
	CU_ASSERT_TRUE(udp_push(p, &there, 40000, 1701) && inner_ip_push(p, &there));
	CU_ASSERT_EQUAL(inner_ip_pull(p, &there), DROP_INNER_ADDRESS);
	pkt_free(p);
	end();
}

static void what_goes_in_comes_out(void)
{
	through("192.168.1.2", "10.9.0.1");
	through("fd00::2", "2001:db8::9");
}

static unsigned int pull(const uint8_t *octets, uint32_t len, const struct sa_ip *ip)
{
	struct pkt *p = packet(octets, len);
	unsigned int reason = inner_ip_pull(p, ip);

	pkt_free(p);
	return reason;
}

/* One octet of a good packet is another, and the header's checksum as it should be. */
static unsigned int with(unsigned int at, uint8_t octet)
{
	struct sa_ip ip = way("192.168.0.199", "192.168.0.1");
	uint8_t buf[0x73] = { 0 };
	uint32_t sum = 0;

	memcpy(buf, v4, sizeof(v4));
	buf[at] = octet;
	buf[10] = buf[11] = 0;
	for (unsigned int i = 0; i < (buf[0] & 15u) * 4 && i < sizeof(buf); i += 2)
		sum += (uint32_t)(buf[i] << 8 | buf[i + 1]);
	sum = (sum & 0xffff) + (sum >> 16);
	sum = ~((sum & 0xffff) + (sum >> 16));
	buf[10] = (uint8_t)(sum >> 8);
	buf[11] = (uint8_t)sum;
	return pull(buf, sizeof(buf), &ip);
}

static void hostile_ipv4_is_refused(void)
{
	struct sa_ip ip = way("192.168.0.199", "192.168.0.1");
	uint8_t buf[0x73] = { 0 };

	begin();
	memcpy(buf, v4, sizeof(v4));
	CU_ASSERT_EQUAL(pull(buf, sizeof(buf), &ip), 0);
	for (uint32_t n = 0; n < sizeof(buf); n++) /* shorter than it says */
		CU_ASSERT_EQUAL(pull(buf, n, &ip), DROP_INNER_HEADER);
	buf[10] ^= 1; /* checksum */
	CU_ASSERT_EQUAL(pull(buf, sizeof(buf), &ip), DROP_INNER_HEADER);
	CU_ASSERT_EQUAL(with(1, 0xb8), 0);		   /* any DSCP */
	CU_ASSERT_EQUAL(with(0, 0x46), 0);		   /* options */
	CU_ASSERT_EQUAL(with(0, 0x65), DROP_INNER_HEADER); /* version */
	CU_ASSERT_EQUAL(with(0, 0x44), DROP_INNER_HEADER); /* header too short */
	CU_ASSERT_EQUAL(with(3, 19), DROP_INNER_HEADER);   /* less than its header */
	CU_ASSERT_EQUAL(with(2, 1), DROP_INNER_HEADER);	   /* more than there is */
	CU_ASSERT_EQUAL(with(6, 0x20), DROP_INNER_FRAGMENT);
	CU_ASSERT_EQUAL(with(7, 0x01), DROP_INNER_FRAGMENT);
	CU_ASSERT_EQUAL(with(9, 6), DROP_INNER_PROTOCOL);
	CU_ASSERT_EQUAL(with(15, 2), DROP_INNER_ADDRESS);
	CU_ASSERT_EQUAL(with(19, 2), DROP_INNER_ADDRESS);
	end();
}

static void hostile_ipv6_is_refused(void)
{
	struct sa_ip ip = way("fd00::2", "fd00::1");
	uint8_t buf[44] = { 0x60, 0, 0, 0, 0, 4, 17, 64, 0xfd, [23] = 1, [24] = 0xfd, [39] = 2 };

	begin();
	CU_ASSERT_EQUAL(pull(buf, sizeof(buf), &ip), 0);
	for (uint32_t n = 0; n < sizeof(buf); n++)
		CU_ASSERT_EQUAL(pull(buf, n, &ip), DROP_INNER_HEADER);
	buf[0] = 0x45;
	CU_ASSERT_EQUAL(pull(buf, sizeof(buf), &ip), DROP_INNER_HEADER);
	buf[0] = 0x60;
	buf[5] = 5;
	CU_ASSERT_EQUAL(pull(buf, sizeof(buf), &ip), DROP_INNER_HEADER);
	buf[5] = 4;
	buf[6] = 44;
	CU_ASSERT_EQUAL(pull(buf, sizeof(buf), &ip), DROP_INNER_FRAGMENT);
	buf[6] = 0; /* hop-by-hop options: nobody has use for them here */
	CU_ASSERT_EQUAL(pull(buf, sizeof(buf), &ip), DROP_INNER_PROTOCOL);
	buf[6] = 17;
	buf[39] = 3;
	CU_ASSERT_EQUAL(pull(buf, sizeof(buf), &ip), DROP_INNER_ADDRESS);
	end();
}

static const struct unit_case cases[] = {
	{ "the IPv4 header is RFC 791's", the_ipv4_header_is_rfc_791s },
	{ "the IPv6 header is RFC 8200's", the_ipv6_header_is_rfc_8200s },
	{ "what goes in comes out", what_goes_in_comes_out },
	{ "hostile IPv4 is refused", hostile_ipv4_is_refused },
	{ "hostile IPv6 is refused", hostile_ipv6_is_refused },
};

UNIT_MAIN("gateway/inner_ip", cases)
