/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * Two guards, of which either alone keeps numbers from being used again:
 *
 *	the file	has the end of all that was ever given out, written before any of it is used
 *	the clock	in nanoseconds; nobody sends a thousand million packets a second, so the numbers
 *			of one start are all below the time of the next
 *
 * A start begins at the greater of the two. A clock that is set back is made good by the file; a file
 * that is lost, or came back from an old backup, by the clock, once it has passed what was given out:
 * 2^32 numbers are 4.3 s of it. Only both together would repeat a number.
 */

#include "gateway/counter.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LINE_LEN = 21 }; /* 20 digits and a newline: always of one length, so written at once */

static int open_file(const char *path, struct gw_why *why)
{
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
	struct stat st;
	int rc;

	/* Not only our threads: another daemon may have the same file. */
	if (fd < 0 || fstat(fd, &st) < 0 || flock(fd, LOCK_EX) < 0) {
		rc = gw_fail(why, -errno, "manual-counter-file %.100s: %s", path, strerror(errno));
	} else if (!S_ISREG(st.st_mode)) {
		rc = gw_fail(why, -EINVAL, "manual-counter-file %.100s: is not a regular file",
			     path);
	} else {
		return fd;
	}
	if (fd >= 0)
		close(fd);
	return rc;
}

/* \returns 0 with the number in the file (0 from an empty one: new), or -EINVAL. */
static int read_mark(int fd, const char *path, uint64_t *mark, struct gw_why *why)
{
	char line[LINE_LEN + 1] = "";
	ssize_t len = pread(fd, line, sizeof(line), 0);

	*mark = 0;
	if (len == 0)
		return 0;
	for (ssize_t i = 0; len == LINE_LEN && i < LINE_LEN - 1; i++) {
		unsigned int digit = (unsigned int)(line[i] - '0');

		if (digit > 9 || *mark > (UINT64_MAX - digit) / 10)
			len = -1;
		else
			*mark = *mark * 10 + digit;
	}
	if (len == LINE_LEN && line[LINE_LEN - 1] == '\n')
		return 0;
	return gw_fail(
		why, -EINVAL,
		"manual-counter-file %.100s: is damaged; see that the clock is right, set new "
		"manual keys, and remove it",
		path);
}

static int write_mark(int fd, const char *path, uint64_t mark, struct gw_why *why)
{
	char line[LINE_LEN + 1];

	snprintf(line, sizeof(line), "%020" PRIu64 "\n", mark);
	if (pwrite(fd, line, LINE_LEN, 0) == LINE_LEN && fsync(fd) == 0)
		return 0;
	return gw_fail(why, -EIO, "manual-counter-file %.100s: cannot be written", path);
}

int counter_take(const char *path, uint64_t now_ns, uint64_t n, uint64_t *first, struct gw_why *why)
{
	int fd = open_file(path, why), rc;
	uint64_t mark;

	if (fd < 0)
		return fd;
	rc = read_mark(fd, path, &mark, why);
	if (rc == 0 && mark < now_ns)
		mark = now_ns;
	if (rc == 0 && mark > UINT64_MAX - n)
		rc = gw_fail(why, -ENOSPC, "manual-counter-file %.100s: all numbers are used up",
			     path);
	if (rc == 0)
		rc = write_mark(fd, path, mark + n, why);
	if (rc == 0)
		*first = mark;
	close(fd);
	return rc;
}
