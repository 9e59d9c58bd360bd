/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "transports/ip/wire.h"

#include <errno.h>
#include <string.h>

#include "core/cursor.h"

enum {
	IPV4_HDR_LEN = 20,
	IPV6_HDR_LEN = 40,
	UDP_HDR_LEN = 8,
	PROTO_UDP = 17,
	TTL = 64,
	IPV4_DF = 0x4000,
	ESP_MIN = 8, /* SPI and sequence number (RFC 4303 2) */
	KEEPALIVE = 0xff,
	/* What every host takes in one piece or puts together (RFC 791 3.1), and what every IPv6
	 * link carries (RFC 8200 5). */
	IPV4_MTU_MIN = 576,
	IPV6_MTU_MIN = 1280,
};

enum ip_sock_kind ip_sock_of(uint8_t service)
{
	switch ((enum ip_service)service) {
	case IP_IKE:
		return IP_SOCK_IKE;
	case IP_IKE_NATT:
	case IP_ESP_UDP:
		return IP_SOCK_NATT;
	case IP_ESP:
		return IP_SOCK_ESP;
	case IP_L2TP:
		return IP_SOCK_L2TP;
	}
	return IP_SOCKS;
}

/* ---- receive ---- */

/* RFC 3948 2.2: an SPI of zero is no SPI but the marker of IKE. */
static enum acct_ctr decode_natt(struct pkt *p)
{
	struct rd r = rd_init(p->data, p->len);
	uint32_t spi;

	if (p->len == 1 && p->data[0] == KEEPALIVE)
		return ACCT_RX_KEEPALIVE;
	spi = rd_u32(&r);
	if (r.err || r.left == 0)
		return DROP_IP_SHORT;
	if (spi == 0) {
		pkt_pull(p, NON_ESP_MARKER_LEN);
		p->service = IP_IKE_NATT;
		return 0;
	}
	p->service = IP_ESP_UDP;
	return p->len < ESP_MIN ? DROP_IP_SHORT : 0;
}

static enum acct_ctr decode_raw(struct pkt *p, bool ipv4)
{
	p->service = IP_ESP;
	if (ipv4) {
		struct rd r = rd_init(p->data, p->len);
		uint8_t version_ihl = rd_u8(&r);
		uint32_t header = (version_ihl & 15u) * 4;

		/* Options may follow the fixed part (RFC 791 3.1). */
		if (version_ihl >> 4 != 4 || header < IPV4_HDR_LEN || !pkt_pull(p, header))
			return DROP_IP_HEADER;
	}
	return p->len < ESP_MIN ? DROP_IP_SHORT : 0;
}

enum acct_ctr ip_decode(struct pkt *p, enum ip_sock_kind kind, bool ipv4)
{
	switch (kind) {
	case IP_SOCK_NATT:
		return decode_natt(p);
	case IP_SOCK_ESP:
		return decode_raw(p, ipv4);
	case IP_SOCK_IKE:
	case IP_SOCK_L2TP:
	case IP_SOCKS:
		break;
	}
	p->service = kind == IP_SOCK_IKE ? IP_IKE : IP_L2TP;
	return p->len == 0 ? DROP_IP_SHORT : 0;
}

/* ---- headers for a capture ---- */

/* RFC 1071, before folding. */
static uint32_t sum16(uint32_t sum, const uint8_t *p, uint32_t len)
{
	for (; len > 1; p += 2, len -= 2)
		sum += (uint32_t)p[0] << 8 | p[1];
	return len ? sum + ((uint32_t)p[0] << 8) : sum;
}

static uint16_t fold(uint32_t sum)
{
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return (uint16_t)~sum;
}

static uint16_t own_port(enum ip_sock_kind kind)
{
	return kind == IP_SOCK_IKE    ? IP_PORT_IKE
	       : kind == IP_SOCK_NATT ? IP_PORT_NATT
				      : IP_PORT_L2TP;
}

static void put_ip(struct wr *w, const struct endpoint *src, const struct endpoint *dst,
		   uint8_t proto, uint32_t len)
{
	if (!endpoint_is_v4(src)) {
		wr_u32(w, 6u << 28);
		wr_u16(w, (uint16_t)len);
		wr_u8(w, proto);
		wr_u8(w, TTL);
		wr_bytes(w, src->addr, 16);
		wr_bytes(w, dst->addr, 16);
		return;
	}
	wr_u16(w, 0x4500);
	wr_u16(w, (uint16_t)(IPV4_HDR_LEN + len));
	wr_u16(w, 0);
	wr_u16(w, IPV4_DF);
	wr_u8(w, TTL);
	wr_u8(w, proto);
	wr_u16(w, 0);
	wr_bytes(w, src->addr + 12, 4);
	wr_bytes(w, dst->addr + 12, 4);
	wr_patch_u16(w, 10, fold(sum16(0, w->buf, IPV4_HDR_LEN)));
}

uint32_t ip_headers(uint8_t *out, const struct endpoint *local, const struct endpoint *far,
		    uint8_t service, bool sent, const uint8_t *payload, uint32_t len)
{
	const struct endpoint *src = sent ? local : far, *dst = sent ? far : local;
	enum ip_sock_kind kind = ip_sock_of(service);
	uint32_t marker = service == IP_IKE_NATT ? NON_ESP_MARKER_LEN : 0, udp = 0, sum;
	struct wr w = wr_init(out, IP_HEADERS_MAX);
	uint16_t check;
	size_t at;

	if (kind != IP_SOCK_ESP)
		udp = UDP_HDR_LEN + marker + len;
	put_ip(&w, src, dst, udp ? PROTO_UDP : IP_PROTO_ESP, udp ? udp : len);
	if (!udp)
		return (uint32_t)w.len;
	at = w.len;
	wr_u16(&w, sent ? own_port(kind) : far->port);
	wr_u16(&w, sent ? far->port : own_port(kind));
	wr_u16(&w, (uint16_t)udp);
	wr_u16(&w, 0);
	wr_zero(&w, marker);
	/* The pseudo-header takes the addresses from the header before (RFC 768, RFC 8200 8.1). */
	sum = sum16(PROTO_UDP + udp, out + at, (uint32_t)(w.len - at));
	sum = sum16(sum, endpoint_is_v4(src) ? out + 12 : out + 8, endpoint_is_v4(src) ? 8 : 32);
	check = fold(sum16(sum, payload, len));
	wr_patch_u16(&w, at + 6, check ? check : 0xffff);
	return (uint32_t)w.len;
}

/* ---- path MTU ---- */

void ip_path_mtu_encode(uint8_t out[IP_PATH_MTU_LEN], const struct endpoint *far, uint32_t mtu)
{
	struct wr w = wr_init(out, IP_PATH_MTU_LEN);

	wr_bytes(&w, far->addr, sizeof(far->addr));
	wr_u32(&w, mtu);
}

int ip_path_mtu_decode(const uint8_t *p, size_t len, struct endpoint *far, uint32_t *mtu)
{
	struct rd r = rd_init(p, len);
	uint32_t least;

	far->port = 0;
	rd_copy(&r, far->addr, sizeof(far->addr));
	*mtu = rd_u32(&r);
	if (!rd_done(&r))
		return -EBADMSG;
	least = endpoint_is_v4(far) ? IPV4_MTU_MIN : IPV6_MTU_MIN;
	if (*mtu < least)
		*mtu = least;
	return 0;
}
