/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>

#include "ipsec/sad.h"
#include "tests/unit/ipsec/sa_fixture.h"

enum { IKE_PORT = 500 };

static struct sad *new_sad(void)
{
	struct sad *sad;

	rcu_init();
	sad = sad_new();
	if (!sad || sad_add_ike_port(sad, IKE_PORT) != 0)
		abort();
	return sad;
}

static void end_sad(struct sad *sad)
{
	sad_free(sad);
	rcu_exit();
}

static struct sa *sa_with(uint32_t spi, enum sa_dir dir)
{
	static const uint8_t keymat[FX_KEYMAT_MAX];
	struct sa_params params = fx_params(dir, esp_suite_by_name("null-sha1"), keymat);

	params.spi = spi;
	return fx_sa_of(&params);
}

static struct sa *look_up(struct sad *sad, uint32_t spi)
{
	struct sa *sa;

	rcu_update_begin();
	sa = sad_find(sad, spi);
	rcu_update_end();
	return sa;
}

/* The first 32 bits of a UDP header from an IKE port or of an L2TPv2 header are never an SPI. */
static void the_rule_holds_for_all_upper_halves(void)
{
	struct sad *sad = new_sad();
	unsigned int usable = 0;

	CU_ASSERT_EQUAL(sad_add_ike_port(sad, 4500), 0);
	for (uint32_t upper = 0; upper <= 0xffff; upper++) {
		bool expect = upper != 500 && upper != 4500 && upper % 16 != 2;

		for (uint32_t lower = 0x100; lower <= 0xffff; lower += 0xfeff)
			CU_ASSERT_EQUAL(sad_spi_usable(sad, upper << 16 | lower), expect);
		usable += expect;
	}
	/* 500 = 0x1f4 and 4500 = 0x1194 do not end in 2: one sixteenth and two. */
	CU_ASSERT_EQUAL(usable, 65536 - 4096 - 2);
	end_sad(sad);
}

static void reserved_numbers_are_refused(void)
{
	struct sad *sad = new_sad();

	for (uint32_t spi = 0; spi <= 255; spi++)
		CU_ASSERT_FALSE(sad_spi_usable(sad, spi));
	CU_ASSERT(sad_spi_usable(sad, 256));
	CU_ASSERT(sad_spi_usable(sad, 0xffffffff));
	end_sad(sad);
}

static void ports_are_bounded_and_may_repeat(void)
{
	struct sad *sad = new_sad();
	uint16_t port = 1000;

	while (sad_add_ike_port(sad, port) == 0)
		port++;
	CU_ASSERT(port > 1000 && port < 1100);
	CU_ASSERT_EQUAL(sad_add_ike_port(sad, port), -ENOSPC);
	CU_ASSERT_EQUAL(sad_add_ike_port(sad, IKE_PORT), 0);
	end_sad(sad);
}

static int by_value(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

static void reserved_spis_are_usable_unique_and_bounded(void)
{
	static uint32_t spi[SAD_RESERVED_MAX];
	struct sad *sad = new_sad();

	for (int i = 0; i < SAD_RESERVED_MAX; i++) {
		spi[i] = sad_spi_reserve(sad);
		CU_ASSERT(sad_spi_usable(sad, spi[i]));
	}
	CU_ASSERT_EQUAL(sad_spi_reserve(sad), 0);
	sad_spi_release(sad, spi[0]);
	sad_spi_release(sad, spi[0]);
	spi[0] = sad_spi_reserve(sad);
	CU_ASSERT_NOT_EQUAL(spi[0], 0);
	CU_ASSERT_EQUAL(sad_spi_reserve(sad), 0);
	qsort(spi, SAD_RESERVED_MAX, sizeof(spi[0]), by_value);
	for (int i = 1; i < SAD_RESERVED_MAX; i++)
		CU_ASSERT_NOT_EQUAL(spi[i], spi[i - 1]);
	end_sad(sad);
}

static void an_sa_takes_over_its_reserved_spi(void)
{
	struct sad *sad = new_sad();
	uint32_t spi = sad_spi_reserve(sad);
	struct sa *sa = sa_with(spi, SA_IN);

	CU_ASSERT_PTR_NULL(look_up(sad, spi));
	CU_ASSERT_EQUAL(sad_add(sad, sa), 0);
	CU_ASSERT_PTR_EQUAL(look_up(sad, spi), sa);
	/* What was published is not to be given back. */
	sad_spi_release(sad, spi);
	CU_ASSERT_PTR_EQUAL(look_up(sad, spi), sa);
	sad_del(sad, sa);
	CU_ASSERT_PTR_NULL(look_up(sad, spi));
	end_sad(sad);
}

static void publishing_frees_a_place_among_the_reserved(void)
{
	struct sad *sad = new_sad();
	struct sa *sa;
	uint32_t last = 0;

	for (int i = 0; i < SAD_RESERVED_MAX; i++)
		last = sad_spi_reserve(sad);
	sa = sa_with(last, SA_IN);
	CU_ASSERT_EQUAL(sad_add(sad, sa), 0);
	CU_ASSERT_NOT_EQUAL(sad_spi_reserve(sad), 0);
	CU_ASSERT_EQUAL(sad_spi_reserve(sad), 0);
	sad_del(sad, sa);
	CU_ASSERT_EQUAL(sad_spi_reserve(sad), 0);
	end_sad(sad);
}

static void spis_are_unique_and_keep_the_rule_with_manual_keys_too(void)
{
	struct sad *sad = new_sad();
	struct sa *first = sa_with(0x00011234, SA_IN);
	struct sa *second = sa_with(0x00011234, SA_IN);
	struct sa *l2tp = sa_with(0xc8020123, SA_IN);
	struct sa *udp = sa_with(500 << 16 | 500, SA_IN);
	struct sa *out = sa_with(0x00011235, SA_OUT);

	CU_ASSERT_EQUAL(sad_add(sad, first), 0);
	CU_ASSERT_EQUAL(sad_add(sad, second), -EEXIST);
	CU_ASSERT_PTR_EQUAL(look_up(sad, 0x00011234), first);
	CU_ASSERT_EQUAL(sad_add(sad, l2tp), -EINVAL);
	CU_ASSERT_EQUAL(sad_add(sad, udp), -EINVAL);
	CU_ASSERT_EQUAL(sad_add(sad, out), -EINVAL);
	sad_del(sad, first);
	/* Free at once, while the first still waits for its grace period. */
	CU_ASSERT_EQUAL(sad_add(sad, second), 0);
	CU_ASSERT_PTR_EQUAL(look_up(sad, 0x00011234), second);
	sad_del(sad, second);
	sa_free(l2tp);
	sa_free(udp);
	sa_retire(out);
	end_sad(sad);
}

static void a_wrong_spi_finds_nothing(void)
{
	struct sad *sad = new_sad();
	struct sa *sa = sa_with(0x00011234, SA_IN);

	CU_ASSERT_EQUAL(sad_add(sad, sa), 0);
	CU_ASSERT_PTR_NULL(look_up(sad, 0));
	CU_ASSERT_PTR_NULL(look_up(sad, 0x34120100));
	for (int bit = 0; bit < 32; bit++)
		CU_ASSERT_PTR_NULL(look_up(sad, 0x00011234 ^ 1u << bit));
	sad_del(sad, sa);
	end_sad(sad);
}

static void parameters_of_an_sa_are_checked(void)
{
	static const uint8_t keymat[FX_KEYMAT_MAX];
	const struct sa_params good = fx_params(SA_IN, &esp_suites[0], keymat);
	struct sa_params p;
	struct sa *sa;

	p = good;
	p.spi = 255;
	CU_ASSERT_EQUAL(sa_new(&sa, &p), -EINVAL);
	p = good;
	p.suite = NULL;
	CU_ASSERT_EQUAL(sa_new(&sa, &p), -EINVAL);
	p = good;
	p.keymat = NULL;
	CU_ASSERT_EQUAL(sa_new(&sa, &p), -EINVAL);
	p = good;
	p.replay_window = 100;
	CU_ASSERT_EQUAL(sa_new(&sa, &p), -EINVAL);
	p.dir = SA_OUT; /* has no window */
	CU_ASSERT_EQUAL(sa_new(&sa, &p), 0);
	CU_ASSERT_EQUAL((uintptr_t)&sa->hot % 64, 0);
	sa_free(sa);
	sa_free(NULL);
}

static const struct unit_case cases[] = {
	{ "the SPI rule holds for all upper halves", the_rule_holds_for_all_upper_halves },
	{ "reserved numbers are refused", reserved_numbers_are_refused },
	{ "IKE ports are bounded and may repeat", ports_are_bounded_and_may_repeat },
	{ "reserved SPIs are usable, unique and bounded",
	  reserved_spis_are_usable_unique_and_bounded },
	{ "an SA takes over its reserved SPI", an_sa_takes_over_its_reserved_spi },
	{ "publishing frees a place among the reserved",
	  publishing_frees_a_place_among_the_reserved },
	{ "SPIs are unique and keep the rule with manual keys too",
	  spis_are_unique_and_keep_the_rule_with_manual_keys_too },
	{ "a wrong SPI finds nothing", a_wrong_spi_finds_nothing },
	{ "the parameters of an SA are checked", parameters_of_an_sa_are_checked },
};

UNIT_MAIN("ipsec/sad", cases)
