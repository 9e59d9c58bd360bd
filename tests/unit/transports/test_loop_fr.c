/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * Two Frame Relay links of one process joined by a real UNIX socket: `net` listens and is the
 * network side of LMI, `user` connects. The test is their control thread and their worker. Timers
 * run on a faked clock.
 */

#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

#include <pcap/pcap.h>

#include <osmocom/core/application.h>
#include <osmocom/core/select.h>
#include <osmocom/core/timer.h>
#include <osmocom/core/timer_compat.h>

#include "core/clock.h"
#include "tests/unit/transports/rig.h"
#include "transports/fr/fr.h"
#include "transports/transport.h"

struct end {
	struct link *link;
	struct circuit *c100;
	int fd; /* -1: not attached */
	unsigned int active;
	struct pkt_batch mgmt; /* on its way from the control thread */
	uint64_t mgmt_sent, mgmt_got;
	uint32_t got; /* payloads, checked to be rig_pkt(size_of(got), got) */
};

static char dir[] = "/tmp/vcgw-test-XXXXXX", path[sizeof(dir) + 16];
static struct end net, user;

/* ---- the room above ---- */

static void on_attach(struct link *l, int fd)
{
	((struct end *)l->owner)->fd = fd;
}

static void on_detach(struct link *l)
{
	struct end *e = l->owner;

	e->fd = -1;
	pkt_batch_free(&e->mgmt);
}

static void on_carrier(struct link *l, bool up)
{
	CU_ASSERT_EQUAL(((struct end *)l->owner)->fd >= 0, up);
}

static void on_circuit(struct circuit *c, bool active)
{
	struct end *e = c->link->owner;

	CU_ASSERT_EQUAL(c->active, active);
	e->active += active ? 1 : -1u;
}

static int on_send_mgmt(struct link *l, const uint8_t *frame, size_t len)
{
	struct end *e = l->owner;
	struct pkt *p = pkt_alloc(rig_pool, (uint32_t)len);

	CU_ASSERT_FATAL(e->fd >= 0 && p && !pkt_batch_full(&e->mgmt));
	memcpy(pkt_put(p, (uint32_t)len), frame, len);
	p->control = true;
	pkt_batch_add(&e->mgmt, p);
	e->mgmt_sent++;
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

static void seconds(unsigned int n)
{
	osmo_gettimeofday_override_add(n, 0);
	osmo_clock_override_add(CLOCK_MONOTONIC, n, 0);
	osmo_timers_prepare();
	osmo_timers_update();
}

/* Every length that the circuit can carry comes along, the shortest and the longest first. */
static uint32_t size_of(const struct end *e, uint32_t n)
{
	uint32_t mtu = e->c100->mtu;

	return n & 1 ? mtu - n / 2 % mtu : 1 + n / 2 % mtu;
}

static void got(struct end *e, struct pkt *p)
{
	if (p->control) {
		uint8_t frame[2000];
		uint32_t len = p->len;

		CU_ASSERT_FATAL(p->circuit == 0 && p->acct == e->link->id && len <= sizeof(frame));
		acct_add(p->acct, ACCT_PUNTED, 1);
		memcpy(frame, p->data, len);
		pkt_free(p);
		e->mgmt_got++;
		link_mgmt_rx(e->link, frame, len);
		return;
	}
	CU_ASSERT_FATAL(p->circuit == p->acct && p->acct == e->c100->id && p->obj == e->c100);
	CU_ASSERT_FATAL(rig_pkt_is(p, size_of(e, e->got), e->got));
	e->got++;
	acct_add(p->acct, ACCT_DELIVERED, 1);
	pkt_free(p);
}

/* One round of the worker. \returns whether it found anything. */
static bool work(struct end *e)
{
	struct pkt_batch batch;
	struct link_io io;
	bool any = e->mgmt.n;

	if (e->fd < 0)
		return false;
	do {
		io = (struct link_io){ 0 };
		batch.n = 0;
		rcu_reader_online();
		if (e->mgmt.n)
			link_tx(e->link, &e->mgmt, &io);
		link_rx(e->link, &batch, &io);
		rcu_reader_offline();
		any |= batch.n || io.more;
		for (unsigned int i = 0; i < batch.n; i++)
			got(e, batch.pkt[i]);
	} while (io.more);
	rcu_reader_online();
	link_flush(e->link, &io);
	link_poll(e->link, clock_ns(), &io);
	rcu_reader_offline();
	if (io.lost)
		link_lost(e->link);
	return any || io.lost;
}

static void run(void)
{
	for (int idle = 0; idle < 4; idle++) {
		osmo_select_main(1);
		if (work(&net))
			idle = -1;
		if (work(&user))
			idle = -1;
	}
}

static void make(struct end *e, const char *name, bool network, enum lmi_type lmi)
{
	struct link_cfg cfg;

	memset(e, 0, sizeof(*e));
	e->fd = -1;
	link_cfg_init(&cfg, MEDIUM_FR);
	snprintf(cfg.socket_path, sizeof(cfg.socket_path), "%s", path);
	cfg.listen = network;
	cfg.lmi.type = lmi;
	cfg.lmi.network = network;
	CU_ASSERT_PTR_NULL_FATAL(link_cfg_check(&cfg));
	CU_ASSERT_EQUAL_FATAL(link_create(&e->link, name, &cfg, &ops, e), 0);
	CU_ASSERT_EQUAL_FATAL(circuit_add(e->link, 100, ENCAP_NLPID_SNAP, 0, e, &e->c100), 0);
}

static struct circuit *add(struct end *e, uint32_t dlci)
{
	struct circuit *c = NULL;

	CU_ASSERT_EQUAL_FATAL(circuit_add(e->link, dlci, ENCAP_NLPID_SNAP, 0, e, &c), 0);
	return c;
}

static void begin(enum lmi_type lmi)
{
	rig_init(512, 0);
	strcpy(dir + sizeof(dir) - 7, "XXXXXX");
	CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/fr", dir);
	make(&net, "net", true, lmi);
	make(&user, "user", false, lmi);
	CU_ASSERT_EQUAL_FATAL(link_start(net.link), 0);
	CU_ASSERT_EQUAL_FATAL(link_start(user.link), 0);
	run();
	CU_ASSERT_FATAL(net.fd >= 0 && user.fd >= 0);
}

static uint64_t count_rx(const struct end *e)
{
	uint64_t n = acct_get(e->link->id, ACCT_RX_PDU);
	struct circuit *c;

	llist_for_each_entry (c, &e->link->circuits, list)
		n += acct_get(c->id, ACCT_RX_PDU);
	return n;
}

static uint64_t count_tx(const struct end *e)
{
	uint64_t n = acct_get(e->link->id, ACCT_TX_PDU);
	struct circuit *c;

	llist_for_each_entry (c, &e->link->circuits, list)
		n += acct_get(c->id, ACCT_TX_PDU);
	return n;
}

static void conserved(const struct end *e)
{
	struct circuit *c;

	CU_ASSERT_EQUAL(acct_get(e->link->id, ACCT_RX_PDU),
			acct_get(e->link->id, ACCT_PUNTED) + acct_discards(e->link->id));
	llist_for_each_entry (c, &e->link->circuits, list)
		CU_ASSERT_EQUAL(acct_get(c->id, ACCT_RX_PDU),
				acct_get(c->id, ACCT_DELIVERED) + acct_discards(c->id));
}

static void end(void)
{
	conserved(&net);
	conserved(&user);
	link_destroy(user.link);
	link_destroy(net.link);
	CU_ASSERT(net.fd < 0 && user.fd < 0 && net.active == 0 && user.active == 0);
	rcu_drain();
	CU_ASSERT_EQUAL(rmdir(dir), 0); /* the listener took its socket away */
	rig_exit();
}

static void send_next(struct end *from, struct end *to, uint32_t n)
{
	struct pkt_batch b = { .n = 0 };
	struct link_io io = { 0 };
	struct pkt *p = rig_pkt(size_of(to, n), n);

	p->obj = from->c100;
	pkt_batch_add(&b, p);
	rcu_reader_online();
	link_tx(from->link, &b, &io);
	rcu_reader_offline();
}

/* ---- cases ---- */

static void carrier_and_lmi_bring_the_dlci_up(void)
{
	struct lmi_info i;

	begin(LMI_Q933A);
	CU_ASSERT(net.c100->active && user.c100->active);
	CU_ASSERT_EQUAL(fr_lmi_info(user.link, &i), 0);
	CU_ASSERT_EQUAL(i.state, LMI_ST_UP);
	CU_ASSERT(!i.network && i.enquiries_tx == 1 && i.status_rx == 1);
	CU_ASSERT_EQUAL(fr_lmi_info(net.link, &i), 0);
	CU_ASSERT(i.network && i.enquiries_rx == 1 && i.status_tx == 1);
	/* LMI is the link's, not the circuit's. */
	CU_ASSERT_EQUAL(acct_get(net.link->id, ACCT_RX_PDU), 1);
	CU_ASSERT_EQUAL(acct_get(net.c100->id, ACCT_RX_PDU), 0);
	end();
}

static void without_lmi_carrier_is_enough(void)
{
	begin(LMI_NONE);
	CU_ASSERT(net.c100->active && user.c100->active);
	CU_ASSERT_EQUAL(net.mgmt_sent + user.mgmt_sent, 0);
	CU_ASSERT(add(&user, 101)->active);
	end();
}

static void packets_of_every_size_arrive_in_order(void)
{
	enum { N = 3180 }; /* every size once from each side of size_of() */

	begin(LMI_Q933A);
	for (uint32_t n = 0; n < N; n++) {
		send_next(&user, &net, n);
		send_next(&net, &user, n);
		if (n % 100 == 99)
			run();
	}
	run();
	CU_ASSERT_EQUAL(net.got, N);
	CU_ASSERT_EQUAL(user.got, N);
	CU_ASSERT_EQUAL(acct_get(user.c100->id, ACCT_TX_OCTETS),
			acct_get(net.c100->id, ACCT_RX_OCTETS));
	CU_ASSERT_EQUAL(count_tx(&user), count_rx(&net));
	CU_ASSERT_EQUAL(count_tx(&net), count_rx(&user));
	end();
}

static void dlci_known_at_one_end_only_stays_down(void)
{
	struct circuit *u101, *n101;

	begin(LMI_Q933A);
	u101 = add(&user, 101);
	run();
	for (int i = 0; i < 12; i++) { /* two full statuses */
		seconds(10);
		run();
	}
	CU_ASSERT(!u101->active);
	CU_ASSERT_EQUAL(fr_pvc_status(u101), FR_PVC_ABSENT);
	CU_ASSERT(user.c100->active);
	n101 = add(&net, 101);
	CU_ASSERT(!n101->active); /* not reported yet */
	seconds(10);
	run();
	CU_ASSERT(u101->active && n101->active);
	CU_ASSERT_EQUAL(user.active, 2);
	circuit_del(n101);
	seconds(10);
	run();
	CU_ASSERT(!u101->active && user.c100->active);
	end();
}

static void stopped_end_takes_the_other_down_and_up_again(void)
{
	begin(LMI_Q933A);
	link_stop(net.link);
	run();
	CU_ASSERT(net.fd < 0 && user.fd < 0);
	CU_ASSERT(!net.c100->active && !user.c100->active);
	CU_ASSERT_EQUAL(link_start(net.link), 0);
	seconds(1);
	run();
	CU_ASSERT(net.c100->active && user.c100->active);
	send_next(&user, &net, 0);
	run();
	CU_ASSERT_EQUAL(net.got, 1);
	end();
}

/* The far end is there but its control plane is not: carrier stays, the DLCIs go. */
static void silent_control_plane_takes_the_dlci_down(void)
{
	begin(LMI_Q933A);
	for (int i = 0; i < 4; i++) {
		seconds(10);
		/* Only the user's side runs; what the network's worker would punt stays unread. */
		for (int k = 0; k < 4; k++)
			work(&user);
	}
	CU_ASSERT(user.fd >= 0);
	CU_ASSERT(!user.c100->active);
	CU_ASSERT_EQUAL(fr_pvc_status(user.c100), FR_PVC_INACTIVE);
	end();
}

static void impaired_line_loses_frames_and_counts_them(void)
{
	struct impair_cfg bad = { .loss_ppm = 100000, .bit_error_ppm = 100000, .seed = 7 };
	uint64_t lost, damaged;

	begin(LMI_NONE);
	CU_ASSERT_EQUAL(link_set_impair(user.link, &bad), 0);
	net.got = 0;
	for (uint32_t n = 0; n < 1000; n++) {
		/* All alike, so that a gap is no error: rig_pkt(size_of(got), got) with got = 0. */
		send_next(&user, &net, 0);
		run();
		net.got = 0;
	}
	lost = acct_get(user.link->id, ACCT_IMPAIR_LOST);
	damaged = acct_get(user.link->id, ACCT_IMPAIR_DAMAGED);
	CU_ASSERT(lost > 50 && lost < 150);
	CU_ASSERT(damaged > 50 && damaged < 150);
	CU_ASSERT_EQUAL(acct_get(net.link->id, DROP_FR_FCS), damaged);
	CU_ASSERT_EQUAL(acct_get(net.c100->id, ACCT_DELIVERED), 1000 - lost - damaged);
	end();
}

/* DLT_FRELAY: every frame both ways, management too, from the address to before the FCS. */
static void capture_sees_frames_and_management(void)
{
	static const uint8_t enquiry[] = { 0x00, 0x01, 0x03, 0x08, 0x00, 0x75, 0x51,
					   0x01, 0x00, 0x53, 0x02, 0x01, 0x00 };
	static const uint8_t header[] = {
		0x18, 0x41, 0x03, 0x00, 0x80, 0x00, 0x00, 0x5e, 0x00, 0x07
	};
	char file[sizeof(path) + 8], errbuf[PCAP_ERRBUF_SIZE];
	struct pcap_pkthdr *h;
	const uint8_t *data;
	unsigned int n = 0;
	pcap_t *pcap;

	begin(LMI_Q933A);
	link_stop(user.link);
	run();
	snprintf(file, sizeof(file), "%s.pcap", path);
	CU_ASSERT_EQUAL_FATAL(link_capture_start(user.link, file, 2000), 0);
	CU_ASSERT_EQUAL(link_start(user.link), 0);
	run();
	send_next(&user, &net, 0);
	send_next(&net, &user, 0);
	run();
	CU_ASSERT_EQUAL(link_capture_stop(user.link), 0);
	pcap = pcap_open_offline(file, errbuf);
	CU_ASSERT_PTR_NOT_NULL_FATAL(pcap);
	CU_ASSERT_EQUAL(pcap_datalink(pcap), DLT_FRELAY);
	for (; pcap_next_ex(pcap, &h, &data) == 1; n++) {
		if (n == 0) /* sent */
			CU_ASSERT(h->len == sizeof(enquiry) && !memcmp(data, enquiry, h->len));
		if (n == 1) /* received: STATUS with one PVC */
			CU_ASSERT(h->len == 18 && data[5] == 0x7d);
		if (n >= 2)
			CU_ASSERT(h->len == 11 && !memcmp(data, header, sizeof(header)));
	}
	CU_ASSERT_EQUAL(n, 4);
	pcap_close(pcap);
	unlink(file);
	end();
}

static const struct unit_case cases[] = {
#define CASE(name)                                                                                 \
	{                                                                                          \
#name, name                                                                        \
	}
	CASE(carrier_and_lmi_bring_the_dlci_up),
	CASE(without_lmi_carrier_is_enough),
	CASE(packets_of_every_size_arrive_in_order),
	CASE(dlci_known_at_one_end_only_stays_down),
	CASE(stopped_end_takes_the_other_down_and_up_again),
	CASE(silent_control_plane_takes_the_dlci_down),
	CASE(impaired_line_loses_frames_and_counts_them),
	CASE(capture_sees_frames_and_management),
#undef CASE
};

int main(void)
{
	osmo_init_logging2(NULL, &vcgw_log_info);
	log_set_log_level(osmo_stderr_target, LOGL_FATAL);
	osmo_gettimeofday_override = true;
	osmo_clock_override_enable(CLOCK_MONOTONIC, true);
	return unit_main("transports/loop_fr", cases, sizeof(cases) / sizeof(cases[0]));
}
