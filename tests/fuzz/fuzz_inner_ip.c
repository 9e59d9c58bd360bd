/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * What an authentic peer in tunnel mode may have put into ESP. The first octet says whether the SA's
 * inner addresses are IPv4 (bit 0); the rest is the packet. What is left of it is a part of it.
 */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "gateway/inner_ip.h"
#include "gateway/udp.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct pkt_pool *pool;
static struct sa_ip v4 = { .tunnel = true }, v6 = { .tunnel = true };

static void set_up(void)
{
	pool = pkt_pool_new(1, 1);
	if (!pool || endpoint_parse("192.168.0.199", &v4.inner_local) < 0 ||
	    endpoint_parse("192.168.0.1", &v4.inner_remote) < 0 ||
	    endpoint_parse("fd00::2", &v6.inner_local) < 0 ||
	    endpoint_parse("fd00::1", &v6.inner_remote) < 0)
		abort();
	pkt_pool_bind(pool);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct sa_ip *ip;
	struct pkt *p;
	uint32_t len;

	if (!pool)
		set_up();
	if (size < 1 || size - 1 > SDU_MAX)
		return 0;
	ip = data[0] & 1 ? &v4 : &v6;
	p = pkt_alloc(pool, (uint32_t)size - 1);
	if (!p)
		abort();
	if (size > 1)
		memcpy(pkt_put(p, (uint32_t)size - 1), data + 1, size - 1);
	len = p->len;
	if (inner_ip_pull(p, ip) == 0) {
		if (p->len + inner_ip_len(ip) > len)
			abort();
		len = p->len;
		if (udp_pull(p, ip, L2TP_UDP_PORT) == 0 && p->len + 8 > len)
			abort();
	}
	pkt_free(p);
	return 0;
}
