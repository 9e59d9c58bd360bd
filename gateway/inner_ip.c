/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "gateway/inner_ip.h"

#include <string.h>

#include "core/acct.h"
#include "core/cursor.h"

enum {
	V4_LEN = 20,
	V4_AT = 12, /* of the address in an IPv4-mapped one */
	V4_DF = 0x4000,
	V4_FRAGMENT = 0x3fff, /* more fragments, offset */
	V6_LEN = 40,
	V6_FRAGMENT = 44,
	PROTO_UDP = 17,
	TTL = 64,
};

/* RFC 1071. 0 = it verifies. */
static uint16_t checksum(const uint8_t *p, uint32_t len)
{
	uint32_t sum = 0;

	for (; len > 1; p += 2, len -= 2)
		sum += (uint32_t)(p[0] << 8 | p[1]);
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return (uint16_t)~sum;
}

uint32_t inner_ip_len(const struct sa_ip *ip)
{
	return endpoint_is_v4(&ip->inner_local) ? V4_LEN : V6_LEN;
}

static void put_v4(struct wr *w, const struct sa_ip *ip, uint32_t len)
{
	wr_u16(w, 0x4500);
	wr_u16(w, (uint16_t)len);
	wr_u16(w, 0); /* an identification means nothing where DF is set (RFC 6864 4.1) */
	wr_u16(w, V4_DF);
	wr_u8(w, TTL);
	wr_u8(w, PROTO_UDP);
	wr_u16(w, 0);
	wr_bytes(w, ip->inner_local.addr + V4_AT, 4);
	wr_bytes(w, ip->inner_remote.addr + V4_AT, 4);
	wr_patch_u16(w, 10, checksum(w->buf, V4_LEN));
}

static void put_v6(struct wr *w, const struct sa_ip *ip, uint32_t len)
{
	wr_u32(w, 6u << 28);
	wr_u16(w, (uint16_t)(len - V6_LEN));
	wr_u8(w, PROTO_UDP);
	wr_u8(w, TTL);
	wr_bytes(w, ip->inner_local.addr, 16);
	wr_bytes(w, ip->inner_remote.addr, 16);
}

bool inner_ip_push(struct pkt *p, const struct sa_ip *ip)
{
	uint32_t n = inner_ip_len(ip);
	uint8_t *h = pkt_push(p, n);
	struct wr w;

	if (!h || p->len > UINT16_MAX)
		return false;
	w = wr_init(h, n);
	if (n == V4_LEN)
		put_v4(&w, ip, p->len);
	else
		put_v6(&w, ip, p->len);
	return true;
}

static unsigned int pull_v4(struct pkt *p, const struct sa_ip *ip)
{
	struct rd r = rd_init(p->data, p->len);
	uint8_t version_ihl = rd_u8(&r), proto, src[4], dst[4];
	uint32_t header = (version_ihl & 15u) * 4, len;
	uint16_t fragment;

	rd_u8(&r);
	len = rd_u16(&r);
	rd_u16(&r);
	fragment = rd_u16(&r);
	rd_u8(&r);
	proto = rd_u8(&r);
	rd_u16(&r);
	rd_copy(&r, src, sizeof(src));
	rd_copy(&r, dst, sizeof(dst));
	if (r.err || version_ihl >> 4 != 4 || header < V4_LEN || len < header || len > p->len ||
	    checksum(p->data, header) != 0)
		return DROP_INNER_HEADER;
	if (fragment & V4_FRAGMENT)
		return DROP_INNER_FRAGMENT;
	if (proto != PROTO_UDP)
		return DROP_INNER_PROTOCOL;
	if (memcmp(src, ip->inner_remote.addr + V4_AT, sizeof(src)) != 0 ||
	    memcmp(dst, ip->inner_local.addr + V4_AT, sizeof(dst)) != 0)
		return DROP_INNER_ADDRESS;
	pkt_trim(p, len);
	pkt_pull(p, header); /* options are for routers: nothing of them concerns us */
	return 0;
}

static unsigned int pull_v6(struct pkt *p, const struct sa_ip *ip)
{
	struct rd r = rd_init(p->data, p->len);
	uint32_t version = rd_u32(&r) >> 28, len = rd_u16(&r);
	uint8_t next = rd_u8(&r), src[16], dst[16];

	rd_u8(&r);
	rd_copy(&r, src, sizeof(src));
	rd_copy(&r, dst, sizeof(dst));
	if (r.err || version != 6 || len > r.left)
		return DROP_INNER_HEADER;
	if (next == V6_FRAGMENT)
		return DROP_INNER_FRAGMENT;
	if (next != PROTO_UDP)
		return DROP_INNER_PROTOCOL;
	if (memcmp(src, ip->inner_remote.addr, sizeof(src)) != 0 ||
	    memcmp(dst, ip->inner_local.addr, sizeof(dst)) != 0)
		return DROP_INNER_ADDRESS;
	pkt_trim(p, V6_LEN + len);
	pkt_pull(p, V6_LEN);
	return 0;
}

unsigned int inner_ip_pull(struct pkt *p, const struct sa_ip *ip)
{
	return endpoint_is_v4(&ip->inner_local) ? pull_v4(p, ip) : pull_v6(p, ip);
}
