/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/unit/ipsec/ike_pair.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/application.h>
#include <osmocom/core/timer.h>

#include "core/log.h"

static struct ike_id fqdn(const char *name)
{
	struct ike_id id = { .type = IKE_ID_FQDN, .len = (uint8_t)strlen(name) };

	memcpy(id.data, name, id.len);
	return id;
}

/* ---- mock SA database ---- */

static uint32_t spi_reserve(void *priv)
{
	struct pair_end *e = priv;

	if (e->n_reserved == PAIR_SAS_MAX)
		return 0;
	e->pair->last_spi += 0x101;
	e->reserved[e->n_reserved++] = e->pair->last_spi;
	return e->pair->last_spi;
}

static bool unreserve(struct pair_end *e, uint32_t spi)
{
	for (unsigned int i = 0; i < e->n_reserved; i++)
		if (e->reserved[i] == spi) {
			e->reserved[i] = e->reserved[--e->n_reserved];
			return true;
		}
	return false;
}

static void spi_release(void *priv, uint32_t spi)
{
	if (!unreserve(priv, spi))
		abort(); /* given back twice, or never taken */
}

static int sa_add(void *priv, struct ipsec_path *path, const struct sa_params *p)
{
	struct pair_end *e = priv;

	if (e->refuse_add)
		return -ENOMEM;
	if (path->priv != e || p->path_id != path->id || pair_find(e, p->dir, p->spi))
		abort();
	if (path->ip != !!p->ip)
		abort();
	if (p->dir == SA_IN && !unreserve(e, p->spi))
		abort();
	for (int i = 0; i < PAIR_SAS_MAX; i++) {
		struct pair_sa *s = &e->sas[i];

		if (s->used)
			continue;
		*s = (struct pair_sa){ .used = true,
				       .dir = p->dir,
				       .spi = p->spi,
				       .suite = p->suite,
				       .next_header = p->next_header,
				       .esn = p->esn,
				       .limits = p->limits,
				       .ip_set = p->ip,
				       .path_id = p->path_id,
				       .order = ++e->order };
		if (p->ip)
			s->ip = *p->ip;
		memcpy(s->keymat, p->keymat, esp_suite_keymat_len(p->suite));
		return 0;
	}
	return -ENOSPC;
}

static void sa_del(void *priv, struct ipsec_path *path, enum sa_dir dir, uint32_t spi)
{
	struct pair_end *e = priv;
	struct pair_sa *s = pair_find(e, dir, spi);

	if (path->priv != e || !s)
		abort();
	s->used = false;
}

static void sa_move_(void *priv, struct ipsec_path *path, enum sa_dir dir, uint32_t spi,
		     const struct sa_ip *ip)
{
	struct pair_end *e = priv;
	struct pair_sa *s = pair_find(e, dir, spi);

	if (path->priv != e || !s || !s->ip_set)
		abort();
	s->ip = *ip;
	e->moves++;
}

static uint64_t sa_packets(void *priv, struct ipsec_path *path, enum sa_dir dir, uint32_t spi)
{
	struct pair_sa *s = pair_find(priv, dir, spi);

	(void)path;
	return s ? s->packets : 0;
}

static const struct ike_sadb_ops sadb_ops = {
	.spi_reserve = spi_reserve,
	.spi_release = spi_release,
	.add = sa_add,
	.del = sa_del,
	.packets = sa_packets,
	.move = sa_move_,
};

/* ---- mock path ---- */

static void put(struct pair *p, int to, const struct ipsec_at *at, unsigned int serial,
		const uint8_t *msg, size_t len, uint32_t delay_ms)
{
	for (int i = 0; i < PAIR_MSGS_MAX; i++) {
		struct pair_msg *m = &p->queue[i];

		if (m->used)
			continue;
		if (i >= p->high)
			p->high = i + 1;
		m->used = true;
		m->to = to;
		m->at = *at;
		m->at_ms = p->now_ms + delay_ms;
		m->serial = serial;
		m->len = len;
		m->data = malloc(len ? len : 1);
		memcpy(m->data, msg, len);
		return;
	}
	abort();
}

void pair_put(struct pair *p, int to, const uint8_t *msg, size_t len, uint32_t delay_ms)
{
	struct ipsec_at seen = { .local = p->end[to].path.at.local,
				 .remote = p->end[to].path.at.remote };

	put(p, to, &seen, p->end[!to].sent, msg, len, delay_ms);
}

void pair_put_at(struct pair *p, int to, const struct ipsec_at *at, const uint8_t *msg, size_t len,
		 uint32_t delay_ms)
{
	put(p, to, at, p->end[!to].sent, msg, len, delay_ms);
}

/* ---- addresses and NATs ---- */

static void nat_out(const struct pair_nat *nat, struct endpoint *src)
{
	if (!nat->on)
		return;
	memcpy(src->addr, nat->outer.addr, sizeof(src->addr));
	src->port = (uint16_t)(src->port + nat->shift);
}

/* \returns whether it is for this end. */
static bool nat_in(const struct pair_end *e, struct endpoint *dst)
{
	if (!e->nat.on)
		return endpoint_same_addr(dst, &e->path.at.local);
	if (!endpoint_same_addr(dst, &e->nat.outer))
		return false;
	*dst = (struct endpoint){ .port = (uint16_t)(dst->port - e->nat.shift) };
	memcpy(dst->addr, e->path.at.local.addr, sizeof(dst->addr));
	return dst->port == 500 || dst->port == 4500;
}

int pair_way(const struct pair_end *e, const struct ipsec_at *at, struct ipsec_at *seen)
{
	const struct pair *p = e->pair;

	for (int to = 0; to < PAIR_ENDS; to++) {
		*seen = (struct ipsec_at){ .local = at->remote, .remote = at->local };
		nat_out(&e->nat, &seen->remote);
		if (to != e->index && p->end[to].ike && nat_in(&p->end[to], &seen->local))
			return to;
	}
	return -1;
}

static int send_ike(struct ipsec_path *path, const struct ipsec_at *at, const uint8_t *msg,
		    size_t len)
{
	struct pair_end *e = path->priv;
	struct pair *p = e->pair;
	unsigned int serial = e->sent++;
	struct ipsec_at seen = { { { 0 }, 0 }, { { 0 }, 0 } };
	int to = !e->index;

	if (!p->ip && len + 8 > path->mtu)
		abort(); /* a circuit has no fragments beneath */
	p->filter_at = at;
	if (p->filter && p->filter(p, e->index, serial, msg, len, p->filter_priv) == PAIR_DROP)
		return 0;
	if (p->ip)
		to = pair_way(e, at, &seen);
	if (to >= 0)
		put(p, to, &seen, serial, msg, len, p->delay_ms);
	return 0;
}

static void send_keepalive(struct ipsec_path *path, const struct ipsec_at *at)
{
	struct pair_end *e = path->priv;

	if (at->local.port != 4500)
		abort();
	e->keepalives++;
}

static const struct ipsec_path_ops path_ops = { .send_ike = send_ike };
static const struct ipsec_path_ops ip_path_ops = { .send_ike = send_ike,
						   .send_keepalive = send_keepalive };

static void event_cb(void *priv, struct ike_peer *peer, enum ike_peer_event ev)
{
	struct pair_end *e = priv;

	if (e->n_events < PAIR_EVENTS_MAX)
		e->events[e->n_events++] = ev;
	if (peer == e->peer)
		return;
	for (int i = 0; i < PAIR_SPAWNED_MAX; i++) {
		if (e->spawned[i].peer != peer)
			continue;
		if (ev == IKE_PEER_EMPTY) {
			ike_peer_free(peer);
			e->spawned[i].peer = NULL;
		}
		return;
	}
	abort();
}

/* Is an IKE SA of the peer spoken to there? */
static bool is_at(const struct ike_peer *peer, const struct ipsec_at *at)
{
	struct ike_sa_info info[16];
	unsigned int n = ike_peer_sas(peer, info, 16);

	for (unsigned int i = 0; i < n && i < 16; i++)
		if (endpoint_same(&info[i].at.remote, &at->remote))
			return true;
	return false;
}

static struct ike_peer *spawn(void *priv, const struct ipsec_at *at)
{
	struct pair_end *e = priv;

	for (int i = 0; i < PAIR_SPAWNED_MAX; i++)
		if (e->spawned[i].peer && is_at(e->spawned[i].peer, at))
			return e->spawned[i].peer;
	for (int i = 0; i < PAIR_SPAWNED_MAX && !e->refuse_spawn; i++) {
		struct pair_spawned *s = &e->spawned[i];

		if (s->peer)
			continue;
		s->path = e->path;
		s->path.id = 100 + e->n_spawned++;
		s->path.name = "spawned";
		s->path.at = *at;
		if (ike_peer_new(&s->peer, e->ike, &e->spawn_cfg, &s->path, event_cb, e) < 0)
			abort();
		ike_peer_path_state(s->peer, true);
		return s->peer;
	}
	return NULL;
}

void pair_ip(struct pair *p)
{
	static const char *const addr[PAIR_ENDS] = { "10.0.0.2", "192.0.2.1", "10.0.0.2" };

	p->ip = true;
	for (int i = 0; i < PAIR_ENDS; i++) {
		struct pair_end *e = &p->end[i];

		e->path.ops = &ip_path_ops;
		e->path.ip = true;
		endpoint_parse(addr[i], &e->path.at.local);
		endpoint_parse(i == 1 ? addr[0] : addr[1], &e->path.at.remote);
		e->path.at.local.port = e->path.at.remote.port = 500;
		e->cfg.local_port = 1701;
		e->cfg.peer_port = i == 1 ? 0 : 1701;
		e->cfg.local = (struct ike_id){ 0 };
		e->cfg.remote = (struct ike_id){ 0 };
	}
}

void pair_spawning(struct pair *p)
{
	struct pair_end *e = &p->end[1];

	e->spawn_cfg = e->cfg;
	e->path.at.remote = (struct endpoint){ .port = 0 };
	e->cfg.spawn = spawn;
	e->cfg.psk_len = 0; /* each of the spawned has its own */
}

/* ---- life ---- */

void pair_init(struct pair *p)
{
	static bool logging;

	if (!logging) {
		osmo_init_logging2(NULL, &vcgw_log_info);
		if (!getenv("IKE_TEST_LOG"))
			log_set_log_level(osmo_stderr_target, LOGL_FATAL);
		else
			log_parse_category_mask(osmo_stderr_target, getenv("IKE_TEST_LOG"));
		osmo_clock_override_enable(CLOCK_MONOTONIC, true);
		osmo_clock_override_gettimespec(CLOCK_MONOTONIC)->tv_sec = 1000;
		osmo_gettimeofday_override = true;
		logging = true;
	}
	memset(p, 0, sizeof(*p));
	p->last_spi = 0x10000000;
	p->delay_ms = 5;
	for (int i = 0; i < PAIR_ENDS; i++) {
		struct pair_end *e = &p->end[i];

		e->pair = p;
		e->index = i;
		ike_profile_init(&e->profile);
		e->profile.n_p1 = 1;
		e->profile.n_esp = 1;
		e->profile.dpd_interval = 0;
		e->cfg = (struct ike_peer_cfg){
			.profile = &e->profile,
			.local = fqdn(i == 1 ? "bob.example" : "alice.example"),
			.remote = fqdn(i == 1 ? "alice.example" : "bob.example"),
			.psk = (const uint8_t *)"a shared secret",
			.psk_len = 15,
			.next_header = 115,
			.initiate = i != 1
		};
		e->path = (struct ipsec_path){ .ops = &path_ops,
					       .name = i == 1 ? "bob" : "alice",
					       .id = 7 + (uint32_t)i,
					       .mtu = 1500,
					       .priv = e };
	}
}

void pair_end_start(struct pair_end *e)
{
	if (!e->ike && ike_new(&e->ike, 0, &sadb_ops, e) < 0)
		abort();
	if (ike_peer_new(&e->peer, e->ike, &e->cfg, &e->path, event_cb, e) < 0)
		abort();
}

void pair_start(struct pair *p)
{
	pair_end_start(&p->end[0]);
	pair_end_start(&p->end[1]);
}

void pair_end_kill(struct pair_end *e)
{
	if (!e->peer)
		return;
	ike_peer_path_state(e->peer, false);
	ike_peer_free(e->peer);
	e->peer = NULL;
	for (int i = 0; i < PAIR_SPAWNED_MAX; i++) {
		if (!e->spawned[i].peer)
			continue;
		ike_peer_path_state(e->spawned[i].peer, false);
		ike_peer_free(e->spawned[i].peer);
		e->spawned[i].peer = NULL;
	}
	for (int i = 0; i < PAIR_SAS_MAX; i++)
		if (e->sas[i].used)
			abort(); /* left behind */
	if (e->n_reserved)
		abort();
}

void pair_free(struct pair *p)
{
	for (int i = 0; i < PAIR_ENDS; i++) {
		pair_end_kill(&p->end[i]);
		ike_free(p->end[i].ike);
	}
	for (int i = 0; i < p->high; i++)
		if (p->queue[i].used)
			free(p->queue[i].data);
}

void pair_up(struct pair *p)
{
	ike_peer_path_state(p->end[0].peer, true);
	ike_peer_path_state(p->end[1].peer, true);
}

/* Deliver what is due, earliest first. */
static bool deliver_one(struct pair *p)
{
	struct pair_msg *next = NULL;
	struct ike_peer *peer;
	struct pair_end *to;
	uint8_t *data;

	for (int i = 0; i < p->high; i++) {
		struct pair_msg *m = &p->queue[i];

		if (m->used && m->at_ms <= p->now_ms &&
		    (!next || m->at_ms < next->at_ms ||
		     (m->at_ms == next->at_ms && m->serial < next->serial)))
			next = m;
	}
	if (!next)
		return false;
	data = next->data;
	next->used = false;
	to = &p->end[next->to];
	peer = to->peer;
	if (p->ip && to->ike && next->len >= 16 && ike_find(to->ike, data))
		peer = ike_find(to->ike, data);
	if (peer)
		ike_peer_rx(peer, p->ip ? &next->at : NULL, data, next->len);
	free(data);
	return true;
}

static void settle(struct pair *p)
{
	do {
		while (osmo_timers_update() > 0)
			;
	} while (deliver_one(p));
}

static int64_t next_due(const struct pair *p, int64_t until)
{
	struct timeval *tv;

	for (int i = 0; i < p->high; i++)
		if (p->queue[i].used && p->queue[i].at_ms < until)
			until = p->queue[i].at_ms;
	osmo_timers_prepare();
	tv = osmo_timers_nearest();
	if (tv) {
		int64_t at = p->now_ms + tv->tv_sec * 1000 + (tv->tv_usec + 999) / 1000;

		if (at < until)
			until = at;
	}
	return until > p->now_ms ? until : p->now_ms + 1;
}

void pair_run(struct pair *p, int64_t ms)
{
	int64_t end = p->now_ms + ms;

	settle(p);
	while (p->now_ms < end) {
		int64_t step = next_due(p, end) - p->now_ms;

		p->now_ms += step;
		osmo_clock_override_add(CLOCK_MONOTONIC, step / 1000, step % 1000 * 1000000);
		osmo_gettimeofday_override_add(step / 1000, step % 1000 * 1000);
		settle(p);
	}
}

bool pair_run_up(struct pair *p, int64_t ms)
{
	for (int64_t t = 0; t < ms && !pair_flows(p); t += 10)
		pair_run(p, 10);
	return pair_flows(p);
}

/* ---- looking ---- */

struct pair_sa *pair_find(struct pair_end *e, enum sa_dir dir, uint32_t spi)
{
	for (int i = 0; i < PAIR_SAS_MAX; i++)
		if (e->sas[i].used && e->sas[i].dir == dir && e->sas[i].spi == spi)
			return &e->sas[i];
	return NULL;
}

struct pair_sa *pair_out(struct pair_end *e)
{
	struct pair_sa *s = NULL;

	for (int i = 0; i < PAIR_SAS_MAX; i++)
		if (e->sas[i].used && e->sas[i].dir == SA_OUT && (!s || e->sas[i].order > s->order))
			s = &e->sas[i];
	return s;
}

unsigned int pair_count(const struct pair_end *e, enum sa_dir dir)
{
	unsigned int n = 0;

	for (int i = 0; i < PAIR_SAS_MAX; i++)
		n += e->sas[i].used && e->sas[i].dir == dir;
	return n;
}

bool pair_send_esp(struct pair *p, int from)
{
	struct pair_sa *out = pair_out(&p->end[from]);
	struct pair_sa *in = out ? pair_find(&p->end[!from], SA_IN, out->spi) : NULL;

	if (!in || in->suite != out->suite || in->next_header != out->next_header ||
	    memcmp(in->keymat, out->keymat, esp_suite_keymat_len(in->suite)) != 0)
		return false;
	out->packets++;
	in->packets++;
	return true;
}

bool pair_client_flows(struct pair *p, int client)
{
	struct pair_end *e = &p->end[client], *server = &p->end[1];
	struct pair_sa *out = pair_out(e);
	struct pair_sa *in = out ? pair_find(server, SA_IN, out->spi) : NULL;

	for (int i = 0; in && i < PAIR_SAS_MAX; i++) {
		struct pair_sa *back = &server->sas[i];

		if (back->used && back->dir == SA_OUT && back->path_id == in->path_id &&
		    pair_find(e, SA_IN, back->spi)) {
			out->packets++, in->packets++;
			return memcmp(in->keymat, out->keymat, esp_suite_keymat_len(in->suite)) ==
			       0;
		}
	}
	return false;
}

unsigned int pair_spawned_now(const struct pair_end *e)
{
	unsigned int n = 0;

	for (int i = 0; i < PAIR_SPAWNED_MAX; i++)
		n += e->spawned[i].peer != NULL;
	return n;
}

bool pair_flows(struct pair *p)
{
	return pair_send_esp(p, 0) && pair_send_esp(p, 1);
}

unsigned int pair_established(const struct pair_end *e)
{
	struct ike_sa_info info[32];
	unsigned int n = ike_peer_sas(e->peer, info, 32), up = 0;

	for (unsigned int i = 0; i < n && i < 32; i++)
		up += strcmp(info[i].state, "ESTABLISHED") == 0;
	return up;
}

unsigned int pair_events(const struct pair_end *e, enum ike_peer_event ev)
{
	unsigned int n = 0;

	for (unsigned int i = 0; i < e->n_events; i++)
		n += e->events[i] == ev;
	return n;
}
