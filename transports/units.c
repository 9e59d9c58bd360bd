/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "transports/units.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "core/acct.h"
#include "core/clock.h"
#include "transports/impair.h"

enum {
	SCRATCH_UNITS = 64, /* cells of an impaired line that one units_room() gives */
	SCRATCH_LEN = UNITS_FRAME_MAX + 16,
	LINE_HEAD = 16, /* before each unit on the line: when due, how long */
};

/*
 * Messages wait in a ring of slots. The one at `head` is being gathered, those from `tail` up to it
 * are complete and wait for a full wire. When nothing waits, both stay on one slot, whose memory
 * is warm. A blocked wire does not end the message being gathered: it grows until it is full.
 */
struct slot {
	uint32_t len;
	uint8_t *msg;
};

struct units {
	const struct link *link;
	struct unit_wire *wire;
	uint32_t unit_len; /* 0: frames */
	uint32_t prefix;   /* octets before each unit */
	bool blocked;
	bool lost;

	struct slot slot[UNITS_QUEUE_MSGS];
	uint32_t head, tail; /* of slot, modulo UNITS_QUEUE_MSGS */

	/* What units_room() gave. */
	uint8_t *room;
	uint32_t room_units, room_len;

	struct impair *impair; /* RCU; NULL: a perfect line */
	struct impair *im;     /* what units_admit() saw: one PDU has one line */

	/* The line: units with their times, in order, in a ring of octets. */
	uint8_t *line;
	uint32_t line_in, line_out, line_used;
	int64_t line_due; /* of the last one: a new delay never overtakes */

	uint8_t *scratch;
	struct rd rx;
	uint8_t *rx_msg;

	uint8_t *mem;
	size_t mem_len;
};

struct units *units_new(const struct link *l, struct unit_wire *wire, uint32_t unit_len)
{
	struct units *u = calloc(1, sizeof(*u));

	if (!u)
		return NULL;
	u->link = l;
	u->wire = wire;
	u->unit_len = unit_len;
	u->prefix = unit_len ? 0 : 2;
	/* One mapping; the pages of what is never used are never backed by memory. */
	u->mem_len = (size_t)UNITS_QUEUE_MSGS * UNITS_MSG_MAX + UNITS_LINE_MAX + UNITS_MSG_MAX +
		     SCRATCH_LEN;
	u->mem = mmap(NULL, u->mem_len, PROT_READ | PROT_WRITE,
		      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (u->mem == MAP_FAILED) {
		free(u);
		return NULL;
	}
	for (uint32_t i = 0; i < UNITS_QUEUE_MSGS; i++)
		u->slot[i].msg = u->mem + (size_t)i * UNITS_MSG_MAX;
	u->line = u->mem + (size_t)UNITS_QUEUE_MSGS * UNITS_MSG_MAX;
	u->rx_msg = u->line + UNITS_LINE_MAX;
	u->scratch = u->rx_msg + UNITS_MSG_MAX;
	u->rx = rd_init(u->rx_msg, 0);
	return u;
}

void units_free(struct units *u)
{
	if (!u)
		return;
	impair_retire(u->impair);
	munmap(u->mem, u->mem_len);
	free(u);
}

int units_set_impair(struct units *u, const struct impair_cfg *cfg)
{
	struct impair *old = u->impair, *im = NULL;

	if (!impair_none(cfg)) {
		im = impair_new(cfg);
		if (!im)
			return -ENOMEM;
	}
	rcu_publish(u->impair, im);
	impair_retire(old);
	return 0;
}

/* Units in a message. */
static uint64_t count_units(const struct units *u, const uint8_t *msg, uint32_t len)
{
	struct rd r = rd_init(msg, len);
	uint64_t n = 0;

	if (u->unit_len)
		return len / u->unit_len;
	while (rd_bytes(&r, rd_u16(&r)))
		n++;
	return n;
}

static void line_copy_out(const struct units *u, uint32_t at, void *out, uint32_t len)
{
	uint32_t first = UNITS_LINE_MAX - at;

	if (first > len)
		first = len;
	memcpy(out, u->line + at, first);
	memcpy((uint8_t *)out + first, u->line, len - first);
}

static void line_copy_in(struct units *u, const void *in, uint32_t len)
{
	uint32_t first = UNITS_LINE_MAX - u->line_in;

	if (first > len)
		first = len;
	memcpy(u->line + u->line_in, in, first);
	memcpy(u->line, (const uint8_t *)in + first, len - first);
	u->line_in = (u->line_in + len) % UNITS_LINE_MAX;
	u->line_used += len;
}

/* The first unit on the line. */
static bool line_first(const struct units *u, int64_t *due, uint32_t *len)
{
	uint8_t head[LINE_HEAD];

	if (u->line_used == 0)
		return false;
	line_copy_out(u, u->line_out, head, sizeof(head));
	memcpy(due, head, sizeof(*due));
	memcpy(len, head + sizeof(*due), sizeof(*len));
	return true;
}

static void line_drop_first(struct units *u, uint32_t len)
{
	u->line_out = (u->line_out + LINE_HEAD + len) % UNITS_LINE_MAX;
	u->line_used -= LINE_HEAD + len;
}

void units_reset(struct units *u)
{
	uint64_t n = 0;
	int64_t due;
	uint32_t len;

	for (;; u->tail = (u->tail + 1) % UNITS_QUEUE_MSGS) {
		struct slot *s = &u->slot[u->tail];

		n += count_units(u, s->msg, s->len);
		s->len = 0;
		if (u->tail == u->head)
			break;
	}
	for (; line_first(u, &due, &len); line_drop_first(u, len))
		n++;
	if (n)
		acct_add(u->link->id, ACCT_TX_DROP, n);
	u->head = 0;
	u->tail = 0;
	u->line_in = 0;
	u->line_out = 0;
	u->line_due = 0;
	u->blocked = false;
	u->lost = false;
	u->rx = rd_init(u->rx_msg, 0);
}

/* ---- messages to the wire ---- */

static uint32_t slots_waiting(const struct units *u)
{
	return (u->head - u->tail + UNITS_QUEUE_MSGS) % UNITS_QUEUE_MSGS;
}

/* Send complete messages and, when all of them went, the one being gathered. */
static void send_all(struct units *u)
{
	while (!u->blocked && !u->lost) {
		struct slot *s = &u->slot[u->tail];
		int rc;

		if (s->len == 0)
			return;
		rc = u->wire->send(u->wire, s->msg, s->len);
		if (rc == -EAGAIN) {
			u->blocked = true;
			return;
		}
		if (rc < 0) {
			u->lost = true;
			return;
		}
		s->len = 0;
		if (u->tail == u->head) { /* nothing waits: stay on warm memory */
			u->head = 0;
			u->tail = 0;
			return;
		}
		u->tail = (u->tail + 1) % UNITS_QUEUE_MSGS;
	}
}

/* Have room for octets in the message being gathered. \returns false when all slots are full. */
static bool slot_room(struct units *u, uint32_t octets)
{
	if (u->slot[u->head].len + octets <= UNITS_MSG_MAX)
		return true;
	send_all(u);
	if (u->slot[u->head].len == 0)
		return true;
	if (slots_waiting(u) == UNITS_QUEUE_MSGS - 1)
		return false;
	u->head = (u->head + 1) % UNITS_QUEUE_MSGS;
	return true;
}

static void slot_append(struct units *u, const uint8_t *unit, uint32_t len)
{
	struct slot *s = &u->slot[u->head];

	memcpy(s->msg + s->len, unit, len);
	s->len += len;
}

/* ---- the line of an impaired link ---- */

/* A frame's length prefix counts for the flag before it, which the line would carry. */

static void line_put(struct units *u, struct impair *im, const uint8_t *unit, uint32_t len)
{
	int64_t now = clock_ns(), due = im && impair_timed(im) ? impair_due(im, len, now) : now;
	uint8_t head[LINE_HEAD] = { 0 };

	if (due < u->line_due)
		due = u->line_due;
	u->line_due = due;
	memcpy(head, &due, sizeof(due));
	memcpy(head + sizeof(due), &len, sizeof(len));
	line_copy_in(u, head, sizeof(head));
	line_copy_in(u, unit, len);
}

/* Is it the line's turn, or do units go straight to the message? Those still on the line go first,
 * even when it has become a perfect one. */
static bool line_on(const struct units *u, const struct impair *im)
{
	return u->line_used || (im && impair_timed(im));
}

int64_t units_poll(struct units *u, int64_t now, struct link_io *io)
{
	int64_t due = INT64_MAX;
	uint32_t len;

	u->blocked = false; /* called because time passed or the wire is writable: try */
	send_all(u);
	while (line_first(u, &due, &len) && due <= now) {
		struct slot *s;

		/* A full wire holds the line up; writability calls again. */
		if (!slot_room(u, len)) {
			due = INT64_MAX;
			break;
		}
		s = &u->slot[u->head];
		line_copy_out(u, (u->line_out + LINE_HEAD) % UNITS_LINE_MAX, s->msg + s->len, len);
		s->len += len;
		line_drop_first(u, len);
		due = INT64_MAX;
	}
	units_flush(u, io);
	return due;
}

/* ---- from the port ---- */

static bool queue_admits(const struct units *u, uint32_t octets, bool control)
{
	uint32_t slots = UNITS_QUEUE_MSGS - 1 - slots_waiting(u);
	uint32_t keep = control ? 0 : UNITS_QUEUE_CONTROL;
	/* What one message holds at least: the last unit may leave a gap. */
	uint32_t holds = UNITS_MSG_MAX - (u->unit_len ? u->unit_len : UNITS_FRAME_MAX + 2);
	uint32_t here = UNITS_MSG_MAX - u->slot[u->head].len;

	return octets <= here || (slots > keep && octets <= (slots - keep) * holds);
}

static bool line_admits(const struct units *u, const struct impair *im, uint32_t n, uint32_t octets,
			bool control)
{
	uint32_t limit = control ? UNITS_LINE_MAX : UNITS_LINE_MAX - UNITS_LINE_CONTROL;

	if (u->line_used + octets + n * LINE_HEAD > limit)
		return false;
	return control || !im || impair_backlog(im, clock_ns()) <= UNITS_LINE_MSEC * NSEC_PER_MSEC;
}

bool units_admit(struct units *u, uint32_t n, uint32_t octets, uint32_t acct, bool control)
{
	struct impair *im = rcu_deref(u->impair);
	bool ok = !u->lost;

	u->im = im;
	octets += n * u->prefix;
	if (ok)
		ok = line_on(u, im) ? line_admits(u, im, n, octets, control)
				    : queue_admits(u, octets, control);
	if (!ok)
		acct_add(acct, ACCT_TX_DROP, 1);
	return ok;
}

uint8_t *units_room(struct units *u, uint32_t len, uint32_t want, uint32_t *got)
{
	struct slot *s;
	uint32_t n;

	u->room_len = len + u->prefix;
	if (u->im || u->line_used) {
		n = want < SCRATCH_UNITS ? want : SCRATCH_UNITS;
		u->room = u->scratch;
	} else {
		/* Cannot fail: units_admit() saw the room. */
		slot_room(u, u->room_len);
		s = &u->slot[u->head];
		n = (UNITS_MSG_MAX - s->len) / u->room_len;
		if (n > want)
			n = want;
		u->room = s->msg + s->len;
	}
	if (u->prefix)
		put_u16(u->room, (uint16_t)len);
	u->room_units = n;
	*got = n;
	return u->room + u->prefix;
}

static void put_impaired(struct units *u, struct impair *im)
{
	uint8_t *unit = u->scratch;

	for (uint32_t i = 0; i < u->room_units; i++, unit += u->room_len) {
		enum impair_fate fate = IMPAIR_PASS;

		if (im)
			fate = impair_unit(im, unit + u->prefix, u->room_len - u->prefix);
		if (fate == IMPAIR_DAMAGE)
			acct_add(u->link->id, ACCT_IMPAIR_DAMAGED, 1);
		if (fate == IMPAIR_LOSE)
			acct_add(u->link->id, ACCT_IMPAIR_LOST, 1);
		else if (line_on(u, im))
			line_put(u, im, unit, u->room_len);
		else if (slot_room(u, u->room_len)) /* units_admit() saw it */
			slot_append(u, unit, u->room_len);
	}
}

void units_put(struct units *u)
{
	if (u->room == u->scratch)
		put_impaired(u, u->im);
	else
		u->slot[u->head].len += u->room_units * u->room_len;
	u->room_units = 0;
}

void units_flush(struct units *u, struct link_io *io)
{
	send_all(u);
	if (u->blocked)
		io->want_write = true;
	if (u->lost)
		io->lost = true;
}

/* ---- receive ---- */

struct rd *units_msg(struct units *u, unsigned int *budget, struct link_io *io)
{
	int rc;

	while (!units_pending(u)) {
		if (*budget == 0) {
			io->more = true;
			return NULL;
		}
		(*budget)--;
		rc = u->wire->recv(u->wire, u->rx_msg, UNITS_MSG_MAX);
		if (rc == -EAGAIN)
			return NULL;
		if (rc == -EMSGSIZE) {
			acct_add(u->link->id, ACCT_RX_UNIT, 1);
			acct_add(u->link->id, ACCT_RX_UNIT_BAD, 1);
			continue;
		}
		if (rc <= 0) {
			u->lost = true;
			io->lost = true;
			return NULL;
		}
		acct_add(u->link->id, ACCT_RX_UNIT, 1);
		u->rx = rd_init(u->rx_msg, (size_t)rc);
	}
	return &u->rx;
}

void units_bad(struct units *u)
{
	acct_add(u->link->id, ACCT_RX_UNIT_BAD, 1);
	u->rx = rd_init(u->rx_msg, 0);
}

bool units_pending(const struct units *u)
{
	return u->rx.left > 0;
}
