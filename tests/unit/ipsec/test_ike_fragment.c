/* SPDX-License-Identifier: GPL-2.0-or-later */

/* Messages that do not fit their path: cut, put together again, and what hostile pieces cannot do. */

#include <talloc.h>

#include "ipsec/ike/ike_internal.h"
#include "tests/unit/ipsec/ike_pair.h"
#include "tests/unit/unit.h"

enum { SMALL_MTU = 200, NEXT_AT = 16, FLAGS_AT = 19, NUMBER_AT = 34 };

/* Too large for a stack. */
static struct pair pair;

static uint64_t ctr(int i, enum ike_counter c)
{
	return ike_peer_counter(pair.end[i].peer, c);
}

/* Both ends with a small path and a large key exchange. */
static void begin(uint32_t mtu, uint16_t group)
{
	pair_init(&pair);
	for (int i = 0; i < 2; i++) {
		pair.end[i].path.mtu = mtu;
		pair.end[i].profile.p1[0].group = group;
		pair.end[i].profile.pfs_group = group;
	}
}

static void go(void)
{
	pair_start(&pair);
	pair_up(&pair);
}

static void end(void)
{
	pair_free(&pair);
}

static bool is_fragment(const uint8_t *msg)
{
	return msg[NEXT_AT] == IKE_PL_FRAGMENT;
}

/* ---- what is sent ---- */

static enum pair_fate look_at_all(struct pair *p, int from, unsigned int serial, const uint8_t *msg,
				  size_t len, void *priv)
{
	unsigned int *seen = priv;
	struct ike_hdr h;

	(void)serial;
	CU_ASSERT(len + 8 <= p->end[from].path.mtu);
	CU_ASSERT_EQUAL(ike_hdr_decode(&h, msg, len), 0);
	CU_ASSERT_EQUAL(h.len, len);
	if (!is_fragment(msg))
		return PAIR_PASS;
	++*seen;
	CU_ASSERT_EQUAL(h.exchange, IKE_X_MAIN);
	CU_ASSERT_EQUAL(h.flags, 0);
	CU_ASSERT_EQUAL(h.msgid, 0);
	/* One payload to the end; all but the last are as long as can be. */
	CU_ASSERT_EQUAL(msg[28], 0);
	CU_ASSERT_EQUAL((size_t)(msg[30] << 8 | msg[31]), len - 28);
	CU_ASSERT(msg[35] == 1 || (msg[35] == 0 && len + 8 == p->end[from].path.mtu));
	return PAIR_PASS;
}

static void what_does_not_fit_the_path_goes_in_fragments(void)
{
	static const uint32_t mtus[] = { 190, SMALL_MTU, 262, 400 };

	for (size_t i = 0; i < sizeof(mtus) / sizeof(mtus[0]); i++) {
		unsigned int seen = 0;

		begin(mtus[i], 15);
		pair.filter = look_at_all;
		pair.filter_priv = &seen;
		go();
		CU_ASSERT(pair_run_up(&pair, 1000));
		/* Messages 3 and 4 of Main Mode, 1 and 2 of Quick Mode. */
		for (int k = 0; k < 2; k++) {
			CU_ASSERT_EQUAL(ctr(k, IKE_CTR_FRAG_WHOLE), 2);
			CU_ASSERT_EQUAL(ctr(k, IKE_CTR_FRAG_RX), ctr(!k, IKE_CTR_FRAG_TX));
			CU_ASSERT_EQUAL(ctr(k, IKE_CTR_RETRANSMIT), 0);
			CU_ASSERT_EQUAL(ctr(k, IKE_CTR_RX_MALFORMED), 0);
		}
		CU_ASSERT_EQUAL(seen, ctr(0, IKE_CTR_FRAG_TX) + ctr(1, IKE_CTR_FRAG_TX));
		CU_ASSERT_EQUAL(ctr(0, IKE_CTR_RX), ctr(1, IKE_CTR_TX));
		end();
	}
}

static void what_fits_stays_whole(void)
{
	begin(1500, 15);
	go();
	CU_ASSERT(pair_run_up(&pair, 1000));
	CU_ASSERT_EQUAL(ctr(0, IKE_CTR_FRAG_TX) + ctr(1, IKE_CTR_FRAG_TX), 0);
	end();
}

static void ip_paths_fragment_to_their_mtu(void)
{
	for (int nat = 0; nat < 2; nat++) {
		begin(300, 15);
		pair_ip(&pair);
		if (nat) {
			pair.end[0].nat.on = true;
			endpoint_parse("198.51.100.7", &pair.end[0].nat.outer);
			pair.end[0].nat.shift = 1000;
			pair.end[1].path.at.remote = pair.end[0].nat.outer;
			pair.end[1].path.at.remote.port = 1500;
		}
		go();
		CU_ASSERT(pair_run_up(&pair, 2000));
		CU_ASSERT(ctr(0, IKE_CTR_FRAG_TX) >= 4);
		CU_ASSERT_EQUAL(ctr(1, IKE_CTR_FRAG_WHOLE), 2);
		CU_ASSERT_EQUAL(ctr(0, IKE_CTR_FRAG_WHOLE), 2);
		end();
	}
}

static enum pair_fate lengths(struct pair *p, int from, unsigned int serial, const uint8_t *msg,
			      size_t len, void *priv)
{
	size_t *max = priv;

	(void)p, (void)from, (void)serial, (void)msg;
	*max = len > *max ? len : *max;
	return PAIR_DROP;
}

/* What a message of that length becomes: the longest datagram's ISAKMP message. */
static size_t longest(const char *addr, uint16_t port, uint32_t mtu, bool takes, size_t len)
{
	static uint8_t msg[IKE_MSG_MAX];
	struct ipsec_at at = { { { 0 }, 0 }, { { 0 }, 0 } };
	size_t max = 0;

	endpoint_parse(addr, &at.remote);
	at.local.port = at.remote.port = port;
	begin(mtu, 15);
	pair_ip(&pair);
	pair_start(&pair);
	pair.filter = lengths;
	pair.filter_priv = &max;
	CU_ASSERT_EQUAL(ike_frag_send(pair.end[0].peer, &at, takes, msg, len), 0);
	end();
	return max;
}

static void ip_paths_carry_1280_octets_at_most_in_a_fragment(void)
{
	CU_ASSERT_EQUAL(longest("192.0.2.1", 500, 1480, true, 1252), 1252);
	CU_ASSERT_EQUAL(longest("192.0.2.1", 500, 1480, true, 1253), 1252);
	CU_ASSERT_EQUAL(longest("192.0.2.1", 4500, 1480, true, 60000), 1248);
	CU_ASSERT_EQUAL(longest("2001:db8::1", 500, 1460, true, 60000), 1232);
	CU_ASSERT_EQUAL(longest("2001:db8::1", 4500, 1460, true, 60000), 1228);
	/* A narrower path narrows them; who takes none gets all in one. */
	CU_ASSERT_EQUAL(longest("192.0.2.1", 500, 556, true, 60000), 548);
	CU_ASSERT_EQUAL(longest("192.0.2.1", 500, 556, false, 60000), 60000);
}

/* ---- a peer that does not say that it takes fragments ---- */

static enum pair_fate spoil_vid(struct pair *p, int from, unsigned int serial, const uint8_t *msg,
				size_t len, void *priv)
{
	static const uint8_t md5[] = { 0x40, 0x48, 0xb7, 0xd5, 0x6e, 0xbc };
	const int *whose = priv;
	uint8_t copy[1000];

	(void)serial;
	if (from != *whose || len > sizeof(copy))
		return PAIR_PASS;
	memcpy(copy, msg, len);
	for (size_t i = IKE_HDR_LEN; i + sizeof(md5) <= len; i++)
		if (memcmp(copy + i, md5, sizeof(md5)) == 0) {
			copy[i] ^= 1;
			pair_put(p, !from, copy, len, p->delay_ms);
			return PAIR_DROP;
		}
	return PAIR_PASS;
}

static void a_peer_without_the_vendor_id_is_a_named_error(void)
{
	for (int whose = 0; whose < 2; whose++) {
		begin(SMALL_MTU, 14);
		pair.filter = spoil_vid;
		pair.filter_priv = &whose;
		go();
		CU_ASSERT(!pair_run_up(&pair, 500));
		CU_ASSERT(ctr(!whose, IKE_CTR_TX_TOO_LONG) >= 1);
		CU_ASSERT(ctr(!whose, IKE_CTR_P1_FAIL) >= 1);
		CU_ASSERT_EQUAL(ctr(!whose, IKE_CTR_FRAG_TX), 0);
		CU_ASSERT_PTR_NOT_NULL(
			strstr(ike_peer_failure(pair.end[!whose].peer), "fragments"));
		end();
	}
}

static void a_first_message_that_does_not_fit_is_a_named_error(void)
{
	begin(100, 14);
	go();
	CU_ASSERT(!pair_run_up(&pair, 500));
	CU_ASSERT_EQUAL(ctr(0, IKE_CTR_TX), 0);
	CU_ASSERT_EQUAL(ctr(0, IKE_CTR_TX_TOO_LONG), 1);
	CU_ASSERT_PTR_NOT_NULL(strstr(ike_peer_failure(pair.end[0].peer), "fragments"));
	end();
}

static void without_it_what_fits_is_negotiated_all_the_same(void)
{
	int whose = 1;

	begin(1500, 14);
	pair.filter = spoil_vid;
	pair.filter_priv = &whose;
	go();
	CU_ASSERT(pair_run_up(&pair, 500));
	end();
}

/* Of 16 octets, or with capabilities; those must be for Main Mode. */
static void the_vendor_id_is_known_by_its_first_octets(void)
{
	static const struct {
		size_t len;
		uint8_t cap;
		bool takes;
	} cases[] = { { 16, 0, true },	   { 20, 0x80, true }, { 20, 0xc0, true },
		      { 20, 0x40, false }, { 17, 0x80, true }, { 15, 0, false },
		      { 0, 0, false },	   { 24, 0x80, true } };
	uint8_t vid[24] = { 0x40, 0x48, 0xb7, 0xd5, 0x6e, 0xbc, 0xe8, 0x85,
			    0x25, 0xe7, 0xde, 0x7f, 0x00, 0xd6, 0xc2, 0xd3 };

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct ike_msg m = { .pls = { .n = 1 } };

		vid[16] = cases[i].cap;
		m.pls.p[0] = (struct ike_payload){ .type = IKE_PL_VID,
						   .body = vid,
						   .len = cases[i].len };
		CU_ASSERT_EQUAL(ike_frag_vid_in(&m), cases[i].takes);
	}
}

/* ---- loss, doubling, order ---- */

struct lose {
	int from;
	unsigned int nth, seen;
};

static enum pair_fate lose_nth(struct pair *p, int from, unsigned int serial, const uint8_t *msg,
			       size_t len, void *priv)
{
	struct lose *l = priv;

	(void)p, (void)serial, (void)len;
	return is_fragment(msg) && from == l->from && l->seen++ == l->nth ? PAIR_DROP : PAIR_PASS;
}

static void each_fragment_may_be_lost_once(void)
{
	for (int from = 0; from < 2; from++)
		for (unsigned int nth = 0; nth < 7; nth++) {
			struct lose l = { .from = from, .nth = nth };

			begin(SMALL_MTU, 15);
			pair.filter = lose_nth;
			pair.filter_priv = &l;
			go();
			CU_ASSERT(pair_run_up(&pair, 10000));
			CU_ASSERT(l.seen > nth);
			/* What came of both times makes one. */
			CU_ASSERT(ctr(!from, IKE_CTR_FRAG_WHOLE) >= 2);
			CU_ASSERT_EQUAL(ctr(!from, IKE_CTR_RX_MALFORMED), 0);
			CU_ASSERT_EQUAL(ctr(0, IKE_CTR_P1_FAIL) + ctr(1, IKE_CTR_P1_FAIL), 0);
			end();
		}
}

static enum pair_fate backwards_and_twice(struct pair *p, int from, unsigned int serial,
					  const uint8_t *msg, size_t len, void *priv)
{
	const unsigned int *times = priv;

	(void)serial;
	if (!is_fragment(msg))
		return PAIR_PASS;
	for (unsigned int i = 0; i < *times; i++)
		pair_put(p, !from, msg, len, 100 - 10 * msg[NUMBER_AT] + i);
	return PAIR_DROP;
}

static void fragments_may_come_in_any_order_and_twice(void)
{
	for (unsigned int times = 1; times <= 2; times++) {
		begin(SMALL_MTU, 15);
		pair.filter = backwards_and_twice;
		pair.filter_priv = &times;
		go();
		CU_ASSERT(pair_run_up(&pair, 2000));
		CU_ASSERT_EQUAL(ctr(1, IKE_CTR_FRAG_WHOLE), 2);
		CU_ASSERT_EQUAL(ctr(1, IKE_CTR_RETRANSMIT), 0);
		CU_ASSERT_EQUAL(pair_established(&pair.end[1]), 1);
		end();
	}
}

static enum pair_fate twice_later(struct pair *p, int from, unsigned int serial, const uint8_t *msg,
				  size_t len, void *priv)
{
	(void)serial, (void)priv;
	if (is_fragment(msg))
		pair_put(p, !from, msg, len, 2000);
	return PAIR_PASS;
}

static void a_repeated_message_is_a_duplicate_though_in_fragments(void)
{
	begin(SMALL_MTU, 15);
	pair.filter = twice_later;
	go();
	CU_ASSERT(pair_run_up(&pair, 1000));
	pair_run(&pair, 5000);
	CU_ASSERT_EQUAL(ctr(1, IKE_CTR_FRAG_WHOLE), 4);
	CU_ASSERT(ctr(1, IKE_CTR_RX_DUPLICATE) >= 1);
	CU_ASSERT_EQUAL(pair_established(&pair.end[0]), 1);
	CU_ASSERT_EQUAL(pair_count(&pair.end[0], SA_IN), 1);
	CU_ASSERT(pair_flows(&pair));
	end();
}

/* ---- hostile pieces ---- */

static uint8_t cookies[16];
static uint64_t whole_before;

static void up_and_know_cookies(void)
{
	struct ike_sa_info info;

	begin(SMALL_MTU, 19);
	go();
	CU_ASSERT(pair_run_up(&pair, 1000));
	CU_ASSERT_EQUAL(ike_peer_sas(pair.end[1].peer, &info, 1), 1);
	memcpy(cookies, info.icookie, 8);
	memcpy(cookies + 8, info.rcookie, 8);
	whole_before = ctr(1, IKE_CTR_FRAG_WHOLE);
}

static void give(uint16_t id, uint8_t number, bool last, const uint8_t *data, size_t len)
{
	struct ike_frag_body f = {
		.id = id, .number = number, .last = last, .data = data, .len = len
	};
	struct ike_hdr h = { .version = IKE_VERSION_1, .exchange = IKE_X_MAIN };
	static uint8_t buf[IKE_MSG_MAX];
	struct ike_build b;

	memcpy(h.icookie, cookies, 8);
	memcpy(h.rcookie, cookies + 8, 8);
	ike_build_begin(&b, buf, sizeof(buf), &h);
	ike_build_open(&b, IKE_PL_FRAGMENT);
	ike_frag_encode(&b.w, &f);
	ike_build_close(&b);
	ike_peer_rx(pair.end[1].peer, NULL, buf, (size_t)ike_build_end(&b));
}

/* A message whose header says so long. */
static void whole(uint8_t *out, uint32_t len)
{
	struct wr w = wr_init(out, IKE_HDR_LEN);
	struct ike_hdr h = { .next = IKE_PL_HASH,
			     .version = IKE_VERSION_1,
			     .exchange = IKE_X_QUICK,
			     .flags = IKE_FLAG_ENC,
			     .msgid = 5,
			     .len = len };

	memcpy(h.icookie, cookies, 8);
	memcpy(h.rcookie, cookies + 8, 8);
	ike_hdr_encode(&w, &h);
}

static void unfit_pieces_are_counted_by_reason(void)
{
	static uint8_t msg[2000];

	up_and_know_cookies();
	/* Number 0, nothing in it, a first that is shorter than a header. */
	whole(msg, 60);
	give(1, 0, false, msg, 40);
	give(1, 1, true, msg, 0);
	give(1, 1, false, msg, 27);
	CU_ASSERT_EQUAL(ctr(1, IKE_CTR_FRAG_MALFORMED), 3);
	/* Another's cookies within, a fragment within, one that says too long. */
	msg[3] ^= 1;
	give(1, 1, false, msg, 40);
	whole(msg, 60);
	msg[NEXT_AT] = IKE_PL_FRAGMENT;
	give(1, 1, true, msg, 60);
	whole(msg, 65536);
	give(1, 1, false, msg, 40);
	CU_ASSERT_EQUAL(ctr(1, IKE_CTR_FRAG_MALFORMED), 6);
	/* Together another length than they say. */
	whole(msg, 60);
	give(1, 1, false, msg, 40);
	give(1, 2, true, msg + 40, 21);
	CU_ASSERT_EQUAL(ctr(1, IKE_CTR_FRAG_MALFORMED), 7);
	/* Of nobody. */
	cookies[9] ^= 1;
	give(1, 1, false, msg, 40);
	CU_ASSERT_EQUAL(ctr(1, IKE_CTR_FRAG_STRAY), 1);
	CU_ASSERT_EQUAL(ctr(1, IKE_CTR_FRAG_WHOLE), whole_before);
	CU_ASSERT(pair_flows(&pair));
	end();
}

static void what_contradicts_begins_anew(void)
{
	uint8_t msg[100] = { 0 }, other[100] = { 0 };
	uint64_t malformed;

	up_and_know_cookies();
	malformed = ctr(1, IKE_CTR_RX_AUTH_FAIL) + ctr(1, IKE_CTR_RX_UNEXPECTED);
	whole(msg, 92);
	memset(other, 7, sizeof(other));
	give(9, 2, false, other, 10); /* of a message before */
	give(1, 1, false, msg, 40);   /* other number of a message */
	CU_ASSERT_EQUAL(ctr(1, IKE_CTR_FRAG_CONTRADICT), 1);
	give(1, 3, true, msg + 80, 12);
	give(1, 4, false, msg, 12); /* behind the last */
	CU_ASSERT_EQUAL(ctr(1, IKE_CTR_FRAG_CONTRADICT), 2);
	give(1, 2, true, msg, 12); /* the last before one that was there */
	CU_ASSERT_EQUAL(ctr(1, IKE_CTR_FRAG_CONTRADICT), 3);
	give(1, 2, false, msg + 40, 40); /* last, and not last */
	CU_ASSERT_EQUAL(ctr(1, IKE_CTR_FRAG_CONTRADICT), 4);
	give(1, 3, true, msg + 80, 12);
	give(1, 2, false, msg + 40, 40); /* the same again */
	CU_ASSERT_EQUAL(ctr(1, IKE_CTR_FRAG_DUPLICATE), 1);
	CU_ASSERT_EQUAL(ctr(1, IKE_CTR_FRAG_WHOLE), whole_before);
	give(1, 1, false, msg, 40);
	CU_ASSERT_EQUAL(ctr(1, IKE_CTR_FRAG_WHOLE), whole_before + 1);
	/* It got where whole messages go: not authentic. */
	CU_ASSERT_EQUAL(ctr(1, IKE_CTR_RX_AUTH_FAIL) + ctr(1, IKE_CTR_RX_UNEXPECTED),
			malformed + 1);
	end();
}

static void what_never_completes_is_bounded_and_forgotten(void)
{
	static uint8_t data[1000];
	size_t before, most;

	up_and_know_cookies();
	before = talloc_total_size(pair.end[1].peer);
	for (unsigned int round = 0; round < 3; round++)
		for (unsigned int n = 2; n < 256; n++)
			give((uint16_t)round, (uint8_t)n, false, data, sizeof(data));
	CU_ASSERT(ctr(1, IKE_CTR_FRAG_LIMIT) >= 3);
	for (unsigned int n = 2; n < 67; n++)
		give(77, (uint8_t)n, false, data, sizeof(data));
	most = talloc_total_size(pair.end[1].peer) - before;
	CU_ASSERT(most >= 65000 && most < 65536 + 255 * 32);
	pair_run(&pair, 19900);
	CU_ASSERT_EQUAL(ctr(1, IKE_CTR_FRAG_TIMEOUT), 0);
	pair_run(&pair, 200);
	CU_ASSERT_EQUAL(ctr(1, IKE_CTR_FRAG_TIMEOUT), 1);
	CU_ASSERT_EQUAL(talloc_total_size(pair.end[1].peer), before);
	CU_ASSERT(pair_flows(&pair));
	end();
}

/* From message 2 of the responder: its cookies. */
static enum pair_fate hold_mm3(struct pair *p, int from, unsigned int serial, const uint8_t *msg,
			       size_t len, void *priv)
{
	(void)p, (void)serial, (void)len, (void)priv;
	if (from == 1)
		memcpy(cookies, msg, 16);
	return from == 0 && is_fragment(msg) ? PAIR_DROP : PAIR_PASS;
}

static void before_message_3_less_is_collected_and_goes_with_the_record(void)
{
	static uint8_t data[1000];
	size_t before;

	begin(SMALL_MTU, 15);
	pair.filter = hold_mm3;
	go();
	pair_run(&pair, 100);
	CU_ASSERT_EQUAL(ike_peer_half_open(pair.end[1].peer), 1);
	before = talloc_total_size(pair.end[1].peer);
	for (unsigned int n = 2; n < 18; n++)
		give(3, (uint8_t)n, false, data, sizeof(data));
	CU_ASSERT_EQUAL(ctr(1, IKE_CTR_FRAG_LIMIT), 0);
	CU_ASSERT(talloc_total_size(pair.end[1].peer) - before < 16384 + 255 * 32);
	give(3, 19, false, data, sizeof(data));
	CU_ASSERT_EQUAL(ctr(1, IKE_CTR_FRAG_LIMIT), 1);
	CU_ASSERT_EQUAL(talloc_total_size(pair.end[1].peer), before);
	/* The record goes with what it has; the next negotiation works. */
	give(3, 2, false, data, sizeof(data));
	CU_ASSERT_EQUAL(ike_peer_half_open(pair.end[1].peer), 1);
	pair_end_kill(&pair.end[1]);
	pair_end_start(&pair.end[1]);
	ike_peer_path_state(pair.end[1].peer, true);
	pair.filter = NULL;
	CU_ASSERT(pair_run_up(&pair, 100000));
	end();
}

static void a_peer_that_goes_leaves_no_piece(void)
{
	static uint8_t data[1000];

	up_and_know_cookies();
	give(3, 2, false, data, sizeof(data));
	ike_peer_clear(pair.end[1].peer, "test");
	pair_run(&pair, 100);
	CU_ASSERT(pair_run_up(&pair, 60000));
	pair_run(&pair, 30000);
	CU_ASSERT_EQUAL(ctr(1, IKE_CTR_FRAG_TIMEOUT), 0);
	end();
}

static const struct unit_case cases[] = {
#define CASE(fn)                                                                                   \
	{                                                                                          \
#fn, fn                                                                            \
	}
	CASE(what_does_not_fit_the_path_goes_in_fragments),
	CASE(what_fits_stays_whole),
	CASE(ip_paths_fragment_to_their_mtu),
	CASE(ip_paths_carry_1280_octets_at_most_in_a_fragment),
	CASE(a_peer_without_the_vendor_id_is_a_named_error),
	CASE(a_first_message_that_does_not_fit_is_a_named_error),
	CASE(without_it_what_fits_is_negotiated_all_the_same),
	CASE(the_vendor_id_is_known_by_its_first_octets),
	CASE(each_fragment_may_be_lost_once),
	CASE(fragments_may_come_in_any_order_and_twice),
	CASE(a_repeated_message_is_a_duplicate_though_in_fragments),
	CASE(unfit_pieces_are_counted_by_reason),
	CASE(what_contradicts_begins_anew),
	CASE(what_never_completes_is_bounded_and_forgotten),
	CASE(before_message_3_less_is_collected_and_goes_with_the_record),
	CASE(a_peer_that_goes_leaves_no_piece),
};

int main(void)
{
	return unit_main("ike_fragment", cases, sizeof(cases) / sizeof(cases[0]));
}
