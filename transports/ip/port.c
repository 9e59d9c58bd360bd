/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "transports/ip/port.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/acct.h"
#include "core/clock.h"
#include "core/log.h"
#include "transports/capture.h"
#include "transports/ip/sock.h"
#include "transports/ip/wire.h"

enum {
	/* Packets that wait for a full socket or device, of each socket; a power of two. */
	QUEUE_MAX = 512,
	/* So many places are kept for signalling. */
	QUEUE_CONTROL = 32,
	/* Octets of a datagram behind what a small packet holds. */
	SPILL_LEN = 65536,
	/* ICMP messages taken from a socket in one round. */
	ERRORS_MAX = 8,
	/* IKE of this length passes everywhere in one piece: 576 less IPv4, UDP and marker. */
	IKE_UNCUT_MAX = 576 - 20 - 8,
	/* Between two attempts: a socket buffer lasts longer on any line. */
	RETRY_NS = 1000 * 1000,
	/* IPv4's length field less IPv4, UDP and marker. */
	IP_MTU_MAX = 65535 - 20 - 8 - NON_ESP_MARKER_LEN,
};

struct ip_sock {
	int fd;
	enum ip_sock_kind kind;
	uint32_t head, tail; /* of queue, modulo QUEUE_MAX: next to send, next free */
	struct pkt *queue[QUEUE_MAX];
};

struct ip_port {
	struct link *link;
	bool ipv4;
	int epoll_fd;
	int complained; /* the last failure to open that was logged: not again every second */
	struct ip_sock sock[IP_SOCKS];

	/* The worker's from here; the control thread's while detached. */
	unsigned int turn; /* which of the ready sockets is first */
	int64_t retry_at;  /* a socket or device is full; 0 = none */
	struct pkt *armed[BATCH_MAX];
	uint8_t *spill; /* SPILL_LEN for each of a batch */
	struct mmsghdr rx_msg[BATCH_MAX];
	struct iovec rx_iov[BATCH_MAX][2];
	union ip_sockaddr rx_addr[BATCH_MAX];
	struct mmsghdr tx_msg[BATCH_MAX];
	struct iovec tx_iov[BATCH_MAX];
	union ip_sockaddr tx_addr[BATCH_MAX];
};

/* ---- life ---- */

static void vectors_init(struct ip_port *port)
{
	for (unsigned int i = 0; i < BATCH_MAX; i++) {
		struct msghdr *rx = &port->rx_msg[i].msg_hdr, *tx = &port->tx_msg[i].msg_hdr;

		rx->msg_name = &port->rx_addr[i];
		rx->msg_iov = port->rx_iov[i];
		rx->msg_iovlen = 2;
		port->rx_iov[i][1].iov_base = port->spill + (size_t)i * SPILL_LEN;
		port->rx_iov[i][1].iov_len = SPILL_LEN;
		tx->msg_name = &port->tx_addr[i];
		tx->msg_iov = &port->tx_iov[i];
		tx->msg_iovlen = 1;
	}
}

struct ip_port *ip_port_new(struct link *l)
{
	struct ip_port *port = calloc(1, sizeof(*port));

	if (!port)
		return NULL;
	port->link = l;
	port->ipv4 = endpoint_is_v4(&l->cfg.local);
	port->epoll_fd = -1;
	for (int k = 0; k < IP_SOCKS; k++)
		port->sock[k] = (struct ip_sock){ .fd = -1, .kind = (enum ip_sock_kind)k };
	/* Pages that no long datagram touches are never backed by memory. */
	port->spill = mmap(NULL, (size_t)BATCH_MAX * SPILL_LEN, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (port->spill == MAP_FAILED) {
		free(port);
		return NULL;
	}
	vectors_init(port);
	return port;
}

void ip_port_free(struct ip_port *port)
{
	if (!port)
		return;
	ip_port_close(port);
	munmap(port->spill, (size_t)BATCH_MAX * SPILL_LEN);
	free(port);
}

static void complain(struct ip_port *port, enum ip_sock_kind kind, int rc)
{
	static const char *const name[IP_SOCKS] = { [IP_SOCK_IKE] = "UDP port 500",
						    [IP_SOCK_NATT] = "UDP port 4500",
						    [IP_SOCK_ESP] = "IP protocol 50",
						    [IP_SOCK_L2TP] = "UDP port 1701" };
	const struct link *l = port->link;
	char addr[ENDPOINT_TEXT_MAX];
	const char *hint = "";

	if (rc == port->complained)
		return;
	if (rc == -EADDRINUSE)
		hint = "; another program has it, an IKE daemon perhaps: stop that";
	else if (rc == -EPERM || rc == -EACCES)
		hint = "; start vcgwd with CAP_NET_RAW and CAP_NET_BIND_SERVICE";
	port->complained = rc;
	endpoint_text(&l->cfg.local, addr, sizeof(addr));
	if (rc == -EADDRNOTAVAIL)
		LOGP(DLINK, LOGL_NOTICE, "%s: %s is no address of this host; waiting for it\n",
		     l->name, addr);
	else
		LOGP(DLINK, LOGL_ERROR, "%s: cannot have %s of %s: %s%s\n", l->name, name[kind],
		     addr, strerror(-rc), hint);
}

static int sock_open(struct ip_port *port, struct ip_sock *s)
{
	struct epoll_event ev = { .events = EPOLLIN, .data.ptr = s };

	if (s->kind == IP_SOCK_L2TP && !port->link->cfg.clear_l2tp)
		return 0;
	s->fd = ip_sock_open(&port->link->cfg.local, s->kind);
	if (s->fd < 0)
		return s->fd;
	return epoll_ctl(port->epoll_fd, EPOLL_CTL_ADD, s->fd, &ev) < 0 ? -errno : 0;
}

int ip_port_open(struct ip_port *port)
{
	port->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	if (port->epoll_fd < 0)
		return -errno;
	for (int k = 0; k < IP_SOCKS; k++) {
		int rc = sock_open(port, &port->sock[k]);

		if (rc < 0) {
			complain(port, (enum ip_sock_kind)k, rc);
			ip_port_close(port);
			return rc;
		}
	}
	port->complained = 0;
	return port->epoll_fd;
}

static void dequeue(struct ip_sock *s)
{
	pkt_free(s->queue[s->head++ % QUEUE_MAX]);
}

static struct pkt *first(const struct ip_sock *s)
{
	return s->queue[s->head % QUEUE_MAX];
}

static void drop_first(struct ip_sock *s)
{
	acct_add(first(s)->circuit, ACCT_TX_DROP, 1);
	dequeue(s);
}

void ip_port_close(struct ip_port *port)
{
	for (int k = 0; k < IP_SOCKS; k++) {
		struct ip_sock *s = &port->sock[k];

		while (s->head != s->tail)
			drop_first(s);
		if (s->fd >= 0)
			close(s->fd);
		s->fd = -1;
	}
	for (unsigned int i = 0; i < BATCH_MAX; i++) {
		pkt_free(port->armed[i]);
		port->armed[i] = NULL;
	}
	port->retry_at = 0;
	if (port->epoll_fd >= 0)
		close(port->epoll_fd);
	port->epoll_fd = -1;
}

int ip_circuit_add(struct circuit *c, uint32_t max_sdu)
{
	if (max_sdu != 0)
		return -EINVAL;
	c->mtu = IP_MTU_MAX;
	return 0;
}

void ip_mgmt_rx(struct link *l, const uint8_t *frame, size_t len)
{
	struct endpoint far;
	uint32_t mtu;

	if (ip_path_mtu_decode(frame, len, &far, &mtu) == 0)
		l->ops->path_mtu(l, &far, mtu);
}

static void tap(struct link *l, const struct pkt *p, bool sent)
{
	struct capture *cap = capture_of(l);
	uint8_t head[IP_HEADERS_MAX];

	if (cap)
		capture_put(
			cap, head,
			ip_headers(head, &l->cfg.local, &p->far, p->service, sent, p->data, p->len),
			p->data, p->len);
}

/* ---- receive ---- */

/* A datagram of len octets is in p, or began in it and went on in spill. \returns the packet that
 * holds all of it, NULL when there is no buffer: counted. */
static struct pkt *whole(struct link *l, struct pkt *p, const uint8_t *spill, uint32_t len)
{
	struct pkt *big;

	if (len <= PKT_SMALL_LEN) {
		pkt_put(p, len);
		return p;
	}
	big = pkt_alloc(pkt_pool_self(), len);
	if (big) {
		memcpy(pkt_put(big, len), p->data, PKT_SMALL_LEN);
		memcpy(big->data + PKT_SMALL_LEN, spill, len - PKT_SMALL_LEN);
	} else {
		acct_add(l->id, ACCT_RX_PDU, 1);
		drop_report(l->id, DROP_NO_BUFFER, p->data, PKT_SMALL_LEN);
	}
	pkt_free(p);
	return big;
}

static void take(struct ip_port *port, enum ip_sock_kind kind, unsigned int i,
		 struct pkt_batch *out)
{
	struct link *l = port->link;
	struct pkt *p =
		whole(l, port->armed[i], port->rx_iov[i][1].iov_base, port->rx_msg[i].msg_len);
	enum acct_ctr reason;

	port->armed[i] = NULL;
	if (!p)
		return;
	p->acct = l->id;
	ip_sockaddr_get(&port->rx_addr[i], &p->far);
	reason = ip_decode(p, kind, port->ipv4);
	if (reason == ACCT_RX_KEEPALIVE) {
		acct_add(l->id, ACCT_RX_KEEPALIVE, 1);
		pkt_free(p);
		return;
	}
	acct_add(l->id, ACCT_RX_PDU, 1);
	acct_add(l->id, ACCT_RX_OCTETS, p->len);
	if (reason) {
		drop_pkt(p, reason);
		return;
	}
	tap(l, p, false);
	pkt_batch_add(out, p);
}

/* Have packets to receive into. \returns how many of want there are. */
static unsigned int arm(struct ip_port *port, unsigned int want)
{
	for (unsigned int i = 0; i < want; i++) {
		if (!port->armed[i])
			port->armed[i] = pkt_alloc(pkt_pool_self(), PKT_SMALL_LEN);
		if (!port->armed[i])
			return i;
		port->rx_iov[i][0].iov_base = port->armed[i]->data;
		port->rx_iov[i][0].iov_len = PKT_SMALL_LEN;
		port->rx_msg[i].msg_hdr.msg_namelen = sizeof(port->rx_addr[i]);
	}
	return want;
}

/* No buffer: what arrived is lost here, as it would be a little later in the kernel. */
static void discard_one(struct ip_port *port, const struct ip_sock *s)
{
	ssize_t n = recv(s->fd, port->spill, SPILL_LEN, MSG_DONTWAIT);

	if (n < 0)
		return;
	acct_add(port->link->id, ACCT_RX_PDU, 1);
	acct_add(port->link->id, ACCT_RX_OCTETS, (uint64_t)n);
	drop_report(port->link->id, DROP_NO_BUFFER, port->spill, (size_t)n);
}

static void rx_sock(struct ip_port *port, const struct ip_sock *s, struct pkt_batch *out,
		    struct link_io *io)
{
	unsigned int want = arm(port, BATCH_MAX - out->n);
	int n;

	if (want == 0) {
		discard_one(port, s);
		return;
	}
	/* What ICMP said of an earlier packet is an error here, too; the next call goes on. */
	n = recvmmsg(s->fd, port->rx_msg, want, MSG_DONTWAIT, NULL);
	for (int i = 0; i < n; i++)
		take(port, s->kind, (unsigned int)i, out);
	if (n == (int)want)
		io->more = true;
}

static void give_path_mtu(struct link *l, const struct endpoint *far, uint32_t mtu,
			  struct pkt_batch *out)
{
	struct pkt *p = pkt_alloc(pkt_pool_self(), IP_PATH_MTU_LEN);

	acct_add(l->id, ACCT_RX_PDU, 1);
	if (!p) {
		drop_report(l->id, DROP_NO_BUFFER, NULL, 0);
		return;
	}
	ip_path_mtu_encode(pkt_put(p, IP_PATH_MTU_LEN), far, mtu);
	p->acct = l->id;
	p->control = true;
	pkt_batch_add(out, p);
}

/* A burst of packets that are too long has as many errors: one of them says it. */
static void rx_errors(struct link *l, const struct ip_sock *s, struct pkt_batch *out)
{
	struct endpoint far, last = { .port = 0 };
	uint32_t mtu, last_mtu = 0;
	size_t at;

	for (int i = 0; i < ERRORS_MAX && !pkt_batch_full(out); i++) {
		switch (ip_sock_error(s->fd, &far, &mtu)) {
		case IP_ERROR_NONE:
			return;
		case IP_ERROR_PATH_MTU:
			if (i && mtu == last_mtu && endpoint_same_addr(&far, &last))
				break;
			last = far;
			last_mtu = mtu;
			give_path_mtu(l, &far, mtu, out);
			break;
		case IP_ERROR_FAR:
			acct_add(l->id, ACCT_RX_PDU, 1);
			at = endpoint_is_v4(&far) ? 12 : 0;
			drop_report(l->id, DROP_IP_ICMP, far.addr + at, sizeof(far.addr) - at);
			break;
		case IP_ERROR_OTHER:
			break;
		}
	}
}

void ip_rx(struct link *l, struct pkt_batch *out, struct link_io *io)
{
	struct ip_port *port = l->port;
	struct epoll_event ev[IP_SOCKS];
	int n = epoll_wait(port->epoll_fd, ev, IP_SOCKS, 0);

	if (n <= 0)
		return;
	/* Another one first each time: a flood on one socket leaves the others their share. */
	port->turn++;
	for (int i = 0; i < n && !pkt_batch_full(out); i++) {
		const struct epoll_event *e = &ev[((unsigned int)i + port->turn) % (unsigned int)n];
		const struct ip_sock *s = e->data.ptr;

		if (e->events & EPOLLERR)
			rx_errors(l, s, out);
		if (!pkt_batch_full(out))
			rx_sock(port, s, out, io);
	}
	if (pkt_batch_full(out))
		io->more = true;
}

/* ---- transmit ---- */

/* IKE that may be longer than the way: IP has to cut it. On port 500 the socket says so. */
static bool to_cut(const struct pkt *p)
{
	return p->service == IP_IKE_NATT && p->len > IKE_UNCUT_MAX;
}

/* Vectors for the first packets of a queue. \returns how many. */
static unsigned int gather(struct ip_port *port, const struct ip_sock *s)
{
	uint32_t n = s->tail - s->head;

	for (uint32_t i = 0; i < n && i < BATCH_MAX; i++) {
		const struct pkt *p = s->queue[(s->head + i) % QUEUE_MAX];
		struct msghdr *m = &port->tx_msg[i].msg_hdr;

		if (i && to_cut(p))
			return i;
		port->tx_iov[i] = (struct iovec){ .iov_base = p->data, .iov_len = p->len };
		m->msg_namelen = ip_sockaddr_put(&port->tx_addr[i], &p->far);
		if (to_cut(p)) /* alone */
			return 1;
	}
	return n < BATCH_MAX ? n : BATCH_MAX;
}

static int send_first(struct ip_port *port, const struct ip_sock *s)
{
	unsigned int n = gather(port, s);
	bool cut = to_cut(first(s));
	int rc;

	if (cut)
		ip_sock_fragment(s->fd, port->ipv4, true);
	rc = sendmmsg(s->fd, port->tx_msg, n, MSG_DONTWAIT | MSG_NOSIGNAL);
	if (rc < 0)
		rc = -errno;
	if (cut)
		ip_sock_fragment(s->fd, port->ipv4, false);
	return rc;
}

static void sent(struct link *l, struct ip_sock *s, unsigned int n)
{
	for (; n; n--) {
		struct pkt *p = first(s);

		if (p->service == IP_IKE_NATT)
			pkt_pull(p, NON_ESP_MARKER_LEN);
		acct_add(p->circuit, ACCT_TX_PDU, 1);
		acct_add(p->circuit, ACCT_TX_OCTETS, p->len);
		tap(l, p, true);
		dequeue(s);
	}
}

static void send_queue(struct ip_port *port, struct ip_sock *s)
{
	bool again = false;

	while (s->head != s->tail) {
		int rc = send_first(port, s);

		if (rc > 0) {
			sent(port->link, s, (unsigned int)rc);
			again = false;
		} else if (rc == -EAGAIN || rc == -ENOBUFS || rc == -ENOMEM || rc == -EINTR) {
			port->retry_at = clock_ns() + RETRY_NS;
			return;
		} else if (!again) {
			/* What ICMP said of an earlier packet, perhaps to another peer, makes this
			 * call fail without sending: only the second error is this packet's. */
			again = true;
		} else {
			drop_first(s);
			again = false;
		}
	}
}

static bool fits(const struct ip_port *port, const struct ip_sock *s, const struct pkt *p)
{
	return s->fd >= 0 && p->len > 0 && endpoint_is_v4(&p->far) == port->ipv4 &&
	       (p->far.port != 0 || s->kind == IP_SOCK_ESP);
}

static bool has_room(struct ip_port *port, struct ip_sock *s, bool control)
{
	uint32_t limit = control ? QUEUE_MAX : QUEUE_MAX - QUEUE_CONTROL;

	if (s->tail - s->head >= limit && !port->retry_at)
		send_queue(port, s);
	return s->tail - s->head < limit;
}

static bool marked(struct pkt *p)
{
	uint8_t *marker;

	if (p->service != IP_IKE_NATT)
		return true;
	marker = pkt_push(p, NON_ESP_MARKER_LEN);
	if (marker)
		memset(marker, 0, NON_ESP_MARKER_LEN);
	return marker;
}

static void tx_one(struct ip_port *port, struct pkt *p)
{
	const struct circuit *c = p->obj;
	enum ip_sock_kind kind = ip_sock_of(p->service);
	struct ip_sock *s = kind < IP_SOCKS ? &port->sock[kind] : NULL;

	/* The packet may wait longer than the circuit lives: from here on its account's id. */
	p->circuit = c ? c->id : port->link->id;
	p->obj = NULL;
	if (s && fits(port, s, p) && has_room(port, s, p->control) && marked(p)) {
		s->queue[s->tail++ % QUEUE_MAX] = p;
		return;
	}
	acct_add(p->circuit, ACCT_TX_DROP, 1);
	pkt_free(p);
}

void ip_tx(struct link *l, struct pkt_batch *b, struct link_io *io)
{
	(void)io;
	for (unsigned int i = 0; i < b->n; i++)
		tx_one(l->port, b->pkt[i]);
	b->n = 0;
}

void ip_flush(struct link *l, struct link_io *io)
{
	struct ip_port *port = l->port;

	(void)io;
	for (int k = 0; k < IP_SOCKS && !port->retry_at; k++)
		send_queue(port, &port->sock[k]);
}

/* A full socket or device is waited for by time: an epoll fd tells nothing of writing, and that a
 * device has room again is told by nothing at all. */
int64_t ip_poll(struct link *l, int64_t now, struct link_io *io)
{
	struct ip_port *port = l->port;

	if (port->retry_at && port->retry_at <= now) {
		port->retry_at = 0;
		ip_flush(l, io);
	}
	return port->retry_at ? port->retry_at : INT64_MAX;
}
