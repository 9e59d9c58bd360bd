/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "transports/atm/llc.h"

#include <string.h>

#include "core/cursor.h"

static const uint8_t llc[3] = { 0xaa, 0xaa, 0x03 };
static const uint8_t snap[5] = { 0x00, 0x00, 0x5e, 0x00, 0x07 };

bool llc_push(struct pkt *p)
{
	struct wr w = wr_init(pkt_push(p, LLC_SNAP_LEN), LLC_SNAP_LEN);

	if (!w.buf)
		return false;
	wr_bytes(&w, llc, sizeof(llc));
	wr_bytes(&w, snap, sizeof(snap));
	return true;
}

enum acct_ctr llc_pull(struct pkt *p)
{
	struct rd r = rd_init(p->data, p->len);
	const uint8_t *l = rd_bytes(&r, sizeof(llc)), *s = rd_bytes(&r, sizeof(snap));

	if (!s || memcmp(l, llc, sizeof(llc)) != 0)
		return DROP_LLC_MALFORMED;
	if (memcmp(s, snap, sizeof(snap)) != 0)
		return DROP_LLC_UNKNOWN;
	pkt_pull(p, LLC_SNAP_LEN);
	return 0;
}
