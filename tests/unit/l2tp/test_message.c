/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>

#include "l2tp/message.h"
#include "tests/unit/unit.h"

static const uint8_t secret[] = "tunnel secret";

/* A message with everything that its row allows. */
static size_t build(uint8_t *buf, size_t size, uint16_t type, bool optional, bool hide)
{
	const struct l2tp_msg_rule *rule = l2tp_msg_rule(type);
	uint64_t set = rule->must | (optional ? rule->may : 0);
	static uint8_t fill[64];
	struct wr w = wr_init(buf, size);
	struct l2tp_msg m;

	memset(fill, 0x31, sizeof(fill));
	l2tp_msg_init(&m, type);
	for (uint16_t t = 0; t < AVP_TYPES; t++) {
		const struct l2tp_avp_desc *d = l2tp_avp_desc(t);

		if (!(set >> t & 1))
			continue;
		if (d->number)
			l2tp_msg_set_num(&m, t, t + 1u);
		else
			l2tp_msg_set(&m, t, fill, d->min > 5 || !d->max ? d->min : 5);
	}
	CU_ASSERT_EQUAL(l2tp_msg_write(&w, &m, hide ? secret : NULL, sizeof(secret)), 0);
	return w.len;
}

static int parse(struct l2tp_msg *m, const uint8_t *buf, size_t len)
{
	return l2tp_msg_read(rd_init(buf, len), m, secret, sizeof(secret));
}

static void every_message_is_written_and_read_back(void)
{
	static const uint16_t types[] = { 1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 14, 15, 16 };
	uint8_t buf[1500];
	struct l2tp_msg m;

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		for (int k = 0; k < 4; k++) {
			size_t len = build(buf, sizeof(buf), types[i], k & 1, k & 2);
			const struct l2tp_msg_rule *rule = l2tp_msg_rule(types[i]);

			CU_ASSERT_EQUAL(parse(&m, buf, len), 0);
			CU_ASSERT_EQUAL(m.type, types[i]);
			CU_ASSERT_EQUAL(m.present, rule->must | (k & 1 ? rule->may : 0));
			for (uint16_t t = 0; t < AVP_TYPES; t++)
				if (l2tp_msg_has(&m, t) && l2tp_avp_desc(t)->number)
					CU_ASSERT_EQUAL(m.avp[t].num, t + 1u);
			CU_ASSERT_EQUAL(m.ignored, 0);
			l2tp_msg_wipe(&m);
		}
}

static void rules_bind_the_sender(void)
{
	uint8_t buf[200];
	struct wr w = wr_init(buf, sizeof(buf));
	struct l2tp_msg m;

	l2tp_msg_init(&m, MSG_STOPCCN);
	CU_ASSERT_EQUAL(l2tp_msg_write(&w, &m, NULL, 0), -EINVAL);
	l2tp_msg_init(&m, MSG_HELLO);
	l2tp_msg_set_num(&m, AVP_TUNNEL_ID, 1);
	CU_ASSERT_EQUAL(l2tp_msg_write(&w, &m, NULL, 0), -EINVAL);
	l2tp_msg_init(&m, 5);
	CU_ASSERT_EQUAL(l2tp_msg_write(&w, &m, NULL, 0), -EINVAL);
	l2tp_msg_init(&m, MSG_SCCCN);
	l2tp_msg_set(&m, AVP_RESPONSE, buf, 15);
	CU_ASSERT_EQUAL(l2tp_msg_write(&w, &m, NULL, 0), -EINVAL);
	w = wr_init(buf, 7);
	l2tp_msg_init(&m, MSG_HELLO);
	CU_ASSERT_EQUAL(l2tp_msg_write(&w, &m, NULL, 0), -EMSGSIZE);
}

static void a_missing_avp_is_a_fault(void)
{
	uint8_t buf[1500];
	struct l2tp_msg m;

	for (uint16_t type = 1; type < MSG_TYPES; type++) {
		const struct l2tp_msg_rule *rule = l2tp_msg_rule(type);
		uint8_t only_type[8] = { 0x80, 8, 0, 0, 0, 0, 0, (uint8_t)type };

		if (!rule)
			continue;
		CU_ASSERT_EQUAL(parse(&m, only_type, 8), rule->must ? -EBADMSG : 0);
		CU_ASSERT_EQUAL(m.type, type);
	}
	/* Cut behind each AVP and inside: never good but where the optional ones begin. */
	size_t len = build(buf, sizeof(buf), MSG_STOPCCN, true, false);
	for (size_t n = 0; n < len; n++) {
		uint8_t *cut = malloc(n ? n : 1);

		memcpy(cut, buf, n);
		CU_ASSERT_EQUAL(parse(&m, cut, n), -EBADMSG);
		CU_ASSERT_EQUAL(m.fault.result, 2);
		CU_ASSERT(m.fault.text[0]);
		free(cut);
	}
}

/* HELLO with one more AVP. */
static int hello_with(struct l2tp_msg *m, uint16_t flags, uint16_t vendor, uint16_t type,
		      size_t len)
{
	uint8_t buf[200];
	struct wr w = wr_init(buf, sizeof(buf));

	wr_bytes(&w, "\x80\x08\0\0\0\0\0\x06", 8);
	wr_u16(&w, flags | (uint16_t)(len + 6));
	wr_u16(&w, vendor);
	wr_u16(&w, type);
	wr_zero(&w, len);
	return parse(m, buf, w.len);
}

static void unknown_avps_follow_the_m_bit(void)
{
	struct l2tp_msg m;

	CU_ASSERT_EQUAL(hello_with(&m, 0, 0, 4660, 3), 0);
	CU_ASSERT_EQUAL(m.ignored, 1);
	CU_ASSERT_EQUAL(hello_with(&m, 0x8000, 0, 4660, 3), -EBADMSG);
	CU_ASSERT_EQUAL(m.fault.error, ERR_UNKNOWN_AVP);
	/* "SHOULD contain the attribute of the offending AVP in text form" (RFC 2661 4.4.2) */
	CU_ASSERT_PTR_NOT_NULL(strstr(m.fault.text, "4660"));
	/* Another vendor's 9 is not Assigned Tunnel ID. */
	CU_ASSERT_EQUAL(hello_with(&m, 0x8000, 9, 9, 2), -EBADMSG);
	CU_ASSERT_EQUAL(m.fault.error, ERR_UNKNOWN_AVP);
	CU_ASSERT_EQUAL(hello_with(&m, 0, 9, 9, 2), 0);
	/* A reserved bit makes a known one unknown (4.1). */
	CU_ASSERT_EQUAL(hello_with(&m, 0x8400, 0, AVP_FIRMWARE, 2), -EBADMSG);
	CU_ASSERT_EQUAL(m.fault.error, ERR_UNKNOWN_AVP);
	CU_ASSERT_EQUAL(hello_with(&m, 0x0400, 0, AVP_FIRMWARE, 2), 0);
	/* Malformed ones too (7.1): Rx Connect Speed of 2 octets is the RFC's own example. */
	CU_ASSERT_EQUAL(hello_with(&m, 0, 0, AVP_RX_SPEED, 2), 0);
	CU_ASSERT_EQUAL(hello_with(&m, 0x8000, 0, AVP_TUNNEL_ID, 3), -EBADMSG);
	CU_ASSERT_EQUAL(m.fault.error, ERR_LENGTH);
	/* Known, but not of this message: never reaches a handler. */
	CU_ASSERT_EQUAL(hello_with(&m, 0x8000, 0, AVP_TUNNEL_ID, 2), 0);
	CU_ASSERT_FALSE(l2tp_msg_has(&m, AVP_TUNNEL_ID));
}

static void hidden_avps_need_vector_secret_and_leave(void)
{
	uint8_t buf[1500];
	struct l2tp_msg m;
	size_t len = build(buf, sizeof(buf), MSG_STOPCCN, true, true);

	CU_ASSERT_EQUAL(parse(&m, buf, len), 0);
	CU_ASSERT_EQUAL(m.avp[AVP_TUNNEL_ID].num, AVP_TUNNEL_ID + 1);
	CU_ASSERT_EQUAL(l2tp_msg_read(rd_init(buf, len), &m, NULL, 0), -EBADMSG);
	/* The Random Vector (22 octets behind Message Type) taken out. */
	memmove(buf + 8, buf + 30, len - 30);
	CU_ASSERT_EQUAL(parse(&m, buf, len - 22), -EBADMSG);
	/* Tie Breaker, Host Name: must not be hidden. */
	CU_ASSERT_EQUAL(hello_with(&m, 0xc000, 0, AVP_HOST_NAME, 18), -EBADMSG);
	CU_ASSERT_EQUAL(m.fault.error, ERR_VALUE);
}

static void an_avp_twice_is_a_fault(void)
{
	uint8_t buf[1500];
	struct l2tp_msg m;
	size_t len = build(buf, sizeof(buf), MSG_ICRP, false, false);

	memcpy(buf + len, buf + 8, 8);
	CU_ASSERT_EQUAL(parse(&m, buf, len + 8), -EBADMSG);
	CU_ASSERT_EQUAL(m.fault.error, ERR_VALUE);
}

static void message_type_comes_first_and_in_clear(void)
{
	static const uint8_t unknown[] = { 0x80, 8, 0, 0, 0, 0, 0, 99 };
	static const uint8_t ignorable[] = { 0x00, 8, 0, 0, 0, 0, 0, 99 };
	static const uint8_t hidden[] = { 0xc0, 8, 0, 0, 0, 0, 0, 6 };
	static const uint8_t vendor[] = { 0x80, 8, 0, 9, 0, 0, 0, 6 };
	static const uint8_t late[] = { 0x80, 8, 0, 0, 0, 10, 0, 4, 0x80, 8, 0, 0, 0, 0, 0, 6 };
	struct l2tp_msg m;

	CU_ASSERT_EQUAL(parse(&m, unknown, sizeof(unknown)), -EBADMSG);
	CU_ASSERT_EQUAL(parse(&m, ignorable, sizeof(ignorable)), -ENOMSG);
	CU_ASSERT_EQUAL(parse(&m, hidden, sizeof(hidden)), -EBADMSG);
	CU_ASSERT_EQUAL(parse(&m, vendor, sizeof(vendor)), -EBADMSG);
	CU_ASSERT_EQUAL(parse(&m, late, sizeof(late)), -EBADMSG);
}

static void header_is_checked_bit_by_bit(void)
{
	static const uint8_t good[] = { 0xc8, 2, 0, 12, 0, 1, 0, 2, 0, 3, 0, 4 };
	struct l2tp_ctl_hdr h;
	struct rd r, body;
	uint8_t b[16] = { 0 };

	for (int bit = -1; bit < 16; bit++) {
		int want = 0;

		memcpy(b, good, sizeof(good));
		if (bit >= 0)
			b[bit / 8] ^= 0x80 >> bit % 8;
		if (bit >= 12)
			want = -EPROTONOSUPPORT;
		else if (bit == 0 || bit == 1 || bit == 4 || bit == 6 || bit == 7)
			want = -EBADMSG; /* T L S O P; the rest is reserved and ignored */
		r = rd_init(b, 12);
		CU_ASSERT_EQUAL(l2tp_ctl_hdr_read(&r, &h, &body), want);
	}
	for (size_t n = 0; n < 12; n++) {
		r = rd_init(good, n);
		CU_ASSERT_EQUAL(l2tp_ctl_hdr_read(&r, &h, &body), -EBADMSG);
	}
	memcpy(b, good, sizeof(good));
	for (unsigned int len = 0; len < 40; len++) {
		put_u16(b + 2, (uint16_t)len);
		r = rd_init(b, sizeof(b));
		CU_ASSERT_EQUAL(l2tp_ctl_hdr_read(&r, &h, &body),
				len >= 12 && len <= 16 ? 0 : -EBADMSG);
		CU_ASSERT(len < 12 || len > 16 || body.left == len - 12);
	}
	CU_ASSERT(h.tunnel == 1 && h.session == 2 && h.ns == 3 && h.nr == 4);
}

static void results_survive_every_length(void)
{
	struct l2tp_result in = { 2, 8, "AVP 4660" }, out;
	uint8_t buf[100];
	size_t len = l2tp_result_write(buf, sizeof(buf), &in);

	CU_ASSERT_EQUAL(len, 12);
	for (size_t n = 2; n <= len; n++) {
		struct l2tp_value v = { .p = buf, .len = (uint16_t)n };

		l2tp_result_read(&v, &out);
		CU_ASSERT_EQUAL(out.result, 2);
		CU_ASSERT_EQUAL(out.error, n >= 4 ? 8 : 0);
	}
	CU_ASSERT_STRING_EQUAL(out.text, in.text);
	in = (struct l2tp_result){ .result = 1 };
	CU_ASSERT_EQUAL(l2tp_result_write(buf, sizeof(buf), &in), 2);
}

static const struct unit_case cases[] = {
	{ "every message is written and read back", every_message_is_written_and_read_back },
	{ "the rules bind the sender", rules_bind_the_sender },
	{ "a missing AVP is a fault", a_missing_avp_is_a_fault },
	{ "unknown and malformed AVPs follow the M bit", unknown_avps_follow_the_m_bit },
	{ "hidden AVPs need a vector, the secret and leave",
	  hidden_avps_need_vector_secret_and_leave },
	{ "an AVP twice is a fault", an_avp_twice_is_a_fault },
	{ "Message Type comes first and in clear", message_type_comes_first_and_in_clear },
	{ "the header is checked bit by bit", header_is_checked_bit_by_bit },
	{ "result codes survive every length", results_survive_every_length },
};

UNIT_MAIN("l2tp/message", cases)
