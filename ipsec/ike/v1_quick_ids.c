/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * The identities of Quick Mode (RFC 2409 5.5): what traffic its SAs are for.
 *
 * On a circuit there are no addresses: "anything, this protocol". With IP beneath it is L2TP between
 * two hosts (RFC 3193 4): UDP, our port 1701 or whichever is configured, the peer's as it likes when
 * any is configured (dynamic ports). What clients propose for themselves differs: 17/1701 (Windows,
 * strongSwan by its manual), 17/0 (Android, and strongSwan's %any), 17 and the port in use (iOS,
 * macOS).
 */

#include <errno.h>

#include "ipsec/ike/ike_internal.h"

enum { ANY_LEN = 8, V4_LEN = 4, V6_LEN = 16 };

/* A new SA is for the same traffic as the one it replaces. A peer that knows only IP has made its
 * policy of the hosts it named: what came in another SA would be none of that policy's to it. */
static int ids_as_before(struct ike_quick *q)
{
	const struct ike_child *old = ike_child_live(q->peer);

	if (!old || old->next_header != q->next_header)
		return 0;
	for (int i = 0; i < 2; i++)
		if (old->ids[i].len &&
		    ike_blob_set(q, &q->ids[i], old->ids[i].p, old->ids[i].len) < 0)
			return -ENOMEM;
	return 0;
}

static int host_id(struct ike_quick *q, struct ike_iov *out, const struct endpoint *host,
		   uint16_t port)
{
	struct ike_id_body id = {
		.type = endpoint_is_v4(host) ? IKE_ID_IPV4_ADDR : IKE_ID_IPV6_ADDR,
		.proto = IKE_PROTO_UDP,
		.port = port,
	};
	uint8_t buf[4 + V6_LEN];
	struct wr w = wr_init(buf, sizeof(buf));

	id.data = endpoint_octets(host, &id.len);
	ike_id_encode(&w, &id);
	return ike_blob_set(q, out, buf, w.len);
}

int ike_quick_ids_init(struct ike_quick *q)
{
	const struct ike_peer *peer = q->peer;

	if (ids_as_before(q) < 0)
		return -ENOMEM;
	if (!peer->path->ip || q->ids[0].len)
		return 0;
	if (host_id(q, &q->ids[0], &q->sa->at.local, peer->local_port) < 0)
		return -ENOMEM;
	return host_id(q, &q->ids[1], &q->sa->at.remote, peer->peer_port);
}

/* "Anything, this protocol": on a circuit there are no addresses to tell apart. */
static void put_any(struct ike_build *b, uint8_t proto)
{
	static const uint8_t any[ANY_LEN];
	struct ike_id_body id = {
		.type = IKE_ID_IPV4_ADDR_SUBNET, .proto = proto, .data = any, .len = sizeof(any)
	};

	ike_build_open(b, IKE_PL_ID);
	ike_id_encode(&b->w, &id);
	ike_build_close(b);
}

void ike_quick_ids_put(struct ike_build *b, const struct ike_quick *q)
{
	for (int i = 0; i < 2; i++) {
		if (q->ids[i].len) /* a responder's as they came (RFC 2409 5.5) */
			ike_build_payload(b, IKE_PL_ID, q->ids[i].p, q->ids[i].len);
		else if (q->initiator)
			put_any(b, q->next_header);
	}
}

/* ---- what a peer wants ---- */

/* Whether an identity names our protocol. Its addresses mean nothing on a path without IP, but an
 * implementation that knows only IP cannot but name some (strongSwan narrows 0.0.0.0/0 to hosts in
 * transport mode): as the initiator it may. */
static bool circuit_id_ok(const struct ike_quick *q, const struct ike_payload *pl, bool any_address)
{
	static const uint8_t any[ANY_LEN];
	struct ike_id_body id;

	if (ike_id_decode(&id, pl->body, pl->len) < 0 || id.port != 0 || id.proto != q->next_header)
		return false;
	if (any_address && id.type == IKE_ID_IPV4_ADDR && id.len == V4_LEN)
		return true;
	return id.type == IKE_ID_IPV4_ADDR_SUBNET && id.len == sizeof(any) &&
	       (any_address || memcmp(id.data, any, sizeof(any)) == 0);
}

/* Behind a NAT an end names the address that it has there, and so may its peer: which one that is,
 * nobody else can know (RFC 3947 5.2). */
static bool host_ok(const struct ike_quick *q, const struct ike_id_body *id, bool ours)
{
	const struct ike_sa *sa = q->sa;
	uint16_t want = ours ? q->peer->local_port : q->peer->peer_port;
	struct endpoint host;

	if (ike_id_host(id, &host) < 0 || id->proto != IKE_PROTO_UDP)
		return false;
	/* Whom we called may have taken another port than 1701, and begins a phase 2 for that
	 * (RFC 3193 4.2.4). */
	if (want && id->port && id->port != want && (ours || q->initiator || !q->peer->initiate))
		return false;
	if (ours ? sa->nat_here : sa->nat_there)
		return true;
	return endpoint_same_addr(&host, ours ? &sa->at.local : &sa->at.remote);
}

static void log_other_host(const struct ike_quick *q, const struct ike_payload *pl, bool ours)
{
	const struct endpoint *at = ours ? &q->sa->at.local : &q->sa->at.remote;
	uint16_t want = ours ? q->peer->local_port : q->peer->peer_port;
	char a[ENDPOINT_TEXT_MAX] = "no single host", b[ENDPOINT_TEXT_MAX];
	struct endpoint host, us = *at;
	struct ike_id_body id = { 0 };

	if (ike_id_decode(&id, pl->body, pl->len) == 0 && ike_id_host(&id, &host) == 0)
		endpoint_text(&host, a, sizeof(a));
	us.port = 0;
	LOGPEER(q->peer, LOGL_NOTICE,
		"phase 2: for %s the peer wants %s protocol %u port %u, our configuration %s "
		"protocol 17 port %u (0 = any)\n",
		ours ? "our end" : "its own end", a, id.proto, id.port,
		endpoint_text(&us, b, sizeof(b)), want);
}

static bool host_id_ok(const struct ike_quick *q, const struct ike_payload *pl, bool ours)
{
	struct ike_id_body id;

	if (ike_id_decode(&id, pl->body, pl->len) == 0 && host_ok(q, &id, ours))
		return true;
	log_other_host(q, pl, ours);
	return false;
}

/* The answer to our own: the same. Through a NAT the other end may name addresses as it sees them. */
static bool as_we_said(const struct ike_quick *q, const struct ike_payload *pl, unsigned int i)
{
	struct ike_id_body said, got;

	if (pl->len == q->ids[i].len && memcmp(pl->body, q->ids[i].p, pl->len) == 0)
		return true;
	return q->sa->encap && ike_id_decode(&got, pl->body, pl->len) == 0 &&
	       ike_id_decode(&said, q->ids[i].p, q->ids[i].len) == 0 && got.proto == said.proto &&
	       got.port == said.port;
}

/* A responder that is to learn the next header takes the one of the peer's first identity, if it is
 * one of the two there are; the second must agree with it. Without identities it is the peers' whole
 * traffic (RFC 2409 5.5): all protocols, 0. */
static void learn_next_header(struct ike_quick *q, const struct ike_msg *m)
{
	const struct ike_payload *pl = ike_payload_find(&m->pls, IKE_PL_ID, 0);
	struct ike_id_body id;

	if (q->initiator || q->peer->next_header != IKE_NEXT_HEADER_AUTO)
		return;
	if (!pl)
		q->next_header = 0;
	else if (ike_id_decode(&id, pl->body, pl->len) == 0)
		q->next_header = id.proto == 0 ? 0 : IKE_NEXT_HEADER_L2TP;
}

/* Whom an SA in tunnel mode carries packets of: who is named, else the end itself. */
static struct endpoint inner(const struct ike_iov *id, const struct endpoint *end)
{
	struct ike_id_body body;
	struct endpoint e = *end;

	if (id->len && ike_id_decode(&body, id->p, id->len) == 0)
		ike_id_host(&body, &e);
	e.port = 0;
	return e;
}

static bool inner_family_ok(const struct ike_quick *q)
{
	struct endpoint peer = inner(&q->ids[0], &q->sa->at.remote);
	struct endpoint here = inner(&q->ids[1], &q->sa->at.local);

	return !q->choice.tunnel || endpoint_is_v4(&peer) == endpoint_is_v4(&here);
}

bool ike_quick_ids_ok(struct ike_quick *q, const struct ike_msg *m)
{
	unsigned int n = ike_payload_count(&m->pls, IKE_PL_ID);
	bool ip = q->peer->path->ip;

	learn_next_header(q, m);
	/* Without identities it is the peers' whole traffic (RFC 2409 5.5): all protocols. L2TP is
	 * among it, from any port, and we take nothing else from such an SA. */
	if (n == 0)
		return ip ? !q->initiator : q->next_header == 0;
	if (n != 2)
		return false;
	for (unsigned int i = 0; i < n; i++) {
		const struct ike_payload *pl = ike_payload_find(&m->pls, IKE_PL_ID, i);
		bool ours = (i == 0) == q->initiator;

		if (ip ? !host_id_ok(q, pl, ours)
		       : !circuit_id_ok(q, pl, !q->initiator || q->ids[i].len))
			return false;
		if (q->initiator && q->ids[i].len && !as_we_said(q, pl, i))
			return false;
		if (!q->initiator && ike_blob_set(q, &q->ids[i], pl->body, pl->len) < 0)
			return false;
	}
	return inner_family_ok(q);
}

/* ---- what the SAs get of it ---- */

static uint16_t port_of(const struct ike_iov *id)
{
	struct ike_id_body body;

	return id->len && ike_id_decode(&body, id->p, id->len) == 0 ? body.port : 0;
}

struct sa_ip ike_quick_ip(const struct ike_quick *q)
{
	const struct ike_sa *sa = q->sa;
	struct sa_ip ip = {
		.local = sa->at.local,
		.remote = sa->at.remote,
		.udp_encap = sa->encap,
		.natted = sa->nat_here || sa->nat_there,
		.local_port = port_of(&q->ids[!q->initiator]),
		.peer_port = port_of(&q->ids[q->initiator]),
	};

	if (q->choice.tunnel) {
		ip.tunnel = true;
		ip.inner_local = inner(&q->ids[!q->initiator], &sa->at.local);
		ip.inner_remote = inner(&q->ids[q->initiator], &sa->at.remote);
	}
	if (!ip.udp_encap)
		ip.local.port = ip.remote.port = 0; /* protocol 50 */
	return ip;
}
