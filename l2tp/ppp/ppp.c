/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * One PPP link: the phases of RFC 1661 3.2 and who gets which frame in which of them.
 *
 *   Dead --start--> Establish --LCP up--> Authenticate --done--> Network
 *     ^                  ^                     |                    |
 *     |                  +---- LCP renegotiates --------------------+
 *     +-- LCP finished -- Terminate <-- close, failure, peer terminates -- (any)
 *
 * Dead is entered twice in a link's life and left once.
 */

#include "l2tp/ppp/ppp.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <osmocom/core/talloc.h>
#include <osmocom/core/utils.h>

#include "core/clock.h"
#include "core/log.h"
#include "l2tp/ppp/ppp_internal.h"

enum { /* seconds; own timers, against peers that keep us talking for ever (RFC 1661 4.5) */
       PHASE_TIMEOUT = 120,
       TERMINATE_TIMEOUT = 60,
       T_PHASE = -1,
       T_TERMINATE = -2,
};

enum phase_event {
	EV_START,
	EV_LCP_UP,
	EV_LCP_DOWN,
	EV_AUTHENTICATED,
	EV_CLOSE,
	EV_LCP_FINISHED,
};

static const struct value_string event_names[] = {
	{ EV_START, "start" },
	{ EV_LCP_UP, "LCP up" },
	{ EV_LCP_DOWN, "LCP down" },
	{ EV_AUTHENTICATED, "authenticated" },
	{ EV_CLOSE, "close" },
	{ EV_LCP_FINISHED, "LCP finished" },
	{ 0, NULL },
};

void ppp_random(void *buf, size_t len)
{
	/* Fails only in a process without any entropy: challenges must not be guessable then. */
	OSMO_ASSERT(RAND_bytes(buf, (int)len) == 1);
}

void ppp_complain(struct ppp *ppp, const char *what)
{
	int64_t now = clock_ns();

	if (ppp->complained && now - ppp->complained < NSEC_PER_SEC)
		return;
	ppp->complained = now;
	LOGP(DPPP, LOGL_NOTICE, "%s: %s\n", ppp->cfg.name, what);
}

void ppp_send(struct ppp *ppp, uint16_t proto, const uint8_t *pkt, size_t len)
{
	uint8_t buf[2 + NEG_PKT_MAX];
	struct wr w = wr_init(buf, sizeof(buf));

	wr_u16(&w, proto);
	wr_bytes(&w, pkt, len);
	OSMO_ASSERT(!w.err);
	ppp->tx++;
	ppp->ops->send(ppp->priv, buf, w.len);
	if (proto == PPP_PROTO_PAP)
		OPENSSL_cleanse(buf, sizeof(buf));
}

/* ---- network protocols ---- */

static bool below_up(const struct neg *n)
{
	return neg_state(n) != NEG_ST_INITIAL && neg_state(n) != NEG_ST_STARTING;
}

static bool alive(const struct neg *n)
{
	return neg_state(n) >= NEG_ST_CLOSING;
}

void ppp_net_changed(struct ppp *ppp)
{
	/* An LNS hands an address out and holds the peer to it; who was given one has the
	 * whole world behind the peer. */
	bool lns = ppp->cfg.local_ip.s_addr != 0;
	struct ppp_net net = { .peer_ip = ppp->ipcp.peer,
			       .peer_ip_len = lns ? 32 : 0,
			       .any_ip6 = !lns,
			       .peer_mru = lcp_tx_limit(&ppp->lcp) };
	uint32_t open = 0;

	memcpy(net.peer_ip6_id, ppp->ipv6cp.peer_id, sizeof(net.peer_ip6_id));
	if (ppp->cfg.ipcp && neg_opened(&ppp->ipcp.neg))
		open |= PPP_OPEN_IP;
	if (ppp->cfg.ipv6cp && neg_opened(&ppp->ipv6cp.neg))
		open |= PPP_OPEN_IPV6;
	if (!open && !ppp->open)
		return;
	if (open)
		osmo_timer_del(&ppp->fi->timer);
	ppp->open = open;
	if (ppp->ops->net)
		ppp->ops->net(ppp->priv, &net, open);
}

void ppp_net_finished(struct ppp *ppp, const struct neg *n)
{
	const char *why = n->why ? n->why : "closed";
	char text[sizeof(ppp->why)];

	if ((ppp->cfg.ipcp && alive(&ppp->ipcp.neg)) ||
	    (ppp->cfg.ipv6cp && alive(&ppp->ipv6cp.neg)))
		return;
	snprintf(text, sizeof(text), "no network protocol: %s: %s", n->ops->name, why);
	ppp_close(ppp, text);
}

static void net_up(struct neg *n)
{
	neg_event(n, NEG_EV_OPEN);
	neg_event(n, NEG_EV_UP);
}

static void net_down(struct neg *n)
{
	if (below_up(n))
		neg_event(n, NEG_EV_DOWN);
}

/* Everything above LCP. */
static void upper_down(struct ppp *ppp)
{
	lcp_echo_stop(&ppp->lcp);
	auth_stop(&ppp->auth);
	if (ppp->cfg.ipcp)
		net_down(&ppp->ipcp.neg);
	if (ppp->cfg.ipv6cp)
		net_down(&ppp->ipv6cp.neg);
}

/* ---- phases ---- */

static void set_mtu(struct ppp *ppp, uint16_t mtu)
{
	ppp->lcp.neg.mtu = ppp->ipcp.neg.mtu = ppp->ipv6cp.neg.mtu = mtu;
}

static void go(struct ppp *ppp, enum ppp_phase phase)
{
	bool end = phase == PPP_PHASE_TERMINATE;

	osmo_fsm_inst_state_chg(ppp->fi, phase,
				phase == PPP_PHASE_DEAD ? 0
				: end			? TERMINATE_TIMEOUT
							: PHASE_TIMEOUT,
				end ? T_TERMINATE : T_PHASE);
}

static void dead_enter(struct osmo_fsm_inst *fi, uint32_t prev)
{
	struct ppp *ppp = fi->priv;
	const char *why = ppp->lcp.neg.why ? ppp->lcp.neg.why : "LCP finished";

	(void)prev;
	if (!ppp->why[0])
		OSMO_STRLCPY_ARRAY(ppp->why, why);
	upper_down(ppp);
	osmo_timer_schedule(&ppp->end, 0, 0);
}

static void dead(struct osmo_fsm_inst *fi, uint32_t event, void *data)
{
	struct ppp *ppp = fi->priv;

	(void)event;
	(void)data;
	go(ppp, PPP_PHASE_ESTABLISH);
	neg_event(&ppp->lcp.neg, NEG_EV_OPEN);
	neg_event(&ppp->lcp.neg, NEG_EV_UP);
}

static void establish_enter(struct osmo_fsm_inst *fi, uint32_t prev)
{
	struct ppp *ppp = fi->priv;

	(void)prev;
	upper_down(ppp);
	set_mtu(ppp, OSMO_MIN(NEG_PKT_MAX, ppp->cfg.mtu_limit));
}

static void authenticate_enter(struct osmo_fsm_inst *fi, uint32_t prev)
{
	struct ppp *ppp = fi->priv;

	(void)prev;
	set_mtu(ppp, OSMO_MIN(NEG_PKT_MAX, lcp_tx_limit(&ppp->lcp)));
	lcp_echo_start(&ppp->lcp);
	auth_start(&ppp->auth, ppp->lcp.ask_auth, ppp->lcp.peer_auth);
}

static void network_enter(struct osmo_fsm_inst *fi, uint32_t prev)
{
	struct ppp *ppp = fi->priv;

	(void)prev;
	if (ppp->cfg.ipcp)
		net_up(&ppp->ipcp.neg);
	if (ppp->cfg.ipv6cp)
		net_up(&ppp->ipv6cp.neg);
}

static void terminate_enter(struct osmo_fsm_inst *fi, uint32_t prev)
{
	(void)prev;
	upper_down(fi->priv);
}

/* Establish, Authenticate and Network. */
static void living(struct osmo_fsm_inst *fi, uint32_t event, void *data)
{
	struct ppp *ppp = fi->priv;
	const struct neg *lcp = &ppp->lcp.neg;

	(void)data;
	switch (event) {
	case EV_LCP_UP:
		go(ppp, PPP_PHASE_AUTHENTICATE);
		break;
	case EV_AUTHENTICATED:
		go(ppp, PPP_PHASE_NETWORK);
		break;
	case EV_LCP_DOWN:
		go(ppp, neg_state(lcp) == NEG_ST_STOPPING || neg_state(lcp) == NEG_ST_CLOSING
				? PPP_PHASE_TERMINATE
				: PPP_PHASE_ESTABLISH);
		break;
	case EV_CLOSE:
		go(ppp, PPP_PHASE_TERMINATE);
		ppp->lcp.neg.why = ppp->why; /* in the Terminate-Request, for people */
		neg_event(&ppp->lcp.neg, NEG_EV_CLOSE);
		break;
	case EV_LCP_FINISHED:
		go(ppp, PPP_PHASE_DEAD);
		break;
	default:
		OSMO_ASSERT(false);
	}
}

static void terminate(struct osmo_fsm_inst *fi, uint32_t event, void *data)
{
	(void)data;
	if (event == EV_LCP_FINISHED)
		go(fi->priv, PPP_PHASE_DEAD);
}

static int phase_expired(struct osmo_fsm_inst *fi)
{
	struct ppp *ppp = fi->priv;

	if (fi->T == T_TERMINATE)
		go(ppp, PPP_PHASE_DEAD);
	else
		ppp_close(ppp, "the link does not come up");
	return 0;
}

#define S(x) (1u << (x))
static const struct osmo_fsm_state phases[] = {
	[PPP_PHASE_DEAD] = {
		.name = "Dead",
		.in_event_mask = S(EV_START),
		.out_state_mask = S(PPP_PHASE_ESTABLISH),
		.onenter = dead_enter,
		.action = dead,
	},
	[PPP_PHASE_ESTABLISH] = {
		.name = "Establish",
		.in_event_mask = S(EV_LCP_UP) | S(EV_CLOSE) | S(EV_LCP_FINISHED),
		.out_state_mask = S(PPP_PHASE_AUTHENTICATE) | S(PPP_PHASE_TERMINATE) |
				  S(PPP_PHASE_DEAD),
		.onenter = establish_enter,
		.action = living,
	},
	[PPP_PHASE_AUTHENTICATE] = {
		.name = "Authenticate",
		.in_event_mask = S(EV_AUTHENTICATED) | S(EV_LCP_DOWN) | S(EV_CLOSE),
		.out_state_mask = S(PPP_PHASE_ESTABLISH) | S(PPP_PHASE_NETWORK) |
				  S(PPP_PHASE_TERMINATE),
		.onenter = authenticate_enter,
		.action = living,
	},
	[PPP_PHASE_NETWORK] = {
		.name = "Network",
		.in_event_mask = S(EV_LCP_DOWN) | S(EV_CLOSE),
		.out_state_mask = S(PPP_PHASE_ESTABLISH) | S(PPP_PHASE_TERMINATE),
		.onenter = network_enter,
		.action = living,
	},
	[PPP_PHASE_TERMINATE] = {
		.name = "Terminate",
		.in_event_mask = S(EV_LCP_DOWN) | S(EV_LCP_FINISHED),
		.out_state_mask = S(PPP_PHASE_DEAD),
		.onenter = terminate_enter,
		.action = terminate,
	},
};
#undef S

static struct osmo_fsm phase_fsm = {
	.name = "PPP",
	.states = phases,
	.num_states = ARRAY_SIZE(phases),
	.timer_cb = phase_expired,
	.log_subsys = DPPP,
	.event_names = event_names,
};

static __attribute__((constructor)) void phase_fsm_setup(void)
{
	OSMO_ASSERT(osmo_fsm_register(&phase_fsm) == 0);
}

void ppp_lcp_up(struct ppp *ppp)
{
	osmo_fsm_inst_dispatch(ppp->fi, EV_LCP_UP, NULL);
}

void ppp_lcp_down(struct ppp *ppp)
{
	osmo_fsm_inst_dispatch(ppp->fi, EV_LCP_DOWN, NULL);
}

void ppp_lcp_finished(struct ppp *ppp)
{
	osmo_fsm_inst_dispatch(ppp->fi, EV_LCP_FINISHED, NULL);
}

void ppp_authenticated(struct ppp *ppp)
{
	osmo_fsm_inst_dispatch(ppp->fi, EV_AUTHENTICATED, NULL);
}

enum neg_event ppp_protocol_rejected(struct ppp *ppp, uint16_t proto)
{
	struct neg *n = NULL;

	switch (proto) {
	case PPP_PROTO_LCP:
		ppp->lcp.neg.why = "peer rejects LCP";
		return NEG_EV_RXJ_BAD;
	case PPP_PROTO_PAP:
	case PPP_PROTO_CHAP:
		ppp_close(ppp, "peer rejects the authentication protocol");
		break;
	case PPP_PROTO_IP:
	case PPP_PROTO_IPCP:
		n = ppp->cfg.ipcp ? &ppp->ipcp.neg : NULL;
		break;
	case PPP_PROTO_IPV6:
	case PPP_PROTO_IPV6CP:
		n = ppp->cfg.ipv6cp ? &ppp->ipv6cp.neg : NULL;
		break;
	}
	if (n && below_up(n)) {
		n->why = "rejected by the peer";
		neg_event(n, NEG_EV_RXJ_BAD);
	}
	return NEG_EV_RXJ_GOOD;
}

/* ---- frames ---- */

/* For a protocol that we do not have (RFC 1661 3.4, 5.7). */
static int reject(struct ppp *ppp, const uint8_t *frame, size_t len)
{
	if (ppp->fi->state != PPP_PHASE_NETWORK)
		return -EPROTO;
	ppp->protocol_rejects++;
	return lcp_protocol_reject(&ppp->lcp, frame, len) ? 0 : -EPROTO;
}

static int rx_net(struct ppp *ppp, bool have, struct neg *n, const uint8_t *frame, size_t len)
{
	if (!have)
		return reject(ppp, frame, len);
	return ppp->fi->state == PPP_PHASE_NETWORK ? neg_rx(n, frame + 2, len - 2) : -EPROTO;
}

static bool may_authenticate(const struct ppp *ppp)
{
	return ppp->fi->state == PPP_PHASE_AUTHENTICATE || ppp->fi->state == PPP_PHASE_NETWORK;
}

static int rx(struct ppp *ppp, const uint8_t *frame, size_t len)
{
	struct rd r = rd_init(frame, len);
	uint16_t proto = rd_u16(&r);

	/* "The least significant bit of the least significant octet MUST equal 1, and that of the
	 * most significant octet 0" (2). */
	if (r.err || (proto & 0x0101) != 0x0001)
		return -EBADMSG;
	switch (proto) {
	case PPP_PROTO_LCP:
		return neg_rx(&ppp->lcp.neg, r.p, r.left);
	case PPP_PROTO_PAP:
		return may_authenticate(ppp) ? auth_pap_rx(&ppp->auth, r.p, r.left) : -EPROTO;
	case PPP_PROTO_CHAP:
		return may_authenticate(ppp) ? auth_chap_rx(&ppp->auth, r.p, r.left) : -EPROTO;
	case PPP_PROTO_IPCP:
		return rx_net(ppp, ppp->cfg.ipcp, &ppp->ipcp.neg, frame, len);
	case PPP_PROTO_IPV6CP:
		return rx_net(ppp, ppp->cfg.ipv6cp, &ppp->ipv6cp.neg, frame, len);
	case PPP_PROTO_IP: /* data comes here only while its protocol is not open (3.5) */
		return ppp->cfg.ipcp ? -EPROTO : reject(ppp, frame, len);
	case PPP_PROTO_IPV6:
		return ppp->cfg.ipv6cp ? -EPROTO : reject(ppp, frame, len);
	default:
		return reject(ppp, frame, len);
	}
}

void ppp_rx(struct ppp *ppp, const uint8_t *frame, size_t len)
{
	int rc;

	ppp->rx++;
	rc = ppp->fi->state == PPP_PHASE_DEAD ? -EPROTO : rx(ppp, frame, len);
	if (rc == -EBADMSG) {
		ppp->malformed++;
		ppp_complain(ppp, "malformed frame discarded");
	} else if (rc < 0) {
		ppp->discarded++;
	}
}

/* ---- life ---- */

void ppp_cfg_init(struct ppp_cfg *cfg)
{
	*cfg = (struct ppp_cfg){
		.name = "ppp",
		.mru = PPP_MRU_DEFAULT,
		.mtu_limit = PPP_MRU_DEFAULT,
		.ipcp = true,
		.ipv6cp = true,
		.echo_interval = 30,
		.echo_failures = 4,
		.restart = 3,
		.max_configure = 10,
		.max_terminate = 2,
		.max_failure = 5,
	};
}

static void end_due(void *data)
{
	struct ppp *ppp = data;
	char why[sizeof(ppp->why)];

	/* ppp may be freed in there. */
	OSMO_STRLCPY_ARRAY(why, ppp->why);
	ppp->ops->down(ppp->priv, why);
}

static bool cfg_valid(const struct ppp_cfg *cfg)
{
	return (cfg->ipcp || cfg->ipv6cp) && cfg->mru >= LCP_MRU_MIN &&
	       cfg->mtu_limit >= LCP_MRU_MIN && cfg->secret_len <= PPP_SECRET_MAX &&
	       cfg->restart > 0 && cfg->max_configure > 0 && cfg->max_terminate > 0;
}

static int copy_cfg(struct ppp *ppp, const struct ppp_cfg *cfg)
{
	ppp->cfg = *cfg;
	ppp->cfg.secret = NULL;
	ppp->cfg.name = talloc_strdup(ppp, cfg->name ? cfg->name : "ppp");
	if (!ppp->cfg.name)
		return -ENOMEM;
	ppp->cfg.user[PPP_NAME_MAX - 1] = ppp->cfg.local_name[PPP_NAME_MAX - 1] = '\0';
	if (cfg->secret_len) {
		ppp->cfg.secret = talloc_memdup(ppp, cfg->secret, cfg->secret_len);
		if (!ppp->cfg.secret)
			return -ENOMEM;
	}
	ppp->neg_cfg = (struct neg_cfg){ .restart = cfg->restart,
					 .max_configure = cfg->max_configure,
					 .max_terminate = cfg->max_terminate,
					 .max_failure = cfg->max_failure };
	return 0;
}

static int init_parts(struct ppp *ppp)
{
	ppp->fi = osmo_fsm_inst_alloc(&phase_fsm, ppp, ppp, LOGL_DEBUG, NULL);
	if (!ppp->fi)
		return -ENOMEM;
	osmo_fsm_inst_update_id_f_sanitize(ppp->fi, '-', "%s", ppp->cfg.name);
	if (lcp_init(&ppp->lcp, ppp) < 0 || ipcp_init(&ppp->ipcp, ppp) < 0 ||
	    ipv6cp_init(&ppp->ipv6cp, ppp) < 0)
		return -ENOMEM;
	return 0;
}

int ppp_new(struct ppp **out, const struct ppp_cfg *cfg, const struct ppp_ops *ops, void *priv)
{
	struct ppp *ppp;

	*out = NULL;
	if (!cfg_valid(cfg))
		return -EINVAL;
	ppp = talloc_zero(NULL, struct ppp);
	if (!ppp)
		return -ENOMEM;
	ppp->ops = ops;
	ppp->priv = priv;
	osmo_timer_setup(&ppp->end, end_due, ppp);
	auth_init(&ppp->auth, ppp);
	if (copy_cfg(ppp, cfg) < 0 || init_parts(ppp) < 0) {
		ppp_free(ppp);
		return -ENOMEM;
	}
	*out = ppp;
	osmo_fsm_inst_dispatch(ppp->fi, EV_START, NULL);
	return 0;
}

void ppp_free(struct ppp *ppp)
{
	if (!ppp)
		return;
	osmo_timer_del(&ppp->end);
	lcp_exit(&ppp->lcp);
	auth_exit(&ppp->auth);
	ipcp_exit(&ppp->ipcp);
	ipv6cp_exit(&ppp->ipv6cp);
	if (ppp->fi)
		osmo_fsm_inst_free(ppp->fi);
	if (ppp->cfg.secret)
		OPENSSL_cleanse((void *)ppp->cfg.secret, ppp->cfg.secret_len);
	talloc_free(ppp);
}

void ppp_close(struct ppp *ppp, const char *why)
{
	if (!ppp->why[0])
		OSMO_STRLCPY_ARRAY(ppp->why, why);
	if (ppp->fi->state == PPP_PHASE_DEAD || ppp->fi->state == PPP_PHASE_TERMINATE)
		return;
	LOGP(DPPP, LOGL_NOTICE, "%s: closing: %s\n", ppp->cfg.name, why);
	osmo_fsm_inst_dispatch(ppp->fi, EV_CLOSE, NULL);
}

void ppp_info(const struct ppp *ppp, struct ppp_info *out)
{
	const struct ipcp *ip = &ppp->ipcp;
	const struct ipv6cp *ip6 = &ppp->ipv6cp;

	*out = (struct ppp_info){
		.phase = ppp->fi->state,
		.phase_name = osmo_fsm_inst_state_name(ppp->fi),
		.local_mru = ppp->lcp.mru,
		.peer_mru = ppp->lcp.peer_mru,
		.auth_peer = ppp->auth.peer.method,
		.auth_us = ppp->auth.us.method,
		.ip_open = ppp->open & PPP_OPEN_IP,
		.ip6_open = ppp->open & PPP_OPEN_IPV6,
		.local_ip = ip->local,
		.peer_ip = ip->peer,
		.magic = ppp->lcp.magic,
		.peer_magic = ppp->lcp.peer_magic,
		.echo_tx = ppp->lcp.echo_tx,
		.echo_rx = ppp->lcp.echo_rx,
		.protocol_rejects = ppp->protocol_rejects,
		.malformed = ppp->malformed,
		.discarded = ppp->discarded,
		.rx = ppp->rx,
		.tx = ppp->tx,
	};
	OSMO_STRLCPY_ARRAY(out->peer_name, ppp->auth.peer_name);
	for (int i = 0; i < 2; i++)
		out->dns[i] = ppp->cfg.want_dns ? ip->dns[i] : ppp->cfg.dns[i];
	memcpy(out->local_ip6_id, ip6->id, sizeof(out->local_ip6_id));
	memcpy(out->peer_ip6_id, ip6->peer_id, sizeof(out->peer_ip6_id));
}
