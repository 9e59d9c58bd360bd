/* SPDX-License-Identifier: GPL-2.0-or-later */

/* How SAs end: lifetimes and sequence numbers, in esp_in() and esp_out(). */

#include "tests/unit/ipsec/sa_fixture.h"

static struct sa *limited(enum sa_dir dir, struct sa_limits limits)
{
	struct sa *sa = fx_sa(dir, esp_suite_by_name("null-sha1"));

	sa->limits = limits;
	return sa;
}

static void a_limit_of_packets_ends_the_sa_within_a_batch(void)
{
	struct sa *out =
		limited(SA_OUT, (struct sa_limits){ .soft_packets = 5, .hard_packets = 20 });
	struct pkt_batch b;
	struct fx fx;

	fx_init(&fx);
	CU_ASSERT_EQUAL(fx_send_batch(&fx, out, 4, &b), 4);
	pkt_batch_free(&b);
	CU_ASSERT_EQUAL(fx.soft, 0);
	CU_ASSERT_EQUAL(fx_send_batch(&fx, out, 10, &b), 10);
	pkt_batch_free(&b);
	CU_ASSERT_EQUAL(fx.soft, 1);
	CU_ASSERT_EQUAL(fx.hard, 0);
	CU_ASSERT_EQUAL(fx_send_batch(&fx, out, 10, &b), 6);
	pkt_batch_free(&b);
	CU_ASSERT_EQUAL(fx_send_batch(&fx, out, 3, &b), 0);
	CU_ASSERT_EQUAL(fx.soft, 1);
	CU_ASSERT_EQUAL(fx.hard, 1);
	CU_ASSERT_PTR_EQUAL(fx.last, out);
	CU_ASSERT_EQUAL(out->hot.seq, 20);
	CU_ASSERT_EQUAL(fx_drops(&fx, DROP_ESP_EXPIRED), 7);
	sa_free(out);
	fx_exit(&fx);
}

/* 8 octets each (RFC 4301 4.4.2.1: what the cipher is applied to). */
static void a_limit_of_octets_is_never_passed(void)
{
	struct pkt_batch b;
	struct fx fx;

	fx_init(&fx);
	/* Between the fourth and the fifth packet, and exactly with the fourth. */
	for (uint64_t hard = 32; hard < 40; hard++) {
		struct sa *out = limited(
			SA_OUT, (struct sa_limits){ .soft_octets = 17, .hard_octets = hard });

		fx.soft = 0;
		fx.hard = 0;
		CU_ASSERT_EQUAL(fx_send_batch(&fx, out, 2, &b), 2);
		pkt_batch_free(&b);
		CU_ASSERT_EQUAL(fx.soft, 0);
		CU_ASSERT_EQUAL(fx_send_batch(&fx, out, 8, &b), 2);
		pkt_batch_free(&b);
		CU_ASSERT_EQUAL(out->hot.octets, 32);
		CU_ASSERT_EQUAL(fx.soft, 1);
		CU_ASSERT_EQUAL(fx.hard, 1);
		sa_free(out);
	}
	fx_exit(&fx);
}

static void limits_hold_for_what_is_received(void)
{
	struct sa *out = fx_sa(SA_OUT, esp_suite_by_name("null-sha1"));
	struct sa *in = limited(SA_IN, (struct sa_limits){ .soft_packets = 2, .hard_packets = 4 });
	struct pkt_batch b;
	struct fx fx;

	fx_init(&fx);
	CU_ASSERT_EQUAL(fx_send_batch(&fx, out, 8, &b), 8);
	for (unsigned int i = 0; i < b.n; i++)
		b.pkt[i]->obj = in;
	/* A forged one does not count. */
	b.pkt[1]->data[20] ^= 1;
	esp_in(fx.esp, &b);
	CU_ASSERT_EQUAL(b.n, 4);
	CU_ASSERT_EQUAL(in->hot.replay.top, 5);
	pkt_batch_free(&b);
	CU_ASSERT_EQUAL(fx.soft, 1);
	CU_ASSERT_EQUAL(fx.hard, 1);
	CU_ASSERT_EQUAL(fx_drops(&fx, DROP_ESP_AUTH), 1);
	CU_ASSERT_EQUAL(fx_drops(&fx, DROP_ESP_EXPIRED), 3);
	/* Dead before the next batch: refused before any cryptography. */
	CU_ASSERT_EQUAL(fx_send_batch(&fx, out, 2, &b), 2);
	b.pkt[0]->obj = in;
	b.pkt[1]->obj = in;
	esp_in(fx.esp, &b);
	CU_ASSERT_EQUAL(b.n, 0);
	CU_ASSERT_EQUAL(fx_drops(&fx, DROP_ESP_EXPIRED), 5);
	CU_ASSERT_EQUAL(fx.hard, 1);
	sa_free(in);
	sa_free(out);
	fx_exit(&fx);
}

static void no_limit_means_none(void)
{
	struct sa *out = limited(SA_OUT, (struct sa_limits){ 0 });
	struct pkt_batch b;
	struct fx fx;

	fx_init(&fx);
	out->hot.octets = UINT64_MAX / 2;
	out->hot.packets = UINT64_MAX / 2;
	CU_ASSERT_EQUAL(fx_send_batch(&fx, out, 5, &b), 5);
	pkt_batch_free(&b);
	CU_ASSERT_EQUAL(fx.soft + fx.hard, 0);
	sa_free(out);
	fx_exit(&fx);
}

static void sequence_numbers_end_and_never_cycle(void)
{
	FOR_EACH_SUITE(s)
	{
		struct sa *out = fx_sa(SA_OUT, s);
		struct pkt_batch b;
		struct fx fx;

		fx_init(&fx);
		out->hot.seq = 0xffffffffull - 3;
		CU_ASSERT_EQUAL(fx_send_batch(&fx, out, 2, &b), 2);
		pkt_batch_free(&b);
		CU_ASSERT_EQUAL(fx.hard, 0);
		/* The last one is sent, and said to be the last before another is wanted. */
		CU_ASSERT_EQUAL(fx_send_batch(&fx, out, 1, &b), 1);
		CU_ASSERT_EQUAL(memcmp(b.pkt[0]->data + 4, "\xff\xff\xff\xff", 4), 0);
		pkt_batch_free(&b);
		CU_ASSERT_EQUAL(fx.hard, 1);
		CU_ASSERT_EQUAL(fx_send_batch(&fx, out, 15, &b), 0);
		CU_ASSERT_EQUAL(fx.hard, 1);
		CU_ASSERT_EQUAL(fx.soft, 0);
		CU_ASSERT_EQUAL(fx_drops(&fx, DROP_SEQ_EXHAUSTED), 15);
		CU_ASSERT_EQUAL(acct_discards(fx.acct), 15);
		CU_ASSERT_EQUAL(out->hot.seq, 0xffffffffull);
		sa_free(out);
		fx_exit(&fx);
	}
}

/* RFC 4303 3.3.3: with 64 bits the lower half wraps, and the ICV knows. */
static void extended_numbers_pass_the_wrap_in_every_suite(void)
{
	FOR_EACH_SUITE(s)
	{
		struct sa *out = fx_sa(SA_OUT, s), *in = fx_sa(SA_IN, s), *stale = fx_sa(SA_IN, s);
		struct pkt_batch b;
		struct fx fx;

		fx_init(&fx);
		out->esn = in->esn = true;
		out->hot.seq = in->hot.replay.top = 0xffffffffull - 8;
		CU_ASSERT_EQUAL(fx_send_batch(&fx, out, 16, &b), 16);
		CU_ASSERT_EQUAL(memcmp(b.pkt[8]->data + 4, "\0\0\0\0", 4), 0);
		for (unsigned int i = 0; i < b.n; i++)
			b.pkt[i]->obj = in;
		/* One that knows no upper half finds the ICV wrong. */
		b.pkt[12]->obj = stale;
		esp_in(fx.esp, &b);
		CU_ASSERT_EQUAL(b.n, 15);
		CU_ASSERT_EQUAL(fx_drops(&fx, DROP_ESP_AUTH), 1);
		CU_ASSERT_EQUAL(in->hot.replay.top, 0xffffffffull + 8);
		CU_ASSERT_EQUAL(fx.hard, 0);
		pkt_batch_free(&b);
		sa_free(stale);
		sa_free(in);
		sa_free(out);
		fx_exit(&fx);
	}
}

/* With manual keys the far end's restart brings every number again (RFC 4303 2.2). */
static void without_a_window_every_number_is_taken(void)
{
	const struct esp_suite *s = esp_suite_by_name("aes128-cmac");
	uint8_t keymat[FX_KEYMAT_MAX] = { 1, 2, 3 };
	struct sa_params params = fx_params(SA_OUT, s, keymat);
	struct sa *out[2] = { fx_sa_of(&params), fx_sa_of(&params) }, *in;
	struct pkt_batch b;
	struct fx fx;

	params = fx_params(SA_IN, s, keymat);
	params.replay_window = 0;
	params.esn = true;
	CU_ASSERT_EQUAL(sa_new(&in, &params), -EINVAL);
	params.esn = false;
	in = fx_sa_of(&params);
	fx_init(&fx);
	for (int life = 0; life < 2; life++) {
		CU_ASSERT_EQUAL(fx_send_batch(&fx, out[life], 20, &b), 20);
		for (unsigned int i = 0; i < b.n; i++)
			b.pkt[i]->obj = in;
		/* One is not authentic. */
		b.pkt[18]->data[b.pkt[18]->len - 1] ^= 1;
		esp_in(fx.esp, &b);
		CU_ASSERT_EQUAL(b.n, 19);
		pkt_batch_free(&b);
	}
	CU_ASSERT_EQUAL(fx_drops(&fx, DROP_ESP_REPLAY), 0);
	CU_ASSERT_EQUAL(fx_drops(&fx, DROP_ESP_AUTH), 2);
	CU_ASSERT_EQUAL(ctr_get(&in->hot.ctr_packets), 38);
	sa_free(in);
	sa_free(out[0]);
	sa_free(out[1]);
	fx_exit(&fx);
}

static void a_counting_iv_begins_where_it_is_told(void)
{
	const struct esp_suite *s = esp_suite_by_name("chacha20poly1305");
	uint8_t keymat[FX_KEYMAT_MAX] = { 1, 2, 3 };
	struct sa_params params = fx_params(SA_OUT, s, keymat);
	struct pkt_batch b;
	struct sa *out;
	struct fx fx;

	params.iv_start = 0x17f00000ffffffffull;
	out = fx_sa_of(&params);
	fx_init(&fx);
	CU_ASSERT_EQUAL(fx_send_batch(&fx, out, 2, &b), 2);
	CU_ASSERT_EQUAL(memcmp(b.pkt[0]->data + 8, "\x17\xf0\0\1\0\0\0\0", 8), 0);
	CU_ASSERT_EQUAL(memcmp(b.pkt[1]->data + 8, "\x17\xf0\0\1\0\0\0\1", 8), 0);
	pkt_batch_free(&b);
	sa_free(out);
	fx_exit(&fx);
}

static const struct unit_case cases[] = {
	{ "without a window every number is taken", without_a_window_every_number_is_taken },
	{ "a counting IV begins where it is told", a_counting_iv_begins_where_it_is_told },
	{ "a limit of packets ends the SA within a batch",
	  a_limit_of_packets_ends_the_sa_within_a_batch },
	{ "a limit of octets is never passed", a_limit_of_octets_is_never_passed },
	{ "limits hold for what is received", limits_hold_for_what_is_received },
	{ "no limit means none", no_limit_means_none },
	{ "extended numbers pass the wrap in every suite",
	  extended_numbers_pass_the_wrap_in_every_suite },
	{ "sequence numbers end and never cycle", sequence_numbers_end_and_never_cycle },
};

UNIT_MAIN("ipsec/esp_life", cases)
