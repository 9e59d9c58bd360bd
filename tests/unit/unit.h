/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* The frame around CUnit that every unit test program has: a table of cases and a main(). */

#include <stdlib.h>
#include <string.h>

#include <CUnit/Basic.h>
#include <CUnit/CUnit.h>

struct unit_case {
	const char *name;
	void (*fn)(void);
};

/*! Run the cases as one suite. Prints CUnit's summary and, for the test runner that adds up,
 * "UNIT <suite> <passed> <failed>" in cases. \returns main()'s exit status. */
static inline int unit_main(const char *suite, const struct unit_case *cases, size_t n)
{
	CU_pSuite s;
	unsigned int failed;

	if (CU_initialize_registry() != CUE_SUCCESS)
		return 2;
	s = CU_add_suite(suite, NULL, NULL);
	if (!s)
		return 2;
	for (size_t i = 0; i < n; i++)
		if (!CU_add_test(s, cases[i].name, cases[i].fn))
			return 2;
	CU_basic_set_mode(CU_BRM_VERBOSE);
	if (CU_basic_run_tests() != CUE_SUCCESS)
		return 2;
	failed = CU_get_number_of_tests_failed();
	printf("\nUNIT %s %zu %u\n", suite, n - failed, failed);
	CU_cleanup_registry();
	return failed ? 1 : 0;
}

#define UNIT_MAIN(suite, cases)                                                                    \
	int main(void)                                                                             \
	{                                                                                          \
		return unit_main(suite, cases, sizeof(cases) / sizeof((cases)[0]));                \
	}

/*! Octets from a string of hex digits, blanks allowed. \returns their number. */
static inline size_t unit_hex(uint8_t *out, size_t size, const char *hex)
{
	size_t n = 0;
	int hi = -1;

	for (; *hex; hex++) {
		const char *digits = "0123456789abcdef";
		const char *d = strchr(digits, *hex >= 'A' && *hex <= 'F' ? *hex + 32 : *hex);

		if (!d)
			continue;
		if (hi < 0) {
			hi = (int)(d - digits);
			continue;
		}
		if (n == size)
			abort();
		out[n++] = (uint8_t)(hi << 4 | (int)(d - digits));
		hi = -1;
	}
	return n;
}
