/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* The drivers that transports/transport.c registers. One line each, here and there. */

#include "transports/transport.h"

extern const struct link_driver atm_drv_loop;
extern const struct link_driver fr_drv_loop;
extern const struct link_driver ip_drv_udp;
