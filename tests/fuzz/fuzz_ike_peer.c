/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * A sequence of messages into a live peer. The input is a list of records:
 *   octet 0: operation, octets 1-2: length, then that many octets.
 * Operation 0 gives them to the peer as they are; 1 patches them over the message that the honest
 * other end sent last (offset in the first two octets) and gives that; 2 lets the honest messages
 * through; 3 lets time go by; 4 and 5 poke the operator's commands. So every state is reached.
 *
 * 0x10 in the first operation makes the path short: the honest ends send fragments, which operation 1
 * patches. 0x08 has operation 0 make a fragment of the octets, with the negotiation's cookies: number,
 * flags, what is in it. 0x20 has it make a protected message under the IKE SA that is there, authentic:
 * exchange, type of the first payload, message ID (4 octets), payloads.
 */

#include <stdlib.h>

#include <osmocom/core/application.h>
#include <osmocom/core/timer.h>

#include "core/cursor.h"
#include "core/log.h"
#include "ipsec/ike/ike_internal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { QUEUE = 32, MSG_MAX = 4096, LONG_PATH = 1500, SHORT_PATH = 190 };

struct end {
	struct ike *ike;
	struct ike_peer *peer;
	struct ipsec_path path;
	struct end *other;
	uint8_t queue[QUEUE][MSG_MAX]; /* on their way to this end */
	size_t len[QUEUE];
	unsigned int n;
	uint8_t last[MSG_MAX]; /* came last */
	size_t last_len;
};

static struct end ends[2];

static int send_ike(struct ipsec_path *path, const struct ipsec_at *at, const uint8_t *msg,
		    size_t len)
{
	struct end *to = ((struct end *)path->priv)->other;

	(void)at;

	if (len + 8 > path->mtu)
		abort(); /* a circuit has no fragments beneath */
	if (to->n < QUEUE) {
		memcpy(to->queue[to->n], msg, len);
		to->len[to->n++] = len;
	}
	return 0;
}

static uint32_t spi_reserve(void *priv)
{
	static uint32_t spi = 0x1000;

	(void)priv;
	return ++spi;
}

static void spi_release(void *priv, uint32_t spi)
{
	(void)priv, (void)spi;
}

static int sa_add(void *priv, struct ipsec_path *path, const struct sa_params *p)
{
	(void)priv, (void)path, (void)p;
	return 0;
}

static void sa_del(void *priv, struct ipsec_path *path, enum sa_dir dir, uint32_t spi)
{
	(void)priv, (void)path, (void)dir, (void)spi;
}

static uint64_t sa_packets(void *priv, struct ipsec_path *path, enum sa_dir dir, uint32_t spi)
{
	(void)priv, (void)path, (void)dir, (void)spi;
	return 0;
}

static void event_cb(void *priv, struct ike_peer *peer, enum ike_peer_event ev)
{
	(void)priv, (void)peer, (void)ev;
}

static void begin(uint32_t mtu)
{
	static const struct ike_sadb_ops sadb = {
		.spi_reserve = spi_reserve,
		.spi_release = spi_release,
		.add = sa_add,
		.del = sa_del,
		.packets = sa_packets,
	};
	static const struct ipsec_path_ops ops = { .send_ike = send_ike };
	struct ike_profile p;
	struct ike_peer_cfg cfg = { .profile = &p,
				    .local = { .type = IKE_ID_FQDN, .len = 1, .data = "x" },
				    .psk = (const uint8_t *)"key",
				    .psk_len = 3,
				    .next_header = 115 };

	ike_profile_init(&p);
	p.n_p1 = 1; /* ECP-256: the quickest */
	for (int i = 0; i < 2; i++) {
		struct end *e = &ends[i];

		e->other = &ends[!i];
		e->n = 0;
		e->last_len = 0;
		e->path = (struct ipsec_path){ .ops = &ops, .name = "fuzz", .mtu = mtu, .priv = e };
		cfg.initiate = i == 0;
		if (ike_new(&e->ike, 0, &sadb, NULL) < 0 ||
		    ike_peer_new(&e->peer, e->ike, &cfg, &e->path, event_cb, NULL) < 0)
			abort();
		ike_peer_path_state(e->peer, true);
	}
}

static void timers(void)
{
	while (osmo_timers_update() > 0)
		;
}

/* All that waits for an end, or only so much of it. */
static void deliver(struct end *e)
{
	unsigned int n = e->n;
	static uint8_t batch[QUEUE][MSG_MAX];
	size_t len[QUEUE];

	for (unsigned int i = 0; i < n; i++) {
		memcpy(batch[i], e->queue[i], e->len[i]);
		len[i] = e->len[i];
	}
	e->n = 0;
	for (unsigned int i = 0; i < n; i++) {
		memcpy(e->last, batch[i], len[i]);
		e->last_len = len[i];
		ike_peer_rx(e->peer, NULL, batch[i], len[i]);
	}
}

static void patch(struct end *e, struct rd *r)
{
	static uint8_t msg[MSG_MAX];
	size_t at = rd_u16(r) % MSG_MAX, len = e->last_len;

	if (e->n) {
		len = e->len[e->n - 1];
		memcpy(msg, e->queue[e->n - 1], len);
	} else {
		memcpy(msg, e->last, len);
	}
	for (; r->left && at < len; at++)
		msg[at] = rd_u8(r);
	ike_peer_rx(e->peer, NULL, msg, len);
}

static void fragment(struct end *e, struct rd *r)
{
	static uint8_t buf[MSG_MAX], piece[MSG_MAX];
	const uint8_t *honest = e->n ? e->queue[e->n - 1] : e->last;
	struct ike_hdr h = { .version = IKE_VERSION_1, .exchange = IKE_X_MAIN };
	struct ike_frag_body f = { .id = 1, .data = piece };
	struct ike_build b;
	int len;

	memcpy(h.icookie, honest, IKE_COOKIE_LEN);
	memcpy(h.rcookie, honest + IKE_COOKIE_LEN, IKE_COOKIE_LEN);
	f.number = rd_u8(r);
	f.last = rd_u8(r) & 1;
	f.len = r->left < sizeof(piece) - 64 ? r->left : sizeof(piece) - 64;
	rd_copy(r, piece, f.len);
	if (f.number == 1 && f.len >= sizeof(h.icookie) + sizeof(h.rcookie))
		memcpy(piece, honest, sizeof(h.icookie) + sizeof(h.rcookie));
	ike_build_begin(&b, buf, sizeof(buf), &h);
	ike_build_open(&b, IKE_PL_FRAGMENT);
	ike_frag_encode(&b.w, &f);
	ike_build_close(&b);
	len = ike_build_end(&b);
	if (len > 0)
		ike_peer_rx(e->peer, NULL, buf, (size_t)len);
}

static void protect(struct end *e, struct rd *r)
{
	static uint8_t buf[MSG_MAX + IKE_BLOCK];
	static const struct ike_iov none;
	const uint8_t zero[IKE_HASH_MAX] = { 0 };
	struct ike_sa *sa = ike_sa_best(e->peer);
	uint8_t exchange = rd_u8(r), type = rd_u8(r), iv[IKE_BLOCK];
	uint32_t msgid = rd_u32(r);
	size_t len = r->left < MSG_MAX / 2 ? r->left : MSG_MAX / 2, at;
	const uint8_t *payloads = rd_bytes(r, len);
	struct ike_build b;
	struct ike_hdr h;
	int n;

	if (!sa || r->err || ike_phase2_iv(iv, sa->hash, sa->iv, msgid) < 0)
		return;
	h = ike_sa_hdr(sa, exchange, msgid);
	ike_build_begin(&b, buf, sizeof(buf), &h);
	ike_build_payload(&b, IKE_PL_HASH, zero, sa->hash->len);
	buf[IKE_HDR_LEN] = type;
	at = b.w.len;
	wr_bytes(&b.w, payloads, len);
	if (ike_phase2_hash(buf + IKE_HDR_LEN + IKE_PL_HDR_LEN, sa->hash, &sa->keys, msgid, none,
			    (struct ike_iov){ buf + at, len }) < 0)
		return;
	n = ike_build_end(&b);
	n = n < 0 ? n : ike_msg_seal(buf, (size_t)n, sizeof(buf), &sa->keys, iv);
	if (n > 0)
		ike_peer_rx(e->peer, NULL, buf, (size_t)n);
}

static void operate(uint8_t op, struct rd *r)
{
	struct end *e = &ends[op >> 7];

	switch (op & 7) {
	case 0:
		if (op & 8)
			fragment(e, r);
		else if (op & 0x20)
			protect(e, r);
		else
			ike_peer_rx(e->peer, NULL, r->p, r->left);
		break;
	case 1:
		patch(e, r);
		break;
	case 2:
		deliver(e);
		break;
	case 3:
		osmo_clock_override_add(CLOCK_MONOTONIC, rd_u16(r) % 5000, 0);
		break;
	case 4:
		ike_peer_rekey(e->peer, rd_u8(r) & 1);
		break;
	case 5:
		if (rd_u8(r) & 1)
			ike_peer_clear(e->peer, "fuzz");
		else
			ike_peer_path_state(e->peer, rd_u8(r) & 1);
		break;
	default:
		for (int i = 0; i < 9; i++) {
			deliver(&ends[1]);
			timers();
			deliver(&ends[0]);
			timers();
		}
	}
	timers();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct rd r = rd_init(data, size);
	static bool set_up;

	if (!set_up) {
		osmo_init_logging2(NULL, &vcgw_log_info);
		log_set_log_level(osmo_stderr_target, LOGL_FATAL);
		osmo_clock_override_enable(CLOCK_MONOTONIC, true);
		set_up = true;
	}
	begin(size && data[0] & 0x10 ? SHORT_PATH : LONG_PATH);
	timers();
	for (int i = 0; i < 40 && r.left && !r.err; i++) {
		uint8_t op = rd_u8(&r);
		struct rd rec = rd_sub(&r, rd_u16(&r));

		if (!rec.err)
			operate(op, &rec);
	}
	for (int i = 0; i < 2; i++) {
		ike_peer_free(ends[i].peer);
		ike_free(ends[i].ike);
	}
	return 0;
}
