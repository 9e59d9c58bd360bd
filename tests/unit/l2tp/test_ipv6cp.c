/* SPDX-License-Identifier: GPL-2.0-or-later */

/* IPV6CP octet by octet, one end alone (RFC 5072 4.1). LCP is open. */

#include "tests/unit/l2tp/ppp_ends.h"

static const uint8_t zero[8];

/* \returns the end's first Configure-Request. */
static struct frame begin(bool fixed_id)
{
	struct frame f;

	ends_init();
	lns.cfg.ipcp = false;
	if (fixed_id)
		memcpy(lns.cfg.ip6_id, "\x02\0\0\0\0\0\0\x01", 8);
	end_start(&lns);
	ack_request(&lns, PPP_PROTO_LCP);
	rx_hex(&lns, "c021 01 01 000a 05 06 01020304");
	next(&lns); /* LCP Ack */
	f = next(&lns);
	CU_ASSERT_EQUAL(f.len, 16);
	return f;
}

static void configured_identifier_is_asked(void)
{
	struct frame f = begin(true);

	CU_ASSERT(is_hex(&f, "8057 01 01 000e 01 0a 0200000000000001"));
	ends_free();
}

static void random_identifiers_are_local_and_not_zero(void)
{
	for (int i = 0; i < 50; i++) {
		struct frame f = begin(false);

		CU_ASSERT_EQUAL(f.b[8] & 0x02, 0);
		CU_ASSERT_NOT_EQUAL(memcmp(f.b + 8, zero, 8), 0);
		ends_free();
	}
}

static void different_identifiers_are_acknowledged_and_published(void)
{
	struct frame f = begin(true);

	f.b[2] = NEG_CONF_ACK;
	end_rx(&lns, f.b, f.len);
	rx_hex(&lns, "8057 01 05 000e 01 0a 0200000000000002");
	EXPECT(&lns, "8057 02 05 000e 01 0a 0200000000000002");
	CU_ASSERT_EQUAL(lns.open, PPP_OPEN_IPV6);
	CU_ASSERT_EQUAL(lns.net.peer_ip6_id[7], 2);
	CU_ASSERT_FALSE(lns.net.any_ip6);
	ends_free();
}

static void zero_and_equal_identifiers_get_a_suggestion(void)
{
	static const char *const asks[] = { "8057 01 05 000e 01 0a 0000000000000000",
					    "8057 01 05 000e 01 0a 0200000000000001",
					    "8057 01 05 000d 01 09 02000000000000" };

	for (size_t i = 0; i < 3; i++) {
		struct frame f = begin(true), nak;

		rx_hex(&lns, asks[i]);
		nak = next(&lns);
		CU_ASSERT_EQUAL(nak.b[2], NEG_CONF_NAK);
		CU_ASSERT_EQUAL(nak.len, 16);
		CU_ASSERT_EQUAL(nak.b[8] & 0x02, 0);
		CU_ASSERT_NOT_EQUAL(memcmp(nak.b + 8, zero, 8), 0);
		CU_ASSERT_NOT_EQUAL(memcmp(nak.b + 8, f.b + 8, 8), 0);
		ends_free();
	}
}

static void suggestion_of_the_peer_is_taken(void)
{
	begin(true);
	rx_hex(&lns, "8057 03 01 000e 01 0a 0400000000000009");
	EXPECT(&lns, "8057 01 02 000e 01 0a 0400000000000009");
	ends_free();
}

static void our_own_suggestion_coming_back_makes_a_new_one(void)
{
	struct frame f = begin(true), nak;

	end_rx(&lns, f.b, f.len); /* looped: equal identifiers */
	nak = next(&lns);
	nak.b[3] = f.b[3];
	end_rx(&lns, nak.b, nak.len);
	f = next(&lns);
	CU_ASSERT_EQUAL(f.b[2], NEG_CONF_REQ);
	CU_ASSERT_NOT_EQUAL(memcmp(f.b + 8, nak.b + 8, 8), 0);
	ends_free();
}

static void peer_without_the_option_is_reminded_once(void)
{
	begin(true);
	rx_hex(&lns, "8057 01 05 0004");
	CU_ASSERT_EQUAL(next(&lns).b[2], NEG_CONF_NAK);
	rx_hex(&lns, "8057 01 06 0004");
	EXPECT(&lns, "8057 02 06 0004");
	ends_free();
}

static void rejected_option_is_not_asked_again(void)
{
	struct frame f = begin(true);

	f.b[2] = NEG_CONF_REJ;
	end_rx(&lns, f.b, f.len);
	EXPECT(&lns, "8057 01 02 0004");
	ends_free();
}

static void compression_is_rejected(void)
{
	begin(true);
	rx_hex(&lns, "8057 01 05 0012 02 04 004f 01 0a 0200000000000002");
	EXPECT(&lns, "8057 04 05 0008 02 04 004f");
	ends_free();
}

static const struct unit_case cases[] = {
	{ "the configured identifier is asked", configured_identifier_is_asked },
	{ "random identifiers are local and not zero", random_identifiers_are_local_and_not_zero },
	{ "different identifiers are acknowledged and published",
	  different_identifiers_are_acknowledged_and_published },
	{ "zero and equal identifiers get a suggestion",
	  zero_and_equal_identifiers_get_a_suggestion },
	{ "a suggestion of the peer is taken", suggestion_of_the_peer_is_taken },
	{ "our own suggestion coming back makes a new one",
	  our_own_suggestion_coming_back_makes_a_new_one },
	{ "a peer without the option is reminded once", peer_without_the_option_is_reminded_once },
	{ "a rejected option is not asked again", rejected_option_is_not_asked_again },
	{ "compression is rejected", compression_is_rejected },
};

ENDS_MAIN("l2tp/ipv6cp", cases)
