/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * Frames into a live PPP link. The first octet says who we are and how far the link has come; then
 * frames follow, each behind a length octet.
 */

#include <errno.h>
#include <stdint.h>
#include <string.h>

#include <osmocom/core/application.h>

#include "core/log.h"
#include "l2tp/ppp/ppp_internal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { AS_LNS = 1, WITH_PAP = 2, WITH_CHAP = 4, OPEN_LCP = 8, AUTHENTICATED = 16 };

static uint8_t request[64]; /* our last LCP Configure-Request */
static size_t request_len;

static void take(void *priv, const uint8_t *frame, size_t len)
{
	(void)priv;
	if (len > 2 && len <= sizeof(request) && frame[0] == 0xc0 && frame[1] == 0x21 &&
	    frame[2] == NEG_CONF_REQ) {
		memcpy(request, frame, len);
		request_len = len;
	}
}

static int secret(void *priv, const char *user, uint8_t *buf, size_t size)
{
	(void)priv;
	if (strcmp(user, "alice") != 0 || size < 1)
		return -ENOENT;
	buf[0] = 's';
	return 1;
}

static int peer_address(void *priv, const char *user, struct in_addr want, struct in_addr *out)
{
	(void)priv;
	(void)user;
	(void)want;
	out->s_addr = htonl(0xc6336407);
	return 0;
}

static void net(void *priv, const struct ppp_net *n, uint32_t open)
{
	(void)priv;
	(void)n;
	(void)open;
}

static void down(void *priv, const char *why)
{
	(void)priv;
	(void)why;
}

static const struct ppp_ops ops = { take, secret, peer_address, net, down };

static struct ppp *start(uint8_t how)
{
	static const uint8_t peer_request[] = { 0xc0, 0x21, 1, 1, 0, 10, 5, 6, 1, 2, 3, 4 };
	struct ppp_cfg cfg;
	struct ppp *ppp;

	ppp_cfg_init(&cfg);
	cfg.auth = how & WITH_CHAP  ? PPP_AUTH_CHAP_MD5
		   : how & WITH_PAP ? PPP_AUTH_PAP
				    : PPP_AUTH_NONE;
	cfg.allow_pap = cfg.allow_chap = true;
	cfg.secret = (const uint8_t *)"s";
	cfg.secret_len = 1;
	cfg.want_dns = true;
	cfg.local_ip.s_addr = how & AS_LNS ? htonl(0xc0000201) : 0;
	cfg.dns[0].s_addr = htonl(0xc0000235);
	if (ppp_new(&ppp, &cfg, &ops, NULL) < 0)
		return NULL;
	if (how & OPEN_LCP) {
		request[2] = NEG_CONF_ACK;
		ppp_rx(ppp, request, request_len);
		ppp_rx(ppp, peer_request, sizeof(peer_request));
	}
	if ((how & OPEN_LCP) && (how & AUTHENTICATED) && cfg.auth != PPP_AUTH_NONE)
		auth_settle(&ppp->auth, &ppp->auth.peer, true);
	return ppp;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static bool logging;
	struct rd r = rd_init(data, size);
	struct ppp_info info;
	struct ppp *ppp;

	if (!logging)
		log_init(&vcgw_log_info, NULL);
	logging = true;
	ppp = start(rd_u8(&r));
	if (!ppp)
		return 0;
	while (r.left && !r.err) {
		size_t len = rd_u8(&r);
		const uint8_t *frame = rd_bytes(&r, OSMO_MIN(len, r.left));

		if (frame)
			ppp_rx(ppp, frame, (size_t)(r.p - frame));
	}
	ppp_info(ppp, &info);
	ppp_free(ppp);
	return 0;
}
