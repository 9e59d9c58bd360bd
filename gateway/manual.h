/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* Manual keys of a circuit (`security manual`). Control thread only. */

#include "gateway/cfg.h"

/* ---- configuration (config_manual.c) ---- */

/*! \returns whether the suite's IV counts, so that it may never begin anew under one key. */
bool gw_manual_counts(const struct esp_suite *s);
/*! cfg has manual set. \returns 0 or -errno with why. */
int gw_manual_check(const struct gw_circuit *c, const struct gw_circuit_cfg *cfg,
		    struct gw_why *why);
/*! The keys of both directions (by enum sa_dir), esp_suite_keymat_len() octets each, borrowed until
 * the secrets are read again. \returns 0, or -errno with why: missing or of a wrong length. */
int gw_manual_keys(const struct gw_circuit *c, const uint8_t *keys[2], struct gw_why *why);
/*! Where the counters of manual SAs live (counter.h); "" = nowhere. */
int gw_set_manual_counter(const char *path, struct gw_why *why);

/* ---- what runs (manual.c) ---- */

/*! Install both SAs. \returns 0, or -errno with why. */
int gw_manual_start(struct gw_circuit *c, struct gw_why *why);
/*! The secrets may have changed: other keys replace the SAs, the same keys leave them alone.
 * \returns 0, or -errno with why: then there are no SAs. */
int gw_manual_renew(struct gw_circuit *c, struct gw_why *why);
/*! An SA ended: its sequence numbers are used up. */
void gw_manual_ended(struct gw_circuit *c, uint32_t spi);
