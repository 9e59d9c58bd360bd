/* SPDX-License-Identifier: GPL-2.0-or-later */

/* Uplinks and the kernel: path MTU, ICMP, devices that are full, what is said in our name. */

#include <netinet/icmp6.h>
#include <netinet/ip_icmp.h>

#include "core/clock.h"
#include "tests/unit/transports/ip_pair.h"

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

static const struct unit_case cases[] = {
	{ "too long says path MTU, IPv4", too_long_says_path_mtu_ipv4 },
	{ "too long says path MTU, IPv6", too_long_says_path_mtu_ipv6 },
	{ "a forged ICMP message does bounded harm", a_forged_icmp_message_does_bounded_harm },
	{ "a full device is waited for and the queue is bounded",
	  a_full_device_is_waited_for_and_the_queue_is_bounded },
	{ "the kernel answers nothing with ICMP", the_kernel_answers_nothing_with_icmp },
	{ "the kernel answers nothing with ICMPv6", the_kernel_answers_nothing_with_icmpv6 },
};

int main(void)
{
	ip_rig_enter();
	osmo_init_logging2(NULL, &vcgw_log_info);
	log_set_all_filter(osmo_stderr_target, 0);
	return unit_main("transports/ip_kernel", cases, sizeof(cases) / sizeof(cases[0]));
}
