/* SPDX-License-Identifier: GPL-2.0-or-later */

/* A frame on DLCI 0: decoded, encoded again, and given to a user and a network core that are up. */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/application.h>

#include "core/log.h"
#include "transports/fr/lmi.h"
#include "transports/fr/lmi_msg.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct dlci_set active;

static int send_nowhere(void *priv, const uint8_t *frame, size_t len)
{
	struct lmi_msg m;
	const char *why;

	(void)priv;
	if (lmi_msg_decode(&m, &why, frame, len) < 0)
		abort();
	return 0;
}

static void pvc_state(void *priv, uint16_t dlci, bool up)
{
	(void)priv;
	if (dlci_set_has(&active, dlci) == up)
		abort();
	dlci_set_put(&active, dlci, up);
}

static void configured(void *priv, struct dlci_set *out)
{
	(void)priv;
	dlci_set_put(out, 100, true);
}

static const struct lmi_ops ops = {
	.send = send_nowhere,
	.pvc_state = pvc_state,
	.configured = configured,
};

static void core_takes(bool network, const uint8_t *data, size_t size)
{
	static struct lmi *cores[2];
	struct lmi *lmi = cores[network];

	if (!lmi) {
		struct lmi_cfg cfg = { LMI_Q933A, network, 6, 3, 4, 10, 15 };

		lmi = lmi_new(NULL, "fuzz", &cfg, 1600, &ops, NULL);
		if (!lmi)
			abort();
		cores[network] = lmi;
	}
	lmi_carrier(lmi, true);
	lmi_rx(lmi, data, size);
	lmi_rx(lmi, data, size);
	lmi_carrier(lmi, false);
	if (dlci_set_count(&active))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static uint8_t buf[6000];
	struct lmi_msg m, back;
	const char *why;

	if (!osmo_stderr_target) {
		osmo_init_logging2(NULL, &vcgw_log_info);
		log_set_log_level(osmo_stderr_target, LOGL_FATAL);
	}
	if (lmi_msg_decode(&m, &why, data, size) == 0) {
		struct wr w = wr_init(buf, sizeof(buf));

		/* An asynchronous status is not asked to have these, and we do not send them. */
		if (m.report == LMI_REPORT_SINGLE)
			m.send_seq = m.recv_seq = 0;
		lmi_msg_encode(&w, &m);
		if (w.err || lmi_msg_decode(&back, &why, buf, w.len) < 0 ||
		    memcmp(&m, &back, sizeof(m)) != 0)
			abort();
	} else if (!why) {
		abort();
	}
	core_takes(false, data, size);
	core_takes(true, data, size);
	return 0;
}
