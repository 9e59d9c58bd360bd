/* SPDX-License-Identifier: GPL-2.0-or-later */

/* Two L2TPs joined in memory: A calls, B answers. The ladders are those of RFC 2661 5 and 7. */

#include <errno.h>
#include <time.h>

#include <osmocom/core/application.h>
#include <osmocom/core/timer.h>

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
	struct l2tp_tunnel *tunnel;
	struct l2tp_session *session[SESSIONS_MAX];
	unsigned int n_sessions;
	struct l2tp_result why;
	bool refuse_calls;
	bool redial; /* answer session_down with another call */
};

static struct side a, b;

/* Everything sent, for tests/e2e/l2tp_tshark.sh, in the format of text2pcap. */
static FILE *dump;

static void dump_message(const uint8_t *msg, size_t len)
{
	for (size_t i = 0; dump && i < len; i++) {
		if (i % 16 == 0)
			fprintf(dump, "\n%06zx", i);
		fprintf(dump, " %02x", msg[i]);
	}
}

static int wire_send(struct l2tp_carrier *c, const uint8_t *msg, size_t len)
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

static void on_tunnel_up(void *priv, struct l2tp_tunnel *t)
{
	struct side *s = priv;

	s->ups++;
	s->tunnel = t;
}

static void on_tunnel_down(void *priv, struct l2tp_tunnel *t, const struct l2tp_result *why)
{
	struct side *s = priv;

	s->downs++;
	s->why = *why;
	if (s->tunnel == t)
		s->tunnel = NULL;
}

static bool on_call_in(void *priv, struct l2tp_tunnel *t)
{
	(void)t;
	return !((struct side *)priv)->refuse_calls;
}

static void on_session_up(void *priv, struct l2tp_session *s)
{
	struct side *side = priv;

	side->ses_ups++;
	side->session[side->n_sessions++] = s;
}

static void on_session_down(void *priv, struct l2tp_session *s, const struct l2tp_result *why)
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

static const struct l2tp_ops ops = { on_tunnel_up, on_tunnel_down, on_call_in, on_session_up,
				     on_session_down };

/* ---- time ---- */

static void time_start(void)
{
	osmo_gettimeofday_override = true;
	osmo_gettimeofday_override_time = (struct timeval){ 1000, 0 };
	osmo_clock_override_enable(CLOCK_MONOTONIC, true);
	osmo_clock_override_gettimespec(CLOCK_MONOTONIC)->tv_sec = 1000;
	osmo_timers_prepare();
	osmo_timers_update();
}

static void tick(unsigned int ms)
{
	osmo_clock_override_add(CLOCK_MONOTONIC, 0, ms * 1000000L);
	osmo_gettimeofday_override_add(0, (suseconds_t)ms * 1000);
	osmo_timers_prepare();
	osmo_timers_update();
}

/* ---- the wire ---- */

static uint16_t type_of(const struct wire_msg *m)
{
	return m->len > 19 ? (uint16_t)(m->data[18] << 8 | m->data[19]) : ZLB;
}

static void take_off(struct side *s, unsigned int i, struct wire_msg *out)
{
	*out = s->wire[i];
	memmove(&s->wire[i], &s->wire[i + 1], (--s->n - i) * sizeof(*out));
}

static uint16_t hand_over(struct side *from)
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
static void run(unsigned int ms)
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
static void run_dark(unsigned int ms)
{
	for (unsigned int t = 0; t < ms; t += 10) {
		tick(10);
		a.n = b.n = 0;
	}
}

static void expect(struct side *from, uint16_t type)
{
	CU_ASSERT_FATAL(from->n > 0);
	CU_ASSERT_EQUAL(type_of(&from->wire[0]), type);
	hand_over(from);
}

static struct l2tp_peer_cfg cfg_of(const char *host)
{
	struct l2tp_peer_cfg cfg;

	l2tp_peer_cfg_init(&cfg);
	strcpy(cfg.host_name, host);
	return cfg;
}

static void side_new(struct side *s, struct side *other, const struct l2tp_peer_cfg *cfg,
		     const char *name)
{
	struct wire_msg *wire = s->wire ? s->wire : malloc(WIRE_MAX * sizeof(*wire));

	memset(s, 0, sizeof(*s));
	s->wire = wire;
	s->other = other;
	s->carrier = (struct l2tp_carrier){ &wire_ops, name, 5, 1500, s };
	CU_ASSERT_EQUAL_FATAL(l2tp_new(&s->l2tp, &ops, s), 0);
	CU_ASSERT_EQUAL_FATAL(l2tp_peer_new(&s->peer, s->l2tp, cfg, &s->carrier, s), 0);
	l2tp_peer_carrier_state(s->peer, true);
}

static void begin(struct l2tp_peer_cfg *ca, struct l2tp_peer_cfg *cb)
{
	struct l2tp_peer_cfg da = cfg_of("lac.example"), db = cfg_of("lns.example");

	time_start();
	db.accept = true;
	side_new(&a, &b, ca ? ca : &da, "circuit-a");
	side_new(&b, &a, cb ? cb : &db, "circuit-b");
}

static void end(void)
{
	l2tp_free(a.l2tp);
	l2tp_free(b.l2tp);
	a.l2tp = b.l2tp = NULL;
	CU_ASSERT_EQUAL(a.ups, a.downs);
	CU_ASSERT_EQUAL(b.ups, b.downs);
}

static struct l2tp_session *call(struct side *s)
{
	struct l2tp_session *ses = NULL;

	CU_ASSERT_EQUAL(l2tp_call(s->peer, s, &ses), 0);
	return ses;
}

static void count_tunnel(void *priv, struct l2tp_tunnel *t, const struct l2tp_tunnel_info *info)
{
	(void)t;
	(void)info;
	++*(unsigned int *)priv;
}

static unsigned int tunnels(const struct side *s)
{
	unsigned int n = 0;

	l2tp_each_tunnel(s->l2tp, count_tunnel, &n);
	return n;
}

static void copy_info(void *priv, struct l2tp_tunnel *t, const struct l2tp_tunnel_info *info)
{
	(void)t;
	*(struct l2tp_tunnel_info *)priv = *info;
}

static struct l2tp_tunnel_info info_of(const struct side *s)
{
	struct l2tp_tunnel_info info = { 0 };

	l2tp_each_tunnel(s->l2tp, copy_info, &info);
	return info;
}

static const struct l2tp_result admin = { 1, 0, "administrator" };

/* ---- cases ---- */

static void tunnel_and_session_come_up_as_in_the_rfc(void)
{
	struct l2tp_session_info ia, ib;
	struct l2tp_session *s;

	begin(NULL, NULL);
	s = call(&a);
	expect(&a, MSG_SCCRQ); /* SCCRQ -> */
	expect(&b, MSG_SCCRP); /*          <- SCCRP */
	CU_ASSERT_EQUAL(a.ups, 1);
	expect(&a, MSG_SCCCN); /* SCCCN -> */
	CU_ASSERT_EQUAL(b.ups, 1);
	expect(&a, MSG_ICRQ); /* ICRQ ->, the window is 2 by now */
	expect(&b, MSG_ICRP); /*          <- ICRP */
	expect(&a, MSG_ICCN); /* ICCN -> */
	CU_ASSERT_EQUAL(b.n, 0);
	tick(50);
	expect(&b, ZLB); /*          <- ZLB */
	CU_ASSERT_EQUAL(a.n + b.n, 0);
	CU_ASSERT_EQUAL(a.ses_ups, 1);
	CU_ASSERT_EQUAL_FATAL(b.ses_ups, 1);
	CU_ASSERT_PTR_EQUAL(a.session[0], s);
	CU_ASSERT_PTR_EQUAL(l2tp_session_owner(s), &a);
	CU_ASSERT_PTR_NULL(l2tp_session_owner(b.session[0]));
	l2tp_session_info(s, &ia);
	l2tp_session_info(b.session[0], &ib);
	CU_ASSERT_EQUAL(ia.local_tunnel, ib.peer_tunnel);
	CU_ASSERT_EQUAL(ia.peer_tunnel, ib.local_tunnel);
	CU_ASSERT_EQUAL(ia.local_session, ib.peer_session);
	CU_ASSERT_EQUAL(ia.peer_session, ib.local_session);
	CU_ASSERT(ia.local_tunnel && ia.local_session && ib.local_tunnel && ib.local_session);
	CU_ASSERT_EQUAL(ia.call_serial, ib.call_serial);
	CU_ASSERT_EQUAL(ia.tx_connect_bps, ib.tx_connect_bps);
	CU_ASSERT(ib.lns && !ia.lns && !ia.send_seq && !ib.send_seq);
	CU_ASSERT_STRING_EQUAL(info_of(&a).peer_host, "lns.example");
	CU_ASSERT_STRING_EQUAL(info_of(&b).peer_host, "lac.example");
	CU_ASSERT_STRING_EQUAL(info_of(&a).state, "established");
	CU_ASSERT_EQUAL(info_of(&a).peer_window, 16);
	CU_ASSERT_EQUAL(info_of(&a).retransmits + info_of(&b).retransmits, 0);
	run(5000);
	CU_ASSERT_EQUAL(a.n + b.n, 0);
	l2tp_session_close(s, &admin); /* CDN -> */
	CU_ASSERT_EQUAL(a.ses_downs, 1);
	run(100);
	CU_ASSERT_EQUAL(b.ses_downs, 1);
	CU_ASSERT_STRING_EQUAL(b.why.text, "administrator");
	CU_ASSERT_EQUAL(a.downs + b.downs, 0); /* the tunnel stays */
	l2tp_tunnel_close(a.tunnel, &admin);   /* StopCCN -> */
	CU_ASSERT_EQUAL(a.downs, 1);
	CU_ASSERT_EQUAL(l2tp_closing(a.l2tp), 1);
	run(100);
	CU_ASSERT_EQUAL(b.downs, 1);
	CU_ASSERT_EQUAL(l2tp_closing(a.l2tp), 0);
	CU_ASSERT_EQUAL(tunnels(&a) + tunnels(&b), 2); /* linger */
	run(31100);
	CU_ASSERT_EQUAL(tunnels(&a) + tunnels(&b), 0);
	end();
}

static void two_hundred_sessions_share_a_tunnel(void)
{
	begin(NULL, NULL);
	for (int i = 0; i < 200; i++)
		call(&a);
	run(3000);
	CU_ASSERT_EQUAL(a.ups, 1);
	CU_ASSERT_EQUAL(a.ses_ups, 200);
	CU_ASSERT_EQUAL(b.ses_ups, 200);
	CU_ASSERT_EQUAL(info_of(&b).sessions, 200);
	l2tp_tunnel_close(b.tunnel, &admin);
	CU_ASSERT_EQUAL(b.ses_downs, 200);
	run(100);
	CU_ASSERT_EQUAL(a.ses_downs, 200);
	CU_ASSERT_EQUAL(a.downs, 1);
	end();
}

static void with_secret(struct l2tp_peer_cfg *cfg, const char *secret)
{
	cfg->secret = (const uint8_t *)secret;
	cfg->secret_len = strlen(secret);
}

static void authentication_decides(void)
{
	static const struct {
		const char *sa, *sb;
		bool hide, up;
	} rows[] = {
		{ "secret", "secret", false, true },  { "secret", "secret", true, true },
		{ "secret", "Secret", false, false }, { "secret", NULL, false, false },
		{ NULL, "secret", false, false },     { NULL, NULL, false, true },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct l2tp_peer_cfg ca = cfg_of("a"), cb = cfg_of("b");

		cb.accept = true;
		if (rows[i].sa)
			with_secret(&ca, rows[i].sa);
		if (rows[i].sb)
			with_secret(&cb, rows[i].sb);
		ca.hide_avps = cb.hide_avps = rows[i].hide;
		begin(&ca, &cb);
		call(&a);
		run(500);
		CU_ASSERT_EQUAL(a.ses_ups, rows[i].up);
		CU_ASSERT_EQUAL(b.ses_ups, rows[i].up);
		CU_ASSERT_EQUAL(a.ses_downs, !rows[i].up);
		end();
	}
}

static void host_name_acceptance_and_calls_are_policed(void)
{
	struct l2tp_peer_cfg ca = cfg_of("a"), cb = cfg_of("b");

	strcpy(ca.peer_host_name, "c");
	cb.accept = true;
	begin(&ca, &cb);
	call(&a);
	run(500);
	CU_ASSERT_EQUAL(a.ses_downs, 1);
	CU_ASSERT_PTR_NOT_NULL(strstr(a.why.text, "host name"));
	end();
	strcpy(ca.peer_host_name, "B"); /* host names know no case */
	begin(&ca, &cb);
	call(&a);
	run(500);
	CU_ASSERT_EQUAL(a.ses_ups, 1);
	b.refuse_calls = true;
	call(&a);
	run(500);
	CU_ASSERT_EQUAL(a.ses_downs, 1);
	CU_ASSERT_EQUAL(a.why.result, CDN_NO_FACILITY_NOW);
	CU_ASSERT_EQUAL(b.ses_downs, 0);
	end();
	cb.accept = false;
	begin(&ca, &cb);
	call(&a);
	run(500);
	CU_ASSERT_EQUAL(a.ses_downs, 1);
	CU_ASSERT_EQUAL(b.ups, 0);
	end();
}

static void sequencing_and_options_reach_both_ends(void)
{
	struct l2tp_peer_cfg ca = cfg_of("a"), cb = cfg_of("b");
	struct l2tp_session_info i;

	cb.accept = true;
	ca.data_sequencing = ca.data_length = true;
	ca.data_offset = 4;
	begin(&ca, &cb);
	call(&a);
	run(500);
	l2tp_session_info(a.session[0], &i);
	CU_ASSERT(i.send_seq && i.send_length && i.offset == 4 && i.carrier_id == 5);
	l2tp_session_info(b.session[0], &i);
	CU_ASSERT(i.send_seq && !i.send_length); /* Sequencing Required binds both */
	end();
}

static void any_one_message_may_be_lost(void)
{
	static const uint16_t types[] = { MSG_SCCRQ, MSG_SCCRP, MSG_SCCCN,   MSG_ICRQ, MSG_ICRP,
					  MSG_ICCN,  MSG_CDN,	MSG_STOPCCN, ZLB };

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		bool lost = false;
		struct wire_msg m;

		begin(NULL, NULL);
		call(&a);
		for (int t = 0; t < 2000; t++) {
			struct side *s = a.n ? &a : &b;

			if (s->n && !lost && type_of(&s->wire[0]) == types[i]) {
				take_off(s, 0, &m);
				lost = true;
			} else if (s->n) {
				hand_over(s);
			} else {
				tick(10);
			}
			if (t == 800 && a.n_sessions)
				l2tp_session_close(a.session[0], &admin);
			if (t == 1400 && b.tunnel)
				l2tp_tunnel_close(b.tunnel, &admin);
		}
		CU_ASSERT(lost);
		CU_ASSERT_EQUAL(a.ses_ups, 1);
		CU_ASSERT_EQUAL(b.ses_ups, 1);
		CU_ASSERT_EQUAL(a.ses_downs, 1);
		CU_ASSERT_EQUAL(b.ses_downs, 1);
		CU_ASSERT_EQUAL(a.downs, 1);
		CU_ASSERT_EQUAL(b.downs, 1);
		CU_ASSERT_EQUAL(l2tp_closing(b.l2tp), 0);
		end();
	}
}

static void crossing_requests_make_one_tunnel(void)
{
	/* Whoever wins: both calls end up in the one tunnel that is left. */
	for (int i = 0; i < 10; i++) {
		struct l2tp_peer_cfg ca = cfg_of("a"), cb = cfg_of("b");

		ca.accept = cb.accept = true;
		begin(&ca, &cb);
		call(&a);
		call(&b);
		run(3000);
		CU_ASSERT_EQUAL(a.ups, 1);
		CU_ASSERT_EQUAL(b.ups, 1);
		CU_ASSERT_EQUAL(tunnels(&a), 1);
		CU_ASSERT_EQUAL(tunnels(&b), 1);
		CU_ASSERT_EQUAL(a.ses_ups, 2);
		CU_ASSERT_EQUAL(b.ses_ups, 2);
		CU_ASSERT_EQUAL(a.ses_downs + b.ses_downs, 0);
		end();
	}
}

static void equal_tie_breakers_end_both(void)
{
	struct l2tp_peer_cfg ca = cfg_of("a"), cb = cfg_of("b");

	ca.accept = cb.accept = true;
	begin(&ca, &cb);
	call(&a);
	/* A's own SCCRQ comes back to it, as from another host. */
	CU_ASSERT_EQUAL_FATAL(a.n, 1);
	l2tp_peer_rx(a.peer, a.wire[0].data, a.wire[0].len);
	CU_ASSERT_EQUAL(tunnels(&a), 0);
	CU_ASSERT_EQUAL(a.ses_downs, 1);
	end();
}

/* Give a side a message made by hand, as from its peer in sequence. */
static void inject(struct side *to, uint16_t session, const struct l2tp_msg *m, const void *more,
		   size_t more_len)
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

static void up(void)
{
	begin(NULL, NULL);
	call(&a);
	run(500);
	CU_ASSERT_EQUAL_FATAL(a.ses_ups, 1);
	CU_ASSERT_EQUAL_FATAL(b.ses_ups, 1);
}

static void unknown_mandatory_avp_ends_what_it_concerns(void)
{
	static const uint8_t unknown[] = { 0x80, 7, 0, 9, 0x12, 0x34, 0 };
	struct l2tp_session_info i;
	struct l2tp_msg m;
	uint8_t wen[26] = { 0 };

	up(); /* in a session's message: the session */
	l2tp_session_info(b.session[0], &i);
	l2tp_msg_init(&m, MSG_WEN);
	l2tp_msg_set(&m, AVP_CALL_ERRORS, wen, sizeof(wen));
	inject(&b, i.local_session, &m, NULL, 0);
	CU_ASSERT_EQUAL(b.ses_downs, 0); /* WEN by itself is welcome */
	inject(&b, i.local_session, &m, unknown, sizeof(unknown));
	CU_ASSERT_EQUAL(b.ses_downs, 1);
	CU_ASSERT_EQUAL(b.downs, 0);
	CU_ASSERT_EQUAL_FATAL(b.n, 1);
	CU_ASSERT_EQUAL(type_of(&b.wire[0]), MSG_CDN);
	/* Result Code AVP: 2, 8 */
	CU_ASSERT_EQUAL(memcmp(b.wire[0].data + 26, "\0\x02\0\x08", 4), 0);
	end();
	up(); /* in the tunnel's: the tunnel */
	l2tp_msg_init(&m, MSG_HELLO);
	inject(&b, 0, &m, unknown, sizeof(unknown));
	CU_ASSERT_EQUAL(b.downs, 1);
	CU_ASSERT_EQUAL(b.ses_downs, 1);
	CU_ASSERT_EQUAL(type_of(&b.wire[0]), MSG_STOPCCN);
	CU_ASSERT_EQUAL(b.why.error, ERR_UNKNOWN_AVP);
	end();
}

static void messages_out_of_sequence_are_answered(void)
{
	struct l2tp_session_info i;
	struct l2tp_msg m;

	up();
	l2tp_msg_init(&m, MSG_SCCCN);
	inject(&b, 0, &m, NULL, 0);
	CU_ASSERT_EQUAL(b.downs, 1);
	CU_ASSERT_EQUAL(b.why.result, STOP_FSM);
	CU_ASSERT_EQUAL(type_of(&b.wire[0]), MSG_STOPCCN);
	end();
	up(); /* ICCN again; and ICRP to an LNS */
	l2tp_session_info(b.session[0], &i);
	l2tp_msg_init(&m, MSG_ICRP);
	l2tp_msg_set_num(&m, AVP_SESSION_ID, 5);
	inject(&b, i.local_session, &m, NULL, 0);
	CU_ASSERT_EQUAL(b.ses_downs, 1);
	CU_ASSERT_EQUAL(type_of(&b.wire[0]), MSG_CDN);
	end();
}

static void outgoing_call_is_refused_with_cdn(void)
{
	struct l2tp_msg m;

	up();
	l2tp_msg_init(&m, MSG_OCRQ);
	for (int t = AVP_SESSION_ID; t <= AVP_FRAMING_TYPE; t++)
		l2tp_msg_set_num(&m, t, 77);
	l2tp_msg_set(&m, AVP_CALLED_NUMBER, "1", 1);
	inject(&a, 0, &m, NULL, 0);
	CU_ASSERT_EQUAL_FATAL(a.n, 1);
	CU_ASSERT_EQUAL(type_of(&a.wire[0]), MSG_CDN);
	CU_ASSERT_EQUAL(memcmp(a.wire[0].data + 6, "\0\x4d", 2), 0); /* session 77 */
	CU_ASSERT_EQUAL(a.wire[0].data[27], CDN_NO_FACILITY);
	CU_ASSERT_EQUAL(a.ses_downs, 0);
	end();
}

static void silence_is_found_by_hello(void)
{
	up();
	run(59000);
	CU_ASSERT_EQUAL(a.n, 0);
	run(120000); /* HELLOs are answered */
	CU_ASSERT_EQUAL(a.downs + b.downs, 0);
	run_dark(60000 + 31000 + 1000);
	CU_ASSERT_EQUAL(a.downs, 1);
	CU_ASSERT_EQUAL(b.downs, 1);
	CU_ASSERT_EQUAL(a.ses_downs, 1);
	CU_ASSERT_EQUAL(tunnels(&a), 0);
	end();
}

static void carrier_down_freezes_everything(void)
{
	up();
	l2tp_peer_carrier_state(a.peer, false);
	l2tp_peer_carrier_state(b.peer, false);
	call(&a);
	run(1000000);
	CU_ASSERT_EQUAL(a.downs + b.downs + a.ses_downs + b.ses_downs, 0);
	l2tp_peer_carrier_state(a.peer, true);
	l2tp_peer_carrier_state(b.peer, true);
	run(500);
	CU_ASSERT_EQUAL(b.ses_ups, 2);
	a.send_rc = -ENETDOWN; /* the same, said by the carrier */
	call(&a);
	run_dark(40000);
	a.send_rc = 0;
	l2tp_peer_carrier_state(a.peer, true);
	run(500);
	CU_ASSERT_EQUAL(b.ses_ups, 3);
	end();
	begin(NULL, NULL); /* called before there is a carrier */
	l2tp_peer_carrier_state(a.peer, false);
	call(&a);
	run(100000);
	CU_ASSERT_EQUAL(a.n, 0);
	l2tp_peer_carrier_state(a.peer, true);
	run(500);
	CU_ASSERT_EQUAL(a.ses_ups, 1);
	end();
}

static void reset_is_silent_and_a_restarted_peer_is_let_in(void)
{
	up();
	l2tp_peer_reset(b.peer);
	CU_ASSERT_EQUAL(b.n, 0);
	CU_ASSERT_EQUAL(b.downs, 1);
	CU_ASSERT_EQUAL(b.ses_downs, 1);
	CU_ASSERT_EQUAL(tunnels(&b), 0);
	l2tp_peer_reset(a.peer);
	call(&a);
	run(500);
	CU_ASSERT_EQUAL(b.ses_ups, 2);
	end();
	up(); /* one that redials from the callback */
	a.redial = true;
	l2tp_peer_reset(a.peer);
	a.redial = false;
	run(500);
	CU_ASSERT_EQUAL(a.ses_ups, 2);
	a.redial = true; /* not when the peer goes */
	end();
}

static void retransmitted_request_makes_no_second_tunnel(void)
{
	struct wire_msg first;

	begin(NULL, NULL);
	call(&a);
	first = a.wire[0];
	run(500);
	l2tp_peer_rx(b.peer, first.data, first.len);
	CU_ASSERT_EQUAL(tunnels(&b), 1);
	CU_ASSERT_EQUAL(b.n, 1); /* acknowledged again */
	CU_ASSERT_EQUAL(type_of(&b.wire[0]), ZLB);
	/* The same id with other contents: the peer has restarted. */
	first.data[first.len - 1] ^= 1;
	l2tp_peer_rx(b.peer, first.data, first.len);
	CU_ASSERT_EQUAL(b.downs, 1);
	CU_ASSERT_EQUAL(tunnels(&b), 1);
	end();
}

static void a_tunnel_id_may_come_again_after_its_tunnel(void)
{
	struct wire_msg first;

	begin(NULL, NULL);
	call(&a);
	first = a.wire[0];
	run(500);
	l2tp_tunnel_close(a.tunnel, &admin);
	run(500);
	CU_ASSERT_STRING_EQUAL(info_of(&b).state, "linger");
	l2tp_peer_rx(b.peer, first.data, first.len);
	CU_ASSERT_EQUAL(tunnels(&b), 1);
	CU_ASSERT_STRING_EQUAL(info_of(&b).state, "wait-ctl-conn");
	end();
}

static void messages_of_nobody_are_discarded(void)
{
	uint8_t buf[L2TP_MSG_MAX];
	struct wire_msg m;

	up();
	l2tp_session_close(a.session[0], &admin);
	m = a.wire[0];
	for (size_t n = 0; n < m.len; n++) { /* truncated */
		uint8_t *cut = malloc(n ? n : 1);

		memcpy(cut, m.data, n);
		l2tp_peer_rx(b.peer, cut, n);
		free(cut);
	}
	memcpy(buf, m.data, m.len);
	buf[4] ^= 0x55; /* another tunnel */
	l2tp_peer_rx(b.peer, buf, m.len);
	put_u16(buf + 4, 0); /* tunnel 0 is for SCCRQ and StopCCN only */
	l2tp_peer_rx(b.peer, buf, m.len);
	l2tp_peer_rx(b.peer, buf, 12);
	CU_ASSERT_EQUAL(b.ses_downs, 0);
	CU_ASSERT_EQUAL(b.n, 0);
	run(100);
	CU_ASSERT_EQUAL(b.ses_downs, 1);
	end();
}

static void a_flood_of_requests_is_bounded(void)
{
	struct wire_msg first;

	begin(NULL, NULL);
	call(&a);
	first = a.wire[0];
	for (uint16_t id = 1; id < 500; id++) {
		/* Assigned Tunnel ID: behind Message Type, Version, Framing, Firmware, Host Name,
		 * Vendor Name */
		for (size_t i = 12; i + 8 <= first.len; i += first.data[i + 1])
			if (first.data[i + 5] == AVP_TUNNEL_ID)
				put_u16(first.data + i + 6, id);
		l2tp_peer_rx(b.peer, first.data, first.len);
	}
	CU_ASSERT_EQUAL(tunnels(&b), 64);
	run_dark(60000);
	CU_ASSERT_EQUAL(tunnels(&b), 0);
	end();
}

static void closing_while_opening_leaves_nothing(void)
{
	struct l2tp_session *s;

	begin(NULL, NULL); /* before SCCRP */
	s = call(&a);
	l2tp_session_close(s, &admin);
	CU_ASSERT_EQUAL(a.ses_downs, 1);
	run(500);
	CU_ASSERT_EQUAL(a.ses_ups + b.ses_ups, 0);
	end();
	begin(NULL, NULL); /* ICRQ is out, ICRP is not in: CDN with session 0 */
	s = call(&a);
	while (a.n + b.n && !(a.n && type_of(&a.wire[0]) == MSG_ICRQ)) {
		hand_over(a.n ? &a : &b);
		if (!a.n && !b.n)
			tick(60);
	}
	expect(&a, MSG_ICRQ);
	l2tp_session_close(s, &admin);
	run(500);
	CU_ASSERT_EQUAL(info_of(&a).sessions + info_of(&b).sessions, 0);
	CU_ASSERT_EQUAL(b.ses_downs, 0); /* it had never heard of it */
	end();
	begin(NULL, NULL); /* the peer goes while the tunnel opens */
	call(&a);
	expect(&a, MSG_SCCRQ);
	l2tp_peer_free(a.peer);
	CU_ASSERT_EQUAL(a.ses_downs, 1);
	l2tp_peer_free(b.peer);
	end();
}

static void crossing_cdns_and_stopccns_are_harmless(void)
{
	up();
	l2tp_session_close(a.session[0], &admin);
	l2tp_session_close(b.session[0], &admin);
	run(500);
	CU_ASSERT_EQUAL(a.ses_downs, 1);
	CU_ASSERT_EQUAL(b.ses_downs, 1);
	CU_ASSERT_EQUAL(a.downs, 0);
	l2tp_tunnel_close(a.tunnel, &admin);
	l2tp_tunnel_close(b.tunnel, &admin);
	run(500);
	CU_ASSERT_EQUAL(a.downs, 1);
	CU_ASSERT_EQUAL(b.downs, 1);
	CU_ASSERT_EQUAL(l2tp_closing(a.l2tp) + l2tp_closing(b.l2tp), 0);
	run(32000);
	CU_ASSERT_EQUAL(tunnels(&a) + tunnels(&b), 0);
	end();
}

static void bad_configurations_are_refused(void)
{
	struct l2tp_peer_cfg good = cfg_of("a"), c;

	begin(NULL, NULL);
#define BAD(change)                                                                                \
	c = good;                                                                                  \
	change;                                                                                    \
	CU_ASSERT_EQUAL(l2tp_peer_reconfigure(a.peer, &c), -EINVAL)
	CU_ASSERT_EQUAL(l2tp_peer_reconfigure(a.peer, &good), 0);
	BAD(c.host_name[0] = 0);
	BAD(c.rx_window = 0);
	BAD(c.rx_window = 65);
	BAD(c.rto_cap = 7);
	BAD(c.retries = 0);
	BAD(c.hide_avps = true);
	BAD(c.data_offset = 65);
	BAD(c.secret = (const uint8_t *)""; c.secret_len = 0);
	end();
}

static const struct unit_case cases[] = {
	{ "tunnel and session come up and go as in the RFC",
	  tunnel_and_session_come_up_as_in_the_rfc },
	{ "200 sessions share a tunnel", two_hundred_sessions_share_a_tunnel },
	{ "authentication decides", authentication_decides },
	{ "host name, acceptance and calls are policed",
	  host_name_acceptance_and_calls_are_policed },
	{ "sequencing and options reach both ends", sequencing_and_options_reach_both_ends },
	{ "any one message may be lost", any_one_message_may_be_lost },
	{ "crossing requests make one tunnel", crossing_requests_make_one_tunnel },
	{ "equal tie breakers end both", equal_tie_breakers_end_both },
	{ "an unknown mandatory AVP ends what it concerns",
	  unknown_mandatory_avp_ends_what_it_concerns },
	{ "messages out of sequence are answered", messages_out_of_sequence_are_answered },
	{ "an outgoing call is refused with CDN", outgoing_call_is_refused_with_cdn },
	{ "silence is found by HELLO", silence_is_found_by_hello },
	{ "carrier down freezes everything", carrier_down_freezes_everything },
	{ "reset is silent and a restarted peer is let in",
	  reset_is_silent_and_a_restarted_peer_is_let_in },
	{ "a retransmitted request makes no second tunnel",
	  retransmitted_request_makes_no_second_tunnel },
	{ "a tunnel id may come again after its tunnel",
	  a_tunnel_id_may_come_again_after_its_tunnel },
	{ "messages of nobody are discarded", messages_of_nobody_are_discarded },
	{ "a flood of requests is bounded", a_flood_of_requests_is_bounded },
	{ "closing while opening leaves nothing", closing_while_opening_leaves_nothing },
	{ "crossing CDNs and StopCCNs are harmless", crossing_cdns_and_stopccns_are_harmless },
	{ "bad configurations are refused", bad_configurations_are_refused },
};

int main(void)
{
	int rc;

	osmo_init_logging2(NULL, &vcgw_log_info);
	log_set_log_level(osmo_stderr_target, LOGL_FATAL);
	if (getenv("L2TP_DUMP"))
		dump = fopen(getenv("L2TP_DUMP"), "w");
	rc = unit_main("l2tp/tunnel", cases, sizeof(cases) / sizeof(cases[0]));
	if (dump)
		fclose(dump);
	free(a.wire);
	free(b.wire);
	return rc;
}
