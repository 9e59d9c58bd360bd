/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * Units (cells or frames) to and from a wire, for the ports of all media.
 *
 * A wire moves messages, each at most UNITS_MSG_MAX octets, in order, and can be full for a while.
 * A message holds many units, because moving them one by one costs more than all the rest. Cells
 * stand one behind another; frames each have their length before them (2 octets, big-endian).
 *
 * Transmit: units_admit() for a whole PDU, then units_room() and units_put() until its units are
 * all written, and units_flush() when the round is over. On a perfect line a unit is written once,
 * straight into the message. An impaired line loses and damages units, then makes them wait in a
 * queue ordered by time, from which units_poll() moves them on.
 *
 * All of this belongs to the link's owning worker, except where a function says otherwise; while
 * the link is detached, to the control thread.
 */

#include <stdbool.h>
#include <stdint.h>

#include "core/cursor.h"
#include "transports/transport.h"

enum units_limits {
	UNITS_MSG_MAX = 65536, /*!< octets of a message */
	/* Messages that wait while the wire is full, 4 MiB; enforced by units_admit(). */
	UNITS_QUEUE_MSGS = 64,
	/* So many of them are kept for signalling, which user data must not crowd out. */
	UNITS_QUEUE_CONTROL = 4,
	/* Octets (units with their times) that wait on a line with delay or rate; the same. */
	UNITS_LINE_MAX = 4 << 20,
	UNITS_LINE_CONTROL = 256 << 10,
	/* Milliseconds that user data waits for its turn on a line with a rate; the same. */
	UNITS_LINE_MSEC = 500,
	/* A frame and what stands before it fit a message; enforced by link_cfg_check(). */
	UNITS_FRAME_MAX = 8192,
};

/*! What carries messages: a socket now; a shared ring can take its place. */
struct unit_wire {
	/*! \returns 0, -EAGAIN (full: try when writable) or another error: the far end is gone. */
	int (*send)(struct unit_wire *w, const uint8_t *msg, uint32_t len);
	/*! \returns octets (> 0), -EAGAIN (nothing there) or another error: the far end is gone. A
	 * message longer than size is -EMSGSIZE: it is malformed, but the far end is there. */
	int (*recv)(struct unit_wire *w, uint8_t *msg, uint32_t size);
};

struct units;

/*! Make the units of a link. Everything they ever need is reserved here.
 * \param[in] wire borrowed; must outlive the units.
 * \param[in] unit_len octets of each unit, or 0: frames with a length before each.
 * \returns NULL without memory. */
struct units *units_new(const struct link *l, struct unit_wire *wire, uint32_t unit_len);
void units_free(struct units *u);

/*! Forget everything that waits, in both directions: the wire is a new one. Units given to the old
 * one that had not left count as ACCT_TX_DROP of the link. Control thread, link detached. */
void units_reset(struct units *u);

/*! Impair the line from now on. Control thread, any time. \returns 0 or -ENOMEM. */
int units_set_impair(struct units *u, const struct impair_cfg *cfg);

/*! May a PDU of n units, octets in all, go out? When not, ACCT_TX_DROP of acct has counted it and
 * the caller frees it. User data is refused before the last room, which control may use. */
bool units_admit(struct units *u, uint32_t n, uint32_t octets, uint32_t acct, bool control);

/*! Room for units of an admitted PDU: up to want of len octets each (frames: want is 1).
 * \returns where to write them, one behind another, and in *got how many, at least 1. */
uint8_t *units_room(struct units *u, uint32_t len, uint32_t want, uint32_t *got);

/*! The *got units of the last units_room() are written. */
void units_put(struct units *u);

/*! Send what was gathered. Sets io->want_write and io->lost as found. */
void units_flush(struct units *u, struct link_io *io);

/*! Send what may go by now, waiting messages and units whose time has come.
 * \returns when the next unit is due (clock_ns()), or INT64_MAX. */
int64_t units_poll(struct units *u, int64_t now, struct link_io *io);

/*! What is to be taken next: the rest of the current message, or a new one.
 *
 *	budget = BATCH_MAX;
 *	while (!pkt_batch_full(out) && (r = units_msg(u, &budget, io)))
 *		take one unit, or many, with rd_bytes(); on r->err call units_bad(u);
 *
 * \param[inout] budget how many more messages may be received in this call of link_rx().
 * \returns NULL when nothing is there, the budget is used up or the far end is gone. Sets io->more
 * in the second case and io->lost in the third. Counts ACCT_RX_UNIT of the link. */
struct rd *units_msg(struct units *u, unsigned int *budget, struct link_io *io);

/*! A unit of the current message is cut short: count ACCT_RX_UNIT_BAD, drop the message's rest. */
void units_bad(struct units *u);

/*! Is some of the current message left (io->more of a full batch)? */
bool units_pending(const struct units *u);
