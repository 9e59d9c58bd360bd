/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "gateway/tun.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <unistd.h>

#include <osmocom/core/utils.h>

#include "core/acct.h"
#include "core/log.h"
#include "core/rcu.h"
#include "gateway/gateway.h"
#include "gateway/route.h"
#include "gateway/worker.h"

/* linux/ipv6.h cannot be included beside netinet/in.h; this is its struct in6_ifreq. */
struct in6_addr_req {
	struct in6_addr addr;
	uint32_t prefixlen;
	int ifindex;
};

enum {
	READ_MAX = 1600, /* the largest MTU a TUN of ours has, and some */
	IPV6_MTU_MIN = 1280,
};

struct gw_tun {
	char name[IFNAMSIZ];
	int fd;
	uint32_t id;
	uint16_t mtu;
	int ifindex;
	uint8_t ip6_id[8];
	bool has_ip6;
	struct route_table *routes;
	struct worker *worker;
	struct rcu_retired retired;
};

static struct gw_tun *by_id[ACCTS_MAX]; /* RCU pointers */

/* ---- the kernel's side ---- */

static int if_ioctl(const struct gw_tun *t, unsigned long request, struct ifreq *ifr)
{
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	int rc = 0;

	if (fd < 0)
		return -errno;
	osmo_strlcpy(ifr->ifr_name, t->name, sizeof(ifr->ifr_name));
	if (ioctl(fd, request, ifr) < 0)
		rc = -errno;
	close(fd);
	return rc;
}

static void set_addr(struct ifreq *ifr, struct in_addr a)
{
	struct sockaddr_in sin = { .sin_family = AF_INET, .sin_addr = a };

	memcpy(&ifr->ifr_addr, &sin, sizeof(sin));
}

uint16_t tun_mtu(const struct gw_tun *t)
{
	return t->mtu;
}

/* One request and its acknowledgement. \returns 0 or -errno. */
static int netlink(const void *request, uint32_t len)
{
	struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
	struct {
		struct nlmsghdr h;
		struct nlmsgerr e;
		uint8_t rest[256]; /* the request comes back */
	} ack;
	ssize_t n;
	int rc;

	if (fd < 0)
		return -errno;
	n = sendto(fd, request, len, 0, (const struct sockaddr *)&kernel, sizeof(kernel));
	if (n >= 0)
		n = recv(fd, &ack, sizeof(ack), 0);
	rc = n < 0 ? -errno : n < (ssize_t)NLMSG_LENGTH(sizeof(ack.e)) ? -EBADMSG : ack.e.error;
	close(fd);
	return rc;
}

/* By netlink: what the ioctl of routes calls MTU is only the MSS that TCP advertises. */
int tun_set_host_mtu(struct gw_tun *t, struct in_addr host, uint16_t mtu)
{
	struct {
		struct nlmsghdr h;
		struct rtmsg rt;
		struct rtattr dst;
		struct in_addr host;
		struct rtattr oif;
		int ifindex;
		struct rtattr metrics;
		struct rtattr mtu;
		uint32_t mtu_value;
	} req = {
		.h = { .nlmsg_len = sizeof(req),
		       .nlmsg_type = mtu ? RTM_NEWROUTE : RTM_DELROUTE,
		       .nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK |
				      (mtu ? NLM_F_CREATE | NLM_F_REPLACE : 0) },
		.rt = { .rtm_family = AF_INET,
			.rtm_dst_len = 32,
			.rtm_table = RT_TABLE_MAIN,
			.rtm_protocol = RTPROT_STATIC,
			.rtm_scope = RT_SCOPE_LINK,
			.rtm_type = RTN_UNICAST },
		.dst = { .rta_type = RTA_DST, .rta_len = RTA_LENGTH(sizeof(req.host)) },
		.host = host,
		.oif = { .rta_type = RTA_OIF, .rta_len = RTA_LENGTH(sizeof(req.ifindex)) },
		.ifindex = t->ifindex,
		.metrics = { .rta_type = RTA_METRICS,
			     .rta_len = RTA_LENGTH(RTA_LENGTH(sizeof(req.mtu_value))) },
		.mtu = { .rta_type = RTAX_MTU, .rta_len = RTA_LENGTH(sizeof(req.mtu_value)) },
		.mtu_value = mtu,
	};
	int rc;

	if (!mtu)
		req.h.nlmsg_len = offsetof(__typeof__(req), metrics);
	rc = netlink(&req, req.h.nlmsg_len);
	return !mtu && rc == -ESRCH ? 0 : rc;
}

int tun_set_ip4(struct gw_tun *t, struct in_addr local, uint8_t len, struct in_addr peer)
{
	struct ifreq ifr = { 0 };
	int rc;

	set_addr(&ifr, local);
	rc = if_ioctl(t, SIOCSIFADDR, &ifr);
	if (rc < 0 || !local.s_addr)
		return rc == -EADDRNOTAVAIL ? 0 : rc;
	if (peer.s_addr) {
		len = 32;
		set_addr(&ifr, peer);
		rc = if_ioctl(t, SIOCSIFDSTADDR, &ifr);
		if (rc < 0)
			return rc;
	}
	set_addr(&ifr, (struct in_addr){ htonl(len ? UINT32_MAX << (32 - len) : 0) });
	return if_ioctl(t, SIOCSIFNETMASK, &ifr);
}

static int ip6_ioctl(const struct gw_tun *t, unsigned long request, const uint8_t id[8])
{
	struct in6_addr_req req = { .prefixlen = 64, .ifindex = t->ifindex };
	int fd = socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	int rc = 0;

	if (fd < 0)
		return -errno;
	req.addr.s6_addr[0] = 0xfe;
	req.addr.s6_addr[1] = 0x80;
	memcpy(&req.addr.s6_addr[8], id, 8);
	if (ioctl(fd, request, &req) < 0)
		rc = -errno;
	close(fd);
	return rc;
}

static void write_sysctl(const char *fmt, const char *dev, const char *value)
{
	char path[128];
	int fd;

	snprintf(path, sizeof(path), fmt, dev);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return;
	if (write(fd, value, strlen(value)) < 0)
		LOGP(DGW, LOGL_INFO, "%s: %s: %s\n", dev, path, strerror(errno));
	close(fd);
}

/* IPV6CP decides the link-local address (RFC 5072 5), not the kernel; there is nobody on a
 * point-to-point link to detect duplicates of, nor anybody who advertises prefixes. */
static void quiet_ip6(const struct gw_tun *t)
{
	write_sysctl("/proc/sys/net/ipv6/conf/%s/addr_gen_mode", t->name, "1");
	write_sysctl("/proc/sys/net/ipv6/conf/%s/accept_dad", t->name, "0");
	write_sysctl("/proc/sys/net/ipv6/conf/%s/router_solicitations", t->name, "0");
}

int tun_set_ip6_id(struct gw_tun *t, const uint8_t id[8])
{
	int rc = 0;

	if (t->has_ip6 && memcmp(t->ip6_id, id, 8) == 0)
		return 0;
	if (t->has_ip6 && t->mtu >= IPV6_MTU_MIN)
		ip6_ioctl(t, SIOCDIFADDR, t->ip6_id);
	if (t->mtu >= IPV6_MTU_MIN)
		rc = ip6_ioctl(t, SIOCSIFADDR, id);
	t->has_ip6 = rc == 0;
	if (rc == 0)
		memmove(t->ip6_id, id, 8);
	return rc;
}

int tun_set_mtu(struct gw_tun *t, uint16_t mtu)
{
	struct ifreq ifr = { .ifr_mtu = mtu };
	bool ip6_again = t->mtu && t->mtu < IPV6_MTU_MIN && mtu >= IPV6_MTU_MIN;
	int rc;

	if (mtu == t->mtu)
		return 0;
	rc = if_ioctl(t, SIOCSIFMTU, &ifr);
	if (rc < 0)
		return rc;
	t->mtu = mtu;
	/* A device that carries less than IPv6 asks of a link (RFC 8200 5) is one without for the
	 * kernel, which forgets all that was set. */
	if (ip6_again)
		quiet_ip6(t);
	return ip6_again && t->has_ip6 ? ip6_ioctl(t, SIOCSIFADDR, t->ip6_id) : 0;
}

static int bring_up(struct gw_tun *t, uint16_t mtu)
{
	struct ifreq ifr = { 0 };
	int rc;

	quiet_ip6(t);
	rc = tun_set_mtu(t, mtu);
	if (rc < 0)
		return rc;
	rc = if_ioctl(t, SIOCGIFINDEX, &ifr);
	if (rc < 0)
		return rc;
	t->ifindex = ifr.ifr_ifindex;
	rc = if_ioctl(t, SIOCGIFFLAGS, &ifr);
	if (rc < 0)
		return rc;
	ifr.ifr_flags |= IFF_UP | IFF_RUNNING;
	return if_ioctl(t, SIOCSIFFLAGS, &ifr);
}

static int open_tun(struct gw_tun *t)
{
	struct ifreq ifr = { .ifr_flags = IFF_TUN | IFF_NO_PI };
	int fd = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);

	if (fd < 0)
		return -errno;
	osmo_strlcpy(ifr.ifr_name, t->name, sizeof(ifr.ifr_name));
	if (ioctl(fd, TUNSETIFF, &ifr) < 0) {
		int rc = -errno;

		close(fd);
		return rc;
	}
	t->fd = fd;
	return 0;
}

static const char *hint(int rc)
{
	switch (rc) {
	case -ENOENT:
		return "/dev/net/tun is missing: load the module tun";
	case -EPERM:
	case -EACCES:
		return "it needs CAP_NET_ADMIN and access to /dev/net/tun";
	case -EBUSY:
		return "the device is in use by another program: choose another name";
	default:
		return "see the kernel's message";
	}
}

static void free_tun(struct rcu_retired *r)
{
	struct gw_tun *t = caa_container_of(r, struct gw_tun, retired);

	close(t->fd);
	route_table_free(t->routes);
	acct_free(t->id);
	free(t);
}

int tun_create(struct gw_tun **out, const char *name, uint16_t mtu, struct gw_why *why)
{
	struct gw_tun *t = calloc(1, sizeof(*t));
	int rc = -ENOMEM;

	if (!t)
		return -ENOMEM;
	t->fd = -1;
	osmo_strlcpy(t->name, name, sizeof(t->name));
	t->routes = route_table_new();
	t->id = acct_alloc();
	if (!t->routes || !t->id)
		goto err;
	rc = open_tun(t);
	if (rc < 0)
		goto err;
	rc = bring_up(t, mtu);
	if (rc < 0)
		goto err;
	if (getrandom(t->ip6_id, sizeof(t->ip6_id), 0) != sizeof(t->ip6_id)) {
		rc = -EIO;
		goto err;
	}
	t->ip6_id[0] &= (uint8_t)~0x02; /* locally chosen: universal/local bit 0 (RFC 5072 4.1) */
	rcu_publish(by_id[t->id], t);
	t->worker = worker_pick();
	worker_attach_tun(t->worker, t);
	*out = t;
	return 0;
err:
	snprintf(why->text, sizeof(why->text), "TUN device %s: %s; %s", name, strerror(-rc),
		 hint(rc));
	if (t->fd >= 0)
		close(t->fd);
	route_table_free(t->routes);
	acct_free(t->id);
	free(t);
	return rc;
}

void tun_destroy(struct gw_tun *t)
{
	if (!t)
		return;
	worker_detach_tun(t->worker, t);
	rcu_publish(by_id[t->id], (struct gw_tun *)NULL);
	/* Any worker may be writing to it: the device goes when none can. */
	rcu_retire(&t->retired, free_tun);
}

const uint8_t *tun_ip6_id(const struct gw_tun *t)
{
	return t->ip6_id;
}

uint32_t tun_id(const struct gw_tun *t)
{
	return t->id;
}

const char *tun_name(const struct gw_tun *t)
{
	return t->name;
}

int tun_fd(const struct gw_tun *t)
{
	return t->fd;
}

int tun_route_add(struct gw_tun *t, int family, const void *addr, uint8_t len, uint32_t session)
{
	return route_add(t->routes, family, addr, len, session);
}

void tun_route_del(struct gw_tun *t, int family, const void *addr, uint8_t len)
{
	route_del(t->routes, family, addr, len);
}

/* ---- in a worker ---- */

struct gw_tun *tun_by_id(uint32_t id)
{
	return id < ACCTS_MAX ? rcu_deref(by_id[id]) : NULL;
}

bool tun_rx(struct gw_tun *t, struct pkt_batch *out)
{
	while (!pkt_batch_full(out)) {
		struct pkt *p = pkt_alloc(pkt_pool_self(), READ_MAX);
		ssize_t n;

		if (!p)
			return true; /* the kernel keeps its queue; buffers come home */
		n = read(t->fd, p->data, READ_MAX);
		if (n <= 0) {
			/* What drivers/net/tun.c says once the device has been deleted, for ever. */
			bool gone = n < 0 && errno == EBADFD;

			pkt_free(p);
			return !gone;
		}
		p->len = (uint32_t)n;
		p->acct = t->id;
		acct_add(t->id, ACCT_RX_PDU, 1);
		acct_add(t->id, ACCT_RX_OCTETS, (uint64_t)n);
		pkt_batch_add(out, p);
	}
	return true;
}

int tun_tx(struct gw_tun *t, const struct pkt *p)
{
	ssize_t n = write(t->fd, p->data, p->len);

	if (n != (ssize_t)p->len)
		return n < 0 ? -errno : -EIO;
	acct_add(t->id, ACCT_TX_PDU, 1);
	acct_add(t->id, ACCT_TX_OCTETS, p->len);
	return 0;
}

uint32_t tun_lookup(struct gw_tun *t, const struct pkt *p, unsigned int *reason)
{
	unsigned int version = p->len ? p->data[0] >> 4 : 0;

	*reason = DROP_TUN_NO_SESSION;
	if (version == 4 && p->len >= 20)
		return route_find(t->routes, AF_INET, p->data + 16);
	if (version == 6 && p->len >= 40)
		return route_find(t->routes, AF_INET6, p->data + 24);
	*reason = DROP_TUN_NOT_IP;
	return 0;
}
