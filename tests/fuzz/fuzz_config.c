/* SPDX-License-Identifier: GPL-2.0-or-later */

/* Any octets as a configuration file; what was taken of them must be written and read back. */

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/application.h>
#include <osmocom/core/talloc.h>

#include "core/acct.h"
#include "core/log.h"
#include "gateway/vty.h"
#include "gateway/vty_write.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static FILE *sink;

/* Without the commands of logging: `log file` would make files. */
static void set_up(void)
{
	static bool done;

	if (done)
		return;
	done = true;
	osmo_init_logging2(NULL, &vcgw_log_info);
	sink = fopen("/dev/null", "w");
	if (!sink || acct_init() < 0 || acct_thread_init() < 0)
		abort();
	gw_vty_init();
}

static int read_octets(const void *data, size_t size)
{
	FILE *in = size ? fmemopen((void *)(uintptr_t)data, size, "r") : fopen("/dev/null", "r");
	int rc;

	if (!in)
		abort();
	rc = gw_config_read_fp(in, "fuzz", sink);
	fclose(in);
	return rc;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text;

	set_up();
	if (gateway_init() < 0)
		abort();
	gw->checking = true;
	read_octets(data, size);
	text = gw_config_text(NULL);
	gateway_exit();
	if (gateway_init() < 0 || !text)
		abort();
	gw->checking = true;
	if (read_octets(text, strlen(text)) < 0)
		abort();
	gateway_exit();
	talloc_free(text);
	return 0;
}
