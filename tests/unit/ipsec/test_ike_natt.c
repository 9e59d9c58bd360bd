/* SPDX-License-Identifier: GPL-2.0-or-later */

/* IKE with IP beneath: identities, NATs in the middle, and peers that are not known beforehand. */

#include <stdlib.h>
#include <string.h>

#include <openssl/evp.h>

#include "tests/unit/ipsec/ike_pair.h"
#include "tests/unit/unit.h"

static struct pair pair;

static void begin(void)
{
	pair_init(&pair);
	pair_ip(&pair);
}

/* A NAT in front of a client: 203.0.113.9, each client with ports of its own. */
static void nat(int client, uint16_t shift)
{
	struct pair_nat *n = &pair.end[client].nat;

	n->on = true;
	n->shift = shift;
	endpoint_parse("203.0.113.9", &n->outer);
}

static bool up(void)
{
	pair_start(&pair);
	pair_up(&pair);
	return pair_run_up(&pair, 3000);
}

static uint64_t ctr(int end, enum ike_counter c)
{
	return ike_peer_counter(pair.end[end].peer, c);
}

static struct pair_sa *sa_in(int end)
{
	for (int i = 0; i < PAIR_SAS_MAX; i++)
		if (pair.end[end].sas[i].used && pair.end[end].sas[i].dir == SA_IN)
			return &pair.end[end].sas[i];
	return NULL;
}

static bool is_at(const struct endpoint *e, const char *text)
{
	char buf[ENDPOINT_TEXT_MAX];

	return strcmp(endpoint_text(e, buf, sizeof(buf)), text) == 0;
}

/* ---- without a NAT ---- */

static void plain_esp_between_addresses(void)
{
	struct ike_sa_info info;
	struct pair_sa *out;

	begin();
	CU_ASSERT_TRUE(up());
	out = pair_out(&pair.end[0]);
	CU_ASSERT_EQUAL(out->next_header, 17);
	CU_ASSERT_FALSE(out->ip.udp_encap);
	CU_ASSERT_FALSE(out->ip.natted);
	CU_ASSERT_TRUE(is_at(&out->ip.local, "10.0.0.2"));
	CU_ASSERT_TRUE(is_at(&out->ip.remote, "192.0.2.1"));
	CU_ASSERT_EQUAL(out->ip.local_port, 1701);
	CU_ASSERT_EQUAL(out->ip.peer_port, 1701);
	CU_ASSERT_EQUAL(ike_peer_sas(pair.end[1].peer, &info, 1), 1);
	CU_ASSERT_STRING_EQUAL(info.remote_id, "10.0.0.2"); /* identity by default */
	CU_ASSERT_EQUAL(info.at.local.port, 500);
	pair_free(&pair);
}

static void ipv6_too(void)
{
	begin();
	endpoint_parse("2001:db8::2", &pair.end[0].path.at.local);
	endpoint_parse("2001:db8::1", &pair.end[1].path.at.local);
	pair.end[0].path.at.remote = pair.end[1].path.at.local;
	pair.end[1].path.at.remote = pair.end[0].path.at.local;
	for (int i = 0; i < 2; i++)
		pair.end[i].path.at.local.port = pair.end[i].path.at.remote.port = 500;
	CU_ASSERT_TRUE(up());
	CU_ASSERT_TRUE(is_at(&pair_out(&pair.end[1])->ip.remote, "2001:db8::2"));
	CU_ASSERT_FALSE(pair_out(&pair.end[1])->ip.udp_encap);
	pair_free(&pair);
}

static void a_wrong_address_identity_is_refused(void)
{
	begin();
	pair.end[1].cfg.remote =
		(struct ike_id){ .type = IKE_ID_IPV4_ADDR, .len = 4, .data = { 10, 0, 0, 3 } };
	CU_ASSERT_FALSE(up());
	CU_ASSERT(ctr(1, IKE_CTR_RX_ID_MISMATCH) > 0);
	pair_free(&pair);
	begin();
	pair.end[1].cfg.remote =
		(struct ike_id){ .type = IKE_ID_IPV4_ADDR, .len = 4, .data = { 10, 0, 0, 2 } };
	CU_ASSERT_TRUE(up());
	pair_free(&pair);
}

static void dynamic_ports_are_negotiated(void)
{
	/* The client's port, what the server is configured to take, and whether it does. */
	static const struct {
		uint16_t client, want;
		bool ok;
	} rows[] = { { 1701, 1701, true }, { 0, 1701, true },	 { 50123, 1701, false },
		     { 1701, 0, true },	   { 50123, 0, true },	 { 0, 0, true },
		     { 4000, 4000, true }, { 1701, 4000, false } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		begin();
		pair.end[0].cfg.local_port = rows[i].client;
		pair.end[1].cfg.peer_port = rows[i].want;
		CU_ASSERT_EQUAL(up(), rows[i].ok);
		if (rows[i].ok) {
			CU_ASSERT_EQUAL(pair_out(&pair.end[1])->ip.local_port, 1701);
			CU_ASSERT_EQUAL(pair_out(&pair.end[1])->ip.peer_port, rows[i].client);
			CU_ASSERT_EQUAL(pair_out(&pair.end[0])->ip.local_port, rows[i].client);
			CU_ASSERT_EQUAL(pair_out(&pair.end[0])->ip.peer_port, 1701);
		} else {
			CU_ASSERT(ctr(1, IKE_CTR_RX_ID_MISMATCH) > 0);
		}
		pair_free(&pair);
	}
}

static void nat_traversal_off_offers_none(void)
{
	begin();
	pair.end[0].profile.natt = IKE_NATT_OFF;
	nat(0, 1000);
	pair_start(&pair);
	pair_up(&pair);
	pair_run(&pair, 2000);
	/* Phase 1 works by port 500; the address that phase 2 names is not the one it comes from. */
	CU_ASSERT_EQUAL(pair_established(&pair.end[0]), 1);
	CU_ASSERT_EQUAL(pair_count(&pair.end[0], SA_OUT), 0);
	CU_ASSERT(ctr(1, IKE_CTR_RX_ID_MISMATCH) > 0);
	pair_free(&pair);
}

/* ---- through a NAT ---- */

static void a_nat_before_the_client_is_found(void)
{
	struct ike_sa_info info;
	struct pair_sa *out;

	begin();
	nat(0, 30000);
	CU_ASSERT_TRUE(up());
	out = pair_out(&pair.end[1]);
	CU_ASSERT_TRUE(out->ip.udp_encap);
	CU_ASSERT_TRUE(out->ip.natted);
	CU_ASSERT_TRUE(is_at(&out->ip.remote, "203.0.113.9:34500"));
	CU_ASSERT_TRUE(is_at(&out->ip.local, "192.0.2.1:4500"));
	CU_ASSERT_TRUE(is_at(&pair_out(&pair.end[0])->ip.remote, "192.0.2.1:4500"));
	ike_peer_sas(pair.end[1].peer, &info, 1);
	CU_ASSERT_TRUE(info.nat_there);
	CU_ASSERT_FALSE(info.nat_here);
	ike_peer_sas(pair.end[0].peer, &info, 1);
	CU_ASSERT_TRUE(info.nat_here);
	CU_ASSERT_FALSE(info.nat_there);
	CU_ASSERT_EQUAL(info.at.local.port, 4500);
	CU_ASSERT_EQUAL(ctr(0, IKE_CTR_RETRANSMIT) + ctr(1, IKE_CTR_RETRANSMIT), 0);
	pair_free(&pair);
}

static void a_nat_before_the_server_is_found(void)
{
	struct ike_sa_info info;

	begin();
	pair.end[1].nat.on = true; /* forwards ports 500 and 4500 */
	endpoint_parse("198.51.100.7", &pair.end[1].nat.outer);
	memcpy(pair.end[0].path.at.remote.addr, pair.end[1].nat.outer.addr, 16);
	CU_ASSERT_TRUE(up());
	ike_peer_sas(pair.end[1].peer, &info, 1);
	CU_ASSERT_TRUE(info.nat_here);
	CU_ASSERT_FALSE(info.nat_there);
	CU_ASSERT_TRUE(pair_out(&pair.end[0])->ip.udp_encap);
	CU_ASSERT_TRUE(is_at(&pair_out(&pair.end[0])->ip.remote, "198.51.100.7:4500"));
	pair_free(&pair);
	/* At both ends. */
	begin();
	nat(0, 1);
	pair.end[1].nat.on = true;
	endpoint_parse("198.51.100.7", &pair.end[1].nat.outer);
	memcpy(pair.end[0].path.at.remote.addr, pair.end[1].nat.outer.addr, 16);
	CU_ASSERT_TRUE(up());
	ike_peer_sas(pair.end[1].peer, &info, 1);
	CU_ASSERT_TRUE(info.nat_here && info.nat_there);
	pair_free(&pair);
}

static void encapsulation_can_be_forced_by_either_end(void)
{
	for (int who = 0; who < 2; who++) {
		begin();
		pair.end[who].profile.natt = IKE_NATT_FORCE;
		CU_ASSERT_TRUE(up());
		CU_ASSERT_TRUE(pair_out(&pair.end[0])->ip.udp_encap);
		CU_ASSERT_TRUE(pair_out(&pair.end[1])->ip.udp_encap);
		CU_ASSERT_TRUE(is_at(&pair_out(&pair.end[1])->ip.remote, "10.0.0.2:4500"));
		pair_free(&pair);
	}
}

static void rekeying_stays_on_port_4500(void)
{
	begin();
	nat(0, 30000);
	CU_ASSERT_TRUE(up());
	for (int who = 0; who < 2; who++) {
		if (who == 1)
			pair.end[1].path.at.remote = pair_out(&pair.end[1])->ip.remote;
		CU_ASSERT_EQUAL(ike_peer_rekey(pair.end[who].peer, true), 0);
		pair_run(&pair, 60000);
		CU_ASSERT_TRUE(pair_flows(&pair));
		CU_ASSERT_TRUE(is_at(&pair_out(&pair.end[1])->ip.remote, "203.0.113.9:34500"));
		CU_ASSERT_TRUE(pair_out(&pair.end[1])->ip.udp_encap);
	}
	CU_ASSERT(ctr(0, IKE_CTR_REKEY_P1) == 1 && ctr(1, IKE_CTR_REKEY_P1) == 1);
	pair_free(&pair);
}

/* ---- a NAT that forgets ---- */

static void an_authentic_message_from_a_new_mapping_moves_the_peer(void)
{
	begin();
	nat(0, 30000);
	CU_ASSERT_TRUE(up());
	pair.end[0].nat.shift = 20000;
	CU_ASSERT_EQUAL(ike_peer_rekey(pair.end[0].peer, false), 0);
	pair_run(&pair, 500);
	CU_ASSERT_TRUE(pair_flows(&pair));
	CU_ASSERT_EQUAL(ctr(1, IKE_CTR_MOVED), 1);
	CU_ASSERT(pair.end[1].moves >= 2); /* both SAs of the pair there was */
	CU_ASSERT_TRUE(is_at(&pair_out(&pair.end[1])->ip.remote, "203.0.113.9:24500"));
	CU_ASSERT_TRUE(is_at(&sa_in(1)->ip.remote, "203.0.113.9:24500"));
	pair_free(&pair);
}

static void authentic_esp_from_a_new_mapping_moves_the_peer(void)
{
	struct ipsec_at at;

	begin();
	nat(0, 30000);
	CU_ASSERT_TRUE(up());
	at.local = sa_in(1)->ip.local;
	at.remote = sa_in(1)->ip.remote;
	ike_peer_esp_moved(pair.end[1].peer, sa_in(1)->spi, &at);
	CU_ASSERT_EQUAL(pair.end[1].moves, 0);
	at.remote.port = 4711;
	ike_peer_esp_moved(pair.end[1].peer, sa_in(1)->spi + 1, &at); /* no such SA */
	CU_ASSERT_EQUAL(pair.end[1].moves, 0);
	ike_peer_esp_moved(pair.end[1].peer, sa_in(1)->spi, &at);
	CU_ASSERT_EQUAL(pair.end[1].moves, 2);
	CU_ASSERT_TRUE(is_at(&pair_out(&pair.end[1])->ip.remote, "203.0.113.9:4711"));
	pair_free(&pair);
}

static void without_a_nat_nobody_moves(void)
{
	struct ipsec_at at;

	begin();
	CU_ASSERT_TRUE(up());
	at = (struct ipsec_at){ .local = sa_in(1)->ip.local };
	endpoint_parse("10.0.0.99", &at.remote);
	ike_peer_esp_moved(pair.end[1].peer, sa_in(1)->spi, &at);
	CU_ASSERT_EQUAL(pair.end[1].moves, 0);
	CU_ASSERT_EQUAL(ctr(1, IKE_CTR_MOVED), 0);
	pair_free(&pair);
}

static uint8_t kept[4096];
static size_t kept_len;
static int keep_nth;

static enum pair_fate keep(struct pair *p, int from, unsigned int serial, const uint8_t *msg,
			   size_t len, void *priv)
{
	(void)p, (void)serial, (void)priv;
	if (from == 0 && keep_nth-- == 0) {
		memcpy(kept, msg, len);
		kept_len = len;
	}
	return PAIR_PASS;
}

static void a_replayed_or_changed_message_moves_nobody(void)
{
	struct ipsec_at at;

	begin();
	nat(0, 30000);
	pair.filter = keep;
	keep_nth = 3; /* quick mode 1 */
	CU_ASSERT_TRUE(up());
	at = (struct ipsec_at){ .local = sa_in(1)->ip.local };
	endpoint_parse("198.51.100.66", &at.remote);
	at.remote.port = 4500;
	ike_peer_rx(pair.end[1].peer, &at, kept, kept_len);
	kept[kept_len - 1] ^= 1;
	ike_peer_rx(pair.end[1].peer, &at, kept, kept_len);
	kept[23] ^= 1; /* a message ID that was never there */
	ike_peer_rx(pair.end[1].peer, &at, kept, kept_len);
	CU_ASSERT_EQUAL(pair.end[1].moves, 0);
	CU_ASSERT_EQUAL(ctr(1, IKE_CTR_MOVED), 0);
	CU_ASSERT_TRUE(pair_flows(&pair));
	pair_free(&pair);
}

/* ---- keepalives ---- */

static void keepalives_come_from_behind_the_nat_in_silence_only(void)
{
	begin();
	nat(0, 30000);
	CU_ASSERT_TRUE(up());
	pair_run(&pair, 200000);
	CU_ASSERT(pair.end[0].keepalives >= 10 && pair.end[0].keepalives <= 20);
	CU_ASSERT_EQUAL(pair.end[1].keepalives, 0);
	CU_ASSERT_EQUAL(ctr(0, IKE_CTR_KEEPALIVE), pair.end[0].keepalives);
	pair.end[0].keepalives = 0;
	for (int i = 0; i < 40; i++) {
		pair_run(&pair, 5000);
		pair_client_flows(&pair, 0);
	}
	CU_ASSERT_EQUAL(pair.end[0].keepalives, 0);
	pair_free(&pair);
	begin();
	pair.end[0].profile.nat_keepalive = 0;
	nat(0, 30000);
	CU_ASSERT_TRUE(up());
	pair_run(&pair, 200000);
	CU_ASSERT_EQUAL(pair.end[0].keepalives, 0);
	pair_free(&pair);
}

/* ---- payloads ---- */

static struct {
	bool seen;
	uint8_t cookies[16];
	uint8_t natd[2][32];
	size_t len[2];
	unsigned int n;
} mm3;

/* Message 3 as it is on the wire, read here once more. */
static enum pair_fate look_at_mm3(struct pair *p, int from, unsigned int serial, const uint8_t *msg,
				  size_t len, void *priv)
{
	size_t at = 28;
	uint8_t type = msg[16];

	(void)p, (void)priv, (void)len;
	if (from != 0 || serial != 1)
		return PAIR_PASS;
	mm3.seen = true;
	mm3.n = 0;
	memcpy(mm3.cookies, msg, 16);
	while (type) {
		size_t plen = (size_t)(msg[at + 2] << 8 | msg[at + 3]);

		if (type == 20 && mm3.n < 2 && plen - 4 <= 32) {
			mm3.len[mm3.n] = plen - 4;
			memcpy(mm3.natd[mm3.n++], msg + at + 4, plen - 4);
		}
		type = msg[at];
		at += plen;
	}
	return PAIR_PASS;
}

/* SHA-256, which the pair negotiates, over an input laid out by hand. */
static bool is_natd(const uint8_t *got, const uint8_t addr_port[6])
{
	uint8_t in[22], want[32];

	memcpy(in, mm3.cookies, 16);
	memcpy(in + 16, addr_port, 6);
	EVP_Q_digest(NULL, "SHA256", NULL, in, sizeof(in), want, NULL);
	return memcmp(got, want, 32) == 0;
}

static void nat_d_is_the_hash_of_cookies_address_and_port(void)
{
	begin();
	mm3.seen = false;
	pair.filter = look_at_mm3;
	CU_ASSERT_TRUE(up());
	CU_ASSERT_TRUE(mm3.seen);
	CU_ASSERT_EQUAL(mm3.n, 2);
	CU_ASSERT_EQUAL(mm3.len[0], 32);
	/* The far end first: 192.0.2.1:500, then 10.0.0.2:500. */
	CU_ASSERT_TRUE(is_natd(mm3.natd[0], (uint8_t[]){ 192, 0, 2, 1, 1, 244 }));
	CU_ASSERT_TRUE(is_natd(mm3.natd[1], (uint8_t[]){ 10, 0, 0, 2, 1, 244 }));
	pair_free(&pair);
}

static void a_circuit_speaks_none_of_it(void)
{
	pair_init(&pair);
	pair.end[0].profile.natt = pair.end[1].profile.natt = IKE_NATT_FORCE;
	mm3.seen = false;
	pair.filter = look_at_mm3;
	CU_ASSERT_TRUE(up());
	CU_ASSERT_TRUE(mm3.seen);
	CU_ASSERT_EQUAL(mm3.n, 0);
	CU_ASSERT_FALSE(pair_out(&pair.end[0])->ip_set);
	pair_free(&pair);
}

/* What a message in clear becomes with its NAT-D payloads changed. */
enum { ALL_GONE, ONE_GONE, SHORT, LONG, EMPTY, TYPE_OA, N_KINDS };
static int kind;

static size_t rewrite(uint8_t *out, const uint8_t *msg, size_t len)
{
	size_t at = 28, o = 28, next_at = 16, n = 0;
	uint8_t type = msg[16];

	memcpy(out, msg, 28);
	while (type && at < len) {
		size_t plen = (size_t)(msg[at + 2] << 8 | msg[at + 3]), out_len = plen;
		uint8_t out_type = type;
		bool natd = type == 20;

		if (natd && kind == SHORT)
			out_len = 4 + 31;
		if (natd && kind == LONG)
			out_len = 4 + 33;
		if (natd && kind == EMPTY)
			out_len = 4;
		if (natd && kind == TYPE_OA)
			out_type = 21;
		if (!(natd && (kind == ALL_GONE || (kind == ONE_GONE && n == 0)))) {
			out[next_at] = out_type;
			next_at = o;
			memset(out + o, 0, out_len);
			memcpy(out + o, msg + at, out_len < plen ? out_len : plen);
			out[o + 2] = (uint8_t)(out_len >> 8);
			out[o + 3] = (uint8_t)out_len;
			o += out_len;
		}
		n += natd;
		type = msg[at];
		at += plen;
	}
	out[next_at] = 0;
	out[26] = (uint8_t)(o >> 8);
	out[27] = (uint8_t)o;
	return o;
}

static enum pair_fate hostile_natd(struct pair *p, int from, unsigned int serial,
				   const uint8_t *msg, size_t len, void *priv)
{
	static uint8_t out[8192];

	(void)priv;
	/* Main mode in clear with a responder cookie: messages 3 and 4. */
	if (msg[18] != 2 || msg[19] & 1 || serial == 0)
		return PAIR_PASS;
	pair_put(p, !from, out, rewrite(out, msg, len), p->delay_ms);
	return PAIR_DROP;
}

static void hostile_nat_d_is_counted_and_nothing_more(void)
{
	for (kind = 0; kind < N_KINDS; kind++) {
		begin();
		pair.filter = hostile_natd;
		CU_ASSERT_EQUAL(up(), kind == ALL_GONE);
		if (kind == ALL_GONE) {
			CU_ASSERT_FALSE(pair_out(&pair.end[0])->ip.udp_encap);
		} else {
			CU_ASSERT(ctr(1, IKE_CTR_RX_MALFORMED) + ctr(1, IKE_CTR_RX_UNEXPECTED) > 0);
		}
		pair_free(&pair);
	}
}

static const struct unit_case cases[] = {
	{ "plain ESP between addresses, which are the identities", plain_esp_between_addresses },
	{ "IPv6 too", ipv6_too },
	{ "a wrong address as identity is refused", a_wrong_address_identity_is_refused },
	{ "dynamic ports are negotiated", dynamic_ports_are_negotiated },
	{ "nat-t off offers none", nat_traversal_off_offers_none },
	{ "a NAT before the client is found", a_nat_before_the_client_is_found },
	{ "a NAT before the server is found, and at both ends", a_nat_before_the_server_is_found },
	{ "encapsulation can be forced by either end", encapsulation_can_be_forced_by_either_end },
	{ "rekeying stays on port 4500", rekeying_stays_on_port_4500 },
	{ "an authentic message from a new mapping moves the peer",
	  an_authentic_message_from_a_new_mapping_moves_the_peer },
	{ "authentic ESP from a new mapping moves the peer",
	  authentic_esp_from_a_new_mapping_moves_the_peer },
	{ "without a NAT nobody moves", without_a_nat_nobody_moves },
	{ "a replayed or changed message moves nobody",
	  a_replayed_or_changed_message_moves_nobody },
	{ "keepalives come from behind the NAT, in silence only",
	  keepalives_come_from_behind_the_nat_in_silence_only },
	{ "NAT-D is the hash of cookies, address and port",
	  nat_d_is_the_hash_of_cookies_address_and_port },
	{ "a circuit speaks none of it", a_circuit_speaks_none_of_it },
	{ "hostile NAT-D is counted and nothing more", hostile_nat_d_is_counted_and_nothing_more },
};

UNIT_MAIN("ipsec/ike natt", cases)
