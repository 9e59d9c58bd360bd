/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "gateway/udp.h"

#include "core/acct.h"
#include "core/cursor.h"
#include "gateway/demux.h"

enum {
	PROTO_UDP = 17,
	V4_AT = 12, /* of the address in an IPv4-mapped one */
};

static uint32_t sum16(uint32_t sum, const uint8_t *p, size_t len)
{
	for (; len > 1; p += 2, len -= 2)
		sum += (uint32_t)(p[0] << 8 | p[1]);
	return len ? sum + (uint32_t)(p[0] << 8) : sum;
}

/* RFC 768, RFC 8200 8.1: over the pseudo-header and the datagram. 0 = it verifies. */
static uint16_t checksum(const struct endpoint *src, const struct endpoint *dst, const uint8_t *p,
			 uint32_t len)
{
	size_t at = endpoint_is_v4(src) ? V4_AT : 0;
	uint32_t sum = PROTO_UDP + (len & 0xffff) + (len >> 16);

	sum = sum16(sum, src->addr + at, sizeof(src->addr) - at);
	sum = sum16(sum, dst->addr + at, sizeof(dst->addr) - at);
	sum = sum16(sum, p, len);
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return (uint16_t)~sum;
}

/* A NAT changes only the outer addresses of tunnel mode. */
static const struct endpoint *near_end(const struct sa_ip *ip)
{
	return ip->tunnel ? &ip->inner_local : &ip->local;
}

static const struct endpoint *far_end(const struct sa_ip *ip)
{
	return ip->tunnel ? &ip->inner_remote : &ip->remote;
}

bool udp_push(struct pkt *p, const struct sa_ip *ip, uint16_t sport, uint16_t dport)
{
	uint8_t *h = pkt_push(p, UDP_HDR_LEN);
	uint16_t sum;

	if (!h || p->len > UINT16_MAX)
		return false;
	put_u16(h, sport);
	put_u16(h + 2, dport);
	put_u16(h + 4, (uint16_t)p->len);
	put_u16(h + 6, 0);
	if (endpoint_is_v4(far_end(ip)))
		return true;
	sum = checksum(near_end(ip), far_end(ip), p->data, p->len);
	put_u16(h + 6, sum ? sum : 0xffff);
	return true;
}

unsigned int udp_pull(struct pkt *p, const struct sa_ip *ip, uint16_t our_port)
{
	struct rd r = rd_init(p->data, p->len);
	uint16_t sport = rd_u16(&r), dport = rd_u16(&r), len = rd_u16(&r), sum = rd_u16(&r);

	if (r.err || len < UDP_HDR_LEN || len > p->len)
		return DROP_UDP_MALFORMED;
	if (dport != our_port || (ip->peer_port && sport != ip->peer_port) || sport == 0)
		return DROP_UDP_PORTS;
	/* Octets behind the datagram are traffic flow confidentiality padding (RFC 4303 2.7). */
	pkt_trim(p, len);
	if (sum && (!ip->natted || ip->tunnel) &&
	    checksum(far_end(ip), near_end(ip), p->data, p->len) != 0)
		return DROP_UDP_CHECKSUM;
	pkt_pull(p, UDP_HDR_LEN);
	p->far.port = sport;
	return 0;
}
