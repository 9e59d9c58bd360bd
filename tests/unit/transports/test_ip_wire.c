/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "transports/ip/wire.h"

#include <errno.h>

#include "tests/unit/transports/rig.h"

static struct pkt *of(const void *p, uint32_t n)
{
	struct pkt *k = pkt_alloc(rig_pool, n);

	if (!k)
		abort();
	memcpy(pkt_put(k, n), p, n);
	return k;
}

/* Decode a copy; *left gets what remains, service what it is. */
static enum acct_ctr decode(enum ip_sock_kind kind, bool ipv4, const void *p, uint32_t n,
			    uint8_t *service, uint32_t *left)
{
	struct pkt *k = of(p, n);
	enum acct_ctr rc = ip_decode(k, kind, ipv4);

	*service = k->service;
	*left = k->len;
	pkt_free(k);
	return rc;
}

static void port_4500_carries_ike_esp_and_keepalives(void)
{
	static const uint8_t ike[] = { 0, 0, 0, 0, 1, 2, 3 }, esp[] = { 0, 0, 1, 0, 0, 0, 0, 1 };
	static const uint8_t keepalive[] = { 0xff }, other[] = { 0xfe };
	uint32_t left;
	uint8_t service;

	rig_init(4, 0);
	CU_ASSERT_EQUAL(decode(IP_SOCK_NATT, true, ike, 7, &service, &left), 0);
	CU_ASSERT(service == IP_IKE_NATT && left == 3);
	CU_ASSERT_EQUAL(decode(IP_SOCK_NATT, true, esp, 8, &service, &left), 0);
	CU_ASSERT(service == IP_ESP_UDP && left == 8);
	CU_ASSERT_EQUAL(decode(IP_SOCK_NATT, true, keepalive, 1, &service, &left),
			ACCT_RX_KEEPALIVE);
	CU_ASSERT_EQUAL(decode(IP_SOCK_NATT, true, other, 1, &service, &left), DROP_IP_SHORT);
	/* Nothing behind the marker; no sequence number behind the SPI; nothing at all. */
	for (uint32_t n = 0; n <= 4; n++)
		CU_ASSERT_EQUAL(decode(IP_SOCK_NATT, true, ike, n, &service, &left), DROP_IP_SHORT);
	for (uint32_t n = 0; n < 8; n++)
		CU_ASSERT_EQUAL(decode(IP_SOCK_NATT, true, esp, n, &service, &left), DROP_IP_SHORT);
	rig_exit();
}

static void ports_500_and_1701_carry_one_thing(void)
{
	uint32_t left;
	uint8_t service;

	rig_init(4, 0);
	CU_ASSERT_EQUAL(decode(IP_SOCK_IKE, true, "\xff", 1, &service, &left), 0);
	CU_ASSERT(service == IP_IKE && left == 1);
	CU_ASSERT_EQUAL(decode(IP_SOCK_L2TP, true, "\xc8\x02", 2, &service, &left), 0);
	CU_ASSERT(service == IP_L2TP && left == 2);
	CU_ASSERT_EQUAL(decode(IP_SOCK_IKE, true, "", 0, &service, &left), DROP_IP_SHORT);
	CU_ASSERT_EQUAL(decode(IP_SOCK_L2TP, true, "", 0, &service, &left), DROP_IP_SHORT);
	rig_exit();
}

static void raw_esp_is_behind_an_ipv4_header_with_options(void)
{
	uint8_t buf[60 + 8] = { 0 }, service;
	uint32_t left;

	rig_init(4, 0);
	for (uint32_t ihl = 0; ihl < 16; ihl++) {
		uint32_t header = ihl * 4;

		buf[0] = (uint8_t)(0x40 | ihl);
		if (ihl < 5) {
			CU_ASSERT_EQUAL(decode(IP_SOCK_ESP, true, buf, 68, &service, &left),
					DROP_IP_HEADER);
			continue;
		}
		CU_ASSERT_EQUAL(decode(IP_SOCK_ESP, true, buf, header + 8, &service, &left), 0);
		CU_ASSERT(service == IP_ESP && left == 8);
		CU_ASSERT_EQUAL(decode(IP_SOCK_ESP, true, buf, header + 7, &service, &left),
				DROP_IP_SHORT);
		CU_ASSERT_EQUAL(decode(IP_SOCK_ESP, true, buf, header - 1, &service, &left),
				DROP_IP_HEADER);
	}
	buf[0] = 0x65;
	CU_ASSERT_EQUAL(decode(IP_SOCK_ESP, true, buf, 68, &service, &left), DROP_IP_HEADER);
	CU_ASSERT_EQUAL(decode(IP_SOCK_ESP, true, buf, 0, &service, &left), DROP_IP_HEADER);
	/* IPv6 gives no header. */
	CU_ASSERT_EQUAL(decode(IP_SOCK_ESP, false, buf, 68, &service, &left), 0);
	CU_ASSERT(service == IP_ESP && left == 68);
	CU_ASSERT_EQUAL(decode(IP_SOCK_ESP, false, buf, 7, &service, &left), DROP_IP_SHORT);
	rig_exit();
}

static struct endpoint at(const char *text, uint16_t port)
{
	struct endpoint e;

	if (endpoint_parse(text, &e) < 0)
		abort();
	e.port = port;
	return e;
}

/* Octets computed with Python's struct and a checksum written apart from the one here. */
static void headers_for_a_capture(void)
{
	static const uint8_t v4_ike[] = {
		0x45, 0x00, 0x00, 0x23, 0x00, 0x00, 0x40, 0x00, 0x40, 0x11, 0x4e,
		0x93, 192,  0,	  2,	1,    198,  51,	  100,	2,    0x11, 0x94,
		0x04, 0xd2, 0x00, 0x0f, 0xf9, 0x30, 0x00, 0x00, 0x00, 0x00,
	};
	static const uint8_t v6_esp[] = {
		0x60, 0x00, 0x00, 0x00, 0x00, 0x03, 0x32, 0x40, 0x20, 0x01, 0x0d, 0xb8, 0x00, 0x00,
		0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x20, 0x01, 0x0d, 0xb8,
		0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x01,
	};
	static const uint8_t payload[] = { 1, 2, 3 };
	struct endpoint a = at("192.0.2.1", 0), b = at("198.51.100.2", 1234);
	uint8_t out[IP_HEADERS_MAX];

	CU_ASSERT_EQUAL(ip_headers(out, &a, &b, IP_IKE_NATT, true, payload, 3), sizeof(v4_ike));
	CU_ASSERT_EQUAL(memcmp(out, v4_ike, sizeof(v4_ike)), 0);
	a = at("2001:db8::1", 0);
	b = at("2001:db8::2", 0);
	CU_ASSERT_EQUAL(ip_headers(out, &a, &b, IP_ESP, false, payload, 3), sizeof(v6_esp));
	CU_ASSERT_EQUAL(memcmp(out, v6_esp, sizeof(v6_esp)), 0);
	b.port = 500;
	CU_ASSERT_EQUAL(ip_headers(out, &a, &b, IP_IKE, false, payload, 3), 48);
	CU_ASSERT_EQUAL(out[46] << 8 | out[47], 0x9c79);
}

static void path_mtu_goes_over_and_is_bounded(void)
{
	static const struct {
		const char *far;
		uint32_t said, believed;
	} rows[] = {
		{ "192.0.2.1", 1400, 1400 },   { "192.0.2.1", 576, 576 },
		{ "192.0.2.1", 575, 576 },     { "192.0.2.1", 0, 576 },
		{ "2001:db8::1", 1279, 1280 }, { "2001:db8::1", 65535, 65535 },
	};
	uint8_t buf[IP_PATH_MTU_LEN];
	struct endpoint far;
	uint32_t mtu;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct endpoint e = at(rows[i].far, 4500);

		ip_path_mtu_encode(buf, &e, rows[i].said);
		CU_ASSERT_EQUAL(ip_path_mtu_decode(buf, sizeof(buf), &far, &mtu), 0);
		CU_ASSERT(endpoint_same_addr(&e, &far) && far.port == 0);
		CU_ASSERT_EQUAL(mtu, rows[i].believed);
	}
	CU_ASSERT_EQUAL(ip_path_mtu_decode(buf, sizeof(buf) - 1, &far, &mtu), -EBADMSG);
	CU_ASSERT_EQUAL(ip_path_mtu_decode(buf, 0, &far, &mtu), -EBADMSG);
}

static const struct unit_case cases[] = {
	{ "port 4500 carries IKE, ESP and keepalives", port_4500_carries_ike_esp_and_keepalives },
	{ "ports 500 and 1701 carry one thing", ports_500_and_1701_carry_one_thing },
	{ "raw ESP is behind an IPv4 header with options",
	  raw_esp_is_behind_an_ipv4_header_with_options },
	{ "headers for a capture", headers_for_a_capture },
	{ "path MTU goes over and is bounded", path_mtu_goes_over_and_is_bounded },
};
UNIT_MAIN("transports/ip_wire", cases)
