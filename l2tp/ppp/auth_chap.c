/* SPDX-License-Identifier: GPL-2.0-or-later */

/* CHAP with MD5, RFC 1994. */

#include <errno.h>
#include <string.h>

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <osmocom/core/utils.h>

#include "core/cursor.h"
#include "core/log.h"
#include "l2tp/ppp/auth.h"
#include "l2tp/ppp/ppp_internal.h"

enum chap_code {
	CHAP_CHALLENGE = 1,
	CHAP_RESPONSE,
	CHAP_SUCCESS,
	CHAP_FAILURE,
};

/* Identifier, secret, challenge (4.1). \returns false when libcrypto has no MD5. */
static bool response_value(uint8_t out[AUTH_DIGEST], uint8_t id, const uint8_t *secret,
			   size_t secret_len, const uint8_t *challenge, size_t challenge_len)
{
	EVP_MD_CTX *md = EVP_MD_CTX_new();
	bool ok = md && EVP_DigestInit_ex(md, EVP_md5(), NULL) == 1 &&
		  EVP_DigestUpdate(md, &id, 1) == 1 &&
		  EVP_DigestUpdate(md, secret, secret_len) == 1 &&
		  EVP_DigestUpdate(md, challenge, challenge_len) == 1 &&
		  EVP_DigestFinal_ex(md, out, NULL) == 1;

	EVP_MD_CTX_free(md);
	return ok;
}

/* Value-Size, Value, Name: the form of Challenge and Response. */
static void send_value(struct auth *a, uint8_t code, uint8_t id, const uint8_t *value, uint8_t size,
		       const char *name)
{
	uint8_t buf[1 + UINT8_MAX + PPP_NAME_MAX];
	struct wr w = wr_init(buf, sizeof(buf));

	wr_u8(&w, size);
	wr_bytes(&w, value, size);
	wr_bytes(&w, name, strnlen(name, PPP_NAME_MAX));
	auth_send(a, PPP_PROTO_CHAP, code, id, buf, w.len);
}

static int read_value(const struct auth_pkt *pkt, struct rd *value, struct rd *name)
{
	struct rd r = rd_init(pkt->data, pkt->len);

	*value = rd_sub(&r, rd_u8(&r));
	*name = rd_sub(&r, r.left);
	return r.err || value->left == 0 || name->left > AUTH_NAME_MAX ? -EBADMSG : 0;
}

/* Identifier and value change each time a challenge is sent, retransmission or not (4.1). */
void auth_chap_challenge(struct auth *a)
{
	const struct ppp_cfg *cfg = &a->ppp->cfg;

	ppp_random(a->challenge, sizeof(a->challenge));
	a->judged = false;
	send_value(a, CHAP_CHALLENGE, ++a->peer.id, a->challenge, sizeof(a->challenge),
		   cfg->local_name);
}

/* ---- we prove ourselves ---- */

void auth_chap_respond(struct auth *a)
{
	send_value(a, CHAP_RESPONSE, a->us.id, a->response, sizeof(a->response), a->ppp->cfg.user);
}

static int rx_challenge(struct auth *a, const struct auth_pkt *pkt)
{
	const struct ppp_cfg *cfg = &a->ppp->cfg;
	struct rd value, name;

	if (read_value(pkt, &value, &name) < 0)
		return -EBADMSG;
	if (a->us.method != PPP_AUTH_CHAP_MD5 || a->us.fate == AUTH_IDLE ||
	    a->us.fate == AUTH_FAILED)
		return -EPROTO;
	/* Our own challenge coming back would have us compute the answer to it (7). */
	if (a->peer.method == PPP_AUTH_CHAP_MD5 && value.left == sizeof(a->challenge) &&
	    CRYPTO_memcmp(value.p, a->challenge, sizeof(a->challenge)) == 0) {
		ppp_complain(a->ppp, "CHAP: peer reflects our challenge");
		return -EPROTO;
	}
	if (!response_value(a->response, pkt->id, cfg->secret, cfg->secret_len, value.p,
			    value.left)) {
		ppp_complain(a->ppp, "CHAP: MD5 is not available");
		return 0;
	}
	a->us.id = pkt->id;
	a->us.answered[pkt->id] = true;
	auth_chap_respond(a);
	return 0;
}

static int rx_verdict(struct auth *a, const struct auth_pkt *pkt)
{
	/* An old challenge may have come behind the one that this is about. */
	if (a->us.method != PPP_AUTH_CHAP_MD5 || !a->us.answered[pkt->id])
		return -EPROTO;
	/* In the Network phase this is about a later challenge, or a repetition. */
	if (a->us.fate == AUTH_DONE && pkt->code == CHAP_SUCCESS)
		return 0;
	if (a->us.fate != AUTH_WAITING && a->us.fate != AUTH_DONE)
		return -EPROTO;
	auth_settle(a, &a->us, pkt->code == CHAP_SUCCESS);
	return 0;
}

/* ---- the peer proves itself ---- */

static void verdict(struct auth *a, uint8_t id, bool ok)
{
	const char *text = ok ? "Welcome" : "Authentication failed";

	auth_send(a, PPP_PROTO_CHAP, ok ? CHAP_SUCCESS : CHAP_FAILURE, id, text, strlen(text));
}

static bool right_response(struct auth *a, const struct auth_pkt *pkt, const struct rd *value,
			   const struct rd *name, char *user)
{
	uint8_t secret[PPP_SECRET_MAX], digest[AUTH_DIGEST] = { 0 }, given[AUTH_DIGEST] = { 0 };
	size_t secret_len;
	bool ok;

	memcpy(given, value->p, OSMO_MIN(value->left, sizeof(given)));
	ok = auth_secret(a, name->p, name->left, user, secret, &secret_len);
	ok &= response_value(digest, pkt->id, secret, secret_len, a->challenge,
			     sizeof(a->challenge));
	ok &= CRYPTO_memcmp(digest, given, sizeof(digest)) == 0;
	ok &= value->left == sizeof(digest);
	OPENSSL_cleanse(secret, sizeof(secret));
	OPENSSL_cleanse(digest, sizeof(digest));
	return ok;
}

static int rx_response(struct auth *a, const struct auth_pkt *pkt)
{
	char user[PPP_NAME_MAX];
	struct rd value, name;
	bool ok;

	if (read_value(pkt, &value, &name) < 0)
		return -EBADMSG;
	if (a->peer.method != PPP_AUTH_CHAP_MD5 || a->peer.fate == AUTH_IDLE ||
	    pkt->id != a->peer.id)
		return -EPROTO;
	/* "the same reply Code previously returned for that specific Challenge" (4.1) */
	if (a->judged) {
		verdict(a, pkt->id, a->peer.fate == AUTH_DONE);
		return 0;
	}
	if (a->peer.fate != AUTH_WAITING)
		return -EPROTO;
	ok = right_response(a, pkt, &value, &name, user);
	a->judged = true;
	LOGP(DPPP, LOGL_NOTICE, "%s: CHAP: peer %s %s\n", a->ppp->cfg.name,
	     osmo_quote_str((const char *)name.p, (int)name.left),
	     ok ? "authenticated" : "refused");
	if (ok)
		OSMO_STRLCPY_ARRAY(a->peer_name, user);
	verdict(a, pkt->id, ok);
	auth_settle(a, &a->peer, ok);
	return 0;
}

int auth_chap_rx(struct auth *a, const uint8_t *buf, size_t len)
{
	struct auth_pkt pkt;

	if (auth_decode(&pkt, buf, len) < 0)
		return -EBADMSG;
	switch (pkt.code) {
	case CHAP_CHALLENGE:
		return rx_challenge(a, &pkt);
	case CHAP_RESPONSE:
		return rx_response(a, &pkt);
	case CHAP_SUCCESS:
	case CHAP_FAILURE:
		return rx_verdict(a, &pkt);
	default:
		return -EBADMSG;
	}
}
