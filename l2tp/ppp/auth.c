/* SPDX-License-Identifier: GPL-2.0-or-later */

/* The two sides of authentication: who has to do what, until when, and how it ended. */

#include "l2tp/ppp/auth.h"

#include <errno.h>
#include <string.h>

#include <openssl/crypto.h>

#include <osmocom/core/utils.h>

#include "core/cursor.h"
#include "core/log.h"
#include "l2tp/ppp/ppp_internal.h"

enum { AUTH_HEADER = 4, AUTH_PKT_MAX = 1024 };

int auth_decode(struct auth_pkt *pkt, const uint8_t *buf, size_t len)
{
	struct rd r = rd_init(buf, len);
	uint16_t length;

	pkt->code = rd_u8(&r);
	pkt->id = rd_u8(&r);
	length = rd_u16(&r);
	if (r.err || length < AUTH_HEADER || length > len)
		return -EBADMSG;
	pkt->len = length - AUTH_HEADER;
	pkt->data = rd_bytes(&r, pkt->len);
	return 0;
}

void auth_send(struct auth *a, uint16_t proto, uint8_t code, uint8_t id, const void *data,
	       size_t len)
{
	uint8_t buf[AUTH_PKT_MAX];
	struct wr w = wr_init(buf, sizeof(buf));

	wr_u8(&w, code);
	wr_u8(&w, id);
	wr_u16(&w, (uint16_t)(AUTH_HEADER + len));
	wr_bytes(&w, data, len);
	OSMO_ASSERT(!w.err);
	ppp_send(a->ppp, proto, buf, w.len);
	OPENSSL_cleanse(buf, sizeof(buf)); /* a PAP password may have been in it */
}

bool auth_secret(struct auth *a, const uint8_t *name, size_t len, char *user, uint8_t *secret,
		 size_t *secret_len)
{
	const struct ppp_ops *ops = a->ppp->ops;
	bool possible = len > 0 && len < PPP_NAME_MAX && !memchr(name, 0, len);
	int rc;

	memset(user, 0, PPP_NAME_MAX);
	memcpy(user, possible ? (const char *)name : "?", possible ? len : 1);
	rc = ops->secret ? ops->secret(a->ppp->priv, user, secret, PPP_SECRET_MAX) : -ENOENT;
	if (possible && rc > 0 && rc <= PPP_SECRET_MAX) {
		*secret_len = (size_t)rc;
		return true;
	}
	*secret_len = AUTH_DIGEST;
	ppp_random(secret, *secret_len);
	return false;
}

static void settled(struct auth *a)
{
	bool peer_ok = a->peer.method == PPP_AUTH_NONE || a->peer.fate == AUTH_DONE;
	bool us_ok = a->us.method == PPP_AUTH_NONE || a->us.fate == AUTH_DONE;

	if (peer_ok && us_ok)
		ppp_authenticated(a->ppp);
}

void auth_settle(struct auth *a, struct auth_side *side, bool ok)
{
	osmo_timer_del(&side->timer);
	side->fate = ok ? AUTH_DONE : AUTH_FAILED;
	if (ok)
		settled(a);
	else
		ppp_close(a->ppp, side == &a->peer ? "authentication of the peer failed"
						   : "peer refused our authentication");
}

static void peer_due(void *data)
{
	struct auth *a = data;

	if (a->peer.tries >= AUTH_TRIES) {
		a->peer.fate = AUTH_FAILED;
		ppp_close(a->ppp, "peer does not authenticate itself");
		return;
	}
	a->peer.tries++;
	osmo_timer_schedule(&a->peer.timer, a->ppp->cfg.restart, 0);
	if (a->peer.method == PPP_AUTH_CHAP_MD5)
		auth_chap_challenge(a); /* PAP: the peer speaks first */
}

static void us_due(void *data)
{
	struct auth *a = data;

	if (a->us.tries >= AUTH_TRIES) {
		a->us.fate = AUTH_FAILED;
		ppp_close(a->ppp, "peer does not answer our authentication");
		return;
	}
	a->us.tries++;
	osmo_timer_schedule(&a->us.timer, a->ppp->cfg.restart, 0);
	if (a->us.method == PPP_AUTH_PAP)
		auth_pap_request(a);
	else if (a->us.answered
			 [a->us.id]) /* CHAP: the peer speaks first; "the Success might be lost" */
		auth_chap_respond(a);
}

void auth_init(struct auth *a, struct ppp *ppp)
{
	a->ppp = ppp;
	osmo_timer_setup(&a->peer.timer, peer_due, a);
	osmo_timer_setup(&a->us.timer, us_due, a);
}

void auth_exit(struct auth *a)
{
	auth_stop(a);
}

void auth_start(struct auth *a, enum ppp_auth peer, enum ppp_auth us)
{
	a->peer.method = peer;
	a->us.method = us;
	a->peer.fate = peer == PPP_AUTH_NONE ? AUTH_IDLE : AUTH_WAITING;
	a->us.fate = us == PPP_AUTH_NONE ? AUTH_IDLE : AUTH_WAITING;
	a->peer.tries = a->us.tries = 0;
	memset(a->us.answered, 0, sizeof(a->us.answered));
	if (peer != PPP_AUTH_NONE)
		peer_due(a);
	if (us != PPP_AUTH_NONE)
		us_due(a);
	settled(a);
}

void auth_stop(struct auth *a)
{
	osmo_timer_del(&a->peer.timer);
	osmo_timer_del(&a->us.timer);
	a->peer.fate = a->us.fate = AUTH_IDLE;
	a->peer.method = a->us.method = PPP_AUTH_NONE;
	a->peer_name[0] = '\0';
	OPENSSL_cleanse(a->challenge, sizeof(a->challenge));
	OPENSSL_cleanse(a->response, sizeof(a->response));
}
