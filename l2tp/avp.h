/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * Attribute Value Pairs (RFC 2661 4): the dictionary, and one AVP read or written.
 * What a message may hold is message.h's business.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/cursor.h"
#include "l2tp/secret.h"

enum l2tp_avp_type { /* RFC 2661 4.4 */
		     AVP_MESSAGE_TYPE = 0,
		     AVP_RESULT_CODE = 1,
		     AVP_PROTOCOL_VERSION = 2,
		     AVP_FRAMING_CAPS = 3,
		     AVP_BEARER_CAPS = 4,
		     AVP_TIE_BREAKER = 5,
		     AVP_FIRMWARE = 6,
		     AVP_HOST_NAME = 7,
		     AVP_VENDOR_NAME = 8,
		     AVP_TUNNEL_ID = 9,
		     AVP_RX_WINDOW = 10,
		     AVP_CHALLENGE = 11,
		     AVP_CAUSE_CODE = 12,
		     AVP_RESPONSE = 13,
		     AVP_SESSION_ID = 14,
		     AVP_CALL_SERIAL = 15,
		     AVP_MIN_BPS = 16,
		     AVP_MAX_BPS = 17,
		     AVP_BEARER_TYPE = 18,
		     AVP_FRAMING_TYPE = 19,
		     AVP_CALLED_NUMBER = 21,
		     AVP_CALLING_NUMBER = 22,
		     AVP_SUB_ADDRESS = 23,
		     AVP_TX_SPEED = 24,
		     AVP_PHYS_CHANNEL = 25,
		     AVP_LCP_INITIAL_RX = 26,
		     AVP_LCP_LAST_TX = 27,
		     AVP_LCP_LAST_RX = 28,
		     AVP_PROXY_TYPE = 29,
		     AVP_PROXY_NAME = 30,
		     AVP_PROXY_CHALLENGE = 31,
		     AVP_PROXY_ID = 32,
		     AVP_PROXY_RESPONSE = 33,
		     AVP_CALL_ERRORS = 34,
		     AVP_ACCM = 35,
		     AVP_RANDOM_VECTOR = 36,
		     AVP_PRIVATE_GROUP = 37,
		     AVP_RX_SPEED = 38,
		     AVP_SEQUENCING = 39,
		     AVP_TYPES,
};

enum {
	AVP_HDR_LEN = 6,
	AVP_LEN_MAX = 1023, /* 10 bits, the header included */
	AVP_VALUE_MAX = AVP_LEN_MAX - AVP_HDR_LEN,
	AVP_F_MANDATORY = 0x8000,
	AVP_F_HIDDEN = 0x4000,
	AVP_F_RESERVED = 0x3c00,
};

/*! One row of the dictionary. It binds what we send; on receipt the lengths, the right to be
 * hidden and the number of occurrences bind, and the M bit counts as received. */
struct l2tp_avp_desc {
	const char *name;  /*!< NULL: no such AVP */
	uint16_t min, max; /*!< of the value, before hiding */
	bool number;	   /*!< an unsigned number of `min` octets */
	bool mandatory;	   /*!< M bit as we send it */
	bool may_hide;
	bool repeats; /*!< may occur more than once in a message */
};

/*! \returns the row of an IETF (vendor 0) AVP, or NULL. */
const struct l2tp_avp_desc *l2tp_avp_desc(uint16_t type);

/*! One AVP as it stands in a message; value is borrowed from there. */
struct l2tp_avp {
	bool mandatory, hidden, reserved;
	uint16_t vendor, type;
	const uint8_t *value;
	uint16_t len;
};

/*! Read the next AVP. \returns 0, or -EBADMSG when its length is less than 6 or more than what is
 * left: then no further AVP can be found. The flags, vendor and type are good if they are there. */
int l2tp_avp_read(struct rd *r, struct l2tp_avp *out);

/*! Does a value of len octets, uncovered, satisfy the dictionary? */
bool l2tp_avp_len_ok(const struct l2tp_avp_desc *d, size_t len);

/*! Write one AVP by its row, with w->err set if it does not fit or the value breaks the row.
 * \param[in] hide hide the value (the row must allow it), padded so that its length shows only in
 * steps of 16; NULL = in clear. */
void l2tp_avp_write(struct wr *w, uint16_t type, const uint8_t *value, size_t len,
		    const struct l2tp_hiding *hide);
