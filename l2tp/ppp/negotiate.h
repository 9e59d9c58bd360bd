/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * The option negotiation automaton of RFC 1661 4, once, for LCP and every network control
 * protocol. negotiate.c is the automaton and the packets of 5.1-5.6, options.c the lists of
 * options in them. A protocol is a struct neg_ops: its options are const rows, its layer calls
 * are callbacks. Nothing a peer sends can be an illegal event.
 *
 * Callbacks run inside the automaton: they may dispatch to other automatons, but to their own
 * only from the calls named tlu and tlf, which come last.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <osmocom/core/fsm.h>
#include <osmocom/core/timer.h>

#include "core/cursor.h"

enum neg_code { /* RFC 1661 5 */
		NEG_CONF_REQ = 1,
		NEG_CONF_ACK,
		NEG_CONF_NAK,
		NEG_CONF_REJ,
		NEG_TERM_REQ,
		NEG_TERM_ACK,
		NEG_CODE_REJ,
};

enum neg_state { /* RFC 1661 4.2, numbered as in 4.1 */
		 NEG_ST_INITIAL,
		 NEG_ST_STARTING,
		 NEG_ST_CLOSED,
		 NEG_ST_STOPPED,
		 NEG_ST_CLOSING,
		 NEG_ST_STOPPING,
		 NEG_ST_REQ_SENT,
		 NEG_ST_ACK_RCVD,
		 NEG_ST_ACK_SENT,
		 NEG_ST_OPENED,
		 NEG_STATES,
};

enum neg_event { /* RFC 1661 4.3, in the order of 4.1 */
		 NEG_EV_UP,
		 NEG_EV_DOWN,
		 NEG_EV_OPEN,
		 NEG_EV_CLOSE,
		 NEG_EV_TO_PLUS,
		 NEG_EV_TO_MINUS,
		 NEG_EV_RCR_GOOD,
		 NEG_EV_RCR_BAD,
		 NEG_EV_RCA,
		 NEG_EV_RCN,
		 NEG_EV_RTR,
		 NEG_EV_RTA,
		 NEG_EV_RUC,
		 NEG_EV_RXJ_GOOD,
		 NEG_EV_RXJ_BAD,
		 NEG_EV_RXR,
		 NEG_EVENTS,
};

enum neg_limits {
	NEG_HEADER = 4,	      /* code, identifier, length */
	NEG_PKT_MAX = 1500,   /* largest packet taken or built: the MRU that always holds (6.1) */
	NEG_OWN_OPTIONS = 64, /* octets of our own options: enough for any table of rows */
	NEG_UNKNOWN = -1,     /* neg_ops.code(): not a code of this protocol */
};

struct neg;

/*! Answer to one option of the peer's Configure-Request. */
enum neg_verdict {
	NEG_ACK,
	NEG_NAK, /*!< the data that we would take was written */
	NEG_REJ,
};

/*! One configuration option: a row of a const table, used for what we send and what we get. */
struct neg_option {
	uint8_t type;
	uint8_t min, max; /*!< length of its data */
	/*! Write the data that we ask for. \returns false when we do not ask. */
	bool (*ask)(struct neg *n, struct wr *w);
	/*! Judge what the peer asks. data is NULL when its length is none the option can have. */
	enum neg_verdict (*check)(struct neg *n, const uint8_t *data, size_t len, struct wr *nak);
	/*! The peer did not ask. \returns true when it should, with the data written. */
	bool (*absent)(struct neg *n, struct wr *nak);
	/*! The peer would rather have this of us. */
	void (*nak)(struct neg *n, const uint8_t *data, size_t len);
	/*! The peer will not negotiate this option of ours. */
	void (*rej)(struct neg *n);
};

/*! A packet and the answer that was prepared to it. */
struct neg_pkt {
	uint8_t code, id;
	const uint8_t *data; /*!< behind the header */
	size_t len;
	const uint8_t *raw; /*!< from the code on, without padding */
	size_t raw_len;
	uint8_t reply_code;
	const uint8_t *reply; /*!< options */
	size_t reply_len;
};

struct neg_ops {
	const char *name;
	const struct neg_option *options;
	size_t n_options;
	/*! Send a packet, from the code on. Must not call back. */
	void (*send)(struct neg *n, const uint8_t *pkt, size_t len);
	/*! A negotiation begins: wish for what is configured. */
	void (*begin)(struct neg *n);
	/*! A Configure-Request of the peer is about to be judged: forget its last one. */
	void (*request)(struct neg *n);
	/*! A code above Code-Reject. \returns the event it makes, or NEG_UNKNOWN. NULL: all are. */
	int (*code)(struct neg *n, const struct neg_pkt *pkt);
	/*! Send-Echo-Reply (ser); needed if code() makes NEG_EV_RXR. */
	void (*ser)(struct neg *n, const struct neg_pkt *pkt);
	/*! The peer will not take this code above Code-Reject from us; may be NULL. */
	void (*code_rejected)(struct neg *n, uint8_t code);
	void (*tlu)(struct neg *n); /*!< This-Layer-Up */
	void (*tld)(struct neg *n); /*!< This-Layer-Down */
	void (*tlf)(struct neg *n); /*!< This-Layer-Finished */
};

/*! The knobs that RFC 1661 4.6 wants configurable. */
struct neg_cfg {
	uint16_t restart;      /*!< seconds, default 3 */
	uint8_t max_configure; /*!< default 10 */
	uint8_t max_terminate; /*!< default 2 */
	uint8_t max_failure;   /*!< default 5 */
};

struct neg {
	const struct neg_ops *ops;
	void *priv; /*!< the protocol's */
	struct neg_cfg cfg;
	struct osmo_fsm_inst *fi;
	struct osmo_timer_list restart;
	unsigned int count;   /*!< restart counter */
	unsigned int naks_tx; /*!< Configure-Naks since the last Configure-Ack (Max-Failure) */
	unsigned int naks_rx; /*!< refusals of ours since the negotiation began */
	size_t mtu;	      /*!< what the peer takes: Code-Rejects are cut to it */
	uint8_t id;	      /*!< last identifier used */
	uint8_t req_id;	      /*!< of the last Configure-Request */
	bool answered;	      /*!< a valid answer to it came: a further one is out of sequence */
	uint8_t req[NEG_OWN_OPTIONS]; /*!< its options */
	size_t req_len;
	const char *why;  /*!< it ended; for people */
	const char *fail; /*!< set by neg_fail() while options are looked at */
	uint64_t discarded;
};

/*! Set an automaton up in state Initial.
 * \param[in] ctx talloc parent; \param[in] id for logs, any text.
 * \returns 0 or -ENOMEM. */
int neg_init(struct neg *n, void *ctx, const char *id, const struct neg_ops *ops,
	     const struct neg_cfg *cfg, void *priv);

/*! Stop timers and release; no callback. Harmless on what neg_init() refused. */
void neg_exit(struct neg *n);

/*! Up, Down, Open, Close of RFC 1661 4.3, and what a Protocol-Reject makes. */
void neg_event(struct neg *n, enum neg_event ev);

/*! One packet from the code on (behind the protocol field). Borrowed.
 * \returns 0, or -EBADMSG or -EPROTO when it was silently discarded. */
int neg_rx(struct neg *n, const uint8_t *buf, size_t len);

/*! From an option's callback: this negotiation cannot succeed; close when the packet is done.
 * \param[in] why a constant text. */
void neg_fail(struct neg *n, const char *why);

/*! Send a packet of a code above Code-Reject or of the automaton. Cut to n->mtu. */
void neg_send(struct neg *n, uint8_t code, uint8_t id, const void *data, size_t len);

static inline enum neg_state neg_state(const struct neg *n)
{
	return n->fi->state;
}

static inline bool neg_opened(const struct neg *n)
{
	return neg_state(n) == NEG_ST_OPENED;
}

/* ---- options.c, for negotiate.c ---- */

/*! Judge the options of a Configure-Request and write the answer's options.
 * \returns NEG_CONF_ACK, NEG_CONF_NAK or NEG_CONF_REJ, or -EBADMSG. */
int neg_options_judge(struct neg *n, const uint8_t *opts, size_t len, struct wr *reply);

/*! Write the options that we ask for. */
void neg_options_ask(struct neg *n, struct wr *w);

/*! Take a Configure-Nak's or -Reject's options in. \returns 0, or -EBADMSG: nothing changed. */
int neg_options_refused(struct neg *n, uint8_t code, const uint8_t *opts, size_t len);
