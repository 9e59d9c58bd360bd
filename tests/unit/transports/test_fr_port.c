/* SPDX-License-Identifier: GPL-2.0-or-later */

/* One link whose wire is two arrays: what it receives and what it sent. */

#include <errno.h>
#include <stdint.h>

#include <osmocom/core/application.h>

#include "core/acct.h"
#include "core/log.h"
#include "core/rcu.h"
#include "tests/unit/unit.h"
#include "transports/fr/fr.h"
#include "transports/fr/lmi_msg.h"
#include "transports/fr/q922.h"
#include "transports/loop_io.h"
#include "transports/transport.h"

static struct pkt_pool *pool;
static struct link *l;
static struct circuit *c100;

static uint8_t in[UNITS_MSG_MAX], sent[UNITS_MSG_MAX];
static uint32_t in_len, sent_len;
static uint8_t mgmt[8192];
static size_t mgmt_len;
static unsigned int frames_in; /* complete frames given to the link */

static int wire_send(struct unit_wire *w, const uint8_t *msg, uint32_t len)
{
	(void)w;
	memcpy(sent, msg, len);
	sent_len = len;
	return 0;
}

static int wire_recv(struct unit_wire *w, uint8_t *msg, uint32_t size)
{
	uint32_t n = in_len;

	(void)w;
	CU_ASSERT_FATAL(n <= size);
	if (n == 0)
		return -EAGAIN;
	memcpy(msg, in, n);
	in_len = 0;
	return (int)n;
}

static void op_attach(struct link *link, int fd)
{
	(void)link;
	(void)fd;
}

static void op_detach(struct link *link)
{
	(void)link;
}

static void op_carrier(struct link *link, bool up)
{
	(void)link;
	(void)up;
}

static void op_state(struct circuit *c, bool active)
{
	CU_ASSERT_EQUAL(c->active, active);
}

static int op_mgmt(struct link *link, const uint8_t *frame, size_t len)
{
	(void)link;
	memcpy(mgmt, frame, len);
	mgmt_len = len;
	return 0;
}

static const struct link_owner_ops ops = {
	.attach = op_attach,
	.detach = op_detach,
	.carrier = op_carrier,
	.circuit_state = op_state,
	.send_mgmt = op_mgmt,
};

static void link_open(enum lmi_type lmi, bool network)
{
	struct link_cfg cfg;
	struct unit_wire *w;

	link_cfg_init(&cfg, MEDIUM_FR);
	strcpy(cfg.socket_path, "/nonexistent/never-opened");
	cfg.lmi.type = lmi;
	cfg.lmi.network = network;
	CU_ASSERT_PTR_NULL(link_cfg_check(&cfg));
	CU_ASSERT_EQUAL_FATAL(link_create(&l, "fr0", &cfg, &ops, NULL), 0);
	w = loop_io_wire(l->io);
	w->send = wire_send;
	w->recv = wire_recv;
	CU_ASSERT_EQUAL_FATAL(circuit_add(l, 100, ENCAP_NLPID_SNAP, 0, NULL, &c100), 0);
	frames_in = 0;
	in_len = 0;
	sent_len = 0;
	mgmt_len = 0;
	link_carrier_up(l, -1);
}

static uint64_t count(uint32_t acct, enum acct_ctr c)
{
	return acct_get(acct, c);
}

/* The identities of transports/fr/port.h and core/acct.h, then nothing is left. */
static void link_close(void)
{
	uint64_t circuits = 0;
	struct circuit *c;

	llist_for_each_entry (c, &l->circuits, list) {
		circuits += count(c->id, ACCT_RX_PDU);
		CU_ASSERT_EQUAL(count(c->id, ACCT_RX_PDU), count(c->id, ACCT_DELIVERED) +
								   count(c->id, ACCT_PUNTED) +
								   acct_discards(c->id));
	}
	CU_ASSERT_EQUAL(frames_in, count(l->id, ACCT_RX_PDU) + circuits);
	CU_ASSERT_EQUAL(count(l->id, ACCT_RX_PDU),
			count(l->id, ACCT_PUNTED) + acct_discards(l->id));
	link_carrier_down(l);
	link_destroy(l);
	CU_ASSERT_EQUAL(pkt_pool_in_use(pool), 0);
}

static void in_frame_raw(const uint8_t *frame, uint32_t len)
{
	put_u16(in + in_len, (uint16_t)len);
	if (len)
		memcpy(in + in_len + 2, frame, len);
	in_len += 2 + len;
	frames_in++;
}

/* Append a frame (from its address on) with a good FCS. */
static void in_frame(const uint8_t *frame, uint32_t len)
{
	uint8_t buf[9000];

	memcpy(buf, frame, len);
	q922_fcs_put(buf, len);
	in_frame_raw(buf, len + 2);
}

static void in_hex(const char *hex)
{
	uint8_t buf[200];

	in_frame(buf, (uint32_t)unit_hex(buf, sizeof(buf), hex));
}

static struct link_io rx(struct pkt_batch *b)
{
	struct link_io io = { 0 };

	b->n = 0;
	rcu_reader_online();
	link_rx(l, b, &io);
	rcu_quiescent();
	rcu_reader_offline();
	return io;
}

/* Take what came as the gateway would: circuits' payloads delivered, management punted. */
static void take(struct pkt_batch *b)
{
	for (unsigned int i = 0; i < b->n; i++) {
		struct pkt *p = b->pkt[i];

		acct_add(p->acct, p->control ? ACCT_PUNTED : ACCT_DELIVERED, 1);
		if (p->control) {
			CU_ASSERT_EQUAL(p->circuit, 0);
			CU_ASSERT_EQUAL(p->acct, l->id);
			link_mgmt_rx(l, p->data, p->len);
		} else {
			CU_ASSERT_EQUAL(p->circuit, p->acct);
			CU_ASSERT_EQUAL(((struct circuit *)p->obj)->id, p->acct);
		}
	}
	pkt_batch_free(b);
}

static unsigned int rx_all(void)
{
	struct pkt_batch b;
	unsigned int n = 0;
	struct link_io io;

	do {
		io = rx(&b);
		n += b.n;
		take(&b);
	} while (io.more || in_len);
	return n;
}

#define HEADER_100 "18 41 03 00 80 00 00 5e 00 07"

static void payload_is_sent_as_rfc_3070_draws(void)
{
	static const char frame[] = "00 11" HEADER_100 "de ad be ef 05";
	struct pkt_batch b = { 0 };
	struct link_io io = { 0 };
	uint8_t want[32];
	struct pkt *p;

	link_open(LMI_NONE, false);
	p = pkt_alloc(pool, 5);
	memcpy(pkt_put(p, 5), "\xde\xad\xbe\xef\x05", 5);
	p->obj = c100;
	pkt_batch_add(&b, p);
	link_tx(l, &b, &io);
	link_flush(l, &io);
	CU_ASSERT_EQUAL_FATAL(sent_len, 19);
	CU_ASSERT_EQUAL(unit_hex(want, sizeof(want), frame), 17);
	CU_ASSERT_EQUAL(memcmp(sent, want, 17), 0);
	CU_ASSERT_EQUAL(q922_fcs_residue(sent + 2, 17), Q922_FCS_GOOD);
	CU_ASSERT_EQUAL(count(c100->id, ACCT_TX_PDU), 1);
	CU_ASSERT_EQUAL(count(c100->id, ACCT_TX_OCTETS), 13);
	link_close();
}

static void payload_is_received_without_its_headers(void)
{
	struct pkt_batch b;

	link_open(LMI_NONE, false);
	in_hex(HEADER_100 "01 02 03");
	rx(&b);
	CU_ASSERT_EQUAL_FATAL(b.n, 1);
	CU_ASSERT_EQUAL(b.pkt[0]->len, 3);
	CU_ASSERT_EQUAL(memcmp(b.pkt[0]->data, "\x01\x02\x03", 3), 0);
	CU_ASSERT_PTR_EQUAL(b.pkt[0]->obj, c100);
	CU_ASSERT_EQUAL(count(c100->id, ACCT_RX_OCTETS), 11);
	take(&b);
	link_close();
}

/* A live network under congestion sets exactly these. */
static void congestion_bits_are_counted_and_delivered(void)
{
	link_open(LMI_NONE, false);
	in_hex("18 49 03 00 80 00 00 5e 00 07 aa"); /* FECN */
	in_hex("18 45 03 00 80 00 00 5e 00 07 aa"); /* BECN */
	in_hex("18 43 03 00 80 00 00 5e 00 07 aa"); /* DE */
	in_hex("1a 4f 03 00 80 00 00 5e 00 07 aa"); /* C/R and all */
	CU_ASSERT_EQUAL(rx_all(), 4);
	CU_ASSERT_EQUAL(count(c100->id, ACCT_RX_FECN), 2);
	CU_ASSERT_EQUAL(count(c100->id, ACCT_RX_BECN), 2);
	CU_ASSERT_EQUAL(count(c100->id, ACCT_RX_DE), 2);
	link_close();
}

static void every_discard_has_its_reason_and_its_account(void)
{
	static const uint8_t bad_fcs[] = { 0x18, 0x41, 0x03, 0x00, 0x12, 0x34 };
	static uint8_t frame[1601] = { 0x18, 0x41, 0x03, 0x00, 0x80, 0x00, 0x00, 0x5e, 0x00, 0x07 };

	link_open(LMI_NONE, false);
	for (uint32_t n = 0; n < 3; n++)
		in_frame(frame, n); /* 2 to 4 octets with the FCS */
	in_frame_raw(frame, 0);
	in_frame(frame, 1601);
	in_frame_raw(bad_fcs, sizeof(bad_fcs));
	in_hex("19 41 03 00 80 00 00 5e 00 07");
	in_hex("18 40 01 03 00 80 00 00 5e 00 07");
	in_hex("20 41 03 00 80 00 00 5e 00 07"); /* DLCI 132 */
	in_hex("fc f1 03 09 00 75");		 /* DLCI 1023: the consortium's LMI */
	in_hex("00 01 03 08 00 75 51 01 00 53 02 01 00");
	in_hex("18 41 03 cc 45 00"); /* IPv4 */
	in_hex("18 41 03");
	CU_ASSERT_EQUAL(rx_all(), 0);
	CU_ASSERT_EQUAL(count(l->id, DROP_FR_SHORT), 4);
	CU_ASSERT_EQUAL(count(l->id, DROP_FR_TOO_LONG), 1);
	CU_ASSERT_EQUAL(count(l->id, DROP_FR_FCS), 1);
	CU_ASSERT_EQUAL(count(l->id, DROP_FR_ADDRESS), 2);
	CU_ASSERT_EQUAL(count(l->id, DROP_FR_UNKNOWN_DLCI), 2);
	CU_ASSERT_EQUAL(count(l->id, DROP_LMI_UNEXPECTED), 1);
	CU_ASSERT_EQUAL(acct_discards(l->id), 11);
	CU_ASSERT_EQUAL(count(c100->id, DROP_NLPID_UNKNOWN), 1);
	CU_ASSERT_EQUAL(count(c100->id, DROP_NLPID_MALFORMED), 1);
	CU_ASSERT_EQUAL(acct_discards(c100->id), 2);
	link_close();
}

static void longest_frame_passes(void)
{
	static uint8_t frame[1600] = { 0x18, 0x41, 0x03, 0x00, 0x80, 0x00, 0x00, 0x5e, 0x00, 0x07 };
	struct pkt_batch b;

	link_open(LMI_NONE, false);
	CU_ASSERT_EQUAL(c100->mtu, 1590);
	in_frame(frame, sizeof(frame));
	rx(&b);
	CU_ASSERT_EQUAL_FATAL(b.n, 1);
	CU_ASSERT_EQUAL(b.pkt[0]->len, c100->mtu);
	take(&b);
	link_close();
}

static void every_damaged_bit_is_seen(void)
{
	uint8_t frame[16];
	size_t n = unit_hex(frame, sizeof(frame), HEADER_100 "01 02");

	link_open(LMI_NONE, false);
	q922_fcs_put(frame, n);
	n += 2;
	for (size_t bit = 0; bit < n * 8; bit++) {
		frame[bit / 8] ^= (uint8_t)(1u << bit % 8);
		in_frame_raw(frame, (uint32_t)n);
		frame[bit / 8] ^= (uint8_t)(1u << bit % 8);
	}
	CU_ASSERT_EQUAL(rx_all(), 0);
	CU_ASSERT_EQUAL(count(l->id, DROP_FR_FCS), n * 8);
	link_close();
}

static void inactive_dlci_takes_nothing(void)
{
	static const uint8_t status[] = { 0x00, 0x01, 0x03, 0x08, 0x00, 0x7d, 0x51, 0x01, 0x00,
					  0x53, 0x02, 0x01, 0x01, 0x57, 0x03, 0x06, 0xa0, 0x82 };
	struct lmi_info info;

	link_open(LMI_Q933A, false);
	CU_ASSERT(!c100->active);
	CU_ASSERT_EQUAL(fr_pvc_status(c100), FR_PVC_ABSENT);
	CU_ASSERT_EQUAL(mgmt_len, LMI_FULL_LEN); /* the first enquiry */
	in_hex(HEADER_100 "aa");
	CU_ASSERT_EQUAL(rx_all(), 0);
	CU_ASSERT_EQUAL(count(c100->id, DROP_FR_INACTIVE), 1);
	in_frame(status, sizeof(status));
	CU_ASSERT_EQUAL(rx_all(), 1);
	CU_ASSERT(c100->active);
	CU_ASSERT_EQUAL(fr_pvc_status(c100), FR_PVC_ACTIVE);
	in_hex(HEADER_100 "aa");
	CU_ASSERT_EQUAL(rx_all(), 1);
	CU_ASSERT_EQUAL(fr_lmi_info(l, &info), 0);
	CU_ASSERT_EQUAL(info.state, LMI_ST_UP);
	CU_ASSERT_EQUAL(info.pvcs, 1);
	CU_ASSERT_STRING_EQUAL(lmi_state_name(info.state), "up");
	link_close();
}

static void bad_lmi_is_charged_once(void)
{
	uint64_t malformed = count(0, DROP_LMI_MALFORMED);
	uint64_t unexpected = count(0, DROP_LMI_UNEXPECTED);

	link_open(LMI_Q933A, false);
	in_hex("00 01 03 08 00 75 95 01 01 00 03 02 01 00"); /* ANSI */
	in_hex("00 01 03 08 00 75 51 01 00 53 02 01 00");    /* an enquiry: we ask here */
	CU_ASSERT_EQUAL(rx_all(), 2);
	CU_ASSERT_EQUAL(count(0, DROP_LMI_MALFORMED), malformed + 1);
	CU_ASSERT_EQUAL(count(0, DROP_LMI_UNEXPECTED), unexpected + 1);
	CU_ASSERT_EQUAL(acct_discards(l->id), 0);
	link_close();
}

static void management_is_sent_as_it_is(void)
{
	static const uint8_t enquiry[] = { 0x00, 0x01, 0x03, 0x08, 0x00, 0x75, 0x51,
					   0x01, 0x00, 0x53, 0x02, 0x01, 0x00 };
	struct pkt_batch b = { 0 };
	struct link_io io = { 0 };
	struct pkt *p;

	link_open(LMI_Q933A, false);
	p = pkt_alloc(pool, (uint32_t)mgmt_len);
	memcpy(pkt_put(p, (uint32_t)mgmt_len), mgmt, mgmt_len);
	p->control = true;
	pkt_batch_add(&b, p);
	link_tx(l, &b, &io);
	link_flush(l, &io);
	CU_ASSERT_EQUAL_FATAL(sent_len, 2 + sizeof(enquiry) + 2);
	CU_ASSERT_EQUAL(memcmp(sent + 2, enquiry, sizeof(enquiry)), 0);
	CU_ASSERT_EQUAL(q922_fcs_residue(sent + 2, sizeof(enquiry) + 2), Q922_FCS_GOOD);
	CU_ASSERT_EQUAL(count(l->id, ACCT_TX_PDU), 1);
	link_close();
}

static void too_long_or_without_headroom_is_tx_drop(void)
{
	struct pkt_batch b = { 0 };
	struct link_io io = { 0 };
	struct pkt *p;

	link_open(LMI_NONE, false);
	p = pkt_alloc(pool, 1591);
	pkt_put(p, 1591);
	p->obj = c100;
	pkt_batch_add(&b, p);
	p = pkt_alloc(pool, 1);
	pkt_push(p, PKT_HEADROOM - 9);
	p->obj = c100;
	pkt_batch_add(&b, p);
	link_tx(l, &b, &io);
	link_flush(l, &io);
	CU_ASSERT_EQUAL(sent_len, 0);
	CU_ASSERT_EQUAL(count(c100->id, ACCT_TX_DROP), 2);
	link_close();
}

static void full_message_takes_several_batches(void)
{
	struct pkt_batch b;
	unsigned int n = 0, calls = 0;
	struct link_io io;

	link_open(LMI_NONE, false);
	for (int i = 0; i < 100; i++)
		in_hex(HEADER_100 "55");
	do {
		io = rx(&b);
		n += b.n;
		calls++;
		take(&b);
	} while (io.more);
	CU_ASSERT_EQUAL(n, 100);
	CU_ASSERT(calls >= 4);
	link_close();
}

static void message_cut_at_every_length_is_bad_not_fatal(void)
{
	uint8_t whole[64];
	uint32_t len;

	link_open(LMI_NONE, false);
	in_hex(HEADER_100 "01 02 03");
	in_hex(HEADER_100 "04");
	len = in_len;
	memcpy(whole, in, len);
	frames_in = 0;
	for (uint32_t n = 1; n < len; n++) {
		bool first = n >= 17;

		memcpy(in, whole, n);
		in_len = n;
		frames_in += first;
		CU_ASSERT_EQUAL(rx_all(), first);
		CU_ASSERT_EQUAL(count(l->id, ACCT_RX_UNIT_BAD), n - (n >= 17));
	}
	link_close();
}

static void without_buffers_frames_are_counted(void)
{
	struct pkt *hold[64];
	unsigned int n = 0;

	link_open(LMI_Q933A, true);
	while ((hold[n] = pkt_alloc(pool, 100)))
		n++;
	in_hex("00 01 03 08 00 75 51 01 00 53 02 01 00");
	CU_ASSERT_EQUAL(rx_all(), 0);
	CU_ASSERT_EQUAL(count(l->id, DROP_NO_BUFFER), 1);
	while (n)
		pkt_free(hold[--n]);
	link_close();
}

static void only_users_dlcis_are_taken(void)
{
	static const uint32_t refused[] = { 0, 1, 15, 1008, 1022, 1023, 1024, 1024 + 100 };
	struct circuit *c;

	link_open(LMI_NONE, false);
	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++)
		CU_ASSERT_EQUAL(circuit_add(l, refused[i], ENCAP_NLPID_SNAP, 0, NULL, &c), -EINVAL);
	CU_ASSERT_EQUAL(circuit_add(l, 16, ENCAP_NLPID_SNAP, 9188, NULL, &c), -EINVAL);
	CU_ASSERT_EQUAL(circuit_add(l, 16, ENCAP_LLC_SNAP, 0, NULL, &c), -EINVAL);
	CU_ASSERT_EQUAL(circuit_add(l, 100, ENCAP_NLPID_SNAP, 0, NULL, &c), -EEXIST);
	CU_ASSERT_EQUAL(circuit_add(l, 16, ENCAP_NLPID_SNAP, 0, NULL, &c), 0);
	CU_ASSERT_EQUAL(circuit_add(l, 991, ENCAP_NLPID_SNAP, 0, NULL, &c), 0);
	CU_ASSERT(c->active);
	link_close();
}

static void network_refuses_what_a_full_status_cannot_list(void)
{
	struct circuit *c;
	int rc = 0;
	uint32_t n = 1;

	link_open(LMI_Q933A, true);
	for (uint32_t d = 200; rc == 0; d++, n++)
		rc = circuit_add(l, d, ENCAP_NLPID_SNAP, 0, NULL, &c);
	CU_ASSERT_EQUAL(rc, -ENOSPC);
	CU_ASSERT_EQUAL(n - 1, 317); /* (1600 - 13) / 5 */
	link_close();
}

/* 10 MB of noise and of damaged good frames, half of them with a mended FCS. */
static void noise_is_conserved(void)
{
	static const char *const seeds[] = {
		HEADER_100 "11 22 33 44",
		"00 01 03 08 00 7d 51 01 00 53 02 01 01 57 03 06 a0 82",
		"00 01 03 08 00 75 51 01 00 53 02 01 00",
		"18 4f 03 cc 45 00 00 14",
	};
	uint64_t rnd = 88172645463325252u;
	size_t total = 0;

	link_open(LMI_Q933A, true);
	while (total < 10u << 20) {
		while (in_len < UNITS_MSG_MAX - 2048) {
			uint8_t f[1800];
			uint32_t n;

			rnd ^= rnd << 13;
			rnd ^= rnd >> 7;
			rnd ^= rnd << 17;
			if (rnd & 1) {
				n = (uint32_t)(rnd >> 8) % 1700;
				for (uint32_t i = 0; i < n; i++)
					f[i] = (uint8_t)(rnd >> i % 57);
			} else {
				n = (uint32_t)unit_hex(f, sizeof(f), seeds[rnd >> 4 & 3]);
				f[(rnd >> 8) % n] ^= (uint8_t)(1u << (rnd >> 16 & 7));
				f[(rnd >> 24) % n] = (uint8_t)(rnd >> 40);
				n -= (uint32_t)(rnd >> 50 & 1);
			}
			if (rnd & 2)
				in_frame(f, n);
			else
				in_frame_raw(f, n);
		}
		total += in_len;
		rx_all();
	}
	CU_ASSERT(frames_in > 10000);
	link_close();
}

static const struct unit_case cases[] = {
#define CASE(name)                                                                                 \
	{                                                                                          \
#name, name                                                                        \
	}
	CASE(payload_is_sent_as_rfc_3070_draws),
	CASE(payload_is_received_without_its_headers),
	CASE(congestion_bits_are_counted_and_delivered),
	CASE(every_discard_has_its_reason_and_its_account),
	CASE(longest_frame_passes),
	CASE(every_damaged_bit_is_seen),
	CASE(inactive_dlci_takes_nothing),
	CASE(bad_lmi_is_charged_once),
	CASE(management_is_sent_as_it_is),
	CASE(too_long_or_without_headroom_is_tx_drop),
	CASE(full_message_takes_several_batches),
	CASE(message_cut_at_every_length_is_bad_not_fatal),
	CASE(without_buffers_frames_are_counted),
	CASE(only_users_dlcis_are_taken),
	CASE(network_refuses_what_a_full_status_cannot_list),
	CASE(noise_is_conserved),
#undef CASE
};

int main(void)
{
	int rc;

	osmo_init_logging2(NULL, &vcgw_log_info);
	log_set_log_level(osmo_stderr_target, LOGL_FATAL);
	acct_init();
	acct_thread_init();
	rcu_init();
	pool = pkt_pool_new(48, 0);
	pkt_pool_bind(pool);
	rc = unit_main("transports/fr_port", cases, sizeof(cases) / sizeof(cases[0]));
	rcu_exit();
	pkt_pool_free(pool);
	log_fini();
	return rc;
}
