/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * The secrets file. Lines of three words:
 *
 *	psk    LINK/VC  "pre-shared key of IKE"          or 0xHEX
 *	tunnel LINK/VC  "secret of tunnel authentication"
 *	user   NAME     "secret of PPP authentication"
 *	esp-in  LINK/VC 0xHEX		manual keys of what arrives: of the cipher, its salt, of the
 *	esp-out LINK/VC 0xHEX		authenticator, in this order; and of what is sent
 *
 * `#` begins a comment. The file must belong to the daemon's user or root and be readable by its
 * owner only. Secrets are held in memory that is not swapped out or dumped and wiped on the way out.
 */

#include <stddef.h>
#include <stdint.h>

#include "gateway/gateway.h"

enum secret_kind {
	SECRET_PSK,
	SECRET_TUNNEL,
	SECRET_USER,
	SECRET_ESP_IN,
	SECRET_ESP_OUT,
};

/*! \returns 0 or -errno with the line, the value's place (never the value) and the fix in why. */
int secrets_load(struct gw_secrets **out, const char *path, struct gw_why *why);
void secrets_free(struct gw_secrets *s);

/*! Borrowed until the next secrets_load() replaces s. \returns length, or -ENOENT. s may be NULL. */
int secrets_get(const struct gw_secrets *s, enum secret_kind kind, const char *name,
		const uint8_t **secret);
