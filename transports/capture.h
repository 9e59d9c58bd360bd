/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * The tap of a link's PDUs, as the worker sees it. Starting, stopping and asking are in
 * transports/transport.h. The worker copies into a bounded ring and never waits; the control
 * thread writes the file.
 */

#include <stdbool.h>
#include <stdint.h>

#include "core/rcu.h"
#include "transports/transport.h"

struct capture;

/*! The capture that runs on a link, or NULL. Worker. Valid until the next rcu_quiescent(). */
static inline struct capture *capture_of(struct link *l)
{
	return rcu_deref(l->capture);
}

/*! Copy one PDU, head and body one behind the other (head may be empty), as the file's link type
 * has it. Worker. */
void capture_put(struct capture *c, const uint8_t *head, uint32_t head_len, const uint8_t *body,
		 uint32_t body_len);
