/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * One or two PPP ends in memory, with faked time. An end's frames wait in its queue; pump() hands
 * them to the other end through a hook that may drop, change or repeat them. Alone, an end is fed
 * with rx_hex() and its frames are looked at.
 */

#include <errno.h>
#include <stdio.h>

#include <arpa/inet.h>
#include <osmocom/core/application.h>
#include <osmocom/core/timer.h>

#include "core/log.h"
#include "l2tp/ppp/ppp_internal.h"
#include "tests/unit/unit.h"

enum { QUEUE = 512, FRAME = 2 + NEG_PKT_MAX, PUMP_MAX = 3000 };

struct frame {
	size_t len;
	uint8_t b[FRAME];
};

struct end {
	struct ppp *ppp;
	struct ppp_cfg cfg;
	struct frame out[QUEUE];
	size_t head, tail;
	bool reentrant; /* proves that ppp.h keeps its word about down() */
	/* what the room above knows and hears */
	const char *user, *secret;
	const char *pool;   /* NULL = exhausted */
	unsigned int asked; /* peer_address() calls */
	struct in_addr want;
	char asked_user[PPP_NAME_MAX];
	struct ppp_net net;
	uint32_t open;
	unsigned int nets, downs;
	char why[128];
};

/* number: of all frames since pump_count was reset. \returns how often to deliver it. */
typedef int (*hook_fn)(struct end *from, struct frame *f, unsigned int number);

static struct end lac, lns;
static hook_fn hook;
static unsigned int pump_count;

static inline void end_send(void *priv, const uint8_t *frame, size_t len)
{
	struct end *e = priv;
	struct frame *f = &e->out[e->head % QUEUE];

	if (e->head - e->tail == QUEUE || len > FRAME)
		abort();
	memcpy(f->b, frame, len);
	f->len = len;
	e->head++;
}

static inline int end_secret(void *priv, const char *user, uint8_t *buf, size_t size)
{
	struct end *e = priv;
	size_t len = e->secret ? strlen(e->secret) : 0;

	if (!e->user || strcmp(user, e->user) != 0 || len > size)
		return -ENOENT;
	memcpy(buf, e->secret, len);
	return (int)len;
}

static inline int end_peer_address(void *priv, const char *user, struct in_addr want,
				   struct in_addr *out)
{
	struct end *e = priv;

	e->asked++;
	e->want = want;
	OSMO_STRLCPY_ARRAY(e->asked_user, user);
	return e->pool && inet_pton(AF_INET, e->pool, out) == 1 ? 0 : -EADDRNOTAVAIL;
}

static inline void end_net(void *priv, const struct ppp_net *net, uint32_t open)
{
	struct end *e = priv;

	e->net = *net;
	e->open = open;
	e->nets++;
}

static inline void end_down(void *priv, const char *why)
{
	struct end *e = priv;

	CU_ASSERT(!e->reentrant);
	e->downs++;
	OSMO_STRLCPY_ARRAY(e->why, why);
	ppp_free(e->ppp); /* allowed here, and nowhere else inside a callback */
	e->ppp = NULL;
}

static const struct ppp_ops end_ops = {
	.send = end_send,
	.secret = end_secret,
	.peer_address = end_peer_address,
	.net = end_net,
	.down = end_down,
};

/* The defaults of the two roles; a test changes e->cfg before end_start(). */
static inline void ends_init(void)
{
	memset(&lac, 0, sizeof(lac));
	memset(&lns, 0, sizeof(lns));
	ppp_cfg_init(&lac.cfg);
	ppp_cfg_init(&lns.cfg);
	lac.cfg.name = "lac";
	lac.cfg.allow_pap = lac.cfg.allow_chap = true;
	OSMO_STRLCPY_ARRAY(lac.cfg.user, "alice");
	lac.cfg.secret = (const uint8_t *)"wonderland";
	lac.cfg.secret_len = 10;
	lac.cfg.want_dns = true;
	lac.cfg.echo_interval = 0;
	lns.cfg.name = "lns";
	OSMO_STRLCPY_ARRAY(lns.cfg.local_name, "lns.example");
	inet_pton(AF_INET, "192.0.2.1", &lns.cfg.local_ip);
	inet_pton(AF_INET, "192.0.2.53", &lns.cfg.dns[0]);
	inet_pton(AF_INET, "192.0.2.54", &lns.cfg.dns[1]);
	lns.cfg.echo_interval = 0;
	lns.user = "alice";
	lns.secret = "wonderland";
	lns.pool = "198.51.100.7";
	hook = NULL;
	pump_count = 0;
}

static inline void end_start(struct end *e)
{
	CU_ASSERT_EQUAL_FATAL(ppp_new(&e->ppp, &e->cfg, &end_ops, e), 0);
}

static inline void ends_free(void)
{
	ppp_free(lac.ppp);
	ppp_free(lns.ppp);
	lac.ppp = lns.ppp = NULL;
}

/* A frame to an end; from the heap, exactly as long as it is, for the sanitizers. */
static inline void end_rx(struct end *e, const uint8_t *b, size_t len)
{
	uint8_t *copy = malloc(len ? len : 1);

	if (!copy)
		abort();
	memcpy(copy, b, len);
	e->reentrant = true;
	if (e->ppp)
		ppp_rx(e->ppp, copy, len);
	e->reentrant = false;
	free(copy);
}

static inline bool pump_one(struct end *from, struct end *to)
{
	struct frame f;
	int copies = 1;

	if (from->head == from->tail)
		return false;
	f = from->out[from->tail++ % QUEUE];
	pump_count++;
	if (hook)
		copies = hook(from, &f, pump_count);
	while (copies-- > 0)
		end_rx(to, f.b, f.len);
	return true;
}

static inline void pump(void)
{
	for (int i = 0; i < PUMP_MAX; i++) {
		bool moved = pump_one(&lac, &lns);

		if (!pump_one(&lns, &lac) && !moved)
			return;
	}
	CU_FAIL("the ends never come to rest");
}

static inline void timers(void)
{
	osmo_timers_prepare();
	osmo_timers_update();
}

/* Seconds go by, frames travel in no time. */
static inline void pass(unsigned int seconds)
{
	timers();
	pump();
	timers();
	for (; seconds; seconds--) {
		osmo_clock_override_add(CLOCK_MONOTONIC, 1, 0);
		osmo_gettimeofday_override_add(1, 0);
		timers();
		pump();
		timers();
	}
}

static inline void ends_start(void)
{
	end_start(&lac);
	end_start(&lns);
	pass(0);
}

static inline struct ppp_info info_of(const struct end *e)
{
	struct ppp_info info = { .phase = PPP_PHASE_DEAD };

	if (e->ppp)
		ppp_info(e->ppp, &info);
	return info;
}

static inline bool both_open(void)
{
	return lac.open == (PPP_OPEN_IP | PPP_OPEN_IPV6) && lns.open == lac.open;
}

/* ---- one end alone ---- */

static inline void rx_hex(struct end *e, const char *hex)
{
	uint8_t buf[FRAME];

	end_rx(e, buf, unit_hex(buf, sizeof(buf), hex));
}

/* The next frame it sent, or an empty one. */
static inline struct frame next(struct end *e)
{
	struct frame none = { 0 };

	return e->head == e->tail ? none : e->out[e->tail++ % QUEUE];
}

static inline void forget(struct end *e)
{
	e->tail = e->head;
}

static inline bool is_hex(const struct frame *f, const char *hex)
{
	uint8_t want[FRAME];
	size_t len = unit_hex(want, sizeof(want), hex);
	bool ok = len == f->len && memcmp(want, f->b, len) == 0;

	if (!ok) {
		printf("\n    want %s\n    got  ", hex);
		for (size_t i = 0; i < f->len; i++)
			printf("%02x", f->b[i]);
		printf("\n");
	}
	return ok;
}

/* The next frame is this one. */
#define EXPECT(e, hex)                                                                             \
	do {                                                                                       \
		struct frame f_ = next(e);                                                         \
		CU_ASSERT(is_hex(&f_, hex));                                                       \
	} while (0)

/* Acknowledge the end's last Configure-Request of a protocol, whatever it asks. */
static inline void ack_request(struct end *e, uint16_t proto)
{
	struct frame f, last = { 0 };

	while ((f = next(e)).len)
		if (f.b[0] == proto >> 8 && f.b[1] == (proto & 0xff) && f.b[2] == NEG_CONF_REQ)
			last = f;
	CU_ASSERT_FATAL(last.len > 0);
	last.b[2] = NEG_CONF_ACK;
	end_rx(e, last.b, last.len);
}

/* LCP opens with a peer that has the magic number 01020304. */
static inline void open_lcp(struct end *e)
{
	end_start(e);
	ack_request(e, PPP_PROTO_LCP);
	rx_hex(e, "c021 01 01 000a 05 06 01020304");
	CU_ASSERT_FATAL(e->ppp && neg_opened(&e->ppp->lcp.neg));
	forget(e);
}

static inline int ends_main(const char *suite, const struct unit_case *cases, size_t n)
{
	log_init(&vcgw_log_info, NULL);
	osmo_clock_override_enable(CLOCK_MONOTONIC, true);
	osmo_gettimeofday_override = true;
	return unit_main(suite, cases, n);
}

#define ENDS_MAIN(suite, cases)                                                                    \
	int main(void)                                                                             \
	{                                                                                          \
		return ends_main(suite, cases, sizeof(cases) / sizeof((cases)[0]));                \
	}
