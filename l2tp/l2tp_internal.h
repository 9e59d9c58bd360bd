/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

/*
 * What the files of L2TP's control plane share: l2tp.c (the face), tunnel.c (a control connection
 * and its messages), tunnel_fsm.c and session_fsm.c (their states).
 *
 * Nothing is freed while a callback may still stand on it: tunnels, sessions and peers that end go
 * to the graveyard of struct l2tp, which is emptied from the main loop.
 */

#include <osmocom/core/fsm.h>
#include <osmocom/core/linuxlist.h>
#include <osmocom/core/logging.h>
#include <osmocom/core/timer.h>

#include "core/log.h"
#include "l2tp/l2tp.h"
#include "l2tp/message.h"
#include "l2tp/reliable.h"

enum l2tp_bounds {
	L2TP_TUNNEL_IDS = 65536,
	/* Tunnels of a peer, closing ones included: an SCCRQ beyond is discarded. */
	L2TP_TUNNELS_PER_PEER = 64,
	/* Seconds that a peer may take to answer what it has acknowledged. */
	L2TP_ANSWER_SECS = 60,
	/* Lines a second that one peer's misbehaviour may log. */
	L2TP_LOG_RATE = 10,
	L2TP_SESSION_BUCKETS = 64,
	/* The most that fits a packet's headroom with everything else (core/pkt.h). */
	L2TP_OFFSET_MAX = 64,
	/* Connect speed that we report: a circuit's rate is not L2TP's business, and no peer acts on
	 * it. */
	L2TP_TX_SPEED = 10000000,
	L2TP_FRAMING = L2TP_FRAMING_SYNC | L2TP_FRAMING_ASYNC,
	L2TP_FIRMWARE = 0x0001,
};

#define L2TP_VENDOR "vcgw"

struct l2tp {
	const struct l2tp_ops *ops;
	void *priv;
	struct llist_head peers;
	struct l2tp_tunnel *tunnel[L2TP_TUNNEL_IDS]; /* by local id */
	uint32_t next_serial;
	struct llist_head dead_sessions, dead_tunnels, dead_peers;
	struct osmo_timer_list reaper;
};

struct l2tp_peer {
	struct llist_head list;
	struct l2tp *l2tp;
	struct l2tp_peer_cfg cfg; /* secret points to our copy */
	uint8_t secret[L2TP_SECRET_MAX];
	struct l2tp_carrier *carrier;
	void *owner;
	bool up;
	bool closing; /* l2tp_peer_free() is at work: no new calls */
	struct llist_head tunnels;
	unsigned int n_tunnels;
	uint64_t discarded; /* messages that belong to no tunnel, or are malformed in the header */
	int64_t log_second;
	unsigned int logged;
};

struct l2tp_tunnel {
	struct llist_head list;
	struct l2tp_peer *peer;
	struct osmo_fsm_inst *fi;
	struct reliable *reliable;
	struct reliable_cfg rcfg;
	uint16_t local_id, peer_id; /* peer_id 0: not known yet */
	bool originated;	    /* we sent the SCCRQ */
	bool was_up;		    /* tunnel_up() was called */
	bool gone;
	char peer_host[L2TP_NAME_MAX];
	char peer_vendor[L2TP_NAME_MAX];
	uint32_t peer_framing;
	uint8_t tie_breaker[8];
	uint8_t challenge[L2TP_CHALLENGE_LEN]; /* ours, until answered */
	bool challenged;
	uint8_t sccrq_digest[32]; /* of the peer's SCCRQ: a repeated one is the same */
	struct llist_head sessions[L2TP_SESSION_BUCKETS];
	unsigned int n_sessions;
	struct osmo_timer_list timer; /* the state's */
	unsigned int timer_secs;
	struct osmo_timer_list hello;
	int64_t since; /* established, in seconds */
	uint64_t malformed;
};

struct l2tp_session {
	struct llist_head list;
	struct l2tp_tunnel *tunnel;
	struct osmo_fsm_inst *fi;
	void *owner;
	uint16_t local_id, peer_id;
	bool lns;
	bool known; /* to the room above: its end is reported */
	bool gone;
	bool sequencing;
	uint32_t serial;
	uint32_t tx_bps;
	struct osmo_timer_list timer; /* the state's */
	int64_t since;
};

/* ---- l2tp.c ---- */

/*! Monotonic seconds, faked in tests. */
int64_t l2tp_now(void);

/*! May one more line about this peer be logged? */
bool l2tp_may_log(struct l2tp_peer *peer);

#define LOGPEER(peer, level, fmt, args...)                                                         \
	do {                                                                                       \
		if (log_check_level(DL2TP, level) && l2tp_may_log(peer))                           \
			LOGP(DL2TP, level, "%s: " fmt, (peer)->carrier->name, ##args);             \
	} while (0)
#define LOGTUN(t, level, fmt, args...)                                                             \
	LOGPEER((t)->peer, level, "tunnel %u/%u: " fmt, (t)->local_id, (t)->peer_id, ##args)
#define LOGSES(s, level, fmt, args...)                                                             \
	LOGTUN((s)->tunnel, level, "session %u/%u: " fmt, (s)->local_id, (s)->peer_id, ##args)

/*! Empty the graveyard soon. */
void l2tp_reap_soon(struct l2tp *l2tp);

/* ---- tunnel.c ---- */

/*! A tunnel in state TUN_IDLE with an id of its own. \returns NULL without id or memory. */
struct l2tp_tunnel *l2tp_tunnel_alloc(struct l2tp_peer *peer, bool originated);

/*! Take it out of everything and bury it. Its sessions have ended. */
void l2tp_tunnel_destroy(struct l2tp_tunnel *t);
void l2tp_tunnel_free_now(struct l2tp_tunnel *t);

/*! Give a message to the peer, reliably. \param[in] session peer's session id, or 0. */
int l2tp_tunnel_send(struct l2tp_tunnel *t, uint16_t session, const struct l2tp_msg *m);

/*! A body with its header fields for an existing tunnel. */
void l2tp_tunnel_rx(struct l2tp_tunnel *t, const struct l2tp_ctl_hdr *h, struct rd body);

/*! An SCCRQ or StopCCN that came with tunnel id 0. */
void l2tp_tunnel_rx_zero(struct l2tp_peer *peer, const struct l2tp_ctl_hdr *h, struct rd body);

/*! Start, or with secs 0 stop, the timer of the tunnel's state. */
void l2tp_tunnel_timer(struct l2tp_tunnel *t, unsigned int secs);
void l2tp_tunnel_suspend(struct l2tp_tunnel *t);
void l2tp_tunnel_resume(struct l2tp_tunnel *t);

enum l2tp_tunnel_state l2tp_tunnel_state(const struct l2tp_tunnel *t);

/* ---- tunnel_fsm.c ---- */

enum l2tp_tunnel_event {
	TUN_EV_REQ_OPEN,
	TUN_EV_RX_SCCRQ,   /* data: struct l2tp_msg */
	TUN_EV_RX_SCCRP,   /* data: struct l2tp_msg */
	TUN_EV_RX_SCCCN,   /* data: struct l2tp_msg */
	TUN_EV_RX_STOPCCN, /* data: struct l2tp_msg */
	TUN_EV_REQ_CLOSE,  /* data: struct l2tp_result: send StopCCN */
	TUN_EV_LOST,	   /* data: struct l2tp_result: end without a word */
	TUN_EV_DRAINED,	   /* everything acknowledged */
	TUN_EV_TIMEOUT,
};

struct osmo_fsm_inst *l2tp_tunnel_fsm_new(struct l2tp_tunnel *t);
void l2tp_tunnel_event(struct l2tp_tunnel *t, enum l2tp_tunnel_event ev, void *data);

/* ---- session_fsm.c ---- */

/*! LAC: a call in tunnel t, which may still be opening. */
int l2tp_session_call(struct l2tp_tunnel *t, void *owner, struct l2tp_session **out);

/*! The tunnel is established: send the ICRQs that wait. */
void l2tp_sessions_tunnel_open(struct l2tp_tunnel *t);

/*! The tunnel is over: all its sessions end without CDN. */
void l2tp_sessions_tunnel_down(struct l2tp_tunnel *t, const struct l2tp_result *why);

/*! Calls that wait for tunnel `from` wait for `to` now (a tie was lost). */
void l2tp_sessions_move(struct l2tp_tunnel *from, struct l2tp_tunnel *to);

/*! The carrier is down, or up: freeze timers, or start them anew. */
void l2tp_sessions_suspend(struct l2tp_tunnel *t);
void l2tp_sessions_resume(struct l2tp_tunnel *t);

/*! A call message that has passed the decoder; fault = it is malformed. */
void l2tp_session_rx(struct l2tp_tunnel *t, uint16_t session, struct l2tp_msg *m, bool fault);

void l2tp_session_end(struct l2tp_session *s, const struct l2tp_result *why, bool send_cdn);
void l2tp_session_free_now(struct l2tp_session *s);
enum l2tp_session_state l2tp_session_state(const struct l2tp_session *s);
