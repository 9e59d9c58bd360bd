/* SPDX-License-Identifier: GPL-2.0-or-later */

/* What is remembered of the uplink's paths: the least that was said, for ten minutes, for one way. */

#include "core/clock.h"
#include "gateway/path_mtu.h"
#include "tests/unit/unit.h"

static struct endpoint at(const char *text)
{
	struct endpoint e;

	if (endpoint_parse(text, &e) < 0)
		abort();
	return e;
}

static uint32_t of(const char *local, const char *far, int64_t s)
{
	struct endpoint l = at(local), f = at(far);
	int64_t until;

	return path_mtu_of(&l, &f, s * NSEC_PER_SEC, &until);
}

static void learn(const char *local, const char *far, uint32_t mtu, int64_t s)
{
	struct endpoint l = at(local), f = at(far);

	path_mtu_learn(&l, &f, mtu, s * NSEC_PER_SEC);
}

static void it_is_that_of_one_way(void)
{
	CU_ASSERT_EQUAL(of("192.0.2.1", "198.51.100.1", 1), 1500);
	learn("192.0.2.1", "198.51.100.1", 1400, 1);
	CU_ASSERT_EQUAL(of("192.0.2.1", "198.51.100.1", 1), 1400);
	CU_ASSERT_EQUAL(of("192.0.2.2", "198.51.100.1", 1), 1500);
	CU_ASSERT_EQUAL(of("192.0.2.1", "198.51.100.2", 1), 1500);
	learn("2001:db8::1", "2001:db8::2", 1280, 1);
	CU_ASSERT_EQUAL(of("2001:db8::1", "2001:db8::2", 1), 1280);
	CU_ASSERT_EQUAL(of("2001:db8::2", "2001:db8::1", 1), 1500);
}

static void more_is_no_news(void)
{
	learn("192.0.2.3", "198.51.100.3", 1300, 1);
	learn("192.0.2.3", "198.51.100.3", 1400, 2);
	CU_ASSERT_EQUAL(of("192.0.2.3", "198.51.100.3", 3), 1300);
	learn("192.0.2.3", "198.51.100.3", 1200, 4);
	CU_ASSERT_EQUAL(of("192.0.2.3", "198.51.100.3", 5), 1200);
	learn("192.0.2.4", "198.51.100.4", 9000, 1);
	CU_ASSERT_EQUAL(of("192.0.2.4", "198.51.100.4", 1), 1500);
}

static void after_ten_minutes_it_is_forgotten(void)
{
	struct endpoint l = at("192.0.2.5"), f = at("198.51.100.5");
	int64_t until;

	learn("192.0.2.5", "198.51.100.5", 1300, 100);
	CU_ASSERT_EQUAL(path_mtu_of(&l, &f, 100 * NSEC_PER_SEC, &until), 1300);
	CU_ASSERT_EQUAL(until, 700 * NSEC_PER_SEC);
	CU_ASSERT_EQUAL(of("192.0.2.5", "198.51.100.5", 699), 1300);
	CU_ASSERT_EQUAL(path_mtu_of(&l, &f, 700 * NSEC_PER_SEC, &until), 1500);
	CU_ASSERT_EQUAL(until, 0);
	/* Said again, it counts anew; and then more than before is news. */
	learn("192.0.2.5", "198.51.100.5", 1400, 701);
	learn("192.0.2.5", "198.51.100.5", 1400, 1000);
	CU_ASSERT_EQUAL(of("192.0.2.5", "198.51.100.5", 1599), 1400);
	CU_ASSERT_EQUAL(of("192.0.2.5", "198.51.100.5", 1600), 1500);
}

static const struct unit_case cases[] = {
	{ "it is that of one way", it_is_that_of_one_way },
	{ "more is no news", more_is_no_news },
	{ "after ten minutes it is forgotten", after_ten_minutes_it_is_forgotten },
};

UNIT_MAIN("gateway/path_mtu", cases)
