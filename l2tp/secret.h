/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * What the shared secret of a tunnel is good for: the hiding of AVP values (RFC 2661 4.3) and
 * tunnel authentication (RFC 2661 5.1.1, 4.4.3). Both are MD5 constructions that the protocol
 * prescribes; the protection of a tunnel is IPsec's business.
 */

#include <stddef.h>
#include <stdint.h>

enum {
	L2TP_RESPONSE_LEN = 16,
	L2TP_RANDOM_VECTOR_LEN = 16, /* "at least 16 octets is recommended", RFC 2661 4.4.1 */
	L2TP_CHALLENGE_LEN = 16,
};

/*! A shared secret and the random vector in force. Borrowed. */
struct l2tp_hiding {
	const uint8_t *secret;
	size_t secret_len;
	const uint8_t *vector;
	size_t vector_len;
};

/*! Hide the subformat (length, value, padding) in place. \returns 0 or -EIO (libcrypto failed). */
int l2tp_hide(const struct l2tp_hiding *h, uint16_t type, uint8_t *sub, size_t len);

/*! Uncover a hidden value.
 * \param[in] in the AVP's value field as received. \param[out] out room for len octets: the
 * subformat, uncovered. \param[out] value_len of the original value, which begins at out + 2.
 * \returns 0, -EBADMSG (too short, or its inner length does not fit: a wrong secret looks so too),
 * -EIO. */
int l2tp_unhide(const struct l2tp_hiding *h, uint16_t type, const uint8_t *in, size_t len,
		uint8_t *out, size_t *value_len);

/*! Response to a challenge: MD5 (message type, secret, challenge), as RFC 1994 4.1 with the type
 * of the message that carries the response as identifier. \returns 0 or -EIO. */
int l2tp_auth_response(uint16_t msg_type, const uint8_t *secret, size_t secret_len,
		       const uint8_t *challenge, size_t challenge_len,
		       uint8_t out[L2TP_RESPONSE_LEN]);

/*! Octets that nobody can guess. \returns 0 or -EIO. */
int l2tp_random(void *out, size_t len);
