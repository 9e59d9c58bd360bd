/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * IKE fragmentation: a message that does not fit its path travels in pieces, each behind an ISAKMP
 * header of its own. No RFC has it; Cisco, Microsoft ([MS-IKEE] 2.2.3.1, 3.3.5.3, 3.3.6.1), racoon,
 * strongSwan and libreswan agree on it. A circuit has no IP beneath that would fragment, so there it
 * is the only way for a long message; on an IP path it spares firewalls IP fragments.
 *
 * Pieces are not authentic, only the message is. So an owner (IKE SA or half-open record, found by both
 * cookies) collects one message at a time, and only so much and so long of it. Nobody fills another's.
 */

#include <errno.h>

#include <talloc.h>

#include "ipsec/ike/ike_internal.h"

/* MD5 of "FRAGMENTATION", then what can be fragmented, for which 16 octets stand as well. */
static const uint8_t vid_frag[20] = { 0x40, 0x48, 0xb7, 0xd5, 0x6e, 0xbc, 0xe8, 0x85, 0x25, 0xe7,
				      0xde, 0x7f, 0x00, 0xd6, 0xc2, 0xd3, 0x80, 0x00, 0x00, 0x00 };

enum {
	VID_MD5_LEN = 16,
	CAP_MAIN_MODE = 0x80, /* first octet of the capabilities */
	OVERHEAD = IKE_HDR_LEN + IKE_PL_HDR_LEN + IKE_FRAG_HDR_LEN,
	PIECES_MAX = 255,
	REASSEMBLY_S = 20, /* longer than most peers wait before they send all again */
	/* What passes everywhere: IPv6 asks it of each link (RFC 8200 5), and tunnels leave it of
	 * Ethernet's 1500. */
	IP_FITS = 1280,
	IPV4_HDR_LEN = 20,
	IPV6_HDR_LEN = 40,
	UDP_HDR_LEN = 8,
	NON_ESP_MARKER_LEN = 4,
};

struct piece {
	struct llist_head entry;
	uint8_t number;
	size_t len;
	uint8_t data[];
};

struct ike_reassembly {
	struct ike_reassembly **owner;
	struct ike_peer *peer;
	struct osmo_timer_list timer;
	struct llist_head pieces; /* by number; talloc under this */
	uint16_t id;
	uint8_t last; /* number of the last, 0 = not known yet */
	unsigned int n;
	size_t len;
};

/* ---- the vendor ID ---- */

void ike_frag_put_vid(struct ike_build *b)
{
	ike_build_payload(b, IKE_PL_VID, vid_frag, sizeof(vid_frag));
}

bool ike_frag_vid_in(const struct ike_msg *m)
{
	for (unsigned int i = 0; i < m->pls.n; i++) {
		const struct ike_payload *p = &m->pls.p[i];

		if (p->type == IKE_PL_VID && p->len >= VID_MD5_LEN &&
		    memcmp(p->body, vid_frag, VID_MD5_LEN) == 0)
			return p->len == VID_MD5_LEN || p->body[VID_MD5_LEN] & CAP_MAIN_MODE;
	}
	return false;
}

/* ---- out ---- */

/* Octets of a message that pass in one piece. */
static size_t room(const struct ike_peer *peer, const struct ipsec_at *at)
{
	size_t mtu = peer->path->mtu, below = UDP_HDR_LEN;

	if (peer->path->ip) {
		size_t fits = IP_FITS - (endpoint_is_v4(&at->remote) ? IPV4_HDR_LEN : IPV6_HDR_LEN);

		mtu = mtu < fits ? mtu : fits;
		below += at->local.port == IKE_PORT_NATT ? NON_ESP_MARKER_LEN : 0;
	}
	return mtu > below ? mtu - below : 0;
}

/* The same number for the same message, whenever it is sent, so that a receiver can use pieces of
 * either time; for another message another, most likely. */
static uint16_t frag_id(const uint8_t *msg, size_t len)
{
	uint8_t digest[32];

	ike_digest(digest, msg, len);
	return (uint16_t)(digest[0] << 8 | digest[1]);
}

/* The header of the whole message, without encryption ([MS-IKEE] 3.3.6.1). It is of Main Mode with no
 * message ID, whatever the message is: strongSwan takes no other, and the rest do not look. */
static int send_pieces(struct ike_peer *peer, const struct ipsec_at *at, const uint8_t *msg,
		       size_t len, size_t each)
{
	uint8_t buf[IKE_FRAGMENT_MAX];
	struct ike_frag_body f = { .id = frag_id(msg, len), .number = 1 };
	struct ike_build b;
	struct ike_hdr h;
	size_t left = len;

	if (ike_hdr_decode(&h, msg, len) < 0)
		return -EINVAL;
	h.exchange = IKE_X_MAIN;
	h.flags = 0;
	h.msgid = 0;
	for (; left; left -= f.len, f.number++) {
		int rc;

		f.data = msg + len - left;
		f.len = left < each ? left : each;
		f.last = f.len == left;
		ike_build_begin(&b, buf, sizeof(buf), &h);
		ike_build_open(&b, IKE_PL_FRAGMENT);
		ike_frag_encode(&b.w, &f);
		ike_build_close(&b);
		rc = ike_build_end(&b);
		if (rc >= 0)
			rc = peer->path->ops->send_ike(peer->path, at, buf, (size_t)rc);
		if (rc < 0)
			return rc;
		ike_peer_count(peer, IKE_CTR_FRAG_TX);
	}
	return 0;
}

static int too_long(struct ike_peer *peer, size_t len, size_t fits, bool takes)
{
	ike_peer_count(peer, IKE_CTR_TX_TOO_LONG);
	if (ike_hint_ok(peer))
		LOGPEER(peer, LOGL_ERROR,
			"an IKE message of %zu octets cannot go: the path carries %zu, %s; fewer "
			"proposals or smaller certificates would do, or a larger MTU\n",
			len, fits,
			takes ? "too little even for 255 fragments"
			      : "and the peer did not say (vendor ID) that it takes fragments");
	return -EMSGSIZE;
}

int ike_frag_send(struct ike_peer *peer, const struct ipsec_at *at, bool takes, const uint8_t *msg,
		  size_t len)
{
	size_t fits = room(peer, at), each;

	if (len <= fits || (peer->path->ip && !takes))
		return peer->path->ops->send_ike(peer->path, at, msg, len);
	fits = fits < IKE_FRAGMENT_MAX ? fits : IKE_FRAGMENT_MAX;
	each = takes && fits > OVERHEAD ? fits - OVERHEAD : 0;
	/* The first has the header of the whole: receivers, ours too, want it to judge by. */
	if (each < IKE_HDR_LEN || len > each * PIECES_MAX)
		return too_long(peer, len, fits, takes);
	return send_pieces(peer, at, msg, len, each);
}

/* ---- in ---- */

void ike_reassembly_drop(struct ike_reassembly **owner)
{
	if (!*owner)
		return;
	osmo_timer_del(&(*owner)->timer);
	TALLOC_FREE(*owner);
}

static void discard(struct ike_peer *peer, enum ike_counter c, int level, const char *why)
{
	ike_peer_count(peer, c);
	if (ike_hint_ok(peer))
		LOGPEER(peer, level, "IKE fragment discarded: %s\n", why);
}

static void timer_cb(void *data)
{
	struct ike_reassembly *r = data;

	ike_peer_count(r->peer, IKE_CTR_FRAG_TIMEOUT);
	if (ike_hint_ok(r->peer))
		LOGPEER(r->peer, LOGL_INFO,
			"%u fragments of an IKE message discarded: the others did not come within "
			"%d s\n",
			r->n, REASSEMBLY_S);
	ike_reassembly_drop(r->owner);
}

static struct ike_reassembly *begin(struct ike_reassembly **owner, struct ike_peer *peer,
				    uint16_t id)
{
	struct ike_reassembly *r = talloc_zero(peer, struct ike_reassembly);

	if (!r)
		return NULL;
	r->owner = owner;
	r->peer = peer;
	r->id = id;
	INIT_LLIST_HEAD(&r->pieces);
	osmo_timer_setup(&r->timer, timer_cb, r);
	osmo_timer_schedule(&r->timer, REASSEMBLY_S, 0);
	*owner = r;
	return r;
}

/* Two pieces of one message cannot be both so. */
static bool contradicts(const struct ike_reassembly *r, const struct ike_frag_body *f)
{
	struct piece *p;

	if (r->id != f->id || (r->last && f->number > r->last) ||
	    (r->last && f->last != (f->number == r->last)))
		return true;
	llist_for_each_entry (p, &r->pieces, entry) {
		if (f->last && p->number > f->number)
			return true;
		if (p->number != f->number)
			continue;
		if (p->len != f->len || memcmp(p->data, f->data, f->len) != 0 ||
		    (f->last && !r->last))
			return true;
	}
	return false;
}

static bool has(const struct ike_reassembly *r, uint8_t number)
{
	struct piece *p;

	llist_for_each_entry (p, &r->pieces, entry)
		if (p->number == number)
			return true;
	return false;
}

static int insert(struct ike_reassembly *r, const struct ike_frag_body *f)
{
	struct llist_head *after = &r->pieces;
	struct piece *p, *new = talloc_size(r, sizeof(*new) + f->len);

	if (!new)
		return -ENOMEM;
	new->number = f->number;
	new->len = f->len;
	memcpy(new->data, f->data, f->len);
	llist_for_each_entry (p, &r->pieces, entry)
		if (p->number < f->number)
			after = &p->entry;
	llist_add(&new->entry, after);
	r->n++;
	r->len += f->len;
	if (f->last)
		r->last = f->number;
	return 0;
}

static uint8_t *join(const struct ike_reassembly *r, size_t *len)
{
	uint8_t *whole = talloc_size(NULL, r->len);
	struct piece *p;

	*len = 0;
	if (!whole)
		return NULL;
	llist_for_each_entry (p, &r->pieces, entry) {
		memcpy(whole + *len, p->data, p->len);
		*len += p->len;
	}
	return whole;
}

/* The first piece has the header of the whole: of the same negotiation, no fragment, no longer than may
 * be. \returns NULL or what is wrong. */
static const char *first_unfit(const struct ike_msg *m, const struct ike_frag_body *f, size_t max)
{
	struct ike_hdr h;

	if (f->number != 1)
		return NULL;
	if (ike_hdr_decode(&h, f->data, f->len) < 0)
		return "the first is shorter than an ISAKMP header";
	if (memcmp(h.icookie, m->hdr.icookie, IKE_COOKIE_LEN) != 0 ||
	    memcmp(h.rcookie, m->hdr.rcookie, IKE_COOKIE_LEN) != 0)
		return "the message in it has other cookies";
	if (h.next == IKE_PL_FRAGMENT)
		return "there is a fragment in it";
	return h.len > max ? "its message is too long" : NULL;
}

static int take(struct ike_frag_body *f, struct ike_msg *m)
{
	/* A fragment is all that its message has ([MS-IKEE] 3.3.5.3). Some leave the encryption flag
	 * of the whole set; it says nothing here. */
	if (ike_payloads_decode(&m->pls, m->hdr.next, m->wire + IKE_HDR_LEN,
				m->wire_len - IKE_HDR_LEN, false) < 0 ||
	    m->pls.n != 1)
		return -EBADMSG;
	return ike_frag_decode(f, m->pls.p[0].body, m->pls.p[0].len);
}

/* \returns what it was added to, or NULL: it adds nothing. */
static struct ike_reassembly *add(struct ike_reassembly **owner, struct ike_peer *peer,
				  const struct ike_frag_body *f, size_t max)
{
	struct ike_reassembly *r = *owner;

	/* Most senders give every message the same number, and pieces that a loss left over wait
	 * here. So this is no error: the peer has gone on and will not send what lacks. */
	if (r && contradicts(r, f)) {
		discard(peer, IKE_CTR_FRAG_CONTRADICT, LOGL_INFO,
			"another message's come before its own are complete");
		ike_reassembly_drop(owner);
		r = NULL;
	}
	if (r && has(r, f->number)) {
		ike_peer_count(peer, IKE_CTR_FRAG_DUPLICATE);
		return NULL;
	}
	if ((r ? r->len : 0) + f->len > max) {
		discard(peer, IKE_CTR_FRAG_LIMIT, LOGL_NOTICE, "its message is too long");
		ike_reassembly_drop(owner);
		return NULL;
	}
	if (!r)
		r = begin(owner, peer, f->id);
	return r && insert(r, f) == 0 ? r : NULL;
}

uint8_t *ike_frag_rx(struct ike_reassembly **owner, struct ike_peer *peer, struct ike_msg *m,
		     size_t max, size_t *len)
{
	struct ike_frag_body f;
	struct ike_reassembly *r;
	struct ike_hdr h;
	uint8_t *whole;
	const char *why = "malformed";

	if (take(&f, m) < 0 || (why = first_unfit(m, &f, max)) != NULL) {
		discard(peer, IKE_CTR_FRAG_MALFORMED, LOGL_NOTICE, why);
		return NULL;
	}
	r = add(owner, peer, &f, max);
	if (!r || r->n != r->last)
		return NULL;
	whole = join(r, len);
	ike_reassembly_drop(owner);
	if (whole && (ike_hdr_decode(&h, whole, *len) < 0 || h.len != *len)) {
		discard(peer, IKE_CTR_FRAG_MALFORMED, LOGL_NOTICE,
			"together they are not as long as they say");
		TALLOC_FREE(whole);
	}
	if (whole)
		ike_peer_count(peer, IKE_CTR_FRAG_WHOLE);
	return whole;
}
