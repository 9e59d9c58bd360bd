/* SPDX-License-Identifier: GPL-2.0-or-later */

/* One data message through the data plane; whatever becomes of it, it is accounted for. What is
 * delivered must be an IP packet of the length that its header says. */

#include <stdlib.h>

#include "core/acct.h"
#include "core/cursor.h"
#include "l2tp/data.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct l2tp_data *table;
static struct pkt_pool *pool;

static void setup(void)
{
	const struct l2tp_session_info info = { .local_tunnel = 0x11,
						.local_session = 0x22,
						.carrier_id = 1 };
	const struct ppp_net net = { .any_ip6 = true, .peer_mru = 1500 };
	struct l2tp_entry *e;

	if (acct_init() || acct_thread_init() || rcu_init())
		abort();
	drop_set_rate(0);
	pool = pkt_pool_new(4, 2);
	pkt_pool_bind(pool);
	table = l2tp_data_new();
	e = l2tp_entry_new(&info, 0, NULL);
	if (l2tp_data_add(table, e))
		abort();
	l2tp_entry_open(e, &net, PPP_OPEN_IP | PPP_OPEN_IPV6);
}

static void check(const struct pkt *p)
{
	struct rd r = rd_init(p->data, p->len);
	uint8_t version = rd_u8(&r) >> 4;
	uint32_t len;

	rd_u8(&r);
	len = rd_u16(&r);
	if (version == 6)
		len = rd_u16(&r) + 40u;
	if (r.err || (version != 4 && version != 6) || len != p->len)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct pkt_batch b = { 0 };
	struct l2tp_verdicts v;
	struct pkt *p;

	if (!table)
		setup();
	if (size > SDU_MAX)
		return 0;
	p = pkt_alloc(pool, (uint32_t)size);
	if (size)
		memcpy(pkt_put(p, (uint32_t)size), data, size);
	p->circuit = 1;
	pkt_batch_add(&b, p);
	rcu_update_begin();
	l2tp_data_in(table, &b, &v);
	rcu_update_end();
	if (v.deliver.n)
		check(v.deliver.pkt[0]);
	pkt_batch_free(&v.deliver);
	pkt_batch_free(&v.punt);
	if (pkt_pool_in_use(pool))
		abort();
	return 0;
}
