/* SPDX-License-Identifier: GPL-2.0-or-later */

/* What segmentation and reassembly cost a cell, CRC and headers included, in a hot cache: the best
 * of several rounds, so that a busy machine does not blur it. */

#include <stdio.h>
#include <stdlib.h>

#include "core/acct.h"
#include "core/clock.h"
#include "transports/atm/aal5.h"

enum { CELLS = 1 << 18, ROUNDS = 16 };

static uint8_t sdu[SDU_MAX], wire[AAL5_CELLS_MAX * CELL_LEN];

struct cost {
	double segment, reassemble; /* ns a cell */
};

static void bench_round(uint32_t len, struct cost *best)
{
	struct aal5_hdrs hdrs;
	struct aal5_seg seg;
	struct aal5_rx rx;
	uint32_t n = aal5_cells(len), pdus = CELLS / n, good = 0;
	int64_t t0, t1, t2;
	struct cost c;

	aal5_hdrs_init(&hdrs, 0, 100);
	aal5_rx_init(&rx, 0, SDU_MAX);
	t0 = clock_ns();
	for (uint32_t i = 0; i < pdus; i++) {
		aal5_seg_begin(&seg, &hdrs, sdu, len, 0);
		aal5_seg_cells(&seg, wire, n);
	}
	t1 = clock_ns();
	for (uint32_t i = 0; i < pdus; i++)
		for (uint32_t k = 0; k < n; k++) {
			struct pkt *p = aal5_rx_cell(&rx, wire + k * CELL_LEN + CELL_HDR_LEN,
						     k + 1 == n, t1);

			good += p != NULL;
			pkt_free(p);
		}
	t2 = clock_ns();
	if (good != pdus)
		abort();
	c.segment = (double)(t1 - t0) / pdus / n;
	c.reassemble = (double)(t2 - t1) / pdus / n;
	if (c.segment < best->segment)
		best->segment = c.segment;
	if (c.reassemble < best->reassemble)
		best->reassemble = c.reassemble;
}

static void bench(uint32_t len)
{
	struct cost best = { .segment = 1e9, .reassemble = 1e9 };

	for (int i = 0; i < ROUNDS; i++)
		bench_round(len, &best);
	printf("sar %5u octets, %4u cells: segment %5.1f ns/cell, reassemble %5.1f ns/cell\n", len,
	       aal5_cells(len), best.segment, best.reassemble);
}

int main(void)
{
	static const uint32_t sizes[] = { 40, 88, 280, 576, 1480, 1816, 9188, 65535 };

	if (acct_init() || acct_thread_init())
		return 1;
	pkt_pool_bind(pkt_pool_new(64, 4));
	for (unsigned int i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
		bench(sizes[i]);
	return 0;
}
