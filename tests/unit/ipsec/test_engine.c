/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * Whole ESP packets of every suite through the engine and through ESP. Nobody published any for most
 * of them: tests/vectors/make_esp_vectors.py computed these with Python's libraries, after it held
 * those against published values. Published packets are in test_published.c.
 */

#include <errno.h>

#include "core/cursor.h"
#include "ipsec/engine.h"
#include "tests/unit/ipsec/sa_fixture.h"
#include "tests/vectors/esp_vectors.h"

enum { PACKET_MAX = 512 };

/* esp_in() against the other implementation. */
static void packets_computed_elsewhere_are_received(void)
{
	struct fx fx;

	fx_init(&fx);
	for (size_t i = 0; i < sizeof(esp_vectors) / sizeof(esp_vectors[0]); i++) {
		const struct esp_vector *v = &esp_vectors[i];
		struct sa *sa = fx_sa_of_hex(SA_IN, v->suite, v->keymat);
		uint8_t packet[PACKET_MAX], payload[PACKET_MAX];
		uint32_t len = (uint32_t)unit_hex(packet, sizeof(packet), v->packet);
		size_t n = unit_hex(payload, sizeof(payload), v->payload);
		struct pkt_batch b = { 0 };

		CU_ASSERT_EQUAL(len, esp_suite_packet_len(sa->suite, (uint32_t)n));
		sa->spi = v->spi;
		sa->next_header = v->next_header;
		sa->esn = v->esn;
		sa->hot.replay.top = v->seq - 1;
		pkt_batch_add(&b, fx_pkt(&fx, sa, packet, len));
		esp_in(fx.esp, &b);
		CU_ASSERT_EQUAL_FATAL(b.n, 1);
		CU_ASSERT_EQUAL(b.pkt[0]->len, n);
		CU_ASSERT_EQUAL(memcmp(b.pkt[0]->data, payload, n), 0);
		CU_ASSERT_EQUAL(b.pkt[0]->spi, v->spi);
		CU_ASSERT_EQUAL(sa->hot.replay.top, v->seq);
		pkt_batch_free(&b);
		sa_free(sa);
	}
	fx_exit(&fx);
}

/* The engine, given the vector's IV, makes the vector's packet and opens it again. */
static void packets_computed_elsewhere_are_what_the_engine_makes(void)
{
	for (size_t i = 0; i < sizeof(esp_vectors) / sizeof(esp_vectors[0]); i++) {
		const struct esp_vector *v = &esp_vectors[i];
		struct sa *out = fx_sa_of_hex(SA_OUT, v->suite, v->keymat);
		struct sa *in = fx_sa_of_hex(SA_IN, v->suite, v->keymat);
		uint8_t packet[PACKET_MAX], buf[PACKET_MAX] = { 0 };
		size_t len = unit_hex(packet, sizeof(packet), v->packet);
		struct esp_job j = fx_job_over(out, buf, len);
		size_t n;

		put_u32(buf, v->spi);
		put_u32(buf + 4, (uint32_t)v->seq);
		j.seq = v->seq;
		out->esn = in->esn = v->esn;
		unit_hex(j.iv, out->suite->iv_len, v->iv);
		n = unit_hex(j.payload, j.len, v->payload);
		for (size_t pad = n; pad + 2 < j.len; pad++)
			j.payload[pad] = (uint8_t)(pad - n + 1);
		j.payload[j.len - 2] = (uint8_t)(j.len - 2 - n);
		j.payload[j.len - 1] = v->next_header;
		esp_engine->encrypt(&j, 1);
		CU_ASSERT_EQUAL(j.result, 0);
		CU_ASSERT_EQUAL(memcmp(buf, packet, len), 0);
		j.sa = in;
		esp_engine->decrypt(&j, 1);
		CU_ASSERT_EQUAL(j.result, 0);
		CU_ASSERT_EQUAL(j.payload[j.len - 1], v->next_header);
		sa_free(in);
		sa_free(out);
	}
}

static bool iv_is_random(const struct esp_suite *s)
{
	return s->cipher == ESP_CIPHER_AES_CBC || s->cipher == ESP_CIPHER_3DES_CBC ||
	       s->cipher == ESP_CIPHER_DES_CBC;
}

/* esp_out() chooses sequence number 1 and, for counter modes, IV 1; both can be set. CBC's IV cannot, so
 * for CBC the other implementation's view is the two cases above. */
static void packets_computed_elsewhere_are_sent(void)
{
	struct fx fx;

	fx_init(&fx);
	for (size_t i = 0; i < sizeof(esp_vectors) / sizeof(esp_vectors[0]); i++) {
		const struct esp_vector *v = &esp_vectors[i];
		struct sa *sa = fx_sa_of_hex(SA_OUT, v->suite, v->keymat);
		uint8_t packet[PACKET_MAX], payload[PACKET_MAX], iv[16] = { 0 };
		size_t len = unit_hex(packet, sizeof(packet), v->packet);
		size_t n = unit_hex(payload, sizeof(payload), v->payload);
		struct rd r = rd_init(iv, sizeof(iv));
		struct pkt_batch b = { 0 };
		size_t same;

		unit_hex(iv, sizeof(iv), v->iv);
		sa->spi = v->spi;
		sa->next_header = v->next_header;
		sa->esn = v->esn;
		sa->hot.seq = v->seq - 1;
		sa->hot.iv_counter = rd_u64(&r) - 1;
		pkt_batch_add(&b, fx_pkt(&fx, sa, payload, (uint32_t)n));
		esp_out(fx.esp, &b);
		CU_ASSERT_EQUAL_FATAL(b.n, 1);
		CU_ASSERT_EQUAL(b.pkt[0]->len, len);
		same = iv_is_random(sa->suite) ? FX_ESP_HDR_LEN : len;
		CU_ASSERT_EQUAL(memcmp(b.pkt[0]->data, packet, same), 0);
		pkt_batch_free(&b);
		sa_free(sa);
	}
	fx_exit(&fx);
}

static void one_bad_job_leaves_its_neighbours_alone(void)
{
	const struct esp_vector *v = &esp_vectors[6];
	struct sa *sa = fx_sa_of_hex(SA_IN, v->suite, v->keymat);
	uint8_t packet[3][PACKET_MAX];
	struct esp_job j[3];
	size_t len = 0;

	for (int i = 0; i < 3; i++) {
		len = unit_hex(packet[i], PACKET_MAX, v->packet);
		j[i] = fx_job_over(sa, packet[i], len);
	}
	packet[1][len - 1] ^= 0x80;
	esp_engine->decrypt(j, 3);
	CU_ASSERT_EQUAL(j[0].result, 0);
	CU_ASSERT_EQUAL(j[1].result, -EBADMSG);
	CU_ASSERT_EQUAL(j[2].result, 0);
	CU_ASSERT_EQUAL(memcmp(packet[0], packet[2], len), 0);
	sa_free(sa);
}

static const struct unit_case cases[] = {
	{ "packets computed elsewhere are received", packets_computed_elsewhere_are_received },
	{ "packets computed elsewhere are what the engine makes",
	  packets_computed_elsewhere_are_what_the_engine_makes },
	{ "packets computed elsewhere are sent", packets_computed_elsewhere_are_sent },
	{ "one bad job leaves its neighbours alone", one_bad_job_leaves_its_neighbours_alone },
};

UNIT_MAIN("ipsec/engine", cases)
