/* SPDX-License-Identifier: GPL-2.0-or-later */

/* Informational exchanges (RFC 2409 5.7): notifications, deletion, dead peer detection. */

#include <errno.h>

#include <openssl/crypto.h>

#include "ipsec/ike/ike_internal.h"

enum { COOKIES_LEN = 2 * IKE_COOKIE_LEN, ESP_SPI_LEN = 4 };

static void put_cookies(uint8_t out[COOKIES_LEN], const struct ike_sa *sa)
{
	memcpy(out, sa->icookie, IKE_COOKIE_LEN);
	memcpy(out + IKE_COOKIE_LEN, sa->rcookie, IKE_COOKIE_LEN);
}

/* HASH(1) = prf(SKEYID_a, M-ID | payload), one payload. */
static void send_protected(struct ike_sa *sa, uint8_t type, const uint8_t *body, size_t len)
{
	uint32_t msgid = ike_sa_new_msgid(sa);
	struct ike_hdr h = ike_sa_hdr(sa, IKE_X_INFO, msgid);
	uint8_t buf[IKE_OUT_MAX], iv[IKE_BLOCK];
	const uint8_t zero[IKE_HASH_MAX] = { 0 };
	struct ike_iov none = { NULL, 0 }, rest;
	struct ike_build b;
	size_t at;
	int n;

	if (!msgid || ike_phase2_iv(iv, sa->hash, sa->keys.cipher, sa->iv, msgid) < 0)
		return;
	ike_build_begin(&b, buf, sizeof(buf), &h);
	ike_build_payload(&b, IKE_PL_HASH, zero, sa->hash->len);
	at = b.w.len;
	ike_build_payload(&b, type, body, len);
	if (b.w.err)
		return;
	rest = (struct ike_iov){ buf + at, b.w.len - at };
	if (ike_phase2_hash(buf + IKE_HDR_LEN + IKE_PL_HDR_LEN, sa->hash, &sa->keys, msgid, none,
			    rest) < 0)
		return;
	n = ike_out_finish(sa->peer, &b, IKE_INFO, &sa->keys, iv);
	if (n >= 0)
		ike_out_once(sa->peer, &sa->at, buf, (size_t)n);
}

static void send_notify(struct ike_sa *sa, const struct ike_notify_body *n)
{
	uint8_t body[64];
	struct wr w = wr_init(body, sizeof(body));

	ike_notify_encode(&w, n);
	if (!w.err)
		send_protected(sa, IKE_PL_NOTIFY, body, w.len);
}

void ike_info_notify(struct ike_sa *sa, uint16_t type, uint8_t proto, uint32_t spi)
{
	uint8_t s[ESP_SPI_LEN];
	struct ike_notify_body n = { .doi = IKE_DOI_IPSEC, .proto = proto, .type = type };

	if (!ike_hint_ok(sa->peer))
		return;
	put_u32(s, spi);
	if (proto == IKE_PROTO_ESP) {
		n.spi = s;
		n.spi_len = sizeof(s);
	}
	send_notify(sa, &n);
}

void ike_info_notify_clear(struct ike_peer *peer, const struct ike_msg *about, uint16_t type)
{
	struct ike_notify_body n = { .doi = IKE_DOI_IPSEC,
				     .proto = IKE_PROTO_ISAKMP,
				     .type = type };
	struct ike_hdr h = about->hdr;
	uint8_t buf[128];
	struct ike_build b;
	int len;

	if (!ike_hint_ok(peer))
		return;
	h.exchange = IKE_X_INFO;
	h.flags = 0;
	h.next = 0;
	h.msgid = ike_random(UINT32_MAX - 1) + 1;
	ike_build_begin(&b, buf, sizeof(buf), &h);
	ike_build_open(&b, IKE_PL_NOTIFY);
	ike_notify_encode(&b.w, &n);
	ike_build_close(&b);
	len = ike_out_finish(peer, &b, IKE_INFO_CLEAR, NULL, NULL);
	if (len >= 0)
		ike_out_once(peer, &about->at, buf, (size_t)len);
}

void ike_info_dpd(struct ike_sa *sa, uint16_t type, uint32_t seq)
{
	uint8_t spi[COOKIES_LEN], data[4];
	struct ike_notify_body n = { .doi = IKE_DOI_IPSEC,
				     .proto = IKE_PROTO_ISAKMP,
				     .spi_len = sizeof(spi),
				     .type = type,
				     .spi = spi,
				     .data = data,
				     .len = sizeof(data) };

	put_cookies(spi, sa);
	put_u32(data, seq);
	send_notify(sa, &n);
}

static void send_delete(struct ike_sa *sa, uint8_t proto, const uint8_t *spi, uint8_t spi_len)
{
	struct ike_delete_body d = {
		.doi = IKE_DOI_IPSEC, .proto = proto, .spi_len = spi_len, .n = 1, .spis = spi
	};
	uint8_t body[64];
	struct wr w = wr_init(body, sizeof(body));

	ike_delete_encode(&w, &d);
	if (!w.err)
		send_protected(sa, IKE_PL_DELETE, body, w.len);
}

void ike_info_delete_esp(struct ike_sa *sa, uint32_t spi)
{
	uint8_t s[ESP_SPI_LEN];

	put_u32(s, spi);
	send_delete(sa, IKE_PROTO_ESP, s, sizeof(s));
}

void ike_info_delete_sa(struct ike_sa *sa)
{
	uint8_t spi[COOKIES_LEN];

	put_cookies(spi, sa);
	send_delete(sa, IKE_PROTO_ISAKMP, spi, sizeof(spi));
}

/* ---- receiving ---- */

/* RFC 2407 4.6.3.3: the peer knows nothing from before this SA. What was negotiated beside it, both
 * ends having started at once, is not from before. */
void ike_info_initial_contact(struct ike_sa *sa, const struct ike_notify_body *n)
{
	struct ike_peer *peer = sa->peer;
	struct ike_sa *s, *s2;
	struct ike_child *c, *c2;
	unsigned int gone = 0;

	if (n->doi != IKE_DOI_IPSEC || sa->peer_contact)
		return;
	sa->peer_contact = true;
	llist_for_each_entry_safe (s, s2, &peer->sas, entry) {
		if (s == sa || !ike_sa_established(s) || s->up_seq > sa->start_seq)
			continue;
		ike_sa_kill(s);
		gone++;
	}
	for (bool again = true; again;) {
		again = false;
		llist_for_each_entry_safe (c, c2, &peer->children, entry) {
			if (!c->complete || c->up_seq > sa->start_seq)
				continue;
			/* Deleting one may bring another into use: look again from the start. */
			ike_child_delete(c, false);
			gone++;
			again = true;
			break;
		}
	}
	LOGPEER(peer, LOGL_NOTICE, "INITIAL-CONTACT: %u older SAs deleted\n", gone);
	if (!peer->up)
		ike_peer_tell(peer, IKE_PEER_INIT_CONTACT);
}

static bool for_this_sa(const struct ike_sa *sa, const struct ike_notify_body *n)
{
	uint8_t spi[COOKIES_LEN];

	put_cookies(spi, sa);
	return n->spi_len == sizeof(spi) && memcmp(n->spi, spi, sizeof(spi)) == 0;
}

static void rx_r_u_there(struct ike_sa *sa, const struct ike_notify_body *n)
{
	struct rd r = rd_init(n->data, n->len);
	uint32_t seq = rd_u32(&r);

	if (!rd_done(&r) || !for_this_sa(sa, n)) {
		ike_peer_count(sa->peer, IKE_CTR_RX_MALFORMED);
		return;
	}
	/* RFC 3706 5.5: never backwards; the same once more is a retransmission. */
	if (sa->dpd_rx_seen && (int32_t)(seq - sa->dpd_rx) < 0) {
		ike_peer_count(sa->peer, IKE_CTR_RX_DUPLICATE);
		return;
	}
	sa->dpd_rx = seq;
	sa->dpd_rx_seen = true;
	ike_info_dpd(sa, IKE_N_R_U_THERE_ACK, seq);
}

/* An error about a phase 2 that waits for an answer: the one with this SPI, or the only one. */
static void rx_error(struct ike_sa *sa, const struct ike_notify_body *n)
{
	struct rd r = rd_init(n->spi, n->spi_len);
	uint32_t spi = n->spi_len == ESP_SPI_LEN ? rd_u32(&r) : 0;
	struct ike_quick *q, *hit = NULL;
	unsigned int waiting = 0;
	bool named = false;

	if (ike_hint_ok(sa->peer))
		LOGPEER(sa->peer, LOGL_NOTICE, "the peer says %s (%u)\n", ike_notify_name(n->type),
			n->type);
	llist_for_each_entry (q, &sa->quicks, entry) {
		uint32_t own = q->child ? q->child->spi_in : q->spi_in;

		if (q->fi->state != QUICK_I_SENT && q->fi->state != QUICK_R_SENT)
			continue;
		waiting++;
		named = named || own == spi;
		if (!hit || own == spi)
			hit = q;
	}
	if (hit && (named || waiting == 1))
		ike_quick_fail(hit, "the peer refuses: see its log for why");
}

static void rx_notify(struct ike_sa *sa, const struct ike_payload *p)
{
	struct ike_notify_body n;

	if (ike_notify_decode(&n, p->body, p->len) < 0) {
		ike_peer_count(sa->peer, IKE_CTR_RX_MALFORMED);
		return;
	}
	switch (n.type) {
	case IKE_N_R_U_THERE:
		rx_r_u_there(sa, &n);
		break;
	case IKE_N_R_U_THERE_ACK: /* ike_dpd_alive() was told already */
		break;
	case IKE_N_INITIAL_CONTACT:
		if (ike_now_ms() - sa->up_ms < IKE_INIT_CONTACT_S * 1000)
			ike_info_initial_contact(sa, &n);
		break;
	default:
		if (n.type < IKE_N_STATUS)
			rx_error(sa, &n);
	}
}

static void delete_esp(struct ike_peer *peer, uint32_t spi)
{
	struct ike_child *c = ike_child_by_spi(peer, SA_OUT, spi);

	/* The deleter's own SPI (RFC 2408 3.15); strongSwan names ours when its install failed. */
	if (!c)
		c = ike_child_by_spi(peer, SA_IN, spi);
	if (!c)
		return;
	LOGPEER(peer, LOGL_INFO, "the peer deleted ESP SAs 0x%08x/0x%08x\n", c->spi_in, c->spi_out);
	if (c->quick)
		ike_quick_fail(c->quick, "the peer gave it up");
	else
		ike_child_delete(c, false);
}

static void delete_ike(struct ike_peer *peer, const uint8_t *cookies)
{
	struct ike_sa *s, *next;

	llist_for_each_entry_safe (s, next, &peer->sas, entry) {
		uint8_t own[COOKIES_LEN];

		put_cookies(own, s);
		if (!ike_sa_established(s) || memcmp(own, cookies, sizeof(own)) != 0)
			continue;
		LOGPEER(peer, LOGL_INFO, "the peer deleted an IKE SA\n");
		ike_sa_kill(s);
		if (!ike_child_live(peer))
			ike_peer_backoff(peer);
	}
}

static void rx_delete(struct ike_sa *sa, const struct ike_payload *p)
{
	struct ike_delete_body d;
	struct rd r;

	if (ike_delete_decode(&d, p->body, p->len) < 0 || d.doi != IKE_DOI_IPSEC) {
		ike_peer_count(sa->peer, IKE_CTR_RX_MALFORMED);
		return;
	}
	r = rd_init(d.spis, (size_t)d.n * d.spi_len);
	for (unsigned int i = 0; i < d.n; i++) {
		if (d.proto == IKE_PROTO_ESP && d.spi_len == ESP_SPI_LEN)
			delete_esp(sa->peer, rd_u32(&r));
		else if (d.proto == IKE_PROTO_ISAKMP && d.spi_len == COOKIES_LEN)
			delete_ike(sa->peer, rd_bytes(&r, COOKIES_LEN));
		else
			break;
	}
}

static bool hash_ok(const struct ike_sa *sa, const struct ike_msg *m)
{
	static const struct ike_iov none;

	return ike_quick_hash_ok(sa, m, IKE_INFO, none, none);
}

static bool info_open(const struct ike_sa *sa, struct ike_msg *m)
{
	uint8_t iv[IKE_BLOCK];

	return m->hdr.msgid &&
	       ike_phase2_iv(iv, sa->hash, sa->keys.cipher, sa->iv, m->hdr.msgid) == 0 &&
	       ike_msg_open(m, &ike_rules[IKE_INFO], &sa->keys, iv) == 0 && hash_ok(sa, m);
}

void ike_info_rx_early(struct ike_sa *sa, struct ike_msg *m)
{
	struct ike_notify_body n;

	if (!info_open(sa, m)) {
		ike_peer_count(sa->peer, IKE_CTR_RX_UNEXPECTED);
		return;
	}
	for (unsigned int i = 0; i < m->pls.n; i++)
		if (m->pls.p[i].type == IKE_PL_NOTIFY &&
		    ike_notify_decode(&n, m->pls.p[i].body, m->pls.p[i].len) == 0 &&
		    ike_hint_ok(sa->peer))
			LOGPEER(sa->peer, LOGL_NOTICE,
				"the peer refuses phase 1: %s (%u), its log knows why; we go on "
				"until it is silent\n",
				ike_notify_name(n.type), n.type);
}

void ike_info_rx(struct ike_sa *sa, struct ike_msg *m)
{
	if (!info_open(sa, m)) {
		ike_peer_count(sa->peer, IKE_CTR_RX_AUTH_FAIL);
		return;
	}
	if (ike_sa_msgid_used(sa, m->hdr.msgid)) {
		ike_peer_count(sa->peer, IKE_CTR_RX_DUPLICATE);
		return;
	}
	ike_natt_heard(sa, m);
	ike_dpd_alive(sa->peer);
	for (unsigned int i = 0; i < m->pls.n && !sa->dead; i++) {
		if (m->pls.p[i].type == IKE_PL_NOTIFY)
			rx_notify(sa, &m->pls.p[i]);
		else if (m->pls.p[i].type == IKE_PL_DELETE)
			rx_delete(sa, &m->pls.p[i]);
	}
}

void ike_info_rx_clear(struct ike_peer *peer, struct ike_sa *sa, struct ike_msg *m)
{
	const struct ike_payload *p;
	struct ike_notify_body n;

	if (ike_msg_open(m, &ike_rules[IKE_INFO_CLEAR], NULL, NULL) < 0) {
		ike_peer_count(peer, IKE_CTR_RX_MALFORMED);
		return;
	}
	p = ike_payload_find(&m->pls, IKE_PL_NOTIFY, 0);
	if (!sa || ike_sa_established(sa) || ike_notify_decode(&n, p->body, p->len) < 0) {
		ike_peer_count(peer, IKE_CTR_RX_UNEXPECTED);
		return;
	}
	/* Anybody could have sent it: a hint for the operator, no more. */
	if (ike_hint_ok(peer))
		LOGPEER(peer, LOGL_NOTICE,
			"the peer seems to refuse phase 1: %s (%u), not protected, so we go on\n",
			ike_notify_name(n.type), n.type);
}
