/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <arpa/inet.h>
#include <errno.h>

#include "core/rcu.h"
#include "gateway/route.h"
#include "tests/unit/unit.h"

static struct route_table *rt;

static const uint8_t *addr(int family, const char *text)
{
	static uint8_t out[16];

	memset(out, 0, sizeof(out));
	CU_ASSERT_EQUAL_FATAL(inet_pton(family, text, out), 1);
	return out;
}

static uint32_t find(int family, const char *text)
{
	uint32_t s;

	rcu_update_begin();
	s = route_find(rt, family, addr(family, text));
	rcu_update_end();
	return s;
}

static int add(int family, const char *text, uint8_t len, uint32_t session)
{
	return route_add(rt, family, addr(family, text), len, session);
}

static void the_longest_prefix_wins(void)
{
	rt = route_table_new();
	CU_ASSERT_EQUAL(find(AF_INET, "10.1.2.3"), 0);
	CU_ASSERT_EQUAL(add(AF_INET, "0.0.0.0", 0, 1), 0);
	CU_ASSERT_EQUAL(add(AF_INET, "10.0.0.0", 8, 2), 0);
	CU_ASSERT_EQUAL(add(AF_INET, "10.1.2.0", 23, 3), 0);
	CU_ASSERT_EQUAL(add(AF_INET, "10.1.2.3", 32, 4), 0);
	CU_ASSERT_EQUAL(find(AF_INET, "192.0.2.1"), 1);
	CU_ASSERT_EQUAL(find(AF_INET, "10.200.0.1"), 2);
	CU_ASSERT_EQUAL(find(AF_INET, "10.1.3.255"), 3);
	CU_ASSERT_EQUAL(find(AF_INET, "10.1.4.0"), 2);
	CU_ASSERT_EQUAL(find(AF_INET, "10.1.2.3"), 4);
	CU_ASSERT_EQUAL(route_del(rt, AF_INET, addr(AF_INET, "10.1.2.3"), 32), 0);
	CU_ASSERT_EQUAL(find(AF_INET, "10.1.2.3"), 3);
	route_table_free(rt);
}

static void host_bits_do_not_matter(void)
{
	rt = route_table_new();
	CU_ASSERT_EQUAL(add(AF_INET, "10.1.2.99", 24, 5), 0);
	CU_ASSERT_EQUAL(add(AF_INET, "10.1.2.1", 24, 6), -EEXIST);
	CU_ASSERT_EQUAL(find(AF_INET, "10.1.2.200"), 5);
	CU_ASSERT_EQUAL(route_count(rt), 1);
	CU_ASSERT_EQUAL(route_del(rt, AF_INET, addr(AF_INET, "10.1.2.7"), 24), 0);
	CU_ASSERT_EQUAL(route_del(rt, AF_INET, addr(AF_INET, "10.1.2.7"), 24), -ENOENT);
	CU_ASSERT_EQUAL(find(AF_INET, "10.1.2.200"), 0);
	route_table_free(rt);
}

static void families_are_apart(void)
{
	rt = route_table_new();
	CU_ASSERT_EQUAL(add(AF_INET6, "::", 0, 7), 0);
	CU_ASSERT_EQUAL(add(AF_INET6, "fe80::1", 128, 8), 0);
	CU_ASSERT_EQUAL(find(AF_INET, "10.0.0.1"), 0);
	CU_ASSERT_EQUAL(find(AF_INET6, "fe80::1"), 8);
	CU_ASSERT_EQUAL(find(AF_INET6, "fe80::2"), 7);
	CU_ASSERT_EQUAL(add(AF_INET, "10.0.0.0", 33, 9), -EINVAL);
	route_table_free(rt);
}

static void many_hosts_are_all_found(void)
{
	enum { HOSTS = 20000 };

	rt = route_table_new();
	for (uint32_t i = 0; i < HOSTS; i++) {
		uint32_t a = htonl(0x0a000000u + i * 7);

		CU_ASSERT_EQUAL_FATAL(route_add(rt, AF_INET, &a, 32, i + 1), 0);
	}
	rcu_update_begin();
	for (uint32_t i = 0; i < HOSTS; i++) {
		uint32_t a = htonl(0x0a000000u + i * 7);

		if (route_find(rt, AF_INET, (const uint8_t *)&a) != i + 1)
			CU_FAIL("lost");
	}
	rcu_update_end();
	route_table_free(rt);
}

static const struct unit_case cases[] = {
	{ "the longest prefix wins", the_longest_prefix_wins },
	{ "host bits do not matter", host_bits_do_not_matter },
	{ "families are apart", families_are_apart },
	{ "many hosts are all found", many_hosts_are_all_found },
};

int main(void)
{
	int rc;

	if (rcu_init())
		return 2;
	rc = unit_main("gateway/route", cases, sizeof(cases) / sizeof(cases[0]));
	rcu_exit();
	return rc;
}
