/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* A user and a network core of LMI joined by two queues, with time of our own. */

#include <stdint.h>

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

static inline int end_send(void *priv, const uint8_t *frame, size_t len)
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

static inline void end_pvc_state(void *priv, uint16_t dlci, bool active)
{
	struct end *e = priv;

	CU_ASSERT_NOT_EQUAL(dlci_set_has(&e->active, dlci), active);
	dlci_set_put(&e->active, dlci, active);
	e->changes++;
}

static inline void end_configured(void *priv, struct dlci_set *out)
{
	*out = ((struct end *)priv)->conf;
}

static const struct lmi_ops ops = {
	.send = end_send,
	.pvc_state = end_pvc_state,
	.configured = end_configured,
};

static inline void deliver(void)
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

static inline void seconds(unsigned int n)
{
	while (n--) {
		osmo_clock_override_add(CLOCK_MONOTONIC, 1, 0);
		osmo_gettimeofday_override_add(1, 0);
		osmo_timers_prepare();
		osmo_timers_update();
		deliver();
	}
}

static inline struct lmi_info info(const struct end *e)
{
	struct lmi_info i;

	lmi_info(e->lmi, &i);
	return i;
}

static inline enum lmi_state state(const struct end *e)
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

static inline void end_open(struct end *e, struct end *far, bool network, const struct lmi_cfg *cfg)
{
	struct lmi_cfg c = *cfg;

	memset(e, 0, sizeof(*e));
	c.network = network;
	e->far = far;
	e->lmi = lmi_new(NULL, network ? "net" : "user", &c, 5000, &ops, e);
	CU_ASSERT_PTR_NOT_NULL_FATAL(e->lmi);
}

static inline void open_both(const struct lmi_cfg *cfg)
{
	end_open(&user, &net, false, cfg);
	end_open(&net, &user, true, cfg);
}

static inline void carrier(bool up)
{
	lmi_carrier(net.lmi, up);
	lmi_carrier(user.lmi, up);
	deliver();
}

static inline void close_both(void)
{
	lmi_free(user.lmi);
	lmi_free(net.lmi);
}

static inline void pvc(uint16_t dlci, bool there)
{
	dlci_set_put(&net.conf, dlci, there);
	if (there)
		lmi_pvc_added(net.lmi, dlci);
}

static inline bool both(uint16_t dlci)
{
	return dlci_set_has(&user.active, dlci) && dlci_set_has(&net.active, dlci);
}

static inline bool neither(uint16_t dlci)
{
	return !dlci_set_has(&user.active, dlci) && !dlci_set_has(&net.active, dlci);
}

/* An open pair that is up with PVC 100. */
static inline void open_up(void)
{
	open_both(&cfg_default);
	pvc(100, true);
	carrier(true);
	CU_ASSERT(both(100));
	CU_ASSERT_EQUAL(state(&user), LMI_ST_UP);
	CU_ASSERT_EQUAL(state(&net), LMI_ST_UP);
}

/*! The main() of a suite. */
static inline int pair_main(const char *suite, const struct unit_case *cases, size_t n)
{
	int rc;

	osmo_init_logging2(NULL, &vcgw_log_info);
	log_set_log_level(osmo_stderr_target, LOGL_FATAL);
	osmo_clock_override_enable(CLOCK_MONOTONIC, true);
	osmo_gettimeofday_override = true;
	rc = unit_main(suite, cases, n);
	log_fini();
	return rc;
}
