/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * Two ATM links of one process joined by a real UNIX socket. The test is both their control thread
 * and their worker. Timers run on a faked clock.
 */

#include "transports/transport.h"

#include <errno.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <pcap/pcap.h>

#include <osmocom/core/application.h>
#include <osmocom/core/select.h>
#include <osmocom/core/timer.h>

#include "core/clock.h"
#include "tests/unit/transports/rig.h"
#include "transports/atm/cell.h"
#include "transports/loop_io.h"

enum { VC = 100, OTHER_VC = 3 << 16 | 200 };

struct end {
	struct link *link;
	struct circuit *circuit;
	int fd; /* -1: not attached */
	bool up;
	unsigned int ups, active;
	uint64_t pdus, octets;
	uint32_t next; /* the packet expected, when checking */
	bool check;
	bool want_write;
};

static char dir[] = "/tmp/vcgw-test-XXXXXX", path[sizeof(dir) + 16];
static struct end a, b, c;

/* ---- the room above ---- */

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
	struct end *e = l->owner;

	CU_ASSERT_EQUAL(e->fd >= 0, up); /* after attach() or detach() */
	e->up = up;
	e->ups += up;
}

static void on_circuit(struct circuit *ci, bool active)
{
	struct end *e = ci->link->owner;

	CU_ASSERT(active || e->active > 0);
	e->active += active ? 1 : -1u;
}

static int on_send_mgmt(struct link *l, const uint8_t *frame, size_t len)
{
	(void)l;
	(void)frame;
	(void)len;
	CU_FAIL("ATM has no link management");
	return 0;
}

static const struct link_owner_ops ops = {
	.attach = on_attach,
	.detach = on_detach,
	.carrier = on_carrier,
	.circuit_state = on_circuit,
	.send_mgmt = on_send_mgmt,
};

/* ---- running ---- */

static void set_clock(long sec, long msec)
{
	struct timespec *ts = osmo_clock_override_gettimespec(CLOCK_MONOTONIC);

	osmo_gettimeofday_override_time.tv_sec = sec;
	osmo_gettimeofday_override_time.tv_usec = msec * 1000;
	ts->tv_sec = sec;
	ts->tv_nsec = msec * 1000000;
}

static void pass_time(long msec)
{
	osmo_gettimeofday_override_add(msec / 1000, msec % 1000 * 1000);
	osmo_clock_override_add(CLOCK_MONOTONIC, msec / 1000, msec % 1000 * 1000000);
	osmo_timers_update();
}

static uint32_t size_of(uint32_t n)
{
	return n < 200 ? n + 1 : 1 + hash_u32(n) % 9180;
}

static void got(struct end *e, struct pkt *p)
{
	struct circuit *ci = p->obj;

	CU_ASSERT_FATAL(p->circuit == ci->id && p->acct == ci->id && ci->link == e->link);
	e->pdus++;
	e->octets += p->len;
	if (e->check) {
		CU_ASSERT_FATAL(rig_pkt_is(p, size_of(e->next), e->next));
		e->next++;
	}
	acct_add(p->acct, ACCT_DELIVERED, 1);
	pkt_free(p);
}

/* One round of the worker. \returns whether it found anything. */
static bool work(struct end *e)
{
	struct pkt_batch batch = { .n = 0 };
	struct link_io io;
	bool any = false;

	if (e->fd < 0)
		return false;
	do {
		memset(&io, 0, sizeof(io));
		rcu_update_begin();
		link_rx(e->link, &batch, &io);
		rcu_update_end();
		any |= batch.n || io.more;
		for (unsigned int i = 0; i < batch.n; i++)
			got(e, batch.pkt[i]);
		batch.n = 0;
	} while (io.more);
	rcu_update_begin();
	link_flush(e->link, &io);
	link_poll(e->link, clock_ns(), &io);
	rcu_update_end();
	e->want_write = io.want_write;
	if (io.lost)
		link_lost(e->link);
	return any || io.lost;
}

static void run(void)
{
	for (int idle = 0; idle < 4; idle++) {
		osmo_select_main(1);
		idle = work(&a) ? -1 : idle;
		idle = work(&b) ? -1 : idle;
		idle = work(&c) ? -1 : idle;
	}
}

static bool send_pkt(struct end *e, struct pkt *p)
{
	uint64_t before = acct_get(e->circuit->id, ACCT_TX_DROP);
	struct pkt_batch batch = { .n = 0 };
	struct link_io io = { 0 };

	p->obj = e->circuit;
	pkt_batch_add(&batch, p);
	rcu_update_begin();
	link_tx(e->link, &batch, &io);
	rcu_update_end();
	CU_ASSERT_EQUAL(batch.n, 0);
	return acct_get(e->circuit->id, ACCT_TX_DROP) == before;
}

static int make(struct end *e, const char *name, bool listens, enum encap encap, uint32_t max_sdu)
{
	struct link_cfg cfg;

	memset(e, 0, sizeof(*e));
	e->fd = -1;
	link_cfg_init(&cfg, MEDIUM_ATM);
	snprintf(cfg.socket_path, sizeof(cfg.socket_path), "%s", path);
	cfg.listen = listens;
	CU_ASSERT_PTR_NULL_FATAL(link_cfg_check(&cfg));
	CU_ASSERT_EQUAL_FATAL(link_create(&e->link, name, &cfg, &ops, e), 0);
	CU_ASSERT_EQUAL_FATAL(circuit_add(e->link, VC, encap, max_sdu, e, &e->circuit), 0);
	return link_start(e->link);
}

static void begin(void)
{
	static bool once;

	if (!once) {
		osmo_init_logging2(NULL, &vcgw_log_info);
		log_set_all_filter(osmo_stderr_target, 0);
		osmo_gettimeofday_override = true;
		osmo_clock_override_enable(CLOCK_MONOTONIC, true);
		set_clock(1000, 0);
		once = true;
	}
	rig_init(512, 64); /* whole batches of large SDUs */
	memset(&a, 0, sizeof(a));
	memset(&b, 0, sizeof(b));
	memset(&c, 0, sizeof(c));
	a.fd = b.fd = c.fd = -1;
	strcpy(dir + sizeof(dir) - 7, "XXXXXX");
	CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/atm", dir);
}

static void destroy(struct end *e)
{
	link_destroy(e->link);
	e->link = NULL;
	CU_ASSERT_EQUAL(e->fd, -1);
	CU_ASSERT_EQUAL(e->active, 0);
}

static void end(void)
{
	destroy(&a);
	destroy(&b);
	destroy(&c);
	rcu_drain();
	unlink(path);
	CU_ASSERT_EQUAL(rmdir(dir), 0); /* the listener took its socket away */
	rig_exit();
}

static uint64_t sum_cells(struct end *e)
{
	return acct_get(e->circuit->id, ACCT_RX_CELLS);
}

static void check_conserved(struct end *e)
{
	uint32_t l = e->link->id, v = e->circuit->id;

	CU_ASSERT_EQUAL(acct_get(v, ACCT_RX_PDU), acct_get(v, ACCT_DELIVERED) + acct_discards(v));
	CU_ASSERT(acct_get(l, ACCT_RX_CELLS) >=
		  acct_get(l, ACCT_CELL_HEC) + acct_get(l, ACCT_CELL_OAM) +
			  acct_get(l, ACCT_CELL_UNKNOWN_VC) + sum_cells(e));
}

/* ---- cases ---- */

static void carrier_comes_whoever_is_first(void)
{
	struct stat st;

	begin();
	CU_ASSERT_EQUAL(make(&b, "b", false, ENCAP_LLC_SNAP, 0), 0);
	run();
	CU_ASSERT(!b.up);
	CU_ASSERT_EQUAL(make(&a, "a", true, ENCAP_LLC_SNAP, 0), 0);
	CU_ASSERT_EQUAL(stat(path, &st), 0);
	CU_ASSERT_EQUAL(st.st_mode & 07777, 0600);
	run();
	CU_ASSERT(!a.up && !b.up);
	pass_time(199);
	run();
	CU_ASSERT(!a.up && !b.up);
	pass_time(1);
	run();
	CU_ASSERT(a.up && b.up && a.active == 1 && b.active == 1);
	CU_ASSERT(a.link->carrier && a.circuit->active && a.circuit->tx_ok);
	end();
}

static void both(enum encap encap, uint32_t max_sdu)
{
	begin();
	CU_ASSERT_EQUAL_FATAL(make(&a, "a", true, encap, max_sdu), 0);
	CU_ASSERT_EQUAL_FATAL(make(&b, "b", false, encap, max_sdu), 0);
	run();
	CU_ASSERT_FATAL(a.up && b.up);
}

static void packets_both_ways(enum encap encap)
{
	both(encap, 0);
	CU_ASSERT_EQUAL(a.circuit->mtu, encap == ENCAP_NULL ? 9188 : 9180);
	a.check = b.check = true;
	for (uint32_t n = 0; n < 1500; n++) {
		CU_ASSERT(send_pkt(&a, rig_pkt(size_of(n), n)));
		CU_ASSERT(send_pkt(&b, rig_pkt(size_of(n), n)));
		if (n % 37 == 0)
			run();
	}
	run();
	CU_ASSERT(a.next == 1500 && b.next == 1500);
	CU_ASSERT_EQUAL(acct_get(a.circuit->id, ACCT_TX_PDU), 1500);
	CU_ASSERT_EQUAL(acct_get(b.circuit->id, ACCT_RX_PDU), 1500);
	CU_ASSERT_EQUAL(acct_get(a.circuit->id, ACCT_TX_CELLS), sum_cells(&b));
	CU_ASSERT_EQUAL(acct_get(a.circuit->id, ACCT_TX_OCTETS),
			acct_get(b.circuit->id, ACCT_RX_OCTETS));
	CU_ASSERT_EQUAL(acct_get(a.link->id, ACCT_TX_CELLS), acct_get(b.link->id, ACCT_RX_CELLS));
	check_conserved(&a);
	check_conserved(&b);
	end();
}

static void packets_of_all_sizes_llc(void)
{
	packets_both_ways(ENCAP_LLC_SNAP);
}

static void packets_of_all_sizes_null(void)
{
	packets_both_ways(ENCAP_NULL);
}

static void the_longest_sdu_passes_and_one_more_does_not(void)
{
	both(ENCAP_NULL, SDU_MAX);
	CU_ASSERT(send_pkt(&a, rig_pkt(SDU_MAX, 1)));
	run();
	CU_ASSERT(b.pdus == 1 && b.octets == SDU_MAX);
	end();
	both(ENCAP_LLC_SNAP, 100);
	CU_ASSERT(send_pkt(&a, rig_pkt(92, 1)));
	CU_ASSERT(!send_pkt(&a, rig_pkt(93, 1)));
	CU_ASSERT(send_pkt(&a, rig_pkt(1, 1)));
	run();
	CU_ASSERT(b.pdus == 2 && b.octets == 93);
	end();
}

static void a_full_socket_holds_back_and_loses_nothing(void)
{
	uint32_t sent = 0;

	both(ENCAP_LLC_SNAP, 0);
	b.check = true;
	/* Until the socket and the queue behind it are full. */
	while (send_pkt(&a, rig_pkt(size_of(sent), sent)))
		CU_ASSERT_FATAL(++sent < 100000);
	CU_ASSERT_EQUAL(acct_get(a.circuit->id, ACCT_TX_DROP), 1);
	run();
	CU_ASSERT(!a.want_write);
	CU_ASSERT_EQUAL(b.next, sent);
	end();
}

static void an_end_that_goes_is_noticed_and_found_again(void)
{
	both(ENCAP_LLC_SNAP, 0);
	CU_ASSERT(send_pkt(&a, rig_pkt(500, 1)));
	link_stop(b.link);
	CU_ASSERT(!b.up && b.active == 0);
	run();
	CU_ASSERT(!a.up && a.active == 0);
	CU_ASSERT(!send_pkt(&a, rig_pkt(500, 1)));
	CU_ASSERT_EQUAL(link_start(b.link), 0);
	run();
	CU_ASSERT(a.up && b.up && a.ups == 2 && b.ups == 2);
	/* Now the listener goes. */
	link_stop(a.link);
	CU_ASSERT(access(path, F_OK) < 0);
	run();
	CU_ASSERT(!b.up);
	for (int i = 0; i < 10; i++) {
		pass_time(200);
		run();
	}
	CU_ASSERT_EQUAL(link_start(a.link), 0);
	pass_time(200);
	run();
	CU_ASSERT(a.up && b.up && a.active == 1 && b.active == 1);
	CU_ASSERT(send_pkt(&a, rig_pkt(500, 1)));
	run();
	CU_ASSERT_EQUAL(b.pdus, 1);
	end();
}

static void an_sdu_cut_by_the_end_of_carrier_is_counted(void)
{
	struct loop_io *io;
	uint8_t cells[3 * 53];

	both(ENCAP_NULL, 0);
	io = b.link->io;
	memset(cells, 0, sizeof(cells));
	for (int i = 0; i < 3; i++) {
		static const uint8_t hdr[] = { 0, 0, 0x06, 0x40, 0 };

		memcpy(cells + i * 53, hdr, 5);
		cells[i * 53 + 4] = cell_hec(hdr);
	}
	CU_ASSERT_EQUAL(loop_io_wire(io)->send(loop_io_wire(io), cells, sizeof(cells)), 0);
	run();
	CU_ASSERT_EQUAL(acct_get(a.link->id, ACCT_RX_CELLS), 3);
	CU_ASSERT_EQUAL(sum_cells(&a), 0);
	link_stop(b.link);
	run();
	CU_ASSERT_EQUAL(link_start(b.link), 0);
	run();
	CU_ASSERT(a.up);
	CU_ASSERT_EQUAL(sum_cells(&a), 3);
	CU_ASSERT_EQUAL(acct_get(a.circuit->id, ACCT_CELL_AAL5), 3);
	CU_ASSERT_EQUAL(acct_get(a.circuit->id, DROP_AAL5_TIMEOUT), 1);
	check_conserved(&a);
	end();
}

static void a_second_link_is_refused_while_the_first_lives(void)
{
	both(ENCAP_LLC_SNAP, 0);
	CU_ASSERT_EQUAL(make(&c, "c", false, ENCAP_LLC_SNAP, 0), 0);
	for (int i = 0; i < 5; i++) {
		run();
		pass_time(200);
	}
	CU_ASSERT(a.up && b.up && a.ups == 1 && !c.up);
	CU_ASSERT(send_pkt(&a, rig_pkt(500, 1)));
	run();
	CU_ASSERT(b.pdus == 1 && c.pdus == 0);
	destroy(&b);
	pass_time(200);
	run();
	pass_time(200);
	run();
	CU_ASSERT(a.up && c.up && a.ups == 2);
	end();
}

/* One that is not a loop link, says nothing, or is of another medium or version. */
static void strangers_are_refused(void)
{
	static const struct {
		const char *hello;
		size_t len;
	} bad[] = {
		{ "vcgw\x01\x01\0\0", 8 }, /* Frame Relay */
		{ "vcgw\x02\0\0\0", 8 },   /* version 2 */
		{ "vcgx\x01\0\0\0", 8 },   /* who? */
		{ "vcgw\x01\0\0", 7 },	   { "vcgw\x01\0\0\0\0", 9 }, { "v", 1 },
	};
	struct link_cfg cfg;
	uint8_t buf[64];
	int s;

	begin();
	CU_ASSERT_EQUAL(make(&a, "a", true, ENCAP_LLC_SNAP, 0), 0);
	link_cfg_init(&cfg, MEDIUM_ATM);
	for (unsigned int i = 0; i <= sizeof(bad) / sizeof(bad[0]); i++) {
		struct {
			sa_family_t family;
			char path[108];
		} sun = { .family = AF_UNIX };

		snprintf(sun.path, sizeof(sun.path), "%s", path);
		s = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK, 0);
		CU_ASSERT_EQUAL_FATAL(connect(s, (struct sockaddr *)&sun, sizeof(sun)), 0);
		run();
		CU_ASSERT_EQUAL(recv(s, buf, sizeof(buf), 0), 8);
		CU_ASSERT_EQUAL(memcmp(buf, "vcgw\x01\0\0\0", 8), 0);
		if (i < sizeof(bad) / sizeof(bad[0])) {
			CU_ASSERT_EQUAL(send(s, bad[i].hello, bad[i].len, 0), (ssize_t)bad[i].len);
		} else {
			pass_time(5000); /* says nothing at all */
		}
		run();
		CU_ASSERT(recv(s, buf, sizeof(buf), 0) == 0 || errno == ECONNRESET);
		CU_ASSERT(!a.up);
		close(s);
	}
	CU_ASSERT_EQUAL(make(&b, "b", false, ENCAP_LLC_SNAP, 0), 0);
	run();
	CU_ASSERT(a.up && b.up);
	end();
}

static void only_a_stale_socket_is_removed(void)
{
	struct stat st;
	FILE *f;
	int rc;

	both(ENCAP_LLC_SNAP, 0);
	rc = make(&c, "c", true, ENCAP_LLC_SNAP, 0);
	CU_ASSERT_EQUAL(rc, -EADDRINUSE);
	run();
	CU_ASSERT(a.up && b.up);
	end();
	begin();
	f = fopen(path, "w");
	fclose(f);
	CU_ASSERT_EQUAL(make(&a, "a", true, ENCAP_LLC_SNAP, 0), -EEXIST);
	CU_ASSERT(stat(path, &st) == 0 && S_ISREG(st.st_mode));
	unlink(path);
	{
		struct {
			sa_family_t family;
			char path[108];
		} sun = { .family = AF_UNIX };
		int s = socket(AF_UNIX, SOCK_SEQPACKET, 0);

		snprintf(sun.path, sizeof(sun.path), "%s", path);
		CU_ASSERT_EQUAL(bind(s, (struct sockaddr *)&sun, sizeof(sun)), 0);
		close(s); /* the file stays, as after a crash */
	}
	CU_ASSERT_EQUAL(link_start(a.link), 0);
	end();
}

static void circuits_come_and_go_on_a_running_link(void)
{
	struct circuit *x, *y;

	both(ENCAP_LLC_SNAP, 0);
	CU_ASSERT_EQUAL(circuit_add(a.link, VC, ENCAP_LLC_SNAP, 0, &a, &x), -EEXIST);
	CU_ASSERT_EQUAL(circuit_add(a.link, 31, ENCAP_LLC_SNAP, 0, &a, &x), -EINVAL);
	CU_ASSERT_EQUAL(circuit_add(a.link, 256 << 16 | 100, ENCAP_LLC_SNAP, 0, &a, &x), -EINVAL);
	CU_ASSERT_EQUAL(circuit_add(a.link, 200, ENCAP_NLPID_SNAP, 0, &a, &x), -EINVAL);
	CU_ASSERT_EQUAL(circuit_add(a.link, 200, ENCAP_LLC_SNAP, 8, &a, &x), -EINVAL);
	CU_ASSERT_EQUAL(circuit_add(a.link, 200, ENCAP_LLC_SNAP, 65536, &a, &x), -EINVAL);
	CU_ASSERT_EQUAL(circuit_add(a.link, OTHER_VC, ENCAP_NULL, 0, &a, &x), 0);
	CU_ASSERT_EQUAL(circuit_add(b.link, OTHER_VC, ENCAP_NULL, 0, &b, &y), 0);
	CU_ASSERT_STRING_EQUAL(x->name, "a/3.200");
	CU_ASSERT(x->active && a.active == 2);
	CU_ASSERT_PTR_EQUAL(circuit_by_vc(a.link, OTHER_VC), x);
	{
		struct end e = { .link = a.link, .circuit = x };

		CU_ASSERT(send_pkt(&e, rig_pkt(777, 9)));
	}
	run();
	CU_ASSERT_EQUAL(acct_get(y->id, ACCT_RX_PDU), 1);
	CU_ASSERT_EQUAL(acct_get(b.circuit->id, ACCT_RX_PDU), 0);
	circuit_del(y);
	CU_ASSERT_PTR_NULL(circuit_by_vc(b.link, OTHER_VC));
	CU_ASSERT_EQUAL(b.active, 1);
	{
		struct end e = { .link = a.link, .circuit = x };

		CU_ASSERT(send_pkt(&e, rig_pkt(40, 9)));
	}
	run();
	CU_ASSERT_EQUAL(acct_get(b.link->id, ACCT_CELL_UNKNOWN_VC), 1);
	circuit_del(x);
	rcu_drain();
	end();
}

static void impaired_lines_lose_and_conserve(void)
{
	const struct impair_cfg cfg = { .loss_ppm = 5000, .bit_error_ppm = 5000, .seed = 9 };
	const struct impair_cfg bad = { .loss_ppm = 2000000 };
	uint64_t cells, lost;

	both(ENCAP_LLC_SNAP, 0);
	CU_ASSERT_EQUAL(link_set_impair(a.link, &bad), -EINVAL);
	CU_ASSERT_EQUAL(link_set_impair(a.link, &cfg), 0);
	for (uint32_t n = 0; n < 2000; n++) {
		CU_ASSERT(send_pkt(&a, rig_pkt(1 + hash_u32(n) % 1500, n)));
		if (n % 32 == 0)
			run();
	}
	run();
	cells = acct_get(a.circuit->id, ACCT_TX_CELLS);
	lost = acct_get(a.link->id, ACCT_IMPAIR_LOST);
	CU_ASSERT(lost > cells / 400 && acct_get(a.link->id, ACCT_IMPAIR_DAMAGED) > cells / 400);
	CU_ASSERT_EQUAL(acct_get(b.link->id, ACCT_RX_CELLS) + lost, cells);
	CU_ASSERT(acct_get(b.link->id, ACCT_CELL_HEC) > 0);
	CU_ASSERT(acct_get(b.circuit->id, DROP_AAL5_CRC) > 100);
	CU_ASSERT(b.pdus > 1000);
	check_conserved(&b);
	rcu_drain();
	end();
}

static void a_capture_shows_both_directions(void)
{
	char file[sizeof(dir) + 16], err[PCAP_ERRBUF_SIZE];
	struct pcap_pkthdr h;
	const u_char *p;
	pcap_t *f;

	both(ENCAP_LLC_SNAP, 0);
	snprintf(file, sizeof(file), "%s/pcap", dir);
	CU_ASSERT_EQUAL(link_capture_start(a.link, file, 0), 0);
	CU_ASSERT(send_pkt(&a, rig_pkt(100, 1)));
	CU_ASSERT(send_pkt(&b, rig_pkt(200, 1)));
	run();
	CU_ASSERT_EQUAL(link_capture_stop(a.link), 0);
	f = pcap_open_offline(file, err);
	CU_ASSERT_PTR_NOT_NULL_FATAL(f);
	p = pcap_next(f, &h);
	CU_ASSERT_FATAL(p && h.len == 112);
	CU_ASSERT_EQUAL(memcmp(p, "\x82\0\0\x64\xaa\xaa\x03\0\0\x5e\0\x07", 12), 0);
	p = pcap_next(f, &h);
	CU_ASSERT_FATAL(p && h.len == 212);
	CU_ASSERT_EQUAL(memcmp(p, "\x02\0\0\x64\xaa\xaa\x03\0\0\x5e\0\x07", 12), 0);
	pcap_close(f);
	unlink(file);
	rcu_drain();
	end();
}

static void ten_megabytes_of_random_and_mutated_cells_are_conserved(void)
{
	static uint8_t msg[65536];
	/* VC 0/100 with PTI 0, PTI 1, CLP, PTI 5; VC 1/33; idle. */
	static const uint8_t seeds[6][4] = {
		{ 0x00, 0x00, 0x06, 0x40 }, { 0x00, 0x00, 0x06, 0x42 }, { 0x00, 0x00, 0x06, 0x41 },
		{ 0x00, 0x00, 0x06, 0x4a }, { 0x00, 0x10, 0x02, 0x10 }, { 0x00, 0x00, 0x00, 0x01 },
	};
	uint64_t x = 88172645463325252u, total = 0, fill = 0;
	struct unit_wire *w;

	both(ENCAP_LLC_SNAP, 2000);
	w = loop_io_wire(b.link->io);
	while (total < 10 << 20) {
		uint32_t len = 0;

		x ^= x << 13, x ^= x >> 7, x ^= x << 17;
		len = x % 7 == 0 ? (uint32_t)(x >> 20) % 65536 : 53 * 1236;
		if (len == 0)
			continue;
		for (uint32_t i = 0; i < len; i++) {
			x ^= x << 13, x ^= x >> 7, x ^= x << 17;
			msg[i] = (uint8_t)(x >> 24);
		}
		for (uint32_t i = 0; i + 53 <= len; i += 53) {
			const uint8_t *s = seeds[msg[i] % 6];

			if (msg[i + 1] < 8) /* wholly random */
				continue;
			memcpy(msg + i, s, 4);
			msg[i + 4] = cell_hec(s);
			if (msg[i + 6] < 16)
				msg[i + msg[i + 7] % 5] ^= (uint8_t)(1 << msg[i + 8] % 8);
		}
		for (uint32_t i = 0; i + 53 <= len; i += 53)
			fill += memcmp(msg + i, "\0\0\0\x01\x52", 5) == 0;
		CU_ASSERT_EQUAL_FATAL(w->send(w, msg, len), 0);
		total += len;
		run();
		check_conserved(&a);
	}
	CU_ASSERT(fill > 1000 && a.up);
	CU_ASSERT(acct_get(a.link->id, ACCT_CELL_HEC) > 1000);
	CU_ASSERT(acct_get(a.link->id, ACCT_CELL_OAM) > 1000);
	CU_ASSERT(acct_get(a.link->id, ACCT_CELL_UNKNOWN_VC) > 1000);
	CU_ASSERT(acct_get(a.circuit->id, ACCT_RX_CLP) > 1000);
	CU_ASSERT(acct_get(a.link->id, ACCT_RX_UNIT_BAD) > 10);
	/* All of it, once the last unfinished SDU is given up with its carrier. */
	link_stop(b.link);
	run();
	CU_ASSERT_EQUAL(link_start(b.link), 0);
	run();
	CU_ASSERT_EQUAL(acct_get(a.link->id, ACCT_RX_CELLS),
			acct_get(a.link->id, ACCT_CELL_HEC) + acct_get(a.link->id, ACCT_CELL_OAM) +
				acct_get(a.link->id, ACCT_CELL_UNKNOWN_VC) + sum_cells(&a));
	/* And it still works. */
	CU_ASSERT(send_pkt(&b, rig_pkt(500, 1)));
	a.pdus = 0;
	run();
	CU_ASSERT_EQUAL(a.pdus, 1);
	end();
}

static void configurations_that_cannot_work_are_explained(void)
{
	struct link_cfg good, cfg;

	link_cfg_init(&good, MEDIUM_ATM);
	CU_ASSERT_PTR_NOT_NULL(link_cfg_check(&good)); /* no socket */
	strcpy(good.socket_path, "/run/x");
	CU_ASSERT_PTR_NULL(link_cfg_check(&good));
	cfg = good;
	strcpy(cfg.driver, "nosuch");
	CU_ASSERT_PTR_NOT_NULL(strstr(link_cfg_check(&cfg), "nosuch"));
	cfg = good;
	memset(cfg.socket_path, 'x', sizeof(cfg.socket_path));
	CU_ASSERT_PTR_NOT_NULL(link_cfg_check(&cfg));
	cfg = good;
	cfg.impair.loss_ppm = 1000001;
	CU_ASSERT_PTR_NOT_NULL(link_cfg_check(&cfg));
	cfg = good;
	cfg.medium = (enum medium)7;
	CU_ASSERT_PTR_NOT_NULL(link_cfg_check(&cfg));
}

static const struct unit_case cases[] = {
	{ "carrier comes whoever is first", carrier_comes_whoever_is_first },
	{ "packets of all sizes pass both ways, LLC/SNAP", packets_of_all_sizes_llc },
	{ "packets of all sizes pass both ways, null encapsulation", packets_of_all_sizes_null },
	{ "the longest SDU passes and one octet more does not",
	  the_longest_sdu_passes_and_one_more_does_not },
	{ "a full socket holds back and loses nothing",
	  a_full_socket_holds_back_and_loses_nothing },
	{ "an end that goes is noticed and found again",
	  an_end_that_goes_is_noticed_and_found_again },
	{ "an SDU cut by the end of carrier is counted",
	  an_sdu_cut_by_the_end_of_carrier_is_counted },
	{ "a second link is refused while the first lives",
	  a_second_link_is_refused_while_the_first_lives },
	{ "strangers are refused", strangers_are_refused },
	{ "only a stale socket is removed", only_a_stale_socket_is_removed },
	{ "circuits come and go on a running link", circuits_come_and_go_on_a_running_link },
	{ "impaired lines lose and conserve", impaired_lines_lose_and_conserve },
	{ "a capture shows both directions", a_capture_shows_both_directions },
	{ "ten megabytes of random and mutated cells are conserved",
	  ten_megabytes_of_random_and_mutated_cells_are_conserved },
	{ "configurations that cannot work are explained",
	  configurations_that_cannot_work_are_explained },
};
UNIT_MAIN("transports/loop_atm", cases)
