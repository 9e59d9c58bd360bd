/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>

#include "l2tp/avp.h"
#include "tests/unit/unit.h"
#include "tests/vectors/l2tp_vectors.h"

#define N(a) (sizeof(a) / sizeof((a)[0]))

/* RFC 2661 4.4, typed in a second time from the text: type, M, H allowed, least and most octets
 * of value. */
static const struct {
	uint16_t type;
	bool m, h;
	uint16_t min, max;
} spec[] = {
	{ 0, 1, 0, 2, 2 },     { 1, 1, 0, 2, 1017 },  { 2, 1, 0, 2, 2 },     { 3, 1, 1, 4, 4 },
	{ 4, 1, 1, 4, 4 },     { 5, 0, 0, 8, 8 },     { 6, 0, 1, 2, 2 },     { 7, 1, 0, 1, 1017 },
	{ 8, 0, 1, 0, 1017 },  { 9, 1, 1, 2, 2 },     { 10, 1, 0, 2, 2 },    { 11, 1, 1, 1, 1017 },
	{ 12, 1, 0, 3, 1017 }, { 13, 1, 1, 16, 16 },  { 14, 1, 1, 2, 2 },    { 15, 1, 1, 4, 4 },
	{ 16, 1, 1, 4, 4 },    { 17, 1, 1, 4, 4 },    { 18, 1, 1, 4, 4 },    { 19, 1, 1, 4, 4 },
	{ 21, 1, 1, 0, 1017 }, { 22, 1, 1, 0, 1017 }, { 23, 1, 1, 0, 1017 }, { 24, 1, 1, 4, 4 },
	{ 25, 0, 1, 4, 4 },    { 26, 0, 1, 0, 1017 }, { 27, 0, 1, 0, 1017 }, { 28, 0, 1, 0, 1017 },
	{ 29, 0, 1, 2, 2 },    { 30, 0, 1, 0, 1017 }, { 31, 0, 1, 1, 1017 }, { 32, 0, 1, 2, 2 },
	{ 33, 0, 1, 0, 1017 }, { 34, 1, 1, 26, 26 },  { 35, 1, 1, 10, 10 },  { 36, 1, 0, 0, 1017 },
	{ 37, 0, 1, 0, 1017 }, { 38, 0, 1, 4, 4 },    { 39, 1, 0, 0, 0 },
};

static void dictionary_is_that_of_the_rfc(void)
{
	for (size_t i = 0; i < N(spec); i++) {
		const struct l2tp_avp_desc *d = l2tp_avp_desc(spec[i].type);

		CU_ASSERT_PTR_NOT_NULL_FATAL(d);
		CU_ASSERT_EQUAL(d->mandatory, spec[i].m);
		CU_ASSERT_EQUAL(d->may_hide, spec[i].h);
		CU_ASSERT_EQUAL(d->min, spec[i].min);
		CU_ASSERT_EQUAL(d->max, spec[i].max);
		CU_ASSERT_EQUAL(d->repeats, spec[i].type == AVP_RANDOM_VECTOR);
	}
	CU_ASSERT_PTR_NULL(l2tp_avp_desc(20));
	CU_ASSERT_PTR_NULL(l2tp_avp_desc(40));
	CU_ASSERT_PTR_NULL(l2tp_avp_desc(65535));
}

static void every_row_is_written_and_read_back(void)
{
	uint8_t value[AVP_VALUE_MAX + 1], buf[1100];

	memset(value, 0x5a, sizeof(value));
	for (size_t i = 0; i < N(spec); i++) {
		const uint16_t lens[] = { spec[i].min, spec[i].max };

		for (int k = 0; k < 2; k++) {
			struct wr w = wr_init(buf, sizeof(buf));
			struct l2tp_avp avp;
			struct rd r;

			l2tp_avp_write(&w, spec[i].type, value, lens[k], NULL);
			CU_ASSERT_FALSE_FATAL(w.err);
			CU_ASSERT_EQUAL(w.len, 6u + lens[k]);
			r = rd_init(buf, w.len);
			CU_ASSERT_EQUAL(l2tp_avp_read(&r, &avp), 0);
			CU_ASSERT(rd_done(&r));
			CU_ASSERT_EQUAL(avp.type, spec[i].type);
			CU_ASSERT_EQUAL(avp.vendor, 0);
			CU_ASSERT_EQUAL(avp.mandatory, spec[i].m);
			CU_ASSERT_FALSE(avp.hidden || avp.reserved);
			CU_ASSERT_EQUAL(avp.len, lens[k]);
			CU_ASSERT_EQUAL(memcmp(avp.value, value, avp.len), 0);
		}
	}
}

static void rows_bind_the_sender(void)
{
	const struct l2tp_hiding h = { (const uint8_t *)"s", 1, (const uint8_t *)"v", 1 };
	uint8_t value[AVP_VALUE_MAX + 1] = { 0 }, buf[2000];
	struct wr w;

	for (size_t i = 0; i < N(spec); i++) {
		w = wr_init(buf, sizeof(buf));
		l2tp_avp_write(&w, spec[i].type, value, spec[i].max + 1u, NULL);
		CU_ASSERT(w.err);
		w = wr_init(buf, sizeof(buf));
		if (spec[i].min)
			l2tp_avp_write(&w, spec[i].type, value, spec[i].min - 1u, NULL);
		CU_ASSERT_EQUAL(w.err, spec[i].min > 0);
		w = wr_init(buf, sizeof(buf));
		l2tp_avp_write(&w, spec[i].type, value, spec[i].min, &h);
		CU_ASSERT_EQUAL(w.err, !spec[i].h);
		CU_ASSERT(w.err || (buf[0] & 0x40));
	}
	w = wr_init(buf, sizeof(buf));
	l2tp_avp_write(&w, 20, value, 4, NULL);
	CU_ASSERT(w.err);
	w = wr_init(buf, 7);
	l2tp_avp_write(&w, AVP_TUNNEL_ID, value, 2, NULL);
	CU_ASSERT(w.err);
}

static void truncated_and_lying_lengths_are_refused(void)
{
	uint8_t avp[10] = { 0x80, 10, 0, 0, 0, 3, 1, 2, 3, 4 };
	struct l2tp_avp out;
	struct rd r;

	for (size_t n = 0; n < sizeof(avp); n++) {
		r = rd_init(avp, n);
		CU_ASSERT_EQUAL(l2tp_avp_read(&r, &out), -EBADMSG);
	}
	for (unsigned int len = 0; len < 1024; len++) {
		put_u16(avp, 0x8000 | len);
		r = rd_init(avp, sizeof(avp));
		CU_ASSERT_EQUAL(l2tp_avp_read(&r, &out), len >= 6 && len <= 10 ? 0 : -EBADMSG);
	}
	put_u16(avp, 0x4000 | 0x0400 | 10);
	r = rd_init(avp, sizeof(avp));
	CU_ASSERT_EQUAL(l2tp_avp_read(&r, &out), 0);
	CU_ASSERT(out.reserved && out.hidden && !out.mandatory);
}

static struct l2tp_hiding hiding_of(const struct hidden_vector *v)
{
	return (struct l2tp_hiding){ (const uint8_t *)v->secret, v->secret_len,
				     (const uint8_t *)v->vector, v->vector_len };
}

static void hidden_values_are_uncovered_as_computed_independently(void)
{
	for (size_t i = 0; i < N(hidden_vectors); i++) {
		const struct hidden_vector *v = &hidden_vectors[i];
		struct l2tp_hiding h = hiding_of(v);
		uint8_t out[400], again[400];
		size_t len;

		CU_ASSERT_EQUAL(l2tp_unhide(&h, v->type, (const uint8_t *)v->hidden, v->hidden_len,
					    out, &len),
				0);
		CU_ASSERT_EQUAL_FATAL(len, v->value_len);
		CU_ASSERT_EQUAL(memcmp(out + 2, v->value, len), 0);
		memcpy(again, out, v->hidden_len);
		CU_ASSERT_EQUAL(l2tp_hide(&h, v->type, again, v->hidden_len), 0);
		CU_ASSERT_EQUAL(memcmp(again, v->hidden, v->hidden_len), 0);
	}
}

static void hidden_values_cut_anywhere_never_overrun(void)
{
	const struct hidden_vector *v = &hidden_vectors[5];
	struct l2tp_hiding h = hiding_of(v);
	size_t len;

	for (size_t n = 0; n <= v->hidden_len; n++) {
		uint8_t *in = malloc(n + 1), *out = malloc(n + 1);
		int rc;

		memcpy(in, v->hidden, n);
		rc = l2tp_unhide(&h, v->type, in, n, out, &len);
		CU_ASSERT_EQUAL(rc, n >= 302 ? 0 : -EBADMSG);
		CU_ASSERT(rc || len + 2 <= n);
		free(in);
		free(out);
	}
	/* Another secret: the length comes out as noise, mostly too long, never beyond. */
	h.secret = (const uint8_t *)"other";
	h.secret_len = 5;
	for (uint16_t t = 0; t < 40; t++) {
		uint8_t out[400];

		if (!l2tp_unhide(&h, t, (const uint8_t *)v->hidden, v->hidden_len, out, &len))
			CU_ASSERT(len + 2 <= v->hidden_len);
	}
}

static void hidden_avp_is_padded_to_sixteen_and_comes_back(void)
{
	const uint8_t vec[16] = { 7 };
	const struct l2tp_hiding h = { (const uint8_t *)"secret", 6, vec, sizeof(vec) };
	uint8_t value[AVP_VALUE_MAX], buf[1100], out[1100];
	struct l2tp_avp avp;
	size_t got;

	for (size_t i = 0; i < sizeof(value); i++)
		value[i] = (uint8_t)i;
	for (size_t len = 1; len <= AVP_VALUE_MAX; len++) {
		struct wr w = wr_init(buf, sizeof(buf));
		struct rd r;

		l2tp_avp_write(&w, AVP_CHALLENGE, value, len, &h);
		CU_ASSERT_EQUAL(w.err, len > AVP_VALUE_MAX - 2);
		if (w.err)
			continue;
		r = rd_init(buf, w.len);
		CU_ASSERT_EQUAL(l2tp_avp_read(&r, &avp), 0);
		CU_ASSERT(avp.hidden && avp.len >= len + 2);
		CU_ASSERT(avp.len % 16 == 0 || len > 1000);
		CU_ASSERT_EQUAL(l2tp_unhide(&h, avp.type, avp.value, avp.len, out, &got), 0);
		CU_ASSERT_EQUAL(got, len);
		CU_ASSERT_EQUAL(memcmp(out + 2, value, len), 0);
	}
}

static void responses_are_as_computed_independently(void)
{
	for (size_t i = 0; i < N(response_vectors); i++) {
		const struct response_vector *v = &response_vectors[i];
		uint8_t out[L2TP_RESPONSE_LEN];

		CU_ASSERT_EQUAL(l2tp_auth_response(v->type, (const uint8_t *)v->secret,
						   v->secret_len, (const uint8_t *)v->challenge,
						   v->challenge_len, out),
				0);
		CU_ASSERT_EQUAL(memcmp(out, v->response, sizeof(out)), 0);
	}
}

static const struct unit_case cases[] = {
	{ "the dictionary is that of RFC 2661 4.4", dictionary_is_that_of_the_rfc },
	{ "every row is written and read back", every_row_is_written_and_read_back },
	{ "the rows bind the sender", rows_bind_the_sender },
	{ "truncated and lying lengths are refused", truncated_and_lying_lengths_are_refused },
	{ "hidden values are uncovered as computed independently",
	  hidden_values_are_uncovered_as_computed_independently },
	{ "hidden values cut anywhere never overrun", hidden_values_cut_anywhere_never_overrun },
	{ "a hidden AVP is padded to 16 and comes back",
	  hidden_avp_is_padded_to_sixteen_and_comes_back },
	{ "responses are as computed independently", responses_are_as_computed_independently },
};

UNIT_MAIN("l2tp/avp", cases)
