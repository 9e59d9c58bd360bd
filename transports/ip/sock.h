/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* The sockets of an uplink address, with everything set on them that the link relies on. */

#include <stdbool.h>
#include <stdint.h>

#include <netinet/in.h>

#include "core/endpoint.h"
#include "transports/ip/wire.h"

union ip_sockaddr {
	struct sockaddr sa;
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
};

/*! \returns the length of what is in out. */
socklen_t ip_sockaddr_put(union ip_sockaddr *out, const struct endpoint *e);

/*! What the kernel says of a source or destination. */
void ip_sockaddr_get(const union ip_sockaddr *sa, struct endpoint *out);

/*! Open and bind one socket. Control thread. \returns the fd or -errno. */
int ip_sock_open(const struct endpoint *local, enum ip_sock_kind kind);

/*! Is the address one of this host's? Control thread. */
bool ip_addr_is_local(const struct endpoint *local);

/*! May packets to be sent by this socket be fragmented for a while? */
void ip_sock_fragment(int fd, bool ipv4, bool may);

enum ip_error {
	IP_ERROR_NONE,	   /*!< the queue is empty */
	IP_ERROR_PATH_MTU, /*!< far and mtu tell */
	IP_ERROR_FAR,	   /*!< ICMP says that far cannot be reached */
	IP_ERROR_OTHER,
};

/*! Take one from the error queue of a socket. */
enum ip_error ip_sock_error(int fd, struct endpoint *far, uint32_t *mtu);
