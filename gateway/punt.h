/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "core/pkt.h"

/*! A packet from the data plane for the control plane (forward.h, enum punt_reason). Consumes it.
 * Control thread. */
void punt_rx(struct pkt *p);
