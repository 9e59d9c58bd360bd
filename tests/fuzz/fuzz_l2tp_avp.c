/* SPDX-License-Identifier: GPL-2.0-or-later */

/* The body of a control message: AVPs, uncovered with a secret, checked against the rules. What is
 * accepted must be writable again. */

#include <stdlib.h>

#include "l2tp/message.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const uint8_t secret[] = "secret";
	static struct l2tp_msg m;
	uint8_t buf[70000];
	struct wr w = wr_init(buf, sizeof(buf));
	struct l2tp_result res;

	if (l2tp_msg_read(rd_init(data, size), &m, secret, sizeof(secret) - 1) == 0 &&
	    l2tp_msg_write(&w, &m, NULL, 0) != 0)
		abort();
	if (l2tp_msg_has(&m, AVP_RESULT_CODE))
		l2tp_result_read(&m.avp[AVP_RESULT_CODE], &res);
	l2tp_msg_wipe(&m);
	return 0;
}
