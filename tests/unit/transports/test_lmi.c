/* SPDX-License-Identifier: GPL-2.0-or-later */

/* What LMI does when nothing goes wrong: polls, reports, PVCs that come and go. */

#include "tests/unit/transports/lmi_pair.h"

static void carrier_brings_the_pvcs_up_at_once(void)
{
	open_both(&cfg_default);
	pvc(16, true);
	pvc(991, true);
	CU_ASSERT_EQUAL(state(&user), LMI_ST_DOWN);
	CU_ASSERT_EQUAL(user.sent, 0);
	carrier(true);
	CU_ASSERT(both(16) && both(991));
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
	for (uint16_t d = 216; d < 992; d++)
		pvc(d, true);
	seconds(10);
	CU_ASSERT_EQUAL(dlci_set_count(&user.active), 976);
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
	CASE(asynchronous_status_changes_one_pvc),
	CASE(lost_carrier_takes_everything_down),
	CASE(kernel_dte_gets_what_it_demands),
	CASE(kernel_dce_brings_a_pvc_up_in_three_steps),
#undef CASE
};

int main(void)
{
	return pair_main("transports/lmi", cases, sizeof(cases) / sizeof(cases[0]));
}
