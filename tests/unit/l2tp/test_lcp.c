/* SPDX-License-Identifier: GPL-2.0-or-later */

/* LCP octet by octet, one end alone (RFC 1661 5 and 6). */

#include "tests/unit/l2tp/ppp_ends.h"

static void request_has_what_differs_from_the_defaults(void)
{
	struct frame f;

	ends_init();
	lns.cfg.mru = 1400;
	lns.cfg.auth = PPP_AUTH_CHAP_MD5;
	end_start(&lns);
	f = next(&lns);
	memset(f.b + 17, 0, 4); /* the magic number is random */
	CU_ASSERT(is_hex(&f, "c021 01 01 0013  01 04 0578  03 05 c223 05  05 06 00000000"));
	ends_free();
	ends_init();
	lac.cfg.mtu_limit = 1500;
	lac.cfg.mru = 4000;
	end_start(&lac);
	CU_ASSERT_EQUAL(next(&lac).len, 12); /* 1500 is no option */
	ends_free();
}

static void every_mru_is_taken_and_tiny_ones_are_raised(void)
{
	ends_init();
	end_start(&lns);
	forget(&lns);
	rx_hex(&lns, "c021 01 07 0008 01 04 05dc"); /* 1500 */
	EXPECT(&lns, "c021 02 07 0008 01 04 05dc");
	rx_hex(&lns, "c021 01 08 0008 01 04 ffff");
	EXPECT(&lns, "c021 02 08 0008 01 04 ffff");
	CU_ASSERT_EQUAL(lcp_tx_limit(&lns.ppp->lcp), 1500);
	rx_hex(&lns, "c021 01 09 0008 01 04 0080");
	EXPECT(&lns, "c021 02 09 0008 01 04 0080");
	CU_ASSERT_EQUAL(lcp_tx_limit(&lns.ppp->lcp), 128);
	rx_hex(&lns, "c021 01 0a 0008 01 04 007f");
	EXPECT(&lns, "c021 03 0a 0008 01 04 0080");
	rx_hex(&lns, "c021 01 0b 0004"); /* no option: the default again */
	EXPECT(&lns, "c021 02 0b 0004");
	CU_ASSERT_EQUAL(lcp_tx_limit(&lns.ppp->lcp), 1500);
	ends_free();
}

static void naks_lower_our_mru_and_never_raise_it(void)
{
	ends_init();
	lac.cfg.mru = 1400;
	end_start(&lac);
	forget(&lac);
	rx_hex(&lac, "c021 03 01 0008 01 04 0640"); /* 1600 */
	CU_ASSERT_EQUAL(lac.ppp->lcp.mru, 1400);
	rx_hex(&lac, "c021 03 02 0008 01 04 0500"); /* 1280 */
	CU_ASSERT_EQUAL(lac.ppp->lcp.mru, 1280);
	rx_hex(&lac, "c021 03 03 0008 01 04 0010"); /* 16: nonsense */
	CU_ASSERT_EQUAL(lac.ppp->lcp.mru, 1280);
	rx_hex(&lac, "c021 04 04 0008 01 04 0500"); /* rejected: the default holds */
	CU_ASSERT_EQUAL(lac.ppp->lcp.mru, 1500);
	CU_ASSERT_FALSE(lac.ppp->lcp.ask_mru);
	ends_free();
}

static void harmless_options_are_acknowledged_others_rejected(void)
{
	ends_init();
	end_start(&lns);
	forget(&lns);
	/* ACCM, PFC, ACFC */
	rx_hex(&lns, "c021 01 07 000e 02 06 000a0000 07 02 08 02");
	EXPECT(&lns, "c021 02 07 000e 02 06 000a0000 07 02 08 02");
	/* quality, callback, MRRU, short sequence, endpoint discriminator */
	rx_hex(&lns, "c021 01 08 001d 04 08 c025 00000000 0d 03 06 11 04 05f4 12 02 13 05 010203"
		     "07 02 00");
	CU_ASSERT_EQUAL(next(&lns).len, 0); /* 07 02 00: a stray octet, broken */
	rx_hex(&lns, "c021 01 08 001c 04 08 c025 00000000 0d 03 06 11 04 05f4 12 02 13 05 010203"
		     "07 02");
	EXPECT(&lns, "c021 04 08 001a 04 08 c025 00000000 0d 03 06 11 04 05f4 12 02 13 05 010203");
	/* wrong lengths */
	rx_hex(&lns, "c021 01 09 0012 02 03 00 07 03 00 08 03 00 01 05 05dc00");
	EXPECT(&lns, "c021 03 09 0012 02 06 00000000 07 02 08 02 01 04 05dc");
	ends_free();
}

static void authentication_demanded_of_us_follows_the_configuration(void)
{
	static const struct {
		bool pap, chap;
		const char *ask, *answer;
	} rows[] = {
		{ true, true, "c021 01 07 0008 03 04 c023", "c021 02 07 0008 03 04 c023" },
		{ true, true, "c021 01 07 0009 03 05 c223 05", "c021 02 07 0009 03 05 c223 05" },
		{ false, true, "c021 01 07 0008 03 04 c023", "c021 03 07 0009 03 05 c223 05" },
		{ true, false, "c021 01 07 0009 03 05 c223 05", "c021 03 07 0008 03 04 c023" },
		{ true, true, "c021 01 07 0009 03 05 c223 81", "c021 03 07 0009 03 05 c223 05" },
		{ true, true, "c021 01 07 0008 03 04 c227", "c021 03 07 0009 03 05 c223 05" },
		{ true, true, "c021 01 07 0007 03 03 c0", "c021 03 07 0009 03 05 c223 05" },
		{ true, true, "c021 01 07 0008 03 04 c223", "c021 03 07 0009 03 05 c223 05" },
		{ false, false, "c021 01 07 0008 03 04 c023", "c021 04 07 0008 03 04 c023" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		ends_init();
		lac.cfg.allow_pap = rows[i].pap;
		lac.cfg.allow_chap = rows[i].chap;
		end_start(&lac);
		forget(&lac);
		rx_hex(&lac, rows[i].ask);
		EXPECT(&lac, rows[i].answer);
		ends_free();
	}
	ends_init(); /* without a secret there is nothing to prove */
	lac.cfg.secret_len = 0;
	end_start(&lac);
	forget(&lac);
	rx_hex(&lac, "c021 01 07 0008 03 04 c023");
	EXPECT(&lac, "c021 04 07 0008 03 04 c023");
	ends_free();
}

static void rejected_magic_number_is_zero_from_then_on(void)
{
	struct frame f;

	ends_init();
	end_start(&lns);
	f = next(&lns);
	f.b[2] = NEG_CONF_REJ;
	end_rx(&lns, f.b, f.len);
	EXPECT(&lns, "c021 01 02 0004");
	rx_hex(&lns, "c021 02 02 0004");
	rx_hex(&lns, "c021 01 01 0004");
	forget(&lns);
	rx_hex(&lns, "c021 09 44 000a 00000000 6869");
	EXPECT(&lns, "c021 0a 44 000a 00000000 6869");
	rx_hex(&lns, "c021 09 44 0008 00000001"); /* nobody's */
	CU_ASSERT_EQUAL(next(&lns).len, 0);
	ends_free();
}

static void magic_zero_and_our_own_are_naked(void)
{
	struct frame f;

	ends_init();
	end_start(&lns);
	f = next(&lns);
	rx_hex(&lns, "c021 01 01 000a 05 06 00000000");
	CU_ASSERT_EQUAL(next(&lns).b[2], NEG_CONF_NAK);
	end_rx(&lns, f.b, f.len);
	f = next(&lns);
	CU_ASSERT_EQUAL(f.b[2], NEG_CONF_NAK);
	/* our Nak comes back: a magic number that is new again */
	end_rx(&lns, f.b, f.len);
	CU_ASSERT_NOT_EQUAL(memcmp(next(&lns).b + 8, f.b + 8, 4), 0);
	ends_free();
}

static void echo_is_answered_with_our_magic_number(void)
{
	struct frame f;

	ends_init();
	open_lcp(&lns);
	forget(&lns);
	rx_hex(&lns, "c021 09 44 000b 01020304 616263");
	f = next(&lns);
	CU_ASSERT_EQUAL(f.len, 13);
	CU_ASSERT_EQUAL(f.b[2], 10);
	CU_ASSERT_EQUAL(f.b[3], 0x44);
	CU_ASSERT_EQUAL(memcmp(f.b + 10, "abc", 3), 0);
	f.b[2] = 9; /* a request with our own number is our own, back from a loop */
	end_rx(&lns, f.b, f.len);
	rx_hex(&lns, "c021 09 45 0007 010203");
	rx_hex(&lns, "c021 09 45 0008 01020305");
	CU_ASSERT_EQUAL(next(&lns).len, 0);
	CU_ASSERT_EQUAL(info_of(&lns).malformed, 3);
	ends_free();
}

static void discard_and_identification_change_nothing(void)
{
	ends_init();
	open_lcp(&lns);
	rx_hex(&lns, "c021 0b 01 0008 01020304");
	rx_hex(&lns, "c021 0c 01 000b 01020304 616263");
	rx_hex(&lns, "c021 0d 01 000c 01020304 00000010");
	CU_ASSERT_EQUAL(next(&lns).len, 0);
	rx_hex(&lns, "c021 0e 01 0004");
	CU_ASSERT_EQUAL(next(&lns).b[2], NEG_CODE_REJ);
	ends_free();
}

static void unknown_protocols_are_rejected_in_the_network_phase(void)
{
	ends_init();
	open_lcp(&lns);
	rx_hex(&lns, "80fd 01 01 0004");
	EXPECT(&lns, "c021 08 02 000a 80fd 01010004");
	/* an even protocol number, an odd high octet, too short */
	rx_hex(&lns, "80fc 01 01 0004");
	rx_hex(&lns, "c121 01 01 0004");
	rx_hex(&lns, "c0");
	rx_hex(&lns, "");
	CU_ASSERT_EQUAL(info_of(&lns).malformed, 4);
	CU_ASSERT_EQUAL(info_of(&lns).protocol_rejects, 1);
	/* a peer that knows no Protocol-Reject gets none */
	rx_hex(&lns, "c021 07 01 000e 08 02 000a 80fd 01010004");
	rx_hex(&lns, "80fd 01 01 0004");
	CU_ASSERT_EQUAL(next(&lns).len, 0);
	ends_free();
}

static void rejected_lcp_or_authentication_ends_the_link(void)
{
	ends_init();
	open_lcp(&lns);
	rx_hex(&lns, "c021 08 01 0005 c0"); /* truncated */
	CU_ASSERT_EQUAL(info_of(&lns).malformed, 1);
	rx_hex(&lns, "c021 08 01 0006 c021");
	pass(10);
	CU_ASSERT_STRING_EQUAL(lns.why, "peer rejects LCP");
	ends_free();
	ends_init();
	lns.cfg.auth = PPP_AUTH_PAP;
	open_lcp(&lns);
	rx_hex(&lns, "c021 08 01 0006 c023");
	pass(10);
	CU_ASSERT_STRING_EQUAL(lns.why, "peer rejects the authentication protocol");
	ends_free();
}

static void rejected_network_protocol_is_left_alone(void)
{
	ends_init();
	open_lcp(&lns);
	rx_hex(&lns, "c021 08 01 0006 8057");
	CU_ASSERT_EQUAL(neg_state(&lns.ppp->ipv6cp.neg), NEG_ST_STOPPED);
	CU_ASSERT_EQUAL(neg_state(&lns.ppp->ipcp.neg), NEG_ST_REQ_SENT);
	rx_hex(&lns, "c021 08 01 0006 0021"); /* the data, not its control protocol: the same */
	CU_ASSERT_EQUAL(info_of(&lns).phase, PPP_PHASE_TERMINATE);
	ends_free();
}

static void peer_without_echo_is_not_called_dead(void)
{
	ends_init();
	lns.cfg.echo_interval = 5;
	lns.cfg.echo_failures = 1;
	lns.cfg.restart = 60; /* so that nothing else happens */
	open_lcp(&lns);
	rx_hex(&lns, "c021 07 01 000c 09 01 0008 00000000");
	pass(30);
	CU_ASSERT_EQUAL(info_of(&lns).echo_tx, 0);
	CU_ASSERT_EQUAL(info_of(&lns).phase, PPP_PHASE_NETWORK);
	ends_free();
}

/* It acknowledges all of ours and asks again and again what it does not get. */
static void a_peer_that_keeps_us_talking_is_left(void)
{
	ends_init();
	end_start(&lns);
	for (int t = 0; t < 119; t++) {
		struct frame f;

		rx_hex(&lns, "c021 01 01 0006 63 02");
		while ((f = next(&lns)).len) {
			if (f.b[2] != NEG_CONF_REQ)
				continue;
			f.b[2] = NEG_CONF_ACK;
			end_rx(&lns, f.b, f.len);
		}
		osmo_clock_override_add(CLOCK_MONOTONIC, 1, 0);
		osmo_gettimeofday_override_add(1, 0);
		timers();
	}
	CU_ASSERT_EQUAL(info_of(&lns).phase, PPP_PHASE_ESTABLISH);
	pass(10);
	CU_ASSERT_EQUAL(lns.downs, 1);
	CU_ASSERT_STRING_EQUAL(lns.why, "the link does not come up");
	ends_free();
}

static const struct unit_case cases[] = {
	{ "a request has what differs from the defaults",
	  request_has_what_differs_from_the_defaults },
	{ "every MRU is taken, tiny ones are raised", every_mru_is_taken_and_tiny_ones_are_raised },
	{ "Naks lower our MRU and never raise it", naks_lower_our_mru_and_never_raise_it },
	{ "harmless options are acknowledged, others rejected",
	  harmless_options_are_acknowledged_others_rejected },
	{ "authentication demanded of us follows the configuration",
	  authentication_demanded_of_us_follows_the_configuration },
	{ "a rejected magic number is zero from then on",
	  rejected_magic_number_is_zero_from_then_on },
	{ "magic zero and our own are naked", magic_zero_and_our_own_are_naked },
	{ "an echo is answered with our magic number", echo_is_answered_with_our_magic_number },
	{ "discard and identification change nothing", discard_and_identification_change_nothing },
	{ "unknown protocols are rejected in the Network phase",
	  unknown_protocols_are_rejected_in_the_network_phase },
	{ "rejected LCP or authentication ends the link",
	  rejected_lcp_or_authentication_ends_the_link },
	{ "a rejected network protocol is left alone", rejected_network_protocol_is_left_alone },
	{ "a peer without echo is not called dead", peer_without_echo_is_not_called_dead },
	{ "a peer that keeps us talking is left", a_peer_that_keeps_us_talking_is_left },
};

ENDS_MAIN("l2tp/lcp", cases)
