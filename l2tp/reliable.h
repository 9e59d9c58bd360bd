/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * Reliable delivery of control messages (RFC 2661 5.8, Appendix A): sequence numbers, window,
 * slow start, retransmission, acknowledgement. It knows no message types and no header but Ns and
 * Nr: it gives and takes bodies through callbacks. Control thread only.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct reliable;

enum reliable_limits {
	RELIABLE_WINDOW_MAX = 64,  /* received out of order and kept; enforced by reliable_new() */
	RELIABLE_QUEUE_MAX = 4096, /* messages to send; enforced by reliable_send() */
	RELIABLE_RTO_MS = 1000,	   /* "a recommended default is 1 second" */
	RELIABLE_ACK_MS = 50,	   /* how long an acknowledgement waits for a message to ride on */
};

/*! a < b in the 16-bit sequence space: b is at most 32767 ahead (RFC 2661 5.8). */
static inline bool seq16_lt(uint16_t a, uint16_t b)
{
	return (uint16_t)(b - a - 1) < 0x7fff;
}

static inline bool seq16_le(uint16_t a, uint16_t b)
{
	return a == b || seq16_lt(a, b);
}

struct reliable_cfg {
	uint16_t rx_window; /*!< 1..RELIABLE_WINDOW_MAX */
	uint8_t retries;    /*!< retransmissions until the peer counts as dead */
	uint8_t rto_cap;    /*!< seconds */
};

struct reliable_ops {
	/*! Send a message (len 0: a ZLB). tag is what reliable_send() was given.
	 * \returns 0 or -errno; -ENETDOWN freezes until reliable_resume(). */
	int (*send)(void *priv, uint16_t tag, uint16_t ns, uint16_t nr, const uint8_t *body,
		    size_t len);
	/*! A message has arrived: each once and in order. */
	void (*deliver)(void *priv, uint16_t tag, const uint8_t *body, size_t len);
	/*! Everything sent has been acknowledged. */
	void (*drained)(void *priv);
	/*! The peer does not answer any more. */
	void (*dead)(void *priv);
};

/*! \returns 0, -EINVAL or -ENOMEM. The callbacks may call everything but reliable_free(). */
int reliable_new(struct reliable **out, void *ctx, const struct reliable_cfg *cfg,
		 const struct reliable_ops *ops, void *priv);
void reliable_free(struct reliable *r);

/*! Queue a message and send it when the window allows. tag travels along (a session id).
 * \returns 0, -ENOSPC (queue full), -ENOMEM. */
int reliable_send(struct reliable *r, uint16_t tag, const uint8_t *body, size_t len);

/*! Send what the peer's receive window allows now, whatever congestion avoidance says: the last
 * words of a connection that will not be there to retransmit them. */
void reliable_flush(struct reliable *r);

/*! A message came from the peer. len 0: a ZLB. \returns 0 or -EBADMSG (Nr acknowledges what was
 * never sent: nothing was done). */
int reliable_rx(struct reliable *r, uint16_t tag, uint16_t ns, uint16_t nr, const uint8_t *body,
		size_t len);

/*! The peer's Receive Window Size; 0 counts as 1. */
void reliable_set_peer_window(struct reliable *r, uint16_t window);

/*! Forget what was never sent. */
void reliable_drop_unsent(struct reliable *r);

/*! Forget everything that is to be sent; go on acknowledging. */
void reliable_drop_all(struct reliable *r);

/*! Stop for good: no callbacks, no timers. */
void reliable_stop(struct reliable *r);

/*! The carrier is down: freeze timers and send nothing. */
void reliable_suspend(struct reliable *r);

/*! The carrier is up: what was not acknowledged is sent again at once, with all its retries. */
void reliable_resume(struct reliable *r);

/*! Has anything been sent or received, ever? */
bool reliable_untouched(const struct reliable *r);

/*! Milliseconds from the first transmission of a message until its sender gives up: the "full
 * retransmission cycle" of RFC 2661 5.7; 31 s by default. */
unsigned int reliable_cycle_ms(const struct reliable_cfg *cfg);

struct reliable_stats {
	uint16_t ns, nr;
	uint16_t cwnd, ssthresh, peer_window;
	unsigned int queued;
	uint64_t tx, rx, zlb_tx, zlb_rx, retransmits, duplicates, out_of_order, beyond_window,
		bad_nr, tx_failed;
};

void reliable_stats(const struct reliable *r, struct reliable_stats *out);
