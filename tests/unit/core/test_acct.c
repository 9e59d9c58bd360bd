/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <pthread.h>

#include "core/acct.h"
#include "tests/unit/unit.h"

static void every_counter_has_a_name_and_a_text(void)
{
	for (unsigned int c = 0; c < ACCT_N; c++) {
		CU_ASSERT_PTR_NOT_NULL_FATAL(acct_desc[c].name);
		CU_ASSERT_PTR_NOT_NULL_FATAL(acct_desc[c].text);
		for (unsigned int d = 0; d < c; d++)
			CU_ASSERT_STRING_NOT_EQUAL(acct_desc[c].name, acct_desc[d].name);
	}
}

static void a_reused_account_counts_from_zero(void)
{
	uint32_t id = acct_alloc();

	acct_add(id, ACCT_RX_PDU, 5);
	CU_ASSERT_EQUAL(acct_get(id, ACCT_RX_PDU), 5);
	acct_free(id);
	while (acct_alloc() != id)
		;
	CU_ASSERT_EQUAL(acct_get(id, ACCT_RX_PDU), 0);
	for (id = 1; id < ACCTS_MAX; id++)
		acct_free(id);
}

/* First of all tests: none was given out before. */
static void a_freed_account_rests_while_a_thousand_others_are_used(void)
{
	uint32_t first = acct_alloc(), most = 0;

	acct_free(first);
	for (unsigned int i = 0; i < ACCT_RESTING - 1; i++) {
		uint32_t id = acct_alloc();

		CU_ASSERT_NOT_EQUAL(id, first);
		acct_free(id);
	}
	CU_ASSERT_EQUAL(acct_alloc(), first);
	acct_free(first);
	/* What comes and goes touches no more of the tables, however long. */
	for (unsigned int i = 0; i < 5 * ACCTS_MAX; i++) {
		uint32_t id = acct_alloc();

		if (id > most)
			most = id;
		acct_free(id);
	}
	CU_ASSERT_EQUAL(most, ACCT_RESTING);
}

static void an_account_freed_twice_is_given_out_once(void)
{
	uint32_t id = acct_alloc(), n = 0;
	static uint32_t ids[ACCTS_MAX];

	acct_free(id);
	acct_free(id);
	while ((ids[n] = acct_alloc()))
		n++;
	CU_ASSERT_EQUAL(n, ACCTS_MAX - 1);
	while (n--)
		acct_free(ids[n]);
}

static void *count_in_another_thread(void *arg)
{
	acct_thread_init();
	acct_add(*(uint32_t *)arg, ACCT_RX_PDU, 3);
	drop_report(*(uint32_t *)arg, DROP_ESP_AUTH, "far", 3);
	acct_thread_exit();
	return NULL;
}

static void threads_are_summed_also_after_they_ended(void)
{
	uint32_t id = acct_alloc();
	struct drop_event ev;
	pthread_t t;

	while (drop_next(&ev))
		;
	acct_add(id, ACCT_RX_PDU, 4);
	pthread_create(&t, NULL, count_in_another_thread, &id);
	pthread_join(t, NULL);
	CU_ASSERT_EQUAL(acct_get(id, ACCT_RX_PDU), 7);
	CU_ASSERT_EQUAL(acct_get(id, DROP_ESP_AUTH), 1);
	CU_ASSERT_EQUAL(acct_discards(id), 1);
	CU_ASSERT_FATAL(drop_next(&ev));
	CU_ASSERT_EQUAL(ev.acct, id);
	CU_ASSERT_EQUAL(ev.reason, DROP_ESP_AUTH);
	CU_ASSERT_EQUAL(ev.len, 3);
	CU_ASSERT_EQUAL(memcmp(ev.head, "far", 3), 0);
	acct_free(id);
}

static void reports_are_limited_and_counters_are_not(void)
{
	uint32_t id = acct_alloc();
	struct drop_event ev;
	unsigned int reports = 0;

	while (drop_next(&ev))
		;
	drop_set_rate(5);
	for (int i = 0; i < 1000; i++)
		drop_report(id, DROP_ESP_REPLAY, NULL, 0);
	while (drop_next(&ev))
		reports++;
	CU_ASSERT(reports <= 10); /* two windows at most, if a second ended meanwhile */
	CU_ASSERT_EQUAL(acct_get(id, DROP_ESP_REPLAY), 1000);
	drop_set_rate(10);
	acct_free(id);
}

static void accounts_run_out_cleanly(void)
{
	static uint32_t ids[ACCTS_MAX];
	unsigned int n = 0;

	while (n < ACCTS_MAX && (ids[n] = acct_alloc()))
		n++;
	CU_ASSERT_EQUAL(n, ACCTS_MAX - 1);
	CU_ASSERT_EQUAL(acct_alloc(), 0);
	for (unsigned int i = 0; i < n; i++)
		acct_free(ids[i]);
}

static const struct unit_case cases[] = {
	{ "a freed account rests while a thousand others are used",
	  a_freed_account_rests_while_a_thousand_others_are_used },
	{ "an account freed twice is given out once", an_account_freed_twice_is_given_out_once },
	{ "every counter has a name and a text", every_counter_has_a_name_and_a_text },
	{ "a reused account counts from zero", a_reused_account_counts_from_zero },
	{ "threads are summed, also after they ended", threads_are_summed_also_after_they_ended },
	{ "reports are limited and counters are not", reports_are_limited_and_counters_are_not },
	{ "accounts run out cleanly", accounts_run_out_cleanly },
};

int main(void)
{
	if (acct_init() || acct_thread_init())
		return 2;
	return unit_main("core/acct", cases, sizeof(cases) / sizeof(cases[0]));
}
