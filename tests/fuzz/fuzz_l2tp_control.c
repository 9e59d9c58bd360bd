/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * Control messages into a live peer. The input is a row of records: one octet of what to do, one of
 * length, and so many octets of message body. The header is made to fit a tunnel that lives, or the
 * octets are the message as they are.
 */

#include <stdlib.h>
#include <string.h>

#include <osmocom/core/application.h>
#include <osmocom/core/timer.h>

#include "core/log.h"
#include "l2tp/l2tp.h"
#include "l2tp/message.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct l2tp_session *last;
static struct l2tp_tunnel_info info;
static struct l2tp_session_show ses;
static struct l2tp_tunnel *tunnel;

static void tunnel_up(void *priv, struct l2tp_tunnel *t)
{
	(void)priv;
	(void)t;
}

static void tunnel_down(void *priv, struct l2tp_tunnel *t, const struct l2tp_result *why)
{
	(void)priv;
	(void)t;
	if (strnlen(why->text, sizeof(why->text)) == sizeof(why->text))
		abort();
}

static bool call_in(void *priv, struct l2tp_session *t)
{
	(void)priv;
	(void)t;
	return true;
}

static void session_up(void *priv, struct l2tp_session *s)
{
	(void)priv;
	last = s;
}

static void session_down(void *priv, struct l2tp_session *s, const struct l2tp_result *why)
{
	(void)priv;
	(void)why;
	if (last == s)
		last = NULL;
}

static const struct l2tp_ops ops = { .tunnel_up = tunnel_up,
				     .tunnel_down = tunnel_down,
				     .call_in = call_in,
				     .call_answered = call_in,
				     .session_up = session_up,
				     .session_down = session_down };

static int carrier_send(struct l2tp_carrier *c, const uint8_t *msg, size_t len)
{
	struct rd r = rd_init(msg, len), body;
	struct l2tp_ctl_hdr h;

	(void)c;
	if (l2tp_ctl_hdr_read(&r, &h, &body))
		abort();
	return 0;
}

static const struct l2tp_carrier_ops carrier_ops = { carrier_send };

static void keep_session(void *priv, struct l2tp_session *s, const struct l2tp_session_show *show)
{
	(void)priv;
	(void)s;
	ses = *show;
}

static void keep_tunnel(void *priv, struct l2tp_tunnel *t, const struct l2tp_tunnel_info *i)
{
	(void)priv;
	info = *i;
	tunnel = t;
	l2tp_each_session(t, keep_session, NULL);
}

static void message(struct l2tp_peer *peer, uint8_t what, struct rd body)
{
	uint8_t buf[12 + 255], *copy;
	struct wr w = wr_init(buf, sizeof(buf));
	const struct l2tp_ctl_hdr h = {
		.tunnel = what & 4 ? 0 : info.local_id,
		.session = what & 8 ? ses.info.local_session : 0,
		.ns = what & 4 ? 0 : info.nr,
		.nr = what & 4 ? 0 : info.ns,
	};

	if (!(what & 16))
		l2tp_ctl_hdr_write(&w, &h, body.left);
	wr_bytes(&w, body.p, body.left);
	copy = malloc(w.len + 1);
	memcpy(copy, buf, w.len);
	l2tp_peer_rx(peer, copy, w.len);
	free(copy);
}

static void step(struct l2tp *l2tp, struct l2tp_peer *peer, uint8_t what, struct rd body)
{
	static const struct l2tp_result why = { 1, 0, "fuzz" };
	struct l2tp_session *s;

	memset(&info, 0, sizeof(info));
	memset(&ses, 0, sizeof(ses));
	tunnel = NULL;
	l2tp_each_tunnel(l2tp, keep_tunnel, NULL);
	switch (what & 3) {
	case 0:
		if (what & 128)
			l2tp_call(peer, NULL, &s);
		else if (last)
			l2tp_session_close(last, &why);
		break;
	case 1:
		if (what & 128 && tunnel)
			l2tp_tunnel_close(tunnel, &why);
		else
			l2tp_peer_carrier_state(peer, what & 64);
		break;
	default:
		message(peer, what, body);
	}
	osmo_timers_prepare();
	osmo_timers_update();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct l2tp_carrier carrier = { &carrier_ops, "fuzz", 1, 1500, NULL };
	static bool ready;
	struct rd r = rd_init(data, size);
	struct l2tp_peer_cfg cfg;
	struct l2tp_peer *peer;
	struct l2tp *l2tp;

	if (!ready) {
		osmo_init_logging2(NULL, &vcgw_log_info);
		log_set_log_level(osmo_stderr_target, LOGL_FATAL);
		ready = true;
	}
	last = NULL;
	l2tp_peer_cfg_init(&cfg);
	strcpy(cfg.host_name, "fuzz");
	cfg.accept = true;
	if (rd_u8(&r) & 1) {
		cfg.secret = (const uint8_t *)"secret";
		cfg.secret_len = 6;
	}
	if (l2tp_new(&l2tp, &ops, NULL) || l2tp_peer_new(&peer, l2tp, &cfg, &carrier, NULL))
		abort();
	l2tp_peer_carrier_state(peer, true);
	for (int i = 0; i < 64 && r.left; i++) {
		uint8_t what = rd_u8(&r);
		uint8_t len = rd_u8(&r);

		step(l2tp, peer, what, rd_sub(&r, len < r.left ? len : r.left));
	}
	l2tp_free(l2tp);
	return 0;
}
