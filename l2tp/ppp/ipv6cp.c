/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "l2tp/ppp/ipv6cp.h"

#include <string.h>

#include <osmocom/core/utils.h>

#include "core/log.h"
#include "l2tp/ppp/ppp_internal.h"

static const uint8_t zero[IP6_ID_LEN];

static struct ipv6cp *ip6_of(struct neg *n)
{
	return n->priv;
}

static bool same(const uint8_t *a, const uint8_t *b)
{
	return memcmp(a, b, IP6_ID_LEN) == 0;
}

/* At random, hence the "u" bit zero; neither zero nor what it must differ from, which may be the
 * old value of id itself (4.1). */
static void choose(uint8_t *id, const uint8_t *avoid)
{
	uint8_t fresh[IP6_ID_LEN];

	do {
		ppp_random(fresh, sizeof(fresh));
		fresh[0] &= (uint8_t)~0x02;
	} while (same(fresh, zero) || same(fresh, avoid));
	memcpy(id, fresh, IP6_ID_LEN);
}

static bool ask_id(struct neg *n, struct wr *w)
{
	const struct ipv6cp *ip6 = ip6_of(n);

	if (!ip6->ask_id)
		return false;
	wr_bytes(w, ip6->id, IP6_ID_LEN);
	return true;
}

static void suggest(struct ipv6cp *ip6, struct wr *nak)
{
	choose(ip6->suggested, ip6->id);
	wr_bytes(nak, ip6->suggested, IP6_ID_LEN);
}

/* Four cases of 4.1; two zeros cannot meet, for ours never is. */
static enum neg_verdict check_id(struct neg *n, const uint8_t *data, size_t len, struct wr *nak)
{
	struct ipv6cp *ip6 = ip6_of(n);

	(void)len;
	if (!data || same(data, zero) || same(data, ip6->id)) {
		suggest(ip6, nak);
		return NEG_NAK;
	}
	memcpy(ip6->peer_id, data, IP6_ID_LEN);
	return NEG_ACK;
}

/* Once only: "the peer MUST NOT send another Configure-Nak with this option included" (4.1). */
static bool absent_id(struct neg *n, struct wr *nak)
{
	struct ipv6cp *ip6 = ip6_of(n);

	if (ip6->reminded)
		return false;
	ip6->reminded = true;
	suggest(ip6, nak);
	return true;
}

/* What we suggested ourselves comes back: choose anew. Else take what the peer suggests, unless
 * that is none, or what the peer has itself. */
static void nak_id(struct neg *n, const uint8_t *data, size_t len)
{
	struct ipv6cp *ip6 = ip6_of(n);

	(void)len;
	if (same(data, zero) || same(data, ip6->suggested) || same(data, ip6->peer_id))
		choose(ip6->id, ip6->id);
	else
		memcpy(ip6->id, data, IP6_ID_LEN);
}

static void rej_id(struct neg *n)
{
	ip6_of(n)->ask_id = false;
}

/* Compression (2) is rejected. */
static const struct neg_option options[] = {
	{ .type = 1,
	  .min = IP6_ID_LEN,
	  .max = IP6_ID_LEN,
	  .ask = ask_id,
	  .check = check_id,
	  .absent = absent_id,
	  .nak = nak_id,
	  .rej = rej_id },
};

/* The identifier stays over renegotiations: addresses are built on it (4.1). */
static void begin(struct neg *n)
{
	struct ipv6cp *ip6 = ip6_of(n);

	ip6->ask_id = true;
	ip6->reminded = false;
	memset(ip6->suggested, 0, sizeof(ip6->suggested));
}

static void request(struct neg *n)
{
	memset(ip6_of(n)->peer_id, 0, IP6_ID_LEN);
}

static void send_packet(struct neg *n, const uint8_t *pkt, size_t len)
{
	ppp_send(ip6_of(n)->ppp, PPP_PROTO_IPV6CP, pkt, len);
}

static void changed(struct neg *n)
{
	ppp_net_changed(ip6_of(n)->ppp);
}

static void tlf(struct neg *n)
{
	ppp_net_finished(ip6_of(n)->ppp, n);
}

static const struct neg_ops ipv6cp_ops = {
	.name = "IPV6CP",
	.options = options,
	.n_options = ARRAY_SIZE(options),
	.send = send_packet,
	.begin = begin,
	.request = request,
	.tlu = changed,
	.tld = changed,
	.tlf = tlf,
};

int ipv6cp_init(struct ipv6cp *ip6, struct ppp *ppp)
{
	ip6->ppp = ppp;
	memcpy(ip6->id, ppp->cfg.ip6_id, IP6_ID_LEN);
	if (same(ip6->id, zero))
		choose(ip6->id, zero);
	return neg_init(&ip6->neg, ppp, ppp->cfg.name, &ipv6cp_ops, &ppp->neg_cfg, ip6);
}

void ipv6cp_exit(struct ipv6cp *ip6)
{
	neg_exit(&ip6->neg);
}
