/* SPDX-License-Identifier: GPL-2.0-or-later */

/* L2TP data messages and PPP frames, in and out (RFC 2661 3.1, 5.3, 5.4; RFC 1661 2). Worker
 * thread: no locks, no memory, no system calls. */

#include "l2tp/data.h"

#include "core/acct.h"
#include "core/cursor.h"
#include "l2tp/message.h"
#include "l2tp/reliable.h"

enum {
	PPP_IP = 0x0021,
	PPP_IPV6 = 0x0057,
	PPP_ALL_STATIONS = 0xff, /* RFC 1662 3.1 */
	PPP_UI = 0x03,
	PPP_HDR_LEN = 4,
	L2TP_DATA_HDR_MIN = 6,
	IP4_HDR_MIN = 20,
	IP6_HDR_LEN = 40,
	/* So many late packets in unbroken order are no stragglers: the sender's numbers jumped, or
	 * more than half the number space was lost. */
	LATE_RUN_MAX = 32,
};

/* ---- in ---- */

struct data_hdr {
	bool control;
	bool sequenced;
	uint16_t tunnel, session, ns;
};

/* Read the header and trim the packet to its Length. \returns DROP_ reason, or 0. */
static unsigned int read_header(struct pkt *p, struct data_hdr *h)
{
	struct rd r = rd_init(p->data, p->len);
	uint16_t flags = rd_u16(&r);

	if (r.err)
		return DROP_L2TP_MALFORMED;
	if ((flags & L2TP_F_VERSION) != L2TP_VERSION)
		return DROP_L2TP_VERSION;
	h->control = flags & L2TP_F_TYPE;
	if (h->control)
		return 0;
	if (flags & L2TP_F_LENGTH) {
		uint16_t len = rd_u16(&r);

		/* Octets behind Length are padding of what carried it. */
		if (r.err || len < 4 || !pkt_trim(p, len))
			return DROP_L2TP_MALFORMED;
		r.left = len - 4u;
	}
	h->tunnel = rd_u16(&r);
	h->session = rd_u16(&r);
	h->sequenced = flags & L2TP_F_SEQUENCE;
	if (h->sequenced) {
		h->ns = rd_u16(&r);
		rd_u16(&r); /* Nr is reserved in data messages */
	}
	if (flags & L2TP_F_OFFSET)
		rd_bytes(&r, rd_u16(&r));
	if (r.err)
		return DROP_L2TP_MALFORMED;
	pkt_pull(p, p->len - (uint32_t)r.left);
	return 0;
}

/* RFC 2661 5.4. \returns false for a packet that came late or twice. */
static bool in_sequence(struct l2tp_entry *e, uint16_t ns)
{
	if (!e->hot.rx_started || ns == e->hot.nr) {
		e->hot.rx_started = true;
	} else if (seq16_lt(e->hot.nr, ns)) {
		ctr_add(&e->rx_lost, (uint16_t)(ns - e->hot.nr));
	} else {
		e->hot.late_run = ns == e->hot.late_next ? e->hot.late_run + 1 : 1;
		e->hot.late_next = ns + 1;
		if (e->hot.late_run < LATE_RUN_MAX) {
			ctr_add(&e->rx_late, 1);
			return false;
		}
	}
	e->hot.late_run = 0;
	e->hot.nr = ns + 1;
	return true;
}

/* The LNS turns sequencing on and off by its own example (RFC 2661 5.4). */
static void follow(struct l2tp_entry *e, bool sequenced)
{
	if (e->follow_seq && __atomic_load_n(&e->send_seq, __ATOMIC_RELAXED) != sequenced)
		__atomic_store_n(&e->send_seq, sequenced, __ATOMIC_RELAXED);
}

/* First stage: L2TP. \returns DROP_ reason, or 0 with p->obj = entry, or NULL if control. */
static unsigned int l2tp_in(struct l2tp_data *d, struct pkt *p)
{
	struct data_hdr h = { 0 };
	unsigned int drop = read_header(p, &h);
	struct l2tp_entry *e;

	p->obj = NULL;
	if (drop || h.control)
		return drop;
	p->session = (uint32_t)h.tunnel << 16 | h.session;
	e = l2tp_data_find(d, p->session);
	if (!e)
		return DROP_L2TP_UNKNOWN_SESSION;
	if (e->carrier_id != p->circuit)
		return DROP_L2TP_WRONG_PATH;
	follow(e, h.sequenced);
	if (h.sequenced && !in_sequence(e, h.ns))
		return DROP_L2TP_SEQUENCE;
	p->obj = e;
	return 0;
}

/* Take FF 03 off, if it is there, and leave a protocol field of two octets in front (RFC 1661 2,
 * 6.5, 6.6: both may be compressed, and a receiver takes either form). */
static bool ppp_in(struct pkt *p, uint16_t *protocol)
{
	uint8_t *b;

	if (p->len >= 2 && p->data[0] == PPP_ALL_STATIONS && p->data[1] == PPP_UI)
		pkt_pull(p, 2);
	if (!p->len)
		return false;
	if (p->data[0] & 1) {
		/* There is room: an L2TP header stood here. */
		b = pkt_push(p, 1);
		if (!b)
			return false;
		b[0] = 0;
	}
	if (p->len < 2)
		return false;
	*protocol = (uint16_t)(p->data[0] << 8 | p->data[1]);
	return true;
}

static unsigned int check_ip4(const struct l2tp_entry *e, struct pkt *p)
{
	struct rd r = rd_init(p->data, p->len);
	uint8_t vihl = rd_u8(&r);
	uint16_t total;
	uint32_t src, mask = __atomic_load_n(&e->check.mask, __ATOMIC_RELAXED);

	rd_u8(&r);
	total = rd_u16(&r);
	rd_bytes(&r, 8);
	src = rd_u32(&r);
	if (r.err || p->len < IP4_HDR_MIN || vihl >> 4 != 4 || (vihl & 15) * 4 < IP4_HDR_MIN ||
	    total < (vihl & 15) * 4 || !pkt_trim(p, total)) /* trim: PPP padding, RFC 1661 2 */
		return DROP_PPP_MALFORMED;
	return (src & mask) == __atomic_load_n(&e->check.ip, __ATOMIC_RELAXED) ? 0
									       : DROP_PPP_SOURCE;
}

static bool source6_ok(const struct l2tp_entry *e, uint64_t hi, uint64_t lo, uint8_t dst0)
{
	if (__atomic_load_n(&e->check.any_ip6, __ATOMIC_RELAXED))
		return true;
	/* Unspecified, towards multicast: duplicate address detection (RFC 4862 5.4.2). */
	if (!hi && !lo)
		return dst0 == 0xff;
	return hi == UINT64_C(0xfe80) << 48 &&
	       lo == __atomic_load_n(&e->check.ip6_id, __ATOMIC_RELAXED);
}

static unsigned int check_ip6(const struct l2tp_entry *e, struct pkt *p)
{
	struct rd r = rd_init(p->data, p->len);
	uint32_t first = rd_u32(&r);
	uint16_t payload = rd_u16(&r);
	uint64_t hi, lo;
	uint8_t dst0;

	rd_u16(&r);
	hi = rd_u64(&r);
	lo = rd_u64(&r);
	dst0 = rd_u8(&r);
	if (r.err || p->len < IP6_HDR_LEN || first >> 28 != 6 ||
	    !pkt_trim(p, (uint32_t)IP6_HDR_LEN + payload))
		return DROP_PPP_MALFORMED;
	return source6_ok(e, hi, lo, dst0) ? 0 : DROP_PPP_SOURCE;
}

/* Second stage: PPP. \returns DROP_ reason, or 0 with *ip set for the TUN. */
static unsigned int frame_in(struct pkt *p, bool *ip)
{
	const struct l2tp_entry *e = p->obj;
	uint32_t open = __atomic_load_n(&e->open, __ATOMIC_ACQUIRE);
	uint16_t protocol;

	*ip = false;
	if (!ppp_in(p, &protocol))
		return DROP_PPP_MALFORMED;
	if (protocol != PPP_IP && protocol != PPP_IPV6)
		return 0;
	/* RFC 1661 3.4: silently discarded until its NCP has reached the Opened state. */
	if (!(open & (protocol == PPP_IP ? PPP_OPEN_IP : PPP_OPEN_IPV6)))
		return DROP_PPP_NOT_OPEN;
	*ip = true;
	pkt_pull(p, 2);
	return protocol == PPP_IP ? check_ip4(e, p) : check_ip6(e, p);
}

void l2tp_data_in(struct l2tp_data *d, struct pkt_batch *b, struct l2tp_verdicts *v)
{
	unsigned int n = 0;

	v->deliver.n = 0;
	v->punt.n = 0;
	for (unsigned int i = 0; i < b->n; i++) {
		struct pkt *p = b->pkt[i];
		unsigned int drop = l2tp_in(d, p);

		if (drop)
			drop_pkt(p, drop);
		else
			b->pkt[n++] = p;
	}
	for (unsigned int i = 0; i < n; i++) {
		struct pkt *p = b->pkt[i];
		struct l2tp_entry *e = p->obj;
		bool ip = false;
		unsigned int drop;

		if (!e) {
			p->session = 0;
			pkt_batch_add(&v->punt, p);
			continue;
		}
		drop = frame_in(p, &ip);
		if (drop) {
			drop_pkt(p, drop);
			continue;
		}
		ctr_add(&e->rx_packets, 1);
		ctr_add(&e->rx_octets, p->len);
		pkt_batch_add(ip ? &v->deliver : &v->punt, p);
	}
	b->n = 0;
}

/* ---- out ---- */

static uint32_t header_len(bool length, bool seq, uint16_t offset)
{
	return L2TP_DATA_HDR_MIN + (length ? 2u : 0) + (seq ? 4u : 0) + (offset ? 2u + offset : 0);
}

uint32_t l2tp_data_overhead(bool length, bool seq, uint16_t offset)
{
	return PPP_HDR_LEN + header_len(length, seq, offset);
}

/* Put header and FF 03 in front of a frame that begins with its protocol field. Neither field is
 * ever compressed: we ask for no ACFC or PFC, and the long form is always good. */
static bool encapsulate(struct l2tp_entry *e, struct pkt *p)
{
	bool seq = __atomic_load_n(&e->send_seq, __ATOMIC_RELAXED);
	uint32_t hdr = header_len(e->send_length, seq, e->offset) + 2;
	struct wr w;
	uint8_t *b;

	if (p->len + hdr > UINT16_MAX)
		return false;
	b = pkt_push(p, hdr);
	if (!b)
		return false;
	w = wr_init(b, hdr);
	wr_u16(&w, (e->send_length ? L2TP_F_LENGTH : 0) | (seq ? L2TP_F_SEQUENCE : 0) |
			   (e->offset ? L2TP_F_OFFSET : 0) | L2TP_VERSION);
	if (e->send_length)
		wr_u16(&w, (uint16_t)p->len);
	wr_u16(&w, e->peer_tunnel);
	wr_u16(&w, e->peer_session);
	if (seq) {
		wr_u16(&w, e->hot.ns++);
		wr_u16(&w, 0);
	}
	if (e->offset) {
		wr_u16(&w, e->offset);
		wr_zero(&w, e->offset);
	}
	wr_u8(&w, PPP_ALL_STATIONS);
	wr_u8(&w, PPP_UI);
	p->circuit = e->carrier_id;
	ctr_add(&e->tx_packets, 1);
	return true;
}

/* \returns DROP_ reason, or 0. */
static unsigned int ip_out(struct pkt *p)
{
	struct l2tp_entry *e = p->obj;
	uint32_t open = __atomic_load_n(&e->open, __ATOMIC_ACQUIRE);
	uint8_t version = p->len ? p->data[0] >> 4 : 0;
	uint32_t len = p->len;
	uint8_t *b;

	if (version != 4 && version != 6)
		return DROP_TUN_NOT_IP;
	if (!(open & (version == 4 ? PPP_OPEN_IP : PPP_OPEN_IPV6)))
		return DROP_PPP_NOT_OPEN;
	if (len > __atomic_load_n(&e->check.mru, __ATOMIC_RELAXED))
		return DROP_PPP_TOO_LONG;
	b = pkt_push(p, 2);
	if (!b)
		return DROP_NO_ROOM;
	put_u16(b, version == 4 ? PPP_IP : PPP_IPV6);
	if (!encapsulate(e, p))
		return DROP_NO_ROOM;
	ctr_add(&e->tx_octets, len);
	return 0;
}

void l2tp_data_out(struct pkt_batch *b)
{
	unsigned int n = 0;

	for (unsigned int i = 0; i < b->n; i++) {
		struct pkt *p = b->pkt[i];
		unsigned int drop = ip_out(p);

		if (drop)
			drop_pkt(p, drop);
		else
			b->pkt[n++] = p;
	}
	b->n = n;
}

bool l2tp_data_out_ppp(struct l2tp_entry *e, struct pkt *p)
{
	uint32_t len = p->len;

	if (!encapsulate(e, p)) {
		drop_pkt(p, DROP_NO_ROOM);
		return false;
	}
	p->control = true;
	ctr_add(&e->tx_octets, len);
	return true;
}
