/* SPDX-License-Identifier: GPL-2.0-or-later */

/* IPCP octet by octet, one end alone (RFC 1332 3, RFC 1877 1). LCP is open. */

#include "tests/unit/l2tp/ppp_ends.h"

/* 192.0.2.1 is ours as an LNS, 198.51.100.7 the pool's, .53 and .54 the name servers. */
static void lns_open(void)
{
	ends_init();
	lns.cfg.ipv6cp = false;
	open_lcp(&lns);
}

static void lac_open(void)
{
	ends_init();
	lac.cfg.ipv6cp = false;
	open_lcp(&lac);
}

static void lns_names_its_address(void)
{
	ends_init();
	lns.cfg.ipv6cp = false;
	end_start(&lns);
	ack_request(&lns, PPP_PROTO_LCP);
	rx_hex(&lns, "c021 01 01 000a 05 06 01020304");
	next(&lns); /* LCP Ack */
	EXPECT(&lns, "8021 01 01 000a 03 06 c0000201");
	ends_free();
}

static void lac_asks_for_everything(void)
{
	ends_init();
	lac.cfg.ipv6cp = false;
	end_start(&lac);
	ack_request(&lac, PPP_PROTO_LCP);
	rx_hex(&lac, "c021 01 01 000a 05 06 01020304");
	next(&lac);
	EXPECT(&lac, "8021 01 01 0016 03 06 00000000 81 06 00000000 83 06 00000000");
	rx_hex(&lac, "8021 03 01 0010 03 06 c6336407 81 06 c0000235");
	EXPECT(&lac, "8021 01 02 0016 03 06 c6336407 81 06 c0000235 83 06 00000000");
	rx_hex(&lac, "8021 04 02 000a 83 06 00000000"); /* no secondary there */
	EXPECT(&lac, "8021 01 03 0010 03 06 c6336407 81 06 c0000235");
	rx_hex(&lac, "8021 02 03 0010 03 06 c6336407 81 06 c0000235");
	rx_hex(&lac, "8021 01 01 000a 03 06 c0000201");
	EXPECT(&lac, "8021 02 01 000a 03 06 c0000201");
	CU_ASSERT_EQUAL(lac.open, PPP_OPEN_IP);
	CU_ASSERT_EQUAL(lac.net.peer_ip.s_addr, htonl(0xc0000201));
	CU_ASSERT_EQUAL(lac.net.peer_ip_len, 0);
	CU_ASSERT_EQUAL(info_of(&lac).dns[1].s_addr, 0);
	ends_free();
}

static void lns_hands_out_address_and_name_servers(void)
{
	lns_open();
	rx_hex(&lns, "8021 01 05 0016 03 06 00000000 81 06 00000000 83 06 00000000");
	EXPECT(&lns, "8021 03 05 0016 03 06 c6336407 81 06 c0000235 83 06 c0000236");
	CU_ASSERT_EQUAL(lns.want.s_addr, 0);
	rx_hex(&lns, "8021 01 06 000a 03 06 c6336407");
	EXPECT(&lns, "8021 02 06 000a 03 06 c6336407");
	CU_ASSERT_EQUAL(lns.asked, 1);
	ends_free();
}

static void pool_hears_what_the_peer_would_like(void)
{
	lns_open();
	rx_hex(&lns, "8021 01 05 000a 03 06 0a010203");
	CU_ASSERT_EQUAL(lns.want.s_addr, htonl(0x0a010203));
	EXPECT(&lns, "8021 03 05 000a 03 06 c6336407");
	ends_free();
}

static void peer_that_insists_on_another_address_is_closed(void)
{
	lns_open();
	for (int i = 0; i < 5; i++) {
		rx_hex(&lns, "8021 01 05 000a 03 06 0a010203");
		EXPECT(&lns, "8021 03 05 000a 03 06 c6336407");
	}
	rx_hex(&lns, "8021 01 05 000a 03 06 0a010203");
	CU_ASSERT_EQUAL(next(&lns).b[2], NEG_TERM_REQ);
	pass(12);
	CU_ASSERT_STRING_EQUAL(lns.why,
			       "no network protocol: IPCP: peer insists on another address");
	CU_ASSERT_EQUAL(lns.nets, 0);
	ends_free();
}

static void peer_that_asks_nothing_is_told_then_let_in_with_the_pools_address(void)
{
	ends_init();
	lns.cfg.ipv6cp = false;
	end_start(&lns);
	ack_request(&lns, PPP_PROTO_LCP);
	rx_hex(&lns, "c021 01 01 000a 05 06 01020304");
	ack_request(&lns, PPP_PROTO_IPCP);
	for (int i = 0; i < 5; i++) {
		rx_hex(&lns, "8021 01 05 0004");
		EXPECT(&lns, "8021 03 05 000a 03 06 c6336407");
	}
	rx_hex(&lns, "8021 01 05 0004");
	EXPECT(&lns, "8021 02 05 0004");
	CU_ASSERT_EQUAL(lns.open, PPP_OPEN_IP);
	CU_ASSERT_EQUAL(lns.net.peer_ip.s_addr, htonl(0xc6336407));
	CU_ASSERT_EQUAL(lns.net.peer_ip_len, 32);
	ends_free();
}

static void our_own_address_is_not_for_naking(void)
{
	ends_init();
	lns.cfg.ipv6cp = false;
	end_start(&lns);
	ack_request(&lns, PPP_PROTO_LCP);
	rx_hex(&lns, "c021 01 01 000a 05 06 01020304");
	forget(&lns);
	rx_hex(&lns, "8021 03 01 000a 03 06 0a000001");
	EXPECT(&lns, "8021 01 02 000a 03 06 c0000201");
	rx_hex(&lns, "8021 04 02 000a 03 06 c0000201"); /* rejected: then without */
	EXPECT(&lns, "8021 01 03 0004");
	ends_free();
}

static void compression_and_old_options_are_rejected(void)
{
	lns_open();
	rx_hex(&lns, "8021 01 05 001e 01 0a 00000000 00000000 02 06 002d0f01 03 06 00000000"
		     "82 04 0000");
	EXPECT(&lns, "8021 04 05 0018 01 0a 00000000 00000000 02 06 002d0f01 82 04 0000");
	ends_free();
}

static void no_name_servers_to_hand_out_is_a_reject(void)
{
	ends_init();
	lns.cfg.dns[1].s_addr = 0;
	open_lcp(&lns);
	rx_hex(&lns, "8021 01 05 0010 81 06 c0000235 83 06 00000000");
	EXPECT(&lns, "8021 04 05 000a 83 06 00000000");
	ends_free();
}

static void wrong_length_is_naked_with_the_address(void)
{
	lns_open();
	rx_hex(&lns, "8021 01 05 0009 03 05 c63364");
	EXPECT(&lns, "8021 03 05 000a 03 06 c6336407");
	ends_free();
}

static void lac_without_an_address_closes(void)
{
	lac_open();
	rx_hex(&lac, "8021 04 01 000a 03 06 00000000");
	pass(12);
	CU_ASSERT_STRING_EQUAL(lac.why, "no network protocol: IPCP: peer gives us no address");
	ends_free();
	/* acknowledging 0.0.0.0 is no better */
	ends_init();
	lac.cfg.ipv6cp = false;
	end_start(&lac);
	ack_request(&lac, PPP_PROTO_LCP);
	rx_hex(&lac, "c021 01 01 000a 05 06 01020304");
	ack_request(&lac, PPP_PROTO_IPCP);
	rx_hex(&lac, "8021 01 01 000a 03 06 c0000201");
	pass(12);
	CU_ASSERT_EQUAL(lac.nets, 0);
	CU_ASSERT_STRING_EQUAL(lac.why, "no network protocol: IPCP: peer gives us no address");
	ends_free();
}

static void lac_takes_no_impossible_address(void)
{
	static const char *const bad[] = { "00000000", "7f000001", "e0000001", "ffffffff" };

	for (size_t i = 0; i < 4; i++) {
		char hex[64];

		lac_open();
		snprintf(hex, sizeof(hex), "8021 03 01 000a 03 06 %s", bad[i]);
		rx_hex(&lac, hex);
		EXPECT(&lac, "8021 01 02 0016 03 06 00000000 81 06 00000000 83 06 00000000");
		snprintf(hex, sizeof(hex), "8021 01 01 000a 03 06 %s", bad[i]); /* nor as a peer */
		rx_hex(&lac, hex);
		CU_ASSERT_EQUAL(next(&lac).b[2], NEG_CONF_REJ);
		ends_free();
	}
}

static const struct unit_case cases[] = {
	{ "an LNS names its address", lns_names_its_address },
	{ "a LAC asks for everything", lac_asks_for_everything },
	{ "an LNS hands out address and name servers", lns_hands_out_address_and_name_servers },
	{ "the pool hears what the peer would like", pool_hears_what_the_peer_would_like },
	{ "a peer that insists on another address is closed",
	  peer_that_insists_on_another_address_is_closed },
	{ "a peer that asks nothing is told, then let in with the pool's address",
	  peer_that_asks_nothing_is_told_then_let_in_with_the_pools_address },
	{ "our own address is not for naking", our_own_address_is_not_for_naking },
	{ "compression and old options are rejected", compression_and_old_options_are_rejected },
	{ "no name servers to hand out is a reject", no_name_servers_to_hand_out_is_a_reject },
	{ "a wrong length is naked with the address", wrong_length_is_naked_with_the_address },
	{ "a LAC without an address closes", lac_without_an_address_closes },
	{ "a LAC takes no impossible address", lac_takes_no_impossible_address },
};

ENDS_MAIN("l2tp/ipcp", cases)
