/* SPDX-License-Identifier: GPL-2.0-or-later */

/* What a peer may not do, and what becomes of it (RFC 2661 4.1, 5.1.1, 7.1). */

#include "tests/unit/l2tp/pair.h"

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
	{ "authentication decides", authentication_decides },
	{ "host name, acceptance and calls are policed",
	  host_name_acceptance_and_calls_are_policed },
	{ "an unknown mandatory AVP ends what it concerns",
	  unknown_mandatory_avp_ends_what_it_concerns },
	{ "messages out of sequence are answered", messages_out_of_sequence_are_answered },
	{ "an outgoing call is refused with CDN", outgoing_call_is_refused_with_cdn },
	{ "a retransmitted request makes no second tunnel",
	  retransmitted_request_makes_no_second_tunnel },
	{ "a tunnel id may come again after its tunnel",
	  a_tunnel_id_may_come_again_after_its_tunnel },
	{ "messages of nobody are discarded", messages_of_nobody_are_discarded },
	{ "a flood of requests is bounded", a_flood_of_requests_is_bounded },
	{ "bad configurations are refused", bad_configurations_are_refused },
};

int main(void)
{
	return pair_main("l2tp/police", cases, sizeof(cases) / sizeof(cases[0]));
}
