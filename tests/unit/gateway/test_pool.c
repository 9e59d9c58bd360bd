/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <arpa/inet.h>
#include <errno.h>

#include "gateway/runtime.h"
#include "tests/unit/unit.h"

static struct in_addr ip(const char *text)
{
	struct in_addr a;

	CU_ASSERT_EQUAL_FATAL(inet_pton(AF_INET, text, &a), 1);
	return a;
}

static const struct in_addr any;

static void each_address_is_given_once(void)
{
	struct gw_pool *p = gw_pool_new(ip("10.0.0.1"), ip("10.0.0.3"));
	struct in_addr a[3], more;

	for (int i = 0; i < 3; i++)
		CU_ASSERT_EQUAL(gw_pool_take(p, any, &a[i]), 0);
	CU_ASSERT(a[0].s_addr != a[1].s_addr && a[1].s_addr != a[2].s_addr &&
		  a[0].s_addr != a[2].s_addr);
	CU_ASSERT_EQUAL(gw_pool_take(p, any, &more), -EADDRNOTAVAIL);
	CU_ASSERT_EQUAL(gw_pool_in_use(p), 3);
	gw_pool_release(p, a[1]);
	gw_pool_release(p, a[1]); /* twice does no harm */
	CU_ASSERT_EQUAL(gw_pool_in_use(p), 2);
	CU_ASSERT_EQUAL(gw_pool_take(p, any, &more), 0);
	CU_ASSERT_EQUAL(more.s_addr, a[1].s_addr);
	gw_pool_free(p);
}

static void a_wanted_address_is_given_if_it_is_free_and_ours(void)
{
	struct gw_pool *p = gw_pool_new(ip("10.0.0.1"), ip("10.0.0.9"));
	struct in_addr a;

	CU_ASSERT_EQUAL(gw_pool_take(p, ip("10.0.0.7"), &a), 0);
	CU_ASSERT_EQUAL(a.s_addr, ip("10.0.0.7").s_addr);
	CU_ASSERT_EQUAL(gw_pool_take(p, ip("10.0.0.7"), &a), 0);
	CU_ASSERT_NOT_EQUAL(a.s_addr, ip("10.0.0.7").s_addr);
	CU_ASSERT_EQUAL(gw_pool_take(p, ip("192.0.2.1"), &a), 0);
	CU_ASSERT_NOT_EQUAL(a.s_addr, ip("192.0.2.1").s_addr);
	gw_pool_release(p, ip("192.0.2.1"));
	CU_ASSERT_EQUAL(gw_pool_in_use(p), 3);
	gw_pool_free(p);
}

static void a_released_address_rests(void)
{
	struct gw_pool *p = gw_pool_new(ip("10.0.0.1"), ip("10.0.0.9"));
	struct in_addr a, b;

	gw_pool_take(p, any, &a);
	gw_pool_release(p, a);
	gw_pool_take(p, any, &b);
	CU_ASSERT_NOT_EQUAL(a.s_addr, b.s_addr);
	gw_pool_free(p);
}

static const struct unit_case cases[] = {
	{ "each address is given once", each_address_is_given_once },
	{ "a wanted address is given if it is free and ours",
	  a_wanted_address_is_given_if_it_is_free_and_ours },
	{ "a released address rests", a_released_address_rests },
};

UNIT_MAIN("gateway/pool", cases)
