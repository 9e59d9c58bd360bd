/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * Control messages (RFC 2661 3.1, 3.2, 6): header, body, and the rules of which AVPs a message
 * must and may have and who may send it when. The rules are rows; they bind both ways.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "l2tp/avp.h"
#include "l2tp/l2tp.h"

enum l2tp_msg_type { /* RFC 2661 3.2 */
		     MSG_SCCRQ = 1,
		     MSG_SCCRP = 2,
		     MSG_SCCCN = 3,
		     MSG_STOPCCN = 4,
		     MSG_HELLO = 6,
		     MSG_OCRQ = 7,
		     MSG_OCRP = 8,
		     MSG_OCCN = 9,
		     MSG_ICRQ = 10,
		     MSG_ICRP = 11,
		     MSG_ICCN = 12,
		     MSG_CDN = 14,
		     MSG_WEN = 15,
		     MSG_SLI = 16,
		     MSG_TYPES,
};

/* Result codes of StopCCN, of CDN, and general error codes (RFC 2661 4.4.2). */
enum {
	STOP_CLEAR = 1,
	STOP_ERROR = 2,
	STOP_EXISTS = 3,
	STOP_UNAUTHORIZED = 4,
	STOP_VERSION = 5,
	STOP_SHUTDOWN = 6,
	STOP_FSM = 7,

	CDN_CARRIER = 1,
	CDN_ERROR = 2,
	CDN_ADMIN = 3,
	CDN_NO_FACILITY_NOW = 4,
	CDN_NO_FACILITY = 5,
	CDN_TIMEOUT = 10,

	ERR_NONE = 0,
	ERR_NO_CONTROL = 1,
	ERR_LENGTH = 2,
	ERR_VALUE = 3,
	ERR_RESOURCES = 4,
	ERR_SESSION_ID = 5,
	ERR_VENDOR = 6,
	ERR_TRY_ANOTHER = 7,
	ERR_UNKNOWN_AVP = 8,
};

enum {
	L2TP_VERSION = 2,
	L2TP_F_TYPE = 0x8000,
	L2TP_F_LENGTH = 0x4000,
	L2TP_F_SEQUENCE = 0x0800,
	L2TP_F_OFFSET = 0x0200,
	L2TP_F_PRIORITY = 0x0100,
	L2TP_F_VERSION = 0x000f,
	L2TP_CTL_HDR_LEN = 12,

	L2TP_PROTOCOL = 0x0100, /* version 1, revision 0: the Protocol Version AVP */
	L2TP_FRAMING_SYNC = 1,	/* Framing Type and Capabilities */
	L2TP_FRAMING_ASYNC = 2,
	L2TP_WINDOW_DEFAULT = 4, /* of a peer that sends no Receive Window Size */
};

/*! Where a control connection or a call stands, seen from the rules. */
enum l2tp_tunnel_state {
	TUN_IDLE,	/* no such tunnel yet */
	TUN_WAIT_REPLY, /* SCCRQ sent (wait-ctl-reply) */
	TUN_WAIT_CONN,	/* SCCRP sent (wait-ctl-conn) */
	TUN_ESTABLISHED,
	TUN_CLOSING, /* StopCCN sent, not acknowledged */
	TUN_LINGER,  /* over; answers retransmissions (RFC 2661 5.7) */
	TUN_STATES,
};

enum l2tp_session_state {
	SES_IDLE,	  /* no such session yet, or over */
	SES_WAIT_TUNNEL,  /* LAC */
	SES_WAIT_REPLY,	  /* LAC: ICRQ sent */
	SES_WAIT_CONNECT, /* LNS: ICRP sent */
	SES_ESTABLISHED,
	SES_STATES,
};

#define ST(s) (1u << (s))

/*! One row of the message rules. */
struct l2tp_msg_rule {
	const char *name; /*!< NULL: no such message */
	uint64_t must;	  /*!< AVPs, 1 << type */
	uint64_t may;
	bool session;		 /*!< concerns one session, else the tunnel */
	bool from_lac, from_lns; /*!< who may send it */
	uint8_t tunnel_states;	 /*!< ST(enum l2tp_tunnel_state) of the receiver */
	uint8_t session_states;	 /*!< ST(enum l2tp_session_state) of the receiver */
};

/*! \returns the row or NULL. */
const struct l2tp_msg_rule *l2tp_msg_rule(uint16_t type);

/*! Header of a control message, host order. */
struct l2tp_ctl_hdr {
	uint16_t tunnel, session, ns, nr;
};

/*! Take the header off. \param[out] body reader of the AVPs, empty for a ZLB. Trailing octets
 * behind Length are ignored. \returns 0, -EPROTONOSUPPORT (another version), -EBADMSG. */
int l2tp_ctl_hdr_read(struct rd *r, struct l2tp_ctl_hdr *out, struct rd *body);

/*! Write a header for a body of body_len octets. */
void l2tp_ctl_hdr_write(struct wr *w, const struct l2tp_ctl_hdr *h, size_t body_len);

struct l2tp_value {
	const uint8_t *p; /*!< borrowed from the message or from its plain[] */
	uint16_t len;
	uint64_t num; /*!< of AVPs that are numbers */
};

/*! A control message in host order. */
struct l2tp_msg {
	uint16_t type;
	uint64_t present; /*!< 1 << AVP type */
	struct l2tp_value avp[AVP_TYPES];
	struct l2tp_result fault; /*!< after -EBADMSG: what to tell the peer (result is 2) */
	unsigned int ignored;	  /*!< AVPs passed over */
	size_t plain_len;
	uint8_t plain[L2TP_MSG_MAX]; /*!< values uncovered; l2tp_msg_wipe() */
};

static inline bool l2tp_msg_has(const struct l2tp_msg *m, enum l2tp_avp_type t)
{
	return m->present >> t & 1;
}

/*! Begin a message to be sent. */
void l2tp_msg_init(struct l2tp_msg *m, enum l2tp_msg_type type);
void l2tp_msg_set_num(struct l2tp_msg *m, enum l2tp_avp_type t, uint64_t num);
/*! p is borrowed until the message is written. */
void l2tp_msg_set(struct l2tp_msg *m, enum l2tp_avp_type t, const void *p, size_t len);
void l2tp_msg_wipe(struct l2tp_msg *m);

/*! Write the AVPs of a message, checked against its rules.
 * \param[in] secret NULL: nothing is hidden; else everything that may be hidden is.
 * \returns 0, -EINVAL (breaks its rules: our bug), -EMSGSIZE, -EIO. */
int l2tp_msg_write(struct wr *w, const struct l2tp_msg *m, const uint8_t *secret,
		   size_t secret_len);

/*! Read the AVPs of a message and check them against its rules. m borrows from r.
 * \param[in] secret NULL: hidden AVPs can't be uncovered and count as unrecognised.
 * \returns 0; -ENOMSG: unknown message that may be ignored; -EBADMSG: m->fault says what is wrong,
 * m->type (0 if not even that could be read) and the AVPs read so far are good. */
int l2tp_msg_read(struct rd r, struct l2tp_msg *m, const uint8_t *secret, size_t secret_len);

/*! Result Code AVP to and from host order. buf: room for 4 + sizeof(text).
 * \returns the number of octets written. */
size_t l2tp_result_write(uint8_t *buf, size_t size, const struct l2tp_result *res);
void l2tp_result_read(const struct l2tp_value *v, struct l2tp_result *out);

/*! Copy a peer's text for people: what is not printable ASCII becomes '?', cut to size. */
void l2tp_text(char *out, size_t size, const uint8_t *p, size_t len);
