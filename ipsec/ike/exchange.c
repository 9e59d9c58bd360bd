/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * Sending, sending again, and recognising what came before (RFC 2408 5.1). The side that waits for
 * an answer repeats its message with doubling intervals; the other repeats its answer only when it
 * sees the question again.
 */

#include <errno.h>

#include <talloc.h>

#include "ipsec/ike/ike_internal.h"

void ike_digest(uint8_t out[32], const uint8_t *p, size_t len)
{
	struct ike_iov v = { p, len };

	if (ike_hash_iov(ike_hash_by_id(IKE_HASH_SHA2_256), &v, 1, out) < 0)
		memset(out, 0, 32);
}

void ike_out_once(struct ike_peer *peer, const struct ipsec_at *at, const uint8_t *msg, size_t len)
{
	int rc;

	if (!peer->path_up)
		return;
	rc = peer->path->ops->send_ike(peer->path, at, msg, len);
	if (rc == 0)
		ike_peer_count(peer, IKE_CTR_TX);
	else if (rc == -EMSGSIZE && ike_hint_ok(peer))
		LOGPEER(peer, LOGL_ERROR,
			"an IKE message of %zu octets does not fit the path's %u: fewer or smaller "
			"certificates (ECDSA), or a larger MTU\n",
			len, peer->path->mtu);
}

int ike_out_finish(struct ike_peer *peer, struct ike_build *b, enum ike_step step,
		   const struct ike_keys *keys, uint8_t *iv)
{
	const struct ike_rule *rule = &ike_rules[step];
	struct ike_payloads pls;
	const char *why = "too long";
	uint8_t type = 0;
	int len = ike_build_end(b);

	if (len >= 0 && (ike_payloads_decode(&pls, b->w.buf[16], b->w.buf + IKE_HDR_LEN,
					     (size_t)len - IKE_HDR_LEN, false) < 0 ||
			 ike_rule_check(rule, &pls, &why, &type) < 0))
		len = -EPROTO;
	if (len >= 0 && rule->encrypted)
		len = ike_msg_seal(b->w.buf, (size_t)len, b->w.size, keys, iv);
	if (len < 0)
		LOGPEER(peer, LOGL_ERROR, "cannot make %s: %s: %s\n", rule->name,
			ike_payload_name(type), why);
	return len;
}

static void send_again(struct ike_exchange *x)
{
	x->sent_ms = ike_now_ms();
	ike_out_once(x->peer, x->at, x->tx, x->tx_len);
}

static void timer_cb(void *data)
{
	struct ike_exchange *x = data;
	uint64_t ms;

	if (x->tries >= x->peer->profile.retransmit_tries) {
		x->expect = false;
		x->gave_up(x);
		return;
	}
	x->tries++;
	ike_peer_count(x->peer, IKE_CTR_RETRANSMIT);
	send_again(x);
	ms = (uint64_t)x->peer->profile.retransmit_ms << (x->tries < 16 ? x->tries : 16);
	ike_timer_ms(&x->timer, ms < IKE_RETRANSMIT_MAX_MS ? ms : IKE_RETRANSMIT_MAX_MS);
}

void ike_exchange_init(struct ike_exchange *x, struct ike_peer *peer, const struct ipsec_at *at,
		       void (*gave_up)(struct ike_exchange *x))
{
	*x = (struct ike_exchange){
		.peer = peer, .at = at, .gave_up = gave_up, .frozen = !peer->path_up
	};
	osmo_timer_setup(&x->timer, timer_cb, x);
}

void ike_exchange_send(struct ike_exchange *x, const uint8_t *msg, size_t len, bool expect)
{
	TALLOC_FREE(x->tx);
	x->tx = talloc_memdup(x->peer, msg, len);
	x->tx_len = x->tx ? len : 0;
	x->expect = expect && x->tx;
	x->tries = 0;
	x->sent_ms = ike_now_ms();
	ike_out_once(x->peer, x->at, msg, len);
	if (x->expect && !x->frozen)
		ike_timer_ms(&x->timer, x->peer->profile.retransmit_ms);
}

bool ike_exchange_duplicate(struct ike_exchange *x, const struct ike_msg *m)
{
	uint8_t digest[32];

	if (!x->rx_seen)
		return false;
	ike_digest(digest, m->wire, m->wire_len);
	if (memcmp(digest, x->rx_digest, sizeof(digest)) != 0)
		return false;
	ike_peer_count(x->peer, IKE_CTR_RX_DUPLICATE);
	/* A peer that repeats itself waits in between. A path that doubles does not: answering each
	 * copy would double the next message again, and so on. */
	if (x->tx && ike_now_ms() - x->sent_ms >= x->peer->profile.retransmit_ms / 4) {
		ike_peer_count(x->peer, IKE_CTR_RETRANSMIT);
		send_again(x);
	}
	return true;
}

void ike_exchange_accept(struct ike_exchange *x, const struct ike_msg *m)
{
	osmo_timer_del(&x->timer);
	x->expect = false;
	TALLOC_FREE(x->tx);
	x->tx_len = 0;
	x->rx_seen = true;
	ike_digest(x->rx_digest, m->wire, m->wire_len);
}

void ike_exchange_freeze(struct ike_exchange *x, bool frozen)
{
	if (x->frozen == frozen)
		return;
	x->frozen = frozen;
	if (frozen) {
		osmo_timer_del(&x->timer);
	} else if (x->expect) {
		send_again(x);
		ike_timer_ms(&x->timer, x->peer->profile.retransmit_ms);
	}
}

void ike_exchange_stop(struct ike_exchange *x)
{
	osmo_timer_del(&x->timer);
	x->expect = false;
	TALLOC_FREE(x->tx);
	x->tx_len = 0;
}
