/* SPDX-License-Identifier: GPL-2.0-or-later */

/* PAP, RFC 1334 2. */

#include <errno.h>
#include <string.h>

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <osmocom/core/utils.h>

#include "core/cursor.h"
#include "core/log.h"
#include "l2tp/ppp/auth.h"
#include "l2tp/ppp/ppp_internal.h"

enum pap_code {
	PAP_REQUEST = 1,
	PAP_ACK,
	PAP_NAK,
};

enum { SHA256_LEN = 32 };

void auth_pap_request(struct auth *a)
{
	const struct ppp_cfg *cfg = &a->ppp->cfg;
	uint8_t buf[2 + PPP_NAME_MAX + PPP_SECRET_MAX];
	struct wr w = wr_init(buf, sizeof(buf));
	size_t user_len = strnlen(cfg->user, sizeof(cfg->user));

	wr_u8(&w, (uint8_t)user_len);
	wr_bytes(&w, cfg->user, user_len);
	wr_u8(&w, (uint8_t)cfg->secret_len);
	wr_bytes(&w, cfg->secret, cfg->secret_len);
	auth_send(a, PPP_PROTO_PAP, PAP_REQUEST, ++a->us.id, buf, w.len);
	OPENSSL_cleanse(buf, sizeof(buf));
}

/* Passwords of any lengths, in a time that tells nothing about the right one: of digests. */
static bool same_password(const uint8_t *p, size_t p_len, const uint8_t *q, size_t q_len)
{
	uint8_t d1[SHA256_LEN] = { 0 }, d2[SHA256_LEN] = { 0 };
	bool same = EVP_Digest(p, p_len, d1, NULL, EVP_sha256(), NULL) == 1 &&
		    EVP_Digest(q, q_len, d2, NULL, EVP_sha256(), NULL) == 1 &&
		    CRYPTO_memcmp(d1, d2, sizeof(d1)) == 0;

	OPENSSL_cleanse(d1, sizeof(d1));
	OPENSSL_cleanse(d2, sizeof(d2));
	return same;
}

static void verdict(struct auth *a, uint8_t id, bool ok)
{
	static const char welcome[] = "Welcome", sorry[] = "Authentication failed";
	const char *text = ok ? welcome : sorry;
	uint8_t buf[1 + sizeof(sorry)];
	size_t n = strlen(text);

	buf[0] = (uint8_t)n;
	memcpy(buf + 1, text, n);
	auth_send(a, PPP_PROTO_PAP, ok ? PAP_ACK : PAP_NAK, id, buf, 1 + n);
}

static int rx_request(struct auth *a, const struct auth_pkt *pkt)
{
	struct rd r = rd_init(pkt->data, pkt->len);
	uint8_t secret[PPP_SECRET_MAX];
	char user[PPP_NAME_MAX];
	size_t secret_len;
	struct rd name, password;
	bool known, ok;

	name = rd_sub(&r, rd_u8(&r));
	password = rd_sub(&r, rd_u8(&r));
	if (r.err)
		return -EBADMSG;
	if (a->peer.method != PPP_AUTH_PAP || a->peer.fate == AUTH_IDLE)
		return -EPROTO;
	/* Our answer was lost: the same again, whatever it says now (2.2.1). */
	if (a->peer.fate != AUTH_WAITING) {
		verdict(a, pkt->id, a->peer.fate == AUTH_DONE);
		return 0;
	}
	known = auth_secret(a, name.p, name.left, user, secret, &secret_len);
	ok = same_password(password.p, password.left, secret, secret_len) && known;
	OPENSSL_cleanse(secret, sizeof(secret));
	LOGP(DPPP, LOGL_NOTICE, "%s: PAP: peer %s %s\n", a->ppp->cfg.name,
	     osmo_quote_str((const char *)name.p, (int)name.left),
	     ok ? "authenticated" : "refused");
	if (ok)
		OSMO_STRLCPY_ARRAY(a->peer_name, user);
	verdict(a, pkt->id, ok);
	auth_settle(a, &a->peer, ok);
	return 0;
}

static int rx_answer(struct auth *a, const struct auth_pkt *pkt)
{
	/* A Message field shorter than it says is of no interest; RFC 1334 peers omit it, too. */
	if (a->us.method != PPP_AUTH_PAP || a->us.fate != AUTH_WAITING || pkt->id != a->us.id)
		return -EPROTO;
	auth_settle(a, &a->us, pkt->code == PAP_ACK);
	return 0;
}

int auth_pap_rx(struct auth *a, const uint8_t *buf, size_t len)
{
	struct auth_pkt pkt;

	if (auth_decode(&pkt, buf, len) < 0)
		return -EBADMSG;
	switch (pkt.code) {
	case PAP_REQUEST:
		return rx_request(a, &pkt);
	case PAP_ACK:
	case PAP_NAK:
		return rx_answer(a, &pkt);
	default:
		return -EBADMSG;
	}
}
