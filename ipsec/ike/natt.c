/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * NAT traversal (RFC 3947): finding out whether a NAT is on the way and at whose end, changing to
 * port 4500, and following a peer whose NAT made a new mapping. A circuit has no addresses, hence
 * none of this.
 */

#include <errno.h>

#include <openssl/evp.h>
#include <openssl/rand.h>

#include "ipsec/ike/ike_internal.h"

/* MD5 of "RFC 3947" (RFC 3947 3.1). The drafts before it numbered payloads and modes otherwise, and
 * who spoke those only has no cipher in common with us. */
static const uint8_t vid_natt[16] = { 0x4a, 0x13, 0x1c, 0x81, 0x07, 0x03, 0x58, 0x45,
				      0x5c, 0x57, 0x28, 0xf2, 0x0e, 0x95, 0x45, 0x2f };

enum { KEEPALIVE_LOOKS = 2 };

static bool wanted(const struct ike_peer *peer)
{
	return peer->path->ip && peer->profile.natt != IKE_NATT_OFF;
}

void ike_natt_put_vid(const struct ike_peer *peer, struct ike_build *b)
{
	if (wanted(peer))
		ike_build_payload(b, IKE_PL_VID, vid_natt, sizeof(vid_natt));
}

bool ike_natt_vid_in(const struct ike_peer *peer, const struct ike_msg *m)
{
	for (unsigned int i = 0; wanted(peer) && i < m->pls.n; i++) {
		const struct ike_payload *p = &m->pls.p[i];

		if (p->type == IKE_PL_VID && p->len == sizeof(vid_natt) &&
		    memcmp(p->body, vid_natt, sizeof(vid_natt)) == 0)
			return true;
	}
	return false;
}

/* ---- NAT-D: who is behind one ---- */

/* HASH(CKY-I | CKY-R | IP | Port), with the hash that phase 1 agreed on (RFC 3947 3.2). */
static int natd_hash(const struct ike_sa *sa, const struct endpoint *e, uint8_t out[IKE_HASH_MAX])
{
	uint8_t in[2 * IKE_COOKIE_LEN + sizeof(e->addr) + 2];
	struct wr w = wr_init(in, sizeof(in));
	const uint8_t *addr;
	size_t len;

	addr = endpoint_octets(e, &len);
	wr_bytes(&w, sa->icookie, IKE_COOKIE_LEN);
	wr_bytes(&w, sa->rcookie, IKE_COOKIE_LEN);
	wr_bytes(&w, addr, len);
	wr_u16(&w, e->port);
	if (EVP_Q_digest(NULL, sa->hash->md, NULL, in, w.len, out, NULL) != 1)
		return -EIO;
	return 0;
}

int ike_natt_put_natd(const struct ike_sa *sa, struct ike_build *b)
{
	uint8_t far[IKE_HASH_MAX], near[IKE_HASH_MAX];

	if (!sa->natt)
		return 0;
	if (natd_hash(sa, &sa->at.remote, far) < 0 || natd_hash(sa, &sa->at.local, near) < 0)
		return -EIO;
	/* The far end encapsulates if it believes a NAT to be before us. */
	if (sa->peer->profile.natt == IKE_NATT_FORCE && RAND_bytes(near, sizeof(near)) != 1)
		return -EIO;
	ike_build_payload(b, IKE_PL_NAT_D, far, sa->hash->len);
	ike_build_payload(b, IKE_PL_NAT_D, near, sa->hash->len);
	return 0;
}

int ike_natt_take_natd(struct ike_sa *sa, const struct ike_msg *m)
{
	uint8_t far[IKE_HASH_MAX], near[IKE_HASH_MAX];
	bool here = true, there = true;
	unsigned int n = 0;

	for (unsigned int i = 0; i < m->pls.n; i++) {
		const struct ike_payload *p = &m->pls.p[i];

		if (p->type != IKE_PL_NAT_D)
			continue;
		if (!sa->natt || p->len != sa->hash->len)
			return -EBADMSG;
		if (n == 0 && (natd_hash(sa, &m->at.local, near) < 0 ||
			       natd_hash(sa, &m->at.remote, far) < 0))
			return -EBADMSG;
		/* The first is of the far end as the sender has it: of us. The others are of all
		 * addresses that the sender may have sent from. */
		if (n++ == 0)
			here = memcmp(p->body, near, p->len) != 0;
		else if (memcmp(p->body, far, p->len) == 0)
			there = false;
	}
	/* None: the peer changed its mind, so neither end encapsulates. */
	if (n == 0) {
		sa->natt = false;
		return 0;
	}
	if (n == 1)
		return -EBADMSG;
	sa->nat_here = here;
	sa->nat_there = there;
	sa->encap = here || there || sa->peer->profile.natt == IKE_NATT_FORCE;
	if (sa->encap && ike_hint_ok(sa->peer))
		LOGPEER(sa->peer, LOGL_INFO, "NAT %s: ESP goes in UDP\n",
			here && there ? "at both ends"
			: here	      ? "in front of us"
			: there	      ? "in front of the peer"
				      : "traversal forced");
	return 0;
}

void ike_natt_float(struct ike_sa *sa)
{
	if (!sa->encap || sa->at.local.port == IKE_PORT_NATT)
		return;
	sa->at.local.port = sa->at.remote.port = IKE_PORT_NATT;
}

/* ---- NAT-OA: the addresses that checksums were made with ---- */

static void put_oa(struct ike_build *b, const struct endpoint *e)
{
	ike_build_open(b, IKE_PL_NAT_OA);
	ike_nat_oa_encode(&b->w, e);
	ike_build_close(b);
}

/* The initiator's, then the responder's, as the sender has them (RFC 3947 5.2). */
void ike_natt_put_oa(const struct ike_quick *q, struct ike_build *b)
{
	const struct ipsec_at *at = &q->sa->at;

	if (!q->sa->encap || q->choice.tunnel)
		return;
	put_oa(b, q->initiator ? &at->local : &at->remote);
	put_oa(b, q->initiator ? &at->remote : &at->local);
}

/* We verify no inner checksum that a NAT spoiled (RFC 3948 3.1.2), so what they say is not needed;
 * that they say it is (RFC 3947 5.2), but some peers send one or none. */
bool ike_natt_oa_ok(const struct ike_quick *q, const struct ike_msg *m)
{
	for (unsigned int i = 0; i < m->pls.n; i++) {
		const struct ike_payload *p = &m->pls.p[i];
		struct endpoint e;

		if (p->type == IKE_PL_NAT_OA &&
		    (!q->sa->encap || ike_nat_oa_decode(&e, p->body, p->len) < 0))
			return false;
	}
	return true;
}

/* ---- following the peer ---- */

static void move_child(struct ike_child *c, const struct ipsec_at *at)
{
	const struct ike *ike = c->peer->ike;

	if (!c->nat_there || endpoint_same(&c->ip.remote, &at->remote))
		return;
	c->ip.remote = at->remote;
	ike->sadb->move(ike->sadb_priv, c->peer->path, SA_IN, c->spi_in, &c->ip);
	if (c->out_installed)
		ike->sadb->move(ike->sadb_priv, c->peer->path, SA_OUT, c->spi_out, &c->ip);
}

static void move(struct ike_peer *peer, const struct ipsec_at *at)
{
	char text[ENDPOINT_TEXT_MAX];
	struct ike_child *c;
	struct ike_sa *sa;

	ike_peer_count(peer, IKE_CTR_MOVED);
	if (ike_hint_ok(peer))
		LOGPEER(peer, LOGL_INFO, "the peer's NAT sends it from %s now\n",
			endpoint_text(&at->remote, text, sizeof(text)));
	llist_for_each_entry (sa, &peer->sas, entry)
		if (ike_sa_established(sa) && sa->nat_there)
			sa->at = *at;
	llist_for_each_entry (c, &peer->children, entry)
		move_child(c, at);
}

/* From where a message or ESP packet of a peer behind a NAT came, against where it was. Without a NAT
 * nothing between us changes addresses, except who should not. */
static bool elsewhere(const struct endpoint *local, const struct endpoint *remote,
		      const struct ipsec_at *at)
{
	return endpoint_same(local, &at->local) && !endpoint_same(remote, &at->remote);
}

void ike_natt_heard(struct ike_sa *sa, const struct ike_msg *m)
{
	if (ike_sa_established(sa)) {
		if (sa->nat_there && elsewhere(&sa->at.local, &sa->at.remote, &m->at))
			move(sa->peer, &m->at);
	} else if (!sa->initiator && sa->encap && m->at.local.port == IKE_PORT_NATT &&
		   endpoint_same_addr(&sa->at.local, &m->at.local)) {
		sa->at = m->at; /* message 5: the initiator floated (RFC 3947 4) */
	}
}

void ike_peer_esp_moved(struct ike_peer *peer, uint32_t spi, const struct ipsec_at *at)
{
	struct ike_child *c = ike_child_by_spi(peer, SA_IN, spi);

	if (c && c->nat_there && elsewhere(&c->ip.local, &c->ip.remote, at))
		move(peer, at);
}

/* ---- keepalives ---- */

static uint64_t sent_so_far(const struct ike_peer *peer)
{
	const struct ike *ike = peer->ike;
	uint64_t n = peer->ctr[IKE_CTR_TX];
	struct ike_child *c;

	llist_for_each_entry (c, &peer->children, entry)
		if (c->out_installed)
			n += ike->sadb->packets(ike->sadb_priv, peer->path, SA_OUT, c->spi_out);
	return n;
}

/* Half the time between two looks: then never more than all of it passes in silence. */
static void look_again(struct ike_peer *peer)
{
	ike_timer_ms(&peer->keepalive,
		     UINT64_C(1000) * peer->profile.nat_keepalive / KEEPALIVE_LOOKS);
}

void ike_natt_keepalive_start(struct ike_peer *peer)
{
	const struct ike_sa *sa = ike_sa_best(peer);

	if (!sa || !sa->nat_here || !peer->profile.nat_keepalive || !peer->path_up ||
	    !peer->path->ops->send_keepalive)
		return;
	peer->keepalive_sent = sent_so_far(peer);
	look_again(peer);
}

void ike_natt_keepalive_cb(void *data)
{
	struct ike_peer *peer = data;
	const struct ike_sa *sa = ike_sa_best(peer);
	uint64_t sent = sent_so_far(peer);

	if (!sa || !sa->nat_here || !peer->profile.nat_keepalive || !peer->path_up)
		return;
	if (sent == peer->keepalive_sent) {
		ike_peer_count(peer, IKE_CTR_KEEPALIVE);
		peer->path->ops->send_keepalive(peer->path, &sa->at);
	}
	peer->keepalive_sent = sent;
	look_again(peer);
}
