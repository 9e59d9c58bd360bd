/* SPDX-License-Identifier: GPL-2.0-or-later */

/* The life of tunnels and sessions. The ladders are those of RFC 2661 5 and 7. */

#include "tests/unit/l2tp/pair.h"

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

static void a_caller_is_sent_elsewhere(void)
{
	struct l2tp_peer_cfg ca = cfg_of("a"), cb = cfg_of("b");

	cb.accept = true;
	osmo_strlcpy(cb.try_another, "192.0.2.9", sizeof(cb.try_another));
	begin(&ca, &cb);
	call(&a);
	run(500);
	CU_ASSERT_STRING_EQUAL(a.elsewhere, "192.0.2.9");
	CU_ASSERT_EQUAL(a.ses_downs, 1);
	CU_ASSERT_EQUAL(a.ups + b.ups, 0);
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
	CU_ASSERT_EQUAL(b.ses_downs, 1); /* it had accepted the call */
	CU_ASSERT_EQUAL(b.ses_ups, 0);
	end();
	begin(NULL, NULL); /* the peer goes while the tunnel opens */
	call(&a);
	expect(&a, MSG_SCCRQ);
	l2tp_peer_free(a.peer);
	CU_ASSERT_EQUAL(a.ses_downs, 1);
	l2tp_peer_free(b.peer);
	end();
}

/* What the LNS sends on hearing the ICCN must find a session. */
static void a_call_is_told_of_before_its_iccn(void)
{
	begin(NULL, NULL);
	call(&a);
	expect(&a, MSG_SCCRQ);
	expect(&b, MSG_SCCRP);
	expect(&a, MSG_SCCCN);
	expect(&a, MSG_ICRQ);
	CU_ASSERT_EQUAL(a.answered, 0);
	while (b.n && a.answered == 0)
		hand_over(&b);
	CU_ASSERT_EQUAL(a.answered, 1);
	CU_ASSERT_EQUAL(a.sent_when_answered, 0);
	CU_ASSERT_EQUAL(a.ses_ups, 1);
	expect(&a, MSG_ICCN);
	CU_ASSERT_EQUAL(b.ses_ups, 1);
	CU_ASSERT_EQUAL(b.answered, 0);
	end();
}

static void a_call_that_we_cannot_carry_ends_with_cdn(void)
{
	begin(NULL, NULL);
	a.refuse_calls = true;
	call(&a);
	run(500);
	CU_ASSERT_EQUAL(a.answered, 1);
	CU_ASSERT_EQUAL(a.ses_ups + b.ses_ups, 0);
	CU_ASSERT_EQUAL(a.ses_downs, 1);
	CU_ASSERT_EQUAL(b.ses_downs, 1);
	CU_ASSERT_EQUAL(b.why.result, 4); /* RFC 2661 4.4.2: lack of appropriate facilities */
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

static const struct unit_case cases[] = {
	{ "tunnel and session come up and go as in the RFC",
	  tunnel_and_session_come_up_as_in_the_rfc },
	{ "200 sessions share a tunnel", two_hundred_sessions_share_a_tunnel },
	{ "sequencing and options reach both ends", sequencing_and_options_reach_both_ends },
	{ "any one message may be lost", any_one_message_may_be_lost },
	{ "crossing requests make one tunnel", crossing_requests_make_one_tunnel },
	{ "equal tie breakers end both", equal_tie_breakers_end_both },
	{ "silence is found by HELLO", silence_is_found_by_hello },
	{ "carrier down freezes everything", carrier_down_freezes_everything },
	{ "a caller is sent elsewhere", a_caller_is_sent_elsewhere },
	{ "reset is silent and a restarted peer is let in",
	  reset_is_silent_and_a_restarted_peer_is_let_in },
	{ "closing while opening leaves nothing", closing_while_opening_leaves_nothing },
	{ "a call is told of before its ICCN", a_call_is_told_of_before_its_iccn },
	{ "a call that we cannot carry ends with CDN", a_call_that_we_cannot_carry_ends_with_cdn },
	{ "crossing CDNs and StopCCNs are harmless", crossing_cdns_and_stopccns_are_harmless },
};

int main(void)
{
	return pair_main("l2tp/tunnel", cases, sizeof(cases) / sizeof(cases[0]));
}
