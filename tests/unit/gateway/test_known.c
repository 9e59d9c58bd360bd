/* SPDX-License-Identifier: GPL-2.0-or-later */

/* Where known peers are: found by address and port, trusted by address, forgotten. */

#include "core/acct.h"
#include "core/clock.h"
#include "core/rcu.h"
#include "fake_runtime.h"
#include "gateway/gateway.h"
#include "gateway/known.h"
#include "tests/unit/unit.h"

static struct link transport = { .id = 7 };
static struct gw_link uplink = { .l = &transport }, other = { .l = &transport };
static struct gw_circuit a = { .link = &uplink }, b = { .link = &uplink };

static struct endpoint at(const char *addr, uint16_t port)
{
	struct endpoint e;

	if (endpoint_parse(addr, &e) < 0)
		abort();
	e.port = port;
	return e;
}

static bool trusted(const char *addr)
{
	struct endpoint e = at(addr, 1);
	bool known;

	known_may_ask(&transport, &e, clock_ns(), &known);
	return known;
}

static void begin(void)
{
	memset(&a.begun, 0, sizeof(a.begun));
	memset(&b.begun, 0, sizeof(b.begun));
	CU_ASSERT_EQUAL(known_init(), 0);
}

static void two_behind_one_nat_are_told_apart_by_port(void)
{
	struct endpoint p = at("192.0.2.1", 1001), q = at("192.0.2.1", 1002),
			r = at("192.0.2.1", 1003);

	begin();
	known_set(&a.begun, &a, &p, false);
	known_set(&b.begun, &b, &q, false);
	CU_ASSERT_PTR_EQUAL(known_find(&uplink, &p), &a);
	CU_ASSERT_PTR_EQUAL(known_find(&uplink, &q), &b);
	CU_ASSERT_PTR_NULL(known_find(&uplink, &r));
	CU_ASSERT_PTR_NULL(known_find(&other, &p));
	known_set(&a.begun, &a, &r, false);
	CU_ASSERT_PTR_NULL(known_find(&uplink, &p));
	CU_ASSERT_PTR_EQUAL(known_find(&uplink, &r), &a);
	known_clear(&a.begun);
	known_clear(&a.begun);
	known_clear(&b.begun);
	CU_ASSERT_PTR_NULL(known_find(&uplink, &q));
	known_exit();
}

static void an_address_is_trusted_while_one_there_is(void)
{
	struct endpoint p = at("192.0.2.1", 1001), q = at("192.0.2.1", 1002);

	begin();
	known_set(&a.begun, &a, &p, false);
	CU_ASSERT_FALSE(trusted("192.0.2.1"));
	known_set(&a.begun, &a, &p, true);
	known_set(&b.begun, &b, &q, true);
	CU_ASSERT_TRUE(trusted("192.0.2.1"));
	CU_ASSERT_FALSE(trusted("192.0.2.2"));
	known_clear(&a.begun);
	CU_ASSERT_TRUE(trusted("192.0.2.1"));
	known_clear(&b.begun);
	CU_ASSERT_FALSE(trusted("192.0.2.1"));
	known_exit();
}

static void what_it_may_ask_is_bounded(void)
{
	struct endpoint p = at("2001:db8::1", 500);
	int64_t now = clock_ns();
	unsigned int passed = 0;
	bool known;

	begin();
	known_set(&a.begun, &a, &p, true);
	for (int i = 0; i < 10000; i++)
		passed += known_may_ask(&transport, &p, now, &known);
	CU_ASSERT(passed >= 512 && passed <= 514);
	CU_ASSERT_TRUE(known_may_ask(&transport, &p, now + NSEC_PER_SEC, &known));
	known_clear(&a.begun);
	known_exit();
}

static const struct unit_case cases[] = {
	{ "two behind one NAT are told apart by port", two_behind_one_nat_are_told_apart_by_port },
	{ "an address is trusted while one there is", an_address_is_trusted_while_one_there_is },
	{ "what it may ask is bounded", what_it_may_ask_is_bounded },
};

int main(void)
{
	int rc;

	if (acct_init() < 0 || acct_thread_init() < 0 || rcu_init() < 0)
		return 2;
	rc = unit_main("known", cases, sizeof(cases) / sizeof(cases[0]));
	rcu_exit();
	return rc;
}
