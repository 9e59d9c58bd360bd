/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * Bounds-checked reading and writing of wire formats, big-endian.
 *
 * Every decoder of outside bytes goes through struct rd, every encoder through struct wr. Both are
 * sticky: after the first read or write that does not fit, `err` is set, reads return zero, writes
 * do nothing, and one test at the end of the decoder suffices. Neither owns its memory.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/*! A reader over borrowed bytes. */
struct rd {
	const uint8_t *p;
	size_t left;
	bool err;
};

static inline struct rd rd_init(const void *buf, size_t len)
{
	return (struct rd){ .p = buf, .left = len, .err = false };
}

/*! Take n octets. \returns their start, or NULL (and err set) when fewer are left. */
static inline const uint8_t *rd_bytes(struct rd *r, size_t n)
{
	const uint8_t *p = r->p;

	if (r->err || n > r->left) {
		r->err = true;
		return NULL;
	}
	if (n) {
		r->p += n;
		r->left -= n;
	}
	return p;
}

static inline uint8_t rd_u8(struct rd *r)
{
	const uint8_t *p = rd_bytes(r, 1);

	return p ? p[0] : 0;
}

static inline uint16_t rd_u16(struct rd *r)
{
	const uint8_t *p = rd_bytes(r, 2);

	return p ? (uint16_t)(p[0] << 8 | p[1]) : 0;
}

static inline uint32_t rd_u24(struct rd *r)
{
	const uint8_t *p = rd_bytes(r, 3);

	return p ? (uint32_t)p[0] << 16 | (uint32_t)p[1] << 8 | p[2] : 0;
}

static inline uint32_t rd_u32(struct rd *r)
{
	const uint8_t *p = rd_bytes(r, 4);

	return p ? (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3] : 0;
}

static inline uint64_t rd_u64(struct rd *r)
{
	uint64_t hi = rd_u32(r);

	return hi << 32 | rd_u32(r);
}

/*! Copy n octets out; on error `out` is zeroed, so that no caller sees stale memory. */
static inline void rd_copy(struct rd *r, void *out, size_t n)
{
	const uint8_t *p = rd_bytes(r, n);

	if (p && n)
		memcpy(out, p, n);
	else if (n)
		memset(out, 0, n);
}

/*! A reader of the next n octets, which are taken from r. In error it is empty and in error too. */
static inline struct rd rd_sub(struct rd *r, size_t n)
{
	const uint8_t *p = rd_bytes(r, n);
	struct rd sub = rd_init(p, p ? n : 0);

	sub.err = !p;
	return sub;
}

/*! True when everything was read without error: the exact-consumption rule for lists. */
static inline bool rd_done(const struct rd *r)
{
	return !r->err && r->left == 0;
}

/*! A writer into borrowed memory. */
struct wr {
	uint8_t *buf;
	size_t len;
	size_t size;
	bool err;
};

static inline struct wr wr_init(void *buf, size_t size)
{
	return (struct wr){ .buf = buf, .len = 0, .size = size, .err = false };
}

/*! Reserve n octets. \returns their start, or NULL (and err set) when they do not fit. */
static inline uint8_t *wr_put(struct wr *w, size_t n)
{
	uint8_t *p;

	if (w->err || n > w->size - w->len) {
		w->err = true;
		return NULL;
	}
	p = w->buf + w->len;
	w->len += n;
	return p;
}

static inline void wr_u8(struct wr *w, uint8_t v)
{
	uint8_t *p = wr_put(w, 1);

	if (p)
		p[0] = v;
}

static inline void put_u16(uint8_t *p, uint16_t v)
{
	p[0] = (uint8_t)(v >> 8);
	p[1] = (uint8_t)v;
}

static inline void put_u32(uint8_t *p, uint32_t v)
{
	put_u16(p, (uint16_t)(v >> 16));
	put_u16(p + 2, (uint16_t)v);
}

static inline void put_u64(uint8_t *p, uint64_t v)
{
	put_u32(p, (uint32_t)(v >> 32));
	put_u32(p + 4, (uint32_t)v);
}

static inline void wr_u16(struct wr *w, uint16_t v)
{
	uint8_t *p = wr_put(w, 2);

	if (p)
		put_u16(p, v);
}

static inline void wr_u32(struct wr *w, uint32_t v)
{
	uint8_t *p = wr_put(w, 4);

	if (p)
		put_u32(p, v);
}

static inline void wr_u64(struct wr *w, uint64_t v)
{
	uint8_t *p = wr_put(w, 8);

	if (p)
		put_u64(p, v);
}

static inline void wr_bytes(struct wr *w, const void *src, size_t n)
{
	uint8_t *p = wr_put(w, n);

	if (p && n)
		memcpy(p, src, n);
}

static inline void wr_zero(struct wr *w, size_t n)
{
	uint8_t *p = wr_put(w, n);

	if (p && n)
		memset(p, 0, n);
}

/*! Write v at an offset that was written before: a length known only at the end. */
static inline void wr_patch_u16(struct wr *w, size_t off, uint16_t v)
{
	if (!w->err && off + 2 <= w->len)
		put_u16(w->buf + off, v);
	else
		w->err = true;
}

static inline void wr_patch_u32(struct wr *w, size_t off, uint32_t v)
{
	if (!w->err && off + 4 <= w->len)
		put_u32(w->buf + off, v);
	else
		w->err = true;
}
