/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>

#include <openssl/crypto.h>

#include "core/cursor.h"
#include "ipsec/engine.h"
#include "tests/unit/ipsec/sa_fixture.h"

enum { HDR_LEN = 8, PACKET_MAX = 70000 };

static uint8_t payload[PACKET_MAX];

/* One packet through esp_out(). \returns it, or NULL when it was discarded. */
static struct pkt *send_one(struct fx *fx, struct sa *sa, const void *data, uint32_t len)
{
	struct pkt_batch b = { 0 };

	pkt_batch_add(&b, fx_pkt(fx, sa, data, len));
	esp_out(fx->esp, &b);
	return b.n ? b.pkt[0] : NULL;
}

/* Octets through esp_in(). \returns the packet that is left of them, or NULL. */
static struct pkt *receive(struct fx *fx, struct sa *sa, const uint8_t *packet, uint32_t len)
{
	struct pkt_batch b = { 0 };

	pkt_batch_add(&b, fx_pkt(fx, sa, packet, len));
	esp_in(fx->esp, &b);
	return b.n ? b.pkt[0] : NULL;
}

static bool received(struct fx *fx, struct sa *sa, const uint8_t *packet, uint32_t len)
{
	struct pkt *p = receive(fx, sa, packet, len);

	pkt_free(p);
	return p;
}

/* An authentic packet with this plaintext, well-formed or not. \returns its length. */
static uint32_t forge_inside(struct sa *out, uint32_t seq, const uint8_t *inner, uint32_t len,
			     uint8_t *packet)
{
	const struct esp_suite *s = out->suite;
	struct esp_job j = { .sa = out, .hdr = packet, .iv = packet + HDR_LEN, .len = len };

	j.payload = j.iv + s->iv_len;
	j.icv = j.payload + len;
	put_u32(packet, out->spi);
	put_u32(packet + 4, seq);
	memset(j.iv, (int)seq, s->iv_len);
	memcpy(j.payload, inner, len);
	esp_engine->encrypt(&j, 1);
	CU_ASSERT_EQUAL(j.result, 0);
	return HDR_LEN + s->iv_len + len + s->icv_len;
}

static void check_delivered(const struct pkt *p, struct sa *in, uint32_t len)
{
	CU_ASSERT_EQUAL(p->len, len);
	CU_ASSERT_EQUAL(memcmp(p->data, payload, len), 0);
	CU_ASSERT_EQUAL(p->spi, FX_SPI);
	CU_ASSERT_EQUAL(p->next_header, FX_NEXT_HEADER);
	CU_ASSERT_PTR_EQUAL(p->obj, in);
	CU_ASSERT_EQUAL(p->circuit, 7);
}

static void round_trip(struct fx *fx, const struct esp_suite *s, uint32_t from, uint32_t to,
		       uint32_t step)
{
	struct sa *out = fx_sa(SA_OUT, s), *in = fx_sa(SA_IN, s);
	uint32_t seq = 0;

	for (uint32_t len = from; len <= to;) {
		struct pkt_batch b = { 0 };
		uint32_t first = len;

		for (; len <= to && !pkt_batch_full(&b); len += step) {
			fx_fill(payload, len);
			pkt_batch_add(&b, fx_pkt(fx, out, payload, len));
		}
		seq += b.n;
		esp_out(fx->esp, &b);
		for (unsigned int i = 0; i < b.n; i++) {
			CU_ASSERT_EQUAL(b.pkt[i]->len, esp_suite_packet_len(s, first + i * step));
			CU_ASSERT_PTR_EQUAL(b.pkt[i]->obj, out);
			CU_ASSERT_EQUAL(b.pkt[i]->circuit, 7);
			b.pkt[i]->obj = in;
		}
		esp_in(fx->esp, &b);
		CU_ASSERT_EQUAL(b.n, (len - first) / step);
		for (unsigned int i = 0; i < b.n; i++) {
			fx_fill(payload, first + i * step);
			check_delivered(b.pkt[i], in, first + i * step);
		}
		pkt_batch_free(&b);
	}
	CU_ASSERT_EQUAL(out->hot.seq, seq);
	CU_ASSERT_EQUAL(in->hot.replay.top, seq);
	CU_ASSERT_EQUAL(ctr_get(&in->hot.ctr_packets), seq);
	CU_ASSERT_EQUAL(ctr_get(&in->hot.ctr_octets), ctr_get(&out->hot.ctr_octets));
	CU_ASSERT_EQUAL(acct_discards(fx->acct), 0);
	sa_free(in);
	sa_free(out);
}

static void every_suite_carries_every_length_to_1500(void)
{
	struct fx fx;

	fx_init(&fx);
	FOR_EACH_SUITE(s)
	round_trip(&fx, s, 0, 1500, 1);
	fx_exit(&fx);
}

static void every_suite_carries_large_payloads(void)
{
	struct fx fx;

	fx_init(&fx);
	FOR_EACH_SUITE(s)
	{
		round_trip(&fx, s, 1501, 65000, 3779);
		round_trip(&fx, s, 64990, 65010, 1);
	}
	fx_exit(&fx);
}

static void numbers_start_at_one(void)
{
	struct sa *out = fx_sa(SA_OUT, &esp_suites[0]);
	struct fx fx;

	fx_init(&fx);
	for (uint32_t i = 1; i <= 3; i++) {
		struct pkt *p = send_one(&fx, out, "x", 1);
		struct rd r = rd_init(p->data, p->len);

		CU_ASSERT_EQUAL(rd_u32(&r), FX_SPI);
		CU_ASSERT_EQUAL(rd_u32(&r), i);
		CU_ASSERT_EQUAL(rd_u64(&r), i); /* the IV of GCM counts too */
		pkt_free(p);
	}
	sa_free(out);
	fx_exit(&fx);
}

/* A packet of this suite with a payload of 21 octets. */
static uint32_t sample(struct fx *fx, const struct esp_suite *s, uint8_t *packet)
{
	struct sa *out = fx_sa(SA_OUT, s);
	struct pkt *p;
	uint32_t len;

	fx_fill(payload, 21);
	p = send_one(fx, out, payload, 21);
	len = p->len;
	memcpy(packet, p->data, len);
	pkt_free(p);
	sa_free(out);
	return len;
}

static void a_change_of_any_bit_is_noticed(void)
{
	uint8_t packet[256];
	struct fx fx;

	fx_init(&fx);
	FOR_EACH_SUITE(s)
	{
		struct sa *in = fx_sa(SA_IN, s);
		uint32_t len = sample(&fx, s, packet);

		acct_clear(fx.acct);
		for (uint32_t bit = 0; bit < len * 8; bit++) {
			packet[bit / 8] ^= (uint8_t)(1u << bit % 8);
			CU_ASSERT_FALSE(received(&fx, in, packet, len));
			packet[bit / 8] ^= (uint8_t)(1u << bit % 8);
		}
		/* One bit makes the sequence number 0. */
		CU_ASSERT_EQUAL(fx_drops(&fx, DROP_ESP_REPLAY), 1);
		CU_ASSERT_EQUAL(fx_drops(&fx, DROP_ESP_AUTH), len * 8 - 1);
		CU_ASSERT_EQUAL(acct_discards(fx.acct), len * 8);
		CU_ASSERT_EQUAL(ctr_get(&in->hot.ctr_auth), len * 8 - 1);
		/* And none of this moved the window. */
		CU_ASSERT_EQUAL(in->hot.replay.top, 0);
		CU_ASSERT(received(&fx, in, packet, len));
		sa_free(in);
	}
	fx_exit(&fx);
}

static void a_packet_cut_or_prolonged_anywhere_is_discarded(void)
{
	uint8_t packet[256] = { 0 };
	struct fx fx;

	fx_init(&fx);
	FOR_EACH_SUITE(s)
	{
		struct sa *in = fx_sa(SA_IN, s);
		uint32_t len = sample(&fx, s, packet);
		uint32_t least = HDR_LEN + s->iv_len + s->block_len + s->icv_len;

		acct_clear(fx.acct);
		for (uint32_t n = 0; n < len + 32; n++)
			if (n != len)
				CU_ASSERT_FALSE(received(&fx, in, packet, n));
		CU_ASSERT_EQUAL(acct_discards(fx.acct), len + 31);
		CU_ASSERT_EQUAL(fx_drops(&fx, DROP_ESP_SHORT), least);
		CU_ASSERT_EQUAL(fx_drops(&fx, DROP_ESP_SHORT) + fx_drops(&fx, DROP_ESP_BLOCK) +
					fx_drops(&fx, DROP_ESP_AUTH),
				len + 31);
		CU_ASSERT(received(&fx, in, packet, len));
		sa_free(in);
	}
	fx_exit(&fx);
}

static void a_repeated_packet_is_discarded(void)
{
	struct sa *out = fx_sa(SA_OUT, &esp_suites[0]), *in = fx_sa(SA_IN, &esp_suites[0]);
	uint8_t packets[100][64];
	struct pkt_batch b = { 0 };
	uint32_t len = 0;
	struct fx fx;

	fx_init(&fx);
	for (int i = 0; i < 100; i++) {
		struct pkt *p = send_one(&fx, out, "payload", 7);

		len = p->len;
		memcpy(packets[i], p->data, len);
		pkt_free(p);
	}
	/* Within a batch the first of three is kept. */
	for (int i = 0; i < 3; i++)
		pkt_batch_add(&b, fx_pkt(&fx, in, packets[9], len));
	pkt_batch_add(&b, fx_pkt(&fx, in, packets[8], len));
	esp_in(fx.esp, &b);
	CU_ASSERT_EQUAL(b.n, 2);
	pkt_batch_free(&b);
	CU_ASSERT_EQUAL(fx_drops(&fx, DROP_ESP_REPLAY), 2);
	CU_ASSERT_FALSE(received(&fx, in, packets[9], len));
	CU_ASSERT(received(&fx, in, packets[99], len));
	/* 100 is the highest: 37 is the last within 64. */
	CU_ASSERT_FALSE(received(&fx, in, packets[35], len));
	CU_ASSERT(received(&fx, in, packets[36], len));
	CU_ASSERT_EQUAL(fx_drops(&fx, DROP_ESP_REPLAY), 4);
	CU_ASSERT_EQUAL(ctr_get(&in->hot.ctr_replay), 4);
	CU_ASSERT_EQUAL(in->hot.replay.late_max, 63);
	CU_ASSERT_EQUAL(ctr_get(&in->hot.ctr_packets), 4);
	sa_free(in);
	sa_free(out);
	fx_exit(&fx);
}

struct inner_case {
	const char *name;
	uint8_t inner[16];
	int reason; /* 0: delivered */
	uint32_t len;
};

/* Decrypted octets of authentic packets; the SA wants next header 115 = 0x73. */
static const struct inner_case inner_cases[] = {
	{ "no payload", "\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0e\x73", 0, 0 },
	{ "no padding", "abcdefghijklmn\x00\x73", 0, 14 },
	{ "more padding than needed", "abcdefg\x01\x02\x03\x04\x05\x06\x07\x07\x73", 0, 7 },
	{ "padding longer than all", "abcdefghijklmn\x0f\x73", DROP_ESP_PADDING, 0 },
	{ "padding longest", "abcdefghijklmn\xff\x73", DROP_ESP_PADDING, 0 },
	{ "padding of zeros", "abcdefghijkl\x00\x00\x02\x73", DROP_ESP_PADDING, 0 },
	{ "padding from zero", "abcdefghijkl\x00\x01\x02\x73", DROP_ESP_PADDING, 0 },
	{ "last octet of padding wrong", "abcdefghijk\x01\x02\x04\x03\x73", DROP_ESP_PADDING, 0 },
	{ "padding of the next header", "abcdefghijkl\x73\x73\x02\x73", DROP_ESP_PADDING, 0 },
	{ "another next header", "abcdefghijklmn\x00\x11", DROP_ESP_NEXT_HEADER, 0 },
	{ "next header 0", "abcdefghijklmn\x00\x00", DROP_ESP_NEXT_HEADER, 0 },
	{ "dummy", "abcdefghijklmn\x00\x3b", DROP_ESP_DUMMY, 0 },
	{ "dummy of noise", "abcdefghijklmn\xfe\x3b", DROP_ESP_DUMMY, 0 },
};

static void the_trailer_is_checked_as_rfc_4303_has_it(void)
{
	uint8_t packet[128];
	struct fx fx;

	fx_init(&fx);
	FOR_EACH_SUITE(s)
	{
		struct sa *out = fx_sa(SA_OUT, s), *in = fx_sa(SA_IN, s);
		uint32_t seq = 0;

		for (size_t i = 0; i < sizeof(inner_cases) / sizeof(inner_cases[0]); i++) {
			const struct inner_case *c = &inner_cases[i];
			uint32_t len = forge_inside(out, ++seq, c->inner, 16, packet);
			struct pkt *p;

			acct_clear(fx.acct);
			p = receive(&fx, in, packet, len);
			CU_ASSERT_EQUAL(!p, c->reason != 0);
			if (p)
				CU_ASSERT_EQUAL(p->len, c->len);
			if (c->reason)
				CU_ASSERT_EQUAL(fx_drops(&fx, (enum acct_ctr)c->reason), 1);
			pkt_free(p);
			/* All were authentic: their numbers are used. */
			CU_ASSERT_FALSE(received(&fx, in, packet, len));
			CU_ASSERT_EQUAL(fx_drops(&fx, DROP_ESP_REPLAY), 1);
		}
		sa_free(in);
		sa_free(out);
	}
	fx_exit(&fx);
}

static void next_header_zero_is_carried_where_configured(void)
{
	struct sa *out = fx_sa(SA_OUT, &esp_suites[0]), *in = fx_sa(SA_IN, &esp_suites[0]);
	struct pkt *p;
	struct fx fx;

	fx_init(&fx);
	out->next_header = 0;
	p = send_one(&fx, out, "abc", 3);
	CU_ASSERT_FALSE(received(&fx, in, p->data, p->len));
	CU_ASSERT_EQUAL(fx_drops(&fx, DROP_ESP_NEXT_HEADER), 1);
	pkt_free(p);
	in->next_header = 0;
	p = send_one(&fx, out, "abc", 3);
	CU_ASSERT(received(&fx, in, p->data, p->len));
	pkt_free(p);
	sa_free(in);
	sa_free(out);
	fx_exit(&fx);
}

/* Packet i belongs to SA i % 8; those of one SA are forged, of another repeated. */
static void a_mixed_batch_keeps_its_order(void)
{
	struct sa *out[8], *in[8];
	struct pkt_batch b = { 0 };
	unsigned int k = 0;
	struct fx fx;

	fx_init(&fx);
	for (int i = 0; i < 8; i++) {
		out[i] = fx_sa(SA_OUT, &esp_suites[i]);
		in[i] = fx_sa(SA_IN, &esp_suites[i]);
		in[i]->spi = out[i]->spi = FX_SPI + (uint32_t)i;
	}
	out[4]->limits.hard_packets = 2;
	for (uint8_t i = 0; i < BATCH_MAX; i++)
		pkt_batch_add(&b, fx_pkt(&fx, out[i % 8], &i, 1));
	esp_out(fx.esp, &b);
	CU_ASSERT_EQUAL(b.n, BATCH_MAX - 2);
	for (unsigned int i = 0; i < b.n; i++) {
		struct rd r = rd_init(b.pkt[i]->data, 4);
		uint32_t n = rd_u32(&r) - FX_SPI;

		CU_ASSERT_PTR_EQUAL(b.pkt[i]->obj, out[n]);
		b.pkt[i]->obj = in[n];
		if (n == 2)
			b.pkt[i]->data[b.pkt[i]->len - 1] ^= 1;
		if (n == 5)
			put_u32(b.pkt[i]->data + 4, 0);
	}
	esp_in(fx.esp, &b);
	for (uint8_t i = 0; i < BATCH_MAX; i++) {
		if (i % 8 == 2 || i % 8 == 5 || (i % 8 == 4 && i >= 16))
			continue;
		CU_ASSERT_EQUAL(b.pkt[k]->data[0], i);
		CU_ASSERT_EQUAL(b.pkt[k]->spi, FX_SPI + i % 8);
		k++;
	}
	CU_ASSERT_EQUAL(b.n, k);
	CU_ASSERT_EQUAL(acct_discards(fx.acct) + b.n, BATCH_MAX);
	pkt_batch_free(&b);
	for (int i = 0; i < 8; i++) {
		sa_free(out[i]);
		sa_free(in[i]);
	}
	fx_exit(&fx);
}

static void drops_are_charged_to_each_packets_own_account(void)
{
	struct sa *in = fx_sa(SA_IN, &esp_suites[0]);
	struct pkt_batch b = { 0 };
	uint32_t other;
	struct fx fx;

	fx_init(&fx);
	other = acct_alloc();
	for (int i = 0; i < 6; i++) {
		pkt_batch_add(&b, fx_pkt(&fx, in, "short", 5));
		if (i < 2)
			b.pkt[i]->acct = other;
	}
	esp_in(fx.esp, &b);
	CU_ASSERT_EQUAL(b.n, 0);
	CU_ASSERT_EQUAL(acct_get(other, DROP_ESP_SHORT), 2);
	CU_ASSERT_EQUAL(fx_drops(&fx, DROP_ESP_SHORT), 4);
	esp_in(fx.esp, &b);
	esp_out(fx.esp, &b);
	CU_ASSERT_EQUAL(b.n, 0);
	acct_free(other);
	sa_free(in);
	fx_exit(&fx);
}

static void a_packet_without_room_is_discarded_before_it_takes_a_number(void)
{
	struct fx fx;

	fx_init(&fx);
	FOR_EACH_SUITE(s)
	{
		struct sa *out = fx_sa(SA_OUT, s);
		struct pkt_batch b = { 0 };
		struct pkt *front = fx_pkt(&fx, out, "abc", 3);
		struct pkt *behind = fx_pkt(&fx, out, "abc", 3);

		front->data = front->buf + HDR_LEN + s->iv_len - 1;
		behind->data = behind->buf + behind->size - 3 - 2 - s->icv_len;
		acct_clear(fx.acct);
		pkt_batch_add(&b, front);
		pkt_batch_add(&b, behind);
		pkt_batch_add(&b, fx_pkt(&fx, out, "abc", 3));
		esp_out(fx.esp, &b);
		CU_ASSERT_EQUAL(b.n, 1);
		CU_ASSERT_EQUAL(fx_drops(&fx, DROP_NO_ROOM), 2);
		CU_ASSERT_EQUAL(out->hot.seq, 1);
		CU_ASSERT_EQUAL(out->hot.packets, 1);
		pkt_batch_free(&b);
		sa_free(out);
	}
	fx_exit(&fx);
}

static unsigned int hamming(const uint8_t *a, const uint8_t *b, size_t n)
{
	unsigned int bits = 0;

	for (size_t i = 0; i < n; i++)
		bits += (unsigned int)__builtin_popcount(a[i] ^ b[i]);
	return bits;
}

/* RFC 3602 3: no counter or other source of low Hamming distance. Of 500 * 499 / 2 pairs of random
 * 128-bit values, one has fewer than 24 bits in difference with probability below 10^-8. */
static void ivs_of_cbc_are_far_apart(void)
{
	enum { N = 500 };
	static uint8_t iv[N][16];
	struct sa *out = fx_sa(SA_OUT, esp_suite_by_name("aes128-sha1"));
	struct esp *second;
	struct fx fx;

	fx_init(&fx);
	second = esp_new(fx_event, &fx);
	for (int i = 0; i < N; i++) {
		struct pkt_batch b = { 0 };

		pkt_batch_add(&b, fx_pkt(&fx, out, "same", 4));
		esp_out(i % 2 ? fx.esp : second, &b);
		memcpy(iv[i], b.pkt[0]->data + HDR_LEN, 16);
		pkt_batch_free(&b);
	}
	for (int i = 0; i < N; i++)
		for (int j = 0; j < i; j++)
			CU_ASSERT(hamming(iv[i], iv[j], 16) >= 24);
	esp_free(second);
	sa_free(out);
	fx_exit(&fx);
}

static void fail_all(struct esp_job *jobs, unsigned int n)
{
	for (unsigned int i = 0; i < n; i++)
		jobs[i].result = i % 2 ? 0 : -EIO;
}

static void what_the_library_cannot_do_is_discarded(void)
{
	static const struct esp_engine broken = { "broken", NULL, NULL, fail_all, fail_all };
	const struct esp_engine *good = esp_engine;
	struct sa *out = fx_sa(SA_OUT, &esp_suites[0]), *in = fx_sa(SA_IN, &esp_suites[0]);
	struct pkt_batch b;
	struct fx fx;

	fx_init(&fx);
	esp_engine = &broken;
	CU_ASSERT_EQUAL(fx_send_batch(&fx, out, 5, &b), 2);
	pkt_batch_free(&b);
	CU_ASSERT_EQUAL(fx_drops(&fx, DROP_ESP_ENGINE), 3);
	esp_engine = good;
	/* No number and no IV is used twice. */
	CU_ASSERT_EQUAL(fx_send_batch(&fx, out, 2, &b), 2);
	CU_ASSERT_EQUAL(out->hot.seq, 7);
	CU_ASSERT_EQUAL(out->hot.iv_counter, 7);
	b.pkt[0]->obj = in;
	b.pkt[1]->obj = in;
	esp_engine = &broken;
	b.n = 1;
	pkt_free(b.pkt[1]);
	esp_in(fx.esp, &b);
	esp_engine = good;
	CU_ASSERT_EQUAL(b.n, 0);
	CU_ASSERT_EQUAL(fx_drops(&fx, DROP_ESP_ENGINE), 4);
	CU_ASSERT_EQUAL(in->hot.replay.top, 0);
	sa_free(in);
	sa_free(out);
	fx_exit(&fx);
}

/* GCM has decrypted a forged packet by the time it knows. */
static void the_report_of_a_forgery_tells_no_plaintext(void)
{
	static const char secret[] = "never to be told to anybody";
	struct sa *out = fx_sa(SA_OUT, &esp_suites[0]), *in = fx_sa(SA_IN, &esp_suites[0]);
	struct drop_event ev;
	struct pkt *p;
	struct fx fx;

	fx_init(&fx);
	while (drop_next(&ev))
		;
	drop_set_rate(1000);
	p = send_one(&fx, out, secret, sizeof(secret));
	p->data[p->len - 1] ^= 1;
	CU_ASSERT_FALSE(received(&fx, in, p->data, p->len));
	CU_ASSERT_FATAL(drop_next(&ev));
	CU_ASSERT_EQUAL(ev.reason, DROP_ESP_AUTH);
	CU_ASSERT_EQUAL(ev.len, p->len);
	CU_ASSERT_EQUAL(memcmp(ev.head, p->data, HDR_LEN + 8), 0);
	CU_ASSERT_PTR_NULL(memmem(ev.head, sizeof(ev.head), secret, 4));
	pkt_free(p);
	drop_set_rate(0);
	sa_free(in);
	sa_free(out);
	fx_exit(&fx);
}

static unsigned long allocations;

static void *counting_malloc(size_t n, const char *file, int line)
{
	(void)file;
	(void)line;
	allocations++;
	return malloc(n);
}

static void *counting_realloc(void *p, size_t n, const char *file, int line)
{
	(void)file;
	(void)line;
	allocations++;
	return realloc(p, n);
}

static void plain_free(void *p, const char *file, int line)
{
	(void)file;
	(void)line;
	free(p);
}

/* The library takes other functions only before its first allocation. */
__attribute__((constructor)) static void count_allocations(void)
{
	CRYPTO_set_mem_functions(counting_malloc, counting_realloc, plain_free);
}

static void no_packet_makes_the_library_allocate(void)
{
	struct fx fx;

	fx_init(&fx);
	FOR_EACH_SUITE(s)
	{
		struct sa *out = fx_sa(SA_OUT, s), *in = fx_sa(SA_IN, s);
		unsigned long before = allocations;

		CU_ASSERT(before > 0);
		for (int i = 0; i < 10; i++) {
			struct pkt_batch b;

			fx_send_batch(&fx, out, BATCH_MAX, &b);
			for (unsigned int k = 0; k < b.n; k++)
				b.pkt[k]->obj = in;
			b.pkt[3]->data[b.pkt[3]->len - 1] ^= 1;
			esp_in(fx.esp, &b);
			CU_ASSERT_EQUAL(b.n, BATCH_MAX - 1);
			pkt_batch_free(&b);
		}
		CU_ASSERT_EQUAL(allocations, before);
		sa_free(in);
		sa_free(out);
	}
	fx_exit(&fx);
}

static const struct unit_case cases[] = {
	{ "every suite carries every length to 1500", every_suite_carries_every_length_to_1500 },
	{ "every suite carries large payloads", every_suite_carries_large_payloads },
	{ "numbers start at one", numbers_start_at_one },
	{ "a change of any bit is noticed", a_change_of_any_bit_is_noticed },
	{ "a packet cut or prolonged anywhere is discarded",
	  a_packet_cut_or_prolonged_anywhere_is_discarded },
	{ "a repeated packet is discarded", a_repeated_packet_is_discarded },
	{ "the trailer is checked as RFC 4303 has it", the_trailer_is_checked_as_rfc_4303_has_it },
	{ "next header 0 is carried where configured",
	  next_header_zero_is_carried_where_configured },
	{ "a mixed batch keeps its order", a_mixed_batch_keeps_its_order },
	{ "drops are charged to each packet's own account",
	  drops_are_charged_to_each_packets_own_account },
	{ "a packet without room is discarded before it takes a number",
	  a_packet_without_room_is_discarded_before_it_takes_a_number },
	{ "IVs of CBC are far apart", ivs_of_cbc_are_far_apart },
	{ "what the library cannot do is discarded", what_the_library_cannot_do_is_discarded },
	{ "no packet makes the library allocate", no_packet_makes_the_library_allocate },
	{ "the report of a forgery tells no plaintext",
	  the_report_of_a_forgery_tells_no_plaintext },
};

UNIT_MAIN("ipsec/esp", cases)
