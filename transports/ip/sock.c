/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "transports/ip/sock.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <linux/errqueue.h>
#include <netinet/udp.h>

enum {
	/* 100 ms of 1 Gbit/s; what the kernel grants is what we get. */
	SOCKET_BUFFER = 12 << 20,
};

socklen_t ip_sockaddr_put(union ip_sockaddr *out, const struct endpoint *e)
{
	memset(out, 0, sizeof(*out));
	if (endpoint_is_v4(e)) {
		out->v4.sin_family = AF_INET;
		out->v4.sin_port = htons(e->port);
		memcpy(&out->v4.sin_addr, e->addr + 12, 4);
		return sizeof(out->v4);
	}
	out->v6.sin6_family = AF_INET6;
	out->v6.sin6_port = htons(e->port);
	memcpy(&out->v6.sin6_addr, e->addr, 16);
	return sizeof(out->v6);
}

void ip_sockaddr_get(const union ip_sockaddr *sa, struct endpoint *out)
{
	*out = (struct endpoint){ .port = 0 };
	if (sa->sa.sa_family == AF_INET) {
		out->addr[10] = 0xff;
		out->addr[11] = 0xff;
		memcpy(out->addr + 12, &sa->v4.sin_addr, 4);
		out->port = ntohs(sa->v4.sin_port);
	} else if (sa->sa.sa_family == AF_INET6) {
		memcpy(out->addr, &sa->v6.sin6_addr, 16);
		out->port = ntohs(sa->v6.sin6_port);
	}
}

static void grow_buffers(int fd)
{
	int size = SOCKET_BUFFER;

	if (setsockopt(fd, SOL_SOCKET, SO_SNDBUFFORCE, &size, sizeof(size)) < 0)
		setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof(size));
	if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size)) < 0)
		setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
}

static int set(int fd, int level, int name, int value)
{
	return setsockopt(fd, level, name, &value, sizeof(value)) < 0 ? -errno : 0;
}

/* DF on all, as IKE and ESP are of a size that we choose. PROBE and not DO: the kernel would refuse
 * by what any ICMP message made it believe, down to 552 octets; what is believed here is bounded.
 * IKE over UDP 500 is none of that: with certificates it is longer than any link, and to have IP
 * cut it is all it can do. */
static int set_fragmentation(int fd, bool ipv4, bool may)
{
	return ipv4 ? set(fd, IPPROTO_IP, IP_MTU_DISCOVER,
			  may ? IP_PMTUDISC_WANT : IP_PMTUDISC_PROBE)
		    : set(fd, IPPROTO_IPV6, IPV6_MTU_DISCOVER,
			  may ? IPV6_PMTUDISC_WANT : IPV6_PMTUDISC_PROBE);
}

void ip_sock_fragment(int fd, bool ipv4, bool may)
{
	set_fragmentation(fd, ipv4, may);
}

static int set_options(int fd, bool ipv4, enum ip_sock_kind kind)
{
	int rc = set_fragmentation(fd, ipv4, kind == IP_SOCK_IKE);

	if (rc == 0)
		rc = ipv4 ? set(fd, IPPROTO_IP, IP_RECVERR, 1)
			  : set(fd, IPPROTO_IPV6, IPV6_RECVERR, 1);
	if (rc == 0 && !ipv4 && kind != IP_SOCK_ESP)
		rc = set(fd, IPPROTO_IPV6, IPV6_V6ONLY, 1);
	/* RFC 3948 2.1 and 2.2: in IPv4 the checksum should be zero, for a NAT would have to mend
	 * it. IPv6 has no header checksum, and RFC 8200 8.1 demands this one. */
	if (rc == 0 && kind == IP_SOCK_NATT && ipv4)
		rc = set(fd, SOL_SOCKET, SO_NO_CHECK, 1);
	return rc;
}

static int bind_to(int fd, const struct endpoint *local, uint16_t port)
{
	struct endpoint e = *local;
	union ip_sockaddr sa;
	socklen_t len;

	e.port = port;
	len = ip_sockaddr_put(&sa, &e);
	return bind(fd, &sa.sa, len) < 0 ? -errno : 0;
}

int ip_sock_open(const struct endpoint *local, enum ip_sock_kind kind)
{
	static const uint16_t port[IP_SOCKS] = { [IP_SOCK_IKE] = IP_PORT_IKE,
						 [IP_SOCK_NATT] = IP_PORT_NATT,
						 [IP_SOCK_L2TP] = IP_PORT_L2TP };
	bool ipv4 = endpoint_is_v4(local), raw = kind == IP_SOCK_ESP;
	int fd = socket(ipv4 ? AF_INET : AF_INET6,
			(raw ? SOCK_RAW : SOCK_DGRAM) | SOCK_NONBLOCK | SOCK_CLOEXEC,
			raw ? IP_PROTO_ESP : 0);
	int rc;

	if (fd < 0)
		return -errno;
	grow_buffers(fd);
	rc = set_options(fd, ipv4, kind);
	if (rc == 0)
		rc = bind_to(fd, local, port[kind]);
	if (rc == 0)
		return fd;
	close(fd);
	return rc;
}

bool ip_addr_is_local(const struct endpoint *local)
{
	int fd = socket(endpoint_is_v4(local) ? AF_INET : AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	int rc;

	if (fd < 0)
		return true; /* we cannot tell: what works goes on */
	rc = bind_to(fd, local, 0);
	close(fd);
	return rc != -EADDRNOTAVAIL;
}

/* ---- errors ---- */

static const struct sock_extended_err *find_err(struct msghdr *m)
{
	for (struct cmsghdr *c = CMSG_FIRSTHDR(m); c; c = CMSG_NXTHDR(m, c))
		if ((c->cmsg_level == IPPROTO_IP && c->cmsg_type == IP_RECVERR) ||
		    (c->cmsg_level == IPPROTO_IPV6 && c->cmsg_type == IPV6_RECVERR))
			return (const struct sock_extended_err *)(const void *)CMSG_DATA(c);
	return NULL;
}

enum ip_error ip_sock_error(int fd, struct endpoint *far, uint32_t *mtu)
{
	_Alignas(struct cmsghdr) uint8_t control[512];
	union ip_sockaddr sa = { .sa.sa_family = AF_UNSPEC };
	struct msghdr m = {
		.msg_name = &sa,
		.msg_namelen = sizeof(sa),
		.msg_control = control,
		.msg_controllen = sizeof(control),
	};
	const struct sock_extended_err *e;

	if (recvmsg(fd, &m, MSG_ERRQUEUE | MSG_DONTWAIT) < 0)
		return IP_ERROR_NONE;
	e = find_err(&m);
	ip_sockaddr_get(&sa, far);
	far->port = 0;
	if (!e || sa.sa.sa_family == AF_UNSPEC)
		return IP_ERROR_OTHER;
	*mtu = e->ee_info;
	if (e->ee_errno == EMSGSIZE)
		return IP_ERROR_PATH_MTU;
	return e->ee_origin == SO_EE_ORIGIN_LOCAL ? IP_ERROR_OTHER : IP_ERROR_FAR;
}
