/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * PAP (RFC 1334 2) and CHAP-MD5 (RFC 1994) octet by octet, one end alone. The digests come from
 * Python: hashlib.md5(bytes([id]) + b"wonderland" + challenge).hexdigest().
 */

#include "tests/unit/l2tp/ppp_ends.h"

/* The LAC is asked for auth (options of the LCP request), LCP opens. */
static void lac_asked(const char *request)
{
	ends_init();
	end_start(&lac);
	ack_request(&lac, PPP_PROTO_LCP);
	rx_hex(&lac, request);
	CU_ASSERT_EQUAL(next(&lac).b[2], NEG_CONF_ACK);
}

static void lns_demands(enum ppp_auth auth)
{
	ends_init();
	lns.cfg.auth = auth;
	end_start(&lns);
	ack_request(&lns, PPP_PROTO_LCP);
	rx_hex(&lns, "c021 01 01 000a 05 06 01020304");
	CU_ASSERT_EQUAL(next(&lns).b[2], NEG_CONF_ACK);
}

static void responses_are_md5_of_id_secret_challenge(void)
{
	static const struct {
		const char *challenge, *response;
	} rows[] = {
		{ "c223 01 01 0018 10 000102030405060708090a0b0c0d0e0f 6c6e73",
		  "c223 02 01 001a 10 d0746cfec3b68995b2f59f07ab80adfd 616c696365" },
		{ "c223 01 00 0006 01 ff",
		  "c223 02 00 001a 10 a17a20410fbd2ea831700c3112c4c57b 616c696365" },
	};

	lac_asked("c021 01 01 0009 03 05 c223 05");
	for (size_t i = 0; i < 2; i++) {
		rx_hex(&lac, rows[i].challenge);
		EXPECT(&lac, rows[i].response);
	}
	rx_hex(&lac, "c223 03 02 0004"); /* about no challenge that we answered */
	CU_ASSERT_EQUAL(info_of(&lac).phase, PPP_PHASE_AUTHENTICATE);
	rx_hex(&lac, "c223 03 01 0004"); /* without a message; the older challenge */
	CU_ASSERT_EQUAL(info_of(&lac).phase, PPP_PHASE_NETWORK);
	forget(&lac);
	rx_hex(&lac, rows[0].challenge); /* again, in the Network phase */
	EXPECT(&lac, rows[0].response);
	rx_hex(&lac, "c223 04 01 0004"); /* and this time it is not good */
	CU_ASSERT_EQUAL(info_of(&lac).phase, PPP_PHASE_TERMINATE);
	ends_free();
}

static void malformed_challenges_get_no_response(void)
{
	uint8_t b[] = { 0xc2, 0x23, 1, 1, 0, 8, 3, 0xaa, 0xbb, 0xcc };

	lac_asked("c021 01 01 0009 03 05 c223 05");
	for (size_t len = 0; len < sizeof(b); len++)
		end_rx(&lac, b, len);
	rx_hex(&lac, "c223 01 01 0005 00");    /* no value */
	rx_hex(&lac, "c223 01 01 0006 02 aa"); /* value longer than the packet */
	rx_hex(&lac, "c223 05 01 0004");
	CU_ASSERT_EQUAL(next(&lac).len, 0);
	CU_ASSERT_EQUAL(info_of(&lac).malformed, sizeof(b) + 3);
	ends_free();
}

static void response_to_another_challenge_is_discarded(void)
{
	struct frame c;

	lns_demands(PPP_AUTH_CHAP_MD5);
	c = next(&lns);
	CU_ASSERT_EQUAL(c.len, 2 + 4 + 1 + 16 + 11);
	CU_ASSERT_EQUAL(memcmp(c.b + 23, "lns.example", 11), 0);
	rx_hex(&lns, "c223 02 02 001a 10 00000000000000000000000000000000 616c696365");
	CU_ASSERT_EQUAL(next(&lns).len, 0);
	CU_ASSERT_EQUAL(info_of(&lns).discarded, 1);
	ends_free();
}

static void challenge_changes_each_time(void)
{
	struct frame a, b;

	lns_demands(PPP_AUTH_CHAP_MD5);
	a = next(&lns);
	osmo_clock_override_add(CLOCK_MONOTONIC, 3, 0);
	osmo_gettimeofday_override_add(3, 0);
	timers();
	b = next(&lns);
	CU_ASSERT_EQUAL(b.b[3], (uint8_t)(a.b[3] + 1));
	CU_ASSERT_NOT_EQUAL(memcmp(a.b + 7, b.b + 7, 16), 0);
	ends_free();
}

static void reflected_challenge_is_not_answered(void)
{
	struct frame c;

	ends_init();
	lac.cfg.auth = PPP_AUTH_CHAP_MD5;
	end_start(&lac);
	ack_request(&lac, PPP_PROTO_LCP);
	rx_hex(&lac, "c021 01 01 0009 03 05 c223 05");
	next(&lac);
	c = next(&lac);
	CU_ASSERT_EQUAL(c.b[2], 1);
	end_rx(&lac, c.b, c.len);
	CU_ASSERT_EQUAL(next(&lac).len, 0);
	ends_free();
}

static void pap_request_is_name_and_password(void)
{
	lac_asked("c021 01 01 0008 03 04 c023");
	EXPECT(&lac, "c023 01 01 0015 05 616c696365 0a 776f6e6465726c616e64");
	rx_hex(&lac, "c023 02 09 0005 00"); /* another identifier */
	CU_ASSERT_EQUAL(info_of(&lac).phase, PPP_PHASE_AUTHENTICATE);
	rx_hex(&lac, "c023 02 01 0005 00");
	CU_ASSERT_EQUAL(info_of(&lac).phase, PPP_PHASE_NETWORK);
	ends_free();
}

static void pap_answer_is_repeated_for_repeated_requests(void)
{
	lns_demands(PPP_AUTH_PAP);
	rx_hex(&lns, "c023 01 07 0015 05 616c696365 0a 776f6e6465726c616e64");
	EXPECT(&lns, "c023 02 07 000c 07 57656c636f6d65");
	forget(&lns);
	rx_hex(&lns, "c023 01 08 0007 01 62 00"); /* whatever it says now */
	EXPECT(&lns, "c023 02 08 000c 07 57656c636f6d65");
	CU_ASSERT_STRING_EQUAL(info_of(&lns).peer_name, "alice");
	ends_free();
}

static void refusals_do_not_tell_why(void)
{
	static const char *const asks[] = {
		"c023 01 07 0015 05 616c696365 0a 776f6e6465726c616e65",   /* wrong password */
		"c023 01 07 0014 05 616c696365 09 776f6e6465726c616e",	   /* a prefix of it */
		"c023 01 07 0015 05 626c696365 0a 776f6e6465726c616e64",   /* unknown */
		"c023 01 07 0016 06 616c69636500 0a 776f6e6465726c616e64", /* "alice\0" */
		"c023 01 07 0006 00 00",
	};

	for (size_t i = 0; i < sizeof(asks) / sizeof(asks[0]); i++) {
		lns_demands(PPP_AUTH_PAP);
		rx_hex(&lns, asks[i]);
		EXPECT(&lns, "c023 03 07 001a 15 41757468656e7469636174696f6e206661696c6564");
		CU_ASSERT_EQUAL(next(&lns).b[2], NEG_TERM_REQ);
		ends_free();
	}
}

static void broken_pap_requests_are_discarded(void)
{
	lns_demands(PPP_AUTH_PAP);
	rx_hex(&lns, "c023 01 07 0015 ff 616c696365 0a 776f6e6465726c616e64");
	rx_hex(&lns, "c023 01 07 0015 05 616c696365 0b 776f6e6465726c616e64");
	rx_hex(&lns, "c023 01 07 0004");
	rx_hex(&lns, "c023 01 07 0016 05 616c696365 0a 776f6e6465726c616e64");
	CU_ASSERT_EQUAL(next(&lns).len, 0);
	CU_ASSERT_EQUAL(info_of(&lns).malformed, 4);
	ends_free();
}

static const struct unit_case cases[] = {
	{ "responses are MD5 of identifier, secret, challenge",
	  responses_are_md5_of_id_secret_challenge },
	{ "malformed challenges get no response", malformed_challenges_get_no_response },
	{ "a response to another challenge is discarded",
	  response_to_another_challenge_is_discarded },
	{ "the challenge changes each time", challenge_changes_each_time },
	{ "a reflected challenge is not answered", reflected_challenge_is_not_answered },
	{ "a PAP request is name and password", pap_request_is_name_and_password },
	{ "a PAP answer is repeated for repeated requests",
	  pap_answer_is_repeated_for_repeated_requests },
	{ "refusals do not tell why", refusals_do_not_tell_why },
	{ "broken PAP requests are discarded", broken_pap_requests_are_discarded },
};

ENDS_MAIN("l2tp/chap_pap", cases)
