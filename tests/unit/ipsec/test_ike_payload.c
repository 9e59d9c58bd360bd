/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>

#include "ipsec/ike/message.h"
#include "ipsec/ike/payload.h"
#include "ipsec/ike/proposal.h"
#include "ipsec/ike/sa_payload.h"
#include "tests/unit/unit.h"

static struct ike_offer offer, back;

/* Decode from the heap, exactly as long: a sanitizer sees one octet too far. */
static int decode_exact(unsigned int phase, const uint8_t *body, size_t len)
{
	uint8_t *copy = malloc(len ? len : 1);
	int rc;

	memcpy(copy, body, len);
	rc = ike_offer_decode(&back, phase, copy, len);
	free(copy);
	return rc;
}

static const struct ike_methods psk = { .n = 1, .id = { IKE_AUTH_PSK } };

static size_t make_offer(unsigned int phase, uint8_t *buf, size_t size)
{
	static const uint8_t spi[4] = { 0x11, 0x22, 0x33, 0x44 };
	struct wr w = wr_init(buf, size);
	struct ike_profile p;

	ike_profile_init(&p);
	p.pfs_group = 19;
	p.p2_lifetime = 100000; /* the long form */
	p.p2_octets = 1 << 30;
	if (phase == 1)
		ike_p1_offer(&offer, &p, &psk);
	else
		ike_p2_offer(&offer, &p, IKE_ENCAP_TRANSPORT, spi);
	ike_offer_encode(&w, phase, &offer);
	CU_ASSERT_FALSE(w.err);
	return w.len;
}

static void header_round_trip_and_short_ones(void)
{
	struct ike_hdr h = { .icookie = { 1, 2, 3 },
			     .rcookie = { 9, 8, 7 },
			     .next = IKE_PL_SA,
			     .version = IKE_VERSION_1,
			     .exchange = IKE_X_MAIN,
			     .flags = IKE_FLAG_ENC,
			     .msgid = 0x01020304,
			     .len = 28 };
	uint8_t buf[IKE_HDR_LEN];
	struct wr w = wr_init(buf, sizeof(buf));
	struct ike_hdr out;

	ike_hdr_encode(&w, &h);
	CU_ASSERT_EQUAL(w.len, IKE_HDR_LEN);
	CU_ASSERT_EQUAL(ike_hdr_decode(&out, buf, sizeof(buf)), 0);
	CU_ASSERT_EQUAL(memcmp(&out, &h, sizeof(h)), 0);
	for (size_t n = 0; n < sizeof(buf); n++)
		CU_ASSERT_EQUAL(ike_hdr_decode(&out, buf, n), -EBADMSG);
}

static void offers_round_trip(void)
{
	uint8_t buf[1024];

	for (unsigned int phase = 1; phase <= 2; phase++) {
		size_t len = make_offer(phase, buf, sizeof(buf));

		CU_ASSERT_EQUAL(ike_offer_decode(&back, phase, buf, len), 0);
		CU_ASSERT_EQUAL(back.n, offer.n);
		for (unsigned int i = 0; i < back.n; i++) {
			const struct ike_transform *a = &offer.t[i], *b = &back.t[i];

			CU_ASSERT_EQUAL(a->has, b->has);
			CU_ASSERT_EQUAL(memcmp(a->v, b->v, sizeof(a->v)), 0);
			CU_ASSERT_EQUAL(a->num, b->num);
			CU_ASSERT_EQUAL(a->id, b->id);
			CU_ASSERT_EQUAL(a->proto, b->proto);
			CU_ASSERT_EQUAL(a->spi_len, b->spi_len);
			if (a->spi_len)
				CU_ASSERT_EQUAL(memcmp(a->spi, b->spi, a->spi_len), 0);
			CU_ASSERT_FALSE(b->foreign || b->bundled);
		}
	}
}

/* RFC 2408 4.2: the answer repeats the transform as it came. */
static void a_transform_is_repeated_as_it_came(void)
{
	uint8_t buf[1024], again[1024];
	struct wr w = wr_init(again, sizeof(again));
	size_t len = make_offer(2, buf, sizeof(buf));

	CU_ASSERT_EQUAL(ike_offer_decode(&back, 2, buf, len), 0);
	ike_offer_encode(&w, 2, &back);
	CU_ASSERT_EQUAL(w.len, len);
	CU_ASSERT_EQUAL(memcmp(again, buf, len), 0);
}

static void truncated_offers_are_refused_at_every_length(void)
{
	uint8_t buf[1024];

	for (unsigned int phase = 1; phase <= 2; phase++) {
		size_t len = make_offer(phase, buf, sizeof(buf));

		for (size_t n = 0; n < len; n++)
			CU_ASSERT_EQUAL(decode_exact(phase, buf, n), -EBADMSG);
		buf[len] = 0;
		CU_ASSERT_EQUAL(decode_exact(phase, buf, len + 1), -EBADMSG);
	}
}

static void lying_octets_never_read_beyond(void)
{
	uint8_t buf[1024];

	for (unsigned int phase = 1; phase <= 2; phase++) {
		size_t len = make_offer(phase, buf, sizeof(buf));

		for (size_t at = 0; at < len; at++) {
			uint8_t old = buf[at];

			for (unsigned int v = 0; v < 256; v++) {
				buf[at] = (uint8_t)v;
				decode_exact(phase, buf, len);
			}
			buf[at] = old;
		}
	}
	CU_PASS("no sanitizer spoke");
}

static void other_doi_or_situation_is_not_ours(void)
{
	uint8_t buf[1024];
	size_t len = make_offer(1, buf, sizeof(buf));

	buf[3] = 2;
	CU_ASSERT_EQUAL(decode_exact(1, buf, len), -EPROTO);
	buf[3] = 1;
	buf[7] = 2;
	CU_ASSERT_EQUAL(decode_exact(1, buf, len), -EPROTO);
}

/* One proposal with one transform around given attributes, phase 2. */
static int decode_attrs(const char *hex)
{
	uint8_t attrs[256], buf[512];
	size_t n = unit_hex(attrs, sizeof(attrs), hex);
	struct wr w = wr_init(buf, sizeof(buf));

	wr_u32(&w, 1);
	wr_u32(&w, 1);
	wr_u16(&w, 0);
	wr_u16(&w, (uint16_t)(12 + 8 + n));
	wr_u8(&w, 1);
	wr_u8(&w, 3);
	wr_u8(&w, 4);
	wr_u8(&w, 1);
	wr_u32(&w, 0x11223344);
	wr_u16(&w, 0);
	wr_u16(&w, (uint16_t)(8 + n));
	wr_u32(&w, 0x01140000);
	wr_bytes(&w, attrs, n);
	return decode_exact(2, buf, w.len);
}

static void attributes_in_both_forms(void)
{
	/* Group 19 short, key length 256 long, life 3600 s in 4 octets, then kilobytes. */
	CU_ASSERT_EQUAL(decode_attrs("80030013 00060002 0100 80010001 00020004 00000e10"
				     "80010002 80021000"),
			0);
	CU_ASSERT_EQUAL(back.n, 1);
	CU_ASSERT_EQUAL(back.t[0].v[IKE_ATTR_GROUP], 19);
	CU_ASSERT_EQUAL(back.t[0].v[IKE_ATTR_KEY_BITS], 256);
	CU_ASSERT_EQUAL(back.t[0].v[IKE_ATTR_SECONDS], 3600);
	CU_ASSERT_EQUAL(back.t[0].v[IKE_ATTR_KILOBYTES], 0x1000);
	/* Eight octets saturate. */
	CU_ASSERT_EQUAL(decode_attrs("80010001 00020008 0000000100000000"), 0);
	CU_ASSERT_EQUAL(back.t[0].v[IKE_ATTR_SECONDS], UINT32_MAX);
}

static void unknown_and_absurd_attributes(void)
{
	CU_ASSERT_EQUAL(decode_attrs("807f0001"), 0);
	CU_ASSERT(back.t[0].foreign);
	CU_ASSERT_EQUAL(decode_attrs("00060009 000000000000000001"), 0); /* no integer of ours */
	CU_ASSERT(back.t[0].foreign);
	CU_ASSERT_EQUAL(decode_attrs("00060000"), 0);
	CU_ASSERT(back.t[0].foreign);
	CU_ASSERT_EQUAL(decode_attrs("80060100 80060080"), -EBADMSG); /* twice */
	CU_ASSERT_EQUAL(decode_attrs("80020e10"), -EBADMSG);	      /* duration of what? */
	CU_ASSERT_EQUAL(decode_attrs("0006ffff 0100"), -EBADMSG);
	CU_ASSERT_EQUAL(decode_attrs("800601"), -EBADMSG);
}

static void proposals_of_one_number_are_a_bundle(void)
{
	static const uint8_t spi[4] = { 1, 2, 3, 4 };
	uint8_t buf[512];
	struct wr w = wr_init(buf, sizeof(buf));

	offer.n = 3;
	for (int i = 0; i < 3; i++)
		offer.t[i] = (struct ike_transform){ .prop = i < 2 ? 1 : 2,
						     .proto = i == 0 ? IKE_PROTO_AH : IKE_PROTO_ESP,
						     .spi = spi,
						     .spi_len = 4,
						     .num = 1,
						     .id = 12 };
	ike_offer_encode(&w, 2, &offer);
	CU_ASSERT_EQUAL(decode_exact(2, buf, w.len), 0);
	CU_ASSERT(back.t[0].bundled && back.t[1].bundled);
	CU_ASSERT_FALSE(back.t[2].bundled);
}

static void bodies_round_trip_and_refuse_truncation(void)
{
	static const uint8_t spi[8] = { 1, 2, 3, 4, 5, 6, 7, 8 }, data[3] = { 7, 7, 7 };
	struct ike_notify_body n = { .doi = 1,
				     .proto = 3,
				     .spi_len = 4,
				     .type = IKE_N_NO_PROPOSAL_CHOSEN,
				     .spi = spi,
				     .data = data,
				     .len = 3 };
	struct ike_delete_body d = { .doi = 1, .proto = 3, .spi_len = 4, .n = 2, .spis = spi };
	struct ike_id_body id = { .type = 2, .proto = 17, .port = 500, .data = data, .len = 3 };
	struct ike_notify_body n2;
	struct ike_delete_body d2;
	struct ike_id_body id2;
	uint8_t buf[64];
	struct wr w = wr_init(buf, sizeof(buf));

	ike_notify_encode(&w, &n);
	CU_ASSERT_EQUAL(ike_notify_decode(&n2, buf, w.len), 0);
	CU_ASSERT_EQUAL(n2.type, n.type);
	CU_ASSERT_EQUAL(memcmp(n2.spi, spi, 4), 0);
	CU_ASSERT_EQUAL(n2.len, 3);
	for (size_t k = 0; k < 12; k++)
		CU_ASSERT_EQUAL(ike_notify_decode(&n2, buf, k), -EBADMSG);
	w = wr_init(buf, sizeof(buf));
	ike_delete_encode(&w, &d);
	CU_ASSERT_EQUAL(ike_delete_decode(&d2, buf, w.len), 0);
	CU_ASSERT_EQUAL(d2.n, 2);
	for (size_t k = 0; k < w.len; k++)
		CU_ASSERT_EQUAL(ike_delete_decode(&d2, buf, k), -EBADMSG);
	CU_ASSERT_EQUAL(ike_delete_decode(&d2, buf, w.len + 1), -EBADMSG);
	w = wr_init(buf, sizeof(buf));
	ike_id_encode(&w, &id);
	CU_ASSERT_EQUAL(ike_id_decode(&id2, buf, w.len), 0);
	CU_ASSERT_EQUAL(id2.port, 500);
	CU_ASSERT_EQUAL(id2.len, 3);
	for (size_t k = 0; k < 4; k++)
		CU_ASSERT_EQUAL(ike_id_decode(&id2, buf, k), -EBADMSG);
}

static size_t make_message(uint8_t *buf, size_t size, uint8_t second)
{
	struct ike_hdr h = { .version = IKE_VERSION_1, .exchange = IKE_X_MAIN };
	uint8_t sa[1024];
	size_t len = make_offer(1, sa, sizeof(sa));
	struct ike_build b;
	int n;

	ike_build_begin(&b, buf, size, &h);
	ike_build_payload(&b, IKE_PL_SA, sa, len);
	ike_build_payload(&b, second, "0123456789abcdef", 16);
	n = ike_build_end(&b);
	CU_ASSERT(n > 0);
	return (size_t)n;
}

static void messages_are_held_to_their_rules(void)
{
	uint8_t buf[2048];
	size_t len = make_message(buf, sizeof(buf), IKE_PL_VID);
	struct ike_msg m;

	CU_ASSERT_EQUAL(ike_msg_init(&m, buf, len), 0);
	CU_ASSERT_EQUAL(ike_msg_open(&m, &ike_rules[IKE_MM1], NULL, NULL), 0);
	CU_ASSERT_EQUAL(ike_payload_count(&m.pls, IKE_PL_VID), 1);
	/* Another exchange, another step, a flag that lies. */
	CU_ASSERT_EQUAL(ike_msg_open(&m, &ike_rules[IKE_MM3], NULL, NULL), -EPROTO);
	CU_ASSERT_EQUAL(ike_msg_open(&m, &ike_rules[IKE_INFO_CLEAR], NULL, NULL), -EPROTO);
	CU_ASSERT_EQUAL(ike_msg_open(&m, &ike_rules[IKE_MM5], NULL, NULL), -EPROTO);
	/* Twice what may come once; what does not belong here. */
	len = make_message(buf, sizeof(buf), IKE_PL_SA);
	CU_ASSERT_EQUAL(ike_msg_init(&m, buf, len), 0);
	CU_ASSERT_EQUAL(ike_msg_open(&m, &ike_rules[IKE_MM1], NULL, NULL), -EPROTO);
	len = make_message(buf, sizeof(buf), IKE_PL_HASH);
	CU_ASSERT_EQUAL(ike_msg_init(&m, buf, len), 0);
	CU_ASSERT_EQUAL(ike_msg_open(&m, &ike_rules[IKE_MM1], NULL, NULL), -EPROTO);
	CU_ASSERT_PTR_NOT_NULL(m.why);
	CU_ASSERT_EQUAL(m.why_type, IKE_PL_HASH);
}

static void truncated_messages_are_refused_at_every_length(void)
{
	uint8_t buf[2048];
	size_t len = make_message(buf, sizeof(buf), IKE_PL_VID);
	struct ike_msg m;

	for (size_t n = 0; n < len; n++) {
		CU_ASSERT_EQUAL(ike_msg_init(&m, buf, n), -EBADMSG);
		if (n < IKE_HDR_LEN)
			continue;
		put_u32(buf + 24, (uint32_t)n); /* the header agrees, the payloads do not */
		CU_ASSERT_EQUAL(ike_msg_init(&m, buf, n), 0);
		CU_ASSERT(ike_msg_open(&m, &ike_rules[IKE_MM1], NULL, NULL) < 0);
		put_u32(buf + 24, (uint32_t)len);
	}
}

static void too_many_payloads_are_refused(void)
{
	uint8_t chain[(IKE_PAYLOADS_MAX + 1) * 4];
	struct ike_payloads pls;

	for (size_t i = 0; i <= IKE_PAYLOADS_MAX; i++) {
		chain[4 * i] = IKE_PL_VID;
		chain[4 * i + 1] = 0;
		put_u16(chain + 4 * i + 2, 4);
	}
	CU_ASSERT_EQUAL(ike_payloads_decode(&pls, IKE_PL_VID, chain, sizeof(chain), true), -E2BIG);
	put_u16(chain + 2, 3); /* shorter than its own header */
	CU_ASSERT_EQUAL(ike_payloads_decode(&pls, IKE_PL_VID, chain, sizeof(chain), true),
			-EBADMSG);
}

static void encryption_pads_and_comes_back(void)
{
	struct ike_keys keys = { .cipher = ike_cipher_by_id(7, 256) };

	for (size_t n = 0; n < 40; n++) {
		struct ike_hdr h = { .version = IKE_VERSION_1, .exchange = IKE_X_QUICK };
		uint8_t buf[256], iv[IKE_BLOCK] = { 1 }, iv2[IKE_BLOCK] = { 1 };
		uint8_t hash[40] = { 0xaa };
		struct ike_build b;
		struct ike_msg m;
		int len;

		memset(keys.enc, (int)n, sizeof(keys.enc));
		ike_build_begin(&b, buf, sizeof(buf), &h);
		ike_build_payload(&b, IKE_PL_HASH, hash, n);
		len = ike_msg_seal(buf, (size_t)ike_build_end(&b), sizeof(buf), &keys, iv);
		CU_ASSERT_EQUAL((len - IKE_HDR_LEN) % IKE_BLOCK, 0);
		CU_ASSERT_EQUAL(ike_msg_init(&m, buf, (size_t)len), 0);
		CU_ASSERT_EQUAL(ike_msg_open(&m, &ike_rules[IKE_QM3], &keys, iv2), 0);
		CU_ASSERT_EQUAL(m.pls.p[0].len, n);
		CU_ASSERT_EQUAL(memcmp(m.pls.p[0].body, hash, n), 0);
		/* Both ends go on from the last cipher block. */
		CU_ASSERT_EQUAL(memcmp(m.next_iv, iv, IKE_BLOCK), 0);
		ike_msg_close(&m);
		ike_msg_close(&m);
		/* Cipher text that is no whole number of blocks. */
		put_u32(buf + 24, (uint32_t)len - 1);
		CU_ASSERT_EQUAL(ike_msg_init(&m, buf, (size_t)len - 1), 0);
		CU_ASSERT_EQUAL(ike_msg_open(&m, &ike_rules[IKE_QM3], &keys, iv2), -EBADMSG);
		ike_msg_close(&m);
		CU_ASSERT_EQUAL(ike_msg_seal(buf, (size_t)len - 1, (size_t)len - 1, &keys, iv),
				-EMSGSIZE);
	}
}

static void what_differs_first_is_named(void)
{
	struct ike_profile p;
	struct ike_p1_choice s;
	struct ike_p2_choice c;
	const char *differs;
	uint8_t buf[1024];
	char text[IKE_LIST_MAX];

	ike_profile_init(&p);
	ike_p1_offer(&offer, &p, &psk);
	p.n_p1 = 1;
	ike_p1_suite_parse("aes256-sha256-modp3072", &p.p1[0]);
	CU_ASSERT_EQUAL(ike_p1_choose(&offer, &p, &psk, &s, &differs), -ENOENT);
	CU_ASSERT_STRING_EQUAL(differs, "group");
	CU_ASSERT_STRING_EQUAL(
		ike_p1_list(&offer, text, sizeof(text)),
		"aes256-sha256-ecp256, aes256-sha256-modp2048, aes128-sha1-modp2048");
	make_offer(2, buf, sizeof(buf));
	p.pfs_group = 14;
	CU_ASSERT_EQUAL(ike_p2_choose(&offer, &p, IKE_ENCAP_TRANSPORT, &c, &differs), -ENOENT);
	CU_ASSERT_STRING_EQUAL(differs, "group");
	/* Cut, not overrun, when the list is long. */
	CU_ASSERT_EQUAL(strlen(ike_p2_list(&offer, text, 20)), 19);
}

/* Every suite with every method, and what a method is called when none is in common. */
static void methods_of_authentication_are_part_of_proposals(void)
{
	static const struct ike_methods signatures = { .n = 2, .id = { 10, 3 } };
	struct ike_profile p;
	struct ike_p1_choice c;
	const char *differs;
	char text[IKE_LIST_MAX];

	ike_profile_init(&p);
	p.n_p1 = 2;
	ike_p1_offer(&offer, &p, &signatures);
	CU_ASSERT_EQUAL(offer.n, 4);
	CU_ASSERT_STRING_EQUAL(ike_p1_list(&offer, text, sizeof(text)),
			       "aes256-sha256-ecp256 ecdsa-384, aes256-sha256-modp2048 ecdsa-384, "
			       "aes256-sha256-ecp256 rsa, aes256-sha256-modp2048 rsa");
	CU_ASSERT_EQUAL(ike_p1_choose(&offer, &p, &psk, &c, &differs), -ENOENT);
	CU_ASSERT_STRING_EQUAL(differs, "authentication");
	CU_ASSERT_EQUAL(
		ike_p1_choose(&offer, &p, &(struct ike_methods){ 2, { 1, 3 } }, &c, &differs), 2);
	CU_ASSERT_EQUAL(c.method, 3);
	CU_ASSERT_EQUAL(c.suite.group, 19);
}

/* RFC 2408 3.5: the number of transforms is one octet. */
static void the_last_of_a_full_proposal_is_found(void)
{
	static uint8_t buf[16384];
	struct wr w = wr_init(buf, sizeof(buf));
	struct ike_profile p;
	struct ike_p1_choice s;
	const char *differs;

	ike_profile_init(&p);
	p.n_p1 = 1;
	ike_p1_suite_parse("aes256-sha256-ecp256", &p.p1[0]);
	ike_p1_offer(&offer, &p, &psk);
	for (offer.n = 1; offer.n < 255; offer.n++)
		offer.t[offer.n] = offer.t[0];
	for (unsigned int i = 0; i < 254; i++)
		offer.t[i].v[IKE_ATTR_GROUP] = 14;
	ike_offer_encode(&w, 1, &offer);
	CU_ASSERT_FALSE(w.err);
	CU_ASSERT_EQUAL(ike_offer_decode(&back, 1, buf, w.len), 0);
	CU_ASSERT_EQUAL(back.n, 255);
	CU_ASSERT_EQUAL(ike_p1_choose(&back, &p, &psk, &s, &differs), 254);
}

static void identities_of_one_host(void)
{
	static const uint8_t v4[8] = { 192, 0, 2, 1, 255, 255, 255, 255 };
	static const uint8_t net[8] = { 192, 0, 2, 0, 255, 255, 255, 0 };
	static const uint8_t v6[32] = { 0x20, 1,   0xd, 0xb8, [15] = 1, 255, 255,
					255,  255, 255, 255,  255,	255, 255,
					255,  255, 255, 255,  255,	255, 255 };
	static const struct {
		uint8_t type;
		const uint8_t *data;
		size_t len;
		const char *host; /* NULL: it names no single one */
	} rows[] = {
		{ IKE_ID_IPV4_ADDR, v4, 4, "192.0.2.1" },
		{ IKE_ID_IPV4_ADDR, v4, 3, NULL },
		{ IKE_ID_IPV4_ADDR, v4, 8, NULL },
		{ IKE_ID_IPV4_ADDR, v6, 16, NULL },
		{ IKE_ID_IPV4_ADDR_SUBNET, v4, 8, "192.0.2.1" },
		{ IKE_ID_IPV4_ADDR_SUBNET, net, 8, NULL },
		{ IKE_ID_IPV4_ADDR_SUBNET, v4, 4, NULL },
		{ IKE_ID_IPV6_ADDR, v6, 16, "2001:db8::1" },
		{ IKE_ID_IPV6_ADDR, v6, 15, NULL },
		{ IKE_ID_IPV6_ADDR, v4, 4, NULL },
		{ IKE_ID_IPV6_ADDR_SUBNET, v6, 32, "2001:db8::1" },
		{ IKE_ID_IPV6_ADDR_SUBNET, v6, 16, NULL },
		{ IKE_ID_FQDN, v4, 4, NULL },
		{ IKE_ID_KEY_ID, v6, 16, NULL },
		{ 0, NULL, 0, NULL },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct ike_id_body id = { .type = rows[i].type,
					  .data = rows[i].data,
					  .len = rows[i].len };
		char text[ENDPOINT_TEXT_MAX];
		struct endpoint e;
		int rc = ike_id_host(&id, &e);

		CU_ASSERT_EQUAL(rc == 0, rows[i].host != NULL);
		if (rc < 0 || !rows[i].host)
			continue;
		CU_ASSERT_STRING_EQUAL(endpoint_text(&e, text, sizeof(text)), rows[i].host);
	}
}

/* RFC 3947 5.2: type, three reserved octets, the address. */
static void nat_oa_there_and_back_and_hostile(void)
{
	static const uint8_t v4[] = { 1, 0, 0, 0, 192, 0, 2, 1 };
	static const uint8_t good6[20] = { 5, 0, 0, 0, 0x20, 1, [19] = 9 };
	uint8_t buf[32], bad[20];
	struct endpoint e;
	struct wr w = wr_init(buf, sizeof(buf));

	CU_ASSERT_EQUAL(ike_nat_oa_decode(&e, v4, sizeof(v4)), 0);
	ike_nat_oa_encode(&w, &e);
	CU_ASSERT_EQUAL(w.len, sizeof(v4));
	CU_ASSERT_EQUAL(memcmp(buf, v4, sizeof(v4)), 0);
	CU_ASSERT_EQUAL(ike_nat_oa_decode(&e, good6, sizeof(good6)), 0);
	w = wr_init(buf, sizeof(buf));
	ike_nat_oa_encode(&w, &e);
	CU_ASSERT_EQUAL(w.len, sizeof(good6));
	CU_ASSERT_EQUAL(memcmp(buf, good6, sizeof(good6)), 0);
	for (size_t len = 0; len < sizeof(good6); len++)
		CU_ASSERT(ike_nat_oa_decode(&e, good6, len) < 0);
	for (size_t len = 0; len < sizeof(v4); len++)
		CU_ASSERT(ike_nat_oa_decode(&e, v4, len) < 0);
	memcpy(bad, good6, sizeof(bad));
	for (int type = 0; type < 256; type++) {
		bad[0] = (uint8_t)type;
		CU_ASSERT_EQUAL(ike_nat_oa_decode(&e, bad, sizeof(bad)) == 0, type == 5);
		CU_ASSERT_EQUAL(ike_nat_oa_decode(&e, bad, sizeof(v4)) == 0, type == 1);
	}
}

static const struct unit_case cases[] = {
#define CASE(fn)                                                                                   \
	{                                                                                          \
#fn, fn                                                                            \
	}
	CASE(header_round_trip_and_short_ones),
	CASE(offers_round_trip),
	CASE(a_transform_is_repeated_as_it_came),
	CASE(truncated_offers_are_refused_at_every_length),
	CASE(lying_octets_never_read_beyond),
	CASE(other_doi_or_situation_is_not_ours),
	CASE(attributes_in_both_forms),
	CASE(unknown_and_absurd_attributes),
	CASE(proposals_of_one_number_are_a_bundle),
	CASE(bodies_round_trip_and_refuse_truncation),
	CASE(messages_are_held_to_their_rules),
	CASE(truncated_messages_are_refused_at_every_length),
	CASE(too_many_payloads_are_refused),
	CASE(encryption_pads_and_comes_back),
	CASE(what_differs_first_is_named),
	CASE(methods_of_authentication_are_part_of_proposals),
	CASE(the_last_of_a_full_proposal_is_found),
	CASE(identities_of_one_host),
	CASE(nat_oa_there_and_back_and_hostile),
};

UNIT_MAIN("ipsec/ike_payload", cases)
