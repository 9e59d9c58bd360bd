/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * One IKE peer over a real UDP socket, with an SA database that only writes down what it is told:
 * so that a foreign IKEv1 implementation can be held against ours without ESP in the kernel.
 *
 *   ike_over_udp [-a LOCAL] [-p PORT] [-r REMOTE] [-P PORT] [-k PSK] [-i OUR-FQDN] [-I PEER-FQDN]
 *                [-s PHASE1] [-e ESP-SUITE] [-g PFS-GROUP] [-n NEXT-HEADER] [-t SECONDS]
 *                [-R SECONDS (rekey both phases then)] [-w (only answer)]
 *                [-A accept|initiate (Aggressive Mode)]
 *                [-N auto|force (as on the uplink: L2TP between addresses, NAT traversal)]
 *
 * Ends after -t seconds with 0 when an IKE SA is established then, 3 when also ESP SAs are; else 1.
 */

#include <arpa/inet.h>
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <openssl/rand.h>
#include <osmocom/core/application.h>
#include <osmocom/core/select.h>
#include <osmocom/core/timer.h>

#include "core/log.h"
#include "ipsec/ike/ike.h"

enum { RX_MAX = 65535 };

struct opts {
	struct sockaddr_in local, remote;
	const char *psk, *id, *peer_id, *suite, *esp, *pfs;
	int next_header, seconds, rekey;
	bool wait, ip;
	enum ike_natt natt;
	enum ike_aggressive aggressive;
};

enum { PORT_NATT = 4500, MARKER_LEN = 4 };

static struct osmo_fd ofd, ofd_natt;
static struct ike_peer *peer;
static struct opts opts;

static struct sockaddr_in to_sockaddr(const struct endpoint *e)
{
	struct sockaddr_in sin = { .sin_family = AF_INET, .sin_port = htons(e->port) };
	size_t len;

	memcpy(&sin.sin_addr, endpoint_octets(e, &len), sizeof(sin.sin_addr));
	return sin;
}

static struct endpoint to_endpoint(const struct sockaddr_in *sin)
{
	struct endpoint e;

	endpoint_from_octets((const uint8_t *)&sin->sin_addr, sizeof(sin->sin_addr), &e);
	e.port = ntohs(sin->sin_port);
	return e;
}

static int send_ike(struct ipsec_path *path, const struct ipsec_at *at, const uint8_t *msg,
		    size_t len)
{
	static uint8_t buf[MARKER_LEN + RX_MAX]; /* zeros first (RFC 3948 2.2) */
	struct sockaddr_in to = path->ip ? to_sockaddr(&at->remote) : opts.remote;
	bool natt = path->ip && at->local.port == PORT_NATT;
	size_t skip = natt ? 0 : MARKER_LEN;

	if (len > RX_MAX)
		return -EMSGSIZE;
	memcpy(buf + MARKER_LEN, msg, len);
	return sendto(natt ? ofd_natt.fd : ofd.fd, buf + skip, MARKER_LEN + len - skip, 0,
		      (struct sockaddr *)&to, sizeof(to)) < 0
		       ? -errno
		       : 0;
}

static void send_keepalive(struct ipsec_path *path, const struct ipsec_at *at)
{
	struct sockaddr_in to = to_sockaddr(&at->remote);

	(void)path;
	printf("KEEPALIVE %zd\n",
	       sendto(ofd_natt.fd, "\xff", 1, 0, (struct sockaddr *)&to, sizeof(to)));
}

static uint32_t spi_reserve(void *priv)
{
	uint32_t spi;

	(void)priv;
	return RAND_bytes((uint8_t *)&spi, sizeof(spi)) == 1 ? spi | 0x10000 : 0;
}

static void spi_release(void *priv, uint32_t spi)
{
	(void)priv, (void)spi;
}

static void print_way(enum sa_dir dir, const struct sa_ip *ip)
{
	char a[ENDPOINT_TEXT_MAX], b[ENDPOINT_TEXT_MAX];

	printf("WAY %s %s %s-%s natted %d inner ports %u %u\n", dir == SA_IN ? "in" : "out",
	       ip->udp_encap ? "udp" : "esp", endpoint_text(&ip->local, a, sizeof(a)),
	       endpoint_text(&ip->remote, b, sizeof(b)), ip->natted, ip->local_port, ip->peer_port);
}

static void sa_move_(void *priv, struct ipsec_path *path, enum sa_dir dir, uint32_t spi,
		     const struct sa_ip *ip)
{
	(void)priv, (void)path, (void)spi;
	print_way(dir, ip);
}

/* The keys are the point of this program: a test compares them with the other end's. */
static int sa_add(void *priv, struct ipsec_path *path, const struct sa_params *p)
{
	(void)priv, (void)path;
	printf("ADD %s 0x%08x %s next-header %u key ", p->dir == SA_IN ? "in" : "out", p->spi,
	       p->suite->name, p->next_header);
	for (uint32_t i = 0; i < esp_suite_keymat_len(p->suite); i++)
		printf("%02x", p->keymat[i]);
	printf("\n");
	if (p->ip)
		print_way(p->dir, p->ip);
	return 0;
}

static void sa_del(void *priv, struct ipsec_path *path, enum sa_dir dir, uint32_t spi)
{
	(void)priv, (void)path;
	printf("DEL %s 0x%08x\n", dir == SA_IN ? "in" : "out", spi);
}

static uint64_t sa_packets(void *priv, struct ipsec_path *path, enum sa_dir dir, uint32_t spi)
{
	(void)priv, (void)path, (void)dir, (void)spi;
	return 0;
}

static void event_cb(void *priv, struct ike_peer *p, enum ike_peer_event ev)
{
	static const char *const names[] = { "UP", "DOWN", "INIT_CONTACT" };

	(void)priv, (void)p;
	printf("EVENT %s\n", names[ev]);
}

static int rx_cb(struct osmo_fd *fd, unsigned int what)
{
	static uint8_t buf[RX_MAX];
	static const uint8_t marker[MARKER_LEN];
	struct sockaddr_in from;
	socklen_t from_len = sizeof(from);
	ssize_t n = recvfrom(fd->fd, buf, sizeof(buf), 0, (struct sockaddr *)&from, &from_len);
	struct ipsec_at at = { .local = to_endpoint(&opts.local) };

	(void)what;
	if (n < 0)
		return 0;
	at.remote = to_endpoint(&from);
	if (fd == &ofd) {
		ike_peer_rx(peer, opts.ip ? &at : NULL, buf, (size_t)n);
		return 0;
	}
	at.local.port = PORT_NATT;
	if (n > MARKER_LEN && memcmp(buf, marker, MARKER_LEN) == 0)
		ike_peer_rx(peer, &at, buf + MARKER_LEN, (size_t)n - MARKER_LEN);
	return 0;
}

static int open_port(struct osmo_fd *fd, uint16_t port)
{
	struct sockaddr_in at = opts.local;

	at.sin_port = htons(port);
	osmo_fd_setup(fd, socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), OSMO_FD_READ, rx_cb, NULL,
		      0);
	if (fd->fd < 0 || bind(fd->fd, (struct sockaddr *)&at, sizeof(at)) < 0)
		return -errno;
	return osmo_fd_register(fd);
}

static void rekey_cb(void *data)
{
	(void)data;
	printf("REKEY %d\n", ike_peer_rekey(peer, true));
}

static int established(void)
{
	struct ike_sa_info sa[16];
	unsigned int n = ike_peer_sas(peer, sa, 16), up = 0;

	for (unsigned int i = 0; i < n && i < 16; i++) {
		printf("IKE %s %s peer %s\n", sa[i].state,
		       sa[i].initiator ? "initiator" : "responder", sa[i].remote_id);
		printf("NAT here %d there %d\n", sa[i].nat_here, sa[i].nat_there);
		up += strcmp(sa[i].state, "ESTABLISHED") == 0;
	}
	return up > 0;
}

static int set_id(struct ike_id *id, const char *name)
{
	if (!name)
		return 0;
	if (strlen(name) > IKE_ID_MAX)
		return -EINVAL;
	id->type = IKE_ID_FQDN;
	id->len = (uint8_t)strlen(name);
	memcpy(id->data, name, id->len);
	return 0;
}

static int configure(struct ike_profile *p, struct ike_peer_cfg *cfg)
{
	int group = opts.pfs ? ike_group_by_name(opts.pfs) : 0;

	ike_profile_init(p);
	if (opts.suite) {
		p->n_p1 = 1;
		if (ike_p1_suite_parse(opts.suite, &p->p1[0]) < 0)
			return -EINVAL;
	}
	if (opts.esp) {
		p->n_esp = 1;
		p->esp[0] = esp_suite_by_name(opts.esp);
	}
	if (group < 0 || !p->esp[0])
		return -EINVAL;
	p->pfs_group = (uint16_t)group;
	p->natt = opts.natt;
	p->aggressive = opts.aggressive;
	*cfg = (struct ike_peer_cfg){ .profile = p,
				      .psk = (const uint8_t *)opts.psk,
				      .psk_len = strlen(opts.psk),
				      .next_header = (uint8_t)opts.next_header,
				      .local_port = 1701,
				      .peer_port = 1701,
				      .initiate = !opts.wait };
	return set_id(&cfg->local, opts.id) < 0 || set_id(&cfg->remote, opts.peer_id) < 0 ? -EINVAL
											  : 0;
}

static int parse(int argc, char **argv)
{
	int c;

	opts = (struct opts){ .psk = "secret", .id = "vcgw", .next_header = 115, .seconds = 5 };
	opts.local.sin_family = opts.remote.sin_family = AF_INET;
	opts.local.sin_port = opts.remote.sin_port = htons(500);
	while ((c = getopt(argc, argv, "a:p:r:P:k:i:I:s:e:g:n:t:R:wN:A:")) != -1) {
		switch (c) {
		case 'a':
		case 'r':
			if (inet_pton(AF_INET, optarg,
				      c == 'a' ? &opts.local.sin_addr : &opts.remote.sin_addr) != 1)
				return -EINVAL;
			break;
		case 'p':
			opts.local.sin_port = htons((uint16_t)atoi(optarg));
			break;
		case 'P':
			opts.remote.sin_port = htons((uint16_t)atoi(optarg));
			break;
		case 'k':
			opts.psk = optarg;
			break;
		case 'i':
			opts.id = optarg;
			break;
		case 'I':
			opts.peer_id = optarg;
			break;
		case 's':
			opts.suite = optarg;
			break;
		case 'e':
			opts.esp = optarg;
			break;
		case 'g':
			opts.pfs = optarg;
			break;
		case 'n':
			opts.next_header = atoi(optarg);
			break;
		case 't':
			opts.seconds = atoi(optarg);
			break;
		case 'R':
			opts.rekey = atoi(optarg);
			break;
		case 'w':
			opts.wait = true;
			break;
		case 'A':
			opts.aggressive = strcmp(optarg, "initiate") == 0 ? IKE_AGGRESSIVE_INITIATE
									  : IKE_AGGRESSIVE_ACCEPT;
			break;
		case 'N':
			opts.ip = true;
			opts.natt = strcmp(optarg, "force") == 0 ? IKE_NATT_FORCE : IKE_NATT_AUTO;
			break;
		default:
			return -EINVAL;
		}
	}
	return 0;
}

static void stop_cb(void *data)
{
	*(bool *)data = true;
}

int main(int argc, char **argv)
{
	static const struct ike_sadb_ops sadb = {
		.spi_reserve = spi_reserve,
		.spi_release = spi_release,
		.add = sa_add,
		.del = sa_del,
		.packets = sa_packets,
		.move = sa_move_,
	};
	static const struct ipsec_path_ops ops = { .send_ike = send_ike,
						   .send_keepalive = send_keepalive };
	struct ipsec_path path = { .ops = &ops, .name = "udp", .id = 1, .mtu = 1500 };
	static struct osmo_timer_list stop, rekey;
	struct ike_peer_cfg cfg;
	struct ike_profile profile;
	struct ike *ike;
	bool over = false;
	int rc;

	osmo_init_logging2(NULL, &vcgw_log_info);
	setvbuf(stdout, NULL, _IOLBF, 0);
	if (parse(argc, argv) < 0 || configure(&profile, &cfg) < 0) {
		fprintf(stderr, "bad option: see the top of ike_over_udp.c\n");
		return 2;
	}
	if (open_port(&ofd, ntohs(opts.local.sin_port)) < 0 ||
	    (opts.ip && open_port(&ofd_natt, PORT_NATT) < 0)) {
		perror("socket");
		return 2;
	}
	path.ip = opts.ip;
	path.at = (struct ipsec_at){ to_endpoint(&opts.local), to_endpoint(&opts.remote) };
	if (ike_new(&ike, 1, &sadb, NULL) < 0 ||
	    ike_peer_new(&peer, ike, &cfg, &path, event_cb, NULL) < 0)
		return 2;
	ike_peer_path_state(peer, true);
	osmo_timer_setup(&stop, stop_cb, &over);
	osmo_timer_schedule(&stop, opts.seconds, 0);
	osmo_timer_setup(&rekey, rekey_cb, NULL);
	if (opts.rekey)
		osmo_timer_schedule(&rekey, opts.rekey, 0);
	while (!over)
		osmo_select_main(0);
	rc = !established() ? 1 : ike_peer_children(peer, NULL, 0) ? 3 : 0;
	ike_peer_free(peer);
	ike_free(ike);
	return rc;
}
