/* SPDX-License-Identifier: GPL-2.0-or-later */

/* LLC/SNAP: an SDU of any octets is taken apart or refused, and what was taken off can be put back. */

#include <stdlib.h>
#include <string.h>

#include "transports/atm/llc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct pkt_pool *pool;
	struct pkt *p;

	if (!pool) {
		pool = pkt_pool_new(1, 1);
		pkt_pool_bind(pool);
	}
	if (size > SDU_MAX)
		return 0;
	p = pkt_alloc(pool, (uint32_t)size);
	if (size)
		memcpy(pkt_put(p, (uint32_t)size), data, size);
	if (llc_pull(p) == 0 &&
	    (!llc_push(p) || p->len != size || memcmp(p->data, data, size) != 0))
		abort();
	pkt_free(p);
	return 0;
}
