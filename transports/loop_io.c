/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "transports/loop_io.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <osmocom/core/select.h>
#include <osmocom/core/timer.h>
#include <osmocom/core/utils.h>

#include "core/cursor.h"
#include "core/log.h"

enum {
	RETRY_USEC = 200 * 1000,
	HELLO_SEC = 5, /* to say what one is */
	SOCKET_BUFFER = 4 << 20,
	HELLO_VERSION = 1,
	HELLO_LEN = 8,
};

/* Octets: magic (4), version, medium, 2 reserved (zero, ignored on receipt). */
static const uint8_t hello_magic[4] = { 'v', 'c', 'g', 'w' };

struct loop_io {
	struct unit_wire wire;
	struct link *link;
	void (*fresh)(struct link *l);
	bool started;
	struct osmo_fd listener;
	struct osmo_fd conn; /* until both said hello; then the worker polls its fd */
	struct osmo_timer_list timer;
	bool up;		/* conn.fd carries the link */
	const char *complained; /* the last failure that was logged: not again every 200 ms */
};

static void begin(struct loop_io *io);

static const char *medium_name(unsigned int medium)
{
	switch (medium) {
	case MEDIUM_ATM:
		return "ATM";
	case MEDIUM_FR:
		return "Frame Relay";
	default:
		return "unknown";
	}
}

/* Log a failure of the attempts to get carrier once, until another one takes its place. */
#define COMPLAIN(io, why, fmt, args...)                                                            \
	do {                                                                                       \
		if ((io)->complained != (why))                                                     \
			LOGP(DLINK, LOGL_NOTICE, "%s: " fmt "\n", (io)->link->name, ##args);       \
		(io)->complained = (why);                                                          \
	} while (0)

/* ---- the wire, for the worker ---- */

static int wire_send(struct unit_wire *w, const uint8_t *msg, uint32_t len)
{
	struct loop_io *io = container_of(w, struct loop_io, wire);
	ssize_t rc = send(io->conn.fd, msg, len, MSG_DONTWAIT | MSG_NOSIGNAL);

	if (rc >= 0)
		return 0;
	/* ENOBUFS and ENOMEM pass like a full socket does. */
	return errno == EWOULDBLOCK || errno == ENOBUFS || errno == ENOMEM || errno == EINTR
		       ? -EAGAIN
		       : -errno;
}

static int wire_recv(struct unit_wire *w, uint8_t *msg, uint32_t size)
{
	struct loop_io *io = container_of(w, struct loop_io, wire);
	ssize_t rc = recv(io->conn.fd, msg, size, MSG_DONTWAIT | MSG_TRUNC);

	if (rc < 0)
		return errno == EINTR || errno == EWOULDBLOCK ? -EAGAIN : -errno;
	if (rc == 0) /* the end: nobody sends empty messages */
		return -EPIPE;
	return (size_t)rc > size ? -EMSGSIZE : (int)rc;
}

/* ---- the connection, before and after it carries the link ---- */

/* Large enough for a burst; what the kernel grants is what we get. */
static void grow_buffers(int fd)
{
	int size = SOCKET_BUFFER;

	if (setsockopt(fd, SOL_SOCKET, SO_SNDBUFFORCE, &size, sizeof(size)) < 0)
		setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof(size));
	if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size)) < 0)
		setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
}

/* Close what there is. The caller says what comes next. */
static void conn_close(struct loop_io *io)
{
	osmo_timer_del(&io->timer);
	if (io->up) {
		io->up = false;
		link_carrier_down(io->link); /* the worker lets go of the fd */
	} else if (osmo_fd_is_registered(&io->conn)) {
		osmo_fd_unregister(&io->conn);
	}
	if (io->conn.fd >= 0)
		close(io->conn.fd);
	io->conn.fd = -1;
}

static void retry_later(struct loop_io *io)
{
	conn_close(io);
	if (!io->link->cfg.listen)
		osmo_timer_schedule(&io->timer, 0, RETRY_USEC);
}

static bool hello_send(struct loop_io *io)
{
	uint8_t buf[HELLO_LEN];
	struct wr w = wr_init(buf, sizeof(buf));

	wr_bytes(&w, hello_magic, sizeof(hello_magic));
	wr_u8(&w, HELLO_VERSION);
	wr_u8(&w, (uint8_t)io->link->cfg.medium);
	wr_zero(&w, 2);
	return send(io->conn.fd, buf, w.len, MSG_DONTWAIT | MSG_NOSIGNAL) == (ssize_t)w.len;
}

/* \returns whether the other end is one that we can be joined to. */
static bool hello_check(struct loop_io *io, const uint8_t *buf, size_t len)
{
	static const char not_ours[] = "hello", other_version[] = "version",
			  other_medium[] = "medium";
	const enum medium own = io->link->cfg.medium;
	struct rd r = rd_init(buf, len);
	uint8_t magic[sizeof(hello_magic)], version, medium;

	rd_copy(&r, magic, sizeof(magic));
	version = rd_u8(&r);
	medium = rd_u8(&r);
	rd_bytes(&r, 2);
	if (!rd_done(&r) || memcmp(magic, hello_magic, sizeof(magic)) != 0) {
		COMPLAIN(io, not_ours, "%s: the other end is not a loop link; refused",
			 io->link->cfg.socket_path);
		return false;
	}
	if (version != HELLO_VERSION) {
		COMPLAIN(io, other_version,
			 "%s: the other end speaks version %u of the loop, this one %u; refused",
			 io->link->cfg.socket_path, version, HELLO_VERSION);
		return false;
	}
	if (medium != (uint8_t)own) {
		COMPLAIN(io, other_medium,
			 "%s: the other end is a link of medium %s, this one is %s; refused",
			 io->link->cfg.socket_path, medium_name(medium), medium_name(own));
		return false;
	}
	return true;
}

static int conn_readable(struct osmo_fd *fd, unsigned int what)
{
	static const char hung_up[] = "hung up";
	struct loop_io *io = fd->data;
	uint8_t buf[64];
	ssize_t rc;

	(void)what;
	rc = recv(fd->fd, buf, sizeof(buf), MSG_DONTWAIT);
	if (rc < 0 && (errno == EWOULDBLOCK || errno == EINTR))
		return 0;
	if (rc <= 0) /* the end without a hello */
		COMPLAIN(io, hung_up, "%s: the other end hung up: it is joined to another link",
			 io->link->cfg.socket_path);
	if (rc <= 0 || !hello_check(io, buf, (size_t)rc)) {
		retry_later(io);
		return 0;
	}
	osmo_timer_del(&io->timer);
	osmo_fd_unregister(fd);
	io->complained = NULL;
	io->up = true;
	io->fresh(io->link);
	link_carrier_up(io->link, fd->fd);
	return 0;
}

/* A connected socket: say hello and wait for the other's. */
static void conn_begin(struct loop_io *io, int sock)
{
	grow_buffers(sock);
	osmo_fd_setup(&io->conn, sock, OSMO_FD_READ, conn_readable, io, 0);
	if (osmo_fd_register(&io->conn) < 0 || !hello_send(io)) {
		retry_later(io);
		return;
	}
	osmo_timer_schedule(&io->timer, HELLO_SEC, 0);
}

static void timer_fired(void *data)
{
	struct loop_io *io = data;
	static const char silent[] = "silent";

	if (io->conn.fd >= 0) {
		COMPLAIN(io, silent, "%s: the other end does not say what it is",
			 io->link->cfg.socket_path);
		retry_later(io);
		return;
	}
	begin(io);
}

static void address_of(const struct loop_io *io, struct sockaddr_un *sun)
{
	memset(sun, 0, sizeof(*sun));
	sun->sun_family = AF_UNIX;
	osmo_strlcpy(sun->sun_path, io->link->cfg.socket_path, sizeof(sun->sun_path));
}

/* ---- the end that connects ---- */

static void begin(struct loop_io *io)
{
	static const char refused[] = "connect";
	struct sockaddr_un sun;
	int sock = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	address_of(io, &sun);
	if (sock >= 0 && connect(sock, (struct sockaddr *)&sun, sizeof(sun)) == 0) {
		conn_begin(io, sock);
		return;
	}
	COMPLAIN(io, refused, "cannot connect to %s: %s; trying again", sun.sun_path,
		 strerror(errno));
	if (sock >= 0)
		close(sock);
	retry_later(io);
}

/* ---- the end that listens ---- */

/* Has the other end gone, though the worker has not said so yet? */
static bool conn_dead(const struct loop_io *io)
{
	struct pollfd p = { .fd = io->conn.fd, .events = POLLRDHUP };

	return poll(&p, 1, 0) > 0 && (p.revents & (POLLRDHUP | POLLHUP | POLLERR));
}

static int listener_readable(struct osmo_fd *fd, unsigned int what)
{
	static const char taken[] = "taken";
	struct loop_io *io = fd->data;
	int sock = accept4(fd->fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);

	(void)what;
	if (sock < 0)
		return 0;
	if (io->conn.fd >= 0 && !conn_dead(io)) {
		COMPLAIN(io, taken, "%s: a second link wants to be joined; refused",
			 io->link->cfg.socket_path);
		close(sock);
		return 0;
	}
	conn_close(io);
	conn_begin(io, sock);
	return 0;
}

/* A socket file that nobody listens on any more is in the way: remove that, and nothing else. */
static int remove_stale(const struct sockaddr_un *sun)
{
	struct stat st;
	int sock, rc;

	if (lstat(sun->sun_path, &st) < 0)
		return errno == ENOENT ? 0 : -errno;
	if (!S_ISSOCK(st.st_mode))
		return -EEXIST;
	sock = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (sock < 0)
		return -errno;
	rc = connect(sock, (const struct sockaddr *)sun, sizeof(*sun)) == 0 ? 0 : errno;
	close(sock);
	if (rc != ECONNREFUSED)
		return -EADDRINUSE;
	return unlink(sun->sun_path) < 0 ? -errno : 0;
}

static int listener_open(struct loop_io *io)
{
	struct sockaddr_un sun;
	mode_t old;
	int sock, rc;

	address_of(io, &sun);
	rc = remove_stale(&sun);
	if (rc < 0)
		goto fail;
	sock = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (sock < 0) {
		rc = -errno;
		goto fail;
	}
	old = umask(0177); /* mode 0600 from the first moment on */
	rc = bind(sock, (struct sockaddr *)&sun, sizeof(sun)) < 0 ? -errno : 0;
	umask(old);
	if (rc == 0 && listen(sock, 4) < 0)
		rc = -errno;
	osmo_fd_setup(&io->listener, sock, OSMO_FD_READ, listener_readable, io, 0);
	if (rc == 0)
		rc = osmo_fd_register(&io->listener);
	if (rc == 0)
		return 0;
	close(sock);
	io->listener.fd = -1;
fail:
	LOGP(DLINK, LOGL_ERROR, "%s: cannot listen on %s: %s\n", io->link->name, sun.sun_path,
	     strerror(-rc));
	return rc;
}

static void listener_close(struct loop_io *io)
{
	if (io->listener.fd < 0)
		return;
	unlink(io->link->cfg.socket_path);
	osmo_fd_unregister(&io->listener);
	close(io->listener.fd);
	io->listener.fd = -1;
}

/* ---- life ---- */

struct loop_io *loop_io_new(struct link *l, void (*fresh)(struct link *l))
{
	struct loop_io *io = calloc(1, sizeof(*io));

	if (!io)
		return NULL;
	io->wire.send = wire_send;
	io->wire.recv = wire_recv;
	io->link = l;
	io->fresh = fresh;
	io->listener.fd = -1;
	io->conn.fd = -1;
	osmo_timer_setup(&io->timer, timer_fired, io);
	return io;
}

struct unit_wire *loop_io_wire(struct loop_io *io)
{
	return &io->wire;
}

int loop_io_start(struct loop_io *io)
{
	int rc = 0;

	if (io->started)
		return 0;
	io->complained = NULL;
	if (io->link->cfg.listen)
		rc = listener_open(io);
	else
		begin(io);
	io->started = rc == 0;
	return rc;
}

void loop_io_stop(struct loop_io *io)
{
	if (!io->started)
		return;
	io->started = false;
	conn_close(io);
	listener_close(io);
}

void loop_io_lost(struct loop_io *io)
{
	/* The worker's word may come late, when the connection is closed already. */
	if (io->started && io->up)
		retry_later(io);
}

void loop_io_free(struct loop_io *io)
{
	if (!io)
		return;
	loop_io_stop(io);
	free(io);
}
