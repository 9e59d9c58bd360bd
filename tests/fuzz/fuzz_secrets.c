/* SPDX-License-Identifier: GPL-2.0-or-later */

/* Any octets as a secrets file. */

#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <osmocom/core/application.h>

#include "core/log.h"
#include "gateway/secrets.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char path[64];
static int fd = -1;

/* One file in memory for all runs. */
static void set_up(void)
{
	static struct log_info quiet;

	if (fd >= 0)
		return;
	quiet = vcgw_log_info;
	osmo_init_logging2(NULL, &quiet);
	log_set_log_level(osmo_stderr_target, LOGL_FATAL);
	fd = memfd_create("secrets", 0);
	if (fd < 0 || fchmod(fd, 0600) < 0)
		abort();
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct gw_secrets *s = NULL;
	struct gw_why why;
	const uint8_t *value;

	set_up();
	if (ftruncate(fd, 0) < 0 || pwrite(fd, data, size, 0) != (ssize_t)size)
		abort();
	if (secrets_load(&s, path, &why) == 0) {
		secrets_get(s, SECRET_PSK, "atm0/0.100", &value);
		secrets_free(s);
	}
	return 0;
}
