/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * What arrives at an uplink: the first octet says by which socket (bits 0 and 1) and whether over
 * IPv4 (bit 2); the rest is the datagram. It is decoded, and what comes out goes through the
 * headers for a capture.
 */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/application.h>

#include "core/log.h"
#include "transports/ip/wire.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct pkt_pool *pool;

static void set_up(void)
{
	osmo_init_logging2(NULL, &vcgw_log_info);
	log_set_log_level(osmo_stderr_target, LOGL_FATAL);
	pool = pkt_pool_new(1, 1);
	if (!pool)
		abort();
	pkt_pool_bind(pool);
}

/* What may come of it: a suffix of the datagram that the other end can have sent by that service. */
static void check(const struct pkt *p, enum ip_sock_kind kind, const uint8_t *data, size_t size)
{
	struct endpoint local = { .addr = { [10] = 0xff, 0xff, 127, 0, 0, 1 } }, far = local;
	uint8_t head[IP_HEADERS_MAX];
	uint32_t n;

	if (ip_sock_of(p->service) != kind || p->len == 0 || p->len > size ||
	    memcmp(p->data, data + size - p->len, p->len) != 0)
		abort();
	if ((p->service == IP_ESP || p->service == IP_ESP_UDP) && p->len < 8)
		abort();
	far.port = kind == IP_SOCK_ESP ? 0 : 1;
	n = ip_headers(head, &local, &far, p->service, false, p->data, p->len);
	if (n < 20 || n > sizeof(head))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	enum ip_sock_kind kind;
	enum acct_ctr rc;
	struct endpoint far;
	struct pkt *p;
	uint32_t mtu;

	if (!pool)
		set_up();
	if (size < 1 || size - 1 > SDU_MAX)
		return 0;
	kind = (enum ip_sock_kind)(data[0] & 3);
	p = pkt_alloc(pool, (uint32_t)size - 1);
	if (!p)
		abort();
	if (size > 1)
		memcpy(pkt_put(p, (uint32_t)size - 1), data + 1, size - 1);
	rc = ip_decode(p, kind, data[0] & 4);
	if (rc == 0)
		check(p, kind, data + 1, size - 1);
	else if (rc != ACCT_RX_KEEPALIVE && rc != DROP_IP_SHORT && rc != DROP_IP_HEADER)
		abort();
	pkt_free(p);
	if (ip_path_mtu_decode(data + 1, size - 1, &far, &mtu) == 0 && mtu < 576)
		abort();
	return 0;
}
