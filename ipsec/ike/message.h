/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * Whole messages: which payloads each message of each exchange has (RFC 2409 5.4, 5.5, 5.7), as
 * rows that are checked before any handler sees a message and before any is sent; and the cipher
 * around them (RFC 2409 App. B).
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ipsec/ike/payload.h"
#include "ipsec/ike/prf.h"
#include "ipsec/path.h"

enum ike_step {
	IKE_MM1,
	IKE_MM2,
	IKE_MM3,
	IKE_MM4,
	IKE_MM5,
	IKE_MM6,
	IKE_QM1,
	IKE_QM2,
	IKE_QM3,
	IKE_INFO,	/* protected */
	IKE_INFO_CLEAR, /* before there are keys: hints, never believed */
	IKE_MM5_SIG,	/* authenticated by signatures */
	IKE_MM6_SIG,
	IKE_STEPS,
};

struct ike_rule_payload {
	uint8_t type;
	uint8_t min;
	uint8_t max;
};

struct ike_rule {
	const char *name; /*!< for logs */
	uint8_t exchange;
	bool encrypted;
	uint8_t first; /*!< payload that must come first, 0 = any */
	struct ike_rule_payload p[10];
};

extern const struct ike_rule ike_rules[IKE_STEPS];

/*! \returns 0 or -EPROTO; *why says what is wrong, with the payload's type in *type. */
int ike_rule_check(const struct ike_rule *rule, const struct ike_payloads *pls, const char **why,
		   uint8_t *type);

/*! A message that came. */
struct ike_msg {
	struct ike_hdr hdr;
	const struct ike_rule *rule; /*!< that it was opened with */
	struct ipsec_at at;	     /*!< where it came from; zero on a path without IP */
	const uint8_t *wire;
	size_t wire_len;
	uint8_t *plain; /*!< decrypted payloads, talloc; NULL for a clear message */
	size_t plain_len;
	struct ike_payloads pls;
	uint8_t next_iv[IKE_BLOCK]; /*!< last cipher block, to be used once it is authentic */
	const char *why;	    /*!< what ike_msg_open() did not like */
	uint8_t why_type;
};

/*! Header and length. \returns 0 or -EBADMSG. */
int ike_msg_init(struct ike_msg *m, const uint8_t *wire, size_t len);

/*! Decrypt if the rule says so, take apart, check against the rule.
 * \returns 0, -EBADMSG (malformed; for encrypted ones maybe a wrong key), -EPROTO (rule), -EIO. */
int ike_msg_open(struct ike_msg *m, const struct ike_rule *rule, const struct ike_keys *keys,
		 const uint8_t iv[IKE_BLOCK]);

/*! Wipe and free what ike_msg_open() made. */
void ike_msg_close(struct ike_msg *m);

/*! Keep an opened message longer than its octets: the copy owns all that it points to, and m has
 * nothing left but its header. \returns the copy, for ike_msg_drop(), or NULL (memory; m is as it was). */
struct ike_msg *ike_msg_keep(struct ike_msg *m);
/*! NULL is fine. */
void ike_msg_drop(struct ike_msg *kept);

/*! Encrypt a finished clear message in place, padded with zeros; size is that of buf. iv becomes
 * the last cipher block. \returns the length, -EMSGSIZE, -EIO. */
int ike_msg_seal(uint8_t *buf, size_t len, size_t size, const struct ike_keys *keys,
		 uint8_t iv[IKE_BLOCK]);
