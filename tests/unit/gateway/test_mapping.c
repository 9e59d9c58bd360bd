/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * docs/mapping.md against the code: its `hex` blocks are what goes on the line and what is taken
 * from it, its tables are what the code computes. The blocks themselves are computed by
 * tests/mapping.py, independently. The wire here is the `loop` drivers' socket, whose far end is
 * the test.
 */

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <osmocom/core/application.h>
#include <osmocom/core/select.h>

#include "core/clock.h"
#include "core/cursor.h"
#include "core/log.h"
#include "gateway/demux.h"
#include "ipsec/esp.h"
#include "ipsec/ike/payload.h"
#include "ipsec/sa.h"
#include "l2tp/data.h"
#include "l2tp/message.h"
#include "tests/unit/transports/rig.h"
#include "transports/atm/aal5.h"
#include "transports/atm/llc.h"
#include "transports/fr/q922.h"
#include "transports/fr/snap.h"
#include "transports/transport.h"

enum {
	BLOCK_MAX = 256,
	BLOCKS = 64,
	SPI = 0xc0ffee01, /* of the examples, section 8 */
	VC_ATM = 0 << 16 | 100,
	VC_FR = 100,
	PATH = 1, /* account of the circuit that the SA belongs to */
};

/* ---- the document ---- */

struct block {
	char name[48];
	uint8_t data[BLOCK_MAX];
	size_t len;
	bool claimed;
};

static char text[128 * 1024];
static struct block blocks[BLOCKS];
static unsigned int n_blocks;

/* A block that was opened and never closed, or one too many, is worth a failure too. */
static bool parse(void)
{
	static const char open[] = "\n```hex ";
	const char *at = text;

	while ((at = strstr(at, open))) {
		struct block *b = &blocks[n_blocks];
		const char *name = at + strlen(open), *hex = strchr(name, '\n'), *end;
		char digits[4 * BLOCK_MAX];

		end = hex ? strstr(hex, "\n```") : NULL;
		if (!end || n_blocks == BLOCKS || (size_t)(end - hex) >= sizeof(digits) ||
		    (size_t)(hex - name) >= sizeof(b->name))
			return false;
		snprintf(b->name, sizeof(b->name), "%.*s", (int)(hex - name), name);
		snprintf(digits, sizeof(digits), "%.*s", (int)(end - hex), hex);
		b->len = unit_hex(b->data, sizeof(b->data), digits);
		n_blocks++;
		at = end + 1;
	}
	return n_blocks > 0;
}

static bool load(void)
{
	const char *top = getenv("top_srcdir");
	char path[4096];
	size_t n;
	FILE *f;

	snprintf(path, sizeof(path), "%s/docs/mapping.md", top ? top : TOP_SRCDIR);
	f = fopen(path, "re");
	if (!f) {
		fprintf(stderr, "%s: %s\n", path, strerror(errno));
		return false;
	}
	n = fread(text, 1, sizeof(text) - 1, f);
	fclose(f);
	return n && n < sizeof(text) - 1 && parse();
}

static const struct block *block(const char *name)
{
	for (unsigned int i = 0; i < n_blocks; i++)
		if (strcmp(blocks[i].name, name) == 0) {
			blocks[i].claimed = true;
			return &blocks[i];
		}
	printf("no block %s; ", name);
	CU_FAIL_FATAL("the document lacks a block");
	abort();
}

static bool same(const void *data, size_t len, const char *name)
{
	const struct block *b = block(name);

	return len == b->len && memcmp(data, b->data, len) == 0;
}

/* ---- a link of the gateway, and the bare socket at its far end ---- */

static char tmp_dir[] = "/tmp/vcgw-test-XXXXXX";
static struct sockaddr_un sun = { .sun_family = AF_UNIX };
static struct link *line;
static struct circuit *circuit;
static int line_fd = -1, far_fd = -1, accept_fd = -1;

static void on_attach(struct link *l, int fd)
{
	(void)l;
	line_fd = fd;
}

static void on_detach(struct link *l)
{
	(void)l;
	line_fd = -1;
}

static void on_carrier(struct link *l, bool up)
{
	(void)l;
	(void)up;
}

static void on_circuit(struct circuit *c, bool active)
{
	(void)c;
	(void)active;
}

static int on_mgmt(struct link *l, const uint8_t *frame, size_t len)
{
	(void)l;
	(void)frame;
	(void)len;
	return 0;
}

static const struct link_owner_ops ops = { .attach = on_attach,
					   .detach = on_detach,
					   .carrier = on_carrier,
					   .circuit_state = on_circuit,
					   .send_mgmt = on_mgmt };

static size_t far_recv(uint8_t *buf, size_t size)
{
	struct pollfd p = { .fd = far_fd, .events = POLLIN };
	ssize_t n = poll(&p, 1, 5000) == 1 ? recv(far_fd, buf, size, 0) : -1;

	CU_ASSERT_FATAL(n > 0);
	return (size_t)n;
}

static void line_begin(enum medium medium, enum encap encap)
{
	uint8_t hello[64];
	struct link_cfg cfg;
	size_t n;

	strcpy(tmp_dir + sizeof(tmp_dir) - 7, "XXXXXX");
	CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(tmp_dir));
	snprintf(sun.sun_path, sizeof(sun.sun_path), "%s/wire", tmp_dir);
	accept_fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
	CU_ASSERT_FATAL(bind(accept_fd, (struct sockaddr *)&sun, sizeof(sun)) == 0);
	CU_ASSERT_FATAL(listen(accept_fd, 1) == 0);
	link_cfg_init(&cfg, medium);
	snprintf(cfg.socket_path, sizeof(cfg.socket_path), "%s", sun.sun_path);
	CU_ASSERT_EQUAL_FATAL(link_create(&line, "line", &cfg, &ops, NULL), 0);
	CU_ASSERT_EQUAL_FATAL(
		circuit_add(line, medium == MEDIUM_ATM ? VC_ATM : VC_FR, encap, 0, NULL, &circuit),
		0);
	CU_ASSERT_EQUAL_FATAL(link_start(line), 0);
	far_fd = accept(accept_fd, NULL, NULL);
	/* Its own hello suits it. */
	n = far_recv(hello, sizeof(hello));
	CU_ASSERT_EQUAL_FATAL(send(far_fd, hello, n, 0), (ssize_t)n);
	for (int i = 0; i < 100 && line_fd < 0; i++)
		osmo_select_main(i > 0);
	CU_ASSERT_FATAL(line_fd >= 0);
}

static void line_end(void)
{
	link_destroy(line);
	close(far_fd);
	close(accept_fd);
	unlink(sun.sun_path);
	CU_ASSERT_EQUAL(rmdir(tmp_dir), 0);
	rcu_drain();
}

static struct pkt *pkt_of(const void *data, size_t len)
{
	struct pkt *p = pkt_alloc(rig_pool, (uint32_t)len);

	memcpy(pkt_put(p, (uint32_t)len), data, len);
	return p;
}

/* Send a payload by the circuit. \returns what the far end gets. */
static size_t line_send(const struct block *payload, uint8_t *wire, size_t size)
{
	struct pkt_batch b = { .n = 0 };
	struct link_io io = { 0 };
	struct pkt *p = pkt_of(payload->data, payload->len);

	p->obj = circuit;
	pkt_batch_add(&b, p);
	rcu_reader_online();
	link_tx(line, &b, &io);
	link_flush(line, &io);
	rcu_reader_offline();
	return far_recv(wire, size);
}

/* Does the circuit take the payload out of this message of the far end? */
static bool line_takes(const void *wire, size_t len, const struct block *payload)
{
	struct pkt_batch b = { .n = 0 };
	struct link_io io = { 0 };
	bool good;

	CU_ASSERT_EQUAL_FATAL(send(far_fd, wire, len, 0), (ssize_t)len);
	rcu_reader_online();
	link_rx(line, &b, &io);
	rcu_reader_offline();
	good = b.n == 1 && b.pkt[0]->obj == circuit && b.pkt[0]->len == payload->len &&
	       memcmp(b.pkt[0]->data, payload->data, payload->len) == 0;
	pkt_batch_free(&b);
	return good;
}

/* The SDU in cells that came, by the length in the trailer. */
static size_t sdu_of_cells(const uint8_t *wire, size_t len, uint8_t *sdu)
{
	size_t n = 0;

	CU_ASSERT_EQUAL_FATAL(len % CELL_LEN, 0);
	for (size_t at = 0; at < len; at += CELL_LEN, n += CELL_PAYLOAD)
		memcpy(sdu + n, wire + at + CELL_HDR_LEN, CELL_PAYLOAD);
	return (size_t)sdu[n - 6] << 8 | sdu[n - 5];
}

static size_t cells_of_sdu(const struct block *sdu, uint8_t *wire)
{
	uint32_t n = aal5_cells((uint32_t)sdu->len);
	struct aal5_hdrs hdrs;
	struct aal5_seg seg;

	aal5_hdrs_init(&hdrs, VC_ATM >> 16, VC_ATM & 0xffff);
	aal5_seg_begin(&seg, &hdrs, sdu->data, (uint32_t)sdu->len, 0);
	aal5_seg_cells(&seg, wire, n);
	return (size_t)n * CELL_LEN;
}

/* A payload and its SDU, both ways. */
static void check_atm(enum encap encap, const char *payload, const char *sdu)
{
	uint8_t wire[1024], got[1024];
	size_t n;

	line_begin(MEDIUM_ATM, encap);
	n = line_send(block(payload), wire, sizeof(wire));
	CU_ASSERT(same(got, sdu_of_cells(wire, n, got), sdu));
	n = cells_of_sdu(block(sdu), wire);
	CU_ASSERT(line_takes(wire, n, block(payload)));
	line_end();
}

/* A payload and its frame without FCS, both ways; each frame has its length before it. */
static void check_fr(const char *payload, const char *frame)
{
	uint8_t wire[1024];
	const struct block *b = block(frame);
	size_t n;

	line_begin(MEDIUM_FR, ENCAP_NLPID_SNAP);
	n = line_send(block(payload), wire, sizeof(wire));
	CU_ASSERT_FATAL(n > 2 + Q922_FCS_LEN && (size_t)(wire[0] << 8 | wire[1]) == n - 2);
	CU_ASSERT(same(wire + 2, n - 2 - Q922_FCS_LEN, frame));
	CU_ASSERT_EQUAL(q922_fcs_residue(wire + 2, n - 2), Q922_FCS_GOOD);

	put_u16(wire, (uint16_t)(b->len + Q922_FCS_LEN));
	memcpy(wire + 2, b->data, b->len);
	q922_fcs_put(wire + 2, b->len);
	CU_ASSERT(line_takes(wire, 2 + b->len + Q922_FCS_LEN, block(payload)));
	line_end();
}

/* ---- cases: framing ---- */

static void llc_snap(void)
{
	struct pkt *p = pkt_of(block("udp-ike")->data, block("udp-ike")->len);

	CU_ASSERT(llc_push(p) && same(p->data, p->len, "llc-snap-ike"));
	CU_ASSERT(llc_pull(p) == 0 && same(p->data, p->len, "udp-ike"));
	pkt_free(p);
	check_atm(ENCAP_LLC_SNAP, "udp-ike", "llc-snap-ike");
	check_atm(ENCAP_LLC_SNAP, "esp-null-sha256", "llc-snap-esp");
}

static void null_encapsulation(void)
{
	check_atm(ENCAP_NULL, "udp-ike", "null-ike");
	check_atm(ENCAP_NULL, "esp-null-sha256", "esp-null-sha256");
}

static void nlpid_snap(void)
{
	const struct block *frame = block("nlpid-snap-ike");
	struct pkt *p = pkt_of(block("udp-ike")->data, block("udp-ike")->len);
	struct rd r = rd_init(frame->data, frame->len);
	struct q922_addr a;

	CU_ASSERT_EQUAL(q922_addr_decode(&a, &r), 0);
	CU_ASSERT(a.dlci == VC_FR && !a.fecn && !a.becn && !a.de);
	CU_ASSERT_EQUAL(fr_snap_push(p), 0);
	CU_ASSERT(p->len == r.left && memcmp(p->data, r.p, r.left) == 0);
	pkt_free(p);
	check_fr("udp-ike", "nlpid-snap-ike");
	check_fr("esp-null-sha256", "nlpid-snap-esp");
}

static void whole_cells(void)
{
	static const struct {
		enum encap encap;
		const char *payload, *cells;
	} rows[] = { { ENCAP_LLC_SNAP, "esp-null-sha256", "cells-llc-snap-esp" },
		     { ENCAP_NULL, "udp-ike", "cells-null-ike" } };
	uint8_t wire[1024];

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct block *b = block(rows[i].cells);

		line_begin(MEDIUM_ATM, rows[i].encap);
		CU_ASSERT(same(wire, line_send(block(rows[i].payload), wire, sizeof(wire)),
			       rows[i].cells));
		CU_ASSERT(line_takes(b->data, b->len, block(rows[i].payload)));
		line_end();
	}
}

static void whole_frame(void)
{
	const struct block *b = block("fcs-nlpid-snap-esp");
	uint8_t wire[1024];
	size_t n;

	line_begin(MEDIUM_FR, ENCAP_NLPID_SNAP);
	n = line_send(block("esp-null-sha256"), wire, sizeof(wire));
	CU_ASSERT(n > 2 && same(wire + 2, n - 2, "fcs-nlpid-snap-esp"));
	put_u16(wire, (uint16_t)b->len);
	memcpy(wire + 2, b->data, b->len);
	CU_ASSERT(line_takes(wire, 2 + b->len, block("esp-null-sha256")));
	line_end();
}

/* ---- cases: payloads ---- */

static void udp_datagram(void)
{
	const struct block *b = block("udp-ike");
	uint8_t d[UDP_HDR_LEN + IKE_HDR_LEN];
	struct wr w = wr_init(d + UDP_HDR_LEN, IKE_HDR_LEN);
	struct ike_hdr h;

	CU_ASSERT_EQUAL_FATAL(b->len, sizeof(d));
	CU_ASSERT_EQUAL_FATAL(ike_hdr_decode(&h, b->data + UDP_HDR_LEN, b->len - UDP_HDR_LEN), 0);
	CU_ASSERT(h.version == IKE_VERSION_1 && h.exchange == IKE_X_INFO && h.len == IKE_HDR_LEN);
	demux_udp_header(d, IKE_HDR_LEN);
	ike_hdr_encode(&w, &h);
	CU_ASSERT(same(d, sizeof(d), "udp-ike"));
}

static void l2tp_message(void)
{
	static const struct l2tp_ctl_hdr zlb = { .tunnel = 0x1234, .ns = 1, .nr = 2 };
	const struct block *b = block("l2tp-zlb");
	struct rd r = rd_init(b->data, b->len), body;
	uint8_t d[L2TP_CTL_HDR_LEN];
	struct wr w = wr_init(d, sizeof(d));
	struct l2tp_ctl_hdr h;

	l2tp_ctl_hdr_write(&w, &zlb, 0);
	CU_ASSERT(same(d, sizeof(d), "l2tp-zlb"));
	CU_ASSERT_EQUAL_FATAL(l2tp_ctl_hdr_read(&r, &h, &body), 0);
	CU_ASSERT(h.tunnel == 0x1234 && h.session == 0 && h.ns == 1 && h.nr == 2);
	CU_ASSERT_EQUAL(body.left, 0);
}

static struct sa *example_sa(enum sa_dir dir, uint8_t next_header)
{
	const struct block *key = block("esp-null-sha256-key");
	struct sa_params params = { .dir = dir,
				    .spi = SPI,
				    .path_id = PATH,
				    .suite = esp_suite_by_name("null-sha256"),
				    .keymat = key->data,
				    .replay_window = 64,
				    .next_header = next_header };
	struct sa *sa;

	CU_ASSERT_EQUAL_FATAL(esp_suite_keymat_len(params.suite), key->len);
	CU_ASSERT_EQUAL_FATAL(sa_new(&sa, &params), 0);
	return sa;
}

static void no_event(void *priv, struct sa *sa, enum sa_event ev)
{
	(void)priv;
	(void)sa;
	(void)ev;
}

static void check_esp(uint8_t next_header, const char *name)
{
	struct sa *out = example_sa(SA_OUT, next_header), *in = example_sa(SA_IN, next_header);
	struct esp *esp = esp_new(no_event, NULL);
	struct pkt_batch b = { .n = 0 };
	struct pkt *p = pkt_of(block("l2tp-zlb")->data, block("l2tp-zlb")->len);

	p->obj = out;
	pkt_batch_add(&b, p);
	esp_out(esp, &b);
	CU_ASSERT_EQUAL_FATAL(b.n, 1);
	CU_ASSERT(same(p->data, p->len, name));
	pkt_batch_free(&b);

	p = pkt_of(block(name)->data, block(name)->len);
	p->obj = in;
	pkt_batch_add(&b, p);
	esp_in(esp, &b);
	CU_ASSERT_EQUAL_FATAL(b.n, 1);
	CU_ASSERT(same(p->data, p->len, "l2tp-zlb"));
	CU_ASSERT(p->next_header == next_header && p->spi == SPI);
	pkt_batch_free(&b);
	esp_free(esp);
	sa_free(out);
	sa_free(in);
}

static void esp_packets(void)
{
	check_esp(115, "esp-null-sha256");
	check_esp(0, "esp-null-sha256-nh0");
}

/* ---- cases: telling them apart ---- */

static enum demux demux(struct sad *sad, bool security, const char *name, uint32_t on)
{
	struct pkt *p = pkt_of(block(name)->data, block(name)->len);
	enum acct_ctr why;
	enum demux d;

	p->circuit = on;
	rcu_update_begin();
	d = demux_circuit(sad, security, p, &why);
	rcu_update_end();
	pkt_free(p);
	return d;
}

static void rule_of_the_receiver(void)
{
	enum { ELSEWHERE = PATH + 1 };
	struct sad *sad = sad_new();
	struct sa *sa;

	CU_ASSERT_EQUAL(sad_add_ike_port(sad, IKE_UDP_PORT), 0);
	CU_ASSERT(sad_spi_usable(sad, SPI));
	CU_ASSERT_EQUAL(demux(sad, true, "esp-null-sha256", PATH), DEMUX_DROP); /* no SA yet */
	sa = example_sa(SA_IN, 115);
	CU_ASSERT_EQUAL_FATAL(sad_add(sad, sa), 0);
	for (int security = 0; security < 2; security++) {
		CU_ASSERT_EQUAL(demux(sad, security, "esp-null-sha256", PATH), DEMUX_ESP);
		CU_ASSERT_EQUAL(demux(sad, security, "esp-null-sha256-nh0", PATH), DEMUX_ESP);
		CU_ASSERT_EQUAL(demux(sad, security, "esp-null-sha256", ELSEWHERE), DEMUX_DROP);
		CU_ASSERT_EQUAL(demux(sad, security, "udp-ike", PATH), DEMUX_IKE);
		CU_ASSERT_EQUAL(demux(sad, security, "null-ike", PATH), DEMUX_IKE);
		CU_ASSERT_EQUAL(demux(sad, security, "l2tp-zlb", PATH),
				security ? DEMUX_DROP : DEMUX_L2TP);
		/* With their headers they are no payloads. */
		CU_ASSERT_EQUAL(demux(sad, security, "llc-snap-ike", PATH), DEMUX_DROP);
		CU_ASSERT_EQUAL(demux(sad, security, "llc-snap-esp", PATH), DEMUX_DROP);
	}
	sad_del(sad, sa);
	rcu_drain();
	sad_free(sad);
}

static bool document_says(const char *what)
{
	if (strstr(text, what))
		return true;
	printf("the document should say '%s'; ", what);
	return false;
}

static void number_of_usable_spis(void)
{
	static const uint16_t lower[] = { 0, 1, 255, 256, 0x1234, 0x8000, 0xffff };
	struct sad *sad = sad_new();
	uint64_t forbidden = 0;
	char number[32];

	sad_add_ike_port(sad, IKE_UDP_PORT);
	for (uint32_t low = 0; low <= UINT16_MAX; low++)
		forbidden += !sad_spi_usable(sad, low);
	CU_ASSERT_EQUAL(forbidden, 256);
	for (uint32_t upper = 1; upper <= UINT16_MAX; upper++) {
		bool usable = sad_spi_usable(sad, upper << 16);

		for (size_t i = 0; i < sizeof(lower) / sizeof(lower[0]); i++)
			if (sad_spi_usable(sad, upper << 16 | lower[i]) != usable)
				CU_FAIL("the lower half of an SPI decides");
		forbidden += usable ? 0 : 1 << 16;
	}
	snprintf(number, sizeof(number), " %" PRIu64 " are forbidden", forbidden);
	CU_ASSERT(document_says(number));
	snprintf(number, sizeof(number), " %.2f %% remain", 100 - 100 * (double)forbidden / 0x1p32);
	CU_ASSERT(document_says(number));
	sad_free(sad);
}

/* ---- cases: MTU ---- */

static uint32_t default_mtu(enum medium medium, enum encap encap)
{
	uint32_t mtu;

	line_begin(medium, encap);
	mtu = circuit->mtu;
	line_end();
	return mtu;
}

static void mtu_tables(void)
{
	static const char *const names[] = { "llc-snap", "null", "nlpid-snap" };
	const uint32_t mtu[] = { default_mtu(MEDIUM_ATM, ENCAP_LLC_SNAP),
				 default_mtu(MEDIUM_ATM, ENCAP_NULL),
				 default_mtu(MEDIUM_FR, ENCAP_NLPID_SNAP) };
	uint32_t head = l2tp_data_overhead(false, false, 0);
	unsigned int rows = 0;
	char row[256];

	for (int i = 0; i < 3; i++) {
		const char *at, *end;

		snprintf(row, sizeof(row), "\n| `%s` | ", names[i]);
		at = strstr(text, row);
		CU_ASSERT_PTR_NOT_NULL_FATAL(at);
		end = strchr(at + 1, '\n');
		snprintf(row, sizeof(row), " | %u |", mtu[i]);
		CU_ASSERT_PTR_NOT_NULL_FATAL(end);
		CU_ASSERT_EQUAL(strncmp(end - strlen(row), row, strlen(row)), 0);
	}
	for (const struct esp_suite *s = esp_suites; s->name; s++, rows++) {
		uint32_t full = esp_suite_packet_len(s, 1500 + head);
		int n = snprintf(row, sizeof(row), "\n| `%s` |", s->name);

		for (int i = 0; i < 3; i++) {
			uint32_t l2tp = esp_suite_payload_max(s, mtu[i]);

			n += snprintf(row + n, sizeof(row) - (size_t)n, " %u | %u |", l2tp,
				      l2tp - head);
		}
		snprintf(row + n, sizeof(row) - (size_t)n, " %u | %u |\n", full - 1500,
			 aal5_cells(full + LLC_SNAP_LEN));
		CU_ASSERT(document_says(row));
	}
	/* No row for a suite that is not there: those rows alone have nine columns. */
	for (const char *at = text; (at = strstr(at, "\n| `")); at++) {
		unsigned int bars = 0;

		for (const char *c = at + 1; *c && *c != '\n'; c++)
			bars += *c == '|';
		rows -= bars == 10;
	}
	CU_ASSERT_EQUAL(rows, 0);
}

/* The last case: what no other asked for. */
static void every_block_is_claimed(void)
{
	for (unsigned int i = 0; i < n_blocks; i++) {
		if (!blocks[i].claimed)
			printf("nobody checks %s; ", blocks[i].name);
		CU_ASSERT(blocks[i].claimed);
		for (unsigned int k = 0; k < i; k++)
			CU_ASSERT_NOT_EQUAL(strcmp(blocks[i].name, blocks[k].name), 0);
	}
}

static const struct unit_case cases[] = {
	{ "LLC/SNAP is as drawn, both ways", llc_snap },
	{ "null encapsulation adds nothing, both ways", null_encapsulation },
	{ "NLPID/SNAP is as drawn, both ways", nlpid_snap },
	{ "cells are as shown, both ways", whole_cells },
	{ "a frame with its FCS is as shown, both ways", whole_frame },
	{ "the UDP header and ISAKMP header are as drawn", udp_datagram },
	{ "the L2TP message is as shown", l2tp_message },
	{ "ESP with the key that is shown gives the packets that are shown, both ways",
	  esp_packets },
	{ "the examples are told apart as section 4 says", rule_of_the_receiver },
	{ "as many SPIs are usable as section 4.2 says", number_of_usable_spis },
	{ "the tables of section 6 are what the code computes", mtu_tables },
	{ "every block of the document is checked, and is there once", every_block_is_claimed },
};

int main(void)
{
	int rc;

	if (!load())
		return 2;
	osmo_init_logging2(NULL, &vcgw_log_info);
	rig_init(32, 4);
	rc = unit_main("gateway/mapping", cases, sizeof(cases) / sizeof(cases[0]));
	if (pkt_pool_in_use(rig_pool))
		rc = 1;
	pkt_pool_free(rig_pool);
	rcu_exit();
	log_fini();
	return rc;
}
