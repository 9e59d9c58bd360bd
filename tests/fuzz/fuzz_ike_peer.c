/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * A sequence of messages into a live peer. The input is a list of records:
 *   octet 0: operation, octets 1-2: length, then that many octets.
 * Operation 0 gives them to the peer as they are; 1 patches them over the message that the honest
 * other end sent last (offset in the first two octets) and gives that; 2 lets the honest messages
 * through; 3 lets time go by; 4 and 5 poke the operator's commands. So every state is reached.
 *
 * Bits of the first octet of all: 0x40 the ends have addresses, 0x20 and a NAT is before end 0, 0x10
 * and end 1 does not know end 0 beforehand. The NAT makes a new mapping with operation 3. 0x08 both
 * ends authenticate by certificates. In later ones 0x20 has operation 1 patch what message 5 or 6 is
 * before it is encrypted: so identities, certificates, requests and signatures of any kind reach the
 * threads that verify.
 */

#include <stdlib.h>

#include <osmocom/core/application.h>
#include <osmocom/core/timer.h>

#include "core/cursor.h"
#include "core/log.h"
#include "ipsec/ike/ike_internal.h"
#include "tests/unit/ipsec/cert_fixture.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { QUEUE = 32, MSG_MAX = 4096, WITH_IP = 0x40, WITH_NAT = 0x20, WITH_SPAWN = 0x10 };

struct end {
	struct ike *ike;
	struct ike_peer *peer;
	struct ipsec_path path;
	struct end *other;
	uint8_t queue[QUEUE][MSG_MAX]; /* on their way to this end */
	size_t len[QUEUE];
	struct ipsec_at at[QUEUE];
	unsigned int n;
	struct ike_peer *spawned;
	struct ipsec_path spawned_path;
	uint8_t last[MSG_MAX]; /* came last */
	size_t last_len;
};

static struct end ends[2];
static struct ike_pki *pki;
static uint8_t with;
static uint16_t mapping;
static const struct ike_peer_cfg *spawn_cfg;

static int send_ike(struct ipsec_path *path, const struct ipsec_at *at, const uint8_t *msg,
		    size_t len)
{
	struct end *to = ((struct end *)path->priv)->other;

	if (len > MSG_MAX)
		abort(); /* of ours none is that long */
	if (to->n < QUEUE) {
		to->at[to->n] = (struct ipsec_at){ .local = at->remote, .remote = at->local };
		if ((with & WITH_NAT) && to == &ends[1]) {
			to->at[to->n].remote.addr[15] = 99;
			to->at[to->n].remote.port = (uint16_t)(at->local.port + mapping);
		} else if (with & WITH_NAT) {
			to->at[to->n].local = ends[0].path.at.local;
			to->at[to->n].local.port = at->local.port;
		}
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

static void sa_move_(void *priv, struct ipsec_path *path, enum sa_dir dir, uint32_t spi,
		     const struct sa_ip *ip)
{
	(void)priv, (void)path, (void)dir, (void)spi, (void)ip;
}

static void send_keepalive(struct ipsec_path *path, const struct ipsec_at *at)
{
	(void)path, (void)at;
}

static void event_cb(void *priv, struct ike_peer *peer, enum ike_peer_event ev)
{
	struct end *e = priv;

	if (ev == IKE_PEER_EMPTY) {
		if (peer != e->spawned)
			abort();
		e->spawned = NULL;
		ike_peer_free(peer);
	}
}

/* One at a time: the next one has the same. */
static struct ike_peer *spawn(void *priv, const struct ipsec_at *at)
{
	struct end *e = priv;

	if (e->spawned)
		return e->spawned;
	e->spawned_path = e->path;
	e->spawned_path.at = *at;
	if (ike_peer_new(&e->spawned, e->ike, spawn_cfg, &e->spawned_path, event_cb, e) < 0)
		abort();
	ike_peer_path_state(e->spawned, true);
	return e->spawned;
}

static void rx(struct end *e, const struct ipsec_at *at, const uint8_t *msg, size_t len)
{
	struct ike_peer *known = (with & WITH_IP) && len >= 16 ? ike_find(e->ike, msg) : NULL;

	ike_peer_rx(known ? known : e->peer, with & WITH_IP ? at : NULL, msg, len);
}

static void give_addresses(struct end *e, int i)
{
	struct endpoint *near = &e->path.at.local, *far = &e->path.at.remote;

	e->path.ip = true;
	endpoint_parse(i ? "192.0.2.1" : "10.0.0.2", near);
	endpoint_parse(i ? "10.0.0.2" : "192.0.2.1", far);
	near->port = far->port = 500;
}

/* A CA and one certificate that both ends have. */
static void make_pki(void)
{
	struct fix_cert ca, own;
	struct ike_pki_cfg cfg = { .n_ca_files = 1, .n_own = 1 };
	char why[256];

	fix_begin();
	ca = fix_make(&(struct fix_want){ .cn = "ca", .kind = "prime256v1", .ca = true });
	own = fix_make(&(struct fix_want){
		.cn = "x", .kind = "prime256v1", .issuer = &ca, .san = "DNS:x" });
	cfg.ca_file[0].path = fix_write_certs("ca.pem", (const struct fix_cert *[]){ &ca }, 1);
	cfg.own[0].certificate = fix_write_certs("own.pem", (const struct fix_cert *[]){ &own }, 1);
	cfg.own[0].key = fix_write_key("own.key", &own, 0600);
	if (ike_pki_load(&pki, &cfg, why, sizeof(why)) < 0)
		abort();
	fix_free(&ca);
	fix_free(&own);
	fix_end();
}

static void begin(bool certificates)
{
	static const struct ike_sadb_ops sadb = {
		.spi_reserve = spi_reserve,
		.spi_release = spi_release,
		.add = sa_add,
		.del = sa_del,
		.packets = sa_packets,
		.move = sa_move_,
	};
	static const struct ipsec_path_ops ops = { .send_ike = send_ike,
						   .send_keepalive = send_keepalive };
	static struct ike_peer_cfg spawned_cfg;
	static struct ike_profile p;
	struct ike_peer_cfg cfg = { .profile = &p,
				    .local = { .type = IKE_ID_FQDN, .len = 1, .data = "x" },
				    .psk = (const uint8_t *)"key",
				    .psk_len = 3,
				    .pki = certificates ? pki : NULL,
				    .next_header = 115 };

	ike_profile_init(&p);
	p.n_p1 = 1; /* ECP-256: the quickest */
	for (int i = 0; i < 2; i++) {
		struct end *e = &ends[i];

		e->other = &ends[!i];
		e->n = 0;
		e->last_len = 0;
		e->path = (struct ipsec_path){ .ops = &ops, .name = "fuzz", .priv = e };
		if (with & WITH_IP)
			give_addresses(e, i);
		cfg.initiate = i == 0;
		if (i == 1 && (with & WITH_SPAWN)) {
			spawned_cfg = cfg;
			spawn_cfg = &spawned_cfg;
			cfg.spawn = spawn;
		}
		if (ike_new(&e->ike, 0, &sadb, NULL) < 0 ||
		    ike_peer_new(&e->peer, e->ike, &cfg, &e->path, event_cb, e) < 0)
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
	struct ipsec_at at[QUEUE];
	size_t len[QUEUE];

	for (unsigned int i = 0; i < n; i++) {
		memcpy(batch[i], e->queue[i], e->len[i]);
		len[i] = e->len[i];
		at[i] = e->at[i];
	}
	e->n = 0;
	for (unsigned int i = 0; i < n; i++) {
		memcpy(e->last, batch[i], len[i]);
		e->last_len = len[i];
		rx(e, &at[i], batch[i], len[i]);
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
	rx(e, e->n ? &e->at[e->n - 1] : &e->path.at, msg, len);
}

/* The same inside of message 5 or 6: opened with the keys of the end that is to get it. */
static void patch_inside(struct end *e, struct rd *r)
{
	static uint8_t buf[MSG_MAX + IKE_BLOCK];
	size_t at = rd_u16(r) % MSG_MAX;
	uint8_t iv[IKE_BLOCK];
	struct ike_sa *sa = NULL;
	struct ike_msg m;
	int len = 0;

	if (e->n && !llist_empty(&e->peer->sas))
		sa = llist_first_entry(&e->peer->sas, struct ike_sa, entry);
	if (!sa || !sa->keys.enc_len || ike_msg_init(&m, e->queue[e->n - 1], e->len[e->n - 1]) < 0)
		return;
	ike_msg_open(&m, &ike_rules[IKE_MM5], &sa->keys, sa->iv);
	if (m.plain) {
		memcpy(buf, m.wire, IKE_HDR_LEN);
		memcpy(buf + IKE_HDR_LEN, m.plain, m.plain_len);
		buf[19] = 0;
		for (at += IKE_HDR_LEN; r->left && at < m.wire_len; at++)
			buf[at] = rd_u8(r);
		memcpy(iv, sa->iv, sizeof(iv));
		len = ike_msg_seal(buf, m.wire_len, sizeof(buf), &sa->keys, iv);
	}
	ike_msg_close(&m);
	if (len > 0)
		rx(e, &e->at[e->n - 1], buf, (size_t)len);
}

static void operate(uint8_t op, struct rd *r)
{
	struct end *e = &ends[op >> 7];

	switch (op & 7) {
	case 0:
		rx(e, &e->path.at, r->p, r->left);
		break;
	case 1:
		if (op & 0x20)
			patch_inside(e, r);
		else
			patch(e, r);
		break;
	case 2:
		deliver(e);
		break;
	case 3:
		osmo_clock_override_add(CLOCK_MONOTONIC, rd_u16(r) % 5000, 0);
		mapping += 7;
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
		make_pki();
		set_up = true;
	}
	with = size ? data[0] & (WITH_IP | WITH_NAT | WITH_SPAWN) : 0;
	if (!(with & WITH_IP))
		with = 0;
	mapping = 20000;
	begin(size && data[0] & 0x08);
	timers();
	for (int i = 0; i < 40 && r.left && !r.err; i++) {
		uint8_t op = rd_u8(&r);
		struct rd rec = rd_sub(&r, rd_u16(&r));

		if (!rec.err)
			operate(op, &rec);
	}
	for (int i = 0; i < 2; i++) {
		ike_peer_free(ends[i].peer);
		ike_peer_free(ends[i].spawned);
		ends[i].spawned = NULL;
		ike_free(ends[i].ike);
	}
	return 0;
}
