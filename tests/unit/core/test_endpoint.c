/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/endpoint.h"

#include "tests/unit/unit.h"

static void text_and_back(void)
{
	static const char *const same[] = { "192.0.2.1", "0.0.0.0", "2001:db8::1", "::", "::1" };
	char buf[ENDPOINT_TEXT_MAX];
	struct endpoint e;

	for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++) {
		CU_ASSERT_EQUAL(endpoint_parse(same[i], &e), 0);
		CU_ASSERT_EQUAL(e.port, 0);
		CU_ASSERT_STRING_EQUAL(endpoint_text(&e, buf, sizeof(buf)), same[i]);
	}
}

static void ports_are_shown_as_users_write_them(void)
{
	char buf[ENDPOINT_TEXT_MAX];
	struct endpoint e;

	endpoint_parse("192.0.2.1", &e);
	e.port = 4500;
	CU_ASSERT_STRING_EQUAL(endpoint_text(&e, buf, sizeof(buf)), "192.0.2.1:4500");
	endpoint_parse("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", &e);
	e.port = 65535;
	CU_ASSERT_STRING_EQUAL(endpoint_text(&e, buf, sizeof(buf)),
			       "[ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff]:65535");
}

static void no_address_is_refused(void)
{
	static const char *const bad[] = {
		"",	      "192.0.2",     "192.0.2.256", "a.b.c.d", "2001:db8:::1",
		"192.0.2.1 ", "fe80::1%eth0"
	};
	struct endpoint e;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		CU_ASSERT(endpoint_parse(bad[i], &e) < 0);
}

static void families_and_equality(void)
{
	struct endpoint a, b, c;

	endpoint_parse("192.0.2.1", &a);
	endpoint_parse("::ffff:192.0.2.1", &b);
	endpoint_parse("2001:db8::1", &c);
	CU_ASSERT_TRUE(endpoint_is_v4(&a));
	CU_ASSERT_FALSE(endpoint_is_v4(&c));
	CU_ASSERT_TRUE(endpoint_same(&a, &b));
	b.port = 500;
	CU_ASSERT_FALSE(endpoint_same(&a, &b));
	CU_ASSERT_TRUE(endpoint_same_addr(&a, &b));
	CU_ASSERT_FALSE(endpoint_same_addr(&a, &c));
}

static void octets_as_packets_have_them(void)
{
	static const uint8_t v6[16] = { 0x20, 1, 0xd, 0xb8, [15] = 1 };
	char buf[ENDPOINT_TEXT_MAX];
	struct endpoint e;
	size_t len;

	CU_ASSERT_EQUAL(endpoint_from_octets(v6, 16, &e), 0);
	CU_ASSERT_STRING_EQUAL(endpoint_text(&e, buf, sizeof(buf)), "2001:db8::1");
	CU_ASSERT_EQUAL(memcmp(endpoint_octets(&e, &len), v6, 16), 0);
	CU_ASSERT_EQUAL(len, 16);
	CU_ASSERT_EQUAL(endpoint_from_octets(v6, 4, &e), 0);
	CU_ASSERT_STRING_EQUAL(endpoint_text(&e, buf, sizeof(buf)), "32.1.13.184");
	CU_ASSERT_EQUAL(memcmp(endpoint_octets(&e, &len), v6, 4), 0);
	CU_ASSERT_EQUAL(len, 4);
	for (len = 0; len < 16; len++)
		CU_ASSERT_EQUAL(endpoint_from_octets(v6, len, &e) == 0, len == 4);
}

static const struct unit_case cases[] = {
	{ "text and back", text_and_back },
	{ "ports are shown as users write them", ports_are_shown_as_users_write_them },
	{ "what is no address is refused", no_address_is_refused },
	{ "families and equality", families_and_equality },
	{ "octets as packets have them", octets_as_packets_have_them },
};

UNIT_MAIN("core/endpoint", cases)
