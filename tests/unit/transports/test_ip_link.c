/* SPDX-License-Identifier: GPL-2.0-or-later */

/* Uplinks: what goes over, what is refused, when they have carrier. */

#include <errno.h>

#include <osmocom/core/select.h>

#include <pcap/pcap.h>

#include "core/clock.h"
#include "tests/unit/transports/ip_pair.h"

static bool is(const struct pkt *p, uint32_t len)
{
	uint8_t first = p->data[0];
	bool same;

	p->data[0] = (uint8_t)hash_u32(len);
	same = (p->data[0] | 1) == first && rig_pkt_is(p, len, len);
	return same;
}

static void all_services(const char *addr_a, const char *addr_b)
{
	static const struct {
		enum ip_service service;
		uint16_t port;
	} rows[] = { { IP_IKE, 500 },
		     { IP_IKE_NATT, 4500 },
		     { IP_ESP, 0 },
		     { IP_ESP_UDP, 4500 },
		     { IP_L2TP, 1701 } };
	static const uint32_t sizes[] = {
		8, 100, PKT_SMALL_LEN - 4, PKT_SMALL_LEN + 1, 9000, 60000
	};
	struct pkt_batch got;
	uint64_t n = 0, octets = 0;

	begin(addr_a, addr_b);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		for (size_t s = 0; s < sizeof(sizes) / sizeof(sizes[0]); s++) {
			struct endpoint to = at(addr_b, rows[i].port), from;

			from = at(addr_a, rows[i].port);
			send_to(&a, rows[i].service, &to, sizes[s], 1);
			receive(&b, &got, 1);
			CU_ASSERT_EQUAL_FATAL(got.n, 1);
			CU_ASSERT_EQUAL(got.pkt[0]->service, rows[i].service);
			CU_ASSERT(endpoint_same(&got.pkt[0]->far, &from));
			CU_ASSERT(is(got.pkt[0], sizes[s]));
			pkt_batch_free(&got);
			n++;
			octets += sizes[s];
		}
	CU_ASSERT_EQUAL(acct_get(a.circuit->id, ACCT_TX_PDU), n);
	CU_ASSERT_EQUAL(acct_get(a.circuit->id, ACCT_TX_OCTETS), octets);
	CU_ASSERT_EQUAL(acct_get(b.link->id, ACCT_RX_PDU), n);
	CU_ASSERT_EQUAL(acct_get(b.link->id, ACCT_RX_OCTETS), octets);
	CU_ASSERT_EQUAL(acct_discards(b.link->id), 0);
	end();
}

static void all_services_over_ipv4(void)
{
	all_services("127.0.0.1", "127.0.0.2");
}

static void all_services_over_ipv6(void)
{
	all_services("fd00::1", "fd00::2");
}

static void a_burst_keeps_its_order(void)
{
	struct endpoint to = at("127.0.0.2", 4500);
	struct pkt_batch got;

	begin("127.0.0.1", "127.0.0.2");
	for (uint32_t len = 8; len < 8 + 32; len++)
		send_to(&a, len % 3 ? IP_ESP_UDP : IP_IKE_NATT, &to, len, 1);
	receive(&b, &got, 32);
	CU_ASSERT_EQUAL_FATAL(got.n, 32);
	for (uint32_t i = 0; i < 32; i++)
		CU_ASSERT(is(got.pkt[i], 8 + i));
	pkt_batch_free(&got);
	end();
}

static void a_flood_on_one_socket_leaves_the_others_their_share(void)
{
	struct endpoint flood = at("127.0.0.2", 4500), ike = at("127.0.0.2", 500);
	struct pkt_batch got;
	unsigned int rounds;

	begin("127.0.0.1", "127.0.0.2");
	send_to(&a, IP_ESP_UDP, &flood, 100, 3000);
	send_to(&a, IP_IKE, &ike, 100, 1);
	for (rounds = 0; rounds < 8; rounds++) {
		bool found = false;
		struct link_io io = { 0 };

		got.n = 0;
		link_rx(b.link, &got, &io);
		CU_ASSERT_TRUE(io.more);
		for (unsigned int i = 0; i < got.n; i++)
			found |= got.pkt[i]->service == IP_IKE;
		pkt_batch_free(&got);
		if (found)
			break;
	}
	CU_ASSERT(rounds < 2);
	end();
}

static void keepalives_are_counted_and_gone(void)
{
	struct endpoint to = at("127.0.0.2", 4500);
	struct pkt_batch got;
	struct link_io io = { 0 };
	struct pkt_batch out = { .n = 0 };

	begin("127.0.0.1", "127.0.0.2");
	pkt_batch_add(&out, rig_pkt(1, 0));
	out.pkt[0]->data[0] = 0xff;
	out.pkt[0]->service = IP_ESP_UDP;
	out.pkt[0]->far = to;
	link_tx(a.link, &out, &io);
	link_flush(a.link, &io);
	send_to(&a, IP_ESP_UDP, &to, 7, 1); /* too short */
	send_to(&a, IP_ESP_UDP, &to, 8, 1);
	receive(&b, &got, 1);
	CU_ASSERT_EQUAL(got.n, 1);
	pkt_batch_free(&got);
	CU_ASSERT_EQUAL(acct_get(a.link->id, ACCT_TX_PDU), 1); /* no circuit: the link's */
	CU_ASSERT_EQUAL(acct_get(b.link->id, ACCT_RX_KEEPALIVE), 1);
	CU_ASSERT_EQUAL(acct_get(b.link->id, ACCT_RX_PDU), 2);
	CU_ASSERT_EQUAL(acct_get(b.link->id, DROP_IP_SHORT), 1);
	end();
}

static void what_cannot_go_is_counted(void)
{
	struct endpoint no_port = at("127.0.0.2", 0), other_family = at("fd00::1", 500);

	begin("127.0.0.1", "127.0.0.2");
	send_to(&a, IP_IKE, &no_port, 8, 1);
	send_to(&a, IP_IKE, &other_family, 8, 1);
	send_to(&a, (enum ip_service)77, &no_port, 8, 1);
	CU_ASSERT_EQUAL(acct_get(a.circuit->id, ACCT_TX_DROP), 3);
	CU_ASSERT_EQUAL(acct_get(a.circuit->id, ACCT_TX_PDU), 0);
	end();
}

static void an_unreachable_peer_harms_no_other(void)
{
	struct endpoint nobody = at("127.0.0.9", 500), to = at("127.0.0.2", 500);
	struct pkt_batch got;

	begin("127.0.0.1", "127.0.0.2");
	for (int i = 0; i < 5; i++) {
		send_to(&a, IP_IKE, &nobody, 100, 1); /* ICMP: port unreachable */
		send_to(&a, IP_IKE, &to, 100, 1);
	}
	receive(&b, &got, 5);
	CU_ASSERT_EQUAL(got.n, 5);
	pkt_batch_free(&got);
	receive(&a, &got, 0); /* until all is quiet: errors do not keep the fd readable */
	CU_ASSERT_EQUAL(got.n, 0);
	CU_ASSERT(acct_get(a.link->id, DROP_IP_ICMP) > 0);
	CU_ASSERT_EQUAL(acct_get(a.link->id, ACCT_RX_PDU), acct_get(a.link->id, DROP_IP_ICMP));
	CU_ASSERT_EQUAL(acct_get(a.circuit->id, ACCT_TX_PDU), 10);
	end();
}

/* ---- carrier ---- */

static void wait_carrier(struct end *e, bool up)
{
	int64_t until = clock_ns() + 4 * NSEC_PER_SEC;

	while (e->up != up && clock_ns() < until) {
		osmo_select_main(1);
		usleep(1000);
	}
	CU_ASSERT_EQUAL(e->up, up);
}

static void an_address_that_comes_and_goes_is_followed(void)
{
	struct endpoint to = at("fd00::2", 4500);
	struct link_io io = { 0 };
	struct pkt_batch got;

	rig_init(128, 8);
	CU_ASSERT_EQUAL_FATAL(begin_end(&a, "fd00::a", false), 0);
	CU_ASSERT_EQUAL_FATAL(begin_end(&b, "fd00::2", false), 0);
	CU_ASSERT(!a.up && b.up && !a.circuit->active);
	for (int i = 0; i < 2; i++) {
		CU_ASSERT_EQUAL(ip_rig_addr6(SIOCSIFADDR, "fd00::a"), 0);
		wait_carrier(&a, true);
		send_to(&a, IP_ESP_UDP, &to, 100, 1);
		receive(&b, &got, 1);
		CU_ASSERT_EQUAL(got.n, 1);
		pkt_batch_free(&got);
		CU_ASSERT_EQUAL(ip_rig_addr6(SIOCDIFADDR, "fd00::a"), 0);
		wait_carrier(&a, false);
		CU_ASSERT(a.fd == -1 && !a.circuit->active);
	}
	CU_ASSERT_EQUAL(link_poll(b.link, clock_ns(), &io), INT64_MAX);
	end();
}

static void a_port_in_use_is_an_error(void)
{
	struct end c;

	begin("127.0.0.1", "127.0.0.2");
	CU_ASSERT_EQUAL(begin_end(&c, "127.0.0.1", false), -EADDRINUSE);
	CU_ASSERT_FALSE(c.up);
	link_stop(a.link);
	CU_ASSERT_EQUAL(link_start(c.link), 0);
	CU_ASSERT_TRUE(c.up);
	link_destroy(c.link);
	end();
}

static void clear_l2tp_only_where_configured(void)
{
	struct endpoint to = at("127.0.0.2", 1701);

	rig_init(128, 8);
	CU_ASSERT_EQUAL_FATAL(begin_end(&a, "127.0.0.1", false), 0);
	CU_ASSERT_EQUAL_FATAL(begin_end(&b, "127.0.0.2", false), 0);
	send_to(&a, IP_L2TP, &to, 100, 1);
	CU_ASSERT_EQUAL(acct_get(a.circuit->id, ACCT_TX_DROP), 1);
	end();
}

static void nothing_leaks_without_buffers(void)
{
	struct endpoint to = at("127.0.0.2", 4500);
	struct pkt_batch got, held = { .n = 0 };
	struct pkt *p;

	begin("127.0.0.1", "127.0.0.2");
	send_to(&a, IP_ESP_UDP, &to, 100, 3);
	send_to(&a, IP_ESP_UDP, &to, 9000, 1);
	while (held.n < 8 && (p = pkt_alloc(rig_pool, 9000)))
		pkt_batch_add(&held, p);
	receive(&b, &got, 4);
	CU_ASSERT_EQUAL(got.n, 3); /* the long one found no buffer */
	pkt_batch_free(&got);
	pkt_batch_free(&held);
	CU_ASSERT_EQUAL(acct_get(b.link->id, DROP_NO_BUFFER), 1);
	CU_ASSERT_EQUAL(acct_get(b.link->id, ACCT_RX_PDU), 4);
	end();
}

static void wrong_configurations_say_why(void)
{
	static const char *const bad[] = { "0.0.0.0",	      "::",	 "224.0.0.1",
					   "255.255.255.255", "ff02::1", "fe80::1" };
	struct link_cfg cfg;

	link_cfg_init(&cfg, MEDIUM_IP);
	CU_ASSERT_PTR_NOT_NULL(strstr(link_cfg_check(&cfg), "address"));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		cfg.local = at(bad[i], 0);
		CU_ASSERT_PTR_NOT_NULL(link_cfg_check(&cfg));
	}
	cfg.local = at("192.0.2.1", 0);
	CU_ASSERT_PTR_NULL(link_cfg_check(&cfg));
	cfg.local.port = 500;
	CU_ASSERT_PTR_NOT_NULL(strstr(link_cfg_check(&cfg), "port"));
	cfg.local.port = 0;
	cfg.impair.loss_ppm = 1;
	CU_ASSERT_PTR_NOT_NULL(strstr(link_cfg_check(&cfg), "netem"));
	cfg.impair.loss_ppm = 0;
	strcpy(cfg.driver, "loop");
	CU_ASSERT_PTR_NOT_NULL(strstr(link_cfg_check(&cfg), "'udp'"));
}

static void circuits_are_peers_of_any_number(void)
{
	struct circuit *c;
	const struct impair_cfg bad = { .loss_ppm = 1 }, none = { 0 };

	begin("127.0.0.1", "127.0.0.2");
	CU_ASSERT_EQUAL(circuit_add(a.link, 7, ENCAP_IP, 0, &a, &c), -EEXIST);
	CU_ASSERT_EQUAL(circuit_add(a.link, 8, ENCAP_NULL, 0, &a, &c), -EINVAL);
	CU_ASSERT_EQUAL(circuit_add(a.link, 8, ENCAP_IP, 1500, &a, &c), -EINVAL);
	CU_ASSERT_EQUAL(circuit_add(a.link, UINT32_MAX, ENCAP_IP, 0, &a, &c), 0);
	CU_ASSERT(c->active && c->mtu > 65000);
	CU_ASSERT_EQUAL(link_set_impair(a.link, &bad), -EOPNOTSUPP);
	CU_ASSERT_EQUAL(link_set_impair(a.link, &none), 0);
	end();
}

static void a_capture_has_ip_packets(void)
{
	char path[] = "/tmp/vcgw-test-XXXXXX", err[PCAP_ERRBUF_SIZE];
	struct endpoint to = at("127.0.0.2", 4500);
	struct pkt_batch got;
	struct pcap_pkthdr h;
	const u_char *p;
	int fd = mkstemp(path);
	pcap_t *f;

	close(fd);
	begin("127.0.0.1", "127.0.0.2");
	CU_ASSERT_EQUAL(link_capture_start(a.link, path, 0), 0);
	send_to(&a, IP_IKE_NATT, &to, 100, 1);
	receive(&b, &got, 1);
	pkt_batch_free(&got);
	CU_ASSERT_EQUAL(link_capture_stop(a.link), 0);
	f = pcap_open_offline(path, err);
	CU_ASSERT_PTR_NOT_NULL_FATAL(f);
	CU_ASSERT_EQUAL(pcap_datalink(f), DLT_RAW);
	p = pcap_next(f, &h);
	CU_ASSERT_PTR_NOT_NULL_FATAL(p);
	CU_ASSERT(h.len == 20 + 8 + 4 + 100 && p[0] == 0x45 && p[9] == 17);
	CU_ASSERT(memcmp(p + 12, "\x7f\0\0\x01\x7f\0\0\x02\x11\x94\x11\x94", 12) == 0);
	pcap_close(f);
	unlink(path);
	end();
}

static const struct unit_case cases[] = {
	{ "all services over IPv4", all_services_over_ipv4 },
	{ "all services over IPv6", all_services_over_ipv6 },
	{ "a burst keeps its order", a_burst_keeps_its_order },
	{ "a flood on one socket leaves the others their share",
	  a_flood_on_one_socket_leaves_the_others_their_share },
	{ "keepalives are counted and gone", keepalives_are_counted_and_gone },
	{ "what cannot go is counted", what_cannot_go_is_counted },
	{ "an unreachable peer harms no other", an_unreachable_peer_harms_no_other },
	{ "an address that comes and goes is followed",
	  an_address_that_comes_and_goes_is_followed },
	{ "a port in use is an error", a_port_in_use_is_an_error },
	{ "clear L2TP only where configured", clear_l2tp_only_where_configured },
	{ "nothing leaks without buffers", nothing_leaks_without_buffers },
	{ "wrong configurations say why", wrong_configurations_say_why },
	{ "circuits are peers of any number", circuits_are_peers_of_any_number },
	{ "a capture has IP packets", a_capture_has_ip_packets },
};

int main(void)
{
	ip_rig_enter();
	osmo_init_logging2(NULL, &vcgw_log_info);
	log_set_all_filter(osmo_stderr_target, 0);
	return unit_main("transports/ip_link", cases, sizeof(cases) / sizeof(cases[0]));
}
