/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * A network namespace of the test's own, in which only `lo` is, with addresses for two uplinks of
 * each family. All of 127.0.0.0/8 is the host's; IPv6 addresses are added.
 */

#include <arpa/inet.h>
#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <linux/ipv6.h>

static inline void ip_rig_write(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	if (fd < 0)
		return;
	if (write(fd, text, strlen(text)) < 0)
		perror(path);
	close(fd);
}

/*! Root needs no user namespace; others become root in one. */
static inline int ip_rig_unshare(void)
{
	char map[32];
	uid_t uid = getuid();

	if (unshare(CLONE_NEWNET) == 0)
		return 0;
	if (unshare(CLONE_NEWUSER | CLONE_NEWNET) < 0)
		return -1;
	snprintf(map, sizeof(map), "0 %u 1", (unsigned int)uid);
	ip_rig_write("/proc/self/uid_map", map);
	return 0;
}

/*! Add (or, with SIOCDIFADDR, take) an address of lo; a little later it can be used. */
static inline int ip_rig_addr6(unsigned long request, const char *text)
{
	struct in6_ifreq r = { .ifr6_prefixlen = 128, .ifr6_ifindex = 1 };
	int fd = socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0), rc;

	inet_pton(AF_INET6, text, &r.ifr6_addr);
	rc = ioctl(fd, request, &r);
	close(fd);
	return rc;
}

static inline int ip_rig_lo(short flags, int mtu)
{
	struct ifreq r = { .ifr_name = "lo", .ifr_flags = flags };
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), rc;

	rc = ioctl(fd, SIOCSIFFLAGS, &r);
	r.ifr_mtu = mtu;
	if (rc == 0)
		rc = ioctl(fd, SIOCSIFMTU, &r);
	close(fd);
	return rc;
}

/*! Add an address and wait until it can be used. */
static inline bool ip_rig_have6(const char *text)
{
	struct sockaddr_in6 sa = { .sin6_family = AF_INET6 };
	int fd = socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0), rc = -1;

	inet_pton(AF_INET6, text, &sa.sin6_addr);
	if (ip_rig_addr6(SIOCSIFADDR, text) == 0)
		for (int i = 0; i < 1000 && rc < 0; i++) {
			usleep(1000);
			rc = bind(fd, (struct sockaddr *)&sa, sizeof(sa));
		}
	close(fd);
	return rc == 0;
}

/*! In a namespace with raw sockets, or the test ends as skipped. Before any thread. */
static inline void ip_rig_enter(void)
{
	int fd;

	if (ip_rig_unshare() < 0 || ip_rig_lo(IFF_UP, 65536) < 0 || !ip_rig_have6("fd00::1") ||
	    !ip_rig_have6("fd00::2") || !ip_rig_have6("fd00::9")) {
		printf("SKIP no network namespace with IPv6 for the test\n");
		exit(77);
	}
	fd = socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_ICMP);
	if (fd < 0) {
		printf("SKIP no raw sockets\n");
		exit(77);
	}
	close(fd);
}
