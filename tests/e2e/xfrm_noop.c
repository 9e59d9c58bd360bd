/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * For LD_PRELOAD: a kernel's XFRM netlink that has no kernel behind it, so that an IKE daemon does
 * all of IKE where the kernel has no ESP. Every request is acknowledged and nothing is done;
 * XFRM_MSG_ALLOCSPI is answered with an SPI. Each SA that would have been installed becomes a line
 * in the file $XFRM_NOOP_SAS, algorithms by the names and keys as the kernel would get them (a GCM
 * key ends with its salt; "/128" are the bits of an ICV that is not the algorithm's usual one):
 *
 *   DESTINATION SPI ENCRYPTION KEY AUTHENTICATION KEY      "- -" where there is none
 *
 *   cc -shared -fPIC -o xfrm_noop.so xfrm_noop.c -ldl
 *
 * A netlink socket of this kind is one end of a pair; each request is served as it is sent.
 */

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <unistd.h>

#include <linux/netlink.h>
#include <linux/xfrm.h>

enum { FDS_MAX = 4096, REPLY_MAX = 1024 };

static int far_end[FDS_MAX]; /* of the pairs; 0 = this descriptor is not ours */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static int far_of(int fd)
{
	int far;

	pthread_mutex_lock(&lock);
	far = fd >= 0 && fd < FDS_MAX ? far_end[fd] : 0;
	pthread_mutex_unlock(&lock);
	return far;
}

static void answer(int far, const struct nlmsghdr *req, uint16_t type, const void *body, size_t len)
{
	uint8_t buf[REPLY_MAX] = { 0 };
	struct nlmsghdr h = { .nlmsg_len = (uint32_t)NLMSG_LENGTH(len),
			      .nlmsg_type = type,
			      .nlmsg_seq = req->nlmsg_seq,
			      .nlmsg_pid = (uint32_t)getpid() };

	memcpy(buf, &h, sizeof(h));
	memcpy(buf + NLMSG_HDRLEN, body, len);
	send(far, buf, NLMSG_ALIGN(h.nlmsg_len), MSG_NOSIGNAL);
}

static void acknowledge(int far, const struct nlmsghdr *req)
{
	struct nlmsgerr e = { .error = 0, .msg = *req };

	answer(far, req, NLMSG_ERROR, &e, sizeof(e));
}

static void put_hex(FILE *f, const char *key, unsigned int bits)
{
	fputc(' ', f);
	for (unsigned int i = 0; i < bits / 8; i++)
		fprintf(f, "%02x", (uint8_t)key[i]);
	if (!bits)
		fputc('-', f);
}

/* The attributes behind a fixed part of `fixed` octets: the one of this type with at least `min`
 * octets, or NULL. */
static const void *attr(const struct nlmsghdr *req, size_t fixed, uint16_t type, size_t min)
{
	size_t at = NLMSG_SPACE(fixed);

	while (at + sizeof(struct nlattr) <= req->nlmsg_len) {
		const struct nlattr *a = (const void *)((const uint8_t *)req + at);

		if (a->nla_len < NLA_HDRLEN || at + a->nla_len > req->nlmsg_len)
			break;
		if ((a->nla_type & NLA_TYPE_MASK) == type && a->nla_len >= NLA_HDRLEN + min)
			return (const uint8_t *)a + NLA_HDRLEN;
		at += NLA_ALIGN(a->nla_len);
	}
	return NULL;
}

static void write_sa(const struct nlmsghdr *req)
{
	const struct xfrm_usersa_info *sa = NLMSG_DATA(req);
	const struct xfrm_algo_aead *aead;
	const struct xfrm_algo_auth *trunc;
	const struct xfrm_algo *enc, *auth;
	const char *path = getenv("XFRM_NOOP_SAS");
	char dst[INET6_ADDRSTRLEN] = "?";
	FILE *f = path ? fopen(path, "a") : NULL;

	if (!f)
		return;
	aead = attr(req, sizeof(*sa), XFRMA_ALG_AEAD, sizeof(*aead));
	enc = attr(req, sizeof(*sa), XFRMA_ALG_CRYPT, sizeof(*enc));
	trunc = attr(req, sizeof(*sa), XFRMA_ALG_AUTH_TRUNC, sizeof(*trunc));
	auth = attr(req, sizeof(*sa), XFRMA_ALG_AUTH, sizeof(*auth));
	inet_ntop(sa->family, &sa->id.daddr, dst, sizeof(dst));
	fprintf(f, "%s 0x%08x", dst, ntohl(sa->id.spi));
	if (aead) {
		fprintf(f, " %s/%u", aead->alg_name, aead->alg_icv_len);
		put_hex(f, aead->alg_key, aead->alg_key_len);
	} else {
		fprintf(f, " %s", enc ? enc->alg_name : "-");
		put_hex(f, enc ? enc->alg_key : "", enc ? enc->alg_key_len : 0);
	}
	if (trunc) {
		fprintf(f, " %s/%u", trunc->alg_name, trunc->alg_trunc_len);
		put_hex(f, trunc->alg_key, trunc->alg_key_len);
	} else {
		fprintf(f, " %s", auth ? auth->alg_name : "-");
		put_hex(f, auth ? auth->alg_key : "", auth ? auth->alg_key_len : 0);
	}
	fputc('\n', f);
	fclose(f);
}

static void new_spi(int far, const struct nlmsghdr *req)
{
	const struct xfrm_userspi_info *want = NLMSG_DATA(req);
	struct xfrm_usersa_info sa = want->info;
	uint32_t spi = 0;

	if (getrandom(&spi, sizeof(spi), 0) != sizeof(spi) || want->max <= want->min)
		spi = 0;
	sa.id.spi = htonl(want->min + spi % (want->max - want->min));
	answer(far, req, XFRM_MSG_NEWSA, &sa, sizeof(sa));
}

static void serve(int far, const struct nlmsghdr *req)
{
	struct xfrm_userpolicy_info policy = { 0 };
	struct xfrm_usersa_info sa = { 0 };

	switch (req->nlmsg_type) {
	case XFRM_MSG_ALLOCSPI:
		new_spi(far, req);
		return;
	case XFRM_MSG_GETSA:
		sa.id = (struct xfrm_id){ .spi = ((struct xfrm_usersa_id *)NLMSG_DATA(req))->spi };
		answer(far, req, XFRM_MSG_NEWSA, &sa, sizeof(sa));
		return;
	case XFRM_MSG_GETPOLICY:
		answer(far, req, XFRM_MSG_NEWPOLICY, &policy, sizeof(policy));
		return;
	case XFRM_MSG_NEWSA:
	case XFRM_MSG_UPDSA:
		write_sa(req);
		/* fall through */
	default:
		acknowledge(far, req);
	}
}

/* ---- what stands in the way to the kernel ---- */

int socket(int domain, int type, int protocol)
{
	int (*next)(int, int, int) = dlsym(RTLD_NEXT, "socket");
	int pair[2];

	if (domain != AF_NETLINK || protocol != NETLINK_XFRM)
		return next(domain, type, protocol);
	if (socketpair(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0, pair) < 0)
		return -1;
	if (pair[0] >= FDS_MAX) {
		errno = EMFILE;
		return -1;
	}
	pthread_mutex_lock(&lock);
	far_end[pair[0]] = pair[1];
	pthread_mutex_unlock(&lock);
	return pair[0];
}

int bind(int fd, const struct sockaddr *addr, socklen_t len)
{
	int (*next)(int, const struct sockaddr *, socklen_t) = dlsym(RTLD_NEXT, "bind");

	return far_of(fd) ? 0 : next(fd, addr, len);
}

int close(int fd)
{
	int (*next)(int) = dlsym(RTLD_NEXT, "close");
	int far = far_of(fd);

	if (far) {
		pthread_mutex_lock(&lock);
		far_end[fd] = 0;
		pthread_mutex_unlock(&lock);
		next(far);
	}
	return next(fd);
}

ssize_t sendto(int fd, const void *buf, size_t len, int flags, const struct sockaddr *addr,
	       socklen_t addr_len)
{
	ssize_t (*next)(int, const void *, size_t, int, const struct sockaddr *, socklen_t) =
		dlsym(RTLD_NEXT, "sendto");
	const struct nlmsghdr *req = buf;
	int far = far_of(fd);

	if (!far)
		return next(fd, buf, len, flags, addr, addr_len);
	if (len < sizeof(*req) || req->nlmsg_len > len) {
		errno = EINVAL;
		return -1;
	}
	serve(far, req);
	return (ssize_t)len;
}

ssize_t recvfrom(int fd, void *buf, size_t len, int flags, struct sockaddr *addr,
		 socklen_t *addr_len)
{
	ssize_t (*next)(int, void *, size_t, int, struct sockaddr *, socklen_t *) =
		dlsym(RTLD_NEXT, "recvfrom");
	struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };
	ssize_t n;

	if (!far_of(fd))
		return next(fd, buf, len, flags, addr, addr_len);
	n = next(fd, buf, len, flags, NULL, NULL);
	if (n >= 0 && addr && addr_len && *addr_len >= sizeof(kernel)) {
		memcpy(addr, &kernel, sizeof(kernel));
		*addr_len = sizeof(kernel);
	}
	return n;
}
