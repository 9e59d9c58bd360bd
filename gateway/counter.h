/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * Numbers that are never given out twice, across restarts: the IVs of ciphers that count, where the
 * key outlives the daemon (manual keys). A file holds the next free number.
 */

#include <stdint.h>

#include "gateway/cfg.h"

/*! Take n numbers: first to first + n - 1 are the caller's for ever. When this returns 0 the file has
 * been told so, on the disk. The file is made if there is none.
 * \param[in] now_ns the time of day in nanoseconds.
 * \returns 0, or -errno with why: then nothing may be encrypted. Control thread; waits for the disk. */
int counter_take(const char *path, uint64_t now_ns, uint64_t n, uint64_t *first,
		 struct gw_why *why);
