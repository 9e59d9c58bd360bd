/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * The option automaton against RFC 1661 4.1: every cell, then the counters, the timer and the
 * packets. The table here was written from the RFC's text, as text.
 */

#include <stdio.h>

#include <osmocom/core/application.h>
#include <osmocom/core/timer.h>

#include "core/log.h"
#include "l2tp/ppp/negotiate.h"
#include "tests/unit/unit.h"

/* clang-format off */
static const char *const rfc1661_4_1[NEG_EVENTS][NEG_STATES] = {
	/*           Initial  Starting     Closed       Stopped            Closing  Stopping */
	/* Up    */ { "2",     "irc,scr/6", "-",         "-",               "-",     "-",
	/*           Req-Sent     Ack-Rcvd     Ack-Sent       Opened */
		      "-",         "-",         "-",           "-" },
	/* Down  */ { "-",     "-",         "0",         "tls/1",           "0",     "1",
		      "1",         "1",         "1",           "tld/1" },
	/* Open  */ { "tls/1", "1",         "irc,scr/6", "3",               "5",     "5",
		      "6",         "7",         "8",           "9" },
	/* Close */ { "0",     "tlf/0",     "2",         "2",               "4",     "4",
		      "irc,str/4", "irc,str/4", "irc,str/4",   "tld,irc,str/4" },
	/* TO+   */ { "-",     "-",         "-",         "-",               "str/4", "str/5",
		      "scr/6",     "scr/6",     "scr/8",       "-" },
	/* TO-   */ { "-",     "-",         "-",         "-",               "tlf/2", "tlf/3",
		      "tlf/3",     "tlf/3",     "tlf/3",       "-" },
	/* RCR+  */ { "-",     "-",         "sta/2",     "irc,scr,sca/8",   "4",     "5",
		      "sca/8",     "sca,tlu/9", "sca/8",       "tld,scr,sca/8" },
	/* RCR-  */ { "-",     "-",         "sta/2",     "irc,scr,scn/6",   "4",     "5",
		      "scn/6",     "scn/7",     "scn/6",       "tld,scr,scn/6" },
	/* RCA   */ { "-",     "-",         "sta/2",     "sta/3",           "4",     "5",
		      "irc/7",     "scr/6",     "irc,tlu/9",   "tld,scr/6" },
	/* RCN   */ { "-",     "-",         "sta/2",     "sta/3",           "4",     "5",
		      "irc,scr/6", "scr/6",     "irc,scr/8",   "tld,scr/6" },
	/* RTR   */ { "-",     "-",         "sta/2",     "sta/3",           "sta/4", "sta/5",
		      "sta/6",     "sta/6",     "sta/6",       "tld,zrc,sta/5" },
	/* RTA   */ { "-",     "-",         "2",         "3",               "tlf/2", "tlf/3",
		      "6",         "6",         "8",           "tld,scr/6" },
	/* RUC   */ { "-",     "-",         "scj/2",     "scj/3",           "scj/4", "scj/5",
		      "scj/6",     "scj/7",     "scj/8",       "scj/9" },
	/* RXJ+  */ { "-",     "-",         "2",         "3",               "4",     "5",
		      "6",         "6",         "8",           "9" },
	/* RXJ-  */ { "-",     "-",         "tlf/2",     "tlf/3",           "tlf/2", "tlf/3",
		      "tlf/3",     "tlf/3",     "tlf/3",       "tld,irc,str/5" },
	/* RXR   */ { "-",     "-",         "2",         "3",               "4",     "5",
		      "6",         "7",         "8",           "ser/9" },
};
/* clang-format on */

enum { SENTINEL = 77 };

static struct neg n;
static char acts[64];
static uint8_t last[NEG_PKT_MAX];
static size_t last_len;
static unsigned int sent;
static bool refuse; /* the option's check says Nak */

static void act(const char *a)
{
	if (acts[0])
		strcat(acts, ",");
	strcat(acts, a);
}

static void fake_send(struct neg *neg, const uint8_t *pkt, size_t len)
{
	static const char *const names[] = { "?", "scr", "sca", "scn", "scn", "str", "sta", "scj" };

	(void)neg;
	act(pkt[0] < 8 ? names[pkt[0]] : "?");
	memcpy(last, pkt, len);
	last_len = len;
	sent++;
}

static void fake_begin(struct neg *neg)
{
	(void)neg;
}

static void fake_tlu(struct neg *neg)
{
	(void)neg;
	act("tlu");
}

static void fake_tld(struct neg *neg)
{
	(void)neg;
	act("tld");
}

static void fake_tlf(struct neg *neg)
{
	(void)neg;
	act("tlf");
}

static void fake_ser(struct neg *neg, const struct neg_pkt *pkt)
{
	(void)neg;
	(void)pkt;
	act("ser");
}

static bool ask(struct neg *neg, struct wr *w)
{
	(void)neg;
	wr_u16(w, 0xabcd);
	return true;
}

static enum neg_verdict check(struct neg *neg, const uint8_t *data, size_t len, struct wr *nak)
{
	(void)neg;
	(void)len;
	if (data && !refuse)
		return NEG_ACK;
	wr_u16(nak, 0x1234);
	return NEG_NAK;
}

static const struct neg_option rows[] = {
	{ .type = 1, .min = 2, .max = 2, .ask = ask, .check = check },
};

static const struct neg_ops ops = {
	.name = "FAKE",
	.options = rows,
	.n_options = 1,
	.send = fake_send,
	.begin = fake_begin,
	.request = fake_begin,
	.ser = fake_ser,
	.tlu = fake_tlu,
	.tld = fake_tld,
	.tlf = fake_tlf,
};

static void open_neg(void)
{
	static const struct neg_cfg cfg = { 3, 10, 2, 5 };

	CU_ASSERT_EQUAL_FATAL(neg_init(&n, NULL, "test/1.2", &ops, &cfg, NULL), 0);
	acts[0] = '\0';
	sent = 0;
	refuse = false;
}

/* In the order of the RFC's legend: the automaton's own order is free (4.1). */
static bool same_actions(const char *want, const char *got)
{
	char a[64], *save = NULL;
	size_t count = 0, total = got[0] ? 1 : 0;

	for (const char *p = got; *p; p++)
		total += *p == ',';
	snprintf(a, sizeof(a), "%s", want);
	for (char *t = strtok_r(a, ",", &save); t; t = strtok_r(NULL, ",", &save)) {
		if (strcmp(t, "tls") == 0)
			continue; /* nothing to start: the session is there before PPP */
		if (!strstr(got, t))
			return false;
		count++;
	}
	return count == total;
}

static void one_cell(int ev, int st)
{
	const char *want = rfc1661_4_1[ev][st], *slash = strchr(want, '/');
	struct neg_pkt pkt = { .reply_code = ev == NEG_EV_RCR_BAD ? NEG_CONF_NAK : NEG_CONF_ACK };
	char actions[64] = "", counts[sizeof(acts) + 8];
	unsigned int count = n.count;

	acts[0] = '\0';
	n.fi->state = (uint32_t)st;
	n.count = SENTINEL;
	osmo_timer_schedule(&n.restart, 3, 0);
	if (ev <= NEG_EV_TO_MINUS)
		neg_event(&n, (enum neg_event)ev);
	else
		osmo_fsm_inst_dispatch(n.fi, ev, &pkt);
	if (strcmp(want, "-") == 0) {
		CU_ASSERT_EQUAL(n.fi->state, (uint32_t)st);
		CU_ASSERT_STRING_EQUAL(acts, "");
		return;
	}
	if (slash)
		snprintf(actions, sizeof(actions), "%.*s", (int)(slash - want), want);
	count = SENTINEL;
	if (strstr(actions, "irc"))
		count = strstr(actions, "str") ? 2 : 10;
	if (strstr(actions, "zrc"))
		count = 0;
	if (strstr(actions, "scr") || strstr(actions, "str"))
		count--;
	CU_ASSERT_EQUAL(n.count, count);
	snprintf(counts, sizeof(counts), "%s%s%s", acts, strstr(actions, "irc") ? ",irc" : "",
		 strstr(actions, "zrc") ? ",zrc" : "");
	if (!same_actions(actions, counts[0] == ',' ? counts + 1 : counts)) {
		printf("event %d state %d: want %s got %s\n", ev, st, want, counts);
		CU_FAIL("actions");
	}
	CU_ASSERT_EQUAL(n.fi->state, (uint32_t)atoi(slash ? slash + 1 : want));
	CU_ASSERT_EQUAL(osmo_timer_pending(&n.restart) != 0,
			n.fi->state >= NEG_ST_CLOSING && n.fi->state <= NEG_ST_ACK_SENT);
}

static void every_cell_is_as_rfc1661_4_1_says(void)
{
	open_neg();
	for (int ev = 0; ev < NEG_EVENTS; ev++)
		for (int st = 0; st < NEG_STATES; st++)
			one_cell(ev, st);
	neg_exit(&n);
}

/* ---- time ---- */

static void pass(unsigned int seconds)
{
	osmo_clock_override_add(CLOCK_MONOTONIC, seconds, 0);
	osmo_gettimeofday_override_add(seconds, 0);
	osmo_timers_prepare();
	osmo_timers_update();
}

static void silence_ends_after_max_configure(void)
{
	open_neg();
	neg_event(&n, NEG_EV_OPEN);
	neg_event(&n, NEG_EV_UP);
	CU_ASSERT_EQUAL(sent, 1);
	for (unsigned int i = 2; i <= 10; i++) {
		uint8_t id = last[1];

		pass(3);
		CU_ASSERT_EQUAL(sent, i);
		CU_ASSERT_EQUAL(last[1], id); /* nothing changed: the same request */
	}
	CU_ASSERT_EQUAL(neg_state(&n), NEG_ST_REQ_SENT);
	pass(3);
	CU_ASSERT_EQUAL(sent, 10);
	CU_ASSERT_EQUAL(neg_state(&n), NEG_ST_STOPPED);
	CU_ASSERT_PTR_NOT_NULL(strstr(acts, "tlf"));
	neg_exit(&n);
}

static void silence_ends_after_max_terminate(void)
{
	open_neg();
	neg_event(&n, NEG_EV_OPEN);
	neg_event(&n, NEG_EV_UP);
	neg_event(&n, NEG_EV_CLOSE);
	CU_ASSERT_EQUAL(last[0], NEG_TERM_REQ);
	pass(3);
	CU_ASSERT_EQUAL(sent, 3);
	pass(3);
	CU_ASSERT_EQUAL(sent, 3);
	CU_ASSERT_EQUAL(neg_state(&n), NEG_ST_CLOSED);
	neg_exit(&n);
}

/* ---- packets ---- */

static int rx_hex(const char *hex)
{
	uint8_t buf[256];
	size_t len = unit_hex(buf, sizeof(buf), hex);

	return neg_rx(&n, buf, len);
}

static void start(void)
{
	open_neg();
	neg_event(&n, NEG_EV_OPEN);
	neg_event(&n, NEG_EV_UP);
	acts[0] = '\0';
}

static void answer_must_fit_the_request(void)
{
	uint8_t ack[8] = { NEG_CONF_ACK, 0, 0, 8, 1, 4, 0xab, 0xcd };

	start();
	ack[1] = (uint8_t)(n.req_id + 1);
	CU_ASSERT_EQUAL(neg_rx(&n, ack, 8), -EPROTO);
	ack[1] = n.req_id;
	ack[7] ^= 1;
	CU_ASSERT_EQUAL(neg_rx(&n, ack, 8), -EBADMSG);
	ack[7] ^= 1;
	CU_ASSERT_EQUAL(neg_state(&n), NEG_ST_REQ_SENT);
	CU_ASSERT_EQUAL(neg_rx(&n, ack, 8), 0);
	CU_ASSERT_EQUAL(neg_state(&n), NEG_ST_ACK_RCVD);
	/* a duplicate is out of sequence, not a crossed connection */
	CU_ASSERT_EQUAL(neg_rx(&n, ack, 8), -EPROTO);
	CU_ASSERT_EQUAL(neg_state(&n), NEG_ST_ACK_RCVD);
	CU_ASSERT_EQUAL(n.discarded, 3);
	neg_exit(&n);
}

static void reject_must_be_of_what_we_asked(void)
{
	uint8_t rej[8] = { NEG_CONF_REJ, 0, 0, 8, 1, 4, 0xab, 0xce };

	start();
	rej[1] = n.req_id;
	CU_ASSERT_EQUAL(neg_rx(&n, rej, 8), -EBADMSG);
	rej[7] = 0xcd;
	CU_ASSERT_EQUAL(neg_rx(&n, rej, 8), 0);
	CU_ASSERT_STRING_EQUAL(acts, "scr");
	CU_ASSERT_EQUAL(last[1], n.req_id);
	neg_exit(&n);
}

static void unknown_and_double_options_are_rejected_alone(void)
{
	static const uint8_t want[] = { 4, 9, 0, 13, 99, 3, 7, 1, 4, 0, 2, 98, 2 };

	start();
	refuse = true; /* what would be naked does not appear beside rejects */
	CU_ASSERT_EQUAL(rx_hex("01 09 0011  63 03 07  01 04 0001  01 04 0002  62 02"), 0);
	CU_ASSERT_EQUAL(last_len, sizeof(want));
	CU_ASSERT_EQUAL(memcmp(last, want, sizeof(want)), 0);
	CU_ASSERT_EQUAL(neg_state(&n), NEG_ST_REQ_SENT);
	neg_exit(&n);
}

static void wrong_length_is_naked_with_the_right_one(void)
{
	static const uint8_t want[] = { 3, 9, 0, 8, 1, 4, 0x12, 0x34 };

	start();
	CU_ASSERT_EQUAL(rx_hex("01 09 0007  01 03 00"), 0);
	CU_ASSERT_EQUAL(last_len, sizeof(want));
	CU_ASSERT_EQUAL(memcmp(last, want, sizeof(want)), 0);
	neg_exit(&n);
}

static void naks_become_rejects_after_max_failure(void)
{
	start();
	refuse = true;
	for (int i = 0; i < 5; i++) {
		rx_hex("01 09 0008  01 04 0001");
		CU_ASSERT_EQUAL(last[0], NEG_CONF_NAK);
	}
	rx_hex("01 09 0008  01 04 0001");
	CU_ASSERT_EQUAL(last[0], NEG_CONF_REJ);
	CU_ASSERT_EQUAL(last[7], 1);
	refuse = false;
	rx_hex("01 0a 0004"); /* an Ack makes the count begin again */
	CU_ASSERT_EQUAL(last[0], NEG_CONF_ACK);
	refuse = true;
	rx_hex("01 09 0008  01 04 0001");
	CU_ASSERT_EQUAL(last[0], NEG_CONF_NAK);
	neg_exit(&n);
}

static void endless_refusals_end_the_negotiation(void)
{
	uint8_t nak[8] = { NEG_CONF_NAK, 0, 0, 8, 1, 4, 0, 1 };

	start();
	for (int i = 0; i < 10; i++) {
		nak[1] = n.req_id;
		neg_rx(&n, nak, 8);
		CU_ASSERT_EQUAL(neg_state(&n), NEG_ST_REQ_SENT);
	}
	nak[1] = n.req_id;
	neg_rx(&n, nak, 8);
	CU_ASSERT_EQUAL(neg_state(&n), NEG_ST_CLOSING);
	neg_exit(&n);
}

static void unknown_code_is_rejected_whole_and_cut_to_the_mru(void)
{
	uint8_t buf[300] = { 200, 5, 1, 44 }; /* length 300 */

	start();
	n.mtu = 128;
	CU_ASSERT_EQUAL(neg_rx(&n, buf, 299), -EBADMSG);
	CU_ASSERT_EQUAL(neg_rx(&n, buf, 300), 0);
	CU_ASSERT_EQUAL(last[0], NEG_CODE_REJ);
	CU_ASSERT_EQUAL(last_len, 128);
	CU_ASSERT_EQUAL(last[4], 200);
	neg_exit(&n);
}

static void code_rejects_of_basic_codes_are_fatal(void)
{
	start();
	CU_ASSERT_EQUAL(rx_hex("07 01 0008  63 01 0004"), 0); /* code 99: RXJ+ */
	CU_ASSERT_EQUAL(neg_state(&n), NEG_ST_REQ_SENT);
	CU_ASSERT_EQUAL(rx_hex("07 01 0007  01 01 00"), -EBADMSG);
	CU_ASSERT_EQUAL(rx_hex("07 01 0008  01 01 0004"), 0);
	CU_ASSERT_EQUAL(neg_state(&n), NEG_ST_STOPPED);
	neg_exit(&n);
}

static void padding_is_ignored_and_truncation_discarded(void)
{
	uint8_t req[12] = { 1, 9, 0, 8, 1, 4, 0, 1, 0xde, 0xad, 0xbe, 0xef };

	start();
	for (size_t len = 0; len < 8; len++)
		CU_ASSERT_EQUAL(neg_rx(&n, req, len), -EBADMSG);
	CU_ASSERT_STRING_EQUAL(acts, "");
	CU_ASSERT_EQUAL(neg_rx(&n, req, 12), 0);
	CU_ASSERT_STRING_EQUAL(acts, "sca");
	CU_ASSERT_EQUAL(last_len, 8);
	for (uint8_t l = 0; l < 8; l++) { /* the option's own length: 4 alone is right */
		req[5] = l;
		CU_ASSERT_EQUAL(neg_rx(&n, req, 12), l == 4 ? 0 : -EBADMSG);
	}
	neg_exit(&n);
}

static void nothing_is_taken_before_the_lower_layer_is_up(void)
{
	open_neg();
	for (int code = 0; code < 20; code++) {
		uint8_t pkt[4] = { (uint8_t)code, 1, 0, 4 };

		CU_ASSERT_EQUAL(neg_rx(&n, pkt, 4), -EPROTO);
	}
	CU_ASSERT_EQUAL(sent, 0);
	neg_exit(&n);
}

static const struct unit_case cases[] = {
	{ "every cell is as RFC 1661 4.1 says", every_cell_is_as_rfc1661_4_1_says },
	{ "silence ends after Max-Configure", silence_ends_after_max_configure },
	{ "silence ends after Max-Terminate", silence_ends_after_max_terminate },
	{ "an answer must fit the request", answer_must_fit_the_request },
	{ "a reject must be of what we asked", reject_must_be_of_what_we_asked },
	{ "unknown and double options are rejected, alone",
	  unknown_and_double_options_are_rejected_alone },
	{ "a wrong length is naked with the right one", wrong_length_is_naked_with_the_right_one },
	{ "Naks become Rejects after Max-Failure", naks_become_rejects_after_max_failure },
	{ "endless refusals end the negotiation", endless_refusals_end_the_negotiation },
	{ "an unknown code is rejected, cut to the MRU",
	  unknown_code_is_rejected_whole_and_cut_to_the_mru },
	{ "Code-Rejects of basic codes are fatal", code_rejects_of_basic_codes_are_fatal },
	{ "padding is ignored, truncation discarded", padding_is_ignored_and_truncation_discarded },
	{ "nothing is taken before the lower layer is up",
	  nothing_is_taken_before_the_lower_layer_is_up },
};

int main(void)
{
	log_init(&vcgw_log_info, NULL);
	osmo_clock_override_enable(CLOCK_MONOTONIC, true);
	osmo_gettimeofday_override = true;
	return unit_main("l2tp/ppp_negotiate", cases, sizeof(cases) / sizeof(cases[0]));
}
