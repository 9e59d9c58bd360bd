/* SPDX-License-Identifier: GPL-2.0-or-later */

/* Uplinks over the real sockets of a namespace of the test's own. */

#include <errno.h>
#include <poll.h>

#include <osmocom/core/application.h>
#include <osmocom/core/select.h>

#include <netinet/icmp6.h>
#include <netinet/ip_icmp.h>
#include <pcap/pcap.h>

#include "core/clock.h"
#include "tests/unit/transports/ip_rig.h"
#include "tests/unit/transports/rig.h"
#include "transports/ip/wire.h"
#include "transports/transport.h"

enum { LO_MTU = 65536 };

struct end {
	struct link *link;
	struct circuit *circuit;
	int fd;
	bool up;
	struct endpoint mtu_far;
	uint32_t mtu;
};

static struct end a, b;

static void on_attach(struct link *l, int fd)
{
	((struct end *)l->owner)->fd = fd;
}

static void on_detach(struct link *l)
{
	((struct end *)l->owner)->fd = -1;
}

static void on_carrier(struct link *l, bool up)
{
	((struct end *)l->owner)->up = up;
}

static void on_circuit(struct circuit *c, bool active)
{
	(void)c;
	(void)active;
}

static void on_path_mtu(struct link *l, const struct endpoint *far, uint32_t mtu)
{
	struct end *e = l->owner;

	e->mtu_far = *far;
	e->mtu = mtu;
}

static const struct link_owner_ops ops = {
	.attach = on_attach,
	.detach = on_detach,
	.carrier = on_carrier,
	.circuit_state = on_circuit,
	.path_mtu = on_path_mtu,
};

static struct endpoint at(const char *text, uint16_t port)
{
	struct endpoint e;

	if (endpoint_parse(text, &e) < 0)
		abort();
	e.port = port;
	return e;
}

static int begin_end(struct end *e, const char *addr, bool l2tp)
{
	struct link_cfg cfg;

	*e = (struct end){ .fd = -1 };
	link_cfg_init(&cfg, MEDIUM_IP);
	cfg.local = at(addr, 0);
	cfg.clear_l2tp = l2tp;
	CU_ASSERT_EQUAL_FATAL(link_create(&e->link, addr, &cfg, &ops, e), 0);
	CU_ASSERT_EQUAL_FATAL(circuit_add(e->link, 7, ENCAP_IP, 0, e, &e->circuit), 0);
	return link_start(e->link);
}

static void begin(const char *addr_a, const char *addr_b)
{
	rig_init(128, 8);
	CU_ASSERT_EQUAL_FATAL(begin_end(&a, addr_a, true), 0);
	CU_ASSERT_EQUAL_FATAL(begin_end(&b, addr_b, true), 0);
	CU_ASSERT(a.up && b.up && a.circuit->active && b.circuit->active);
}

static void end(void)
{
	link_destroy(a.link);
	link_destroy(b.link);
	rcu_drain();
	rig_exit();
}

/* Send n packets of one service from e. */
static void send_to(struct end *e, enum ip_service service, const struct endpoint *far,
		    uint32_t len, unsigned int n)
{
	struct link_io io = { 0 };

	while (n) {
		struct pkt_batch out = { .n = 0 };

		for (; n && !pkt_batch_full(&out); n--) {
			struct pkt *p = rig_pkt(len, len);

			p->data[0] |= 1; /* no marker, no SPI of zero */
			p->service = (uint8_t)service;
			p->far = *far;
			p->obj = e->circuit;
			pkt_batch_add(&out, p);
		}
		link_tx(e->link, &out, &io);
		link_flush(e->link, &io);
		CU_ASSERT_FALSE(io.lost);
	}
}

/* Receive until n packets are there (or, with 0, nothing more is), or a while has passed;
 * management goes to the link. */
static void receive(struct end *e, struct pkt_batch *got, unsigned int n)
{
	struct pollfd pfd = { .fd = e->fd, .events = POLLIN };

	got->n = 0;
	while ((!n || got->n < n) && poll(&pfd, 1, n ? 500 : 0) > 0) {
		struct pkt_batch in = { .n = 0 };
		struct link_io io = { 0 };

		link_rx(e->link, &in, &io);
		for (unsigned int i = 0; i < in.n; i++) {
			struct pkt *p = in.pkt[i];

			CU_ASSERT(p->acct == e->link->id && p->circuit == 0 && !p->obj);
			if (p->control)
				link_mgmt_rx(e->link, p->data, p->len);
			if (p->control || pkt_batch_full(got))
				pkt_free(p);
			else
				pkt_batch_add(got, p);
		}
	}
}

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

/* A device of little MTU: DF on ESP, while IKE is cut. */
static void too_long_says_path_mtu(const char *addr_a, const char *addr_b, int mtu)
{
	struct endpoint esp = at(addr_b, 0), natt = at(addr_b, 4500), ike = at(addr_b, 500);
	struct pkt_batch got;

	begin(addr_a, addr_b);
	CU_ASSERT_EQUAL(ip_rig_lo(IFF_UP, mtu), 0);
	send_to(&a, IP_ESP_UDP, &natt, (uint32_t)mtu, 3);
	CU_ASSERT_EQUAL(acct_get(a.circuit->id, ACCT_TX_DROP), 3);
	receive(&a, &got, 0);
	CU_ASSERT_EQUAL(got.n, 0);
	CU_ASSERT_EQUAL(a.mtu, (uint32_t)mtu);
	CU_ASSERT(endpoint_same_addr(&a.mtu_far, &esp) && a.mtu_far.port == 0);
	a.mtu = 0;
	send_to(&a, IP_ESP, &esp, (uint32_t)mtu, 1);
	receive(&a, &got, 0);
	CU_ASSERT_EQUAL(a.mtu, (uint32_t)mtu);
	send_to(&a, IP_IKE, &ike, 4000, 1);
	send_to(&a, IP_IKE_NATT, &natt, 4000, 1);
	send_to(&a, IP_ESP, &esp, (uint32_t)mtu - 40, 1); /* what fits goes */
	receive(&b, &got, 3);
	CU_ASSERT_EQUAL(got.n, 3);
	pkt_batch_free(&got);
	send_to(&a, IP_ESP_UDP, &natt, (uint32_t)mtu, 1); /* and DF is back on the port */
	CU_ASSERT_EQUAL(acct_get(a.circuit->id, ACCT_TX_DROP), 5);
	receive(&a, &got, 0);
	CU_ASSERT_EQUAL(acct_get(a.link->id, ACCT_RX_PDU), 3);
	CU_ASSERT_EQUAL(ip_rig_lo(IFF_UP, LO_MTU), 0);
	end();
}

static void too_long_says_path_mtu_ipv4(void)
{
	too_long_says_path_mtu("127.0.0.1", "127.0.0.2", 1300);
}

static void too_long_says_path_mtu_ipv6(void)
{
	too_long_says_path_mtu("fd00::1", "fd00::2", 1400);
}

/* "Fragmentation needed" about a packet of a's to b's address, made by anyone (RFC 792, RFC 1191). */
static void forge_too_big(uint8_t proto, uint16_t own_port, uint16_t mtu)
{
	uint8_t m[8 + 20 + 8] = { ICMP_UNREACH, ICMP_UNREACH_NEEDFRAG };
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(0x7f000001) };
	int fd = socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_ICMP);
	uint32_t sum = 0;

	m[6] = (uint8_t)(mtu >> 8);
	m[7] = (uint8_t)mtu;
	m[8] = 0x45;
	m[8 + 9] = proto;
	memcpy(m + 8 + 12, "\x7f\0\0\x01\x7f\0\0\x02", 8);
	m[28] = (uint8_t)(own_port >> 8);
	m[29] = (uint8_t)own_port;
	memcpy(m + 30, m + 28, 2);
	for (size_t i = 0; i < sizeof(m); i += 2)
		sum += (uint32_t)m[i] << 8 | m[i + 1];
	sum = (sum & 0xffff) + (sum >> 16);
	sum = ~(sum + (sum >> 16));
	m[2] = (uint8_t)(sum >> 8);
	m[3] = (uint8_t)sum;
	CU_ASSERT_EQUAL(sendto(fd, m, sizeof(m), 0, (struct sockaddr *)&to, sizeof(to)), sizeof(m));
	close(fd);
}

/* What an ICMP message says is told, within bounds, and what goes out is not refused for it. */
static void a_forged_icmp_message_does_bounded_harm(void)
{
	static const struct {
		uint8_t proto;
		uint16_t port, said;
		uint32_t believed;
	} rows[] = { { IPPROTO_ESP, 0, 1400, 1400 },
		     { IPPROTO_UDP, 4500, 1300, 1300 },
		     { IPPROTO_UDP, 500, 68, 576 },
		     { IPPROTO_ESP, 0, 0, 576 } };
	struct endpoint esp = at("127.0.0.2", 0), natt = at("127.0.0.2", 4500);
	struct pkt_batch got;

	begin("127.0.0.1", "127.0.0.2");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		a.mtu = 0;
		forge_too_big(rows[i].proto, rows[i].port, rows[i].said);
		receive(&a, &got, 0);
		CU_ASSERT_EQUAL(a.mtu, rows[i].believed);
		CU_ASSERT_TRUE(endpoint_same(&a.mtu_far, &esp));
		send_to(&a, IP_ESP, &esp, 1200, 1);
		send_to(&a, IP_ESP_UDP, &natt, 1200, 1);
		receive(&b, &got, 2);
		CU_ASSERT_EQUAL(got.n, 2);
		pkt_batch_free(&got);
	}
	CU_ASSERT_EQUAL(acct_get(a.link->id, ACCT_RX_PDU), 4);
	end();
}

static void a_full_device_is_waited_for_and_the_queue_is_bounded(void)
{
	enum { LEN = 1000, MANY = 1000 }; /* more than device and queue hold */
	struct endpoint to = at("127.0.0.2", 4500);
	struct link_io io = { 0 };
	struct pkt_batch got;
	uint64_t sent, dropped, there = 0;
	int64_t until = clock_ns() + 10 * NSEC_PER_SEC;

	/* A line of 80 Mbit/s that holds 64 KiB and refuses the rest. */
	if (system("tc qdisc add dev lo root tbf rate 80mbit burst 70k limit 64k") != 0) {
		printf("(left out: tc cannot make a slow device) ");
		return;
	}
	rig_init(2048, 8);
	CU_ASSERT_EQUAL_FATAL(begin_end(&a, "127.0.0.1", false), 0);
	CU_ASSERT_EQUAL_FATAL(begin_end(&b, "127.0.0.2", false), 0);
	send_to(&a, IP_ESP_UDP, &to, LEN, MANY);
	sent = acct_get(a.circuit->id, ACCT_TX_PDU);
	dropped = acct_get(a.circuit->id, ACCT_TX_DROP);
	CU_ASSERT(sent > 0 && dropped > 0 && sent + dropped < MANY);
	CU_ASSERT(link_poll(a.link, 0, &io) != INT64_MAX);
	for (int i = 0; i < 2000 && link_poll(a.link, clock_ns(), &io) != INT64_MAX; i++)
		usleep(1500);
	CU_ASSERT_EQUAL(acct_get(a.circuit->id, ACCT_TX_DROP), dropped);
	CU_ASSERT_EQUAL(acct_get(a.circuit->id, ACCT_TX_PDU), MANY - dropped);
	do { /* and what was told to have gone has arrived */
		receive(&b, &got, BATCH_MAX);
		there += got.n;
		pkt_batch_free(&got);
	} while (there < MANY - dropped && clock_ns() < until);
	CU_ASSERT_EQUAL(acct_get(b.link->id, ACCT_RX_PDU), MANY - dropped);
	send_to(&a, IP_ESP_UDP, &to, LEN, MANY);
	link_stop(a.link); /* what waits when the link ends is counted */
	CU_ASSERT_EQUAL(acct_get(a.circuit->id, ACCT_TX_PDU) +
				acct_get(a.circuit->id, ACCT_TX_DROP),
			2 * MANY);
	CU_ASSERT_EQUAL(system("tc qdisc del dev lo root"), 0);
	end();
}

/* ---- what the kernel says in our name ---- */

/* Is it the message that says that nobody is there? IPv6 says it of a protocol as a parameter
 * problem (RFC 8200 4). */
static bool nobody_there(const uint8_t *p, size_t len, bool ipv4)
{
	size_t at = ipv4 && len ? (p[0] & 15) * 4u : 0;

	if (len <= at)
		return false;
	return ipv4 ? p[at] == ICMP_UNREACH
		    : p[at] == ICMP6_DST_UNREACH || p[at] == ICMP6_PARAM_PROB;
}

/* Such messages that arrive within a while. */
static unsigned int icmp_errors(int fd, bool ipv4)
{
	struct pollfd pfd = { .fd = fd, .events = POLLIN };
	unsigned int n = 0;
	uint8_t buf[2048];

	while (poll(&pfd, 1, 200) > 0) {
		ssize_t len = recv(fd, buf, sizeof(buf), 0);

		n += len > 0 && nobody_there(buf, (size_t)len, ipv4);
	}
	return n;
}

static void poke(const char *from, const char *to, int type, uint16_t port)
{
	struct endpoint src = at(from, 0), dst = at(to, port);
	bool ipv4 = endpoint_is_v4(&src);
	static const uint8_t esp[40] = { 0, 0, 1 };
	int fd = socket(ipv4 ? AF_INET : AF_INET6, type | SOCK_CLOEXEC,
			type == SOCK_RAW ? IPPROTO_ESP : 0);
	union {
		struct sockaddr sa;
		struct sockaddr_in v4;
		struct sockaddr_in6 v6;
	} s = { .v6 = { 0 } }, d = { .v6 = { 0 } };
	socklen_t len = ipv4 ? sizeof(s.v4) : sizeof(s.v6);

	s.sa.sa_family = d.sa.sa_family = ipv4 ? AF_INET : AF_INET6;
	if (ipv4) {
		memcpy(&s.v4.sin_addr, src.addr + 12, 4);
		memcpy(&d.v4.sin_addr, dst.addr + 12, 4);
		d.v4.sin_port = htons(port);
	} else {
		memcpy(&s.v6.sin6_addr, src.addr, 16);
		memcpy(&d.v6.sin6_addr, dst.addr, 16);
		d.v6.sin6_port = htons(port);
	}
	CU_ASSERT_EQUAL(bind(fd, &s.sa, len), 0);
	CU_ASSERT_EQUAL(sendto(fd, esp, sizeof(esp), 0, &d.sa, len), sizeof(esp));
	close(fd);
}

static void poke_all(const char *from, const char *to)
{
	poke(from, to, SOCK_RAW, 0);
	poke(from, to, SOCK_DGRAM, 500);
	poke(from, to, SOCK_DGRAM, 4500);
}

static void icmp_silence(const char *addr, const char *from)
{
	bool ipv4 = strchr(addr, '.');
	int icmp = socket(ipv4 ? AF_INET : AF_INET6, SOCK_RAW | SOCK_CLOEXEC,
			  ipv4 ? IPPROTO_ICMP : IPPROTO_ICMPV6);
	struct pkt_batch got;

	begin(addr, ipv4 ? "127.0.0.2" : "fd00::2");
	poke_all(from, addr);
	receive(&a, &got, 3);
	CU_ASSERT_EQUAL(got.n, 3);
	pkt_batch_free(&got);
	CU_ASSERT_EQUAL(icmp_errors(icmp, ipv4), 0);
	link_stop(a.link);
	poke_all(from, addr); /* without us the kernel does complain: the test can fail */
	CU_ASSERT_EQUAL(icmp_errors(icmp, ipv4), 3);
	close(icmp);
	end();
}

static void the_kernel_answers_nothing_with_icmp(void)
{
	icmp_silence("127.0.0.1", "127.0.0.9");
}

static void the_kernel_answers_nothing_with_icmpv6(void)
{
	icmp_silence("fd00::1", "fd00::9");
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
	{ "too long says path MTU, IPv4", too_long_says_path_mtu_ipv4 },
	{ "too long says path MTU, IPv6", too_long_says_path_mtu_ipv6 },
	{ "a forged ICMP message does bounded harm", a_forged_icmp_message_does_bounded_harm },
	{ "a full device is waited for and the queue is bounded",
	  a_full_device_is_waited_for_and_the_queue_is_bounded },
	{ "the kernel answers nothing with ICMP", the_kernel_answers_nothing_with_icmp },
	{ "the kernel answers nothing with ICMPv6", the_kernel_answers_nothing_with_icmpv6 },
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
