/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/* A wire in memory: what is sent can be received, until it is full, broken, or read empty. */

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "transports/units.h"

enum { FAKE_MSGS = 512 };

struct fake_wire {
	struct unit_wire wire;
	uint8_t *msg[FAKE_MSGS];
	uint32_t len[FAKE_MSGS];
	unsigned int in, out; /* of msg */
	unsigned int accepts; /* messages until it is full */
	bool broken;
};

static inline int fake_send(struct unit_wire *w, const uint8_t *msg, uint32_t len)
{
	struct fake_wire *f = container_of(w, struct fake_wire, wire);

	if (f->broken)
		return -EPIPE;
	if (f->accepts == 0 || f->in == FAKE_MSGS)
		return -EAGAIN;
	f->accepts--;
	f->msg[f->in] = malloc(len);
	if (!f->msg[f->in])
		abort();
	memcpy(f->msg[f->in], msg, len);
	f->len[f->in++] = len;
	return 0;
}

static inline int fake_recv(struct unit_wire *w, uint8_t *msg, uint32_t size)
{
	struct fake_wire *f = container_of(w, struct fake_wire, wire);
	uint32_t len;

	if (f->broken)
		return -EPIPE;
	if (f->in == f->out)
		return -EAGAIN;
	len = f->len[f->out];
	if (len > size)
		return -EMSGSIZE;
	memcpy(msg, f->msg[f->out], len);
	free(f->msg[f->out++]);
	if (f->in == f->out)
		f->in = f->out = 0;
	return (int)len;
}

static inline void fake_init(struct fake_wire *f)
{
	memset(f, 0, sizeof(*f));
	f->wire.send = fake_send;
	f->wire.recv = fake_recv;
	f->accepts = UINT32_MAX;
}

static inline void fake_exit(struct fake_wire *f)
{
	for (; f->out < f->in; f->out++)
		free(f->msg[f->out]);
}
