/* SPDX-License-Identifier: GPL-2.0-or-later */

/* Numbers that are never given out twice, whatever becomes of the clock or of the file. */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gateway/counter.h"
#include "tests/unit/unit.h"

static char dir[] = "/tmp/vcgw-counter-XXXXXX";
static char path[64];
static struct gw_why why;

static uint64_t take(uint64_t now, uint64_t n)
{
	uint64_t first = 0;

	CU_ASSERT_EQUAL_FATAL(counter_take(path, now, n, &first, &why), 0);
	return first;
}

static void put(const char *text)
{
	FILE *f = fopen(path, "w");

	if (!f || fputs(text, f) < 0 || fclose(f) != 0)
		abort();
}

static void the_clock_and_the_file_guard_each_other(void)
{
	struct stat st;

	unlink(path);
	CU_ASSERT_EQUAL(take(1000, 50), 1000);
	CU_ASSERT_EQUAL(stat(path, &st), 0);
	CU_ASSERT_EQUAL(st.st_mode & 07777, 0600);
	CU_ASSERT_EQUAL(st.st_size, 21);
	CU_ASSERT_EQUAL(take(1000, 50), 1050); /* at the same time */
	CU_ASSERT_EQUAL(take(10, 50), 1100);   /* the clock was set back */
	CU_ASSERT_EQUAL(take(0, 1), 1150);     /* or is lost */
	CU_ASSERT_EQUAL(take(2000, 50), 2000);
	unlink(path); /* the file is lost */
	CU_ASSERT_EQUAL(take(3000, 50), 3000);
	put(""); /* made, and never written to */
	CU_ASSERT_EQUAL(take(4000, 50), 4000);
}

static void what_is_no_number_is_refused(void)
{
	static const char *const texts[] = {
		"\n",
		"1\n",
		"00000000000000000001",
		"000000000000000000001\n",
		"0000000000000000000x\n",
		"-0000000000000000001\n",
		"18446744073709551616\n", /* 2^64 */
		"99999999999999999999\n",
	};
	uint64_t first = 7;

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		put(texts[i]);
		CU_ASSERT_EQUAL(counter_take(path, 1000, 1, &first, &why), -EINVAL);
		CU_ASSERT_PTR_NOT_NULL(strstr(why.text, "is damaged"));
		CU_ASSERT_EQUAL(first, 7);
	}
}

static void the_last_number_is_the_last(void)
{
	uint64_t first = 7;

	put("18446744073709551605\n"); /* 2^64 - 11 */
	CU_ASSERT_EQUAL(counter_take(path, 1000, 11, &first, &why), -ENOSPC);
	CU_ASSERT_EQUAL(first, 7);
	CU_ASSERT_EQUAL(take(1000, 10), 18446744073709551605u);
	CU_ASSERT_EQUAL(counter_take(path, 1000, 1, &first, &why), -ENOSPC);
}

static void without_a_file_there_are_no_numbers(void)
{
	uint64_t first = 7;
	char other[80];

	CU_ASSERT_EQUAL(counter_take("/nonexistent/counter", 1000, 1, &first, &why), -ENOENT);
	CU_ASSERT_EQUAL(counter_take("/dev/null", 1000, 1, &first, &why), -EINVAL);
	CU_ASSERT_PTR_NOT_NULL(strstr(why.text, "not a regular file"));
	/* A disk that is full is not one that was told. */
	if (access("/dev/full", W_OK) == 0)
		CU_ASSERT(counter_take("/dev/full", 1000, 1, &first, &why) < 0);
	snprintf(other, sizeof(other), "%s/link", dir);
	put("00000000000000001000\n");
	CU_ASSERT_EQUAL(symlink(path, other), 0);
	CU_ASSERT_EQUAL(counter_take(other, 1000, 1, &first, &why), -ELOOP);
	unlink(other);
	CU_ASSERT_EQUAL(first, 7);
}

static const struct unit_case cases[] = {
	{ "the clock and the file guard each other", the_clock_and_the_file_guard_each_other },
	{ "what is no number is refused", what_is_no_number_is_refused },
	{ "the last number is the last", the_last_number_is_the_last },
	{ "without a file there are no numbers", without_a_file_there_are_no_numbers },
};

int main(void)
{
	int rc;

	if (!mkdtemp(dir))
		return 1;
	snprintf(path, sizeof(path), "%s/counter", dir);
	rc = unit_main("gateway/counter", cases, sizeof(cases) / sizeof(cases[0]));
	unlink(path);
	rmdir(dir);
	return rc;
}
