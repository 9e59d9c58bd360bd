/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "gateway/demux.h"

#include "core/cursor.h"

enum {
	SPI_LEN = 4,
	ISAKMP_HDR_LEN = 28, /* RFC 2408 3.1 */
	L2TP_VER = 2,	     /* RFC 2661 3.1 */
};

void demux_udp_header(uint8_t hdr[UDP_HDR_LEN], uint16_t len)
{
	put_u16(hdr, IKE_UDP_PORT);
	put_u16(hdr + 2, IKE_UDP_PORT);
	put_u16(hdr + 4, (uint16_t)(UDP_HDR_LEN + len));
	put_u16(hdr + 6, 0);
}

/* UDP between the IKE ports whose length fits and whose payload is an ISAKMP message of just that
 * length, major version 1 or 2. The checksum is ignored (draft -05 2.3). */
static bool is_ike(const struct pkt *p)
{
	struct rd r = rd_init(p->data, p->len);
	uint16_t sport = rd_u16(&r), dport = rd_u16(&r), udp_len = rd_u16(&r);
	uint32_t icookie_hi, icookie_lo, isakmp_len;
	uint8_t version;

	rd_u16(&r);
	icookie_hi = rd_u32(&r);
	icookie_lo = rd_u32(&r);
	rd_bytes(&r, 8 + 1);
	version = rd_u8(&r);
	rd_bytes(&r, 1 + 1 + 4);
	isakmp_len = rd_u32(&r);
	if (r.err || sport != IKE_UDP_PORT || dport != IKE_UDP_PORT)
		return false;
	if (udp_len != p->len || isakmp_len != p->len - UDP_HDR_LEN)
		return false;
	return (icookie_hi | icookie_lo) && (version >> 4 == 1 || version >> 4 == 2) &&
	       isakmp_len >= ISAKMP_HDR_LEN;
}

enum demux demux_circuit(struct sad *sad, bool security, struct pkt *p, enum acct_ctr *reason)
{
	struct rd r = rd_init(p->data, p->len);
	uint32_t first = rd_u32(&r);
	struct sa *sa;

	if (r.err) {
		*reason = DROP_SVC_SHORT;
		return DEMUX_DROP;
	}
	/* SPIs are unique in the daemon, and an SA is good only where it was negotiated. */
	sa = sad_find(sad, first);
	if (sa && sa->path_id == p->circuit) {
		p->obj = sa;
		return DEMUX_ESP;
	}
	if (is_ike(p))
		return DEMUX_IKE;
	if (((first >> 16) & 0xf) == L2TP_VER) {
		if (!security)
			return DEMUX_L2TP;
		*reason = DROP_SVC_CLEAR;
		return DEMUX_DROP;
	}
	*reason = sa ? DROP_SVC_WRONG_CIRCUIT : DROP_SVC_UNKNOWN;
	return DEMUX_DROP;
}
