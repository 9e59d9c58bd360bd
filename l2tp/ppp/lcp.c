/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "l2tp/ppp/lcp.h"

#include <errno.h>
#include <string.h>

#include <osmocom/core/utils.h>

#include "core/log.h"
#include "l2tp/ppp/ppp_internal.h"

enum lcp_code { /* RFC 1661 5.7-5.9, RFC 1570 2 */
		LCP_PROTOCOL_REJECT = 8,
		LCP_ECHO_REQUEST,
		LCP_ECHO_REPLY,
		LCP_DISCARD,
		LCP_IDENTIFICATION,
		LCP_TIME_REMAINING,
};

enum { CHAP_MD5 = 5 }; /* RFC 1994 3 */

/* ---- MRU (6.1) ---- */

static struct lcp *lcp_of(struct neg *n)
{
	return n->priv;
}

static bool ask_mru(struct neg *n, struct wr *w)
{
	const struct lcp *lcp = lcp_of(n);

	if (!lcp->ask_mru)
		return false;
	wr_u16(w, lcp->mru);
	return true;
}

/* Any MRU is fine: we send what fits into the smaller of it and our own limit. */
static enum neg_verdict check_mru(struct neg *n, const uint8_t *data, size_t len, struct wr *nak)
{
	struct rd r = rd_init(data, data ? len : 0);
	uint16_t mru = rd_u16(&r);

	if (!data) {
		wr_u16(nak, PPP_MRU_DEFAULT);
		return NEG_NAK;
	}
	if (mru < LCP_MRU_MIN) {
		wr_u16(nak, LCP_MRU_MIN);
		return NEG_NAK;
	}
	lcp_of(n)->peer_mru = mru;
	return NEG_ACK;
}

/* A smaller one costs nothing. A larger one would not fit under us: we keep asking ours until
 * the peer takes it or rejects the option. */
static void nak_mru(struct neg *n, const uint8_t *data, size_t len)
{
	struct lcp *lcp = lcp_of(n);
	struct rd r = rd_init(data, len);
	uint16_t mru = rd_u16(&r);

	if (lcp->ask_mru && mru >= LCP_MRU_MIN && mru < lcp->mru)
		lcp->mru = mru;
}

static void rej_mru(struct neg *n)
{
	struct lcp *lcp = lcp_of(n);

	lcp->ask_mru = false;
	lcp->mru = PPP_MRU_DEFAULT;
}

/* ---- ACCM (RFC 1662 6, 7.1): synchronous implementations always acknowledge it ---- */

static enum neg_verdict check_accm(struct neg *n, const uint8_t *data, size_t len, struct wr *nak)
{
	(void)n;
	(void)len;
	if (data)
		return NEG_ACK;
	wr_u32(nak, 0);
	return NEG_NAK;
}

/* ---- authentication (6.2): the one who asks is the authenticator ---- */

static void write_auth(struct wr *w, enum ppp_auth auth)
{
	if (auth == PPP_AUTH_PAP) {
		wr_u16(w, PPP_PROTO_PAP);
		return;
	}
	wr_u16(w, PPP_PROTO_CHAP);
	wr_u8(w, CHAP_MD5);
}

/* \returns PPP_AUTH_NONE for what we do not know. */
static enum ppp_auth read_auth(const uint8_t *data, size_t len)
{
	struct rd r = rd_init(data, len);
	uint16_t proto = rd_u16(&r);

	if (proto == PPP_PROTO_PAP && rd_done(&r))
		return PPP_AUTH_PAP;
	if (proto == PPP_PROTO_CHAP && rd_u8(&r) == CHAP_MD5 && rd_done(&r))
		return PPP_AUTH_CHAP_MD5;
	return PPP_AUTH_NONE;
}

static bool ask_auth(struct neg *n, struct wr *w)
{
	const struct lcp *lcp = lcp_of(n);

	if (lcp->ask_auth == PPP_AUTH_NONE)
		return false;
	write_auth(w, lcp->ask_auth);
	return true;
}

static enum neg_verdict check_auth(struct neg *n, const uint8_t *data, size_t len, struct wr *nak)
{
	struct lcp *lcp = lcp_of(n);
	const struct ppp_cfg *cfg = &lcp->ppp->cfg;
	enum ppp_auth auth = data ? read_auth(data, len) : PPP_AUTH_NONE;

	if (!cfg->secret_len || (!cfg->allow_pap && !cfg->allow_chap))
		return NEG_REJ;
	if ((auth == PPP_AUTH_PAP && cfg->allow_pap) ||
	    (auth == PPP_AUTH_CHAP_MD5 && cfg->allow_chap)) {
		lcp->peer_auth = auth;
		return NEG_ACK;
	}
	write_auth(nak, cfg->allow_chap ? PPP_AUTH_CHAP_MD5 : PPP_AUTH_PAP);
	return NEG_NAK;
}

/* From PAP to CHAP we go along, it is the stronger; never the other way. */
static void nak_auth(struct neg *n, const uint8_t *data, size_t len)
{
	struct lcp *lcp = lcp_of(n);

	if (lcp->ask_auth == PPP_AUTH_PAP && read_auth(data, len) == PPP_AUTH_CHAP_MD5)
		lcp->ask_auth = PPP_AUTH_CHAP_MD5;
	else if (lcp->ask_auth != PPP_AUTH_NONE && ++lcp->auth_naks >= n->cfg.max_failure)
		neg_fail(n, "peer refuses the authentication protocol");
}

static void rej_auth(struct neg *n)
{
	neg_fail(n, "peer refuses to authenticate");
}

/* ---- magic number (6.4) ---- */

static bool ask_magic(struct neg *n, struct wr *w)
{
	const struct lcp *lcp = lcp_of(n);

	if (!lcp->ask_magic)
		return false;
	wr_u32(w, lcp->magic);
	return true;
}

/* Never 0, which means none, and never the one to avoid. */
static uint32_t new_magic(uint32_t avoid)
{
	uint32_t magic;

	do
		ppp_random(&magic, sizeof(magic));
	while (magic == 0 || magic == avoid);
	return magic;
}

static enum neg_verdict check_magic(struct neg *n, const uint8_t *data, size_t len, struct wr *nak)
{
	struct lcp *lcp = lcp_of(n);
	struct rd r = rd_init(data, data ? len : 0);
	uint32_t magic = rd_u32(&r);

	if (data && magic != 0 && (!lcp->ask_magic || magic != lcp->magic)) {
		lcp->loops = 0;
		lcp->peer_magic = magic;
		return NEG_ACK;
	}
	if (data && magic != 0 && ++lcp->loops >= n->cfg.max_failure)
		neg_fail(n, "the link is looped back");
	lcp->naked_magic = new_magic(lcp->magic);
	wr_u32(nak, lcp->naked_magic);
	return NEG_NAK;
}

/* Equal to what we suggested ourselves: perhaps our own Nak coming back; choose anew. */
static void nak_magic(struct neg *n, const uint8_t *data, size_t len)
{
	struct lcp *lcp = lcp_of(n);
	struct rd r = rd_init(data, len);
	uint32_t magic = rd_u32(&r);

	if (!lcp->ask_magic)
		return;
	if (magic == 0 || magic == lcp->naked_magic)
		magic = new_magic(lcp->magic);
	lcp->magic = magic;
}

static void rej_magic(struct neg *n)
{
	struct lcp *lcp = lcp_of(n);

	lcp->ask_magic = false;
	lcp->magic = 0;
}

/* ---- PFC and ACFC (6.5, 6.6): what the peer can receive; we send uncompressed anyway ---- */

static enum neg_verdict check_flag(struct neg *n, const uint8_t *data, size_t len, struct wr *nak)
{
	(void)n;
	(void)len;
	(void)nak;
	return data ? NEG_ACK : NEG_NAK;
}

/* Everything else (quality, callback, MRRU, ...) is rejected. */
static const struct neg_option options[] = {
	{ .type = 1,
	  .min = 2,
	  .max = 2,
	  .ask = ask_mru,
	  .check = check_mru,
	  .nak = nak_mru,
	  .rej = rej_mru },
	{ .type = 2, .min = 4, .max = 4, .check = check_accm },
	{ .type = 3,
	  .min = 2,
	  .max = 253,
	  .ask = ask_auth,
	  .check = check_auth,
	  .nak = nak_auth,
	  .rej = rej_auth },
	{ .type = 5,
	  .min = 4,
	  .max = 4,
	  .ask = ask_magic,
	  .check = check_magic,
	  .nak = nak_magic,
	  .rej = rej_magic },
	{ .type = 7, .min = 0, .max = 0, .check = check_flag },
	{ .type = 8, .min = 0, .max = 0, .check = check_flag },
};

static void begin(struct neg *n)
{
	struct lcp *lcp = lcp_of(n);
	const struct ppp_cfg *cfg = &lcp->ppp->cfg;

	lcp->mru = OSMO_MIN(cfg->mru, cfg->mtu_limit);
	lcp->ask_mru = lcp->mru != PPP_MRU_DEFAULT;
	lcp->ask_magic = true;
	lcp->magic = new_magic(lcp->magic);
	lcp->ask_auth = cfg->auth;
	lcp->auth_naks = 0;
	lcp->naked_magic = 0;
}

static void request(struct neg *n)
{
	struct lcp *lcp = lcp_of(n);

	lcp->peer_mru = PPP_MRU_DEFAULT;
	lcp->peer_magic = 0;
	lcp->peer_auth = PPP_AUTH_NONE;
}

uint16_t lcp_tx_limit(const struct lcp *lcp)
{
	return OSMO_MIN(lcp->peer_mru, lcp->ppp->cfg.mtu_limit);
}

/* ---- codes above Code-Reject ---- */

/* The Magic-Number at the head of an echo. Ours coming back is a loop, no sign of life (6.4). */
static bool magic_is_peers(struct lcp *lcp, const struct neg_pkt *pkt)
{
	struct rd r = rd_init(pkt->data, pkt->len);
	uint32_t magic = rd_u32(&r);

	if (r.err)
		return false;
	if (magic != 0 && magic == lcp->magic) {
		ppp_complain(lcp->ppp, "our own magic number came back: looped?");
		return false;
	}
	return magic == 0 || magic == lcp->peer_magic;
}

static void ser(struct neg *n, const struct neg_pkt *pkt)
{
	struct lcp *lcp = lcp_of(n);
	uint8_t buf[NEG_PKT_MAX];
	struct wr w = wr_init(buf, sizeof(buf));

	if (pkt->code != LCP_ECHO_REQUEST)
		return;
	wr_u32(&w, lcp->magic);
	wr_bytes(&w, pkt->data + 4, pkt->len - 4); /* code() saw the magic number */
	neg_send(n, LCP_ECHO_REPLY, pkt->id, buf, w.len);
}

/* Only the Opened state looks at them; in the others RXR changes nothing (4.1). */
static int code(struct neg *n, const struct neg_pkt *pkt)
{
	struct lcp *lcp = lcp_of(n);

	switch (pkt->code) {
	case LCP_PROTOCOL_REJECT:
		if (!neg_opened(n))
			return -EPROTO; /* (5.7) */
		if (pkt->len < 2)
			return -EBADMSG;
		return ppp_protocol_rejected(lcp->ppp,
					     (uint16_t)(pkt->data[0] << 8 | pkt->data[1]));
	case LCP_ECHO_REQUEST:
	case LCP_ECHO_REPLY:
		if (neg_opened(n) && !magic_is_peers(lcp, pkt))
			return -EBADMSG;
		if (neg_opened(n) && pkt->code == LCP_ECHO_REPLY) {
			lcp->echo_rx++;
			lcp->echo_pending = 0;
		}
		return NEG_EV_RXR;
	case LCP_DISCARD:
	case LCP_IDENTIFICATION:
	case LCP_TIME_REMAINING:
		return NEG_EV_RXR;
	default:
		return NEG_UNKNOWN;
	}
}

static void code_rejected(struct neg *n, uint8_t rejected)
{
	struct lcp *lcp = lcp_of(n);

	if (rejected == LCP_ECHO_REQUEST) {
		LOGP(DPPP, LOGL_NOTICE, "%s: peer rejects Echo-Request: no keep-alive\n",
		     lcp->ppp->cfg.name);
		lcp->echo_refused = true;
		lcp_echo_stop(lcp);
	} else if (rejected == LCP_PROTOCOL_REJECT) {
		lcp->reject_refused = true;
	}
}

bool lcp_protocol_reject(struct lcp *lcp, const uint8_t *frame, size_t len)
{
	if (lcp->reject_refused)
		return false;
	neg_send(&lcp->neg, LCP_PROTOCOL_REJECT, ++lcp->neg.id, frame, len);
	return true;
}

/* ---- keep-alive ---- */

static void echo_due(void *data)
{
	struct lcp *lcp = data;
	const struct ppp_cfg *cfg = &lcp->ppp->cfg;
	uint8_t magic[4];

	if (cfg->echo_failures && lcp->echo_pending >= cfg->echo_failures) {
		ppp_close(lcp->ppp, "no answer to Echo-Request");
		return;
	}
	put_u32(magic, lcp->magic);
	lcp->echo_pending++;
	lcp->echo_tx++;
	osmo_timer_schedule(&lcp->echo, cfg->echo_interval, 0);
	neg_send(&lcp->neg, LCP_ECHO_REQUEST, ++lcp->echo_id, magic, sizeof(magic));
}

void lcp_echo_start(struct lcp *lcp)
{
	uint16_t interval = lcp->ppp->cfg.echo_interval;

	lcp->echo_pending = 0;
	if (interval && !lcp->echo_refused)
		osmo_timer_schedule(&lcp->echo, interval, 0);
}

void lcp_echo_stop(struct lcp *lcp)
{
	osmo_timer_del(&lcp->echo);
}

/* ---- the layer ---- */

static void send_packet(struct neg *n, const uint8_t *pkt, size_t len)
{
	ppp_send(lcp_of(n)->ppp, PPP_PROTO_LCP, pkt, len);
}

static void tlu(struct neg *n)
{
	ppp_lcp_up(lcp_of(n)->ppp);
}

static void tld(struct neg *n)
{
	ppp_lcp_down(lcp_of(n)->ppp);
}

static void tlf(struct neg *n)
{
	ppp_lcp_finished(lcp_of(n)->ppp);
}

static const struct neg_ops lcp_ops = {
	.name = "LCP",
	.options = options,
	.n_options = ARRAY_SIZE(options),
	.send = send_packet,
	.begin = begin,
	.request = request,
	.code = code,
	.ser = ser,
	.code_rejected = code_rejected,
	.tlu = tlu,
	.tld = tld,
	.tlf = tlf,
};

int lcp_init(struct lcp *lcp, struct ppp *ppp)
{
	lcp->ppp = ppp;
	lcp->peer_mru = PPP_MRU_DEFAULT;
	osmo_timer_setup(&lcp->echo, echo_due, lcp);
	return neg_init(&lcp->neg, ppp, ppp->cfg.name, &lcp_ops, &ppp->neg_cfg, lcp);
}

void lcp_exit(struct lcp *lcp)
{
	osmo_timer_del(&lcp->echo);
	neg_exit(&lcp->neg);
}
