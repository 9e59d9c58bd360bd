/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * The data plane on the uplink, where peers share a link and IP tells them apart badly: addresses are
 * changed by NATs and shared behind them. ESP belongs to whom its SPI says, if it came from where that
 * SA's packets come from; who an IKE message is from is for the control thread to find out.
 */

#include "gateway/forward_internal.h"

#include <errno.h>

#include "core/acct.h"
#include "core/clock.h"
#include "core/cursor.h"
#include "gateway/demux.h"
#include "gateway/gateway.h"
#include "gateway/known.h"
#include "gateway/udp.h"
#include "gateway/worker.h"
#include "ipsec/esp.h"
#include "ipsec/sad.h"

enum {
	/* Of IKE's messages: as many a second from one address, after a burst, and as many first
	 * ones (nobody knows the sender yet) on a link: less than the link may have in all, that a
	 * flood of them leaves room for those who have begun. */
	ADDRESS_RATE = 256,
	ADDRESS_BURST = 256,
	FIRST_RATE = 1024,
	FIRST_BURST = 512,
	ADDRESS_BUCKETS = 1024,
	FAR_BUCKETS = 256,
	ISAKMP_RCOOKIE_AT = 8,
	ISAKMP_RCOOKIE_END = 16,
};

/* When the next is due. A link's worker alone uses its entries; two links of one address may share. */
static int64_t address_due[WORKERS_MAX][ADDRESS_BUCKETS];
static int64_t first_due[ACCTS_MAX];

static struct rcu_ht *by_far; /* uplink peers without security */

struct far_key {
	uint32_t link;
	struct endpoint far;
};

static bool far_match(const struct rcu_ht_node *node, const void *key)
{
	const struct fwd_circuit *fc = caa_container_of(node, struct fwd_circuit, by_far);
	const struct far_key *k = key;

	return fc->link->id == k->link && endpoint_same_addr(&fc->far, &k->far);
}

int fwd_ip_init(void)
{
	by_far = rcu_ht_new(FAR_BUCKETS, far_match);
	return by_far ? known_init() : -ENOMEM;
}

void fwd_ip_exit(void)
{
	rcu_ht_free(by_far);
	by_far = NULL;
	known_exit();
}

void fwd_ip_add(struct fwd_circuit *fc)
{
	struct far_key key = { .link = fc->link->id, .far = fc->far };

	rcu_update_begin();
	rcu_ht_add(by_far, known_hash(&fc->far), &key, &fc->by_far);
	rcu_update_end();
}

void fwd_ip_del(struct fwd_circuit *fc)
{
	rcu_update_begin();
	rcu_ht_del(by_far, &fc->by_far);
	rcu_update_end();
}

/* ---- out ---- */

bool fwd_ip_wrap(const struct fwd_circuit *fc, struct pkt *p)
{
	uint16_t peer_port = __atomic_load_n(&fc->peer_port, __ATOMIC_RELAXED);
	const struct sa *sa;
	const struct sa_ip *ip;

	if (!fc->security) {
		p->service = IP_L2TP;
		p->far = fc->far;
		p->far.port = peer_port;
		return true;
	}
	sa = rcu_deref(fc->out);
	ip = sa ? rcu_deref(sa->ip) : NULL;
	return ip && udp_push(p, ip, fc->local_port, peer_port);
}

void fwd_ip_address(struct pkt *p)
{
	const struct sa *sa = p->obj;
	const struct sa_ip *ip = rcu_deref(sa->ip);

	if (!ip)
		return;
	p->service = ip->udp_encap ? IP_ESP_UDP : IP_ESP;
	p->far = ip->remote;
}

/* ---- in ---- */

/* The PDU was the link's; from now on it is a peer's. */
static void charge(struct pkt *p, uint32_t peer)
{
	acct_add(p->acct, ACCT_DELIVERED, 1);
	p->acct = p->circuit = peer;
	acct_add(peer, ACCT_RX_PDU, 1);
	acct_add(peer, ACCT_RX_OCTETS, p->len);
}

/* The SA of an ESP packet, if that came on its peer's link. */
static bool find_sa(struct link *l, struct pkt *p, unsigned int *reason)
{
	struct rd r = rd_init(p->data, p->len);
	uint32_t spi = rd_u32(&r);
	const struct fwd_circuit *fc;
	const struct sa_ip *ip;
	struct sa *sa;

	*reason = DROP_SVC_SHORT;
	if (r.err)
		return false;
	sa = sad_find(gw->sad, spi);
	*reason = DROP_SVC_UNKNOWN;
	if (!sa)
		return false;
	fc = fwd_circuit_of(sa->path_id);
	ip = rcu_deref(sa->ip);
	*reason = DROP_SVC_WRONG_CIRCUIT;
	if (!fc || fc->link != l || !ip)
		return false;
	charge(p, fc->id);
	*reason = DROP_UPLINK_ENCAP;
	if (ip->udp_encap != (p->service == IP_ESP_UDP))
		return false;
	*reason = DROP_UPLINK_SOURCE;
	/* A NAT may send it from elsewhere next time (RFC 3947 5.2.1): once it is authentic. */
	if (!ip->udp_encap && !endpoint_same_addr(&p->far, &ip->remote))
		return false;
	p->obj = sa;
	return true;
}

static bool find_clear(struct link *l, struct pkt *p, unsigned int *reason)
{
	struct far_key key = { .link = l->id, .far = p->far };
	struct rcu_ht_node *node = rcu_ht_find(by_far, known_hash(&p->far), &key);

	*reason = DROP_UPLINK_NO_PEER;
	if (!node)
		return false;
	charge(p, caa_container_of(node, struct fwd_circuit, by_far)->id);
	return true;
}

/* A first message has no responder cookie yet (RFC 2408 3.1). */
static bool is_first(const struct pkt *p)
{
	static const uint8_t none[ISAKMP_RCOOKIE_END - ISAKMP_RCOOKIE_AT];

	return p->len >= ISAKMP_RCOOKIE_END &&
	       memcmp(p->data + ISAKMP_RCOOKIE_AT, none, sizeof(none)) == 0;
}

static bool may_ask(const struct worker *w, const struct link *l, struct pkt *p, int64_t now)
{
	uint32_t slot = known_hash(&p->far) % ADDRESS_BUCKETS;
	bool known;

	if (known_may_ask(l, &p->far, now, &known))
		p->control = true; /* past the strangers (fwd_from_uplink()) */
	if (known)
		return p->control;
	if (!known_due(&address_due[worker_index(w)][slot], now, ADDRESS_RATE, ADDRESS_BURST))
		return false;
	return !is_first(p) || known_due(&first_due[l->id], now, FIRST_RATE, FIRST_BURST);
}

/* Authentic packets of a peer behind a NAT come from elsewhere. The control thread may be told late,
 * or not; the next ones come from there too. */
static void tell_moved(struct worker *w, struct sa *sa, const struct pkt *from)
{
	int64_t now = clock_ns();
	struct pkt *p;

	if (now < sa->hot.moved_told)
		return;
	sa->hot.moved_told = now + NSEC_PER_SEC;
	p = pkt_alloc(pkt_pool_self(), 0);
	if (!p)
		return;
	p->stage = PUNT_SA_MOVED;
	p->circuit = sa->path_id;
	p->spi = sa->spi;
	p->far = from->far;
	worker_tell(w, p);
}

/* Out of ESP, and authentic: what is left is a UDP datagram. */
static void unwrap(struct worker *w, struct pkt_batch *b)
{
	unsigned int n = 0;

	for (unsigned int i = 0; i < b->n; i++) {
		struct pkt *p = b->pkt[i];
		struct sa *sa = p->obj;
		const struct sa_ip *ip = rcu_deref(sa->ip);
		const struct fwd_circuit *fc = fwd_circuit_of(p->circuit);
		unsigned int reason = DROP_NO_CIRCUIT;

		if (!endpoint_same(&p->far, &ip->remote))
			tell_moved(w, sa, p);
		if (fc)
			reason = udp_pull(p, ip, fc->local_port);
		if (reason)
			drop_pkt(p, (enum acct_ctr)reason);
		else
			b->pkt[n++] = p;
	}
	b->n = n;
}

static bool sort(struct worker *w, struct link *l, struct pkt *p, int64_t *now,
		 unsigned int *reason)
{
	if (p->control) {
		p->stage = PUNT_LINK_MGMT;
		return true;
	}
	switch ((enum ip_service)p->service) {
	case IP_IKE:
	case IP_IKE_NATT:
		if (!*now)
			*now = clock_ns();
		*reason = DROP_PUNT_LIMIT;
		p->stage = PUNT_UPLINK_IKE;
		return may_ask(w, l, p, *now);
	case IP_ESP:
	case IP_ESP_UDP:
		return find_sa(l, p, reason);
	case IP_L2TP:
		return find_clear(l, p, reason);
	}
	*reason = DROP_SVC_UNKNOWN;
	return false;
}

void fwd_from_uplink(struct worker *w, struct link *l, struct pkt_batch *b)
{
	struct pkt_batch esp = { .n = 0 }, clear = { .n = 0 }, control = { .n = 0 },
			 strangers = { .n = 0 };
	int64_t now = 0;

	for (unsigned int i = 0; i < b->n; i++) {
		struct pkt *p = b->pkt[i];
		unsigned int reason;

		p->obj = NULL;
		if (!sort(w, l, p, &now, &reason))
			drop_pkt(p, (enum acct_ctr)reason);
		else if (p->obj)
			pkt_batch_add(&esp, p);
		else if (p->control)
			pkt_batch_add(&control, p);
		else
			pkt_batch_add(p->service == IP_L2TP ? &clear : &strangers, p);
	}
	if (control.n)
		worker_punt(w, control.pkt, control.n);
	fwd_punt(w, &strangers);
	fwd_l2tp_in(w, &clear);
	if (esp.n) {
		esp_in(worker_esp(w), &esp);
		unwrap(w, &esp);
		fwd_l2tp_in(w, &esp);
	}
}
