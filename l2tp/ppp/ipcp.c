/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "l2tp/ppp/ipcp.h"

#include <errno.h>

#include <osmocom/core/utils.h>

#include "core/log.h"
#include "l2tp/ppp/ppp_internal.h"

enum { IP_LEN = 4 };

static struct ipcp *ipcp_of(struct neg *n)
{
	return n->priv;
}

static bool network_side(const struct ipcp *ipcp)
{
	return ipcp->ppp->cfg.local_ip.s_addr != 0;
}

static struct in_addr read_ip(const uint8_t *data)
{
	struct rd r = rd_init(data, data ? IP_LEN : 0);

	return (struct in_addr){ .s_addr = htonl(rd_u32(&r)) };
}

static void write_ip(struct wr *w, struct in_addr ip)
{
	wr_u32(w, ntohl(ip.s_addr));
}

/* An address that a host can have: not 0/8, 127/8, 224/4 or above. */
static bool is_host(struct in_addr ip)
{
	uint32_t top = ntohl(ip.s_addr) >> 24;

	return top != 0 && top != IN_LOOPBACKNET && top < 224;
}

/* ---- IP-Address (RFC 1332 3.3) ---- */

static bool ask_ip(struct neg *n, struct wr *w)
{
	const struct ipcp *ipcp = ipcp_of(n);

	if (!ipcp->ask_ip)
		return false;
	write_ip(w, ipcp->local);
	return true;
}

/* The peer's address from the pool, asked for once. \returns false when there is none. */
static bool assign(struct ipcp *ipcp, struct in_addr want)
{
	struct ppp *ppp = ipcp->ppp;

	if (ipcp->assigned)
		return true;
	if (!ppp->ops->peer_address ||
	    ppp->ops->peer_address(ppp->priv, ppp->auth.peer_name, want, &ipcp->pool) < 0) {
		neg_fail(&ipcp->neg, "no address for the peer");
		return false;
	}
	ipcp->assigned = true;
	return true;
}

static enum neg_verdict check_ip(struct neg *n, const uint8_t *data, size_t len, struct wr *nak)
{
	struct ipcp *ipcp = ipcp_of(n);
	struct in_addr ip = read_ip(data);

	(void)len;
	if (!network_side(ipcp)) {
		/* Who has an address for us has one for itself; we have none to suggest. */
		if (!data || !is_host(ip))
			return NEG_REJ;
		ipcp->peer = ip;
		return NEG_ACK;
	}
	if (!assign(ipcp, ip))
		return NEG_REJ;
	ipcp->peer = ipcp->pool;
	if (data && ip.s_addr == ipcp->pool.s_addr)
		return NEG_ACK;
	/* It has been told Max-Failure times what it may have. */
	if (n->naks_tx >= n->cfg.max_failure)
		neg_fail(n, "peer insists on another address");
	write_ip(nak, ipcp->pool);
	return NEG_NAK;
}

/* Tell the peer its address. If it will not ask after Max-Failure times, it may know it anyway:
 * packets from any other are discarded. */
static bool absent_ip(struct neg *n, struct wr *nak)
{
	struct ipcp *ipcp = ipcp_of(n);

	if (!network_side(ipcp) || !assign(ipcp, (struct in_addr){ 0 }))
		return false;
	ipcp->peer = ipcp->pool;
	write_ip(nak, ipcp->pool);
	return true;
}

/* Our own address is ours; without one we take what the peer says. */
static void nak_ip(struct neg *n, const uint8_t *data, size_t len)
{
	struct ipcp *ipcp = ipcp_of(n);
	struct in_addr ip = read_ip(data);

	(void)len;
	if (ipcp->ask_ip && !network_side(ipcp) && is_host(ip))
		ipcp->local = ip;
}

static void rej_ip(struct neg *n)
{
	struct ipcp *ipcp = ipcp_of(n);

	ipcp->ask_ip = false;
	if (!network_side(ipcp))
		neg_fail(n, "peer gives us no address");
}

/* ---- name servers (RFC 1877 1.1, 1.3) ---- */

static bool ask_dns(const struct ipcp *ipcp, int i, struct wr *w)
{
	if (!ipcp->ask_dns[i])
		return false;
	write_ip(w, ipcp->dns[i]);
	return true;
}

static enum neg_verdict check_dns(const struct ipcp *ipcp, int i, const uint8_t *data,
				  struct wr *nak)
{
	struct in_addr dns = ipcp->ppp->cfg.dns[i];

	if (dns.s_addr == 0)
		return NEG_REJ;
	if (data && read_ip(data).s_addr == dns.s_addr)
		return NEG_ACK;
	write_ip(nak, dns);
	return NEG_NAK;
}

static void nak_dns(struct ipcp *ipcp, int i, const uint8_t *data)
{
	if (ipcp->ask_dns[i] && is_host(read_ip(data)))
		ipcp->dns[i] = read_ip(data);
}

static void rej_dns(struct ipcp *ipcp, int i)
{
	ipcp->ask_dns[i] = false;
	ipcp->dns[i].s_addr = 0;
}

#define DNS_ROW_FUNCTIONS(i)                                                                       \
	static bool ask_dns##i(struct neg *n, struct wr *w)                                        \
	{                                                                                          \
		return ask_dns(ipcp_of(n), i, w);                                                  \
	}                                                                                          \
	static enum neg_verdict check_dns##i(struct neg *n, const uint8_t *data, size_t len,       \
					     struct wr *nak)                                       \
	{                                                                                          \
		(void)len;                                                                         \
		return check_dns(ipcp_of(n), i, data, nak);                                        \
	}                                                                                          \
	static void nak_dns##i(struct neg *n, const uint8_t *data, size_t len)                     \
	{                                                                                          \
		(void)len;                                                                         \
		nak_dns(ipcp_of(n), i, data);                                                      \
	}                                                                                          \
	static void rej_dns##i(struct neg *n)                                                      \
	{                                                                                          \
		rej_dns(ipcp_of(n), i);                                                            \
	}
DNS_ROW_FUNCTIONS(0)
DNS_ROW_FUNCTIONS(1)
#undef DNS_ROW_FUNCTIONS

/* IP-Addresses (1), compression (2) and the rest have no row: rejected. */
static const struct neg_option options[] = {
	{ .type = 3,
	  .min = IP_LEN,
	  .max = IP_LEN,
	  .ask = ask_ip,
	  .check = check_ip,
	  .absent = absent_ip,
	  .nak = nak_ip,
	  .rej = rej_ip },
	{ .type = 129,
	  .min = IP_LEN,
	  .max = IP_LEN,
	  .ask = ask_dns0,
	  .check = check_dns0,
	  .nak = nak_dns0,
	  .rej = rej_dns0 },
	{ .type = 131,
	  .min = IP_LEN,
	  .max = IP_LEN,
	  .ask = ask_dns1,
	  .check = check_dns1,
	  .nak = nak_dns1,
	  .rej = rej_dns1 },
};

static void begin(struct neg *n)
{
	struct ipcp *ipcp = ipcp_of(n);
	const struct ppp_cfg *cfg = &ipcp->ppp->cfg;

	ipcp->ask_ip = true;
	ipcp->local = cfg->local_ip;
	for (int i = 0; i < 2; i++) {
		ipcp->ask_dns[i] = cfg->want_dns;
		ipcp->dns[i].s_addr = 0;
	}
}

static void request(struct neg *n)
{
	ipcp_of(n)->peer.s_addr = 0;
}

static void send_packet(struct neg *n, const uint8_t *pkt, size_t len)
{
	ppp_send(ipcp_of(n)->ppp, PPP_PROTO_IPCP, pkt, len);
}

static void tlu(struct neg *n)
{
	struct ipcp *ipcp = ipcp_of(n);

	if (network_side(ipcp))
		ipcp->peer = ipcp->pool; /* also when it never asked */
	/* The peer acknowledged 0.0.0.0: it has no address for us, and without one IP is none. */
	if (ipcp->local.s_addr == 0) {
		n->why = "peer gives us no address";
		neg_event(n, NEG_EV_CLOSE);
		return;
	}
	ppp_net_changed(ipcp->ppp);
}

static void tld(struct neg *n)
{
	ppp_net_changed(ipcp_of(n)->ppp);
}

static void tlf(struct neg *n)
{
	ppp_net_finished(ipcp_of(n)->ppp, n);
}

static const struct neg_ops ipcp_ops = {
	.name = "IPCP",
	.options = options,
	.n_options = ARRAY_SIZE(options),
	.send = send_packet,
	.begin = begin,
	.request = request,
	.tlu = tlu,
	.tld = tld,
	.tlf = tlf,
};

int ipcp_init(struct ipcp *ipcp, struct ppp *ppp)
{
	ipcp->ppp = ppp;
	return neg_init(&ipcp->neg, ppp, ppp->cfg.name, &ipcp_ops, &ppp->neg_cfg, ipcp);
}

void ipcp_exit(struct ipcp *ipcp)
{
	neg_exit(&ipcp->neg);
}
