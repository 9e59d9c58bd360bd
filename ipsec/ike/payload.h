/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * ISAKMP on the wire (RFC 2408 3, RFC 2407 4.6): header, payload chain, and the bodies of the
 * payloads, except SA (sa_payload.h). Decoders borrow: what they return points into the message.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/cursor.h"
#include "core/endpoint.h"

enum ike_payload_type {
	IKE_PL_NONE = 0,
	IKE_PL_SA = 1,
	IKE_PL_PROPOSAL = 2,
	IKE_PL_TRANSFORM = 3,
	IKE_PL_KE = 4,
	IKE_PL_ID = 5,
	IKE_PL_CERT = 6,
	IKE_PL_CERT_REQ = 7,
	IKE_PL_HASH = 8,
	IKE_PL_SIG = 9,
	IKE_PL_NONCE = 10,
	IKE_PL_NOTIFY = 11,
	IKE_PL_DELETE = 12,
	IKE_PL_VID = 13,
	IKE_PL_NAT_D = 20,  /* RFC 3947 3.2 */
	IKE_PL_NAT_OA = 21, /* RFC 3947 5.2 */
};

enum ike_exchange_type {
	IKE_X_MAIN = 2,
	IKE_X_INFO = 5,
	IKE_X_QUICK = 32,
};

enum ike_wire {
	IKE_VERSION_1 = 0x10,
	IKE_FLAG_ENC = 0x01,
	IKE_FLAG_COMMIT = 0x02,
	IKE_FLAG_AUTH = 0x04,
	IKE_DOI_IPSEC = 1,
	IKE_PROTO_ISAKMP = 1,
	IKE_PROTO_AH = 2,
	IKE_PROTO_ESP = 3,
	IKE_COOKIE_LEN = 8,
	IKE_HDR_LEN = 28,
	IKE_PL_HDR_LEN = 4,
	IKE_NONCE_MIN = 8, /* RFC 2409 5 */
	IKE_NONCE_MAX = 256,
	IKE_NONCE_OURS = 32,
	/* Payloads in one message; more are refused. */
	IKE_PAYLOADS_MAX = 128,
	IKE_MSG_MAX = 65535,
};

/*! Notify message types: RFC 2408 3.14.1, RFC 2407 4.6.3, RFC 3706 5.4. */
enum ike_notify_type {
	IKE_N_INVALID_PAYLOAD_TYPE = 1,
	IKE_N_INVALID_COOKIE = 4,
	IKE_N_NO_PROPOSAL_CHOSEN = 14,
	IKE_N_PAYLOAD_MALFORMED = 16,
	IKE_N_INVALID_KEY_INFORMATION = 17,
	IKE_N_INVALID_ID_INFORMATION = 18,
	IKE_N_INVALID_CERTIFICATE = 20,
	IKE_N_INVALID_CERT_AUTHORITY = 22,
	IKE_N_INVALID_HASH_INFORMATION = 23,
	IKE_N_AUTHENTICATION_FAILED = 24,
	IKE_N_INVALID_SIGNATURE = 25,
	IKE_N_STATUS = 16384, /* from here on no error */
	IKE_N_RESPONDER_LIFETIME = 24576,
	IKE_N_INITIAL_CONTACT = 24578,
	IKE_N_R_U_THERE = 36136,
	IKE_N_R_U_THERE_ACK = 36137,
};

struct ike_hdr {
	uint8_t icookie[IKE_COOKIE_LEN];
	uint8_t rcookie[IKE_COOKIE_LEN];
	uint8_t next;
	uint8_t version;
	uint8_t exchange;
	uint8_t flags;
	uint32_t msgid;
	uint32_t len;
};

/*! \returns 0 or -EBADMSG (short). Values are not judged. */
int ike_hdr_decode(struct ike_hdr *h, const uint8_t *msg, size_t len);
void ike_hdr_encode(struct wr *w, const struct ike_hdr *h);

struct ike_payload {
	uint8_t type;
	const uint8_t *raw; /*!< with its generic header: what hashes cover */
	size_t raw_len;
	const uint8_t *body;
	size_t len;
};

struct ike_payloads {
	unsigned int n;
	struct ike_payload p[IKE_PAYLOADS_MAX];
	size_t used; /*!< octets of the chain, without padding */
};

/*! Take a chain of payloads apart. After it padded messages may have anything (the padding of
 * encrypted ones, RFC 2409 App. B), others nothing.
 * \returns 0, -EBADMSG, or -E2BIG (more than IKE_PAYLOADS_MAX). */
int ike_payloads_decode(struct ike_payloads *out, uint8_t first, const uint8_t *buf, size_t len,
			bool padded);

/*! The nth payload (from 0) of a type, or NULL. */
const struct ike_payload *ike_payload_find(const struct ike_payloads *pls, uint8_t type,
					   unsigned int nth);
unsigned int ike_payload_count(const struct ike_payloads *pls, uint8_t type);
const char *ike_payload_name(uint8_t type);

/*! Identification payload, RFC 2407 4.6.2. */
struct ike_id_body {
	uint8_t type;
	uint8_t proto;
	uint16_t port;
	const uint8_t *data;
	size_t len;
};

int ike_id_decode(struct ike_id_body *out, const uint8_t *body, size_t len);
void ike_id_encode(struct wr *w, const struct ike_id_body *id);

/*! The one host that an identity names, as an address or a subnet of one. \returns 0 or -EINVAL. */
int ike_id_host(const struct ike_id_body *id, struct endpoint *host);

/*! NAT-OA payload, RFC 3947 5.2. \returns 0 or -EBADMSG. */
int ike_nat_oa_decode(struct endpoint *out, const uint8_t *body, size_t len);
void ike_nat_oa_encode(struct wr *w, const struct endpoint *e);

/*! Notification payload, RFC 2408 3.14. */
struct ike_notify_body {
	uint32_t doi;
	uint8_t proto;
	uint8_t spi_len;
	uint16_t type;
	const uint8_t *spi;
	const uint8_t *data;
	size_t len;
};

int ike_notify_decode(struct ike_notify_body *out, const uint8_t *body, size_t len);
void ike_notify_encode(struct wr *w, const struct ike_notify_body *n);
const char *ike_notify_name(uint16_t type);

/*! Delete payload, RFC 2408 3.15. */
struct ike_delete_body {
	uint32_t doi;
	uint8_t proto;
	uint8_t spi_len;
	uint16_t n;
	const uint8_t *spis;
};

int ike_delete_decode(struct ike_delete_body *out, const uint8_t *body, size_t len);
void ike_delete_encode(struct wr *w, const struct ike_delete_body *d);

/*! Writing a message: header, then payloads one after the other; next-payload octets and lengths
 * are filled in behind. */
struct ike_build {
	struct wr w;
	size_t next_at; /*!< where the type of the next payload goes */
	size_t pl_at;	/*!< start of the open payload */
};

void ike_build_begin(struct ike_build *b, void *buf, size_t size, const struct ike_hdr *h);
void ike_build_open(struct ike_build *b, uint8_t type);
/*! \returns the offset of the payload's generic header. */
size_t ike_build_close(struct ike_build *b);
void ike_build_payload(struct ike_build *b, uint8_t type, const void *body, size_t len);
/*! Write the total length. \returns it, or -EMSGSIZE. */
int ike_build_end(struct ike_build *b);
