/* SPDX-License-Identifier: GPL-2.0-or-later */

/* A user and a network core joined by two queues, with time of our own. */

#include <errno.h>
#include <stdint.h>
#include <stdio.h>

#include <osmocom/core/application.h>
#include <osmocom/core/talloc.h>
#include <osmocom/core/timer.h>
#include <osmocom/core/timer_compat.h>

#include "core/log.h"
#include "tests/unit/unit.h"
#include "transports/fr/lmi.h"
#include "transports/fr/lmi_msg.h"

enum { FRAME_MAX = 6000, QUEUE = 8 };

struct end {
	struct lmi *lmi;
	struct end *far;
	struct dlci_set conf;
	struct dlci_set active; /* as pvc_state() said */
	unsigned int changes;	/* calls of pvc_state() */
	unsigned int lose;	/* frames sent from here that get lost next */
	uint8_t frame[QUEUE][FRAME_MAX];
	size_t len[QUEUE];
	unsigned int n;
	/* The last one sent. */
	struct lmi_msg last;
	unsigned int sent;
};

static struct end user, net;

static int end_send(void *priv, const uint8_t *frame, size_t len)
{
	struct end *e = priv;
	const char *why;

	CU_ASSERT_EQUAL(lmi_msg_decode(&e->last, &why, frame, len), 0);
	e->sent++;
	if (e->lose) {
		e->lose--;
		return 0;
	}
	CU_ASSERT_FATAL(e->n < QUEUE && len <= FRAME_MAX);
	memcpy(e->frame[e->n], frame, len);
	e->len[e->n++] = len;
	return 0;
}

static void end_pvc_state(void *priv, uint16_t dlci, bool active)
{
	struct end *e = priv;

	CU_ASSERT_NOT_EQUAL(dlci_set_has(&e->active, dlci), active);
	dlci_set_put(&e->active, dlci, active);
	e->changes++;
}

static void end_configured(void *priv, struct dlci_set *out)
{
	*out = ((struct end *)priv)->conf;
}

static const struct lmi_ops ops = {
	.send = end_send,
	.pvc_state = end_pvc_state,
	.configured = end_configured,
};

static void deliver(void)
{
	while (user.n || net.n) {
		struct end *e = user.n ? &user : &net;
		uint8_t frame[FRAME_MAX];
		size_t len = e->len[0];

		memcpy(frame, e->frame[0], len);
		e->n--;
		memmove(e->frame[0], e->frame[1], e->n * sizeof(e->frame[0]));
		memmove(e->len, e->len + 1, e->n * sizeof(e->len[0]));
		lmi_rx(e->far->lmi, frame, len);
	}
}

static void seconds(unsigned int n)
{
	while (n--) {
		osmo_clock_override_add(CLOCK_MONOTONIC, 1, 0);
		osmo_gettimeofday_override_add(1, 0);
		osmo_timers_prepare();
		osmo_timers_update();
		deliver();
	}
}

static struct lmi_info info(const struct end *e)
{
	struct lmi_info i;

	lmi_info(e->lmi, &i);
	return i;
}

static enum lmi_state state(const struct end *e)
{
	return info(e).state;
}

static const struct lmi_cfg cfg_default = {
	.type = LMI_Q933A,
	.n391 = 6,
	.n392 = 3,
	.n393 = 4,
	.t391 = 10,
	.t392 = 15,
};

static void end_open(struct end *e, struct end *far, bool network, const struct lmi_cfg *cfg)
{
	struct lmi_cfg c = *cfg;

	memset(e, 0, sizeof(*e));
	c.network = network;
	e->far = far;
	e->lmi = lmi_new(NULL, network ? "net" : "user", &c, 5000, &ops, e);
	CU_ASSERT_PTR_NOT_NULL_FATAL(e->lmi);
}

static void open_both(const struct lmi_cfg *cfg)
{
	end_open(&user, &net, false, cfg);
	end_open(&net, &user, true, cfg);
}

static void carrier(bool up)
{
	lmi_carrier(net.lmi, up);
	lmi_carrier(user.lmi, up);
	deliver();
}

static void close_both(void)
{
	lmi_free(user.lmi);
	lmi_free(net.lmi);
}

static void pvc(uint16_t dlci, bool there)
{
	dlci_set_put(&net.conf, dlci, there);
	if (there)
		lmi_pvc_added(net.lmi, dlci);
}

static bool both(uint16_t dlci)
{
	return dlci_set_has(&user.active, dlci) && dlci_set_has(&net.active, dlci);
}

static bool neither(uint16_t dlci)
{
	return !dlci_set_has(&user.active, dlci) && !dlci_set_has(&net.active, dlci);
}

/* An open pair that is up with PVC 100. */
static void open_up(void)
{
	open_both(&cfg_default);
	pvc(100, true);
	carrier(true);
	CU_ASSERT(both(100));
	CU_ASSERT_EQUAL(state(&user), LMI_ST_UP);
	CU_ASSERT_EQUAL(state(&net), LMI_ST_UP);
}

static void carrier_brings_the_pvcs_up_at_once(void)
{
	open_both(&cfg_default);
	pvc(16, true);
	pvc(1007, true);
	CU_ASSERT_EQUAL(state(&user), LMI_ST_DOWN);
	CU_ASSERT_EQUAL(user.sent, 0);
	carrier(true);
	CU_ASSERT(both(16) && both(1007));
	CU_ASSERT_EQUAL(user.sent, 1);
	CU_ASSERT_EQUAL(user.last.report, LMI_REPORT_FULL);
	CU_ASSERT_EQUAL(user.last.send_seq, 1);
	CU_ASSERT_EQUAL(user.last.recv_seq, 0);
	CU_ASSERT_EQUAL(net.last.report, LMI_REPORT_FULL);
	CU_ASSERT_EQUAL(net.last.recv_seq, 1);
	CU_ASSERT(dlci_set_has(&net.last.new_bit, 16) && dlci_set_has(&net.last.active_bit, 16));
	CU_ASSERT_EQUAL(lmi_pvc_status(user.lmi, 16), FR_PVC_ACTIVE);
	CU_ASSERT_EQUAL(lmi_pvc_status(user.lmi, 17), FR_PVC_ABSENT);
	CU_ASSERT_EQUAL(info(&user).pvcs, 2);
	close_both();
}

static void full_status_every_n391_polls(void)
{
	open_up();
	seconds(10); /* acknowledges New, which is what the second full status would be for */
	for (int poll = 2; poll <= 24; poll++) {
		unsigned int before = user.sent;

		seconds(10);
		CU_ASSERT_EQUAL(user.sent, before + 1);
		CU_ASSERT_EQUAL(user.last.report,
				poll % 6 ? LMI_REPORT_INTEGRITY : LMI_REPORT_FULL);
		CU_ASSERT_EQUAL(net.last.report, user.last.report);
		CU_ASSERT_EQUAL(dlci_set_count(&net.last.new_bit), 0);
	}
	CU_ASSERT_EQUAL(user.changes, 1);
	CU_ASSERT_EQUAL(info(&user).enquiries_tx, 25);
	CU_ASSERT_EQUAL(info(&user).full_enquiries_tx, 5);
	CU_ASSERT_EQUAL(info(&net).full_enquiries_rx, 5);
	CU_ASSERT_EQUAL(info(&user).status_rx, 25);
	CU_ASSERT_EQUAL(info(&user).timeouts + info(&net).timeouts, 0);
	CU_ASSERT_EQUAL(info(&user).sequence_errors + info(&net).sequence_errors, 0);
	close_both();
}

static void sequence_numbers_go_from_255_to_1(void)
{
	open_up();
	seconds(10 * 254);
	CU_ASSERT_EQUAL(user.last.send_seq, 255);
	seconds(10);
	CU_ASSERT_EQUAL(user.last.send_seq, 1);
	CU_ASSERT_EQUAL(user.last.recv_seq, 255);
	seconds(10);
	CU_ASSERT_EQUAL(user.last.send_seq, 2);
	CU_ASSERT_EQUAL(user.last.recv_seq, 1);
	CU_ASSERT_EQUAL(info(&user).sequence_errors + info(&net).sequence_errors, 0);
	CU_ASSERT_EQUAL(state(&user), LMI_ST_UP);
	close_both();
}

static void new_bit_stays_until_acknowledged(void)
{
	open_up();
	CU_ASSERT(dlci_set_has(&net.last.new_bit, 100));
	seconds(10); /* this enquiry acknowledges it */
	CU_ASSERT_EQUAL(net.last.report, LMI_REPORT_INTEGRITY);
	pvc(200, true);
	net.lose = 1;
	seconds(10); /* New 200 told, and lost */
	CU_ASSERT(dlci_set_has(&net.last.new_bit, 200));
	CU_ASSERT(!dlci_set_has(&user.active, 200));
	seconds(10);
	CU_ASSERT(dlci_set_has(&net.last.new_bit, 200));
	CU_ASSERT(!dlci_set_has(&net.last.new_bit, 100));
	CU_ASSERT(both(200));
	user.lose = 1;
	seconds(10); /* the acknowledgement is lost */
	seconds(10);
	CU_ASSERT_EQUAL(state(&user), LMI_ST_UP);
	CU_ASSERT(both(100) && both(200));
	CU_ASSERT_EQUAL(user.changes, 2);
	close_both();
}

static void new_told_twice_does_not_disturb_the_pvc(void)
{
	uint8_t again[] = { 0x00, 0x01, 0x03, 0x08, 0x00, 0x7d, 0x51, 0x01, 0x00,
			    0x53, 0x02, 0x02, 0x02, 0x57, 0x03, 0x06, 0xa0, 0x8a };

	open_up();
	user.lose = 1;
	seconds(10);
	CU_ASSERT_EQUAL(lmi_rx(user.lmi, again, sizeof(again)), 0);
	CU_ASSERT(dlci_set_has(&user.active, 100));
	CU_ASSERT_EQUAL(user.changes, 1);
	close_both();
}

static void pvc_added_and_removed_within_one_poll(void)
{
	open_up();
	pvc(101, true);
	seconds(10);
	CU_ASSERT(both(100) && both(101));
	pvc(100, false);
	seconds(10);
	CU_ASSERT(neither(100) && both(101));
	CU_ASSERT_EQUAL(lmi_pvc_status(user.lmi, 100), FR_PVC_ABSENT);
	close_both();
}

/* What crashes libosmogb: full statuses that list 100, nothing, 101. */
static void full_statuses_with_100_none_101(void)
{
	open_up();
	pvc(100, false);
	seconds(60);
	CU_ASSERT(neither(100));
	CU_ASSERT_EQUAL(info(&user).pvcs, 0);
	pvc(101, true);
	seconds(60);
	CU_ASSERT(neither(100) && both(101));
	pvc(100, true);
	seconds(60);
	CU_ASSERT(both(100) && both(101));
	close_both();
}

/* Gone and back between two polls: another PVC with the same number. */
static void readded_pvc_goes_down_first(void)
{
	unsigned int changes;

	open_up();
	seconds(30);
	changes = user.changes;
	pvc(100, false);
	dlci_set_put(&net.active, 100, false); /* the circuit was a new object there */
	pvc(100, true);
	seconds(10);
	CU_ASSERT(both(100));
	CU_ASSERT_EQUAL(user.changes, changes + 2);
	close_both();
}

static void many_pvcs_have_no_limit_but_the_mtu(void)
{
	open_both(&cfg_default);
	for (uint16_t d = 16; d < 216; d++)
		pvc(d, true);
	carrier(true);
	CU_ASSERT_EQUAL(dlci_set_count(&user.active), 200);
	CU_ASSERT_EQUAL(dlci_set_count(&net.active), 200);
	for (uint16_t d = 216; d < 1008; d++)
		pvc(d, true);
	seconds(10);
	CU_ASSERT_EQUAL(dlci_set_count(&user.active), 992);
	close_both();
	CU_ASSERT_EQUAL(lmi_pvcs_max(1600), 317);
	CU_ASSERT_EQUAL(lmi_pvcs_max(12), 0);
}

static void full_status_is_cut_at_the_mtu(void)
{
	end_open(&user, &net, false, &cfg_default);
	end_open(&net, &user, true, &cfg_default);
	lmi_free(net.lmi);
	net.lmi = lmi_new(NULL, "net", &(struct lmi_cfg){ LMI_Q933A, true, 6, 3, 4, 10, 15 },
			  LMI_FULL_LEN + 3 * LMI_PVC_LEN + 4, &ops, &net);
	for (uint16_t d = 16; d < 26; d++)
		pvc(d, true);
	carrier(true);
	CU_ASSERT_EQUAL(dlci_set_count(&user.active), 3);
	CU_ASSERT_EQUAL(dlci_set_count(&net.active), 3);
	close_both();
}

static void silence_takes_the_user_down_after_n392_polls(void)
{
	open_up();
	net.lose = 1000;
	seconds(29); /* polls at 10 (lost), 20 (error 1; lost) */
	CU_ASSERT_EQUAL(info(&user).timeouts, 1);
	seconds(10); /* 30: error 2 */
	CU_ASSERT_EQUAL(state(&user), LMI_ST_UP);
	seconds(1); /* 40: error 3 */
	CU_ASSERT_EQUAL(state(&user), LMI_ST_AFFECTED);
	CU_ASSERT_EQUAL(info(&user).times_down, 1);
	CU_ASSERT(!dlci_set_has(&user.active, 100));
	CU_ASSERT_EQUAL(user.last.report, LMI_REPORT_FULL);
	close_both();
}

static void recovery_needs_n392_valid_exchanges(void)
{
	open_up();
	net.lose = 3;
	seconds(40);
	CU_ASSERT_EQUAL(state(&user), LMI_ST_AFFECTED); /* and the poll at 40 is answered */
	seconds(10);
	CU_ASSERT_EQUAL(state(&user), LMI_ST_AFFECTED);
	CU_ASSERT(!dlci_set_has(&user.active, 100));
	seconds(10);
	CU_ASSERT_EQUAL(state(&user), LMI_ST_UP);
	CU_ASSERT_EQUAL(info(&user).times_up, 2);
	/* To the network every lost STATUS was a wrong sequence number, the last one at 40: it is
	 * one poll behind. */
	CU_ASSERT_EQUAL(state(&net), LMI_ST_AFFECTED);
	CU_ASSERT_EQUAL(lmi_pvc_status(user.lmi, 100), FR_PVC_INACTIVE);
	seconds(10);
	CU_ASSERT(both(100));
	seconds(600);
	CU_ASSERT_EQUAL(state(&user), LMI_ST_UP);
	CU_ASSERT_EQUAL(state(&net), LMI_ST_UP);
	CU_ASSERT(both(100));
	close_both();
}

static void an_error_during_recovery_starts_it_again(void)
{
	open_up();
	net.lose = 3;
	seconds(50);
	CU_ASSERT_EQUAL(state(&user), LMI_ST_AFFECTED);
	net.lose = 1;
	seconds(10); /* 60: lost; seen at 70, which is the first good one */
	seconds(20);
	CU_ASSERT_EQUAL(state(&user), LMI_ST_AFFECTED);
	seconds(10);
	CU_ASSERT_EQUAL(state(&user), LMI_ST_UP);
	close_both();
}

static void fewer_errors_than_n392_in_the_window_do_nothing(void)
{
	open_up();
	for (int round = 0; round < 20; round++) { /* 2 of every 4 */
		net.lose = 2;
		seconds(40);
		CU_ASSERT_EQUAL(state(&user), LMI_ST_UP);
		CU_ASSERT(dlci_set_has(&user.active, 100));
	}
	CU_ASSERT_EQUAL(info(&user).times_down, 0);
	close_both();
}

static void window_of_ten_with_threshold_one(void)
{
	struct lmi_cfg cfg = cfg_default;

	cfg.n392 = 1;
	cfg.n393 = 10;
	open_both(&cfg);
	pvc(100, true);
	carrier(true);
	net.lose = 1;
	seconds(20);
	/* One error takes it down, the answer to the next poll brings it back; at the network, which
	 * saw the error in that poll, one later. */
	CU_ASSERT_EQUAL(info(&user).times_down, 1);
	CU_ASSERT_EQUAL(state(&user), LMI_ST_UP);
	CU_ASSERT_EQUAL(state(&net), LMI_ST_AFFECTED);
	seconds(10);
	CU_ASSERT_EQUAL(state(&net), LMI_ST_UP);
	CU_ASSERT(both(100));
	close_both();
}

static void silent_user_is_noticed_by_t392(void)
{
	open_up();
	user.lose = 1000;
	seconds(44);
	CU_ASSERT_EQUAL(info(&net).timeouts, 2);
	CU_ASSERT_EQUAL(state(&net), LMI_ST_UP);
	seconds(1);
	CU_ASSERT_EQUAL(info(&net).timeouts, 3);
	CU_ASSERT_EQUAL(state(&net), LMI_ST_AFFECTED);
	CU_ASSERT(neither(100));
	user.lose = 0;
	seconds(60);
	CU_ASSERT_EQUAL(state(&net), LMI_ST_UP);
	CU_ASSERT_EQUAL(state(&user), LMI_ST_UP);
	CU_ASSERT(both(100));
	close_both();
}

/* The network's trouble with the interface reaches the user as A = 0 (A.4.1). */
static void affected_network_reports_pvcs_inactive(void)
{
	uint8_t wrong[] = { 0x00, 0x01, 0x03, 0x08, 0x00, 0x75, 0x51,
			    0x01, 0x01, 0x53, 0x02, 0x09, 0x77 };

	open_up();
	for (int i = 0; i < 3; i++) {
		net.n = 0;
		CU_ASSERT_EQUAL(lmi_rx(net.lmi, wrong, sizeof(wrong)), -EPROTO);
	}
	CU_ASSERT_EQUAL(state(&net), LMI_ST_AFFECTED);
	CU_ASSERT_EQUAL(net.last.report, LMI_REPORT_FULL);
	CU_ASSERT(dlci_set_has(&net.last.pvc, 100));
	CU_ASSERT(!dlci_set_has(&net.last.active_bit, 100));
	net.n = 0;
	seconds(10);
	CU_ASSERT_EQUAL(lmi_pvc_status(net.lmi, 100), FR_PVC_INACTIVE);
	seconds(40);
	CU_ASSERT_EQUAL(state(&net), LMI_ST_UP);
	CU_ASSERT(both(100));
	close_both();
}

static void lost_status_is_one_error_at_each_end(void)
{
	open_up();
	net.lose = 1;
	seconds(20);
	CU_ASSERT_EQUAL(info(&user).timeouts, 1);
	CU_ASSERT_EQUAL(info(&net).sequence_errors, 1);
	seconds(100);
	CU_ASSERT_EQUAL(info(&user).timeouts, 1);
	CU_ASSERT_EQUAL(info(&net).sequence_errors, 1);
	CU_ASSERT(both(100));
	close_both();
}

static void lost_full_status_is_asked_for_again(void)
{
	open_both(&cfg_default);
	pvc(100, true);
	net.lose = 2;
	carrier(true);
	CU_ASSERT_EQUAL(state(&user), LMI_ST_POLLING);
	seconds(10);
	CU_ASSERT_EQUAL(user.last.report, LMI_REPORT_FULL);
	CU_ASSERT_EQUAL(state(&user), LMI_ST_POLLING);
	seconds(10);
	CU_ASSERT_EQUAL(user.last.report, LMI_REPORT_FULL);
	CU_ASSERT_EQUAL(state(&user), LMI_ST_UP);
	CU_ASSERT(dlci_set_has(&user.active, 100));
	seconds(10);
	CU_ASSERT(both(100));
	close_both();
}

static void wrong_sequence_number_is_ignored(void)
{
	uint8_t status[] = { 0x00, 0x01, 0x03, 0x08, 0x00, 0x7d, 0x51,
			     0x01, 0x00, 0x53, 0x02, 0x02, 0x00 };

	open_up();
	user.lose = 1;
	seconds(10); /* waits for receive sequence number 2 */
	for (unsigned int v = 0; v < 256; v++) {
		status[12] = (uint8_t)v;
		if (v != 2)
			CU_ASSERT_EQUAL(lmi_rx(user.lmi, status, sizeof(status)), -EPROTO);
	}
	CU_ASSERT(dlci_set_has(&user.active, 100));
	CU_ASSERT_EQUAL(info(&user).sequence_errors, 255);
	status[11] = 0; /* 0 is no send sequence number */
	status[12] = 2;
	CU_ASSERT_EQUAL(lmi_rx(user.lmi, status, sizeof(status)), -EPROTO);
	status[11] = 77; /* any other is: the network may have begun anew */
	CU_ASSERT_EQUAL(lmi_rx(user.lmi, status, sizeof(status)), 0);
	CU_ASSERT(!dlci_set_has(&user.active, 100));
	/* Once more: nothing is asked any longer. */
	CU_ASSERT_EQUAL(lmi_rx(user.lmi, status, sizeof(status)), -EPROTO);
	CU_ASSERT_EQUAL(info(&user).timeouts, 0);
	close_both();
}

static void restarted_peer_is_found_again(void)
{
	open_up();
	seconds(100);
	lmi_free(net.lmi);
	end_open(&net, &user, true, &cfg_default);
	pvc(100, true);
	lmi_carrier(net.lmi, true);
	seconds(40);
	CU_ASSERT_EQUAL(state(&net), LMI_ST_UP);
	CU_ASSERT(both(100));
	lmi_free(user.lmi);
	end_open(&user, &net, false, &cfg_default);
	lmi_carrier(user.lmi, true);
	seconds(40);
	CU_ASSERT_EQUAL(state(&user), LMI_ST_UP);
	CU_ASSERT(both(100));
	CU_ASSERT_EQUAL(info(&net).times_down, 0);
	close_both();
}

static void asynchronous_status_changes_one_pvc(void)
{
	uint8_t status[] = { 0x00, 0x01, 0x03, 0x08, 0x00, 0x7d, 0x51,
			     0x01, 0x02, 0x57, 0x03, 0x06, 0xa0, 0x80 };

	open_up();
	pvc(101, true);
	seconds(10);
	CU_ASSERT_EQUAL(lmi_rx(user.lmi, status, sizeof(status)), 0);
	CU_ASSERT(!dlci_set_has(&user.active, 100) && dlci_set_has(&user.active, 101));
	CU_ASSERT_EQUAL(lmi_pvc_status(user.lmi, 100), FR_PVC_INACTIVE);
	status[13] = 0x82;
	CU_ASSERT_EQUAL(lmi_rx(user.lmi, status, sizeof(status)), 0);
	CU_ASSERT(dlci_set_has(&user.active, 100));
	status[13] = 0x86; /* delete wins over active */
	CU_ASSERT_EQUAL(lmi_rx(user.lmi, status, sizeof(status)), 0);
	CU_ASSERT_EQUAL(lmi_pvc_status(user.lmi, 100), FR_PVC_ABSENT);
	CU_ASSERT_EQUAL(info(&user).async_rx, 3);
	close_both();
}

static void out_of_role_or_state_is_unexpected(void)
{
	uint8_t enquiry[] = { 0x00, 0x01, 0x03, 0x08, 0x00, 0x75, 0x51,
			      0x01, 0x00, 0x53, 0x02, 0x01, 0x00 };
	uint8_t status[] = { 0x00, 0x01, 0x03, 0x08, 0x00, 0x7d, 0x51,
			     0x01, 0x00, 0x53, 0x02, 0x01, 0x01 };
	uint8_t async[] = { 0x00, 0x01, 0x03, 0x08, 0x00, 0x7d, 0x51,
			    0x01, 0x02, 0x57, 0x03, 0x06, 0xa0, 0x82 };

	open_both(&cfg_default);
	/* No carrier: something that was still under way. */
	CU_ASSERT_EQUAL(lmi_rx(net.lmi, enquiry, sizeof(enquiry)), -EPROTO);
	CU_ASSERT_EQUAL(lmi_rx(user.lmi, status, sizeof(status)), -EPROTO);
	CU_ASSERT_EQUAL(net.sent, 0);
	net.lose = 1;
	carrier(true);
	CU_ASSERT_EQUAL(lmi_rx(user.lmi, enquiry, sizeof(enquiry)), -EPROTO);
	CU_ASSERT_EQUAL(lmi_rx(net.lmi, status, sizeof(status)), -EPROTO);
	CU_ASSERT_EQUAL(lmi_rx(net.lmi, async, sizeof(async)), -EPROTO);
	CU_ASSERT_EQUAL(lmi_rx(user.lmi, async, sizeof(async)), -EPROTO); /* not up yet */
	CU_ASSERT_EQUAL(info(&user).unexpected, 3);
	CU_ASSERT_EQUAL(info(&net).unexpected, 3);
	close_both();
}

static void two_users_or_a_looped_line_never_come_up(void)
{
	end_open(&user, &net, false, &cfg_default);
	end_open(&net, &user, false, &cfg_default);
	carrier(true);
	seconds(100);
	CU_ASSERT_EQUAL(state(&user), LMI_ST_POLLING);
	CU_ASSERT_EQUAL(state(&net), LMI_ST_POLLING);
	CU_ASSERT_EQUAL(info(&user).unexpected, 11);
	close_both();
}

static void lost_carrier_takes_everything_down(void)
{
	open_up();
	seconds(25);
	carrier(false);
	CU_ASSERT(neither(100));
	CU_ASSERT_EQUAL(state(&user), LMI_ST_DOWN);
	CU_ASSERT_EQUAL(info(&user).send_seq, 0);
	CU_ASSERT_EQUAL(lmi_pvc_status(user.lmi, 100), FR_PVC_ABSENT);
	user.sent = 0;
	seconds(100);
	CU_ASSERT_EQUAL(user.sent, 0);
	carrier(true);
	CU_ASSERT(both(100));
	carrier(true); /* said twice */
	CU_ASSERT_EQUAL(user.sent, 1);
	close_both();
}

static void malformed_at_every_length_is_counted_and_harmless(void)
{
	uint8_t status[] = { 0x00, 0x01, 0x03, 0x08, 0x00, 0x7d, 0x51, 0x01, 0x00,
			     0x53, 0x02, 0x02, 0x02, 0x57, 0x03, 0x06, 0xa0, 0x80 };
	unsigned int refused = 0;

	open_up();
	user.lose = 1;
	seconds(10);
	for (size_t len = 0; len < sizeof(status); len++) {
		if (len == LMI_FULL_LEN)
			continue; /* a whole full status without PVC */
		CU_ASSERT_EQUAL(lmi_rx(user.lmi, status, len), -EBADMSG);
		CU_ASSERT_EQUAL(lmi_rx(net.lmi, status, len), -EBADMSG);
		refused++;
	}
	CU_ASSERT_EQUAL(info(&user).malformed, refused);
	CU_ASSERT_EQUAL(info(&net).malformed, refused);
	CU_ASSERT(both(100));
	CU_ASSERT_EQUAL(net.sent, 1);
	close_both();
}

/* A Linux kernel as the user side: its octets, and what it demands of ours. */
static void kernel_dte_gets_what_it_demands(void)
{
	static const uint8_t first[] = { 0x00, 0x01, 0x03, 0x08, 0x00, 0x75, 0x51,
					 0x01, 0x00, 0x53, 0x02, 0x01, 0x00 };
	static const uint8_t want[] = { 0x00, 0x01, 0x03, 0x08, 0x00, 0x7d, 0x51, 0x01, 0x00,
					0x53, 0x02, 0x01, 0x01, 0x57, 0x03, 0x06, 0xa0, 0x8a };

	open_both(&cfg_default);
	pvc(100, true);
	lmi_carrier(net.lmi, true);
	CU_ASSERT_EQUAL(lmi_rx(net.lmi, first, sizeof(first)), 0);
	CU_ASSERT_EQUAL_FATAL(net.n, 1);
	CU_ASSERT_EQUAL_FATAL(net.len[0], sizeof(want));
	CU_ASSERT_EQUAL(memcmp(net.frame[0], want, sizeof(want)), 0);
	close_both();
}

/* A Linux kernel as the network side: inactive first, then new, then active. */
static void kernel_dce_brings_a_pvc_up_in_three_steps(void)
{
	static const uint8_t steps[] = { 0x80, 0x88, 0x82 };
	uint8_t status[] = { 0x00, 0x01, 0x03, 0x08, 0x00, 0x7d, 0x51, 0x01, 0x00,
			     0x53, 0x02, 0x00, 0x00, 0x57, 0x03, 0x06, 0xa0, 0x00 };

	open_both(&cfg_default);
	user.lose = 1000;
	lmi_carrier(user.lmi, true);
	for (int i = 0; i < 3; i++) {
		status[11] = (uint8_t)(i + 1);
		status[12] = user.last.send_seq;
		status[17] = steps[i];
		CU_ASSERT_EQUAL(lmi_rx(user.lmi, status, sizeof(status)), 0);
		CU_ASSERT_EQUAL(dlci_set_has(&user.active, 100), i == 2);
		seconds(10);
		/* While something moves and is inactive, it is asked for again. */
		CU_ASSERT_EQUAL(user.last.report, i < 2 ? LMI_REPORT_FULL : LMI_REPORT_INTEGRITY);
	}
	CU_ASSERT_EQUAL(user.changes, 1);
	close_both();
}

static const struct unit_case cases[] = {
#define CASE(name)                                                                                 \
	{                                                                                          \
#name, name                                                                        \
	}
	CASE(carrier_brings_the_pvcs_up_at_once),
	CASE(full_status_every_n391_polls),
	CASE(sequence_numbers_go_from_255_to_1),
	CASE(new_bit_stays_until_acknowledged),
	CASE(new_told_twice_does_not_disturb_the_pvc),
	CASE(pvc_added_and_removed_within_one_poll),
	CASE(full_statuses_with_100_none_101),
	CASE(readded_pvc_goes_down_first),
	CASE(many_pvcs_have_no_limit_but_the_mtu),
	CASE(full_status_is_cut_at_the_mtu),
	CASE(silence_takes_the_user_down_after_n392_polls),
	CASE(recovery_needs_n392_valid_exchanges),
	CASE(an_error_during_recovery_starts_it_again),
	CASE(fewer_errors_than_n392_in_the_window_do_nothing),
	CASE(window_of_ten_with_threshold_one),
	CASE(silent_user_is_noticed_by_t392),
	CASE(affected_network_reports_pvcs_inactive),
	CASE(lost_status_is_one_error_at_each_end),
	CASE(lost_full_status_is_asked_for_again),
	CASE(wrong_sequence_number_is_ignored),
	CASE(restarted_peer_is_found_again),
	CASE(asynchronous_status_changes_one_pvc),
	CASE(out_of_role_or_state_is_unexpected),
	CASE(two_users_or_a_looped_line_never_come_up),
	CASE(lost_carrier_takes_everything_down),
	CASE(malformed_at_every_length_is_counted_and_harmless),
	CASE(kernel_dte_gets_what_it_demands),
	CASE(kernel_dce_brings_a_pvc_up_in_three_steps),
#undef CASE
};

int main(void)
{
	int rc;

	osmo_init_logging2(NULL, &vcgw_log_info);
	log_set_log_level(osmo_stderr_target, LOGL_FATAL);
	osmo_clock_override_enable(CLOCK_MONOTONIC, true);
	osmo_gettimeofday_override = true;
	rc = unit_main("transports/lmi", cases, sizeof(cases) / sizeof(cases[0]));
	log_fini();
	return rc;
}
