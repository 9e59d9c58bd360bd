/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "transports/fr/snap.h"

#include <errno.h>
#include <string.h>

#include "core/cursor.h"
#include "transports/fr/q922.h"

enum {
	PAD = 0x00,
	NLPID_SNAP = 0x80, /* ISO/IEC TR 9577 */
	OUI_IANA = 0x00005e,
	PID_L2TP = 0x0007, /* RFC 3070 4 */
};

enum acct_ctr fr_snap_pull(struct pkt *p)
{
	struct rd r = rd_init(p->data, p->len);
	uint8_t control = rd_u8(&r);
	uint8_t nlpid = rd_u8(&r);
	uint32_t oui;
	uint16_t pid;

	/* An NLPID in the place of the pad is another protocol that shares the circuit (RFC 3070 4
	 * permits that, RFC 2427 3 lists them). */
	if (r.err || control != Q922_UI)
		return DROP_NLPID_MALFORMED;
	if (nlpid != PAD)
		return DROP_NLPID_UNKNOWN;
	nlpid = rd_u8(&r);
	if (r.err)
		return DROP_NLPID_MALFORMED;
	if (nlpid != NLPID_SNAP)
		return DROP_NLPID_UNKNOWN;
	oui = rd_u24(&r);
	pid = rd_u16(&r);
	if (r.err)
		return DROP_NLPID_MALFORMED;
	if (oui != OUI_IANA || pid != PID_L2TP)
		return DROP_NLPID_UNKNOWN;
	pkt_pull(p, FR_SNAP_LEN);
	return 0;
}

int fr_snap_push(struct pkt *p)
{
	static const uint8_t header[FR_SNAP_LEN] = {
		Q922_UI, PAD, NLPID_SNAP, 0x00, 0x00, 0x5e, 0x00, PID_L2TP,
	};
	uint8_t *h = pkt_push(p, FR_SNAP_LEN);

	if (!h)
		return -ENOSPC;
	memcpy(h, header, FR_SNAP_LEN);
	return 0;
}
