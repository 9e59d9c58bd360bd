/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* Two L2TPs joined in memory for tests: A calls, B answers. Time is faked; the wire holds still
 * until the test moves it. */

#include <errno.h>
#include <time.h>

#include <osmocom/core/application.h>
#include <osmocom/core/timer.h>
#include <osmocom/core/utils.h>

#include "core/log.h"
#include "l2tp/l2tp.h"
#include "l2tp/message.h"
#include "tests/unit/unit.h"

enum { WIRE_MAX = 1024, SESSIONS_MAX = 300, ZLB = 0 };

struct side {
	struct l2tp *l2tp;
	struct l2tp_peer *peer;
	struct l2tp_carrier carrier;
	struct side *other;
	struct wire_msg {
		size_t len;
		uint8_t data[L2TP_MSG_MAX];
	} * wire;
	unsigned int n;
	int send_rc;
	unsigned int ups, downs, ses_ups, ses_downs;
	unsigned int answered, sent_when_answered; /* how many messages waited on the wire then */
	struct l2tp_tunnel *tunnel;
	struct l2tp_session *session[SESSIONS_MAX];
	unsigned int n_sessions;
	struct l2tp_result why;
	bool refuse_calls;
	char elsewhere[80]; /* where we shall try */
	bool redial;	    /* answer session_down with another call */
};

static struct side a, b;

/* Everything sent, for tests/e2e/l2tp_tshark.sh, in the format of text2pcap. */
static FILE *dump;

static inline void dump_message(const uint8_t *msg, size_t len)
{
	for (size_t i = 0; dump && i < len; i++) {
		if (i % 16 == 0)
			fprintf(dump, "\n%06zx", i);
		fprintf(dump, " %02x", msg[i]);
	}
}

static inline int wire_send(struct l2tp_carrier *c, const uint8_t *msg, size_t len)
{
	struct side *s = c->priv;

	if (s->send_rc)
		return s->send_rc;
	dump_message(msg, len);
	CU_ASSERT_FATAL(s->n < WIRE_MAX);
	memcpy(s->wire[s->n].data, msg, len);
	s->wire[s->n++].len = len;
	return 0;
}

static const struct l2tp_carrier_ops wire_ops = { wire_send };

static inline void on_tunnel_up(void *priv, struct l2tp_tunnel *t)
{
	struct side *s = priv;

	s->ups++;
	s->tunnel = t;
}

static inline void on_tunnel_down(void *priv, struct l2tp_tunnel *t, const struct l2tp_result *why)
{
	struct side *s = priv;

	s->downs++;
	s->why = *why;
	if (s->tunnel == t)
		s->tunnel = NULL;
}

static inline bool on_call_in(void *priv, struct l2tp_session *t)
{
	(void)t;
	return !((struct side *)priv)->refuse_calls;
}

static inline bool on_call_answered(void *priv, struct l2tp_session *t)
{
	struct side *s = priv;
	struct l2tp_session_info info;

	l2tp_session_info(t, &info);
	CU_ASSERT(info.local_session && info.peer_session && info.local_tunnel && info.peer_tunnel);
	s->answered++;
	s->sent_when_answered = s->n;
	return !s->refuse_calls;
}

static inline void on_session_up(void *priv, struct l2tp_session *s)
{
	struct side *side = priv;

	side->ses_ups++;
	side->session[side->n_sessions++] = s;
}

static inline void on_session_down(void *priv, struct l2tp_session *s,
				   const struct l2tp_result *why)
{
	struct side *side = priv;
	struct l2tp_session *again;

	side->ses_downs++;
	side->why = *why;
	for (unsigned int i = 0; i < side->n_sessions; i++)
		if (side->session[i] == s)
			side->session[i] = side->session[--side->n_sessions];
	if (side->redial)
		l2tp_call(side->peer, NULL, &again);
}

static inline void on_try_another(void *priv, struct l2tp_peer *peer, const char *where)
{
	struct side *side = priv;

	(void)peer;
	osmo_strlcpy(side->elsewhere, where, sizeof(side->elsewhere));
}

static const struct l2tp_ops pair_ops = { .tunnel_up = on_tunnel_up,
					  .tunnel_down = on_tunnel_down,
					  .call_in = on_call_in,
					  .call_answered = on_call_answered,
					  .session_up = on_session_up,
					  .session_down = on_session_down,
					  .try_another = on_try_another };

/* ---- time ---- */

static inline void time_start(void)
{
	osmo_gettimeofday_override = true;
	osmo_gettimeofday_override_time = (struct timeval){ 1000, 0 };
	osmo_clock_override_enable(CLOCK_MONOTONIC, true);
	osmo_clock_override_gettimespec(CLOCK_MONOTONIC)->tv_sec = 1000;
	osmo_timers_prepare();
	osmo_timers_update();
}

static inline void tick(unsigned int ms)
{
	osmo_clock_override_add(CLOCK_MONOTONIC, 0, ms * 1000000L);
	osmo_gettimeofday_override_add(0, (suseconds_t)ms * 1000);
	osmo_timers_prepare();
	osmo_timers_update();
}

/* ---- the wire ---- */

static inline uint16_t type_of(const struct wire_msg *m)
{
	return m->len > 19 ? (uint16_t)(m->data[18] << 8 | m->data[19]) : ZLB;
}

static inline void take_off(struct side *s, unsigned int i, struct wire_msg *out)
{
	*out = s->wire[i];
	memmove(&s->wire[i], &s->wire[i + 1], (--s->n - i) * sizeof(*out));
}

static inline uint16_t hand_over(struct side *from)
{
	static struct wire_msg m;
	uint8_t *copy;

	take_off(from, 0, &m);
	copy = malloc(m.len); /* exactly as long: a read beyond is seen */
	memcpy(copy, m.data, m.len);
	l2tp_peer_rx(from->other->peer, copy, m.len);
	free(copy);
	return type_of(&m);
}

/* Everything across until there is silence for so long. */
static inline void run(unsigned int ms)
{
	for (unsigned int t = 0; t <= ms; t += 10) {
		while (a.n || b.n) {
			if (a.n)
				hand_over(&a);
			if (b.n)
				hand_over(&b);
		}
		tick(10);
	}
}

/* Nothing gets across. */
static inline void run_dark(unsigned int ms)
{
	for (unsigned int t = 0; t < ms; t += 10) {
		tick(10);
		a.n = b.n = 0;
	}
}

static inline void expect(struct side *from, uint16_t type)
{
	CU_ASSERT_FATAL(from->n > 0);
	CU_ASSERT_EQUAL(type_of(&from->wire[0]), type);
	hand_over(from);
}

static inline struct l2tp_peer_cfg cfg_of(const char *host)
{
	struct l2tp_peer_cfg cfg;

	l2tp_peer_cfg_init(&cfg);
	strcpy(cfg.host_name, host);
	return cfg;
}

static inline void side_new(struct side *s, struct side *other, const struct l2tp_peer_cfg *cfg,
			    const char *name)
{
	struct wire_msg *wire = s->wire ? s->wire : malloc(WIRE_MAX * sizeof(*wire));

	memset(s, 0, sizeof(*s));
	s->wire = wire;
	s->other = other;
	s->carrier = (struct l2tp_carrier){ &wire_ops, name, 5, 1500, s };
	CU_ASSERT_EQUAL_FATAL(l2tp_new(&s->l2tp, &pair_ops, s), 0);
	CU_ASSERT_EQUAL_FATAL(l2tp_peer_new(&s->peer, s->l2tp, cfg, &s->carrier, s), 0);
	l2tp_peer_carrier_state(s->peer, true);
}

static inline void begin(struct l2tp_peer_cfg *ca, struct l2tp_peer_cfg *cb)
{
	struct l2tp_peer_cfg da = cfg_of("lac.example"), db = cfg_of("lns.example");

	time_start();
	db.accept = true;
	side_new(&a, &b, ca ? ca : &da, "circuit-a");
	side_new(&b, &a, cb ? cb : &db, "circuit-b");
}

static inline void end(void)
{
	l2tp_free(a.l2tp);
	l2tp_free(b.l2tp);
	a.l2tp = b.l2tp = NULL;
	CU_ASSERT_EQUAL(a.ups, a.downs);
	CU_ASSERT_EQUAL(b.ups, b.downs);
}

static inline struct l2tp_session *call(struct side *s)
{
	struct l2tp_session *ses = NULL;

	CU_ASSERT_EQUAL(l2tp_call(s->peer, s, &ses), 0);
	return ses;
}

static inline void count_tunnel(void *priv, struct l2tp_tunnel *t,
				const struct l2tp_tunnel_info *info)
{
	(void)t;
	(void)info;
	++*(unsigned int *)priv;
}

static inline unsigned int tunnels(const struct side *s)
{
	unsigned int n = 0;

	l2tp_each_tunnel(s->l2tp, count_tunnel, &n);
	return n;
}

static inline void copy_info(void *priv, struct l2tp_tunnel *t, const struct l2tp_tunnel_info *info)
{
	(void)t;
	*(struct l2tp_tunnel_info *)priv = *info;
}

static inline struct l2tp_tunnel_info info_of(const struct side *s)
{
	struct l2tp_tunnel_info info = { 0 };

	l2tp_each_tunnel(s->l2tp, copy_info, &info);
	return info;
}

static const struct l2tp_result admin __attribute__((unused)) = { 1, 0, "administrator" };

/* Give a side a message made by hand, as from its peer in sequence. */
static inline void inject(struct side *to, uint16_t session, const struct l2tp_msg *m,
			  const void *more, size_t more_len)
{
	struct l2tp_tunnel_info i = info_of(to);
	uint8_t body[500], buf[600];
	struct wr bw = wr_init(body, sizeof(body)), w = wr_init(buf, sizeof(buf));
	const struct l2tp_ctl_hdr h = { i.local_id, session, i.nr, i.ns };

	l2tp_msg_write(&bw, m, NULL, 0);
	wr_bytes(&bw, more, more_len);
	l2tp_ctl_hdr_write(&w, &h, bw.len);
	wr_bytes(&w, body, bw.len);
	l2tp_peer_rx(to->peer, buf, w.len);
}

static inline void up(void)
{
	begin(NULL, NULL);
	call(&a);
	run(500);
	CU_ASSERT_EQUAL_FATAL(a.ses_ups, 1);
	CU_ASSERT_EQUAL_FATAL(b.ses_ups, 1);
}

static inline int pair_main(const char *suite, const struct unit_case *cases, size_t n)
{
	int rc;

	osmo_init_logging2(NULL, &vcgw_log_info);
	log_set_log_level(osmo_stderr_target, LOGL_FATAL);
	if (getenv("L2TP_DUMP"))
		dump = fopen(getenv("L2TP_DUMP"), "a");
	rc = unit_main(suite, cases, n);
	if (dump)
		fclose(dump);
	free(a.wire);
	free(b.wire);
	return rc;
}
