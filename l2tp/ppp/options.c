/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * Lists of configuration options (RFC 1661 5.1-5.4, 6): what we ask, what we answer, what we learn
 * from refusals. What an option means is in its row.
 */

#include <errno.h>
#include <string.h>

#include "l2tp/ppp/negotiate.h"

enum { OPTION_HEADER = 2 };

struct option {
	uint8_t type;
	const uint8_t *raw; /* from the type on */
	size_t raw_len;
	const uint8_t *data;
	size_t len;
};

/* The next option of a list. \returns false at its end or when it is broken (then r->err). */
static bool next_option(struct rd *r, struct option *o)
{
	uint8_t length;

	if (r->err || !r->left)
		return false;
	o->raw = r->p;
	o->type = rd_u8(r);
	length = rd_u8(r);
	if (r->err || length < OPTION_HEADER) {
		r->err = true;
		return false;
	}
	o->raw_len = length;
	o->len = length - OPTION_HEADER;
	o->data = rd_bytes(r, o->len);
	return !r->err;
}

/* \returns true when the list consists of whole options. */
static bool well_formed(const uint8_t *opts, size_t len)
{
	struct rd r = rd_init(opts, len);
	struct option o;

	while (next_option(&r, &o))
		;
	return rd_done(&r);
}

static const struct neg_option *find_row(const struct neg *n, uint8_t type)
{
	for (size_t i = 0; i < n->ops->n_options; i++)
		if (n->ops->options[i].type == type)
			return &n->ops->options[i];
	return NULL;
}

static bool length_fits(const struct neg_option *row, size_t len)
{
	return len >= row->min && len <= row->max;
}

typedef bool (*write_fn)(struct neg *n, struct wr *w);

/* Write an option around what fn writes, if it writes. */
static bool wrap(struct neg *n, const struct neg_option *row, write_fn fn, struct wr *w)
{
	size_t start = w->len;
	uint8_t *head = wr_put(w, OPTION_HEADER);

	if (!head || !fn(n, w)) {
		w->len = start;
		return false;
	}
	head[0] = row->type;
	head[1] = (uint8_t)(w->len - start);
	return true;
}

void neg_options_ask(struct neg *n, struct wr *w)
{
	for (size_t i = 0; i < n->ops->n_options; i++)
		if (n->ops->options[i].ask)
			wrap(n, &n->ops->options[i], n->ops->options[i].ask, w);
}

/* One option. "More than once" is for no option that we know (6): the second is rejected. */
static enum neg_verdict judge_option(struct neg *n, const struct option *o, bool seen,
				     struct wr *nak)
{
	const struct neg_option *row = find_row(n, o->type);
	size_t start = nak->len;
	enum neg_verdict v;
	uint8_t *head;

	if (!row || !row->check || seen)
		return NEG_REJ;
	head = wr_put(nak, OPTION_HEADER);
	v = row->check(n, length_fits(row, o->len) ? o->data : NULL, o->len, nak);
	/* After Max-Failure Naks we suggest no more (4.6). */
	if (v == NEG_NAK && n->naks_tx >= n->cfg.max_failure)
		v = NEG_REJ;
	if (v != NEG_NAK || !head) {
		nak->len = start;
		return v;
	}
	head[0] = o->type;
	head[1] = (uint8_t)(nak->len - start);
	return NEG_NAK;
}

static void append_absent(struct neg *n, const bool *seen, struct wr *nak)
{
	if (n->naks_tx >= n->cfg.max_failure)
		return;
	for (size_t i = 0; i < n->ops->n_options; i++) {
		const struct neg_option *row = &n->ops->options[i];

		if (row->absent && !seen[row->type])
			wrap(n, row, row->absent, nak);
	}
}

int neg_options_judge(struct neg *n, const uint8_t *opts, size_t len, struct wr *reply)
{
	uint8_t nak_buf[NEG_PKT_MAX], rej_buf[NEG_PKT_MAX];
	struct wr nak = wr_init(nak_buf, sizeof(nak_buf)), rej = wr_init(rej_buf, sizeof(rej_buf));
	struct rd r = rd_init(opts, len);
	bool seen[256] = { false };
	struct option o;
	int code;

	if (!well_formed(opts, len))
		return -EBADMSG;
	n->ops->request(n);
	while (next_option(&r, &o)) {
		if (judge_option(n, &o, seen[o.type], &nak) == NEG_REJ)
			wr_bytes(&rej, o.raw, o.raw_len);
		seen[o.type] = true;
	}
	if (!rej.len)
		append_absent(n, seen, &nak);
	/* 5.4 before 5.3 before 5.2; in the order of the request. */
	if (rej.len) {
		wr_bytes(reply, rej.buf, rej.len);
		code = NEG_CONF_REJ;
	} else if (nak.len) {
		wr_bytes(reply, nak.buf, nak.len);
		code = NEG_CONF_NAK;
	} else {
		wr_bytes(reply, opts, len);
		code = NEG_CONF_ACK;
	}
	return reply->err || nak.err || rej.err ? -EBADMSG : code;
}

/* A rejected option is one of ours, bit for bit, in the order of our request (5.4). */
static bool is_ours(const struct option *rejected, struct rd *ours)
{
	struct option o;

	while (next_option(ours, &o))
		if (o.raw_len == rejected->raw_len && memcmp(o.raw, rejected->raw, o.raw_len) == 0)
			return true;
	return false;
}

static bool rejects_ours(const struct neg *n, const uint8_t *opts, size_t len)
{
	struct rd r = rd_init(opts, len), ours = rd_init(n->req, n->req_len);
	struct option o;

	while (next_option(&r, &o))
		if (!is_ours(&o, &ours))
			return false;
	return len > 0;
}

int neg_options_refused(struct neg *n, uint8_t code, const uint8_t *opts, size_t len)
{
	struct rd r = rd_init(opts, len);
	struct option o;

	if (!well_formed(opts, len))
		return -EBADMSG;
	if (code == NEG_CONF_REJ && !rejects_ours(n, opts, len))
		return -EBADMSG;
	while (next_option(&r, &o)) {
		const struct neg_option *row = find_row(n, o.type);

		if (!row)
			continue; /* what the peer would like us to ask: we do not know it */
		if (code == NEG_CONF_REJ && row->rej)
			row->rej(n);
		else if (code == NEG_CONF_NAK && row->nak && length_fits(row, o.len))
			row->nak(n, o.data, o.len);
	}
	return 0;
}
