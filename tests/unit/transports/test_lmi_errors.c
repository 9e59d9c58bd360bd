/* SPDX-License-Identifier: GPL-2.0-or-later */

/* LMI with losses, silence, wrong numbers, wrong roles and nonsense. */

#include <errno.h>

#include "tests/unit/transports/lmi_pair.h"

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

static void lost_report_of_a_removal_is_repeated(void)
{
	open_up();
	seconds(10);
	pvc(100, false);
	net.lose = 1;
	seconds(10);
	CU_ASSERT(dlci_set_has(&user.active, 100));
	seconds(10); /* far from the next full status that the user asks for */
	CU_ASSERT_EQUAL(user.last.report, LMI_REPORT_INTEGRITY);
	CU_ASSERT(neither(100));
	seconds(10);
	CU_ASSERT_EQUAL(net.last.report, LMI_REPORT_INTEGRITY);
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

static const struct unit_case cases[] = {
#define CASE(name)                                                                                 \
	{                                                                                          \
#name, name                                                                        \
	}
	CASE(silence_takes_the_user_down_after_n392_polls),
	CASE(recovery_needs_n392_valid_exchanges),
	CASE(an_error_during_recovery_starts_it_again),
	CASE(fewer_errors_than_n392_in_the_window_do_nothing),
	CASE(window_of_ten_with_threshold_one),
	CASE(silent_user_is_noticed_by_t392),
	CASE(affected_network_reports_pvcs_inactive),
	CASE(lost_status_is_one_error_at_each_end),
	CASE(lost_full_status_is_asked_for_again),
	CASE(lost_report_of_a_removal_is_repeated),
	CASE(wrong_sequence_number_is_ignored),
	CASE(restarted_peer_is_found_again),
	CASE(out_of_role_or_state_is_unexpected),
	CASE(two_users_or_a_looped_line_never_come_up),
	CASE(malformed_at_every_length_is_counted_and_harmless),
#undef CASE
};

int main(void)
{
	return pair_main("transports/lmi_errors", cases, sizeof(cases) / sizeof(cases[0]));
}
