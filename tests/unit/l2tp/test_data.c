/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <arpa/inet.h>

#include "core/acct.h"
#include "core/cursor.h"
#include "l2tp/data.h"
#include "tests/unit/unit.h"

enum { CIRCUIT = 7, KEY = 0x00110022 };

static struct pkt_pool *pool;
static struct l2tp_data *table;
static struct l2tp_entry *e;
static uint32_t account;
static struct l2tp_verdicts v;

static const struct ppp_net net = {
	.peer_ip_len = 32,
	.peer_ip6_id = { 2, 0, 0, 0, 0, 0, 0, 9 },
	.peer_mru = 1500,
};

static void setup(bool length, bool seq, uint16_t offset, bool lns)
{
	const struct l2tp_session_info info = {
		.local_tunnel = 0x11,
		.local_session = 0x22,
		.peer_tunnel = 0x11, /* the same: what we send, we can read */
		.peer_session = 0x22,
		.carrier_id = CIRCUIT,
		.lns = lns,
		.send_seq = seq,
		.send_length = length,
		.offset = offset,
	};
	struct ppp_net n = net;

	n.peer_ip.s_addr = htonl(0x0a000002);
	if (!pool) {
		acct_init();
		acct_thread_init();
		rcu_init();
		pool = pkt_pool_new(256, 4);
		pkt_pool_bind(pool);
	}
	account = acct_alloc();
	table = l2tp_data_new();
	e = l2tp_entry_new(&info, 3, NULL);
	CU_ASSERT_EQUAL_FATAL(l2tp_data_add(table, e), 0);
	l2tp_entry_open(e, &n, PPP_OPEN_IP | PPP_OPEN_IPV6);
}

static void teardown(void)
{
	CU_ASSERT_EQUAL(pkt_pool_in_use(pool), 0);
	l2tp_data_del(table, e);
	rcu_drain();
	l2tp_data_free(table);
	acct_free(account);
}

static struct pkt *packet(const void *data, size_t len)
{
	struct pkt *p = pkt_alloc(pool, (uint32_t)len);

	memcpy(pkt_put(p, (uint32_t)len), data, len);
	p->acct = account;
	p->circuit = CIRCUIT;
	return p;
}

/* One message through l2tp_data_in(). \returns 'd'eliver, 'p'unt or 'x' (dropped for reason). */
static char in(struct pkt *p)
{
	struct pkt_batch b = { .n = 1, .pkt = { p } };

	rcu_update_begin();
	l2tp_data_in(table, &b, &v);
	rcu_update_end();
	CU_ASSERT_EQUAL(b.n, 0);
	return v.deliver.n ? 'd' : v.punt.n ? 'p' : 'x';
}

static void done(void)
{
	pkt_batch_free(&v.deliver);
	pkt_batch_free(&v.punt);
}

static char in_raw(const void *data, size_t len)
{
	char c = in(packet(data, len));

	done();
	return c;
}

static uint64_t drops(enum acct_ctr c)
{
	return acct_get(account, c);
}

static size_t ip4(uint8_t *buf, uint32_t src, size_t payload)
{
	memset(buf, 0, 20 + payload);
	buf[0] = 0x45;
	put_u16(buf + 2, (uint16_t)(20 + payload));
	put_u32(buf + 12, src);
	put_u32(buf + 16, 0x0a000001);
	return 20 + payload;
}

static size_t ip6(uint8_t *buf, uint64_t hi, uint64_t lo, uint8_t dst0, size_t payload)
{
	memset(buf, 0, 40 + payload);
	buf[0] = 0x60;
	put_u16(buf + 4, (uint16_t)payload);
	put_u64(buf + 8, hi);
	put_u64(buf + 16, lo);
	buf[24] = dst0;
	return 40 + payload;
}

/* Header without options, then what follows. */
static size_t message(uint8_t *buf, const uint8_t *ppp, size_t len)
{
	static const uint8_t hdr[] = { 0, 2, 0, 0x11, 0, 0x22 };

	memcpy(buf, hdr, sizeof(hdr));
	memcpy(buf + sizeof(hdr), ppp, len);
	return sizeof(hdr) + len;
}

static char in_ppp(const uint8_t *ppp, size_t len)
{
	uint8_t buf[2000];

	return in_raw(buf, message(buf, ppp, len));
}

static void out_and_in_again_with_every_flag(void)
{
	static const uint16_t offsets[] = { 0, 1, 4, 64 };
	uint8_t packet_ip[200];

	for (int i = 0; i < 16; i++) {
		bool length = i & 1, seq = i & 2;
		uint16_t off = offsets[i >> 2];
		struct pkt_batch b = { 0 };
		size_t len = ip4(packet_ip, 0x0a000002, 100);

		setup(length, seq, off, true);
		for (int k = 0; k < 3; k++) {
			struct pkt *p = packet(packet_ip, len);

			p->circuit = 0;
			p->obj = e;
			pkt_batch_add(&b, p);
		}
		l2tp_data_out(&b);
		CU_ASSERT_EQUAL_FATAL(b.n, 3);
		CU_ASSERT_EQUAL(b.pkt[0]->len, len + l2tp_data_overhead(length, seq, off));
		CU_ASSERT_EQUAL(b.pkt[0]->circuit, CIRCUIT);
		rcu_update_begin();
		l2tp_data_in(table, &b, &v);
		rcu_update_end();
		CU_ASSERT_EQUAL_FATAL(v.deliver.n, 3);
		CU_ASSERT_EQUAL(v.deliver.pkt[2]->len, len);
		CU_ASSERT_EQUAL(memcmp(v.deliver.pkt[2]->data, packet_ip, len), 0);
		CU_ASSERT_PTR_EQUAL(v.deliver.pkt[2]->obj, e);
		CU_ASSERT_EQUAL(v.deliver.pkt[2]->session, KEY);
		CU_ASSERT_EQUAL(e->hot.nr, seq ? 3 : 0);
		CU_ASSERT_EQUAL(ctr_get(&e->rx_packets), 3);
		CU_ASSERT_EQUAL(ctr_get(&e->tx_octets), 3 * len);
		done();
		teardown();
	}
}

static void octets_on_the_wire_are_those_of_the_rfc(void)
{
	static const uint8_t want[] = { 0x4a, 0x02, 0, 24, 0,	 0x11, 0,    0x22, 0, 0, 0, 0,
					0,    2,    0, 0,  0xff, 0x03, 0xc0, 0x21, 9, 1, 0, 4 };
	static const uint8_t echo[] = { 0xc0, 0x21, 9, 1, 0, 4 };
	struct pkt *p;

	setup(true, true, 2, true);
	p = packet(echo, sizeof(echo));
	CU_ASSERT(l2tp_data_out_ppp(e, p));
	CU_ASSERT_EQUAL_FATAL(p->len, sizeof(want));
	CU_ASSERT_EQUAL(memcmp(p->data, want, sizeof(want)), 0);
	CU_ASSERT(p->control);
	CU_ASSERT_EQUAL(in(p), 'p');
	CU_ASSERT_EQUAL(v.punt.pkt[0]->session, KEY);
	CU_ASSERT_EQUAL(v.punt.pkt[0]->len, sizeof(echo));
	CU_ASSERT_EQUAL(memcmp(v.punt.pkt[0]->data, echo, sizeof(echo)), 0);
	done();
	/* no headroom left */
	p = packet(echo, sizeof(echo));
	pkt_push(p, PKT_HEADROOM - 10);
	CU_ASSERT_FALSE(l2tp_data_out_ppp(e, p));
	CU_ASSERT_EQUAL(drops(DROP_NO_ROOM), 1);
	teardown();
}

static void truncated_anywhere_is_counted_and_dropped(void)
{
	uint8_t ip[100], buf[200];
	size_t iplen = ip4(ip, 0x0a000002, 10);
	struct wr w = wr_init(buf, sizeof(buf));
	size_t hdr;

	setup(false, false, 0, true);
	wr_u16(&w, 0x4a02);
	wr_u16(&w, (uint16_t)(16 + 4 + iplen));
	wr_u32(&w, KEY);
	wr_u32(&w, 0);
	wr_u16(&w, 2);
	wr_u16(&w, 0xeeee);
	hdr = w.len;
	wr_u32(&w, 0xff030021);
	wr_bytes(&w, ip, iplen);
	for (size_t n = 0; n < w.len; n++)
		CU_ASSERT_EQUAL(in_raw(buf, n), 'x');
	CU_ASSERT_EQUAL(drops(DROP_L2TP_MALFORMED), w.len);
	CU_ASSERT_EQUAL(in_raw(buf, w.len), 'd');
	/* Length shorter than the message: the rest is padding. */
	CU_ASSERT_EQUAL(in_raw(buf, w.len + 20), 'x'); /* sequence 0 again */
	for (uint16_t n = 0; n < w.len; n++) {
		put_u16(buf + 2, n);
		put_u16(buf + 8, n + 1);
		/* A lone FF reads as a protocol of one octet. */
		CU_ASSERT_EQUAL(in_raw(buf, w.len), n == hdr + 1 ? 'p' : 'x');
	}
	CU_ASSERT_EQUAL(drops(DROP_L2TP_MALFORMED), w.len + hdr);
	put_u16(buf + 2, (uint16_t)w.len);
	put_u16(buf + 8, 2000);
	put_u16(buf + 12, 65535);
	CU_ASSERT_EQUAL(in_raw(buf, w.len), 'x');
	put_u16(buf + 12, 2);
	CU_ASSERT_EQUAL(in_raw(buf, w.len + 20), 'd');
	teardown();
}

static void wrong_version_session_and_carrier_are_dropped(void)
{
	uint8_t ip[60], ppp[64] = { 0x21 }, buf[100];
	size_t len = ip4(ip, 0x0a000002, 0);
	struct pkt *p;

	setup(false, false, 0, true);
	memcpy(ppp + 1, ip, len);
	len = message(buf, ppp, len + 1);
	CU_ASSERT_EQUAL(in_raw(buf, len), 'd');
	for (uint8_t ver = 0; ver < 16; ver++) {
		buf[1] = ver;
		CU_ASSERT_EQUAL(in_raw(buf, len), ver == 2 ? 'd' : 'x');
	}
	CU_ASSERT_EQUAL(drops(DROP_L2TP_VERSION), 15);
	buf[1] = 0xf2; /* reserved bits are ignored, and so is P */
	buf[0] = 0x35;
	CU_ASSERT_EQUAL(in_raw(buf, len), 'd');
	buf[0] = 0;
	buf[5] = 0x23;
	CU_ASSERT_EQUAL(in_raw(buf, len), 'x');
	buf[5] = 0x22;
	buf[3] = 0x10;
	CU_ASSERT_EQUAL(in_raw(buf, len), 'x');
	CU_ASSERT_EQUAL(drops(DROP_L2TP_UNKNOWN_SESSION), 2);
	buf[3] = 0x11;
	p = packet(buf, len);
	p->circuit = CIRCUIT + 1;
	CU_ASSERT_EQUAL(in(p), 'x');
	CU_ASSERT_EQUAL(drops(DROP_L2TP_WRONG_PATH), 1);
	/* control: whole, whatever session it names */
	buf[0] = 0xc8;
	p = packet(buf, len);
	p->session = 99;
	CU_ASSERT_EQUAL(in(p), 'p');
	CU_ASSERT_EQUAL(v.punt.pkt[0]->session, 0);
	CU_ASSERT_EQUAL(v.punt.pkt[0]->len, len);
	done();
	teardown();
}

static void address_control_and_protocol_come_in_four_forms(void)
{
	static const struct {
		const char *hex;
		char want;
		const char *punted;
	} rows[] = {
		{ "ff03 0021 IP", 'd', "" },
		{ "0021 IP", 'd', "" },
		{ "ff03 21 IP", 'd', "" },
		{ "21 IP", 'd', "" },
		{ "ff03 c021 01", 'p', "c02101" },
		{ "c021 01", 'p', "c02101" },
		{ "8021", 'p', "8021" },
		{ "ff03 fd 01", 'p', "00fd01" },
		{ "57", 'x', NULL },   /* IPv6 of no octets */
		{ "ff03", 'x', NULL }, /* no protocol */
		{ "c0", 'x', NULL },   /* half a protocol */
		{ "ff", 'p', "00ff" }, /* no such protocol: PPP rejects it */
		{ "", 'x', NULL },
	};

	setup(false, false, 0, true);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		uint8_t ppp[100], buf[120], want[20];
		const char *ip = strstr(rows[i].hex, "IP");
		char hex[40] = "";
		size_t n, m;

		strncat(hex, rows[i].hex, ip ? (size_t)(ip - rows[i].hex) : 30);
		n = unit_hex(ppp, sizeof(ppp), hex);
		if (ip)
			n += ip4(ppp + n, 0x0a000002, 8);
		CU_ASSERT_EQUAL(in(packet(buf, message(buf, ppp, n))), rows[i].want);
		if (rows[i].want == 'p') {
			m = unit_hex(want, sizeof(want), rows[i].punted);
			CU_ASSERT_EQUAL_FATAL(v.punt.pkt[0]->len, m);
			CU_ASSERT_EQUAL(memcmp(v.punt.pkt[0]->data, want, m), 0);
		}
		done();
	}
	CU_ASSERT_EQUAL(drops(DROP_PPP_MALFORMED), 4);
	teardown();
}

static void only_the_sessions_own_sources_pass(void)
{
	const uint64_t ll = UINT64_C(0xfe80) << 48, id = UINT64_C(0x0200000000000009);
	struct ppp_net n = net;
	uint8_t ppp[100];

	setup(false, false, 0, true);
	put_u16(ppp, 0x21);
	CU_ASSERT_EQUAL(in_ppp(ppp, 2 + ip4(ppp + 2, 0x0a000002, 0)), 'd');
	CU_ASSERT_EQUAL(in_ppp(ppp, 2 + ip4(ppp + 2, 0x0a000003, 0)), 'x');
	CU_ASSERT_EQUAL(in_ppp(ppp, 2 + ip4(ppp + 2, 0, 0)), 'x');
	n.peer_ip.s_addr = htonl(0x0a000002);
	n.peer_ip_len = 24;
	l2tp_entry_open(e, &n, PPP_OPEN_IP);
	CU_ASSERT_EQUAL(in_ppp(ppp, 2 + ip4(ppp + 2, 0x0a0000ff, 0)), 'd');
	CU_ASSERT_EQUAL(in_ppp(ppp, 2 + ip4(ppp + 2, 0x0a000102, 0)), 'x');
	n.peer_ip_len = 0;
	l2tp_entry_open(e, &n, PPP_OPEN_IP);
	CU_ASSERT_EQUAL(in_ppp(ppp, 2 + ip4(ppp + 2, 0xffffffff, 0)), 'd');
	CU_ASSERT_EQUAL(drops(DROP_PPP_SOURCE), 3);

	put_u16(ppp, 0x57);
	CU_ASSERT_EQUAL(in_ppp(ppp, 2 + ip6(ppp + 2, ll, id, 0x20, 0)), 'x');
	CU_ASSERT_EQUAL(drops(DROP_PPP_NOT_OPEN), 1);
	l2tp_entry_open(e, &n, PPP_OPEN_IPV6);
	CU_ASSERT_EQUAL(in_ppp(ppp, 2 + ip6(ppp + 2, ll, id, 0x20, 0)), 'd');
	CU_ASSERT_EQUAL(in_ppp(ppp, 2 + ip6(ppp + 2, ll, id + 1, 0x20, 0)), 'x');
	CU_ASSERT_EQUAL(in_ppp(ppp, 2 + ip6(ppp + 2, ll + 1, id, 0x20, 0)), 'x');
	CU_ASSERT_EQUAL(in_ppp(ppp, 2 + ip6(ppp + 2, 0, 0, 0xff, 0)), 'd');
	CU_ASSERT_EQUAL(in_ppp(ppp, 2 + ip6(ppp + 2, 0, 0, 0xfe, 0)), 'x');
	CU_ASSERT_EQUAL(in_ppp(ppp, 2 + ip6(ppp + 2, UINT64_C(0x20010db8) << 32, 1, 0x20, 0)), 'x');
	CU_ASSERT_EQUAL(drops(DROP_PPP_SOURCE), 7);
	n.any_ip6 = true;
	l2tp_entry_open(e, &n, PPP_OPEN_IPV6);
	CU_ASSERT_EQUAL(in_ppp(ppp, 2 + ip6(ppp + 2, UINT64_C(0x20010db8) << 32, 1, 0x20, 0)), 'd');
	teardown();
}

static void ip_headers_must_fit_and_padding_is_cut(void)
{
	uint8_t ppp[200];
	size_t len;

	setup(false, false, 0, true);
	put_u16(ppp, 0x21);
	len = ip4(ppp + 2, 0x0a000002, 10);
	CU_ASSERT_EQUAL(in(packet(ppp, 0)), 'x');
	for (size_t n = 2; n < 2 + len; n++)
		CU_ASSERT_EQUAL(in_ppp(ppp, n), 'x');
	for (unsigned int b0 = 0; b0 < 256; b0++) {
		bool good = b0 >> 4 == 4 && (b0 & 15) >= 5 && (b0 & 15) * 4 <= len;

		ppp[2] = (uint8_t)b0;
		CU_ASSERT_EQUAL(in_ppp(ppp, 2 + len), good ? 'd' : 'x');
	}
	ppp[2] = 0x45;
	{
		uint8_t buf[300];

		CU_ASSERT_EQUAL(in(packet(buf, message(buf, ppp, 2 + len + 16))), 'd');
		CU_ASSERT_EQUAL(v.deliver.pkt[0]->len, len);
		done();
	}
	put_u16(ppp, 0x57);
	len = ip6(ppp + 2, UINT64_C(0xfe80) << 48, UINT64_C(0x0200000000000009), 0x20, 10);
	for (size_t n = 2; n < 2 + len; n++)
		CU_ASSERT_EQUAL(in_ppp(ppp, n), 'x');
	CU_ASSERT_EQUAL(in_ppp(ppp, 2 + len), 'd');
	ppp[2] = 0x45;
	CU_ASSERT_EQUAL(in_ppp(ppp, 2 + len), 'x');
	teardown();
}

static void late_and_repeated_packets_are_dropped_and_gaps_counted(void)
{
	/* Ns, what becomes of it, packets counted as lost until then */
	static const struct {
		uint16_t ns;
		char want;
		unsigned int lost;
	} rows[] = {
		{ 65530, 'd', 0 }, { 65531, 'd', 0 },	  { 65531, 'x', 0 }, { 65534, 'd', 2 },
		{ 65532, 'x', 2 }, { 65535, 'd', 2 },	  { 0, 'd', 2 },     { 65535, 'x', 2 },
		{ 5, 'd', 6 },	   { 4, 'x', 6 },	  { 6, 'd', 6 },     { 32773, 'd', 32772 },
		{ 6, 'x', 32772 }, { 32774, 'd', 32772 },
	};
	uint8_t buf[100], ip[40];
	size_t len = ip4(ip, 0x0a000002, 0);
	struct wr w = wr_init(buf, sizeof(buf));

	setup(false, false, 0, true);
	wr_u16(&w, 0x0802);
	wr_u32(&w, KEY);
	wr_u32(&w, 0xffff);
	wr_u16(&w, 0x21);
	wr_bytes(&w, ip, len);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		put_u16(buf + 6, rows[i].ns);
		CU_ASSERT_EQUAL(in_raw(buf, w.len), rows[i].want);
		CU_ASSERT_EQUAL(ctr_get(&e->rx_lost), rows[i].lost);
	}
	CU_ASSERT_EQUAL(drops(DROP_L2TP_SEQUENCE), 5);
	CU_ASSERT_EQUAL(ctr_get(&e->rx_late), 5);
	/* A sender that began anew: after 31 late ones in order the numbers are believed. */
	for (uint16_t ns = 0; ns < 40; ns++) {
		put_u16(buf + 6, 20000 + ns);
		CU_ASSERT_EQUAL(in_raw(buf, w.len), ns < 31 ? 'x' : 'd');
	}
	teardown();
}

static void lac_follows_the_sequencing_of_the_lns(void)
{
	uint8_t seq[] = { 0x08, 2, 0, 0x11, 0, 0x22, 0, 0, 0, 0, 0xc0, 0x21 };
	static const uint8_t plain[] = { 0, 2, 0, 0x11, 0, 0x22, 0xc0, 0x21 };

	setup(false, false, 0, false);
	CU_ASSERT_EQUAL(in_raw(seq, sizeof(seq)), 'p');
	CU_ASSERT(e->send_seq);
	CU_ASSERT_EQUAL(in_raw(plain, sizeof(plain)), 'p');
	CU_ASSERT_FALSE(e->send_seq);
	seq[7] = 1; /* "the sequence number state picks up where it left off" */
	CU_ASSERT_EQUAL(in_raw(seq, sizeof(seq)), 'p');
	CU_ASSERT(e->send_seq);
	CU_ASSERT_EQUAL(ctr_get(&e->rx_lost), 0);
	teardown();
	setup(false, true, 0, false); /* it required sequencing itself */
	CU_ASSERT_EQUAL(in_raw(plain, sizeof(plain)), 'p');
	CU_ASSERT(e->send_seq);
	teardown();
	setup(false, false, 0, true); /* an LNS decides by itself */
	seq[7] = 0;
	CU_ASSERT_EQUAL(in_raw(seq, sizeof(seq)), 'p');
	CU_ASSERT_FALSE(e->send_seq);
	teardown();
}

static void out_keeps_order_and_drops_what_may_not_go(void)
{
	uint8_t ip[1600];
	struct pkt_batch b = { 0 };
	struct ppp_net n = net;

	setup(false, true, 0, true);
	n.peer_mru = 1000;
	l2tp_entry_open(e, &n, PPP_OPEN_IP);
	for (int i = 0; i < 5; i++) {
		size_t len = i == 3 ? ip6(ip, 0, 0, 0, 0) : ip4(ip, 1, i == 1 ? 981 : 980);
		struct pkt *p;

		if (i == 2)
			ip[0] = 0x55;
		p = packet(ip, len);
		p->obj = e;
		pkt_batch_add(&b, p);
	}
	l2tp_data_out(&b);
	CU_ASSERT_EQUAL_FATAL(b.n, 2);
	CU_ASSERT_EQUAL(b.pkt[0]->data[7], 0); /* Ns without a gap */
	CU_ASSERT_EQUAL(b.pkt[1]->data[7], 1);
	CU_ASSERT_EQUAL(drops(DROP_PPP_TOO_LONG), 1);
	CU_ASSERT_EQUAL(drops(DROP_TUN_NOT_IP), 1);
	CU_ASSERT_EQUAL(drops(DROP_PPP_NOT_OPEN), 1);
	pkt_batch_free(&b);
	teardown();
}

static void a_mixed_batch_is_all_accounted_for(void)
{
	uint8_t buf[100], ppp[60] = { 0x21 };
	struct pkt_batch b = { 0 };

	setup(false, false, 0, true);
	for (int i = 0; i < BATCH_MAX; i++) {
		size_t len = message(buf, ppp, 1 + ip4(ppp + 1, i % 4 == 1 ? 1 : 0x0a000002, 0));

		if (i % 4 == 2)
			buf[0] = 0xc8;
		if (i % 4 == 3)
			buf[5] = 1;
		pkt_batch_add(&b, packet(buf, len));
	}
	rcu_update_begin();
	l2tp_data_in(table, &b, &v);
	rcu_update_end();
	CU_ASSERT_EQUAL(v.deliver.n, 8);
	CU_ASSERT_EQUAL(v.punt.n, 8);
	CU_ASSERT_EQUAL(acct_discards(account), 16);
	done();
	teardown();
}

static void a_key_is_taken_once(void)
{
	struct l2tp_session_info info = { .local_tunnel = 0x11, .local_session = 0x22 };
	struct l2tp_entry *other;

	setup(false, false, 0, true);
	other = l2tp_entry_new(&info, 0, NULL);
	CU_ASSERT(l2tp_data_add(table, other) < 0);
	free(other);
	teardown();
}

static const struct unit_case cases[] = {
	{ "out and in again with every flag", out_and_in_again_with_every_flag },
	{ "the octets on the wire are those of the RFC", octets_on_the_wire_are_those_of_the_rfc },
	{ "truncated anywhere is counted and dropped", truncated_anywhere_is_counted_and_dropped },
	{ "wrong version, session and carrier are dropped",
	  wrong_version_session_and_carrier_are_dropped },
	{ "address, control and protocol come in four forms",
	  address_control_and_protocol_come_in_four_forms },
	{ "only the session's own sources pass", only_the_sessions_own_sources_pass },
	{ "IP headers must fit and padding is cut", ip_headers_must_fit_and_padding_is_cut },
	{ "late and repeated packets are dropped, gaps counted",
	  late_and_repeated_packets_are_dropped_and_gaps_counted },
	{ "a LAC follows the sequencing of the LNS", lac_follows_the_sequencing_of_the_lns },
	{ "out keeps order and drops what may not go", out_keeps_order_and_drops_what_may_not_go },
	{ "a mixed batch is all accounted for", a_mixed_batch_is_all_accounted_for },
	{ "a key is taken once", a_key_is_taken_once },
};

UNIT_MAIN("l2tp/data", cases)
