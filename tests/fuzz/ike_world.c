/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/fuzz/ike_world.h"

#include <talloc.h>

enum {
	MEMORY_MAX = 512 * 1024,
	SPAWNED_MEMORY = 16 * 1024, /* ... and for each peer that was made */
	/* Awaiting message 5 of main mode, 3 of aggressive mode, and one of our own. */
	SAS_MAX = IKE_SAS_MAX + 2 * IKE_HALF_OPEN_PER_PEER + 1,
};

/* ---- the peers of an end, and their SAs ---- */

struct ike_peer *ike_world_peer(const struct pair_end *e, unsigned int n)
{
	if (n == 0)
		return e->peer;
	for (int i = 0; i < PAIR_SPAWNED_MAX; i++)
		if (e->spawned[i].peer && --n == 0)
			return e->spawned[i].peer;
	return NULL;
}

struct ike_peer *ike_world_owner(const struct pair_end *e, const struct pair_sa *sa)
{
	struct ike_peer *peer;

	for (unsigned int n = 0; (peer = ike_world_peer(e, n)); n++)
		if (peer->path->id == sa->path_id)
			return peer;
	abort(); /* nobody's */
}

struct ike_peer *ike_world_choose(const struct pair_end *e, unsigned int which)
{
	return ike_world_peer(e, which % (pair_spawned_now(e) + 1));
}

static bool same_keys(const struct pair_sa *a, const struct pair_sa *b)
{
	return a->suite == b->suite && a->next_header == b->next_header &&
	       memcmp(a->keymat, b->keymat, esp_suite_keymat_len(a->suite)) == 0;
}

struct pair_sa *ike_world_arrives(struct pair_end *e, struct pair_sa *out)
{
	struct pair *p = e->pair;
	struct ipsec_at at, way = { { { 0 }, 0 }, { { 0 }, 0 } };
	struct pair_sa *in;
	int to = !e->index;

	if (!out)
		return NULL;
	if (p->ip) {
		at = (struct ipsec_at){ .local = out->ip.local, .remote = out->ip.remote };
		/* Plain ESP has no ports; the NAT of the pair lets pass what has those of IKE. */
		if (!out->ip.udp_encap)
			at.local.port = at.remote.port = 500;
		to = pair_way(e, &at, &way);
	}
	in = to < 0 ? NULL : pair_find(&p->end[to], SA_IN, out->spi);
	if (!in || !same_keys(in, out))
		return NULL;
	out->packets++;
	in->packets++;
	if (p->ip)
		ike_peer_esp_moved(ike_world_owner(&p->end[to], in), in->spi, &way);
	return in;
}

/* What the server answers with on the path that a packet came in by. */
static struct pair_sa *answer(struct pair *p, const struct pair_sa *in)
{
	struct pair_sa *out = NULL;

	for (int i = 0; i < PAIR_SAS_MAX; i++) {
		struct pair_sa *sa = &p->end[SERVER].sas[i];

		if (sa->used && sa->dir == SA_OUT && sa->path_id == in->path_id &&
		    (!out || sa->order > out->order))
			out = sa;
	}
	return out;
}

bool ike_world_flows(struct ike_world *w, int client)
{
	struct pair_end *e = &w->pair.end[client];
	struct pair_sa *in = ike_world_arrives(e, pair_out(e));
	struct pair_sa *out = in ? answer(&w->pair, in) : NULL;

	return ike_world_arrives(&w->pair.end[SERVER], out) && pair_find(e, SA_IN, out->spi);
}

/* ---- what must always be so ---- */

static bool complete(const struct pair_end *e, const struct pair_sa *sa)
{
	const struct ike_child *c = ike_child_by_spi(ike_world_owner(e, sa), sa->dir, sa->spi);

	return c && c->complete;
}

/* Whatever both ends have, or, where one lied, have finished the exchange of. SPIs are different at
 * all ends. */
static void sa_is_the_same(const struct ike_world *w, const struct pair_end *e,
			   const struct pair_sa *in, bool all)
{
	for (int i = 0; i < w->n_ends; i++) {
		struct pair_end *other = e->pair->end + i;
		const struct pair_sa *out = other == e ? NULL : pair_find(other, SA_OUT, in->spi);

		if (out && (all || (complete(e, in) && complete(other, out))))
			REQUIRE(same_keys(in, out));
	}
}

void ike_world_sas_are_the_same(const struct ike_world *w, bool all)
{
	for (int e = 0; e < w->n_ends; e++)
		for (int i = 0; i < PAIR_SAS_MAX; i++) {
			const struct pair_sa *in = &w->pair.end[e].sas[i];

			if (in->used && in->dir == SA_IN)
				sa_is_the_same(w, &w->pair.end[e], in, all);
		}
}

/* What the SA database holds is somebody's. */
static void nothing_is_forgotten(const struct pair_end *e)
{
	unsigned int in = 0, out = 0, reserved = 0;
	const struct ike_peer *peer;
	const struct ike_child *c;
	const struct ike_sa *sa;
	const struct ike_quick *q;

	for (unsigned int n = 0; (peer = ike_world_peer(e, n)); n++) {
		in += ike_peer_children(peer, NULL, 0);
		llist_for_each_entry (c, &peer->children, entry)
			out += c->out_installed;
		llist_for_each_entry (sa, &peer->sas, entry)
			llist_for_each_entry (q, &sa->quicks, entry)
				reserved += q->spi_in != 0;
		REQUIRE(peer->up == !!ike_child_live(peer));
	}
	REQUIRE(pair_count(e, SA_IN) == in);
	REQUIRE(pair_count(e, SA_OUT) == out);
	REQUIRE(e->n_reserved == reserved);
}

/* What is in use will be renewed, and who has nothing left is about to go. */
static void has_a_future(const struct ike_peer *peer)
{
	const struct ike_child *c = ike_child_live(peer);

	REQUIRE(!c || osmo_timer_pending(&c->rekey) || c->rekey_pending);
	REQUIRE(!peer->spawned || !llist_empty(&peer->sas) || !llist_empty(&peer->children) ||
		osmo_timer_pending(&peer->work));
}

/* Whoever floods: what strangers can make the server keep. */
static void strangers_are_bounded(const struct pair_end *e)
{
	unsigned int unproven = 0, waiting, aggressive;
	const struct ike_peer *peer;
	const struct ike_sa *sa;

	for (unsigned int n = 0; (peer = ike_world_peer(e, n)); n++) {
		waiting = aggressive = 0;
		llist_for_each_entry (sa, &peer->sas, entry) {
			bool waits = !sa->initiator && !ike_sa_established(sa);

			waiting += waits && !sa->aggressive;
			aggressive += waits && sa->aggressive;
		}
		REQUIRE(waiting <= IKE_HALF_OPEN_PER_PEER);
		REQUIRE(aggressive <= IKE_HALF_OPEN_PER_PEER);
		unproven += peer->spawned ? waiting : 0;
		REQUIRE(ike_peer_half_open(peer) <=
			(peer->spawn ? IKE_HALF_OPEN_SPAWNING : IKE_HALF_OPEN_PER_PEER));
	}
	REQUIRE(unproven <= IKE_UNPROVEN_MAX);
}

static void counters_never_go_back(struct ike_world *w, const struct pair_end *e)
{
	for (int c = 0; c < IKE_CTR_N; c++) {
		uint64_t v = ike_peer_counter(e->peer, (enum ike_counter)c);

		REQUIRE(v >= w->seen[e->index][c]);
		w->seen[e->index][c] = v;
	}
}

static void all_is_bounded(const struct pair_end *e)
{
	const struct ike_peer *peer;

	for (unsigned int n = 0; (peer = ike_world_peer(e, n)); n++) {
		REQUIRE(ike_peer_sas(peer, NULL, 0) <= SAS_MAX);
		REQUIRE(ike_peer_children(peer, NULL, 0) <= IKE_CHILDREN_MAX + 1);
	}
	REQUIRE(talloc_total_size(e->ike) < MEMORY_MAX + pair_spawned_now(e) * SPAWNED_MEMORY);
}

void ike_world_check(struct ike_world *w)
{
	const struct ike_peer *peer;

	for (int i = 0; i < w->n_ends; i++) {
		const struct pair_end *e = &w->pair.end[i];

		if (!e->peer)
			continue;
		counters_never_go_back(w, e);
		REQUIRE(!w->other_key || !pair_count(e, SA_IN));
		nothing_is_forgotten(e);
		for (unsigned int n = 0; (peer = ike_world_peer(e, n)); n++)
			has_a_future(peer);
		strangers_are_bounded(e);
		if (!w->flooding[i])
			all_is_bounded(e);
	}
	if (!(w->lied & LIED_UNPROVEN))
		ike_world_sas_are_the_same(w, !w->lied);
	REQUIRE(!w->in_peace || ike_world_flows(w, NEIGHBOUR));
}
