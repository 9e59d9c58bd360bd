/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * Dead peer detection (RFC 3706). Traffic proves life: only a peer from which neither ESP packets
 * nor authentic messages came for the interval is asked.
 */

#include "ipsec/ike/ike_internal.h"

static uint64_t packets_in(const struct ike_peer *peer)
{
	const struct ike *ike = peer->ike;
	struct ike_child *c;
	uint64_t n = 0;

	llist_for_each_entry (c, &peer->children, entry)
		if (c->complete)
			n += ike->sadb->packets(ike->sadb_priv, peer->path, SA_IN, c->spi_in);
	return n;
}

static void wait_interval(struct ike_peer *peer)
{
	peer->dpd_unanswered = 0;
	peer->dpd_packets = packets_in(peer);
	osmo_timer_schedule(&peer->dpd, peer->profile.dpd_interval, 0);
}

void ike_dpd_start(struct ike_peer *peer)
{
	if (peer->profile.dpd_interval && peer->path_up)
		wait_interval(peer);
}

void ike_dpd_stop(struct ike_peer *peer)
{
	osmo_timer_del(&peer->dpd);
}

void ike_dpd_alive(struct ike_peer *peer)
{
	peer->alive = true;
	peer->dpd_unanswered = 0;
}

void ike_dpd_dead(struct ike_peer *peer)
{
	ike_peer_count(peer, IKE_CTR_DPD_DEAD);
	LOGPEER(peer, LOGL_NOTICE, "the peer is dead: it answers nothing; all SAs deleted\n");
	ike_peer_drop_all(peer, false);
	ike_peer_backoff(peer);
}

static void probe(struct ike_peer *peer)
{
	struct ike_sa *sa = ike_sa_best(peer);

	if (!sa) {
		/* Phase 1 asks the same question; its failure is the answer (ike_p1_fail()). */
		if (!ike_sa_starting(peer))
			ike_p1_start(peer);
		osmo_timer_schedule(&peer->dpd, peer->profile.dpd_interval, 0);
		return;
	}
	if (!sa->peer_dpd) {
		wait_interval(peer);
		return;
	}
	if (peer->dpd_unanswered >= peer->profile.dpd_retries) {
		ike_dpd_dead(peer);
		return;
	}
	if (peer->dpd_unanswered++ == 0)
		sa->dpd_tx_first = sa->dpd_tx + 1;
	ike_peer_count(peer, IKE_CTR_DPD_SENT);
	ike_info_dpd(sa, IKE_N_R_U_THERE, ++sa->dpd_tx);
	ike_timer_ms(&peer->dpd, IKE_DPD_RETRY_MS);
}

void ike_dpd_timer_cb(void *data)
{
	struct ike_peer *peer = data;
	bool moved = packets_in(peer) != peer->dpd_packets;

	if (!peer->path_up || (llist_empty(&peer->children) && !ike_sa_best(peer)))
		return;
	if (moved || peer->alive) {
		peer->alive = false;
		wait_interval(peer);
		return;
	}
	probe(peer);
}
