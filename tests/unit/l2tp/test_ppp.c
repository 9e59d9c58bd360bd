/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * Two links joined in memory. The ladder of a whole life, CHAP demanded by the LNS:
 *
 *   LAC                                   LNS
 *    |  LCP Conf-Req (magic)               |
 *    |------------------------------------>|
 *    |  LCP Conf-Req (CHAP-MD5, magic)     |
 *    |<------------------------------------|
 *    |  LCP Conf-Ack, both ways            |      Establish -> Authenticate
 *    |<----------------------------------->|
 *    |  CHAP Challenge                     |
 *    |<------------------------------------|
 *    |  CHAP Response (alice)              |
 *    |------------------------------------>|
 *    |  CHAP Success                       |      Authenticate -> Network
 *    |<------------------------------------|
 *    |  IPCP Conf-Req (0.0.0.0, DNS 0, 0)  |
 *    |------------------------------------>|
 *    |  IPCP Conf-Nak (198.51.100.7, DNS)  |
 *    |<------------------------------------|
 *    |  IPCP Conf-Req (198.51.100.7, DNS)  |
 *    |------------------------------------>|
 *    |  IPCP Conf-Ack; its own Req and Ack |
 *    |  IPV6CP Req and Ack, both ways      |
 *    |  LCP Terminate-Request              |      Network -> Terminate
 *    |<------------------------------------|
 *    |  LCP Terminate-Ack                  |
 *    |------------------------------------>|      down at once; the LAC one Restart later
 */

#include "tests/unit/l2tp/ppp_ends.h"

static char *ip(struct in_addr a)
{
	return inet_ntoa(a);
}

static void check_full(enum ppp_auth auth)
{
	struct ppp_info a = info_of(&lac), s = info_of(&lns);

	CU_ASSERT(both_open());
	CU_ASSERT_EQUAL(a.phase, PPP_PHASE_NETWORK);
	CU_ASSERT_EQUAL(s.phase, PPP_PHASE_NETWORK);
	CU_ASSERT_EQUAL(a.auth_us, auth);
	CU_ASSERT_EQUAL(s.auth_peer, auth);
	CU_ASSERT_STRING_EQUAL(s.peer_name, auth == PPP_AUTH_NONE ? "" : "alice");
	CU_ASSERT_STRING_EQUAL(lns.asked_user, s.peer_name);
	CU_ASSERT_STRING_EQUAL(ip(a.local_ip), "198.51.100.7");
	CU_ASSERT_STRING_EQUAL(ip(a.peer_ip), "192.0.2.1");
	CU_ASSERT_STRING_EQUAL(ip(a.dns[0]), "192.0.2.53");
	CU_ASSERT_STRING_EQUAL(ip(a.dns[1]), "192.0.2.54");
	CU_ASSERT_STRING_EQUAL(ip(s.peer_ip), "198.51.100.7");
	CU_ASSERT_EQUAL(memcmp(a.local_ip6_id, s.peer_ip6_id, 8), 0);
	CU_ASSERT_EQUAL(memcmp(s.local_ip6_id, a.peer_ip6_id, 8), 0);
	CU_ASSERT_EQUAL(a.magic, s.peer_magic);
	CU_ASSERT_EQUAL(s.magic, a.peer_magic);
	CU_ASSERT_NOT_EQUAL(a.magic, s.magic);
	/* what the data plane is told */
	CU_ASSERT_EQUAL(lns.net.peer_ip.s_addr, s.peer_ip.s_addr);
	CU_ASSERT_EQUAL(lns.net.peer_ip_len, 32);
	CU_ASSERT_FALSE(lns.net.any_ip6);
	CU_ASSERT_EQUAL(memcmp(lns.net.peer_ip6_id, s.peer_ip6_id, 8), 0);
	CU_ASSERT_EQUAL(lac.net.peer_ip_len, 0);
	CU_ASSERT(lac.net.any_ip6);
	CU_ASSERT_EQUAL(lac.net.peer_mru, 1500);
}

static void a_whole_life(enum ppp_auth auth)
{
	ends_init();
	lns.cfg.auth = auth;
	ends_start();
	check_full(auth);
	ppp_close(lns.ppp, "operator");
	pass(0);
	CU_ASSERT_EQUAL(lns.open, 0);
	CU_ASSERT_EQUAL(lac.open, 0);
	CU_ASSERT_EQUAL(lns.downs, 1);
	CU_ASSERT_STRING_EQUAL(lns.why, "operator");
	CU_ASSERT_EQUAL(lac.downs, 0); /* zrc: it leaves the peer a Restart time */
	pass(3);
	CU_ASSERT_EQUAL(lac.downs, 1);
	CU_ASSERT_STRING_EQUAL(lac.why, "terminated by the peer");
	ends_free();
}

static void up_and_down_with_chap(void)
{
	a_whole_life(PPP_AUTH_CHAP_MD5);
}

static void up_and_down_with_pap(void)
{
	a_whole_life(PPP_AUTH_PAP);
}

static void up_and_down_without_authentication(void)
{
	a_whole_life(PPP_AUTH_NONE);
}

static void both_ends_may_demand_authentication(void)
{
	ends_init();
	lns.cfg.auth = PPP_AUTH_CHAP_MD5;
	lac.cfg.auth = PPP_AUTH_PAP;
	lns.cfg.allow_pap = true;
	OSMO_STRLCPY_ARRAY(lns.cfg.user, "bob");
	lns.cfg.secret = (const uint8_t *)"builder";
	lns.cfg.secret_len = 7;
	lac.user = "bob";
	lac.secret = "builder";
	ends_start();
	CU_ASSERT(both_open());
	CU_ASSERT_STRING_EQUAL(info_of(&lac).peer_name, "bob");
	CU_ASSERT_STRING_EQUAL(info_of(&lns).peer_name, "alice");
	ends_free();
}

static void wrong_secret(enum ppp_auth auth)
{
	ends_init();
	lns.cfg.auth = auth;
	lns.secret = "wonderlanD";
	ends_start();
	pass(10);
	CU_ASSERT_EQUAL(lns.nets, 0);
	CU_ASSERT_EQUAL(lns.asked, 0);
	CU_ASSERT_EQUAL(lns.downs, 1);
	CU_ASSERT_EQUAL(lac.downs, 1);
	CU_ASSERT_STRING_EQUAL(lns.why, "authentication of the peer failed");
	CU_ASSERT_STRING_EQUAL(lac.why, "peer refused our authentication");
	ends_free();
}

static void wrong_password_ends_the_link(void)
{
	wrong_secret(PPP_AUTH_PAP);
	wrong_secret(PPP_AUTH_CHAP_MD5);
}

static void unknown_user_ends_the_link(void)
{
	for (int auth = PPP_AUTH_PAP; auth <= PPP_AUTH_CHAP_MD5; auth++) {
		ends_init();
		lns.cfg.auth = (enum ppp_auth)auth;
		lns.user = "carol";
		ends_start();
		pass(10);
		CU_ASSERT_STRING_EQUAL(lns.why, "authentication of the peer failed");
		CU_ASSERT_EQUAL(lns.nets, 0);
		ends_free();
	}
}

static void peer_that_will_not_authenticate_is_refused(void)
{
	ends_init();
	lns.cfg.auth = PPP_AUTH_CHAP_MD5;
	lac.cfg.allow_pap = lac.cfg.allow_chap = false;
	ends_start();
	pass(10);
	CU_ASSERT_STRING_EQUAL(lns.why, "peer refuses to authenticate");
	CU_ASSERT_EQUAL(lns.nets, 0);
	ends_free();
}

static void chap_is_not_bargained_down_to_pap(void)
{
	ends_init();
	lns.cfg.auth = PPP_AUTH_CHAP_MD5;
	lac.cfg.allow_chap = false;
	ends_start();
	pass(10);
	CU_ASSERT_STRING_EQUAL(lns.why, "peer refuses the authentication protocol");
	ends_free();
}

static void pap_is_raised_to_chap_if_the_peer_wants(void)
{
	ends_init();
	lns.cfg.auth = PPP_AUTH_PAP;
	lac.cfg.allow_pap = false;
	ends_start();
	check_full(PPP_AUTH_CHAP_MD5);
	ends_free();
}

static void mru_follows_what_fits_under_us(void)
{
	static const struct {
		uint16_t mru, limit; /* of the LAC */
		uint16_t lns_sends, lac_sends;
	} rows[] = {
		/* the LNS has MRU 1500, limit 1500 */
		{ 1500, 1500, 1500, 1500 }, { 1400, 1500, 1400, 1500 }, { 1500, 1400, 1400, 1400 },
		{ 1600, 1400, 1400, 1400 }, { 1600, 1600, 1500, 1500 }, { 1500, 1600, 1500, 1500 },
		{ 128, 1500, 128, 1500 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		ends_init();
		lac.cfg.mru = rows[i].mru;
		lac.cfg.mtu_limit = rows[i].limit;
		ends_start();
		CU_ASSERT(both_open());
		CU_ASSERT_EQUAL(lns.net.peer_mru, rows[i].lns_sends);
		CU_ASSERT_EQUAL(lac.net.peer_mru, rows[i].lac_sends);
		CU_ASSERT_EQUAL(info_of(&lac).local_mru, OSMO_MIN(rows[i].mru, rows[i].limit));
		CU_ASSERT_EQUAL(info_of(&lns).peer_mru, info_of(&lac).local_mru);
		ends_free();
	}
}

static void invalid_configurations_are_refused(void)
{
	struct ppp *ppp;

	ends_init();
	lac.cfg.ipcp = lac.cfg.ipv6cp = false;
	CU_ASSERT_EQUAL(ppp_new(&ppp, &lac.cfg, &end_ops, &lac), -EINVAL);
	ends_init();
	lac.cfg.mtu_limit = 127;
	CU_ASSERT_EQUAL(ppp_new(&ppp, &lac.cfg, &end_ops, &lac), -EINVAL);
	ends_init();
	lac.cfg.secret_len = PPP_SECRET_MAX + 1;
	CU_ASSERT_EQUAL(ppp_new(&ppp, &lac.cfg, &end_ops, &lac), -EINVAL);
	CU_ASSERT_PTR_NULL(ppp);
	ppp_free(NULL);
}

/* ---- a bad line ---- */

static unsigned int victim;

static int lose_victim(struct end *from, struct frame *f, unsigned int number)
{
	(void)from;
	(void)f;
	return number == victim ? 0 : 1;
}

static int repeat_victim(struct end *from, struct frame *f, unsigned int number)
{
	(void)from;
	(void)f;
	return number == victim ? 2 : 1;
}

static int lose_all(struct end *from, struct frame *f, unsigned int number)
{
	(void)from;
	(void)f;
	(void)number;
	return 0;
}

static unsigned int frames_of_a_life(enum ppp_auth auth)
{
	ends_init();
	lns.cfg.auth = auth;
	ends_start();
	CU_ASSERT(both_open());
	ends_free();
	return pump_count;
}

static void any_one_frame_may_be_lost(void)
{
	for (int auth = PPP_AUTH_NONE; auth <= PPP_AUTH_CHAP_MD5; auth++) {
		unsigned int total = frames_of_a_life((enum ppp_auth)auth);

		for (victim = 1; victim <= total; victim++) {
			ends_init();
			lns.cfg.auth = (enum ppp_auth)auth;
			hook = lose_victim;
			ends_start();
			pass(12);
			CU_ASSERT(both_open());
			CU_ASSERT_EQUAL(lns.asked, 1);
			ends_free();
		}
	}
}

/* A repeated Configure-Request in Opened is a renegotiation (RFC 1661 4.1): it ends well. */
static void any_one_frame_may_come_twice(void)
{
	for (int auth = PPP_AUTH_NONE; auth <= PPP_AUTH_CHAP_MD5; auth++) {
		unsigned int total = frames_of_a_life((enum ppp_auth)auth);

		for (victim = 1; victim <= total; victim++) {
			ends_init();
			lns.cfg.auth = (enum ppp_auth)auth;
			hook = repeat_victim;
			ends_start();
			pass(12);
			CU_ASSERT(both_open());
			ends_free();
		}
	}
}

/* The victim is held back and comes after its successor in the same direction. */
static struct frame held;
static struct end *held_from;

static int swap_victim(struct end *from, struct frame *f, unsigned int number)
{
	struct frame swap;

	if (number == victim) {
		held = *f;
		held_from = from;
		return 0;
	}
	if (held_from == from) {
		swap = *f;
		end_rx(from == &lac ? &lns : &lac, swap.b, swap.len);
		*f = held;
		held_from = NULL;
	}
	return 1;
}

static void any_two_frames_may_change_places(void)
{
	for (int auth = PPP_AUTH_NONE; auth <= PPP_AUTH_CHAP_MD5; auth++) {
		unsigned int total = frames_of_a_life((enum ppp_auth)auth);

		for (victim = 1; victim <= total; victim++) {
			ends_init();
			held_from = NULL;
			lns.cfg.auth = (enum ppp_auth)auth;
			hook = swap_victim;
			ends_start();
			pass(15);
			CU_ASSERT(both_open());
			ends_free();
		}
	}
}

static void silence_ends_the_link(void)
{
	ends_init();
	hook = lose_all;
	ends_start();
	pass(29);
	CU_ASSERT_EQUAL(lac.downs, 0);
	pass(2);
	CU_ASSERT_EQUAL(lac.downs, 1);
	CU_ASSERT_STRING_EQUAL(lac.why, "no answer to Configure-Request");
	ends_free();
}

static void silence_during_authentication_ends_the_link(void)
{
	for (int auth = PPP_AUTH_PAP; auth <= PPP_AUTH_CHAP_MD5; auth++) {
		ends_init();
		lns.cfg.auth = (enum ppp_auth)auth;
		open_lcp(&lns);
		pass(29);
		CU_ASSERT_EQUAL(info_of(&lns).phase, PPP_PHASE_AUTHENTICATE);
		hook = lose_all;
		pass(10);
		CU_ASSERT_STRING_EQUAL(lns.why, "peer does not authenticate itself");
		CU_ASSERT_EQUAL(lns.downs, 1);
		ends_free();
	}
}

static void a_looped_back_line_is_found(void)
{
	ends_init();
	end_start(&lac);
	for (int i = 0; i < 100 && lac.ppp; i++) {
		struct frame f = next(&lac);

		if (f.len)
			end_rx(&lac, f.b, f.len);
		else
			timers();
	}
	CU_ASSERT_EQUAL(lac.downs, 1);
	CU_ASSERT_STRING_EQUAL(lac.why, "the link is looped back");
	ends_free();
}

/* ---- the end ---- */

static void either_end_may_terminate_and_repeat_itself(void)
{
	ends_init();
	ends_start();
	ppp_close(lac.ppp, "first");
	ppp_close(lac.ppp, "second");
	pass(4);
	CU_ASSERT_EQUAL(lac.downs, 1);
	CU_ASSERT_STRING_EQUAL(lac.why, "first");
	CU_ASSERT_EQUAL(lns.downs, 1);
	ends_free();
}

static void termination_does_not_wait_for_ever(void)
{
	ends_init();
	ends_start();
	hook = lose_all;
	ppp_close(lac.ppp, "operator");
	pass(5);
	CU_ASSERT_EQUAL(lac.downs, 0);
	pass(1);
	CU_ASSERT_EQUAL(lac.downs, 1);
	ends_free();
}

static void unanswered_echoes_end_the_link(void)
{
	ends_init();
	lac.cfg.echo_interval = 10;
	lac.cfg.echo_failures = 3;
	ends_start();
	pass(35);
	CU_ASSERT(both_open());
	CU_ASSERT_EQUAL(info_of(&lac).echo_tx, 3);
	CU_ASSERT_EQUAL(info_of(&lac).echo_rx, 3);
	hook = lose_all;
	pass(34);
	CU_ASSERT_EQUAL(lac.downs, 0);
	pass(12);
	CU_ASSERT_EQUAL(lac.downs, 1);
	CU_ASSERT_STRING_EQUAL(lac.why, "no answer to Echo-Request");
	ends_free();
}

static void without_an_address_there_is_no_ip(void)
{
	ends_init();
	lns.pool = NULL;
	ends_start();
	pass(10);
	CU_ASSERT_EQUAL(lns.open, PPP_OPEN_IPV6); /* the other protocol lives on */
	CU_ASSERT_EQUAL(lac.open, PPP_OPEN_IPV6);
	ends_free();

	ends_init();
	lns.pool = NULL;
	lns.cfg.ipv6cp = false;
	lac.cfg.ipv6cp = false;
	ends_start();
	pass(10);
	CU_ASSERT_STRING_EQUAL(lns.why, "no network protocol: IPCP: no address for the peer");
	CU_ASSERT_EQUAL(lac.downs, 1);
	ends_free();
}

static void protocols_that_one_end_lacks_are_rejected(void)
{
	ends_init();
	lac.cfg.ipv6cp = false;
	ends_start();
	pass(10);
	CU_ASSERT_EQUAL(lac.open, PPP_OPEN_IP);
	CU_ASSERT_EQUAL(lns.open, PPP_OPEN_IP);
	CU_ASSERT(info_of(&lac).protocol_rejects > 0);
	ends_free();

	ends_init();
	lac.cfg.ipcp = false;
	lns.cfg.ipv6cp = false;
	ends_start();
	pass(20);
	CU_ASSERT_EQUAL(lac.downs, 1);
	CU_ASSERT_EQUAL(lns.downs, 1);
	ends_free();
}

static void renegotiation_closes_and_opens_the_network(void)
{
	ends_init();
	lns.cfg.auth = PPP_AUTH_CHAP_MD5;
	ends_start();
	CU_ASSERT(both_open());
	/* the LAC restarts and has forgotten everything */
	ppp_free(lac.ppp);
	lac.open = 0;
	end_start(&lac);
	pass(4);
	check_full(PPP_AUTH_CHAP_MD5);
	CU_ASSERT_EQUAL(lns.asked, 1); /* the address stays the link's */
	CU_ASSERT(lns.nets >= 3);
	ends_free();
}

static void nothing_is_published_before_authentication(void)
{
	static const char *const early[] = {
		"8021 01 01 000a 03 06 c6336407",
		"8057 01 01 000e 01 0a 0000000000000001",
		"0021 4500",
		"80fd 01 01 0004",
		"c023 02 01 0005 00",
		"c223 03 01 0004",
	};

	ends_init();
	lns.cfg.auth = PPP_AUTH_CHAP_MD5;
	open_lcp(&lns);
	for (size_t i = 0; i < sizeof(early) / sizeof(early[0]); i++)
		rx_hex(&lns, early[i]);
	CU_ASSERT_EQUAL(next(&lns).len, 0);
	CU_ASSERT_EQUAL(lns.asked, 0);
	CU_ASSERT_EQUAL(lns.nets, 0);
	CU_ASSERT_EQUAL(info_of(&lns).discarded, 6);
	ends_free();
}

/* ---- hostile ---- */

enum mutation { FLIP_ALL, FLIP_LOW, ZERO, TRUNCATE, MUTATIONS };

static size_t mut_at;
static enum mutation mut_how;
static bool mut_hit;

/* The victim at octet mut_at, or cut there; then the right one behind it. */
static int mutate_victim(struct end *from, struct frame *f, unsigned int number)
{
	struct frame bad = *f;

	if (number != victim || mut_at >= f->len)
		return 1;
	mut_hit = true;
	switch (mut_how) {
	case FLIP_ALL:
		bad.b[mut_at] ^= 0xff;
		break;
	case FLIP_LOW:
		bad.b[mut_at] ^= 0x01;
		break;
	case ZERO:
		bad.b[mut_at] = 0;
		break;
	default:
		bad.len = mut_at;
	}
	end_rx(from == &lac ? &lns : &lac, bad.b, bad.len);
	return 1;
}

static unsigned long mutate_everywhere(enum mutation how)
{
	unsigned int total = frames_of_a_life(PPP_AUTH_CHAP_MD5);
	unsigned long n = 0;

	mut_how = how;
	for (victim = 1; victim <= total; victim++) {
		for (mut_at = 0, mut_hit = true; mut_hit; mut_at++, n++) {
			mut_hit = false;
			ends_init();
			lns.cfg.auth = PPP_AUTH_CHAP_MD5;
			hook = mutate_victim;
			ends_start();
			pass(15);
			/* open, or ended with a reason; never half, never with a wrong name */
			for (struct end *e = &lac;; e = &lns) {
				CU_ASSERT(e->open == 0 || e->ppp);
				CU_ASSERT(e->downs <= 1);
				CU_ASSERT(e->downs == 0 || e->why[0]);
				if (e == &lns)
					break;
			}
			if (how == TRUNCATE) {
				CU_ASSERT(both_open()); /* truncated frames change nothing */
			}
			if (lns.open)
				CU_ASSERT_STRING_EQUAL(info_of(&lns).peer_name, "alice");
			ends_free();
		}
	}
	return n;
}

static void frames_mutated_at_every_octet_harm_nobody(void)
{
	CU_ASSERT(mutate_everywhere(FLIP_ALL) > 100);
	CU_ASSERT(mutate_everywhere(FLIP_LOW) > 100);
	CU_ASSERT(mutate_everywhere(ZERO) > 100);
}

static void frames_truncated_at_every_length_change_nothing(void)
{
	CU_ASSERT(mutate_everywhere(TRUNCATE) > 100);
}

static const struct unit_case cases[] = {
	{ "up and down with CHAP", up_and_down_with_chap },
	{ "up and down with PAP", up_and_down_with_pap },
	{ "up and down without authentication", up_and_down_without_authentication },
	{ "both ends may demand authentication", both_ends_may_demand_authentication },
	{ "a wrong password ends the link", wrong_password_ends_the_link },
	{ "an unknown user ends the link", unknown_user_ends_the_link },
	{ "a peer that will not authenticate is refused",
	  peer_that_will_not_authenticate_is_refused },
	{ "CHAP is not bargained down to PAP", chap_is_not_bargained_down_to_pap },
	{ "PAP is raised to CHAP if the peer wants", pap_is_raised_to_chap_if_the_peer_wants },
	{ "the MRU follows what fits under us", mru_follows_what_fits_under_us },
	{ "invalid configurations are refused", invalid_configurations_are_refused },
	{ "any one frame may be lost", any_one_frame_may_be_lost },
	{ "any one frame may come twice", any_one_frame_may_come_twice },
	{ "any two frames may change places", any_two_frames_may_change_places },
	{ "silence ends the link", silence_ends_the_link },
	{ "silence during authentication ends the link",
	  silence_during_authentication_ends_the_link },
	{ "a looped-back line is found", a_looped_back_line_is_found },
	{ "either end may terminate and repeat itself",
	  either_end_may_terminate_and_repeat_itself },
	{ "termination does not wait for ever", termination_does_not_wait_for_ever },
	{ "unanswered echoes end the link", unanswered_echoes_end_the_link },
	{ "without an address there is no IP", without_an_address_there_is_no_ip },
	{ "protocols that one end lacks are rejected", protocols_that_one_end_lacks_are_rejected },
	{ "renegotiation closes and opens the network",
	  renegotiation_closes_and_opens_the_network },
	{ "nothing is published before authentication",
	  nothing_is_published_before_authentication },
	{ "frames mutated at every octet harm nobody", frames_mutated_at_every_octet_harm_nobody },
	{ "frames truncated at every length change nothing",
	  frames_truncated_at_every_length_change_nothing },
};

ENDS_MAIN("l2tp/ppp", cases)
