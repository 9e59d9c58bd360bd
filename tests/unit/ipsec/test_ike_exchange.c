/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/unit/ipsec/ike_pair.h"
#include "tests/unit/unit.h"

/* 3.2 MB each: not on the stack. */
static struct pair pair;

static void begin(void)
{
	pair_init(&pair);
}

static void end(void)
{
	pair_free(&pair);
}

static uint64_t ctr(int i, enum ike_counter c)
{
	return ike_peer_counter(pair.end[i].peer, c);
}

static void main_and_quick_mode_protect_the_path(void)
{
	begin();
	pair_start(&pair);
	pair_up(&pair);
	/* 1-6: main mode; 7-9: quick mode. Nine messages, 5 ms each. */
	CU_ASSERT(pair_run_up(&pair, 1000));
	pair_run(&pair, 100);
	CU_ASSERT_EQUAL(pair.end[0].sent + pair.end[1].sent, 9);
	for (int i = 0; i < 2; i++) {
		struct ike_child_info c[2];

		CU_ASSERT_EQUAL(pair_established(&pair.end[i]), 1);
		CU_ASSERT_EQUAL(pair_count(&pair.end[i], SA_IN), 1);
		CU_ASSERT_EQUAL(pair_count(&pair.end[i], SA_OUT), 1);
		CU_ASSERT_EQUAL(pair_events(&pair.end[i], IKE_PEER_UP), 1);
		CU_ASSERT_EQUAL(ike_peer_children(pair.end[i].peer, c, 2), 1);
		CU_ASSERT(c[0].sending);
		CU_ASSERT_EQUAL(c[0].next_header, 115);
		CU_ASSERT_EQUAL(ctr(i, IKE_CTR_P1_UP), 1);
		CU_ASSERT_EQUAL(ctr(i, IKE_CTR_P2_UP), 1);
	}
	end();
}

static const struct unit_case cases[] = {
	{ "main and quick mode protect the path", main_and_quick_mode_protect_the_path },
};

UNIT_MAIN("ipsec/ike_exchange", cases)
